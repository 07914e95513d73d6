"""Writes src/wuzhang/rows.py, the types of the rows that views answer, from the JSON Schemas.

    python bindings/python/generate.py            writes the file
    python bindings/python/generate.py --check    says whether it is as it would be written
"""

from __future__ import annotations

import json
import sys
from keyword import iskeyword
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parent.parent / "docs" / "schemas"
TARGET = HERE / "src" / "wuzhang" / "rows.py"
#: The schemas whose types are plain rows. Cases and ledgers have other fields for other readers.
ROOTS = ("duty", "agenda", "publication", "rates")

HEAD = '''"""The rows that views answer, as types: dictionaries with these fields.

Generated from docs/schemas by generate.py. Do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Optional, TypedDict, Union

if TYPE_CHECKING:
    from typing_extensions import NotRequired
'''


def main() -> int:
    text = written()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.name} is not what the schemas give: run {Path(__file__).name}")
    return 1


def written() -> str:
    """What the file has to hold."""
    definitions: dict[str, Any] = {}
    for root in ROOTS:
        definitions.update(json.loads((SCHEMAS / f"{root}.json").read_text(encoding="utf-8"))["$defs"])
    names = sorted(definitions, key=lambda name: (rank(definitions[name]), name))
    return HEAD + "".join(defined(name, definitions[name]) for name in names)


def rank(schema: dict[str, Any]) -> int:
    """What is evaluated at once comes after what it names: words, classes, calls, unions."""
    if "properties" in schema:
        return 1 if speakable(schema) else 2
    return 3 if "$ref" in json.dumps(schema) else 0


def speakable(schema: dict[str, Any]) -> bool:
    """Whether every field can be an attribute's name: `from` and `in` are words of Python."""
    return not any(iskeyword(name) for name in schema["properties"])


def defined(name: str, schema: dict[str, Any]) -> str:
    if "properties" not in schema:
        return f"\n{name} = {hint(schema)}\n"
    fields = schema["properties"]
    if not speakable(schema):
        pairs = "".join(f'    "{field}": {hint(value)},\n' for field, value in fields.items())
        return f'\n{name} = TypedDict(\n    "{name}",\n    {{\n{pairs.replace("    ", "        ")}    }},\n)\n'
    body = "".join(member(field, value, field in schema["required"]) for field, value in fields.items())
    return f"\n\nclass {name}(TypedDict):\n{body}\n"


def member(name: str, schema: dict[str, Any], required: bool) -> str:
    kind = hint(schema)
    # What may be null is always written; what else is not required is left out where there is none.
    if not required and not kind.startswith("Optional["):
        kind = f"NotRequired[{kind}]"
    about = f"    #: {schema['description']}\n" if "description" in schema else ""
    return f"{about}    {name}: {kind}\n"


def hint(schema: dict[str, Any]) -> str:
    """The type of a schema, as Python writes it."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[1])
    if "enum" in schema:
        words = ",\n    ".join(json.dumps(word) for word in schema["enum"])
        return f"Literal[\n    {words},\n]"
    if "const" in schema:
        return f"Literal[{json.dumps(schema['const'])}]"
    for joint in ("anyOf", "oneOf"):
        if joint in schema:
            kinds = [hint(part) for part in schema[joint] if part != {"type": "null"}]
            union = kinds[0] if len(kinds) == 1 else f"Union[{', '.join(kinds)}]"
            return f"Optional[{union}]" if {"type": "null"} in schema[joint] else union
    if schema["type"] == "array":
        return f"list[{hint(schema['items'])}]"
    return {"string": "str", "integer": "int", "boolean": "bool"}[schema["type"]]


if __name__ == "__main__":
    sys.exit(main())
