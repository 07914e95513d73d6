//! Quota duties of visits that stand in columns: for systems that keep their visits in tables of
//! their own and want to know who owes what, without writing a line of JSON for each.

use crate::book::{Tables, Visit, VisitLog};
use crate::calendar::{Date, Instant, UtcOffset};
use crate::codes::Code;
use crate::engine::Engine;
use crate::finding::Finding;
use crate::ids::AnyId;
use crate::roster::{HouseholdIx, PersonIx, UnitIx};
use crate::steps::open::{entry, visitable, Entered};

use super::{visits, Ask, Duty, Filter};

/// No more findings than this are told of one block of columns.
const TOLD: usize = 100;

/// Visits in columns, one row for each cadre of a visit. Rows of one visit stand next to each
/// other and bear the same number in `visit`.
#[derive(Clone, Debug, Default)]
pub struct VisitColumns<'a> {
    /// The roster's ids of the cadres: `cadre` counts in this list, from 0.
    pub cadres: &'a [&'a str],
    /// The roster's ids of the households, groups and villages: `target` counts in this list.
    pub targets: &'a [&'a str],
    /// Who visited, as a place in `cadres`. It has as many rows as there are.
    pub cadre: &'a [u32],
    /// Who was visited, as a place in `targets`.
    pub target: &'a [u32],
    /// When, in seconds since 1970-01-01T00:00:00Z.
    pub on: &'a [i64],
    /// When it was entered, in the same seconds; left out, every visit was entered as it happened.
    pub entered: Option<&'a [i64]>,
    /// Not 0 where nobody met in person; left out, every visit was in person.
    pub remote: Option<&'a [u8]>,
    /// The visit's number, which is its evidence; left out, the row's number, from 0.
    pub visit: Option<&'a [u64]>,
}

/// One row, read and found to name what there is.
struct Row {
    person: PersonIx,
    found: Visited,
}

/// What the rows of one visit have in common.
#[derive(Clone, Copy, PartialEq)]
struct Visited {
    visit: u64,
    day: Date,
    target: crate::roster::TargetIx,
    remote: bool,
    late: bool,
}

/// What the places in the columns stand for.
struct Names {
    people: Vec<Option<PersonIx>>,
    targets: Vec<(Option<HouseholdIx>, Option<UnitIx>)>,
}

fn cell<T: Copy>(column: &[T], row: usize, name: &'static str) -> Result<T, Finding> {
    column.get(row).copied().ok_or_else(|| invalid(name, row, "missing_field").with("name", name))
}

fn invalid(name: &str, row: usize, reason: &'static str) -> Finding {
    Finding::plain(Code::RequestInvalid, format!("/{name}/{row}")).with("reason", reason)
}

fn place<T: Copy>(list: &[T], at: u32) -> Option<T> {
    list.get(usize::try_from(at).ok()?).copied()
}

impl VisitColumns<'_> {
    /// Reads a row; `None` when it is of no account, since it was entered after `as_of`, or too late
    /// for any book to accept it.
    fn row(&self, engine: &Engine, names: &Names, as_of: Instant, row: usize) -> Result<Option<Row>, Finding> {
        let cadre = cell(self.cadre, row, "cadre")?;
        let target = cell(self.target, row, "target")?;
        let on = moment(cell(self.on, row, "on")?, "on", row)?;
        let at = match self.entered {
            Some(entered) => moment(cell(entered, row, "entered")?, "entered", row)?,
            None => on,
        };
        let remote = self.remote.map_or(Ok(0), |remote| cell(remote, row, "remote"))? != 0;
        let visit = self.visit.map_or(Ok(row as u64), |visit| cell(visit, row, "visit"))?;
        let policy = engine.policy_at(at);
        let (day, today) = (policy.local_day(on), policy.local_day(at));
        if day > today {
            return Err(Finding::plain(Code::CommandOnAfterAt, format!("/on/{row}"))
                .with("day", day.to_string())
                .with("today", today.to_string()));
        }
        let unknown = |code: Code, name: &str, list: &[&str], at: u32| {
            let id = place(list, at).map_or_else(|| at.to_string(), str::to_owned);
            Finding::plain(code, format!("/{name}/{row}")).with("id", id)
        };
        let person = place(&names.people, cadre)
            .flatten()
            .ok_or_else(|| unknown(Code::CadreUnknown, "cadre", self.cadres, cadre))?;
        let (household, unit) = place(&names.targets, target).unwrap_or_default();
        let target = visitable(engine.roster(), household, || unit, day)
            .map_err(|_| unknown(Code::HouseholdUnknown, "target", self.targets, target))?;
        let entry = entry(policy, day, today);
        let found = Visited { visit, day, target, remote, late: entry == Entered::Late };
        Ok((entry != Entered::Refused && !at.after(as_of)).then_some(Row { person, found }))
    }
}

fn moment(seconds: i64, name: &str, row: usize) -> Result<Instant, Finding> {
    Instant::from_parts(seconds, 0, UtcOffset::UTC.minutes(), 0, true)
        .ok_or_else(|| invalid(name, row, "no_such_time").with("value", seconds.to_string()))
}

impl Engine {
    /// The quota duties (二(一)1) of visits in columns, as [`Book::duties`](crate::Book::duties)
    /// tells them for visits that were entered as commands: the same rows in the same order, for
    /// the rules `visit.*`. A visit entered after `as_of` is not seen, one entered too late to be
    /// accepted does not count, and late ones wait for an approval that columns cannot give.
    ///
    /// # Errors
    /// What is wrong with the rows, each with the column and the row as path; a hundred at most.
    ///
    /// ```
    /// use wuzhang::calendar::{Date, Instant};
    /// use wuzhang::duty::{DutyState, Filter, VisitColumns};
    /// use wuzhang::{Engine, Policy, Roster};
    /// let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
    /// let engine = Engine::new(Policy::preset("dayi-2014").unwrap(), roster);
    /// let visits = VisitColumns {
    ///     cadres: &["k1"], targets: &["h1"],
    ///     cadre: &[0], target: &[0], on: &[1_393_806_600], visit: Some(&[501]),
    ///     ..VisitColumns::default()
    /// };
    /// let (from, to) = (Date::parse("2014-03-03").unwrap(), Date::parse("2014-03-09").unwrap());
    /// let as_of = Instant::parse("2014-03-31T12:00:00+08:00").unwrap();
    /// let duties = engine.visit_duties(&visits, from, to, as_of, &Filter::default()).unwrap();
    /// let mine = duties.iter().find(|duty| duty.subject.as_str() == "k1").unwrap();
    /// assert_eq!((mine.state, mine.evidence[0].as_str()), (DutyState::Met, "501"));
    /// ```
    pub fn visit_duties(
        &self,
        columns: &VisitColumns<'_>,
        from: Date,
        to: Date,
        as_of: Instant,
        filter: &Filter,
    ) -> Result<Vec<Duty>, Vec<Finding>> {
        let (log, ids) = self.log_of(columns, as_of)?;
        let id_of = |index: u32| AnyId::new(&place(&ids, index)?.to_string());
        let ask = Ask { engine: self, tables: &Tables::default(), from, to, as_of, filter };
        let mut duties = Vec::new();
        visits::quotas(&ask, &visits::Visited { log: &log, id_of: &id_of }, &mut duties);
        if let Some(state) = filter.state {
            duties.retain(|duty| duty.state == state);
        }
        super::sort(&mut duties);
        Ok(duties)
    }

    fn log_of(&self, columns: &VisitColumns<'_>, as_of: Instant) -> Result<(VisitLog, Vec<u64>), Vec<Finding>> {
        let roster = self.roster();
        let names = Names {
            people: columns.cadres.iter().map(|id| roster.person(id)).collect(),
            targets: columns.targets.iter().map(|id| (roster.household(id), roster.unit(id))).collect(),
        };
        let mut log = VisitLog::default();
        let mut ids: Vec<u64> = Vec::with_capacity(columns.cadre.len());
        let mut findings = Vec::new();
        let mut together: Option<(Visited, Vec<PersonIx>)> = None;
        let mut put = |visit: Option<(Visited, Vec<PersonIx>)>| {
            let Some((v, people)) = visit else { return };
            if let Some(visit) = Visit::new(0, v.day, v.target, &people, !v.remote, v.late) {
                log.push(visit);
                ids.push(v.visit);
            }
        };
        for row in 0..columns.cadre.len() {
            let row = match columns.row(self, &names, as_of, row) {
                Ok(Some(row)) => row,
                Ok(None) => continue,
                Err(finding) => {
                    findings.push(finding);
                    if findings.len() >= TOLD {
                        break;
                    }
                    continue;
                }
            };
            match &mut together {
                Some((visit, people)) if *visit == row.found => {
                    if !people.contains(&row.person) {
                        people.push(row.person);
                    }
                }
                _ => put(together.replace((row.found, vec![row.person]))),
            }
        }
        put(together);
        if findings.is_empty() {
            Ok((log, ids))
        } else {
            Err(findings)
        }
    }
}
