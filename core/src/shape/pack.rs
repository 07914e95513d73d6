//! The compact form in which a book keeps its records in memory and in snapshots: LEB128 numbers,
//! length before bytes. It is read back only by the format version that wrote it.

use super::{canonical, parse, Reader, Shape};

/// Appends an unsigned number.
pub fn put_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads an unsigned number.
pub fn get_varint(input: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = input.split_first()?;
        *input = rest;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Appends bytes with their length.
pub fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    put_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

/// Reads bytes with their length.
pub fn get_bytes<'a>(input: &mut &'a [u8]) -> Option<&'a [u8]> {
    let len = usize::try_from(get_varint(input)?).ok()?;
    take(input, len)
}

/// Packs a value as the text that it is read from: for what may be written in more than one way.
pub fn put_text<T: Shape>(value: &T, out: &mut Vec<u8>) {
    put_bytes(canonical(value).as_bytes(), out);
}

/// Reads what [`put_text`] packed.
pub fn get_text<T: Shape>(input: &mut &[u8]) -> Option<T> {
    let text = get_bytes(input)?;
    T::read(&parse(text, text.len()).ok()?, &mut Reader::new())
}

/// Takes `len` bytes from the front.
pub fn take<'a>(input: &mut &'a [u8], len: usize) -> Option<&'a [u8]> {
    if len > input.len() {
        return None;
    }
    let (head, rest) = input.split_at(len);
    *input = rest;
    Some(head)
}
