"""Policies: the rules as data."""

from __future__ import annotations

from ctypes import byref
from typing import Union

from ._call import Json, encode, made, slot
from ._handle import Owner
from ._library import Handle, closer, library

_new, _close = library.wz_policy_new, closer("wz_policy_free")


class Policy(Owner):
    """A policy, read from a preset's name (``"dayi-2014"``) or from a document.

    It may be closed as soon as engines and books are made of it.
    """

    def __init__(self, policy: Json) -> None:
        """Reads it; raises :class:`InvalidError` with everything that is wrong with the document."""
        text, handle, mine = encode(policy), Handle(), slot()
        made(mine, _new(text, len(text), byref(handle), mine.error_ref))
        self._own(handle, _close)


def policy_of(policy: Union[Policy, Json]) -> Policy:
    """A policy that is given as such, or as what it can be read from."""
    return policy if isinstance(policy, Policy) else Policy(policy)
