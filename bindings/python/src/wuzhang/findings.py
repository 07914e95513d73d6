"""Findings: a violation, a warning or advice, with its rule, source, place and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Optional


class Message(NamedTuple):
    """Words in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True)
class Source:
    """What a rule rests on: ``kind`` is text, statute or assumed."""

    kind: str
    article: Optional[str] = None
    grounding: Optional[str] = None


@dataclass(frozen=True)
class Finding:
    """One finding. ``code`` is stable for ever; ``path`` is a JSON Pointer, empty for the whole."""

    code: str
    severity: str
    path: str
    message: Message
    params: Mapping[str, Any]
    rule: Optional[str] = None
    modality: Optional[str] = None
    source: Optional[Source] = None

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Finding:
        """The finding that its JSON holds."""
        source = found.get("source")
        return cls(
            code=found["code"],
            severity=found["severity"],
            path=found["path"],
            message=Message(zh=found["message"]["zh"], en=found["message"]["en"]),
            params=found["params"],
            rule=found.get("rule"),
            modality=found.get("modality"),
            source=None if source is None else Source(source["kind"], source.get("article"), source.get("grounding")),
        )


@dataclass(frozen=True)
class Action:
    """A step that somebody may or may not take, with the reasons where not. ``close_as`` tells the
    ways of closing apart."""

    do: str
    allowed: bool
    findings: tuple[Finding, ...]
    close_as: Optional[str] = None

    @classmethod
    def of(cls, action: Mapping[str, Any]) -> Action:
        """The action that its JSON holds."""
        findings = tuple(Finding.of(found) for found in action["findings"])
        return cls(action["do"], action["allowed"], findings, action.get("as"))
