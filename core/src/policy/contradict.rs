//! Rules that cannot hold together, or cannot be kept at all.

use super::params::{LiaisonSubject, LiaisonTarget, Quota, Reading};
use super::params_public::{Fraction, Redo, RungKind};
use super::rule::Rule;
use super::rules::{RuleId, Rules};
use super::{Consolidation, Liaison};
use crate::calendar::{Limit, PeriodKind};
use crate::codes::Code;
use crate::finding::Finding;
use crate::shape::{parse, Node};
use crate::vocab::{DecisionKind, Stage, UnitKind};

/// Notes every contradiction in the rules, in the method's order of steps.
pub(super) fn contradictions(rules: &Rules, findings: &mut Vec<Finding>) {
    let mut notes = Notes { findings };
    notes.opening(rules);
    notes.deliberating(rules);
    notes.settling(rules);
    notes.publishing(rules);
    notes.closing(rules);
    notes.advice(rules);
    notes.repeated_words(rules);
    super::across::across(rules, findings);
}

struct Notes<'f> {
    findings: &'f mut Vec<Finding>,
}

/// A limit in hours, for comparing limits of different units; five working days are a week.
pub(super) fn hours(limit: Limit) -> u64 {
    match limit {
        Limit::Days(n) => u64::from(n).saturating_mul(24),
        Limit::WorkingDays(n) => u64::from(n).saturating_mul(24 * 7) / 5,
        Limit::Hours(n) => u64::from(n),
    }
}

pub(super) fn contradiction(id: RuleId, field: &str, reason: &'static str) -> Finding {
    let path = format!("/rules/{id}/{field}");
    Finding::plain(Code::PolicyContradiction, path).with("reason", reason).with("rule", id.word())
}

impl Notes<'_> {
    fn at(&mut self, id: RuleId, field: &str, reason: &'static str) {
        self.findings.push(contradiction(id, field, reason));
    }

    /// As [`Notes::at`] for what is odd and yet can be kept.
    fn odd(&mut self, id: RuleId, field: &str, reason: &'static str) {
        self.findings.push(contradiction(id, field, reason).warning());
    }

    fn zero(&mut self, id: RuleId, field: &str, number: u32) {
        if number == 0 {
            self.at(id, field, "zero");
        }
    }

    fn zero_limit(&mut self, id: RuleId, field: &str, limit: Limit) {
        if hours(limit) == 0 {
            self.at(id, field, "zero");
        }
    }

    fn empty<T>(&mut self, id: RuleId, field: &str, list: &[T]) {
        if list.is_empty() {
            self.at(id, field, "empty_list");
        }
    }

    fn over_hundred(&mut self, id: RuleId, field: &str, percent: u32) {
        if percent > 100 {
            self.at(id, field, "over_hundred_percent");
        }
    }

    fn opening(&mut self, rules: &Rules) {
        use LiaisonSubject as Who;
        for (id, rule, who) in [
            (RuleId::LiaisonCountyLeader, &rules.liaison_county_leader, Who::CountyLeader),
            (RuleId::LiaisonDepartment, &rules.liaison_department, Who::Department),
            (RuleId::LiaisonTown, &rules.liaison_town, Who::Town),
            (RuleId::LiaisonVillage, &rules.liaison_village, Who::Village),
            (RuleId::LiaisonGroup, &rules.liaison_group, Who::Group),
        ] {
            if let Some(rule) = rule {
                self.liaison(id, rule, who);
            }
        }
        for (id, rule, who) in [
            (RuleId::VisitCountyLeader, &rules.visit_county_leader, Who::CountyLeader),
            (RuleId::VisitDepartment, &rules.visit_department, Who::Department),
            (RuleId::VisitTown, &rules.visit_town, Who::Town),
            (RuleId::VisitVillage, &rules.visit_village, Who::Village),
            (RuleId::VisitGroup, &rules.visit_group, Who::Group),
        ] {
            if let Some(rule) = rule {
                self.quota(id, rule, who);
            }
        }
        if let Some(rule) = &rules.visit_late_entry {
            if hours(rule.limit) >= hours(rule.refuse_after) {
                self.at(RuleId::VisitLateEntry, "refuse_after", "late_not_before_refused");
            }
        }
        if let Some(rule) = &rules.register_card {
            self.empty(RuleId::RegisterCard, "fields", &rule.fields);
        }
        if let Some(rule) = &rules.channel {
            self.empty(RuleId::Channel, "station", &rule.station);
            self.empty(RuleId::Channel, "roles", &rule.roles);
        }
        for (id, rule) in [
            (RuleId::ConsolidateCountyLeader, &rules.consolidate_county_leader),
            (RuleId::ConsolidateDepartment, &rules.consolidate_department),
            (RuleId::ConsolidateGrassroots, &rules.consolidate_grassroots),
        ] {
            if let Some(rule) = rule {
                self.consolidation(id, rule);
            }
        }
        if let Some(rule) = &rules.ledger_tier {
            let first = &rule.first;
            for (kind, field) in [
                (first.county_leader, "county_leader"),
                (first.county, "county"),
                (first.department, "department"),
                (first.town, "town"),
                (first.village, "village"),
                (first.group, "group"),
                (first.station, "station"),
            ] {
                if kind == UnitKind::Group {
                    self.at(RuleId::LedgerTier, &format!("first/{field}"), "group_keeps_no_ledger");
                }
            }
        }
    }

    fn target(&mut self, id: RuleId, own: (LiaisonSubject, LiaisonTarget), who: LiaisonSubject) {
        let target = match who {
            LiaisonSubject::CountyLeader | LiaisonSubject::Department => LiaisonTarget::Village,
            LiaisonSubject::Town | LiaisonSubject::Village | LiaisonSubject::Group => LiaisonTarget::Household,
        };
        if own.0 != who {
            self.at(id, "subject", "other_subject");
        }
        if own.1 != target {
            self.at(id, "target", "other_target");
        }
    }

    fn liaison(&mut self, id: RuleId, rule: &Rule<Liaison>, who: LiaisonSubject) {
        self.target(id, (rule.subject, rule.target), who);
        let every = rule.every == Some(true);
        match (rule.at_least, rule.at_most) {
            (Some(least), Some(most)) if least > most => self.at(id, "at_least", "least_over_most"),
            (None, None) if !every => self.at(id, "at_least", "asks_nothing"),
            _ => {}
        }
        self.zero(id, "at_least", rule.at_least.unwrap_or(1));
        self.zero(id, "at_most", rule.at_most.unwrap_or(1));
        if every && who != LiaisonSubject::Group {
            self.at(id, "every", "every_without_group");
        }
        if let Some(poverty) = &rule.poverty {
            self.empty(id, "poverty", poverty);
            if rule.target != LiaisonTarget::Village {
                self.at(id, "poverty", "poverty_without_village");
            }
        }
    }

    fn quota(&mut self, id: RuleId, rule: &Rule<Quota>, who: LiaisonSubject) {
        self.target(id, (rule.subject, rule.target), who);
        let fits = match who {
            LiaisonSubject::CountyLeader => rule.reading == Reading::AnyLinked,
            LiaisonSubject::Department => matches!(rule.reading, Reading::PerDepartment | Reading::PerVillage),
            LiaisonSubject::Town | LiaisonSubject::Village | LiaisonSubject::Group => {
                matches!(rule.reading, Reading::AnyLinked | Reading::EveryLinked)
            }
        };
        if !fits {
            self.at(id, "reading", "reading_of_another");
        }
        self.zero(id, "at_least", rule.at_least);
    }

    fn consolidation(&mut self, id: RuleId, rule: &Rule<Consolidation>) {
        match rule.weekday {
            Some(day) if !(1..=7).contains(&day) => self.at(id, "weekday", "no_weekday"),
            Some(_) if rule.period != PeriodKind::Week => self.at(id, "weekday", "weekday_without_week"),
            None if rule.from.is_some() => self.at(id, "from", "hour_without_weekday"),
            _ => {}
        }
        if let Some(by) = &rule.by {
            self.empty(id, "by", by);
        }
    }

    fn deliberating(&mut self, rules: &Rules) {
        if let Some(rule) = &rules.meeting_item_by_item {
            let id = RuleId::MeetingItemByItem;
            if !rule.decisions.contains(&DecisionKind::Plan) {
                self.at(id, "decisions", "never_plans");
            }
            if rules.escalate_route.is_some() && !rule.decisions.contains(&DecisionKind::ReportUp) {
                self.odd(id, "decisions", "route_never_taken");
            }
        }
        if let Some(rule) = &rules.plan_complete {
            self.empty(RuleId::PlanComplete, "fields", &rule.fields);
        }
        if let Some(rule) = &rules.plan_cap {
            let id = RuleId::PlanCap;
            for (limit, field) in [
                (rule.village, "village"),
                (rule.town, "town"),
                (rule.department, "department"),
                (rule.county, "county"),
            ] {
                self.zero_limit(id, field, limit);
            }
            for (lower, upper, field) in [
                (rule.village, rule.town, "town"),
                (rule.town, rule.county, "county"),
                (rule.department, rule.county, "county"),
            ] {
                if hours(lower) > hours(upper) {
                    self.odd(id, field, "cap_shrinks");
                }
            }
        }
        if let Some(rule) = &rules.escalate_route {
            self.route(UnitKind::Village, rule.village);
            self.route(UnitKind::Town, rule.town);
            self.route(UnitKind::Department, rule.department);
        }
        if let Some(rule) = &rules.escalate_return {
            self.zero(RuleId::EscalateReturn, "times", rule.times);
        }
    }

    /// Each leg of the route leads to the tier directly above: the units form one tree.
    fn route(&mut self, from: UnitKind, to: UnitKind) {
        let above = if from == UnitKind::Village { UnitKind::Town } else { UnitKind::County };
        let reason = if to == above {
            return;
        } else if to == from {
            "route_circles"
        } else if to == UnitKind::County {
            "route_skips"
        } else if to == UnitKind::Group || (from, to) == (UnitKind::Town, UnitKind::Village) {
            "route_goes_down"
        } else {
            "route_ends_nowhere"
        };
        self.at(RuleId::EscalateRoute, from.word(), reason);
    }

    fn settling(&mut self, rules: &Rules) {
        if let Some(rule) = &rules.settle_extension {
            self.zero(RuleId::SettleExtension, "times", rule.times);
            self.zero_limit(RuleId::SettleExtension, "limit", rule.limit);
        }
        if let Some(rule) = &rules.settle_overdue {
            self.zero_limit(RuleId::SettleOverdue, "remind", rule.remind);
            self.zero_limit(RuleId::SettleOverdue, "unexplained", rule.unexplained);
        }
        if let Some(rule) = &rules.flag_colour {
            self.zero_limit(RuleId::FlagColour, "blue", rule.blue);
            self.zero_limit(RuleId::FlagColour, "yellow_left", rule.yellow_left);
            self.zero_limit(RuleId::FlagColour, "yellow_idle", rule.yellow_idle);
        }
    }

    fn publishing(&mut self, rules: &Rules) {
        if let Some(rule) = &rules.publish_stages {
            let id = RuleId::PublishStages;
            if rule.stages.contains(&Stage::Digest) {
                self.at(id, "stages", "digest_is_no_stage");
            }
            if !rule.stages.contains(&Stage::Result) {
                self.at(id, "stages", "no_result");
            }
        }
        if let Some(rule) = &rules.publish_keep {
            self.zero_limit(RuleId::PublishKeep, "limit", rule.limit);
        }
        if let Some(rule) = &rules.publish_digest {
            let id = RuleId::PublishDigest;
            if !(1..=28).contains(&rule.day) {
                self.at(id, "day", "no_day_of_every_month");
            }
            if matches!(rule.period, PeriodKind::HalfMonth | PeriodKind::Week) {
                self.at(id, "period", "digest_under_a_month");
            }
        }
        if let Some(rule) = &rules.publish_masked {
            let id = RuleId::PublishMasked;
            self.empty(id, "shown", &rule.shown);
            if rule.consent.iter().any(|category| rule.counts_only.contains(category)) {
                self.at(id, "consent", "consent_to_what_is_never_shown");
            }
        }
        if let Some(rule) = &rules.publish_objection {
            self.zero_limit(RuleId::PublishObjection, "window", rule.window);
        }
    }

    fn closing(&mut self, rules: &Rules) {
        if let Some(rule) = &rules.close_satisfied {
            self.empty(RuleId::CloseSatisfied, "accepts", &rule.accepts);
        }
        if let Some(rule) = &rules.close_attempts {
            let id = RuleId::CloseAttempts;
            self.zero(id, "tries", rule.tries);
            self.zero_limit(id, "limit", rule.limit);
            if rule.outside_hours > rule.tries {
                self.at(id, "outside_hours", "more_outside_than_tries");
            }
            if rule.office_from >= rule.office_to {
                self.at(id, "office_to", "office_closes_before_it_opens");
            }
        }
        if let Some(rule) = &rules.close_redo {
            self.redo(rule);
        }
        if let Some(rule) = &rules.close_public {
            let id = RuleId::ClosePublic;
            let Fraction { part, of } = rule.present;
            if of == 0 || part > of {
                self.at(id, "present", "no_share");
            }
            let Fraction { part, of } = rule.favour;
            // "More than" is asked, and nothing is more than the whole.
            if of == 0 || part >= of {
                self.at(id, "favour", "no_share");
            }
        }
        for (id, rule) in [
            (RuleId::RateResponse, &rules.rate_response),
            (RuleId::RateSolving, &rules.rate_solving),
            (RuleId::RateSatisfaction, &rules.rate_satisfaction),
            (RuleId::RateCoverage, &rules.rate_coverage),
        ] {
            if let Some(rule) = rule {
                self.zero(id, "at_least", rule.at_least);
            }
        }
        if let Some(rule) = &rules.sample_recheck {
            self.over_hundred(RuleId::SampleRecheck, "percent", rule.percent);
            if rule.percent == 0 {
                self.zero(RuleId::SampleRecheck, "at_least", rule.at_least);
            }
        }
    }

    fn redo(&mut self, rule: &Rule<Redo>) {
        let id = RuleId::CloseRedo;
        self.empty(id, "rungs", &rule.rungs);
        let last = rule.rungs.len().saturating_sub(1);
        for (index, rung) in rule.rungs.iter().enumerate() {
            let place = |field: &str| format!("rungs/{index}/{field}");
            match rung.then {
                RungKind::Final if index != last => self.at(id, &place("then"), "final_before_the_end"),
                RungKind::Reopen | RungKind::TierUp if index == last => self.at(id, &place("then"), "no_final"),
                _ => {}
            }
            if rung.plan_within.is_some() && rung.then != RungKind::Reopen {
                self.at(id, &place("plan_within"), "not_on_this_rung");
            }
            if rung.redo_within.is_some() && rung.then == RungKind::Final {
                self.at(id, &place("redo_within"), "not_on_this_rung");
            }
            if rung.household_heard.is_some() && rung.then != RungKind::TierUp {
                self.at(id, &place("household_heard"), "not_on_this_rung");
            }
            if let (Some(plan), Some(redo)) = (rung.plan_within, rung.redo_within) {
                if hours(plan) > hours(redo) {
                    self.at(id, &place("plan_within"), "planned_after_redone");
                }
            }
        }
    }

    fn advice(&mut self, rules: &Rules) {
        if let Some(rule) = &rules.advice_diary {
            self.zero(RuleId::AdviceDiary, "similar_percent", rule.similar_percent);
            self.over_hundred(RuleId::AdviceDiary, "similar_percent", rule.similar_percent);
        }
        if let Some(rule) = &rules.advice_pace {
            self.zero(RuleId::AdvicePace, "visits", rule.visits);
            self.zero(RuleId::AdvicePace, "minutes", rule.minutes);
        }
        if let Some(rule) = &rules.advice_last_day {
            self.zero(RuleId::AdviceLastDay, "at_least", rule.at_least);
        }
        if let Some(rule) = &rules.advice_telephone {
            self.zero(RuleId::AdviceTelephone, "at_least", rule.at_least);
        }
        if let Some(rule) = &rules.advice_all_satisfied {
            self.zero(RuleId::AdviceAllSatisfied, "at_least", rule.at_least);
            self.zero(RuleId::AdviceAllSatisfied, "coverage_percent", rule.coverage_percent);
            self.over_hundred(RuleId::AdviceAllSatisfied, "coverage_percent", rule.coverage_percent);
        }
    }

    /// A word that stands twice in one list: one of the two was meant to be another.
    fn repeated_words(&mut self, rules: &Rules) {
        for id in RuleId::ALL {
            let Some(json) = rules.json(*id) else { continue };
            if let Ok(node) = parse(json.as_bytes(), json.len()) {
                self.repeated_in(*id, &node, "");
            }
        }
    }

    fn repeated_in(&mut self, id: RuleId, node: &Node<'_>, path: &str) {
        match node {
            Node::Object(entries) => {
                for (name, value) in entries {
                    let slash = if path.is_empty() { "" } else { "/" };
                    self.repeated_in(id, value, &format!("{path}{slash}{name}"));
                }
            }
            Node::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    let earlier = items.iter().take(index);
                    if matches!(item, Node::Text(_)) && earlier.into_iter().any(|before| before == item) {
                        self.odd(id, &format!("{path}/{index}"), "listed_twice");
                    }
                }
            }
            _ => {}
        }
    }
}
