//! What a roster answers: who was where, who was above whom, and who was linked to what on a day.

use super::table::{HouseholdIx, HouseholdView, PersonIx, PersonView, PostSet, SubjectIx, TargetIx, UnitIx, UnitView};
use super::{Bond, Liaison, Roster, TIERS};
use crate::calendar::Date;
use crate::ids::{HouseholdId, PersonId, UnitId};
use crate::vocab::UnitKind;

// Ids and numbers.
impl Roster {
    /// The unit with this id.
    pub fn unit(&self, id: &str) -> Option<UnitIx> {
        self.units.find(id).map(UnitIx)
    }

    /// The person with this id.
    pub fn person(&self, id: &str) -> Option<PersonIx> {
        self.people.find(id).map(PersonIx)
    }

    /// The household with this id.
    pub fn household(&self, id: &str) -> Option<HouseholdIx> {
        self.households.find(id).map(HouseholdIx)
    }

    /// The target with this id: a household, else a unit.
    pub fn target(&self, id: &str) -> Option<TargetIx> {
        self.household(id).map(TargetIx::Household).or_else(|| self.unit(id).map(TargetIx::Unit))
    }

    /// The subject with this id: a person, else a unit.
    pub fn subject(&self, id: &str) -> Option<SubjectIx> {
        self.person(id).map(SubjectIx::Person).or_else(|| self.unit(id).map(SubjectIx::Unit))
    }

    /// The id of a unit of this roster.
    pub fn unit_id(&self, unit: UnitIx) -> &UnitId {
        self.units.id(unit.0)
    }

    /// The id of a person of this roster.
    pub fn person_id(&self, person: PersonIx) -> &PersonId {
        self.people.id(person.0)
    }

    /// The id of a household of this roster.
    pub fn household_id(&self, household: HouseholdIx) -> &HouseholdId {
        self.households.id(household.0)
    }

    /// The id of a target, as text.
    pub fn target_id(&self, target: TargetIx) -> &str {
        match target {
            TargetIx::Household(household) => self.household_id(household).as_str(),
            TargetIx::Unit(unit) => self.unit_id(unit).as_str(),
        }
    }

    /// The id of a subject, as text.
    pub fn subject_id(&self, subject: SubjectIx) -> &str {
        match subject {
            SubjectIx::Person(person) => self.person_id(person).as_str(),
            SubjectIx::Unit(unit) => self.unit_id(unit).as_str(),
        }
    }

    /// All units, sorted by id.
    pub fn units(&self) -> impl Iterator<Item = UnitIx> + '_ {
        self.units.order.iter().copied().map(UnitIx)
    }

    /// All people, sorted by id.
    pub fn people(&self) -> impl Iterator<Item = PersonIx> + '_ {
        self.people.order.iter().copied().map(PersonIx)
    }

    /// All households, sorted by id.
    pub fn households(&self) -> impl Iterator<Item = HouseholdIx> + '_ {
        self.households.order.iter().copied().map(HouseholdIx)
    }
}

// Rows over time.
impl Roster {
    /// The unit as it was on the day; `None` when it was not there.
    pub fn unit_on(&self, unit: UnitIx, day: Date) -> Option<&UnitView> {
        self.units.on(unit.0, day)
    }

    /// The person as he was on the day; `None` when no appointment held.
    pub fn person_on(&self, person: PersonIx, day: Date) -> Option<&PersonView> {
        self.people.on(person.0, day)
    }

    /// The household as it was on the day; `None` when it was not there.
    pub fn household_on(&self, household: HouseholdIx, day: Date) -> Option<&HouseholdView> {
        self.households.on(household.0, day)
    }

    /// The rows of a unit by their first days.
    pub fn unit_rows(&self, unit: UnitIx) -> &[UnitView] {
        self.units.rows(unit.0)
    }

    /// The rows of a person by their first days.
    pub fn person_rows(&self, person: PersonIx) -> &[PersonView] {
        self.people.rows(person.0)
    }

    /// The rows of a household by their first days.
    pub fn household_rows(&self, household: HouseholdIx) -> &[HouseholdView] {
        self.households.rows(household.0)
    }
}

// The tree.
impl Roster {
    /// The unit and those above it on the day, upward; nothing when the unit was not there.
    pub fn upward(&self, unit: UnitIx, day: Date) -> impl Iterator<Item = (UnitIx, &UnitView)> + '_ {
        let first = self.unit_on(unit, day).map(|view| (unit, view));
        std::iter::successors(first, move |(_, view)| {
            let parent = view.parent?;
            self.unit_on(parent, day).map(|view| (parent, view))
        })
        .take(TIERS)
    }

    /// Whether `unit` is `ancestor` or lies below it on the day.
    pub fn is_within(&self, unit: UnitIx, ancestor: UnitIx, day: Date) -> bool {
        self.upward(unit, day).any(|(unit, _)| unit == ancestor)
    }

    /// The nearest unit of a kind, from `unit` itself upward.
    pub fn ancestor_of_kind(&self, unit: UnitIx, kind: UnitKind, day: Date) -> Option<UnitIx> {
        self.upward(unit, day).find(|(_, view)| view.kind == kind).map(|(unit, _)| unit)
    }

    /// The tier above: group → village → town → county; department → county; above the county none.
    pub fn tier_above(&self, unit: UnitIx, day: Date) -> Option<UnitIx> {
        self.unit_on(unit, day)?.parent
    }

    /// A group's village, or the village itself.
    pub fn village_of(&self, unit: UnitIx, day: Date) -> Option<UnitIx> {
        self.ancestor_of_kind(unit, UnitKind::Village, day)
    }

    /// The county of the day.
    pub fn county(&self, day: Date) -> Option<UnitIx> {
        let is_county = |unit: &UnitIx| self.unit_on(*unit, day).is_some_and(|view| view.kind == UnitKind::County);
        self.counties.iter().copied().find(is_county)
    }

    /// The units directly below on the day, sorted by id.
    pub fn children(&self, unit: UnitIx, day: Date) -> impl Iterator<Item = UnitIx> + '_ {
        let hangs = move |child: &UnitIx| self.unit_on(*child, day).is_some_and(|view| view.parent == Some(unit));
        self.below(unit).iter().copied().filter(hangs)
    }

    /// The unit and all below it on the day, each after the one above it.
    pub fn subtree(&self, unit: UnitIx, day: Date) -> Vec<UnitIx> {
        let mut units: Vec<UnitIx> = self.unit_on(unit, day).map(|_| unit).into_iter().collect();
        let mut at = 0usize;
        while let Some(unit) = units.get(at).copied() {
            units.extend(self.children(unit, day));
            at = at.saturating_add(1);
        }
        units
    }

    pub(super) fn below(&self, unit: UnitIx) -> &[UnitIx] {
        self.below.get(unit.index()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn homes(&self, unit: UnitIx) -> &[HouseholdIx] {
        self.homes.get(unit.index()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn counties(&self) -> &[UnitIx] {
        &self.counties
    }
}

// Who is where, and who is linked to what.
impl Roster {
    fn staff_where<'r>(
        &'r self,
        unit: UnitIx,
        day: Date,
        wanted: impl Fn(&PersonView) -> bool + 'r,
    ) -> impl Iterator<Item = PersonIx> + 'r {
        let here = move |person: &PersonIx| {
            self.person_on(*person, day).is_some_and(|view| view.unit == unit && wanted(view))
        };
        self.staff.get(unit.index()).map_or(&[][..], Vec::as_slice).iter().copied().filter(here)
    }

    /// Who holds one of the posts at the unit on the day, sorted by id.
    pub fn holders(&self, unit: UnitIx, posts: PostSet, day: Date) -> Vec<PersonIx> {
        self.staff_where(unit, day, move |view| view.posts.intersects(posts)).collect()
    }

    /// Whether anybody holds one of the posts at the unit on the day.
    pub fn is_held(&self, unit: UnitIx, posts: PostSet, day: Date) -> bool {
        self.staff_where(unit, day, move |view| view.posts.intersects(posts)).next().is_some()
    }

    /// Everybody whose appointment is at the unit on the day, sorted by id.
    pub fn people_of(&self, unit: UnitIx, day: Date) -> Vec<PersonIx> {
        self.staff_where(unit, day, |_| true).collect()
    }

    /// A subject's liaisons over all time, sorted by target and first day. A liaison may outlast
    /// the appointment, and then does not count: that is for whoever counts to ask.
    pub fn liaisons_of(&self, subject: SubjectIx) -> &[Liaison] {
        match subject {
            SubjectIx::Person(person) => self.person_links.get(person.index()),
            SubjectIx::Unit(unit) => self.unit_links.get(unit.index()),
        }
        .map_or(&[], Vec::as_slice)
    }

    /// Whether the liaison between the two is valid on the day, whatever the appointment.
    pub fn is_liaised(&self, subject: SubjectIx, target: TargetIx, day: Date) -> bool {
        let liaisons = self.liaisons_of(subject);
        let after = liaisons.partition_point(|liaison| liaison.key() <= (target, day));
        let last = after.checked_sub(1).and_then(|at| liaisons.get(at));
        last.is_some_and(|liaison| liaison.target == target && liaison.holds_on(day))
    }

    /// Who was ever linked to a target: subject, first day, last day, sorted by subject.
    pub fn liaised_to(&self, target: TargetIx) -> &[(SubjectIx, Date, Option<Date>)] {
        match target {
            TargetIx::Household(household) => self.household_bonds.get(household.index()),
            TargetIx::Unit(unit) => self.unit_bonds.get(unit.index()),
        }
        .map_or(&[], Vec::as_slice)
    }

    pub(super) fn unit_bonds(&self, unit: UnitIx) -> &[Bond] {
        self.liaised_to(TargetIx::Unit(unit))
    }

    /// A person's leave: first and last days, sorted.
    pub fn leave_of(&self, person: PersonIx) -> &[(Date, Date)] {
        self.leave.get(person.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether the person is on leave on the day.
    pub fn on_leave(&self, person: PersonIx, day: Date) -> bool {
        self.leave_of(person).iter().any(|(from, until)| *from <= day && day <= *until)
    }

    /// The households of the unit alone on the day, sorted by id.
    pub fn households_of(&self, unit: UnitIx, day: Date) -> impl Iterator<Item = HouseholdIx> + '_ {
        let lives = move |household: &HouseholdIx| {
            self.household_on(*household, day).is_some_and(|view| view.unit == unit)
        };
        self.homes(unit).iter().copied().filter(lives)
    }

    /// The households of the unit and of the units below it on the day, sorted by id.
    pub fn households_in(&self, unit: UnitIx, day: Date) -> Vec<HouseholdIx> {
        let mut found: Vec<HouseholdIx> =
            self.subtree(unit, day).into_iter().flat_map(|unit| self.households_of(unit, day)).collect();
        found.sort_unstable_by(|a, b| self.household_id(*a).cmp(self.household_id(*b)));
        found
    }
}
