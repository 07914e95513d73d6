//! Does every field of the policy matter? Each is changed, one at a time, and the shared vectors
//! are run by the changed policy: some answer has to differ, or the field is dead weight.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
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
            if matters(&base, *rule, field, &parts, &mut runs) {
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

fn matters(base: &Policy, rule: RuleId, field: &str, parts: &Map<String, Value>, runs: &mut [Run]) -> bool {
    let policies: Vec<Policy> = changes(parts.get(field).unwrap_or(&Value::Null))
        .iter()
        .filter_map(|changed| changed_policy(rule, field, changed, parts))
        .collect();
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

/// The policy with one field changed; `None` where no such policy may be.
fn changed_policy(rule: RuleId, field: &str, changed: &Value, parts: &Map<String, Value>) -> Option<Policy> {
    let mut parts = parts.clone();
    parts.insert(field.to_owned(), changed.clone());
    parts.insert("source".to_owned(), serde_json::json!({"kind": "assumed", "grounding": "a field changed to see whether it matters"}));
    let document = serde_json::json!({
        "id": "changed", "version": "1", "title": {"zh": "改", "en": "changed"},
        "effective_from": "2013-11-01", "extends": "dayi-2014", "rules": { rule.word(): parts },
    });
    Policy::read(document.to_string().as_bytes()).ok()
}

/// The ways in which a value can be changed while it stays of its kind.
fn changes(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(flag) => vec![Value::Bool(!flag)],
        Value::Number(number) => {
            let number = number.as_u64().unwrap_or(0);
            [number.checked_add(1), number.checked_sub(1), number.checked_mul(3), Some(0), Some(30), Some(90)]
                .into_iter()
                .flatten()
                .map(Value::from)
                .collect()
        }
        Value::String(word) => words(word),
        Value::Array(items) => {
            let mut all = Vec::new();
            for at in 0..items.len() {
                let mut fewer = items.clone();
                fewer.remove(at);
                all.push(Value::Array(fewer));
                for changed in items.get(at).map(changes).unwrap_or_default() {
                    let mut other = items.clone();
                    if let Some(slot) = other.get_mut(at) {
                        *slot = changed;
                    }
                    all.push(Value::Array(other));
                }
            }
            // What a list leaves out may matter as much as what it names.
            for word in MORE {
                let mut more = items.clone();
                more.push(Value::String((*word).to_owned()));
                all.push(Value::Array(more));
            }
            all
        }
        Value::Object(object) => {
            let mut all = Vec::new();
            for (key, inner) in object {
                for changed in changes(inner) {
                    let mut other = object.clone();
                    other.insert(key.clone(), changed);
                    all.push(Value::Object(other));
                }
            }
            all
        }
        Value::Null => Vec::new(),
    }
}

/// Words that some list of the policy takes.
const MORE: &[&str] = &["household", "visit", "contact_card", "hardship", "livelihood", "digest", "dissatisfied", "villager_delegate", "council_member", "mid_level", "town_clerk", "visits_office"];

fn words(word: &str) -> Vec<Value> {
    let mut all: BTreeSet<String> = BTreeSet::new();
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = word.get(digits.len()..).unwrap_or_default();
    if let (Ok(number), "d" | "wd" | "h") = (digits.parse::<u64>(), unit) {
        for other in [number.saturating_add(1), number.saturating_sub(1).max(1), number.saturating_mul(4), 1, 400] {
            all.insert(format!("{other}{unit}"));
        }
    }
    if let Some((hour, minute)) = word.split_once(':') {
        for other in ["00:00", "11:00", "16:00", "23:00"] {
            all.insert(other.to_owned());
        }
        all.insert(format!("{minute}:{hour}"));
    }
    const KINDS: &[&[&str]] = &[
        &["must", "in_principle"],
        &["any_linked", "every_linked", "per_department", "per_village"],
        &["week", "half_month", "month", "quarter", "year"],
        &["household", "village"],
        &["county", "department", "town", "village", "group", "county_leader"],
        &["detail", "comprehensive", "key"],
        &["reopen", "tier_up", "final"],
        &["plan", "result", "digest"],
        &["satisfied", "basically"],
        &["branch_secretary", "committee_member", "town_secretary", "town_clerk", "staff", "department_head", "county_secretary", "visits_office", "supervision_member", "station_duty", "council_member"],
    ];
    for kind in KINDS.iter().filter(|kind| kind.contains(&word)) {
        all.extend(kind.iter().filter(|other| **other != word).map(|other| (*other).to_owned()));
    }
    all.into_iter().filter(|other| other != word).map(Value::String).collect()
}
