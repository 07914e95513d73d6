// Code generated from wuzhang.h by go generate. DO NOT EDIT.

package wuzhang

// ABI is the number of the header that this package was made for.
const ABI = 1

// How a call ended. A number once given keeps its meaning; new ones may come.
const (
	// Done: every output is written.
	StatusOK Status = 0
	// The rules refuse the command. That is an answer, not an error: `out` holds the outcome with
	// every reason, and nothing has changed.
	StatusRejected Status = 1
	// A text is not as it should be (a document, a request, a line): `error` says what and where.
	StatusInvalid Status = 2
	// A block of lines stopped at a line that is no command: `out` holds the outcomes of the lines
	// before it, which are applied, and `error` tells the line.
	StatusStopped Status = 3
	// A pointer that may not be NULL is NULL.
	StatusNull Status = 16
	// A text is not UTF-8.
	StatusUTF8 Status = 17
	// A length is larger than any object can be.
	StatusLength Status = 18
	// The handle is not one of this kind, or no longer one at all.
	StatusHandle Status = 19
	// The handle is in use by another thread at this moment. Nothing was done; try again later, or
	// let one thread own it.
	StatusBusy Status = 20
	// The header that the program was built with speaks an ABI that this library does not.
	StatusABI Status = 21
	// A defect of the library was caught. Nothing was written; other handles work on.
	StatusPanic Status = 32
	// An earlier defect interrupted a change of this book. It refuses everything but being freed:
	// open it anew from its journal.
	StatusPoisoned Status = 33
)

// A Code is the stable word of a finding.
type Code string

// The codes of findings. None is ever given another meaning.
const (
	CodeCommandInvalid          Code = "command.invalid"
	CodeCommandIDReused         Code = "command.id_reused"
	CodeCommandClockBackwards   Code = "command.clock_backwards"
	CodeCommandOnAfterAt        Code = "command.on_after_at"
	CodeCommandNeedsBook        Code = "command.needs_book"
	CodeCommandUnknown          Code = "command.unknown"
	CodeCaseState               Code = "case.state"
	CodeActorUnknown            Code = "actor.unknown"
	CodeUnitUnknown             Code = "unit.unknown"
	CodeCadreUnknown            Code = "cadre.unknown"
	CodeHouseholdUnknown        Code = "household.unknown"
	CodeVisitUnknown            Code = "visit.unknown"
	CodeCaseUnknown             Code = "case.unknown"
	CodeMeetingUnknown          Code = "meeting.unknown"
	CodePostingUnknown          Code = "posting.unknown"
	CodeObjectionUnknown        Code = "objection.unknown"
	CodeUnitIDReused            Code = "unit.id_reused"
	CodeCadreIDReused           Code = "cadre.id_reused"
	CodeHouseholdIDReused       Code = "household.id_reused"
	CodeVisitIDReused           Code = "visit.id_reused"
	CodeCaseIDReused            Code = "case.id_reused"
	CodeMeetingIDReused         Code = "meeting.id_reused"
	CodePostingIDReused         Code = "posting.id_reused"
	CodeObjectionIDReused       Code = "objection.id_reused"
	CodeLiaisonCountyLeader     Code = "liaison.county_leader"
	CodeLiaisonDepartment       Code = "liaison.department"
	CodeLiaisonTown             Code = "liaison.town"
	CodeLiaisonVillage          Code = "liaison.village"
	CodeLiaisonGroup            Code = "liaison.group"
	CodeVisitLateEntry          Code = "visit.late_entry"
	CodeContactCard             Code = "contact_card"
	CodeRegisterCard            Code = "register.card"
	CodeStation                 Code = "station"
	CodeChannel                 Code = "channel"
	CodeConsolidateCountyLeader Code = "consolidate.county_leader"
	CodeConsolidateDepartment   Code = "consolidate.department"
	CodeConsolidateGrassroots   Code = "consolidate.grassroots"
	CodeLedgerTier              Code = "ledger.tier"
	CodeMeetingChair            Code = "meeting.chair"
	CodeMeetingMembers          Code = "meeting.members"
	CodeMeetingNotify           Code = "meeting.notify"
	CodeMeetingItemByItem       Code = "meeting.item_by_item"
	CodeMeetingLateEntry        Code = "meeting.late_entry"
	CodePlanComplete            Code = "plan.complete"
	CodePlanCap                 Code = "plan.cap"
	CodeEscalateRoute           Code = "escalate.route"
	CodeEscalateReturn          Code = "escalate.return"
	CodeSettleClock             Code = "settle.clock"
	CodeSettleExtension         Code = "settle.extension"
	CodeSettleSuspend           Code = "settle.suspend"
	CodeSettleEvidence          Code = "settle.evidence"
	CodeSettleReview            Code = "settle.review"
	CodePublishStages           Code = "publish.stages"
	CodePublishDigest           Code = "publish.digest"
	CodePublishMasked           Code = "publish.masked"
	CodePublishTwoPerson        Code = "publish.two_person"
	CodePublishObjection        Code = "publish.objection"
	CodeCloseSatisfied          Code = "close.satisfied"
	CodeCloseAsker              Code = "close.asker"
	CodeCloseQuestions          Code = "close.questions"
	CodeCloseAttempts           Code = "close.attempts"
	CodeCloseRedo               Code = "close.redo"
	CodeCloseRepeat             Code = "close.repeat"
	CodeClosePublic             Code = "close.public"
	CodeAuthority               Code = "authority"
	CodeAdviceDiary             Code = "advice.diary"
	CodeAdvicePace              Code = "advice.pace"
	CodeAdviceLastDay           Code = "advice.last_day"
	CodeAdviceTelephone         Code = "advice.telephone"
	CodeAdviceAllSatisfied      Code = "advice.all_satisfied"
	CodeInputInvalid            Code = "input.invalid"
	CodePolicyInvalid           Code = "policy.invalid"
	CodePolicyUnknownRule       Code = "policy.unknown_rule"
	CodePolicyExtends           Code = "policy.extends"
	CodePolicyStanding          Code = "policy.standing"
	CodePolicyText              Code = "policy.text"
	CodePolicyOff               Code = "policy.off"
	CodePolicyContradiction     Code = "policy.contradiction"
	CodePolicyStart             Code = "policy.start"
	CodeRosterInvalid           Code = "roster.invalid"
	CodeRosterLoop              Code = "roster.loop"
	CodeRosterOrphan            Code = "roster.orphan"
	CodeRosterParentKind        Code = "roster.parent_kind"
	CodeRosterOverlap           Code = "roster.overlap"
	CodeRosterUnknown           Code = "roster.unknown"
	CodeRosterValidity          Code = "roster.validity"
	CodeRosterRoot              Code = "roster.root"
	CodeRosterPost              Code = "roster.post"
	CodeRosterRole              Code = "roster.role"
	CodeScenarioInvalid         Code = "scenario.invalid"
	CodeScenarioFile            Code = "scenario.file"
	CodeScenarioDiffers         Code = "scenario.differs"
	CodeScenarioUntested        Code = "scenario.untested"
	CodeScenarioUnnoticed       Code = "scenario.unnoticed"
	CodeJournalHash             Code = "journal.hash"
	CodeJournalPrev             Code = "journal.prev"
	CodeJournalSeq              Code = "journal.seq"
	CodeJournalLine             Code = "journal.line"
	CodeJournalHead             Code = "journal.head"
	CodeJournalCount            Code = "journal.count"
	CodeJournalDiffers          Code = "journal.differs"
	CodeSnapshotInvalid         Code = "snapshot.invalid"
	CodeRequestInvalid          Code = "request.invalid"
)

// Number is the number of the code in the C header; 0 for a word that is no code.
func (c Code) Number() uint32 { return codeNumbers[c] }

var codeNumbers = map[Code]uint32{
	CodeCommandInvalid:          100,
	CodeCommandIDReused:         101,
	CodeCommandClockBackwards:   102,
	CodeCommandOnAfterAt:        103,
	CodeCommandNeedsBook:        104,
	CodeCommandUnknown:          105,
	CodeCaseState:               110,
	CodeActorUnknown:            120,
	CodeUnitUnknown:             121,
	CodeCadreUnknown:            122,
	CodeHouseholdUnknown:        123,
	CodeVisitUnknown:            124,
	CodeCaseUnknown:             125,
	CodeMeetingUnknown:          126,
	CodePostingUnknown:          127,
	CodeObjectionUnknown:        128,
	CodeUnitIDReused:            131,
	CodeCadreIDReused:           132,
	CodeHouseholdIDReused:       133,
	CodeVisitIDReused:           134,
	CodeCaseIDReused:            135,
	CodeMeetingIDReused:         136,
	CodePostingIDReused:         137,
	CodeObjectionIDReused:       138,
	CodeLiaisonCountyLeader:     200,
	CodeLiaisonDepartment:       201,
	CodeLiaisonTown:             202,
	CodeLiaisonVillage:          203,
	CodeLiaisonGroup:            204,
	CodeVisitLateEntry:          210,
	CodeContactCard:             211,
	CodeRegisterCard:            212,
	CodeStation:                 213,
	CodeChannel:                 214,
	CodeConsolidateCountyLeader: 215,
	CodeConsolidateDepartment:   216,
	CodeConsolidateGrassroots:   217,
	CodeLedgerTier:              218,
	CodeMeetingChair:            300,
	CodeMeetingMembers:          301,
	CodeMeetingNotify:           302,
	CodeMeetingItemByItem:       303,
	CodeMeetingLateEntry:        304,
	CodePlanComplete:            305,
	CodePlanCap:                 306,
	CodeEscalateRoute:           307,
	CodeEscalateReturn:          308,
	CodeSettleClock:             400,
	CodeSettleExtension:         401,
	CodeSettleSuspend:           402,
	CodeSettleEvidence:          403,
	CodeSettleReview:            404,
	CodePublishStages:           500,
	CodePublishDigest:           501,
	CodePublishMasked:           502,
	CodePublishTwoPerson:        503,
	CodePublishObjection:        504,
	CodeCloseSatisfied:          600,
	CodeCloseAsker:              601,
	CodeCloseQuestions:          602,
	CodeCloseAttempts:           603,
	CodeCloseRedo:               604,
	CodeCloseRepeat:             605,
	CodeClosePublic:             606,
	CodeAuthority:               700,
	CodeAdviceDiary:             800,
	CodeAdvicePace:              801,
	CodeAdviceLastDay:           802,
	CodeAdviceTelephone:         803,
	CodeAdviceAllSatisfied:      804,
	CodeInputInvalid:            900,
	CodePolicyInvalid:           901,
	CodePolicyUnknownRule:       902,
	CodePolicyExtends:           903,
	CodePolicyStanding:          904,
	CodePolicyText:              905,
	CodePolicyOff:               906,
	CodePolicyContradiction:     907,
	CodePolicyStart:             908,
	CodeRosterInvalid:           920,
	CodeRosterLoop:              921,
	CodeRosterOrphan:            922,
	CodeRosterParentKind:        923,
	CodeRosterOverlap:           924,
	CodeRosterUnknown:           925,
	CodeRosterValidity:          926,
	CodeRosterRoot:              927,
	CodeRosterPost:              928,
	CodeRosterRole:              929,
	CodeScenarioInvalid:         935,
	CodeScenarioFile:            936,
	CodeScenarioDiffers:         937,
	CodeScenarioUntested:        938,
	CodeScenarioUnnoticed:       939,
	CodeJournalHash:             940,
	CodeJournalPrev:             941,
	CodeJournalSeq:              942,
	CodeJournalLine:             943,
	CodeJournalHead:             944,
	CodeJournalCount:            945,
	CodeJournalDiffers:          946,
	CodeSnapshotInvalid:         950,
	CodeRequestInvalid:          960,
}
