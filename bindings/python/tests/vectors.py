"""Plays the shared cases through the package, and writes the log that every face has to give.

    python tests/vectors.py CASES.jsonl LOG
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Union

import wuzhang
from wuzhang import Book, Engine, InvalidError, Policy, StoppedError

Step = dict[str, Any]


class Case:
    """A case while it is played: its book, which steps may replace, and its engine once asked."""

    def __init__(self, policy: str, roster: str) -> None:
        self.policy, self.roster = Policy(policy), roster
        self.book = Book(self.policy, roster)

    def apply(self, step: Step) -> Iterator[str]:
        yield self.book.apply(step["text"]).json

    def book_step(self, step: Step) -> Iterator[str]:
        yield self.book.call(step["text"]).json

    def engine(self, step: Step) -> Iterator[str]:
        with Engine(self.policy, self.roster) as engine:
            yield engine.call(step["text"]).json

    def library(self, step: Step) -> Iterator[str]:
        yield wuzhang.call(step["text"]).json

    def lines(self, step: Step) -> Iterator[str]:
        try:
            yield from text_lines(bytes(self.book.apply_lines(step["text"])))
        except StoppedError as stopped:
            yield from text_lines(bytes(stopped.outcomes))
            raise

    def journal(self, step: Step) -> Iterator[str]:
        yield from text_lines(self.book.journal(int(step["text"])))

    def restore(self, step: Step) -> Iterator[str]:
        restored = Book.restore(self.book.snapshot())
        self.book.close()
        self.book = restored
        yield self.book.call('{"op":"status"}').json

    def reopen(self, step: Step) -> Iterator[str]:
        book = Book.open(self.policy, self.roster, self.book.journal() + step["text"].encode())
        self.book.close()
        self.book = book
        yield str(book.dropped)

    def visits(self, step: Step) -> Iterator[str]:
        columns = wuzhang.Visits(**step["visits"])
        with Engine(self.policy, self.roster) as engine:
            yield engine.call_visits(columns, step["text"]).json


KINDS: dict[str, Callable[[Case, Step], Iterator[str]]] = {
    "apply": Case.apply,
    "book": Case.book_step,
    "engine": Case.engine,
    "library": Case.library,
    "lines": Case.lines,
    "journal": Case.journal,
    "restore": Case.restore,
    "reopen": Case.reopen,
    "visits": Case.visits,
}


def text_lines(block: bytes) -> list[str]:
    """The lines of a block that ends in a line's end or is empty."""
    return block.decode().split("\n")[:-1]


def played(cases: Path) -> Iterator[tuple[str, list[str]]]:
    """Each case's name and the lines that it answers."""
    with cases.open(encoding="utf-8", newline="\n") as file:
        documents = json.loads(next(file))["documents"]
        for line in file:
            case = json.loads(line)
            yield case["name"], list(answers(documents[case["policy"]], documents[case["roster"]], case["steps"]))


def answers(policy: str, roster: str, steps: list[Step]) -> Iterator[str]:
    try:
        case = Case(policy, roster)
    except InvalidError as refused:
        yield refused.json
        return
    for step in steps:
        try:
            yield from KINDS[step["to"]](case, step)
        except InvalidError as refused:
            yield refused.json


def main(cases: str, log: str) -> None:
    count = 0
    with open(log, "w", encoding="utf-8", newline="\n") as out:
        for name, lines in played(Path(cases)):
            count += 1
            out.write("".join(f"{line}\n" for line in (f"# {name}", *lines)))
    print(f"{count} cases played")


if __name__ == "__main__":
    main(*sys.argv[1:])
