//! What a call through the C library costs beside the same call in Rust, as ratios within one run:
//! the shared library is loaded as a program in C would load it.
//!
//! `cargo bench -p wuzhang-ffi` prints the table. Each figure is the best of several rounds.

// The shared generators speak of the method's crate by its own name.
extern crate wuzhang_core as wuzhang;

#[path = "../../core/benches/county/mod.rs"]
mod county;

use core::ffi::{c_char, c_void};
use core::ptr::{null, null_mut};
use std::hint::black_box;
use std::path::PathBuf;

use county::{best, ratio, roster, visits};
use libloading::{Library, Symbol};
use wuzhang::json::JsonBook;

const VILLAGES: usize = 100;
const COMMANDS: usize = 50_000;
const ROUNDS: usize = 7;

#[repr(C)]
struct Buffer {
    data: *mut c_char,
    len: usize,
    room: usize,
}

impl Buffer {
    const EMPTY: Buffer = Buffer { data: null_mut(), len: 0, room: 0 };
}

#[repr(C)]
struct Visits {
    count: usize,
    cadres: *const c_char,
    cadres_len: usize,
    targets: *const c_char,
    targets_len: usize,
    cadre: *const u32,
    target: *const u32,
    on: *const i64,
    entered: *const i64,
    remote: *const u8,
    visit: *const u64,
}

type Handle = *mut c_void;
type Call = unsafe extern "C" fn(Handle, *const c_char, usize, *mut Buffer, *mut Buffer) -> u32;
type Free = unsafe extern "C" fn(*mut Handle) -> u32;

/// The library's functions, found by name.
struct C<'l> {
    abi_check: Symbol<'l, unsafe extern "C" fn(u32) -> u32>,
    buffer_free: Symbol<'l, unsafe extern "C" fn(*mut Buffer)>,
    policy_new: Symbol<'l, unsafe extern "C" fn(*const c_char, usize, *mut Handle, *mut Buffer) -> u32>,
    engine_new: Symbol<'l, Call2>,
    book_open: Symbol<'l, unsafe extern "C" fn(Handle, *const c_char, usize, *const c_char, usize, *mut Handle, *mut usize, *mut Buffer) -> u32>,
    book_free: Symbol<'l, Free>,
    apply: Symbol<'l, Call>,
    apply_lines: Symbol<'l, Call>,
    book_call: Symbol<'l, Call>,
    visit_duties: Symbol<'l, unsafe extern "C" fn(Handle, *const Visits, *const c_char, usize, *mut Buffer, *mut Buffer) -> u32>,
}
type Call2 = unsafe extern "C" fn(Handle, *const c_char, usize, *mut Handle, *mut Buffer) -> u32;

impl<'l> C<'l> {
    fn find(library: &'l Library) -> C<'l> {
        // SAFETY: the types are those of wuzhang.h.
        unsafe {
            C {
                abi_check: library.get(b"wz_abi_check\0").unwrap(),
                buffer_free: library.get(b"wz_buffer_free\0").unwrap(),
                policy_new: library.get(b"wz_policy_new\0").unwrap(),
                engine_new: library.get(b"wz_engine_new\0").unwrap(),
                book_open: library.get(b"wz_book_open\0").unwrap(),
                book_free: library.get(b"wz_book_free\0").unwrap(),
                apply: library.get(b"wz_book_apply\0").unwrap(),
                apply_lines: library.get(b"wz_book_apply_lines\0").unwrap(),
                book_call: library.get(b"wz_book_call\0").unwrap(),
                visit_duties: library.get(b"wz_engine_visit_duties\0").unwrap(),
            }
        }
    }

    fn policy(&self) -> Handle {
        let (name, mut policy) = ("dayi-2014", null_mut());
        // SAFETY: a text with its length, and room for a pointer.
        assert_eq!(unsafe { (self.policy_new)(name.as_ptr().cast(), name.len(), &mut policy, null_mut()) }, 0);
        policy
    }

    fn book(&self, policy: Handle, roster: &str) -> Handle {
        let mut book = null_mut();
        // SAFETY: as above.
        let status = unsafe {
            (self.book_open)(policy, roster.as_ptr().cast(), roster.len(), null(), 0, &mut book, null_mut(), null_mut())
        };
        assert_eq!(status, 0);
        book
    }

    fn call(&self, function: &Call, handle: Handle, text: &str) -> usize {
        let mut out = Buffer::EMPTY;
        // SAFETY: a live handle, a text with its length, and a buffer that is freed below.
        unsafe {
            assert_eq!(function(handle, text.as_ptr().cast(), text.len(), &mut out, null_mut()), 0);
            let len = black_box(out.len);
            (self.buffer_free)(&mut out);
            len
        }
    }
}

/// The same visits as numbers.
struct Columns {
    cadres: String,
    targets: String,
    cadre: Vec<u32>,
    target: Vec<u32>,
    on: Vec<i64>,
}

fn columns(lines: &str) -> Columns {
    let mut columns = Columns { cadres: String::new(), targets: String::new(), cadre: vec![], target: vec![], on: vec![] };
    for v in 0..VILLAGES {
        for k in 0..3 {
            columns.cadres.push_str(&format!("k{v}-{k}\n"));
        }
        for h in 0..30 {
            columns.targets.push_str(&format!("h{v}-{h}\n"));
        }
    }
    let number = |text: &str| text.parse::<u32>().unwrap();
    for line in lines.lines() {
        let visit: serde_json::Value = serde_json::from_str(line).unwrap();
        let (v, k) = visit["actor"].as_str().unwrap()[1..].split_once('-').unwrap();
        columns.cadre.push(number(v) * 3 + number(k));
        let (v, h) = visit["target"].as_str().unwrap()[1..].split_once('-').unwrap();
        columns.target.push(number(v) * 30 + number(h));
        columns.on.push(wuzhang::calendar::Instant::parse(visit["on"].as_str().unwrap()).unwrap().epoch_seconds());
    }
    columns
}

fn library() -> PathBuf {
    // target/release/deps/speed-… stands two folders below the library.
    let bench = std::env::current_exe().unwrap();
    bench.parent().and_then(|deps| deps.parent()).unwrap().join(format!("{}wuzhang{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX))
}

fn main() {
    // `cargo bench` and `cargo test --benches` both run this; only the former wants the figures.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let path = library();
    // SAFETY: the library's start runs nothing of its own.
    let loaded = unsafe { Library::new(&path) }.unwrap_or_else(|error| panic!("cargo build --release -p wuzhang-ffi first: {error}"));
    let c = C::find(&loaded);
    let roster = roster(VILLAGES);
    let text = visits(COMMANDS, VILLAGES);
    let lines: Vec<&str> = text.lines().collect();
    let policy = c.policy();

    let calls = 10_000_000u32;
    // SAFETY: it takes a number and answers one.
    let nothing = best(ROUNDS, || (0..calls).map(|_| unsafe { (c.abi_check)(black_box(1)) }).sum::<u32>());
    println!("a call that does nothing             {:>8.2} ns   (under 10)", nothing.as_nanos() as f64 / f64::from(calls));

    let per = |time: std::time::Duration| time.as_nanos() as f64 / COMMANDS as f64;
    let rust = best(ROUNDS, || {
        let mut book = JsonBook::new("dayi-2014", &roster).unwrap();
        lines.iter().map(|line| book.apply_line(line.as_bytes()).unwrap().1.len()).sum::<usize>()
    });
    let through = best(ROUNDS, || {
        let mut book = c.book(policy, &roster);
        let sum = lines.iter().map(|line| c.call(&c.apply, book, line)).sum::<usize>();
        // SAFETY: the book lives.
        unsafe { (c.book_free)(&mut book) };
        sum
    });
    println!("a command: Rust                      {:>8.0} ns", per(rust));
    println!("a command: C                         {:>8.0} ns   {:>5.2} x Rust   (at most 1.15)", per(through), ratio(through, rust));

    let rust = best(ROUNDS, || {
        let mut book = JsonBook::new("dayi-2014", &roster).unwrap();
        book.apply_block(text.as_bytes()).outcomes.len()
    });
    let block = best(ROUNDS, || {
        let mut book = c.book(policy, &roster);
        let len = c.call(&c.apply_lines, book, &text);
        // SAFETY: the book lives.
        unsafe { (c.book_free)(&mut book) };
        len
    });
    println!("a line of a block: Rust              {:>8.0} ns", per(rust));
    println!("a line of a block: C                 {:>8.0} ns   {:>5.2} x Rust   (at most 1.05)", per(block), ratio(block, rust));

    let mut engine = null_mut();
    // SAFETY: a live policy, a text with its length, room for a pointer.
    assert_eq!(unsafe { (c.engine_new)(policy, roster.as_ptr().cast(), roster.len(), &mut engine, null_mut()) }, 0);
    let columns = columns(&text);
    let given = Visits {
        count: columns.on.len(),
        cadres: columns.cadres.as_ptr().cast(),
        cadres_len: columns.cadres.len(),
        targets: columns.targets.as_ptr().cast(),
        targets_len: columns.targets.len(),
        cadre: columns.cadre.as_ptr(),
        target: columns.target.as_ptr(),
        on: columns.on.as_ptr(),
        entered: null(),
        remote: null(),
        visit: null(),
    };
    let question = r#"{"op":"visit_duties","from":"2014-01-01","to":"2014-12-31","as_of":"2015-01-31","rule":"visit.*"}"#;
    let asked = question.replace("visit_duties", "duties");
    let by_lines = best(ROUNDS, || {
        let mut book = c.book(policy, &roster);
        let len = c.call(&c.apply_lines, book, &text) + c.call(&c.book_call, book, &asked);
        // SAFETY: the book lives.
        unsafe { (c.book_free)(&mut book) };
        len
    });
    let by_columns = best(ROUNDS, || {
        let mut out = Buffer::EMPTY;
        // SAFETY: a live engine, columns as long as they say, a text with its length.
        unsafe {
            assert_eq!((c.visit_duties)(engine, &given, question.as_ptr().cast(), question.len(), &mut out, null_mut()), 0);
            let len = out.len;
            (c.buffer_free)(&mut out);
            len
        }
    });
    println!("visits and their duties: lines       {:>8.0} ns a visit", per(by_lines));
    println!("visits and their duties: columns     {:>8.0} ns a visit   {:>5.1} x faster   (at least 5)", per(by_columns), ratio(by_lines, by_columns));

    for name in ["libwuzhang.so", "libwuzhang.a"] {
        let size = std::fs::metadata(path.with_file_name(name)).map_or(0, |file| file.len());
        println!("{name:<36} {:>8} KiB", size / 1024);
    }
}
