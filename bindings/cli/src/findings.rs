//! Findings with their places, as people and as machines read them.

use std::io::{self, Write};

use clap::ValueEnum;
use serde_json::{json, Value};
use wuzhang::finding::Param;
use wuzhang::{Code, Finding, Severity};

use crate::lang::Lang;
use crate::locate::{line_of, locate, position, Aim};
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
            excerpt: None,
            finding: value_of(finding),
        }
    }

    /// A finding about a document; `first` is the number of the document's first line in the file.
    pub fn in_text(file: &str, text: &[u8], first: u64, finding: &Finding) -> Placed {
        let mut placed = Placed::in_file(file, finding);
        let text = String::from_utf8_lossy(text);
        let span = match (number(finding, "line").filter(|line| *line > 0), placed.column) {
            // A text that is no JSON says itself where it stops being it, in bytes of the line.
            (Some(line), Some(column)) if is_syntax(finding) => {
                let start: usize = text.split_inclusive('\n').take(index(line)).map(str::len).sum();
                let at = start.saturating_add(index(column)).min(text.len());
                let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                crate::locate::Span { start: at, end: at }
            }
            _ if is_elsewhere(finding) => return placed,
            _ => {
                let aim = match (finding.code, finding.reason()) {
                    (Code::PolicyUnknownRule, _) | (_, "unknown_field") => Aim::Key,
                    (_, "duplicate_field") => Aim::SecondKey,
                    _ => Aim::Value,
                };
                locate(&text, &finding.path, aim)
            }
        };
        let (line, column) = position(&text, span.start);
        placed.line = Some(line.saturating_add(first).saturating_sub(1));
        placed.column = Some(column);
        placed.excerpt = Excerpt::cut(&text, line, column, span.end.saturating_sub(span.start));
        placed
    }

    /// A finding as an answer gave it.
    pub fn of_answer(finding: Value) -> Placed {
        Placed { file: String::new(), line: None, column: None, excerpt: None, finding }
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
        self.code() == "journal.line" || UNREADABLE.contains(&reason)
    }

    fn place(&self) -> String {
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
    fn cut(text: &str, line: u64, column: u64, bytes: usize) -> Option<Excerpt> {
        let whole = line_of(text, line);
        let start = index(column);
        // Only the neighbourhood of the place, for lines that go on and on.
        let skip = if start > LONGEST / 2 { start.saturating_sub(LONGEST / 2) } else { 0 };
        let before: String = whole.chars().skip(skip).take(start.saturating_sub(skip)).collect();
        let marked: String = whole.chars().skip(start).collect();
        let end = (0..=bytes.min(marked.len())).rev().find(|at| marked.is_char_boundary(*at)).unwrap_or(0);
        let room = LONGEST.saturating_sub(before.chars().count());
        let marked_part: String = marked.get(..end).unwrap_or_default().chars().take(room).collect();
        let after: String =
            marked.chars().skip(marked_part.chars().count()).take(room.saturating_sub(marked_part.chars().count())).collect();
        let ellipsis = if skip > 0 { "…" } else { "" };
        let shown = format!("{ellipsis}{before}");
        let before = width(&clean(&shown));
        let length = width(&clean(&marked_part)).max(1);
        Some(Excerpt { line: clean(&format!("{shown}{marked_part}{after}")).trim_end().to_owned(), before, length })
    }
}

/// How `check` writes its findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON array.
    Json,
    /// One finding a line.
    Jsonl,
    /// SARIF 2.1.0, for code-scanning views.
    Sarif,
    /// JUnit XML, for test reports.
    Junit,
    /// Annotations of a GitHub workflow.
    Github,
}

/// Writes findings in a format; `files` are all that were looked at.
pub fn write(
    format: Format,
    found: &[Placed],
    files: &[String],
    lang: Lang,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Text => {
            for placed in found {
                placed.write_text(lang, style, out)?;
                writeln!(out)?;
            }
            Ok(())
        }
        Format::Json => {
            writeln!(out, "{}", Value::Array(found.iter().map(Placed::json).collect()))
        }
        Format::Jsonl => found.iter().try_for_each(|placed| writeln!(out, "{}", placed.json())),
        Format::Sarif => writeln!(out, "{}", sarif(found, files, lang)),
        Format::Junit => junit(found, files, lang, out),
        Format::Github => github(found, lang, out),
    }
}

fn sarif(found: &[Placed], files: &[String], lang: Lang) -> Value {
    let mut codes: Vec<&str> = found.iter().map(Placed::code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes
        .iter()
        .map(|code| {
            let said = Code::from_word(code).map(wuzhang::explain::explain);
            let pick = |words: Option<(&str, &str)>| words.map_or(String::new(), |(zh, en)| lang.pick(zh, en).to_owned());
            json!({
                "id": code,
                "shortDescription": {"text": pick(said.map(|said| said.title))},
                "fullDescription": {"text": pick(said.map(|said| said.cause))},
                "help": {"text": pick(said.map(|said| said.cure))},
            })
        })
        .collect();
    let results: Vec<Value> = found
        .iter()
        .map(|placed| {
            let level = match placed.text("severity") {
                "error" => "error",
                "warning" => "warning",
                _ => "note",
            };
            let mut place = json!({"artifactLocation": {"uri": uri(&placed.file)}});
            if let (Some(line), Value::Object(place)) = (placed.line, &mut place) {
                let column = placed.column.unwrap_or(1);
                place.insert("region".into(), json!({"startLine": line, "startColumn": column}));
            }
            json!({
                "ruleId": placed.code(),
                "ruleIndex": codes.iter().position(|code| *code == placed.code()),
                "level": level,
                "message": {"text": placed.message(lang)},
                "locations": [{"physicalLocation": place, "logicalLocations": [{"fullyQualifiedName": placed.text("path")}]}],
            })
        })
        .collect();
    let artifacts: Vec<Value> = files.iter().map(|file| json!({"location": {"uri": uri(file)}})).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "wuzhang", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "artifacts": artifacts,
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A path as a relative URI reference.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            b'\\' => out.push('/'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            // XML 1.0 has no place for these, not even escaped.
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            char => out.push(char),
        }
    }
    out
}

fn junit(found: &[Placed], files: &[String], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let errors = found.iter().filter(|placed| placed.text("severity") == "error").count();
    let clean_files = files.iter().filter(|file| !found.iter().any(|placed| placed.file == **file)).count();
    let tests = found.len().saturating_add(clean_files);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="wuzhang check" tests="{tests}" failures="{errors}">"#)?;
    for file in files {
        let of_file: Vec<&Placed> = found.iter().filter(|placed| placed.file == *file).collect();
        let failures = of_file.iter().filter(|placed| placed.text("severity") == "error").count();
        let name = xml(file);
        writeln!(out, r#" <testsuite name="{name}" tests="{}" failures="{failures}">"#, of_file.len().max(1))?;
        if of_file.is_empty() {
            writeln!(out, r#"  <testcase classname="{name}" name="check"/>"#)?;
        }
        for placed in of_file {
            let case = xml(&format!("{} {}", placed.code(), placed.place()));
            let message = xml(placed.message(lang));
            writeln!(out, r#"  <testcase classname="{name}" name="{case}">"#)?;
            if placed.text("severity") == "error" {
                let (code, at) = (xml(placed.code()), xml(&format!("{} {}", placed.place(), placed.text("path"))));
                writeln!(out, r#"   <failure type="{code}" message="{message}">{at}</failure>"#)?;
            } else {
                writeln!(out, r#"   <system-out>{message}</system-out>"#)?;
            }
            writeln!(out, "  </testcase>")?;
        }
        writeln!(out, " </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn github(found: &[Placed], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    for placed in found {
        let level = match placed.text("severity") {
            "error" => "error",
            "warning" => "warning",
            _ => "notice",
        };
        let mut place = format!("file={}", property(&placed.file));
        if let Some(line) = placed.line {
            place.push_str(&format!(",line={line}"));
        }
        if let Some(column) = placed.column {
            place.push_str(&format!(",col={column}"));
        }
        writeln!(out, "::{level} {place},title={}::{}", property(placed.code()), data(placed.message(lang)))?;
    }
    Ok(())
}
