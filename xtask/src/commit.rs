//! Files that are generated and committed: written, or held against what they should be.

use std::fs;
use std::path::{Path, PathBuf};

/// The project's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Writes a file, or with `check` says how the committed one differs.
///
/// # Errors
/// The file that differs, or that cannot be written.
pub fn put(name: &str, text: &str, check: bool) -> Result<(), String> {
    let path = root().join(name);
    if check {
        let committed = fs::read_to_string(&path).unwrap_or_default();
        return differs(name, &committed, text);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{name}: {error}"))?;
    }
    fs::write(&path, text).map_err(|error| format!("{name}: {error}"))
}

/// Nothing when two texts are equal; else the first line in which they differ.
fn differs(name: &str, committed: &str, text: &str) -> Result<(), String> {
    if committed == text {
        return Ok(());
    }
    let same = committed.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
    Err(format!("{name} is not what is generated, from line {} on", same.saturating_add(1)))
}
