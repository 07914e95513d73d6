//! Dense numbers for ids, the rows of an id over time, and sets of posts.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::calendar::Date;
use crate::shape::Text;
use crate::vocab::{Level, Post, Poverty, UnitKind};

macro_rules! numbers {
    ($($(#[$meta:meta])* $Name:ident)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(pub(super) u32);

        impl $Name {
            /// The number itself: from 0, without gaps, for tables of the host's own.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

numbers! {
    /// The number of a unit in one roster. Numbers follow the order of entry, not that of the ids.
    UnitIx
    /// The number of a person in one roster.
    PersonIx
    /// The number of a household in one roster.
    HouseholdIx
}

/// What a liaison links to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetIx {
    /// A household.
    Household(HouseholdIx),
    /// A village.
    Unit(UnitIx),
}

/// Whom a liaison binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectIx {
    /// A cadre.
    Person(PersonIx),
    /// A department.
    Unit(UnitIx),
}

/// A set of posts.
///
/// ```
/// use wuzhang::roster::PostSet;
/// use wuzhang::vocab::Post;
/// let office = PostSet::from_posts(&[Post::BranchSecretary, Post::StationDuty]);
/// assert!(office.contains(Post::StationDuty));
/// assert!(!office.intersects(PostSet::of(Post::TownClerk)));
/// assert_eq!(office.iter().count(), 2);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostSet(u32);

// A post's bit is its place in the vocabulary.
const _: () = assert!(Post::ALL.len() <= 32);

impl PostSet {
    /// No post.
    pub const NONE: PostSet = PostSet(0);

    /// One post.
    pub const fn of(post: Post) -> Self {
        PostSet(1u32.wrapping_shl(post as u32))
    }

    /// The posts of a list.
    pub fn from_posts(posts: &[Post]) -> Self {
        posts.iter().copied().collect()
    }

    /// Whether the post is in the set.
    pub const fn contains(self, post: Post) -> bool {
        self.intersects(PostSet::of(post))
    }

    /// Whether the two sets share a post.
    pub const fn intersects(self, other: PostSet) -> bool {
        self.0 & other.0 != 0
    }

    /// The posts of either set.
    #[must_use]
    pub const fn union(self, other: PostSet) -> Self {
        PostSet(self.0 | other.0)
    }

    /// Adds a post.
    pub fn insert(&mut self, post: Post) {
        *self = self.union(PostSet::of(post));
    }

    /// Whether no post is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The posts in the order of the vocabulary.
    pub fn iter(self) -> impl Iterator<Item = Post> {
        Post::ALL.iter().copied().filter(move |post| self.contains(*post))
    }
}

impl FromIterator<Post> for PostSet {
    fn from_iter<I: IntoIterator<Item = Post>>(posts: I) -> Self {
        posts.into_iter().fold(PostSet::NONE, |set, post| set.union(PostSet::of(post)))
    }
}

/// A unit as it is while one of its rows is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitView {
    /// What the unit is.
    pub kind: UnitKind,
    /// Its name.
    pub name: Text,
    /// The unit above; none above the county.
    pub parent: Option<UnitIx>,
    /// At which rank the village is designated poor.
    pub poverty: Option<Poverty>,
    /// The published telephone of the village's collection station.
    pub station_phone: Option<Text>,
    /// The first valid day; `None` is since ever.
    pub from: Option<Date>,
    /// The last valid day; `None` is open.
    pub until: Option<Date>,
}

/// A person as he is while one of his rows is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// The person's name.
    pub name: Text,
    /// The cadre's level; none for people who are no cadres.
    pub level: Option<Level>,
    /// The unit.
    pub unit: UnitIx,
    /// The posts held there.
    pub posts: PostSet,
    /// The first valid day.
    pub from: Date,
    /// The last valid day; `None` is open.
    pub until: Option<Date>,
}

/// A household as it is while one of its rows is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdView {
    /// The group or village.
    pub unit: UnitIx,
    /// The householder's name.
    pub name: Text,
    /// The first valid day.
    pub from: Date,
    /// The last valid day; `None` is open.
    pub until: Option<Date>,
}

/// A row with its days of validity, both bounds included.
pub(super) trait Valid {
    fn first(&self) -> Date;
    fn last(&self) -> Date;
}

macro_rules! valid {
    ($($View:ident, $from:expr;)*) => {$(
        impl Valid for $View {
            fn first(&self) -> Date {
                $from(self)
            }
            fn last(&self) -> Date {
                self.until.unwrap_or(Date::MAX)
            }
        }
    )*};
}

valid! {
    UnitView, |view: &UnitView| view.from.unwrap_or(Date::MIN);
    PersonView, |view: &PersonView| view.from;
    HouseholdView, |view: &HouseholdView| view.from;
}

/// The rows of one id by their first days. Nearly every id has one row, which then needs no
/// allocation of its own.
#[derive(Clone, Debug)]
pub(super) enum Spans<V> {
    One(V),
    Many(Vec<V>),
}

impl<V: Valid> Spans<V> {
    pub(super) fn rows(&self) -> &[V] {
        match self {
            Spans::One(row) => std::slice::from_ref(row),
            Spans::Many(rows) => rows,
        }
    }

    /// Puts a row in its place, or in the place of the row with the same first day.
    fn put(&mut self, row: V) {
        let mut rows = match std::mem::replace(self, Spans::Many(Vec::new())) {
            Spans::One(old) => vec![old],
            Spans::Many(rows) => rows,
        };
        let at = rows.partition_point(|other| other.first() < row.first());
        match rows.get_mut(at) {
            Some(old) if old.first() == row.first() => *old = row,
            _ => rows.insert(at, row),
        }
        *self = match (rows.pop(), rows.is_empty()) {
            (Some(only), true) => Spans::One(only),
            (last, _) => {
                rows.extend(last);
                Spans::Many(rows)
            }
        };
    }
}

/// The row valid on a day, among rows sorted by their first days.
pub(super) fn valid_on<V: Valid>(rows: &[V], day: Date) -> Option<&V> {
    let after = rows.partition_point(|row| row.first() <= day);
    rows.get(after.checked_sub(1)?).filter(|row| day <= row.last())
}

/// Everything of one kind: the ids by number, the rows of each, the numbers by id.
#[derive(Clone, Debug)]
pub(super) struct Table<Id, V> {
    pub(super) ids: Vec<Id>,
    rows: Vec<Spans<V>>,
    index: FxHashMap<Id, u32>,
    /// The numbers in the order of their ids.
    pub(super) order: Vec<u32>,
}

impl<Id, V> Default for Table<Id, V> {
    fn default() -> Self {
        Table { ids: Vec::new(), rows: Vec::new(), index: FxHashMap::default(), order: Vec::new() }
    }
}

impl<Id: Clone + Ord + Hash + Borrow<str>, V: Clone + Valid> Table<Id, V> {
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        self.index.get(id).copied()
    }

    pub(super) fn rows(&self, number: u32) -> &[V] {
        self.rows.get(number as usize).map_or(&[], Spans::rows)
    }

    pub(super) fn on(&self, number: u32, day: Date) -> Option<&V> {
        valid_on(self.rows(number), day)
    }

    /// The id of a number. Numbers come from this table alone, which only grows.
    #[allow(clippy::indexing_slicing)] // a number has no public constructor, and ids are never taken away
    pub(super) fn id(&self, number: u32) -> &Id {
        &self.ids[number as usize]
    }

    /// Puts a number into a list that is sorted by id.
    pub(super) fn insert_sorted<N: Copy>(&self, list: &mut Vec<N>, new: N, number: impl Fn(N) -> u32) {
        let id = self.id(number(new));
        // Lists are mostly filled in the order of ids: the end is the usual place.
        let at = match list.last() {
            Some(last) if self.id(number(*last)) >= id => {
                list.partition_point(|other| self.id(number(*other)) < id)
            }
            _ => list.len(),
        };
        if list.get(at).is_none_or(|other| number(*other) != number(new)) {
            list.insert(at, new);
        }
    }

    /// Takes over what a layer holds; gives the numbers whose rows changed, in the order of their ids.
    pub(super) fn commit(&mut self, staged: Staged<Id, V>) -> Vec<u32> {
        let start = self.ids.len() as u32;
        let Staged { ids, index, fresh, touched } = staged;
        let mut changed: Vec<u32> = touched.keys().copied().collect();
        for (number, spans) in touched {
            if let Some(slot) = self.rows.get_mut(number as usize) {
                *slot = spans;
            }
        }
        if self.ids.is_empty() {
            (self.ids, self.index, self.rows) = (ids, index, fresh);
        } else {
            for (id, number) in ids.iter().zip(start..) {
                self.index.insert(id.clone(), number);
            }
            self.ids.extend(ids);
            self.rows.extend(fresh);
        }
        let mut added: Vec<u32> = (start..self.ids.len() as u32).collect();
        added.sort_unstable_by(|a, b| self.id(*a).cmp(self.id(*b)));
        let mut order = std::mem::take(&mut self.order);
        if order.is_empty() || added.len() > 64 {
            order.extend(&added);
            order.sort_by(|a, b| self.id(*a).cmp(self.id(*b)));
        } else {
            for number in &added {
                let at = order.partition_point(|other| self.id(*other) < self.id(*number));
                order.insert(at, *number);
            }
        }
        self.order = order;
        changed.extend(added);
        changed.sort_unstable_by(|a, b| self.id(*a).cmp(self.id(*b)));
        changed
    }
}

/// Rows laid over a table without touching it: what a change would make of it.
pub(super) struct Layer<'b, Id, V> {
    base: &'b Table<Id, V>,
    start: u32,
    ids: Vec<Id>,
    index: FxHashMap<Id, u32>,
    /// The rows of ids that the table does not have, by number from `start`.
    fresh: Vec<Spans<V>>,
    /// The rows, after the change, of ids that it has.
    touched: BTreeMap<u32, Spans<V>>,
    /// Which rows of `touched` come from the change; only ever asked, never walked.
    placed: FxHashSet<(u32, Date)>,
}

/// A layer let go of its table, to be taken over by it.
pub(super) struct Staged<Id, V> {
    ids: Vec<Id>,
    index: FxHashMap<Id, u32>,
    fresh: Vec<Spans<V>>,
    touched: BTreeMap<u32, Spans<V>>,
}

impl<'b, Id: Clone + Ord + Hash + Borrow<str>, V: Clone + Valid> Layer<'b, Id, V> {
    pub(super) fn new(base: &'b Table<Id, V>) -> Self {
        Layer {
            base,
            start: base.ids.len() as u32,
            ids: Vec::new(),
            index: FxHashMap::default(),
            fresh: Vec::new(),
            touched: BTreeMap::new(),
            placed: FxHashSet::default(),
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<u32> {
        self.base.find(id).or_else(|| self.index.get(id).copied())
    }

    /// The number of an id, a new one when the id is new.
    pub(super) fn intern(&mut self, id: &Id) -> u32 {
        if let Some(number) = self.find(id.borrow()) {
            return number;
        }
        let number = self.start.saturating_add(self.ids.len() as u32);
        self.ids.push(id.clone());
        self.index.insert(id.clone(), number);
        self.fresh.push(Spans::Many(Vec::new()));
        number
    }

    pub(super) fn id(&self, number: u32) -> &str {
        match number.checked_sub(self.start) {
            None => self.base.id(number).borrow(),
            Some(at) => self.ids.get(at as usize).map_or("", Borrow::borrow),
        }
    }

    pub(super) fn is_new(&self, number: u32) -> bool {
        number >= self.start
    }

    pub(super) fn rows(&self, number: u32) -> &[V] {
        match number.checked_sub(self.start) {
            Some(at) => self.fresh.get(at as usize).map_or(&[], Spans::rows),
            None => match self.touched.get(&number) {
                Some(spans) => spans.rows(),
                None => self.base.rows(number),
            },
        }
    }

    /// The rows of this number before the change.
    pub(super) fn rows_before(&self, number: u32) -> &[V] {
        self.base.rows(number)
    }

    /// Whether the row with this first day comes from the change.
    pub(super) fn is_placed(&self, number: u32, first: Date) -> bool {
        if self.is_new(number) {
            self.rows(number).binary_search_by_key(&first, V::first).is_ok()
        } else {
            self.placed.contains(&(number, first))
        }
    }

    /// Puts a row in; `false` when the change already has one with the same first day.
    pub(super) fn put(&mut self, number: u32, row: V) -> bool {
        if self.is_placed(number, row.first()) {
            return false;
        }
        match number.checked_sub(self.start) {
            Some(at) => {
                if let Some(spans) = self.fresh.get_mut(at as usize) {
                    spans.put(row);
                }
            }
            None => {
                self.placed.insert((number, row.first()));
                let base = self.base;
                self.touched
                    .entry(number)
                    .or_insert_with(|| Spans::Many(base.rows(number).to_vec()))
                    .put(row);
            }
        }
        true
    }

    pub(super) fn stage(mut self) -> Staged<Id, V> {
        self.ids.shrink_to_fit();
        self.fresh.shrink_to_fit();
        Staged { ids: self.ids, index: self.index, fresh: self.fresh, touched: self.touched }
    }
}
