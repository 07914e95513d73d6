//! Advice (`advice.*`): what may be worth a call-back because it looks too smooth to be true. It
//! is material for a sample and never a score; nothing is wrong by itself. No finding holds a
//! name, a telephone number or a word of a diary.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::calendar::{Date, Instant, Period, PeriodKind};
use crate::case::What;
use crate::codes::Code;
use crate::command::Do;
use crate::finding::{Finding, Severity};
use crate::ids::{CaseId, HouseholdId};
use crate::policy::{Alike, Pace, RuleId, Rules};
use crate::roster::{PersonIx, TargetIx, UnitIx};
use crate::shape::Text;

use super::Book;

/// How many different diary texts of one person are compared with each other: the latest. Equal
/// texts are found among any number.
const COMPARED: usize = 200;

/// A visit as the advice sees it.
struct Seen {
    index: u32,
    /// The local day on which it took place.
    day: Date,
    target: TargetIx,
    in_person: bool,
    /// When it took place.
    on: Instant,
    /// The local day on which it was entered.
    entered: Date,
    diary: Option<Text>,
}

/// A finding with what it is sorted by.
type Sortable = (String, Finding);

impl Book {
    /// Advice for a call-back sample over a range of local days, as the book stands at its end, by
    /// the policy of the range's last day; a rule that is off gives none. Every finding has the
    /// severity `advice`; they are sorted by code, then by the person or unit they are about.
    ///
    /// - `advice.diary`: visits of one `person` in the range whose diary texts are equal or nearly
    ///   so, leaving out white space and taking every number for the same. Likeness is the share
    ///   of the runs of three characters that two texts have in common, of those that either has.
    ///   Texts that are alike only through a third stand together. Of each person the latest 200
    ///   different texts are compared; equal ones are found among all.
    /// - `advice.pace`: more visits in person by one `person`, to so many different targets, than
    ///   the rule allows within its minutes; one finding for each unbroken stretch of them.
    /// - `advice.last_day`: all visits in person that a `person` made in a month were entered on
    ///   its last day; for each `month` that ends in the range, whole.
    /// - `advice.telephone`: ratings in the range of several households' cases from one telephone.
    /// - `advice.all_satisfied`: a `unit` all of whose answers are good, by [`Book::rates`], with
    ///   few households asked.
    ///
    /// ```
    /// use wuzhang::{Book, Code, Policy, Roster, calendar::Date};
    /// let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
    /// let mut book = Book::new(Policy::preset("dayi-2014").unwrap(), roster);
    /// for n in 3..=4 {
    ///     let line = format!(r#"{{"id":"c{n}","at":"2014-03-0{n}T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v{n}","cadres":["k1"],"target":"h1","on":"2014-03-0{n}T08:30:00+08:00","diary":"今天走访了该户，宣传了政策，了解了生产生活情况，一切正常。"}}"#);
    ///     book.apply_line(line.as_bytes()).unwrap();
    /// }
    /// let day = |text| Date::parse(text).unwrap();
    /// let advice = book.advice(day("2014-03-01"), day("2014-03-31"));
    /// assert_eq!((advice.len(), advice[0].code), (1, Code::AdviceDiary));
    /// assert!(advice[0].message().1.contains("v3, v4"));
    /// ```
    pub fn advice(&self, from: Date, to: Date) -> Vec<Finding> {
        let rules = &self.policy_on(to).rules;
        let mut found: Vec<Sortable> = Vec::new();
        for person in self.roster().people() {
            self.advise_on_person(rules, person, from, to, &mut found);
        }
        self.telephones(rules, from, to, &mut found);
        self.all_satisfied(rules, from, to, &mut found);
        // What is equal in both keys keeps the order of time in which it was found.
        found.sort_by(|(a, left), (b, right)| left.code.word().cmp(right.code.word()).then_with(|| a.cmp(b)));
        found.into_iter().map(|(_, finding)| finding).collect()
    }

    fn advise_on_person(&self, rules: &Rules, person: PersonIx, from: Date, to: Date, found: &mut Vec<Sortable>) {
        if rules.advice_diary.is_none() && rules.advice_pace.is_none() && rules.advice_last_day.is_none() {
            return;
        }
        let id = self.roster().person_id(person).as_str();
        // A month is looked at whole, also where the range begins within it.
        let seen = self.seen(person, from.month_first(), to);
        let ranged = seen.get(seen.partition_point(|visit| visit.day < from)..).unwrap_or_default();
        if let Some(rule) = &rules.advice_diary {
            for group in alike(ranged, &rule.params) {
                found.extend(self.of_visits(rules, RuleId::AdviceDiary, Code::AdviceDiary, id, &group));
            }
        }
        if let Some(rule) = &rules.advice_pace {
            for stretch in stretches(ranged, &rule.params) {
                found.extend(self.of_visits(rules, RuleId::AdvicePace, Code::AdvicePace, id, &stretch));
            }
        }
        let Some(rule) = &rules.advice_last_day else { return };
        for month in seen.chunk_by(|a, b| a.day.month_first() == b.day.month_first()) {
            let Some(last) = month.first().map(|visit| visit.day.month_last()).filter(|last| *last <= to) else { continue };
            let visits: Vec<&Seen> = month.iter().filter(|visit| visit.in_person).collect();
            let enough = !visits.is_empty() && count(&visits) >= u64::from(rule.params.at_least);
            if enough && visits.iter().all(|visit| visit.entered == last) {
                let visits: Vec<u32> = visits.iter().map(|visit| visit.index).collect();
                let month = Period::containing(PeriodKind::Month, last).to_string();
                let finding = self.of_visits(rules, RuleId::AdviceLastDay, Code::AdviceLastDay, id, &visits);
                found.extend(finding.map(|(key, finding)| (key, finding.with("month", month))));
            }
        }
    }

    /// The visits of a person from one day to another, as corrected, by day.
    fn seen(&self, person: PersonIx, from: Date, to: Date) -> Vec<Seen> {
        self.tables
            .visits
            .between(person, from, to)
            .filter_map(|(index, visit)| {
                let record = self.record_now(visit.record)?;
                let entered = self.day_of(record.command.at);
                let Do::RecordVisit(said) = record.command.todo else { return None };
                let (day, target, in_person) = (visit.day, visit.target, visit.in_person);
                Some(Seen { index, day, target, in_person, on: said.on, entered, diary: said.diary })
            })
            .collect()
    }

    fn of_visits(&self, rules: &Rules, rule: RuleId, code: Code, person: &str, visits: &[u32]) -> Option<Sortable> {
        let ids: Vec<String> = visits.iter().map(|index| self.tables.id_of_visit(*index).to_owned()).collect();
        let finding = advice(rules, rule, code)?.with("person", person).with("count", count(&ids)).with("visits", ids);
        Some((person.to_owned(), finding))
    }

    fn telephones(&self, rules: &Rules, from: Date, to: Date, found: &mut Vec<Sortable>) {
        let Some(rule) = &rules.advice_telephone else { return };
        let mut calls: BTreeMap<String, Vec<(&CaseId, &HouseholdId)>> = BTreeMap::new();
        for case in &self.tables.cases {
            let Some(household) = &case.household else { continue };
            for step in &case.trail {
                let What::Rated(rated) = &step.what else { continue };
                let Some(phone) = rated.phone.as_ref().and_then(|phone| bare_number(phone)) else { continue };
                let day = self.day_of(step.at);
                if from <= day && day <= to {
                    calls.entry(phone).or_default().push((&case.id, household));
                }
            }
        }
        let mut several: Vec<(u64, Vec<String>)> = Vec::new();
        for calls in calls.into_values() {
            let (mut cases, mut households): (Vec<&CaseId>, Vec<&HouseholdId>) = calls.into_iter().unzip();
            cases.sort_unstable();
            cases.dedup();
            households.sort_unstable();
            households.dedup();
            let households = count(&households);
            if households > 0 && households >= u64::from(rule.params.at_least) {
                several.push((households, cases.into_iter().map(ToString::to_string).collect()));
            }
        }
        // By the cases, so that not even the order tells anything of the numbers.
        several.sort_by(|a, b| a.1.cmp(&b.1));
        for (households, cases) in several {
            let finding = advice(rules, RuleId::AdviceTelephone, Code::AdviceTelephone);
            let finding = finding.map(|finding| finding.with("count", households).with("cases", cases));
            found.extend(finding.map(|finding| (String::new(), finding)));
        }
    }

    fn all_satisfied(&self, rules: &Rules, from: Date, to: Date, found: &mut Vec<Sortable>) {
        let Some(rule) = &rules.advice_all_satisfied else { return };
        let few = |answered: u64, due: u64| {
            u128::from(answered).saturating_mul(100) < u128::from(due).saturating_mul(u128::from(rule.params.coverage_percent))
        };
        let rows = self.tallies(from, to);
        for row in rows.into_iter().filter(|row| row.category.is_none()) {
            let (tally, unit) = (row.tally, self.id_of(row.unit));
            let enough = tally.answered > 0 && tally.answered >= u64::from(rule.params.at_least);
            if enough && tally.satisfied == tally.answered && few(tally.answered, tally.due) {
                let finding = advice(rules, RuleId::AdviceAllSatisfied, Code::AdviceAllSatisfied).map(|finding| {
                    finding.with("unit", unit).with("count", tally.answered).with("due", tally.due)
                });
                found.extend(finding.map(|finding| (unit.to_owned(), finding)));
            }
        }
    }

    fn id_of(&self, unit: UnitIx) -> &str {
        self.roster().unit_id(unit).as_str()
    }
}

/// A finding that only advises; nothing where the rule is off.
fn advice(rules: &Rules, rule: RuleId, code: Code) -> Option<Finding> {
    let ground = rules.ground(rule)?;
    Some(Finding { severity: Severity::Advice, ground: Some(ground), ..Finding::plain(code, "") })
}

fn count<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}

/// A telephone number without what different hands write differently: spaces, dashes, +86.
fn bare_number(text: &str) -> Option<String> {
    let digits: String = text.chars().filter_map(ascii_digit).collect();
    let national = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86"));
    let national = national.filter(|rest| rest.len() == 11 && rest.starts_with('1'));
    let number = national.unwrap_or(&digits);
    (!number.is_empty()).then(|| number.to_owned())
}

/// A digit, also one as wide as a Chinese character.
fn ascii_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c).saturating_sub(0xff10).saturating_add(0x30)),
        _ => None,
    }
}

/// The stretches in which more targets were visited than can be walked: in each of them every
/// visit belongs to some span of so many minutes, its ends included, with too many targets.
fn stretches(seen: &[Seen], rule: &Pace) -> Vec<Vec<u32>> {
    let mut seen: Vec<&Seen> = seen.iter().filter(|visit| visit.in_person).collect();
    seen.sort_by(|a, b| a.on.cmp_moment(b.on).then(a.index.cmp(&b.index)));
    let moment = |visit: &Seen| (visit.on.epoch_seconds(), visit.on.nanos());
    let span = i64::from(rule.minutes).saturating_mul(60);
    let mut met: FxHashMap<TargetIx, u32> = FxHashMap::default();
    let mut first = 0usize;
    let mut marked: Vec<(usize, usize)> = Vec::new();
    for (last, visit) in seen.iter().enumerate() {
        let (seconds, nanos) = moment(visit);
        let earliest = (seconds.saturating_sub(span), nanos);
        while let Some(old) = seen.get(first).copied().filter(|old| moment(old) < earliest) {
            if let Some(times) = met.get_mut(&old.target) {
                *times = times.saturating_sub(1);
                if *times == 0 {
                    met.remove(&old.target);
                }
            }
            first = first.saturating_add(1);
        }
        let times = met.entry(visit.target).or_default();
        *times = times.saturating_add(1);
        if met.len() > usize::try_from(rule.visits).unwrap_or(usize::MAX) {
            match marked.last_mut() {
                Some((_, until)) if first <= *until => *until = last,
                _ => marked.push((first, last)),
            }
        }
    }
    let indices = |(from, until): (usize, usize)| {
        seen.get(from..=until).unwrap_or_default().iter().map(|visit| visit.index).collect()
    };
    marked.into_iter().map(indices).collect()
}

/// A diary text with the visits that have it.
struct Diary {
    /// The runs of three characters, each once, sorted.
    grams: Vec<u64>,
    visits: Vec<u32>,
    /// The place in the list of visits where it stands last.
    latest: usize,
}

/// The groups of visits whose diaries are alike, each by day, and themselves by their first visit.
fn alike(seen: &[Seen], rule: &Alike) -> Vec<Vec<u32>> {
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut texts: Vec<Diary> = Vec::new();
    for (latest, visit) in seen.iter().enumerate() {
        let Some(diary) = &visit.diary else { continue };
        let folded = fold(diary);
        if folded.chars().count() < usize::try_from(rule.at_least_chars).unwrap_or(usize::MAX) || folded.is_empty() {
            continue;
        }
        match places.get(&folded).and_then(|place| texts.get_mut(*place)) {
            Some(text) => {
                text.visits.push(visit.index);
                text.latest = latest;
            }
            None => {
                let grams = grams(&folded);
                places.insert(folded, texts.len());
                texts.push(Diary { grams, visits: vec![visit.index], latest });
            }
        }
    }
    // Each text's group, by the place of another text of it that stands before it, or its own.
    let mut groups: Vec<usize> = (0..texts.len()).collect();
    let mut recent: Vec<(usize, &Diary)> = texts.iter().enumerate().collect();
    recent.sort_by_key(|(_, text)| std::cmp::Reverse(text.latest));
    recent.truncate(COMPARED);
    for (nth, (a, left)) in recent.iter().enumerate() {
        for (b, right) in recent.iter().skip(nth.saturating_add(1)) {
            let (a, b) = (root(&groups, *a), root(&groups, *b));
            if a != b && is_near(&left.grams, &right.grams, rule.similar_percent) {
                if let Some(slot) = groups.get_mut(a.max(b)) {
                    *slot = a.min(b);
                }
            }
        }
    }
    let order: FxHashMap<u32, usize> = seen.iter().enumerate().map(|(place, visit)| (visit.index, place)).collect();
    let mut together: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (place, text) in texts.iter().enumerate() {
        together.entry(root(&groups, place)).or_default().extend(&text.visits);
    }
    let mut found: Vec<Vec<u32>> = together.into_values().filter(|visits| visits.len() > 1).collect();
    for visits in &mut found {
        visits.sort_by_key(|index| order.get(index).copied());
    }
    found
}

/// The first place of the group that a place belongs to.
fn root(groups: &[usize], place: usize) -> usize {
    let mut place = place;
    while let Some(before) = groups.get(place).filter(|before| **before < place) {
        place = *before;
    }
    place
}

/// A text as it is compared: without white space, and with every run of digits as one mark, so
/// that a date or a sum put in anew does not make another text.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut in_number = false;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let digit = ascii_digit(c).is_some();
        match (digit, in_number) {
            (true, false) => folded.push('0'),
            (true, true) => {}
            (false, _) => folded.push(c),
        }
        in_number = digit;
    }
    folded
}

/// The runs of three characters in a text, each once, sorted; a shorter text is one run.
fn grams(text: &str) -> Vec<u64> {
    // A character takes 21 bits, so that three of them fit into one number.
    const THREE: u64 = (1 << 63) - 1;
    let mut run = 0u64;
    let mut grams: Vec<u64> = Vec::with_capacity(text.len());
    for (place, c) in text.chars().enumerate() {
        run = run.wrapping_shl(21) & THREE | u64::from(u32::from(c));
        if place >= 2 {
            grams.push(run);
        }
    }
    if grams.is_empty() {
        grams.push(run);
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// Whether two sets have at least so many per cent of their union in common; exact. It stops as
/// soon as too many differ, which for texts that are not alike is soon.
fn is_near(left: &[u64], right: &[u64], percent: u32) -> bool {
    let all = count(left).saturating_add(count(right));
    let percent = u64::from(percent);
    // common / (all - common) >= percent / 100, solved for what is common.
    let needed = all.saturating_mul(percent).div_ceil(percent.saturating_add(100));
    let Some(mut spare) = all.checked_sub(needed.saturating_mul(2)) else { return false };
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    loop {
        match (left.peek(), right.peek()) {
            (Some(a), Some(b)) if a == b => {
                left.next();
                right.next();
                continue;
            }
            (Some(a), Some(b)) if a < b => left.next(),
            (Some(_), Some(_)) | (None, Some(_)) => right.next(),
            (Some(_), None) => left.next(),
            (None, None) => return true,
        };
        match spare.checked_sub(1) {
            Some(rest) => spare = rest,
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{bare_number, fold, grams, is_near};

    #[test]
    fn a_text_is_folded() {
        assert_eq!(fold("3月 12日,\u{3000}第２组\n走访"), "0月0日,第0组走访");
        assert_eq!(fold("1 2"), "0");
    }

    #[test]
    fn likeness_is_exact_at_its_border() {
        let of = |range: std::ops::Range<u64>| range.collect::<Vec<_>>();
        // 18 in common of 20: nine tenths.
        assert!(is_near(&of(0..19), &of(1..20), 90));
        assert!(!is_near(&of(0..19), &of(1..20), 91));
        assert!(is_near(&of(0..18), &of(0..20), 90));
        assert!(!is_near(&of(0..17), &of(0..20), 90));
        assert!(is_near(&of(0..5), &of(0..5), 100));
        assert!(!is_near(&of(0..5), &of(1..6), 100));
        assert!(!is_near(&of(0..5), &of(5..10), 1));
    }

    #[test]
    fn a_short_text_is_one_run() {
        assert_eq!(grams("道路").len(), 1);
        assert_ne!(grams("道路"), grams("路道"));
        assert_eq!(grams("道路道路道").len(), 2);
    }

    #[test]
    fn a_number_is_known_however_it_is_written() {
        let plain = bare_number("13800000000");
        assert!(plain.is_some());
        for other in ["+86 138-0000-0000", "0086 13800000000", "１３８００００００００"] {
            assert_eq!(bare_number(other), plain);
        }
        assert_eq!(bare_number("不详"), None);
    }
}
