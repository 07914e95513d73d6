//! 务实销账: the clock, more time, suspension, evidence, review.

use super::Words;
use crate::codes::Code;

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    Some(match (code, reason) {
        (Code::SettleClock, "due_stays") => (
            "换责任人不重新计时，完成时限仍为{due}。请按原时限填写；确需延长的，由新责任人申请延期。",
            "The clock does not start anew with another person: the deadline stays {due}. Please keep it; the new person may ask for more time.",
        ),
        (Code::SettleExtension, "expired") => (
            "完成时限{due}已过，不能再申请延期。请抓紧办结，如实记录为逾期。",
            "The deadline {due} is over, and more time had to be asked for before. Please finish the work; it stays overdue.",
        ),
        (Code::SettleExtension, "beyond") => (
            "申请延到{until}，超过了最长延期（{limit}，最迟{latest}）。请改为{latest}或以前。",
            "{until} is beyond the longest extension ({limit}, at latest {latest}). Please ask for that day or an earlier one.",
        ),
        (Code::SettleExtension, "again") => (
            "同一方案最多延期{times}次，这次申请记录在案但不予延期，并列入红色关注。请按现有时限办理。",
            "A plan is extended at most {times} times. This request is recorded and refused, and the case is flagged red; please keep the present deadline.",
        ),
        (Code::SettleExtension, "tier") => (
            "延期须由上一级办公人员批准，{actor}不在上一级。请交上一级决定。",
            "More time is granted one tier up, where {actor} has no office. Please leave the decision to the tier above.",
        ),
        (Code::SettleExtension, "told") => (
            "同意延期，须先把延期理由告知群众。请填写用什么方式告知的。",
            "Granting more time needs the household to be told why. Please say how it was told.",
        ),
        (Code::SettleSuspend, "measures") => (
            "长期挂账须写明挂账期间的措施。请填写后再挂账。",
            "A long-term suspension needs measures for the meantime. Please write them down.",
        ),
        (Code::SettleSuspend, "review_on") => (
            "长期挂账须定下次议账的日期。请填写复议日期。",
            "A long-term suspension needs a day on which it comes back. Please set it.",
        ),
        (Code::SettleSuspend, "review_past") => (
            "复议日期须在开会日期以后。请改定以后的日子。",
            "The day on which it comes back must lie after the meeting. Please set a later one.",
        ),
        (Code::SettleEvidence, "result") => (
            "没有写明办理结果。请用文字写清做了什么、结果怎样，不需要照片和定位。",
            "The result is not written down. Please say in words what was done and what came of it; no photograph is needed.",
        ),
        (Code::SettleEvidence, "missing") => (
            "资金或物资没有填“{field}”。给钱给物须写明数额或品名、来源和签收，请补填。",
            "“{field}” is missing for the money or goods. Please give the amount or kind, the source and the receipt.",
        ),
        (Code::SettleEvidence, "reason") => (
            "对事项{case}决定解释或引导，须写明理由，理由就是给群众的答复。请填写。",
            "Explaining or redirecting case {case} needs a reason: it is the answer to the household. Please write it.",
        ),
        (Code::SettleReview, "responsible") => (
            "{actor}是本事项的责任人，不能复核自己的办理结果。请由他人复核。",
            "{actor} is responsible for this case and cannot review the settlement. Please ask somebody else.",
        ),
        (Code::SettleReview, "entered_it") => (
            "这份办理结果是{actor}录入的，不能由本人复核。请由他人复核。",
            "{actor} entered this settlement and cannot review it. Please ask somebody else.",
        ),
        (Code::SettleReview, "chaired") => (
            "作出这一决定的会议由{actor}主持，应当回避。请由本单位其他办公人员复核。",
            "{actor} chaired the meeting that decided this and stands back. Please let another person of the office review it.",
        ),
        _ => return None,
    })
}
