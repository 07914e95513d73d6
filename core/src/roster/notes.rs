//! What is found while rows are put together, in the order of the document and bounded.

use crate::codes::Code;
use crate::finding::Finding;
use crate::limits::{and_more, FINDINGS};

/// The lists of a roster document, in the order in which findings about them are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Units,
    Cadres,
    Households,
    Liaisons,
    Leave,
}

impl Section {
    fn name(self) -> &'static str {
        match self {
            Section::Units => "units",
            Section::Cadres => "cadres",
            Section::Households => "households",
            Section::Liaisons => "liaisons",
            Section::Leave => "leave",
        }
    }
}

/// The findings so far.
#[derive(Debug)]
pub(super) struct Notes {
    /// What stands before every path: where the document lies in a command.
    prefix: &'static str,
    found: Vec<(Section, usize, Finding)>,
    more: u64,
}

impl Notes {
    pub(super) fn new(prefix: &'static str) -> Self {
        Notes { prefix, found: Vec::new(), more: 0 }
    }

    /// Notes a finding at a field of a row (`""` for the row). Nothing is built once the list is
    /// full: a document with a million mistakes costs no more than one with a thousand.
    pub(super) fn at(
        &mut self,
        section: Section,
        row: usize,
        field: &str,
        code: Code,
        fill: impl FnOnce(Finding) -> Finding,
    ) {
        if self.found.len() >= FINDINGS {
            self.more = self.more.saturating_add(1);
            return;
        }
        let slash = if field.is_empty() { "" } else { "/" };
        let path = format!("{}/{}/{row}{slash}{field}", self.prefix, section.name());
        self.found.push((section, row, fill(Finding::plain(code, path))));
    }

    /// Notes a finding about the whole.
    pub(super) fn whole(&mut self, code: Code, fill: impl FnOnce(Finding) -> Finding) {
        self.found.push((Section::Units, 0, fill(Finding::plain(code, self.prefix))));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.found.sort_by_key(|(section, row, _)| (*section, *row));
        let mut findings: Vec<Finding> = self.found.into_iter().map(|(_, _, finding)| finding).collect();
        if self.more > 0 {
            findings.push(and_more(Code::RosterInvalid, self.more));
        }
        findings
    }
}
