//! 动态建账 — opening ledgers, kept current (二(一)): visits, contact cards, needs, registration
//! cards, and their consolidation into the three ledgers.

use crate::authority::Actor;
use crate::calendar::{Date, Period};
use crate::case::{
    Bare, Case, Closed, ClosedAs, Facts, Ledgered, LedgeredBy, Noted, Registered, Said, State, StateWord, WasLedgered,
    WasNoted, What,
};
use crate::codes::Code;
use crate::command::{ApproveLateVisit, Consolidate, GiveContactCard, NoteNeed, RecordVisit, RegisterCard, SolveOnTheSpot};
use crate::event::Fixed;
use crate::judge::{Judge, Visited};
use crate::policy::{CardField, Consolidation, Policy, Rule, RuleId, Rules};
use crate::roster::{HouseholdIx, PersonIx, Roster, TargetIx, UnitIx};
use crate::steps::Stamp;
use crate::vocab::{Category, Level, Post, UnitKind};

/// Judges `record_visit`.
pub(crate) fn record_visit(j: &mut Judge<'_>, c: &RecordVisit) -> Fixed {
    let mut fixed = Fixed::none();
    if j.book.is_some_and(|book| book.visit(&c.visit).is_some()) {
        j.unknown(Code::VisitIdReused, "/visit", c.visit.as_str());
    }
    let on = j.policy.local_day(c.on);
    let people = visitors(j, c);
    let target = target(j, c, on);
    if on > j.today {
        not_after(j, "/on", on);
    }
    fixed.late = judge_entry(j, on);
    let own = people.iter().any(|person| Some(*person) == j.actor.person);
    let roles = j.roles();
    let for_all = !own
        && !people.is_empty()
        && people.iter().all(|person| {
            Actor::at(j.roster, *person, on).unit.is_some_and(|unit| roles.in_office(&j.actor, unit))
        });
    if !own && !for_all {
        j.deny("visitor_or_office");
    }
    j.visited = target.map(|target| Visited { day: on, target, cadres: people });
    fixed
}

/// How a visit of one day stands that is entered on another (`visit.late_entry`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entered {
    /// Counts as it is.
    InTime,
    /// Counts when somebody above has approved it.
    Late,
    /// Is not taken any more.
    Refused,
}

/// The one definition of a late entry.
pub(crate) fn entry(policy: &Policy, on: Date, today: Date) -> Entered {
    let Some(rule) = policy.rules.visit_late_entry.as_ref() else { return Entered::InTime };
    // Nearly every visit is entered on its own day, and no limit ends before that.
    if today <= on {
        Entered::InTime
    } else if today > policy.due_from_day(on, rule.params.refuse_after).date {
        Entered::Refused
    } else if today > policy.due_from_day(on, rule.params.limit).date {
        Entered::Late
    } else {
        Entered::InTime
    }
}

/// Whether a visit of the day `on`, entered today, is late: a warning, or after the last day a
/// refusal.
pub(crate) fn judge_entry(j: &mut Judge<'_>, on: Date) -> Option<bool> {
    let rule = j.rules.visit_late_entry.as_ref()?;
    let (limit, refuse_after) = (rule.params.limit, rule.params.refuse_after);
    match entry(j.policy, on, j.today) {
        Entered::InTime => None,
        Entered::Refused => {
            j.breach(RuleId::VisitLateEntry, Code::VisitLateEntry, "/on", "refused")
                .with("on", on.to_string())
                .with("limit", refuse_after.to_string());
            None
        }
        Entered::Late => {
            j.warn(RuleId::VisitLateEntry, Code::VisitLateEntry, "/on", "late")
                .with("on", on.to_string())
                .with("limit", limit.to_string());
            Some(true)
        }
    }
}

/// Refuses a day that lies after the command's own.
pub(crate) fn not_after(j: &mut Judge<'_>, path: &str, day: Date) {
    let today = j.today.to_string();
    j.refuse(Code::CommandOnAfterAt, path).with("day", day.to_string()).with("today", today);
}

fn visitors(j: &mut Judge<'_>, c: &RecordVisit) -> Vec<PersonIx> {
    if c.cadres.is_empty() {
        j.refuse(Code::CommandInvalid, "/cadres").with("reason", "empty");
    }
    let mut people = Vec::with_capacity(c.cadres.len());
    for (index, id) in c.cadres.iter().enumerate() {
        match j.roster.person(id.as_str()) {
            Some(person) if people.contains(&person) => {
                j.refuse(Code::CommandInvalid, format!("/cadres/{index}")).with("reason", "twice").with("id", id.as_str());
            }
            Some(person) => people.push(person),
            None => j.unknown(Code::CadreUnknown, format!("/cadres/{index}"), id.as_str()),
        }
    }
    people
}

/// What can be visited on a day: a household, a group or a village that stands; otherwise the
/// kind of the unit that it is, if it is one.
pub(crate) fn visitable(
    roster: &Roster,
    household: Option<HouseholdIx>,
    unit: impl FnOnce() -> Option<UnitIx>,
    on: Date,
) -> Result<TargetIx, Option<UnitKind>> {
    if let Some(household) = household.filter(|ix| roster.household_on(*ix, on).is_some()) {
        return Ok(TargetIx::Household(household));
    }
    match unit().and_then(|ix| roster.unit_on(ix, on).map(|row| (ix, row.kind))) {
        Some((unit, UnitKind::Village | UnitKind::Group)) => Ok(TargetIx::Unit(unit)),
        other => Err(other.map(|(_, kind)| kind)),
    }
}

/// The target of a visit.
pub(crate) fn target(j: &mut Judge<'_>, c: &RecordVisit, on: Date) -> Option<TargetIx> {
    let id = c.target.as_str();
    match visitable(j.roster, j.roster.household(id), || j.roster.unit(id), on) {
        Ok(target) => return Some(target),
        Err(Some(kind)) => {
            j.refuse(Code::CommandInvalid, "/target").with("reason", "target_kind").with("kind", kind.word());
        }
        Err(None) => j.unknown(Code::HouseholdUnknown, "/target", id),
    }
    None
}

/// Judges `approve_late_visit`.
pub(crate) fn approve_late_visit(j: &mut Judge<'_>, c: &ApproveLateVisit) {
    let Some(book) = j.book else { return };
    let Some(visit) = book.visit(&c.visit) else {
        return j.unknown(Code::VisitUnknown, "/visit", c.visit.as_str());
    };
    if !visit.late || visit.approved {
        let reason = if visit.late { "visit_approved" } else { "visit_not_late" };
        j.refuse(Code::CaseState, "/visit").with("reason", reason).with("visit", c.visit.as_str());
    }
    if visit.cadres().any(|person| Some(person) == j.actor.person) {
        let actor = j.actor_id.to_string();
        j.breach(RuleId::VisitLateEntry, Code::VisitLateEntry, "/actor", "own").with("actor", actor);
    }
    let roster = j.roster;
    let highest = visit
        .cadres()
        .filter_map(|person| {
            let row = roster.person_on(person, visit.day).or_else(|| roster.person_on(person, j.today))?;
            Some((rank(row.level), row.unit))
        })
        .max();
    let Some((rank_of_highest, unit)) = highest else { return j.deny("tiers_above") };
    if rank_of_highest == rank(Some(Level::CountyLeader)) {
        // County leaders stand above the county's offices; the visits office answers for them.
        if j.actor.unit != Some(unit) || !j.actor.posts.contains(Post::VisitsOffice) {
            j.deny("visits_office");
        }
        return;
    }
    let roles = j.roles();
    // One or two tiers above; above the county stands nobody, so its own office does it.
    let first = roster.tier_above(unit, j.today);
    let second = first.and_then(|unit| roster.tier_above(unit, j.today));
    let above = [first.or(Some(unit)), second];
    if !above.into_iter().flatten().any(|unit| roles.in_office(&j.actor, unit)) {
        j.deny("tiers_above");
    }
}

/// The order of the levels, the highest last.
fn rank(level: Option<Level>) -> u8 {
    match level {
        None => 0,
        Some(Level::Group) => 1,
        Some(Level::Village) => 2,
        Some(Level::Town) => 3,
        Some(Level::Department) => 4,
        Some(Level::County) => 5,
        Some(Level::CountyLeader) => 6,
    }
}

/// Judges `give_contact_card`.
pub(crate) fn give_contact_card(j: &mut Judge<'_>, c: &GiveContactCard) {
    let unit = household_unit(j, c.household.as_str(), "/household");
    j.person(&c.cadre, "/cadre");
    if c.phone.is_blank() {
        j.breach(RuleId::ContactCard, Code::ContactCard, "/phone", "no_phone").with("household", c.household.as_str());
    }
    let office = unit.is_some_and(|unit| j.roles().in_office(&j.actor, unit));
    if *j.actor_id != c.cadre && !office {
        j.deny("helper_or_office");
    }
}

/// The unit of a household that stands today; refused otherwise.
pub(crate) fn household_unit(j: &mut Judge<'_>, id: &str, path: &str) -> Option<UnitIx> {
    let found = j.roster.household(id).and_then(|ix| j.roster.household_on(ix, j.today)).map(|row| row.unit);
    if found.is_none() {
        j.unknown(Code::HouseholdUnknown, path, id);
    }
    found
}

/// Judges `note_need`.
pub(crate) fn note_need(j: &mut Judge<'_>, c: &NoteNeed) -> Fixed {
    let mut fixed = Fixed::none();
    if j.book.is_some_and(|book| book.case(&c.case).is_some()) {
        j.unknown(Code::CaseIdReused, "/case", c.case.as_str());
    }
    let place = match (&c.household, &c.unit) {
        (Some(household), None) => household_unit(j, household.as_str(), "/household"),
        (None, Some(unit)) => j.unit(unit, "/unit"),
        (None, None) => {
            j.refuse(Code::CommandInvalid, "/household").with("reason", "household_or_unit");
            None
        }
        (Some(_), Some(_)) => {
            j.refuse(Code::CommandInvalid, "/unit").with("reason", "household_and_unit");
            None
        }
    };
    if let Some(visit) = &c.visit {
        if j.book.is_some_and(|book| book.visit(visit).is_none()) {
            j.unknown(Code::VisitUnknown, "/visit", visit.as_str());
        }
    }
    let collector_id = c.collector.as_ref().unwrap_or(j.actor_id);
    let collector = match &c.collector {
        Some(id) => j.person(id, "/collector").map(|person| Actor::at(j.roster, person, j.today)),
        None => Some(j.actor),
    };
    let ledger = collector.and_then(|collector| first_ledger(j, &collector, c.channel.is_station()));
    if let Some(ledger) = ledger {
        fixed.unit = Some(j.roster.unit_id(ledger).clone());
        if place.is_some_and(|place| !in_area(j, place, ledger)) {
            let path = if c.household.is_some() { "/household" } else { "/unit" };
            let actor = j.actor_id.to_string();
            j.forbid(RuleId::Authority, Code::Authority, path, "own_area").with("actor", actor);
        }
    } else if collector.is_some() && j.actor.person.is_some() {
        j.forbid(RuleId::LedgerTier, Code::LedgerTier, "/collector", "no_ledger");
        j.deny("no_appointment");
    }
    if c.channel.is_station() {
        station_enters(j, c);
    } else {
        let own = collector_id == j.actor_id;
        let office = ledger.is_some_and(|unit| j.roles().in_office(&j.actor, unit));
        if !own && !office {
            j.deny("collector_or_office");
        }
    }
    if let Some(household) = &c.household {
        if c.category == Category::Hardship {
            warn_of_card(j, household.as_str());
        }
        fixed.repeats = repeats(j, c);
    }
    if fixed.unit.is_none() {
        fixed.unit = c.unit.clone();
    }
    fixed.to = Some(StateWord::Noted);
    fixed
}

/// What comes in by the last seven channels is entered by the station (二(一)2).
fn station_enters(j: &mut Judge<'_>, c: &NoteNeed) {
    let Some(rule) = j.rules.channel.as_ref() else {
        // Without the rule nobody in particular enters it; the office may.
        if !j.actor.unit.is_some_and(|unit| j.roles().in_office(&j.actor, unit)) {
            j.deny("collector_or_office");
        }
        return;
    };
    let listed = rule.params.station.contains(&c.channel);
    if listed && !rule.params.roles.iter().any(|post| j.actor.posts.contains(*post)) {
        j.breach(RuleId::Channel, Code::Channel, "/channel", "station").with("channel", c.channel.word());
        j.deny("station");
    }
}

/// The unit whose ledger comes first: the collector's level decides (`ledger.tier`).
fn first_ledger(j: &Judge<'_>, collector: &Actor, station: bool) -> Option<UnitIx> {
    let first = j.rules.ledger_tier.as_ref().map(|rule| &rule.params.first);
    let (unit, kind) = if station {
        (j.actor.unit?, first.map_or(UnitKind::Village, |first| first.station))
    } else {
        let unit = collector.unit?;
        let kind = match (collector.level, first) {
            (Some(level), Some(first)) => match level {
                Level::CountyLeader => first.county_leader,
                Level::County => first.county,
                Level::Department => first.department,
                Level::Town => first.town,
                Level::Village => first.village,
                Level::Group => first.group,
            },
            _ => {
                let own = j.roster.village_of(unit, j.today).unwrap_or(unit);
                j.roster.unit_on(own, j.today)?.kind
            }
        };
        (unit, kind)
    };
    j.roster.ancestor_of_kind(unit, kind, j.today)
}

/// Whether a place lies in the area of a ledger's unit; a department's is the whole county.
pub(crate) fn in_area(j: &Judge<'_>, place: UnitIx, ledger: UnitIx) -> bool {
    let area = match j.roster.unit_on(ledger, j.today) {
        Some(row) if row.kind == UnitKind::Department => row.parent.unwrap_or(ledger),
        _ => ledger,
    };
    j.roster.is_within(place, area, j.today)
}

/// A household in difficulty holds a card with its helper's telephone (二(一)1).
fn warn_of_card(j: &mut Judge<'_>, household: &str) {
    if j.book.is_some_and(|book| !book.has_contact_card(household)) {
        j.warn(RuleId::ContactCard, Code::ContactCard, "/household", "none").with("household", household);
    }
}

/// The closed case of the same household and topic that this need repeats.
fn repeats(j: &mut Judge<'_>, c: &NoteNeed) -> Option<crate::ids::CaseId> {
    let limit = j.rules.close_repeat.as_ref()?.params.limit;
    let book = j.book?;
    let topic = c.topic.trim();
    let (policy, today) = (j.policy, j.today);
    let earlier = book
        .cases_of_household(c.household.as_ref()?.as_str())
        .filter(|case| case.topic.trim() == topic)
        .filter_map(|case| match &case.state {
            State::Closed(closed) if closed.as_what != ClosedAs::Merged => Some((closed.closed_at, case)),
            _ => None,
        })
        .filter(|(closed_at, _)| today <= policy.due(*closed_at, limit).date)
        .max_by(|(a, left), (b, right)| a.cmp_moment(*b).then_with(|| left.id.cmp(&right.id)))
        .map(|(_, case)| case.id.clone())?;
    j.warn(RuleId::CloseRepeat, Code::CloseRepeat, "/topic", "repeats").with("case", earlier.to_string());
    Some(earlier)
}

/// The case that `need_noted` begins.
pub(crate) fn need_noted(stamp: Stamp<'_>, c: &NoteNeed, fixed: &Fixed) -> Option<Case> {
    let unit = fixed.unit.clone()?;
    let mut case = Case {
        facts: Facts {
            id: c.case.clone(),
            unit: unit.clone(),
            household: c.household.clone(),
            place: c.unit.clone(),
            channel: c.channel,
            category: c.category,
            topic: c.topic.clone(),
            text: c.text.clone(),
            collector: c.collector.clone().unwrap_or_else(|| stamp.actor.clone()),
            entered_by: stamp.actor.clone(),
            visit: c.visit.clone(),
            phone: c.phone.clone(),
            card: None,
            query_code: None,
            handed_up: Vec::new(),
            given_back: Vec::new(),
            dissatisfied: 0,
            must_hear: false,
            redo_by: None,
            rating: None,
            tries: Vec::new(),
            consents: Vec::new(),
            repeats: fixed.repeats.clone(),
            trail: Vec::new(),
        },
        state: State::Noted(Noted {}),
    };
    case.tread(stamp, What::Noted(WasNoted { unit }));
    Some(case)
}

/// Who may write to a noted case, and that it is still noted.
pub(crate) fn may_open(j: &mut Judge<'_>, case: &Case) {
    if !matches!(case.state, State::Noted(_)) {
        j.wrong_state(case, "/case");
    }
    let Some(unit) = j.unit_of(case) else { return };
    if case.collector != *j.actor_id && !j.roles().in_office(&j.actor, unit) {
        j.deny("collector_or_office");
    }
}

pub(crate) fn solve_on_the_spot(j: &mut Judge<'_>, case: &Case, c: &SolveOnTheSpot) -> Fixed {
    may_open(j, case);
    if c.result.is_blank() {
        j.breach(RuleId::SettleEvidence, Code::SettleEvidence, "/result", "result");
    }
    Fixed { unit: Some(case.unit.clone()), to: Some(StateWord::Closed), closed_as: Some(ClosedAs::OnTheSpot), ..Fixed::none() }
}

pub(crate) fn solved_on_the_spot(case: &mut Case, stamp: Stamp<'_>, c: &SolveOnTheSpot) {
    shut(case, stamp, ClosedAs::OnTheSpot);
    case.tread(stamp, What::SolvedOnTheSpot(Said { text: Some(c.result.clone()) }));
}

/// Closes a case, keeping the state it leaves.
pub(crate) fn shut(case: &mut Case, stamp: Stamp<'_>, as_what: ClosedAs) {
    let left = std::mem::replace(&mut case.state, State::Noted(Noted {}));
    case.state = State::Closed(Closed { as_what, closed_at: stamp.at, reopen_from: stamp.at, left: Box::new(left) });
}

pub(crate) fn register_card(j: &mut Judge<'_>, case: &Case, c: &RegisterCard) -> Fixed {
    may_open(j, case);
    if let Some(rule) = j.rules.register_card.as_ref() {
        for field in &rule.params.fields {
            let card = &c.card;
            let (missing, personal) = match field {
                CardField::Name => (!Judge::says(card.name.as_ref()), true),
                CardField::Address => (!Judge::says(card.address.as_ref()), false),
                CardField::HouseholdSize => (card.household_size.is_none_or(|size| size == 0), true),
                CardField::Income => (card.income.is_none(), true),
                CardField::Appeal => (!Judge::says(card.appeal.as_ref()), false),
                CardField::Cause => (!Judge::says(card.cause.as_ref()), false),
            };
            // The card of a public matter leaves out what only a household has (close.public).
            if missing && !(personal && case.is_public()) {
                j.breach(RuleId::RegisterCard, Code::RegisterCard, format!("/card/{}", field.word()), "missing")
                    .with("field", field.word());
            }
        }
    }
    if let (Category::Hardship, Some(household)) = (case.category, &case.household) {
        warn_of_card(j, household.as_str());
    }
    let unit = j.unit_of(case);
    let waits = unit.and_then(|unit| stream(j, unit)).is_some();
    let to = if waits { StateWord::Registered } else { StateWord::Ledgered };
    Fixed { unit: Some(case.unit.clone()), to: Some(to), ..Fixed::none() }
}

pub(crate) fn card_registered(case: &mut Case, stamp: Stamp<'_>, c: &RegisterCard, fixed: &Fixed) {
    case.card = Some(c.card.clone());
    case.state = State::Registered(Registered {});
    if fixed.to == Some(StateWord::Ledgered) {
        case.state = State::Ledgered(Ledgered { since: stamp.at, by: LedgeredBy::Consolidated });
    }
    case.tread(stamp, What::Registered(Bare {}));
}

/// The rule of the stream that a unit consolidates, when it is on.
fn stream<'a>(j: &Judge<'a>, unit: UnitIx) -> Option<(RuleId, Code, &'a Rule<Consolidation>)> {
    let kind = j.roster.unit_on(unit, j.today)?.kind;
    stream_of(j.rules, kind)
}

/// The consolidation rule for units of a kind: county leaders' cases by the county, departments'
/// by themselves, the rest by village and town (二(一)3).
pub(crate) fn stream_of(rules: &Rules, kind: UnitKind) -> Option<(RuleId, Code, &Rule<Consolidation>)> {
    match kind {
        UnitKind::County => rules
            .consolidate_county_leader
            .as_ref()
            .map(|rule| (RuleId::ConsolidateCountyLeader, Code::ConsolidateCountyLeader, rule)),
        UnitKind::Department => rules
            .consolidate_department
            .as_ref()
            .map(|rule| (RuleId::ConsolidateDepartment, Code::ConsolidateDepartment, rule)),
        UnitKind::Town | UnitKind::Village => rules
            .consolidate_grassroots
            .as_ref()
            .map(|rule| (RuleId::ConsolidateGrassroots, Code::ConsolidateGrassroots, rule)),
        UnitKind::Group => None,
    }
}

/// Judges `consolidate`, apart from which cases it touches.
pub(crate) fn consolidate(j: &mut Judge<'_>, c: &Consolidate) -> Fixed {
    let mut fixed = Fixed { unit: Some(c.unit.clone()), ..Fixed::none() };
    let Some(unit) = j.unit(&c.unit, "/unit") else { return fixed };
    let Some(kind) = j.roster.unit_on(unit, j.today).map(|row| row.kind) else { return fixed };
    if kind == UnitKind::Group {
        j.forbid(RuleId::LedgerTier, Code::LedgerTier, "/unit", "no_ledger");
    }
    if c.period.first() > j.today {
        match stream_of(j.rules, kind) {
            Some((rule, code, _)) => {
                j.forbid(rule, code, "/period", "not_begun").with("period", c.period.to_string());
            }
            None => not_after(j, "/period", c.period.first()),
        }
    }
    let Some((id, code, rule)) = stream_of(j.rules, kind) else {
        j.need_office(unit);
        return fixed;
    };
    match &rule.params.by {
        Some(by) if !by.is_empty() => {
            if j.actor.unit != Some(unit) || !by.iter().any(|post| j.actor.posts.contains(*post)) {
                j.deny("four_offices");
            }
        }
        _ => j.need_office(unit),
    }
    if c.period.kind() != rule.params.period {
        j.forbid(id, code, "/period", "wrong_period")
            .with("period", c.period.to_string())
            .with("expected", rule.params.period.name());
    } else if is_early(j, &rule.params, c.period) {
        j.warn(id, code, "/period", "early").with("period", c.period.to_string());
        fixed.early = Some(true);
    }
    fixed
}

/// Whether it is before the window of the period: for a week, its Friday from noon on.
fn is_early(j: &Judge<'_>, rule: &Consolidation, period: Period) -> bool {
    let Some(weekday) = rule.weekday else { return false };
    let Some(day) = j.policy.calendar.weekly_day(period, u32::from(weekday)) else { return false };
    let from = rule.from.map_or(0, |from| from.minute());
    j.today < day || (j.today == day && j.at.local_minute(j.policy.offset) < from)
}

/// A case comes onto its unit's ledger.
pub(crate) fn ledgered(case: &mut Case, stamp: Stamp<'_>) {
    case.state = State::Ledgered(Ledgered { since: stamp.at, by: LedgeredBy::Consolidated });
    let unit = case.unit.clone();
    case.tread(stamp, What::Ledgered(WasLedgered { unit, by: LedgeredBy::Consolidated }));
}
