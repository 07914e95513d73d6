//! 民主议账: meetings, decisions, plans, and the way up and back.

use super::Words;
use crate::codes::Code;

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    meeting(code, reason).or_else(|| plan(code, reason))
}

fn meeting(code: Code, reason: &str) -> Option<Words> {
    Some(match (code, reason) {
        (Code::MeetingChair, "missing") => (
            "没有写明谁主持议账会议。会议应由{post}主持，请填写主持人。",
            "It is not said who chaired the meeting. The {post} chairs; please name the person.",
        ),
        (Code::MeetingChair, "post") => (
            "{chair}在开会当天不是本单位的{post}，不能主持。请由{post}主持，或核对主持人和开会日期。",
            "{chair} was not the unit's {post} on the day of the meeting and cannot chair it. Please check the chair and the date.",
        ),
        (Code::MeetingChair, "nobody_chairs") => (
            "{name}（{id}）当天没有人担任{post}，议账会议无人可主持。请在名册里补上任职。",
            "Nobody holds the post {post} at {name} ({id}) that day, so that nobody can chair its meetings. Please add the appointment.",
        ),
        (Code::MeetingMembers, "missing") => (
            "这些应参加会议的人既没有通知，也没有到会：{missing}。请补记通知或到会情况，下次会前通知到人。",
            "These people take part by the rule but were neither notified nor present: {missing}. Please add what is missing, and notify them next time.",
        ),
        (Code::MeetingNotify, "missing") => (
            "这些人必须通知而没有记入通知名单：{missing}。到会不能代替通知，请通知并补记后再提交。",
            "These people must be notified and are not on the list: {missing}. Having come does not replace the notice; please notify and list them.",
        ),
        (Code::MeetingNotify, "nobody_holds") => (
            "{name}（{id}）当天没有人担任{post}，议账会议无从通知。请在名册里补上任职。",
            "Nobody holds the post {post} at {name} ({id}) that day, so that nobody can be notified. Please add the appointment.",
        ),
        (Code::MeetingItemByItem, "undecided") => (
            "这些等待议账的事项还没有逐项作出决定：{cases}。请对每一项提出方案、上报、解释、引导或挂账。",
            "These cases wait before the meeting and have no decision: {cases}. Please plan, report up, explain, redirect or suspend each of them.",
        ),
        (Code::MeetingItemByItem, "not_listed") => (
            "现行规则不允许会议作出“{decision}”这种决定。请改用规则允许的决定。",
            "The rules in force do not let a meeting decide “{decision}”. Please decide in a way that they allow.",
        ),
        (Code::MeetingLateEntry, "late") => (
            "会议是{held_on}开的，超过了录入期限（{limit}）。会议照记，但本期开会职责记为迟办，以后请及时录入。",
            "The meeting of {held_on} is entered after its limit ({limit}). It is recorded, and its duty counts as late; please enter meetings promptly.",
        ),
        _ => return None,
    })
}

fn plan(code: Code, reason: &str) -> Option<Words> {
    Some(match (code, reason) {
        (Code::PlanComplete, "missing") => (
            "方案没有写明“{field}”。方案须有解决措施、目标任务、责任人和完成时限，请补上。",
            "The plan lacks “{field}”. A plan has measures, a target, a responsible person and a deadline; please add it.",
        ),
        (Code::PlanComplete, "not_in_office") => (
            "责任人{responsible}现在没有任职，不能负责办理。请改定在任的责任人。",
            "{responsible}, named as responsible, is not in office now. Please name somebody who is.",
        ),
        (Code::PlanComplete, "due_before") => (
            "完成时限{due}早于定方案的日子{made_on}。请改定以后的日期。",
            "The deadline {due} lies before {made_on}, when the plan is made. Please set a later day.",
        ),
        (Code::PlanCap, "beyond") => (
            "完成时限{due}超过了本级最长期限（{limit}，最迟{latest}）。请缩短，或由会议写明超期的理由。",
            "The deadline {due} is beyond this tier's longest time ({limit}, at latest {latest}). Please shorten it, or let the meeting give a reason.",
        ),
        (Code::EscalateRoute, "ends_here") => (
            "{unit}没有可以上报的上一级，事项到此为止须自行决定。请定方案、解释、引导或挂账。",
            "There is no tier above {unit} to report to. Please decide here: plan, explain, redirect or suspend.",
        ),
        (Code::EscalateReturn, "again") => (
            "事项{case}退回次数已满（{times}次），再次上报后不能再退。请在本级议账办理。",
            "Case {case} has been returned as often as allowed ({times}). The second hand-up is final; please decide it here.",
        ),
        (Code::EscalateReturn, "too_late") => (
            "退回期限（{limit}）已在{latest}届满，不能再退回。请在本级议账办理。",
            "The time for returning it ({limit}) ended on {latest}. Please decide the case here.",
        ),
        (Code::EscalateReturn, "reason") => (
            "退回须写明理由，好让下级知道怎样改。请填写退回理由。",
            "A return needs a reason, so that the lower unit knows what to do. Please give it.",
        ),
        _ => return None,
    })
}
