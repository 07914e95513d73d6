//! The limits on what crosses the boundary, each a clear error that changes nothing.

use crate::codes::Code;
use crate::finding::{Finding, Param};
use crate::shape::{ParseError, Reader};

/// A policy or a scenario: 64 MiB.
pub const DOCUMENT_POLICY: usize = 64 << 20;
/// A roster: 512 MiB.
pub const DOCUMENT_ROSTER: usize = 512 << 20;
/// A command of the usual kind: 4 MiB.
pub const COMMAND: usize = 4 << 20;
/// The longest command: one that carries a roster.
pub const DOCUMENT_COMMAND: usize = DOCUMENT_ROSTER;
/// How many decisions one meeting may make.
pub const DECISIONS: usize = 5_000;
/// How many findings about one document are listed; a last one says how many more there are.
pub const FINDINGS: usize = 1_000;

/// The finding for a text that is not JSON.
pub fn parse_finding(error: &ParseError) -> Finding {
    Finding::plain(Code::InputInvalid, "")
        .with("reason", error.kind.name())
        .with("line", Param::Whole(error.line as u64))
        .with("column", Param::Whole(error.column as u64))
}

/// The findings for a document of the wrong shape: at most [`FINDINGS`], and how many more there are.
pub fn document_findings(code: Code, cx: &Reader) -> Vec<Finding> {
    let listed = cx.problems.iter().take(FINDINGS);
    let mut findings: Vec<Finding> = listed.map(|problem| Finding::of_problem(code, problem)).collect();
    let more = cx.problems.len().saturating_sub(FINDINGS) as u64;
    if more > 0 {
        findings.push(and_more(code, more));
    }
    findings
}

/// Says how many findings are not listed.
pub fn and_more(code: Code, count: u64) -> Finding {
    Finding::plain(code, "").with("reason", "more").with("count", count)
}

/// The findings for a command of the wrong shape.
pub fn command_findings(cx: &Reader) -> Vec<Finding> {
    cx.problems.iter().map(|problem| Finding::of_problem(Code::CommandInvalid, problem)).collect()
}
