//! Policy documents: what they extend, what stands in every one, what contradicts itself.

use super::Words;
use crate::codes::Code;

/// Appends where the rule stands when that is another document than the one handed in.
macro_rules! words {
    ($zh:literal, $en:literal) => {
        (
            concat!($zh, "{document?（在所继承的规则文件“|”里。）}"),
            concat!($en, "{document? (In the extended policy “|”.)}"),
        )
    };
}

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    match code {
        Code::PolicyInvalid if reason == "incomplete" => Some((
            "规则文件不完整，不能生效。请补齐编号、版本、标题、生效日期、时差、日历和规则。",
            "The policy is incomplete and cannot come into force. Please give its id, version, title, first day, offset, calendar and rules.",
        )),
        Code::PolicyExtends => extends(reason),
        Code::PolicyStanding => standing(reason),
        Code::PolicyText | Code::PolicyOff => text_and_off(code, reason),
        Code::PolicyContradiction => opening(reason)
            .or_else(|| middle(reason))
            .or_else(|| closing(reason))
            .or_else(|| numbers(reason)),
        _ => None,
    }
}

fn extends(reason: &str) -> Option<Words> {
    Some(match reason {
        "cycle" => words!(
            "规则文件绕了一圈又继承“{name}”自己。请改掉其中一个的继承关系。",
            "The policies extend each other in a circle through “{name}”. Please change what one of them extends."
        ),
        "too_deep" => words!(
            "继承“{name}”时层数已超过{limit}层。请减少继承的层数。",
            "Extending “{name}” makes a chain of more than {limit} policies. Please shorten the chain."
        ),
        "unknown" => words!(
            "找不到要继承的规则文件“{name}”。{nearest?您要用的是不是“|”？}请核对编号，或先提供该文件。",
            "The policy “{name}” to be extended is not known.{nearest? Did you mean “|”?} Please check the id, or provide the document."
        ),
        "other_id" => words!(
            "要继承“{name}”，取到的文件自称“{found}”。请核对文件与编号是否对应。",
            "“{name}” was to be extended, but the document found calls itself “{found}”. Please check which one is meant."
        ),
        _ => return None,
    })
}

fn standing(reason: &str) -> Option<Words> {
    Some(match reason {
        "not_on_allow_list" => words!(
            "“{name}”不在可以公示的内容之内（规则{rule}）。个人信息一律不公示，请从清单中删去。",
            "“{name}” is not on the allow-list of {rule}: personal data is never shown. Please take it off the list."
        ),
        "not_must" => words!(
            "规则{rule}是每份规则文件必守的，不能改成“原则上”。请改回 must。",
            "Rule {rule} binds in every policy and cannot be made one in principle. Please set its modality to must."
        ),
        "off" => words!(
            "规则{rule}在每份规则文件里都必须有，不能停用。请恢复该规则。",
            "Rule {rule} stands in every policy and cannot be switched off. Please restore it."
        ),
        "count_under_five" => words!(
            "规则{rule}公开的计数下限不能低于5，人数太少会认出是谁。请改为5或更大。",
            "In {rule} counts under 5 must never be shown, lest people be recognised. Please set 5 or more."
        ),
        "take_down_over_one_day" => words!(
            "规则{rule}规定，群众撤回同意后公示须在1个工作日内撤下，不能放宽。请改为1个工作日或更短。",
            "By {rule} a posting comes down within one working day after consent is withdrawn. Please set that or less."
        ),
        "hardship_without_consent" => words!(
            "规则{rule}规定，困难群众事项未经本人同意不得逐项公示。请把 hardship 列入须同意的类别。",
            "By {rule} hardship cases are shown by item only with consent. Please list hardship among the categories that need it."
        ),
        "stability_by_item" => words!(
            "规则{rule}规定，稳定工作事项一律不逐项公示，只公布数量。请把 stability 列入只计数的类别。",
            "By {rule} stability cases are never shown by item. Please list stability among the categories that are only counted."
        ),
        "accepts_dissatisfied" => words!(
            "规则{rule}不能把“不满意”当作满意结账。请从清单中删去 dissatisfied。",
            "Rule {rule} cannot take dissatisfied for satisfied. Please take that word off the list."
        ),
        "empty_office" => words!(
            "规则{rule}里有一级单位没有任何办公职务，事情无人可办。请至少写一个职务。",
            "In {rule} one kind of unit has no post in its office, so that nobody could act. Please list at least one."
        ),
        "nobody" => words!(
            "规则{rule}里有一项权限没有任何职务可以行使。请至少写一个职务。",
            "In {rule} one of the powers is given to no post. Please list at least one."
        ),
        _ => return None,
    })
}

fn text_and_off(code: Code, reason: &str) -> Option<Words> {
    Some(match (code, reason) {
        (Code::PolicyText, "silent") => words!(
            "规则{rule}自称出自手册原文，而手册没有这一条。请把依据改为 assumed（推定）或 law（法规），并写明来由。",
            "Rule {rule} claims to be the handbook's text, which is silent on it. Please cite a law, or call it assumed and say why."
        ),
        (Code::PolicyText, "differs") => words!(
            "规则{rule}自称出自手册原文，但“{field}”与手册不同{expected?（手册为 |）}。请照手册改，或把依据改为 assumed（推定）。",
            "Rule {rule} claims to be the handbook's text but differs in “{field}”{expected? (the handbook has |)}. Please follow it, or call the rule assumed."
        ),
        (Code::PolicyOff, "hangs") => words!(
            "规则{rule}没有启用，而这些规则要靠它：{hangs}。请恢复它，或把那些规则一并停用。",
            "Rule {rule} is off, and these rules lean on it: {hangs}. Please restore it, or switch them off as well."
        ),
        (Code::PolicyOff, "nothing_hangs") => words!(
            "规则{rule}已停用，没有其他规则受影响。请确认这是本意。",
            "Rule {rule} is switched off; no other rule leans on it. Please make sure that this is meant."
        ),
        _ => return None,
    })
}

fn opening(reason: &str) -> Option<Words> {
    Some(match reason {
        "late_not_before_refused" => words!(
            "规则{rule}里，记为补录的期限不早于拒绝录入的期限，补录就没有余地。请把拒绝期限放长。",
            "In {rule} an entry is refused no later than it becomes late, which leaves no room. Please refuse later."
        ),
        "group_keeps_no_ledger" => words!(
            "规则{rule}把事项记到村民小组，而小组不设台账。请改为村、乡镇、部门或县。",
            "Rule {rule} puts cases on a group's ledger, and groups keep none. Please name a village, town, department or county."
        ),
        "other_subject" => words!(
            "规则{rule}约束的不是它名下的那一级干部。请改正 subject。",
            "Rule {rule} binds another level than the one in its name. Please correct its subject."
        ),
        "other_target" => words!(
            "规则{rule}的联系或走访对象不对：县领导和部门对村，其余对户。请改正 target。",
            "Rule {rule} has the wrong target: county leaders and departments go to villages, all others to households. Please correct it."
        ),
        "least_over_most" => words!(
            "规则{rule}要求的最少数大于最多数，谁也做不到。请改正这两个数。",
            "Rule {rule} asks for more than it allows at most. Please correct the two numbers."
        ),
        "asks_nothing" => words!(
            "规则{rule}没有写任何要求。请写明最少数、最多数，或要求联系每户。",
            "Rule {rule} asks for nothing. Please give a least or a most number, or ask for every household."
        ),
        "every_without_group" => words!(
            "规则{rule}要求联系本组每户，但只有组干部有“本组”。请删去 every。",
            "Rule {rule} asks for every household of the own group, which only group cadres have. Please leave that out."
        ),
        "poverty_without_village" => words!(
            "规则{rule}要求贫困村，联系对象却不是村。请改对象，或删去 poverty。",
            "Rule {rule} asks for a poor village where the target is no village. Please change the target or leave poverty out."
        ),
        "reading_of_another" => words!(
            "规则{rule}用了不适合这一级的算法。请改用这一级可选的 reading。",
            "Rule {rule} is read in a way that fits another level. Please choose a reading for this one."
        ),
        "no_weekday" => words!(
            "规则{rule}的星期几不对。请写1至7，1是星期一。",
            "Rule {rule} names no weekday. Please write 1 to 7, where 1 is Monday."
        ),
        "weekday_without_week" => words!(
            "规则{rule}定了星期几，周期却不是周。请改周期为 week，或删去星期几。",
            "Rule {rule} names a weekday, but its period is not the week. Please change the period or leave the weekday out."
        ),
        "hour_without_weekday" => words!(
            "规则{rule}定了几点开始，却没有定星期几。请补上星期几，或删去钟点。",
            "Rule {rule} names an hour but no weekday. Please add the weekday or leave the hour out."
        ),
        _ => return None,
    })
}

fn middle(reason: &str) -> Option<Words> {
    Some(match reason {
        "never_plans" => words!(
            "规则{rule}不让会议定方案，事项永远办不了。请在可作的决定里加上 plan。",
            "Rule {rule} lets no meeting make a plan, so that nothing can be settled. Please allow plan."
        ),
        "route_never_taken" => words!(
            "规则{rule}不让会议决定上报，上报路线就用不上。请加上 report_up，或停用上报路线。",
            "Rule {rule} lets no meeting report up, so that the route is never taken. Please allow report_up, or switch the route off."
        ),
        "over_cap" => words!(
            "规则{rule}的期限{limit}长于它的上限{cap}。请缩短期限，或放宽上限。",
            "The limit {limit} of {rule} is longer than its cap {cap}. Please shorten it, or widen the cap."
        ),
        "warns_before_start" => words!(
            "规则{rule}提前{limit}提醒，而时限最短的只有{cap}：还没开始就要提醒了。请改短。",
            "{rule} warns {limit} ahead, but the shortest deadline is {cap}: it would warn before the start. Please make it shorter."
        ),
        "never_idle" => words!(
            "规则{rule}要停滞超过{limit}才提示，而时限最长的只有{cap}：永远用不上。请改短，或停用。",
            "{rule} speaks after {limit} without progress, but the longest deadline is {cap}: it never applies. Please make it shorter, or switch it off."
        ),
        "suspend_never_taken" => words!(
            "规则{rule}管挂账事项，而会议不能作出挂账（suspend）的决定：永远用不上。请补上这种决定，或停用规则。",
            "{rule} is about suspended cases, but no meeting may suspend one: it never applies. Please allow the decision, or switch the rule off."
        ),
        "quota_void" => words!(
            "规则{rule}要求{at_least}次，而按所选口径，同一对象（{target}）一天只算一次，最短的期间至多算{most}次：谁也做不到。请减少次数或改口径。",
            "{rule} asks for {at_least} visits, but by its reading one {target} counts once a day, {most} at most in the shortest period: nobody can keep it. Please ask for fewer, or read it otherwise."
        ),
        "chair_elsewhere" => words!(
            "规则{rule}定“{post}”主持，而{kind}没有这一职务：会议无人能主持。请改为该级有的职务。",
            "By {rule} the post “{post}” chairs, but no {kind} has it: nobody could chair. Please name a post of that tier."
        ),
        "cap_shrinks" => words!(
            "规则{rule}里，上级的最长期限比下级还短。请让上级不短于下级。",
            "In {rule} an upper tier has less time than a lower one. Please give it at least as much."
        ),
        "route_circles" => words!(
            "规则{rule}让事项上报到同一级，等于没有上报。请改为上一级。",
            "Rule {rule} reports cases to the tier they are on. Please name the tier above."
        ),
        "route_skips" => words!(
            "规则{rule}越级上报。请改为逐级上报：村到乡镇，乡镇和部门到县。",
            "Rule {rule} skips a tier. Please go step by step: village to town, town and department to county."
        ),
        "route_goes_down" => words!(
            "规则{rule}把事项往下报。请改为上一级。",
            "Rule {rule} reports cases downward. Please name the tier above."
        ),
        "route_ends_nowhere" => words!(
            "规则{rule}上报的去处不在上级。请改为逐级上报：村到乡镇，乡镇和部门到县。",
            "Rule {rule} reports to a unit that does not stand above. Please go from village to town, from town and department to county."
        ),
        _ => return None,
    })
}

fn closing(reason: &str) -> Option<Words> {
    Some(match reason {
        "digest_is_no_stage" => words!(
            "规则{rule}把月度汇总公示当成单个事项的公示环节。请只写 plan 和 result。",
            "Rule {rule} lists the digest among what is posted of each case. Please list plan and result only."
        ),
        "no_result" => words!(
            "规则{rule}不公示办理结果，群众无从知道、无从监督。请加上 result。",
            "Rule {rule} never posts the result, so that nobody could see what was done. Please add result."
        ),
        "no_day_of_every_month" => words!(
            "规则{rule}的日子不是每个月都有。请写1至28。",
            "Rule {rule} names a day that not every month has. Please write 1 to 28."
        ),
        "digest_under_a_month" => words!(
            "规则{rule}的汇总公示周期短于一个月，“次月几日”就说不通。请改为月、季度或年。",
            "Rule {rule} has a digest more often than monthly, and yet a day of the month after. Please use a month, quarter or year."
        ),
        "consent_to_what_is_never_shown" => words!(
            "规则{rule}对从不逐项公示的类别又要求征得同意。请只留一处。",
            "Rule {rule} asks for consent to what is never shown by item. Please keep the category in one list only."
        ),
        "more_outside_than_tries" => words!(
            "规则{rule}要求在办公时间外回访的次数多于总次数。请减少。",
            "Rule {rule} asks for more tries outside office hours than tries in all. Please ask for fewer."
        ),
        "office_closes_before_it_opens" => words!(
            "规则{rule}的下班时间不晚于上班时间。请改正。",
            "By {rule} the office closes no later than it opens. Please correct the hours."
        ),
        "no_share" => words!(
            "规则{rule}的比例达不到或没有意义。请写成小于整体的分数，如三分之二。",
            "Rule {rule} has a share that cannot be reached or means nothing. Please write a fraction such as two of three."
        ),
        "final_before_the_end" => words!(
            "规则{rule}里，“最终”一步后面还有别的步骤。请把“最终”放到最后。",
            "In {rule} a final rung stands before others. Please put it last."
        ),
        "no_final" => words!(
            "规则{rule}最后一步不是“最终”，群众一直不满意就没有结果。请把最后一步定为 final。",
            "In {rule} the last rung is not final, so that a case might never end. Please make it final."
        ),
        "not_on_this_rung" => words!(
            "规则{rule}里，这一项不适用于这一步。请删去。",
            "In {rule} this field means nothing on this rung. Please leave it out."
        ),
        "planned_after_redone" => words!(
            "规则{rule}里，重定方案的期限比重办完的期限还长。请缩短。",
            "In {rule} the new plan may come after the work is to be redone. Please shorten its limit."
        ),
        "calendar_year_empty" => words!(
            "日历称已知{year}年的放假安排，却一天也没有列。请补上国务院办公厅的放假调休通知，或缩小年份范围。",
            "The calendar calls {year} known but lists no day of it. Please add that year's holiday notice, or narrow the years."
        ),
        _ => return None,
    })
}

fn numbers(reason: &str) -> Option<Words> {
    Some(match reason {
        "zero" => words!(
            "规则{rule}里的这个数或期限是0，等于没有规定。请写大于0的数，或停用该规则。",
            "In {rule} this number or limit is 0 and asks for nothing. Please write more, or switch the rule off."
        ),
        "empty_list" => words!(
            "规则{rule}里的这个清单是空的。请至少写一项，或停用该规则。",
            "In {rule} this list is empty. Please give at least one entry, or switch the rule off."
        ),
        "over_hundred_percent" => words!(
            "规则{rule}里的百分比超过100。请改为0至100。",
            "In {rule} this percentage is over 100. Please write 0 to 100."
        ),
        "listed_twice" => words!(
            "规则{rule}里同一个词列了两次，其中一个可能写错了。请改正或删去。",
            "In {rule} a word is listed twice; one of the two was perhaps meant to be another. Please correct or remove it."
        ),
        _ => return None,
    })
}
