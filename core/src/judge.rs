//! The judgement of one command: what it may lean on, and the findings it gathers.

use crate::authority::Actor;
use crate::calendar::{Date, Instant, Limit};
use crate::case::Case;
use crate::codes::Code;
use crate::command::Command;
use crate::book::Tables;
use crate::finding::{Finding, Param, Severity};
use crate::ids::{PersonId, UnitId};
use crate::policy::{Policy, RuleId, Rules};
use crate::roster::{PersonIx, Roster, TargetIx, UnitIx};
use crate::shape::Text;
use crate::vocab::{Category, Modality, Stage};

/// A finding just added, to which parameters can still be given; nothing where the rule is off.
pub(crate) struct Added<'f>(Option<&'f mut Finding>);

impl Added<'_> {
    pub fn with(self, name: &'static str, value: impl Into<Param>) -> Self {
        if let Some(finding) = self.0 {
            finding.params.push((name, value.into()));
            return Added(Some(finding));
        }
        self
    }

    fn severity(self, severity: Severity) -> Self {
        if let Some(finding) = self.0 {
            finding.severity = severity;
            return Added(Some(finding));
        }
        self
    }
}

/// Where a visit went and who made it, as the guard found them in the roster.
pub(crate) struct Visited {
    pub day: Date,
    pub target: TargetIx,
    pub cadres: Vec<PersonIx>,
}

/// Everything a guard may look at, and the findings so far. Guards never stop at the first reason.
pub(crate) struct Judge<'a> {
    pub policy: &'a Policy,
    pub rules: &'a Rules,
    pub roster: &'a Roster,
    /// When the command reaches the book.
    pub at: Instant,
    /// The local day of `at`.
    pub today: Date,
    pub actor_id: &'a PersonId,
    pub actor: Actor,
    /// What the book knows beyond the one case; a stateless engine has none.
    pub book: Option<&'a Tables>,
    /// What `record_visit` found, so that it is not looked up again.
    pub visited: Option<Visited>,
    pub findings: Vec<Finding>,
}

impl<'a> Judge<'a> {
    pub fn new(policy: &'a Policy, roster: &'a Roster, at: Instant, actor_id: &'a PersonId) -> Self {
        let today = policy.local_day(at);
        let mut judge = Judge {
            policy,
            rules: &policy.rules,
            roster,
            at,
            today,
            actor_id,
            actor: Actor::of(roster, actor_id, today),
            book: None,
            visited: None,
            findings: Vec::new(),
        };
        if judge.actor.person.is_none() {
            judge.unknown(Code::ActorUnknown, "/actor", actor_id.as_str());
        }
        judge
    }

    pub fn of_command(policy: &'a Policy, roster: &'a Roster, command: &'a Command) -> Self {
        Self::new(policy, roster, command.at, &command.actor)
    }

    /// Whether nothing refuses so far.
    pub fn passes(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }

    /// A finding that refuses, of no rule.
    pub fn refuse(&mut self, code: Code, path: impl Into<String>) -> Added<'_> {
        self.push(Finding::plain(code, path))
    }

    /// A finding of a rule: an error when the rule is a must, a warning when it is a principle.
    /// `None` when the rule is switched off: then there is nothing to break.
    pub fn breach(&mut self, rule: RuleId, code: Code, path: impl Into<String>, reason: &'static str) -> Added<'_> {
        let Some(ground) = self.rules.ground(rule) else { return Added(None) };
        let severity = if ground.modality == Modality::Must { Severity::Error } else { Severity::Warning };
        let mut finding = Finding::plain(code, path).with("reason", reason);
        finding.severity = severity;
        finding.ground = Some(ground);
        self.push(finding)
    }

    /// A finding of a rule that only ever warns.
    pub fn warn(&mut self, rule: RuleId, code: Code, path: impl Into<String>, reason: &'static str) -> Added<'_> {
        self.breach(rule, code, path, reason).severity(Severity::Warning)
    }

    /// A finding of a rule that refuses whatever the modality: what it asks for is part of the
    /// command's meaning.
    pub fn forbid(&mut self, rule: RuleId, code: Code, path: impl Into<String>, reason: &'static str) -> Added<'_> {
        self.breach(rule, code, path, reason).severity(Severity::Error)
    }

    /// Refuses for want of authority: `reason` says who may.
    pub fn deny(&mut self, reason: &'static str) {
        let actor = self.actor_id.to_string();
        self.forbid(RuleId::Authority, Code::Authority, "/actor", reason).with("actor", actor);
    }

    /// Refuses an id that the book does not know.
    pub fn unknown(&mut self, code: Code, path: impl Into<String>, id: &str) {
        self.refuse(code, path).with("id", id);
    }

    /// Refuses because of the case's state.
    pub fn wrong_state(&mut self, case: &Case, path: impl Into<String>) {
        self.state_because(case, path, "state");
    }

    /// Refuses because of where the case stands, for a reason of its own.
    pub fn state_because(&mut self, case: &Case, path: impl Into<String>, reason: &'static str) {
        let state = case.state.name().word();
        let id = case.id.to_string();
        self.refuse(Code::CaseState, path).with("reason", reason).with("case", id).with("state", state);
    }

    fn push(&mut self, finding: Finding) -> Added<'_> {
        self.findings.push(finding);
        Added(self.findings.last_mut())
    }

    /// The last day of a limit that starts at `from`.
    pub fn due(&self, from: Instant, limit: Limit) -> Date {
        self.due_of(from, limit).date
    }

    /// As [`Judge::due`], with whether it is provisional.
    pub fn due_of(&self, from: Instant, limit: Limit) -> crate::calendar::Due {
        self.policy.due(from, limit)
    }

    pub fn unit(&mut self, id: &UnitId, path: &str) -> Option<UnitIx> {
        let found = self.roster.unit(id.as_str()).filter(|unit| self.roster.unit_on(*unit, self.today).is_some());
        if found.is_none() {
            self.unknown(Code::UnitUnknown, path, id.as_str());
        }
        found
    }

    /// The unit of a case; a unit that has gone from the roster is refused.
    pub fn unit_of(&mut self, case: &Case) -> Option<UnitIx> {
        let found = self.roster.unit(case.unit.as_str());
        if found.is_none() {
            let id = case.unit.clone();
            self.unknown(Code::UnitUnknown, "/case", id.as_str());
        }
        found
    }

    pub fn person(&mut self, id: &PersonId, path: impl Into<String>) -> Option<PersonIx> {
        let found = self.roster.person(id.as_str());
        if found.is_none() {
            self.unknown(Code::CadreUnknown, path, id.as_str());
        }
        found
    }

    /// Whether a case may be shown item by item, now: never stability, hardship with consent.
    pub fn may_post(&self, case: &Case) -> bool {
        may_post(self.rules, case.category, case.consented())
    }

    /// Whether the result has to be posted before the household is asked.
    pub fn needs_posting(&self, case: &Case) -> bool {
        self.may_post(case)
            && self.rules.publish_stages.as_ref().is_some_and(|rule| rule.params.stages.contains(&Stage::Result))
    }

    /// A text is there and says something.
    pub fn says(text: Option<&Text>) -> bool {
        text.is_some_and(|text| !text.is_blank())
    }
}

/// Whether a case of this category may be posted item by item.
pub(crate) fn may_post(rules: &Rules, category: Category, consented: bool) -> bool {
    match rules.publish_masked.as_ref() {
        Some(rule) => {
            !rule.params.counts_only.contains(&category) && (!rule.params.consent.contains(&category) || consented)
        }
        // The rule stands in every policy; without it nothing is shown.
        None => false,
    }
}
