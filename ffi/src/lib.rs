//! The C library of wuzhang. It holds no logic: every function checks its pointers, calls the JSON
//! façade of the crate `wuzhang` behind a guard, and hands text back. `include/wuzhang.h` is
//! generated from this file; its first comment is the contract.

mod handle;
mod status;
#[cfg(test)]
mod tests;
mod text;

use core::ffi::c_char;

use wuzhang_core::duty::VisitColumns;
use wuzhang_core::json::{self, JsonBook, JsonEngine};
use wuzhang_core::{Code, Status};

pub use handle::{WzBook, WzEngine, WzPolicy};
pub use status::WzStatus;
pub use text::WzBuffer;

use handle::{free, give, guard, room, take};
use text::{bytes, check, column, put, text};

/// The ABI of this header. It rises when a function or a structure changes its shape.
pub const WZ_ABI: u32 = 1;
/// The oldest ABI that the library still speaks.
const OLDEST_ABI: u32 = 1;

/// Whether the loaded library speaks the ABI that a program was built for: call it once with
/// `WZ_ABI` before anything else. `WZ_STATUS_OK` or `WZ_STATUS_ABI`.
#[no_mangle]
pub extern "C" fn wz_abi_check(abi: u32) -> WzStatus {
    if (OLDEST_ABI..=WZ_ABI).contains(&abi) {
        WzStatus::Ok
    } else {
        WzStatus::Abi
    }
}

/// The library's version, such as "0.1.0", as static text that ends in NUL.
#[no_mangle]
pub extern "C" fn wz_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}

/// What a status means, in English, as static text that ends in NUL; for logs.
#[no_mangle]
pub extern "C" fn wz_status_text(status: u32) -> *const c_char {
    WzStatus::of(status).map_or(c"no such status", WzStatus::words).as_ptr()
}

/// The number of a finding's code, such as "plan.cap": one of the `WZ_CODE_…`, 0 for no such code.
///
/// # Safety
/// `code` points to `len` bytes.
#[no_mangle]
pub unsafe extern "C" fn wz_code(code: *const c_char, len: usize) -> u32 {
    // SAFETY: the caller's word.
    unsafe { text(code, len) }.ok().and_then(Code::from_word).map_or(0, Code::number)
}

/// Frees a buffer's text and leaves it empty. NULL, an empty buffer and a second time are harmless.
///
/// # Safety
/// `buffer` is NULL or points to a buffer that is empty or was written by this library.
#[no_mangle]
pub unsafe extern "C" fn wz_buffer_free(buffer: *mut WzBuffer) {
    if check(buffer).is_ok() {
        // SAFETY: the caller's word.
        unsafe { (*buffer).free() };
    }
}

/// Answers a request that needs neither engine nor book: `version`, `presets`, `preset`, `codes`,
/// `rules`, `explain`, `schema`, `schemas`, `verify`, `check`. `out` gets the whole answer,
/// `{"ok":…}` or, with `WZ_STATUS_INVALID`, `error` gets `{"error":{"findings":[…]}}`.
///
/// # Safety
/// `request` points to `len` bytes; `out` points to a buffer; `error` to one or is NULL.
#[no_mangle]
pub unsafe extern "C" fn wz_call(
    request: *const c_char,
    len: usize,
    out: *mut WzBuffer,
    error: *mut WzBuffer,
) -> WzStatus {
    guard(|| {
        check(out)?;
        // SAFETY: the caller's word.
        let request = unsafe { text(request, len) }?;
        panic_if_asked(request);
        // SAFETY: `out` was checked.
        Ok(unsafe { answer(json::call(request), out, error) })
    })
}

/// Reads a policy: a preset's name, or a JSON document. Its text may be freed afterwards.
///
/// # Safety
/// `policy` points to `len` bytes; `out` points to room for a pointer; `error` to a buffer or NULL.
#[no_mangle]
pub unsafe extern "C" fn wz_policy_new(
    policy: *const c_char,
    len: usize,
    out: *mut *mut WzPolicy,
    error: *mut WzBuffer,
) -> WzStatus {
    guard(|| {
        room(out)?;
        // SAFETY: the caller's word; `out` was checked.
        unsafe { made(json::policy(text(policy, len)?), out, error) }
    })
}

/// Frees a policy and sets the pointer to NULL. What was made with it stays.
///
/// # Safety
/// `policy` points to NULL or to a policy of this library.
#[no_mangle]
pub unsafe extern "C" fn wz_policy_free(policy: *mut *mut WzPolicy) -> WzStatus {
    // SAFETY: the caller's word.
    guard(|| unsafe { free(policy) }.map(|()| WzStatus::Ok))
}

/// An engine of a policy and a roster document. Threads may share it.
///
/// # Safety
/// `policy` is a policy of this library; `roster` points to `len` bytes; `out` points to room for
/// a pointer; `error` to a buffer or NULL.
#[no_mangle]
pub unsafe extern "C" fn wz_engine_new(
    policy: *const WzPolicy,
    roster: *const c_char,
    len: usize,
    out: *mut *mut WzEngine,
    error: *mut WzBuffer,
) -> WzStatus {
    guard(|| {
        room(out)?;
        // SAFETY: the caller's word; `out` was checked.
        unsafe {
            let roster = text(roster, len)?;
            let engine = take(policy)?.read(|policy| Ok(JsonEngine::with(policy.clone(), roster)))?;
            made(engine, out, error)
        }
    })
}

/// Frees an engine and sets the pointer to NULL.
///
/// # Safety
/// `engine` points to NULL or to an engine of this library.
#[no_mangle]
pub unsafe extern "C" fn wz_engine_free(engine: *mut *mut WzEngine) -> WzStatus {
    // SAFETY: the caller's word.
    guard(|| unsafe { free(engine) }.map(|()| WzStatus::Ok))
}

/// Answers a request about one case: `apply`, `actions`, `duties_of`.
///
/// # Safety
/// `engine` is an engine of this library; `request` points to `len` bytes; `out` points to a
/// buffer; `error` to one or is NULL.
#[no_mangle]
pub unsafe extern "C" fn wz_engine_call(
    engine: *const WzEngine,
    request: *const c_char,
    len: usize,
    out: *mut WzBuffer,
    error: *mut WzBuffer,
) -> WzStatus {
    guard(|| {
        check(out)?;
        // SAFETY: the caller's word; `out` was checked.
        unsafe {
            let request = text(request, len)?;
            let said = take(engine)?.read(|engine| {
                panic_if_asked(request);
                Ok(engine.call(request))
            })?;
            Ok(answer(said, out, error))
        }
    })
}

/// Visits in columns, one row for each cadre of a visit. Rows of one visit stand next to each other
/// and bear the same number in `visit`.
#[repr(C)]
#[derive(Debug)]
pub struct WzVisits {
    /// How many rows there are: how many values each column has.
    pub count: usize,
    /// The roster's ids of the cadres, one a line (LF); a cadre's number is its line, from 0.
    pub cadres: *const c_char,
    /// How many bytes `cadres` has.
    pub cadres_len: usize,
    /// The roster's ids of the households, groups and villages visited, one a line.
    pub targets: *const c_char,
    /// How many bytes `targets` has.
    pub targets_len: usize,
    /// Who visited, by number.
    pub cadre: *const u32,
    /// Who was visited, by number.
    pub target: *const u32,
    /// When, in seconds since 1970-01-01T00:00:00Z.
    pub on: *const i64,
    /// When it was entered, in the same seconds; NULL: each as it happened.
    pub entered: *const i64,
    /// Not 0 where nobody met in person; NULL: all in person.
    pub remote: *const u8,
    /// The visit's number, which is its evidence in the rows; NULL: the row's number, from 0.
    pub visit: *const u64,
}

/// The quota duties of visits in columns: no command is written, nothing is kept. The request is
/// `{"op":"visit_duties","from":"2014-03-03","to":"2014-03-09","as_of":"2014-03-31"}`, with `rule`,
/// `state` and `subject` if wanted; the answer has the rows of `duties` for the rules `visit.*`.
///
/// # Safety
/// `engine` is an engine of this library; `visits` points to columns as they say; `request` points
/// to `len` bytes; `out` points to a buffer; `error` to one or is NULL.
#[no_mangle]
pub unsafe extern "C" fn wz_engine_visit_duties(
    engine: *const WzEngine,
    visits: *const WzVisits,
    request: *const c_char,
    len: usize,
    out: *mut WzBuffer,
    error: *mut WzBuffer,
) -> WzStatus {
    guard(|| {
        check(out)?;
        if visits.is_null() {
            return Err(WzStatus::Null);
        }
        if !visits.is_aligned() {
            return Err(WzStatus::Handle);
        }
        // SAFETY: the caller's word; the pointers were checked.
        unsafe {
            let request = text(request, len)?;
            let given = &*visits;
            let cadres: Vec<&str> = text(given.cadres, given.cadres_len)?.lines().collect();
            let targets: Vec<&str> = text(given.targets, given.targets_len)?.lines().collect();
            let all = given.count;
            let columns = VisitColumns {
                cadres: &cadres,
                targets: &targets,
                cadre: filled(column(given.cadre, all)?, all)?,
                target: filled(column(given.target, all)?, all)?,
                on: filled(column(given.on, all)?, all)?,
                entered: column(given.entered, all)?,
                remote: column(given.remote, all)?,
                visit: column(given.visit, all)?,
            };
            let said = take(engine)?.read(|engine| Ok(engine.visit_duties(&columns, request)))?;
            Ok(answer(said, out, error))
        }
    })
}

/// Opens a book of a policy and a roster document: a new one, or that of a journal, which is
/// verified while every command is lived again. The end of a journal that was torn while it was
/// written is dropped, and `dropped`, unless NULL, gets its number of bytes: cut the file by them.
///
/// # Safety
/// `policy` is a policy of this library; the texts have as many bytes as is said, and `journal` is
/// NULL for a new book; `out` points to room for a pointer; `dropped` and `error` to room or NULL.
#[no_mangle]
pub unsafe extern "C" fn wz_book_open(
    policy: *const WzPolicy,
    roster: *const c_char,
    roster_len: usize,
    journal: *const c_char,
    journal_len: usize,
    out: *mut *mut WzBook,
    dropped: *mut usize,
    error: *mut WzBuffer,
) -> WzStatus {
    guard(|| {
        room(out)?;
        if !dropped.is_null() && !dropped.is_aligned() {
            return Err(WzStatus::Handle);
        }
        // SAFETY: the caller's word; the pointers were checked.
        unsafe {
            let (roster, journal) = (text(roster, roster_len)?, bytes(journal, journal_len)?);
            let policy = take(policy)?.read(|policy| Ok(policy.clone()))?;
            let opened = if journal.is_empty() {
                JsonBook::with(policy, roster).map(|book| (book, 0))
            } else {
                JsonBook::open(policy, roster, journal)
            };
            let torn = opened.as_ref().map_or(0, |(_, torn)| *torn);
            let status = made(opened.map(|(book, _)| book), out, error)?;
            if status == WzStatus::Ok && !dropped.is_null() {
                dropped.write(torn);
            }
            Ok(status)
        }
    })
}

/// The book that a snapshot holds; policy and roster are in it.
///
/// # Safety
/// `snapshot` points to `len` bytes; `out` points to room for a pointer; `error` to a buffer or NULL.
#[no_mangle]
pub unsafe extern "C" fn wz_book_restore(
    snapshot: *const c_char,
    len: usize,
    out: *mut *mut WzBook,
    error: *mut WzBuffer,
) -> WzStatus {
    guard(|| {
        room(out)?;
        // SAFETY: the caller's word; `out` was checked.
        unsafe { made(JsonBook::restore(bytes(snapshot, len)?), out, error) }
    })
}

/// Frees a book and sets the pointer to NULL; `WZ_STATUS_BUSY` while a thread uses it.
///
/// # Safety
/// `book` points to NULL or to a book of this library.
#[no_mangle]
pub unsafe extern "C" fn wz_book_free(book: *mut *mut WzBook) -> WzStatus {
    // SAFETY: the caller's word.
    guard(|| unsafe { free(book) }.map(|()| WzStatus::Ok))
}

/// Applies one command. `out` gets its outcome, with `WZ_STATUS_OK` when it was accepted and with
/// `WZ_STATUS_REJECTED` when the rules refuse it. With `WZ_STATUS_INVALID` the text is no JSON object with an
/// `id`, and `error` says why.
///
/// # Safety
/// `book` is a book of this library that no other thread uses; `command` points to `len` bytes;
/// `out` points to a buffer; `error` to one or is NULL.
#[no_mangle]
pub unsafe extern "C" fn wz_book_apply(
    book: *mut WzBook,
    command: *const c_char,
    len: usize,
    out: *mut WzBuffer,
    error: *mut WzBuffer,
) -> WzStatus {
    guard(|| {
        check(out)?;
        // SAFETY: the caller's word; `out` was checked.
        unsafe {
            // Bytes that are no UTF-8 are the façade's to refuse, with the place.
            let command = bytes(command, len)?;
            let applied = take(book.cast_const())?.write(|book| {
                panic_if_asked(core::str::from_utf8(command).unwrap_or_default());
                Ok(book.apply_line(command))
            })?;
            match applied {
                Ok((status, outcome)) => {
                    put(out, outcome);
                    Ok(if status == Status::Accepted { WzStatus::Ok } else { WzStatus::Rejected })
                }
                Err(refused) => {
                    put(error, refused);
                    Ok(WzStatus::Invalid)
                }
            }
        }
    })
}

/// Applies a block of commands, one a line; `out` gets one outcome a line. Blank lines are passed
/// over. With `WZ_STATUS_STOPPED` the block ended early at a line that is no command: `out` holds the
/// outcomes of the lines before it, and `error` the line's number and what is wrong.
///
/// # Safety
/// As `wz_book_apply`.
#[no_mangle]
pub unsafe extern "C" fn wz_book_apply_lines(
    book: *mut WzBook,
    lines: *const c_char,
    len: usize,
    out: *mut WzBuffer,
    error: *mut WzBuffer,
) -> WzStatus {
    guard(|| {
        check(out)?;
        // SAFETY: the caller's word; `out` was checked.
        unsafe {
            let lines = bytes(lines, len)?;
            let block = take(book.cast_const())?.write(|book| Ok(book.apply_block(lines)))?;
            put(out, block.outcomes);
            match block.stopped {
                None => Ok(WzStatus::Ok),
                Some(stopped) => {
                    put(error, stopped);
                    Ok(WzStatus::Stopped)
                }
            }
        }
    })
}

/// Answers a request that changes nothing: `judge`, `duties`, `ledger`, `case`, `actions`, `agenda`,
/// `publication`, `rates`, `advice`, `my_case`, `policy`, `roster`, `journal`, `status`.
///
/// # Safety
/// `book` is a book of this library; `request` points to `len` bytes; `out` points to a buffer;
/// `error` to one or is NULL.
#[no_mangle]
pub unsafe extern "C" fn wz_book_call(
    book: *const WzBook,
    request: *const c_char,
    len: usize,
    out: *mut WzBuffer,
    error: *mut WzBuffer,
) -> WzStatus {
    guard(|| {
        check(out)?;
        // SAFETY: the caller's word; `out` was checked.
        unsafe {
            let request = text(request, len)?;
            let said = take(book)?.read(|book| {
                panic_if_asked(request);
                Ok(book.ask(request))
            })?;
            Ok(answer(said, out, error))
        }
    })
}

/// The journal's lines from the event with this number on; 1 is the first. Keep them: they are the
/// book. After a command, ask for those that you do not have yet, append and sync them.
///
/// # Safety
/// `book` is a book of this library; `out` points to a buffer.
#[no_mangle]
pub unsafe extern "C" fn wz_book_journal(book: *const WzBook, from: u64, out: *mut WzBuffer) -> WzStatus {
    guard(|| {
        check(out)?;
        // SAFETY: the caller's word; `out` was checked.
        unsafe {
            let lines = take(book)?.read(|book| Ok(book.journal(from)))?;
            put(out, lines);
            Ok(WzStatus::Ok)
        }
    })
}

/// The whole book as one block of bytes, for `wz_book_restore`.
///
/// # Safety
/// `book` is a book of this library; `out` points to a buffer.
#[no_mangle]
pub unsafe extern "C" fn wz_book_snapshot(book: *const WzBook, out: *mut WzBuffer) -> WzStatus {
    guard(|| {
        check(out)?;
        // SAFETY: the caller's word; `out` was checked.
        unsafe {
            let snapshot = take(book)?.read(|book| Ok(book.book().snapshot()))?;
            put(out, snapshot);
            Ok(WzStatus::Ok)
        }
    })
}

/// Hands over an answer of the façade: to `out` when it is one, to `error` when it says what is wrong.
///
/// # Safety
/// As [`put`].
unsafe fn answer(said: String, out: *mut WzBuffer, error: *mut WzBuffer) -> WzStatus {
    let refused = said.starts_with("{\"error\"");
    // SAFETY: the caller's word.
    unsafe { put(if refused { error } else { out }, said) };
    if refused {
        WzStatus::Invalid
    } else {
        WzStatus::Ok
    }
}

/// Hands over a new handle, or what is wrong with what it was to be made of.
///
/// # Safety
/// `out` was checked; `error` is NULL or points to room.
unsafe fn made<O: handle::Opaque>(
    held: Result<O::Held, String>,
    out: *mut *mut O,
    error: *mut WzBuffer,
) -> Result<WzStatus, WzStatus> {
    match held {
        Ok(held) => {
            // SAFETY: the caller's word.
            unsafe { give(out, held) };
            Ok(WzStatus::Ok)
        }
        Err(refused) => {
            // SAFETY: the caller's word.
            unsafe { put(error, refused) };
            Ok(WzStatus::Invalid)
        }
    }
}

/// A column that may not be left out.
fn filled<T>(column: Option<&[T]>, rows: usize) -> Result<&[T], WzStatus> {
    match column {
        Some(column) => Ok(column),
        None if rows == 0 => Ok(&[]),
        None => Err(WzStatus::Null),
    }
}

/// The forced defect of the tests.
fn panic_if_asked(request: &str) {
    #[cfg(feature = "panic-op")]
    if request == "{\"op\":\"panic\"}" {
        #[allow(clippy::panic)] // what it is for
        {
            panic!("a panic was asked for");
        }
    }
    let _ = request;
}
