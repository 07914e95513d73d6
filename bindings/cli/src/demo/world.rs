//! The world: the county, the book it keeps, a clock and an agenda. Everything that is going to
//! happen stands on the agenda with its moment; whatever happens may put more on it. So the stream
//! of commands follows the clock by itself, and what people do next follows from the book.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::{Index, IndexMut};

use wuzhang::calendar::{Date, Limit, Period};
use wuzhang::case::{Case, State, StateWord};
use wuzhang::vocab::{Category, Post, UnitKind};
use wuzhang::{Book, Policy};

use super::agenda::{Entry, Task};
use super::people::{Home, HomeNo, Item, ItemNo, Person, PersonNo, Sheet, SheetNo, Unit, UnitNo};
use super::rng::Rng;
use super::roster::County;
use super::say::{Expect, Fields, Order};
use super::slips::Slip;
use super::Outcomes;

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// A closing: the hash of its event, by which samples are drawn, and the case.
pub(super) type Closing = (String, ItemNo);

/// The county and its book, on one day of its year.
pub(super) struct World {
    pub(super) rng: Rng,
    pub(super) county: County,
    pub(super) book: Book,
    pub(super) items: Vec<Item>,
    pub(super) sheets: Vec<Sheet>,
    /// Local seconds since the civil epoch: what the trusted clock shows.
    pub(super) now: i64,
    pub(super) first: Date,
    pub(super) last: Date,
    agenda: BinaryHeap<Reverse<Entry>>,
    entered: u64,
    pub(super) commands: String,
    pub(super) outcomes: Outcomes,
    /// The answer to the last command.
    pub(super) answer: String,
    /// How many of each kind of id were given out.
    serials: BTreeMap<&'static str, u32>,
    /// How often each slip was made.
    pub(super) slips: BTreeMap<Slip, u32>,
    /// The last visit that was accepted, and whose it was: an id for a slip to use again.
    pub(super) last_visit: Option<(String, PersonNo)>,
    /// The closings of each month, by the tier above that calls a sample of them back.
    pub(super) closings: BTreeMap<(UnitNo, Period), Vec<Closing>>,
    by_unit: BTreeMap<String, UnitNo>,
    by_person: BTreeMap<String, PersonNo>,
}

macro_rules! indexed {
    ($($No:ident $Thing:ident $($path:ident).+;)*) => {$(
        impl Index<$No> for World {
            type Output = $Thing;
            fn index(&self, no: $No) -> &$Thing {
                &self.$($path).+[no.0]
            }
        }
        impl IndexMut<$No> for World {
            fn index_mut(&mut self, no: $No) -> &mut $Thing {
                &mut self.$($path).+[no.0]
            }
        }
    )*};
}

indexed! {
    UnitNo Unit county.units;
    PersonNo Person county.people;
    HomeNo Home county.homes;
    ItemNo Item items;
    SheetNo Sheet sheets;
}

impl World {
    pub(super) fn new(rng: Rng, county: County, book: Book, first: Date, last: Date) -> Self {
        let by_unit = (0..).map(UnitNo).zip(&county.units).map(|(no, unit)| (unit.id.clone(), no)).collect();
        let by_person = (0..).map(PersonNo).zip(&county.people).map(|(no, person)| (person.id.clone(), no)).collect();
        World {
            rng,
            county,
            book,
            items: Vec::new(),
            sheets: Vec::new(),
            now: i64::from(first.days()) * DAY,
            first,
            last,
            agenda: BinaryHeap::new(),
            entered: 0,
            commands: String::new(),
            outcomes: Outcomes::default(),
            answer: String::new(),
            serials: BTreeMap::new(),
            slips: BTreeMap::new(),
            last_visit: None,
            closings: BTreeMap::new(),
            by_unit,
            by_person,
        }
    }

    // ---- time ----

    /// Today.
    pub(super) fn today(&self) -> Date {
        day_of(self.now)
    }

    /// The policy in force today.
    pub(super) fn policy(&self) -> &Policy {
        self.book.policy_on(self.today())
    }

    pub(super) fn is_working_day(&self, day: Date) -> bool {
        self.policy().calendar.is_working_day(day)
    }

    /// The last day of a limit of working days that starts on a day.
    pub(super) fn after_working_days(&self, day: Date, count: u32) -> Date {
        self.policy().calendar.due(day, Limit::WorkingDays(count)).date
    }

    /// A moment of a day within office hours.
    pub(super) fn office_hour(&mut self, day: Date) -> i64 {
        let (from, to) = if self.rng.chance(480) { (8 * 60 + 40, 11 * 60 + 45) } else { (14 * 60, 17 * 60 - 10) };
        i64::from(day.days()) * DAY + self.rng.between(from * 60, to * 60)
    }

    /// Lets some minutes pass, between a refusal and the mended try.
    pub(super) fn pause(&mut self) {
        self.now += self.rng.between(40, 400);
    }

    // ---- the agenda ----

    /// Puts a task on the agenda, not before now.
    pub(super) fn plan_at(&mut self, at: i64, task: Task) {
        self.entered += 1;
        self.agenda.push(Reverse(Entry { at: at.max(self.now), number: self.entered, task }));
    }

    /// Puts a task into the office hours of a day.
    pub(super) fn plan_on(&mut self, day: Date, task: Task) {
        let at = self.office_hour(day);
        self.plan_at(at, task);
    }

    /// Puts a task so many working days ahead, drawn between two numbers; 0 is later today.
    pub(super) fn plan_within(&mut self, low: i64, high: i64, task: Task) {
        let count = u32::try_from(self.rng.between(low, high)).unwrap_or(0);
        if count == 0 {
            let at = self.now + self.rng.between(600, 5400);
            return self.plan_at(at, task);
        }
        let day = self.after_working_days(self.today(), count);
        self.plan_on(day, task);
    }

    /// Takes the next task that is due before a moment, and sets the clock to it.
    pub(super) fn next_task(&mut self, before: i64) -> Option<Task> {
        if self.agenda.peek().is_none_or(|Reverse(entry)| entry.at >= before) {
            return None;
        }
        let Reverse(entry) = self.agenda.pop()?;
        self.now = self.now.max(entry.at);
        Some(entry.task)
    }

    // ---- commands ----

    /// A new id: a letter and a number that runs through the year.
    pub(super) fn new_id(&mut self, letter: &'static str) -> String {
        let serial = self.serials.entry(letter).or_default();
        *serial += 1;
        format!("{letter}{serial:06}")
    }

    /// A command with a new id.
    pub(super) fn order(&mut self, actor: PersonNo, todo: &'static str, fields: Fields) -> Order {
        let id = self.new_id("c");
        Order { id, actor: self[actor].id.clone(), todo, fields }
    }

    /// Sends a new command that should be accepted; whether it was.
    pub(super) fn send(&mut self, actor: PersonNo, todo: &'static str, fields: Fields) -> bool {
        let order = self.order(actor, todo, fields);
        self.give(&order, Expect::Fine)
    }

    /// Sends a new command that is a mistake, and lets the sender notice.
    pub(super) fn err(&mut self, actor: PersonNo, todo: &'static str, fields: Fields, code: &'static str) {
        let order = self.order(actor, todo, fields);
        self.give(&order, Expect::Refused(code));
        self.pause();
    }

    /// Sends a command now; whether it was accepted.
    pub(super) fn give(&mut self, order: &Order, expect: Expect) -> bool {
        let at = stamp(self.now);
        self.now += self.rng.between(1, 3);
        self.give_at(order, &at, expect)
    }

    /// Sends a command that claims to reach the book at a moment.
    pub(super) fn give_at(&mut self, order: &Order, at: &str, expect: Expect) -> bool {
        let mark = self.commands.len();
        order.line(at, &mut self.commands);
        self.answer.clear();
        let line = &self.commands.as_bytes()[mark..];
        if self.book.apply_lines(line, &mut self.answer).is_err() {
            self.answer.clear();
        }
        self.commands.push('\n');
        let accepted = self.answer.ends_with("\"status\":\"accepted\"}\n");
        self.outcomes.count(&self.answer, accepted, expect);
        let as_expected = match expect {
            Expect::Fine | Expect::Again => accepted,
            Expect::Refused(code) => !accepted && self.answer.contains(&format!("{{\"code\":\"{code}\"")),
        };
        if !as_expected {
            self.outcomes.surprises.push(format!("{}{}", &self.commands[mark..], self.answer));
        }
        accepted
    }

    /// The hash of the first event in the last answer.
    pub(super) fn answered_hash(&self) -> Option<String> {
        let start = self.answer.find("\"hash\":\"")? + 8;
        self.answer.get(start..start + 64).map(str::to_owned)
    }

    // ---- the book's cases ----

    pub(super) fn case(&self, item: ItemNo) -> Option<&Case> {
        self.book.case(&self[item].id)
    }

    pub(super) fn state(&self, item: ItemNo) -> Option<StateWord> {
        self.case(item).map(|case| case.state.name())
    }

    pub(super) fn is(&self, item: ItemNo, state: StateWord) -> bool {
        self.state(item) == Some(state)
    }

    /// The unit that holds the case.
    pub(super) fn holder(&self, item: ItemNo) -> UnitNo {
        self.case(item).and_then(|case| self.by_unit.get(case.unit.as_str()).copied()).unwrap_or(self[item].place)
    }

    /// Who is responsible in the plan of the case.
    pub(super) fn responsible(&self, item: ItemNo) -> Option<PersonNo> {
        self.case(item)?.responsible().and_then(|id| self.person(id.as_str()))
    }

    pub(super) fn person(&self, id: &str) -> Option<PersonNo> {
        self.by_person.get(id).copied()
    }

    /// Makes a person who came during the year findable.
    pub(super) fn register_person(&mut self, person: PersonNo) {
        let id = self[person].id.clone();
        self.by_person.insert(id, person);
    }

    /// Whether the case may hang on a board item by item.
    pub(super) fn may_post(&self, item: ItemNo) -> bool {
        match self[item].matter.category {
            Category::Stability => false,
            Category::Hardship => self.case(item).is_some_and(Case::consented),
            Category::Livelihood => true,
        }
    }

    // ---- who may act ----

    fn holders(&self, unit: UnitNo, posts: &[Post]) -> Vec<PersonNo> {
        let people = self[unit].people.iter().copied();
        people.filter(|person| !self[*person].gone && posts.iter().any(|post| self[*person].holds(*post))).collect()
    }

    /// Everybody at a unit who holds one of the posts.
    pub(super) fn with_posts(&self, unit: UnitNo, posts: &[Post]) -> Vec<PersonNo> {
        self.holders(unit, posts)
    }

    fn head_post(&self, unit: UnitNo) -> Post {
        match self[unit].kind {
            UnitKind::County => Post::CountySecretary,
            UnitKind::Department => Post::DepartmentHead,
            UnitKind::Town => Post::TownSecretary,
            UnitKind::Village | UnitKind::Group => Post::BranchSecretary,
        }
    }

    /// The head of a unit.
    pub(super) fn head(&self, unit: UnitNo) -> Option<PersonNo> {
        self.holders(unit, &[self.head_post(unit)]).first().copied()
    }

    /// Everybody in the office of a unit but the head.
    pub(super) fn desk(&self, unit: UnitNo) -> Vec<PersonNo> {
        let posts: &[Post] = match self[unit].kind {
            UnitKind::County => &[Post::VisitsOffice, Post::FourOffices],
            UnitKind::Department => &[Post::Staff],
            UnitKind::Town => &[Post::TownClerk, Post::MidLevel, Post::TownLeader],
            UnitKind::Village | UnitKind::Group => &[Post::CommitteeMember, Post::StationDuty],
        };
        self.holders(unit, posts)
    }

    /// The office and, of a village, its supervision members.
    pub(super) fn eyes(&self, unit: UnitNo) -> Vec<PersonNo> {
        let mut people = self.desk(unit);
        people.extend(self.holders(unit, &[Post::SupervisionMember]));
        people.extend(self.head(unit));
        people
    }

    /// Somebody at a desk of the unit.
    pub(super) fn clerk(&mut self, unit: UnitNo) -> Option<PersonNo> {
        let desk = self.desk(unit);
        self.rng.pick(&desk).or(self.head(unit))
    }

    /// A clerk and somebody else who may check what the clerk wrote.
    pub(super) fn clerk_and_checker(&mut self, unit: UnitNo) -> Option<(PersonNo, PersonNo)> {
        let clerk = self.clerk(unit)?;
        let others: Vec<PersonNo> = self.eyes(unit).into_iter().filter(|person| *person != clerk).collect();
        Some((clerk, self.rng.pick(&others)?))
    }

    /// The unit whose office does what the tier above does.
    pub(super) fn above(&self, unit: UnitNo) -> UnitNo {
        self[unit].parent.unwrap_or(unit)
    }

    pub(super) fn in_office(&self, person: PersonNo, unit: UnitNo) -> bool {
        self.head(unit) == Some(person) || self.desk(unit).contains(&person)
    }

    fn lies_within(&self, unit: UnitNo, ancestor: UnitNo) -> bool {
        std::iter::successors(Some(unit), |unit| self[*unit].parent).any(|unit| unit == ancestor)
    }

    /// Whether people would think somebody too near to a case to ask about it.
    pub(super) fn is_near(&self, item: ItemNo, person: PersonNo) -> bool {
        let Some(case) = self.case(item) else { return true };
        let id = self[person].id.as_str();
        if case.state.settled_by().is_some_and(|by| by.as_str() == id) {
            return true;
        }
        let Some(boss) = case.responsible().and_then(|id| self.person(id.as_str())) else { return false };
        if boss == person {
            return true;
        }
        let (own, seat) = (self[person].unit, self[boss].unit);
        if self[boss].gone || !self.lies_within(own, seat) {
            return false;
        }
        self.head(seat) == Some(boss) || (own != seat && self.in_office(boss, seat))
    }

    /// Somebody who may ask the household: of the holder's own people if one is far enough, else
    /// of a unit above.
    pub(super) fn asker(&mut self, item: ItemNo) -> Option<PersonNo> {
        let mut unit = Some(self.holder(item));
        while let Some(at) = unit {
            let far: Vec<PersonNo> = self.eyes(at).into_iter().filter(|person| !self.is_near(item, *person)).collect();
            if let Some(person) = self.rng.pick(&far) {
                return Some(person);
            }
            unit = self[at].parent;
        }
        None
    }

    /// Two of the office of the tier above, both far enough.
    pub(super) fn two_above(&mut self, item: ItemNo) -> Option<(PersonNo, PersonNo)> {
        let above = self.above(self.holder(item));
        let mut people = self.desk(above);
        people.extend(self.head(above));
        people.retain(|person| !self.is_near(item, *person));
        self.rng.shuffle(&mut people);
        match people.as_slice() {
            [one, two, ..] => Some((*one, *two)),
            _ => None,
        }
    }

    /// Whether a state is one in which a plan is being carried out.
    pub(super) fn is_planned(&self, item: ItemNo) -> bool {
        matches!(self.case(item).map(|case| &case.state), Some(State::Planned(_)))
    }
}

/// The day of a moment.
pub(super) fn day_of(now: i64) -> Date {
    Date::from_days(i32::try_from(now.div_euclid(DAY)).unwrap_or(0))
}

/// A moment as RFC 3339 writes it.
pub(super) fn stamp(now: i64) -> String {
    let second = now.rem_euclid(DAY);
    format!("{}T{:02}:{:02}:{:02}+08:00", day_of(now), second / 3600, second / 60 % 60, second % 60)
}
