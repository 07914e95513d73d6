//! Working days and limits against day-by-day counting and against days that the notices name.

use super::super::*;
use super::{at, day, period};
use std::collections::BTreeMap;

fn listed() -> Vec<(Date, DayKind, String)> {
    let doc: serde_json::Value =
        serde_json::from_str(include_str!("../../../calendars/cn.json")).unwrap();
    let mut days = Vec::new();
    for (key, kind) in [
        ("holidays", DayKind::Holiday),
        ("workdays", DayKind::Workday),
    ] {
        for (date, name) in doc[key].as_object().unwrap() {
            days.push((day(date), kind, name.as_str().unwrap().to_owned()));
        }
    }
    days
}

fn cn() -> Calendar {
    Calendar::new_named("cn", (2004, 2026), listed()).unwrap()
}

/// The plain reckoning that the tables are held against.
struct Plain(BTreeMap<Date, DayKind>);

impl Plain {
    fn new() -> Plain {
        Plain(listed().into_iter().map(|(d, kind, _)| (d, kind)).collect())
    }
    fn works(&self, d: Date) -> bool {
        self.0
            .get(&d)
            .map_or(d.weekday() < 6, |kind| *kind == DayKind::Workday)
    }
    fn roll(&self, mut d: Date) -> Date {
        while !self.works(d) {
            d = d.add_days(1);
        }
        d
    }
    fn after(&self, mut d: Date, n: u32) -> Date {
        for _ in 0..n {
            d = self.roll(d.add_days(1));
        }
        self.roll(d)
    }
    fn before(&self, mut d: Date, n: u32) -> Date {
        let mut left = n;
        while left > 0 {
            d = d.add_days(-1);
            left -= u32::from(self.works(d));
        }
        while !self.works(d) {
            d = d.add_days(-1);
        }
        d
    }
}

#[test]
fn calendars_refuse_what_they_cannot_hold() {
    let (d, e) = (day("2014-10-01"), day("2015-01-01"));
    let new =
        |id: &str, years, days: Vec<_>| Calendar::new(id, years, days).map(|c| c.known_years());
    assert_eq!(
        new("a", (2014, 2014), vec![(d, DayKind::Holiday)]),
        Ok((2014, 2014))
    );
    for id in ["", "a b", "历", &"x".repeat(65)] {
        assert_eq!(new(id, (2014, 2014), vec![]), Err(CalendarError::BadId));
    }
    for years in [
        (2015, 2014),
        (0, 2014),
        (2014, 10_000),
        (1601, 2001),
        (i32::MIN, i32::MAX),
    ] {
        assert_eq!(new("a", years, vec![]), Err(CalendarError::BadYears));
    }
    assert_eq!(new("a", (1602, 2001), vec![]), Ok((1602, 2001)));
    let outside = new(
        "a",
        (2014, 2014),
        vec![(d, DayKind::Holiday), (e, DayKind::Holiday)],
    );
    assert_eq!(outside, Err(CalendarError::OutsideKnownYears(e)));
    let twice = new(
        "a",
        (2014, 2015),
        vec![
            (d, DayKind::Holiday),
            (e, DayKind::Holiday),
            (d, DayKind::Workday),
        ],
    );
    assert_eq!(twice, Err(CalendarError::ListedTwice(d)));
    assert_eq!(
        CalendarError::ListedTwice(d).to_string(),
        "2014-10-01 is listed twice"
    );
    assert_eq!(CalendarError::ListedTwice(d).reason(), "listed_twice");
    // A document may call a plain working day a workday and a weekend day a holiday: true, and harmless.
    let plain = Calendar::new(
        "a",
        (2014, 2014),
        [(d, DayKind::Workday), (day("2014-10-04"), DayKind::Holiday)],
    )
    .unwrap();
    assert!(plain.is_working_day(d) && !plain.is_working_day(day("2014-10-04")));
}

#[test]
fn the_built_in_calendar_keeps_its_names_and_years() {
    let cn = cn();
    assert_eq!(
        (cn.id(), cn.known_years(), cn.last_known()),
        ("cn", (2004, 2026), day("2026-12-31"))
    );
    assert_eq!(cn.exceptions().count(), 772);
    let first = cn.exceptions().next();
    assert_eq!(
        first,
        Some((day("2004-01-01"), DayKind::Holiday, "New Year's Day"))
    );
    // Each moved working day is a rest day of the plain week: anything else would be a slip of the data.
    for (date, kind, name) in cn.exceptions() {
        assert!(!name.is_empty());
        assert_eq!(cn.is_working_day(date), kind == DayKind::Workday);
        assert!(kind == DayKind::Holiday || date.weekday() > 5, "{date}");
    }
    assert_eq!(cn, cn.clone());
}

#[test]
fn spring_festival_and_national_day_of_2014() {
    let cn = cn();
    let due = |start: &str, limit: &str| {
        cn.due(day(start), Limit::parse(limit).unwrap())
            .date
            .to_string()
    };
    // Holidays 31 January to 6 February; Sunday 26 January and Saturday 8 February are worked.
    assert_eq!(due("2014-01-24", "1wd"), "2014-01-26");
    assert_eq!(due("2014-01-30", "1wd"), "2014-02-07");
    assert_eq!(due("2014-01-30", "2wd"), "2014-02-08");
    assert_eq!(due("2014-01-30", "3wd"), "2014-02-10");
    assert_eq!(
        due("2014-01-24", "7d"),
        "2014-02-07",
        "ends on the first day of the festival and rolls behind it"
    );
    assert_eq!(
        due("2014-02-01", "7d"),
        "2014-02-08",
        "ends on a Saturday that is worked"
    );
    assert_eq!(
        due("2014-02-02", "7d"),
        "2014-02-10",
        "ends on a Sunday that is not"
    );
    // Holidays 1 to 7 October; Sunday 28 September and Saturday 11 October are worked.
    assert_eq!(due("2014-09-26", "1wd"), "2014-09-28");
    assert_eq!(due("2014-09-30", "5wd"), "2014-10-13");
    assert_eq!(due("2014-09-24", "7d"), "2014-10-08");
    assert_eq!(due("2014-10-01", "10d"), "2014-10-11");
    // The first day is not counted, even when it is worked; nothing at all ends on the start, rolled.
    assert_eq!(due("2014-03-03", "7d"), "2014-03-10");
    assert_eq!(due("2014-03-03", "0d"), "2014-03-03");
    assert_eq!(due("2014-03-03", "0wd"), "2014-03-03");
    assert_eq!(due("2014-03-01", "0d"), "2014-03-03");
    assert_eq!(due("2014-03-01", "0wd"), "2014-03-03");
    assert_eq!(due("2014-03-07", "24h"), "2014-03-08", "hours do not roll");
    assert_eq!(due("2014-03-07", "25h"), "2014-03-09");
}

#[test]
fn hours_run_through_midnight_and_rest_days() {
    let (cn, off) = (cn(), UtcOffset::CHINA);
    let due = |start: &str, limit: Limit| cn.due_at(at(start), off, limit).date.to_string();
    assert_eq!(
        due("2014-03-07T09:00:00+08:00", Limit::Hours(24)),
        "2014-03-08"
    );
    assert_eq!(
        due("2014-03-07T09:00:00+08:00", Limit::Hours(14)),
        "2014-03-07"
    );
    assert_eq!(
        due("2014-03-07T09:00:00+08:00", Limit::Hours(15)),
        "2014-03-08"
    );
    assert_eq!(
        due("2014-03-06T17:00:00Z", Limit::Hours(0)),
        "2014-03-07",
        "the local day, not the written one"
    );
    assert_eq!(
        due("2014-03-06T17:00:00Z", Limit::WorkingDays(1)),
        "2014-03-10"
    );
    assert_eq!(due("2014-03-06T17:00:00Z", Limit::Days(1)), "2014-03-10");
    assert!(
        cn.due_at(at("2026-12-31T09:00:00+08:00"), off, Limit::Hours(24))
            .provisional
    );
    assert!(
        !cn.due_at(at("2026-12-31T09:00:00+08:00"), off, Limit::Hours(14))
            .provisional
    );
}

#[test]
fn a_friday_off_moves_to_the_weeks_last_working_day() {
    let cn = cn();
    let friday = |week: &str| cn.weekly_day(period(week), 5).map(|d| d.to_string());
    assert_eq!(friday("2014-W10").as_deref(), Some("2014-03-07"));
    assert_eq!(
        friday("2014-W05").as_deref(),
        Some("2014-01-30"),
        "31 January is the festival's first day"
    );
    assert_eq!(
        friday("2014-W18").as_deref(),
        Some("2014-05-04"),
        "Friday off, Sunday worked"
    );
    assert_eq!(
        friday("2013-W38").as_deref(),
        Some("2013-09-22"),
        "Friday off, Sunday worked"
    );
    assert_eq!(
        friday("2014-W06").as_deref(),
        Some("2014-02-07"),
        "a worked Friday stays, though Saturday is worked too"
    );
    assert_eq!(cn.weekly_day(period("2014-03"), 5), None);
    assert_eq!(cn.weekly_day(period("2014-W10"), 0), None);
    assert_eq!(
        cn.last_working_day_of(period("2014-02")),
        Some(day("2014-02-28"))
    );
    assert_eq!(
        cn.last_working_day_of(period("2014-05-H2")),
        Some(day("2014-05-30"))
    );
    // The weeks without any working day, all that there are.
    let mut idle = Vec::new();
    let mut week = Period::containing(PeriodKind::Week, day("2004-01-05"));
    while week.last() <= cn.last_known() {
        if cn.last_working_day_of(week).is_none() {
            assert_eq!(cn.weekly_day(week, 5), None);
            idle.push(week.to_string());
        }
        week = week.next();
    }
    let known =
        "2006-W18 2007-W40 2008-W40 2012-W40 2017-W40 2018-W40 2019-W06 2020-W05 2022-W05 2026-W08";
    assert_eq!(idle.join(" "), known);
}

#[test]
fn beyond_the_notices_everything_is_provisional() {
    let cn = cn();
    let due = |start: &str, limit| cn.due(day(start), limit);
    let sure = |date: &str| Due {
        date: day(date),
        provisional: false,
    };
    let open = |date: &str| Due {
        date: day(date),
        provisional: true,
    };
    assert_eq!(due("2026-12-30", Limit::WorkingDays(1)), sure("2026-12-31"));
    assert_eq!(due("2026-12-31", Limit::WorkingDays(1)), open("2027-01-01"));
    assert_eq!(due("2026-12-31", Limit::Days(0)), sure("2026-12-31"));
    assert_eq!(due("2026-12-30", Limit::Days(3)), open("2027-01-04"));
    assert_eq!(due("2030-01-04", Limit::WorkingDays(1)), open("2030-01-07"));
    assert_eq!(due("2003-12-29", Limit::WorkingDays(3)), open("2004-01-02"));
    assert_eq!(
        due("2003-12-31", Limit::WorkingDays(1)),
        sure("2004-01-02"),
        "the first day is not counted"
    );
    assert_eq!(due("2003-12-31", Limit::Days(0)), open("2003-12-31"));
    assert!(cn.is_provisional(day("2027-01-01")) && !cn.is_provisional(day("2026-12-31")));
    assert!(cn.is_provisional(day("2003-12-31")) && !cn.is_provisional(day("2004-01-01")));
    // Absurd limits stop at the end of the calendar instead of failing.
    for limit in [
        Limit::Days(u32::MAX),
        Limit::WorkingDays(u32::MAX),
        Limit::Hours(u32::MAX),
    ] {
        let due = cn.due(day("9990-01-01"), limit);
        assert!(due.provisional && due.date == Date::MAX, "{limit}");
    }
    assert!(
        cn.due_at(
            at("9990-01-01T00:00:00Z"),
            UtcOffset::CHINA,
            Limit::Hours(u32::MAX)
        )
        .provisional
    );
    assert_eq!(cn.working_days_before(day("0001-01-02"), 5), Date::MIN);
    let moved = cn
        .exceptions()
        .filter(|(_, kind, _)| *kind == DayKind::Workday)
        .count();
    let lost = cn
        .exceptions()
        .filter(|(d, kind, _)| *kind == DayKind::Holiday && d.weekday() < 6)
        .count();
    let plain_week = 3_652_059 / 7 * 5 + 5; // 0001-01-01 is a Monday, 9999-12-31 a Friday
    let all = cn.working_days_between(Date::MIN, Date::MAX) + 1;
    assert_eq!(all as usize, plain_week + moved - lost);
    assert!(cn.is_working_day(Date::MAX), "a Friday");
}

#[test]
fn the_tables_agree_with_counting_day_by_day() {
    let (cn, plain) = (cn(), Plain::new());
    let (mut d, mut compared) = (day("2003-06-01"), 0_u32);
    let mut worked = 0;
    let origin = d.add_days(-1);
    while d <= day("2027-12-31") {
        assert_eq!(cn.is_working_day(d), plain.works(d), "{d}");
        worked += u32::from(plain.works(d));
        assert_eq!(cn.working_days_between(origin, d), worked, "{d}");
        assert_eq!(cn.working_days_between(d, origin), 0);
        for n in [0, 1, 2, 3, 5, 7, 10, 15, 30] {
            let run = cn.due(d, Limit::WorkingDays(n));
            assert_eq!(run.date, plain.after(d, n), "{d} {n}wd");
            let calendar = cn.due(d, Limit::Days(n));
            assert_eq!(calendar.date, plain.roll(d.add_days(n as i32)), "{d} {n}d");
            assert_eq!(
                cn.working_days_before(d, n),
                plain.before(d, n),
                "{d} -{n}wd"
            );
            if n > 0 {
                let known = |date: Date| (2004..=2026).contains(&date.year());
                assert_eq!(run.provisional, !(known(d.add_days(1)) && known(run.date)));
                assert_eq!(
                    calendar.provisional,
                    !(known(d.add_days(1)) && known(calendar.date))
                );
                assert_eq!(cn.working_days_between(d, run.date), n);
            }
            compared += 3;
        }
        for kind in PeriodKind::ALL {
            let p = Period::containing(kind, d);
            if p.last() == d {
                let last = plain.before(d, 0);
                assert_eq!(
                    cn.last_working_day_of(p),
                    Some(last).filter(|last| p.contains(*last)),
                    "{p}"
                );
            }
        }
        d = d.add_days(1);
    }
    assert!(compared > 200_000);
}
