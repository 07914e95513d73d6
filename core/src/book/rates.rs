//! The rates (三率, `rate.*`): response, solving, satisfaction, and coverage, of which they are
//! taken. They are exact fractions, found by walking the trails of the cases: nothing is counted
//! up, so a correction or a late record mends them.

use std::collections::BTreeMap;

use crate::calendar::{Date, Instant};
use crate::case::{Case, ClosedAs, State, StateWord, What};
use crate::duty::{is_overdue, Nullable};
use crate::ids::UnitId;
use crate::judge::may_post;
use crate::policy::{Rate, Rule};
use crate::roster::{UnitIx, UnitView};
use crate::shape::{record, Text};
use crate::vocab::{Category, Satisfied, Solved, Stage, UnitKind};

use super::Book;

record! {
    /// A rate: so many of so many, never rounded.
    #[derive(Copy, Eq)]
    pub struct Fraction {
        /// 分母 · Out of so many.
        of: u64,
        /// 分子 · So many.
        part = "in": u64,
    }
}

record! {
    /// The numbers behind the rates, which stand also where a rate is null.
    #[derive(Copy, Eq)]
    pub struct Numbers {
        /// 受理 · Noted in the range, whatever became of it.
        noted: u64,
        /// 已答 · Of those due, how many households answered.
        answered: u64,
        /// 应回访 · How many households were to be asked.
        due: u64,
    }
}

record! {
    /// The rates of a unit, in one category or in all. A rate is null where its rule is off, or
    /// where it would be taken of too few cases.
    pub struct RateRow {
        /// 单位 · The unit; its row covers the units below it.
        unit: UnitId,
        /// 单位名称 · Its name.
        unit_name: Text,
        /// 台账类别 · Which of the three ledgers; null for all of them.
        category: Nullable<Category>,
        /// 响应率 · Registered or solved in time, of those noted.
        response: Nullable<Fraction>,
        /// 解决率 · Solved, of those answered.
        solving: Nullable<Fraction>,
        /// 满意率 · Satisfied or basically satisfied, of those answered.
        satisfaction: Nullable<Fraction>,
        /// 回访率 · Answered, of those due.
        coverage: Nullable<Fraction>,
        /// 基数 · The numbers behind them.
        n: Numbers,
        /// 部分解决 · Partly solved, of those answered.
        partly: u64,
        /// 未评 · Closed because the household could not be reached.
        unrated: u64,
        /// 撤回 · Taken back by the household.
        withdrawn: u64,
        /// 并案 · Joined to another case.
        merged: u64,
        /// 重开 · Opened again, or come again as a new case.
        reopened: u64,
    }
}

/// What the cases of a unit come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    noted: u64,
    responses: u64,
    in_time: u64,
    pub due: u64,
    pub answered: u64,
    solved: u64,
    partly: u64,
    pub satisfied: u64,
    unrated: u64,
    withdrawn: u64,
    merged: u64,
    reopened: u64,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        let fields = [
            (&mut self.noted, other.noted),
            (&mut self.responses, other.responses),
            (&mut self.in_time, other.in_time),
            (&mut self.due, other.due),
            (&mut self.answered, other.answered),
            (&mut self.solved, other.solved),
            (&mut self.partly, other.partly),
            (&mut self.satisfied, other.satisfied),
            (&mut self.unrated, other.unrated),
            (&mut self.withdrawn, other.withdrawn),
            (&mut self.merged, other.merged),
            (&mut self.reopened, other.reopened),
        ];
        for (sum, more) in fields {
            *sum = sum.saturating_add(more);
        }
    }
}

/// What a unit's cases come to, in one category or, without one, in all.
pub(super) struct UnitTally {
    pub unit: UnitIx,
    pub category: Option<Category>,
    pub tally: Tally,
}

/// What the household said at last.
#[derive(Clone, Copy)]
struct Answer {
    solved: Option<Solved>,
    satisfied: Satisfied,
}

/// The last time that a household became due to be asked, and what it has said since.
struct Asking {
    since: Instant,
    answer: Option<Answer>,
}

impl Book {
    /// The rates by unit and category over a range of local days, as the book stands at its end:
    /// for an earlier moment, ask [`Book::as_of`]. A unit's row covers the units below it; with a
    /// `unit`, only its row and those of the units directly below. Groups have none, and neither
    /// has a unit none of whose cases is concerned. Sorted by unit; the row for all categories
    /// first, then by the category's word.
    ///
    /// - **Response** is of the cases noted in the range, at the unit whose ledger came first, by
    ///   the limit in force when they were noted. Those that may still be registered in time, and
    ///   those withdrawn or merged before they were, stand on neither side.
    /// - **Due** is a case whose household was to be asked from a day in the range on: its result
    ///   went up, or was accepted where it may not be posted. A case redone counts by the last
    ///   time only, and the correction of a posting is no new time. It is **answered** by a rating
    ///   after that, whenever it came; the last one counts, and a reopening of a case closed as
    ///   satisfied or unrated is a dissatisfaction.
    /// - Unrated, withdrawn and merged are the cases that stand closed so since a day in the
    ///   range. Reopened are the reopenings in the range, by a bad answer or after closing, and the cases noted in it that repeat an
    ///   earlier one.
    ///
    /// ```
    /// use wuzhang::{Book, Policy, Roster, calendar::Date};
    /// let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
    /// let mut book = Book::new(Policy::preset("dayi-2014").unwrap(), roster);
    /// for n in 1..=5 {
    ///     let note = format!(r#"{{"id":"n{n}","at":"2014-03-0{n}T09:00:00+08:00","actor":"k1","do":"note_need","case":"a{n}","household":"h1","channel":"visit","category":"livelihood","topic":"{n}","text":"x"}}"#);
    ///     let solve = format!(r#"{{"id":"s{n}","at":"2014-03-0{n}T09:30:00+08:00","actor":"k1","do":"solve_on_the_spot","case":"a{n}","result":"x"}}"#);
    ///     book.apply_line(note.as_bytes()).unwrap();
    ///     book.apply_line(solve.as_bytes()).unwrap();
    /// }
    /// let day = |text| Date::parse(text).unwrap();
    /// let rows = book.rates(day("2014-03-01"), day("2014-03-31"), None);
    /// let county = &rows[0];
    /// assert_eq!(county.unit.as_str(), "510129");
    /// let response = county.response.0.unwrap();
    /// assert_eq!((response.part, response.of), (5, 5));
    /// // Nobody was to be asked about what was solved on the spot.
    /// assert!(county.satisfaction.0.is_none() && county.n.due == 0);
    /// // Of four cases no rate is shown, only their number.
    /// let fewer = &book.rates(day("2014-03-02"), day("2014-03-31"), None)[0];
    /// assert!(fewer.response.0.is_none() && fewer.n.noted == 4);
    /// ```
    pub fn rates(&self, from: Date, to: Date, unit: Option<&UnitId>) -> Vec<RateRow> {
        let rules = &self.policy_on(to).rules;
        let wanted = unit.map(|id| self.roster().unit(id.as_str()));
        self.tallies(from, to)
            .into_iter()
            .filter(|row| match wanted {
                None => true,
                Some(None) => false,
                Some(Some(wanted)) => {
                    row.unit == wanted || self.lineage(row.unit, to).get(1).is_some_and(|(above, _)| *above == wanted)
                }
            })
            .filter_map(|UnitTally { unit, category, tally }| {
                let name = self.lineage(unit, to).first().map(|(_, view)| view.name.clone())?;
                Some(RateRow {
                    unit: self.roster().unit_id(unit).clone(),
                    unit_name: name,
                    category: Nullable(category),
                    response: rate(rules.rate_response.as_ref(), tally.in_time, tally.responses),
                    solving: rate(rules.rate_solving.as_ref(), tally.solved, tally.answered),
                    satisfaction: rate(rules.rate_satisfaction.as_ref(), tally.satisfied, tally.answered),
                    coverage: rate(rules.rate_coverage.as_ref(), tally.answered, tally.due),
                    n: Numbers { noted: tally.noted, answered: tally.answered, due: tally.due },
                    partly: tally.partly,
                    unrated: tally.unrated,
                    withdrawn: tally.withdrawn,
                    merged: tally.merged,
                    reopened: tally.reopened,
                })
            })
            .collect()
    }

    /// The numbers of every unit that has any, in the order of [`Book::rates`].
    pub(super) fn tallies(&self, from: Date, to: Date) -> Vec<UnitTally> {
        // First by the unit that holds the case: there are far fewer units than cases, and only
        // they are carried up the tree.
        let mut own: BTreeMap<(&UnitId, &'static str), (Category, Tally)> = BTreeMap::new();
        for case in &self.tables.cases {
            for (unit, tally) in self.tally_of(case, from, to) {
                if tally != Tally::default() {
                    let slot = own.entry((unit, case.category.word())).or_insert((case.category, Tally::default()));
                    slot.1.add(&tally);
                }
            }
        }
        let mut rows: BTreeMap<(&str, Option<&'static str>), UnitTally> = BTreeMap::new();
        for ((unit, word), (category, tally)) in own {
            let Some(unit) = self.roster().unit(unit.as_str()) else { continue };
            for (unit, view) in self.lineage(unit, to) {
                if view.kind == UnitKind::Group {
                    continue;
                }
                let id = self.roster().unit_id(unit).as_str();
                for (word, category) in [(None, None), (Some(word), Some(category))] {
                    rows.entry((id, word))
                        .or_insert(UnitTally { unit, category, tally: Tally::default() })
                        .tally
                        .add(&tally);
                }
            }
        }
        rows.into_values().collect()
    }

    /// A unit with those above it on a day; one that is no longer there, or not yet, as it was on
    /// the nearest day of its own.
    fn lineage(&self, unit: UnitIx, day: Date) -> Vec<(UnitIx, &UnitView)> {
        let roster = self.roster();
        let day = match roster.unit_on(unit, day) {
            Some(_) => day,
            None => {
                let rows = roster.unit_rows(unit);
                let past = rows.iter().rev().find(|row| row.from.is_none_or(|first| first <= day));
                let nearest = past.and_then(|row| row.until).or_else(|| rows.first().and_then(|row| row.from));
                nearest.unwrap_or(day)
            }
        };
        roster.upward(unit, day).collect()
    }

    /// The local day of a moment, by the policy of that moment.
    pub(super) fn day_of(&self, at: Instant) -> Date {
        self.engine.policy_at(at).local_day(at)
    }

    /// What a case adds to the unit whose ledger came first, and to the one that holds it.
    fn tally_of<'a>(&self, case: &'a Case, from: Date, to: Date) -> [(&'a UnitId, Tally); 2] {
        let within = |at: Instant| {
            let day = self.day_of(at);
            from <= day && day <= to
        };
        let mut first = (&case.unit, Tally::default());
        let mut now = (&case.unit, Tally::default());
        if let Some(step) = case.trail.first().filter(|step| within(step.at)) {
            if let What::Noted(noted) = &step.what {
                first.0 = &noted.unit;
            }
            first.1.noted = 1;
            if let Some(in_time) = self.response(case) {
                first.1.responses = 1;
                first.1.in_time = u64::from(in_time);
            }
            now.1.reopened = u64::from(case.repeats.is_some());
        }
        for step in &case.trail {
            // Sent back by a bad answer, or opened again after it was closed.
            let reopened = matches!(step.what, What::Reopened(_))
                || (matches!(step.what, What::Rated(_)) && step.to == StateWord::Reopened);
            if reopened && within(step.at) {
                now.1.reopened = now.1.reopened.saturating_add(1);
            }
        }
        if let Some(asking) = self.asking(case).filter(|asking| within(asking.since)) {
            now.1.due = 1;
            if let Some(answer) = asking.answer {
                now.1.answered = 1;
                now.1.solved = u64::from(answer.solved == Some(Solved::Solved));
                now.1.partly = u64::from(answer.solved == Some(Solved::Partly));
                now.1.satisfied = u64::from(answer.satisfied != Satisfied::Dissatisfied);
            }
        }
        if let State::Closed(closed) = &case.state {
            if within(closed.closed_at) {
                now.1.unrated = u64::from(closed.as_what == ClosedAs::Unrated);
                now.1.withdrawn = u64::from(closed.as_what == ClosedAs::Withdrawn);
                now.1.merged = u64::from(closed.as_what == ClosedAs::Merged);
            }
        }
        [first, now]
    }

    /// Whether the case was registered or solved in time; `None` while it still may be, and where
    /// it was withdrawn or merged before.
    fn response(&self, case: &Case) -> Option<bool> {
        let noted = case.noted_at()?;
        let policy = self.engine.policy_at(noted);
        // Where there is no limit, whatever was done was done in time.
        let due = policy.rules.register_within.as_ref().map(|rule| policy.due(noted, rule.params.limit).date);
        let end = case.trail.iter().find(|step| {
            matches!(
                step.what,
                What::Registered(_) | What::SolvedOnTheSpot(_) | What::Withdrawn(_) | What::Merged(_)
            )
        });
        match end {
            Some(step) if matches!(step.what, What::Withdrawn(_) | What::Merged(_)) => None,
            Some(step) => Some(due.is_none_or(|due| !is_overdue(due, self.day_of(step.at)))),
            None => {
                let today = self.day_of(self.last_at()?);
                due.filter(|due| is_overdue(*due, today)).map(|_| false)
            }
        }
    }

    /// The last time that the household became due to be asked, and what it has said since.
    fn asking(&self, case: &Case) -> Option<Asking> {
        let noted = case.noted_at()?;
        let before = case.consents.iter().rfind(|given| given.at.before(noted));
        let mut consented = before.is_some_and(|given| given.publication);
        let must_post = |at: Instant, consented: bool| {
            let rules = &self.engine.policy_at(at).rules;
            rules.publish_stages.as_ref().is_some_and(|rule| rule.params.stages.contains(&Stage::Result))
                && may_post(rules, case.category, consented)
        };
        let due = |since| Some(Asking { since, answer: None });
        let mut asking: Option<Asking> = None;
        // Whether an accepted result waits for its posting. Only the first posting of a result
        // begins the asking: a corrected sheet does not undo the answers that were given.
        let mut unposted = false;
        let mut closed: Option<ClosedAs> = None;
        for step in &case.trail {
            let accepted = match &step.what {
                What::Settled(_) => step.to == StateWord::Accepted,
                What::Reviewed(reviewed) => reviewed.accept,
                _ => false,
            };
            if accepted {
                unposted = must_post(step.at, consented);
                if !unposted {
                    asking = due(step.at);
                }
            }
            let answer = match &step.what {
                What::Posted(posted) if unposted && posted.stage == Stage::Result => {
                    unposted = false;
                    asking = due(step.at);
                    None
                }
                What::Consent(consent) => {
                    consented = consent.publication;
                    // What may no longer be posted is asked about without a posting.
                    if unposted && !must_post(step.at, consented) {
                        unposted = false;
                        asking = due(step.at);
                    }
                    None
                }
                What::Rated(rated) => Some(Answer { solved: rated.solved, satisfied: rated.satisfied }),
                What::Closed(close) => {
                    closed = Some(close.as_what);
                    None
                }
                What::SolvedOnTheSpot(_) | What::Withdrawn(_) | What::Merged(_) => {
                    unposted = false;
                    closed = None;
                    None
                }
                What::Reopened(_) => matches!(closed.take(), Some(ClosedAs::Satisfied | ClosedAs::Unrated))
                    .then_some(Answer { solved: None, satisfied: Satisfied::Dissatisfied }),
                _ => None,
            };
            if let (Some(asking), Some(answer)) = (asking.as_mut(), answer) {
                asking.answer = Some(answer);
            }
        }
        asking
    }
}

/// A rate under its rule: null when the rule is off, and when it would be taken of too few.
fn rate(rule: Option<&Rule<Rate>>, part: u64, of: u64) -> Nullable<Fraction> {
    let shown = rule.is_some_and(|rule| of > 0 && of >= u64::from(rule.params.at_least));
    Nullable(shown.then_some(Fraction { of, part }))
}
