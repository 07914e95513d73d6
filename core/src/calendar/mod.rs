//! Civil days, instants, periods, limits and working days: the only place that knows what a day is.
//!
//! Everything here is a small `Copy` value except [`Calendar`], which is cheap to clone. There is no clock: a moment
//! always comes from outside, and its local day is taken at an explicit [`UtcOffset`].
//!
//! - [`Date`]: a civil day, `2014-03-03`.
//! - [`Instant`]: an RFC 3339 moment, written back exactly as it was read.
//! - [`Period`]: a year, quarter, month, half month or ISO week.
//! - [`Limit`]: `7d`, `5wd`, `24h`; [`Due`] is the day on which one ends.
//! - [`Calendar`]: which days are working days, including the moved ones (调休), and how far the notices reach.

mod civil;
mod instant;
mod limit;
mod period;
mod workdays;

pub use civil::Date;
pub use instant::{Instant, UtcOffset};
pub use limit::{Due, Limit};
pub use period::{Period, PeriodKind};
pub use workdays::{Calendar, CalendarError, DayKind};

#[cfg(test)]
mod tests;
