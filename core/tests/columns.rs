//! Visits in columns give the very duties that a book gives for the same visits as commands.

use wuzhang::calendar::{Date, Instant, UtcOffset};
use wuzhang::duty::{Duty, Filter, VisitColumns};
use wuzhang::{Book, Engine, Policy, Roster};

const ROSTER: &str = include_str!("../../tests/vectors/rosters/county.json");

/// A generator of numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Duties of visits, with the numbers of the visits as evidence instead of their ids.
fn of_book(book: &Book, from: Date, to: Date, as_of: Instant) -> Vec<Duty> {
    book.duties(from, to, as_of, &Filter { rule: Some("visit.*".into()), ..Filter::default() })
}

#[test]
fn columns_count_as_commands_do() {
    let roster = Roster::read(ROSTER.as_bytes()).unwrap();
    let policy = Policy::preset("dayi-2014").unwrap();
    let rows: serde_json::Value = serde_json::from_str(ROSTER).unwrap();
    let ids = |name: &str| -> Vec<String> {
        rows[name].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    let people = ids("cadres");
    let mut targets = ids("households");
    for unit in rows["units"].as_array().unwrap() {
        if unit["kind"] == "village" || unit["kind"] == "group" {
            targets.push(unit["id"].as_str().unwrap().to_owned());
        }
    }
    let cadres: Vec<&str> = people.iter().map(String::as_str).collect();
    let places: Vec<&str> = targets.iter().map(String::as_str).collect();
    let mut book = Book::new(policy.clone(), roster.clone());
    let mut numbers = Numbers(5);
    let (mut cadre, mut target, mut on, mut entered, mut remote, mut visit) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut accepted = 0;
    // 2014-02-01T00:00:00Z
    let mut clock: i64 = 1_391_212_800;
    for number in 0u64..1500 {
        clock += i64::try_from(numbers.below(4 * 3600)).unwrap();
        let late = [0, 0, 0, 1, 3, 9, 40][usize::try_from(numbers.below(7)).unwrap()] * 86_400;
        let happened = clock - late;
        let first = u32::try_from(numbers.below(cadres.len() as u64)).unwrap();
        let second = u32::try_from(numbers.below(cadres.len() as u64)).unwrap();
        let who: Vec<u32> = if numbers.below(5) == 0 && first != second { vec![first, second] } else { vec![first] };
        let whom = u32::try_from(numbers.below(places.len() as u64)).unwrap();
        let away = numbers.below(9) == 0;
        let at = |seconds: i64| {
            let mut text = String::new();
            Instant::from_parts(seconds, 0, UtcOffset::CHINA.minutes(), 0, false).unwrap().write_to(&mut text);
            text
        };
        let names: Vec<&str> = who.iter().map(|ix| cadres[*ix as usize]).collect();
        let line = serde_json::json!({
            "id": format!("c{number}"), "at": at(clock), "actor": names[0], "do": "record_visit", "visit": number.to_string(),
            "cadres": names, "target": places[whom as usize], "on": at(happened), "in_person": !away,
        });
        let outcome = book.apply_line(line.to_string().as_bytes()).unwrap();
        let refused_as_too_late = outcome.contains("visit.late_entry") && outcome.contains("rejected");
        if outcome.contains("\"accepted\"") {
            accepted += 1;
        } else if !refused_as_too_late || outcome.matches("\"code\":").count() > 1 {
            // Refused for what columns do not say, such as who entered it.
            continue;
        }
        for one in who {
            cadre.push(one);
            target.push(whom);
            on.push(happened);
            entered.push(clock);
            remote.push(u8::from(away));
            visit.push(number);
        }
    }
    assert!(accepted > 400, "only {accepted} visits were accepted");
    let columns = VisitColumns {
        cadres: &cadres,
        targets: &places,
        cadre: &cadre,
        target: &target,
        on: &on,
        entered: Some(&entered),
        remote: Some(&remote),
        visit: Some(&visit),
    };
    let engine = Engine::new(policy, roster);
    let day = |text: &str| Date::parse(text).unwrap();
    let mut met = 0;
    for as_of in ["2014-03-20T12:00:00+08:00", "2014-06-30T23:59:59+08:00"] {
        let as_of = Instant::parse(as_of).unwrap();
        let (from, to) = (day("2014-01-01"), day("2014-12-31"));
        let wanted = of_book(&book, from, to, as_of);
        let filter = Filter::default();
        let got = engine.visit_duties(&columns, from, to, as_of, &filter).unwrap();
        met += wanted.iter().filter(|duty| duty.count > 0).count();
        assert_eq!(got, wanted);
    }
    assert!(met > 20, "only {met} duties have a visit at all");
}

#[test]
fn what_is_wrong_is_told_by_column_and_row() {
    let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
    let engine = Engine::new(Policy::preset("dayi-2014").unwrap(), roster);
    let day = |text: &str| Date::parse(text).unwrap();
    let as_of = Instant::parse("2014-12-31T12:00:00+08:00").unwrap();
    let ask = |columns: &VisitColumns<'_>| {
        engine.visit_duties(columns, day("2014-03-03"), day("2014-03-09"), as_of, &Filter::default())
    };
    let columns = VisitColumns {
        cadres: &["k1", "nobody"],
        targets: &["h1", "nowhere"],
        cadre: &[0, 1, 7, 0, 0, 0],
        target: &[0, 0, 0, 1, 0, 0],
        on: &[1_393_806_600, 1_393_806_600, 1_393_806_600, 1_393_806_600, i64::MAX],
        ..VisitColumns::default()
    };
    let found: Vec<(String, String)> = ask(&columns)
        .unwrap_err()
        .iter()
        .map(|finding| (finding.code.word().to_owned(), finding.path.clone()))
        .collect();
    let wanted = [
        ("cadre.unknown", "/cadre/1"),
        ("cadre.unknown", "/cadre/2"),
        ("household.unknown", "/target/3"),
        ("request.invalid", "/on/4"),
        ("request.invalid", "/on/5"),
    ];
    assert_eq!(found, wanted.map(|(code, path)| (code.to_owned(), path.to_owned())));
    let early = VisitColumns { cadres: &["k1"], targets: &["h1"], cadre: &[0], target: &[0], on: &[1_393_806_600], entered: Some(&[1_393_000_000]), ..VisitColumns::default() };
    assert_eq!(ask(&early).unwrap_err()[0].code.word(), "command.on_after_at");
    assert!(ask(&VisitColumns::default()).unwrap().iter().all(|duty| duty.count == 0));
}
