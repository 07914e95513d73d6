//! Commands as people's devices send them: lines of JSON, written field by field. The simulator
//! speaks to the book in text, as every other sender does, so that it also tries the reading.

use wuzhang::shape::write_string;

/// The fields of an object, in the order in which they are given.
#[derive(Clone, Default)]
pub(super) struct Fields(String);

impl Fields {
    pub(super) fn new() -> Self {
        Self::default()
    }

    fn name(&mut self, name: &str) {
        self.0.push_str(",\"");
        self.0.push_str(name);
        self.0.push_str("\":");
    }

    pub(super) fn text(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        write_string(value, &mut self.0);
        self
    }

    pub(super) fn maybe(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    pub(super) fn texts<'t>(mut self, name: &str, values: impl IntoIterator<Item = &'t str>) -> Self {
        self.name(name);
        self.0.push('[');
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            write_string(value, &mut self.0);
        }
        self.0.push(']');
        self
    }

    pub(super) fn flag(self, name: &str, value: bool) -> Self {
        self.raw(name, if value { "true" } else { "false" })
    }

    pub(super) fn number(self, name: &str, value: i64) -> Self {
        self.raw(name, &value.to_string())
    }

    /// A value that is JSON already.
    pub(super) fn raw(mut self, name: &str, json: &str) -> Self {
        self.name(name);
        self.0.push_str(json);
        self
    }

    pub(super) fn object(self, name: &str, inner: &Fields) -> Self {
        self.raw(name, &inner.json())
    }

    pub(super) fn objects(self, name: &str, inner: &[Fields]) -> Self {
        let items: Vec<String> = inner.iter().map(Fields::json).collect();
        self.raw(name, &format!("[{}]", items.join(",")))
    }

    /// The object.
    pub(super) fn json(&self) -> String {
        format!("{{{}}}", self.0.strip_prefix(',').unwrap_or(&self.0))
    }
}

/// A command before it is sent: everything but the moment at which it reaches the book.
#[derive(Clone)]
pub(super) struct Order {
    pub(super) id: String,
    pub(super) actor: String,
    pub(super) todo: &'static str,
    pub(super) fields: Fields,
}

impl Order {
    /// Appends the line for a moment, without a line break.
    pub(super) fn line(&self, at: &str, out: &mut String) {
        out.push_str("{\"id\":\"");
        out.push_str(&self.id);
        out.push_str("\",\"at\":\"");
        out.push_str(at);
        out.push_str("\",\"actor\":\"");
        out.push_str(&self.actor);
        out.push_str("\",\"do\":\"");
        out.push_str(self.todo);
        out.push('"');
        out.push_str(&self.fields.0);
        out.push('}');
    }
}

/// What the sender knows beforehand of the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Expect {
    /// It should be accepted.
    Fine,
    /// A human mistake: it should be refused, for this reason among others.
    Refused(&'static str),
    /// The same line again: it should be answered as the first time.
    Again,
}
