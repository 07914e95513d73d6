"""Puts the native library into the wheel, and says in the wheel's name where it runs."""

from __future__ import annotations

import os
import platform
import re
import sysconfig
from pathlib import Path
from typing import Any

from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: The environment variable that names the library to put in.
VARIABLE = "WUZHANG_NATIVE"
#: What every manylinux system has; with anything else a wheel is bound to the system it was built on.
EVERYWHERE = re.compile(r"^(libc|libm|libdl|libpthread|librt|libgcc_s|ld-linux[^.]*)\.so\.\d+$")


class Native(BuildHookInterface[Any]):
    """The build hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        default = Path(self.root).parent.parent / "target" / "release" / "libwuzhang.so"
        library = Path(os.environ.get(VARIABLE, default)).resolve()
        if not library.is_file():
            raise FileNotFoundError(
                f"{library}: build it with `cargo build --release -p wuzhang-ffi`, or let {VARIABLE} name the library"
            )
        name = re.sub(r"\.so[.\d]*$", ".so", library.name)
        build_data["pure_python"] = False
        build_data["force_include"][str(library)] = f"wuzhang/{name}"
        build_data["tag"] = f"py3-none-{system(library)}"


def system(library: Path) -> str:
    """The oldest system that a library runs on, as a wheel's tag names it."""
    here = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    if library.suffix in (".dylib", ".dll"):
        return here
    with library.open("rb") as file:
        elf = ELFFile(file)
        needed = [
            tag.needed  # type: ignore[attr-defined]  # set by the kind of the tag
            for section in elf.iter_sections()
            if isinstance(section, DynamicSection)
            for tag in section.iter_tags()
            if tag.entry.d_tag == "DT_NEEDED"
        ]
        versions = [
            tuple(int(part) for part in number.name.removeprefix("GLIBC_").split("."))
            for section in elf.iter_sections()
            if isinstance(section, GNUVerNeedSection)
            for _, numbers in section.iter_versions()
            for number in numbers
            if re.fullmatch(r"GLIBC_[\d.]+", number.name)
        ]
    if not versions or not all(EVERYWHERE.match(name) for name in needed):
        return here
    major, minor = max(versions)[:2]
    return f"manylinux_{major}_{minor}_{platform.machine()}"
