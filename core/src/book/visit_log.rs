//! The visits of a book: each once, and by person in the order of their days.

use crate::calendar::Date;
use crate::roster::{PersonIx, TargetIx};

use super::chunked::Chunked;

/// A visit as the quotas see it.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    /// The record that entered it; its id stands there.
    pub record: u32,
    pub day: Date,
    pub target: TargetIx,
    first: PersonIx,
    // Boxed twice over, since nearly every visit is one person's and the list is then one word.
    #[allow(clippy::box_collection)] // one word instead of three, in each of a million visits
    others: Option<Box<Vec<PersonIx>>>,
    pub in_person: bool,
    pub late: bool,
    pub approved: bool,
}

impl Visit {
    pub fn new(record: u32, day: Date, target: TargetIx, cadres: &[PersonIx], in_person: bool, late: bool) -> Option<Self> {
        let (first, others) = cadres.split_first()?;
        Some(Visit {
            record,
            day,
            target,
            first: *first,
            others: (!others.is_empty()).then(|| Box::new(others.to_vec())),
            in_person,
            late,
            approved: false,
        })
    }

    /// The cadres named in it.
    pub fn cadres(&self) -> impl Iterator<Item = PersonIx> + '_ {
        std::iter::once(self.first).chain(self.others.iter().flat_map(|others| others.iter().copied()))
    }

    /// Whether it may count at all: entered in time, or approved.
    pub fn is_admitted(&self) -> bool {
        !self.late || self.approved
    }
}

/// All visits, and whose they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct VisitLog {
    visits: Chunked<Visit>,
    /// The visits of each person, by day and then by entry.
    of: Vec<Vec<u32>>,
}

impl VisitLog {
    pub fn len(&self) -> usize {
        self.visits.len()
    }

    pub fn get(&self, index: u32) -> Option<&Visit> {
        self.visits.get(usize::try_from(index).ok()?)
    }

    pub fn get_mut(&mut self, index: u32) -> Option<&mut Visit> {
        self.visits.get_mut(usize::try_from(index).ok()?)
    }

    /// Adds a visit and answers its number.
    pub fn push(&mut self, visit: Visit) -> u32 {
        let index = u32::try_from(self.visits.len()).unwrap_or(u32::MAX);
        let (first, others) = (visit.first, visit.others.clone());
        self.visits.push(visit);
        self.file(first, index);
        for person in others.into_iter().flat_map(|others| *others) {
            self.file(person, index);
        }
        index
    }

    /// Puts a visit into a person's list, which is sorted by day: most arrive near its end.
    pub fn file(&mut self, person: PersonIx, index: u32) {
        let slot = person.index();
        if self.of.len() <= slot {
            self.of.resize_with(slot.saturating_add(1), Vec::new);
        }
        let Some(day) = self.get(index).map(|visit| visit.day) else { return };
        let visits = &self.visits;
        if let Some(list) = self.of.get_mut(slot) {
            let mut place = list.len();
            while let Some(before) = place.checked_sub(1) {
                let later = list.get(before)
                    .and_then(|other| visits.get(usize::try_from(*other).ok()?))
                    .is_some_and(|other| other.day > day);
                if !later {
                    break;
                }
                place = before;
            }
            list.insert(place, index);
        }
    }

    /// Takes a visit off a person's list: its day was corrected.
    pub fn unfile(&mut self, person: PersonIx, index: u32) {
        if let Some(list) = self.of.get_mut(person.index()) {
            list.retain(|other| *other != index);
        }
    }

    /// The visits of a person from one day to another, by day.
    pub fn between(&self, person: PersonIx, from: Date, to: Date) -> impl Iterator<Item = (u32, &Visit)> {
        let list: &[u32] = self.of.get(person.index()).map_or(&[], Vec::as_slice);
        let day = |index: &u32| self.get(*index).map_or(Date::MIN, |visit| visit.day);
        let start = list.partition_point(|index| day(index) < from);
        let end = list.partition_point(|index| day(index) <= to);
        list.get(start..end)
            .unwrap_or_default()
            .iter()
            .filter_map(|index| self.get(*index).map(|visit| (*index, visit)))
    }
}
