//! The rates of a small village, case by case.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::arithmetic_side_effects)] // a test may stop at the first surprise
#![allow(missing_docs)]

use wuzhang::book::RateRow;
use wuzhang::calendar::Date;
use wuzhang::ids::UnitId;
use wuzhang::shape::Shape;
use wuzhang::vocab::Category;
use wuzhang::{Book, Policy, Roster};

const VILLAGE: &str = "510129101201";
const TOWN: &str = "510129101";
const COUNTY: &str = "510129";

struct World {
    book: Book,
    sent: u32,
}

impl World {
    fn new() -> World {
        let home = r#"{"id":"h1","unit":"510129101201-03","name":"张大山","from":"2013-11-01","until":null}"#;
        let homes: Vec<String> = (1..=9)
            .map(|n| {
                format!(r#"{{"id":"h{n}","unit":"510129101201-03","name":"张大山","from":"2013-11-01","until":null}}"#)
            })
            .collect();
        let roster = wuzhang::doc::ROSTER.replace(home, &homes.join(","));
        assert!(roster.contains("h9"));
        let roster = Roster::read(roster.as_bytes()).unwrap();
        World { book: Book::new(Policy::preset("dayi-2014").unwrap(), roster), sent: 0 }
    }

    /// Sends a command at a local moment, `03-03 09:00`, and expects it to be accepted.
    fn send(&mut self, at: &str, actor: &str, body: &str) {
        self.sent += 1;
        let (day, time) = at.split_once(' ').unwrap();
        let line =
            format!(r#"{{"id":"c{}","at":"2014-{day}T{time}:00+08:00","actor":"{actor}",{body}}}"#, self.sent);
        let outcome = self.book.apply_line(line.as_bytes()).unwrap();
        assert!(outcome.contains(r#""status":"accepted""#), "{line}\n{outcome}");
    }

    fn note(&mut self, at: &str, case: &str, household: u32, category: &str, topic: &str) {
        self.send(at, "k1", &format!(r#""do":"note_need","case":"{case}","household":"h{household}","channel":"visit","category":"{category}","topic":"{topic}","text":"x""#));
    }

    fn register(&mut self, at: &str, case: &str) {
        self.send(at, "k1", &format!(r#""do":"register_card","case":"{case}","card":{{"name":"张大山","address":"3组","household_size":3,"income":12000,"appeal":"a","cause":"b"}}"#));
    }

    fn solve(&mut self, at: &str, case: &str) {
        self.send(at, "k1", &format!(r#""do":"solve_on_the_spot","case":"{case}","result":"x""#));
    }

    /// Brings cases from the visit to the accepted settlement: noted on 3 March, accepted on the 25th.
    fn accept(&mut self, cases: &[(&str, &str)]) {
        for (place, (case, category)) in (1..).zip(cases) {
            self.note("03-03 09:00", case, place, category, case);
        }
        for (case, _) in cases {
            self.register("03-04 09:00", case);
        }
        self.send("03-07 15:00", "k2", r#""do":"consolidate","unit":"510129101201","period":"2014-W10""#);
        let decisions: Vec<String> = cases
            .iter()
            .map(|(case, _)| format!(r#"{{"case":"{case}","decision":"plan","measures":"m","target":"t","responsible":"k2","due":"2014-03-27"}}"#))
            .collect();
        self.send("03-20 15:00", "k2", &format!(r#""do":"hold_meeting","meeting":"m1","unit":"510129101201","held_on":"2014-03-20","chair":"k1","notified":["s1","d1","d2","d3","k1","k2"],"attended":["k1","k2"],"decisions":[{}]"#, decisions.join(",")));
        for (case, _) in cases {
            self.settle("03-25 15:00", case);
        }
    }

    fn settle(&mut self, at: &str, case: &str) {
        self.send(at, "k2", &format!(r#""do":"settle","case":"{case}","result":"done""#));
        self.send(at, "s1", &format!(r#""do":"review_settlement","case":"{case}","accept":true"#));
    }

    fn post(&mut self, at: &str, posting: &str, cases: &[&str]) {
        let items: Vec<String> = cases.iter().map(|case| format!(r#"{{"case":"{case}","summary":"road"}}"#)).collect();
        let (day, _) = at.split_once(' ').unwrap();
        self.send(at, "k2", &format!(r#""do":"publish","posting":"{posting}","stage":"result","unit":"510129101201","place":"board","from":"2014-{day}","items":[{}],"checked_by":"s1""#, items.join(",")));
    }

    fn rate(&mut self, at: &str, case: &str, solved: &str, satisfied: &str) {
        self.send(at, "s1", &format!(r#""do":"rate","case":"{case}","solved":"{solved}","satisfied":"{satisfied}","method":"phone""#));
    }

    fn close(&mut self, at: &str, case: &str) {
        self.send(at, "s1", &format!(r#""do":"close","case":"{case}","as":"satisfied""#));
    }

    fn rates(&self, from: &str, to: &str) -> Vec<RateRow> {
        self.book.rates(day(from), day(to), None)
    }

    /// The village's row for all categories.
    fn village(&self, from: &str, to: &str) -> RateRow {
        self.rates(from, to).into_iter().find(|row| row.unit.as_str() == VILLAGE).unwrap()
    }
}

fn day(text: &str) -> Date {
    Date::parse(&format!("2014-{text}")).unwrap()
}

/// Numerator and denominator of a rate.
fn parts(rate: &wuzhang::duty::Nullable<wuzhang::book::Fraction>) -> Option<(u64, u64)> {
    rate.0.map(|rate| (rate.part, rate.of))
}

const FIVE: [(&str, &str); 5] =
    [("a1", "livelihood"), ("a2", "livelihood"), ("a3", "livelihood"), ("a4", "livelihood"), ("a5", "livelihood")];

#[test]
fn response_counts_what_was_due() {
    let mut world = World::new();
    for (place, case) in (1..).zip(["a1", "a2", "a3", "a4", "a5", "a6", "a7"]) {
        world.note("03-03 09:00", case, place, "livelihood", case);
    }
    world.solve("03-04 09:00", "a1");
    world.send("03-04 09:00", "k1", r#""do":"withdraw","case":"a2","reason":"x""#);
    world.send("03-04 09:00", "k1", r#""do":"note_need","case":"a8","household":"h7","channel":"visit","category":"livelihood","topic":"a7","text":"x""#);
    world.send("03-04 09:30", "k1", r#""do":"merge","case":"a7","into":"a8""#);
    // Two working days after Monday the 3rd: the 5th is the last.
    world.register("03-05 23:59", "a3");
    world.register("03-06 00:00", "a4");
    let row = world.village("03-01", "03-31");
    // a5 and a6 are overdue; a8, noted on the 4th, may still be registered on the 6th.
    assert_eq!((row.n.noted, row.withdrawn, row.merged), (8, 1, 1));
    assert_eq!(parts(&row.response), Some((2, 5)));
    world.solve("03-06 10:00", "a8");
    world.solve("03-07 10:00", "a5");
    assert_eq!(parts(&world.village("03-01", "03-31").response), Some((3, 6)));
}

#[test]
fn a_rate_of_fewer_than_five_is_null() {
    let mut world = World::new();
    for (place, case) in (1..).zip(["a1", "a2", "a3", "a4", "a5"]) {
        world.note("03-03 09:00", case, place, if place < 5 { "livelihood" } else { "hardship" }, case);
        world.solve("03-03 09:00", case);
    }
    let rows = world.rates("03-01", "03-31");
    let seen: Vec<_> = rows.iter().map(|row| (row.unit.as_str(), row.category.0, parts(&row.response), row.n.noted)).collect();
    let of = |unit| {
        [
            (unit, None, Some((5, 5)), 5),
            (unit, Some(Category::Hardship), None, 1),
            (unit, Some(Category::Livelihood), None, 4),
        ]
    };
    // The county, the town and the village in the order of their ids; groups have no row.
    assert_eq!(seen, [of(COUNTY), of(TOWN), of(VILLAGE)].concat());
    assert_eq!(rows[0].unit_name.as_str(), "大邑县");
    let mut json = String::new();
    rows[1].write(&mut json);
    assert_eq!(json, r#"{"category":"hardship","coverage":null,"merged":0,"n":{"answered":0,"due":0,"noted":1},"partly":0,"reopened":0,"response":null,"satisfaction":null,"solving":null,"unit":"510129","unit_name":"大邑县","unrated":0,"withdrawn":0}"#);
}

#[test]
fn a_month_ends_at_local_midnight() {
    let mut world = World::new();
    // One second before and at midnight at +08:00; written in another offset it is the same day.
    world.note("03-31 23:59", "a1", 1, "livelihood", "a");
    world.note("04-01 00:00", "a2", 2, "livelihood", "b");
    assert_eq!(world.village("03-01", "03-31").n.noted, 1);
    assert_eq!(world.village("04-01", "04-30").n.noted, 1);
    assert_eq!(world.village("03-31", "04-01").n.noted, 2);
    assert!(world.rates("02-01", "02-28").is_empty());
    assert!(world.rates("04-30", "03-01").is_empty());
    let line = br#"{"id":"z","at":"2014-04-30T16:00:00Z","actor":"k1","do":"note_need","case":"a3","household":"h3","channel":"visit","category":"livelihood","topic":"c","text":"x"}"#;
    assert!(world.book.apply_line(line).unwrap().contains("accepted"));
    assert_eq!(world.village("04-01", "04-30").n.noted, 1);
    assert_eq!(world.village("05-01", "05-01").n.noted, 1);
}

#[test]
fn one_unit_shows_itself_and_what_is_directly_below() {
    let mut world = World::new();
    world.note("03-03 09:00", "a1", 1, "livelihood", "a");
    let units = |unit: &str| -> Vec<(String, bool)> {
        let unit = UnitId::new(unit).unwrap();
        let rows = world.book.rates(day("03-01"), day("03-31"), Some(&unit));
        rows.into_iter().map(|row| (row.unit.to_string(), row.category.0.is_none())).collect()
    };
    let both = |unit: &str| [(unit.to_owned(), true), (unit.to_owned(), false)];
    assert_eq!(units(COUNTY), [both(COUNTY), both(TOWN)].concat());
    assert_eq!(units(TOWN), [both(TOWN), both(VILLAGE)].concat());
    assert_eq!(units(VILLAGE), both(VILLAGE));
    assert!(units("510129-mz").is_empty() && units("nowhere").is_empty());
}

#[test]
fn the_last_rating_counts_and_no_fraction_is_rounded_or_reduced() {
    let mut world = World::new();
    let six = [FIVE.as_slice(), &[("a6", "livelihood")]].concat();
    world.accept(&six);
    world.post("03-26 15:00", "p1", &["a1", "a2", "a3", "a4", "a5", "a6"]);
    world.rate("04-01 15:00", "a1", "partly", "basically");
    world.rate("04-01 15:00", "a2", "partly", "basically");
    world.rate("04-01 15:00", "a3", "solved", "satisfied");
    world.rate("04-01 15:00", "a4", "solved", "satisfied");
    let row = world.village("03-01", "03-31");
    assert_eq!((parts(&row.coverage), parts(&row.solving), row.n.answered), (Some((4, 6)), None, 4));
    world.rate("04-02 15:00", "a5", "unsolved", "dissatisfied");
    // The household of a1 changes its mind before the closing.
    world.rate("04-02 15:00", "a1", "solved", "satisfied");
    let row = world.village("03-01", "03-31");
    assert_eq!((row.n.due, row.n.answered, row.partly), (6, 5, 1));
    assert_eq!(parts(&row.coverage), Some((5, 6)));
    assert_eq!(parts(&row.solving), Some((3, 5)));
    assert_eq!(parts(&row.satisfaction), Some((4, 5)));
    // The result went up in March, so the answers of April stand there; April has only the
    // reopening that the bad answer was.
    let april = world.village("04-01", "04-30");
    assert_eq!((april.n.due, april.n.answered, april.n.noted, april.reopened), (0, 0, 0, 1));
    // And as the book stood before the second answers:
    let then = wuzhang::calendar::Instant::parse("2014-04-01T23:59:59+08:00").unwrap();
    let row = world.book.as_of(then).rates(day("03-01"), day("03-31"), None).pop().unwrap();
    assert_eq!((row.n.answered, row.partly), (4, 2));
}

#[test]
fn a_reopening_of_a_satisfied_case_is_a_dissatisfaction_and_stands_apart() {
    let mut world = World::new();
    world.accept(&FIVE);
    world.post("03-26 15:00", "p1", &["a1", "a2", "a3", "a4", "a5"]);
    for case in ["a1", "a2", "a3", "a4", "a5"] {
        world.rate("04-01 15:00", case, "solved", "satisfied");
        world.close("04-01 15:00", case);
    }
    let row = world.village("03-01", "04-30");
    assert_eq!((parts(&row.satisfaction), parts(&row.solving), row.reopened), (Some((5, 5)), Some((5, 5)), 0));
    world.send("04-10 09:00", "s1", r#""do":"reopen","case":"a1","reason":"x""#);
    // The same household with the same topic: a new case that repeats the old one.
    world.note("04-11 09:00", "b2", 2, "livelihood", " a2 ");
    let row = world.village("03-01", "04-30");
    assert_eq!((parts(&row.satisfaction), parts(&row.solving), row.n.answered), (Some((4, 5)), Some((4, 5)), 5));
    assert_eq!(row.reopened, 2);
    assert_eq!(world.village("04-10", "04-10").reopened, 1);
    assert_eq!(world.village("04-11", "04-30").reopened, 1);
    assert_eq!(world.village("03-01", "03-31").reopened, 0);
}

#[test]
fn a_case_redone_counts_once_by_its_last_posting() {
    let mut world = World::new();
    world.accept(&FIVE);
    world.post("03-26 15:00", "p1", &["a1", "a2", "a3", "a4", "a5"]);
    world.rate("03-31 15:00", "a1", "unsolved", "dissatisfied");
    world.send("04-01 15:00", "k1", r#""do":"replan","case":"a1","measures":"m","target":"t","responsible":"k2","due":"2014-04-11""#);
    // Redone but not yet settled, it still counts as it was answered.
    let row = world.village("03-01", "03-31");
    assert_eq!((row.n.due, row.n.answered), (5, 1));
    world.send("04-08 15:00", "k2", r#""do":"settle","case":"a1","result":"done""#);
    world.send("04-08 15:00", "s1", r#""do":"review_settlement","case":"a1","accept":true"#);
    world.post("04-09 15:00", "p2", &["a1"]);
    assert_eq!(world.village("03-01", "03-31").n.due, 4);
    let row = world.village("04-01", "04-30");
    assert_eq!((row.n.due, row.n.answered), (1, 0));
    world.rate("04-10 15:00", "a1", "solved", "satisfied");
    let row = world.village("03-01", "04-30");
    assert_eq!((row.n.due, row.n.answered), (5, 1));
}

#[test]
fn a_sheet_put_up_again_does_not_undo_the_answer() {
    let mut world = World::new();
    world.accept(&FIVE);
    world.post("03-26 15:00", "p1", &["a1", "a2", "a3", "a4", "a5"]);
    world.rate("04-01 15:00", "a1", "solved", "satisfied");
    world.close("04-01 16:00", "a1");
    world.post("04-02 15:00", "p2", &["a1"]);
    let row = world.village("03-01", "03-31");
    assert_eq!((row.n.due, row.n.answered), (5, 1));
    assert!(world.rates("04-01", "04-30").is_empty());
}

#[test]
fn what_may_not_be_posted_is_due_when_it_was_accepted() {
    let mut world = World::new();
    world.send("03-01 09:00", "k1", r#""do":"consent","household":"h3","publication":true"#);
    world.accept(&[("a1", "stability"), ("a2", "hardship"), ("a3", "hardship"), ("a4", "livelihood")]);
    let row = world.village("03-25", "03-25");
    assert_eq!(row.n.due, 2);
    // a3 waits for its posting; when the consent is withdrawn there is none to wait for.
    world.send("03-26 09:00", "k1", r#""do":"consent","household":"h3","publication":false"#);
    assert_eq!(world.village("03-25", "03-25").n.due, 2);
    assert_eq!(world.village("03-26", "03-26").n.due, 1);
    // a2 may be posted later and is not due anew.
    world.send("03-27 09:00", "k1", r#""do":"consent","household":"h2","publication":true"#);
    world.post("03-27 15:00", "p1", &["a2", "a4"]);
    let rows = world.rates("03-25", "03-31");
    let due: Vec<_> = rows.iter().filter(|row| row.unit.as_str() == VILLAGE).map(|row| (row.category.0, row.n.due)).collect();
    assert_eq!(due, [
        (None, 4),
        (Some(Category::Hardship), 2),
        (Some(Category::Livelihood), 1),
        (Some(Category::Stability), 1),
    ]);
}

#[test]
fn unrated_is_never_satisfied() {
    let mut world = World::new();
    world.accept(&FIVE);
    world.post("03-26 15:00", "p1", &["a1", "a2", "a3", "a4", "a5"]);
    for at in ["03-31 10:00", "04-01 10:00", "04-02 18:30"] {
        world.send(at, "s1", r#""do":"ask_household","case":"a1","method":"phone","reached":false"#);
    }
    for case in ["a2", "a3", "a4", "a5"] {
        world.rate("04-03 15:00", case, "solved", "satisfied");
    }
    world.send("04-15 10:00", "t2", r#""do":"close","case":"a1","as":"unrated","with":"t1""#);
    let row = world.village("03-01", "04-30");
    assert_eq!((row.unrated, row.n.answered, row.n.due), (1, 4, 5));
    assert_eq!((parts(&row.coverage), parts(&row.satisfaction)), (Some((4, 5)), None));
    assert_eq!(world.village("04-01", "04-30").unrated, 1);
    assert_eq!(world.village("03-01", "03-31").unrated, 0);
    // Opened again on the household's word, it is answered, and badly.
    world.send("04-20 10:00", "s1", r#""do":"reopen","case":"a1","reason":"x""#);
    let row = world.village("03-01", "04-30");
    assert_eq!((row.unrated, row.reopened, row.n.answered), (0, 1, 5));
    assert_eq!((parts(&row.satisfaction), parts(&row.solving), row.partly), (Some((4, 5)), Some((4, 5)), 0));
}

#[test]
fn a_rule_that_is_off_gives_null() {
    let mut world = World::new();
    let policy = br#"{"id":"x","version":"1","title":{"zh":"x","en":"x"},"effective_from":"2014-01-01","extends":"dayi-2014","rules":{"rate.response":null}}"#;
    world.book = Book::new(Policy::read(policy).unwrap(), world.book.roster().clone());
    for (place, case) in (1..).zip(["a1", "a2", "a3", "a4", "a5"]) {
        world.note("03-03 09:00", case, place, "livelihood", case);
        world.solve("03-03 09:00", case);
    }
    let row = world.village("03-01", "03-31");
    assert_eq!((parts(&row.response), row.n.noted), (None, 5));
}
