//! Who may do what: every reason says who may.

use super::Words;
use crate::codes::Code;

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    if code != Code::Authority {
        return None;
    }
    office(reason).or_else(|| person(reason)).or_else(|| place(reason))
}

/// Where an office may.
fn office(reason: &str) -> Option<Words> {
    Some(match reason {
        "office" => (
            "{actor}不是该单位的办公人员，不能办理。请由该单位负责人或办公人员办理。",
            "{actor} does not belong to the unit's office. Please let its head or its office do this.",
        ),
        "office_above" => (
            "这一步由上一级单位的办公人员办理，{actor}不在上一级。请交上一级办理。",
            "This is for the office of the tier above, to which {actor} does not belong. Please leave it to them.",
        ),
        "oversight" => (
            "{actor}不是本单位或上级单位的办公人员，也不是村监委会成员，不能回访、登记评价、结账或重开。请由上述人员办理。",
            "{actor} belongs neither to the office of this unit or one above, nor to the supervision committee. Please let one of those do this.",
        ),
        "office_supervision_or_above" => (
            "复核由本单位办公人员、村监委会成员或上一级办公人员办理，{actor}不在其中。请由上述人员复核。",
            "A review is for the unit's office, the supervision committee or the office above; {actor} is none of these. Please ask one of them.",
        ),
        "holder_or_handed_up" => (
            "公示由本单位办公人员，或曾上报该事项的下级单位办公人员办理，{actor}不在其中。请由上述人员办理。",
            "Postings are for the unit's office, or that of a unit that handed the case up; {actor} is in neither. Please let one of them do it.",
        ),
        "county_or_own_rows" => (
            "名册由县“走基层”办或县委书记调整，各单位办公人员只能改本单位的农户、联系和休假，{actor}不能这样改。请交有权的人办理。",
            "The roster is changed by the visits office or the county secretary, and by an office for its own households, liaisons and leave; this is beyond {actor}. Please pass it on.",
        ),
        "visits_office_or_secretary" => (
            "规则文件由县“走基层”办或县委书记采用，{actor}不在其中。请交上述人员办理。",
            "A policy is adopted by the visits office or the county secretary; {actor} is neither. Please leave it to them.",
        ),
        "visits_office" => (
            "县领导走访的补录，由县“走基层”办公室批准。",
            "The late entry of a county leader's visit is approved by the county visits office.",
        ),
        "tiers_above" => (
            "补录走访由走访人员的上一级或上两级单位办公人员批准，{actor}不在其中。请交上级批准。",
            "A late visit is approved by the office one or two tiers above the visitors; {actor} is in neither. Please ask them.",
        ),
        "four_offices" => (
            "县领导收集的民情由“四大办”汇总、梳理，{actor}不在其中。请交“四大办”办理。",
            "What county leaders collect is consolidated by the four offices, to which {actor} does not belong. Please leave it to them.",
        ),
        "station" => (
            "收集站渠道的民情由民情收集站座班人员录入，{actor}不是座班人员。请交座班人员录入。",
            "What comes in through the station is entered by whoever is on duty there; {actor} is not. Please hand it over.",
        ),
        "head" => (
            "这一步由单位负责人办理，{actor}不是负责人。请由支部书记、党（工）委书记或部门主要负责人办理。",
            "This is for the head of the unit, which {actor} is not. Please let the secretary or the principal head do it.",
        ),
        "no_head" => (
            "{name}（{id}）当天没有负责人（{post}），须由负责人办的事无人可办。请在名册里补上任职。",
            "{name} ({id}) has no head ({post}) that day, so that nobody can do what is the head's. Please add the appointment.",
        ),
        "no_office" => (
            "{name}（{id}）当天没有办公人员，各项事务无人可办。请在名册里补上任职。",
            "{name} ({id}) has nobody in its office that day, so that nothing can be done there. Please add appointments.",
        ),
        _ => return None,
    })
}

/// Where certain people may.
fn person(reason: &str) -> Option<Words> {
    Some(match reason {
        "responsible" => (
            "这一步由责任人本人办理，{actor}不是本事项在任的责任人。请由责任人办理。",
            "This is for the responsible person, who {actor} is not, or is no longer in office. Please let that person do it.",
        ),
        "responsible_or_office" => (
            "办理进展由责任人或本单位办公人员记录，{actor}不在其中。请由上述人员记录。",
            "Progress is logged by the responsible person or the unit's office; {actor} is neither. Please let one of them do it.",
        ),
        "not_responsible" => (
            "{actor}是本事项的责任人，不能自己决定。请由其他有权的人办理。",
            "{actor} is responsible for this case and cannot decide on it. Please let somebody else who may do it.",
        ),
        "visitor_or_office" => (
            "走访由参加走访的干部本人，或其单位的办公人员录入，{actor}不在其中。请由走访人员录入。",
            "A visit is entered by a cadre who took part or by their office; {actor} is neither. Please let one of them enter it.",
        ),
        "helper_or_office" => (
            "连心卡由帮扶干部本人或该户所在单位的办公人员登记，{actor}不在其中。请由上述人员登记。",
            "A contact card is recorded by the helper or by the household's office; {actor} is neither. Please let one of them do it.",
        ),
        "collector_or_office" => (
            "这一步由收集人本人或本单位办公人员办理，{actor}不在其中。请由上述人员办理。",
            "This is for the collector or the unit's office; {actor} is neither. Please let one of them do it.",
        ),
        "no_appointment" => (
            "收集人现在没有可以建账的任职，{actor}不能这样录入。请核对收集人，或先在名册里补上任职。",
            "The collector holds no appointment whose unit keeps a ledger, so that {actor} cannot enter this. Please check the collector or the roster.",
        ),
        "enterer_or_office" => (
            "更正由原录入人或本单位办公人员办理，{actor}不在其中。请由上述人员更正。",
            "A record is corrected by whoever entered it or by the office; {actor} is neither. Please let one of them do it.",
        ),
        "head_not_own" => (
            "评价和会议决定由单位负责人更正，而且不能更正自己录入的，{actor}不符合。请由负责人办理。",
            "Ratings and decisions are corrected by the head of the unit, and never his own; {actor} may not. Please ask the head.",
        ),
        "unit_or_above" => (
            "这一步由本单位或上级单位的人代群众登记，{actor}不在其中。请由上述人员登记。",
            "The household's word is taken down by somebody of its unit or one above; {actor} is of neither. Please let one of them do it.",
        ),
        "second_person" => (
            "共同办理的第二人{actor?（|）}须是上一级单位的另一位办公人员。请改填合适的人。",
            "The second person{actor? (|)} has to be another one of the office of the tier above. Please name somebody suitable.",
        ),
        _ => return None,
    })
}

/// Where the place or the other case is not the actor's.
fn place(reason: &str) -> Option<Words> {
    Some(match reason {
        "own_area" => (
            "这户或这个村组不在该收集人所在单位的范围内，{actor}不能记入本单位台账。请交所属单位录入。",
            "This household or place lies outside the area of the collector's unit, so that {actor} cannot enter it there. Please pass it to its own unit.",
        ),
        "other_unit" => (
            "事项{case}在另一单位的台账上，不能并入。只能在同一单位内合并，请先核对。",
            "Case {case} stands on another unit's ledger. Only cases of one unit can be merged; please check.",
        ),
        "other_household" => (
            "事项{case}是另一户的，不能并入。只能并入同一户的事项或公共事项，请先核对。",
            "Case {case} is another household's. A case is merged into one of the same household or into a public matter; please check.",
        ),
        _ => return None,
    })
}
