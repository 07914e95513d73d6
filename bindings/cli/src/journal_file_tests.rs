//! A journal cut at every byte, and a disk that fails at every byte.

use super::*;
use wuzhang::Status;

const VISIT: &str = r#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00"}"#;

fn commands() -> Vec<String> {
    let lines = r#"{"id":"c2","at":"2014-03-03T09:10:00+08:00","actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"路","text":"巷道积水"}
{"id":"c3","at":"2014-03-04T09:10:00+08:00","actor":"k1","do":"register_card","case":"a1","card":{"name":"张大山","address":"3组","household_size":3,"income":12000,"appeal":"a","cause":"b"}}
{"id":"c4","at":"2014-03-07T15:00:00+08:00","actor":"k2","do":"consolidate","unit":"510129101201","period":"2014-W10"}
{"id":"c5","at":"2014-03-20T15:00:00+08:00","actor":"k2","do":"hold_meeting","meeting":"m1","unit":"510129101201","held_on":"2014-03-20","chair":"k1","notified":["s1","d1","d2","d3","k1","k2"],"attended":["k1","k2"],"decisions":[{"case":"a1","decision":"plan","measures":"m","target":"t","responsible":"k1","due":"2014-03-27"}]}
{"id":"c6","at":"2014-03-21T15:00:00+08:00","actor":"k1","do":"log_progress","case":"a1","text":"开工"}"#;
    std::iter::once(VISIT).chain(lines.lines()).map(str::to_owned).collect()
}

fn policy() -> Policy {
    Policy::preset("dayi-2014").unwrap()
}

fn roster() -> Roster {
    Roster::read(wuzhang::doc::ROSTER.as_bytes()).unwrap()
}

fn apply(book: &mut Book, line: &str) {
    let outcome = book.apply(&wuzhang::Command::read(line.as_bytes()).unwrap());
    assert_eq!(outcome.status, Status::Accepted, "{}", outcome.findings);
}

/// The journal, and how long it is after each command.
fn journal() -> (String, Vec<usize>) {
    let mut book = Book::new(policy(), roster());
    let mut ends = vec![0];
    for line in commands() {
        apply(&mut book, &line);
        ends.push(book.journal().len());
    }
    (book.journal(), ends)
}

fn directory(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("wuzhang-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn a_journal_cut_at_any_byte_keeps_every_whole_command() {
    let (journal, ends) = journal();
    let (policy, roster) = (policy(), roster());
    for cut in 0..=journal.len() {
        let bytes = &journal.as_bytes()[..cut];
        let (book, dropped) = open_bytes(policy.clone(), roster.clone(), bytes).unwrap();
        let good = *ends.iter().filter(|end| **end <= cut).max().unwrap();
        assert_eq!(cut - dropped, good, "cut at {cut}");
        assert_eq!(book.journal(), journal[..good], "cut at {cut}");
    }
}

#[test]
fn a_reopened_journal_grows_into_the_same_bytes() {
    let directory = directory("reopen");
    let path = directory.join("journal.jsonl");
    let (journal, ends) = journal();
    // Some cuts on real files: whole, in the first command, inside the meeting, before a line break.
    for cut in [0, 10, ends[1] - 1, ends[4] + 5, ends[5] - 1, ends[5], journal.len()] {
        fs::write(&path, &journal.as_bytes()[..cut]).unwrap();
        let Reopened { mut file, mut book, dropped, .. } = JournalFile::open(&path, policy(), roster(), true).unwrap();
        assert_eq!(fs::read(&path).unwrap().len(), cut - dropped);
        for line in commands() {
            let (before, events) = (book.len(), book.events());
            apply(&mut book, &line);
            if book.len() > before {
                let mut block = String::new();
                book.write_journal(events + 1, &mut block);
                file.append(block.as_bytes()).unwrap();
            }
        }
        file.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), journal, "cut at {cut}");
    }
    fs::remove_dir_all(directory).unwrap();
}

#[test]
fn one_writer_at_a_time() {
    let directory = directory("lock");
    let path = directory.join("journal.jsonl");
    let first = JournalFile::open(&path, policy(), roster(), false).unwrap();
    assert!(matches!(JournalFile::open(&path, policy(), roster(), false), Err(Trouble::Locked(..))));
    drop(first);
    // What a crash left behind stands in nobody's way.
    if Path::new("/proc/self/stat").exists() {
        fs::write(directory.join("journal.jsonl.lock"), format!("4194305@{}", host())).unwrap();
        assert!(JournalFile::open(&path, policy(), roster(), false).is_ok());
        // Of another machine's processes nothing is known.
        fs::write(directory.join("journal.jsonl.lock"), "4194305@elsewhere").unwrap();
        assert!(matches!(JournalFile::open(&path, policy(), roster(), false), Err(Trouble::Locked(..))));
    }
    assert!(matches!(JournalFile::open(&directory, policy(), roster(), false), Err(Trouble::NoFile)));
    fs::remove_dir_all(directory).unwrap();
}

#[test]
fn another_books_journal_is_left_alone() {
    let directory = directory("other");
    let path = directory.join("journal.jsonl");
    let (journal, _) = journal();
    fs::write(&path, &journal).unwrap();
    let other = Policy::preset("petition-2022").unwrap();
    assert!(matches!(JournalFile::open(&path, other, roster(), false), Err(Trouble::Other(_))));
    fs::write(&path, "no journal\n").unwrap();
    assert!(matches!(JournalFile::open(&path, policy(), roster(), false), Err(Trouble::Other(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), "no journal\n");
    fs::remove_dir_all(directory).unwrap();
}

/// A disk with so much room.
struct Disk {
    bytes: Vec<u8>,
    room: usize,
}

impl Store for Disk {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let fits = self.room.saturating_sub(self.bytes.len()).min(bytes.len());
        self.bytes.extend_from_slice(&bytes[..fits]);
        if fits < bytes.len() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.bytes.truncate(length as usize);
        Ok(())
    }
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    for room in 0..24 {
        let disk = Disk { bytes: Vec::new(), room };
        let mut tail = Tail { store: disk, good: 0, synced: Instant::now(), each: false };
        let written = [b"first one\n".as_slice(), b"second\n"].iter().take_while(|block| tail.append(block).is_ok()).count();
        let whole = [0, 10, 17][written];
        assert_eq!(tail.store.bytes, b"first one\nsecond\n"[..whole], "room for {room}");
    }
}
