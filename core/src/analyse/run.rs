//! Running scenarios: every case on a book of its own, and everything told that comes out
//! otherwise than it is written. Nothing is read here: the caller hands over the files.

use crate::book::{Book, Chaining};
use crate::calendar::Instant;
use crate::codes::Code;
use crate::command::{Command, Do};
use crate::ids::CaseId;
use crate::finding::{Finding, Param};
use crate::limits::{DOCUMENT_COMMAND, FINDINGS};
use crate::policy::Policy;
use crate::roster::Roster;
use crate::shape::Text;

use super::compare::{self, Look};
use super::scenario::{Earlier, Given, GivenPolicy, GivenRoster, Name, Scenario, Story, Then};
use super::seen::Seen;

/// Something that keeps a scenario from being run: in the scenario, or in a file that it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// The name of the file, as the scenario writes it; `None` is the scenario itself.
    pub file: Option<String>,
    /// The number of the line, in a file of commands.
    pub line: Option<u64>,
    /// What is wrong.
    pub finding: Finding,
}

impl Trouble {
    fn here(finding: Finding) -> Trouble {
        Trouble { file: None, line: None, finding }
    }
}

/// A case that can be run.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its name.
    pub name: Text,
    /// Its place among the cases of the file.
    pub index: usize,
    /// The policy it starts with.
    pub policy: Policy,
    roster: Roster,
    given: Vec<(Command, String)>,
    steps: Vec<ReadyStep>,
}

#[derive(Clone, Debug)]
struct ReadyStep {
    command: Option<Command>,
    then: Then,
}

/// What a case expects of a step that says nothing.
pub(super) const ACCEPTED: Then = Then {
    accepted: None,
    refused_by: None,
    warned_by: None,
    as_of: None,
    cases: None,
    duties: None,
    public: None,
    rates: None,
    advice: None,
    roster: None,
};

/// Makes the cases of a scenario ready; `load` gives the bytes of a file that the scenario names.
///
/// ```
/// use wuzhang::analyse::{run, scenario::Scenario};
/// let text = r#"{"given":{"policy":"dayi-2014","roster":"roster.json"},"cases":[{"name":"太早","steps":[
///   {"when":{"at":"2014-03-03 09:00","actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit",
///     "category":"livelihood","topic":"路灯","text":"路灯不亮"},"then":{"cases":[{"case":"a1","state":"registered"}]}}]}]}"#;
/// let scenario = Scenario::parse(text.as_bytes()).unwrap();
/// let ready = run::prepare(&scenario, &mut |name| (name == "roster.json").then(|| wuzhang::doc::ROSTER.into())).unwrap();
/// let differences = ready[0].run(None, &mut |_| {});
/// assert_eq!(differences[0].path, "/cases/0/steps/0/then/cases/0/state");
/// assert!(differences[0].message().1.contains("noted"));
/// ```
///
/// # Errors
/// Everything that is wrong with what is given.
pub fn prepare(scenario: &Scenario, load: &mut dyn FnMut(&str) -> Option<Vec<u8>>) -> Result<Vec<Ready>, Vec<Trouble>> {
    let mut maker = Maker { load, policies: Vec::new(), rosters: Vec::new(), troubles: Vec::new() };
    let mut ready = Vec::new();
    for (index, story) in scenario.cases.iter().enumerate() {
        if maker.troubles.len() >= FINDINGS {
            let left = scenario.cases.len().saturating_sub(index) as u64;
            let finding = Finding::plain(Code::ScenarioInvalid, format!("/cases/{index}"));
            maker.troubles.push(Trouble::here(finding.with("reason", "not_looked_at").with("count", left)));
            break;
        }
        if let Some(story) = maker.story(scenario.given.as_ref(), story, index) {
            ready.push(story);
        }
    }
    if maker.troubles.is_empty() {
        Ok(ready)
    } else {
        Err(maker.troubles)
    }
}

struct Maker<'l> {
    load: &'l mut dyn FnMut(&str) -> Option<Vec<u8>>,
    /// Documents that several cases share are read once, and their troubles told once.
    policies: Vec<(GivenPolicy, Option<Policy>)>,
    rosters: Vec<(GivenRoster, Option<Roster>)>,
    troubles: Vec<Trouble>,
}

impl Maker<'_> {
    fn story(&mut self, all: Option<&Given>, story: &Story, index: usize) -> Option<Ready> {
        let own = story.given.as_ref();
        let place = format!("/cases/{index}/given");
        let policy = match (own.and_then(|given| given.policy.as_ref()), all.and_then(|given| given.policy.as_ref())) {
            (Some(policy), _) => self.policy(policy, &format!("{place}/policy")),
            (None, Some(policy)) => self.policy(policy, "/given/policy"),
            (None, None) => self.lacks("no_policy"),
        };
        let roster = match (own.and_then(|given| given.roster.as_ref()), all.and_then(|given| given.roster.as_ref())) {
            (Some(roster), _) => self.roster(roster, &format!("{place}/roster")),
            (None, Some(roster)) => self.roster(roster, "/given/roster"),
            (None, None) => self.lacks("no_roster"),
        };
        let (policy, roster) = (policy?, roster?);
        let mut given = Vec::new();
        for (entries, place) in [(all, "/given"), (own, place.as_str())] {
            let commands = entries.and_then(|given| given.commands.as_deref()).unwrap_or_default();
            for (at, entry) in commands.iter().enumerate() {
                self.earlier(entry, &policy, &format!("{place}/commands/{at}"), &mut given)?;
            }
        }
        let steps = story
            .steps
            .iter()
            .enumerate()
            .map(|(at, step)| ReadyStep {
                command: step.when.as_ref().and_then(|typed| {
                    typed.command(&format!("step.{}", at.saturating_add(1)), policy.offset)
                }),
                then: step.then.clone().unwrap_or(ACCEPTED),
            })
            .collect();
        Some(Ready { name: story.name.clone(), index, policy, roster, given, steps })
    }

    fn lacks<T>(&mut self, reason: &'static str) -> Option<T> {
        let trouble = Trouble::here(Finding::plain(Code::ScenarioInvalid, "/given").with("reason", reason));
        if !self.troubles.contains(&trouble) {
            self.troubles.push(trouble);
        }
        None
    }

    fn file(&mut self, name: &str, path: &str) -> Option<Vec<u8>> {
        let found = (self.load)(name);
        if found.is_none() {
            self.troubles.push(Trouble::here(Finding::plain(Code::ScenarioFile, path).with("name", name)));
        }
        found
    }

    fn policy(&mut self, given: &GivenPolicy, path: &str) -> Option<Policy> {
        if let Some((_, known)) = self.policies.iter().find(|(known, _)| known == given) {
            return known.clone();
        }
        let read = self.read_policy(given, path);
        self.policies.push((given.clone(), read.clone()));
        read
    }

    fn read_policy(&mut self, given: &GivenPolicy, path: &str) -> Option<Policy> {
        let (file, text) = match given {
            GivenPolicy::Named(name) => {
                if let Some(policy) = Policy::preset(name) {
                    return Some(policy);
                }
                (Some(name.to_string()), self.file(name, path)?)
            }
            GivenPolicy::Written(node) => (None, node.0.canonical().into_bytes()),
        };
        let load = std::cell::RefCell::new(&mut *self.load);
        let beside = |id: &str| {
            let bytes = (load.borrow_mut())(&format!("{id}.json"))?;
            String::from_utf8(bytes).ok()
        };
        match Policy::read_with(&text, beside) {
            Ok(policy) => Some(policy),
            Err(findings) => {
                self.misfit(file, path, findings);
                None
            }
        }
    }

    fn roster(&mut self, given: &GivenRoster, path: &str) -> Option<Roster> {
        if let Some((_, known)) = self.rosters.iter().find(|(known, _)| known == given) {
            return known.clone();
        }
        let (file, text) = match given {
            GivenRoster::Named(name) => (Some(name.to_string()), self.file(name, path)),
            GivenRoster::Written(node) => (None, Some(node.0.canonical().into_bytes())),
        };
        let read = text.and_then(|text| match Roster::read(&text) {
            Ok(roster) => Some(roster),
            Err(findings) => {
                self.misfit(file, path, findings);
                None
            }
        });
        self.rosters.push((given.clone(), read.clone()));
        read
    }

    fn misfit(&mut self, file: Option<String>, path: &str, findings: Vec<Finding>) {
        for mut finding in findings {
            if file.is_none() {
                finding.path.insert_str(0, path);
            }
            self.troubles.push(Trouble { file: file.clone(), line: None, finding });
        }
    }

    fn earlier(&mut self, entry: &Earlier, policy: &Policy, path: &str, given: &mut Vec<(Command, String)>) -> Option<()> {
        match entry {
            Earlier::Written(typed) => {
                let id = format!("given.{}", given.len().saturating_add(1));
                given.push((typed.command(&id, policy.offset)?, path.to_owned()));
            }
            Earlier::Named(name) => {
                let bytes = self.file(name, path)?;
                for (number, line) in (1u64..).zip(bytes.split(|byte| *byte == b'\n')) {
                    if line.iter().all(u8::is_ascii_whitespace) || line.len() > DOCUMENT_COMMAND {
                        continue;
                    }
                    match Command::read(line) {
                        Ok(command) => given.push((command, path.to_owned())),
                        Err(findings) => {
                            let file = Some(name.to_string());
                            self.troubles.extend(findings.into_iter().map(|finding| Trouble { file: file.clone(), line: Some(number), finding }));
                        }
                    }
                }
            }
        }
        Some(())
    }
}

impl Ready {
    /// How many commands a run applies.
    pub fn len(&self) -> usize {
        self.steps.iter().filter(|step| step.command.is_some()).count().saturating_add(self.given.len())
    }

    /// Whether a run applies no command.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Runs the case and answers how it differs from what is written; `policy` takes the place of
    /// the one given, and `watch` is told what is exercised on the way.
    pub fn run(&self, policy: Option<&Policy>, watch: &mut dyn FnMut(Seen)) -> Vec<Finding> {
        self.play(policy, watch, usize::MAX)
    }

    /// Whether the case comes out otherwise by another policy.
    pub fn notices(&self, policy: &Policy) -> bool {
        !self.play(Some(policy), &mut |_| {}, 1).is_empty()
    }

    /// Runs until so many differences are found.
    fn play(&self, policy: Option<&Policy>, watch: &mut dyn FnMut(Seen), most: usize) -> Vec<Finding> {
        let policy = policy.unwrap_or(&self.policy);
        let mut book = Book::with_chaining(policy.clone(), self.roster.clone(), Chaining::Off);
        let mut found = Vec::new();
        let mut last = None;
        for (command, path) in &self.given {
            last = Some(command.at);
            let (accepted, findings) = judged(&mut book, command, watch);
            if !accepted {
                found.push(
                    difference(path.clone(), "given_refused")
                        .with("story", self.name.as_str())
                        .with("command", command.id.as_str())
                        .with("by", codes(&findings))
                        .with("why", why(&findings)),
                );
                // What rests on it would only differ in its wake.
                return found;
            }
        }
        for (at, step) in self.steps.iter().enumerate() {
            let mark = found.len();
            let place = format!("/cases/{}/steps/{at}", self.index);
            if let Some(command) = &step.command {
                last = Some(command.at);
                let (accepted, findings) = judged(&mut book, command, watch);
                outcome(&step.then, accepted, &findings, &place, &mut found);
            }
            let as_of = match &step.then.as_of {
                Some(when) => when.instant(policy.offset),
                None => last.unwrap_or_else(|| Instant::from_local(policy.effective_from, 0, policy.offset)),
            };
            let mut look = Look { book: &book, as_of, place: format!("{place}/then"), found: &mut found, watch };
            compare::all(&step.then, &mut look);
            for finding in found.iter_mut().skip(mark) {
                finding.params.push(("story", Param::Text(self.name.to_string())));
                finding.params.push(("step", Param::Whole((at as u64).saturating_add(1))));
            }
            if found.len() >= most {
                break;
            }
        }
        found
    }
}

fn judged(book: &mut Book, command: &Command, watch: &mut dyn FnMut(Seen)) -> (bool, Vec<Finding>) {
    let state = |id: &CaseId| (id.clone(), book.case(id).map(|case| case.state.name()));
    let before: Vec<_> = match &command.todo {
        Do::Consolidate(_) => book.cases().iter().map(|case| state(&case.id)).collect(),
        _ => command.touched().into_iter().map(state).collect(),
    };
    let (accepted, findings) = book.try_out(command);
    watch(Seen::outcome(book, command, accepted, &findings));
    if accepted {
        for (id, from) in before {
            let to = book.case(&id).map(|case| case.state.name());
            // A consolidation passes over the cases that are not its own.
            let moved = from != to || !matches!(command.todo, Do::Consolidate(_));
            if let Some(to) = to.filter(|_| moved) {
                watch(Seen::Step { todo: command.todo.word(), from, to });
            }
        }
    }
    (accepted, findings)
}

/// A difference between what is written and what came.
pub(super) fn difference(path: String, reason: &'static str) -> Finding {
    Finding::plain(Code::ScenarioDiffers, path).with("reason", reason)
}

fn codes(findings: &[Finding]) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for finding in findings {
        let word = finding.code.word();
        if !codes.iter().any(|known| known == word) {
            codes.push(word.to_owned());
        }
    }
    codes
}

fn why(findings: &[Finding]) -> Param {
    let (mut zh, mut en) = (String::new(), String::new());
    for finding in findings.iter().take(6) {
        let (chinese, english) = finding.message();
        zh.push_str(&chinese);
        en.push_str(if en.is_empty() { "" } else { " " });
        en.push_str(&english);
    }
    Param::Words(zh, en)
}

/// What is listed and was not found, and what was found and is not listed.
pub(super) fn listed(names: &[Name], findings: &[Finding]) -> (Vec<String>, Vec<Finding>) {
    let missing = names.iter().filter(|name| !findings.iter().any(|finding| name.names(finding)));
    let more = findings.iter().filter(|finding| !names.iter().any(|name| name.names(finding)));
    (missing.map(|name| name.word().to_owned()).collect(), more.cloned().collect())
}

/// How a list differs: what is missing, what there is more, and why.
pub(super) fn otherwise(path: String, reason: &'static str, names: &[Name], findings: &[Finding]) -> Option<Finding> {
    let (missing, more) = listed(names, findings);
    if missing.is_empty() && more.is_empty() {
        return None;
    }
    let mut finding = difference(path, reason);
    if !missing.is_empty() {
        finding = finding.with("missing", missing);
    }
    if !more.is_empty() {
        finding = finding.with("more", codes(&more)).with("why", why(&more));
    }
    Some(finding)
}

fn outcome(then: &Then, accepted: bool, findings: &[Finding], place: &str, found: &mut Vec<Finding>) {
    let at = |field: &str| if field.is_empty() { format!("{place}/when") } else { format!("{place}/then/{field}") };
    let none = Vec::new();
    if then.accepts() {
        if !accepted {
            let field = if then.accepted.is_some() { "accepted" } else { "" };
            found.push(difference(at(field), "refused").with("by", codes(findings)).with("why", why(findings)));
        } else {
            let field = if then.warned_by.is_some() { "warned_by" } else { "" };
            found.extend(otherwise(at(field), "warned_otherwise", then.warned_by.as_ref().unwrap_or(&none), findings));
        }
    } else if accepted {
        let field = if then.refused_by.is_some() { "refused_by" } else { "accepted" };
        let expected: Vec<String> = then.refused_by.iter().flatten().map(|name| name.word().to_owned()).collect();
        found.push(difference(at(field), "accepted").with("expected", expected));
    } else if let Some(names) = &then.refused_by {
        found.extend(otherwise(at("refused_by"), "refused_otherwise", names, findings));
    }
}
