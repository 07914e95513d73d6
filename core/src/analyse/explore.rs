//! The whole state space of a policy, walked breadth first through the engine's own judgement.
//!
//! A node is a real case at a real moment, standing for all with the same [`Key`]; an arrow is a
//! command that the engine accepted, or the passing of a limit. Nothing here decides what may
//! happen: every command is made and judged, and the refusals are kept, because they say which
//! rules guard an arrow.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use crate::book::judge_consent;
use crate::calendar::Instant;
use crate::case::{Case, ConsentGiven, StateWord, WasConsent, What};
use crate::codes::Code;
use crate::command::{Command, Do};
use crate::engine::{Engine, Status};
use crate::finding::{Finding, Severity};
use crate::policy::{Policy, RuleId};
use crate::steps::Stamp;
use crate::vocab::{Category, CloseAs};
use crate::Roster;

use super::abstraction::{key, Key, Shown, Sole};
use super::guards::spoiled;
use super::moves::{Act, Move, Mover, Passing};
use super::world::{Who, World};

/// How many nodes are looked at when nobody says.
pub const MOST_NODES: usize = 100_000;

/// A case at a moment, with what it has been through.
#[derive(Clone)]
pub(crate) struct Spot {
    pub case: Case,
    pub now: Instant,
    pub sole: Sole,
    /// How many commands led here: makes the ids of the next.
    pub commands: u64,
}

/// A node of the explored machine.
pub(crate) struct Node {
    pub key: Key,
    /// The node and the move that first led here; `None` at the beginning.
    pub from: Option<(usize, Move)>,
    /// How many commands lead here at least.
    pub depth: u64,
}

/// An arrow of the explored machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arrow {
    pub from: usize,
    pub to: usize,
    pub by: Move,
}

/// What was explored.
pub(crate) struct Graph {
    pub nodes: Vec<Node>,
    pub arrows: Vec<Arrow>,
    /// The first moves: how a case begins.
    pub begins: Vec<(Move, usize)>,
    /// Whether nothing was left out.
    pub complete: bool,
    /// How many commands were judged.
    pub judged: u64,
    /// By state and arrow: which rules refused one way or another of doing it there.
    pub guards: BTreeMap<(Option<StateWord>, String), BTreeSet<RuleId>>,
    /// The arrows whose command has been spoiled already.
    spoiled: BTreeSet<(Option<StateWord>, String)>,
}

impl Graph {
    fn guard(&mut self, state: Option<StateWord>, act: Act, findings: &[Finding]) {
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        let rules = errors.filter_map(|finding| finding.ground.as_ref().map(|ground| ground.rule));
        self.guards.entry((state, act.arrow())).or_default().extend(rules);
    }
}

/// A policy in its small county.
pub(crate) struct Explorer {
    pub policy: Policy,
    pub world: World,
    pub engine: Engine,
}

impl Explorer {
    /// A policy in its small county.
    ///
    /// # Errors
    /// What is wrong with the roster, for a policy under which no such county can stand.
    pub fn new(policy: &Policy) -> Result<Explorer, Vec<Finding>> {
        let world = World::new(policy)?;
        let roster: Roster = world.roster.clone();
        Ok(Explorer { policy: policy.clone(), engine: Engine::new(policy.clone(), roster), world })
    }

    pub fn mover(&self) -> Mover<'_> {
        Mover { policy: &self.policy, world: &self.world }
    }

    pub fn key(&self, spot: &Spot) -> Key {
        key(&self.mover(), &spot.case, spot.now, &spot.sole)
    }

    /// The moves that a case can begin with.
    pub fn first_moves(&self) -> Vec<Move> {
        let mut moves = Vec::new();
        for category in Category::ALL {
            for public in [false, true] {
                let people = self.world.people.iter().zip(0u8..);
                // Who holds a level collects; the rest bring their needs to the station.
                moves.extend(people.map(|(_, who)| Move::Do(Act::Note(*category, public), who)));
            }
        }
        moves
    }

    /// Makes a move; `None` when nothing lets it happen. `refusals` takes what refused it.
    pub fn make(&self, spot: Option<&Spot>, by: Move, refusals: &mut Vec<Finding>) -> Option<(Spot, Option<Command>)> {
        let mover = self.mover();
        let (act, who) = match by {
            Move::Wait(passing) => {
                let spot = spot?;
                let now = mover.passed(&spot.case, spot.now, passing)?;
                return Some((Spot { now, ..spot.clone() }, None));
            }
            Move::Do(act, who) => (act, who),
        };
        let now = spot.map_or(self.world.start, |spot| spot.now);
        let at = mover.when(now, act);
        let number = spot.map_or(1, |spot| spot.commands.saturating_add(1));
        let case = spot.map(|spot| &spot.case);
        for command in mover.commands(case, at, act, who, number) {
            let applied = self.apply(case, &command);
            match applied {
                Ok(case) => {
                    let sole = sole_after(spot.map(|spot| &spot.sole), &command);
                    return Some((Spot { case, now: at, sole, commands: number }, Some(command)));
                }
                Err(findings) => refusals.extend(findings),
            }
        }
        None
    }

    /// Judges and lives one command; consent, which only a book takes, by the book's own guard.
    pub fn apply(&self, case: Option<&Case>, command: &Command) -> Result<Case, Vec<Finding>> {
        if let (Do::Consent(c), Some(case)) = (&command.todo, case) {
            let findings = judge_consent(&self.policy, &self.world.roster, command, c);
            if Engine::refuses(&findings) {
                return Err(findings);
            }
            let mut case = case.clone();
            case.consents.push(ConsentGiven { at: command.at, publication: c.publication });
            case.tread(Stamp::of(command), What::Consent(WasConsent { publication: c.publication }));
            return Ok(case);
        }
        let findings = self.engine.judged(case, command);
        if Engine::refuses(&findings) {
            return Err(findings);
        }
        let applied = self.engine.apply(case.cloned(), command);
        match (applied.status, applied.case) {
            (Status::Accepted, Some(case)) => Ok(case),
            _ => Err(applied.findings),
        }
    }

    /// The acts that are worth a try on a case: consent only where the rules ask for it, another
    /// question to the household only while one more of its kind counts.
    pub fn acts(&self, key: &Key) -> impl Iterator<Item = Act> {
        let consent = match key.shown {
            Shown::WithConsent(given) if !key.public => Some(Act::Consent(!given)),
            _ => None,
        };
        let wanted = self.policy.rules.close_attempts.as_ref().map(|rule| (rule.params.tries, rule.params.outside_hours));
        let (by_day, by_evening) = match (key.stand.tries, wanted) {
            (Some((days, outside)), Some((tries, evenings))) => (days < tries, days < tries || outside < evenings),
            _ => (false, false),
        };
        Act::ALL.into_iter().chain(consent).filter(move |act| match act {
            Act::Ask { evening } => if *evening { by_evening } else { by_day },
            _ => true,
        })
    }

    /// Every move that can be made from a node and is worth telling apart from the others.
    fn moves(&self, spot: &Spot, key: &Key, graph: &mut Graph) -> Vec<(Move, Spot)> {
        let mut made = Vec::new();
        for passing in Passing::ALL {
            let by = Move::Wait(passing);
            if let Some((next, _)) = self.make(Some(spot), by, &mut Vec::new()) {
                made.push((by, next));
            }
        }
        let actors = self.mover().actors(&spot.case);
        let stands = self.in_place(spot);
        let sole = spot.sole.as_ref().and_then(|id| self.world.who(id));
        let mut seen = Vec::new();
        for act in self.acts(key).filter(|act| act.action().is_none_or(|action| stands.contains(&action))) {
            seen.clear();
            // One person who goes on alone is followed as such, and beside it anybody else.
            if let Some(who) = sole {
                self.attempt(spot, act, who, &mut seen, &mut made, graph);
            }
            for who in actors.iter().copied().filter(|who| Some(*who) != sole) {
                if self.attempt(spot, act, who, &mut seen, &mut made, graph) || out_of_place(&seen) {
                    break;
                }
            }
            if !out_of_place(&seen) {
                graph.guard(Some(key.stand.word), act, &seen);
            }
        }
        made
    }

    /// What can be done to a case where it stands, whoever does it: as the engine tells a portal
    /// which buttons to show.
    pub fn in_place(&self, spot: &Spot) -> Vec<(&'static str, Option<CloseAs>)> {
        let Some(anybody) = self.world.people.first() else { return Vec::new() };
        self.engine
            .actions(&spot.case, anybody, spot.now)
            .into_iter()
            .filter(|action| !out_of_place(&action.findings))
            .map(|action| (action.todo, action.close_as))
            .collect()
    }

    fn attempt(
        &self,
        spot: &Spot,
        act: Act,
        who: Who,
        refusals: &mut Vec<Finding>,
        made: &mut Vec<(Move, Spot)>,
        graph: &mut Graph,
    ) -> bool {
        graph.judged = graph.judged.saturating_add(1);
        let by = Move::Do(act, who);
        match self.make(Some(spot), by, refusals) {
            // A consolidation that leaves the case where it was did not happen to it.
            Some((next, _)) if next.case.trail.len() == spot.case.trail.len() => true,
            Some((next, command)) => {
                if let Some(command) = &command {
                    self.spoil(Some(&spot.case), act, command, graph);
                }
                made.push((by, next));
                true
            }
            None => false,
        }
    }

    /// Once for each arrow, asks what would refuse its command if it were not in order.
    fn spoil(&self, case: Option<&Case>, act: Act, command: &Command, graph: &mut Graph) {
        let state = case.map(|case| case.state.name());
        if !graph.spoiled.insert((state, act.arrow())) {
            return;
        }
        for spoiled in spoiled(&self.policy, &self.world.people, command) {
            graph.judged = graph.judged.saturating_add(1);
            if let Err(findings) = self.apply(case, &spoiled) {
                graph.guard(state, act, &findings);
            }
        }
    }

    /// Walks the state space from these beginnings, as far as `most` nodes.
    pub fn explore(&self, most: usize, beginnings: &[Move]) -> Graph {
        let mut graph = Graph {
            nodes: Vec::new(),
            arrows: Vec::new(),
            begins: Vec::new(),
            complete: true,
            judged: 0,
            guards: BTreeMap::new(),
            spoiled: BTreeSet::new(),
        };
        // Only looked up, never walked.
        let mut known: HashMap<Key, usize> = HashMap::new();
        // A queue in order of depth: what takes no command stands before what takes one.
        let mut queue: VecDeque<(usize, Spot)> = VecDeque::new();
        let mut done: Vec<bool> = Vec::new();
        for by in beginnings.iter().copied() {
            let mut refusals = Vec::new();
            graph.judged = graph.judged.saturating_add(1);
            let made = self.make(None, by, &mut refusals);
            if let Move::Do(act, _) = by {
                graph.guard(None, act, &refusals);
                if let Some((_, Some(command))) = &made {
                    self.spoil(None, act, command, &mut graph);
                }
            }
            let Some((spot, _)) = made else { continue };
            let key = self.key(&spot);
            let number = *known.entry(key.clone()).or_insert_with(|| {
                graph.nodes.push(Node { key, from: None, depth: 1 });
                done.push(false);
                let number = graph.nodes.len().saturating_sub(1);
                queue.push_back((number, spot));
                number
            });
            graph.begins.push((by, number));
        }
        while let Some((number, spot)) = queue.pop_front() {
            match done.get_mut(number) {
                Some(done) if !*done => *done = true,
                _ => continue,
            }
            let Some((key, depth)) = graph.nodes.get(number).map(|node| (node.key.clone(), node.depth)) else { continue };
            for (by, next) in self.moves(&spot, &key, &mut graph) {
                let next_key = self.key(&next);
                let cost = u64::from(matches!(by, Move::Do(..)));
                let depth = depth.saturating_add(cost);
                let to = match known.get(&next_key) {
                    Some(to) => *to,
                    None if graph.nodes.len() >= most => {
                        graph.complete = false;
                        continue;
                    }
                    None => {
                        let to = graph.nodes.len();
                        known.insert(next_key.clone(), to);
                        graph.nodes.push(Node { key: next_key, from: None, depth: u64::MAX });
                        done.push(false);
                        to
                    }
                };
                graph.arrows.push(Arrow { from: number, to, by });
                // Found again by fewer commands, as long as it has not been gone on from.
                if let Some(node) = graph.nodes.get_mut(to).filter(|node| depth < node.depth) {
                    node.depth = depth;
                    node.from = Some((number, by));
                    if cost == 0 {
                        queue.push_front((to, next));
                    } else {
                        queue.push_back((to, next));
                    }
                }
            }
        }
        graph
    }

    /// The moves that lead to a node by the fewest commands.
    pub fn path(&self, graph: &Graph, to: usize) -> Vec<Move> {
        let mut moves = Vec::new();
        let mut at = to;
        while let Some((from, by)) = graph.nodes.get(at).and_then(|node| node.from) {
            moves.push(by);
            at = from;
        }
        moves.extend(graph.begins.iter().find(|(_, node)| *node == at).map(|(by, _)| *by));
        moves.reverse();
        moves
    }

    /// The commands of a path, and where it ends; `None` when it cannot be gone.
    pub fn live(&self, moves: &[Move]) -> Option<(Vec<Command>, Spot)> {
        let mut commands = Vec::new();
        let mut spot: Option<Spot> = None;
        for by in moves {
            let (next, command) = self.make(spot.as_ref(), *by, &mut Vec::new())?;
            commands.extend(command);
            spot = Some(next);
        }
        Some((commands, spot?))
    }
}

/// Whether something was refused because of where the case stands: then nobody can do it there.
fn out_of_place(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.code == Code::CaseState && finding.severity == Severity::Error)
}

fn sole_after(before: Option<&Sole>, command: &Command) -> Sole {
    let actor = &command.actor;
    let second = match &command.todo {
        Do::Publish(c) => c.checked_by.as_ref(),
        Do::Close(c) => c.with.as_ref(),
        _ => None,
    };
    let alone = second.is_none_or(|second| second == actor);
    let same = before.is_none_or(|before| before.as_ref() == Some(actor));
    (alone && same).then(|| actor.clone())
}
