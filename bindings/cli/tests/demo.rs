//! The demo's output, and every example of the help on it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)] // a test may fail by panicking

mod common;
use common::{exists, Place};

#[test]
fn the_demo_is_written_and_every_example_runs_on_it() {
    let place = Place::new("demo");
    let said = place.run("demo --households 150").ended(0).says("Duties").says("head of the journal").says("invented");
    for name in ["policy.json", "roster.json", "commands.jsonl", "journal.jsonl", "ledgers/detail-livelihood.csv", "scenarios/first.json"] {
        assert!(exists(&place, &format!("wuzhang-demo/{name}")), "{name}");
    }
    assert!(place.read("wuzhang-demo/ledgers/key-livelihood.csv").starts_with("\u{feff}unit,case,topic"));
    // What it says to try next works as it stands.
    let next: Vec<&str> = said.out.lines().filter_map(|line| line.strip_prefix("  wuzhang ")).collect();
    assert_eq!(next.len(), 7, "{said:#?}");
    let (verify, views): (Vec<&str>, Vec<&str>) = next.into_iter().partition(|line| line.starts_with("verify"));
    assert_eq!(verify.len(), 1);
    place.run(verify[0]).ended(0);
    // The beginning of a journal is a journal; all of it, a dozen times over, is a long wait.
    let journal = place.read("wuzhang-demo/journal.jsonl");
    let beginning: String = journal.split_inclusive('\n').take(6000).collect();
    place.write("wuzhang-demo/journal.jsonl", beginning.as_bytes());
    for line in views {
        place.run(line).ended(0);
    }
    // So does the example of every call, in both languages.
    let calls = ["replay", "duties", "ledger", "case", "agenda", "publication", "rates", "check", "test", "verify", "explain", "schema"];
    for call in calls {
        let help = place.run(&format!("{call} --help")).ended(0);
        let zh = place.run(&format!("{call} --help --lang zh")).ended(0).says("用法").says("示例").out;
        let examples: Vec<&str> = help.out.lines().filter_map(|line| line.strip_prefix("  wuzhang ")).collect();
        assert_eq!(examples.len(), 1, "{help:#?}");
        for line in examples {
            assert!(zh.contains(line));
            place.run(line).ended(0);
        }
    }
    // What is not its own is left alone.
    place.write("mine.txt", b"mine");
    place.run("demo --households 150 --out .").ended(2).complains("left alone");
    place.run("demo --year 2000 --out x").ended(2);
}
