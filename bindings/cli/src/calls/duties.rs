//! `duties` and `agenda`: who owes what by when.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::Value;
use wuzhang::json::JsonBook;
use wuzhang::policy::RuleId;
use wuzhang::Book;

use super::rows::{values, write_machine};
use crate::args::{Agenda, Duties};
use crate::facade::{ask_book, read, Request};
use crate::findings::source_words;
use crate::load::{self, called};
use crate::shell::Shell;
use crate::stop::{Run, WELL};
use crate::text::{Align, Cell, Paint, Table};
use crate::words::{is, rows, text, whole, Words};

const FIELDS: &[&str] =
    &["rule", "subject", "object", "period", "due", "state", "required", "count", "late_entries", "evidence", "provisional"];
const AGENDA_FIELDS: &[&str] =
    &["due", "overdue", "rule", "subject", "object", "topic", "period", "state", "required", "count", "late_entries"];

/// The colour of a duty's state.
pub fn paint_of(state: &str) -> Paint {
    match state {
        "met" => Paint::Green,
        "late" => Paint::Yellow,
        "missed" => Paint::Red,
        "excused" => Paint::Dim,
        _ => Paint::Plain,
    }
}

/// Runs `duties`.
pub fn run(shell: &Shell, args: &Duties) -> Run {
    for (flag, day) in [("--from", &args.from), ("--to", &args.to)] {
        shell.date(flag, day)?;
    }
    let book = load::book(shell, &args.documents, &args.commands, ("--as-of", args.as_of.as_deref()))?;
    let request = Request::new("duties")
        .with("from", &args.from)
        .with("to", &args.to)
        .with_some("as_of", args.as_of.as_deref())
        .with_some("rule", args.rule.as_deref())
        .with_some("state", args.state.as_deref())
        .with_some("subject", args.subject.as_deref())
        .with_some("viewer", args.eyes.viewer.as_deref())
        .done();
    let book = JsonBook::of(book);
    let answer = ask_book(&book, &request).map_err(|found| shell.refuse_question(found))?;
    let mut out = shell.out();
    if write_machine(&mut out, args.format, &answer, None, FIELDS)? {
        return Ok(WELL);
    }
    write_duties(shell, book.book(), &values(&answer), &mut out)?;
    out.flush()?;
    Ok(WELL)
}

/// Duty rows for people: a table for each rule, and what they come to.
fn write_duties(shell: &Shell, book: &Book, duties: &[Value], out: &mut dyn Write) -> Result<(), crate::stop::Stop> {
    let lang = shell.lang;
    let words = Words { lang, policy: Some(book.opening_policy()) };
    let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
    for group in duties.chunk_by(|a, b| text(a, "rule") == text(b, "rule")) {
        let rule = group.first().map_or("", |duty| text(duty, "rule"));
        writeln!(out, "{}  {}", shell.style.paint(Paint::Bold, &words.rule(rule)), shell.style.paint(Paint::Dim, &ground(book, rule, words)))?;
        let objects = group.iter().any(|duty| !text(duty, "object").is_empty());
        let periods = group.iter().any(|duty| !text(duty, "period").is_empty());
        let quotas = group.iter().any(|duty| whole(duty, "required") != 1 || whole(duty, "count") > 1);
        let mut heads = vec![(lang.pick("责任主体", "who"), Align::Wrap)];
        if objects {
            heads.push((lang.pick("事项或对象", "about"), Align::Wrap));
        }
        if periods {
            heads.push((lang.pick("期间", "period"), Align::Left));
        }
        heads.push((lang.pick("截止日", "due"), Align::Left));
        heads.push((lang.pick("状态", "state"), Align::Left));
        if quotas {
            heads.push((lang.pick("次数", "count"), Align::Right));
        }
        heads.push((lang.pick("说明", "remarks"), Align::Wrap));
        let mut table = Table::new(heads);
        for duty in group {
            let state = text(duty, "state");
            let total = totals.entry(state).or_default();
            *total = total.saturating_add(1);
            let mut cells: Vec<Cell> = vec![called(book, text(duty, "subject")).into()];
            if objects {
                cells.push(called(book, text(duty, "object")).into());
            }
            if periods {
                cells.push(text(duty, "period").into());
            }
            cells.push(text(duty, "due").into());
            cells.push(Cell::painted(words.plain(state), paint_of(state)));
            if quotas {
                cells.push(format!("{}/{}", whole(duty, "count"), whole(duty, "required")).into());
            }
            cells.push(remarks(duty, words).into());
            table.row(cells);
        }
        table.write(shell.style, out)?;
        writeln!(out)?;
    }
    if duties.is_empty() {
        writeln!(out, "{}", lang.pick("没有符合条件的职责。", "There is no such duty."))?;
        return Ok(());
    }
    let parts: Vec<String> = ["met", "late", "pending", "missed", "excused"]
        .into_iter()
        .filter_map(|state| {
            let count = totals.get(state)?;
            Some(shell.style.paint(paint_of(state), &format!("{} {count}", words.plain(state))))
        })
        .collect();
    let head = lang.pick(format!("共 {} 项：", duties.len()), format!("{} duties: ", duties.len()));
    writeln!(out, "{head}{}", parts.join(lang.pick("，", ", ")))?;
    Ok(())
}

/// What a rule rests on, and how strongly it binds, as the book's policy has it.
fn ground(book: &Book, rule: &str, words: Words<'_>) -> String {
    let header = RuleId::from_word(rule).and_then(|rule| {
        let (modality, source) = book.opening_policy().rules.header(rule)?;
        let source = read(&wuzhang::shape::canonical(source));
        Some((words.plain(modality.word()), source_words(&source, words.lang)?))
    });
    match header {
        Some((modality, source)) => [rule, &modality, &source].join(" · "),
        None => rule.to_owned(),
    }
}

fn remarks(duty: &Value, words: Words<'_>) -> String {
    let mut parts = Vec::new();
    let late = whole(duty, "late_entries");
    if late > 0 {
        parts.push(words.lang.pick(format!("待批准的补录 {late} 次"), format!("{late} late entries not yet approved")));
    }
    if is(duty, "provisional") {
        parts.push(words.lang.pick("暂定（当年放假通知未出）", "provisional (no holiday notice yet)").to_owned());
    }
    words.list(&parts)
}

/// Runs `agenda`.
pub fn agenda(shell: &Shell, args: &Agenda) -> Run {
    let (person, commands) = load::id_and_commands(&args.person, &args.commands);
    let book = load::book(shell, &args.documents, commands, ("--at", args.at.as_deref()))?;
    let viewer = args.eyes.viewer.as_deref().unwrap_or(person);
    let request =
        Request::new("agenda").with("person", person).with_some("at", args.at.as_deref()).with("viewer", viewer).done();
    let book = JsonBook::of(book);
    let answer = ask_book(&book, &request).map_err(|found| shell.refuse_question(found))?;
    let mut out = shell.out();
    if write_machine(&mut out, args.format, &answer, Some("rows"), AGENDA_FIELDS)? {
        return Ok(WELL);
    }
    let (lang, style) = (shell.lang, shell.style);
    let view = read(&answer);
    let words = Words { lang, policy: Some(book.book().opening_policy()) };
    let title = format!("{} {}", text(&view, "name"), text(&view, "person"));
    let at = text(&view, "at");
    let head = lang.pick(format!("{title} 要办的事（{at}）"), format!("What {title} has to do ({at})"));
    writeln!(out, "{}\n", style.paint(Paint::Bold, &crate::text::clean(&head)))?;
    let mut table = Table::new([
        (lang.pick("截止日", "due"), Align::Left),
        (lang.pick("还有", "left"), Align::Right),
        (lang.pick("要办什么", "what"), Align::Wrap),
        (lang.pick("事项或期间", "about"), Align::Wrap),
        (lang.pick("以谁的名义", "for"), Align::Wrap),
        (lang.pick("依据", "by"), Align::Wrap),
    ]);
    for row in rows(&view, "rows") {
        let (left, paint) = time_left(row, words);
        let about = [text(row, "object"), text(row, "topic"), text(row, "period")];
        let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
        let subject = text(row, "subject");
        let source = row.get("source").cloned().unwrap_or_default();
        let short = match source.get("article").and_then(Value::as_str) {
            Some(article) => format!("{} {article}", words.plain(text(&source, "kind"))),
            None => words.plain("assumed"),
        };
        table.row([
            text(row, "due").into(),
            Cell::painted(left, paint),
            words.rule(text(row, "rule")).into(),
            about.join(" ").into(),
            if subject == person { lang.pick("本人", "own").into() } else { called(book.book(), subject).into() },
            Cell::painted(short, Paint::Dim),
        ]);
    }
    if table.is_empty() {
        writeln!(out, "{}", lang.pick("眼下没有要办的事。", "Nothing is due."))?;
    } else {
        table.write(style, &mut out)?;
    }
    out.flush()?;
    Ok(WELL)
}

/// How much time is left, in words.
fn time_left(row: &Value, words: Words<'_>) -> (String, Paint) {
    // The number comes as days left, negative when overdue, or as days beside `overdue`.
    let days = row.get("days_left").and_then(Value::as_i64).map_or_else(|| whole(row, "days").abs(), i64::abs);
    match (is(row, "overdue"), days) {
        (true, days) => (words.lang.pick(format!("超期 {days} 天"), format!("{days} d over")), Paint::Red),
        (false, 0) => (words.lang.pick("今天".to_owned(), "today".to_owned()), Paint::Yellow),
        (false, days) => {
            let paint = if days <= 2 { Paint::Yellow } else { Paint::Plain };
            (words.lang.pick(format!("{days} 天"), format!("{days} d")), paint)
        }
    }
}
