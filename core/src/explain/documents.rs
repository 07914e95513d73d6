//! The codes of documents: policies, rosters, journals, snapshots and requests.

use super::{tell, Explanation};
use crate::codes::Code;

/// The explanation of a code of this file.
pub(super) fn of_code(code: Code) -> Option<Explanation> {
    policy(code).or_else(|| roster(code)).or_else(|| scenario(code)).or_else(|| journal(code))
}

fn policy(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::InputInvalid => tell!(
            "内容读不出来", "The input cannot be read";
            "不是 UTF-8，不是完整的 JSON，嵌套太深或太大。", "It is not UTF-8, not whole JSON, nested too deep or too large.";
            "按提示的行、列改正，或另存为 UTF-8。", "Correct the line and column that are named, or save it in UTF-8.";
        ),
        Code::PolicyInvalid => tell!(
            "规则文件格式不对", "The policy has the wrong shape";
            "某一项缺少、多余、类型不对或值写错。", "A field is missing, unknown, of the wrong type or has a wrong value.";
            "按提示的位置改正。", "Correct the place that is named.";
        ),
        Code::PolicyUnknownRule => tell!(
            "没有这条规则", "No such rule";
            "规则编号写错，或本程序没有这条规则。", "The rule's id is mistyped, or there is no such rule.";
            "改正编号或删去。", "Correct the id or remove it.";
        ),
        Code::PolicyExtends => tell!(
            "继承关系有误", "What is extended cannot be had";
            "要继承的规则文件找不到、编号不符、层数太多，或互相继承。",
            "The policy to be extended is unknown, has another id, makes too long a chain, or a circle.";
            "核对编号，或提供该文件。", "Check the id, or provide the document.";
        ),
        Code::PolicyStanding => tell!(
            "必守的规则被停用或放宽", "A standing rule was weakened";
            "隐私保护、群众满意才结账、谁能办什么，这三条在每份规则文件里都必须有，不能放宽。",
            "What is masked, what closes as satisfied, and who may do what stand in every policy.";
            "恢复该规则；可以更严，不能更松。", "Restore it; it may be stricter, never weaker.";
        ),
        Code::PolicyText => tell!(
            "自称手册原文而不符", "Not the handbook's text";
            "规则的依据写为手册原文，但数字、周期或职务与手册不同，或手册没有这一条。",
            "A rule cites the handbook's text, but its numbers, periods or posts differ, or the handbook is silent.";
            "照手册改，或把依据改为推定并写明来由。", "Follow the handbook, or call the rule assumed and say why.";
        ),
        Code::PolicyOff => tell!(
            "规则停用", "A rule is off";
            "规则被停用，可能还有别的规则要靠它。这是提醒。", "A rule is switched off, and others may lean on it. This is a warning.";
            "确认是本意；相关的规则一并处理。", "Make sure that it is meant, and look after the rules that lean on it.";
        ),
        Code::PolicyContradiction => tell!(
            "规则自相矛盾或做不到", "A rule contradicts itself";
            "数字、期限、清单或步骤彼此不合，或谁也做不到。", "Numbers, limits, lists or rungs do not fit together, or nobody could keep them.";
            "按提示改正。", "Correct what is named.";
        ),
        Code::PolicyStart => tell!(
            "规则不能溯及既往", "A policy cannot reach back";
            "生效日期早于采用的当天。", "The policy's first day lies before the day on which it is adopted.";
            "把生效日期改为当天或以后。", "Let it start on that day or later.";
        ),
        _ => return None,
    })
}

fn roster(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::RosterInvalid => tell!(
            "名册格式不对", "The roster has the wrong shape";
            "某一项缺少、多余、类型不对或值写错，或文件读不出来。", "A field is missing, unknown, of the wrong type or wrong in value, or the file cannot be read.";
            "按提示的位置改正。", "Correct the place that is named.";
        ),
        Code::RosterLoop => tell!(
            "上下级绕成圈", "A loop of units";
            "几个单位互为上级。", "Some units stand above each other in a circle.";
            "改正其中一个单位的上级。", "Correct the unit above one of them.";
        ),
        Code::RosterOrphan => tell!(
            "归属不明", "Belongs nowhere";
            "单位没有上级，上级不在名册里，或单位在那些日子不存在。",
            "A unit has none above it, or one that is not in the roster, or not on those days.";
            "补上或改正所属单位和日期。", "Add or correct the unit and its days.";
        ),
        Code::RosterParentKind => tell!(
            "上级类别不对", "The wrong kind of unit above";
            "没有按县、部门或乡镇、村、组逐级归属，或农户没有归到村组。",
            "Units do not go by county, department or town, village and group, or a household is in neither village nor group.";
            "改正所属单位。", "Correct the unit above.";
        ),
        Code::RosterOverlap => tell!(
            "同一编号日期重叠", "Rows that overlap";
            "同一编号的两行在同一天都有效。", "Two rows of one id are valid on the same day.";
            "给前一行填截止日，或改起始日。", "End the earlier row, or move the first day.";
        ),
        Code::RosterUnknown => tell!(
            "引用了名册里没有的编号", "An id that names nothing";
            "所在单位、联系人、联系对象或休假人查不到，或类别不对。",
            "A unit, the subject or target of a liaison, or who is on leave is unknown or of the wrong kind.";
            "补上或改正编号。", "Add it, or correct the id.";
        ),
        Code::RosterValidity => tell!(
            "截止日早于起始日", "Ends before it begins";
            "一行的截止日写在起始日之前。", "A row's last day lies before its first.";
            "核对这两个日期。", "Check the two days.";
        ),
        Code::RosterRoot => tell!(
            "县不唯一", "One county";
            "名册里没有县，或同一天有两个县。", "The roster has no county, or two on one day.";
            "保证任何一天有且只有一个县。", "See to it that there is exactly one on every day.";
        ),
        Code::RosterRole => tell!(
            "规则所说的职务无人担任", "A role that nobody holds";
            "规则把一件事交给某些职务，而这一天全名册没有人担任其中任何一个。", "A rule gives something to certain posts, and on that day nobody in the whole roster holds any of them.";
            "补上任职，或在规则里改用有人担任的职务。", "Appoint somebody, or name posts in the rule that somebody holds.";
        ),
        Code::RosterPost => tell!(
            "职务与单位不符", "A post at the wrong kind of unit";
            "这一职务在这类单位没有意义，不起作用。", "The post means nothing at a unit of this kind and gives no role.";
            "核对所在单位或职务。", "Check the unit or the post.";
        ),
        _ => return None,
    })
}

fn scenario(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::ScenarioInvalid => tell!(
            "场景文件格式不对", "The scenario has the wrong shape";
            "某一项缺少、多余、类型不对或值写错，或几项互相抵触。", "A field is missing, unknown, of the wrong type or wrong in value, or fields exclude each other.";
            "按提示的位置改正。", "Correct the place that is named.";
        ),
        Code::ScenarioFile => tell!(
            "场景引用的文件取不到", "A file that the scenario names cannot be had";
            "文件名写错，或文件不在场景文件所在的目录下。", "The name is mistyped, or the file does not stand where the scenario looks for it.";
            "核对文件名。", "Check the name.";
        ),
        Code::ScenarioDiffers => tell!(
            "结果与场景不符", "It comes out otherwise";
            "按所给的规则办下来，结果与场景写的不一样：规则改了，或场景写错了。", "By the policy that is given the outcome is not the one that is written: the rules have changed, or the scenario is wrong.";
            "先看该依哪条规则，再改规则或改场景。", "See which rule decides, then correct the rules or the scenario.";
        ),
        Code::ScenarioUntested => tell!(
            "规则没有用例", "A rule is not tested";
            "没有一个用例照它办，或没有一个用例违反它。", "No case keeps it, or no case breaks it.";
            "补上用例。", "Add the case that is missing.";
        ),
        Code::ScenarioUnnoticed => tell!(
            "规则改了也没人发现", "A change that nothing notices";
            "规则在一处改动后，所有用例的结果都不变。", "With the policy changed in one place, every case comes out as before.";
            "补一个结果会因此不同的用例，或写明为何无妨。", "Add a case that comes out otherwise, or explain why it does not matter.";
        ),
        _ => return None,
    })
}

fn journal(code: Code) -> Option<Explanation> {
    Some(match code {
        Code::JournalHash => tell!(
            "流水记录被改动", "An event was changed";
            "按内容重算的校验值与记录不符。", "The hash computed from the event is not the one it carries.";
            "停止使用，用备份核对。", "Stop using the journal and compare it with a backup.";
        ),
        Code::JournalPrev => tell!(
            "流水接不上", "The chain is broken";
            "一条记录所引的前一条校验值与实际不符，可能有删改。", "An event does not name the hash of the one before it: something was taken out or changed.";
            "停止使用，用备份核对。", "Stop using the journal and compare it with a backup.";
        ),
        Code::JournalSeq => tell!(
            "流水序号不连续", "The numbers are out of order";
            "序号应从1起逐条加1。", "Numbers start at 1 and go up by one.";
            "用备份核对是否缺失或重复。", "Compare with a backup for what is missing or doubled.";
        ),
        Code::JournalLine => tell!(
            "不是流水记录", "A line that is no event";
            "某一行不是 JSON 对象，或缺少流水记录应有的内容。", "A line is no JSON object, or lacks what an event has.";
            "检查文件是否完整。", "Check that the file is whole.";
        ),
        Code::JournalHead => tell!(
            "流水末尾不符", "Another end than expected";
            "最后一条的校验值与另外保存的不同，末尾可能被截去。", "The last hash is not the one kept elsewhere: the end may have been cut off.";
            "找回完整的流水。", "Find the whole journal.";
        ),
        Code::JournalCount => tell!(
            "流水条数不符", "Another count than expected";
            "条数与另外保存的不同，末尾可能被截去。", "There are not as many events as was noted elsewhere: the end may have been cut off.";
            "找回完整的流水。", "Find the whole journal.";
        ),
        Code::JournalDiffers => tell!(
            "重放结果不同", "Lived again, it differs";
            "按同样的操作重新办理，得到的记录与流水不同。", "The same commands give other events than the journal has.";
            "核对规则文件、名册、日历和程序版本。", "Check that policy, roster, calendar and version are the same.";
        ),
        Code::SnapshotInvalid => tell!(
            "快照不能用", "The snapshot cannot be used";
            "快照损坏、版本不同，或不属于这本账。", "It is damaged, of another version, or of another book.";
            "从流水重建。", "Rebuild from the journal.";
        ),
        Code::RequestInvalid => tell!(
            "请求格式不对", "The request has the wrong shape";
            "请求里某一项缺少、多余、类型不对或值写错。", "A field of the request is missing, unknown, of the wrong type or wrong in value.";
            "按提示的位置改正。", "Correct the place that is named.";
        ),
        _ => return None,
    })
}
