//! The clauses that can be read in more than one way, and what hangs on the reading: on a history
//! the duties that would stand otherwise, with a roster what would be owed, and always the rule in
//! words.

use std::collections::BTreeMap;

use crate::book::{Book, Chaining};
use crate::calendar::{Date, Instant, Period, PeriodKind};
use crate::duty::{Duty, DutyState, Filter};
use crate::engine::Engine;
use crate::explain::explain_rule;
use crate::ids::AnyId;
use crate::limits::DOCUMENT_POLICY;
use crate::policy::{Policy, Reading, RuleId, Source, Wording};
use crate::roster::Roster;
use crate::shape::{parse, record, Node, Text};
use crate::vocab::UnitKind;

use super::delay::{self, Question, Until};

/// How many rows that differ are shown; the others are counted.
const SHOWN: usize = 20;

record! {
    /// What comes of one reading.
    pub struct ReadingFigures {
        /// 读法 · The reading.
        reading: Text,
        /// 本规则所取 · Whether the policy takes it.
        chosen: bool,
        /// 应履行 · How many duties are owed.
        owed: Option<u64>,
        /// 应有次数 · How many visits they ask for together.
        visits: Option<u64>,
        /// 已履行 · Of them met.
        met: Option<u64>,
        /// 未履行 · Missed.
        missed: Option<u64>,
        /// 免除 · Excused.
        excused: Option<u64>,
        /// 自登记至议定的最长天数 · The longest wait for that tier's decision, in days.
        longest: Option<u32>,
        /// 符合的单位 · The units whose meetings fit it.
        units: Option<u64>,
    }
}

record! {
    /// Somebody to whom the reading matters.
    pub struct Differs {
        /// 责任主体 · Who owes it.
        subject: AnyId,
        /// 期间 · For which period.
        period: Option<Period>,
        /// 所取读法下 · How it stands in the policy's reading.
        chosen: DutyState,
        /// 另一读法下 · How it stands, at worst, in the other.
        other: DutyState,
    }
}

record! {
    /// A clause that can be read in more than one way.
    pub struct Ambiguity {
        /// 规则 · The rule.
        rule: RuleId,
        /// 依据 · The article, or what the assumption rests on.
        article: Text,
        /// 说明 · What the readings are.
        message: Wording,
        /// 各读法 · The readings.
        readings: Vec<ReadingFigures>,
        /// 因读法而异的职责数 · How many duties of the policy's reading stand otherwise in the other.
        differing: Option<u64>,
        /// 举例 · The first of them.
        examples: Vec<Differs>,
    }
}

/// The history that readings are held against: nothing, a roster, or a book.
#[derive(Clone, Copy)]
pub enum History<'a> {
    /// Only the policy is known.
    None,
    /// A roster, for what would be owed in the year.
    Roster(&'a Roster),
    /// What happened.
    Book(&'a Book),
}

/// Every clause with several readings, and what differs between them.
///
/// ```
/// use wuzhang::{analyse::ambiguity::{ambiguities, History}, policy::RuleId, Policy, Roster};
/// let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
/// let found = ambiguities(&Policy::preset("dayi-2014").unwrap(), History::Roster(&roster), 2014);
/// let village = found.iter().find(|found| found.rule == RuleId::VisitVillage).unwrap();
/// // One household for one cadre: both readings ask for the same.
/// assert_eq!(village.readings[0].visits, village.readings[1].visits);
/// ```
pub fn ambiguities(policy: &Policy, history: History<'_>, year: u32) -> Vec<Ambiguity> {
    let rules = &policy.rules;
    let quotas = [
        (RuleId::VisitCountyLeader, rules.visit_county_leader.as_ref()),
        (RuleId::VisitDepartment, rules.visit_department.as_ref()),
        (RuleId::VisitTown, rules.visit_town.as_ref()),
        (RuleId::VisitVillage, rules.visit_village.as_ref()),
        (RuleId::VisitGroup, rules.visit_group.as_ref()),
    ];
    let mut found: Vec<Ambiguity> = quotas
        .into_iter()
        .filter_map(|(rule, quota)| of_quota(policy, rule, quota?.params.reading, history, year))
        .collect();
    let meetings = [
        (RuleId::MeetingVillage, rules.meeting_village.as_ref(), UnitKind::Village),
        (RuleId::MeetingTown, rules.meeting_town.as_ref(), UnitKind::Town),
        (RuleId::MeetingDepartment, rules.meeting_department.as_ref(), UnitKind::Department),
        (RuleId::MeetingCounty, rules.meeting_county.as_ref(), UnitKind::County),
    ];
    for (rule, cadence, kind) in meetings {
        if let Some(cadence) = cadence {
            found.extend(of_meetings(policy, rule, cadence.params.period, kind, history, year));
        }
    }
    found
}

/// The other reading of the same words.
fn other(reading: Reading) -> Reading {
    match reading {
        Reading::AnyLinked => Reading::EveryLinked,
        Reading::EveryLinked => Reading::AnyLinked,
        Reading::PerDepartment => Reading::PerVillage,
        Reading::PerVillage => Reading::PerDepartment,
    }
}

fn article(policy: &Policy, rule: RuleId) -> Text {
    match policy.rules.header(rule) {
        Some((_, Source::Text(text) | Source::Law(text) | Source::Assumed(text))) => Text::clipped(text),
        None => Text::clipped(""),
    }
}

fn of_quota(policy: &Policy, rule: RuleId, chosen: Reading, history: History<'_>, year: u32) -> Option<Ambiguity> {
    let otherwise = with_reading(policy, rule, other(chosen))?;
    let title = explain_rule(rule).title;
    let mut ambiguity = Ambiguity {
        rule,
        article: article(policy, rule),
        message: Wording {
            zh: Text::clipped(&format!("“{}”:每期对所联系者中任一,还是对其每一?", title.0)),
            en: Text::clipped(&format!("{}: so many in each period to any of those linked, or to every one of them?", title.1)),
        },
        readings: Vec::new(),
        differing: None,
        examples: Vec::new(),
    };
    let own = duties(policy, rule, history, year);
    let others = duties(&otherwise, rule, history, year);
    let happened = matches!(history, History::Book(_));
    for (reading, rows, chosen) in [(chosen, &own, true), (other(chosen), &others, false)] {
        let count = |state: DutyState| {
            let count = rows.iter().filter(|row| row.state == state).count();
            happened.then(|| u64::try_from(count).unwrap_or(u64::MAX))
        };
        let known = !matches!(history, History::None);
        ambiguity.readings.push(ReadingFigures {
            reading: Text::clipped(reading.word()),
            chosen,
            owed: known.then(|| u64::try_from(rows.len()).unwrap_or(u64::MAX)),
            visits: known.then(|| rows.iter().fold(0u64, |sum, row| sum.saturating_add(u64::from(row.required)))),
            met: count(DutyState::Met),
            missed: count(DutyState::Missed),
            excused: count(DutyState::Excused),
            longest: None,
            units: None,
        });
    }
    if happened {
        let (differing, examples) = differing(&own, &others);
        ambiguity.differing = Some(differing);
        ambiguity.examples = examples;
    }
    Some(ambiguity)
}

/// The policy with one quota read otherwise.
fn with_reading(policy: &Policy, rule: RuleId, reading: Reading) -> Option<Policy> {
    let mut document = parse(policy.document().as_bytes(), DOCUMENT_POLICY).ok()?;
    *document.pointer_mut(&format!("/rules/{}/reading", rule.word()))? = Node::Text(reading.word().into());
    Policy::read(document.canonical().as_bytes()).ok()
}

/// The rows of a quota: of what happened, or of an empty year of the roster.
fn duties(policy: &Policy, rule: RuleId, history: History<'_>, year: u32) -> Vec<Duty> {
    let filter = Filter { rule: Some(rule.word().into()), ..Filter::default() };
    match history {
        History::None => Vec::new(),
        History::Roster(roster) => {
            let Some(first) = i32::try_from(year).ok().and_then(|year| Date::from_ymd(year, 1, 1)) else { return Vec::new() };
            let book = Book::with_chaining(policy.clone(), roster.clone(), Chaining::Off);
            let last = Period::containing(PeriodKind::Year, first).last();
            book.duties(first, last, Instant::from_local(first, 0, policy.offset), &filter)
        }
        History::Book(book) => {
            let Some(last) = book.last_at() else { return Vec::new() };
            let engine = Engine::new(policy.clone(), book.roster().clone());
            book.duties_by(&engine, policy.effective_from, policy.local_day(last), last, &filter)
        }
    }
}

/// By subject and period, the worst state in either reading, and where the two differ.
fn differing(own: &[Duty], others: &[Duty]) -> (u64, Vec<Differs>) {
    let worst = |rows: &[Duty]| {
        let mut worst: BTreeMap<(AnyId, Option<Period>), DutyState> = BTreeMap::new();
        for row in rows {
            let state = worst.entry((row.subject.clone(), row.period.0)).or_insert(row.state);
            if rank(row.state) > rank(*state) {
                *state = row.state;
            }
        }
        worst
    };
    let others = worst(others);
    let (mut count, mut examples) = (0u64, Vec::new());
    for ((subject, period), chosen) in worst(own) {
        let Some(other) = others.get(&(subject.clone(), period)).copied() else { continue };
        if chosen != other {
            count = count.saturating_add(1);
            if examples.len() < SHOWN {
                examples.push(Differs { subject, period, chosen, other });
            }
        }
    }
    (count, examples)
}

/// The worse, the higher.
fn rank(state: DutyState) -> u8 {
    match state {
        DutyState::Excused => 0,
        DutyState::Met => 1,
        DutyState::Late => 2,
        DutyState::Pending => 3,
        DutyState::Missed => 4,
    }
}

fn of_meetings(
    policy: &Policy,
    rule: RuleId,
    period: PeriodKind,
    tier: UnitKind,
    history: History<'_>,
    year: u32,
) -> Option<Ambiguity> {
    let title = explain_rule(rule).title;
    let waits = delay::longest(policy, year, true).ok()?;
    let units = match history {
        History::Book(book) => Some(regular(book, tier, period)),
        _ => None,
    };
    let readings = delay::MeetingReading::ALL
        .iter()
        .map(|reading| {
            let question = Question { tier, to: Until::Decided, reading: *reading, prompt: true };
            let row = waits.iter().find(|row| row.tier == question.tier && row.to == question.to && row.reading == *reading);
            ReadingFigures {
                reading: Text::clipped(reading.word()),
                // The rule as it is written takes any day of the period.
                chosen: *reading == delay::MeetingReading::AnyDay,
                owed: None,
                visits: None,
                met: None,
                missed: None,
                excused: None,
                longest: row.and_then(|row| row.days),
                units: units.map(|(all, fixed)| if *reading == delay::MeetingReading::AnyDay { all } else { fixed }),
            }
        })
        .collect();
    Some(Ambiguity {
        rule,
        article: article(policy, rule),
        message: Wording {
            zh: Text::clipped(&format!("“{}”:每期固定一天,还是期内任何一天?", title.0)),
            en: Text::clipped(&format!("{}: on a fixed day of each period, or on any day of it?", title.1)),
        },
        readings,
        differing: units.map(|(all, fixed)| all.saturating_sub(fixed)),
        examples: Vec::new(),
    })
}

/// How many units of a tier have met in two periods or more, and how many of them always on the
/// same day of the period.
fn regular(book: &Book, tier: UnitKind, period: PeriodKind) -> (u64, u64) {
    let roster = book.roster();
    let (mut all, mut fixed) = (0u64, 0u64);
    for unit in roster.units() {
        if roster.unit_rows(unit).last().map(|row| row.kind) != Some(tier) {
            continue;
        }
        let held = book.tables.meetings_of(roster.unit_id(unit));
        let mut periods: Vec<Period> = held.iter().map(|meeting| Period::containing(period, meeting.held_on)).collect();
        periods.sort_unstable();
        periods.dedup();
        if periods.len() < 2 {
            continue;
        }
        all = all.saturating_add(1);
        let mut offsets: Vec<i32> = held
            .iter()
            .map(|meeting| Period::containing(period, meeting.held_on).first().days_until(meeting.held_on))
            .collect();
        offsets.sort_unstable();
        offsets.dedup();
        fixed = fixed.saturating_add(u64::from(offsets.len() == 1));
    }
    (all, fixed)
}
