//! How the words of the contract, and limits, read in a sentence.

use crate::calendar::Limit;
use crate::codes::Code;

use super::Words;

/// What a parameter's value says in Chinese and English: the display name of a vocabulary word
/// (a state, a post, a field), or a limit written out. `None` for ids, dates and free text, which
/// stand as they are.
pub fn spoken(code: Code, param: &str, value: &str) -> Option<(String, String)> {
    let (zh, en) = match param {
        // A policy's fields are named as its writer sees them.
        "field" if code == Code::PolicyText => None,
        "state" => state(value),
        "kind" | "parent_kind" => unit(value),
        "post" => post(value),
        "field" => field(value),
        "channel" => channel(value),
        "category" => category(value),
        "decision" => decision(value),
        "stage" => stage(value),
        "expected" => period(value),
        "do" => todo(value),
        "limit" => return Limit::parse(value).map(limit),
        _ => None,
    }?;
    Some((zh.to_owned(), en.to_owned()))
}

fn limit(limit: Limit) -> (String, String) {
    let plural = |n: u32| if n == 1 { "" } else { "s" };
    match limit {
        Limit::Days(n) => (format!("{n}天"), format!("{n} day{}", plural(n))),
        Limit::WorkingDays(n) => (format!("{n}个工作日"), format!("{n} working day{}", plural(n))),
        Limit::Hours(n) => (format!("{n}小时"), format!("{n} hour{}", plural(n))),
    }
}

fn state(word: &str) -> Option<Words> {
    Some(match word {
        "noted" => ("已记录", "noted"),
        "registered" => ("已登记", "registered"),
        "ledgered" => ("已入账待议", "on the ledger"),
        "reporting" => ("待上报", "to be reported up"),
        "planned" => ("已定方案、办理中", "planned"),
        "suspended" => ("长期挂账", "suspended"),
        "settled" => ("已销账待复核", "settled"),
        "accepted" => ("复核通过", "accepted"),
        "published" => ("结果已公示", "published"),
        "reopened" => ("重新打开", "reopened"),
        "closed" => ("已结账", "closed"),
        _ => return None,
    })
}

fn unit(word: &str) -> Option<Words> {
    Some(match word {
        "county" => ("县", "county"),
        "department" => ("县级部门", "county department"),
        "town" => ("乡镇（街道）", "town"),
        "village" => ("村（社区）", "village"),
        "group" => ("村民小组", "group"),
        _ => return None,
    })
}

fn post(word: &str) -> Option<Words> {
    Some(match word {
        "branch_secretary" => ("党支部书记", "village branch secretary"),
        "committee_member" => ("村（社区）“两委”干部", "member of the two village committees"),
        "supervision_member" => ("村监委会成员", "supervision committee member"),
        "council_member" => ("议事会成员", "council member"),
        "party_member_delegate" => ("党员代表", "Party members' delegate"),
        "villager_delegate" => ("村民代表", "villagers' delegate"),
        "party_delegate" => ("党代表", "Party congress delegate"),
        "people_delegate" => ("人大代表", "People's Congress delegate"),
        "cppcc_member" => ("政协委员", "CPPCC member"),
        "grid_worker" => ("社区网格管理员", "grid worker"),
        "station_duty" => ("民情收集站座班人员", "station duty"),
        "town_secretary" => ("党（工）委书记", "town secretary"),
        "town_leader" => ("乡镇（街道）领导班子成员", "member of the town's leading group"),
        "town_clerk" => ("乡镇（街道）办事员", "town clerk"),
        "mid_level" => ("中层干部", "mid-level cadre"),
        "department_head" => ("部门主要负责人", "department head"),
        "staff" => ("部门业务骨干", "department staff"),
        "county_secretary" => ("县委书记", "county secretary"),
        "county_leader" => ("县领导", "county leader"),
        "four_offices" => ("四大办", "four offices"),
        "visits_office" => ("县“走基层”办", "county visits office"),
        _ => return None,
    })
}

fn field(word: &str) -> Option<Words> {
    Some(match word {
        "name" => ("姓名", "name"),
        "address" => ("地址", "address"),
        "household_size" => ("家庭人口", "household size"),
        "income" => ("收入情况", "income"),
        "appeal" => ("诉求内容", "appeal"),
        "cause" => ("困难原因", "cause of the difficulty"),
        "measures" => ("解决措施", "measures"),
        "target" => ("目标任务", "target"),
        "responsible" => ("责任人", "responsible person"),
        "due" => ("完成时限", "deadline"),
        "result" => ("办理结果", "result"),
        "summary" => ("公示摘要", "summary"),
        "money/amount" => ("资金数额", "amount of money"),
        "money/source" => ("资金来源", "source of the money"),
        "money/receipt" => ("资金签收", "receipt for the money"),
        "goods/what" => ("物资品名", "what the goods are"),
        "goods/source" => ("物资来源", "source of the goods"),
        "goods/receipt" => ("物资签收", "receipt for the goods"),
        _ => return None,
    })
}

fn channel(word: &str) -> Option<Words> {
    Some(match word {
        "visit" => ("走访", "visit"),
        "contact_card" => ("连心卡来电", "contact-card call"),
        "station_call" => ("收集站来电", "station call"),
        "station_walk_in" => ("收集站来访", "station walk-in"),
        "cppcc_member" => ("政协委员", "CPPCC member"),
        "council_member" => ("议事会成员", "council member"),
        "grid_worker" => ("社区网格管理员", "grid worker"),
        "party_delegate" => ("党代表", "Party congress delegate"),
        "people_delegate" => ("人大代表", "People's Congress delegate"),
        _ => return None,
    })
}

fn category(word: &str) -> Option<Words> {
    Some(match word {
        "livelihood" => ("民生诉求", "livelihood"),
        "hardship" => ("困难群众", "hardship"),
        "stability" => ("稳定工作", "stability"),
        _ => return None,
    })
}

fn decision(word: &str) -> Option<Words> {
    Some(match word {
        "plan" => ("定方案", "plan"),
        "report_up" => ("上报", "report up"),
        "explain" => ("解释", "explain"),
        "redirect" => ("引导", "redirect"),
        "suspend" => ("挂账", "suspend"),
        _ => return None,
    })
}

fn stage(word: &str) -> Option<Words> {
    Some(match word {
        "plan" => ("方案", "plan"),
        "result" => ("结果", "result"),
        "digest" => ("汇总", "digest"),
        _ => return None,
    })
}

fn period(word: &str) -> Option<Words> {
    Some(match word {
        "year" => ("年", "year"),
        "quarter" => ("季度", "quarter"),
        "month" => ("月", "month"),
        "half_month" => ("半月", "half month"),
        "week" => ("周", "week"),
        _ => return None,
    })
}

fn todo(word: &str) -> Option<Words> {
    Some(match word {
        "record_visit" => ("记录走访", "record a visit"),
        "approve_late_visit" => ("批准补录", "approve a late visit"),
        "give_contact_card" => ("发连心卡", "give a contact card"),
        "note_need" => ("记录诉求", "note a need"),
        "solve_on_the_spot" => ("当场解决", "solve on the spot"),
        "register_card" => ("填登记卡", "register a card"),
        "consolidate" => ("汇总、梳理", "consolidate"),
        "hold_meeting" => ("开会议账", "hold a meeting"),
        "report_up" => ("上报", "report up"),
        "return_case" => ("退回", "return a case"),
        "log_progress" => ("记录进展", "log progress"),
        "request_extension" => ("申请延期", "request an extension"),
        "decide_extension" => ("审批延期", "decide an extension"),
        "settle" => ("销账", "settle"),
        "review_settlement" => ("复核", "review a settlement"),
        "publish" => ("公示", "publish"),
        "take_down" => ("撤下公示", "take down"),
        "object" => ("提出异议", "object"),
        "answer_objection" => ("答复异议", "answer an objection"),
        "ask_household" => ("回访", "ask the household"),
        "rate" => ("登记评价", "rate"),
        "replan" => ("重定方案", "replan"),
        "close" => ("结账", "close"),
        "reopen" => ("重新打开", "reopen"),
        "merge" => ("合并", "merge"),
        "withdraw" => ("撤回诉求", "withdraw"),
        "correct" => ("更正", "correct"),
        "consent" => ("登记公示意愿", "record consent"),
        "change_roster" => ("调整名册", "change the roster"),
        "adopt_policy" => ("采用规则文件", "adopt a policy"),
        _ => return None,
    })
}
