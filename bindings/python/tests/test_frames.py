"""Rows as tables."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from county import visit
from wuzhang import Book, Duty, FrameError


def test_duties_as_a_table(book: Book) -> None:
    pytest.importorskip("pandas")
    book.apply(visit())
    rows = book.duties("2014-03-03", "2014-03-31")
    table: Any = book.duties_frame("2014-03-03", "2014-03-31")
    assert len(table) == len(rows) > 1
    assert list(table.columns) == list(Duty.__annotations__)
    assert table["count"].sum() == sum(row["count"] for row in rows)
    missed = table[(table["rule"] == "visit.village") & (table["state"] == "met")]
    assert list(missed["evidence"]) == [["v1"]]
    nothing: Any = book.duties_frame("2014-03-03", "2014-03-31", rule="none")
    assert (len(nothing), list(nothing.columns)) == (0, list(table.columns))


def test_without_pandas_a_table_is_refused(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(FrameError, match="pandas is not installed") as raised:
        book.duties_frame("2014-03-03", "2014-03-09")
    assert isinstance(raised.value, ImportError) and raised.value.message.zh
    assert book.duties("2014-03-03", "2014-03-09")


def test_rows_have_the_fields_of_their_types(book: Book) -> None:
    book.apply(visit())
    sure = {name for name, hint in Duty.__annotations__.items() if "NotRequired" not in str(hint)}
    assert sure < set(Duty.__annotations__)
    for row in book.duties("2014-03-03", "2034-03-31", rule="visit.*"):
        assert sure <= set(row) <= set(Duty.__annotations__)
