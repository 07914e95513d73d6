//! Every code speaks both languages, every known reason has words of its own, and no message asks
//! for a parameter that its finding does not carry.

use std::collections::BTreeSet;

use super::{plain, spoken, template};
use crate::codes::Code;

/// The reasons of the shape of a document, each with its parameters.
const SHAPE: &[(&str, &str)] = &[
    ("more", "count"),
    ("wrong_type", "expected"),
    ("missing_field", "name"),
    ("unknown_field", "name nearest?"),
    ("duplicate_field", "name"),
    ("unknown_word", "name nearest?"),
    ("changes_the_book", "name"),
    ("too_long", "limit"),
    ("blank", "value"),
    ("no_id", "value"),
    ("not_a_date", "value"),
    ("no_such_day", "value"),
    ("not_an_instant", "value"),
    ("no_such_time", "value"),
    ("leap_second", "value"),
    ("not_a_fraction", "value"),
    ("no_offset", "value"),
    ("not_an_offset", "value"),
    ("no_such_offset", "value"),
    ("unknown_offset", "value"),
    ("no_time_of_day", "value"),
    ("not_a_period", "value"),
    ("no_such_year", "value"),
    ("no_such_quarter", "value"),
    ("no_such_month", "value"),
    ("no_such_half_month", "value"),
    ("no_such_week", "value"),
    ("week_53_of_a_52_week_year", "value"),
    ("no_cadence", "value"),
    ("no_limit", "value"),
    ("not_a_limit", "value"),
    ("no_such_unit", "value"),
    ("limit_too_long", "value"),
    ("leading_zero", "value"),
    ("bad_calendar_id", "value"),
    ("bad_years", "value"),
    ("outside_known_years", "value"),
    ("listed_twice", "value"),
    ("years_short_of_parent", "value"),
    ("not_utf8", "line column"),
    ("truncated", "line column"),
    ("not_json", "line column"),
    ("too_deep", "line column"),
    ("too_large", "line column"),
];

/// The codes of documents, which share those reasons.
const DOCUMENTS: &[Code] = &[
    Code::InputInvalid,
    Code::CommandInvalid,
    Code::PolicyInvalid,
    Code::RosterInvalid,
    Code::ScenarioInvalid,
    Code::JournalLine,
    Code::SnapshotInvalid,
    Code::RequestInvalid,
];

/// The reasons of one code, each with its parameters; `?` marks one that may be missing.
const REASONS: &[(Code, &[(&str, &str)])] = &[
    (
        Code::CommandInvalid,
        &[
            ("empty", ""),
            ("twice", "id"),
            ("target_kind", "kind"),
            ("household_or_unit", ""),
            ("household_and_unit", ""),
            ("until_before_due", "due"),
            ("vote_on_household", ""),
            ("vote_numbers", ""),
            ("into_itself", ""),
            ("digest_items", ""),
            ("period_of_digest", ""),
            ("not_correctable", "field"),
            ("no_such_field", "field"),
            ("too_large", "limit"),
        ],
    ),
    (Code::InputInvalid, &[("no_command", "")]),
    (
        Code::ScenarioInvalid,
        &[
            ("no_case", ""),
            ("not_looked_at", "count"),
            ("no_step", ""),
            ("name_twice", "value"),
            ("nothing_to_do", ""),
            ("nothing_judged", ""),
            ("refused_and_accepted", ""),
            ("refused_by_nobody", ""),
            ("no_policy", ""),
            ("no_roster", ""),
        ],
    ),
    (
        Code::ScenarioDiffers,
        &[
            ("given_refused", "story command by why"),
            ("refused", "story step by why"),
            ("accepted", "story step expected?"),
            ("refused_otherwise", "story step missing? more? why?"),
            ("warned_otherwise", "story step missing? more? why?"),
            ("found_otherwise", "story step missing? more? why?"),
            ("field", "story step name expected found"),
            ("no_case", "story step case"),
            ("no_duty", "story step rule count found?"),
            ("duty_there", "story step found"),
            ("not_public", "story step expected"),
            ("public", "story step expected found"),
            ("no_unit", "story step unit"),
            ("no_rates", "story step unit"),
        ],
    ),
    (Code::ScenarioUntested, &[("kept", "rule"), ("broken", "rule"), ("both", "rule")]),
    (Code::ScenarioUnnoticed, &[("stale", "mutant")]),
    (
        Code::CaseState,
        &[
            ("state", "case state"),
            ("other_unit", "case"),
            ("ledgered_later", "case"),
            ("final", "case"),
            ("merged", "case"),
            ("in_office", "case"),
            ("decided", "case"),
            ("later_event", "case"),
            ("visit_approved", "visit"),
            ("visit_not_late", "visit"),
            ("posting_down", "posting"),
            ("not_in_posting", "case posting"),
            ("objection_answered", "objection"),
        ],
    ),
    (Code::UnitIdReused, &[("rows", "id")]),
    (Code::CadreIdReused, &[("rows", "id")]),
    (Code::HouseholdIdReused, &[("rows", "id")]),
    (
        Code::LiaisonTown,
        &[
            ("too_few", "id name count required"),
            ("too_many", "id name count required"),
            ("not_poor", "id name count target"),
            ("not_every", "id name count required unit missing"),
            ("nobody", "id name count missing"),
        ],
    ),
    (Code::LiaisonCountyLeader, &[("not_poor", "id name count target")]),
    (Code::LiaisonDepartment, &[("too_many", "id name count required")]),
    (Code::LiaisonVillage, &[("too_few", "id name count required")]),
    (Code::LiaisonGroup, &[("nobody", "id name count missing")]),
    (Code::VisitLateEntry, &[("refused", "on limit"), ("late", "on limit"), ("own", "actor")]),
    (Code::ContactCard, &[("no_phone", "household"), ("none", "household")]),
    (Code::RegisterCard, &[("missing", "field")]),
    (Code::Station, &[("no_phone", "id name"), ("no_duty", "id name post")]),
    (Code::Channel, &[("station", "channel")]),
    (
        Code::ConsolidateGrassroots,
        &[("not_begun", "period"), ("wrong_period", "period expected"), ("early", "period")],
    ),
    (Code::ConsolidateCountyLeader, &[("early", "period")]),
    (Code::ConsolidateDepartment, &[("early", "period")]),
    (Code::LedgerTier, &[("no_ledger", "")]),
    (Code::MeetingChair, &[("missing", "post"), ("post", "chair post"), ("nobody_chairs", "id name post")]),
    (Code::MeetingMembers, &[("missing", "missing")]),
    (Code::MeetingNotify, &[("missing", "missing"), ("nobody_holds", "id name post")]),
    (Code::MeetingItemByItem, &[("undecided", "cases"), ("not_listed", "decision")]),
    (Code::MeetingLateEntry, &[("late", "held_on limit")]),
    (
        Code::PlanComplete,
        &[("missing", "field"), ("not_in_office", "responsible"), ("due_before", "due made_on")],
    ),
    (Code::PlanCap, &[("beyond", "due latest limit")]),
    (Code::EscalateRoute, &[("ends_here", "unit")]),
    (Code::EscalateReturn, &[("again", "case times"), ("too_late", "latest limit"), ("reason", "")]),
    (Code::SettleClock, &[("due_stays", "due")]),
    (
        Code::SettleExtension,
        &[("expired", "due"), ("beyond", "until latest limit"), ("again", "times"), ("tier", "actor"), ("told", "")],
    ),
    (Code::SettleSuspend, &[("measures", ""), ("review_on", ""), ("review_past", "")]),
    (Code::SettleEvidence, &[("result", "field?"), ("missing", "field"), ("reason", "case")]),
    (Code::SettleReview, &[("responsible", "actor"), ("entered_it", "actor"), ("chaired", "actor")]),
    (Code::PublishStages, &[("not_posted", "case")]),
    (Code::PublishDigest, &[("wrong_period", "period expected"), ("early", "period")]),
    (
        Code::PublishMasked,
        &[
            ("counts_only", "case"),
            ("no_consent", "case"),
            ("identity_number", "case field"),
            ("telephone", "case field"),
            ("bank_card", "case field"),
            ("full_name", "case field"),
        ],
    ),
    (Code::PublishTwoPerson, &[("missing", ""), ("same_person", "actor"), ("not_of_office", "actor")]),
    (Code::PublishObjection, &[("late", "last")]),
    (Code::CloseSatisfied, &[("missing", ""), ("rating", "case"), ("not_posted", "case")]),
    (Code::CloseAsker, &[("responsible", "actor"), ("settled_it", "actor"), ("under_responsible", "actor")]),
    (Code::CloseQuestions, &[("missing", "")]),
    (
        Code::CloseAttempts,
        &[
            ("rated", "case"),
            ("tries", "tries required"),
            ("outside_hours", "outside required"),
            ("too_early", "last limit"),
            ("reopen_late", "last limit"),
            ("second_person", ""),
        ],
    ),
    (
        Code::CloseRedo,
        &[
            ("household_heard", "case"),
            ("beyond", "due latest"),
            ("not_final", "case dissatisfied"),
            ("second_person", ""),
        ],
    ),
    (Code::CloseRepeat, &[("repeats", "case")]),
    (Code::ClosePublic, &[("no_vote", ""), ("quorum", "present of"), ("majority", "in_favour present")]),
    (
        Code::Authority,
        &[
            ("office", "actor"),
            ("office_above", "actor"),
            ("oversight", "actor"),
            ("office_supervision_or_above", "actor"),
            ("holder_or_handed_up", "actor"),
            ("county_or_own_rows", "actor"),
            ("visits_office_or_secretary", "actor"),
            ("visits_office", "actor"),
            ("tiers_above", "actor"),
            ("four_offices", "actor"),
            ("station", "actor"),
            ("head", "actor"),
            ("no_head", "id name post"),
            ("no_office", "id name"),
            ("responsible", "actor"),
            ("responsible_or_office", "actor"),
            ("not_responsible", "actor"),
            ("visitor_or_office", "actor"),
            ("helper_or_office", "actor"),
            ("collector_or_office", "actor"),
            ("no_appointment", "actor"),
            ("unit_or_above", "actor"),
            ("enterer_or_office", "actor"),
            ("head_not_own", "actor"),
            ("second_person", "actor?"),
            ("own_area", "actor"),
            ("other_unit", "case"),
            ("other_household", "case"),
        ],
    ),
    (Code::PolicyInvalid, &[("incomplete", "")]),
    (
        Code::PolicyExtends,
        &[("cycle", "name"), ("too_deep", "name limit"), ("unknown", "name nearest?"), ("other_id", "name found")],
    ),
    (
        Code::PolicyStanding,
        &[
            ("not_on_allow_list", "rule name"),
            ("not_must", "rule"),
            ("off", "rule"),
            ("count_under_five", "rule"),
            ("take_down_over_one_day", "rule"),
            ("hardship_without_consent", "rule"),
            ("stability_by_item", "rule"),
            ("accepts_dissatisfied", "rule"),
            ("empty_office", "rule"),
            ("nobody", "rule"),
        ],
    ),
    (Code::PolicyText, &[("silent", "rule"), ("differs", "rule field expected?")]),
    (Code::PolicyOff, &[("hangs", "rule hangs"), ("nothing_hangs", "rule hangs")]),
    (
        Code::PolicyContradiction,
        &[
            ("calendar_year_empty", "year"),
            ("zero", "rule"),
            ("empty_list", "rule"),
            ("over_hundred_percent", "rule"),
            ("late_not_before_refused", "rule"),
            ("group_keeps_no_ledger", "rule"),
            ("other_subject", "rule"),
            ("other_target", "rule"),
            ("least_over_most", "rule"),
            ("asks_nothing", "rule"),
            ("every_without_group", "rule"),
            ("poverty_without_village", "rule"),
            ("reading_of_another", "rule"),
            ("no_weekday", "rule"),
            ("weekday_without_week", "rule"),
            ("hour_without_weekday", "rule"),
            ("never_plans", "rule"),
            ("route_never_taken", "rule"),
            ("cap_shrinks", "rule"),
            ("over_cap", "rule limit cap"),
            ("warns_before_start", "rule limit cap"),
            ("never_idle", "rule limit cap"),
            ("suspend_never_taken", "rule"),
            ("quota_void", "rule at_least most target"),
            ("chair_elsewhere", "rule post kind"),
            ("route_circles", "rule"),
            ("route_skips", "rule"),
            ("route_goes_down", "rule"),
            ("route_ends_nowhere", "rule"),
            ("digest_is_no_stage", "rule"),
            ("no_result", "rule"),
            ("no_day_of_every_month", "rule"),
            ("digest_under_a_month", "rule"),
            ("consent_to_what_is_never_shown", "rule"),
            ("more_outside_than_tries", "rule"),
            ("office_closes_before_it_opens", "rule"),
            ("no_share", "rule"),
            ("final_before_the_end", "rule"),
            ("no_final", "rule"),
            ("not_on_this_rung", "rule"),
            ("planned_after_redone", "rule"),
            ("listed_twice", "rule"),
        ],
    ),
    (
        Code::RosterOrphan,
        &[
            ("unknown", "id name parent"),
            ("missing", "id name"),
            ("not_valid", "id name parent on"),
            ("cadre", "id name unit"),
            ("households", "unit count households"),
        ],
    ),
    (
        Code::RosterParentKind,
        &[
            ("unit", "id name kind parent parent_kind"),
            ("county", "id name kind parent"),
            ("household", "id name parent parent_kind"),
        ],
    ),
    (Code::RosterOverlap, &[("rows", "id"), ("liaison", "id target")]),
    (
        Code::RosterUnknown,
        &[
            ("unit", "unknown id"),
            ("subject", "unknown"),
            ("target", "unknown"),
            ("not_department", "unknown"),
            ("not_village", "unknown"),
            ("cadre", "unknown"),
        ],
    ),
    (
        Code::JournalDiffers,
        &[
            ("no_command", "seq line"),
            ("torn", "seq line"),
            ("twice", "seq line"),
            ("rejected", "seq line code"),
            ("documents", "seq line"),
            ("hash", "seq line"),
        ],
    ),
    (Code::SnapshotInvalid, &[("too_short", ""), ("other_format", ""), ("damaged", "")]),
    (Code::RosterRoot, &[("none", ""), ("several", "id other on")]),
];

/// What findings without a reason carry, for the codes whose default names a parameter outright.
const PLAIN: &[(Code, &str)] = &[
    (Code::CommandOnAfterAt, "day today"),
    (Code::CommandNeedsBook, "do"),
    (Code::CommandUnknown, "id"),
    (Code::PolicyUnknownRule, "name nearest? document?"),
    (Code::PolicyStart, "from today"),
    (Code::JournalHash, "seq line"),
    (Code::JournalPrev, "seq line"),
    (Code::JournalSeq, "seq line"),
    (Code::JournalLine, "line"),
    (Code::JournalHead, "head found"),
    (Code::JournalCount, "count found"),
    (Code::JournalDiffers, "seq line"),
    (Code::RosterLoop, "id name units"),
    (Code::RosterValidity, "id from until"),
    (Code::RosterPost, "id name unit kind post"),
    (Code::RosterRole, "rule posts"),
    (Code::ScenarioFile, "name"),
    (Code::ScenarioUnnoticed, "mutant was?"),
    (Code::ScenarioUntested, "rule"),
];

fn is_han(letter: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&letter) || ('\u{3000}'..='\u{303f}').contains(&letter) || ('\u{ff00}'..='\u{ffef}').contains(&letter)
}

/// The parameters a template names; those that may be missing end in `?`.
fn slots(template: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once('{') {
        assert!(!before.contains('}'), "{template}");
        let (slot, after) = tail.split_once('}').unwrap();
        rest = after;
        match slot.split_once('?') {
            Some((name, around)) => {
                assert_eq!(around.matches('|').count(), 1, "{template}");
                found.insert(format!("{name}?"));
            }
            None => {
                assert!(slot.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{template}");
                found.insert(slot.to_owned());
            }
        }
    }
    assert!(!rest.contains('}'), "{template}");
    found
}

/// The text of a template without its parameters' names.
fn words(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once('{') {
        out.push_str(before);
        let (slot, after) = tail.split_once('}').unwrap();
        if let Some((_, around)) = slot.split_once('?') {
            out.push_str(around);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Both languages speak, each its own, and name the same parameters.
fn speaks((zh, en): (&str, &str), about: &str) {
    assert!(words(zh).chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{about}: {zh}");
    assert!(words(en).chars().any(|c| c.is_ascii_alphabetic()), "{about}: {en}");
    assert!(!en.chars().any(is_han), "{about}: {en}");
    assert!(zh.ends_with(['。', '）', '}']), "{about}: {zh}");
    assert!(en.ends_with(['.', ')', '}']), "{about}: {en}");
    assert_eq!(slots(zh), slots(en), "{about}");
}

/// What is named is carried: outright only what is always there.
fn carried(template: &str, params: &str, about: &str) {
    let given: BTreeSet<&str> = params.split_whitespace().collect();
    for slot in slots(template) {
        let name = slot.trim_end_matches('?');
        if name == "document" || (slot.ends_with('?') && name == "limit") {
            continue;
        }
        let optional = format!("{name}?");
        let known = given.contains(name) || (slot.ends_with('?') && given.contains(optional.as_str()));
        assert!(known, "{about}: nothing carries {slot}");
    }
}

#[test]
fn every_code_speaks_both_languages() {
    let vague = "发现问题";
    for code in Code::ALL {
        let text = template(*code, "");
        speaks(text, code.word());
        speaks(template(*code, "no reason that anybody knows"), code.word());
        assert!(!text.0.starts_with(vague), "{code} has no words of its own");
        let given = PLAIN.iter().find(|(known, _)| known == code).map(|(_, params)| *params);
        let named: Vec<String> = slots(text.0).into_iter().filter(|slot| !slot.ends_with('?')).collect();
        let is_id = code.word().ends_with(".unknown") || code.word().ends_with(".id_reused");
        match given {
            Some(params) => carried(text.0, params, code.word()),
            None if is_id => assert!(named.is_empty() || named == ["id"], "{code}"),
            None => assert!(named.is_empty(), "{code} has no reason to count on {named:?}"),
        }
    }
}

#[test]
fn every_reason_has_words_and_asks_only_for_what_is_there() {
    for (code, reasons) in REASONS {
        for (reason, params) in *reasons {
            let about = format!("{code} {reason}");
            let text = template(*code, reason);
            speaks(text, &about);
            assert_ne!(text, plain::of_code(*code), "{about} has no words of its own");
            carried(text.0, params, &about);
        }
    }
}

#[test]
fn documents_share_the_words_of_their_shape() {
    for code in DOCUMENTS {
        for (reason, params) in SHAPE {
            let about = format!("{code} {reason}");
            let text = template(*code, reason);
            speaks(text, &about);
            assert_ne!(text, plain::of_code(*code), "{about} has no words of its own");
            carried(text.0, params, &about);
        }
    }
}

#[test]
fn a_vocabulary_word_reads_as_people_say_it() {
    use crate::vocab::{Category, Channel, DecisionKind, Post, Stage, UnitKind};
    let mut all: Vec<(&str, &str)> = Vec::new();
    all.extend(Post::ALL.iter().map(|word| ("post", word.word())));
    all.extend(UnitKind::ALL.iter().map(|word| ("kind", word.word())));
    all.extend(Channel::ALL.iter().map(|word| ("channel", word.word())));
    all.extend(Category::ALL.iter().map(|word| ("category", word.word())));
    all.extend(DecisionKind::ALL.iter().map(|word| ("decision", word.word())));
    all.extend(Stage::ALL.iter().map(|word| ("stage", word.word())));
    for (param, word) in all {
        let (zh, en) = spoken(Code::CaseState, param, word).unwrap_or_else(|| panic!("{param} {word}"));
        assert!(zh.chars().any(is_han), "{zh}");
        assert!(!en.chars().any(is_han), "{en}");
    }
}

#[test]
fn limits_are_written_out() {
    let said = |limit| spoken(Code::PlanCap, "limit", limit);
    assert_eq!(said("7d"), Some(("7天".into(), "7 days".into())));
    assert_eq!(said("1wd"), Some(("1个工作日".into(), "1 working day".into())));
    assert_eq!(said("24h"), Some(("24小时".into(), "24 hours".into())));
    assert_eq!(said("soon"), None);
    assert_eq!(spoken(Code::PolicyText, "field", "target"), None);
    assert_eq!(spoken(Code::CaseState, "case", "closed"), None);
}
