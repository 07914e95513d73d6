//! The scenario document: what is given, what is done and when, and what has to come of it.
//!
//! It is written by clerks, so it asks for little: a command needs no id, a time no offset, and a
//! step that says nothing expects to be accepted. What it does say holds to the letter: a refusal
//! by a rule that is not named, or a warning that nobody expected, is a failure.
//!
//! ```
//! use wuzhang::analyse::scenario::Scenario;
//! let scenario = Scenario::parse(r#"{
//!   "about": "路灯坏了",
//!   "given": {"policy": "dayi-2014", "roster": "roster.json"},
//!   "cases": [{"name": "夜里不亮", "steps": [
//!     {"when": {"at": "2014-03-03 09:00", "actor": "k1", "do": "note_need", "case": "a1", "household": "h1",
//!       "channel": "visit", "category": "livelihood", "topic": "路灯", "text": "路灯不亮"},
//!      "then": {"cases": [{"case": "a1", "state": "noted"}]}},
//!     {"when": {"at": "2014-03-03 10:00", "actor": "k1", "do": "close", "case": "a1", "as": "satisfied"},
//!      "then": {"refused_by": ["case.state", "close.satisfied"]}}]}]}"#.as_bytes()).unwrap();
//! assert_eq!(scenario.cases[0].steps.len(), 2);
//! ```

use crate::calendar::{Date, Period};
use crate::case::{ClosedAs, StateWord};
use crate::codes::Code;
use crate::duty::{DutyState, Nullable};
use crate::finding::Finding;
use crate::ids::{AnyId, CaseId, HouseholdId, PersonId, UnitId};
use crate::limits::{document_findings, parse_finding, DOCUMENT_POLICY};
use crate::policy::RuleId;
use crate::shape::{parse, record, Kind, Reader, Shape, Text};
use crate::vocab::{Category, Satisfied, Solved, Tier};

pub use super::typed::{Earlier, GivenPolicy, GivenRoster, Name, Typed, When};
pub use crate::book::{Colour, Notice};

record! {
    /// A scenario file: what its cases have in common, and the cases, each on a book of its own.
    pub struct Scenario {
        /// 编辑器用的 JSON Schema 地址,不起作用 · The JSON Schema for editors; decides nothing.
        schema = "$schema": Option<Text>,
        /// 说明 · What the file is about.
        about: Option<Text>,
        /// 前提:规则、名册和先前的操作 · What every case starts from.
        given: Option<Given>,
        /// 用例,各用一本新账 · The cases, each on a new book.
        cases: Vec<Story>,
    }
}

record! {
    /// What is given before the first step. A case's own policy and roster replace the file's; its
    /// commands follow the file's.
    pub struct Given {
        /// 规则:预置规则名、文件(相对于本文件)或文件内容 · A preset's name, a file relative to this one, or the document itself.
        policy: Option<GivenPolicy>,
        /// 名册:文件(相对于本文件)或文件内容 · A file relative to this one, or the document itself.
        roster: Option<GivenRoster>,
        /// 先前的操作,都须收下:操作,或一行一个操作的文件 · Earlier commands, all of which must be accepted: commands, or files of one command a line.
        commands: Option<Vec<Earlier>>,
    }
}

record! {
    /// A case: steps, one after another.
    pub struct Story {
        /// 用例名称,在文件内不重复 · The case's name, once in a file.
        name: Text,
        /// 说明 · What it shows.
        about: Option<Text>,
        /// 本用例自己的前提 · What is given in this case only.
        given: Option<Given>,
        /// 步骤,按先后 · The steps in their order.
        steps: Vec<Step>,
    }
}

record! {
    /// A step: a command with what has to come of it, or only a look at how things stand.
    pub struct Step {
        /// 说明 · What it is about, in the clerk's words.
        about: Option<Text>,
        /// 操作 · The command; none for a mere look.
        when: Option<Typed>,
        /// 应有的结果;缺省为收下且无提醒 · What has to come of it; left out: accepted without a warning.
        then: Option<Then>,
    }
}

record! {
    /// What has to come of a step.
    pub struct Then {
        /// 收下(true)或退回(false) · Accepted or refused; follows from the next two when left out.
        accepted: Option<bool>,
        /// 退回的全部规则或代码 · The rules or codes of all reasons for the refusal.
        refused_by: Option<Vec<Name>>,
        /// 全部提醒的规则或代码 · The rules or codes of all warnings.
        warned_by: Option<Vec<Name>>,
        /// 查看的时刻,缺省为最后一次操作之时 · When to look: a date means its end; the last command's moment when left out.
        as_of: Option<When>,
        /// 事项的情况,只比写明的各项 · How cases stand; only what is written is compared.
        cases: Option<Vec<CaseStands>>,
        /// 职责,只比写明的各项 · Rows of duties; only what is written is compared.
        duties: Option<Vec<DutyStands>>,
        /// 公示内容 · What the public sees.
        public: Option<Vec<PublicSees>>,
        /// 三率 · The rates.
        rates: Option<Vec<RatesAre>>,
        /// 抽查线索 · The advice for a call-back sample.
        advice: Option<AdviceIs>,
        /// 对照规则检查名册的结果 · What the check of the roster against the policy finds.
        roster: Option<RosterIs>,
    }
}

record! {
    /// How a case stands.
    pub struct CaseStands {
        /// 事项 · The case.
        case: CaseId,
        /// 状态 · Its state.
        state: Option<StateWord>,
        /// 现账单位 · The unit that holds it.
        unit: Option<UnitId>,
        /// 账的形式 · The form of that unit's ledger.
        tier: Option<Tier>,
        /// 类别 · Which of the three ledgers.
        category: Option<Category>,
        /// 户 · The household; null for a public matter.
        household: Option<Nullable<HouseholdId>>,
        /// 收集人 · Who collected it.
        collector: Option<PersonId>,
        /// 责任人 · The responsible person; null without a plan.
        responsible: Option<Nullable<PersonId>>,
        /// 完成时限 · The deadline now in force; null without a plan.
        due: Option<Nullable<Date>>,
        /// 提示色 · The attention colour; null for none.
        colour: Option<Nullable<Colour>>,
        /// 提醒 · What the deadline asks to be minded; null for nothing.
        notice: Option<Nullable<Notice>>,
        /// 是否解决 · What the household said last.
        solved: Option<Nullable<Solved>>,
        /// 是否满意 · What the household said last.
        satisfied: Option<Nullable<Satisfied>>,
        /// 不满意次数 · How often the household was dissatisfied.
        dissatisfied: Option<u32>,
        /// 结账类型 · As what it was closed; null while open.
        closed_as: Option<Nullable<ClosedAs>>,
        /// 重复于 · The earlier case that it repeats; null for none.
        repeats: Option<Nullable<CaseId>>,
    }
}

record! {
    /// A row of duties. Rule, subject, object and period choose the row; the rest is compared.
    pub struct DutyStands {
        /// 规则 · The rule.
        rule: RuleId,
        /// 责任主体 · Who owes it.
        subject: Option<AnyId>,
        /// 对象 · About what.
        object: Option<Nullable<AnyId>>,
        /// 期间 · For which period.
        period: Option<Nullable<Period>>,
        /// 有无此职责,缺省为有 · Whether there is such a duty; true when left out.
        owed: Option<bool>,
        /// 截止日 · Its last day.
        due: Option<Date>,
        /// 状态 · How it stands.
        state: Option<DutyState>,
        /// 应有次数 · How many are asked for.
        required: Option<u32>,
        /// 实有次数 · How many there are.
        count: Option<u32>,
        /// 未批准的补录 · Late visits not yet approved.
        late_entries: Option<u32>,
        /// 凭据 · What proves it.
        evidence: Option<Vec<AnyId>>,
        /// 暂定 · Computed beyond the last known holiday notice.
        provisional: Option<bool>,
    }
}

record! {
    /// What a unit's publication shows and does not show.
    pub struct PublicSees {
        /// 单位 · Whose board.
        unit: UnitId,
        /// 期间 · In which period.
        period: Period,
        /// 须出现的文字 · Texts that stand in it.
        contains: Option<Vec<Text>>,
        /// 不得出现的文字 · Texts that stand nowhere in it.
        lacks: Option<Vec<Text>>,
        /// 统计,只比写明的各项 · Rows of its counts; only what is written is compared.
        counts: Option<Vec<CountIs>>,
    }
}

record! {
    /// A row of a publication's counts.
    pub struct CountIs {
        /// 类别;null 为合计 · Which ledger; null is the total.
        category: Nullable<Category>,
        /// 收集;null 为不显示 · Noted; null is a count not shown.
        noted: Option<Nullable<u64>>,
        /// 议定 · Decided.
        decided: Option<Nullable<u64>>,
        /// 销账 · Settled.
        settled: Option<Nullable<u64>>,
        /// 公示 · Published.
        published: Option<Nullable<u64>>,
        /// 结账 · Closed.
        closed: Option<Nullable<u64>>,
        /// 合计 · The total.
        total: Option<Nullable<u64>>,
    }
}

record! {
    /// A rate as `{"of":n,"in":n}`.
    pub struct RateIs {
        /// 分母 · Out of so many.
        of: u64,
        /// 分子 · So many.
        part = "in": u64,
    }
}

record! {
    /// The rates of a unit over a range of days.
    pub struct RatesAre {
        /// 单位 · The unit.
        unit: UnitId,
        /// 类别;缺省为合计 · Which ledger; left out: all of them.
        category: Option<Category>,
        /// 起 · From this day.
        from: Date,
        /// 止 · To this day.
        to: Date,
        /// 响应率;null 为不显示 · Null where none is shown.
        response: Option<Nullable<RateIs>>,
        /// 解决率 · Solving.
        solving: Option<Nullable<RateIs>>,
        /// 满意率 · Satisfaction.
        satisfaction: Option<Nullable<RateIs>>,
        /// 回访率 · Coverage.
        coverage: Option<Nullable<RateIs>>,
        /// 部分解决 · Partly solved.
        partly: Option<u64>,
        /// 未评 · Unrated.
        unrated: Option<u64>,
        /// 撤回 · Withdrawn.
        withdrawn: Option<u64>,
        /// 并案 · Merged.
        merged: Option<u64>,
        /// 重开 · Reopened.
        reopened: Option<u64>,
    }
}

record! {
    /// The advice over a range of days: the codes that are found, each once, and no others.
    pub struct AdviceIs {
        /// 起 · From this day.
        from: Date,
        /// 止 · To this day.
        to: Date,
        /// 线索的代码 · The codes found.
        found: Vec<Name>,
    }
}

record! {
    /// What the check of the roster finds on a day: rules or codes, each once, and no others.
    pub struct RosterIs {
        /// 日期 · On which day.
        on: Date,
        /// 只看这些规则或代码,缺省为全部 · Only these rules or codes are looked at; all when left out.
        among: Option<Vec<Name>>,
        /// 查出的规则或代码 · What is found.
        found: Vec<Name>,
        /// 其中程度为错误的;不写则不比 · Those of them that are errors; not compared when left out.
        errors: Option<Vec<Name>>,
    }
}

impl Scenario {
    /// Reads a scenario of at most 64 MiB; otherwise everything that is wrong in it, with its path.
    ///
    /// # Errors
    /// The findings, of the codes `input.invalid` and `scenario.invalid`.
    pub fn parse(text: &[u8]) -> Result<Scenario, Vec<Finding>> {
        let node = parse(text, DOCUMENT_POLICY).map_err(|error| vec![parse_finding(&error)])?;
        let mut cx = Reader::new();
        let scenario = Scenario::read(&node, &mut cx);
        if let Some(scenario) = &scenario {
            scenario.agree(&mut cx);
        }
        match scenario {
            Some(scenario) if cx.problems.is_empty() => Ok(scenario),
            _ => Err(document_findings(Code::ScenarioInvalid, &cx)),
        }
    }

    /// What each field may hold, and together may not.
    fn agree(&self, cx: &mut Reader) {
        cx.under("cases", |cx| {
            if self.cases.is_empty() {
                cx.note(Kind::Impossible("no_case", String::new()));
            }
            let mut names = std::collections::BTreeSet::new();
            for (index, story) in self.cases.iter().enumerate() {
                cx.at_index(index, |cx| {
                    if !names.insert(story.name.as_str()) {
                        cx.under("name", |cx| cx.note(Kind::Impossible("name_twice", story.name.to_string())));
                    }
                    cx.under("steps", |cx| {
                        if story.steps.is_empty() {
                            cx.note(Kind::Impossible("no_step", String::new()));
                        }
                        for (index, step) in story.steps.iter().enumerate() {
                            cx.at_index(index, |cx| step.agree(cx));
                        }
                    });
                });
            }
        });
    }
}

impl Step {
    fn agree(&self, cx: &mut Reader) {
        let Some(then) = &self.then else {
            if self.when.is_none() {
                cx.note(Kind::Impossible("nothing_to_do", String::new()));
            }
            return;
        };
        let judged = then.accepted.is_some() || then.refused_by.is_some() || then.warned_by.is_some();
        cx.under("then", |cx| {
            if self.when.is_none() && judged {
                cx.note(Kind::Impossible("nothing_judged", String::new()));
            }
            let refused = then.refused_by.is_some();
            if refused && (then.accepted == Some(true) || then.warned_by.is_some()) {
                cx.under("refused_by", |cx| cx.note(Kind::Impossible("refused_and_accepted", String::new())));
            }
            if then.accepted == Some(false) && then.warned_by.is_some() {
                cx.under("warned_by", |cx| cx.note(Kind::Impossible("refused_and_accepted", String::new())));
            }
            if then.refused_by.as_ref().is_some_and(Vec::is_empty) {
                cx.under("refused_by", |cx| cx.note(Kind::Impossible("refused_by_nobody", String::new())));
            }
        });
    }
}

impl Then {
    /// Whether the command has to be accepted.
    pub fn accepts(&self) -> bool {
        self.accepted.unwrap_or(self.refused_by.is_none())
    }
}
