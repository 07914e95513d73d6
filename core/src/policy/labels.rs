//! Names for display: a county may call things by its own words. Labels never change what anything means.

use super::document::{Elsewhere, MAX_ENTRIES};
use crate::case::StateWord;
use crate::shape::{choices, record, write_string, Kind, Node, Reader, Schemas, Shape, Text};
use crate::vocab::{Category, Post, Tier, UnitKind};

record! {
    /// Words in Chinese and English.
    #[derive(Eq)]
    pub struct Wording {
        /// Chinese.
        zh: Text,
        /// English.
        en: Text,
    }
}

choices! {
    /// What can be labelled.
    pub enum LabelKind {
        /// Kinds of unit: `village`.
        Unit = "unit",
        /// Posts: `branch_secretary`.
        Post = "post",
        /// The three ledgers and their forms: `hardship`, `detail`.
        Ledger = "ledger",
        /// The states of a case: `planned`.
        State = "state",
    }
}

impl LabelKind {
    /// The words of this kind that a label can rename.
    pub fn words(self) -> Vec<&'static str> {
        match self {
            LabelKind::Unit => UnitKind::ALL.iter().map(|word| word.word()).collect(),
            LabelKind::Post => Post::ALL.iter().map(|word| word.word()).collect(),
            LabelKind::Ledger => {
                let ledgers = Category::ALL.iter().map(|word| word.word());
                ledgers.chain(Tier::ALL.iter().map(|word| word.word())).collect()
            }
            LabelKind::State => StateWord::ALL.iter().map(|word| word.word()).collect(),
        }
    }
}

record! {
    /// The four groups of labels; each is read by [`Labels::read`].
    struct Groups {
        /// Kinds of unit.
        unit: Option<Elsewhere>,
        /// Posts.
        post: Option<Elsewhere>,
        /// Ledgers.
        ledger: Option<Elsewhere>,
        /// States.
        state: Option<Elsewhere>,
    }
}

/// The labels of a policy: `{"post":{"branch_secretary":{"zh":"…","en":"…"}}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Sorted by kind and word.
    entries: Vec<((&'static str, &'static str), Wording)>,
}

impl Labels {
    /// The label of a word; `None` when the policy leaves it as it is.
    pub fn get(&self, kind: LabelKind, word: &str) -> Option<&Wording> {
        let at = self.entries.binary_search_by(|(key, _)| key.cmp(&(kind.word(), word))).ok()?;
        self.entries.get(at).map(|(_, label)| label)
    }

    /// Whether nothing is renamed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Puts the labels of a document over those of its parent.
    pub(super) fn read(&mut self, node: &Node<'_>, cx: &mut Reader) {
        Groups::read(node, cx);
        for kind in LabelKind::ALL {
            let Some(group) = node.get(kind.word()) else { continue };
            cx.under(kind.word(), |cx| self.read_group(*kind, group, cx));
        }
    }

    fn read_group(&mut self, kind: LabelKind, node: &Node<'_>, cx: &mut Reader) {
        let Node::Object(entries) = node else {
            return cx.note(Kind::Expected(Wording::EXPECTS.0, Wording::EXPECTS.1));
        };
        if entries.len() > MAX_ENTRIES {
            return cx.note(Kind::TooLong(MAX_ENTRIES as u64));
        }
        let words = kind.words();
        let mut seen = Vec::new();
        for (key, value) in entries {
            let Some(word) = words.iter().find(|word| *word == key) else {
                cx.unknown(key, words.iter().copied());
                continue;
            };
            if seen.contains(word) {
                cx.duplicate(key);
                continue;
            }
            seen.push(word);
            let Some(label) = cx.under(key, |cx| read_label(value, cx)) else { continue };
            let key = (kind.word(), *word);
            match self.entries.binary_search_by(|(known, _)| known.cmp(&key)) {
                Ok(at) => {
                    if let Some(entry) = self.entries.get_mut(at) {
                        entry.1 = label;
                    }
                }
                Err(at) => self.entries.insert(at, (key, label)),
            }
        }
    }

    /// Writes canonical JSON.
    pub(super) fn write(&self, out: &mut String) {
        out.push('{');
        let mut open: Option<&str> = None;
        for ((kind, word), label) in &self.entries {
            if open == Some(kind) {
                out.push(',');
            } else {
                if open.is_some() {
                    out.push_str("},");
                }
                write_string(kind, out);
                out.push_str(":{");
                open = Some(kind);
            }
            write_string(word, out);
            out.push(':');
            label.write(out);
        }
        out.push_str(if open.is_some() { "}}" } else { "}" });
    }

    /// The JSON Schema.
    pub(super) fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Labels", &mut |schemas| {
            let label = Wording::schema(schemas);
            let group = |kind: &LabelKind| {
                let words: Vec<_> = kind.words().into_iter().map(|word| (word, false, "", label.clone())).collect();
                (kind.word(), false, "", Schemas::object("", &words))
            };
            let groups: Vec<_> = LabelKind::ALL.iter().map(group).collect();
            Schemas::object("Names for display", &groups)
        })
    }
}

fn read_label(node: &Node<'_>, cx: &mut Reader) -> Option<Wording> {
    let label = Wording::read(node, cx)?;
    for (text, name) in [(&label.zh, "zh"), (&label.en, "en")] {
        if text.is_blank() {
            cx.under(name, |cx| cx.note(Kind::Impossible("blank", String::new())));
        }
    }
    (!label.zh.is_blank() && !label.en.is_blank()).then_some(label)
}
