//! The built-in calendar, day by day, against two npm packages (see `tests/data/calendar/generate.mjs`).
//!
//! `chinese-days` took its data over from the same compilation as ours, so it guards against slips of ours only.
//! `lunar-javascript` is compiled by other people. Where one of them differs, the State Council's notice decides.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test may stop at the first surprise

use wuzhang::calendar::{Calendar, Date, DayKind};

fn cn() -> Calendar {
    let doc: serde_json::Value =
        serde_json::from_str(include_str!("../calendars/cn.json")).unwrap();
    let year = |key: &str| i32::try_from(doc[key].as_i64().unwrap()).unwrap();
    let mut days = Vec::new();
    for (key, kind) in [
        ("holidays", DayKind::Holiday),
        ("workdays", DayKind::Workday),
    ] {
        for (date, name) in doc[key].as_object().unwrap() {
            days.push((Date::parse(date).unwrap(), kind, name.as_str().unwrap()));
        }
    }
    Calendar::new_named(
        doc["id"].as_str().unwrap(),
        (year("from"), year("to")),
        days,
    )
    .unwrap()
}

/// Compares every day of the file and gives the days that differ, with what *we* say.
fn differences(name: &str, csv: &str) -> Vec<(String, bool)> {
    let cn = cn();
    let rows = csv.lines().filter(|line| !line.starts_with('#')).skip(1);
    let (mut compared, mut differing, mut expected) = (0_u32, Vec::new(), None);
    for row in rows {
        let (date, working) = row.split_once(',').unwrap();
        let day = Date::parse(date).unwrap();
        assert!(cn.is_known(day), "{day}");
        assert_eq!(day, expected.unwrap_or(day), "the file has no gaps");
        expected = Some(day.add_days(1));
        let theirs = match working {
            "1" => true,
            "0" => false,
            other => panic!("{other} is neither 1 nor 0"),
        };
        if cn.is_working_day(day) != theirs {
            differing.push((date.to_owned(), !theirs));
        }
        compared = compared.saturating_add(1);
    }
    println!(
        "{name}: {compared} days compared, {} differ",
        differing.len()
    );
    assert!(compared > 8_000, "{name}: only {compared} days compared");
    assert_eq!(
        expected,
        Some(cn.last_known().add_days(1)),
        "{name}: the last known day is compared"
    );
    differing
}

fn worked(days: &[&str]) -> Vec<(String, bool)> {
    days.iter().map(|day| ((*day).to_owned(), true)).collect()
}

#[test]
fn every_day_agrees_with_chinese_days() {
    // Saturday 2005-12-31: the notice for 2006 (国办发明电〔2005〕35号) moves it to 3 January: "12月31日(星期六)上班".
    // The compilation that both took over files days under the notice's year and lost this one; ours is corrected.
    let found = differences(
        "chinese-days",
        include_str!("../../tests/data/calendar/chinese-days.csv"),
    );
    assert_eq!(found, worked(&["2005-12-31"]));
}

#[test]
fn every_day_agrees_with_lunar_javascript() {
    // The notice for 2013 (国办发明电〔2012〕33号): "4月7日(星期日)上班" and "9月29日(星期日)、10月12日(星期六)上班".
    // The package has neither 7 April nor 12 October.
    let found = differences(
        "lunar-javascript",
        include_str!("../../tests/data/calendar/lunar-javascript.csv"),
    );
    assert_eq!(found, worked(&["2013-04-07", "2013-10-12"]));
}
