"""What an engine does, with cases and with visits in columns."""

from __future__ import annotations

import ctypes
import json
from array import array
from datetime import datetime
from typing import Any

import pytest
from county import AT, POLICY, ROSTER, note, visit
from wuzhang import Book, Engine, InvalidError, Policy, Visits
from wuzhang._library import COLUMNS

NOON = int(datetime.fromisoformat("2014-03-03T12:00:00+08:00").timestamp())
DAY = 86_400


def test_case_goes_in_and_comes_out(engine: Engine) -> None:
    begun = engine.apply(None, note())
    assert begun.accepted and begun.case is not None and begun.case["state"] == "noted"
    assert [event["event"] for event in begun.events] == ["need_noted"]
    assert "command.id_reused" in begun.not_judged
    card = {"name": "张大山", "address": "3组12号", "household_size": 4, "income": 18000, "appeal": "疏通", "cause": "淤塞"}
    register = {"id": "r1", "at": AT, "actor": "k1", "do": "register_card", "case": "a1", "card": card}
    as_text = json.dumps(begun.case, ensure_ascii=False)
    for case in (begun.case, as_text, as_text.encode()):
        registered = engine.apply(case, register)
        assert registered.accepted and registered.case is not None and registered.case["state"] == "registered"
    again = engine.apply(registered.case, register)
    assert not again.accepted and "case.state" in [finding.code for finding in again.findings]
    assert [row["rule"] for row in engine.duties_of(begun.case, AT)] == ["register.within"]
    assert "register_card" in [action.do for action in engine.actions(begun.case, "k1", AT) if action.allowed]


@pytest.mark.parametrize(
    "case",
    ['null,"op":"actions"', 'null,"command":{}', 'null}{', "null}", "", "nothing", '{"id":"a1"', 'null,"more":1'],
)
def test_text_of_a_case_cannot_say_more_than_a_case(engine: Engine, case: str) -> None:
    with pytest.raises(InvalidError):
        engine.apply(case, note())
    with pytest.raises(InvalidError):
        engine.apply(None, case)


def test_engine_outlives_its_policy() -> None:
    with Policy(POLICY) as policy:
        engine = Engine(policy, ROSTER)
    assert engine.apply(None, note()).accepted
    engine.close()


# Columns.


def rows(engine: Engine, visits: Visits) -> Any:
    return engine.visit_duties(visits, "2014-03-03", "2014-03-16", "2014-03-31")


def as_lists() -> dict[str, Any]:
    return {
        "cadres": ["k2", "k1"],
        "targets": ["h1", "510129101201"],
        "cadre": [1, 0, 1, 1],
        "target": [0, 0, 0, 1],
        "on": [NOON, NOON, NOON + 7 * DAY, NOON + 8 * DAY],
        "entered": [NOON, NOON, NOON + 7 * DAY, NOON + 8 * DAY],
        "remote": [0, 0, 1, 0],
        "visit": [501, 501, 502, 2**53 - 1],
    }


def test_columns_are_answered_as_commands_are(engine: Engine, book: Book) -> None:
    book.apply(visit(501, cadres=["k1", "k2"], on="2014-03-03T12:00:00+08:00", at="2014-03-03T12:00:00+08:00"))
    visits = Visits(["k1", "k2"], ["h1"], [0, 1], [0, 0], [NOON, NOON], visit=[501, 501])
    by_command = book.duties("2014-03-03", "2014-03-16", as_of="2014-03-31", rule="visit.*")
    for row in by_command:
        row["evidence"] = [visit.removeprefix("v") for visit in row["evidence"]]
    assert len(visits) == 2
    assert rows(engine, visits) == by_command
    assert [row["count"] for row in by_command if row["subject"] == "k1"] == [1, 0]


@pytest.mark.parametrize("kind", ["array", "wider", "ctypes", "numpy", "numpy big", "numpy foreign", "pandas", "strided"])
def test_columns_of_every_kind_are_answered_alike(engine: Engine, kind: str) -> None:
    expected = rows(engine, Visits(**as_lists()))
    assert {row["state"] for row in expected} > {"met"}
    numpy: Any = pytest.importorskip("numpy") if "numpy" in kind or kind == "strided" else None
    pandas: Any = pytest.importorskip("pandas") if kind == "pandas" else None
    given = as_lists()
    for name, ctype, _ in COLUMNS:
        column = given[name]
        wanted = f"{'i' if ctype(-1).value < 0 else 'u'}{ctypes.sizeof(ctype)}"
        if kind == "array":
            letters = {"i8": "q", "u1": "B", "u4": "I", "u8": "Q"}
            given[name] = array(letters[wanted], column)
        elif kind == "wider":
            given[name] = array("q", column)
        elif kind == "ctypes":
            given[name] = (ctype * len(column))(*column)
        elif kind == "numpy":
            given[name] = numpy.array(column, dtype=wanted)
        elif kind == "numpy big":
            given[name] = numpy.array(column, dtype="int64")
        elif kind == "numpy foreign":
            given[name] = numpy.array(column, dtype=f">{wanted}")
        elif kind == "strided":
            given[name] = numpy.repeat(numpy.array(column, dtype=wanted), 2)[::2]
        else:
            given[name] = pandas.Series(column)
    assert rows(engine, Visits(**given)) == expected


def test_columns_of_the_right_type_are_not_copied() -> None:
    numpy: Any = pytest.importorskip("numpy")
    given = as_lists()
    columns = {name: numpy.array(given[name], dtype=kind) for name, kind, _ in COLUMNS}
    columns["on"].flags.writeable = False
    visits = Visits(given["cadres"], given["targets"], **columns)
    for name, column in columns.items():
        assert getattr(visits.columns, name) == column.ctypes.data, name
    numbers = array("I", [0])
    held = Visits(["k1"], ["h1"], numbers, [0], [NOON])
    with pytest.raises(BufferError):
        numbers.append(1)  # a column cannot move while it is held
    del held
    numbers.append(1)


def test_no_visits(engine: Engine) -> None:
    nothing = Visits([], [], [], [], [])
    assert len(nothing) == 0
    assert {row["count"] for row in rows(engine, nothing)} == {0}
    assert rows(engine, Visits([], [], array("I"), array("I"), array("q"), remote=b"", visit=array("Q"))) == rows(
        engine, nothing
    )


def test_columns_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        Visits(["k1"], ["h1"], [0, 0], [0], [NOON])
    with pytest.raises(ValueError, match="no number of its type"):
        Visits(["k1"], ["h1"], [-1], [0], [NOON])
    with pytest.raises(ValueError, match="no number of its type"):
        Visits(["k1"], ["h1"], [2**32], [0], [NOON])
    with pytest.raises(ValueError, match="no number of its type"):
        Visits(["k1"], ["h1"], [0.5], [0], [NOON])
    with pytest.raises(ValueError, match="no number of its type"):
        Visits(["k1"], ["h1"], [0], [0], [None])
    with pytest.raises(ValueError, match="dimensions"):
        Visits(["k1"], ["h1"], memoryview(bytes(4)).cast("B", (2, 2)), [0], [NOON])
    with pytest.raises(ValueError, match="line break"):
        Visits(["k1\nk2"], ["h1"], [0], [0], [NOON])
    with pytest.raises(TypeError, match="not one text"):
        Visits("k1", ["h1"], [0], [0], [NOON])


def test_columns_that_name_nobody_are_answered_with_the_row(engine: Engine) -> None:
    visits = Visits(["k1", "x9"], ["h1"], [0, 1, 2], [0, 0, 0], [NOON] * 3)
    with pytest.raises(InvalidError) as raised:
        rows(engine, visits)
    assert [(finding.code, finding.path) for finding in raised.value.findings] == [
        ("cadre.unknown", "/cadre/1"),
        ("cadre.unknown", "/cadre/2"),
    ]
