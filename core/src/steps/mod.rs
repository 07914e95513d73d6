//! The five steps. Each file holds one step's commands: who may, from which state, what a rule
//! asks for, and what the event does to the case.
//!
//! A guard looks and notes findings; `evolve` changes and looks at nothing but the command and
//! what the guard fixed, so that a journal can be lived again without judging it again.

pub(crate) mod close;
pub(crate) mod deliberate;
pub(crate) mod open;
pub(crate) mod other;
pub(crate) mod publish;
pub(crate) mod settle;

use crate::calendar::Instant;
use crate::case::{Case, Step, What};
use crate::command::{Command, Do};
use crate::event::Fixed;
use crate::ids::{CommandId, PersonId};
use crate::judge::Judge;

/// When, by which command and by whom: what every step on a trail says.
#[derive(Clone, Copy)]
pub(crate) struct Stamp<'a> {
    pub at: Instant,
    pub command: &'a CommandId,
    pub actor: &'a PersonId,
}

impl<'a> Stamp<'a> {
    pub fn of(command: &'a Command) -> Self {
        Stamp { at: command.at, command: &command.id, actor: &command.actor }
    }
}

impl Case {
    /// Puts a step on the trail, with where the case stands now.
    pub(crate) fn tread(&mut self, stamp: Stamp<'_>, what: What) {
        let step = Step {
            at: stamp.at,
            command: stamp.command.clone(),
            actor: stamp.actor.clone(),
            to: self.state.name(),
            unit: self.facts.unit.clone(),
            what,
        };
        self.facts.trail.push(step);
    }
}

/// Judges a command that names this one case, and says what it fixes.
pub(crate) fn judge_case(judge: &mut Judge<'_>, case: &Case, todo: &Do) -> Fixed {
    match todo {
        Do::SolveOnTheSpot(c) => open::solve_on_the_spot(judge, case, c),
        Do::RegisterCard(c) => open::register_card(judge, case, c),
        Do::ReportUp(_) => deliberate::report_up(judge, case),
        Do::ReturnCase(c) => deliberate::return_case(judge, case, c),
        Do::LogProgress(_) => settle::log_progress(judge, case),
        Do::RequestExtension(c) => settle::request_extension(judge, case, c),
        Do::DecideExtension(c) => settle::decide_extension(judge, case, c),
        Do::Settle(c) => settle::settle(judge, case, c),
        Do::ReviewSettlement(c) => settle::review_settlement(judge, case, c),
        Do::AskHousehold(_) => close::ask_household(judge, case),
        Do::Rate(c) => close::rate(judge, case, c),
        Do::Replan(c) => close::replan(judge, case, c),
        Do::Close(c) => close::close(judge, case, c),
        Do::Reopen(_) => close::reopen(judge, case),
        Do::Merge(c) => other::merge(judge, case, c),
        Do::Withdraw(_) => other::withdraw(judge, case),
        _ => Fixed::none(),
    }
}

/// Lives an accepted command that names this one case.
pub(crate) fn evolve_case(case: &mut Case, stamp: Stamp<'_>, todo: &Do, fixed: &Fixed) {
    match todo {
        Do::SolveOnTheSpot(c) => open::solved_on_the_spot(case, stamp, c),
        Do::RegisterCard(c) => open::card_registered(case, stamp, c, fixed),
        Do::ReportUp(_) => deliberate::case_reported(case, stamp, fixed),
        Do::ReturnCase(c) => deliberate::case_returned(case, stamp, c, fixed),
        Do::LogProgress(c) => settle::progress_logged(case, stamp, c),
        Do::RequestExtension(c) => settle::extension_requested(case, stamp, c, fixed),
        Do::DecideExtension(c) => settle::extension_decided(case, stamp, c),
        Do::Settle(c) => settle::settled(case, stamp, c, fixed),
        Do::ReviewSettlement(c) => settle::settlement_reviewed(case, stamp, c),
        Do::AskHousehold(c) => close::household_asked(case, stamp, c, fixed),
        Do::Rate(c) => close::rated(case, stamp, c, fixed),
        Do::Replan(c) => close::replanned(case, stamp, c),
        Do::Close(c) => close::closed(case, stamp, c),
        Do::Reopen(c) => close::reopened(case, stamp, c, fixed),
        Do::Merge(c) => other::merged(case, stamp, c),
        Do::Withdraw(c) => other::withdrawn(case, stamp, c),
        _ => {}
    }
}
