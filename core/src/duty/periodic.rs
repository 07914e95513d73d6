//! What units owe for each period, whether anything waits or not: consolidations, meetings, the
//! digest; and the re-check of a sample of what was closed.

use crate::calendar::{Date, Due, Period};
use crate::case::{State, What};
use crate::policy::{Consolidation, Policy, RuleId};
use crate::roster::UnitIx;
use crate::steps::open::stream_of;
use crate::vocab::{Stage, UnitKind};

use super::visits::covered;
use super::{is_overdue, row, standing, Ask, Duty, DutyState, Nullable};

/// Adds the duties of units.
pub(super) fn periodic(ask: &Ask<'_>, out: &mut Vec<Duty>) {
    let roster = ask.engine.roster();
    let units: Vec<UnitIx> = match &ask.filter.subject {
        Some(wanted) => roster.unit(wanted.as_str()).into_iter().collect(),
        None => roster.units().collect(),
    };
    for (policy, from, until) in ask.terms() {
        for unit in &units {
            let Some(kind) = roster.unit_rows(*unit).last().map(|row| row.kind) else { continue };
            let turn = Turn { ask, policy, term: (from, until), unit: *unit, kind };
            turn.consolidations(out);
            turn.meetings(out);
            turn.digests(out);
            turn.samples(out);
        }
    }
}

struct Turn<'a> {
    ask: &'a Ask<'a>,
    policy: &'a Policy,
    term: (Date, Date),
    unit: UnitIx,
    kind: UnitKind,
}

impl Turn<'_> {
    /// Whether the unit stands, as what it is, on every day of the period.
    fn stands(&self, period: Period) -> bool {
        let rows = self.ask.engine.roster().unit_rows(self.unit);
        let spans = rows.iter().filter(|row| row.kind == self.kind).map(|row| (row.from.unwrap_or(Date::MIN), row.until));
        covered(spans, period.first(), period.last())
    }

    fn duty(&self, rule: RuleId, period: Period, due: Date, state: DutyState, evidence: Vec<crate::ids::AnyId>) -> Duty {
        let provisional = self.policy.calendar.is_provisional(due);
        let subject = self.ask.engine.roster().unit_id(self.unit).any();
        let mut duty = row(rule, subject, Due { date: due, provisional }, state, evidence);
        duty.period = Nullable(Some(period));
        duty
    }

    fn local(&self, at: crate::calendar::Instant) -> Date {
        self.policy.local_day(at)
    }

    fn consolidations(&self, out: &mut Vec<Duty>) {
        let Some((id, _, rule)) = stream_of(&self.policy.rules, self.kind) else { return };
        if !self.ask.filter.takes_rule(id) {
            return;
        }
        let roster = self.ask.engine.roster();
        let done = self.ask.tables.consolidations_of(roster.unit_id(self.unit));
        for period in self.ask.periods(rule.params.period, self.term, 366) {
            let (due, works) = consolidation_due(self.policy, &rule.params, period);
            if !self.ask.in_range(due) || !self.stands(period) {
                continue;
            }
            let best = done
                .iter()
                .filter(|done| done.period == period && !done.early)
                .min_by(|a, b| a.at.cmp_moment(b.at));
            let mut state = standing(due, best.map(|done| self.local(done.at)), self.ask.today());
            // A week without a working day asks for nothing.
            if !works && state != DutyState::Met {
                state = DutyState::Excused;
            }
            out.push(self.duty(id, period, due, state, best.map(|done| done.command.any()).into_iter().collect()));
        }
    }

    fn meetings(&self, out: &mut Vec<Duty>) {
        let Some((id, period_kind)) = cadence(self.policy, self.kind) else { return };
        if !self.ask.filter.takes_rule(id) {
            return;
        }
        let roster = self.ask.engine.roster();
        let held = self.ask.tables.meetings_of(roster.unit_id(self.unit));
        for period in self.ask.periods(period_kind, self.term, 366) {
            let due = period.last();
            if !self.ask.in_range(due) || !self.stands(period) {
                continue;
            }
            let limit = self.policy.rules.meeting_late_entry.as_ref().map(|rule| rule.params.limit);
            let best = held
                .iter()
                .filter(|meeting| period.contains(meeting.held_on))
                .map(|meeting| {
                    let entered = self.local(meeting.at);
                    let late = limit.is_some_and(|limit| {
                        is_overdue(self.policy.due_from_day(meeting.held_on, limit).date, entered)
                    });
                    (late, meeting)
                })
                .min_by(|(a_late, a), (b_late, b)| a_late.cmp(b_late).then(a.at.cmp_moment(b.at)));
            let state = match best {
                Some((true, _)) => DutyState::Late,
                Some((false, _)) => DutyState::Met,
                None => standing(due, None, self.ask.today()),
            };
            let evidence = best.map(|(_, meeting)| meeting.command.any()).into_iter().collect();
            out.push(self.duty(id, period, due, state, evidence));
        }
    }

    fn digests(&self, out: &mut Vec<Duty>) {
        let id = RuleId::PublishDigest;
        let Some(rule) = self.policy.rules.publish_digest.as_ref() else { return };
        if self.kind == UnitKind::Group || !self.ask.filter.takes_rule(id) {
            return;
        }
        let roster = self.ask.engine.roster();
        for period in self.ask.periods(rule.params.period, self.term, 800) {
            let due = period.next().first().add_days(i32::from(rule.params.day).saturating_sub(1));
            if !self.ask.in_range(due) || !self.stands(period) {
                continue;
            }
            // A digest of a month that was not over does not speak of the whole month.
            let best = self
                .ask
                .tables
                .postings_of(roster.unit_id(self.unit))
                .filter(|posting| posting.stage == Stage::Digest && posting.period == Some(period))
                .filter(|posting| self.local(posting.at) > period.last())
                .min_by(|a, b| a.at.cmp_moment(b.at));
            let state = standing(due, best.map(|posting| self.local(posting.at)), self.ask.today());
            let evidence = best.map(|posting| posting.command.any()).into_iter().collect();
            out.push(self.duty(id, period, due, state, evidence));
        }
    }

    /// The tier above calls back a sample of what was closed below it in a month.
    fn samples(&self, out: &mut Vec<Duty>) {
        let id = RuleId::SampleRecheck;
        if self.policy.rules.sample_recheck.is_none() || !self.ask.filter.takes_rule(id) {
            return;
        }
        let roster = self.ask.engine.roster();
        let tables = &self.ask.tables;
        for month in tables.closing_months() {
            let due = month.next().last();
            let in_term = self.term.0 <= month.first() && month.first() <= self.term.1;
            if !in_term || !self.ask.in_range(due) || !self.stands(month) {
                continue;
            }
            let drawn = tables.drawn(self.policy, roster, self.unit, month);
            if drawn.is_empty() {
                continue;
            }
            let mut evidence = Vec::new();
            let mut last: Option<Date> = None;
            let mut asked = 0u32;
            let mut required = 0u32;
            for case in drawn.iter().filter_map(|index| tables.case_at(*index)) {
                let call = case.trail.iter().find(|step| {
                    let recheck = match &step.what {
                        What::Asked(asked) => asked.recheck == Some(true),
                        What::Rated(rated) => rated.recheck == Some(true),
                        _ => false,
                    };
                    recheck && self.local(step.at) > month.last()
                });
                if let Some(step) = call {
                    asked = asked.saturating_add(1);
                    last = last.max(Some(self.local(step.at)));
                    evidence.push(step.command.any());
                }
                // Opened again before anybody called: what was to be re-checked stands no more.
                let stands = matches!(&case.state, State::Closed(closed) if month.contains(self.local(closed.closed_at)));
                required = required.saturating_add(u32::from(call.is_some() || stands));
            }
            let state = if required == 0 {
                DutyState::Excused
            } else {
                standing(due, last.filter(|_| asked >= required), self.ask.today())
            };
            let mut duty = self.duty(id, month, due, state, evidence);
            duty.required = required;
            duty.count = asked;
            out.push(duty);
        }
    }
}

/// The last day of a period's consolidation, and whether it is owed at all: a week without a
/// working day asks for none.
pub(crate) fn consolidation_due(policy: &Policy, rule: &Consolidation, period: Period) -> (Date, bool) {
    match rule.weekday {
        None => (period.last(), true),
        Some(weekday) => match policy.calendar.weekly_day(period, u32::from(weekday)) {
            Some(day) => (day, true),
            None => (period.day_of_week(u32::from(weekday)).unwrap_or(period.last()), false),
        },
    }
}

/// How often units of a kind deliberate.
pub(crate) fn cadence(policy: &Policy, kind: UnitKind) -> Option<(RuleId, crate::calendar::PeriodKind)> {
    let rules = &policy.rules;
    let (id, rule) = match kind {
        UnitKind::Village => (RuleId::MeetingVillage, rules.meeting_village.as_ref()),
        UnitKind::Town => (RuleId::MeetingTown, rules.meeting_town.as_ref()),
        UnitKind::Department => (RuleId::MeetingDepartment, rules.meeting_department.as_ref()),
        UnitKind::County => (RuleId::MeetingCounty, rules.meeting_county.as_ref()),
        UnitKind::Group => return None,
    };
    rule.map(|rule| (id, rule.params.period))
}
