"""How text goes in and comes out: the one way that every call takes.

A call reads as `text, mine = encode(…), slot()` and `answer(mine, function(owner._handle, text,
len(text), mine.out_ref, mine.error_ref))`. The handle is an argument of the function and of nothing
else, so that no frame in the traceback of an error keeps it from being freed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from ctypes import byref, string_at
from typing import Any, Union

from ._library import Buffer, Status, library
from .errors import (
    BusyError,
    ClosedError,
    EncodingError,
    HandleError,
    InvalidError,
    LengthError,
    PanicError,
    PoisonedError,
    StoppedError,
    WuzhangError,
)
from .outcome import Outcomes

#: Text, or its bytes in UTF-8.
Text = Union[str, bytes, bytearray, memoryview]
#: JSON as text, or as what ``json.loads`` would make of it.
Json = Union[Text, Mapping[str, Any]]

_free = library.wz_buffer_free
# Every call compares with it, and a plain number is compared sooner than a member of Status.
_REJECTED = int(Status.REJECTED)


def encode(value: Json) -> bytes:
    """The bytes to hand over. Text passes as it is; only a mapping is written as JSON."""
    if isinstance(value, str):
        try:
            return value.encode()
        except UnicodeEncodeError:
            # Half of a surrogate pair becomes bytes that are no UTF-8: the library's to refuse,
            # with the place, as from any other caller.
            return value.encode("utf-8", "surrogatepass")
    if isinstance(value, bytes):
        return value
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, Mapping):
        return encode(json.dumps(dict(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    raise TypeError(f"JSON is asked for, as text or as a mapping, not {type(value).__name__}")


def request(op: str, **fields: Any) -> bytes:
    """A request, without the fields that are None."""
    return encode({"op": op, **{name: value for name, value in fields.items() if value is not None}})


class Slot:
    """A pair of buffers for the library to write to."""

    __slots__ = ("out", "error", "out_ref", "error_ref")

    def __init__(self) -> None:
        self.out, self.error = Buffer(), Buffer()
        self.out_ref, self.error_ref = byref(self.out), byref(self.error)


# Slots that no call uses now. A call takes one for itself, so neither another thread nor a signal
# handler can write where it reads; there are never more than calls at one time.
_slots: list[Slot] = []


def slot() -> Slot:
    """A slot for one call, which :func:`answer` or :func:`made` gives back."""
    try:
        return _slots.pop()
    except IndexError:
        return Slot()


def answer(mine: Slot, status: int) -> tuple[bool, bytes]:
    """The answer that stands in a slot, or the error that it tells."""
    if status > _REJECTED:
        raise _failure(mine, status)
    out = mine.out
    try:
        return not status, string_at(out.data, out.len)
    finally:
        _free(mine.out_ref)
        _slots.append(mine)


def made(mine: Slot, status: int) -> None:
    """Gives the slot of a call back that made a handle."""
    if status:
        raise _failure(mine, status)
    _slots.append(mine)


def _failure(mine: Slot, status: int) -> WuzhangError:
    """The error that a status and its slot tell; gives the slot back."""
    failure: WuzhangError
    if status == Status.INVALID:
        failure = InvalidError(_taken(mine.error).decode())
    elif status == Status.STOPPED:
        failure = StoppedError(_taken(mine.error).decode(), Outcomes(_taken(mine.out)))
    elif status == Status.NULL:
        # The only pointer that this package ever leaves NULL is the handle of what is closed.
        failure = ClosedError("this policy, engine or book is closed")
    else:
        failure = _ERRORS.get(status, WuzhangError)(library.wz_status_text(status).decode())
    _slots.append(mine)
    return failure


def _taken(buffer: Buffer) -> bytes:
    try:
        return string_at(buffer.data, buffer.len)
    finally:
        _free(byref(buffer))


_ERRORS: dict[int, type[WuzhangError]] = {
    Status.UTF8: EncodingError,
    Status.LENGTH: LengthError,
    Status.HANDLE: HandleError,
    Status.BUSY: BusyError,
    Status.PANIC: PanicError,
    Status.POISONED: PoisonedError,
}
