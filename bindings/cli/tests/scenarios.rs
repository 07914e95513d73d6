//! `test`: scenarios run from files, what they cover, and what would go unnoticed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)] // a test may fail by panicking

mod common;
use common::Place;

/// A visit that is entered too late, as somebody hopes that it is accepted.
const SCENARIO: &str = r#"{
 "given": {"policy": "dayi-2014", "roster": "roster.json"},
 "cases": [
  {"name": "在期限内", "steps": [
   {"when": {"at": "2014-03-10 09:00", "actor": "k1", "do": "record_visit", "visit": "v1", "cadres": ["k1"], "target": "h1", "on": "2014-03-03 09:00"},
    "then": {"duties": [{"rule": "visit.village", "subject": "k1", "period": "2014-W10", "state": "met"}]}}]},
  {"name": "过了三十天", "steps": [
   {"when": {"at": "2014-04-10 09:00", "actor": "k1", "do": "record_visit", "visit": "v1", "cadres": ["k1"], "target": "h1", "on": "2014-03-03 09:00"}}]}]}
"#;

#[test]
fn every_difference_is_told_where_it_is_written() {
    let place = Place::new("scenario");
    place.write("a.json", SCENARIO.as_bytes());
    let said = place.run("test a.json").ended(1);
    let said = said.says("error[scenario.differs]").says("--> a.json:8:13  /cases/1/steps/0/when").says("visit.late_entry");
    said.says("2 cases, 2 commands: 1 passed, 1 failed");
    place.run("test a.json --lang zh").ended(1).says("应当收下，却被退回");
    let right = SCENARIO.replace(r#""on": "2014-03-03 09:00"}}]}]}"#, r#""on": "2014-03-03 09:00"}, "then": {"refused_by": ["visit.late_entry"]}}]}]}"#);
    place.write("a.json", right.as_bytes());
    place.run("test a.json").ended(0).says("2 passed, 0 failed");
    // A county's own policy takes the place of the one that is given.
    place.run("test a.json --policy dayi-2014-text").ended(1).says("should be refused by visit.late_entry, but was accepted");
    place.run("test .").ended(0).says("1 file, 2 cases");
    let json = place.run("test a.json --coverage --format json").ended(0).json();
    assert_eq!((json["cases"].as_array().unwrap().len(), json["policies"][0]["policy"].as_str()), (3, Some("dayi-2014")));
    assert!(json["policies"][0]["coverage"]["exercised"].as_u64().unwrap() >= 2, "{json}");
}

#[test]
fn what_is_untested_is_a_warning_and_under_a_threshold_an_error() {
    let place = Place::new("coverage");
    let passing = SCENARIO.split(",\n  {\"name\": \"过了三十天\"").next().unwrap().to_owned() + "]}\n";
    place.write("a.json", passing.as_bytes());
    place.run("test a.json --coverage").ended(0).says("warning[scenario.untested]").says("by the handbook, 二(一)1");
    place.run("test a.json --coverage --fail-on warning").ended(1);
    place.run("test a.json --fail-under 1").ended(0);
    place.run("test a.json --fail-under 50").ended(1).says("error[scenario.untested]");
    place.run("test a.json --fail-under 101").ended(2);
    let json = place.run("test a.json --mutate --format json").ended(1).json();
    let mutants = &json["policies"][0]["mutants"];
    let survivors = mutants["survivors"].as_array().unwrap();
    assert_eq!(mutants["of"].as_u64().unwrap() as usize, survivors.len() + mutants["noticed"].as_array().unwrap().len());
    assert!(mutants["noticed"].as_array().unwrap().iter().any(|noticed| noticed["mutant"] == "visit.village/at_least=2"), "{json}");
    // Explained, they no longer fail; an explanation of what does not survive does.
    let explained = |mutants: &str| format!(r#"{{"survivors":[{{"mutants":[{mutants}],"zh":"示例","en":"an example"}}]}}"#);
    place.write("survivors.json", explained(r#""*""#).as_bytes());
    place.run("test . --mutate").ended(0).says("0 of them unexplained");
    place.write("survivors.json", explained(r#""*","visit.village/at_least=2""#).as_bytes());
    place.run("test . --mutate").ended(1).says("survivors.json:1:").says("no such mutant survives");
    place.write("survivors.json", br#"{"survivors":[{"mutants":["*"],"zh":" ","en":"x"}]}"#);
    place.run("test .").ended(3).says("scenario.invalid");
}

#[test]
fn what_cannot_be_read_ends_with_three() {
    let place = Place::new("scenario-bad");
    place.write("a.json", SCENARIO.replace("2014-03-10 09:00", "2014-02-30 09:00").as_bytes());
    place.run("test a.json").ended(3).says("a.json:5:20").says("2014-02-30");
    place.run("check a.json").ended(3).says("scenario.invalid");
    place.write("a.json", SCENARIO.replace("\"cases\"", "\"csaes\"").as_bytes());
    place.run("test a.json").ended(3);
    place.write("a.json", SCENARIO.replace("roster.json", "../nowhere/roster.json").as_bytes());
    place.run("test a.json").ended(3).says("scenario.file").says("a.json:2:");
    place.write("a.json", SCENARIO.replace("refused_by", "refused").as_bytes());
    place.run("test a.json").ended(1);
    place.write("a.json", b"{\"cases\":[");
    place.run("test a.json").ended(3).says("a.json:1:");
    place.run("test nowhere").ended(3);
    place.run("test roster.json").ended(3).complains("no scenario");
    std::fs::create_dir(place.0.join("empty")).unwrap();
    place.run("test empty").ended(3).complains("no scenario was found");
}

#[test]
fn a_thousand_findings_are_listed_and_the_rest_counted() {
    let place = Place::new("scenario-many");
    // On one line, so that every column is far out.
    let cases = |step: &str, count: usize| vec![format!(r#"{{"name":"例","steps":[{step}]}}"#); count].join(",");
    let step = r#"{"when":{"at":"2014-13-45 09:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03 09:00"}}"#;
    place.write("a.json", format!(r#"{{"cases":[{}]}}"#, cases(step, 30_000)).as_bytes());
    let json = place.run("check a.json --format json").ended(3).json();
    let found = json.as_array().unwrap();
    assert_eq!(found.len(), 1001);
    let last = found.last().unwrap();
    assert_eq!((last["params"]["reason"].as_str(), last["params"]["count"].as_u64()), (Some("more"), Some(29_000)));
    let text = place.read("a.json");
    let at = text.match_indices("\"2014-13-45 09:00\"").nth(999).unwrap().0;
    let column = text[..at].chars().count() as u64 + 1;
    assert_eq!((found[999]["line"].as_u64(), found[999]["column"].as_u64()), (Some(1), Some(column)));
    // What each case is given is wrong, and each in another way.
    let given: Vec<String> = (0..1_500)
        .map(|at| format!(r#"{{"name":"例{at}","given":{{"policy":"dayi-2014","roster":"no{at}.json"}},"steps":[{{}}]}}"#))
        .collect();
    let given = given.join(",").replace("[{}]", r#"[{"then":{"duties":[]}}]"#);
    place.write("b.json", format!(r#"{{"cases":[{given}]}}"#).as_bytes());
    let json = place.run("check b.json --format json").ended(3).json();
    let found = json.as_array().unwrap();
    assert_eq!(found.len(), 1001);
    let last = found.last().unwrap();
    assert_eq!((last["params"]["reason"].as_str(), last["params"]["count"].as_u64()), (Some("not_looked_at"), Some(500)));
    assert_eq!(last["path"], "/cases/1000");
}
