//! Random and mutated commands are thrown at a book; after each, what must always hold is checked.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::Value;
use wuzhang::book::Viewer;
use wuzhang::calendar::{Date, Instant, Period, UtcOffset};
use wuzhang::duty::{DutyState, Filter};
use wuzhang::ids::{CaseId, UnitId};
use wuzhang::json::JsonBook;
use wuzhang::{verify, Book, Check, Policy, Roster, Verdict};

fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors")
}

fn roster() -> Roster {
    Roster::read(&fs::read(vectors().join("rosters/county.json")).unwrap()).unwrap()
}

fn policy() -> Policy {
    Policy::preset("dayi-2014").unwrap()
}

/// Every command of the shared vectors: a language of real sentences to be mutated.
fn corpus() -> Vec<Value> {
    let mut all = Vec::new();
    let mut folders = vec![vectors()];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "json") {
                let vector: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
                all.extend(vector["commands"].as_array().into_iter().flatten().filter(|c| c.is_object()).cloned());
            }
        }
    }
    assert!(all.len() > 500, "the vectors have only {} commands", all.len());
    all
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.roll(from.len())]
    }
}

const PEOPLE: &[&str] = &["k1", "k2", "k3", "g1", "s1", "d1", "q1", "q2", "t1", "t2", "t3", "u1", "m1", "c1", "c2", "c3", "c4", "l1", "nobody"];
const ODD: &[&str] = &["", "\u{0}", "䢺😀", "2014-02-30", "2014-W53", "null", "../..", "=1+1", "𠮷"];

/// One command of the corpus under a new id and time, and often with something changed.
fn command(dice: &mut Dice, corpus: &[Value], turn: usize, at: Instant) -> String {
    let mut command = dice.pick(corpus).clone();
    let object = command.as_object_mut().unwrap();
    if dice.roll(20) > 0 {
        object.insert("id".into(), Value::String(format!("x{turn}")));
    }
    object.insert("at".into(), Value::String(at.to_string()));
    if dice.roll(3) == 0 {
        object.insert("actor".into(), Value::String((*dice.pick(PEOPLE)).into()));
    }
    for field in ["case", "meeting", "posting", "visit"] {
        if object.get(field).is_some_and(Value::is_string) && dice.roll(2) == 0 {
            object.insert(field.into(), Value::String(format!("{}{}", field.chars().next().unwrap(), dice.roll(12))));
        }
    }
    if dice.roll(6) == 0 {
        let keys: Vec<String> = object.keys().filter(|key| *key != "id").cloned().collect();
        let key = dice.pick(&keys).clone();
        match dice.roll(6) {
            0 => {
                object.remove(&key);
            }
            1 => {
                object.insert(key, Value::Null);
            }
            2 => {
                object.insert(key, Value::from(dice.roll(1 << 20) as u64));
            }
            3 => {
                object.insert(key, Value::String((*dice.pick(ODD)).into()));
            }
            4 => {
                let other = dice.pick(&keys).clone();
                let value = object.get(&other).cloned().unwrap_or(Value::Null);
                object.insert(key, value);
            }
            _ => {
                object.insert(format!("{key}x"), Value::Bool(true));
            }
        }
    }
    let mut line = command.to_string();
    if dice.roll(40) == 0 {
        let mut cut = dice.roll(line.len());
        while !line.is_char_boundary(cut) {
            cut -= 1;
        }
        line.truncate(cut);
    }
    line
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_book_keeps_its_word_whatever_is_thrown_at_it(seed in any::<u64>()) {
        let corpus = corpus();
        let mut dice = Dice(seed);
        let mut book = Book::new(policy(), roster());
        let mut at = Instant::parse("2014-03-03T08:00:00+08:00").unwrap();
        let mut sent: Vec<(String, String)> = Vec::new();
        for turn in 0..400 {
            let step = dice.roll(30 * 60);
            let line = command(&mut dice, &corpus, turn, at);
            let before = (book.len(), book.head(), book.cases().len(), book.visits(), book.last_at());
            let snapshot = (dice.roll(16) == 0).then(|| book.snapshot());
            match book.apply_line(line.as_bytes()) {
                Ok(outcome) => {
                    let value: Value = serde_json::from_str(&outcome).unwrap();
                    let accepted = value["status"] == "accepted";
                    let errors = value["findings"].as_array().unwrap().iter().any(|finding| finding["severity"] == "error");
                    prop_assert_eq!(accepted, !errors, "an outcome is accepted exactly when nothing refuses: {}", outcome);
                    prop_assert_eq!(accepted, !value["events"].as_array().unwrap().is_empty());
                    if accepted {
                        if !sent.iter().any(|(earlier, _)| *earlier == line) {
                            sent.push((line, outcome));
                        }
                        at = Instant::from_local(at.local_day(UtcOffset::CHINA), at.local_minute(UtcOffset::CHINA), UtcOffset::CHINA).plus_hours((step / 60) as i64);
                    } else {
                        prop_assert_eq!(&before, &(book.len(), book.head(), book.cases().len(), book.visits(), book.last_at()));
                        if let Some(snapshot) = snapshot {
                            prop_assert!(snapshot == book.snapshot(), "a rejected command changed the book");
                        }
                    }
                }
                Err(error) => {
                    prop_assert_eq!(error.line, 1);
                    prop_assert_eq!(&before, &(book.len(), book.head(), book.cases().len(), book.visits(), book.last_at()));
                }
            }
        }
        // Sent again, every accepted command is answered with the same bytes and changes nothing.
        let count = book.len();
        for (line, outcome) in &sent {
            prop_assert_eq!(&book.apply_line(line.as_bytes()).unwrap(), outcome);
        }
        prop_assert_eq!(book.len(), count);
        // The journal is a sound chain, and gives the same book again, bit for bit.
        let journal = book.journal();
        let sound = matches!(verify(journal.as_bytes(), &Check { head: (count > 0).then(|| book.head()), count: Some(book.events()) }), Verdict::Sound { .. });
        prop_assert!(sound);
        let opened = Book::open(policy(), roster(), journal.as_bytes()).unwrap();
        prop_assert!(opened.book.snapshot() == book.snapshot());
        prop_assert_eq!(opened.book.cases(), book.cases());
        let restored = Book::restore(&book.snapshot()).unwrap();
        prop_assert_eq!(restored.cases(), book.cases());
        prop_assert_eq!(&restored.journal(), &journal);
        duties_are_sane(&book)?;
    }
}

fn duties_are_sane(book: &Book) -> Result<(), TestCaseError> {
    let Some(last) = book.last_at() else { return Ok(()) };
    let (from, to) = (Date::parse("2014-01-01").unwrap(), Date::parse("2016-12-31").unwrap());
    let today = last.local_day(UtcOffset::CHINA);
    let duties = book.duties(from, to, last, &Filter::default());
    for duty in &duties {
        prop_assert!(from <= duty.due && duty.due <= to);
        match duty.state {
            DutyState::Pending => prop_assert!(today <= duty.due, "{duty:?} on {today}"),
            DutyState::Missed => prop_assert!(today > duty.due || duty.rule.word() == "publish.keep", "{duty:?} on {today}"),
            DutyState::Met => prop_assert!(duty.count >= duty.required, "{duty:?}"),
            DutyState::Late => prop_assert!(!duty.rule.word().starts_with("visit.") && !duty.evidence.is_empty(), "{duty:?}"),
            DutyState::Excused => {}
        }
    }
    // Asked for part by part, the same rows come: no range and no filter invents or loses one.
    let half = Date::parse("2014-06-30").unwrap();
    let first = book.duties(from, half, last, &Filter::default()).len();
    let second = book.duties(half.add_days(1), to, last, &Filter::default()).len();
    prop_assert_eq!(first + second, duties.len());
    let by_state: usize = DutyState::ALL
        .iter()
        .map(|state| book.duties(from, to, last, &Filter { state: Some(*state), ..Filter::default() }).len())
        .sum();
    prop_assert_eq!(by_state, duties.len());
    let subjects: std::collections::BTreeSet<_> = duties.iter().map(|duty| duty.subject.clone()).collect();
    for subject in subjects {
        let all: Vec<_> = duties.iter().filter(|duty| duty.subject == subject).collect();
        let filter = Filter { subject: Some(subject.clone()), ..Filter::default() };
        let own = book.duties(from, to, last, &filter);
        prop_assert_eq!(all, own.iter().collect::<Vec<_>>(), "the duties of {}", subject.as_str());
    }
    Ok(())
}

/// A case lived to its posted result, with every secret field filled from `secret`.
fn secretive(category: &str, consent: bool, secret: &dyn Fn(&str) -> String) -> JsonBook {
    let document = fs::read_to_string(vectors().join("rosters/county.json")).unwrap();
    // The given name is secret and the surname is not.
    let document = document.replace("张大山", &format!("张{}", secret("given name")));
    let mut book = JsonBook::new("dayi-2014", &document).unwrap();
    let text = |field: &str| Value::String(secret(field)).to_string();
    let digits = |field: &str| secret(field).bytes().fold(7u64, |sum, byte| sum * 31 % 9_999_991 + u64::from(byte));
    let mut lines = vec![
        format!(r#"{{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00","diary":{}}}"#, text("diary")),
        format!(r#"{{"id":"c2","at":"2014-03-03T09:10:00+08:00","actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"{category}","topic":{},"text":{},"phone":"138{:08}"}}"#, text("topic"), text("text"), digits("phone")),
        format!(r#"{{"id":"c3","at":"2014-03-04T09:10:00+08:00","actor":"k1","do":"register_card","case":"a1","card":{{"name":{},"address":{},"household_size":{},"income":{},"appeal":{},"cause":{}}}}}"#, text("card name"), text("address"), digits("size") % 9 + 1, digits("income"), text("appeal"), text("cause")),
        r#"{"id":"c4","at":"2014-03-07T15:00:00+08:00","actor":"k2","do":"consolidate","unit":"510129101201","period":"2014-W10"}"#.into(),
        format!(r#"{{"id":"c5","at":"2014-03-20T15:00:00+08:00","actor":"k2","do":"hold_meeting","meeting":"m1","unit":"510129101201","held_on":"2014-03-20","chair":"k1","notified":["s1","d1","d2","d3","k1","k2","k3"],"attended":["k1","k2"],"decisions":[{{"case":"a1","decision":"plan","measures":"清淤","target":{},"responsible":"k2","due":"2014-03-27"}}]}}"#, text("target")),
        format!(r#"{{"id":"c6","at":"2014-03-21T15:00:00+08:00","actor":"k2","do":"log_progress","case":"a1","text":{}}}"#, text("progress")),
        format!(r#"{{"id":"c7","at":"2014-03-25T15:00:00+08:00","actor":"k2","do":"settle","case":"a1","result":"已清淤","money":{{"amount":{},"source":{},"receipt":{}}}}}"#, digits("amount") + 1, text("source"), text("receipt")),
        format!(r#"{{"id":"c8","at":"2014-03-25T16:00:00+08:00","actor":"s1","do":"review_settlement","case":"a1","accept":true,"reason":{}}}"#, text("review")),
    ];
    if consent {
        lines.insert(3, r#"{"id":"k","at":"2014-03-05T15:00:00+08:00","actor":"k2","do":"consent","household":"h1","publication":true}"#.into());
    }
    lines.push(r#"{"id":"c9","at":"2014-03-26T15:00:00+08:00","actor":"k2","do":"publish","posting":"p1","stage":"result","unit":"510129101201","place":"board","from":"2014-03-26","items":[{"case":"a1","summary":"水渠"}],"checked_by":"s1"}"#.into());
    for line in lines {
        let outcome = book.book_mut().apply_line(line.as_bytes()).unwrap();
        let may_be_refused = line.contains(r#""do":"publish""#);
        assert!(may_be_refused || outcome.contains(r#""status":"accepted""#), "{outcome}");
    }
    book
}

/// Everything that anybody may see.
fn public(book: &JsonBook) -> String {
    let mut out = String::new();
    for unit in ["510129101201", "510129101", "510129"] {
        for period in ["2014-03", "2014-Q1", "2014"] {
            out.push_str(&book.ask(&format!(r#"{{"op":"publication","unit":"{unit}","period":"{period}"}}"#)));
        }
        out.push_str(&book.ask(&format!(r#"{{"op":"ledger","unit":"{unit}"}}"#)));
        // A person of another town is anybody, here.
        out.push_str(&book.ask(&format!(r#"{{"op":"ledger","unit":"{unit}","viewer":"u2"}}"#)));
    }
    out.push_str(&book.ask(r#"{"op":"case","case":"a1"}"#));
    out.push_str(&book.ask(r#"{"op":"case","case":"a1","viewer":"u2"}"#));
    out.push_str(&book.ask(r#"{"op":"rates","from":"2014-01-01","to":"2014-12-31"}"#));
    out.push_str(&book.ask(r#"{"op":"agenda","person":"k2"}"#));
    out.push_str(&book.ask(r#"{"op":"my_case","query_code":"0000000000","secret":"0000"}"#));
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_reaches_the_public(a in "[一-龥]{6,12}", b in "[一-龥]{6,12}", which in 0usize..3, consent in any::<bool>()) {
        let category = ["livelihood", "hardship", "stability"][which];
        let first = secretive(category, consent, &|field| format!("{a}{field}"));
        let second = secretive(category, consent, &|field| format!("{b}{field}"));
        let (one, two) = (public(&first), public(&second));
        // Changing every secret field leaves every public output as it is, byte for byte.
        prop_assert_eq!(&one, &two);
        prop_assert!(!one.contains(&a) && !two.contains(&b));
        // The check can fail: whoever may read sees the secret.
        let inside = first.ask(r#"{"op":"case","case":"a1","viewer":"k1"}"#);
        prop_assert!(inside.contains(&a), "{}", inside);
        // A posting that may be up shows its public words, and no other does.
        let posted = category == "livelihood" || (category == "hardship" && consent);
        prop_assert_eq!(one.contains("水渠"), posted);
        prop_assert_eq!(one.contains("张某"), posted);
    }
}

#[test]
fn typed_views_answer_nobody_who_may_not_read() {
    let book = secretive("stability", false, &|field| format!("secret {field}"));
    let at = book.book().last_at().unwrap();
    let case = CaseId::new("a1").unwrap();
    for (person, may) in [("k1", true), ("k2", true), ("t2", true), ("c2", true), ("s1", false), ("d1", false), ("g1", false), ("q1", false), ("u1", false)] {
        let viewer = Viewer::Person(wuzhang::ids::PersonId::new(person).unwrap());
        assert_eq!(book.book().case_view(&case, at, &viewer).is_some(), may, "{person}");
    }
    assert!(book.book().case_view(&case, at, &Viewer::Public).is_none());
    assert!(book.book().publication(&UnitId::new("510129101201").unwrap(), Period::parse("2014-03").unwrap()).is_some());
}
