//! The rows of a roster as they stand in JSON, and the small shapes that only they need.

use std::ops::{Deref, DerefMut};

use crate::calendar::Date;
use crate::codes::Code;
use crate::finding::Finding;
use crate::ids::{HouseholdId, PersonId, SubjectId, TargetId, UnitId};
use crate::limits::{document_findings, parse_finding, DOCUMENT_ROSTER};
use crate::shape::{canonical, parse, record, Node, Reader, Schemas, Shape, Text};
use crate::vocab::{Level, Post, Poverty, UnitKind};


/// The last valid day of a row: null, or left out, when the row is open. It is always written, so
/// that an open row has one canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Open(
    /// The last valid day; `None` is open.
    pub Option<Date>,
);

/// A bound of a unit's validity: null, or left out, when there is none, and left out when written:
/// few units have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Bound(
    /// The first or last valid day; `None` is no bound.
    pub Option<Date>,
);

macro_rules! nullable {
    ($($Name:ident, $left_out:literal;)*) => {$(
        impl Shape for $Name {
            const EXPECTS: (&'static str, &'static str) =
                ("日期,如 2014-03-03,或 null", "a date such as 2014-03-03, or null");
            fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
                match node {
                    Node::Null => Some(Self(None)),
                    Node::Text(_) => Date::read(node, cx).map(|day| Self(Some(day))),
                    _ => cx.expected::<Self, _>(),
                }
            }
            fn absent() -> Option<Self> {
                Some(Self(None))
            }
            fn is_absent(&self) -> bool {
                $left_out && self.0.is_none()
            }
            fn write(&self, out: &mut String) {
                self.0.write(out);
            }
            fn pack(&self, out: &mut Vec<u8>) {
                self.0.pack(out);
            }
            fn unpack(input: &mut &[u8]) -> Option<Self> {
                Shape::unpack(input).map(Self)
            }
            fn schema(schemas: &mut Schemas) -> String {
                format!("{{\"anyOf\":[{},{{\"type\":\"null\"}}]}}", Date::schema(schemas))
            }
        }

        impl From<Option<Date>> for $Name {
            fn from(day: Option<Date>) -> Self {
                Self(day)
            }
        }
    )*};
}

nullable! {
    Open, false;
    Bound, true;
}

/// A list that may be left out, which is the same as an empty one. It is used like the vector in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T>(
    /// What stands in the list.
    pub Vec<T>,
);

impl<T> Default for List<T> {
    fn default() -> Self {
        List(Vec::new())
    }
}

impl<T> Deref for List<T> {
    type Target = Vec<T>;
    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(list: Vec<T>) -> Self {
        List(list)
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        List(items.into_iter().collect())
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Shape> Shape for List<T> {
    const EXPECTS: (&'static str, &'static str) = <Vec<T> as Shape>::EXPECTS;
    fn read(node: &Node<'_>, cx: &mut Reader) -> Option<Self> {
        <Vec<T> as Shape>::read(node, cx).map(List)
    }
    fn absent() -> Option<Self> {
        Some(List::default())
    }
    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
    fn write(&self, out: &mut String) {
        Shape::write(&self.0, out);
    }
    fn pack(&self, out: &mut Vec<u8>) {
        Shape::pack(&self.0, out);
    }
    fn unpack(input: &mut &[u8]) -> Option<Self> {
        <Vec<T> as Shape>::unpack(input).map(List)
    }
    fn schema(schemas: &mut Schemas) -> String {
        <Vec<T> as Shape>::schema(schemas)
    }
}

record! {
    /// A row of a unit: county, department, town, village or group.
    pub struct UnitRow {
        /// 单位编号 · The unit's id.
        id: UnitId,
        /// 单位类别 · What the unit is.
        kind: UnitKind,
        /// 名称 · Its name.
        name: Text,
        /// 上级单位 · The unit above: every unit but the county has one.
        parent: Option<UnitId>,
        /// 贫困村级别 · At which rank the village is designated poor.
        poverty: Option<Poverty>,
        /// 民情收集站公布的电话 · The published telephone of the village's collection station.
        station_phone: Option<Text>,
        /// 起始日 · The first valid day; left out when it has always been there.
        from: Bound,
        /// 截止日 · The last valid day; left out when it is still there.
        until: Bound,
    }
}

record! {
    /// A row of a person: a cadre, a delegate, a council member.
    pub struct CadreRow {
        /// 人员编号 · The person's id.
        id: PersonId,
        /// 姓名 · The person's name.
        name: Text,
        /// 干部层级 · The cadre's level; left out for people who hold a post but are no cadres.
        level: Option<Level>,
        /// 所在单位 · The unit.
        unit: UnitId,
        /// 职务 · The posts held at that unit.
        posts: List<Post>,
        /// 任职起始日 · The first valid day.
        from: Date,
        /// 任职截止日 · The last valid day; null is open.
        until: Open,
    }
}

record! {
    /// A row of a household.
    pub struct HouseholdRow {
        /// 户编号 · The household's id.
        id: HouseholdId,
        /// 所在村组 · Its group or village.
        unit: UnitId,
        /// 户主姓名 · The householder's name.
        name: Text,
        /// 起始日 · The first valid day.
        from: Date,
        /// 截止日 · The last valid day; null is open.
        until: Open,
    }
}

record! {
    /// A liaison: who is linked to what.
    pub struct LiaisonRow {
        /// 联系人或部门 · A cadre, or a department.
        subject: SubjectId,
        /// 联系对象 · A household, or a village.
        target: TargetId,
        /// 起始日 · The first valid day.
        from: Date,
        /// 截止日 · The last valid day; null is open.
        until: Open,
    }
}

record! {
    /// A cadre's leave.
    pub struct LeaveRow {
        /// 干部 · The cadre.
        cadre: PersonId,
        /// 起始日 · The first day of leave.
        from: Date,
        /// 截止日 · The last day of leave.
        until: Date,
    }
}

record! {
    /// The rows of a roster, or of a change to one.
    ///
    /// ```
    /// use wuzhang::roster::RosterRows;
    /// let rows = RosterRows::parse(br#"{"units":[{"id":"c","kind":"county","name":"X"}],"leave":[]}"#).unwrap();
    /// assert_eq!(rows.units.len(), 1);
    /// assert_eq!(rows.document(), r#"{"units":[{"id":"c","kind":"county","name":"X"}]}"#);
    /// ```
    #[derive(Default)]
    pub struct RosterRows {
        /// 单位 · The units.
        units: List<UnitRow>,
        /// 干部及其他任职人员 · Cadres, and others who hold a post.
        cadres: List<CadreRow>,
        /// 农户 · The households.
        households: List<HouseholdRow>,
        /// 联系关系 · Who is linked to what.
        liaisons: List<LiaisonRow>,
        /// 休假 · Who is on leave when.
        leave: List<LeaveRow>,
    }
}

/// The document of a roster as JSON.
pub(super) fn parsed(text: &[u8]) -> Result<Node<'_>, Vec<Finding>> {
    parse(text, DOCUMENT_ROSTER).map_err(|error| vec![Finding { code: Code::RosterInvalid, ..parse_finding(&error) }])
}

impl RosterRows {
    /// Reads the rows from a JSON document of at most 512 MiB. The rows alone are judged here,
    /// not how they fit together: for that, see [`Roster::from_rows`](super::Roster::from_rows).
    pub fn parse(text: &[u8]) -> Result<RosterRows, Vec<Finding>> {
        RosterRows::from_node(&parsed(text)?)
    }

    /// As [`RosterRows::parse`], from a document that is parsed already.
    pub fn from_node(node: &Node<'_>) -> Result<RosterRows, Vec<Finding>> {
        let mut cx = Reader::new();
        RosterRows::read(node, &mut cx).ok_or_else(|| document_findings(Code::RosterInvalid, &cx))
    }

    /// The canonical JSON (RFC 8785) of the rows in their order: fields and lists that stand for
    /// nothing are left out, an open `until` is null.
    pub fn document(&self) -> String {
        canonical(self)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        [self.units.len(), self.cadres.len(), self.households.len(), self.liaisons.len(), self.leave.len()]
            .into_iter()
            .fold(0, usize::saturating_add)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
