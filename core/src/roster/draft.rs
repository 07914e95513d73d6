//! Rows put on top of a roster: first all of them, then whether the whole is one readable roster,
//! and only then do they enter it. Reading a document is the same change made to an empty roster,
//! so there is one definition of what fits together.

use std::collections::BTreeSet;

use crate::calendar::Date;
use crate::codes::Code;
use crate::finding::Finding;
use crate::ids::{HouseholdId, PersonId, UnitId};
use crate::vocab::UnitKind;

use super::notes::{Notes, Section};
use super::rows::{CadreRow, HouseholdRow, LeaveRow, LiaisonRow, RosterRows, UnitRow};
use super::table::{
    HouseholdIx, HouseholdView, Layer, PersonIx, PersonView, PostSet, Staged, SubjectIx, TargetIx, UnitIx, UnitView,
    Valid,
};
use super::{Liaison, Roster};

/// Where a row went: its place in the document, its number, its first day.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub(super) row: usize,
    pub(super) number: u32,
    pub(super) first: Date,
}

/// What a roster and a change to it would be together.
pub(super) struct Draft<'b> {
    pub(super) base: &'b Roster,
    pub(super) units: Layer<'b, UnitId, UnitView>,
    pub(super) people: Layer<'b, PersonId, PersonView>,
    pub(super) households: Layer<'b, HouseholdId, HouseholdView>,
    pub(super) placed_units: Vec<Placed>,
    pub(super) placed_households: Vec<Placed>,
    /// Units a row of which could not be placed: what hangs on them is not judged, since the
    /// finding about that row says enough.
    pub(super) doubtful: BTreeSet<u32>,
    /// Whether a row of a county could not be placed.
    pub(super) county_lost: bool,
    links: Vec<(SubjectIx, Vec<Liaison>)>,
    bonds: Vec<(SubjectIx, Liaison)>,
    leave: Vec<(PersonIx, Vec<(Date, Date)>)>,
    pub(super) notes: Notes,
}

/// A draft without findings, let go of its roster, to be taken over by it.
pub(super) struct Change {
    pub(super) units: Staged<UnitId, UnitView>,
    pub(super) people: Staged<PersonId, PersonView>,
    pub(super) households: Staged<HouseholdId, HouseholdView>,
    /// The liaisons, after the change, of every subject that it names.
    pub(super) links: Vec<(SubjectIx, Vec<Liaison>)>,
    /// The liaisons of the change, sorted by subject, target and first day.
    pub(super) bonds: Vec<(SubjectIx, Liaison)>,
    /// The leave, after the change, of everybody whom it names.
    pub(super) leave: Vec<(PersonIx, Vec<(Date, Date)>)>,
}

/// The codes for overlapping rows of one id: a document's own, or those of a command.
struct OverlapCodes {
    unit: Code,
    cadre: Code,
    household: Code,
}

impl<'b> Draft<'b> {
    /// Lays `rows` over `base`. `within` is the path of the document within a command, or `None`
    /// for a document that stands alone.
    pub(super) fn new(base: &'b Roster, rows: RosterRows, within: Option<&'static str>) -> Self {
        let mut draft = Draft {
            base,
            units: Layer::new(&base.units),
            people: Layer::new(&base.people),
            households: Layer::new(&base.households),
            placed_units: Vec::new(),
            placed_households: Vec::new(),
            doubtful: BTreeSet::new(),
            county_lost: false,
            links: Vec::new(),
            bonds: Vec::new(),
            leave: Vec::new(),
            notes: Notes::new(within.unwrap_or_default()),
        };
        let codes = match within {
            None => OverlapCodes {
                unit: Code::RosterOverlap,
                cadre: Code::RosterOverlap,
                household: Code::RosterOverlap,
            },
            Some(_) => OverlapCodes {
                unit: Code::UnitIdReused,
                cadre: Code::CadreIdReused,
                household: Code::HouseholdIdReused,
            },
        };
        let RosterRows { units, cadres, households, liaisons, leave } = rows;
        // All ids first: rows may name each other in any order.
        for row in &units {
            draft.units.intern(&row.id);
        }
        for row in &cadres {
            draft.people.intern(&row.id);
        }
        for row in &households {
            draft.households.intern(&row.id);
        }
        draft.put_units(units.0, codes.unit);
        draft.put_cadres(cadres.0, codes.cadre);
        draft.put_households(households.0, codes.household);
        draft.put_liaisons(liaisons.0);
        draft.put_leave(leave.0);
        draft.judge_units();
        draft.judge_households();
        draft
    }

    /// What stands against the change; nothing when it fits.
    pub(super) fn findings(self) -> Vec<Finding> {
        self.notes.finish()
    }

    /// The change, ready to be taken over, or what stands against it.
    pub(super) fn finish(self) -> Result<Change, Vec<Finding>> {
        if !self.notes.is_empty() {
            return Err(self.notes.finish());
        }
        Ok(Change {
            units: self.units.stage(),
            people: self.people.stage(),
            households: self.households.stage(),
            links: self.links,
            bonds: self.bonds,
            leave: self.leave,
        })
    }

    fn put_units(&mut self, rows: Vec<UnitRow>, overlap: Code) {
        for (at, row) in rows.into_iter().enumerate() {
            let Some(number) = self.units.find(row.id.as_str()) else { continue };
            let parent = row.parent.as_ref().map(|id| (id, self.units.find(id.as_str())));
            if let Some((parent, None)) = parent {
                self.doubtful.insert(number);
                self.notes.at(Section::Units, at, "parent", Code::RosterOrphan, |finding| {
                    finding
                        .with("reason", "unknown")
                        .with("id", row.id.as_str())
                        .with("name", row.name.as_str())
                        .with("parent", parent.as_str())
                });
            }
            let view = UnitView {
                kind: row.kind,
                parent: parent.and_then(|(_, found)| found).map(UnitIx),
                name: row.name,
                poverty: row.poverty,
                station_phone: row.station_phone,
                from: row.from.0,
                until: row.until.0,
            };
            if !self.notes.validity(Section::Units, at, row.id.as_str(), &view) {
                self.doubtful.insert(number);
                self.county_lost |= view.kind == UnitKind::County;
                continue;
            }
            let first = view.first();
            if self.units.put(number, view) {
                self.placed_units.push(Placed { row: at, number, first });
            } else {
                self.notes.overlap(Section::Units, at, overlap, row.id.as_str());
            }
        }
        overlaps(&self.units, &self.placed_units, Section::Units, overlap, &mut self.notes);
    }

    fn put_cadres(&mut self, rows: Vec<CadreRow>, overlap: Code) {
        let mut placed = Vec::with_capacity(rows.len());
        for (at, row) in rows.into_iter().enumerate() {
            let Some(number) = self.people.find(row.id.as_str()) else { continue };
            let Some(unit) = self.units.find(row.unit.as_str()) else {
                self.notes.unknown(Section::Cadres, at, "unit", row.unit.as_str(), row.id.as_str());
                continue;
            };
            let view = PersonView {
                name: row.name,
                level: row.level,
                unit: UnitIx(unit),
                posts: PostSet::from_posts(&row.posts),
                from: row.from,
                until: row.until.0,
            };
            if !self.notes.validity(Section::Cadres, at, row.id.as_str(), &view) {
                continue;
            }
            if self.people.put(number, view) {
                placed.push(Placed { row: at, number, first: row.from });
            } else {
                self.notes.overlap(Section::Cadres, at, overlap, row.id.as_str());
            }
        }
        overlaps(&self.people, &placed, Section::Cadres, overlap, &mut self.notes);
    }

    fn put_households(&mut self, rows: Vec<HouseholdRow>, overlap: Code) {
        self.placed_households.reserve_exact(rows.len());
        for (at, row) in rows.into_iter().enumerate() {
            let Some(number) = self.households.find(row.id.as_str()) else { continue };
            let Some(unit) = self.units.find(row.unit.as_str()) else {
                self.notes.unknown(Section::Households, at, "unit", row.unit.as_str(), row.id.as_str());
                continue;
            };
            let view =
                HouseholdView { unit: UnitIx(unit), name: row.name, from: row.from, until: row.until.0 };
            if !self.notes.validity(Section::Households, at, row.id.as_str(), &view) {
                continue;
            }
            if self.households.put(number, view) {
                self.placed_households.push(Placed { row: at, number, first: row.from });
            } else {
                self.notes.overlap(Section::Households, at, overlap, row.id.as_str());
            }
        }
        overlaps(&self.households, &self.placed_households, Section::Households, overlap, &mut self.notes);
    }

    /// A cadre, else a department; `Err` with the reason when the id names neither.
    fn subject(&self, id: &str) -> Result<SubjectIx, &'static str> {
        if let Some(number) = self.people.find(id) {
            return Ok(SubjectIx::Person(PersonIx(number)));
        }
        match self.units.find(id) {
            Some(number) if self.ever(number, UnitKind::Department) => Ok(SubjectIx::Unit(UnitIx(number))),
            Some(_) => Err("not_department"),
            None => Err("subject"),
        }
    }

    /// A household, else a village; `Err` with the reason when the id names neither.
    fn target(&self, id: &str) -> Result<TargetIx, &'static str> {
        if let Some(number) = self.households.find(id) {
            return Ok(TargetIx::Household(HouseholdIx(number)));
        }
        match self.units.find(id) {
            Some(number) if self.ever(number, UnitKind::Village) => Ok(TargetIx::Unit(UnitIx(number))),
            Some(_) => Err("not_village"),
            None => Err("target"),
        }
    }

    /// Whether the unit is of this kind in some row.
    pub(super) fn ever(&self, unit: u32, kind: UnitKind) -> bool {
        self.doubtful.contains(&unit) || self.units.rows(unit).iter().any(|row| row.kind == kind)
    }

    fn put_liaisons(&mut self, rows: Vec<LiaisonRow>) {
        let mut found = Vec::with_capacity(rows.len());
        for (at, row) in rows.into_iter().enumerate() {
            let (subject, target) = (self.subject(row.subject.as_str()), self.target(row.target.as_str()));
            if let Err(reason) = subject {
                let id = row.subject.as_str();
                self.notes.at(Section::Liaisons, at, "subject", Code::RosterUnknown, |finding| {
                    finding.with("reason", reason).with("unknown", id)
                });
            }
            if let Err(reason) = target {
                let id = row.target.as_str();
                self.notes.at(Section::Liaisons, at, "target", Code::RosterUnknown, |finding| {
                    finding.with("reason", reason).with("unknown", id)
                });
            }
            let ok = self.notes.days(Section::Liaisons, at, row.subject.as_str(), row.from, row.until.0);
            if let (Ok(subject), Ok(target), true) = (subject, target, ok) {
                found.push((subject, Liaison { target, from: row.from, until: row.until.0 }, at));
            }
        }
        found.sort_by_key(|(subject, liaison, _)| (*subject, liaison.key()));
        self.bonds.reserve_exact(found.len());
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            let Some((subject, ..)) = group.first() else { continue };
            let merged = self.merge_liaisons(*subject, group);
            self.links.push((*subject, merged));
            self.bonds.extend(group.iter().map(|(subject, liaison, _)| (*subject, *liaison)));
        }
    }

    /// A subject's liaisons with those of the change among them, each with its row in the change.
    fn merge_liaisons(&mut self, subject: SubjectIx, group: &[(SubjectIx, Liaison, usize)]) -> Vec<Liaison> {
        let before = self.base.liaisons_of(subject);
        let mut merged: Vec<(Liaison, Option<usize>)> = Vec::with_capacity(before.len().saturating_add(group.len()));
        let mut before = before.iter().copied().peekable();
        for (_, liaison, at) in group {
            while let Some(old) = before.next_if(|old| old.key() < liaison.key()) {
                merged.push((old, None));
            }
            before.next_if(|old| old.key() == liaison.key());
            merged.push((*liaison, Some(*at)));
        }
        merged.extend(before.map(|old| (old, None)));
        for (earlier, later) in merged.iter().zip(merged.iter().skip(1)) {
            let overlap = earlier.0.target == later.0.target && earlier.0.last() >= later.0.from;
            if let (true, Some(at)) = (overlap, later.1.or(earlier.1)) {
                let (subject, target) = (self.subject_id(subject), self.target_id(later.0.target));
                self.notes.at(Section::Liaisons, at, "", Code::RosterOverlap, |finding| {
                    finding.with("reason", "liaison").with("id", subject).with("target", target)
                });
            }
        }
        merged.into_iter().map(|(liaison, _)| liaison).collect()
    }

    pub(super) fn subject_id(&self, subject: SubjectIx) -> String {
        match subject {
            SubjectIx::Person(person) => self.people.id(person.0).to_owned(),
            SubjectIx::Unit(unit) => self.units.id(unit.0).to_owned(),
        }
    }

    fn target_id(&self, target: TargetIx) -> String {
        match target {
            TargetIx::Household(household) => self.households.id(household.0).to_owned(),
            TargetIx::Unit(unit) => self.units.id(unit.0).to_owned(),
        }
    }

    fn put_leave(&mut self, rows: Vec<LeaveRow>) {
        let mut found = Vec::with_capacity(rows.len());
        for (at, row) in rows.into_iter().enumerate() {
            let Some(number) = self.people.find(row.cadre.as_str()) else {
                let id = row.cadre.as_str();
                self.notes.at(Section::Leave, at, "cadre", Code::RosterUnknown, |finding| {
                    finding.with("reason", "cadre").with("unknown", id)
                });
                continue;
            };
            if self.notes.days(Section::Leave, at, row.cadre.as_str(), row.from, Some(row.until)) {
                found.push((PersonIx(number), row.from, row.until, at));
            }
        }
        found.sort_by_key(|(person, from, ..)| (*person, *from));
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            let Some((person, ..)) = group.first().copied() else { continue };
            let mut days = self.base.leave_of(person).to_vec();
            let mut last = None;
            for (_, from, until, at) in group {
                // Leave that overlaps adds up; only the same first day twice says two things.
                if last == Some(*from) {
                    self.notes.overlap(Section::Leave, *at, Code::RosterOverlap, self.people.id(person.0));
                }
                last = Some(*from);
                match days.binary_search_by_key(from, |(from, _)| *from) {
                    Ok(same) => {
                        if let Some(days) = days.get_mut(same) {
                            days.1 = *until;
                        }
                    }
                    Err(place) => days.insert(place, (*from, *until)),
                }
            }
            self.leave.push((person, days));
        }
    }
}

/// Finds the rows of one id that overlap, at the place of a row that the change brings.
fn overlaps<Id, V>(layer: &Layer<'_, Id, V>, placed: &[Placed], section: Section, code: Code, notes: &mut Notes)
where
    Id: Clone + Ord + std::hash::Hash + std::borrow::Borrow<str>,
    V: Clone + Valid,
{
    for Placed { row: at, number, first } in placed {
        let rows = layer.rows(*number);
        if rows.len() < 2 {
            continue;
        }
        let place = rows.partition_point(|row| row.first() < *first);
        let earlier = place.checked_sub(1).and_then(|before| rows.get(before));
        let last = rows.get(place).map_or(*first, Valid::last);
        // A later row of the same change looks back at this one by itself.
        let later = rows
            .get(place.saturating_add(1))
            .filter(|later| later.first() <= last && !layer.is_placed(*number, later.first()));
        if earlier.is_some_and(|earlier| earlier.last() >= *first) || later.is_some() {
            notes.overlap(section, *at, code, layer.id(*number));
        }
    }
}

impl Notes {
    /// Notes rows of one id that overlap.
    pub(super) fn overlap(&mut self, section: Section, at: usize, code: Code, id: &str) {
        self.at(section, at, "", code, |finding| finding.with("reason", "rows").with("id", id));
    }

    /// Notes an id that names nothing.
    fn unknown(&mut self, section: Section, at: usize, field: &'static str, unknown: &str, id: &str) {
        self.at(section, at, field, Code::RosterUnknown, |finding| {
            finding.with("reason", field).with("unknown", unknown).with("id", id)
        });
    }

    /// Whether a row ends no earlier than it begins; notes it when not.
    fn validity(&mut self, section: Section, at: usize, id: &str, row: &impl Valid) -> bool {
        self.days(section, at, id, row.first(), Some(row.last()))
    }

    fn days(&mut self, section: Section, at: usize, id: &str, from: Date, until: Option<Date>) -> bool {
        let until = until.unwrap_or(Date::MAX);
        let ok = from <= until;
        if !ok {
            self.at(section, at, "until", Code::RosterValidity, |finding| {
                finding.with("id", id).with("from", from.to_string()).with("until", until.to_string())
            });
        }
        ok
    }
}
