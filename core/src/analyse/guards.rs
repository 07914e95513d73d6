//! Which rules guard an arrow: the command that was accepted is spoiled in one place after
//! another, and whatever rule then refuses it has been there all the time.

use crate::calendar::{Date, Instant};
use crate::command::Command;
use crate::ids::PersonId;
use crate::limits::DOCUMENT_COMMAND;
use crate::policy::Policy;
use crate::shape::{canonical, parse, Node, Reader};

/// The fields that make the command what it is.
const KEPT: [&str; 5] = ["id", "at", "actor", "do", "case"];
/// The fields whose text the public may see.
const SHOWN: [&str; 3] = ["summary", "measures", "result"];

/// The command with one thing wrong: by somebody else, at another time, with a field left out, a day
/// moved, something private in a public text, or the same person twice.
pub(crate) fn spoiled(policy: &Policy, people: &[PersonId], command: &Command) -> Vec<Command> {
    let mut all: Vec<Command> =
        people.iter().map(|person| Command { actor: person.clone(), ..command.clone() }).collect();
    for days in [40, 400] {
        let day = policy.local_day(command.at).add_days(days);
        let at = Instant::from_local(day, command.at.local_minute(policy.offset), policy.offset);
        all.push(Command { at, ..command.clone() });
    }
    let text = canonical(command);
    let Ok(node) = parse(text.as_bytes(), DOCUMENT_COMMAND) else { return all };
    let mut paths = Vec::new();
    leaves(&node, "", &mut paths);
    for path in paths {
        let name = path.rsplit('/').next().unwrap_or_default();
        let mut tries: Vec<Option<Node<'_>>> = vec![None];
        if let Some(day) = node.pointer(&path).and_then(Node::as_str).and_then(Date::parse) {
            for days in [-400, -1, 400] {
                tries.push(Some(Node::Text(day.add_days(days).to_string().into())));
            }
        }
        if SHOWN.contains(&name) {
            tries.push(Some(Node::Text("请拨打13800138000".into())));
        }
        if ["with", "checked_by", "responsible"].contains(&name) {
            tries.push(Some(Node::Text(command.actor.as_str().to_owned().into())));
        }
        if ["present", "in_favour"].contains(&name) {
            tries.push(Some(Node::Whole(0)));
        }
        for tried in tries {
            let mut spoiled = node.clone();
            if change(&mut spoiled, &path, tried) {
                all.extend(Command::from_node(&spoiled, &mut Reader::new()));
            }
        }
    }
    if let Node::Object(fields) = &node {
        let money = ("money".into(), Node::Object(Vec::new()));
        let with_money = Node::Object(fields.iter().cloned().chain([money]).collect());
        all.extend(Command::from_node(&with_money, &mut Reader::new()));
    }
    all
}

/// The JSON Pointers of everything in a command that can be left out or changed.
fn leaves(node: &Node<'_>, path: &str, out: &mut Vec<String>) {
    match node {
        Node::Object(fields) => {
            for (name, value) in fields {
                if !KEPT.contains(&name.as_ref()) {
                    leaves(value, &format!("{path}/{name}"), out);
                }
            }
        }
        Node::List(items) if items.iter().all(|item| matches!(item, Node::Object(_))) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &format!("{path}/{index}"), out);
            }
        }
        _ => out.push(path.to_owned()),
    }
}

/// Puts another value in a place, or takes it away; answers whether there was one.
fn change<'n>(node: &mut Node<'n>, path: &str, value: Option<Node<'n>>) -> bool {
    let Some((parent, name)) = path.rsplit_once('/') else { return false };
    let Some(Node::Object(fields)) = node.pointer_mut(parent) else { return false };
    let before = fields.len();
    match value {
        Some(value) => match fields.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => {
                *old = value;
                true
            }
            None => false,
        },
        None => {
            fields.retain(|(key, _)| key != name);
            fields.len() < before
        }
    }
}
