//! The operations of an engine.

use crate::book::Outcome;
use crate::command::Command;
use crate::duty::{Filter, Nullable, VisitColumns};
use crate::engine::{Engine, Status, NOT_JUDGED};
use crate::event::write_findings;
use crate::limits;
use crate::policy::Policy;
use crate::shape::{canonical, Node, Reader, Shape};

use super::requests::{EngineActions, EngineApply, EngineDuties, VisitDutiesOf};
use super::{actions, finish, read, texts, with_op};

/// The operations of an engine.
pub const ENGINE_OPS: &[&str] = &["apply", "actions", "duties_of"];

/// An engine behind the façade.
///
/// ```
/// use wuzhang::json::JsonEngine;
/// let engine = JsonEngine::new("dayi-2014", wuzhang::doc::ROSTER).unwrap();
/// let answer = engine.call(r#"{"op":"apply","case":null,"command":{"id":"c1","at":"2014-03-03T09:00:00+08:00",
///   "actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood",
///   "topic":"road","text":"the lane floods"}}"#);
/// assert!(answer.contains(r#""state":"noted""#));
/// ```
#[derive(Debug, Clone)]
pub struct JsonEngine(Engine);

impl JsonEngine {
    /// An engine of a policy (a preset's name, or a document) and a roster document.
    ///
    /// # Errors
    /// The error answer, with everything that is wrong with the documents.
    pub fn new(policy: &str, roster: &str) -> Result<JsonEngine, String> {
        JsonEngine::with(super::policy(policy)?, roster)
    }

    /// An engine of a policy that was read before.
    ///
    /// # Errors
    /// The error answer, with everything that is wrong with the roster.
    pub fn with(policy: Policy, roster: &str) -> Result<JsonEngine, String> {
        Ok(JsonEngine(Engine::new(policy, super::roster(roster)?)))
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.0
    }

    /// Answers a request: `apply`, `actions`, `duties_of`.
    pub fn call(&self, request: &str) -> String {
        finish(with_op(request, ENGINE_OPS, |op, node| match op {
            "apply" => read::<EngineApply>(node).map(|request| self.apply(request)),
            "actions" => read::<EngineActions>(node)
                .map(|request| actions(&self.0.actions(&request.case, &request.actor, request.at))),
            "duties_of" => read::<EngineDuties>(node).map(|request| {
                canonical(&self.0.duties_of(&request.case, request.at))
            }),
            _ => Err(Vec::new()),
        }))
    }

    /// The quota duties of visits in columns. The request is
    /// `{"op":"visit_duties","from":…,"to":…,"as_of":…}`, with `rule`, `state` and `subject` if wanted.
    pub fn visit_duties(&self, columns: &VisitColumns<'_>, request: &str) -> String {
        finish(with_op(request, &["visit_duties"], |_, node| {
            let request = read::<VisitDutiesOf>(node)?;
            let as_of = request.as_of.instant(&self.0);
            let filter = Filter {
                rule: request.rule.map(|rule| rule.to_string()),
                state: request.state,
                subject: request.subject,
            };
            self.0.visit_duties(columns, request.from, request.to, as_of, &filter).map(|rows| canonical(&rows))
        }))
    }

    fn apply(&self, request: EngineApply) -> String {
        let id = request.command.0.get("id").and_then(Node::as_str).unwrap_or_default().to_owned();
        let mut cx = Reader::new();
        let (outcome, case) = match Command::from_node(&request.command.0, &mut cx) {
            Some(command) if cx.problems.is_empty() => {
                let applied = self.0.apply(request.case.0, &command);
                let mut findings = String::new();
                write_findings(&applied.findings, &mut findings);
                let events = applied.events(&command);
                (Outcome { command: id, status: applied.status, events, findings }, applied.case)
            }
            _ => {
                let mut findings = String::new();
                write_findings(&limits::command_findings(&cx), &mut findings);
                (Outcome { command: id, status: Status::Rejected, events: Vec::new(), findings }, request.case.0)
            }
        };
        let mut out = String::from("{\"case\":");
        Nullable(case).write(&mut out);
        out.push_str(",\"not_judged\":");
        out.push_str(&texts(NOT_JUDGED.iter().copied()));
        out.push_str(",\"outcome\":");
        outcome.write(&mut out);
        out.push('}');
        out
    }
}
