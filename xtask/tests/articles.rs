//! What is generated for the documentation is what is committed.

use std::fs;

use wuzhang::policy::RuleId;
use wuzhang::Code;
use xtask::{articles, codes, commit, schemas, types};

fn committed(name: &str) -> String {
    fs::read_to_string(commit::root().join(name)).unwrap()
}

#[test]
fn the_article_table_is_current_and_names_every_rule() {
    let text = articles::render();
    assert_eq!(committed(articles::FILE), text, "run: cargo run -p xtask -- articles");
    for rule in RuleId::ALL {
        assert!(text.contains(&format!("| `{}` |", rule.word())), "{}", rule.word());
    }
}

#[test]
fn the_code_table_is_current_and_names_every_code_once() {
    let text = codes::render();
    assert_eq!(committed(codes::FILE), text, "run: cargo run -p xtask -- codes");
    for code in Code::ALL {
        assert_eq!(text.matches(&format!("| {} | `{}` |", code.number(), code.word())).count(), 1, "{}", code.word());
    }
}

#[test]
fn the_schemas_are_current_and_none_is_left_over() {
    let files = schemas::render().unwrap();
    assert!(files.len() >= 13);
    for (name, text) in &files {
        assert_eq!(&committed(name), text, "run: cargo run -p xtask -- schemas");
    }
    let folder = commit::root().join(schemas::FOLDER);
    assert_eq!(fs::read_dir(folder).unwrap().count(), files.len());
}

#[test]
fn the_typescript_types_are_current_and_name_every_code() {
    let text = types::render().unwrap();
    assert_eq!(committed(types::FILE), text, "run: cargo run -p xtask -- types");
    let codes = text.lines().find(|line| line.starts_with("export type FindingCode = ")).unwrap();
    for code in Code::ALL {
        assert!(codes.contains(&format!("\"{}\"", code.word())), "{}", code.word());
    }
}
