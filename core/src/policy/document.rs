//! The document as it is written, and how it is folded over the documents that it extends.

use super::days::{self, Days};
use super::labels::{Labels, Wording};
use super::rules::{schema_of, RuleId, Rules};
use super::{preset_text, Policy};
use crate::calendar::{Date, UtcOffset};
use crate::codes::Code;
use crate::finding::{Finding, Param};
use crate::ids::AnyId;
use crate::limits::{parse_finding, DOCUMENT_POLICY};
use crate::shape::{nearest, parse, record, write_string, Kind, Node, Reader, Schemas, Shape, Text};

/// The most entries of any object or list in a rule or in the labels. The longest one that means something, the list
/// of posts, has 21; without a bound a hostile document would make as many findings as it has entries.
pub(super) const MAX_ENTRIES: usize = 256;

/// The most rules that are looked at.
const MAX_RULES: usize = 1_000;

/// The longest chain of `extends`.
const MAX_CHAIN: usize = 16;

/// A field that another reader takes: here only its name is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Elsewhere;

impl Shape for Elsewhere {
    const EXPECTS: (&'static str, &'static str) = ("对象", "an object");
    fn read(_: &Node<'_>, _: &mut Reader) -> Option<Self> {
        Some(Elsewhere)
    }
    fn write(&self, out: &mut String) {
        out.push_str("{}");
    }
    fn pack(&self, _: &mut Vec<u8>) {}
    fn unpack(_: &mut &[u8]) -> Option<Self> {
        Some(Elsewhere)
    }
    fn schema(_: &mut Schemas) -> String {
        "{}".into()
    }
}

record! {
    /// The fields of a policy document.
    pub(super) struct Head {
        /// The policy's id.
        id: AnyId,
        /// Its version, as the county counts them.
        version: Text,
        /// Its title.
        title: Wording,
        /// The first day on which it is in force.
        effective_from: Date,
        /// The policy whose rules it takes over: a preset, or one that the host knows.
        extends: Option<AnyId>,
        /// At which offset local days are taken; the parent's when left out.
        utc_offset: Option<UtcOffset>,
        /// Working days: `"cn"`, or a calendar of its own; the parent's when left out.
        calendar: Option<Elsewhere>,
        /// The rules by id; `null` switches one off.
        rules: Elsewhere,
        /// Names for display.
        labels: Option<Elsewhere>,
    }
}

/// A document folded over its parents, before it is judged.
#[derive(Default)]
pub(super) struct Draft {
    pub head: Option<Head>,
    pub offset: Option<UtcOffset>,
    pub days: Option<Days>,
    pub rules: Rules,
    /// The rules that are written `null`, in the method's order.
    pub off: Vec<RuleId>,
    /// The rules that could not be read, of which nothing more can be said.
    pub broken: Vec<RuleId>,
    /// A parent or a whole part is missing, so that absence proves nothing.
    pub incomplete: bool,
    pub labels: Labels,
}

/// Folds documents, looking their parents up.
pub(super) struct Folder<'l> {
    lookup: &'l dyn Fn(&str) -> Option<String>,
    /// The ids from the outermost document down.
    chain: Vec<String>,
    pub findings: Vec<Finding>,
}

impl<'l> Folder<'l> {
    pub fn new(lookup: &'l dyn Fn(&str) -> Option<String>) -> Self {
        Folder { lookup, chain: Vec::new(), findings: Vec::new() }
    }

    /// Reads and folds a text.
    pub fn fold_text(&mut self, text: &[u8]) -> Draft {
        match parse(text, DOCUMENT_POLICY) {
            Ok(node) => self.fold(&node),
            Err(error) => {
                self.findings.push(parse_finding(&error));
                Draft { incomplete: true, ..Draft::default() }
            }
        }
    }

    /// Folds a document.
    pub fn fold(&mut self, node: &Node<'_>) -> Draft {
        let mut cx = Reader::new();
        let Node::Object(entries) = node else {
            cx.expected::<Head, ()>();
            self.take(cx);
            return Draft { incomplete: true, ..Draft::default() };
        };
        if entries.len() > MAX_ENTRIES {
            cx.note(Kind::TooLong(MAX_ENTRIES as u64));
            self.take(cx);
            return Draft { incomplete: true, ..Draft::default() };
        }
        bound(node.get("title"), "title", &mut cx);
        let head = if cx.problems.is_empty() { Head::read(node, &mut cx) } else { None };
        if head.as_ref().is_some_and(|head| head.version.is_blank()) {
            cx.under("version", |cx| cx.note(Kind::Impossible("blank", String::new())));
        }
        self.take(cx);

        self.chain.push(node.get("id").and_then(Node::as_str).unwrap_or_default().to_owned());
        let mut draft = match node.get("extends").and_then(Node::as_str) {
            Some(parent) => self.parent(parent),
            None => Draft::default(),
        };
        self.chain.pop();

        self.own_offset_and_days(node, head.as_ref(), &mut draft);
        self.own_rules(node, &mut draft);
        if let Some(labels) = node.get("labels") {
            let mut cx = Reader::new();
            cx.under("labels", |cx| draft.labels.read(labels, cx));
            self.take(cx);
        }
        draft.head = head;
        draft
    }

    fn take(&mut self, cx: Reader) {
        for problem in &cx.problems {
            // A name outside the allow-list is more than a mistyped word.
            let shown = problem.path.starts_with("/rules/publish.masked/shown/");
            let finding = match &problem.kind {
                Kind::UnknownWord(name, _) if shown => Finding::plain(Code::PolicyStanding, problem.path.clone())
                    .with("reason", "not_on_allow_list")
                    .with("rule", RuleId::PublishMasked.word())
                    .with("name", name.clone()),
                _ => Finding::of_problem(Code::PolicyInvalid, problem),
            };
            self.findings.push(finding);
        }
    }

    /// The folded parent, or what stands for one that cannot be had.
    fn parent(&mut self, id: &str) -> Draft {
        let missing = Draft { incomplete: true, ..Draft::default() };
        let refuse = |reason: &'static str| {
            let id: String = id.chars().take(64).collect();
            Finding::plain(Code::PolicyExtends, "/extends").with("reason", reason).with("name", id)
        };
        if self.chain.iter().any(|known| known == id) {
            self.findings.push(refuse("cycle"));
            return missing;
        }
        if self.chain.len() >= MAX_CHAIN {
            self.findings.push(refuse("too_deep").with("limit", MAX_CHAIN as u64));
            return missing;
        }
        let text = match preset_text(id) {
            Some(text) => text.to_owned(),
            None => match (self.lookup)(id) {
                Some(text) => text,
                None => {
                    let finding = refuse("unknown");
                    self.findings.push(match nearest(id, Policy::PRESETS.iter().copied()) {
                        Some(near) => finding.with("nearest", near),
                        None => finding,
                    });
                    return missing;
                }
            },
        };
        let mark = self.findings.len();
        let draft = match parse(text.as_bytes(), DOCUMENT_POLICY) {
            Ok(node) => {
                if let Some(other) = node.get("id").and_then(Node::as_str).filter(|other| *other != id) {
                    let other: String = other.chars().take(64).collect();
                    self.findings.push(refuse("other_id").with("found", other));
                }
                self.fold(&node)
            }
            Err(error) => {
                self.findings.push(parse_finding(&error));
                missing
            }
        };
        // The innermost document stays named: it is the one to mend.
        for finding in self.findings.iter_mut().skip(mark) {
            if finding.param("document").is_none() {
                finding.params.push(("document", Param::Text(id.to_owned())));
            }
        }
        draft
    }

    fn own_offset_and_days(&mut self, node: &Node<'_>, head: Option<&Head>, draft: &mut Draft) {
        draft.offset = head.and_then(|head| head.utc_offset).or(draft.offset);
        let mut cx = Reader::new();
        // Without a head it is not known whether the offset was left out or only mistyped.
        if draft.offset.is_none() && head.is_some() && !draft.incomplete {
            cx.under("utc_offset", |cx| cx.note(Kind::Missing("utc_offset")));
        }
        match node.get("calendar") {
            Some(calendar) => draft.days = cx.under("calendar", |cx| days::read(calendar, cx)),
            None if draft.days.is_none() && !draft.incomplete => {
                cx.under("calendar", |cx| cx.note(Kind::Missing("calendar")));
            }
            None => {}
        }
        self.take(cx);
    }

    fn own_rules(&mut self, node: &Node<'_>, draft: &mut Draft) {
        let mut cx = Reader::new();
        let entries = match node.get("rules") {
            Some(Node::Object(entries)) if entries.len() <= MAX_RULES => entries,
            other => {
                draft.incomplete = true;
                cx.under("rules", |cx| match other {
                    Some(Node::Object(_)) => cx.note(Kind::TooLong(MAX_RULES as u64)),
                    Some(_) => cx.note(Kind::Expected(Elsewhere::EXPECTS.0, Elsewhere::EXPECTS.1)),
                    None => {} // the head has said that they are missing
                });
                return self.take(cx);
            }
        };
        let mut seen = Vec::new();
        for (key, value) in entries {
            let Some(id) = RuleId::from_word(key) else {
                self.unknown_rule(key);
                continue;
            };
            if seen.contains(&id) {
                cx.under("rules", |cx| cx.duplicate(key));
                continue;
            }
            seen.push(id);
            draft.off.retain(|off| *off != id);
            draft.broken.retain(|broken| *broken != id);
            if *value == Node::Null {
                draft.rules.switch_off(id);
                draft.off.push(id);
                continue;
            }
            let mark = cx.problems.len();
            cx.under("rules", |cx| {
                bound(Some(value), key, cx);
                if cx.problems.len() > mark || !cx.under(key, |cx| draft.rules.read(id, value, cx)) {
                    draft.rules.switch_off(id);
                    draft.broken.push(id);
                }
            });
        }
        draft.off.sort_unstable();
        self.take(cx);
    }

    fn unknown_rule(&mut self, key: &str) {
        let name: String = key.chars().take(64).collect();
        let token = name.replace('~', "~0").replace('/', "~1");
        let near = nearest(&name, RuleId::ALL.iter().map(|id| id.word()));
        let finding = Finding::plain(Code::PolicyUnknownRule, format!("/rules/{token}")).with("name", name);
        self.findings.push(match near {
            Some(near) => finding.with("nearest", near),
            None => finding,
        });
    }
}

/// Notes an object or list below `node` that has too many entries.
fn bound(node: Option<&Node<'_>>, key: &str, cx: &mut Reader) {
    let len = match node {
        Some(Node::Object(entries)) => entries.len(),
        Some(Node::List(items)) => items.len(),
        _ => return,
    };
    cx.under(key, |cx| match node {
        _ if len > MAX_ENTRIES => cx.note(Kind::TooLong(MAX_ENTRIES as u64)),
        Some(Node::Object(entries)) => entries.iter().for_each(|(key, value)| bound(Some(value), key, cx)),
        Some(Node::List(items)) => {
            for (index, item) in items.iter().enumerate() {
                bound(Some(item), &index.to_string(), cx);
            }
        }
        _ => {}
    });
}

/// The canonical JSON of a folded document: no `extends` is left, the calendar stands as written.
pub(super) fn write(head: &Head, offset: UtcOffset, days: &Days, draft: &Draft) -> String {
    let mut out = String::from("{\"calendar\":");
    out.push_str(&days.written);
    out.push_str(",\"effective_from\":");
    head.effective_from.write(&mut out);
    out.push_str(",\"id\":");
    head.id.write(&mut out);
    if !draft.labels.is_empty() {
        out.push_str(",\"labels\":");
        draft.labels.write(&mut out);
    }
    out.push_str(",\"rules\":{");
    let mut ids: Vec<RuleId> = RuleId::ALL.to_vec();
    ids.retain(|id| draft.rules.is_on(*id) || draft.off.contains(id));
    ids.sort_unstable_by_key(|id| id.word());
    for (index, id) in ids.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(id.word(), &mut out);
        out.push(':');
        draft.rules.write(id, &mut out);
    }
    out.push_str("},\"title\":");
    head.title.write(&mut out);
    out.push_str(",\"utc_offset\":");
    offset.write(&mut out);
    out.push_str(",\"version\":");
    head.version.write(&mut out);
    out.push('}');
    out
}

/// The JSON Schema of a policy document.
pub(super) fn schema(schemas: &mut Schemas) -> String {
    schemas.named("Policy", &mut |schemas| {
        let mut fields = schemas.fields(Head::SCHEMA);
        for (name, _, _, schema) in &mut fields {
            match *name {
                "calendar" => *schema = days::schema(schemas),
                "labels" => *schema = Labels::schema(schemas),
                "rules" => *schema = rules_schema(schemas),
                _ => {}
            }
        }
        Schemas::object("A policy: the rules as data", &fields)
    })
}

fn rules_schema(schemas: &mut Schemas) -> String {
    let rules: Vec<_> = RuleId::ALL
        .iter()
        .map(|id| {
            let schema = schema_of(*id, schemas);
            let schema = match RuleId::STANDING.contains(id) {
                true => schema,
                false => format!("{{\"anyOf\":[{schema},{{\"type\":\"null\"}}]}}"),
            };
            (id.word(), false, "", schema)
        })
        .collect();
    Schemas::object("The rules by id", &rules)
}
