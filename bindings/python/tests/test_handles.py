"""Closing, and threads."""

from __future__ import annotations

import copy
import gc
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import wuzhang
from county import AT, POLICY, ROSTER, block, note, visit
from wuzhang import Book, BusyError, ClosedError, Engine, Policy, Visits

BOOK_CALLS: list[Callable[[Book], Any]] = [
    lambda book: book.apply(visit()),
    lambda book: book.apply_lines(block(1)),
    lambda book: book.call('{"op":"status"}'),
    lambda book: book.journal(),
    lambda book: book.snapshot(),
    lambda book: book.duties("2014-03-03", "2014-03-09"),
]


@pytest.mark.parametrize("call", BOOK_CALLS)
def test_closed_book_is_told(call: Callable[[Book], Any]) -> None:
    book = Book(POLICY, ROSTER)
    with book:
        call(book)
    assert book.closed
    with pytest.raises(ClosedError, match="closed"):
        call(book)


def test_closed_engine_and_policy_are_told() -> None:
    policy = Policy(POLICY)
    engine = Engine(policy, ROSTER)
    policy.close()
    assert engine.apply(None, note()).accepted
    with pytest.raises(ClosedError):
        Engine(policy, ROSTER)
    with pytest.raises(ClosedError):
        Book(policy, ROSTER)
    with pytest.raises(ClosedError):
        Book.open(policy, ROSTER, b"")
    engine.close()
    with pytest.raises(ClosedError):
        engine.apply(None, note())
    with pytest.raises(ClosedError):
        engine.visit_duties(Visits([], [], [], [], []), "2014-03-03", "2014-03-09", "2014-03-31")


@pytest.mark.parametrize("make", [lambda: Policy(POLICY), lambda: Engine(POLICY, ROSTER), lambda: Book(POLICY, ROSTER)])
def test_closing_twice_does_no_harm(make: Callable[[], Any]) -> None:
    made = make()
    assert not made.closed
    handle = weakref.ref(made._handle)
    made.close()
    assert handle() is None, "closing frees"
    made.close()
    with made:
        pass
    assert made.closed


@pytest.mark.parametrize("make", [lambda: Policy(POLICY), lambda: Engine(POLICY, ROSTER), lambda: Book(POLICY, ROSTER)])
def test_what_nobody_closes_is_freed(make: Callable[[], Any]) -> None:
    made = make()
    handle = weakref.ref(made._handle)
    del made
    gc.collect()
    assert handle() is None


def test_errors_keep_no_handle_alive() -> None:
    book = Book(POLICY, ROSTER)
    handle = weakref.ref(book._handle)
    with pytest.raises(wuzhang.InvalidError) as raised:
        book.apply("")
    book.close()
    assert raised.value.__traceback__ is not None and handle() is None


def test_copies_share_a_handle_until_the_last_is_closed(book: Book) -> None:
    other = copy.copy(book)
    other.close()
    assert book.apply(visit()).accepted


def occupied(book: Book, lines: str) -> tuple[threading.Thread, list[Any]]:
    """A thread that plays a block in a book and has begun, and where its outcomes will be."""
    done: list[Any] = []
    thread = threading.Thread(target=lambda: done.append(book.apply_lines(lines)))
    thread.start()
    while thread.is_alive():
        try:
            book.status()
        except BusyError:
            break
        time.sleep(0)
    return thread, done


def test_two_threads_on_one_book() -> None:
    with Book(POLICY, ROSTER) as book:
        busy, first = 0, 1
        # The block takes so long that the other thread comes in between; if ever it does not, once more.
        for _ in range(20):
            thread, done = occupied(book, block(20_000, first))
            first += 20_000
            while thread.is_alive():
                for call in BOOK_CALLS[2:]:
                    try:
                        call(book)
                    except BusyError as error:
                        assert "another thread" in str(error) and error.message.zh
                        busy += 1
            thread.join()
            assert all(outcome.accepted for outcome in done[0])
            if busy:
                break
        assert busy
        assert book.status()["commands"] == first - 1
        assert wuzhang.verify(book.journal()) == {"events": first, "head": book.status()["head"], "sound": True}


def test_writers_at_one_time_are_served_one_by_one_or_told() -> None:
    with Book(POLICY, ROSTER) as book:

        def write(number: int) -> int:
            applied = 0
            for step in range(500):
                try:
                    applied += book.apply(visit(number * 1000 + step)).accepted
                except BusyError:
                    pass
            return applied

        with ThreadPoolExecutor(8) as threads:
            applied = sum(threads.map(write, range(8)))
        assert applied == book.status()["commands"] > 0
        assert wuzhang.verify(book.journal())["sound"] is True


def test_closing_under_a_call_of_another_thread() -> None:
    for _ in range(20):
        book = Book(POLICY, ROSTER)
        handle = weakref.ref(book._handle)
        thread, done = occupied(book, block(20_000))
        under_call = thread.is_alive()
        book.close()
        with pytest.raises(ClosedError):
            book.status()
        thread.join()
        # The call that had begun ended well, and then the memory went.
        assert len(done[0]) == 20_000
        assert handle() is None
        if under_call:
            break
    assert under_call


def test_closing_while_threads_are_about_to_call() -> None:
    for _ in range(50):
        engine = Engine(POLICY, ROSTER)
        handle = weakref.ref(engine._handle)
        begun = threading.Barrier(5)

        def ask() -> str:
            begun.wait()
            try:
                while True:
                    assert engine.apply(None, note()).accepted
            except ClosedError:
                return "closed"

        with ThreadPoolExecutor(4) as threads:
            asked = [threads.submit(ask) for _ in range(4)]
            begun.wait()
            time.sleep(0.002)
            engine.close()
            assert [each.result() for each in asked] == ["closed"] * 4
        assert handle() is None


def test_engine_shared_by_eight_threads(engine: Engine) -> None:
    begun = threading.Barrier(8)
    expected = engine.apply(None, note()).answer.json
    columns = Visits(["k1"], ["h1"], [0], [0], [1393806600])
    rows = engine.visit_duties(columns, "2014-03-03", "2014-03-09", "2014-03-31")

    def ask(_: int) -> int:
        begun.wait()
        same = 0
        for _ in range(500):
            same += engine.apply(None, note()).answer.json == expected
            same += engine.visit_duties(columns, "2014-03-03", "2014-03-09", "2014-03-31") == rows
        return same

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, range(8))) == [1000] * 8


def test_book_read_by_eight_threads(book: Book) -> None:
    book.apply_lines(block(50))
    expected = book.call({"op": "duties", "from": "2014-03-03", "to": "2014-03-09"}).json
    begun = threading.Barrier(8)

    def read(_: int) -> int:
        begun.wait()
        asked = {"op": "duties", "from": "2014-03-03", "to": "2014-03-09"}
        return sum(book.call(asked).json == expected for _ in range(200))

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, range(8))) == [200] * 8


def test_book_handed_from_thread_to_thread(book: Book) -> None:
    for number in range(8):
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(book.apply, visit(number, at=AT)).result().accepted
    assert book.status()["commands"] == 8
