//! The macros that declare a type once: records, vocabularies and tagged choices.

use super::{get_bytes, put_bytes, Kind, Node, Reader, Schemas, Shape};

/// The order of `names` by their bytes, found at compile time so that writing sorts nothing.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // runs at compile time, where a mistake is a compile error
pub(crate) const fn sort_names<const N: usize>(names: [&str; N]) -> [u8; N] {
    const fn less(a: &[u8], b: &[u8]) -> bool {
        let mut i = 0;
        while i < a.len() && i < b.len() {
            if a[i] != b[i] {
                return a[i] < b[i];
            }
            i += 1;
        }
        a.len() < b.len()
    }
    let mut order = [0u8; N];
    let mut i = 0;
    while i < N {
        let mut j = i;
        while j > 0 && less(names[i].as_bytes(), names[order[j - 1] as usize].as_bytes()) {
            order[j] = order[j - 1];
            j -= 1;
        }
        order[j] = i as u8;
        i += 1;
    }
    order
}

/// The name of a field in JSON: its own, or the one given where Rust reserves the word.
macro_rules! records_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident, $name:literal) => {
        $name
    };
}
pub(crate) use records_name;

/// The same name as it is written behind another field.
macro_rules! records_frame {
    ($field:ident) => {
        $crate::shape::frame!(stringify!($field))
    };
    ($field:ident, $name:literal) => {
        $crate::shape::frame!($name)
    };
}
pub(crate) use records_frame;

/// Declares a record: a JSON object with these fields and no others. `field = "name": Type` gives
/// a field another name in JSON.
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $Name:ident $(($zh:literal))? {
        $($(#[doc = $doc:literal])* $field:ident $(= $json:literal)? : $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $Name { $($(#[doc = $doc])* pub $field: $type),* }

        impl $Name {
            /// The names of the fields in JSON, as declared.
            pub const NAMES: &'static [&'static str] = &[$($crate::shape::records_name!($field $(, $json)?)),*];
            // Which fields are there is told in one word of bits.
            const FITS: () = assert!(Self::NAMES.len() <= 64);
            const ORDER: [u8; Self::NAMES.len()] = $crate::shape::sort_names([$($crate::shape::records_name!($field $(, $json)?)),*]);

            /// Reads the record from the members of an object; `rest` says which unknown names
            /// are mistakes here and which belong to another reader of the same object.
            #[allow(unused_mut, unused_variables, unreachable_patterns, clippy::all)] // a record may have no field
            pub(crate) fn read_entries(
                entries: &[$crate::shape::Entry<'_>],
                rest: $crate::shape::Rest<'_>,
                cx: &mut $crate::shape::Reader,
            ) -> Option<Self> {
                let mark = cx.problems.len();
                let mut slots = [None; Self::NAMES.len()];
                cx.pick(entries, Self::NAMES, rest, &mut slots);
                let [$($field),*] = slots;
                $(let $field = cx.field::<$type>($field, $crate::shape::records_name!($field $(, $json)?));)*
                if cx.problems.len() > mark { return None; }
                // One way out for all fields: one for each would be as much code again.
                match ($($field,)*) {
                    ($(Some($field),)*) => Some(Self { $($field),* }),
                    _ => None,
                }
            }

            /// The fields as a JSON Schema has them. A record that shares its object with others
            /// needs them apart from `Shape::schema`, because an object that refuses unknown names
            /// cannot be combined with another.
            // In a table, since code for each field would be a tenth of a small library.
            pub(crate) const SCHEMA: &'static [$crate::shape::SchemaField] = &[$((
                $crate::shape::records_name!($field $(, $json)?),
                concat!("" $(, $doc)*),
                || <$type as $crate::shape::Shape>::absent().is_none(),
                <$type as $crate::shape::Shape>::schema,
            )),*];
        }

        impl $crate::shape::Fields for $Name {
            fn order(&self) -> &'static [u8] {
                &Self::ORDER
            }
            fn frame(&self, place: u8) -> &'static str {
                const FRAMES: &[&str] = &[$($crate::shape::records_frame!($field $(, $json)?)),*];
                FRAMES.get(usize::from(place)).copied().unwrap_or_default()
            }
            #[allow(unused_mut, unused_assignments, unused_variables)] // a record may have no field
            fn present(&self) -> u64 {
                let () = Self::FITS;
                let (mut present, mut bit) = (0u64, 1u64);
                $(
                    if !$crate::shape::Shape::is_absent(&self.$field) { present |= bit; }
                    bit <<= 1;
                )*
                present
            }
            #[allow(unused_mut, unused_assignments, unused_variables)] // a record may have no field
            fn put(&self, place: u8, out: &mut String) {
                // The compiler makes one jump of it.
                let mut at = 0u8;
                $(
                    if place == at { return $crate::shape::Shape::write(&self.$field, out); }
                    at = at.wrapping_add(1);
                )*
            }
        }

        impl $crate::shape::Shape for $Name {
            const EXPECTS: (&'static str, &'static str) = ("对象", "an object");
            fn read(node: &$crate::shape::Node<'_>, cx: &mut $crate::shape::Reader) -> Option<Self> {
                match node {
                    $crate::shape::Node::Object(entries) => Self::read_entries(entries, $crate::shape::Rest::Refused, cx),
                    _ => cx.expected::<Self, _>(),
                }
            }
            fn write(&self, out: &mut String) {
                $crate::shape::write_merged(&[self], out);
            }
            #[allow(unused_variables)] // a record may have no field
            fn pack(&self, out: &mut Vec<u8>) {
                $($crate::shape::Shape::pack(&self.$field, out);)*
            }
            #[allow(unused_variables)] // a record may have no field
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: $crate::shape::Shape::unpack(input)?),* })
            }
            fn schema(schemas: &mut $crate::shape::Schemas) -> String {
                schemas.record(stringify!($Name), Self::SCHEMA)
            }
        }
    };
}
pub(crate) use record;

/// Declares a vocabulary: a closed list of words.
macro_rules! choices {
    ($(#[$meta:meta])* $vis:vis enum $Name:ident { $($(#[$vmeta:meta])* $Variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $Name { $($(#[$vmeta])* $Variant),* }

        impl $Name {
            /// Every word, in the order of the declaration.
            pub const ALL: &'static [$Name] = &[$($Name::$Variant),*];
            /// The words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word as it stands in JSON.
            pub const fn word(self) -> &'static str {
                match self { $($Name::$Variant => $word),* }
            }

            /// The value of a word.
            #[allow(dead_code)] // not asked of each vocabulary
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.get($crate::shape::place_of(word, Self::WORDS)?).copied()
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.word()) }
        }

        impl $crate::shape::Shape for $Name {
            const EXPECTS: (&'static str, &'static str) =
                (concat!("以下之一:" $(, " ", $word)*), concat!("one of:" $(, " ", $word)*));
            fn read(node: &$crate::shape::Node<'_>, cx: &mut $crate::shape::Reader) -> Option<Self> {
                Self::ALL.get(cx.word(node, Self::WORDS, Self::EXPECTS)?).copied()
            }
            fn write(&self, out: &mut String) {
                $crate::shape::write_plain(self.word(), out);
            }
            fn pack(&self, out: &mut Vec<u8>) {
                out.push(*self as u8);
            }
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                let (byte, rest) = input.split_first()?;
                *input = rest;
                Self::ALL.get(usize::from(*byte)).copied()
            }
            fn schema(schemas: &mut $crate::shape::Schemas) -> String {
                schemas.words(stringify!($Name), Self::WORDS)
            }
        }
    };
}
pub(crate) use choices;

/// Declares a choice between records, told apart by the word in one field.
macro_rules! tagged {
    ($(#[$meta:meta])* $vis:vis enum $Name:ident by $tag:literal { $($(#[$vmeta:meta])* $Variant:ident ( $Body:ty ) = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $vis enum $Name { $($(#[$vmeta])* $Variant($Body)),* }

        impl $Name {
            /// The words that tell the variants apart.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word of this variant.
            pub fn word(&self) -> &'static str {
                match self { $($Name::$Variant(_) => $word),* }
            }

            /// The place of this variant in the declaration.
            #[allow(unused_assignments)] // after the last variant nobody reads the number
            fn place(&self) -> usize {
                // The compiler makes a number of it.
                let mut at = 0usize;
                $(
                    if matches!(self, $Name::$Variant(_)) { return at; }
                    at = at.wrapping_add(1);
                )*
                at
            }

            /// The names of the fields of the variant with this word.
            #[allow(dead_code)] // asked of the commands only
            pub(crate) fn names(word: &str) -> Option<&'static [&'static str]> {
                const NAMES: &[&[&str]] = &[$(<$Body>::NAMES),*];
                NAMES.get($crate::shape::place_of(word, Self::WORDS)?).copied()
            }

            /// The fields of this variant.
            pub(crate) fn fields(&self) -> &dyn $crate::shape::Fields {
                match self { $($Name::$Variant(body) => body),* }
            }

            /// Reads the variant whose word is `word`; names in `others` belong to other readers.
            pub(crate) fn read_variant(
                word: &str,
                entries: &[$crate::shape::Entry<'_>],
                others: &[&str],
                cx: &mut $crate::shape::Reader,
            ) -> Option<Self> {
                type Read = fn(&[$crate::shape::Entry<'_>], $crate::shape::Rest<'_>, &mut $crate::shape::Reader) -> Option<$Name>;
                // In a table, since a place where all variants are read takes the room of all of them.
                const READ: &[Read] = &[$(|entries, rest, cx| <$Body>::read_entries(entries, rest, cx).map($Name::$Variant)),*];
                match $crate::shape::place_of(word, Self::WORDS).and_then(|place| READ.get(place)) {
                    Some(read) => read(entries, $crate::shape::Rest::RefusedBut($tag, others), cx),
                    None => cx.under($tag, |cx| cx.unknown_word(word, Self::WORDS)),
                }
            }

            /// The JSON Schema of an object that has these further fields beside a variant's own:
            /// two closed objects cannot be combined, so the fields are put into each variant.
            pub(crate) fn schema_beside(others: &[$crate::shape::WrittenField], schemas: &mut $crate::shape::Schemas) -> String {
                schemas.variants($tag, &[$(($word, <$Body>::SCHEMA)),*], others)
            }
        }

        impl $crate::shape::Shape for $Name {
            const EXPECTS: (&'static str, &'static str) = ("对象", "an object");
            fn read(node: &$crate::shape::Node<'_>, cx: &mut $crate::shape::Reader) -> Option<Self> {
                let $crate::shape::Node::Object(entries) = node else { return cx.expected::<Self, _>() };
                Self::read_variant(cx.tag(node, $tag)?, entries, &[], cx)
            }
            fn write(&self, out: &mut String) {
                let word = self.word();
                let tag = $crate::shape::pair!($tag, |out: &mut String| $crate::shape::write_string(word, out));
                $crate::shape::write_merged(&[&tag, self.fields()], out);
            }
            fn pack(&self, out: &mut Vec<u8>) {
                $crate::shape::put_varint(self.place() as u64, out);
                match self { $($Name::$Variant(body) => $crate::shape::Shape::pack(body, out)),* }
            }
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                const UNPACK: &[fn(&mut &[u8]) -> Option<$Name>] =
                    &[$(|input| <$Body as $crate::shape::Shape>::unpack(input).map($Name::$Variant)),*];
                UNPACK.get(usize::try_from($crate::shape::get_varint(input)?).ok()?)?(input)
            }
            fn schema(schemas: &mut $crate::shape::Schemas) -> String {
                schemas.named(stringify!($Name), &mut |schemas| Self::schema_beside(&[], schemas))
            }
        }
    };
}
pub(crate) use tagged;

/// Any JSON value, kept as it is: for documents that are read by their own module later.
#[derive(Clone, Debug, PartialEq)]
pub struct AnyNode(pub Node<'static>);

impl Shape for AnyNode {
    const EXPECTS: (&'static str, &'static str) = ("任何值", "any value");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        if contains_other_number(node) {
            cx.note(Kind::Expected("整数", "whole numbers only"));
            return None;
        }
        Some(AnyNode(node.clone().into_owned()))
    }
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        put_bytes(self.0.canonical().as_bytes(), out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let text = get_bytes(input)?;
        super::parse(text, text.len()).ok().map(|node| AnyNode(node.into_owned()))
    }
    fn schema(_: &mut Schemas) -> String {
        "{}".into()
    }
}

fn contains_other_number(node: &Node<'_>) -> bool {
    match node {
        Node::OtherNumber => true,
        Node::List(items) => items.iter().any(contains_other_number),
        Node::Object(entries) => entries.iter().any(|(_, value)| contains_other_number(value)),
        _ => false,
    }
}
