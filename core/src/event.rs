//! Events: what happened. An event is its command and what was fixed when it was accepted; its
//! JSON, canonical and chained, is a line of the journal.

use crate::calendar::Date;
use crate::case::{ClosedAs, StateWord};
use crate::chain::{push_hex, sm3, Hash};
use crate::command::{Command, Decision, Do};
use crate::finding::Finding;
use crate::ids::{CaseId, MeetingId, UnitId};
use crate::shape::{frame, pair, record, write_merged_around, write_string, Fields, Shape};

record! {
    /// What was fixed when a command was accepted, so that nothing has to be judged again.
    pub struct Fixed {
        /// 单位 · The unit that holds the case after it, or whose stream, meeting or board it is.
        unit: Option<UnitId>,
        /// 事后状态 · The case's state after it.
        to: Option<StateWord>,
        /// 时限 · The deadline from now on.
        due: Option<Date>,
        /// 涉及事项 · The cases it touched.
        cases: Option<Vec<CaseId>>,
        /// 补录 · A visit entered late: it counts once it is approved.
        late: Option<bool>,
        /// 第二次申请 · Refused as a further request for time.
        refused: Option<bool>,
        /// 复查 · Asked or answered as a re-check of a closed case.
        recheck: Option<bool>,
        /// 重复于 · The closed case that this one repeats.
        repeats: Option<CaseId>,
        /// 重办的截止日 · The last day that the next plan may set.
        redo_by: Option<Date>,
        /// 结账类型 · As what the case was closed.
        closed_as: Option<ClosedAs>,
        /// 提前汇总 · Consolidated before its window.
        early: Option<bool>,
        /// 对同一异议再次提出 · The same person objects again to the same item.
        again: Option<bool>,
        /// 须当面听取意见 · Whether the next decision must have heard the household.
        must_hear: Option<bool>,
    }
}

impl Fixed {
    /// Nothing fixed.
    pub fn none() -> Self {
        Fixed {
            unit: None,
            to: None,
            due: None,
            cases: None,
            late: None,
            refused: None,
            recheck: None,
            repeats: None,
            redo_by: None,
            closed_as: None,
            early: None,
            again: None,
            must_hear: None,
        }
    }
}

/// The name of the event that a command of this kind leaves; a meeting leaves one more for each
/// decision, `case_decided`.
pub fn name_of(todo: &Do) -> &'static str {
    let word = todo.word();
    NAMES.iter().find(|(todo, _)| *todo == word).map_or("", |(_, event)| event)
}

impl Fixed {
    /// Appends the packed form: one byte where nothing was fixed, as with most visits.
    pub(crate) fn pack_lean(&self, out: &mut Vec<u8>) {
        let fixed = *self != Fixed::none();
        out.push(u8::from(fixed));
        if fixed {
            self.pack(out);
        }
    }

    /// Reads what [`Fixed::pack_lean`] wrote.
    pub(crate) fn unpack_lean(input: &mut &[u8]) -> Option<Self> {
        if bool::unpack(input)? {
            Self::unpack(input)
        } else {
            Some(Fixed::none())
        }
    }
}

/// The word in `do` and the name of the event that it leaves.
pub const NAMES: &[(&str, &str)] = &[
    ("record_visit", "visit_recorded"),
    ("approve_late_visit", "late_visit_approved"),
    ("give_contact_card", "contact_card_given"),
    ("note_need", "need_noted"),
    ("solve_on_the_spot", "solved_on_the_spot"),
    ("register_card", "card_registered"),
    ("consolidate", "consolidated"),
    ("hold_meeting", "meeting_held"),
    ("report_up", "case_reported"),
    ("return_case", "case_returned"),
    ("log_progress", "progress_logged"),
    ("request_extension", "extension_requested"),
    ("decide_extension", "extension_decided"),
    ("settle", "settled"),
    ("review_settlement", "settlement_reviewed"),
    ("publish", "posted"),
    ("take_down", "taken_down"),
    ("object", "objected"),
    ("answer_objection", "objection_answered"),
    ("ask_household", "household_asked"),
    ("rate", "rated"),
    ("replan", "replanned"),
    ("close", "closed"),
    ("reopen", "reopened"),
    ("merge", "merged"),
    ("withdraw", "withdrawn"),
    ("correct", "corrected"),
    ("consent", "consent_recorded"),
    ("change_roster", "roster_changed"),
    ("adopt_policy", "policy_adopted"),
];

/// The name of the event that stands for one decision of a meeting.
pub const CASE_DECIDED: &str = "case_decided";
/// The name of the journal's first event.
pub const BOOK_OPENED: &str = "book_opened";
/// The version of the journal's format.
pub const FORMAT: u32 = 1;

/// The place of an event in a journal's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The number of the event, from 1.
    pub seq: u64,
    /// The hash of the event before it.
    pub prev: Hash,
}

record! {
    /// What a meeting's event carries of the command: all but the decisions, each of which is an
    /// event of its own.
    struct MeetingHead {
        /// 会议编号
        meeting: MeetingId,
        /// 召开日期
        held_on: Date,
        /// 主持人
        chair: Option<crate::ids::PersonId>,
        /// 已通知的人
        notified: Option<Vec<crate::ids::PersonId>>,
        /// 到会的人
        attended: Option<Vec<crate::ids::PersonId>>,
    }
}

record! {
    /// What a decision's event says besides the decision.
    struct DecisionFrame {
        /// 会议编号
        meeting: MeetingId,
        /// 单位
        unit: UnitId,
        /// 召开日期
        held_on: Date,
        /// 事后状态
        to: StateWord,
    }
}

/// An accepted command with what it fixed and warned of: everything its events say.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The command.
    pub command: &'a Command,
    /// What was fixed.
    pub fixed: &'a Fixed,
    /// The warnings as a JSON array; empty when there are none.
    pub warnings: &'a str,
}

impl Entry<'_> {
    /// How many events it leaves.
    pub fn len(&self) -> usize {
        match &self.command.todo {
            Do::HoldMeeting(meeting) => meeting.decisions.len().saturating_add(1),
            _ => 1,
        }
    }

    /// Always false: every accepted command leaves an event.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Writes the event of this index in canonical JSON without `hash`. With a `link` it carries
    /// `seq`, `prev` and `digest` as well. Answers where in `out` the field `hash` would stand.
    pub fn write(&self, index: usize, link: Option<&Link>, digest: Option<&Hash>, out: &mut String) -> usize {
        let command = self.command;
        let at = pair!("at", |out: &mut String| command.at.write(out));
        let id = pair!("command", |out: &mut String| command.id.write(out));
        let actor = pair!("actor", |out: &mut String| command.actor.write(out));
        let chain = Chain { link, digest, typed_at: command.typed_at };
        if let (Do::HoldMeeting(meeting), Some(at_decision)) = (&command.todo, index.checked_sub(1)) {
            let Some(decision) = meeting.decisions.get(at_decision) else { return out.len() };
            let event = pair!("event", |out: &mut String| write_string(CASE_DECIDED, out));
            let frame = DecisionFrame {
                meeting: meeting.meeting.clone(),
                unit: meeting.unit.clone(),
                held_on: meeting.held_on,
                to: after_decision(decision),
            };
            return write_merged_around("hash", &[&at, &id, &actor, &event, &chain, &frame, decision], out);
        }
        let event = pair!("event", |out: &mut String| write_string(name_of(&command.todo), out));
        let findings = Warnings(self.warnings);
        match &command.todo {
            Do::HoldMeeting(meeting) => {
                let head = MeetingHead {
                    meeting: meeting.meeting.clone(),
                    held_on: meeting.held_on,
                    chair: meeting.chair.clone(),
                    notified: meeting.notified.clone(),
                    attended: meeting.attended.clone(),
                };
                write_merged_around("hash", &[&at, &id, &actor, &event, &chain, &head, self.fixed, &findings], out)
            }
            // `correct` has a field of its own called `command`; the event's is the command that
            // made it, so the corrected one stands as `corrects`.
            Do::Correct(correct) => {
                let corrects = pair!("corrects", |out: &mut String| correct.command.write(out));
                write_merged_around("hash", &[&at, &id, &actor, &event, &chain, &corrects, correct, self.fixed, &findings], out)
            }
            todo => write_merged_around("hash", &[&at, &id, &actor, &event, &chain, todo.fields(), self.fixed, &findings], out),
        }
    }

    /// The SM3 of the canonical command without `at` and `typed_at`; `scratch` is reused.
    pub fn digest(&self, scratch: &mut String) -> Hash {
        scratch.clear();
        self.command.write_content(scratch);
        sm3(scratch.as_bytes())
    }
}

/// The state that a decision leads to.
pub fn after_decision(decision: &Decision) -> StateWord {
    use crate::vocab::DecisionKind;
    match decision.decision {
        DecisionKind::Plan => StateWord::Planned,
        DecisionKind::ReportUp => StateWord::Reporting,
        DecisionKind::Explain | DecisionKind::Redirect => StateWord::Settled,
        DecisionKind::Suspend => StateWord::Suspended,
    }
}

struct Warnings<'a>(&'a str);

impl Fields for Warnings<'_> {
    fn order(&self) -> &'static [u8] {
        &[0]
    }
    fn frame(&self, _: u8) -> &'static str {
        frame!("findings")
    }
    fn present(&self) -> u64 {
        u64::from(!self.0.is_empty())
    }
    fn put(&self, _: u8, out: &mut String) {
        out.push_str(self.0);
    }
}

/// Writes findings as a JSON array.
pub fn write_findings(findings: &[Finding], out: &mut String) {
    out.push('[');
    for (index, finding) in findings.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        finding.write(out);
    }
    out.push(']');
}

/// The fields that an event has of its place in the chain.
struct Chain<'a> {
    link: Option<&'a Link>,
    digest: Option<&'a Hash>,
    typed_at: Option<crate::calendar::Instant>,
}

impl Fields for Chain<'_> {
    fn order(&self) -> &'static [u8] {
        &[0, 1, 2, 3]
    }
    fn frame(&self, place: u8) -> &'static str {
        match place {
            0 => frame!("digest"),
            1 => frame!("prev"),
            2 => frame!("seq"),
            _ => frame!("typed_at"),
        }
    }
    fn present(&self) -> u64 {
        let linked = if self.link.is_some() { 0b0110 } else { 0 };
        u64::from(self.digest.is_some()) | linked | (u64::from(self.typed_at.is_some()) << 3)
    }
    fn put(&self, place: u8, out: &mut String) {
        match (place, self.link, self.digest) {
            (0, _, Some(digest)) => write_hash(digest, out),
            (1, Some(link), _) => write_hash(&link.prev, out),
            (2, Some(link), _) => crate::shape::write_number(link.seq, out),
            (3, ..) => self.typed_at.write(out),
            _ => out.push_str("null"),
        }
    }
}

/// Writes a hash as a JSON string.
pub fn write_hash(hash: &Hash, out: &mut String) {
    out.push('"');
    push_hex(hash, out);
    out.push('"');
}

/// The event without its hash, and the hash, put together: `hash` stands where its name sorts.
/// Every event has `event` before it and `prev` or another later name after it, so the place is
/// found by the writer and not searched for in text that people wrote.
pub fn with_hash(body: &str, at: usize, hash: &Hash, out: &mut String) {
    let (head, tail) = body.split_at_checked(at).unwrap_or((body, ""));
    out.push_str(head);
    out.push_str("\"hash\":");
    write_hash(hash, out);
    out.push(',');
    out.push_str(tail);
}


/// The JSON Schema of an event: the fields that every event has; the rest are its command's.
pub(crate) fn schema(schemas: &mut crate::shape::Schemas) -> String {
    schemas.named("Event", &mut |_| {
        let names: Vec<String> = NAMES
            .iter()
            .map(|(_, event)| *event)
            .chain([CASE_DECIDED, BOOK_OPENED])
            .map(|event| format!("\"{event}\""))
            .collect();
        format!(
            "{{\"properties\":{{\"at\":{{\"format\":\"date-time\",\"type\":\"string\"}},\"event\":{{\"enum\":[{}]}},\
             \"hash\":{{\"pattern\":\"^[0-9a-f]{{64}}$\",\"type\":\"string\"}},\
             \"prev\":{{\"pattern\":\"^[0-9a-f]{{64}}$\",\"type\":\"string\"}},\
             \"seq\":{{\"minimum\":1,\"type\":\"integer\"}}}},\"required\":[\"at\",\"event\"],\"type\":\"object\"}}",
            names.join(",")
        )
    })
}
