//! The words of a code alone: the whole message where a code has one meaning, and what is said of
//! a reason that has no words of its own.

use super::Words;
use crate::codes::Code;

/// The words of a code.
pub(super) fn of_code(code: Code) -> Words {
    command(code)
        .or_else(|| ids(code))
        .or_else(|| first_steps(code))
        .or_else(|| last_steps(code))
        .or_else(|| documents(code))
        .or_else(|| journal(code))
        .unwrap_or(("发现问题，请核对此处内容。", "Something is wrong here. Please check this entry."))
}

fn command(code: Code) -> Option<Words> {
    Some(match code {
        Code::CommandInvalid => (
            "此项填写不合规定。请按要求改正后再提交。",
            "This entry is not as it should be. Please correct it and send again.",
        ),
        Code::CommandIdReused => (
            "操作编号{command?“|”}已用于另一内容。请换一个新编号再提交；原来的操作不受影响。",
            "The command id{command? “|”} stands for something else already. Please send this under a new id; the first one is unaffected.",
        ),
        Code::CommandClockBackwards => (
            "提交时间{at?（|）}早于上一条已收下的操作{last?（|）}。请先校准主机时钟，再重新提交。",
            "The time of this command{at? (|)} lies before that of the last accepted one{last? (|)}. Please set the host's clock right and send again.",
        ),
        Code::CommandOnAfterAt => (
            "填写的日子{day}还没有到，今天是{today}。只能记录已经发生的事，请核对日期。",
            "{day} lies in the future; today is {today}. Only what has happened can be recorded: please check the date.",
        ),
        Code::CommandNeedsBook => (
            "“{do}”要看整本账才能判断，这里只看一个事项。请在完整的账本中办理。",
            "“{do}” can only be judged with the whole book, and here one case stands alone. Please do this in a book.",
        ),
        Code::CommandUnknown => (
            "账本里没有编号为{id}的操作。请核对要更正的操作编号。",
            "The book knows no command {id}. Please check which one is to be corrected.",
        ),
        Code::CaseState => (
            "按现在的状态不能进行这一步。请先看办理经过，再选当前可做的操作。",
            "This step is not possible as things stand. Please see the history for what can be done next.",
        ),
        Code::Authority => (
            "您没有办理这一步的权限。请交有权的单位或人员办理。",
            "This is not yours to do. Please leave it to whoever may.",
        ),
        _ => return None,
    })
}

fn ids(code: Code) -> Option<Words> {
    unknown(code).or_else(|| reused(code))
}

fn unknown(code: Code) -> Option<Words> {
    Some(match code {
        Code::ActorUnknown => (
            "名册里没有操作人{id}。请核对人员编号，或先把此人登入名册。",
            "The actor {id} is not in the roster. Please check the id, or add the person first.",
        ),
        Code::UnitUnknown => (
            "名册里没有单位{id}，或它当天已不存在。请核对单位编号和日期。",
            "The unit {id} is not in the roster, or not on that day. Please check the id and the day.",
        ),
        Code::CadreUnknown => (
            "名册里没有人员{id}。请核对人员编号，或先把此人登入名册。",
            "The person {id} is not in the roster. Please check the id, or add the person first.",
        ),
        Code::HouseholdUnknown => (
            "名册里没有{id}这一户或村组，或它当天已不存在。请核对编号和日期。",
            "No household or place {id} is in the roster, or not on that day. Please check the id and the day.",
        ),
        Code::VisitUnknown => (
            "账本里没有走访{id}。请核对编号，或先录入这次走访。",
            "The book knows no visit {id}. Please check the id, or record the visit first.",
        ),
        Code::CaseUnknown => (
            "账本里没有事项{id}。请核对编号，或先记录这项诉求。",
            "The book knows no case {id}. Please check the id, or note the need first.",
        ),
        Code::MeetingUnknown => (
            "账本里没有会议{id}。请核对编号，或先录入这次会议。",
            "The book knows no meeting {id}. Please check the id, or record the meeting first.",
        ),
        Code::PostingUnknown => (
            "账本里没有公示{id}。请核对公示编号。",
            "The book knows no posting {id}. Please check the id.",
        ),
        Code::ObjectionUnknown => (
            "账本里没有异议{id}。请核对编号，或先登记这项异议。",
            "The book knows no objection {id}. Please check the id, or record the objection first.",
        ),
        _ => return None,
    })
}

fn reused(code: Code) -> Option<Words> {
    Some(match code {
        Code::UnitIdReused => (
            "单位编号{id}已被使用。请换一个编号。",
            "The unit id {id} is already in use. Please take another one.",
        ),
        Code::CadreIdReused => (
            "人员编号{id}已被使用。请换一个编号。",
            "The person id {id} is already in use. Please take another one.",
        ),
        Code::HouseholdIdReused => (
            "户编号{id}已被使用。请换一个编号。",
            "The household id {id} is already in use. Please take another one.",
        ),
        Code::VisitIdReused => (
            "走访编号{id}已被使用。新的走访请换一个编号。",
            "The visit id {id} is already in use. Please take another one for a new visit.",
        ),
        Code::CaseIdReused => (
            "事项编号{id}已被使用。新的诉求请换一个编号。",
            "The case id {id} is already in use. Please take another one for a new need.",
        ),
        Code::MeetingIdReused => (
            "会议编号{id}已被使用。新的会议请换一个编号。",
            "The meeting id {id} is already in use. Please take another one for a new meeting.",
        ),
        Code::PostingIdReused => (
            "公示编号{id}已被使用。新的公示请换一个编号。",
            "The posting id {id} is already in use. Please take another one for a new posting.",
        ),
        Code::ObjectionIdReused => (
            "异议编号{id}已被使用。新的异议请换一个编号。",
            "The objection id {id} is already in use. Please take another one for a new objection.",
        ),
        _ => return None,
    })
}

fn first_steps(code: Code) -> Option<Words> {
    opening(code).or_else(|| deliberating(code)).or_else(|| settling(code))
}

fn opening(code: Code) -> Option<Words> {
    Some(match code {
        Code::LiaisonCountyLeader => (
            "县领导的联系村不合规定。请按每人联系一个贫困村核对名册。",
            "A county leader's liaison is not as required. Please check that each is linked to one poor village.",
        ),
        Code::LiaisonDepartment => (
            "县级部门联系的村（社区）数不合规定。请核对名册里的联系关系。",
            "A department is not linked to as many villages as required. Please check its liaisons.",
        ),
        Code::LiaisonTown => (
            "乡镇（街道）干部联系的户数不合规定。请核对名册里的联系关系。",
            "A town cadre is not linked to as many households as required. Please check the liaisons.",
        ),
        Code::LiaisonVillage => (
            "村（社区）干部联系的户数不合规定。请核对名册里的联系关系。",
            "A village cadre is not linked to as many households as required. Please check the liaisons.",
        ),
        Code::LiaisonGroup => (
            "组干部没有联系到本组每一户。请核对名册里的联系关系。",
            "A group cadre is not linked to every household of the group. Please check the liaisons.",
        ),
        Code::VisitLateEntry => (
            "走访录入过迟。请及时录入，补录的须由上级批准。",
            "The visit was entered late. Please enter visits promptly; a late entry needs approval from above.",
        ),
        Code::ContactCard => (
            "困难群众应持有亲民爱民连心卡。请发卡并告知帮扶干部的联系电话。",
            "A household in difficulty holds a contact card. Please give it one with its helper's telephone.",
        ),
        Code::RegisterCard => (
            "《民情一户一档信息登记卡》没有填齐。请补填。",
            "The registration card is not complete. Please fill in what is missing.",
        ),
        Code::Station => (
            "民情收集站不合规定。请公示联系电话并安排座班人员。",
            "The collection station is not as required. Please publish its telephone and put somebody on duty.",
        ),
        Code::Channel => (
            "这一渠道的民情由民情收集站录入。请交收集站座班人员。",
            "What comes in this way is entered by the collection station. Please hand it to whoever is on duty.",
        ),
        Code::ConsolidateCountyLeader => (
            "县领导收集的民情由“四大办”按期汇总、梳理。请核对期间和办理单位。",
            "The four offices consolidate what county leaders collect. Please check the period and the office.",
        ),
        Code::ConsolidateDepartment => (
            "县级部门收集的民情按期汇总、梳理。请核对期间。",
            "Departments consolidate what they collect by the period. Please check which one is named.",
        ),
        Code::ConsolidateGrassroots => (
            "乡镇、村、组干部收集的民情按期汇总、梳理。请核对期间。",
            "What town, village and group cadres collect is consolidated by the period. Please check which one is named.",
        ),
        Code::LedgerTier => (
            "事项没有记到应记的台账。请核对收集人所在单位。",
            "The case has no ledger to stand on. Please check the collector's unit.",
        ),
        _ => return None,
    })
}

fn deliberating(code: Code) -> Option<Words> {
    Some(match code {
        Code::MeetingChair => (
            "会议主持人不合规定。请核对主持人和他当天的职务。",
            "The meeting's chair is not the one asked for. Please check the chair and the post held that day.",
        ),
        Code::MeetingMembers => (
            "有应参加会议的人没有到会。请核对通知和到会名单。",
            "Some who take part were not there. Please check who was notified and who came.",
        ),
        Code::MeetingNotify => (
            "有必须通知的人没有通知。请通知并补记。",
            "Some who must be notified were not. Please notify and list them.",
        ),
        Code::MeetingItemByItem => (
            "待议事项须逐项作出决定。请补上没有决定的事项。",
            "Every waiting case needs a decision. Please decide those left over.",
        ),
        Code::MeetingLateEntry => (
            "会议录入过迟。会议照记，请以后及时录入。",
            "The meeting was entered late. It is recorded; please enter meetings promptly.",
        ),
        Code::PlanComplete => (
            "方案不完整。请写明解决措施、目标任务、责任人和完成时限。",
            "The plan is not complete. Please give measures, a target, a responsible person and a deadline.",
        ),
        Code::PlanCap => (
            "完成时限超过了本级最长期限。请缩短，或由会议写明理由。",
            "The deadline is beyond this tier's longest time. Please shorten it, or let the meeting give a reason.",
        ),
        Code::EscalateRoute => (
            "上报不合逐级上报的路线。请报上一级。",
            "This is not the way up. Please report to the tier above.",
        ),
        Code::EscalateReturn => (
            "不能这样退回。请核对退回次数、期限和理由。",
            "The case cannot be returned like this. Please check how often, by when and why.",
        ),
        _ => return None,
    })
}

fn settling(code: Code) -> Option<Words> {
    Some(match code {
        Code::SettleClock => (
            "办理时限从定方案起算，不能另行起算。请按原完成时限填写。",
            "The clock starts with the plan and does not start anew. Please keep the deadline.",
        ),
        Code::SettleExtension => (
            "延期不合规定。请核对申请时间、延长天数、批准单位和告知情况。",
            "The extension is not as required. Please check when it was asked for, how long, by whom granted, and who was told.",
        ),
        Code::SettleSuspend => (
            "长期挂账须有措施和下次议账日期。请补填。",
            "A long-term suspension needs measures and a day on which it comes back. Please add them.",
        ),
        Code::SettleEvidence => (
            "办理结果没有写清楚。请补写结果，给钱给物的写明来源和签收。",
            "The settlement does not show enough. Please write the result, and for money or goods the source and receipt.",
        ),
        Code::SettleReview => (
            "办理结果须由他人复核。请换人复核。",
            "A settlement is reviewed by somebody else. Please ask another person.",
        ),
        _ => return None,
    })
}

fn last_steps(code: Code) -> Option<Words> {
    publishing(code).or_else(|| closing(code)).or_else(|| advice(code))
}

fn publishing(code: Code) -> Option<Words> {
    Some(match code {
        Code::PublishStages => (
            "还没有公示。请先公示，再办下一步。",
            "This has not been posted. Please post it first.",
        ),
        Code::PublishDigest => (
            "汇总公示的期间不对。请核对。",
            "The digest's period is not right. Please check it.",
        ),
        Code::PublishMasked => (
            "公示内容{case?（事项|）}含有不能公开的信息。请删去后再公示。",
            "The posting{case? (case |)} would show what is never shown. Please remove it first.",
        ),
        Code::PublishTwoPerson => (
            "公示前须由第二人核对。请由另一人核对并填写姓名编号。",
            "A second person checks before posting. Please let somebody else check it and name them.",
        ),
        Code::PublishObjection => (
            "异议的提出或答复不合规定。请核对时间和答复单位。",
            "The objection or its answer is not as required. Please check the time and who answers.",
        ),
        _ => return None,
    })
}

fn closing(code: Code) -> Option<Words> {
    Some(match code {
        Code::CloseSatisfied => (
            "群众没有说满意，不能按满意结账。请先回访群众，如实登记评价。",
            "Only the household's word closes a case as satisfied. Please ask it and record the answer.",
        ),
        Code::CloseAsker => (
            "回访和评价不能由经办人自己做。请由其他人回访群众。",
            "The handler cannot ask or enter the rating. Please let somebody else do it.",
        ),
        Code::CloseQuestions => (
            "“解决了没有”和“满意不满意”要分开问。请补填。",
            "Solved and satisfied are asked apart. Please give both answers.",
        ),
        Code::CloseAttempts => (
            "回访次数或时间不合规定。请核对回访记录。",
            "The tries to reach the household are not as required. Please check them.",
        ),
        Code::CloseRedo => (
            "群众不满意后的重办不合规定。请按规定的步骤重办。",
            "What follows a dissatisfaction is not as required. Please go by its rungs.",
        ),
        Code::CloseRepeat => (
            "同一户同一事又提出来了。请查明上次为什么没办到位。",
            "The same household has come with the same matter again. Please find out why.",
        ),
        Code::ClosePublic => (
            "公共事项的表决不合规定。请核对应到、到会和赞成人数。",
            "The vote on a public matter is not as required. Please check its numbers.",
        ),
        _ => return None,
    })
}

fn advice(code: Code) -> Option<Words> {
    Some(match code {
        Code::AdviceDiary => (
            "几篇民情日记文字雷同{visits?（走访|）}。仅供抽查回访参考，不作评分。",
            "Several diary texts are much alike{visits? (visits |)}. This is for a call-back sample only, never a score.",
        ),
        Code::AdvicePace => (
            "短时间内走访过多，走不过来{visits?（走访|）}。仅供抽查回访参考，不作评分。",
            "There were more visits in a short time than can be walked{visits? (visits |)}. This is for a call-back sample only, never a score.",
        ),
        Code::AdviceLastDay => (
            "一个月的走访都在最后一天录入{visits?（走访|）}。仅供抽查回访参考，请平时及时录入。",
            "A month's visits were all entered on its last day{visits? (visits |)}. This is for a call-back sample only; please enter visits promptly.",
        ),
        Code::AdviceTelephone => (
            "多个评价来自同一电话{cases?（事项|）}。仅供抽查回访参考，不作评分。",
            "Several ratings came from one telephone{cases? (cases |)}. This is for a call-back sample only, never a score.",
        ),
        Code::AdviceAllSatisfied => (
            "评价全部满意，但只问了很少的群众。仅供抽查回访参考，请多回访几户。",
            "All who were asked are satisfied, but few were asked. This is for a call-back sample only; please ask more households.",
        ),
        _ => return None,
    })
}

fn documents(code: Code) -> Option<Words> {
    policy(code).or_else(|| roster(code))
}

fn policy(code: Code) -> Option<Words> {
    Some(match code {
        Code::InputInvalid => (
            "内容读不出来{line?（第|行）}。请检查文件格式和编码。",
            "This cannot be read{line? (line |)}. Please check the file's format and encoding.",
        ),
        Code::PolicyInvalid => (
            "规则文件此处填写不合规定。请改正后再试。",
            "The policy is not as it should be here. Please correct it and try again.",
        ),
        Code::PolicyUnknownRule => (
            "没有“{name}”这条规则。{nearest?您要写的是不是“|”？}请改正规则编号或删去。{document?（在所继承的规则文件“|”里。）}",
            "There is no rule “{name}”.{nearest? Did you mean “|”?} Please correct its id or remove it.{document? (In the extended policy “|”.)}",
        ),
        Code::PolicyExtends => (
            "继承的规则文件{name?“|”}取不到。请核对编号。",
            "The policy{name? “|”} to be extended cannot be had. Please check its id.",
        ),
        Code::PolicyStanding => (
            "{rule?规则|}是每份规则文件必守的，不能停用或放宽。请恢复。",
            "What{rule? rule |} asks for stands in every policy and cannot be switched off or weakened. Please restore it.",
        ),
        Code::PolicyText => (
            "{rule?规则|}自称出自手册原文，却与手册不符。请照手册改，或改写依据。",
            "This{rule? (rule |)} claims to be the handbook's text and is not. Please follow the handbook, or change the source.",
        ),
        Code::PolicyOff => (
            "{rule?规则|}没有启用。请确认这是本意。",
            "A rule{rule? (|)} is switched off. Please make sure that this is meant.",
        ),
        Code::PolicyContradiction => (
            "{rule?规则|}前后矛盾或无法做到。请改正。",
            "What is written here{rule? (rule |)} contradicts itself or cannot be kept. Please correct it.",
        ),
        Code::PolicyStart => (
            "规则文件从{from}起施行，早于今天{today}。规则不溯及既往，请把生效日期改为今天或以后。",
            "The policy is to start on {from}, before today, {today}. Rules do not reach back: please start today or later.",
        ),
        _ => return None,
    })
}

fn roster(code: Code) -> Option<Words> {
    Some(match code {
        Code::RosterInvalid => (
            "名册此处填写不合规定。请改正后再试。",
            "The roster is not as it should be here. Please correct it and try again.",
        ),
        Code::RosterLoop => (
            "{name}（{id}）的上下级关系绕成了圈：{units}。请改正其中一个单位的上级。",
            "The units above {name} ({id}) run in a circle: {units}. Please correct the unit above one of them.",
        ),
        Code::RosterOrphan => (
            "名册里有归属不明的单位、人员或农户{id?（|）}。请补上所属单位。",
            "A unit, person or household{id? (|)} belongs nowhere. Please give it a unit that is there.",
        ),
        Code::RosterParentKind => (
            "{id?（|）}所属单位的类别不对。请按县、乡镇、村、组逐级归属。",
            "The unit above{id? |} is of the wrong kind. Please go by county, town, village and group.",
        ),
        Code::RosterOverlap => (
            "编号{id?|}有两行的有效日期重叠。请改起止日期。",
            "Two rows of one id{id? (|)} overlap in their validity. Please correct the days.",
        ),
        Code::RosterUnknown => (
            "{unknown?“|”}不在名册里。请补上，或改正编号。",
            "An id{unknown? (|)} is not in the roster. Please add it, or correct the id.",
        ),
        Code::RosterValidity => (
            "{id}的截止日{until}早于起始日{from}。请核对这两个日期。",
            "{id} ends on {until}, before it begins on {from}. Please check the two days.",
        ),
        Code::RosterRoot => (
            "一份名册在任何一天都只有一个县。请核对县的起止日期。",
            "A roster has one county on every day. Please check the county's days.",
        ),
        Code::RosterRole => (
            "规则{rule}所说的职务（{posts}）名册里没有人担任，这件事无人能办。请补上任职，或改规则。",
            "Nobody in the roster holds any of the posts that {rule} names ({posts}), so nobody can act by it. Please appoint somebody, or change the rule.",
        ),
        Code::RosterPost => (
            "{name}（{id}）在{unit}任“{post}”，而{kind}没有这一职务，任职不起作用。请核对所在单位或职务。",
            "{name} ({id}) holds the post “{post}” at {unit}, a {kind}, where it gives no role. Please check the unit or the post.",
        ),
        _ => return None,
    })
}

fn journal(code: Code) -> Option<Words> {
    Some(match code {
        Code::JournalHash => (
            "流水第{seq}号记录（第{line}行）的校验值对不上，内容可能被改动过。请停止使用这份流水，用备份核对。",
            "The hash of event {seq} (line {line}) does not fit: the event may have been changed. Please stop using this journal and compare it with a backup.",
        ),
        Code::JournalPrev => (
            "流水第{seq}号记录（第{line}行）与前一条接不上，中间可能被删改。请停止使用这份流水，用备份核对。",
            "Event {seq} (line {line}) does not follow the one before it: something may have been taken out or changed. Please stop using this journal and compare it with a backup.",
        ),
        Code::JournalSeq => (
            "流水第{line}行的序号不连续，应为{seq}。请用备份核对有无缺失、重复或颠倒。",
            "The event in line {line} is out of order: its number should be {seq}. Please compare with a backup for what is missing, doubled or moved.",
        ),
        Code::JournalLine => (
            "第{line}行不是一条流水记录。请检查文件是否完整、是否混入其他内容。",
            "Line {line} is no event of a journal. Please check that the file is whole and holds nothing else.",
        ),
        Code::JournalHead => (
            "流水最后一条的校验值是{found}，与给定的{head}不同，末尾可能被截去或换过。请找回完整的流水。",
            "The journal ends with the hash {found}, not with {head} as given: its end may have been cut off. Please find the whole journal.",
        ),
        Code::JournalCount => (
            "流水有{found}条，与给定的{count}条不同，末尾可能被截去或添加过。请找回完整的流水。",
            "The journal has {found} events, not {count} as given: its end may have been cut off. Please find the whole journal.",
        ),
        Code::JournalDiffers => (
            "流水第{seq}号记录（第{line}行）重新办理的结果与记录不同。请核对规则文件、名册和程序版本是否一致。",
            "Lived again, event {seq} (line {line}) comes out differently. Please check that policy, roster and version are the same.",
        ),
        Code::SnapshotInvalid => (
            "快照读不出来，或不属于这本账。请改用流水重建。",
            "The snapshot cannot be read, or belongs to another book. Please rebuild from the journal.",
        ),
        Code::RequestInvalid => (
            "请求此处填写不合规定。请改正后再试。",
            "The request is not as it should be here. Please correct it and try again.",
        ),
        _ => return None,
    })
}
