//! The shared conformance vectors: what goes in, what somebody who knows the rules expects, and
//! the very bytes that every face answers.
//!
//! A vector is `NAME.json` in a folder of `tests/vectors`, written by hand; `NAME.out.jsonl`
//! beside it holds the bytes, written by `--bless` after the hand-written part has passed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use wuzhang::json::JsonBook;

use crate::steps::{self, Documents};

/// What to do with the vectors.
#[derive(Debug, Default)]
pub struct Options {
    /// The folder of the vectors.
    pub dir: PathBuf,
    /// Write the bytes and the manifest instead of comparing them.
    pub bless: bool,
    /// Print which rules and codes no vector touches, and fail when there are any.
    pub coverage: bool,
    /// Send the commands through this program as well, and compare its bytes.
    pub through: Option<PathBuf>,
    /// Only vectors whose path contains this.
    pub only: Option<String>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    /// How many vectors passed.
    pub passed: usize,
    /// How many failed.
    pub failed: usize,
    /// What to print.
    pub text: String,
}

#[derive(Default)]
struct Coverage {
    obeyed: BTreeSet<String>,
    broken: BTreeSet<String>,
    codes: BTreeSet<String>,
}

/// Runs the vectors.
///
/// # Errors
/// When the folder cannot be read or written.
pub fn run(options: &Options) -> Result<Report, String> {
    let mut report = Report::default();
    let mut coverage = Coverage::default();
    let mut files = Vec::new();
    collect(&options.dir, &mut files)?;
    files.sort();
    let mut listed: Vec<String> = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&options.dir).unwrap_or(file).display().to_string();
        listed.push(name.clone());
        if options.only.as_ref().is_some_and(|only| !name.contains(only)) {
            continue;
        }
        match one(file, options, &mut coverage) {
            Ok(()) => report.passed = report.passed.saturating_add(1),
            Err(problem) => {
                report.failed = report.failed.saturating_add(1);
                report.text.push_str(&format!("{name}: {problem}\n"));
            }
        }
    }
    manifest(options, &listed, &mut report)?;
    if options.coverage {
        untouched(&coverage, &mut report);
    }
    Ok(report)
}

pub(crate) fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "rosters" && name != "policies") {
                collect(&path, files)?;
            }
        } else if path.extension().is_some_and(|ext| ext == "json")
            && path.file_name().is_none_or(|name| name != "manifest.json")
        {
            files.push(path);
        }
    }
    Ok(())
}

/// The manifest counts the vectors, so that a runner that finds fewer knows that it has lost some.
fn manifest(options: &Options, listed: &[String], report: &mut Report) -> Result<(), String> {
    let path = options.dir.join("manifest.json");
    let text = serde_json::json!({ "count": listed.len(), "vectors": listed });
    let text = serde_json::to_string_pretty(&text).map_err(|error| error.to_string())? + "\n";
    if options.bless {
        return fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()));
    }
    if fs::read_to_string(&path).unwrap_or_default() != text {
        report.failed = report.failed.saturating_add(1);
        report.text.push_str("manifest.json does not list the vectors that are there\n");
    }
    Ok(())
}

fn one(file: &Path, options: &Options, coverage: &mut Coverage) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let vector: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let (policy, roster) = documents(&vector, &options.dir)?;
    let mut lines: Vec<String> = Vec::new();
    let mut problems: Vec<String> = Vec::new();
    let commands = commands_of(&vector)?;
    match JsonBook::new(&policy, &roster) {
        Err(answer) => lines.push(answer),
        Ok(mut book) => {
            for command in &commands {
                match book.book_mut().apply_line(command.as_bytes()) {
                    Ok(outcome) => lines.push(outcome),
                    Err(error) => {
                        let mut finding = String::new();
                        error.finding.write(&mut finding);
                        lines.push(format!("{{\"error\":{{\"findings\":[{finding}]}}}}"));
                    }
                }
            }
            check_commands(&vector, &lines, &mut problems);
            for ask in list(&vector, "ask") {
                let answer = steps::answer(ask, &mut book, Documents { policy: &policy, roster: &roster })?;
                check_answer(ask, &answer, &mut problems);
                lines.extend(answer);
            }
            through(&vector, options, &policy, &roster, &commands, &lines, &mut problems);
        }
    }
    if let Some(expected) = vector.get("documents") {
        check_answer(expected, &lines, &mut problems);
    }
    cover(&vector, &lines, coverage);
    let out = file.with_extension("out.jsonl");
    let bytes = lines.join("\n") + "\n";
    if problems.is_empty() {
        if options.bless {
            fs::write(&out, bytes).map_err(|error| error.to_string())?;
        } else if fs::read_to_string(&out).unwrap_or_default() != bytes {
            let before = fs::read_to_string(&out).unwrap_or_default();
            let differs = before.lines().zip(bytes.lines()).position(|(a, b)| a != b);
            problems.push(match differs {
                Some(at) => format!(
                    "line {} of the bytes differs:\n  was {}\n  is  {}",
                    at.saturating_add(1),
                    before.lines().nth(at).unwrap_or_default(),
                    bytes.lines().nth(at).unwrap_or_default()
                ),
                None => "the bytes have another number of lines".to_owned(),
            });
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n  "))
    }
}

pub(crate) fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The policy and the roster: named files, presets, or documents written out.
pub(crate) fn documents(vector: &Value, dir: &Path) -> Result<(String, String), String> {
    let policy = match vector.get("policy") {
        None => "dayi-2014".to_owned(),
        Some(Value::String(name)) => {
            let path = dir.join("policies").join(format!("{name}.json"));
            fs::read_to_string(path).unwrap_or_else(|_| name.clone())
        }
        Some(document) => document.to_string(),
    };
    let roster = match vector.get("roster") {
        None => read_roster(dir, "county")?,
        Some(Value::String(name)) => read_roster(dir, name)?,
        Some(document) => document.to_string(),
    };
    Ok((policy, roster))
}

pub(crate) fn read_roster(dir: &Path, name: &str) -> Result<String, String> {
    let path = dir.join("rosters").join(format!("{name}.json"));
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The command lines: earlier ones by the name of a vector they continue, objects, or raw text.
pub(crate) fn commands_of(vector: &Value) -> Result<Vec<String>, String> {
    list(vector, "commands")
        .iter()
        .map(|command| match command {
            Value::String(raw) => Ok(raw.clone()),
            Value::Object(_) => Ok(command.to_string()),
            other => Err(format!("a command is an object or a raw line, not {other}")),
        })
        .collect()
}

fn codes_of(outcome: &Value) -> Vec<String> {
    let mut codes: Vec<String> = list(outcome, "findings")
        .iter()
        .filter_map(|finding| finding.get("code").and_then(Value::as_str))
        .map(str::to_owned)
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

/// What the author expects of each command: its status, and exactly these codes.
fn check_commands(vector: &Value, lines: &[String], problems: &mut Vec<String>) {
    let expected = list(vector, "then");
    if expected.len() != lines.len() {
        problems.push(format!("{} commands, but {} expectations", lines.len(), expected.len()));
    }
    for (index, (line, expected)) in lines.iter().zip(expected).enumerate() {
        let outcome: Value = serde_json::from_str(line).unwrap_or(Value::Null);
        let status = outcome.get("status").and_then(Value::as_str).unwrap_or("error");
        let codes = codes_of(&outcome);
        let (wanted, wanted_codes) = match expected {
            Value::String(status) => (status.as_str(), Vec::new()),
            Value::Object(object) => {
                let status = object.get("status").and_then(Value::as_str).unwrap_or("rejected");
                let mut codes: Vec<String> = list(expected, "codes").iter().filter_map(Value::as_str).map(str::to_owned).collect();
                codes.sort();
                (status, codes)
            }
            _ => ("?", Vec::new()),
        };
        if status != wanted || codes != wanted_codes {
            problems.push(format!(
                "command {}: expected {wanted} {wanted_codes:?}, got {status} {codes:?}",
                index.saturating_add(1)
            ));
        }
        if let Some(reason) = expected.get("reason").and_then(Value::as_str) {
            let found = list(&outcome, "findings").iter().any(|finding| {
                finding.pointer("/params/reason").and_then(Value::as_str) == Some(reason)
            });
            if !found {
                problems.push(format!("command {}: no finding for the reason {reason}", index.saturating_add(1)));
            }
        }
    }
}

/// What the author expects of an answer: values at JSON Pointers. Where `to` is one that answers
/// with lines, the pointers begin with the line's number, from 0.
fn check_answer(ask: &Value, answer: &[String], problems: &mut Vec<String>) {
    let read = |line: &String| serde_json::from_str(line).unwrap_or(Value::Null);
    let value: Value = match steps::to(ask) {
        "lines" | "journal" => answer.iter().map(read).collect(),
        _ => answer.first().map_or(Value::Null, read),
    };
    let answer = answer.join("\n");
    for expected in list(ask, "has") {
        let at = expected.get("at").and_then(Value::as_str).unwrap_or_default();
        let is = expected.get("is").unwrap_or(&Value::Null);
        let found = value.pointer(at).unwrap_or(&Value::Null);
        if found != is {
            problems.push(format!("at {at}: expected {is}, got {found}\n    in {answer}"));
        }
    }
    for text in list(ask, "without").iter().filter_map(Value::as_str) {
        if answer.contains(text) {
            problems.push(format!("the answer contains {text}"));
        }
    }
}

/// Sends the commands through another face: same lines in, same bytes out.
fn through(
    vector: &Value,
    options: &Options,
    policy: &str,
    roster: &str,
    commands: &[String],
    lines: &[String],
    problems: &mut Vec<String>,
) {
    let Some(program) = &options.through else { return };
    // A line that is no command stops a replay by design; the library's answer stands for it.
    if vector.get("only_library").is_some() || commands.is_empty() {
        return;
    }
    let work = std::env::temp_dir().join(format!("wuzhang-vectors-{}", std::process::id()));
    let sent = (|| -> std::io::Result<std::process::Output> {
        fs::create_dir_all(&work)?;
        let (policy_file, roster_file, commands_file) = (work.join("p.json"), work.join("r.json"), work.join("c.jsonl"));
        fs::write(&policy_file, policy)?;
        fs::write(&roster_file, roster)?;
        fs::write(&commands_file, commands.join("\n") + "\n")?;
        let named: &Path = if policy.trim_start().starts_with('{') { &policy_file } else { Path::new(policy) };
        Command::new(program)
            .args(["replay", "--policy"])
            .arg(named)
            .arg("--roster")
            .arg(&roster_file)
            .arg("--outcomes")
            .arg(work.join("out.jsonl"))
            .arg(&commands_file)
            .output()
    })();
    let wanted: String = lines.iter().take(commands.len()).map(|line| format!("{line}\n")).collect();
    match sent {
        Ok(output) => {
            let got = fs::read_to_string(work.join("out.jsonl")).unwrap_or_default();
            if got != wanted {
                problems.push(format!(
                    "the program answers other bytes (exit {:?}): {}",
                    output.status.code(),
                    String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or_default()
                ));
            }
        }
        Err(error) => problems.push(format!("the program could not be run: {error}")),
    }
    let _ = fs::remove_dir_all(&work);
}

/// Which rules a vector obeys and breaks: named by the author, and found in what was answered.
fn cover(vector: &Value, lines: &[String], coverage: &mut Coverage) {
    for rule in list(vector, "obeys").iter().filter_map(Value::as_str) {
        coverage.obeyed.insert(rule.to_owned());
    }
    for rule in list(vector, "breaks").iter().filter_map(Value::as_str) {
        coverage.broken.insert(rule.to_owned());
    }
    for line in lines {
        let value: Value = serde_json::from_str(line).unwrap_or(Value::Null);
        walk(&value, coverage);
    }
}

fn walk(value: &Value, coverage: &mut Coverage) {
    match value {
        Value::Object(object) => {
            let is_finding = object.contains_key("code") && object.contains_key("severity");
            if let (true, Some(code)) = (is_finding, object.get("code").and_then(Value::as_str)) {
                coverage.codes.insert(code.to_owned());
                if let Some(rule) = object.get("rule").and_then(Value::as_str) {
                    coverage.broken.insert(rule.to_owned());
                }
            }
            if let (Some(rule), Some(state)) =
                (object.get("rule").and_then(Value::as_str), object.get("state").and_then(Value::as_str))
            {
                match state {
                    "met" => coverage.obeyed.insert(rule.to_owned()),
                    "missed" | "late" => coverage.broken.insert(rule.to_owned()),
                    _ => false,
                };
            }
            object.values().for_each(|value| walk(value, coverage));
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, coverage)),
        _ => {}
    }
}

/// The codes that no request of the façade gives: a journal that differs is found by opening a book,
/// a damaged snapshot by restoring one (both stand in the library's own tests), and no command
/// names an existing meeting, so that nothing can find it unknown. Those of scenarios are found by
/// the call that runs them; `tests/scenarios/broken` has a document for each.
const ELSEWHERE: [&str; 8] = [
    "journal.differs",
    "snapshot.invalid",
    "meeting.unknown",
    "scenario.invalid",
    "scenario.file",
    "scenario.differs",
    "scenario.untested",
    "scenario.unnoticed",
];

fn untouched(coverage: &Coverage, report: &mut Report) {
    let mut missing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in wuzhang::policy::RuleId::ALL.iter().map(|rule| rule.word()) {
        if !coverage.obeyed.contains(rule) {
            missing.entry("rules that no vector obeys").or_default().push(rule);
        }
        if !coverage.broken.contains(rule) {
            missing.entry("rules that no vector breaks").or_default().push(rule);
        }
    }
    for code in wuzhang::Code::ALL.iter().map(|code| code.word()) {
        if !coverage.codes.contains(code) && !ELSEWHERE.contains(&code) {
            missing.entry("codes that no vector finds").or_default().push(code);
        }
    }
    for (what, names) in missing {
        report.failed = report.failed.saturating_add(1);
        report.text.push_str(&format!("{what}: {}\n", names.join(" ")));
    }
}
