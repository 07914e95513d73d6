"""Engines: policy and roster, one case at a time."""

from __future__ import annotations

from ctypes import byref
from typing import Any, Optional, Union, cast

from ._call import Json, answer, encode, made, request, slot
from ._handle import Owner
from ._library import Handle, closer, library
from .findings import Action
from .outcome import Answer, Applied
from .policy import Policy, policy_of
from .rows import Duty
from .visits import Visits

_new, _close = library.wz_engine_new, closer("wz_engine_free")
_call, _visit_duties = library.wz_engine_call, library.wz_engine_visit_duties


class Engine(Owner):
    """Policy and roster. It keeps nothing: a case goes in with a command and comes out changed.
    Any number of threads may share one.

    ``policy`` is a :class:`Policy`, a preset's name or a document, ``roster`` a document.
    """

    def __init__(self, policy: Union[Policy, Json], roster: Json) -> None:
        """Reads both; raises :class:`InvalidError` with everything that is wrong with them."""
        rules, text = policy_of(policy), encode(roster)
        handle, mine = Handle(), slot()
        made(mine, _new(rules._handle, text, len(text), byref(handle), mine.error_ref))
        self._own(handle, _close)

    def call(self, request: Json) -> Answer:
        """Answers a request: ``apply``, ``actions``, ``duties_of``."""
        text, mine = encode(request), slot()
        return Answer(answer(mine, _call(self._handle, text, len(text), mine.out_ref, mine.error_ref))[1])

    def apply(self, case: Optional[Json], command: Json) -> Applied:
        """Applies a command to a case, which is None for a command that begins one."""
        return Applied(self.call(_about(case, b'"apply","command":' + encode(command))))

    def actions(self, case: Json, actor: str, at: str) -> list[Action]:
        """Which steps somebody may take, and for each closed one why not."""
        asked = _fields(actor=actor, at=at)
        return [Action.of(action) for action in self.call(_about(case, b'"actions"' + asked)).value]

    def duties_of(self, case: Json, at: str) -> list[Duty]:
        """The duties that a case has opened, as they stand at an instant."""
        return cast("list[Duty]", self.call(_about(case, b'"duties_of"' + _fields(at=at))).value)

    def call_visits(self, visits: Visits, request: Json) -> Answer:
        """Answers the request ``visit_duties`` about visits in columns."""
        text, mine = encode(request), slot()
        columns = byref(visits.columns)
        status = _visit_duties(self._handle, columns, text, len(text), mine.out_ref, mine.error_ref)
        return Answer(answer(mine, status)[1])

    def visit_duties(
        self,
        visits: Visits,
        start: str,
        end: str,
        as_of: str,
        *,
        rule: Optional[str] = None,
        state: Optional[str] = None,
        subject: Optional[str] = None,
    ) -> list[Duty]:
        """The quota duties of visits in columns that are due from ``start`` to ``end``; no command
        is written and nothing is kept."""
        asked = {"from": start, "to": end, "as_of": as_of, "rule": rule, "state": state, "subject": subject}
        return cast("list[Duty]", self.call_visits(visits, request("visit_duties", **asked)).value)


def _about(case: Optional[Json], rest: bytes) -> bytes:
    """A request about a case, whose text is put in as it is. Nothing can be smuggled in with it:
    every field of the request stands there, and the library refuses one that stands there twice."""
    return b'{"case":' + (b"null" if case is None else encode(case)) + b',"op":' + rest + b"}"


def _fields(**fields: Any) -> bytes:
    return b"," + encode(fields)[1:-1]
