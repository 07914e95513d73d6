//! A journal in a file, written so that a crash at any byte loses at most the command that was
//! being written: the events of a command go out in one write, a failed write is taken back, and
//! opening drops what was torn from the end.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use wuzhang::{Book, Finding, Policy, Roster};

/// How long written events may wait for the disk.
const PATIENCE: Duration = Duration::from_secs(1);

/// Why a journal file cannot be opened or written.
#[derive(Debug)]
pub enum Trouble {
    /// The file or the disk.
    Io(io::Error),
    /// What it holds is not the journal of this book.
    Other(Box<Finding>),
    /// Somebody else is writing it: the lock's path, and who.
    Locked(PathBuf, String),
    /// It is no ordinary file.
    NoFile,
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Trouble::Io(error)
    }
}

/// What a journal is written to.
pub trait Store {
    /// Writes all of it at the end, or fails.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Cuts it to this length.
    fn cut(&mut self, length: u64) -> io::Result<()>;
    /// Waits until it is on the disk.
    fn sync(&mut self) -> io::Result<()>;
}

impl Store for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        self.seek(SeekFrom::Start(length)).map(|_| ())
    }
    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

/// The end of a journal, of which all before `good` is whole.
pub struct Tail<S> {
    store: S,
    good: u64,
    synced: Instant,
    each: bool,
}

impl<S: Store> Tail<S> {
    /// Writes the events of one command, all or none of them.
    pub fn append(&mut self, block: &[u8]) -> io::Result<()> {
        let written = self.store.append(block).and_then(|()| {
            if self.each || self.synced.elapsed() >= PATIENCE {
                self.synced = Instant::now();
                return self.store.sync();
            }
            Ok(())
        });
        match written {
            Ok(()) => {
                self.good = self.good.saturating_add(block.len() as u64);
                Ok(())
            }
            Err(error) => {
                // The disk may be full, but cutting needs no room.
                self.store.cut(self.good)?;
                let _ = self.store.sync();
                Err(error)
            }
        }
    }

    /// Waits until everything is on the disk.
    pub fn finish(&mut self) -> io::Result<()> {
        self.store.sync()
    }
}

/// A journal that is open for writing.
pub struct JournalFile {
    tail: Tail<File>,
    _lock: Lock,
}

/// What opening a journal file gave.
pub struct Reopened {
    /// The file, to be written on.
    pub file: JournalFile,
    /// The book that it holds so far.
    pub book: Book,
    /// What was in the file before anything was dropped.
    pub before: Vec<u8>,
    /// How many bytes at its end were not whole and have been cut off.
    pub dropped: usize,
}

impl JournalFile {
    /// Opens the journal of a book, new or begun; `each` waits for the disk after every command.
    pub fn open(path: &Path, policy: Policy, roster: Roster, each: bool) -> Result<Reopened, Trouble> {
        if fs::metadata(path).is_ok_and(|data| !data.is_file()) {
            return Err(Trouble::NoFile);
        }
        let lock = Lock::take(path)?;
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut before = Vec::new();
        file.read_to_end(&mut before)?;
        let opened = open_bytes(policy, roster, &before)?;
        let good = before.len().saturating_sub(opened.1) as u64;
        file.cut(good)?;
        file.sync_all()?;
        sync_directory(path);
        let tail = Tail { store: file, good, synced: Instant::now(), each };
        Ok(Reopened { file: JournalFile { tail, _lock: lock }, book: opened.0, before, dropped: opened.1 })
    }

    /// Writes the events of one command, all or none of them.
    pub fn append(&mut self, block: &[u8]) -> io::Result<()> {
        self.tail.append(block)
    }

    /// Waits until everything is on the disk.
    pub fn finish(mut self) -> io::Result<()> {
        self.tail.finish()
    }
}

/// The book in some bytes, and how many of them at the end do not count.
fn open_bytes(policy: Policy, roster: Roster, bytes: &[u8]) -> Result<(Book, usize), Trouble> {
    let opened = Book::open(policy, roster, bytes).map_err(|finding| Trouble::Other(Box::new(finding)))?;
    // The opening event alone is what a crash left of the first command: it bears that command's
    // moment, so the next first command writes it anew.
    let dropped = if opened.book.is_empty() { bytes.len() } else { opened.dropped };
    Ok((opened.book, dropped))
}

/// A new file is only there after a crash when its directory was written too. Where directories
/// cannot be opened, the system sees to it.
fn sync_directory(path: &Path) {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(directory) = File::open(parent) {
        let _ = directory.sync_all();
    }
}

/// A file beside the journal that says who writes it: two writers would break the chain.
struct Lock {
    path: PathBuf,
}

impl Lock {
    fn take(journal: &Path) -> Result<Lock, Trouble> {
        let mut name = journal.file_name().unwrap_or_default().to_os_string();
        name.push(".lock");
        let path = journal.with_file_name(name);
        loop {
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(mut file) => {
                    write!(file, "{}", ourselves())?;
                    return Ok(Lock { path });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    let owner = fs::read_to_string(&path).unwrap_or_default();
                    if !has_gone(&owner) {
                        return Err(Trouble::Locked(path, owner));
                    }
                    // Left behind by a crash, which is what reopening is for.
                    fs::remove_file(&path)?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Who we are: our number, and the machine on which it means something.
fn ourselves() -> String {
    format!("{}@{}", std::process::id(), host())
}

fn host() -> String {
    fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim().to_owned()
}

/// Whether a process is certainly no more: only on our own machine, and where the system tells.
fn has_gone(owner: &str) -> bool {
    let Some((number, host)) = owner.trim().split_once('@') else { return false };
    if number.parse::<u32>().is_err() || host != self::host() || !Path::new("/proc/self/stat").exists() {
        return false;
    }
    match fs::read_to_string(format!("/proc/{number}/stat")) {
        // Dead, and not yet fetched by whoever started it.
        Ok(stat) => stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('Z')),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
#[path = "journal_file_tests.rs"]
mod tests;
