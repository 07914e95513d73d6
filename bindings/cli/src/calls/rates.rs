//! `rates`: exact fractions, beside the numbers that they are taken of.

use std::io::Write;

use serde_json::Value;
use wuzhang::json::JsonBook;

use super::rows::{values, write_machine};
use crate::args::Rates;
use crate::facade::{ask_book, Request};
use crate::load;
use crate::shell::Shell;
use crate::stop::{Run, WELL};
use crate::text::{Align, Table};
use crate::words::{text, whole, Words};

const FIELDS: &[&str] = &[
    "unit", "unit_name", "category", "response.in", "response.of", "solving.in", "solving.of", "satisfaction.in",
    "satisfaction.of", "coverage.in", "coverage.of", "n.noted", "n.answered", "n.due", "partly", "unrated", "withdrawn",
    "merged", "reopened",
];

/// Runs the call.
pub fn run(shell: &Shell, args: &Rates) -> Run {
    for (flag, day) in [("--from", &args.from), ("--to", &args.to)] {
        shell.date(flag, day)?;
    }
    let book = load::book(shell, &args.documents, &args.commands, ("--as-of", None))?;
    if args.eyes.viewer.is_none() {
        load::say_public(shell);
    }
    let request = Request::new("rates")
        .with("from", &args.from)
        .with("to", &args.to)
        .with_some("unit", args.unit.as_deref())
        .with_some("viewer", args.eyes.viewer.as_deref())
        .done();
    let book = JsonBook::of(book);
    let answer = ask_book(&book, &request).map_err(|found| shell.refuse_question(found))?;
    let mut out = shell.out();
    if write_machine(&mut out, args.format, &answer, None, FIELDS)? {
        return Ok(WELL);
    }
    let words = Words { lang: shell.lang, policy: Some(book.book().opening_policy()) };
    let table = table_of(&values(&answer), words);
    if table.is_empty() {
        writeln!(out, "{}", shell.lang.pick("没有可以计算的事项。", "There is nothing to take rates of."))?;
    } else {
        table.write(shell.style, &mut out)?;
        let legend = shell.lang.pick(
            "“–”：不足 5 件，不计算。未评、撤回、合并、重开另列，不计入满意。",
            "“–”: fewer than 5 cases, no rate. Unrated, withdrawn, merged and reopened stand apart and are never satisfied.",
        );
        writeln!(out, "\n{legend}")?;
    }
    out.flush()?;
    Ok(WELL)
}

/// The rates as a table.
pub fn table_of(list: &[Value], words: Words<'_>) -> Table {
    let lang = words.lang;
    let mut table = Table::new([
        (lang.pick("单位", "unit"), Align::Wrap),
        (lang.pick("台账", "ledger"), Align::Left),
        (lang.pick("受理", "noted"), Align::Right),
        (lang.pick("响应率", "response"), Align::Right),
        (lang.pick("回访率", "coverage"), Align::Right),
        (lang.pick("解决率", "solving"), Align::Right),
        (lang.pick("满意率", "satisfaction"), Align::Right),
        (lang.pick("部分解决", "partly"), Align::Right),
        (lang.pick("未评", "unrated"), Align::Right),
        (lang.pick("撤回", "withdrawn"), Align::Right),
        (lang.pick("合并", "merged"), Align::Right),
        (lang.pick("重开", "reopened"), Align::Right),
    ]);
    for row in list {
        let n = row.get("n").cloned().unwrap_or_default();
        let category = match text(row, "category") {
            "" => words.plain("total"),
            category => words.category(category),
        };
        let mut cells = vec![text(row, "unit_name").into(), category.into(), whole(&n, "noted").to_string().into()];
        cells.extend(["response", "coverage", "solving", "satisfaction"].map(|name| rate(row.get(name)).into()));
        cells.extend(["partly", "unrated", "withdrawn", "merged", "reopened"].map(|name| whole(row, name).to_string().into()));
        table.row(cells);
    }
    table
}

/// A rate as percent and as the fraction it is: a percentage alone hides of how many.
pub fn rate(value: Option<&Value>) -> String {
    let part = |name: &str| value.and_then(|value| value.get(name)).and_then(Value::as_u64);
    let (Some(of), Some(part)) = (part("of"), part("in")) else { return "–".to_owned() };
    // Tenths of a percent, rounded down: 100 % is only what is all of it.
    let tenths = part.saturating_mul(1000).checked_div(of).unwrap_or(0);
    format!("{}.{}% ({part}/{of})", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::rate;
    use serde_json::json;

    #[test]
    fn rates_are_never_rounded_up() {
        assert_eq!(rate(Some(&json!({"of": 1000, "in": 999}))), "99.9% (999/1000)");
        assert_eq!(rate(Some(&json!({"of": 3000, "in": 2999}))), "99.9% (2999/3000)");
        assert_eq!(rate(Some(&json!({"of": 7, "in": 7}))), "100.0% (7/7)");
        assert_eq!(rate(Some(&json!(null))), "–");
    }
}
