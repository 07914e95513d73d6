//! What a book knows: the fold of its records, with the indexes that views answer from.

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::hash::BuildHasher;

use crate::calendar::{Date, Instant, Period, PeriodKind};
use crate::case::{Case, ClosedAs, ConsentGiven, State, What};
use crate::chain::Hash;
use crate::command::packed_id;
use crate::ids::{CaseId, CommandId, HouseholdId, MeetingId, ObjectionId, PersonId, PostingId, UnitId, VisitId};
use crate::policy::Policy;
use crate::roster::{Roster, UnitIx};
use crate::shape::Text;
use crate::vocab::Stage;

use super::records::Records;
use super::visit_log::{Visit, VisitLog};

/// A meeting as the cadence sees it.
#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    pub id: MeetingId,
    pub held_on: Date,
    pub at: Instant,
    pub command: CommandId,
}

/// A consolidation as the cadence sees it.
#[derive(Clone, Debug)]
pub(crate) struct Consolidation {
    pub period: Period,
    pub at: Instant,
    pub early: bool,
    pub command: CommandId,
}

/// A sheet on a board.
#[derive(Clone, Debug)]
pub struct Posting {
    /// Its id.
    pub id: PostingId,
    /// Whose board.
    pub unit: UnitId,
    /// Plan, result or digest.
    pub stage: Stage,
    /// From which day it hangs.
    pub from: Date,
    /// Where.
    pub place: Text,
    /// When it was entered.
    pub at: Instant,
    /// By which command.
    pub command: CommandId,
    /// The cases on it.
    pub cases: Vec<CaseId>,
    /// The public words for each.
    pub summaries: Vec<Text>,
    /// The month of a digest.
    pub period: Option<Period>,
    /// When it came down, and by which command.
    pub down: Option<(Instant, CommandId)>,
    /// The posting that took its place, and when.
    pub replaced: Option<(Instant, PostingId)>,
}

/// An objection to an item on a board.
#[derive(Clone, Debug)]
pub struct Objection {
    /// Its id.
    pub id: ObjectionId,
    /// The posting.
    pub posting: PostingId,
    /// The item.
    pub case: CaseId,
    /// Who objects.
    pub by: Text,
    /// When.
    pub at: Instant,
    /// By which command.
    pub command: CommandId,
    /// Who has to answer.
    pub unit: UnitId,
    /// Whether the same person objects again to the same item.
    pub again: bool,
    /// When it was answered, and by which command.
    pub answered: Option<(Instant, CommandId)>,
}

/// A closing, as the re-check draws from them.
#[derive(Clone, Debug)]
pub(crate) struct Closing {
    pub case: u32,
    pub unit: UnitId,
    pub hash: Hash,
}

/// From an id to a number, without holding the id: it stands in the packed records. The hash is
/// kept beside the number, so that growing looks at no record.
#[derive(Clone, Debug, Default)]
struct IdTable(HashTable<(u32, u32)>);

impl IdTable {
    fn hash(id: &str) -> u32 {
        // Both halves: where a word has 64 bits the low ones are the weaker, and where it has 32
        // there are no others.
        let hash = FxBuildHasher.hash_one(id);
        ((hash >> 32) ^ hash) as u32
    }

    fn spread(hash: u32) -> u64 {
        u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    fn find(&self, id: &str, is: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = Self::hash(id);
        self.0.find(Self::spread(hash), |(other, index)| *other == hash && is(*index)).map(|(_, index)| *index)
    }

    fn add(&mut self, id: &str, index: u32) {
        let hash = Self::hash(id);
        self.0.insert_unique(Self::spread(hash), (hash, index), |(hash, _)| Self::spread(*hash));
    }
}

/// Everything a book knows.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    pub(crate) records: Records,
    commands: IdTable,
    pub(crate) cases: Vec<Case>,
    case_index: FxHashMap<CaseId, u32>,
    by_unit: FxHashMap<UnitId, Vec<u32>>,
    by_person: FxHashMap<PersonId, Vec<u32>>,
    by_household: FxHashMap<HouseholdId, Vec<u32>>,
    by_query_code: FxHashMap<Text, u32>,
    /// The records that touched each case, for living it again after a correction.
    pub(crate) history: Vec<Vec<u32>>,
    pub(crate) visits: VisitLog,
    visit_index: IdTable,
    meeting_ids: FxHashSet<MeetingId>,
    meetings: FxHashMap<UnitId, Vec<Meeting>>,
    consolidations: FxHashMap<UnitId, Vec<Consolidation>>,
    postings: Vec<Posting>,
    posting_index: FxHashMap<PostingId, u32>,
    postings_of: FxHashMap<UnitId, Vec<u32>>,
    postings_with: FxHashMap<CaseId, Vec<u32>>,
    objections: Vec<Objection>,
    objection_index: FxHashMap<ObjectionId, u32>,
    contact_cards: FxHashSet<HouseholdId>,
    consents: FxHashMap<HouseholdId, Vec<ConsentGiven>>,
    closings: BTreeMap<Period, Vec<Closing>>,
}

fn at<T>(list: &[T], index: u32) -> Option<&T> {
    list.get(usize::try_from(index).ok()?)
}

fn number(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

impl Tables {
    pub(crate) fn find_command(&self, id: &str) -> Option<u32> {
        self.commands.find(id, |index| packed_id(self.records.bytes(index)) == Some(id))
    }

    /// Makes room for so many commands at once.
    pub(crate) fn reserve(&mut self, commands: usize) {
        self.commands.0.reserve(commands, |(hash, _)| IdTable::spread(*hash));
    }

    pub(crate) fn add_command(&mut self, id: &str, record: u32) {
        self.commands.add(id, record);
    }

    /// The case with this id.
    pub(crate) fn case(&self, id: &CaseId) -> Option<&Case> {
        at(&self.cases, *self.case_index.get(id)?)
    }

    pub(crate) fn case_number(&self, id: &CaseId) -> Option<u32> {
        self.case_index.get(id).copied()
    }

    pub(crate) fn case_at(&self, index: u32) -> Option<&Case> {
        at(&self.cases, index)
    }

    pub(crate) fn case_mut(&mut self, index: u32) -> Option<&mut Case> {
        self.cases.get_mut(usize::try_from(index).ok()?)
    }

    pub(crate) fn add_case(&mut self, mut case: Case) -> u32 {
        let index = number(self.cases.len());
        if let Some(household) = &case.facts.household {
            if let Some(consents) = self.consents.get(household) {
                case.facts.consents = consents.clone();
            }
            self.by_household.entry(household.clone()).or_default().push(index);
        }
        self.case_index.insert(case.id.clone(), index);
        self.cases.push(case);
        self.history.push(Vec::new());
        self.touch(index);
        index
    }

    /// Keeps the indexes by unit and person in step with a case that may have moved.
    pub(crate) fn touch(&mut self, index: u32) {
        let Some(case) = at(&self.cases, index) else { return };
        let people = [Some(&case.collector), case.responsible()];
        let list = self.by_unit.entry(case.unit.clone()).or_default();
        if !list.contains(&index) {
            list.push(index);
        }
        for person in people.into_iter().flatten() {
            let list = self.by_person.entry(person.clone()).or_default();
            if !list.contains(&index) {
                list.push(index);
            }
        }
    }

    pub(crate) fn reindex_household(&mut self, index: u32, old: Option<&HouseholdId>) {
        if let Some(old) = old {
            if let Some(list) = self.by_household.get_mut(old) {
                list.retain(|other| *other != index);
            }
        }
        if let Some(household) = at(&self.cases, index).and_then(|case| case.household.clone()) {
            self.by_household.entry(household).or_default().push(index);
        }
    }

    /// Every case that stands or stood on this unit's ledger, by number.
    pub(crate) fn cases_of_unit(&self, unit: &UnitId) -> impl Iterator<Item = (u32, &Case)> {
        self.by_unit
            .get(unit)
            .into_iter()
            .flatten()
            .filter_map(|index| at(&self.cases, *index).map(|case| (*index, case)))
    }

    /// Every case that the person collected or answers or answered for.
    pub(crate) fn cases_of_person(&self, person: &PersonId) -> impl Iterator<Item = (u32, &Case)> {
        self.by_person
            .get(person)
            .into_iter()
            .flatten()
            .filter_map(|index| at(&self.cases, *index).map(|case| (*index, case)))
    }

    pub(crate) fn cases_of_household(&self, household: &str) -> impl Iterator<Item = &Case> {
        self.by_household.get(household).into_iter().flatten().filter_map(|index| at(&self.cases, *index))
    }

    pub(crate) fn numbers_of_household(&self, household: &HouseholdId) -> Vec<u32> {
        self.by_household.get(household).cloned().unwrap_or_default()
    }

    pub(crate) fn set_query_code(&mut self, index: u32, code: Text) {
        self.by_query_code.insert(code.clone(), index);
        if let Some(case) = self.case_mut(index) {
            case.query_code = Some(code);
        }
    }

    pub(crate) fn case_by_query_code(&self, code: &Text) -> Option<&Case> {
        at(&self.cases, *self.by_query_code.get(code)?)
    }

    fn visit_id<'a>(&'a self, visit: &Visit) -> Option<&'a str> {
        crate::command::packed_visit(self.records.bytes(visit.record))
    }

    pub(crate) fn visit_number(&self, id: &VisitId) -> Option<u32> {
        self.visit_index.find(id.as_str(), |index| {
            self.visits.get(index).and_then(|visit| self.visit_id(visit)) == Some(id.as_str())
        })
    }

    pub(crate) fn visit(&self, id: &VisitId) -> Option<&Visit> {
        self.visits.get(self.visit_number(id)?)
    }

    pub(crate) fn id_of_visit(&self, index: u32) -> &str {
        self.visits.get(index).and_then(|visit| self.visit_id(visit)).unwrap_or_default()
    }

    pub(crate) fn add_visit(&mut self, id: &str, visit: Visit) {
        let index = self.visits.push(visit);
        self.visit_index.add(id, index);
    }

    pub(crate) fn has_contact_card(&self, household: &str) -> bool {
        self.contact_cards.contains(household)
    }

    pub(crate) fn give_contact_card(&mut self, household: HouseholdId) {
        self.contact_cards.insert(household);
    }

    pub(crate) fn add_consent(&mut self, household: &HouseholdId, given: ConsentGiven) {
        self.consents.entry(household.clone()).or_default().push(given);
    }

    pub(crate) fn consents_of(&self, household: &HouseholdId) -> Vec<ConsentGiven> {
        self.consents.get(household).cloned().unwrap_or_default()
    }

    pub(crate) fn has_meeting(&self, id: &MeetingId) -> bool {
        self.meeting_ids.contains(id)
    }

    pub(crate) fn add_meeting(&mut self, unit: &UnitId, meeting: Meeting) {
        self.meeting_ids.insert(meeting.id.clone());
        self.meetings.entry(unit.clone()).or_default().push(meeting);
    }

    pub(crate) fn meetings_of(&self, unit: &UnitId) -> &[Meeting] {
        self.meetings.get(unit).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn add_consolidation(&mut self, unit: &UnitId, consolidation: Consolidation) {
        self.consolidations.entry(unit.clone()).or_default().push(consolidation);
    }

    pub(crate) fn consolidations_of(&self, unit: &UnitId) -> &[Consolidation] {
        self.consolidations.get(unit).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn add_posting(&mut self, posting: Posting) {
        let index = number(self.postings.len());
        self.posting_index.insert(posting.id.clone(), index);
        self.postings_of.entry(posting.unit.clone()).or_default().push(index);
        for case in &posting.cases {
            self.postings_with.entry(case.clone()).or_default().push(index);
        }
        self.postings.push(posting);
    }

    pub(crate) fn posting(&self, id: &PostingId) -> Option<&Posting> {
        at(&self.postings, *self.posting_index.get(id)?)
    }

    pub(crate) fn posting_mut(&mut self, id: &PostingId) -> Option<&mut Posting> {
        let index = *self.posting_index.get(id)?;
        self.postings.get_mut(usize::try_from(index).ok()?)
    }

    pub(crate) fn postings(&self) -> &[Posting] {
        &self.postings
    }

    pub(crate) fn postings_of(&self, unit: &UnitId) -> impl Iterator<Item = &Posting> {
        self.postings_of.get(unit).into_iter().flatten().filter_map(|index| at(&self.postings, *index))
    }

    pub(crate) fn postings_with(&self, case: &CaseId) -> impl Iterator<Item = &Posting> {
        self.postings_with.get(case).into_iter().flatten().filter_map(|index| at(&self.postings, *index))
    }

    pub(crate) fn add_objection(&mut self, objection: Objection) {
        self.objection_index.insert(objection.id.clone(), number(self.objections.len()));
        self.objections.push(objection);
    }

    pub(crate) fn objection(&self, id: &ObjectionId) -> Option<&Objection> {
        at(&self.objections, *self.objection_index.get(id)?)
    }

    pub(crate) fn objection_mut(&mut self, id: &ObjectionId) -> Option<&mut Objection> {
        let index = *self.objection_index.get(id)?;
        self.objections.get_mut(usize::try_from(index).ok()?)
    }

    pub(crate) fn objections(&self) -> &[Objection] {
        &self.objections
    }

    pub(crate) fn add_closing(&mut self, month: Period, closing: Closing) {
        self.closings.entry(month).or_default().push(closing);
    }

    pub(crate) fn closing_months(&self) -> impl Iterator<Item = Period> + '_ {
        self.closings.keys().copied()
    }

    pub(crate) fn closings_in(&self, month: Period) -> &[Closing] {
        self.closings.get(&month).map_or(&[], Vec::as_slice)
    }

    /// The cases that a tier above draws of a month's closings: the first by the hashes of their
    /// closing events, at least three, five in a hundred (`sample.recheck`).
    pub(crate) fn drawn(&self, policy: &Policy, roster: &Roster, above: UnitIx, month: Period) -> Vec<u32> {
        let Some(rule) = policy.rules.sample_recheck.as_ref() else { return Vec::new() };
        let roles = crate::authority::Roles { rules: &policy.rules, roster, day: month.last() };
        let mut closings: Vec<&Closing> = self
            .closings_in(month)
            .iter()
            .filter(|closing| {
                roster.unit(closing.unit.as_str()).is_some_and(|unit| roles.above(unit) == above)
            })
            .collect();
        closings.sort_by(|a, b| a.hash.cmp(&b.hash).then(a.case.cmp(&b.case)));
        let share = (closings.len() as u64).saturating_mul(u64::from(rule.params.percent)).div_ceil(100);
        let count = usize::try_from(share.max(u64::from(rule.params.at_least))).unwrap_or(usize::MAX);
        let mut drawn = Vec::new();
        for closing in closings {
            if drawn.len() >= count {
                break;
            }
            if !drawn.contains(&closing.case) {
                drawn.push(closing.case);
            }
        }
        drawn
    }

    /// Whether a closed case was drawn for re-check: its month is over, and it is among the first.
    pub(crate) fn is_drawn(&self, policy: &Policy, roster: &Roster, case: &Case, today: Date) -> bool {
        let State::Closed(closed) = &case.state else { return false };
        let month = Period::containing(PeriodKind::Month, policy.local_day(closed.closed_at));
        let (Some(index), true) = (self.case_number(&case.id), month.last() < today) else { return false };
        let Some(unit) = roster.unit(case.unit.as_str()) else { return false };
        let roles = crate::authority::Roles { rules: &policy.rules, roster, day: month.last() };
        self.drawn(policy, roster, roles.above(unit), month).contains(&index)
    }
}

/// Whether a closing belongs among those drawn from: all but a merger, whose need goes on in
/// another case.
pub(crate) fn is_drawable(as_what: ClosedAs) -> bool {
    as_what != ClosedAs::Merged
}

/// The step by which the case was last closed.
pub(crate) fn closing_step(case: &Case) -> Option<&crate::case::Step> {
    case.trail.iter().rev().find(|step| {
        matches!(step.what, What::Closed(_) | What::SolvedOnTheSpot(_) | What::Withdrawn(_) | What::Merged(_))
    })
}
