//! 结账: the household is asked, answers, and the case closes, or goes up the ladder once more.

use wuzhang::calendar::{Limit, Period, PeriodKind};
use wuzhang::case::{ClosedAs, Ground, State, StateWord};
use wuzhang::vocab::{Satisfied, Solved};

use super::agenda::{Step, Task};
use super::matters::REOPENED;
use super::people::{ItemNo, Manner, PersonNo, UnitNo};
use super::say::Fields;
use super::slips::Slip;
use super::world::{World, DAY};

impl World {
    /// The household is going to be asked.
    pub(super) fn plan_asking(&mut self, item: ItemNo) {
        let shy = self[self[item].place].shy;
        let grumbler = self[item].home.is_some_and(|home| self[home].grumbler);
        if shy && (grumbler || !self.rng.chance(220)) {
            return;
        }
        let (low, high) = if self.rng.chance(60) { (9, 16) } else { (1, 7) };
        self.plan_within(low, high, Task::Item(item, Step::Ask));
    }

    /// Somebody is in a hurry to have an answer before anybody could read the result.
    pub(super) fn rate_before_posting(&mut self, item: ItemNo) {
        if let Some(actor) = self.asker(item).filter(|_| self.slip(Slip::AskedTooSoon)) {
            let fields = self.answer_fields(item, actor, Satisfied::Satisfied, Solved::Solved);
            self.err(actor, "rate", fields, "publish.stages");
        }
    }

    /// One try to reach the household; if it answers, its answer is taken down.
    pub(super) fn ask(&mut self, item: ItemNo) {
        match self.state(item) {
            Some(StateWord::Published) => {}
            Some(StateWord::Accepted) if !self.may_post(item) => {}
            // It may be posted after all: then it is, first.
            Some(StateWord::Accepted) => return self.was_accepted(item),
            _ => return,
        }
        if self.case(item).is_some_and(|case| case.rating.is_some()) {
            return;
        }
        let Some(actor) = self.asker(item) else { return };
        self.wrong_endings(item, actor);
        let away = self[item].home.is_some_and(|home| self[home].away);
        if self.rng.chance(if away { 820 } else { 70 }) {
            return self.not_reached(item, actor);
        }
        if self.rng.chance(250) {
            let fields = Fields::new().text("case", self[item].id.as_str()).text("method", "phone").flag("reached", true);
            self.send(actor, "ask_household", fields);
        }
        self.rate(item, actor);
    }

    /// Nobody answered: again on another day, once in the evening; after three tries the tier
    /// above closes it unrated.
    fn not_reached(&mut self, item: ItemNo, actor: PersonNo) {
        let fields = Fields::new().text("case", self[item].id.as_str()).text("method", "phone").flag("reached", false);
        if !self.send(actor, "ask_household", fields) {
            return;
        }
        let Some(case) = self.case(item) else { return };
        let policy = self.policy();
        let tries = case.tries.len();
        let outside = case.tries.iter().any(|tried| policy.is_outside_office(tried.at));
        if tries >= 3 && outside {
            let since = case.state.published_at().or(case.state.accepted_at());
            let limit = policy.rules.close_attempts.as_ref().map_or(Limit::Days(15), |rule| rule.params.limit);
            let last = since.map_or(self.today(), |since| policy.due(since, limit).date);
            let day = self.after_working_days(last.max(self.today()), 1);
            return self.plan_on(day, Task::Item(item, Step::CloseByTwo));
        }
        let day = self.today().add_days(i32::try_from(self.rng.between(2, 6)).unwrap_or(3));
        if tries >= 1 && !outside {
            let evening = i64::from(day.days()) * DAY + self.rng.between(18 * 3600, 20 * 3600);
            self.plan_at(evening, Task::Item(item, Step::Ask));
        } else {
            self.plan_on(day, Task::Item(item, Step::Ask));
        }
    }

    /// What the household says.
    fn opinion(&mut self, item: ItemNo) -> (Satisfied, Solved) {
        let Some(case) = self.case(item) else { return (Satisfied::Basically, Solved::Partly) };
        let explained = !matches!(case.state.ground(), Some(Ground::Plan(_)));
        let before = usize::try_from(case.dissatisfied).unwrap_or(0);
        let grumbler = self[item].home.is_some_and(|home| self[home].grumbler);
        let bad = 48 + before * 190 + if grumbler { 420 } else { 0 } + if explained { 230 } else { 0 };
        let shy = self[self[item].place].shy;
        if !shy && self.rng.chance(bad) {
            let solved = match self.rng.below(10) {
                0 => Solved::Solved,
                1..=4 => Solved::Partly,
                _ => Solved::Unsolved,
            };
            return (Satisfied::Dissatisfied, solved);
        }
        if !shy && self.rng.chance(270) {
            let solved = match self.rng.below(100) {
                0..=54 => Solved::Solved,
                55..=96 => Solved::Partly,
                _ => Solved::Unsolved,
            };
            return (Satisfied::Basically, solved);
        }
        (Satisfied::Satisfied, if self.rng.chance(930) { Solved::Solved } else { Solved::Partly })
    }

    /// An answer as it is taken down: by telephone or at the door; of a public matter by vote.
    fn answer_fields(&mut self, item: ItemNo, actor: PersonNo, satisfied: Satisfied, solved: Solved) -> Fields {
        let fields = Fields::new()
            .text("case", self[item].id.as_str())
            .text("solved", solved.word())
            .text("satisfied", satisfied.word());
        let Some(home) = self[item].home else {
            let of = self.rng.between(11, 25);
            let present = of - self.rng.between(0, of / 4);
            let for_it = if satisfied == Satisfied::Dissatisfied { present / 3 } else { present - self.rng.between(0, present / 4) };
            let vote = Fields::new().number("of", of).number("present", present).number("in_favour", for_it);
            return fields.text("method", "visit").object("vote", &vote);
        };
        if self.rng.chance(600) {
            let lent = self[actor].manner == Manner::LendsPhone;
            let phone = if lent { &self[actor].phone } else { &self[home].phone };
            fields.text("method", "phone").text("phone", phone)
        } else {
            fields.text("method", "visit")
        }
    }

    fn rate(&mut self, item: ItemNo, actor: PersonNo) {
        let (satisfied, solved) = self.opinion(item);
        self.wrong_ratings(item, actor);
        let fields = self.answer_fields(item, actor, satisfied, solved);
        if !self.send(actor, "rate", fields) {
            return;
        }
        match self.state(item) {
            Some(StateWord::Reopened) => self.plan_new_plan(item),
            Some(StateWord::Ledgered) => {
                let holder = self.holder(item);
                self[holder].waiting.push(item);
            }
            _ if self.rated_badly(item) => self.plan_within(1, 5, Task::Item(item, Step::CloseByTwo)),
            _ if self.rng.chance(800) => self.close(item),
            _ => self.plan_within(1, 3, Task::Item(item, Step::Close)),
        }
    }

    fn rated_badly(&self, item: ItemNo) -> bool {
        self.case(item).is_some_and(|case| case.rating.as_ref().is_some_and(wuzhang::case::Rating::is_bad))
    }

    fn plan_new_plan(&mut self, item: ItemNo) {
        let (low, high) = if self.rng.chance(90) { (6, 9) } else { (1, 5) };
        self.plan_within(low, high, Task::Item(item, Step::Replan));
    }

    /// The mistakes that ratings come with.
    fn wrong_ratings(&mut self, item: ItemNo, actor: PersonNo) {
        let handler = self.responsible(item).filter(|person| !self[*person].gone);
        if let Some(handler) = handler.filter(|_| self.slip(Slip::HandlerAsks)) {
            let fields = self.answer_fields(item, handler, Satisfied::Satisfied, Solved::Solved);
            self.err(handler, "rate", fields, "close.asker");
        }
        let half = Fields::new().text("case", self[item].id.as_str()).text("satisfied", "satisfied").text("method", "visit");
        if self[item].home.is_some() {
            if self.slip(Slip::HalfAnAnswer) {
                self.err(actor, "rate", half, "close.questions");
            }
            return;
        }
        let whole = half.text("solved", "solved");
        if self.slip(Slip::NoVote) {
            self.err(actor, "rate", whole.clone(), "close.public");
        }
        if self.slip(Slip::NoQuorum) {
            let vote = Fields::new().number("of", 21).number("present", 9).number("in_favour", 9);
            self.err(actor, "rate", whole.object("vote", &vote), "close.public");
        }
    }

    /// Endings that somebody tries before their time.
    fn wrong_endings(&mut self, item: ItemNo, actor: PersonNo) {
        let case = Fields::new().text("case", self[item].id.as_str());
        if self.slip(Slip::ClosedUnasked) {
            self.err(actor, "close", case.clone().text("as", "satisfied"), "close.satisfied");
        }
        let Some((first, second)) = self.two_above(item) else { return };
        let by_two = |world: &World, word: &str| case.clone().text("as", word).text("with", &world[second].id);
        if self.slip(Slip::UnratedTooSoon) {
            let fields = by_two(self, "unrated");
            self.err(first, "close", fields, "close.attempts");
        }
        if self.slip(Slip::ExplainedTooSoon) {
            let fields = by_two(self, "explained");
            self.err(first, "close", fields, "close.redo");
        }
    }

    // ---- closing ----

    pub(super) fn close(&mut self, item: ItemNo) {
        let ready = matches!(self.state(item), Some(StateWord::Published | StateWord::Accepted));
        if !ready || self.rated_badly(item) {
            return;
        }
        let Some(actor) = self.asker(item) else { return };
        let fields = Fields::new().text("case", self[item].id.as_str()).text("as", "satisfied");
        if !self.send(actor, "close", fields) {
            return;
        }
        self.was_closed(item);
        if self.rng.chance(28) {
            let day = self.today().add_days(i32::try_from(self.rng.between(4, 28)).unwrap_or(9));
            self.plan_on(day, Task::Item(item, Step::Reopen));
        } else if self.rng.chance(4) {
            let day = self.today().add_days(i32::try_from(self.rng.between(36, 60)).unwrap_or(40));
            self.plan_on(day, Task::Item(item, Step::Reopen));
        }
    }

    /// Two people of the tier above end what cannot be ended with the household's word.
    pub(super) fn close_by_two(&mut self, item: ItemNo) {
        let Some(case) = self.case(item) else { return };
        let ready = matches!(case.state, State::Published(_) | State::Accepted(_));
        let word = match (&case.rating, case.state.ground()) {
            (None, _) => "unrated",
            (Some(_), Some(Ground::Redirected(_))) => "redirected",
            (Some(_), _) => "explained",
        };
        if !ready {
            return;
        }
        if word == "unrated" && self.may_post(item) && self.is(item, StateWord::Accepted) {
            return self.was_accepted(item);
        }
        let Some((first, second)) = self.two_above(item) else { return };
        let fields = Fields::new().text("case", self[item].id.as_str()).text("as", word);
        if self.slip(Slip::Alone) {
            let code = if word == "unrated" { "close.attempts" } else { "close.redo" };
            self.err(first, "close", fields.clone(), code);
        }
        if !self.send(first, "close", fields.text("with", &self[second].id)) {
            return;
        }
        self.was_closed(item);
        if word == "unrated" && self.rng.chance(160) {
            let day = self.today().add_days(i32::try_from(self.rng.between(5, 27)).unwrap_or(9));
            self.plan_on(day, Task::Item(item, Step::Reopen));
        }
    }

    /// Keeps what the drawing of the sample goes by: the hash of the closing event.
    pub(super) fn was_closed(&mut self, item: ItemNo) {
        let Some(hash) = self.answered_hash() else { return };
        let above = self.above(self.holder(item));
        let month = Period::containing(PeriodKind::Month, self.today());
        self.closings.entry((above, month)).or_default().push((hash, item));
    }

    /// The household is not content after all.
    pub(super) fn reopen(&mut self, item: ItemNo) {
        let Some(State::Closed(closed)) = self.case(item).map(|case| case.state.clone()) else { return };
        let planned = matches!(closed.left.ground(), Some(Ground::Plan(_)));
        let ended = matches!(closed.as_what, ClosedAs::Explained | ClosedAs::Redirected) && planned;
        if closed.as_what == ClosedAs::Merged || ended {
            return;
        }
        let Some(actor) = self.asker(item) else { return };
        let fields = Fields::new().text("case", self[item].id.as_str()).text("reason", self.rng.word(REOPENED));
        let limit = self.policy().rules.close_attempts.as_ref().map_or(Limit::Days(30), |rule| rule.params.reopen);
        if self.today() > self.policy().due(closed.reopen_from, limit).date {
            if self.slip(Slip::ReopenedLate) {
                self.err(actor, "reopen", fields, "close.attempts");
            }
            return;
        }
        if self.send(actor, "reopen", fields) {
            self.go_on_from_reopened(item);
        }
    }

    fn go_on_from_reopened(&mut self, item: ItemNo) {
        let holder = self.holder(item);
        match self.state(item) {
            Some(StateWord::Noted) => self.go_on_from_noted(item),
            Some(StateWord::Registered) => self[holder].cards.push(item),
            Some(StateWord::Ledgered | StateWord::Suspended) => self[holder].waiting.push(item),
            Some(StateWord::Reporting) => self.plan_within(1, 3, Task::Item(item, Step::ReportUp)),
            Some(StateWord::Reopened) => self.plan_new_plan(item),
            Some(StateWord::Published | StateWord::Accepted) => self.plan_within(1, 5, Task::Item(item, Step::CloseByTwo)),
            _ => {}
        }
    }

    // ---- the sample ----

    /// The tier above calls back the closed cases of a month that its hashes drew: the drawing can
    /// be repeated by anybody who holds the journal, and here it is, beside the engine's own.
    pub(super) fn recheck(&mut self, above: UnitNo, month: Period) {
        let mut closings = self.closings.get(&(above, month)).cloned().unwrap_or_default();
        closings.sort();
        let count = closings.len().div_ceil(20).max(3);
        let mut drawn: Vec<ItemNo> = Vec::new();
        for (_, item) in closings {
            if drawn.len() < count && !drawn.contains(&item) {
                drawn.push(item);
            }
        }
        for item in drawn {
            // Whoever had it reopened meanwhile has been heard.
            let closed = match self.case(item).map(|case| &case.state) {
                Some(State::Closed(closed)) => month.contains(self.policy().local_day(closed.closed_at)),
                _ => false,
            };
            if closed && self.above(self.holder(item)) == above {
                self.call_back(item, above);
            }
        }
    }

    fn call_back(&mut self, item: ItemNo, above: UnitNo) {
        let far: Vec<PersonNo> = self.desk(above).into_iter().filter(|person| !self.is_near(item, *person)).collect();
        let Some(actor) = self.rng.pick(&far) else { return };
        let reached = self.rng.chance(800);
        let fields = Fields::new().text("case", self[item].id.as_str()).text("method", "phone").flag("reached", reached);
        if !self.send(actor, "ask_household", fields) || !reached {
            return;
        }
        let (satisfied, solved) = if self.rng.chance(60) {
            (Satisfied::Dissatisfied, Solved::Unsolved)
        } else {
            (Satisfied::Satisfied, Solved::Solved)
        };
        let fields = self.answer_fields(item, actor, satisfied, solved);
        if self.send(actor, "rate", fields) && satisfied == Satisfied::Dissatisfied && self.rng.chance(700) {
            self.plan_within(1, 8, Task::Item(item, Step::Reopen));
        }
    }
}
