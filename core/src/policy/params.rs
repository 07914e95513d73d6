//! The parameters of the rules on opening, deliberating and settling (手册二(一)–二(三)), and the values they share.

use std::fmt;

use crate::calendar::{Limit, PeriodKind};
use crate::shape::{choices, get_varint, put_varint, record, Node, Reader, Schemas, Shape};
use crate::vocab::{Channel, DecisionKind, Level, Post, Poverty, Tier, UnitKind};

/// A minute of the day on the local clock, written `"12:00"`.
///
/// ```
/// use wuzhang::policy::ClockTime;
/// assert_eq!(ClockTime::parse("12:00").map(ClockTime::minute), Some(720));
/// assert_eq!(ClockTime::parse("24:00"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(u16);

impl ClockTime {
    /// Reads exactly `HH:MM`, 00:00 to 23:59.
    pub fn parse(text: &str) -> Option<Self> {
        let &[h1, h2, b':', m1, m2] = text.as_bytes() else { return None };
        if ![h1, h2, m1, m2].iter().all(u8::is_ascii_digit) {
            return None;
        }
        let (hours, minutes) = text.split_once(':')?;
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        let total = hours.checked_mul(60)?.checked_add(minutes)?;
        (hours < 24 && minutes < 60).then_some(ClockTime(total))
    }

    /// Minutes since midnight, 0 to 1439.
    pub fn minute(self) -> u32 {
        u32::from(self.0)
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Shape for ClockTime {
    const EXPECTS: (&'static str, &'static str) = ("钟点,如 12:00", "a time of day such as 12:00");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Text(text) = node else { return cx.expected::<Self, _>() };
        ClockTime::parse(text).or_else(|| cx.impossible("no_time_of_day", text))
    }
    fn write(&self, out: &mut String) {
        out.push('"');
        out.push_str(&self.to_string());
        out.push('"');
    }
    fn pack(&self, out: &mut Vec<u8>) {
        put_varint(u64::from(self.0), out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        u16::try_from(get_varint(input)?).ok().filter(|minute| *minute < 1440).map(ClockTime)
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("ClockTime", &mut |_| {
            "{\"pattern\":\"^([01][0-9]|2[0-3]):[0-5][0-9]$\",\"type\":\"string\"}".into()
        })
    }
}

/// A record with a value for each kind of unit that keeps a ledger.
macro_rules! by_kind {
    ($(#[$meta:meta])* $Name:ident: $type:ty, by value) => {
        by_kind!($(#[$meta])* $Name: $type);
        impl $Name {
            /// The value for a kind of unit; a group has its village's.
            pub fn for_kind(&self, kind: UnitKind) -> $type {
                *self.at(kind)
            }
        }
    };
    ($(#[$meta:meta])* $Name:ident: $type:ty, as list of $item:ty) => {
        by_kind!($(#[$meta])* $Name: $type);
        impl $Name {
            /// The values for a kind of unit; a group has its village's.
            pub fn for_kind(&self, kind: UnitKind) -> &[$item] {
                self.at(kind)
            }
        }
    };
    ($(#[$meta:meta])* $Name:ident: $type:ty) => {
        record! {
            $(#[$meta])*
            pub struct $Name {
                /// For a village (community) and its groups.
                village: $type,
                /// For a town (street).
                town: $type,
                /// For a county department.
                department: $type,
                /// For the county.
                county: $type,
            }
        }

        impl $Name {
            fn at(&self, kind: UnitKind) -> &$type {
                match kind {
                    UnitKind::Village | UnitKind::Group => &self.village,
                    UnitKind::Town => &self.town,
                    UnitKind::Department => &self.department,
                    UnitKind::County => &self.county,
                }
            }
        }
    };
}

by_kind! {
    /// One post for each kind of unit: `meeting.chair` (二(二)1–4), and the heads of `authority`.
    PostByKind: Post, by value
}

by_kind! {
    /// Several posts for each kind of unit; a list may be empty. `meeting.members` (二(二)1–4), `meeting.notify`
    /// (二(二)1), and the offices of `authority`.
    PostsByKind: Vec<Post>, as list of Post
}

by_kind! {
    /// The form of the ledger that each kind of unit keeps (二(一)3).
    TierByKind: Tier, by value
}

by_kind! {
    /// The longest time from `held_on` to a plan's deadline without a reason: `plan.cap` (assumed).
    Caps: Limit, by value
}

record! {
    /// A rule that says all it has to say by being there.
    #[derive(Copy)]
    pub struct Plain {}
}

record! {
    /// A rule that is one limit.
    #[derive(Copy)]
    pub struct Within {
        /// How long there is.
        limit: Limit,
    }
}

choices! {
    /// Who is bound by a liaison or a visit quota: the five levels of cadre visit (二(一)1).
    pub enum LiaisonSubject {
        /// A county leader.
        CountyLeader = "county_leader",
        /// A county department, as a unit.
        Department = "department",
        /// A town or street cadre.
        Town = "town",
        /// A village or community cadre.
        Village = "village",
        /// A group cadre.
        Group = "group",
    }
}

choices! {
    /// What a liaison links to.
    pub enum LiaisonTarget {
        /// A household.
        Household = "household",
        /// A village (community).
        Village = "village",
    }
}

record! {
    /// How many liaisons each subject has: `liaison.*` (二(一)1).
    pub struct Liaison {
        /// Who is linked.
        subject: LiaisonSubject,
        /// To what.
        target: LiaisonTarget,
        /// The fewest liaisons.
        at_least: Option<u32>,
        /// The most liaisons.
        at_most: Option<u32>,
        /// Whether every household of the cadre's own group is linked.
        every: Option<bool>,
        /// At which ranks the village must be designated poor; any of them will do.
        poverty: Option<Vec<Poverty>>,
    }
}

choices! {
    /// How the sentence on visits is read; a county may choose among the readings that its words allow.
    pub enum Reading {
        /// So many visits by each subject, to any of those linked.
        AnyLinked = "any_linked",
        /// So many visits to each of those linked.
        EveryLinked = "every_linked",
        /// So many visits by each department, to any of its villages.
        PerDepartment = "per_department",
        /// So many visits by each department to each of its villages.
        PerVillage = "per_village",
    }
}

record! {
    /// How many visits are owed: `visit.county_leader`, `.department`, `.town`, `.village`, `.group` (二(一)1).
    #[derive(Copy)]
    pub struct Quota {
        /// Who visits.
        subject: LiaisonSubject,
        /// To what.
        target: LiaisonTarget,
        /// How the sentence is read.
        reading: Reading,
        /// In each of these periods.
        period: PeriodKind,
        /// The fewest visits.
        at_least: u32,
    }
}

record! {
    /// Until when a visit may be entered: `visit.late_entry` (assumed).
    #[derive(Copy)]
    pub struct LateEntry {
        /// Entered after it: late, to be approved.
        limit: Limit,
        /// Entered after it: refused.
        refuse_after: Limit,
    }
}

choices! {
    /// The fields of the registration card 《民情一户一档信息登记卡》 (二(一)1).
    pub enum CardField {
        /// Name.
        Name = "name",
        /// Address.
        Address = "address",
        /// Number of people.
        HouseholdSize = "household_size",
        /// Income.
        Income = "income",
        /// What is asked for.
        Appeal = "appeal",
        /// The cause of the difficulty.
        Cause = "cause",
    }
}

record! {
    /// Which fields of the card must be filled: `register.card` (二(一)1).
    pub struct RequiredFields {
        /// The fields.
        fields: Vec<CardField>,
    }
}

record! {
    /// What each village's collection station has: `station` (二(一)2).
    #[derive(Copy)]
    pub struct Station {
        /// A published telephone number.
        phone: bool,
        /// Somebody on duty every day.
        duty: bool,
    }
}

record! {
    /// What the station enters, and who does: `channel` (二(一)1–2).
    pub struct Channels {
        /// The channels whose cases the station enters.
        station: Vec<Channel>,
        /// The posts that enter them.
        roles: Vec<Post>,
    }
}

record! {
    /// When registrations are consolidated: `consolidate.*` (二(一)3).
    pub struct Consolidation {
        /// In each of these periods.
        period: PeriodKind,
        /// The ISO weekday of its window, 1 to 7; without one, any day of the period.
        weekday: Option<u8>,
        /// From when on that day.
        from: Option<ClockTime>,
        /// By which posts; without them, the unit's office.
        by: Option<Vec<Post>>,
    }
}

record! {
    /// On whose ledger a case first stands, by its collector's level.
    #[derive(Copy)]
    pub struct FirstLedger {
        /// Collected by a county leader.
        county_leader: UnitKind,
        /// Collected by staff of county bodies.
        county: UnitKind,
        /// Collected by a department.
        department: UnitKind,
        /// Collected by a town cadre.
        town: UnitKind,
        /// Collected by a village cadre.
        village: UnitKind,
        /// Collected by a group cadre.
        group: UnitKind,
        /// Entered by the station.
        station: UnitKind,
    }
}

impl FirstLedger {
    /// The kind of unit whose ledger a cadre of this level fills.
    pub fn for_level(&self, level: Level) -> UnitKind {
        match level {
            Level::CountyLeader => self.county_leader,
            Level::County => self.county,
            Level::Department => self.department,
            Level::Town => self.town,
            Level::Village => self.village,
            Level::Group => self.group,
        }
    }
}

record! {
    /// Which ledger each tier keeps and where a case begins: `ledger.tier` (二(一)3).
    pub struct LedgerTier {
        /// The form of each unit's ledger.
        tiers: TierByKind,
        /// The first ledger of a case.
        first: FirstLedger,
    }
}

record! {
    /// How often there is a meeting: `meeting.village`, `.town`, `.department`, `.county` (二(二)1–4).
    #[derive(Copy)]
    pub struct Cadence {
        /// One in each of these periods.
        period: PeriodKind,
    }
}

record! {
    /// What a meeting may decide about each case before it: `meeting.item_by_item` (二(二)1; all but plan and
    /// report_up are our reading).
    pub struct ItemByItem {
        /// The decisions.
        decisions: Vec<DecisionKind>,
    }
}

choices! {
    /// The parts of a plan (二(二)1).
    pub enum PlanField {
        /// A workable solution.
        Measures = "measures",
        /// The target.
        Target = "target",
        /// The responsible person.
        Responsible = "responsible",
        /// The deadline.
        Due = "due",
    }
}

record! {
    /// Which parts a plan must have: `plan.complete` (二(二)1).
    pub struct CompletePlan {
        /// The parts.
        fields: Vec<PlanField>,
    }
}

record! {
    /// To whom a case is reported that cannot be solved: `escalate.route` (二(二)1–3).
    #[derive(Copy)]
    pub struct Route {
        /// From a village.
        village: UnitKind,
        /// From a town.
        town: UnitKind,
        /// From a department.
        department: UnitKind,
    }
}

impl Route {
    /// Where a unit of this kind reports to; the county, nowhere.
    pub fn for_kind(&self, kind: UnitKind) -> Option<UnitKind> {
        match kind {
            UnitKind::Village | UnitKind::Group => Some(self.village),
            UnitKind::Town => Some(self.town),
            UnitKind::Department => Some(self.department),
            UnitKind::County => None,
        }
    }
}

record! {
    /// How a case may be handed back: `escalate.return` (assumed).
    #[derive(Copy)]
    pub struct Return {
        /// How long after it was reported.
        limit: Limit,
        /// How often.
        times: u32,
    }
}

record! {
    /// How far a deadline may move: `settle.extension` (assumed).
    #[derive(Copy)]
    pub struct Extension {
        /// How long after the deadline it replaces.
        limit: Limit,
        /// How often.
        times: u32,
    }
}

record! {
    /// How often a suspended case is deliberated again: `settle.suspend` (assumed).
    #[derive(Copy)]
    pub struct Suspend {
        /// At latest in the next of these periods.
        review: PeriodKind,
    }
}

choices! {
    /// What is written down about money given.
    pub enum MoneyField {
        /// How much, in fen.
        Amount = "amount",
        /// From which fund.
        Source = "source",
        /// Who received it.
        Receipt = "receipt",
    }
}

choices! {
    /// What is written down about goods given.
    pub enum GoodsField {
        /// What was given.
        What = "what",
        /// From whom.
        Source = "source",
        /// Who received it.
        Receipt = "receipt",
    }
}

record! {
    /// What money and goods need; photographs and positions are never demanded: `settle.evidence` (assumed).
    pub struct Evidence {
        /// For money.
        money: Vec<MoneyField>,
        /// For goods.
        goods: Vec<GoodsField>,
    }
}

record! {
    /// What happens around a deadline: `settle.overdue` (assumed).
    #[derive(Copy)]
    pub struct Overdue {
        /// How long before it a reminder comes.
        remind: Limit,
        /// How long after it silence is called unexplained.
        unexplained: Limit,
    }
}

record! {
    /// The attention list: `flag.colour` (assumed). Never a ranking.
    #[derive(Copy)]
    pub struct Flags {
        /// Blue: no decision so long after one was due.
        blue: Limit,
        /// Yellow: so little time to go.
        yellow_left: Limit,
        /// Yellow: so long without progress.
        yellow_idle: Limit,
    }
}
