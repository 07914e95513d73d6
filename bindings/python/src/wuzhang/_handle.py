"""What policies, engines and books have in common: they hold a handle and let it go."""

from __future__ import annotations

import weakref
from types import TracebackType
from typing import Any, Optional, TypeVar

from ._library import Handle

Self = TypeVar("Self", bound="Owner")


class Owner:
    """Holds a handle until it is closed."""

    _handle: Optional[Handle]

    def _own(self, handle: Handle, close: Any) -> None:
        """Owns a handle that was just made."""
        self._handle = handle
        # The net for those who forget to close, and the end of every handle: it runs when the last
        # reference goes, which a call of another thread may still have. When the process ends,
        # threads may still be calling, so then the memory goes with the process.
        weakref.finalize(handle, close, handle.value).atexit = False

    def close(self) -> None:
        """Closes it; a second time does no harm. A call of another thread that has begun still
        ends well, and the memory is freed with the last one; every later call raises
        :class:`ClosedError`."""
        self._handle = None

    @property
    def closed(self) -> bool:
        """Whether it is closed."""
        return self._handle is None

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()
