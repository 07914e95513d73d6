//! What the documentation says of names, links and examples is true.

use std::fs;
use std::path::Path;

use wuzhang::case::StateWord;
use wuzhang::command::Do;
use wuzhang::json::{BOOK_OPS, ENGINE_OPS, OPS};
use wuzhang::{event, Policy, Roster};
use xtask::{commit, schemas};

const DOCUMENTS: [&str; 8] = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/ARCHITECTURE.md",
    "docs/SPECIFICATION.md",
    "docs/HANDBOOK.md",
    "docs/ARTICLES.md",
    "docs/CODES.md",
];

fn read(name: &str) -> String {
    fs::read_to_string(commit::root().join(name)).unwrap()
}

/// The text of each fenced block of a language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut links = 0;
    for name in DOCUMENTS {
        let text = read(name);
        let folder = commit::root().join(Path::new(name).parent().unwrap());
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            links += 1;
            if let Some(anchor) = target.strip_prefix('#') {
                let heads: Vec<String> = text
                    .lines()
                    .filter(|line| line.starts_with('#'))
                    .map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-").replace(',', ""))
                    .collect();
                assert!(heads.iter().any(|head| head == anchor), "{name}: #{anchor}");
            } else if !target.starts_with("https://") {
                assert!(folder.join(target).exists(), "{name}: {target}");
            }
        }
    }
    assert!(links > 30, "only {links} links were seen");
}

#[test]
fn the_specification_names_everything_there_is() {
    let text = read("docs/SPECIFICATION.md");
    let events = event::NAMES.iter().map(|(_, event)| *event).chain([event::CASE_DECIDED, event::BOOK_OPENED]);
    let words = Do::WORDS.iter().copied().chain(events).chain(OPS.iter().copied());
    for word in words.chain(BOOK_OPS.iter().copied()).chain(ENGINE_OPS.iter().copied()) {
        assert!(text.contains(&format!("`{word}`")), "{word}");
    }
    for state in StateWord::ALL {
        assert!(text.contains(state.word()), "{}", state.word());
    }
    for preset in Policy::PRESETS {
        assert!(text.contains(&format!("| `{preset}` |")), "{preset}");
    }
}

#[test]
fn the_specifications_documents_can_be_read() {
    let text = read("docs/SPECIFICATION.md");
    let blocks = blocks(&text, "json");
    assert!(Roster::read(blocks[0].as_bytes()).is_ok(), "{:?}", Roster::read(blocks[0].as_bytes()));
    assert!(Policy::read(blocks[1].as_bytes()).is_ok(), "{:?}", Policy::read(blocks[1].as_bytes()));
    assert!(text.contains("schemas/command.json") && schemas::render().is_ok());
}

/// A file that is named in the architecture is there, and so is a function, a type or a field.
#[test]
fn the_architecture_names_what_exists() {
    let text = read("docs/ARCHITECTURE.md");
    let mut source = String::new();
    collect(&commit::root().join("core/src"), &mut source);
    let mut seen = 0;
    let prose: String = text.split("```").step_by(2).collect();
    for word in prose.split('`').skip(1).step_by(2) {
        if word.ends_with(".rs") {
            let core = commit::root().join("core/src");
            let known = [core.clone(), core.join("steps"), core.join("policy"), core.join("book")];
            assert!(
                commit::root().join(word).exists() || known.iter().any(|folder| folder.join(word).exists()),
                "{word}"
            );
            seen += 1;
        } else if let Some(name) = word.rsplit("::").next().filter(|_| word.contains("::")) {
            let kinds = ["fn ", "struct ", "enum ", "const ", "pub ", "    "];
            let there = kinds.iter().any(|kind| source.contains(&format!("{kind}{name}")));
            assert!(there, "{word}");
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen} names were seen");
}

fn collect(folder: &Path, source: &mut String) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), source);
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            source.push_str(&fs::read_to_string(entry.path()).unwrap());
        }
    }
}
