//! The public's views: what a board shows in a period, and a household's own case.

use crate::calendar::{Date, Instant, Period};
use crate::case::{Case, StateWord, What};
use crate::disclosure::{public_item, suppress_table, PublicItem};
use crate::duty::Nullable;
use crate::ids::{PostingId, UnitId};
use crate::shape::{record, Text};
use crate::vocab::{Category, Stage};

use super::Book;

record! {
    /// A sheet as it hangs.
    pub struct Sheet {
        /// 公示编号
        posting: PostingId,
        /// 公示内容
        stage: Stage,
        /// 起始日期
        from: Date,
        /// 地点
        place: Text,
        /// 是否仍在公示
        up: bool,
        /// 事项
        items: Vec<NumberedItem>,
    }
}

record! {
    /// An item with its number on the sheet.
    pub struct NumberedItem {
        /// 序号
        no: u32,
        /// 内容
        item: PublicItem,
    }
}

record! {
    /// The counts of one ledger in a period; a count that is too small to be shown is null.
    pub struct CountRow {
        /// 类别; null is the total.
        category: Nullable<Category>,
        /// 收集
        noted: Nullable<u64>,
        /// 议定
        decided: Nullable<u64>,
        /// 销账
        settled: Nullable<u64>,
        /// 公示
        published: Nullable<u64>,
        /// 结账
        closed: Nullable<u64>,
        /// 合计; of the events of a row.
        total: Nullable<u64>,
    }
}

record! {
    /// The counts of a period.
    pub struct Counts {
        /// 各账
        rows: Vec<CountRow>,
        /// 合计
        total: CountRow,
    }
}

record! {
    /// What a unit publishes in a period.
    pub struct Publication {
        /// 单位
        unit: UnitId,
        /// 单位名称
        unit_name: Text,
        /// 期间
        period: Period,
        /// 公示
        postings: Vec<Sheet>,
        /// 统计
        counts: Counts,
    }
}

record! {
    /// A moment in a household's own case.
    pub struct Moment {
        /// 日期
        on: Date,
        /// 事件
        event: Text,
        /// 状态
        to: StateWord,
    }
}

record! {
    /// A household's own case, and nothing else.
    pub struct MyCase {
        /// 查询码
        query_code: Text,
        /// 类别
        category: Category,
        /// 事由
        topic: Text,
        /// 诉求内容
        appeal: Nullable<Text>,
        /// 状态
        state: StateWord,
        /// 现办单位
        unit_name: Nullable<Text>,
        /// 措施
        measures: Nullable<Text>,
        /// 时限
        due: Nullable<Date>,
        /// 结果
        result: Nullable<Text>,
        /// 经过
        timeline: Vec<Moment>,
    }
}

impl Book {
    /// What a unit's board shows in a period: its sheets item by item as far as the law lets them
    /// be shown, and the counts of its ledgers, small ones left out. Everything in it is public.
    pub fn publication(&self, unit: &UnitId, period: Period) -> Option<Publication> {
        let roster = self.engine.roster();
        let index = roster.unit(unit.as_str())?;
        let row = roster.unit_on(index, period.last()).or_else(|| roster.unit_rows(index).last())?;
        let today = self.last_at().map_or(period.last(), |at| self.engine.policy_at(at).local_day(at));
        let postings = self
            .tables
            .postings_of(unit)
            .filter(|posting| posting.stage != Stage::Digest && period.contains(posting.from))
            .map(|posting| Sheet {
                posting: posting.id.clone(),
                stage: posting.stage,
                from: posting.from,
                place: posting.place.clone(),
                up: posting.down.is_none() && posting.replaced.is_none(),
                items: (0..posting.cases.len())
                    .filter_map(|index| {
                        let no = u32::try_from(index).ok()?.checked_add(1)?;
                        public_item(self, posting, index, today).map(|item| NumberedItem { no, item })
                    })
                    .collect(),
            })
            .collect();
        Some(Publication {
            unit: unit.clone(),
            unit_name: Text::clipped(&row.name),
            period,
            postings,
            counts: self.counts(unit, period),
        })
    }

    /// How many cases were noted, decided, settled, published and closed, by ledger.
    fn counts(&self, unit: &UnitId, period: Period) -> Counts {
        let mut table: Vec<Vec<u64>> = Vec::new();
        for category in Category::ALL {
            let mut row = vec![0u64; 5];
            for (_, case) in self.tables.cases_of_unit(unit).filter(|(_, case)| case.category == *category) {
                let mut seen = [false; 5];
                for step in &case.trail {
                    let day = self.engine.policy_at(step.at).local_day(step.at);
                    if step.unit != *unit || !period.contains(day) {
                        continue;
                    }
                    let column = match &step.what {
                        What::Noted(_) => 0,
                        What::Decided(_) => 1,
                        What::Settled(_) => 2,
                        What::Posted(_) => 3,
                        What::Closed(_) | What::SolvedOnTheSpot(_) => 4,
                        _ => continue,
                    };
                    if let Some(seen) = seen.get_mut(column) {
                        *seen = true;
                    }
                }
                for (count, seen) in row.iter_mut().zip(seen) {
                    *count = count.saturating_add(u64::from(seen));
                }
            }
            table.push(row);
        }
        let at_least = self
            .engine
            .policy_on(period.last())
            .rules
            .publish_masked
            .as_ref()
            .map_or(u64::MAX, |rule| u64::from(rule.params.at_least));
        let shown = suppress_table(&table, at_least);
        let line = |category: Option<Category>, cells: &[Option<u64>], total: Option<u64>| {
            let cell = |index: usize| Nullable(cells.get(index).copied().flatten());
            CountRow {
                category: Nullable(category),
                noted: cell(0),
                decided: cell(1),
                settled: cell(2),
                published: cell(3),
                closed: cell(4),
                total: Nullable(total),
            }
        };
        let rows = Category::ALL
            .iter()
            .zip(&shown.cells)
            .zip(&shown.row_totals)
            .map(|((category, cells), total)| line(Some(*category), cells, *total))
            .collect();
        Counts { rows, total: line(None, &shown.column_totals, shown.total) }
    }

    /// A household's own case by its query code, with the last four digits of its own telephone
    /// or, where it gave none, the householder's full name. `None` when they do not fit together;
    /// it is not said which of them was wrong.
    pub fn my_case(&self, query_code: &str, secret: &str, at: Instant) -> Option<MyCase> {
        let code = Text::clipped(&query_code.trim().to_ascii_uppercase());
        let case = self.tables.case_by_query_code(&code)?;
        if !self.knows_secret(case, secret.trim()) {
            return None;
        }
        let day = |at: Instant| self.engine.policy_at(at).local_day(at);
        let roster = self.engine.roster();
        let unit_name = roster
            .unit(case.unit.as_str())
            .and_then(|unit| roster.unit_on(unit, day(at)))
            .map(|row| Text::clipped(&row.name));
        Some(MyCase {
            query_code: code,
            category: case.category,
            topic: case.topic.clone(),
            appeal: Nullable(case.card.as_ref().and_then(|card| card.appeal.clone())),
            state: case.state.name(),
            unit_name: Nullable(unit_name),
            measures: Nullable(case.state.plan().and_then(|plan| plan.measures.clone())),
            due: Nullable(case.state.plan().and_then(|plan| plan.due)),
            result: Nullable(case.state.settlement().and_then(|settlement| settlement.result.clone())),
            timeline: case
                .trail
                .iter()
                .filter(|step| !matches!(step.what, What::Progress(_) | What::Corrected(_) | What::Objected(_)))
                .map(|step| Moment { on: day(step.at), event: Text::clipped(step.what.word()), to: step.to })
                .collect(),
        })
    }

    fn knows_secret(&self, case: &Case, secret: &str) -> bool {
        match &case.phone {
            Some(phone) => {
                let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
                let last: String = digits.iter().rev().take(4).rev().collect();
                last.len() == 4 && secret == last
            }
            None => {
                let roster = self.engine.roster();
                let rows = case
                    .household
                    .as_ref()
                    .and_then(|id| roster.household(id.as_str()))
                    .map(|household| roster.household_rows(household));
                rows.and_then(|rows| rows.last()).is_some_and(|row| !secret.is_empty() && row.name.trim() == secret)
            }
        }
    }
}
