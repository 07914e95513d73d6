//! 务实销账 — settling (二(三), lost: assumed throughout): progress, more time, the settlement and
//! somebody else's look at it.

use crate::authority::Actor;
use crate::case::{
    Accepted, AskedMore, Case, DecidedMore, Ground, Ledgered, LedgeredBy, Planned, Said, Settled, Settlement, State,
    StateWord, WasReviewed, WasSettled, What,
};
use crate::codes::Code;
use crate::command::{DecideExtension, LogProgress, RequestExtension, ReviewSettlement, Settle};
use crate::event::Fixed;
use crate::judge::Judge;
use crate::policy::{GoodsField, MoneyField, RuleId};
use crate::roster::UnitIx;
use crate::steps::Stamp;

fn stays(case: &Case) -> Fixed {
    Fixed { unit: Some(case.unit.clone()), to: Some(case.state.name()), ..Fixed::none() }
}

fn is_responsible(j: &Judge<'_>, case: &Case) -> bool {
    case.responsible() == Some(j.actor_id)
}

/// Whether the actor is the responsible person; nobody acts for them.
fn need_responsible(j: &mut Judge<'_>, case: &Case) {
    // A plan that names nobody (where the rule that asks for a name is off) is the office's.
    match case.responsible() {
        Some(_) if is_responsible(j, case) && j.actor.unit.is_some() => {}
        Some(_) => j.deny("responsible"),
        None => {
            if let Some(unit) = j.unit_of(case) {
                j.need_office(unit);
            }
        }
    }
}

pub(crate) fn log_progress(j: &mut Judge<'_>, case: &Case) -> Fixed {
    if !matches!(case.state, State::Planned(_) | State::Suspended(_) | State::Reopened(_)) {
        j.wrong_state(case, "/case");
    }
    if let Some(unit) = j.unit_of(case) {
        if !is_responsible(j, case) && !j.roles().in_office(&j.actor, unit) {
            j.deny("responsible_or_office");
        }
    }
    stays(case)
}

pub(crate) fn progress_logged(case: &mut Case, stamp: Stamp<'_>, c: &LogProgress) {
    case.tread(stamp, What::Progress(Said { text: Some(c.text.clone()) }));
}

/// Whether more time may be asked for, apart from until when.
pub(crate) fn may_request(j: &mut Judge<'_>, case: &Case) {
    need_responsible(j, case);
    let State::Planned(planned) = &case.state else {
        return j.wrong_state(case, "/case");
    };
    if let (Some(_), Some(due)) = (j.rules.settle_extension.as_ref(), planned.plan.due) {
        if crate::duty::is_overdue(due, j.today) {
            j.breach(RuleId::SettleExtension, Code::SettleExtension, "/case", "expired").with("due", due.to_string());
        }
    }
}

pub(crate) fn request_extension(j: &mut Judge<'_>, case: &Case, c: &RequestExtension) -> Fixed {
    may_request(j, case);
    let mut fixed = stays(case);
    let State::Planned(planned) = &case.state else { return fixed };
    if let Some(due) = planned.plan.due {
        if c.until <= due {
            j.refuse(Code::CommandInvalid, "/until").with("reason", "until_before_due").with("due", due.to_string());
        }
        if let Some(rule) = j.rules.settle_extension.as_ref() {
            let limit = rule.params.limit;
            let latest = j.policy.due_from_day(due, limit).date;
            if c.until > latest {
                j.breach(RuleId::SettleExtension, Code::SettleExtension, "/until", "beyond")
                    .with("until", c.until.to_string())
                    .with("latest", latest.to_string())
                    .with("limit", limit.to_string());
            }
        }
    }
    if let Some(rule) = j.rules.settle_extension.as_ref() {
        let times = rule.params.times;
        // A further request is heard and refused at once: the event says so and raises red.
        if planned.requests >= times {
            j.warn(RuleId::SettleExtension, Code::SettleExtension, "/case", "again").with("times", u64::from(times));
            fixed.refused = Some(true);
        }
    }
    fixed
}

pub(crate) fn extension_requested(case: &mut Case, stamp: Stamp<'_>, c: &RequestExtension, fixed: &Fixed) {
    let refused = fixed.refused == Some(true);
    if let State::Planned(planned) = &mut case.state {
        if !refused {
            planned.request = Some(c.until);
            planned.requests = planned.requests.saturating_add(1);
        }
    }
    let asked = AskedMore { until: c.until, reason: c.reason.clone(), refused: refused.then_some(true) };
    case.tread(stamp, What::ExtensionRequested(asked));
}

/// Whether the actor may answer a request for more time.
pub(crate) fn may_decide_extension(j: &mut Judge<'_>, case: &Case) {
    if !matches!(&case.state, State::Planned(planned) if planned.request.is_some()) {
        j.wrong_state(case, "/case");
    }
    let Some(unit) = j.unit_of(case) else { return };
    if !j.roles().in_office_above(&j.actor, unit) {
        let actor = j.actor_id.to_string();
        j.breach(RuleId::SettleExtension, Code::SettleExtension, "/actor", "tier").with("actor", actor);
        j.deny("office_above");
    } else if is_responsible(j, case) {
        j.deny("not_responsible");
    }
}

pub(crate) fn decide_extension(j: &mut Judge<'_>, case: &Case, c: &DecideExtension) -> Fixed {
    may_decide_extension(j, case);
    if c.approve && c.told.is_none() {
        j.breach(RuleId::SettleExtension, Code::SettleExtension, "/told", "told");
    }
    let mut fixed = stays(case);
    if let (State::Planned(planned), true) = (&case.state, c.approve) {
        fixed.due = planned.request;
    }
    fixed
}

pub(crate) fn extension_decided(case: &mut Case, stamp: Stamp<'_>, c: &DecideExtension) {
    let mut due = None;
    if let State::Planned(planned) = &mut case.state {
        let until = planned.request.take();
        if c.approve && until.is_some() {
            planned.plan.due = until;
            due = until;
        }
    }
    case.tread(stamp, What::ExtensionDecided(DecidedMore { approve: c.approve, due, reason: c.reason.clone() }));
}

/// Whether the actor may settle the case, apart from what the settlement says.
pub(crate) fn may_settle(j: &mut Judge<'_>, case: &Case) {
    if !matches!(case.state, State::Planned(_)) {
        j.wrong_state(case, "/case");
    }
    need_responsible(j, case);
}

pub(crate) fn settle(j: &mut Judge<'_>, case: &Case, c: &Settle) -> Fixed {
    may_settle(j, case);
    if let Some(rule) = j.rules.settle_evidence.as_ref() {
        let mut missing: Vec<String> = Vec::new();
        if !Judge::says(c.result.as_ref()) {
            missing.push("/result".into());
        }
        if let Some(money) = &c.money {
            for field in &rule.params.money {
                let there = match field {
                    MoneyField::Amount => money.amount.is_some_and(|amount| amount > 0),
                    MoneyField::Source => Judge::says(money.source.as_ref()),
                    MoneyField::Receipt => Judge::says(money.receipt.as_ref()),
                };
                if !there {
                    missing.push(format!("/money/{}", field.word()));
                }
            }
        }
        if let Some(goods) = &c.goods {
            for field in &rule.params.goods {
                let there = match field {
                    GoodsField::What => Judge::says(goods.what.as_ref()),
                    GoodsField::Source => Judge::says(goods.source.as_ref()),
                    GoodsField::Receipt => Judge::says(goods.receipt.as_ref()),
                };
                if !there {
                    missing.push(format!("/goods/{}", field.word()));
                }
            }
        }
        for path in missing {
            let field = path.trim_start_matches('/').to_owned();
            let reason = if path == "/result" { "result" } else { "missing" };
            j.breach(RuleId::SettleEvidence, Code::SettleEvidence, path, reason).with("field", field);
        }
    }
    let to = if j.rules.settle_review.is_some() { StateWord::Settled } else { StateWord::Accepted };
    Fixed { unit: Some(case.unit.clone()), to: Some(to), ..Fixed::none() }
}

pub(crate) fn settled(case: &mut Case, stamp: Stamp<'_>, c: &Settle, fixed: &Fixed) {
    let plan = match &case.state {
        State::Planned(planned) => planned.plan.clone(),
        _ => return,
    };
    case.rating = None;
    case.tries.clear();
    let settlement =
        Settlement { ground: Ground::Plan(plan), result: c.result.clone(), by: stamp.actor.clone(), at: stamp.at };
    case.state = if fixed.to == Some(StateWord::Accepted) {
        State::Accepted(Accepted { settlement, accepted_at: stamp.at })
    } else {
        State::Settled(Settled { settlement })
    };
    case.tread(
        stamp,
        What::Settled(WasSettled {
            result: c.result.clone(),
            evidence: c.evidence.clone(),
            money: c.money.clone(),
            goods: c.goods.clone(),
        }),
    );
}

/// Whether the actor may look at the settlement: the office, a supervision member or the tier
/// above, and nobody who had a hand in it.
pub(crate) fn may_review(j: &mut Judge<'_>, case: &Case) {
    let State::Settled(settled) = &case.state else {
        return j.wrong_state(case, "/case");
    };
    let Some(unit) = j.unit_of(case) else { return };
    let roles = j.roles();
    if !roles.in_office(&j.actor, unit) && !roles.supervises(&j.actor, unit) && !roles.in_office_above(&j.actor, unit) {
        j.deny("office_supervision_or_above");
    }
    let reason = match &settled.settlement.ground {
        Ground::Plan(plan) if plan.responsible.as_ref() == Some(j.actor_id) => Some("responsible"),
        Ground::Plan(_) if settled.settlement.by == *j.actor_id => Some("entered_it"),
        Ground::Plan(_) => None,
        // The chair is recused in the responsible person's place, where another person of the
        // office exists; and so is whoever entered the meeting.
        Ground::Explained(disposition) | Ground::Redirected(disposition) => {
            let chaired = disposition.chair.as_ref() == Some(j.actor_id);
            let entered = settled.settlement.by == *j.actor_id;
            let reason = if chaired { "chaired" } else { "entered_it" };
            ((chaired || entered) && has_another(j, unit)).then_some(reason)
        }
    };
    if let Some(reason) = reason {
        let actor = j.actor_id.to_string();
        j.breach(RuleId::SettleReview, Code::SettleReview, "/actor", reason).with("actor", actor);
    }
}

/// Whether the unit's office has anybody but the actor.
fn has_another(j: &Judge<'_>, unit: UnitIx) -> bool {
    j.roles().office_of(unit).into_iter().any(|person| {
        Some(person) != j.actor.person && Actor::at(j.roster, person, j.today).unit.is_some()
    })
}

pub(crate) fn review_settlement(j: &mut Judge<'_>, case: &Case, c: &ReviewSettlement) -> Fixed {
    may_review(j, case);
    let to = match (&case.state, c.accept) {
        (_, true) => StateWord::Accepted,
        (State::Settled(settled), false) if !matches!(settled.settlement.ground, Ground::Plan(_)) => StateWord::Ledgered,
        _ => StateWord::Planned,
    };
    Fixed { unit: Some(case.unit.clone()), to: Some(to), ..Fixed::none() }
}

pub(crate) fn settlement_reviewed(case: &mut Case, stamp: Stamp<'_>, c: &ReviewSettlement) {
    let settlement = match &case.state {
        State::Settled(settled) => settled.settlement.clone(),
        _ => return,
    };
    case.state = match (c.accept, settlement.ground.clone()) {
        (true, _) => State::Accepted(Accepted { settlement, accepted_at: stamp.at }),
        // The clock does not start anew: the plan keeps its deadline (settle.clock).
        (false, Ground::Plan(plan)) => {
            let requests = requests_so_far(case, plan.made_at);
            State::Planned(Planned { plan, request: None, requests })
        }
        (false, _) => State::Ledgered(Ledgered { since: stamp.at, by: LedgeredBy::Refused }),
    };
    case.tread(stamp, What::Reviewed(WasReviewed { accept: c.accept, reason: c.reason.clone() }));
}

/// How many requests for more time were let through since the plan was made.
pub(crate) fn requests_so_far(case: &Case, made_at: crate::calendar::Instant) -> u32 {
    let count = case
        .trail
        .iter()
        .filter(|step| !step.at.before(made_at))
        .filter(|step| matches!(&step.what, What::ExtensionRequested(asked) if asked.refused != Some(true)))
        .count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
