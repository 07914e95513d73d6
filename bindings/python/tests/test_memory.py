"""A hundred thousand calls of each kind leave memory as it was."""

from __future__ import annotations

import ctypes
import gc
import os
import platform
import sys
from array import array
from collections.abc import Callable
from ctypes import byref
from typing import Any

import pytest
import wuzhang
from county import AT, POLICY, ROSTER, block, note, visit
from wuzhang import Book, Engine, Policy, Visits, WuzhangError
from wuzhang._call import encode
from wuzhang._library import Buffer, library

CALLS = 100_000
WARM_UP = 1_000
#: How many bytes more may be allocated afterwards: less than three a call. The least that can leak is
#: one block of the allocator, 32 bytes. Where there are few calls, two such blocks a call.
ALLOCATED, FEW = 256 * 1024, 64
#: Resident memory has pages that come and go with what else the machine does, so it may differ by
#: more, and still by less than a block a call.
RESIDENT = 20 * CALLS
#: What makes and drops documents is slower, and what leaks there is whole documents.
SLOW = CALLS // 100

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc tells what is allocated")


class Heap(ctypes.Structure):
    """What glibc says of its heap, ``struct mallinfo2``."""

    _fields_ = [(name, ctypes.c_size_t) for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks".split()] + [
        ("fordblks", ctypes.c_size_t),
        ("keepcost", ctypes.c_size_t),
    ]


def heap() -> Heap:
    function = ctypes.CDLL(None).mallinfo2
    function.restype = Heap
    told: Heap = function()
    return told


def used() -> tuple[int, int, int]:
    """Bytes that are allocated in the heap, bytes of Python's own small blocks, and resident bytes.

    Resident memory alone would hide a leak that fills what earlier tests gave back.
    """
    gc.collect()
    told = heap()
    with open("/proc/self/statm", encoding="ascii") as file:
        resident = int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return told.uordblks + told.hblkhd, 16 * sys.getallocatedblocks(), resident


def leaks(call: Callable[[], Any], calls: int) -> bool:
    """Whether so many calls leave more memory in use, by any measure."""
    for _ in range(min(WARM_UP, calls // 10)):
        call()
    before = used()
    for _ in range(calls):
        call()
    grown = [after - then for after, then in zip(used(), before)]
    print("more bytes in the heap, in small blocks, resident:", *grown)
    allocated = min(ALLOCATED, FEW * calls)
    return any(more > bound for more, bound in zip(grown, (allocated, allocated, RESIDENT)))


def refused(call: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        try:
            call()
        except WuzhangError:
            pass
        else:
            raise AssertionError("not refused")

    return run


def made(make: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        make().close()

    return run


QUICK = (
    "a command that was there",
    "a rejected command",
    "a text that is no command",
    "a block",
    "a block that stops",
    "a request",
    "a request that is refused",
    "the journal",
    "a case",
    "columns",
    "columns taken and let go",
    "the library",
    "bytes that are no text",
    "a closed book",
)
HEAVY = (
    "a snapshot",
    "an engine",
    "a book",
    "a book of a snapshot",
    "a policy that is refused",
    "a book that is refused",
)


@pytest.fixture(scope="module")
def calls() -> dict[str, Callable[[], Any]]:
    book, engine, policy, closed = Book(POLICY, ROSTER), Engine(POLICY, ROSTER), Policy(POLICY), Book(POLICY, ROSTER)
    closed.close()
    book.apply_lines(block(3))
    resent, rejected, unread = (encode(command) for command in (visit(1), visit(9, actor="x9"), {"at": AT}))
    status, unknown, begun = b'{"op":"status"}', b'{"op":"sttus"}', encode(note())
    visits = Visits(["k1"], ["h1"], [0], [0], [1393806600])
    request = b'{"op":"visit_duties","from":"2014-03-03","to":"2014-03-04","as_of":"2014-03-31"}'
    columns = array("I", [0]), array("I", [0]), array("q", [1393806600])
    snapshot, journal = book.snapshot(), book.journal()
    return {
        "a command that was there": lambda: book.apply(resent),
        "a rejected command": lambda: book.apply(rejected),
        "a text that is no command": refused(lambda: book.apply(unread)),
        "a block": lambda: list(book.apply_lines(rejected)),
        "a block that stops": refused(lambda: book.apply_lines(rejected + b"\n{}")),
        "a request": lambda: book.call(status).value,
        "a request that is refused": refused(lambda: book.call(unknown)),
        "the journal": lambda: book.journal(3),
        "a snapshot": book.snapshot,
        "a case": lambda: engine.apply(None, begun),
        "columns": lambda: engine.call_visits(visits, request),
        "columns taken and let go": lambda: Visits(["k1"], ["h1"], *columns),
        "the library": lambda: wuzhang.call(b'{"op":"version"}'),
        "bytes that are no text": refused(lambda: wuzhang.call(b"\xff")),
        "a closed book": refused(lambda: closed.apply(resent)),
        "an engine": made(lambda: Engine(policy, ROSTER)),
        "a book": made(lambda: Book.open(policy, ROSTER, journal)),
        "a book of a snapshot": made(lambda: Book.restore(snapshot)),
        "a policy that is refused": refused(lambda: Policy("dayi")),
        "a book that is refused": refused(lambda: Book(policy, "{}")),
    }


@pytest.mark.parametrize("name", QUICK)
def test_calls_leave_memory_as_it_was(calls: dict[str, Callable[[], Any]], name: str) -> None:
    assert not leaks(calls[name], CALLS)


@pytest.mark.parametrize("name", HEAVY)
def test_documents_leave_memory_as_it_was(calls: dict[str, Callable[[], Any]], name: str) -> None:
    assert not leaks(calls[name], SLOW)


def test_a_leak_would_be_seen() -> None:
    out, kept = Buffer(), []
    # A buffer that is not freed, and an object of Python that is not let go.
    assert leaks(lambda: library.wz_call(b'{"op":"version"}', 16, byref(out), None), CALLS // 5)
    assert leaks(lambda: kept.append(object()), CALLS)
