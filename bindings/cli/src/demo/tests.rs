use std::collections::BTreeSet;

use super::rng::Rng;
use super::{live, Options};

fn small() -> Options {
    Options { households: 40, ..Options::default() }
}

/// What a full year has to bring up, of what people may do.
const DEEDS: &[&str] = &[
    "record_visit", "approve_late_visit", "give_contact_card", "note_need", "solve_on_the_spot", "register_card", "consolidate",
    "hold_meeting", "report_up", "return_case", "log_progress", "request_extension", "decide_extension", "settle",
    "review_settlement", "publish", "take_down", "object", "answer_objection", "ask_household", "rate", "replan", "close", "reopen",
    "merge", "withdraw", "correct", "consent", "change_roster", "adopt_policy",
];

/// And of what they get wrong.
const REFUSALS: &[&str] = &[
    "actor.unknown", "authority", "cadre.id_reused", "cadre.unknown", "case.id_reused", "case.state", "case.unknown", "channel",
    "close.asker", "close.attempts", "close.public", "close.questions", "close.redo", "close.satisfied",
    "command.clock_backwards", "command.id_reused", "command.invalid", "command.on_after_at", "command.unknown",
    "consolidate.county_leader", "consolidate.department", "consolidate.grassroots", "contact_card", "escalate.return",
    "escalate.route", "household.id_reused", "household.unknown", "ledger.tier", "meeting.chair", "meeting.id_reused",
    "meeting.item_by_item", "meeting.notify", "objection.id_reused", "objection.unknown", "plan.cap", "plan.complete",
    "policy.start", "policy.unknown_rule", "posting.id_reused", "posting.unknown", "publish.digest", "publish.masked",
    "publish.stages", "publish.two_person", "register.card", "roster.unknown", "settle.clock", "settle.evidence",
    "settle.extension", "settle.review", "settle.suspend", "unit.unknown", "visit.id_reused", "visit.late_entry",
    "visit.unknown",
];

#[test]
fn the_default_year_brings_up_everything() {
    let lived = live(&Options::default(), &mut |_, _| {}).unwrap();
    let deeds: BTreeSet<&str> =
        lived.commands.lines().filter_map(|line| line.split_once("\"do\":\"")?.1.split_once('"')).map(|(deed, _)| deed).collect();
    let missing: Vec<&&str> = DEEDS.iter().filter(|deed| !deeds.contains(**deed)).collect();
    assert!(missing.is_empty(), "nobody did {missing:?}");
    let missing: Vec<&&str> = REFUSALS.iter().filter(|code| !lived.outcomes.rejected_by.contains_key(**code)).collect();
    assert!(missing.is_empty(), "nobody was refused for {missing:?}");
    assert_eq!(lived.outcomes.surprises, Vec::<String>::new());
    let sent = lived.outcomes.accepted + lived.outcomes.rejected + lived.outcomes.resent;
    assert_eq!(sent, lived.commands.lines().count() as u64);
    assert_eq!(lived.book.len() as u64, lived.outcomes.accepted);
}

#[test]
fn one_seed_gives_one_year() {
    let one = live(&small(), &mut |_, _| {}).unwrap();
    let two = live(&small(), &mut |_, _| {}).unwrap();
    assert_eq!(one.commands, two.commands);
    assert_eq!(one.book.head(), two.book.head());
    let other = live(&Options { seed: 7, ..small() }, &mut |_, _| {}).unwrap();
    assert_ne!(one.commands, other.commands);
}

#[test]
fn nobody_is_answered_otherwise_than_they_had_to_expect() {
    for (seed, households, year) in [(1, 0, 2015), (2, 60, 2030)] {
        let lived = live(&Options { seed, households, year }, &mut |_, _| {}).unwrap();
        assert_eq!(lived.outcomes.surprises, Vec::<String>::new(), "seed {seed}");
        assert_eq!(lived.notes.iter().any(|note| note.contains("2030")), year == 2030);
    }
}

#[test]
fn a_year_before_the_method_is_none() {
    assert!(live(&Options { year: 2013, ..small() }, &mut |_, _| {}).is_err());
}

#[test]
fn the_generator_is_xoshiro256_star_star() {
    // As its authors' implementation gives it for the seed 0, spread by SplitMix64.
    let mut rng = Rng::new(0);
    let first: Vec<u64> = (0..3).map(|_| rng.next()).collect();
    assert_eq!(first, [11_091_344_671_253_066_420, 13_793_997_310_169_335_082, 1_900_383_378_846_508_768]);
}
