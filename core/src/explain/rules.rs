//! What each rule asks for, in the method's order; its numbers are the policy's.

use super::RuleExplanation;
use crate::policy::RuleId;

/// Builds a rule's explanation: title, and what it asks for, each in Chinese and English.
macro_rules! rule {
    ($title_zh:literal, $title_en:literal; $asks_zh:literal, $asks_en:literal $(;)?) => {
        RuleExplanation { title: ($title_zh, $title_en), asks: ($asks_zh, $asks_en) }
    };
}

/// The explanation of a rule.
pub(super) fn of_rule(rule: RuleId) -> RuleExplanation {
    match rule {
        RuleId::LiaisonCountyLeader => rule!(
            "县领导联系村", "County leaders' liaison";
            "每位县领导联系规定数目的村，须是市级或县级贫困村。",
            "Each county leader is linked to as many villages as the rule says, designated poor at city or county rank.";
        ),
        RuleId::LiaisonDepartment => rule!(
            "部门联系村", "Departments' liaison";
            "每个县级部门联系的村（社区）数在规定的范围内。",
            "Each county department is linked to a number of villages within the rule's bounds.";
        ),
        RuleId::LiaisonTown => rule!(
            "乡镇干部联系户", "Town cadres' liaison";
            "乡镇（街道）干部分片包村，每人联系的户数不少于规定。",
            "Each town cadre is linked to at least as many households as the rule says.";
        ),
        RuleId::LiaisonVillage => rule!(
            "村干部联系户", "Village cadres' liaison";
            "村（社区）干部分片包组，每人联系的户数不少于规定。",
            "Each village cadre is linked to at least as many households as the rule says.";
        ),
        RuleId::LiaisonGroup => rule!(
            "组干部联系户", "Group cadres' liaison";
            "组干部联系本组的每一户。", "A group cadre is linked to every household of the own group.";
        ),
        RuleId::VisitCountyLeader => rule!(
            "县领导走访", "County leaders' visits";
            "县领导按期到联系村走访，次数不少于规定。",
            "A county leader visits the liaised village at least so often in each period.";
        ),
        RuleId::VisitDepartment => rule!(
            "部门走访", "Departments' visits";
            "县级部门按期组织机关干部到联系村走访；按部门还是按村计数，由规则选定。",
            "A department organises visits to its villages in each period; whether they count for the department or for each village is the policy's choice.";
        ),
        RuleId::VisitTown => rule!(
            "乡镇干部走访", "Town cadres' visits";
            "乡镇（街道）干部每人按期走访所联系的农户；走访任一户还是每一户，由规则选定。",
            "Each town cadre visits liaised households in each period; any of them or every one, as the policy chooses.";
        ),
        RuleId::VisitVillage => rule!(
            "村干部走访", "Village cadres' visits";
            "村（社区）干部每人按期走访所联系的农户；走访任一户还是每一户，由规则选定。",
            "Each village cadre visits liaised households in each period; any of them or every one, as the policy chooses.";
        ),
        RuleId::VisitGroup => rule!(
            "组干部走访", "Group cadres' visits";
            "组干部每人按期走访所联系的农户；走访任一户还是每一户，由规则选定。",
            "Each group cadre visits liaised households in each period; any of them or every one, as the policy chooses.";
        ),
        RuleId::VisitInPerson => rule!(
            "走访要见面", "Visits are in person";
            "只有当面走访才计数；打电话、发信息是联系，不是走访。",
            "Only a visit in person counts; a call or a message is contact.";
        ),
        RuleId::VisitLateEntry => rule!(
            "走访及时录入", "Visits are entered in time";
            "走访后在期限内录入；过期的记为补录，经上一级或上两级批准才计数；过了最后期限不再收。",
            "A visit is entered within the limit; later it counts only once approved one or two tiers up, and after the last limit it is refused.";
        ),
        RuleId::VisitLiaised => rule!(
            "走访联系对象才计数", "Only liaised visits count";
            "只有走访自己联系的农户或村才计入次数；走访其他人照记，不计数。",
            "Only visits to one's own liaised households or village count; others are recorded all the same.";
        ),
        RuleId::ContactCard => rule!(
            "亲民爱民连心卡", "The contact card";
            "困难群众持有结对帮扶的连心卡，卡上有帮扶干部的电话。",
            "A household in difficulty holds a card with its helper's telephone.";
        ),
        RuleId::RegisterCard => rule!(
            "登记卡要填齐", "The registration card is complete";
            "一时不能解决的，填《民情一户一档信息登记卡》，规定的项目都要填。",
            "What cannot be solved now goes on a registration card with all its fields.";
        ),
        RuleId::RegisterWithin => rule!(
            "及时解决或登记", "Solved or registered in time";
            "诉求记录后，在期限内当场解决或登记。", "After a need is noted it is solved or registered within the limit.";
        ),
        RuleId::Station => rule!(
            "民情收集站", "The collection station";
            "每村设收集站，公示电话，每天有干部座班。",
            "Each village has a station with a published telephone and somebody on duty every day.";
        ),
        RuleId::Channel => rule!(
            "收集渠道", "Channels";
            "收集站渠道和“三员两代表”收集的民情，由收集站录入。",
            "What comes by the station, members and delegates is entered by the station.";
        ),
        RuleId::ConsolidateCountyLeader => rule!(
            "县领导民情汇总", "Consolidation for county leaders";
            "县领导收集的民情，由“四大办”按期汇总、梳理。",
            "What county leaders collect is consolidated by the four offices in each period.";
        ),
        RuleId::ConsolidateDepartment => rule!(
            "部门民情汇总", "Consolidation in departments";
            "县级部门收集的民情，按期汇总、梳理。", "What departments collect is consolidated in each period.";
        ),
        RuleId::ConsolidateGrassroots => rule!(
            "基层民情汇总", "Consolidation in towns and villages";
            "乡镇、村、组干部收集的民情，按期在规定的时间汇总、梳理；遇休息日提前到本周最后一个工作日。",
            "What town, village and group cadres collect is consolidated in each period at the time set, on the week's last working day where that is a rest day.";
        ),
        RuleId::LedgerTier => rule!(
            "分层分类建账", "Ledgers by tier and category";
            "村建明细账，乡镇建综合账，部门和县建重点账；收集人的层级决定先记哪本账。",
            "Villages keep the detail ledger, towns the comprehensive one, departments and the county the key one; the collector's level decides the first.";
        ),
        RuleId::MeetingVillage => rule!(
            "村支部扩大会", "The village's meeting";
            "村（社区）原则上每期召开一次支部扩大会议账。", "A village in principle holds an enlarged branch meeting in each period.";
        ),
        RuleId::MeetingTown => rule!(
            "乡镇党委扩大会", "The town's meeting";
            "乡镇（街道）原则上每期召开一次党（工）委扩大会议账。", "A town in principle holds an enlarged committee meeting in each period.";
        ),
        RuleId::MeetingDepartment => rule!(
            "部门党组扩大会", "The department's meeting";
            "县级部门原则上每期召开一次党组（党委）扩大会议账。", "A department in principle holds an enlarged Party-group meeting in each period.";
        ),
        RuleId::MeetingCounty => rule!(
            "县委常委扩大会", "The county's meeting";
            "县委原则上每期召开一次常委扩大会议账。", "The county in principle holds an enlarged standing-committee meeting in each period.";
        ),
        RuleId::MeetingChair => rule!(
            "谁主持", "Who chairs";
            "议账会议由本级规定的负责人主持。", "The meeting is chaired by the holder of the post that the rule names.";
        ),
        RuleId::MeetingMembers => rule!(
            "谁参加", "Who takes part";
            "规定参加的人应通知到或到会。", "Those who take part are notified or present.";
        ),
        RuleId::MeetingNotify => rule!(
            "须通知谁", "Who must be notified";
            "规定须通知的人都在通知名单里；到会不能代替通知。",
            "Everybody whom the rule names stands on the list of those notified; having come does not replace it.";
        ),
        RuleId::MeetingItemByItem => rule!(
            "一一议账", "Item by item";
            "会前已在账上的每个事项，都要在会上作出决定。",
            "Every case that waits before the meeting gets a decision in it.";
        ),
        RuleId::MeetingLateEntry => rule!(
            "会议及时录入", "Meetings are entered in time";
            "会后在期限内录入；过期照收，职责记为迟办。",
            "A meeting is entered within the limit; later it is taken and its duty is late.";
        ),
        RuleId::PlanComplete => rule!(
            "方案要全", "A plan is complete";
            "方案写明解决措施、目标任务、责任人和完成时限。",
            "A plan has measures, a target, a responsible person and a deadline.";
        ),
        RuleId::PlanCap => rule!(
            "最长时限", "The longest deadline";
            "完成时限不超过本级最长期限，超过的由会议写明理由。",
            "A deadline stays within the tier's longest time, unless the meeting gives a reason.";
        ),
        RuleId::EscalateRoute => rule!(
            "逐级上报", "The way up";
            "不能解决的逐级上报：村到乡镇，乡镇和部门到县；不越级，编号不变。",
            "What cannot be solved goes up tier by tier, from village to town, from town and department to the county; the case keeps its id.";
        ),
        RuleId::EscalateWithin => rule!(
            "及时上报", "Reported in time";
            "决定上报后，在期限内报出。", "After the decision the case is reported within the limit.";
        ),
        RuleId::EscalateReturn => rule!(
            "退回有限", "Returned at most so often";
            "上级可在期限内写明理由退回，次数有限；时限不停。",
            "The upper tier may return a case within the limit, with a reason and only so often; the clock does not stop.";
        ),
        RuleId::SettleClock => rule!(
            "从定方案起算", "The clock starts with the plan";
            "办理时限从定方案起算，不从签收起算，换人不重新起算。",
            "The clock starts when the plan is made, not when somebody signs for it, and never anew.";
        ),
        RuleId::SettleExtension => rule!(
            "延期", "More time";
            "到期前申请，上一级批准，次数和天数有限，理由告知群众。",
            "It is asked for before the deadline and granted one tier up, only so often and so long, and the household is told why.";
        ),
        RuleId::SettleSuspend => rule!(
            "长期挂账", "Suspension";
            "长期挂账要有措施和下次议账日期，按期重新议账，不显示为办结。",
            "A long-term case has measures and a next date, is deliberated again in each period, and never shown as done.";
        ),
        RuleId::SettleEvidence => rule!(
            "办理结果", "What a settlement shows";
            "用文字写明结果；给钱给物写明数额或品名、来源和签收；不要求照片和定位。",
            "The result in words; for money or goods the amount or kind, source and receipt; never photographs or positions.";
        ),
        RuleId::SettleReview => rule!(
            "他人复核", "Somebody else reviews";
            "办结后由责任人以外的人在期限内复核。",
            "Somebody other than the responsible person accepts the settlement within the limit.";
        ),
        RuleId::SettleOverdue => rule!(
            "提醒与逾期", "Reminder and overdue";
            "到期前提醒，过期次日算逾期；逾期后久无进展记为无说明。",
            "A reminder comes before the deadline; the day after it the case is overdue, and without progress it becomes unexplained.";
        ),
        RuleId::FlagColour => rule!(
            "蓝黄红关注", "Blue, yellow, red";
            "蓝色：该议未议；黄色：临期或久无进展；红色：逾期、再次申请延期或再次不满意。只作关注，不作排名。",
            "Blue: no decision though one was due; yellow: little time left or no progress; red: overdue, a second request for time, or a second dissatisfaction. A list to mind, never a ranking.";
        ),
        RuleId::PublishStages => rule!(
            "公示什么", "What is posted";
            "议账后公示方案，办结后公示结果。", "The plan is posted after deliberation, the result after settlement.";
        ),
        RuleId::PublishWithin => rule!(
            "及时公示", "Posted in time";
            "在期限内公示。", "It is posted within the limit.";
        ),
        RuleId::PublishKeep => rule!(
            "公示时长", "How long it stays";
            "公示保留到期满，提前撤下的重新公示。", "A posting stays for the time set, or is posted again.";
        ),
        RuleId::PublishDigest => rule!(
            "汇总公示", "The digest";
            "每期汇总，在次月规定日期前公示。", "A digest of each period is posted by the day set in the month after.";
        ),
        RuleId::PublishMasked => rule!(
            "隐私保护", "What is masked";
            "只公示清单内的内容，姓名写“姓＋某”；困难群众须同意；稳定工作只公布数量，小数目不公布。每份规则文件都必守。",
            "Only the allow-list is shown, the name as the surname alone; hardship by consent; stability only as counts, small ones never. It stands in every policy.";
        ),
        RuleId::PublishTwoPerson => rule!(
            "两人核对", "Two people";
            "公示内容由第二人核对后才上墙。", "A second person checks what is posted before it goes up.";
        ),
        RuleId::PublishObjection => rule!(
            "异议", "Objections";
            "任何人可在期限内提出异议，先由本单位答复，仍有异议由上一级答复。",
            "Anyone may object within the limit; the unit answers, and when objected to again the tier above.";
        ),
        RuleId::CloseSatisfied => rule!(
            "群众满意才结账", "Closed only when satisfied";
            "群众说满意或基本满意、不说没解决，结果已公示（或依规不公示），才能按满意结账。每份规则文件都必守。",
            "A case closes as satisfied only if the household says satisfied or basically and not unsolved, after the result was posted or may not be. It stands in every policy.";
        ),
        RuleId::CloseAsker => rule!(
            "他人回访", "Somebody else asks";
            "回访和登记评价由责任人及其下属以外的人办理。",
            "The household is asked by somebody who is neither the responsible person nor under him.";
        ),
        RuleId::CloseQuestions => rule!(
            "两个问题分开问", "Two questions";
            "“解决了没有”和“满意不满意”分开问、分开记。", "Solved and satisfied are asked and kept apart.";
        ),
        RuleId::CloseAttempts => rule!(
            "多次回访", "Several tries";
            "在不同日子、包括办公时间以外回访；期满仍无答复的由上一级按未评价结账，从不算满意；期限内可重开。",
            "Tries on different days, some outside office hours; without an answer the tier above closes as unrated, never as satisfied; the household may reopen within the limit.";
        ),
        RuleId::CloseRedo => rule!(
            "不满意就重办", "Redone when dissatisfied";
            "群众不满意，按规定的步骤重办、上交一级、听取意见，最后由上一级两人了结，仍计为不满意。",
            "A dissatisfaction goes up the rungs: redone, one tier up with the household heard, at last ended by two people of the tier above and still counted as dissatisfied.";
        ),
        RuleId::CloseRepeat => rule!(
            "重复诉求", "The same matter again";
            "同一户同一事在结账后期限内再提，与原事项相连，按重办统计。",
            "The same household and topic within the limit after the close is linked and counts as reopened.";
        ),
        RuleId::ClosePublic => rule!(
            "公共事项评价", "Public matters";
            "公共事项由议事会或代表表决评价，到会和赞成都要达到规定的比例。",
            "A public matter is rated by a vote of the council or delegates, with the shares present and in favour that the rule names.";
        ),
        RuleId::RateResponse => rule!(
            "响应率", "Response rate";
            "记录的诉求中，按期登记或解决的占多少；数量太少不公布。",
            "Of the needs noted, those registered or solved in time; null where there are few.";
        ),
        RuleId::RateSolving => rule!(
            "解决率", "Solving rate";
            "已评价的事项中，群众说解决了的占多少；部分解决另计；数量太少不公布。",
            "Of the cases answered, those the household calls solved, partly apart; null where there are few.";
        ),
        RuleId::RateSatisfaction => rule!(
            "满意率", "Satisfaction rate";
            "已评价的事项中，满意和基本满意的占多少；数量太少不公布。",
            "Of the cases answered, those satisfied or basically satisfied; null where there are few.";
        ),
        RuleId::RateCoverage => rule!(
            "覆盖率", "Coverage";
            "该评价的事项中，得到评价的占多少；数量太少不公布。",
            "Of the cases due to be rated, those answered; null where there are few.";
        ),
        RuleId::SampleRecheck => rule!(
            "抽查回访", "Re-check by sample";
            "上一级每月对结账的事项按比例抽查回访，抽签由记录的校验值决定，谁也挑不了。",
            "The tier above calls back a share of each month's closed cases, drawn by the hashes of their events so that nobody can choose.";
        ),
        RuleId::AdviceDiary => rule!(
            "日记雷同提示", "Diary texts alike";
            "日记文字相同或几乎相同时提示，仅供抽查参考。", "Tells of diary texts that are the same or nearly so, for a call-back sample only.";
        ),
        RuleId::AdvicePace => rule!(
            "走访过密提示", "More visits than can be walked";
            "一人短时间内走访多得走不过来时提示，仅供抽查参考。", "Tells of more visits by one person than can be walked, for a call-back sample only.";
        ),
        RuleId::AdviceLastDay => rule!(
            "集中录入提示", "All entered on the last day";
            "一个月的走访都在最后一天录入时提示，仅供抽查参考。", "Tells of a month's visits entered on its last day, for a call-back sample only.";
        ),
        RuleId::AdviceTelephone => rule!(
            "同一电话评价提示", "Ratings from one telephone";
            "多个评价来自同一电话时提示，仅供抽查参考。", "Tells of several ratings from one telephone, for a call-back sample only.";
        ),
        RuleId::AdviceAllSatisfied => rule!(
            "全满意低覆盖提示", "All satisfied, few asked";
            "评价全是满意而覆盖率低时提示，仅供抽查参考。", "Tells when all are satisfied and few were asked, for a call-back sample only.";
        ),
        RuleId::Authority => rule!(
            "谁能办什么", "Who may do what";
            "各步由名册上有相应任职的人办理；不替别级办事，不批、不审、不评自己的事。每份规则文件都必守。",
            "Each step is for those whose appointment gives the role; nobody acts for another tier, or approves, reviews or rates his own work. It stands in every policy.";
        ),
    }
}
