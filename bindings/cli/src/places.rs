//! Where in a roster's text its rows stand. The check of a roster knows ids and not places, so the
//! text is looked through once and every finding then finds its row.

use std::collections::HashMap;

use wuzhang::finding::Param;
use wuzhang::Finding;

use crate::findings::Placed;
use crate::locate::{lists, member, Finder, Span};

/// The rows of a roster's text by id.
pub struct Places<'t> {
    finder: Finder<'t>,
    rows: HashMap<(&'static str, &'t str), (usize, Span)>,
}

/// The lists whose rows a finding may be about, in the order in which an id is looked for.
const LISTS: [&str; 3] = ["cadres", "units", "households"];

impl<'t> Places<'t> {
    /// Looks a roster's text through.
    pub fn of(text: &'t str) -> Places<'t> {
        let mut rows = HashMap::new();
        for (name, elements) in lists(text, &LISTS) {
            let Some(list) = LISTS.iter().find(|list| **list == name) else { continue };
            for (index, (span, row)) in elements.into_iter().enumerate() {
                let id = member(row, "id").and_then(|id| id.strip_prefix('"')?.strip_suffix('"'));
                if let Some(id) = id {
                    // Of the rows of one id the first is shown; which of them falls short, the message tells.
                    rows.entry((*list, id)).or_insert((index, span));
                }
            }
        }
        Places { finder: Finder::of(text), rows }
    }

    /// A finding of the check, at the row that it is about.
    pub fn place(&mut self, file: &str, finding: &Finding) -> Placed {
        let id = match finding.param("id").or_else(|| finding.param("unit")) {
            Some(Param::Text(id)) => id.as_str(),
            _ => return Placed::in_file(file, finding),
        };
        let found = LISTS.iter().find_map(|list| Some((list, self.rows.get(&(*list, id))?)));
        let Some((list, &(index, span))) = found else { return Placed::in_file(file, finding) };
        let mut finding = finding.clone();
        finding.path = format!("/{list}/{index}");
        Placed::at_span(file, &mut self.finder, span, &finding)
    }
}
