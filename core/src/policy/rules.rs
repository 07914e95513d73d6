//! The one table of rules: id, parameters, and a field for each, so that looking a rule up is reading a field.

use super::params::*;
use super::params_public::*;
use super::rule::{rule_schema, Rule, Source};
use crate::finding::Ground;
use crate::shape::{choices, Node, Reader, Schemas};
use crate::vocab::Modality;

macro_rules! rules {
    ($($(#[doc = $doc:literal])* $Variant:ident = $word:literal, $field:ident: $Params:ty;)*) => {
        choices! {
            /// A rule's stable id, in the order of the method.
            pub enum RuleId { $($(#[doc = $doc])* $Variant = $word),* }
        }

        /// The rules of a policy; `None` is a rule that is switched off or was never written.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Rules { $($(#[doc = $doc])* pub $field: Option<Rule<$Params>>),* }

        impl Rules {
            /// How strongly a rule binds and what it rests on; `None` when it is off.
            pub fn header(&self, id: RuleId) -> Option<(Modality, &Source)> {
                match id { $(RuleId::$Variant => self.$field.as_ref().map(|rule| (rule.modality, &rule.source))),* }
            }

            /// Reads the rule and puts it in place; otherwise switches it off and returns `false`.
            pub(super) fn read(&mut self, id: RuleId, node: &Node<'_>, cx: &mut Reader) -> bool {
                match id {
                    $(RuleId::$Variant => {
                        self.$field = Rule::read(node, <$Params>::NAMES, <$Params>::read_entries, cx);
                        self.$field.is_some()
                    })*
                }
            }

            /// Switches a rule off.
            pub(super) fn switch_off(&mut self, id: RuleId) {
                match id { $(RuleId::$Variant => self.$field = None),* }
            }

            /// Writes a rule in canonical JSON, `null` when it is off.
            pub(super) fn write(&self, id: RuleId, out: &mut String) {
                match id {
                    $(RuleId::$Variant => match &self.$field {
                        Some(rule) => rule.write(out),
                        None => out.push_str("null"),
                    }),*
                }
            }
        }

        /// The JSON Schema of a rule.
        pub(super) fn schema_of(id: RuleId, schemas: &mut Schemas) -> String {
            match id {
                $(RuleId::$Variant => {
                    let params = schemas.fields(<$Params>::SCHEMA);
                    rule_schema(concat!("" $(, $doc)*), params, schemas)
                })*
            }
        }
    };
}

rules! {
    /// One village each, designated poor (二(一)1).
    LiaisonCountyLeader = "liaison.county_leader", liaison_county_leader: Liaison;
    /// One to three villages each (二(一)1).
    LiaisonDepartment = "liaison.department", liaison_department: Liaison;
    /// At least 30 households each (二(一)1).
    LiaisonTown = "liaison.town", liaison_town: Liaison;
    /// At least 50 households each (二(一)1).
    LiaisonVillage = "liaison.village", liaison_village: Liaison;
    /// Every household of the own group (二(一)1).
    LiaisonGroup = "liaison.group", liaison_group: Liaison;
    /// At least one visit a month (二(一)1).
    VisitCountyLeader = "visit.county_leader", visit_county_leader: Quota;
    /// At least two organised visits a month (二(一)1).
    VisitDepartment = "visit.department", visit_department: Quota;
    /// Each person, each week, at least one (二(一)1).
    VisitTown = "visit.town", visit_town: Quota;
    /// Each person, each week, at least one (二(一)1).
    VisitVillage = "visit.village", visit_village: Quota;
    /// Each person, each week, at least one (二(一)1).
    VisitGroup = "visit.group", visit_group: Quota;
    /// A call or a message is contact, not a visit (二(一)1 with 一).
    VisitInPerson = "visit.in_person", visit_in_person: Plain;
    /// Until when a visit may be entered (assumed).
    VisitLateEntry = "visit.late_entry", visit_late_entry: LateEntry;
    /// Only visits to one's own liaisons count (二(一)1).
    VisitLiaised = "visit.liaised", visit_liaised: Plain;
    /// A household in difficulty holds its helper's card (二(一)1).
    ContactCard = "contact_card", contact_card: Plain;
    /// The card's fields are filled (二(一)1).
    RegisterCard = "register.card", register_card: RequiredFields;
    /// Noted, then solved or registered in time (assumed).
    RegisterWithin = "register.within", register_within: Within;
    /// The collection station's telephone and duty roster (二(一)2).
    Station = "station", station: Station;
    /// Who enters what comes in by which way (二(一)1–2).
    Channel = "channel", channel: Channels;
    /// County leaders' stream, monthly (二(一)3).
    ConsolidateCountyLeader = "consolidate.county_leader", consolidate_county_leader: Consolidation;
    /// Departments' stream, each half month (二(一)3).
    ConsolidateDepartment = "consolidate.department", consolidate_department: Consolidation;
    /// Town, village and group cadres' stream, Friday afternoons (二(一)3).
    ConsolidateGrassroots = "consolidate.grassroots", consolidate_grassroots: Consolidation;
    /// Who keeps which ledger (二(一)3).
    LedgerTier = "ledger.tier", ledger_tier: LedgerTier;
    /// In principle monthly (二(二)1).
    MeetingVillage = "meeting.village", meeting_village: Cadence;
    /// In principle monthly (二(二)2).
    MeetingTown = "meeting.town", meeting_town: Cadence;
    /// In principle quarterly (二(二)3).
    MeetingDepartment = "meeting.department", meeting_department: Cadence;
    /// In principle quarterly (二(二)4).
    MeetingCounty = "meeting.county", meeting_county: Cadence;
    /// Who chairs (二(二)1–4).
    MeetingChair = "meeting.chair", meeting_chair: PostByKind;
    /// Who takes part (二(二)1–4).
    MeetingMembers = "meeting.members", meeting_members: PostsByKind;
    /// Who must be notified as well (二(二)1).
    MeetingNotify = "meeting.notify", meeting_notify: PostsByKind;
    /// Every waiting case gets a decision (二(二)1).
    MeetingItemByItem = "meeting.item_by_item", meeting_item_by_item: ItemByItem;
    /// Until when a meeting may be entered without being late (assumed).
    MeetingLateEntry = "meeting.late_entry", meeting_late_entry: Within;
    /// Measures, target, responsible person, deadline (二(二)1).
    PlanComplete = "plan.complete", plan_complete: CompletePlan;
    /// The longest deadline without a reason (assumed).
    PlanCap = "plan.cap", plan_cap: Caps;
    /// Village, town, county; nothing skips a tier (二(二)1–3).
    EscalateRoute = "escalate.route", escalate_route: Route;
    /// Reported up promptly (assumed).
    EscalateWithin = "escalate.within", escalate_within: Within;
    /// Handed back once, with a reason (assumed).
    EscalateReturn = "escalate.return", escalate_return: Return;
    /// The clock starts with the plan (assumed).
    SettleClock = "settle.clock", settle_clock: Plain;
    /// Once, asked before expiry, approved a tier up (assumed).
    SettleExtension = "settle.extension", settle_extension: Extension;
    /// Long-term matters come back (assumed).
    SettleSuspend = "settle.suspend", settle_suspend: Suspend;
    /// What a settlement must show (assumed).
    SettleEvidence = "settle.evidence", settle_evidence: Evidence;
    /// Somebody else accepts the settlement (assumed).
    SettleReview = "settle.review", settle_review: Within;
    /// Reminder, overdue, unexplained (assumed).
    SettleOverdue = "settle.overdue", settle_overdue: Overdue;
    /// Blue, yellow, red (assumed).
    FlagColour = "flag.colour", flag_colour: Flags;
    /// The plan and the result (assumed).
    PublishStages = "publish.stages", publish_stages: Stages;
    /// How soon they are posted (assumed).
    PublishWithin = "publish.within", publish_within: Within;
    /// How long they stay (assumed).
    PublishKeep = "publish.keep", publish_keep: Within;
    /// The monthly digest (assumed).
    PublishDigest = "publish.digest", publish_digest: Digest;
    /// The allow-list (law).
    PublishMasked = "publish.masked", publish_masked: Masked;
    /// A second person checks the summary (assumed).
    PublishTwoPerson = "publish.two_person", publish_two_person: Plain;
    /// Anyone may object (assumed).
    PublishObjection = "publish.objection", publish_objection: Objection;
    /// Only the household's word closes as satisfied (the step's name).
    CloseSatisfied = "close.satisfied", close_satisfied: Accepts;
    /// Asked by somebody else than the handler (assumed).
    CloseAsker = "close.asker", close_asker: Plain;
    /// Solved and satisfied are asked apart (assumed).
    CloseQuestions = "close.questions", close_questions: Plain;
    /// Three tries (assumed).
    CloseAttempts = "close.attempts", close_attempts: Attempts;
    /// The rungs of dissatisfaction (assumed).
    CloseRedo = "close.redo", close_redo: Redo;
    /// The same matter again (assumed).
    CloseRepeat = "close.repeat", close_repeat: Within;
    /// Public matters are rated by vote (assumed).
    ClosePublic = "close.public", close_public: Public;
    /// Registered or solved in time, of those noted (assumed).
    RateResponse = "rate.response", rate_response: Rate;
    /// Solved, of those answered (assumed).
    RateSolving = "rate.solving", rate_solving: Rate;
    /// Satisfied or basically, of those answered (assumed).
    RateSatisfaction = "rate.satisfaction", rate_satisfaction: Rate;
    /// Answered, of those due (assumed).
    RateCoverage = "rate.coverage", rate_coverage: Rate;
    /// Closed cases called back by the tier above (assumed).
    SampleRecheck = "sample.recheck", sample_recheck: Sample;
    /// Diary texts too much alike (assumed).
    AdviceDiary = "advice.diary", advice_diary: Alike;
    /// More visits than can be walked (assumed).
    AdvicePace = "advice.pace", advice_pace: Pace;
    /// A month's visits all entered on its last day (assumed).
    AdviceLastDay = "advice.last_day", advice_last_day: Several;
    /// Ratings from one telephone (assumed).
    AdviceTelephone = "advice.telephone", advice_telephone: Several;
    /// All satisfied, few asked (assumed).
    AdviceAllSatisfied = "advice.all_satisfied", advice_all_satisfied: AllSatisfied;
    /// Who may do what (assumed).
    Authority = "authority", authority: Authority;
}

impl RuleId {
    /// The rules that stand in every policy: none may be switched off or weakened.
    pub const STANDING: &'static [RuleId] = &[RuleId::PublishMasked, RuleId::CloseSatisfied, RuleId::Authority];
}

impl Rules {
    /// Whether a rule is in force.
    pub fn is_on(&self, id: RuleId) -> bool {
        self.header(id).is_some()
    }

    /// A rule in canonical JSON; `None` when it is off.
    pub(super) fn json(&self, id: RuleId) -> Option<String> {
        let mut out = String::new();
        self.write(id, &mut out);
        self.is_on(id).then_some(out)
    }

    /// The rule as findings cite it; `None` when it is off.
    pub fn ground(&self, id: RuleId) -> Option<Ground> {
        self.header(id).map(|(modality, source)| Ground { rule: id, modality, source: source.clone() })
    }
}
