//! 建账: visits and what is heard on them, the station and its channels, cards, consolidation.

use wuzhang::calendar::Period;
use wuzhang::case::StateWord;
use wuzhang::ids::CaseId;
use wuzhang::vocab::{Category, Channel, Level, Post, UnitKind};

use super::agenda::{Step, Task};
use super::diary;
use super::matters::{Matter, HOUSEHOLD, PUBLIC};
use super::people::{HomeNo, Item, ItemNo, Link, PersonNo, UnitNo};
use super::say::{Expect, Fields, Order};
use super::slips::Slip;
use super::world::{day_of, stamp, World, DAY};

/// A visit between the door and the book.
pub(super) struct Entered {
    cadres: Vec<PersonNo>,
    target: Link,
    on: i64,
    in_person: bool,
    diary: Option<String>,
}

/// A slip in an earlier command, and who mends it.
pub(super) struct Mend {
    pub(super) actor: PersonNo,
    pub(super) command: String,
    pub(super) field: &'static str,
    /// The new value, in JSON.
    pub(super) value: String,
    pub(super) reason: &'static str,
}

/// A need as it reaches whoever notes it.
struct Heard<'h> {
    home: Option<HomeNo>,
    /// Where a public matter is.
    place: UnitNo,
    matter: &'static Matter,
    channel: Channel,
    actor: PersonNo,
    collector: PersonNo,
    visit: Option<&'h str>,
}

impl World {
    // ---- visits ----

    /// A cadre goes to a linked household; when it is entered is another question.
    pub(super) fn visit(&mut self, person: PersonNo) {
        if self[person].gone || self[person].on_leave(self.today()) {
            return;
        }
        let links = self[person].links.clone();
        let Some(mut target) = self.rng.pick(&links) else { return };
        // Word gets round where something is the matter.
        for _ in 0..3 {
            if matches!(target, Link::Home(home) if self[home].need.is_none()) {
                target = self.rng.pick(&links).unwrap_or(target);
            }
        }
        let mut cadres = vec![person];
        if self[person].level == Some(Level::Village) && self.rng.chance(70) {
            if let Link::Home(home) = target {
                cadres.extend(self[self[home].group].people.first().copied());
            }
        }
        let (_, month, _) = self.today().ymd();
        let lazy = self[person].lazy;
        let entered = Entered {
            cadres,
            target,
            on: self.now,
            in_person: !self.rng.chance(40),
            diary: diary::entry(&mut self.rng, month, lazy),
        };
        let at = match self.rng.below(1000) {
            0..=799 => self.now + self.rng.between(1200, 10_000),
            800..=959 => self.on_later_day(1, 3),
            960..=975 => self.on_later_day(4, 6),
            976..=996 => self.on_later_day(11, 28),
            _ => self.on_later_day(36, 50),
        };
        self.plan_at(at, Task::Enter(Box::new(entered)));
    }

    fn on_later_day(&mut self, low: i64, high: i64) -> i64 {
        let days = self.rng.between(low, high);
        (self.now.div_euclid(DAY) + days) * DAY + self.rng.between(8 * 3600, 20 * 3600)
    }

    fn target_id(&self, target: Link) -> String {
        match target {
            Link::Home(home) => self[home].id.clone(),
            Link::Village(village) => self[village].id.clone(),
        }
    }

    /// The visit is entered, and what was heard on it.
    pub(super) fn enter(&mut self, entered: Entered) {
        let Some(person) = entered.cadres.first().copied().filter(|person| !self[*person].gone) else { return };
        let visit = self.new_id("v");
        let cadres: Vec<String> = entered.cadres.iter().map(|cadre| self[*cadre].id.clone()).collect();
        let mut fields = Fields::new()
            .text("visit", &visit)
            .texts("cadres", cadres.iter().map(String::as_str))
            .text("target", &self.target_id(entered.target))
            .text("on", &stamp(entered.on));
        if !entered.in_person {
            fields = fields.flag("in_person", false);
        }
        fields = fields.maybe("diary", entered.diary.as_deref());
        let (late, refused) = self.how_late(entered.on);
        if refused {
            return self.err(person, "record_visit", fields, "visit.late_entry");
        }
        let order = self.order(person, "record_visit", fields);
        if !self.give(&order, Expect::Fine) {
            return;
        }
        self.last_visit = Some((visit.clone(), person));
        self.after_entry(&order, &entered, person);
        if late {
            self.plan_approval(&visit, &entered.cadres);
        }
        if let (Link::Home(home), true) = (entered.target, entered.in_person) {
            if let Some(matter) = self[home].need.filter(|_| self.rng.chance(880)) {
                let place = self[home].group;
                self.note(&Heard {
                    home: Some(home),
                    place,
                    matter,
                    channel: Channel::Visit,
                    actor: person,
                    collector: person,
                    visit: Some(&visit),
                });
            }
        }
    }

    /// Whether an entry for a visit then is late now, and whether it is too late.
    fn how_late(&self, on: i64) -> (bool, bool) {
        let policy = self.policy();
        let Some(rule) = policy.rules.visit_late_entry.as_ref() else { return (false, false) };
        let (day, today) = (day_of(on), self.today());
        let after = |limit| today > policy.due_from_day(day, limit).date;
        (after(rule.params.limit), after(rule.params.refuse_after))
    }

    /// A phone without signal sends again; a slip of the pen is mended next day.
    fn after_entry(&mut self, order: &Order, entered: &Entered, person: PersonNo) {
        if self.rng.chance(16) {
            let at = self.now + self.rng.between(20, 900);
            self.plan_at(at, Task::Resend(Box::new(order.clone())));
        } else if self.rng.chance(3) {
            let at = self.on_later_day(1, 4);
            self.plan_at(at, Task::Resend(Box::new(order.clone())));
        }
        let mend = if self.rng.chance(4) {
            Some(("/diary", "\"走访情况补充：与户主核对了人口和用电情况。\"".to_owned(), "日记写错一句，更正"))
        } else if self.rng.chance(3) && day_of(entered.on) > self.first {
            Some(("/on", format!("\"{}\"", stamp(entered.on - DAY)), "日期选错一天，应为前一日"))
        } else {
            None
        };
        if let Some((field, value, reason)) = mend {
            let mend = Mend { actor: person, command: order.id.clone(), field, value, reason };
            let at = self.now + self.rng.between(3600, 80_000);
            self.plan_at(at, Task::Mend(Box::new(mend)));
        }
    }

    pub(super) fn resend(&mut self, order: &Order) {
        self.give(order, Expect::Again);
    }

    pub(super) fn mend(&mut self, mend: Mend) {
        if self[mend.actor].gone {
            return;
        }
        let fields = Fields::new()
            .text("command", &mend.command)
            .text("field", mend.field)
            .raw("value", &mend.value)
            .text("reason", mend.reason);
        self.send(mend.actor, "correct", fields);
    }

    /// Most late entries are looked at by the tier above; some never are, and do not count.
    fn plan_approval(&mut self, visit: &str, cadres: &[PersonNo]) {
        let highest = cadres.iter().copied().max_by_key(|cadre| match self[*cadre].level {
            Some(Level::Town) => 2,
            Some(Level::Village) => 1,
            _ => 0,
        });
        let Some(highest) = highest else { return };
        if self.slip(Slip::OwnApproval) {
            self.err(highest, "approve_late_visit", Fields::new().text("visit", visit), "visit.late_entry");
        }
        if self.rng.chance(650) {
            let unit = self[highest].unit;
            self.plan_within(0, 4, Task::Approve(visit.to_owned(), unit, highest));
        }
    }

    pub(super) fn approve(&mut self, visit: &str, unit: UnitNo, visitor: PersonNo) {
        let first = self.above(unit);
        let tier = if self.rng.chance(250) { self.above(first) } else { first };
        let approver = self.clerk(tier).filter(|approver| *approver != visitor);
        if let Some(approver) = approver.filter(|_| tier != self[visitor].unit) {
            self.send(approver, "approve_late_visit", Fields::new().text("visit", visit));
        }
    }

    /// A county leader, or people of a department, in a linked village.
    pub(super) fn visit_village(&mut self, village: UnitNo, person: PersonNo) {
        let leader = self[person].level == Some(Level::CountyLeader);
        if self[person].gone || self[person].on_leave(self.today()) {
            return;
        }
        let unit = self[person].unit;
        let actor = if leader && self.rng.chance(600) { self.clerk(unit).unwrap_or(person) } else { person };
        let mut cadres = vec![person];
        if !leader {
            cadres.extend(self.head(unit).filter(|head| self.rng.chance(300) && *head != person));
        }
        let cadres: Vec<String> = cadres.iter().map(|cadre| self[*cadre].id.clone()).collect();
        let visit = self.new_id("v");
        let (_, month, _) = self.today().ymd();
        let on = self.now;
        self.now += self.rng.between(3600, 7200);
        let fields = Fields::new()
            .text("visit", &visit)
            .texts("cadres", cadres.iter().map(String::as_str))
            .text("target", &self[village].id)
            .text("on", &stamp(on))
            .text("diary", &diary::of_village(&mut self.rng, month));
        if !self.send(actor, "record_visit", fields) || !self.rng.chance(220) {
            return;
        }
        let homes = self[village].homes.clone();
        let home = if self.rng.chance(650) { self.rng.pick(&homes) } else { None };
        let list = if home.is_some() { HOUSEHOLD } else { PUBLIC };
        let matter = &list[self.rng.below(list.len())];
        let channel = Channel::Visit;
        self.note(&Heard { home, place: village, matter, channel, actor, collector: person, visit: Some(&visit) });
    }

    // ---- needs ----

    /// Something comes to trouble a household; it waits for the next visit, or goes to the station.
    pub(super) fn trouble(&mut self, home: HomeNo) {
        let again = self[home].last.filter(|_| self.rng.chance(170));
        let poor = self[home].poor;
        let matter = again.unwrap_or_else(|| loop {
            let matter = &HOUSEHOLD[self.rng.below(HOUSEHOLD.len())];
            let keep = match matter.category {
                Category::Hardship => if poor { 1000 } else { 90 },
                Category::Stability => 160,
                Category::Livelihood => 1000,
            };
            if self.rng.chance(keep) {
                break matter;
            }
        });
        self[home].need = Some(matter);
        let at = self.on_later_day(4, 24);
        self.plan_at(at, Task::Station(home));
    }

    /// Nobody came: the household speaks through one of the other channels.
    pub(super) fn station(&mut self, home: HomeNo) {
        let Some(matter) = self[home].need else { return };
        let (village, place) = (self[home].village, self[home].group);
        let helper = self[home].helper.filter(|helper| !self[*helper].gone);
        if let Some(helper) = helper.filter(|_| self.rng.chance(600)) {
            let heard = Heard {
                home: Some(home), place, matter, channel: Channel::ContactCard, actor: helper, collector: helper, visit: None,
            };
            self.note(&heard);
            return;
        }
        let duty = self.with_posts(village, &[Post::StationDuty]);
        let Some(duty) = self.rng.pick(&duty) else { return };
        let (channel, collector) = self.channel(village, duty);
        if self.slip(Slip::NotTheStation) {
            if let Some(head) = self.head(village) {
                let fields = self.need_fields("s-draft", Some(home), place, matter, Channel::StationCall);
                self.err(head, "note_need", fields, "channel");
            }
        }
        self.note(&Heard { home: Some(home), place, matter, channel, actor: duty, collector, visit: None });
    }

    /// By which of the station's channels a need comes, and who collected it.
    fn channel(&mut self, village: UnitNo, duty: PersonNo) -> (Channel, PersonNo) {
        let town = self.above(village);
        let (channel, from, post) = match self.rng.below(100) {
            0..=34 => return (Channel::StationCall, duty),
            35..=62 => return (Channel::StationWalkIn, duty),
            63..=79 => (Channel::GridWorker, village, Post::GridWorker),
            80..=90 => (Channel::CouncilMember, village, Post::CouncilMember),
            91..=94 => (Channel::PeopleDelegate, town, Post::PeopleDelegate),
            95..=97 => (Channel::PartyDelegate, village, Post::PartyDelegate),
            _ => (Channel::CppccMember, UnitNo(0), Post::CppccMember),
        };
        let people = self.with_posts(from, &[post]);
        match self.rng.pick(&people) {
            Some(person) => (channel, person),
            None => (Channel::StationCall, duty),
        }
    }

    /// Something that concerns a whole group or village comes up among its speakers.
    pub(super) fn notice(&mut self, village: UnitNo) {
        let duty = self.with_posts(village, &[Post::StationDuty]);
        let speakers = self.with_posts(village, &[Post::CouncilMember]);
        let groups = self[village].children.clone();
        let place = if self.rng.chance(600) { self.rng.pick(&groups).unwrap_or(village) } else { village };
        let matter = &PUBLIC[self.rng.below(PUBLIC.len())];
        if let (Some(actor), Some(collector)) = (self.rng.pick(&duty), self.rng.pick(&speakers)) {
            let channel = Channel::CouncilMember;
            self.note(&Heard { home: None, place, matter, channel, actor, collector, visit: None });
        }
    }

    fn need_fields(&self, case: &str, home: Option<HomeNo>, place: UnitNo, matter: &Matter, channel: Channel) -> Fields {
        let fields = Fields::new().text("case", case);
        let fields = match home {
            Some(home) => fields.text("household", &self[home].id),
            None => fields.text("unit", &self[place].id),
        };
        fields
            .text("channel", channel.word())
            .text("category", matter.category.word())
            .text("topic", matter.topic)
            .text("text", matter.text)
    }

    /// A need is noted, and somebody sees to it that it goes on.
    fn note(&mut self, heard: &Heard<'_>) {
        let Some(item) = self.note_once(heard) else { return };
        let hardship = heard.matter.category == Category::Hardship;
        if let Some(home) = heard.home {
            self[home].need = None;
            self[home].last = Some(heard.matter);
            if hardship {
                self.after_hardship(home, heard.collector);
            }
        }
        // Two people noted the same: the second record is merged into the first.
        let village = self[item].place;
        if heard.channel == Channel::Visit && self.holder(item) == village && self.rng.chance(35) {
            let duty = self.with_posts(village, &[Post::StationDuty]);
            if let Some(duty) = self.rng.pick(&duty) {
                let twice = Heard { channel: Channel::StationWalkIn, actor: duty, collector: duty, visit: None, ..*heard };
                if let Some(second) = self.note_once(&twice) {
                    self.plan_within(0, 2, Task::Item(second, Step::Merge(item)));
                }
            }
        }
        self.go_on_from_noted(item);
        if self.rng.chance(22) {
            let day = self.today().add_days(i32::try_from(self.rng.between(3, 30)).unwrap_or(5));
            self.plan_on(day, Task::Item(item, Step::Withdraw));
        }
    }

    fn note_once(&mut self, heard: &Heard<'_>) -> Option<ItemNo> {
        let case = self.new_id("s");
        let id = CaseId::new(&case)?;
        if let (Category::Hardship, Some(home)) = (heard.matter.category, heard.home) {
            if self[home].helper.is_none() && self[heard.collector].level.is_some() && self.rng.chance(600) {
                self.give_card(home, heard.collector);
            }
        }
        let mut fields = self.need_fields(&case, heard.home, heard.place, heard.matter, heard.channel);
        if heard.collector != heard.actor {
            fields = fields.text("collector", &self[heard.collector].id);
        }
        fields = fields.maybe("visit", heard.visit);
        if let Some(home) = heard.home.filter(|_| self.rng.chance(850)) {
            fields = fields.text("phone", &self[home].phone);
        }
        if !self.send(heard.actor, "note_need", fields) {
            return None;
        }
        let place = match self[heard.place].kind {
            UnitKind::Group => self[heard.place].parent.unwrap_or(heard.place),
            _ => heard.place,
        };
        let item = ItemNo(self.items.len());
        self.items.push(Item {
            id,
            matter: heard.matter,
            home: heard.home,
            place,
            collector: heard.collector,
            entered_by: heard.actor,
            sheets: Vec::new(),
            asked_more: 0,
        });
        Some(item)
    }

    /// A household in difficulty gets its helper's card, and is asked about the board.
    fn after_hardship(&mut self, home: HomeNo, collector: PersonNo) {
        if self[home].helper.is_none() && self.rng.chance(500) {
            let village = self[home].village;
            let helper = if self[collector].level.is_some() { Some(collector) } else { self.clerk(village) };
            if let Some(helper) = helper {
                self.plan_within(1, 6, Task::Card(home, helper));
            }
        }
        if self[home].consent.is_none() && self.rng.chance(880) {
            let publication = self.rng.chance(820);
            self.plan_within(1, 5, Task::Consent(home, publication));
            if publication && self.rng.chance(90) {
                self.plan_within(25, 60, Task::Consent(home, false));
            }
        }
    }

    pub(super) fn give_card(&mut self, home: HomeNo, helper: PersonNo) {
        if self[helper].gone || self[home].helper.is_some() {
            return;
        }
        let fields = Fields::new()
            .text("household", &self[home].id)
            .text("cadre", &self[helper].id)
            .text("phone", &self[helper].phone);
        if self.send(helper, "give_contact_card", fields) {
            self[home].helper = Some(helper);
        }
    }

    /// The household says whether its case may be posted. If it takes its word back, what hangs
    /// has to come down at once.
    pub(super) fn consent(&mut self, home: HomeNo, publication: bool) {
        let village = self[home].village;
        let Some(actor) = self.clerk(village) else { return };
        let fields = Fields::new().text("household", &self[home].id).flag("publication", publication);
        if !self.send(actor, "consent", fields) {
            return;
        }
        self[home].consent = Some(publication);
        if publication {
            return;
        }
        let sheets: Vec<_> = (0..self.sheets.len())
            .map(super::people::SheetNo)
            .filter(|sheet| !self[*sheet].down)
            .filter(|sheet| {
                let items = &self[*sheet].items;
                items.iter().any(|item| self[*item].home == Some(home) && self[*item].matter.category == Category::Hardship)
            })
            .collect();
        for sheet in sheets {
            self.plan_within(0, 1, Task::TakeDown(sheet));
        }
    }

    /// What is noted is solved on the spot or put on a card; a few cards come late.
    pub(super) fn go_on_from_noted(&mut self, item: ItemNo) {
        if !self[item].matter.spot.is_empty() && self.rng.chance(400) {
            return self.plan_within(0, 1, Task::Item(item, Step::SolveOnTheSpot));
        }
        let (low, high) = if self.rng.chance(50) { (3, 6) } else { (0, 2) };
        self.plan_within(low, high, Task::Item(item, Step::Register));
    }

    /// Whoever collected it, as long as that is a cadre in office; else whoever entered it.
    fn opener(&mut self, item: ItemNo) -> Option<PersonNo> {
        let collector = self[item].collector;
        if self[collector].level.is_some() && !self[collector].gone {
            return Some(collector);
        }
        let (entered_by, holder) = (self[item].entered_by, self.holder(item));
        if !self[entered_by].gone && self[entered_by].unit == holder {
            return Some(entered_by);
        }
        self.clerk(holder)
    }

    pub(super) fn solve_on_the_spot(&mut self, item: ItemNo) {
        let Some(actor) = self.opener(item).filter(|_| self.is(item, StateWord::Noted)) else { return };
        let case = Fields::new().text("case", self[item].id.as_str());
        if self.slip(Slip::NothingSaid) {
            self.err(actor, "solve_on_the_spot", case.clone().text("result", " "), "settle.evidence");
        }
        if self.send(actor, "solve_on_the_spot", case.text("result", self[item].matter.spot)) {
            self.was_closed(item);
            // The lamp goes out again, the pipe leaks again.
            if self.rng.chance(20) {
                self.plan_within(3, 15, Task::Item(item, Step::Reopen));
            }
        }
    }

    fn card(&self, item: ItemNo) -> Fields {
        let Item { matter, home, place, .. } = &self[item];
        let card = match *home {
            Some(home) => {
                let home = &self[home];
                let address = format!("{}{}{}号", self[home.village].name, self[home.group].name, home.door);
                Fields::new().text("name", &home.name).text("address", &address).number("household_size", home.size)
            }
            None => Fields::new().text("address", &self[*place].name),
        };
        card.text("appeal", matter.summary).text("cause", matter.cause)
    }

    pub(super) fn register(&mut self, item: ItemNo) {
        let Some(actor) = self.opener(item).filter(|_| self.is(item, StateWord::Noted)) else { return };
        let fields = Fields::new().text("case", self[item].id.as_str());
        let mut card = self.card(item);
        if let Some(home) = self[item].home {
            if self.slip(Slip::NoIncome) {
                self.err(actor, "register_card", fields.clone().object("card", &card), "register.card");
            }
            card = card.number("income", self[home].income);
        }
        let order = self.order(actor, "register_card", fields.object("card", &card));
        if !self.give(&order, Expect::Fine) {
            return;
        }
        let holder = self.holder(item);
        self[holder].cards.push(item);
        if self.slip(Slip::CardTwice) {
            let fields = order.fields.clone();
            self.err(actor, "register_card", fields, "case.state");
        }
        if let Some(home) = self[item].home.filter(|_| self.rng.chance(25)) {
            let value = (self[home].income + self.rng.between(1, 30) * 100).to_string();
            let mend = Mend { actor, command: order.id, field: "/card/income", value, reason: "年收入核对后更正" };
            let at = self.now + self.rng.between(3600, 100_000);
            self.plan_at(at, Task::Mend(Box::new(mend)));
        }
    }

    // ---- consolidation ----

    /// A unit consolidates what was registered in its stream.
    pub(super) fn consolidate(&mut self, unit: UnitNo, period: Period) {
        let clerk = match self[unit].kind {
            UnitKind::County => {
                let offices = self.with_posts(unit, &[Post::FourOffices]);
                self.rng.pick(&offices)
            }
            _ => self.clerk(unit),
        };
        let Some(clerk) = clerk else { return };
        let fields = Fields::new().text("unit", &self[unit].id).text("period", &period.to_string());
        if !self.send(clerk, "consolidate", fields) {
            return;
        }
        for item in std::mem::take(&mut self[unit].cards) {
            match self.state(item) {
                Some(StateWord::Ledgered) => self[unit].waiting.push(item),
                Some(StateWord::Registered) => self[unit].cards.push(item),
                _ => {}
            }
        }
    }

    // ---- at any time ----

    /// A second record of the same need goes into the first, where both still stand together.
    pub(super) fn merge(&mut self, item: ItemNo, into: ItemNo) {
        let early = |state| matches!(state, Some(StateWord::Noted | StateWord::Registered | StateWord::Ledgered));
        let open = self.state(into).is_some_and(|state| state != StateWord::Closed);
        let holder = self.holder(item);
        if !early(self.state(item)) || !open || holder != self.holder(into) {
            return self.go_on_from_noted(item);
        }
        let Some(actor) = self.clerk(holder) else { return };
        let fields = Fields::new().text("case", self[item].id.as_str());
        if self.slip(Slip::IntoItself) {
            let wrong = fields.clone().text("into", self[item].id.as_str());
            self.err(actor, "merge", wrong, "command.invalid");
        }
        self.send(actor, "merge", fields.text("into", self[into].id.as_str()));
    }

    /// The household takes its appeal back; somebody far enough writes that down.
    pub(super) fn withdraw(&mut self, item: ItemNo) {
        if self.is(item, StateWord::Closed) {
            return;
        }
        let Some(actor) = self.asker(item) else { return };
        let reason = self.rng.word(super::matters::WITHDRAWN);
        let fields = Fields::new().text("case", self[item].id.as_str()).text("reason", reason);
        if let Some(handler) = self.responsible(item).filter(|handler| !self[*handler].gone) {
            if self.slip(Slip::HandlerWithdraws) {
                self.err(handler, "withdraw", fields.clone(), "close.asker");
            }
        }
        if self.send(actor, "withdraw", fields) {
            self.was_closed(item);
            if self.rng.chance(60) {
                self.plan_within(2, 12, Task::Item(item, Step::Reopen));
            }
        }
    }
}
