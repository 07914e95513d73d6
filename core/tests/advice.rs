//! Advice for call-backs: what is found, what is not, and that nothing private stands in it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::arithmetic_side_effects)] // a test may stop at the first surprise
#![allow(missing_docs)]

use wuzhang::calendar::Date;
use wuzhang::finding::Param;
use wuzhang::{Book, Code, Finding, Policy, Roster, Severity};

const LONG: &str = "今天到张家走访，了解家庭收入和子女上学情况，宣传医保政策，户主反映门前道路泥泞不便出行。";
const OTHER: &str = "与李家商量养殖合作社入社一事，核对土地流转面积，答应下周带农技员上门看猪圈选址。";
const PHONE: &str = "13812345678";

struct World {
    book: Book,
    sent: u32,
}

impl World {
    fn new() -> World {
        World::under(Policy::preset("dayi-2014").unwrap())
    }

    fn under(policy: Policy) -> World {
        let home = r#"{"id":"h1","unit":"510129101201-03","name":"张大山","from":"2013-11-01","until":null}"#;
        let homes: Vec<String> = (1..=30)
            .map(|n| {
                format!(r#"{{"id":"h{n}","unit":"510129101201-03","name":"张大山","from":"2013-11-01","until":null}}"#)
            })
            .collect();
        let roster = wuzhang::doc::ROSTER.replace(home, &homes.join(","));
        World { book: Book::new(policy, Roster::read(roster.as_bytes()).unwrap()), sent: 0 }
    }

    /// Sends a command at a local moment, `03-03 09:00:00`, and expects it to be accepted.
    fn send(&mut self, at: &str, actor: &str, body: &str) {
        self.sent += 1;
        let line = format!(r#"{{"id":"c{}","at":"{}","actor":"{actor}",{body}}}"#, self.sent, moment(at));
        let outcome = self.book.apply_line(line.as_bytes()).unwrap();
        assert!(outcome.contains(r#""status":"accepted""#), "{line}\n{outcome}");
    }

    fn visit(&mut self, entered: &str, id: &str, cadres: &[&str], target: &str, on: &str, diary: Option<&str>) {
        let diary = diary.map(|text| format!(r#","diary":"{text}""#)).unwrap_or_default();
        let cadre = cadres[0];
        let cadres = cadres.join(r#"",""#);
        let on = moment(on);
        self.send(entered, cadre, &format!(r#""do":"record_visit","visit":"{id}","cadres":["{cadres}"],"target":"{target}","on":"{on}"{diary}"#));
    }

    /// A diary of one visit a day to another household, entered in the evening.
    fn diary(&mut self, day: u32, person: &str, text: &str) {
        let on = format!("03-{day:02} 09:00:00");
        self.visit(&format!("03-{day:02} 18:00:00"), &format!("v{}", self.sent), &[person], &format!("h{day}"), &on, Some(text));
    }

    fn advice(&self, code: Code, from: &str, to: &str) -> Vec<Finding> {
        let mut found = self.book.advice(day(from), day(to));
        found.retain(|finding| finding.code == code);
        found
    }

    /// Brings cases, each of another household, to the published result on 26 March.
    fn publish(&mut self, cases: u32) {
        let ids: Vec<String> = (1..=cases).map(|n| format!("a{n}")).collect();
        for (n, case) in (1..).zip(&ids) {
            self.send("03-03 09:00:00", "k1", &format!(r#""do":"note_need","case":"{case}","household":"h{n}","channel":"visit","category":"livelihood","topic":"x","text":"x""#));
            self.send("03-03 09:00:00", "k1", &format!(r#""do":"register_card","case":"{case}","card":{{"name":"张大山","address":"3组","household_size":3,"income":12000,"appeal":"a","cause":"b"}}"#));
        }
        self.send("03-07 15:00:00", "k2", r#""do":"consolidate","unit":"510129101201","period":"2014-W10""#);
        let decisions: Vec<String> = ids
            .iter()
            .map(|case| format!(r#"{{"case":"{case}","decision":"plan","measures":"m","target":"t","responsible":"k2","due":"2014-03-27"}}"#))
            .collect();
        self.send("03-20 15:00:00", "k2", &format!(r#""do":"hold_meeting","meeting":"m1","unit":"510129101201","held_on":"2014-03-20","chair":"k1","notified":["s1","d1","d2","d3","k1","k2"],"attended":["k1","k2"],"decisions":[{}]"#, decisions.join(",")));
        for case in &ids {
            self.send("03-25 15:00:00", "k2", &format!(r#""do":"settle","case":"{case}","result":"done""#));
            self.send("03-25 15:00:00", "s1", &format!(r#""do":"review_settlement","case":"{case}","accept":true"#));
        }
        let items: Vec<String> = ids.iter().map(|case| format!(r#"{{"case":"{case}","summary":"road"}}"#)).collect();
        self.send("03-26 15:00:00", "k2", &format!(r#""do":"publish","posting":"p1","stage":"result","unit":"510129101201","place":"board","from":"2014-03-26","items":[{}],"checked_by":"s1""#, items.join(",")));
    }

    fn rate(&mut self, at: &str, case: &str, satisfied: &str, phone: Option<&str>) {
        let phone = phone.map(|phone| format!(r#","phone":"{phone}""#)).unwrap_or_default();
        self.send(at, "s1", &format!(r#""do":"rate","case":"{case}","solved":"solved","satisfied":"{satisfied}","method":"phone"{phone}"#));
    }
}

fn moment(at: &str) -> String {
    let (day, time) = at.split_once(' ').unwrap();
    format!("2014-{day}T{time}+08:00")
}

fn day(text: &str) -> Date {
    Date::parse(&format!("2014-{text}")).unwrap()
}

fn list(finding: &Finding, name: &str) -> Vec<String> {
    match finding.param(name) {
        Some(Param::List(list)) => list.clone(),
        other => panic!("{name}: {other:?}"),
    }
}

fn whole(finding: &Finding, name: &str) -> u64 {
    match finding.param(name) {
        Some(Param::Whole(number)) => *number,
        other => panic!("{name}: {other:?}"),
    }
}

fn text(finding: &Finding, name: &str) -> String {
    match finding.param(name) {
        Some(Param::Text(text)) => text.clone(),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn diaries_that_are_alike_are_found_and_different_ones_are_not() {
    let mut world = World::new();
    world.diary(3, "k1", LONG);
    world.diary(4, "k1", OTHER);
    // A single other character makes three other runs of three: for a text this short, too many.
    world.diary(5, "k1", &LONG.replace("泥泞", "泥滑"));
    assert!(world.advice(Code::AdviceDiary, "03-01", "03-31").is_empty());
    // Spaces and numbers make no other text, and one sign at the end makes hardly another.
    world.diary(6, "k1", &format!("{} ", LONG.replace('，', "，  ")));
    world.diary(7, "k1", &LONG.replace('。', ""));
    // The same text by somebody else is his own.
    world.diary(8, "k2", LONG);
    let found = world.advice(Code::AdviceDiary, "03-01", "03-31");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Advice);
    assert_eq!(found[0].ground.as_ref().unwrap().rule.word(), "advice.diary");
    assert_eq!((text(&found[0], "person").as_str(), whole(&found[0], "count")), ("k1", 3));
    assert_eq!(list(&found[0], "visits"), ["v0", "v3", "v4"]);
    // Only the visits of the range are looked at.
    assert!(world.advice(Code::AdviceDiary, "03-07", "03-31").is_empty());
    assert_eq!(list(&world.advice(Code::AdviceDiary, "03-06", "03-07")[0], "visits"), ["v3", "v4"]);
}

#[test]
fn numbers_and_short_texts_make_no_likeness() {
    let mut world = World::new();
    world.diary(3, "k1", "情况正常，没有困难。");
    world.diary(4, "k1", "情况正常，没有困难。");
    assert!(world.advice(Code::AdviceDiary, "03-01", "03-31").is_empty());
    world.diary(5, "k1", "3月5日到第2户走访，了解春耕备耕情况，核对低保材料，一切正常。");
    world.diary(6, "k1", "3月12日到第14户走访，了解春耕备耕情况，核对低保材料，一切正常。");
    assert_eq!(list(&world.advice(Code::AdviceDiary, "03-01", "03-31")[0], "visits"), ["v2", "v3"]);
}

#[test]
fn a_corrected_diary_counts_as_it_stands_now() {
    let mut world = World::new();
    world.diary(3, "k1", LONG);
    world.diary(4, "k1", LONG);
    assert_eq!(world.advice(Code::AdviceDiary, "03-01", "03-31").len(), 1);
    world.send("03-05 09:00:00", "k1", &format!(r#""do":"correct","command":"c2","field":"/diary","value":"{OTHER}","reason":"x""#));
    assert!(world.advice(Code::AdviceDiary, "03-01", "03-31").is_empty());
}

/// Visits on 3 March at these minutes after nine, each to the household of its number.
fn walk(world: &mut World, minutes: &[(u32, u32)]) {
    for (household, minute) in minutes {
        let on = format!("03-03 {:02}:{:02}:00", 9 + minute / 60, minute % 60);
        let id = format!("v{}", world.sent);
        world.visit("03-03 18:00:00", &id, &["k1"], &format!("h{household}"), &on, None);
    }
}

#[test]
fn pace_has_its_border_at_the_last_minute_and_the_last_visit() {
    let six = [(1, 0), (2, 10), (3, 20), (4, 30), (5, 40), (6, 50)];
    let with = |more: &[(u32, u32)]| {
        let mut world = World::new();
        walk(&mut world, &[six.as_slice(), more].concat());
        world.advice(Code::AdvicePace, "03-01", "03-31").iter().map(|finding| list(finding, "visits").len()).collect::<Vec<_>>()
    };
    assert!(with(&[]).is_empty(), "six may be");
    assert_eq!(with(&[(7, 60)]), [7], "seven within sixty minutes are too many");
    assert!(with(&[(7, 61)]).is_empty(), "but not within sixty-one");
    assert!(with(&[(6, 60)]).is_empty(), "the same household again is no other target");
    assert_eq!(with(&[(7, 60), (8, 65)]), [8], "what runs on is one stretch");
    let later = [(11, 300), (12, 301), (13, 302), (14, 303), (15, 304), (16, 305), (17, 306)];
    assert_eq!(with(&[[(7, 60)].as_slice(), &later].concat()), [7, 7], "what lies apart is another");
}

#[test]
fn pace_is_judged_person_by_person_and_in_person_only() {
    let mut world = World::new();
    walk(&mut world, &[(1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5)]);
    world.send("03-03 18:00:00", "k1", &format!(r#""do":"record_visit","visit":"call","cadres":["k1"],"target":"h7","on":"{}","in_person":false"#, moment("03-03 09:06:00")));
    world.visit("03-03 18:00:00", "w", &["k2"], "h8", "03-03 09:07:00", None);
    assert!(world.advice(Code::AdvicePace, "03-01", "03-31").is_empty());
    world.visit("03-03 18:00:00", "x", &["k2", "k1"], "h9", "03-03 09:08:00", None);
    let found = world.advice(Code::AdvicePace, "03-01", "03-31");
    assert_eq!(found.len(), 1);
    assert_eq!((text(&found[0], "person").as_str(), whole(&found[0], "count")), ("k1", 7));
    assert_eq!(list(&found[0], "visits").last().unwrap(), "x");
}

#[test]
fn a_month_entered_on_its_last_day_is_found() {
    let mut world = World::new();
    for n in 25..=27 {
        world.visit("03-31 17:00:00", &format!("v{n}"), &["k1"], "h1", &format!("03-{n} 09:00:00"), None);
    }
    assert!(world.advice(Code::AdviceLastDay, "03-01", "03-31").is_empty(), "three are too few");
    world.visit("03-31 23:59:59", "v28", &["k1", "k2"], "h1", "03-28 09:00:00", None);
    world.visit("04-01 00:00:00", "w", &["k1"], "h1", "04-01 00:00:00", None);
    let found = world.advice(Code::AdviceLastDay, "03-31", "04-30");
    assert_eq!(found.len(), 1);
    assert_eq!((text(&found[0], "person"), text(&found[0], "month")), ("k1".into(), "2014-03".into()));
    assert_eq!(list(&found[0], "visits"), ["v25", "v26", "v27", "v28"], "the whole month, also before the range");
    assert!(world.advice(Code::AdviceLastDay, "03-01", "03-30").is_empty(), "the month has not ended");
    // One visit of March entered on another day, and it is not all of them.
    world.visit("04-01 00:00:01", "x", &["k1"], "h2", "03-30 09:00:00", None);
    assert!(world.advice(Code::AdviceLastDay, "03-01", "04-30").is_empty());
}

#[test]
fn ratings_of_several_households_from_one_telephone_are_found_and_the_number_is_never_shown() {
    let mut world = World::new();
    world.publish(6);
    world.rate("03-31 15:00:00", "a1", "satisfied", Some(PHONE));
    world.rate("04-01 15:00:00", "a2", "satisfied", Some("138 1234 5678"));
    // The same household again, and other telephones.
    world.rate("04-01 15:00:00", "a2", "satisfied", Some(PHONE));
    world.rate("04-01 15:00:00", "a4", "satisfied", Some("13912345678"));
    world.rate("04-01 15:00:00", "a5", "satisfied", None);
    assert!(world.advice(Code::AdviceTelephone, "03-01", "04-30").is_empty());
    world.rate("04-02 15:00:00", "a3", "satisfied", Some("+86-138-1234-5678"));
    let found = world.advice(Code::AdviceTelephone, "03-01", "04-30");
    assert_eq!(found.len(), 1);
    assert_eq!((whole(&found[0], "count"), list(&found[0], "cases")), (3, vec!["a1".into(), "a2".into(), "a3".into()]));
    let mut json = String::new();
    found[0].write(&mut json);
    assert!(!json.contains("1234"), "{json}");
    assert!(world.advice(Code::AdviceTelephone, "04-01", "04-30").is_empty(), "the rating of March is not of April");
}

#[test]
fn all_satisfied_and_few_asked() {
    let mut world = World::new();
    world.publish(17);
    for n in 1..=4 {
        world.rate("04-01 15:00:00", &format!("a{n}"), "satisfied", None);
    }
    assert!(world.advice(Code::AdviceAllSatisfied, "03-01", "03-31").is_empty(), "four are too few to say");
    world.rate("04-01 15:00:00", "a5", "basically", None);
    // 5 of 17 are 29.4 %: the village, the town and the county, in the order of their ids.
    let found = world.advice(Code::AdviceAllSatisfied, "03-01", "03-31");
    let units: Vec<String> = found.iter().map(|finding| text(finding, "unit")).collect();
    assert_eq!(units, ["510129", "510129101", "510129101201"]);
    assert_eq!((whole(&found[0], "count"), whole(&found[0], "due")), (5, 17));
    // 6 of 17 are over 30 %.
    world.rate("04-02 15:00:00", "a6", "satisfied", None);
    assert!(world.advice(Code::AdviceAllSatisfied, "03-01", "03-31").is_empty());
}

#[test]
fn one_bad_answer_and_it_is_not_all() {
    let mut world = World::new();
    world.publish(25);
    for n in 1..=5 {
        world.rate("04-01 15:00:00", &format!("a{n}"), "satisfied", None);
    }
    assert_eq!(world.advice(Code::AdviceAllSatisfied, "03-01", "03-31").len(), 3);
    world.rate("04-01 15:00:00", "a6", "dissatisfied", None);
    assert!(world.advice(Code::AdviceAllSatisfied, "03-01", "03-31").is_empty());
}

#[test]
fn findings_come_by_code_then_by_person_and_tell_nothing_private() {
    let mut world = World::new();
    for person in ["k2", "k1"] {
        for n in 1..=7 {
            let id = format!("{person}-{n}");
            world.visit("03-31 18:00:00", &id, &[person], &format!("h{n}"), &format!("03-31 09:{n:02}:00"), Some(LONG));
        }
    }
    let found = world.book.advice(day("03-01"), day("03-31"));
    let seen: Vec<(&str, String)> = found.iter().map(|finding| (finding.code.word(), text(finding, "person"))).collect();
    let of = |code| [(code, "k1".to_owned()), (code, "k2".to_owned())];
    assert_eq!(seen, [of("advice.diary"), of("advice.last_day"), of("advice.pace")].concat());
    for finding in &found {
        let mut json = String::new();
        finding.write(&mut json);
        assert!(json.contains(r#""severity":"advice""#) && json.contains(r#""kind":"assumed""#));
        assert!(!json.contains("李某") && !json.contains("张") && !json.contains("道路"), "{json}");
        let (zh, en) = finding.message();
        assert!(!zh.contains('{') && !en.contains('{'));
    }
    // As the book stood before, and outside the range, there is nothing.
    assert!(world.book.advice(day("02-01"), day("02-28")).is_empty());
    assert!(world.book.advice(day("03-31"), day("03-01")).is_empty());
}

#[test]
fn a_rule_that_is_off_advises_nothing() {
    let policy = br#"{"id":"x","version":"1","title":{"zh":"x","en":"x"},"effective_from":"2014-01-01","extends":"dayi-2014","rules":{"advice.diary":null,"advice.last_day":null}}"#;
    let mut world = World::under(Policy::read(policy).unwrap());
    for n in 1..=7 {
        world.visit("03-31 18:00:00", &format!("v{n}"), &["k1"], &format!("h{n}"), &format!("03-31 09:{n:02}:00"), Some(LONG));
    }
    let found = world.book.advice(day("03-01"), day("03-31"));
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::AdvicePace]);
}
