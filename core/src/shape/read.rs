//! What a reader notes on its way.

use super::{nearest, Node, Shape};

/// A mistake in the shape of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The JSON Pointer to it.
    pub path: String,
    /// What is wrong.
    pub kind: Kind,
}

/// The ways in which a value's shape can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Another type or form than expected: `(zh, en)` names of what is expected.
    Expected(&'static str, &'static str),
    /// A required field is missing.
    Missing(&'static str),
    /// A field that nobody knows, with the nearest known one.
    UnknownField(String, Option<String>),
    /// A field given twice.
    Duplicate(String),
    /// A word outside its vocabulary, with the nearest known one.
    UnknownWord(String, Option<String>),
    /// A value of the right form that cannot be: the short reason is stable.
    Impossible(&'static str, String),
    /// Longer than allowed: the limit, in characters or entries.
    TooLong(u64),
}

impl Kind {
    /// A stable short name for the parameters of a finding.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Expected(..) => "wrong_type",
            Kind::Missing(_) => "missing_field",
            Kind::UnknownField(..) => "unknown_field",
            Kind::Duplicate(_) => "duplicate_field",
            Kind::UnknownWord(..) => "unknown_word",
            Kind::Impossible(reason, _) => reason,
            Kind::TooLong(_) => "too_long",
        }
    }
}

/// Collects the problems found while a value reads itself.
#[derive(Debug, Default)]
pub struct Reader {
    /// The problems so far, each with its path from the outermost value.
    pub problems: Vec<Problem>,
}

impl Reader {
    /// A reader that has found nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a problem at the value being read.
    pub fn note(&mut self, kind: Kind) {
        self.problems.push(Problem { path: String::new(), kind });
    }

    /// Notes that a `T` was expected here.
    pub fn expected<T: Shape, R>(&mut self) -> Option<R> {
        let (zh, en) = T::EXPECTS;
        self.note(Kind::Expected(zh, en));
        None
    }

    /// Runs `read` and puts `key` before the path of what it notes. Paths are built on the way
    /// out, so that a value without a problem pays nothing for them.
    pub fn under<R>(&mut self, key: &str, read: impl FnOnce(&mut Reader) -> R) -> R {
        let mark = self.problems.len();
        let result = read(self);
        if self.problems.len() > mark {
            let token = key.replace('~', "~0").replace('/', "~1");
            for problem in self.problems.iter_mut().skip(mark) {
                problem.path.insert_str(0, &token);
                problem.path.insert(0, '/');
            }
        }
        result
    }

    /// As [`Reader::under`] for the element of an array.
    pub fn at_index<R>(&mut self, index: usize, read: impl FnOnce(&mut Reader) -> R) -> R {
        let mark = self.problems.len();
        let result = read(self);
        if self.problems.len() > mark {
            for problem in self.problems.iter_mut().skip(mark) {
                problem.path.insert_str(0, &format!("/{index}"));
            }
        }
        result
    }

    /// Reads a field of an object, or what stands for it when it is missing.
    pub fn field<T: Shape>(&mut self, node: Option<&Node<'_>>, key: &'static str) -> Option<T> {
        match node {
            Some(node) => self.under(key, |cx| T::read(node, cx)),
            None => {
                let absent = T::absent();
                if absent.is_none() {
                    self.under(key, |cx| cx.note(Kind::Missing(key)));
                }
                absent
            }
        }
    }

    /// Notes a field that nobody knows.
    pub fn unknown(&mut self, key: &str, known: impl IntoIterator<Item = &'static str>) {
        let near = nearest(key, known).map(str::to_owned);
        self.under(key, |cx| cx.note(Kind::UnknownField(key.to_owned(), near)));
    }

    /// Notes a field given twice.
    pub fn duplicate(&mut self, key: &str) {
        self.under(key, |cx| cx.note(Kind::Duplicate(key.to_owned())));
    }
}
