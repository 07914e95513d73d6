//! The proleptic Gregorian calendar on day numbers, and the digits that dates are written with.
//!
//! A `Date` never leaves 0001-01-01 to 9999-12-31: every constructor clamps or refuses. So every number below stays
//! under four million and no sum or product can overflow, which is why this one file may use plain operators.
#![allow(clippy::arithmetic_side_effects)]

use core::fmt;

/// A civil day, from 0001-01-01 to 9999-12-31, as days since 1970-01-01.
///
/// ```
/// use wuzhang::calendar::Date;
/// let d = Date::parse("2014-03-03").unwrap();
/// assert_eq!(d.weekday(), 1); // a Monday
/// assert_eq!(d.add_days(7).to_string(), "2014-03-10");
/// assert_eq!(Date::parse("2014-02-29"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(i32);

/// 1970-01-01 counted from 0001-01-01, which is a Monday.
const EPOCH: i32 = 719_162;
const MIN_DAYS: i32 = -EPOCH;
const MAX_DAYS: i32 = 2_932_896;
/// 0001-01-01 counted from 0000-03-01: years that begin in March have their leap day last.
const MARCH_0: u32 = 306;

impl Date {
    /// 0001-01-01, a Monday.
    pub const MIN: Date = Date(MIN_DAYS);
    /// 9999-12-31.
    pub const MAX: Date = Date(MAX_DAYS);

    /// The day that lies `days` days after 1970-01-01; out of range, the nearer of [`Date::MIN`] and [`Date::MAX`].
    #[must_use]
    pub const fn from_days(days: i32) -> Date {
        if days < MIN_DAYS {
            Date::MIN
        } else if days > MAX_DAYS {
            Date::MAX
        } else {
            Date(days)
        }
    }

    /// Days since 1970-01-01, negative before it.
    #[must_use]
    pub const fn days(self) -> i32 {
        self.0
    }

    /// The day with this year (1–9999), month (1–12) and day of the month (from 1), if there is one.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        let y = u32::try_from(year)
            .ok()
            .filter(|y| (1..=9999).contains(y))?;
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(y, month) {
            return None;
        }
        let (y, m) = if month > 2 {
            (y, month - 3)
        } else {
            (y - 1, month + 9)
        };
        let from_march_0 = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
        Some(Date::from_index(from_march_0 - MARCH_0))
    }

    /// Year (1–9999), month (1–12) and day of the month (1–31).
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let z = self.index() + MARCH_0;
        let era = z / 146_097;
        let doe = z % 146_097;
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let m = (5 * doy + 2) / 153;
        let day = doy - (153 * m + 2) / 5 + 1;
        let year = (yoe + era * 400) as i32;
        if m < 10 {
            (year, m + 3, day)
        } else {
            (year + 1, m - 9, day)
        }
    }

    /// The year, 1–9999.
    #[must_use]
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// Reads exactly `YYYY-MM-DD`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        Date::parse_reason(text).ok()
    }

    /// Reads exactly `YYYY-MM-DD`, or says what is wrong: `not_a_date` (the shape) or `no_such_day`.
    pub fn parse_reason(text: &str) -> Result<Date, &'static str> {
        match text.as_bytes().first_chunk::<10>() {
            Some(bytes) if text.len() == 10 => Date::read(bytes),
            _ => Err("not_a_date"),
        }
    }

    /// The ten bytes of a date, as they also stand at the head of an instant.
    pub(super) fn read(bytes: &[u8; 10]) -> Result<Date, &'static str> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *bytes else {
            return Err("not_a_date");
        };
        let (Some(century), Some(rest), Some(month), Some(day)) =
            (two(y1, y2), two(y3, y4), two(m1, m2), two(d1, d2))
        else {
            return Err("not_a_date");
        };
        Date::from_ymd((century * 100 + rest) as i32, month, day).ok_or("no_such_day")
    }

    /// The ISO weekday: 1 is Monday, 7 is Sunday.
    #[must_use]
    pub const fn weekday(self) -> u32 {
        (self.0 + EPOCH) as u32 % 7 + 1
    }

    /// The day `days` days later (earlier if negative), stopping at [`Date::MIN`] and [`Date::MAX`].
    #[must_use]
    pub const fn add_days(self, days: i32) -> Date {
        Date::from_days(self.0.saturating_add(days))
    }

    /// How many days `other` lies after this day; negative if it lies before.
    #[must_use]
    pub const fn days_until(self, other: Date) -> i32 {
        other.0 - self.0
    }

    /// The first day of this day's month.
    #[must_use]
    pub fn month_first(self) -> Date {
        let (_, _, day) = self.ymd();
        Date::from_index(self.index() - (day - 1))
    }

    /// The last day of this day's month.
    #[must_use]
    pub fn month_last(self) -> Date {
        let (year, month, day) = self.ymd();
        Date::from_index(self.index() + days_in_month(year as u32, month) - day)
    }

    /// Appends `YYYY-MM-DD` without the formatting machinery: answers hold a great many dates.
    pub fn write_to(&self, out: &mut String) {
        push(out, &self.bytes());
    }

    pub(super) fn bytes(self) -> [u8; 10] {
        let (year, month, day) = self.ymd();
        let ([y1, y2], [y3, y4]) = (two_digits(year as u32 / 100), two_digits(year as u32 % 100));
        let ([m1, m2], [d1, d2]) = (two_digits(month), two_digits(day));
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]
    }

    /// Days since 0001-01-01: never negative, and a multiple of seven on Mondays.
    pub(super) const fn index(self) -> u32 {
        (self.0 + EPOCH) as u32
    }

    /// The opposite of `index`; beyond the last day, the last day.
    pub(super) const fn from_index(index: u32) -> Date {
        if index > (MAX_DAYS + EPOCH) as u32 {
            Date::MAX
        } else {
            Date(index as i32 - EPOCH)
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ascii(&self.bytes()))
    }
}

/// The days of a month; 31 for a month that does not exist.
fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// The value 0–9 of an ASCII digit.
pub(super) fn digit(byte: u8) -> Option<u32> {
    byte.is_ascii_digit().then(|| u32::from(byte & 0x0f))
}

/// The value 0–99 of two ASCII digits.
pub(super) fn two(tens: u8, ones: u8) -> Option<u32> {
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// The value 0–9999 of four ASCII digits.
pub(super) fn four(bytes: [u8; 4]) -> Option<u32> {
    let [a, b, c, d] = bytes;
    Some(two(a, b)? * 100 + two(c, d)?)
}

/// The last two decimal digits of a number, as ASCII.
pub(super) const fn two_digits(n: u32) -> [u8; 2] {
    [b'0' + (n / 10 % 10) as u8, b'0' + (n % 10) as u8]
}

/// ASCII bytes as text. They are always ASCII; if they were not, the text would be empty rather than the call a crash.
pub(super) fn ascii(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or_default()
}

pub(super) fn push(out: &mut String, bytes: &[u8]) {
    out.push_str(ascii(bytes));
}
