//! What is read of a packed command in place, without making the command: its id, its moment, and
//! the whole of a visit, which nine records of ten are.

use crate::calendar::Instant;
use crate::event::Fixed;
use crate::ids::is_id;
use crate::shape::{get_bytes, get_varint, Shape};

use super::Do;

/// An id in its packed form.
fn id<'a>(input: &mut &'a [u8]) -> Option<&'a str> {
    text(input).filter(|id| is_id(id))
}

fn text<'a>(input: &mut &'a [u8]) -> Option<&'a str> {
    std::str::from_utf8(get_bytes(input)?).ok()
}

/// Any id out of a packed command: its first field.
pub(crate) fn packed_id(mut record: &[u8]) -> Option<&str> {
    text(&mut record)
}

/// When a packed command reached the book: its second field.
pub(crate) fn packed_at(mut record: &[u8]) -> Option<Instant> {
    get_bytes(&mut record)?;
    Instant::unpack(&mut record)
}

/// The visit's id out of a packed `record_visit`: the first field after the envelope.
pub(crate) fn packed_visit(mut record: &[u8]) -> Option<&str> {
    let input = &mut record;
    get_bytes(input)?;
    Instant::unpack(input)?;
    Option::<Instant>::unpack(input)?;
    get_bytes(input)?;
    get_varint(input)?;
    text(input)
}

/// A record of a visit, read in place: checked as the record itself would be when it is unpacked,
/// but no field of it is copied.
pub(crate) struct PackedVisit<'a> {
    pub id: &'a str,
    pub at: Instant,
    pub visit: &'a str,
    pub cadres: PackedIds<'a>,
    pub target: &'a str,
    pub on: Instant,
    pub in_person: Option<bool>,
    pub fixed: Fixed,
}

impl<'a> PackedVisit<'a> {
    /// Reads the record that stands at the front; nothing when it is damaged or no visit's.
    pub fn read(input: &mut &'a [u8]) -> Option<Self> {
        let command = id(input)?;
        let at = Instant::unpack(input)?;
        Option::<Instant>::unpack(input)?;
        id(input)?;
        let place = usize::try_from(get_varint(input)?).ok()?;
        if Do::WORDS.get(place) != Some(&"record_visit") {
            return None;
        }
        let visit = id(input)?;
        let cadres = PackedIds::read(input)?;
        let target = id(input)?;
        let on = Instant::unpack(input)?;
        let in_person = Option::unpack(input)?;
        if bool::unpack(input)? {
            text(input)?;
        }
        let fixed = Fixed::unpack_lean(input)?;
        text(input)?;
        Some(PackedVisit { id: command, at, visit, cadres, target, on, in_person, fixed })
    }
}

/// A list of ids in its packed form.
#[derive(Clone, Copy)]
pub(crate) struct PackedIds<'a>(&'a [u8]);

impl<'a> PackedIds<'a> {
    fn read(input: &mut &'a [u8]) -> Option<Self> {
        let count = get_varint(input)?;
        let list = *input;
        for _ in 0..count {
            id(input)?;
        }
        list.get(..list.len().checked_sub(input.len())?).map(PackedIds)
    }
}

impl<'a> Iterator for PackedIds<'a> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        text(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Record;
    use crate::command::Command;
    use proptest::prelude::*;

    fn record(line: &str, fixed: &Fixed, warnings: &str) -> (Command, Vec<u8>) {
        let command = Command::read(line.as_bytes()).unwrap();
        let mut packed = Vec::new();
        Record { command: command.clone(), fixed: fixed.clone(), warnings: warnings.to_owned() }.pack(&mut packed);
        (command, packed)
    }

    proptest! {
        #[test]
        fn a_visit_read_in_place_is_the_visit_that_was_packed(
            ids in proptest::collection::vec("[A-Za-z0-9._:-]{1,64}", 4..9),
            second in 0u32..60,
            rest in prop_oneof![Just(""), Just(r#","in_person":false"#), Just(r#","in_person":true,"diary":"谈了收成""#), Just(r#","diary":"""#)],
            typed in prop_oneof![Just(""), Just(r#","typed_at":"2014-03-01T09:00:00.25Z""#)],
            late in proptest::option::of(any::<bool>()),
            warnings in prop_oneof![Just(""), Just(r#"[{"code":"x"}]"#)],
        ) {
            let cadres = ids[3..].iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(",");
            let line = format!(
                r#"{{"id":"{}","at":"2014-03-03T09:00:{second:02}+08:00"{typed},"actor":"{}","do":"record_visit","visit":"{}","cadres":[{cadres}],"target":"h1","on":"2014-03-02T23:30:00-01:30"{rest}}}"#,
                ids[0], ids[1], ids[2],
            );
            let fixed = Fixed { late, ..Fixed::none() };
            let (command, packed) = record(&line, &fixed, warnings);
            let Do::RecordVisit(visit) = &command.todo else { panic!("no visit") };
            let mut input = [packed.as_slice(), b"more"].concat();
            input.push(0);
            let mut rest = input.as_slice();
            let read = PackedVisit::read(&mut rest).unwrap();
            prop_assert_eq!(rest, b"more\0");
            prop_assert_eq!((read.id, read.at, read.visit), (command.id.as_str(), command.at, visit.visit.as_str()));
            prop_assert_eq!((read.target, read.on, read.in_person), (visit.target.as_str(), visit.on, visit.in_person));
            prop_assert!(read.cadres.eq(visit.cadres.iter().map(crate::ids::PersonId::as_str)));
            prop_assert_eq!(read.fixed, fixed);
            prop_assert_eq!(packed_id(&packed), Some(command.id.as_str()));
            prop_assert_eq!(packed_at(&packed), Some(command.at));
            prop_assert_eq!(packed_visit(&packed), Some(visit.visit.as_str()));
            // Cut off anywhere, it is no record any more.
            for end in 0..packed.len() {
                prop_assert!(PackedVisit::read(&mut &packed[..end]).is_none());
            }
        }
    }

    #[test]
    fn what_is_no_visit_is_left_to_others() {
        let line = r#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"log_progress","case":"a1","text":"x"}"#;
        let (_, packed) = record(line, &Fixed::none(), "");
        assert!(PackedVisit::read(&mut packed.as_slice()).is_none());
        assert_eq!(packed_id(&packed), Some("c1"));
    }

    #[test]
    fn a_damaged_id_or_text_is_refused() {
        let line = r#"{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00","diary":"谈"}"#;
        let (_, packed) = record(line, &Fixed::none(), "");
        let damaged = |what: &[u8], by: u8| {
            let at = packed.windows(what.len()).position(|window| window == what).unwrap();
            let mut packed = packed.clone();
            packed[at] = by;
            PackedVisit::read(&mut packed.as_slice()).is_none()
        };
        assert!(damaged(b"k1", b' ') && damaged(b"h1", b'\n') && damaged(b"v1", 0xff));
        assert!(damaged("谈".as_bytes(), 0xff));
    }
}
