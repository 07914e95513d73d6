//! The nearest known name to a mistyped one.

/// The known name nearest to `name`, when one is near enough to be meant.
///
/// Distance is the number of single-character edits, a swap of neighbours counting once; a third
/// of the name's length is near enough.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let name: Vec<char> = name.chars().take(64).collect();
    let allowed = name.len().div_ceil(3).max(1);
    known
        .into_iter()
        .map(|candidate| (distance(&name, &candidate.chars().take(64).collect::<Vec<_>>()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance, on rows of at most 65 numbers.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // all indices are bounded by the two lengths, themselves at most 64
fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut table = vec![0usize; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i * width + j] = if i == 0 || j == 0 {
                i + j
            } else {
                let substitute = table[(i - 1) * width + j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = substitute
                    .min(table[(i - 1) * width + j] + 1)
                    .min(table[i * width + j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(table[(i - 2) * width + j - 2] + 1);
                }
                best
            };
        }
    }
    table.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_near_and_refuses_the_far() {
        assert_eq!(nearest("househld", ["household", "visit"]), Some("household"));
        assert_eq!(nearest("vsiit", ["household", "visit"]), Some("visit"));
        assert_eq!(nearest("colour", ["household", "visit"]), None);
        assert_eq!(nearest("", ["household"]), None);
    }
}
