//! `Engine`: policy and roster, and nothing else. Stateless: a case goes in with a command, and
//! comes out as it stands afterwards, with the outcome.

use crate::calendar::{Date, Instant};
use crate::case::{Case, State};
use crate::codes::Code;
use crate::command::{Command, Do};
use crate::event::{Entry, Fixed};
use crate::finding::{Finding, Severity};
use crate::ids::PersonId;
use crate::judge::Judge;
use crate::policy::{Policy, RuleId};
use crate::roster::Roster;
use crate::shape::choices;
use crate::steps::{close, deliberate, evolve_case, judge_case, open, other, publish, settle, Stamp};
use crate::vocab::CloseAs;

choices! {
    /// Whether a command was accepted.
    pub enum Status {
        /// Accepted: its events happened.
        Accepted = "accepted",
        /// Rejected: nothing changed.
        Rejected = "rejected",
    }
}

/// What a stateless engine cannot see, because only a book remembers it.
pub const NOT_JUDGED: &[&str] = &[
    "command.id_reused",
    "command.clock_backwards",
    "meeting.item_by_item",
    "close.repeat",
    "contact_card",
    "case.id_reused",
    "visit.unknown",
    "meeting.id_reused",
    "posting.id_reused",
    "sample.recheck",
];

/// The answer of an [`Engine`] to one command about one case.
#[derive(Clone, Debug)]
pub struct Applied {
    /// Accepted or rejected.
    pub status: Status,
    /// Every reason for a rejection, or the warnings.
    pub findings: Vec<Finding>,
    /// The case as it stands now; as it was, when the command was rejected.
    pub case: Option<Case>,
    fixed: Fixed,
}

impl Applied {
    /// The events of the command that was applied, each in canonical JSON. They have no `seq`,
    /// `prev` and `hash`: those are a journal's.
    pub fn events(&self, command: &Command) -> Vec<String> {
        if self.status == Status::Rejected {
            return Vec::new();
        }
        let mut warnings = String::new();
        if !self.findings.is_empty() {
            crate::event::write_findings(&self.findings, &mut warnings);
        }
        let entry = Entry { command, fixed: &self.fixed, warnings: &warnings };
        let digest = entry.digest(&mut String::new());
        (0..entry.len())
            .map(|index| {
                let mut event = String::new();
                entry.write(index, None, Some(&digest), &mut event);
                event
            })
            .collect()
    }
}

/// What somebody may do about a case now, and for what is closed, why.
#[derive(Clone, Debug)]
pub struct Action {
    /// The command's `do`.
    pub todo: &'static str,
    /// For `close`, as what.
    pub close_as: Option<CloseAs>,
    /// Whether it is open to the person.
    pub allowed: bool,
    /// Why not, or what is to be minded.
    pub findings: Vec<Finding>,
}

/// Policy and roster: the rules of the method, to be asked about one case at a time.
///
/// It judges everything that the case, the command, the policy and the roster show.
/// [`NOT_JUDGED`] lists what only a [`Book`](crate::Book) can see.
///
/// ```
/// use wuzhang::{Command, Engine, Policy, Roster, Status};
/// let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
/// let engine = Engine::new(Policy::preset("dayi-2014").unwrap(), roster);
/// let command = Command::read(br#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"note_need",
///   "case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"road","text":"the lane floods"}"#).unwrap();
/// let applied = engine.apply(None, &command);
/// assert_eq!(applied.status, Status::Accepted);
/// assert_eq!(applied.case.unwrap().state.word(), "noted");
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    /// Every policy that was ever in force, by its first day; of two with one first day the later
    /// adopted stands last and holds.
    policies: Vec<Policy>,
    roster: Roster,
}

impl Engine {
    /// An engine of one policy and one roster.
    pub fn new(policy: Policy, roster: Roster) -> Self {
        Engine { policies: vec![policy], roster }
    }

    /// The roster.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    pub(crate) fn roster_mut(&mut self) -> &mut Roster {
        &mut self.roster
    }

    /// The policies by their first day.
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    pub(crate) fn adopt(&mut self, policy: Policy) {
        let place = self.policies.partition_point(|other| other.effective_from <= policy.effective_from);
        self.policies.insert(place, policy);
    }

    /// The policy in force on a day; before the first one, the first.
    pub fn policy_on(&self, day: Date) -> &Policy {
        match self.policies.as_slice() {
            [only] => only,
            policies => policies
                .iter()
                .rev()
                .find(|policy| policy.effective_from <= day)
                .or_else(|| policies.first())
                .unwrap_or_else(|| Self::none()),
        }
    }

    /// An engine is made with a policy and only ever gains more.
    #[cold]
    #[allow(clippy::unreachable)] // the list is never empty; no input reaches this
    fn none() -> &'static Policy {
        unreachable!("an engine has a policy")
    }

    /// The policy in force at an instant, by the local day of that policy's own offset.
    pub fn policy_at(&self, at: Instant) -> &Policy {
        match self.policies.as_slice() {
            [only] => only,
            policies => policies
                .iter()
                .rev()
                .find(|policy| policy.effective_from <= policy.local_day(at))
                .or_else(|| policies.first())
                .unwrap_or_else(|| Self::none()),
        }
    }

    /// Applies a command that names one case, or `consolidate`, `hold_meeting` and `publish` as far
    /// as they touch the case. `None` is the case that `note_need` begins.
    pub fn apply(&self, case: Option<Case>, command: &Command) -> Applied {
        let mut judge = Judge::of_command(self.policy_at(command.at), &self.roster, command);
        let fixed = self.judge(&mut judge, case.as_ref(), command);
        if !judge.passes() {
            return Applied { status: Status::Rejected, findings: judge.findings, case, fixed: Fixed::none() };
        }
        let findings = judge.findings;
        let case = self.live(case, command, &fixed);
        Applied { status: Status::Accepted, findings, case, fixed }
    }

    /// What [`Engine::apply`] would find, without making a new case of it.
    #[cfg(feature = "analyse")]
    pub(crate) fn judged(&self, case: Option<&Case>, command: &Command) -> Vec<Finding> {
        let mut judge = Judge::of_command(self.policy_at(command.at), &self.roster, command);
        self.judge(&mut judge, case, command);
        judge.findings
    }

    fn judge(&self, j: &mut Judge<'_>, case: Option<&Case>, command: &Command) -> Fixed {
        let named = |j: &mut Judge<'_>| match case {
            Some(case) if command.case().is_none_or(|id| *id == case.id) => true,
            _ => {
                let id = command.case().map(ToString::to_string).unwrap_or_default();
                j.unknown(Code::CaseUnknown, "/case", &id);
                false
            }
        };
        match &command.todo {
            Do::NoteNeed(c) => {
                if case.is_some() {
                    j.unknown(Code::CaseIdReused, "/case", c.case.as_str());
                }
                open::note_need(j, c)
            }
            Do::Consolidate(c) => {
                let mut fixed = open::consolidate(j, c);
                if let Some(case) = case {
                    let touched = matches!(case.state, State::Registered(_)) && case.unit == c.unit;
                    fixed.cases = Some(if touched { vec![case.id.clone()] } else { Vec::new() });
                }
                fixed
            }
            Do::HoldMeeting(c) => {
                let unit = deliberate::hold_meeting(j, c);
                if let (Some(unit), Some(case)) = (unit, case) {
                    for (index, decision) in c.decisions.iter().enumerate().filter(|(_, d)| d.case == case.id) {
                        deliberate::decide(j, c, unit, index, decision, case);
                    }
                }
                let cases = c.decisions.iter().map(|decision| decision.case.clone()).collect();
                Fixed { unit: Some(c.unit.clone()), cases: Some(cases), ..Fixed::none() }
            }
            Do::Publish(c) => {
                publish::publish(j, c);
                if let Some(case) = case {
                    let items = c.items.as_deref().unwrap_or_default();
                    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.case == case.id) {
                        publish::publish_item(j, c, index, item, case);
                    }
                }
                Fixed::none()
            }
            Do::Object(_) => {
                named(j);
                Fixed::none()
            }
            _ if command.case().is_none() => {
                j.refuse(Code::CommandNeedsBook, "/do").with("do", command.todo.word());
                Fixed::none()
            }
            todo => match case {
                Some(case) if named(j) => judge_case(j, case, todo),
                _ => {
                    if case.is_none() {
                        named(j);
                    }
                    Fixed::none()
                }
            },
        }
    }

    fn live(&self, case: Option<Case>, command: &Command, fixed: &Fixed) -> Option<Case> {
        let stamp = Stamp::of(command);
        let mut case = match &command.todo {
            Do::NoteNeed(c) => return open::need_noted(stamp, c, fixed),
            _ => case?,
        };
        match &command.todo {
            Do::Consolidate(_) => {
                if fixed.cases.as_ref().is_some_and(|cases| cases.contains(&case.id)) {
                    open::ledgered(&mut case, stamp);
                }
            }
            Do::HoldMeeting(c) => {
                if let Some(decision) = c.decisions.iter().find(|decision| decision.case == case.id) {
                    deliberate::decided(&mut case, stamp, c, decision);
                }
            }
            Do::Publish(c) => {
                if c.items.iter().flatten().any(|item| item.case == case.id) {
                    publish::posted(&mut case, stamp, c);
                }
            }
            Do::Object(c) => {
                let step = crate::case::WasObjected { objection: c.objection.clone() };
                case.tread(stamp, crate::case::What::Objected(step));
            }
            todo => evolve_case(&mut case, stamp, todo, fixed),
        }
        Some(case)
    }

    /// What the actor may do about the case at that moment: every command that names one case, and
    /// for each that is closed every reason why.
    pub fn actions(&self, case: &Case, actor: &PersonId, at: Instant) -> Vec<Action> {
        self.actions_with(case, actor, at, None)
    }

    pub(crate) fn actions_with(
        &self,
        case: &Case,
        actor: &PersonId,
        at: Instant,
        book: Option<&crate::book::Tables>,
    ) -> Vec<Action> {
        type Guard = fn(&mut Judge<'_>, &Case);
        let guards: [(&'static str, Option<CloseAs>, Guard); 21] = [
            ("solve_on_the_spot", None, open::may_open),
            ("register_card", None, open::may_open),
            ("report_up", None, |j, case| drop(deliberate::report_up(j, case))),
            ("return_case", None, |j, case| drop(deliberate::may_return(j, case))),
            ("log_progress", None, |j, case| drop(settle::log_progress(j, case))),
            ("request_extension", None, settle::may_request),
            ("decide_extension", None, settle::may_decide_extension),
            ("settle", None, settle::may_settle),
            ("review_settlement", None, settle::may_review),
            ("publish", None, publish::may_publish),
            ("ask_household", None, |j, case| drop(close::ask_household(j, case))),
            ("rate", None, |j, case| drop(close::ask_household(j, case))),
            ("replan", None, close::may_replan),
            ("close", Some(CloseAs::Satisfied), |j, case| close::may_close(j, case, CloseAs::Satisfied)),
            ("close", Some(CloseAs::Unrated), |j, case| close::may_close(j, case, CloseAs::Unrated)),
            ("close", Some(CloseAs::Explained), |j, case| close::may_close(j, case, CloseAs::Explained)),
            ("close", Some(CloseAs::Redirected), |j, case| close::may_close(j, case, CloseAs::Redirected)),
            ("reopen", None, close::may_reopen),
            ("merge", None, other::may_merge),
            ("withdraw", None, |j, case| drop(other::withdraw(j, case))),
            ("hold_meeting", None, deliberate::may_deliberate),
        ];
        let policy = self.policy_at(at);
        guards
            .into_iter()
            .map(|(todo, close_as, guard)| {
                let mut judge = Judge::new(policy, &self.roster, at, actor);
                judge.book = book;
                guard(&mut judge, case);
                let allowed = judge.passes();
                Action { todo, close_as, allowed, findings: judge.findings }
            })
            .collect()
    }

    /// The duties that the case has opened, as they stand at that moment, in the order of opening.
    /// Without a book no earlier meeting is known: a case put on a ledger is taken to be due at the
    /// meeting of that very period.
    pub fn duties_of(&self, case: &Case, at: Instant) -> Vec<crate::duty::Duty> {
        let today = self.policy_at(at).local_day(at);
        crate::duty::of_case(self, case, today, &|_| Vec::new())
    }

    /// Whether a finding refuses.
    pub(crate) fn refuses(findings: &[Finding]) -> bool {
        findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Whether a rule is on by the policy of a day.
    pub fn is_on(&self, rule: RuleId, day: Date) -> bool {
        self.policy_on(day).rules.is_on(rule)
    }
}
