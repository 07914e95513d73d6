//! The trail of a case: what happened to it, step by step. Its timeline and its duties are read
//! from here.

use crate::calendar::{Date, Instant};
use crate::command::{Attachment, Decision, Goods, Money, Vote};
use crate::ids::{CaseId, CommandId, MeetingId, ObjectionId, PersonId, PostingId, UnitId};
use crate::shape::{pair, record, tagged, write_merged, write_string, Node, Reader, Rest, Schemas, Shape, Text};
use crate::vocab::{Method, Satisfied, Solved, Stage};

use super::{ClosedAs, LedgeredBy, StateWord};

record! {
    /// On the trail: noted.
    pub struct WasNoted {
        /// 首个台账单位 · The unit whose ledger comes first.
        unit: UnitId,
    }
}
record! {
    /// On the trail: an event that needs no more words.
    pub struct Bare {}
}
record! {
    /// On the trail: an event with what was said.
    pub struct Said {
        /// 内容 · The words.
        text: Option<Text>,
    }
}
record! {
    /// On the trail: the case came onto a ledger.
    pub struct WasLedgered {
        /// 台账单位 · Whose ledger.
        unit: UnitId,
        /// 如何上账 · How.
        by: LedgeredBy,
    }
}
record! {
    /// On the trail: a meeting decided.
    pub struct WasDecided {
        /// 会议 · The meeting.
        meeting: MeetingId,
        /// 单位 · Whose meeting.
        unit: UnitId,
        /// 召开日期 · When it was held.
        held_on: Date,
        /// 决定 · What it decided.
        decided: Decision,
    }
}
record! {
    /// On the trail: the case moved between tiers.
    pub struct Moved {
        /// 原单位 · From.
        from: UnitId,
        /// 现单位 · To.
        unit: UnitId,
        /// 理由 · Why.
        reason: Option<Text>,
    }
}
record! {
    /// On the trail: more time was asked for.
    pub struct AskedMore {
        /// 延至 · Until when.
        until: Date,
        /// 理由 · Why.
        reason: Text,
        /// 第二次申请,已拒绝 · Refused as a further request.
        refused: Option<bool>,
    }
}
record! {
    /// On the trail: more time was granted or refused.
    pub struct DecidedMore {
        /// 是否同意 · Whether it was granted.
        approve: bool,
        /// 新的时限 · The deadline from now on.
        due: Option<Date>,
        /// 理由 · Why.
        reason: Option<Text>,
    }
}
record! {
    /// On the trail: settled.
    pub struct WasSettled {
        /// 结果 · The result.
        result: Option<Text>,
        /// 附件 · Attachments.
        evidence: Option<Vec<Attachment>>,
        /// 资金 · Money.
        money: Option<Money>,
        /// 物资 · Goods.
        goods: Option<Goods>,
    }
}
record! {
    /// On the trail: the settlement was looked at.
    pub struct WasReviewed {
        /// 是否通过 · Whether it was accepted.
        accept: bool,
        /// 理由 · Why.
        reason: Option<Text>,
    }
}
record! {
    /// On the trail: posted.
    pub struct WasPosted {
        /// 公示 · The posting.
        posting: PostingId,
        /// 公示内容 · Plan or result.
        stage: Stage,
        /// 公示单位 · Whose board.
        unit: UnitId,
    }
}
record! {
    /// On the trail: an objection, or its answer.
    pub struct WasObjected {
        /// 异议 · The objection.
        objection: ObjectionId,
    }
}
record! {
    /// On the trail: the household was asked.
    pub struct WasAsked {
        /// 方式 · By which method.
        method: Method,
        /// 是否联系上 · Whether it was reached.
        reached: bool,
        /// 复查 · Asked as a re-check of a closed case.
        recheck: Option<bool>,
    }
}
record! {
    /// On the trail: the household answered.
    pub struct WasRated {
        /// 是否解决 · Whether it is solved.
        solved: Option<Solved>,
        /// 是否满意 · Whether it is satisfied.
        satisfied: Satisfied,
        /// 方式 · By which method.
        method: Method,
        /// 来电号码 · From which telephone.
        phone: Option<Text>,
        /// 表决 · The vote on a public matter.
        vote: Option<Vote>,
        /// 复查 · The answer to a re-check of a closed case.
        recheck: Option<bool>,
    }
}
record! {
    /// On the trail: planned anew.
    pub struct WasReplanned {
        /// 措施 · The measures.
        measures: Option<Text>,
        /// 目标 · The target.
        target: Option<Text>,
        /// 责任人 · The responsible person.
        responsible: Option<PersonId>,
        /// 完成时限 · The deadline.
        due: Option<Date>,
    }
}
record! {
    /// On the trail: closed.
    pub struct WasClosed {
        /// 结账类型 · As what.
        as_what = "as": ClosedAs,
        /// 第二人 · The second person.
        with: Option<PersonId>,
    }
}
record! {
    /// On the trail: joined to another case.
    pub struct WasMerged {
        /// 并入 · The case that stays.
        into: CaseId,
    }
}
record! {
    /// On the trail: a slip was mended.
    pub struct WasCorrected {
        /// 被更正的命令 · The earlier command.
        corrects: CommandId,
        /// 字段 · The field.
        field: Text,
        /// 理由 · Why.
        reason: Text,
    }
}
record! {
    /// On the trail: the household spoke about publication.
    pub struct WasConsent {
        /// 是否同意公开 · Whether its hardship case may be posted.
        publication: bool,
    }
}

tagged! {
    /// What happened to a case, by the event's name.
    pub enum What by "event" {
        /// Noted.
        Noted(WasNoted) = "need_noted",
        /// Solved on the spot.
        SolvedOnTheSpot(Said) = "solved_on_the_spot",
        /// Registered.
        Registered(Bare) = "card_registered",
        /// Consolidated onto a ledger.
        Ledgered(WasLedgered) = "consolidated",
        /// Decided by a meeting.
        Decided(WasDecided) = "case_decided",
        /// Reported up.
        Reported(Moved) = "case_reported",
        /// Given back.
        Returned(Moved) = "case_returned",
        /// Progress.
        Progress(Said) = "progress_logged",
        /// More time asked for.
        ExtensionRequested(AskedMore) = "extension_requested",
        /// More time granted or refused.
        ExtensionDecided(DecidedMore) = "extension_decided",
        /// Settled.
        Settled(WasSettled) = "settled",
        /// Reviewed.
        Reviewed(WasReviewed) = "settlement_reviewed",
        /// Posted.
        Posted(WasPosted) = "posted",
        /// Taken down.
        TakenDown(WasPosted) = "taken_down",
        /// Objected to.
        Objected(WasObjected) = "objected",
        /// Objection answered.
        ObjectionAnswered(WasObjected) = "objection_answered",
        /// Asked.
        Asked(WasAsked) = "household_asked",
        /// Rated.
        Rated(WasRated) = "rated",
        /// Planned anew.
        Replanned(WasReplanned) = "replanned",
        /// Closed.
        Closed(WasClosed) = "closed",
        /// Reopened.
        Reopened(Said) = "reopened",
        /// Merged.
        Merged(WasMerged) = "merged",
        /// Withdrawn.
        Withdrawn(Said) = "withdrawn",
        /// Corrected.
        Corrected(WasCorrected) = "corrected",
        /// Consent given or taken back.
        Consent(WasConsent) = "consent_recorded",
    }
}

/// A step on a case's trail: what happened, when, by which command, and where the case stood
/// after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub at: Instant,
    /// By which command.
    pub command: CommandId,
    /// Who did it.
    pub actor: PersonId,
    /// The state after it.
    pub to: StateWord,
    /// The unit that held the case after it.
    pub unit: UnitId,
    /// What happened.
    pub what: What,
}

record! {
    struct StepHead {
        /// When.
        at: Instant,
        /// By which command.
        command: CommandId,
        /// Who.
        actor: PersonId,
        /// The state after it.
        to: StateWord,
        /// The unit that held the case after it.
        held_by: UnitId,
    }
}

impl Shape for Step {
    const EXPECTS: (&'static str, &'static str) = ("对象", "an object");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Object(entries) = node else { return cx.expected::<Self, _>() };
        let head = StepHead::read_entries(entries, Rest::Left, cx);
        let what = match node.get("event").and_then(Node::as_str) {
            Some(word) => What::read_variant(word, entries, StepHead::NAMES, cx),
            None => cx.under("event", |cx| cx.expected::<Text, _>()),
        };
        let (head, what) = (head?, what?);
        Some(Step { at: head.at, command: head.command, actor: head.actor, to: head.to, unit: head.held_by, what })
    }
    fn write(&self, out: &mut String) {
        let head = StepHead {
            at: self.at,
            command: self.command.clone(),
            actor: self.actor.clone(),
            to: self.to,
            held_by: self.unit.clone(),
        };
        let event = pair!("event", |out: &mut String| write_string(self.what.word(), out));
        write_merged(&[&head, &event, self.what.fields()], out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        self.at.pack(out);
        self.command.pack(out);
        self.actor.pack(out);
        self.to.pack(out);
        self.unit.pack(out);
        self.what.pack(out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(Step {
            at: Shape::unpack(input)?,
            command: Shape::unpack(input)?,
            actor: Shape::unpack(input)?,
            to: Shape::unpack(input)?,
            unit: Shape::unpack(input)?,
            what: Shape::unpack(input)?,
        })
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Step", &mut |schemas| {
            let head = schemas.fields(StepHead::SCHEMA);
            What::schema_beside(&head, schemas)
        })
    }
}
