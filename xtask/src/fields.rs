//! Does every field of the policy matter? Each is changed, one at a time, and the shared vectors
//! are run by the changed policy: some answer has to differ, or the field is dead weight.

use std::fs;
use std::path::Path;

use serde_json::Value;
use wuzhang::analyse::mutate::with_other_field;
use wuzhang::calendar::Date;
use wuzhang::json::JsonBook;
use wuzhang::policy::RuleId;
use wuzhang::{Book, Chaining, Policy, Roster};

use crate::vectors::{collect, commands_of, list, read_roster};

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    /// The fields that made a difference.
    pub matter: usize,
    /// The fields that made none, as `rule/field`.
    pub dead: Vec<String>,
}

/// A vector that runs by the handbook's policy.
struct Run {
    roster: Roster,
    commands: Vec<String>,
    asks: Vec<String>,
    base: Vec<String>,
}

/// The rules whose modality decides nothing by itself: what breaks them is a duty that is missed or
/// a figure that is shown, and the agenda says beside each how strongly it binds.
fn is_shown_only(rule: RuleId, field: &str) -> bool {
    const OTHERS: [&str; 14] = [
        "visit.in_person", "visit.liaised", "visit.late_entry", "register.within", "ledger.tier", "meeting.members",
        "meeting.late_entry", "escalate.route", "escalate.within", "settle.overdue", "flag.colour", "close.repeat",
        "sample.recheck", "contact_card",
    ];
    let word = rule.word();
    let family = ["visit.", "consolidate.", "meeting.village", "meeting.town", "meeting.department", "meeting.county", "publish.within", "publish.keep", "publish.digest", "publish.objection", "rate.", "advice."];
    field == "modality" && (family.iter().any(|start| word.starts_with(start)) || OTHERS.contains(&word))
}

/// Changes every field of `dayi-2014` in turn.
///
/// # Errors
/// When the vectors cannot be read.
pub fn run(dir: &Path) -> Result<Report, String> {
    let base = Policy::preset("dayi-2014").ok_or("no preset")?;
    let mut runs = runs(dir, &base)?;
    let mut report = Report::default();
    for rule in RuleId::ALL {
        let Some(text) = base.rule_json(*rule) else { continue };
        let Ok(Value::Object(parts)) = serde_json::from_str(&text) else { continue };
        for field in parts.keys().filter(|field| *field != "source" && !is_shown_only(*rule, field)) {
            if matters(&base, *rule, field, &mut runs) {
                report.matter = report.matter.saturating_add(1);
            } else {
                report.dead.push(format!("{}/{field}", rule.word()));
            }
        }
    }
    Ok(report)
}

fn runs(dir: &Path, base: &Policy) -> Result<Vec<Run>, String> {
    let mut files = Vec::new();
    collect(dir, &mut files)?;
    files.sort();
    let mut runs = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let vector: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let plain = vector.get("policy").is_none_or(|policy| policy == "dayi-2014");
        let roster = match vector.get("roster") {
            None => read_roster(dir, "county")?,
            Some(Value::String(name)) => read_roster(dir, name)?,
            Some(document) => document.to_string(),
        };
        let (true, Ok(roster)) = (plain, Roster::read(roster.as_bytes())) else { continue };
        let asks = list(&vector, "ask")
            .iter()
            .filter(|ask| ask.get("to").is_none_or(|to| to == "book"))
            .filter_map(|ask| ask.get("request").map(Value::to_string))
            .collect();
        let mut run = Run { roster, commands: commands_of(&vector)?, asks, base: Vec::new() };
        run.base = lines(&run, base, None).0;
        runs.push(run);
    }
    Ok(runs)
}

/// What a run answers to its commands and questions, as far as it agrees with `base`; and the book.
fn lines(run: &Run, policy: &Policy, base: Option<&[String]>) -> (Vec<String>, Option<JsonBook>) {
    let mut book = JsonBook::of(Book::with_chaining(policy.clone(), run.roster.clone(), Chaining::Off));
    let mut lines: Vec<String> = Vec::new();
    for (at, request) in run.commands.iter().chain(&run.asks).enumerate() {
        let answer = if at < run.commands.len() {
            book.book_mut().apply_line(request.as_bytes()).unwrap_or_default()
        } else {
            book.call(request)
        };
        let line = bare(&answer);
        if base.is_some_and(|base| base.get(at) != Some(&line)) {
            return (lines, None);
        }
        lines.push(line);
    }
    (lines, Some(book))
}

/// What else a rule may show in: its duties over a year, the rates, the advice, the check of a
/// roster.
fn shown(run: &Run, policy: &Policy, book: &mut JsonBook, rule: RuleId) -> String {
    let word = rule.word();
    if word.starts_with("rate.") {
        return bare(&book.call(r#"{"op":"rates","from":"2014-01-01","to":"2014-12-31"}"#));
    }
    if word.starts_with("advice.") {
        return bare(&book.call(r#"{"op":"advice","from":"2014-01-01","to":"2014-12-31"}"#));
    }
    let mut out = bare(&book.call(&format!(r#"{{"op":"duties","from":"2014-01-01","to":"2015-03-31","rule":"{word}"}}"#)));
    if let Some(day) = Date::parse("2014-03-03") {
        for finding in run.roster.check(policy, day) {
            let mut text = String::new();
            finding.write(&mut text);
            out.push_str(&bare(&text));
        }
    }
    out
}

/// An answer without what differs by the mere wording of a policy.
fn bare(answer: &str) -> String {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(object) => {
                for key in ["source", "message", "modality"] {
                    object.remove(key);
                }
                object.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value: Value = serde_json::from_str(answer).unwrap_or(Value::Null);
    strip(&mut value);
    value.to_string()
}

fn matters(base: &Policy, rule: RuleId, field: &str, runs: &mut [Run]) -> bool {
    let policies = with_other_field(base, rule, field);
    // Where no other value may be, the check of policies notices every change.
    if policies.is_empty() {
        return true;
    }
    for policy in &policies {
        let noticed = runs.iter().position(|run| lines(run, policy, Some(&run.base)).1.is_none());
        if let Some(at) = noticed {
            // A vector that noticed this field will likely notice its neighbours: first next time.
            if let Some(front) = runs.get_mut(..=at) {
                front.rotate_right(1);
            }
            return true;
        }
    }
    runs.iter().any(|run| {
        let (_, before) = lines(run, base, None);
        let before = before.map(|mut book| shown(run, base, &mut book, rule));
        policies.iter().any(|policy| {
            let (_, after) = lines(run, policy, None);
            after.map(|mut book| shown(run, policy, &mut book, rule)) != before
        })
    })
}
