//! 销账: the work itself, more time for it, its settlement, and somebody else's look.

use wuzhang::calendar::Date;
use wuzhang::case::{Ground, State, StateWord};

use super::agenda::{Step, Task};
use super::matters::{Aid, PROGRESS, REASONS};
use super::people::{ItemNo, PersonNo, UnitNo};
use super::say::Fields;
use super::slips::Slip;
use super::world::World;

/// What can be told from a planned case.
struct Plan {
    due: Date,
    asked: bool,
}

impl World {
    fn case_fields(&self, item: ItemNo) -> Fields {
        Fields::new().text("case", self[item].id.as_str())
    }

    fn plan_of(&self, item: ItemNo) -> Option<Plan> {
        match &self.case(item)?.state {
            State::Planned(planned) => Some(Plan { due: planned.plan.due?, asked: planned.request.is_some() }),
            _ => None,
        }
    }

    /// A plan was made: it is to be posted, carried out, and perhaps needs more time.
    pub(super) fn was_planned(&mut self, item: ItemNo, unit: UnitNo) {
        self.put_down_plan(item, unit);
        self[item].asked_more = 0;
        let Some(plan) = self.plan_of(item) else { return };
        let today = self.today();
        let left = i64::from(today.days_until(plan.due));
        if left > 9 || self.rng.chance(150) {
            let day = today.add_days(i32::try_from(self.rng.between(1, left.max(2) / 2 + 1)).unwrap_or(1));
            self.plan_on(day, Task::Item(item, Step::Progress));
        }
        if left > 1 && self.rng.chance(85) {
            let day = plan.due.add_days(-i32::try_from(self.rng.between(0, 1)).unwrap_or(0));
            return self.plan_on(day, Task::Item(item, Step::AskMoreTime));
        }
        self.plan_settling(item);
    }

    /// When the work will be done: mostly before the deadline, sometimes after it.
    fn plan_settling(&mut self, item: ItemNo) {
        let Some(plan) = self.plan_of(item) else { return };
        let today = self.today();
        let diligence = self.responsible(item).map_or(900, |person| self[person].diligence);
        let day = if plan.due <= today {
            return self.plan_within(0, 3, Task::Item(item, Step::Settle));
        } else if self.rng.chance(diligence.saturating_sub(25)) {
            let left = i64::from(today.days_until(plan.due));
            today.add_days(i32::try_from(self.rng.between((left + 1) / 2, left)).unwrap_or(1))
        } else {
            plan.due.add_days(i32::try_from(self.rng.between(1, 14)).unwrap_or(3))
        };
        self.plan_on(day, Task::Item(item, Step::Settle));
    }

    pub(super) fn log_progress(&mut self, item: ItemNo) {
        let open = matches!(self.state(item), Some(StateWord::Planned | StateWord::Suspended | StateWord::Reopened));
        if !open {
            return;
        }
        let holder = self.holder(item);
        let own = self.responsible(item).filter(|person| !self[*person].gone);
        let Some(actor) = own.or_else(|| self.clerk(holder)) else { return };
        let fields = self.case_fields(item).text("text", self.rng.word(PROGRESS));
        self.send(actor, "log_progress", fields);
    }

    // ---- more time ----

    pub(super) fn ask_more_time(&mut self, item: ItemNo) {
        let Some(plan) = self.plan_of(item) else { return };
        let Some(actor) = self.responsible(item).filter(|person| !self[*person].gone) else { return };
        let today = self.today();
        let reason = self.rng.word(REASONS);
        let until = |world: &World, days: i32| {
            world.case_fields(item).text("until", &plan.due.add_days(days).to_string()).text("reason", reason)
        };
        let days = i32::try_from(self.rng.between(5, 30)).unwrap_or(10);
        if today > plan.due {
            if self.slip(Slip::AskedLate) {
                let late = until(self, days);
                self.err(actor, "request_extension", late, "settle.extension");
            }
            return self.plan_settling(item);
        }
        if self.slip(Slip::AskedTooMuch) {
            let far = until(self, 75);
            self.err(actor, "request_extension", far, "settle.extension");
        }
        let fields = until(self, days);
        if !self.send(actor, "request_extension", fields) {
            return;
        }
        self[item].asked_more += 1;
        if self[item].asked_more > 1 {
            // It was refused as it was asked.
            return self.plan_settling(item);
        }
        self.plan_within(0, 2, Task::Item(item, Step::GiveMoreTime));
    }

    pub(super) fn give_more_time(&mut self, item: ItemNo) {
        if self.plan_of(item).is_none_or(|plan| !plan.asked) {
            return;
        }
        let holder = self.holder(item);
        let above = self.above(holder);
        let responsible = self.responsible(item);
        if let Some(colleague) = self.clerk(holder).filter(|clerk| above != holder && Some(*clerk) != responsible) {
            if self.slip(Slip::GrantedAmongUs) {
                let fields = self.case_fields(item).flag("approve", true).text("told", "phone");
                self.err(colleague, "decide_extension", fields, "settle.extension");
            }
        }
        let Some(actor) = self.clerk(above).filter(|clerk| Some(*clerk) != responsible) else { return };
        let approve = self.rng.chance(850);
        let fields = self.case_fields(item).flag("approve", approve);
        let fields = if approve {
            fields.text("reason", "情况属实").text("told", if self.rng.chance(700) { "phone" } else { "visit" })
        } else {
            fields.text("reason", "工期足够，请按期完成")
        };
        if !self.send(actor, "decide_extension", fields) {
            return;
        }
        if approve && self.rng.chance(140) {
            if let Some(plan) = self.plan_of(item) {
                return self.plan_on(plan.due, Task::Item(item, Step::AskMoreTime));
            }
        }
        self.plan_settling(item);
    }

    // ---- the settlement ----

    pub(super) fn settle(&mut self, item: ItemNo) {
        if !self.is_planned(item) {
            return;
        }
        let Some(actor) = self.responsible(item).filter(|person| !self[*person].gone) else {
            // Whoever was to do it has left: the head sees to it.
            return self.plan_within(1, 3, Task::Item(item, Step::Replan));
        };
        if self[actor].on_leave(self.today()) {
            return self.plan_within(2, 5, Task::Item(item, Step::Settle));
        }
        let matter = self[item].matter;
        let case = self.case_fields(item).text("result", matter.result);
        if self.slip(Slip::NoReceipt) {
            let money = Fields::new().number("amount", 50_000).text("source", "镇临时救助备用金");
            self.err(actor, "settle", case.clone().object("money", &money), "settle.evidence");
        }
        let fields = self.evidence(case, matter.aid);
        if !self.send(actor, "settle", fields) {
            return;
        }
        if self.slip(Slip::SettledTwice) {
            let again = self.case_fields(item).text("result", matter.result);
            self.err(actor, "settle", again, "case.state");
        }
        self.plan_review(item);
    }

    fn evidence(&mut self, fields: Fields, aid: Aid) -> Fields {
        let fields = match aid {
            Aid::None => fields,
            Aid::Money(low, high, source) => {
                let amount = self.rng.between(low / 50, high / 50) * 50 * 100;
                let receipt = format!("领款单{:04}号", self.rng.between(1, 9999));
                fields.object("money", &Fields::new().number("amount", amount).text("source", source).text("receipt", &receipt))
            }
            Aid::Goods(what, source) => {
                let receipt = format!("物资签收表第{}页", self.rng.between(1, 90));
                fields.object("goods", &Fields::new().text("what", what).text("source", source).text("receipt", &receipt))
            }
        };
        if !self.rng.chance(220) {
            return fields;
        }
        // An attachment is its name and its sum; the file itself stays where it is.
        let name = format!("签收单{}.pdf", self.rng.between(1, 9999));
        let mut sum = String::new();
        wuzhang::chain::push_hex(&wuzhang::chain::sm3(name.as_bytes()), &mut sum);
        fields.objects("evidence", &[Fields::new().text("name", &name).text("sm3", &sum)])
    }

    pub(super) fn plan_review(&mut self, item: ItemNo) {
        let (low, high) = if self.rng.chance(60) { (4, 8) } else { (0, 3) };
        self.plan_within(low, high, Task::Item(item, Step::Review));
    }

    /// Somebody who had no hand in it.
    fn reviewer(&mut self, item: ItemNo) -> Option<PersonNo> {
        let State::Settled(settled) = &self.case(item)?.state else { return None };
        let settlement = &settled.settlement;
        let mut hands = vec![settlement.by.to_string()];
        match &settlement.ground {
            Ground::Plan(plan) => hands.extend(plan.responsible.as_ref().map(ToString::to_string)),
            Ground::Explained(word) | Ground::Redirected(word) => hands.extend(word.chair.as_ref().map(ToString::to_string)),
        }
        let people = self.eyes(self.holder(item));
        let free: Vec<PersonNo> = people.into_iter().filter(|person| !hands.contains(&self[*person].id)).collect();
        self.rng.pick(&free)
    }

    pub(super) fn review(&mut self, item: ItemNo) {
        if !self.is(item, StateWord::Settled) {
            return;
        }
        let holder = self.holder(item);
        let own = self.responsible(item).filter(|person| self.in_office(*person, holder));
        if let Some(own) = own.filter(|_| self.slip(Slip::OwnReview)) {
            let fields = self.case_fields(item).flag("accept", true);
            self.err(own, "review_settlement", fields, "settle.review");
        }
        let Some(actor) = self.reviewer(item) else { return };
        let accept = self.rng.chance(945);
        let fields = self.case_fields(item).flag("accept", accept);
        let fields = if accept { fields } else { fields.text("reason", "现场看仍有尾工，请完成后再报") };
        if !self.send(actor, "review_settlement", fields) {
            return;
        }
        match self.state(item) {
            Some(StateWord::Accepted) => self.was_accepted(item),
            Some(StateWord::Planned) => self.plan_within(1, 4, Task::Item(item, Step::Settle)),
            Some(StateWord::Ledgered) => self[holder].waiting.push(item),
            _ => {}
        }
    }

    // ---- a new plan ----

    /// After a dissatisfaction, or when the responsible person has left.
    pub(super) fn replan(&mut self, item: ItemNo) {
        let Some(case) = self.case(item) else { return };
        let (due, reopened) = match &case.state {
            State::Reopened(_) => (None, true),
            State::Planned(planned) => (planned.plan.due, false),
            _ => return,
        };
        let redo_by = case.redo_by;
        // Somebody may have seen to it already.
        if !reopened && self.responsible(item).is_some_and(|person| !self[person].gone) {
            return;
        }
        let unit = self.holder(item);
        let Some(actor) = self.replanner(item, unit) else { return };
        let matter = self[item].matter;
        let today = self.today();
        let due = due.unwrap_or_else(|| {
            let wanted = today.add_days(i32::try_from(self.rng.between(5, 16)).unwrap_or(7));
            redo_by.map_or(wanted, |latest| wanted.min(latest)).max(today)
        });
        let Some(responsible) = self.someone_responsible(item, unit) else { return };
        let fields = |world: &World, due: Date| {
            let measures = format!("返工：{}", matter.measures);
            world
                .case_fields(item)
                .text("measures", &measures)
                .text("target", matter.target)
                .text("responsible", &world[responsible].id)
                .text("due", &due.to_string())
        };
        if reopened && redo_by.is_some() && self.slip(Slip::RedoneTooLate) {
            let late = fields(self, today.add_days(60));
            self.err(actor, "replan", late, "close.redo");
        }
        if !reopened && self.slip(Slip::ClockTurned) {
            let moved = fields(self, due.add_days(10));
            self.err(actor, "replan", moved, "settle.clock");
        }
        let right = fields(self, due);
        if self.send(actor, "replan", right) {
            self.was_planned(item, unit);
        }
    }

    /// The head of the deciding unit; the tier above, where the head is responsible.
    fn replanner(&mut self, item: ItemNo, unit: UnitNo) -> Option<PersonNo> {
        let head = self.head(unit)?;
        if self.responsible(item) != Some(head) {
            return Some(head);
        }
        let above = self.above(unit);
        self.clerk(above).filter(|clerk| *clerk != head)
    }
}
