//! The parameters of the rules on publishing, closing, rates, advice and authority (手册二(四)–二(五)).

use super::params::{ClockTime, PostByKind, PostsByKind};
use crate::calendar::{Limit, PeriodKind};
use crate::shape::{choices, record};
use crate::vocab::{Category, Post, Satisfied, Stage};

record! {
    /// What is posted of each case: `publish.stages` (assumed; 四川省村务公开条例 3).
    pub struct Stages {
        /// The plan, the result, or both.
        stages: Vec<Stage>,
    }
}

record! {
    /// The periodic digest: `publish.digest` (assumed).
    #[derive(Copy)]
    pub struct Digest {
        /// Of each of these periods.
        period: PeriodKind,
        /// By this day of the month after it, 1 to 28.
        day: u8,
    }
}

choices! {
    /// The allow-list: nothing else of a case is ever shown to the public (个人信息保护法 25, 28).
    pub enum ShownField {
        /// The category.
        Category = "category",
        /// The village.
        Village = "village",
        /// The group.
        Group = "group",
        /// The surname and 某.
        Name = "name",
        /// What is asked for, as the clerk's public summary.
        Summary = "summary",
        /// The measures.
        Measures = "measures",
        /// The responsible person's post.
        Post = "post",
        /// The deadline.
        Due = "due",
        /// The result.
        Result = "result",
    }
}

record! {
    /// What the public sees: `publish.masked` (law; stands in every policy).
    pub struct Masked {
        /// Counts below it are null; never less than 5.
        at_least: u32,
        /// How long a posting may stay after its household withdrew consent; never longer than 1wd.
        take_down: Limit,
        /// What is shown, out of the allow-list.
        shown: Vec<ShownField>,
        /// Categories shown by item only with recorded consent; hardship always.
        consent: Vec<Category>,
        /// Categories never shown by item, only counted; stability always.
        counts_only: Vec<Category>,
    }
}

record! {
    /// How a posting is objected to: `publish.objection` (assumed).
    #[derive(Copy)]
    pub struct Objection {
        /// How long after the posting.
        window: Limit,
        /// How long the unit has to answer.
        answer: Limit,
        /// How long the tier above has when the answer is objected to.
        again: Limit,
    }
}

record! {
    /// Which words of the household close a case as satisfied: `close.satisfied` (the step's name; stands in every
    /// policy).
    pub struct Accepts {
        /// The words.
        accepts: Vec<Satisfied>,
    }
}

record! {
    /// When a household counts as not to be reached: `close.attempts` (assumed).
    #[derive(Copy)]
    pub struct Attempts {
        /// How many tries, on different days.
        tries: u32,
        /// How many of them outside office hours.
        outside_hours: u32,
        /// How long after the result was posted.
        limit: Limit,
        /// Office hours begin.
        office_from: ClockTime,
        /// Office hours end.
        office_to: ClockTime,
        /// How long after any closing the household may reopen.
        reopen: Limit,
    }
}

choices! {
    /// What follows a dissatisfaction.
    pub enum RungKind {
        /// The case is reopened where it is.
        Reopen = "reopen",
        /// The case goes one tier up.
        TierUp = "tier_up",
        /// The case is closed as explained or redirected, and counts as dissatisfied.
        Final = "final",
    }
}

record! {
    /// One rung of the ladder of dissatisfaction.
    #[derive(Copy)]
    pub struct Rung {
        /// What follows.
        then: RungKind,
        /// How long until the new plan.
        plan_within: Option<Limit>,
        /// How long until it is redone.
        redo_within: Option<Limit>,
        /// Whether the deciding meeting hears the household.
        household_heard: Option<bool>,
    }
}

record! {
    /// What follows each dissatisfaction: `close.redo` (assumed).
    pub struct Redo {
        /// First, second, third and so on; the last one is final.
        rungs: Vec<Rung>,
    }
}

impl Redo {
    /// The rung of the n-th dissatisfaction, from 1; the last one stays for all after it.
    pub fn rung(&self, dissatisfactions: u32) -> Option<&Rung> {
        let index = usize::try_from(dissatisfactions.checked_sub(1)?).ok()?;
        self.rungs.get(index).or_else(|| self.rungs.last())
    }
}

record! {
    /// A share: `{"in":2,"of":3}` is two of three.
    #[derive(Copy)]
    pub struct Fraction {
        /// The parts taken.
        part = "in": u32,
        /// Out of so many.
        of: u32,
    }
}

impl Fraction {
    /// Whether `some` of `all` is at least this share; exact.
    ///
    /// ```
    /// use wuzhang::policy::Fraction;
    /// let two_thirds = Fraction { part: 2, of: 3 };
    /// assert!(two_thirds.reached(2, 3) && !two_thirds.reached(3, 5));
    /// ```
    pub fn reached(&self, some: u64, all: u64) -> bool {
        u128::from(some).saturating_mul(u128::from(self.of)) >= u128::from(all).saturating_mul(u128::from(self.part))
    }

    /// Whether `some` of `all` is more than this share; exact.
    pub fn exceeded(&self, some: u64, all: u64) -> bool {
        u128::from(some).saturating_mul(u128::from(self.of)) > u128::from(all).saturating_mul(u128::from(self.part))
    }
}

record! {
    /// How a public matter is rated: `close.public` (assumed; 村委会组织法).
    #[derive(Copy)]
    pub struct Public {
        /// At least this share of the council or delegates is present.
        present: Fraction,
        /// More than this share of those present is in favour.
        favour: Fraction,
    }
}

record! {
    /// From how many cases on a rate is shown: `rate.*` (assumed).
    #[derive(Copy)]
    pub struct Rate {
        /// Fewer: the rate is null.
        at_least: u32,
    }
}

record! {
    /// How many closed cases are called back: `sample.recheck` (assumed).
    #[derive(Copy)]
    pub struct Sample {
        /// This share of them, in per cent, rounded up.
        percent: u32,
        /// But no fewer.
        at_least: u32,
    }
}

record! {
    /// Who may do what: `authority` (assumed; stands in every policy).
    pub struct Authority {
        /// The head of each kind of unit.
        head: PostByKind,
        /// The office of each kind of unit; its head belongs to it in any case.
        office: PostsByKind,
        /// Who supervises: reviews settlements, checks postings, asks households.
        supervision: Vec<Post>,
        /// Who changes the roster.
        roster: Vec<Post>,
        /// Who adopts a policy.
        policy: Vec<Post>,
    }
}

record! {
    /// Diary texts that are too much alike: `advice.diary`.
    #[derive(Copy)]
    pub struct Alike {
        /// From this likeness on, in per cent.
        similar_percent: u32,
        /// In texts of at least so many characters.
        at_least_chars: u32,
    }
}

record! {
    /// More visits than can be walked: `advice.pace`.
    #[derive(Copy)]
    pub struct Pace {
        /// More than so many visits by one person.
        visits: u32,
        /// Within so many minutes.
        minutes: u32,
    }
}

record! {
    /// From how many on something is worth a look: `advice.last_day`, `advice.telephone`.
    #[derive(Copy)]
    pub struct Several {
        /// The fewest that count.
        at_least: u32,
    }
}

record! {
    /// All satisfied, few asked: `advice.all_satisfied`.
    #[derive(Copy)]
    pub struct AllSatisfied {
        /// Below this coverage, in per cent.
        coverage_percent: u32,
        /// With at least so many answers.
        at_least: u32,
    }
}
