//! Every code and every rule in words: what `explain` shows.
//!
//! A message says what is wrong with one command; an explanation says what a code means at all,
//! how it comes about and what cures it. A rule's explanation says what the rule asks for and
//! leaves its numbers out, because they are the policy's and stand beside it.

mod command;
mod documents;
mod rules;
mod steps;

#[cfg(test)]
mod tests;

use crate::codes::Code;
use crate::policy::RuleId;

/// What a code means, in Chinese and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Its name: Chinese, English.
    pub title: (&'static str, &'static str),
    /// How it comes about: Chinese, English.
    pub cause: (&'static str, &'static str),
    /// What cures it: Chinese, English.
    pub cure: (&'static str, &'static str),
}

/// What a rule asks for, in Chinese and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleExplanation {
    /// Its name: Chinese, English.
    pub title: (&'static str, &'static str),
    /// What it asks for, without its numbers: Chinese, English.
    pub asks: (&'static str, &'static str),
}

/// Builds an explanation: title, cause and cure, each in Chinese and English.
macro_rules! tell {
    ($title_zh:literal, $title_en:literal; $cause_zh:literal, $cause_en:literal; $cure_zh:literal, $cure_en:literal $(;)?) => {
        $crate::explain::Explanation {
            title: ($title_zh, $title_en),
            cause: ($cause_zh, $cause_en),
            cure: ($cure_zh, $cure_en),
        }
    };
}
use tell;

/// What a code means, how it comes about, and what cures it.
///
/// ```
/// use wuzhang::codes::Code;
/// let said = wuzhang::explain::explain(Code::CloseAsker);
/// assert!(said.cure.1.contains("somebody else"));
/// ```
pub fn explain(code: Code) -> Explanation {
    command::of_code(code)
        .or_else(|| steps::of_code(code))
        .or_else(|| documents::of_code(code))
        .unwrap_or(tell!(
            "问题", "Finding";
            "此处有内容不合规定。", "Something here is not as it should be.";
            "请核对提示的位置。", "Please check the place that is named.";
        ))
}

/// What a rule asks for.
///
/// ```
/// use wuzhang::policy::RuleId;
/// assert_eq!(wuzhang::explain::explain_rule(RuleId::PlanComplete).title.0, "方案要全");
/// ```
pub fn explain_rule(rule: RuleId) -> RuleExplanation {
    rules::of_rule(rule)
}
