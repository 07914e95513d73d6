//! The operations of a book.

use crate::book::{Book, Chaining, Eyes, LedgerView, Viewer};
use crate::calendar::Instant;
use crate::codes::Code;
use crate::duty::{Filter, Nullable};
use crate::engine::Status;
use crate::event::write_findings;
use crate::finding::Finding;
use crate::ids::{CaseId, PersonId, UnitId};
use crate::policy::Policy;
use crate::roster::Roster;
use crate::shape::{canonical, write_string, Node, Shape};
use crate::vocab::Category;

use super::requests::*;
use super::{actions, finish, read, with_op, Answer};

/// The operations of a book.
pub const BOOK_OPS: &[&str] = &[
    "apply", "apply_lines", "judge", "duties", "ledger", "case", "actions", "agenda", "publication", "rates", "advice", "my_case",
    "policy", "roster", "journal", "status",
];

/// What came of a block of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// One outcome a line, for each line that is a command.
    pub outcomes: String,
    /// Where the block stopped before its end, the error answer that tells the line and why. The
    /// lines before it were applied.
    pub stopped: Option<String>,
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
        JsonBook::with(super::policy(policy)?, roster)
    }

    /// A book of a policy that was read before.
    ///
    /// # Errors
    /// The error answer, with everything that is wrong with the roster.
    pub fn with(policy: Policy, roster: &str) -> Result<JsonBook, String> {
        Ok(JsonBook(Book::with_chaining(policy, super::roster(roster)?, Chaining::On)))
    }

    /// The book that a journal gives, with the documents it was opened with, and how many bytes of
    /// the journal were dropped, because its end was torn while it was written.
    ///
    /// # Errors
    /// The error answer.
    pub fn open(policy: Policy, roster: &str, journal: &[u8]) -> Result<(JsonBook, usize), String> {
        let roster: Roster = super::roster(roster)?;
        let opened = Book::open(policy, roster, journal).map_err(|finding| finish(Err(vec![finding])))?;
        Ok((JsonBook(opened.book), opened.dropped))
    }

    /// Goes on by the lines that follow in the journal, and answers how many bytes were dropped at
    /// its torn end.
    ///
    /// # Errors
    /// The error answer; the book has then gone some of the way and is of no more use.
    pub fn follow(&mut self, journal: &[u8]) -> Result<usize, String> {
        self.0.follow(journal).map_err(|finding| finish(Err(vec![finding])))
    }

    /// The book that a snapshot holds.
    ///
    /// # Errors
    /// The error answer.
    pub fn restore(snapshot: &[u8]) -> Result<JsonBook, String> {
        Book::restore(snapshot).map(JsonBook).map_err(|finding| finish(Err(vec![finding])))
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

    /// Applies one command and answers its status and its outcome.
    ///
    /// # Errors
    /// The error answer, when the text is no JSON object with an `id`.
    pub fn apply_line(&mut self, line: &[u8]) -> Result<(Status, String), String> {
        let mut outcome = String::new();
        match self.0.apply_line_to(line, &mut outcome) {
            Ok(status) => Ok((status, outcome)),
            Err(error) => Err(finish(Err(vec![error.finding]))),
        }
    }

    /// Applies a block of lines, up to the first that is no command.
    pub fn apply_block(&mut self, lines: &[u8]) -> Block {
        let mut outcomes = String::new();
        let applied = self.0.apply_lines(lines, &mut outcomes);
        let stopped = applied.err().map(|error| finish(Err(vec![error.finding.with("line", error.line)])));
        Block { outcomes, stopped }
    }

    /// The journal's lines from an event on.
    pub fn journal(&self, from: u64) -> String {
        let mut lines = String::new();
        self.0.write_journal(from, &mut lines);
        lines
    }

    /// Answers a request; those that change nothing are [`JsonBook::ask`] as well. A block of lines
    /// that stopped before its end is answered with the outcomes of those before:
    /// `{"error":{"findings":[…],"outcomes":[…]}}`.
    pub fn call(&mut self, request: &str) -> String {
        let mut applied = None;
        let answer = with_op(request, BOOK_OPS, |op, node| match op {
            "apply" => {
                let line = read::<One>(node)?.command.0.canonical();
                self.0.apply_line(line.as_bytes()).map_err(|error| vec![error.finding])
            }
            "apply_lines" => {
                let mut out = String::new();
                let result = self.0.apply_lines(read::<Lines>(node)?.lines.0.as_bytes(), &mut out);
                result.map_err(|error| {
                    applied = Some(as_array(&out));
                    vec![error.finding.with("line", error.line)]
                })?;
                Ok(as_array(&out))
            }
            op => self.answer(op, node),
        });
        match applied {
            Some(outcomes) => with_outcomes(&finish(answer), &outcomes),
            None => finish(answer),
        }
    }

    /// Answers a request that changes nothing.
    pub fn ask(&self, request: &str) -> String {
        finish(with_op(request, BOOK_OPS, |op, node| self.answer(op, node)))
    }

    fn answer(&self, op: &str, node: &Node<'_>) -> Answer {
        match op {
            "judge" => {
                let line = read::<One>(node)?.command.0.canonical();
                self.0.judge_line(line.as_bytes()).map_err(|error| vec![error.finding])
            }
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
            "policy" => read::<DocumentAt>(node).map(|request| self.policy(request)),
            "roster" => read::<DocumentAt>(node).map(|request| self.roster(request)),
            "journal" => read::<JournalFrom>(node).map(|request| as_array(&self.journal(request.from.unwrap_or(1)))),
            "status" => read::<Plainly>(node).map(|_| self.status()),
            _ => Err(vec![Finding::plain(Code::RequestInvalid, "/op").with("reason", "changes_the_book").with("name", op.to_owned())]),
        }
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
        canonical(&rows)
    }

    fn ledger(&self, request: LedgerOf) -> Answer {
        let as_of = self.moment(request.as_of);
        let viewer = request.viewer.as_ref().map_or(Viewer::Public, |viewer| viewer_of(viewer));
        match self.0.ledger(&request.unit, request.category, as_of, &viewer) {
            Some(LedgerView::Full(ledger)) => Ok(canonical(&ledger)),
            Some(LedgerView::Public(ledger)) => Ok(canonical(&ledger)),
            None => Err(unknown(Code::UnitUnknown, "/unit", request.unit.as_str())),
        }
    }

    fn case(&self, request: CaseOf) -> String {
        let as_of = self.moment(request.as_of);
        let book = self.0.as_of(as_of);
        let viewer = request.viewer.as_ref().map_or(Viewer::Public, |viewer| viewer_of(viewer));
        match book.case_view(&request.case, as_of, &viewer) {
            Some(view) => canonical(&view),
            // Whoever may not read a case does not learn whether there is one.
            None => canonical(&book.public_case(&request.case, as_of)),
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
            Some(agenda) => Ok(canonical(&agenda)),
            None => Err(unknown(Code::CadreUnknown, "/person", request.person.as_str())),
        }
    }

    fn publication(&self, request: PublicationOf) -> Answer {
        match self.0.publication(&request.unit, request.period) {
            Some(publication) => Ok(canonical(&publication)),
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
        canonical(&rows)
    }

    fn my_case(&self, request: MyCaseOf) -> Answer {
        match self.0.my_case(&request.query_code, &request.secret, self.moment(request.at)) {
            Some(case) => Ok(canonical(&case)),
            None => Err(unknown(Code::CaseUnknown, "/query_code", "")),
        }
    }

    /// The policy in force at a moment, of those that the book had by then.
    fn policy(&self, request: DocumentAt) -> String {
        let at = self.moment(request.at);
        self.0.as_of(at).engine.policy_at(at).document().to_owned()
    }

    /// The roster with all changes that the book had by a moment; for the host, as the journal is.
    fn roster(&self, request: DocumentAt) -> String {
        self.0.as_of(self.moment(request.at)).roster().rows().document()
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

/// Adds what was applied to an error answer.
fn with_outcomes(error: &str, outcomes: &str) -> String {
    let open = error.strip_suffix("}}").unwrap_or(error);
    format!("{open},\"outcomes\":{outcomes}}}}}")
}

/// Lines of JSON as one array.
fn as_array(lines: &str) -> String {
    let joined: Vec<&str> = lines.lines().collect();
    format!("[{}]", joined.join(","))
}
