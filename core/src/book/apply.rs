//! Commands in, outcomes out.

use crate::codes::Code;
use crate::command::{Command, Do};
use crate::engine::{Engine, Status};
use crate::event::{write_findings, write_hash, Entry, Fixed, Link, BOOK_OPENED, FORMAT};
use crate::finding::Finding;
use crate::limits;
use crate::shape::{pair, parse, write_string, Node, ParseError, Reader};

use crate::judge::Visited;

use super::records::Record;
use super::{Book, Chaining};

/// What became of a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The command's id, as it was given.
    pub command: String,
    /// Accepted or rejected.
    pub status: Status,
    /// The events, each in canonical JSON; none when rejected.
    pub events: Vec<String>,
    /// Every reason for a rejection, or the warnings; a JSON array.
    pub findings: String,
}

impl Outcome {
    /// Writes the outcome in canonical JSON.
    pub fn write(&self, out: &mut String) {
        out.push_str("{\"command\":");
        write_string(&self.command, out);
        out.push_str(",\"events\":[");
        out.push_str(&self.events.join(","));
        out.push_str("],\"findings\":");
        out.push_str(&self.findings);
        out.push_str(",\"status\":\"");
        out.push_str(self.status.word());
        out.push_str("\"}");
    }
}

/// Why a line got no outcome: it is no JSON object with an `id`.
#[derive(Clone, Debug, PartialEq)]
pub struct LineError {
    /// The number of the line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub finding: Finding,
}

/// What there is for and against a command, before anything is written.
enum Weighed {
    /// It may be lived, with these warnings.
    Passes(Vec<Finding>, Fixed, Option<Visited>),
    /// The same command was accepted before, as this record.
    Resent(u32),
    /// It is refused.
    Refused(Vec<Finding>),
}

/// What became of a command that was submitted.
pub(super) enum Verdict {
    /// Accepted now, as this record, with these warnings.
    Accepted(u32, String),
    /// The same command was accepted before, as this record.
    Resent(u32),
    /// Rejected.
    Rejected(Vec<Finding>),
}

impl Book {
    /// Applies one typed command.
    pub fn apply(&mut self, command: &Command) -> Outcome {
        let mut events = String::new();
        let id = command.id.to_string();
        match self.submit(command.clone(), Some(&mut events)) {
            Verdict::Rejected(found) => {
                Outcome { command: id, status: Status::Rejected, events: Vec::new(), findings: listed(&found) }
            }
            Verdict::Accepted(number, _) | Verdict::Resent(number) => Outcome {
                command: id,
                status: Status::Accepted,
                events: self.events_of(number),
                findings: self.warnings_of(number),
            },
        }
    }

    /// What would come of a command, were it applied now: the outcome, without events. Nothing is
    /// kept. A command that was accepted before comes out as it did then.
    ///
    /// ```
    /// use wuzhang::book::Book;
    /// use wuzhang::policy::Policy;
    /// use wuzhang::roster::Roster;
    /// let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
    /// let book = Book::new(Policy::preset("dayi-2014").unwrap(), roster);
    /// // A visit of tomorrow cannot be recorded today.
    /// let tomorrow = br#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit",
    ///   "visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-04T08:30:00+08:00"}"#;
    /// assert!(book.judge_line(tomorrow).unwrap().contains("\"status\":\"rejected\""));
    /// assert!(book.is_empty());
    /// ```
    pub fn judge(&self, command: &Command) -> Outcome {
        let (status, findings) = match self.weigh(command) {
            Weighed::Refused(found) => (Status::Rejected, listed(&found)),
            Weighed::Passes(warnings, ..) => (Status::Accepted, listed(&warnings)),
            Weighed::Resent(number) => (Status::Accepted, self.warnings_of(number)),
        };
        Outcome { command: command.id.to_string(), status, events: Vec::new(), findings }
    }

    /// As [`Book::judge`], of a command as text, and answers as text.
    ///
    /// # Errors
    /// When the text is no JSON object with an `id`.
    pub fn judge_line(&self, line: &[u8]) -> Result<String, LineError> {
        let mut out = String::new();
        match read_line(line, 1)? {
            Ok(command) => self.judge(&command).write(&mut out),
            Err((id, findings)) => write_rejection(&id, &findings, &mut out),
        }
        Ok(out)
    }

    /// Applies one command as text and answers its outcome as text.
    ///
    /// # Errors
    /// When the text is no JSON object with an `id`.
    pub fn apply_line(&mut self, line: &[u8]) -> Result<String, LineError> {
        let mut out = String::new();
        self.apply_line_to(line, &mut out)?;
        Ok(out)
    }

    /// Applies one command as text, appends its outcome to `out` and answers its status.
    ///
    /// # Errors
    /// As [`Book::apply_line`]; `out` is as it was.
    pub fn apply_line_to(&mut self, line: &[u8], out: &mut String) -> Result<Status, LineError> {
        self.apply_numbered(line, 1, out)
    }

    /// Applies a block of lines, one command a line, and appends one outcome a line to `out`.
    /// Blank lines are passed over. Answers how many outcomes there are.
    ///
    /// # Errors
    /// At the first line that is no JSON object with an `id`; the lines before it stay applied.
    pub fn apply_lines(&mut self, lines: &[u8], out: &mut String) -> Result<u64, LineError> {
        let mut count = 0u64;
        // An outcome is two or three times as long as its command; what has room need not be moved.
        out.reserve(lines.len().saturating_mul(2));
        for (number, line) in (1u64..).zip(lines.split(|byte| *byte == b'\n')) {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            self.apply_numbered(line, number, out)?;
            out.push('\n');
            count = count.saturating_add(1);
        }
        Ok(count)
    }

    /// Applies a block of lines without writing outcomes: how many were accepted and rejected.
    ///
    /// # Errors
    /// As [`Book::apply_lines`].
    pub fn feed_lines(&mut self, lines: &[u8]) -> Result<(u64, u64), LineError> {
        let (mut accepted, mut rejected) = (0u64, 0u64);
        for (number, line) in (1u64..).zip(lines.split(|byte| *byte == b'\n')) {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match read_line(line, number)?.map(|command| self.submit(command, None)) {
                Ok(Verdict::Accepted(..) | Verdict::Resent(_)) => accepted = accepted.saturating_add(1),
                _ => rejected = rejected.saturating_add(1),
            }
        }
        Ok((accepted, rejected))
    }

    fn apply_numbered(&mut self, line: &[u8], number: u64, out: &mut String) -> Result<Status, LineError> {
        let command = match read_line(line, number)? {
            Ok(command) => command,
            Err((id, findings)) => {
                write_rejection(&id, &findings, out);
                return Ok(Status::Rejected);
            }
        };
        let id = command.id.clone();
        // The events are written once, straight into the answer, before its status is known to
        // stand: a rejection cuts them off again.
        let mark = out.len();
        out.push_str("{\"command\":");
        write_string(id.as_str(), out);
        out.push_str(",\"events\":[");
        match self.submit(command, Some(out)) {
            Verdict::Rejected(findings) => {
                out.truncate(mark);
                write_rejection(id.as_str(), &findings, out);
                return Ok(Status::Rejected);
            }
            Verdict::Accepted(_, warnings) => finish(&warnings, out),
            Verdict::Resent(number) => {
                self.write_events(number, out);
                finish(&self.warnings_of(number), out);
            }
        }
        Ok(Status::Accepted)
    }

    /// Applies a command and answers whether it was accepted, with its findings as they are.
    #[cfg(feature = "analyse")]
    pub(crate) fn try_out(&mut self, command: &Command) -> (bool, Vec<Finding>) {
        match self.submit_with(command.clone(), None) {
            (Verdict::Rejected(findings), _) => (false, findings),
            (_, findings) => (true, findings),
        }
    }

    fn warnings_of(&self, number: u32) -> String {
        match self.tables.records.get(number) {
            Some(record) if !record.warnings.is_empty() => record.warnings,
            _ => "[]".to_owned(),
        }
    }

    /// Judges a command and, when nothing refuses it, lives it. With `out` its events are appended
    /// there, separated by commas; without one and without a chain no event is written at all.
    pub(super) fn submit(&mut self, command: Command, out: Option<&mut String>) -> Verdict {
        self.submit_with(command, out).0
    }

    /// All that speaks for and against a command.
    fn weigh(&self, command: &Command) -> Weighed {
        let mut before: Vec<Finding> = Vec::new();
        // Looked at before anything else: a phone that lost the answer sends again.
        if let Some(number) = self.tables.find_command(command.id.as_str()) {
            let earlier = self.tables.records.get(number);
            if earlier.is_some_and(|record| record.command.same_content(command)) {
                return Weighed::Resent(number);
            }
            before.push(Finding::plain(Code::CommandIdReused, "/id").with("command", command.id.as_str()));
        }
        if let Some(last) = self.last_at().filter(|last| command.at.before(*last)) {
            before.push(
                Finding::plain(Code::CommandClockBackwards, "/at")
                    .with("at", command.at.to_string())
                    .with("last", last.to_string()),
            );
        }
        let (findings, fixed, visit) = self.judged(command);
        if !before.is_empty() || Engine::refuses(&findings) {
            before.extend(findings);
            return Weighed::Refused(before);
        }
        Weighed::Passes(findings, fixed, visit)
    }

    /// As [`Book::submit`], with the warnings of a command that is accepted now.
    fn submit_with(&mut self, command: Command, out: Option<&mut String>) -> (Verdict, Vec<Finding>) {
        let (findings, fixed, visit) = match self.weigh(&command) {
            Weighed::Resent(number) => return (Verdict::Resent(number), Vec::new()),
            Weighed::Refused(findings) => return (Verdict::Rejected(findings), Vec::new()),
            Weighed::Passes(findings, fixed, visit) => (findings, fixed, visit),
        };
        let mut warnings = String::new();
        if !findings.is_empty() {
            write_findings(&findings, &mut warnings);
        }
        let record = Record { command, fixed, warnings };
        let number = self.accept(&record, visit, out);
        (Verdict::Accepted(number, record.warnings), findings)
    }

    /// Writes a judged command into the journal and lives it.
    pub(super) fn accept(&mut self, record: &Record, visit: Option<Visited>, out: Option<&mut String>) -> u32 {
        if self.is_empty() && self.chaining == Chaining::On {
            let (_, hash) = self.opening_event(&record.command);
            self.head = hash;
            self.tables.records.hashes.push(hash);
        }
        let entry = Entry { command: &record.command, fixed: &record.fixed, warnings: &record.warnings };
        let events = entry.len();
        let mut unheard = String::new();
        match (out, self.chaining) {
            (None, Chaining::Off) => {}
            (out, chaining) => {
                let out = out.unwrap_or(&mut unheard);
                let mut event = std::mem::take(&mut self.scratch);
                let digest = (chaining == Chaining::On).then(|| entry.digest(&mut event));
                for index in 0..events {
                    if index > 0 {
                        out.push(',');
                    }
                    event.clear();
                    let link = (chaining == Chaining::On)
                        .then(|| Link { seq: self.tables.records.next_seq().saturating_add(index as u64), prev: self.head });
                    let place = entry.write(index, link.as_ref(), digest.as_ref(), &mut event);
                    if link.is_some() {
                        let hash = crate::chain::sm3(event.as_bytes());
                        crate::event::with_hash(&event, place, &hash, out);
                        self.head = hash;
                        self.tables.records.hashes.push(hash);
                    } else {
                        out.push_str(&event);
                    }
                }
                self.scratch = event;
            }
        }
        let number = self.tables.records.push(record, events);
        self.tables.add_command(record.command.id.as_str(), number);
        self.live(number, record, visit);
        number
    }

    /// The events of an accepted command, in canonical JSON, as they were first answered.
    pub(super) fn events_of(&self, number: u32) -> Vec<String> {
        let Some(record) = self.tables.records.get(number) else { return Vec::new() };
        let entry = Entry { command: &record.command, fixed: &record.fixed, warnings: &record.warnings };
        let first = self.tables.records.first_seq(number);
        let chained = self.chaining == Chaining::On;
        let digest = chained.then(|| entry.digest(&mut String::new()));
        (0..entry.len())
            .map(|index| {
                let seq = first.saturating_add(index as u64);
                let mut event = String::new();
                if !chained {
                    entry.write(index, None, None, &mut event);
                    return event;
                }
                let prev = self.tables.records.hash(seq.saturating_sub(1)).copied().unwrap_or(crate::chain::ZERO);
                let hash = self.tables.records.hash(seq).copied().unwrap_or(crate::chain::ZERO);
                let place = entry.write(index, Some(&Link { seq, prev }), digest.as_ref(), &mut event);
                let mut whole = String::with_capacity(event.len().saturating_add(80));
                crate::event::with_hash(&event, place, &hash, &mut whole);
                whole
            })
            .collect()
    }

    fn write_events(&self, number: u32, out: &mut String) {
        for (index, event) in self.events_of(number).iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            out.push_str(event);
        }
    }

    /// The first event, which stands before the first accepted command and bears its `at`, and its
    /// hash.
    pub(super) fn opening_event(&self, first: &Command) -> (String, crate::chain::Hash) {
        let policy = crate::chain::sm3(self.opening.policy.document().as_bytes());
        let calendar = crate::chain::sm3(self.opening.policy.calendar_document().as_bytes());
        let null = |out: &mut String| out.push_str("null");
        let mut event = String::new();
        let place = crate::shape::write_merged_around(
            "hash",
            &[
                &pair!("actor", null),
                &pair!("at", |out: &mut String| crate::shape::Shape::write(&first.at, out)),
                &pair!("calendar", |out: &mut String| write_hash(&calendar, out)),
                &pair!("command", null),
                &pair!("event", |out: &mut String| write_string(BOOK_OPENED, out)),
                &pair!("format", |out: &mut String| crate::shape::Shape::write(&FORMAT, out)),
                &pair!("policy", |out: &mut String| write_hash(&policy, out)),
                &pair!("prev", |out: &mut String| write_hash(&crate::chain::ZERO, out)),
                &pair!("roster", |out: &mut String| write_hash(&self.opening.roster_hash, out)),
                &pair!("seq", |out: &mut String| out.push('1')),
            ],
            &mut event,
        );
        let hash = crate::chain::sm3(event.as_bytes());
        let mut whole = String::new();
        crate::event::with_hash(&event, place, &hash, &mut whole);
        (whole, hash)
    }

    /// Appends the journal, from the event of this number on, one event a line.
    pub fn write_journal(&self, from: u64, out: &mut String) {
        if self.is_empty() || self.chaining == Chaining::Off {
            return;
        }
        if from <= 1 {
            if let Some(record) = self.tables.records.get(0) {
                out.push_str(&self.opening_event(&record.command).0);
                out.push('\n');
            }
        }
        for index in self.tables.records.at_seq(from)..self.len() {
            let number = u32::try_from(index).unwrap_or(u32::MAX);
            for (seq, event) in (self.tables.records.first_seq(number)..).zip(self.events_of(number)) {
                if seq >= from {
                    out.push_str(&event);
                    out.push('\n');
                }
            }
        }
    }

    /// The whole journal, one event a line.
    pub fn journal(&self) -> String {
        let mut out = String::new();
        self.write_journal(1, &mut out);
        out
    }
}

/// A line as read: the command, or the id to answer under and what is wrong with the shape.
type ReadLine = Result<Command, (String, Vec<Finding>)>;

fn read_line(line: &[u8], number: u64) -> Result<ReadLine, LineError> {
    let refuse = |error: &ParseError| LineError { line: number, finding: limits::parse_finding(error) };
    let node = parse(line, limits::DOCUMENT_COMMAND).map_err(|error| refuse(&error))?;
    let Some(id) = node.get("id").and_then(Node::as_str) else {
        let finding = Finding::plain(Code::InputInvalid, "").with("reason", "no_command");
        return Err(LineError { line: number, finding });
    };
    let mut cx = Reader::new();
    let command = Command::from_node(&node, &mut cx);
    let findings = match command {
        Some(command) if cx.problems.is_empty() => {
            let carries = matches!(command.todo, Do::ChangeRoster(_) | Do::AdoptPolicy(_));
            if line.len() <= limits::COMMAND || carries {
                return Ok(Ok(command));
            }
            vec![Finding::plain(Code::CommandInvalid, "")
                .with("reason", "too_large")
                .with("limit", limits::COMMAND as u64)]
        }
        _ => limits::command_findings(&cx),
    };
    Ok(Err((id.chars().take(64).collect(), findings)))
}

/// The end of an accepted outcome.
fn finish(warnings: &str, out: &mut String) {
    out.push_str("],\"findings\":");
    out.push_str(if warnings.is_empty() { "[]" } else { warnings });
    out.push_str(",\"status\":\"accepted\"}");
}

fn write_rejection(command: &str, findings: &[Finding], out: &mut String) {
    Outcome { command: command.to_owned(), status: Status::Rejected, events: Vec::new(), findings: listed(findings) }.write(out);
}

/// Findings as a JSON array.
fn listed(findings: &[Finding]) -> String {
    let mut array = String::new();
    write_findings(findings, &mut array);
    array
}
