//! `demo`: a county lives a year, and everything it left is written down.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Instant as Clock;

use serde_json::json;
use wuzhang::calendar::{Date, Instant};
use wuzhang::json::JsonBook;
use wuzhang::roster::PostSet;
use wuzhang::vocab::{Category, Post, UnitKind};
use wuzhang::{Book, Policy};

use super::{ledger, publication};
use crate::args::Demo;
use crate::csv;
use crate::demo::{live, Lived, Options};
use crate::facade::{ask_book, read, Request};
use crate::glance::{Examples, Year};
use crate::progress::Progress;
use crate::shell::Shell;
use crate::stop::{Run, Stop, WELL};
use crate::text::Paint;
use crate::words::{rows, text, Words};

/// What says that a directory was written by this call, and may be written again.
const MARKER: &str = "wuzhang-demo.json";

/// Runs the call.
pub fn run(shell: &Shell, args: &Demo) -> Run {
    let started = Clock::now();
    let defaults = Options::default();
    let options = Options {
        seed: args.seed.unwrap_or(defaults.seed),
        year: args.year.unwrap_or(defaults.year),
        households: args.households.unwrap_or(defaults.households),
    };
    let directory = Path::new(&args.out);
    prepare(shell, directory)?;
    let mut progress = Progress::new(shell.lang);
    let lived = live(&options, &mut |day, percent| {
        progress.say(&shell.lang.pick(format!("{day}（{percent}%）"), format!("{day} ({percent} %)")));
    })
    .map_err(Stop::Use)?;
    drop(progress);
    let Lived { policy, roster_rows, book, commands, outcomes, notes } = lived;

    let (Some(first), Some(last)) = (Date::from_ymd(options.year, 1, 1), Date::from_ymd(options.year, 12, 31)) else {
        return shell.misuse(format!("--year {}：没有这一年", options.year), format!("--year {}: no such year", options.year));
    };
    // A book may end after the year's last midnight, and then all of it is to be seen.
    let end = Instant::end_of_day(last, policy.offset);
    let as_of = book.last_at().filter(|at| at.after(end)).unwrap_or(end);
    let office = office_of(&book, last).unwrap_or_else(|| "public".to_owned());
    let book = JsonBook::of(book);
    let wrong = |error: io::Error| {
        let name = directory.display();
        Stop::Input(shell.lang.pick(format!("{name}：写入失败：{error}"), format!("{name}: cannot be written: {error}")))
    };
    let write = Writer { shell, directory, policy: &policy, book: &book, office: &office, last };
    write.documents(&roster_rows.document(), &commands, &options).map_err(wrong)?;
    write.ledgers().map_err(wrong)?;
    write.boards().map_err(wrong)?;

    let mut out = shell.out();
    let status = book.book();
    let county = Path::new(&args.out).display().to_string();
    let head = shell.lang.pick(
        format!("大邑县，{} 年", options.year),
        format!("Dayi County (大邑县), {}", options.year),
    );
    writeln!(out, "{}", shell.style.paint(Paint::Bold, &head))?;
    writeln!(out, "{}", shell.lang.pick(
        "区划是今天的（11 个乡镇街道），日子过的是那一年；人、户、电话和事情都是编的。",
        "The divisions are today's (11 towns and streets) while it lives that year; people, households, telephones and events are invented.",
    ))?;
    for note in &notes {
        // Each is said in both languages, one after the other.
        if note.is_ascii() == (shell.lang == crate::lang::Lang::En) {
            writeln!(out, "{note}")?;
        }
    }
    let (accepted, rejected, resent) = (outcomes.accepted, outcomes.rejected, outcomes.resent);
    let (events, visits, cases) = (status.events(), status.visits(), status.cases().len());
    writeln!(out, "{}", shell.lang.pick(
        format!("接受操作 {accepted}，退回 {rejected}，重发 {resent}；日志事件 {events}，走访 {visits}，诉求事项 {cases}"),
        format!("{accepted} commands accepted, {rejected} rejected, {resent} resent; {events} events, {visits} visits, {cases} cases"),
    ))?;
    let year = Year {
        book: &book,
        first,
        last,
        as_of,
        office: &office,
        rejected: &outcomes.rejected_by,
        warned: &outcomes.warned_by,
    };
    year.write(shell, &mut out)?;
    writeln!(out, "\n{} {}", shell.lang.pick("日志末端哈希", "head of the journal"), status.head())?;
    let seconds = started.elapsed().as_millis();
    let (whole, tenths) = (seconds / 1000, seconds % 1000 / 100);
    writeln!(out, "{}", shell.lang.pick(
        format!("用时 {whole}.{tenths} 秒；全部写在 {county}"),
        format!("{whole}.{tenths} seconds; everything is in {county}"),
    ))?;
    if let Some(examples) = Examples::of(status, last) {
        examples.write(shell, status, &county, options.year, &office, &mut out)?;
    }
    out.flush()?;
    Ok(WELL)
}

/// Makes the directory ready: new, empty, or left by an earlier run, whose files give way.
fn prepare(shell: &Shell, directory: &Path) -> Result<(), Stop> {
    let name = directory.display();
    let wrong = |error: io::Error| {
        Stop::Input(shell.lang.pick(format!("{name}：无法写入：{error}"), format!("{name}: cannot be written: {error}")))
    };
    let is_empty = match fs::read_dir(directory) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(wrong(error)),
    };
    if !is_empty && !directory.join(MARKER).is_file() {
        return shell.misuse(
            format!("--out {name}：目录里有别的东西，不敢覆盖。请换一个空目录"),
            format!("--out {name}: the directory holds other things and is left alone. Name an empty one"),
        );
    }
    for part in ["ledgers", "publication", "scenarios"] {
        let part = directory.join(part);
        if part.is_dir() {
            fs::remove_dir_all(&part).map_err(wrong)?;
        }
        fs::create_dir_all(&part).map_err(wrong)?;
    }
    // First of all, so that a run that is broken off can be run again.
    fs::write(directory.join(MARKER), "{}\n").map_err(wrong)
}

/// Somebody of the visits office, who may read every ledger.
fn office_of(book: &Book, day: Date) -> Option<String> {
    let roster = book.roster();
    let county = roster.county(day)?;
    let office = roster.holders(county, PostSet::of(Post::VisitsOffice), day);
    office.first().map(|person| roster.person_id(*person).to_string())
}

struct Writer<'a> {
    shell: &'a Shell,
    directory: &'a Path,
    policy: &'a Policy,
    book: &'a JsonBook,
    office: &'a str,
    last: Date,
}

impl Writer<'_> {
    fn words(&self) -> Words<'_> {
        Words { lang: self.shell.lang, policy: Some(self.policy) }
    }

    fn documents(&self, roster: &str, commands: &str, options: &Options) -> io::Result<()> {
        let policy = Policy::preset_document(self.policy.id.as_str()).unwrap_or(self.policy.document());
        fs::write(self.directory.join("policy.json"), policy)?;
        fs::write(self.directory.join("roster.json"), format!("{roster}\n"))?;
        fs::write(self.directory.join("commands.jsonl"), commands)?;
        fs::write(self.directory.join("journal.jsonl"), self.book.book().journal())?;
        let scenarios = self.directory.join("scenarios");
        fs::write(scenarios.join("first.json"), include_str!("../demo/scenario.json"))?;
        fs::write(scenarios.join("roster.json"), format!("{}\n", wuzhang::doc::ROSTER))?;
        let marker = json!({"seed": options.seed, "year": options.year, "households": options.households});
        fs::write(self.directory.join(MARKER), format!("{marker}\n"))
    }

    /// The units whose ledgers have one form.
    fn units_of(&self, tier: &str) -> Vec<String> {
        let kinds: &[UnitKind] = match tier {
            "detail" => &[UnitKind::Village],
            "comprehensive" => &[UnitKind::Town],
            _ => &[UnitKind::Department, UnitKind::County],
        };
        let roster = self.book.book().roster();
        let is_kind = |unit: &wuzhang::roster::UnitIx| {
            roster.unit_on(*unit, self.last).is_some_and(|row| kinds.contains(&row.kind))
        };
        roster.units().filter(is_kind).map(|unit| roster.unit_id(unit).to_string()).collect()
    }

    /// Three ledgers in three forms: nine sheets.
    fn ledgers(&self) -> io::Result<()> {
        for tier in ["detail", "comprehensive", "key"] {
            let views: Vec<_> = self
                .units_of(tier)
                .iter()
                .filter_map(|unit| {
                    let request = Request::new("ledger").with("unit", unit).with("viewer", self.office).done();
                    ask_book(self.book, &request).ok().map(|answer| read(&answer))
                })
                .collect();
            for category in Category::ALL {
                let name = format!("{tier}-{}.csv", category.word());
                let mut out = BufWriter::new(fs::File::create(self.directory.join("ledgers").join(name))?);
                csv::begin(&mut out, &ledger::sheet_heads(self.words()))?;
                for view in &views {
                    ledger::write_sheet(view, category.word(), self.words(), &mut out)?;
                }
                out.flush()?;
            }
        }
        Ok(())
    }

    /// For each village that ever posted anything, the board of the last month in which it did.
    fn boards(&self) -> io::Result<()> {
        for village in self.units_of("detail") {
            let postings = self.book.book().postings().iter().rev();
            let Some(posting) = postings.clone().find(|posting| posting.unit.as_str() == village && !posting.cases.is_empty())
            else {
                continue;
            };
            let from = posting.from.to_string();
            let month = from.get(..7).unwrap_or_default();
            let request = Request::new("publication").with("unit", &village).with("period", month).done();
            let Ok(answer) = ask_book(self.book, &request) else { continue };
            let view = read(&answer);
            if rows(&view, "postings").is_empty() || text(&view, "unit").is_empty() {
                continue;
            }
            let path = self.directory.join("publication").join(format!("{village}-{month}.md"));
            let mut out = BufWriter::new(fs::File::create(path)?);
            publication::write_page(&view, self.words(), &mut out)?;
            out.flush()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn only_its_own_directory_is_written_again() {
        let directory = std::env::temp_dir().join(format!("wuzhang-demo-{}", std::process::id()));
        let _ = fs::remove_dir_all(&directory);
        let shell = Shell::new(Lang::En);
        assert!(prepare(&shell, &directory).is_ok(), "new");
        fs::write(directory.join("ledgers").join("old.csv"), "old").unwrap();
        assert!(prepare(&shell, &directory).is_ok(), "its own");
        assert!(!directory.join("ledgers").join("old.csv").exists());
        fs::remove_file(directory.join(MARKER)).unwrap();
        assert!(matches!(prepare(&shell, &directory), Err(Stop::Use(_))), "somebody else's");
        fs::remove_dir_all(directory).unwrap();
    }
}
