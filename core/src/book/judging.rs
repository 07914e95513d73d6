//! The judgement of a command by everything the book knows.

use crate::case::State;
use crate::codes::Code;
use crate::command::{Command, Do};
use crate::event::Fixed;
use crate::finding::Finding;
use crate::ids::CaseId;
use crate::judge::{Judge, Visited};
use crate::steps::{deliberate, judge_case, open, publish};

use super::{county, Book};

impl Book {
    /// Every reason against a command, its warnings, what it fixes, and for a visit where it went.
    pub(super) fn judged(&self, command: &Command) -> (Vec<Finding>, Fixed, Option<Visited>) {
        let mut judge = Judge::of_command(self.engine.policy_at(command.at), self.engine.roster(), command);
        judge.book = Some(&self.tables);
        let fixed = self.judge_todo(&mut judge, command);
        (judge.findings, fixed, judge.visited)
    }

    fn judge_todo(&self, j: &mut Judge<'_>, command: &Command) -> Fixed {
        match &command.todo {
            Do::RecordVisit(c) => open::record_visit(j, c),
            Do::ApproveLateVisit(c) => {
                open::approve_late_visit(j, c);
                Fixed::none()
            }
            Do::GiveContactCard(c) => {
                open::give_contact_card(j, c);
                Fixed::none()
            }
            Do::NoteNeed(c) => open::note_need(j, c),
            Do::Consolidate(c) => {
                let mut fixed = open::consolidate(j, c);
                let mut cases: Vec<CaseId> = self
                    .tables
                    .cases_of_unit(&c.unit)
                    .filter(|(_, case)| case.unit == c.unit && matches!(case.state, State::Registered(_)))
                    .map(|(_, case)| case.id.clone())
                    .collect();
                cases.sort();
                fixed.cases = Some(cases);
                fixed
            }
            Do::HoldMeeting(c) => {
                let unit = deliberate::hold_meeting(j, c);
                deliberate::item_by_item(j, c, self.tables.cases_of_unit(&c.unit).map(|(_, case)| case));
                for (index, decision) in c.decisions.iter().enumerate() {
                    match (self.tables.case(&decision.case), unit) {
                        (Some(case), Some(unit)) => deliberate::decide(j, c, unit, index, decision, case),
                        (None, _) => {
                            j.unknown(Code::CaseUnknown, format!("/decisions/{index}/case"), decision.case.as_str());
                        }
                        (Some(_), None) => {}
                    }
                }
                let cases = c.decisions.iter().map(|decision| decision.case.clone()).collect();
                Fixed { unit: Some(c.unit.clone()), cases: Some(cases), ..Fixed::none() }
            }
            Do::Publish(c) => {
                publish::publish(j, c);
                for (index, item) in c.items.iter().flatten().enumerate() {
                    match self.tables.case(&item.case) {
                        Some(case) => publish::publish_item(j, c, index, item, case),
                        None => j.unknown(Code::CaseUnknown, format!("/items/{index}/case"), item.case.as_str()),
                    }
                }
                Fixed::none()
            }
            Do::TakeDown(c) => publish::take_down(j, c),
            Do::Object(c) => publish::object(j, c),
            Do::AnswerObjection(c) => publish::answer_objection(j, c),
            Do::Correct(c) => self.judge_correct(j, c),
            Do::Consent(c) => {
                county::consent(j, c);
                Fixed::none()
            }
            Do::ChangeRoster(c) => {
                county::change_roster(j, c);
                Fixed::none()
            }
            Do::AdoptPolicy(c) => {
                county::adopt_policy(j, c);
                Fixed::none()
            }
            todo => match command.case().map(|id| (id, self.tables.case(id))) {
                Some((_, Some(case))) => judge_case(j, case, todo),
                Some((id, None)) => {
                    j.unknown(Code::CaseUnknown, "/case", id.as_str());
                    Fixed::none()
                }
                None => Fixed::none(),
            },
        }
    }
}
