//! The views: ledger, case, agenda. They answer from indexes, so that their cost follows the size
//! of the answer and not of the county.

use crate::calendar::{Date, Instant};
use crate::case::{Case, ClosedAs, State, StateWord, What};
use crate::disclosure::{public_item, PublicItem};
use crate::duty::{is_overdue, Duty, DutyState, Filter, Nullable};
use crate::ids::{AnyId, CaseId, HouseholdId, PersonId, UnitId};
use crate::policy::{Policy, RuleId, Source};
use crate::shape::{choices, record, Text};
use crate::vocab::{Category, Channel, Modality, Satisfied, Solved, Tier, UnitKind};

use super::access::{Eyes, Viewer};
use super::Book;

choices! {
    /// The attention colours: a list of what to look at, never a ranking (`flag.colour`).
    pub enum Colour {
        /// The meeting that should have decided is past.
        Blue = "blue",
        /// Little time, or no progress.
        Yellow = "yellow",
        /// Overdue, a second extension asked for, or a second dissatisfaction.
        Red = "red",
    }
}

choices! {
    /// What a deadline asks to be minded (`settle.overdue`).
    pub enum Notice {
        /// The deadline is near.
        Remind = "remind",
        /// The deadline has passed.
        Overdue = "overdue",
        /// It has passed, and nobody has said why.
        Unexplained = "unexplained",
    }
}

choices! {
    /// How a case stands on a ledger.
    pub enum Standing {
        /// The unit holds it.
        Held = "held",
        /// The unit has handed it up; the ledger goes on showing it.
        Escalated = "escalated",
    }
}

record! {
    /// A line of a ledger.
    pub struct LedgerRow {
        /// 事项 · The case.
        case: CaseId,
        /// 类别 · Which ledger.
        category: Category,
        /// 事由 · In a few words.
        topic: Text,
        /// 内容 · In full.
        text: Text,
        /// 户 · The household.
        household: Nullable<HouseholdId>,
        /// 姓名 · The householder's name.
        name: Nullable<Text>,
        /// 地址 · The address on the card.
        address: Nullable<Text>,
        /// 渠道 · How it came in.
        channel: Channel,
        /// 收集人 · Who collected it.
        collector: PersonId,
        /// 本账状态 · Held here, or handed up.
        standing: Standing,
        /// 现账单位 · Who holds it.
        held_by: UnitId,
        /// 状态 · Where it stands.
        state: StateWord,
        /// 收集日期 · When it was noted.
        noted_on: Date,
        /// 上账日期 · When it came onto this ledger.
        ledgered_on: Nullable<Date>,
        /// 措施 · The measures.
        measures: Nullable<Text>,
        /// 目标 · The target.
        target: Nullable<Text>,
        /// 责任人 · The responsible person.
        responsible: Nullable<PersonId>,
        /// 责任人姓名 · The responsible person's name.
        responsible_name: Nullable<Text>,
        /// 时限 · The deadline.
        due: Nullable<Date>,
        /// 暂定 · The deadline lies beyond the last known holiday notice.
        provisional: Option<bool>,
        /// 超期 · Whether it is overdue.
        overdue: bool,
        /// 结果 · The result.
        result: Nullable<Text>,
        /// 是否解决 · What the household said.
        solved: Nullable<Solved>,
        /// 是否满意 · What the household said.
        satisfied: Nullable<Satisfied>,
        /// 不满意次数 · How often it was dissatisfied.
        dissatisfied: u32,
        /// 提示色 · The attention colour.
        colour: Nullable<Colour>,
        /// 提醒 · What the deadline asks.
        notice: Nullable<Notice>,
        /// 结账类型 · As what it was closed.
        closed_as: Nullable<ClosedAs>,
        /// 重复于 · The earlier case that it repeats.
        repeats: Nullable<CaseId>,
    }
}

record! {
    /// How many cases a ledger has in one category.
    pub struct LedgerCount {
        /// 类别
        category: Category,
        /// 未结 · Open.
        open: u64,
        /// 已结 · Closed.
        closed: u64,
    }
}

record! {
    /// A ledger, as whoever may read it sees it.
    pub struct Ledger {
        /// 单位
        unit: UnitId,
        /// 单位名称
        unit_name: Text,
        /// 单位类型
        kind: UnitKind,
        /// 账的形式 · Detail, comprehensive or key.
        tier: Nullable<Tier>,
        /// 截至
        as_of: Instant,
        /// 全文 · Always true: the public gets [`PublicLedger`].
        full: bool,
        /// 行
        rows: Vec<LedgerRow>,
        /// 合计
        counts: Vec<LedgerCount>,
    }
}

record! {
    /// A ledger, as the public sees it: what hangs on its board.
    pub struct PublicLedger {
        /// 单位
        unit: UnitId,
        /// 单位名称
        unit_name: Text,
        /// 单位类型
        kind: UnitKind,
        /// 账的形式
        tier: Nullable<Tier>,
        /// 截至
        as_of: Instant,
        /// 全文 · Always false.
        full: bool,
        /// 行
        rows: Vec<PublicItem>,
    }
}

record! {
    /// A case, as whoever may read it sees it.
    pub struct CaseView {
        /// 全文 · Always true.
        full: bool,
        /// 事项
        case: Case,
        /// 职责 · Its duties.
        duties: Vec<Duty>,
        /// 提示色
        colour: Nullable<Colour>,
        /// 提醒
        notice: Nullable<Notice>,
    }
}

record! {
    /// A case, as the public sees it: its items on boards.
    pub struct PublicCase {
        /// 全文 · Always false.
        full: bool,
        /// 公示内容
        items: Vec<PublicItem>,
    }
}

record! {
    /// What somebody owes, and by when.
    pub struct AgendaRow {
        /// 规则
        rule: RuleId,
        /// 责任主体
        subject: AnyId,
        /// 对象
        object: Nullable<AnyId>,
        /// 期间
        period: Nullable<crate::calendar::Period>,
        /// 截止日
        due: Date,
        /// 状态
        state: DutyState,
        /// 应有次数
        required: u32,
        /// 实有次数
        count: u32,
        /// 未批准的补录
        late_entries: u32,
        /// 超期
        overdue: bool,
        /// 剩余天数 · Days left; days over, when overdue.
        days: u32,
        /// 约束力 · How strongly the rule binds.
        modality: Modality,
        /// 依据 · What the rule rests on.
        source: Source,
        /// 事由 · The case's topic.
        topic: Nullable<Text>,
        /// 暂定
        provisional: Option<bool>,
    }
}

record! {
    /// A person's agenda.
    pub struct Agenda {
        /// 人员
        person: PersonId,
        /// 姓名
        name: Nullable<Text>,
        /// 时刻
        at: Instant,
        /// 行
        rows: Vec<AgendaRow>,
    }
}

/// A ledger for whoever looks.
#[derive(Clone, Debug, PartialEq)]
pub enum LedgerView {
    /// For those who may read it.
    Full(Ledger),
    /// For the public.
    Public(PublicLedger),
}

/// How far back an agenda looks for what was missed and can still be done.
const LOOK_BACK: i32 = 92;
/// How far ahead it looks for what is coming.
const LOOK_AHEAD: i32 = 92;

impl Book {
    /// The ledger of a unit: the cases it holds and those it handed up, as they stood at `as_of`.
    /// `None` for a unit that the roster does not know.
    pub fn ledger(&self, unit: &UnitId, category: Option<Category>, as_of: Instant, viewer: &Viewer) -> Option<LedgerView> {
        let book = self.as_of(as_of);
        let policy = book.engine.policy_at(as_of);
        let today = policy.local_day(as_of);
        let roster = book.engine.roster();
        let row = roster.unit(unit.as_str()).and_then(|ix| {
            roster.unit_on(ix, today).or_else(|| roster.unit_rows(ix).last())
        })?;
        let (unit_name, kind) = (Text::clipped(&row.name), row.kind);
        let tier = Nullable(policy.rules.ledger_tier.as_ref().filter(|_| kind != UnitKind::Group).map(|rule| rule.params.tiers.for_kind(kind)));
        let eyes = Eyes::of(&book, viewer, today);
        if !eyes.covers(unit) {
            let rows = book.board_of(unit, category, today);
            return Some(LedgerView::Public(PublicLedger { unit: unit.clone(), unit_name, kind, tier, as_of, full: false, rows }));
        }
        let mut cases: Vec<&Case> = book
            .tables
            .cases_of_unit(unit)
            .map(|(_, case)| case)
            .filter(|case| case.unit == *unit || case.handed_up.contains(unit))
            .filter(|case| ledgered_on(case, unit, policy).is_some())
            .filter(|case| category.is_none_or(|wanted| case.category == wanted) && eyes.reads(case))
            .collect();
        cases.sort_by(|a, b| a.id.cmp(&b.id));
        let counts = Category::ALL
            .iter()
            .filter(|listed| category.is_none_or(|wanted| **listed == wanted))
            .map(|listed| {
                let of = cases.iter().filter(|case| case.category == *listed);
                let closed = of.clone().filter(|case| case.state.is_closed()).count() as u64;
                LedgerCount { category: *listed, open: (of.count() as u64).saturating_sub(closed), closed }
            })
            .collect();
        let rows = cases.into_iter().filter_map(|case| book.ledger_row(case, unit, policy, today)).collect();
        Some(LedgerView::Full(Ledger { unit: unit.clone(), unit_name, kind, tier, as_of, full: true, rows, counts }))
    }

    /// What hangs on a unit's board now.
    fn board_of(&self, unit: &UnitId, category: Option<Category>, today: Date) -> Vec<PublicItem> {
        self.tables
            .postings_of(unit)
            .filter(|posting| posting.down.is_none() && posting.replaced.is_none())
            .flat_map(|posting| (0..posting.cases.len()).filter_map(|index| public_item(self, posting, index, today)))
            .filter(|item| category.is_none_or(|wanted| item.category == Some(wanted)))
            .collect()
    }

    fn ledger_row(&self, case: &Case, unit: &UnitId, policy: &Policy, today: Date) -> Option<LedgerRow> {
        let roster = self.engine.roster();
        let plan = case.state.plan();
        let settlement = case.state.settlement();
        let name = case.card.as_ref().and_then(|card| card.name.clone()).or_else(|| {
            let household = roster.household(case.household.as_ref()?.as_str())?;
            roster.household_rows(household).last().map(|row| Text::clipped(&row.name))
        });
        let responsible_name = case.responsible().and_then(|id| {
            let person = roster.person(id.as_str())?;
            roster.person_on(person, today).or_else(|| roster.person_rows(person).last()).map(|row| Text::clipped(&row.name))
        });
        let suspended = match &case.state {
            State::Suspended(suspended) => suspended.measures.clone(),
            _ => None,
        };
        let due = plan.and_then(|plan| plan.due);
        let planned = matches!(case.state, State::Planned(_));
        let (colour, notice) = self.attention(case, policy, today);
        Some(LedgerRow {
            case: case.id.clone(),
            category: case.category,
            topic: case.topic.clone(),
            text: case.text.clone(),
            household: Nullable(case.household.clone()),
            name: Nullable(name),
            address: Nullable(case.card.as_ref().and_then(|card| card.address.clone())),
            channel: case.channel,
            collector: case.collector.clone(),
            standing: if case.unit == *unit { Standing::Held } else { Standing::Escalated },
            held_by: case.unit.clone(),
            state: case.state.name(),
            noted_on: policy.local_day(case.noted_at()?),
            ledgered_on: Nullable(ledgered_on(case, unit, policy)),
            measures: Nullable(plan.and_then(|plan| plan.measures.clone()).or(suspended)),
            target: Nullable(plan.and_then(|plan| plan.target.clone())),
            responsible: Nullable(case.responsible().cloned()),
            responsible_name: Nullable(responsible_name),
            due: Nullable(due),
            provisional: due.filter(|due| policy.calendar.is_provisional(*due)).map(|_| true),
            overdue: planned && due.is_some_and(|due| is_overdue(due, today)),
            result: Nullable(settlement.and_then(|settlement| settlement.result.clone())),
            solved: Nullable(case.rating.as_ref().and_then(|rating| rating.solved)),
            satisfied: Nullable(case.rating.as_ref().map(|rating| rating.satisfied)),
            dissatisfied: case.dissatisfied,
            colour: Nullable(colour),
            notice: Nullable(notice),
            closed_as: Nullable(match &case.state {
                State::Closed(closed) => Some(closed.as_what),
                _ => None,
            }),
            repeats: Nullable(case.repeats.clone()),
        })
    }

    /// The attention colour of an open case, and what its deadline asks.
    pub(crate) fn attention(&self, case: &Case, policy: &Policy, today: Date) -> (Option<Colour>, Option<Notice>) {
        if case.state.is_closed() {
            return (None, None);
        }
        let mut colour = None;
        let mut notice = None;
        if let (State::Planned(planned), Some(rule)) = (&case.state, policy.rules.settle_overdue.as_ref()) {
            if let Some(due) = planned.plan.due {
                notice = self.notice(case, due, &rule.params, policy, today);
            }
        }
        if let Some(rule) = policy.rules.flag_colour.as_ref() {
            let flags = &rule.params;
            let again = case.trail.iter().any(|step| {
                matches!(&step.what, What::ExtensionRequested(asked) if asked.refused == Some(true))
            });
            if matches!(notice, Some(Notice::Overdue | Notice::Unexplained)) || again || case.dissatisfied >= 2 {
                colour = Some(Colour::Red);
            } else if let State::Planned(planned) = &case.state {
                let near = planned.plan.due.is_some_and(|due| today >= before(policy, due, flags.yellow_left));
                let last = case.trail.iter().rev().find(|step| {
                    matches!(step.what, What::Progress(_) | What::Decided(_) | What::Replanned(_) | What::Reviewed(_))
                });
                let idle = last.is_some_and(|step| today > policy.due(step.at, flags.yellow_idle).date);
                colour = (near || idle).then_some(Colour::Yellow);
            } else if matches!(case.state, State::Ledgered(_)) {
                let waiting = self.duties_of_case(case, today).into_iter().find(|duty| {
                    duty.rule == RuleId::MeetingItemByItem && duty.state == DutyState::Missed
                });
                let long = waiting.is_some_and(|duty| today > policy.due_from_day(duty.due, flags.blue).date);
                colour = long.then_some(Colour::Blue);
            }
        }
        (colour, notice)
    }

    fn notice(&self, case: &Case, due: Date, rule: &crate::policy::Overdue, policy: &Policy, today: Date) -> Option<Notice> {
        if !is_overdue(due, today) {
            return (today >= before(policy, due, rule.remind)).then_some(Notice::Remind);
        }
        let last = policy.due_from_day(due, rule.unexplained).date;
        let explained = case.trail.iter().any(|step| {
            let day = policy.local_day(step.at);
            matches!(step.what, What::Progress(_)) && day >= due && day <= last
        });
        Some(if !explained && today > last { Notice::Unexplained } else { Notice::Overdue })
    }

    /// The duties of one case, as they stand on a day.
    pub fn duties_of_case(&self, case: &Case, today: Date) -> Vec<Duty> {
        let meetings = |unit: &UnitId| self.tables.meetings_of(unit).iter().map(|meeting| meeting.held_on).collect();
        crate::duty::of_case(&self.engine, case, today, &meetings)
    }

    /// A case with its timeline and duties, for whoever may read it.
    pub fn case_view(&self, id: &CaseId, as_of: Instant, viewer: &Viewer) -> Option<CaseView> {
        let policy = self.engine.policy_at(as_of);
        let today = policy.local_day(as_of);
        let case = self.tables.case(id)?;
        if !Eyes::of(self, viewer, today).reads(case) {
            return None;
        }
        let (colour, notice) = self.attention(case, policy, today);
        Some(CaseView {
            full: true,
            case: case.clone(),
            duties: {
                let mut duties = self.duties_of_case(case, today);
                crate::duty::sort(&mut duties);
                duties
            },
            colour: Nullable(colour),
            notice: Nullable(notice),
        })
    }

    /// What the public sees of a case: its items on boards, nothing when it is on none.
    pub fn public_case(&self, id: &CaseId, as_of: Instant) -> PublicCase {
        let today = self.engine.policy_at(as_of).local_day(as_of);
        let items = self
            .tables
            .postings_with(id)
            .filter(|posting| posting.down.is_none() && posting.replaced.is_none())
            .flat_map(|posting| {
                let at = posting.cases.iter().position(|case| case == id);
                at.and_then(|index| public_item(self, posting, index, today))
            })
            .collect();
        PublicCase { full: false, items }
    }

    /// What a person owes, and by when: their own quotas and deadlines, and those of the unit whose
    /// head or office they are. `None` when the viewer may not see it.
    pub fn agenda(&self, person: &PersonId, at: Instant, viewer: &Viewer) -> Option<Agenda> {
        let book = self.as_of(at);
        let policy = book.engine.policy_at(at);
        let today = policy.local_day(at);
        let roster = book.engine.roster();
        let index = roster.person(person.as_str())?;
        if !Eyes::of(&book, viewer, today).sees_person(person) {
            return None;
        }
        let row = roster.person_on(index, today);
        let mut subjects = vec![person.any()];
        if let Some(row) = row {
            let who = crate::authority::Actor::at(roster, index, today);
            let roles = crate::authority::Roles { rules: &policy.rules, roster, day: today };
            if roles.in_office(&who, row.unit) {
                subjects.push(roster.unit_id(row.unit).any());
            }
        }
        let mut duties = Vec::new();
        for subject in subjects {
            let filter = Filter { subject: Some(subject), ..Filter::default() };
            duties.extend(book.duties(today.add_days(-LOOK_BACK), today.add_days(LOOK_AHEAD), at, &filter));
        }
        duties.retain(|duty| is_due_now(duty, policy, today));
        crate::duty::sort(&mut duties);
        duties.sort_by_key(|duty| duty.due);
        let rows = duties.into_iter().filter_map(|duty| book.agenda_row(duty, today)).collect();
        let name = row.or_else(|| roster.person_rows(index).last()).map(|row| Text::clipped(&row.name));
        Some(Agenda { person: person.clone(), name: Nullable(name), at, rows })
    }

    fn agenda_row(&self, duty: Duty, today: Date) -> Option<AgendaRow> {
        let day = duty.period.0.map_or(today, |period| period.first());
        let ground = self.engine.policy_on(day).rules.ground(duty.rule)?;
        let topic = duty.object.0.as_ref().and_then(|id| CaseId::new(id.as_str())).and_then(|id| self.tables.case(&id)).map(|case| case.topic.clone());
        Some(AgendaRow {
            overdue: is_overdue(duty.due, today),
            days: today.days_until(duty.due).unsigned_abs(),
            modality: ground.modality,
            source: ground.source,
            topic: Nullable(topic),
            rule: duty.rule,
            subject: duty.subject,
            object: duty.object,
            period: duty.period,
            due: duty.due,
            state: duty.state,
            required: duty.required,
            count: duty.count,
            late_entries: duty.late_entries,
            provisional: duty.provisional,
        })
    }
}

/// Whether something can and should be done about a duty now: it runs, or it was missed and can
/// still be mended. A visit can be entered for so many days and no more.
fn is_due_now(duty: &Duty, policy: &Policy, today: Date) -> bool {
    match duty.state {
        DutyState::Pending => duty.period.0.is_none_or(|period| period.first() <= today),
        DutyState::Missed if duty.rule.word().starts_with("visit.") => {
            let last = policy.rules.visit_late_entry.as_ref().map(|rule| policy.due_from_day(duty.due, rule.params.refuse_after).date);
            last.is_none_or(|last| today <= last)
        }
        DutyState::Missed => !matches!(duty.rule, RuleId::PublishKeep),
        _ => false,
    }
}

/// So long before a deadline: working days by the calendar, days plainly.
fn before(policy: &Policy, due: Date, limit: crate::calendar::Limit) -> Date {
    use crate::calendar::Limit;
    match limit {
        Limit::WorkingDays(count) => policy.calendar.working_days_before(due, count),
        Limit::Days(count) => due.add_days(i32::try_from(count).unwrap_or(i32::MAX).saturating_neg()),
        Limit::Hours(count) => due.add_days(i32::try_from(count.div_ceil(24)).unwrap_or(i32::MAX).saturating_neg()),
    }
}

/// The day on which a case first came onto a unit's ledger.
fn ledgered_on(case: &Case, unit: &UnitId, policy: &Policy) -> Option<Date> {
    case.trail
        .iter()
        .find(|step| step.unit == *unit && step.to == StateWord::Ledgered)
        .map(|step| policy.local_day(step.at))
}
