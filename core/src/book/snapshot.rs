//! Snapshots: a book in one block of bytes, restored without judging anything again.

use crate::chain::sm3;
use crate::codes::Code;
use crate::finding::Finding;
use crate::policy::Policy;
use crate::roster::{Roster, RosterRows};
use crate::shape::{canonical, get_bytes, get_varint, put_bytes, put_varint, take, Reader, Shape};

use super::{Book, Chaining};

/// What a snapshot begins with; the digit is the version of its format.
const MAGIC: &[u8] = b"wuzhang snapshot 1\n";

impl Book {
    /// The book as one block of bytes, its SM3 at the end. Two books that took the same commands
    /// give the same bytes.
    pub fn snapshot(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.push(u8::from(self.chaining == Chaining::On));
        put_bytes(self.opening.policy.document().as_bytes(), &mut out);
        put_bytes(canonical(&self.opening.roster.rows()).as_bytes(), &mut out);
        out.extend_from_slice(&self.opening.roster_hash);
        let records = &self.tables.records;
        put_varint(records.hashes.len() as u64, &mut out);
        for hash in records.hashes.iter() {
            out.extend_from_slice(hash);
        }
        put_varint(records.len() as u64, &mut out);
        for chunk in records.chunks() {
            out.extend_from_slice(chunk);
        }
        let sum = sm3(&out);
        out.extend_from_slice(&sum);
        out
    }

    /// The book that a snapshot holds.
    ///
    /// # Errors
    /// `snapshot.invalid` when the bytes are no snapshot of this format, or damaged.
    pub fn restore(snapshot: &[u8]) -> Result<Book, Finding> {
        let refuse = |reason: &'static str| Finding::plain(Code::SnapshotInvalid, "").with("reason", reason);
        let split = snapshot.len().checked_sub(32).ok_or_else(|| refuse("too_short"))?;
        let (body, sum) = snapshot.split_at_checked(split).ok_or_else(|| refuse("too_short"))?;
        let mut input = body.strip_prefix(MAGIC).ok_or_else(|| refuse("other_format"))?;
        if sm3(body).as_slice() != sum {
            return Err(refuse("damaged"));
        }
        Self::read_body(&mut input).ok_or_else(|| refuse("damaged"))
    }

    fn read_body(input: &mut &[u8]) -> Option<Book> {
        let chaining = if bool::unpack(input)? { Chaining::On } else { Chaining::Off };
        let policy = Policy::read(get_bytes(input)?).ok()?;
        let rows = get_bytes(input)?;
        let node = crate::shape::parse(rows, rows.len()).ok()?;
        let rows = RosterRows::read(&node, &mut Reader::new())?;
        let hash = take(input, 32)?.try_into().ok()?;
        let roster = Roster::put_together(rows, || hash).ok()?;
        let mut book = Book::with_chaining(policy, roster, chaining);
        let hashes = usize::try_from(get_varint(input)?).ok()?;
        let (hashes, _) = take(input, hashes.checked_mul(32)?)?.as_chunks();
        let mut hashes = hashes.iter();
        let records = get_varint(input)?;
        // A damaged number must not reserve more than the bytes left could hold.
        book.tables.reserve(usize::try_from(records).map_or(input.len(), |records| records.min(input.len())));
        for _ in 0..records {
            book.relive(input, &mut hashes)?;
        }
        (input.is_empty() && hashes.next().is_none()).then_some(book)
    }
}
