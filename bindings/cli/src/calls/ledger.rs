//! `ledger`: a unit's ledger, in full for those who may read it, else what hangs on its board.

use std::io::Write;

use serde_json::Value;
use wuzhang::json::JsonBook;
use wuzhang::Book;

use super::rows::write_machine;
use crate::args::Ledger;
use crate::csv;
use crate::facade::{ask_book, read, Request};
use crate::load;
use crate::shell::Shell;
use crate::stop::{Run, Stop, WELL};
use crate::text::{clean, Align, Cell, Paint, Style, Table};
use crate::words::{is, rows, text, whole, Words};

const FIELDS: &[&str] = &[
    "case", "category", "topic", "text", "household", "name", "address", "channel", "collector", "standing", "held_by",
    "state", "noted_on", "ledgered_on", "measures", "target", "responsible", "responsible_name", "due", "overdue",
    "result", "solved", "satisfied", "dissatisfied", "colour", "notice", "closed_as", "repeats",
];
const PUBLIC_FIELDS: &[&str] =
    &["category", "village", "group", "name", "summary", "measures", "post", "due", "result", "stage"];

/// Runs the call.
pub fn run(shell: &Shell, args: &Ledger) -> Run {
    let book = load::book(shell, &args.documents, &args.commands, ("--as-of", args.as_of.as_deref()))?;
    if args.eyes.viewer.is_none() {
        load::say_public(shell);
    }
    let request = Request::new("ledger")
        .with("unit", &args.unit)
        .with_some("category", args.category.as_deref())
        .with_some("as_of", args.as_of.as_deref())
        .with_some("viewer", args.eyes.viewer.as_deref())
        .done();
    let book = JsonBook::of(book);
    let answer = ask_book(&book, &request).map_err(|found| shell.refuse_question(found))?;
    let view = read(&answer);
    let fields = if is(&view, "full") { FIELDS } else { PUBLIC_FIELDS };
    let mut out = shell.out();
    if write_machine(&mut out, args.format, &answer, Some("rows"), fields)? {
        return Ok(WELL);
    }
    let words = Words { lang: shell.lang, policy: Some(book.book().opening_policy()) };
    let tier = words.tier(text(&view, "tier"));
    let at = text(&view, "as_of");
    let at = at.get(..10).unwrap_or(at);
    let head = words.lang.pick(
        format!("{} {} · {tier}（截至 {at}）", text(&view, "unit_name"), text(&view, "unit")),
        format!("{} {} · {tier} (as of {at})", text(&view, "unit_name"), text(&view, "unit")),
    );
    writeln!(out, "{}\n", shell.style.paint(Paint::Bold, &clean(&head)))?;
    if is(&view, "full") {
        write_full(book.book(), &view, words, shell.style, &mut out)?;
    } else {
        write_public(rows(&view, "rows"), words, shell.style, &mut out)?;
    }
    out.flush()?;
    Ok(WELL)
}

fn write_full(book: &Book, view: &Value, words: Words<'_>, style: Style, out: &mut dyn Write) -> Result<(), Stop> {
    let lang = words.lang;
    let all = rows(view, "rows");
    for count in rows(view, "counts") {
        let category = text(count, "category");
        let (open, closed) = (whole(count, "open"), whole(count, "closed"));
        let head = lang.pick(
            format!("{}：未结 {open}，已结 {closed}", words.category(category)),
            format!("{}: {open} open, {closed} closed", words.category(category)),
        );
        writeln!(out, "{}", style.paint(Paint::Bold, &head))?;
        let mut table = Table::new([
            (lang.pick("事项", "case"), Align::Left),
            (lang.pick("事由", "topic"), Align::Wrap),
            (lang.pick("户主", "household"), Align::Wrap),
            (lang.pick("上账", "on since"), Align::Left),
            (lang.pick("办到哪一步", "state"), Align::Left),
            (lang.pick("责任人", "responsible"), Align::Left),
            (lang.pick("时限", "due"), Align::Left),
            (lang.pick("结果和评价", "result, rating"), Align::Wrap),
            (lang.pick("提示", "mind"), Align::Left),
        ]);
        for row in all.iter().filter(|row| text(row, "category") == category) {
            table.row(full_row(book, row, words));
        }
        if table.is_empty() {
            writeln!(out, "{}\n", lang.pick("（空）", "(none)"))?;
            continue;
        }
        table.write(style, out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn full_row(book: &Book, row: &Value, words: Words<'_>) -> Vec<Cell> {
    let lang = words.lang;
    let mut state = words.state(text(row, "state"));
    if text(row, "state") == "closed" {
        state = words.plain(text(row, "closed_as"));
    }
    if text(row, "standing") == "escalated" {
        let above = load::name_of(book, text(row, "held_by"));
        state = lang.pick(format!("已上报{above}：{state}"), format!("reported up to {above}: {state}"));
    }
    let household = match text(row, "household") {
        "" => lang.pick("公共事项", "public matter").to_owned(),
        id => format!("{} {id}", text(row, "name")),
    };
    let said: Vec<String> = ["solved", "satisfied"].iter().map(|field| words.plain(text(row, field))).collect();
    let result: Vec<String> =
        [text(row, "result").to_owned(), words.list(&said)].into_iter().filter(|part| !part.is_empty()).collect();
    let result = result.join(lang.pick("；", "; "));
    let notice = words.plain(text(row, "notice"));
    let colour = words.plain(text(row, "colour"));
    let paint = match text(row, "colour") {
        "red" => Paint::Red,
        "yellow" => Paint::Yellow,
        "blue" => Paint::Blue,
        _ => Paint::Plain,
    };
    vec![
        text(row, "case").into(),
        text(row, "topic").into(),
        household.into(),
        text(row, "ledgered_on").into(),
        state.into(),
        text(row, "responsible_name").into(),
        text(row, "due").into(),
        result.into(),
        Cell::painted(words.list(&[colour, notice]), paint),
    ]
}

/// Items as the public sees them.
pub fn write_public(items: &[Value], words: Words<'_>, style: Style, out: &mut dyn Write) -> Result<(), Stop> {
    let lang = words.lang;
    let mut table = Table::new([
        (lang.pick("类别", "ledger"), Align::Left),
        (lang.pick("村组", "place"), Align::Left),
        (lang.pick("姓名", "name"), Align::Left),
        (lang.pick("事项", "summary"), Align::Wrap),
        (lang.pick("措施", "measures"), Align::Wrap),
        (lang.pick("责任人职务", "post"), Align::Wrap),
        (lang.pick("时限", "due"), Align::Left),
        (lang.pick("结果", "result"), Align::Wrap),
    ]);
    for item in items {
        table.row([
            words.category(text(item, "category")).into(),
            Cell::from(format!("{}{}", text(item, "village"), text(item, "group"))),
            text(item, "name").into(),
            text(item, "summary").into(),
            text(item, "measures").into(),
            words.post(text(item, "post")).into(),
            text(item, "due").into(),
            text(item, "result").into(),
        ]);
    }
    if table.is_empty() {
        writeln!(out, "{}", lang.pick("公示栏上没有内容。", "Nothing is on the board."))?;
        return Ok(());
    }
    table.write(style, out)?;
    Ok(())
}

/// The columns of the sheet that an office opens: field, and headings in both languages.
const SHEET: [(&str, &str, &str); 20] = [
    ("unit_name", "单位", "unit"),
    ("case", "事项编号", "case"),
    ("topic", "事由", "topic"),
    ("text", "诉求内容", "what is asked"),
    ("name", "户主", "householder"),
    ("address", "地址", "address"),
    ("channel", "收集渠道", "channel"),
    ("collector", "收集人", "collector"),
    ("noted_on", "收集日期", "noted on"),
    ("ledgered_on", "上账日期", "on the ledger since"),
    ("standing", "在账情况", "standing"),
    ("state", "办理状态", "state"),
    ("measures", "解决措施", "measures"),
    ("target", "目标任务", "target"),
    ("responsible_name", "责任人", "responsible"),
    ("due", "完成时限", "due"),
    ("result", "办理结果", "result"),
    ("solved", "是否解决", "solved"),
    ("satisfied", "是否满意", "satisfied"),
    ("closed_as", "结账类型", "closed as"),
];

/// The headings of that sheet, in the reader's language.
pub fn sheet_heads(words: Words<'_>) -> Vec<&'static str> {
    SHEET.iter().map(|(_, zh, en)| words.lang.pick(*zh, *en)).collect()
}

/// A full ledger's lines of one category for that sheet, in words.
pub fn write_sheet(view: &Value, category: &str, words: Words<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    for row in rows(view, "rows").iter().filter(|row| text(row, "category") == category) {
        let cells: Vec<String> = SHEET
            .iter()
            .map(|(field, ..)| match *field {
                "unit_name" => text(view, field).to_owned(),
                "channel" => words.channel(text(row, field)),
                "state" => words.state(text(row, field)),
                "standing" | "solved" | "satisfied" | "closed_as" => words.plain(text(row, field)),
                field => text(row, field).to_owned(),
            })
            .collect();
        csv::line(out, &cells)?;
    }
    Ok(())
}
