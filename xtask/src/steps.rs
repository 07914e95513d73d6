//! What a vector asks after its commands, and what the library answers: the one meaning of each
//! kind of step, which the runners of all other faces follow.

use serde_json::Value;
use wuzhang::duty::VisitColumns;
use wuzhang::json::{self, JsonBook, JsonEngine};

/// Whom an entry of `ask` is for: the book, unless it says otherwise.
pub fn to(ask: &Value) -> &str {
    ask.get("to").and_then(Value::as_str).unwrap_or("book")
}

/// What is handed over: a request as its JSON, any other text as it is.
pub fn text(ask: &Value) -> String {
    match ask.get("request") {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(request) => request.to_string(),
    }
}

/// The documents of a vector, ready to be read.
#[derive(Clone, Copy, Debug)]
pub struct Documents<'a> {
    /// A preset's name or a document.
    pub policy: &'a str,
    /// The roster.
    pub roster: &'a str,
}

/// The lines that an entry of `ask` is answered with.
///
/// # Errors
/// When the entry is none that a vector can have.
pub fn answer(ask: &Value, book: &mut JsonBook, documents: Documents<'_>) -> Result<Vec<String>, String> {
    let text = text(ask);
    let engine = || JsonEngine::new(documents.policy, documents.roster);
    let one = |line: String| Ok(vec![line]);
    match to(ask) {
        "book" => one(book.ask(&text)),
        "library" => one(json::call(&text)),
        "engine" => one(engine().map(|engine| engine.call(&text)).unwrap_or_else(|refused| refused)),
        "lines" => {
            let block = book.apply_block(text.as_bytes());
            Ok(block.outcomes.lines().map(str::to_owned).chain(block.stopped).collect())
        }
        "journal" => {
            let from = text.parse().map_err(|_| format!("{text:?} is no number of an event"))?;
            Ok(book.journal(from).lines().map(str::to_owned).collect())
        }
        "restore" => {
            *book = JsonBook::restore(&book.book().snapshot())?;
            one(book.ask(r#"{"op":"status"}"#))
        }
        "reopen" => {
            let journal = book.journal(1) + &text;
            match JsonBook::open(json::policy(documents.policy)?, documents.roster, journal.as_bytes()) {
                Ok((opened, dropped)) => {
                    *book = opened;
                    one(dropped.to_string())
                }
                Err(refused) => one(refused),
            }
        }
        "visits" => {
            let visits = Visits::of(ask.get("visits").unwrap_or(&Value::Null))?;
            one(engine().map(|engine| visits.ask(&engine, &text)).unwrap_or_else(|refused| refused))
        }
        other => Err(format!("nothing is called {other}")),
    }
}

/// Columns of visits as a vector writes them.
struct Visits {
    cadres: Vec<String>,
    targets: Vec<String>,
    cadre: Vec<u32>,
    target: Vec<u32>,
    on: Vec<i64>,
    entered: Option<Vec<i64>>,
    remote: Option<Vec<u8>>,
    visit: Option<Vec<u64>>,
}

impl Visits {
    fn of(value: &Value) -> Result<Visits, String> {
        Ok(Visits {
            cadres: column(value, "cadres", |item| item.as_str().map(str::to_owned))?,
            targets: column(value, "targets", |item| item.as_str().map(str::to_owned))?,
            cadre: column(value, "cadre", number)?,
            target: column(value, "target", number)?,
            on: column(value, "on", Value::as_i64)?,
            entered: optional(value, "entered", Value::as_i64)?,
            remote: optional(value, "remote", number)?,
            visit: optional(value, "visit", Value::as_u64)?,
        })
    }

    fn ask(&self, engine: &JsonEngine, request: &str) -> String {
        let cadres: Vec<&str> = self.cadres.iter().map(String::as_str).collect();
        let targets: Vec<&str> = self.targets.iter().map(String::as_str).collect();
        let columns = VisitColumns {
            cadres: &cadres,
            targets: &targets,
            cadre: &self.cadre,
            target: &self.target,
            on: &self.on,
            entered: self.entered.as_deref(),
            remote: self.remote.as_deref(),
            visit: self.visit.as_deref(),
        };
        engine.visit_duties(&columns, request)
    }
}

fn number<T: TryFrom<u64>>(item: &Value) -> Option<T> {
    item.as_u64().and_then(|number| number.try_into().ok())
}

fn column<T>(visits: &Value, name: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>, String> {
    let items = visits.get(name).and_then(Value::as_array).ok_or_else(|| format!("visits have no column {name}"))?;
    items.iter().map(|item| read(item).ok_or_else(|| format!("{item} cannot stand in the column {name}"))).collect()
}

fn optional<T>(visits: &Value, name: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Option<Vec<T>>, String> {
    visits.get(name).map(|_| column(visits, name, read)).transpose()
}
