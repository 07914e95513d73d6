//! `check`, `explain` and `schema`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)] // a test may fail by panicking

mod common;
use common::{Place, COMMANDS};

const POLICY: &str = r#"{"id":"x-2026","version":"1","title":{"zh":"某县","en":"X"},
 "effective_from":"2026-01-01","extends":"dayi-2014",
 "rules":{"publish.within":{"modality":"must","source":{"kind":"assumed","grounding":"县里的规定"},"limit":"3wd"},
  "close.repat":null}}
"#;

#[test]
fn what_is_well_is_said_to_be_well() {
    let place = Place::new("well");
    place.run("check commands.jsonl").ended(0).says("all well");
    place.run("check roster.json").ended(0).says("all well");
    place.run(&format!("replay {} --journal j.jsonl", common::BOOK)).ended(0);
    place.run("check j.jsonl commands.jsonl roster.json --lang zh").ended(0).says("没有问题");
    assert_eq!(place.run("check roster.json --format json").ended(0).out, "[]\n");
    assert_eq!(place.run("check roster.json --format jsonl").ended(0).out, "");
}

#[test]
fn a_mistake_is_shown_where_it_stands() {
    let place = Place::new("where");
    place.write("policy.json", POLICY.as_bytes());
    place
        .run("check policy.json")
        .ended(1)
        .says("--> policy.json:4:3  /rules/close.repat")
        .says(" 4 |   \"close.repat\":null}}")
        .says("^^^^^^^^^^^^^")
        .says("close.repeat")
        .says("1 file looked through: 1 error, 0 warnings");
    let json = place.run("check policy.json --format json").ended(1).json();
    assert_eq!((json[0]["line"].as_u64(), json[0]["column"].as_u64()), (Some(4), Some(3)), "{json}");
    place.run("check policy.json --format github").ended(1).says("::error file=policy.json,line=4,col=3,endColumn=16,title=");
    let sarif = place.run("check policy.json roster.json --format sarif").ended(1).json();
    let place_of = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place_of["region"]["startLine"], 4, "{sarif}");
    assert_eq!(sarif["version"], "2.1.0");
    place
        .run("check policy.json roster.json --format junit")
        .ended(1)
        .says("<testsuites name=\"wuzhang check\" tests=\"2\" failures=\"1\" errors=\"0\">")
        .says("<testcase classname=\"roster.json\" name=\"check\"/>");
    place.write("policy.json", POLICY.replace("\"version\"", "\"vesrion\"").as_bytes());
    place.run("check policy.json").ended(1).says("“version”");
}

#[test]
fn command_files_are_looked_through_line_by_line() {
    let place = Place::new("commands");
    let wrong = COMMANDS.replace("\"household\":\"h1\"", "\"hosehold\":\"h1\"");
    place.write("c.jsonl", wrong.as_bytes());
    place.run("check c.jsonl").ended(1).says("--> c.jsonl:2:").says("household");
    let line = wrong.lines().nth(1).unwrap();
    let column = line[..line.find("\"hosehold\"").unwrap()].chars().count() + 1;
    let json = place.run("check c.jsonl --format jsonl").ended(1).json();
    assert_eq!((json["line"].as_u64(), json["column"].as_u64()), (Some(2), Some(column as u64)));
    place.write("c.jsonl", format!("{COMMANDS}oops\n").as_bytes());
    place.run("check c.jsonl").ended(3).says("c.jsonl:12:");
    let twice = COMMANDS.replacen("\"actor\":\"k1\"", "\"actor\":\"k1\",\"actor\":\"k2\"", 1);
    place.write("c.jsonl", twice.as_bytes());
    place.run("check c.jsonl").ended(1).says("given twice");
}

#[test]
fn rosters_are_held_against_a_policy_when_one_is_named() {
    let place = Place::new("roster");
    let said = place.run("check roster.json --policy dayi-2014").ended(1);
    assert!(said.out.contains("liaison.village"), "{said:#?}");
    place.run("check commands.jsonl --roster roster.json --policy dayi-2014 --on 2014-03-01").ended(1).says("liaison.town");
    place.write("r.json", wuzhang::doc::ROSTER.replace("\"parent\":\"510129101\"", "\"parent\":\"510129109\"").as_bytes());
    place.run("check r.json").ended(1).says("r.json:5:");
}

#[test]
fn what_cannot_be_read_is_no_finding_but_an_end() {
    let place = Place::new("unreadable");
    place.write("bad.json", b"{\"units\":[\n  {\"id\": }]}");
    place.run("check bad.json").ended(3).says("bad.json:2:");
    place.write("bad.json", b"{\"units\":[");
    place.run("check bad.json").ended(3);
    place.write("bad.json", b"{\"units\":\"\xff\"}");
    place.run("check bad.json").ended(3);
    place.write("bad.json", format!("{}{}", "[".repeat(50_000), "]".repeat(50_000)).as_bytes());
    place.run("check bad.json").ended(3);
    place.write("bad.json", b"{\"a\":1}");
    place.run("check bad.json").ended(3).complains("neither a policy");
    place.run("check none.json").ended(3);
    place.run("check").ended(2);
}

#[test]
fn explanations_and_schemas() {
    let place = Place::new("explain");
    place.run("explain close.asker").ended(0).says("What to do").says("In dayi-2014");
    place.run("explain close.asker --lang zh").ended(0).says("他人回访");
    place.run("explain visit.town").ended(0).says("handbook");
    assert_eq!(place.run("explain plan.cap --format json").ended(0).json()["number"], 306);
    place.run("explain close.askr").ended(2).complains("close.asker");
    let schema = place.run("schema command").ended(0).json();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    place.run("schema comand").ended(2).complains("command");
}
