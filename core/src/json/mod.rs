//! The JSON façade: every operation once, as text in and text out. Every shell — C, WASM, the
//! bindings, the command line — calls it and holds no logic of its own.
//!
//! A request is an object with `op` and the operation's fields. An answer is `{"ok":…}` or
//! `{"error":{"findings":[…]}}`. All answers are canonical JSON.

mod requests;

use requests::*;

use crate::book::{verify, Book, Chaining, Check, Eyes, LedgerView, Outcome, Verdict, Viewer};
use crate::calendar::{Date, Instant};
use crate::case::Case;
use crate::codes::Code;
use crate::command::Command;
use crate::duty::{Filter, Nullable};
use crate::engine::{Action, Engine, Status, NOT_JUDGED};
use crate::event::write_findings;
use crate::explain::{explain, explain_rule};
use crate::finding::Finding;
use crate::ids::{CaseId, PersonId, UnitId};
use crate::limits;
use crate::policy::{Policy, RuleId};
use crate::roster::{Roster, RosterRows};
use crate::shape::{nearest, parse, write_string, Node, Reader, Schemas, Shape};
use crate::vocab::Category;

/// What an operation answers: the value's JSON, or what is wrong.
type Answer = Result<String, Vec<Finding>>;

/// The operations that need nothing but the request.
pub const OPS: &[&str] = &["version", "presets", "preset", "codes", "rules", "explain", "schema", "schemas", "verify", "check"];
/// The operations of a book.
pub const BOOK_OPS: &[&str] = &[
    "apply", "apply_lines", "duties", "ledger", "case", "actions", "agenda", "publication", "rates", "advice", "my_case",
    "journal", "status",
];
/// The operations of an engine.
pub const ENGINE_OPS: &[&str] = &["apply", "actions", "duties_of"];

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
fn policy_of_text(text: &str) -> Result<Policy, Vec<Finding>> {
    if text.trim_start().starts_with('{') {
        return Policy::read(text.as_bytes());
    }
    policy_of(&Node::Text(text.trim().trim_matches('"').into()))
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

/// An engine behind the façade.
///
/// ```
/// use wuzhang::json::JsonEngine;
/// let engine = JsonEngine::new("dayi-2014", wuzhang::doc::ROSTER).unwrap();
/// let answer = engine.call(r#"{"op":"apply","case":null,"command":{"id":"c1","at":"2014-03-03T09:00:00+08:00",
///   "actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood",
///   "topic":"road","text":"the lane floods"}}"#);
/// assert!(answer.contains(r#""state":"noted""#));
/// ```
#[derive(Debug, Clone)]
pub struct JsonEngine(Engine);

impl JsonEngine {
    /// An engine of a policy (a preset's name, or a document) and a roster document.
    ///
    /// # Errors
    /// The error answer, with everything that is wrong with the documents.
    pub fn new(policy: &str, roster: &str) -> Result<JsonEngine, String> {
        let policy = policy_of_text(policy).map_err(|findings| finish(Err(findings)))?;
        let roster = Roster::read(roster.as_bytes()).map_err(|findings| finish(Err(findings)))?;
        Ok(JsonEngine(Engine::new(policy, roster)))
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.0
    }

    /// Answers a request: `apply`, `actions`, `duties_of`.
    pub fn call(&self, request: &str) -> String {
        finish(with_op(request, ENGINE_OPS, |op, node| match op {
            "apply" => read::<EngineApply>(node).map(|request| self.apply(request)),
            "actions" => read::<EngineActions>(node)
                .map(|request| actions(&self.0.actions(&request.case, &request.actor, request.at))),
            "duties_of" => read::<EngineDuties>(node).map(|request| {
                crate::shape::canonical(&self.0.duties_of(&request.case, request.at))
            }),
            _ => Err(Vec::new()),
        }))
    }

    fn apply(&self, request: EngineApply) -> String {
        let id = request.command.0.get("id").and_then(Node::as_str).unwrap_or_default().to_owned();
        let mut cx = Reader::new();
        let (outcome, case) = match Command::from_node(&request.command.0, &mut cx) {
            Some(command) if cx.problems.is_empty() => {
                let applied = self.0.apply(request.case.0, &command);
                let mut findings = String::new();
                write_findings(&applied.findings, &mut findings);
                let events = applied.events(&command);
                (Outcome { command: id, status: applied.status, events, findings }, applied.case)
            }
            _ => {
                let mut findings = String::new();
                write_findings(&limits::command_findings(&cx), &mut findings);
                (Outcome { command: id, status: Status::Rejected, events: Vec::new(), findings }, request.case.0)
            }
        };
        let mut out = String::from("{\"case\":");
        Nullable(case).write(&mut out);
        out.push_str(",\"not_judged\":");
        out.push_str(&texts(NOT_JUDGED.iter().copied()));
        out.push_str(",\"outcome\":");
        outcome.write(&mut out);
        out.push('}');
        out
    }
}

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

/// A book behind the façade.
///
/// ```
/// use wuzhang::json::JsonBook;
/// let mut book = JsonBook::new("dayi-2014", wuzhang::doc::ROSTER).unwrap();
/// let answer = book.call(r#"{"op":"apply","command":{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1",
///   "do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00"}}"#);
/// assert!(answer.contains(r#""status":"accepted""#));
/// let answer = book.call(r#"{"op":"duties","from":"2014-03-03","to":"2014-03-09","rule":"visit.village"}"#);
/// assert!(answer.contains(r#""state":"met""#));
/// ```
#[derive(Debug, Clone)]
pub struct JsonBook(Book);

impl JsonBook {
    /// A book of a policy (a preset's name, or a document) and a roster document.
    ///
    /// # Errors
    /// The error answer, with everything that is wrong with the documents.
    pub fn new(policy: &str, roster: &str) -> Result<JsonBook, String> {
        let JsonEngine(engine) = JsonEngine::new(policy, roster)?;
        let policy = engine.policy_on(Date::MAX).clone();
        Ok(JsonBook(Book::with_chaining(policy, engine.roster().clone(), Chaining::On)))
    }

    /// The book that a journal gives, with the documents it was opened with.
    ///
    /// # Errors
    /// The error answer.
    pub fn open(policy: &str, roster: &str, journal: &str) -> Result<JsonBook, String> {
        let JsonEngine(engine) = JsonEngine::new(policy, roster)?;
        let policy = engine.policy_on(Date::MAX).clone();
        match Book::open(policy, engine.roster().clone(), journal.as_bytes()) {
            Ok(opened) => Ok(JsonBook(opened.book)),
            Err(finding) => Err(finish(Err(vec![finding]))),
        }
    }

    /// Wraps a book.
    pub fn of(book: Book) -> JsonBook {
        JsonBook(book)
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.0
    }

    /// The book, to be changed.
    pub fn book_mut(&mut self) -> &mut Book {
        &mut self.0
    }

    /// Answers a request; those that change nothing are [`JsonBook::ask`] as well.
    pub fn call(&mut self, request: &str) -> String {
        let changes = with_op(request, BOOK_OPS, |op, node| match op {
            "apply" => read::<One>(node).and_then(|request| self.apply(&request.command.0)),
            "apply_lines" => read::<Lines>(node).and_then(|request| {
                let mut out = String::new();
                match self.0.apply_lines(request.lines.0.as_bytes(), &mut out) {
                    Ok(_) => Ok(as_array(&out)),
                    Err(error) => Err(vec![error.finding.with("line", error.line)]),
                }
            }),
            // Not ours: answered below without a change.
            _ => Err(Vec::new()),
        });
        match changes {
            Err(findings) if findings.is_empty() => self.ask(request),
            changes => finish(changes),
        }
    }

    fn apply(&mut self, command: &Node<'_>) -> Answer {
        let line = command.canonical();
        self.0.apply_line(line.as_bytes()).map_err(|error| vec![error.finding])
    }

    /// Answers a request that changes nothing.
    pub fn ask(&self, request: &str) -> String {
        finish(with_op(request, BOOK_OPS, |op, node| match op {
            "duties" => read::<DutiesOf>(node).map(|request| self.duties(request)),
            "ledger" => read::<LedgerOf>(node).and_then(|request| self.ledger(request)),
            "case" => read::<CaseOf>(node).map(|request| self.case(request)),
            "actions" => read::<ActionsOf>(node).and_then(|request| self.actions(request)),
            "agenda" => read::<AgendaOf>(node).and_then(|request| self.agenda(request)),
            "publication" => read::<PublicationOf>(node).and_then(|request| self.publication(request)),
            "rates" => read::<RatesOf>(node).map(|request| self.rates(request)),
            "advice" => read::<RangeOf>(node).map(|request| {
                let mut out = String::new();
                write_findings(&self.0.advice(request.from, request.to), &mut out);
                out
            }),
            "my_case" => read::<MyCaseOf>(node).and_then(|request| self.my_case(request)),
            "journal" => read::<JournalFrom>(node).map(|request| {
                let mut lines = String::new();
                self.0.write_journal(request.from.unwrap_or(1), &mut lines);
                as_array(&lines)
            }),
            "status" => read::<Plainly>(node).map(|_| self.status()),
            _ => Err(vec![Finding::plain(Code::RequestInvalid, "/op").with("reason", "changes_the_book").with("name", op.to_owned())]),
        }))
    }

    fn moment(&self, given: Option<Moment>) -> Instant {
        match given {
            Some(moment) => moment.instant(&self.0.engine),
            None => self.0.last_at().unwrap_or_else(|| {
                let policy = self.0.opening_policy();
                Instant::from_local(policy.effective_from, 0, policy.offset)
            }),
        }
    }

    fn duties(&self, request: DutiesOf) -> String {
        let as_of = self.moment(request.as_of);
        let filter = Filter {
            rule: request.rule.map(|rule| rule.to_string()),
            state: request.state,
            subject: request.subject,
        };
        let mut rows = self.0.duties(request.from, request.to, as_of, &filter);
        if let Some(viewer) = &request.viewer {
            let today = self.0.engine.policy_at(as_of).local_day(as_of);
            let eyes = Eyes::of(&self.0, &viewer_of(viewer), today);
            rows.retain(|row| {
                let unit = UnitId::new(row.subject.as_str());
                let person = PersonId::new(row.subject.as_str());
                let case = row.object.0.as_ref().and_then(|id| CaseId::new(id.as_str())).and_then(|id| self.0.case(&id));
                let subject = unit.is_some_and(|unit| eyes.covers(&unit)) || person.is_some_and(|person| eyes.sees_person(&person));
                case.map_or(subject, |case| eyes.reads(case))
            });
        }
        crate::shape::canonical(&rows)
    }

    fn ledger(&self, request: LedgerOf) -> Answer {
        let as_of = self.moment(request.as_of);
        let viewer = request.viewer.as_ref().map_or(Viewer::Public, |viewer| viewer_of(viewer));
        match self.0.ledger(&request.unit, request.category, as_of, &viewer) {
            Some(LedgerView::Full(ledger)) => Ok(crate::shape::canonical(&ledger)),
            Some(LedgerView::Public(ledger)) => Ok(crate::shape::canonical(&ledger)),
            None => Err(unknown(Code::UnitUnknown, "/unit", request.unit.as_str())),
        }
    }

    fn case(&self, request: CaseOf) -> String {
        let as_of = self.moment(request.as_of);
        let book = self.0.as_of(as_of);
        let viewer = request.viewer.as_ref().map_or(Viewer::Public, |viewer| viewer_of(viewer));
        match book.case_view(&request.case, as_of, &viewer) {
            Some(view) => crate::shape::canonical(&view),
            // Whoever may not read a case does not learn whether there is one.
            None => crate::shape::canonical(&book.public_case(&request.case, as_of)),
        }
    }

    fn actions(&self, request: ActionsOf) -> Answer {
        let Some(case) = self.0.case(&request.case) else {
            return Err(unknown(Code::CaseUnknown, "/case", request.case.as_str()));
        };
        // Which steps are open tells where a case stands, so only those who may read it are told.
        let today = self.0.engine.policy_at(request.at).local_day(request.at);
        if !Eyes::of(&self.0, &Viewer::Person(request.actor.clone()), today).reads(case) {
            return Err(unknown(Code::CaseUnknown, "/case", request.case.as_str()));
        }
        let list = self.0.engine.actions_with(case, &request.actor, request.at, Some(&self.0.tables));
        Ok(actions(&list))
    }

    fn agenda(&self, request: AgendaOf) -> Answer {
        let at = self.moment(request.at);
        let viewer = request.viewer.as_ref().map_or(Viewer::Public, |viewer| viewer_of(viewer));
        match self.0.agenda(&request.person, at, &viewer) {
            Some(agenda) => Ok(crate::shape::canonical(&agenda)),
            None => Err(unknown(Code::CadreUnknown, "/person", request.person.as_str())),
        }
    }

    fn publication(&self, request: PublicationOf) -> Answer {
        match self.0.publication(&request.unit, request.period) {
            Some(publication) => Ok(crate::shape::canonical(&publication)),
            None => Err(unknown(Code::UnitUnknown, "/unit", request.unit.as_str())),
        }
    }

    fn rates(&self, request: RatesOf) -> String {
        let mut rows = self.0.rates(request.from, request.to, request.unit.as_ref());
        // Rates are fractions of counts and public as such, but stability only for those whose it is.
        let today = self.0.last_at().map_or(request.to, |at| self.0.engine.policy_at(at).local_day(at));
        let viewer = request.viewer.as_ref().map_or(Viewer::Public, |viewer| viewer_of(viewer));
        let eyes = Eyes::of(&self.0, &viewer, today);
        rows.retain(|row| row.category.0 != Some(Category::Stability) || (eyes.covers(&row.unit) && eyes.in_own_office()));
        crate::shape::canonical(&rows)
    }

    fn my_case(&self, request: MyCaseOf) -> Answer {
        match self.0.my_case(&request.query_code, &request.secret, self.moment(request.at)) {
            Some(case) => Ok(crate::shape::canonical(&case)),
            None => Err(unknown(Code::CaseUnknown, "/query_code", "")),
        }
    }

    fn status(&self) -> String {
        let book = &self.0;
        let mut out = String::from("{\"cases\":");
        out.push_str(&book.cases().len().to_string());
        out.push_str(",\"commands\":");
        out.push_str(&book.len().to_string());
        out.push_str(",\"events\":");
        out.push_str(&book.events().to_string());
        out.push_str(",\"head\":");
        write_string(&book.head(), &mut out);
        out.push_str(",\"last_at\":");
        Nullable(book.last_at()).write(&mut out);
        out.push_str(",\"visits\":");
        out.push_str(&book.visits().to_string());
        out.push('}');
        out
    }
}

fn unknown(code: Code, path: &str, id: &str) -> Vec<Finding> {
    vec![Finding::plain(code, path).with("id", id)]
}

/// `public`, or a person's id; what is neither sees what the public sees.
fn viewer_of(text: &str) -> Viewer {
    match PersonId::new(text) {
        Some(person) if text != "public" => Viewer::Person(person),
        _ => Viewer::Public,
    }
}

/// Lines of JSON as one array.
fn as_array(lines: &str) -> String {
    let joined: Vec<&str> = lines.lines().collect();
    format!("[{}]", joined.join(","))
}
