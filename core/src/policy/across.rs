//! Rules that are each possible and cannot be kept together, or leave one of them without effect.

use super::contradict::{contradiction, hours};
use super::params::{LiaisonTarget, Quota, Reading};
use super::rule::Rule;
use super::rules::{RuleId, Rules};
use super::Liaison;
use crate::calendar::PeriodKind;
use crate::finding::Finding;
use crate::roster::home_of;
use crate::vocab::{DecisionKind, UnitKind};

/// Notes what holds between rules, in the method's order.
pub(super) fn across(rules: &Rules, findings: &mut Vec<Finding>) {
    for (id, quota, liaison) in [
        (RuleId::VisitCountyLeader, &rules.visit_county_leader, &rules.liaison_county_leader),
        (RuleId::VisitDepartment, &rules.visit_department, &rules.liaison_department),
        (RuleId::VisitTown, &rules.visit_town, &rules.liaison_town),
        (RuleId::VisitVillage, &rules.visit_village, &rules.liaison_village),
        (RuleId::VisitGroup, &rules.visit_group, &rules.liaison_group),
    ] {
        if let Some(quota) = quota {
            quota_fits(id, quota, liaison.as_ref(), findings);
        }
    }
    chairs(rules, findings);
    deadlines(rules, findings);
    if let (Some(_), Some(items)) = (&rules.settle_suspend, &rules.meeting_item_by_item) {
        if !items.decisions.contains(&DecisionKind::Suspend) {
            findings.push(contradiction(RuleId::SettleSuspend, "review", "suspend_never_taken").warning());
        }
    }
}

/// A visit counts once for a target and a day, so a period holds no more than its days allow.
fn quota_fits(id: RuleId, quota: &Rule<Quota>, liaison: Option<&Rule<Liaison>>, findings: &mut Vec<Finding>) {
    // The shortest period of its kind is the one that must hold it.
    let days = match quota.period {
        PeriodKind::Week => 7u32,
        PeriodKind::HalfMonth => 13,
        PeriodKind::Month => 28,
        PeriodKind::Quarter => 90,
        PeriodKind::Year => 365,
    };
    let each = matches!(quota.reading, Reading::EveryLinked | Reading::PerVillage);
    let targets = match (each, liaison.and_then(|rule| rule.at_most)) {
        (true, _) => 1,
        // None at all is told by itself.
        (false, Some(0)) => return,
        (false, Some(most)) => most,
        // A household has no bound of its own: somebody may be linked to any number.
        (false, None) => return,
    };
    let most = days.saturating_mul(targets);
    if quota.at_least > most {
        let target = match quota.target {
            LiaisonTarget::Village => "village",
            LiaisonTarget::Household => "household",
        };
        findings.push(
            contradiction(id, "at_least", "quota_void")
                .with("at_least", u64::from(quota.at_least))
                .with("most", u64::from(most))
                .with("target", target),
        );
    }
}

/// A chair's post has to be one that somebody can hold at that kind of unit.
fn chairs(rules: &Rules, findings: &mut Vec<Finding>) {
    let Some(chair) = &rules.meeting_chair else { return };
    for kind in [UnitKind::Village, UnitKind::Town, UnitKind::Department, UnitKind::County] {
        let post = chair.for_kind(kind);
        let at_home = home_of(post).is_none_or(|kinds| kinds.contains(&kind));
        let by_authority = rules
            .authority
            .as_ref()
            .is_some_and(|rule| rule.head.for_kind(kind) == post || rule.office.for_kind(kind).contains(&post));
        if !at_home && !by_authority {
            findings.push(
                contradiction(RuleId::MeetingChair, kind.word(), "chair_elsewhere")
                    .with("post", post.word())
                    .with("kind", kind.word())
                    .warning(),
            );
        }
    }
}

fn deadlines(rules: &Rules, findings: &mut Vec<Finding>) {
    if let Some(cap) = &rules.plan_cap {
        let caps = [cap.village, cap.town, cap.department, cap.county];
        let longest = caps.into_iter().max_by_key(|limit| hours(*limit)).unwrap_or(cap.county);
        // A cap of nothing is told by itself.
        let shortest = caps.into_iter().filter(|limit| hours(*limit) > 0).min_by_key(|limit| hours(*limit)).unwrap_or(cap.village);
        let mut over = |id: RuleId, field: &str, reason: &'static str, limit, cap| {
            findings.push(
                contradiction(id, field, reason)
                    .with("limit", crate::calendar::Limit::to_string(&limit))
                    .with("cap", crate::calendar::Limit::to_string(&cap))
                    .warning(),
            );
        };
        if let Some(rule) = rules.settle_extension.as_ref().filter(|rule| hours(rule.limit) > hours(longest)) {
            over(RuleId::SettleExtension, "limit", "over_cap", rule.limit, longest);
        }
        for (index, rung) in rules.close_redo.iter().flat_map(|rule| rule.rungs.iter()).enumerate() {
            if let Some(limit) = rung.redo_within.filter(|limit| hours(*limit) > hours(longest)) {
                over(RuleId::CloseRedo, &format!("rungs/{index}/redo_within"), "over_cap", limit, longest);
            }
        }
        if let Some(rule) = rules.settle_overdue.as_ref().filter(|rule| hours(rule.remind) >= hours(shortest)) {
            over(RuleId::SettleOverdue, "remind", "warns_before_start", rule.remind, shortest);
        }
        if let Some(rule) = &rules.flag_colour {
            if hours(rule.yellow_left) >= hours(shortest) {
                over(RuleId::FlagColour, "yellow_left", "warns_before_start", rule.yellow_left, shortest);
            }
            if hours(rule.yellow_idle) > hours(longest) {
                over(RuleId::FlagColour, "yellow_idle", "never_idle", rule.yellow_idle, longest);
            }
        }
    }
    if let Some(rule) = rules.publish_objection.as_ref().filter(|rule| hours(rule.answer) > hours(rule.again)) {
        findings.push(
            contradiction(RuleId::PublishObjection, "answer", "over_cap")
                .with("limit", rule.answer.to_string())
                .with("cap", rule.again.to_string())
                .warning(),
        );
    }
}
