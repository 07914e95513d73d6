//! The speed of what a pipeline calls: `check` of a whole county's roster, scenarios a second, and
//! the mutants of a policy. `cargo bench -p wuzhang-cli` prints the table.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use wuzhang::analyse::run::{prepare, Ready};
use wuzhang::analyse::scenario::Scenario;

const WUZHANG: &str = env!("CARGO_BIN_EXE_wuzhang");
const SCENARIOS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/scenarios/dayi-2014");

/// A county of so many households, 50 to a group, 10 groups to a village, every one with somebody
/// who is linked to it.
fn county(households: usize) -> String {
    let (mut units, mut cadres, mut rows, mut liaisons) = (String::new(), String::new(), String::new(), String::new());
    let _ = write!(units, r#"{{"id":"510129","kind":"county","name":"大邑县"}}"#);
    let _ = write!(cadres, r#"{{"id":"c1","name":"冯某","level":"county","unit":"510129","posts":["county_secretary","visits_office","four_offices"],"from":"2013-11-01","until":null}}"#);
    for number in 0..households {
        let (group, village, town) = (number / 50, number / 500, number / 10_000);
        if number.is_multiple_of(10_000) {
            let _ = write!(units, r#",{{"id":"t{town}","kind":"town","name":"{town}镇","parent":"510129"}}"#);
            let _ = write!(cadres, r#",{{"id":"t{town}-k","name":"吴某","unit":"t{town}","posts":["town_secretary"],"from":"2013-11-01","until":null}}"#);
        }
        if number.is_multiple_of(500) {
            let _ = write!(units, r#",{{"id":"v{village}","kind":"village","name":"{village}村","parent":"t{town}","station_phone":"028-00000000"}}"#);
            let _ = write!(cadres, r#",{{"id":"v{village}-k","name":"李某","level":"village","unit":"v{village}","posts":["branch_secretary","station_duty"],"from":"2013-11-01","until":null}}"#);
            let _ = write!(cadres, r#",{{"id":"v{village}-s","name":"赵某","unit":"v{village}","posts":["supervision_member","council_member","party_member_delegate","villager_delegate"],"from":"2013-11-01","until":null}}"#);
        }
        if number.is_multiple_of(50) {
            let _ = write!(units, r#",{{"id":"g{group}","kind":"group","name":"{group}组","parent":"v{village}"}}"#);
            let _ = write!(cadres, r#",{{"id":"g{group}-k","name":"刘某","level":"group","unit":"g{group}","posts":[],"from":"2013-11-01","until":null}}"#);
        }
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(rows, r#"{comma}{{"id":"h{number}","unit":"g{group}","name":"张大山","from":"2013-11-01","until":null}}"#);
        let _ = write!(liaisons, r#"{comma}{{"subject":"g{group}-k","target":"h{number}","from":"2013-11-01","until":null}}"#);
        if number % 500 < 50 {
            let _ = write!(liaisons, r#",{{"subject":"v{village}-k","target":"h{number}","from":"2013-11-01","until":null}}"#);
        }
    }
    format!("{{\"units\":[{units}],\n\"cadres\":[{cadres}],\n\"households\":[{rows}],\n\"liaisons\":[{liaisons}],\"leave\":[]}}\n")
}

fn timed(arguments: &[&str]) -> (Duration, i32) {
    let began = Instant::now();
    let ran = Command::new(WUZHANG).args(arguments).output();
    (began.elapsed(), ran.ok().and_then(|ran| ran.status.code()).unwrap_or(-1))
}

fn best(rounds: usize, arguments: &[&str]) -> (Duration, i32) {
    let mut best = (Duration::MAX, -1);
    for _ in 0..rounds {
        best = best.min(timed(arguments));
    }
    best
}

fn stories() -> Vec<Ready> {
    let mut all = Vec::new();
    let Ok(entries) = fs::read_dir(SCENARIOS) else { return all };
    for path in entries.flatten().map(|entry| entry.path()) {
        let Ok(scenario) = Scenario::parse(&fs::read(&path).unwrap_or_default()) else { continue };
        if let Ok(ready) = prepare(&scenario, &mut |name| fs::read(Path::new(SCENARIOS).join(name)).ok()) {
            all.extend(ready);
        }
    }
    all
}

fn main() {
    let work = std::env::temp_dir().join(format!("wuzhang-bench-{}", std::process::id()));
    if let Err(error) = fs::create_dir_all(&work) {
        eprintln!("{error}");
        return;
    }
    let roster = work.join("roster.json");
    let text = county(160_000);
    let _ = fs::write(&roster, &text);
    let roster = roster.to_string_lossy().into_owned();
    let (took, code) = best(3, &["check", &roster, "--policy", "dayi-2014", "--format", "json"]);
    println!("check of dayi-2014 with a roster of 160,000 households ({} MB)", text.len() >> 20);
    println!("  the whole call, exit {code}          {:>8.2} s   (under 1)", took.as_secs_f64());

    let ready = stories();
    let steps: usize = ready.iter().map(Ready::len).sum();
    let mut fastest = Duration::MAX;
    for _ in 0..5 {
        let began = Instant::now();
        for story in &ready {
            std::hint::black_box(story.run(None, &mut |_| {}));
        }
        fastest = fastest.min(began.elapsed());
    }
    println!("scenarios of dayi-2014: {} cases, {steps} steps", ready.len());
    println!("  one thread                       {:>8.0} steps a second   (at least 20,000)", steps as f64 / fastest.as_secs_f64());
    let (took, code) = timed(&["test", SCENARIOS, "--mutate", "--format", "json"]);
    println!("every mutant of dayi-2014");
    println!("  the whole call, exit {code}          {:>8.2} s   (under 60)", took.as_secs_f64());
    let _ = fs::remove_dir_all(&work);
}
