"""What a book does."""

from __future__ import annotations

import json
import pickle

import pytest
from county import AT, POLICY, ROSTER, block, note, visit
from wuzhang import Book, Finding, InvalidError, Json, Policy, StoppedError


def test_dict_text_and_bytes_are_answered_alike() -> None:
    text = json.dumps(visit(diary="老人出行不便"), ensure_ascii=False)
    given: list[Json] = [visit(diary="老人出行不便"), text, text.encode(), bytearray(text.encode()), memoryview(text.encode())]
    answers = set()
    for command in given:
        with Book(POLICY, ROSTER) as book:
            answers.add(bytes(book.apply(command)))
    assert len(answers) == 1
    assert "老人出行不便" in answers.pop().decode()


def test_outcome_is_parsed_when_asked(book: Book) -> None:
    outcome = book.apply(visit())
    assert outcome.accepted
    assert outcome.command == "c1"
    assert [event["event"] for event in outcome.events] == ["visit_recorded"]
    assert outcome.findings == ()
    assert json.loads(outcome.json) == outcome.parsed


def test_rejection_is_an_outcome_with_every_reason(book: Book) -> None:
    outcome = book.apply(visit(actor="x9", target="h9"))
    assert not outcome.accepted
    assert outcome.events == []
    assert {finding.code for finding in outcome.findings} >= {"actor.unknown", "household.unknown"}
    found = next(finding for finding in outcome.findings if finding.code == "actor.unknown")
    assert (found.severity, found.path, found.params) == ("error", "/actor", {"id": "x9"})
    assert "x9" in found.message.zh and "x9" in found.message.en and found.message.zh != found.message.en
    assert book.status()["commands"] == 0


def test_finding_of_a_rule_tells_its_source(book: Book) -> None:
    late = book.apply(visit(on="2014-02-20T08:30:00+08:00"))
    found = next(finding for finding in late.findings if finding.rule == "visit.late_entry")
    assert found.modality in ("must", "in_principle")
    assert found.source is not None and (found.source.article or found.source.grounding)


def test_resent_command_is_answered_with_the_same_bytes(book: Book) -> None:
    first = bytes(book.apply(visit()))
    assert bytes(book.apply(visit(at="2014-03-03T10:00:00+08:00"))) == first
    reused = book.apply(visit(target="510129101201"))
    assert reused.findings[0].code == "command.id_reused"


def test_what_is_no_command_is_an_error(book: Book) -> None:
    for text in ("", "null", "[]", "{}", '{"id":1}', "文字", "{" * 40):
        with pytest.raises(InvalidError) as raised:
            book.apply(text)
        assert raised.value.code == "input.invalid"
        assert json.loads(raised.value.json)["error"]["findings"]
        assert raised.value.message.zh and raised.value.message.en in str(raised.value)
    assert book.status()["commands"] == 0


def test_error_tells_code_path_and_words_and_survives_pickling(book: Book) -> None:
    with pytest.raises(InvalidError) as raised:
        book.call({"op": "duties", "from": "2014-03-03", "to": "2014-03-09", "stat": "met"})
    error = raised.value
    assert (error.code, error.path) == ("request.invalid", "/stat")
    assert error.findings[0].params["nearest"] == "state"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.json, again.findings) == (InvalidError, error.json, error.findings)


def test_block_is_answered_line_by_line(book: Book) -> None:
    outcomes = book.apply_lines(block(3) + "\n" + json.dumps(visit(4, actor="x9")) + "\n")
    assert len(outcomes) == 4
    assert [outcome.accepted for outcome in outcomes] == [True, True, True, False]
    assert [outcome.accepted for outcome in outcomes] == [outcome.parsed["status"] == "accepted" for outcome in outcomes]
    assert len(book.apply_lines("")) == len(book.apply_lines(b"\n\n")) == 0


def test_block_stops_at_what_is_no_command(book: Book) -> None:
    with pytest.raises(StoppedError) as raised:
        book.apply_lines(block(2) + "nothing\n" + block(1, first=9))
    stopped = raised.value
    assert stopped.line == 3
    assert [outcome.command for outcome in stopped.outcomes] == ["c1", "c2"]
    assert book.status()["commands"] == 2
    again = pickle.loads(pickle.dumps(stopped))
    assert (again.json, bytes(again.outcomes)) == (stopped.json, bytes(stopped.outcomes))


def test_journal_opens_the_same_book(book: Book) -> None:
    book.apply_lines(block(5))
    journal = book.journal()
    assert journal.count(b"\n") == 6 and book.journal(6).count(b"\n") == 1 and book.journal(7) == b""
    for text in (journal, journal.decode()):
        with Book.open(POLICY, ROSTER, text) as again:
            assert (again.dropped, again.status(), again.journal()) == (0, book.status(), journal)
    for number in (-1, 2**64):
        with pytest.raises(ValueError):
            book.journal(number)


def test_torn_end_of_a_journal_is_dropped_and_told(book: Book) -> None:
    book.apply_lines(block(5))
    journal = book.journal()
    with Book.open(POLICY, ROSTER, journal[:-7]) as again:
        torn = len(journal[:-7]) - again.dropped
        assert again.dropped > 0 and again.journal() == journal[:torn]
        assert again.status()["events"] == 5


def test_broken_journal_is_refused(book: Book) -> None:
    book.apply_lines(block(3))
    with pytest.raises(InvalidError) as raised:
        Book.open(POLICY, ROSTER, book.journal().replace(b"08:30:00", b"08:31:00"))
    assert raised.value.code == "journal.differs"


def test_snapshot_restores_the_same_book(book: Book) -> None:
    book.apply_lines(block(5))
    snapshot = book.snapshot()
    with Book.restore(snapshot) as again:
        assert again.status() == book.status() and again.snapshot() == snapshot
        assert again.apply(visit(6)).accepted
    for broken in (b"", b"\x00" * 100, snapshot[:-1], bytes(len(snapshot))):
        with pytest.raises(InvalidError) as raised:
            Book.restore(broken)
        assert raised.value.code == "snapshot.invalid"


def test_documents_that_are_wrong_are_refused() -> None:
    with pytest.raises(InvalidError) as raised:
        Book("dayi-2041", ROSTER)
    assert raised.value.findings[0].params["nearest"] == "dayi-2014"
    with pytest.raises(InvalidError):
        Book(POLICY, "{}")
    with pytest.raises(InvalidError):
        Policy({"id": "x"})


def test_views(book: Book) -> None:
    book.apply(visit())
    book.apply(note())
    rows = book.duties("2014-03-03", "2014-03-09", rule="visit.*", state="met", subject="k1", viewer="c2")
    assert [(row["rule"], row["evidence"]) for row in rows] == [("visit.village", ["v1"])]
    assert book.duties("2014-03-03", "2014-03-09", as_of="2014-03-02", state="met") == []
    assert book.ledger("510129101201", category="livelihood", as_of=AT, viewer="k1")["full"] is True
    assert book.ledger("510129101201")["full"] is False
    assert book.case("a1", viewer="k1")["case"]["topic"] == "巷道积水"
    assert book.case("a1") == {"full": False, "items": []}
    assert "register_card" in [action.do for action in book.actions("a1", "k1", AT) if action.allowed]
    refused = next(action for action in book.actions("a1", "k1", AT) if not action.allowed)
    assert refused.findings and isinstance(refused.findings[0], Finding)
    assert {action.close_as for action in book.actions("a1", "k1", AT) if action.do == "close"} > {"satisfied"}
    assert "register.within" in [row["rule"] for row in book.agenda("k1", at=AT, viewer="k1")["rows"]]
    assert book.publication("510129101201", "2014-03")["postings"] == []
    assert book.rates("2014-03-01", "2014-03-31", unit="510129101201", viewer="c2")[0]["n"]["noted"] == 1
    assert all(isinstance(finding, Finding) for finding in book.advice("2014-03-01", "2014-03-31"))
    before = book.snapshot()
    assert book.judge(note(case="a2", id="c7")).accepted
    assert book.judge(b'{"id":"c8"}').findings[0].code == "command.invalid"
    repeated = book.judge(note(id="c7"))
    assert (repeated.accepted, repeated.command, repeated.events) == (False, "c7", [])
    with pytest.raises(InvalidError):
        book.judge("[]")
    assert book.snapshot() == before
    assert (book.policy()["id"], book.policy(at="2014-03-02")["id"]) == ("dayi-2014", "dayi-2014")
    again = Book(Policy(book.policy()), book.roster())
    assert (again.policy(), again.roster()) == (book.policy(), book.roster(at=AT))
    assert book.status()["last_at"] == AT
    with pytest.raises(InvalidError) as raised:
        book.my_case("0000000000", "0000", at=AT)
    assert raised.value.code == "case.unknown"
