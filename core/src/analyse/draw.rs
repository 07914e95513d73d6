//! The explored machine drawn: Mermaid, DOT, SVG, and an XState machine that says the same step by
//! step. All come from what the engine accepted and refused; nothing is drawn by hand.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::case::StateWord;
use crate::finding::Finding;
use crate::policy::Policy;
use crate::shape::write_string;
use crate::vocab::Category;

use super::explore::{Explorer, Graph};
use super::lifecycle::{machine, MachineArrow};
use super::moves::{Act, Move};

/// The machine of a policy in several forms.
#[derive(Clone, Debug)]
pub struct Drawings {
    /// A Mermaid state diagram.
    pub mermaid: String,
    /// A graph for Graphviz.
    pub dot: String,
    /// A picture.
    pub svg: String,
    /// An XState machine, in JSON: one household's livelihood case that begins in the village.
    pub xstate: String,
    /// Whether all of it was explored.
    pub complete: bool,
}

/// Draws the machine of a policy.
///
/// # Errors
/// What is wrong with the small county, for a policy under which none can stand.
///
/// ```
/// use wuzhang::{analyse::draw::draw, Policy};
/// let drawn = draw(&Policy::preset("dayi-2014-text").unwrap(), Some(400)).unwrap();
/// assert!(drawn.mermaid.starts_with("stateDiagram-v2") && drawn.dot.starts_with("digraph"));
/// assert!(drawn.svg.starts_with("<svg") && drawn.xstate.starts_with("{"));
/// ```
pub fn draw(policy: &Policy, most: Option<usize>) -> Result<Drawings, Vec<Finding>> {
    let explorer = Explorer::new(policy)?;
    let most = most.unwrap_or(super::explore::MOST_NODES);
    let graph = explorer.explore(most, &explorer.first_moves());
    let one = explorer.explore(most, &explorer.one_beginning());
    let arrows = machine(&graph);
    Ok(Drawings {
        mermaid: mermaid(&arrows),
        dot: dot(&arrows),
        svg: svg(&arrows),
        xstate: xstate(&explorer, &one),
        complete: graph.complete && one.complete,
    })
}

fn rules_of(arrow: &MachineArrow) -> String {
    arrow.guards.iter().map(|rule| rule.word()).collect::<Vec<_>>().join(", ")
}

fn mermaid(arrows: &[MachineArrow]) -> String {
    let mut out = String::from("stateDiagram-v2\n");
    for arrow in arrows {
        let from = arrow.from.map_or("[*]", StateWord::word);
        let rules = rules_of(arrow);
        let guards = if rules.is_empty() { String::new() } else { format!(" [{rules}]") };
        let _ = writeln!(out, "    {from} --> {} : {}{guards}", arrow.to, arrow.by.as_str());
    }
    out
}

fn dot(arrows: &[MachineArrow]) -> String {
    let mut out = String::from("digraph lifecycle {\n  rankdir=TB;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=9];\n  start [shape=circle, style=filled, fillcolor=black, label=\"\", width=0.2];\n");
    for arrow in arrows {
        let from = arrow.from.map_or("start", StateWord::word);
        let rules: Vec<&str> = arrow.guards.iter().map(|rule| rule.word()).collect();
        let mut label = arrow.by.to_string();
        for line in rules.chunks(3) {
            label.push_str("\\n");
            label.push_str(&line.join(", "));
        }
        let _ = writeln!(out, "  {from} -> {} [label=\"{label}\"];", arrow.to);
    }
    out.push_str("}\n");
    out
}

/// The states in the order of the method: the columns of the picture.
const COLUMNS: [Option<StateWord>; 12] = [
    None,
    Some(StateWord::Noted),
    Some(StateWord::Registered),
    Some(StateWord::Ledgered),
    Some(StateWord::Reporting),
    Some(StateWord::Planned),
    Some(StateWord::Suspended),
    Some(StateWord::Settled),
    Some(StateWord::Accepted),
    Some(StateWord::Published),
    Some(StateWord::Reopened),
    Some(StateWord::Closed),
];
const COLUMN: usize = 112;
const LEFT: usize = 60;
const TOP: usize = 64;
const LINE: usize = 14;
/// How many characters of guards stand on a line.
const WIDE: usize = 70;

/// A column for each state and a row for each arrow, so that no two labels can meet.
fn svg(arrows: &[MachineArrow]) -> String {
    let column = |state: Option<StateWord>| COLUMNS.iter().position(|other| *other == state).unwrap_or(0);
    let x = |state: Option<StateWord>| column(state).saturating_mul(COLUMN).saturating_add(LEFT);
    let mut sorted: Vec<&MachineArrow> = arrows.iter().collect();
    sorted.sort_by(|a, b| {
        (column(a.from), column(Some(a.to)), a.by.as_str()).cmp(&(column(b.from), column(Some(b.to)), b.by.as_str()))
    });
    let mut rows = String::new();
    let mut y = TOP;
    let mut before = None;
    for arrow in sorted {
        let lines = wrapped(arrow);
        if before.is_some_and(|before| before != arrow.from) {
            let width = LEFT.saturating_add(COLUMN.saturating_mul(COLUMNS.len()));
            y = y.saturating_add(6);
            let _ = writeln!(rows, "<path class=\"rule\" d=\"M0 {y}H{width}\"/>");
        }
        before = Some(arrow.from);
        let (from, to) = (x(arrow.from), x(Some(arrow.to)));
        // The words begin where the arrow does, or so far left of it that they end on the sheet.
        let at = from.min(to).min(x(Some(StateWord::Published)));
        for (number, line) in lines.iter().enumerate() {
            y = y.saturating_add(LINE);
            let class = if number == 0 { "by" } else { "guard" };
            let _ = writeln!(rows, "<text class=\"{class}\" x=\"{}\" y=\"{y}\">{line}</text>", at.saturating_add(6));
        }
        y = y.saturating_add(8);
        if from == to {
            let (right, below) = (from.saturating_add(22), y.saturating_add(8));
            let _ = writeln!(rows, "<path class=\"arrow\" d=\"M{from} {y}H{right}V{below}H{from}\"/>");
            y = below;
        } else {
            let _ = writeln!(rows, "<path class=\"arrow\" d=\"M{from} {y}H{to}\"/>");
        }
        let _ = writeln!(rows, "<circle cx=\"{from}\" cy=\"{}\" r=\"2.5\"/>", if from == to { y.saturating_sub(8) } else { y });
        y = y.saturating_add(8);
    }
    let width = LEFT.saturating_add(COLUMN.saturating_mul(COLUMNS.len()));
    let height = y.saturating_add(20);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\">\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#1f4e79\"/></marker></defs>\n<style>.line{{stroke:#c8ced6;stroke-dasharray:2 3}}.rule{{stroke:#e6e9ed;fill:none}}.arrow{{stroke:#1f4e79;stroke-width:1.4;fill:none;marker-end:url(#tip)}}.by{{fill:#111;font-weight:600}}.guard{{fill:#68727d;font-size:10px}}.box{{fill:#eaf1f8;stroke:#1f4e79}}.by,.guard{{paint-order:stroke;stroke:#fff;stroke-width:3px}}circle{{fill:#1f4e79}}</style>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    for state in COLUMNS {
        let middle = x(state);
        let _ = writeln!(out, "<path class=\"line\" d=\"M{middle} {TOP}V{height}\"/>");
    }
    out.push_str(&rows);
    for state in COLUMNS {
        let middle = x(state);
        match state {
            Some(state) => {
                let left = middle.saturating_sub(46);
                let _ = writeln!(out, "<rect class=\"box\" x=\"{left}\" y=\"18\" width=\"92\" height=\"30\" rx=\"6\"/><text x=\"{middle}\" y=\"37\" text-anchor=\"middle\">{state}</text>");
            }
            None => {
                let _ = writeln!(out, "<circle cx=\"{middle}\" cy=\"33\" r=\"7\"/>");
            }
        }
    }
    out.push_str("</svg>\n");
    out
}

/// What is done, and below it the rules that guard it, in lines.
fn wrapped(arrow: &MachineArrow) -> Vec<String> {
    let mut lines = vec![arrow.by.to_string()];
    let mut line = String::new();
    for rule in &arrow.guards {
        if !line.is_empty() && line.len().saturating_add(rule.word().len()) > WIDE {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push_str(" · ");
        }
        line.push_str(rule.word());
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// An XState machine: a state for each node, tagged with the case's own; an event for each move.
fn xstate(explorer: &Explorer, graph: &Graph) -> String {
    let mut on: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); graph.nodes.len()];
    for arrow in &graph.arrows {
        let sole = graph.nodes.get(arrow.from).and_then(|node| node.key.sole.as_ref());
        if let Some(on) = on.get_mut(arrow.from) {
            on.entry(explorer.event(arrow.by, sole)).or_insert(arrow.to);
        }
    }
    let mut out = String::from("{\"id\":");
    write_string(explorer.policy.id.as_str(), &mut out);
    out.push_str(",\"initial\":\"start\",\"states\":{\"start\":{\"on\":{");
    let begins: BTreeMap<String, usize> =
        graph.begins.iter().map(|(by, node)| (explorer.event(*by, None), *node)).collect();
    write_events(&begins, &mut out);
    out.push_str("}}");
    for (number, (node, on)) in graph.nodes.iter().zip(&on).enumerate() {
        let _ = write!(out, ",\"s{number}\":{{\"on\":{{");
        write_events(on, &mut out);
        let unit = node.key.unit.as_str();
        let _ = write!(out, "}},\"tags\":[\"{}\",\"{unit}\"", node.key.stand.word);
        if let Some(closed_as) = node.key.stand.closed_as {
            let _ = write!(out, ",\"closed_as:{closed_as}\"");
        }
        out.push_str("]}");
    }
    out.push_str("}}\n");
    out
}

fn write_events(on: &BTreeMap<String, usize>, out: &mut String) {
    for (place, (event, to)) in on.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_string(event, out);
        let _ = write!(out, ":\"s{to}\"");
    }
}

impl Explorer {
    /// The beginning of the machine that is drawn for XState: the village's office notes a
    /// household's livelihood need.
    pub(crate) fn one_beginning(&self) -> Vec<Move> {
        let who = self.world.part("village", "a").or(self.world.part("village", "head"));
        who.map(|who| Move::Do(Act::Note(Category::Livelihood, false), who)).into_iter().collect()
    }
}
