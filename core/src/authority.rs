//! Who may do what: roles come from a person's level and posts in the roster, at their unit,
//! while the appointment lasts. Leave forbids nothing.

use crate::calendar::Date;
use crate::case::Case;
use crate::ids::PersonId;
use crate::judge::Judge;
use crate::policy::{RuleId, Rules};
use crate::codes::Code;
use crate::roster::{PersonIx, PostSet, Roster, UnitIx};
use crate::vocab::{Level, Post, UnitKind};

/// A person as the roster has them on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Actor {
    pub person: Option<PersonIx>,
    pub unit: Option<UnitIx>,
    pub posts: PostSet,
    pub level: Option<Level>,
}

impl Actor {
    pub fn of(roster: &Roster, id: &PersonId, day: Date) -> Self {
        match roster.person(id.as_str()) {
            Some(person) => Self::at(roster, person, day),
            None => Actor { person: None, unit: None, posts: PostSet::default(), level: None },
        }
    }

    pub fn at(roster: &Roster, person: PersonIx, day: Date) -> Self {
        match roster.person_on(person, day) {
            Some(row) => Actor { person: Some(person), unit: Some(row.unit), posts: row.posts, level: row.level },
            None => Actor { person: Some(person), unit: None, posts: PostSet::default(), level: None },
        }
    }
}

/// The roles, read from the policy's `authority` on one roster and day.
#[derive(Clone, Copy)]
pub(crate) struct Roles<'a> {
    pub rules: &'a Rules,
    pub roster: &'a Roster,
    pub day: Date,
}

impl<'a> Roles<'a> {
    fn kind(&self, unit: UnitIx) -> Option<UnitKind> {
        self.roster.unit_on(unit, self.day).map(|row| row.kind)
    }

    /// A group's office is its village's.
    fn seat(&self, unit: UnitIx) -> UnitIx {
        self.roster.village_of(unit, self.day).unwrap_or(unit)
    }

    /// The kind of unit whose head holds this post, when it is a head's.
    pub fn headed_by(&self, post: Post) -> Option<UnitKind> {
        let head = &self.rules.authority.as_ref()?.params.head;
        [UnitKind::Village, UnitKind::Town, UnitKind::Department, UnitKind::County]
            .into_iter()
            .find(|kind| head.for_kind(*kind) == post)
    }

    /// Whether the person heads the unit.
    pub fn heads(&self, who: &Actor, unit: UnitIx) -> bool {
        let seat = self.seat(unit);
        let (Some(kind), Some(rule)) = (self.kind(seat), self.rules.authority.as_ref()) else { return false };
        who.unit == Some(seat) && who.posts.contains(rule.params.head.for_kind(kind))
    }

    /// Whether the person belongs to the unit's office.
    pub fn in_office(&self, who: &Actor, unit: UnitIx) -> bool {
        let seat = self.seat(unit);
        let (Some(kind), Some(rule)) = (self.kind(seat), self.rules.authority.as_ref()) else { return false };
        who.unit == Some(seat)
            && (who.posts.contains(rule.params.head.for_kind(kind))
                || rule.params.office.for_kind(kind).iter().any(|post| who.posts.contains(*post)))
    }

    /// Everybody in the unit's office, the head among them, by id.
    pub fn office_of(&self, unit: UnitIx) -> Vec<PersonIx> {
        let seat = self.seat(unit);
        let (Some(kind), Some(rule)) = (self.kind(seat), self.rules.authority.as_ref()) else { return Vec::new() };
        let mut posts = PostSet::from_posts(rule.params.office.for_kind(kind));
        posts.insert(rule.params.head.for_kind(kind));
        self.roster.holders(seat, posts, self.day)
    }

    /// Whether the person supervises the unit, for the village.
    pub fn supervises(&self, who: &Actor, unit: UnitIx) -> bool {
        let seat = self.seat(unit);
        self.kind(seat) == Some(UnitKind::Village)
            && who.unit == Some(seat)
            && self.rules.authority.as_ref().is_some_and(|rule| {
                rule.params.supervision.iter().any(|post| who.posts.contains(*post))
            })
    }

    /// The office that does what the tier above does: the parent's, or the county's own.
    pub fn above(&self, unit: UnitIx) -> UnitIx {
        let seat = self.seat(unit);
        self.roster.tier_above(seat, self.day).unwrap_or(seat)
    }

    /// Whether the person belongs to the office of the tier above the unit.
    pub fn in_office_above(&self, who: &Actor, unit: UnitIx) -> bool {
        self.in_office(who, self.above(unit))
    }

    /// Whether the person belongs to the office of the unit or of one above it, or supervises it.
    pub fn oversees(&self, who: &Actor, unit: UnitIx) -> bool {
        if self.supervises(who, unit) {
            return true;
        }
        let mut at = Some(self.seat(unit));
        while let Some(unit) = at {
            if self.in_office(who, unit) {
                return true;
            }
            at = self.roster.tier_above(unit, self.day);
        }
        false
    }

    /// Whether the person belongs to the unit or to one above it.
    pub fn at_or_above(&self, who: &Actor, unit: UnitIx) -> bool {
        who.unit.is_some_and(|own| self.roster.is_within(unit, self.seat(own), self.day) || self.roster.is_within(unit, own, self.day))
    }

    /// Whether `who` is under `boss`: all of a unit that he heads and of the units below; for
    /// others of an office, the units below only.
    pub fn is_under(&self, who: &Actor, boss: &Actor) -> bool {
        if who.person == boss.person {
            return false;
        }
        let (Some(own), Some(seat)) = (who.unit, boss.unit) else { return false };
        if !self.roster.is_within(own, seat, self.day) {
            return false;
        }
        self.heads(boss, seat) || (own != seat && self.in_office(boss, seat))
    }
}

impl<'a> Judge<'a> {
    pub fn roles(&self) -> Roles<'a> {
        Roles { rules: self.rules, roster: self.roster, day: self.today }
    }

    /// Refuses unless the actor belongs to the unit's office.
    pub fn need_office(&mut self, unit: UnitIx) {
        if !self.roles().in_office(&self.actor, unit) {
            self.deny("office");
        }
    }

    /// Refuses unless the actor oversees the unit, and whoever is too near to the case: the
    /// responsible person, whoever settled it, somebody under the responsible person.
    pub fn need_distance(&mut self, case: &Case, unit: UnitIx, need_oversight: bool) {
        if need_oversight && !self.roles().oversees(&self.actor, unit) {
            self.deny("oversight");
        }
        if let Some(reason) = self.too_near(case, self.actor_id) {
            let actor = self.actor_id.to_string();
            self.breach(RuleId::CloseAsker, Code::CloseAsker, "/actor", reason).with("actor", actor);
        }
    }

    /// Why a person is too near to a case to ask about it, if they are.
    pub fn too_near(&self, case: &Case, person: &PersonId) -> Option<&'static str> {
        let responsible = case.responsible();
        if responsible == Some(person) {
            return Some("responsible");
        }
        if case.state.settled_by() == Some(person) {
            return Some("settled_it");
        }
        let boss = Actor::of(self.roster, responsible?, self.today);
        let who = Actor::of(self.roster, person, self.today);
        self.roles().is_under(&who, &boss).then_some("under_responsible")
    }
}
