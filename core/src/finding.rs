//! Findings: a violation or a warning, with its rule, source, place and words in two languages.

use crate::codes::Code;
use crate::messages;
use crate::policy::{RuleId, Source};
use crate::shape::{choices, pair, write_merged, write_string, Kind, Problem, Shape};
use crate::vocab::Modality;

choices! {
    /// How grave a finding is.
    pub enum Severity {
        /// The command or document is refused.
        Error = "error",
        /// Accepted, and worth a look.
        Warning = "warning",
        /// Material for a call-back sample; nothing is wrong by itself.
        Advice = "advice",
    }
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// Text, the same in both languages.
    Text(String),
    /// A number.
    Whole(u64),
    /// Words in Chinese and English, for the message only.
    Words(String, String),
    /// Several ids.
    List(Vec<String>),
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        Param::Text(text.to_owned())
    }
}

impl From<String> for Param {
    fn from(text: String) -> Self {
        Param::Text(text)
    }
}

impl From<u64> for Param {
    fn from(value: u64) -> Self {
        Param::Whole(value)
    }
}

impl From<Vec<String>> for Param {
    fn from(list: Vec<String>) -> Self {
        Param::List(list)
    }
}

/// The rule that a finding rests on, as the policy of the day has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// The rule.
    pub rule: RuleId,
    /// How strongly it binds.
    pub modality: Modality,
    /// What it rests on.
    pub source: Source,
}

/// A violation or warning.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The stable code.
    pub code: Code,
    /// Error, warning or advice.
    pub severity: Severity,
    /// The rule, where there is one.
    pub ground: Option<Ground>,
    /// JSON Pointer to the place, empty for the whole.
    pub path: String,
    /// Parameters by name, in sorted order when written; `reason` chooses among a code's messages.
    pub params: Vec<(&'static str, Param)>,
}

impl Finding {
    /// A finding of no rule.
    pub fn plain(code: Code, path: impl Into<String>) -> Self {
        Finding { code, severity: Severity::Error, ground: None, path: path.into(), params: Vec::new() }
    }

    /// The same with a parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Param>) -> Self {
        self.params.push((name, value.into()));
        self
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// A finding about the shape of a document, under the code of its kind.
    pub fn of_problem(code: Code, problem: &Problem) -> Self {
        let finding = Finding::plain(code, problem.path.clone()).with("reason", problem.kind.name());
        match &problem.kind {
            Kind::Expected(zh, en) => {
                finding.with("expected", Param::Words((*zh).to_owned(), (*en).to_owned()))
            }
            Kind::Missing(name) => finding.with("name", *name),
            Kind::UnknownField(name, near) | Kind::UnknownWord(name, near) => {
                let finding = finding.with("name", name.clone());
                match near {
                    Some(near) => finding.with("nearest", near.clone()),
                    None => finding,
                }
            }
            Kind::Duplicate(name) => finding.with("name", name.clone()),
            Kind::Impossible(_, value) => finding.with("value", value.clone()),
            Kind::TooLong(limit) => finding.with("limit", *limit),
        }
    }

    /// The value of a text parameter.
    pub fn param(&self, name: &str) -> Option<&Param> {
        self.params.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The reason within the code, where the code has several.
    pub fn reason(&self) -> &str {
        match self.param("reason") {
            Some(Param::Text(reason)) => reason,
            _ => "",
        }
    }

    /// The message: Chinese and English.
    pub fn message(&self) -> (String, String) {
        let (zh, en) = messages::template(self.code, self.reason());
        (self.fill(zh, true), self.fill(en, false))
    }

    /// Puts the parameters in the places of a template. `{name}` stands for a parameter,
    /// `{name?before|after}` for one that may be missing, with what goes around it.
    fn fill(&self, template: &str, zh: bool) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, tail)) = rest.split_once('{') {
            out.push_str(before);
            let Some((slot, after)) = tail.split_once('}') else { break };
            rest = after;
            let (name, around) = match slot.split_once('?') {
                Some((name, around)) => (name, around.split_once('|')),
                None => (slot, Some(("", ""))),
            };
            if let (Some(value), Some((left, right))) = (self.param(name), around) {
                out.push_str(left);
                match value {
                    // A clerk reads 已定方案 and not "planned"; the parameters keep the stable words.
                    Param::Text(text) => match messages::spoken(self.code, name, text) {
                        Some((chinese, english)) => out.push_str(if zh { &chinese } else { &english }),
                        None => out.push_str(text),
                    },
                    Param::Whole(number) => out.push_str(&number.to_string()),
                    Param::Words(chinese, english) => out.push_str(if zh { chinese } else { english }),
                    Param::List(items) => {
                        let shown: Vec<&str> = items.iter().take(12).map(String::as_str).collect();
                        out.push_str(&shown.join(if zh { "、" } else { ", " }));
                        if items.len() > shown.len() {
                            out.push_str(" …");
                        }
                    }
                }
                out.push_str(right);
            }
        }
        out.push_str(rest);
        out
    }

    /// Writes the finding in canonical JSON.
    pub fn write(&self, out: &mut String) {
        let code = pair!("code", |out: &mut String| self.code.write(out));
        let message = pair!("message", |out: &mut String| {
            let (zh, en) = self.message();
            out.push_str("{\"en\":");
            write_string(&en, out);
            out.push_str(",\"zh\":");
            write_string(&zh, out);
            out.push('}');
        });
        let params = pair!("params", |out: &mut String| self.write_params(out));
        let path = pair!("path", |out: &mut String| write_string(&self.path, out));
        let severity = pair!("severity", |out: &mut String| self.severity.write(out));
        match &self.ground {
            None => write_merged(&[&code, &message, &params, &path, &severity], out),
            Some(ground) => {
                let modality = pair!("modality", |out: &mut String| ground.modality.write(out));
                let rule = pair!("rule", |out: &mut String| ground.rule.write(out));
                let source = pair!("source", |out: &mut String| ground.source.write(out));
                write_merged(&[&code, &message, &params, &path, &severity, &modality, &rule, &source], out);
            }
        }
    }

    fn write_params(&self, out: &mut String) {
        let mut sorted: Vec<_> = self.params.iter().collect();
        sorted.sort_by_key(|(name, _)| *name);
        out.push('{');
        let mut first = true;
        for (name, value) in sorted {
            if !first {
                out.push(',');
            }
            first = false;
            write_string(name, out);
            out.push(':');
            match value {
                Param::Text(text) => write_string(text, out),
                Param::Whole(number) => out.push_str(&number.to_string()),
                Param::Words(zh, en) => {
                    out.push_str("{\"en\":");
                    write_string(en, out);
                    out.push_str(",\"zh\":");
                    write_string(zh, out);
                    out.push('}');
                }
                Param::List(items) => {
                    out.push('[');
                    for (index, item) in items.iter().enumerate() {
                        if index > 0 {
                            out.push(',');
                        }
                        write_string(item, out);
                    }
                    out.push(']');
                }
            }
        }
        out.push('}');
    }
}

/// The JSON Schema of a finding.
pub(crate) fn schema(schemas: &mut crate::shape::Schemas) -> String {
    schemas.named("Finding", &mut |schemas| {
        let text = || "{\"type\":\"string\"}".to_owned();
        let both = crate::shape::Schemas::object("", &[("zh", true, "中文", text()), ("en", true, "English", text())]);
        crate::shape::Schemas::object(
            "",
            &[
                ("code", true, "代码 · The stable code.", Code::schema(schemas)),
                ("severity", true, "程度 · How grave.", Severity::schema(schemas)),
                ("rule", false, "规则 · The rule.", RuleId::schema(schemas)),
                ("modality", false, "约束力 · How strongly it binds.", Modality::schema(schemas)),
                ("source", false, "依据 · What it rests on.", Source::schema(schemas)),
                ("path", true, "位置 · JSON Pointer to the place.", text()),
                ("message", true, "说明 · In both languages.", both),
                ("params", true, "参数 · The parameters.", "{\"type\":\"object\"}".to_owned()),
            ],
        )
    })
}
