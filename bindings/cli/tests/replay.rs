//! `replay` and `verify`: outcomes, journals that were torn, and input that cannot be read.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)] // a test may fail by panicking

mod common;
use common::{exists, Place, BOOK, COMMANDS};

fn journal(place: &Place) -> String {
    place.run(&format!("replay {BOOK} --journal journal.jsonl")).ended(0);
    place.read("journal.jsonl")
}

#[test]
fn counts_outcomes_and_journal() {
    let place = Place::new("counts");
    let said = place.run(&format!("replay {BOOK} --format json --journal j.jsonl --outcomes o.jsonl")).ended(0);
    let counts = said.json();
    assert_eq!((counts["accepted"].as_u64(), counts["rejected"].as_u64()), (Some(10), Some(1)), "{counts}");
    assert_eq!((counts["resent"].as_u64(), counts["lines"].as_u64()), (Some(1), Some(11)));
    assert_eq!(counts["rejections"][0]["first"]["line"], 9);
    let outcomes = place.read("o.jsonl");
    assert_eq!(outcomes.lines().count(), 11);
    assert_eq!(outcomes.lines().next(), outcomes.lines().nth(3), "the same bytes for the same command");
    let head = counts["head"].as_str().unwrap();
    let events = counts["events"].as_u64().unwrap();
    assert_eq!(place.read("j.jsonl").lines().count() as u64, events);
    place.run(&format!("verify j.jsonl --head {head} --count {events}")).ended(0).says("sound");
    assert!(!exists(&place, "j.jsonl.lock"));
    // A journal is replayed as well, and gives the same.
    let again = place.run("replay --policy dayi-2014 --roster roster.json j.jsonl --journal k.jsonl --format json").ended(0);
    assert_eq!(again.json()["head"].as_str(), Some(head));
    assert_eq!(place.read("k.jsonl"), place.read("j.jsonl"));
}

#[test]
fn rejections_fail_only_when_asked() {
    let place = Place::new("failon");
    place.run(&format!("replay {BOOK}")).ended(0).says("settle.review").says("line 9, c8");
    place.run(&format!("replay {BOOK} --fail-on error")).ended(1);
    place.run(&format!("replay {BOOK} --as-of 2014-03-21 --fail-on error")).ended(0);
}

#[test]
fn a_torn_journal_is_mended_and_goes_on() {
    let place = Place::new("torn");
    let whole = journal(&place);
    for cut in [0, 40, whole.len() / 2, whole.len() - 1, whole.len()] {
        place.write("journal.jsonl", &whole.as_bytes()[..cut]);
        let said = place.run(&format!("replay {BOOK} --journal journal.jsonl")).ended(0);
        assert_eq!(place.read("journal.jsonl"), whole, "cut at {cut}");
        assert_eq!(said.errors.contains("were cut off"), cut != 0 && cut != whole.len(), "{said:#?}");
    }
    // Reading a torn one says so as well, and leaves the file alone.
    place.write("journal.jsonl", &whole.as_bytes()[..whole.len() - 3]);
    place
        .run("replay --policy dayi-2014 --roster roster.json journal.jsonl")
        .ended(0)
        .complains("were not wholly written and do not count");
    assert_eq!(place.read("journal.jsonl").len(), whole.len() - 3);
}

#[test]
fn a_journal_that_was_touched_is_refused() {
    let place = Place::new("touched");
    let whole = journal(&place);
    let touched = whole.replacen("挖排水沟", "修排水沟", 1);
    assert_ne!(touched, whole);
    place.write("journal.jsonl", touched.as_bytes());
    place.run("verify journal.jsonl").ended(1).says("journal.hash");
    place.run(&format!("replay {BOOK} --journal journal.jsonl")).ended(3).complains("journal.differs");
    assert_eq!(place.read("journal.jsonl"), touched, "left as it was");
    place.write("short.jsonl", whole.split_inclusive('\n').take(4).collect::<String>().as_bytes());
    place.run("verify short.jsonl").ended(0);
    place.run("verify short.jsonl --count 11").ended(1).says("journal.count");
    place.run("verify short.jsonl --head 00").ended(2);
    place.write("none.jsonl", b"{}\n");
    place.run("verify none.jsonl").ended(3);
    assert_eq!(place.run("verify journal.jsonl --format json").ended(1).json()["sound"], false);
}

#[test]
fn lines_that_are_no_commands_stop_the_replay() {
    let place = Place::new("lines");
    let (first, rest) = COMMANDS.split_once('\n').unwrap();
    for (name, line, words) in [
        ("text", "no json".as_bytes(), "c.jsonl:2:"),
        ("list", b"[1]", "c.jsonl:2:1"),
        ("nameless", b"{\"do\":\"close\"}", "input.invalid"),
        ("utf8", b"{\"id\":\"\xff\"}", "UTF-8"),
        ("torn", b"{\"id\":\"x\"", "c.jsonl:2:"),
    ] {
        let mut bytes = format!("{first}\n").into_bytes();
        bytes.extend_from_slice(line);
        bytes.extend_from_slice(format!("\n{rest}").as_bytes());
        place.write("c.jsonl", &bytes);
        let call = "replay --policy dayi-2014 --roster roster.json c.jsonl";
        place.run(call).ended(3).complains(words).says("1 accepted");
        place.run(&format!("{call} --keep-going")).ended(0).says("1 unreadable").says("10 accepted");
        place.run(&format!("{call} --keep-going --fail-on error")).ended(1);
        assert_eq!(place.run("duties --policy dayi-2014 --roster roster.json c.jsonl --from 2014-03-01 --to 2014-03-31").code, 3, "{name}");
    }
    let deep = format!("{{\"id\":\"x\",\"a\":{}1{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    place.write("c.jsonl", deep.as_bytes());
    place.run("replay --policy dayi-2014 --roster roster.json c.jsonl").ended(3);
}

#[test]
fn a_byte_order_mark_crlf_and_standard_input_are_taken() {
    let place = Place::new("bom");
    let bytes = format!("\u{feff}{}", COMMANDS.replace('\n', "\r\n\r\n"));
    let roster = format!("\u{feff}{}", wuzhang::doc::ROSTER);
    place.write("roster.json", roster.as_bytes());
    let call = "replay --policy dayi-2014 --roster roster.json - --format json";
    let counts = place.run_with(call, &[], bytes.as_bytes()).ended(0).json();
    assert_eq!(counts["accepted"], 10);
}

#[test]
fn wrong_use_and_unreadable_documents() {
    let place = Place::new("use");
    place.run("").ended(2);
    place.run("replay").ended(2);
    place.run(&format!("replay {BOOK} --as-of tomorrow")).ended(2).complains("--as-of tomorrow");
    place.run("replay --policy dayi-2015 --roster roster.json commands.jsonl").ended(2).complains("Did you mean dayi-2014");
    place.run("replay --policy dayi-2014 --roster none.json commands.jsonl").ended(3).complains("none.json: cannot be read");
    place.run("replay --policy dayi-2014 --roster . commands.jsonl").ended(3);
    place.run("replay --policy dayi-2014 --roster roster.json none.jsonl").ended(3).complains("none.jsonl");
    place.run(&format!("replay {BOOK} --journal .")).ended(2);
    place.run(&format!("replay {BOOK} --journal no/such/place.jsonl")).ended(3);
    place.write("r.json", wuzhang::doc::ROSTER.replace("\"poverty\"", "\"povrety\"").as_bytes());
    place
        .run("replay --policy dayi-2014 --roster r.json commands.jsonl")
        .ended(3)
        .complains("Did you mean “poverty”")
        .complains("--> r.json:5:")
        .complains("/units/3/povrety")
        .complains("^^^^^^^^^");
    place.run("--help").ended(0).says("Exit codes");
    place.run("--version").ended(0).says("wuzhang ");
}

#[test]
fn a_full_disk_is_told_and_nothing_is_half_written() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let place = Place::new("full");
    place.run(&format!("replay {BOOK} --outcomes /dev/full")).ended(3).complains("/dev/full: cannot be written");
}
