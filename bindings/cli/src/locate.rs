//! A scanner over JSON text that finds where values stand, without building them.
//!
//! The library says *what* is wrong and gives a JSON Pointer; an editor wants line and column. And
//! answers are handed on byte for byte, so the elements of a list are cut out and not written anew.

use std::borrow::Cow;
use std::collections::HashMap;

use wuzhang::shape::Node;

/// A stretch of text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Steps through JSON text. It trusts that the text is JSON; on anything else it ends early.
struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.step();
        }
    }

    /// Passes over a string whose opening quote is next.
    fn string(&mut self) -> Span {
        let start = self.at;
        self.step();
        while let Some(byte) = self.peek() {
            self.step();
            match byte {
                b'\\' => self.step(),
                b'"' => break,
                _ => {}
            }
        }
        Span { start, end: self.at.min(self.text.len()) }
    }

    /// Passes over a value; by a count of brackets, so that no depth can exhaust the stack.
    fn value(&mut self) -> Span {
        self.space();
        let start = self.at;
        let mut depth = 0u64;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                }
                b'{' | b'[' => {
                    depth = depth.saturating_add(1);
                    self.step();
                }
                b'}' | b']' => {
                    if depth == 0 {
                        break;
                    }
                    depth = depth.saturating_sub(1);
                    self.step();
                }
                b',' | b':' if depth == 0 => break,
                byte if byte.is_ascii_whitespace() && depth == 0 => break,
                _ => {
                    self.step();
                    if depth == 0 && self.at_end_of_scalar() {
                        break;
                    }
                    continue;
                }
            }
            if depth == 0 {
                break;
            }
        }
        Span { start, end: self.at.min(self.text.len()) }
    }

    fn at_end_of_scalar(&self) -> bool {
        self.peek().is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'}' | b':'))
    }

    /// The members of the object that is next: key and value.
    fn members(&mut self) -> Vec<(Span, Span)> {
        let mut members = Vec::new();
        self.space();
        if self.peek() != Some(b'{') {
            return members;
        }
        self.step();
        loop {
            self.space();
            match self.peek() {
                Some(b',') => self.step(),
                Some(b'"') => {
                    let key = self.string();
                    self.space();
                    if self.peek() != Some(b':') {
                        return members;
                    }
                    self.step();
                    members.push((key, self.value()));
                }
                _ => return members,
            }
        }
    }

    /// The elements of the list that is next.
    fn elements(&mut self) -> Vec<Span> {
        let mut elements = Vec::new();
        self.space();
        if self.peek() != Some(b'[') {
            return elements;
        }
        self.step();
        loop {
            self.space();
            match self.peek() {
                Some(b',') => self.step(),
                Some(b']') | None => return elements,
                Some(_) => {
                    let before = self.at;
                    elements.push(self.value());
                    if self.at == before {
                        return elements;
                    }
                }
            }
        }
    }
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}

/// The elements of a JSON list, each as it is written.
pub fn elements(list: &str) -> Vec<&str> {
    let spans = Scanner { text: list.as_bytes(), at: 0 }.elements();
    spans.into_iter().map(|span| slice(list, span)).collect()
}

/// The member of a JSON object, as it is written.
pub fn member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let members = Scanner { text: object.as_bytes(), at: 0 }.members();
    let found = members.into_iter().find(|(key, _)| is_key(slice(object, *key), name));
    found.map(|(_, value)| slice(object, value))
}

/// What a JSON string, quotes and all, says.
fn unquoted(written: &str) -> Option<Cow<'_, str>> {
    if written.contains('\\') {
        return serde_json::from_str(written).ok().map(Cow::Owned);
    }
    written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(Cow::Borrowed)
}

/// Whether a JSON string, quotes and all, says `name`.
fn is_key(written: &str, name: &str) -> bool {
    unquoted(written).is_some_and(|key| key == name)
}

/// The names of the members of a JSON object, by which one tells what it is.
pub struct Names<'t>(Vec<Cow<'t, str>>);

impl<'t> Names<'t> {
    /// Those of a text that may be a whole object, and a long one: it is looked through and not
    /// built. What breaks off, as the first line of an object on several lines does, has none.
    pub fn of(text: &'t [u8]) -> Names<'t> {
        let text = std::str::from_utf8(text).unwrap_or_default();
        let mut scanner = Scanner { text: text.as_bytes(), at: 0 };
        let members = scanner.members();
        if text.get(scanner.at..).map(str::trim) != Some("}") {
            return Names(Vec::new());
        }
        Names(members.into_iter().filter_map(|(key, _)| unquoted(slice(text, key))).collect())
    }

    /// Those of a value that is parsed already.
    pub fn in_node(node: &'t Node<'_>) -> Names<'t> {
        match node {
            Node::Object(entries) => Names(entries.iter().map(|(key, _)| Cow::Borrowed(key.as_ref())).collect()),
            _ => Names(Vec::new()),
        }
    }

    /// Whether a member is called so.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }
}

/// Which of the two a place is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The value at the pointer.
    Value,
    /// The name of the member at the pointer: an unknown field.
    Key,
    /// The name where it stands a second time: a field given twice.
    SecondKey,
}

/// Finds places in one text, many of them in little more time than one: a document may have a
/// thousand findings and be as long as a county's roster.
pub struct Finder<'t> {
    text: &'t str,
    /// The byte at which each line begins.
    lines: Vec<usize>,
    /// What stands in the objects and lists that were looked into, by where they begin: name (in a
    /// list: the element itself) and value.
    inside: HashMap<usize, Vec<(Span, Span)>>,
    /// A byte whose column has been counted, the beginning of its line, and that column less one:
    /// a document may be one line, and findings come in its order.
    counted: (usize, usize, u64),
}

impl<'t> Finder<'t> {
    /// Looks for the lines of a text.
    pub fn of(text: &'t str) -> Finder<'t> {
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').map(|(at, _)| at.saturating_add(1)));
        Finder { text, lines, inside: HashMap::new(), counted: (0, 0, 0) }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Where the value at a JSON Pointer stands. What is missing is looked for as far as the pointer
    /// leads, and then the place is the opening of the object that lacks it.
    pub fn locate(&mut self, pointer: &str, aim: Aim) -> Span {
        let text = self.text;
        let mut scanner = Scanner { text: text.as_bytes(), at: 0 };
        scanner.space();
        let start = scanner.at;
        let mut tokens = pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).peekable();
        if tokens.peek().is_none() {
            return scanner.value();
        }
        let mut at = Span { start, end: text.len() };
        while let Some(token) = tokens.next() {
            let last = tokens.peek().is_none();
            let is_list = text.as_bytes().get(at.start) == Some(&b'[');
            let inside = self.inside.entry(at.start).or_insert_with(|| {
                let mut scanner = Scanner { text: text.as_bytes(), at: at.start };
                if is_list {
                    scanner.elements().into_iter().map(|element| (element, element)).collect()
                } else {
                    scanner.members()
                }
            });
            let next = if is_list {
                token.parse::<usize>().ok().and_then(|index| inside.get(index)).copied()
            } else {
                let mut found = inside.iter().filter(|(key, _)| is_key(slice(text, *key), &token)).copied();
                let first = found.next();
                match aim {
                    Aim::SecondKey if last => found.next().or(first),
                    _ => first,
                }
            };
            match next {
                Some((key, _)) if last && aim != Aim::Value => return key,
                Some((_, value)) => at = value,
                None => return Span { start: at.start, end: at.start.saturating_add(1).min(text.len()) },
            }
        }
        at
    }

    /// Line and column of a byte, both from 1; the column in characters, as editors count.
    pub fn position(&mut self, byte: usize) -> (u64, u64) {
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let count = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default().chars().count() as u64;
        let column = match self.counted {
            (at, begins, column) if begins == start && at <= byte => column.saturating_add(count(at, byte)),
            (at, begins, column) if begins == start => column.saturating_sub(count(byte, at)),
            _ => count(start, byte),
        };
        self.counted = (byte, start, column);
        (line as u64, column.saturating_add(1))
    }

    /// The byte at which a line begins, counted from 1; the end of the text when it has fewer.
    pub fn line(&self, number: u64) -> usize {
        let index = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
        self.lines.get(index).copied().unwrap_or(self.text.len())
    }
}

/// The rows of a roster, each list with the stretches of its elements: found once, however many
/// findings there are.
pub fn lists<'t>(text: &'t str, names: &[&str]) -> Vec<(String, Vec<(Span, &'t str)>)> {
    let members = Scanner { text: text.as_bytes(), at: 0 }.members();
    let mut lists = Vec::new();
    for (key, value) in members {
        let Some(name) = names.iter().find(|name| is_key(slice(text, key), name)) else { continue };
        let elements = Scanner { text: text.as_bytes(), at: value.start }.elements();
        lists.push(((*name).to_owned(), elements.into_iter().map(|span| (span, slice(text, span))).collect()));
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n \"a\": [1, {\"b\": \"村\\\"}\", \"b\": 2}],\n \"c/d\": {\"~\": null}\n}";

    fn at(pointer: &str, aim: Aim) -> (u64, u64, &'static str) {
        let mut finder = Finder::of(TEXT);
        let span = finder.locate(pointer, aim);
        assert_eq!(finder.locate(pointer, aim), span, "found again");
        let (line, column) = finder.position(span.start);
        (line, column, &TEXT[span.start..span.end])
    }

    #[test]
    fn pointers_lead_to_lines_and_columns() {
        assert_eq!(at("", Aim::Value), (1, 1, TEXT));
        assert_eq!(at("/a/0", Aim::Value), (2, 8, "1"));
        assert_eq!(at("/a/1/b", Aim::Value), (2, 17, "\"村\\\"}\""));
        assert_eq!(at("/a/1/b", Aim::Key), (2, 12, "\"b\""));
        assert_eq!(at("/a/1/b", Aim::SecondKey), (2, 25, "\"b\""));
        assert_eq!(at("/c~1d/~0", Aim::Value), (3, 15, "null"));
    }

    #[test]
    fn columns_are_counted_from_any_side() {
        let mut finder = Finder::of(TEXT);
        let bytes: Vec<usize> = (0..=TEXT.len()).filter(|at| TEXT.is_char_boundary(*at)).collect();
        for pair in bytes.iter().flat_map(|a| bytes.iter().map(move |b| [*a, *b])).flatten() {
            let before = &TEXT[..pair];
            let line = before.rsplit('\n').next().unwrap();
            let expected = (before.matches('\n').count() as u64 + 1, line.chars().count() as u64 + 1);
            assert_eq!(finder.position(pair), expected, "{pair}");
        }
    }

    #[test]
    fn what_is_missing_points_at_what_lacks_it() {
        assert_eq!(at("/a/1/x", Aim::Value), (2, 11, "{"));
        assert_eq!(at("/nowhere/at/all", Aim::Value), (1, 1, "{"));
        assert_eq!(at("/a/7", Aim::Value), (2, 7, "["));
    }

    #[test]
    fn elements_are_cut_out_as_they_are_written() {
        assert_eq!(elements("[]"), Vec::<&str>::new());
        assert_eq!(elements(r#"[{"a":"],"},[1,2],null, "x\"" ]"#), [r#"{"a":"],"}"#, "[1,2]", "null", r#""x\"""#]);
        assert_eq!(member(r#"{"a":1,"rows":[{"b":"}"}],"z":2}"#, "rows"), Some(r#"[{"b":"}"}]"#));
        assert_eq!(member(r#"{"a":1}"#, "rows"), None);
    }

    #[test]
    fn names_are_those_of_a_whole_object() {
        let names = Names::of(br#" {"do":{"x":[1,"}"]}, "\u0061ctor" : null} "#);
        assert!(names.has("do") && names.has("actor") && !names.has("x"));
        for broken in [r#"{"do":1,"#, r#"{"do":1"#, r#"["do"]"#, r#"{"do":1} {"#, ""] {
            assert!(!Names::of(broken.as_bytes()).has("do"), "{broken}");
        }
    }

    #[test]
    fn nothing_is_too_deep_or_too_broken() {
        let deep = "[".repeat(200_000);
        assert_eq!(Finder::of(&deep).locate("/0/0", Aim::Value).start, 2);
        for end in (0..TEXT.len()).filter(|end| TEXT.is_char_boundary(*end)) {
            let _ = Finder::of(&TEXT[..end]).locate("/a/1/b", Aim::Value);
            let _ = elements(&TEXT[..end]);
        }
    }
}
