"""The library as a whole, and the header that it is bound by."""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import wuzhang
from county import HEADER, POLICY, REPOSITORY, ROSTER, block
from wuzhang import Book, EncodingError, Engine, InvalidError
from wuzhang._library import _PROTOTYPES, ABI, Buffer, Columns, Status

HEADER_TEXT = HEADER.read_text(encoding="utf-8")
KINDS: dict[str, Any] = {
    "uint32_t": ctypes.c_uint32,
    "uint64_t": ctypes.c_uint64,
    "size_t": ctypes.c_size_t,
    "char *": ctypes.c_char_p,
    "size_t *": ctypes.POINTER(ctypes.c_size_t),
    "wz_buffer *": ctypes.POINTER(Buffer),
    "wz_visits *": ctypes.POINTER(Columns),
    **{f"wz_{kind} *": ctypes.c_void_p for kind in ("policy", "engine", "book")},
    **{f"wz_{kind} **": ctypes.POINTER(ctypes.c_void_p) for kind in ("policy", "engine", "book")},
}


def kind_of(declaration: str) -> Any:
    """The C type of `const struct wz_buffer *out`, as ctypes has it."""
    words = re.sub(r"\b(const|struct)\b", "", declaration)
    kind, stars = re.fullmatch(r"\s*(\w+)\s*(\**)\s*\w+\s*", words).groups()  # type: ignore[union-attr]
    return KINDS[f"{kind} {stars}".strip()]


def test_every_function_is_bound_as_the_header_has_it() -> None:
    declared = re.findall(r"^(?:const )?(\w+) \*?(wz_\w+)\(([^)]*)\);", HEADER_TEXT, re.M)
    assert {name for _, name, _ in declared} == set(_PROTOTYPES)
    results = {"wz_status": ctypes.c_uint32, "uint32_t": ctypes.c_uint32, "char": ctypes.c_char_p, "void": None}
    for result, name, arguments in declared:
        kinds = () if arguments == "void" else tuple(kind_of(argument) for argument in arguments.split(","))
        assert _PROTOTYPES[name] == (results[result], kinds), name


def test_numbers_are_those_of_the_header() -> None:
    assert f"#define WZ_ABI {ABI}\n" in HEADER_TEXT
    numbers = dict(re.findall(r"WZ_STATUS_(\w+) = (\d+)", HEADER_TEXT))
    assert {name: int(number) for name, number in numbers.items()} == dict(Status.__members__)


@pytest.mark.parametrize(("name", "kind"), [("wz_buffer", Buffer), ("wz_visits", Columns)])
def test_structures_have_the_fields_of_the_header(name: str, kind: Any) -> None:
    body = re.search(rf"typedef struct {name} {{(.*?)\n}} {name};", HEADER_TEXT, re.S)
    assert body is not None
    fields = re.findall(r"^  (?:const )?\w+ \*?(\w+);", body[1], re.M)
    assert [field[0] for field in kind._fields_] == fields


def test_no_operation_is_missing() -> None:
    def told(function: str) -> set[str]:
        about = re.search(rf"/\*\*((?:(?!\*/).)*)\*/\s*wz_status {function}\(", HEADER_TEXT, re.S)
        assert about is not None
        return set(re.findall(r"`([a-z_]+)`", about[1].split("Safety:")[0])) - {"out", "error"}

    for function, face in (("wz_call", wuzhang), ("wz_engine_call", Engine), ("wz_book_call", Book)):
        operations = told(function)
        assert len(operations) >= 3
        assert [name for name in operations if not hasattr(face, name)] == []


def test_operations_of_the_library() -> None:
    assert wuzhang.version()["version"] == wuzhang.__version__
    assert POLICY in wuzhang.presets() and wuzhang.preset(POLICY)["id"] == POLICY
    assert "plan.cap" in wuzhang.codes() and "visit.town" in wuzhang.rules()
    assert wuzhang.explain("plan.cap", policy=POLICY)["number"] == wuzhang.code_number("plan.cap") == 306
    assert wuzhang.code_number("plan.cup") == wuzhang.code_number("") == 0
    assert all(wuzhang.schema(name)["title"] == name for name in wuzhang.schemas())
    assert wuzhang.check("roster", ROSTER, policy=POLICY, on="2014-03-03") == wuzhang.check(
        "roster", ROSTER.encode(), policy=wuzhang.preset(POLICY), on="2014-03-03"
    )
    assert [finding.code for finding in wuzhang.check("commands", "{}")] != []
    assert wuzhang.call('{"op":"presets"}').value == wuzhang.presets()
    with pytest.raises(InvalidError) as raised:
        wuzhang.call({"op": "explian", "code": "plan.cap"})
    assert raised.value.findings[0].params["nearest"] == "explain"


def test_verify(book: Book) -> None:
    book.apply_lines(block(3))
    journal = book.journal()
    sound = wuzhang.verify(journal)
    assert sound == {"events": 4, "head": book.status()["head"], "sound": True}
    assert wuzhang.verify(journal[: journal.rindex(b"\n", 0, -1) + 1], count=4)["sound"] is False
    assert wuzhang.verify(journal.decode(), head=sound["head"])["sound"] is True
    with pytest.raises(EncodingError):
        wuzhang.verify(b"\xff")


def test_wheel_bears_the_version_of_the_library() -> None:
    assert importlib.metadata.version("wuzhang") == wuzhang.__version__
    assert Path(wuzhang.__file__).is_relative_to(sys.prefix), "the tests are of the installed wheel"
    assert Path(wuzhang.__file__).with_name("py.typed").is_file()


def imported(library: Path) -> str:
    """What an import says with this library: the last line of its error."""
    done = subprocess.run(
        [sys.executable, "-c", "import wuzhang"],
        env={**os.environ, "WUZHANG_LIBRARY": str(library)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    return done.stderr.strip().splitlines()[-1]


def compiled(source: str, where: Path) -> Path:
    compiler = shutil.which("cc")
    assert compiler is not None, "a C compiler is needed"
    library = where / "libother.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-x", "c", "-", "-o", str(library)], input=source.encode(), check=True)
    return library


def test_missing_library_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "libwuzhang.so"
    assert imported(missing) == f"wuzhang.errors.LibraryError: WUZHANG_LIBRARY names {missing}, and there is no such file"


def test_package_without_library_is_told(tmp_path: Path) -> None:
    shutil.copytree(Path(wuzhang.__file__).parent, tmp_path / "wuzhang", ignore=shutil.ignore_patterns("*.so"))
    environment = {name: value for name, value in os.environ.items() if name != "WUZHANG_LIBRARY"}
    done = subprocess.run(
        [sys.executable, "-c", "import wuzhang"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "LibraryError: the native library libwuzhang.so is not in the package" in done.stderr
    assert "WUZHANG_LIBRARY" in done.stderr


def test_what_is_no_library_is_told(tmp_path: Path) -> None:
    text = tmp_path / "libwuzhang.so"
    text.write_text("text")
    assert "cannot be loaded" in imported(text)
    assert "is not the library of wuzhang" in imported(compiled("int other;", tmp_path))


def test_library_of_another_abi_is_told(tmp_path: Path) -> None:
    other = compiled("unsigned wz_abi_check(unsigned abi) { return 21; }", tmp_path)
    assert f"does not speak the ABI {ABI} of this package" in imported(other)


def test_library_without_a_function_is_told(tmp_path: Path) -> None:
    other = compiled("unsigned wz_abi_check(unsigned abi) { return 0; }", tmp_path)
    assert "has no function wz_version" in imported(other)


def test_named_library_is_taken(tmp_path: Path) -> None:
    named = tmp_path / "named.so"
    shutil.copy(os.environ.get("WUZHANG_LIBRARY", Path(wuzhang.__file__).with_name("libwuzhang.so")), named)
    script = "import wuzhang; print(open('/proc/self/maps').read())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "WUZHANG_LIBRARY": str(named)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(named) in done.stdout


def test_examples_roster_is_that_of_the_documentation() -> None:
    assert ROSTER.strip() in (REPOSITORY / "core" / "src" / "doc.rs").read_text(encoding="utf-8")
