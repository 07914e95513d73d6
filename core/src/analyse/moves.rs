//! What can happen next to a case: every command about it in every way that the rules tell apart,
//! and the passing of each limit.
//!
//! A [`Move`] is what is explored; [`Mover::commands`] makes real commands of it for a real case.

use crate::calendar::{Date, Instant, Period, PeriodKind};
use crate::case::{Case, LedgeredBy, State, What};
use crate::command::{
    AskHousehold, Card, Close, Command, Consent, Consolidate, DecideExtension, Decision, Do, HoldMeeting, LogProgress,
    Merge, NoteNeed, PostingItem, Publish, Rate, RegisterCard, Reopen, Replan, ReportUp, RequestExtension, ReturnCase,
    ReviewSettlement, Settle, SolveOnTheSpot, Vote, Withdraw,
};
use crate::ids::{CaseId, CommandId, HouseholdId, MeetingId, PersonId, PostingId, UnitId};
use crate::policy::Policy;
use crate::roster::PostSet;
use crate::shape::Text;
use crate::steps::open::stream_of;
use crate::vocab::{Category, Channel, CloseAs, DecisionKind, Method, Satisfied, Solved, Stage, UnitKind};

use super::world::{Who, World, HOUSEHOLD};

/// The id of the case that is explored.
pub(crate) const CASE: &str = "a1";
/// The id of a second case, for the first to be joined to.
pub(crate) const OTHER: &str = "b1";

/// Whom a plan makes responsible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Answerer {
    /// The head of the deciding unit.
    Head,
    /// Somebody else of its office.
    Office,
}

/// What the household says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Says {
    Satisfied,
    Basically,
    Dissatisfied,
}

/// A limit that can pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Passing {
    /// A plan's deadline.
    Deadline,
    /// The days for giving a case back.
    Return,
    /// The days for redoing.
    Redo,
    /// The days for asking the household.
    Attempts,
    /// The days for reopening.
    Reopen,
}

impl Passing {
    pub const ALL: [Passing; 5] =
        [Passing::Deadline, Passing::Return, Passing::Redo, Passing::Attempts, Passing::Reopen];

    /// What its passing is called as an event.
    pub fn event(self) -> &'static str {
        match self {
            Passing::Deadline => "pass deadline",
            Passing::Return => "pass days_to_return",
            Passing::Redo => "pass days_to_redo",
            Passing::Attempts => "pass days_to_ask",
            Passing::Reopen => "pass days_to_reopen",
        }
    }
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Act {
    Note(Category, bool),
    SolveOnTheSpot,
    RegisterCard,
    Consolidate,
    Plan(Answerer),
    Decide(DecisionKind),
    ReportUp,
    Return,
    LogProgress,
    RequestExtension,
    DecideExtension(bool),
    Settle,
    Review(bool),
    Post(Stage),
    /// Asked in office hours of another day, or in the evening; not reached.
    Ask { evening: bool },
    Rate(Says),
    Replan(Answerer),
    Close(CloseAs),
    Reopen,
    Merge,
    Withdraw,
    Consent(bool),
}

impl Act {
    /// Everything that can be done to a case that there is.
    pub const ALL: [Act; 34] = [
        Act::SolveOnTheSpot,
        Act::RegisterCard,
        Act::Consolidate,
        Act::Plan(Answerer::Office),
        Act::Plan(Answerer::Head),
        Act::Decide(DecisionKind::ReportUp),
        Act::Decide(DecisionKind::Explain),
        Act::Decide(DecisionKind::Redirect),
        Act::Decide(DecisionKind::Suspend),
        Act::ReportUp,
        Act::Return,
        Act::LogProgress,
        Act::RequestExtension,
        Act::DecideExtension(true),
        Act::DecideExtension(false),
        Act::Settle,
        Act::Review(true),
        Act::Review(false),
        Act::Post(Stage::Plan),
        Act::Post(Stage::Result),
        Act::Ask { evening: false },
        Act::Ask { evening: true },
        Act::Rate(Says::Satisfied),
        Act::Rate(Says::Basically),
        Act::Rate(Says::Dissatisfied),
        Act::Replan(Answerer::Office),
        Act::Replan(Answerer::Head),
        Act::Close(CloseAs::Satisfied),
        Act::Close(CloseAs::Unrated),
        Act::Close(CloseAs::Explained),
        Act::Close(CloseAs::Redirected),
        Act::Reopen,
        Act::Merge,
        Act::Withdraw,
    ];

    /// The command's word, with what tells its ways apart.
    pub fn word(self) -> String {
        match self {
            Act::Note(category, public) => {
                format!("note_need.{}{}", category.word(), if public { ".public" } else { "" })
            }
            Act::SolveOnTheSpot => "solve_on_the_spot".into(),
            Act::RegisterCard => "register_card".into(),
            Act::Consolidate => "consolidate".into(),
            Act::Plan(answerer) => format!("hold_meeting.plan{}", answerer.suffix()),
            Act::Decide(kind) => format!("hold_meeting.{}", kind.word()),
            Act::ReportUp => "report_up".into(),
            Act::Return => "return_case".into(),
            Act::LogProgress => "log_progress".into(),
            Act::RequestExtension => "request_extension".into(),
            Act::DecideExtension(yes) => format!("decide_extension.{}", if yes { "approve" } else { "refuse" }),
            Act::Settle => "settle".into(),
            Act::Review(yes) => format!("review_settlement.{}", if yes { "accept" } else { "refuse" }),
            Act::Post(stage) => format!("publish.{}", stage.word()),
            Act::Ask { evening } => format!("ask_household.{}", if evening { "evening" } else { "day" }),
            Act::Rate(says) => format!("rate.{}", says.satisfied().word()),
            Act::Replan(answerer) => format!("replan{}", answerer.suffix()),
            Act::Close(kind) => format!("close.{}", kind.word()),
            Act::Reopen => "reopen".into(),
            Act::Merge => "merge".into(),
            Act::Withdraw => "withdraw".into(),
            Act::Consent(yes) => format!("consent.{}", if yes { "given" } else { "withdrawn" }),
        }
    }

    /// The word without who is made responsible or when somebody is asked: what an arrow is called.
    pub fn arrow(self) -> String {
        match self {
            Act::Plan(_) => "hold_meeting.plan".into(),
            Act::Replan(_) => "replan".into(),
            Act::Ask { .. } => "ask_household".into(),
            Act::Note(..) => "note_need".into(),
            Act::Consent(_) => "consent".into(),
            Act::DecideExtension(_) => "decide_extension".into(),
            Act::Rate(Says::Satisfied | Says::Basically) => "rate.satisfied".into(),
            act => act.word(),
        }
    }

    /// Whether it is the household's own doing, which somebody in office only takes down.
    pub fn is_households(self) -> bool {
        matches!(self, Act::Withdraw | Act::Reopen | Act::Rate(_) | Act::Consent(_))
    }

    /// The word under which [`Engine::actions`](crate::Engine::actions) says whether the case stands
    /// where this can be done, and for a close as what; `None` for what it does not speak of.
    pub fn action(self) -> Option<(&'static str, Option<CloseAs>)> {
        Some(match self {
            Act::SolveOnTheSpot => ("solve_on_the_spot", None),
            Act::RegisterCard => ("register_card", None),
            Act::Plan(_) | Act::Decide(_) => ("hold_meeting", None),
            Act::ReportUp => ("report_up", None),
            Act::Return => ("return_case", None),
            Act::LogProgress => ("log_progress", None),
            Act::RequestExtension => ("request_extension", None),
            Act::DecideExtension(_) => ("decide_extension", None),
            Act::Settle => ("settle", None),
            Act::Review(_) => ("review_settlement", None),
            Act::Post(_) => ("publish", None),
            Act::Ask { .. } => ("ask_household", None),
            Act::Rate(_) => ("rate", None),
            Act::Replan(_) => ("replan", None),
            Act::Close(kind) => ("close", Some(kind)),
            Act::Reopen => ("reopen", None),
            Act::Merge => ("merge", None),
            Act::Withdraw => ("withdraw", None),
            Act::Note(..) | Act::Consolidate | Act::Consent(_) => return None,
        })
    }
}

impl Answerer {
    fn suffix(self) -> &'static str {
        match self {
            Answerer::Head => ".head",
            Answerer::Office => "",
        }
    }
}

impl Says {
    fn satisfied(self) -> Satisfied {
        match self {
            Says::Satisfied => Satisfied::Satisfied,
            Says::Basically => Satisfied::Basically,
            Says::Dissatisfied => Satisfied::Dissatisfied,
        }
    }
}

/// A step of the exploration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Move {
    /// Somebody does something.
    Do(Act, Who),
    /// Nobody does anything until a limit has passed.
    Wait(Passing),
}

/// Makes commands of moves.
#[derive(Clone, Copy)]
pub(crate) struct Mover<'a> {
    pub policy: &'a Policy,
    pub world: &'a World,
}

impl Mover<'_> {
    /// The last day of a limit that runs for a case, whether it has passed or not.
    pub fn last_day(&self, case: &Case, passing: Passing) -> Option<Date> {
        let rules = &self.policy.rules;
        match (passing, &case.state) {
            (Passing::Deadline, State::Planned(_) | State::Settled(_)) => case.state.plan()?.due,
            (Passing::Return, State::Ledgered(ledgered)) if ledgered.by == LedgeredBy::Reported => {
                let reported = case.trail.iter().rev().find(|step| matches!(step.what, What::Reported(_)))?;
                Some(self.policy.due(reported.at, rules.escalate_return.as_ref()?.params.limit).date)
            }
            (Passing::Redo, State::Reopened(_) | State::Ledgered(_)) => case.redo_by,
            (Passing::Attempts, State::Published(_) | State::Accepted(_)) if case.rating.is_none() => {
                let since = case.state.published_at().or(case.state.accepted_at())?;
                Some(self.policy.due(since, rules.close_attempts.as_ref()?.params.limit).date)
            }
            (Passing::Reopen, State::Closed(closed)) => {
                Some(self.policy.due(closed.reopen_from, rules.close_attempts.as_ref()?.params.reopen).date)
            }
            _ => None,
        }
    }

    /// The moment when a limit that runs has just passed.
    pub fn passed(&self, case: &Case, now: Instant, passing: Passing) -> Option<Instant> {
        let last = self.last_day(case, passing)?;
        (self.policy.local_day(now) <= last).then(|| self.at(last.add_days(1), self.morning()))
    }

    fn at(&self, day: Date, minute: u32) -> Instant {
        Instant::from_local(day, minute, self.policy.offset)
    }

    /// An hour into office hours.
    fn morning(&self) -> u32 {
        self.world.office.0.saturating_add(60).min(self.world.office.1)
    }

    /// When a move is made that is thought of now: a minute later, or when the household is asked.
    pub fn when(&self, now: Instant, act: Act) -> Instant {
        let (day, minute) = (self.policy.local_day(now), now.local_minute(self.policy.offset));
        match act {
            Act::Ask { evening: true } => {
                let evening = self.world.office.1.saturating_add(120).min(1439);
                self.at(if minute < evening { day } else { day.add_days(1) }, evening)
            }
            Act::Ask { evening: false } => {
                let mut day = day.add_days(1);
                for _ in 0..40 {
                    if self.policy.calendar.is_working_day(day) {
                        break;
                    }
                    day = day.add_days(1);
                }
                self.at(day, self.morning())
            }
            _ if minute < 1439 => self.at(day, minute.saturating_add(1)),
            _ => self.at(day.add_days(1), 0),
        }
    }

    /// Whether a person of the small county belongs to a unit's office.
    pub fn is_office(&self, unit: &str, person: &PersonId) -> bool {
        person.as_str().split_once('.').is_some_and(|(own, part)| own == unit && matches!(part, "head" | "a" | "b"))
    }

    /// Whom it is worth to let do something, the likeliest first; of those who are allowed, one is
    /// enough, since the case does not remember more of them than it shows.
    pub fn actors(&self, case: &Case) -> Vec<Who> {
        let unit = case.unit.as_str();
        let above = above(unit);
        let mut actors: Vec<Option<Who>> = vec![
            case.responsible().and_then(|id| self.world.who(id)),
            self.world.part(unit, "a"),
            self.world.part(unit, "b"),
            self.world.part(unit, "head"),
            self.world.part(unit, "watch"),
            self.world.part(above, "a"),
            self.world.part(above, "b"),
            self.world.part(above, "head"),
            self.world.who(&case.collector),
        ];
        if case.state.plan().is_none() {
            actors.rotate_left(1);
        }
        let mut known: Vec<Who> = Vec::new();
        for who in actors.into_iter().flatten() {
            if !known.contains(&who) {
                known.push(who);
            }
        }
        known
    }

    /// The commands that a move may be, of which the first that is accepted is made; `number` makes
    /// their ids.
    pub fn commands(&self, case: Option<&Case>, at: Instant, act: Act, who: Who, number: u64) -> Vec<Command> {
        self.drafts(case, at, act, who, number)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|todo| {
                Some(Command {
                    id: CommandId::new(&format!("c{number}"))?,
                    at,
                    typed_at: None,
                    actor: self.world.person(who)?.clone(),
                    todo,
                })
            })
            .collect()
    }

    fn drafts(&self, case: Option<&Case>, at: Instant, act: Act, who: Who, number: u64) -> Option<Vec<Do>> {
        let id = CaseId::new(CASE)?;
        let text = Text::clipped;
        let today = self.policy.local_day(at);
        if let Act::Note(category, public) = act {
            return Some(vec![self.note(id, category, public)?]);
        }
        let case = case?;
        let unit = case.unit.clone();
        let todo = match act {
            Act::Note(..) => return None,
            Act::SolveOnTheSpot => Do::SolveOnTheSpot(SolveOnTheSpot { case: id, result: text("当场办结") }),
            Act::RegisterCard => Do::RegisterCard(RegisterCard { case: id, card: card(case) }),
            Act::Consolidate => {
                let kind = UnitKind::from_word(unit.as_str())?;
                let period = stream_of(&self.policy.rules, kind).map_or(PeriodKind::Week, |(_, _, rule)| rule.params.period);
                Do::Consolidate(Consolidate { unit, period: Period::containing(period, today) })
            }
            Act::Plan(answerer) => self.meeting(case, today, number, self.plan(case, today, answerer)?)?,
            Act::Decide(kind) => self.meeting(case, today, number, self.decision(id, kind, today))?,
            Act::ReportUp => Do::ReportUp(ReportUp { case: id }),
            Act::Return => Do::ReturnCase(ReturnCase { case: id, reason: Some(text("应由下级办理")) }),
            Act::LogProgress => Do::LogProgress(LogProgress { case: id, text: text("正在办理") }),
            Act::RequestExtension => {
                let due = case.state.plan().and_then(|plan| plan.due).unwrap_or(today);
                let until = self.policy.rules.settle_extension.as_ref().map_or(due.add_days(10), |rule| {
                    self.policy.due_from_day(due, rule.params.limit).date
                });
                Do::RequestExtension(RequestExtension { case: id, until, reason: text("材料未到") })
            }
            Act::DecideExtension(approve) => {
                let told = approve.then_some(Method::Phone);
                Do::DecideExtension(DecideExtension { case: id, approve, reason: Some(text("情况属实")), told })
            }
            Act::Settle => {
                Do::Settle(Settle { case: id, result: Some(text("已办结")), evidence: None, money: None, goods: None })
            }
            Act::Review(accept) => {
                Do::ReviewSettlement(ReviewSettlement { case: id, accept, reason: (!accept).then(|| text("尚未办好")) })
            }
            Act::Post(stage) => return self.posting(case, today, stage, who, number),
            Act::Ask { .. } => Do::AskHousehold(AskHousehold { case: id, method: Method::Phone, reached: false }),
            Act::Rate(says) => self.rating(case, says)?,
            Act::Replan(answerer) => {
                let plan = self.plan(case, today, answerer)?;
                Do::Replan(Replan {
                    case: id,
                    measures: plan.measures,
                    target: plan.target,
                    responsible: plan.responsible,
                    due: plan.due,
                })
            }
            Act::Close(as_what) => return Some(self.closing(case, as_what, who)),
            Act::Reopen => Do::Reopen(Reopen { case: id, reason: text("问题又出现了") }),
            Act::Merge => Do::Merge(Merge { case: id, into: CaseId::new(OTHER)? }),
            Act::Withdraw => Do::Withdraw(Withdraw { case: id, reason: text("该户不再提出") }),
            Act::Consent(publication) => Do::Consent(Consent { household: HouseholdId::new(HOUSEHOLD)?, publication }),
        };
        Some(vec![todo])
    }

    /// The need itself; also that of the second case, under another id.
    pub fn note(&self, case: CaseId, category: Category, public: bool) -> Option<Do> {
        Some(Do::NoteNeed(NoteNeed {
            case,
            household: if public { None } else { HouseholdId::new(HOUSEHOLD) },
            unit: if public { UnitId::new(UnitKind::Group.word()) } else { None },
            channel: Channel::Visit,
            category,
            topic: Text::clipped("饮水"),
            text: Text::clipped("饮水困难"),
            collector: None,
            visit: None,
            phone: None,
        }))
    }

    fn meeting(&self, case: &Case, today: Date, number: u64, decision: Decision) -> Option<Do> {
        let unit = &case.unit;
        let kind = UnitKind::from_word(unit.as_str())?;
        let roster = &self.world.roster;
        let chair = match &self.policy.rules.meeting_chair {
            Some(rule) => {
                let holders = roster.holders(roster.unit(unit.as_str())?, PostSet::of(rule.params.for_kind(kind)), today);
                holders.first().map(|person| roster.person_id(*person).clone())
            }
            None => self.world.part(unit.as_str(), "head").and_then(|who| self.world.person(who)).cloned(),
        };
        // Heads of the tier below take part in the meeting of the one above.
        let below = self.world.people.iter().filter(|id| {
            id.as_str().strip_suffix(".head").is_some_and(|own| own != unit.as_str() && above(own) == unit.as_str())
        });
        let own = self.world.of_unit(unit.as_str()).filter_map(|who| self.world.person(who));
        let notified: Vec<PersonId> = own.chain(below).cloned().collect();
        Some(Do::HoldMeeting(HoldMeeting {
            meeting: MeetingId::new(&format!("m{number}"))?,
            unit: unit.clone(),
            held_on: today,
            chair,
            attended: Some(notified.clone()),
            notified: Some(notified),
            decisions: vec![decision],
        }))
    }

    fn plan(&self, case: &Case, today: Date, answerer: Answerer) -> Option<Decision> {
        let unit = case.unit.as_str();
        let part = match answerer {
            Answerer::Head => "head",
            Answerer::Office => "a",
        };
        let responsible = self.world.person(self.world.part(unit, part)?)?.clone();
        let cap = self.policy.rules.plan_cap.as_ref().zip(UnitKind::from_word(unit)).map_or(today.add_days(30), |(rule, kind)| {
            self.policy.due_from_day(today, rule.params.for_kind(kind)).date
        });
        let mut decision = self.decision(case.id.clone(), DecisionKind::Plan, today);
        decision.responsible = Some(responsible);
        decision.due = Some(case.redo_by.map_or(cap, |latest| latest.min(cap)));
        Some(decision)
    }

    fn decision(&self, case: CaseId, kind: DecisionKind, today: Date) -> Decision {
        let text = |words: &str| Some(Text::clipped(words));
        let suspend = kind == DecisionKind::Suspend;
        let plan = kind == DecisionKind::Plan;
        let explained = matches!(kind, DecisionKind::Explain | DecisionKind::Redirect);
        Decision {
            case,
            decision: kind,
            measures: if suspend || plan { text("逐户排查") } else { None },
            target: if plan { text("全户通水") } else { None },
            responsible: None,
            due: None,
            reason: if explained { text("依据不足") } else { None },
            review_on: suspend.then(|| today.add_days(60)),
            household_heard: Some(true),
        }
    }

    fn posting(&self, case: &Case, today: Date, stage: Stage, who: Who, number: u64) -> Option<Vec<Do>> {
        let unit = case.unit.as_str();
        let checkers = ["b", "a", "head", "watch"].into_iter().filter_map(|part| self.world.part(unit, part));
        // A policy may let one person do it all, so that is tried first: it says most.
        let checkers: Vec<Who> = std::iter::once(who).chain(checkers.filter(|checker| *checker != who)).collect();
        let posting = PostingId::new(&format!("p{number}"))?;
        Some(
            checkers
                .into_iter()
                .filter_map(|checker| self.world.person(checker))
                .map(|checker| {
                    Do::Publish(Publish {
                        posting: posting.clone(),
                        stage,
                        unit: case.unit.clone(),
                        place: Text::clipped("公开栏"),
                        from: today,
                        items: Some(vec![PostingItem { case: case.id.clone(), summary: Text::clipped("饮水") }]),
                        period: None,
                        checked_by: Some(checker.clone()),
                        replaces: None,
                    })
                })
                .collect(),
        )
    }

    fn rating(&self, case: &Case, says: Says) -> Option<Do> {
        let bad = says == Says::Dissatisfied;
        let (present, in_favour) = (9, if bad { 2 } else { 8 });
        Some(Do::Rate(Rate {
            case: case.id.clone(),
            solved: Some(if bad { Solved::Unsolved } else { Solved::Solved }),
            satisfied: Some(says.satisfied()),
            method: Method::Visit,
            phone: None,
            vote: case.is_public().then_some(Vote { of: 10, present, in_favour }),
        }))
    }

    fn closing(&self, case: &Case, as_what: CloseAs, who: Who) -> Vec<Do> {
        let close = |with: Option<PersonId>| Do::Close(Close { case: case.id.clone(), as_what, with });
        let mut ways = vec![close(None)];
        if as_what != CloseAs::Satisfied {
            let unit = above(case.unit.as_str());
            let seconds = ["b", "a", "head"].into_iter().filter_map(|part| self.world.part(unit, part));
            ways.extend(seconds.filter(|second| *second != who).map(|second| close(self.world.person(second).cloned())));
        }
        ways
    }
}

/// The unit whose office is the tier above another's; above the county there is none but itself.
pub(crate) fn above(unit: &str) -> &str {
    match unit {
        "group" => "village",
        "village" => "town",
        _ => "county",
    }
}

fn card(case: &Case) -> Card {
    let text = |words: &str| Some(Text::clipped(words));
    let household = !case.is_public();
    Card {
        name: if household { text(super::world::HOUSEHOLDER) } else { None },
        address: text("一组1号"),
        household_size: household.then_some(3),
        income: household.then_some(12_000),
        appeal: text("通水"),
        cause: text("水源枯竭"),
    }
}
