//! Ids: 1 to 64 characters of `A-Za-z0-9._:-`, a type for each kind of thing they name.

use smol_str::SmolStr;

use crate::shape::{get_bytes, put_bytes, write_plain, Node, Reader, Schemas, Shape};

/// Whether `text` has the form of an id.
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-'))
}

macro_rules! ids {
    ($($(#[$meta:meta])* $Name:ident)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(SmolStr);

        impl $Name {
            /// The id in `text`, when it has the form of one.
            pub fn new(text: &str) -> Option<Self> {
                is_id(text).then(|| Self(SmolStr::new(text)))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id where several kinds may stand.
            pub fn any(&self) -> AnyId {
                AnyId(self.0.clone())
            }
        }

        impl std::borrow::Borrow<str> for $Name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Shape for $Name {
            const EXPECTS: (&'static str, &'static str) =
                ("编号:1 至 64 个字符,限 A-Za-z0-9._:-", "an id: 1 to 64 of A-Za-z0-9._:-");
            fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
                match node {
                    Node::Text(text) => match Self::new(text) {
                        Some(id) => Some(id),
                        None => cx.impossible("no_id", text),
                    },
                    _ => cx.expected::<Self, _>(),
                }
            }
            fn write(&self, out: &mut String) {
                write_plain(&self.0, out);
            }
            fn pack(&self, out: &mut Vec<u8>) {
                put_bytes(self.0.as_bytes(), out);
            }
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                Self::new(std::str::from_utf8(get_bytes(input)?).ok()?)
            }
            fn schema(schemas: &mut Schemas) -> String {
                schemas.named("Id", &mut |_| {
                    "{\"pattern\":\"^[A-Za-z0-9._:-]{1,64}$\",\"type\":\"string\"}".into()
                })
            }
        }
    )*};
}

ids! {
    /// A command's id.
    CommandId
    /// A person in the roster: a cadre, a delegate, a council member.
    PersonId
    /// A unit: county, department, town, village or group.
    UnitId
    /// A household.
    HouseholdId
    /// A household, a group or a village: what a visit goes to and a liaison links to.
    TargetId
    /// A cadre, or a department: who a liaison binds.
    SubjectId
    /// A visit.
    VisitId
    /// A case: one need of one household, or one public matter.
    CaseId
    /// A meeting.
    MeetingId
    /// A posting on a board.
    PostingId
    /// An objection to a posting.
    ObjectionId
    /// Any id, where several kinds may stand.
    AnyId
}
