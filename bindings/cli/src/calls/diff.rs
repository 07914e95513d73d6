//! `diff`: two policies rule by rule, and a real year under both.

use std::io::Write;

use wuzhang::analyse::difference::{difference, Difference};
use wuzhang::analyse::replay::{Replay, Replayed};
use wuzhang::shape::canonical;
use wuzhang::Policy;

use crate::args::{Diff, One};
use crate::findings::FailOn;
use crate::input::{is_event, Lines};
use crate::load;
use crate::progress::Progress;
use crate::shell::Shell;
use crate::stop::{Run, Stop, FINDINGS, INPUT, WELL};
use crate::text::{Align, Paint, Table};
use crate::words::Words;

/// How many rows of each kind are shown to people; machines get them all.
const SHOWN: usize = 20;

/// Runs the call.
pub fn run(shell: &Shell, args: &Diff) -> Run {
    let (old, new) = (load::policy(shell, &args.old)?, load::policy(shell, &args.new)?);
    let mut found = difference(&old, &new);
    if let (Some(commands), Some(roster)) = (&args.replay, &args.roster) {
        found.replay = Some(replayed(shell, args, &old, &new, (commands, roster))?);
    }
    let mut out = shell.out();
    if args.format == One::Json {
        writeln!(out, "{}", canonical(&found))?;
    } else {
        text(shell, &new, &found, &mut out)?;
    }
    out.flush()?;
    let gone = found.replay.as_ref().is_some_and(|replay| {
        !(replay.commands_differ.is_empty() && replay.cases_differ.is_empty() && replay.duties_differ.is_empty())
    });
    let fails = match args.fail_on {
        Some(FailOn::Error) => gone,
        Some(FailOn::Warning) => gone || !found.rules.is_empty() || !found.beside.is_empty(),
        None => false,
    };
    Ok(if fails { FINDINGS } else { WELL })
}

fn replayed(shell: &Shell, args: &Diff, old: &Policy, new: &Policy, files: (&str, &str)) -> Result<Replayed, Stop> {
    let as_of = args.as_of.as_deref().map(|text| shell.moment("--as-of", text, old)).transpose()?;
    let roster = load::roster(shell, files.1)?;
    let mut replay = Replay::new(old, new, &roster)
        .map_err(|findings| shell.refuse_document(&args.new, new.document().as_bytes(), &findings))?;
    let mut lines = Lines::open(files.0, shell.lang)?;
    if lines.peek()?.is_some_and(is_event) {
        shell.note(shell.lang.pick(
            "日志里没有被退回的操作：新规则本会收下的，看不出来",
            "a journal has no rejected commands: what the new rules would have accepted does not show",
        ));
        let book = load::journal(shell, old.clone(), roster, lines)?;
        replay.journal(&book);
        return Ok(replay.finish(as_of));
    }
    let name = lines.name();
    let mut progress = Progress::new(shell.lang);
    while let Some((number, line)) = lines.next()? {
        progress.step();
        if load::is_later(line, as_of) {
            continue;
        }
        if let Err(error) = replay.line(line) {
            drop(progress);
            shell.show(&[load::unreadable(&name, number, line, &error.finding)]);
            return Err(Stop::Said(INPUT));
        }
    }
    drop(progress);
    Ok(replay.finish(as_of))
}

fn text(shell: &Shell, new: &Policy, found: &Difference, out: &mut dyn Write) -> Result<(), Stop> {
    let (lang, style) = (shell.lang, shell.style);
    writeln!(out, "{}", style.paint(Paint::Bold, &format!("{} → {}", found.old.as_str(), found.new.as_str())))?;
    for field in &found.beside {
        let value = |value: &Option<wuzhang::shape::AnyNode>| value.as_ref().map(|value| value.0.canonical()).unwrap_or_default();
        writeln!(out, "  {} {} → {}", field.path.trim_start_matches('/'), value(&field.old), value(&field.new))?;
    }
    for rule in &found.rules {
        writeln!(out, "  {}", lang.pick(&rule.message.zh, &rule.message.en).as_str())?;
    }
    if found.rules.is_empty() {
        writeln!(out, "  {}", lang.pick("没有规则不同", "no rule differs"))?;
    }
    if let Some(replay) = &found.replay {
        writeln!(out)?;
        replay_text(shell, new, replay, out)?;
    }
    Ok(())
}

fn replay_text(shell: &Shell, new: &Policy, replay: &Replayed, out: &mut dyn Write) -> Result<(), Stop> {
    let (lang, style) = (shell.lang, shell.style);
    let words = Words { lang, policy: Some(new) };
    let head = lang.pick("重演", "Lived again");
    writeln!(out, "{}", style.paint(Paint::Bold, head))?;
    let (commands, cases, duties) = (replay.commands, replay.cases_in_all, replay.duties_in_all);
    let (c, k, d) = (replay.commands_differ.len(), replay.cases_differ.len(), replay.duties_differ.len());
    let said = lang.pick(
        format!("{commands} 条操作中 {c} 条结果不同；{cases} 个事项中 {k} 个结局不同；{duties} 项职责中 {d} 项不同"),
        format!("{c} of {commands} commands came out differently; {k} of {cases} cases stand differently; {d} of {duties} duties differ"),
    );
    writeln!(out, "  {said}")?;
    let because = |rule: Option<wuzhang::policy::RuleId>| rule.map_or_else(|| "–".to_owned(), |rule| rule.to_string());
    if !replay.totals.is_empty() {
        let mut table = Table::new([
            (lang.pick("起因的规则", "clause responsible"), Align::Left),
            (lang.pick("操作", "commands"), Align::Right),
            (lang.pick("事项", "cases"), Align::Right),
            (lang.pick("职责", "duties"), Align::Right),
        ]);
        for row in &replay.totals {
            table.row([
                because(row.because).into(),
                row.commands.to_string().into(),
                row.cases.to_string().into(),
                row.duties.to_string().into(),
            ]);
        }
        table.write(style, out)?;
    }
    for row in replay.commands_differ.iter().take(SHOWN) {
        let codes: Vec<&str> = row.refused_by.iter().map(|code| code.as_str()).collect();
        writeln!(out, "  {} {} → {} ({}) [{}]", row.command, row.old, row.new, codes.join(" "), because(row.because))?;
    }
    for row in replay.cases_differ.iter().take(SHOWN) {
        let state = |state: Option<wuzhang::case::StateWord>| state.map_or_else(|| "–".to_owned(), |state| words.state(state.word()));
        let due = |due: Option<wuzhang::calendar::Date>| due.map(|due| format!(" {due}")).unwrap_or_default();
        let (old, new) = (state(row.old.0), state(row.new.0));
        writeln!(out, "  {} {old}{} → {new}{} [{}]", row.case, due(row.old_due), due(row.new_due), because(row.because))?;
    }
    for row in replay.duties_differ.iter().take(SHOWN) {
        let side = |state: Option<wuzhang::duty::DutyState>, due: Option<wuzhang::calendar::Date>| match (state, due) {
            (Some(state), Some(due)) => format!("{state} {due}"),
            _ => "–".to_owned(),
        };
        let object = row.object.0.as_ref().map(|object| format!(" {object}")).unwrap_or_default();
        let period = row.period.0.map(|period| format!(" {period}")).unwrap_or_default();
        let (old, new) = (side(row.old, row.old_due), side(row.new, row.new_due));
        writeln!(out, "  {} {}{object}{period}: {old} → {new} [{}]", row.rule, row.subject, because(row.because))?;
    }
    let most = [c, k, d].into_iter().max().unwrap_or(0);
    if most > SHOWN {
        writeln!(out, "  {}", lang.pick("……其余见 --format json", "… the rest with --format json"))?;
    }
    Ok(())
}
