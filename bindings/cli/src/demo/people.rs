//! Who lives and works here: the simulator's own picture of the county. It decides from it who acts
//! next; whether they may is for the engine to say.

use wuzhang::calendar::Date;
use wuzhang::ids::CaseId;
use wuzhang::vocab::{Level, Post, Poverty, UnitKind};

use super::matters::Matter;

macro_rules! numbers {
    ($($(#[$doc:meta])* $Name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub(super) struct $Name(pub(super) usize);
    )*};
}

numbers! {
    /// The place of a unit in the world's list.
    UnitNo
    /// The place of a person.
    PersonNo
    /// The place of a household.
    HomeNo
    /// The place of a case.
    ItemNo
    /// The place of a posting.
    SheetNo
}

/// A unit.
pub(super) struct Unit {
    pub(super) id: String,
    pub(super) kind: UnitKind,
    pub(super) name: String,
    pub(super) parent: Option<UnitNo>,
    pub(super) poverty: Option<Poverty>,
    pub(super) station_phone: Option<String>,
    /// Everybody whose appointment is here.
    pub(super) people: Vec<PersonNo>,
    pub(super) children: Vec<UnitNo>,
    /// The households of a village, by whatever group.
    pub(super) homes: Vec<HomeNo>,
    /// The villages to which a department is linked.
    pub(super) links: Vec<UnitNo>,
    /// How reliably the office does what is due, in a thousand.
    pub(super) diligence: usize,
    /// Asks few households, and only those who are content.
    pub(super) shy: bool,
    /// Cases on cards, waiting for the next consolidation.
    pub(super) cards: Vec<ItemNo>,
    /// Cases on the ledger that a meeting has to take up.
    pub(super) waiting: Vec<ItemNo>,
    /// Cases whose plan, and whose result, is still to be posted.
    pub(super) plans: Vec<ItemNo>,
    pub(super) results: Vec<ItemNo>,
}

/// What a liaison links to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Home(HomeNo),
    Village(UnitNo),
}

/// A way of working. Most work plainly; the others leave traces that a call-back may look into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Manner {
    Plain,
    /// Copies last week's diary.
    Copies,
    /// Enters a whole month's visits on its last evening.
    Hoards,
    /// Now and then runs through a row of households within the hour.
    Sweeps,
    /// Lends the own telephone for ratings.
    LendsPhone,
}

/// A person.
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) unit: UnitNo,
    pub(super) level: Option<Level>,
    pub(super) posts: Vec<Post>,
    pub(super) links: Vec<Link>,
    pub(super) leave: Vec<(Date, Date)>,
    pub(super) phone: String,
    /// The first day of the appointment in force.
    pub(super) since: Date,
    /// How reliably they do what is due, in a thousand.
    pub(super) diligence: usize,
    pub(super) manner: Manner,
    /// Retired.
    pub(super) gone: bool,
}

impl Person {
    pub(super) fn holds(&self, post: Post) -> bool {
        self.posts.contains(&post)
    }

    pub(super) fn on_leave(&self, day: Date) -> bool {
        self.leave.iter().any(|(from, until)| *from <= day && day <= *until)
    }
}

/// A household.
pub(super) struct Home {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) group: UnitNo,
    pub(super) village: UnitNo,
    pub(super) door: usize,
    pub(super) size: i64,
    /// Whole yuan a year.
    pub(super) income: i64,
    pub(super) poor: bool,
    pub(super) phone: String,
    /// The first day of its row in the roster.
    pub(super) since: Date,
    /// Moved away, or about to.
    pub(super) gone: bool,
    /// Hard to reach: everybody works in another province.
    pub(super) away: bool,
    /// Hard to please.
    pub(super) grumbler: bool,
    /// The helper on its contact card.
    pub(super) helper: Option<PersonNo>,
    /// What it said about publication.
    pub(super) consent: Option<bool>,
    /// What it would bring up at the next occasion, and the last thing that it did.
    pub(super) need: Option<&'static Matter>,
    pub(super) last: Option<&'static Matter>,
}

/// A case, as far as the book does not know it.
pub(super) struct Item {
    pub(super) id: CaseId,
    pub(super) matter: &'static Matter,
    pub(super) home: Option<HomeNo>,
    pub(super) place: UnitNo,
    pub(super) collector: PersonNo,
    pub(super) entered_by: PersonNo,
    /// Postings on which it stands.
    pub(super) sheets: Vec<SheetNo>,
    /// Extensions asked for the plan in force.
    pub(super) asked_more: u32,
}

/// A posting.
pub(super) struct Sheet {
    pub(super) id: String,
    pub(super) unit: UnitNo,
    pub(super) stage: &'static str,
    pub(super) from: Date,
    pub(super) items: Vec<ItemNo>,
    pub(super) down: bool,
}
