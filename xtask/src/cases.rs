//! The shared vectors made plain for other languages: every text ready to be handed over as it is,
//! so that no face has to write JSON of its own before it asks, and the log that each has to give.
//!
//! `cases.jsonl`: the first line is `{"documents":{"d0":TEXT,…}}`, the policies (documents, or
//! names of presets) and rosters; each further line is
//! `{"name":…,"policy":"d0","roster":"d1","steps":[{"to":…,"text":…},…]}`. `expected.log`: for each
//! case the line `# NAME` and below it the lines of each answer; where the book cannot be made, that
//! error answer alone. A step goes `to` one of these:
//!
//! | `to` | `text` | answer |
//! | --- | --- | --- |
//! | `apply` | a command line for the book | its outcome, or the error answer when it is none |
//! | `book`, `library` | a request | the answer |
//! | `engine` | a request to an engine of the same documents | the answer |
//! | `lines` | a block of lines for the book | one outcome a line, then the error answer if it stopped |
//! | `journal` | the number of an event | the journal's lines from there on |
//! | `restore` | | a book restored from a snapshot takes the old one's place; its `status` |
//! | `reopen` | what is appended to the journal | a book opened from it takes the old one's place: how many bytes were dropped; or the error answer, and the book stays |
//! | `visits` | a request about the columns in `visits` | the engine's answer |

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{json, Value};

use crate::steps;
use crate::vectors::{collect, commands_of, documents, list};

/// Writes `cases.jsonl` and `expected.log` into a folder, and answers how many cases there are.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write(vectors: &Path, out: &Path) -> Result<usize, String> {
    let mut files = Vec::new();
    collect(vectors, &mut files)?;
    files.sort();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut named = |text: String| {
        let next = format!("d{}", texts.len());
        texts.entry(text).or_insert(next).clone()
    };
    let (mut cases, mut expected) = (String::new(), String::new());
    for file in &files {
        let name = file.strip_prefix(vectors).unwrap_or(file).with_extension("").display().to_string();
        let text = fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
        let vector: Value = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
        let (policy, roster) = documents(&vector, vectors)?;
        let mut asked: Vec<Value> = Vec::new();
        for command in commands_of(&vector)? {
            asked.push(json!({ "to": "apply", "text": command }));
        }
        for ask in list(&vector, "ask") {
            let mut step = json!({ "to": steps::to(ask), "text": steps::text(ask) });
            if let (Some(step), Some(visits)) = (step.as_object_mut(), ask.get("visits")) {
                step.insert("visits".to_owned(), visits.clone());
            }
            asked.push(step);
        }
        let case = json!({ "name": name, "policy": named(policy), "roster": named(roster), "steps": asked });
        cases.push_str(&format!("{case}\n"));
        let answers = fs::read_to_string(file.with_extension("out.jsonl")).map_err(|error| format!("{name}: {error}"))?;
        expected.push_str(&format!("# {name}\n{answers}"));
    }
    let texts: BTreeMap<String, String> = texts.into_iter().map(|(text, name)| (name, text)).collect();
    let cases = format!("{}\n{cases}", json!({ "documents": texts }));
    let put = |name: &str, text: &str| fs::write(out.join(name), text).map_err(|error| format!("{name}: {error}"));
    fs::create_dir_all(out).map_err(|error| error.to_string())?;
    put("cases.jsonl", &cases)?;
    put("expected.log", &expected)?;
    Ok(files.len())
}

/// Holds the log of a face against what every face has to answer: how many cases agree, and what
/// the others answer instead.
///
/// # Errors
/// When a log cannot be read, or is not of the cases that the manifest lists.
pub fn compare(vectors: &Path, expected: &Path, log: &Path) -> Result<(usize, Vec<String>), String> {
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    let manifest: Value = serde_json::from_str(&read(&vectors.join("manifest.json"))?).map_err(|error| error.to_string())?;
    let count = manifest.get("count").and_then(Value::as_u64).unwrap_or_default();
    let (expected, log) = (read(expected)?, read(log)?);
    let (wanted, given) = (by_case(&expected), by_case(&log));
    if given.len() as u64 != count || wanted.len() as u64 != count {
        return Err(format!("the manifest lists {count} vectors, the log has {}", given.len()));
    }
    let mut agree = 0usize;
    let mut differ = Vec::new();
    for (name, answers) in &wanted {
        let got = given.get(name).map_or("", String::as_str);
        if got == answers {
            agree = agree.saturating_add(1);
        } else {
            let line = answers.lines().zip(got.lines()).find(|(a, b)| a != b);
            let (was, is) = line.unwrap_or(("another number of answers", ""));
            differ.push(format!("{name}:\n  should be {was}\n  but is    {is}"));
        }
    }
    Ok((agree, differ))
}

/// Hands each case of `cases.jsonl` over with its name.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn each(dir: &Path, mut run: impl FnMut(&str, &Value)) -> Result<(), String> {
    let path = dir.join("cases.jsonl");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    for line in text.lines().skip(1) {
        let case: Value = serde_json::from_str(line).map_err(|error| format!("{}: {error}", path.display()))?;
        run(case.get("name").and_then(Value::as_str).unwrap_or_default(), &case);
    }
    Ok(())
}

pub(crate) fn by_case(log: &str) -> BTreeMap<String, String> {
    let mut cases: BTreeMap<String, String> = BTreeMap::new();
    let mut current = String::new();
    for line in log.lines() {
        if let Some(name) = line.strip_prefix("# ") {
            current = name.to_owned();
            cases.entry(current.clone()).or_default();
        } else if let Some(answers) = cases.get_mut(&current) {
            answers.push_str(line);
            answers.push('\n');
        }
    }
    cases
}
