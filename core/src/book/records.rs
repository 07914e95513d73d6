//! The accepted commands, packed: everything the journal says, in a third of its size.

use crate::calendar::Instant;
use crate::chain::Hash;
use crate::command::Command;
use crate::event::Fixed;
use crate::shape::{get_bytes, put_bytes, Shape};

use super::chunked::Chunked;

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

impl Record {
    /// Appends the packed form, which [`read`] reads.
    pub fn pack(&self, out: &mut Vec<u8>) {
        self.command.pack(out);
        self.fixed.pack_lean(out);
        put_bytes(self.warnings.as_bytes(), out);
    }
}

/// All records of a book, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Records {
    chunks: Vec<Vec<u8>>,
    /// The number of the first record in each chunk.
    firsts: Vec<u32>,
    /// Where each record begins in its chunk.
    offsets: Chunked<u32>,
    /// The records with more than one event, and how many further events there are up to and with
    /// each: nearly all commands leave just one.
    further: Vec<(u32, u64)>,
    /// The hash of each event, from that of `book_opened` on; empty without a chain.
    pub hashes: Chunked<Hash>,
    last_at: Option<Instant>,
}

impl Records {
    pub fn len(&self) -> usize {
        self.offsets.len()
    }

    /// The number that the next event will bear; `book_opened` is the first.
    pub fn next_seq(&self) -> u64 {
        let further = self.further.last().map_or(0, |(_, count)| *count);
        (self.len() as u64).saturating_add(further).saturating_add(2)
    }

    /// When the last accepted command reached the book.
    pub fn last_at(&self) -> Option<Instant> {
        self.last_at
    }

    pub fn push(&mut self, record: &Record, events: usize) -> u32 {
        self.add(record.command.at, events, |chunk| record.pack(chunk))
    }

    /// Takes over a record in its packed form, which reached its book at this moment.
    pub fn push_packed(&mut self, packed: &[u8], at: Instant, events: usize) -> u32 {
        self.add(at, events, |chunk| chunk.extend_from_slice(packed))
    }

    fn add(&mut self, at: Instant, events: usize, pack: impl FnOnce(&mut Vec<u8>)) -> u32 {
        let index = u32::try_from(self.len()).unwrap_or(u32::MAX);
        if self.chunks.last().is_none_or(|chunk| chunk.len() >= CHUNK) {
            let room = if self.chunks.is_empty() { 0 } else { CHUNK.saturating_add(CHUNK / 64) };
            self.chunks.push(Vec::with_capacity(room));
            self.firsts.push(index);
        }
        if let Some(chunk) = self.chunks.last_mut() {
            let offset = u32::try_from(chunk.len()).unwrap_or(u32::MAX);
            pack(chunk);
            self.offsets.push(offset);
        }
        if let Some(more) = (events as u64).checked_sub(1).filter(|more| *more > 0) {
            let before = self.further.last().map_or(0, |(_, count)| *count);
            self.further.push((index, before.saturating_add(more)));
        }
        self.last_at = Some(at);
        index
    }

    /// The packed bytes from the start of a record on.
    pub fn bytes(&self, index: u32) -> &[u8] {
        let place = usize::try_from(index).ok().and_then(|at| self.offsets.get(at));
        let chunk = self.firsts.partition_point(|first| *first <= index).checked_sub(1);
        let (Some(offset), Some(chunk)) = (place, chunk.and_then(|chunk| self.chunks.get(chunk))) else { return &[] };
        usize::try_from(*offset).ok().and_then(|offset| chunk.get(offset..)).unwrap_or_default()
    }

    /// All packed records, many in a piece, none in two.
    pub fn chunks(&self) -> impl Iterator<Item = &[u8]> {
        self.chunks.iter().map(Vec::as_slice)
    }

    pub fn get(&self, index: u32) -> Option<Record> {
        read(&mut self.bytes(index))
    }

    /// The number of a record's first event.
    pub fn first_seq(&self, index: u32) -> u64 {
        let before = self.further.partition_point(|(record, _)| *record < index).checked_sub(1);
        let further = before.and_then(|at| self.further.get(at)).map_or(0, |(_, count)| *count);
        u64::from(index).saturating_add(further).saturating_add(2)
    }

    /// The record that the event with this number belongs to; the first for anything before it.
    pub fn at_seq(&self, seq: u64) -> usize {
        let (mut low, mut high) = (0usize, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.first_seq(u32::try_from(middle).unwrap_or(u32::MAX)) <= seq {
                low = middle.saturating_add(1);
            } else {
                high = middle;
            }
        }
        low.saturating_sub(1)
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
        fixed: Fixed::unpack_lean(input)?,
        warnings: std::str::from_utf8(get_bytes(input)?).ok()?.to_owned(),
    })
}
