//! Holding what is written against how things stand: only what is written is compared.

use crate::book::Book;
use crate::calendar::{Date, Instant, Period};
use crate::case::{Case, State};
use crate::duty::{Duty, Filter, Nullable};
use crate::finding::{Finding, Severity};
use crate::policy::RuleId;
use crate::shape::{canonical, parse, Node, Shape};
use crate::vocab::UnitKind;

use super::run::{difference, otherwise};
use super::scenario::{AdviceIs, CaseStands, DutyStands, PublicSees, RatesAre, RosterIs, Then};
use super::seen::Seen;

/// A look at a book.
pub(super) struct Look<'a> {
    pub book: &'a Book,
    pub as_of: Instant,
    /// The pointer to what is written.
    pub place: String,
    pub found: &'a mut Vec<Finding>,
    pub watch: &'a mut dyn FnMut(Seen),
}

/// How far a duty may lie from the days of its book when nothing says where it lies.
const FAR: i32 = 400;

/// Compares everything that is written.
pub(super) fn all(then: &Then, look: &mut Look<'_>) {
    for (at, case) in then.cases.iter().flatten().enumerate() {
        look.case(case, at);
    }
    for (at, duty) in then.duties.iter().flatten().enumerate() {
        look.duty(duty, at);
    }
    for (at, public) in then.public.iter().flatten().enumerate() {
        look.public(public, at);
    }
    for (at, rates) in then.rates.iter().flatten().enumerate() {
        look.rates(rates, at);
    }
    if let Some(advice) = &then.advice {
        look.advice(advice);
    }
    if let Some(roster) = &then.roster {
        look.roster(roster);
    }
}

/// A value as a tree.
fn tree<T: Shape>(value: &T) -> Node<'static> {
    let text = canonical(value);
    parse(text.as_bytes(), text.len()).map_or(Node::Null, Node::into_owned)
}

/// The fields in which something differs from what is written: name, expected, found.
fn differing(expected: &Node<'_>, found: &Node<'_>, passed: &[&str]) -> Vec<(String, String, String)> {
    let Node::Object(entries) = expected else { return Vec::new() };
    entries
        .iter()
        .filter(|(key, _)| !passed.contains(&key.as_ref()))
        .filter_map(|(key, wanted)| {
            let is = found.get(key).unwrap_or(&Node::Null);
            (is != wanted).then(|| (key.to_string(), wanted.canonical(), is.canonical()))
        })
        .collect()
}

impl Look<'_> {
    fn fields(&mut self, place: &str, differing: Vec<(String, String, String)>) {
        for (name, expected, found) in differing {
            let path = format!("{}/{place}/{name}", self.place);
            self.found.push(difference(path, "field").with("name", name).with("expected", expected).with("found", found));
        }
    }

    fn case(&mut self, wanted: &CaseStands, at: usize) {
        let book = self.book.as_of(self.as_of);
        let Some(case) = book.case(&wanted.case) else {
            let path = format!("{}/cases/{at}/case", self.place);
            self.found.push(difference(path, "no_case").with("case", wanted.case.as_str()));
            return;
        };
        let stands = stands(&book, case, self.as_of);
        let differing = differing(&tree(wanted), &tree(&stands), &["case"]);
        let well = differing.is_empty();
        self.fields(&format!("cases/{at}"), differing);
        if !well {
            return;
        }
        for (rule, written, says) in [
            (RuleId::FlagColour, wanted.colour.is_some(), stands.colour.flatten_some()),
            (RuleId::SettleOverdue, wanted.notice.is_some(), stands.notice.flatten_some()),
            (RuleId::CloseRepeat, wanted.repeats.is_some(), stands.repeats.flatten_some()),
            (RuleId::LedgerTier, wanted.tier.is_some(), false),
        ] {
            if written {
                (self.watch)(Seen::Fact(rule, says));
            }
        }
    }

    fn duty(&mut self, wanted: &DutyStands, at: usize) {
        let filter = Filter { rule: Some(wanted.rule.word().to_owned()), state: None, subject: wanted.subject.clone() };
        let chosen = |duty: &Duty| {
            wanted.object.as_ref().is_none_or(|object| *object == duty.object)
                && wanted.period.as_ref().is_none_or(|period| *period == duty.period)
        };
        let ask = |from, to| {
            let mut rows = self.book.duties(from, to, self.as_of, &filter);
            rows.retain(chosen);
            rows
        };
        let owed = wanted.owed != Some(false);
        let tree_of_wanted = tree(wanted);
        let passed = ["rule", "subject", "object", "period", "owed"];
        let fits = |rows: &[Duty]| rows.iter().position(|row| differing(&tree_of_wanted, &tree(row), &passed).is_empty());
        // Where the last day is written, the row can only be there: nothing else need be computed.
        let mut rows = match wanted.due {
            Some(due) => ask(due, due),
            None => Vec::new(),
        };
        let mut fitting = fits(&rows);
        if fitting.is_none() {
            let (from, to) = self.range(wanted.period.as_ref().and_then(|period| period.0));
            rows = ask(from, to);
            fitting = fits(&rows);
        }
        let place = format!("duties/{at}");
        match (owed, fitting) {
            (true, Some(row)) => {
                if let Some(row) = rows.get(row) {
                    (self.watch)(Seen::Duty(row.rule, row.state));
                }
            }
            (false, None) => {}
            (false, Some(row)) => {
                let shown = rows.get(row).map(canonical).unwrap_or_default();
                self.found.push(difference(format!("{}/{place}", self.place), "duty_there").with("found", shown));
            }
            (true, None) => match rows.as_slice() {
                [row] => {
                    let differing = differing(&tree_of_wanted, &tree(row), &passed);
                    self.fields(&place, differing);
                }
                rows => {
                    let near: Vec<String> = rows.iter().take(4).map(canonical).collect();
                    let finding = difference(format!("{}/{place}", self.place), "no_duty")
                        .with("rule", wanted.rule.word())
                        .with("count", rows.len() as u64);
                    self.found.push(if near.is_empty() { finding } else { finding.with("found", near) });
                }
            },
        }
    }

    /// The days between which a duty may be due.
    fn range(&self, period: Option<Period>) -> (Date, Date) {
        match period {
            Some(period) => (period.first().add_days(-7), period.last().add_days(70)),
            None => {
                let today = self.book.engine().policy_at(self.as_of).local_day(self.as_of);
                (today.add_days(-FAR), today.add_days(FAR))
            }
        }
    }

    fn public(&mut self, wanted: &PublicSees, at: usize) {
        let book = self.book.as_of(self.as_of);
        let place = format!("public/{at}");
        let Some(publication) = book.publication(&wanted.unit, wanted.period) else {
            let path = format!("{}/{place}/unit", self.place);
            self.found.push(difference(path, "no_unit").with("unit", wanted.unit.as_str()));
            return;
        };
        let mut texts = Vec::new();
        collect(&tree(&publication), &mut texts);
        let mark = self.found.len();
        for (index, text) in wanted.contains.iter().flatten().enumerate() {
            if !texts.iter().any(|shown| shown.contains(text.as_str())) {
                let path = format!("{}/{place}/contains/{index}", self.place);
                self.found.push(difference(path, "not_public").with("expected", text.as_str()));
            }
        }
        for (index, text) in wanted.lacks.iter().flatten().enumerate() {
            if let Some(shown) = texts.iter().find(|shown| shown.contains(text.as_str())) {
                let path = format!("{}/{place}/lacks/{index}", self.place);
                self.found.push(difference(path, "public").with("expected", text.as_str()).with("found", shown.clone()));
            }
        }
        for (index, count) in wanted.counts.iter().flatten().enumerate() {
            let rows = publication.counts.rows.iter().chain([&publication.counts.total]);
            let row = rows.into_iter().find(|row| row.category == count.category);
            let found = row.map_or(Node::Null, tree);
            self.fields(&format!("{place}/counts/{index}"), differing(&tree(count), &found, &["category"]));
        }
        if self.found.len() == mark {
            let says = wanted.counts.iter().flatten().any(|count| {
                [&count.noted, &count.decided, &count.settled, &count.published, &count.closed, &count.total]
                    .into_iter()
                    .any(|number| matches!(number, Some(Nullable(None))))
            });
            (self.watch)(Seen::Fact(RuleId::PublishMasked, says));
        }
    }

    fn rates(&mut self, wanted: &RatesAre, at: usize) {
        let book = self.book.as_of(self.as_of);
        let rows = book.rates(wanted.from, wanted.to, Some(&wanted.unit));
        let row = rows.iter().find(|row| row.unit == wanted.unit && row.category.0 == wanted.category);
        let Some(row) = row else {
            let path = format!("{}/rates/{at}", self.place);
            self.found.push(difference(path, "no_rates").with("unit", wanted.unit.as_str()));
            return;
        };
        let differing = differing(&tree(wanted), &tree(row), &["unit", "category", "from", "to"]);
        let well = differing.is_empty();
        self.fields(&format!("rates/{at}"), differing);
        if well {
            for (rule, written) in [
                (RuleId::RateResponse, &wanted.response),
                (RuleId::RateSolving, &wanted.solving),
                (RuleId::RateSatisfaction, &wanted.satisfaction),
                (RuleId::RateCoverage, &wanted.coverage),
            ] {
                if let Some(rate) = written {
                    (self.watch)(Seen::Fact(rule, rate.0.is_none()));
                }
            }
        }
    }

    fn advice(&mut self, wanted: &AdviceIs) {
        let book = self.book.as_of(self.as_of);
        let findings = book.advice(wanted.from, wanted.to);
        let differs = otherwise(format!("{}/advice/found", self.place), "found_otherwise", &wanted.found, &findings);
        let well = differs.is_none();
        self.found.extend(differs);
        if well {
            for rule in RuleId::ALL.iter().filter(|rule| rule.word().starts_with("advice.")) {
                let says = findings.iter().any(|finding| finding.code.rule() == Some(*rule));
                (self.watch)(Seen::Fact(*rule, says));
            }
        }
    }

    fn roster(&mut self, wanted: &RosterIs) {
        let book = self.book.as_of(self.as_of);
        let mut findings = book.roster().check(book.policy_on(wanted.on), wanted.on);
        if let Some(among) = &wanted.among {
            findings.retain(|finding| among.iter().any(|name| name.names(finding)));
        }
        let mut differs = otherwise(format!("{}/roster/found", self.place), "found_otherwise", &wanted.found, &findings);
        if let (None, Some(errors)) = (&differs, &wanted.errors) {
            let grave: Vec<Finding> = findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
            differs = otherwise(format!("{}/roster/errors", self.place), "found_otherwise", errors, &grave);
        }
        let well = differs.is_none();
        self.found.extend(differs);
        if !well {
            return;
        }
        for rule in RuleId::ALL {
            let looked = wanted.among.as_ref().is_none_or(|among| among.iter().any(|name| name.word() == rule.word()));
            let says = findings.iter().any(|finding| finding.ground.as_ref().is_some_and(|ground| ground.rule == *rule));
            if looked && (says || rule.word().starts_with("liaison.") || *rule == RuleId::Station) {
                (self.watch)(Seen::Fact(*rule, says));
            }
        }
    }
}

/// Whether there is something and not nothing.
trait Flat {
    fn flatten_some(&self) -> bool;
}

impl<T> Flat for Option<Nullable<T>> {
    fn flatten_some(&self) -> bool {
        matches!(self, Some(Nullable(Some(_))))
    }
}

/// How a case stands, every field written.
fn stands(book: &Book, case: &Case, as_of: Instant) -> CaseStands {
    let policy = book.engine().policy_at(as_of);
    let today = policy.local_day(as_of);
    let (colour, notice) = book.attention(case, policy, today);
    let kind = book.roster().unit(case.unit.as_str()).and_then(|unit| book.roster().unit_on(unit, today)).map(|view| view.kind);
    let tier = match (&policy.rules.ledger_tier, kind) {
        (Some(rule), Some(kind)) if kind != UnitKind::Group => Some(rule.params.tiers.for_kind(kind)),
        _ => None,
    };
    let plan = case.state.plan();
    let closed_as = match &case.state {
        State::Closed(closed) => Some(closed.as_what),
        _ => None,
    };
    CaseStands {
        case: case.id.clone(),
        state: Some(case.state.name()),
        unit: Some(case.unit.clone()),
        tier,
        category: Some(case.category),
        household: Some(Nullable(case.household.clone())),
        collector: Some(case.collector.clone()),
        responsible: Some(Nullable(plan.and_then(|plan| plan.responsible.clone()))),
        due: Some(Nullable(plan.and_then(|plan| plan.due))),
        colour: Some(Nullable(colour)),
        notice: Some(Nullable(notice)),
        solved: Some(Nullable(case.rating.as_ref().and_then(|rating| rating.solved))),
        satisfied: Some(Nullable(case.rating.as_ref().map(|rating| rating.satisfied))),
        dissatisfied: Some(case.dissatisfied),
        closed_as: Some(Nullable(closed_as)),
        repeats: Some(Nullable(case.repeats.clone())),
    }
}

/// Every text in a tree.
fn collect(node: &Node<'_>, texts: &mut Vec<String>) {
    match node {
        Node::Text(text) => texts.push(text.to_string()),
        Node::List(items) => items.iter().for_each(|item| collect(item, texts)),
        Node::Object(entries) => entries.iter().for_each(|(_, value)| collect(value, texts)),
        _ => {}
    }
}
