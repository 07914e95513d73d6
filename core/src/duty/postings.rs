//! What a board owes: keeping a sheet up, taking down what lost its consent, answering objections.

use crate::calendar::{Date, Due};
use crate::case::What;
use crate::policy::RuleId;

use super::{is_overdue, row, standing, Ask, Duty, DutyState, Nullable};

/// Adds the duties of postings and objections.
pub(super) fn all(ask: &Ask<'_>, out: &mut Vec<Duty>) {
    let tables = &ask.tables;
    for posting in tables.postings() {
        if ask.filter.takes_subject(posting.unit.as_str()) {
            keep(ask, posting, out);
            take_down(ask, posting, out);
        }
    }
    for objection in tables.objections() {
        if ask.filter.takes_rule(RuleId::PublishObjection) && ask.filter.takes_subject(objection.unit.as_str()) {
            answer(ask, objection, out);
        }
    }
}

/// Up for at least so many days (`publish.keep`). What a new version replaces, or the law takes
/// down, is excused.
fn keep(ask: &Ask<'_>, posting: &crate::book::Posting, out: &mut Vec<Duty>) {
    let policy = ask.engine.policy_at(posting.at);
    let Some(rule) = policy.rules.publish_keep.as_ref().filter(|_| ask.filter.takes_rule(RuleId::PublishKeep)) else {
        return;
    };
    let due = policy.due_from_day(posting.from, rule.params.limit);
    if !ask.in_range(due.date) {
        return;
    }
    let day = |at| policy.local_day(at);
    let ended = posting.down.as_ref().map(|(at, command)| (day(*at), command.any()));
    let replaced = posting.replaced.as_ref().map(|(at, _)| day(*at));
    let withdrawn = withdrawal(ask, posting).map(|(day, _)| day);
    let (state, evidence) = match ended {
        Some((down, command)) if down <= due.date => {
            let lawful = [replaced, withdrawn].into_iter().flatten().any(|since| since <= down);
            (if lawful { DutyState::Excused } else { DutyState::Missed }, vec![command])
        }
        _ if replaced.is_some_and(|day| day <= due.date) => (DutyState::Excused, Vec::new()),
        _ if is_overdue(due.date, ask.today()) => (DutyState::Met, vec![posting.command.any()]),
        _ => (DutyState::Pending, Vec::new()),
    };
    push(RuleId::PublishKeep, posting.unit.any(), posting.id.any(), due, state, evidence, out);
}

/// The first day on which a household took its consent back while the sheet was up, and when.
fn withdrawal(ask: &Ask<'_>, posting: &crate::book::Posting) -> Option<(Date, crate::calendar::Instant)> {
    let policy = ask.engine.policy_at(posting.at);
    let rule = policy.rules.publish_masked.as_ref()?;
    posting
        .cases
        .iter()
        .filter_map(|id| ask.tables.case(id))
        .filter(|case| rule.params.consent.contains(&case.category))
        .flat_map(|case| case.trail.iter())
        .filter(|step| matches!(&step.what, What::Consent(consent) if !consent.publication))
        .filter(|step| !step.at.before(posting.at))
        .filter(|step| posting.down.as_ref().is_none_or(|(down, _)| !down.before(step.at)))
        .map(|step| (policy.local_day(step.at), step.at))
        .min_by_key(|(day, _)| *day)
}

/// A withdrawn consent makes its postings due for take-down (`publish.masked`).
fn take_down(ask: &Ask<'_>, posting: &crate::book::Posting, out: &mut Vec<Duty>) {
    if !ask.filter.takes_rule(RuleId::PublishMasked) {
        return;
    }
    let Some((_, at)) = withdrawal(ask, posting) else { return };
    let policy = ask.engine.policy_at(at);
    let Some(rule) = policy.rules.publish_masked.as_ref() else { return };
    let due = policy.due(at, rule.params.take_down);
    if !ask.in_range(due.date) {
        return;
    }
    let down = posting.down.as_ref();
    let state = standing(due.date, down.map(|(at, _)| policy.local_day(*at)), ask.today());
    let evidence = down.map(|(_, command)| command.any()).into_iter().collect();
    push(RuleId::PublishMasked, posting.unit.any(), posting.id.any(), due, state, evidence, out);
}

fn answer(ask: &Ask<'_>, objection: &crate::book::Objection, out: &mut Vec<Duty>) {
    let policy = ask.engine.policy_at(objection.at);
    let Some(due) = crate::steps::publish::answer_due(policy, objection) else { return };
    if !ask.in_range(due.date) {
        return;
    }
    let answered = objection.answered.as_ref();
    let state = standing(due.date, answered.map(|(at, _)| policy.local_day(*at)), ask.today());
    let evidence = answered.map(|(_, command)| command.any()).into_iter().collect();
    push(RuleId::PublishObjection, objection.unit.any(), objection.id.any(), due, state, evidence, out);
}

fn push(
    rule: RuleId,
    subject: crate::ids::AnyId,
    object: crate::ids::AnyId,
    due: Due,
    state: DutyState,
    evidence: Vec<crate::ids::AnyId>,
    out: &mut Vec<Duty>,
) {
    let mut duty = row(rule, subject, due, state, evidence);
    duty.object = Nullable(Some(object));
    out.push(duty);
}
