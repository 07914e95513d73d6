"""The native library: where it is found, whether it fits, and its functions as ctypes sees them.

Every function is bound once, with its types, when the package is imported. ctypes lets the other
Python threads run while a function runs.
"""

from __future__ import annotations

import ctypes
import os
import sys
from ctypes import POINTER, byref, c_char_p, c_int64, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p
from enum import IntEnum
from pathlib import Path
from typing import Any

from .errors import LibraryError

#: The ABI of the header that this package was written for.
ABI = 1
#: The environment variable that names another library than the one in the package.
VARIABLE = "WUZHANG_LIBRARY"


class Status(IntEnum):
    """How a call ended, by the numbers of the header."""

    OK = 0
    REJECTED = 1
    INVALID = 2
    STOPPED = 3
    NULL = 16
    UTF8 = 17
    LENGTH = 18
    HANDLE = 19
    BUSY = 20
    ABI = 21
    PANIC = 32
    POISONED = 33


class Buffer(ctypes.Structure):
    """Text that the library gives away; its memory, freed by its function alone."""

    _fields_ = [("data", c_void_p), ("len", c_size_t), ("room", c_size_t)]


class Columns(ctypes.Structure):
    """Visits in columns."""

    _fields_ = [
        ("count", c_size_t),
        ("cadres", c_char_p),
        ("cadres_len", c_size_t),
        ("targets", c_char_p),
        ("targets_len", c_size_t),
        ("cadre", c_void_p),
        ("target", c_void_p),
        ("on", c_void_p),
        ("entered", c_void_p),
        ("remote", c_void_p),
        ("visit", c_void_p),
    ]


#: What the columns hold: the field, the C type, and whether it may be left out.
COLUMNS: tuple[tuple[str, Any, bool], ...] = (
    ("cadre", c_uint32, False),
    ("target", c_uint32, False),
    ("on", c_int64, False),
    ("entered", c_int64, True),
    ("remote", c_uint8, True),
    ("visit", c_uint64, True),
)

_TEXT = (c_char_p, c_size_t)
_BUFFER = POINTER(Buffer)
_OUTPUTS = (_BUFFER, _BUFFER)
_NEW = (POINTER(c_void_p), _BUFFER)

_PROTOTYPES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "wz_abi_check": (c_uint32, (c_uint32,)),
    "wz_version": (c_char_p, ()),
    "wz_status_text": (c_char_p, (c_uint32,)),
    "wz_code": (c_uint32, _TEXT),
    "wz_buffer_free": (None, (_BUFFER,)),
    "wz_call": (c_uint32, (*_TEXT, *_OUTPUTS)),
    "wz_policy_new": (c_uint32, (*_TEXT, *_NEW)),
    "wz_policy_free": (c_uint32, (POINTER(c_void_p),)),
    "wz_engine_new": (c_uint32, (c_void_p, *_TEXT, *_NEW)),
    "wz_engine_free": (c_uint32, (POINTER(c_void_p),)),
    "wz_engine_call": (c_uint32, (c_void_p, *_TEXT, *_OUTPUTS)),
    "wz_engine_visit_duties": (c_uint32, (c_void_p, POINTER(Columns), *_TEXT, *_OUTPUTS)),
    "wz_book_open": (c_uint32, (c_void_p, *_TEXT, *_TEXT, POINTER(c_void_p), POINTER(c_size_t), _BUFFER)),
    "wz_book_restore": (c_uint32, (*_TEXT, *_NEW)),
    "wz_book_free": (c_uint32, (POINTER(c_void_p),)),
    "wz_book_apply": (c_uint32, (c_void_p, *_TEXT, *_OUTPUTS)),
    "wz_book_apply_lines": (c_uint32, (c_void_p, *_TEXT, *_OUTPUTS)),
    "wz_book_call": (c_uint32, (c_void_p, *_TEXT, *_OUTPUTS)),
    "wz_book_journal": (c_uint32, (c_void_p, c_uint64, _BUFFER)),
    "wz_book_snapshot": (c_uint32, (c_void_p, _BUFFER)),
}


def _path() -> Path:
    named = os.environ.get(VARIABLE)
    if named:
        path = Path(named)
        if not path.is_file():
            raise LibraryError(f"{VARIABLE} names {named}, and there is no such file")
        return path
    name = {"darwin": "libwuzhang.dylib", "win32": "wuzhang.dll"}.get(sys.platform, "libwuzhang.so")
    path = Path(__file__).with_name(name)
    if not path.is_file():
        raise LibraryError(
            f"the native library {name} is not in the package ({path.parent}); install a wheel of this platform, "
            f"or let the environment variable {VARIABLE} name the library"
        )
    return path


def _load() -> ctypes.CDLL:
    path = _path()
    try:
        library = ctypes.CDLL(str(path.resolve()))
    except OSError as error:
        raise LibraryError(f"the native library {path} cannot be loaded: {error}") from error
    try:
        check = library.wz_abi_check
    except AttributeError as error:
        raise LibraryError(f"{path} is not the library of wuzhang") from error
    check.restype, check.argtypes = c_uint32, (c_uint32,)
    if check(ABI) != Status.OK:
        raise LibraryError(f"{path} does not speak the ABI {ABI} of this package; install the two of one version")
    for name, (result, arguments) in _PROTOTYPES.items():
        try:
            function = getattr(library, name)
        except AttributeError as error:
            raise LibraryError(f"{path} has no function {name}; it is not the whole library") from error
        function.restype, function.argtypes = result, arguments
    return library


library = _load()


class Handle(c_void_p):
    """The address of a policy, an engine or a book, given to the library as it is.

    A call holds a reference to its handle until it returns, and the memory is freed when the last
    reference has gone. So nothing is freed under a call of another thread, whoever closes when.
    """


def closer(name: str) -> Any:
    """The function that frees an address of a kind of handle."""
    function = getattr(library, name)

    def close(address: int) -> None:
        # Nobody has a reference any more, so nobody can be in a call: the library is never busy.
        function(byref(c_void_p(address)))

    return close
