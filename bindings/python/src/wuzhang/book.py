"""Books: an engine and its journal."""

from __future__ import annotations

from ctypes import byref, c_size_t
from typing import TYPE_CHECKING, Any, Optional, TypedDict, Union, cast

from ._call import Json, Text, answer, encode, made, request, slot
from ._handle import Owner
from ._library import Handle, closer, library
from .findings import Action, Finding
from .frames import frame
from .outcome import Answer, Outcome, Outcomes
from .policy import Policy, policy_of
from .rows import Agenda, Duty, Publication, RateRow

if TYPE_CHECKING:
    import pandas

_open, _restore, _close = library.wz_book_open, library.wz_book_restore, closer("wz_book_free")
_apply, _apply_lines, _call = library.wz_book_apply, library.wz_book_apply_lines, library.wz_book_call
_journal, _snapshot = library.wz_book_journal, library.wz_book_snapshot


class Standing(TypedDict):
    """How much a book holds, and the hash of its last event."""

    cases: int
    commands: int
    events: int
    head: str
    last_at: Optional[str]
    visits: int


class Book(Owner):
    """An engine with its journal. Any number of threads may read one at a time; only one may
    change it, and who comes at the wrong time gets :class:`BusyError` at once.

    ``policy`` is a :class:`Policy`, a preset's name or a document, ``roster`` a document.
    """

    #: How many bytes at the journal's end were torn and dropped: cut the file by them.
    dropped: int = 0

    def __init__(self, policy: Union[Policy, Json], roster: Json) -> None:
        """A new book; raises :class:`InvalidError` with everything that is wrong."""
        self._begin(policy, roster, b"")

    @classmethod
    def open(cls, policy: Union[Policy, Json], roster: Json, journal: Text) -> Book:
        """The book of a journal, with the documents that it was begun with. The journal is verified
        and every command judged anew; ``dropped`` tells what was torn at its end."""
        book = cls.__new__(cls)
        book._begin(policy, roster, encode(journal))
        return book

    @classmethod
    def restore(cls, snapshot: Union[bytes, bytearray, memoryview]) -> Book:
        """The book that a snapshot holds; policy and roster are in it."""
        text, handle, mine = encode(snapshot), Handle(), slot()
        made(mine, _restore(text, len(text), byref(handle), mine.error_ref))
        book = cls.__new__(cls)
        book._own(handle, _close)
        return book

    def _begin(self, policy: Union[Policy, Json], roster: Json, journal: bytes) -> None:
        rules, text = policy_of(policy), encode(roster)
        handle, dropped, mine = Handle(), c_size_t(), slot()
        status = _open(
            rules._handle, text, len(text), journal, len(journal), byref(handle), byref(dropped), mine.error_ref
        )
        made(mine, status)
        self.dropped = dropped.value
        self._own(handle, _close)

    def apply(self, command: Json) -> Outcome:
        """Applies one command. A rejection is an outcome; :class:`InvalidError` says that the text
        is no JSON object with an ``id``."""
        text, mine = encode(command), slot()
        accepted, outcome = answer(mine, _apply(self._handle, text, len(text), mine.out_ref, mine.error_ref))
        return Outcome(outcome, accepted)

    def judge(self, command: Json) -> Outcome:
        """What would come of a command, were it applied now: its outcome, without events. Nothing
        is kept."""
        return Outcome.read(bytes(self.call(b'{"op":"judge","command":' + encode(command) + b"}"))[len(b'{"ok":') : -1])

    def apply_lines(self, lines: Text) -> Outcomes:
        """Applies a block of commands, one a line; blank lines are passed over. Where a line is no
        command, :class:`StoppedError` has the outcomes of those before it, which are applied."""
        text, mine = encode(lines), slot()
        return Outcomes(answer(mine, _apply_lines(self._handle, text, len(text), mine.out_ref, mine.error_ref))[1])

    def journal(self, start: int = 1) -> bytes:
        """The journal's lines from an event on, as they belong into the file. They are the book:
        after a command, ask for those that you do not have yet, append and sync them."""
        if not 0 <= start < 2**64:
            raise ValueError(f"events are counted from 1, and there is none with the number {start}")
        mine = slot()
        return answer(mine, _journal(self._handle, start, mine.out_ref))[1]

    def snapshot(self) -> bytes:
        """The whole book as one block, for :meth:`restore`."""
        mine = slot()
        return answer(mine, _snapshot(self._handle, mine.out_ref))[1]

    def call(self, request: Json) -> Answer:
        """Answers a request that changes nothing: ``duties``, ``ledger``, ``case``, …"""
        text, mine = encode(request), slot()
        return Answer(answer(mine, _call(self._handle, text, len(text), mine.out_ref, mine.error_ref))[1])

    def _value(self, op: str, **fields: Any) -> Any:
        return self.call(request(op, **fields)).value

    def duties(
        self,
        start: str,
        end: str,
        *,
        as_of: Optional[str] = None,
        rule: Optional[str] = None,
        state: Optional[str] = None,
        subject: Optional[str] = None,
        viewer: Optional[str] = None,
    ) -> list[Duty]:
        """The duties that are due from ``start`` to ``end``, as they stand ``as_of`` an instant (or
        the end of a date; else the last command). ``rule`` may be a pattern such as ``visit.*``."""
        asked = {"from": start, "to": end, "as_of": as_of, "rule": rule, "state": state}
        return cast("list[Duty]", self._value("duties", subject=subject, viewer=viewer, **asked))

    def duties_frame(self, start: str, end: str, **asked: Optional[str]) -> pandas.DataFrame:
        """The same as a table of pandas; :class:`FrameError` where there is no pandas."""
        return frame(self.duties(start, end, **asked), Duty)

    def ledger(
        self, unit: str, *, category: Optional[str] = None, as_of: Optional[str] = None, viewer: Optional[str] = None
    ) -> dict[str, Any]:
        """A unit's ledger: whole (``full``) for a ``viewer`` who may read it, else as the public
        sees it."""
        value = self._value("ledger", unit=unit, category=category, as_of=as_of, viewer=viewer)
        return cast("dict[str, Any]", value)

    def case(self, case: str, *, as_of: Optional[str] = None, viewer: Optional[str] = None) -> dict[str, Any]:
        """A case with its timeline and duties: whole (``full``) for a ``viewer`` who may read it,
        else what of it is posted."""
        return cast("dict[str, Any]", self._value("case", case=case, as_of=as_of, viewer=viewer))

    def actions(self, case: str, actor: str, at: str) -> list[Action]:
        """Which steps somebody may take, and for each closed one why not."""
        return [Action.of(action) for action in self._value("actions", case=case, actor=actor, at=at)]

    def agenda(self, person: str, *, at: Optional[str] = None, viewer: Optional[str] = None) -> Agenda:
        """What a person has to do."""
        return cast(Agenda, self._value("agenda", person=person, at=at, viewer=viewer))

    def publication(self, unit: str, period: str) -> Publication:
        """What a unit has to post for a period."""
        return cast(Publication, self._value("publication", unit=unit, period=period))

    def rates(
        self, start: str, end: str, *, unit: Optional[str] = None, viewer: Optional[str] = None
    ) -> list[RateRow]:
        """The rates of units and ledgers, each as a fraction."""
        asked = {"from": start, "to": end, "unit": unit, "viewer": viewer}
        return cast("list[RateRow]", self._value("rates", **asked))

    def advice(self, start: str, end: str) -> list[Finding]:
        """Material for a call-back sample; nothing is wrong by itself."""
        return [Finding.of(found) for found in self._value("advice", **{"from": start, "to": end})]

    def my_case(self, query_code: str, secret: str, *, at: Optional[str] = None) -> dict[str, Any]:
        """What a household may see of its own case."""
        return cast("dict[str, Any]", self._value("my_case", query_code=query_code, secret=secret, at=at))

    def policy(self, *, at: Optional[str] = None) -> dict[str, Any]:
        """The policy in force at a moment (else at the last command), as a document for
        :class:`Policy`."""
        return cast("dict[str, Any]", self._value("policy", at=at))

    def roster(self, *, at: Optional[str] = None) -> dict[str, Any]:
        """The roster with all changes up to a moment, as a document; for the host alone, since it
        names everybody."""
        return cast("dict[str, Any]", self._value("roster", at=at))

    def status(self) -> Standing:
        """How much it holds, and the hash of the last event."""
        return cast(Standing, self._value("status"))
