//! Changes: what they do, what refuses them, and that they come to the same as reading anew.

use super::*;

#[test]
fn a_change_adds_ends_and_replaces() {
    let mut roster = county();
    let k2 = roster.subject("k2").unwrap();
    assert_eq!(
        change(
            &mut roster,
            r#"{"households":[{"id":"h1","unit":"g","name":"张某","from":"2014-01-01","until":"2014-09-30"},
              {"id":"h1","unit":"g2","name":"张某","from":"2014-10-01","until":null},
              {"id":"h0","unit":"g2","name":"新某","from":"2014-10-01","until":null}],
            "liaisons":[{"subject":"k2","target":"h1","from":"2014-03-01","until":"2014-09-30"},
              {"subject":"k2","target":"h0","from":"2014-10-01","until":null}],
            "leave":[{"cadre":"k1","from":"2014-02-05","until":"2014-02-20"},{"cadre":"k2","from":"2014-03-01","until":"2014-03-02"}]}"#
        ),
        []
    );
    let (h1, h0) = (roster.target("h1").unwrap(), roster.target("h0").unwrap());
    assert!(roster.is_liaised(k2, h1, day("2014-09-30")) && !roster.is_liaised(k2, h1, day("2014-10-01")));
    assert!(roster.is_liaised(k2, h0, day("2014-10-01")));
    assert_eq!(roster.liaised_to(h1).len(), 3);
    let g2 = roster.unit("g2").unwrap();
    let there: Vec<_> = roster.households_in(g2, day("2014-10-01")).iter().map(|h| roster.household_id(*h).to_string()).collect();
    assert_eq!(there, ["h0", "h1"]);
    assert_eq!(roster.households().map(|h| roster.household_id(h).to_string()).collect::<Vec<_>>(), ["h0", "h1", "h2", "h3"]);
    assert!(roster.on_leave(roster.person("k1").unwrap(), day("2014-02-20")));
    assert_eq!(change(&mut roster, "{}"), []);
}

#[test]
fn a_whole_branch_can_be_added_and_ended() {
    let mut roster = county();
    let branch = |until: &str| {
        format!(
            r#"{{"units":[{{"id":"n3","kind":"group","name":"1组","parent":"n2"{until}}},
            {{"id":"n2","kind":"village","name":"新村","parent":"n1"{until}}},
            {{"id":"n1","kind":"town","name":"新镇","parent":"c"{until}}}]}}"#
        )
    };
    assert_eq!(change(&mut roster, &branch("")), []);
    let (n1, n3) = (roster.unit("n1").unwrap(), roster.unit("n3").unwrap());
    assert!(roster.is_within(n3, n1, day("2030-01-01")));
    assert_eq!(change(&mut roster, &branch(r#","until":"2029-12-31""#)), []);
    assert!(!roster.is_within(n3, n1, day("2030-01-01")));
    assert_eq!(roster.unit_on(n1, day("2030-01-01")), None);
}

#[test]
fn a_change_is_refused_whole() {
    let mut roster = county();
    for (text, code, reason, path) in [
        (r#"{"cadres":[{"id":"k9","name":"x","unit":"q","from":"2014-01-01"}]}"#, Code::RosterUnknown, "unit", "/roster/cadres/0/unit"),
        (r#"{"units":[{"id":"v","kind":"village","name":"某村","parent":"t","from":"2016-01-01"}]}"#, Code::UnitIdReused, "rows", "/roster/units/0"),
        (r#"{"cadres":[{"id":"k2","name":"x","unit":"v","from":"2016-01-01"}]}"#, Code::CadreIdReused, "rows", "/roster/cadres/0"),
        (r#"{"cadres":[{"id":"k2","name":"x","unit":"v","from":"2013-01-01"}]}"#, Code::CadreIdReused, "rows", "/roster/cadres/0"),
        (r#"{"households":[{"id":"h3","name":"x","unit":"v","from":"2016-01-01"}]}"#, Code::HouseholdIdReused, "rows", "/roster/households/0"),
        (r#"{"liaisons":[{"subject":"k1","target":"h1","from":"2016-01-01"}]}"#, Code::RosterOverlap, "liaison", "/roster/liaisons/0"),
        // The liaison of 2014-01 is made to run into that of 2014-03.
        (r#"{"liaisons":[{"subject":"k2","target":"h1","from":"2014-01-01"}]}"#, Code::RosterOverlap, "liaison", "/roster/liaisons/0"),
        // A village ends while its groups go on: each is named at the row that does it.
        (r#"{"units":[{"id":"w","kind":"village","name":"邻村","parent":"v"}]}"#, Code::RosterParentKind, "unit", "/roster/units/0/parent"),
        (r#"{"units":[{"id":"v","kind":"village","name":"某村","parent":"v"}]}"#, Code::RosterLoop, "", "/roster/units/0/parent"),
        (r#"{"units":[{"id":"c2","kind":"county","name":"Y","from":"2016-01-01"}]}"#, Code::RosterRoot, "several", "/roster/units/0"),
    ] {
        assert_eq!(change(&mut roster, text), one(code, reason, path), "{text}");
    }
    let ended = r#"{"units":[{"id":"v","kind":"village","name":"某村","parent":"t","until":"2015-12-31"}]}"#;
    let orphan = (Code::RosterOrphan, "not_valid".to_owned(), "/roster/units/0".to_owned());
    assert_eq!(change(&mut roster, ended), [orphan.clone(), orphan]);
    // What households, liaisons and groups rest on cannot change its kind under them.
    let town = r#"{"units":[{"id":"v","kind":"town","name":"某镇","parent":"c"}]}"#;
    let codes: Vec<Code> = change(&mut roster, town).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes, [Code::RosterParentKind, Code::RosterParentKind, Code::RosterParentKind, Code::RosterUnknown]);
    let bureau = r#"{"units":[{"id":"d","kind":"town","name":"某镇","parent":"c"}]}"#;
    assert_eq!(change(&mut roster, bureau), one(Code::RosterUnknown, "not_department", "/roster/units/0/kind"));
    // One bad row among good ones: none of them enters.
    let mixed = r#"{"households":[{"id":"h8","unit":"g","name":"x","from":"2014-01-01"},{"id":"h9","unit":"q","name":"x","from":"2014-01-01"}]}"#;
    assert_eq!(change(&mut roster, mixed), one(Code::RosterUnknown, "unit", "/roster/households/1/unit"));
    assert_eq!(roster.household("h8"), None);
}

#[test]
fn a_promotion_keeps_the_id() {
    let mut roster = county();
    let promoted = r#"{"cadres":[{"id":"k2","name":"王某","level":"village","unit":"v","posts":["branch_secretary"],"from":"2014-07-01","until":null},
        {"id":"k2","name":"王某","level":"group","unit":"g","from":"2014-01-01","until":"2014-06-30"}]}"#;
    assert_eq!(change(&mut roster, promoted), []);
    let k2 = roster.person("k2").unwrap();
    assert_eq!(roster.person_on(k2, day("2014-06-30")).unwrap().level, Some(Level::Group));
    assert_eq!(roster.holders(roster.unit("v").unwrap(), PostSet::of(Post::BranchSecretary), day("2014-07-01")), [k2]);
    assert_eq!(roster.people_of(roster.unit("g").unwrap(), day("2014-07-01")), []);
}

/// Small numbers from a seed, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }

    fn date(&mut self) -> Date {
        day("2014-01-01").add_days(30 * self.roll(8) as i32)
    }

    fn until(&mut self) -> Option<Date> {
        (self.roll(3) > 0).then(|| self.date().add_days(-1))
    }

    /// A row or two much like those of `rows`, with something changed in each.
    fn change(&mut self, rows: &RosterRows) -> RosterRows {
        let mut change = RosterRows::default();
        for _ in 0..=self.roll(3) {
            match self.roll(4) {
                0 => {
                    let mut row = self.pick(&rows.units);
                    match self.roll(6) {
                        0 => row.id = UnitId::new(&format!("u{}", self.roll(4))).unwrap(),
                        1 => row.parent = Some(self.pick(&rows.units).id),
                        2 => row.from = Bound((self.roll(2) > 0).then(|| self.date())),
                        3 => row.kind = self.pick(UnitKind::ALL),
                        _ => {}
                    }
                    if self.roll(2) > 0 {
                        row.until = Bound(self.until());
                    }
                    change.units.push(row);
                }
                1 => {
                    let mut row = self.pick(&rows.cadres);
                    match self.roll(3) {
                        0 => row.id = PersonId::new(&format!("p{}", self.roll(4))).unwrap(),
                        1 => row.from = self.date(),
                        _ => row.unit = self.pick(&rows.units).id,
                    }
                    row.until = Open(self.until());
                    change.cadres.push(row);
                }
                2 => {
                    let mut row = self.pick(&rows.households);
                    match self.roll(3) {
                        0 => row.id = HouseholdId::new(&format!("x{}", self.roll(4))).unwrap(),
                        1 => row.from = self.date(),
                        _ => row.unit = self.pick(&rows.units).id,
                    }
                    row.until = Open(self.until());
                    change.households.push(row);
                }
                _ => {
                    let mut row = self.pick(&rows.liaisons);
                    match self.roll(3) {
                        0 => row.target = TargetId::new(self.pick(&rows.households).id.as_str()).unwrap(),
                        1 => row.from = self.date(),
                        _ => row.subject = SubjectId::new(self.pick(&rows.cadres).id.as_str()).unwrap(),
                    }
                    row.until = Open(self.until());
                    change.liaisons.push(row);
                }
            }
        }
        change
    }
}

/// Puts `new` in the place of the old rows with the same keys.
fn merge<T: Clone, K: PartialEq>(old: &mut Vec<T>, new: &[T], key: impl Fn(&T) -> K) {
    old.retain(|row| !new.iter().any(|other| key(other) == key(row)));
    old.extend(new.iter().cloned());
}

#[test]
fn a_change_is_accepted_when_its_result_can_be_read() {
    let (mut accepted, mut refused) = (0, 0);
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let mut roster = county();
        for _ in 0..60 {
            let mut whole = roster.rows();
            let change = dice.change(&whole);
            merge(&mut whole.units, &change.units, |row| (row.id.clone(), row.from));
            merge(&mut whole.cadres, &change.cadres, |row| (row.id.clone(), row.from));
            merge(&mut whole.households, &change.households, |row| (row.id.clone(), row.from));
            merge(&mut whole.liaisons, &change.liaisons, |row| (row.subject.clone(), row.target.clone(), row.from));
            let before = roster.clone();
            match (roster.change(&change), Roster::from_rows(whole)) {
                (Ok(()), Ok(read)) => {
                    assert_eq!(roster, read);
                    accepted += 1;
                }
                (Err(_), Err(_)) => {
                    assert_eq!(roster, before);
                    refused += 1;
                }
                (changed, read) => panic!("seed {seed}: {changed:?} but {:?} for {}", read.err(), change.document()),
            }
        }
    }
    assert!(accepted > 500 && refused > 500, "{accepted} accepted, {refused} refused");
}

/// A county of `villages` villages with a hundred households each.
fn wide(villages: usize) -> RosterRows {
    let mut all = rows(r#"{"units":[{"id":"c","kind":"county","name":"X"},{"id":"t","kind":"town","name":"Y","parent":"c"}]}"#);
    let more = rows(COUNTY);
    let (unit, cadre, household, liaison) = (&more.units[3], &more.cadres[3], &more.households[0], &more.liaisons[3]);
    for v in 0..villages {
        let id = UnitId::new(&format!("v{v}")).unwrap();
        let subject = PersonId::new(&format!("k{v}")).unwrap();
        all.units.push(UnitRow { id: id.clone(), ..unit.clone() });
        all.cadres.push(CadreRow { id: subject.clone(), unit: id.clone(), ..cadre.clone() });
        for h in 0..100 {
            let household_id = HouseholdId::new(&format!("v{v}-h{h}")).unwrap();
            all.liaisons.push(LiaisonRow {
                subject: SubjectId::new(subject.as_str()).unwrap(),
                target: TargetId::new(household_id.as_str()).unwrap(),
                ..liaison.clone()
            });
            all.households.push(HouseholdRow { id: household_id, unit: id.clone(), ..household.clone() });
        }
    }
    all
}

#[test]
fn a_large_roster_reads_and_changes() {
    let text = wide(200).document();
    let mut roster = Roster::read(text.as_bytes()).unwrap();
    assert_eq!(roster.households().count(), 20_000);
    let on = day("2014-05-01");
    assert_eq!(roster.households_in(roster.unit("c").unwrap(), on).len(), 20_000);
    for n in 0..100 {
        let more = format!(r#"{{"households":[{{"id":"n{n}","unit":"v7","name":"x","from":"2014-01-01"}}],
            "liaisons":[{{"subject":"k7","target":"n{n}","from":"2014-01-01"}}]}}"#);
        assert_eq!(roster.change(&rows(&more)), Ok(()));
    }
    assert_eq!(roster.households_of(roster.unit("v7").unwrap(), on).count(), 200);
    assert!(roster.is_liaised(roster.subject("k7").unwrap(), roster.target("n99").unwrap(), on));
    assert_eq!(Roster::from_rows(roster.rows()).unwrap(), roster);
}
