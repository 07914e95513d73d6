//! `test`: scenarios run, what they cover, and what they would not notice.

use std::io::Write;

use serde_json::{json, Value};
use wuzhang::analyse::coverage::{Covered, Coverage};
use wuzhang::analyse::mutate::unnoticed;
use wuzhang::finding::Finding;
use wuzhang::shape::canonical;
use wuzhang::{Code, Policy};

use crate::args::Test;
use crate::findings::{FailOn, Placed};
use crate::formats::{Format, Report, Suite, Tried};
use crate::input::name_of;
use crate::load;
use crate::locate::Finder;
use crate::shell::Shell;
use crate::stop::{Run, Stop, FINDINGS, INPUT, WELL};
use crate::text::Paint;

use super::check::some;
use super::mutants::{try_all, Tally};
use super::scenarios::{files, kind_of, ready, survivors, text_of, Explanations, Kind, Source};

/// A policy that cases rest on, with what is asked of it.
struct Ground {
    policy: Policy,
    /// The first scenario that rests on it: what is missing is told there.
    source: usize,
    coverage: Coverage,
    covered: Option<Covered>,
    mutants: Option<Tally>,
    explained: usize,
}

/// Everything read and found so far.
#[derive(Default)]
struct Bench {
    sources: Vec<Source>,
    explanations: Vec<Explanations>,
    suites: Vec<Suite>,
    grounds: Vec<Ground>,
    steps: usize,
    failed: usize,
    unreadable: bool,
}

/// Runs the call.
pub fn run(shell: &Shell, args: &Test) -> Run {
    let policy = args.policy.as_deref().map(|name| load::policy(shell, name)).transpose()?;
    let mut bench = Bench::default();
    bench.read(shell, args)?;
    if bench.sources.is_empty() && !bench.unreadable {
        let (zh, en) = ("没有找到场景文件：场景文件是有 cases 的 JSON 文件", "no scenario was found: a scenario is a JSON file with cases");
        return Err(Stop::Input(shell.lang.pick(zh, en).to_owned()));
    }
    bench.play(policy.as_ref());
    let asked = args.coverage || args.fail_under.is_some();
    if asked {
        bench.cover(args.fail_under);
    }
    // A scenario that differs already would notice everything.
    if args.mutate && bench.failed == 0 && !bench.unreadable {
        bench.mutate(shell);
    } else if args.mutate {
        shell.note(shell.lang.pick("有用例不符，先不试变异", "some cases differ, so no mutant is tried before they are right"));
    }
    let short = args.fail_under.is_some_and(|percent| {
        bench.grounds.iter().any(|ground| ground.covered.as_ref().is_some_and(|covered| !covered.reaches(percent)))
    });
    let report = Report { call: "test", suites: &bench.suites, fail_on: args.fail_on, lang: shell.lang };
    let mut out = shell.out();
    match args.format {
        Format::Json => writeln!(out, "{}", bench.json())?,
        format => report.write(format, shell.style, &mut out)?,
    }
    if args.format == Format::Text {
        bench.say(shell, &mut out)?;
    }
    out.flush()?;
    Ok(if bench.unreadable {
        INPUT
    } else if short || report.found().any(|placed| placed.fails(args.fail_on)) {
        FINDINGS
    } else {
        WELL
    })
}

impl Bench {
    fn read(&mut self, shell: &Shell, args: &Test) -> Result<(), Stop> {
        let mut paths = Vec::new();
        for path in &args.paths {
            files(shell, path, &mut paths)?;
        }
        for (path, named) in paths {
            let file = name_of(&path, shell.lang);
            let text = text_of(shell, &path, named)?;
            let trouble = match kind_of(&text) {
                Kind::Other if named => {
                    let (zh, en) = (format!("{file}：不是场景文件（没有 cases）"), format!("{file}: no scenario (it has no cases)"));
                    return Err(Stop::Input(shell.lang.pick(zh, en)));
                }
                Kind::Other => continue,
                Kind::Survivors => match survivors(&file, &text) {
                    Ok(survivors) => {
                        self.explanations.push(Explanations { file, text, survivors });
                        continue;
                    }
                    Err(found) => found,
                },
                Kind::Scenario => match ready(shell, &path, &text) {
                    Ok(stories) => {
                        self.sources.push(Source { file, text, stories });
                        continue;
                    }
                    Err(found) => found,
                },
            };
            self.unreadable = true;
            self.suites.push(Suite { name: file.clone(), cases: vec![Tried { name: file, found: trouble }] });
        }
        Ok(())
    }

    fn play(&mut self, other: Option<&Policy>) {
        for (index, source) in self.sources.iter_mut().enumerate() {
            let mut suite = Suite { name: source.file.clone(), cases: Vec::new() };
            let text = String::from_utf8_lossy(&source.text);
            let mut finder = Finder::of(&text);
            for story in &mut source.stories {
                if let Some(policy) = other {
                    story.policy = policy.clone();
                }
                let at = self.grounds.iter().position(|ground| ground.policy == story.policy).unwrap_or_else(|| {
                    self.grounds.push(Ground {
                        policy: story.policy.clone(),
                        source: index,
                        coverage: Coverage::default(),
                        covered: None,
                        mutants: None,
                        explained: 0,
                    });
                    self.grounds.len().saturating_sub(1)
                });
                let mut found = Vec::new();
                if let Some(ground) = self.grounds.get_mut(at) {
                    found = story.run(None, &mut |seen| ground.coverage.note(&seen));
                }
                self.steps = self.steps.saturating_add(story.len());
                self.failed = self.failed.saturating_add(usize::from(!found.is_empty()));
                let found = found.iter().map(|finding| Placed::by(&source.file, &mut finder, 1, finding)).collect();
                suite.cases.push(Tried { name: story.name.to_string(), found });
            }
            self.suites.push(suite);
        }
    }

    /// What no case exercises: an error where a threshold is missed for it, else a warning.
    fn cover(&mut self, fail_under: Option<u64>) {
        let mut told = Vec::new();
        for ground in &mut self.grounds {
            let covered = ground.coverage.of(&ground.policy);
            let short = fail_under.is_some_and(|percent| !covered.reaches(percent));
            for mut finding in covered.untested(&ground.policy) {
                if short {
                    finding.severity = wuzhang::Severity::Error;
                }
                told.push((ground.source, finding));
            }
            ground.covered = Some(covered);
        }
        self.tell("coverage", told);
    }

    fn mutate(&mut self, shell: &Shell) {
        let mut told = Vec::new();
        let mut used: Vec<(usize, String)> = Vec::new();
        for ground in &mut self.grounds {
            let stories: Vec<_> =
                self.sources.iter().flat_map(|source| source.stories.iter()).filter(|story| story.policy == ground.policy).collect();
            let tally = try_all(shell, &ground.policy, &stories);
            // A survivor is explained beside the scenarios that rest on its policy.
            let folder = |file: &str| std::path::Path::new(file).parent().map(std::path::Path::to_path_buf);
            let own = self.sources.get(ground.source).and_then(|source| folder(&source.file));
            for mutant in &tally.survivors {
                let mut explained = false;
                for (at, file) in self.explanations.iter().enumerate().filter(|(_, file)| folder(&file.file) == own) {
                    let fitting: Vec<String> = file
                        .survivors
                        .patterns()
                        .filter(|(_, pattern)| wuzhang::duty::matches(pattern, &mutant.name))
                        .map(|(pointer, _)| pointer)
                        .collect();
                    explained |= !fitting.is_empty();
                    used.extend(fitting.into_iter().map(|pointer| (at, pointer)));
                }
                if explained {
                    ground.explained = ground.explained.saturating_add(1);
                } else {
                    told.push((ground.source, unnoticed(mutant, &ground.policy)));
                }
            }
            ground.mutants = Some(tally);
        }
        self.tell("mutants", told);
        for (at, file) in self.explanations.iter().enumerate() {
            let stale: Vec<Finding> = file
                .survivors
                .patterns()
                .filter(|(pointer, _)| !used.iter().any(|(of, known)| *of == at && known == pointer))
                .map(|(pointer, pattern)| {
                    Finding::plain(Code::ScenarioUnnoticed, pointer).with("reason", "stale").with("mutant", pattern)
                })
                .collect();
            let stale = Placed::all_in_text(&file.file, &file.text, &stale);
            self.suites.push(Suite { name: file.file.clone(), cases: vec![Tried { name: "survivors".into(), found: stale }] });
        }
    }

    /// Tells what is missing where the policy is given.
    fn tell(&mut self, name: &str, told: Vec<(usize, Finding)>) {
        for (index, source) in self.sources.iter().enumerate() {
            let found: Vec<Finding> = told
                .iter()
                .filter(|(of, _)| *of == index)
                .map(|(_, finding)| Finding { path: "/given/policy".to_owned(), ..finding.clone() })
                .collect();
            let found = Placed::all_in_text(&source.file, &source.text, &found);
            let rests = self.grounds.iter().any(|ground| ground.source == index);
            if let (true, Some(suite)) = (rests, self.suites.iter_mut().find(|suite| suite.name == source.file)) {
                suite.cases.push(Tried { name: name.to_owned(), found });
            }
        }
    }

    fn json(&self) -> Value {
        let cases: Vec<Value> = self
            .suites
            .iter()
            .flat_map(|suite| suite.cases.iter().map(move |case| (suite, case)))
            .map(|(suite, case)| {
                let found: Vec<Value> = case.found.iter().map(Placed::json).collect();
                json!({"file": suite.name, "name": case.name, "passed": case.found.iter().all(|placed| !placed.fails(FailOn::Error)), "findings": found})
            })
            .collect();
        let policies: Vec<Value> = self
            .grounds
            .iter()
            .map(|ground| {
                let coverage: Value = ground.covered.as_ref().and_then(|covered| serde_json::from_str(&canonical(covered)).ok()).unwrap_or_default();
                let mutants = ground.mutants.as_ref().map(|tally| {
                    let survivors: Vec<&str> = tally.survivors.iter().map(|mutant| mutant.name.as_str()).collect();
                    let noticed: Vec<Value> = tally.noticed.iter().map(|(mutant, by)| json!({"mutant": mutant, "by": by})).collect();
                    json!({"of": tally.of, "noticed": noticed, "explained": ground.explained, "survivors": survivors})
                });
                json!({"policy": ground.policy.id.as_str(), "coverage": coverage, "mutants": mutants})
            })
            .collect();
        json!({"cases": cases, "commands": self.steps, "policies": policies})
    }

    fn say(&self, shell: &Shell, out: &mut dyn Write) -> Result<(), Stop> {
        let (lang, style) = (shell.lang, shell.style);
        for ground in &self.grounds {
            let id = ground.policy.id.as_str();
            if let Some(covered) = &ground.covered {
                let (of, done) = (covered.ways, covered.exercised);
                let paint = if done == of { Paint::Green } else { Paint::Yellow };
                let head = lang.pick(format!("{id}：规则覆盖 {done}/{of}（守规与违规各算一项）"), format!("{id}: {done} of {of} ways of rules exercised (kept and broken count apart)"));
                writeln!(out, "{}", style.paint(paint, &head))?;
                let words = |list: Vec<&str>| if list.is_empty() { lang.pick("无", "none").to_owned() } else { list.join(" ") };
                let codes = words(covered.codes_untested.iter().map(|code| code.word()).collect());
                let states = words(covered.states_untested.iter().map(|state| state.word()).collect());
                let steps = words(covered.steps_untested.iter().map(|step| step.as_str()).collect());
                writeln!(out, "  {}{codes}", lang.pick(format!("代码 {} 个；没出现过：", covered.codes.len()), format!("{} codes; never found: ", covered.codes.len())))?;
                writeln!(out, "  {}{states}", lang.pick(format!("状态 {} 种；没到过：", covered.states.len()), format!("{} states; never reached: ", covered.states.len())))?;
                writeln!(out, "  {}{steps}", lang.pick(format!("步骤 {} 种；没走过：", covered.steps.len()), format!("{} steps from state to state; never taken: ", covered.steps.len())))?;
                if let (Some(from), Some(to)) = (covered.from.0, covered.to.0) {
                    let months = covered.months.len();
                    writeln!(out, "  {}", lang.pick(format!("日期 {from} 至 {to}，其中 {months} 个月有操作"), format!("days from {from} to {to}, with commands in {months} months")))?;
                }
            }
            if let Some(tally) = &ground.mutants {
                let (of, left) = (tally.of, tally.survivors.len());
                let open = left.saturating_sub(ground.explained);
                let noticed = of.saturating_sub(left);
                let paint = if open == 0 { Paint::Green } else { Paint::Red };
                let head = lang.pick(
                    format!("{id}：变异 {of} 个，发现 {noticed} 个，幸存 {left} 个，其中 {open} 个没有说明"),
                    format!("{id}: {of} mutants, {noticed} noticed, {left} survived, {open} of them unexplained"),
                );
                writeln!(out, "{}", style.paint(paint, &head))?;
            }
        }
        let cases: usize = self.sources.iter().map(|source| source.stories.len()).sum();
        let passed = cases.saturating_sub(self.failed);
        let paint = if self.failed == 0 && !self.unreadable { Paint::Green } else { Paint::Red };
        let line = lang.pick(
            format!("{} 个场景文件，{} 个用例，{} 条操作：通过 {passed}，不符 {}", self.sources.len(), cases, self.steps, self.failed),
            format!("{}, {}, {}: {passed} passed, {} failed", some(self.sources.len(), "file"), some(cases, "case"), some(self.steps, "command"), self.failed),
        );
        writeln!(out, "{}", style.paint(paint, &line))?;
        Ok(())
    }
}
