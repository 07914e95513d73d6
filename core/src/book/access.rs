//! Who may read: a person's unit and those below, and the cases that the person collected or
//! answers for; stability only the head and the office; anybody else gets the public projection.

use crate::authority::{Actor, Roles};
use crate::calendar::Date;
use crate::case::Case;
use crate::ids::{PersonId, UnitId};
use crate::roster::UnitIx;
use crate::vocab::Category;

use super::Book;

/// Whose eyes a view is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Anybody.
    Public,
    /// A person of the roster.
    Person(PersonId),
}

/// A viewer on a day.
pub(crate) struct Eyes<'a> {
    book: &'a Book,
    who: Option<(Actor, PersonId)>,
    day: Date,
}

impl<'a> Eyes<'a> {
    pub fn of(book: &'a Book, viewer: &Viewer, day: Date) -> Self {
        let who = match viewer {
            Viewer::Public => None,
            Viewer::Person(id) => Some((Actor::of(book.engine.roster(), id, day), id.clone())),
        };
        Eyes { book, who, day }
    }

    fn roles(&self) -> Roles<'a> {
        Roles { rules: &self.book.engine.policy_on(self.day).rules, roster: self.book.engine.roster(), day: self.day }
    }

    /// Whether a unit lies in the viewer's own unit or below it.
    pub fn covers(&self, unit: &UnitId) -> bool {
        let roster = self.book.engine.roster();
        let (Some((who, _)), Some(unit)) = (&self.who, roster.unit(unit.as_str())) else { return false };
        who.unit.is_some_and(|own| roster.is_within(unit, own, self.day))
    }

    /// Whether the viewer belongs to the office of their own unit.
    pub fn in_own_office(&self) -> bool {
        self.who.as_ref().is_some_and(|(who, _)| {
            who.unit.is_some_and(|own: UnitIx| self.roles().in_office(who, own))
        })
    }

    /// Whether the viewer may read the whole case.
    pub fn reads(&self, case: &Case) -> bool {
        let Some((who, id)) = &self.who else { return false };
        // Whoever holds no appointment any more reads as anybody does.
        if who.unit.is_none() {
            return false;
        }
        let within = self.covers(&case.unit) || case.handed_up.iter().any(|unit| self.covers(unit));
        if case.category == Category::Stability {
            return within && self.in_own_office();
        }
        within || case.collector == *id || case.responsible() == Some(id)
    }

    /// Whether the viewer may see what another person owes.
    pub fn sees_person(&self, person: &PersonId) -> bool {
        let Some((_, id)) = &self.who else { return false };
        if id == person {
            return true;
        }
        let roster = self.book.engine.roster();
        let unit = roster.person(person.as_str()).and_then(|ix| roster.person_on(ix, self.day)).map(|row| row.unit);
        unit.is_some_and(|unit| self.covers(roster.unit_id(unit)))
    }
}
