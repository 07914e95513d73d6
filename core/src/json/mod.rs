//! The JSON façade: every operation once, as text in and text out. Every shell — C, WASM, the
//! bindings, the command line — calls it and holds no logic of its own.
//!
//! A request is an object with `op` and the operation's fields. An answer is `{"ok":…}` or
//! `{"error":{"findings":[…]}}`. All answers are canonical JSON.

mod book;
mod engine;
mod requests;

pub use book::{Block, JsonBook, BOOK_OPS};
pub use engine::{JsonEngine, ENGINE_OPS};

use requests::*;

use crate::book::{verify, Check, Verdict};
use crate::case::Case;
use crate::codes::Code;
use crate::command::Command;
use crate::engine::{Action, Status};
use crate::event::write_findings;
use crate::explain::{explain, explain_rule};
use crate::finding::Finding;
use crate::limits;
use crate::policy::{Policy, RuleId};
use crate::roster::{Roster, RosterRows};
use crate::shape::{nearest, parse, write_string, Node, Reader, Schemas, Shape};

/// What an operation answers: the value's JSON, or what is wrong.
type Answer = Result<String, Vec<Finding>>;

/// The operations that need nothing but the request.
pub const OPS: &[&str] = &["version", "presets", "preset", "codes", "rules", "explain", "schema", "schemas", "verify", "check"];
/// Answers a request that needs neither engine nor book.
///
/// ```
/// let answer = wuzhang::json::call(r#"{"op":"explain","code":"plan.cap"}"#);
/// assert!(answer.starts_with(r#"{"ok":{"#));
/// let answer = wuzhang::json::call(r#"{"op":"explian"}"#);
/// assert!(answer.contains(r#""nearest":"explain""#));
/// ```
pub fn call(request: &str) -> String {
    finish(with_op(request, OPS, |op, node| match op {
        "version" => read::<Plainly>(node).map(|_| {
            format!("{{\"format\":{},\"version\":\"{}\"}}", crate::event::FORMAT, env!("CARGO_PKG_VERSION"))
        }),
        "presets" => read::<Plainly>(node).map(|_| texts(Policy::PRESETS.iter().copied())),
        "codes" => read::<Plainly>(node).map(|_| texts(Code::ALL.iter().map(|code| code.word()))),
        "rules" => read::<Plainly>(node).map(|_| texts(RuleId::ALL.iter().map(|rule| rule.word()))),
        "schemas" => read::<Plainly>(node).map(|_| texts(SCHEMAS.iter().map(|(name, _)| *name))),
        "preset" => read::<Preset>(node).and_then(|request| preset(&request)),
        "explain" => read::<Explain>(node).and_then(|request| explained(&request)),
        "schema" => read::<NameOf>(node).and_then(|request| schema(&request.name)),
        "verify" => read::<VerifyText>(node).map(verified),
        "check" => read::<CheckText>(node).and_then(checked),
        _ => Err(Vec::new()),
    }))
}

fn finish(answer: Answer) -> String {
    let mut out = String::new();
    match answer {
        Ok(value) => {
            out.push_str("{\"ok\":");
            out.push_str(&value);
        }
        Err(findings) => {
            out.push_str("{\"error\":{\"findings\":");
            write_findings(&findings, &mut out);
            out.push('}');
        }
    }
    out.push('}');
    out
}

/// Parses a request and hands its operation on.
fn with_op(request: &str, known: &[&str], run: impl FnOnce(&str, &Node<'_>) -> Answer) -> Answer {
    let node = parse(request.as_bytes(), limits::DOCUMENT_ROSTER).map_err(|error| vec![limits::parse_finding(&error)])?;
    let invalid = |reason: &'static str| Finding::plain(Code::RequestInvalid, "/op").with("reason", reason).with("name", "op");
    match node.get("op") {
        Some(Node::Text(op)) if known.contains(&op.as_ref()) => run(op, &node),
        Some(Node::Text(op)) => {
            let finding = Finding::plain(Code::RequestInvalid, "/op").with("reason", "unknown_word").with("name", op.to_string());
            Err(vec![match nearest(op, known.iter().copied()) {
                Some(near) => finding.with("nearest", near),
                None => finding,
            }])
        }
        _ => Err(vec![invalid("missing_field")]),
    }
}

fn read<T: Shape>(node: &Node<'_>) -> Result<T, Vec<Finding>> {
    let mut cx = Reader::new();
    match T::read(node, &mut cx) {
        Some(value) if cx.problems.is_empty() => Ok(value),
        _ => Err(cx.problems.iter().map(|problem| Finding::of_problem(Code::RequestInvalid, problem)).collect()),
    }
}

fn texts<'t>(items: impl Iterator<Item = &'t str>) -> String {
    let mut out = String::from("[");
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(item, &mut out);
    }
    out.push(']');
    out
}

fn both(words: (&str, &str)) -> String {
    let mut out = String::from("{\"en\":");
    write_string(words.1, &mut out);
    out.push_str(",\"zh\":");
    write_string(words.0, &mut out);
    out.push('}');
    out
}

/// A policy given as a preset's name or as a document.
fn policy_of(node: &Node<'_>) -> Result<Policy, Vec<Finding>> {
    match node {
        Node::Text(name) => Policy::preset(name).ok_or_else(|| {
            let finding = Finding::plain(Code::PolicyExtends, "/policy").with("reason", "unknown").with("name", name.to_string());
            vec![match nearest(name, Policy::PRESETS.iter().copied()) {
                Some(near) => finding.with("nearest", near),
                None => finding,
            }]
        }),
        node => Policy::from_node(node),
    }
}

/// A policy by its preset's name or from its document.
///
/// # Errors
/// The error answer, with everything that is wrong with the document.
pub fn policy(text: &str) -> Result<Policy, String> {
    let read = if text.trim_start().starts_with('{') {
        Policy::read(text.as_bytes())
    } else {
        policy_of(&Node::Text(text.trim().trim_matches('"').into()))
    };
    read.map_err(|findings| finish(Err(findings)))
}

/// A roster from its document.
fn roster(text: &str) -> Result<Roster, String> {
    Roster::read(text.as_bytes()).map_err(|findings| finish(Err(findings)))
}

fn preset(request: &Preset) -> Answer {
    let name: &str = &request.id;
    match Policy::preset_document(name) {
        Some(text) => {
            let node = parse(text.as_bytes(), limits::DOCUMENT_POLICY).map_err(|error| vec![limits::parse_finding(&error)])?;
            Ok(node.canonical())
        }
        None => policy_of(&Node::Text(name.into())).map(|policy| policy.document().to_owned()),
    }
}

fn explained(request: &Explain) -> Answer {
    let policy = match &request.policy {
        Some(given) => policy_of(&given.0)?,
        None => policy_of(&Node::Text("dayi-2014".into()))?,
    };
    let word: &str = &request.code;
    let (code, rule) = (Code::from_word(word), RuleId::from_word(word));
    if code.is_none() && rule.is_none() {
        let known = Code::ALL.iter().map(|code| code.word()).chain(RuleId::ALL.iter().map(|rule| rule.word()));
        let finding = Finding::plain(Code::RequestInvalid, "/code").with("reason", "unknown_word").with("name", word);
        return Err(vec![match nearest(word, known) {
            Some(near) => finding.with("nearest", near),
            None => finding,
        }]);
    }
    let asks = rule.map(explain_rule);
    let words = code.map(explain);
    let null = || "null".to_owned();
    let mut out = String::from("{\"asks\":");
    out.push_str(&asks.as_ref().map_or_else(null, |rule| both(rule.asks)));
    out.push_str(",\"cause\":");
    out.push_str(&words.as_ref().map_or_else(null, |words| both(words.cause)));
    out.push_str(",\"code\":");
    write_string(word, &mut out);
    out.push_str(",\"cure\":");
    out.push_str(&words.as_ref().map_or_else(null, |words| both(words.cure)));
    out.push_str(",\"number\":");
    out.push_str(&code.map_or_else(null, |code| code.number().to_string()));
    out.push_str(",\"rule\":");
    out.push_str(&rule.and_then(|rule| policy.rule_json(rule)).unwrap_or_else(null));
    out.push_str(",\"title\":");
    let title = asks.as_ref().map(|rule| rule.title).or(words.as_ref().map(|words| words.title));
    out.push_str(&title.map_or_else(null, both));
    out.push('}');
    Ok(out)
}

type MakeSchema = fn(&mut Schemas) -> String;

/// The JSON Schemas, generated from the types that read the JSON.
const SCHEMAS: &[(&str, MakeSchema)] = &[
    ("command", Command::schema),
    ("policy", Policy::schema),
    ("roster", RosterRows::schema),
    ("case", Case::schema),
    ("duty", crate::duty::Duty::schema),
    ("finding", crate::finding::schema),
    ("outcome", outcome_schema),
    ("event", crate::event::schema),
    ("ledger", crate::book::Ledger::schema),
    ("case_view", crate::book::CaseView::schema),
    ("agenda", crate::book::Agenda::schema),
    ("publication", crate::book::Publication::schema),
    ("rates", crate::book::RateRow::schema),
];

fn outcome_schema(schemas: &mut Schemas) -> String {
    let event = crate::event::schema(schemas);
    let finding = crate::finding::schema(schemas);
    Schemas::object(
        "",
        &[
            ("command", true, "命令的编号 · The command's id.", "{\"type\":\"string\"}".into()),
            ("events", true, "事件 · The events; none when rejected.", format!("{{\"items\":{event},\"type\":\"array\"}}")),
            ("findings", true, "发现 · Reasons or warnings.", format!("{{\"items\":{finding},\"type\":\"array\"}}")),
            ("status", true, "结果 · Accepted or rejected.", Status::schema(schemas)),
        ],
    )
}

fn schema(name: &str) -> Answer {
    match SCHEMAS.iter().find(|(known, _)| *known == name) {
        Some((known, make)) => {
            let mut schemas = Schemas::default();
            let root = make(&mut schemas);
            Ok(schemas.document(known, &root))
        }
        None => {
            let finding = Finding::plain(Code::RequestInvalid, "/name").with("reason", "unknown_word").with("name", name);
            Err(vec![match nearest(name, SCHEMAS.iter().map(|(known, _)| *known)) {
                Some(near) => finding.with("nearest", near),
                None => finding,
            }])
        }
    }
}

fn verified(request: VerifyText) -> String {
    let check = Check { head: request.head.map(|head| head.to_string()), count: request.count };
    let mut out = String::from("{");
    match verify(request.journal.0.as_bytes(), &check) {
        Verdict::Sound { events, head } => {
            out.push_str("\"events\":");
            out.push_str(&events.to_string());
            out.push_str(",\"head\":");
            write_string(&head, &mut out);
            out.push_str(",\"sound\":true}");
        }
        Verdict::Broken(finding) | Verdict::Unreadable(finding) => {
            out.push_str("\"finding\":");
            finding.write(&mut out);
            out.push_str(",\"sound\":false}");
        }
    }
    out
}

fn checked(request: CheckText) -> Answer {
    let text = request.text.0.as_bytes();
    let findings = match request.kind {
        DocumentKind::Policy => Policy::check(text),
        DocumentKind::Roster => match Roster::read(text) {
            Err(findings) => findings,
            Ok(roster) => match (&request.policy, request.on) {
                (Some(policy), Some(on)) => roster.check(&policy_of(&policy.0)?, on),
                _ => Vec::new(),
            },
        },
        DocumentKind::Commands => {
            let mut findings = Vec::new();
            for (number, line) in (0u64..).zip(text.split(|byte| *byte == b'\n')) {
                if line.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                if let Err(found) = Command::read(line) {
                    findings.extend(found.into_iter().map(|mut finding| {
                        finding.path.insert_str(0, &format!("/{number}"));
                        finding
                    }));
                }
            }
            findings
        }
    };
    let mut out = String::new();
    write_findings(&findings, &mut out);
    Ok(out)
}

/// What somebody may do about a case.
fn actions(list: &[Action]) -> String {
    let mut out = String::from("[");
    for (index, action) in list.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(if action.allowed { "{\"allowed\":true" } else { "{\"allowed\":false" });
        if let Some(close_as) = action.close_as {
            out.push_str(",\"as\":");
            close_as.write(&mut out);
        }
        out.push_str(",\"do\":");
        write_string(action.todo, &mut out);
        out.push_str(",\"findings\":");
        write_findings(&action.findings, &mut out);
        out.push('}');
    }
    out.push(']');
    out
}
