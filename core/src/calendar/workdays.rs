//! Which days are worked, how limits run over them, and how far the yearly notices reach.

use super::{Date, Due, Instant, Limit, Period, UtcOffset};
use core::fmt;
use std::sync::Arc;

/// Why a day is listed in a calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DayKind {
    /// A day off.
    Holiday,
    /// A rest day moved to work (调休).
    Workday,
}

impl DayKind {
    /// `holiday` or `workday`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            DayKind::Holiday => "holiday",
            DayKind::Workday => "workday",
        }
    }
}

/// Why a calendar could not be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CalendarError {
    /// The id is not 1–64 of `A-Za-z0-9._:-`.
    BadId,
    /// The known years run backwards, leave 1–9999, or are more than [`Calendar::MAX_YEARS`].
    BadYears,
    /// A listed day lies outside the known years.
    OutsideKnownYears(Date),
    /// A day is listed twice.
    ListedTwice(Date),
}

impl CalendarError {
    /// A short machine-readable name: `bad_calendar_id`, `bad_years`, `outside_known_years` or `listed_twice`.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        match self {
            CalendarError::BadId => "bad_calendar_id",
            CalendarError::BadYears => "bad_years",
            CalendarError::OutsideKnownYears(_) => "outside_known_years",
            CalendarError::ListedTwice(_) => "listed_twice",
        }
    }
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CalendarError::BadId => f.write_str("a calendar id is 1 to 64 of A-Z a-z 0-9 . _ : -"),
            CalendarError::BadYears => write!(
                f,
                "the known years run from an earlier to a later year within 1-9999, at most {} of them",
                Calendar::MAX_YEARS
            ),
            CalendarError::OutsideKnownYears(day) => write!(f, "{day} lies outside the calendar's years"),
            CalendarError::ListedTwice(day) => write!(f, "{day} is listed twice"),
        }
    }
}

impl std::error::Error for CalendarError {}

/// Working days: the plain week (Saturday and Sunday off) with the exceptions of the years that have a notice.
///
/// Outside those years only the plain week is known, and every date computed there is provisional. Every question is
/// answered in constant time from tables; a clone shares them.
///
/// ```
/// use wuzhang::calendar::{Calendar, Date, DayKind, Limit};
/// let day = |text| Date::parse(text).unwrap();
/// let days = [(day("2014-10-01"), DayKind::Holiday), (day("2014-10-11"), DayKind::Workday)];
/// let calendar = Calendar::new("sample", (2014, 2014), days).unwrap();
/// assert!(!calendar.is_working_day(day("2014-10-01")));
/// assert!(calendar.is_working_day(day("2014-10-11"))); // a Saturday moved to work
/// assert_eq!(calendar.due(day("2014-09-30"), Limit::WorkingDays(1)).date, day("2014-10-02"));
/// assert!(calendar.due(day("2014-12-30"), Limit::WorkingDays(5)).provisional);
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar(Arc<Tables>);

#[derive(PartialEq, Eq, Debug)]
struct Tables {
    id: Box<str>,
    years: (i32, i32),
    first: Date,
    last: Date,
    /// For each known day, and the day after the last, the working days in the known years before it.
    before: Box<[u32]>,
    /// The known working days in order, as `Date::index`.
    worked: Box<[u32]>,
    /// What was listed, by day.
    listed: Box<[(Date, DayKind, Box<str>)]>,
}

impl Calendar {
    /// The most years a calendar may know: one full cycle of the Gregorian calendar.
    pub const MAX_YEARS: i32 = 400;

    /// A calendar from its listed days, without names. `known` is the first and last year with a notice; no day may
    /// lie outside them or come twice.
    pub fn new(
        id: &str,
        known: (i32, i32),
        days: impl IntoIterator<Item = (Date, DayKind)>,
    ) -> Result<Calendar, CalendarError> {
        Calendar::new_named(
            id,
            known,
            days.into_iter().map(|(day, kind)| (day, kind, "")),
        )
    }

    /// Like [`Calendar::new`], with the name of each day's occasion.
    pub fn new_named<N: Into<Box<str>>>(
        id: &str,
        known: (i32, i32),
        days: impl IntoIterator<Item = (Date, DayKind, N)>,
    ) -> Result<Calendar, CalendarError> {
        let id_fits = |b: u8| b.is_ascii_alphanumeric() || b"._:-".contains(&b);
        if id.is_empty() || id.len() > 64 || !id.bytes().all(id_fits) {
            return Err(CalendarError::BadId);
        }
        let (from, to) = known;
        let (Some(first), Some(last)) = (Date::from_ymd(from, 1, 1), Date::from_ymd(to, 12, 31))
        else {
            return Err(CalendarError::BadYears);
        };
        if from > to || to.saturating_sub(from) >= Calendar::MAX_YEARS {
            return Err(CalendarError::BadYears);
        }
        let mut listed: Vec<_> = days
            .into_iter()
            .map(|(day, kind, name)| (day, kind, name.into()))
            .collect();
        listed.sort_by_key(|(day, ..)| *day);
        if let Some((day, ..)) = listed.iter().find(|(day, ..)| *day < first || *day > last) {
            return Err(CalendarError::OutsideKnownYears(*day));
        }
        let mut pairs = listed.iter().zip(listed.iter().skip(1));
        if let Some(((day, ..), _)) = pairs.find(|(a, b)| a.0 == b.0) {
            return Err(CalendarError::ListedTwice(*day));
        }
        Ok(Calendar(Arc::new(Tables::new(
            id,
            known,
            (first, last),
            listed,
        ))))
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The first and the last year with a notice.
    #[must_use]
    pub fn known_years(&self) -> (i32, i32) {
        self.0.years
    }

    /// The last day of the last year with a notice.
    #[must_use]
    pub fn last_known(&self) -> Date {
        self.0.last
    }

    /// Whether the day lies in a year with a notice.
    #[must_use]
    pub fn is_known(&self, day: Date) -> bool {
        self.0.first <= day && day <= self.0.last
    }

    /// Whether a notice still to come could change what is said of this day.
    #[must_use]
    pub fn is_provisional(&self, day: Date) -> bool {
        !self.is_known(day)
    }

    /// Whether the day is worked.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let index = day.index();
        self.0.rank(index) != self.0.rank(index.saturating_add(1))
    }

    /// The listed days in order, each with the name of its occasion (empty if none was given).
    pub fn exceptions(&self) -> impl Iterator<Item = (Date, DayKind, &str)> + '_ {
        self.0
            .listed
            .iter()
            .map(|(day, kind, name)| (*day, *kind, &**name))
    }

    /// The last day of a limit that starts on a day, after Civil Code 200–204: the first day is not counted.
    ///
    /// Calendar days that end on a rest day roll to the next working day; working days end on the n-th working day
    /// after the start; a limit of zero ends on the start itself, rolled. A day has no hour to count from, so hours
    /// are taken in whole days, rounded up, and not rolled; with an hour use [`Calendar::due_at`].
    #[must_use]
    pub fn due(&self, start: Date, limit: Limit) -> Due {
        let begin = start.index();
        let (date, count) = match limit {
            Limit::Days(n) => (self.0.roll(begin.saturating_add(n)), n),
            Limit::WorkingDays(0) => (self.0.roll(begin), 0),
            Limit::WorkingDays(n) => {
                let passed = self.0.rank(begin.saturating_add(1));
                (self.0.nth(passed.saturating_add(n.saturating_sub(1))), n)
            }
            Limit::Hours(n) => {
                let days = n.div_ceil(24);
                (Date::from_index(begin.saturating_add(days)), days)
            }
        };
        // The known days are one stretch, so a run of days is known if both its ends are.
        let first_counted = Date::from_index(begin.saturating_add(count.min(1)));
        Due {
            date,
            provisional: self.is_provisional(first_counted) || self.is_provisional(date),
        }
    }

    /// The last day of a limit that starts at a moment: hours end on the local day of the moment so many hours later
    /// (no roll); days count from the moment's local day as in [`Calendar::due`].
    #[must_use]
    pub fn due_at(&self, at: Instant, off: UtcOffset, limit: Limit) -> Due {
        match limit {
            Limit::Hours(n) => {
                let date = at.plus_hours(i64::from(n)).local_day(off);
                Due {
                    date,
                    provisional: self.is_provisional(date)
                        || self.is_provisional(at.local_day(off)),
                }
            }
            Limit::Days(_) | Limit::WorkingDays(_) => self.due(at.local_day(off), limit),
        }
    }

    /// The n-th working day before a day; for zero, the last working day up to and including it.
    #[must_use]
    pub fn working_days_before(&self, date: Date, n: u32) -> Date {
        let end = if n == 0 {
            date.index().saturating_add(1)
        } else {
            date.index()
        };
        let position = self.0.rank(end).checked_sub(n.max(1));
        position.map_or(Date::MIN, |position| self.0.nth(position))
    }

    /// How many working days lie after `after`, up to and including `until`; zero if `until` is not later.
    #[must_use]
    pub fn working_days_between(&self, after: Date, until: Date) -> u32 {
        let rank = |day: Date| self.0.rank(day.index().saturating_add(1));
        rank(until).saturating_sub(rank(after))
    }

    /// The last working day of a period; `None` if it has none.
    #[must_use]
    pub fn last_working_day_of(&self, period: Period) -> Option<Date> {
        let position = self
            .0
            .rank(period.last().index().saturating_add(1))
            .checked_sub(1)?;
        Some(self.0.nth(position)).filter(|day| *day >= period.first())
    }

    /// The given ISO weekday (1–7) of a week if it is worked, else the week's last working day; `None` if the week has
    /// no working day, or for another kind of period or another number.
    #[must_use]
    pub fn weekly_day(&self, week: Period, weekday: u32) -> Option<Date> {
        let day = week.day_of_week(weekday)?;
        if self.is_working_day(day) {
            Some(day)
        } else {
            self.last_working_day_of(week)
        }
    }
}

/// Positions below count all working days since 0001-01-01, a Monday: the plain week before the known years, the
/// tables within them, the plain week again after.
impl Tables {
    fn new(
        id: &str,
        years: (i32, i32),
        (first, last): (Date, Date),
        listed: Vec<(Date, DayKind, Box<str>)>,
    ) -> Tables {
        let (mut before, mut worked) = (vec![0_u32], Vec::new());
        let mut next = listed.iter().peekable();
        for index in first.index()..=last.index() {
            let day = Date::from_index(index);
            let works = match next.next_if(|(listed, ..)| *listed == day) {
                Some((_, kind, _)) => *kind == DayKind::Workday,
                None => day.weekday() < 6,
            };
            if works {
                worked.push(index);
            }
            before.push(u32::try_from(worked.len()).unwrap_or(u32::MAX));
        }
        Tables {
            id: id.into(),
            years,
            first,
            last,
            before: before.into(),
            worked: worked.into(),
            listed: listed.into(),
        }
    }

    /// How many working days lie before the day with this index.
    fn rank(&self, index: u32) -> u32 {
        let first = self.first.index();
        let Some(known) = index.checked_sub(first) else {
            return plain_rank(index);
        };
        let earlier = plain_rank(first);
        match usize::try_from(known)
            .ok()
            .and_then(|known| self.before.get(known))
        {
            Some(before) => earlier.saturating_add(*before),
            None => {
                let end = self.last.index().saturating_add(1);
                let later = plain_rank(index).saturating_sub(plain_rank(end));
                earlier
                    .saturating_add(self.worked_count())
                    .saturating_add(later)
            }
        }
    }

    /// The working day before which `position` working days lie; [`Date::MAX`] beyond the last.
    fn nth(&self, position: u32) -> Date {
        let Some(known) = position.checked_sub(plain_rank(self.first.index())) else {
            return Date::from_index(plain_nth(position));
        };
        match usize::try_from(known)
            .ok()
            .and_then(|known| self.worked.get(known))
        {
            Some(index) => Date::from_index(*index),
            None => {
                let later = known.saturating_sub(self.worked_count());
                let end = plain_rank(self.last.index().saturating_add(1));
                Date::from_index(plain_nth(end.saturating_add(later)))
            }
        }
    }

    /// The first working day from this index on.
    fn roll(&self, index: u32) -> Date {
        self.nth(self.rank(index))
    }

    fn worked_count(&self) -> u32 {
        self.before.last().copied().unwrap_or(0)
    }
}

/// The days from Monday to Friday before this index.
fn plain_rank(index: u32) -> u32 {
    (index / 7)
        .saturating_mul(5)
        .saturating_add((index % 7).min(5))
}

/// The index of the day from Monday to Friday before which `position` such days lie.
fn plain_nth(position: u32) -> u32 {
    (position / 5)
        .saturating_mul(7)
        .saturating_add(position % 5)
}
