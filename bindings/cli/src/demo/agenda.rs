//! What is going to happen, and how the routine of days, weeks, months and quarters gets there.

use wuzhang::calendar::{Date, Period, PeriodKind};
use wuzhang::vocab::{Level, UnitKind};

use super::county::Event;
use super::people::{HomeNo, ItemNo, PersonNo, SheetNo, UnitNo};
use super::say::Order;
use super::slips::Blunder;
use super::visits::{Entered, Mend};
use super::world::{World, DAY};

/// The next thing that happens to a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    SolveOnTheSpot,
    Register,
    Merge(ItemNo),
    Withdraw,
    ReportUp,
    Return,
    Progress,
    AskMoreTime,
    GiveMoreTime,
    Settle,
    Review,
    Ask,
    Close,
    CloseByTwo,
    Replan,
    Reopen,
}

/// Something that is going to happen.
pub(super) enum Task {
    /// A cadre goes out.
    Visit(PersonNo),
    /// What was seen is entered.
    Enter(Box<Entered>),
    /// A tier above looks at a late entry.
    Approve(String, UnitNo, PersonNo),
    /// A phone that got no answer sends again.
    Resend(Box<Order>),
    /// A county leader, or a department's staff, goes to a linked village.
    VisitVillage(UnitNo, PersonNo),
    /// Something comes to trouble a household.
    Trouble(HomeNo),
    /// The household calls or goes to the station.
    Station(HomeNo),
    /// A public matter, or a quarrel, is noticed in a village.
    Notice(UnitNo),
    /// The household is asked whether its case may be posted.
    Consent(HomeNo, bool),
    /// A helper brings the contact card.
    Card(HomeNo, PersonNo),
    /// A unit consolidates a period.
    Consolidate(UnitNo, Period),
    /// The minutes of a meeting are entered.
    Meet(UnitNo, Date),
    /// A case goes on.
    Item(ItemNo, Step),
    /// Sheets go up.
    PostPlans(UnitNo),
    PostResults(UnitNo),
    Digest(UnitNo, Period),
    /// A sheet comes down.
    TakeDown(SheetNo),
    /// Somebody objects to an item; the bool says that it is for the second time.
    Object(SheetNo, ItemNo, String, bool),
    /// The head answers.
    Answer(String, UnitNo, SheetNo, ItemNo, String),
    /// The tier above calls back the sample of a month.
    Recheck(UnitNo, Period),
    /// A slip in an earlier command is mended.
    Mend(Box<Mend>),
    /// The county changes its people or its rules.
    County(Event),
    /// Somebody gets something wrong.
    Blunder(Blunder),
}

/// A task and its moment; tasks of one moment come in the order in which they were entered.
pub(super) struct Entry {
    pub(super) at: i64,
    pub(super) number: u64,
    pub(super) task: Task,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.number) == (other.at, other.number)
    }
}
impl Eq for Entry {}
impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.number).cmp(&(other.at, other.number))
    }
}

impl World {
    /// Lives one day: its routine goes onto the agenda, then everything due happens.
    pub(super) fn live_day(&mut self, day: Date) {
        self.now = self.now.max(i64::from(day.days()) * DAY);
        let first = self.first;
        let begins = |kind| day == first || Period::containing(kind, day).first() == day;
        if begins(PeriodKind::Week) {
            self.plan_week(day);
        }
        if begins(PeriodKind::HalfMonth) {
            self.plan_half_month(Period::containing(PeriodKind::HalfMonth, day));
        }
        if begins(PeriodKind::Month) {
            self.plan_month(Period::containing(PeriodKind::Month, day));
        }
        if begins(PeriodKind::Quarter) {
            self.plan_quarter(Period::containing(PeriodKind::Quarter, day));
        }
        let midnight = (i64::from(day.days()) + 1) * DAY;
        while let Some(task) = self.next_task(midnight) {
            self.perform(task);
        }
    }

    fn perform(&mut self, task: Task) {
        match task {
            Task::Visit(person) => self.visit(person),
            Task::Enter(entered) => self.enter(*entered),
            Task::Approve(visit, unit, visitor) => self.approve(&visit, unit, visitor),
            Task::Resend(order) => self.resend(&order),
            Task::VisitVillage(village, person) => self.visit_village(village, person),
            Task::Trouble(home) => self.trouble(home),
            Task::Station(home) => self.station(home),
            Task::Notice(village) => self.notice(village),
            Task::Consent(home, publication) => self.consent(home, publication),
            Task::Card(home, helper) => self.give_card(home, helper),
            Task::Consolidate(unit, period) => self.consolidate(unit, period),
            Task::Meet(unit, held_on) => self.meet(unit, held_on),
            Task::Item(item, step) => self.step(item, step),
            Task::PostPlans(unit) => self.post_plans(unit),
            Task::PostResults(unit) => self.post_results(unit),
            Task::Digest(unit, month) => self.digest(unit, month),
            Task::TakeDown(sheet) => self.take_down(sheet),
            Task::Object(sheet, item, by, again) => self.object(sheet, item, &by, again),
            Task::Answer(objection, unit, sheet, item, by) => self.answer_objection(&objection, unit, sheet, item, &by),
            Task::Recheck(above, month) => self.recheck(above, month),
            Task::Mend(mend) => self.mend(*mend),
            Task::County(event) => self.county_event(event),
            Task::Blunder(blunder) => self.blunder(blunder),
        }
    }

    fn step(&mut self, item: ItemNo, step: Step) {
        match step {
            Step::SolveOnTheSpot => self.solve_on_the_spot(item),
            Step::Register => self.register(item),
            Step::Merge(into) => self.merge(item, into),
            Step::Withdraw => self.withdraw(item),
            Step::ReportUp => self.report_up(item),
            Step::Return => self.return_case(item),
            Step::Progress => self.log_progress(item),
            Step::AskMoreTime => self.ask_more_time(item),
            Step::GiveMoreTime => self.give_more_time(item),
            Step::Settle => self.settle(item),
            Step::Review => self.review(item),
            Step::Ask => self.ask(item),
            Step::Close => self.close(item),
            Step::CloseByTwo => self.close_by_two(item),
            Step::Replan => self.replan(item),
            Step::Reopen => self.reopen(item),
        }
    }

    /// A day of the period that is worked, drawn between two days of it; the nearest, if none is.
    fn working_day_between(&mut self, from: Date, to: Date) -> Date {
        for _ in 0..12 {
            let day = from.add_days(i32::try_from(self.rng.between(0, i64::from(from.days_until(to)))).unwrap_or(0));
            if self.is_working_day(day) {
                return day;
            }
        }
        self.after_working_days(from.add_days(-1), 1)
    }

    /// The week's visits and Friday consolidations, from a day of the week on.
    fn plan_week(&mut self, from: Date) {
        let week = Period::containing(PeriodKind::Week, from);
        let left = i64::from(from.days_until(week.last()));
        for index in 0..self.county.people.len() {
            let person = PersonNo(index);
            let goes = matches!(self[person].level, Some(Level::Group | Level::Village | Level::Town));
            let diligence = self[person].diligence;
            if !goes || self[person].gone || !self.rng.chance(diligence) {
                continue;
            }
            let visits = 1 + usize::from(self.rng.chance(230)) + usize::from(self.rng.chance(60));
            for _ in 0..visits {
                let mut day = from.add_days(i32::try_from(self.rng.between(0, left)).unwrap_or(0));
                // Most weekends are left to the family; most holidays too.
                if !self.is_working_day(day) && self.rng.chance(700) {
                    day = from.add_days(i32::try_from(self.rng.between(0, left)).unwrap_or(0));
                }
                let second = if self.rng.chance(120) { self.rng.between(18 * 3600, 20 * 3600) } else { self.rng.between(30_600, 64_000) };
                self.plan_at(i64::from(day.days()) * DAY + second, Task::Visit(person));
            }
        }
        let friday = self.policy().calendar.weekly_day(week, 5);
        let Some(friday) = friday.filter(|friday| *friday >= from) else { return };
        for index in 0..self.county.units.len() {
            let unit = UnitNo(index);
            if matches!(self[unit].kind, UnitKind::Village | UnitKind::Town) {
                self.plan_friday(unit, week, friday);
            }
        }
    }

    fn plan_friday(&mut self, unit: UnitNo, week: Period, friday: Date) {
        let start = i64::from(friday.days()) * DAY;
        let afternoon = start + self.rng.between(13 * 3600, 17 * 3600);
        let diligence = self[unit].diligence;
        match self.rng.below(1000) {
            // Before noon: too early, and most notice and do it again.
            0..=14 => {
                let morning = start + self.rng.between(8 * 3600 + 1800, 11 * 3600 + 3000);
                self.plan_at(morning, Task::Consolidate(unit, week));
                if self.rng.chance(700) {
                    self.plan_at(afternoon, Task::Consolidate(unit, week));
                }
            }
            // On Monday, with a red face.
            15..=27 => {
                let monday = self.after_working_days(friday, 1);
                self.plan_on(monday, Task::Consolidate(unit, week));
            }
            _ if self.rng.chance(diligence) => self.plan_at(afternoon, Task::Consolidate(unit, week)),
            _ => {}
        }
    }

    fn plan_half_month(&mut self, half: Period) {
        let last = self.after_working_days(half.last().add_days(-4), 1).min(half.last());
        for department in self.county.of_kind(UnitKind::Department) {
            let diligence = self[department].diligence;
            if self.rng.chance(diligence) {
                let day = self.working_day_between(half.first().add_days(9), last).min(half.last());
                self.plan_on(day, Task::Consolidate(department, half));
            }
            // At least two a month: one in each half.
            let staff: Vec<PersonNo> = self.desk(department).into_iter().filter(|person| !self[*person].on_leave(half.first())).collect();
            let village = { let links = self[department].links.clone(); self.rng.pick(&links) };
            if let (Some(village), Some(person), true) = (village, self.rng.pick(&staff), self.rng.chance(diligence)) {
                let day = self.working_day_between(half.first(), half.last());
                self.plan_on(day, Task::VisitVillage(village, person));
            }
        }
    }

    fn plan_month(&mut self, month: Period) {
        let before = Period::containing(PeriodKind::Month, month.first().add_days(-1));
        for index in 0..self.county.units.len() {
            let unit = UnitNo(index);
            let kind = self[unit].kind;
            if kind == UnitKind::Group {
                continue;
            }
            let diligence = self[unit].diligence;
            if self.rng.chance(diligence) {
                // Villages meet in the middle of the month, towns after them.
                let (low, high) = if kind == UnitKind::Village { (8, 22) } else { (18, 26) };
                if matches!(kind, UnitKind::Village | UnitKind::Town) {
                    let day = self.working_day_between(month.first().add_days(low), month.first().add_days(high));
                    self.plan_meeting(unit, day);
                }
            }
            let late = self.rng.chance(30);
            let (low, high) = if late { (15, 19) } else { (3, 13) };
            if self.rng.chance(diligence + 20) {
                let day = self.working_day_between(month.first().add_days(low), month.first().add_days(high));
                self.plan_on(day, Task::Digest(unit, before));
            }
            if matches!(kind, UnitKind::Town | UnitKind::County) && self.rng.chance(930) {
                let day = self.working_day_between(month.first().add_days(9), month.first().add_days(24));
                self.plan_on(day, Task::Recheck(unit, before));
            }
        }
        for index in 0..self.county.people.len() {
            let leader = PersonNo(index);
            let diligence = self[leader].diligence;
            if self[leader].level == Some(Level::CountyLeader) && self.rng.chance(diligence) {
                self.plan_leader(leader, month);
            }
        }
        let day = self.working_day_between(month.last().add_days(-5), month.last());
        self.plan_on(day, Task::Consolidate(UnitNo(0), month));
        self.plan_blunders(month);
    }

    fn plan_leader(&mut self, leader: PersonNo, month: Period) {
        let village = self[leader].links.iter().find_map(|link| match link {
            super::people::Link::Village(village) => Some(*village),
            super::people::Link::Home(_) => None,
        });
        if let Some(village) = village {
            let day = self.working_day_between(month.first(), month.last());
            self.plan_on(day, Task::VisitVillage(village, leader));
        }
    }

    fn plan_quarter(&mut self, quarter: Period) {
        for department in self.county.of_kind(UnitKind::Department) {
            if self.rng.chance(950) {
                let day = self.working_day_between(quarter.first().add_days(55), quarter.first().add_days(75));
                self.plan_meeting(department, day);
            }
        }
        let day = self.working_day_between(quarter.last().add_days(-20), quarter.last().add_days(-9));
        self.plan_meeting(UnitNo(0), day);
    }

    /// A meeting in the afternoon of a day, and when its minutes are entered: mostly at once.
    fn plan_meeting(&mut self, unit: UnitNo, day: Date) {
        let entered = match self.rng.below(1000) {
            0..=849 => i64::from(day.days()) * DAY + self.rng.between(15 * 3600, 19 * 3600),
            850..=984 => {
                let next = self.after_working_days(day, 1);
                self.office_hour(next)
            }
            _ => {
                let much_later = day.add_days(i32::try_from(self.rng.between(10, 16)).unwrap_or(10));
                self.office_hour(much_later)
            }
        };
        self.plan_at(entered, Task::Meet(unit, day));
    }
}
