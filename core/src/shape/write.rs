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

/// The fields of a record, each known by its place in the declaration.
pub trait Fields {
    /// The places of the fields in the sorted order of their names.
    fn order(&self) -> &'static [usize];
    /// The name of the field at this place.
    fn key(&self, place: usize) -> &'static str;
    /// The fields to be written: the bit of a field's place is set when it is there.
    fn present(&self) -> u64;
    /// Writes the value of the field at this place.
    fn put(&self, place: usize, out: &mut String);
}

/// A single name and value, to be merged among the fields of records.
pub struct Pair<F: Fn(&mut String)>(pub &'static str, pub F);

impl<F: Fn(&mut String)> Fields for Pair<F> {
    fn order(&self) -> &'static [usize] {
        &[0]
    }
    fn key(&self, _: usize) -> &'static str {
        self.0
    }
    fn present(&self) -> u64 {
        1
    }
    fn put(&self, _: usize, out: &mut String) {
        (self.1)(out);
    }
}

/// Writes one object from the fields of several records. Where two have a field of one name, the
/// earlier record's is written.
pub fn write_merged<const N: usize>(parts: [&dyn Fields; N], out: &mut String) {
    write_merged_around("", parts, out);
}

/// A field to be written: the first bytes of its name as a number, its name, part and place.
type Slot = (u64, &'static str, usize, usize);

/// How many fields an object may have before their list goes to the heap.
const SLOTS: usize = 64;

/// As [`write_merged`]; answers where in `out` a further field called `name` would begin.
pub fn write_merged_around<const N: usize>(name: &str, parts: [&dyn Fields; N], out: &mut String) -> usize {
    let total = parts.iter().map(|part| part.order().len()).fold(0, usize::saturating_add);
    let (mut few, mut many);
    let slots: &mut [Slot] = if total <= SLOTS {
        few = [(0, "", 0, 0); SLOTS];
        &mut few
    } else {
        many = vec![(0, "", 0, 0); total];
        &mut many
    };
    let mut used = 0usize;
    for (which, part) in parts.iter().enumerate() {
        let present = part.present();
        if present == 0 {
            continue;
        }
        for place in part.order() {
            if (present >> (place & 63)) & 1 == 0 {
                continue;
            }
            let key = part.key(*place);
            if let Some(slot) = slots.get_mut(used) {
                *slot = (prefix(key), key, which, *place);
                used = used.saturating_add(1);
            }
        }
    }
    let slots = slots.get_mut(..used).unwrap_or_default();
    // Each part comes sorted, so this moves little; being stable, it leaves the earlier part first.
    slots.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    let mut place = None;
    let mut last = "";
    out.push('{');
    for (_, key, which, at) in slots.iter() {
        if *key == last {
            continue;
        }
        if !last.is_empty() {
            out.push(',');
        }
        if place.is_none() && *key > name {
            place = Some(out.len());
        }
        out.push('"');
        out.push_str(key);
        out.push_str("\":");
        if let Some(part) = parts.get(*which) {
            part.put(*at, out);
        }
        last = key;
    }
    out.push('}');
    place.unwrap_or(out.len())
}

/// The first eight bytes of a name as a number that sorts as the name does.
fn prefix(key: &str) -> u64 {
    if let Some(bytes) = key.as_bytes().first_chunk::<8>() {
        return u64::from_be_bytes(*bytes);
    }
    let mut bytes = [0u8; 8];
    for (slot, byte) in bytes.iter_mut().zip(key.bytes()) {
        *slot = byte;
    }
    u64::from_be_bytes(bytes)
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

    #[test]
    fn object_names_sort_by_utf16_units() {
        let text = "{\"\u{fb33}\":1,\"😀\":2,\"a\":3}";
        let node = super::super::parse(text.as_bytes(), 1000).unwrap();
        assert_eq!(node.canonical(), "{\"a\":3,\"😀\":2,\"\u{fb33}\":1}");
    }
}
