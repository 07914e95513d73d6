//! What the explored machine of a policy shows: dead ends, what cannot be reached, circles, and
//! closings that lack the household's word, a posting or a second person; each with a shortest
//! witness that was run through a book.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{ClosedAs, StateWord};
use crate::finding::{Finding, Severity};
use crate::policy::{Policy, RuleId, Wording};
use crate::shape::{choices, record, Text};
use crate::vocab::UnitKind;

use super::abstraction::Key;
use super::explore::{Arrow, Explorer, Graph, MOST_NODES};
use super::graph::Arrows;
use super::moves::{Act, Move};
use super::witness::{self, Witness};

choices! {
    /// What kind of thing was found.
    pub enum Kind {
        /// A case that nobody in office can bring to an end.
        DeadEnd = "dead_end",
        /// A state, an ending or a command that never comes about.
        Unreachable = "unreachable",
        /// A case that can go round for ever.
        Circle = "circle",
        /// A closing without any answer of the household.
        WithoutWord = "closes_without_word",
        /// A closing although no result hangs on the board.
        WithoutPosting = "closes_without_posting",
        /// A closing of a case that one person alone has carried from its beginning.
        Alone = "closes_alone",
    }
}

record! {
    /// One thing found.
    pub struct Discovery {
        /// 种类 · What kind of thing.
        kind: Kind,
        /// 轻重 · How grave.
        severity: Severity,
        /// 说明 · In words.
        message: Wording,
        /// 状态 · The state it is about.
        state: Option<StateWord>,
        /// 单位类别 · On whose ledger.
        tier: Option<UnitKind>,
        /// 结账类型 · As what it closes.
        closed_as: Option<ClosedAs>,
        /// 循环的各步 · The steps of a circle.
        round: Option<Vec<Text>>,
        /// 有关规则 · The rules that stand in the way, or that guard the last step.
        rules: Vec<RuleId>,
        /// 例证 · A shortest way there.
        witness: Option<Witness>,
    }
}

record! {
    /// An arrow of the machine by the states' names.
    pub struct MachineArrow {
        /// 原状态;空为尚无事项 · From which state; left out: there is no case yet.
        from: Option<StateWord>,
        /// 操作 · What is done.
        by: Text,
        /// 新状态 · To which state.
        to: StateWord,
        /// 把关的规则 · The rules that refused it done in another way, by somebody else or at another time.
        guards: Vec<RuleId>,
    }
}

record! {
    /// What was explored, and what was found.
    pub struct Exploration {
        /// 抽象状态数 · How many abstract states.
        states: u64,
        /// 转移数 · How many arrows between them.
        transitions: u64,
        /// 判断的操作数 · How many commands were judged.
        judged: u64,
        /// 是否穷尽 · Whether nothing was left out.
        complete: bool,
        /// 到达的状态 · The states reached.
        reached: Vec<StateWord>,
        /// 状态机 · The machine by the states' names.
        machine: Vec<MachineArrow>,
        /// 发现 · What was found.
        findings: Vec<Discovery>,
    }
}

/// Explores a policy, as far as `most` abstract states, and says what it found.
///
/// # Errors
/// What is wrong with the small county, for a policy under which none can stand.
///
/// ```
/// use wuzhang::{analyse::lifecycle, Policy};
/// let policy = Policy::preset("dayi-2014-text").unwrap();
/// // Only the first few hundred states: it says that it stopped.
/// let found = lifecycle::explore(&policy, Some(300)).unwrap();
/// assert!(!found.complete && found.states == 300);
/// ```
pub fn explore(policy: &Policy, most: Option<usize>) -> Result<Exploration, Vec<Finding>> {
    let explorer = Explorer::new(policy)?;
    let graph = explorer.explore(most.unwrap_or(MOST_NODES), &explorer.first_moves());
    Ok(report(&explorer, &graph))
}

/// What a walked graph shows.
pub(crate) fn report(explorer: &Explorer, graph: &Graph) -> Exploration {
    let look = Look { explorer, graph };
    let mut findings = look.dead_ends();
    findings.extend(look.unreachable());
    findings.extend(look.circles());
    findings.extend(look.closings());
    let reached: BTreeSet<StateWord> = graph.nodes.iter().map(|node| node.key.stand.word).collect();
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    Exploration {
        states: count(graph.nodes.len()),
        transitions: count(graph.arrows.len()),
        judged: graph.judged,
        complete: graph.complete,
        reached: reached.into_iter().collect(),
        machine: machine(graph),
        findings,
    }
}

/// The machine by the states' names, with what guards each arrow.
pub(crate) fn machine(graph: &Graph) -> Vec<MachineArrow> {
    let word = |node: usize| graph.nodes.get(node).map(|node| node.key.stand.word);
    let mut arrows: BTreeSet<(Option<StateWord>, String, StateWord)> = BTreeSet::new();
    for arrow in &graph.arrows {
        if let (Move::Do(act, _), Some(from), Some(to)) = (arrow.by, word(arrow.from), word(arrow.to)) {
            arrows.insert((Some(from), act.arrow(), to));
        }
    }
    for (by, node) in &graph.begins {
        if let (Move::Do(act, _), Some(to)) = (by, word(*node)) {
            arrows.insert((None, act.arrow(), to));
        }
    }
    arrows
        .into_iter()
        .map(|(from, by, to)| {
            let guards = graph.guards.get(&(from, by.clone())).into_iter().flatten().copied().collect();
            MachineArrow { from, by: Text::clipped(&by), to, guards }
        })
        .collect()
}

struct Look<'a> {
    explorer: &'a Explorer,
    graph: &'a Graph,
}

/// The endings that somebody in office brings about.
fn is_ended(key: &Key) -> bool {
    key.stand.closed_as.is_some_and(|closed| !matches!(closed, ClosedAs::Withdrawn | ClosedAs::Merged))
}

impl Look<'_> {
    fn key(&self, node: usize) -> Option<&Key> {
        self.graph.nodes.get(node).map(|node| &node.key)
    }

    fn tier(&self, key: &Key) -> Option<UnitKind> {
        UnitKind::from_word(key.unit.as_str())
    }

    fn nodes(&self, wanted: impl Fn(&Key) -> bool) -> Vec<usize> {
        self.graph.nodes.iter().enumerate().filter(|(_, node)| wanted(&node.key)).map(|(number, _)| number).collect()
    }

    /// For each group the node to which the fewest commands lead.
    fn nearest<G: Ord>(&self, group: impl Fn(usize, &Key) -> Option<G>) -> BTreeMap<G, usize> {
        let mut best: BTreeMap<G, (u64, usize)> = BTreeMap::new();
        for (number, node) in self.graph.nodes.iter().enumerate() {
            if let Some(group) = group(number, &node.key) {
                let own = (node.depth, number);
                best.entry(group).and_modify(|best| *best = own.min(*best)).or_insert(own);
            }
        }
        best.into_iter().map(|(group, (_, number))| (group, number)).collect()
    }

    fn arrows(&self, wanted: impl Fn(&Arrow) -> bool) -> Vec<(usize, usize)> {
        self.graph.arrows.iter().filter(|arrow| wanted(arrow)).map(|arrow| (arrow.from, arrow.to)).collect()
    }

    fn way_to(&self, node: usize) -> Vec<Move> {
        self.explorer.path(self.graph, node)
    }

    fn dead_ends(&self) -> Vec<Discovery> {
        // What was left out may hold the way out.
        if !self.graph.complete {
            return Vec::new();
        }
        let size = self.graph.nodes.len();
        // That the household may take it back, and then ask for it again, is no way of the offices.
        let offices = self.arrows(|arrow| !matches!(arrow.by, Move::Do(Act::Withdraw, _)));
        let back = Arrows::new(size, offices.into_iter().map(|(from, to)| (to, from)));
        let ends = back.reach(self.nodes(is_ended));
        let back = Arrows::new(size, self.arrows(|_| true).into_iter().map(|(from, to)| (to, from)));
        let taken_back = back.reach(self.nodes(|key| key.stand.closed_as == Some(ClosedAs::Withdrawn)));
        let holds = |list: &[bool], node: usize| list.get(node).copied().unwrap_or(false);
        let stuck = self.nearest(|number, key| {
            let open = key.stand.closed_as.is_none();
            (open && !holds(&ends, number)).then(|| (key.stand.word, self.tier(key), holds(&taken_back, number)))
        });
        stuck
            .into_iter()
            .filter_map(|((state, tier, only_withdrawn), node)| {
                let way = self.way_to(node);
                let (witness, rules) = witness::of_dead_end(self.explorer, &way)?;
                let (zh, en) = if only_withdrawn {
                    ("除该户自行撤回外,谁也不能使它了结", "nobody in office can bring it to an end; only the household can take it back")
                } else {
                    ("谁也不能使它了结,连该户自己也不能撤回", "nobody can bring it to an end, and the household cannot even take it back")
                };
                Some(Discovery {
                    severity: if only_withdrawn { Severity::Warning } else { Severity::Error },
                    state: Some(state),
                    tier,
                    rules,
                    witness: Some(witness),
                    ..found(Kind::DeadEnd, zh, en)
                })
            })
            .collect()
    }

    fn unreachable(&self) -> Vec<Discovery> {
        let mut found_so = Vec::new();
        let severity = if self.graph.complete { Severity::Warning } else { Severity::Advice };
        let words: BTreeSet<StateWord> = self.graph.nodes.iter().map(|node| node.key.stand.word).collect();
        for state in StateWord::ALL.iter().filter(|state| !words.contains(state)) {
            let (zh, en) = (format!("没有事项会到“{state}”状态"), format!("no case ever comes to be {state}"));
            found_so.push(Discovery { severity, state: Some(*state), ..found(Kind::Unreachable, &zh, &en) });
        }
        let closed: BTreeSet<ClosedAs> = self.graph.nodes.iter().filter_map(|node| node.key.stand.closed_as).collect();
        for as_what in ClosedAs::ALL.iter().filter(|as_what| !closed.contains(as_what)) {
            let (zh, en) = (format!("没有事项会以“{as_what}”结账"), format!("no case is ever closed as {as_what}"));
            found_so.push(Discovery { severity, closed_as: Some(*as_what), ..found(Kind::Unreachable, &zh, &en) });
        }
        let done: BTreeSet<Act> = self
            .graph
            .arrows
            .iter()
            .filter_map(|arrow| match arrow.by {
                Move::Do(act, _) => Some(act),
                Move::Wait(_) => None,
            })
            .collect();
        // Without the rule, tries count for nothing and are not walked.
        let asks = self.explorer.policy.rules.close_attempts.is_some();
        let walked = |act: &Act| asks || !matches!(act, Act::Ask { .. });
        for act in Act::ALL.into_iter().filter(|act| walked(act) && !done.contains(act)) {
            let word = act.word();
            let rules: BTreeSet<RuleId> = self
                .graph
                .guards
                .iter()
                .filter(|((_, arrow), _)| *arrow == act.arrow())
                .flat_map(|(_, rules)| rules.iter().copied())
                .collect();
            let (zh, en) = (format!("“{word}”从来不被收下"), format!("{word} is never accepted"));
            let rules = rules.into_iter().collect();
            found_so.push(Discovery { severity, rules, ..found(Kind::Unreachable, &zh, &en) });
        }
        found_so
    }

    /// For each kind of step that lies on a circle, the shortest circle through it; of circles of
    /// which one has all the steps of another, the smaller.
    fn circles(&self) -> Vec<Discovery> {
        let arrows = Arrows::new(self.graph.nodes.len(), self.arrows(|_| true).into_iter());
        let parts = arrows.parts();
        let part = |node: usize| parts.get(node).copied();
        let mut by_ends: BTreeMap<(usize, usize), Move> = BTreeMap::new();
        let mut kinds: BTreeMap<(Option<StateWord>, String, Option<StateWord>), Arrow> = BTreeMap::new();
        for arrow in &self.graph.arrows {
            by_ends.entry((arrow.from, arrow.to)).or_insert(arrow.by);
            let Move::Do(act, _) = arrow.by else { continue };
            // To note progress or to post once more leads nowhere else; to be suspended anew does.
            let stays = arrow.from == arrow.to && !matches!(act, Act::Decide(_));
            if part(arrow.from) != part(arrow.to) || stays {
                continue;
            }
            let word = |node: usize| self.key(node).map(|key| key.stand.word);
            kinds.entry((word(arrow.from), act.word(), word(arrow.to))).or_insert(*arrow);
        }
        let mut rounds: BTreeMap<BTreeSet<String>, (usize, Vec<Move>)> = BTreeMap::new();
        for arrow in kinds.into_values() {
            let Some(way) = arrows.way(arrow.to, arrow.from, |node| part(node) == part(arrow.to)) else { continue };
            let mut moves = vec![arrow.by];
            moves.extend(way.windows(2).filter_map(|pair| match pair {
                [from, to] => by_ends.get(&(*from, *to)).copied(),
                _ => None,
            }));
            rounds.entry(steps_of(&moves)).or_insert((arrow.from, moves));
        }
        let all: Vec<BTreeSet<String>> = rounds.keys().cloned().collect();
        rounds
            .into_iter()
            .filter(|(steps, _)| !all.iter().any(|other| other != steps && other.is_subset(steps)))
            .filter_map(|(_, (from, moves))| self.circle(from, &moves))
            .collect()
    }

    fn circle(&self, from: usize, moves: &[Move]) -> Option<Discovery> {
        let mut way = self.way_to(from);
        way.extend(moves);
        let acts = || moves.iter().filter_map(|by| match by {
            Move::Do(act, _) => Some(*act),
            Move::Wait(_) => None,
        });
        let households = acts().any(Act::is_households);
        let round: Vec<Text> = acts().map(|act| Text::clipped(&act.word())).collect();
        let list = acts().map(Act::word).collect::<Vec<_>>().join(" → ");
        let (zh, en) = if households {
            (format!("该户每次都可使它重来一遍:{list}"), format!("the household can have it go round any number of times: {list}"))
        } else {
            (format!("不经该户,办事的人可使它无限循环:{list}"), format!("without the household, those in office can have it go round for ever: {list}"))
        };
        let key = self.key(from)?;
        Some(Discovery {
            severity: if households { Severity::Advice } else { Severity::Warning },
            state: Some(key.stand.word),
            tier: self.tier(key),
            round: Some(round),
            witness: Some(witness::of_way(self.explorer, &way)?),
            ..found(Kind::Circle, &zh, &en)
        })
    }

    fn closings(&self) -> Vec<Discovery> {
        let mut list = Vec::new();
        for kind in [Kind::WithoutWord, Kind::WithoutPosting, Kind::Alone] {
            let nearest = self.nearest(|_, key| {
                let as_what = key.stand.closed_as?;
                let lacks = match kind {
                    // To take an appeal back is the household's word.
                    Kind::WithoutWord => key.stand.rating.is_none() && !matches!(as_what, ClosedAs::Withdrawn | ClosedAs::Merged),
                    Kind::WithoutPosting => !key.posted && !matches!(as_what, ClosedAs::Withdrawn | ClosedAs::Merged),
                    _ => key.sole.is_some(),
                };
                lacks.then_some(as_what)
            });
            list.extend(nearest.into_iter().filter_map(|(as_what, node)| self.closing(kind, as_what, node)));
        }
        list
    }

    fn closing(&self, kind: Kind, as_what: ClosedAs, node: usize) -> Option<Discovery> {
        let key = self.key(node)?;
        let way = self.way_to(node);
        let last = way.iter().rev().find_map(|by| match by {
            Move::Do(act, _) => Some(act.arrow()),
            Move::Wait(_) => None,
        })?;
        let rules: BTreeSet<RuleId> = self
            .graph
            .guards
            .iter()
            .filter(|((_, arrow), _)| *arrow == last)
            .flat_map(|(_, rules)| rules.iter().copied())
            .collect();
        let (zh, en) = match kind {
            Kind::WithoutWord => ("未有该户的回答而结账", "closed without an answer of the household"),
            Kind::WithoutPosting => ("结果未公示而结账", "closed although its result was not posted"),
            _ => ("自始至终由一个人办理而结账", "closed by the one person who did everything from the beginning"),
        };
        let severity = match (kind, as_what) {
            (Kind::WithoutWord, ClosedAs::Satisfied) => Severity::Error,
            (Kind::WithoutPosting, ClosedAs::Satisfied) | (Kind::Alone, ClosedAs::Satisfied | ClosedAs::Unrated) => {
                Severity::Warning
            }
            _ => Severity::Advice,
        };
        Some(Discovery {
            severity,
            tier: self.tier(key),
            closed_as: Some(as_what),
            rules: rules.into_iter().collect(),
            witness: Some(witness::of_way(self.explorer, &way)?),
            ..found(kind, &format!("{zh}({as_what})"), &format!("{en} ({as_what})"))
        })
    }
}

/// The steps of a round that change something, as a set.
fn steps_of(moves: &[Move]) -> BTreeSet<String> {
    moves
        .iter()
        .filter_map(|by| match by {
            Move::Do(act, _) => Some(act.arrow()),
            Move::Wait(_) => None,
        })
        .collect()
}

fn found(kind: Kind, zh: &str, en: &str) -> Discovery {
    Discovery {
        kind,
        severity: Severity::Advice,
        message: Wording { zh: Text::clipped(zh), en: Text::clipped(en) },
        state: None,
        tier: None,
        closed_as: None,
        round: None,
        rules: Vec::new(),
        witness: None,
    }
}
