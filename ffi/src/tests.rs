//! The boundary from the side of Rust, for the tools that look at memory and threads there.
//! ThreadSanitizer runs all of these tests; Miri those of the boundary itself, where all unsafe code
//! is: the engine has none, and under Miri it would read a policy for minutes. What C programs meet
//! stands in `bindings/c/tests`.

use core::ffi::c_char;
use core::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::handle::{Held, Opaque};

const ROSTER: &str = wuzhang_core::doc::ROSTER;
const STATUS: &str = r#"{"op":"status"}"#;

fn empty() -> WzBuffer {
    WzBuffer { data: null_mut(), len: 0, room: 0 }
}

fn at(text: &str) -> *const c_char {
    text.as_ptr().cast()
}

/// The text of an answer, and the answer freed twice.
fn taken(mut buffer: WzBuffer) -> String {
    if buffer.data.is_null() {
        return String::new();
    }
    // SAFETY: the library wrote it; the NUL behind it is part of what it gave.
    let bytes = unsafe { core::slice::from_raw_parts(buffer.data.cast::<u8>(), buffer.len + 1) };
    let text = String::from_utf8(bytes[..buffer.len].to_vec()).unwrap();
    assert_eq!(bytes[buffer.len], 0);
    // SAFETY: the library wrote it.
    unsafe {
        wz_buffer_free(&mut buffer);
        wz_buffer_free(&mut buffer);
    }
    assert!(buffer.data.is_null());
    text
}

fn a_policy() -> *mut WzPolicy {
    // The plain text of the rules is the smallest preset, which matters under Miri.
    let (name, mut policy) = ("dayi-2014-text", null_mut());
    // SAFETY: a text with its length and room for a pointer.
    assert_eq!(unsafe { wz_policy_new(at(name), name.len(), &mut policy, null_mut()) }, WzStatus::Ok);
    policy
}

fn a_book(policy: *const WzPolicy) -> *mut WzBook {
    let mut book = null_mut();
    // SAFETY: a live policy, a text with its length, and room for a pointer.
    let status = unsafe {
        wz_book_open(policy, at(ROSTER), ROSTER.len(), core::ptr::null(), 0, &mut book, null_mut(), null_mut())
    };
    assert_eq!(status, WzStatus::Ok);
    book
}

fn visit(id: &str) -> String {
    format!(
        r#"{{"id":"{id}","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"{id}","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00"}}"#
    )
}

#[test]
#[cfg_attr(miri, ignore = "reads a policy, which takes minutes under Miri")]
fn a_book_lives_and_dies() {
    let mut policy = a_policy();
    let mut book = a_book(policy);
    let command = visit("c1");
    let (mut out, mut journal, mut snapshot) = (empty(), empty(), empty());
    // SAFETY: live handles, texts with their lengths, buffers; every one is freed once, the policy early.
    unsafe {
        assert_eq!(wz_policy_free(&mut policy), WzStatus::Ok);
        assert_eq!(wz_policy_free(&mut policy), WzStatus::Ok);
        assert!(policy.is_null());
        assert_eq!(wz_book_apply(book, at(&command), command.len(), &mut out, null_mut()), WzStatus::Ok);
        assert!(taken(out).contains("visit_recorded"));
        assert_eq!(wz_book_journal(book, 2, &mut journal), WzStatus::Ok);
        assert!(taken(journal).ends_with("}\n"));
        assert_eq!(wz_book_snapshot(book, &mut snapshot), WzStatus::Ok);
        let mut again = null_mut();
        assert_eq!(wz_book_restore(snapshot.data, snapshot.len, &mut again, null_mut()), WzStatus::Ok);
        wz_buffer_free(&mut snapshot);
        let (mut one, mut two) = (empty(), empty());
        assert_eq!(wz_book_call(book, at(STATUS), STATUS.len(), &mut one, null_mut()), WzStatus::Ok);
        assert_eq!(wz_book_call(again, at(STATUS), STATUS.len(), &mut two, null_mut()), WzStatus::Ok);
        assert_eq!(taken(one), taken(two));
        assert_eq!(wz_book_free(&mut again), WzStatus::Ok);
        assert_eq!(wz_book_free(&mut book), WzStatus::Ok);
        assert_eq!(wz_book_free(&mut book), WzStatus::Ok);
        assert_eq!(wz_book_call(book, at(STATUS), STATUS.len(), &mut empty(), null_mut()), WzStatus::Null);
    }
}

#[test]
#[cfg_attr(miri, ignore = "reads a policy, which takes minutes under Miri")]
fn a_handle_of_another_kind_is_answered() {
    let mut policy = a_policy();
    let mut as_book: *mut WzBook = policy.cast();
    // SAFETY: the pointer is to a live handle, only of another kind.
    unsafe {
        assert_eq!(wz_book_call(as_book, at(STATUS), STATUS.len(), &mut empty(), null_mut()), WzStatus::Handle);
        assert_eq!(wz_book_free(&mut as_book), WzStatus::Handle);
        assert_eq!(wz_policy_free(&mut policy), WzStatus::Ok);
    }
}

#[test]
fn lengths_and_bytes_are_looked_at_before_they_are_read() {
    let mut out = empty();
    // SAFETY: NULL and impossible lengths are what is asked about; nothing is read.
    unsafe {
        assert_eq!(wz_call(core::ptr::null(), 1, &mut out, null_mut()), WzStatus::Null);
        assert_eq!(wz_call(at("x"), usize::MAX, &mut out, null_mut()), WzStatus::Length);
        assert_eq!(wz_call([0xFF_u8].as_ptr().cast(), 1, &mut out, null_mut()), WzStatus::Utf8);
        assert_eq!(wz_call(at("x"), 1, null_mut(), null_mut()), WzStatus::Null);
        assert_eq!(wz_call(at("x"), 1, &mut out, null_mut()), WzStatus::Invalid);
    }
    assert!(out.data.is_null());
}

/// A pointer that may go to another thread, as C's pointers do.
#[derive(Clone, Copy)]
struct Shared(*mut WzBook);
// SAFETY: the library says that a book may be handed about, and answers misuse.
unsafe impl Send for Shared {}

#[test]
#[cfg_attr(miri, ignore = "reads a policy, which takes minutes under Miri")]
fn threads_meet_on_a_book_and_are_answered() {
    let rounds = 100;
    let mut policy = a_policy();
    let book = Shared(a_book(policy));
    let busy = AtomicUsize::new(0);
    let busy = &busy;
    std::thread::scope(|scope| {
        for writer in 0..2 {
            scope.spawn(move || {
                let book = book;
                for number in 0..rounds {
                    let command = visit(&format!("c{writer}-{number}"));
                    loop {
                        let mut out = empty();
                        // SAFETY: the book lives until the threads have ended.
                        let status = unsafe { wz_book_apply(book.0, at(&command), command.len(), &mut out, null_mut()) };
                        taken(out);
                        match status {
                            WzStatus::Ok => break,
                            WzStatus::Busy => busy.fetch_add(1, Ordering::Relaxed),
                            other => panic!("{other:?}"),
                        };
                        std::thread::yield_now();
                    }
                }
            });
        }
        scope.spawn(move || {
            let book = book;
            for _ in 0..rounds {
                let mut out = empty();
                // SAFETY: as above.
                let status = unsafe { wz_book_call(book.0.cast_const(), at(STATUS), STATUS.len(), &mut out, null_mut()) };
                assert!(matches!(status, WzStatus::Ok | WzStatus::Busy));
                taken(out);
                std::thread::yield_now();
            }
        });
    });
    let mut out = empty();
    let mut book = book.0;
    // SAFETY: the threads have ended.
    unsafe {
        assert_eq!(wz_book_call(book, at(STATUS), STATUS.len(), &mut out, null_mut()), WzStatus::Ok);
        assert!(taken(out).contains(&format!("\"visits\":{}}}", 2 * rounds)));
        assert_eq!(wz_book_free(&mut book), WzStatus::Ok);
        assert_eq!(wz_policy_free(&mut policy), WzStatus::Ok);
    }
}

/// Something small to hold, so that the handle itself is what is tested.
struct Word(String);
struct WzWord(());
impl Held for Word {
    const KIND: u64 = u64::from_le_bytes(*b"wz_word!");
}
impl Opaque for WzWord {
    type Held = Word;
}
struct WzOther(());
struct Other;
impl Held for Other {
    const KIND: u64 = u64::from_le_bytes(*b"wz_other");
}
impl Opaque for WzOther {
    type Held = Other;
}

fn a_word(text: &str) -> *mut WzWord {
    let mut word: *mut WzWord = null_mut();
    room(&mut word).unwrap();
    // SAFETY: room was checked.
    unsafe { give(&mut word, Word(text.to_owned())) };
    word
}

#[test]
fn a_handle_is_read_changed_and_freed_once() {
    let mut word = a_word("一");
    // SAFETY: the handle is live until it is freed below, and asked as another kind in between.
    unsafe {
        take(word.cast_const()).unwrap().write(|word| Ok(word.0.push('二'))).unwrap();
        assert_eq!(take(word.cast_const()).unwrap().read(|word| Ok(word.0.clone())), Ok("一二".to_owned()));
        assert_eq!(take(word.cast::<WzOther>().cast_const()).err(), Some(WzStatus::Handle));
        assert_eq!(free(&mut word.cast::<WzOther>()), Err(WzStatus::Handle));
        assert_eq!(take(word.cast_const().byte_add(1)).err(), Some(WzStatus::Handle));
        assert_eq!(take::<WzWord>(core::ptr::null()).err(), Some(WzStatus::Null));
        assert_eq!(free(&mut word), Ok(()));
        assert_eq!(free(&mut word), Ok(()));
        assert_eq!(free::<WzWord>(null_mut()), Err(WzStatus::Null));
    }
    assert!(word.is_null());
}

#[test]
fn a_handle_in_use_is_busy_for_those_who_would_change_or_free_it() {
    let mut word = a_word("一");
    // SAFETY: the handle is live until the last line.
    unsafe {
        let handle = take(word.cast_const()).unwrap();
        let inner = handle.read(|_| {
            assert_eq!(handle.read(|word| Ok(word.0.len())), Ok(3));
            assert_eq!(handle.write(|_| Ok(())), Err(WzStatus::Busy));
            assert_eq!(free(&mut { word }), Err(WzStatus::Busy));
            Ok(())
        });
        assert_eq!(inner, Ok(()));
        let inner = handle.write(|_| {
            assert_eq!(handle.read(|_| Ok(())), Err(WzStatus::Busy));
            Ok(())
        });
        assert_eq!(inner, Ok(()));
        assert_eq!(free(&mut word), Ok(()));
    }
}

#[test]
fn a_panic_poisons_what_was_being_changed_and_nothing_else() {
    let (mut one, mut two) = (a_word("一"), a_word("二"));
    // SAFETY: both live until they are freed.
    unsafe {
        let first = take(one.cast_const()).unwrap();
        let reading = guard(|| first.read(|_| -> Result<WzStatus, WzStatus> { panic!("while reading") }));
        assert_eq!((reading, first.read(|_| Ok(()))), (WzStatus::Panic, Ok(())));
        let changing = guard(|| first.write(|_| -> Result<WzStatus, WzStatus> { panic!("while changing") }));
        assert_eq!(changing, WzStatus::Panic);
        assert_eq!(first.read(|_| Ok(())), Err(WzStatus::Poisoned));
        assert_eq!(first.write(|_| Ok(())), Err(WzStatus::Poisoned));
        assert_eq!(take(two.cast_const()).unwrap().read(|word| Ok(word.0.len())), Ok(3));
        assert_eq!((free(&mut one), free(&mut two)), (Ok(()), Ok(())));
    }
}

/// A panic whose payload panics again when it is dropped.
#[test]
#[cfg_attr(miri, ignore = "what the second panic leaves is leaked by design, and Miri reports leaks")]
fn a_payload_that_panics_does_not_get_out() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            if !std::thread::panicking() {
                panic!("again");
            }
        }
    }
    assert_eq!(guard(|| std::panic::panic_any(Bomb)), WzStatus::Panic);
}

#[test]
fn texts_and_columns_cross_as_they_are() {
    let (mut buffer, words) = (empty(), "大邑\0县");
    // SAFETY: buffers and texts with their lengths; NULL and impossible lengths are answered unread.
    unsafe {
        put(&mut buffer, words.as_bytes().to_vec());
        assert_eq!(text(buffer.data, buffer.len), Ok(words));
        assert_eq!(taken(buffer), words);
        let mut nothing = empty();
        put(&mut nothing, Vec::new());
        assert_eq!((nothing.len, taken(nothing)), (0, String::new()));
        put(null_mut(), words.as_bytes().to_vec());
        let numbers = [1_u32, 2, 3];
        assert_eq!(column(numbers.as_ptr(), 3), Ok(Some(&numbers[..])));
        assert_eq!(column::<u32>(core::ptr::null(), 3), Ok(None));
        assert_eq!(column(numbers.as_ptr(), usize::MAX / 2), Err(WzStatus::Length));
        assert_eq!(column(numbers.as_ptr().cast::<u8>().add(1).cast::<u32>(), 2), Err(WzStatus::Handle));
        assert_eq!(bytes(core::ptr::null(), 0), Ok(&[][..]));
    }
}

#[test]
fn threads_meet_on_a_handle_and_are_answered() {
    let mut word = a_word("");
    struct Sent(*mut WzWord);
    // SAFETY: as for books: the handle answers who comes at the wrong time.
    unsafe impl Send for Sent {}
    std::thread::scope(|scope| {
        for _ in 0..3 {
            let sent = Sent(word);
            scope.spawn(move || {
                let sent = sent;
                let mut done = 0;
                while done < 20 {
                    // SAFETY: the handle lives until the threads have ended.
                    let handle = unsafe { take(sent.0.cast_const()) }.unwrap();
                    match handle.write(|word| Ok(word.0.push('x'))) {
                        Ok(()) => done += 1,
                        Err(status) => assert_eq!(status, WzStatus::Busy),
                    }
                    assert!(matches!(handle.read(|word| Ok(word.0.len())), Ok(1..) | Err(WzStatus::Busy)));
                    std::thread::yield_now();
                }
            });
        }
    });
    // SAFETY: the threads have ended.
    unsafe {
        assert_eq!(take(word.cast_const()).unwrap().read(|word| Ok(word.0.len())), Ok(60));
        assert_eq!(free(&mut word), Ok(()));
    }
}
