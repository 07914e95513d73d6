//! What the benches of the workspace share: a county to measure on, and how to measure.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant as Clock};

use wuzhang::calendar::{Date, Instant, UtcOffset};

/// The best of several rounds.
pub fn best<R>(rounds: usize, mut run: impl FnMut() -> R) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..rounds {
        let start = Clock::now();
        black_box(run());
        best = best.min(start.elapsed());
    }
    best
}

/// How many times the second the first is.
pub fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// A county of so many villages, each with three cadres and thirty households.
pub fn roster(villages: usize) -> String {
    let mut out = String::from(r#"{"units":[{"id":"c","kind":"county","name":"县"},{"id":"t","kind":"town","name":"镇","parent":"c"}"#);
    for v in 0..villages {
        write!(out, r#",{{"id":"v{v}","kind":"village","name":"村{v}","parent":"t"}},{{"id":"v{v}-1","kind":"group","name":"1组","parent":"v{v}"}}"#).unwrap();
    }
    out.push_str(r#"],"cadres":[{"id":"cs","name":"某","level":"county","unit":"c","posts":["county_secretary"],"from":"2013-01-01","until":null},{"id":"ts","name":"某","level":"town","unit":"t","posts":["town_secretary"],"from":"2013-01-01","until":null}"#);
    for v in 0..villages {
        for (k, post) in ["branch_secretary", "committee_member", "station_duty"].iter().enumerate() {
            write!(out, r#",{{"id":"k{v}-{k}","name":"某","level":"village","unit":"v{v}","posts":["{post}"],"from":"2013-01-01","until":null}}"#).unwrap();
        }
    }
    out.push_str(r#"],"households":["#);
    for v in 0..villages {
        for h in 0..30 {
            let comma = if v == 0 && h == 0 { "" } else { "," };
            write!(out, r#"{comma}{{"id":"h{v}-{h}","unit":"v{v}-1","name":"张某","from":"2013-01-01","until":null}}"#).unwrap();
        }
    }
    out.push_str(r#"],"liaisons":["#);
    for v in 0..villages {
        for h in 0..30 {
            let comma = if v == 0 && h == 0 { "" } else { "," };
            write!(out, r#"{comma}{{"subject":"k{v}-{}","target":"h{v}-{h}","from":"2013-01-01","until":null}}"#, h % 3).unwrap();
        }
    }
    out.push_str("]}");
    out
}

/// Visits of 2014, day by day, as a county's phones send them.
pub fn visits(count: usize, villages: usize) -> String {
    let first = Date::parse("2014-01-06").unwrap();
    let per_day = count.div_ceil(350).max(1);
    let mut out = String::with_capacity(count * 220);
    for i in 0..count {
        let day = first.add_days((i / per_day) as i32);
        let (v, h) = (i % villages, (i / villages) % 30);
        let minute = 480 + (i % per_day) as u32 * 500 / per_day as u32;
        let at = Instant::from_local(day, minute, UtcOffset::CHINA);
        writeln!(
            out,
            r#"{{"id":"c{i}","at":"{at}","actor":"k{v}-{}","do":"record_visit","visit":"v{i}","cadres":["k{v}-{}"],"target":"h{v}-{h}","on":"{at}","diary":"田里缺水,已记下"}}"#,
            h % 3,
            h % 3
        )
        .unwrap();
    }
    out
}
