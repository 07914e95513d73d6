//! Limits: how long somebody has, and the day on which that ends.

use super::civil::{digit, Date};
use core::fmt;

/// A length of time as a rule writes it: `7d` calendar days, `5wd` working days, `24h` hours.
///
/// ```
/// use wuzhang::calendar::Limit;
/// assert_eq!(Limit::parse("5wd"), Some(Limit::WorkingDays(5)));
/// assert_eq!(Limit::Hours(24).to_string(), "24h");
/// assert_eq!(Limit::parse("07d"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Limit {
    /// Calendar days, 0–99,999 when read.
    Days(u32),
    /// Working days, 0–99,999 when read.
    WorkingDays(u32),
    /// Hours, 0–99,999 when read.
    Hours(u32),
}

impl Limit {
    /// Reads one to five digits without leading zeros, and `d`, `wd` or `h`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Limit> {
        Limit::parse_reason(text).ok()
    }

    /// Like [`Limit::parse`], or says what is wrong: `not_a_limit`, `no_such_unit`, `limit_too_long` (over 99,999) or
    /// `leading_zero`.
    pub fn parse_reason(text: &str) -> Result<Limit, &'static str> {
        let count = text.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, unit) = text.split_at_checked(count).ok_or("not_a_limit")?;
        if digits.is_empty() {
            return Err("not_a_limit");
        }
        if digits.len() > 1 && digits.starts_with('0') {
            return Err("leading_zero");
        }
        if digits.len() > 5 {
            return Err("limit_too_long");
        }
        let n = digits
            .bytes()
            .filter_map(digit)
            .fold(0_u32, |n, d| n.wrapping_mul(10).wrapping_add(d));
        match unit {
            "d" => Ok(Limit::Days(n)),
            "wd" => Ok(Limit::WorkingDays(n)),
            "h" => Ok(Limit::Hours(n)),
            "" => Err("not_a_limit"),
            _ => Err("no_such_unit"),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Days(n) => write!(f, "{n}d"),
            Limit::WorkingDays(n) => write!(f, "{n}wd"),
            Limit::Hours(n) => write!(f, "{n}h"),
        }
    }
}

/// The last day of a limit, and whether a notice still to come could move it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    /// The last day on which the thing is in time.
    pub date: Date,
    /// The date, or a day counted on the way to it, lies outside the years with a known notice.
    pub provisional: bool,
}
