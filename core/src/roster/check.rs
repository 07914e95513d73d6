//! What falls short of the rules on a day. A roster that falls short still runs; `check` says so.

use crate::calendar::Date;
use crate::codes::Code;
use crate::finding::{Finding, Param, Severity};
use crate::policy::{Liaison as LiaisonRule, LiaisonSubject, LiaisonTarget, Policy, PostsByKind, Rule, RuleId, Rules};
use crate::vocab::{Level, Modality, Post, Poverty, UnitKind};

use super::table::{HouseholdIx, PersonIx, PostSet, SubjectIx, TargetIx, UnitIx, UnitView};
use super::Roster;

/// How many ids a finding lists; its `count` has them all.
const LISTED: usize = 50;

/// Where a post belongs; `None` is anywhere.
pub(crate) fn home_of(post: Post) -> Option<&'static [UnitKind]> {
    match post {
        Post::BranchSecretary
        | Post::CommitteeMember
        | Post::SupervisionMember
        | Post::CouncilMember
        | Post::PartyMemberDelegate
        | Post::VillagerDelegate
        | Post::StationDuty => Some(&[UnitKind::Village]),
        // They collect wherever they are (二(一)2).
        Post::PartyDelegate | Post::PeopleDelegate | Post::CppccMember | Post::GridWorker => None,
        Post::TownSecretary | Post::TownLeader | Post::TownClerk => Some(&[UnitKind::Town]),
        // They take part in the meetings of both (二(二)2–3).
        Post::MidLevel => Some(&[UnitKind::Town, UnitKind::Department]),
        Post::DepartmentHead | Post::Staff => Some(&[UnitKind::Department]),
        Post::CountySecretary | Post::CountyLeader | Post::FourOffices | Post::VisitsOffice => {
            Some(&[UnitKind::County])
        }
    }
}

impl Roster {
    /// What falls short of the policy's rules on `day`: liaisons (`liaison.*`), stations, chairs,
    /// posts to be notified, offices; households that nobody is linked to; posts that give no role
    /// where they are held. Sorted by what is asked, then by id.
    ///
    /// The rows' places in a document are not known any more, so paths are empty and `params` name
    /// whom a finding is about.
    pub fn check(&self, policy: &Policy, day: Date) -> Vec<Finding> {
        let mut check = Check { roster: self, rules: &policy.rules, day, findings: Vec::new() };
        check.liaisons();
        check.unlinked_households();
        check.units();
        check.roles();
        check.posts();
        check.without_unit();
        check.findings
    }
}

struct Check<'a> {
    roster: &'a Roster,
    rules: &'a Rules,
    day: Date,
    findings: Vec<Finding>,
}

impl<'a> Check<'a> {
    /// A finding of a rule, as grave as the rule is strong.
    fn of_rule(&mut self, rule: RuleId, code: Code, reason: &str, fill: impl FnOnce(Finding) -> Finding) {
        let mut finding = fill(Finding::plain(code, "").with("reason", reason));
        finding.ground = self.rules.ground(rule);
        finding.severity = match &finding.ground {
            Some(ground) if ground.modality == Modality::Must => Severity::Error,
            _ => Severity::Warning,
        };
        self.findings.push(finding);
    }

    fn liaisons(&mut self) {
        let rules = self.rules;
        let all = [
            (&rules.liaison_county_leader, RuleId::LiaisonCountyLeader, Code::LiaisonCountyLeader),
            (&rules.liaison_department, RuleId::LiaisonDepartment, Code::LiaisonDepartment),
            (&rules.liaison_town, RuleId::LiaisonTown, Code::LiaisonTown),
            (&rules.liaison_village, RuleId::LiaisonVillage, Code::LiaisonVillage),
            (&rules.liaison_group, RuleId::LiaisonGroup, Code::LiaisonGroup),
        ];
        for (rule, id, code) in all {
            let Some(rule) = rule else { continue };
            for (subject, name, own) in self.subjects(rule.subject) {
                self.liaisons_of(rule, id, code, subject, name, own);
            }
        }
    }

    /// Those whom a rule binds on the day, with names and units, sorted by id.
    fn subjects(&self, subject: LiaisonSubject) -> Vec<(SubjectIx, &'a str, UnitIx)> {
        let (roster, day) = (self.roster, self.day);
        let level = match subject {
            LiaisonSubject::CountyLeader => Level::CountyLeader,
            LiaisonSubject::Town => Level::Town,
            LiaisonSubject::Village => Level::Village,
            LiaisonSubject::Group => Level::Group,
            LiaisonSubject::Department => {
                return self
                    .units_of(UnitKind::Department)
                    .map(|(unit, view)| (SubjectIx::Unit(unit), view.name.as_str(), unit))
                    .collect();
            }
        };
        roster
            .people()
            .filter_map(|person| Some((person, roster.person_on(person, day)?)))
            .filter(|(_, view)| view.level == Some(level))
            .map(|(person, view)| (SubjectIx::Person(person), view.name.as_str(), view.unit))
            .collect()
    }

    fn units_of(&self, kind: UnitKind) -> impl Iterator<Item = (UnitIx, &'a UnitView)> + 'a {
        let (roster, day) = (self.roster, self.day);
        roster
            .units()
            .filter_map(move |unit| Some((unit, roster.unit_on(unit, day)?)))
            .filter(move |(_, view)| view.kind == kind)
    }

    fn liaisons_of(
        &mut self,
        rule: &Rule<LiaisonRule>,
        id: RuleId,
        code: Code,
        subject: SubjectIx,
        name: &str,
        own: UnitIx,
    ) {
        let (roster, day) = (self.roster, self.day);
        let targets: Vec<TargetIx> = roster
            .liaisons_of(subject)
            .iter()
            .filter(|liaison| liaison.holds_on(day))
            .map(|liaison| liaison.target)
            .filter(|target| self.is_target(*target, rule.target))
            .collect();
        let count = targets.len() as u64;
        let subject_id = roster.subject_id(subject);
        let about = |finding: Finding| finding.with("id", subject_id).with("name", name).with("count", count);
        if let Some(least) = rule.at_least.filter(|least| count < u64::from(*least)) {
            self.of_rule(id, code, "too_few", |finding| about(finding).with("required", u64::from(least)));
        }
        if let Some(most) = rule.at_most.filter(|most| count > u64::from(*most)) {
            self.of_rule(id, code, "too_many", |finding| about(finding).with("required", u64::from(most)));
        }
        if let Some(ranks) = &rule.poverty {
            for target in &targets {
                if !self.is_poor(*target, ranks) {
                    let target = roster.target_id(*target);
                    self.of_rule(id, code, "not_poor", |finding| about(finding).with("target", target));
                }
            }
        }
        let is_group = roster.unit_on(own, day).is_some_and(|view| view.kind == UnitKind::Group);
        if rule.every == Some(true) && is_group {
            let all: Vec<HouseholdIx> = roster.households_of(own, day).collect();
            let missing: Vec<HouseholdIx> = all
                .iter()
                .copied()
                .filter(|household| !roster.is_liaised(subject, TargetIx::Household(*household), day))
                .collect();
            if !missing.is_empty() {
                let linked = all.len().saturating_sub(missing.len()) as u64;
                let ids = self.listed(&missing);
                self.of_rule(id, code, "not_every", |finding| {
                    finding
                        .with("id", subject_id)
                        .with("name", name)
                        .with("count", linked)
                        .with("required", all.len() as u64)
                        .with("unit", roster.unit_id(own).as_str())
                        .with("missing", ids)
                });
            }
        }
    }

    fn is_target(&self, target: TargetIx, wanted: LiaisonTarget) -> bool {
        match (target, wanted) {
            (TargetIx::Household(household), LiaisonTarget::Household) => {
                self.roster.household_on(household, self.day).is_some()
            }
            (TargetIx::Unit(unit), LiaisonTarget::Village) => {
                self.roster.unit_on(unit, self.day).is_some_and(|view| view.kind == UnitKind::Village)
            }
            _ => false,
        }
    }

    fn is_poor(&self, target: TargetIx, ranks: &[Poverty]) -> bool {
        let TargetIx::Unit(unit) = target else { return false };
        let rank = self.roster.unit_on(unit, self.day).and_then(|view| view.poverty);
        rank.is_some_and(|rank| ranks.contains(&rank))
    }

    fn listed(&self, households: &[HouseholdIx]) -> Vec<String> {
        households.iter().take(LISTED).map(|household| self.roster.household_id(*household).to_string()).collect()
    }

    /// Households that no one in office is linked to: one warning for each group or village.
    fn unlinked_households(&mut self) {
        if self.rules.liaison_group.is_none() {
            return;
        }
        let (roster, day) = (self.roster, self.day);
        for (unit, view) in self.units_of(UnitKind::Group).chain(self.units_of(UnitKind::Village)) {
            let alone: Vec<HouseholdIx> =
                roster.households_of(unit, day).filter(|household| !self.is_linked(*household)).collect();
            if alone.is_empty() {
                continue;
            }
            let ids = self.listed(&alone);
            self.of_rule(RuleId::LiaisonGroup, Code::LiaisonGroup, "nobody", |finding| {
                finding
                    .with("id", roster.unit_id(unit).as_str())
                    .with("name", view.name.as_str())
                    .with("count", alone.len() as u64)
                    .with("missing", ids)
            });
            if let Some(finding) = self.findings.last_mut() {
                finding.severity = Severity::Warning;
            }
        }
    }

    fn is_linked(&self, household: HouseholdIx) -> bool {
        let day = self.day;
        self.roster.liaised_to(TargetIx::Household(household)).iter().any(|(subject, from, until)| {
            let holds = *from <= day && until.is_none_or(|until| day <= until);
            // A liaison may outlast the appointment, and then does not count.
            holds && matches!(subject, SubjectIx::Person(person) if self.roster.person_on(*person, day).is_some())
        })
    }

    fn units(&mut self) {
        let rules = self.rules;
        for kind in [UnitKind::County, UnitKind::Department, UnitKind::Town, UnitKind::Village] {
            for (unit, view) in self.units_of(kind) {
                if kind == UnitKind::Village {
                    self.station(unit, view);
                }
                if let Some(rule) = &rules.meeting_chair {
                    let post = rule.for_kind(kind);
                    self.need_post(RuleId::MeetingChair, Code::MeetingChair, "nobody_chairs", unit, view, post);
                }
                if let Some(rule) = &rules.meeting_notify {
                    for post in distinct(rule, kind) {
                        self.need_post(RuleId::MeetingNotify, Code::MeetingNotify, "nobody_holds", unit, view, post);
                    }
                }
                if let Some(rule) = &rules.authority {
                    let head = rule.head.for_kind(kind);
                    self.need_post(RuleId::Authority, Code::Authority, "no_head", unit, view, head);
                    let office = PostSet::from_posts(rule.office.for_kind(kind)).union(PostSet::of(head));
                    if !self.roster.is_held(unit, office, self.day) {
                        let id = self.roster.unit_id(unit).as_str();
                        self.of_rule(RuleId::Authority, Code::Authority, "no_office", |finding| {
                            finding.with("id", id).with("name", view.name.as_str())
                        });
                    }
                }
            }
        }
    }

    fn need_post(&mut self, rule: RuleId, code: Code, reason: &str, unit: UnitIx, view: &UnitView, post: Post) {
        if self.roster.is_held(unit, PostSet::of(post), self.day) {
            return;
        }
        let id = self.roster.unit_id(unit).as_str();
        self.of_rule(rule, code, reason, |finding| {
            finding.with("id", id).with("name", view.name.as_str()).with("post", post.word())
        });
    }

    fn station(&mut self, unit: UnitIx, view: &UnitView) {
        let Some(rule) = &self.rules.station else { return };
        let no_phone = view.station_phone.as_ref().is_none_or(|phone| phone.is_blank());
        if rule.phone && no_phone {
            let id = self.roster.unit_id(unit).as_str();
            self.of_rule(RuleId::Station, Code::Station, "no_phone", |finding| {
                finding.with("id", id).with("name", view.name.as_str())
            });
        }
        if rule.duty {
            self.need_post(RuleId::Station, Code::Station, "no_duty", unit, view, Post::StationDuty);
        }
    }

    /// Posts that a rule gives something to and that nobody in the whole roster holds.
    fn roles(&mut self) {
        let rules = self.rules;
        let mut named: Vec<(RuleId, &[Post])> = Vec::new();
        named.extend(rules.channel.as_ref().map(|rule| (RuleId::Channel, rule.roles.as_slice())));
        for (id, rule) in [
            (RuleId::ConsolidateCountyLeader, &rules.consolidate_county_leader),
            (RuleId::ConsolidateDepartment, &rules.consolidate_department),
            (RuleId::ConsolidateGrassroots, &rules.consolidate_grassroots),
        ] {
            named.extend(rule.as_ref().and_then(|rule| rule.by.as_deref()).map(|posts| (id, posts)));
        }
        if let Some(rule) = &rules.authority {
            named.extend([&rule.supervision, &rule.roster, &rule.policy].map(|posts| (RuleId::Authority, posts.as_slice())));
        }
        let mut held = PostSet::default();
        for person in self.roster.people() {
            if let Some((view, _)) = self.seat(person) {
                held = held.union(view.posts);
            }
        }
        for (rule, posts) in named {
            if posts.iter().any(|post| held.contains(*post)) {
                continue;
            }
            let posts: Vec<String> = posts.iter().map(|post| post.word().to_owned()).collect();
            // One rule may give the same posts several things; they are missing once.
            let told = |finding: &Finding| finding.code == Code::RosterRole && finding.param("posts") == Some(&Param::List(posts.clone()));
            if self.findings.iter().any(|finding| told(finding) && finding.param("rule") == Some(&Param::Text(rule.word().to_owned()))) {
                continue;
            }
            let mut finding = Finding::plain(Code::RosterRole, "").warning().with("rule", rule.word()).with("posts", posts);
            finding.ground = rules.ground(rule);
            self.findings.push(finding);
        }
    }

    /// Posts held at a unit of another kind: they give no role there.
    fn posts(&mut self) {
        let roster = self.roster;
        for person in roster.people() {
            let Some((view, unit)) = self.seat(person) else { continue };
            for post in view.posts.iter() {
                if self.belongs(post, unit.kind) {
                    continue;
                }
                self.findings.push(
                    Finding::plain(Code::RosterPost, "")
                        .warning()
                        .with("id", roster.person_id(person).as_str())
                        .with("name", view.name.as_str())
                        .with("unit", roster.unit_id(view.unit).as_str())
                        .with("kind", unit.kind.word())
                        .with("post", post.word()),
                );
            }
        }
    }

    fn seat(&self, person: PersonIx) -> Option<(&'a super::PersonView, &'a UnitView)> {
        let view = self.roster.person_on(person, self.day)?;
        Some((view, self.roster.unit_on(view.unit, self.day)?))
    }

    /// Whether a post means something at a unit of this kind, by itself or by the policy.
    fn belongs(&self, post: Post, kind: UnitKind) -> bool {
        let by_itself = home_of(post).is_none_or(|kinds| kinds.contains(&kind));
        let by_policy = kind != UnitKind::Group
            && self.rules.authority.as_ref().is_some_and(|rule| {
                rule.head.for_kind(kind) == post || rule.office.for_kind(kind).contains(&post)
            });
        by_itself || by_policy
    }

    /// Cadres and households whose unit is not there on the day: they belong nowhere.
    fn without_unit(&mut self) {
        let (roster, day) = (self.roster, self.day);
        for person in roster.people() {
            let Some(view) = roster.person_on(person, day) else { continue };
            if roster.unit_on(view.unit, day).is_none() {
                self.findings.push(
                    Finding::plain(Code::RosterOrphan, "")
                        .warning()
                        .with("reason", "cadre")
                        .with("id", roster.person_id(person).as_str())
                        .with("name", view.name.as_str())
                        .with("unit", roster.unit_id(view.unit).as_str()),
                );
            }
        }
        for unit in roster.units().filter(|unit| roster.unit_on(*unit, day).is_none()) {
            let lost: Vec<HouseholdIx> = roster.households_of(unit, day).collect();
            if !lost.is_empty() {
                self.findings.push(
                    Finding::plain(Code::RosterOrphan, "")
                        .warning()
                        .with("reason", "households")
                        .with("unit", roster.unit_id(unit).as_str())
                        .with("count", lost.len() as u64)
                        .with("households", self.listed(&lost)),
                );
            }
        }
    }
}

/// The posts of a list, each once, in the order of the vocabulary.
fn distinct(posts: &PostsByKind, kind: UnitKind) -> impl Iterator<Item = Post> {
    PostSet::from_posts(posts.for_kind(kind)).iter()
}
