//! Scenario files: found in folders, read, made ready with the files that they name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use wuzhang::analyse::mutate::Survivors;
use wuzhang::analyse::run::{prepare, Ready, Trouble};
use wuzhang::analyse::scenario::Scenario;
use wuzhang::limits::{DOCUMENT_POLICY, DOCUMENT_ROSTER};
use wuzhang::shape::parse;

use crate::findings::Placed;
use crate::input::{cannot_read, document};
use crate::locate::Names;
use crate::shell::Shell;
use crate::stop::Stop;

/// A scenario file.
pub struct Source {
    /// Its name.
    pub file: String,
    /// Its text.
    pub text: Vec<u8>,
    /// Its cases.
    pub stories: Vec<Ready>,
}

/// A file of explanations of survivors.
pub struct Explanations {
    /// Its name.
    pub file: String,
    /// Its text.
    pub text: Vec<u8>,
    /// What it explains.
    pub survivors: Survivors,
}

/// Whether JSON looks like a scenario.
pub fn is_scenario(members: &Names<'_>) -> bool {
    members.has("cases") && !members.has("rules") && !members.has("units")
}

/// Whether JSON looks like explanations of survivors.
pub fn is_survivors(members: &Names<'_>) -> bool {
    members.has("survivors")
}

/// The files that a path stands for: itself, or every JSON file below a folder, in order.
pub fn files(shell: &Shell, path: &str, out: &mut Vec<(String, bool)>) -> Result<(), Stop> {
    if path == "-" || !Path::new(path).is_dir() {
        out.push((path.to_owned(), true));
        return Ok(());
    }
    let entries = std::fs::read_dir(path).map_err(|error| cannot_read(path, &error, shell.lang))?;
    let mut below: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    below.sort();
    for path in below {
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            files(shell, &name, out)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            out.push((name, false));
        }
    }
    Ok(())
}

/// Reads a scenario and makes its cases ready.
pub fn ready(shell: &Shell, file: &str, text: &[u8]) -> Result<Vec<Ready>, Vec<Placed>> {
    let scenario = Scenario::parse(text).map_err(|found| placed(file, text, &found))?;
    prepare(&scenario, &mut |name| beside(shell, file, name)).map_err(|troubles| place(shell, file, text, &troubles))
}

/// Reads explanations of survivors.
pub fn survivors(file: &str, text: &[u8]) -> Result<Survivors, Vec<Placed>> {
    Survivors::parse(text).map_err(|found| placed(file, text, &found))
}

fn placed(file: &str, text: &[u8], found: &[wuzhang::Finding]) -> Vec<Placed> {
    Placed::all_in_text(file, text, found)
}

/// A file that a scenario names, looked for from where the scenario stands.
fn beside(shell: &Shell, scenario: &str, name: &str) -> Option<Vec<u8>> {
    let path = Path::new(scenario).parent().unwrap_or(Path::new("")).join(name);
    // A folder or a device is no document, however it can be opened.
    if !path.is_file() {
        return None;
    }
    document(&path.to_string_lossy(), DOCUMENT_ROSTER, shell.lang).ok()
}

/// Where troubles stand: those of the scenario itself, and then those of each file that it names.
fn place(shell: &Shell, scenario: &str, text: &[u8], troubles: &[Trouble]) -> Vec<Placed> {
    let own = troubles.iter().filter(|trouble| trouble.file.is_none()).map(|trouble| &trouble.finding);
    let mut placed = Placed::all_in_text(scenario, text, own);
    let names: BTreeSet<&str> = troubles.iter().filter_map(|trouble| trouble.file.as_deref()).collect();
    for name in names {
        let path = Path::new(scenario).parent().unwrap_or(Path::new("")).join(name);
        let path = path.to_string_lossy().into_owned();
        let bytes = beside(shell, scenario, name).unwrap_or_default();
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        let of_file = || troubles.iter().filter(|trouble| trouble.file.as_deref() == Some(name));
        let whole = of_file().filter(|trouble| trouble.line.is_none()).map(|trouble| &trouble.finding);
        placed.extend(Placed::all_in_text(&path, &bytes, whole));
        for (number, trouble) in of_file().filter_map(|trouble| Some((trouble.line?, trouble))) {
            let index = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
            placed.push(Placed::in_text(&path, lines.get(index).copied().unwrap_or_default(), number, &trouble.finding));
        }
    }
    placed
}

/// What a file is, of those that `test` reads.
pub enum Kind {
    /// A scenario.
    Scenario,
    /// Explanations of survivors.
    Survivors,
    /// Another document, or none.
    Other,
}

/// What a file is; a text that is no JSON may have been meant as a scenario.
pub fn kind_of(text: &[u8]) -> Kind {
    let Ok(node) = parse(text, DOCUMENT_ROSTER) else { return Kind::Scenario };
    let members = Names::in_node(&node);
    if is_survivors(&members) {
        Kind::Survivors
    } else if is_scenario(&members) {
        Kind::Scenario
    } else {
        Kind::Other
    }
}

/// The text of a file, at most one byte longer than a scenario may be unless it is a roster.
pub fn text_of(shell: &Shell, path: &str, named: bool) -> Result<Vec<u8>, Stop> {
    document(path, if named { DOCUMENT_POLICY } else { DOCUMENT_ROSTER }, shell.lang)
}
