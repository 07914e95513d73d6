//! The one table of stable codes: what a finding can be called. From it come the enum, the
//! explanations and, in other languages, the numbers and unions. A number is never used twice;
//! that of a retired code stays reserved.

use crate::policy::RuleId;
use crate::shape::choices;

macro_rules! codes {
    ($($Variant:ident = $word:literal, $number:literal;)*) => {
        choices! {
            /// A stable finding code.
            pub enum Code { $(#[doc = concat!("`", $word, "`")] $Variant = $word),* }
        }

        impl Code {
            /// The number that stands for the code in the C header.
            pub const fn number(self) -> u32 {
                match self { $(Code::$Variant => $number),* }
            }
        }
    };
}

codes! {
    // Findings of no rule: the command itself.
    CommandInvalid = "command.invalid", 100;
    CommandIdReused = "command.id_reused", 101;
    CommandClockBackwards = "command.clock_backwards", 102;
    CommandOnAfterAt = "command.on_after_at", 103;
    CommandNeedsBook = "command.needs_book", 104;
    CommandUnknown = "command.unknown", 105;
    CaseState = "case.state", 110;
    ActorUnknown = "actor.unknown", 120;
    UnitUnknown = "unit.unknown", 121;
    CadreUnknown = "cadre.unknown", 122;
    HouseholdUnknown = "household.unknown", 123;
    VisitUnknown = "visit.unknown", 124;
    CaseUnknown = "case.unknown", 125;
    MeetingUnknown = "meeting.unknown", 126;
    PostingUnknown = "posting.unknown", 127;
    ObjectionUnknown = "objection.unknown", 128;
    UnitIdReused = "unit.id_reused", 131;
    CadreIdReused = "cadre.id_reused", 132;
    HouseholdIdReused = "household.id_reused", 133;
    VisitIdReused = "visit.id_reused", 134;
    CaseIdReused = "case.id_reused", 135;
    MeetingIdReused = "meeting.id_reused", 136;
    PostingIdReused = "posting.id_reused", 137;
    ObjectionIdReused = "objection.id_reused", 138;
    // 建账
    LiaisonCountyLeader = "liaison.county_leader", 200;
    LiaisonDepartment = "liaison.department", 201;
    LiaisonTown = "liaison.town", 202;
    LiaisonVillage = "liaison.village", 203;
    LiaisonGroup = "liaison.group", 204;
    VisitLateEntry = "visit.late_entry", 210;
    ContactCard = "contact_card", 211;
    RegisterCard = "register.card", 212;
    Station = "station", 213;
    Channel = "channel", 214;
    ConsolidateCountyLeader = "consolidate.county_leader", 215;
    ConsolidateDepartment = "consolidate.department", 216;
    ConsolidateGrassroots = "consolidate.grassroots", 217;
    LedgerTier = "ledger.tier", 218;
    // 议账
    MeetingChair = "meeting.chair", 300;
    MeetingMembers = "meeting.members", 301;
    MeetingNotify = "meeting.notify", 302;
    MeetingItemByItem = "meeting.item_by_item", 303;
    MeetingLateEntry = "meeting.late_entry", 304;
    PlanComplete = "plan.complete", 305;
    PlanCap = "plan.cap", 306;
    EscalateRoute = "escalate.route", 307;
    EscalateReturn = "escalate.return", 308;
    // 销账
    SettleClock = "settle.clock", 400;
    SettleExtension = "settle.extension", 401;
    SettleSuspend = "settle.suspend", 402;
    SettleEvidence = "settle.evidence", 403;
    SettleReview = "settle.review", 404;
    // 晒账
    PublishStages = "publish.stages", 500;
    PublishDigest = "publish.digest", 501;
    PublishMasked = "publish.masked", 502;
    PublishTwoPerson = "publish.two_person", 503;
    PublishObjection = "publish.objection", 504;
    // 结账
    CloseSatisfied = "close.satisfied", 600;
    CloseAsker = "close.asker", 601;
    CloseQuestions = "close.questions", 602;
    CloseAttempts = "close.attempts", 603;
    CloseRedo = "close.redo", 604;
    CloseRepeat = "close.repeat", 605;
    ClosePublic = "close.public", 606;
    // who may do what
    Authority = "authority", 700;
    // for a call-back sample, never a score
    AdviceDiary = "advice.diary", 800;
    AdvicePace = "advice.pace", 801;
    AdviceLastDay = "advice.last_day", 802;
    AdviceTelephone = "advice.telephone", 803;
    AdviceAllSatisfied = "advice.all_satisfied", 804;
    // documents
    InputInvalid = "input.invalid", 900;
    PolicyInvalid = "policy.invalid", 901;
    PolicyUnknownRule = "policy.unknown_rule", 902;
    PolicyExtends = "policy.extends", 903;
    PolicyStanding = "policy.standing", 904;
    PolicyText = "policy.text", 905;
    PolicyOff = "policy.off", 906;
    PolicyContradiction = "policy.contradiction", 907;
    PolicyStart = "policy.start", 908;
    RosterInvalid = "roster.invalid", 920;
    RosterLoop = "roster.loop", 921;
    RosterOrphan = "roster.orphan", 922;
    RosterParentKind = "roster.parent_kind", 923;
    RosterOverlap = "roster.overlap", 924;
    RosterUnknown = "roster.unknown", 925;
    RosterValidity = "roster.validity", 926;
    RosterRoot = "roster.root", 927;
    RosterPost = "roster.post", 928;
    RosterRole = "roster.role", 929;
    ScenarioInvalid = "scenario.invalid", 935;
    ScenarioFile = "scenario.file", 936;
    ScenarioDiffers = "scenario.differs", 937;
    ScenarioUntested = "scenario.untested", 938;
    ScenarioUnnoticed = "scenario.unnoticed", 939;
    JournalHash = "journal.hash", 940;
    JournalPrev = "journal.prev", 941;
    JournalSeq = "journal.seq", 942;
    JournalLine = "journal.line", 943;
    JournalHead = "journal.head", 944;
    JournalCount = "journal.count", 945;
    JournalDiffers = "journal.differs", 946;
    SnapshotInvalid = "snapshot.invalid", 950;
    RequestInvalid = "request.invalid", 960;
}

impl Code {
    /// The rule a finding of this code rests on, when its code is a rule's id.
    pub fn rule(self) -> Option<RuleId> {
        RuleId::from_word(self.word())
    }
}
