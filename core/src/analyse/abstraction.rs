//! What the guards look at in a case, and nothing else: two cases with one [`Key`] have the same
//! future, so only one of them has to be followed.
//!
//! Numbers are kept as far as a rule compares them (a third and a tenth dissatisfaction are one
//! when the ladder has three rungs), moments as whether a limit that runs has passed.

use crate::calendar::Instant;
use crate::case::{Case, ClosedAs, Ground, LedgeredBy, State, StateWord, What};
use crate::ids::{PersonId, UnitId};
use crate::policy::Policy;
use crate::steps::close::tries;
use crate::steps::settle::requests_so_far;

use super::moves::{Mover, Passing};

/// What a case has been through that no guard asks for, but a finding does: the one person who
/// has done everything so far; nobody once there were two.
pub(crate) type Sole = Option<PersonId>;

/// How a case may be shown: by item, by item with consent, or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Shown {
    Freely,
    WithConsent(bool),
    Never,
}

/// What a settlement or a reopened case rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Rests {
    /// A plan, and who is responsible for it.
    Plan(Option<PersonId>),
    /// An explanation or redirection: who chaired and who entered the meeting.
    Word(Option<PersonId>, Option<PersonId>),
}

/// Where a case stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Stand {
    pub word: StateWord,
    pub by: Option<LedgeredBy>,
    pub rests: Option<Rests>,
    /// A request for more time waits; how many there were.
    pub requests: Option<(bool, u32)>,
    /// Tries that count, where they still matter.
    pub tries: Option<(u32, u32)>,
    /// The last answer, where it still matters.
    pub rating: Option<Rated>,
    pub closed_as: Option<ClosedAs>,
    /// Whether it was closed with an accepted result, which can still be posted.
    pub has_result: bool,
    /// Where it stood when it was closed, as far as it can come back to that.
    pub left: Option<Box<Stand>>,
}

/// What an answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Rated {
    Good,
    /// Neither closes the case nor opens it again.
    Neither,
    Bad,
}

/// Everything that decides what can happen next to a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub stand: Stand,
    pub unit: UnitId,
    pub shown: Shown,
    pub public: bool,
    /// Who collected it, while that gives a right that the office has not.
    pub collector: Option<PersonId>,
    pub dissatisfied: u32,
    pub must_hear: bool,
    /// Whether a last day for redoing is set.
    pub redo: bool,
    /// How often the unit was given its case back, and the unit below.
    pub given_back: (usize, usize),
    /// Which of the limits that run have passed.
    pub passed: Vec<Passing>,
    pub sole: Sole,
    /// Whether its result hangs on the board.
    pub posted: bool,
}

impl Key {
    /// Whether nothing can happen any more: joined to another case, or closed for good.
    fn is_over(&self) -> bool {
        self.stand.closed_as == Some(ClosedAs::Merged) || self.passed.contains(&Passing::Reopen)
    }

    /// Of what is over, only how it ended is told apart.
    fn ended(mut self) -> Key {
        if self.is_over() {
            self.stand.left = None;
            if !self.stand.has_result {
                self.shown = Shown::Never;
            }
            self.collector = None;
            self.dissatisfied = 0;
            self.must_hear = false;
            self.redo = false;
            self.given_back = (0, 0);
        }
        self
    }
}

/// The key of a case at a moment.
pub(crate) fn key(mover: &Mover<'_>, case: &Case, now: Instant, sole: &Sole) -> Key {
    let policy = mover.policy;
    let rungs = policy.rules.close_redo.as_ref().map_or(1, |rule| rule.params.rungs.len());
    let today = policy.local_day(now);
    let passed = Passing::ALL
        .into_iter()
        .filter(|passing| mover.last_day(case, *passing).is_some_and(|last| today > last))
        .collect();
    let outsider = !mover.is_office(case.unit.as_str(), &case.collector);
    Key {
        stand: stand(policy, case, &case.state),
        unit: case.unit.clone(),
        shown: shown(policy, case),
        public: case.is_public(),
        collector: (begins(&case.state) && outsider).then(|| case.collector.clone()),
        dissatisfied: case.dissatisfied.min(u32::try_from(rungs).unwrap_or(u32::MAX)),
        must_hear: case.must_hear,
        redo: case.redo_by.is_some(),
        given_back: given_back(policy, case),
        passed,
        sole: sole.clone(),
        posted: case.state.published_at().is_some(),
    }
    .ended()
}

/// Whether the case is noted, or was when it was closed.
fn begins(state: &State) -> bool {
    match state {
        State::Noted(_) => true,
        State::Closed(closed) => begins(&closed.left),
        _ => false,
    }
}

fn shown(policy: &Policy, case: &Case) -> Shown {
    match &policy.rules.publish_masked {
        Some(rule) if rule.params.counts_only.contains(&case.category) => Shown::Never,
        // Nobody can consent for a public matter.
        Some(rule) if rule.params.consent.contains(&case.category) && !case.is_public() => {
            Shown::WithConsent(case.consented())
        }
        Some(rule) if rule.params.consent.contains(&case.category) => Shown::Never,
        Some(_) => Shown::Freely,
        None => Shown::Never,
    }
}

fn rating(policy: &Policy, case: &Case) -> Option<Rated> {
    let rating = case.rating.as_ref()?;
    let accepts = policy.rules.close_satisfied.as_ref().is_some_and(|rule| rule.params.accepts.contains(&rating.satisfied));
    Some(match (rating.is_bad(), accepts) {
        (true, _) => Rated::Bad,
        (false, true) => Rated::Good,
        (false, false) => Rated::Neither,
    })
}

/// Counted no further than the rule does; only the unit's own and the one below it can still
/// matter, and only until a plan is made: a planned case is not handed up by its unit again.
fn given_back(policy: &Policy, case: &Case) -> (usize, usize) {
    let Some(rule) = &policy.rules.escalate_return else { return (0, 0) };
    let planned = case.state.plan().is_some() || case.state.accepted_at().is_some();
    if planned || matches!(case.state, State::Reopened(_)) {
        return (0, 0);
    }
    let most = usize::try_from(rule.params.times).unwrap_or(usize::MAX);
    let times = |unit: &UnitId| case.given_back.iter().filter(|other| *other == unit).count().min(most);
    let lower = match &case.state {
        State::Ledgered(ledgered) if ledgered.by == LedgeredBy::Reported => {
            case.trail.iter().rev().find_map(|step| match &step.what {
                What::Reported(moved) => Some(times(&moved.from)),
                _ => None,
            })
        }
        _ => None,
    };
    (times(&case.unit), lower.unwrap_or(0))
}

fn stand(policy: &Policy, case: &Case, state: &State) -> Stand {
    let mut stand = Stand {
        word: state.name(),
        by: None,
        rests: None,
        requests: None,
        tries: None,
        rating: None,
        closed_as: None,
        has_result: false,
        left: None,
    };
    let rests = |ground: &Ground, by: Option<&PersonId>| match ground {
        Ground::Plan(plan) => Rests::Plan(plan.responsible.clone()),
        Ground::Explained(word) | Ground::Redirected(word) => Rests::Word(word.chair.clone(), by.cloned()),
    };
    let most = policy.rules.settle_extension.as_ref().map_or(0, |rule| rule.params.times);
    match state {
        State::Ledgered(ledgered) => stand.by = Some(ledgered.by),
        State::Planned(planned) => {
            stand.rests = Some(Rests::Plan(planned.plan.responsible.clone()));
            stand.requests = Some((planned.request.is_some(), planned.requests.min(most)));
        }
        State::Settled(settled) => {
            stand.rests = Some(rests(&settled.settlement.ground, Some(&settled.settlement.by)));
            if let Ground::Plan(plan) = &settled.settlement.ground {
                stand.requests = Some((false, requests_so_far(case, plan.made_at).min(most)));
            }
        }
        State::Accepted(_) | State::Published(_) => {
            stand.rests = state.ground().map(|ground| rests(ground, state.settled_by()));
            stand.rating = rating(policy, case);
            if let (None, Some(rule)) = (stand.rating, &policy.rules.close_attempts) {
                let (days, outside) = tries(policy, case);
                stand.tries = Some((days.min(rule.params.tries), outside.min(rule.params.outside_hours)));
            }
        }
        State::Reopened(_) => stand.rests = state.ground().map(|ground| rests(ground, state.settled_by())),
        State::Closed(closed) => {
            stand.closed_as = Some(closed.as_what);
            stand.has_result = closed.left.accepted_at().is_some();
            let mut left = self::stand(policy, case, &closed.left);
            stand.rating = left.rating;
            // What had a plan or a settlement is planned anew; only the end of the ladder leads back.
            let climbs = matches!(closed.as_what, ClosedAs::Satisfied | ClosedAs::Unrated);
            if left.rests.is_some() && !climbs {
                left = Stand { word: StateWord::Reopened, requests: None, tries: None, rating: None, ..left };
            }
            stand.left = Some(Box::new(left));
        }
        State::Noted(_) | State::Registered(_) | State::Reporting(_) | State::Suspended(_) => {}
    }
    stand
}
