//! What falls short of the rules on a day.

use super::*;
use crate::finding::Severity;
use crate::policy::Policy;

/// Everything `check` says of a code: reason, id, severity.
fn checked(roster: &Roster, code: Code, on: &str) -> Vec<(String, String, Severity)> {
    let policy = Policy::preset("dayi-2014").unwrap();
    let text = |finding: &Finding, name| match finding.param(name) {
        Some(Param::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let found = roster.check(&policy, day(on));
    found
        .iter()
        .filter(|finding| finding.code == code)
        .map(|finding| (finding.reason().to_owned(), text(finding, "id"), finding.severity))
        .collect()
}

fn said(reason: &str, id: &str) -> (String, String, Severity) {
    (reason.to_owned(), id.to_owned(), Severity::Error)
}

#[test]
fn check_counts_liaisons() {
    let mut roster = county();
    let leader = r#"{"cadres":[{"id":"a1","name":"x","level":"county_leader","unit":"c","posts":["county_leader"],"from":"2014-01-01"},
        {"id":"a2","name":"x","level":"county_leader","unit":"c","from":"2014-01-01"},
        {"id":"a3","name":"x","level":"county_leader","unit":"c","from":"2014-01-01"},
        {"id":"a4","name":"x","level":"county_leader","unit":"c","from":"2014-01-01"}],
        "liaisons":[{"subject":"a1","target":"v","from":"2014-01-01"},{"subject":"a2","target":"w","from":"2014-01-01"},
        {"subject":"a3","target":"v","from":"2014-01-01"},{"subject":"a3","target":"w","from":"2014-01-01","until":"2014-03-31"}]}"#;
    assert_eq!(change(&mut roster, leader), []);
    let found = checked(&roster, Code::LiaisonCountyLeader, "2014-03-31");
    assert_eq!(found, [said("not_poor", "a2"), said("too_many", "a3"), said("not_poor", "a3"), said("too_few", "a4")]);
    let found = checked(&roster, Code::LiaisonCountyLeader, "2014-04-01");
    assert_eq!(found, [said("not_poor", "a2"), said("too_few", "a4")]);
    assert_eq!(checked(&roster, Code::LiaisonDepartment, "2014-04-01"), []);
    assert_eq!(checked(&roster, Code::LiaisonDepartment, "2013-04-01"), [said("too_few", "d")]);
    assert_eq!(checked(&roster, Code::LiaisonVillage, "2014-06-30"), [said("too_few", "k1")]);
    assert_eq!(checked(&roster, Code::LiaisonVillage, "2014-07-01"), []);
    assert_eq!(checked(&roster, Code::LiaisonTown, "2014-07-01"), [said("too_few", "k1")]);
    // The group cadre has h1 but not h2 until it moves away; nobody has h2 and h3.
    let nobody = |id: &str| ("nobody".to_owned(), id.to_owned(), Severity::Warning);
    assert_eq!(
        checked(&roster, Code::LiaisonGroup, "2014-03-31"),
        [said("not_every", "k2"), nobody("g"), nobody("v")]
    );
    assert_eq!(checked(&roster, Code::LiaisonGroup, "2014-04-01"), [nobody("v"), nobody("w")]);
    // Before the appointments, their liaisons count for nothing.
    let ended = r#"{"cadres":[{"id":"k1","name":"李某","level":"town","unit":"t","from":"2014-07-01","until":"2014-12-31"},
        {"id":"k2","name":"王某","level":"group","unit":"g","from":"2014-01-01","until":"2014-12-31"}]}"#;
    assert_eq!(change(&mut roster, ended), []);
    assert_eq!(checked(&roster, Code::LiaisonGroup, "2015-01-01"), [nobody("g"), nobody("v"), nobody("w")]);
}

#[test]
fn check_asks_for_stations_and_posts() {
    let roster = county();
    assert_eq!(
        checked(&roster, Code::Station, "2014-06-30"),
        [said("no_phone", "w"), said("no_duty", "w")]
    );
    assert_eq!(checked(&roster, Code::Station, "2014-07-01")[0], said("no_duty", "v"));
    let chairs: Vec<_> = checked(&roster, Code::MeetingChair, "2014-06-30").into_iter().map(|(_, id, _)| id).collect();
    assert_eq!(chairs, ["c", "d", "t", "w"]);
    let notify = checked(&roster, Code::MeetingNotify, "2014-06-30");
    assert_eq!(notify.iter().filter(|(_, id, _)| id == "v").count(), 3);
    assert_eq!(notify.iter().filter(|(_, id, _)| id == "w").count(), 4);
    let office: Vec<_> = checked(&roster, Code::Authority, "2014-07-01");
    assert!(office.contains(&said("no_head", "t")) && !office.contains(&said("no_office", "t")));
    assert!(office.contains(&said("no_office", "w")) && office.contains(&said("no_office", "c")));
}

#[test]
fn check_sees_posts_without_a_role_and_people_without_a_unit() {
    let mut roster = county();
    let odd = r#"{"cadres":[{"id":"x1","name":"x","unit":"t","posts":["branch_secretary","mid_level","grid_worker"],"from":"2014-01-01"},
        {"id":"x2","name":"x","unit":"g2","posts":["staff"],"from":"2014-01-01"}],
        "households":[{"id":"h5","unit":"g2","name":"x","from":"2014-01-01"}]}"#;
    assert_eq!(change(&mut roster, odd), []);
    let warned = |id: &str| (String::new(), id.to_owned(), Severity::Warning);
    assert_eq!(checked(&roster, Code::RosterPost, "2014-02-01"), [warned("x1"), warned("x2")]);
    // A unit may end before those in it: the roster still runs, and check names them.
    let ended = r#"{"units":[{"id":"g2","kind":"group","name":"4组","parent":"v","until":"2014-12-31"}]}"#;
    assert_eq!(change(&mut roster, ended), []);
    assert_eq!(checked(&roster, Code::RosterOrphan, "2014-12-31"), []);
    let lost = checked(&roster, Code::RosterOrphan, "2015-01-01");
    assert_eq!(lost.iter().map(|(reason, ..)| reason.as_str()).collect::<Vec<_>>(), ["cadre", "households"]);
}

#[test]
fn check_names_the_roles_that_nobody_holds() {
    let roles = |roster: &Roster| {
        let found = roster.check(&Policy::preset("dayi-2014").unwrap(), day("2014-02-01"));
        let rules: Vec<&str> = found
            .iter()
            .filter(|finding| finding.code == Code::RosterRole)
            .map(|finding| finding.ground.as_ref().unwrap().rule.word())
            .collect();
        rules.join(" ")
    };
    let mut roster = county();
    assert!(roles(&roster).contains("consolidate.county_leader"), "{}", roles(&roster));
    let four = r#"{"cadres":[{"id":"f1","name":"x","unit":"c","posts":["four_offices"],"from":"2014-01-01"}]}"#;
    assert_eq!(change(&mut roster, four), []);
    assert!(!roles(&roster).contains("consolidate.county_leader"), "{}", roles(&roster));
}

#[test]
fn a_rule_that_is_off_asks_for_nothing() {
    let county = br#"{"id":"x","version":"1","title":{"zh":"x","en":"x"},"effective_from":"2014-01-01","extends":"dayi-2014",
        "rules":{"liaison.county_leader":null,"liaison.department":null,"liaison.town":null,"liaison.village":null,"liaison.group":null,"station":null}}"#;
    let policy = Policy::read(county).unwrap();
    let found = super::county().check(&policy, day("2014-02-01"));
    assert!(found.iter().all(|f| matches!(f.code, Code::MeetingChair | Code::MeetingNotify | Code::Authority | Code::RosterRole)), "{found:?}");
    assert!(found.iter().all(|f| f.ground.is_some()));
}
