//! What the county does for all: the roster changes, rules are adopted, slips are mended.

use crate::case::{Case, What};
use crate::codes::Code;
use crate::command::{AdoptPolicy, ChangeRoster, Command, Consent, Correct, Do};
use crate::event::Fixed;
use crate::finding::Finding;
use crate::judge::Judge;
use crate::policy::Policy;
use crate::roster::{RosterRows, SubjectIx, TargetIx, UnitIx};
use crate::shape::{canonical, AnyNode, Node, Reader, Shape};
use crate::steps::{close, deliberate, open};

use super::records::Record;
use super::Book;

/// Judges `consent`.
pub(crate) fn consent(j: &mut Judge<'_>, c: &Consent) {
    if let Some(unit) = open::household_unit(j, c.household.as_str(), "/household") {
        if !j.roles().at_or_above(&j.actor, unit) {
            j.deny("unit_or_above");
        }
    }
}

/// What refuses or warns of a `consent` that is judged apart from a book.
#[cfg(feature = "analyse")]
pub(crate) fn judge_consent(
    policy: &Policy,
    roster: &crate::roster::Roster,
    command: &Command,
    c: &Consent,
) -> Vec<Finding> {
    let mut judge = Judge::of_command(policy, roster, command);
    consent(&mut judge, c);
    judge.findings
}

/// Judges `change_roster`: the visits office and the county secretary; a unit's office for
/// households, liaisons and leave of its own.
pub(crate) fn change_roster(j: &mut Judge<'_>, c: &ChangeRoster) {
    let county = j
        .rules
        .authority
        .as_ref()
        .is_some_and(|rule| rule.params.roster.iter().any(|post| j.actor.posts.contains(*post)))
        && is_county(j);
    if !county && !own_rows(j, &c.roster) {
        j.deny("county_or_own_rows");
    }
    j.findings.extend(j.roster.check_change(&c.roster));
}

fn is_county(j: &Judge<'_>) -> bool {
    let kind = j.actor.unit.and_then(|unit| j.roster.unit_on(unit, j.today)).map(|row| row.kind);
    kind == Some(crate::vocab::UnitKind::County)
}

/// Whether the change touches nothing but households, liaisons and leave of the actor's own unit,
/// and the actor is of its office.
fn own_rows(j: &Judge<'_>, rows: &RosterRows) -> bool {
    let Some(own) = j.actor.unit else { return false };
    let mine = |unit: UnitIx| j.roster.is_within(unit, own, j.today);
    let person_mine = |id: &str| {
        let person = j.roster.person(id).and_then(|ix| j.roster.person_on(ix, j.today));
        person.is_some_and(|row| mine(row.unit))
    };
    rows.units.is_empty()
        && rows.cadres.is_empty()
        && j.roles().in_office(&j.actor, own)
        && rows.households.iter().all(|row| {
            let stands = j.roster.household(row.id.as_str()).and_then(|ix| j.roster.household_on(ix, j.today));
            j.roster.unit(row.unit.as_str()).is_some_and(mine) && stands.is_none_or(|row| mine(row.unit))
        })
        && rows.liaisons.iter().all(|row| {
            let subject = match j.roster.subject(row.subject.as_str()) {
                Some(SubjectIx::Person(_)) => person_mine(row.subject.as_str()),
                Some(SubjectIx::Unit(unit)) => mine(unit),
                None => false,
            };
            let target = match j.roster.target(row.target.as_str()) {
                Some(TargetIx::Household(household)) => {
                    j.roster.household_on(household, j.today).is_none_or(|row| mine(row.unit))
                }
                Some(TargetIx::Unit(unit)) => mine(unit),
                // A household that this very change adds.
                None => rows.households.iter().any(|added| added.id.as_str() == row.target.as_str()),
            };
            subject && target
        })
        && rows.leave.iter().all(|row| person_mine(row.cadre.as_str()))
}

/// Judges `adopt_policy`, and reads the policy.
pub(crate) fn adopt_policy(j: &mut Judge<'_>, c: &AdoptPolicy) -> Option<Policy> {
    let may = j
        .rules
        .authority
        .as_ref()
        .is_some_and(|rule| rule.params.policy.iter().any(|post| j.actor.posts.contains(*post)));
    if !may || !is_county(j) {
        j.deny("visits_office_or_secretary");
    }
    match Policy::from_node(&c.policy.0) {
        Ok(policy) => {
            if policy.effective_from < j.today {
                let today = j.today.to_string();
                j.refuse(Code::PolicyStart, "/policy/effective_from")
                    .with("from", policy.effective_from.to_string())
                    .with("today", today);
            }
            Some(policy)
        }
        Err(findings) => {
            j.findings.extend(findings.into_iter().map(|mut finding| {
                finding.path.insert_str(0, "/policy");
                finding
            }));
            None
        }
    }
}

/// What kind of slip a field holds; `None` where nothing may be corrected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// A text, a card, money, a topic.
    Words,
    /// A visit's day or target, judged as if entered now.
    Visit,
    /// A case's category or household, before the first decision.
    Head,
    /// A rating or a decision, while it is the last word of its case.
    LastWord,
}

fn slip(todo: &Do, field: &str) -> Option<Slip> {
    let parts: Vec<&str> = field.split('/').skip(1).collect();
    let words = |allowed: &[&str]| matches!(parts.as_slice(), [one] if allowed.contains(one)).then_some(Slip::Words);
    match (todo, parts.as_slice()) {
        (Do::RecordVisit(_), ["on" | "target"]) => Some(Slip::Visit),
        (Do::RecordVisit(_), _) => words(&["diary"]),
        (Do::NoteNeed(_), ["category" | "household"]) => Some(Slip::Head),
        (Do::NoteNeed(_), _) => words(&["topic", "text", "phone"]),
        (Do::SolveOnTheSpot(_), _) => words(&["result"]),
        (Do::RegisterCard(_), ["card", _]) => Some(Slip::Words),
        (Do::GiveContactCard(_), _) => words(&["phone"]),
        (
            Do::HoldMeeting(_),
            ["decisions", _, "decision" | "due" | "review_on" | "household_heard"],
        ) => Some(Slip::LastWord),
        (Do::HoldMeeting(_), ["decisions", _, "measures" | "target" | "reason"]) => Some(Slip::Words),
        (Do::Rate(_), ["solved" | "satisfied" | "vote"] | ["vote", _]) => Some(Slip::LastWord),
        (Do::Settle(_), ["money" | "goods", _]) => Some(Slip::Words),
        (Do::Settle(_), _) => words(&["result"]),
        (Do::LogProgress(_) | Do::Object(_) | Do::AnswerObjection(_), _) => words(&["text"]),
        (
            Do::ReturnCase(_)
            | Do::RequestExtension(_)
            | Do::DecideExtension(_)
            | Do::ReviewSettlement(_)
            | Do::Reopen(_)
            | Do::Withdraw(_),
            _,
        ) => words(&["reason"]),
        (Do::Replan(_), _) => words(&["measures", "target"]),
        (Do::Publish(_), _) => words(&["place"]),
        _ => None,
    }
}

/// The command with the field set to its new value; the problems of its shape otherwise.
pub(crate) fn mended(command: &Command, field: &str, value: &AnyNode) -> Result<Command, Vec<Finding>> {
    let text = canonical(command);
    let refused = |reason: &'static str| {
        vec![Finding::plain(Code::CommandInvalid, "/field").with("reason", reason).with("field", field)]
    };
    let Ok(mut node) = crate::shape::parse(text.as_bytes(), text.len()) else { return Err(refused("not_correctable")) };
    let Some((parent, name)) = field.rsplit_once('/') else { return Err(refused("not_correctable")) };
    match node.pointer_mut(field) {
        Some(slot) => *slot = value.0.clone(),
        None => match node.pointer_mut(parent) {
            // A field that was left out may be filled in.
            Some(Node::Object(entries)) => entries.push((name.to_owned().into(), value.0.clone())),
            _ => return Err(refused("no_such_field")),
        },
    }
    let mut cx = Reader::new();
    <Command as Shape>::read(&node, &mut cx).ok_or_else(|| {
        let mut findings = crate::limits::command_findings(&cx);
        for finding in &mut findings {
            finding.path = "/value".into();
        }
        findings
    })
}

impl Book {
    /// Judges `correct`, and says what the corrected command fixes instead.
    pub(super) fn judge_correct(&self, j: &mut Judge<'_>, c: &Correct) -> Fixed {
        let Some(number) = self.tables.find_command(c.command.as_str()) else {
            j.unknown(Code::CommandUnknown, "/command", c.command.as_str());
            return Fixed::none();
        };
        let Some(record) = self.record_now(number) else { return Fixed::none() };
        let field: &str = &c.field;
        let Some(slip) = slip(&record.command.todo, field) else {
            j.refuse(Code::CommandInvalid, "/field").with("reason", "not_correctable").with("field", field);
            return Fixed::none();
        };
        let case = self.case_of_slip(&record, field);
        let unit = self.unit_of_slip(j, &record, case);
        let office = unit.is_some_and(|unit| j.roles().in_office(&j.actor, unit));
        if slip == Slip::LastWord {
            let heads = unit.is_some_and(|unit| j.roles().heads(&j.actor, unit));
            if !heads || record.command.actor == *j.actor_id {
                j.deny("head_not_own");
            }
        } else if record.command.actor != *j.actor_id && !office {
            j.deny("enterer_or_office");
        }
        let mended = match mended(&record.command, field, &c.value) {
            Ok(mended) => mended,
            Err(findings) => {
                j.findings.extend(findings);
                return Fixed::none();
            }
        };
        match slip {
            Slip::Words => record.fixed,
            Slip::Visit => mended_visit(j, &mended, record.fixed),
            Slip::Head => {
                if let Some(case) = case.filter(|case| case.was_decided()) {
                    j.state_because(case, "/command", "decided");
                }
                mended_head(j, &mended, case, record.fixed)
            }
            Slip::LastWord => self.mended_word(j, number, &mended, case, field, record.fixed),
        }
    }

    /// The case that the corrected field speaks of.
    fn case_of_slip(&self, record: &Record, field: &str) -> Option<&Case> {
        let id = match &record.command.todo {
            Do::HoldMeeting(c) => {
                let index = field.split('/').nth(2)?.parse::<usize>().ok()?;
                &c.decisions.get(index)?.case
            }
            _ => record.command.case()?,
        };
        self.tables.case(id)
    }

    /// The unit whose office may correct it.
    fn unit_of_slip(&self, j: &Judge<'_>, record: &Record, case: Option<&Case>) -> Option<UnitIx> {
        if let Some(case) = case {
            return j.roster.unit(case.unit.as_str());
        }
        let person = |id: &str| j.roster.person_on(j.roster.person(id)?, j.today).map(|row| row.unit);
        match &record.command.todo {
            Do::RecordVisit(c) => person(c.cadres.first()?.as_str()),
            Do::GiveContactCard(c) => {
                j.roster.household_on(j.roster.household(c.household.as_str())?, j.today).map(|row| row.unit)
            }
            Do::Publish(c) => j.roster.unit(c.unit.as_str()),
            Do::AnswerObjection(c) => {
                j.roster.unit(self.tables.objection(&c.objection).map(|objection| objection.unit.as_str())?)
            }
            _ => person(record.command.actor.as_str()),
        }
    }

    /// A rating or decision is judged again on the case as it stood before it.
    fn mended_word(
        &self,
        j: &mut Judge<'_>,
        number: u32,
        mended: &Command,
        case: Option<&Case>,
        field: &str,
        fixed: Fixed,
    ) -> Fixed {
        let Some(case) = case else { return fixed };
        let last = case.trail.iter().rev().find(|step| !matches!(step.what, What::Corrected(_)));
        if last.is_none_or(|step| step.command != mended.id) {
            j.state_because(case, "/command", "later_event");
            return fixed;
        }
        let Some(before) = self.case_before(case, number) else { return fixed };
        let mut again = Judge::of_command(self.engine.policy_at(mended.at), self.engine.roster(), mended);
        again.book = Some(&self.tables);
        let fixed = match &mended.todo {
            Do::Rate(c) => close::rate(&mut again, &before, c),
            Do::HoldMeeting(c) => {
                let index = field.split('/').nth(2).and_then(|index| index.parse::<usize>().ok()).unwrap_or(0);
                if let (Some(decision), Some(unit)) = (c.decisions.get(index), again.roster.unit(c.unit.as_str())) {
                    deliberate::decide(&mut again, c, unit, index, decision, &before);
                }
                fixed
            }
            _ => fixed,
        };
        j.findings.extend(again.findings.into_iter().map(|mut finding| {
            finding.path = "/value".into();
            finding
        }));
        fixed
    }
}

/// A corrected visit is judged as if it were entered now.
fn mended_visit(j: &mut Judge<'_>, mended: &Command, mut fixed: Fixed) -> Fixed {
    let Do::RecordVisit(c) = &mended.todo else { return fixed };
    let mark = j.findings.len();
    let on = j.policy.local_day(c.on);
    if on > j.today {
        open::not_after(j, "/value", on);
    }
    if open::target(j, c, on).is_some() {
        fixed.late = open::judge_entry(j, on);
    }
    for finding in j.findings.iter_mut().skip(mark) {
        finding.path = "/value".into();
    }
    fixed
}

/// A corrected household has to lie in the area of the ledger the case stands on.
fn mended_head(j: &mut Judge<'_>, mended: &Command, case: Option<&Case>, fixed: Fixed) -> Fixed {
    let Do::NoteNeed(c) = &mended.todo else { return fixed };
    let mark = j.findings.len();
    if let Some(household) = &c.household {
        let place = open::household_unit(j, household.as_str(), "/value");
        let ledger = case.and_then(|case| j.roster.unit(case.unit.as_str()));
        if let (Some(place), Some(ledger)) = (place, ledger) {
            if !open::in_area(j, place, ledger) {
                j.deny("own_area");
            }
        }
    }
    for finding in j.findings.iter_mut().skip(mark) {
        finding.path = "/value".into();
    }
    fixed
}

