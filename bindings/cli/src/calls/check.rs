//! `check`: documents and command files looked through, and nothing applied.

use std::io::Write;
use std::path::Path;

use wuzhang::limits::{DOCUMENT_POLICY, DOCUMENT_ROSTER};
use wuzhang::shape::parse;
use wuzhang::{verify, Command, Policy, Roster, Verdict};

use crate::args::Check;
use crate::findings::{self, Placed};
use crate::formats::{Format, Report, Suite, Tried};
use crate::input::{document, name_of, Lines};
use crate::load;
use crate::locate::Names;
use crate::places::Places;
use crate::progress::Progress;
use crate::shell::Shell;
use crate::stop::{Run, Stop, FINDINGS, INPUT, WELL};
use crate::text::{Paint, Style};

use super::scenarios::{is_scenario, is_survivors, ready, survivors};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Policy,
    Roster,
    Commands,
    Journal,
    Scenario,
    Survivors,
    /// JSON, and none of ours.
    Unknown,
}

/// What a JSON object looks like.
fn kind_of(members: &Names<'_>) -> Kind {
    let has = |names: &[&str]| names.iter().any(|name| members.has(name));
    if has(&["event"]) && has(&["seq"]) {
        Kind::Journal
    } else if is_scenario(members) {
        Kind::Scenario
    } else if is_survivors(members) {
        Kind::Survivors
    } else if has(&["rules", "effective_from", "extends"]) {
        Kind::Policy
    } else if has(&["units", "cadres", "households", "liaisons"]) {
        Kind::Roster
    } else if has(&["do", "actor"]) {
        Kind::Commands
    } else {
        Kind::Unknown
    }
}

/// What has been seen so far.
struct Seen {
    found: Vec<Placed>,
    files: Vec<String>,
    /// A file that is none of ours, in words.
    strange: bool,
    rosters: Vec<Seat>,
    policy: Option<Policy>,
}

/// A roster with its text, to be held against a policy once all files are read.
struct Seat {
    file: String,
    text: Vec<u8>,
    roster: Roster,
}

/// Runs the call.
pub fn run(shell: &Shell, args: &Check) -> Run {
    let on = args.on.as_deref().map(|day| shell.date("--on", day)).transpose()?;
    let policy = args.policy.as_deref().map(|name| load::policy(shell, name)).transpose()?;
    let mut seen = Seen { found: Vec::new(), files: Vec::new(), strange: false, rosters: Vec::new(), policy };
    for path in args.files.iter().chain(&args.roster) {
        seen.files.push(name_of(path, shell.lang));
        look_at(shell, path, &mut seen)?;
    }
    if let Some(policy) = &seen.policy {
        for seat in &seen.rosters {
            let Some(day) = on.or_else(|| seat.roster.all_begun()) else { continue };
            let found = seat.roster.check(policy, day);
            if found.is_empty() {
                continue;
            }
            let text = String::from_utf8_lossy(&seat.text);
            let mut places = Places::of(&text);
            seen.found.extend(found.iter().map(|finding| places.place(&seat.file, finding)));
        }
    }
    let mut out = shell.out();
    let suites = suites(&seen);
    let report = Report { call: "check", suites: &suites, fail_on: args.fail_on, lang: shell.lang };
    report.write(args.format, shell.style, &mut out)?;
    if args.format == Format::Text {
        summary(shell, &seen, &mut out)?;
    }
    out.flush()?;
    Ok(if seen.strange || seen.found.iter().any(Placed::is_unreadable) {
        INPUT
    } else if seen.found.iter().any(|placed| placed.fails(args.fail_on)) {
        FINDINGS
    } else {
        WELL
    })
}

fn look_at(shell: &Shell, path: &str, seen: &mut Seen) -> Result<(), Stop> {
    // Lines are read one by one; only what is one document is read whole. Standard input can be
    // read once only, so it is taken for lines unless its first line cannot be one.
    let mut lines = Lines::open(path, shell.lang)?;
    let first = lines.peek()?.map(|line| kind_of(&Names::of(line)));
    let name = name_of(path, shell.lang);
    match first {
        Some(Kind::Commands) => return commands(shell, lines, seen),
        Some(Kind::Journal) => return journal(lines, &name, seen),
        _ if Path::new(path).extension().is_some_and(|extension| extension == "jsonl") => {
            return commands(shell, lines, seen);
        }
        _ => {}
    }
    let text = if path == "-" { lines.rest()? } else { document(path, DOCUMENT_ROSTER, shell.lang)? };
    let node = match parse(&text, DOCUMENT_ROSTER) {
        Ok(node) => node,
        Err(error) => {
            let finding = wuzhang::limits::parse_finding(&error);
            seen.found.push(Placed::in_text(&name, &text, 1, &finding));
            return Ok(());
        }
    };
    match kind_of(&Names::in_node(&node)) {
        Kind::Policy => {
            let found = if text.len() > DOCUMENT_POLICY {
                Policy::check(&text)
            } else {
                Policy::check_with(&text, |id| load::sibling(path, id))
            };
            if seen.policy.is_none() && !findings::refuses(&found) {
                seen.policy = Policy::read_with(&text, |id| load::sibling(path, id)).ok();
            }
            seen.found.extend(Placed::all_in_text(&name, &text, &found));
        }
        Kind::Roster => {
            let read = Roster::from_node(&node);
            drop(node);
            match read {
                Ok(roster) => seen.rosters.push(Seat { file: name, text, roster }),
                Err(found) => {
                    seen.found.extend(Placed::all_in_text(&name, &text, &found));
                }
            }
        }
        Kind::Commands | Kind::Journal => {
            // One command written over several lines: a document of its own.
            if let Err(found) = Command::read(&text) {
                seen.found.extend(Placed::all_in_text(&name, &text, &found));
            }
        }
        Kind::Scenario => {
            if let Err(found) = ready(shell, path, &text) {
                seen.found.extend(found);
            }
        }
        Kind::Survivors => {
            if let Err(found) = survivors(&name, &text) {
                seen.found.extend(found);
            }
        }
        Kind::Unknown => {
            seen.strange = true;
            let (zh, en) = (
                format!("{name}：看不出是哪一种文件。规则文件有 rules，名册有 units，场景文件有 cases，操作文件每行有 do"),
                format!("{name}: neither a policy (rules), nor a roster (units), nor a scenario (cases), nor commands (do on each line)"),
            );
            shell.complain(&shell.lang.pick(zh, en));
        }
    }
    Ok(())
}

/// One suite a file, one case a finding; a file without any is a case that passed. A scenario may
/// name files that were not handed in, and findings about those come last.
fn suites(seen: &Seen) -> Vec<Suite> {
    let mut names: Vec<&str> = Vec::new();
    for name in seen.files.iter().map(String::as_str).chain(seen.found.iter().map(Placed::file)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
        .into_iter()
        .map(|name| {
            let of_file = seen.found.iter().filter(|placed| placed.file() == name);
            let mut cases: Vec<Tried> = of_file
                .map(|placed| Tried { name: format!("{} {}", placed.code(), placed.place()), found: vec![placed.clone()] })
                .collect();
            if cases.is_empty() {
                cases.push(Tried { name: "check".to_owned(), found: Vec::new() });
            }
            Suite { name: name.to_owned(), cases }
        })
        .collect()
}

fn commands(shell: &Shell, mut lines: Lines, seen: &mut Seen) -> Result<(), Stop> {
    let name = lines.name();
    let mut progress = Progress::new(shell.lang);
    while let Some((number, line)) = lines.next()? {
        progress.step();
        if let Err(found) = Command::read(line) {
            seen.found.extend(found.iter().map(|finding| Placed::in_text(&name, line, number, finding)));
        }
    }
    Ok(())
}

fn journal(lines: Lines, name: &str, seen: &mut Seen) -> Result<(), Stop> {
    match verify(&lines.rest()?, &wuzhang::Check::default()) {
        Verdict::Sound { .. } => {}
        Verdict::Broken(finding) | Verdict::Unreadable(finding) => seen.found.push(Placed::in_file(name, &finding)),
    }
    Ok(())
}

fn summary(shell: &Shell, seen: &Seen, out: &mut dyn Write) -> Result<(), Stop> {
    let count = |fails: findings::FailOn| seen.found.iter().filter(|placed| placed.fails(fails)).count();
    let errors = count(findings::FailOn::Error);
    let warnings = count(findings::FailOn::Warning).saturating_sub(errors);
    let files = seen.files.len();
    if seen.strange && seen.found.is_empty() {
        return Ok(());
    }
    let style: Style = shell.style;
    let (paint, zh, en) = match (errors, warnings) {
        (0, 0) => (Paint::Green, format!("已检查 {files} 个文件，没有问题"), format!("{} looked through: all well", some(files, "file"))),
        (errors, warnings) => (
            if errors > 0 { Paint::Red } else { Paint::Yellow },
            format!("已检查 {files} 个文件：错误 {errors}，提醒 {warnings}"),
            format!("{} looked through: {}, {}", some(files, "file"), some(errors, "error"), some(warnings, "warning")),
        ),
    };
    writeln!(out, "{}", style.paint(paint, &shell.lang.pick(zh, en)))?;
    Ok(())
}

/// A count with its noun.
pub(super) fn some(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
