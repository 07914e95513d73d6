//! The duties of a case, found by walking its trail: each step opens, meets or takes the ground
//! from some.

use crate::calendar::{Date, Due, Instant, Limit, Period};
use crate::case::{Case, StateWord, Step, What};
use crate::engine::Engine;
use crate::ids::{AnyId, PersonId, UnitId};
use crate::judge::may_post;
use crate::policy::{Policy, RuleId};
use crate::vocab::{DecisionKind, Stage, UnitKind};

use super::periodic::cadence;
use super::{is_overdue, row, standing, Ask, Duty, DutyState, Nullable};

/// The days on which a unit's meetings were held; a stateless engine knows none.
pub(crate) type Meetings<'a> = &'a dyn Fn(&UnitId) -> Vec<Date>;

/// Adds the duties of all cases, or of those that concern one subject.
pub(super) fn all(ask: &Ask<'_>, out: &mut Vec<Duty>) {
    let tables = ask.tables;
    let meetings = |unit: &UnitId| tables.meetings_of(unit).iter().map(|meeting| meeting.held_on).collect();
    let today = ask.today();
    let mut take = |case: &Case| {
        for duty in of_case(ask.engine, case, today, &meetings) {
            if ask.in_range(duty.due)
                && ask.filter.takes_rule(duty.rule)
                && ask.filter.takes_subject(duty.subject.as_str())
            {
                out.push(duty);
            }
        }
    };
    if !RULES.iter().any(|rule| ask.filter.takes_rule(*rule)) {
        return;
    }
    match &ask.filter.subject {
        Some(subject) => {
            let unit = UnitId::new(subject.as_str());
            let person = PersonId::new(subject.as_str());
            let mut numbers: Vec<u32> = unit
                .iter()
                .flat_map(|unit| tables.cases_of_unit(unit).map(|(number, _)| number))
                .chain(person.iter().flat_map(|person| tables.cases_of_person(person).map(|(number, _)| number)))
                .collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers.into_iter().filter_map(|number| tables.case_at(number)).for_each(&mut take);
        }
        None => tables.cases.iter().for_each(&mut take),
    }
}

/// The rules under which a case opens duties.
const RULES: [RuleId; 9] = [
    RuleId::RegisterWithin,
    RuleId::MeetingItemByItem,
    RuleId::EscalateWithin,
    RuleId::SettleOverdue,
    RuleId::SettleReview,
    RuleId::SettleSuspend,
    RuleId::PublishWithin,
    RuleId::CloseAttempts,
    RuleId::CloseRedo,
];

/// A duty that is still open while the trail is walked.
struct Open {
    rule: RuleId,
    stage: Option<Stage>,
    subject: AnyId,
    due: Due,
    /// Done so far, but a refused review would undo it.
    tentative: Option<(Date, AnyId)>,
    /// The order of opening.
    order: usize,
}

struct Walk<'a> {
    engine: &'a Engine,
    case: &'a Case,
    meetings: Meetings<'a>,
    open: Vec<Open>,
    done: Vec<(usize, Duty)>,
    opened: usize,
    /// The tries since the last result: day, and whether outside office hours.
    tries: Vec<(Date, bool)>,
    consented: bool,
    /// What a posting still owes: the plan, the accepted result.
    unposted: Vec<Stage>,
    asking: bool,
    responsible: Option<PersonId>,
}

/// The duties that a case has opened so far, as they stand on a day, in the order of opening.
pub(crate) fn of_case(engine: &Engine, case: &Case, today: Date, meetings: Meetings<'_>) -> Vec<Duty> {
    let mut walk = Walk {
        engine,
        case,
        meetings,
        open: Vec::new(),
        done: Vec::new(),
        opened: 0,
        tries: Vec::new(),
        consented: consent_before(case),
        unposted: Vec::new(),
        asking: false,
        responsible: None,
    };
    for step in &case.trail {
        walk.step(step);
    }
    let Walk { open, mut done, .. } = walk;
    for open in open {
        let day = open.tentative.as_ref().map(|(day, _)| *day);
        let state = standing(open.due.date, day, today);
        let evidence = open.tentative.into_iter().map(|(_, command)| command).collect();
        done.push((open.order, finished(case, open.rule, open.subject, open.due, state, evidence)));
    }
    done.sort_by_key(|(order, _)| *order);
    done.into_iter().map(|(_, duty)| duty).collect()
}

/// The last day for deciding a case that came onto the ledger of a unit of some kind on a day: the
/// last of that meeting period, or of the next if its meeting had already been held.
pub(crate) fn decision_due(policy: &Policy, kind: UnitKind, day: Date, held: impl FnOnce(Period) -> bool) -> Option<Due> {
    let (_, period_kind) = cadence(policy, kind)?;
    let period = Period::containing(period_kind, day);
    let last = if held(period) { period.next().last() } else { period.last() };
    Some(Due { date: last, provisional: policy.calendar.is_provisional(last) })
}

/// Whether the household had consented before the case was noted.
fn consent_before(case: &Case) -> bool {
    let noted = case.noted_at();
    case.consents
        .iter()
        .rfind(|given| noted.is_some_and(|noted| given.at.before(noted)))
        .is_some_and(|given| given.publication)
}

fn finished(case: &Case, rule: RuleId, subject: AnyId, due: Due, state: DutyState, evidence: Vec<AnyId>) -> Duty {
    let mut duty = row(rule, subject, due, state, evidence);
    duty.object = Nullable(Some(case.id.any()));
    duty
}

impl<'a> Walk<'a> {
    fn policy(&self, at: Instant) -> &'a Policy {
        self.engine.policy_at(at)
    }

    fn begin(&mut self, rule: RuleId, stage: Option<Stage>, subject: AnyId, due: Due) {
        // A step that comes again (a second posting, a second consolidation) opens nothing twice.
        if self.open.iter().any(|open| open.rule == rule && open.stage == stage) {
            return;
        }
        self.open.push(Open { rule, stage, subject, due, tentative: None, order: self.opened });
        self.opened = self.opened.saturating_add(1);
    }

    fn begin_limit(&mut self, rule: RuleId, limit: Option<Limit>, subject: AnyId, at: Instant) {
        if let Some(limit) = limit {
            let due = self.policy(at).due(at, limit);
            self.begin(rule, None, subject, due);
        }
    }

    fn take(&mut self, rule: RuleId, stage: Option<Stage>) -> Option<Open> {
        let at = self.open.iter().position(|open| open.rule == rule && open.stage == stage)?;
        Some(self.open.remove(at))
    }

    fn meet_on(&mut self, rule: RuleId, stage: Option<Stage>, day: Date, step: &Step) {
        if let Some(open) = self.take(rule, stage) {
            let state = if is_overdue(open.due.date, day) { DutyState::Late } else { DutyState::Met };
            let duty = finished(self.case, rule, open.subject, open.due, state, vec![step.command.any()]);
            self.done.push((open.order, duty));
        }
    }

    fn meet(&mut self, rule: RuleId, stage: Option<Stage>, step: &Step) {
        let day = self.policy(step.at).local_day(step.at);
        self.meet_on(rule, stage, day, step);
    }

    /// The ground falls away: excused before the last day, missed after it.
    fn lapse(&mut self, rule: RuleId, stage: Option<Stage>, step: &Step) {
        if let Some(open) = self.take(rule, stage) {
            let day = self.policy(step.at).local_day(step.at);
            let (state, evidence) = match &open.tentative {
                Some((done, command)) if is_overdue(open.due.date, *done) => (DutyState::Late, vec![command.clone()]),
                Some((_, command)) => (DutyState::Met, vec![command.clone()]),
                None if is_overdue(open.due.date, day) => (DutyState::Missed, Vec::new()),
                None => (DutyState::Excused, vec![step.command.any()]),
            };
            self.done.push((open.order, finished(self.case, rule, open.subject, open.due, state, evidence)));
        }
    }

    fn lapse_all(&mut self, step: &Step) {
        while let Some((rule, stage)) = self.open.first().map(|open| (open.rule, open.stage)) {
            self.lapse(rule, stage, step);
        }
        self.unposted.clear();
        self.asking = false;
    }

    fn step(&mut self, step: &Step) {
        match &step.what {
            What::Noted(_) => self.noted(step),
            What::SolvedOnTheSpot(_) => {
                self.meet(RuleId::RegisterWithin, None, step);
                self.lapse_all(step);
            }
            What::Registered(_) => {
                self.meet(RuleId::RegisterWithin, None, step);
                if step.to == StateWord::Ledgered {
                    self.waiting(step);
                }
            }
            What::Ledgered(_) => self.waiting(step),
            What::Decided(decided) => self.decided(step, decided),
            What::Reported(_) => {
                self.meet(RuleId::EscalateWithin, None, step);
                self.waiting(step);
            }
            What::Returned(_) => {
                self.lapse(RuleId::MeetingItemByItem, None, step);
                self.waiting(step);
            }
            What::ExtensionDecided(decided) => {
                if let (Some(due), Some(open)) =
                    (decided.due, self.open.iter_mut().find(|open| open.rule == RuleId::SettleOverdue))
                {
                    let policy = self.engine.policy_at(step.at);
                    open.due = Due { date: due, provisional: policy.calendar.is_provisional(due) };
                }
            }
            What::Settled(_) => {
                let day = self.policy(step.at).local_day(step.at);
                if let Some(open) = self.open.iter_mut().find(|open| open.rule == RuleId::SettleOverdue) {
                    open.tentative = Some((day, step.command.any()));
                }
                if step.to == StateWord::Accepted {
                    self.accepted(step);
                } else {
                    self.review(step);
                }
            }
            What::Reviewed(reviewed) => {
                self.meet(RuleId::SettleReview, None, step);
                if reviewed.accept {
                    self.accepted(step);
                } else {
                    // A refused settlement is none: the deadline it had met stands open again.
                    if let Some(open) = self.open.iter_mut().find(|open| open.rule == RuleId::SettleOverdue) {
                        open.tentative = None;
                    }
                    if step.to == StateWord::Ledgered {
                        self.waiting(step);
                    }
                }
            }
            What::Posted(posted) => self.posted(step, posted.stage),
            What::Asked(asked) if asked.recheck != Some(true) => self.tried(step, false),
            What::Rated(rated) if rated.recheck != Some(true) => {
                self.tried(step, true);
                self.fallen(step);
            }
            What::Replanned(replanned) => {
                self.meet(RuleId::CloseRedo, None, step);
                self.responsible = replanned.responsible.clone();
                self.replanned(step, replanned.due);
            }
            What::Closed(_) | What::Merged(_) | What::Withdrawn(_) => self.lapse_all(step),
            What::Reopened(_) => self.reopened(step),
            What::Consent(consent) => self.consent(step, consent.publication),
            _ => {}
        }
    }

    fn noted(&mut self, step: &Step) {
        let limit = self.policy(step.at).rules.register_within.as_ref().map(|rule| rule.params.limit);
        self.begin_limit(RuleId::RegisterWithin, limit, self.case.collector.any(), step.at);
    }

    /// On a ledger: the next meeting has to decide.
    fn waiting(&mut self, step: &Step) {
        let policy = self.policy(step.at);
        let roster = self.engine.roster();
        let day = policy.local_day(step.at);
        if policy.rules.meeting_item_by_item.is_none() {
            return;
        }
        let kind = roster.unit(step.unit.as_str()).and_then(|unit| roster.unit_on(unit, day)).map(|row| row.kind);
        let Some(kind) = kind else { return };
        let held = |period: Period| {
            (self.meetings)(&step.unit).into_iter().any(|held_on| period.contains(held_on) && held_on <= day)
        };
        let Some(due) = decision_due(policy, kind, day, held) else { return };
        self.begin(RuleId::MeetingItemByItem, None, step.unit.any(), due);
    }

    fn decided(&mut self, step: &Step, decided: &crate::case::WasDecided) {
        let policy = self.policy(step.at);
        let entered = policy.local_day(step.at);
        // The decision was made when the meeting was held, unless it was entered late.
        let in_time = policy
            .rules
            .meeting_late_entry
            .as_ref()
            .is_none_or(|rule| !is_overdue(policy.due_from_day(decided.held_on, rule.params.limit).date, entered));
        let day = if in_time { decided.held_on } else { entered };
        self.meet_on(RuleId::MeetingItemByItem, None, day, step);
        self.meet_on(RuleId::SettleSuspend, None, day, step);
        self.unposted.clear();
        self.tries.clear();
        let unit = decided.unit.any();
        match decided.decided.decision {
            DecisionKind::Plan => {
                self.responsible = decided.decided.responsible.clone();
                self.replanned(step, decided.decided.due);
                self.wait_for_posting(step, Stage::Plan);
            }
            DecisionKind::ReportUp => {
                let limit = policy.rules.escalate_within.as_ref().map(|rule| rule.params.limit);
                self.begin_limit(RuleId::EscalateWithin, limit, unit, step.at);
            }
            DecisionKind::Explain | DecisionKind::Redirect => self.review(step),
            DecisionKind::Suspend => self.suspended(step, decided.decided.review_on),
        }
    }

    fn suspended(&mut self, step: &Step, review_on: Option<Date>) {
        let policy = self.policy(step.at);
        let Some(rule) = policy.rules.settle_suspend.as_ref() else { return };
        let latest = Period::containing(rule.params.review, policy.local_day(step.at)).next().last();
        let last = review_on.map_or(latest, |review_on| review_on.min(latest));
        let due = Due { date: last, provisional: policy.calendar.is_provisional(last) };
        self.begin(RuleId::SettleSuspend, None, step.unit.any(), due);
    }

    /// A plan runs from now on, or goes on under another person.
    fn replanned(&mut self, step: &Step, due: Option<Date>) {
        let subject = self.responsible.as_ref().map_or_else(|| step.unit.any(), PersonId::any);
        let policy = self.policy(step.at);
        if policy.rules.settle_overdue.is_none() {
            return;
        }
        if let Some(open) = self.open.iter_mut().find(|open| open.rule == RuleId::SettleOverdue) {
            open.subject = subject;
            return;
        }
        if let Some(due) = due {
            let due = Due { date: due, provisional: policy.calendar.is_provisional(due) };
            self.begin(RuleId::SettleOverdue, None, subject, due);
        }
    }

    fn review(&mut self, step: &Step) {
        let limit = self.policy(step.at).rules.settle_review.as_ref().map(|rule| rule.params.limit);
        self.begin_limit(RuleId::SettleReview, limit, step.unit.any(), step.at);
    }

    fn accepted(&mut self, step: &Step) {
        if let Some(open) = self.take(RuleId::SettleOverdue, None) {
            let done = open.tentative.as_ref().map(|(day, _)| *day);
            let today = self.policy(step.at).local_day(step.at);
            let state = standing(open.due.date, done, today);
            let evidence = open.tentative.into_iter().map(|(_, command)| command).collect();
            let duty = finished(self.case, open.rule, open.subject, open.due, state, evidence);
            self.done.push((open.order, duty));
        }
        self.tries.clear();
        self.asking = false;
        self.wait_for_posting(step, Stage::Result);
        if !self.must_post(step, Stage::Result) {
            self.ask(step);
        }
    }

    /// Whether this stage has to be posted for this case, by the policy of that moment.
    fn must_post(&self, step: &Step, stage: Stage) -> bool {
        let rules = &self.policy(step.at).rules;
        rules.publish_stages.as_ref().is_some_and(|rule| rule.params.stages.contains(&stage))
            && may_post(rules, self.case.category, self.consented)
    }

    fn wait_for_posting(&mut self, step: &Step, stage: Stage) {
        if !self.unposted.contains(&stage) {
            self.unposted.push(stage);
        }
        let policy = self.policy(step.at);
        if let (true, Some(rule)) = (self.must_post(step, stage), policy.rules.publish_within.as_ref()) {
            let due = policy.due(step.at, rule.params.limit);
            self.begin(RuleId::PublishWithin, Some(stage), step.unit.any(), due);
        }
    }

    fn posted(&mut self, step: &Step, stage: Stage) {
        self.meet(RuleId::PublishWithin, Some(stage), step);
        self.unposted.retain(|waiting| *waiting != stage);
        if stage == Stage::Result && step.to == StateWord::Published {
            self.ask(step);
        }
    }

    fn ask(&mut self, step: &Step) {
        if !self.asking {
            self.asking = true;
            let limit = self.policy(step.at).rules.close_attempts.as_ref().map(|rule| rule.params.limit);
            self.begin_limit(RuleId::CloseAttempts, limit, step.unit.any(), step.at);
        }
    }

    fn tried(&mut self, step: &Step, rated: bool) {
        let policy = self.policy(step.at);
        let day = policy.local_day(step.at);
        let outside = policy.is_outside_office(step.at);
        match self.tries.iter_mut().find(|(seen, _)| *seen == day) {
            Some((_, seen)) => *seen |= outside,
            None => self.tries.push((day, outside)),
        }
        let enough = policy.rules.close_attempts.as_ref().is_some_and(|rule| {
            let late = self.tries.iter().filter(|(_, outside)| *outside).count();
            self.tries.len() >= usize::try_from(rule.params.tries).unwrap_or(usize::MAX)
                && late >= usize::try_from(rule.params.outside_hours).unwrap_or(usize::MAX)
        });
        if rated || enough {
            self.meet(RuleId::CloseAttempts, None, step);
        }
    }

    /// Where a dissatisfaction has put the case.
    fn fallen(&mut self, step: &Step) {
        match step.to {
            StateWord::Reopened => {
                self.lapse_all(step);
                let policy = self.policy(step.at);
                let limit = policy
                    .rules
                    .close_redo
                    .as_ref()
                    .and_then(|rule| rule.params.rungs.first())
                    .and_then(|rung| rung.plan_within);
                let unit = self.responsible_unit(step);
                self.begin_limit(RuleId::CloseRedo, limit, unit, step.at);
            }
            StateWord::Ledgered => {
                self.lapse_all(step);
                self.waiting(step);
            }
            _ => {}
        }
    }

    /// The unit of the responsible person, or the deciding unit.
    fn responsible_unit(&self, step: &Step) -> AnyId {
        let roster = self.engine.roster();
        let day = self.policy(step.at).local_day(step.at);
        self.responsible
            .as_ref()
            .and_then(|id| roster.person(id.as_str()))
            .and_then(|person| roster.person_on(person, day))
            .map_or_else(|| step.unit.any(), |row| roster.unit_id(row.unit).any())
    }

    fn reopened(&mut self, step: &Step) {
        match step.to {
            StateWord::Noted => self.noted(step),
            StateWord::Suspended => self.suspended(step, None),
            _ => self.fallen(step),
        }
    }

    fn consent(&mut self, step: &Step, publication: bool) {
        self.consented = publication;
        for stage in self.unposted.clone() {
            if publication {
                self.wait_for_posting(step, stage);
            } else {
                self.lapse(RuleId::PublishWithin, Some(stage), step);
            }
        }
    }
}
