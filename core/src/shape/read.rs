//! What a reader notes on its way.

use super::{nearest, Entry, Node, Shape};

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

/// Which names of an object, other than a record's own, are mistakes to its reader.
#[derive(Clone, Copy, Debug)]
pub enum Rest<'a> {
    /// All of them.
    Refused,
    /// None: another reader of the same object sees to them.
    Left,
    /// All but this one and these, which belong to other readers.
    RefusedBut(&'a str, &'a [&'a str]),
}

impl Rest<'_> {
    fn refuses(self, name: &str) -> bool {
        match self {
            Rest::Refused => true,
            Rest::Left => false,
            Rest::RefusedBut(tag, others) => name != tag && !others.contains(&name),
        }
    }
}

/// The place of a word in its list.
pub(crate) fn place_of(word: &str, words: &[&str]) -> Option<usize> {
    words.iter().position(|known| *known == word)
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

    /// Notes a value of the right form that cannot be.
    pub fn impossible<R>(&mut self, reason: &'static str, text: &str) -> Option<R> {
        self.note(Kind::Impossible(reason, text.chars().take(40).collect()));
        None
    }

    /// Runs `read` and puts `key` before the path of what it notes. Paths are built on the way
    /// out, so that a value without a problem pays nothing for them.
    pub fn under<R>(&mut self, key: &str, read: impl FnOnce(&mut Reader) -> R) -> R {
        let mark = self.problems.len();
        let result = read(self);
        if self.problems.len() > mark {
            self.put_under(key, mark);
        }
        result
    }

    /// As [`Reader::under`] for the element of an array.
    pub fn at_index<R>(&mut self, index: usize, read: impl FnOnce(&mut Reader) -> R) -> R {
        let mark = self.problems.len();
        let result = read(self);
        if self.problems.len() > mark {
            self.put_under(&index.to_string(), mark);
        }
        result
    }

    /// Puts `key` before the paths of the problems from `mark` on. Apart from what is made anew for
    /// each type, and seldom gone through.
    #[cold]
    #[inline(never)]
    fn put_under(&mut self, key: &str, mark: usize) {
        let token = key.replace('~', "~0").replace('/', "~1");
        for problem in self.problems.iter_mut().skip(mark) {
            problem.path.insert_str(0, &token);
            problem.path.insert(0, '/');
        }
    }

    /// Finds the members of an object that are a record's fields, called `names`, each in the slot of
    /// its place, and notes those that nobody knows or that come twice. Members that come in the order
    /// of the declaration, as people write them, are found where they are looked for first.
    pub fn pick<'n, 'j>(
        &mut self,
        entries: &'n [Entry<'j>],
        names: &'static [&'static str],
        rest: Rest<'_>,
        slots: &mut [Option<&'n Node<'j>>],
    ) {
        let mut next = 0usize;
        for (key, value) in entries {
            let key: &str = key;
            let (before, behind) = names.split_at_checked(next).unwrap_or((names, &[]));
            let place = match place_of(key, behind) {
                Some(place) => Some(next.saturating_add(place)),
                None => place_of(key, before),
            };
            if let Some(place) = place {
                next = place.saturating_add(1);
            }
            match place.and_then(|place| slots.get_mut(place)) {
                Some(Some(_)) => self.duplicate(key),
                Some(slot) => *slot = Some(value),
                None if rest.refuses(key) => self.unknown(key, names.iter().copied()),
                None => {}
            }
        }
    }

    /// Reads a field of an object, or what stands for it when it is missing.
    pub fn field<T: Shape>(&mut self, node: Option<&Node<'_>>, key: &'static str) -> Option<T> {
        self.under(key, |cx| match node {
            Some(node) => T::read(node, cx),
            None => {
                let absent = T::absent();
                if absent.is_none() {
                    cx.note(Kind::Missing(key));
                }
                absent
            }
        })
    }

    /// Reads a word of a closed list; answers its place.
    pub fn word(&mut self, node: &Node<'_>, words: &'static [&'static str], expects: (&'static str, &'static str)) -> Option<usize> {
        let Node::Text(text) = node else {
            self.note(Kind::Expected(expects.0, expects.1));
            return None;
        };
        match place_of(text, words) {
            Some(place) => Some(place),
            None => self.unknown_word(text, words),
        }
    }

    /// Notes a word outside its vocabulary.
    pub fn unknown_word<R>(&mut self, word: &str, words: &'static [&'static str]) -> Option<R> {
        let near = nearest(word, words.iter().copied()).map(str::to_owned);
        self.note(Kind::UnknownWord(word.chars().take(64).collect(), near));
        None
    }

    /// Reads the word that tells what kind of object this is.
    pub fn tag<'n>(&mut self, node: &'n Node<'_>, tag: &'static str) -> Option<&'n str> {
        match node.get(tag) {
            Some(Node::Text(word)) => return Some(word),
            Some(_) => self.under(tag, |cx| cx.expected::<super::Text, ()>()),
            None => self.under(tag, |cx| {
                cx.note(Kind::Missing(tag));
                None
            }),
        };
        None
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
