//! 动态建账: liaisons, visits, contact cards, registration cards, channels, consolidation.

use super::Words;
use crate::codes::Code;

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    Some(match (code, reason) {
        (
            Code::LiaisonCountyLeader | Code::LiaisonDepartment | Code::LiaisonTown | Code::LiaisonVillage | Code::LiaisonGroup,
            reason,
        ) => return liaison(reason),
        (
            Code::ConsolidateCountyLeader | Code::ConsolidateDepartment | Code::ConsolidateGrassroots,
            reason,
        ) => return consolidation(reason),
        (Code::VisitLateEntry, "refused") => (
            "走访是{on}的，已超过最后补录期限（{limit}），不能再录入。请按实际情况在《民情日记本》上说明，不要改写日期。",
            "The visit was on {on}, and the last limit for entering it ({limit}) is over: it can no longer be entered. Please do not change the date; note the reason in the diary.",
        ),
        (Code::VisitLateEntry, "late") => (
            "走访是{on}的，超过了录入期限（{limit}），记为补录。须经上一级或上两级办公人员批准后才计入走访次数。",
            "The visit was on {on} and is entered after its limit ({limit}): it is a late entry and counts once someone one or two tiers above approves it.",
        ),
        (Code::VisitLateEntry, "own") => (
            "{actor}自己参加了这次走访，不能批准自己的补录。请由上级单位的其他人批准。",
            "{actor} took part in this visit and cannot approve its late entry. Please ask somebody else of a tier above.",
        ),
        (Code::ContactCard, "no_phone") => (
            "给{household}户的亲民爱民连心卡没有帮扶干部的联系电话。请填上电话，让群众有事能打得通。",
            "The contact card for household {household} has no telephone of its helper. Please fill it in, so that the household can call.",
        ),
        (Code::ContactCard, "none") => (
            "困难群众{household}户还没有亲民爱民连心卡。请尽快发卡，告知帮扶干部的联系电话。",
            "Household {household} is in difficulty and holds no contact card. Please give it one with its helper's telephone.",
        ),
        (Code::RegisterCard, "missing") => (
            "登记卡没有填“{field}”。一时不能解决的事项须填齐《民情一户一档信息登记卡》，请补填。",
            "The registration card lacks “{field}”. What cannot be solved now needs a complete card; please fill it in.",
        ),
        (Code::Station, "no_phone") => (
            "{name}（{id}）的民情收集站没有公示联系电话。请在名册里补上收集站电话并对外公示。",
            "The collection station of {name} ({id}) has no published telephone. Please add it to the roster and publish it.",
        ),
        (Code::Station, "no_duty") => (
            "{name}（{id}）的民情收集站当天没有人座班（{post}）。请安排村（社区）干部轮流座班。",
            "Nobody is on duty ({post}) that day at the collection station of {name} ({id}). Please put village cadres on the duty roster.",
        ),
        (Code::Channel, "station") => (
            "通过“{channel}”收集的民情由民情收集站录入。请交收集站座班人员录入。",
            "What comes in by “{channel}” is entered by the collection station. Please hand it to whoever is on duty there.",
        ),
        (Code::LedgerTier, "no_ledger") => (
            "这里没有对应的台账：村民小组不单独设账，收集人也须属于某个设账单位。请改由所在村、乡镇、部门或县办理。",
            "No ledger belongs to this: a group keeps none, and a collector needs a unit that does. Please go through the village, town, department or county.",
        ),
        _ => return None,
    })
}

fn liaison(reason: &str) -> Option<Words> {
    Some(match reason {
        "too_few" => (
            "{name}（{id}）现联系{count}个，不足规定的{required}个。请在名册里补上联系对象。",
            "{name} ({id}) is linked to {count}, fewer than the {required} required. Please add liaisons to the roster.",
        ),
        "too_many" => (
            "{name}（{id}）现联系{count}个，超过规定的{required}个。请把多出的改由他人联系。",
            "{name} ({id}) is linked to {count}, more than the {required} allowed. Please give the rest to somebody else.",
        ),
        "not_poor" => (
            "{name}（{id}）联系的{target}没有按规定级别定为贫困村（现共联系{count}个）。请改联系贫困村，或在名册里补填贫困村级别。",
            "{target}, to which {name} ({id}, {count} in all) is linked, is not designated poor at the rank asked for. Link a poor village instead, or add its rank.",
        ),
        "not_every" => (
            "{name}（{id}）应联系本组（{unit}）全部{required}户，现联系{count}户，还差：{missing}。请补上。",
            "{name} ({id}) is to be linked to all {required} households of group {unit} and has {count}; these are missing: {missing}. Please add them.",
        ),
        "nobody" => (
            "{name}（{id}）有{count}户没有在任干部联系：{missing}。请为每户安排联系干部。",
            "{count} households of {name} ({id}) have no cadre in office linked to them: {missing}. Please link each to one.",
        ),
        _ => return None,
    })
}

fn consolidation(reason: &str) -> Option<Words> {
    Some(match reason {
        "not_begun" => (
            "{period}这一期还没有开始，不能汇总。请等到该期再汇总、梳理。",
            "The period {period} has not begun and cannot be consolidated. Please wait until it has.",
        ),
        "wrong_period" => (
            "{period}与本单位的汇总周期不符，应按“{expected}”汇总。请改填期间。",
            "{period} is not the kind of period this unit consolidates by, which is the {expected}. Please name such a period.",
        ),
        "early" => (
            "{period}这一期的汇总时间还没到。这次照记，但不算完成本期汇总，到时请再汇总一次。",
            "It is before the time at which {period} is to be consolidated. This is recorded but does not meet the duty; please consolidate again then.",
        ),
        _ => return None,
    })
}
