//! Reading, changing and asking the roster.

mod change;
mod check;

use super::*;
use crate::codes::Code;
use crate::finding::Param;
use crate::shape::{canonical, parse, Reader, Schemas, Shape};
use crate::vocab::{Level, Post};

const COUNTY: &str = r#"{"units":[
  {"id":"c","kind":"county","name":"大邑县"},
  {"id":"d","kind":"department","name":"民政局","parent":"c"},
  {"id":"t","kind":"town","name":"王泗镇","parent":"c"},
  {"id":"v","kind":"village","name":"某村","parent":"t","poverty":"county","station_phone":"028-1"},
  {"id":"w","kind":"village","name":"邻村","parent":"t"},
  {"id":"g","kind":"group","name":"3组","parent":"v"},
  {"id":"g2","kind":"group","name":"4组","parent":"v"}],
 "cadres":[
  {"id":"k1","name":"李某","level":"village","unit":"v","posts":["branch_secretary","station_duty"],"from":"2014-01-01","until":"2014-06-30"},
  {"id":"k1","name":"李某","level":"town","unit":"t","posts":["town_leader"],"from":"2014-07-01","until":null},
  {"id":"k2","name":"王某","level":"group","unit":"g","from":"2014-01-01"},
  {"id":"k3","name":"赵某","unit":"v","posts":["council_member"],"from":"2014-01-01","until":null}],
 "households":[
  {"id":"h1","unit":"g","name":"张某","from":"2014-01-01","until":null},
  {"id":"h2","unit":"g","name":"陈某","from":"2014-01-01","until":"2014-03-31"},
  {"id":"h2","unit":"w","name":"陈某","from":"2014-04-01","until":null},
  {"id":"h3","unit":"v","name":"刘某","from":"2014-01-01","until":null}],
 "liaisons":[
  {"subject":"k2","target":"h1","from":"2014-01-01","until":"2014-01-31"},
  {"subject":"k2","target":"h1","from":"2014-03-01","until":null},
  {"subject":"k1","target":"h1","from":"2014-01-01","until":null},
  {"subject":"d","target":"v","from":"2014-01-01","until":null}],
 "leave":[{"cadre":"k1","from":"2014-02-01","until":"2014-02-07"},{"cadre":"k1","from":"2014-02-05","until":"2014-02-10"}]}"#;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn county() -> Roster {
    Roster::read(COUNTY.as_bytes()).unwrap()
}

fn rows(text: &str) -> RosterRows {
    RosterRows::parse(text.as_bytes()).unwrap()
}

/// The findings about `COUNTY` with more rows in it.
fn with(more: &str) -> Vec<(Code, String, String)> {
    let mut all = rows(COUNTY);
    let more = rows(more);
    all.units.extend(more.units);
    all.cadres.extend(more.cadres);
    all.households.extend(more.households);
    all.liaisons.extend(more.liaisons);
    all.leave.extend(more.leave);
    shown(Roster::from_rows(all).err().unwrap_or_default())
}

fn shown(findings: Vec<Finding>) -> Vec<(Code, String, String)> {
    findings.into_iter().map(|finding| (finding.code, finding.reason().to_owned(), finding.path)).collect()
}

/// What the change is refused for; whether accepted or refused, it was judged the same beforehand.
fn change(roster: &mut Roster, text: &str) -> Vec<(Code, String, String)> {
    let (before, change) = (roster.clone(), rows(text));
    let foreseen = roster.check_change(&change);
    let found = roster.change(&change).err().unwrap_or_default();
    assert_eq!(foreseen, found);
    if !found.is_empty() {
        assert_eq!(*roster, before, "a refused change leaves the roster as it was");
    }
    // However it came about, the roster is what its rows say, index by index.
    let again = Roster::from_rows(roster.rows()).unwrap();
    assert_eq!(again, *roster);
    for subject in roster.people().map(SubjectIx::Person).chain(roster.units().map(SubjectIx::Unit)) {
        for liaison in roster.liaisons_of(subject) {
            assert!(roster.liaised_to(liaison.target).contains(&(subject, liaison.from, liaison.until)));
        }
    }
    shown(found)
}

fn one(code: Code, reason: &str, path: &str) -> Vec<(Code, String, String)> {
    vec![(code, reason.to_owned(), path.to_owned())]
}

#[test]
fn rows_of_one_person_follow_each_other() {
    let roster = county();
    let k1 = roster.person("k1").unwrap();
    let (v, t) = (roster.unit("v").unwrap(), roster.unit("t").unwrap());
    let secretary = PostSet::of(Post::BranchSecretary);
    assert_eq!(roster.person_rows(k1).len(), 2);
    assert_eq!(roster.person_on(k1, day("2013-12-31")), None);
    assert_eq!(roster.person_on(k1, day("2014-06-30")).unwrap().level, Some(Level::Village));
    assert_eq!(roster.person_on(k1, day("2014-07-01")).unwrap().level, Some(Level::Town));
    assert_eq!(roster.holders(v, secretary, day("2014-06-30")), [k1]);
    assert_eq!(roster.holders(v, secretary, day("2014-07-01")), []);
    assert_eq!(roster.holders(t, PostSet::of(Post::TownLeader), day("2014-07-01")), [k1]);
    assert!(roster.is_held(v, PostSet::from_posts(&[Post::StationDuty]), day("2014-01-01")));
    let both: Vec<_> = roster.people_of(v, day("2014-01-01")).iter().map(|p| roster.person_id(*p).as_str()).collect();
    assert_eq!(both, ["k1", "k3"]);
}

#[test]
fn the_tree_is_asked_by_day() {
    let mut roster = county();
    let [c, d, t, v, w, g] = ["c", "d", "t", "v", "w", "g"].map(|id| roster.unit(id).unwrap());
    let on = day("2014-02-01");
    assert!(roster.is_within(g, g, on) && roster.is_within(g, c, on) && !roster.is_within(v, g, on));
    assert!(!roster.is_within(g, w, on) && !roster.is_within(d, t, on));
    assert_eq!(roster.tier_above(g, on), Some(v));
    assert_eq!(roster.tier_above(d, on), Some(c));
    assert_eq!(roster.tier_above(c, on), None);
    assert_eq!(roster.village_of(g, on), Some(v));
    assert_eq!(roster.village_of(v, on), Some(v));
    assert_eq!(roster.village_of(t, on), None);
    assert_eq!(roster.ancestor_of_kind(g, UnitKind::Town, on), Some(t));
    assert_eq!(roster.ancestor_of_kind(d, UnitKind::Town, on), None);
    assert_eq!(roster.children(t, on).collect::<Vec<_>>(), [v, w]);
    assert_eq!(roster.county(on), Some(c));
    assert_eq!(roster.subtree(c, on).len(), 7);
    // A group that moves to the other village is there from that day on.
    let moved = r#"{"units":[{"id":"g","kind":"group","name":"3组","parent":"v","until":"2014-12-31"},
        {"id":"g","kind":"group","name":"3组","parent":"w","from":"2015-01-01"}]}"#;
    assert_eq!(change(&mut roster, moved), []);
    assert_eq!(roster.village_of(g, day("2014-12-31")), Some(v));
    assert_eq!(roster.village_of(g, day("2015-01-01")), Some(w));
    assert_eq!(roster.children(v, day("2015-01-01")).count(), 1);
    assert_eq!(roster.children(w, day("2015-01-01")).collect::<Vec<_>>(), [g]);
}

#[test]
fn households_are_found_in_their_unit_and_below() {
    let roster = county();
    let ids = |unit: &str, on: &str| {
        let found = roster.households_in(roster.unit(unit).unwrap(), day(on));
        found.iter().map(|h| roster.household_id(*h).to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids("v", "2014-03-31"), ["h1", "h2", "h3"]);
    assert_eq!(ids("v", "2014-04-01"), ["h1", "h3"]);
    assert_eq!(ids("w", "2014-04-01"), ["h2"]);
    assert_eq!(ids("c", "2014-04-01"), ["h1", "h2", "h3"]);
    assert_eq!(ids("g2", "2014-04-01"), Vec::<String>::new());
    assert_eq!(ids("c", "2013-04-01"), Vec::<String>::new());
}

#[test]
fn liaisons_hold_from_their_first_day_to_their_last() {
    let roster = county();
    let k2 = roster.subject("k2").unwrap();
    let h1 = roster.target("h1").unwrap();
    for (on, holds) in [
        ("2013-12-31", false),
        ("2014-01-01", true),
        ("2014-01-31", true),
        ("2014-02-01", false),
        ("2014-02-28", false),
        ("2014-03-01", true),
        ("2020-03-01", true),
    ] {
        assert_eq!(roster.is_liaised(k2, h1, day(on)), holds, "{on}");
    }
    let (d, v) = (roster.subject("d").unwrap(), roster.target("v").unwrap());
    assert_eq!((d, v), (SubjectIx::Unit(roster.unit("d").unwrap()), TargetIx::Unit(roster.unit("v").unwrap())));
    assert!(roster.is_liaised(d, v, day("2014-05-05")));
    assert!(!roster.is_liaised(d, h1, day("2014-05-05")));
    assert_eq!(roster.liaised_to(h1).len(), 3);
    assert_eq!(roster.liaised_to(v), [(d, day("2014-01-01"), None)]);
    assert_eq!(roster.liaisons_of(k2).len(), 2);
}

#[test]
fn leave_adds_up() {
    let roster = county();
    let k1 = roster.person("k1").unwrap();
    let on = |text| roster.on_leave(k1, day(text));
    assert!(!on("2014-01-31") && on("2014-02-01") && on("2014-02-06") && on("2014-02-10") && !on("2014-02-11"));
    assert_eq!(roster.leave_of(k1).len(), 2);
    assert_eq!(roster.leave_of(roster.person("k2").unwrap()), []);
}

#[test]
fn rows_come_back_sorted_and_whole() {
    let roster = county();
    let back = roster.rows();
    assert_eq!(back.document(), canonical(&Roster::from_rows(back.clone()).unwrap().rows()));
    // Another order of entry makes the same roster.
    let mut turned = rows(COUNTY);
    turned.units.reverse();
    turned.cadres.reverse();
    turned.households.reverse();
    turned.liaisons.reverse();
    assert_eq!(Roster::from_rows(turned).unwrap(), roster);
    assert_eq!(roster.units().map(|u| roster.unit_id(u).to_string()).collect::<Vec<_>>(), ["c", "d", "g", "g2", "t", "v", "w"]);
    assert_eq!(back.len(), 21);
    assert!(roster != Roster::default());
}

#[test]
fn the_document_has_one_canonical_form() {
    let loose = r#"{"leave":[],"cadres":[{"until":null,"posts":[],"id":"a","name":"x","unit":"c","from":"2014-01-01"},
        {"id":"b","name":"x","unit":"c","from":"2014-01-01"}],"units":[{"id":"c","kind":"county","name":"X","from":null}]}"#;
    let rows = rows(loose);
    assert_eq!(
        rows.document(),
        r#"{"cadres":[{"from":"2014-01-01","id":"a","name":"x","unit":"c","until":null},{"from":"2014-01-01","id":"b","name":"x","unit":"c","until":null}],"units":[{"id":"c","kind":"county","name":"X"}]}"#
    );
    // The example of the contract's kind, which writes nothing else, is canonical but for white space.
    let node = parse(COUNTY.as_bytes(), 1 << 20).unwrap();
    let written = super::tests::rows(COUNTY).document();
    assert_eq!(written.replace(r#","until":null"#, ""), node.canonical().replace(r#","until":null"#, ""));
    let mut packed = Vec::new();
    rows.pack(&mut packed);
    assert_eq!(RosterRows::unpack(&mut packed.as_slice()).unwrap(), rows);
    let mut schemas = Schemas::default();
    assert!(RosterRows::schema(&mut schemas).contains("RosterRows"));
    assert!(schemas.document("roster", "{}").contains(r#"{"type":"null"}"#));
}

#[test]
fn shapes_are_refused_with_every_mistake() {
    let found = RosterRows::parse(br#"{"units":[{"id":"c","kind":"contry","name":"X","form":1}],"cadre":[],"leave":[{}]}"#);
    let found = shown(found.unwrap_err());
    assert!(found.iter().all(|(code, ..)| *code == Code::RosterInvalid));
    let places: Vec<_> = found.iter().map(|(_, reason, path)| (reason.as_str(), path.as_str())).collect();
    for place in [
        ("unknown_word", "/units/0/kind"),
        ("unknown_field", "/units/0/form"),
        ("unknown_field", "/cadre"),
        ("missing_field", "/leave/0/cadre"),
        ("missing_field", "/leave/0/until"),
    ] {
        assert!(places.contains(&place), "{place:?} in {places:?}");
    }
    assert_eq!(shown(Roster::read(b"{").unwrap_err()), one(Code::RosterInvalid, "truncated", ""));
    assert_eq!(shown(Roster::read(b"[]").unwrap_err()), one(Code::RosterInvalid, "wrong_type", ""));
    let date = br#"{"households":[{"id":"h","unit":"g","name":"x","from":"2014-02-30","until":7}]}"#;
    assert_eq!(Roster::read(date).unwrap_err().len(), 2);
}

#[test]
fn many_mistakes_are_counted() {
    let text = format!("{{\"units\":[{}]}}", vec!["{}"; 700].join(","));
    let found = RosterRows::parse(text.as_bytes()).unwrap_err();
    assert_eq!(found.len(), 1001);
    assert_eq!(found.last().unwrap().param("count"), Some(&Param::Whole(1100)));
    let households: Vec<String> = (0..1500)
        .map(|n| format!(r#"{{"id":"h{n}","unit":"nowhere","name":"x","from":"2014-01-01"}}"#))
        .collect();
    let text = format!(r#"{{"units":[{{"id":"c","kind":"county","name":"X"}}],"households":[{}]}}"#, households.join(","));
    let found = Roster::read(text.as_bytes()).unwrap_err();
    assert_eq!(found.len(), 1001);
    assert_eq!(found.last().unwrap().param("count"), Some(&Param::Whole(500)));
}

#[test]
fn there_is_one_county() {
    assert_eq!(shown(Roster::read(b"{}").unwrap_err()), one(Code::RosterRoot, "none", ""));
    assert_eq!(
        with(r#"{"units":[{"id":"c2","kind":"county","name":"Y"}]}"#),
        one(Code::RosterRoot, "several", "/units/7")
    );
    // One after the other is one on every day; a shared day is two.
    let pair = |until: &str| {
        Roster::read(
            format!(
                r#"{{"units":[{{"id":"a","kind":"county","name":"X","until":"{until}"}},
                {{"id":"b","kind":"county","name":"Y","from":"2015-01-01"}}]}}"#
            )
            .as_bytes(),
        )
    };
    let roster = pair("2014-12-31").unwrap();
    assert_eq!(roster.county(day("2014-12-31")), roster.unit("a"));
    assert_eq!(roster.county(day("2015-01-01")), roster.unit("b"));
    assert_eq!(shown(pair("2015-01-01").unwrap_err()), one(Code::RosterRoot, "several", "/units/1"));
    let ended = r#"{"units":[{"id":"a","kind":"county","name":"X","from":"2015-01-01","until":"2014-01-01"}]}"#;
    assert_eq!(shown(Roster::read(ended.as_bytes()).unwrap_err()), one(Code::RosterValidity, "", "/units/0/until"));
}

#[test]
fn parents_are_of_the_right_kind() {
    for (kind, parent, reason) in [
        ("town", "t", "unit"),
        ("town", "d", "unit"),
        ("department", "t", "unit"),
        ("village", "c", "unit"),
        ("village", "d", "unit"),
        ("group", "t", "unit"),
        ("group", "g", "unit"),
    ] {
        let more = format!(r#"{{"units":[{{"id":"x","kind":"{kind}","name":"X","parent":"{parent}"}}]}}"#);
        assert_eq!(with(&more), one(Code::RosterParentKind, reason, "/units/7/parent"), "{kind} under {parent}");
    }
    let county = r#"{"units":[{"id":"a","kind":"county","name":"X"},
        {"id":"b","kind":"county","name":"Y","parent":"a","from":"2015-01-01"}]}"#;
    let found = shown(Roster::read(county.as_bytes()).unwrap_err());
    assert!(found.contains(&(Code::RosterParentKind, "county".into(), "/units/1/parent".into())));
}

#[test]
fn orphans_are_named() {
    assert_eq!(
        with(r#"{"units":[{"id":"x","kind":"town","name":"X"}]}"#),
        one(Code::RosterOrphan, "missing", "/units/7")
    );
    assert_eq!(
        with(r#"{"units":[{"id":"x","kind":"town","name":"X","parent":"nowhere"},{"id":"y","kind":"village","name":"Y","parent":"x"}]}"#),
        one(Code::RosterOrphan, "unknown", "/units/7/parent")
    );
    let short = r#"{"units":[{"id":"x","kind":"town","name":"X","parent":"c","from":"2014-01-01","until":"2014-12-31"},
        {"id":"x","kind":"town","name":"X2","parent":"c","from":"2015-01-01","until":"2015-06-30"},
        {"id":"y","kind":"village","name":"Y","parent":"x","from":"2014-03-01","until":"2015-06-30"},
        {"id":"z","kind":"village","name":"Z","parent":"x","from":"2014-03-01","until":"2015-07-01"}]}"#;
    let mut all = rows(COUNTY);
    all.units.extend(rows(short).units);
    let found = Roster::from_rows(all).unwrap_err();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].param("on"), Some(&Param::Text("2015-07-01".into())));
    assert_eq!(shown(found), one(Code::RosterOrphan, "not_valid", "/units/10/parent"));
}

#[test]
fn loops_are_found_once() {
    assert_eq!(
        with(r#"{"units":[{"id":"x","kind":"village","name":"X","parent":"x"}]}"#),
        one(Code::RosterLoop, "", "/units/7/parent")
    );
    let three = r#"{"units":[{"id":"x","kind":"town","name":"X","parent":"z"},{"id":"y","kind":"village","name":"Y","parent":"x"},
        {"id":"z","kind":"group","name":"Z","parent":"y"},{"id":"u","kind":"group","name":"U","parent":"y"}]}"#;
    let mut all = rows(COUNTY);
    all.units.extend(rows(three).units);
    let found = Roster::from_rows(all).unwrap_err();
    assert_eq!(found[0].param("units"), Some(&Param::List(vec!["x".into(), "z".into(), "y".into()])));
    assert_eq!(shown(found), one(Code::RosterLoop, "", "/units/7/parent"));
    // A loop that exists only from 2015 on; and one that never exists on one day.
    let late = |from: &str| {
        format!(
            r#"{{"units":[{{"id":"x","kind":"town","name":"X","parent":"c","until":"2014-12-31"}},
            {{"id":"x","kind":"town","name":"X","parent":"y","from":"2015-01-01","until":"2015-12-31"}},
            {{"id":"y","kind":"village","name":"Y","parent":"t","until":"2014-12-31"}},
            {{"id":"y","kind":"village","name":"Y","parent":"x","from":"{from}"}}]}}"#
        )
    };
    let found = with(&late("2015-01-01"));
    assert_eq!(found[0], (Code::RosterLoop, String::new(), "/units/8/parent".into()));
    let found = with(&late("2016-01-01"));
    assert!(found.iter().all(|(code, ..)| *code != Code::RosterLoop) && !found.is_empty());
}

#[test]
fn a_long_loop_and_a_long_chain_end_soon() {
    let text = |last: usize| {
        let units: Vec<String> = (0..3000)
            .map(|n| {
                let parent = if n == 0 { last } else { n - 1 };
                format!(r#"{{"id":"u{n}","kind":"village","name":"X","parent":"u{parent}"}}"#)
            })
            .collect();
        format!(r#"{{"units":[{{"id":"c","kind":"county","name":"X"}},{}]}}"#, units.join(","))
    };
    let found = shown(Roster::read(text(2999).as_bytes()).unwrap_err());
    assert_eq!(found, one(Code::RosterLoop, "", "/units/1/parent"));
    let found = Roster::read(text(5000).as_bytes()).unwrap_err();
    assert_eq!(found.len(), 1001);
    assert!(found.iter().all(|finding| finding.code != Code::RosterLoop));
    // A chain that leads into a loop is not in it.
    let found = shown(Roster::read(text(1).as_bytes()).unwrap_err());
    assert_eq!(found[0], (Code::RosterLoop, String::new(), "/units/1/parent".into()));
    assert_eq!(found.iter().filter(|(code, ..)| *code == Code::RosterLoop).count(), 1);
}

#[test]
fn rows_of_one_id_do_not_overlap() {
    for (list, row, places) in [
        ("units", r#"{"id":"g","kind":"group","name":"3组","parent":"v","from":"2014-05-01"}"#, &["/units/7"][..]),
        ("cadres", r#"{"id":"k1","name":"李某","unit":"v","from":"2014-06-30","until":"2014-06-30"}"#, &["/cadres/4"]),
        ("cadres", r#"{"id":"k1","name":"李某","unit":"v","from":"2014-06-30","until":"2014-07-01"}"#, &["/cadres/1", "/cadres/4"]),
        ("cadres", r#"{"id":"k2","name":"王某","unit":"v","from":"2014-01-01","until":null}"#, &["/cadres/4"]),
        ("cadres", r#"{"id":"k2","name":"王某","unit":"v","from":"2013-01-01","until":null}"#, &["/cadres/2"]),
        ("households", r#"{"id":"h1","unit":"g","name":"张某","from":"2020-01-01","until":null}"#, &["/households/4"]),
    ] {
        let found = with(&format!(r#"{{"{list}":[{row}]}}"#));
        assert!(found.iter().all(|(code, reason, _)| *code == Code::RosterOverlap && reason == "rows"), "{found:?}");
        assert_eq!(found.iter().map(|(_, _, path)| path.as_str()).collect::<Vec<_>>(), places);
    }
    assert_eq!(with(r#"{"cadres":[{"id":"k1","name":"李某","unit":"v","from":"2013-01-01","until":"2013-12-31"}]}"#), []);
    assert_eq!(
        with(r#"{"liaisons":[{"subject":"k1","target":"h1","from":"2015-01-01","until":null}]}"#),
        one(Code::RosterOverlap, "liaison", "/liaisons/4")
    );
    assert_eq!(
        with(r#"{"liaisons":[{"subject":"k2","target":"h1","from":"2014-02-01","until":"2014-02-28"}]}"#),
        []
    );
    assert_eq!(
        with(r#"{"leave":[{"cadre":"k1","from":"2014-02-01","until":"2014-02-09"}]}"#),
        one(Code::RosterOverlap, "rows", "/leave/2")
    );
}

#[test]
fn ids_that_name_nothing_are_refused() {
    for (more, reason, path) in [
        (r#"{"cadres":[{"id":"x","name":"x","unit":"q","from":"2014-01-01"}]}"#, "unit", "/cadres/4/unit"),
        (r#"{"households":[{"id":"x","name":"x","unit":"q","from":"2014-01-01"}]}"#, "unit", "/households/4/unit"),
        (r#"{"liaisons":[{"subject":"q","target":"h1","from":"2014-01-01"}]}"#, "subject", "/liaisons/4/subject"),
        (r#"{"liaisons":[{"subject":"t","target":"h1","from":"2014-01-01"}]}"#, "not_department", "/liaisons/4/subject"),
        (r#"{"liaisons":[{"subject":"k1","target":"q","from":"2014-01-01"}]}"#, "target", "/liaisons/4/target"),
        (r#"{"liaisons":[{"subject":"k1","target":"g","from":"2014-01-01"}]}"#, "not_village", "/liaisons/4/target"),
        (r#"{"leave":[{"cadre":"q","from":"2014-01-01","until":"2014-01-01"}]}"#, "cadre", "/leave/2/cadre"),
    ] {
        assert_eq!(with(more), one(Code::RosterUnknown, reason, path));
    }
    assert_eq!(
        with(r#"{"households":[{"id":"x","name":"x","unit":"t","from":"2014-01-01"}]}"#),
        one(Code::RosterParentKind, "household", "/households/4/unit")
    );
}

#[test]
fn nothing_ends_before_it_begins() {
    for (more, path) in [
        (r#"{"units":[{"id":"x","kind":"town","name":"X","parent":"c","from":"2014-01-02","until":"2014-01-01"}]}"#, "/units/7/until"),
        (r#"{"cadres":[{"id":"x","name":"x","unit":"v","from":"2014-01-02","until":"2014-01-01"}]}"#, "/cadres/4/until"),
        (r#"{"households":[{"id":"x","name":"x","unit":"v","from":"2014-01-02","until":"2014-01-01"}]}"#, "/households/4/until"),
        (r#"{"liaisons":[{"subject":"k1","target":"v","from":"2014-01-02","until":"2014-01-01"}]}"#, "/liaisons/4/until"),
        (r#"{"leave":[{"cadre":"k1","from":"2014-01-02","until":"2014-01-01"}]}"#, "/leave/2/until"),
    ] {
        assert_eq!(with(more), one(Code::RosterValidity, "", path));
    }
    // One day is long enough.
    assert_eq!(with(r#"{"leave":[{"cadre":"k1","from":"2014-05-01","until":"2014-05-01"}]}"#), []);
}

#[test]
fn every_mistake_is_listed_in_the_order_of_the_document() {
    let found = with(
        r#"{"units":[{"id":"x","kind":"town","name":"X","parent":"q"},{"id":"y","kind":"village","name":"Y","parent":"y"}],
        "cadres":[{"id":"x","name":"x","unit":"q","from":"2014-01-01"}],
        "liaisons":[{"subject":"q","target":"q","from":"2014-01-02","until":"2014-01-01"}]}"#,
    );
    let paths: Vec<&str> = found.iter().map(|(_, _, path)| path.as_str()).collect();
    assert_eq!(
        paths,
        ["/units/7/parent", "/units/8/parent", "/cadres/4/unit", "/liaisons/4/subject", "/liaisons/4/target", "/liaisons/4/until"]
    );
}

#[test]
fn nullable_days_read_null_and_nothing_else() {
    let mut cx = Reader::new();
    let read = |text: &str, cx: &mut Reader| Open::read(&parse(text.as_bytes(), 100).unwrap(), cx);
    assert_eq!(read("null", &mut cx), Some(Open(None)));
    assert_eq!(read("\"2014-01-31\"", &mut cx), Some(Open(Some(day("2014-01-31")))));
    assert!(cx.problems.is_empty());
    assert_eq!(read("1", &mut cx), None);
    assert_eq!(read("\"31.1.2014\"", &mut cx), None);
    assert_eq!(cx.problems.len(), 2);
}
