//! The small county in which a policy is explored: one unit of each kind, and in each everybody
//! whom the policy gives a part, twice where it takes two.

use crate::calendar::{Date, Instant, Period, PeriodKind};
use crate::finding::Finding;
use crate::ids::{HouseholdId, PersonId, UnitId};
use crate::policy::Policy;
use crate::roster::{CadreRow, HouseholdRow, LiaisonRow, List, Open, Roster, RosterRows, UnitRow};
use crate::shape::Text;
use crate::vocab::{Level, Post, UnitKind};

/// The kinds of unit that keep a ledger, the lowest first.
pub(crate) const KINDS: [UnitKind; 4] = [UnitKind::Village, UnitKind::Town, UnitKind::Department, UnitKind::County];

/// The household of every case that is not a public matter.
pub(crate) const HOUSEHOLD: &str = "h1";
/// Its name, which no posting may show.
pub(crate) const HOUSEHOLDER: &str = "张大山";

/// A person of the small county, by their place in its list.
pub(crate) type Who = u8;

/// The small county.
pub(crate) struct World {
    /// Who is who.
    pub roster: Roster,
    /// The same as a document.
    pub rows: RosterRows,
    /// Everybody, in the order of the roster.
    pub people: Vec<PersonId>,
    /// When the exploration begins: a working Monday morning on which the policy is in force.
    pub start: Instant,
    /// Office hours, in minutes of the day.
    pub office: (u32, u32),
}

impl World {
    /// The county in which a policy can be lived.
    ///
    /// # Errors
    /// What is wrong with the roster, for a policy under which no such county can stand.
    pub fn new(policy: &Policy) -> Result<World, Vec<Finding>> {
        let from = policy.effective_from;
        let mut rows = RosterRows::default();
        for kind in [UnitKind::County, UnitKind::Department, UnitKind::Town, UnitKind::Village, UnitKind::Group] {
            rows.units.extend(unit(kind));
        }
        for kind in KINDS {
            for (name, level, posts) in staff(policy, kind) {
                rows.cadres.extend(cadre(&format!("{}.{name}", kind.word()), level, kind, posts, from));
            }
        }
        let leader = Some(Level::CountyLeader);
        rows.cadres.extend(cadre("county.leader", leader, UnitKind::County, vec![Post::CountyLeader], from));
        rows.cadres.extend(cadre("group.cadre", Some(Level::Group), UnitKind::Group, Vec::new(), from));
        if let (Some(id), Some(unit)) = (HouseholdId::new(HOUSEHOLD), UnitId::new(UnitKind::Group.word())) {
            rows.households.push(HouseholdRow { id, unit, name: Text::clipped(HOUSEHOLDER), from, until: Open(None) });
        }
        rows.liaisons = List(liaisons(from));
        let people = rows.cadres.iter().map(|row| row.id.clone()).collect();
        let roster = Roster::from_rows(rows.clone())?;
        Ok(World { roster, rows, people, start: start(policy), office: office(policy) })
    }

    /// A person of the county by id.
    pub fn who(&self, id: &PersonId) -> Option<Who> {
        self.people.iter().position(|other| other == id).and_then(|place| Who::try_from(place).ok())
    }

    /// The person at a place of the list.
    pub fn person(&self, who: Who) -> Option<&PersonId> {
        self.people.get(usize::from(who))
    }

    /// Everybody of a unit, in the order of the list.
    pub fn of_unit<'a>(&'a self, unit: &'a str) -> impl Iterator<Item = Who> + 'a {
        self.people
            .iter()
            .enumerate()
            .filter(move |(_, id)| id.as_str().split_once('.').is_some_and(|(own, _)| own == unit))
            .filter_map(|(place, _)| Who::try_from(place).ok())
    }

    /// The person with a part in a unit: `head`, `a`, `b`, `watch`.
    pub fn part(&self, unit: &str, part: &str) -> Option<Who> {
        let id = PersonId::new(&format!("{unit}.{part}"))?;
        self.who(&id)
    }
}

fn unit(kind: UnitKind) -> Option<UnitRow> {
    let parent = match kind {
        UnitKind::County => None,
        UnitKind::Department | UnitKind::Town => Some(UnitKind::County),
        UnitKind::Village => Some(UnitKind::Town),
        UnitKind::Group => Some(UnitKind::Village),
    };
    let village = kind == UnitKind::Village;
    Some(UnitRow {
        id: id_of(kind)?,
        kind,
        name: Text::clipped(kind.word()),
        parent: parent.and_then(id_of),
        poverty: village.then_some(crate::vocab::Poverty::County),
        station_phone: village.then(|| Text::clipped("028-00000000")),
        from: None.into(),
        until: None.into(),
    })
}

/// The id of the one unit of a kind: its word.
pub(crate) fn id_of(kind: UnitKind) -> Option<UnitId> {
    UnitId::new(kind.word())
}

fn cadre(id: &str, level: Option<Level>, kind: UnitKind, posts: Vec<Post>, from: Date) -> Option<CadreRow> {
    Some(CadreRow {
        id: PersonId::new(id)?,
        name: Text::clipped(id),
        level,
        unit: id_of(kind)?,
        posts: List(posts),
        from,
        until: Open(None),
    })
}

/// Who serves in a unit of a kind: the head, two of the office, whoever supervises, chairs or must
/// be notified.
fn staff(policy: &Policy, kind: UnitKind) -> Vec<(&'static str, Option<Level>, Vec<Post>)> {
    let rules = &policy.rules;
    let level = match kind {
        UnitKind::Village => Level::Village,
        UnitKind::Town => Level::Town,
        UnitKind::Department => Level::Department,
        UnitKind::County | UnitKind::Group => Level::County,
    };
    let mut staff = Vec::new();
    let mut held: Vec<Post> = Vec::new();
    if let Some(rule) = &rules.authority {
        let head = rule.params.head.for_kind(kind);
        let mut office: Vec<Post> = rule.params.office.for_kind(kind).iter().copied().filter(|post| *post != head).collect();
        match kind {
            UnitKind::Village => office.extend(rules.channel.iter().flat_map(|rule| &rule.params.roles)),
            UnitKind::County => {
                office.extend(rules.consolidate_county_leader.iter().flat_map(|rule| rule.params.by.iter().flatten()));
            }
            UnitKind::Department => {
                office.extend(rules.consolidate_department.iter().flat_map(|rule| rule.params.by.iter().flatten()));
            }
            UnitKind::Town | UnitKind::Group => {}
        }
        tidy(&mut office);
        held.push(head);
        held.extend(&office);
        staff.push(("head", Some(level), vec![head]));
        if !office.is_empty() {
            staff.push(("a", Some(level), office.clone()));
            staff.push(("b", Some(level), office));
        }
        if kind == UnitKind::Village {
            let watch: Vec<Post> =
                rule.params.supervision.iter().copied().filter(|post| !held.contains(post)).collect();
            held.extend(&watch);
            if !watch.is_empty() {
                staff.push(("watch", None, watch));
            }
        }
    }
    if let Some(post) = rules.meeting_chair.as_ref().map(|rule| rule.params.for_kind(kind)) {
        if !held.contains(&post) {
            held.push(post);
            staff.push(("chair", Some(level), vec![post]));
        }
    }
    let mut others: Vec<Post> = Vec::new();
    others.extend(rules.meeting_notify.iter().flat_map(|rule| rule.params.for_kind(kind)));
    others.retain(|post| !held.contains(post));
    tidy(&mut others);
    if !others.is_empty() {
        staff.push(("others", None, others));
    }
    staff
}

fn tidy(posts: &mut Vec<Post>) {
    posts.sort_unstable();
    posts.dedup();
}

fn liaisons(from: Date) -> Vec<LiaisonRow> {
    [("village.head", HOUSEHOLD), ("town.head", HOUSEHOLD), ("group.cadre", HOUSEHOLD), ("county.leader", "village")]
        .into_iter()
        .filter_map(|(subject, target)| {
            let subject = crate::ids::SubjectId::new(subject)?;
            let target = crate::ids::TargetId::new(target)?;
            Some(LiaisonRow { subject, target, from, until: Open(None) })
        })
        .collect()
}

/// The first working Monday, nine o'clock, at least a month after the policy came into force.
fn start(policy: &Policy) -> Instant {
    let mut week = Period::containing(PeriodKind::Week, policy.effective_from.add_days(37));
    for _ in 0..60 {
        if policy.calendar.is_working_day(week.first()) {
            break;
        }
        week = week.next();
    }
    Instant::from_local(week.first(), office(policy).0, policy.offset)
}

/// Office hours in minutes of the day; the usual ones where no rule says.
fn office(policy: &Policy) -> (u32, u32) {
    policy.rules.close_attempts.as_ref().map_or((540, 1020), |rule| {
        (rule.params.office_from.minute(), rule.params.office_to.minute())
    })
}
