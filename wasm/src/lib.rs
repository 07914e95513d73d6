//! The WebAssembly library of wuzhang: a shell over the JSON façade of [`wuzhang`], for the npm
//! package in `bindings/js`, which gives these functions their face.
//!
//! Text goes across as it is, in both directions, and blocks of lines as bytes. What the façade
//! refuses comes out as an exception that is the error answer's text; what the rules refuse is an
//! outcome like any other. Nothing is exported as `&mut`: a book lies in a cell, so that a call
//! that was cut short by a trap leaves no object behind that looks borrowed for ever.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;
use wuzhang::duty::VisitColumns;
use wuzhang::json::{self, Block, JsonBook, JsonEngine};

/// Answers a request that needs neither engine nor book.
#[wasm_bindgen]
#[must_use]
pub fn call(request: &str) -> String {
    json::call(request)
}

/// Policy and roster: judges one case at a time and keeps nothing.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine(JsonEngine);

#[wasm_bindgen]
impl Engine {
    /// An engine of a policy (a preset's name, or a document) and a roster document.
    ///
    /// # Errors
    /// The error answer.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &str, roster: &str) -> Result<Engine, JsValue> {
        Ok(Engine(JsonEngine::new(policy, roster)?))
    }

    /// Answers a request about one case.
    #[must_use]
    pub fn call(&self, request: &str) -> String {
            self.0.call(request)
    }

    /// The quota duties of visits in columns; `cadres` and `targets` hold one id a line.
    #[allow(clippy::too_many_arguments)] // the columns of a table
    #[must_use]
    pub fn visit_duties(
        &self,
        request: &str,
        cadres: &str,
        targets: &str,
        cadre: &[u32],
        target: &[u32],
        on: &[f64],
        entered: Option<Vec<f64>>,
        remote: Option<Vec<u8>>,
        visit: Option<Vec<f64>>,
    ) -> String {
        let cadres: Vec<&str> = cadres.lines().collect();
        let targets: Vec<&str> = targets.lines().collect();
        let on: Vec<i64> = on.iter().copied().map(whole).collect();
        let entered: Option<Vec<i64>> = entered.map(|column| column.into_iter().map(whole).collect());
        let visit: Option<Vec<u64>> = visit.map(|column| column.into_iter().map(|number| whole(number).unsigned_abs()).collect());
        let columns = VisitColumns {
            cadres: &cadres,
            targets: &targets,
            cadre,
            target,
            on: &on,
            entered: entered.as_deref(),
            remote: remote.as_deref(),
            visit: visit.as_deref(),
        };
        self.0.visit_duties(&columns, request)
    }
}

/// A JavaScript number as a whole one; the package lets only whole numbers through.
#[allow(clippy::cast_possible_truncation)] // saturates, and whole numbers of JavaScript fit
fn whole(number: f64) -> i64 {
    number as i64
}

/// What came of a block of lines.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Applied(Block);

#[wasm_bindgen]
impl Applied {
    /// One outcome a line.
    #[must_use]
    pub fn outcomes(self) -> Vec<u8> {
        self.0.outcomes.into_bytes()
    }

    /// The error answer that tells where and why the block stopped before its end.
    #[must_use]
    pub fn stopped(&self) -> Option<String> {
        self.0.stopped.clone()
    }
}

/// An engine with its journal.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Book {
    book: RefCell<JsonBook>,
    dropped: usize,
}

#[wasm_bindgen]
impl Book {
    /// A new book of a policy (a preset's name, or a document) and a roster document.
    ///
    /// # Errors
    /// The error answer.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &str, roster: &str) -> Result<Book, JsValue> {
        Ok(Book { book: RefCell::new(JsonBook::new(policy, roster)?), dropped: 0 })
    }

    /// The book that a journal gives.
    ///
    /// # Errors
    /// The error answer.
    pub fn open(policy: &str, roster: &str, journal: &[u8]) -> Result<Book, JsValue> {
        let (book, dropped) = JsonBook::open(json::policy(policy)?, roster, journal)?;
        Ok(Book { book: RefCell::new(book), dropped })
    }

    /// The book that a snapshot holds.
    ///
    /// # Errors
    /// The error answer.
    pub fn restore(snapshot: &[u8]) -> Result<Book, JsValue> {
        Ok(Book { book: RefCell::new(JsonBook::restore(snapshot)?), dropped: 0 })
    }

    /// Goes on by the lines that follow in the journal; answers how many bytes were dropped.
    ///
    /// # Errors
    /// The error answer; the book has then gone some of the way and is of no more use.
    pub fn follow(&self, journal: &[u8]) -> Result<usize, JsValue> {
        Ok(self.book.borrow_mut().follow(journal)?)
    }

    /// How many bytes of the journal's end were dropped when it was opened.
    #[must_use]
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// Applies one command and answers its outcome.
    ///
    /// # Errors
    /// The error answer, when the text is no JSON object with an `id`.
    pub fn apply(&self, line: &str) -> Result<String, JsValue> {
        Ok(self.book.borrow_mut().apply_line(line.as_bytes())?.1)
    }

    /// Applies a block of lines, up to the first that is no command.
    #[must_use]
    pub fn apply_lines(&self, lines: &[u8]) -> Applied {
        Applied(self.book.borrow_mut().apply_block(lines))
    }

    /// Answers a request that changes nothing.
    #[must_use]
    pub fn ask(&self, request: &str) -> String {
            self.book.borrow().ask(request)
    }

    /// The journal's lines from an event on.
    #[must_use]
    pub fn journal(&self, from: f64) -> Vec<u8> {
        self.book.borrow().journal(whole(from).unsigned_abs()).into_bytes()
    }

    /// The book as one block of bytes.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        self.book.borrow().book().snapshot()
    }
}
