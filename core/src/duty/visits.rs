//! The visit quotas (二(一)1): each person, each week or month, so many visits to whom they are
//! liaised to.

use crate::book::{Visit, VisitLog};
use crate::calendar::{Date, Period};
use crate::ids::AnyId;
use crate::policy::{LiaisonSubject, LiaisonTarget, Policy, Quota, Reading, Rule, RuleId};
use crate::roster::{Liaison, PersonIx, Roster, SubjectIx, TargetIx, UnitIx};
use crate::vocab::{Level, UnitKind};

use super::{is_overdue, Ask, Duty, DutyState, Nullable};

/// The visits that are counted, and how a visit's number is told as evidence.
pub(super) struct Visited<'a> {
    pub log: &'a VisitLog,
    pub id_of: &'a dyn Fn(u32) -> Option<AnyId>,
}

/// Adds the quota duties.
pub(super) fn quotas(ask: &Ask<'_>, visited: &Visited<'_>, out: &mut Vec<Duty>) {
    for (policy, from, until) in ask.terms() {
        let rules = &policy.rules;
        let quotas = [
            (RuleId::VisitCountyLeader, rules.visit_county_leader.as_ref()),
            (RuleId::VisitDepartment, rules.visit_department.as_ref()),
            (RuleId::VisitTown, rules.visit_town.as_ref()),
            (RuleId::VisitVillage, rules.visit_village.as_ref()),
            (RuleId::VisitGroup, rules.visit_group.as_ref()),
        ];
        for (id, rule) in quotas {
            let Some(rule) = rule.filter(|_| ask.filter.takes_rule(id)) else { continue };
            let periods: Vec<Period> = ask
                .periods(rule.params.period, (from, until), 366)
                .into_iter()
                .filter(|period| ask.in_range(period.last()))
                .collect();
            if !periods.is_empty() {
                of_rule(&Counting { ask, visited, policy, id, rule }, &periods, out);
            }
        }
    }
}

struct Counting<'a> {
    ask: &'a Ask<'a>,
    visited: &'a Visited<'a>,
    policy: &'a Policy,
    id: RuleId,
    rule: &'a Rule<Quota>,
}

/// One visit that may count: on which day, to which target in the quota's sense, and its number.
struct Hit {
    day: Date,
    target: TargetIx,
    visit: u32,
    admitted: bool,
}

fn of_rule(c: &Counting<'_>, periods: &[Period], out: &mut Vec<Duty>) {
    let roster = c.ask.engine.roster();
    match c.rule.params.subject {
        LiaisonSubject::Department => {
            for unit in roster.units() {
                let is_department = roster.unit_rows(unit).iter().any(|row| row.kind == UnitKind::Department);
                if is_department && c.ask.filter.takes_subject(roster.unit_id(unit).as_str()) {
                    of_subject(c, SubjectIx::Unit(unit), periods, out);
                }
            }
        }
        subject => {
            let level = level_of(subject);
            let people: Vec<PersonIx> = match &c.ask.filter.subject {
                Some(wanted) => roster.person(wanted.as_str()).into_iter().collect(),
                None => roster.people().collect(),
            };
            for person in people {
                if roster.person_rows(person).iter().any(|row| row.level == Some(level)) {
                    of_subject(c, SubjectIx::Person(person), periods, out);
                }
            }
        }
    }
}

fn level_of(subject: LiaisonSubject) -> Level {
    match subject {
        LiaisonSubject::CountyLeader => Level::CountyLeader,
        LiaisonSubject::Department => Level::Department,
        LiaisonSubject::Town => Level::Town,
        LiaisonSubject::Village => Level::Village,
        LiaisonSubject::Group => Level::Group,
    }
}

fn of_subject(c: &Counting<'_>, subject: SubjectIx, periods: &[Period], out: &mut Vec<Duty>) {
    let roster = c.ask.engine.roster();
    let liaisons: Vec<&Liaison> = roster
        .liaisons_of(subject)
        .iter()
        .filter(|liaison| {
            matches!(
                (c.rule.params.target, liaison.target),
                (LiaisonTarget::Household, TargetIx::Household(_)) | (LiaisonTarget::Village, TargetIx::Unit(_))
            )
        })
        .collect();
    if liaisons.is_empty() {
        return;
    }
    let each = matches!(c.rule.params.reading, Reading::EveryLinked | Reading::PerVillage);
    for period in periods {
        let (first, last) = (period.first(), period.last());
        if !appointed(c, roster, subject, first, last) {
            continue;
        }
        if each {
            let mut hits = None;
            // The liaisons are sorted by target, so each target's rows stand together.
            for rows in liaisons.chunk_by(|a, b| a.target == b.target) {
                if covered(rows.iter().map(|row| (row.from, row.until)), first, last) {
                    let hits = hits.get_or_insert_with(|| hits_of(c, roster, subject, first, last));
                    let Some(target) = rows.first().map(|row| row.target) else { continue };
                    let own = hits.iter().filter(|hit| hit.target == target);
                    out.push(count(c, roster, subject, Some(target), *period, own));
                }
            }
        } else if covered(liaisons.iter().map(|row| (row.from, row.until)), first, last) {
            let hits = hits_of(c, roster, subject, first, last);
            out.push(count(c, roster, subject, None, *period, hits.iter()));
        }
    }
}

/// Whether the appointment holds on every day from `first` to `last`.
fn appointed(c: &Counting<'_>, roster: &Roster, subject: SubjectIx, first: Date, last: Date) -> bool {
    match subject {
        SubjectIx::Person(person) => {
            let level = level_of(c.rule.params.subject);
            let rows = roster.person_rows(person).iter().filter(|row| row.level == Some(level));
            covered(rows.map(|row| (row.from, row.until)), first, last)
        }
        SubjectIx::Unit(unit) => {
            let rows = roster.unit_rows(unit).iter().filter(|row| row.kind == UnitKind::Department);
            covered(rows.map(|row| (row.from.unwrap_or(Date::MIN), row.until)), first, last)
        }
    }
}

/// Whether spans of days, together, leave no day of a range out.
pub(super) fn covered(
    spans: impl Iterator<Item = (Date, Option<Date>)>,
    first: Date,
    last: Date,
) -> bool {
    let mut pieces: Vec<(Date, Date)> = Vec::new();
    for (from, until) in spans {
        let until = until.unwrap_or(Date::MAX);
        if from <= first && last <= until {
            return true;
        }
        if from <= last && first <= until {
            pieces.push((from, until));
        }
    }
    pieces.sort();
    let mut next = first;
    for (from, until) in pieces {
        if from > next {
            return false;
        }
        next = next.max(until.add_days(1));
    }
    next > last
}

/// The visits that may count for a subject in a range of days, by day and then by entry.
fn hits_of(c: &Counting<'_>, roster: &Roster, subject: SubjectIx, first: Date, last: Date) -> Vec<Hit> {
    let log = c.visited.log;
    match subject {
        SubjectIx::Person(person) => log
            .between(person, first, last)
            .filter_map(|(index, visit)| hit(c, roster, subject, index, visit))
            .collect(),
        SubjectIx::Unit(unit) => {
            let mut people: Vec<PersonIx> = Vec::new();
            let mut day = first;
            while day <= last {
                people.extend(roster.people_of(unit, day));
                day = day.add_days(1);
            }
            people.sort();
            people.dedup();
            let mut found: Vec<(u32, Hit)> = Vec::new();
            for person in people {
                for (index, visit) in log.between(person, first, last) {
                    let of_unit = roster.person_on(person, visit.day).is_some_and(|row| row.unit == unit);
                    if of_unit && !found.iter().any(|(other, _)| *other == index) {
                        found.extend(hit(c, roster, subject, index, visit).map(|hit| (index, hit)));
                    }
                }
            }
            found.sort_by_key(|(index, hit)| (hit.day, *index));
            found.into_iter().map(|(_, hit)| hit).collect()
        }
    }
}

/// Whether a visit may count: in person, and to somebody liaised on that day.
fn hit(c: &Counting<'_>, roster: &Roster, subject: SubjectIx, index: u32, visit: &Visit) -> Option<Hit> {
    let rules = &c.policy.rules;
    if !visit.in_person && rules.visit_in_person.is_some() {
        return None;
    }
    let target = match c.rule.params.target {
        LiaisonTarget::Household => visit.target,
        LiaisonTarget::Village => TargetIx::Unit(village(roster, visit)?),
    };
    if rules.visit_liaised.is_some() && !roster.is_liaised(subject, target, visit.day) {
        return None;
    }
    Some(Hit { day: visit.day, target, visit: index, admitted: visit.is_admitted() })
}

/// The village that a visit went to: itself, or that of the group or household.
fn village(roster: &Roster, visit: &Visit) -> Option<UnitIx> {
    let unit = match visit.target {
        TargetIx::Unit(unit) => unit,
        TargetIx::Household(household) => roster.household_on(household, visit.day)?.unit,
    };
    roster.village_of(unit, visit.day)
}

fn count<'h>(
    c: &Counting<'_>,
    roster: &Roster,
    subject: SubjectIx,
    object: Option<TargetIx>,
    period: Period,
    hits: impl Iterator<Item = &'h Hit>,
) -> Duty {
    let mut seen: Vec<(Date, TargetIx)> = Vec::new();
    let mut evidence = Vec::new();
    let mut late_entries = 0u32;
    for hit in hits {
        if !hit.admitted {
            late_entries = late_entries.saturating_add(1);
            continue;
        }
        // Hits come by day, so only those of the same day have to be looked at.
        let twice = seen.iter().rev().take_while(|(day, _)| *day == hit.day).any(|(_, target)| *target == hit.target);
        if !twice {
            seen.push((hit.day, hit.target));
            evidence.extend((c.visited.id_of)(hit.visit));
        }
    }
    let count = u32::try_from(seen.len()).unwrap_or(u32::MAX);
    let due = period.last();
    let state = if count >= c.rule.params.at_least {
        DutyState::Met
    } else if excused(c, roster, subject, period) {
        DutyState::Excused
    } else if is_overdue(due, c.ask.today()) {
        DutyState::Missed
    } else {
        DutyState::Pending
    };
    let object = object.and_then(|target| AnyId::new(roster.target_id(target)));
    let subject = match subject {
        SubjectIx::Person(person) => roster.person_id(person).any(),
        SubjectIx::Unit(unit) => roster.unit_id(unit).any(),
    };
    Duty {
        rule: c.id,
        subject,
        object: Nullable(object),
        period: Nullable(Some(period)),
        due,
        state,
        required: c.rule.params.at_least,
        count,
        late_entries,
        evidence,
        provisional: c.policy.calendar.is_provisional(due).then_some(true),
    }
}

/// Leave covers every working day of the period; a period without one is excused too.
fn excused(c: &Counting<'_>, roster: &Roster, subject: SubjectIx, period: Period) -> bool {
    let mut day = period.first();
    while day <= period.last() {
        if c.policy.calendar.is_working_day(day) {
            let away = match subject {
                SubjectIx::Person(person) => roster.on_leave(person, day),
                SubjectIx::Unit(unit) => {
                    let people = roster.people_of(unit, day);
                    let mut cadres = people
                        .iter()
                        .filter(|person| roster.person_on(**person, day).is_some_and(|row| row.level.is_some()))
                        .peekable();
                    cadres.peek().is_some() && cadres.all(|person| roster.on_leave(*person, day))
                }
            };
            if !away {
                return false;
            }
        }
        day = day.add_days(1);
    }
    true
}
