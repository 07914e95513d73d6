//! Which operation a face lacks: read from the logs that the faces gave of the shared vectors, so
//! that what the list says was shown and not declared.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use wuzhang::json::{BOOK_OPS, ENGINE_OPS, OPS};

use crate::cases::{by_case, each};

/// Where the list stands.
pub const FILE: &str = "docs/FACES.md";

/// The faces and their logs. The library itself gave what is expected.
const FACES: [(&str, &str); 8] = [
    ("Rust", "expected.log"),
    ("C", "c.log"),
    ("C++", "cpp.log"),
    ("Java", "java.log"),
    ("Python", "python.log"),
    ("Go", "go.log"),
    ("Node", "node.log"),
    ("Chromium", "chromium.log"),
];

/// The operations that are no request: what a step goes to, and what it is called for people.
const STEPS: [(&str, &str); 7] = [
    ("apply", "a book: apply a command"),
    ("lines", "a book: apply a block of lines"),
    ("journal", "a book: its journal's lines"),
    ("restore", "a book: snapshot and restore"),
    ("reopen", "a book: open from a journal, torn or whole"),
    ("visits", "an engine: duties of visits in columns"),
    ("documents", "a refused policy or roster"),
];

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    /// The list, as it is committed.
    pub text: String,
    /// Operations that all faces have which ran.
    pub had: usize,
    /// What a face lacks, or no vector asks for.
    pub lacks: Vec<String>,
    /// Faces that gave no log.
    pub absent: Vec<&'static str>,
}

/// Reads the cases and the logs of a folder.
///
/// # Errors
/// When the cases cannot be read.
pub fn read(dir: &Path) -> Result<Report, String> {
    let asked = asked(dir)?;
    let expected = log(dir, "expected.log").ok_or("expected.log is not there: xtask cases writes it")?;
    let mut report = Report::default();
    let mut faces: Vec<(&str, BTreeMap<String, String>)> = Vec::new();
    for (face, file) in FACES {
        match log(dir, file) {
            Some(log) => faces.push((face, log)),
            None => report.absent.push(face),
        }
    }
    let names: Vec<&str> = faces.iter().map(|(face, _)| *face).collect();
    report.text = format!(
        "# What each face can do\n\nGenerated from the logs of the shared vectors: a face has an operation when it answers every vector that asks for it\nwith the bytes that every other face answers. The command line takes commands and prints views; it is held to the same\nvectors in a part of its own. `analyse`, `diff`, `check` of files and `test` are the command line's and the Rust library's alone.\n\n| operation | vectors | {} |\n| --- | ---: |{}\n",
        names.join(" | "),
        " --- |".repeat(names.len())
    );
    for (operation, words) in operations() {
        let Some(vectors) = asked.get(&operation) else {
            report.lacks.push(format!("no vector asks for {words}"));
            continue;
        };
        let mut cells = String::new();
        let mut all = true;
        for (face, log) in &faces {
            let has = vectors.iter().all(|name| log.contains_key(name) && log.get(name) == expected.get(name));
            cells.push_str(if has { " yes |" } else { " **no** |" });
            if !has {
                all = false;
                report.lacks.push(format!("{face} lacks {words}"));
            }
        }
        report.had = report.had.saturating_add(usize::from(all));
        report.text.push_str(&format!("| {words} | {} |{cells}\n", vectors.len()));
    }
    report.text.push_str("\nLacking: ");
    report.text.push_str(&if report.lacks.is_empty() { "nothing".to_owned() } else { report.lacks.join("; ") });
    report.text.push_str(".\n");
    Ok(report)
}

fn log(dir: &Path, file: &str) -> Option<BTreeMap<String, String>> {
    fs::read_to_string(dir.join(file)).ok().map(|text| by_case(&text))
}

/// Every operation there is, with its words: those of the requests from the library's own lists.
fn operations() -> Vec<(String, String)> {
    let requests = |to: &'static str, ops: &'static [&'static str], whose: &'static str| {
        ops.iter()
            .filter(move |op| to != "book" || (**op != "apply" && **op != "apply_lines"))
            .map(move |op| (format!("{to}/{op}"), format!("{whose}: `{op}`")))
    };
    requests("library", OPS, "the library")
        .chain(requests("engine", ENGINE_OPS, "an engine"))
        .chain(requests("book", BOOK_OPS, "a book"))
        .chain(STEPS.iter().map(|(to, words)| ((*to).to_owned(), (*words).to_owned())))
        .collect()
}

/// Which vectors ask for which operation.
fn asked(dir: &Path) -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let mut asked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    each(dir, |name, case| {
        let steps = case.get("steps").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let mut note = |operation: String| {
            asked.entry(operation).or_default().insert(name.to_owned());
        };
        if steps.is_empty() {
            note("documents".to_owned());
        }
        for step in steps {
            let to = step.get("to").and_then(Value::as_str).unwrap_or_default();
            let text = step.get("text").and_then(Value::as_str).unwrap_or_default();
            let op = serde_json::from_str::<Value>(text).ok().and_then(|request| request.get("op")?.as_str().map(str::to_owned));
            note(match (to, op) {
                ("library" | "engine" | "book", Some(op)) => format!("{to}/{op}"),
                _ => to.to_owned(),
            });
        }
    })?;
    Ok(asked)
}
