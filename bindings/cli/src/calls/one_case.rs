//! `case`: one case from its beginning, with what is owed about it.

use std::io::Write;

use serde_json::Value;
use wuzhang::json::JsonBook;
use wuzhang::Book;

use super::duties::paint_of;
use super::ledger::write_public;
use crate::args::{Case, One};
use crate::facade::{ask_book, read, Request};
use crate::load::{self, called};
use crate::shell::Shell;
use crate::stop::{Run, Stop, WELL};
use crate::text::{clean, Align, Cell, Paint, Table};
use crate::words::{cell, is, rows, text, Words};

/// Runs the call.
pub fn run(shell: &Shell, args: &Case) -> Run {
    let (id, commands) = load::id_and_commands(&args.id, &args.commands);
    let book = load::book(shell, &args.documents, commands, ("--as-of", args.as_of.as_deref()))?;
    if args.eyes.viewer.is_none() {
        load::say_public(shell);
    }
    let request = Request::new("case")
        .with("case", id)
        .with_some("as_of", args.as_of.as_deref())
        .with_some("viewer", args.eyes.viewer.as_deref())
        .done();
    let book = JsonBook::of(book);
    let answer = ask_book(&book, &request).map_err(|found| shell.refuse_question(found))?;
    let mut out = shell.out();
    if args.format == One::Json {
        writeln!(out, "{answer}")?;
        out.flush()?;
        return Ok(WELL);
    }
    let view = read(&answer);
    let words = Words { lang: shell.lang, policy: Some(book.book().opening_policy()) };
    if is(&view, "full") {
        write_full(shell, book.book(), &view, words, &mut out)?;
    } else {
        write_public(rows(&view, "items"), words, shell.style, &mut out)?;
    }
    out.flush()?;
    Ok(WELL)
}

fn write_full(shell: &Shell, book: &Book, view: &Value, words: Words<'_>, out: &mut dyn Write) -> Result<(), Stop> {
    let (lang, style) = (shell.lang, shell.style);
    let empty = Value::Null;
    let case = view.get("case").unwrap_or(&empty);
    let field = |name: &str| text(case, name);
    let title = format!("{}  {}", text(case, "id"), clean(field("topic")));
    writeln!(out, "{}", style.paint(Paint::Bold, &title))?;
    let household = match field("household") {
        "" => lang.pick("公共事项", "a public matter").to_owned(),
        id => called(book, id),
    };
    let (plan, settlement) = (plan_of(case), find(case, "settlement").unwrap_or(&empty));
    let plan = plan.unwrap_or(&empty);
    let colour = words.list(&[words.plain(text(view, "colour")), words.plain(text(view, "notice"))]);
    let closed_as = find(case, "closed_as").and_then(Value::as_str).unwrap_or_default();
    let rating = case.get("rating").unwrap_or(&empty);
    let lines = [
        (lang.pick("类别", "ledger"), words.category(field("category"))),
        (lang.pick("户", "household"), household),
        (lang.pick("诉求", "asked for"), field("text").to_owned()),
        (lang.pick("渠道", "channel"), words.channel(field("channel"))),
        (lang.pick("收集人", "collector"), called(book, field("collector"))),
        (lang.pick("现在", "now"), words.list(&[words.state(field("state")), words.plain(closed_as)])),
        (lang.pick("在哪本账", "held by"), called(book, field("unit"))),
        (lang.pick("措施", "measures"), text(plan, "measures").to_owned()),
        (lang.pick("目标", "target"), text(plan, "target").to_owned()),
        (lang.pick("责任人", "responsible"), called(book, text(plan, "responsible"))),
        (lang.pick("时限", "due"), text(plan, "due").to_owned()),
        (lang.pick("结果", "result"), text(settlement, "result").to_owned()),
        (lang.pick("评价", "rating"), words.list(&[words.plain(text(rating, "solved")), words.plain(text(rating, "satisfied"))])),
        (lang.pick("提示", "mind"), colour),
    ];
    let wide = lines.iter().map(|(name, _)| crate::text::width(name)).max().unwrap_or(0);
    for (name, value) in lines {
        if value.trim().is_empty() {
            continue;
        }
        let pad = " ".repeat(wide.saturating_sub(crate::text::width(name)));
        writeln!(out, "  {}{pad}  {}", style.paint(Paint::Dim, name), clean(&value))?;
    }
    write_trail(shell, book, rows(case, "trail"), words, out)?;
    write_duties(shell, book, rows(view, "duties"), words, out)
}

/// The plan, wherever the state keeps it.
fn plan_of(case: &Value) -> Option<&Value> {
    find(case, "plan").or_else(|| find(case, "ground").filter(|ground| text(ground, "kind") == "plan"))
}

/// The member of this name in the case or, beneath it, in what its state rests on.
fn find<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    if let Some(found) = value.get(name).filter(|found| !found.is_null()) {
        return Some(found);
    }
    ["left", "settlement", "ground"].into_iter().find_map(|inner| find(value.get(inner)?, name))
}

fn write_trail(shell: &Shell, book: &Book, trail: &[Value], words: Words<'_>, out: &mut dyn Write) -> Result<(), Stop> {
    let (lang, style) = (shell.lang, shell.style);
    writeln!(out, "\n{}", style.paint(Paint::Bold, lang.pick("经过", "What happened")))?;
    let mut table = Table::new([
        (lang.pick("时刻", "when"), Align::Left),
        (lang.pick("做了什么", "what"), Align::Left),
        (lang.pick("经办人", "who"), Align::Left),
        (lang.pick("此后状态", "state after"), Align::Left),
        (lang.pick("在哪本账", "held by"), Align::Left),
        (lang.pick("内容", "in words"), Align::Wrap),
    ]);
    for step in trail {
        let at = text(step, "at").replace('T', " ");
        let held = ["held_by", "unit"].iter().map(|name| text(step, name)).find(|id| !id.is_empty()).unwrap_or("");
        table.row([
            at.get(..16).unwrap_or(&at).into(),
            words.event(text(step, "event")).into(),
            called(book, text(step, "actor")).into(),
            words.state(text(step, "to")).into(),
            load::name_of(book, held).into(),
            said(book, step, words).into(),
        ]);
    }
    table.write(style, out)?;
    Ok(())
}

/// What a step says, in the order in which one would tell it.
fn said(book: &Book, step: &Value, words: Words<'_>) -> String {
    let inner = step.get("decided").unwrap_or(step);
    let mut parts = Vec::new();
    for name in ["decision", "stage", "solved", "satisfied", "as", "measures", "target", "responsible", "due", "until", "result", "reason", "text"] {
        let value = inner.get(name).or_else(|| step.get(name));
        let value = cell(value);
        if value.is_empty() {
            continue;
        }
        parts.push(match name {
            "decision" => wuzhang::messages::spoken(wuzhang::Code::CaseState, name, &value)
                .map_or_else(|| value.clone(), |(zh, en)| words.lang.pick(zh, en)),
            "responsible" => called(book, &value),
            "stage" => words.stage(&value),
            "solved" | "satisfied" | "as" => words.plain(&value),
            "due" | "until" => words.lang.pick(format!("时限 {value}"), format!("due {value}")),
            _ => value,
        });
    }
    if let Some(accept) = step.get("accept").or_else(|| step.get("approve")).and_then(Value::as_bool) {
        let verdict = if accept { ("同意", "accepted") } else { ("不同意", "refused") };
        parts.insert(0, words.lang.pick(verdict.0, verdict.1).to_owned());
    }
    if let Some(reached) = step.get("reached").and_then(Value::as_bool) {
        let verdict = if reached { ("联系上", "reached") } else { ("未联系上", "not reached") };
        parts.insert(0, words.lang.pick(verdict.0, verdict.1).to_owned());
    }
    parts.join(words.lang.pick("；", "; "))
}

fn write_duties(shell: &Shell, book: &Book, duties: &[Value], words: Words<'_>, out: &mut dyn Write) -> Result<(), Stop> {
    let (lang, style) = (shell.lang, shell.style);
    if duties.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.paint(Paint::Bold, lang.pick("职责", "Duties")))?;
    let mut table = Table::new([
        (lang.pick("要办什么", "what"), Align::Left),
        (lang.pick("责任主体", "who"), Align::Left),
        (lang.pick("截止日", "due"), Align::Left),
        (lang.pick("状态", "state"), Align::Left),
    ]);
    for duty in duties {
        let state = text(duty, "state");
        table.row([
            words.rule(text(duty, "rule")).into(),
            called(book, text(duty, "subject")).into(),
            text(duty, "due").into(),
            Cell::painted(words.plain(state), paint_of(state)),
        ]);
    }
    table.write(style, out)?;
    Ok(())
}
