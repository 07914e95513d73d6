//! Every code and every rule is explained in both languages, and rules without numbers.

use super::{explain, explain_rule};
use crate::codes::Code;
use crate::policy::RuleId;

fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

fn speaks((zh, en): (&str, &str), about: &str) {
    assert!(zh.chars().any(is_han), "{about}: {zh}");
    assert!(en.chars().any(|c| c.is_ascii_alphabetic()), "{about}: {en}");
    let wide = |c: char| is_han(c) || ('\u{3000}'..='\u{303f}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
    assert!(!en.chars().any(wide), "{about}: {en}");
    assert!(!zh.contains(['{', '}']) && !en.contains(['{', '}']), "{about}");
}

#[test]
fn every_code_is_explained() {
    for code in Code::ALL {
        let said = explain(*code);
        speaks(said.title, code.word());
        speaks(said.cause, code.word());
        speaks(said.cure, code.word());
        assert_ne!(said.title.1, "Finding", "{code} has no explanation of its own");
    }
}

#[test]
fn titles_tell_the_codes_apart() {
    for (index, code) in Code::ALL.iter().enumerate() {
        for other in Code::ALL.iter().skip(index + 1) {
            let (one, two) = (explain(*code).title, explain(*other).title);
            assert!(one.0 != two.0, "{code} and {other}: {}", one.0);
            assert!(one.1 != two.1, "{code} and {other}: {}", one.1);
        }
    }
}

#[test]
fn every_rule_is_explained_without_numbers() {
    for rule in RuleId::ALL {
        let said = explain_rule(*rule);
        speaks(said.title, rule.word());
        speaks(said.asks, rule.word());
        let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit());
        assert!(!digits(said.asks.0) && !digits(said.asks.1), "{rule}");
    }
}
