"""A defect inside the library is answered, and everything else works on. Needs the build of the
library that panics when it is asked to; WUZHANG_LIBRARY names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import wuzhang
from county import POLICY, ROSTER, block, note, visit
from wuzhang import Book, Engine, PanicError, PoisonedError

pytestmark = pytest.mark.defect

PANIC = '{"op":"panic"}'


def test_library_works_on() -> None:
    for _ in range(3):
        with pytest.raises(PanicError) as raised:
            wuzhang.call(PANIC)
        assert "defect" in str(raised.value) and raised.value.message.zh and raised.value.code is None
        assert POLICY in wuzhang.presets()


def test_engine_works_on(engine: Engine) -> None:
    with pytest.raises(PanicError):
        engine.call(PANIC)
    assert engine.apply(None, note()).accepted


def test_reading_harms_no_book(book: Book) -> None:
    book.apply(visit())
    with pytest.raises(PanicError):
        book.call(PANIC)
    assert book.status()["commands"] == 1
    assert book.apply(visit(2)).accepted


@pytest.mark.parametrize(
    "call",
    [
        lambda book: book.apply(visit(5)),
        lambda book: book.apply_lines(block(1)),
        lambda book: book.call('{"op":"status"}'),
        lambda book: book.journal(),
        lambda book: book.snapshot(),
    ],
)
def test_book_that_was_being_changed_is_poisoned(call: Callable[[Book], Any]) -> None:
    with Book(POLICY, ROSTER) as book, Book(POLICY, ROSTER) as other:
        book.apply_lines(block(3))
        kept = book.journal()
        with pytest.raises(PanicError):
            book.apply(PANIC)
        for _ in range(2):
            with pytest.raises(PoisonedError) as raised:
                call(book)
        assert "journal" in str(raised.value) and raised.value.message.zh
        assert other.apply(visit()).accepted
        book.close()
        with Book.open(POLICY, ROSTER, kept) as again:
            assert again.status()["commands"] == 3 and again.apply(visit(5)).accepted
