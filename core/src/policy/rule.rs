//! What every rule has in common: how strongly it binds and what it rests on.

use std::ops::Deref;

use smol_str::SmolStr;

use crate::shape::{
    choices, frame, get_bytes, pair, put_bytes, record, write_merged, Entry, Fields, Kind, Node, Pair, Reader, Rest, Schemas, Shape, Text, WrittenField,
};
use crate::vocab::Modality;

choices! {
    /// On which kind of ground a rule stands.
    pub enum SourceKind {
        /// The handbook says it.
        Text = "text",
        /// A statute in force says it.
        Law = "law",
        /// The handbook is silent or lost: a default, and a county may set its own.
        Assumed = "assumed",
    }
}

/// What a rule rests on. Every verdict shows it, so that nobody takes a default for the handbook's word.
///
/// ```
/// use wuzhang::policy::Source;
/// let source = Source::Text("二(一)1".into());
/// assert!(!source.is_assumed());
/// assert_eq!(source.words(), "二(一)1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The handbook, with the article: `{"kind":"text","article":"二(一)1"}`.
    Text(SmolStr),
    /// A statute, with its name and article: `{"kind":"law","article":"…"}`.
    Law(SmolStr),
    /// An assumption, with its grounding in words: `{"kind":"assumed","grounding":"…"}`.
    Assumed(SmolStr),
}

choices! {
    /// The kinds of source that cite an article.
    enum Cited {
        /// The handbook.
        Text = "text",
        /// A statute.
        Law = "law",
    }
}

choices! {
    /// The kind of source that has a grounding instead.
    enum Supposed {
        /// An assumption.
        Assumed = "assumed",
    }
}

record! {
    /// A source that cites an article.
    struct Article {
        /// The handbook or a statute.
        kind: Cited,
        /// The article.
        article: Text,
    }
}

record! {
    /// A source that gives its grounding.
    struct Grounding {
        /// An assumption.
        kind: Supposed,
        /// The neighbouring rule or practice that it follows.
        grounding: Text,
    }
}

impl Source {
    /// Which kind of ground it is.
    pub fn kind(&self) -> SourceKind {
        match self {
            Source::Text(_) => SourceKind::Text,
            Source::Law(_) => SourceKind::Law,
            Source::Assumed(_) => SourceKind::Assumed,
        }
    }

    /// The article, or the grounding.
    pub fn words(&self) -> &str {
        match self {
            Source::Text(words) | Source::Law(words) | Source::Assumed(words) => words,
        }
    }

    /// Whether the rule is a default and not the handbook's or a statute's word.
    pub fn is_assumed(&self) -> bool {
        matches!(self, Source::Assumed(_))
    }
}

/// The words of a source; a source that names nothing is none.
fn named(words: &Text, field: &'static str, cx: &mut Reader) -> Option<SmolStr> {
    if words.is_blank() {
        cx.under(field, |cx| cx.note(Kind::Impossible("blank", String::new())));
        return None;
    }
    Some(SmolStr::new(words.as_str()))
}

impl Shape for Source {
    const EXPECTS: (&'static str, &'static str) = ("依据对象", "a source");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Object(_) = node else { return cx.expected::<Self, _>() };
        match cx.field::<SourceKind>(node.get("kind"), "kind")? {
            SourceKind::Assumed => {
                let source = Grounding::read(node, cx)?;
                named(&source.grounding, "grounding", cx).map(Source::Assumed)
            }
            kind => {
                let source = Article::read(node, cx)?;
                let article = named(&source.article, "article", cx)?;
                Some(if kind == SourceKind::Law { Source::Law(article) } else { Source::Text(article) })
            }
        }
    }
    fn write(&self, out: &mut String) {
        let frame = if self.is_assumed() { frame!("grounding") } else { frame!("article") };
        let words = Pair(frame, |out: &mut String| crate::shape::write_string(self.words(), out));
        let kind = pair!("kind", |out: &mut String| self.kind().write(out));
        write_merged(&[&words, &kind], out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        self.kind().pack(out);
        put_bytes(self.words().as_bytes(), out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let kind = SourceKind::unpack(input)?;
        let words = SmolStr::new(std::str::from_utf8(get_bytes(input)?).ok()?);
        Some(match kind {
            SourceKind::Text => Source::Text(words),
            SourceKind::Law => Source::Law(words),
            SourceKind::Assumed => Source::Assumed(words),
        })
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Source", &mut |schemas| {
            let variants = [Article::schema(schemas), Grounding::schema(schemas)];
            format!("{{\"oneOf\":[{}]}}", variants.join(","))
        })
    }
}

record! {
    /// The two fields that stand in every rule.
    struct Header {
        /// How strongly the rule binds.
        modality: Modality,
        /// What it rests on.
        source: Source,
    }
}

/// A rule as a policy has it; its parameters are reached through it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule<P> {
    /// How strongly it binds.
    pub modality: Modality,
    /// What it rests on.
    pub source: Source,
    /// Its numbers, periods, roles and choices.
    pub params: P,
}

impl<P> Deref for Rule<P> {
    type Target = P;
    fn deref(&self) -> &P {
        &self.params
    }
}

impl<P> Rule<P> {
    /// Whether breaking it is an error or a missed duty, and not only a warning.
    pub fn is_must(&self) -> bool {
        self.modality == Modality::Must
    }

    /// Reads a rule: the header's fields, and the parameters' by `params`, whose names are `names`.
    // A function for each kind of parameters, and not for each rule.
    #[inline(never)]
    pub(super) fn read(node: &Node<'_>, names: &'static [&'static str], params: ReadParams<P>, cx: &mut Reader) -> Option<Self> {
        let mark = cx.problems.len();
        let (entries, header) = read_header(node, names, cx)?;
        let params = params(entries, Rest::Left, cx);
        if cx.problems.len() > mark {
            return None;
        }
        let Header { modality, source } = header?;
        Some(Rule { modality, source, params: params? })
    }
}

/// Reads the parameters of a rule out of its members.
type ReadParams<P> = fn(&[Entry<'_>], Rest<'_>, &mut Reader) -> Option<P>;

/// Reads the fields that stand in every rule, and looks for names that are neither theirs nor among `names`.
fn read_header<'n, 'j>(
    node: &'n Node<'j>,
    names: &'static [&'static str],
    cx: &mut Reader,
) -> Option<(&'n [Entry<'j>], Option<Header>)> {
    let Node::Object(entries) = node else { return cx.expected::<Source, _>() };
    // Both readers look past what is not theirs, so that the nearest name is sought among all names at once.
    for (key, _) in entries {
        if !Header::NAMES.contains(&key.as_ref()) && !names.contains(&key.as_ref()) {
            cx.unknown(key, Header::NAMES.iter().chain(names).copied());
        }
    }
    Some((entries, Header::read_entries(entries, Rest::Left, cx)))
}

impl<P: Fields> Rule<P> {
    /// Writes the rule in canonical JSON.
    pub(super) fn write(&self, out: &mut String) {
        let modality = pair!("modality", |out: &mut String| self.modality.write(out));
        let source = pair!("source", |out: &mut String| self.source.write(out));
        write_merged(&[&modality, &source, &self.params], out);
    }
}

/// The JSON Schema of a rule with these parameters, under the rule's own name.
pub(super) fn rule_schema(
    description: &str,
    params: Vec<WrittenField>,
    schemas: &mut Schemas,
) -> String {
    let mut fields = schemas.fields(Header::SCHEMA);
    fields.extend(params);
    Schemas::object(description, &fields)
}
