//! Reading files: documents whole, lines one by one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use wuzhang::limits::DOCUMENT_COMMAND;

use crate::lang::Lang;
use crate::stop::Stop;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The name under which an input is spoken of.
pub fn name_of(path: &str, lang: Lang) -> String {
    if path == "-" {
        lang.pick("<标准输入>", "<stdin>").to_owned()
    } else {
        path.to_owned()
    }
}

/// Why a file could not be opened or read, in words.
pub fn cannot_read(path: &str, error: &io::Error, lang: Lang) -> Stop {
    let name = name_of(path, lang);
    let why = match (error.kind(), lang) {
        (io::ErrorKind::NotFound, Lang::Zh) => "没有这个文件".to_owned(),
        (io::ErrorKind::NotFound, Lang::En) => "there is no such file".to_owned(),
        (io::ErrorKind::PermissionDenied, Lang::Zh) => "没有读取权限".to_owned(),
        (io::ErrorKind::PermissionDenied, Lang::En) => "it may not be read".to_owned(),
        (io::ErrorKind::IsADirectory, Lang::Zh) => "这是一个目录".to_owned(),
        (io::ErrorKind::IsADirectory, Lang::En) => "it is a directory".to_owned(),
        _ => error.to_string(),
    };
    Stop::Input(lang.pick(format!("{name}：无法读取：{why}"), format!("{name}: cannot be read: {why}")))
}

/// A file or, for `-`, standard input.
pub fn open(path: &str, lang: Lang) -> Result<Box<dyn BufRead>, Stop> {
    if path == "-" {
        return Ok(Box::new(BufReader::with_capacity(1 << 18, io::stdin())));
    }
    let file = File::open(path).map_err(|error| cannot_read(path, &error, lang))?;
    Ok(Box::new(BufReader::with_capacity(1 << 18, file)))
}

/// A whole document, without a byte order mark. One byte over the limit is read, so that the
/// library sees that it is too long; no more, so that it cannot fill the memory.
pub fn document(path: &str, limit: usize, lang: Lang) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let most = (limit as u64).saturating_add(BOM.len() as u64).saturating_add(1);
    open(path, lang)?.take(most).read_to_end(&mut bytes).map_err(|error| cannot_read(path, &error, lang))?;
    if bytes.starts_with(BOM) {
        bytes.drain(..BOM.len());
    }
    Ok(bytes)
}

/// Lines, one at a time and counted.
pub struct Lines {
    path: String,
    lang: Lang,
    reader: Box<dyn BufRead>,
    buffer: Vec<u8>,
    number: u64,
    /// A line that was looked at and not yet taken.
    waiting: bool,
}

impl Lines {
    /// The lines of a file or of standard input.
    pub fn open(path: &str, lang: Lang) -> Result<Lines, Stop> {
        Ok(Lines {
            path: path.to_owned(),
            lang,
            reader: open(path, lang)?,
            buffer: Vec::new(),
            number: 0,
            waiting: false,
        })
    }

    /// The name under which the input is spoken of.
    pub fn name(&self) -> String {
        name_of(&self.path, self.lang)
    }

    /// The next line that is not blank, with its number; its line break is still there, since a
    /// journal without its last one was torn.
    pub fn next(&mut self) -> Result<Option<(u64, &[u8])>, Stop> {
        if std::mem::take(&mut self.waiting) {
            return Ok(Some((self.number, &self.buffer)));
        }
        loop {
            self.buffer.clear();
            let most = (DOCUMENT_COMMAND as u64).saturating_add(2);
            let read = (&mut self.reader)
                .take(most)
                .read_until(b'\n', &mut self.buffer)
                .map_err(|error| cannot_read(&self.path, &error, self.lang))?;
            if read == 0 {
                return Ok(None);
            }
            self.number = self.number.saturating_add(1);
            if read as u64 == most && self.buffer.last() != Some(&b'\n') {
                let place = format!("{}:{}", self.name(), self.number);
                return Err(Stop::Input(self.lang.pick(
                    format!("{place}：这一行超过 512 MiB，不能读取"),
                    format!("{place}: the line is over 512 MiB and cannot be read"),
                )));
            }
            if self.number == 1 && self.buffer.starts_with(BOM) {
                self.buffer.drain(..BOM.len());
            }
            if !self.buffer.iter().all(u8::is_ascii_whitespace) {
                return Ok(Some((self.number, &self.buffer)));
            }
        }
    }

    /// The next line, which [`Lines::next`] will answer once more.
    pub fn peek(&mut self) -> Result<Option<&[u8]>, Stop> {
        let some = self.next()?.is_some();
        self.waiting = some;
        Ok(some.then_some(&self.buffer))
    }

    /// Everything from the line that was looked at on.
    pub fn rest(mut self) -> Result<Vec<u8>, Stop> {
        let mut bytes = if self.waiting { std::mem::take(&mut self.buffer) } else { Vec::new() };
        self.reader.read_to_end(&mut bytes).map_err(|error| cannot_read(&self.path, &error, self.lang))?;
        Ok(bytes)
    }
}

/// Whether a line is an event of a journal and not a command.
pub fn is_event(line: &[u8]) -> bool {
    wuzhang::shape::parse(line, DOCUMENT_COMMAND)
        .is_ok_and(|node| node.get("event").is_some() && node.get("seq").is_some())
}
