//! One document for each way in which rules contradict each other or cannot be kept.

use super::*;

#[test]
fn every_contradiction_is_found() {
    let quota = |who: &str, target: &str, reading: &str, n: u32| {
        format!(r#""subject":"{who}","target":"{target}","reading":"{reading}","period":"month","at_least":{n}"#)
    };
    let attempts = |tries: u32, outside: u32, limit: &str, to: &str| {
        format!(
            r#""tries":{tries},"outside_hours":{outside},"limit":"{limit}","office_from":"09:00","office_to":"{to}","reopen":"30d""#
        )
    };
    let first = r#""county_leader":"county","county":"county","department":"department","town":"town","village":"village""#;
    let tiers = r#""tiers":{"village":"detail","town":"comprehensive","department":"key","county":"key"}"#;
    let masked = |shown: &str, consent: &str| {
        format!(
            r#""at_least":5,"take_down":"1wd","shown":[{shown}],"consent":[{consent}],"counts_only":["stability"]"#
        )
    };
    let s = |text: &str| text.to_owned();
    let cases = [
        ("liaison.town", s(r#""subject":"town","target":"household","at_least":9,"at_most":3"#), "at_least", "least_over_most"),
        ("liaison.town", s(r#""subject":"town","target":"household","at_least":0"#), "at_least", "zero"),
        ("liaison.town", s(r#""subject":"town","target":"household","at_most":0"#), "at_most", "zero"),
        ("liaison.town", s(r#""subject":"town","target":"household""#), "at_least", "asks_nothing"),
        ("liaison.town", s(r#""subject":"town","target":"household","every":true"#), "every", "every_without_group"),
        ("liaison.town", s(r#""subject":"group","target":"household","at_least":1"#), "subject", "other_subject"),
        ("liaison.town", s(r#""subject":"town","target":"village","at_least":1"#), "target", "other_target"),
        ("liaison.town", s(r#""subject":"town","target":"household","at_least":1,"poverty":["city"]"#), "poverty", "poverty_without_village"),
        ("liaison.department", s(r#""subject":"department","target":"village","at_least":1,"poverty":[]"#), "poverty", "empty_list"),
        ("visit.town", quota("town", "household", "any_linked", 0), "at_least", "zero"),
        ("visit.town", quota("town", "household", "per_village", 1), "reading", "reading_of_another"),
        ("visit.department", quota("department", "village", "any_linked", 1), "reading", "reading_of_another"),
        ("visit.county_leader", quota("county_leader", "village", "every_linked", 1), "reading", "reading_of_another"),
        ("visit.town", quota("village", "household", "any_linked", 1), "subject", "other_subject"),
        ("visit.town", quota("town", "village", "any_linked", 1), "target", "other_target"),
        ("visit.late_entry", s(r#""limit":"5wd","refuse_after":"7d""#), "refuse_after", "late_not_before_refused"),
        ("register.card", s(r#""fields":[]"#), "fields", "empty_list"),
        ("register.card", s(r#""fields":["name","name"]"#), "fields/1", "listed_twice"),
        ("channel", s(r#""station":[],"roles":["station_duty"]"#), "station", "empty_list"),
        ("channel", s(r#""station":["station_call"],"roles":[]"#), "roles", "empty_list"),
        ("consolidate.grassroots", s(r#""period":"week","weekday":8,"from":"12:00""#), "weekday", "no_weekday"),
        ("consolidate.grassroots", s(r#""period":"month","weekday":5"#), "weekday", "weekday_without_week"),
        ("consolidate.grassroots", s(r#""period":"week","from":"12:00""#), "from", "hour_without_weekday"),
        ("consolidate.county_leader", s(r#""period":"month","by":[]"#), "by", "empty_list"),
        ("ledger.tier", format!(r#"{tiers},"first":{{{first},"group":"group","station":"village"}}"#), "first/group", "group_keeps_no_ledger"),
        ("meeting.item_by_item", s(r#""decisions":["report_up","suspend"]"#), "decisions", "never_plans"),
        ("meeting.item_by_item", s(r#""decisions":["plan","suspend"]"#), "decisions", "route_never_taken"),
        ("visit.county_leader", quota("county_leader", "village", "any_linked", 29), "at_least", "quota_void"),
        ("visit.department", quota("department", "village", "per_village", 29), "at_least", "quota_void"),
        ("visit.town", quota("town", "household", "every_linked", 29), "at_least", "quota_void"),
        ("meeting.chair", s(r#""village":"branch_secretary","town":"department_head","department":"department_head","county":"county_secretary""#), "town", "chair_elsewhere"),
        ("meeting.item_by_item", s(r#""decisions":["plan","report_up"]"#), "/settle.suspend/review", "suspend_never_taken"),
        ("settle.extension", s(r#""limit":"61d","times":1"#), "limit", "over_cap"),
        ("publish.objection", s(r#""window":"10d","answer":"11d","again":"10d""#), "answer", "over_cap"),
        ("close.redo", s(r#""rungs":[{"then":"reopen","plan_within":"5wd","redo_within":"61d"},{"then":"final"}]"#), "rungs/0/redo_within", "over_cap"),
        ("settle.overdue", s(r#""remind":"5wd","unexplained":"5wd""#), "remind", "warns_before_start"),
        ("flag.colour", s(r#""blue":"3wd","yellow_left":"7d","yellow_idle":"7d""#), "yellow_left", "warns_before_start"),
        ("flag.colour", s(r#""blue":"3wd","yellow_left":"2wd","yellow_idle":"61d""#), "yellow_idle", "never_idle"),
        ("plan.complete", s(r#""fields":[]"#), "fields", "empty_list"),
        ("plan.cap", s(r#""village":"0d","town":"60d","department":"60d","county":"60d""#), "village", "zero"),
        ("plan.cap", s(r#""village":"90d","town":"80d","department":"80d","county":"80d""#), "town", "cap_shrinks"),
        ("plan.cap", s(r#""village":"80d","town":"80d","department":"90d","county":"80d""#), "county", "cap_shrinks"),
        ("escalate.route", s(r#""village":"county","town":"county","department":"county""#), "village", "route_skips"),
        ("escalate.route", s(r#""village":"town","town":"town","department":"county""#), "town", "route_circles"),
        ("escalate.route", s(r#""village":"town","town":"village","department":"county""#), "town", "route_goes_down"),
        ("escalate.route", s(r#""village":"town","town":"county","department":"town""#), "department", "route_ends_nowhere"),
        ("escalate.return", s(r#""limit":"2wd","times":0"#), "times", "zero"),
        ("settle.extension", s(r#""limit":"30d","times":0"#), "times", "zero"),
        ("settle.extension", s(r#""limit":"0d","times":1"#), "limit", "zero"),
        ("settle.overdue", s(r#""remind":"0wd","unexplained":"5wd""#), "remind", "zero"),
        ("settle.overdue", s(r#""remind":"2wd","unexplained":"0h""#), "unexplained", "zero"),
        ("flag.colour", s(r#""blue":"0d","yellow_left":"2wd","yellow_idle":"7d""#), "blue", "zero"),
        ("publish.stages", s(r#""stages":["plan"]"#), "stages", "no_result"),
        ("publish.stages", s(r#""stages":["result","digest"]"#), "stages", "digest_is_no_stage"),
        ("publish.keep", s(r#""limit":"0d""#), "limit", "zero"),
        ("publish.digest", s(r#""period":"month","day":29"#), "day", "no_day_of_every_month"),
        ("publish.digest", s(r#""period":"month","day":0"#), "day", "no_day_of_every_month"),
        ("publish.digest", s(r#""period":"week","day":5"#), "period", "digest_under_a_month"),
        ("publish.masked", masked("", r#""hardship""#), "shown", "empty_list"),
        ("publish.masked", masked(r#""summary""#, r#""hardship","stability""#), "consent", "consent_to_what_is_never_shown"),
        ("publish.objection", s(r#""window":"0d","answer":"5d","again":"10d""#), "window", "zero"),
        ("close.satisfied", s(r#""accepts":[]"#), "accepts", "empty_list"),
        ("close.attempts", attempts(0, 0, "15d", "17:00"), "tries", "zero"),
        ("close.attempts", attempts(3, 4, "15d", "17:00"), "outside_hours", "more_outside_than_tries"),
        ("close.attempts", attempts(3, 1, "0d", "17:00"), "limit", "zero"),
        ("close.attempts", attempts(3, 1, "15d", "09:00"), "office_to", "office_closes_before_it_opens"),
        ("close.redo", s(r#""rungs":[]"#), "rungs", "empty_list"),
        ("close.redo", s(r#""rungs":[{"then":"reopen"}]"#), "rungs/0/then", "no_final"),
        ("close.redo", s(r#""rungs":[{"then":"final"},{"then":"final"}]"#), "rungs/0/then", "final_before_the_end"),
        ("close.redo", s(r#""rungs":[{"then":"tier_up","plan_within":"5wd"},{"then":"final"}]"#), "rungs/0/plan_within", "not_on_this_rung"),
        ("close.redo", s(r#""rungs":[{"then":"final","redo_within":"5wd"}]"#), "rungs/0/redo_within", "not_on_this_rung"),
        ("close.redo", s(r#""rungs":[{"then":"final","household_heard":true}]"#), "rungs/0/household_heard", "not_on_this_rung"),
        ("close.redo", s(r#""rungs":[{"then":"reopen","plan_within":"9d","redo_within":"5d"},{"then":"final"}]"#), "rungs/0/plan_within", "planned_after_redone"),
        ("close.public", s(r#""present":{"in":4,"of":3},"favour":{"in":1,"of":2}"#), "present", "no_share"),
        ("close.public", s(r#""present":{"in":2,"of":3},"favour":{"in":2,"of":2}"#), "favour", "no_share"),
        ("rate.solving", s(r#""at_least":0"#), "at_least", "zero"),
        ("sample.recheck", s(r#""percent":101,"at_least":3"#), "percent", "over_hundred_percent"),
        ("sample.recheck", s(r#""percent":0,"at_least":0"#), "at_least", "zero"),
        ("advice.diary", s(r#""similar_percent":101,"at_least_chars":3"#), "similar_percent", "over_hundred_percent"),
        ("advice.pace", s(r#""visits":0,"minutes":60"#), "visits", "zero"),
        ("advice.last_day", s(r#""at_least":0"#), "at_least", "zero"),
        ("advice.telephone", s(r#""at_least":0"#), "at_least", "zero"),
        ("advice.all_satisfied", s(r#""coverage_percent":0,"at_least":5"#), "coverage_percent", "zero"),
    ];
    for (id, params, field, reason) in cases {
        // A contradiction between two rules is told at the other one.
        let path = field.strip_prefix('/').map_or_else(|| format!("/rules/{id}/{field}"), |other| format!("/rules/{other}"));
        expect(&rule(id, &params), Code::PolicyContradiction, reason, &path);
    }
}
