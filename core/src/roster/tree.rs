//! Whether the units form one tree on every day, and households live in villages and groups.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Date;
use crate::codes::Code;
use crate::vocab::UnitKind;

use super::draft::{Draft, Placed};
use super::notes::Section;
use super::table::{SubjectIx, UnitIx, UnitView, Valid};

/// How many steps the search for loops may take. It starts only from rows that are refused anyway,
/// so a document made to be slow is refused for its parent kinds instead of its loops.
const STEPS: usize = 4_000_000;

/// The kind of the unit above; the county has none above.
fn kind_above(kind: UnitKind) -> Option<UnitKind> {
    match kind {
        UnitKind::County => None,
        UnitKind::Department | UnitKind::Town => Some(UnitKind::County),
        UnitKind::Village => Some(UnitKind::Town),
        UnitKind::Group => Some(UnitKind::Village),
    }
}

/// Whether two rows share a day.
fn meet(a: &impl Valid, b: &impl Valid) -> bool {
    a.first() <= b.last() && b.first() <= a.last()
}

/// What is wrong between a unit's row and the unit above.
enum Wrong {
    /// It has none and should.
    Missing,
    /// The unit above is not there on this day.
    Absent(Date),
    /// The unit above is of another kind than it should be; `None` where there should be none.
    Kind(Option<UnitKind>),
}

impl Draft<'_> {
    pub(super) fn judge_units(&mut self) {
        let mut wrong = Vec::new();
        for placed in &self.placed_units {
            if let Some(row) = self.unit_row(placed) {
                self.judge_parent(placed.row, placed.number, row, &mut wrong);
            }
        }
        // What hangs on a unit of the roster whose rows have changed.
        let mut seen = BTreeSet::new();
        let changed: Vec<Placed> = self
            .placed_units
            .iter()
            .filter(|placed| !self.units.is_new(placed.number) && seen.insert(placed.number))
            .copied()
            .collect();
        for placed in &changed {
            for child in self.base.below(UnitIx(placed.number)) {
                for row in self.units.rows(child.0) {
                    let hangs = row.parent == Some(UnitIx(placed.number));
                    if hangs && !self.units.is_placed(child.0, row.first()) {
                        self.judge_parent(placed.row, child.0, row, &mut wrong);
                    }
                }
            }
        }
        let looped = self.note_loops(&wrong);
        for (at, number, row, what) in wrong {
            if !looped.contains(&number) {
                self.note_wrong(at, number, &row, what);
            }
        }
        for placed in &changed {
            self.judge_kind(placed);
        }
        self.judge_root();
    }

    fn unit_row(&self, placed: &Placed) -> Option<&UnitView> {
        let rows = self.units.rows(placed.number);
        rows.binary_search_by_key(&placed.first, Valid::first).ok().and_then(|place| rows.get(place))
    }

    fn judge_parent(&self, at: usize, number: u32, row: &UnitView, wrong: &mut Vec<(usize, u32, UnitView, Wrong)>) {
        let mut push = |what| wrong.push((at, number, row.clone(), what));
        let above = kind_above(row.kind);
        let Some(parent) = row.parent else {
            if above.is_some() && !self.doubtful.contains(&number) {
                push(Wrong::Missing);
            }
            return;
        };
        let Some(above) = above else { return push(Wrong::Kind(None)) };
        if self.doubtful.contains(&parent.0) {
            return;
        }
        // The rows of the parent have to follow each other without a gap as long as this row lasts.
        let mut next = row.first();
        let mut covered = false;
        let mut kind = None;
        for other in self.units.rows(parent.0).iter().filter(|other| meet(*other, row)) {
            if other.kind != above {
                kind = kind.or(Some(other.kind));
            }
            if other.first() <= next && !covered {
                covered = other.last() >= row.last();
                next = next.max(other.last().add_days(1));
            }
        }
        if let Some(kind) = kind {
            push(Wrong::Kind(Some(kind)));
        }
        if !covered {
            push(Wrong::Absent(next));
        }
    }

    fn note_wrong(&mut self, at: usize, number: u32, row: &UnitView, what: Wrong) {
        let id = self.units.id(number);
        let parent = row.parent.map(|parent| self.units.id(parent.0)).unwrap_or_default();
        // A finding about a unit that the change itself does not name stands at the row that causes it.
        let own = self.placed_units.binary_search_by_key(&at, |placed| placed.row);
        let own = own.ok().and_then(|place| self.placed_units.get(place)).is_some_and(|placed| placed.number == number);
        let field = if own { "parent" } else { "" };
        match what {
            Wrong::Missing => self.notes.at(Section::Units, at, "", Code::RosterOrphan, |finding| {
                finding.with("reason", "missing").with("id", id).with("name", row.name.as_str())
            }),
            Wrong::Absent(day) => self.notes.at(Section::Units, at, field, Code::RosterOrphan, |finding| {
                finding
                    .with("reason", "not_valid")
                    .with("id", id)
                    .with("name", row.name.as_str())
                    .with("parent", parent)
                    .with("on", day.to_string())
            }),
            Wrong::Kind(kind) => self.notes.at(Section::Units, at, field, Code::RosterParentKind, |finding| {
                let finding = finding
                    .with("reason", if kind.is_some() { "unit" } else { "county" })
                    .with("id", id)
                    .with("name", row.name.as_str())
                    .with("kind", row.kind.word())
                    .with("parent", parent);
                match kind {
                    Some(kind) => finding.with("parent_kind", kind.word()),
                    None => finding,
                }
            }),
        }
    }

    /// Notes every loop, once, and gives the units in loops. Kinds descend from the county to the
    /// group, so that in every loop some row has a parent of a wrong kind: the search starts there.
    fn note_loops(&mut self, wrong: &[(usize, u32, UnitView, Wrong)]) -> BTreeSet<u32> {
        let mut looped = BTreeSet::new();
        let mut steps = STEPS;
        for (at, number, row, what) in wrong {
            if !matches!(what, Wrong::Kind(..)) || looped.contains(number) {
                continue;
            }
            let Some(units) = self.find_loop(*number, row, &looped, &mut steps) else { continue };
            let names: Vec<String> = units.iter().map(|unit| self.units.id(*unit).to_owned()).collect();
            let id = self.units.id(*number);
            self.notes.at(Section::Units, *at, "parent", Code::RosterLoop, |finding| {
                finding.with("id", id).with("name", row.name.as_str()).with("units", names)
            });
            looped.extend(units);
        }
        looped
    }

    /// The units on the way from a row up to its own unit, all on one day.
    fn find_loop(&self, start: u32, row: &UnitView, looped: &BTreeSet<u32>, steps: &mut usize) -> Option<Vec<u32>> {
        let mut path = vec![start];
        let mut open = vec![(1usize, row.parent?.0, row.first(), row.last())];
        // A way that is longer than there are units runs in a loop that this row only leads to.
        let longest = self.placed_units.len().saturating_add(self.base.units.ids.len());
        while let Some((depth, unit, first, last)) = open.pop() {
            *steps = steps.checked_sub(1)?;
            path.truncate(depth);
            if unit == start {
                return Some(path);
            }
            if looped.contains(&unit) || depth > longest {
                continue;
            }
            path.push(unit);
            for above in self.units.rows(unit) {
                let (first, last) = (first.max(above.first()), last.min(above.last()));
                if let (Some(parent), true) = (above.parent, first <= last) {
                    open.push((depth.saturating_add(1), parent.0, first, last));
                }
            }
        }
        None
    }

    /// What a changed kind, or changed days of it, means for those who count on it: households live in villages and
    /// groups, liaisons go to villages and from departments.
    fn judge_kind(&mut self, placed: &Placed) {
        let unit = UnitIx(placed.number);
        let kinds = |rows: &[UnitView]| rows.iter().map(|row| (row.first(), row.last(), row.kind)).collect::<Vec<_>>();
        if kinds(self.units.rows(unit.0)) == kinds(self.units.rows_before(unit.0)) {
            return;
        }
        for household in self.base.homes(unit) {
            for row in self.households.rows(household.0) {
                if row.unit == unit && !self.households.is_placed(household.0, row.first()) {
                    if let Some(kind) = self.wrong_home(unit, row) {
                        let (id, unit) = (self.households.id(household.0), self.units.id(unit.0));
                        self.notes.at(Section::Units, placed.row, "kind", Code::RosterParentKind, |finding| {
                            finding
                                .with("reason", "household")
                                .with("id", id)
                                .with("name", row.name.as_str())
                                .with("parent", unit)
                                .with("parent_kind", kind.word())
                        });
                    }
                }
            }
        }
        let lost = [
            ("not_village", UnitKind::Village, !self.base.unit_bonds(unit).is_empty()),
            ("not_department", UnitKind::Department, !self.base.liaisons_of(SubjectIx::Unit(unit)).is_empty()),
        ];
        for (reason, kind, needed) in lost {
            if needed && !self.ever(unit.0, kind) {
                let id = self.units.id(unit.0);
                self.notes.at(Section::Units, placed.row, "kind", Code::RosterUnknown, |finding| {
                    finding.with("reason", reason).with("unknown", id)
                });
            }
        }
    }

    /// The kind of a household's unit while it lives there, when no household can.
    fn wrong_home(&self, unit: UnitIx, row: &impl Valid) -> Option<UnitKind> {
        self.units
            .rows(unit.0)
            .iter()
            .filter(|other| meet(*other, row))
            .map(|other| other.kind)
            .find(|kind| !matches!(kind, UnitKind::Village | UnitKind::Group))
    }

    pub(super) fn judge_households(&mut self) {
        for placed in &self.placed_households {
            let rows = self.households.rows(placed.number);
            let place = rows.binary_search_by_key(&placed.first, Valid::first);
            let Some(row) = place.ok().and_then(|place| rows.get(place)) else { continue };
            if let Some(kind) = self.wrong_home(row.unit, row) {
                let (id, unit) = (self.households.id(placed.number), self.units.id(row.unit.0));
                self.notes.at(Section::Households, placed.row, "unit", Code::RosterParentKind, |finding| {
                    finding
                        .with("reason", "household")
                        .with("id", id)
                        .with("name", row.name.as_str())
                        .with("parent", unit)
                        .with("parent_kind", kind.word())
                });
            }
        }
    }

    /// One county on every day. That there is one while other units are valid follows from their
    /// having it above them.
    fn judge_root(&mut self) {
        let mut counties: BTreeSet<UnitIx> = self.base.counties().iter().copied().collect();
        let mut place = BTreeMap::new();
        for placed in &self.placed_units {
            if self.unit_row(placed).is_some_and(|row| row.kind == UnitKind::County) {
                counties.insert(UnitIx(placed.number));
                place.entry(placed.number).or_insert(placed.row);
            }
        }
        let mut rows: Vec<(Date, Date, u32)> = counties
            .iter()
            .flat_map(|unit| self.units.rows(unit.0).iter().map(|row| (unit.0, row)))
            .filter(|(_, row)| row.kind == UnitKind::County)
            .map(|(unit, row)| (row.first(), row.last(), unit))
            .collect();
        rows.sort_unstable();
        if rows.is_empty() && !self.county_lost {
            self.notes.whole(Code::RosterRoot, |finding| finding.with("reason", "none"));
        }
        // The row that lasts longest so far is the one that a later row runs into first.
        let mut longest: Option<(Date, u32)> = None;
        for (first, last, unit) in rows {
            if let Some((until, other)) = longest.filter(|(until, other)| first <= *until && *other != unit) {
                let at = place.get(&unit).or(place.get(&other)).copied().unwrap_or_default();
                let (id, other) = (self.units.id(unit), self.units.id(other));
                self.notes.at(Section::Units, at, "", Code::RosterRoot, |finding| {
                    finding
                        .with("reason", "several")
                        .with("id", id)
                        .with("other", other)
                        .with("on", first.to_string())
                });
                longest = Some((until.max(last), unit));
            } else {
                longest = longest.max(Some((last, unit)));
            }
        }
    }
}
