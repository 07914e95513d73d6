//! What people get wrong. A slip happens in the course of some work, is refused, and is mended on
//! the spot; a blunder comes out of the blue. Each kind happens once as soon as there is an
//! occasion for it, and now and then again.

use wuzhang::calendar::{Period, PeriodKind};
use wuzhang::vocab::UnitKind;

use super::agenda::Task;
use super::people::{HomeNo, ItemNo, PersonNo, UnitNo};
use super::say::{Expect, Fields, Order};
use super::world::{stamp, World, DAY};

/// A mistake in the course of some work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Slip {
    OwnApproval,
    NotTheStation,
    NothingSaid,
    NoIncome,
    CardTwice,
    IntoItself,
    HandlerWithdraws,
    WrongChair,
    NotNotified,
    LeftOut,
    NotHeard,
    NoDeadline,
    BeyondCap,
    AboveTheCounty,
    ParkedForEver,
    MeetingAhead,
    ReturnedAgain,
    ReturnedLate,
    AskedLate,
    AskedTooMuch,
    GrantedAmongUs,
    NoReceipt,
    SettledTwice,
    OwnReview,
    RedoneTooLate,
    ClockTurned,
    PhoneOnBoard,
    NameOnBoard,
    OneHand,
    SecretOnBoard,
    ClerkAnswers,
    DigestOfAWeek,
    AskedTooSoon,
    HandlerAsks,
    HalfAnAnswer,
    NoVote,
    NoQuorum,
    ClosedUnasked,
    UnratedTooSoon,
    ExplainedTooSoon,
    Alone,
    ReopenedLate,
    NobodysLeave,
    HomeTwice,
    RuleReachesBack,
    RuleMisspelled,
    TownAppoints,
    TwoPostsAtOnce,
}

macro_rules! blunders {
    ($($(#[$doc:meta])* $Name:ident)*) => {
        /// A mistake out of the blue.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) enum Blunder { $($(#[$doc])* $Name),* }

        impl Blunder {
            const ALL: &'static [Blunder] = &[$(Blunder::$Name),*];
        }
    };
}

blunders! {
    /// A visit is entered for tomorrow.
    VisitAhead
    /// A digit of a household's id is wrong.
    HomeUnknown
    /// A digit of one's own id is wrong.
    ActorUnknown
    /// A digit of a colleague's id is wrong.
    ColleagueUnknown
    /// Two devices gave out the same command id.
    IdShared
    /// A device's clock went into the command instead of the host's.
    ClockBack
    /// A field is misspelled.
    FieldMisspelled
    /// There is no such thing to do.
    NoSuchDeed
    /// A visit's id stands twice.
    VisitTwice
    /// A case's id stands twice.
    CaseTwice
    /// A posting's id stands twice.
    PostingTwice
    /// A meeting's id stands twice.
    MeetingTwice
    /// An objection's id stands twice.
    ObjectionTwice
    /// There is no such case.
    CaseUnknown
    /// There is no such visit.
    VisitUnknown
    /// There is no such posting.
    PostingUnknown
    /// There is no such objection.
    ObjectionUnknown
    /// There is no such unit.
    UnitUnknown
    /// There is no such command to correct.
    CommandUnknown
    /// Next week is consolidated already.
    NextWeek
    /// A department consolidates a month.
    WholeMonth
    /// The four offices consolidate a half month.
    HalfMonth
    /// A group is taken for a ledger.
    GroupLedger
    /// Somebody of another village puts a case on a card.
    Stranger
    /// A contact card without a telephone.
    CardWithoutPhone
    /// A need of nobody.
    NobodysNeed
}

impl World {
    /// Whether somebody makes this slip now.
    pub(super) fn slip(&mut self, slip: Slip) -> bool {
        // The first of each kind comes in its own week, so that they do not all crowd in January.
        let opens = self.first.add_days((slip as i32).saturating_mul(23) % 130);
        let made = self.slips.get(&slip).copied().unwrap_or(0);
        if self.today() < opens || (made > 0 && !self.rng.chance(3)) {
            return false;
        }
        self.slips.insert(slip, made + 1);
        true
    }

    /// Every blunder happens in one month of the first half year, and now and then later.
    pub(super) fn plan_blunders(&mut self, month: Period) {
        let (_, number, _) = month.first().ymd();
        for (index, blunder) in Blunder::ALL.iter().enumerate() {
            let own = usize::try_from(number).unwrap_or(0) == index % 6 + 1;
            if own || self.rng.chance(180) {
                let day = month.first().add_days(i32::try_from(self.rng.between(5, 26)).unwrap_or(9));
                self.plan_on(day, Task::Blunder(*blunder));
            }
        }
    }

    /// A village where people live, somebody at its desk, and one of its households.
    fn somewhere(&mut self) -> Option<(UnitNo, PersonNo, HomeNo)> {
        let homes = self.county.homes.len();
        let home = HomeNo(self.rng.below(homes));
        let village = self.county.homes.get(home.0)?.village;
        let clerk = self.clerk(village)?;
        let home = { let homes = self[village].homes.clone(); self.rng.pick(&homes)? };
        Some((village, clerk, home))
    }

    fn visit_fields(&self, visit: &str, cadre: &str, target: &str, on: i64) -> Fields {
        Fields::new().text("visit", visit).texts("cadres", [cadre]).text("target", target).text("on", &stamp(on))
    }

    fn need(&self, case: &str, home: HomeNo) -> Fields {
        Fields::new()
            .text("case", case)
            .text("household", &self[home].id)
            .text("channel", "visit")
            .text("category", "livelihood")
            .text("topic", "咨询")
            .text("text", "咨询政策")
    }

    fn has(&self, letter: &'static str) -> Option<String> {
        // The first id of its kind that the book has accepted.
        match letter {
            "s" => self.items.first().map(|item| item.id.to_string()),
            "p" => self.sheets.first().map(|sheet| sheet.id.clone()),
            "m" => self.book.cases().iter().flat_map(|case| &case.trail).find_map(|step| match &step.what {
                wuzhang::case::What::Decided(decided) => Some(decided.meeting.to_string()),
                _ => None,
            }),
            _ => self.book.objections().first().map(|objection| objection.id.to_string()),
        }
    }

    pub(super) fn blunder(&mut self, blunder: Blunder) {
        let Some((village, clerk, home)) = self.somewhere() else { return };
        let (id, target) = (self[clerk].id.clone(), self[home].id.clone());
        let now = self.now;
        match blunder {
            Blunder::VisitAhead => {
                let fields = self.visit_fields("v-ahead", &id, &target, now + DAY);
                self.err(clerk, "record_visit", fields, "command.on_after_at");
            }
            Blunder::HomeUnknown => {
                let fields = self.visit_fields("v-where", &id, &format!("{target}9"), now);
                self.err(clerk, "record_visit", fields, "household.unknown");
            }
            Blunder::ActorUnknown => {
                let fields = self.visit_fields("v-who", &id, &target, now);
                let mut order = self.order(clerk, "record_visit", fields);
                order.actor = id.replace("-k", "-q");
                self.give(&order, Expect::Refused("actor.unknown"));
            }
            Blunder::ColleagueUnknown => {
                let fields = self.visit_fields("v-with", &format!("{id}9"), &target, now);
                self.err(clerk, "record_visit", fields, "cadre.unknown");
            }
            Blunder::IdShared => self.share_id(clerk, home),
            Blunder::ClockBack => {
                let fields = self.visit_fields("v-clock", &id, &target, now - 3 * DAY);
                let order = self.order(clerk, "record_visit", fields);
                self.give_at(&order, &stamp(now - 2 * DAY), Expect::Refused("command.clock_backwards"));
            }
            Blunder::FieldMisspelled => {
                let fields = self.visit_fields("v-field", &id, &target, now).text("dairy", "入户走访");
                self.err(clerk, "record_visit", fields, "command.invalid");
            }
            Blunder::NoSuchDeed => self.err(clerk, "check_in", Fields::new().text("target", &target), "command.invalid"),
            Blunder::VisitTwice => {
                if let Some((visit, person)) = self.last_visit.clone().filter(|(_, person)| !self[*person].gone) {
                    let fields = self.visit_fields(&visit, &self[person].id, &target, now);
                    self.err(person, "record_visit", fields, "visit.id_reused");
                }
            }
            Blunder::CaseTwice => {
                if let Some(case) = self.has("s") {
                    let fields = self.need(&case, home);
                    self.err(clerk, "note_need", fields, "case.id_reused");
                }
            }
            Blunder::PostingTwice => {
                if let Some(posting) = self.has("p") {
                    let fields = self.empty_digest(&posting, village);
                    self.err(clerk, "publish", fields, "posting.id_reused");
                }
            }
            Blunder::MeetingTwice => {
                if let Some(meeting) = self.has("m") {
                    let today = self.today().to_string();
                    let fields = Fields::new().text("meeting", &meeting).text("unit", &self[village].id).text("held_on", &today);
                    self.err(clerk, "hold_meeting", fields.objects("decisions", &[]), "meeting.id_reused");
                }
            }
            Blunder::ObjectionTwice => {
                if let (Some(objection), Some(posting), Some(case)) = (self.has("o"), self.has("p"), self.has("s")) {
                    let fields = Fields::new().text("objection", &objection).text("posting", &posting).text("case", &case);
                    self.err(clerk, "object", fields.text("text", "有异议").text("by", &target), "objection.id_reused");
                }
            }
            _ => self.blunder_about_what_is_not(blunder, village, clerk, home),
        }
    }

    fn blunder_about_what_is_not(&mut self, blunder: Blunder, village: UnitNo, clerk: PersonNo, home: HomeNo) {
        match blunder {
            Blunder::CaseUnknown => {
                let fields = Fields::new().text("case", "s999999").text("text", "已到现场查看");
                self.err(clerk, "log_progress", fields, "case.unknown");
            }
            Blunder::VisitUnknown => {
                self.err(clerk, "approve_late_visit", Fields::new().text("visit", "v999999"), "visit.unknown");
            }
            Blunder::PostingUnknown => self.err(clerk, "take_down", Fields::new().text("posting", "p999999"), "posting.unknown"),
            Blunder::ObjectionUnknown => {
                let fields = Fields::new().text("objection", "o999999").text("text", "已核实");
                self.err(clerk, "answer_objection", fields, "objection.unknown");
            }
            Blunder::UnitUnknown => {
                let week = Period::containing(PeriodKind::Week, self.today()).to_string();
                let fields = Fields::new().text("unit", "510129999999").text("period", &week);
                self.err(clerk, "consolidate", fields, "unit.unknown");
            }
            Blunder::CommandUnknown => {
                let fields = Fields::new().text("command", "c999999").text("field", "/diary").text("value", "更正").text("reason", "写错");
                self.err(clerk, "correct", fields, "command.unknown");
            }
            Blunder::NextWeek => {
                let week = Period::containing(PeriodKind::Week, self.today()).next().to_string();
                let fields = Fields::new().text("unit", &self[village].id).text("period", &week);
                self.err(clerk, "consolidate", fields, "consolidate.grassroots");
            }
            Blunder::WholeMonth => {
                let departments = self.county.of_kind(UnitKind::Department);
                if let Some(department) = self.rng.pick(&departments) {
                    self.consolidate_wrongly(department, PeriodKind::Month, "consolidate.department");
                }
            }
            Blunder::HalfMonth => self.consolidate_wrongly(UnitNo(0), PeriodKind::HalfMonth, "consolidate.county_leader"),
            Blunder::GroupLedger => {
                let week = Period::containing(PeriodKind::Week, self.today()).to_string();
                let fields = Fields::new().text("unit", &self[self[home].group].id).text("period", &week);
                self.err(clerk, "consolidate", fields, "ledger.tier");
            }
            Blunder::Stranger => self.strange_card(),
            Blunder::CardWithoutPhone => {
                let fields = Fields::new().text("household", &self[home].id).text("cadre", &self[clerk].id).text("phone", " ");
                self.err(clerk, "give_contact_card", fields, "contact_card");
            }
            _ => {
                let fields = Fields::new().text("case", "s-nobody").text("channel", "visit").text("category", "livelihood");
                self.err(clerk, "note_need", fields.text("topic", "路灯").text("text", "路灯不亮"), "command.invalid");
            }
        }
    }

    fn empty_digest(&self, posting: &str, unit: UnitNo) -> Fields {
        let month = Period::containing(PeriodKind::Month, self.first).to_string();
        Fields::new()
            .text("posting", posting)
            .text("stage", "digest")
            .text("unit", &self[unit].id)
            .text("place", "公开栏")
            .text("from", &self.today().to_string())
            .text("period", &month)
    }

    fn consolidate_wrongly(&mut self, unit: UnitNo, kind: PeriodKind, code: &'static str) {
        let period = Period::containing(kind, self.today()).to_string();
        if let Some(clerk) = self.clerk(unit) {
            let fields = Fields::new().text("unit", &self[unit].id).text("period", &period);
            self.err(clerk, "consolidate", fields, code);
        }
    }

    /// Two devices gave out one id: the first sender is heard, the second is told.
    fn share_id(&mut self, clerk: PersonNo, home: HomeNo) {
        let first = self.visit_fields("v-shared", &self[clerk].id, &self[home].id, self.now);
        let visit = self.new_id("v");
        let first = Order {
            fields: self.visit_fields(&visit, &self[clerk].id, &self[home].id, self.now),
            ..self.order(clerk, "record_visit", first)
        };
        if self.give(&first, Expect::Fine) {
            let village = self[home].village;
            let others: Vec<PersonNo> = self.desk(village).into_iter().filter(|other| *other != clerk).collect();
            if let Some(other) = self.rng.pick(&others) {
                let fields = self.visit_fields("v-other", &self[other].id, &self[home].id, self.now);
                let order = Order { id: first.id, actor: self[other].id.clone(), todo: "record_visit", fields };
                self.give(&order, Expect::Refused("command.id_reused"));
            }
        }
    }

    /// A clerk takes a neighbouring village's case for his own.
    fn strange_card(&mut self) {
        let noted = (0..self.items.len()).rev().take(300).map(ItemNo).find(|item| {
            self.is(*item, wuzhang::case::StateWord::Noted) && self.holder(*item) == self[*item].place
        });
        let Some(item) = noted else { return };
        let own = self[item].place;
        let others: Vec<UnitNo> = self.county.of_kind(UnitKind::Village).into_iter().filter(|village| *village != own).collect();
        let Some(stranger) = self.rng.pick(&others).and_then(|village| self.clerk(village)) else { return };
        let card = Fields::new().text("address", "不详").text("appeal", "修路").text("cause", "不详");
        let fields = Fields::new().text("case", self[item].id.as_str()).object("card", &card);
        self.err(stranger, "register_card", fields, "authority");
    }
}
