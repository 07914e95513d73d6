//! Random walks of real cases through the engine, step by step, for whoever has built the lifecycle
//! once more and wants to know whether theirs agrees: each step says what was tried, whether
//! anything let it happen, and where the case stands after it.
//!
//! The walks look at no explored machine: every step is made and judged anew.

use crate::case::{ClosedAs, State, StateWord};
use crate::finding::Finding;
use crate::ids::UnitId;
use crate::policy::Policy;
use crate::shape::{record, Text};

use super::abstraction::Sole;
use super::explore::{Explorer, Spot};
use super::moves::{Act, Move, Passing};
use super::world::Who;

record! {
    /// A step of a walk.
    pub struct WalkStep {
        /// 事件 · What was tried: a command with its way, "alone" where the one person who has done everything goes on, or what passes.
        event: Text,
        /// 是否可行 · Whether anything let it happen.
        accepted: bool,
        /// 其后状态 · Where the case stands after it.
        state: StateWord,
        /// 其后单位 · On whose ledger.
        unit: UnitId,
        /// 结账类型 · As what it is closed.
        closed_as: Option<ClosedAs>,
    }
}

record! {
    /// A walk from the beginning of a case.
    pub struct Walk {
        /// 步骤 · The steps.
        steps: Vec<WalkStep>,
    }
}

/// What a walk tries: an act, by the one person who has done everything so far or by anybody else,
/// or that a limit passes.
#[derive(Clone, Copy)]
enum Try {
    Act(Act, Option<Who>),
    Pass(Passing),
}

impl Try {
    /// Whether nothing much can happen after it.
    fn ends(self) -> bool {
        matches!(
            self,
            Try::Act(Act::SolveOnTheSpot | Act::Merge | Act::Withdraw, _) | Try::Pass(Passing::Reopen | Passing::Redo)
        )
    }
}

/// Numbers that look random and are the same on every machine (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        usize::try_from(z.checked_rem(u64::try_from(most).unwrap_or(1)).unwrap_or(0)).unwrap_or(0)
    }
}

impl Explorer {
    /// What a move is called as an event: who does it does not matter, but for the one person who
    /// has done everything so far.
    pub(crate) fn event(&self, by: Move, sole: Option<&crate::ids::PersonId>) -> String {
        match by {
            Move::Wait(passing) => passing.event().to_owned(),
            Move::Do(act, who) => {
                let alone = sole.is_some() && self.world.person(who) == sole;
                format!("{}{}", act.word(), if alone { " alone" } else { "" })
            }
        }
    }

    /// Tries an act by the one person, or by anybody else who comes into question.
    fn try_act(&self, spot: &Spot, act: Act, alone: Option<Who>) -> Option<Spot> {
        let sole = self.sole(&spot.sole);
        let actors: Vec<Who> = match alone {
            Some(who) => vec![who],
            None => self.mover().actors(&spot.case).into_iter().filter(|who| Some(*who) != sole).collect(),
        };
        for who in actors {
            if let Some((next, _)) = self.make(Some(spot), Move::Do(act, who), &mut Vec::new()) {
                // A consolidation that leaves the case where it was did not happen to it.
                return (next.case.trail.len() != spot.case.trail.len()).then_some(next);
            }
        }
        None
    }

    /// What a try is called, and where it leads.
    fn tried(&self, spot: &Spot, tried: Try) -> (String, Option<Spot>) {
        match tried {
            Try::Act(act, alone) => {
                let event = format!("{}{}", act.word(), if alone.is_some() { " alone" } else { "" });
                (event, self.try_act(spot, act, alone))
            }
            Try::Pass(passing) => {
                let made = self.make(Some(spot), Move::Wait(passing), &mut Vec::new());
                (passing.event().to_owned(), made.map(|(next, _)| next))
            }
        }
    }

    fn sole(&self, sole: &Sole) -> Option<Who> {
        sole.as_ref().and_then(|id| self.world.who(id))
    }
}

/// So many walks of so many steps, from a seed.
///
/// # Errors
/// What is wrong with the small county, for a policy under which none can stand.
///
/// ```
/// use wuzhang::{analyse::walk::walks, Policy};
/// let policy = Policy::preset("dayi-2014").unwrap();
/// let walked = walks(&policy, 2, 30, 7).unwrap();
/// assert!(walked[0].steps[0].accepted && walked[0].steps[0].event.as_str() == "note_need.livelihood");
/// assert_eq!(walked, walks(&policy, 2, 30, 7).unwrap());
/// ```
pub fn walks(policy: &Policy, count: usize, steps: usize, seed: u64) -> Result<Vec<Walk>, Vec<Finding>> {
    let explorer = Explorer::new(policy)?;
    let mut dice = Dice(seed);
    Ok((0..count).map(|_| Walk { steps: walk(&explorer, steps, &mut dice) }).collect())
}

fn walk(explorer: &Explorer, steps: usize, dice: &mut Dice) -> Vec<WalkStep> {
    let mut walked = Vec::new();
    let Some(first) = explorer.one_beginning().first().copied() else { return walked };
    let Some((mut spot, _)) = explorer.make(None, first, &mut Vec::new()) else { return walked };
    walked.push(stands(&spot, explorer.event(first, None), true));
    while walked.len() < steps {
        let key = explorer.key(&spot);
        let sole = explorer.sole(&spot.sole);
        let mut tries: Vec<Try> = Vec::new();
        for act in explorer.acts(&key) {
            tries.push(Try::Act(act, None));
            tries.extend(sole.map(|who| Try::Act(act, Some(who))));
        }
        tries.extend(Passing::ALL.map(Try::Pass));
        // One time in two the first that can happen is looked for, so that the walk gets on; else
        // whatever comes is tried, and mostly cannot.
        let insists = dice.below(2) == 1;
        let first = dice.below(tries.len());
        tries.rotate_left(first);
        tries.truncate(if insists { tries.len() } else { 1 });
        let mut last = None;
        for tried in tries {
            // What ends a case would end nearly every walk before it has got anywhere.
            if insists && tried.ends() && dice.below(12) > 0 {
                continue;
            }
            let found = explorer.tried(&spot, tried);
            let accepted = found.1.is_some();
            last = Some(found);
            if accepted {
                break;
            }
        }
        let Some((event, next)) = last else { break };
        let accepted = next.is_some();
        if let Some(next) = next {
            spot = next;
        }
        walked.push(stands(&spot, event, accepted));
    }
    walked
}

fn stands(spot: &Spot, event: String, accepted: bool) -> WalkStep {
    let closed_as = match &spot.case.state {
        State::Closed(closed) => Some(closed.as_what),
        _ => None,
    };
    WalkStep {
        event: Text::clipped(&event),
        accepted,
        state: spot.case.state.name(),
        unit: spot.case.unit.clone(),
        closed_as,
    }
}
