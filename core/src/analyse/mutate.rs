//! Changing a policy in one place at a time: if no scenario notices, the place is untested.
//!
//! A mutant is near its policy: a number one up or one down, the other modality, the next post,
//! another reading, an entry left out of a list, a rule switched off. What the check of policies
//! refuses is no mutant, because no county could adopt it.

use crate::finding::Finding;
use crate::codes::Code;
use crate::limits::DOCUMENT_POLICY;
use crate::policy::{Policy, RuleId};
use crate::shape::{parse, record, Kind, Node, Reader, Shape, Text};

/// How far a changed value may lie from the one that it replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Next to it: a test that says where the border lies notices this.
    Near,
    /// Anywhere: a field that none of these changes shows in decides nothing.
    Far,
}

/// A policy that differs from another in one place.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The rule that differs.
    pub rule: RuleId,
    /// Where and how, as `rule/field=value`, `rule/field-entry` or `rule=off`: the name under
    /// which a survivor is explained.
    pub name: String,
    /// What stood there; empty where the rule is switched off.
    pub was: String,
    /// The changed policy.
    pub policy: Policy,
}

/// Every lawful change of a policy in one place, in the order of its rules.
///
/// ```
/// use wuzhang::{analyse::mutate::mutants, Policy};
/// let all = mutants(&Policy::preset("dayi-2014-text").unwrap());
/// assert!(all.iter().any(|mutant| mutant.name == "visit.town/at_least=2"));
/// assert!(all.iter().any(|mutant| mutant.name == "visit.town=off"));
/// // Nobody may weaken what stands in every policy.
/// assert!(!all.iter().any(|mutant| mutant.name == "publish.masked=off"));
/// ```
pub fn mutants(policy: &Policy) -> Vec<Mutant> {
    let Some(document) = document(policy) else { return Vec::new() };
    let mut all = Vec::new();
    for rule in RuleId::ALL {
        let Some(written) = document.get("rules").and_then(|rules| rules.get(rule.word())) else { continue };
        if *written == Node::Null {
            continue;
        }
        let Node::Object(fields) = written else { continue };
        for (field, value) in fields.iter().filter(|(field, _)| field != "source") {
            for (place, name, changed) in in_one_place(value, field) {
                let was = value_at(value, field, &place).canonical();
                if let Some(policy) = changed_policy(&document, *rule, &place, Some(&changed)) {
                    all.push(Mutant { rule: *rule, name: format!("{}/{name}", rule.word()), was, policy });
                }
            }
        }
        if let Some(policy) = changed_policy(&document, *rule, "", None) {
            all.push(Mutant { rule: *rule, name: format!("{}=off", rule.word()), was: String::new(), policy });
        }
    }
    all
}

/// The lawful policies in which one whole field of a rule is another, near or far.
pub fn with_other_field(policy: &Policy, rule: RuleId, field: &str) -> Vec<Policy> {
    let Some(document) = document(policy) else { return Vec::new() };
    let Some(value) = document.get("rules").and_then(|rules| rules.get(rule.word())?.get(field)) else { return Vec::new() };
    changes(value, Reach::Far).iter().filter_map(|changed| changed_policy(&document, rule, field, Some(changed))).collect()
}

fn document(policy: &Policy) -> Option<Node<'static>> {
    parse(policy.document().as_bytes(), DOCUMENT_POLICY).ok().map(Node::into_owned)
}

fn value_at<'v>(value: &'v Node<'static>, field: &str, place: &str) -> &'v Node<'static> {
    value.pointer(place.strip_prefix(field).unwrap_or_default()).unwrap_or(value)
}

/// The changes of a field, each in one place: the place below the rule, the name of the change,
/// and what stands there afterwards.
fn in_one_place(value: &Node<'static>, place: &str) -> Vec<(String, String, Node<'static>)> {
    match value {
        Node::Object(entries) => {
            entries.iter().flat_map(|(key, inner)| in_one_place(inner, &format!("{place}/{key}"))).collect()
        }
        Node::List(items) => {
            let mut all = Vec::new();
            for (at, item) in items.iter().enumerate() {
                if let Node::Object(_) = item {
                    all.extend(in_one_place(item, &format!("{place}/{at}")));
                    continue;
                }
                let mut fewer = items.clone();
                fewer.remove(at);
                all.push((place.to_owned(), format!("{place}-{}", plain(item)), Node::List(fewer)));
            }
            all
        }
        scalar => changes(scalar, Reach::Near)
            .into_iter()
            .map(|changed| (place.to_owned(), format!("{place}={}", plain(&changed)), changed))
            .collect(),
    }
}

fn plain(value: &Node<'_>) -> String {
    value.as_str().map_or_else(|| value.canonical(), str::to_owned)
}

/// The policy with one place changed, or with the rule off; `None` where no such policy may be.
fn changed_policy(document: &Node<'static>, rule: RuleId, place: &str, value: Option<&Node<'static>>) -> Option<Policy> {
    let mut document = document.clone();
    let written = document.pointer_mut(&format!("/rules/{}", rule.word()))?;
    match value {
        None => *written = Node::Null,
        Some(value) => {
            *written.pointer_mut(&format!("/{place}"))? = value.clone();
            // What differs from the handbook cannot claim to be its text.
            *written.pointer_mut("/source")? = Node::Object(vec![
                ("grounding".into(), Node::Text("changed in one place, to see who notices".into())),
                ("kind".into(), Node::Text("assumed".into())),
            ]);
        }
    }
    Policy::read(document.canonical().as_bytes()).ok()
}

/// The ways in which a value can be changed while it stays of its kind.
pub fn changes(value: &Node<'static>, reach: Reach) -> Vec<Node<'static>> {
    match value {
        Node::Bool(flag) => vec![Node::Bool(!flag)],
        Node::Whole(number) => {
            let mut all = vec![number.checked_add(1), number.checked_sub(1)];
            if reach == Reach::Far {
                all.extend([number.checked_mul(3), Some(0), Some(30), Some(90)]);
            }
            all.into_iter().flatten().filter(|other| other >= &0 && other != number).map(Node::Whole).collect()
        }
        Node::Text(word) => words(word, reach).into_iter().map(|word| Node::Text(word.into())).collect(),
        Node::List(items) => {
            let mut all = Vec::new();
            for (at, item) in items.iter().enumerate() {
                let mut fewer = items.clone();
                fewer.remove(at);
                all.push(Node::List(fewer));
                for changed in changes(item, reach) {
                    let mut other = items.clone();
                    if let Some(slot) = other.get_mut(at) {
                        *slot = changed;
                    }
                    all.push(Node::List(other));
                }
            }
            // What a list leaves out may matter as much as what it names.
            for word in MORE {
                let mut more = items.clone();
                more.push(Node::Text((*word).into()));
                all.push(Node::List(more));
            }
            all
        }
        Node::Object(entries) => {
            let mut all = Vec::new();
            for (at, (_, inner)) in entries.iter().enumerate() {
                for changed in changes(inner, reach) {
                    let mut other = entries.clone();
                    if let Some(slot) = other.get_mut(at) {
                        slot.1 = changed;
                    }
                    all.push(Node::Object(other));
                }
            }
            all
        }
        Node::Null | Node::OtherNumber => Vec::new(),
    }
}

/// Words that some list of the policy takes.
const MORE: &[&str] = &[
    "household", "visit", "contact_card", "hardship", "livelihood", "digest", "dissatisfied", "villager_delegate",
    "council_member", "mid_level", "town_clerk", "visits_office",
];

/// Words that can stand for each other; the next one is the near one.
const KINDS: &[&[&str]] = &[
    &["must", "in_principle"],
    &["any_linked", "every_linked"],
    &["per_department", "per_village"],
    &["week", "half_month", "month", "quarter", "year"],
    &["household", "village"],
    &["county", "department", "town", "village", "group", "county_leader"],
    &["detail", "comprehensive", "key"],
    &["reopen", "tier_up", "final"],
    &["plan", "result", "digest"],
    &["satisfied", "basically"],
    &[
        "branch_secretary", "committee_member", "town_secretary", "town_clerk", "department_head", "staff", "county_secretary",
        "visits_office", "supervision_member", "station_duty", "council_member",
    ],
];

fn words(word: &str, reach: Reach) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = word.get(digits.len()..).unwrap_or_default();
    if let (Ok(number), "d" | "wd" | "h") = (digits.parse::<u64>(), unit) {
        let mut others = vec![number.saturating_add(1), number.saturating_sub(1)];
        if reach == Reach::Far {
            others.extend([number.saturating_sub(1).max(1), number.saturating_mul(4), 1, 400]);
        }
        all.extend(others.iter().map(|other| format!("{other}{unit}")));
    }
    if let Some((hour, minute)) = word.split_once(':') {
        match (hour.parse::<u32>(), minute.parse::<u32>(), reach) {
            (Ok(hour), Ok(minute), Reach::Near) => {
                let now = hour.saturating_mul(60).saturating_add(minute);
                for other in [now.saturating_add(30), now.saturating_sub(30)] {
                    all.push(format!("{:02}:{:02}", other / 60, other % 60));
                }
            }
            _ => {
                all.extend(["00:00", "11:00", "16:00", "23:00"].map(str::to_owned));
                all.push(format!("{minute}:{hour}"));
            }
        }
    }
    for kind in KINDS {
        let Some(at) = kind.iter().position(|known| *known == word) else { continue };
        let others = kind.iter().cycle().skip(at.saturating_add(1)).take(kind.len().saturating_sub(1));
        match reach {
            Reach::Near => all.extend(others.take(1).map(|other| (*other).to_owned())),
            Reach::Far => all.extend(others.map(|other| (*other).to_owned())),
        }
    }
    all.retain(|other| other != word);
    all.sort();
    all.dedup();
    all
}

record! {
    /// Why some mutants survive: a file beside the scenarios.
    pub struct Survivors {
        /// 编辑器用的 JSON Schema 地址,不起作用 · The JSON Schema for editors; decides nothing.
        schema = "$schema": Option<Text>,
        /// 每组幸存变异及理由 · The survivors, each group with its reason.
        survivors: Vec<Explained>,
    }
}

record! {
    /// Mutants that nothing notices, and why that is no gap.
    pub struct Explained {
        /// 变异名称,可用 * · The names of the mutants; `*` stands for anything.
        mutants: Vec<Text>,
        /// 理由(中文) · Why, in Chinese.
        zh: Text,
        /// 理由(英文) · Why, in English.
        en: Text,
    }
}

impl Survivors {
    /// Reads the file.
    ///
    /// # Errors
    /// Everything that is wrong in it, with its path.
    pub fn parse(text: &[u8]) -> Result<Survivors, Vec<Finding>> {
        let node = parse(text, DOCUMENT_POLICY).map_err(|error| vec![crate::limits::parse_finding(&error)])?;
        let mut cx = Reader::new();
        let read = Survivors::read(&node, &mut cx);
        if let Some(file) = &read {
            for (at, group) in file.survivors.iter().enumerate() {
                if group.zh.is_blank() || group.en.is_blank() {
                    cx.under("survivors", |cx| cx.at_index(at, |cx| cx.note(Kind::Impossible("blank", String::new()))));
                }
            }
        }
        match read {
            Some(file) if cx.problems.is_empty() => Ok(file),
            _ => Err(cx.problems.iter().map(|problem| Finding::of_problem(Code::ScenarioInvalid, problem)).collect()),
        }
    }

    /// The pointer to the pattern that fits a mutant.
    pub fn reason(&self, name: &str) -> Option<String> {
        self.patterns().find(|(_, pattern)| crate::duty::matches(pattern, name)).map(|(pointer, _)| pointer)
    }

    /// Every pattern with its pointer.
    pub fn patterns(&self) -> impl Iterator<Item = (String, &str)> {
        self.survivors.iter().enumerate().flat_map(|(group, explained)| {
            explained.mutants.iter().enumerate().map(move |(at, pattern)| (format!("/survivors/{group}/mutants/{at}"), pattern.as_str()))
        })
    }
}

/// A finding for a mutant that nothing noticed.
pub fn unnoticed(mutant: &Mutant, policy: &Policy) -> Finding {
    let mut finding = Finding::plain(Code::ScenarioUnnoticed, String::new())
        .with("mutant", mutant.name.clone())
        .with("rule", mutant.rule.word());
    if !mutant.was.is_empty() {
        finding = finding.with("was", mutant.was.clone());
    }
    finding.ground = policy.rules.ground(mutant.rule);
    finding
}
