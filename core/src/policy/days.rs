//! The calendar of a policy: the built-in one by name, or a county's own, inline.

use std::collections::BTreeMap;

use super::document::Elsewhere;
use crate::calendar::{Calendar, Date, DayKind};
use crate::ids::AnyId;
use crate::shape::{nearest, parse, record, write_string, Kind, Node, Reader, Schemas, Shape, Text};

/// The built-in calendar's name and document.
const CN: (&str, &str) = ("cn", include_str!("../../calendars/cn.json"));

/// The most days that a calendar document may list: every day of the most years it may know.
const MAX_DAYS: usize = 146_500;

record! {
    /// A calendar written in the policy itself; the days are read apart.
    struct Written {
        /// Its name.
        id: AnyId,
        /// The built-in calendar whose days it takes over; its own days go before them.
        extends: Option<Text>,
        /// The first year with a notice; the parent's when left out.
        from: Option<u32>,
        /// The last year with a notice; the parent's when left out.
        to: Option<u32>,
        /// Days off by date, each with its occasion.
        holidays: Option<Elsewhere>,
        /// Rest days moved to work by date, each with its occasion.
        workdays: Option<Elsewhere>,
    }
}

/// A calendar and how the document writes it.
#[derive(Clone, Debug)]
pub(super) struct Days {
    /// Canonical JSON: `"cn"` or the inline object.
    pub written: String,
    /// The days in force.
    pub calendar: Calendar,
}

type Listed = BTreeMap<Date, (DayKind, Box<str>)>;

/// Reads the field `calendar`.
pub(super) fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Days> {
    let calendar = match node {
        Node::Text(name) => built_in(name, cx)?,
        Node::Object(_) => inline(node, cx)?,
        _ => return cx.expected::<Written, _>(),
    };
    Some(Days { written: node.canonical(), calendar })
}

fn built_in(name: &str, cx: &mut Reader) -> Option<Calendar> {
    if name != CN.0 {
        let near = nearest(name, [CN.0]).map(str::to_owned);
        cx.note(Kind::UnknownWord(name.chars().take(64).collect(), near));
        return None;
    }
    inline(&parse(CN.1.as_bytes(), CN.1.len()).ok()?, cx)
}

fn inline(node: &Node<'_>, cx: &mut Reader) -> Option<Calendar> {
    let mark = cx.problems.len();
    let written = Written::read(node, cx);
    let mut own = Listed::new();
    for (name, kind) in [("holidays", DayKind::Holiday), ("workdays", DayKind::Workday)] {
        if let Some(days) = node.get(name) {
            cx.under(name, |cx| read_days(days, kind, &mut own, cx));
        }
    }
    let written = written?;
    let base = match &written.extends {
        Some(name) => Some(cx.under("extends", |cx| built_in(name, cx))?),
        None => None,
    };
    let known = base.as_ref().map(Calendar::known_years);
    let from = year(written.from, "from", known.map(|(first, _)| first), cx);
    let to = year(written.to, "to", known.map(|(_, last)| last), cx);
    let (from, to) = (from?, to?);
    if let Some((first, last)) = known {
        // Years between the two stretches would count as known although nobody wrote them.
        if from > first || to < last {
            cx.note(Kind::Impossible("years_short_of_parent", format!("{from}-{to}")));
        }
    }
    if cx.problems.len() > mark {
        return None;
    }
    let mut all = Listed::new();
    if let Some(base) = &base {
        all.extend(base.exceptions().map(|(day, kind, name)| (day, (kind, name.into()))));
    }
    all.extend(own);
    let days = all.into_iter().map(|(day, (kind, name))| (day, kind, name));
    match Calendar::new_named(written.id.as_str(), (from, to), days) {
        Ok(calendar) => Some(calendar),
        Err(error) => {
            cx.note(Kind::Impossible(error.reason(), error.to_string()));
            None
        }
    }
}

/// A year of the document, or the parent's.
fn year(own: Option<u32>, name: &'static str, parent: Option<i32>, cx: &mut Reader) -> Option<i32> {
    let year = match own {
        Some(year) => i32::try_from(year).ok(),
        None => parent,
    };
    if year.is_none() {
        cx.under(name, |cx| match own {
            Some(year) => cx.note(Kind::Impossible("bad_years", year.to_string())),
            None => cx.note(Kind::Missing(name)),
        });
    }
    year
}

fn read_days(node: &Node<'_>, kind: DayKind, own: &mut Listed, cx: &mut Reader) {
    let Node::Object(entries) = node else {
        return cx.note(Kind::Expected(Written::EXPECTS.0, Written::EXPECTS.1));
    };
    if entries.len() > MAX_DAYS {
        return cx.note(Kind::TooLong(MAX_DAYS as u64));
    }
    for (key, name) in entries {
        cx.under(key, |cx| match (Date::parse_reason(key), Text::read(name, cx)) {
            (Ok(day), Some(name)) => {
                if own.insert(day, (kind, name.as_str().into())).is_some() {
                    cx.note(Kind::Duplicate(key.to_string()));
                }
            }
            (Err(reason), _) => cx.note(Kind::Impossible(reason, key.chars().take(40).collect())),
            (Ok(_), None) => {}
        });
    }
}

/// The years that a calendar calls known although nothing is listed in them: every notice so far moved some day.
pub(super) fn empty_years(calendar: &Calendar) -> Vec<i32> {
    let (first, last) = calendar.known_years();
    let mut listed = vec![];
    for (day, ..) in calendar.exceptions() {
        if listed.last() != Some(&day.year()) {
            listed.push(day.year());
        }
    }
    (first..=last).filter(|year| !listed.contains(year)).collect()
}

/// The canonical JSON of the days in force, complete in itself: read back as an inline calendar it gives the same.
pub(super) fn document(calendar: &Calendar) -> String {
    let (from, to) = calendar.known_years();
    let mut out = format!("{{\"from\":{from},\"holidays\":{{");
    write_days(calendar, DayKind::Holiday, &mut out);
    out.push_str("},\"id\":");
    write_string(calendar.id(), &mut out);
    out.push_str(&format!(",\"to\":{to},\"workdays\":{{"));
    write_days(calendar, DayKind::Workday, &mut out);
    out.push_str("}}");
    out
}

fn write_days(calendar: &Calendar, kind: DayKind, out: &mut String) {
    let mut first = true;
    for (day, _, name) in calendar.exceptions().filter(|(_, listed, _)| *listed == kind) {
        if !first {
            out.push(',');
        }
        first = false;
        out.push('"');
        day.write_to(out);
        out.push_str("\":");
        write_string(name, out);
    }
}

/// The JSON Schema of the field `calendar`.
pub(super) fn schema(schemas: &mut Schemas) -> String {
    schemas.named("Calendar", &mut |schemas| {
        let mut fields = schemas.fields(Written::SCHEMA);
        for (name, _, _, schema) in &mut fields {
            if *name == "holidays" || *name == "workdays" {
                let day = Date::schema(schemas);
                *schema = format!(
                    "{{\"additionalProperties\":{},\"propertyNames\":{day},\"type\":\"object\"}}",
                    Text::schema(schemas)
                );
            }
        }
        format!("{{\"oneOf\":[{{\"const\":\"{}\"}},{}]}}", CN.0, Schemas::object("", &fields))
    })
}
