//! The presets, the folding of documents, and a test for every way in which a policy is refused.

use super::*;
use crate::codes::Code;
use crate::finding::Param;
use crate::shape::{canonical, parse, Shape};
use crate::vocab::{Modality, UnitKind};

mod contradictions;

/// A county's policy over the handbook's, with these rules.
fn county(rules: &str) -> String {
    over("dayi-2014", rules)
}

fn over(parent: &str, rules: &str) -> String {
    format!(
        r#"{{"id":"c","version":"1","title":{{"zh":"县","en":"county"}},"effective_from":"2026-01-01","extends":"{parent}","rules":{{{rules}}}}}"#
    )
}

/// A rule that is assumed and binds, with these parameters.
fn rule(id: &str, params: &str) -> String {
    let comma = if params.is_empty() { "" } else { "," };
    format!(r#""{id}":{{"modality":"must","source":{{"kind":"assumed","grounding":"试"}}{comma}{params}}}"#)
}

fn check(rules: &str) -> Vec<Finding> {
    Policy::check(county(rules).as_bytes())
}

/// Code, reason and path of each finding.
fn brief(findings: &[Finding]) -> Vec<(Code, String, String)> {
    findings.iter().map(|finding| (finding.code, finding.reason().to_owned(), finding.path.clone())).collect()
}

fn expect(rules: &str, code: Code, reason: &str, path: &str) {
    let findings = check(rules);
    assert_eq!(brief(&findings), [(code, reason.to_owned(), path.to_owned())], "{rules}");
    let read = Policy::read(county(rules).as_bytes());
    assert_eq!(read.is_ok(), findings[0].severity != Severity::Error);
}

fn text_param(finding: &Finding, name: &str) -> String {
    match finding.param(name) {
        Some(Param::Text(text)) => text.clone(),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn presets_are_listed_and_read() {
    assert_eq!(Policy::PRESETS.len(), DOCUMENTS.len());
    for ((id, text), listed) in DOCUMENTS.iter().zip(Policy::PRESETS) {
        assert_eq!(id, listed);
        let policy = Policy::preset(id).unwrap();
        assert_eq!(policy.id.as_str(), *id);
        assert_eq!(policy.offset, UtcOffset::CHINA);
        assert_eq!(policy.calendar.id(), "cn");
        for finding in Policy::check(text.as_bytes()) {
            assert_eq!(finding.code, Code::PolicyOff, "{finding:?}");
        }
    }
    assert!(Policy::preset("dayi").is_none());
}

#[test]
fn dayi_has_every_rule_and_nothing_to_remark() {
    let dayi = Policy::preset("dayi-2014").unwrap();
    assert_eq!(RuleId::ALL.len(), 68);
    for id in RuleId::ALL {
        assert!(dayi.rules.is_on(*id), "{id}");
        assert_eq!(dayi.rules.ground(*id).unwrap().rule, *id);
    }
    assert_eq!(brief(&Policy::check(preset_text("dayi-2014").unwrap().as_bytes())), []);
    assert_eq!(dayi.effective_from.to_string(), "2013-11-01");
    assert_eq!(dayi.rules.header(RuleId::MeetingTown).unwrap().0, Modality::InPrinciple);
}

#[test]
fn the_handbook_alone_has_no_assumption_but_what_stands() {
    let text = Policy::preset("dayi-2014-text").unwrap();
    for id in RuleId::ALL {
        if let Some((_, source)) = text.rules.header(*id) {
            assert!(!source.is_assumed() || RuleId::STANDING.contains(id), "{id}");
        }
    }
    // Every rule of the full preset that claims the handbook stands in it, and the other way round.
    let dayi = Policy::preset("dayi-2014").unwrap();
    for id in RuleId::ALL {
        let claims = |policy: &Policy| matches!(policy.rules.header(*id), Some((_, Source::Text(_))));
        assert!(claims(&dayi) == claims(&text) || *id == RuleId::PublishStages, "{id}");
    }
}

#[test]
fn petition_has_the_regulations_clocks() {
    let policy = Policy::preset("petition-2022").unwrap();
    let rules = &policy.rules;
    assert_eq!(rules.register_within.as_ref().unwrap().limit, Limit::Days(15));
    assert_eq!(rules.escalate_return.as_ref().unwrap().limit, Limit::WorkingDays(5));
    for kind in [UnitKind::Group, UnitKind::Village, UnitKind::Town, UnitKind::Department, UnitKind::County] {
        assert_eq!(rules.plan_cap.as_ref().unwrap().for_kind(kind), Limit::Days(60));
    }
    let redo = rules.close_redo.as_ref().unwrap();
    assert_eq!(redo.rung(1).unwrap().redo_within, Some(Limit::Days(30)));
    assert_eq!(redo.rung(3).unwrap().then, RungKind::Final);
    assert_eq!(redo.rung(9).unwrap().then, RungKind::Final);
    assert_eq!(redo.rung(0), None);
    // It does not put the county's handbook forward as its ground.
    for id in RuleId::ALL {
        assert!(!matches!(rules.header(*id), Some((_, Source::Text(_)))), "{id}");
    }
    for id in RuleId::ALL.iter().filter(|id| id.word().starts_with("meeting") || id.word().starts_with("consolidate")) {
        assert!(!rules.is_on(*id));
    }
}

#[test]
fn a_document_read_again_is_the_same() {
    let labelled = r#"{"id":"c","version":"1","title":{"zh":"县","en":"county"},"effective_from":"2026-01-01",
        "extends":"dayi-2014","utc_offset":"+07:00","labels":{"state":{"planned":{"zh":"立项","en":"begun"}},
        "post":{"town_clerk":{"zh":"干事","en":"clerk"},"branch_secretary":{"zh":"书记","en":"secretary"}}},
        "calendar":{"id":"own","extends":"cn","to":2027,"workdays":{},"holidays":{"2027-01-01":"元旦"}},
        "rules":{"publish.keep":null}}"#;
    for text in DOCUMENTS.iter().map(|(_, text)| *text).chain([labelled]) {
        let policy = Policy::read(text.as_bytes()).unwrap();
        let again = Policy::read(policy.document().as_bytes()).unwrap();
        assert_eq!(policy.document(), again.document());
        assert_eq!(policy.calendar_document(), again.calendar_document());
        assert_eq!(policy.rules, again.rules);
        assert_eq!(policy.labels, again.labels);
        assert!(policy == again && policy.clone() == policy);
        let node = parse(policy.document().as_bytes(), usize::MAX).unwrap();
        assert_eq!(node.get("extends"), None);
        assert_eq!(node.canonical(), policy.document());
        assert_eq!(Policy::from_node(&node).unwrap(), policy);
        assert_eq!(
            brief(&Policy::check(text.as_bytes())),
            brief(&Policy::check(policy.document().as_bytes())),
            "what was switched off stays told"
        );
    }
}

#[test]
fn rules_are_given_one_by_one() {
    let dayi = Policy::preset("dayi-2014").unwrap();
    assert_eq!(
        dayi.rule_json(RuleId::VisitTown).unwrap(),
        r#"{"at_least":1,"modality":"must","period":"week","reading":"any_linked","source":{"article":"二(一)1","kind":"text"},"subject":"town","target":"household"}"#
    );
    assert_eq!(Policy::preset("petition-2022").unwrap().rule_json(RuleId::VisitTown), None);
}

#[test]
fn a_rule_replaces_its_parents_whole_and_null_switches_it_off() {
    let rules = [rule("close.redo", r#""rungs":[{"then":"final"}]"#), r#""close.repeat":null"#.into()].join(",");
    let policy = Policy::read(county(&rules).as_bytes()).unwrap();
    let redo = policy.rules.close_redo.as_ref().unwrap();
    assert_eq!((redo.rungs.len(), redo.source.words()), (1, "试"));
    assert!(redo.is_must());
    assert!(!policy.rules.is_on(RuleId::CloseRepeat));
    assert_eq!(policy.rules.ground(RuleId::CloseRepeat), None);
    // Nothing of the parent's rule fills a gap.
    let findings = check(&rule("visit.late_entry", r#""limit":"5d""#));
    assert_eq!(
        brief(&findings),
        [(Code::PolicyInvalid, "missing_field".into(), "/rules/visit.late_entry/refuse_after".into())]
    );
}

#[test]
fn a_grandchild_switches_on_again() {
    let rules = rule("meeting.late_entry", r#""limit":"3d""#);
    let policy = Policy::read(over("petition-2022", &rules).as_bytes()).unwrap();
    assert!(policy.rules.is_on(RuleId::MeetingLateEntry));
    assert!(!policy.document().contains(r#""meeting.late_entry":null"#));
    assert!(policy.document().contains(r#""meeting.village":null"#));
}

#[test]
fn unknown_names_come_with_the_nearest() {
    let findings = check(r#""visit.twon":null,"qqqqqqqqqqqq/~":null"#);
    assert_eq!(findings.len(), 2);
    assert_eq!((findings[0].code, findings[0].path.as_str()), (Code::PolicyUnknownRule, "/rules/visit.twon"));
    assert_eq!(text_param(&findings[0], "nearest"), "visit.town");
    assert_eq!(findings[1].path, "/rules/qqqqqqqqqqqq~1~0");
    assert_eq!(findings[1].param("nearest"), None);

    let quota = r#""subject":"town","target":"household","reading":"any_linked","period":"week","at_lest":1"#;
    let findings = check(&rule("visit.town", quota));
    assert_eq!(findings[0].path, "/rules/visit.town/at_lest");
    assert_eq!(text_param(&findings[0], "nearest"), "at_least");
    assert_eq!(findings[1].path, "/rules/visit.town/at_least");

    let findings = check(r#""settle.clock":{"modalty":"must","source":{"kind":"txt","article":"二"}}"#);
    assert_eq!(text_param(&findings[0], "nearest"), "modality");
    assert!(findings.iter().any(|f| f.path == "/rules/settle.clock/source/kind" && text_param(f, "nearest") == "text"));

    let mut text = county("");
    text.insert_str(1, r#""utc_ofset":"+08:00","#);
    assert_eq!(text_param(&Policy::check(text.as_bytes())[0], "nearest"), "utc_offset");
}

#[test]
fn every_rule_reads_strictly() {
    let dayi = Policy::preset("dayi-2014").unwrap();
    for id in RuleId::ALL {
        let json = dayi.rule_json(*id).unwrap();
        let more = json.replacen('{', r#"{"zzzzzzzzzz":1,"#, 1);
        let findings = check(&format!("\"{id}\":{more}"));
        assert_eq!(
            brief(&findings),
            [(Code::PolicyInvalid, "unknown_field".into(), format!("/rules/{id}/zzzzzzzzzz"))],
            "{id}"
        );
        let twice = json.replacen('{', r#"{"modality":"must","#, 1);
        assert!(check(&format!("\"{id}\":{twice}")).iter().any(|f| f.reason() == "duplicate_field"), "{id}");
        assert!(check(&format!("\"{id}\":[]")).iter().any(|f| f.reason() == "wrong_type"), "{id}");
        assert!(Policy::read(county(&format!("\"{id}\":{json}")).as_bytes()).is_ok(), "{id}");
    }
}

#[test]
fn the_frame_is_read_strictly() {
    let at = |text: &str| brief(&Policy::check(text.as_bytes()));
    assert_eq!(at("[]"), [(Code::PolicyInvalid, "wrong_type".into(), "".into())]);
    assert_eq!(at("{"), [(Code::InputInvalid, "truncated".into(), "".into())]);
    let missing = at(r#"{"rules":{}}"#);
    for field in ["id", "version", "title", "effective_from"] {
        assert!(missing.contains(&(Code::PolicyInvalid, "missing_field".into(), format!("/{field}"))), "{missing:?}");
    }
    let alone = r#"{"id":"c","version":" ","title":{"zh":"县","en":"c"},"effective_from":"2026-01-01","rules":[]}"#;
    assert_eq!(
        at(alone),
        [
            (Code::PolicyInvalid, "blank".into(), "/version".into()),
            (Code::PolicyInvalid, "missing_field".into(), "/utc_offset".into()),
            (Code::PolicyInvalid, "missing_field".into(), "/calendar".into()),
            (Code::PolicyInvalid, "wrong_type".into(), "/rules".into()),
        ]
    );
    expect(r#""settle.clock":{"modality":"must","source":{"kind":"law","article":" "}}"#, Code::PolicyInvalid, "blank", "/rules/settle.clock/source/article");
    let twice = [rule("close.repeat", r#""limit":"90d""#), r#""close.repeat":null"#.into()].join(",");
    expect(&twice, Code::PolicyInvalid, "duplicate_field", "/rules/close.repeat");
}

#[test]
fn extends_is_looked_up_and_never_in_a_circle() {
    let extends = |text: &str| {
        let findings = Policy::check(text.as_bytes());
        assert_eq!(findings[0].code, Code::PolicyExtends);
        (findings.len(), findings[0].reason().to_owned(), findings[0].param("nearest").cloned())
    };
    assert_eq!(extends(&over("dayi-2015", "")), (1, "unknown".into(), Some("dayi-2014".into())));
    assert_eq!(extends(&over("c", "")), (1, "cycle".into(), None));

    let middle = over("petition-2022", &rule("publish.keep", r#""limit":"20d""#)).replace("\"id\":\"c\"", "\"id\":\"m\"");
    let lookup = |id: &str| match id {
        "m" => Some(middle.clone()),
        "a" => Some(over("b", "").replace("\"id\":\"c\"", "\"id\":\"a\"")),
        "b" => Some(over("a", "").replace("\"id\":\"c\"", "\"id\":\"b\"")),
        "bad" => Some(over("dayi-2014", r#""nothing":null"#).replace("\"id\":\"c\"", "\"id\":\"bad\"")),
        "other" => Some(over("dayi-2014", "")),
        deep if deep.starts_with('d') && deep != "dayi-2014" => {
            Some(over(&format!("{deep}d"), "").replace("\"id\":\"c\"", &format!("\"id\":\"{deep}\"")))
        }
        _ => None,
    };
    let policy = Policy::read_with(over("m", "").as_bytes(), lookup).unwrap();
    assert_eq!(policy.rules.publish_keep.as_ref().unwrap().limit, Limit::Days(20));
    assert_eq!(policy.rules.close_redo.as_ref().unwrap().rungs.len(), 3);

    let check = |parent: &str| Policy::check_with(over(parent, "").as_bytes(), lookup);
    assert_eq!(brief(&check("a")), [(Code::PolicyExtends, "cycle".into(), "/extends".into())]);
    assert_eq!(check("d")[0].reason(), "too_deep");
    assert_eq!(check("other")[0].reason(), "other_id");
    let bad = check("bad");
    assert_eq!((bad[0].code, text_param(&bad[0], "document")), (Code::PolicyUnknownRule, "bad".into()));
}

#[test]
fn what_claims_to_be_the_handbooks_text_says_it() {
    let text = |id: &str, change: &dyn Fn(String) -> String| {
        let json = Policy::preset("dayi-2014").unwrap().rule_json(RuleId::from_word(id).unwrap()).unwrap();
        check(&format!("\"{id}\":{}", change(json)))
    };
    let two = text("visit.town", &|json| json.replace(r#""at_least":1"#, r#""at_least":2"#));
    assert_eq!(brief(&two), [(Code::PolicyText, "differs".into(), "/rules/visit.town/at_least".into())]);
    assert_eq!(text_param(&two[0], "expected"), "1");
    let reading = text("visit.town", &|json| json.replace("any_linked", "every_linked"));
    assert_eq!(brief(&reading), []);
    let strong = text("meeting.town", &|json| json.replace("in_principle", "must"));
    assert_eq!(brief(&strong), [(Code::PolicyText, "differs".into(), "/rules/meeting.town/modality".into())]);
    let period = text("meeting.town", &|json| json.replace("month", "quarter"));
    assert_eq!(brief(&period), [(Code::PolicyText, "differs".into(), "/rules/meeting.town/period".into())]);
    let role = text("meeting.chair", &|json| json.replace("town_secretary", "town_leader"));
    assert_eq!(brief(&role), [(Code::PolicyText, "differs".into(), "/rules/meeting.chair/town".into())]);
    let more = text("liaison.department", &|json| json.replace(r#""at_most":3,"#, ""));
    assert_eq!(brief(&more), [(Code::PolicyText, "differs".into(), "/rules/liaison.department/at_most".into())]);
    let order = text("plan.complete", &|json| {
        json.replace(r#"["measures","target","responsible","due"]"#, r#"["due","measures","target","responsible"]"#)
    });
    assert_eq!(brief(&order), []);
    let fewer = text("meeting.item_by_item", &|json| json.replace(r#","explain","redirect""#, ""));
    assert_eq!(brief(&fewer), []);

    // The handbook is silent here, so no rule can be its text.
    expect(
        r#""publish.keep":{"modality":"must","source":{"kind":"text","article":"二(四)"},"limit":"10d"}"#,
        Code::PolicyText,
        "silent",
        "/rules/publish.keep/source",
    );
    // The same number as the county's own choice is nobody's business.
    let own = rule("visit.town", r#""subject":"town","target":"household","reading":"any_linked","period":"week","at_least":2"#);
    assert_eq!(brief(&check(&own)), []);
}

#[test]
fn three_rules_stand() {
    let standing = |rules: &str, reason: &str, path: &str| expect(rules, Code::PolicyStanding, reason, path);
    for id in ["publish.masked", "close.satisfied", "authority"] {
        standing(&format!("\"{id}\":null"), "off", &format!("/rules/{id}"));
        let json = Policy::preset("dayi-2014").unwrap().rule_json(RuleId::from_word(id).unwrap()).unwrap();
        let weak = json.replace(r#""must""#, r#""in_principle""#);
        standing(&format!("\"{id}\":{weak}"), "not_must", &format!("/rules/{id}/modality"));
    }
    let masked = Policy::preset("dayi-2014").unwrap().rule_json(RuleId::PublishMasked).unwrap();
    for (from, to, reason, field) in [
        (r#""at_least":5"#, r#""at_least":4"#, "count_under_five", "at_least"),
        (r#""1wd""#, r#""2wd""#, "take_down_over_one_day", "take_down"),
        (r#""1wd""#, r#""25h""#, "take_down_over_one_day", "take_down"),
        (r#"["hardship"]"#, "[]", "hardship_without_consent", "consent"),
        (r#"["stability"]"#, "[]", "stability_by_item", "counts_only"),
        (r#""name","#, r#""telephone","#, "not_on_allow_list", "shown/7"),
    ] {
        let changed = masked.replace(from, to);
        assert_ne!(changed, masked, "{from}");
        let findings = check(&format!("\"publish.masked\":{changed}"));
        let path = findings[0].path.clone();
        assert_eq!((findings.len(), findings[0].code, findings[0].reason()), (1, Code::PolicyStanding, reason));
        assert!(path.starts_with("/rules/publish.masked/shown/") || path.ends_with(field), "{path}");
    }
    for stricter in [(r#""1wd""#, r#""12h""#), (r#""at_least":5"#, r#""at_least":10"#), (r#""name","#, "")] {
        assert_eq!(brief(&check(&format!("\"publish.masked\":{}", masked.replace(stricter.0, stricter.1)))), []);
    }
    standing(&rule("close.satisfied", r#""accepts":["satisfied","dissatisfied"]"#), "accepts_dissatisfied", "/rules/close.satisfied/accepts");
    let authority = Policy::preset("dayi-2014").unwrap().rule_json(RuleId::Authority).unwrap();
    let changed = authority.replace(r#"["department_head","staff"]"#, "[]");
    standing(&format!("\"authority\":{changed}"), "empty_office", "/rules/authority/office/department");
    let changed = authority.replace(r#""supervision":["supervision_member"]"#, r#""supervision":[]"#);
    standing(&format!("\"authority\":{changed}"), "nobody", "/rules/authority/supervision");

    // Without a parent an absent one is as good as off.
    let alone = r#"{"id":"c","version":"1","title":{"zh":"县","en":"c"},"effective_from":"2026-01-01",
        "utc_offset":"+08:00","calendar":"cn","rules":{}}"#;
    let findings = Policy::check(alone.as_bytes());
    assert_eq!(findings.iter().filter(|f| f.code == Code::PolicyStanding && f.reason() == "off").count(), 3);
}

#[test]
fn what_is_switched_off_is_told_with_what_hangs() {
    let findings = check(r#""publish.stages":null,"close.repeat":null"#);
    assert_eq!(
        brief(&findings),
        [
            (Code::PolicyOff, "hangs".into(), "/rules/publish.stages".into()),
            (Code::PolicyOff, "nothing_hangs".into(), "/rules/close.repeat".into()),
        ]
    );
    let Some(Param::List(hangs)) = findings[0].param("hangs") else { panic!() };
    assert_eq!(hangs, &["publish.within", "publish.keep", "publish.two_person", "publish.objection"]);
    assert!(findings.iter().all(|finding| finding.severity == Severity::Warning));
}

fn with_calendar(calendar: &str) -> String {
    county("").replacen('{', &format!(r#"{{"calendar":{calendar},"#), 1)
}

#[test]
fn a_calendar_of_its_own() {
    let text = with_calendar(
        r#"{"id":"own","extends":"cn","from":2004,"to":2027,"holidays":{"2027-01-01":"元旦","2014-03-03":"县庆"},"workdays":{"2014-10-01":"赶工"}}"#,
    );
    let policy = Policy::read(text.as_bytes()).unwrap();
    let day = |text| Date::parse(text).unwrap();
    assert_eq!((policy.calendar.id(), policy.calendar.known_years()), ("own", (2004, 2027)));
    assert!(!policy.calendar.is_working_day(day("2014-03-03")));
    assert!(policy.calendar.is_working_day(day("2014-10-01")), "its own days go before its parent's");
    assert!(!policy.calendar.is_working_day(day("2014-10-02")));
    // The calendar in force, read back as an inline one, is the same.
    let again = Policy::read(with_calendar(policy.calendar_document()).as_bytes()).unwrap();
    assert_eq!(again.calendar_document(), policy.calendar_document());
    assert_eq!(again.calendar, policy.calendar);

    let plain = r#"{"id":"plain","from":2026,"to":2026,"holidays":{"2026-01-01":""}}"#;
    let policy = Policy::read(with_calendar(plain).as_bytes()).unwrap();
    assert_eq!(policy.calendar_document(), r#"{"from":2026,"holidays":{"2026-01-01":""},"id":"plain","to":2026,"workdays":{}}"#);
    let at = Instant::parse("2025-12-31T20:00:00Z").unwrap();
    assert_eq!(policy.local_day(at), day("2026-01-01"));
    assert_eq!(policy.due(at, Limit::WorkingDays(1)).date, day("2026-01-02"));
}

#[test]
fn the_built_in_calendar_writes_itself() {
    let cn = parse(include_bytes!("../../calendars/cn.json"), usize::MAX).unwrap();
    assert_eq!(Policy::preset("dayi-2014").unwrap().calendar_document(), cn.canonical());
}

#[test]
fn calendars_that_cannot_be() {
    for (calendar, reason, path) in [
        (r#""cm""#, "unknown_word", "/calendar"),
        ("7", "wrong_type", "/calendar"),
        (r#"{"id":"x","to":2026}"#, "missing_field", "/calendar/from"),
        (r#"{"id":"x","from":2027,"to":2026}"#, "bad_years", "/calendar"),
        (r#"{"id":"x","from":4000000000,"to":2026}"#, "bad_years", "/calendar/from"),
        (r#"{"id":"x","extends":"cn","from":2020}"#, "years_short_of_parent", "/calendar"),
        (r#"{"id":"x","extends":"xx"}"#, "unknown_word", "/calendar/extends"),
        (r#"{"id":"x","from":2026,"to":2026,"holidays":{"2026-02-30":"x"}}"#, "no_such_day", "/calendar/holidays/2026-02-30"),
        (r#"{"id":"x","from":2026,"to":2026,"holidays":{"2026-01-01":1}}"#, "wrong_type", "/calendar/holidays/2026-01-01"),
        (r#"{"id":"x","from":2026,"to":2026,"holidays":{"2026-01-01":""},"workdays":{"2026-01-01":""}}"#, "duplicate_field", "/calendar/workdays/2026-01-01"),
        (r#"{"id":"x","from":2026,"to":2026,"holidays":{"2025-01-01":""}}"#, "outside_known_years", "/calendar"),
        (r#"{"id":"x","from":2026,"to":2026,"holidays":[]}"#, "wrong_type", "/calendar/holidays"),
        (r#"{"id":"x","from":2026,"to":2026,"holiday":{}}"#, "unknown_field", "/calendar/holiday"),
    ] {
        let findings = Policy::check(with_calendar(calendar).as_bytes());
        assert_eq!(brief(&findings), [(Code::PolicyInvalid, reason.into(), path.into())], "{calendar}");
    }
    let empty = Policy::check(with_calendar(r#"{"id":"x","extends":"cn","to":2027}"#).as_bytes());
    assert_eq!(brief(&empty), [(Code::PolicyContradiction, "calendar_year_empty".into(), "/calendar".into())]);
    assert_eq!(empty[0].severity, Severity::Warning);
}

#[test]
fn labels_rename_and_nothing_else() {
    let labels = |labels: &str| county("").replacen('{', &format!(r#"{{"labels":{labels},"#), 1);
    let text = labels(r#"{"unit":{"town":{"zh":"街道","en":"street"}},"ledger":{"detail":{"zh":"细账","en":"details"}}}"#);
    let policy = Policy::read(text.as_bytes()).unwrap();
    assert_eq!(policy.labels.get(LabelKind::Unit, "town").unwrap().zh.as_str(), "街道");
    assert_eq!(policy.labels.get(LabelKind::Ledger, "detail").unwrap().en.as_str(), "details");
    assert_eq!(policy.labels.get(LabelKind::Unit, "village"), None);

    // A child's label goes over its parent's, and the others stay.
    let child = Policy::read_with(
        labels(r#"{"unit":{"town":{"zh":"镇","en":"township"}}}"#).replace("dayi-2014", "parent").as_bytes(),
        |_| Some(text.replace("\"id\":\"c\"", "\"id\":\"parent\"")),
    );
    let child = child.unwrap();
    assert_eq!(child.labels.get(LabelKind::Unit, "town").unwrap().zh.as_str(), "镇");
    assert!(child.labels.get(LabelKind::Ledger, "detail").is_some());

    for (wrong, reason, path) in [
        ("[]", "wrong_type", "/labels"),
        (r#"{"units":{}}"#, "unknown_field", "/labels/units"),
        (r#"{"unit":[]}"#, "wrong_type", "/labels/unit"),
        (r#"{"unit":{"twon":{"zh":"a","en":"b"}}}"#, "unknown_field", "/labels/unit/twon"),
        (r#"{"unit":{"town":{"zh":"a"}}}"#, "missing_field", "/labels/unit/town/en"),
        (r#"{"unit":{"town":{"zh":" ","en":"b"}}}"#, "blank", "/labels/unit/town/zh"),
        (r#"{"unit":{"town":{"zh":"a","en":"b"},"town":{"zh":"a","en":"b"}}}"#, "duplicate_field", "/labels/unit/town"),
    ] {
        let findings = Policy::check(labels(wrong).as_bytes());
        assert_eq!(brief(&findings), [(Code::PolicyInvalid, reason.into(), path.into())], "{wrong}");
    }
}

#[test]
fn hostile_documents_are_bounded() {
    let many = |count: usize, entry: &dyn Fn(usize) -> String| (0..count).map(entry).collect::<Vec<_>>().join(",");
    let rules = check(&many(1_000_000, &|n| format!("\"visit.{n}\":null")));
    assert_eq!(brief(&rules), [(Code::PolicyInvalid, "too_long".into(), "/rules".into())]);
    let rules = check(&many(1_000, &|n| format!("\"visit.{n}\":null")));
    assert_eq!((rules.len(), rules[0].code), (1_000, Code::PolicyUnknownRule));
    let fields = check(&format!("\"settle.clock\":{{{}}}", many(1_000_000, &|n| format!("\"f{n}\":1"))));
    assert_eq!(brief(&fields), [(Code::PolicyInvalid, "too_long".into(), "/rules/settle.clock".into())]);
    let words = rule("register.card", &format!("\"fields\":[{}]", many(1_000_000, &|_| "\"nam\"".into())));
    assert_eq!(brief(&check(&words)), [(Code::PolicyInvalid, "too_long".into(), "/rules/register.card/fields".into())]);
    let wide = many(200, &|n| format!("\"f{n}\":{{{}}}", many(200, &|n| format!("\"g{n}\":0"))));
    assert!(check(&rule("close.public", &wide)).len() <= 1_001);
    let frame = format!("{{{}}}", many(1_000_000, &|n| format!("\"f{n}\":1")));
    assert_eq!(brief(&Policy::check(frame.as_bytes())), [(Code::PolicyInvalid, "too_long".into(), "".into())]);
    let title = county("").replace("\"zh\":", &format!("{},\"zh\":", many(1_000_000, &|n| format!("\"f{n}\":1"))));
    assert_eq!(Policy::check(title.as_bytes()).len(), 1);
    let days = with_calendar(&format!(
        r#"{{"id":"x","from":2026,"to":2026,"holidays":{{{}}}}}"#,
        many(1_000_000, &|n| format!("\"{n}\":\"\""))
    ));
    assert_eq!(Policy::check(days.as_bytes()).len(), 1);
    let days = with_calendar(&format!(
        r#"{{"id":"x","from":2026,"to":2026,"holidays":{{{}}}}}"#,
        many(100_000, &|n| format!("\"{n}\":\"\""))
    ));
    let findings = Policy::check(days.as_bytes());
    assert_eq!((findings.len(), findings[1_000].reason()), (1_001, "more"));
    let deep = county(&rule("close.public", &format!("\"present\":{}{}", "[".repeat(40), "]".repeat(40))));
    assert_eq!(Policy::check(deep.as_bytes())[0].reason(), "too_deep");
    let mut large = vec![b' '; (64 << 20) + 1];
    large[0] = b'{';
    assert_eq!(Policy::check(&large)[0].reason(), "too_large");
}

#[test]
fn values_of_their_own_kinds() {
    for (text, minute) in [("00:00", Some(0)), ("23:59", Some(1439)), ("24:00", None), ("12:60", None), ("+1:00", None), ("9:00", None)] {
        assert_eq!(ClockTime::parse(text).map(ClockTime::minute), minute, "{text}");
    }
    let half = Fraction { part: 1, of: 2 };
    assert!(half.reached(1, 2) && !half.exceeded(1, 2) && half.exceeded(2, 3));
    assert!(!Fraction { part: 2, of: 3 }.reached(u64::MAX / 2, u64::MAX));
    for source in [Source::Text("a".into()), Source::Law("b".into()), Source::Assumed("c".into())] {
        let json = canonical(&source);
        let mut cx = crate::shape::Reader::new();
        assert_eq!(Source::read(&parse(json.as_bytes(), 100).unwrap(), &mut cx), Some(source.clone()));
        let mut packed = Vec::new();
        source.pack(&mut packed);
        assert_eq!(Source::unpack(&mut packed.as_slice()), Some(source));
    }
}

#[test]
fn the_schema_is_json_and_knows_every_rule() {
    let mut schemas = Schemas::default();
    let root = Policy::schema(&mut schemas);
    let document = schemas.document("policy", &root);
    let node = parse(document.as_bytes(), usize::MAX).unwrap();
    let rules = node.pointer("/$defs/Policy/properties/rules/properties").unwrap();
    for id in RuleId::ALL {
        assert!(rules.get(id.word()).is_some(), "{id}");
    }
    let own = node.pointer("/$defs/Policy/properties/rules/properties/authority/properties").unwrap();
    assert!(own.get("modality").is_some() && own.get("source").is_some() && own.get("office").is_some());
}
