//! What the analyses claim, held against the engine and the book.
#![cfg(feature = "analyse")]

use std::collections::BTreeSet;

use wuzhang::analyse::delay::{longest, longest_from, Day, Delay, Event, Question, Reading, Until};
use wuzhang::analyse::feasibility::{feasibility, Because};
use wuzhang::analyse::lifecycle::{explore, Exploration, Kind};
use wuzhang::analyse::replay::Replay;
use wuzhang::analyse::run::prepare;
use wuzhang::calendar::{Date, Instant, Period, PeriodKind};
use wuzhang::case::{ClosedAs, StateWord};
use wuzhang::duty::{DutyState, Filter};
use wuzhang::policy::{Policy, RuleId};
use wuzhang::vocab::UnitKind;
use wuzhang::{Book, Chaining, Roster, Severity};

const SOURCE: &str = r#""modality":"must","source":{"kind":"assumed","grounding":"x"}"#;

/// Dayi's rules with some of them written anew; `{S}` stands for modality and source.
fn changed(rules: &str) -> Policy {
    let rules = rules.replace("{S}", SOURCE);
    let text = format!(
        r#"{{"id":"changed","version":"1","title":{{"zh":"x","en":"x"}},"effective_from":"2013-11-01","extends":"dayi-2014","rules":{{{rules}}}}}"#
    );
    Policy::read(text.as_bytes()).unwrap()
}

/// The findings of a kind, by state and way of closing.
fn of_kind(explored: &Exploration, kind: Kind) -> Vec<(Severity, Option<StateWord>, Option<ClosedAs>)> {
    explored.findings.iter().filter(|found| found.kind == kind).map(|found| (found.severity, found.state, found.closed_as)).collect()
}

#[test]
fn every_witness_is_a_scenario_that_holds() {
    for name in Policy::PRESETS {
        let explored = explore(&Policy::preset(name).unwrap(), None).unwrap();
        assert!(explored.complete, "{name}");
        let mut witnesses = 0;
        for found in &explored.findings {
            let Some(witness) = &found.witness else {
                assert_eq!(found.kind, Kind::Unreachable, "only what cannot be reached has no witness");
                continue;
            };
            witnesses += 1;
            assert!(witness.confirmed, "{name}: {:?}", found.message);
            // The runner knows nothing of the exploration.
            for case in prepare(&witness.scenario, &mut |_| None).unwrap() {
                assert_eq!(case.run(None, &mut |_| {}), [], "{name}: {:?}", found.message);
            }
        }
        assert!(witnesses >= 10, "{name}: {witnesses} witnesses");
    }
}

#[test]
fn what_dayi_leaves_open_is_found() {
    let explored = explore(&Policy::preset("dayi-2014").unwrap(), None).unwrap();
    assert_eq!(explored.reached, StateWord::ALL);
    assert_eq!(of_kind(&explored, Kind::Unreachable), []);
    // Where the county secretary himself is responsible, nobody above him may ask the household.
    let dead = of_kind(&explored, Kind::DeadEnd);
    assert!(dead.contains(&(Severity::Error, Some(StateWord::Published), None)), "{dead:?}");
    // After the days for redoing no plan can be made any more.
    assert!(dead.contains(&(Severity::Warning, Some(StateWord::Reopened), None)), "{dead:?}");
    let rounds: BTreeSet<String> = explored
        .findings
        .iter()
        .filter(|found| found.kind == Kind::Circle && found.severity == Severity::Warning)
        .flat_map(|found| &found.round)
        .map(|round| round.iter().map(|step| step.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    assert!(rounds.contains("settle review_settlement.refuse") || rounds.contains("review_settlement.refuse settle"), "{rounds:?}");
    assert!(!rounds.iter().any(|round| round.contains("return_case")), "a case is given back once: {rounds:?}");
    // The method's own promise.
    let word = of_kind(&explored, Kind::WithoutWord);
    assert!(!word.iter().any(|(_, _, closed)| *closed == Some(ClosedAs::Satisfied)), "{word:?}");
    let alone = of_kind(&explored, Kind::Alone);
    assert!(!alone.iter().any(|(severity, ..)| *severity == Severity::Warning), "{alone:?}");
    let spot = explored.findings.iter().find(|found| found.kind == Kind::Alone && found.closed_as == Some(ClosedAs::OnTheSpot));
    assert_eq!(spot.and_then(|found| found.witness.as_ref()).map(|witness| witness.commands), Some(2), "noted and solved");
}

#[test]
fn a_broken_policy_shows_what_is_broken() {
    // Nothing may be decided but to suspend: a case can never be planned, nor end.
    let suspended = explore(&changed(r#""meeting.item_by_item":{{S},"decisions":["suspend"]}"#), None).unwrap();
    assert!(of_kind(&suspended, Kind::DeadEnd).contains(&(Severity::Warning, Some(StateWord::Suspended), None)));
    assert!(of_kind(&suspended, Kind::Unreachable).iter().any(|(_, state, _)| *state == Some(StateWord::Planned)));
    // A case may be given back again and again.
    let returned = explore(&changed(r#""escalate.return":null"#), None).unwrap();
    let round = |found: &wuzhang::analyse::lifecycle::Discovery| {
        found.round.iter().flatten().any(|step| step.as_str() == "return_case")
    };
    assert!(returned.findings.iter().any(|found| found.kind == Kind::Circle && round(found)));
    // Whoever settles may ask; nobody else looks at it, nothing is posted.
    let alone = explore(
        &changed(r#""settle.review":null,"close.asker":null,"publish.stages":null,"meeting.chair":null,"meeting.notify":null"#),
        None,
    )
    .unwrap();
    assert!(of_kind(&alone, Kind::Alone).contains(&(Severity::Warning, None, Some(ClosedAs::Satisfied))));
    assert!(of_kind(&alone, Kind::WithoutPosting).contains(&(Severity::Warning, None, Some(ClosedAs::Satisfied))));
}

#[test]
fn a_space_too_large_is_walked_as_far_as_said() {
    let rungs = vec![r#"{"then":"reopen"}"#; 5000].join(",");
    let policy = changed(&format!(r#""close.redo":{{{{S}},"rungs":[{rungs},{{"then":"final"}}]}}"#));
    let explored = explore(&policy, Some(2000)).unwrap();
    assert!(!explored.complete);
    assert_eq!(explored.states, 2000);
    assert_eq!(of_kind(&explored, Kind::DeadEnd), [], "what was left out may hold the way out");
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A book of the small county of the documentation, with its notices.
fn book() -> Book {
    let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
    Book::with_chaining(Policy::preset("dayi-2014").unwrap(), roster, Chaining::Off)
}

struct Liver {
    book: Book,
    number: u32,
    last: Option<(Date, u32)>,
}

impl Liver {
    /// Does something on a day, each thing a minute after the one before it; mornings begin at
    /// eight, and what has to come in the afternoon says so.
    fn at(&mut self, day: Date, least: u32) -> Instant {
        let minute = match self.last {
            Some((last, minute)) if last == day => (minute + 1).max(least),
            _ => least,
        };
        self.last = Some((day, minute));
        Instant::from_local(day, minute, wuzhang::calendar::UtcOffset::CHINA)
    }

    fn tell(&mut self, day: Date, least: u32, actor: &str, rest: &str) -> bool {
        let at = self.at(day, least);
        self.number += 1;
        let line = format!(r#"{{"id":"c{}","at":"{at}","actor":"{actor}",{rest}}}"#, self.number);
        let outcome = self.book.apply_line(line.as_bytes()).unwrap();
        outcome.contains(r#""status":"accepted""#)
    }

    fn meeting(&mut self, held: Date, entered: Date, tier: UnitKind, decisions: &str) -> bool {
        let (unit, actor, chair) = place(tier);
        let number = self.number;
        let notified = if tier == UnitKind::Village { r#","notified":["s1","d1","d2","d3"]"# } else { "" };
        self.tell(entered, 600, actor, &format!(
            r#""do":"hold_meeting","meeting":"m{number}","unit":"{unit}","held_on":"{held}","chair":"{chair}"{notified},"decisions":[{decisions}]"#
        ))
    }
}

fn place(tier: UnitKind) -> (&'static str, &'static str, &'static str) {
    match tier {
        UnitKind::Town => ("510129101", "t2", "t1"),
        UnitKind::County => ("510129", "c2", "c1"),
        _ => ("510129101201", "k2", "k1"),
    }
}

/// Lives the days of a wait; answers whether every command was accepted.
fn live(days: &[Day]) -> Liver {
    let mut liver = Liver { book: book(), number: 0, last: None };
    for (index, day) in days.iter().enumerate() {
        let next_tier = days.get(index + 1..).and_then(|rest| rest.iter().find(|later| later.what == Event::Decided));
        let entered = days.get(index + 1).filter(|later| later.what == Event::Entered).map_or(day.on, |later| later.on);
        let last_meeting = !days.iter().skip(index + 1).any(|later| later.what == Event::Decided);
        let tier = day.tier.unwrap_or(UnitKind::Village);
        let (unit, ..) = place(tier);
        let done = match day.what {
            Event::Noted => liver.tell(day.on, 780, "k1", r#""do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"x","text":"x""#),
            // Cards are written in the afternoon, after the Friday's consolidation.
            Event::Registered => liver.tell(day.on, 900, "k1", r#""do":"register_card","case":"a1","card":{"name":"张大山","address":"3组","household_size":4,"income":1,"appeal":"x","cause":"x"}"#),
            Event::Consolidated | Event::ConsolidatedBefore => true,
            Event::MetBefore => true,
            Event::Decided => {
                let decision = if last_meeting {
                    let responsible = if tier == UnitKind::Village { "k2" } else { place(tier).1 };
                    format!(r#"{{"case":"a1","decision":"plan","measures":"x","target":"x","responsible":"{responsible}","due":"{}"}}"#, entered)
                } else {
                    r#"{"case":"a1","decision":"report_up"}"#.to_owned()
                };
                liver.meeting(day.on, entered, tier, &decision)
            }
            Event::Entered => true,
            Event::Reported => liver.tell(day.on, 600, place(tier).1, r#""do":"report_up","case":"a1""#),
            _ => true,
        };
        assert!(done, "{day:?} of {days:?}");
        let _ = (next_tier, unit);
        // The consolidation itself, and those meetings that had just been held, in their order.
        if day.what == Event::Consolidated {
            let period = Period::containing(PeriodKind::Week, day.on);
            assert!(liver.tell(day.on, 720, "k2", &format!(r#""do":"consolidate","unit":"{unit}","period":"{period}""#)));
        }
    }
    liver
}

/// The duties of the case's way that are neither met nor still open.
fn broken(book: &Book, as_of: Date) -> Vec<String> {
    let as_of = Instant::end_of_day(as_of, wuzhang::calendar::UtcOffset::CHINA);
    let case_rules = ["register.within", "meeting.item_by_item", "escalate.within"];
    book.duties(date("2013-01-01"), date("2017-01-01"), as_of, &Filter::default())
        .into_iter()
        .filter(|duty| case_rules.contains(&duty.rule.word()))
        .filter(|duty| !matches!(duty.state, DutyState::Met | DutyState::Pending | DutyState::Excused))
        .map(|duty| format!("{} {} {}", duty.rule, duty.due, duty.state))
        .collect()
}

/// As the witness has it, but with the meetings that were held just before the case came.
fn with_meetings(days: &[Day]) -> Vec<Day> {
    days.to_vec()
}

#[test]
fn a_wait_is_lawful_and_a_day_more_is_not() {
    let policy = Policy::preset("dayi-2014").unwrap();
    for (tier, noted) in [
        (UnitKind::Village, "2014-02-21"),
        (UnitKind::Village, "2014-09-29"),
        (UnitKind::Town, "2014-04-26"),
        (UnitKind::Town, "2014-12-30"),
    ] {
        let question = Question { tier, to: Until::Decided, reading: Reading::FixedDay, prompt: false };
        let wait = longest_from(&policy, question, date(noted)).unwrap().unwrap();
        let days = with_meetings(&wait.witness);
        let held: Vec<Day> = days.iter().filter(|day| day.what == Event::MetBefore).copied().collect();
        // The meetings held before are real ones, with nothing to decide.
        let mut book = book();
        let mut lines: Vec<(Date, String)> = Vec::new();
        for (number, day) in held.iter().enumerate() {
            let (unit, actor, chair) = place(day.tier.unwrap());
            let notified = if day.tier == Some(UnitKind::Village) { r#","notified":["s1","d1","d2","d3"]"# } else { "" };
            lines.push((day.on, format!(r#"{{"id":"b{number}","at":"{}T08:00:00+08:00","actor":"{actor}","do":"hold_meeting","meeting":"b{number}","unit":"{unit}","held_on":"{}","chair":"{chair}"{notified},"decisions":[]}}"#, day.on, day.on)));
        }
        let liver = live(&days);
        for command in liver.book.commands() {
            lines.push((command.at.local_day(wuzhang::calendar::UtcOffset::CHINA), wuzhang::shape::canonical(&command)));
        }
        lines.sort_by(|a, b| {
            let at = |line: &str| line.split("\"at\":\"").nth(1).unwrap()[..19].to_owned();
            at(&a.1).cmp(&at(&b.1))
        });
        for (_, line) in &lines {
            let outcome = book.apply_line(line.as_bytes()).unwrap();
            assert!(outcome.contains(r#""status":"accepted""#), "{noted} {line}\n{outcome}");
        }
        let end = days.last().unwrap().on;
        assert_eq!(broken(&book, end), Vec::<String>::new(), "{tier} {noted}: {days:?}");
        assert!(days.windows(2).all(|pair| pair[0].on <= pair[1].on));
        assert_eq!(wait.days, Some(u32::try_from(date(noted).days_until(end)).unwrap()));
    }
}

/// Every choice of days tried on a book: card, consolidation, an earlier meeting, and the meeting
/// that decides; of those under which no duty is broken, the longest wait.
fn tried_out(noted: Date) -> i32 {
    let mut worst = 0;
    for card in 0..6 {
        let registered = noted.add_days(card);
        // The week's consolidation is held on each day of its week, from noon on, or the next week's.
        for wait in 0..14 {
            let consolidated = registered.add_days(wait);
            let mut liver = Liver { book: book(), number: 0, last: None };
            let week = Period::containing(PeriodKind::Week, consolidated);
            let first = Period::containing(PeriodKind::Week, registered);
            assert!(liver.tell(noted, 780, "k1", r#""do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"x","text":"x""#));
            // Where the first week's was held before the card was there, that was the same day at the latest.
            if week != first && !liver.tell(registered, 790, "k2", &format!(r#""do":"consolidate","unit":"510129101201","period":"{first}""#)) {
                continue;
            }
            liver.tell(registered, 900, "k1", r#""do":"register_card","case":"a1","card":{"name":"张大山","address":"3组","household_size":4,"income":1,"appeal":"x","cause":"x"}"#);
            liver.tell(consolidated, 910, "k2", &format!(r#""do":"consolidate","unit":"510129101201","period":"{week}""#));
            let kept = |book: &Book, upto: Date| {
                let as_of = Instant::end_of_day(upto, wuzhang::calendar::UtcOffset::CHINA);
                let weeks = book.duties(first.first(), week.last(), as_of, &Filter { rule: Some("consolidate.grassroots".into()), subject: wuzhang::ids::AnyId::new("510129101201"), state: None });
                let weeks_kept = weeks.iter().filter(|duty| duty.due <= consolidated).all(|duty| matches!(duty.state, DutyState::Met | DutyState::Excused));
                weeks_kept && broken(book, upto).is_empty()
            };
            if !kept(&liver.book, consolidated) {
                continue;
            }
            for earlier in [false, true] {
                let mut with = Liver { book: liver.book.clone(), number: liver.number, last: liver.last };
                if earlier {
                    // The month's meeting on the very day, before the case is on the ledger, can be
                    // entered afterwards; it need not take the case up.
                    assert!(with.meeting(consolidated, consolidated, UnitKind::Village, ""));
                }
                for day in 1..75 {
                    let held = consolidated.add_days(day);
                    let mut last = Liver { book: with.book.clone(), number: with.number, last: with.last };
                    let decided = last.meeting(held, held, UnitKind::Village, &format!(r#"{{"case":"a1","decision":"plan","measures":"x","target":"x","responsible":"k2","due":"{held}"}}"#));
                    if decided && kept(&last.book, held) {
                        worst = worst.max(noted.days_until(held));
                    }
                }
            }
        }
    }
    worst
}

#[test]
fn no_choice_of_days_makes_anybody_wait_longer() {
    let policy = Policy::preset("dayi-2014").unwrap();
    // A plain Friday, and the days before a holiday week with its moved working days.
    for noted in ["2014-03-14", "2014-09-26", "2014-09-29"] {
        let question = Question { tier: UnitKind::Village, to: Until::Decided, reading: Reading::AnyDay, prompt: false };
        let wait = longest_from(&policy, question, date(noted)).unwrap().unwrap();
        assert_eq!(wait.days.map(i64::from), Some(i64::from(tried_out(date(noted)))), "{noted}: {:?}", wait.witness);
    }
}

#[test]
fn a_years_worst_is_the_worst_of_its_days() {
    let policy = Policy::preset("dayi-2014").unwrap();
    let rows = longest(&policy, 2024, true).unwrap();
    assert_eq!(rows.len(), 16);
    for row in &rows {
        let question = Question { tier: row.tier, to: row.to, reading: row.reading, prompt: true };
        let mut day = date("2024-01-01");
        let mut worst: Option<Delay> = None;
        while day.year() == 2024 {
            let found = longest_from(&policy, question, day).unwrap().unwrap();
            if worst.as_ref().is_none_or(|worst| found.days > worst.days) {
                worst = Some(found);
            }
            day = day.add_days(1);
        }
        assert_eq!(worst.as_ref(), Some(row));
        let (first, last) = (row.witness.first().unwrap(), row.witness.last().unwrap());
        assert_eq!(first.what, Event::Noted);
        assert_eq!(row.days, Some(u32::try_from(first.on.days_until(last.on)).unwrap()));
    }
    // Switched off, a limit leaves a wait without end, and the rule is named.
    let open = longest(&changed(r#""register.within":null"#), 2024, false).unwrap();
    assert!(open.iter().all(|row| row.days.is_none() && row.unbounded_by == Some(RuleId::RegisterWithin)));
}

#[test]
fn quotas_that_cannot_be_kept_are_cut_to_their_core() {
    let households: Vec<String> = (1..=30).map(|n| format!(r#"{{"id":"x{n}","unit":"510129101201-03","name":"x","from":"2013-11-01","until":null}}"#)).collect();
    let liaisons: Vec<String> = (1..=30).map(|n| format!(r#"{{"subject":"k1","target":"x{n}","from":"2013-11-01","until":null}}"#)).collect();
    let roster = wuzhang::doc::ROSTER
        .replace(r#""households":["#, &format!(r#""households":[{},"#, households.join(",")))
        .replace(r#""liaisons":["#, &format!(r#""liaisons":[{},"#, liaisons.join(",")));
    let roster = Roster::read(roster.as_bytes()).unwrap();
    let every = changed(
        r#""visit.village":{"modality":"must","source":{"kind":"text","article":"二(一)1"},"subject":"village","target":"household","reading":"every_linked","period":"week","at_least":1}"#,
    );
    // 31 households in a week of five days: seven a day do, six do not.
    assert!(feasibility(&changed(""), Some(&roster), 2014, 1).feasible);
    let seven = feasibility(&every, Some(&roster), 2014, 7);
    let village = |found: &wuzhang::analyse::feasibility::Feasibility| *found.rules.iter().find(|rule| rule.rule == RuleId::VisitVillage).map(|rule| &rule.impossible).unwrap();
    let six = feasibility(&every, Some(&roster), 2014, 6);
    assert!(village(&six) > village(&seven), "{} {}", village(&six), village(&seven));
    for core in six.cores.iter().filter(|core| core.subject.is_some()) {
        assert_eq!(core.required, core.possible + 1, "one fewer would do: {core:?}");
        assert_eq!(core.targets.len() as u64, core.required);
        assert!(core.because.contains(&Because::VisitsADay));
    }
    assert!(six.cores.iter().any(|core| core.subject.is_some()));
    // Fifty households for each, every week: that needs no roster to be seen.
    let alone = feasibility(&every, None, 2014, 6);
    assert!(!alone.feasible);
    assert_eq!(alone.cores[0].rules, [RuleId::LiaisonVillage, RuleId::VisitVillage]);
}

#[test]
fn what_would_have_gone_differently_has_its_clause() {
    let commands = include_str!("../../docs/ARCHITECTURE.md");
    let lines: Vec<&str> = commands.split("r#\"").nth(1).unwrap().split("\"#").next().unwrap().lines().collect();
    assert_eq!(lines.len(), 6);
    let old = Policy::preset("dayi-2014").unwrap();
    let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
    let lived = |new: &Policy| {
        let mut replay = Replay::new(&old, new, &roster).unwrap();
        lines.iter().for_each(|line| replay.line(line.as_bytes()).unwrap());
        replay.finish(None)
    };
    let same = lived(&old);
    assert!(same.commands_differ.is_empty() && same.cases_differ.is_empty() && same.duties_differ.is_empty());
    assert!(same.duties_in_all > 0 && same.commands == 6);
    // A plan of seven days is beyond a cap of three; the settlement falls with the plan.
    let short = lived(&changed(r#""plan.cap":{{S},"village":"3d","town":"15d","department":"30d","county":"60d"}"#));
    let differ: Vec<(&str, Option<RuleId>)> = short.commands_differ.iter().map(|row| (row.command.as_str(), row.because)).collect();
    assert_eq!(differ, [("c5", Some(RuleId::PlanCap)), ("c6", Some(RuleId::PlanCap))]);
    assert_eq!(short.cases_differ.len(), 1);
    assert_eq!(short.cases_differ[0].old.0, Some(StateWord::Settled));
    assert_eq!(short.cases_differ[0].new.0, Some(StateWord::Ledgered));
    assert!(short.duties_differ.iter().all(|row| row.because == Some(RuleId::PlanCap)));
    // The meeting's cadence shows in the day by which the case had to be decided.
    let seldom = lived(&changed(r#""meeting.village":{"modality":"in_principle","source":{"kind":"assumed","grounding":"x"},"period":"quarter"}"#));
    assert!(seldom.commands_differ.is_empty());
    assert!(seldom.duties_differ.iter().any(|row| row.rule == RuleId::MeetingItemByItem && row.because == Some(RuleId::MeetingVillage)));
    // A journal says the same of what was accepted.
    let mut book = Book::new(old.clone(), roster.clone());
    lines.iter().for_each(|line| drop(book.apply_line(line.as_bytes()).unwrap()));
    let mut replay = Replay::new(&old, &changed(r#""register.card":null"#), &roster).unwrap();
    replay.journal(&book);
    assert_eq!(replay.finish(None).commands, 6);
}
