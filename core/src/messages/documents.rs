//! Commands as a whole, ids, and the journal.

use super::Words;
use crate::codes::Code;

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    match code {
        Code::CommandInvalid => command(reason),
        Code::CaseState => state(reason),
        Code::InputInvalid if reason == "no_command" => Some((
            "这一行不是操作：操作须是带编号（id）的 JSON 对象。请补上编号，或删去这一行。",
            "This line is no command, which is a JSON object with an id. Please add the id, or remove the line.",
        )),
        Code::UnitIdReused | Code::CadreIdReused | Code::HouseholdIdReused if reason == "rows" => Some((
            "编号{id}已有记录，有效日期与本行重叠。请先给原来那一行填上截止日，或改起始日，或换一个编号。",
            "The id {id} already has a row whose validity overlaps this one. End the earlier row first, move the first day, or take another id.",
        )),
        Code::JournalDiffers => differs(reason),
        Code::SnapshotInvalid => snapshot(reason),
        _ => None,
    }
}

fn command(reason: &str) -> Option<Words> {
    Some(match reason {
        "empty" => (
            "此处至少要填一项。请补充后再提交。",
            "At least one entry is needed here. Please add it and send again.",
        ),
        "twice" => (
            "{id}在同一张单子里出现了两次。请只保留一次。",
            "{id} stands twice in this list. Please keep it once.",
        ),
        "target_kind" => (
            "走访对象只能是农户、村民小组或村（社区），不能是“{kind}”。请填所走访的户、组或村。",
            "A visit goes to a household, a group or a village, not to a {kind}. Please name the one visited.",
        ),
        "household_or_unit" => (
            "没有写明是谁的事。一户的诉求请填户编号，公共事项请填所在村组。",
            "It is not said whose matter this is. Name the household, or for a public matter the unit.",
        ),
        "household_and_unit" => (
            "户编号和单位只能填一个。一户的诉求只填户编号，公共事项只填所在村组。",
            "Household and unit were both given. Name the household, or for a public matter the unit alone.",
        ),
        "until_before_due" => (
            "申请延到的日子不晚于现在的完成时限{due}，不算延期。请填{due}以后的日子。",
            "The new date is not after the present deadline {due}. Please ask for a later day.",
        ),
        "vote_on_household" => (
            "这是一户的诉求，应由本户评价，不用表决。请删去表决结果。",
            "This is one household's matter and is rated by the household itself. Please leave the vote out.",
        ),
        "vote_numbers" => (
            "表决人数对不上：到会人数不能多于应到人数，赞成人数不能多于到会人数。请核对。",
            "The numbers of the vote do not fit: present cannot exceed the whole, nor those in favour the present. Please check them.",
        ),
        "digest_items" => (
            "汇总公示只按期间公示，不列单个事项。请删去事项清单。",
            "A digest speaks of a whole period and lists no cases. Please leave the items out.",
        ),
        "period_of_digest" => (
            "只有汇总公示才填期间。公示方案或结果请删去期间，列出事项。",
            "Only a digest has a period. For plans and results leave it out and list the cases.",
        ),
        "not_correctable" => (
            "“{field}”这一项不能更正，编号和已生效的办理步骤都不能改。请按规定的步骤另行记录。",
            "“{field}” cannot be corrected: ids and steps that took effect stay. Please record what is right as a new step.",
        ),
        "no_such_field" => (
            "原记录里没有“{field}”这一项。请核对要更正的位置。",
            "The record has no place “{field}”. Please check which field is to be corrected.",
        ),
        "into_itself" => (
            "不能把事项并入它自己。请填要并入的另一事项的编号。",
            "A case cannot be merged into itself. Please name the other case.",
        ),
        _ => return None,
    })
}

fn state(reason: &str) -> Option<Words> {
    Some(match reason {
        "state" => (
            "事项{case}现在是“{state}”状态，不能进行这一步。请先看它的办理经过，再选当前可做的操作。",
            "Case {case} is now in the state “{state}”, in which this step is not possible. See its history for what can be done next.",
        ),
        "other_unit" => (
            "事项{case}现在不在本单位的台账上，本次会议不能议定它。请由持有该事项的单位研究。",
            "Case {case} does not stand on this unit's ledger, so this meeting cannot decide it. The unit that holds it can.",
        ),
        "ledgered_later" => (
            "事项{case}在会议召开之后才上账，不能由这次会议议定。请在下次会议上研究。",
            "Case {case} came onto the ledger after this meeting was held. Please decide it at the next one.",
        ),
        "final" => (
            "事项{case}已由上一级作最后说明或引导结账，不能再重开。群众有新的诉求，请另行登记。",
            "Case {case} was closed with the tier above's last word and cannot be reopened. A new need can be noted as a case of its own.",
        ),
        "merged" => (
            "事项{case}已并入另一事项，不能重开。请在并入的事项上办理。",
            "Case {case} was joined to another and cannot be reopened. Please go on with the case it was joined to.",
        ),
        "in_office" => (
            "事项{case}的责任人仍在任，方案不能改换。办理中可以登记进展或申请延期。",
            "The person responsible for case {case} is still in office, so the plan stands. Progress can be logged, or more time asked for.",
        ),
        "decided" => (
            "事项{case}已经议定，类别和户不能再更正。",
            "Case {case} has been decided, so its category and household can no longer be corrected.",
        ),
        "later_event" => (
            "事项{case}在此之后已有新的进展，这项评价或决定不能再更正。",
            "Something has happened to case {case} since, so this rating or decision can no longer be corrected.",
        ),
        "visit_approved" => (
            "走访{visit}的补录已经批准过，不用再批。",
            "The late entry of visit {visit} has been approved already. Nothing is left to do.",
        ),
        "visit_not_late" => (
            "走访{visit}是按时录入的，不需要批准补录。",
            "Visit {visit} was entered in time and needs no approval.",
        ),
        "posting_down" => (
            "公示{posting}已经撤下，不用再撤。",
            "Posting {posting} has been taken down already. Nothing is left to do.",
        ),
        "not_in_posting" => (
            "公示{posting}里没有事项{case}。请核对公示编号和事项编号，再登记异议。",
            "Posting {posting} does not show case {case}. Please check both ids, then take the objection down.",
        ),
        "objection_answered" => (
            "异议{objection}已经答复。群众对答复仍有异议的，请登记新的异议。",
            "Objection {objection} has been answered. If the answer is objected to, please record a new objection.",
        ),
        _ => return None,
    })
}

fn differs(reason: &str) -> Option<Words> {
    Some(match reason {
        "no_command" => (
            "流水第{seq}号记录（第{line}行）还原不出当时的操作，可能由别的程序写成或被改动过。请用备份核对。",
            "No command can be read back from event {seq} (line {line}): another program wrote it, or it was changed. Please compare with a backup.",
        ),
        "torn" => (
            "流水第{seq}号（第{line}行）起的一次会议记录不完整，缺少或多出了逐项决定。请用备份核对。",
            "The events of the meeting from number {seq} (line {line}) on are not whole: decisions are missing or too many. Please compare with a backup.",
        ),
        "twice" => (
            "流水第{seq}号记录（第{line}行）的操作前面已经记过一次。请用备份核对有无重复。",
            "The command of event {seq} (line {line}) was recorded before. Please compare with a backup for what is doubled.",
        ),
        "rejected" => (
            "流水第{seq}号记录（第{line}行）按给定的规则文件和名册不能收下（{code}）。请核对是否用了当时的规则文件和名册。",
            "Event {seq} (line {line}) would be refused by the policy and roster given ({code}). Please check that they are those the book was opened with.",
        ),
        "documents" => (
            "流水开头（第{seq}号记录之前，读到第{line}行）登记的规则文件、日历或名册与给定的不同。请使用开账时的文件。",
            "The policy, calendar or roster that the journal opened with, before event {seq} (line {line}), is not the one given. Please use those of that time.",
        ),
        "hash" => (
            "流水第{seq}号（第{line}行）的操作重新办理后，记录与原来不同。请核对规则文件、名册和程序版本是否一致。",
            "Lived again, the command of event {seq} (line {line}) gives another event. Please check that policy, roster and version are the same.",
        ),
        _ => return None,
    })
}

fn snapshot(reason: &str) -> Option<Words> {
    Some(match reason {
        "too_short" => (
            "快照太短，没有存完整。请改用流水重建，或换一份快照。",
            "The snapshot is too short to be whole. Please rebuild from the journal, or take another one.",
        ),
        "other_format" => (
            "这不是本版本的快照。请用流水重建后再存快照。",
            "This is no snapshot of this version. Please rebuild from the journal and take a new one.",
        ),
        "damaged" => (
            "快照已损坏。请改用流水重建，或换一份快照。",
            "The snapshot is damaged. Please rebuild from the journal, or take another one.",
        ),
        _ => return None,
    })
}
