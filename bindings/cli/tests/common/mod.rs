//! What the tests of the command share: a directory of their own, fixtures, and a way to run it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)] // a test may fail by panicking
#![allow(dead_code)] // each test file uses its part

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Commands of one case from a visit to its closing, with a rejected and a resent one among them.
pub const COMMANDS: &str = include_str!("commands.jsonl");

/// A directory that goes away again.
pub struct Place(pub PathBuf);

impl Place {
    pub fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("wuzhang-cli-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let place = Place(path);
        place.write("roster.json", wuzhang::doc::ROSTER.as_bytes());
        place.write("commands.jsonl", COMMANDS.as_bytes());
        place
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// Runs the command here, in English.
    pub fn run(&self, arguments: &str) -> Said {
        self.run_with(arguments, &[("LANG", "en_US.UTF-8")], b"")
    }

    /// Runs the command here; arguments are separated by spaces, single quotes hold some together.
    pub fn run_with(&self, arguments: &str, environment: &[(&str, &str)], input: &[u8]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"] {
            command.env_remove(name);
        }
        command.current_dir(&self.0).args(words(arguments)).envs(environment.iter().copied());
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Whoever does not read its input need not be written to.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a run said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub errors: String,
}

impl Said {
    /// Insists on an exit code.
    #[track_caller]
    pub fn ended(self, code: i32) -> Said {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Insists on words in the answer.
    #[track_caller]
    pub fn says(self, words: &str) -> Said {
        assert!(self.out.contains(words), "{words:?} is not in {self:#?}");
        self
    }

    /// Insists on words beside the answer.
    #[track_caller]
    pub fn complains(self, words: &str) -> Said {
        assert!(self.errors.contains(words), "{words:?} is not in {self:#?}");
        self
    }

    /// The answer as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

/// The words of a command line.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// The flags that name the documents and the commands.
pub const BOOK: &str = "--policy dayi-2014 --roster roster.json commands.jsonl";

pub fn exists(place: &Place, name: &str) -> bool {
    Path::new(&place.0.join(name)).exists()
}
