//! The county before anything happens in it: real divisions, invented people.

use std::collections::BTreeMap;

use wuzhang::calendar::Date;
use wuzhang::ids::{HouseholdId, PersonId, SubjectId, TargetId, UnitId};
use wuzhang::roster::{CadreRow, HouseholdRow, LeaveRow, LiaisonRow, Open, RosterRows, UnitRow};
use wuzhang::shape::Text;
use wuzhang::vocab::{Level, Post, Poverty, UnitKind};

use super::names;
use super::people::{Home, HomeNo, Link, Manner, Person, PersonNo, Unit, UnitNo};
use super::rng::Rng;

/// The divisions, as the README beside the file says.
const DIVISIONS: &str = include_str!("../../data/dayi-divisions.csv");

/// The county's departments: the end of the id, and the name.
const DEPARTMENTS: &[(&str, &str)] = &[
    ("mz", "民政局"), ("rs", "人力资源和社会保障局"), ("zj", "城乡建设局"), ("jt", "交通运输局"), ("nf", "农村发展局"), ("sw", "水务局"),
    ("jy", "教育局"), ("ws", "卫生局"), ("ga", "公安局"), ("xf", "信访局"), ("gt", "国土资源局"), ("hb", "环境保护局"), ("cz", "财政局"),
    ("fg", "发展和改革局"), ("ly", "林业局"), ("wt", "文体旅游局"), ("sf", "司法局"), ("aj", "安全生产监督管理局"), ("cl", "残疾人联合会"),
    ("jx", "经济和信息化局"), ("tj", "统计局"), ("sj", "审计局"),
];

/// How many county leaders there are beside the secretary; each is linked to a poor village.
const LEADERS: usize = 13;

/// The households of a village that is populated in full, and of one that is only there.
const FULL: (i64, i64) = (62, 96);
const THIN: usize = 3;

/// The county as it is built.
pub(super) struct County {
    /// The first day of every row in the first roster.
    pub(super) from: Date,
    pub(super) units: Vec<Unit>,
    pub(super) people: Vec<Person>,
    pub(super) homes: Vec<Home>,
    /// What a reader of the roster should know.
    pub(super) notes: Vec<String>,
    /// How many people were named, for their numbers.
    pub(super) serial: usize,
}

impl County {
    /// Builds the county for a year.
    pub(super) fn build(rng: &mut Rng, households: usize, year: i32) -> Self {
        let from = Date::from_ymd(year - 1, 11, 1).unwrap_or(Date::MIN);
        let mut county = County { from, units: Vec::new(), people: Vec::new(), homes: Vec::new(), notes: Vec::new(), serial: 0 };
        county.divisions(rng);
        county.departments(rng);
        county.seats(rng);
        for village in county.of_kind(UnitKind::Village) {
            county.village_people(rng, village);
        }
        county.settle_homes(rng, households);
        county.shyness(rng);
        county.poverty(rng);
        county.liaisons(rng);
        county.leaves(rng, year);
        county
    }

    pub(super) fn of_kind(&self, kind: UnitKind) -> Vec<UnitNo> {
        (0..self.units.len()).map(UnitNo).filter(|unit| self.units[unit.0].kind == kind).collect()
    }

    fn add_unit(&mut self, rng: &mut Rng, id: String, kind: UnitKind, name: &str, parent: Option<UnitNo>) -> UnitNo {
        let unit = UnitNo(self.units.len());
        // One office in fourteen is slack; the rest forget something now and then.
        let diligence = if rng.chance(70) { rng.between(620, 800) } else { rng.between(945, 997) };
        self.units.push(Unit {
            id,
            kind,
            name: name.to_owned(),
            parent,
            poverty: None,
            station_phone: None,
            people: Vec::new(),
            children: Vec::new(),
            homes: Vec::new(),
            links: Vec::new(),
            diligence: usize::try_from(diligence).unwrap_or(950),
            shy: false,
            cards: Vec::new(),
            waiting: Vec::new(),
            plans: Vec::new(),
            results: Vec::new(),
        });
        if let Some(parent) = parent {
            self.units[parent.0].children.push(unit);
        }
        unit
    }

    /// Adds a person; the id is the unit's with the person's own letter and number.
    pub(super) fn add_person(&mut self, rng: &mut Rng, unit: UnitNo, key: &str, level: Option<Level>, posts: &[Post]) -> PersonNo {
        let person = PersonNo(self.people.len());
        self.serial += 1;
        let diligence = if rng.chance(60) { rng.between(600, 800) } else { rng.between(955, 999) };
        self.people.push(Person {
            id: format!("{}-{key}", self.units[unit.0].id),
            name: names::person(rng),
            unit,
            level,
            posts: posts.to_vec(),
            links: Vec::new(),
            leave: Vec::new(),
            phone: names::mobile(self.serial),
            since: self.from,
            diligence: usize::try_from(diligence).unwrap_or(950),
            manner: manner(rng),
            gone: false,
        });
        self.units[unit.0].people.push(person);
        person
    }

    fn divisions(&mut self, rng: &mut Rng) {
        let mut known: BTreeMap<&str, UnitNo> = BTreeMap::new();
        for line in DIVISIONS.lines().skip(1) {
            let mut cells = line.split(',');
            let (Some(code), Some(kind), Some(name)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let parent = cells.next().and_then(|parent| known.get(parent).copied());
            let (kind, digits) = match kind {
                "county" => (UnitKind::County, 6),
                "town" => (UnitKind::Town, 9),
                _ => (UnitKind::Village, 12),
            };
            let place = name.strip_suffix("居委会").or(name.strip_suffix("村委会")).unwrap_or(name);
            let id = code.get(..digits).unwrap_or(code).to_owned();
            let unit = self.add_unit(rng, id, kind, place, parent);
            known.insert(code, unit);
        }
        for (serial, village) in self.of_kind(UnitKind::Village).into_iter().enumerate() {
            // Two stations have not published their number: `check` says so.
            if serial != 40 && serial != 111 {
                self.units[village.0].station_phone = Some(names::landline(serial));
            }
        }
    }

    fn departments(&mut self, rng: &mut Rng) {
        for (key, name) in DEPARTMENTS {
            let id = format!("510129-{key}");
            let unit = self.add_unit(rng, id, UnitKind::Department, name, Some(UnitNo(0)));
            let level = Some(Level::Department);
            self.add_person(rng, unit, "1", level, &[Post::DepartmentHead]);
            self.add_person(rng, unit, "2", level, &[Post::MidLevel, Post::Staff]);
            for key in ["3", "4", "5"] {
                self.add_person(rng, unit, key, level, &[Post::Staff]);
            }
        }
    }

    /// Who sits at the county and in the towns.
    fn seats(&mut self, rng: &mut Rng) {
        let county = UnitNo(0);
        self.add_person(rng, county, "xwsj", Some(Level::CountyLeader), &[Post::CountySecretary, Post::CountyLeader]);
        for number in 1..=LEADERS {
            self.add_person(rng, county, &format!("ld{number:02}"), Some(Level::CountyLeader), &[Post::CountyLeader]);
        }
        for number in 1..=4 {
            self.add_person(rng, county, &format!("bg{number}"), Some(Level::County), &[Post::FourOffices]);
        }
        for number in 1..=3 {
            self.add_person(rng, county, &format!("zj{number}"), Some(Level::County), &[Post::VisitsOffice]);
        }
        for number in 1..=4 {
            self.add_person(rng, county, &format!("zx{number}"), None, &[Post::CppccMember]);
        }
        for town in self.of_kind(UnitKind::Town) {
            let level = Some(Level::Town);
            self.add_person(rng, town, "k1", level, &[Post::TownSecretary]);
            self.add_person(rng, town, "k2", level, &[Post::TownLeader]);
            self.add_person(rng, town, "k3", level, &[Post::TownLeader]);
            for number in 4..=6 {
                self.add_person(rng, town, &format!("k{number}"), level, &[Post::MidLevel]);
            }
            for number in 7..=9 {
                self.add_person(rng, town, &format!("k{number}"), level, &[Post::TownClerk]);
            }
            self.add_person(rng, town, "rd1", None, &[Post::PeopleDelegate]);
        }
    }

    fn village_people(&mut self, rng: &mut Rng, village: UnitNo) {
        let level = Some(Level::Village);
        self.add_person(rng, village, "k1", level, &[Post::BranchSecretary]);
        self.add_person(rng, village, "k2", level, &[Post::CommitteeMember, Post::StationDuty]);
        self.add_person(rng, village, "k3", level, &[Post::CommitteeMember, Post::StationDuty]);
        let mut common: Vec<(&str, &[Post])> = vec![
            ("jd1", &[Post::SupervisionMember]), ("jd2", &[Post::SupervisionMember]), ("ys1", &[Post::CouncilMember]),
            ("ys2", &[Post::CouncilMember]), ("ys3", &[Post::CouncilMember]), ("dy1", &[Post::PartyMemberDelegate]),
            ("wg1", &[Post::GridWorker]),
        ];
        // In one village nobody was elected to speak for the villagers: `check` says so.
        if village.0 % 149 != 77 {
            common.push(("cm1", &[Post::VillagerDelegate]));
            common.push(("cm2", &[Post::VillagerDelegate]));
        }
        if rng.chance(100) {
            common.push(("dd1", &[Post::PartyDelegate]));
        }
        for (key, posts) in common {
            self.add_person(rng, village, key, None, posts);
        }
    }

    /// Fills towns one after another, so that where people live, they live as thickly as the
    /// liaison rules suppose; elsewhere a handful of households keeps the village alive.
    fn settle_homes(&mut self, rng: &mut Rng, households: usize) {
        const FIRST: &[&str] = &["510129101", "510129103", "510129106"];
        let mut villages = self.of_kind(UnitKind::Village);
        villages.sort_by_key(|village| {
            let town = self.units[village.0].parent.map_or("", |town| self.units[town.0].id.as_str());
            FIRST.iter().position(|first| *first == town).unwrap_or(FIRST.len())
        });
        let count = villages.len();
        let mut sizes = vec![THIN.min(households / count.max(1)); count];
        let mut left = households.saturating_sub(sizes.iter().sum());
        let mut full = 0;
        for size in &mut sizes {
            let more = usize::try_from(rng.between(FULL.0, FULL.1)).unwrap_or(0).saturating_sub(*size).min(left);
            *size += more;
            left -= more;
            full += usize::from(more > 0);
        }
        // More than the county's villages hold at that size: everywhere more.
        for (index, size) in sizes.iter_mut().enumerate() {
            *size += left / count + usize::from(index < left % count);
        }
        if full < count {
            self.notes.push(format!(
                "{households} 户集中在 {full} 个村（社区），其余 {} 个村（社区）各留少数农户，那里的联系户数因此达不到规定。",
                count - full
            ));
            self.notes.push(format!(
                "{households} households live in {full} villages; the other {} have a handful each, so liaisons fall short there.",
                count - full
            ));
        }
        for (village, size) in villages.into_iter().zip(sizes) {
            self.fill_village(rng, village, size);
        }
    }

    fn fill_village(&mut self, rng: &mut Rng, village: UnitNo, size: usize) {
        let groups = (size / 18).clamp(1, 6).max(usize::from(size > 2) + 1);
        let mut numbers = Vec::new();
        for number in 1..=groups {
            let id = format!("{}-{number:02}", self.units[village.0].id);
            let group = self.add_unit(rng, id, UnitKind::Group, &format!("{number}组"), Some(village));
            self.add_person(rng, group, "z", Some(Level::Group), &[]);
            numbers.push(group);
        }
        for place in 0..size {
            let group = numbers[place % groups];
            self.add_home(rng, group, village, place / groups + 1);
        }
    }

    /// Adds a household to a group.
    pub(super) fn add_home(&mut self, rng: &mut Rng, group: UnitNo, village: UnitNo, door: usize) -> HomeNo {
        let home = HomeNo(self.homes.len());
        self.serial += 1;
        let poor = rng.chance(130);
        let income = if poor { rng.between(2, 14) * 700 } else { rng.between(14, 90) * 1000 };
        self.homes.push(Home {
            id: format!("{}-{door:03}", self.units[group.0].id),
            name: names::person(rng),
            group,
            village,
            door,
            size: rng.between(1, 6),
            income,
            poor,
            phone: names::mobile(self.serial),
            since: self.from,
            gone: false,
            away: rng.chance(90),
            grumbler: rng.chance(60),
            helper: None,
            consent: None,
            need: None,
            last: None,
        });
        self.units[village.0].homes.push(home);
        home
    }

    /// One village in which people live asks hardly anybody.
    fn shyness(&mut self, rng: &mut Rng) {
        let full: Vec<UnitNo> = self.of_kind(UnitKind::Village).into_iter().filter(|v| self.units[v.0].homes.len() > 50).collect();
        if let Some(village) = rng.pick(&full) {
            self.units[village.0].shy = true;
        }
    }

    /// Villages designated poor: in the mountain towns first.
    fn poverty(&mut self, rng: &mut Rng) {
        const MOUNTAINS: &[&str] = &["510129108", "510129107", "510129106", "510129119"];
        let mut villages: Vec<UnitNo> = MOUNTAINS
            .iter()
            .flat_map(|town| self.of_kind(UnitKind::Village).into_iter().filter(|v| self.units[v.0].id.starts_with(town)).collect::<Vec<_>>())
            .collect();
        villages.truncate(LEADERS + 7);
        for village in villages {
            let rank = if rng.chance(300) { Poverty::City } else { Poverty::County };
            self.units[village.0].poverty = Some(rank);
        }
    }

    fn liaisons(&mut self, rng: &mut Rng) {
        let poor: Vec<UnitNo> = self.of_kind(UnitKind::Village).into_iter().filter(|v| self.units[v.0].poverty.is_some()).collect();
        let leaders: Vec<PersonNo> =
            (0..self.people.len()).map(PersonNo).filter(|p| self.people[p.0].level == Some(Level::CountyLeader)).collect();
        for (leader, village) in leaders.into_iter().zip(&poor) {
            self.people[leader.0].links.push(Link::Village(*village));
        }
        let villages = self.of_kind(UnitKind::Village);
        for department in self.of_kind(UnitKind::Department) {
            let count = rng.between(1, 3);
            for _ in 0..count {
                let village = if rng.chance(300) { rng.pick(&poor) } else { rng.pick(&villages) };
                let links = &mut self.units[department.0].links;
                links.extend(village.filter(|village| !links.contains(village)));
            }
        }
        for town in self.of_kind(UnitKind::Town) {
            self.town_liaisons(rng, town);
        }
    }

    /// Areas overlap (分片): the same household may be linked to a cadre of each level, and to two
    /// of one level where there are not enough households to go round.
    fn town_liaisons(&mut self, rng: &mut Rng, town: UnitNo) {
        let villages = self.units[town.0].children.clone();
        let all: Vec<HomeNo> = villages.iter().flat_map(|v| self.units[v.0].homes.clone()).collect();
        let cadres = self.cadres(town, Level::Town);
        for (index, cadre) in cadres.into_iter().enumerate() {
            let want = usize::try_from(rng.between(30, 36)).unwrap_or(30);
            self.link_stretch(cadre, &all, index * want, want);
        }
        for village in villages {
            let homes = self.units[village.0].homes.clone();
            for (index, cadre) in self.cadres(village, Level::Village).into_iter().enumerate() {
                let want = usize::try_from(rng.between(50, 56)).unwrap_or(50);
                self.link_stretch(cadre, &homes, index * homes.len() / 3, want);
            }
            for group in self.units[village.0].children.clone() {
                let own: Vec<HomeNo> = homes.iter().copied().filter(|home| self.homes[home.0].group == group).collect();
                for cadre in self.cadres(group, Level::Group) {
                    self.link_stretch(cadre, &own, 0, own.len());
                }
            }
        }
    }

    fn cadres(&self, unit: UnitNo, level: Level) -> Vec<PersonNo> {
        self.units[unit.0].people.iter().copied().filter(|p| self.people[p.0].level == Some(level)).collect()
    }

    fn link_stretch(&mut self, cadre: PersonNo, homes: &[HomeNo], start: usize, want: usize) {
        let stretch = homes.iter().cycle().skip(start % homes.len().max(1)).take(want.min(homes.len()));
        self.people[cadre.0].links = stretch.map(|home| Link::Home(*home)).collect();
    }

    /// Leave: a week or two in the year for one cadre in three, and around the Spring Festival for
    /// some of those who come from elsewhere.
    fn leaves(&mut self, rng: &mut Rng, year: i32) {
        let Some(first) = Date::from_ymd(year, 1, 1) else { return };
        for person in &mut self.people {
            if person.level.is_none() || !rng.chance(330) {
                continue;
            }
            let start = i32::try_from(if rng.chance(250) { rng.between(24, 34) } else { rng.between(35, 340) }).unwrap_or(40);
            let from = first.add_days(start);
            let length = i32::try_from(rng.between(4, 13)).unwrap_or(7);
            person.leave.push((from, from.add_days(length)));
        }
    }

    /// The roster document.
    pub(super) fn rows(&self) -> Result<RosterRows, String> {
        let from = self.from;
        let mut rows = RosterRows::default();
        for unit in &self.units {
            let parent = unit.parent.map(|parent| unit_id(&self.units[parent.0].id)).transpose()?;
            rows.units.push(UnitRow {
                id: unit_id(&unit.id)?,
                kind: unit.kind,
                name: Text::clipped(&unit.name),
                parent,
                poverty: unit.poverty,
                station_phone: unit.station_phone.as_deref().map(Text::clipped),
                from: None.into(),
                until: None.into(),
            });
        }
        for person in &self.people {
            rows.cadres.push(self.cadre_row(person, from, Open(None))?);
            for link in &person.links {
                rows.liaisons.push(self.liaison_row(&person.id, *link, from, Open(None))?);
            }
            for (first, last) in &person.leave {
                rows.leave.push(LeaveRow { cadre: person_id(&person.id)?, from: *first, until: *last });
            }
        }
        for unit in &self.units {
            for village in &unit.links {
                rows.liaisons.push(self.liaison_row(&unit.id, Link::Village(*village), from, Open(None))?);
            }
        }
        for home in &self.homes {
            rows.households.push(HouseholdRow {
                id: HouseholdId::new(&home.id).ok_or("household id")?,
                unit: unit_id(&self.units[home.group.0].id)?,
                name: Text::clipped(&home.name),
                from,
                until: Open(None),
            });
        }
        Ok(rows)
    }

    fn cadre_row(&self, person: &Person, from: Date, until: Open) -> Result<CadreRow, String> {
        Ok(CadreRow {
            id: person_id(&person.id)?,
            name: Text::clipped(&person.name),
            level: person.level,
            unit: unit_id(&self.units[person.unit.0].id)?,
            posts: person.posts.clone().into(),
            from,
            until,
        })
    }

    fn liaison_row(&self, subject: &str, link: Link, from: Date, until: Open) -> Result<LiaisonRow, String> {
        let target = match link {
            Link::Home(home) => &self.homes[home.0].id,
            Link::Village(village) => &self.units[village.0].id,
        };
        let subject = SubjectId::new(subject).ok_or_else(|| format!("bad subject id {subject}"))?;
        Ok(LiaisonRow { subject, target: TargetId::new(target).ok_or("target id")?, from, until })
    }
}

fn manner(rng: &mut Rng) -> Manner {
    match rng.below(1000) {
        0..=21 => Manner::Copies,
        22..=27 => Manner::Hoards,
        28..=34 => Manner::Sweeps,
        35..=42 => Manner::LendsPhone,
        _ => Manner::Plain,
    }
}

fn unit_id(id: &str) -> Result<UnitId, String> {
    UnitId::new(id).ok_or_else(|| format!("bad unit id {id}"))
}

fn person_id(id: &str) -> Result<PersonId, String> {
    PersonId::new(id).ok_or_else(|| format!("bad person id {id}"))
}
