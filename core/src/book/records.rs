//! The accepted commands, packed: everything the journal says, in a third of its size.

use crate::calendar::Instant;
use crate::chain::Hash;
use crate::command::Command;
use crate::event::Fixed;
use crate::shape::{get_bytes, put_bytes, Shape};

/// The bytes are kept in chunks, so that growing never copies what is there.
const CHUNK: usize = 1 << 20;

/// An accepted command as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub command: Command,
    pub fixed: Fixed,
    /// The warnings, as the JSON array in the event; empty when there are none.
    pub warnings: String,
}

/// All records of a book, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Records {
    chunks: Vec<Vec<u8>>,
    /// Where each record lies: chunk and offset.
    places: Vec<(u32, u32)>,
    /// The number of each record's first event.
    first_seq: Vec<u32>,
    /// The hash of each event, from that of `book_opened` on; empty without a chain.
    pub hashes: Vec<Hash>,
    last_at: Option<Instant>,
    next_seq: u64,
}

impl Records {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The number that the next event will bear.
    pub fn next_seq(&self) -> u64 {
        self.next_seq.max(2)
    }

    /// When the last accepted command reached the book.
    pub fn last_at(&self) -> Option<Instant> {
        self.last_at
    }

    pub fn push(&mut self, record: &Record, events: usize) -> u32 {
        let index = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let full = self.chunks.last().is_none_or(|chunk| chunk.len() >= CHUNK);
        if full {
            self.chunks.push(Vec::new());
        }
        let number = u32::try_from(self.chunks.len().saturating_sub(1)).unwrap_or(u32::MAX);
        if let Some(chunk) = self.chunks.last_mut() {
            let offset = u32::try_from(chunk.len()).unwrap_or(u32::MAX);
            record.command.pack(chunk);
            record.fixed.pack(chunk);
            put_bytes(record.warnings.as_bytes(), chunk);
            self.places.push((number, offset));
        }
        self.first_seq.push(u32::try_from(self.next_seq()).unwrap_or(u32::MAX));
        self.next_seq = self.next_seq().saturating_add(events as u64);
        self.last_at = Some(record.command.at);
        index
    }

    /// The packed bytes from the start of a record on.
    pub fn bytes(&self, index: u32) -> &[u8] {
        let Some((chunk, offset)) = usize::try_from(index).ok().and_then(|index| self.places.get(index)) else {
            return &[];
        };
        let chunk = usize::try_from(*chunk).ok().and_then(|chunk| self.chunks.get(chunk));
        chunk.and_then(|chunk| chunk.get(usize::try_from(*offset).ok()?..)).unwrap_or_default()
    }

    pub fn get(&self, index: u32) -> Option<Record> {
        read(&mut self.bytes(index))
    }

    pub fn first_seq(&self, index: u32) -> u64 {
        usize::try_from(index).ok().and_then(|index| self.first_seq.get(index)).map_or(0, |seq| u64::from(*seq))
    }

    /// The hash of the event with this number.
    pub fn hash(&self, seq: u64) -> Option<&Hash> {
        self.hashes.get(usize::try_from(seq.checked_sub(1)?).ok()?)
    }

    /// How many bytes the records take.
    pub fn size(&self) -> usize {
        self.chunks.iter().map(Vec::len).fold(0, usize::saturating_add)
    }
}

/// Reads one record from its packed form.
pub(crate) fn read(input: &mut &[u8]) -> Option<Record> {
    Some(Record {
        command: Shape::unpack(input)?,
        fixed: Shape::unpack(input)?,
        warnings: std::str::from_utf8(get_bytes(input)?).ok()?.to_owned(),
    })
}
