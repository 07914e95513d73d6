//! Canonical JSON (RFC 8785): names sorted, no white space, the shortest escapes.

use super::{Node, Shape};

/// Writes `text` as a JSON string.
pub fn write_string(text: &str, out: &mut String) {
    out.push('"');
    let bytes = text.as_bytes();
    let mut from = 0usize;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte >= 0x20 && *byte != b'"' && *byte != b'\\' {
            continue;
        }
        out.push_str(text.get(from..at).unwrap_or_default());
        from = at.saturating_add(1);
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            0x08 => out.push_str("\\b"),
            0x09 => out.push_str("\\t"),
            0x0a => out.push_str("\\n"),
            0x0c => out.push_str("\\f"),
            0x0d => out.push_str("\\r"),
            control => {
                out.push_str("\\u00");
                out.push(if *control >= 0x10 { '1' } else { '0' });
                out.push(char::from_digit(u32::from(control & 0x0f), 16).unwrap_or('0'));
            }
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out.push('"');
}

/// Writes a text that is known to need no escape, such as an id or a word of a vocabulary.
pub fn write_plain(text: &str, out: &mut String) {
    out.push('"');
    out.push_str(text);
    out.push('"');
}

/// The canonical JSON of a value.
pub fn canonical<T: Shape>(value: &T) -> String {
    let mut out = String::new();
    value.write(&mut out);
    out
}

/// A field's name as it is written behind another field: `,"name":`. One text, because a text is
/// appended at once where its four parts would be four calls.
macro_rules! frame {
    ($($name:tt)+) => {
        concat!(",\"", $($name)+, "\":")
    };
}
pub(crate) use frame;

/// The name in a frame.
fn name_in(frame: &'static str) -> &'static str {
    frame.get(2..frame.len().saturating_sub(2)).unwrap_or_default()
}

/// The fields of a record, each known by its place in the declaration.
pub trait Fields {
    /// The places of the fields in the sorted order of their names.
    fn order(&self) -> &'static [u8];
    /// The name of the field at this place, framed as it is written: `,"name":`.
    fn frame(&self, place: u8) -> &'static str;
    /// The fields to be written: the bit of a field's place is set when it is there.
    fn present(&self) -> u64;
    /// Writes the value of the field at this place.
    fn put(&self, place: u8, out: &mut String);
}

/// A single name and value, to be merged among the fields of records: the name framed, and what
/// writes the value.
pub(crate) struct Pair<F: Fn(&mut String)>(pub &'static str, pub F);

/// The pair of a name and what writes its value.
macro_rules! pair {
    ($name:literal, $write:expr) => {
        $crate::shape::Pair($crate::shape::frame!($name), $write)
    };
}
pub(crate) use pair;

impl<F: Fn(&mut String)> Fields for Pair<F> {
    fn order(&self) -> &'static [u8] {
        &[0]
    }
    fn frame(&self, _: u8) -> &'static str {
        self.0
    }
    fn present(&self) -> u64 {
        1
    }
    fn put(&self, _: u8, out: &mut String) {
        (self.1)(out);
    }
}

/// Writes one object from the fields of several records. Where two have a field of one name, the
/// earlier record's is written.
pub fn write_merged(parts: &[&dyn Fields], out: &mut String) {
    write_merged_around("", parts, out);
}

/// A field to be written: the first bytes of its name as a number, its frame, whose it is and its
/// place there.
#[derive(Clone, Copy)]
struct Slot<'a> {
    first: u64,
    frame: &'static str,
    part: &'a dyn Fields,
    place: u8,
}

impl Slot<'_> {
    /// By name. The mark that ends a name in its frame sorts before every letter, so frames sort as
    /// their names do.
    fn sorts_before(&self, other: &Self) -> bool {
        self.first < other.first || (self.first == other.first && self.frame < other.frame)
    }
}

/// Puts a slot among the `used` sorted ones before it, behind those of the same name. Each record
/// comes sorted, so this moves little.
fn settle<'a>(slot: Slot<'a>, used: usize, slots: &mut [Option<Slot<'a>>]) {
    let mut at = used;
    while let Some(before) = at.checked_sub(1) {
        match slots.get(before) {
            Some(Some(other)) if slot.sorts_before(other) => slots.copy_within(before..at, at),
            _ => break,
        }
        at = before;
    }
    if let Some(free) = slots.get_mut(at) {
        *free = Some(slot);
    }
}

/// The first eight bytes of a framed name as a number that sorts as the name does.
fn first_bytes(frame: &str) -> u64 {
    let name = frame.as_bytes().get(2..).unwrap_or_default();
    if let Some(bytes) = name.first_chunk::<8>() {
        return u64::from_be_bytes(*bytes);
    }
    let mut bytes = [0u8; 8];
    for (slot, byte) in bytes.iter_mut().zip(name) {
        *slot = *byte;
    }
    u64::from_be_bytes(bytes)
}

/// How many fields an object may have before their list goes to the heap.
const SLOTS: usize = 24;

/// As [`write_merged`]; answers where in `out` a further field called `name` would begin.
pub fn write_merged_around(name: &str, parts: &[&dyn Fields], out: &mut String) -> usize {
    let total = parts.iter().map(|part| part.present().count_ones() as usize).fold(0, usize::saturating_add);
    let (mut few, mut many);
    let slots: &mut [Option<Slot<'_>>] = if total <= SLOTS {
        few = [None; SLOTS];
        &mut few
    } else {
        many = vec![None; total];
        &mut many
    };
    let mut used = 0usize;
    for part in parts {
        let present = part.present();
        if present == 0 {
            continue;
        }
        for place in part.order() {
            if (present >> (place & 63)) & 1 == 1 {
                let frame = part.frame(*place);
                settle(Slot { first: first_bytes(frame), frame, part: *part, place: *place }, used, slots);
                used = used.saturating_add(1);
            }
        }
    }
    let mut place = None;
    let mut last = "";
    for slot in slots.iter().take(used).flatten() {
        if slot.frame == last {
            continue;
        }
        if place.is_none() && name_in(slot.frame) > name {
            // Behind the comma, or behind the brace.
            place = Some(out.len().saturating_add(1));
        }
        if last.is_empty() {
            // The frame's comma is for those that come later.
            out.push('{');
            out.push_str(slot.frame.get(1..).unwrap_or_default());
        } else {
            out.push_str(slot.frame);
        }
        slot.part.put(slot.place, out);
        last = slot.frame;
    }
    if last.is_empty() {
        out.push('{');
    }
    out.push('}');
    place.unwrap_or(out.len())
}

impl Node<'_> {
    /// Writes canonical JSON. A number that is not whole has no place in the contract and is
    /// written as null.
    pub fn write(&self, out: &mut String) {
        match self {
            Node::Null | Node::OtherNumber => out.push_str("null"),
            Node::Bool(true) => out.push_str("true"),
            Node::Bool(false) => out.push_str("false"),
            Node::Whole(number) => out.push_str(&number.to_string()),
            Node::Text(text) => write_string(text, out),
            Node::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Node::Object(entries) => {
                let mut sorted: Vec<_> = entries.iter().collect();
                sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
                out.push('{');
                for (index, (key, value)) in sorted.into_iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_string(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// The canonical JSON of the value.
    pub fn canonical(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_escape_as_rfc_8785_says() {
        let mut out = String::new();
        write_string("\u{0}\u{8}\u{1f}\"\\/\n䢺😀\u{7f}", &mut out);
        assert_eq!(out, "\"\\u0000\\b\\u001f\\\"\\\\/\\n䢺😀\u{7f}\"");
    }

    crate::shape::record! {
        /// More fields than a list on the stack holds, with names that begin alike.
        struct Many {
            a: u8,
            at: u8,
            attended: u8,
            at_desk: Option<u8>,
            b1: u8,
            b10: u8,
            b2: u8,
            longer_than_eight: u8,
            longer_than_eight_too: u8,
            longer_than_e: u8,
            z: u8,
            y: u8,
            x: u8,
            w: u8,
            v: u8,
            u: u8,
            t: u8,
            s: u8,
            r: u8,
            q: u8,
            p: u8,
            o: u8,
            n: u8,
            m: u8,
            l: u8,
            k: u8,
        }
    }

    fn many(at_desk: Option<u8>) -> Many {
        Many {
            a: 1, at: 2, attended: 3, at_desk, b1: 5, b10: 6, b2: 7, longer_than_eight: 8, longer_than_eight_too: 9,
            longer_than_e: 10, z: 11, y: 12, x: 13, w: 14, v: 15, u: 16, t: 17, s: 18, r: 19, q: 20, p: 21, o: 22,
            n: 23, m: 24, l: 25, k: 26,
        }
    }

    #[test]
    fn fields_of_records_are_merged_by_name() {
        let (few, all) = (many(None), many(Some(4)));
        let earlier = pair!("b10", |out: &mut String| out.push_str("\"first\""));
        let beside = pair!("att", |out: &mut String| out.push_str("true"));
        for many in [&few, &all] {
            let mut out = String::new();
            let place = write_merged_around("hash", &[&earlier, many, &beside], &mut out);
            // A parser that knows nothing of our order reads the same, and sorts it the same.
            let node = super::super::parse(out.as_bytes(), 10_000).unwrap();
            assert_eq!(node.canonical(), out);
            assert_eq!(node.get("b10").and_then(Node::as_str), Some("first"));
            assert_eq!(node.get("at_desk"), many.at_desk.map(|value| Node::Whole(value.into())).as_ref());
            let mut with = out.clone();
            with.insert_str(place, "\"hash\":0,");
            assert_eq!(super::super::parse(with.as_bytes(), 10_000).unwrap().canonical(), with);
        }
        let mut empty = String::new();
        write_merged(&[], &mut empty);
        assert_eq!(empty, "{}");
    }

    #[test]
    fn object_names_sort_by_utf16_units() {
        let text = "{\"\u{fb33}\":1,\"😀\":2,\"a\":3}";
        let node = super::super::parse(text.as_bytes(), 1000).unwrap();
        assert_eq!(node.canonical(), "{\"a\":3,\"😀\":2,\"\u{fb33}\":1}");
    }
}
