//! Judging a folded document: what must stand, what claims to be the handbook's text, what was switched off.

use std::sync::Arc;

use super::contradict;
use super::days;
use super::document::{self, Draft, Folder};
use super::preset_text;
use super::rules::{RuleId, Rules};
use super::{Policy, Source, Terms};
use crate::calendar::Limit;
use crate::codes::Code;
use crate::finding::{Finding, Param, Severity};
use crate::limits::{and_more, FINDINGS};
use crate::shape::{parse, Node};
use crate::vocab::{Category, Modality, Satisfied, UnitKind};

/// The preset that holds the handbook's own words.
const TEXT: &str = "dayi-2014-text";

/// The policy of a draft with its warnings; or all findings, errors and warnings, when there is an error among them.
pub(super) fn finish(draft: Draft, mut findings: Vec<Finding>) -> (Result<Policy, Vec<Finding>>, Vec<Finding>) {
    standing(&draft, &mut findings);
    claimed_text(&draft, &mut findings);
    contradict::contradictions(&draft.rules, &mut findings);
    if let Some(days) = &draft.days {
        for year in days::empty_years(&days.calendar) {
            findings.push(
                Finding::plain(Code::PolicyContradiction, "/calendar")
                    .with("reason", "calendar_year_empty")
                    .with("year", Param::Whole(u64::try_from(year).unwrap_or(0)))
                    .warning(),
            );
        }
    }
    switched_off(&draft, &mut findings);
    // Errors first, so that a bound never cuts one off behind warnings.
    findings.sort_by_key(|finding| finding.severity);
    if findings.len() > FINDINGS {
        let more = findings.len().saturating_sub(FINDINGS) as u64;
        findings.truncate(FINDINGS);
        findings.push(and_more(Code::PolicyInvalid, more));
    }
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return (Err(findings), Vec::new());
    }
    match compile(draft) {
        Some(policy) => (Ok(policy), findings),
        // Every part that can be missing has been noted above as an error; this only closes the match.
        None => (Err(vec![Finding::plain(Code::PolicyInvalid, "").with("reason", "incomplete")]), Vec::new()),
    }
}

fn compile(draft: Draft) -> Option<Policy> {
    let document = {
        let (head, offset, days) = (draft.head.as_ref()?, draft.offset?, draft.days.as_ref()?);
        document::write(head, offset, days, &draft)
    };
    let (head, days) = (draft.head?, draft.days?);
    Some(Policy(Arc::new(Terms {
        id: head.id,
        version: head.version,
        title: head.title,
        effective_from: head.effective_from,
        offset: draft.offset?,
        calendar_document: days::document(&days.calendar),
        calendar: days.calendar,
        rules: draft.rules,
        labels: draft.labels,
        document,
    })))
}

/// The longest that a posting may stay up after consent was withdrawn: one working day, however it is written.
fn at_most_one_day(limit: Limit) -> bool {
    match limit {
        Limit::Days(n) | Limit::WorkingDays(n) => n <= 1,
        Limit::Hours(n) => n <= 24,
    }
}

/// `publish.masked`, `close.satisfied` and `authority` stand in every policy.
fn standing(draft: &Draft, findings: &mut Vec<Finding>) {
    let rules = &draft.rules;
    let mut refuse = |id: RuleId, field: &str, reason: &'static str| {
        let path = format!("/rules/{id}{}{field}", if field.is_empty() { "" } else { "/" });
        findings.push(Finding::plain(Code::PolicyStanding, path).with("reason", reason).with("rule", id.word()));
    };
    for id in RuleId::STANDING {
        match rules.header(*id) {
            Some((Modality::Must, _)) => {}
            Some(_) => refuse(*id, "modality", "not_must"),
            None if draft.broken.contains(id) => {}
            // An absent rule may stand in the part that could not be read; a written null is a fact.
            None if draft.incomplete && !draft.off.contains(id) => {}
            None => refuse(*id, "", "off"),
        }
    }
    if let Some(rule) = &rules.publish_masked {
        let id = RuleId::PublishMasked;
        if rule.at_least < 5 {
            refuse(id, "at_least", "count_under_five");
        }
        if !at_most_one_day(rule.take_down) {
            refuse(id, "take_down", "take_down_over_one_day");
        }
        if !rule.consent.contains(&Category::Hardship) && !rule.counts_only.contains(&Category::Hardship) {
            refuse(id, "consent", "hardship_without_consent");
        }
        if !rule.counts_only.contains(&Category::Stability) {
            refuse(id, "counts_only", "stability_by_item");
        }
    }
    if let Some(rule) = &rules.close_satisfied {
        if rule.accepts.contains(&Satisfied::Dissatisfied) {
            refuse(RuleId::CloseSatisfied, "accepts", "accepts_dissatisfied");
        }
    }
    if let Some(rule) = &rules.authority {
        for kind in [UnitKind::Village, UnitKind::Town, UnitKind::Department, UnitKind::County] {
            if rule.office.for_kind(kind).is_empty() {
                refuse(RuleId::Authority, &format!("office/{kind}"), "empty_office");
            }
        }
        for (posts, field) in
            [(&rule.supervision, "supervision"), (&rule.roster, "roster"), (&rule.policy, "policy")]
        {
            if posts.is_empty() {
                refuse(RuleId::Authority, field, "nobody");
            }
        }
    }
}

/// A rule that claims to be the handbook's text says what the handbook says.
fn claimed_text(draft: &Draft, findings: &mut Vec<Finding>) {
    let claims = |rules: &Rules, id| matches!(rules.header(id), Some((_, Source::Text(_))));
    if !RuleId::ALL.iter().any(|id| claims(&draft.rules, *id)) {
        return;
    }
    let none = |_: &str| None;
    let handbook = Folder::new(&none).fold_text(preset_text(TEXT).unwrap_or_default().as_bytes()).rules;
    for id in RuleId::ALL.iter().copied().filter(|id| claims(&draft.rules, *id)) {
        let differs = |path: String, reason: &'static str| {
            Finding::plain(Code::PolicyText, path).with("reason", reason).with("rule", id.word())
        };
        if !claims(&handbook, id) {
            findings.push(differs(format!("/rules/{id}/source"), "silent"));
            continue;
        }
        let (own, text) = (draft.rules.json(id).unwrap_or_default(), handbook.json(id).unwrap_or_default());
        for (field, expected) in differing(&own, &text) {
            let finding = differs(format!("/rules/{id}/{field}"), "differs").with("field", field);
            findings.push(match expected {
                Some(expected) => finding.with("expected", expected),
                None => finding,
            });
        }
    }
}

/// The fields in which a rule differs from the handbook's, with the handbook's value.
fn differing(own: &str, text: &str) -> Vec<(String, Option<String>)> {
    let (Ok(own), Ok(text)) = (parse(own.as_bytes(), own.len()), parse(text.as_bytes(), text.len())) else {
        return Vec::new();
    };
    let (Node::Object(own_entries), Node::Object(text_entries)) = (&own, &text) else { return Vec::new() };
    let mut names: Vec<&str> = own_entries.iter().chain(text_entries).map(|(name, _)| name.as_ref()).collect();
    names.sort_unstable();
    names.dedup();
    // The source differs in its article only, and a reading is a choice that the text leaves open.
    names.retain(|name| *name != "source" && *name != "reading");
    names
        .into_iter()
        .filter(|name| match (own.get(name), text.get(name)) {
            // What else a meeting may decide than to plan or report up is our reading of 一一提出.
            (Some(own), Some(text)) if *name == "decisions" => !includes(own, text),
            (Some(own), Some(text)) => !same(own, text),
            _ => true,
        })
        .map(|name| (name.to_owned(), text.get(name).map(Node::canonical)))
        .collect()
}

/// Equal but for the order of lists.
fn same(a: &Node<'_>, b: &Node<'_>) -> bool {
    match (a, b) {
        (Node::List(_), Node::List(_)) => includes(a, b) && includes(b, a),
        (Node::Object(own), Node::Object(other)) => {
            own.len() == other.len() && own.iter().all(|(name, value)| b.get(name).is_some_and(|b| same(value, b)))
        }
        _ => a == b,
    }
}

fn includes(all: &Node<'_>, some: &Node<'_>) -> bool {
    match (all, some) {
        (Node::List(all), Node::List(some)) => some.iter().all(|item| all.iter().any(|known| same(known, item))),
        _ => false,
    }
}

/// What hangs in the air when a rule is off and these stay on.
const HANGS: &[(RuleId, &[RuleId])] = {
    use RuleId::*;
    &[
        (LiaisonCountyLeader, &[VisitCountyLeader]),
        (LiaisonDepartment, &[VisitDepartment]),
        (LiaisonTown, &[VisitTown]),
        (LiaisonVillage, &[VisitVillage]),
        (LiaisonGroup, &[VisitGroup]),
        (RegisterWithin, &[RateResponse]),
        (Station, &[Channel]),
        (Channel, &[Station]),
        (LedgerTier, &[ConsolidateCountyLeader, ConsolidateDepartment, ConsolidateGrassroots, EscalateRoute]),
        (MeetingVillage, &[MeetingItemByItem]),
        (MeetingTown, &[MeetingItemByItem]),
        (MeetingDepartment, &[MeetingItemByItem]),
        (MeetingCounty, &[MeetingItemByItem]),
        (MeetingItemByItem, &[FlagColour]),
        (PlanComplete, &[SettleOverdue]),
        (EscalateRoute, &[EscalateWithin, EscalateReturn]),
        (SettleClock, &[SettleOverdue]),
        (SettleOverdue, &[FlagColour]),
        (PublishStages, &[PublishWithin, PublishKeep, PublishTwoPerson, PublishObjection]),
        (CloseQuestions, &[RateSolving]),
        (CloseAttempts, &[CloseSatisfied]),
        (CloseRedo, &[CloseSatisfied]),
    ]
};

/// A rule that is written `null` is always told, one that was never written when another one needs it.
fn switched_off(draft: &Draft, findings: &mut Vec<Finding>) {
    for id in RuleId::ALL.iter().copied().filter(|id| !draft.rules.is_on(*id) && !draft.broken.contains(id)) {
        let needed = HANGS.iter().filter(|(off, _)| *off == id).flat_map(|(_, hanging)| hanging.iter());
        let hanging: Vec<String> =
            needed.filter(|id| draft.rules.is_on(**id)).map(|id| id.word().to_owned()).collect();
        let written = draft.off.contains(&id);
        // What stands is refused above, and a missing part would make everything look absent.
        if RuleId::STANDING.contains(&id) || (!written && (hanging.is_empty() || draft.incomplete)) {
            continue;
        }
        let finding = Finding::plain(Code::PolicyOff, format!("/rules/{id}"))
            .with("reason", if hanging.is_empty() { "nothing_hangs" } else { "hangs" })
            .with("rule", id.word())
            .with("hangs", hanging)
            .warning();
        findings.push(finding);
    }
}
