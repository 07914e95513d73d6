//! A real year lived under two policies: every case, duty and refusal that would have differed,
//! with the clause responsible.
//!
//! Both books get the same commands in the same order. What one of them refused stays refused
//! there, so its later commands may fail too: the clause responsible for a case, a posting or an
//! objection is the one of its first difference, and it is handed on to whatever names them.
//!
//! Nothing is chained, so the sample that is called back, which is drawn by hashes, is none of the
//! year's own: its calls are refused in both.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::book::{Book, Chaining, LineError};
use crate::calendar::{Date, Instant};
use crate::case::{Case, StateWord};
use crate::command::{Command, Do};
use crate::duty::{Duty, DutyState, Filter, Nullable};
use crate::engine::Status;
use crate::finding::{Finding, Severity};
use crate::ids::{AnyId, CaseId};
use crate::limits::{DOCUMENT_COMMAND, DOCUMENT_POLICY};
use crate::policy::{Policy, RuleId};
use crate::shape::{parse, record, Node, Text};
use crate::Roster;

record! {
    /// A command that came out differently.
    pub struct OutcomeDiffers {
        /// 操作 · The command.
        command: AnyId,
        /// 事项 · The case it is about; the first, of several.
        case: Option<CaseId>,
        /// 原结果 · Under the old policy.
        old: Status,
        /// 新结果 · Under the new policy.
        new: Status,
        /// 退回的代码 · The codes of whichever refused it.
        refused_by: Vec<Text>,
        /// 起因的规则 · The clause responsible.
        because: Option<RuleId>,
    }
}

record! {
    /// A case that stands differently at the end.
    pub struct CaseDiffers {
        /// 事项 · The case.
        case: CaseId,
        /// 原状态 · Under the old policy; null where there is none.
        old: Nullable<StateWord>,
        /// 新状态 · Under the new policy.
        new: Nullable<StateWord>,
        /// 原时限 · The deadline in force under the old policy.
        old_due: Option<Date>,
        /// 新时限 · The deadline in force under the new policy.
        new_due: Option<Date>,
        /// 起因的规则 · The clause responsible.
        because: Option<RuleId>,
    }
}

record! {
    /// A duty that differs.
    pub struct DutyDiffers {
        /// 规则 · The rule.
        rule: RuleId,
        /// 责任主体 · Who owes it.
        subject: AnyId,
        /// 对象 · About what.
        object: Nullable<AnyId>,
        /// 期间 · For which period.
        period: Nullable<crate::calendar::Period>,
        /// 原截止日 · Its last day under the old policy; left out where it is not owed.
        old_due: Option<Date>,
        /// 新截止日 · Under the new policy.
        new_due: Option<Date>,
        /// 原状态 · How it stands under the old policy.
        old: Option<DutyState>,
        /// 新状态 · Under the new policy.
        new: Option<DutyState>,
        /// 起因的规则 · The clause responsible.
        because: Option<RuleId>,
    }
}

record! {
    /// How often a clause is responsible.
    pub struct Blame {
        /// 规则;空为未能归因 · The clause; left out where several may be.
        because: Option<RuleId>,
        /// 操作 · Commands that came out differently.
        commands: u64,
        /// 事项 · Cases that stand differently.
        cases: u64,
        /// 职责 · Duties that differ.
        duties: u64,
    }
}

record! {
    /// What would have gone differently.
    pub struct Replayed {
        /// 操作数 · How many commands were lived.
        commands: u64,
        /// 事项数 · How many cases there were, under either.
        cases_in_all: u64,
        /// 职责数 · How many duties were compared, under either.
        duties_in_all: u64,
        /// 截至 · As of when.
        as_of: Option<Instant>,
        /// 合计,按规则 · Totals by clause.
        totals: Vec<Blame>,
        /// 结果不同的操作 · The commands.
        commands_differ: Vec<OutcomeDiffers>,
        /// 结局不同的事项 · The cases.
        cases_differ: Vec<CaseDiffers>,
        /// 不同的职责 · The duties.
        duties_differ: Vec<DutyDiffers>,
    }
}

/// Two books that live the same commands.
pub struct Replay {
    old: Book,
    new: Book,
    changed: Vec<RuleId>,
    commands: u64,
    first: Option<Instant>,
    outcomes: Vec<OutcomeDiffers>,
    /// The clause responsible for the first difference of a case, posting, meeting or objection.
    causes: BTreeMap<String, RuleId>,
    /// What a unit did on a day in one book alone, and the clause responsible.
    missing: Vec<(String, Date, RuleId)>,
}

impl Replay {
    /// Two books of one roster. The new policy is lived as if it had come into force with the old
    /// one: the question is what it would have done to that time.
    ///
    /// # Errors
    /// What is wrong with the new policy at the old one's first day.
    ///
    /// ```
    /// use wuzhang::{analyse::replay::Replay, policy::RuleId, Policy, Roster};
    /// let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
    /// let old = Policy::preset("dayi-2014").unwrap();
    /// let new = Policy::read(br#"{"id":"x","version":"1","title":{"zh":"x","en":"x"},"effective_from":"2026-01-01","extends":"dayi-2014",
    ///   "rules":{"register.within":{"modality":"must","source":{"kind":"assumed","grounding":"x"},"limit":"5wd"}}}"#).unwrap();
    /// let mut replay = Replay::new(&old, &new, &roster).unwrap();
    /// replay.line(br#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"x","text":"x"}"#).unwrap();
    /// let found = replay.finish(None);
    /// assert_eq!(found.duties_differ.len(), 1);
    /// assert_eq!(found.duties_differ[0].because, Some(RuleId::RegisterWithin));
    /// ```
    pub fn new(old: &Policy, new: &Policy, roster: &Roster) -> Result<Replay, Vec<Finding>> {
        let changed = RuleId::ALL.iter().copied().filter(|rule| old.rule_json(*rule) != new.rule_json(*rule)).collect();
        let new = from_day(new, old.effective_from)?;
        Ok(Replay {
            old: Book::with_chaining(old.clone(), roster.clone(), Chaining::Off),
            new: Book::with_chaining(new, roster.clone(), Chaining::Off),
            changed,
            commands: 0,
            first: None,
            outcomes: Vec::new(),
            causes: BTreeMap::new(),
            missing: Vec::new(),
        })
    }

    /// Lives a line of commands in both.
    ///
    /// # Errors
    /// When the line is no JSON object with an `id`.
    pub fn line(&mut self, line: &[u8]) -> Result<(), LineError> {
        match Command::read(line) {
            Ok(command) => self.command(&command),
            // What is no command of any shape is refused by both alike.
            Err(_) => {
                self.old.feed_lines(line)?;
                self.new.feed_lines(line)?;
                self.commands = self.commands.saturating_add(1);
            }
        }
        Ok(())
    }

    /// Lives a command in both.
    pub fn command(&mut self, command: &Command) {
        self.commands = self.commands.saturating_add(1);
        self.first = self.first.or(Some(command.at));
        let (old, new) = (self.old.apply(command), self.new.apply(command));
        if old.status == new.status {
            return;
        }
        let refused = if old.status == Status::Rejected { &old.findings } else { &new.findings };
        let Refusal { codes, rules, names } = refusal(refused);
        let cases = cases_of(command);
        let ids: Vec<String> = cases.iter().map(ToString::to_string).chain(own_ids(command)).collect();
        let own = rules.iter().copied().find(|rule| self.changed.contains(rule));
        let handed_on = || ids.iter().chain(&names).find_map(|id| self.causes.get(id)).copied();
        let because = own.or_else(handed_on).or_else(|| self.leaning(rules.first().copied()));
        if let Some(because) = because {
            for id in ids {
                self.causes.entry(id).or_insert(because);
            }
            self.missing.extend(of_unit(command).map(|(unit, day)| (unit, day, because)));
        }
        self.outcomes.push(OutcomeDiffers {
            command: command.id.any(),
            case: cases.into_iter().next(),
            old: old.status,
            new: new.status,
            refused_by: codes,
            because,
        });
    }

    /// Lives the commands of a book that was opened from a journal.
    pub fn journal(&mut self, book: &Book) {
        for command in book.commands() {
            self.command(&command);
        }
    }

    /// The one changed rule, or the changed one that another leans on.
    fn leaning(&self, rule: Option<RuleId>) -> Option<RuleId> {
        if let [only] = self.changed.as_slice() {
            return Some(*only);
        }
        let on = leans_on(rule?);
        let found: Vec<RuleId> = on.iter().copied().filter(|rule| self.changed.contains(rule)).collect();
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// What differs at the end, or as it stood at a moment.
    pub fn finish(self, as_of: Option<Instant>) -> Replayed {
        let last = [self.old.last_at(), self.new.last_at()].into_iter().flatten().max_by(|a, b| a.cmp_moment(*b));
        let as_of = as_of.or(last);
        let cases = self.cases();
        let (duties, compared) = match (as_of, self.first) {
            (Some(as_of), Some(first)) => self.duties(first, as_of),
            _ => (Vec::new(), 0),
        };
        let mut totals: BTreeMap<Option<RuleId>, Blame> = BTreeMap::new();
        let mut blame = |because: Option<RuleId>, count: fn(&mut Blame) -> &mut u64| {
            let row = totals.entry(because).or_insert(Blame { because, commands: 0, cases: 0, duties: 0 });
            let number = count(row);
            *number = number.saturating_add(1);
        };
        self.outcomes.iter().for_each(|row| blame(row.because, |row| &mut row.commands));
        cases.iter().for_each(|row| blame(row.because, |row| &mut row.cases));
        duties.iter().for_each(|row| blame(row.because, |row| &mut row.duties));
        let in_all = self.old.cases().len().max(self.new.cases().len());
        Replayed {
            commands: self.commands,
            cases_in_all: u64::try_from(in_all).unwrap_or(u64::MAX),
            duties_in_all: compared,
            as_of,
            totals: totals.into_values().collect(),
            commands_differ: self.outcomes,
            cases_differ: cases,
            duties_differ: duties,
        }
    }

    fn cases(&self) -> Vec<CaseDiffers> {
        let mut ids: Vec<&CaseId> = self.old.cases().iter().chain(self.new.cases()).map(|case| &case.id).collect();
        ids.sort();
        ids.dedup();
        ids.into_iter()
            .filter_map(|id| {
                let (old, new) = (self.old.case(id), self.new.case(id));
                let state = |case: Option<&Case>| case.map(|case| case.state.name());
                let due = |case: Option<&Case>| case.and_then(|case| case.state.plan()).and_then(|plan| plan.due);
                let unit = |case: Option<&Case>| case.map(|case| case.unit.clone());
                let same = state(old) == state(new) && due(old) == due(new) && unit(old) == unit(new);
                (!same).then(|| CaseDiffers {
                    case: id.clone(),
                    old: Nullable(state(old)),
                    new: Nullable(state(new)),
                    old_due: due(old),
                    new_due: due(new),
                    because: self.causes.get(id.as_str()).copied().or_else(|| self.leaning(None)),
                })
            })
            .collect()
    }

    /// Duties by their keys, side by side; also how many there are in all.
    fn duties(&self, first: Instant, as_of: Instant) -> (Vec<DutyDiffers>, u64) {
        let from = self.old.opening_policy().local_day(first);
        let today = self.old.opening_policy().local_day(as_of);
        // What a case has opened is compared even where its day is still to come.
        let rows = |book: &Book| -> Vec<Duty> {
            let mut rows = book.duties(from, today.add_days(800), as_of, &Filter::default());
            rows.retain(|duty| duty.due <= today || duty.period.0.is_none());
            rows
        };
        let (old, new) = (rows(&self.old), rows(&self.new));
        let (mut a, mut b) = (old.iter().peekable(), new.iter().peekable());
        let (mut differ, mut all) = (Vec::new(), 0u64);
        loop {
            let order = match (a.peek(), b.peek()) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => key(a).cmp(&key(b)),
            };
            all = all.saturating_add(1);
            let before = if order == Ordering::Greater { None } else { a.next() };
            let after = if order == Ordering::Less { None } else { b.next() };
            let Some(row) = before.or(after) else { break };
            let shows = |duty: Option<&Duty>| duty.map(|duty| (duty.due, duty.state, duty.required));
            if shows(before) == shows(after) {
                continue;
            }
            differ.push(DutyDiffers {
                rule: row.rule,
                subject: row.subject.clone(),
                object: row.object.clone(),
                period: row.period.clone(),
                old_due: before.map(|duty| duty.due),
                new_due: after.map(|duty| duty.due),
                old: before.map(|duty| duty.state),
                new: after.map(|duty| duty.state),
                because: self.cause(row),
            });
        }
        (differ, all)
    }

    fn cause(&self, duty: &Duty) -> Option<RuleId> {
        if self.changed.contains(&duty.rule) {
            return Some(duty.rule);
        }
        let handed_on = duty.object.0.as_ref().and_then(|object| self.causes.get(object.as_str())).copied();
        let unit = || {
            let period = duty.period.0?;
            let missing = self.missing.iter().find(|(unit, day, _)| unit == duty.subject.as_str() && period.contains(*day));
            missing.map(|(_, _, because)| *because)
        };
        handed_on.or_else(unit).or_else(|| self.leaning(Some(duty.rule)))
    }
}

type Key<'a> = (&'static str, &'a AnyId, &'a Nullable<AnyId>, &'a Nullable<crate::calendar::Period>);

/// The keys by which duty rows are sorted and found again.
fn key(duty: &Duty) -> Key<'_> {
    (duty.rule.word(), &duty.subject, &duty.object, &duty.period)
}

/// Why a command was refused.
struct Refusal {
    codes: Vec<Text>,
    rules: Vec<RuleId>,
    /// Every id that the reasons name.
    names: Vec<String>,
}

fn refusal(findings: &str) -> Refusal {
    let mut refusal = Refusal { codes: Vec::new(), rules: Vec::new(), names: Vec::new() };
    let Ok(Node::List(list)) = parse(findings.as_bytes(), DOCUMENT_COMMAND) else { return refusal };
    for finding in &list {
        if finding.get("severity").and_then(Node::as_str) != Some(Severity::Error.word()) {
            continue;
        }
        let code = Text::clipped(finding.get("code").and_then(Node::as_str).unwrap_or_default());
        if !refusal.codes.contains(&code) {
            refusal.codes.push(code);
        }
        refusal.rules.extend(finding.get("rule").and_then(Node::as_str).and_then(RuleId::from_word));
        let Some(Node::Object(params)) = finding.get("params") else { continue };
        for (_, value) in params {
            match value {
                Node::Text(text) => refusal.names.push(text.to_string()),
                Node::List(list) => refusal.names.extend(list.iter().filter_map(Node::as_str).map(str::to_owned)),
                _ => {}
            }
        }
    }
    refusal
}

/// The ids that a command brings into the world, beside cases, or takes up again.
fn own_ids(command: &Command) -> Vec<String> {
    match &command.todo {
        Do::HoldMeeting(c) => vec![c.meeting.to_string()],
        Do::Publish(c) => vec![c.posting.to_string()],
        Do::TakeDown(c) => vec![c.posting.to_string()],
        Do::Object(c) => vec![c.objection.to_string(), c.posting.to_string()],
        Do::AnswerObjection(c) => vec![c.objection.to_string()],
        Do::RecordVisit(c) => vec![c.visit.to_string()],
        Do::ApproveLateVisit(c) => vec![c.visit.to_string()],
        _ => Vec::new(),
    }
}

/// What a command does for a unit's own period.
fn of_unit(command: &Command) -> Option<(String, Date)> {
    match &command.todo {
        Do::HoldMeeting(c) => Some((c.unit.to_string(), c.held_on)),
        Do::Consolidate(c) => Some((c.unit.to_string(), c.period.first())),
        Do::Publish(c) => Some((c.unit.to_string(), c.period.map_or(c.from, crate::calendar::Period::first))),
        _ => None,
    }
}

/// The cases that a command speaks of.
fn cases_of(command: &Command) -> Vec<CaseId> {
    match &command.todo {
        Do::NoteNeed(c) => vec![c.case.clone()],
        Do::HoldMeeting(c) => c.decisions.iter().map(|decision| decision.case.clone()).collect(),
        Do::Publish(c) => c.items.iter().flatten().map(|item| item.case.clone()).collect(),
        _ => command.case().cloned().into_iter().collect(),
    }
}

/// On which other rules a rule's duties and refusals lean: their change shows there.
fn leans_on(rule: RuleId) -> &'static [RuleId] {
    match rule {
        RuleId::MeetingItemByItem => &[
            RuleId::MeetingVillage,
            RuleId::MeetingTown,
            RuleId::MeetingDepartment,
            RuleId::MeetingCounty,
            RuleId::MeetingLateEntry,
        ],
        RuleId::MeetingVillage | RuleId::MeetingTown | RuleId::MeetingDepartment | RuleId::MeetingCounty => {
            &[RuleId::MeetingLateEntry]
        }
        RuleId::SettleOverdue => &[RuleId::PlanCap, RuleId::SettleExtension, RuleId::CloseRedo],
        RuleId::PublishWithin | RuleId::CloseAttempts => &[RuleId::PublishStages, RuleId::PublishMasked, RuleId::SettleReview],
        RuleId::EscalateWithin => &[RuleId::EscalateRoute],
        RuleId::SampleRecheck => &[RuleId::CloseSatisfied, RuleId::CloseRedo],
        RuleId::VisitCountyLeader
        | RuleId::VisitDepartment
        | RuleId::VisitTown
        | RuleId::VisitVillage
        | RuleId::VisitGroup => &[RuleId::VisitInPerson, RuleId::VisitLateEntry, RuleId::VisitLiaised],
        _ => &[],
    }
}

/// A policy with another first day.
fn from_day(policy: &Policy, day: Date) -> Result<Policy, Vec<Finding>> {
    let mut document = parse(policy.document().as_bytes(), DOCUMENT_POLICY)
        .map_err(|error| vec![crate::limits::parse_finding(&error)])?;
    if let Some(from) = document.pointer_mut("/effective_from") {
        *from = Node::Text(day.to_string().into());
    }
    Policy::read(document.canonical().as_bytes())
}
