"""What the README shows runs."""

from __future__ import annotations

import re
import runpy

import pytest
from county import PACKAGE

README = (PACKAGE / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.S)


def test_first_example_is_the_file() -> None:
    assert EXAMPLES[0] == (PACKAGE / "examples" / "first_steps.py").read_text(encoding="utf-8")


def test_file_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PACKAGE / "examples")
    assert runpy.run_path("first_steps.py")["duty"]["state"] == "met"


def test_every_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PACKAGE / "examples")
    assert len(EXAMPLES) >= 3
    for example in EXAMPLES:
        exec(compile(example, "README.md", "exec"), {})


def test_bench_runs(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(PACKAGE / "bench" / "per_call.py"))["main"](50)
    assert re.findall(r"^Python, str +\d+ ns a command +\d+\.\d\d × C$", capsys.readouterr().out, re.M)
