//! What the analyses claim, held against the engine and the book.
#![cfg(feature = "analyse")]

use std::collections::BTreeSet;

use wuzhang::analyse::delay::{longest, longest_from, Day, Delay, Event, MeetingReading, Question, Until};
use wuzhang::analyse::feasibility::{feasibility, Because};
use wuzhang::analyse::lifecycle::{explore, Exploration, Kind};
use wuzhang::analyse::replay::Replay;
use wuzhang::analyse::run::prepare;
use wuzhang::calendar::{Date, Instant, Period, PeriodKind, UtcOffset};
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
    // Nothing may be decided but to plan and to report up: nothing is ever suspended.
    let planned =
        explore(&changed(r#""meeting.item_by_item":{{S},"decisions":["plan","report_up"]},"settle.suspend":null"#), None).unwrap();
    let unreachable = of_kind(&planned, Kind::Unreachable);
    assert!(unreachable.contains(&(Severity::Warning, Some(StateWord::Suspended), None)), "{unreachable:?}");
    assert!(!unreachable.iter().any(|(_, state, _)| *state == Some(StateWord::Planned)));
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
    let rungs = vec![r#"{"then":"reopen"}"#; 200].join(",");
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

/// Tells a book one thing after another.
#[derive(Clone)]
struct Clerk {
    book: Book,
    number: u32,
    last: (Date, u32),
}

impl Clerk {
    fn new() -> Self {
        Clerk { book: book(), number: 0, last: (date("2013-01-01"), 0) }
    }

    /// On a day, not before a minute of it and not before what was told last; whether it was accepted.
    fn tell(&mut self, day: Date, least: u32, actor: &str, rest: &str) -> bool {
        let minute = if self.last.0 == day { least.max(self.last.1 + 1) } else { least };
        self.last = (day, minute);
        let at = Instant::from_local(day, minute, UtcOffset::CHINA);
        self.number += 1;
        let line = format!(r#"{{"id":"c{}","at":"{at}","actor":"{actor}",{rest}}}"#, self.number);
        self.book.apply_line(line.as_bytes()).unwrap().contains(r#""status":"accepted""#)
    }

    fn note(&mut self, day: Date) -> bool {
        let need = r#""do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"x","text":"x""#;
        self.tell(day, 780, "k1", need)
    }

    /// In the afternoon, so that a Friday's consolidation may have been held.
    fn register(&mut self, day: Date) -> bool {
        let card = r#""do":"register_card","case":"a1","card":{"name":"张大山","address":"3组","household_size":4,"income":1,"appeal":"x","cause":"x"}"#;
        self.tell(day, 900, "k1", card)
    }

    fn consolidate(&mut self, day: Date, week: Period) -> bool {
        self.tell(day, 720, "k2", &format!(r#""do":"consolidate","unit":"510129101201","period":"{week}""#))
    }

    fn meet(&mut self, tier: UnitKind, held: Date, entered: Date, decisions: &str) -> bool {
        let (unit, actor, chair) = place(tier);
        let notified = if tier == UnitKind::Village { r#","notified":["s1","d1","d2","d3"]"# } else { "" };
        let meeting = format!(
            r#""do":"hold_meeting","meeting":"m{}","unit":"{unit}","held_on":"{held}","chair":"{chair}"{notified},"decisions":[{decisions}]"#,
            self.number
        );
        self.tell(entered, 600, actor, &meeting)
    }
}

fn place(tier: UnitKind) -> (&'static str, &'static str, &'static str) {
    match tier {
        UnitKind::Town => ("510129101", "t2", "t1"),
        UnitKind::County => ("510129", "c2", "c1"),
        _ => ("510129101201", "k2", "k1"),
    }
}

const PLAN: &str = r#"{"case":"a1","decision":"plan","measures":"x","target":"x","responsible":"k2","due":"2016-12-31","reason":"x"}"#;

/// The duties on the case's way that were not kept by the end of a day.
fn broken(book: &Book, day: Date) -> Vec<String> {
    let as_of = Instant::end_of_day(day, UtcOffset::CHINA);
    ["register.within", "meeting.item_by_item", "escalate.within"]
        .into_iter()
        .flat_map(|rule| {
            let filter = Filter { rule: Some(rule.into()), ..Filter::default() };
            book.duties(date("2013-12-01"), date("2016-12-31"), as_of, &filter)
        })
        .filter(|duty| matches!(duty.state, DutyState::Late | DutyState::Missed))
        .map(|duty| format!("{} {} {}", duty.rule, duty.due, duty.state))
        .collect()
}

/// Lives the days of a wait for a tier's decision, with the meetings that had just been held.
fn live(witness: &[Day]) -> Clerk {
    let mut days = witness.to_vec();
    // Meetings on a fixed day were held before the case came onto that ledger.
    days.sort_by_key(|day| day.on);
    let mut clerk = Clerk::new();
    let last = witness.iter().rev().find(|day| day.what == Event::Decided).unwrap().on;
    for day in &days {
        let tier = day.tier.unwrap_or(UnitKind::Village);
        let place_in_way = witness.iter().position(|other| other == day).unwrap();
        let entered = witness.get(place_in_way + 1).filter(|next| next.what == Event::Entered).map_or(day.on, |next| next.on);
        let done = match day.what {
            Event::Noted => clerk.note(day.on),
            Event::Registered => clerk.register(day.on),
            Event::Consolidated => clerk.consolidate(day.on, Period::containing(PeriodKind::Week, day.on)),
            Event::MetBefore => {
                let entered = day.on.max(clerk.last.0);
                clerk.meet(tier, day.on, entered, "")
            }
            Event::Decided if day.on == last => clerk.meet(tier, day.on, entered, PLAN),
            Event::Decided => clerk.meet(tier, day.on, entered, r#"{"case":"a1","decision":"report_up"}"#),
            Event::Reported => clerk.tell(day.on, 600, place(tier).1, r#""do":"report_up","case":"a1""#),
            Event::Entered | Event::ConsolidatedBefore => true,
            other => panic!("{other} is no step to a decision"),
        };
        assert!(done, "{day:?} of {witness:?}");
    }
    clerk
}

#[test]
fn the_days_of_a_wait_are_lawful() {
    let policy = Policy::preset("dayi-2014").unwrap();
    for tier in [UnitKind::Village, UnitKind::Town] {
        for reading in MeetingReading::ALL {
            for noted in ["2014-02-21", "2014-09-29", "2014-12-30"] {
                let question = Question { tier, to: Until::Decided, reading: *reading, prompt: false };
                let wait = longest_from(&policy, question, date(noted)).unwrap().unwrap();
                let clerk = live(&wait.witness);
                let end = wait.witness.last().unwrap().on;
                assert_eq!(broken(&clerk.book, end), Vec::<String>::new(), "{tier} {reading} {noted}: {:?}", wait.witness);
                assert_eq!(wait.days, Some(u32::try_from(date(noted).days_until(end)).unwrap()));
                // A day later the decision would have been late, where any day of the month will do.
                if *reading == MeetingReading::AnyDay {
                    let mut late = wait.witness.clone();
                    late.last_mut().unwrap().on = end.add_days(1);
                    assert_ne!(broken(&live(&late).book, end.add_days(1)), Vec::<String>::new(), "{tier} {noted}");
                }
            }
        }
    }
}

/// Every choice of days tried on a book: card, consolidation, an earlier meeting, and the meeting
/// that decides; of those under which no duty is broken, the longest wait.
fn tried_out(noted: Date) -> i32 {
    let mut worst = 0;
    for card in 0..6 {
        let registered = noted.add_days(card);
        let first = Period::containing(PeriodKind::Week, registered);
        for wait in 0..14 {
            let consolidated = registered.add_days(wait);
            let week = Period::containing(PeriodKind::Week, consolidated);
            let mut clerk = Clerk::new();
            assert!(clerk.note(noted));
            // The first week's can only be over when it was held that day, before the card was there.
            if week != first {
                assert!(clerk.consolidate(registered, first));
            }
            clerk.register(registered);
            clerk.consolidate(consolidated, week);
            let kept = |book: &Book, upto: Date| {
                let as_of = Instant::end_of_day(upto, UtcOffset::CHINA);
                let village = wuzhang::ids::AnyId::new("510129101201");
                let filter = Filter { rule: Some("consolidate.grassroots".into()), subject: village, state: None };
                let weeks = book.duties(first.first(), week.last(), as_of, &filter);
                let held = |state| matches!(state, DutyState::Met | DutyState::Excused);
                weeks.iter().filter(|duty| duty.due <= consolidated).all(|duty| held(duty.state)) && broken(book, upto).is_empty()
            };
            let ledgered = clerk.book.cases()[0].state.name() == StateWord::Ledgered;
            if !ledgered || !kept(&clerk.book, consolidated) {
                continue;
            }
            for earlier in [false, true] {
                let mut clerk = clerk.clone();
                // A meeting on the very day need not take the case up.
                if earlier {
                    assert!(clerk.meet(UnitKind::Village, consolidated, consolidated, ""));
                }
                for day in 1..75 {
                    let held = consolidated.add_days(day);
                    let mut clerk = clerk.clone();
                    if clerk.meet(UnitKind::Village, held, held, PLAN) && kept(&clerk.book, held) {
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
        let question = Question { tier: UnitKind::Village, to: Until::Decided, reading: MeetingReading::AnyDay, prompt: false };
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
    let seldom = lived(&changed(r#""meeting.village":{"modality":"in_principle","source":{"kind":"assumed","grounding":"x"},"period":"week"}"#));
    assert!(seldom.commands_differ.is_empty());
    assert!(seldom.duties_differ.iter().any(|row| row.rule == RuleId::MeetingItemByItem && row.because == Some(RuleId::MeetingVillage)));
    // A journal says the same of what was accepted.
    let mut book = Book::new(old.clone(), roster.clone());
    lines.iter().for_each(|line| drop(book.apply_line(line.as_bytes()).unwrap()));
    let mut replay = Replay::new(&old, &changed(r#""register.card":null"#), &roster).unwrap();
    replay.journal(&book);
    assert_eq!(replay.finish(None).commands, 6);
}
