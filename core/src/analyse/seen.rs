//! What a run of scenarios exercises: the observations that coverage is counted from.

use crate::book::Book;
use crate::case::StateWord;
use crate::codes::Code;
use crate::command::{Command, Do};
use crate::duty::DutyState;
use crate::finding::Finding;
use crate::policy::RuleId;
use crate::calendar::Date;
use crate::vocab::{Category, CloseAs, DecisionKind};

/// Something that a scenario has exercised.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// A command was judged.
    Outcome {
        /// What it does.
        todo: &'static str,
        /// What kind of it, where a rule looks at that.
        kind: DoKind,
        /// Whether it was accepted.
        accepted: bool,
        /// The codes and rules of its findings.
        by: Vec<(Code, Option<RuleId>)>,
        /// The local day of its moment.
        day: Date,
    },
    /// A case went from one state to another, or stayed.
    Step {
        /// By which command.
        todo: &'static str,
        /// From where; a new case comes from nowhere.
        from: Option<StateWord>,
        /// To where.
        to: StateWord,
    },
    /// A row of duties was looked at and stood as written.
    Duty(RuleId, DutyState),
    /// A fact was looked at and stood as written: whether the rule had something to say.
    Fact(RuleId, bool),
}

/// What kind of command it is, where the word alone does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoKind {
    /// A meeting that plans, or a new plan.
    pub plans: bool,
    /// A need in the category of hardship.
    pub hardship: bool,
    /// A need that the station enters.
    pub station: bool,
    /// A visit in person.
    pub in_person: bool,
    /// A visit to one's own liaisons.
    pub liaised: bool,
    /// A rating by vote.
    pub voted: bool,
    /// A closing as satisfied.
    pub satisfied: bool,
    /// A closing with the last word, as explained or redirected.
    pub last_word: bool,
}

impl Seen {
    /// The observation of a command that was judged by a book.
    pub(super) fn outcome(book: &Book, command: &Command, accepted: bool, findings: &[Finding]) -> Seen {
        let mut kind = DoKind::default();
        let policy = book.engine().policy_at(command.at);
        match &command.todo {
            Do::HoldMeeting(meeting) => {
                kind.plans = meeting.decisions.iter().any(|decision| decision.decision == DecisionKind::Plan);
            }
            Do::Replan(_) => kind.plans = true,
            Do::NoteNeed(need) => {
                kind.hardship = need.category == Category::Hardship;
                kind.station = need.channel.is_station();
            }
            Do::RecordVisit(visit) => {
                kind.in_person = visit.in_person != Some(false);
                let roster = book.roster();
                let day = policy.local_day(visit.on);
                kind.liaised = visit.cadres.iter().any(|cadre| {
                    let subject = roster.subject(cadre.as_str());
                    let target = roster.target(visit.target.as_str());
                    matches!((subject, target), (Some(subject), Some(target)) if roster.is_liaised(subject, target, day))
                });
            }
            Do::Rate(rate) => kind.voted = rate.vote.is_some(),
            Do::Close(close) => {
                kind.satisfied = close.as_what == CloseAs::Satisfied;
                kind.last_word = matches!(close.as_what, CloseAs::Explained | CloseAs::Redirected);
            }
            _ => {}
        }
        Seen::Outcome {
            todo: command.todo.word(),
            kind,
            accepted,
            by: findings.iter().map(|finding| (finding.code, finding.ground.as_ref().map(|ground| ground.rule))).collect(),
            day: policy.local_day(command.at),
        }
    }
}
