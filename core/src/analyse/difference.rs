//! Two policies side by side: rule by rule in words.

use crate::explain::explain_rule;
use crate::limits::DOCUMENT_POLICY;
use crate::policy::{Policy, RuleId, Wording};
use crate::shape::{choices, parse, record, AnyNode, Node, Text};

use super::replay::Replayed;

choices! {
    /// How a rule differs.
    pub enum Change {
        /// Only the new policy has it.
        Added = "added",
        /// Only the old policy has it.
        Removed = "removed",
        /// Both have it, and it says something else.
        Changed = "changed",
    }
}

record! {
    /// A field that differs; what one side has not is left out.
    pub struct FieldChange {
        /// 位置(JSON Pointer) · Where.
        path: Text,
        /// 原值 · What it was.
        old: Option<AnyNode>,
        /// 新值 · What it is.
        new: Option<AnyNode>,
    }
}

record! {
    /// A rule that differs.
    pub struct RuleChange {
        /// 规则 · The rule.
        rule: RuleId,
        /// 如何不同 · How.
        change: Change,
        /// 各处不同 · Where, in a rule that both have.
        fields: Vec<FieldChange>,
        /// 说明 · In words.
        message: Wording,
    }
}

record! {
    /// How two policies differ.
    pub struct Difference {
        /// 原规则 · The old policy.
        old: Text,
        /// 新规则 · The new policy.
        new: Text,
        /// 规则以外 · What differs beside the rules: first day, offset, calendar.
        beside: Vec<FieldChange>,
        /// 规则 · The rules that differ.
        rules: Vec<RuleChange>,
        /// 重演 · What would have gone differently.
        replay: Option<Replayed>,
    }
}

/// How two policies differ, rule by rule.
///
/// ```
/// use wuzhang::{analyse::difference::{difference, Change}, policy::RuleId, Policy};
/// let (text, all) = (Policy::preset("dayi-2014-text").unwrap(), Policy::preset("dayi-2014").unwrap());
/// let found = difference(&text, &all);
/// let cap = found.rules.iter().find(|change| change.rule == RuleId::PlanCap).unwrap();
/// assert_eq!(cap.change, Change::Added);
/// assert!(difference(&all, &all).rules.is_empty());
/// ```
pub fn difference(old: &Policy, new: &Policy) -> Difference {
    let rules = RuleId::ALL
        .iter()
        .filter_map(|rule| {
            let (before, after) = (old.rule_json(*rule), new.rule_json(*rule));
            match (before, after) {
                (None, None) => None,
                (Some(before), Some(after)) if before == after => None,
                (before, after) => Some(rule_change(*rule, before.as_deref(), after.as_deref())),
            }
        })
        .collect();
    Difference { old: name(old), new: name(new), beside: beside(old, new), rules, replay: None }
}

fn name(policy: &Policy) -> Text {
    Text::clipped(&format!("{} {}", policy.id, policy.version))
}

/// What a document says beside its rules, apart from how it is called.
fn beside(old: &Policy, new: &Policy) -> Vec<FieldChange> {
    let mut fields = Vec::new();
    for name in ["effective_from", "utc_offset", "calendar"] {
        let value = |policy: &Policy| {
            let node = parse(policy.document().as_bytes(), DOCUMENT_POLICY).ok()?;
            node.get(name).cloned().map(Node::into_owned)
        };
        compare(&format!("/{name}"), value(old).as_ref(), value(new).as_ref(), &mut fields);
    }
    fields
}

fn rule_change(rule: RuleId, old: Option<&str>, new: Option<&str>) -> RuleChange {
    let node = |text: &str| parse(text.as_bytes(), DOCUMENT_POLICY).ok().map(Node::into_owned);
    let change = match (old, new) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ => Change::Changed,
    };
    let mut fields = Vec::new();
    if change == Change::Changed {
        compare("", old.and_then(node).as_ref(), new.and_then(node).as_ref(), &mut fields);
    }
    RuleChange { rule, change, message: in_words(rule, change, &fields, new.or(old)), fields }
}

/// Walks down to where two values differ; a list differs as a whole.
fn compare(path: &str, old: Option<&Node<'static>>, new: Option<&Node<'static>>, out: &mut Vec<FieldChange>) {
    if old == new {
        return;
    }
    if let (Some(Node::Object(before)), Some(Node::Object(after))) = (old, new) {
        let mut names: Vec<&str> = before.iter().chain(after).map(|(name, _)| name.as_ref()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let escaped = name.replace('~', "~0").replace('/', "~1");
            let value = |object: Option<&Node<'static>>| object.and_then(|object| object.get(name)).cloned();
            compare(&format!("{path}/{escaped}"), value(old).as_ref(), value(new).as_ref(), out);
        }
        return;
    }
    out.push(FieldChange {
        path: Text::clipped(path),
        old: old.cloned().map(AnyNode),
        new: new.cloned().map(AnyNode),
    });
}

fn in_words(rule: RuleId, change: Change, fields: &[FieldChange], whole: Option<&str>) -> Wording {
    let title = explain_rule(rule).title;
    let (zh, en) = match change {
        Change::Added => {
            let says = whole.map(plain).unwrap_or_default();
            (format!("新增“{}”({rule}):{says}", title.0), format!("{} ({rule}) is new: {says}", title.1))
        }
        Change::Removed => (format!("取消“{}”({rule})", title.0), format!("{} ({rule}) is dropped", title.1)),
        Change::Changed => {
            let zh: Vec<String> = fields.iter().map(|field| field_words(field, true)).collect();
            let en: Vec<String> = fields.iter().map(|field| field_words(field, false)).collect();
            (
                format!("“{}”({rule}):{}", title.0, zh.join(";")),
                format!("{} ({rule}): {}", title.1, en.join("; ")),
            )
        }
    };
    Wording { zh: Text::clipped(&zh), en: Text::clipped(&en) }
}

/// What a rule sets, without what it rests on.
fn plain(json: &str) -> String {
    let Ok(Node::Object(fields)) = parse(json.as_bytes(), DOCUMENT_POLICY) else { return String::new() };
    let said: Vec<String> = fields
        .iter()
        .filter(|(name, _)| name != "source")
        .map(|(name, value)| format!("{name} {}", shown(Some(value))))
        .collect();
    said.join(", ")
}

fn field_words(field: &FieldChange, zh: bool) -> String {
    let path = field.path.trim_start_matches('/').replace('/', ".");
    let (old, new) = (field.old.as_ref().map(|old| &old.0), field.new.as_ref().map(|new| &new.0));
    let name = field_name(&path).map_or(path.clone(), |names| if zh { names.0.to_owned() } else { names.1.to_owned() });
    match (old, new, zh) {
        (Some(_), Some(_), true) => format!("{name}由 {} 改为 {}", shown(old), shown(new)),
        (Some(_), Some(_), false) => format!("{name} from {} to {}", shown(old), shown(new)),
        (None, _, true) => format!("新设{name} {}", shown(new)),
        (None, _, false) => format!("{name} is set to {}", shown(new)),
        (_, None, true) => format!("不再设{name}(原为 {})", shown(old)),
        (_, None, false) => format!("{name} is no longer set (was {})", shown(old)),
    }
}

fn shown(value: Option<&Node<'_>>) -> String {
    match value {
        None => String::new(),
        Some(Node::Text(text)) => text.to_string(),
        Some(other) => other.canonical(),
    }
}

/// The usual fields in words; the others are called as they are written.
fn field_name(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path {
        "modality" => ("约束力", "how strongly it binds"),
        "source" | "source.kind" => ("依据的性质", "what kind of thing it rests on"),
        "source.article" => ("依据的条文", "the article it rests on"),
        "source.grounding" => ("依据的理由", "its grounding"),
        "limit" => ("期限", "the limit"),
        "times" => ("次数", "how often"),
        "at_least" => ("最少", "the fewest"),
        "at_most" => ("最多", "the most"),
        "period" => ("周期", "the period"),
        "reading" => ("读法", "the reading"),
        "weekday" => ("星期", "the weekday"),
        "from" => ("起始钟点", "the hour"),
        "by" => ("由谁", "by whom"),
        "refuse_after" => ("拒收期限", "when it is refused"),
        "decisions" => ("可作的决定", "the decisions"),
        "fields" => ("必填各项", "the required fields"),
        "village" => ("村", "village"),
        "town" => ("乡镇", "town"),
        "department" => ("部门", "department"),
        "county" => ("县", "county"),
        "stages" => ("公示内容", "what is posted"),
        "rungs" => ("各次不满意之后", "what follows each dissatisfaction"),
        "tries" => ("回访次数", "the tries"),
        "outside_hours" => ("工作时间之外的次数", "the tries outside office hours"),
        "reopen" => ("可重开的期限", "the days to reopen"),
        "review" => ("复议周期", "the review period"),
        _ => return None,
    })
}
