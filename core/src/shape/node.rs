//! A parsed JSON text that borrows its strings from the input.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// How deep values may nest.
pub const MAX_DEPTH: u32 = 32;

/// The largest whole number that every JSON reader keeps exactly: 2^53 − 1.
const MAX_WHOLE: i64 = 9_007_199_254_740_991;

/// A member of an object: its name and its value.
pub type Entry<'a> = (Cow<'a, str>, Node<'a>);

/// A JSON value. Duplicate names are kept here and refused by whoever reads the object.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number within ±(2^53 − 1).
    Whole(i64),
    /// Any other number; no field of the contract takes one.
    OtherNumber,
    /// Text.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Node<'a>>),
    /// An object, its members in the order of the text.
    Object(Vec<Entry<'a>>),
}

impl<'a> Node<'a> {
    /// The value of the member called `name`, when this is an object that has one.
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        match self {
            Node::Object(entries) => entries.iter().find(|(key, _)| key == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text, when this is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value at a JSON Pointer (RFC 6901) below this one.
    pub fn pointer(&self, pointer: &str) -> Option<&Node<'a>> {
        let mut at = self;
        for token in pointer.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            at = match at {
                Node::Object(_) => at.get(&token)?,
                Node::List(items) => items.get(token.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        (pointer.is_empty() || pointer.starts_with('/')).then_some(at)
    }

    /// As [`Node::pointer`], to be changed.
    pub fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Node<'a>> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return None;
        }
        let mut at = self;
        for token in pointer.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            at = match at {
                Node::Object(entries) => {
                    entries.iter_mut().find(|(key, _)| *key == token).map(|(_, v)| v)?
                }
                Node::List(items) => items.get_mut(token.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(at)
    }

    /// The same value, owning its text.
    pub fn into_owned(self) -> Node<'static> {
        match self {
            Node::Null => Node::Null,
            Node::Bool(b) => Node::Bool(b),
            Node::Whole(n) => Node::Whole(n),
            Node::OtherNumber => Node::OtherNumber,
            Node::Text(t) => Node::Text(Cow::Owned(t.into_owned())),
            Node::List(items) => Node::List(items.into_iter().map(Node::into_owned).collect()),
            Node::Object(entries) => Node::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| (Cow::Owned(key.into_owned()), value.into_owned()))
                    .collect(),
            ),
        }
    }
}

/// Why a text is no JSON value of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// The line, from 1; 0 when not known.
    pub line: usize,
    /// The column in bytes, from 1; 0 when not known.
    pub column: usize,
}

/// The ways in which a text fails to be JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseErrorKind {
    /// Not UTF-8.
    Utf8,
    /// The text ends in the middle of a value.
    Truncated,
    /// Not JSON.
    Syntax,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// Longer than the limit for its kind.
    TooLarge,
}

impl ParseErrorKind {
    /// A stable short name, used in the parameters of findings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "not_utf8",
            Self::Truncated => "truncated",
            Self::Syntax => "not_json",
            Self::TooDeep => "too_deep",
            Self::TooLarge => "too_large",
        }
    }
}

/// Parses one JSON text of at most `limit` bytes.
pub fn parse(text: &[u8], limit: usize) -> Result<Node<'_>, ParseError> {
    if text.len() > limit {
        return Err(ParseError { kind: ParseErrorKind::TooLarge, line: 0, column: 0 });
    }
    let text = std::str::from_utf8(text).map_err(|error| {
        let before = text.get(..error.valid_up_to()).unwrap_or_default();
        let line_start = before.iter().rposition(|b| *b == b'\n').map_or(0, |p| p.saturating_add(1));
        ParseError {
            kind: ParseErrorKind::Utf8,
            line: before.iter().filter(|b| **b == b'\n').count().saturating_add(1),
            column: before.len().saturating_sub(line_start).saturating_add(1),
        }
    })?;
    read(text).or_else(|error| match tamed(text, &error) {
        Some(tamed) => read(&tamed).map(Node::into_owned),
        None => Err(error),
    })
    .map_err(|error| ParseError {
        kind: if error.to_string().starts_with(TOO_DEEP) || error.to_string().starts_with("recursion limit") {
            ParseErrorKind::TooDeep
        } else if error.is_eof() {
            ParseErrorKind::Truncated
        } else {
            ParseErrorKind::Syntax
        },
        line: error.line(),
        column: error.column(),
    })
}

fn read(text: &str) -> Result<Node<'_>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let node = Seed { depth: 0 }.deserialize(&mut deserializer)?;
    deserializer.end().map(|()| node)
}

/// How many numbers beyond any range a text may have before it is refused as a whole.
const WILD_NUMBERS: usize = 16;

/// The text with its numbers that are beyond any range (1e400) made merely not whole: they are JSON
/// by the grammar, so what they stand in is answered field by field like any other.
fn tamed(text: &str, error: &serde_json::Error) -> Option<String> {
    let mut tamed = text.to_owned();
    let mut next = Some((error.line(), error.column(), error.to_string()));
    for _ in 0..WILD_NUMBERS {
        let Some((line, column, _)) = next.take().filter(|(.., words)| words.starts_with("number out of range")) else {
            break;
        };
        let start: usize = tamed.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let end = start.saturating_add(column);
        let is_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
        let bytes = tamed.as_bytes();
        let before = bytes.get(..end)?.iter().rev().take_while(|byte| is_number(byte)).count();
        let after = bytes.get(end..)?.iter().take_while(|byte| is_number(byte)).count();
        tamed.replace_range(end.checked_sub(before)?..end.checked_add(after)?, "0.5");
        next = read(&tamed).err().map(|error| (error.line(), error.column(), error.to_string()));
    }
    (next.is_none() && tamed != text).then_some(tamed)
}

const TOO_DEEP: &str = "nested too deep";

#[derive(Clone, Copy)]
struct Seed {
    depth: u32,
}

impl Seed {
    fn deeper<E: serde::de::Error>(self) -> Result<Seed, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom(TOO_DEEP));
        }
        Ok(Seed { depth: self.depth.saturating_add(1) })
    }
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(if (-MAX_WHOLE..=MAX_WHOLE).contains(&value) { Node::Whole(value) } else { Node::OtherNumber })
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(match i64::try_from(value) {
            Ok(value) if value <= MAX_WHOLE => Node::Whole(value),
            _ => Node::OtherNumber,
        })
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node<'de>, E> {
        Ok(Node::OtherNumber)
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node<'de>, A::Error> {
        let seed = self.deeper::<A::Error>()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(seed)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let seed = self.deeper::<A::Error>()?;
        let mut entries = Vec::with_capacity(if self.depth == 0 { 12 } else { 4 });
        while let Some(Key(key)) = map.next_key::<Key<'de>>()? {
            entries.push((key, map.next_value_seed(seed)?));
        }
        Ok(Node::Object(entries))
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(value)))
            }
            fn visit_str<E>(self, value: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(value.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}
