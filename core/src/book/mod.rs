//! `Book`: an engine with its journal. It remembers, so it also judges what a single case cannot
//! show: resent commands, reused ids, the running of the clock, what a meeting left undecided.

mod access;
mod advice;
mod apply;
mod chunked;
mod county;
mod journal;
mod judging;
mod live;
mod rates;
mod records;
mod snapshot;
mod publication;
mod tables;
mod views;
mod visit_log;

pub use access::Viewer;
pub use apply::{LineError, Outcome};
pub use publication::{CountRow, Counts, Moment, MyCase, NumberedItem, Publication, Sheet};
pub use journal::{verify, Check, Opened, Verdict};
pub use rates::{Fraction, Numbers, RateRow};
pub use tables::{Objection, Posting, Tables};
pub use views::{Agenda, AgendaRow, CaseView, Colour, Ledger, LedgerCount, LedgerRow, LedgerView, Notice, PublicCase, PublicLedger, Standing};
pub(crate) use access::Eyes;
#[cfg(feature = "analyse")]
pub(crate) use county::judge_consent;
pub(crate) use records::Record;
pub(crate) use visit_log::{Visit, VisitLog};

use rustc_hash::FxHashMap;

use crate::calendar::{Date, Instant};
use crate::case::Case;
use crate::chain::{Hash, ZERO};
use crate::command::packed_at;
use crate::engine::Engine;
use crate::ids::CaseId;
use crate::policy::Policy;
use crate::roster::Roster;

/// Whether a book chains its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chaining {
    /// Every event bears `seq`, `prev`, `digest` and `hash`.
    On,
    /// No hashes: for trials and for counting, never for keeping.
    Off,
}

/// An engine with its journal.
///
/// ```
/// use wuzhang::{Book, Policy, Roster};
/// let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
/// let mut book = Book::new(Policy::preset("dayi-2014").unwrap(), roster);
/// let line = r#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00"}"#;
/// let outcome = book.apply_line(line.as_bytes()).unwrap();
/// assert!(outcome.contains(r#""status":"accepted""#));
/// // Sent again, it is answered with the same bytes and changes nothing.
/// assert_eq!(book.apply_line(line.as_bytes()).unwrap(), outcome);
/// assert_eq!(book.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Book {
    pub(crate) engine: Engine,
    pub(crate) tables: Tables,
    chaining: Chaining,
    head: Hash,
    opening: Opening,
    /// Corrected commands, by the record that they stand for.
    overlays: FxHashMap<u32, Record>,
    /// The buffer that events are written in before they are hashed.
    scratch: String,
}

/// What the first event says: the documents with which the book was opened.
#[derive(Clone, Debug)]
struct Opening {
    policy: Policy,
    roster: Roster,
    roster_hash: Hash,
}

impl Book {
    /// A book with a chained journal.
    pub fn new(policy: Policy, roster: Roster) -> Self {
        Self::with_chaining(policy, roster, Chaining::On)
    }

    /// A book with or without a chain.
    pub fn with_chaining(policy: Policy, roster: Roster, chaining: Chaining) -> Self {
        let roster_hash = *roster.document_hash();
        Book {
            engine: Engine::new(policy.clone(), roster.clone()),
            tables: Tables::default(),
            chaining,
            head: ZERO,
            opening: Opening { policy, roster, roster_hash },
            overlays: FxHashMap::default(),
            scratch: String::new(),
        }
    }

    /// The engine with the policies and the roster as they stand now.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The roster as it stands now.
    pub fn roster(&self) -> &Roster {
        self.engine.roster()
    }

    /// How many commands were accepted.
    pub fn len(&self) -> usize {
        self.tables.records.len()
    }

    /// Whether no command was accepted yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many events the journal has, `book_opened` among them.
    pub fn events(&self) -> u64 {
        if self.is_empty() {
            0
        } else {
            self.tables.records.next_seq().saturating_sub(1)
        }
    }

    /// The hash of the last event; 64 zeros before the first, and without a chain.
    pub fn head(&self) -> String {
        let mut hex = String::new();
        crate::chain::push_hex(&self.head, &mut hex);
        hex
    }

    /// When the last accepted command reached the book.
    pub fn last_at(&self) -> Option<Instant> {
        self.tables.records.last_at()
    }

    /// The case with this id.
    pub fn case(&self, id: &CaseId) -> Option<&Case> {
        self.tables.case(id)
    }

    /// All cases, in the order in which they were noted.
    pub fn cases(&self) -> &[Case] {
        &self.tables.cases
    }

    /// All postings, in the order in which they went up.
    pub fn postings(&self) -> &[Posting] {
        self.tables.postings()
    }

    /// All objections, in their order.
    pub fn objections(&self) -> &[Objection] {
        self.tables.objections()
    }

    /// How many visits were recorded.
    pub fn visits(&self) -> usize {
        self.tables.visits.len()
    }

    /// How many bytes the packed records take: the book's memory without its indexes.
    pub fn packed_size(&self) -> usize {
        self.tables.records.size()
    }

    /// The policy in force on a day.
    pub fn policy_on(&self, day: Date) -> &Policy {
        self.engine.policy_on(day)
    }

    /// The policy with which the book was opened.
    pub fn opening_policy(&self) -> &Policy {
        &self.opening.policy
    }

    /// The book as it stood at `as_of`: only commands that had reached it by then. Itself, when
    /// none came later.
    pub fn as_of(&self, as_of: Instant) -> std::borrow::Cow<'_, Book> {
        if self.last_at().is_none_or(|last| !last.after(as_of)) {
            return std::borrow::Cow::Borrowed(self);
        }
        let mut earlier =
            Book::with_chaining(self.opening.policy.clone(), self.opening.roster.clone(), self.chaining);
        let mut hashes = self.tables.records.hashes.iter();
        for mut rest in self.tables.records.chunks() {
            while packed_at(rest).is_some_and(|at| !at.after(as_of)) && earlier.relive(&mut rest, &mut hashes).is_some() {}
            if !rest.is_empty() {
                break;
            }
        }
        std::borrow::Cow::Owned(earlier)
    }

    /// The accepted commands in their order, as they were given.
    pub fn commands(&self) -> impl Iterator<Item = crate::Command> + '_ {
        let count = u32::try_from(self.len()).unwrap_or(u32::MAX);
        (0..count).filter_map(|number| self.tables.records.get(number)).map(|record| record.command)
    }

    /// The record as it stands now: corrected, where it was.
    pub(crate) fn record_now(&self, number: u32) -> Option<Record> {
        self.overlays.get(&number).cloned().or_else(|| self.tables.records.get(number))
    }
}
