//! The views: for people in both languages, for machines byte for byte, and for whom they are.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)] // a test may fail by panicking

mod common;
use common::{Place, BOOK};
use std::process::{Command, Stdio};

#[test]
fn duties_for_people_and_machines() {
    let place = Place::new("duties");
    let call = format!("duties {BOOK} --from 2014-03-01 --to 2014-03-31 --as-of 2014-04-01 --rule 'meeting.*'");
    place.run(&call).ended(0).says("The village's meeting").says("met");
    place.run(&format!("{call} --lang zh")).ended(0).says("村支部扩大会").says("已完成");
    let rows = place.run(&format!("{call} --format json")).ended(0);
    assert!(rows.out.starts_with("[{\"count\":"), "{rows:#?}");
    let list = rows.json();
    let lines = place.run(&format!("{call} --format jsonl")).ended(0).out;
    assert_eq!(lines.lines().count(), list.as_array().unwrap().len());
    assert_eq!(format!("[{}]\n", lines.trim_end().replace('\n', ",")), rows.out, "cut, not written anew");
    let csv = place.run(&format!("{call} --format csv")).ended(0).out;
    assert!(csv.starts_with("\u{feff}rule,subject,object,period,due,state"), "{csv}");
    assert_eq!(csv.matches("\r\n").count(), lines.lines().count() + 1);
    place.run(&format!("{call} --state met --format csv")).ended(0).says("meeting.village,510129101201");
    place.run(&format!("{call} --state mett")).ended(2).complains("met");
    place.run(&format!("duties {BOOK} --from March --to 2014-03-31")).ended(2);
}

#[test]
fn the_same_from_commands_and_from_their_journal() {
    let place = Place::new("same");
    place.run(&format!("replay {BOOK} --journal j.jsonl")).ended(0);
    for view in [
        "duties --from 2014-01-01 --to 2014-12-31",
        "ledger --unit 510129101201 --viewer k1",
        "case a1 --viewer k1",
        "agenda k1",
        "publication --unit 510129101201 --period 2014-03",
        "rates --from 2014-01-01 --to 2014-12-31",
    ] {
        let from = |file: &str| {
            place.run(&format!("{view} --format json --policy dayi-2014 --roster roster.json {file}")).ended(0).out
        };
        let answer = from("commands.jsonl");
        assert_eq!(answer, from("j.jsonl"), "{view}");
        assert!(answer.len() > 10 && answer.ends_with('\n'), "{view}: {answer}");
    }
}

#[test]
fn whoever_looks_decides_what_is_seen() {
    let place = Place::new("viewer");
    let call = format!("ledger {BOOK} --unit 510129101201");
    let public = place.run(&call).ended(0).complains("what the public may see").says("张某");
    assert_eq!(public.errors.matches("public").count(), 1);
    assert!(!public.out.contains("张大山"), "{public:#?}");
    let full = place.run(&format!("{call} --viewer k1 --lang zh")).ended(0).says("张大山").says("明细账");
    assert!(!full.errors.contains("viewer"));
    place.run(&format!("{call} --viewer k1 --format csv")).ended(0).says("a1,livelihood,'=巷道积水,");
    place.run(&format!("ledger {BOOK} --unit 51012910120 --viewer k1")).ended(2).complains("unit.unknown");
    // An id and a file are told apart, whichever comes first.
    place.run(&format!("case a1 {BOOK} --viewer k1")).ended(0).says("What happened");
    place.run("case commands.jsonl --policy dayi-2014 --roster roster.json a1 --viewer k1").ended(0).says("=巷道积水");
    place.run(&format!("agenda k1 {BOOK} --at 2014-03-05")).ended(0).says("Village cadres' visits");
    place.run(&format!("agenda nobody {BOOK}")).ended(2);
}

#[test]
fn boards_and_rates() {
    let place = Place::new("boards");
    let board = format!("publication {BOOK} --unit 510129101201 --period 2014-03");
    place.run_with(&board, &[("LC_ALL", "zh_CN.UTF-8"), ("LANG", "en")], b"").ended(0).says("方案公示 2014-03-21 起").says("张某");
    place.run(&format!("{board} --format csv")).ended(0).says("p2,result,2014-03-26,村务公开栏,true,1,livelihood");
    place.run(&format!("publication {BOOK} --unit 510129101201 --period March")).ended(2);
    place.run(&format!("rates {BOOK} --from 2014-01-01 --to 2014-12-31 --unit 510129101201")).ended(0).says("fewer than 5");
    place.run(&format!("rates {BOOK} --from 2014-01-01 --to 2014-12-31 --format csv")).ended(0).says("coverage.in");
}

#[test]
fn as_of_leaves_later_commands_out() {
    let place = Place::new("asof");
    let case = |as_of: &str| {
        place.run(&format!("case a1 {BOOK} --viewer k1 --as-of {as_of} --format json")).ended(0).json()["case"]["state"].clone()
    };
    assert_eq!(case("2014-03-04"), "registered");
    assert_eq!(case("2014-03-04T09:00:00+08:00"), "noted");
    assert_eq!(case("2014-12-31"), "published");
}

#[test]
fn whoever_stops_reading_is_let_go() {
    let place = Place::new("pipe");
    let line = format!(
        "'{}' duties {BOOK} --from 2013-11-01 --to 2030-12-31 --format jsonl | head -1",
        env!("CARGO_BIN_EXE_wuzhang")
    );
    let mut shell = Command::new("bash");
    shell.current_dir(&place.0).args(["-c", &format!("set -o pipefail; {line}")]).stdin(Stdio::null());
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), 1);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("pipe"), "{output:?}");
}

#[test]
fn no_colour_off_a_terminal() {
    let place = Place::new("colour");
    let said = place.run(&format!("ledger {BOOK} --unit 510129101201 --viewer k1"));
    assert!(!said.out.contains('\u{1b}') && !said.errors.contains('\u{1b}'));
}
