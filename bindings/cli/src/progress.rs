//! A sign of life for long work: on a terminal, one line, at most once a second.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::lang::Lang;

/// How far long work has come.
pub struct Progress {
    lang: Lang,
    terminal: bool,
    shown: Option<Instant>,
    began: Instant,
    count: u64,
}

const PAUSE: Duration = Duration::from_secs(1);

impl Progress {
    /// Begins.
    pub fn new(lang: Lang) -> Progress {
        let terminal = io::stderr().is_terminal();
        Progress { lang, terminal, shown: None, began: Instant::now(), count: 0 }
    }

    /// Another command was taken.
    pub fn step(&mut self) {
        self.count = self.count.saturating_add(1);
        // The clock is only looked at now and then.
        if self.terminal && self.count.is_multiple_of(256) {
            let text = self.lang.pick(format!("已执行 {} 条操作……", self.count), format!("{} commands …", self.count));
            self.show(&text);
        }
    }

    /// What is being done, in words.
    pub fn say(&mut self, text: &str) {
        self.show(text);
    }

    fn show(&mut self, text: &str) {
        if !self.terminal || self.shown.unwrap_or(self.began).elapsed() < PAUSE {
            return;
        }
        self.shown = Some(Instant::now());
        let _ = write!(io::stderr(), "\r\u{1b}[K{text}");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
