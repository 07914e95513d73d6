//! The shapes of plain values, of dates and of lists.

use super::{get_bytes, get_varint, put_bytes, put_varint, write_string, Kind, Node, Reader, Schemas, Shape};
use crate::calendar::{Date, Instant, Limit, Period, PeriodKind, UtcOffset};

/// How many characters a text may have.
const MAX_TEXT: usize = 10_000;

/// How many entries a list in a command may have: one decision for each case of a large meeting.
const MAX_LIST: usize = 5_000_000;

/// A text of at most 10,000 characters.
#[derive(Clone, Debug, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct Text(Box<str>);

impl Text {
    /// The text as a string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing but white space is in it.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// A text from a string that is known to be short enough; longer ones are cut.
    pub fn clipped(text: &str) -> Self {
        match text.char_indices().nth(MAX_TEXT) {
            Some((end, _)) => Text(text.get(..end).unwrap_or_default().into()),
            None => Text(text.into()),
        }
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::ops::Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Shape for Text {
    const EXPECTS: (&'static str, &'static str) = ("文字", "text");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Text(text) = node else { return cx.expected::<Self, _>() };
        if text.len() > MAX_TEXT && text.chars().count() > MAX_TEXT {
            cx.note(Kind::TooLong(MAX_TEXT as u64));
            return None;
        }
        Some(Text(text.as_ref().into()))
    }
    fn write(&self, out: &mut String) {
        write_string(&self.0, out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        put_bytes(self.0.as_bytes(), out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(Text(std::str::from_utf8(get_bytes(input)?).ok()?.into()))
    }
    fn schema(_: &mut Schemas) -> String {
        format!("{{\"maxLength\":{MAX_TEXT},\"type\":\"string\"}}")
    }
}

impl Shape for bool {
    const EXPECTS: (&'static str, &'static str) = ("true 或 false", "true or false");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        match node {
            Node::Bool(value) => Some(*value),
            _ => cx.expected::<Self, _>(),
        }
    }
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        match get_varint(input)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
    fn schema(_: &mut Schemas) -> String {
        "{\"type\":\"boolean\"}".into()
    }
}

/// Writes a whole number without the formatting machinery.
pub(crate) fn write_number(value: u64, out: &mut String) {
    let mut digits = [0u8; 20];
    let mut rest = value;
    let mut used = 0usize;
    for slot in digits.iter_mut().rev() {
        *slot = b'0'.wrapping_add((rest % 10) as u8);
        rest /= 10;
        used = used.saturating_add(1);
        if rest == 0 {
            break;
        }
    }
    let start = digits.len().saturating_sub(used);
    out.push_str(digits.get(start..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default());
}

macro_rules! whole {
    ($($type:ty, $zh:literal, $en:literal, $min:literal, $max:expr;)*) => {$(
        impl Shape for $type {
            const EXPECTS: (&'static str, &'static str) = ($zh, $en);
            fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
                match node {
                    Node::Whole(value) => match <$type>::try_from(*value) {
                        Ok(value) => Some(value),
                        Err(_) => cx.expected::<Self, _>(),
                    },
                    _ => cx.expected::<Self, _>(),
                }
            }
            fn write(&self, out: &mut String) {
                write_number(u64::from(*self), out);
            }
            fn pack(&self, out: &mut Vec<u8>) {
                put_varint(u64::from(*self), out);
            }
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                <$type>::try_from(get_varint(input)?).ok()
            }
            fn schema(_: &mut Schemas) -> String {
                Schemas::whole($min, u64::from($max))
            }
        }
    )*};
}

whole! {
    u8, "0 到 255 的整数", "a whole number from 0 to 255", 0, u8::MAX;
    u32, "不小于 0 的整数", "a whole number of 0 or more", 0, u32::MAX;
    u64, "不小于 0 的整数", "a whole number of 0 or more", 0, 9_007_199_254_740_991u64;
}

impl Shape for Date {
    const EXPECTS: (&'static str, &'static str) = ("日期,如 2014-03-03", "a date such as 2014-03-03");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Text(text) = node else { return cx.expected::<Self, _>() };
        match Date::parse_reason(text) {
            Ok(date) => Some(date),
            Err(reason) => cx.impossible(reason, text),
        }
    }
    fn write(&self, out: &mut String) {
        out.push('"');
        self.write_to(out);
        out.push('"');
    }
    fn pack(&self, out: &mut Vec<u8>) {
        put_varint(zigzag(i64::from(self.days())), out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(Date::from_days(i32::try_from(unzigzag(get_varint(input)?)).ok()?))
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Date", &mut |_| "{\"format\":\"date\",\"pattern\":\"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\",\"type\":\"string\"}".into())
    }
}

pub(crate) fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

pub(crate) fn unzigzag(value: u64) -> i64 {
    ((value >> 1) as i64) ^ ((value & 1) as i64).wrapping_neg()
}

impl Shape for Instant {
    const EXPECTS: (&'static str, &'static str) =
        ("带时差的时刻,如 2014-03-03T09:00:00+08:00", "an instant with offset such as 2014-03-03T09:00:00+08:00");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::Text(text) = node else { return cx.expected::<Self, _>() };
        match Instant::parse_reason(text) {
            Ok(instant) => Some(instant),
            Err(reason) => cx.impossible(reason, text),
        }
    }
    fn write(&self, out: &mut String) {
        out.push('"');
        self.write_to(out);
        out.push('"');
    }
    fn pack(&self, out: &mut Vec<u8>) {
        let (seconds, nanos, offset, digits, zulu) = self.to_parts();
        put_varint(zigzag(seconds), out);
        out.push(digits | if zulu { 0x80 } else { 0 });
        if !zulu {
            put_varint(zigzag(i64::from(offset)), out);
        }
        if digits > 0 {
            put_varint(u64::from(nanos), out);
        }
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let seconds = unzigzag(get_varint(input)?);
        let (flags, rest) = input.split_first()?;
        *input = rest;
        let (digits, zulu) = (flags & 0x7f, flags & 0x80 != 0);
        let offset = if zulu { 0 } else { i16::try_from(unzigzag(get_varint(input)?)).ok()? };
        let nanos = if digits > 0 { u32::try_from(get_varint(input)?).ok()? } else { 0 };
        Instant::from_parts(seconds, nanos, offset, digits, zulu)
    }
    fn schema(schemas: &mut Schemas) -> String {
        schemas.named("Instant", &mut |_| "{\"format\":\"date-time\",\"type\":\"string\"}".into())
    }
}

macro_rules! textual {
    ($($type:ty, $name:literal, $zh:literal, $en:literal, $parse:expr, $pattern:literal;)*) => {$(
        impl Shape for $type {
            const EXPECTS: (&'static str, &'static str) = ($zh, $en);
            fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
                let Node::Text(text) = node else { return cx.expected::<Self, _>() };
                match $parse(text) {
                    Ok(value) => Some(value),
                    Err(reason) => cx.impossible(reason, text),
                }
            }
            fn write(&self, out: &mut String) {
                write_string(&self.to_string(), out);
            }
            fn pack(&self, out: &mut Vec<u8>) {
                put_bytes(self.to_string().as_bytes(), out);
            }
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                $parse(std::str::from_utf8(get_bytes(input)?).ok()?).ok()
            }
            fn schema(schemas: &mut Schemas) -> String {
                schemas.named($name, &mut |_| {
                    Schemas::pattern($pattern)
                })
            }
        }
    )*};
}

textual! {
    Period, "Period", "期间,如 2014、2014-Q1、2014-03、2014-03-H1、2014-W10", "a period such as 2014, 2014-Q1, 2014-03, 2014-03-H1, 2014-W10",
        Period::parse_reason, "^[0-9]{4}(-Q[1-4]|-W[0-9]{2}|-[0-9]{2}(-H[12])?)?$";
    PeriodKind, "PeriodKind", "周期:year、quarter、month、half_month、week", "a cadence: year, quarter, month, half_month, week",
        |text: &str| PeriodKind::parse(text).ok_or("no_cadence"), "^(year|quarter|month|half_month|week)$";
    Limit, "Limit", "期限,如 7d、5wd、24h", "a limit such as 7d, 5wd, 24h",
        Limit::parse_reason, "^[0-9]{1,5}(d|wd|h)$";
    UtcOffset, "UtcOffset", "时差,如 +08:00", "an offset such as +08:00",
        |text: &str| UtcOffset::parse(text).ok_or("no_offset"), "^[+-][0-9]{2}:[0-9]{2}$";
}

impl<T: Shape> Shape for Option<T> {
    const EXPECTS: (&'static str, &'static str) = T::EXPECTS;
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        T::read(node, cx).map(Some)
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => {
                out.push(1);
                value.pack(out);
            }
            None => out.push(0),
        }
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        if bool::unpack(input)? {
            T::unpack(input).map(Some)
        } else {
            Some(None)
        }
    }
    fn schema(schemas: &mut Schemas) -> String {
        T::schema(schemas)
    }
}

impl<T: Shape> Shape for Vec<T> {
    const EXPECTS: (&'static str, &'static str) = ("列表", "a list");
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        let Node::List(items) = node else { return cx.expected::<Self, _>() };
        if items.len() > MAX_LIST {
            cx.note(Kind::TooLong(MAX_LIST as u64));
            return None;
        }
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            if let Some(value) = cx.at_index(index, |cx| T::read(item, cx)) {
                list.push(value);
            }
        }
        (list.len() == items.len()).then_some(list)
    }
    fn write(&self, out: &mut String) {
        out.push('[');
        for (index, value) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            value.write(out);
        }
        out.push(']');
    }
    fn pack(&self, out: &mut Vec<u8>) {
        put_varint(self.len() as u64, out);
        for value in self {
            value.pack(out);
        }
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let len = usize::try_from(get_varint(input)?).ok()?;
        // A damaged length must not reserve more than the bytes left could hold.
        let mut list = Vec::with_capacity(len.min(input.len()));
        for _ in 0..len {
            list.push(T::unpack(input)?);
        }
        Some(list)
    }
    fn schema(schemas: &mut Schemas) -> String {
        Schemas::list(&T::schema(schemas))
    }
}

impl<T: Shape> Shape for Box<T> {
    const EXPECTS: (&'static str, &'static str) = T::EXPECTS;
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        T::read(node, cx).map(Box::new)
    }
    fn absent() -> Option<Self> {
        T::absent().map(Box::new)
    }
    fn is_absent(&self) -> bool {
        T::is_absent(self)
    }
    fn write(&self, out: &mut String) {
        T::write(self, out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        T::pack(self, out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        T::unpack(input).map(Box::new)
    }
    fn schema(schemas: &mut Schemas) -> String {
        T::schema(schemas)
    }
}
