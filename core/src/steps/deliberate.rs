//! 民主议账 — deliberation (二(二)): meetings, their decisions item by item, and the way up.

use crate::calendar::{Date, Due};
use crate::case::{
    Case, Disposition, Ground, Ledgered, LedgeredBy, Moved, Plan, Planned, Reporting, Settled, Settlement, State,
    StateWord, Suspended, WasDecided, What,
};
use crate::codes::Code;
use crate::command::{Decision, HoldMeeting, ReturnCase};
use crate::event::Fixed;
use crate::ids::{CaseId, PersonId};
use crate::judge::Judge;
use crate::policy::{Caps, PlanField, Policy, RuleId, Rules};
use crate::roster::{PostSet, UnitIx};
use crate::shape::Text;
use crate::steps::Stamp;
use crate::vocab::{DecisionKind, Post, UnitKind};

/// Judges what concerns the meeting as a whole: who called, chaired, was notified and came.
pub(crate) fn hold_meeting(j: &mut Judge<'_>, c: &HoldMeeting) -> Option<UnitIx> {
    if j.book.is_some_and(|book| book.has_meeting(&c.meeting)) {
        j.unknown(Code::MeetingIdReused, "/meeting", c.meeting.as_str());
    }
    if c.held_on > j.today {
        super::open::not_after(j, "/held_on", c.held_on);
    }
    let unit = j.unit(&c.unit, "/unit")?;
    let kind = j.roster.unit_on(unit, j.today)?.kind;
    if kind == UnitKind::Group {
        j.forbid(RuleId::LedgerTier, Code::LedgerTier, "/unit", "no_ledger");
    }
    j.need_office(unit);
    for (field, people) in [("notified", &c.notified), ("attended", &c.attended)] {
        for (index, id) in people.iter().flatten().enumerate() {
            j.person(id, format!("/{field}/{index}"));
        }
    }
    chair(j, c, unit, kind);
    notices(j, c, unit, kind);
    members(j, c, unit, kind);
    if let Some(rule) = j.rules.meeting_late_entry.as_ref() {
        let limit = rule.params.limit;
        if j.today > j.policy.due_from_day(c.held_on, limit).date {
            j.warn(RuleId::MeetingLateEntry, Code::MeetingLateEntry, "/held_on", "late")
                .with("held_on", c.held_on.to_string())
                .with("limit", limit.to_string());
        }
    }
    let mut seen: Vec<&CaseId> = c.decisions.iter().map(|decision| &decision.case).collect();
    seen.sort();
    if seen.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
        let mut met = std::collections::BTreeSet::new();
        for (index, decision) in c.decisions.iter().enumerate() {
            if !met.insert(&decision.case) {
                j.refuse(Code::CommandInvalid, format!("/decisions/{index}/case"))
                    .with("reason", "twice")
                    .with("id", decision.case.as_str());
            }
        }
    }
    Some(unit)
}

fn chair(j: &mut Judge<'_>, c: &HoldMeeting, unit: UnitIx, kind: UnitKind) {
    let Some(rule) = j.rules.meeting_chair.as_ref() else {
        if let Some(chair) = &c.chair {
            j.person(chair, "/chair");
        }
        return;
    };
    let post = rule.params.for_kind(kind);
    let Some(chair) = &c.chair else {
        j.breach(RuleId::MeetingChair, Code::MeetingChair, "/chair", "missing").with("post", post.word());
        return;
    };
    let Some(person) = j.person(chair, "/chair") else { return };
    let holds = j.roster.person_on(person, c.held_on).is_some_and(|row| row.unit == unit && row.posts.contains(post));
    if !holds {
        j.breach(RuleId::MeetingChair, Code::MeetingChair, "/chair", "post")
            .with("chair", chair.to_string())
            .with("post", post.word());
    }
}

/// Having come does not replace the notice.
fn notices(j: &mut Judge<'_>, c: &HoldMeeting, unit: UnitIx, kind: UnitKind) {
    let Some(rule) = j.rules.meeting_notify.as_ref() else { return };
    let posts = PostSet::from_posts(rule.params.for_kind(kind));
    let notified: Vec<&str> = c.notified.iter().flatten().map(PersonId::as_str).collect();
    let missing = absent(j, unit, posts, c.held_on, &notified);
    if !missing.is_empty() {
        j.breach(RuleId::MeetingNotify, Code::MeetingNotify, "/notified", "missing").with("missing", missing);
    }
}

fn members(j: &mut Judge<'_>, c: &HoldMeeting, unit: UnitIx, kind: UnitKind) {
    let Some(rule) = j.rules.meeting_members.as_ref() else { return };
    let known: Vec<&str> =
        c.notified.iter().chain(&c.attended).flatten().chain(&c.chair).map(PersonId::as_str).collect();
    // Village branch secretaries take part in their town's meeting: a head of a tier below is
    // looked for there, every other post at the unit itself.
    let mut here = PostSet::NONE;
    let mut below: Vec<(UnitKind, Post)> = Vec::new();
    for post in rule.params.for_kind(kind) {
        match j.roles().headed_by(*post) {
            Some(headed) if headed != kind => below.push((headed, *post)),
            _ => here.insert(*post),
        }
    }
    let mut missing = absent(j, unit, here, c.held_on, &known);
    for child in j.roster.children(unit, c.held_on) {
        let kind_below = j.roster.unit_on(child, c.held_on).map(|row| row.kind);
        for (_, post) in below.iter().filter(|(kind, _)| Some(*kind) == kind_below) {
            missing.extend(absent(j, child, PostSet::of(*post), c.held_on, &known));
        }
    }
    missing.sort();
    missing.dedup();
    if !missing.is_empty() {
        j.warn(RuleId::MeetingMembers, Code::MeetingMembers, "/attended", "missing").with("missing", missing);
    }
}

/// The holders of the posts at the unit who are not among `known`.
fn absent(j: &Judge<'_>, unit: UnitIx, posts: PostSet, day: Date, known: &[&str]) -> Vec<String> {
    j.roster
        .holders(unit, posts, day)
        .into_iter()
        .map(|person| j.roster.person_id(person).as_str())
        .filter(|id| !known.contains(id))
        .map(str::to_owned)
        .collect()
}

/// Whether the case has to be decided by a meeting held on that day.
pub(crate) fn waits(j: &Judge<'_>, case: &Case, held_on: Date) -> bool {
    match &case.state {
        State::Ledgered(ledgered) => j.policy.local_day(ledgered.since) < held_on,
        State::Suspended(suspended) => suspended.review_on.is_some_and(|review_on| review_on <= held_on),
        _ => false,
    }
}

/// Every waiting case gets a decision in that meeting (二(二)1: 一一提出).
pub(crate) fn item_by_item<'c>(j: &mut Judge<'_>, c: &HoldMeeting, cases: impl Iterator<Item = &'c Case>) {
    let decided: std::collections::BTreeSet<&CaseId> = c.decisions.iter().map(|decision| &decision.case).collect();
    let mut open: Vec<String> = cases
        .filter(|case| case.unit == c.unit && waits(j, case, c.held_on) && !decided.contains(&case.id))
        .map(|case| case.id.to_string())
        .collect();
    open.sort();
    if !open.is_empty() {
        j.breach(RuleId::MeetingItemByItem, Code::MeetingItemByItem, "/decisions", "undecided").with("cases", open);
    }
}

/// Judges one decision about one case.
pub(crate) fn decide(j: &mut Judge<'_>, c: &HoldMeeting, unit: UnitIx, index: usize, decision: &Decision, case: &Case) {
    let at = |field: &str| format!("/decisions/{index}/{field}");
    match &case.state {
        State::Ledgered(_) | State::Suspended(_) if case.unit != c.unit => {
            j.state_because(case, at("case"), "other_unit");
        }
        State::Ledgered(ledgered) if j.policy.local_day(ledgered.since) > c.held_on => {
            j.state_because(case, at("case"), "ledgered_later");
        }
        State::Ledgered(_) | State::Suspended(_) => {}
        _ => j.wrong_state(case, at("case")),
    }
    if let Some(rule) = j.rules.meeting_item_by_item.as_ref() {
        if !rule.params.decisions.contains(&decision.decision) {
            j.breach(RuleId::MeetingItemByItem, Code::MeetingItemByItem, at("decision"), "not_listed")
                .with("decision", decision.decision.word());
        }
    }
    if case.must_hear && decision.household_heard != Some(true) {
        j.breach(RuleId::CloseRedo, Code::CloseRedo, at("household_heard"), "household_heard")
            .with("case", case.id.to_string());
    }
    match decision.decision {
        DecisionKind::Plan => {
            let draft = Draft {
                measures: decision.measures.as_ref(),
                target: decision.target.as_ref(),
                responsible: decision.responsible.as_ref(),
                due: decision.due,
            };
            draft.complete(j, &format!("/decisions/{index}"), c.held_on);
            cap(j, c, unit, decision, &at("due"));
            redo_by(j, case, decision.due, &at("due"));
        }
        DecisionKind::ReportUp => {
            if next_up(j, unit).is_none() {
                j.forbid(RuleId::EscalateRoute, Code::EscalateRoute, at("decision"), "ends_here")
                    .with("unit", c.unit.to_string());
            }
        }
        DecisionKind::Explain | DecisionKind::Redirect => {
            if !Judge::says(decision.reason.as_ref()) {
                j.breach(RuleId::SettleEvidence, Code::SettleEvidence, at("reason"), "reason")
                    .with("case", case.id.to_string());
            }
        }
        DecisionKind::Suspend => {
            if !Judge::says(decision.measures.as_ref()) {
                j.breach(RuleId::SettleSuspend, Code::SettleSuspend, at("measures"), "measures");
            }
            match decision.review_on {
                None => {
                    j.breach(RuleId::SettleSuspend, Code::SettleSuspend, at("review_on"), "review_on");
                }
                Some(review_on) if review_on <= c.held_on => {
                    j.breach(RuleId::SettleSuspend, Code::SettleSuspend, at("review_on"), "review_past");
                }
                Some(_) => {}
            }
        }
    }
}

/// A plan as somebody hands it in, before the rules have seen it.
pub(crate) struct Draft<'a> {
    pub measures: Option<&'a Text>,
    pub target: Option<&'a Text>,
    pub responsible: Option<&'a PersonId>,
    pub due: Option<Date>,
}

impl Draft<'_> {
    /// A plan has measures, a target, a responsible person and a deadline (`plan.complete`), and
    /// the deadline is not over before the plan is made.
    pub fn complete(&self, j: &mut Judge<'_>, at: &str, made_on: Date) {
        if let Some(rule) = j.rules.plan_complete.as_ref() {
            for field in &rule.params.fields {
                let missing = match field {
                    PlanField::Measures => !Judge::says(self.measures),
                    PlanField::Target => !Judge::says(self.target),
                    PlanField::Responsible => self.responsible.is_none(),
                    PlanField::Due => self.due.is_none(),
                };
                if missing {
                    j.breach(RuleId::PlanComplete, Code::PlanComplete, format!("{at}/{}", field.word()), "missing")
                        .with("field", field.word());
                }
            }
        }
        if let Some(responsible) = self.responsible {
            if let Some(person) = j.person(responsible, format!("{at}/responsible")) {
                if j.roster.person_on(person, j.today).is_none() {
                    j.breach(RuleId::PlanComplete, Code::PlanComplete, format!("{at}/responsible"), "not_in_office")
                        .with("responsible", responsible.to_string());
                }
            }
        }
        if self.due.is_some_and(|due| due < made_on) {
            j.breach(RuleId::PlanComplete, Code::PlanComplete, format!("{at}/due"), "due_before")
                .with("due", self.due.map(|due| due.to_string()).unwrap_or_default())
                .with("made_on", made_on.to_string());
        }
    }
}

/// The last day that a plan may set without a reason (`plan.cap`).
pub(crate) fn latest_plan(policy: &Policy, caps: &Caps, kind: UnitKind, held_on: Date) -> Due {
    policy.due_from_day(held_on, caps.for_kind(kind))
}

/// The longest plan of a tier, unless the meeting gives a reason (`plan.cap`).
fn cap(j: &mut Judge<'_>, c: &HoldMeeting, unit: UnitIx, decision: &Decision, path: &str) {
    let (Some(rule), Some(due), Some(row)) =
        (j.rules.plan_cap.as_ref(), decision.due, j.roster.unit_on(unit, j.today))
    else {
        return;
    };
    let limit = rule.params.for_kind(row.kind);
    let latest = latest_plan(j.policy, &rule.params, row.kind, c.held_on).date;
    if due > latest && !Judge::says(decision.reason.as_ref()) {
        j.breach(RuleId::PlanCap, Code::PlanCap, path, "beyond")
            .with("due", due.to_string())
            .with("latest", latest.to_string())
            .with("limit", limit.to_string());
    }
}

/// After a dissatisfaction the redoing has its own last day (`close.redo`).
pub(crate) fn redo_by(j: &mut Judge<'_>, case: &Case, due: Option<Date>, path: &str) {
    if let (Some(latest), Some(due)) = (case.redo_by, due) {
        if due > latest {
            j.breach(RuleId::CloseRedo, Code::CloseRedo, path, "beyond")
                .with("due", due.to_string())
                .with("latest", latest.to_string());
        }
    }
}

/// The unit to which a case of `unit` is reported: the route of the policy, from the unit up.
pub(crate) fn next_up(j: &Judge<'_>, unit: UnitIx) -> Option<UnitIx> {
    let kind = j.roster.unit_on(unit, j.today)?.kind;
    let kind_above = route(j.rules, kind)?;
    let parent = j.roster.tier_above(unit, j.today)?;
    j.roster.ancestor_of_kind(parent, kind_above, j.today)
}

fn route(rules: &Rules, kind: UnitKind) -> Option<UnitKind> {
    let Some(rule) = rules.escalate_route.as_ref() else {
        // Switched off: the plain order of the tiers remains.
        return match kind {
            UnitKind::Village => Some(UnitKind::Town),
            UnitKind::Town | UnitKind::Department => Some(UnitKind::County),
            UnitKind::County | UnitKind::Group => None,
        };
    };
    match kind {
        UnitKind::Village => Some(rule.params.village),
        UnitKind::Town => Some(rule.params.town),
        UnitKind::Department => Some(rule.params.department),
        UnitKind::County | UnitKind::Group => None,
    }
}

/// A meeting's decision comes into force for a case.
pub(crate) fn decided(case: &mut Case, stamp: Stamp<'_>, c: &HoldMeeting, decision: &Decision) {
    case.rating = None;
    case.tries.clear();
    case.must_hear = false;
    let disposition =
        || Disposition { reason: decision.reason.clone(), chair: c.chair.clone(), unit: c.unit.clone() };
    let settled = |ground: Ground| {
        State::Settled(Settled {
            settlement: Settlement {
                ground,
                result: decision.reason.clone(),
                by: stamp.actor.clone(),
                at: stamp.at,
            },
        })
    };
    case.state = match decision.decision {
        DecisionKind::Plan => {
            case.redo_by = None;
            State::Planned(Planned {
                plan: Plan {
                    measures: decision.measures.clone(),
                    target: decision.target.clone(),
                    responsible: decision.responsible.clone(),
                    due: decision.due,
                    unit: c.unit.clone(),
                    made_at: stamp.at,
                },
                request: None,
                requests: 0,
            })
        }
        DecisionKind::ReportUp => State::Reporting(Reporting {}),
        DecisionKind::Explain => settled(Ground::Explained(disposition())),
        DecisionKind::Redirect => settled(Ground::Redirected(disposition())),
        DecisionKind::Suspend => State::Suspended(Suspended {
            measures: decision.measures.clone(),
            review_on: decision.review_on,
        }),
    };
    case.tread(
        stamp,
        What::Decided(WasDecided {
            meeting: c.meeting.clone(),
            unit: c.unit.clone(),
            held_on: c.held_on,
            decided: decision.clone(),
        }),
    );
}

/// Whether the actor may report the case up.
pub(crate) fn report_up(j: &mut Judge<'_>, case: &Case) -> Fixed {
    if !matches!(case.state, State::Reporting(_)) {
        j.wrong_state(case, "/case");
    }
    let mut fixed = Fixed { to: Some(StateWord::Ledgered), ..Fixed::none() };
    let Some(unit) = j.unit_of(case) else { return fixed };
    j.need_office(unit);
    match next_up(j, unit) {
        Some(above) => fixed.unit = Some(j.roster.unit_id(above).clone()),
        None => {
            j.forbid(RuleId::EscalateRoute, Code::EscalateRoute, "/case", "ends_here").with("unit", case.unit.to_string());
        }
    }
    fixed
}

pub(crate) fn case_reported(case: &mut Case, stamp: Stamp<'_>, fixed: &Fixed) {
    let Some(unit) = fixed.unit.clone() else { return };
    let from = move_up(case, unit.clone());
    case.state = State::Ledgered(Ledgered { since: stamp.at, by: LedgeredBy::Reported });
    case.tread(stamp, What::Reported(Moved { from, unit, reason: None }));
}

/// Puts the case on the ledger of `unit`; the lower ledger goes on showing it as handed up.
pub(crate) fn move_up(case: &mut Case, unit: crate::ids::UnitId) -> crate::ids::UnitId {
    let from = std::mem::replace(&mut case.facts.unit, unit);
    if from != case.facts.unit && !case.facts.handed_up.contains(&from) {
        case.facts.handed_up.push(from.clone());
    }
    from
}

/// Whether the case may be given back, apart from the reason.
pub(crate) fn may_return(j: &mut Judge<'_>, case: &Case) -> Option<crate::ids::UnitId> {
    let step = case.trail.iter().rev().find_map(|step| match &step.what {
        What::Reported(moved) => Some((step.at, moved.from.clone())),
        _ => None,
    });
    let reported = matches!(&case.state, State::Ledgered(ledgered) if ledgered.by == LedgeredBy::Reported);
    if !reported {
        j.wrong_state(case, "/case");
    }
    if let Some(unit) = j.unit_of(case) {
        j.need_office(unit);
    }
    let (reported_at, lower) = step?;
    if let Some(rule) = j.rules.escalate_return.as_ref() {
        let (limit, times) = (rule.params.limit, rule.params.times);
        let before = case.given_back.iter().filter(|unit| **unit == lower).count();
        if before >= usize::try_from(times).unwrap_or(usize::MAX) {
            j.forbid(RuleId::EscalateReturn, Code::EscalateReturn, "/case", "again")
                .with("case", case.id.to_string())
                .with("times", u64::from(times));
        }
        let latest = j.due(reported_at, limit);
        if reported && j.today > latest {
            j.breach(RuleId::EscalateReturn, Code::EscalateReturn, "/case", "too_late")
                .with("latest", latest.to_string())
                .with("limit", limit.to_string());
        }
    }
    Some(lower)
}

pub(crate) fn return_case(j: &mut Judge<'_>, case: &Case, c: &ReturnCase) -> Fixed {
    let lower = may_return(j, case);
    if !Judge::says(c.reason.as_ref()) {
        j.breach(RuleId::EscalateReturn, Code::EscalateReturn, "/reason", "reason");
    }
    Fixed { unit: lower, to: Some(StateWord::Ledgered), ..Fixed::none() }
}

pub(crate) fn case_returned(case: &mut Case, stamp: Stamp<'_>, c: &ReturnCase, fixed: &Fixed) {
    let Some(unit) = fixed.unit.clone() else { return };
    let from = std::mem::replace(&mut case.facts.unit, unit.clone());
    case.facts.handed_up.retain(|lower| *lower != unit);
    case.facts.given_back.push(unit.clone());
    case.state = State::Ledgered(Ledgered { since: stamp.at, by: LedgeredBy::Returned });
    case.tread(stamp, What::Returned(Moved { from, unit, reason: c.reason.clone() }));
}

/// Whether the actor's meeting may decide about the case now.
pub(crate) fn may_deliberate(j: &mut Judge<'_>, case: &Case) {
    if !matches!(case.state, State::Ledgered(_) | State::Suspended(_)) {
        j.wrong_state(case, "/case");
    }
    if let Some(unit) = j.unit_of(case) {
        j.need_office(unit);
    }
}
