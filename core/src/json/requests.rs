//! What the operations of the façade are asked with.

use crate::calendar::{Date, Instant, Period};
use crate::case::Case;
use crate::duty::{DutyState, Nullable};
use crate::engine::Engine;
use crate::ids::{AnyId, CaseId, PersonId, UnitId};
use crate::shape::{choices, record, write_string, AnyNode, Node, Reader, Schemas, Shape, Text};
use crate::vocab::Category;

choices! {
    /// What kind of document is to be checked.
    pub enum DocumentKind {
        /// A policy.
        Policy = "policy",
        /// A roster.
        Roster = "roster",
        /// Commands, one a line.
        Commands = "commands",
    }
}

record! { pub(super) struct Explain { op: Text, code: Text, policy: Option<AnyNode> } }
record! { pub(super) struct NameOf { op: Text, name: Text } }
record! { pub(super) struct Preset { op: Text, id: Text } }
record! { pub(super) struct VerifyText { op: Text, journal: Long, head: Option<Text>, count: Option<u64> } }
record! { pub(super) struct CheckText { op: Text, kind: DocumentKind, text: Long, policy: Option<AnyNode>, on: Option<Date> } }
record! { pub(super) struct DutiesOf { op: Text, from: Date, to: Date, as_of: Option<Moment>, rule: Option<Text>, state: Option<DutyState>, subject: Option<AnyId>, viewer: Option<Text> } }
record! { pub(super) struct VisitDutiesOf { op: Text, from: Date, to: Date, as_of: Moment, rule: Option<Text>, state: Option<DutyState>, subject: Option<AnyId> } }
record! { pub(super) struct LedgerOf { op: Text, unit: UnitId, category: Option<Category>, as_of: Option<Moment>, viewer: Option<Text> } }
record! { pub(super) struct CaseOf { op: Text, case: CaseId, as_of: Option<Moment>, viewer: Option<Text> } }
record! { pub(super) struct ActionsOf { op: Text, case: CaseId, actor: PersonId, at: Instant } }
record! { pub(super) struct AgendaOf { op: Text, person: PersonId, at: Option<Moment>, viewer: Option<Text> } }
record! { pub(super) struct PublicationOf { op: Text, unit: UnitId, period: Period } }
record! { pub(super) struct RatesOf { op: Text, from: Date, to: Date, unit: Option<UnitId>, viewer: Option<Text> } }
record! { pub(super) struct RangeOf { op: Text, from: Date, to: Date } }
record! { pub(super) struct MyCaseOf { op: Text, query_code: Text, secret: Text, at: Option<Moment> } }
record! { pub(super) struct DocumentAt { op: Text, at: Option<Moment> } }
record! { pub(super) struct JournalFrom { op: Text, from: Option<u64> } }
record! { pub(super) struct Lines { op: Text, lines: Long } }
record! { pub(super) struct One { op: Text, command: AnyNode } }
record! { pub(super) struct EngineApply { op: Text, case: Nullable<Case>, command: AnyNode } }
record! { pub(super) struct EngineActions { op: Text, case: Case, actor: PersonId, at: Instant } }
record! { pub(super) struct EngineDuties { op: Text, case: Case, at: Instant } }
record! { pub(super) struct Plainly { op: Text } }

/// Text of any length: a whole journal, a block of lines.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Long(pub String);

impl Shape for Long {
    const EXPECTS: (&'static str, &'static str) = ("文字", "text");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        match node {
            Node::Text(text) => Some(Long(text.to_string())),
            _ => cx.expected::<Self, _>(),
        }
    }
    fn write(&self, out: &mut String) {
        write_string(&self.0, out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        crate::shape::put_bytes(self.0.as_bytes(), out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(Long(std::str::from_utf8(crate::shape::get_bytes(input)?).ok()?.to_owned()))
    }
    fn schema(_: &mut Schemas) -> String {
        "{\"type\":\"string\"}".into()
    }
}

/// A moment to look at: an instant, or a date, which means its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Moment {
    At(Instant),
    EndOf(Date),
}

impl Moment {
    pub fn instant(self, engine: &Engine) -> Instant {
        match self {
            Moment::At(at) => at,
            Moment::EndOf(day) => Instant::end_of_day(day, engine.policy_on(day).offset),
        }
    }
}

impl Shape for Moment {
    const EXPECTS: (&'static str, &'static str) =
        ("时刻,或日期(指该日终了)", "an instant, or a date, which means its end");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        match node.as_str() {
            Some(text) if text.len() == 10 => Date::read(node, cx).map(Moment::EndOf),
            _ => Instant::read(node, cx).map(Moment::At),
        }
    }
    fn write(&self, out: &mut String) {
        match self {
            Moment::At(at) => at.write(out),
            Moment::EndOf(day) => day.write(out),
        }
    }
    fn pack(&self, out: &mut Vec<u8>) {
        crate::shape::put_text(self, out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        crate::shape::get_text(input)
    }
    fn schema(schemas: &mut Schemas) -> String {
        format!("{{\"anyOf\":[{},{}]}}", Instant::schema(schemas), Date::schema(schemas))
    }
}
