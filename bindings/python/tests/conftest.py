from __future__ import annotations

from collections.abc import Iterator

import pytest
from county import POLICY, ROSTER
from wuzhang import Book, Engine


@pytest.fixture
def book() -> Iterator[Book]:
    with Book(POLICY, ROSTER) as book:
        yield book


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine(POLICY, ROSTER) as engine:
        yield engine
