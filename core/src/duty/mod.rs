//! Duties (职责): who owes what by when under which rule. They are computed from what happened and
//! never counted up, so no turn of a month can lose one, and a record that arrives late mends the
//! past.

mod cases;
mod columns;
mod periodic;
mod postings;
mod visits;

use crate::book::{Book, Tables};
use crate::engine::Engine;
use crate::calendar::{Date, Due, Instant, Period};
use crate::ids::AnyId;
use crate::policy::{Policy, RuleId};
use crate::shape::{choices, record};

pub(crate) use cases::of_case;
#[cfg(feature = "analyse")]
pub(crate) use cases::decision_due;
#[cfg(feature = "analyse")]
pub(crate) use periodic::{cadence, consolidation_due};
pub use columns::VisitColumns;

/// The one definition of "overdue": the last day has passed.
///
/// ```
/// use wuzhang::calendar::Date;
/// let due = Date::parse("2014-03-09").unwrap();
/// assert!(!wuzhang::duty::is_overdue(due, due));
/// assert!(wuzhang::duty::is_overdue(due, due.add_days(1)));
/// ```
pub fn is_overdue(due: Date, today: Date) -> bool {
    today > due
}

choices! {
    /// How a duty stands.
    pub enum DutyState {
        /// Not done, and there is time.
        Pending = "pending",
        /// Done in time.
        Met = "met",
        /// Done, after its last day.
        Late = "late",
        /// Not done, and its last day has passed.
        Missed = "missed",
        /// Not owed after all: leave, a week without a working day, a ground that fell away.
        Excused = "excused",
    }
}

record! {
    /// One duty.
    pub struct Duty {
        /// 规则 · The rule.
        rule: RuleId,
        /// 责任主体 · Who owes it: a person or a unit.
        subject: AnyId,
        /// 对象 · About what: a household, village, case, posting or objection.
        object: Nullable<AnyId>,
        /// 期间 · For which period.
        period: Nullable<Period>,
        /// 截止日 · Its last day.
        due: Date,
        /// 状态 · How it stands.
        state: DutyState,
        /// 应有次数 · How many are asked for.
        required: u32,
        /// 实有次数 · How many there are.
        count: u32,
        /// 未批准的补录 · Late visits not yet approved.
        late_entries: u32,
        /// 凭据 · What proves it: visit ids for a quota, command ids otherwise.
        evidence: Vec<AnyId>,
        /// 暂定 · Computed beyond the last known holiday notice.
        provisional: Option<bool>,
    }
}

/// A value that is written as null when there is none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nullable<T>(pub Option<T>);

impl<T: crate::shape::Shape> crate::shape::Shape for Nullable<T> {
    const EXPECTS: (&'static str, &'static str) = T::EXPECTS;
    fn read(node: &crate::shape::Node<'_>, cx: &mut crate::shape::Reader) -> Option<Self> {
        match node {
            crate::shape::Node::Null => Some(Nullable(None)),
            node => T::read(node, cx).map(|value| Nullable(Some(value))),
        }
    }
    fn absent() -> Option<Self> {
        Some(Nullable(None))
    }
    fn write(&self, out: &mut String) {
        match &self.0 {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Option::<T>::unpack(input).map(Nullable)
    }
    fn schema(schemas: &mut crate::shape::Schemas) -> String {
        format!("{{\"anyOf\":[{},{{\"type\":\"null\"}}]}}", T::schema(schemas))
    }
}

/// Which duties somebody asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// A rule's id, or a pattern with `*`.
    pub rule: Option<String>,
    /// A state.
    pub state: Option<DutyState>,
    /// Only those of this person or unit.
    pub subject: Option<AnyId>,
}

impl Filter {
    /// Whether a rule is asked for.
    pub fn takes_rule(&self, rule: RuleId) -> bool {
        self.rule.as_deref().is_none_or(|pattern| matches(pattern, rule.word()))
    }

    fn takes_subject(&self, subject: &str) -> bool {
        self.subject.as_ref().is_none_or(|wanted| wanted.as_str() == subject)
    }
}

/// Whether a pattern with `*` for any run of characters fits the whole text.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(first) = parts.next() else { return text.is_empty() };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = rest.get(at.saturating_add(part.len())..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// What the computing of duties leans on: what the book knows, the moment, and the range of last days.
pub(crate) struct Ask<'a> {
    pub engine: &'a Engine,
    pub tables: &'a Tables,
    pub from: Date,
    pub to: Date,
    pub as_of: Instant,
    pub filter: &'a Filter,
}

impl<'a> Ask<'a> {
    /// The local day of the moment asked for, by the policy of that moment.
    pub fn today(&self) -> Date {
        self.engine.policy_at(self.as_of).local_day(self.as_of)
    }

    pub fn in_range(&self, due: Date) -> bool {
        self.from <= due && due <= self.to
    }

    /// Each policy with the days on which it is in force: from, and the day before the next.
    pub fn terms(&self) -> Vec<(&'a Policy, Date, Date)> {
        let policies = self.engine.policies();
        let mut terms = Vec::with_capacity(policies.len());
        for (index, policy) in policies.iter().enumerate() {
            let next = policies.get(index.saturating_add(1));
            let until = next.map_or(Date::MAX, |next| next.effective_from.add_days(-1));
            if policy.effective_from <= until {
                terms.push((policy, policy.effective_from, until));
            }
        }
        terms
    }

    /// The periods of a kind that begin in a term and may fall due in the range; `reach` is how
    /// many days after its end a period may fall due.
    pub fn periods(&self, kind: crate::calendar::PeriodKind, term: (Date, Date), reach: i32) -> Vec<Period> {
        let start = term.0.max(self.from.add_days(reach.saturating_neg()));
        let mut period = Period::containing(kind, start);
        let mut periods = Vec::new();
        while period.first() <= term.1 && period.first() <= self.to {
            if period.first() >= term.0 {
                periods.push(period);
            }
            let next = period.next();
            if next == period {
                break;
            }
            period = next;
        }
        periods
    }
}

/// How a duty of one act stands: done on a day, or not.
pub(crate) fn standing(due: Date, done: Option<Date>, today: Date) -> DutyState {
    match done {
        Some(day) if is_overdue(due, day) => DutyState::Late,
        Some(_) => DutyState::Met,
        None if is_overdue(due, today) => DutyState::Missed,
        None => DutyState::Pending,
    }
}

/// A duty row of one act.
pub(crate) fn row(rule: RuleId, subject: AnyId, due: Due, state: DutyState, evidence: Vec<AnyId>) -> Duty {
    let count = u32::from(matches!(state, DutyState::Met | DutyState::Late));
    Duty {
        rule,
        subject,
        object: Nullable(None),
        period: Nullable(None),
        due: due.date,
        state,
        required: 1,
        count,
        late_entries: 0,
        evidence,
        provisional: due.provisional.then_some(true),
    }
}

impl Book {
    /// The duties whose last day lies between `from` and `to`, as they stood at `as_of`; sorted by
    /// rule, subject, object, period, then by last day and by the event that opened them.
    ///
    /// ```
    /// use wuzhang::{Book, Policy, Roster, calendar::{Date, Instant}, duty::{DutyState, Filter}};
    /// let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
    /// let mut book = Book::new(Policy::preset("dayi-2014").unwrap(), roster);
    /// book.apply_line(br#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00"}"#).unwrap();
    /// let filter = Filter { rule: Some("visit.*".into()), ..Filter::default() };
    /// let (from, to) = (Date::parse("2014-03-03").unwrap(), Date::parse("2014-03-09").unwrap());
    /// let as_of = Instant::parse("2014-03-31T12:00:00+08:00").unwrap();
    /// let duties = book.duties(from, to, as_of, &filter);
    /// let mine = duties.iter().find(|duty| duty.subject.as_str() == "k1").unwrap();
    /// assert_eq!((mine.state, mine.count, mine.evidence[0].as_str()), (DutyState::Met, 1, "v1"));
    /// ```
    pub fn duties(&self, from: Date, to: Date, as_of: Instant, filter: &Filter) -> Vec<Duty> {
        let book = self.as_of(as_of);
        book.duties_by(&book.engine, from, to, as_of, filter)
    }

    /// The duties that what happened would have opened under the policies of another engine.
    pub(crate) fn duties_by(&self, engine: &Engine, from: Date, to: Date, as_of: Instant, filter: &Filter) -> Vec<Duty> {
        let ask = Ask { engine, tables: &self.tables, from, to, as_of, filter };
        let mut duties = Vec::new();
        let id_of = |index| AnyId::new(self.tables.id_of_visit(index));
        visits::quotas(&ask, &visits::Visited { log: &self.tables.visits, id_of: &id_of }, &mut duties);
        periodic::periodic(&ask, &mut duties);
        cases::all(&ask, &mut duties);
        postings::all(&ask, &mut duties);
        if let Some(state) = filter.state {
            duties.retain(|duty| duty.state == state);
        }
        sort(&mut duties);
        duties
    }
}

/// The order of duty rows; what is equal in every key keeps the order of its opening.
pub(crate) fn sort(duties: &mut [Duty]) {
    duties.sort_by(|a, b| {
        a.rule
            .word()
            .cmp(b.rule.word())
            .then_with(|| a.subject.cmp(&b.subject))
            .then_with(|| a.object.cmp(&b.object))
            .then_with(|| a.period.cmp(&b.period))
            .then_with(|| a.due.cmp(&b.due))
    });
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_fit_whole_texts() {
        assert!(matches("visit.*", "visit.town"));
        assert!(matches("*", "x"));
        assert!(matches("*.town", "visit.town"));
        assert!(matches("v*t.t*n", "visit.town"));
        assert!(!matches("visit", "visit.town"));
        assert!(!matches("town*", "visit.town"));
    }
}
