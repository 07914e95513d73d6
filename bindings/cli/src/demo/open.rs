//! 建账: what is heard on visits and at the station, cards, consolidation, and what may happen to a
//! case at any time.

use wuzhang::calendar::Period;
use wuzhang::case::StateWord;
use wuzhang::ids::CaseId;
use wuzhang::vocab::{Category, Channel, Post, UnitKind};

use super::agenda::{Step, Task};
use super::matters::{Matter, HOUSEHOLD, PUBLIC};
use super::people::{HomeNo, Item, ItemNo, PersonNo, UnitNo};
use super::say::{Expect, Fields};
use super::slips::Slip;
use super::visits::Mend;
use super::world::World;

/// A need as it reaches whoever notes it.
pub(super) struct Heard<'h> {
    pub(super) home: Option<HomeNo>,
    /// Where a public matter is.
    pub(super) place: UnitNo,
    pub(super) matter: &'static Matter,
    pub(super) channel: Channel,
    pub(super) actor: PersonNo,
    pub(super) collector: PersonNo,
    pub(super) visit: Option<&'h str>,
}

impl World {
    // ---- needs ----

    /// Something comes to trouble a household; it waits for the next visit, or goes to the station.
    pub(super) fn trouble(&mut self, home: HomeNo) {
        if self[home].gone {
            return;
        }
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
    pub(super) fn note(&mut self, heard: &Heard<'_>) {
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
        if self[helper].gone || self[home].gone || self[home].helper.is_some() {
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
        let Some(actor) = self.clerk(village).filter(|_| !self[home].gone) else { return };
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
