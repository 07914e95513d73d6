//! Commands: what somebody wants to do. Accepted or rejected, never half.

mod envelope;
mod packed;

use crate::calendar::{Date, Instant, Period};
use crate::ids::{
    CaseId, CommandId, HouseholdId, MeetingId, ObjectionId, PersonId, PostingId, TargetId, UnitId, VisitId,
};
use crate::roster::RosterRows;
use crate::shape::{record, tagged, AnyNode, Text};
use crate::vocab::{Category, Channel, CloseAs, DecisionKind, Method, Satisfied, Solved, Stage};

pub use envelope::Sm3Hex;
#[cfg(feature = "analyse")]
pub(crate) use envelope::Envelope;
pub(crate) use packed::{packed_at, packed_id, packed_visit, PackedVisit};

/// What somebody wants to do, with who, when and under which id.
///
/// ```
/// use wuzhang::Command;
/// let line = br#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"log_progress","case":"a1","text":"x"}"#;
/// let command = Command::read(line).unwrap();
/// assert_eq!(command.todo.word(), "log_progress");
/// assert_eq!(command.case().unwrap().as_str(), "a1");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// The command's own id, chosen by the sender; sent again, it names the same command.
    pub id: CommandId,
    /// When the command reached the book, by the host's trusted clock.
    pub at: Instant,
    /// When a device says it was typed; kept, and decides nothing.
    pub typed_at: Option<Instant>,
    /// Who does it.
    pub actor: PersonId,
    /// What is to be done.
    pub todo: Do,
}

tagged! {
    /// What is to be done, by the word in `do`.
    pub enum Do by "do" {
        /// 走访 · A visit took place (二(一)1).
        RecordVisit(RecordVisit) = "record_visit",
        /// A late-entered visit is approved by a tier above.
        ApproveLateVisit(ApproveLateVisit) = "approve_late_visit",
        /// 亲民爱民连心卡 · The household got its helper's telephone (二(一)1).
        GiveContactCard(GiveContactCard) = "give_contact_card",
        /// A need was heard.
        NoteNeed(NoteNeed) = "note_need",
        /// What can be solved is solved at once (二(一)1).
        SolveOnTheSpot(SolveOnTheSpot) = "solve_on_the_spot",
        /// 《民情一户一档信息登记卡》 (二(一)1).
        RegisterCard(RegisterCard) = "register_card",
        /// 汇总、梳理 (二(一)3).
        Consolidate(Consolidate) = "consolidate",
        /// 民主议账 (二(二)).
        HoldMeeting(HoldMeeting) = "hold_meeting",
        /// 上报 (二(二)1–3).
        ReportUp(ReportUp) = "report_up",
        /// The upper tier gives a case back.
        ReturnCase(ReturnCase) = "return_case",
        /// Progress is noted.
        LogProgress(LogProgress) = "log_progress",
        /// More time is asked for.
        RequestExtension(RequestExtension) = "request_extension",
        /// More time is granted or refused.
        DecideExtension(DecideExtension) = "decide_extension",
        /// 销账 · The plan is carried out.
        Settle(Settle) = "settle",
        /// Somebody else looks at the settlement.
        ReviewSettlement(ReviewSettlement) = "review_settlement",
        /// 晒账 · A sheet goes up on the board.
        Publish(Publish) = "publish",
        /// A sheet comes down.
        TakeDown(TakeDown) = "take_down",
        /// Somebody objects to what is posted.
        Object(ObjectTo) = "object",
        /// The objection is answered.
        AnswerObjection(AnswerObjection) = "answer_objection",
        /// The household is asked.
        AskHousehold(AskHousehold) = "ask_household",
        /// The household answers.
        Rate(Rate) = "rate",
        /// A new plan after a reopening.
        Replan(Replan) = "replan",
        /// 结账 · The case is closed.
        Close(Close) = "close",
        /// A closed case is opened again.
        Reopen(Reopen) = "reopen",
        /// Two records of one need become one.
        Merge(Merge) = "merge",
        /// The household takes its appeal back.
        Withdraw(Withdraw) = "withdraw",
        /// A slip in an earlier command is mended.
        Correct(Correct) = "correct",
        /// The household says whether its hardship case may be posted.
        Consent(Consent) = "consent",
        /// Rows of the roster are added or ended.
        ChangeRoster(ChangeRoster) = "change_roster",
        /// The county adopts rules.
        AdoptPolicy(AdoptPolicy) = "adopt_policy",
    }
}

record! {
    /// `record_visit`
    pub struct RecordVisit {
        /// 走访编号 · The visit's id.
        visit: VisitId,
        /// 走访干部 · The cadres who went; the actor among them, or somebody of the office.
        cadres: Vec<PersonId>,
        /// 走访对象:户、组或村 · A household, group or village.
        target: TargetId,
        /// 走访时刻 · When it took place.
        on: Instant,
        /// 是否当面,缺省为是 · Whether in person; true when left out.
        in_person: Option<bool>,
        /// 民情日记 · What the diary says.
        diary: Option<Text>,
    }
}
record! {
    /// `approve_late_visit`
    pub struct ApproveLateVisit {
        /// 走访编号 · The visit.
        visit: VisitId,
    }
}
record! {
    /// `give_contact_card`
    pub struct GiveContactCard {
        /// 户 · The household.
        household: HouseholdId,
        /// 结对帮扶干部 · The helper.
        cadre: PersonId,
        /// 帮扶干部电话 · The helper's telephone.
        phone: Text,
    }
}
record! {
    /// `note_need`
    pub struct NoteNeed {
        /// 事项编号 · The case's id.
        case: CaseId,
        /// 户 · The household; for a public matter, `unit` instead.
        household: Option<HouseholdId>,
        /// 公共事项所在单位 · Where a public matter is.
        unit: Option<UnitId>,
        /// 来源渠道 · How it came in.
        channel: Channel,
        /// 台账类别 · Which of the three ledgers.
        category: Category,
        /// 事由 · In a few words.
        topic: Text,
        /// 内容 · In full.
        text: Text,
        /// 收集人,缺省为操作人 · Who collected it; the actor when left out.
        collector: Option<PersonId>,
        /// 走访编号 · The visit on which it was heard.
        visit: Option<VisitId>,
        /// 户主自己的电话 · The household's own telephone.
        phone: Option<Text>,
    }
}
record! {
    /// `solve_on_the_spot`
    pub struct SolveOnTheSpot {
        /// 事项 · The case.
        case: CaseId,
        /// 结果 · What was done.
        result: Text,
    }
}
record! {
    /// The registration card: what is asked for is demanded by the rule `register.card`.
    pub struct Card {
        /// 姓名 · The householder's name.
        name: Option<Text>,
        /// 地址 · The address.
        address: Option<Text>,
        /// 家庭人口 · How many people.
        household_size: Option<u32>,
        /// 年收入(元) · Income in whole yuan a year.
        income: Option<u64>,
        /// 诉求内容 · What is asked for.
        appeal: Option<Text>,
        /// 困难原因 · The cause of the difficulty.
        cause: Option<Text>,
    }
}
record! {
    /// `register_card`
    pub struct RegisterCard {
        /// 事项 · The case.
        case: CaseId,
        /// 登记卡 · The card.
        card: Card,
    }
}
record! {
    /// `consolidate`
    pub struct Consolidate {
        /// 汇总单位 · Whose stream.
        unit: UnitId,
        /// 期间 · The week, half month or month.
        period: Period,
    }
}
record! {
    /// One decision of a meeting.
    pub struct Decision {
        /// 事项 · The case.
        case: CaseId,
        /// 决定 · What is decided.
        decision: DecisionKind,
        /// 措施 · The measures.
        measures: Option<Text>,
        /// 目标 · The target.
        target: Option<Text>,
        /// 责任人 · The responsible person.
        responsible: Option<PersonId>,
        /// 完成时限 · The deadline.
        due: Option<Date>,
        /// 理由 · Why: beyond the cap, explained, redirected.
        reason: Option<Text>,
        /// 下次研究日期 · When a suspended case is deliberated again.
        review_on: Option<Date>,
        /// 是否当面听取该户意见 · Whether the household was heard.
        household_heard: Option<bool>,
    }
}
record! {
    /// `hold_meeting`
    pub struct HoldMeeting {
        /// 会议编号 · The meeting's id.
        meeting: MeetingId,
        /// 单位 · Whose meeting.
        unit: UnitId,
        /// 召开日期 · The day it was held.
        held_on: Date,
        /// 主持人 · Who chaired.
        chair: Option<PersonId>,
        /// 已通知的人 · Who was notified.
        notified: Option<Vec<PersonId>>,
        /// 到会的人 · Who was present.
        attended: Option<Vec<PersonId>>,
        /// 逐项决定 · The decisions, item by item.
        decisions: Vec<Decision>,
    }
}
record! {
    /// `report_up`
    pub struct ReportUp {
        /// 事项 · The case.
        case: CaseId,
    }
}
record! {
    /// `return_case`
    pub struct ReturnCase {
        /// 事项 · The case.
        case: CaseId,
        /// 理由 · Why.
        reason: Option<Text>,
    }
}
record! {
    /// `log_progress`
    pub struct LogProgress {
        /// 事项 · The case.
        case: CaseId,
        /// 进展 · What has been done.
        text: Text,
    }
}
record! {
    /// `request_extension`
    pub struct RequestExtension {
        /// 事项 · The case.
        case: CaseId,
        /// 延至 · Until when.
        until: Date,
        /// 理由 · Why.
        reason: Text,
    }
}
record! {
    /// `decide_extension`
    pub struct DecideExtension {
        /// 事项 · The case.
        case: CaseId,
        /// 是否同意 · Whether it is granted.
        approve: bool,
        /// 理由 · Why.
        reason: Option<Text>,
        /// 告知方式 · How the household was told.
        told: Option<Method>,
    }
}
record! {
    /// An attachment: its name and its SM3; the file stays with the host.
    pub struct Attachment {
        /// 文件名 · Its name.
        name: Text,
        /// SM3 摘要 · Its SM3 in 64 hex digits.
        sm3: Sm3Hex,
    }
}
record! {
    /// Money given.
    pub struct Money {
        /// 金额(分) · Whole fen.
        amount: Option<u64>,
        /// 来源 · Where it comes from.
        source: Option<Text>,
        /// 凭据 · The receipt.
        receipt: Option<Text>,
    }
}
record! {
    /// Goods given.
    pub struct Goods {
        /// 物品 · What.
        what: Option<Text>,
        /// 来源 · Where they come from.
        source: Option<Text>,
        /// 凭据 · The receipt.
        receipt: Option<Text>,
    }
}
record! {
    /// `settle`
    pub struct Settle {
        /// 事项 · The case.
        case: CaseId,
        /// 结果 · The result in words.
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
    /// `review_settlement`
    pub struct ReviewSettlement {
        /// 事项 · The case.
        case: CaseId,
        /// 是否通过 · Whether it is accepted.
        accept: bool,
        /// 理由 · Why.
        reason: Option<Text>,
    }
}
record! {
    /// One item of a posting.
    pub struct PostingItem {
        /// 事项 · The case.
        case: CaseId,
        /// 公开摘要 · What is asked for, in the clerk's public words.
        summary: Text,
    }
}
record! {
    /// `publish`
    pub struct Publish {
        /// 公示编号 · The posting's id.
        posting: PostingId,
        /// 公示内容 · Plan, result or digest.
        stage: Stage,
        /// 单位 · Whose board.
        unit: UnitId,
        /// 地点 · Where it hangs.
        place: Text,
        /// 起始日期 · From which day.
        from: Date,
        /// 公示事项 · The items, for plan and result.
        items: Option<Vec<PostingItem>>,
        /// 月份 · The month, for a digest.
        period: Option<Period>,
        /// 核对人 · The second person who checked it.
        checked_by: Option<PersonId>,
        /// 替换的公示 · The posting that it replaces.
        replaces: Option<PostingId>,
    }
}
record! {
    /// `take_down`
    pub struct TakeDown {
        /// 公示编号 · The posting.
        posting: PostingId,
    }
}
record! {
    /// `object`
    pub struct ObjectTo {
        /// 异议编号 · The objection's id.
        objection: ObjectionId,
        /// 公示编号 · The posting.
        posting: PostingId,
        /// 事项 · The item.
        case: CaseId,
        /// 异议内容 · What is objected.
        text: Text,
        /// 提出人 · Who objects: an id, or text.
        by: Text,
    }
}
record! {
    /// `answer_objection`
    pub struct AnswerObjection {
        /// 异议编号 · The objection.
        objection: ObjectionId,
        /// 答复 · The answer.
        text: Text,
    }
}
record! {
    /// `ask_household`
    pub struct AskHousehold {
        /// 事项 · The case.
        case: CaseId,
        /// 方式 · By which method.
        method: Method,
        /// 是否联系上 · Whether the household was reached.
        reached: bool,
    }
}
record! {
    /// A vote on a public matter.
    pub struct Vote {
        /// 应到 · How many there are.
        of: u32,
        /// 实到 · How many came.
        present: u32,
        /// 赞成 · How many are in favour.
        in_favour: u32,
    }
}
record! {
    /// `rate`
    pub struct Rate {
        /// 事项 · The case.
        case: CaseId,
        /// 是否解决 · Whether it is solved.
        solved: Option<Solved>,
        /// 是否满意 · Whether the household is satisfied.
        satisfied: Option<Satisfied>,
        /// 方式 · By which method.
        method: Method,
        /// 来电号码 · From which telephone.
        phone: Option<Text>,
        /// 表决 · The vote, on a public matter.
        vote: Option<Vote>,
    }
}
record! {
    /// `replan`
    pub struct Replan {
        /// 事项 · The case.
        case: CaseId,
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
    /// `close`
    pub struct Close {
        /// 事项 · The case.
        case: CaseId,
        /// 结账类型 · As what.
        as_what = "as": CloseAs,
        /// 第二人 · The second person.
        with: Option<PersonId>,
    }
}
record! {
    /// `reopen`
    pub struct Reopen {
        /// 事项 · The case.
        case: CaseId,
        /// 理由 · Why, in the household's words.
        reason: Text,
    }
}
record! {
    /// `merge`
    pub struct Merge {
        /// 事项 · The case that goes.
        case: CaseId,
        /// 并入 · The case that stays.
        into: CaseId,
    }
}
record! {
    /// `withdraw`
    pub struct Withdraw {
        /// 事项 · The case.
        case: CaseId,
        /// 理由 · Why.
        reason: Text,
    }
}
record! {
    /// `correct`
    pub struct Correct {
        /// 被更正的命令 · The earlier command.
        command: CommandId,
        /// 字段(JSON Pointer) · The field.
        field: Text,
        /// 新值 · Its new value.
        value: AnyNode,
        /// 理由 · Why.
        reason: Text,
    }
}
record! {
    /// `consent`
    pub struct Consent {
        /// 户 · The household.
        household: HouseholdId,
        /// 是否同意公开 · Whether its hardship case may be posted.
        publication: bool,
    }
}
record! {
    /// `change_roster`
    pub struct ChangeRoster {
        /// 名册变动 · Rows to add or end.
        roster: Box<RosterRows>,
    }
}
record! {
    /// `adopt_policy`
    pub struct AdoptPolicy {
        /// 规则文件 · The policy document.
        policy: AnyNode,
    }
}
