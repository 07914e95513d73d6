"""A small county and its commands, for every test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
REPOSITORY = PACKAGE.parents[1]
HEADER = REPOSITORY / "ffi" / "include" / "wuzhang.h"
ROSTER = (PACKAGE / "examples" / "roster.json").read_text(encoding="utf-8")
POLICY = "dayi-2014"
AT = "2014-03-03T09:00:00+08:00"


def visit(number: int = 1, **changed: Any) -> dict[str, Any]:
    """A visit that is accepted."""
    command = {
        "id": f"c{number}",
        "at": AT,
        "actor": "k1",
        "do": "record_visit",
        "visit": f"v{number}",
        "cadres": ["k1"],
        "target": "h1",
        "on": "2014-03-03T08:30:00+08:00",
    }
    return {**command, **changed}


def note(**changed: Any) -> dict[str, Any]:
    """A need that is noted: it begins the case a1."""
    command = {
        "id": "n1",
        "at": AT,
        "actor": "k1",
        "do": "note_need",
        "case": "a1",
        "household": "h1",
        "channel": "visit",
        "category": "livelihood",
        "topic": "巷道积水",
        "text": "雨天巷道积水",
    }
    return {**command, **changed}


def block(count: int, first: int = 1) -> str:
    """Visits that are accepted, one a line."""
    return "".join(
        f'{{"id":"c{n}","at":"{AT}","actor":"k1","do":"record_visit","visit":"v{n}","cadres":["k1"],"target":"h1",'
        f'"on":"2014-03-03T08:30:00+08:00"}}\n'
        for n in range(first, first + count)
    )
