"""wuzhang (五账): the rules of the Five-Ledger Method, for Python.

Commands go in, and events, findings and duties come out, each with the article or the assumption
that it rests on. An :class:`Engine` judges one case at a time and keeps nothing; a :class:`Book`
has a journal, and answers ledgers, duties and rates. Text is JSON, byte for byte that of every
other face of the library; what is handed over as ``str`` or ``bytes`` passes as it is.
"""

from __future__ import annotations

from typing import Any, Optional, Union, cast

from . import _call
from ._call import Json, Text
from ._library import Status, library
from .book import Book, Standing
from .engine import Engine
from .errors import (
    BusyError,
    ClosedError,
    EncodingError,
    FrameError,
    HandleError,
    InvalidError,
    LengthError,
    LibraryError,
    PanicError,
    PoisonedError,
    StoppedError,
    WuzhangError,
)
from .findings import Action, Finding, Message, Source
from .outcome import Answer, Applied, Outcome, Outcomes
from .policy import Policy
from .rows import Agenda, AgendaRow, Duty, Publication, RateRow
from .visits import Visits

__version__: str = library.wz_version().decode()

_wz_call = library.wz_call


def call(request: Json) -> Answer:
    """Answers a request that needs neither engine nor book: ``explain``, ``verify``, ``check``, …"""
    text, mine = _call.encode(request), _call.slot()
    return Answer(_call.answer(mine, _wz_call(text, len(text), mine.out_ref, mine.error_ref))[1])


def _value(op: str, **fields: Any) -> Any:
    return call(_call.request(op, **fields)).value


def version() -> dict[str, Any]:
    """The version of the library, and the format of its journals."""
    return cast("dict[str, Any]", _value("version"))


def presets() -> list[str]:
    """The names of the policies that come with the library."""
    return cast("list[str]", _value("presets"))


def preset(id: str) -> dict[str, Any]:
    """The document of a preset."""
    return cast("dict[str, Any]", _value("preset", id=id))


def codes() -> list[str]:
    """Every code that a finding can have."""
    return cast("list[str]", _value("codes"))


def rules() -> list[str]:
    """Every rule."""
    return cast("list[str]", _value("rules"))


def explain(code: str, *, policy: Optional[Union[str, dict[str, Any]]] = None) -> dict[str, Any]:
    """A code or a rule in words, with its cause, its cure and what the policy says of it."""
    return cast("dict[str, Any]", _value("explain", code=code, policy=policy))


def schema(name: str) -> dict[str, Any]:
    """A JSON Schema."""
    return cast("dict[str, Any]", _value("schema", name=name))


def schemas() -> list[str]:
    """The names of the JSON Schemas."""
    return cast("list[str]", _value("schemas"))


def verify(journal: Union[str, bytes], *, head: Optional[str] = None, count: Optional[int] = None) -> dict[str, Any]:
    """Whether a journal's chain is ``sound``: if so its ``head`` and its number of ``events``, else
    the ``finding``. A tail that was cut off leaves a shorter sound chain: ``head`` and ``count``
    catch that."""
    return cast("dict[str, Any]", _value("verify", journal=_text(journal), head=head, count=count))


def check(
    kind: str,
    text: Union[str, bytes],
    *,
    policy: Optional[Union[str, dict[str, Any]]] = None,
    on: Optional[str] = None,
) -> list[Finding]:
    """What is wrong with a document: a ``policy``, a ``roster`` (with ``policy`` and ``on`` also
    what falls short on that day), or ``commands``, one a line."""
    found = _value("check", kind=kind, text=_text(text), policy=policy, on=on)
    return [Finding.of(finding) for finding in found]


def _text(text: Union[str, bytes]) -> str:
    try:
        return text if isinstance(text, str) else text.decode()
    except UnicodeDecodeError as error:
        raise EncodingError(str(error)) from error


def code_number(code: str) -> int:
    """The number of a code in the C header, 0 for no such code."""
    text = _call.encode(code)
    return int(library.wz_code(text, len(text)))


__all__ = [
    "Action",
    "Agenda",
    "AgendaRow",
    "Answer",
    "Applied",
    "Book",
    "BusyError",
    "ClosedError",
    "Duty",
    "EncodingError",
    "Engine",
    "Finding",
    "FrameError",
    "HandleError",
    "InvalidError",
    "Json",
    "LengthError",
    "LibraryError",
    "Message",
    "Outcome",
    "Outcomes",
    "PanicError",
    "PoisonedError",
    "Policy",
    "Publication",
    "RateRow",
    "Source",
    "Standing",
    "Status",
    "StoppedError",
    "Text",
    "Visits",
    "WuzhangError",
    "call",
    "check",
    "code_number",
    "codes",
    "explain",
    "preset",
    "presets",
    "rules",
    "schema",
    "schemas",
    "verify",
    "version",
]
