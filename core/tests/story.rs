//! One case from a visit to its closing, by the people whose work each step is.

use wuzhang::calendar::{Date, Instant};
use wuzhang::duty::{DutyState, Filter};
use wuzhang::{doc, verify, Book, Check, Policy, Roster, Verdict};

const LINES: &str = r#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00","diary":"x\u0000䢺😀"}
{"id":"c2","at":"2014-03-03T09:10:00+08:00","actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"road","text":"lane"}
{"id":"c3","at":"2014-03-04T09:10:00+08:00","actor":"k1","do":"register_card","case":"a1","card":{"name":"张大山","address":"3组","household_size":3,"income":12000,"appeal":"a","cause":"b"}}
{"id":"c4","at":"2014-03-07T15:00:00+08:00","actor":"k2","do":"consolidate","unit":"510129101201","period":"2014-W10"}
{"id":"c5","at":"2014-03-20T15:00:00+08:00","actor":"k2","do":"hold_meeting","meeting":"m1","unit":"510129101201","held_on":"2014-03-20","chair":"k1","notified":["s1","d1","d2","d3","k1","k2"],"attended":["k1","k2"],"decisions":[{"case":"a1","decision":"plan","measures":"m","target":"t","responsible":"k2","due":"2014-03-27"}]}
{"id":"c6","at":"2014-03-21T15:00:00+08:00","actor":"k2","do":"publish","posting":"p1","stage":"plan","unit":"510129101201","place":"board","from":"2014-03-21","items":[{"case":"a1","summary":"road"}],"checked_by":"s1"}
{"id":"c7","at":"2014-03-25T15:00:00+08:00","actor":"k2","do":"settle","case":"a1","result":"done"}
{"id":"c9","at":"2014-03-25T16:00:00+08:00","actor":"s1","do":"review_settlement","case":"a1","accept":true}
{"id":"c10","at":"2014-03-26T15:00:00+08:00","actor":"k2","do":"publish","posting":"p2","stage":"result","unit":"510129101201","place":"board","from":"2014-03-26","items":[{"case":"a1","summary":"road"}],"checked_by":"s1"}
{"id":"c11","at":"2014-04-03T15:00:00+08:00","actor":"s1","do":"rate","case":"a1","solved":"solved","satisfied":"satisfied","method":"phone"}
{"id":"c12","at":"2014-04-04T15:00:00+08:00","actor":"s1","do":"close","case":"a1","as":"satisfied"}
"#;

fn roster() -> Roster {
    Roster::read(doc::ROSTER.as_bytes()).unwrap()
}

fn policy() -> Policy {
    Policy::preset("dayi-2014").unwrap()
}

fn lived() -> Book {
    let mut book = Book::new(policy(), roster());
    let mut out = String::new();
    assert_eq!(book.apply_lines(LINES.as_bytes(), &mut out).unwrap(), 11);
    assert!(out.lines().all(|line| line.ends_with(r#""status":"accepted"}"#)), "{out}");
    book
}

#[test]
fn a_case_passes_all_five_steps_and_every_duty_on_its_way_is_met() {
    let book = lived();
    assert_eq!(book.cases()[0].state.word(), "closed");
    let (from, to) = (Date::parse("2014-03-03").unwrap(), Date::parse("2014-12-31").unwrap());
    let as_of = Instant::parse("2014-04-05T00:00:00+08:00").unwrap();
    let duties = book.duties(from, to, as_of, &Filter::default());
    let of_case: Vec<_> = duties.iter().filter(|duty| duty.object.0.as_ref().is_some_and(|id| id.as_str() == "a1")).collect();
    let rules: Vec<&str> = of_case.iter().map(|duty| duty.rule.word()).collect();
    assert_eq!(
        rules,
        ["close.attempts", "meeting.item_by_item", "publish.within", "publish.within", "register.within", "settle.overdue", "settle.review"]
    );
    assert!(of_case.iter().all(|duty| duty.state == DutyState::Met), "{of_case:?}");
}

#[test]
fn a_book_replayed_restored_or_looked_back_on_is_the_same_book() {
    let book = lived();
    let journal = book.journal();
    assert!(matches!(verify(journal.as_bytes(), &Check::default()), Verdict::Sound { events: 13, .. }));
    let opened = Book::open(policy(), roster(), journal.as_bytes()).unwrap();
    assert_eq!((opened.dropped, opened.book.journal()), (0, journal.clone()));
    assert_eq!(opened.book.snapshot(), book.snapshot());
    let restored = Book::restore(&book.snapshot()).unwrap();
    assert_eq!((restored.journal(), restored.snapshot()), (journal.clone(), book.snapshot()));
    assert_eq!(restored.cases(), book.cases());
    let early = book.as_of(Instant::parse("2014-03-10T00:00:00+08:00").unwrap()).into_owned();
    assert_eq!(early.cases()[0].state.word(), "ledgered");
    assert!(journal.starts_with(&early.journal()));
}

#[test]
fn a_journal_cut_at_any_byte_loses_at_most_the_command_being_written() {
    let book = lived();
    let journal = book.journal();
    let (policy, roster) = (policy(), roster());
    let whole: Vec<usize> = std::iter::once(0)
        .chain(journal.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    for cut in 0..journal.len() {
        let opened = Book::open(policy.clone(), roster.clone(), &journal.as_bytes()[..cut]).unwrap();
        let kept = cut - opened.dropped;
        assert!(whole.contains(&kept), "cut at {cut}: kept {kept} bytes, which is no end of a line");
        assert_eq!(opened.book.journal(), journal[..kept]);
        // Nothing that was written whole is lost, but a meeting whose decisions are not all there.
        let last_line = whole.iter().rev().find(|end| **end <= cut).copied().unwrap_or(0);
        let lost = &journal[kept..last_line];
        assert!(lost.is_empty() || lost.contains("book_opened") || lost.contains("meeting_held"), "cut at {cut} lost {lost}");
    }
}

#[test]
fn a_changed_byte_is_found_and_its_event_named() {
    let journal = lived().journal();
    let line = 4;
    let broken: Vec<String> = journal
        .lines()
        .enumerate()
        .map(|(at, text)| if at == line { text.replacen("2014-03-07", "2014-03-06", 1) } else { text.to_owned() })
        .collect();
    match verify((broken.join("\n") + "\n").as_bytes(), &Check::default()) {
        Verdict::Broken(finding) => {
            assert_eq!(finding.code.word(), "journal.hash");
            assert_eq!(finding.param("seq"), Some(&wuzhang::finding::Param::Whole(line as u64 + 1)));
        }
        other => panic!("{other:?}"),
    }
    let shorter: String = journal.lines().take(4).map(|line| format!("{line}\n")).collect();
    assert!(matches!(verify(shorter.as_bytes(), &Check::default()), Verdict::Sound { events: 4, .. }));
    let head = lived().head();
    assert!(matches!(verify(shorter.as_bytes(), &Check { head: Some(head), count: None }), Verdict::Broken(_)));
    assert!(matches!(verify(shorter.as_bytes(), &Check { head: None, count: Some(13) }), Verdict::Broken(_)));
}

#[test]
fn a_journal_of_other_documents_and_a_damaged_snapshot_are_refused() {
    let book = lived();
    let other = Policy::preset("petition-2022").unwrap();
    let finding = Book::open(other, roster(), book.journal().as_bytes()).unwrap_err();
    assert_eq!(finding.code.word(), "journal.differs");
    let mut snapshot = book.snapshot();
    let middle = snapshot.len() / 2;
    snapshot[middle] ^= 1;
    assert_eq!(Book::restore(&snapshot).unwrap_err().code.word(), "snapshot.invalid");
    for cut in [0, 10, 31, 40, snapshot.len() - 1] {
        assert_eq!(Book::restore(&book.snapshot()[..cut]).unwrap_err().code.word(), "snapshot.invalid");
    }
}
