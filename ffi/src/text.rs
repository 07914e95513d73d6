//! Text that crosses the boundary: in as pointer and length, out as an owned buffer.

use core::ffi::c_char;
use core::mem::ManuallyDrop;
use core::{ptr, slice};

use crate::status::WzStatus;

/// Text that the library has given away. `data` has `len` bytes of UTF-8 and one NUL behind them
/// that `len` does not count. Begin with `WZ_BUFFER_EMPTY`; free with `wz_buffer_free`, which leaves
/// it empty, so that freeing it twice does no harm.
#[repr(C)]
#[derive(Debug)]
pub struct WzBuffer {
    /// The first byte; NULL when empty.
    pub data: *mut c_char,
    /// How many bytes there are.
    pub len: usize,
    /// The library's own; leave it as it is.
    pub room: usize,
}

impl WzBuffer {
    const EMPTY: WzBuffer = WzBuffer { data: ptr::null_mut(), len: 0, room: 0 };

    fn of(text: Vec<u8>) -> WzBuffer {
        let len = text.len();
        let mut text = ManuallyDrop::new({
            let mut text = text;
            text.reserve_exact(1);
            text.push(0);
            text
        });
        WzBuffer { data: text.as_mut_ptr().cast(), len, room: text.capacity() }
    }

    /// Frees what the buffer holds and leaves it empty.
    ///
    /// # Safety
    /// The buffer is one that [`put`] wrote, or empty.
    pub unsafe fn free(&mut self) {
        let WzBuffer { data, len, room } = core::mem::replace(self, WzBuffer::EMPTY);
        if !data.is_null() && room > len {
            // SAFETY: `of` took these three from a vector of bytes with the NUL as its last.
            drop(unsafe { Vec::from_raw_parts(data.cast::<u8>(), len.saturating_add(1), room) });
        }
    }
}

/// Whether a buffer can be written to where this points.
pub fn check(out: *mut WzBuffer) -> Result<(), WzStatus> {
    if out.is_null() {
        return Err(WzStatus::Null);
    }
    if out.is_aligned() {
        Ok(())
    } else {
        Err(WzStatus::Handle)
    }
}

/// Writes a text to where the caller wants it; a NULL means that it is not wanted.
///
/// # Safety
/// `out` is NULL or points to memory for a buffer; what stood there is overwritten, not freed.
pub unsafe fn put(out: *mut WzBuffer, text: impl Into<Vec<u8>>) {
    if check(out).is_ok() {
        // SAFETY: not NULL, aligned, and the caller's to write.
        unsafe { out.write(WzBuffer::of(text.into())) };
    }
}

/// The bytes that a caller hands in; NULL is allowed where there are none.
///
/// # Safety
/// `data` is NULL or points to `len` bytes that nobody writes while the call lasts.
pub unsafe fn bytes<'a>(data: *const c_char, len: usize) -> Result<&'a [u8], WzStatus> {
    if len > isize::MAX as usize {
        return Err(WzStatus::Length);
    }
    if data.is_null() {
        return if len == 0 { Ok(&[]) } else { Err(WzStatus::Null) };
    }
    // SAFETY: not NULL, of a possible length, readable by the caller's word.
    Ok(unsafe { slice::from_raw_parts(data.cast::<u8>(), len) })
}

/// The text that a caller hands in.
///
/// # Safety
/// As [`bytes`].
pub unsafe fn text<'a>(data: *const c_char, len: usize) -> Result<&'a str, WzStatus> {
    // SAFETY: the caller's word is ours.
    core::str::from_utf8(unsafe { bytes(data, len) }?).map_err(|_| WzStatus::Utf8)
}

/// A column of numbers; `None` for NULL.
///
/// # Safety
/// `data` is NULL or points to `len` values that nobody writes while the call lasts.
pub unsafe fn column<'a, T>(data: *const T, len: usize) -> Result<Option<&'a [T]>, WzStatus> {
    if len.checked_mul(size_of::<T>()).is_none_or(|size| size > isize::MAX as usize) {
        return Err(WzStatus::Length);
    }
    if data.is_null() {
        return Ok(None);
    }
    if !data.is_aligned() {
        return Err(WzStatus::Handle);
    }
    // SAFETY: not NULL, aligned, of a possible length, readable by the caller's word.
    Ok(Some(unsafe { slice::from_raw_parts(data, len) }))
}
