//! The roster: units, people, households, liaisons and leave, each with its days of validity.
//!
//! [`RosterRows`] is the document, or a change to it; [`Roster`] is what is compiled from it and
//! answers who was where, who was above whom, and who was linked to what **on a day**. Ids become
//! dense numbers ([`UnitIx`], [`PersonIx`], [`HouseholdIx`]), so that whoever keeps tables of a
//! whole county keeps small ones. Numbers follow the order of entry and are never taken back;
//! whatever is *shown* comes sorted by id.
//!
//! What cannot be read as one roster is refused, by [`Roster::from_rows`] and [`Roster::change`]
//! alike. What merely falls short of a rule is a finding of [`Roster::check`].

mod check;
mod draft;
mod notes;
mod query;
mod rows;
mod table;
mod tree;

#[cfg(test)]
mod tests;

use crate::calendar::Date;
use crate::finding::Finding;
use crate::ids::{HouseholdId, PersonId, SubjectId, TargetId, UnitId};
use crate::shape::Node;
use crate::vocab::UnitKind;

pub(crate) use check::home_of;
pub use rows::{Bound, CadreRow, HouseholdRow, LeaveRow, LiaisonRow, List, Open, RosterRows, UnitRow};
pub use table::{
    HouseholdIx, HouseholdView, PersonIx, PersonView, PostSet, SubjectIx, TargetIx, UnitIx, UnitView,
};

use draft::{Change, Draft};
use table::Table;

/// How many units lie one above the other at most: group, village, town, county.
const TIERS: usize = 4;

/// Where the document of a change lies in its command.
const WITHIN: &str = "/roster";

/// A subject's liaison to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Liaison {
    /// The household or village.
    pub target: TargetIx,
    /// The first valid day.
    pub from: Date,
    /// The last valid day; `None` is open.
    pub until: Option<Date>,
}

impl Liaison {
    fn key(&self) -> (TargetIx, Date) {
        (self.target, self.from)
    }

    fn last(&self) -> Date {
        self.until.unwrap_or(Date::MAX)
    }

    /// Whether the liaison is valid on the day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && day <= self.last()
    }
}

/// A target's liaison seen from its end: the subject, the first valid day, the last.
type Bond = (SubjectIx, Date, Option<Date>);

/// The roster, ready to be asked.
///
/// ```
/// use wuzhang::calendar::Date;
/// use wuzhang::roster::{PostSet, Roster};
/// use wuzhang::vocab::Post;
///
/// let roster = Roster::read(r#"{
///   "units":[{"id":"c","kind":"county","name":"大邑县"},
///     {"id":"t","kind":"town","name":"王泗镇","parent":"c"},
///     {"id":"v","kind":"village","name":"某村","parent":"t"}],
///   "cadres":[{"id":"k1","name":"李某","level":"village","unit":"v",
///     "posts":["branch_secretary"],"from":"2014-01-01","until":"2014-06-30"}]
/// }"#.as_bytes()).unwrap();
///
/// let village = roster.unit("v").unwrap();
/// let secretary = PostSet::of(Post::BranchSecretary);
/// let last_day = Date::parse("2014-06-30").unwrap();
/// assert_eq!(roster.holders(village, secretary, last_day).len(), 1);
/// assert_eq!(roster.holders(village, secretary, last_day.add_days(1)).len(), 0);
/// assert!(roster.is_within(village, roster.unit("c").unwrap(), last_day));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Roster {
    units: Table<UnitId, UnitView>,
    people: Table<PersonId, PersonView>,
    households: Table<HouseholdId, HouseholdView>,
    /// Per unit, sorted by id, what ever had a row there; the rows say when.
    below: Vec<Vec<UnitIx>>,
    staff: Vec<Vec<PersonIx>>,
    homes: Vec<Vec<HouseholdIx>>,
    /// Per subject, sorted by target and first day.
    person_links: Vec<Vec<Liaison>>,
    unit_links: Vec<Vec<Liaison>>,
    /// Per target, sorted by subject and first day.
    household_bonds: Vec<Vec<Bond>>,
    unit_bonds: Vec<Vec<Bond>>,
    leave: Vec<Vec<(Date, Date)>>,
    /// The units that ever were the county.
    counties: Vec<UnitIx>,
    /// The SM3 of the document that it was read from, in canonical JSON.
    document_hash: crate::chain::Hash,
}

/// Two rosters are equal when they have the same rows, whatever the order of entry.
impl PartialEq for Roster {
    fn eq(&self, other: &Self) -> bool {
        self.rows() == other.rows()
    }
}

// Reading and changing.
impl Roster {
    /// Reads a roster from a JSON document of at most 512 MiB.
    ///
    /// # Errors
    /// Everything that stands against it, at most a thousand findings and the number of the rest.
    pub fn read(text: &[u8]) -> Result<Roster, Vec<Finding>> {
        Roster::from_node(&rows::parsed(text)?)
    }

    /// Reads a roster from a document that is parsed already.
    ///
    /// # Errors
    /// As [`Roster::read`].
    pub fn from_node(node: &Node<'_>) -> Result<Roster, Vec<Finding>> {
        // Whoever holds the file can canonicalise it with a public tool and compare, so it is the
        // document as written that is hashed, and not the rows as we would write them.
        Roster::put_together(RosterRows::from_node(node)?, || crate::chain::sm3(node.canonical().as_bytes()))
    }

    /// The SM3 of the document that the roster was read from, in canonical JSON; of its rows, when
    /// it was put together from rows. A change leaves it as it is.
    pub fn document_hash(&self) -> &crate::chain::Hash {
        &self.document_hash
    }

    /// Puts rows together as a roster, or says everything that stands against it.
    pub fn from_rows(rows: RosterRows) -> Result<Roster, Vec<Finding>> {
        let hash = crate::chain::sm3(rows.document().as_bytes());
        Roster::put_together(rows, || hash)
    }

    /// Puts rows together that come from the document with this hash.
    pub(crate) fn put_together(rows: RosterRows, hash: impl FnOnce() -> crate::chain::Hash) -> Result<Roster, Vec<Finding>> {
        let mut roster = Roster::default();
        let change = Draft::new(&roster, rows, None).finish()?;
        roster.commit(change);
        roster.document_hash = hash();
        Ok(roster)
    }

    /// Adds rows and ends or replaces others, all or nothing. A row with the id and the first day
    /// of an existing row takes its place (so a row is ended: the same row with its `until`); a
    /// liaison is known by subject, target and first day, leave by cadre and first day.
    ///
    /// ```
    /// # use wuzhang::roster::{Roster, RosterRows};
    /// let mut roster = Roster::read(br#"{"units":[{"id":"c","kind":"county","name":"X"}]}"#).unwrap();
    /// let change = RosterRows::parse(br#"{"units":[{"id":"t","kind":"town","name":"Y","parent":"z"}]}"#).unwrap();
    /// let findings = roster.change(&change).unwrap_err();
    /// assert_eq!(findings[0].path, "/roster/units/0/parent");
    /// assert!(roster.unit("t").is_none());
    /// ```
    pub fn change(&mut self, change: &RosterRows) -> Result<(), Vec<Finding>> {
        let change = Draft::new(self, change.clone(), Some(WITHIN)).finish()?;
        self.commit(change);
        Ok(())
    }

    /// What [`Roster::change`] would refuse; nothing when it would accept.
    pub fn check_change(&self, change: &RosterRows) -> Vec<Finding> {
        Draft::new(self, change.clone(), Some(WITHIN)).findings()
    }

    fn commit(&mut self, change: Change) {
        let units = self.units.commit(change.units);
        let people = self.people.commit(change.people);
        let households = self.households.commit(change.households);

        let count = self.units.ids.len();
        self.below.resize_with(count, Vec::new);
        self.staff.resize_with(count, Vec::new);
        self.homes.resize_with(count, Vec::new);
        self.unit_links.resize_with(count, Vec::new);
        self.unit_bonds.resize_with(count, Vec::new);
        self.person_links.resize_with(self.people.ids.len(), Vec::new);
        self.leave.resize_with(self.people.ids.len(), Vec::new);
        self.household_bonds.resize_with(self.households.ids.len(), Vec::new);

        for unit in units {
            for row in self.units.rows(unit) {
                if let Some(list) = row.parent.and_then(|parent| self.below.get_mut(parent.index())) {
                    self.units.insert_sorted(list, UnitIx(unit), |unit| unit.0);
                }
                if row.kind == UnitKind::County && !self.counties.contains(&UnitIx(unit)) {
                    self.counties.push(UnitIx(unit));
                }
            }
        }
        for person in people {
            for row in self.people.rows(person) {
                if let Some(list) = self.staff.get_mut(row.unit.index()) {
                    self.people.insert_sorted(list, PersonIx(person), |person| person.0);
                }
            }
        }
        for household in households {
            for row in self.households.rows(household) {
                if let Some(list) = self.homes.get_mut(row.unit.index()) {
                    self.households.insert_sorted(list, HouseholdIx(household), |household| household.0);
                }
            }
        }
        for (subject, mut liaisons) in change.links {
            liaisons.shrink_to_fit();
            let slot = match subject {
                SubjectIx::Person(person) => self.person_links.get_mut(person.index()),
                SubjectIx::Unit(unit) => self.unit_links.get_mut(unit.index()),
            };
            if let Some(slot) = slot {
                *slot = liaisons;
            }
        }
        self.commit_bonds(change.bonds);
        for (person, days) in change.leave {
            if let Some(slot) = self.leave.get_mut(person.index()) {
                *slot = days;
            }
        }
    }

    fn commit_bonds(&mut self, mut bonds: Vec<(SubjectIx, Liaison)>) {
        bonds.sort_unstable_by_key(|(subject, liaison)| (liaison.target, *subject, liaison.from));
        for group in bonds.chunk_by(|a, b| a.1.target == b.1.target) {
            let slot = match group.first().map(|(_, liaison)| liaison.target) {
                Some(TargetIx::Household(household)) => self.household_bonds.get_mut(household.index()),
                Some(TargetIx::Unit(unit)) => self.unit_bonds.get_mut(unit.index()),
                None => None,
            };
            let Some(slot) = slot else { continue };
            slot.reserve_exact(group.len());
            for (subject, liaison) in group {
                let bond = (*subject, liaison.from, liaison.until);
                match slot.binary_search_by_key(&(bond.0, bond.1), |other| (other.0, other.1)) {
                    Ok(same) => {
                        if let Some(other) = slot.get_mut(same) {
                            *other = bond;
                        }
                    }
                    Err(place) => slot.insert(place, bond),
                }
            }
        }
    }

    /// The rows as they now are, sorted by id and first day (liaisons by subject, target and first
    /// day; leave by cadre and first day): the same for the same roster, however it came about.
    pub fn rows(&self) -> RosterRows {
        RosterRows {
            units: self.units().flat_map(|unit| self.unit_rows(unit).iter().map(move |row| (unit, row)))
                .map(|(unit, row)| self.unit_row(unit, row))
                .collect(),
            cadres: self.people().flat_map(|person| self.person_rows(person).iter().map(move |row| (person, row)))
                .map(|(person, row)| CadreRow {
                    id: self.person_id(person).clone(),
                    name: row.name.clone(),
                    level: row.level,
                    unit: self.unit_id(row.unit).clone(),
                    posts: row.posts.iter().collect(),
                    from: row.from,
                    until: Open(row.until),
                })
                .collect(),
            households: self
                .households()
                .flat_map(|household| self.household_rows(household).iter().map(move |row| (household, row)))
                .map(|(household, row)| HouseholdRow {
                    id: self.household_id(household).clone(),
                    unit: self.unit_id(row.unit).clone(),
                    name: row.name.clone(),
                    from: row.from,
                    until: Open(row.until),
                })
                .collect(),
            liaisons: self.liaison_rows().into(),
            leave: self
                .people()
                .flat_map(|person| self.leave_of(person).iter().map(move |days| (person, days)))
                .map(|(person, (from, until))| LeaveRow {
                    cadre: self.person_id(person).clone(),
                    from: *from,
                    until: *until,
                })
                .collect(),
        }
    }

    /// The last day on which somebody, a household or a liaison begins: from then on all that the
    /// roster has of these has begun. `None` when there is none of them.
    pub fn all_begun(&self) -> Option<Date> {
        let people = self.people().flat_map(|person| self.person_rows(person)).map(|row| row.from);
        let households = self.households().flat_map(|household| self.household_rows(household)).map(|row| row.from);
        let links = self.person_links.iter().chain(&self.unit_links).flatten().map(|link| link.from);
        people.chain(households).chain(links).max()
    }

    fn unit_row(&self, unit: UnitIx, row: &UnitView) -> UnitRow {
        UnitRow {
            id: self.unit_id(unit).clone(),
            kind: row.kind,
            name: row.name.clone(),
            parent: row.parent.map(|parent| self.unit_id(parent).clone()),
            poverty: row.poverty,
            station_phone: row.station_phone.clone(),
            from: Bound(row.from),
            until: Bound(row.until),
        }
    }

    fn liaison_rows(&self) -> Vec<LiaisonRow> {
        let subjects = self.people().map(SubjectIx::Person).chain(self.units().map(SubjectIx::Unit));
        let mut rows: Vec<LiaisonRow> = subjects
            .flat_map(|subject| self.liaisons_of(subject).iter().map(move |liaison| (subject, liaison)))
            .filter_map(|(subject, liaison)| {
                Some(LiaisonRow {
                    subject: SubjectId::new(self.subject_id(subject))?,
                    target: TargetId::new(self.target_id(liaison.target))?,
                    from: liaison.from,
                    until: Open(liaison.until),
                })
            })
            .collect();
        rows.sort_by(|a, b| (&a.subject, &a.target, a.from).cmp(&(&b.subject, &b.target, b.from)));
        rows
    }
}
