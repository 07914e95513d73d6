//! Findings with their places, as people and as machines read them.

use std::io::{self, Write};

use clap::ValueEnum;
use serde_json::{json, Value};
use wuzhang::finding::Param;
use wuzhang::{Code, Finding, Severity};

use crate::lang::Lang;
use crate::locate::{Aim, Finder, Span};
use crate::text::{clean, width, Paint, Style};

/// Which findings make a call fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors alone.
    Error,
    /// Errors and warnings.
    Warning,
}

/// The line in question, with the stretch of it that is meant.
#[derive(Clone, Debug)]
struct Excerpt {
    line: String,
    /// Columns before the stretch, and of it.
    before: usize,
    length: usize,
}

/// A finding and where it stands.
#[derive(Clone, Debug)]
pub struct Placed {
    file: String,
    line: Option<u64>,
    column: Option<u64>,
    /// The line and column after the last character.
    end: Option<(u64, u64)>,
    excerpt: Option<Excerpt>,
    finding: Value,
}

/// Lines of documents may be a whole roster; nobody wants to read that again.
const LONGEST: usize = 100;

impl Placed {
    /// A finding about a file as a whole.
    pub fn in_file(file: &str, finding: &Finding) -> Placed {
        Placed {
            file: file.to_owned(),
            line: number(finding, "line"),
            column: number(finding, "column").filter(|column| *column > 0),
            end: None,
            excerpt: None,
            finding: value_of(finding),
        }
    }

    /// A finding about a document; `first` is the number of the document's first line in the file.
    pub fn in_text(file: &str, text: &[u8], first: u64, finding: &Finding) -> Placed {
        let text = String::from_utf8_lossy(text);
        Placed::by(file, &mut Finder::of(&text), first, finding)
    }

    /// The findings about a document that is the whole of a file.
    pub fn all_in_text<'f>(file: &str, text: &[u8], findings: impl IntoIterator<Item = &'f Finding>) -> Vec<Placed> {
        let text = String::from_utf8_lossy(text);
        let mut finder = Finder::of(&text);
        findings.into_iter().map(|finding| Placed::by(file, &mut finder, 1, finding)).collect()
    }

    /// A finding about a document that is looked through for many.
    pub fn by(file: &str, finder: &mut Finder<'_>, first: u64, finding: &Finding) -> Placed {
        let mut placed = Placed::in_file(file, finding);
        let text = finder.text();
        let span = match (number(finding, "line").filter(|line| *line > 0), placed.column) {
            // A text that is no JSON says itself where it stops being it, in bytes of the line.
            (Some(line), Some(column)) if is_syntax(finding) => {
                let at = finder.line(line).saturating_add(index(column)).min(text.len());
                let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                Span { start: at, end: at }
            }
            _ if is_elsewhere(finding) => return placed,
            _ => {
                let aim = match (finding.code, finding.reason()) {
                    (Code::PolicyUnknownRule, _) | (_, "unknown_field") => Aim::Key,
                    (_, "duplicate_field") => Aim::SecondKey,
                    _ => Aim::Value,
                };
                finder.locate(&finding.path, aim)
            }
        };
        placed.put(finder, first, span);
        placed
    }

    /// A finding about a stretch of a document whose place is known already.
    pub fn at_span(file: &str, finder: &mut Finder<'_>, span: Span, finding: &Finding) -> Placed {
        let mut placed = Placed::in_file(file, finding);
        placed.put(finder, 1, span);
        placed
    }

    fn put(&mut self, finder: &mut Finder<'_>, first: u64, span: Span) {
        let moved = |(line, column): (u64, u64)| (line.saturating_add(first).saturating_sub(1), column);
        let (line, column) = moved(finder.position(span.start));
        (self.line, self.column) = (Some(line), Some(column));
        if span.end > span.start {
            self.end = Some(moved(finder.position(span.end)));
        }
        self.excerpt = Excerpt::cut(finder.text(), span, column);
    }

    /// A finding as an answer gave it.
    pub fn of_answer(finding: Value) -> Placed {
        Placed { file: String::new(), line: None, column: None, end: None, excerpt: None, finding }
    }

    fn text(&self, name: &str) -> &str {
        self.finding.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Its stable code.
    pub fn code(&self) -> &str {
        self.text("code")
    }

    /// Its message in a language.
    pub fn message(&self, lang: Lang) -> &str {
        message_of(&self.finding, lang)
    }

    /// Whether it fails a call.
    pub fn fails(&self, on: FailOn) -> bool {
        match self.text("severity") {
            "error" => true,
            "warning" => on == FailOn::Warning,
            _ => false,
        }
    }

    /// Whether its file could not even be read as JSON.
    pub fn is_unreadable(&self) -> bool {
        let reason = self.finding.pointer("/params/reason").and_then(Value::as_str).unwrap_or_default();
        matches!(self.code(), "journal.line" | "scenario.invalid" | "scenario.file") || UNREADABLE.contains(&reason)
    }

    /// The file it is about.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The JSON Pointer within the file.
    pub fn path(&self) -> &str {
        self.text("path")
    }

    /// How grave it is, in the words of SARIF.
    pub fn level(&self) -> &'static str {
        match self.text("severity") {
            "error" => "error",
            "warning" => "warning",
            _ => "note",
        }
    }

    /// Its line and column, from 1.
    pub fn start(&self) -> Option<(u64, u64)> {
        Some((self.line?, self.column.unwrap_or(1)))
    }

    /// The line and column after its last character.
    pub fn end(&self) -> Option<(u64, u64)> {
        self.end
    }

    /// Its place in words: the file, with line and column where they are known.
    pub fn place(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.file),
            (Some(line), None) => format!("{}:{line}", self.file),
            _ => self.file.clone(),
        }
    }

    /// The finding with its place, as JSON.
    pub fn json(&self) -> Value {
        let mut value = self.finding.clone();
        if let Value::Object(fields) = &mut value {
            fields.insert("file".into(), json!(self.file));
            fields.insert("line".into(), json!(self.line));
            fields.insert("column".into(), json!(self.column));
            fields.insert("end_line".into(), json!(self.end.map(|end| end.0)));
            fields.insert("end_column".into(), json!(self.end.map(|end| end.1)));
            if let Some(said) = Code::from_word(self.code()).map(wuzhang::explain::explain) {
                fields.insert("cure".into(), json!({"zh": said.cure.0, "en": said.cure.1}));
            }
        }
        value
    }

    /// The finding for people: what is wrong, where, the line itself, and what the rule rests on.
    pub fn write_text(&self, lang: Lang, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let (word, paint) = match self.text("severity") {
            "error" => (lang.pick("错误", "error"), Paint::Red),
            "warning" => (lang.pick("提醒", "warning"), Paint::Yellow),
            _ => (lang.pick("参考", "advice"), Paint::Blue),
        };
        let head = format!("{word}[{}]", self.code());
        let colon = lang.pick("：", ": ");
        writeln!(out, "{}{colon}{}", style.paint(paint, &head), clean(self.message(lang)))?;
        let path = self.text("path");
        if !self.file.is_empty() || !path.is_empty() {
            let path = if path.is_empty() { String::new() } else { format!("  {path}") };
            writeln!(out, "  {} {}{}", style.paint(Paint::Blue, "-->"), clean(&self.place()), clean(&path))?;
        }
        if let (Some(excerpt), Some(line)) = (&self.excerpt, self.line) {
            let number = line.to_string();
            let margin = " ".repeat(number.len());
            let bar = style.paint(Paint::Blue, "|");
            writeln!(out, " {} {bar} {}", style.paint(Paint::Blue, &number), excerpt.line)?;
            let carets = style.paint(paint, &"^".repeat(excerpt.length));
            writeln!(out, " {margin} {bar} {}{carets}", " ".repeat(excerpt.before))?;
        }
        if let Some(source) = self.finding.get("source").and_then(|source| source_words(source, lang)) {
            writeln!(out, "  {} {}", style.paint(Paint::Dim, "="), clean(&source))?;
        }
        if let Some(said) = Code::from_word(self.code()).map(wuzhang::explain::explain) {
            let help = format!("{}{}", lang.pick("办法：", "help: "), lang.pick(said.cure.0, said.cure.1));
            writeln!(out, "  {} {}", style.paint(Paint::Dim, "="), clean(&help))?;
        }
        Ok(())
    }
}

const UNREADABLE: &[&str] = &["not_utf8", "truncated", "not_json", "too_deep", "too_large", "no_command"];

/// The message of a finding in JSON.
pub fn message_of(finding: &Value, lang: Lang) -> &str {
    let name = lang.pick("zh", "en");
    finding.get("message").and_then(|message| message.get(name)).and_then(Value::as_str).unwrap_or_default()
}

/// What a rule rests on, so that nobody takes a default for the handbook's word.
pub fn source_words(source: &Value, lang: Lang) -> Option<String> {
    let words = source.get("article").or_else(|| source.get("grounding"))?.as_str()?;
    Some(match (source.get("kind")?.as_str()?, lang) {
        ("text", Lang::Zh) => format!("依据：手册 {words}"),
        ("text", Lang::En) => format!("by the handbook, {words}"),
        ("law", Lang::Zh) => format!("依据：法规 {words}"),
        ("law", Lang::En) => format!("by law, {words}"),
        (_, Lang::Zh) => format!("手册没有规定，此处按默认：{words}"),
        (_, Lang::En) => format!("the handbook is silent; the default here: {words}"),
    })
}

fn is_syntax(finding: &Finding) -> bool {
    finding.path.is_empty() && UNREADABLE.contains(&finding.reason())
}

/// Whether a finding speaks of another document, which a policy extends.
fn is_elsewhere(finding: &Finding) -> bool {
    finding.param("document").is_some()
}

fn number(finding: &Finding, name: &str) -> Option<u64> {
    match finding.param(name) {
        Some(Param::Whole(number)) => Some(*number),
        _ => None,
    }
}

fn index(number: u64) -> usize {
    usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX)
}

/// A finding of the library as JSON.
pub fn value_of(finding: &Finding) -> Value {
    let mut text = String::new();
    finding.write(&mut text);
    serde_json::from_str(&text).unwrap_or_default()
}

/// Whether one of some findings of the library refuses.
pub fn refuses(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

impl Excerpt {
    /// Only the neighbourhood of the place is looked at: a line may be as long as its file.
    fn cut(text: &str, span: Span, column: u64) -> Option<Excerpt> {
        let head = text.get(..span.start)?;
        let start = index(column).min(LONGEST / 2);
        let from = head.char_indices().rev().take(start).last().map_or(span.start, |(at, _)| at);
        let before = head.get(from..)?;
        let skip = index(column) > LONGEST / 2;
        let rest = text.get(span.start..)?;
        let room = LONGEST.saturating_sub(start);
        let end = rest.char_indices().nth(room).map_or(rest.len(), |(at, _)| at);
        let rest = rest.get(..end)?.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let bytes = span.end.saturating_sub(span.start).min(rest.len());
        let bytes = (0..=bytes).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
        let (marked_part, after) = rest.split_at_checked(bytes)?;
        let ellipsis = if skip { "…" } else { "" };
        let shown = format!("{ellipsis}{before}");
        let before = width(&clean(&shown));
        let length = width(&clean(marked_part)).max(1);
        Some(Excerpt { line: clean(&format!("{shown}{marked_part}{after}")).trim_end().to_owned(), before, length })
    }
}
