//! 议账: meetings that take up every waiting case, and the way up and back.

use wuzhang::calendar::{Date, Limit};
use wuzhang::case::{Case, LedgeredBy, State, StateWord};
use wuzhang::vocab::{Category, DecisionKind, Post, UnitKind};

use super::agenda::{Step, Task};
use super::matters::{Reach, NO_BASIS, REASONS, RETURNED, TO_LAW};
use super::people::{ItemNo, PersonNo, UnitNo};
use super::say::Fields;
use super::slips::Slip;
use super::world::{day_of, World};

/// One decision as the minutes have it.
#[derive(Clone)]
struct Choice {
    item: ItemNo,
    decision: DecisionKind,
    measures: Option<&'static str>,
    target: Option<&'static str>,
    responsible: Option<PersonNo>,
    due: Option<Date>,
    reason: Option<&'static str>,
    review_on: Option<Date>,
    heard: bool,
}

/// The minutes of a meeting.
#[derive(Clone)]
struct Minutes {
    meeting: String,
    unit: UnitNo,
    held_on: Date,
    chair: PersonNo,
    notified: Vec<PersonNo>,
    attended: Vec<PersonNo>,
    choices: Vec<Choice>,
}

impl Minutes {
    fn fields(&self, world: &World) -> Fields {
        let ids = |people: &[PersonNo]| people.iter().map(|person| world[*person].id.clone()).collect::<Vec<_>>();
        let (notified, attended) = (ids(&self.notified), ids(&self.attended));
        let decisions: Vec<Fields> = self.choices.iter().map(|choice| choice.fields(world)).collect();
        Fields::new()
            .text("meeting", &self.meeting)
            .text("unit", &world[self.unit].id)
            .text("held_on", &self.held_on.to_string())
            .text("chair", &world[self.chair].id)
            .texts("notified", notified.iter().map(String::as_str))
            .texts("attended", attended.iter().map(String::as_str))
            .objects("decisions", &decisions)
    }
}

impl Choice {
    fn fields(&self, world: &World) -> Fields {
        let fields = Fields::new()
            .text("case", world[self.item].id.as_str())
            .text("decision", self.decision.word())
            .maybe("measures", self.measures)
            .maybe("target", self.target)
            .maybe("responsible", self.responsible.map(|person| world[person].id.as_str()))
            .maybe("due", self.due.map(|day| day.to_string()).as_deref())
            .maybe("reason", self.reason)
            .maybe("review_on", self.review_on.map(|day| day.to_string()).as_deref());
        if self.heard { fields.flag("household_heard", true) } else { fields }
    }
}

impl World {
    /// The minutes of a meeting are entered: slips first, where somebody makes one.
    pub(super) fn meet(&mut self, unit: UnitNo, held_on: Date) {
        let (Some(chair), Some(clerk)) = (self.head(unit), self.clerk(unit)) else { return };
        let (due, may, soon) = self.waiting_on(unit, held_on);
        let mut minutes = self.call(unit, held_on, chair);
        for item in &due {
            let choice = self.choose(*item, unit, held_on);
            minutes.choices.push(choice);
        }
        for (item, often) in may.into_iter().map(|item| (item, 500)).chain(soon.into_iter().map(|item| (item, 850))) {
            if self.rng.chance(often) {
                let choice = self.choose(item, unit, held_on);
                minutes.choices.push(choice);
            }
        }
        self.wrong_minutes(&minutes, clerk, due.len());
        if !self.send(clerk, "hold_meeting", minutes.fields(self)) {
            return;
        }
        for choice in &minutes.choices {
            self.decided(unit, choice);
        }
        let waiting = std::mem::take(&mut self[unit].waiting);
        let keeps = |item: &ItemNo| {
            matches!(self.state(*item), Some(StateWord::Ledgered | StateWord::Suspended)) && self.holder(*item) == unit
        };
        let mut still: Vec<ItemNo> = waiting.into_iter().filter(keeps).collect();
        still.dedup();
        self[unit].waiting = still;
    }

    /// What a meeting held on a day has to take up, what it may, and what it had better.
    fn waiting_on(&self, unit: UnitNo, held_on: Date) -> (Vec<ItemNo>, Vec<ItemNo>, Vec<ItemNo>) {
        let (mut due, mut may, mut soon) = (Vec::new(), Vec::new(), Vec::new());
        let next = held_on.add_days(if matches!(self[unit].kind, UnitKind::Village | UnitKind::Town) { 38 } else { 95 });
        for item in &self[unit].waiting {
            let Some(case) = self.case(*item).filter(|_| self.holder(*item) == unit) else { continue };
            if due.contains(item) || may.contains(item) || soon.contains(item) {
                continue;
            }
            match &case.state {
                State::Ledgered(ledgered) => {
                    let since = self.policy().local_day(ledgered.since);
                    if since < held_on {
                        due.push(*item);
                    } else if since == held_on {
                        may.push(*item);
                    }
                }
                // The next meeting would be too late for what is put off until before then.
                State::Suspended(suspended) => match suspended.review_on {
                    Some(day) if day <= held_on => due.push(*item),
                    Some(day) if day <= next => soon.push(*item),
                    _ => {}
                },
                _ => {}
            }
        }
        (due, may, soon)
    }

    /// Who is called to the meeting, and who comes.
    fn call(&mut self, unit: UnitNo, held_on: Date, chair: PersonNo) -> Minutes {
        let members: Vec<PersonNo> = match self[unit].kind {
            UnitKind::Village | UnitKind::Group => {
                let posts = [
                    Post::SupervisionMember, Post::CouncilMember, Post::PartyMemberDelegate, Post::VillagerDelegate, Post::CommitteeMember,
                ];
                self.with_posts(unit, &posts)
            }
            UnitKind::Town => {
                let mut people = self.with_posts(unit, &[Post::TownLeader, Post::MidLevel]);
                people.extend(self[unit].children.iter().filter_map(|village| self.head(*village)));
                people
            }
            UnitKind::Department => self.with_posts(unit, &[Post::MidLevel, Post::Staff]),
            UnitKind::County => {
                let mut people = self.with_posts(unit, &[Post::CountyLeader]);
                people.extend(self.county.of_kind(UnitKind::Department).into_iter().filter_map(|office| self.head(office)));
                people
            }
        };
        let mut notified: Vec<PersonNo> = members.into_iter().filter(|person| *person != chair).collect();
        let mut attended = vec![chair];
        for person in &notified {
            if !self[*person].on_leave(held_on) && self.rng.chance(880) {
                attended.push(*person);
            }
        }
        // Somebody of the committee was forgotten and did not come: the engine will mention it.
        let forgotten = notified.iter().position(|person| self[*person].holds(Post::CommitteeMember));
        if let Some(place) = forgotten.filter(|_| self.rng.chance(25)) {
            let person = notified.remove(place);
            attended.retain(|other| *other != person);
        }
        Minutes { meeting: self.new_id("m"), unit, held_on, chair, notified, attended, choices: Vec::new() }
    }

    /// What a meeting decides about a case.
    fn choose(&mut self, item: ItemNo, unit: UnitNo, held_on: Date) -> Choice {
        let kind = self[unit].kind;
        let matter = self[item].matter;
        let heard = self.case(item).is_some_and(|case| case.must_hear);
        let came_back = self.case(item).is_some_and(|case| !case.given_back.is_empty());
        let was_suspended = self.is(item, StateWord::Suspended);
        let mut choice = Choice {
            item,
            decision: DecisionKind::Plan,
            measures: None,
            target: None,
            responsible: None,
            due: None,
            reason: None,
            review_on: None,
            heard,
        };
        let reach = match kind {
            UnitKind::Village | UnitKind::Group => Reach::Village,
            UnitKind::Town => Reach::Town,
            UnitKind::Department | UnitKind::County => Reach::County,
        };
        let too_high = matter.reach > reach && kind != UnitKind::County;
        let up = if too_high { if came_back { 550 } else { 900 } } else if kind == UnitKind::County { 0 } else { 25 };
        if self.rng.chance(up) && !heard {
            choice.decision = DecisionKind::ReportUp;
        } else if matter.category == Category::Livelihood && self[item].home.is_some() && !heard && self.rng.chance(60) {
            choice.decision = DecisionKind::Explain;
            choice.reason = Some(self.rng.word(NO_BASIS));
        } else if matter.category == Category::Stability && !heard && self.rng.chance(140) {
            choice.decision = DecisionKind::Redirect;
            choice.reason = Some(self.rng.word(TO_LAW));
        } else if !was_suspended && !heard && self.rng.chance(35) {
            choice.decision = DecisionKind::Suspend;
            choice.measures = Some("列入下年度计划，先采取临时措施保障基本使用");
            let days = i32::try_from(self.rng.between(35, 80)).unwrap_or(60);
            choice.review_on = Some(held_on.add_days(days));
        } else {
            self.plan_it(&mut choice, unit, held_on);
        }
        choice
    }

    fn plan_it(&mut self, choice: &mut Choice, unit: UnitNo, held_on: Date) {
        let matter = self[choice.item].matter;
        choice.measures = Some(matter.measures);
        choice.target = Some(matter.target);
        choice.responsible = self.someone_responsible(choice.item, unit);
        let cap = self.cap(unit);
        let latest = self.policy().due_from_day(held_on, cap).date;
        let span = i64::from(held_on.days_until(latest));
        let days = if self.rng.chance(110) {
            // It takes longer, and the meeting says why.
            choice.reason = Some(self.rng.word(REASONS));
            span + self.rng.between(3, 25)
        } else {
            self.rng.between(span / 2, span)
        };
        choice.due = Some(held_on.add_days(i32::try_from(days).unwrap_or(7)));
        if let Some(latest) = self.case(choice.item).and_then(|case| case.redo_by) {
            choice.due = choice.due.map(|due| due.min(latest));
        }
    }

    /// The longest plan of the unit's tier.
    pub(super) fn cap(&self, unit: UnitNo) -> Limit {
        let rule = self.policy().rules.plan_cap.as_ref();
        rule.map_or(Limit::Days(7), |rule| rule.params.for_kind(self[unit].kind))
    }

    /// Who could carry the plan out.
    pub(super) fn someone_responsible(&mut self, item: ItemNo, unit: UnitNo) -> Option<PersonNo> {
        let near = match self[unit].kind {
            UnitKind::Village | UnitKind::Group => match self.rng.below(100) {
                0..=19 => self[item].home.and_then(|home| self[self[home].group].people.first().copied()),
                20..=32 => self.head(unit),
                _ => None,
            },
            UnitKind::County => {
                let office = format!("510129-{}", self[item].matter.department);
                let department = self.county.of_kind(UnitKind::Department).into_iter().find(|unit| self[*unit].id == office);
                department.and_then(|department| self.head(department))
            }
            _ => None,
        };
        near.filter(|person| !self[*person].gone).or_else(|| self.clerk(unit))
    }

    /// The mistakes that minutes come with; each is refused, and mended at once.
    fn wrong_minutes(&mut self, right: &Minutes, clerk: PersonNo, due: usize) {
        let village = self[right.unit].kind == UnitKind::Village;
        let plan = right.choices.iter().position(|choice| choice.decision == DecisionKind::Plan);
        let deputy = right.notified.iter().copied().find(|person| self[*person].holds(Post::CommitteeMember));
        if let Some(deputy) = deputy.filter(|_| self.slip(Slip::WrongChair)) {
            self.err_minutes(Minutes { chair: deputy, ..right.clone() }, clerk, "meeting.chair");
        }
        if village && self.slip(Slip::NotNotified) {
            let mut wrong = right.clone();
            wrong.notified.retain(|person| !self[*person].holds(Post::CouncilMember));
            self.err_minutes(wrong, clerk, "meeting.notify");
        }
        if due > 0 && self.slip(Slip::LeftOut) {
            let mut wrong = right.clone();
            wrong.choices.remove(0);
            self.err_minutes(wrong, clerk, "meeting.item_by_item");
        }
        let heard = right.choices.iter().position(|choice| choice.heard);
        if let Some(place) = heard.filter(|_| self.slip(Slip::NotHeard)) {
            let mut wrong = right.clone();
            wrong.choices[place].heard = false;
            self.err_minutes(wrong, clerk, "close.redo");
        }
        if let Some(place) = plan {
            if self.slip(Slip::NoDeadline) {
                let mut wrong = right.clone();
                wrong.choices[place].due = None;
                self.err_minutes(wrong, clerk, "plan.complete");
            }
            if self.slip(Slip::BeyondCap) {
                let mut wrong = right.clone();
                wrong.choices[place].due = Some(right.held_on.add_days(95));
                wrong.choices[place].reason = None;
                self.err_minutes(wrong, clerk, "plan.cap");
            }
            if self[right.unit].kind == UnitKind::County && self.slip(Slip::AboveTheCounty) {
                let mut wrong = right.clone();
                wrong.choices[place].decision = DecisionKind::ReportUp;
                self.err_minutes(wrong, clerk, "escalate.route");
            }
        }
        let parked = right.choices.iter().position(|choice| choice.decision == DecisionKind::Suspend);
        if let Some(place) = parked.filter(|_| self.slip(Slip::ParkedForEver)) {
            let mut wrong = right.clone();
            wrong.choices[place].review_on = None;
            self.err_minutes(wrong, clerk, "settle.suspend");
        }
        if self.slip(Slip::MeetingAhead) {
            let ahead = self.today().add_days(7);
            self.err_minutes(Minutes { held_on: ahead, ..right.clone() }, clerk, "command.on_after_at");
        }
    }

    fn err_minutes(&mut self, wrong: Minutes, clerk: PersonNo, code: &'static str) {
        let fields = wrong.fields(self);
        self.err(clerk, "hold_meeting", fields, code);
    }

    /// What follows from a decision.
    fn decided(&mut self, unit: UnitNo, choice: &Choice) {
        let item = choice.item;
        match choice.decision {
            DecisionKind::Plan => self.was_planned(item, unit),
            DecisionKind::ReportUp => {
                let (low, high) = if self.rng.chance(80) { (4, 9) } else { (0, 3) };
                self.plan_within(low, high, Task::Item(item, Step::ReportUp));
            }
            DecisionKind::Explain | DecisionKind::Redirect => self.plan_review(item),
            DecisionKind::Suspend => {
                self.put_down_plan(item, unit);
                self.plan_within(10, 25, Task::Item(item, Step::Progress));
            }
        }
    }

    // ---- the way up, and back ----

    pub(super) fn report_up(&mut self, item: ItemNo) {
        let from = self.holder(item);
        let Some(clerk) = self.clerk(from).filter(|_| self.is(item, StateWord::Reporting)) else { return };
        let fields = Fields::new().text("case", self[item].id.as_str());
        if !self.send(clerk, "report_up", fields) {
            return;
        }
        let to = self.holder(item);
        self[to].waiting.push(item);
        // The second hand-up is final: only a slip tries to give it back again.
        let again = self.case(item).is_some_and(|case| case.given_back.iter().any(|unit| unit.as_str() == self[from].id));
        if again {
            if let Some(clerk) = self.clerk(to).filter(|_| self.slip(Slip::ReturnedAgain)) {
                let fields = Fields::new().text("case", self[item].id.as_str()).text("reason", self.rng.word(RETURNED));
                self.err(clerk, "return_case", fields, "escalate.return");
            }
        } else if self[to].kind == UnitKind::Town && self.rng.chance(90) {
            self.plan_within(1, 2, Task::Item(item, Step::Return));
        } else if self.rng.chance(60) {
            self.plan_within(4, 6, Task::Item(item, Step::Return));
        }
    }

    /// The upper tier gives a case back; after two working days it may not any more.
    pub(super) fn return_case(&mut self, item: ItemNo) {
        let unit = self.holder(item);
        let Some(since) = self.case(item).and_then(reported_since) else { return };
        let Some(clerk) = self.clerk(unit) else { return };
        let limit = self.policy().rules.escalate_return.as_ref().map(|rule| rule.params.limit);
        let late = limit.is_some_and(|limit| self.today() > self.policy().due_from_day(since, limit).date);
        let case = Fields::new().text("case", self[item].id.as_str());
        let reason = self.rng.word(RETURNED);
        if late {
            if self.slip(Slip::ReturnedLate) {
                self.err(clerk, "return_case", case.text("reason", reason), "escalate.return");
            }
            return;
        }
        if self.send(clerk, "return_case", case.text("reason", reason)) {
            let below = self.holder(item);
            self[below].waiting.push(item);
        }
    }
}

/// Since when a case waits above, when it was reported there.
fn reported_since(case: &Case) -> Option<Date> {
    match &case.state {
        State::Ledgered(ledgered) if ledgered.by == LedgeredBy::Reported => {
            Some(day_of(ledgered.since.epoch_seconds() + 8 * 3600))
        }
        _ => None,
    }
}
