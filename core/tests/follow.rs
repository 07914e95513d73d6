//! A book goes on by the lines that follow in its journal, and gives its journal from any event on.

use wuzhang::{Book, Policy, Roster};

const COMMANDS: [&str; 6] = [
    r#"{"id":"c1","at":"2014-03-03T17:40:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T16:10:00+08:00"}"#,
    r#"{"id":"c2","at":"2014-03-03T17:45:00+08:00","actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"巷道积水","text":"雨天巷道积水","visit":"v1"}"#,
    r#"{"id":"c3","at":"2014-03-04T09:00:00+08:00","actor":"k1","do":"register_card","case":"a1","card":{"name":"张大山","address":"3组12号","household_size":4,"income":18000,"appeal":"疏通水沟","cause":"水沟淤塞"}}"#,
    r#"{"id":"c4","at":"2014-03-07T15:00:00+08:00","actor":"k2","do":"consolidate","unit":"510129101201","period":"2014-W10"}"#,
    r#"{"id":"c5","at":"2014-03-20T16:00:00+08:00","actor":"k2","do":"hold_meeting","meeting":"m1","unit":"510129101201","held_on":"2014-03-20","chair":"k1","notified":["s1","d1","d2","d3"],"attended":["k1","k2","s1"],"decisions":[{"case":"a1","decision":"plan","measures":"清淤并加盖板","target":"雨天不积水","responsible":"k1","due":"2014-03-27"}]}"#,
    r#"{"id":"c6","at":"2014-03-28T10:00:00+08:00","actor":"k1","do":"settle","case":"a1","result":"水沟已清淤,盖板已铺"}"#,
];

fn fresh() -> Book {
    let roster = Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap();
    Book::new(Policy::preset("dayi-2014").unwrap(), roster)
}

/// The book after the first so many commands.
fn after(commands: usize) -> Book {
    let mut book = fresh();
    for line in COMMANDS.iter().take(commands) {
        assert!(book.apply_line(line.as_bytes()).unwrap().contains(r#""status":"accepted""#), "{line}");
    }
    book
}

fn from(book: &Book, event: u64) -> String {
    let mut lines = String::new();
    book.write_journal(event, &mut lines);
    lines
}

#[test]
fn the_journal_from_an_event_on_is_the_end_of_the_whole() {
    for commands in 0..=COMMANDS.len() {
        let book = after(commands);
        let whole: Vec<String> = book.journal().lines().map(str::to_owned).collect();
        for event in 0..=whole.len() + 2 {
            let rest: Vec<String> = from(&book, event as u64).lines().map(str::to_owned).collect();
            assert_eq!(rest, whole[event.saturating_sub(1).min(whole.len())..], "{commands} commands, from {event}");
        }
    }
}

#[test]
fn a_restored_book_that_follows_the_rest_is_the_book_that_wrote_it() {
    let whole = after(COMMANDS.len());
    for commands in 0..=COMMANDS.len() {
        let mut book = Book::restore(&after(commands).snapshot()).unwrap();
        let rest = from(&whole, book.events() + 1);
        assert_eq!(book.follow(rest.as_bytes()).unwrap(), 0);
        assert_eq!(book.snapshot(), whole.snapshot());
        assert_eq!(book.follow(b"").unwrap(), 0);
    }
}

#[test]
fn a_torn_end_is_dropped_and_said() {
    let whole = after(COMMANDS.len());
    let rest = from(&whole, 2);
    for cut in [rest.len() - 1, rest.len() - 100] {
        let mut book = after(0);
        assert!(book.follow(&from(&whole, 1).as_bytes()[..from(&whole, 1).len() - (rest.len() - cut)]).unwrap() > 0);
        assert_eq!(book.snapshot(), after(COMMANDS.len() - 1).snapshot());
    }
}

#[test]
fn lines_that_do_not_follow_are_refused() {
    let whole = after(COMMANDS.len());
    let mut book = after(1);
    // One event is left out: the next was made of another book than this.
    assert!(book.follow(from(&whole, book.events() + 2).as_bytes()).is_err());
    // Lines that the book has already are not lived twice.
    assert!(after(2).follow(from(&whole, 1).as_bytes()).is_err());
}

#[test]
fn a_book_of_several_chunks_comes_back_whole_and_as_it_was() {
    // Records are kept in pieces of a mebibyte; diaries of the longest kind fill several.
    let diary = "谈".repeat(10_000);
    let (mut book, mut then, mut at_then) = (fresh(), Vec::new(), None);
    for number in 0..120u32 {
        let at = format!("2014-03-03T{:02}:{:02}:00+08:00", 9 + number / 60, number % 60);
        let line = format!(
            r#"{{"id":"c{number}","at":"{at}","actor":"k1","do":"record_visit","visit":"v{number}","cadres":["k1"],"target":"h1","on":"{at}","diary":"{diary}"}}"#
        );
        assert!(book.apply_line(line.as_bytes()).unwrap().contains(r#""status":"accepted""#), "{at}");
        if number == 70 {
            (then, at_then) = (book.snapshot(), book.last_at());
        }
    }
    assert!(book.packed_size() > 3 << 20 && then.len() > 2 << 20);
    let whole = book.snapshot();
    assert_eq!(Book::restore(&whole).unwrap().snapshot(), whole);
    assert_eq!(book.as_of(at_then.unwrap()).snapshot(), then);
}
