//! The library's façade, text in and text out, as this shell uses it.

use serde_json::{json, Map, Value};
use wuzhang::json::{call, JsonBook};

use crate::findings::Placed;
use crate::locate::{elements, member};

/// What a question came to: the answer as it was written, or findings.
pub type Answer = Result<String, Vec<Placed>>;

/// Asks what needs no book.
pub fn ask(request: &Value) -> Answer {
    split(call(&request.to_string()))
}

/// Asks a book.
pub fn ask_book(book: &JsonBook, request: &Value) -> Answer {
    split(book.ask(&request.to_string()))
}

/// The answer without its envelope. It is cut out and not written anew, so that what a machine
/// reads here is byte for byte what every other face of the library says.
fn split(answer: String) -> Answer {
    if let Some(ok) = answer.strip_prefix("{\"ok\":").and_then(|rest| rest.strip_suffix('}')) {
        return Ok(ok.to_owned());
    }
    Err(findings_of(&answer))
}

/// The findings of an answer that is an error.
fn findings_of(answer: &str) -> Vec<Placed> {
    let list = member(answer, "error").and_then(|error| member(error, "findings")).unwrap_or("[]");
    elements(list).into_iter().filter_map(|text| serde_json::from_str(text).ok()).map(Placed::of_answer).collect()
}

/// An answer, read.
pub fn read(answer: &str) -> Value {
    serde_json::from_str(answer).unwrap_or_default()
}

/// Builds a request: what is `None` is left out.
pub struct Request(Map<String, Value>);

impl Request {
    /// A request for an operation.
    pub fn new(op: &str) -> Request {
        let mut fields = Map::new();
        fields.insert("op".into(), json!(op));
        Request(fields)
    }

    /// The same with a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Request {
        self.0.insert(name.into(), json!(value));
        self
    }

    /// The same with a field, where there is one.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<&str>) -> Request {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The request.
    pub fn done(self) -> Value {
        Value::Object(self.0)
    }
}
