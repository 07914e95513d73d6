//! Plain questions to a directed graph of numbered nodes. Every answer is in the order of the
//! numbers, so it is the same on every machine.

use std::collections::{BTreeMap, VecDeque};

/// Arrows as lists of neighbours.
pub(crate) struct Arrows {
    out: Vec<Vec<usize>>,
}

impl Arrows {
    /// The graph of `nodes` nodes with these arrows.
    pub fn new(nodes: usize, arrows: impl Iterator<Item = (usize, usize)>) -> Arrows {
        let mut out = vec![Vec::new(); nodes];
        for (from, to) in arrows {
            if let Some(list) = out.get_mut(from) {
                list.push(to);
            }
        }
        Arrows { out }
    }

    fn next(&self, node: usize) -> &[usize] {
        self.out.get(node).map_or(&[], Vec::as_slice)
    }

    /// Which nodes can be reached from these.
    pub fn reach(&self, from: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut seen = vec![false; self.out.len()];
        let mut queue: Vec<usize> = from.into_iter().collect();
        while let Some(node) = queue.pop() {
            match seen.get_mut(node) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            queue.extend(self.next(node));
        }
        seen
    }

    /// A shortest way from one node to another, both named, through nodes that `allowed` lets pass.
    pub fn way(&self, from: usize, to: usize, allowed: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
        let mut before: BTreeMap<usize, usize> = BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            if node == to {
                let mut way = vec![to];
                let mut at = to;
                while at != from {
                    at = *before.get(&at)?;
                    way.push(at);
                }
                way.reverse();
                return Some(way);
            }
            for next in self.next(node) {
                if *next != from && allowed(*next) && !before.contains_key(next) {
                    before.insert(*next, node);
                    queue.push_back(*next);
                }
            }
        }
        None
    }

    /// The number of the strongly connected part that each node belongs to (Kosaraju).
    pub fn parts(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.out.len());
        let mut seen = vec![false; self.out.len()];
        for start in 0..self.out.len() {
            let mut stack = vec![(start, 0usize)];
            while let Some((node, place)) = stack.pop() {
                if place == 0 {
                    match seen.get_mut(node) {
                        Some(seen) if !*seen => *seen = true,
                        _ => continue,
                    }
                }
                match self.next(node).get(place) {
                    Some(next) => {
                        stack.push((node, place.saturating_add(1)));
                        stack.push((*next, 0));
                    }
                    None => order.push(node),
                }
            }
        }
        let mut back = vec![Vec::new(); self.out.len()];
        for (from, list) in self.out.iter().enumerate() {
            for to in list {
                if let Some(list) = back.get_mut(*to) {
                    list.push(from);
                }
            }
        }
        let back = Arrows { out: back };
        let mut part: Vec<Option<usize>> = vec![None; self.out.len()];
        let mut number = 0usize;
        for start in order.into_iter().rev() {
            let mut stack = vec![start];
            let mut any = false;
            while let Some(node) = stack.pop() {
                match part.get_mut(node) {
                    Some(part) if part.is_none() => *part = Some(number),
                    _ => continue,
                }
                any = true;
                stack.extend(back.next(node));
            }
            number = number.saturating_add(usize::from(any));
        }
        part.into_iter().map(Option::unwrap_or_default).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Arrows;

    #[test]
    fn parts_ways_and_reach() {
        let graph = Arrows::new(5, [(0, 1), (1, 2), (2, 1), (2, 3)].into_iter());
        let parts = graph.parts();
        assert_eq!(parts[1], parts[2]);
        assert!(parts[0] != parts[1] && parts[3] != parts[1] && parts[4] != parts[0]);
        assert_eq!(graph.way(0, 3, |_| true), Some(vec![0, 1, 2, 3]));
        assert_eq!(graph.way(3, 0, |_| true), None);
        assert_eq!(graph.reach([2]), [false, true, true, true, false]);
    }
}
