//! The macros that declare a type once: records, vocabularies and tagged choices.

use super::{get_bytes, put_bytes, Kind, Node, Reader, Schemas, Shape};

/// Whether unknown names in an object are refused (`true`) or left to another reader.
pub fn strict(_: &str) -> bool {
    true
}

/// The order of `names` by their bytes, found at compile time so that writing sorts nothing.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // runs at compile time, where a mistake is a compile error
pub(crate) const fn sort_names<const N: usize>(names: [&str; N]) -> [usize; N] {
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
    let mut order = [0usize; N];
    let mut i = 0;
    while i < N {
        let mut j = i;
        while j > 0 && less(names[i].as_bytes(), names[order[j - 1]].as_bytes()) {
            order[j] = order[j - 1];
            j -= 1;
        }
        order[j] = i;
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
            const ORDER: [usize; Self::NAMES.len()] = $crate::shape::sort_names([$($crate::shape::records_name!($field $(, $json)?)),*]);

            /// Reads the record from the members of an object; `refuse` says which unknown names
            /// are mistakes here and which belong to another reader of the same object.
            #[allow(unused_mut, unused_variables, unreachable_patterns, clippy::all)] // a record may have no field
            pub(crate) fn read_entries(
                entries: &[$crate::shape::Entry<'_>],
                refuse: impl Fn(&str) -> bool,
                cx: &mut $crate::shape::Reader,
            ) -> Option<Self> {
                $(let mut $field: Option<&$crate::shape::Node<'_>> = None;)*
                let mark = cx.problems.len();
                for (key, value) in entries {
                    match key.as_ref() {
                        $($crate::shape::records_name!($field $(, $json)?) => {
                            if $field.is_some() { cx.duplicate(key) } else { $field = Some(value) }
                        })*
                        other => if refuse(other) { cx.unknown(key, Self::NAMES.iter().copied()) },
                    }
                }
                $(let $field = cx.field::<$type>($field, $crate::shape::records_name!($field $(, $json)?));)*
                if cx.problems.len() > mark { return None; }
                // One way out for all fields: one for each would be as much code again.
                match ($($field,)*) {
                    ($(Some($field),)*) => Some(Self { $($field),* }),
                    _ => None,
                }
            }

            /// The fields for a JSON Schema: name, whether required, description, schema. A record
            /// that shares its object with others needs them apart from `Shape::schema`, because
            /// an object that refuses unknown names cannot be combined with another.
            #[allow(unused_variables)]
            pub(crate) fn schema_fields(
                schemas: &mut $crate::shape::Schemas,
            ) -> Vec<(&'static str, bool, &'static str, String)> {
                // In a table, since code for each field would be a tenth of a small library.
                const FIELDS: &[$crate::shape::SchemaField] = &[$((
                    $crate::shape::records_name!($field $(, $json)?),
                    concat!("" $(, $doc)*),
                    || <$type as $crate::shape::Shape>::absent().is_none(),
                    <$type as $crate::shape::Shape>::schema,
                )),*];
                schemas.fields(FIELDS)
            }
        }

        impl $crate::shape::Fields for $Name {
            fn order(&self) -> &'static [usize] {
                &Self::ORDER
            }
            fn key(&self, place: usize) -> &'static str {
                Self::NAMES.get(place).copied().unwrap_or_default()
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
            fn put(&self, place: usize, out: &mut String) {
                // One function for each field, in a table, since an object is written field by field.
                const PUT: &[fn(&$Name, &mut String)] =
                    &[$(|this, out| $crate::shape::Shape::write(&this.$field, out)),*];
                if let Some(put) = PUT.get(place) { put(self, out); }
            }
        }

        impl $crate::shape::Shape for $Name {
            const EXPECTS: (&'static str, &'static str) = ("对象", "an object");
            fn read(node: &$crate::shape::Node<'_>, cx: &mut $crate::shape::Reader) -> Option<Self> {
                match node {
                    $crate::shape::Node::Object(entries) => Self::read_entries(entries, $crate::shape::strict, cx),
                    _ => cx.expected::<Self, _>(),
                }
            }
            fn write(&self, out: &mut String) {
                $crate::shape::write_merged([self], out);
            }
            #[allow(unused_variables)]
            fn pack(&self, out: &mut Vec<u8>) {
                $($crate::shape::Shape::pack(&self.$field, out);)*
            }
            #[allow(unused_variables)]
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: $crate::shape::Shape::unpack(input)?),* })
            }
            fn schema(schemas: &mut $crate::shape::Schemas) -> String {
                schemas.named(stringify!($Name), |schemas| {
                    $crate::shape::Schemas::object("", &Self::schema_fields(schemas))
                })
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

            /// The word as it stands in JSON.
            pub const fn word(self) -> &'static str {
                match self { $($Name::$Variant => $word),* }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($Name::$Variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.word()) }
        }

        impl $crate::shape::Shape for $Name {
            const EXPECTS: (&'static str, &'static str) =
                (concat!("以下之一:" $(, " ", $word)*), concat!("one of:" $(, " ", $word)*));
            fn read(node: &$crate::shape::Node<'_>, cx: &mut $crate::shape::Reader) -> Option<Self> {
                let $crate::shape::Node::Text(text) = node else { return cx.expected::<Self, _>() };
                let found = Self::from_word(text);
                if found.is_none() {
                    let near = $crate::shape::nearest(text, Self::ALL.iter().map(|choice| choice.word()));
                    cx.note($crate::shape::Kind::UnknownWord(
                        text.chars().take(64).collect(),
                        near.map(str::to_owned),
                    ));
                }
                found
            }
            fn write(&self, out: &mut String) {
                out.push('"');
                out.push_str(self.word());
                out.push('"');
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
                schemas.named(stringify!($Name), |_| {
                    let words: Vec<String> = Self::ALL.iter().map(|choice| format!("\"{}\"", choice.word())).collect();
                    format!("{{\"enum\":[{}]}}", words.join(","))
                })
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

            /// The names of the fields of the variant with this word.
            #[allow(dead_code)] // asked of the commands only
            pub(crate) fn names(word: &str) -> Option<&'static [&'static str]> {
                match word { $($word => Some(<$Body>::NAMES),)* _ => None }
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
                match word {
                    $($word => <$Body>::read_entries(entries, |key| key != $tag && !others.contains(&key), cx).map($Name::$Variant),)*
                    _ => {
                        let near = $crate::shape::nearest(word, Self::WORDS.iter().copied()).map(str::to_owned);
                        cx.under($tag, |cx| cx.note($crate::shape::Kind::UnknownWord(word.chars().take(64).collect(), near)));
                        None
                    }
                }
            }

            /// The JSON Schema of an object that has these further fields beside a variant's own:
            /// two closed objects cannot be combined, so the fields are put into each variant.
            pub(crate) fn schema_beside(
                others: &[(&'static str, bool, &'static str, String)],
                schemas: &mut $crate::shape::Schemas,
            ) -> String {
                let variants: Vec<String> = vec![$({
                    let mut fields = vec![($tag, true, "", format!("{{\"const\":\"{}\"}}", $word))];
                    fields.extend(others.iter().cloned());
                    fields.extend(<$Body>::schema_fields(schemas));
                    $crate::shape::Schemas::object("", &fields)
                }),*];
                format!("{{\"oneOf\":[{}]}}", variants.join(","))
            }
        }

        impl $crate::shape::Shape for $Name {
            const EXPECTS: (&'static str, &'static str) = ("对象", "an object");
            fn read(node: &$crate::shape::Node<'_>, cx: &mut $crate::shape::Reader) -> Option<Self> {
                let $crate::shape::Node::Object(entries) = node else { return cx.expected::<Self, _>() };
                match node.get($tag) {
                    Some($crate::shape::Node::Text(word)) => Self::read_variant(word, entries, &[], cx),
                    Some(_) => cx.under($tag, |cx| cx.expected::<$crate::shape::Text, _>()),
                    None => {
                        cx.under($tag, |cx| cx.note($crate::shape::Kind::Missing($tag)));
                        None
                    }
                }
            }
            fn write(&self, out: &mut String) {
                let word = self.word();
                let tag = $crate::shape::Pair($tag, |out: &mut String| $crate::shape::write_string(word, out));
                $crate::shape::write_merged([&tag, self.fields()], out);
            }
            fn pack(&self, out: &mut Vec<u8>) {
                let mut index = 0u64;
                for word in Self::WORDS {
                    if *word == self.word() { break; }
                    index = index.saturating_add(1);
                }
                $crate::shape::put_varint(index, out);
                match self { $($Name::$Variant(body) => $crate::shape::Shape::pack(body, out)),* }
            }
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                let word = *Self::WORDS.get(usize::try_from($crate::shape::get_varint(input)?).ok()?)?;
                match word {
                    $($word => <$Body as $crate::shape::Shape>::unpack(input).map($Name::$Variant),)*
                    _ => None,
                }
            }
            fn schema(schemas: &mut $crate::shape::Schemas) -> String {
                schemas.named(stringify!($Name), |schemas| Self::schema_beside(&[], schemas))
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
