//! The codes of no rule: the command itself, ids, states, and authority.

use super::{tell, Explanation};
use crate::codes::Code;

/// The explanation of a code of this file.
pub(super) fn of_code(code: Code) -> Option<Explanation> {
    whole(code).or_else(|| unknown(code)).or_else(|| reused(code))
}

fn whole(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::CommandInvalid => tell!(
            "操作填写不合格式", "The command has the wrong shape";
            "某一项缺少、多余、类型不对，或日期、编号、选项写错。",
            "A field is missing, unknown or of the wrong type, or a date, id or word in it is wrong.";
            "按提示的位置改正后重新提交；未收下的操作编号可以再用。",
            "Correct the place that is named and send again; the id of a rejected command is free.";
        ),
        Code::CommandIdReused => tell!(
            "操作编号重复", "The command's id is taken";
            "同一个操作编号已经收下过，而这次内容不同。内容相同的重复提交不算错。",
            "A command with this id and other content was accepted before. Sending the same content again is no mistake.";
            "换一个新编号提交。", "Send it under a new id.";
        ),
        Code::CommandClockBackwards => tell!(
            "时钟倒退", "The clock runs backwards";
            "提交时间早于上一条已收下的操作。账本按收到的先后记录，时间不能倒退。",
            "The command's time lies before the last accepted one. A book is kept in the order of arrival.";
            "校准主机时钟后重新提交；事情发生的日期另填在发生日期一项。",
            "Set the host's clock right and send again; when a thing happened has a field of its own.";
        ),
        Code::CommandOnAfterAt => tell!(
            "日期还没有到", "The day has not come yet";
            "走访、会议或公示的日期晚于今天。只能记录已经发生的事。",
            "The day of the visit, meeting or posting lies after today. Only what has happened can be recorded.";
            "核对日期；还没发生的事等发生后再记。", "Check the day; record the thing once it has happened.";
        ),
        Code::CommandNeedsBook => tell!(
            "须在整本账中办理", "This needs the whole book";
            "这种操作不针对单个事项，只看一个事项无法判断。",
            "The command names no single case, so that it cannot be judged on one alone.";
            "在完整的账本中提交。", "Send it to a book.";
        ),
        Code::CommandUnknown => tell!(
            "没有这个操作", "No such command";
            "要更正的操作编号在账本里查不到。", "The command to be corrected is not in the book.";
            "核对操作编号。", "Check the id.";
        ),
        Code::CaseState => tell!(
            "现在的状态不能办这一步", "Not possible in this state";
            "事项（或走访、公示、异议）还没到这一步，或已经过了这一步。",
            "The case, or the visit, posting or objection, has not come to this step or is past it.";
            "先看办理经过，办完前面的步骤，再办这一步。", "See its history, do what comes first, then this.";
        ),
        Code::Authority => tell!(
            "没有权限", "Not yours to do";
            "谁能办哪一步，由名册上的任职和规则决定；自己的事不能自己批、自己审、自己评。",
            "Who may do what follows from the appointments in the roster; nobody approves, reviews or rates his own work.";
            "请有权的单位或人员办理；任职有误的，先改名册。",
            "Leave it to whoever may; where an appointment is wrong, correct the roster first.";
        ),
        _ => return None,
    })
}

fn unknown(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::ActorUnknown => tell!(
            "操作人不在名册", "The actor is unknown";
            "提交操作的人在名册里查不到。", "Whoever sent the command is not in the roster.";
            "核对人员编号，或先登入名册。", "Check the id, or add the person to the roster.";
        ),
        Code::UnitUnknown => tell!(
            "单位不在名册", "The unit is unknown";
            "单位在名册里查不到，或当天已经不存在。", "The unit is not in the roster, or not on that day.";
            "核对单位编号和起止日期。", "Check the id and the unit's days.";
        ),
        Code::CadreUnknown => tell!(
            "人员不在名册", "The person is unknown";
            "填写的干部、主持人、通知人或核对人在名册里查不到。", "A cadre, chair, member or checker who is named is not in the roster.";
            "核对人员编号，或先登入名册。", "Check the id, or add the person to the roster.";
        ),
        Code::HouseholdUnknown => tell!(
            "农户不在名册", "The household is unknown";
            "农户或走访对象在名册里查不到，或当天已经不存在。", "The household, or the target of a visit, is not in the roster, or not on that day.";
            "核对户编号，或先登入名册。", "Check the id, or add the household to the roster.";
        ),
        Code::VisitUnknown => tell!(
            "没有这次走访", "The visit is unknown";
            "引用的走访没有录入，或编号写错。", "The visit named was never entered, or its id is wrong.";
            "核对编号，或先录入走访。", "Check the id, or record the visit first.";
        ),
        Code::CaseUnknown => tell!(
            "没有这个事项", "The case is unknown";
            "事项还没有记录，或编号写错。", "The case was never noted, or its id is wrong.";
            "核对编号，或先记录诉求。", "Check the id, or note the need first.";
        ),
        Code::MeetingUnknown => tell!(
            "没有这次会议", "The meeting is unknown";
            "会议还没有录入，或编号写错。", "The meeting was never entered, or its id is wrong.";
            "核对编号，或先录入会议。", "Check the id, or record the meeting first.";
        ),
        Code::PostingUnknown => tell!(
            "没有这次公示", "The posting is unknown";
            "公示还没有登记，或编号写错。", "The posting was never recorded, or its id is wrong.";
            "核对公示编号。", "Check the id.";
        ),
        Code::ObjectionUnknown => tell!(
            "没有这项异议", "The objection is unknown";
            "异议还没有登记，或编号写错。", "The objection was never recorded, or its id is wrong.";
            "核对编号，或先登记异议。", "Check the id, or record the objection first.";
        ),
        _ => return None,
    })
}

fn reused(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::UnitIdReused => tell!(
            "单位编号重复", "The unit's id is taken";
            "调整名册时，同一单位编号有两行日期重叠。", "In a change to the roster, two rows of one unit overlap.";
            "先给原来的一行填截止日，或换编号。", "End the earlier row, or take another id.";
        ),
        Code::CadreIdReused => tell!(
            "人员编号重复", "The person's id is taken";
            "调整名册时，同一人员编号有两行日期重叠。", "In a change to the roster, two rows of one person overlap.";
            "先给原来的一行填截止日，或换编号；调任的人保留原编号。", "End the earlier row, or take another id; who is promoted keeps his.";
        ),
        Code::HouseholdIdReused => tell!(
            "户编号重复", "The household's id is taken";
            "调整名册时，同一户编号有两行日期重叠。", "In a change to the roster, two rows of one household overlap.";
            "先给原来的一行填截止日，或换编号。", "End the earlier row, or take another id.";
        ),
        Code::VisitIdReused => tell!(
            "走访编号重复", "The visit's id is taken";
            "这个走访编号已经用过。", "A visit with this id exists.";
            "新的走访换一个编号；要改旧记录请用更正。", "Take another id for a new visit; to mend the old one, correct it.";
        ),
        Code::CaseIdReused => tell!(
            "事项编号重复", "The case's id is taken";
            "这个事项编号已经用过。", "A case with this id exists.";
            "新的诉求换一个编号；要改旧记录请用更正。", "Take another id for a new need; to mend the old one, correct it.";
        ),
        Code::MeetingIdReused => tell!(
            "会议编号重复", "The meeting's id is taken";
            "这个会议编号已经用过。", "A meeting with this id exists.";
            "新的会议换一个编号；要改旧记录请用更正。", "Take another id for a new meeting; to mend the old one, correct it.";
        ),
        Code::PostingIdReused => tell!(
            "公示编号重复", "The posting's id is taken";
            "这个公示编号已经用过。", "A posting with this id exists.";
            "新的公示换一个编号；更正后重新公示也用新编号。", "Take another id; a corrected posting is a new one.";
        ),
        Code::ObjectionIdReused => tell!(
            "异议编号重复", "The objection's id is taken";
            "这个异议编号已经用过。", "An objection with this id exists.";
            "新的异议换一个编号。", "Take another id for a new objection.";
        ),
        _ => return None,
    })
}
