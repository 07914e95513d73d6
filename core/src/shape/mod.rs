//! How values cross the boundary: one declaration per type gives its reader, its canonical writer,
//! its compact packed form and its JSON Schema.
//!
//! A reader of the usual kind stops at the first mistake. The contract asks for *every* mistake
//! with its path and, for a mistyped name, the nearest known one; so `serde_json` does the parsing
//! (into a borrowed [`Node`]) and the types read themselves from that, collecting [`Problem`]s.

mod node;
mod names;
mod pack;
mod prim;
mod read;
mod records;
mod schema;
mod write;

pub use names::nearest;
pub use node::{parse, Entry, Node, ParseError, ParseErrorKind, MAX_DEPTH};
pub use pack::{get_bytes, get_text, get_varint, put_bytes, put_text, put_varint, take};
pub use prim::Text;
pub(crate) use prim::write_number;
pub(crate) use read::place_of;
pub use read::{Kind, Problem, Reader, Rest};
pub use records::AnyNode;
pub use schema::{SchemaField, Schemas, WrittenField};
pub use write::{canonical, write_plain, write_string, Fields};
pub(crate) use write::{frame, pair, write_merged, write_merged_around, Pair};

pub(crate) use records::sort_names;
pub(crate) use records::{choices, record, records_frame, records_name, tagged};

/// A value that crosses the boundary.
pub trait Shape: Sized {
    /// What a reader expects here, in two languages, for messages: `(zh, en)`.
    const EXPECTS: (&'static str, &'static str);

    /// Reads the value; `None` after at least one problem was noted in `cx`.
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self>;

    /// What stands for a missing field; `None` when the field is required.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the field is left out when written.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes canonical JSON (RFC 8785).
    fn write(&self, out: &mut String);

    /// Appends the packed form, which only the same version of the format reads back.
    fn pack(&self, out: &mut Vec<u8>);

    /// Reads the packed form; `None` when the bytes are not one.
    fn unpack(input: &mut &[u8]) -> Option<Self>;

    /// The JSON Schema of the type, in canonical JSON.
    fn schema(schemas: &mut Schemas) -> String;
}
