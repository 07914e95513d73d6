"""Rows as tables of pandas, where pandas is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .errors import FrameError

if TYPE_CHECKING:
    import pandas


def frame(rows: Sequence[Any], kind: type) -> pandas.DataFrame:
    """A table with one column for each field of the row's type, also where there are no rows."""
    try:
        import pandas
    except ImportError as error:
        raise FrameError("a table was asked for, and pandas is not installed") from error
    table: pandas.DataFrame = pandas.DataFrame(list(rows), columns=list(kind.__annotations__))
    return table
