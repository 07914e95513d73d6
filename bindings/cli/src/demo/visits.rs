//! 走访: people go out, and what they saw is entered: at once, late, twice, or wrongly and mended.

use wuzhang::vocab::{Channel, Level};

use super::agenda::Task;
use super::diary;
use super::matters::{HOUSEHOLD, PUBLIC};
use super::open::Heard;
use super::people::{Link, Manner, PersonNo, UnitNo};
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

impl World {
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
        let manner = self[person].manner;
        let entered = Entered {
            cadres,
            target,
            on: self.now,
            in_person: !self.rng.chance(25),
            diary: diary::entry(&mut self.rng, month, manner == Manner::Copies),
        };
        let at = match self.rng.below(1000) {
            _ if manner == Manner::Hoards => {
                let evening = self.rng.between(20 * 3600, 22 * 3600);
                i64::from(self.today().month_last().days()) * DAY + evening
            }
            0..=799 => self.now + self.rng.between(1200, 10_000),
            800..=959 => self.on_later_day(1, 3),
            960..=979 => self.on_later_day(4, 6),
            980..=998 => self.on_later_day(11, 28),
            _ => self.on_later_day(36, 50),
        };
        if manner == Manner::Sweeps && self.rng.chance(70) {
            self.sweep(person, &links);
        }
        self.plan_at(at, Task::Enter(Box::new(entered)));
    }

    /// Eight doors in three quarters of an hour.
    fn sweep(&mut self, person: PersonNo, links: &[Link]) {
        for (index, target) in links.iter().take(8).enumerate() {
            let on = self.now + i64::try_from(index).unwrap_or(0) * 330;
            let entered = Entered { cadres: vec![person], target: *target, on, in_person: true, diary: None };
            self.plan_at(self.now + 3 * 3600, Task::Enter(Box::new(entered)));
        }
    }

    /// A moment of a day that lies so many days ahead.
    pub(super) fn on_later_day(&mut self, low: i64, high: i64) -> i64 {
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
}
