//! The county at a glance: what a year came to, on a few screens.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::Value;
use wuzhang::calendar::{Date, Instant};
use wuzhang::case::StateWord;
use wuzhang::duty::{Duty, DutyState, Filter};
use wuzhang::json::JsonBook;
use wuzhang::vocab::UnitKind;
use wuzhang::Book;

use crate::calls::duties::paint_of;
use crate::calls::rates::table_of;
use crate::calls::rows::values;
use crate::facade::{ask_book, Request};
use crate::load::{called, name_of};
use crate::shell::Shell;
use crate::stop::Stop;
use crate::text::{clean, Align, Cell, Paint, Table};
use crate::words::{text, Words};

/// What the glance is taken of.
pub struct Year<'a> {
    /// The book at its end.
    pub book: &'a JsonBook,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// The moment from which it is looked at.
    pub as_of: Instant,
    /// Somebody of the county's visits office, who may read everything.
    pub office: &'a str,
    /// Rejections and warnings by code.
    pub rejected: &'a BTreeMap<String, u64>,
    /// Warnings by code.
    pub warned: &'a BTreeMap<String, u64>,
}

const STATES: [DutyState; 5] =
    [DutyState::Met, DutyState::Late, DutyState::Pending, DutyState::Missed, DutyState::Excused];
/// How many of the longest overdue are named.
const WORST: usize = 10;

impl Year<'_> {
    fn book(&self) -> &Book {
        self.book.book()
    }

    /// Writes all of it.
    pub fn write(&self, shell: &Shell, out: &mut dyn Write) -> Result<(), Stop> {
        let duties = self.book().duties(self.first, self.last, self.as_of, &Filter::default());
        self.duties(shell, &duties, out)?;
        self.cases(shell, out)?;
        self.overdue(shell, &duties, out)?;
        self.rates(shell, out)?;
        self.findings(shell, out)
    }

    fn words(&self, shell: &Shell) -> Words<'_> {
        Words { lang: shell.lang, policy: Some(self.book().opening_policy()) }
    }

    fn duties(&self, shell: &Shell, duties: &[Duty], out: &mut dyn Write) -> Result<(), Stop> {
        let words = self.words(shell);
        heading(shell, ("职责", "Duties"), out)?;
        let mut counts: BTreeMap<wuzhang::policy::RuleId, BTreeMap<&str, u64>> = BTreeMap::new();
        for duty in duties {
            let count = counts.entry(duty.rule).or_default().entry(duty.state.word()).or_default();
            *count = count.saturating_add(1);
        }
        let names: Vec<String> = STATES.iter().map(|state| words.plain(state.word())).collect();
        let mut heads = vec![(shell.lang.pick("规则", "rule"), Align::Left), ("", Align::Left)];
        heads.extend(names.iter().map(|name| (name.as_str(), Align::Right)));
        let mut table = Table::new(heads);
        for (rule, by_state) in &counts {
            let mut cells = vec![words.rule(rule.word()).into(), Cell::painted(rule.word(), Paint::Dim)];
            cells.extend(STATES.iter().map(|state| match by_state.get(state.word()) {
                Some(count) => Cell::painted(count.to_string(), paint_of(state.word())),
                None => Cell::painted("·", Paint::Dim),
            }));
            table.row(cells);
        }
        table.write(shell.style, out)?;
        Ok(())
    }

    fn cases(&self, shell: &Shell, out: &mut dyn Write) -> Result<(), Stop> {
        let words = self.words(shell);
        heading(shell, ("事项：在哪一步、在哪一级", "Cases, by step and by tier"), out)?;
        const KINDS: [UnitKind; 4] = [UnitKind::Village, UnitKind::Town, UnitKind::Department, UnitKind::County];
        let names: Vec<String> = KINDS.iter().map(|kind| words.unit_kind(kind.word())).collect();
        let mut heads = vec![
            (shell.lang.pick("步骤", "step"), Align::Left),
            (shell.lang.pick("状态", "state"), Align::Left),
        ];
        heads.extend(names.iter().map(|name| (name.as_str(), Align::Right)));
        heads.push((shell.lang.pick("合计", "all"), Align::Right));
        let mut counts: BTreeMap<(StateWord, UnitKind), u64> = BTreeMap::new();
        for case in self.book().cases() {
            let roster = self.book().roster();
            let unit = roster.unit(case.unit.as_str()).and_then(|unit| roster.unit_rows(unit).last());
            let kind = unit.map_or(UnitKind::Village, |unit| match unit.kind {
                UnitKind::Group => UnitKind::Village,
                kind => kind,
            });
            let count = counts.entry((case.state.name(), kind)).or_default();
            *count = count.saturating_add(1);
        }
        let mut table = Table::new(heads);
        for state in StateWord::ALL {
            let of = |kind: UnitKind| counts.get(&(*state, kind)).copied().unwrap_or(0);
            let total = KINDS.iter().fold(0u64, |sum, kind| sum.saturating_add(of(*kind)));
            if total == 0 {
                continue;
            }
            let (zh, en) = step_of(*state);
            let mut cells = vec![shell.lang.pick(zh, en).into(), words.state(state.word()).into()];
            cells.extend(KINDS.iter().map(|kind| Cell::from(of(*kind).to_string())));
            cells.push(total.to_string().into());
            table.row(cells);
        }
        table.write(shell.style, out)?;
        Ok(())
    }

    fn overdue(&self, shell: &Shell, duties: &[Duty], out: &mut dyn Write) -> Result<(), Stop> {
        let words = self.words(shell);
        heading(shell, ("超期最久、至今没办的事项", "Cases that have waited longest past their day"), out)?;
        let today = self.book().policy_on(self.last).local_day(self.as_of);
        let mut missed: Vec<(&Duty, &wuzhang::Case)> = duties
            .iter()
            .filter(|duty| duty.state == DutyState::Missed)
            .filter_map(|duty| {
                let id = wuzhang::ids::CaseId::new(duty.object.0.as_ref()?.as_str())?;
                Some((duty, self.book().case(&id).filter(|case| !case.state.is_closed())?))
            })
            .collect();
        missed.sort_by(|a, b| a.0.due.cmp(&b.0.due).then_with(|| a.1.id.cmp(&b.1.id)));
        let mut table = Table::new([
            (shell.lang.pick("超期", "over"), Align::Right),
            (shell.lang.pick("事项", "case"), Align::Left),
            (shell.lang.pick("事由", "topic"), Align::Wrap),
            (shell.lang.pick("该办什么", "what is owed"), Align::Left),
            (shell.lang.pick("责任主体", "who"), Align::Left),
        ]);
        for (duty, case) in missed.iter().take(WORST) {
            let days = duty.due.days_until(today);
            table.row([
                Cell::painted(shell.lang.pick(format!("{days} 天"), format!("{days} d")), Paint::Red),
                case.id.as_str().into(),
                case.topic.as_str().into(),
                words.rule(duty.rule.word()).into(),
                called(self.book(), duty.subject.as_str()).into(),
            ]);
        }
        if table.is_empty() {
            writeln!(out, "{}", shell.lang.pick("没有。", "None."))?;
            return Ok(());
        }
        table.write(shell.style, out)?;
        let more = missed.len().saturating_sub(WORST);
        if more > 0 {
            writeln!(out, "{}", shell.lang.pick(format!("还有 {more} 项。"), format!("and {more} more.")))?;
        }
        Ok(())
    }

    fn rates(&self, shell: &Shell, out: &mut dyn Write) -> Result<(), Stop> {
        heading(shell, ("三率", "Rates"), out)?;
        let request = Request::new("rates")
            .with("from", &self.first.to_string())
            .with("to", &self.last.to_string())
            .with("viewer", self.office)
            .done();
        let rows = ask_book(self.book, &request).map(|answer| values(&answer)).unwrap_or_default();
        let roster = self.book().roster();
        let kind = |row: &Value| {
            let unit = roster.unit(text(row, "unit"))?;
            roster.unit_rows(unit).last().map(|row| row.kind)
        };
        // The county ledger by ledger, then each town: in the order of their codes, not of merit.
        let shown = |row: &Value| match kind(row) {
            Some(UnitKind::County) => true,
            Some(UnitKind::Town) => text(row, "category").is_empty(),
            _ => false,
        };
        let rows: Vec<Value> = rows.into_iter().filter(shown).collect();
        table_of(&rows, self.words(shell)).write(shell.style, out)?;
        Ok(())
    }

    fn findings(&self, shell: &Shell, out: &mut dyn Write) -> Result<(), Stop> {
        heading(shell, ("退回、提醒和参考", "Rejections, warnings and advice"), out)?;
        let mut advice: BTreeMap<String, u64> = BTreeMap::new();
        for finding in self.book().advice(self.first, self.last) {
            let count = advice.entry(finding.code.word().to_owned()).or_default();
            *count = count.saturating_add(1);
        }
        let words = self.words(shell);
        let mut table = Table::new([
            (shell.lang.pick("次数", "times"), Align::Right),
            (shell.lang.pick("性质", "kind"), Align::Left),
            (shell.lang.pick("代码", "code"), Align::Left),
            (shell.lang.pick("说明", "meaning"), Align::Wrap),
        ]);
        for (map, zh, en, paint) in [
            (self.rejected, "退回", "rejected", Paint::Red),
            (self.warned, "提醒", "warned", Paint::Yellow),
            (&advice, "参考", "advice", Paint::Blue),
        ] {
            let mut list: Vec<(&String, &u64)> = map.iter().collect();
            list.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
            for (code, count) in list {
                let title = wuzhang::Code::from_word(code).map(|code| wuzhang::explain::explain(code).title);
                let title = title.map_or_else(|| words.rule(code), |(zh, en)| shell.lang.pick(zh, en).to_owned());
                let kind = Cell::painted(shell.lang.pick(zh, en), paint);
                table.row([count.to_string().into(), kind, code.into(), title.into()]);
            }
        }
        if table.is_empty() {
            writeln!(out, "{}", shell.lang.pick("没有。", "None."))?;
            return Ok(());
        }
        table.write(shell.style, out)?;
        Ok(())
    }
}

fn heading(shell: &Shell, words: (&str, &str), out: &mut dyn Write) -> Result<(), Stop> {
    writeln!(out, "\n{}", shell.style.paint(Paint::Bold, &clean(shell.lang.pick(words.0, words.1))))?;
    Ok(())
}

/// The step in which a case stands.
fn step_of(state: StateWord) -> (&'static str, &'static str) {
    match state {
        StateWord::Noted | StateWord::Registered => ("建账", "opening"),
        StateWord::Ledgered | StateWord::Reporting | StateWord::Suspended => ("议账", "deliberating"),
        StateWord::Planned | StateWord::Settled | StateWord::Reopened => ("销账", "settling"),
        StateWord::Accepted | StateWord::Published => ("晒账", "publishing"),
        StateWord::Closed => ("结账", "closing"),
    }
}

/// Real ids of this very year, for whoever wants to look further.
pub struct Examples {
    /// A village with many cases.
    pub village: String,
    /// Its secretary, or whoever of its office comes first.
    pub clerk: String,
    /// A case with a long story.
    pub case: String,
    /// A month in which the village posted something.
    pub month: String,
}

impl Examples {
    /// Looks for them.
    pub fn of(book: &Book, last: Date) -> Option<Examples> {
        let roster = book.roster();
        let is_village = |id: &str| {
            let rows = roster.unit(id).map(|unit| roster.unit_rows(unit));
            rows.and_then(|rows| rows.last()).is_some_and(|row| row.kind == UnitKind::Village)
        };
        let mut by_village: BTreeMap<&str, u64> = BTreeMap::new();
        for case in book.cases().iter().filter(|case| is_village(case.unit.as_str())) {
            let count = by_village.entry(case.unit.as_str()).or_default();
            *count = count.saturating_add(1);
        }
        let village = by_village.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(id, _)| (*id).to_owned())?;
        let unit = roster.unit(&village)?;
        let heads = wuzhang::roster::PostSet::of(wuzhang::vocab::Post::BranchSecretary);
        let clerk = roster.holders(unit, heads, last).first().map(|person| roster.person_id(*person).to_string())?;
        let of_village = book.cases().iter().filter(|case| case.unit.as_str() == village);
        let case = of_village.max_by(|a, b| a.trail.len().cmp(&b.trail.len()).then(b.id.cmp(&a.id)))?;
        let posting = book.postings().iter().rev().find(|posting| posting.unit.as_str() == village);
        let month = posting.map_or(last, |posting| posting.from).to_string();
        Some(Examples { village, clerk, case: case.id.to_string(), month: month.get(..7)?.to_owned() })
    }

    /// Commands to try next, as they can be typed.
    pub fn write(&self, shell: &Shell, book: &Book, directory: &str, year: i32, office: &str, out: &mut dyn Write) -> Result<(), Stop> {
        heading(shell, ("接下来可以试", "What to try next"), out)?;
        let directory = quoted(directory);
        let with = format!("--policy {directory}/policy.json --roster {directory}/roster.json {directory}/journal.jsonl");
        let Examples { village, clerk, case, month } = self;
        let name = name_of(book, village);
        let lines = [
            (format!("{name}的台账"), format!("the ledger of {name}"), format!("ledger {with} --unit {village} --viewer {clerk}")),
            (format!("{name}的公示栏"), format!("what {name} hung up"), format!("publication {with} --unit {village} --period {month}")),
            ("一件事的来龙去脉".into(), "one case from its beginning".into(), format!("case {case} {with} --viewer {clerk}")),
            ("书记手头要办的事".into(), "what its secretary has to do".into(), format!("agenda {clerk} {with}")),
            (
                "没有开成的会".into(),
                "meetings that were not held".into(),
                format!("duties {with} --from {year}-01-01 --to {year}-12-31 --rule 'meeting.*' --state missed"),
            ),
            ("全县三率".into(), "the county's rates".into(), format!("rates {with} --from {year}-01-01 --to {year}-12-31 --viewer {office}")),
            ("核验日志".into(), "verify the journal".into(), format!("verify {directory}/journal.jsonl --head {}", book.head())),
        ];
        for (zh, en, line) in lines {
            writeln!(out, "  {}", shell.style.paint(Paint::Dim, &format!("# {}", clean(&shell.lang.pick(zh, en)))))?;
            writeln!(out, "  wuzhang {line}")?;
        }
        Ok(())
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |char: char| char.is_alphanumeric() || "-_./".contains(char);
    if !path.is_empty() && path.chars().all(plain) {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', "'\\''"))
}
