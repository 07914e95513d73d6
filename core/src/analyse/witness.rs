//! A witness: the commands that lead somewhere, run through a book, and written as a scenario that
//! anybody can run again.

use std::collections::BTreeSet;

use crate::book::{Book, Chaining};
use crate::case::ClosedAs;
use crate::case::State;
use crate::command::{Command, Do};
use crate::duty::Nullable;
use crate::engine::Status;
use crate::finding::{Finding, Severity};
use crate::ids::{CaseId, CommandId};
use crate::limits::DOCUMENT_POLICY;
use crate::policy::RuleId;
use crate::shape::{parse, record, AnyNode, Text};
use crate::vocab::Category;

use super::explore::{Explorer, Spot};
use super::moves::{Move, CASE, OTHER};
use super::run::ACCEPTED;
use super::scenario::{CaseStands, Given, GivenPolicy, GivenRoster, Name, Scenario, Step, Story, Typed};

record! {
    /// The commands that lead somewhere.
    pub struct Witness {
        /// 操作数 · How many commands.
        commands: u32,
        /// 是否经账本复核 · Whether a book, run through them, came out where the exploration had.
        confirmed: bool,
        /// 可重跑的情景 · The scenario, ready to be run.
        scenario: Scenario,
    }
}

/// The witness of a way through the explored machine.
pub(crate) fn of_way(explorer: &Explorer, way: &[Move]) -> Option<Witness> {
    let (commands, spot) = explorer.live(way)?;
    Some(build(explorer, &commands, &spot, Vec::new()))
}

/// The witness of a dead end: the way there, and then everything that could still be thought of,
/// refused. Also answers the rules that refuse it.
pub(crate) fn of_dead_end(explorer: &Explorer, way: &[Move]) -> Option<(Witness, Vec<RuleId>)> {
    let (commands, spot) = explorer.live(way)?;
    let mover = explorer.mover();
    let stands = explorer.in_place(&spot);
    let key = explorer.key(&spot);
    let mut rules = BTreeSet::new();
    let mut tries: Vec<Command> = Vec::new();
    let mut number = spot.commands;
    for act in explorer.acts(&key).filter(|act| act.action().is_some_and(|action| stands.contains(&action))) {
        let mut refused: Option<Command> = None;
        for who in mover.actors(&spot.case) {
            number = number.saturating_add(1);
            let at = mover.when(spot.now, act);
            for command in mover.commands(Some(&spot.case), at, act, who, number) {
                match explorer.apply(Some(&spot.case), &command) {
                    Ok(_) => refused = None,
                    Err(findings) => {
                        rules.extend(findings.iter().filter_map(|finding| finding.ground.as_ref().map(|ground| ground.rule)));
                        if refused.is_none() {
                            refused = Some(command);
                        }
                        continue;
                    }
                }
                break;
            }
        }
        tries.extend(refused);
    }
    tries.sort_by(|a, b| a.at.cmp_moment(b.at));
    let witness = build(explorer, &commands, &spot, tries);
    Some((witness, rules.into_iter().collect()))
}

fn build(explorer: &Explorer, commands: &[Command], spot: &Spot, tries: Vec<Command>) -> Witness {
    let roster = explorer.world.roster.clone();
    let mut book = Book::with_chaining(explorer.policy.clone(), roster, Chaining::Off);
    let mut confirmed = true;
    let mut steps: Vec<Step> = Vec::new();
    for command in with_other(explorer, commands) {
        let (status, findings) = judged(&mut book, &command);
        confirmed &= status == Status::Accepted;
        steps.push(step(&command, status, &findings));
    }
    let id = CaseId::new(CASE);
    let stands = id.as_ref().and_then(|id| book.case(id)).map(|case| (case.state.name(), closed_as(&case.state), case.unit.clone()));
    let wanted = (spot.case.state.name(), closed_as(&spot.case.state), spot.case.unit.clone());
    confirmed &= stands.as_ref() == Some(&wanted);
    if let (Some(last), Some(case)) = (steps.last_mut(), id) {
        let then = last.then.get_or_insert(ACCEPTED);
        let stands = CaseStands {
            state: Some(wanted.0),
            unit: Some(wanted.2),
            closed_as: Some(Nullable(wanted.1)),
            ..stands_so(case)
        };
        then.cases = Some(vec![stands]);
    }
    for command in &tries {
        let (status, findings) = judged(&mut book, command);
        confirmed &= status == Status::Rejected;
        steps.push(step(command, status, &findings));
    }
    Witness {
        commands: u32::try_from(commands.len()).unwrap_or(u32::MAX),
        confirmed,
        scenario: Scenario {
            schema: None,
            about: None,
            given: Some(given(explorer)),
            cases: vec![Story { name: Text::clipped("witness"), about: None, given: None, steps }],
        },
    }
}

/// The policy by name where it is a preset, else whole; the small county whole.
fn given(explorer: &Explorer) -> Given {
    let policy = &explorer.policy;
    let preset = crate::Policy::preset(policy.id.as_str()).is_some_and(|preset| preset == *policy);
    let written = |document: &str| parse(document.as_bytes(), DOCUMENT_POLICY).ok().map(|node| AnyNode(node.into_owned()));
    Given {
        policy: if preset {
            Some(GivenPolicy::Named(Text::clipped(policy.id.as_str())))
        } else {
            written(policy.document()).map(GivenPolicy::Written)
        },
        roster: written(&explorer.world.rows.document()).map(GivenRoster::Written),
        commands: None,
    }
}

/// A case is joined to another: that has to be there, on the same ledger.
fn with_other(explorer: &Explorer, commands: &[Command]) -> Vec<Command> {
    let mut all = Vec::new();
    let mut unit: Option<&str> = None;
    let spots = explorer.mover();
    let mut case = None;
    for command in commands {
        if let (Do::Merge(_), Some(unit), Some(other)) = (&command.todo, unit, CaseId::new(OTHER)) {
            let head = explorer.world.part(unit, "head").and_then(|who| explorer.world.person(who));
            let todo = spots.note(other, Category::Livelihood, true);
            if let (Some(actor), Some(todo), Some(id)) = (head, todo, CommandId::new("other")) {
                all.push(Command { id, at: command.at, typed_at: None, actor: actor.clone(), todo });
            }
        }
        if let Ok(next) = explorer.apply(case.as_ref(), command) {
            unit = crate::vocab::UnitKind::from_word(next.unit.as_str()).map(crate::vocab::UnitKind::word);
            case = Some(next);
        }
        all.push(command.clone());
    }
    all
}

fn closed_as(state: &State) -> Option<ClosedAs> {
    match state {
        State::Closed(closed) => Some(closed.as_what),
        _ => None,
    }
}

fn judged(book: &mut Book, command: &Command) -> (Status, Vec<Finding>) {
    let (accepted, findings) = book.try_out(command);
    (if accepted { Status::Accepted } else { Status::Rejected }, findings)
}

/// A step that expects what came of it.
fn step(command: &Command, status: Status, findings: &[Finding]) -> Step {
    let names = |severity: Severity| -> Option<Vec<Name>> {
        let words: BTreeSet<&str> =
            findings.iter().filter(|finding| finding.severity == severity).map(|finding| finding.code.word()).collect();
        let names: Vec<Name> = words.into_iter().filter_map(Name::new).collect();
        (!names.is_empty()).then_some(names)
    };
    let mut then = ACCEPTED;
    match status {
        Status::Accepted => then.warned_by = names(Severity::Warning),
        Status::Rejected => then.refused_by = names(Severity::Error),
    }
    let says = then.warned_by.is_some() || then.refused_by.is_some();
    Step { about: None, when: Some(Typed::of(command)), then: says.then_some(then) }
}

fn stands_so(case: CaseId) -> CaseStands {
    CaseStands {
        case,
        state: None,
        unit: None,
        tier: None,
        category: None,
        household: None,
        collector: None,
        responsible: None,
        due: None,
        colour: None,
        notice: None,
        solved: None,
        satisfied: None,
        dissatisfied: None,
        closed_as: None,
        repeats: None,
    }
}
