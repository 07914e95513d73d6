//! How findings are written for machines: SARIF, JUnit, GitHub's annotations. What is written is
//! the same set of findings, by suites (a file) and cases (what was tried in it).

use std::io::{self, Write};

use clap::ValueEnum;
use serde_json::{json, Value};
use wuzhang::Code;

use crate::findings::{FailOn, Placed};
use crate::lang::Lang;
use crate::text::Style;

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON value.
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

/// A file, and what was tried in it.
#[derive(Debug, Default)]
pub struct Suite {
    /// The file.
    pub name: String,
    /// What was tried; where nothing is named, the file is.
    pub cases: Vec<Tried>,
}

/// Something that was tried, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Tried {
    /// Its name.
    pub name: String,
    /// What is wrong.
    pub found: Vec<Placed>,
}

/// What a call has found, and how it is to be judged.
#[derive(Debug)]
pub struct Report<'a> {
    /// The call: `check` or `test`.
    pub call: &'static str,
    /// What was looked at.
    pub suites: &'a [Suite],
    /// From which severity on a case has failed.
    pub fail_on: FailOn,
    /// The language.
    pub lang: Lang,
}

impl Report<'_> {
    /// Every finding, in the order of the suites.
    pub fn found(&self) -> impl Iterator<Item = &Placed> {
        self.suites.iter().flat_map(|suite| suite.cases.iter()).flat_map(|case| case.found.iter())
    }

    /// Writes the report in a format.
    pub fn write(&self, format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Text => self.found().try_for_each(|placed| {
                placed.write_text(self.lang, style, out)?;
                writeln!(out)
            }),
            Format::Json => writeln!(out, "{}", Value::Array(self.found().map(Placed::json).collect())),
            Format::Jsonl => self.found().try_for_each(|placed| writeln!(out, "{}", placed.json())),
            Format::Sarif => writeln!(out, "{}", self.sarif()),
            Format::Junit => self.junit(out),
            Format::Github => self.found().try_for_each(|placed| writeln!(out, "{}", github(placed, self.lang))),
        }
    }

    fn sarif(&self) -> Value {
        let lang = self.lang;
        let mut codes: Vec<&str> = self.found().map(Placed::code).collect();
        codes.sort_unstable();
        codes.dedup();
        let rules: Vec<Value> = codes.iter().map(|code| sarif_rule(code, lang)).collect();
        let results: Vec<Value> = self
            .found()
            .map(|placed| {
                let mut result = json!({
                    "ruleId": placed.code(),
                    "ruleIndex": codes.iter().position(|code| *code == placed.code()),
                    "level": placed.level(),
                    "message": {"text": placed.message(lang)},
                });
                if let (Some(locations), Value::Object(result)) = (sarif_place(placed), &mut result) {
                    result.insert("locations".into(), locations);
                }
                result
            })
            .collect();
        let artifacts: Vec<Value> =
            self.suites.iter().filter(|suite| is_file(&suite.name)).map(|suite| json!({"location": {"uri": uri(&suite.name)}})).collect();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {"name": "wuzhang", "version": env!("CARGO_PKG_VERSION"), "language": lang.pick("zh", "en"), "rules": rules}},
                "artifacts": artifacts,
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        })
    }

    fn junit(&self, out: &mut dyn Write) -> io::Result<()> {
        let failed = |case: &Tried| case.found.iter().any(|placed| placed.fails(self.fail_on));
        let all = || self.suites.iter().flat_map(|suite| suite.cases.iter());
        let (tests, failures) = (all().count(), all().filter(|case| failed(case)).count());
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(out, r#"<testsuites name="wuzhang {}" tests="{tests}" failures="{failures}" errors="0">"#, self.call)?;
        for suite in self.suites {
            let name = xml(&suite.name);
            let failures = suite.cases.iter().filter(|case| failed(case)).count();
            writeln!(out, r#" <testsuite name="{name}" tests="{}" failures="{failures}" errors="0">"#, suite.cases.len())?;
            for case in &suite.cases {
                let named = xml(&case.name);
                if case.found.is_empty() {
                    writeln!(out, r#"  <testcase classname="{name}" name="{named}"/>"#)?;
                    continue;
                }
                writeln!(out, r#"  <testcase classname="{name}" name="{named}">"#)?;
                let (bad, mild): (Vec<&Placed>, Vec<&Placed>) = case.found.iter().partition(|placed| placed.fails(self.fail_on));
                // One failure a case is what readers of this format count on; the rest stands in its text.
                if let Some(first) = bad.first() {
                    let (code, message) = (xml(first.code()), xml(first.message(self.lang)));
                    write!(out, r#"   <failure type="{code}" message="{message}">"#)?;
                    for placed in &bad {
                        writeln!(out, "{}", xml_text(&format!("{} {}: {}", placed.place(), placed.path(), placed.message(self.lang))))?;
                    }
                    writeln!(out, "</failure>")?;
                }
                if !mild.is_empty() {
                    write!(out, "   <system-out>")?;
                    for placed in mild {
                        writeln!(out, "{}", xml_text(&format!("{} {}: {}", placed.place(), placed.path(), placed.message(self.lang))))?;
                    }
                    writeln!(out, "</system-out>")?;
                }
                writeln!(out, "  </testcase>")?;
            }
            writeln!(out, " </testsuite>")?;
        }
        writeln!(out, "</testsuites>")
    }
}

/// What a reader of a code-scanning view is told of a code.
fn sarif_rule(code: &str, lang: Lang) -> Value {
    let known = Code::from_word(code);
    let said = known.map(wuzhang::explain::explain);
    let pick = |words: Option<(&str, &str)>| words.map_or(String::new(), |(zh, en)| lang.pick(zh, en).to_owned());
    let (title, cause, cure) = (pick(said.map(|said| said.title)), pick(said.map(|said| said.cause)), pick(said.map(|said| said.cure)));
    json!({
        "id": code,
        "name": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": cause},
        "help": {"text": cure, "markdown": format!("**{title}**\n\n{cause}\n\n{cure}\n\n`wuzhang explain {code}`")},
        "properties": {"number": known.map(Code::number)},
    })
}

fn sarif_place(placed: &Placed) -> Option<Value> {
    if !is_file(placed.file()) {
        return None;
    }
    let mut place = json!({"artifactLocation": {"uri": uri(placed.file())}});
    if let (Some((line, column)), Value::Object(place)) = (placed.start(), &mut place) {
        let mut region = json!({"startLine": line, "startColumn": column});
        if let (Some((line, column)), Value::Object(region)) = (placed.end(), &mut region) {
            region.insert("endLine".into(), json!(line));
            region.insert("endColumn".into(), json!(column));
        }
        place.insert("region".into(), region);
    }
    let mut location = json!({"physicalLocation": place});
    if let (false, Value::Object(location)) = (placed.path().is_empty(), &mut location) {
        location.insert("logicalLocations".into(), json!([{"fullyQualifiedName": placed.path()}]));
    }
    Some(json!([location]))
}

/// Standard input has a name for people and is no file.
fn is_file(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('<')
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

/// Text within an attribute.
fn xml(text: &str) -> String {
    xml_text(text).replace('"', "&quot;").replace('\n', "&#10;")
}

/// Text between tags.
fn xml_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push('\n'),
            // XML 1.0 has no place for these, not even escaped.
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            char => out.push(char),
        }
    }
    out
}

/// An annotation, escaped as the runner's own toolkit does it.
fn github(placed: &Placed, lang: Lang) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let level = match placed.level() {
        "note" => "notice",
        level => level,
    };
    let mut place = String::new();
    if is_file(placed.file()) {
        place.push_str(&format!("file={},", property(placed.file())));
        if let Some((line, column)) = placed.start() {
            place.push_str(&format!("line={line},"));
            let end = placed.end().filter(|end| end.0 > line);
            if let Some((end, _)) = end {
                place.push_str(&format!("endLine={end},"));
            } else {
                // Columns stand only where begin and end are on one line.
                place.push_str(&format!("col={column},"));
                if let Some((_, end)) = placed.end() {
                    place.push_str(&format!("endColumn={end},"));
                }
            }
        }
    }
    format!("::{level} {place}title={}::{}", property(placed.code()), data(placed.message(lang)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_a_format_is_escaped() {
        assert_eq!(xml("a<b>&\"\u{1}\n村"), "a&lt;b&gt;&amp;&quot;\u{fffd}&#10;村");
        assert_eq!(uri("规则 1\\a.json"), "%E8%A7%84%E5%88%99%201/a.json");
        assert!(!is_file("<stdin>") && !is_file("") && is_file("a.json"));
    }
}
