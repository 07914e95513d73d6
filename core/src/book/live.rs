//! Living an accepted command: the fold that makes tables of records. It judges nothing.

use crate::calendar::{Instant, Period, PeriodKind};
use crate::case::{Case, ConsentGiven, State, WasConsent, WasCorrected, WasObjected, What};
use crate::chain::{query_code, sm3, Hash};
use crate::command::{Command, Correct, Do, PackedVisit, Publish, RecordVisit};
use crate::event::Fixed;
use crate::ids::{HouseholdId, PersonId};
use crate::judge::Visited;
use crate::policy::Policy;
use crate::roster::{PersonIx, TargetIx};
use crate::shape::Text;
use crate::steps::{deliberate, evolve_case, open, publish, Stamp};

use super::county::mended;
use super::records::{read, Record};
use super::tables::{closing_step, is_drawable, Closing, Consolidation, Meeting, Objection, Posting};
use super::visit_log::Visit;
use super::Book;

impl Book {
    /// Takes over the packed record at the front of `input` from another book's journal, with its
    /// place in the chain, which is known already: the next of `hashes` are its events'. Answers
    /// nothing, and changes nothing, when there is no record.
    pub(super) fn relive<'h>(&mut self, input: &mut &[u8], hashes: &mut impl Iterator<Item = &'h Hash>) -> Option<()> {
        let front = *input;
        // Most records are visits, and of a visit little is looked at: no command is made for it.
        if let Some(visit) = PackedVisit::read(input) {
            let number = self.take_over(front, input, visit.id, visit.at, 1, hashes);
            let found = self.visited(visit.at, visit.on, visit.target, &mut { visit.cadres });
            self.live_visit(number, visit.visit, visit.in_person, &visit.fixed, found);
            return Some(());
        }
        *input = front;
        let record = read(input)?;
        let entry = crate::event::Entry { command: &record.command, fixed: &record.fixed, warnings: &record.warnings };
        let command = &record.command;
        let number = self.take_over(front, input, command.id.as_str(), command.at, entry.len(), hashes);
        self.live(number, &record, None);
        Some(())
    }

    /// Files a packed record, which lies between `front` and `rest`, with the hashes of its events.
    fn take_over<'h>(
        &mut self,
        front: &[u8],
        rest: &[u8],
        id: &str,
        at: Instant,
        events: usize,
        hashes: &mut impl Iterator<Item = &'h Hash>,
    ) -> u32 {
        // The opening event stands before those of the first command.
        let opening = usize::from(self.is_empty());
        for hash in hashes.take(events.saturating_add(opening)) {
            self.tables.records.hashes.push(*hash);
            self.head = *hash;
        }
        let packed = front.get(..front.len().saturating_sub(rest.len())).unwrap_or_default();
        let number = self.tables.records.push_packed(packed, at, events);
        self.tables.add_command(id, number);
        number
    }

    fn live_visit(&mut self, number: u32, id: &str, in_person: Option<bool>, fixed: &Fixed, found: Option<Visited>) {
        if let Some(visit) = found.and_then(|found| visit_of(number, in_person, fixed, &found)) {
            self.tables.add_visit(id, visit);
        }
    }

    /// Lives a record that stands in the journal as `number`.
    pub(super) fn live(&mut self, number: u32, record: &Record, visited: Option<Visited>) {
        let command = &record.command;
        let stamp = Stamp::of(command);
        match &command.todo {
            Do::RecordVisit(c) => {
                let found = visited.or_else(|| self.visited_by(command.at, c));
                self.live_visit(number, c.visit.as_str(), c.in_person, &record.fixed, found);
            }
            Do::ApproveLateVisit(c) => {
                if let Some(index) = self.tables.visit_number(&c.visit) {
                    if let Some(visit) = self.tables.visits.get_mut(index) {
                        visit.approved = true;
                    }
                }
            }
            Do::GiveContactCard(c) => {
                self.tables.give_contact_card(c.household.clone());
            }
            Do::NoteNeed(c) => {
                if let Some(case) = open::need_noted(stamp, c, &record.fixed) {
                    let index = self.tables.add_case(case);
                    self.remember(index, number);
                }
            }
            Do::Consolidate(c) => {
                self.tables.add_consolidation(
                    &c.unit,
                    Consolidation {
                        period: c.period,
                        at: command.at,
                        early: record.fixed.early == Some(true),
                        command: command.id.clone(),
                    },
                );
                for id in record.fixed.cases.iter().flatten() {
                    if let Some(index) = self.tables.case_number(id) {
                        self.step(index, number, record);
                    }
                }
            }
            Do::HoldMeeting(c) => {
                self.tables.add_meeting(
                    &c.unit,
                    Meeting { id: c.meeting.clone(), held_on: c.held_on, at: command.at, command: command.id.clone() },
                );
                for decision in &c.decisions {
                    if let Some(index) = self.tables.case_number(&decision.case) {
                        self.step(index, number, record);
                    }
                }
            }
            Do::Publish(c) => self.post(number, record, c),
            Do::TakeDown(c) => {
                if let Some(posting) = self.tables.posting_mut(&c.posting) {
                    posting.down = Some((command.at, command.id.clone()));
                    let cases = posting.cases.clone();
                    for index in cases.iter().filter_map(|id| self.tables.case_number(id)).collect::<Vec<_>>() {
                        self.step(index, number, record);
                    }
                }
            }
            Do::Object(c) => {
                if let Some(unit) = record.fixed.unit.clone() {
                    self.tables.add_objection(Objection {
                        id: c.objection.clone(),
                        posting: c.posting.clone(),
                        case: c.case.clone(),
                        by: c.by.clone(),
                        at: command.at,
                        command: command.id.clone(),
                        unit,
                        again: record.fixed.again == Some(true),
                        answered: None,
                    });
                }
                if let Some(index) = self.tables.case_number(&c.case) {
                    self.step(index, number, record);
                }
            }
            Do::AnswerObjection(c) => {
                let case = self.tables.objection_mut(&c.objection).map(|objection| {
                    objection.answered = Some((command.at, command.id.clone()));
                    objection.case.clone()
                });
                if let Some(index) = case.and_then(|case| self.tables.case_number(&case)) {
                    self.step(index, number, record);
                }
            }
            Do::Consent(c) => self.consent(number, record, &c.household, c.publication),
            Do::Correct(c) => self.correct(number, record, c),
            Do::ChangeRoster(c) => {
                // Judged before: what is refused never reaches this place.
                let _ = self.engine.roster_mut().change(&c.roster);
            }
            Do::AdoptPolicy(c) => {
                if let Ok(policy) = Policy::from_node(&c.policy.0) {
                    self.engine.adopt(policy);
                }
            }
            _ => {
                if let Some(index) = command.case().and_then(|id| self.tables.case_number(id)) {
                    self.step(index, number, record);
                    self.after(index, number, command);
                }
            }
        }
    }

    /// What else a command about one case leaves behind: the query code, the closing.
    fn after(&mut self, index: u32, number: u32, command: &Command) {
        let seq = self.tables.records.first_seq(number);
        let hash = match self.tables.records.hash(seq) {
            Some(hash) => *hash,
            // Without a chain there is no hash to draw by; the command's id gives one.
            None => sm3(command.id.as_str().as_bytes()),
        };
        if matches!(command.todo, Do::RegisterCard(_)) && self.tables.records.hash(seq).is_some() {
            self.tables.set_query_code(index, Text::clipped(&query_code(&hash)));
        }
        let closing = self.tables.case_at(index).and_then(|case| match &case.state {
            State::Closed(closed) if is_drawable(closed.as_what) => {
                let step = closing_step(case).filter(|step| step.command == command.id)?;
                let day = self.engine.policy_at(step.at).local_day(step.at);
                let month = Period::containing(PeriodKind::Month, day);
                Some((month, Closing { case: index, unit: case.unit.clone(), hash }))
            }
            _ => None,
        });
        if let Some((month, closing)) = closing {
            self.tables.add_closing(month, closing);
        }
    }

    fn remember(&mut self, index: u32, number: u32) {
        let slot = usize::try_from(index).ok().and_then(|index| self.tables.history.get_mut(index));
        if let Some(history) = slot {
            history.push(number);
        }
    }

    /// Lives a record on one case and keeps the indexes in step.
    fn step(&mut self, index: u32, number: u32, record: &Record) {
        self.remember(index, number);
        let posting = match &record.command.todo {
            Do::TakeDown(c) => self.tables.posting(&c.posting).cloned(),
            _ => None,
        };
        if let Some(case) = self.tables.case_mut(index) {
            live_on(case, record, posting.as_ref());
        }
        self.tables.touch(index);
    }
}

impl Book {
    fn post(&mut self, number: u32, record: &Record, c: &Publish) {
        let command = &record.command;
        if let Some(replaced) = c.replaces.as_ref().and_then(|id| self.tables.posting_mut(id)) {
            replaced.replaced = Some((command.at, c.posting.clone()));
        }
        let items = c.items.as_deref().unwrap_or_default();
        self.tables.add_posting(Posting {
            id: c.posting.clone(),
            unit: c.unit.clone(),
            stage: c.stage,
            from: c.from,
            place: c.place.clone(),
            at: command.at,
            command: command.id.clone(),
            cases: items.iter().map(|item| item.case.clone()).collect(),
            summaries: items.iter().map(|item| item.summary.clone()).collect(),
            period: c.period,
            down: None,
            replaced: None,
        });
        for item in items {
            if let Some(index) = self.tables.case_number(&item.case) {
                self.step(index, number, record);
            }
        }
    }

    fn consent(&mut self, number: u32, record: &Record, household: &HouseholdId, publication: bool) {
        let given = ConsentGiven { at: record.command.at, publication };
        self.tables.add_consent(household, given);
        for index in self.tables.numbers_of_household(household) {
            self.step(index, number, record);
        }
    }

    /// The cadres and target of a visit by their places in the roster.
    fn visited(&self, at: Instant, on: Instant, target: &str, cadres: &mut dyn Iterator<Item = &str>) -> Option<Visited> {
        let roster = self.engine.roster();
        let day = self.engine.policy_at(at).local_day(on);
        let cadres: Vec<PersonIx> = cadres.filter_map(|id| roster.person(id)).collect();
        let household = roster.household(target).filter(|ix| roster.household_on(*ix, day).is_some());
        let target = match household {
            Some(household) => TargetIx::Household(household),
            None => TargetIx::Unit(roster.unit(target)?),
        };
        Some(Visited { day, target, cadres })
    }

    fn visited_by(&self, at: Instant, c: &RecordVisit) -> Option<Visited> {
        self.visited(at, c.on, c.target.as_str(), &mut c.cadres.iter().map(PersonId::as_str))
    }

    /// Mends a slip: the corrected command stands for the original from now on, and what it
    /// touched is lived again.
    fn correct(&mut self, number: u32, record: &Record, c: &Correct) {
        let Some(corrected) = self.tables.find_command(c.command.as_str()) else { return };
        let Some(now) = self.record_now(corrected) else { return };
        let Ok(command) = mended(&now.command, &c.field, &c.value) else { return };
        let overlay = Record { command, fixed: record.fixed.clone(), warnings: now.warnings };
        if let Do::RecordVisit(visit) = &overlay.command.todo {
            self.correct_visit(&overlay, visit);
        }
        if let (Do::NoteNeed(before), Do::NoteNeed(after)) = (&now.command.todo, &overlay.command.todo) {
            if before.household != after.household {
                self.move_household(before.household.as_ref(), &overlay);
            }
        }
        self.overlays.insert(corrected, overlay);
        let touched: Vec<u32> = (0..self.tables.history.len())
            .filter(|index| self.tables.history.get(*index).is_some_and(|history| history.contains(&corrected)))
            .filter_map(|index| u32::try_from(index).ok())
            .collect();
        for index in touched {
            self.remember(index, number);
            self.refold(index);
        }
    }

    fn correct_visit(&mut self, overlay: &Record, visit: &RecordVisit) {
        let Some(index) = self.tables.visit_number(&visit.visit) else { return };
        let Some(old) = self.tables.visit(&visit.visit).cloned() else { return };
        let Some(found) = self.visited_by(overlay.command.at, visit) else { return };
        let Some(mut new) = visit_of(old.record, visit.in_person, &overlay.fixed, &found) else { return };
        // What was approved was the visit as it stood; moved, it is to be approved anew.
        new.approved = old.approved && new.day == old.day && new.target == old.target;
        for person in old.cadres() {
            self.tables.visits.unfile(person, index);
        }
        let cadres: Vec<PersonIx> = new.cadres().collect();
        if let Some(slot) = self.tables.visits.get_mut(index) {
            *slot = new;
        }
        for person in cadres {
            self.tables.visits.file(person, index);
        }
    }

    fn move_household(&mut self, old: Option<&HouseholdId>, overlay: &Record) {
        let Do::NoteNeed(after) = &overlay.command.todo else { return };
        let Some(index) = self.tables.case_number(&after.case) else { return };
        if let Some(case) = self.tables.case_mut(index) {
            case.facts.household = after.household.clone();
        }
        self.tables.reindex_household(index, old);
    }

    /// Lives a case again from its records, as corrected.
    fn refold(&mut self, index: u32) {
        let Some(case) = self.tables.case_at(index) else { return };
        let keep = (case.query_code.clone(), case.household.clone());
        let Some(mut case) = self.fold(index, None) else { return };
        case.facts.query_code = keep.0;
        if case.household != keep.1 {
            case.facts.household = keep.1;
        }
        if let Some(slot) = self.tables.case_mut(index) {
            *slot = case;
        }
        self.tables.touch(index);
    }

    /// The case as it stood before a record.
    pub(super) fn case_before(&self, case: &Case, number: u32) -> Option<Case> {
        self.fold(self.tables.case_number(&case.id)?, Some(number))
    }

    fn fold(&self, index: u32, before: Option<u32>) -> Option<Case> {
        let history = self.tables.history.get(usize::try_from(index).ok()?)?;
        let mut folded: Option<Case> = None;
        for number in history.iter().take_while(|number| before.is_none_or(|before| **number < before)) {
            let record = self.record_now(*number)?;
            match (&record.command.todo, &mut folded) {
                (Do::NoteNeed(c), _) => {
                    let mut case = open::need_noted(Stamp::of(&record.command), c, &record.fixed)?;
                    if let Some(household) = &case.facts.household {
                        let earlier = self.tables.consents_of(household);
                        case.facts.consents =
                            earlier.into_iter().filter(|given| given.at.before(record.command.at)).collect();
                    }
                    folded = Some(case);
                }
                (todo, Some(case)) => {
                    let posting = match todo {
                        Do::TakeDown(c) => self.tables.posting(&c.posting),
                        _ => None,
                    };
                    live_on(case, &record, posting);
                }
                (_, None) => {}
            }
        }
        folded
    }
}

/// A visit as the quotas see it.
fn visit_of(number: u32, in_person: Option<bool>, fixed: &Fixed, found: &Visited) -> Option<Visit> {
    Visit::new(number, found.day, found.target, &found.cadres, in_person != Some(false), fixed.late == Some(true))
}

/// Lives a record on one case; `posting` is the one that a `take_down` names.
fn live_on(case: &mut Case, record: &Record, posting: Option<&Posting>) {
    let command = &record.command;
    let stamp = Stamp::of(command);
    match &command.todo {
        Do::Consolidate(_) => open::ledgered(case, stamp),
        Do::HoldMeeting(c) => {
            if let Some(decision) = c.decisions.iter().find(|decision| decision.case == case.id) {
                deliberate::decided(case, stamp, c, decision);
            }
        }
        Do::Publish(c) => publish::posted(case, stamp, c),
        Do::TakeDown(_) => {
            if let Some(posting) = posting {
                publish::taken_down(case, stamp, posting);
            }
        }
        Do::Object(c) => case.tread(stamp, What::Objected(WasObjected { objection: c.objection.clone() })),
        Do::AnswerObjection(c) => {
            case.tread(stamp, What::ObjectionAnswered(WasObjected { objection: c.objection.clone() }));
        }
        Do::Consent(c) => {
            case.consents.push(ConsentGiven { at: command.at, publication: c.publication });
            case.tread(stamp, What::Consent(WasConsent { publication: c.publication }));
        }
        Do::Correct(c) => {
            let step =
                WasCorrected { corrects: c.command.clone(), field: c.field.clone(), reason: c.reason.clone() };
            case.tread(stamp, What::Corrected(step));
        }
        todo => evolve_case(case, stamp, todo, &record.fixed),
    }
}
