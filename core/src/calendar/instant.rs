//! Moments with their offset, kept so that they are written back byte for byte as they were read.

use super::civil::{ascii, digit, push, two, two_digits, Date};
use core::cmp::Ordering;
use core::fmt;

const DAY: i64 = 86_400;
/// 0001-01-01T00:00:00 and 9999-12-31T23:59:59, in seconds since 1970-01-01 on a local clock.
const FIRST: i64 = -62_135_596_800;
const LAST: i64 = 253_402_300_799;
/// An offset has at most 23 hours and 59 minutes.
const OFFSET_LIMIT: i16 = 23 * 60 + 59;
/// The longest text: `2014-03-03T09:00:00.123456789+08:00`.
const LONGEST: usize = 35;

/// A fixed distance from UTC in minutes, `+08:00`, at most 23:59 either way.
///
/// ```
/// use wuzhang::calendar::UtcOffset;
/// assert_eq!(UtcOffset::parse("+08:00"), Some(UtcOffset::CHINA));
/// assert_eq!(UtcOffset::CHINA.minutes(), 480);
/// assert_eq!(UtcOffset::parse("-00:00"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UtcOffset(i16);

impl UtcOffset {
    /// `+00:00`.
    pub const UTC: UtcOffset = UtcOffset(0);
    /// `+08:00`, the time of all China.
    pub const CHINA: UtcOffset = UtcOffset(480);

    /// An offset of so many minutes, east positive, if it is less than a day.
    #[must_use]
    pub const fn from_minutes(minutes: i16) -> Option<UtcOffset> {
        if minutes >= -OFFSET_LIMIT && minutes <= OFFSET_LIMIT {
            Some(UtcOffset(minutes))
        } else {
            None
        }
    }

    /// Minutes east of UTC, -1439 to 1439.
    #[must_use]
    pub const fn minutes(self) -> i16 {
        self.0
    }

    /// Reads exactly `+HH:MM` or `-HH:MM`; `-00:00` means "unknown" in RFC 3339 and is refused.
    #[must_use]
    pub fn parse(text: &str) -> Option<UtcOffset> {
        UtcOffset::read(text.as_bytes()).ok()
    }

    fn read(bytes: &[u8]) -> Result<UtcOffset, &'static str> {
        let &[sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = bytes else {
            return Err(if bytes.is_empty() {
                "no_offset"
            } else {
                "not_an_offset"
            });
        };
        let (Some(hours), Some(minutes)) = (two(h1, h2), two(m1, m2)) else {
            return Err("not_an_offset");
        };
        if hours > 23 || minutes > 59 {
            return Err("no_such_offset");
        }
        let total = i16::try_from(hours.wrapping_mul(60).wrapping_add(minutes))
            .map_err(|_| "no_such_offset")?;
        match (sign, total) {
            (b'-', 0) => Err("unknown_offset"),
            (b'-', _) => Ok(UtcOffset(total.wrapping_neg())),
            _ => Ok(UtcOffset(total)),
        }
    }

    fn bytes(self) -> [u8; 6] {
        let minutes = u32::from(self.0.unsigned_abs());
        let ([h1, h2], [m1, m2]) = (two_digits(minutes / 60), two_digits(minutes % 60));
        [if self.0 < 0 { b'-' } else { b'+' }, h1, h2, b':', m1, m2]
    }

    fn seconds(self) -> i64 {
        i64::from(self.0).wrapping_mul(60)
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ascii(&self.bytes()))
    }
}

/// An RFC 3339 moment: `2014-03-03T09:00:00+08:00`, with up to nine fraction digits and an offset or `Z`.
///
/// Equality compares the writing: `…T09:00:00+08:00` and `…T01:00:00Z` are the same moment and unequal. To compare
/// moments use [`Instant::before`], [`Instant::after`] or [`Instant::cmp_moment`]; there is no `Ord`, so that nobody
/// takes one for the other.
///
/// ```
/// use wuzhang::calendar::{Instant, UtcOffset};
/// let at = Instant::parse("2014-03-02T23:30:00.50Z").unwrap();
/// assert_eq!(at.to_string(), "2014-03-02T23:30:00.50Z");
/// assert_eq!(at.local_day(UtcOffset::CHINA).to_string(), "2014-03-03");
/// assert_eq!(at.local_minute(UtcOffset::CHINA), 7 * 60 + 30);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Instant {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    seconds: i64,
    nanos: u32,
    offset: UtcOffset,
    /// How many digits the fraction was written with; 0 is no point at all.
    digits: u8,
    zulu: bool,
}

impl Instant {
    /// Reads an RFC 3339 instant with upper-case `T` and `Z`, seconds 00–59 and at most nine fraction digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Instant> {
        Instant::parse_reason(text).ok()
    }

    /// Like [`Instant::parse`], or says what is wrong: `not_an_instant`, `no_such_day`, `no_such_time`, `leap_second`,
    /// `not_a_fraction`, `no_offset`, `not_an_offset`, `no_such_offset` or `unknown_offset` (`-00:00`).
    pub fn parse_reason(text: &str) -> Result<Instant, &'static str> {
        const SHAPE: &str = "not_an_instant";
        let (date, rest) = text.as_bytes().split_first_chunk::<10>().ok_or(SHAPE)?;
        let (time, rest) = rest.split_first_chunk::<9>().ok_or(SHAPE)?;
        let [b'T', h1, h2, b':', m1, m2, b':', s1, s2] = *time else {
            return Err(SHAPE);
        };
        let (Some(hour), Some(minute), Some(second)) = (two(h1, h2), two(m1, m2), two(s1, s2))
        else {
            return Err(SHAPE);
        };
        let day = Date::read(date).map_err(|reason| {
            if reason == "not_a_date" {
                SHAPE
            } else {
                reason
            }
        })?;
        if hour > 23 || minute > 59 || second > 60 {
            return Err("no_such_time");
        }
        if second == 60 {
            return Err("leap_second");
        }
        let (nanos, digits, rest) = match rest {
            [b'.', fraction @ ..] => read_fraction(fraction)?,
            _ => (0, 0, rest),
        };
        let (offset, zulu) = match rest {
            [b'Z'] => (UtcOffset::UTC, true),
            _ => (UtcOffset::read(rest)?, false),
        };
        let of_day = hour
            .wrapping_mul(3600)
            .wrapping_add(minute.wrapping_mul(60))
            .wrapping_add(second);
        let local = i64::from(day.days())
            .wrapping_mul(DAY)
            .wrapping_add(i64::from(of_day));
        Ok(Instant {
            seconds: local.wrapping_sub(offset.seconds()),
            nanos,
            offset,
            digits,
            zulu,
        })
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn epoch_seconds(self) -> i64 {
        self.seconds
    }

    /// The fraction of the second, in nanoseconds, 0 to 999,999,999.
    #[must_use]
    pub const fn nanos(self) -> u32 {
        self.nanos
    }

    /// The offset it is written with; `Z` is `+00:00`.
    #[must_use]
    pub const fn offset(self) -> UtcOffset {
        self.offset
    }

    /// The civil day that a clock at `off` shows.
    #[must_use]
    pub fn local_day(self, off: UtcOffset) -> Date {
        let days = self.seconds.saturating_add(off.seconds()).div_euclid(DAY);
        Date::from_days(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// The minute of the day, 0 to 1439, that a clock at `off` shows.
    #[must_use]
    pub fn local_minute(self, off: UtcOffset) -> u32 {
        let second = self.seconds.saturating_add(off.seconds()).rem_euclid(DAY);
        u32::try_from(second / 60).unwrap_or(0)
    }

    /// The moment when a clock at `off` shows this day and this minute of it (0 to 1439; more is taken as 1439).
    #[must_use]
    pub fn from_local(day: Date, minute_of_day: u32, off: UtcOffset) -> Instant {
        let local = i64::from(day.days())
            .wrapping_mul(DAY)
            .wrapping_add(i64::from(minute_of_day.min(1439)).wrapping_mul(60));
        Instant {
            seconds: local.wrapping_sub(off.seconds()),
            nanos: 0,
            offset: off,
            digits: 0,
            zulu: false,
        }
    }

    /// The last nanosecond of a day at `off`: a day given where a moment is asked for means its end.
    #[must_use]
    pub fn end_of_day(day: Date, off: UtcOffset) -> Instant {
        let minute = Instant::from_local(day, 1439, off);
        Instant {
            seconds: minute.seconds.wrapping_add(59),
            nanos: 999_999_999,
            digits: 9,
            ..minute
        }
    }

    /// The moment so many hours later, in the same writing; it stops where its local year would leave 0001–9999.
    #[must_use]
    pub fn plus_hours(self, hours: i64) -> Instant {
        let shift = self.offset.seconds();
        let local = self
            .seconds
            .saturating_add(hours.saturating_mul(3600))
            .saturating_add(shift);
        Instant {
            seconds: local.clamp(FIRST, LAST).wrapping_sub(shift),
            ..self
        }
    }

    /// Compares the moments, whatever their writing.
    #[must_use]
    pub fn cmp_moment(self, other: Instant) -> Ordering {
        (self.seconds, self.nanos).cmp(&(other.seconds, other.nanos))
    }

    /// Whether this moment is strictly earlier.
    #[must_use]
    pub fn before(self, other: Instant) -> bool {
        self.cmp_moment(other) == Ordering::Less
    }

    /// Whether this moment is strictly later.
    #[must_use]
    pub fn after(self, other: Instant) -> bool {
        self.cmp_moment(other) == Ordering::Greater
    }

    /// Everything there is to it: epoch seconds, nanoseconds, offset in minutes, fraction digits, written with `Z`.
    #[must_use]
    pub const fn to_parts(self) -> (i64, u32, i16, u8, bool) {
        (
            self.seconds,
            self.nanos,
            self.offset.minutes(),
            self.digits,
            self.zulu,
        )
    }

    /// The opposite of [`Instant::to_parts`]; `None` for parts that no text could give.
    #[must_use]
    pub fn from_parts(
        seconds: i64,
        nanos: u32,
        offset: i16,
        digits: u8,
        zulu: bool,
    ) -> Option<Instant> {
        let offset = UtcOffset::from_minutes(offset)?;
        let unit = 10_u32.checked_pow(9_u32.checked_sub(u32::from(digits))?)?;
        let local = seconds.checked_add(offset.seconds())?;
        let fits = nanos < 1_000_000_000
            && nanos.checked_rem(unit)? == 0
            && (FIRST..=LAST).contains(&local)
            && !(zulu && offset != UtcOffset::UTC);
        fits.then_some(Instant {
            seconds,
            nanos,
            offset,
            digits,
            zulu,
        })
    }

    /// Appends the text it was read from, without the formatting machinery.
    pub fn write_to(&self, out: &mut String) {
        let (buffer, length) = self.bytes();
        push(out, buffer.get(..length).unwrap_or_default());
    }

    fn bytes(self) -> ([u8; LONGEST], usize) {
        let local = self.seconds.saturating_add(self.offset.seconds());
        let second = u32::try_from(local.rem_euclid(DAY)).unwrap_or(0);
        let ([h1, h2], [m1, m2], [s1, s2]) = (
            two_digits(second / 3600),
            two_digits(second / 60 % 60),
            two_digits(second % 60),
        );
        let mut buffer = [0_u8; LONGEST];
        let mut put = Cursor {
            buffer: &mut buffer,
            length: 0,
        };
        put.all(&self.local_day(self.offset).bytes());
        put.all(&[b'T', h1, h2, b':', m1, m2, b':', s1, s2]);
        if self.digits > 0 {
            let mut unit = 100_000_000_u32;
            put.all(b".");
            for _ in 0..self.digits.min(9) {
                let [_, one] = two_digits(self.nanos.checked_div(unit).unwrap_or(0));
                put.all(&[one]);
                unit /= 10;
            }
        }
        if self.zulu {
            put.all(b"Z");
        } else {
            put.all(&self.offset.bytes());
        }
        let length = put.length;
        (buffer, length)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (buffer, length) = self.bytes();
        f.write_str(ascii(buffer.get(..length).unwrap_or_default()))
    }
}

/// Writes into a buffer that is long enough by construction.
struct Cursor<'a> {
    buffer: &'a mut [u8; LONGEST],
    length: usize,
}

impl Cursor<'_> {
    fn all(&mut self, bytes: &[u8]) {
        let end = self.length.saturating_add(bytes.len());
        if let Some(place) = self.buffer.get_mut(self.length..end) {
            place.copy_from_slice(bytes);
            self.length = end;
        }
    }
}

/// One to nine digits: their nanoseconds, how many there were, and what follows them.
fn read_fraction(bytes: &[u8]) -> Result<(u32, u8, &[u8]), &'static str> {
    let (mut rest, mut nanos, mut unit, mut digits) = (bytes, 0_u32, 100_000_000_u32, 0_u8);
    while let [first, tail @ ..] = rest {
        let Some(value) = digit(*first) else { break };
        if digits == 9 {
            return Err("not_a_fraction");
        }
        nanos = nanos.wrapping_add(value.wrapping_mul(unit));
        unit /= 10;
        digits = digits.wrapping_add(1);
        rest = tail;
    }
    if digits == 0 {
        return Err("not_a_fraction");
    }
    Ok((nanos, digits, rest))
}
