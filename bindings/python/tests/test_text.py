"""Text that is not as text should be, and pointers and lengths as no caller should give them."""

from __future__ import annotations

import ctypes
import json
import sys
from ctypes import byref, c_size_t
from typing import Any

import pytest
import wuzhang
from county import POLICY, ROSTER, visit
from wuzhang import Book, EncodingError, Engine, InvalidError, Policy, Status
from wuzhang._library import Buffer, Handle, library

NO_UTF8 = (b"\xff", b"\xc0\x80", b'{"op":"\xed\xa0\x80"}', b"\xe4\xba", b"{\x80}")


@pytest.mark.parametrize("text", [*NO_UTF8, "\ud800", '{"op":"\udfff"}'])
def test_requests_that_are_not_utf8(book: Book, engine: Engine, text: Any) -> None:
    for call in (wuzhang.call, book.call, engine.call, Policy, lambda text: Book(POLICY, text)):
        with pytest.raises(EncodingError) as raised:
            call(text)
        assert raised.value.message.zh == "文字不是 UTF-8" and raised.value.message.en == "a text is not UTF-8"


@pytest.mark.parametrize("text", [*NO_UTF8, "\ud800"])
def test_commands_that_are_not_utf8_are_told_with_the_place(book: Book, text: Any) -> None:
    with pytest.raises(InvalidError) as raised:
        book.apply(text)
    assert raised.value.findings
    with pytest.raises(InvalidError):
        book.apply_lines(text)
    assert book.status()["commands"] == 0


def test_half_a_surrogate_pair_in_a_command(book: Book) -> None:
    with pytest.raises(InvalidError):
        book.apply(visit(diary="\ud83d"))
    assert book.apply(visit(diary="😀")).accepted


def test_nul_inside_text(book: Book) -> None:
    with pytest.raises(InvalidError):
        book.apply(json.dumps(visit()) + "\0")
    with pytest.raises(InvalidError):
        book.apply("\0")
    with pytest.raises(InvalidError):
        wuzhang.call('{"op":"version"}\0')
    outcome = book.apply(visit(diary="前\0后"))
    # JSON writes a NUL as an escape, and nothing is cut there.
    assert outcome.accepted and outcome.events[-1]["diary"] == "前\0后"


def test_empty_text(book: Book, engine: Engine) -> None:
    for empty in ("", b"", bytearray(), memoryview(b"")):
        for call in (wuzhang.call, book.call, book.apply, engine.call, Policy):
            with pytest.raises(InvalidError):
                call(empty)
    assert bytes(book.apply_lines("")) == b""


def test_long_text(book: Book) -> None:
    long = book.apply(visit(diary="长" * 10_001))
    assert [finding.code for finding in long.findings] == ["command.invalid"]
    huge = book.apply(visit(diary="长" * (4 << 20)))
    assert [finding.code for finding in huge.findings] == ["command.invalid"]
    assert book.apply(visit(diary="长" * 10_000)).accepted
    deep = "[" * 100_000
    with pytest.raises(InvalidError):
        book.apply(deep)


def test_what_is_no_json_is_refused_by_python() -> None:
    for value in (None, 1, ["op"], object()):
        with pytest.raises(TypeError):
            wuzhang.call(value)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        wuzhang.call({"op": float("nan")})
    with pytest.raises(TypeError):
        wuzhang.call({"op": object()})


def raw(name: str, *arguments: Any) -> int:
    """A function of the library as a careless caller would call it."""
    return int(getattr(library, name)(*arguments))


CALLS = ("wz_engine_call", "wz_book_call", "wz_book_apply", "wz_book_apply_lines")


def test_null_for_everything(book: Book) -> None:
    out, error = Buffer(), Buffer()
    for name in CALLS:
        assert raw(name, None, None, 0, None, None) == Status.NULL
        assert raw(name, None, b"{}", 2, byref(out), byref(error)) == Status.NULL
        assert raw(name, book._handle, None, 5, byref(out), byref(error)) in (Status.NULL, Status.HANDLE)
    assert raw("wz_call", None, 1, byref(out), byref(error)) == Status.NULL
    assert raw("wz_call", b"{}", 2, None, None) == Status.NULL
    assert raw("wz_policy_new", b"x", 1, None, None) == Status.NULL
    assert raw("wz_engine_new", None, b"{}", 2, byref(Handle()), None) == Status.NULL
    assert raw("wz_engine_visit_duties", None, None, b"{}", 2, byref(out), None) == Status.NULL
    assert raw("wz_book_open", None, b"{}", 2, None, 0, byref(Handle()), byref(c_size_t()), None) == Status.NULL
    assert raw("wz_book_restore", None, 1, byref(Handle()), None) == Status.NULL
    assert raw("wz_book_journal", None, 1, byref(out)) == Status.NULL
    assert raw("wz_book_snapshot", book._handle, None) == Status.NULL
    for name in ("wz_policy_free", "wz_engine_free", "wz_book_free"):
        assert raw(name, None) == Status.NULL
        assert raw(name, byref(Handle())) == Status.OK
    library.wz_buffer_free(None)
    assert (out.data, out.len, error.data) == (None, 0, None)


def test_lengths_that_no_text_has(book: Book, engine: Engine) -> None:
    out, error = Buffer(), Buffer()
    for length in (sys.maxsize + 1, 2**64 - 1):
        for name in CALLS:
            handle = engine._handle if "engine" in name else book._handle
            assert raw(name, handle, b"{}", length, byref(out), byref(error)) == Status.LENGTH
        assert raw("wz_call", b"{}", length, byref(out), byref(error)) == Status.LENGTH
        assert raw("wz_book_restore", b"{}", length, byref(Handle()), byref(error)) == Status.LENGTH
    assert (out.data, error.data) == (None, None)


def test_handle_of_another_kind(book: Book, engine: Engine) -> None:
    out = Buffer()
    for name in CALLS:
        wrong = book._handle if "engine" in name else engine._handle
        assert raw(name, wrong, b"{}", 2, byref(out), None) == Status.HANDLE
    assert out.data is None


def test_buffer_freed_twice() -> None:
    out = Buffer()
    assert raw("wz_call", b'{"op":"version"}', 16, byref(out), None) == Status.OK
    assert ctypes.string_at(out.data, out.len + 1).endswith(b"}\0")
    for _ in range(2):
        library.wz_buffer_free(byref(out))
        assert (out.data, out.len, out.room) == (None, 0, 0)
