//! The policy: the rules as data, with what each rests on.
//!
//! A policy is a JSON document: one map from rule id to rule. A county writes only the rules that it changes and
//! `extends` a preset for the rest; a rule that it writes replaces its parent's whole, source included, and `null`
//! switches one off. Three presets ship: [`Policy::PRESETS`].
//!
//! - [`RuleId`], [`Rules`]: the table of rules, in the order of the method.
//! - [`Rule`], [`Source`]: what every rule has; the parameters of each stand in records of their own.
//! - [`Policy`]: a document that was read, folded over what it extends, and found free of errors.

mod across;
mod check;
mod contradict;
mod days;
mod document;
mod labels;
mod params;
mod params_public;
mod rule;
mod rules;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::calendar::{Calendar, Date, Due, Instant, Limit, UtcOffset};
use crate::finding::{Finding, Severity};
use crate::ids::AnyId;
use crate::shape::{Node, Schemas, Text};

use document::Folder;

pub use labels::{LabelKind, Labels, Wording};
pub use params::{
    Cadence, Caps, CardField, Channels, ClockTime, CompletePlan, Consolidation, Evidence, Extension, FirstLedger, Flags,
    GoodsField, ItemByItem, LateEntry, LedgerTier, Liaison, LiaisonSubject, LiaisonTarget, MoneyField, Overdue, Plain,
    PlanField, PostByKind, PostsByKind, Quota, Reading, RequiredFields, Return, Route, Station, Suspend, TierByKind,
    Within,
};
pub use params_public::{
    Accepts, Alike, AllSatisfied, Attempts, Authority, Digest, Fraction, Masked, Objection, Pace, Public, Rate, Redo, Rung,
    RungKind, Sample, Several, ShownField, Stages,
};
pub use rule::{Rule, Source, SourceKind};
pub use rules::{RuleId, Rules};

/// The presets: id and document.
const DOCUMENTS: &[(&str, &str)] = &[
    ("dayi-2014", include_str!("../../policies/dayi-2014.json")),
    ("dayi-2014-text", include_str!("../../policies/dayi-2014-text.json")),
    ("petition-2022", include_str!("../../policies/petition-2022.json")),
];

/// The document of a preset.
fn preset_text(id: &str) -> Option<&'static str> {
    DOCUMENTS.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}

/// A policy in force: a document without errors, folded over what it extends. A clone shares it.
///
/// ```
/// use wuzhang::policy::{Policy, RuleId};
/// let county = br#"{"id":"xinchang-2026","version":"3","title":{"zh":"x","en":"x"},
///     "effective_from":"2026-01-01","extends":"dayi-2014","rules":{
///     "publish.within":{"modality":"must","source":{"kind":"assumed","grounding":"x"},"limit":"3wd"},
///     "close.repeat":null}}"#;
/// let policy = Policy::read(county).unwrap();
/// let within = policy.rules.publish_within.as_ref().unwrap();
/// assert_eq!(within.limit.to_string(), "3wd");
/// assert!(!policy.rules.is_on(RuleId::CloseRepeat));
/// assert_eq!(policy.rules.visit_town.as_ref().unwrap().at_least, 1);
/// ```
#[derive(Clone)]
pub struct Policy(Arc<Terms>);

/// What a policy says; reached through [`Policy`].
pub struct Terms {
    /// Its id.
    pub id: AnyId,
    /// Its version, as the county counts them.
    pub version: Text,
    /// Its title.
    pub title: Wording,
    /// The first day on which it is in force.
    pub effective_from: Date,
    /// At which offset local days are taken.
    pub offset: UtcOffset,
    /// The working days.
    pub calendar: Calendar,
    /// The rules.
    pub rules: Rules,
    /// Names for display.
    pub labels: Labels,
    document: String,
    calendar_document: String,
}

impl Deref for Policy {
    type Target = Terms;
    fn deref(&self) -> &Terms {
        &self.0
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy").field("id", &self.id.as_str()).field("version", &self.version.as_str()).finish()
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Policy) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.document == other.document && self.calendar_document == other.calendar_document)
    }
}

impl Policy {
    /// The ids of the presets: the handbook with the assumptions for its lost part, the handbook alone, and the
    /// national Petition Regulation's clocks.
    pub const PRESETS: &'static [&'static str] = &["dayi-2014", "dayi-2014-text", "petition-2022"];

    /// Reads a document of at most 64 MiB that extends a preset or nothing; otherwise every error in it.
    pub fn read(text: &[u8]) -> Result<Policy, Vec<Finding>> {
        Policy::read_with(text, |_| None)
    }

    /// As [`Policy::read`]; `lookup` gives the text of other documents that may be extended, by id. A preset's id is
    /// never looked up.
    pub fn read_with(text: &[u8], lookup: impl Fn(&str) -> Option<String>) -> Result<Policy, Vec<Finding>> {
        let mut folder = Folder::new(&lookup);
        let draft = folder.fold_text(text);
        check::finish(draft, folder.findings).0.map_err(errors)
    }

    /// As [`Policy::read`] for a document inside another one.
    pub fn from_node(node: &Node<'_>) -> Result<Policy, Vec<Finding>> {
        let mut folder = Folder::new(&|_| None);
        let draft = folder.fold(node);
        check::finish(draft, folder.findings).0.map_err(errors)
    }

    /// A preset; `None` for another id.
    ///
    /// ```
    /// use wuzhang::policy::Policy;
    /// let dayi = Policy::preset("dayi-2014").unwrap();
    /// let rule = dayi.rules.settle_extension.as_ref().unwrap();
    /// assert_eq!((rule.times, rule.limit.to_string().as_str()), (1, "30d"));
    /// assert!(rule.source.is_assumed());
    /// ```
    pub fn preset(id: &str) -> Option<Policy> {
        Policy::read(preset_text(id)?.as_bytes()).ok()
    }

    /// The document of a preset as it is written.
    pub fn preset_document(id: &str) -> Option<&'static str> {
        preset_text(id)
    }

    /// Errors and warnings about a document: shape, unknown rules, what was switched off and what then hangs in the
    /// air, contradictions, and departures from the handbook that claim to be its text.
    pub fn check(text: &[u8]) -> Vec<Finding> {
        Policy::check_with(text, |_| None)
    }

    /// As [`Policy::check`]; `lookup` as in [`Policy::read_with`].
    pub fn check_with(text: &[u8], lookup: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
        let mut folder = Folder::new(&lookup);
        let draft = folder.fold_text(text);
        match check::finish(draft, folder.findings) {
            (Ok(_), warnings) => warnings,
            (Err(findings), _) => findings,
        }
    }

    /// The whole document in canonical JSON (RFC 8785), its parents folded in: no `extends` is left, and the calendar
    /// stands as written. Read again, it gives the same document.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The calendar in force in canonical JSON, complete in itself.
    pub fn calendar_document(&self) -> &str {
        &self.calendar_document
    }

    /// The civil day of a moment under this policy.
    pub fn local_day(&self, at: Instant) -> Date {
        at.local_day(self.offset)
    }

    /// The last day of a limit that starts at a moment.
    pub fn due(&self, from: Instant, limit: Limit) -> Due {
        self.calendar.due_at(from, self.offset, limit)
    }

    /// The last day of a limit that starts on a local day, which is not counted; hours round up to days.
    pub fn due_from_day(&self, from: Date, limit: Limit) -> Due {
        self.calendar.due(from, limit)
    }

    /// Whether an instant lies outside office hours: before or after them, or on a rest day (`close.attempts`).
    pub fn is_outside_office(&self, at: Instant) -> bool {
        let Some(rule) = self.rules.close_attempts.as_ref() else { return false };
        let minute = at.local_minute(self.offset);
        !self.calendar.is_working_day(self.local_day(at))
            || minute < rule.params.office_from.minute()
            || minute > rule.params.office_to.minute()
            || (minute == rule.params.office_to.minute() && at.epoch_seconds().rem_euclid(60) > 0)
    }

    /// One rule as folded, in canonical JSON; `None` when it is off.
    pub fn rule_json(&self, id: RuleId) -> Option<String> {
        self.rules.json(id)
    }

    /// The JSON Schema of a policy document.
    pub fn schema(schemas: &mut Schemas) -> String {
        document::schema(schemas)
    }
}

fn errors(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(|finding| finding.severity == Severity::Error);
    findings
}

#[cfg(test)]
mod tests;
