//! What may happen at any time: two records of one need joined, an appeal taken back.

use crate::case::{Case, ClosedAs, Said, State, StateWord, WasMerged, What};
use crate::codes::Code;
use crate::command::{Merge, Withdraw};
use crate::event::Fixed;
use crate::judge::Judge;
use crate::policy::RuleId;
use crate::steps::{open::shut, Stamp};

/// Whether the actor may join the case to another, apart from which.
pub(crate) fn may_merge(j: &mut Judge<'_>, case: &Case) {
    if !matches!(case.state, State::Noted(_) | State::Registered(_) | State::Ledgered(_)) {
        j.wrong_state(case, "/case");
    }
    if let Some(unit) = j.unit_of(case) {
        j.need_office(unit);
    }
}

pub(crate) fn merge(j: &mut Judge<'_>, case: &Case, c: &Merge) -> Fixed {
    may_merge(j, case);
    if c.into == c.case {
        j.refuse(Code::CommandInvalid, "/into").with("reason", "into_itself");
    } else if let Some(book) = j.book {
        match book.case(&c.into) {
            None => j.unknown(Code::CaseUnknown, "/into", c.into.as_str()),
            Some(into) => {
                if into.state.is_closed() {
                    j.wrong_state(into, "/into");
                }
                let same_unit = into.unit == case.unit;
                if !same_unit || !(into.is_public() || into.household == case.household) {
                    let reason = if same_unit { "other_household" } else { "other_unit" };
                    j.forbid(RuleId::Authority, Code::Authority, "/into", reason).with("case", c.into.to_string());
                }
            }
        }
    }
    Fixed {
        unit: Some(case.unit.clone()),
        to: Some(StateWord::Closed),
        closed_as: Some(ClosedAs::Merged),
        ..Fixed::none()
    }
}

pub(crate) fn merged(case: &mut Case, stamp: Stamp<'_>, c: &Merge) {
    shut(case, stamp, ClosedAs::Merged);
    case.tread(stamp, What::Merged(WasMerged { into: c.into.clone() }));
}

/// Whether the actor may take the household's appeal back: any person of the unit or above, and
/// from the plan on nobody who is too near to it.
pub(crate) fn withdraw(j: &mut Judge<'_>, case: &Case) -> Fixed {
    if case.state.is_closed() {
        j.wrong_state(case, "/case");
    }
    if let Some(unit) = j.unit_of(case) {
        if !j.roles().at_or_above(&j.actor, unit) {
            j.deny("unit_or_above");
        }
        j.need_distance(case, unit, false);
    }
    Fixed {
        unit: Some(case.unit.clone()),
        to: Some(StateWord::Closed),
        closed_as: Some(ClosedAs::Withdrawn),
        ..Fixed::none()
    }
}

pub(crate) fn withdrawn(case: &mut Case, stamp: Stamp<'_>, c: &Withdraw) {
    shut(case, stamp, ClosedAs::Withdrawn);
    case.tread(stamp, What::Withdrawn(Said { text: Some(c.reason.clone()) }));
}
