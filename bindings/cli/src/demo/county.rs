//! What the county does for all: people come, go and rise, households move, and in summer the
//! county writes a stricter rule for its boards.

use wuzhang::calendar::Date;
use wuzhang::case::State;
use wuzhang::vocab::{Level, Post, UnitKind};

use super::agenda::{Step, Task};
use super::people::{HomeNo, ItemNo, Link, PersonNo, UnitNo};
use super::say::Fields;
use super::slips::Slip;
use super::world::World;

/// Something that happens once in the year.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// A cadre's leave is entered by the own office.
    Leave,
    /// A household moves in, another away.
    Moves,
    /// The county adopts its own version of the policy.
    Policy,
    /// A village secretary is called to the town; a colleague follows in the post.
    Promotion,
    /// Whom the promotion moves, from that day on: who rises, who follows.
    Promoted(PersonNo, PersonNo, UnitNo),
    /// Somebody with work in hand retires.
    Retirement,
    /// From that day on: who goes, who comes.
    Retired(PersonNo, PersonNo),
}

impl World {
    /// Puts the county's own events on the agenda.
    pub(super) fn plan_county(&mut self, year: i32) {
        let dates = [
            (3, 10, Event::Leave), (3, 26, Event::Retirement), (4, 14, Event::Moves), (6, 18, Event::Policy), (6, 26, Event::Promotion), (8, 27, Event::Retirement),
            (9, 9, Event::Moves), (10, 20, Event::Leave), (11, 26, Event::Retirement),
        ];
        for (month, day, event) in dates {
            if let Some(day) = Date::from_ymd(year, month, day) {
                let day = self.after_working_days(day.add_days(-1), 1);
                self.plan_on(day, Task::County(event));
            }
        }
    }

    pub(super) fn county_event(&mut self, event: Event) {
        match event {
            Event::Leave => self.enter_leave(),
            Event::Moves => self.move_homes(),
            Event::Policy => self.adopt_policy(),
            Event::Promotion => self.promote(),
            Event::Promoted(riser, follower, village) => self.was_promoted(riser, follower, village),
            Event::Retirement => self.retire(),
            Event::Retired(person, coming) => self.was_retired(person, coming),
        }
    }

    fn visits_office(&mut self) -> Option<PersonNo> {
        let people = self.with_posts(UnitNo(0), &[Post::VisitsOffice]);
        self.rng.pick(&people)
    }

    fn change(&mut self, actor: PersonNo, roster: &Fields) -> bool {
        self.send(actor, "change_roster", Fields::new().object("roster", roster))
    }

    /// The row of a person's appointment, to a last day or open.
    fn appointment(&self, person: PersonNo, until: Option<Date>) -> Fields {
        let who = &self[person];
        let fields = Fields::new().text("id", &who.id).text("name", &who.name).text("unit", &self[who.unit].id);
        let fields = fields.maybe("level", who.level.map(Level::word));
        let fields = fields.texts("posts", who.posts.iter().map(|post| post.word())).text("from", &who.since.to_string());
        match until {
            Some(day) => fields.text("until", &day.to_string()),
            None => fields.raw("until", "null"),
        }
    }

    fn enter_leave(&mut self) {
        let towns = self.county.of_kind(UnitKind::Town);
        let Some(town) = self.rng.pick(&towns) else { return };
        let people = self.with_posts(town, &[Post::MidLevel]);
        let (Some(clerk), Some(person)) = (self.clerk(town), self.rng.pick(&people)) else { return };
        let (from, until) = (self.today().add_days(3), self.today().add_days(16));
        let leave = |cadre: &str| {
            Fields::new().text("cadre", cadre).text("from", &from.to_string()).text("until", &until.to_string())
        };
        if self.slip(Slip::NobodysLeave) {
            let roster = Fields::new().objects("leave", &[leave("510129101-k99")]);
            self.err(clerk, "change_roster", Fields::new().object("roster", &roster), "roster.unknown");
        }
        let own = leave(&self[person].id);
        if self.change(clerk, &Fields::new().objects("leave", &[own])) {
            self[person].leave.push((from, until));
        }
    }

    fn move_homes(&mut self) {
        let villages: Vec<UnitNo> =
            self.county.of_kind(UnitKind::Village).into_iter().filter(|village| self[*village].homes.len() > 3).collect();
        let Some(village) = self.rng.pick(&villages) else { return };
        let Some(clerk) = self.clerk(village) else { return };
        let homes = self[village].homes.clone();
        let groups = self[village].children.clone();
        let (Some(leaving), Some(group)) = (self.rng.pick(&homes), self.rng.pick(&groups)) else { return };
        let today = self.today();
        let row = |world: &World, home: HomeNo, from: Date, until: &str| {
            let home = &world[home];
            Fields::new()
                .text("id", &home.id)
                .text("unit", &world[home.group].id)
                .text("name", &home.name)
                .text("from", &from.to_string())
                .raw("until", until)
        };
        let last = today.add_days(20);
        let door = self.county.homes.iter().filter(|home| home.group == group).map(|home| home.door).max().unwrap_or(0) + 1;
        let World { rng, county, .. } = self;
        let coming = county.add_home(rng, group, village, door);
        self[coming].since = today;
        let opened = self[leaving].since;
        let rows = [row(self, leaving, opened, &format!("\"{last}\"")), row(self, coming, today, "null")];
        let mut links = Vec::new();
        let cadres = self[group].people.clone();
        for cadre in &cadres {
            links.push(
                Fields::new()
                    .text("subject", &self[*cadre].id)
                    .text("target", &self[coming].id)
                    .text("from", &today.to_string())
                    .raw("until", "null"),
            );
        }
        if self.slip(Slip::HomeTwice) {
            let from = opened.add_days(30);
            let overlapping = row(self, leaving, from, "null");
            let roster = Fields::new().objects("households", &[overlapping]);
            self.err(clerk, "change_roster", Fields::new().object("roster", &roster), "household.id_reused");
        }
        if self.change(clerk, &Fields::new().objects("households", &rows).objects("liaisons", &links)) {
            for cadre in cadres {
                self[cadre].links.push(Link::Home(coming));
            }
            // Nobody will knock at an empty house; what it had asked for runs on.
            for person in &mut self.county.people {
                person.links.retain(|link| *link != Link::Home(leaving));
            }
            self[village].homes.retain(|home| *home != leaving);
            self[leaving].need = None;
            self[leaving].gone = true;
        }
    }

    /// From 1 July the county posts within three working days. The first try forgot that rules do
    /// not reach back, another that a rule's name is spelled in one way only.
    fn adopt_policy(&mut self) {
        let Some(actor) = self.visits_office() else { return };
        let year = self.first.year();
        let policy = |from: &str, rule: &str| {
            let source = Fields::new().text("kind", "assumed").text("grounding", "本县上半年试行情况：三个工作日足以张贴");
            let within = Fields::new().text("modality", "must").object("source", &source).text("limit", "3wd");
            let title = Fields::new().text("zh", "大邑县走基层“五账法”（年中修订）").text("en", "The Five-Ledger Method of Dayi, as revised in summer");
            let document = Fields::new()
                .text("id", &format!("dayi-{year}-07"))
                .text("version", "2")
                .object("title", &title)
                .text("effective_from", from)
                .text("extends", "dayi-2014")
                .text("utc_offset", "+08:00")
                .text("calendar", "cn")
                .object("rules", &Fields::new().object(rule, &within));
            Fields::new().object("policy", &document)
        };
        let july = format!("{year}-07-01");
        if self.slip(Slip::RuleReachesBack) {
            let back = policy(&format!("{year}-05-01"), "publish.within");
            self.err(actor, "adopt_policy", back, "policy.start");
        }
        if self.slip(Slip::RuleMisspelled) {
            self.err(actor, "adopt_policy", policy(&july, "publish.wihtin"), "policy.unknown_rule");
        }
        self.send(actor, "adopt_policy", policy(&july, "publish.within"));
    }

    // ---- people rise and retire ----

    fn promote(&mut self) {
        let Some(actor) = self.visits_office() else { return };
        let villages: Vec<UnitNo> =
            self.county.of_kind(UnitKind::Village).into_iter().filter(|village| self[*village].homes.len() > 3).collect();
        let Some(village) = self.rng.pick(&villages) else { return };
        let Some(riser) = self.head(village) else { return };
        let Some(follower) = self.desk(village).first().copied() else { return };
        let town = self.above(village);
        let year = self.first.year();
        let (Some(last), Some(from)) = (Date::from_ymd(year, 6, 30), Date::from_ymd(year, 7, 1)) else { return };
        let clerk = self.clerk(town);
        let ends = [self.appointment(riser, Some(last)), self.appointment(follower, Some(last))];
        let begins = |world: &World, person: PersonNo, unit: UnitNo, level: Level, post: Post| {
            Fields::new()
                .text("id", &world[person].id)
                .text("name", &world[person].name)
                .text("unit", &world[unit].id)
                .text("level", level.word())
                .texts("posts", [post.word()])
                .text("from", &from.to_string())
                .raw("until", "null")
        };
        let mut rows = ends.to_vec();
        rows.push(begins(self, riser, town, Level::Town, Post::MidLevel));
        rows.push(begins(self, follower, village, Level::Village, Post::BranchSecretary));
        // A town cadre may not appoint; and a new row without the old one's end is two posts at once.
        if let Some(clerk) = clerk.filter(|_| self.slip(Slip::TownAppoints)) {
            let roster = Fields::new().objects("cadres", &rows);
            self.err(clerk, "change_roster", Fields::new().object("roster", &roster), "authority");
        }
        if self.slip(Slip::TwoPostsAtOnce) {
            let roster = Fields::new().objects("cadres", &rows[2..3]);
            self.err(actor, "change_roster", Fields::new().object("roster", &roster), "cadre.id_reused");
        }
        if self.change(actor, &Fields::new().objects("cadres", &rows)) {
            self.plan_at(i64::from(from.days()) * super::world::DAY, Task::County(Event::Promoted(riser, follower, village)));
        }
    }

    fn was_promoted(&mut self, riser: PersonNo, follower: PersonNo, village: UnitNo) {
        let (town, since) = (self.above(village), self.today());
        self[village].people.retain(|person| *person != riser);
        self[town].people.push(riser);
        let rising = &mut self[riser];
        rising.unit = town;
        rising.level = Some(Level::Town);
        rising.posts = vec![Post::MidLevel];
        rising.since = since;
        self[follower].posts = vec![Post::BranchSecretary];
        self[follower].since = since;
    }

    /// A committee member, if possible with plans in hand: they have to pass to somebody.
    fn retire(&mut self) {
        let Some(actor) = self.visits_office() else { return };
        let busy = |item: ItemNo| {
            let person = self.responsible(item).filter(|person| self[*person].holds(Post::CommitteeMember))?;
            let State::Planned(planned) = &self.case(item)?.state else { return None };
            let spare = !self[person].gone && self.desk(self[person].unit).len() > 1;
            spare.then_some((planned.plan.due, person))
        };
        // Whoever has the work that lasts longest.
        let Some((_, person)) = (0..self.items.len()).map(ItemNo).filter_map(busy).max() else { return };
        let last = self.today().add_days(2);
        let end = self.appointment(person, Some(last));
        let unit = self[person].unit;
        let World { rng, county, .. } = self;
        let key = format!("k{}", 4 + county.people.len() % 90);
        let level = Some(Level::Village);
        let coming = county.add_person(rng, unit, &key, level, &[Post::CommitteeMember, Post::StationDuty]);
        self.register_person(coming);
        self[coming].since = last.add_days(1);
        let begin = self.appointment(coming, None);
        let links = self[person].links.clone();
        let liaisons: Vec<Fields> = links
            .iter()
            .filter_map(|link| match link {
                Link::Home(home) => Some(&self[*home].id),
                Link::Village(_) => None,
            })
            .map(|target| {
                Fields::new()
                    .text("subject", &self[coming].id)
                    .text("target", target)
                    .text("from", &last.add_days(1).to_string())
                    .raw("until", "null")
            })
            .collect();
        self[coming].gone = true;
        let roster = Fields::new().objects("cadres", &[end, begin]).objects("liaisons", &liaisons);
        if self.change(actor, &roster) {
            self[coming].links = links;
            let next = i64::from(last.add_days(1).days()) * super::world::DAY;
            self.plan_at(next, Task::County(Event::Retired(person, coming)));
        }
    }

    fn was_retired(&mut self, person: PersonNo, coming: PersonNo) {
        self[person].gone = true;
        self[coming].gone = false;
        self[person].links.clear();
        let left: Vec<ItemNo> =
            (0..self.items.len()).map(ItemNo).filter(|item| self.is_planned(*item) && self.responsible(*item) == Some(person)).collect();
        for item in left {
            self.plan_within(0, 3, Task::Item(item, Step::Replan));
        }
    }
}
