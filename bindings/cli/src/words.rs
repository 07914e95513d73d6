//! How the words of the contract are shown: a county's own label first, then the library's name for
//! it, then what is only ever shown here.

use serde_json::Value;
use wuzhang::messages::spoken;
use wuzhang::policy::{LabelKind, Policy, RuleId};
use wuzhang::Code;

use crate::lang::Lang;

/// Names in one language, as one policy labels them.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The language.
    pub lang: Lang,
    /// The policy whose labels count; none for documents without one.
    pub policy: Option<&'a Policy>,
}

impl Words<'_> {
    fn labelled(&self, kind: LabelKind, param: &str, word: &str) -> String {
        if let Some(label) = self.policy.and_then(|policy| policy.labels.get(kind, word)) {
            return self.lang.pick(label.zh.as_str(), label.en.as_str()).to_owned();
        }
        self.spoken(param, word)
    }

    /// The library's name for a word; the word itself where it has none.
    fn spoken(&self, param: &str, word: &str) -> String {
        match spoken(Code::CaseState, param, word) {
            Some((zh, en)) => self.lang.pick(zh, en),
            None => word.to_owned(),
        }
    }

    /// A case's state.
    pub fn state(&self, word: &str) -> String {
        self.labelled(LabelKind::State, "state", word)
    }

    /// One of the three ledgers.
    pub fn category(&self, word: &str) -> String {
        self.labelled(LabelKind::Ledger, "category", word)
    }

    /// The form of a ledger.
    pub fn tier(&self, word: &str) -> String {
        if let Some(label) = self.policy.and_then(|policy| policy.labels.get(LabelKind::Ledger, word)) {
            return self.lang.pick(label.zh.as_str(), label.en.as_str()).to_owned();
        }
        let (zh, en) = match word {
            "detail" => ("明细账", "detail ledger"),
            "comprehensive" => ("综合账", "comprehensive ledger"),
            "key" => ("重点账", "key ledger"),
            _ => return word.to_owned(),
        };
        self.lang.pick(zh, en).to_owned()
    }

    /// A kind of unit.
    pub fn unit_kind(&self, word: &str) -> String {
        self.labelled(LabelKind::Unit, "kind", word)
    }

    /// A post.
    pub fn post(&self, word: &str) -> String {
        self.labelled(LabelKind::Post, "post", word)
    }

    /// The way a need came in.
    pub fn channel(&self, word: &str) -> String {
        self.spoken("channel", word)
    }

    /// What a posting shows.
    pub fn stage(&self, word: &str) -> String {
        self.spoken("stage", word)
    }

    /// What happened. In Chinese an event is named after what its command does.
    pub fn event(&self, word: &str) -> String {
        if self.lang == Lang::En {
            return word.replace('_', " ");
        }
        match (word, wuzhang::event::NAMES.iter().find(|(_, event)| *event == word)) {
            ("case_decided", _) => "会议决定".to_owned(),
            (_, Some((todo, _))) => self.spoken("do", todo),
            _ => word.to_owned(),
        }
    }

    /// A rule's title.
    pub fn rule(&self, id: &str) -> String {
        match RuleId::from_word(id) {
            Some(rule) => {
                let (zh, en) = wuzhang::explain::explain_rule(rule).title;
                self.lang.pick(zh, en).to_owned()
            }
            None => id.to_owned(),
        }
    }

    /// A word that only the command line shows.
    pub fn plain(&self, word: &str) -> String {
        let (zh, en) = match word {
            "pending" => ("未到期", "pending"),
            "met" => ("已完成", "met"),
            "late" => ("迟完成", "late"),
            "missed" => ("未完成", "missed"),
            "excused" => ("免除", "excused"),
            "held" => ("在账", "held here"),
            "escalated" => ("已上报", "reported up"),
            "solved" => ("已解决", "solved"),
            "partly" => ("部分解决", "partly"),
            "unsolved" => ("未解决", "unsolved"),
            "satisfied" => ("满意", "satisfied"),
            "basically" => ("基本满意", "basically satisfied"),
            "dissatisfied" => ("不满意", "dissatisfied"),
            "on_the_spot" => ("当场解决", "on the spot"),
            "unrated" => ("超期未评", "unrated"),
            "explained" => ("解释办结", "explained"),
            "redirected" => ("引导办结", "redirected"),
            "merged" => ("已合并", "merged"),
            "withdrawn" => ("已撤回", "withdrawn"),
            "blue" => ("蓝色", "blue"),
            "yellow" => ("黄色", "yellow"),
            "red" => ("红色", "red"),
            "remind" => ("临期", "due soon"),
            "overdue" => ("超期", "overdue"),
            "unexplained" => ("超期未说明", "overdue, unexplained"),
            "text" => ("手册", "handbook"),
            "law" => ("法规", "law"),
            "assumed" => ("默认", "default"),
            "must" => ("必须", "must"),
            "in_principle" => ("原则上", "in principle"),
            "error" => ("错误", "error"),
            "warning" => ("提醒", "warning"),
            "advice" => ("参考", "advice"),
            "total" => ("合计", "all"),
            _ => return word.to_owned(),
        };
        self.lang.pick(zh, en).to_owned()
    }

    /// A list of things in one line.
    pub fn list(&self, parts: &[String]) -> String {
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(self.lang.pick("、", ", "))
    }
}

/// The text of a field, empty when it has none.
pub fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The number of a field, 0 when it has none.
pub fn whole(row: &Value, name: &str) -> i64 {
    row.get(name).and_then(Value::as_i64).unwrap_or_default()
}

/// Whether a field is true.
pub fn is(row: &Value, name: &str) -> bool {
    row.get(name).and_then(Value::as_bool).unwrap_or_default()
}

/// The rows of a field.
pub fn rows<'v>(view: &'v Value, name: &str) -> &'v [Value] {
    view.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The value of a cell as plain text: lists separated by spaces, objects as JSON.
pub fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items.iter().map(|item| cell(Some(item))).collect::<Vec<_>>().join(" "),
        Some(other) => other.to_string(),
    }
}
