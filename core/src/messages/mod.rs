//! The words of the findings, in Chinese and English: what is wrong, and what to do instead.
//!
//! Chinese is the first language of those who read them, in the handbook's own terms. A template
//! names parameters in braces (see [`Finding::message`](crate::finding::Finding::message)); both
//! languages name the same ones, so that nobody is told less than the other.
//!
//! - [`template`]: by code and reason; a reason that has no words of its own gets its code's.
//! - [`spoken`]: how the words and limits of the contract read in a sentence.

mod authority;
mod close;
mod deliberate;
mod documents;
mod open;
mod plain;
mod policy;
mod publish;
mod roster;
mod scenario;
mod settle;
mod shape;
mod spoken;

#[cfg(test)]
mod tests;

use crate::codes::Code;

pub use spoken::spoken;

/// A text in Chinese and in English.
type Words = (&'static str, &'static str);

/// The message template of a code, or of one of its reasons: Chinese and English.
pub fn template(code: Code, reason: &str) -> (&'static str, &'static str) {
    own(code, reason).or_else(|| shared(code, reason)).or_else(|| scenario::of_code(code)).unwrap_or_else(|| plain::of_code(code))
}

/// The words of a reason that belongs to one code.
fn own(code: Code, reason: &str) -> Option<Words> {
    documents::of_reason(code, reason)
        .or_else(|| open::of_reason(code, reason))
        .or_else(|| deliberate::of_reason(code, reason))
        .or_else(|| settle::of_reason(code, reason))
        .or_else(|| publish::of_reason(code, reason))
        .or_else(|| close::of_reason(code, reason))
        .or_else(|| authority::of_reason(code, reason))
        .or_else(|| policy::of_reason(code, reason))
        .or_else(|| roster::of_reason(code, reason))
        .or_else(|| scenario::of_reason(code, reason))
}

/// The words that every document has in common: its JSON, and the shape of what stands in it.
fn shared(code: Code, reason: &str) -> Option<Words> {
    match code {
        Code::InputInvalid
        | Code::CommandInvalid
        | Code::PolicyInvalid
        | Code::RosterInvalid
        | Code::ScenarioInvalid
        | Code::JournalLine
        | Code::SnapshotInvalid
        | Code::RequestInvalid => shape::of_reason(reason),
        _ => None,
    }
}
