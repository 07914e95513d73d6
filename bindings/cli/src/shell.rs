//! What every call needs to speak: a language, two outputs and their styles.

use std::io::{self, BufWriter, StdoutLock, Write};

use wuzhang::calendar::{Date, Instant};
use wuzhang::{Finding, Policy};

use crate::findings::Placed;
use crate::lang::Lang;
use crate::stop::{Stop, INPUT, USE};
use crate::text::{clean, Paint, Style};

/// The surroundings of a call.
#[derive(Clone, Copy, Debug)]
pub struct Shell {
    /// The language.
    pub lang: Lang,
    /// How standard output is written.
    pub style: Style,
    /// How standard error is written.
    pub errors: Style,
}

impl Shell {
    /// The surroundings as they are.
    pub fn new(lang: Lang) -> Shell {
        Shell { lang, style: Style::of_output(), errors: Style::of_errors() }
    }

    /// Standard output, buffered: a county's rows are many small writes.
    pub fn out(&self) -> BufWriter<StdoutLock<'static>> {
        BufWriter::with_capacity(1 << 16, io::stdout().lock())
    }

    /// Says something beside the answer, on standard error.
    pub fn note(&self, words: &str) {
        let head = self.errors.paint(Paint::Dim, self.lang.pick("注意", "note"));
        let _ = writeln!(io::stderr(), "{head}{}{}", self.lang.pick("：", ": "), clean(words));
    }

    /// Says why a call stopped.
    pub fn complain(&self, words: &str) {
        let head = self.errors.paint(Paint::Red, self.lang.pick("错误", "error"));
        let _ = writeln!(io::stderr(), "{head}{}{}", self.lang.pick("：", ": "), clean(words));
    }

    /// Says what is wrong, on standard error.
    pub fn show(&self, found: &[Placed]) {
        let mut out = io::stderr().lock();
        for placed in found {
            let _ = placed.write_text(self.lang, self.errors, &mut out);
        }
    }

    /// A document that cannot be used: everything that is wrong with it, and exit 3.
    pub fn refuse_document(&self, file: &str, text: &[u8], findings: &[Finding]) -> Stop {
        let found: Vec<Placed> =
            Placed::all_in_text(file, text, findings);
        self.show(&found);
        Stop::Said(INPUT)
    }

    /// A question that the library cannot answer as it was put: what is wrong with it, and exit 2.
    pub fn refuse_question(&self, found: Vec<Placed>) -> Stop {
        self.show(&found);
        Stop::Said(USE)
    }

    /// Wrong use.
    pub fn misuse<T>(&self, zh: String, en: String) -> Result<T, Stop> {
        Err(Stop::Use(self.lang.pick(zh, en)))
    }

    /// A day that somebody typed.
    pub fn date(&self, flag: &str, text: &str) -> Result<Date, Stop> {
        match Date::parse(text) {
            Some(date) => Ok(date),
            None => self.misuse(
                format!("{flag} {text}：不是日期，请写成 2014-03-03 的形式"),
                format!("{flag} {text}: not a date such as 2014-03-03"),
            ),
        }
    }

    /// A moment that somebody typed; a date means its end.
    pub fn moment(&self, flag: &str, text: &str, policy: &Policy) -> Result<Instant, Stop> {
        let day = || Date::parse(text).map(|day| Instant::end_of_day(day, policy.offset));
        match Instant::parse(text).or_else(day) {
            Some(moment) => Ok(moment),
            None => self.misuse(
                format!("{flag} {text}：不是时刻或日期，请写成 2014-03-03 或 2014-03-03T17:00:00+08:00 的形式"),
                format!("{flag} {text}: neither a date such as 2014-03-03 nor an instant such as 2014-03-03T17:00:00+08:00"),
            ),
        }
    }
}
