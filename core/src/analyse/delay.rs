//! The longest that a household may wait although everybody keeps every limit.
//!
//! Every duty is done on its last day, and the days that are anybody's choice fall as badly as
//! they lawfully can: the period's consolidation and meeting have just been held when the case
//! comes. The last days are those of the duties themselves; this file only chooses among them.
//!
//! A later day never leads to an earlier end, so the worst choice at each step is the last one, and
//! only the start is searched: every day of a year.
//!
//! What has no last day has no longest wait; then the rule that would set one is named.

use crate::calendar::{Date, Due, Instant, Limit, Period, PeriodKind};
use crate::duty::{cadence, consolidation_due, decision_due};
use crate::finding::Finding;
use crate::judge::Judge;
use crate::policy::{Policy, RuleId};
use crate::shape::{choices, record};
use crate::steps::deliberate::{latest_plan, next_up};
use crate::steps::open::stream_of;
use crate::vocab::{Stage, UnitKind};

use super::world::{World, KINDS};

choices! {
    /// Until when the household waits.
    pub enum Until {
        /// Until that tier's meeting decides.
        Decided = "decided",
        /// Until the case, planned by that tier, is closed.
        Closed = "closed",
    }
}

choices! {
    /// How "one meeting a month" (a quarter) is read.
    pub enum MeetingReading {
        /// On a fixed day, the same in every period.
        FixedDay = "fixed_day",
        /// On any day of the period.
        AnyDay = "any_day",
    }
}

choices! {
    /// What happens on the way.
    pub enum Event {
        /// The need is noted.
        Noted = "noted",
        /// It is on a card.
        Registered = "registered",
        /// The period's consolidation was held, before the card was there.
        ConsolidatedBefore = "consolidated_before",
        /// It comes onto the ledger.
        Consolidated = "consolidated",
        /// The period's meeting was held, before the case was there.
        MetBefore = "met_before",
        /// The meeting decides.
        Decided = "decided",
        /// The meeting is entered.
        Entered = "entered",
        /// It is reported up.
        Reported = "reported",
        /// More time ends.
        Extended = "extended",
        /// It is settled.
        Settled = "settled",
        /// The settlement is accepted.
        Accepted = "accepted",
        /// The result is posted.
        Published = "published",
        /// The household has answered.
        Rated = "rated",
        /// It is closed.
        Closed = "closed",
    }
}

record! {
    /// One day on the way.
    #[derive(Copy)]
    pub struct Day {
        /// 日期 · When.
        on: Date,
        /// 何事 · What happens.
        what: Event,
        /// 单位类别 · At which tier.
        tier: Option<UnitKind>,
        /// 规则 · The rule that allows so much time.
        rule: Option<RuleId>,
    }
}

record! {
    /// The longest wait for one question.
    pub struct Delay {
        /// 由哪一级议定 · Which tier decides.
        tier: UnitKind,
        /// 等到何时 · Until when.
        to: Until,
        /// 会期读法 · How the meeting's cadence is read.
        reading: MeetingReading,
        /// 起始年份 · In which year the need is noted.
        year: u32,
        /// 只计会议和汇总 · Everything but meetings and consolidations is done at once.
        prompt: Option<bool>,
        /// 天数;缺省为没有上限 · How many days; left out where there is no longest.
        days: Option<u32>,
        /// 没有上限的原因 · The rule that is off, or sets no last day.
        unbounded_by: Option<RuleId>,
        /// 暂定 · Computed beyond the last known holiday notice.
        provisional: Option<bool>,
        /// 例证 · The days on the way.
        witness: Vec<Day>,
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Which tier decides.
    pub tier: UnitKind,
    /// Until when.
    pub to: Until,
    /// How the cadence of meetings is read.
    pub reading: MeetingReading,
    /// Whether only meetings and consolidations take time.
    pub prompt: bool,
}

/// The longest waits of a year: for each tier to its decision and to closing, in both readings.
///
/// # Errors
/// What is wrong with the small county, for a policy under which none can stand.
///
/// ```
/// use wuzhang::{analyse::delay::{longest, MeetingReading, Until}, vocab::UnitKind, Policy};
/// let rows = longest(&Policy::preset("dayi-2014").unwrap(), 2024, true).unwrap();
/// let row = |reading| rows.iter().find(|row| row.tier == UnitKind::Village && row.to == Until::Decided && row.reading == reading);
/// // Heard just after a Friday's consolidation, and again just after the month's meeting.
/// assert!(row(MeetingReading::AnyDay).unwrap().days > row(MeetingReading::FixedDay).unwrap().days);
/// ```
pub fn longest(policy: &Policy, year: u32, prompt: bool) -> Result<Vec<Delay>, Vec<Finding>> {
    let routes = Routes::new(policy)?;
    let mut rows = Vec::new();
    for tier in KINDS {
        for to in Until::ALL {
            for reading in MeetingReading::ALL {
                let question = Question { tier, to: *to, reading: *reading, prompt };
                rows.extend(of_year(policy, &routes, question, year));
            }
        }
    }
    Ok(rows)
}

/// The longest wait for a need noted on one day.
///
/// # Errors
/// As [`longest`].
pub fn longest_from(policy: &Policy, question: Question, noted: Date) -> Result<Option<Delay>, Vec<Finding>> {
    let routes = Routes::new(policy)?;
    Ok(of_day(policy, &routes, question, noted))
}

/// The ways of a case to each tier: through which ledgers.
struct Routes {
    ways: Vec<Vec<UnitKind>>,
}

impl Routes {
    /// The ways that the policy's own route gives in the small county.
    fn new(policy: &Policy) -> Result<Routes, Vec<Finding>> {
        let world = World::new(policy)?;
        let mut ways = Vec::new();
        let Some(anybody) = world.people.first() else { return Ok(Routes { ways }) };
        let judge = Judge::new(policy, &world.roster, world.start, anybody);
        for first in first_ledgers(policy) {
            let mut way = vec![first];
            let mut at = first;
            while let Some(above) = world.roster.unit(at.word()).and_then(|unit| next_up(&judge, unit)) {
                let Some(kind) = UnitKind::from_word(world.roster.unit_id(above).as_str()) else { break };
                if way.contains(&kind) {
                    break;
                }
                way.push(kind);
                at = kind;
            }
            ways.push(way);
        }
        Ok(Routes { ways })
    }

    /// Every way that ends with a tier's decision.
    fn to(&self, tier: UnitKind) -> impl Iterator<Item = &[UnitKind]> {
        self.ways.iter().filter_map(move |way| {
            let place = way.iter().position(|kind| *kind == tier)?;
            way.get(..=place)
        })
    }
}

/// On whose ledger a case may first stand.
fn first_ledgers(policy: &Policy) -> Vec<UnitKind> {
    match &policy.rules.ledger_tier {
        Some(rule) => {
            let first = &rule.params.first;
            let all = [first.county_leader, first.county, first.department, first.town, first.village, first.group, first.station];
            KINDS.into_iter().filter(|kind| all.contains(kind)).collect()
        }
        None => KINDS.to_vec(),
    }
}

/// The worst of all start days of a year; what has no bound has none on any day.
fn of_year(policy: &Policy, routes: &Routes, question: Question, year: u32) -> Option<Delay> {
    let first = Date::from_ymd(i32::try_from(year).ok()?, 1, 1)?;
    let year = Period::containing(PeriodKind::Year, first);
    let mut worst: Option<Delay> = None;
    let mut day = first;
    while year.contains(day) {
        let found = of_day(policy, routes, question, day)?;
        if found.days.is_none() {
            return Some(found);
        }
        if worst.as_ref().is_none_or(|worst| found.days > worst.days) {
            worst = Some(found);
        }
        let next = day.add_days(1);
        if next == day {
            break;
        }
        day = next;
    }
    worst
}

/// The worst of all ways for one start day.
fn of_day(policy: &Policy, routes: &Routes, question: Question, noted: Date) -> Option<Delay> {
    let mut worst: Option<Delay> = None;
    for way in routes.to(question.tier) {
        let mut walk = Walk { policy, question, days: Vec::new(), provisional: false };
        let unbounded_by = walk.go(way, noted).err();
        let days = walk.days.last().and_then(|last| u32::try_from(noted.days_until(last.on)).ok());
        let found = Delay {
            tier: question.tier,
            to: question.to,
            reading: question.reading,
            year: u32::try_from(noted.year()).ok()?,
            prompt: question.prompt.then_some(true),
            days: days.filter(|_| unbounded_by.is_none()),
            unbounded_by,
            provisional: walk.provisional.then_some(true),
            witness: walk.days,
        };
        if found.days.is_none() {
            return Some(found);
        }
        if worst.as_ref().is_none_or(|worst| found.days > worst.days) {
            worst = Some(found);
        }
    }
    worst
}

struct Walk<'a> {
    policy: &'a Policy,
    question: Question,
    days: Vec<Day>,
    provisional: bool,
}

/// The last day of a step, or the rule that sets none.
type Last = Result<Date, RuleId>;

impl Walk<'_> {
    fn note(&mut self, on: Date, what: Event, tier: Option<UnitKind>, rule: Option<RuleId>) {
        self.days.push(Day { on, what, tier, rule });
    }

    fn due(&mut self, due: Due) -> Date {
        self.provisional |= due.provisional;
        due.date
    }

    /// The last day of a limit that runs from the end of a day on.
    fn limit(&mut self, from: Date, limit: Limit) -> Date {
        let due = self.policy.due(Instant::from_local(from, 1439, self.policy.offset), limit);
        self.due(due)
    }

    /// What is done within a limit: at once, where only meetings and consolidations count.
    fn within(&mut self, from: Date, limit: Option<Limit>, rule: RuleId, what: Event, tier: Option<UnitKind>) -> Last {
        if self.question.prompt {
            self.note(from, what, tier, None);
            return Ok(from);
        }
        let limit = limit.ok_or(rule)?;
        let day = self.limit(from, limit);
        self.note(day, what, tier, Some(rule));
        Ok(day)
    }

    fn go(&mut self, way: &[UnitKind], noted: Date) -> Result<(), RuleId> {
        let rules = &self.policy.rules;
        self.note(noted, Event::Noted, None, None);
        let limit = rules.register_within.as_ref().map(|rule| rule.params.limit);
        let registered = self.within(noted, limit, RuleId::RegisterWithin, Event::Registered, None)?;
        let mut ledgered = match way.first() {
            Some(first) => self.consolidated(*first, registered)?,
            None => registered,
        };
        let mut left = way.iter().copied().peekable();
        while let Some(tier) = left.next() {
            let (held, entered) = self.decided(tier, ledgered)?;
            if left.peek().is_none() {
                if self.question.to == Until::Closed {
                    self.closed(tier, held, entered)?;
                } else if entered > held {
                    // The household waits for the decision, not for its entry.
                    self.days.pop();
                }
                return Ok(());
            }
            let limit = rules.escalate_within.as_ref().map(|rule| rule.params.limit);
            ledgered = self.within(entered, limit, RuleId::EscalateWithin, Event::Reported, Some(tier))?;
        }
        Ok(())
    }

    /// When a card registered on a day comes onto the ledger: that period's consolidation may have
    /// been held already, as soon as its window had opened.
    fn consolidated(&mut self, tier: UnitKind, registered: Date) -> Last {
        let Some((id, _, rule)) = stream_of(&self.policy.rules, tier) else { return Ok(registered) };
        let mut period = Period::containing(rule.params.period, registered);
        // A policy may ask for consolidations in a window that never comes.
        for _ in 0..200 {
            let (last, owed) = consolidation_due(self.policy, &rule.params, period);
            let opens = if rule.params.weekday.is_some() { last } else { period.first() };
            if owed && opens > registered {
                self.provisional |= self.policy.calendar.is_provisional(last);
                self.note(last, Event::Consolidated, Some(tier), Some(id));
                return Ok(last);
            }
            if owed && period.contains(registered) {
                self.note(registered, Event::ConsolidatedBefore, Some(tier), None);
            }
            period = period.next();
        }
        Err(id)
    }

    /// When the meeting is held that decides a case ledgered on a day, and when it is entered.
    fn decided(&mut self, tier: UnitKind, ledgered: Date) -> Result<(Date, Date), RuleId> {
        let rules = &self.policy.rules;
        if rules.meeting_item_by_item.is_none() {
            return Err(RuleId::MeetingItemByItem);
        }
        let off = match tier {
            UnitKind::Village | UnitKind::Group => RuleId::MeetingVillage,
            UnitKind::Town => RuleId::MeetingTown,
            UnitKind::Department => RuleId::MeetingDepartment,
            UnitKind::County => RuleId::MeetingCounty,
        };
        let (id, kind) = cadence(self.policy, tier).ok_or(off)?;
        let held = match self.question.reading {
            MeetingReading::AnyDay => {
                let due = decision_due(self.policy, tier, ledgered, |_| true).ok_or(off)?;
                self.note(ledgered, Event::MetBefore, Some(tier), None);
                self.due(due)
            }
            MeetingReading::FixedDay => {
                let (before, next) = latest_fixed(kind, ledgered);
                self.provisional |= self.policy.calendar.is_provisional(next);
                self.note(before, Event::MetBefore, Some(tier), None);
                next
            }
        };
        self.note(held, Event::Decided, Some(tier), Some(id));
        // What is entered in time counts from the day of the meeting, but limits run from the entry.
        let entered = match &rules.meeting_late_entry {
            Some(rule) if !self.question.prompt => {
                let due = self.policy.due_from_day(held, rule.params.limit);
                self.due(due)
            }
            _ => held,
        };
        if entered > held {
            self.note(entered, Event::Entered, Some(tier), Some(RuleId::MeetingLateEntry));
        }
        Ok((held, entered))
    }

    /// From the decision for a plan to the closing, where the household is content at once.
    fn closed(&mut self, tier: UnitKind, held: Date, entered: Date) -> Result<(), RuleId> {
        let rules = &self.policy.rules;
        let some = Some(tier);
        if self.question.prompt {
            self.note(entered, Event::Closed, some, None);
            return Ok(());
        }
        let cap = rules.plan_cap.as_ref().ok_or(RuleId::PlanCap)?;
        let due = latest_plan(self.policy, &cap.params, tier, held);
        let mut due = self.due(due).max(entered);
        if rules.settle_overdue.is_none() {
            return Err(RuleId::SettleOverdue);
        }
        let more = rules.settle_extension.as_ref().ok_or(RuleId::SettleExtension)?;
        for _ in 0..more.params.times.min(1000) {
            let later = self.policy.due_from_day(due, more.params.limit);
            due = self.due(later);
            self.note(due, Event::Extended, some, Some(RuleId::SettleExtension));
        }
        self.note(due, Event::Settled, some, Some(RuleId::SettleOverdue));
        let accepted = match &rules.settle_review {
            Some(rule) => {
                let limit = Some(rule.params.limit);
                self.within(due, limit, RuleId::SettleReview, Event::Accepted, some)?
            }
            None => due,
        };
        let posts = rules.publish_stages.as_ref().is_some_and(|rule| rule.params.stages.contains(&Stage::Result));
        let published = if posts {
            let limit = rules.publish_within.as_ref().map(|rule| rule.params.limit);
            self.within(accepted, limit, RuleId::PublishWithin, Event::Published, some)?
        } else {
            accepted
        };
        let limit = rules.close_attempts.as_ref().map(|rule| rule.params.limit);
        let rated = self.within(published, limit, RuleId::CloseAttempts, Event::Rated, some)?;
        self.note(rated, Event::Closed, some, None);
        Ok(())
    }
}

/// Of all fixed days of a period, the one whose next meeting after a day comes last: that meeting,
/// and the one before it.
fn latest_fixed(kind: PeriodKind, after: Date) -> (Date, Date) {
    let mut worst = (after, after);
    let mut choice = (0, 1);
    loop {
        let (before, next) = around(kind, choice, after);
        if next > worst.1 {
            worst = (before, next);
        }
        choice = match (kind, choice) {
            (PeriodKind::Week, (_, 7)) | (PeriodKind::HalfMonth, (_, 16)) | (PeriodKind::Month, (_, 31)) => return worst,
            (PeriodKind::Quarter, (2, 31)) | (PeriodKind::Year, (11, 31)) => return worst,
            (_, (month, 31)) => (month.saturating_add(1), 1),
            (_, (month, day)) => (month, day.saturating_add(1)),
        };
    }
}

/// The last meeting up to a day and the first after it, where meetings are held on a fixed day.
fn around(kind: PeriodKind, choice: (u32, u32), day: Date) -> (Date, Date) {
    let period = Period::containing(kind, day);
    let own = fixed(period, choice);
    if own > day {
        let earlier = Period::containing(kind, period.first().add_days(-1));
        (fixed(earlier, choice), own)
    } else {
        (own, fixed(period.next(), choice))
    }
}

/// The day of a period that is the same in each: of a quarter or year, the same day of the same
/// month of it; where the month has no such day, its last.
fn fixed(period: Period, (month, day): (u32, u32)) -> Date {
    let offset = i32::try_from(day.saturating_sub(1)).unwrap_or(0);
    let mut first = period.first();
    for _ in 0..month {
        first = first.month_last().add_days(1);
    }
    let last = match period.kind() {
        PeriodKind::Week | PeriodKind::HalfMonth => period.last(),
        PeriodKind::Month | PeriodKind::Quarter | PeriodKind::Year => first.month_last(),
    };
    first.add_days(offset).min(last)
}
