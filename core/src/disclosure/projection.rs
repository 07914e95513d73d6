//! The projection itself: from a case on a board to what the board may show (`publish.masked`).
//!
//! It is an allow-list. A field that is not built here is not shown, whatever is added to a case.

use crate::book::{Book, Posting};
use crate::calendar::{Date, Instant};
use crate::case::{Case, What};
use crate::ids::PersonId;
use crate::judge::may_post;
use crate::policy::ShownField;
use crate::roster::{Roster, UnitIx};
use crate::shape::{record, Text};
use crate::vocab::{Category, DecisionKind, Post, Stage, UnitKind};

use super::masked_name;

record! {
    /// One item as the public sees it.
    pub struct PublicItem {
        /// 台账类别 · Which ledger.
        category: Option<Category>,
        /// 村(社区) · The village's name.
        village: Option<Text>,
        /// 组 · The group's name.
        group: Option<Text>,
        /// 姓名(姓氏加某) · Surname and 某.
        name: Option<Text>,
        /// 公开摘要 · What is asked for, in the clerk's public words.
        summary: Option<Text>,
        /// 措施 · The measures.
        measures: Option<Text>,
        /// 责任人职务 · The responsible person's post.
        post: Option<Post>,
        /// 完成时限 · The deadline.
        due: Option<Date>,
        /// 结果 · The result.
        result: Option<Text>,
        /// 公示内容 · Plan or result.
        stage: Stage,
    }
}

/// What the board says of the item at `index` of a posting, when it may be shown today.
pub(crate) fn public_item(book: &Book, posting: &Posting, index: usize, today: Date) -> Option<PublicItem> {
    let case = book.tables.case(posting.cases.get(index)?)?;
    let summary = posting.summaries.get(index)?;
    let rules = &book.engine.policy_on(today).rules;
    if !may_post(rules, case.category, case.consented()) {
        return None;
    }
    let shown = &rules.publish_masked.as_ref()?.params.shown;
    let shows = |field: ShownField| shown.contains(&field);
    let day = book.engine.policy_at(posting.at).local_day(posting.at);
    let roster = book.engine.roster();
    let said = said_until(case, posting.at);
    let unit = place(roster, case, day);
    let named = |kind: UnitKind| {
        let unit = unit?;
        let found = roster.ancestor_of_kind(unit, kind, day)?;
        roster.unit_on(found, day).map(|row| Text::clipped(&row.name))
    };
    let name = || {
        let household = roster.household(case.household.as_ref()?.as_str())?;
        let row = roster.household_on(household, day).or_else(|| roster.household_rows(household).last())?;
        Some(Text::clipped(&masked_name(&row.name)))
    };
    Some(PublicItem {
        category: shows(ShownField::Category).then_some(case.category),
        village: named(UnitKind::Village).filter(|_| shows(ShownField::Village)),
        group: named(UnitKind::Group).filter(|_| shows(ShownField::Group)),
        name: name().filter(|_| shows(ShownField::Name)),
        summary: shows(ShownField::Summary).then(|| summary.clone()),
        measures: said.measures.filter(|_| shows(ShownField::Measures)),
        post: said.responsible.and_then(|id| post(roster, &id, day)).filter(|_| shows(ShownField::Post)),
        due: said.due.filter(|_| shows(ShownField::Due)),
        result: said.result.filter(|_| shows(ShownField::Result) && posting.stage == Stage::Result),
        stage: posting.stage,
    })
}

/// The unit in which the matter lies.
fn place(roster: &Roster, case: &Case, day: Date) -> Option<UnitIx> {
    match (&case.household, &case.place) {
        (Some(household), _) => {
            let household = roster.household(household.as_str())?;
            let row = roster.household_on(household, day).or_else(|| roster.household_rows(household).last())?;
            Some(row.unit)
        }
        (None, Some(place)) => roster.unit(place.as_str()),
        (None, None) => None,
    }
}

/// The first of a person's posts on a day: a board names the post and never the person.
fn post(roster: &Roster, person: &PersonId, day: Date) -> Option<Post> {
    roster.person_on(roster.person(person.as_str())?, day)?.posts.iter().next()
}

#[derive(Default)]
struct Said {
    measures: Option<Text>,
    responsible: Option<PersonId>,
    due: Option<Date>,
    result: Option<Text>,
}

/// What had been planned and done by the time the sheet went up; later words are for later sheets.
fn said_until(case: &Case, at: Instant) -> Said {
    let mut said = Said::default();
    for step in case.trail.iter().take_while(|step| !step.at.after(at)) {
        match &step.what {
            What::Decided(decided) => {
                let decision = &decided.decided;
                let closing = matches!(decision.decision, DecisionKind::Explain | DecisionKind::Redirect);
                said = Said {
                    measures: decision.measures.clone(),
                    responsible: decision.responsible.clone(),
                    due: decision.due,
                    result: decision.reason.clone().filter(|_| closing),
                };
            }
            What::Replanned(plan) => {
                said = Said {
                    measures: plan.measures.clone(),
                    responsible: plan.responsible.clone(),
                    due: plan.due,
                    result: None,
                };
            }
            What::ExtensionDecided(decided) => said.due = decided.due.or(said.due),
            What::Settled(settled) => said.result = settled.result.clone(),
            _ => {}
        }
    }
    said
}
