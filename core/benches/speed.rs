//! The speed and memory of the engine, as ratios within one run: machines differ, ratios less so.
//!
//! `cargo bench -p wuzhang` prints the table. Each figure is the best of several rounds.

use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

mod county;

use county::{best, ratio, roster, visits};
use wuzhang::calendar::{Date, Instant};
use wuzhang::duty::Filter;
use wuzhang::ids::{CaseId, PersonId, UnitId};
use wuzhang::{Book, Case, Chaining, Command, Engine, Policy, Roster};

/// Counts the bytes that are held, so that memory is measured and not guessed.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is handed to the system's allocator unchanged; only a counter is added.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HELD.fetch_add(layout.size(), Ordering::Relaxed);
        System.alloc(layout)
    }
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        System.dealloc(ptr, layout);
    }
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new: usize) -> *mut u8 {
        HELD.fetch_add(new, Ordering::Relaxed);
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        System.realloc(ptr, layout, new)
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What the parse alone is measured with: a flat typed struct that owns its text, as a portal
/// would declare it.
#[derive(serde::Deserialize)]
#[allow(dead_code)] // parsed to be measured
struct Flat {
    id: String,
    at: String,
    actor: String,
    #[serde(rename = "do")]
    todo: String,
    visit: String,
    cadres: Vec<String>,
    target: String,
    on: String,
    in_person: Option<bool>,
    diary: Option<String>,
}

/// Needs that were noted, registered, consolidated and planned, in every village the same number.
fn cases(villages: usize, per_village: usize) -> String {
    let mut out = String::new();
    let day = |text: &str| Instant::parse(text).unwrap();
    for v in 0..villages {
        for n in 0..per_village {
            writeln!(out, r#"{{"id":"n{v}-{n}","at":"{}","actor":"k{v}-0","do":"note_need","case":"a{v}-{n}","household":"h{v}-{}","channel":"visit","category":"livelihood","topic":"水渠","text":"渠道不通"}}"#, day("2014-03-03T09:00:00+08:00"), n % 30).unwrap();
        }
    }
    for v in 0..villages {
        for n in 0..per_village {
            writeln!(out, r#"{{"id":"r{v}-{n}","at":"{}","actor":"k{v}-0","do":"register_card","case":"a{v}-{n}","card":{{"name":"张某","address":"1组","household_size":3,"income":12000,"appeal":"通渠","cause":"淤塞"}}}}"#, day("2014-03-04T09:00:00+08:00")).unwrap();
        }
    }
    for v in 0..villages {
        writeln!(out, r#"{{"id":"w{v}","at":"{}","actor":"k{v}-0","do":"consolidate","unit":"v{v}","period":"2014-W10"}}"#, day("2014-03-07T15:00:00+08:00")).unwrap();
    }
    for v in 0..villages {
        let decisions: Vec<String> = (0..per_village)
            .map(|n| format!(r#"{{"case":"a{v}-{n}","decision":"plan","measures":"清淤","target":"通水","responsible":"k{v}-1","due":"2014-03-27"}}"#))
            .collect();
        writeln!(out, r#"{{"id":"m{v}","at":"{}","actor":"k{v}-0","do":"hold_meeting","meeting":"m{v}","unit":"v{v}","held_on":"2014-03-20","chair":"k{v}-0","notified":[],"attended":["k{v}-1"],"decisions":[{}]}}"#, day("2014-03-20T15:00:00+08:00"), decisions.join(",")).unwrap();
    }
    out
}

fn policy() -> Policy {
    Policy::preset("dayi-2014").unwrap()
}

fn lines_in_outcomes_out() {
    let roster = Roster::read(roster(100).as_bytes()).unwrap();
    let text = visits(100_000, 100);
    let parse = best(7, || text.lines().map(|line| serde_json::from_str::<Flat>(line).unwrap().id.len()).sum::<usize>());
    let hashed = {
        let mut book = Book::new(policy(), roster.clone());
        book.feed_lines(text.as_bytes()).unwrap();
        let journal = book.journal();
        best(5, || journal.lines().map(|line| wuzhang::chain::sm3(line.as_bytes())[0] as usize).sum::<usize>())
    };
    let through = |chaining: Chaining| {
        best(7, || {
            let mut book = Book::with_chaining(policy(), roster.clone(), chaining);
            let mut out = String::with_capacity(text.len() * 3);
            book.apply_lines(text.as_bytes(), &mut out).unwrap();
            out.len()
        })
    };
    let (off, on) = (through(Chaining::Off), through(Chaining::On));
    println!("lines in, outcomes out: 100,000 visits");
    println!("  serde_json into a flat struct      {:>8.0} ns a line", parse.as_nanos() as f64 / 1e5);
    println!("  apply_lines, chain off             {:>8.0} ns a line   {:>5.2} x the parse   (at most 2.5)", off.as_nanos() as f64 / 1e5, ratio(off, parse));
    println!("  apply_lines, chain on              {:>8.0} ns a line   {:>5.2} x the parse   (at most 7)", on.as_nanos() as f64 / 1e5, ratio(on, parse));
    println!("  the hashing of the events alone    {:>8.0} ns a line   {:>5.2} x the parse", hashed.as_nanos() as f64 / 1e5, ratio(hashed, parse));
}

/// The states of a case and nothing else, to compare with.
#[derive(Clone, Copy, PartialEq)]
enum Bare {
    Noted,
    Registered,
    Ledgered,
    Planned,
    Settled,
    Accepted,
    Published,
    Closed,
}

#[inline(never)]
fn bare(state: Bare, step: u8) -> Option<Bare> {
    match (state, step) {
        (Bare::Noted, 0) => Some(Bare::Registered),
        (Bare::Registered, 1) => Some(Bare::Ledgered),
        (Bare::Ledgered, 2) => Some(Bare::Planned),
        (Bare::Planned, 3) => Some(Bare::Settled),
        (Bare::Settled, 4) => Some(Bare::Accepted),
        (Bare::Accepted, 5) => Some(Bare::Published),
        (Bare::Published, 6) => Some(Bare::Closed),
        (Bare::Closed, 7) => Some(Bare::Noted),
        _ => None,
    }
}

fn command(json: &str) -> Command {
    Command::read(json.as_bytes()).unwrap()
}

fn stateless() {
    let engine = Engine::new(policy(), Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap());
    let steps = [
        r#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k2","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"路","text":"路不通"}"#,
        r#"{"id":"c2","at":"2014-03-04T09:00:00+08:00","actor":"k2","do":"register_card","case":"a1","card":{"name":"张大山","address":"3组","household_size":3,"income":12000,"appeal":"修路","cause":"山洪"}}"#,
        r#"{"id":"c3","at":"2014-03-07T15:00:00+08:00","actor":"k2","do":"consolidate","unit":"510129101201","period":"2014-W10"}"#,
        r#"{"id":"c4","at":"2014-03-20T15:00:00+08:00","actor":"k2","do":"hold_meeting","meeting":"m1","unit":"510129101201","held_on":"2014-03-20","chair":"k1","notified":["s1","d1","d2","d3"],"attended":["k2"],"decisions":[{"case":"a1","decision":"plan","measures":"修路","target":"通车","responsible":"k2","due":"2014-03-27"}]}"#,
        r#"{"id":"c5","at":"2014-03-24T15:00:00+08:00","actor":"k2","do":"settle","case":"a1","result":"路已修通"}"#,
    ]
    .map(command);
    let mut case: Option<Case> = None;
    let mut planned = None;
    for step in &steps {
        let applied = engine.apply(case, step);
        assert!(applied.findings.is_empty(), "{:?}", applied.findings);
        case = applied.case;
        if matches!(case.as_ref().map(|case| case.state.word()), Some("planned")) {
            planned = case.clone();
        }
    }
    let planned = planned.unwrap();
    const TURNS: usize = 200_000;
    let log = command(r#"{"id":"c9","at":"2014-03-24T15:00:00+08:00","actor":"k2","do":"log_progress","case":"a1","text":"已开工"}"#);
    let mut warm: Vec<Case> = Vec::new();
    let accepted = best(7, || {
        let mut case = planned.clone();
        for turn in 0..TURNS {
            // A fresh copy now and then, so that the trail stays that of a real case.
            if turn % 64 == 0 {
                case = planned.clone();
            }
            case = engine.apply(Some(case), &log).case.unwrap();
        }
        warm.push(case);
    });
    let wrong = command(r#"{"id":"c9","at":"2014-03-24T15:00:00+08:00","actor":"k1","do":"settle","case":"a1","result":"路已修通"}"#);
    let rejected = best(7, || {
        let mut case = planned.clone();
        for _ in 0..TURNS {
            case = engine.apply(Some(case), &wrong).case.unwrap();
        }
        case
    });
    let by_hand = best(7, || {
        let mut state = Bare::Noted;
        for turn in 0..TURNS * 8 {
            state = bare(black_box(state), black_box((turn % 8) as u8)).unwrap_or(Bare::Noted);
        }
        state
    });
    let person = PersonId::new("k2").unwrap();
    let at = Instant::parse("2014-03-25T10:00:00+08:00").unwrap();
    let actions = best(7, || (0..1000).map(|_| engine.actions(&planned, &person, at).len()).sum::<usize>());
    let per = |time: Duration, count: usize| time.as_nanos() as f64 / count as f64;
    println!("\nstateless, typed, the case in memory");
    println!("  a hand-written match               {:>8.1} ns   {:>6.1} million a second", per(by_hand, TURNS * 8), 1e3 / per(by_hand, TURNS * 8));
    println!("  Engine::apply, accepted            {:>8.0} ns   {:>6.2} million a second   {:>5.1} x the match   (at most 13)", per(accepted, TURNS), 1e3 / per(accepted, TURNS), per(accepted, TURNS) / per(by_hand, TURNS * 8));
    println!("  Engine::apply, rejected            {:>8.0} ns   {:>6.2} million a second", per(rejected, TURNS), 1e3 / per(rejected, TURNS));
    println!("  Engine::actions                    {:>8.2} us   (under 5)", per(actions, 1000) / 1e3);
}

fn a_million_visits() {
    let roster = Roster::read(roster(500).as_bytes()).unwrap();
    println!("\nduty rows from JSONL");
    for count in [250_000usize, 1_000_000] {
        let text = visits(count, 500);
        let parse = best(3, || text.lines().map(|line| serde_json::from_str::<Flat>(line).unwrap().id.len()).sum::<usize>());
        let (from, to) = (Date::parse("2014-01-01").unwrap(), Date::parse("2014-12-31").unwrap());
        let as_of = Instant::parse("2015-01-31T00:00:00+08:00").unwrap();
        let filter = Filter { rule: Some("visit.*".into()), ..Filter::default() };
        let mut rows = 0;
        let whole = best(3, || {
            let mut book = Book::with_chaining(policy(), roster.clone(), Chaining::Off);
            book.feed_lines(text.as_bytes()).unwrap();
            rows = book.duties(from, to, as_of, &filter).len();
        });
        let mut book = Book::with_chaining(policy(), roster.clone(), Chaining::Off);
        book.feed_lines("".as_bytes()).unwrap();
        let before = HELD.load(Ordering::Relaxed);
        let (accepted, rejected) = book.feed_lines(text.as_bytes()).unwrap();
        assert_eq!(rejected, 0, "the visits of the bench are all accepted");
        let held = HELD.load(Ordering::Relaxed) - before;
        let duties = best(3, || book.duties(from, to, as_of, &filter).len());
        println!("  {count:>9} visits, {rows} rows: {:>5.2} x the parse   (at most 1.5)   the rows alone {:>4.2} x;   {:>4} bytes a visit held   (under 200)", ratio(whole, parse), ratio(duties, parse), held / accepted as usize);
    }
}

fn views_by_size() {
    println!("\nviews: the same village in counties of growing size");
    let unit = UnitId::new("v0").unwrap();
    let person = PersonId::new("k0-1").unwrap();
    let case = CaseId::new("a0-0").unwrap();
    let at = Instant::parse("2014-03-25T10:00:00+08:00").unwrap();
    let mut first: Option<[f64; 3]> = None;
    for villages in [10usize, 100, 1000] {
        // Nobody is notified here: only the village's own meeting rules would ask for it.
        let lean = Policy::read(br#"{"id":"bench","version":"1","title":{"zh":"x","en":"x"},"effective_from":"2013-11-01","extends":"dayi-2014","rules":{"meeting.notify":null}}"#).unwrap();
        let mut book = Book::with_chaining(lean, Roster::read(roster(villages).as_bytes()).unwrap(), Chaining::Off);
        let (accepted, rejected) = book.feed_lines(cases(villages, 20).as_bytes()).unwrap();
        assert!(accepted > 0 && rejected == 0, "{rejected} of the bench's commands were rejected");
        let viewer = wuzhang::book::Viewer::Person(PersonId::new("k0-0").unwrap());
        let time = |run: &mut dyn FnMut() -> usize| best(5, || (0..50).map(|_| run()).sum::<usize>()).as_secs_f64() / 50.0 * 1e6;
        let figures = [
            time(&mut || book.agenda(&person, at, &viewer).unwrap().rows.len()),
            time(&mut || book.case_view(&case, at, &viewer).unwrap().duties.len()),
            time(&mut || match book.ledger(&unit, None, at, &viewer).unwrap() {
                wuzhang::book::LedgerView::Full(ledger) => ledger.rows.len(),
                wuzhang::book::LedgerView::Public(ledger) => ledger.rows.len(),
            }),
        ];
        let base = *first.get_or_insert(figures);
        println!(
            "  {:>5} villages, {:>6} cases: agenda {:>7.1} us ({:.2} x), case {:>6.1} us ({:.2} x), ledger {:>7.1} us ({:.2} x)",
            villages, villages * 20, figures[0], figures[0] / base[0], figures[1], figures[1] / base[1], figures[2], figures[2] / base[2]
        );
    }
}

fn main() {
    // `cargo bench` and `cargo test --benches` both run this; only the former wants the figures.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    // A single part by its first letters, for whoever profiles it.
    let only = std::env::args().nth(1).filter(|arg| !arg.starts_with('-')).unwrap_or_default();
    let parts: [(&str, fn()); 4] =
        [("lines", lines_in_outcomes_out), ("stateless", stateless), ("duties", a_million_visits), ("views", views_by_size)];
    for (name, part) in parts {
        if name.starts_with(&only) {
            part();
        }
    }
}
