"""What a command costs through Python, beside the same command through C.

    python bindings/python/bench/per_call.py [COMMANDS]

Both are measured in this process, with the same loaded library and the same texts, each round on a
new book, in turn; of the rounds the quickest counts. Time is that of this thread alone, so that other
work on the machine tells less. C calls the library's function for each
command, reads the outcome's last byte and frees the outcome. Python calls ``Book.apply`` for each
and asks the outcome whether it was accepted. The commands are visits, all accepted.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import thread_time_ns
from typing import Any

from wuzhang import Book
from wuzhang._library import library

HERE = Path(__file__).resolve().parent
HEADERS = HERE.parents[2] / "ffi" / "include"
ROSTER = (HERE.parent / "examples" / "roster.json").read_text(encoding="utf-8")
ROUNDS = 9
AT = "2014-03-03T09:00:00+08:00"


def command(number: int) -> dict[str, Any]:
    return {
        "id": f"c{number}",
        "at": AT,
        "actor": "k1",
        "do": "record_visit",
        "visit": f"v{number}",
        "cadres": ["k1"],
        "target": "h1",
        "on": "2014-03-03T08:30:00+08:00",
        "diary": "巷道积水，老人出行不便，已告知村组",
    }


def driver() -> Any:
    """The loop in C, compiled for this run."""
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "per_call.so"
        line = ["cc", "-std=c99", "-O2", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
        subprocess.run([*line, f"-I{HEADERS}", str(HERE / "per_call.c"), "-o", str(target)], check=True)
        function = ctypes.CDLL(str(target)).apply_all
    function.restype = ctypes.c_uint64
    pointer, size = ctypes.c_void_p, ctypes.c_size_t
    function.argtypes = (pointer, pointer, pointer, ctypes.c_char_p, ctypes.POINTER(size), size, pointer)
    return function


def address(name: str) -> Any:
    return ctypes.cast(getattr(library, name), ctypes.c_void_p)


def main(count: int) -> None:
    commands = [command(number) for number in range(count)]
    texts = [json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in commands]
    blobs = [text.encode() for text in texts]
    block = b"\n".join(blobs)
    starts, end = (ctypes.c_size_t * (count + 1))(), 0
    for number, blob in enumerate(blobs):
        starts[number], end = end, end + len(blob)
    starts[count] = end
    joined, apply_all, sink = b"".join(blobs), driver(), ctypes.c_uint64()
    apply, release = address("wz_book_apply"), address("wz_buffer_free")

    def in_c(book: Book) -> int:
        spent = int(apply_all(apply, release, book._handle, joined, starts, count, ctypes.addressof(sink)))
        assert spent, "a command failed"
        return spent

    def in_python(given: list[Any]) -> Callable[[Book], int]:
        def run(book: Book) -> int:
            begun = thread_time_ns()
            for each in given:
                if not book.apply(each).accepted:
                    raise AssertionError("a command was rejected")
            return thread_time_ns() - begun

        return run

    def with_events(book: Book) -> int:
        begun = thread_time_ns()
        for each in texts:
            book.apply(each).events
        return thread_time_ns() - begun

    def in_a_block(book: Book) -> int:
        begun = thread_time_ns()
        book.apply_lines(block)
        return thread_time_ns() - begun

    measured: dict[str, Callable[[Book], int]] = {
        "C, one call a command": in_c,
        "Python, str": in_python(texts),
        "Python, bytes": in_python(blobs),
        "Python, str, events parsed": with_events,
        "Python, dict": in_python(commands),
        "Python, one block": in_a_block,
    }
    best = dict.fromkeys(measured, sys.maxsize)
    for _ in range(ROUNDS):
        for name, run in measured.items():
            with Book("dayi-2014", ROSTER) as book:
                best[name] = min(best[name], run(book))
                assert book.status()["commands"] == count
    base = best["C, one call a command"]
    print(f"{count} commands, each accepted; the quickest of {ROUNDS} rounds")
    for name, spent in best.items():
        print(f"{name:<30} {spent / count:>9.0f} ns a command {spent / base:>7.2f} × C")

    calls = 200_000
    begun = thread_time_ns()
    for _ in range(calls):
        library.wz_book_journal(None, 1, None)
    print(f"{'ctypes alone, a refused call':<30} {(thread_time_ns() - begun) / calls:>9.0f} ns a call")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
