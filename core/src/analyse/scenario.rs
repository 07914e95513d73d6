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

use crate::calendar::{Date, Instant, Period, UtcOffset};
use crate::case::{ClosedAs, StateWord};
use crate::codes::Code;
use crate::command::{Command, Do, Envelope};
use crate::duty::{DutyState, Nullable};
use crate::finding::Finding;
use crate::ids::{AnyId, CaseId, HouseholdId, PersonId, UnitId};
use crate::limits::{document_findings, parse_finding, DOCUMENT_POLICY};
use crate::policy::{Policy, RuleId};
use crate::roster::RosterRows;
use crate::shape::{nearest, parse, record, write_string, AnyNode, Kind, Node, Reader, Schemas, Shape, Text};
use crate::vocab::{Category, Satisfied, Solved, Tier};

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

/// A rule's id or a finding's code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(&'static str);

impl Name {
    /// The rule's id or code in `word`, when it is one.
    pub fn new(word: &str) -> Option<Name> {
        Code::from_word(word).map(Code::word).or_else(|| RuleId::from_word(word).map(RuleId::word)).map(Name)
    }

    /// The word.
    pub fn word(&self) -> &'static str {
        self.0
    }

    /// Whether a finding is of this code, or rests on this rule.
    pub fn names(&self, finding: &Finding) -> bool {
        finding.code.word() == self.0 || finding.ground.as_ref().is_some_and(|ground| ground.rule.word() == self.0)
    }

    fn all() -> impl Iterator<Item = &'static str> {
        let codes = Code::ALL.iter().map(|code| code.word());
        codes.chain(RuleId::ALL.iter().map(|rule| rule.word()).filter(|word| Code::from_word(word).is_none()))
    }
}

impl Shape for Name {
    const EXPECTS: (&'static str, &'static str) = ("规则编号或代码", "a rule's id or a code");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Text(text) = node else { return cx.expected::<Self, _>() };
        let found = Name::new(text);
        if found.is_none() {
            let near = nearest(text, Name::all()).map(str::to_owned);
            cx.note(Kind::UnknownWord(text.chars().take(64).collect(), near));
        }
        found
    }
    fn write(&self, out: &mut String) {
        write_string(self.0, out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        crate::shape::put_bytes(self.0.as_bytes(), out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Name::new(std::str::from_utf8(crate::shape::get_bytes(input)?).ok()?)
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Name", &mut |_| {
            let words: Vec<String> = Name::all().map(|word| format!("\"{word}\"")).collect();
            format!("{{\"enum\":[{}]}}", words.join(","))
        })
    }
}

/// A moment to look at: a day, which means its end, or an instant, with or without its offset.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// The end of a day.
    EndOf(Date),
    /// An instant; without an offset, the policy's is taken.
    At(Text),
}

impl When {
    /// The instant, where local days are taken at `offset`.
    pub fn instant(&self, offset: UtcOffset) -> Instant {
        match self {
            When::EndOf(day) => Instant::end_of_day(*day, offset),
            When::At(text) => Instant::parse(&with_offset(text, offset)).unwrap_or(Instant::from_local(Date::from_days(0), 0, offset)),
        }
    }
}

impl Shape for When {
    const EXPECTS: (&'static str, &'static str) =
        ("日期(指该日终了)或时刻,如 2014-03-03 09:00", "a date, which means its end, or a moment such as 2014-03-03 09:00");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Text(text) = node else { return cx.expected::<Self, _>() };
        if text.len() <= 10 {
            return Date::read(node, cx).map(When::EndOf);
        }
        Instant::read(&Node::Text(with_offset(text, UtcOffset::CHINA).into()), cx)?;
        Some(When::At(Text::clipped(text)))
    }
    fn write(&self, out: &mut String) {
        match self {
            When::EndOf(day) => day.write(out),
            When::At(text) => text.write(out),
        }
    }
    fn pack(&self, out: &mut Vec<u8>) {
        crate::shape::put_bytes(crate::shape::canonical(self).as_bytes(), out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let text = crate::shape::get_bytes(input)?;
        Self::read(&parse(text, text.len()).ok()?, &mut Reader::new())
    }
    fn schema(schemas: &mut Schemas) -> String {
        let moment = moment_schema(schemas);
        format!("{{\"anyOf\":[{},{moment}]}}", Date::schema(schemas))
    }
}

/// An instant, or a local time of day that takes the policy's offset.
fn moment_schema(schemas: &mut Schemas) -> String {
    let instant = Instant::schema(schemas);
    let local = schemas.named("LocalTime", &mut |_| {
        "{\"pattern\":\"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?$\",\"type\":\"string\"}".into()
    });
    format!("{{\"anyOf\":[{instant},{local}]}}")
}

/// `2014-03-03 09:00` as an instant at an offset; any other text as it is.
fn with_offset(text: &str, offset: UtcOffset) -> String {
    let bytes = text.as_bytes();
    let local = bytes.is_ascii() && matches!(bytes.get(10), Some(b' ' | b'T')) && matches!(bytes.len(), 16 | 19);
    match text.split_at_checked(10) {
        Some((day, rest)) if local => {
            let time = rest.get(1..).unwrap_or_default();
            let seconds = if time.len() == 5 { ":00" } else { "" };
            format!("{day}T{time}{seconds}{offset}")
        }
        _ => text.to_owned(),
    }
}

/// A command as a clerk types it: its `id` may be left out, and a moment may lack its offset.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed(Node<'static>);

/// The fields of a command that hold a moment.
const MOMENTS: [&str; 3] = ["at", "typed_at", "on"];

impl Typed {
    /// The command, with `id` where it has none of its own and moments without an offset taken at
    /// `offset`.
    pub fn command(&self, id: &str, offset: UtcOffset) -> Option<Command> {
        Command::from_node(&completed(&self.0, id, offset), &mut Reader::new())
    }

    /// A command as it would be typed.
    pub fn of(command: &Command) -> Typed {
        let text = crate::shape::canonical(command);
        Typed(parse(text.as_bytes(), text.len()).map_or(Node::Null, Node::into_owned))
    }

    /// The JSON as it was typed.
    pub fn node(&self) -> &Node<'static> {
        &self.0
    }
}

fn completed(node: &Node<'static>, id: &str, offset: UtcOffset) -> Node<'static> {
    let mut node = node.clone();
    if let Node::Object(entries) = &mut node {
        for (key, value) in entries.iter_mut() {
            if let (true, Node::Text(text)) = (MOMENTS.contains(&key.as_ref()), &*value) {
                *value = Node::Text(with_offset(text, offset).into());
            }
        }
        if !entries.iter().any(|(key, _)| key == "id") {
            entries.push(("id".into(), Node::Text(id.to_owned().into())));
        }
    }
    node
}

impl Shape for Typed {
    const EXPECTS: (&'static str, &'static str) = ("操作", "a command");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let typed = AnyNode::read(node, cx)?.0;
        Command::from_node(&completed(&typed, "typed", UtcOffset::CHINA), cx)?;
        Some(Typed(typed))
    }
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        AnyNode(self.0.clone()).pack(out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        AnyNode::unpack(input).map(|node| Typed(node.0))
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Typed", &mut |schemas| {
            let moment = moment_schema(schemas);
            let mut fields = schemas.fields(Envelope::SCHEMA);
            for field in &mut fields {
                field.1 = field.1 && field.0 != "id";
                if MOMENTS.contains(&field.0) {
                    field.3.clone_from(&moment);
                }
            }
            Do::schema_beside(&fields, schemas)
        })
    }
}

/// Declares what may be a file's name or the thing itself.
macro_rules! named_or_written {
    ($($(#[$meta:meta])* $Name:ident, $Written:ty, $schema:expr, $zh:literal, $en:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $Name {
            /// By a name.
            Named(Text),
            /// Written out.
            Written($Written),
        }

        impl Shape for $Name {
            const EXPECTS: (&'static str, &'static str) = ($zh, $en);
            fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
                match node {
                    Node::Text(_) => Text::read(node, cx).map($Name::Named),
                    Node::Object(_) => <$Written>::read(node, cx).map($Name::Written),
                    _ => cx.expected::<Self, _>(),
                }
            }
            fn write(&self, out: &mut String) {
                match self {
                    $Name::Named(name) => name.write(out),
                    $Name::Written(written) => written.write(out),
                }
            }
            fn pack(&self, out: &mut Vec<u8>) {
                crate::shape::put_bytes(crate::shape::canonical(self).as_bytes(), out);
            }
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                let text = crate::shape::get_bytes(input)?;
                Self::read(&parse(text, text.len()).ok()?, &mut Reader::new())
            }
            fn schema(schemas: &mut Schemas) -> String {
                let make: fn(&mut Schemas) -> String = $schema;
                format!("{{\"anyOf\":[{},{}]}}", Text::schema(schemas), make(schemas))
            }
        }
    )*};
}

named_or_written! {
    /// A policy: a preset's name, a file's name, or the document.
    GivenPolicy, AnyNode, Policy::schema, "预置规则名、文件名或规则文件", "a preset's name, a file's name or a policy";
    /// A roster: a file's name, or the document.
    GivenRoster, AnyNode, RosterRows::schema, "文件名或名册", "a file's name or a roster";
    /// Earlier commands: a file's name, or one command.
    Earlier, Typed, Typed::schema, "文件名或操作", "a file's name or a command";
}
