//! Whether the visits that a policy asks for can be made at all: on working days, with so many
//! visits a day, by the people of a roster.
//!
//! What is owed are the duty rows of an empty book, so appointments, liaisons, leave and periods are
//! counted as ever. Each quota is looked at by itself: a visit that serves two of them is counted
//! for each. Where every household has to be visited, days are given to households by a matching;
//! where it fails, households are taken away one by one as long as it still fails: what is left
//! cannot be made smaller.

use std::collections::BTreeMap;

use crate::book::{Book, Chaining};
use crate::calendar::{Date, Instant, Period, PeriodKind};
use crate::duty::{Duty, DutyState, Filter};
use crate::ids::AnyId;
use crate::policy::{Policy, Reading, RuleId};
use crate::roster::{Roster, SubjectIx, TargetIx};
use crate::shape::{choices, record};

/// Visits a day when nobody says: half a day's walking, and half for everything else.
pub const VISITS_A_DAY: u32 = 4;

/// How many cores are worked out for each rule; the others are only counted.
const CORES: usize = 10;

choices! {
    /// What a shortfall rests on besides rules and people: without any one of these it would not be.
    pub enum Because {
        /// Only so many visits a day.
        VisitsADay = "visits_a_day",
        /// Only working days.
        WorkingDays = "working_days",
        /// Leave.
        Leave = "leave",
        /// Liaisons that do not hold on every day.
        Liaisons = "liaisons",
    }
}

record! {
    /// Rules and people that cannot hold together; nothing can be left out of it.
    pub struct Core {
        /// 规则 · The rules.
        rules: Vec<RuleId>,
        /// 责任主体;空为任何人 · Who owes the visits; left out where it is so for anybody.
        subject: Option<AnyId>,
        /// 期间 · In which period.
        period: Period,
        /// 对象 · The targets among which the days do not suffice.
        targets: Vec<AnyId>,
        /// 需要的次数 · How many visits are asked for.
        required: u64,
        /// 最多可能的次数 · How many can be made.
        possible: u64,
        /// 条件 · What it rests on besides.
        because: Vec<Because>,
    }
}

record! {
    /// How far a rule can be kept.
    pub struct RuleFeasible {
        /// 规则 · The rule.
        rule: RuleId,
        /// 应履行的期次 · How many quotas are owed: a subject in a period.
        owed: u64,
        /// 不能履行的期次 · How many of them cannot be kept.
        impossible: u64,
        /// 涉及的责任主体 · By how many subjects.
        subjects: u64,
    }
}

record! {
    /// Whether quotas can be kept.
    pub struct Feasibility {
        /// 年份 · Over which year.
        year: u32,
        /// 每日走访次数 · How many visits a person makes a day.
        visits_a_day: u32,
        /// 能否全部履行 · Whether all of them can be kept.
        feasible: bool,
        /// 各规则 · Rule by rule.
        rules: Vec<RuleFeasible>,
        /// 矛盾核 · Minimal sets that cannot hold together.
        cores: Vec<Core>,
    }
}

/// Whether the quotas of a year can be kept; without a roster, only what follows from the policy:
/// a liaison for each of the fewest households that it asks for.
///
/// ```
/// use wuzhang::{analyse::feasibility::{feasibility, VISITS_A_DAY}, Policy, Roster};
/// let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
/// let found = feasibility(&Policy::preset("dayi-2014").unwrap(), Some(&roster), 2014, VISITS_A_DAY);
/// assert!(found.feasible && found.rules.iter().all(|rule| rule.impossible == 0));
/// ```
pub fn feasibility(policy: &Policy, roster: Option<&Roster>, year: u32, visits_a_day: u32) -> Feasibility {
    let mut found = Feasibility { year, visits_a_day, feasible: true, rules: Vec::new(), cores: Vec::new() };
    found.cores = of_policy(policy, year, visits_a_day);
    if let Some(roster) = roster {
        of_roster(policy, roster, &mut found);
    }
    found.feasible = found.cores.is_empty() && found.rules.iter().all(|rule| rule.impossible == 0);
    found
}

/// The liaisons that a rule asks for at least, times the visits that another asks for each.
fn of_policy(policy: &Policy, year: u32, a_day: u32) -> Vec<Core> {
    let rules = &policy.rules;
    let pairs = [
        (RuleId::LiaisonTown, &rules.liaison_town, RuleId::VisitTown, &rules.visit_town),
        (RuleId::LiaisonVillage, &rules.liaison_village, RuleId::VisitVillage, &rules.visit_village),
        (RuleId::LiaisonGroup, &rules.liaison_group, RuleId::VisitGroup, &rules.visit_group),
        (RuleId::LiaisonCountyLeader, &rules.liaison_county_leader, RuleId::VisitCountyLeader, &rules.visit_county_leader),
    ];
    let mut cores = Vec::new();
    for (liaison, linked, visit, quota) in pairs {
        let (Some(linked), Some(quota)) = (linked, quota) else { continue };
        let each = matches!(quota.params.reading, Reading::EveryLinked | Reading::PerVillage);
        let links = if each { linked.params.at_least.unwrap_or(1) } else { 1 };
        let required = u64::from(links).saturating_mul(u64::from(quota.params.at_least));
        let worst = periods(quota.params.period, year)
            .map(|period| (worked(policy, period), period))
            .filter(|(days, _)| *days > 0)
            .min_by_key(|(days, _)| *days);
        let Some((days, period)) = worst else { continue };
        let a_target = u64::from(days).min(u64::from(quota.params.at_least)).saturating_mul(u64::from(links));
        let possible = u64::from(days).saturating_mul(u64::from(a_day)).min(a_target);
        if each && required > possible {
            let mut because = Vec::new();
            if a_target >= required {
                because.push(Because::VisitsADay);
            }
            let calendar = u64::try_from(length(period)).unwrap_or(0);
            if calendar.saturating_mul(u64::from(a_day)) >= required && calendar >= u64::from(quota.params.at_least) {
                because.push(Because::WorkingDays);
            }
            cores.push(Core { rules: vec![liaison, visit], subject: None, period, targets: Vec::new(), required, possible, because });
        }
    }
    cores
}

fn length(period: Period) -> i32 {
    period.first().days_until(period.last()).saturating_add(1)
}

/// The periods of a kind that lie wholly in a year.
fn periods(kind: PeriodKind, year: u32) -> impl Iterator<Item = Period> {
    let first = Date::from_ymd(i32::try_from(year).unwrap_or(i32::MAX), 1, 1).unwrap_or(Date::MAX);
    let year = Period::containing(PeriodKind::Year, first);
    let mut next = Some(Period::containing(kind, first));
    std::iter::from_fn(move || {
        let period = next?;
        let after = period.next();
        next = (after != period && after.first() <= year.last()).then_some(after);
        Some(period)
    })
    .filter(move |period| period.first() >= year.first() && period.last() <= year.last())
}

fn days(period: Period) -> impl Iterator<Item = Date> {
    let mut next = Some(period.first());
    std::iter::from_fn(move || {
        let day = next?;
        next = (day < period.last()).then(|| day.add_days(1));
        Some(day)
    })
}

fn worked(policy: &Policy, period: Period) -> u32 {
    let count = days(period).filter(|day| policy.calendar.is_working_day(*day)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Goes through the roster subject by subject, so that a county's rows never stand in memory at once.
fn of_roster(policy: &Policy, roster: &Roster, found: &mut Feasibility) {
    let Some(first) = i32::try_from(found.year).ok().and_then(|year| Date::from_ymd(year, 1, 1)) else { return };
    let last = Period::containing(PeriodKind::Year, first).last();
    let book = Book::with_chaining(policy.clone(), roster.clone(), Chaining::Off);
    let as_of = Instant::from_local(first, 0, policy.offset);
    let subjects = roster.people().map(SubjectIx::Person).chain(roster.units().map(SubjectIx::Unit));
    let mut sums: BTreeMap<RuleId, RuleFeasible> = BTreeMap::new();
    let mut cores: BTreeMap<RuleId, Vec<Core>> = BTreeMap::new();
    for subject in subjects.filter(|subject| !roster.liaisons_of(*subject).is_empty()) {
        let filter = Filter { rule: Some("visit.*".into()), subject: AnyId::new(roster.subject_id(subject)), state: None };
        let mut rows = book.duties(first, last, as_of, &filter);
        rows.retain(|duty| duty.state != DutyState::Excused && duty.period.0.is_some_and(|period| period.first() >= first));
        rows.sort_by_key(|row| (row.rule, row.period.0));
        let mut short: BTreeMap<RuleId, u64> = BTreeMap::new();
        for quota in rows.chunk_by(|a, b| a.rule == b.rule && a.period == b.period) {
            let Some((rule, period)) = quota.first().and_then(|duty| Some((duty.rule, duty.period.0?))) else { continue };
            let sum = sums.entry(rule).or_insert(RuleFeasible { rule, owed: 0, impossible: 0, subjects: 0 });
            sum.owed = sum.owed.saturating_add(1);
            let ask = Ask { policy, roster, subject, period, a_day: found.visits_a_day };
            if !ask.fits(quota, Relaxed::default()) {
                let count = short.entry(rule).or_default();
                *count = count.saturating_add(1);
                let cores = cores.entry(rule).or_default();
                if *count == 1 && cores.len() < CORES {
                    cores.push(ask.core(rule, quota));
                }
            }
        }
        for (rule, count) in short {
            if let Some(sum) = sums.get_mut(&rule) {
                sum.impossible = sum.impossible.saturating_add(count);
                sum.subjects = sum.subjects.saturating_add(1);
            }
        }
    }
    found.rules = sums.into_values().collect();
    found.cores.extend(cores.into_values().flatten());
}

/// What is left out of account, to see whether it matters.
#[derive(Clone, Copy, Default)]
struct Relaxed {
    a_day: bool,
    rest: bool,
    leave: bool,
    liaisons: bool,
}

/// A subject in a period.
struct Ask<'a> {
    policy: &'a Policy,
    roster: &'a Roster,
    subject: SubjectIx,
    period: Period,
    a_day: u32,
}

impl Ask<'_> {
    /// How many visits can be made on a day.
    fn room(&self, day: Date, relaxed: Relaxed) -> u64 {
        if !relaxed.rest && !self.policy.calendar.is_working_day(day) {
            return 0;
        }
        let away = |person| !relaxed.leave && self.roster.on_leave(person, day);
        let people = match self.subject {
            SubjectIx::Person(person) => usize::from(!away(person)),
            SubjectIx::Unit(unit) => self
                .roster
                .people_of(unit, day)
                .into_iter()
                .filter(|person| self.roster.person_on(*person, day).is_some_and(|row| row.level.is_some()))
                .filter(|person| !away(*person))
                .count(),
        };
        let people = u64::try_from(people).unwrap_or(u64::MAX);
        if relaxed.a_day {
            people.saturating_mul(u64::from(u32::MAX))
        } else {
            people.saturating_mul(u64::from(self.a_day))
        }
    }

    fn linked(&self, target: TargetIx, day: Date, relaxed: Relaxed) -> bool {
        relaxed.liaisons || self.policy.rules.visit_liaised.is_none() || self.roster.is_liaised(self.subject, target, day)
    }

    /// Whether the quota can be kept.
    fn fits(&self, quota: &[Duty], relaxed: Relaxed) -> bool {
        self.possible(quota, relaxed) >= required(quota)
    }

    /// How many of the visits asked for can be made.
    fn possible(&self, quota: &[Duty], relaxed: Relaxed) -> u64 {
        let rooms: Vec<(Date, u64)> =
            days(self.period).map(|day| (day, self.room(day, relaxed))).filter(|(_, room)| *room > 0).collect();
        if let [one] = quota {
            if one.object.0.is_none() {
                return self.any(one, &rooms, relaxed);
            }
        }
        let wants: Vec<(TargetIx, u32)> = quota
            .iter()
            .filter_map(|duty| Some((self.roster.target(duty.object.0.as_ref()?.as_str())?, duty.required)))
            .collect();
        self.every(&wants, &rooms, relaxed)
    }

    /// So many visits to any of those linked: each day, each of them once.
    fn any(&self, duty: &Duty, rooms: &[(Date, u64)], relaxed: Relaxed) -> u64 {
        let mut targets: Vec<TargetIx> = self.roster.liaisons_of(self.subject).iter().map(|liaison| liaison.target).collect();
        targets.dedup();
        let mut sum = 0u64;
        for (day, room) in rooms {
            let linked = targets.iter().filter(|target| self.linked(**target, *day, relaxed)).count();
            sum = sum.saturating_add(u64::try_from(linked).unwrap_or(u64::MAX).min(*room));
            // More than is asked for need not be counted.
            if sum >= u64::from(duty.required) {
                return u64::from(duty.required);
            }
        }
        sum
    }

    /// So many visits to each: a matching of households and days, found by augmenting paths.
    fn every(&self, wants: &[(TargetIx, u32)], rooms: &[(Date, u64)], relaxed: Relaxed) -> u64 {
        let mut matching = Matching {
            allowed: wants
                .iter()
                .map(|(target, _)| rooms.iter().map(|(day, _)| self.linked(*target, *day, relaxed)).collect())
                .collect(),
            room: rooms.iter().map(|(_, room)| *room).collect(),
            given: vec![Vec::new(); rooms.len()],
        };
        let mut made = 0u64;
        for (target, (_, count)) in wants.iter().enumerate() {
            for _ in 0..*count {
                let mut seen = vec![false; rooms.len()];
                if !matching.place(target, &mut seen) {
                    break;
                }
                made = made.saturating_add(1);
            }
        }
        made
    }

    /// What cannot be made smaller: targets are taken away as long as it still fails, and of the
    /// circumstances those are named without any one of which it would not fail.
    fn core(&self, rule: RuleId, quota: &[Duty]) -> Core {
        let mut left: Vec<Duty> = quota.to_vec();
        let mut at = 0usize;
        while at < left.len() && left.len() > 1 {
            let mut fewer = left.clone();
            fewer.remove(at);
            if self.fits(&fewer, Relaxed::default()) {
                at = at.saturating_add(1);
            } else {
                left = fewer;
            }
        }
        let circumstances = [
            (Because::VisitsADay, Relaxed { a_day: true, ..Relaxed::default() }),
            (Because::WorkingDays, Relaxed { rest: true, ..Relaxed::default() }),
            (Because::Leave, Relaxed { leave: true, ..Relaxed::default() }),
            (Because::Liaisons, Relaxed { liaisons: true, ..Relaxed::default() }),
        ];
        let because = circumstances.into_iter().filter(|(_, relaxed)| self.fits(&left, *relaxed)).map(|(name, _)| name).collect();
        Core {
            rules: vec![rule],
            subject: AnyId::new(self.roster.subject_id(self.subject)),
            period: self.period,
            required: required(&left),
            possible: self.possible(&left, Relaxed::default()),
            targets: left.into_iter().filter_map(|duty| duty.object.0).collect(),
            because,
        }
    }
}

fn required(quota: &[Duty]) -> u64 {
    quota.iter().fold(0u64, |sum, duty| sum.saturating_add(u64::from(duty.required)))
}

/// Days given to targets.
struct Matching {
    /// By target and day: whether the target may be visited then.
    allowed: Vec<Vec<bool>>,
    /// By day: how many visits it holds.
    room: Vec<u64>,
    /// By day: which targets it was given to.
    given: Vec<Vec<usize>>,
}

impl Matching {
    /// Finds a day for one more visit to a target, moving others where that makes room.
    fn place(&mut self, target: usize, seen: &mut Vec<bool>) -> bool {
        for day in 0..self.room.len() {
            let allowed = self.allowed.get(target).and_then(|days| days.get(day)).copied().unwrap_or(false);
            let (Some(given), Some(room)) = (self.given.get(day), self.room.get(day)) else { continue };
            if !allowed || given.contains(&target) || seen.get(day).copied().unwrap_or(true) {
                continue;
            }
            if let Some(seen) = seen.get_mut(day) {
                *seen = true;
            }
            let full = u64::try_from(given.len()).unwrap_or(u64::MAX) >= *room;
            let moved = if full {
                let others = given.clone();
                others.into_iter().find(|other| self.place(*other, seen))
            } else {
                None
            };
            if full && moved.is_none() {
                continue;
            }
            if let Some(given) = self.given.get_mut(day) {
                if let Some(moved) = moved {
                    given.retain(|other| *other != moved);
                }
                given.push(target);
            }
            return true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(allowed: &[&[u8]], room: &[u64], wants: &[u32]) -> u64 {
        let mut matching = Matching {
            allowed: allowed.iter().map(|days| days.iter().map(|day| *day == 1).collect()).collect(),
            room: room.to_vec(),
            given: vec![Vec::new(); room.len()],
        };
        let mut made = 0;
        for (target, count) in wants.iter().enumerate() {
            for _ in 0..*count {
                if !matching.place(target, &mut vec![false; room.len()]) {
                    break;
                }
                made += 1;
            }
        }
        made
    }

    /// Every way of giving days to targets, for small numbers.
    fn most(allowed: &[&[u8]], room: &[u64], wants: &[u32]) -> u64 {
        fn go(target: usize, allowed: &[&[u8]], room: &mut Vec<u64>, wants: &[u32]) -> u64 {
            let Some(days) = allowed.get(target) else { return 0 };
            let mut best = 0;
            for mask in 0u32..(1 << days.len()) {
                let chosen: Vec<usize> = (0..days.len()).filter(|day| mask & (1 << day) != 0).collect();
                if chosen.len() > wants[target] as usize || chosen.iter().any(|day| days[*day] == 0 || room[*day] == 0) {
                    continue;
                }
                chosen.iter().for_each(|day| room[*day] -= 1);
                best = best.max(chosen.len() as u64 + go(target + 1, allowed, room, wants));
                chosen.iter().for_each(|day| room[*day] += 1);
            }
            best
        }
        go(0, allowed, &mut room.to_vec(), wants)
    }

    #[test]
    fn the_matching_finds_as_many_as_every_way_tried() {
        let mut seed = 7u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) % most
        };
        for _ in 0..300 {
            let days = 1 + next(4) as usize;
            let allowed: Vec<Vec<u8>> = (0..1 + next(4)).map(|_| (0..days).map(|_| next(2) as u8).collect()).collect();
            let allowed: Vec<&[u8]> = allowed.iter().map(Vec::as_slice).collect();
            let room: Vec<u64> = (0..days).map(|_| next(3)).collect();
            let wants: Vec<u32> = allowed.iter().map(|_| 1 + next(2) as u32).collect();
            assert_eq!(made(&allowed, &room, &wants), most(&allowed, &room, &wants), "{allowed:?} {room:?} {wants:?}");
        }
    }
}
