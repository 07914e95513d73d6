//! The demo: Dayi County, built from its real divisions and peopled with inventions, lives one year
//! through the engine. Nobody writes down results here. People go out, hear what troubles a
//! household, put it on cards, meet, work, post, ask; they forget, come late and get things wrong;
//! and what each of them does next follows from what the book says. Whatever the views show
//! afterwards came about by commands, which are handed over with everything else.
//!
//! One seed gives one year, to the byte, on every machine: there is no clock here, no randomness but
//! the seed's, and no number with a point in it.
//!
//! Where to look: `roster` builds the county, `agenda` knows what is due, `world` sends commands and
//! reads the book, `visits` and `open`, `deliberate`, `settle`, `publish`, `close` are the five steps, `county`
//! is what the county does for all, `slips` is what people get wrong.

// The simulator adds up its own small numbers and indexes its own lists, by numbers that it gave
// out itself; what comes from outside are a seed, a year and a count of households.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod agenda;
mod close;
mod county;
mod deliberate;
mod diary;
mod matters;
mod names;
mod open;
mod people;
mod publish;
mod rng;
mod roster;
mod say;
mod settle;
mod slips;
#[cfg(test)]
mod tests;
mod visits;
mod world;

use std::collections::BTreeMap;

use wuzhang::calendar::Date;
use wuzhang::roster::RosterRows;
use wuzhang::vocab::UnitKind;
use wuzhang::{Book, Policy, Roster};

use agenda::Task;
use people::{HomeNo, UnitNo};
use rng::Rng;
use roster::County;
use say::Expect;
use world::{World, DAY};

/// The policy that the county starts with.
const POLICY: &str = "dayi-2014";

/// What to live through.
#[derive(Clone, Debug)]
pub struct Options {
    /// Everything that happens follows from it.
    pub seed: u64,
    /// The year, 2014 at the earliest.
    pub year: i32,
    /// How many households there are at its beginning.
    pub households: u32,
}

impl Default for Options {
    fn default() -> Self {
        Options { seed: 2014, year: 2014, households: 3000 }
    }
}

/// How the commands fared.
#[derive(Clone, Debug, Default)]
pub struct Outcomes {
    /// Accepted, each counted once.
    pub accepted: u64,
    /// Rejected.
    pub rejected: u64,
    /// Sent again and answered as before.
    pub resent: u64,
    /// The findings of rejected commands by code.
    pub rejected_by: BTreeMap<String, u64>,
    /// The warnings of accepted commands by code.
    pub warned_by: BTreeMap<String, u64>,
    /// Commands with their outcome, where the sender was answered otherwise than they had to
    /// expect: none, as long as people know the rules and the engine keeps them.
    pub surprises: Vec<String>,
}

impl Outcomes {
    /// Counts one answer of the book.
    fn count(&mut self, answer: &str, accepted: bool, expect: Expect) {
        let by = match (accepted, expect) {
            (true, Expect::Again) => {
                self.resent += 1;
                return;
            }
            (true, _) => {
                self.accepted += 1;
                &mut self.warned_by
            }
            (false, _) => {
                self.rejected += 1;
                &mut self.rejected_by
            }
        };
        // Findings stand behind the events, and no text within can look like the start of one.
        let findings = answer.rfind("\"findings\":[").and_then(|start| answer.get(start..)).unwrap_or("");
        for finding in findings.split("{\"code\":\"").skip(1) {
            if let Some((code, _)) = finding.split_once('"') {
                *by.entry(code.to_owned()).or_default() += 1;
            }
        }
    }
}

/// A year that was lived.
pub struct Lived {
    /// The policy with which the book was opened.
    pub policy: Policy,
    /// The roster at the beginning.
    pub roster_rows: RosterRows,
    /// The book at the end.
    pub book: Book,
    /// Every command sent, one a line, resends and refused ones included.
    pub commands: String,
    /// How they fared.
    pub outcomes: Outcomes,
    /// What a reader should know about the county, in Chinese and in English.
    pub notes: Vec<String>,
}

/// Lives a year. `progress` is called once a day, with how much of the year is over.
///
/// # Errors
/// When the year lies before the method, or the roster does not fit together.
pub fn live(options: &Options, progress: &mut dyn FnMut(Date, u32)) -> Result<Lived, String> {
    if !(2014..=9000).contains(&options.year) {
        return Err(format!("the method is in force from 2013-11-01: a whole year is 2014 or later, not {}", options.year));
    }
    let year = |month, day| Date::from_ymd(options.year, month, day).ok_or("a year without days");
    let (first, last) = (year(1, 1)?, year(12, 31)?);
    let mut rng = Rng::new(options.seed);
    let households = usize::try_from(options.households).unwrap_or(usize::MAX);
    let mut county = County::build(&mut rng, households, options.year);
    let mut notes = std::mem::take(&mut county.notes);
    let policy = Policy::preset(POLICY).ok_or("the policy of the handbook is missing")?;
    if policy.calendar.is_provisional(last) {
        notes.push(format!("{} 年的放假通知尚未收录，工作日按普通周计，日期均为暂定。", options.year));
        notes.push(format!("No holiday notice is known for {}: working days follow the plain week, and dates are provisional.", options.year));
    }
    let roster_rows = county.rows()?;
    let roster = Roster::from_rows(roster_rows.clone()).map_err(|findings| format!("the roster does not fit together: {findings:?}"))?;
    let book = Book::new(policy.clone(), roster);
    let mut world = World::new(rng, county, book, first, last);
    world.plan_county(options.year);
    world.plan_troubles();
    let days = first.days_until(last) + 1;
    for passed in 0..days {
        let day = first.add_days(passed);
        world.live_day(day);
        progress(day, u32::try_from((passed + 1) * 100 / days).unwrap_or(100));
    }
    let World { book, commands, outcomes, .. } = world;
    Ok(Lived { policy, roster_rows, book, commands, outcomes, notes })
}

impl World {
    /// When in the year something comes to trouble each household, and each village as a whole.
    fn plan_troubles(&mut self) {
        let (first, days) = (i64::from(self.first.days()), i64::from(self.first.days_until(self.last)));
        for home in (0..self.county.homes.len()).map(HomeNo) {
            let poor = self[home].poor;
            let times = match self.rng.below(100) {
                0..=54 => usize::from(poor),
                55..=86 => 1,
                87..=96 => 2,
                _ => 3,
            };
            for _ in 0..times {
                let at = (first + self.rng.between(0, days)) * DAY + self.rng.between(0, DAY - 1);
                self.plan_at(at, Task::Trouble(home));
            }
        }
        for village in (0..self.county.units.len()).map(UnitNo) {
            let alive = self[village].kind == UnitKind::Village && !self[village].homes.is_empty();
            let often = if self[village].homes.len() > 30 { 900 } else { 180 };
            for _ in 0..2 {
                if alive && self.rng.chance(often) {
                    let day = self.first.add_days(i32::try_from(self.rng.between(4, days)).unwrap_or(4));
                    self.plan_on(day, Task::Notice(village));
                }
            }
        }
    }
}
