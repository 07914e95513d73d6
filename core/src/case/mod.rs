//! The case: one need of one household, or one public matter, on its way through the five steps.
//!
//! A case is nothing but the fold of its events. It keeps its own trail, so that its timeline and
//! its duties are computed from what happened and never from a counter.

mod trail;

use crate::calendar::{Date, Instant};
use crate::command::Card;
use crate::ids::{CaseId, HouseholdId, PersonId, UnitId, VisitId};
use crate::shape::{choices, pair, record, tagged, write_merged, write_string, Node, Reader, Rest, Schemas, Shape, Text};
use crate::vocab::{Category, Channel, Satisfied, Solved};

pub use trail::*;

record! {
    /// A plan: who does what by when.
    pub struct Plan {
        /// 措施 · The measures.
        measures: Option<Text>,
        /// 目标 · The target.
        target: Option<Text>,
        /// 责任人 · The responsible person.
        responsible: Option<PersonId>,
        /// 完成时限 · The deadline now in force.
        due: Option<Date>,
        /// 决定单位 · The unit that decided it.
        unit: UnitId,
        /// 作出时刻 · When it was made.
        made_at: Instant,
    }
}

record! {
    /// An explanation or a redirection decided by a meeting.
    pub struct Disposition {
        /// 理由 · Why.
        reason: Option<Text>,
        /// 主持人 · Who chaired the meeting.
        chair: Option<PersonId>,
        /// 决定单位 · The unit that decided it.
        unit: UnitId,
    }
}

tagged! {
    /// What a settlement carries out.
    pub enum Ground by "kind" {
        /// A plan.
        Plan(Plan) = "plan",
        /// An explanation: the claim has no basis.
        Explained(Disposition) = "explain",
        /// A redirection to the legal procedure.
        Redirected(Disposition) = "redirect",
    }
}

record! {
    /// A settlement.
    pub struct Settlement {
        /// 依据 · What it carries out.
        ground: Ground,
        /// 结果 · The result in words.
        result: Option<Text>,
        /// 录入人 · Who entered it.
        by: PersonId,
        /// 时刻 · When.
        at: Instant,
    }
}

choices! {
    /// How a case came onto a ledger.
    pub enum LedgeredBy {
        /// By a consolidation, or by registration where consolidation is switched off.
        Consolidated = "consolidated",
        /// Reported up by the tier below.
        Reported = "reported",
        /// Given back by the tier above.
        Returned = "returned",
        /// After a dissatisfaction, one tier up.
        Dissatisfied = "dissatisfied",
        /// A settlement by explanation or redirection was refused.
        Refused = "refused",
        /// Opened again after it had been closed on the ledger.
        Reopened = "reopened",
    }
}

record! {
    /// Noted: heard, neither solved nor on a card.
    pub struct Noted {}
}
record! {
    /// On a registration card.
    pub struct Registered {}
}
record! {
    /// On a ledger, waiting for deliberation.
    pub struct Ledgered {
        /// 何时上账 · Since when.
        since: Instant,
        /// 如何上账 · How it came there.
        by: LedgeredBy,
    }
}
record! {
    /// Decided to report up, not yet done.
    pub struct Reporting {}
}
record! {
    /// Planned.
    pub struct Planned {
        /// 方案 · The plan.
        plan: Plan,
        /// 待批的延期 · A request for more time that waits for its answer.
        request: Option<Date>,
        /// 申请延期次数 · How many requests were let through for this plan.
        requests: u32,
    }
}
record! {
    /// Suspended: long-term, deliberated again and never shown as done.
    pub struct Suspended {
        /// 措施 · The measures meanwhile.
        measures: Option<Text>,
        /// 下次研究日期 · When it is deliberated again.
        review_on: Option<Date>,
    }
}
record! {
    /// Settled, waiting for somebody else's look.
    pub struct Settled {
        /// 销账 · The settlement.
        settlement: Settlement,
    }
}
record! {
    /// The settlement is accepted.
    pub struct Accepted {
        /// 销账 · The settlement.
        settlement: Settlement,
        /// 通过时刻 · When it was accepted.
        accepted_at: Instant,
    }
}
record! {
    /// The result is published.
    pub struct Published {
        /// 销账 · The settlement.
        settlement: Settlement,
        /// 通过时刻 · When it was accepted.
        accepted_at: Instant,
        /// 公示时刻 · When it was published.
        published_at: Instant,
    }
}
record! {
    /// Reopened, waiting for a new plan.
    pub struct Reopened {
        /// 原依据 · What had been planned or decided before.
        ground: Ground,
        /// 原销账录入人 · Who had entered its settlement.
        settled_by: Option<PersonId>,
        /// 何时重开 · Since when.
        since: Instant,
    }
}
choices! {
    /// As what a case was closed.
    pub enum ClosedAs {
        /// Solved on the spot.
        OnTheSpot = "on_the_spot",
        /// The household is satisfied.
        Satisfied = "satisfied",
        /// The household could not be reached.
        Unrated = "unrated",
        /// Explained by the tier above.
        Explained = "explained",
        /// Redirected by the tier above.
        Redirected = "redirected",
        /// Joined to another case.
        Merged = "merged",
        /// Taken back by the household.
        Withdrawn = "withdrawn",
    }
}
record! {
    /// Closed.
    pub struct Closed {
        /// 结账类型 · As what.
        as_what = "closed_as": ClosedAs,
        /// 结账时刻 · When.
        closed_at: Instant,
        /// 可重开的起点 · From when the days for reopening count: the closing, or a bad answer to a re-check.
        reopen_from: Instant,
        /// 结账前的状态 · The state it left.
        left: Box<State>,
    }
}

tagged! {
    /// Where a case stands. Each state holds exactly what that state has.
    pub enum State by "state" {
        /// Heard.
        Noted(Noted) = "noted",
        /// On a card.
        Registered(Registered) = "registered",
        /// On a ledger.
        Ledgered(Ledgered) = "ledgered",
        /// To be reported up.
        Reporting(Reporting) = "reporting",
        /// Planned.
        Planned(Planned) = "planned",
        /// Suspended.
        Suspended(Suspended) = "suspended",
        /// Settled.
        Settled(Settled) = "settled",
        /// Accepted.
        Accepted(Accepted) = "accepted",
        /// Published.
        Published(Published) = "published",
        /// Reopened.
        Reopened(Reopened) = "reopened",
        /// Closed.
        Closed(Closed) = "closed",
    }
}

impl State {
    /// Whether the case is closed.
    pub fn is_closed(&self) -> bool {
        matches!(self, State::Closed(_))
    }

    /// The settlement that the state rests on.
    pub fn settlement(&self) -> Option<&Settlement> {
        match self {
            State::Settled(s) => Some(&s.settlement),
            State::Accepted(s) => Some(&s.settlement),
            State::Published(s) => Some(&s.settlement),
            State::Closed(s) => s.left.settlement(),
            _ => None,
        }
    }

    /// What the state rests on: a plan, an explanation or a redirection.
    pub fn ground(&self) -> Option<&Ground> {
        match self {
            State::Reopened(s) => Some(&s.ground),
            State::Closed(s) => s.left.ground(),
            _ => self.settlement().map(|settlement| &settlement.ground),
        }
    }

    /// The plan that the state rests on.
    pub fn plan(&self) -> Option<&Plan> {
        match self {
            State::Planned(s) => Some(&s.plan),
            State::Closed(s) => s.left.plan(),
            _ => match self.ground()? {
                Ground::Plan(plan) => Some(plan),
                _ => None,
            },
        }
    }

    /// Who entered the settlement that the state rests on.
    pub fn settled_by(&self) -> Option<&PersonId> {
        match self {
            State::Reopened(s) => s.settled_by.as_ref(),
            State::Closed(s) => s.left.settled_by(),
            _ => self.settlement().map(|settlement| &settlement.by),
        }
    }

    /// When the settlement was accepted.
    pub fn accepted_at(&self) -> Option<Instant> {
        match self {
            State::Accepted(s) => Some(s.accepted_at),
            State::Published(s) => Some(s.accepted_at),
            State::Closed(s) => s.left.accepted_at(),
            _ => None,
        }
    }

    /// When the result was published.
    pub fn published_at(&self) -> Option<Instant> {
        match self {
            State::Published(s) => Some(s.published_at),
            State::Closed(s) => s.left.published_at(),
            _ => None,
        }
    }
}

record! {
    /// What the household said.
    pub struct Rating {
        /// 是否解决 · Whether it is solved.
        solved: Option<Solved>,
        /// 是否满意 · Whether it is satisfied.
        satisfied: Satisfied,
        /// 时刻 · When it was said.
        at: Instant,
    }
}

impl Rating {
    /// Whether the answer is dissatisfied, or that nothing is solved.
    pub fn is_bad(&self) -> bool {
        self.satisfied == Satisfied::Dissatisfied || self.solved == Some(Solved::Unsolved)
    }
}

record! {
    /// A try to ask the household.
    pub struct Try {
        /// 时刻 · When.
        at: Instant,
        /// 是否联系上 · Whether it was reached.
        reached: bool,
    }
}
record! {
    /// What the household said about publication, and when.
    pub struct ConsentGiven {
        /// 时刻 · When.
        at: Instant,
        /// 是否同意公开 · Whether its hardship case may be posted.
        publication: bool,
    }
}

choices! {
    /// The states by name alone.
    pub enum StateWord {
        /// Heard.
        Noted = "noted",
        /// On a card.
        Registered = "registered",
        /// On a ledger.
        Ledgered = "ledgered",
        /// To be reported up.
        Reporting = "reporting",
        /// Planned.
        Planned = "planned",
        /// Suspended.
        Suspended = "suspended",
        /// Settled.
        Settled = "settled",
        /// Accepted.
        Accepted = "accepted",
        /// Published.
        Published = "published",
        /// Reopened.
        Reopened = "reopened",
        /// Closed.
        Closed = "closed",
    }
}

impl State {
    /// The state's name.
    pub fn name(&self) -> StateWord {
        match self {
            State::Noted(_) => StateWord::Noted,
            State::Registered(_) => StateWord::Registered,
            State::Ledgered(_) => StateWord::Ledgered,
            State::Reporting(_) => StateWord::Reporting,
            State::Planned(_) => StateWord::Planned,
            State::Suspended(_) => StateWord::Suspended,
            State::Settled(_) => StateWord::Settled,
            State::Accepted(_) => StateWord::Accepted,
            State::Published(_) => StateWord::Published,
            State::Reopened(_) => StateWord::Reopened,
            State::Closed(_) => StateWord::Closed,
        }
    }
}

record! {
    /// What is known of a case in every state.
    pub struct Facts {
        /// 事项编号 · The id, the same for ever.
        id: CaseId,
        /// 现台账单位 · The unit that holds it.
        unit: UnitId,
        /// 户 · The household; a public matter has none.
        household: Option<HouseholdId>,
        /// 公共事项所在单位 · Where a public matter is.
        place: Option<UnitId>,
        /// 来源渠道 · How it came in.
        channel: Channel,
        /// 台账类别 · Which of the three ledgers.
        category: Category,
        /// 事由 · In a few words.
        topic: Text,
        /// 内容 · In full.
        text: Text,
        /// 收集人 · Who collected it.
        collector: PersonId,
        /// 录入人 · Who entered it.
        entered_by: PersonId,
        /// 走访 · The visit on which it was heard.
        visit: Option<VisitId>,
        /// 户主电话 · The household's own telephone.
        phone: Option<Text>,
        /// 登记卡 · The registration card.
        card: Option<Card>,
        /// 查询码 · The code under which the household finds its own case.
        query_code: Option<Text>,
        /// 已上报的下级 · The units that handed it up, lowest first; their ledgers still show it.
        handed_up: Vec<UnitId>,
        /// 已退回的一级 · The units to which the upper tier has given it back.
        given_back: Vec<UnitId>,
        /// 不满意次数 · How often the household was dissatisfied.
        dissatisfied: u32,
        /// 须当面听取意见 · Whether the next decision must have heard the household.
        must_hear: bool,
        /// 重办的截止日 · The last day that the next plan may set, after a dissatisfaction.
        redo_by: Option<Date>,
        /// 最近的回答 · The last answer.
        rating: Option<Rating>,
        /// 回访 · The tries since the result was posted.
        tries: Vec<Try>,
        /// 公开意见 · What the household said about publication, oldest first.
        consents: Vec<ConsentGiven>,
        /// 重复于 · The earlier closed case that this one repeats.
        repeats: Option<CaseId>,
        /// 经过 · The trail, oldest first.
        trail: Vec<Step>,
    }
}

/// A case: what is known of it, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What is known in every state.
    pub facts: Facts,
    /// Where it stands.
    pub state: State,
}

impl std::ops::Deref for Case {
    type Target = Facts;
    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl std::ops::DerefMut for Case {
    fn deref_mut(&mut self) -> &mut Facts {
        &mut self.facts
    }
}

impl Case {
    /// Whether there is no single household behind it.
    pub fn is_public(&self) -> bool {
        self.household.is_none()
    }

    /// The person responsible in the plan the case rests on.
    pub fn responsible(&self) -> Option<&PersonId> {
        self.state.plan()?.responsible.as_ref()
    }

    /// Whether the household consents to publication now.
    pub fn consented(&self) -> bool {
        self.consents.last().is_some_and(|given| given.publication)
    }

    /// Whether any meeting has decided about it.
    pub fn was_decided(&self) -> bool {
        self.trail.iter().any(|step| matches!(step.what, What::Decided(_)))
    }

    /// When it was noted.
    pub fn noted_at(&self) -> Option<Instant> {
        self.trail.first().map(|step| step.at)
    }
}

impl Shape for Case {
    const EXPECTS: (&'static str, &'static str) = ("事项对象", "a case object");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Object(entries) = node else { return cx.expected::<Self, _>() };
        let facts = Facts::read_entries(entries, Rest::Left, cx);
        let state = match node.get("state").and_then(Node::as_str) {
            Some(word) => State::read_variant(word, entries, Facts::NAMES, cx),
            None => cx.under("state", |cx| cx.expected::<Text, _>()),
        };
        Some(Case { facts: facts?, state: state? })
    }
    fn write(&self, out: &mut String) {
        let state = pair!("state", |out: &mut String| write_string(self.state.word(), out));
        write_merged(&[&self.facts, &state, self.state.fields()], out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        self.facts.pack(out);
        self.state.pack(out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(Case { facts: Shape::unpack(input)?, state: Shape::unpack(input)? })
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Case", &mut |schemas| {
            let facts = schemas.fields(Facts::SCHEMA);
            State::schema_beside(&facts, schemas)
        })
    }
}
