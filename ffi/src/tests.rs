//! The boundary from the side of Rust, for the tools that look at memory and threads there: Miri
//! and ThreadSanitizer run these tests. What C programs meet stands in `bindings/c/tests`.

use core::ffi::c_char;
use core::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

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
fn threads_meet_on_a_book_and_are_answered() {
    let rounds = if cfg!(miri) { 2 } else { 100 };
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
