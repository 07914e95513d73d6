//! `publication`: a unit's board in a period, as it hangs for everybody.

use std::io::Write;

use serde_json::Value;
use wuzhang::json::JsonBook;

use super::rows::write_machine;
use crate::args::{Publication, Rows};
use crate::csv;
use crate::facade::{ask_book, read, Request};
use crate::load;
use crate::shell::Shell;
use crate::stop::{Run, Stop, WELL};
use crate::text::{clean, Align, Paint, Style, Table};
use crate::words::{is, rows, text, whole, Words};

const FIELDS: &[&str] = &[
    "posting", "stage", "from", "place", "up", "no", "category", "village", "group", "name", "summary", "measures",
    "post", "due", "result",
];
/// The counts of a board, in the order of the method.
const COUNTS: [(&str, &str, &str); 5] = [
    ("noted", "收集", "noted"),
    ("decided", "议定", "decided"),
    ("settled", "销账", "settled"),
    ("published", "公示", "published"),
    ("closed", "结账", "closed"),
];

/// Runs the call.
pub fn run(shell: &Shell, args: &Publication) -> Run {
    let book = load::book(shell, &args.documents, &args.commands, ("--as-of", None))?;
    let request = Request::new("publication").with("unit", &args.unit).with("period", &args.period).done();
    let book = JsonBook::of(book);
    let answer = ask_book(&book, &request).map_err(|found| shell.refuse_question(found))?;
    let mut out = shell.out();
    if args.format == Rows::Csv {
        // A posting's items stand below it; a sheet has one line for each.
        csv::rows(&mut out, FIELDS, &flat(&read(&answer)))?;
        out.flush()?;
        return Ok(WELL);
    }
    if write_machine(&mut out, args.format, &answer, Some("postings"), FIELDS)? {
        return Ok(WELL);
    }
    let words = Words { lang: shell.lang, policy: Some(book.book().opening_policy()) };
    write_board(&read(&answer), words, shell.style, &mut out)?;
    out.flush()?;
    Ok(WELL)
}

/// An item, whether it stands beside its number or beneath it.
fn item_of(item: &Value) -> &Value {
    item.get("item").unwrap_or(item)
}

fn flat(view: &Value) -> Vec<Value> {
    let mut lines = Vec::new();
    for posting in rows(view, "postings") {
        for item in rows(posting, "items") {
            let mut line = posting.clone();
            if let (Value::Object(line), Value::Object(fields)) = (&mut line, item_of(item)) {
                line.remove("items");
                for (name, value) in fields {
                    line.insert(name.clone(), value.clone());
                }
                line.insert("no".into(), item.get("no").cloned().unwrap_or_default());
            }
            lines.push(line);
        }
    }
    lines
}

fn heading(view: &Value, words: Words<'_>) -> String {
    let (unit, period) = (clean(text(view, "unit_name")), text(view, "period"));
    words.lang.pick(format!("{unit} 民情台账公示（{period}）"), format!("{unit}: what is on the board ({period})"))
}

/// An item's lines: what it is about, and then what is to be said of it.
fn lines_of(item: &Value, words: Words<'_>) -> (String, Vec<(String, String)>) {
    let lang = words.lang;
    let place = format!("{}{}", text(item, "village"), text(item, "group"));
    let head = words.list(&[words.category(text(item, "category")), place, text(item, "name").to_owned()]);
    let pairs = [
        (lang.pick("事项", "matter"), text(item, "summary").to_owned()),
        (lang.pick("措施", "measures"), text(item, "measures").to_owned()),
        (lang.pick("责任人", "responsible"), words.post(text(item, "post"))),
        (lang.pick("时限", "due"), text(item, "due").to_owned()),
        (lang.pick("结果", "result"), text(item, "result").to_owned()),
    ];
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    (head, pairs.map(|(name, value)| (name.to_owned(), clean(&value))).collect())
}

fn title_of(posting: &Value, words: Words<'_>) -> String {
    let lang = words.lang;
    let stage = words.stage(text(posting, "stage"));
    let (from, place) = (text(posting, "from"), clean(text(posting, "place")));
    let down = if is(posting, "up") { "" } else { lang.pick("（已撤下）", " (taken down)") };
    lang.pick(format!("{stage}公示 {from} 起，{place}{down}"), format!("{stage}, from {from}, {place}{down}"))
}

fn write_board(view: &Value, words: Words<'_>, style: Style, out: &mut dyn Write) -> Result<(), Stop> {
    let lang = words.lang;
    writeln!(out, "{}\n", style.paint(Paint::Bold, &heading(view, words)))?;
    for posting in rows(view, "postings") {
        writeln!(out, "{}", style.paint(Paint::Bold, &format!("■ {}", title_of(posting, words))))?;
        for item in rows(posting, "items") {
            let (head, lines) = lines_of(item_of(item), words);
            writeln!(out, "  {}. {}", whole(item, "no"), clean(&head))?;
            for (name, value) in lines {
                writeln!(out, "     {} {value}", style.paint(Paint::Dim, &format!("{name}{}", lang.pick("：", ":"))))?;
            }
        }
        if rows(posting, "items").is_empty() {
            writeln!(out, "  {}", lang.pick("（没有可以逐项公示的内容）", "(nothing that may be shown item by item)"))?;
        }
        writeln!(out)?;
    }
    if rows(view, "postings").is_empty() {
        writeln!(out, "{}\n", lang.pick("这个期间没有公示。", "Nothing went up in this period."))?;
    }
    counts_table(view, words).write(style, out)?;
    writeln!(out, "{}", hidden(words))?;
    Ok(())
}

fn hidden(words: Words<'_>) -> &'static str {
    words.lang.pick(
        "“–”：少于 5，或由它能推算出少于 5 的数，依法不公布。",
        "“–”: under 5, or such that a number under 5 could be worked out from it; not published, by law.",
    )
}

fn count(row: &Value, name: &str) -> String {
    row.get(name).and_then(Value::as_u64).map_or_else(|| "–".to_owned(), |count| count.to_string())
}

/// The count rows with their names, the total last.
fn count_rows<'v>(view: &'v Value, words: Words<'_>) -> Vec<(String, &'v Value)> {
    let Some(counts) = view.get("counts") else { return Vec::new() };
    let mut list: Vec<(String, &Value)> =
        rows(counts, "rows").iter().map(|row| (words.category(text(row, "category")), row)).collect();
    if let Some(total) = counts.get("total") {
        list.push((words.plain("total"), total));
    }
    list
}

fn counts_table(view: &Value, words: Words<'_>) -> Table {
    let mut heads = vec![(words.lang.pick("台账", "ledger"), Align::Left)];
    heads.extend(COUNTS.iter().map(|(_, zh, en)| (words.lang.pick(*zh, *en), Align::Right)));
    let mut table = Table::new(heads);
    for (name, row) in count_rows(view, words) {
        let mut cells = vec![name.into()];
        cells.extend(COUNTS.iter().map(|(field, ..)| count(row, field).into()));
        table.row(cells);
    }
    table
}

/// A board as a page of Markdown: what the demo hangs up for each village.
pub fn write_page(view: &Value, words: Words<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    let colon = words.lang.pick("：", ": ");
    let md = |text: &str| {
        text.chars().fold(String::new(), |mut out, char| {
            if matches!(char, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
                out.push('\\');
            }
            out.push(char);
            out
        })
    };
    writeln!(out, "# {}\n", md(&heading(view, words)))?;
    for posting in rows(view, "postings") {
        writeln!(out, "## {}\n", md(&title_of(posting, words)))?;
        for item in rows(posting, "items") {
            let (head, lines) = lines_of(item_of(item), words);
            writeln!(out, "{}. **{}**", whole(item, "no"), md(&clean(&head)))?;
            for (name, value) in lines {
                writeln!(out, "   - {name}{colon}{}", md(&value))?;
            }
        }
        writeln!(out)?;
    }
    let heads: Vec<&str> = COUNTS.iter().map(|(_, zh, en)| words.lang.pick(*zh, *en)).collect();
    writeln!(out, "| {} | {} |", words.lang.pick("台账", "ledger"), heads.join(" | "))?;
    writeln!(out, "|---|{}", "---:|".repeat(COUNTS.len()))?;
    for (name, row) in count_rows(view, words) {
        let cells: Vec<String> = COUNTS.iter().map(|(field, ..)| count(row, field)).collect();
        writeln!(out, "| {name} | {} |", cells.join(" | "))?;
    }
    writeln!(out, "\n{}", hidden(words))
}
