//! What scenarios exercise: rules both ways (kept and broken), codes, states, steps of cases, days.
//!
//! What it means to keep a rule, and to break it, differs with the rule: a guard is kept by a
//! command that it lets through, a duty by a row that is met, a figure by one that is shown. The
//! table [`ways`] says it for each rule once.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Date, Period, PeriodKind};
use crate::case::StateWord;
use crate::codes::Code;
use crate::duty::{DutyState, Nullable};
use crate::finding::Finding;
use crate::policy::{Policy, RuleId, Source};
use crate::shape::{choices, record, Text};

use super::seen::{DoKind, Seen};

/// How a rule shows that it was kept, or broken.
#[derive(Clone, Copy, Debug)]
enum Sign {
    /// One of these commands was accepted, and the rule had nothing to say.
    Passes(&'static [&'static str]),
    /// The same of a command of a kind.
    PassesAs(&'static str, fn(&DoKind) -> bool),
    /// A finding of the rule.
    Found,
    /// A row of its duties was met.
    Met,
    /// A row of its duties was late or missed.
    Missed,
    /// A row of the duties of rules that begin so was met.
    MetOf(&'static str),
    /// A fact was looked at, and there was nothing to say.
    Silent,
    /// A fact was looked at, and there was something to say.
    Says,
}

use Sign::{Found, Met, MetOf, Missed, Passes, PassesAs, Says, Silent};

/// How a rule is kept and how it is broken; any one sign is enough. A rule that only defines
/// something cannot be broken.
fn ways(rule: RuleId) -> (&'static [Sign], &'static [Sign]) {
    use RuleId::*;
    match rule {
        LiaisonCountyLeader | LiaisonDepartment | LiaisonTown | LiaisonVillage | LiaisonGroup | Station => (&[Silent], &[Says]),
        VisitCountyLeader | VisitDepartment | VisitTown | VisitVillage | VisitGroup | RegisterWithin
        | ConsolidateCountyLeader | ConsolidateDepartment | ConsolidateGrassroots | MeetingVillage | MeetingTown
        | MeetingDepartment | MeetingCounty | EscalateWithin | PublishWithin | PublishKeep | PublishDigest
        | SampleRecheck => (&[Met], &[Missed]),
        MeetingItemByItem | SettleSuspend | SettleReview | PublishObjection | CloseAttempts => (&[Met], &[Missed, Found]),
        CloseRedo => (&[Met, PassesAs("close", |kind| kind.last_word)], &[Missed, Found]),
        SettleOverdue => (&[Met, Silent], &[Missed, Says]),
        SettleClock => (&[MetOf("settle.overdue")], &[]),
        VisitInPerson => (&[PassesAs("record_visit", |kind| kind.in_person)], &[PassesAs("record_visit", |kind| !kind.in_person)]),
        VisitLiaised => (&[PassesAs("record_visit", |kind| kind.liaised)], &[PassesAs("record_visit", |kind| !kind.liaised)]),
        VisitLateEntry => (&[Passes(&["record_visit"])], &[Found]),
        ContactCard => (&[PassesAs("note_need", |kind| kind.hardship)], &[Found]),
        RegisterCard => (&[Passes(&["register_card"])], &[Found]),
        Channel => (&[PassesAs("note_need", |kind| kind.station)], &[Found]),
        LedgerTier => (&[Silent], &[]),
        MeetingChair | MeetingMembers | MeetingNotify | MeetingLateEntry => (&[Passes(&["hold_meeting"])], &[Found]),
        PlanComplete | PlanCap => {
            (&[PassesAs("hold_meeting", |kind| kind.plans), PassesAs("replan", |kind| kind.plans)], &[Found])
        }
        EscalateRoute => (&[Passes(&["report_up"])], &[Found]),
        EscalateReturn => (&[Passes(&["return_case"])], &[Found]),
        SettleExtension => (&[Passes(&["request_extension", "decide_extension"])], &[Found]),
        SettleEvidence => (&[Passes(&["settle"])], &[Found]),
        FlagColour | CloseRepeat => (&[Silent], &[Says]),
        PublishStages => (&[Passes(&["publish"])], &[Found]),
        PublishMasked => (&[Passes(&["publish"])], &[Found]),
        PublishTwoPerson => (&[Passes(&["publish"])], &[Found]),
        CloseSatisfied => (&[PassesAs("close", |kind| kind.satisfied)], &[Found]),
        CloseAsker => (&[Passes(&["rate", "ask_household"])], &[Found]),
        CloseQuestions => (&[Passes(&["rate"])], &[Found]),
        ClosePublic => (&[PassesAs("rate", |kind| kind.voted)], &[Found]),
        RateResponse | RateSolving | RateSatisfaction | RateCoverage | AdviceDiary | AdvicePace | AdviceLastDay
        | AdviceTelephone | AdviceAllSatisfied => (&[Silent], &[Says]),
        Authority => (&[Passes(&["note_need", "settle", "rate", "close"])], &[Found]),
    }
}

impl Sign {
    fn shows(self, rule: RuleId, seen: &Seen) -> bool {
        match (self, seen) {
            (Passes(words), Seen::Outcome { todo, accepted: true, by, .. }) => words.contains(todo) && !speaks(rule, by),
            (PassesAs(word, is), Seen::Outcome { todo, kind, accepted: true, by, .. }) => {
                word == *todo && is(kind) && !speaks(rule, by)
            }
            (Found, Seen::Outcome { by, .. }) => speaks(rule, by),
            (Met, Seen::Duty(of, DutyState::Met)) => *of == rule,
            (MetOf(start), Seen::Duty(of, DutyState::Met)) => of.word().starts_with(start),
            (Missed, Seen::Duty(of, DutyState::Late | DutyState::Missed)) => *of == rule,
            (Silent, Seen::Fact(of, says)) => *of == rule && (!says || ways(rule).1.is_empty()),
            (Says, Seen::Fact(of, true)) => *of == rule,
            _ => false,
        }
    }
}

fn speaks(rule: RuleId, by: &[(Code, Option<RuleId>)]) -> bool {
    by.iter().any(|(code, ground)| *ground == Some(rule) || code.rule() == Some(rule))
}

/// What was exercised so far.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    kept: BTreeSet<RuleId>,
    broken: BTreeSet<RuleId>,
    codes: BTreeSet<Code>,
    states: BTreeSet<StateWord>,
    steps: BTreeSet<(Option<StateWord>, &'static str, StateWord)>,
    months: BTreeMap<Period, u64>,
    days: Option<(Date, Date)>,
    commands: u64,
}

record! {
    /// How a rule was exercised.
    pub struct RuleCovered {
        /// 规则 · The rule.
        rule: RuleId,
        /// 依据 · What it rests on.
        source: Source,
        /// 是否有守规的用例 · Whether a case keeps it.
        kept: bool,
        /// 是否有违规的用例;null 为无从违反 · Whether a case breaks it; null where nobody can.
        broken: Nullable<bool>,
    }
}

record! {
    /// A step that a case took.
    pub struct StepCovered {
        /// 原状态;null 为新事项 · From which state; null for a new case.
        from: Nullable<StateWord>,
        /// 操作 · By which command.
        by = "do": Text,
        /// 新状态 · To which state.
        to: StateWord,
    }
}

record! {
    /// So many commands in a month.
    pub struct MonthCovered {
        /// 月份 · The month.
        month: Period,
        /// 操作数 · How many commands.
        commands: u64,
    }
}

record! {
    /// What scenarios exercise of a policy.
    pub struct Covered {
        /// 规则文件 · The policy.
        policy: Text,
        /// 应有的方面数 · How many ways there are: each rule that is on, kept and broken.
        ways: u64,
        /// 已有的方面数 · How many were exercised.
        exercised: u64,
        /// 各条规则 · The rules that are on.
        rules: Vec<RuleCovered>,
        /// 出现过的代码 · The codes that were found.
        codes: Vec<Code>,
        /// 从未出现的代码 · The codes that a command could be answered with and never was.
        codes_untested: Vec<Code>,
        /// 到过的状态 · The states that cases were in.
        states: Vec<StateWord>,
        /// 没到过的状态 · The states that no case was in.
        states_untested: Vec<StateWord>,
        /// 走过的步骤 · The steps that cases took.
        steps: Vec<StepCovered>,
        /// 没走过的操作 · The commands by which no case took a step.
        steps_untested: Vec<Text>,
        /// 起 · The first day of a command.
        from: Nullable<Date>,
        /// 止 · The last day of a command.
        to: Nullable<Date>,
        /// 各月 · The months of the commands.
        months: Vec<MonthCovered>,
        /// 操作数 · How many commands were judged.
        commands: u64,
    }
}

choices! {
    /// Which way of a rule is untested.
    pub enum Way {
        /// No case keeps it.
        Kept = "kept",
        /// No case breaks it.
        Broken = "broken",
        /// Neither.
        Both = "both",
    }
}

impl Coverage {
    /// Notes what was seen.
    pub fn note(&mut self, seen: &Seen) {
        for rule in RuleId::ALL {
            let (kept, broken) = ways(*rule);
            if kept.iter().any(|sign| sign.shows(*rule, seen)) {
                self.kept.insert(*rule);
            }
            if broken.iter().any(|sign| sign.shows(*rule, seen)) {
                self.broken.insert(*rule);
            }
        }
        match seen {
            Seen::Outcome { by, day, .. } => {
                self.commands = self.commands.saturating_add(1);
                self.codes.extend(by.iter().map(|(code, _)| *code));
                let month = self.months.entry(Period::containing(PeriodKind::Month, *day)).or_default();
                *month = month.saturating_add(1);
                self.days = Some(self.days.map_or((*day, *day), |(from, to)| (from.min(*day), to.max(*day))));
            }
            Seen::Step { todo, from, to } => {
                self.states.insert(*to);
                self.steps.insert((*from, todo, *to));
            }
            Seen::Duty(..) => {}
            Seen::Fact(rule, true) => self.codes.extend(Code::from_word(rule.word())),
            Seen::Fact(..) => {}
        }
    }

    /// What it comes to for a policy.
    pub fn of(&self, policy: &Policy) -> Covered {
        let mut rules = Vec::new();
        let (mut all, mut exercised) = (0u64, 0u64);
        for rule in RuleId::ALL {
            let Some((_, source)) = policy.rules.header(*rule) else { continue };
            let kept = self.kept.contains(rule);
            let broken = (!ways(*rule).1.is_empty()).then(|| self.broken.contains(rule));
            all = all.saturating_add(1).saturating_add(u64::from(broken.is_some()));
            exercised = exercised.saturating_add(u64::from(kept)).saturating_add(u64::from(broken == Some(true)));
            rules.push(RuleCovered { rule: *rule, source: source.clone(), kept, broken: Nullable(broken) });
        }
        let answers = |code: &Code| code.number() < 900 && code.rule().is_none_or(|rule| policy.rules.is_on(rule));
        let untested = Code::ALL.iter().copied().filter(|code| answers(code) && !self.codes.contains(code));
        Covered {
            policy: Text::clipped(policy.id.as_str()),
            ways: all,
            exercised,
            rules,
            codes: self.codes.iter().copied().collect(),
            codes_untested: untested.collect(),
            states: self.states.iter().copied().collect(),
            states_untested: StateWord::ALL.iter().copied().filter(|state| !self.states.contains(state)).collect(),
            steps: self
                .steps
                .iter()
                .map(|(from, by, to)| StepCovered { from: Nullable(*from), by: Text::clipped(by), to: *to })
                .collect(),
            steps_untested: MOVES
                .iter()
                .filter(|word| !self.steps.iter().any(|(_, by, _)| by == *word))
                .map(|word| Text::clipped(word))
                .collect(),
            from: Nullable(self.days.map(|days| days.0)),
            to: Nullable(self.days.map(|days| days.1)),
            months: self.months.iter().map(|(month, commands)| MonthCovered { month: *month, commands: *commands }).collect(),
            commands: self.commands,
        }
    }
}

/// The commands that move a case, or stand in its trail.
const MOVES: &[&str] = &[
    "note_need", "solve_on_the_spot", "register_card", "consolidate", "hold_meeting", "report_up", "return_case", "log_progress",
    "request_extension", "decide_extension", "settle", "review_settlement", "publish", "object", "ask_household", "rate", "replan",
    "close", "reopen", "merge", "withdraw",
];

impl Covered {
    /// The rules that are not exercised both ways, as warnings with their articles.
    pub fn untested(&self, policy: &Policy) -> Vec<Finding> {
        self.rules
            .iter()
            .filter_map(|covered| {
                let way = match (covered.kept, covered.broken.0) {
                    (true, Some(false)) => Way::Broken,
                    (false, Some(false)) => Way::Both,
                    (false, _) => Way::Kept,
                    (true, _) => return None,
                };
                let mut finding = Finding::plain(Code::ScenarioUntested, String::new())
                    .warning()
                    .with("reason", way.word())
                    .with("rule", covered.rule.word());
                finding.ground = policy.rules.ground(covered.rule);
                Some(finding)
            })
            .collect()
    }

    /// Whether at least so many of a hundred ways are exercised, exactly counted.
    pub fn reaches(&self, percent: u64) -> bool {
        self.exercised.saturating_mul(100) >= self.ways.saturating_mul(percent)
    }
}
