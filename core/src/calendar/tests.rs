//! Days, instants, periods and limits: there and back, against day-by-day reckoning, and what is refused.
#![allow(clippy::arithmetic_side_effects)] // small numbers, and an overflow would fail the test

use super::*;

mod workdays;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("{text} is a date"))
}

fn period(text: &str) -> Period {
    Period::parse(text).unwrap_or_else(|| panic!("{text} is a period"))
}

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap_or_else(|| panic!("{text} is an instant"))
}

#[test]
fn every_day_of_ten_thousand_years_goes_there_and_back() {
    let (mut year, mut month, mut dom, mut weekday) = (1, 1, 1, 1);
    let mut text = String::new();
    for days in Date::MIN.days()..=Date::MAX.days() {
        let date = Date::from_days(days);
        assert_eq!(date.ymd(), (year, month, dom));
        assert_eq!(date.weekday(), weekday);
        assert_eq!(Date::from_ymd(year, month, dom), Some(date));
        if (1900..=2100).contains(&year) || days % 13 == 0 {
            text.clear();
            date.write_to(&mut text);
            assert_eq!(text, format!("{year:04}-{month:02}-{dom:02}"));
            assert_eq!(date.to_string(), text);
            assert_eq!(Date::parse(&text), Some(date));
            assert_eq!(date.month_first(), Date::from_ymd(year, month, 1).unwrap());
            assert_eq!(
                date.month_last().add_days(1).ymd().2,
                if date.month_last() == Date::MAX {
                    31
                } else {
                    1
                }
            );
        }
        let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        assert_eq!(Date::from_ymd(year, month, length + 1), None);
        weekday = weekday % 7 + 1;
        dom += 1;
        if dom > length {
            (dom, month) = (1, month + 1);
        }
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
    assert_eq!(year, 10_000);
}

#[test]
fn days_stop_at_both_ends() {
    assert_eq!(Date::MIN.to_string(), "0001-01-01");
    assert_eq!(Date::MAX.to_string(), "9999-12-31");
    assert_eq!(Date::from_days(0).to_string(), "1970-01-01");
    assert_eq!(Date::from_days(i32::MIN), Date::MIN);
    assert_eq!(Date::MAX.add_days(i32::MAX), Date::MAX);
    assert_eq!(Date::MIN.add_days(i32::MIN), Date::MIN);
    assert_eq!(Date::MIN.days_until(Date::MAX), 3_652_058);
    assert_eq!(day("2014-03-03").days_until(day("2014-03-01")), -2);
    assert_eq!(day("2014-03-03").year(), 2014);
}

#[test]
fn dates_are_read_strictly() {
    for text in [
        "",
        "2014",
        "2014-3-3",
        "2014/03/03",
        "2014-03-03 ",
        " 2014-03-03",
        "+014-03-03",
        "２014-03-03",
        "20140303",
        "2014-03-0a",
        "2014-03-03T",
        "02014-03-03",
        "-014-03-03",
        "201４-03-0",
    ] {
        assert_eq!(Date::parse_reason(text), Err("not_a_date"), "{text}");
    }
    for text in [
        "0000-01-01",
        "2014-00-01",
        "2014-13-01",
        "2014-01-00",
        "2014-01-32",
        "2014-02-29",
        "1900-02-29",
    ] {
        assert_eq!(Date::parse_reason(text), Err("no_such_day"), "{text}");
    }
    assert!(Date::parse("2000-02-29").is_some());
    assert_eq!(Date::from_ymd(10_000, 1, 1), None);
    assert_eq!(Date::from_ymd(i32::MIN, 1, 1), None);
    assert_eq!(Date::from_ymd(2014, u32::MAX, u32::MAX), None);
}

#[test]
fn instants_are_written_back_as_they_were_read() {
    for text in [
        "2014-03-03T09:00:00+08:00",
        "2014-03-03T09:00:00Z",
        "2014-03-03T09:00:00+00:00",
        "2014-03-03T09:00:00.0Z",
        "2014-03-03T09:00:00.120-03:30",
        "1969-12-31T23:59:59.999999999Z",
        "1969-12-31T23:59:59.000000001-23:59",
        "0001-01-01T00:00:00+23:59",
        "0001-01-01T00:00:00-23:59",
        "9999-12-31T23:59:59.123456789+23:59",
        "9999-12-31T23:59:59-23:59",
        "2000-02-29T00:00:00+05:45",
    ] {
        let instant = at(text);
        let mut written = String::from("x");
        instant.write_to(&mut written);
        assert_eq!(&written[1..], text);
        assert_eq!(instant.to_string(), text);
        let (secs, nanos, offset, digits, zulu) = instant.to_parts();
        assert_eq!(
            Instant::from_parts(secs, nanos, offset, digits, zulu),
            Some(instant)
        );
    }
    // Every day, minute and offset, thinned to strides without a common factor.
    for step in 0..60_000_i32 {
        let date = Date::from_days(Date::MIN.days() + step * 60);
        let (h, m, s) = (step % 24, step % 60, step % 59);
        let off = UtcOffset::from_minutes((step % 2879 - 1439) as i16).unwrap();
        let text = format!("{date}T{h:02}:{m:02}:{s:02}{off}");
        let instant = at(&text);
        assert_eq!(instant.to_string(), text);
        assert_eq!(instant.local_day(off), date);
        assert_eq!(instant.local_minute(off), (h * 60 + m) as u32);
        assert_eq!(
            Instant::from_local(date, (h * 60 + m) as u32, off).epoch_seconds() + i64::from(s),
            instant.epoch_seconds()
        );
    }
}

#[test]
fn instants_are_read_strictly() {
    for (text, reason) in [
        ("", "not_an_instant"),
        ("2014-03-03", "not_an_instant"),
        ("2014-03-03T09:00", "not_an_instant"),
        ("2014-03-03t09:00:00Z", "not_an_instant"),
        ("2014-03-03 09:00:00Z", "not_an_instant"),
        ("2014-03-03T9:00:00Z", "not_an_instant"),
        ("２014-03-03T09:00:00Z", "not_an_instant"),
        ("2014-02-30T09:00:00Z", "no_such_day"),
        ("0000-01-01T09:00:00Z", "no_such_day"),
        ("2014-03-03T24:00:00Z", "no_such_time"),
        ("2014-03-03T09:60:00Z", "no_such_time"),
        ("2014-03-03T09:00:61Z", "no_such_time"),
        ("2014-03-03T09:00:60Z", "leap_second"),
        ("2014-03-03T09:00:00.Z", "not_a_fraction"),
        ("2014-03-03T09:00:00.1234567890Z", "not_a_fraction"),
        ("2014-03-03T09:00:00", "no_offset"),
        ("2014-03-03T09:00:00.5", "no_offset"),
        ("2014-03-03T09:00:00z", "not_an_offset"),
        ("2014-03-03T09:00:00,5Z", "not_an_offset"),
        ("2014-03-03T09:00:00+0800", "not_an_offset"),
        ("2014-03-03T09:00:00+08", "not_an_offset"),
        ("2014-03-03T09:00:00+08:00 ", "not_an_offset"),
        ("2014-03-03T09:00:00Z+08:00", "not_an_offset"),
        ("2014-03-03T09:00:00+24:00", "no_such_offset"),
        ("2014-03-03T09:00:00+08:60", "no_such_offset"),
        ("2014-03-03T09:00:00-00:00", "unknown_offset"),
    ] {
        assert_eq!(Instant::parse_reason(text), Err(reason), "{text}");
    }
    assert_eq!(
        Instant::from_parts(0, 1, 0, 8, false),
        None,
        "digits that would lose the nanosecond"
    );
    assert_eq!(Instant::from_parts(0, 1_000_000_000, 0, 9, false), None);
    assert_eq!(Instant::from_parts(0, 0, 0, 10, false), None);
    assert_eq!(
        Instant::from_parts(0, 0, 480, 0, true),
        None,
        "Z has no offset"
    );
    assert_eq!(Instant::from_parts(0, 0, 1440, 0, false), None);
    assert_eq!(Instant::from_parts(i64::MAX, 0, 0, 0, false), None);
    assert_eq!(Instant::from_parts(i64::MIN, 0, -1439, 0, false), None);
    for text in ["", "Z", "08:00", "+8:00", "+08:00 ", "-00:00", "+24:00"] {
        assert_eq!(UtcOffset::parse(text), None, "{text}");
    }
    assert_eq!(
        UtcOffset::parse("-03:30").map(UtcOffset::minutes),
        Some(-210)
    );
    assert_eq!(UtcOffset::from_minutes(i16::MIN), None);
}

#[test]
fn moments_compare_whatever_their_writing() {
    let (a, b) = (at("2014-03-03T09:00:00+08:00"), at("2014-03-03T01:00:00Z"));
    assert_ne!(a, b);
    assert!(!a.before(b) && !a.after(b));
    assert!(a.before(at("2014-03-03T01:00:00.000000001Z")));
    assert!(at("1969-12-31T23:59:59.5Z").before(at("1970-01-01T00:00:00Z")));
    assert_eq!(a.plus_hours(24).to_string(), "2014-03-04T09:00:00+08:00");
    assert_eq!(
        a.plus_hours(i64::MAX).to_string(),
        "9999-12-31T23:59:59+08:00"
    );
    assert_eq!(
        a.plus_hours(i64::MIN).to_string(),
        "0001-01-01T00:00:00+08:00"
    );
    let end = Instant::end_of_day(day("2014-03-03"), UtcOffset::CHINA);
    assert_eq!(end.to_string(), "2014-03-03T23:59:59.999999999+08:00");
    assert_eq!(
        Instant::from_local(day("2014-03-03"), 99_999, UtcOffset::UTC).to_string(),
        "2014-03-03T23:59:00+00:00"
    );
}

#[test]
fn periods_tile_the_years() {
    for kind in PeriodKind::ALL {
        assert_eq!(PeriodKind::parse(kind.name()), Some(kind));
        let mut p = Period::containing(kind, day("1900-01-01"));
        while p.first() < day("2100-12-31") {
            let text = p.to_string();
            assert_eq!(Period::parse(&text), Some(p), "{text}");
            assert_eq!(p.kind(), kind);
            assert!(p.first() < p.last());
            assert_eq!(p.next().first(), p.last().add_days(1));
            assert!(p < p.next());
            let mut d = p.first();
            while d <= p.last() {
                assert_eq!(Period::containing(kind, d), p);
                assert!(p.contains(d));
                d = d.add_days(1);
            }
            assert!(!p.contains(d) && !p.contains(p.first().add_days(-1)));
            p = p.next();
        }
        let end = Period::containing(kind, Date::MAX);
        assert_eq!((end.last(), end.next()), (Date::MAX, end));
        assert_eq!(Period::containing(kind, Date::MIN).first(), Date::MIN);
    }
    assert_eq!(PeriodKind::parse("Month"), None);
    assert!(period("2014") < period("2014-Q1") && period("2014-Q1") < period("2014-01"));
    assert!(
        period("2014-01-H1") < period("2014-01-H2") && period("2014-01") < period("2014-01-H1")
    );
    let (first, last) = (period("2024-02-H2").first(), period("2024-02-H2").last());
    assert_eq!((first, last), (day("2024-02-16"), day("2024-02-29")));
    assert_eq!(period("2014-Q4").last(), day("2014-12-31"));
}

#[test]
fn iso_weeks_meet_the_years_as_the_standard_says() {
    // A year has 53 weeks exactly when it begins or ends on a Thursday.
    for year in 1..=9999 {
        let (begins, ends) = (
            Date::from_ymd(year, 1, 1).unwrap(),
            Date::from_ymd(year, 12, 31).unwrap(),
        );
        let long = begins.weekday() == 4 || ends.weekday() == 4;
        let w53 = Period::parse_reason(&format!("{year:04}-W53"));
        assert_eq!(w53.is_ok(), long, "{year}");
        if !long {
            assert_eq!(w53, Err("week_53_of_a_52_week_year"));
        }
    }
    for (date, week) in [
        ("2004-12-31", "2004-W53"),
        ("2005-01-02", "2004-W53"),
        ("2005-01-03", "2005-W01"),
        ("2008-12-29", "2009-W01"),
        ("2010-01-03", "2009-W53"),
        ("2014-03-03", "2014-W10"),
        ("2014-12-29", "2015-W01"),
        ("2016-01-03", "2015-W53"),
        ("2020-12-31", "2020-W53"),
        ("2024-12-30", "2025-W01"),
        ("2027-01-01", "2026-W53"),
    ] {
        assert_eq!(
            Period::containing(PeriodKind::Week, day(date)).to_string(),
            week,
            "{date}"
        );
    }
    assert_eq!(period("2014-W10").day_of_week(5), Some(day("2014-03-07")));
    assert_eq!(period("2014-W10").day_of_week(0), None);
    assert_eq!(period("2014-W10").day_of_week(8), None);
    assert_eq!(period("2014-03").day_of_week(5), None);
}

#[test]
fn periods_are_read_strictly() {
    for (text, reason) in [
        ("", "not_a_period"),
        ("201", "not_a_period"),
        ("20145", "not_a_period"),
        ("2014-", "not_a_period"),
        ("2014-3", "not_a_period"),
        ("2014-Q", "not_a_period"),
        ("2014-QX", "not_a_period"),
        ("2014-q1", "not_a_period"),
        ("2014-w10", "not_a_period"),
        ("2014-W1", "not_a_period"),
        ("2014W10", "not_a_period"),
        ("2014-W10-1", "not_a_period"),
        ("2014-03-01", "not_a_period"),
        ("2014-03-HX", "not_a_period"),
        ("2014-03-h1", "not_a_period"),
        ("２014-03", "not_a_period"),
        ("0000", "no_such_year"),
        ("0000-W10", "no_such_year"),
        ("0000-03", "no_such_year"),
        ("2014-Q0", "no_such_quarter"),
        ("2014-Q5", "no_such_quarter"),
        ("2014-00", "no_such_month"),
        ("2014-13", "no_such_month"),
        ("2014-13-H1", "no_such_month"),
        ("2014-03-H0", "no_such_half_month"),
        ("2014-03-H3", "no_such_half_month"),
        ("2014-W00", "no_such_week"),
        ("2014-W54", "no_such_week"),
        ("2014-W53", "week_53_of_a_52_week_year"),
    ] {
        assert_eq!(Period::parse_reason(text), Err(reason), "{text}");
    }
}

#[test]
fn limits_are_read_strictly() {
    for (text, limit) in [
        ("0d", Limit::Days(0)),
        ("7d", Limit::Days(7)),
        ("99999d", Limit::Days(99_999)),
        ("5wd", Limit::WorkingDays(5)),
        ("24h", Limit::Hours(24)),
    ] {
        assert_eq!(Limit::parse(text), Some(limit));
        assert_eq!(limit.to_string(), text);
    }
    for (text, reason) in [
        ("", "not_a_limit"),
        ("d", "not_a_limit"),
        ("7", "not_a_limit"),
        ("-7d", "not_a_limit"),
        ("+7d", "not_a_limit"),
        (" 7d", "not_a_limit"),
        ("７d", "not_a_limit"),
        ("07d", "leading_zero"),
        ("00d", "leading_zero"),
        ("100000d", "limit_too_long"),
        ("7D", "no_such_unit"),
        ("7 d", "no_such_unit"),
        ("7w", "no_such_unit"),
        ("7天", "no_such_unit"),
        ("7.5d", "no_such_unit"),
    ] {
        assert_eq!(Limit::parse_reason(text), Err(reason), "{text}");
    }
}
