"""What the library answers: text at once, parsed when somebody asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Optional

from .findings import Finding

# An outcome is canonical JSON, so its members are sorted and the status is the last.
_ACCEPTED = b'"status":"accepted"}'


class Answer:
    """The answer to a request: ``json`` is the whole text ``{"ok":…}``, ``value`` what it holds."""

    __slots__ = ("_text", "_value")

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._value: Optional[dict[str, Any]] = None

    def __bytes__(self) -> bytes:
        return self._text

    def __repr__(self) -> str:
        return f"<Answer {self.json[:80]}>"

    @property
    def json(self) -> str:
        """The text, byte for byte that of every other face."""
        return self._text.decode()

    @property
    def value(self) -> Any:
        """What the answer holds, parsed once."""
        if self._value is None:
            self._value = json.loads(self._text)
        return self._value["ok"]


class Outcome:
    """The outcome of one command. Nothing is parsed before it is asked for."""

    __slots__ = ("accepted", "_text", "_parsed")

    def __init__(self, text: bytes, accepted: bool) -> None:
        #: Whether the command was accepted.
        self.accepted = accepted
        self._text = text
        self._parsed: Optional[dict[str, Any]] = None

    @classmethod
    def read(cls, text: bytes) -> Outcome:
        """The outcome that a text is."""
        return cls(text, text.endswith(_ACCEPTED))

    def __bytes__(self) -> bytes:
        return self._text

    def __repr__(self) -> str:
        return f"<Outcome {'accepted' if self.accepted else 'rejected'} {self.command!r}>"

    @property
    def json(self) -> str:
        """The text, byte for byte that of every other face."""
        return self._text.decode()

    @property
    def parsed(self) -> dict[str, Any]:
        """The whole outcome, parsed once."""
        if self._parsed is None:
            self._parsed = json.loads(self._text)
        return self._parsed

    @property
    def command(self) -> str:
        """The command's id."""
        return str(self.parsed["command"])

    @property
    def events(self) -> list[dict[str, Any]]:
        """What happened; nothing when rejected."""
        events: list[dict[str, Any]] = self.parsed["events"]
        return events

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every reason of a rejection, or the warnings."""
        return tuple(Finding.of(found) for found in self.parsed["findings"])


class Outcomes:
    """The outcomes of a block, one a line; iterating makes an :class:`Outcome` of each."""

    __slots__ = ("_text",)

    def __init__(self, text: bytes) -> None:
        self._text = text

    def __bytes__(self) -> bytes:
        return self._text

    def __len__(self) -> int:
        return self._text.count(b"\n")

    def __iter__(self) -> Iterator[Outcome]:
        for line in self._text.splitlines():
            yield Outcome.read(line)

    @property
    def json(self) -> str:
        """The lines, byte for byte those of every other face."""
        return self._text.decode()


class Applied:
    """What an engine answers to a command on one case: the outcome, and the case as it stands."""

    __slots__ = ("answer",)

    def __init__(self, answer: Answer) -> None:
        #: The whole answer.
        self.answer = answer

    @property
    def accepted(self) -> bool:
        """Whether the command was accepted."""
        return bool(self.answer.value["outcome"]["status"] == "accepted")

    @property
    def case(self) -> Optional[dict[str, Any]]:
        """The case afterwards: keep it, and hand it in with the next command."""
        case: Optional[dict[str, Any]] = self.answer.value["case"]
        return case

    @property
    def events(self) -> list[dict[str, Any]]:
        """What happened; nothing when rejected."""
        events: list[dict[str, Any]] = self.answer.value["outcome"]["events"]
        return events

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every reason of a rejection, or the warnings."""
        return tuple(Finding.of(found) for found in self.answer.value["outcome"]["findings"])

    @property
    def not_judged(self) -> list[str]:
        """What only a book could have judged."""
        rules: list[str] = self.answer.value["not_judged"]
        return rules
