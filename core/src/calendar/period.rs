//! Years, quarters, months, half months and ISO weeks.

use super::civil::{digit, four, push, two, two_digits, Date};
use core::fmt;

/// The five lengths of period, longest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PeriodKind {
    /// 1 January to 31 December.
    Year,
    /// Three calendar months.
    Quarter,
    /// A calendar month.
    Month,
    /// The 1st to the 15th, or the 16th to the month's end.
    HalfMonth,
    /// An ISO week, Monday to Sunday.
    Week,
}

impl PeriodKind {
    /// All five, longest first.
    pub const ALL: [PeriodKind; 5] = [
        PeriodKind::Year,
        PeriodKind::Quarter,
        PeriodKind::Month,
        PeriodKind::HalfMonth,
        PeriodKind::Week,
    ];

    /// The name in documents: `year`, `quarter`, `month`, `half_month` or `week`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            PeriodKind::Year => "year",
            PeriodKind::Quarter => "quarter",
            PeriodKind::Month => "month",
            PeriodKind::HalfMonth => "half_month",
            PeriodKind::Week => "week",
        }
    }

    /// The opposite of [`PeriodKind::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<PeriodKind> {
        PeriodKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for PeriodKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One period: `2014`, `2014-Q1`, `2014-03`, `2014-03-H1`, `2014-W10`. Ordered by first day, then longest first.
///
/// ```
/// use wuzhang::calendar::{Date, Period, PeriodKind};
/// let week = Period::parse("2014-W10").unwrap();
/// assert_eq!(week.first().to_string(), "2014-03-03");
/// assert_eq!(week.last().to_string(), "2014-03-09");
/// assert_eq!(week.next().to_string(), "2014-W11");
/// let day = Date::parse("2014-12-30").unwrap();
/// assert_eq!(Period::containing(PeriodKind::Week, day).to_string(), "2015-W01");
/// assert_eq!(Period::parse_reason("2014-W53"), Err("week_53_of_a_52_week_year"));
/// ```
// The first day and the kind say everything, and their derived order is the order wanted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Period {
    first: Date,
    kind: PeriodKind,
}

impl Period {
    /// Reads a period in any of the five writings.
    #[must_use]
    pub fn parse(text: &str) -> Option<Period> {
        Period::parse_reason(text).ok()
    }

    /// Like [`Period::parse`], or says what is wrong: `not_a_period`, `no_such_year`, `no_such_quarter`,
    /// `no_such_month`, `no_such_half_month`, `no_such_week` or `week_53_of_a_52_week_year`.
    pub fn parse_reason(text: &str) -> Result<Period, &'static str> {
        const SHAPE: &str = "not_a_period";
        let (year, rest) = text.as_bytes().split_first_chunk::<4>().ok_or(SHAPE)?;
        let year = four(*year)
            .and_then(|y| i32::try_from(y).ok())
            .ok_or(SHAPE)?;
        let of = |kind, month, day, missing| {
            let first = Date::from_ymd(year, month, day).ok_or(if year == 0 {
                "no_such_year"
            } else {
                missing
            })?;
            Ok(Period { first, kind })
        };
        match *rest {
            [] => of(PeriodKind::Year, 1, 1, SHAPE),
            [b'-', b'Q', q] => match q {
                b'1' => of(PeriodKind::Quarter, 1, 1, SHAPE),
                b'2' => of(PeriodKind::Quarter, 4, 1, SHAPE),
                b'3' => of(PeriodKind::Quarter, 7, 1, SHAPE),
                b'4' => of(PeriodKind::Quarter, 10, 1, SHAPE),
                _ => Err(digit(q).map_or(SHAPE, |_| "no_such_quarter")),
            },
            [b'-', b'W', w1, w2] => week(year, two(w1, w2).ok_or(SHAPE)?),
            [b'-', m1, m2] => of(
                PeriodKind::Month,
                two(m1, m2).ok_or(SHAPE)?,
                1,
                "no_such_month",
            ),
            [b'-', m1, m2, b'-', b'H', half] => {
                let month = two(m1, m2).ok_or(SHAPE)?;
                let whole = of(PeriodKind::HalfMonth, month, 1, "no_such_month")?;
                match half {
                    b'1' => Ok(whole),
                    b'2' => of(PeriodKind::HalfMonth, month, 16, SHAPE),
                    _ => Err(digit(half).map_or(SHAPE, |_| "no_such_half_month")),
                }
            }
            _ => Err(SHAPE),
        }
    }

    /// The period of that kind in which the day lies.
    #[must_use]
    pub fn containing(kind: PeriodKind, day: Date) -> Period {
        let (year, month, of_month) = day.ymd();
        let starts = |month, of_month| Date::from_ymd(year, month, of_month).unwrap_or(day);
        let first = match kind {
            PeriodKind::Year => starts(1, 1),
            PeriodKind::Quarter => starts(quarter_first_month(month), 1),
            PeriodKind::Month => day.month_first(),
            PeriodKind::HalfMonth => starts(month, if of_month < 16 { 1 } else { 16 }),
            PeriodKind::Week => monday(day),
        };
        Period { first, kind }
    }

    /// Which of the five kinds it is.
    #[must_use]
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    /// Its first day.
    #[must_use]
    pub const fn first(self) -> Date {
        self.first
    }

    /// Its last day. (The week that would end in the year 10000 ends on 9999-12-31.)
    #[must_use]
    pub fn last(self) -> Date {
        let (year, month, day) = self.first.ymd();
        let ends = |month| Date::from_ymd(year, month, 1).map_or(self.first, Date::month_last);
        match self.kind {
            PeriodKind::Year => ends(12),
            PeriodKind::Quarter => ends(month.saturating_add(2)),
            PeriodKind::Month => self.first.month_last(),
            PeriodKind::HalfMonth if day == 1 => self.first.add_days(14),
            PeriodKind::HalfMonth => self.first.month_last(),
            PeriodKind::Week => self.first.add_days(6),
        }
    }

    /// The period of the same kind that follows. (The last one before the year 10000 is followed by itself.)
    #[must_use]
    pub fn next(self) -> Period {
        Period::containing(self.kind, self.last().add_days(1))
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last()
    }

    /// The day of a week with that ISO weekday (1–7); `None` for other kinds of period and other numbers.
    #[must_use]
    pub fn day_of_week(self, weekday: u32) -> Option<Date> {
        let offset = i32::try_from(weekday.checked_sub(1)?)
            .ok()
            .filter(|d| *d < 7)?;
        (self.kind == PeriodKind::Week).then(|| self.first.add_days(offset))
    }

    /// Appends its writing, without the formatting machinery.
    pub fn write_to(&self, out: &mut String) {
        let [y1, y2, y3, y4, _, m1, m2, ..] = self.first.bytes();
        let (_, month, day) = self.first.ymd();
        match self.kind {
            PeriodKind::Year => push(out, &[y1, y2, y3, y4]),
            PeriodKind::Quarter => {
                let [_, q] = two_digits((month.saturating_add(2)) / 3);
                push(out, &[y1, y2, y3, y4, b'-', b'Q', q]);
            }
            PeriodKind::Month => push(out, &[y1, y2, y3, y4, b'-', m1, m2]),
            PeriodKind::HalfMonth => {
                let half = if day == 1 { b'1' } else { b'2' };
                push(out, &[y1, y2, y3, y4, b'-', m1, m2, b'-', b'H', half]);
            }
            PeriodKind::Week => {
                let (thursday, number) = iso_week(self.first);
                let [y1, y2, y3, y4, ..] = thursday.bytes();
                let [w1, w2] = two_digits(number);
                push(out, &[y1, y2, y3, y4, b'-', b'W', w1, w2]);
            }
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(10);
        self.write_to(&mut text);
        f.write_str(&text)
    }
}

/// The first month of a month's quarter.
const fn quarter_first_month(month: u32) -> u32 {
    match month {
        ..=3 => 1,
        4..=6 => 4,
        7..=9 => 7,
        _ => 10,
    }
}

fn monday(day: Date) -> Date {
    // A weekday is 1 to 7, so the distance is 0 to 6 days back.
    day.add_days(1_i32.saturating_sub_unsigned(day.weekday()))
}

/// The Thursday of the week that begins on this Monday, whose year is the week's year, and the week's number.
fn iso_week(first: Date) -> (Date, u32) {
    let thursday = first.add_days(3);
    let new_year = Period::containing(PeriodKind::Year, thursday).first;
    let days = u32::try_from(new_year.days_until(thursday)).unwrap_or(0);
    (thursday, (days / 7).saturating_add(1))
}

fn week(year: i32, number: u32) -> Result<Period, &'static str> {
    // The week of 4 January is the first: it always holds the year's first Thursday.
    let first = monday(Date::from_ymd(year, 1, 4).ok_or("no_such_year")?);
    let weeks = number
        .checked_sub(1)
        .filter(|n| *n < 53)
        .and_then(|n| i32::try_from(n).ok())
        .ok_or("no_such_week")?;
    let first = first.add_days(weeks.saturating_mul(7));
    // A first day that is no Monday was clamped: week 53 of the year 9999 would begin in the year 10000.
    if weeks == 52 && (iso_week(first).1 != 53 || first.weekday() != 1) {
        return Err("week_53_of_a_52_week_year");
    }
    Ok(Period {
        first,
        kind: PeriodKind::Week,
    })
}
