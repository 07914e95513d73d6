//! The codes of the five steps, in the method's order, and of the advice for call-backs.

use super::{tell, Explanation};
use crate::codes::Code;

/// The explanation of a code of this file.
pub(super) fn of_code(code: Code) -> Option<Explanation> {
    liaison(code)
        .or_else(|| opening(code))
        .or_else(|| deliberating(code))
        .or_else(|| settling(code))
        .or_else(|| publishing(code))
        .or_else(|| closing(code))
        .or_else(|| advice(code))
}

fn liaison(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::LiaisonCountyLeader => tell!(
            "县领导联系村不合规定", "A county leader's liaison falls short";
            "县领导联系的村数不对，或所联系的不是市级、县级贫困村。",
            "A county leader is linked to too many villages or none, or to one that is not designated poor.";
            "在名册里改正联系关系或贫困村级别。", "Correct the liaisons, or the village's rank, in the roster.";
        ),
        Code::LiaisonDepartment => tell!(
            "县级部门联系村不合规定", "A department's liaisons fall short";
            "部门联系的村（社区）太少或太多。", "A department is linked to too few or too many villages.";
            "在名册里增减联系关系。", "Add or end liaisons in the roster.";
        ),
        Code::LiaisonTown => tell!(
            "乡镇干部联系户不足", "A town cadre's liaisons fall short";
            "乡镇（街道）干部联系的户数不够。", "A town cadre is linked to too few households.";
            "在名册里补上联系户。", "Add households to the cadre's liaisons.";
        ),
        Code::LiaisonVillage => tell!(
            "村干部联系户不足", "A village cadre's liaisons fall short";
            "村（社区）干部联系的户数不够。", "A village cadre is linked to too few households.";
            "在名册里补上联系户。", "Add households to the cadre's liaisons.";
        ),
        Code::LiaisonGroup => tell!(
            "组内有户无人联系", "Households without a liaison";
            "组干部没有联系到本组每一户，或有户没有在任干部联系。住在组里不等于已经联系。",
            "A group cadre is not linked to every household, or a household has nobody in office. Being of the group creates no liaison.";
            "在名册里为每户补上联系。", "Add a liaison for each of them to the roster.";
        ),
        _ => return None,
    })
}

fn opening(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::VisitLateEntry => tell!(
            "走访补录", "Late entry of a visit";
            "走访过了录入期限才录入，或过了最后期限，或走访人自己批准自己的补录。",
            "A visit was entered after its limit, or after the last one, or a visitor approved his own late entry.";
            "及时录入；补录的请上一级或上两级批准后才计数，最后期限以后不再收。",
            "Enter visits promptly; a late one counts once approved one or two tiers up, and after the last limit none is taken.";
        ),
        Code::ContactCard => tell!(
            "没有连心卡", "No contact card";
            "困难群众没有亲民爱民连心卡，或卡上没有帮扶干部的电话。",
            "A household in difficulty holds no contact card, or the card has no telephone.";
            "发卡并写上能打通的电话。", "Give a card with a telephone that is answered.";
        ),
        Code::RegisterCard => tell!(
            "登记卡没有填齐", "The registration card is incomplete";
            "一时不能解决的诉求要填《民情一户一档信息登记卡》，有必填项没有填。公共事项不填姓名、人口和收入。",
            "What cannot be solved now goes on a card, and a required field of it is empty. A public matter has no name, size or income.";
            "补填缺少的项目。", "Fill in what is missing.";
        ),
        Code::Station => tell!(
            "民情收集站不完备", "The collection station falls short";
            "村里的收集站没有公示电话，或没有人座班。", "A village's station has no published telephone, or nobody on duty.";
            "公示电话，排好座班，并登入名册。", "Publish the telephone, keep a duty roster, and put both into the roster.";
        ),
        Code::Channel => tell!(
            "应由收集站录入", "For the station to enter";
            "收集站来电来访和“三员两代表”收集的民情，由收集站座班人员录入。",
            "What comes by the station, the three kinds of member or the two kinds of delegate is entered by the station.";
            "交收集站座班人员录入。", "Hand it to whoever is on duty at the station.";
        ),
        Code::ConsolidateCountyLeader => tell!(
            "县领导民情汇总有误", "Consolidation for county leaders";
            "汇总的期间不对或还没到。", "The period is of the wrong kind, or has not come.";
            "由“四大办”按规定的期间汇总、梳理。", "Let the four offices consolidate by the period in the rule.";
        ),
        Code::ConsolidateDepartment => tell!(
            "部门民情汇总有误", "Consolidation in a department";
            "汇总的期间不对或还没到。", "The period is of the wrong kind, or has not come.";
            "由部门按规定的期间汇总、梳理。", "Let the department consolidate by the period in the rule.";
        ),
        Code::ConsolidateGrassroots => tell!(
            "基层民情汇总有误", "Consolidation in towns and villages";
            "汇总的期间不对、还没开始，或早于规定的时间。过早的汇总照记，但不算完成。",
            "The period is of the wrong kind or has not begun, or it is before its time. An early one is recorded but meets no duty.";
            "在规定的时间汇总、梳理；早了的到时再汇总一次。", "Consolidate at the time in the rule; after an early one, again.";
        ),
        Code::LedgerTier => tell!(
            "没有对应的台账", "No ledger for this";
            "村民小组不设台账，或收集人没有可以建账的任职。", "A group keeps no ledger, or the collector holds no appointment with one.";
            "由所在村、乡镇、部门或县办理；任职有误的先改名册。", "Go through the village, town, department or county; correct the roster where it is wrong.";
        ),
        _ => return None,
    })
}

fn deliberating(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::MeetingChair => tell!(
            "主持人不对", "The wrong chair";
            "没有写主持人，或主持人开会当天不任规定的职务，或没有人任此职。",
            "No chair is named, or the chair did not hold the post that day, or nobody does.";
            "由规定的负责人主持；任职有误的先改名册。", "Let the holder of the post chair; correct the roster where it is wrong.";
        ),
        Code::MeetingMembers => tell!(
            "应参加的人没有参加", "Members not there";
            "应参加会议的人既没有通知也没有到会。这是提醒，会议照记。",
            "Some who take part were neither notified nor present. This is a warning; the meeting is recorded.";
            "补记名单，下次会前通知到人。", "Complete the lists, and notify them next time.";
        ),
        Code::MeetingNotify => tell!(
            "该通知的人没有通知", "People not notified";
            "村监委会成员、议事会成员、党员代表、村民代表必须通知，有人不在通知名单里。到会不能代替通知。",
            "Supervision committee, council, Party members' and villagers' delegates must be notified, and some were not. Having come does not replace it.";
            "通知并补记；无人任此职的先改名册。", "Notify and list them; where nobody holds the post, correct the roster.";
        ),
        Code::MeetingItemByItem => tell!(
            "没有逐项议账", "Not every case was decided";
            "开会前已在账上的事项，会上没有作出决定；或作了规则不允许的决定。",
            "A case that waited before the meeting got no decision, or one that the rules do not allow.";
            "对每个待议事项定方案、上报、解释、引导或挂账。", "Plan, report up, explain, redirect or suspend each waiting case.";
        ),
        Code::MeetingLateEntry => tell!(
            "会议补录", "Late entry of a meeting";
            "会议过了录入期限才录入。会议照记，本期职责记为迟办。",
            "A meeting was entered after its limit. It is recorded, and its duty counts as late.";
            "会后及时录入。", "Enter meetings promptly.";
        ),
        Code::PlanComplete => tell!(
            "方案不全", "The plan is incomplete";
            "缺少解决措施、目标任务、责任人或完成时限，或责任人不在任，或时限已过。",
            "Measures, target, responsible person or deadline is missing, or the person is not in office, or the deadline is past.";
            "补齐并改正。", "Add or correct it.";
        ),
        Code::PlanCap => tell!(
            "完成时限过长", "The deadline is too far off";
            "完成时限超过本级最长期限，又没有写理由。", "The deadline is beyond the tier's longest time, and no reason is given.";
            "缩短时限，或由会议写明理由。", "Shorten it, or let the meeting give a reason.";
        ),
        Code::EscalateRoute => tell!(
            "无处上报", "Nowhere to report to";
            "上报须逐级进行；到了最高一级就没有可上报的单位。",
            "Cases go up tier by tier, and above the highest there is none.";
            "在本级议账决定。", "Decide the case here.";
        ),
        Code::EscalateReturn => tell!(
            "不能退回", "Cannot be returned";
            "没有写理由、过了期限，或已经退回过。防止来回推诿。",
            "There is no reason, the time is over, or it was returned before. This keeps cases from going to and fro.";
            "写明理由；过期或退过的，在本级办理。", "Give a reason; if it is too late or was done before, decide the case here.";
        ),
        _ => return None,
    })
}

fn settling(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::SettleClock => tell!(
            "时限不重新起算", "The clock does not start anew";
            "换责任人时改了完成时限。时限从定方案起算。", "The deadline was changed along with the responsible person. The clock starts with the plan.";
            "保留原时限；确需延长的申请延期。", "Keep the deadline, and ask for more time if it is needed.";
        ),
        Code::SettleExtension => tell!(
            "延期不合规定", "The extension is not as required";
            "申请晚了、延得太长、次数已满、批准的不是上一级，或没有告知群众理由。",
            "It was asked for too late, too long or too often, decided on the wrong tier, or the household was not told why.";
            "到期前申请，由上一级批准，并把理由告知群众。", "Ask before the deadline, let the tier above decide, and tell the household why.";
        ),
        Code::SettleSuspend => tell!(
            "挂账手续不全", "The suspension is incomplete";
            "长期挂账没有写措施，或没有定下次议账日期。", "A long-term suspension has no measures, or no day on which it comes back.";
            "补上措施和日期；挂账不算办结。", "Add both; a suspended case is never shown as done.";
        ),
        Code::SettleEvidence => tell!(
            "办理结果没有写清", "The settlement does not show enough";
            "没有写结果，或给钱给物没有写数额、来源、签收，或解释、引导没有写理由。从不要求照片和定位。",
            "The result is not written, or money and goods lack amount, source or receipt, or an explanation has no reason. Photographs are never asked for.";
            "用文字补齐。", "Add it in words.";
        ),
        Code::SettleReview => tell!(
            "不能自己复核", "No review of one's own work";
            "复核人是责任人、录入人，或主持决定的人。", "The reviewer is the responsible person, entered the settlement, or chaired the decision.";
            "请本单位其他办公人员、村监委会成员或上一级复核。", "Ask another person of the office, the supervision committee or the tier above.";
        ),
        _ => return None,
    })
}

fn publishing(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::PublishStages => tell!(
            "还没有公示", "Not posted yet";
            "可以公示的事项，结果公示以后才能回访、评价和结账。",
            "Where a case may be posted, its result goes up before the household is asked and the case closed.";
            "先公示办理结果。", "Post the result first.";
        ),
        Code::PublishDigest => tell!(
            "汇总公示期间有误", "The digest's period";
            "期间与规定的周期不符，或该期还没有结束。", "The period is of the wrong kind, or not over yet.";
            "按规定的周期、在期满后公示。", "Post it for the period in the rule, once that is over.";
        ),
        Code::PublishMasked => tell!(
            "含有不能公开的信息", "What is never shown";
            "内容里有身份证号、电话、银行卡号或全名，或事项属于不得逐项公示的类别，或没有本户同意。",
            "A text contains an identity number, telephone, bank card or full name, or the case may not be shown by item, or there is no consent.";
            "改写文字；须同意的先征得同意；稳定工作事项只公布数量。", "Reword it; ask for consent where it is needed; stability cases are only counted.";
        ),
        Code::PublishTwoPerson => tell!(
            "没有第二人核对", "No second person";
            "没有写核对人，核对人就是公示人，或核对人不属于规定的人员。",
            "No checker is named, or it is the one who posts, or somebody who may not check.";
            "请另一位办公人员或村监委会成员核对。", "Let another person of the office or the supervision committee check it.";
        ),
        Code::PublishObjection => tell!(
            "异议提得晚", "A late objection";
            "公示后提出异议的期限已过。异议照收。", "The time for objections is over. It is taken all the same.";
            "登记并尽力答复。", "Record it, and answer it if possible.";
        ),
        _ => return None,
    })
}

fn closing(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::CloseSatisfied => tell!(
            "不能按满意结账", "Cannot close as satisfied";
            "没有群众满意或基本满意的评价，群众说没有解决，或可以公示的结果还没有公示。",
            "The household has not said satisfied or basically satisfied, or says unsolved, or the result was not posted.";
            "公示结果，回访群众，如实登记；不满意就重办。", "Post the result, ask the household, record its word; if it is dissatisfied, do the work again.";
        ),
        Code::CloseAsker => tell!(
            "经办人不能回访", "The handler cannot ask";
            "回访、评价或结账的人是责任人、办结人或责任人的下属。",
            "Whoever asks, rates or closes is the responsible person, settled the case, or is under him.";
            "由没有牵连的人办理。", "Leave it to somebody else.";
        ),
        Code::CloseQuestions => tell!(
            "两个问题没有分开问", "Two questions, two answers";
            "“解决了没有”和“满意不满意”少填了一个。", "One of solved and satisfied is not answered.";
            "两项都问、都填。", "Ask both and record both.";
        ),
        Code::CloseAttempts => tell!(
            "未评价结账或重开不合条件", "Unrated, or reopened too late";
            "回访次数、时段或等候期限不够，群众其实已评价，没有第二人，或重开过了期限。",
            "There were too few tries or too little time, the household did answer, the second person is missing, or it is too late to reopen.";
            "继续回访；过期的作为新事项登记。未评价从不算满意。", "Try again; after the time, note a new need. Unrated never counts as satisfied.";
        ),
        Code::CloseRedo => tell!(
            "不满意后的重办不合规定", "What follows a dissatisfaction";
            "重办时限过长，议账时没有听取群众意见，或没走完各步就要按解释、引导结账，或没有第二人。",
            "The work would be redone too late, the household was not heard, the rungs are not used up, or the second person is missing.";
            "按规定的步骤重办；最后一步由上一级两人办理。", "Go by the rungs; the last one is for two people of the tier above.";
        ),
        Code::CloseRepeat => tell!(
            "同一事又提出来", "The same matter again";
            "同一户同一事在结账后不久再次提出。", "The same household comes with the same matter soon after the close.";
            "已与原事项相连并按重办统计，请查明原因。", "It is linked to the earlier case and counts as reopened; find out why.";
        ),
        Code::ClosePublic => tell!(
            "公共事项表决不合规定", "The vote on a public matter";
            "没有表决结果，到会人数不够，或赞成不够多数却评为满意。",
            "There is no vote, too few were present, or too few in favour for a good rating.";
            "由议事会或代表重新表决，如实填写。", "Let the council or delegates vote again, and record it as it was.";
        ),
        _ => return None,
    })
}

fn advice(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::AdviceDiary => tell!(
            "日记雷同", "Diary texts alike";
            "不同走访的日记文字相同或几乎相同。", "Diary texts of different visits are the same or nearly so.";
            "抽几户回访。本身不算错，不作评分。", "Call some households back. It is no mistake by itself and never a score.";
        ),
        Code::AdvicePace => tell!(
            "走访过密", "More visits than can be walked";
            "一人短时间内的走访多得走不过来。", "One person has more visits in a short time than can be walked.";
            "抽几户回访。本身不算错，不作评分。", "Call some households back. It is no mistake by itself and never a score.";
        ),
        Code::AdviceLastDay => tell!(
            "月底集中录入", "All entered on the last day";
            "一个月的走访都在最后一天录入。", "A month's visits were all entered on its last day.";
            "抽几户回访，平时及时录入。", "Call some households back, and enter visits promptly.";
        ),
        Code::AdviceTelephone => tell!(
            "评价电话相同", "Ratings from one telephone";
            "多个事项的评价来自同一电话。", "The ratings of several cases came from one telephone.";
            "抽几户当面回访。本身不算错，不作评分。", "Call on some households in person. It is no mistake by itself and never a score.";
        ),
        Code::AdviceAllSatisfied => tell!(
            "全部满意但问得少", "All satisfied, few asked";
            "评价全是满意，而得到评价的事项很少。", "Every answer is good, and few were asked.";
            "多回访几户再下结论。", "Ask more households before drawing a conclusion.";
        ),
        _ => return None,
    })
}
