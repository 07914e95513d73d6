//! 计数隐去 · No count under 5, and no total that would reveal one (`publish.masked`).
//!
//! A reader knows this code, so a hidden count must stay open even for somebody who reasons from
//! what is missing. Both functions keep to that: among all tables that look alike when published,
//! every hidden count has at least two values (unless the threshold itself leaves only one).

/// A two-way table as it may be published; `None` is a number that is not shown.
///
/// ```
/// use wuzhang::disclosure::suppress_table;
///
/// let shown = suppress_table(&[vec![7, 9], vec![8, 6]], 5);
/// assert_eq!(shown.row_totals, [Some(16), Some(14)]);
/// assert_eq!(shown.total, Some(30));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The cells, row by row, in the shape of the input.
    pub cells: Vec<Vec<Option<u64>>>,
    /// One total for each row.
    pub row_totals: Vec<Option<u64>>,
    /// One total for each column; there are as many as the longest row has cells.
    pub column_totals: Vec<Option<u64>>,
    /// The total of all cells.
    pub total: Option<u64>,
}

/// The counts without those under `at_least` (0 is one of them), and their total where it reveals
/// none of the hidden ones.
///
/// The total is shown when it is itself at least `at_least` and leaves every hidden count two
/// values or more: with `n` hidden counts of sum `s`, each at most `m = at_least - 1`, any of them
/// may be anything from `s - (n - 1)m` to `s`, within `0..=m`. One hidden count, or a sum of 0 or
/// of `n × m`, would give them away.
///
/// ```
/// use wuzhang::disclosure::suppress;
///
/// assert_eq!(suppress(&[7, 9], 5), (vec![Some(7), Some(9)], Some(16)));
/// assert_eq!(suppress(&[7, 3], 5), (vec![Some(7), None], None));
/// assert_eq!(suppress(&[7, 3, 2], 5), (vec![Some(7), None, None], Some(12)));
/// assert_eq!(suppress(&[7, 0, 0], 5), (vec![Some(7), None, None], None));
/// ```
pub fn suppress(counts: &[u64], at_least: u64) -> (Vec<Option<u64>>, Option<u64>) {
    (counts.iter().map(|count| shown(*count, at_least)).collect(), open_total(counts, at_least))
}

/// A two-way table without the counts under `at_least`, with those totals that reveal none.
///
/// A row or a column with a hidden cell has no total, so that no two totals can be set against each
/// other; what a shown total adds up is itself shown. Only the total of the whole table may contain
/// hidden cells, under the rule of [`suppress`]. Rows may differ in length: a cell that is not
/// there is none, and not a 0.
///
/// ```
/// use wuzhang::disclosure::suppress_table;
///
/// let shown = suppress_table(&[vec![7, 3], vec![8, 2]], 5);
/// assert_eq!(shown.cells, [[Some(7), None], [Some(8), None]]);
/// assert_eq!(shown.row_totals, [None, None]);
/// assert_eq!(shown.column_totals, [Some(15), None]);
/// assert_eq!(shown.total, Some(20));
/// ```
pub fn suppress_table(rows: &[Vec<u64>], at_least: u64) -> Suppressed {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let column_totals = (0..width)
        .map(|column| plain_total(rows.iter().filter_map(|row| row.get(column)), at_least))
        .collect();
    let all: Vec<u64> = rows.iter().flatten().copied().collect();
    Suppressed {
        cells: rows
            .iter()
            .map(|row| row.iter().map(|count| shown(*count, at_least)).collect())
            .collect(),
        row_totals: rows.iter().map(|row| plain_total(row.iter(), at_least)).collect(),
        column_totals,
        total: open_total(&all, at_least),
    }
}

fn shown(count: u64, at_least: u64) -> Option<u64> {
    Some(count).filter(|count| *count >= at_least)
}

/// The total of counts of which none is hidden. A sum too large for the type is not shown either:
/// no number is better than a wrong one.
fn plain_total<'a>(mut counts: impl Iterator<Item = &'a u64>, at_least: u64) -> Option<u64> {
    let total = counts.try_fold(0_u64, |sum, count| sum.checked_add(shown(*count, at_least)?))?;
    shown(total, at_least)
}

/// The total of counts of which some may be hidden.
fn open_total(counts: &[u64], at_least: u64) -> Option<u64> {
    let total = counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count))?;
    let mut hidden = counts.iter().filter(|count| **count < at_least).peekable();
    if hidden.peek().is_some() {
        let (cells, sum) = hidden.fold((0_u64, 0_u64), |(cells, sum), count| {
            (cells.saturating_add(1), sum.saturating_add(*count))
        });
        let most = at_least.saturating_sub(1);
        let others = cells.saturating_sub(1).saturating_mul(most);
        // All hidden cells are bound by the one sum alone, so what holds for one holds for each.
        if sum.saturating_sub(others) >= sum.min(most) {
            return None;
        }
    }
    shown(total, at_least)
}
