//! Roster documents: whether their rows make one roster.

use super::Words;
use crate::codes::Code;

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    match code {
        Code::RosterOrphan => orphan(reason),
        Code::RosterParentKind => parent_kind(reason),
        Code::RosterOverlap => overlap(reason),
        Code::RosterUnknown => unknown(reason),
        Code::RosterRoot => root(reason),
        _ => None,
    }
}

fn orphan(reason: &str) -> Option<Words> {
    Some(match reason {
        "unknown" => (
            "{name}（{id}）的上级单位{parent}不在名册里。请补上该单位，或改正上级编号。",
            "The unit {parent} above {name} ({id}) is not in the roster. Please add it, or correct the id.",
        ),
        "missing" => (
            "{name}（{id}）没有写上级单位。除县以外，每个单位都要有上级，请补填。",
            "{name} ({id}) has no unit above it. Every unit but the county has one; please add it.",
        ),
        "not_valid" => (
            "{name}（{id}）在{on}仍有效，而上级单位{parent}这一天不存在。请核对两者的起止日期。",
            "{name} ({id}) is valid on {on}, when the unit {parent} above it is not there. Please check the days of both.",
        ),
        "cadre" => (
            "{name}（{id}）所在单位{unit}当天不存在。请改正其所在单位或任职日期。",
            "{name} ({id}) belongs to the unit {unit}, which is not there that day. Please correct the unit or the appointment.",
        ),
        "households" => (
            "单位{unit}当天不存在，却还有{count}户挂在名下：{households}。请把这些户改到现有的村组。",
            "The unit {unit} is not there that day, and yet {count} households belong to it: {households}. Please move them to a unit that is.",
        ),
        _ => return None,
    })
}

fn parent_kind(reason: &str) -> Option<Words> {
    Some(match reason {
        "unit" => (
            "{name}（{id}）是{kind}，上级{parent}却是{parent_kind}。应为组属村、村属乡镇、乡镇和部门属县，请改正。",
            "{name} ({id}) is a {kind}, but {parent} above it is a {parent_kind}. Groups belong to villages, villages to towns, towns and departments to the county; please correct it.",
        ),
        "county" => (
            "{name}（{id}）是{kind}，上面不再有单位，却写了上级{parent}。请删去上级。",
            "{name} ({id}) is the {kind} and has nothing above it, but names {parent}. Please leave that out.",
        ),
        "household" => (
            "农户{name}（{id}）挂在{parent}名下，而{parent}是{parent_kind}。农户只能属于村民小组或村，请改正。",
            "Household {name} ({id}) belongs to {parent}, which is a {parent_kind}. Households belong to groups or villages; please correct it.",
        ),
        _ => return None,
    })
}

fn overlap(reason: &str) -> Option<Words> {
    Some(match reason {
        "rows" => (
            "编号{id}有两行的有效日期重叠。请给前一行填上截止日，或给其中一行换编号。",
            "Two rows of the id {id} overlap in their validity. Please end the earlier one, or give one of them another id.",
        ),
        "liaison" => (
            "{id}对{target}的联系有两行日期重叠。请合并成一行，或改起止日期。",
            "Two rows link {id} to {target} on the same days. Please make them one, or correct the days.",
        ),
        _ => return None,
    })
}

fn unknown(reason: &str) -> Option<Words> {
    Some(match reason {
        "unit" => (
            "{id}所在的单位{unknown}不在名册里。请补上该单位，或改正编号。",
            "The unit {unknown} of {id} is not in the roster. Please add it, or correct the id.",
        ),
        "subject" => (
            "联系人{unknown}不在名册里。请填干部编号或部门编号。",
            "{unknown}, who is to be linked, is not in the roster. Please name a cadre or a department.",
        ),
        "target" => (
            "联系对象{unknown}不在名册里。请填户编号或村编号。",
            "{unknown}, the target of a liaison, is not in the roster. Please name a household or a village.",
        ),
        "not_department" => (
            "{unknown}是单位但不是县级部门，不能作为联系方。请填干部或县级部门。",
            "{unknown} is a unit but no county department and cannot be linked to others. Please name a cadre or a department.",
        ),
        "not_village" => (
            "{unknown}是单位但不是村（社区），不能作为联系对象。请填农户或村（社区）。",
            "{unknown} is a unit but no village and cannot be the target of a liaison. Please name a household or a village.",
        ),
        "cadre" => (
            "休假人{unknown}不在名册里。请补上此人，或改正编号。",
            "{unknown}, who is on leave, is not in the roster. Please add the person, or correct the id.",
        ),
        _ => return None,
    })
}

fn root(reason: &str) -> Option<Words> {
    Some(match reason {
        "none" => (
            "名册里没有县。请加上县这一级，其他单位都要归到它下面。",
            "The roster has no county. Please add it: all other units belong under it.",
        ),
        "several" => (
            "{on}这一天有两个县：{id}和{other}。一份名册只能有一个县，请改正起止日期或删去一个。",
            "There are two counties on {on}: {id} and {other}. A roster has one; please correct the days or remove one.",
        ),
        _ => return None,
    })
}
