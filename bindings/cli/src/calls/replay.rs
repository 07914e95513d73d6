//! `replay`: commands in, outcomes and a journal out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::{json, Value};
use wuzhang::calendar::Instant;
use wuzhang::{Book, Policy, Roster};

use super::rows::{counted, write_value};
use crate::args::{One, Replay};
use crate::facade::read;
use crate::findings::{FailOn, Placed};
use crate::input::{is_event, Lines};
use crate::journal_file::{JournalFile, Reopened, Trouble};
use crate::lang::Lang;
use crate::load;
use crate::locate::{elements, member};
use crate::progress::Progress;
use crate::shell::Shell;
use crate::stop::{Run, Stop, FINDINGS, INPUT, WELL};
use crate::text::{Align, Paint, Table};
use crate::words::{text, Words};

/// Where something happened first, as an example.
type First = (u64, String);

/// What became of the lines.
#[derive(Debug, Default)]
struct Counts {
    lines: u64,
    accepted: u64,
    resent: u64,
    rejected: u64,
    skipped: u64,
    unreadable: u64,
    /// How often each code refused a command, and how often it warned.
    refusals: BTreeMap<String, u64>,
    warnings: BTreeMap<String, u64>,
    first: BTreeMap<String, First>,
}

impl Counts {
    /// Takes down the codes of an outcome, each once.
    fn note(&mut self, line: u64, outcome: &str, refused: bool) {
        let list = read(member(outcome, "findings").unwrap_or("[]"));
        let findings = list.as_array().map_or(&[][..], Vec::as_slice);
        let severity = if refused { "error" } else { "warning" };
        let mut codes: Vec<&str> = findings
            .iter()
            .filter(|finding| text(finding, "severity") == severity)
            .map(|finding| text(finding, "code"))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            let counts = if refused { &mut self.refusals } else { &mut self.warnings };
            let count = counts.entry(code.to_owned()).or_default();
            *count = count.saturating_add(1);
            if refused && !self.first.contains_key(code) {
                let command = read(member(outcome, "command").unwrap_or_default());
                self.first.insert(code.to_owned(), (line, command.as_str().unwrap_or_default().to_owned()));
            }
        }
    }
}

/// Runs the call.
pub fn run(shell: &Shell, args: &Replay) -> Run {
    let (policy, roster) = load::documents(shell, &args.documents)?;
    let as_of = args.as_of.as_deref().map(|text| shell.moment("--as-of", text, &policy)).transpose()?;
    let mut lines = Lines::open(&args.commands, shell.lang)?;
    if lines.peek()?.is_some_and(is_event) {
        return of_journal(shell, args, policy, roster, lines, as_of);
    }
    let (mut journal, mut book) = match &args.journal {
        Some(path) => {
            let opened = open_journal(shell, path, policy, roster, args.sync)?;
            (Some((path, opened.file)), opened.book)
        }
        None => (None, Book::new(policy, roster)),
    };
    let mut outcomes = match &args.outcomes {
        Some(path) if path == "-" => Some((path, Box::new(shell.out()) as Box<dyn Write>)),
        Some(path) => {
            let file = File::create(path).map_err(|error| cannot_write(shell, path, &error))?;
            Some((path, Box::new(BufWriter::new(file)) as Box<dyn Write>))
        }
        None => None,
    };

    let mut counts = Counts::default();
    let mut progress = Progress::new(shell.lang);
    let mut broken = None;
    while let Some((number, line)) = lines.next()? {
        counts.lines = counts.lines.saturating_add(1);
        progress.step();
        if load::is_later(line, as_of) {
            counts.skipped = counts.skipped.saturating_add(1);
            continue;
        }
        let before = book.len();
        let outcome = match book.apply_line(line) {
            Ok(outcome) => outcome,
            Err(error) => {
                counts.unreadable = counts.unreadable.saturating_add(1);
                let placed = load::unreadable(&crate::input::name_of(&args.commands, shell.lang), number, line, &error.finding);
                if args.keep_going {
                    shell.show(&[placed]);
                    continue;
                }
                broken = Some(placed);
                break;
            }
        };
        if outcome.ends_with("\"status\":\"rejected\"}") {
            counts.rejected = counts.rejected.saturating_add(1);
            counts.note(number, &outcome, true);
        } else {
            counts.accepted = counts.accepted.saturating_add(1);
            if !outcome.ends_with("\"findings\":[],\"status\":\"accepted\"}") {
                counts.note(number, &outcome, false);
            }
            if book.len() == before {
                counts.resent = counts.resent.saturating_add(1);
            } else if let Some((path, file)) = &mut journal {
                let block = block_of(&book, before == 0, &outcome);
                file.append(block.as_bytes()).map_err(|error| cannot_write(shell, path, &error))?;
            }
        }
        if let Some((path, out)) = &mut outcomes {
            writeln!(out, "{outcome}").map_err(|error| cannot_write(shell, path, &error))?;
        }
    }
    drop(progress);
    if let Some((path, file)) = journal {
        file.finish().map_err(|error| cannot_write(shell, path, &error))?;
    }
    if let Some((path, mut out)) = outcomes {
        out.flush().map_err(|error| cannot_write(shell, path, &error))?;
    }
    if let Some(placed) = broken {
        // What was accepted before it stands, and its journal is whole.
        report(shell, args, &book, &counts)?;
        shell.show(&[placed]);
        return Ok(INPUT);
    }
    report(shell, args, &book, &counts)?;
    let failed = match args.fail_on {
        None => false,
        Some(FailOn::Error) => counts.rejected > 0 || counts.unreadable > 0,
        Some(FailOn::Warning) => counts.rejected > 0 || counts.unreadable > 0 || !counts.warnings.is_empty(),
    };
    Ok(if failed { FINDINGS } else { WELL })
}

/// The lines that a command adds to the journal, cut out of its outcome; before those of the first
/// stands the opening event, which belongs to no outcome.
fn block_of(book: &Book, first: bool, outcome: &str) -> String {
    let mut block = String::with_capacity(outcome.len());
    if first {
        book.write_journal(1, &mut block);
        return block;
    }
    for event in elements(member(outcome, "events").unwrap_or("[]")) {
        block.push_str(event);
        block.push('\n');
    }
    block
}

/// `replay` of a journal: it is opened, which judges and lives all of it again.
fn of_journal(shell: &Shell, args: &Replay, policy: Policy, roster: Roster, lines: Lines, as_of: Option<Instant>) -> Run {
    if args.outcomes.is_some() {
        return shell.misuse(
            "--outcomes：日志里没有被退回的操作，写不出结果；请给操作文件".into(),
            "--outcomes: a journal has no rejected commands to write outcomes of; give the command file".into(),
        );
    }
    let mut book = load::journal(shell, policy.clone(), roster.clone(), lines)?;
    let mut counts = Counts { lines: book.len() as u64, ..Counts::default() };
    if let Some(as_of) = as_of {
        book = book.as_of(as_of).into_owned();
    }
    counts.accepted = book.len() as u64;
    counts.skipped = counts.lines.saturating_sub(counts.accepted);
    if let Some(path) = &args.journal {
        let Reopened { mut file, before, dropped, .. } = open_journal(shell, path, policy, roster, args.sync)?;
        let whole = book.journal();
        let kept = before.get(..before.len().saturating_sub(dropped)).unwrap_or_default();
        let Some(rest) = whole.as_bytes().strip_prefix(kept) else {
            let (zh, en) = (
                format!("{path}：里面是另一本账的日志，或比给出的日志更长，没有改动"),
                format!("{path}: holds another journal, or a longer one than was given; it was left as it is"),
            );
            return Err(Stop::Input(shell.lang.pick(zh, en)));
        };
        file.append(rest).and_then(|()| file.finish()).map_err(|error| cannot_write(shell, path, &error))?;
    }
    report(shell, args, &book, &counts)?;
    Ok(WELL)
}

/// Opens the journal that is to be written, and says what it dropped.
fn open_journal(shell: &Shell, path: &str, policy: Policy, roster: Roster, each: bool) -> Result<Reopened, Stop> {
    match JournalFile::open(Path::new(path), policy, roster, each) {
        Ok(opened) => {
            if opened.dropped > 0 {
                let (zh, en) = load::torn(path, &opened.before, opened.dropped);
                shell.note(&shell.lang.pick(format!("{zh}；已从文件中去掉"), format!("{en}; they were cut off")));
            }
            Ok(opened)
        }
        Err(Trouble::Io(error)) => Err(cannot_write(shell, path, &error)),
        Err(Trouble::Other(finding)) => {
            shell.show(&[Placed::in_file(path, &finding)]);
            Err(Stop::Said(INPUT))
        }
        Err(Trouble::Locked(lock, owner)) => {
            let lock = lock.display();
            Err(Stop::Input(shell.lang.pick(
                format!("{path}：另一个进程（{owner}）正在写。如果确实没有，请删除 {lock}"),
                format!("{path}: another process ({owner}) is writing it. If there is none, remove {lock}"),
            )))
        }
        Err(Trouble::NoFile) => shell.misuse(
            format!("--journal {path}：不是普通文件"),
            format!("--journal {path}: not an ordinary file"),
        ),
    }
}

fn cannot_write(shell: &Shell, path: &str, error: &std::io::Error) -> Stop {
    if path == "-" && error.kind() == std::io::ErrorKind::BrokenPipe {
        return Stop::Pipe;
    }
    Stop::Input(shell.lang.pick(
        format!("{path}：写入失败：{error}。此前写完的仍然有效，没有留下半条"),
        format!("{path}: cannot be written: {error}. What was written before stands; nothing is half-written"),
    ))
}

/// What the replay came to.
fn report(shell: &Shell, args: &Replay, book: &Book, counts: &Counts) -> Result<(), Stop> {
    let last = book.last_at().map(|at| at.to_string());
    // Outcomes on standard output are for a machine that reads nothing else there.
    let mut out: Box<dyn Write> =
        if args.outcomes.as_deref() == Some("-") { Box::new(std::io::stderr()) } else { Box::new(shell.out()) };
    if args.format == One::Json {
        let rejections: Vec<Value> = by_count(&counts.refusals)
            .into_iter()
            .map(|(code, count)| {
                let (line, command) = counts.first.get(code).cloned().unwrap_or_default();
                json!({"code": code, "count": count, "first": {"line": line, "command": command}})
            })
            .collect();
        let answer = json!({
            "lines": counts.lines, "accepted": counts.accepted, "resent": counts.resent, "rejected": counts.rejected,
            "skipped": counts.skipped, "unreadable": counts.unreadable, "rejections": rejections,
            "warnings": counted(by_count(&counts.warnings).into_iter()),
            "events": book.events(), "cases": book.cases().len(), "visits": book.visits(), "last_at": last,
            "head": book.head(),
        });
        return write_value(&mut out, &answer);
    }
    let zh = shell.lang == Lang::Zh;
    let words = Words { lang: shell.lang, policy: Some(book.opening_policy()) };
    let mut parts = vec![if zh { format!("接受 {}", counts.accepted) } else { format!("{} accepted", counts.accepted) }];
    for (count, zh_word, en_word) in [
        (counts.resent, "其中重发", "resent among them"),
        (counts.rejected, "退回", "rejected"),
        (counts.skipped, "在截至时刻之后，未执行", "later than asked for"),
        (counts.unreadable, "无法读取", "unreadable"),
    ] {
        if count > 0 {
            parts.push(if zh { format!("{zh_word} {count}") } else { format!("{count} {en_word}") });
        }
    }
    let listed = parts.join(shell.lang.pick("，", ", "));
    writeln!(out, "{}", if zh { format!("操作 {} 条：{listed}", counts.lines) } else { format!("{} commands: {listed}", counts.lines) })?;
    let (events, cases, visits) = (book.events(), book.cases().len(), book.visits());
    let last = last.unwrap_or_else(|| shell.lang.pick("无", "none").to_owned());
    if zh {
        writeln!(out, "日志事件 {events}，诉求事项 {cases}，走访 {visits}；最后一条操作 {last}")?;
        writeln!(out, "日志末端哈希 {}", book.head())?;
    } else {
        writeln!(out, "{events} events, {cases} cases, {visits} visits; last command {last}")?;
        writeln!(out, "head {}", book.head())?;
    }
    for (title, map, paint) in [
        (shell.lang.pick("退回原因", "Rejections"), &counts.refusals, Paint::Red),
        (shell.lang.pick("提醒", "Warnings"), &counts.warnings, Paint::Yellow),
    ] {
        if map.is_empty() {
            continue;
        }
        writeln!(out, "\n{}", shell.style.paint(Paint::Bold, title))?;
        let heads = shell.lang.pick(["次数", "代码", "说明", "首次出现"], ["times", "code", "meaning", "first at"]);
        let aligns = [Align::Right, Align::Left, Align::Wrap, Align::Left];
        let mut table = Table::new(heads.into_iter().zip(aligns));
        for (code, count) in by_count(map) {
            let first = counts.first.get(code).map_or(String::new(), |(line, command)| {
                if zh { format!("第 {line} 行 {command}") } else { format!("line {line}, {command}") }
            });
            let title = wuzhang::Code::from_word(code).map(|code| wuzhang::explain::explain(code).title);
            let title = title.map_or_else(|| words.rule(code), |(zh, en)| shell.lang.pick(zh, en).to_owned());
            table.row([
                count.to_string().into(),
                crate::text::Cell::painted(code, paint),
                title.into(),
                if std::ptr::eq(map, &counts.refusals) { first.into() } else { "".into() },
            ]);
        }
        table.write(shell.style, &mut out)?;
    }
    out.flush()?;
    Ok(())
}

/// The codes by how often they came, the most frequent first.
fn by_count(counts: &BTreeMap<String, u64>) -> Vec<(&String, &u64)> {
    let mut list: Vec<(&String, &u64)> = counts.iter().collect();
    list.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    list
}
