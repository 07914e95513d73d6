"""Visits in columns, as a host's tables have them."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_ssize_t, c_void_p, py_object, pythonapi, sizeof
from typing import Any, Optional

from ._call import encode
from ._library import COLUMNS, Columns

# The letters of the struct module for whole numbers, by sign; which of them is how long is the platform's.
_LETTERS = {True: "bhilq", False: "BHILQ"}
_NATIVE = "@=<" if sys.byteorder == "little" else "@=>"


class _PyBuffer(Structure):
    """Python's own ``Py_buffer``, part of its stable ABI."""

    _fields_ = [
        ("buf", c_void_p),
        ("obj", c_void_p),
        ("len", c_ssize_t),
        ("itemsize", c_ssize_t),
        ("readonly", c_int),
        ("ndim", c_int),
        ("format", c_char_p),
        ("shape", c_void_p),
        ("strides", c_void_p),
        ("suboffsets", c_void_p),
        ("internal", c_void_p),
    ]


_get, _release = pythonapi.PyObject_GetBuffer, pythonapi.PyBuffer_Release
_get.restype, _get.argtypes = c_int, (py_object, POINTER(_PyBuffer), c_int)
_release.restype, _release.argtypes = None, (POINTER(_PyBuffer),)


def _address(view: memoryview) -> int:
    """Where the numbers of a view stand; it holds for as long as the view lives."""
    raw = _PyBuffer()
    _get(view, byref(raw), 0)
    try:
        return raw.buf or 0
    finally:
        _release(byref(raw))


def _numbers(name: str, column: Any, kind: Any) -> memoryview:
    """A column as numbers of the library's type: as it stands where it has that type, else copied."""
    signed = kind(-1).value < 0
    if hasattr(column, "to_numpy"):
        column = column.to_numpy()
    view: Optional[memoryview]
    try:
        view = memoryview(column)
    except (TypeError, ValueError):
        view = None
    if view is not None:
        if view.ndim != 1:
            raise ValueError(f"the column {name} has {view.ndim} dimensions")
        plain = view.format.lstrip(_NATIVE) in (*_LETTERS[signed], "?") and view.contiguous
        if plain and view.itemsize == sizeof(kind) and _address(view) % sizeof(kind) == 0:
            return view
        # An array of numpy makes a list of any order of bytes, a view only of the machine's.
        column = column.tolist() if hasattr(column, "tolist") else view.tolist()
    letter = next(letter for letter in _LETTERS[signed] if array(letter).itemsize == sizeof(kind))
    try:
        return memoryview(array(letter, column))
    except (TypeError, OverflowError) as error:
        raise ValueError(f"the column {name} holds what is no number of its type: {error}") from error


def _lines(name: str, ids: Sequence[str]) -> bytes:
    if isinstance(ids, (str, bytes)):
        raise TypeError(f"{name} is a sequence of ids, not one text")
    lines = "\n".join(ids)
    if "\r" in lines or lines.count("\n") != max(len(ids) - 1, 0):
        raise ValueError(f"an id in {name} has a line break in it")
    return encode(lines)


class Visits:
    """Visits in columns, one row for each cadre of a visit. Rows of one visit stand next to each
    other and bear the same number in ``visit``.

    ``cadres`` and ``targets`` are ids; ``cadre`` and ``target`` number them, from 0. ``on`` and
    ``entered`` are seconds since 1970-01-01T00:00:00Z; without ``entered`` each was entered as it
    happened. ``remote`` is not 0 where nobody met in person. ``visit`` is the evidence in the rows;
    without it the row's number is.

    Columns are lists, or buffers such as ``array.array`` and numpy arrays. A contiguous buffer of
    the library's type (unsigned 32 bits for ``cadre`` and ``target``, signed 64 bits for times,
    unsigned 8 and 64 bits for ``remote`` and ``visit``) is used where it stands: leave it alone
    while a call lasts. Everything else is copied once, here.
    """

    def __init__(
        self,
        cadres: Sequence[str],
        targets: Sequence[str],
        cadre: Any,
        target: Any,
        on: Any,
        *,
        entered: Optional[Any] = None,
        remote: Optional[Any] = None,
        visit: Optional[Any] = None,
    ) -> None:
        """Raises ``ValueError`` for columns of different lengths and for what is no number."""
        given = {"cadre": cadre, "target": target, "on": on, "entered": entered, "remote": remote, "visit": visit}
        self._views: dict[str, memoryview] = {}
        for name, kind, optional in COLUMNS:
            if given[name] is not None or not optional:
                self._views[name] = _numbers(name, given[name], kind)
        lengths = {name: len(view) for name, view in self._views.items()}
        if len(set(lengths.values())) != 1:
            raise ValueError(f"columns of different lengths: {lengths}")
        people, places = _lines("cadres", cadres), _lines("targets", targets)
        #: The columns as the library reads them.
        self.columns = Columns(
            lengths["cadre"],
            people,
            len(people),
            places,
            len(places),
            *(_address(self._views[name]) if self._views.get(name) else None for name, _, _ in COLUMNS),
        )

    def __len__(self) -> int:
        return int(self.columns.count)
