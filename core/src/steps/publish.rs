//! 及时晒账 — publishing (二(四), lost: assumed, but for what the law says of private matters):
//! postings on the board, their taking down, and objections to them.

use crate::book::{Objection, Posting};
use crate::case::{Accepted, Case, Published, State, WasPosted, What};
use crate::codes::Code;
use crate::command::{AnswerObjection, ObjectTo, PostingItem, Publish, TakeDown};
use crate::disclosure::find_secret;
use crate::event::Fixed;
use crate::judge::Judge;
use crate::policy::RuleId;
use crate::roster::UnitIx;
use crate::shape::Text;
use crate::steps::Stamp;
use crate::vocab::Stage;

/// Judges what concerns the sheet as a whole.
pub(crate) fn publish(j: &mut Judge<'_>, c: &Publish) -> Option<UnitIx> {
    if j.book.is_some_and(|book| book.posting(&c.posting).is_some()) {
        j.unknown(Code::PostingIdReused, "/posting", c.posting.as_str());
    }
    if c.from > j.today {
        super::open::not_after(j, "/from", c.from);
    }
    let unit = j.unit(&c.unit, "/unit");
    if let Some(unit) = unit {
        j.need_office(unit);
    }
    second_look(j, c, unit);
    if let (Some(replaced), Some(book)) = (&c.replaces, j.book) {
        if book.posting(replaced).is_none() {
            j.unknown(Code::PostingUnknown, "/replaces", replaced.as_str());
        }
    }
    let items = c.items.as_deref().unwrap_or_default();
    match (c.stage, items.is_empty(), c.period) {
        (Stage::Digest, true, Some(period)) => digest(j, period),
        (Stage::Digest, false, _) => {
            j.refuse(Code::CommandInvalid, "/items").with("reason", "digest_items");
        }
        (Stage::Digest, true, None) => {
            j.refuse(Code::CommandInvalid, "/period").with("reason", "missing_field").with("name", "period");
        }
        (_, true, _) => {
            j.refuse(Code::CommandInvalid, "/items").with("reason", "missing_field").with("name", "items");
        }
        (_, false, Some(_)) => {
            j.refuse(Code::CommandInvalid, "/period").with("reason", "period_of_digest");
        }
        (_, false, None) => {}
    }
    let mut met = std::collections::BTreeSet::new();
    for (index, item) in items.iter().enumerate() {
        if !met.insert(&item.case) {
            j.refuse(Code::CommandInvalid, format!("/items/{index}/case"))
                .with("reason", "twice")
                .with("id", item.case.as_str());
        }
    }
    unit
}

/// A digest speaks of a whole period of the policy's cadence.
fn digest(j: &mut Judge<'_>, period: crate::calendar::Period) {
    let Some(rule) = j.rules.publish_digest.as_ref() else { return };
    if period.kind() != rule.params.period {
        j.forbid(RuleId::PublishDigest, Code::PublishDigest, "/period", "wrong_period")
            .with("period", period.to_string())
            .with("expected", rule.params.period.name());
    } else if period.last() >= j.today {
        j.warn(RuleId::PublishDigest, Code::PublishDigest, "/period", "early").with("period", period.to_string());
    }
}

/// Somebody else checks the sheet before it goes up (`publish.two_person`).
fn second_look(j: &mut Judge<'_>, c: &Publish, unit: Option<UnitIx>) {
    let Some(checker) = &c.checked_by else {
        j.breach(RuleId::PublishTwoPerson, Code::PublishTwoPerson, "/checked_by", "missing");
        return;
    };
    if checker == j.actor_id {
        j.breach(RuleId::PublishTwoPerson, Code::PublishTwoPerson, "/checked_by", "same_person")
            .with("actor", checker.to_string());
    }
    let Some(person) = j.person(checker, "/checked_by") else { return };
    let who = crate::authority::Actor::at(j.roster, person, j.today);
    let roles = j.roles();
    if unit.is_some_and(|unit| !roles.in_office(&who, unit) && !roles.supervises(&who, unit)) {
        j.breach(RuleId::PublishTwoPerson, Code::PublishTwoPerson, "/checked_by", "not_of_office")
            .with("actor", checker.to_string());
    }
}

/// Judges one item of a sheet.
pub(crate) fn publish_item(j: &mut Judge<'_>, c: &Publish, index: usize, item: &PostingItem, case: &Case) {
    let at = |field: &str| format!("/items/{index}/{field}");
    let ready = match c.stage {
        Stage::Plan => !case.state.is_closed() && (case.state.plan().is_some() || matches!(case.state, State::Suspended(_))),
        Stage::Result => match &case.state {
            State::Accepted(_) | State::Published(_) => true,
            State::Closed(closed) => closed.left.accepted_at().is_some(),
            _ => false,
        },
        Stage::Digest => true,
    };
    if !ready {
        j.wrong_state(case, at("case"));
    }
    if case.unit != c.unit && !case.handed_up.contains(&c.unit) {
        j.deny("holder_or_handed_up");
    }
    let category = case.category;
    if let Some(rule) = j.rules.publish_masked.as_ref() {
        if rule.params.counts_only.contains(&category) {
            j.forbid(RuleId::PublishMasked, Code::PublishMasked, at("case"), "counts_only")
                .with("case", case.id.to_string());
        } else if rule.params.consent.contains(&category) && !case.consented() {
            j.forbid(RuleId::PublishMasked, Code::PublishMasked, at("case"), "no_consent")
                .with("case", case.id.to_string());
        }
    }
    let names = full_names(j, case);
    for (field, text) in shown_texts(c.stage, item, case) {
        let secret = if names.is_empty() {
            find_secret(text, None)
        } else {
            names.iter().find_map(|name| find_secret(text, Some(name)))
        };
        if let Some(secret) = secret {
            // Measures and results are not the publisher's words: they are mended by a correction.
            let path = if field == "summary" { at("summary") } else { at("case") };
            j.forbid(RuleId::PublishMasked, Code::PublishMasked, path, secret.word())
                .with("case", case.id.to_string())
                .with("field", field);
        }
    }
}

/// Every text that the posting would show for an item.
fn shown_texts<'a>(stage: Stage, item: &'a PostingItem, case: &'a Case) -> Vec<(&'static str, &'a Text)> {
    let mut texts = vec![("summary", &item.summary)];
    let measures = match &case.state {
        State::Suspended(suspended) => suspended.measures.as_ref(),
        state => state.plan().and_then(|plan| plan.measures.as_ref()),
    };
    texts.extend(measures.map(|text| ("measures", text)));
    if stage == Stage::Result {
        let result = case.state.settlement().and_then(|settlement| settlement.result.as_ref());
        texts.extend(result.map(|text| ("result", text)));
    }
    texts
}

/// The household's own full names: in the roster and on the card.
pub(crate) fn full_names(j: &Judge<'_>, case: &Case) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if let Some(household) = case.household.as_ref().and_then(|id| j.roster.household(id.as_str())) {
        names.extend(j.roster.household_rows(household).iter().map(|row| row.name.to_string()));
    }
    names.extend(case.card.as_ref().and_then(|card| card.name.as_ref()).map(ToString::to_string));
    names.sort();
    names.dedup();
    names
}

/// A sheet goes up: what that does to one of its cases.
pub(crate) fn posted(case: &mut Case, stamp: Stamp<'_>, c: &Publish) {
    if c.stage == Stage::Result {
        if let State::Accepted(Accepted { settlement, accepted_at }) = &case.state {
            case.state = State::Published(Published {
                settlement: settlement.clone(),
                accepted_at: *accepted_at,
                published_at: stamp.at,
            });
        }
    }
    let step = WasPosted { posting: c.posting.clone(), stage: c.stage, unit: c.unit.clone() };
    case.tread(stamp, What::Posted(step));
}

/// Judges `take_down`.
pub(crate) fn take_down(j: &mut Judge<'_>, c: &TakeDown) -> Fixed {
    let mut fixed = Fixed::none();
    let Some(book) = j.book else { return fixed };
    let Some(posting) = book.posting(&c.posting) else {
        j.unknown(Code::PostingUnknown, "/posting", c.posting.as_str());
        return fixed;
    };
    if posting.down.is_some() {
        j.refuse(Code::CaseState, "/posting").with("reason", "posting_down").with("posting", c.posting.to_string());
    }
    fixed.unit = Some(posting.unit.clone());
    let mut units = vec![posting.unit.clone()];
    for case in posting.cases.iter().filter_map(|id| book.case(id)) {
        units.extend(case.handed_up.iter().cloned());
    }
    let roles = j.roles();
    let may = units.iter().filter_map(|id| j.roster.unit(id.as_str())).any(|unit| roles.in_office(&j.actor, unit));
    if !may {
        j.deny("office");
    }
    fixed
}

/// A sheet comes down: what that leaves on a case's trail.
pub(crate) fn taken_down(case: &mut Case, stamp: Stamp<'_>, posting: &Posting) {
    let step = WasPosted { posting: posting.id.clone(), stage: posting.stage, unit: posting.unit.clone() };
    case.tread(stamp, What::TakenDown(step));
}

/// Judges `object`.
pub(crate) fn object(j: &mut Judge<'_>, c: &ObjectTo) -> Fixed {
    let mut fixed = Fixed::none();
    let Some(book) = j.book else { return fixed };
    if book.objection(&c.objection).is_some() {
        j.unknown(Code::ObjectionIdReused, "/objection", c.objection.as_str());
    }
    if book.case(&c.case).is_none() {
        j.unknown(Code::CaseUnknown, "/case", c.case.as_str());
    }
    let Some(posting) = book.posting(&c.posting) else {
        j.unknown(Code::PostingUnknown, "/posting", c.posting.as_str());
        return fixed;
    };
    if book.case(&c.case).is_some() && !posting.cases.contains(&c.case) {
        j.refuse(Code::CaseState, "/case")
            .with("reason", "not_in_posting")
            .with("case", c.case.to_string())
            .with("posting", c.posting.to_string());
    }
    let mut answers = posting.unit.clone();
    let again = book.objections().iter().any(|earlier| earlier.case == c.case && earlier.by.trim() == c.by.trim());
    if let Some(unit) = j.roster.unit(posting.unit.as_str()) {
        if !j.roles().at_or_above(&j.actor, unit) {
            j.deny("unit_or_above");
        }
        if again {
            answers = j.roster.unit_id(j.roles().above(unit)).clone();
            fixed.again = Some(true);
        }
    }
    if let Some(rule) = j.rules.publish_objection.as_ref() {
        let last = j.policy.due_from_day(posting.from, rule.params.window).date;
        if j.today > last {
            j.warn(RuleId::PublishObjection, Code::PublishObjection, "/posting", "late").with("last", last.to_string());
        }
    }
    fixed.unit = Some(answers);
    fixed
}

/// Judges `answer_objection`.
pub(crate) fn answer_objection(j: &mut Judge<'_>, c: &AnswerObjection) -> Fixed {
    let mut fixed = Fixed::none();
    let Some(book) = j.book else { return fixed };
    let Some(objection) = book.objection(&c.objection) else {
        j.unknown(Code::ObjectionUnknown, "/objection", c.objection.as_str());
        return fixed;
    };
    if objection.answered.is_some() {
        j.refuse(Code::CaseState, "/objection")
            .with("reason", "objection_answered")
            .with("objection", c.objection.to_string());
    }
    fixed.unit = Some(objection.unit.clone());
    if let Some(unit) = j.roster.unit(objection.unit.as_str()) {
        if !j.roles().heads(&j.actor, unit) {
            j.deny("head");
        }
    }
    fixed
}

/// An objection and when its answer is due: the village answers first, then the tier above.
pub(crate) fn answer_due(policy: &crate::policy::Policy, objection: &Objection) -> Option<crate::calendar::Due> {
    let rule = policy.rules.publish_objection.as_ref()?;
    let limit = if objection.again { rule.params.again } else { rule.params.answer };
    Some(policy.due(objection.at, limit))
}

/// Whether the actor may post anything about the case now.
pub(crate) fn may_publish(j: &mut Judge<'_>, case: &Case) {
    let plan = !case.state.is_closed() && (case.state.plan().is_some() || matches!(case.state, State::Suspended(_)));
    if !plan && case.state.accepted_at().is_none() {
        j.wrong_state(case, "/case");
    }
    let roles = j.roles();
    let may = std::iter::once(&case.unit)
        .chain(&case.handed_up)
        .filter_map(|id| j.roster.unit(id.as_str()))
        .any(|unit| roles.in_office(&j.actor, unit));
    if !may {
        j.deny("holder_or_handed_up");
    }
    if !j.may_post(case) {
        let counts_only =
            j.rules.publish_masked.as_ref().is_some_and(|rule| rule.params.counts_only.contains(&case.category));
        let reason = if counts_only { "counts_only" } else { "no_consent" };
        j.forbid(RuleId::PublishMasked, Code::PublishMasked, "/case", reason).with("case", case.id.to_string());
    }
}
