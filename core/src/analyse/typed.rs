//! What a scenario's author types: times without an offset, commands without an id, names for documents.

use crate::calendar::{Date, Instant, UtcOffset};
use crate::codes::Code;
use crate::command::{Command, Do, Envelope};
use crate::finding::Finding;
use crate::policy::{Policy, RuleId};
use crate::roster::RosterRows;
use crate::shape::{nearest, parse, write_string, AnyNode, Kind, Node, Reader, Schemas, Shape, Text};

/// A rule's id or a finding's code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(&'static str);

impl Name {
    /// The rule's id or code in `word`, when it is one.
    pub fn new(word: &str) -> Option<Name> {
        Code::from_word(word).map(Code::word).or_else(|| RuleId::from_word(word).map(RuleId::word)).map(Name)
    }

    /// The word.
    pub fn word(&self) -> &'static str {
        self.0
    }

    /// Whether a finding is of this code, or rests on this rule.
    pub fn names(&self, finding: &Finding) -> bool {
        finding.code.word() == self.0 || finding.ground.as_ref().is_some_and(|ground| ground.rule.word() == self.0)
    }

    fn all() -> impl Iterator<Item = &'static str> {
        let codes = Code::ALL.iter().map(|code| code.word());
        codes.chain(RuleId::ALL.iter().map(|rule| rule.word()).filter(|word| Code::from_word(word).is_none()))
    }
}

impl Shape for Name {
    const EXPECTS: (&'static str, &'static str) = ("规则编号或代码", "a rule's id or a code");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Text(text) = node else { return cx.expected::<Self, _>() };
        let found = Name::new(text);
        if found.is_none() {
            let near = nearest(text, Name::all()).map(str::to_owned);
            cx.note(Kind::UnknownWord(text.chars().take(64).collect(), near));
        }
        found
    }
    fn write(&self, out: &mut String) {
        write_string(self.0, out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        crate::shape::put_bytes(self.0.as_bytes(), out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Name::new(std::str::from_utf8(crate::shape::get_bytes(input)?).ok()?)
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Name", &mut |_| {
            let words: Vec<String> = Name::all().map(|word| format!("\"{word}\"")).collect();
            format!("{{\"enum\":[{}]}}", words.join(","))
        })
    }
}

/// A moment to look at: a day, which means its end, or an instant, with or without its offset.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// The end of a day.
    EndOf(Date),
    /// An instant; without an offset, the policy's is taken.
    At(Text),
}

impl When {
    /// The instant, where local days are taken at `offset`.
    pub fn instant(&self, offset: UtcOffset) -> Instant {
        match self {
            When::EndOf(day) => Instant::end_of_day(*day, offset),
            When::At(text) => Instant::parse(&with_offset(text, offset)).unwrap_or(Instant::from_local(Date::from_days(0), 0, offset)),
        }
    }
}

impl Shape for When {
    const EXPECTS: (&'static str, &'static str) =
        ("日期(指该日终了)或时刻,如 2014-03-03 09:00", "a date, which means its end, or a moment such as 2014-03-03 09:00");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Text(text) = node else { return cx.expected::<Self, _>() };
        if text.len() <= 10 {
            return Date::read(node, cx).map(When::EndOf);
        }
        Instant::read(&Node::Text(with_offset(text, UtcOffset::CHINA).into()), cx)?;
        Some(When::At(Text::clipped(text)))
    }
    fn write(&self, out: &mut String) {
        match self {
            When::EndOf(day) => day.write(out),
            When::At(text) => text.write(out),
        }
    }
    fn pack(&self, out: &mut Vec<u8>) {
        crate::shape::put_text(self, out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        crate::shape::get_text(input)
    }
    fn schema(schemas: &mut Schemas) -> String {
        let moment = moment_schema(schemas);
        format!("{{\"anyOf\":[{},{moment}]}}", Date::schema(schemas))
    }
}

/// An instant, or a local time of day that takes the policy's offset.
fn moment_schema(schemas: &mut Schemas) -> String {
    let instant = Instant::schema(schemas);
    let local = schemas.named("LocalTime", &mut |_| {
        "{\"pattern\":\"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?$\",\"type\":\"string\"}".into()
    });
    format!("{{\"anyOf\":[{instant},{local}]}}")
}

/// `2014-03-03 09:00` as an instant at an offset; any other text as it is.
fn with_offset(text: &str, offset: UtcOffset) -> String {
    let bytes = text.as_bytes();
    let local = bytes.is_ascii() && matches!(bytes.get(10), Some(b' ' | b'T')) && matches!(bytes.len(), 16 | 19);
    match text.split_at_checked(10) {
        Some((day, rest)) if local => {
            let time = rest.get(1..).unwrap_or_default();
            let seconds = if time.len() == 5 { ":00" } else { "" };
            format!("{day}T{time}{seconds}{offset}")
        }
        _ => text.to_owned(),
    }
}

/// A command as a clerk types it: its `id` may be left out, and a moment may lack its offset.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed(Node<'static>);

/// The fields of a command that hold a moment.
const MOMENTS: [&str; 3] = ["at", "typed_at", "on"];

impl Typed {
    /// The command, with `id` where it has none of its own and moments without an offset taken at
    /// `offset`.
    pub fn command(&self, id: &str, offset: UtcOffset) -> Option<Command> {
        Command::from_node(&completed(&self.0, id, offset), &mut Reader::new())
    }

    /// A command as it would be typed.
    pub fn of(command: &Command) -> Typed {
        let text = crate::shape::canonical(command);
        Typed(parse(text.as_bytes(), text.len()).map_or(Node::Null, Node::into_owned))
    }

    /// The JSON as it was typed.
    pub fn node(&self) -> &Node<'static> {
        &self.0
    }
}

fn completed(node: &Node<'static>, id: &str, offset: UtcOffset) -> Node<'static> {
    let mut node = node.clone();
    if let Node::Object(entries) = &mut node {
        for (key, value) in entries.iter_mut() {
            if let (true, Node::Text(text)) = (MOMENTS.contains(&key.as_ref()), &*value) {
                *value = Node::Text(with_offset(text, offset).into());
            }
        }
        if !entries.iter().any(|(key, _)| key == "id") {
            entries.push(("id".into(), Node::Text(id.to_owned().into())));
        }
    }
    node
}

impl Shape for Typed {
    const EXPECTS: (&'static str, &'static str) = ("操作", "a command");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let typed = AnyNode::read(node, cx)?.0;
        Command::from_node(&completed(&typed, "typed", UtcOffset::CHINA), cx)?;
        Some(Typed(typed))
    }
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        AnyNode(self.0.clone()).pack(out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        AnyNode::unpack(input).map(|node| Typed(node.0))
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Typed", &mut |schemas| {
            let moment = moment_schema(schemas);
            let mut fields = schemas.fields(Envelope::SCHEMA);
            for field in &mut fields {
                field.1 = field.1 && field.0 != "id";
                if MOMENTS.contains(&field.0) {
                    field.3.clone_from(&moment);
                }
            }
            Do::schema_beside(&fields, schemas)
        })
    }
}

/// Declares what may be a file's name or the thing itself.
macro_rules! named_or_written {
    ($($(#[$meta:meta])* $Name:ident, $Written:ty, $schema:expr, $zh:literal, $en:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $Name {
            /// By a name.
            Named(Text),
            /// Written out.
            Written($Written),
        }

        impl Shape for $Name {
            const EXPECTS: (&'static str, &'static str) = ($zh, $en);
            fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
                match node {
                    Node::Text(_) => Text::read(node, cx).map($Name::Named),
                    Node::Object(_) => <$Written>::read(node, cx).map($Name::Written),
                    _ => cx.expected::<Self, _>(),
                }
            }
            fn write(&self, out: &mut String) {
                match self {
                    $Name::Named(name) => name.write(out),
                    $Name::Written(written) => written.write(out),
                }
            }
            fn pack(&self, out: &mut Vec<u8>) {
                crate::shape::put_text(self, out);
            }
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                crate::shape::get_text(input)
            }
            fn schema(schemas: &mut Schemas) -> String {
                let make: fn(&mut Schemas) -> String = $schema;
                format!("{{\"anyOf\":[{},{}]}}", Text::schema(schemas), make(schemas))
            }
        }
    )*};
}

named_or_written! {
    /// A policy: a preset's name, a file's name, or the document.
    GivenPolicy, AnyNode, Policy::schema, "预置规则名、文件名或规则文件", "a preset's name, a file's name or a policy";
    /// A roster: a file's name, or the document.
    GivenRoster, AnyNode, RosterRows::schema, "文件名或名册", "a file's name or a roster";
    /// Earlier commands: a file's name, or one command.
    Earlier, Typed, Typed::schema, "文件名或操作", "a file's name or a command";
}
