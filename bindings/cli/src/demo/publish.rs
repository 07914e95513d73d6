//! 晒账: sheets go up and come down, people object, heads answer, and the month is summed up.

use wuzhang::calendar::Period;
use wuzhang::case::{State, StateWord};
use wuzhang::vocab::{Category, UnitKind};

use super::agenda::Task;
use super::matters::{ANSWERS, OBJECTIONS};
use super::people::{ItemNo, Sheet, SheetNo, UnitNo};
use super::say::Fields;
use super::slips::Slip;
use super::world::World;

/// The most items of one sheet.
const SHEET: usize = 12;

impl World {
    /// A plan waits for its sheet; the first one calls the clerk to the board.
    pub(super) fn put_down_plan(&mut self, item: ItemNo, unit: UnitNo) {
        // Now and then nobody thinks of it: a missed duty that blocks nothing.
        if self.rng.chance(35) {
            return;
        }
        if !self[unit].plans.contains(&item) {
            self[unit].plans.push(item);
        }
        if self[unit].plans.len() == 1 {
            let (low, high) = self.when_posted();
            self.plan_within(low, high, Task::PostPlans(unit));
        }
    }

    fn put_down_result(&mut self, item: ItemNo, unit: UnitNo) {
        if !self[unit].results.contains(&item) {
            self[unit].results.push(item);
        }
        if self[unit].results.len() == 1 {
            let (low, high) = self.when_posted();
            self.plan_within(low, high, Task::PostResults(unit));
        }
    }

    /// Within the limit in force, or a little after it.
    fn when_posted(&mut self) -> (i64, i64) {
        let limit = self.policy().rules.publish_within.as_ref().map(|rule| rule.params.limit.to_string());
        let days = limit.and_then(|limit| limit.strip_suffix("wd").and_then(|days| days.parse::<i64>().ok())).unwrap_or(5);
        if self.rng.chance(70) { (days + 1, days + 5) } else { (1, days - 1) }
    }

    /// The settlement was accepted: it is posted, or, where it may not be, the household is asked.
    pub(super) fn was_accepted(&mut self, item: ItemNo) {
        if self.may_post(item) {
            let unit = self.holder(item);
            return self.put_down_result(item, unit);
        }
        self.plan_asking(item);
    }

    pub(super) fn post_plans(&mut self, unit: UnitNo) {
        let items = std::mem::take(&mut self[unit].plans);
        let shown: Vec<ItemNo> = items.into_iter().filter(|item| self.plan_can_hang(*item, unit)).collect();
        for part in shown.chunks(SHEET) {
            self.post(unit, "plan", part, None);
        }
    }

    fn plan_can_hang(&self, item: ItemNo, unit: UnitNo) -> bool {
        let Some(case) = self.case(item) else { return false };
        let has_plan = case.state.plan().is_some() || matches!(case.state, State::Suspended(_));
        has_plan && !case.state.is_closed() && self.may_post(item) && self.holder(item) == unit
    }

    pub(super) fn post_results(&mut self, unit: UnitNo) {
        let items = std::mem::take(&mut self[unit].results);
        let mut shown = Vec::new();
        for item in items {
            if !self.is(item, StateWord::Accepted) || self.holder(item) != unit {
                continue;
            }
            if self.may_post(item) {
                shown.push(item);
            } else {
                // The household took its word back in the meantime.
                self.plan_asking(item);
            }
        }
        if let Some(item) = shown.first().copied() {
            self.rate_before_posting(item);
        }
        for part in shown.chunks(SHEET) {
            if self.post(unit, "result", part, None).is_some() {
                for item in part {
                    self.plan_asking(*item);
                }
            }
        }
    }

    fn sheet_fields(&self, posting: &str, unit: UnitNo, stage: &str, items: &[(ItemNo, String)]) -> Fields {
        let place = match self[unit].kind {
            UnitKind::Village | UnitKind::Group => "村务公开栏",
            UnitKind::Town => "镇便民服务中心公示栏",
            UnitKind::Department | UnitKind::County => "政务服务大厅公示栏",
        };
        let items: Vec<Fields> = items
            .iter()
            .map(|(item, summary)| Fields::new().text("case", self[*item].id.as_str()).text("summary", summary))
            .collect();
        Fields::new()
            .text("posting", posting)
            .text("stage", stage)
            .text("unit", &self[unit].id)
            .text("place", place)
            .text("from", &self.today().to_string())
            .objects("items", &items)
    }

    /// A sheet goes up, after a second person has looked at it.
    fn post(&mut self, unit: UnitNo, stage: &'static str, items: &[ItemNo], replaces: Option<SheetNo>) -> Option<SheetNo> {
        let (clerk, checker) = self.clerk_and_checker(unit)?;
        let id = self.new_id("p");
        let lines: Vec<(ItemNo, String)> = items.iter().map(|item| (*item, self[*item].matter.summary.to_owned())).collect();
        self.wrong_sheets(&id, unit, stage, &lines, clerk, checker);
        let mut fields = self.sheet_fields(&id, unit, stage, &lines).text("checked_by", &self[checker].id);
        if let Some(replaced) = replaces {
            fields = fields.text("replaces", &self[replaced].id);
        }
        if !self.send(clerk, "publish", fields) {
            return None;
        }
        let sheet = SheetNo(self.sheets.len());
        let from = self.today();
        self.sheets.push(Sheet { id, unit, stage, from, items: items.to_vec(), down: false });
        for item in items {
            self[*item].sheets.push(sheet);
        }
        self.after_posting(sheet);
        Some(sheet)
    }

    /// The mistakes that sheets come with.
    fn wrong_sheets(
        &mut self,
        id: &str,
        unit: UnitNo,
        stage: &'static str,
        lines: &[(ItemNo, String)],
        clerk: super::people::PersonNo,
        checker: super::people::PersonNo,
    ) {
        let checked = self[checker].id.clone();
        let own = self[clerk].id.clone();
        let home = lines.first().and_then(|(item, _)| self[*item].home);
        if let Some(home) = home {
            if self.slip(Slip::PhoneOnBoard) {
                let mut wrong = lines.to_vec();
                wrong[0].1 = format!("{}，联系电话{}", wrong[0].1, self[home].phone);
                let fields = self.sheet_fields(id, unit, stage, &wrong).text("checked_by", &checked);
                self.err(clerk, "publish", fields, "publish.masked");
            }
            if self.slip(Slip::NameOnBoard) {
                let mut wrong = lines.to_vec();
                wrong[0].1 = format!("{}家{}", self[home].name, wrong[0].1);
                let fields = self.sheet_fields(id, unit, stage, &wrong).text("checked_by", &checked);
                self.err(clerk, "publish", fields, "publish.masked");
            }
        }
        if self.slip(Slip::OneHand) {
            let fields = self.sheet_fields(id, unit, stage, lines).text("checked_by", &own);
            self.err(clerk, "publish", fields, "publish.two_person");
        }
        // A quarrel, or a hardship without consent, has slipped onto the sheet.
        let secret = self.secret_of(unit, stage);
        if let Some(item) = secret.filter(|_| self.slip(Slip::SecretOnBoard)) {
            let mut wrong = lines.to_vec();
            wrong.push((item, self[item].matter.summary.to_owned()));
            let fields = self.sheet_fields(id, unit, stage, &wrong).text("checked_by", &checked);
            self.err(clerk, "publish", fields, "publish.masked");
        }
    }

    /// A case of the unit that is ready for a stage and may not be shown.
    fn secret_of(&self, unit: UnitNo, stage: &str) -> Option<ItemNo> {
        let ready = |item: &ItemNo| match stage {
            "plan" => self.is_planned(*item),
            _ => self.is(*item, StateWord::Accepted),
        };
        let start = self.items.len().saturating_sub(400);
        (start..self.items.len())
            .map(ItemNo)
            .filter(|item| self[*item].matter.category != Category::Livelihood && self[*item].place == unit)
            .find(|item| self.holder(*item) == unit && ready(item) && !self.may_post(*item))
    }

    /// It comes down after ten days and more, hardly ever before; people read it meanwhile.
    fn after_posting(&mut self, sheet: SheetNo) {
        let from = self[sheet].from;
        let days = if self.rng.chance(30) { self.rng.between(4, 8) } else { self.rng.between(11, 22) };
        if self.rng.chance(850) {
            let day = from.add_days(i32::try_from(days).unwrap_or(12));
            self.plan_on(day, Task::TakeDown(sheet));
        }
        for item in self[sheet].items.clone() {
            if self.rng.chance(22) {
                let by = match self[item].home.filter(|_| self.rng.chance(500)) {
                    Some(home) => self[home].id.clone(),
                    None => "一位村民".to_owned(),
                };
                let day = from.add_days(i32::try_from(self.rng.between(1, 11)).unwrap_or(3));
                self.plan_on(day, Task::Object(sheet, item, by, false));
            }
        }
    }

    pub(super) fn take_down(&mut self, sheet: SheetNo) {
        if self[sheet].down {
            return;
        }
        let unit = self[sheet].unit;
        let Some(clerk) = self.clerk(unit) else { return };
        let fields = Fields::new().text("posting", &self[sheet].id);
        if !self.send(clerk, "take_down", fields) {
            return;
        }
        self[sheet].down = true;
        // Down too early, or down for one item's sake: the rest hangs again.
        let early = self[sheet].from.add_days(10) > self.today();
        if early && self.rng.chance(700) {
            let stage = self[sheet].stage;
            let items: Vec<ItemNo> = self[sheet].items.iter().copied().filter(|item| self.can_hang(*item, unit, stage)).collect();
            if !items.is_empty() {
                self.post(unit, stage, &items, Some(sheet));
            }
        }
    }

    fn can_hang(&self, item: ItemNo, unit: UnitNo, stage: &str) -> bool {
        if stage == "plan" {
            return self.plan_can_hang(item, unit);
        }
        let Some(case) = self.case(item) else { return false };
        case.state.accepted_at().is_some() && self.may_post(item) && self.holder(item) == unit
    }

    // ---- objections ----

    pub(super) fn object(&mut self, sheet: SheetNo, item: ItemNo, by: &str, again: bool) {
        let unit = self[sheet].unit;
        let Some(clerk) = self.clerk(unit) else { return };
        let objection = self.new_id("o");
        let fields = Fields::new()
            .text("objection", &objection)
            .text("posting", &self[sheet].id)
            .text("case", self[item].id.as_str())
            .text("text", self.rng.word(OBJECTIONS))
            .text("by", by);
        if !self.send(clerk, "object", fields) {
            return;
        }
        // An earlier objection of the same person, perhaps to another sheet, sends this one up.
        let answers = if self.answer.contains("\"again\":true") { self.above(unit) } else { unit };
        let (low, high) = if again { (1, 6) } else { (0, 3) };
        let (low, high) = if self.rng.chance(120) { (high + 3, high + 6) } else { (low, high) };
        if self.rng.chance(960) {
            self.plan_within(low, high, Task::Answer(objection, answers, sheet, item, by.to_owned()));
        }
    }

    /// The head answers; some are not content with that, and some sheets hang corrected.
    pub(super) fn answer_objection(&mut self, objection: &str, unit: UnitNo, sheet: SheetNo, item: ItemNo, by: &str) {
        let Some(head) = self.head(unit) else { return };
        let answer = self.rng.below(ANSWERS.len());
        let fields = Fields::new().text("objection", objection).text("text", ANSWERS[answer]);
        if let Some(clerk) = self.desk(unit).first().copied().filter(|_| self.slip(Slip::ClerkAnswers)) {
            self.err(clerk, "answer_objection", fields.clone(), "authority");
        }
        if !self.send(head, "answer_objection", fields) {
            return;
        }
        let own = self[sheet].unit;
        if answer == 1 && !self[sheet].down && self.can_hang(item, own, self[sheet].stage) {
            let stage = self[sheet].stage;
            self.post(own, stage, &[item], Some(sheet));
        }
        if unit == own && self.rng.chance(260) {
            self.plan_within(1, 3, Task::Object(sheet, item, by.to_owned(), true));
        }
    }

    // ---- the month ----

    pub(super) fn digest(&mut self, unit: UnitNo, month: Period) {
        let Some((clerk, checker)) = self.clerk_and_checker(unit) else { return };
        let posting = self.new_id("p");
        let fields = |world: &World, period: &str| {
            Fields::new()
                .text("posting", &posting)
                .text("stage", "digest")
                .text("unit", &world[unit].id)
                .text("place", "公开栏")
                .text("from", &world.today().to_string())
                .text("period", period)
                .text("checked_by", &world[checker].id)
        };
        if self.slip(Slip::DigestOfAWeek) {
            let week = Period::containing(wuzhang::calendar::PeriodKind::Week, month.first());
            let wrong = fields(self, &week.to_string());
            self.err(clerk, "publish", wrong, "publish.digest");
        }
        let right = fields(self, &month.to_string());
        self.send(clerk, "publish", right);
    }
}
