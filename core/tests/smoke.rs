use wuzhang::*;
#[test]
fn story() {
    let roster = Roster::read(doc::ROSTER.as_bytes()).unwrap();
    let mut book = Book::new(Policy::preset("dayi-2014").unwrap(), roster.clone());
    let lines = r#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00","diary":"x\u0000䢺"}
{"id":"c2","at":"2014-03-03T09:10:00+08:00","actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"road","text":"lane"}
{"id":"c3","at":"2014-03-04T09:10:00+08:00","actor":"k1","do":"register_card","case":"a1","card":{"name":"张大山","address":"3组","household_size":3,"income":12000,"appeal":"a","cause":"b"}}
{"id":"c4","at":"2014-03-07T15:00:00+08:00","actor":"k2","do":"consolidate","unit":"510129101201","period":"2014-W10"}
{"id":"c5","at":"2014-03-20T15:00:00+08:00","actor":"k2","do":"hold_meeting","meeting":"m1","unit":"510129101201","held_on":"2014-03-20","chair":"k1","notified":["s1","d1","d2","d3","k1","k2"],"attended":["k1","k2"],"decisions":[{"case":"a1","decision":"plan","measures":"m","target":"t","responsible":"k1","due":"2014-03-27"}]}
{"id":"c6","at":"2014-03-21T15:00:00+08:00","actor":"k2","do":"publish","posting":"p1","stage":"plan","unit":"510129101201","place":"board","from":"2014-03-21","items":[{"case":"a1","summary":"road"}],"checked_by":"s1"}
{"id":"c7","at":"2014-03-25T15:00:00+08:00","actor":"k1","do":"settle","case":"a1","result":"done"}
{"id":"c8","at":"2014-03-25T15:00:00+08:00","actor":"k1","do":"review_settlement","case":"a1","accept":true}
{"id":"c9","at":"2014-03-25T15:00:00+08:00","actor":"s1","do":"review_settlement","case":"a1","accept":true}
{"id":"c10","at":"2014-03-26T15:00:00+08:00","actor":"k2","do":"publish","posting":"p2","stage":"result","unit":"510129101201","place":"board","from":"2014-03-26","items":[{"case":"a1","summary":"road"}],"checked_by":"s1"}
{"id":"c11","at":"2014-04-26T15:00:00+08:00","actor":"s1","do":"rate","case":"a1","solved":"solved","satisfied":"satisfied","method":"phone"}
{"id":"c12","at":"2014-04-26T15:00:00+08:00","actor":"s1","do":"close","case":"a1","as":"satisfied"}
{"id":"c12","at":"2014-04-27T15:00:00+08:00","actor":"s1","do":"close","case":"a1","as":"satisfied"}
{"id":"c13","at":"2014-04-27T15:00:00+08:00","actor":"s1","do":"corect","case":"a1","hosehold":"x"}
"#;
    let mut out = String::new();
    book.apply_lines(lines.as_bytes(), &mut out).unwrap();
    println!("{out}");
    let journal = book.journal();
    println!("{journal}");
    println!("{:?}", verify(journal.as_bytes(), &Check::default()));
    let opened = Book::open(Policy::preset("dayi-2014").unwrap(), roster, journal.as_bytes()).unwrap();
    assert_eq!(opened.dropped, 0);
    assert_eq!(opened.book.journal(), journal);
    assert_eq!(opened.book.snapshot(), book.snapshot());
    let restored = Book::restore(&book.snapshot()).unwrap();
    assert_eq!(restored.journal(), journal);
    assert_eq!(restored.snapshot(), book.snapshot());
}
