"""What can go wrong: one class for each way a call can end without an answer."""

from __future__ import annotations

import json as _json
from typing import TYPE_CHECKING, Optional

from .findings import Finding, Message

if TYPE_CHECKING:
    from .outcome import Outcomes


class WuzhangError(Exception):
    """Everything that this package raises of its own.

    ``code`` and ``path`` are those of the first finding where there are findings, else None and
    empty. ``message`` has the words in Chinese (``zh``) and in English (``en``).
    """

    _zh = "调用未能完成"

    @property
    def code(self) -> Optional[str]:
        """The stable code, such as ``plan.cap``."""
        return None

    @property
    def path(self) -> str:
        """JSON Pointer to the place, empty for the whole."""
        return ""

    @property
    def message(self) -> Message:
        """The words."""
        return Message(zh=self._zh, en=super().__str__())


class InvalidError(WuzhangError, ValueError):
    """A text is not as it should be: a document, a request, a line that is no command.

    ``json`` is the error answer, byte for byte that of every other face.
    """

    def __init__(self, json: str) -> None:
        super().__init__(json)
        self.json = json
        self._findings: Optional[tuple[Finding, ...]] = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong."""
        if self._findings is None:
            found = _json.loads(self.json)["error"]["findings"]
            self._findings = tuple(Finding.of(finding) for finding in found)
        return self._findings

    @property
    def code(self) -> Optional[str]:
        return self.findings[0].code

    @property
    def path(self) -> str:
        return self.findings[0].path

    @property
    def message(self) -> Message:
        return self.findings[0].message

    def __str__(self) -> str:
        return "; ".join(f"{found.code} {found.path}: {found.message.en}" for found in self.findings)


class StoppedError(InvalidError):
    """A block of lines stopped at a line that is no command. ``outcomes`` are those of the lines
    before it, which are applied; ``line`` is its number."""

    def __init__(self, json: str, outcomes: Outcomes) -> None:
        super().__init__(json)
        self.args = (json, outcomes)
        self.outcomes = outcomes

    @property
    def line(self) -> int:
        """The number of the line, from 1."""
        return int(self.findings[0].params["line"])


class EncodingError(WuzhangError, ValueError):
    """A text is not UTF-8, or a ``str`` holds half of a surrogate pair."""

    _zh = "文字不是 UTF-8"


class LengthError(WuzhangError, ValueError):
    """A text is longer than any object can be."""

    _zh = "长度超出可能"


class ClosedError(WuzhangError, ValueError):
    """The policy, engine or book is closed."""

    _zh = "已经关闭"


class HandleError(WuzhangError, TypeError):
    """A handle is not one of the kind that the call asks for."""

    _zh = "句柄种类不符"


class BusyError(WuzhangError, RuntimeError):
    """Another thread uses the book at this moment. Nothing was done; let one thread own a book."""

    _zh = "另一线程正在使用"


class PanicError(WuzhangError, RuntimeError):
    """A defect of the library was caught. Other handles work on; a book that was being changed
    is poisoned."""

    _zh = "程序库内部出错，已被截住；其他对象不受影响"


class PoisonedError(WuzhangError, RuntimeError):
    """An earlier defect interrupted a change of this book: open it anew from its journal."""

    _zh = "此前一次更改被内部错误打断；请从日志重新打开"


class LibraryError(WuzhangError, ImportError):  # type: ignore[misc]  # an ImportError's path may be None
    """The native library is missing, or it is not the one of this package."""

    _zh = "找不到本机程序库，或版本不符"


class FrameError(WuzhangError, ImportError):  # type: ignore[misc]  # as above
    """A table was asked for, and pandas is not installed."""

    _zh = "未安装 pandas"
