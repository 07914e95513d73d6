//! Opening a book from its journal, and verifying a journal's chain.

use crate::chain::{from_hex, push_hex, sm3, Hash, ZERO};
use crate::codes::Code;
use crate::command::{Command, Do};
use crate::event::{BOOK_OPENED, CASE_DECIDED};
use crate::finding::Finding;
use crate::policy::Policy;
use crate::roster::Roster;
use crate::shape::{parse, Node, Reader, Shape};

use super::apply::Verdict as Submitted;
use super::Book;

/// What is known of a journal beside its lines: a tail that was cut off leaves a valid shorter
/// chain, and only this tells.
#[derive(Clone, Debug, Default)]
pub struct Check {
    /// The hash of its last event.
    pub head: Option<String>,
    /// How many events it has.
    pub count: Option<u64>,
}

/// What [`verify`] found.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The chain holds.
    Sound {
        /// How many events.
        events: u64,
        /// The hash of the last, in hex; 64 zeros for an empty journal.
        head: String,
    },
    /// An event does not fit: exit 1.
    Broken(Finding),
    /// A line is no event: exit 3.
    Unreadable(Finding),
}

/// The book that a journal gives, and what was dropped from its end.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The book.
    pub book: Book,
    /// How many bytes at the end were the torn rest of a line, or of a command not wholly written.
    pub dropped: usize,
}

/// Verifies the chain of a journal, line by line: `seq`, `prev` and `hash` of each event.
///
/// ```
/// use wuzhang::{verify, Check, Verdict};
/// assert!(matches!(verify(b"", &Check::default()), Verdict::Sound { events: 0, .. }));
/// assert!(matches!(verify(b"{}\n", &Check::default()), Verdict::Unreadable(_)));
/// ```
pub fn verify(journal: &[u8], check: &Check) -> Verdict {
    let mut prev = ZERO;
    let mut events = 0u64;
    for (line, text) in (1u64..).zip(lines(journal)) {
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let Ok(node) = parse(text, crate::limits::DOCUMENT_COMMAND) else { return unreadable(line) };
        let Some(link) = Linked::of(&node) else { return unreadable(line) };
        events = events.saturating_add(1);
        let broken = |code: Code| {
            Verdict::Broken(Finding::plain(code, "").with("seq", events).with("line", line))
        };
        if link.seq != events {
            return broken(Code::JournalSeq);
        }
        if link.prev != prev {
            return broken(Code::JournalPrev);
        }
        if link.hash != sm3(without_hash(&node).as_bytes()) {
            return broken(Code::JournalHash);
        }
        prev = link.hash;
    }
    let mut head = String::new();
    push_hex(&prev, &mut head);
    if let Some(count) = check.count.filter(|count| *count != events) {
        return Verdict::Broken(Finding::plain(Code::JournalCount, "").with("count", count).with("found", events));
    }
    if let Some(expected) = check.head.as_ref().filter(|expected| **expected != head) {
        return Verdict::Broken(
            Finding::plain(Code::JournalHead, "").with("head", expected.as_str()).with("found", head),
        );
    }
    Verdict::Sound { events, head }
}

fn unreadable(line: u64) -> Verdict {
    Verdict::Unreadable(Finding::plain(Code::JournalLine, "").with("line", line))
}

/// The lines of a text; a line break at the end begins no further line.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
}

struct Linked {
    seq: u64,
    prev: Hash,
    hash: Hash,
}

impl Linked {
    fn of(node: &Node<'_>) -> Option<Linked> {
        node.get("event").and_then(Node::as_str)?;
        let Some(Node::Whole(seq)) = node.get("seq") else { return None };
        Some(Linked {
            seq: u64::try_from(*seq).ok()?,
            prev: from_hex(node.get("prev")?.as_str()?)?,
            hash: from_hex(node.get("hash")?.as_str()?)?,
        })
    }
}

/// The canonical JSON of an event without its hash: what the hash is taken over.
fn without_hash(node: &Node<'_>) -> String {
    match node {
        Node::Object(entries) => {
            Node::Object(entries.iter().filter(|(key, _)| key != "hash").cloned().collect()).canonical()
        }
        other => other.canonical(),
    }
}

/// The command that a run of events came from; a meeting's decisions stand in events of their own.
fn command_of(events: &[Node<'_>]) -> Option<Command> {
    let (first, rest) = events.split_first()?;
    let Node::Object(entries) = first else { return None };
    let name = first.get("event").and_then(Node::as_str)?;
    let todo = Do::WORDS.iter().find(|word| event_name(word) == Some(name))?;
    let fields = Do::names(todo)?;
    let mut members: Vec<(std::borrow::Cow<'_, str>, Node<'_>)> = Vec::new();
    members.push(("do".into(), Node::Text((*todo).into())));
    for (key, value) in entries {
        let renamed = match (key.as_ref(), *todo) {
            ("command", _) => "id",
            ("corrects", "correct") => "command",
            (other, _) => other,
        };
        // What the event fixed under a field's name that this command had left out.
        let fixed = *todo == "note_need" && renamed == "unit" && first.get("household").is_some();
        let own = matches!(renamed, "id" | "at" | "typed_at" | "actor") || fields.contains(&renamed);
        if own && !fixed {
            members.push((renamed.to_owned().into(), value.clone()));
        }
    }
    if *todo == "hold_meeting" {
        let decision = Do::decision_names();
        let decisions = rest
            .iter()
            .filter_map(|event| match event {
                Node::Object(entries) => Some(Node::Object(
                    entries.iter().filter(|(key, _)| decision.contains(&key.as_ref())).cloned().collect(),
                )),
                _ => None,
            })
            .collect();
        members.push(("decisions".into(), Node::List(decisions)));
    }
    let mut cx = Reader::new();
    <Command as Shape>::read(&Node::Object(members), &mut cx)
}

/// The event's name for a command's word; the reverse is searched in a short list.
fn event_name(word: &str) -> Option<&'static str> {
    crate::event::NAMES.iter().find(|(todo, _)| *todo == word).map(|(_, event)| *event)
}

impl Book {
    /// Opens a book from its journal, with the documents it was opened with. Every command is
    /// judged and lived again, and every event has to come out with the same hash.
    ///
    /// A journal that ends in the middle of a line, or of a command with several events, was torn
    /// while it was written: what was not whole is dropped, and `dropped` says how many bytes.
    ///
    /// # Errors
    /// The finding that says which event does not fit, or which line is no event.
    pub fn open(policy: Policy, roster: Roster, journal: &[u8]) -> Result<Opened, Finding> {
        let mut book = Book::new(policy, roster);
        let dropped = book.follow(journal)?;
        Ok(Opened { book, dropped })
    }

    /// Goes on by the lines that follow in the journal: those that another holder of the same book
    /// has written since, or that are newer than the snapshot it was restored from. They are judged
    /// and lived as [`Book::open`] does, and a torn end is dropped likewise: answered is how many
    /// bytes.
    ///
    /// # Errors
    /// As [`Book::open`]. The book has then gone some of the way and is of no more use.
    pub fn follow(&mut self, journal: &[u8]) -> Result<usize, Finding> {
        let whole = journal.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at.saturating_add(1));
        let mut good = 0usize;
        let mut at = 0usize;
        let mut run: Vec<Node<'_>> = Vec::new();
        let mut line = 0u64;
        let text = journal.get(..whole).unwrap_or_default();
        for part in text.split_inclusive(|byte| *byte == b'\n') {
            line = line.saturating_add(1);
            let end = at.saturating_add(part.len());
            let bad = || Finding::plain(Code::JournalLine, "").with("line", line);
            if part.iter().all(u8::is_ascii_whitespace) {
                at = end;
                continue;
            }
            let node = parse(part, crate::limits::DOCUMENT_COMMAND).map_err(|_| bad())?;
            if Linked::of(&node).is_none() {
                return Err(bad());
            }
            if node.get("event").and_then(Node::as_str) == Some(BOOK_OPENED) {
                run.push(node);
                at = end;
                continue;
            }
            let decided = node.get("event").and_then(Node::as_str) == Some(CASE_DECIDED);
            if !decided && !run.iter().all(|event| event.get("event").and_then(Node::as_str) == Some(BOOK_OPENED)) {
                self.take(&run, line)?;
                good = at;
                run.clear();
            }
            run.push(node);
            at = end;
        }
        // A meeting's events are written in one piece; a run that is not whole was torn.
        if !run.is_empty() {
            match self.take(&run, line) {
                Ok(()) => good = at,
                Err(finding) if is_torn(&run) => {
                    let _ = finding;
                }
                Err(finding) => return Err(finding),
            }
        }
        Ok(journal.len().saturating_sub(good))
    }

    /// Takes the events of one command; the opening event stands before those of the first.
    fn take(&mut self, run: &[Node<'_>], line: u64) -> Result<(), Finding> {
        let own = match run.split_first() {
            Some((first, rest)) if first.get("event").and_then(Node::as_str) == Some(BOOK_OPENED) => rest,
            _ => run,
        };
        let seq = own.first().and_then(Linked::of).map_or(0, |link| link.seq);
        let differs = |reason: &'static str| {
            Finding::plain(Code::JournalDiffers, "").with("reason", reason).with("seq", seq).with("line", line)
        };
        let command = command_of(own).ok_or_else(|| differs("no_command"))?;
        let whole = match &command.todo {
            Do::HoldMeeting(_) => {
                let cases = own.first().and_then(|event| event.get("cases"));
                let said = match cases {
                    Some(Node::List(cases)) => cases.len(),
                    _ => 0,
                };
                own.len() == said.saturating_add(1)
            }
            _ => own.len() == 1,
        };
        if !whole {
            return Err(differs("torn"));
        }
        let mut out = String::new();
        let number = match self.submit(command, Some(&mut out)) {
            Submitted::Accepted(number, _) => number,
            Submitted::Resent(_) => return Err(differs("twice")),
            Submitted::Rejected(findings) => {
                let code = findings.first().map_or("", |finding| finding.code.word());
                return Err(differs("rejected").with("code", code));
            }
        };
        if run.len() > own.len() {
            let opened = run.first().and_then(Linked::of).map(|link| link.hash);
            if opened.as_ref() != self.tables.records.hash(1) {
                return Err(differs("documents"));
            }
        }
        let first = self.tables.records.first_seq(number);
        for (seq, event) in (first..).zip(own) {
            let link = Linked::of(event).ok_or_else(|| differs("no_command"))?;
            if Some(&link.hash) != self.tables.records.hash(seq) || link.seq != seq {
                return Err(differs("hash"));
            }
        }
        Ok(())
    }
}

/// Whether a run at the end of a journal may be what a crash left of a command: a meeting without
/// all its decisions, or the opening event without the command before which it stands.
fn is_torn(run: &[Node<'_>]) -> bool {
    let name = |event: &Node<'_>| event.get("event").and_then(Node::as_str).map(str::to_owned);
    run.iter().any(|event| name(event).as_deref() == Some("meeting_held"))
        || run.iter().all(|event| name(event).as_deref() == Some(BOOK_OPENED))
}
