//! A command as a whole: its envelope, its reading, its canonical form.

use crate::calendar::Instant;
use crate::ids::{CaseId, CommandId, PersonId};
use crate::shape::{pair, record, write_merged, Fields, Kind, Node, Reader, Rest, Schemas, Shape, Text};

use super::{Command, Decision, Do};

/// The fields that every command has; the rest depends on what it does.
const ENVELOPE: [&str; 5] = ["id", "at", "typed_at", "actor", "do"];

record! {
    /// The envelope of a command.
    pub(crate) struct Envelope {
        /// 命令的编号 · The command's own id.
        id: CommandId,
        /// 到账时刻 · When the command reached the book, by the host's trusted clock.
        at: Instant,
        /// 设备时刻 · When a device says it was typed; kept, and decides nothing.
        typed_at: Option<Instant>,
        /// 操作人 · Who does it.
        actor: PersonId,
    }
}

/// 64 lower-case hex digits of an SM3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sm3Hex(pub [u8; 32]);

impl Shape for Sm3Hex {
    const EXPECTS: (&'static str, &'static str) = ("64 位小写十六进制的 SM3", "an SM3 in 64 lower-case hex digits");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let found = node.as_str().and_then(crate::chain::from_hex);
        if found.is_none() {
            return cx.expected::<Self, _>();
        }
        found.map(Sm3Hex)
    }
    fn write(&self, out: &mut String) {
        out.push('"');
        crate::chain::push_hex(&self.0, out);
        out.push('"');
    }
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        crate::shape::take(input, 32)?.try_into().ok().map(Sm3Hex)
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Sm3", &mut |_| "{\"pattern\":\"^[0-9a-f]{64}$\",\"type\":\"string\"}".into())
    }
}

impl Do {
    /// The names of one decision's fields.
    pub(crate) fn decision_names() -> &'static [&'static str] {
        Decision::NAMES
    }
}

impl Command {
    /// Reads a command from one JSON text.
    ///
    /// # Errors
    /// The findings that say what is wrong with the shape, each with its path.
    pub fn read(text: &[u8]) -> Result<Command, Vec<crate::Finding>> {
        let node = crate::shape::parse(text, crate::limits::DOCUMENT_COMMAND).map_err(|error| vec![crate::limits::parse_finding(&error)])?;
        let mut cx = Reader::new();
        Self::from_node(&node, &mut cx).ok_or_else(|| crate::limits::command_findings(&cx))
    }

    /// Reads a command from a parsed value, noting every mistake.
    pub fn from_node(node: &Node<'_>, cx: &mut Reader) -> Option<Command> {
        let Node::Object(entries) = node else {
            return cx.expected::<Do, _>();
        };
        let envelope = Envelope::read_entries(entries, Rest::Left, cx);
        let mut words = entries.iter().filter(|(key, _)| key == "do");
        let todo = match words.next() {
            Some((_, Node::Text(word))) => Do::read_variant(word, entries, &ENVELOPE, cx),
            Some(_) => cx.under("do", |cx| cx.expected::<Text, _>()),
            None => cx.under("do", |cx| {
                cx.note(Kind::Missing("do"));
                None
            }),
        };
        if words.next().is_some() {
            cx.duplicate("do");
            return None;
        }
        if let Some(Do::HoldMeeting(meeting)) = &todo {
            if meeting.decisions.len() > crate::limits::DECISIONS {
                cx.under("decisions", |cx| cx.note(Kind::TooLong(crate::limits::DECISIONS as u64)));
                return None;
            }
        }
        let (envelope, todo) = (envelope?, todo?);
        Some(Command { id: envelope.id, at: envelope.at, typed_at: envelope.typed_at, actor: envelope.actor, todo })
    }

    /// Whether `other` says the same thing: all fields but `at` and `typed_at`.
    pub fn same_content(&self, other: &Command) -> bool {
        self.id == other.id && self.actor == other.actor && self.todo == other.todo
    }

    /// Writes the canonical command without `at` and `typed_at`: what `digest` is taken over.
    pub fn write_content(&self, out: &mut String) {
        let id = pair!("id", |out: &mut String| self.id.write(out));
        let actor = pair!("actor", |out: &mut String| self.actor.write(out));
        let todo = pair!("do", |out: &mut String| crate::shape::write_string(self.todo.word(), out));
        write_merged(&[&actor, &todo, &id, self.todo.fields()], out);
    }

    /// The one case that the command names, when it names one.
    pub fn case(&self) -> Option<&CaseId> {
        Some(match &self.todo {
            Do::NoteNeed(c) => &c.case,
            Do::SolveOnTheSpot(c) => &c.case,
            Do::RegisterCard(c) => &c.case,
            Do::ReportUp(c) => &c.case,
            Do::ReturnCase(c) => &c.case,
            Do::LogProgress(c) => &c.case,
            Do::RequestExtension(c) => &c.case,
            Do::DecideExtension(c) => &c.case,
            Do::Settle(c) => &c.case,
            Do::ReviewSettlement(c) => &c.case,
            Do::Object(c) => &c.case,
            Do::AskHousehold(c) => &c.case,
            Do::Rate(c) => &c.case,
            Do::Replan(c) => &c.case,
            Do::Close(c) => &c.case,
            Do::Reopen(c) => &c.case,
            Do::Merge(c) => &c.case,
            Do::Withdraw(c) => &c.case,
            _ => return None,
        })
    }

    /// The cases that the command names, one or many.
    #[cfg(feature = "analyse")]
    pub(crate) fn touched(&self) -> Vec<&CaseId> {
        match &self.todo {
            Do::HoldMeeting(c) => c.decisions.iter().map(|decision| &decision.case).collect(),
            Do::Publish(c) => c.items.iter().flatten().map(|item| &item.case).collect(),
            _ => self.case().into_iter().collect(),
        }
    }
}

impl Shape for Command {
    const EXPECTS: (&'static str, &'static str) = ("命令对象", "a command object");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        Self::from_node(node, cx)
    }
    fn write(&self, out: &mut String) {
        let envelope = Envelope {
            id: self.id.clone(),
            at: self.at,
            typed_at: self.typed_at,
            actor: self.actor.clone(),
        };
        let todo = pair!("do", |out: &mut String| crate::shape::write_string(self.todo.word(), out));
        write_merged(&[&envelope as &dyn Fields, &todo, self.todo.fields()], out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        // The id stands first, so that a book can look it up without unpacking the rest.
        self.id.pack(out);
        self.at.pack(out);
        self.typed_at.pack(out);
        self.actor.pack(out);
        self.todo.pack(out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(Command {
            id: Shape::unpack(input)?,
            at: Shape::unpack(input)?,
            typed_at: Shape::unpack(input)?,
            actor: Shape::unpack(input)?,
            todo: Shape::unpack(input)?,
        })
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Command", &mut |schemas| {
            let envelope = schemas.fields(Envelope::SCHEMA);
            Do::schema_beside(&envelope, schemas)
        })
    }
}
