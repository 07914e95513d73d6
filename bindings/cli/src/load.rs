//! From files to a book: the documents, and then the commands or the journal.

use std::path::Path;

use wuzhang::calendar::Instant;
use wuzhang::limits::{DOCUMENT_COMMAND, DOCUMENT_POLICY, DOCUMENT_ROSTER};
use wuzhang::shape::{nearest, parse};
use wuzhang::{Book, Policy, Roster};

use crate::args::Documents;
use crate::findings::Placed;
use crate::input::{document, is_event, Lines};
use crate::lang::Lang;
use crate::progress::Progress;
use crate::shell::Shell;
use crate::stop::{Stop, INPUT};

/// A policy by a preset's name or from a file.
pub fn policy(shell: &Shell, name: &str) -> Result<Policy, Stop> {
    if let Some(policy) = Policy::preset(name) {
        return Ok(policy);
    }
    if name != "-" && !name.contains(['/', '\\', '.']) && !Path::new(name).exists() {
        let near = nearest(name, Policy::PRESETS.iter().copied());
        let known = Policy::PRESETS.join(shell.lang.pick("、", ", "));
        let (zh, en) = near.map_or((String::new(), String::new()), |near| {
            (format!("您要的是不是 {near}？"), format!(" Did you mean {near}?"))
        });
        return shell.misuse(
            format!("--policy {name}：没有这个预置规则，也没有这个文件。{zh}预置的有：{known}"),
            format!("--policy {name}: neither a preset nor a file.{en} The presets are {known}"),
        );
    }
    let text = document(name, DOCUMENT_POLICY, shell.lang)?;
    Policy::read_with(&text, |id| sibling(name, id)).map_err(|findings| shell.refuse_document(name, &text, &findings))
}

/// The text of a policy that another one extends: it stands beside it, under its id.
pub fn sibling(path: &str, id: &str) -> Option<String> {
    if !wuzhang::ids::is_id(id) || id.starts_with('.') {
        return None;
    }
    std::fs::read_to_string(Path::new(path).with_file_name(format!("{id}.json"))).ok()
}

/// A roster from a file.
pub fn roster(shell: &Shell, path: &str) -> Result<Roster, Stop> {
    let text = document(path, DOCUMENT_ROSTER, shell.lang)?;
    Roster::read(&text).map_err(|findings| shell.refuse_document(path, &text, &findings))
}

/// Policy and roster.
pub fn documents(shell: &Shell, documents: &Documents) -> Result<(Policy, Roster), Stop> {
    Ok((policy(shell, &documents.policy)?, roster(shell, &documents.roster)?))
}

/// The book that a journal gives; what was torn from its end is spoken of.
pub fn journal(shell: &Shell, policy: Policy, roster: Roster, lines: Lines) -> Result<Book, Stop> {
    let name = lines.name();
    let bytes = lines.rest()?;
    match Book::open(policy, roster, &bytes) {
        Ok(opened) => {
            if opened.dropped > 0 {
                let (zh, en) = torn(&name, &bytes, opened.dropped);
                shell.note(&shell.lang.pick(zh, en));
            }
            Ok(opened.book)
        }
        Err(finding) => {
            shell.show(&[Placed::in_file(&name, &finding)]);
            Err(Stop::Said(INPUT))
        }
    }
}

/// What was torn from the end of a journal, in words.
pub fn torn(name: &str, bytes: &[u8], dropped: usize) -> (String, String) {
    let good = bytes.get(..bytes.len().saturating_sub(dropped)).unwrap_or_default();
    let line = good.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
    (
        format!("{name}：末尾 {dropped} 字节（第 {line} 行起）没有写完整，不计入"),
        format!("{name}: the last {dropped} bytes (from line {line} on) were not wholly written and do not count"),
    )
}

/// Whether a line's command comes after the moment asked for.
pub fn is_later(line: &[u8], as_of: Option<Instant>) -> bool {
    let Some(as_of) = as_of else { return false };
    let at = parse(line, DOCUMENT_COMMAND).ok().and_then(|node| Instant::parse(node.get("at")?.as_str()?));
    at.is_some_and(|at| at.after(as_of))
}

/// A line that is no command: where, and why.
pub fn unreadable(lines: &str, number: u64, line: &[u8], finding: &wuzhang::Finding) -> Placed {
    Placed::in_text(lines, line, number, finding)
}

/// The book that views look at: commands applied, or a journal opened, up to the moment of a flag.
pub fn book(shell: &Shell, documents: &Documents, commands: &str, as_of: (&str, Option<&str>)) -> Result<Book, Stop> {
    let (policy, roster) = self::documents(shell, documents)?;
    let as_of = as_of.1.map(|text| shell.moment(as_of.0, text, &policy)).transpose()?;
    let mut lines = Lines::open(commands, shell.lang)?;
    if lines.peek()?.is_some_and(is_event) {
        return journal(shell, policy, roster, lines);
    }
    let name = lines.name();
    let mut book = Book::new(policy, roster);
    let mut progress = Progress::new(shell.lang);
    let mut rejected = 0u64;
    while let Some((number, line)) = lines.next()? {
        progress.step();
        if is_later(line, as_of) {
            continue;
        }
        match book.feed_lines(line) {
            Ok((_, refused)) => rejected = rejected.saturating_add(refused),
            Err(error) => {
                drop(progress);
                shell.show(&[unreadable(&name, number, line, &error.finding)]);
                return Err(Stop::Said(INPUT));
            }
        }
    }
    drop(progress);
    if rejected > 0 {
        let (zh, en) = (
            format!("{name}：有 {rejected} 条操作被退回，不计入；原因请用 replay 查看"),
            format!("{name}: {rejected} commands were rejected and do not count; replay says why"),
        );
        shell.note(&shell.lang.pick(zh, en));
    }
    Ok(book)
}

/// The name of a person, unit or household, as last known.
pub fn name_of(book: &Book, id: &str) -> String {
    let roster = book.roster();
    if let Some(person) = roster.person(id) {
        return roster.person_rows(person).last().map(|row| row.name.to_string()).unwrap_or_default();
    }
    if let Some(unit) = roster.unit(id) {
        return roster.unit_rows(unit).last().map(|row| row.name.to_string()).unwrap_or_default();
    }
    let household = roster.household(id).and_then(|household| roster.household_rows(household).last());
    household.map(|row| row.name.to_string()).unwrap_or_default()
}

/// A name with its id.
pub fn called(book: &Book, id: &str) -> String {
    let name = name_of(book, id);
    if name.is_empty() {
        id.to_owned()
    } else {
        format!("{name} {id}")
    }
}

/// Two arguments without flags, the id first; whoever turned them round is understood, when only
/// one of them is a file.
pub fn id_and_commands<'a>(id: &'a str, commands: &'a str) -> (&'a str, &'a str) {
    let is_file = |path: &str| path == "-" || Path::new(path).is_file();
    if is_file(id) && !is_file(commands) {
        (commands, id)
    } else {
        (id, commands)
    }
}

/// Says once that a view shows what the public may see.
pub fn say_public(shell: &Shell) {
    shell.note(match shell.lang {
        Lang::Zh => "没有写 --viewer，只显示群众可见的内容",
        Lang::En => "no --viewer was given: this is what the public may see",
    });
}
