//! Handles: what they hold, who may use them at one time, and the guard that no panic passes.
//!
//! Every handle begins with a number that says its kind, so that a pointer to something else is
//! answered instead of followed, as far as memory can be looked at. A book's handle counts who
//! uses it: any number of readers, or one writer; who comes at the wrong time is answered
//! [`WzStatus::Busy`] and never waits.

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering};
use std::panic::{catch_unwind, AssertUnwindSafe};

use wuzhang_core::json::{JsonBook, JsonEngine};
use wuzhang_core::Policy;

use crate::status::WzStatus;

/// What a handle holds.
pub trait Held {
    /// The number that a live handle of this kind begins with.
    const KIND: u64;
}

/// One of the opaque types of the C interface. None is ever made: a pointer to one is a pointer to
/// the [`Handle`] of what it holds.
pub trait Opaque {
    /// What it holds.
    type Held: Held;
}

macro_rules! opaque {
    ($($(#[$doc:meta])* $name:ident holds $held:ty, $kind:literal;)*) => { $(
        impl Held for $held {
            const KIND: u64 = u64::from_le_bytes(*$kind);
        }
        impl Opaque for $name {
            type Held = $held;
        }
    )* };
}

/// The rules, read from a document.
#[derive(Debug)]
pub struct WzPolicy(());
/// Policy and roster: judges one case at a time and keeps nothing.
#[derive(Debug)]
pub struct WzEngine(());
/// An engine with its journal.
#[derive(Debug)]
pub struct WzBook(());

opaque! {
    WzPolicy holds Policy, b"wz_polic";
    WzEngine holds JsonEngine, b"wz_engin";
    WzBook holds JsonBook, b"wz_book!";
}

/// What stands behind a handle's pointer.
#[repr(C)]
#[derive(Debug)]
pub struct Handle<T> {
    kind: AtomicU64,
    /// How many readers there are; -1 for a writer.
    users: AtomicI32,
    poisoned: AtomicBool,
    held: UnsafeCell<T>,
}

/// Lets a user go, however the call ends.
struct Leave<'a>(&'a AtomicI32, i32);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(self.1, Ordering::Release);
    }
}

/// Poisons a handle when a change ends by a panic.
struct Alarm<'a>(&'a AtomicBool);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

impl<T: Held> Handle<T> {
    fn new(held: T) -> Self {
        Handle {
            kind: AtomicU64::new(T::KIND),
            users: AtomicI32::new(0),
            poisoned: AtomicBool::new(false),
            held: UnsafeCell::new(held),
        }
    }

    fn usable(&self) -> Result<(), WzStatus> {
        if self.kind.load(Ordering::Acquire) != T::KIND {
            Err(WzStatus::Handle)
        } else if self.poisoned.load(Ordering::Acquire) {
            Err(WzStatus::Poisoned)
        } else {
            Ok(())
        }
    }

    /// Reads, beside other readers.
    pub fn read<R>(&self, run: impl FnOnce(&T) -> Result<R, WzStatus>) -> Result<R, WzStatus> {
        self.usable()?;
        let entered = self.users.fetch_update(Ordering::Acquire, Ordering::Relaxed, |users| {
            if users < 0 { None } else { users.checked_add(1) }
        });
        if entered.is_err() {
            return Err(WzStatus::Busy);
        }
        let _leave = Leave(&self.users, 1);
        // SAFETY: while readers are counted there is no writer.
        run(unsafe { &*self.held.get() })
    }

    /// Changes, alone. A panic on the way leaves the handle poisoned, since nobody knows how far
    /// the change had come.
    pub fn write<R>(&self, run: impl FnOnce(&mut T) -> Result<R, WzStatus>) -> Result<R, WzStatus> {
        self.usable()?;
        if self.users.compare_exchange(0, -1, Ordering::Acquire, Ordering::Relaxed).is_err() {
            return Err(WzStatus::Busy);
        }
        let _leave = Leave(&self.users, -1);
        let alarm = Alarm(&self.poisoned);
        // SAFETY: the exchange made this thread the only user.
        let result = run(unsafe { &mut *self.held.get() });
        core::mem::forget(alarm);
        result
    }
}

/// The handle that a caller hands in.
///
/// # Safety
/// The pointer is NULL or one that [`give`] gave and that was not freed.
pub unsafe fn take<'a, O: Opaque>(pointer: *const O) -> Result<&'a Handle<O::Held>, WzStatus> {
    if pointer.is_null() {
        return Err(WzStatus::Null);
    }
    if !pointer.cast::<Handle<O::Held>>().is_aligned() {
        return Err(WzStatus::Handle);
    }
    // SAFETY: the caller's word. Handles of all kinds begin with their kind.
    let kind = unsafe { (*pointer.cast::<AtomicU64>()).load(Ordering::Acquire) };
    if kind != O::Held::KIND {
        return Err(WzStatus::Handle);
    }
    // SAFETY: `give` made it of a handle of this kind.
    Ok(unsafe { &*pointer.cast::<Handle<O::Held>>() })
}

/// Gives a new handle to the caller.
///
/// # Safety
/// `out` points to memory for a pointer.
pub unsafe fn give<O: Opaque>(out: *mut *mut O, held: O::Held) {
    // SAFETY: the caller checked it with `room`.
    unsafe { out.write(Box::into_raw(Box::new(Handle::new(held))).cast::<O>()) };
}

/// Whether a handle can be written to where this points.
pub fn room<O>(out: *mut *mut O) -> Result<(), WzStatus> {
    if out.is_null() {
        Err(WzStatus::Null)
    } else if out.is_aligned() {
        Ok(())
    } else {
        Err(WzStatus::Handle)
    }
}

/// Frees a handle and sets the caller's pointer to NULL; a NULL already there is fine. A handle
/// that somebody uses at this moment is not freed, and the caller keeps it.
///
/// # Safety
/// `pointer` points to NULL or to a pointer that [`give`] gave and that was not freed.
pub unsafe fn free<O: Opaque>(pointer: *mut *mut O) -> Result<(), WzStatus> {
    room(pointer)?;
    // SAFETY: not NULL and aligned, readable by the caller's word.
    let object = unsafe { pointer.read() };
    if object.is_null() {
        return Ok(());
    }
    // SAFETY: the caller's word.
    let handle = unsafe { take::<O>(object.cast_const()) }?;
    if handle.users.compare_exchange(0, -1, Ordering::Acquire, Ordering::Relaxed).is_err() {
        return Err(WzStatus::Busy);
    }
    handle.kind.store(0, Ordering::Release);
    // SAFETY: nobody else uses it, `give` made it with a box, and its kind says that it is not freed.
    drop(unsafe { Box::from_raw(object.cast::<Handle<O::Held>>()) });
    // SAFETY: as above.
    unsafe { pointer.write(core::ptr::null_mut()) };
    Ok(())
}

/// Runs a call so that no panic leaves it.
pub fn guard(run: impl FnOnce() -> Result<WzStatus, WzStatus>) -> WzStatus {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(status) | Err(status)) => status,
        Err(payload) => {
            // Dropping the payload could panic again; what that leaves is leaked rather than let out.
            if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
                core::mem::forget(again);
            }
            WzStatus::Panic
        }
    }
}
