//! 满意结账 — closing (二(五), lost: assumed throughout, but the name is the rule): asking the
//! household, its answer, the rungs after a dissatisfaction, and the close.

use crate::authority::Actor;
use crate::calendar::Date;
use crate::case::{
    Case, ClosedAs, Ground, Ledgered, LedgeredBy, Plan, Planned, Rating, Reopened, Said, State, StateWord, Try,
    WasAsked, WasClosed, WasRated, WasReplanned, What,
};
use crate::codes::Code;
use crate::command::{AskHousehold, Close, Rate, Reopen, Replan};
use crate::event::Fixed;
use crate::ids::PersonId;
use crate::judge::Judge;
use crate::policy::{RuleId, Rung, RungKind};
use crate::roster::UnitIx;
use crate::steps::deliberate::{move_up, redo_by, Draft};
use crate::steps::{open::shut, Stamp};
use crate::vocab::{CloseAs, Satisfied};

/// Whether the household may be asked now: after the result was published, or where it may not
/// be, after it was accepted; or again about a closed case drawn for re-check.
fn ready(j: &mut Judge<'_>, case: &Case) -> bool {
    match &case.state {
        State::Published(_) => false,
        State::Accepted(_) if !j.needs_posting(case) => false,
        State::Closed(_) if j.book.is_some_and(|book| book.is_drawn(j.policy, j.roster, case, j.today)) => true,
        _ => {
            j.wrong_state(case, "/case");
            unpublished(j, case);
            false
        }
    }
}

/// Names the missing posting, whatever else refuses.
fn unpublished(j: &mut Judge<'_>, case: &Case) {
    if !case.state.is_closed() && !matches!(case.state, State::Published(_)) && j.needs_posting(case) {
        j.breach(RuleId::PublishStages, Code::PublishStages, "/case", "not_posted").with("case", case.id.to_string());
    }
}

/// Whether the actor may ask about the case or take its rating down.
pub(crate) fn may_ask(j: &mut Judge<'_>, case: &Case) -> bool {
    let recheck = ready(j, case);
    if let Some(unit) = j.unit_of(case) {
        if recheck {
            // A re-check is the tier above's.
            if !j.roles().in_office_above(&j.actor, unit) {
                j.deny("office_above");
            }
            j.need_distance(case, unit, false);
        } else {
            j.need_distance(case, unit, true);
        }
    }
    recheck
}

pub(crate) fn ask_household(j: &mut Judge<'_>, case: &Case) -> Fixed {
    let recheck = may_ask(j, case);
    Fixed {
        unit: Some(case.unit.clone()),
        to: Some(case.state.name()),
        recheck: recheck.then_some(true),
        ..Fixed::none()
    }
}

pub(crate) fn household_asked(case: &mut Case, stamp: Stamp<'_>, c: &AskHousehold, fixed: &Fixed) {
    if fixed.recheck != Some(true) {
        case.tries.push(Try { at: stamp.at, reached: c.reached });
    }
    case.tread(stamp, What::Asked(WasAsked { method: c.method, reached: c.reached, recheck: fixed.recheck }));
}

pub(crate) fn rate(j: &mut Judge<'_>, case: &Case, c: &Rate) -> Fixed {
    let recheck = may_ask(j, case);
    if c.satisfied.is_none() {
        j.forbid(RuleId::CloseSatisfied, Code::CloseSatisfied, "/satisfied", "missing");
    }
    if c.solved.is_none() || c.satisfied.is_none() {
        let path = if c.solved.is_none() { "/solved" } else { "/satisfied" };
        j.breach(RuleId::CloseQuestions, Code::CloseQuestions, path, "missing");
    }
    vote(j, case, c);
    let mut fixed = Fixed {
        unit: Some(case.unit.clone()),
        to: Some(case.state.name()),
        recheck: recheck.then_some(true),
        ..Fixed::none()
    };
    let bad = c.satisfied == Some(Satisfied::Dissatisfied) || c.solved == Some(crate::vocab::Solved::Unsolved);
    // An explained or redirected case stays: its household may go on, and the tier above closes.
    let explained = !matches!(case.state.ground(), Some(Ground::Plan(_)));
    if bad && !recheck && !explained && j.passes() {
        climb(j, case, &mut fixed, false);
    }
    fixed
}

/// A public matter is rated by a vote, and nothing else is (`close.public`).
fn vote(j: &mut Judge<'_>, case: &Case, c: &Rate) {
    match (&c.vote, case.is_public()) {
        (Some(_), false) => {
            j.refuse(Code::CommandInvalid, "/vote").with("reason", "vote_on_household");
        }
        (None, true) => {
            j.breach(RuleId::ClosePublic, Code::ClosePublic, "/vote", "no_vote");
        }
        (Some(vote), true) => {
            if vote.present > vote.of || vote.in_favour > vote.present {
                j.refuse(Code::CommandInvalid, "/vote").with("reason", "vote_numbers");
            }
            let Some(rule) = j.rules.close_public.as_ref() else { return };
            let params = rule.params;
            let times = |a: u32, b: u32| u64::from(a).saturating_mul(u64::from(b));
            if times(vote.present, params.present.of) < times(vote.of, params.present.part) {
                j.breach(RuleId::ClosePublic, Code::ClosePublic, "/vote/present", "quorum")
                    .with("present", u64::from(vote.present))
                    .with("of", u64::from(vote.of));
            }
            let good = matches!(c.satisfied, Some(Satisfied::Satisfied | Satisfied::Basically));
            if good && times(vote.in_favour, params.favour.of) <= times(vote.present, params.favour.part) {
                j.breach(RuleId::ClosePublic, Code::ClosePublic, "/vote/in_favour", "majority")
                    .with("in_favour", u64::from(vote.in_favour))
                    .with("present", u64::from(vote.present));
            }
        }
        (None, false) => {}
    }
}

/// The rung that the next dissatisfaction leads to; the last one goes on for ever.
fn rung<'a>(j: &Judge<'a>, case: &Case) -> Option<&'a Rung> {
    let rungs = &j.rules.close_redo.as_ref()?.params.rungs;
    let index = usize::try_from(case.dissatisfied).unwrap_or(usize::MAX);
    rungs.get(index).or(rungs.last())
}

/// One rung up the ladder of `close.redo`: what a dissatisfaction leads to.
fn climb(j: &mut Judge<'_>, case: &Case, fixed: &mut Fixed, was_closed: bool) {
    let rung = rung(j, case);
    let kind = rung.map_or(RungKind::Reopen, |rung| rung.then);
    fixed.redo_by = rung.and_then(|rung| rung.redo_within).map(|limit| j.due(j.at, limit));
    match kind {
        RungKind::Reopen => fixed.to = Some(StateWord::Reopened),
        RungKind::TierUp => {
            fixed.to = Some(StateWord::Ledgered);
            fixed.must_hear = rung.and_then(|rung| rung.household_heard).filter(|heard| *heard);
            // Above the county there is none: the case stays on its ledger.
            let above = j.roster.unit(case.unit.as_str()).and_then(|unit| super::deliberate::next_up(j, unit));
            if let Some(above) = above {
                fixed.unit = Some(j.roster.unit_id(above).clone());
            }
        }
        RungKind::Final => {
            fixed.redo_by = None;
            if was_closed {
                fixed.to = Some(left_open(case));
            }
        }
    }
}

/// The state in which a closed case stands open again when nothing new is to be planned.
fn left_open(case: &Case) -> StateWord {
    match &case.state {
        State::Closed(closed) => closed.left.name(),
        state => state.name(),
    }
}

pub(crate) fn rated(case: &mut Case, stamp: Stamp<'_>, c: &Rate, fixed: &Fixed) {
    let Some(satisfied) = c.satisfied else { return };
    let rating = Rating { solved: c.solved, satisfied, at: stamp.at };
    let recheck = fixed.recheck == Some(true);
    if recheck {
        if let (true, State::Closed(closed)) = (rating.is_bad(), &mut case.state) {
            closed.reopen_from = stamp.at;
        }
    } else {
        case.tries.push(Try { at: stamp.at, reached: true });
        if rating.is_bad() {
            case.dissatisfied = case.dissatisfied.saturating_add(1);
        }
        fall(case, stamp, fixed);
    }
    case.rating = Some(rating);
    let said = WasRated {
        solved: c.solved,
        satisfied,
        method: c.method,
        phone: c.phone.clone(),
        vote: c.vote.clone(),
        recheck: fixed.recheck,
    };
    case.tread(stamp, What::Rated(said));
}

/// Where a dissatisfaction puts the case.
fn fall(case: &mut Case, stamp: Stamp<'_>, fixed: &Fixed) {
    match fixed.to {
        Some(StateWord::Reopened) => {
            if let Some(ground) = case.state.ground().cloned().or_else(|| case.state.plan().cloned().map(Ground::Plan)) {
                let settled_by = case.state.settled_by().cloned();
                case.state = State::Reopened(Reopened { ground, settled_by, since: stamp.at });
                case.redo_by = fixed.redo_by;
            }
        }
        Some(StateWord::Ledgered) if !matches!(case.state, State::Ledgered(_)) => {
            if let Some(unit) = fixed.unit.clone() {
                move_up(case, unit);
            }
            case.must_hear = fixed.must_hear == Some(true);
            case.redo_by = fixed.redo_by;
            case.state = State::Ledgered(Ledgered { since: stamp.at, by: LedgeredBy::Dissatisfied });
        }
        _ => {}
    }
}

/// Whether the actor may make a new plan, apart from what it says.
pub(crate) fn may_replan(j: &mut Judge<'_>, case: &Case) {
    match &case.state {
        State::Reopened(_) => {}
        State::Planned(planned) if planned.plan.responsible.as_ref().is_some_and(|id| has_left(j, id)) => {}
        State::Planned(_) => j.state_because(case, "/case", "in_office"),
        _ => j.wrong_state(case, "/case"),
    }
    let Some(unit) = j.unit_of(case) else { return };
    let roles = j.roles();
    let head_is_responsible = case
        .responsible()
        .is_some_and(|id| roles.heads(&Actor::of(j.roster, id, j.today), unit));
    let own = case.responsible() == Some(j.actor_id);
    let may = if head_is_responsible { roles.in_office_above(&j.actor, unit) } else { roles.heads(&j.actor, unit) };
    if !may {
        j.deny(if head_is_responsible { "office_above" } else { "head" });
    } else if own {
        j.deny("not_responsible");
    }
}

/// Whether a person has left office.
fn has_left(j: &Judge<'_>, id: &PersonId) -> bool {
    Actor::of(j.roster, id, j.today).unit.is_none()
}

pub(crate) fn replan(j: &mut Judge<'_>, case: &Case, c: &Replan) -> Fixed {
    may_replan(j, case);
    let draft = Draft {
        measures: c.measures.as_ref(),
        target: c.target.as_ref(),
        responsible: c.responsible.as_ref(),
        due: c.due,
    };
    draft.complete(j, "", j.today.min(case.state.plan().and_then(|plan| plan.due).unwrap_or(j.today)));
    let mut fixed = Fixed { unit: Some(case.unit.clone()), to: Some(StateWord::Planned), due: c.due, ..Fixed::none() };
    match &case.state {
        // The clock runs on from the plan, whoever carries it out.
        State::Planned(planned) => {
            if c.due != planned.plan.due {
                let due = planned.plan.due.map(|due| due.to_string()).unwrap_or_default();
                j.breach(RuleId::SettleClock, Code::SettleClock, "/due", "due_stays").with("due", due);
            }
            fixed.due = c.due;
        }
        _ => {
            if c.due.is_some_and(|due| due < j.today) {
                let made_on = j.today.to_string();
                j.breach(RuleId::PlanComplete, Code::PlanComplete, "/due", "due_before")
                    .with("due", c.due.map(|due| due.to_string()).unwrap_or_default())
                    .with("made_on", made_on);
            }
            redo_by(j, case, c.due, "/due");
        }
    }
    fixed
}

pub(crate) fn replanned(case: &mut Case, stamp: Stamp<'_>, c: &Replan) {
    let requests = match &case.state {
        State::Planned(planned) => planned.requests,
        _ => 0,
    };
    let made_at = match &case.state {
        State::Planned(planned) => planned.plan.made_at,
        _ => stamp.at,
    };
    case.redo_by = None;
    case.rating = None;
    case.tries.clear();
    case.state = State::Planned(Planned {
        plan: Plan {
            measures: c.measures.clone(),
            target: c.target.clone(),
            responsible: c.responsible.clone(),
            due: c.due,
            unit: case.facts.unit.clone(),
            made_at,
        },
        request: None,
        requests,
    });
    case.tread(
        stamp,
        What::Replanned(WasReplanned {
            measures: c.measures.clone(),
            target: c.target.clone(),
            responsible: c.responsible.clone(),
            due: c.due,
        }),
    );
}

/// Whether the actor may close the case in this way, apart from the second person.
pub(crate) fn may_close(j: &mut Judge<'_>, case: &Case, as_what: CloseAs) {
    let open_late = match &case.state {
        State::Published(_) => true,
        State::Accepted(_) => !j.needs_posting(case),
        _ => false,
    };
    if !open_late {
        j.wrong_state(case, "/case");
    }
    let Some(unit) = j.unit_of(case) else { return };
    match as_what {
        CloseAs::Satisfied => {
            j.need_distance(case, unit, true);
            if !case.state.is_closed() {
                satisfied(j, case);
            }
        }
        CloseAs::Unrated => {
            above(j, case, unit);
            unrated(j, case);
        }
        CloseAs::Explained | CloseAs::Redirected => {
            above(j, case, unit);
            finished(j, case);
        }
    }
}

fn above(j: &mut Judge<'_>, case: &Case, unit: UnitIx) {
    if !j.roles().in_office_above(&j.actor, unit) {
        j.deny("office_above");
    }
    j.need_distance(case, unit, false);
}

/// A case closes as satisfied only on the household's word and after the posting.
fn satisfied(j: &mut Judge<'_>, case: &Case) {
    let accepts = j.rules.close_satisfied.as_ref().map(|rule| &rule.params.accepts);
    let good = case.rating.as_ref().is_some_and(|rating| {
        !rating.is_bad() && accepts.is_some_and(|accepts| accepts.contains(&rating.satisfied))
    });
    if !good {
        j.forbid(RuleId::CloseSatisfied, Code::CloseSatisfied, "/case", "rating").with("case", case.id.to_string());
    }
    if !matches!(case.state, State::Published(_)) && j.needs_posting(case) {
        j.forbid(RuleId::CloseSatisfied, Code::CloseSatisfied, "/case", "not_posted").with("case", case.id.to_string());
        unpublished(j, case);
    }
}

/// The tries of a case that count: one a day, and how many of them outside office hours.
pub(crate) fn tries(policy: &crate::policy::Policy, case: &Case) -> (u32, u32) {
    let mut days: Vec<(Date, bool)> = Vec::new();
    for tried in &case.tries {
        let day = policy.local_day(tried.at);
        let outside = policy.is_outside_office(tried.at);
        match days.iter_mut().find(|(seen, _)| *seen == day) {
            Some((_, seen_outside)) => *seen_outside |= outside,
            None => days.push((day, outside)),
        }
    }
    let outside = days.iter().filter(|(_, outside)| *outside).count();
    (u32::try_from(days.len()).unwrap_or(u32::MAX), u32::try_from(outside).unwrap_or(u32::MAX))
}

/// Three tries on different days, one outside office hours, and fifteen days over.
fn unrated(j: &mut Judge<'_>, case: &Case) {
    if case.rating.is_some() {
        j.forbid(RuleId::CloseAttempts, Code::CloseAttempts, "/as", "rated").with("case", case.id.to_string());
    }
    let Some(rule) = j.rules.close_attempts.as_ref() else { return };
    let params = rule.params;
    let (days, outside) = tries(j.policy, case);
    if days < params.tries {
        j.breach(RuleId::CloseAttempts, Code::CloseAttempts, "/case", "tries")
            .with("tries", u64::from(days))
            .with("required", u64::from(params.tries));
    }
    if outside < params.outside_hours {
        j.breach(RuleId::CloseAttempts, Code::CloseAttempts, "/case", "outside_hours")
            .with("outside", u64::from(outside))
            .with("required", u64::from(params.outside_hours));
    }
    if let Some(since) = case.state.published_at().or(case.state.accepted_at()) {
        let last = j.due(since, params.limit);
        if j.today <= last {
            j.breach(RuleId::CloseAttempts, Code::CloseAttempts, "/case", "too_early")
                .with("last", last.to_string())
                .with("limit", params.limit.to_string());
        }
    }
}

/// Whether the household's last dissatisfaction has no rung above it.
pub(crate) fn is_final(j: &Judge<'_>, case: &Case) -> bool {
    let bad = case.rating.as_ref().is_some_and(Rating::is_bad);
    let explained = matches!(case.state.ground(), Some(Ground::Explained(_) | Ground::Redirected(_)));
    bad && (explained || is_past_ladder(j, case))
}

/// Whether the household was dissatisfied as often as the ladder has rungs.
fn is_past_ladder(j: &Judge<'_>, case: &Case) -> bool {
    let rungs = j.rules.close_redo.as_ref().map_or(1, |rule| rule.params.rungs.len());
    usize::try_from(case.dissatisfied).unwrap_or(usize::MAX) >= rungs
}

fn finished(j: &mut Judge<'_>, case: &Case) {
    if !is_final(j, case) {
        j.forbid(RuleId::CloseRedo, Code::CloseRedo, "/as", "not_final")
            .with("case", case.id.to_string())
            .with("dissatisfied", u64::from(case.dissatisfied));
    }
}

pub(crate) fn close(j: &mut Judge<'_>, case: &Case, c: &Close) -> Fixed {
    may_close(j, case, c.as_what);
    if c.as_what != CloseAs::Satisfied {
        second_person(j, case, c);
    }
    let closed_as = as_closed(c.as_what);
    Fixed {
        unit: Some(case.unit.clone()),
        to: Some(StateWord::Closed),
        closed_as: Some(closed_as),
        ..Fixed::none()
    }
}

/// Two people of the tier above, neither of them the handler.
fn second_person(j: &mut Judge<'_>, case: &Case, c: &Close) {
    let (rule, code) = match c.as_what {
        CloseAs::Unrated => (RuleId::CloseAttempts, Code::CloseAttempts),
        _ => (RuleId::CloseRedo, Code::CloseRedo),
    };
    let Some(with) = &c.with else {
        // Two people close such a case whatever a county makes of the rule's modality.
        j.forbid(rule, code, "/with", "second_person");
        j.forbid(RuleId::Authority, Code::Authority, "/with", "second_person");
        return;
    };
    let Some(person) = j.person(with, "/with") else { return };
    let who = Actor::at(j.roster, person, j.today);
    let in_office = j.unit_of(case).is_some_and(|unit| j.roles().in_office_above(&who, unit));
    if with == j.actor_id || !in_office {
        j.forbid(RuleId::Authority, Code::Authority, "/with", "second_person").with("actor", with.to_string());
    }
    if let Some(reason) = j.too_near(case, with) {
        j.breach(RuleId::CloseAsker, Code::CloseAsker, "/with", reason).with("actor", with.to_string());
    }
}

fn as_closed(as_what: CloseAs) -> ClosedAs {
    match as_what {
        CloseAs::Satisfied => ClosedAs::Satisfied,
        CloseAs::Unrated => ClosedAs::Unrated,
        CloseAs::Explained => ClosedAs::Explained,
        CloseAs::Redirected => ClosedAs::Redirected,
    }
}

pub(crate) fn closed(case: &mut Case, stamp: Stamp<'_>, c: &Close) {
    let as_what = as_closed(c.as_what);
    shut(case, stamp, as_what);
    case.tread(stamp, What::Closed(WasClosed { as_what, with: c.with.clone() }));
}

/// Whether a closed case may be opened again, on the household's word.
pub(crate) fn may_reopen(j: &mut Judge<'_>, case: &Case) {
    if let Some(unit) = j.unit_of(case) {
        j.need_distance(case, unit, true);
    }
    let State::Closed(closed) = &case.state else {
        return j.wrong_state(case, "/case");
    };
    let final_word =
        matches!(closed.as_what, ClosedAs::Explained | ClosedAs::Redirected) && is_past_ladder(j, case);
    if closed.as_what == ClosedAs::Merged || final_word {
        j.state_because(case, "/case", if final_word { "final" } else { "merged" });
    }
    if let Some(rule) = j.rules.close_attempts.as_ref() {
        let limit = rule.params.reopen;
        let last = j.due(closed.reopen_from, limit);
        if j.today > last {
            j.breach(RuleId::CloseAttempts, Code::CloseAttempts, "/case", "reopen_late")
                .with("last", last.to_string())
                .with("limit", limit.to_string());
        }
    }
}

pub(crate) fn reopen(j: &mut Judge<'_>, case: &Case) -> Fixed {
    may_reopen(j, case);
    let mut fixed = Fixed { unit: Some(case.unit.clone()), ..Fixed::none() };
    let State::Closed(closed) = &case.state else { return fixed };
    if matches!(closed.as_what, ClosedAs::Satisfied | ClosedAs::Unrated) {
        climb(j, case, &mut fixed, true);
    } else if closed.left.ground().is_some() || closed.left.plan().is_some() {
        fixed.to = Some(StateWord::Reopened);
    } else {
        // No plan yet: the state it left.
        fixed.to = Some(closed.left.name());
    }
    fixed
}

pub(crate) fn reopened(case: &mut Case, stamp: Stamp<'_>, c: &Reopen, fixed: &Fixed) {
    let closed = match &case.state {
        State::Closed(closed) => closed.clone(),
        _ => return,
    };
    if matches!(closed.as_what, ClosedAs::Satisfied | ClosedAs::Unrated) {
        case.dissatisfied = case.dissatisfied.saturating_add(1);
        // The household's word now is that it is not satisfied, whatever it had said.
        case.rating = Some(Rating { solved: None, satisfied: Satisfied::Dissatisfied, at: stamp.at });
    }
    let has_ground = closed.left.ground().is_some() || closed.left.plan().is_some();
    case.state = *closed.left;
    if matches!(fixed.to, Some(StateWord::Reopened | StateWord::Ledgered)) && has_ground {
        fall(case, stamp, fixed);
    }
    case.tread(stamp, What::Reopened(Said { text: Some(c.reason.clone()) }));
}

