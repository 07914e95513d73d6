//! `analyse`: what a policy allows at worst, before it binds anyone.

use std::fs;
use std::io::Write;
use std::path::Path;

use wuzhang::analyse::ambiguity::{self, Ambiguity, History};
use wuzhang::analyse::delay::{self, Delay};
use wuzhang::analyse::feasibility::{self, Feasibility};
use wuzhang::analyse::lifecycle::{self, Discovery, Exploration};
use wuzhang::analyse::report::Analysis;
use wuzhang::analyse::{draw, walk};
use wuzhang::shape::canonical;
use wuzhang::{Finding, Policy, Severity};

use crate::args::{Analyse, Documents, One, Part};
use crate::findings::FailOn;
use crate::load;
use crate::shell::Shell;
use crate::stop::{Run, Stop, FINDINGS, WELL};
use crate::text::{Align, Cell, Paint, Table};
use crate::words::Words;

/// How many steps a random walk has.
const WALK: usize = 120;

/// Runs the call.
pub fn run(shell: &Shell, args: &Analyse) -> Run {
    let policy = load::policy(shell, &args.subject)?;
    let refuse = |findings: Vec<Finding>| shell.refuse_document(&args.subject, policy.document().as_bytes(), &findings);
    if let Some(count) = args.walks {
        let walks = walk::walks(&policy, count, WALK, args.seed.unwrap_or(2014)).map_err(refuse)?;
        let mut out = shell.out();
        for walk in &walks {
            writeln!(out, "{}", canonical(walk))?;
        }
        out.flush()?;
        return Ok(WELL);
    }
    let takes = |part: Part| args.only.is_empty() || args.only.contains(&part);
    let years = years(&policy, &args.year);
    let year = years.first().copied().unwrap_or(2014);
    let roster = args.roster.as_deref().map(|path| load::roster(shell, path)).transpose()?;
    let mut analysis =
        Analysis { policy: policy.id.clone(), explore: None, delay: None, feasibility: None, ambiguities: None };
    if takes(Part::Explore) {
        analysis.explore = Some(lifecycle::explore(&policy, args.most_states).map_err(refuse)?);
    }
    if takes(Part::Delay) {
        let mut rows = Vec::new();
        for year in &years {
            rows.extend(delay::longest(&policy, *year, args.prompt).map_err(refuse)?);
        }
        analysis.delay = Some(rows);
    }
    if takes(Part::Feasibility) {
        let a_day = args.visits_per_day.unwrap_or(feasibility::VISITS_A_DAY);
        analysis.feasibility = Some(feasibility::feasibility(&policy, roster.as_ref(), year, a_day));
    }
    if takes(Part::Ambiguities) {
        let book = match (&args.history, &args.roster) {
            (Some(history), Some(roster)) => {
                let documents = Documents { policy: args.subject.clone(), roster: roster.clone() };
                Some(load::book(shell, &documents, history, ("", None))?)
            }
            _ => None,
        };
        let history = match (&book, &roster) {
            (Some(book), _) => History::Book(book),
            (None, Some(roster)) => History::Roster(roster),
            (None, None) => History::None,
        };
        analysis.ambiguities = Some(ambiguity::ambiguities(&policy, history, year));
    }
    if let (Some(folder), Some(explored)) = (&args.witnesses, &analysis.explore) {
        write_witnesses(shell, Path::new(folder), explored)?;
    }
    if let Some(folder) = &args.draw {
        let drawn = draw::draw(&policy, args.most_states).map_err(refuse)?;
        let folder = Path::new(folder);
        let files = [
            ("lifecycle.mmd", &drawn.mermaid),
            ("lifecycle.dot", &drawn.dot),
            ("lifecycle.svg", &drawn.svg),
            ("machine.xstate.json", &drawn.xstate),
        ];
        for (name, text) in files {
            write_file(shell, folder, name, text)?;
        }
        if !drawn.complete {
            shell.note(shell.lang.pick("图不完整：到上限为止", "the drawings are not complete: it stopped at the limit"));
        }
    }
    let mut out = shell.out();
    if args.format == One::Json {
        writeln!(out, "{}", canonical(&analysis))?;
    } else {
        text(shell, &policy, &analysis, &mut out)?;
    }
    out.flush()?;
    let fails = analysis.gravest().is_some_and(|gravest| match args.fail_on {
        FailOn::Error => gravest == Severity::Error,
        FailOn::Warning => gravest <= Severity::Warning,
    });
    Ok(if fails { FINDINGS } else { WELL })
}

fn write_file(shell: &Shell, folder: &Path, name: &str, text: &str) -> Result<(), Stop> {
    let path = folder.join(name);
    fs::create_dir_all(folder).and_then(|()| fs::write(&path, text)).map_err(|error| {
        let name = path.display();
        Stop::Input(shell.lang.pick(format!("{name}：无法写入：{error}"), format!("{name}: cannot be written: {error}")))
    })
}

/// The years asked for; else the last after which the next one's holidays are known as well.
fn years(policy: &Policy, asked: &[u32]) -> Vec<u32> {
    if !asked.is_empty() {
        return asked.to_vec();
    }
    let (_, last) = policy.calendar.known_years();
    vec![u32::try_from(last.saturating_sub(1)).unwrap_or(2014)]
}

/// One scenario file for each finding, numbered in their order.
fn write_witnesses(shell: &Shell, folder: &Path, explored: &Exploration) -> Result<(), Stop> {
    for (number, found) in (1u32..).zip(&explored.findings) {
        let Some(witness) = &found.witness else { continue };
        let name = format!("{number:03}-{}.json", found.kind.word().replace('_', "-"));
        let mut scenario = witness.scenario.clone();
        scenario.about = Some(shell.lang.pick(&found.message.zh, &found.message.en).clone());
        write_file(shell, folder, &name, &(canonical(&scenario) + "\n"))?;
    }
    Ok(())
}

fn text(shell: &Shell, policy: &Policy, analysis: &Analysis, out: &mut dyn Write) -> Result<(), Stop> {
    if let Some(explored) = &analysis.explore {
        explore_text(shell, policy, explored, out)?;
    }
    if let Some(rows) = &analysis.delay {
        delay_text(shell, policy, rows, out)?;
    }
    if let Some(found) = &analysis.feasibility {
        feasibility_text(shell, found, out)?;
    }
    if let Some(found) = &analysis.ambiguities {
        ambiguities_text(shell, found, out)?;
    }
    Ok(())
}

fn heading(shell: &Shell, zh: &str, en: &str, out: &mut dyn Write) -> Result<(), Stop> {
    writeln!(out, "{}", shell.style.paint(Paint::Bold, shell.lang.pick(zh, en)))?;
    Ok(())
}

fn explore_text(shell: &Shell, policy: &Policy, explored: &Exploration, out: &mut dyn Write) -> Result<(), Stop> {
    heading(shell, "状态空间", "State space", out)?;
    let (states, arrows, judged) = (explored.states, explored.transitions, explored.judged);
    let whole = if explored.complete {
        shell.lang.pick("已穷尽", "nothing was left out")
    } else {
        shell.lang.pick("未查完：到上限为止", "not all of it: it stopped at the limit")
    };
    let said = shell.lang.pick(
        format!("{states} 个抽象状态，{arrows} 个转移，由引擎判断 {judged} 次操作；{whole}"),
        format!("{states} abstract states, {arrows} arrows, {judged} commands judged by the engine; {whole}"),
    );
    writeln!(out, "  {said}")?;
    for (number, found) in (1u32..).zip(&explored.findings) {
        writeln!(out)?;
        finding_text(shell, policy, number, found, out)?;
    }
    writeln!(out)?;
    Ok(())
}

fn finding_text(shell: &Shell, policy: &Policy, number: u32, found: &Discovery, out: &mut dyn Write) -> Result<(), Stop> {
    let (lang, style) = (shell.lang, shell.style);
    let words = Words { lang, policy: Some(policy) };
    let (paint, severity) = match found.severity {
        Severity::Error => (Paint::Red, lang.pick("错误", "error")),
        Severity::Warning => (Paint::Yellow, lang.pick("提醒", "warning")),
        Severity::Advice => (Paint::Dim, lang.pick("说明", "note")),
    };
    let mut place: Vec<String> = Vec::new();
    place.extend(found.state.map(|state| words.state(state.word())));
    place.extend(found.tier.map(|tier| words.unit_kind(tier.word())));
    let place = if place.is_empty() { String::new() } else { format!(" [{}]", words.list(&place)) };
    let message = lang.pick(&found.message.zh, &found.message.en);
    writeln!(out, "{number:>3} {}{} {message}{place}", style.paint(paint, severity), lang.pick("：", ":"))?;
    if !found.rules.is_empty() {
        let rules: Vec<&str> = found.rules.iter().map(|rule| rule.word()).collect();
        writeln!(out, "      {} {}", style.paint(Paint::Dim, lang.pick("规则", "rules")), rules.join(" "))?;
    }
    if let Some(witness) = &found.witness {
        let steps: Vec<String> = witness.scenario.cases.iter().flat_map(|story| &story.steps).filter_map(step_words).collect();
        let sure = if witness.confirmed {
            lang.pick("经账本复核", "confirmed by a book")
        } else {
            lang.pick("账本未能复核", "not confirmed by a book")
        };
        let head = lang.pick(format!("例证（{sure}）"), format!("witness ({sure})"));
        writeln!(out, "      {} {}", style.paint(Paint::Dim, &head), steps.join(" → "))?;
    }
    Ok(())
}

/// A step of a witness in short: what, and in brackets by whom and when; what is refused is crossed.
fn step_words(step: &wuzhang::analyse::scenario::Step) -> Option<String> {
    let node = step.when.as_ref()?.node();
    let text = |name: &str| node.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let decision = node.pointer("/decisions/0/decision").and_then(|value| value.as_str());
    let way = decision.or_else(|| node.get("as").and_then(|value| value.as_str()));
    let way = way.or_else(|| node.get("satisfied").and_then(|value| value.as_str())).map(|way| format!(".{way}"));
    let refused = if step.then.as_ref().is_some_and(|then| then.refused_by.is_some()) { "✗" } else { "" };
    let day = text("at").get(..10).unwrap_or_default().to_owned();
    Some(format!("{refused}{}{} ({} {day})", text("do"), way.unwrap_or_default(), text("actor")))
}

fn delay_text(shell: &Shell, policy: &Policy, rows: &[Delay], out: &mut dyn Write) -> Result<(), Stop> {
    let lang = shell.lang;
    let words = Words { lang, policy: Some(policy) };
    heading(shell, "最长等待（人人都在期限之内）", "Longest waits (with every limit kept)", out)?;
    let mut table = Table::new([
        (lang.pick("起始年", "year"), Align::Left),
        (lang.pick("由谁议定", "decided by"), Align::Left),
        (lang.pick("等到", "until"), Align::Left),
        (lang.pick("会期读法", "meetings"), Align::Left),
        (lang.pick("天数", "days"), Align::Right),
        (lang.pick("经过", "on the way"), Align::Wrap),
    ]);
    for row in rows {
        let days = match (row.days, row.unbounded_by) {
            (Some(days), _) => days.to_string(),
            (None, Some(rule)) => lang.pick(format!("无上限：{rule}"), format!("no bound: {rule}")),
            (None, None) => String::new(),
        };
        let way: Vec<String> = row.witness.iter().map(|day| format!("{} {}", day.on, day.what)).collect();
        table.row([
            row.year.to_string().into(),
            words.unit_kind(row.tier.word()).into(),
            row.to.word().into(),
            row.reading.word().into(),
            days.into(),
            Cell::painted(way.join(", "), Paint::Dim),
        ]);
    }
    table.write(shell.style, out)?;
    writeln!(out)?;
    Ok(())
}

fn feasibility_text(shell: &Shell, found: &Feasibility, out: &mut dyn Write) -> Result<(), Stop> {
    let lang = shell.lang;
    heading(shell, "走访定额能否做到", "Whether the quotas can be kept", out)?;
    let (year, a_day) = (found.year, found.visits_a_day);
    let all = if found.feasible { lang.pick("都能做到", "all of them can") } else { lang.pick("不能全部做到", "not all of them can") };
    let said = lang.pick(format!("{year} 年，每人每天 {a_day} 次：{all}"), format!("{year}, {a_day} visits a day each: {all}"));
    writeln!(out, "  {said}")?;
    for rule in &found.rules {
        let said = lang.pick(
            format!("{}：应履行 {} 期，其中 {} 期做不到，涉及 {} 个主体", rule.rule, rule.owed, rule.impossible, rule.subjects),
            format!("{}: {} quotas owed, {} of them impossible, for {} subjects", rule.rule, rule.owed, rule.impossible, rule.subjects),
        );
        writeln!(out, "  {said}")?;
    }
    for core in &found.cores {
        let rules: Vec<&str> = core.rules.iter().map(|rule| rule.word()).collect();
        let who = core.subject.as_ref().map_or_else(|| lang.pick("任何人", "anybody").to_owned(), ToString::to_string);
        let because: Vec<&str> = core.because.iter().map(|because| because.word()).collect();
        let targets = core.targets.len();
        let said = lang.pick(
            format!("不能并存：{}；{who}；{}；{targets} 个对象，需 {} 次，至多 {} 次；条件 {}", rules.join(" + "), core.period, core.required, core.possible, because.join("、")),
            format!("cannot hold together: {}; {who}; {}; {targets} targets, {} visits asked for, {} possible; because of {}", rules.join(" + "), core.period, core.required, core.possible, because.join(", ")),
        );
        writeln!(out, "    {said}")?;
    }
    writeln!(out)?;
    Ok(())
}

fn ambiguities_text(shell: &Shell, found: &[Ambiguity], out: &mut dyn Write) -> Result<(), Stop> {
    let lang = shell.lang;
    heading(shell, "可有几种读法的条文", "Clauses that can be read in more than one way", out)?;
    for ambiguity in found {
        let message = lang.pick(&ambiguity.message.zh, &ambiguity.message.en);
        writeln!(out, "  {} ({}) {message}", ambiguity.rule, ambiguity.article.as_str())?;
        for reading in &ambiguity.readings {
            let mut said: Vec<String> = Vec::new();
            let mut put = |zh: &str, en: &str, number: Option<u64>| {
                said.extend(number.map(|number| format!("{} {number}", lang.pick(zh, en))));
            };
            put("应履行", "owed", reading.owed);
            put("次数", "visits", reading.visits);
            put("已履行", "met", reading.met);
            put("未履行", "missed", reading.missed);
            put("免除", "excused", reading.excused);
            put("最长等待（天）", "longest wait in days", reading.longest.map(u64::from));
            put("符合的单位", "units that fit", reading.units);
            let chosen = if reading.chosen { lang.pick("（本规则所取）", " (this policy's)") } else { "" };
            writeln!(out, "    {}{chosen} {}", reading.reading.as_str(), shell.style.paint(Paint::Dim, &said.join(", ")))?;
        }
        if let Some(differing) = ambiguity.differing {
            writeln!(out, "    {}", lang.pick(format!("因读法而异：{differing}"), format!("stand otherwise: {differing}")))?;
        }
    }
    writeln!(out)?;
    Ok(())
}
