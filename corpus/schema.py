"""The library's files as JSON Schema, so that editors complete and check them while they are written.

``python -m corpus.schema`` writes ``corpus/library/schema.json``; a test holds it to the types. A file names it in its
first line: ``# yaml-language-server: $schema=../schema.json``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from corpus.facts import FACT_KINDS
from corpus.library import KINDS, PACKAGED

FILE = PACKAGED / "schema.json"
_WHEN = (
    'A predicate over the case\'s facts, such as: surgery.weeks < 12 and surgery.kind == "aclr". Facts: '
    + ", ".join(FACT_KINDS)
)
_PREDICATES = ("when", "fits", "outside")


def schema() -> dict[str, Any]:
    """Return the schema of one library file: any of the kinds of entry, each a list."""
    properties: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    for kind, entry in KINDS.items():
        made: dict[str, Any] = TypeAdapter(entry).json_schema(ref_template="#/$defs/{model}")
        definitions |= made.pop("$defs", {})
        definitions[entry.__name__] = made
        properties[kind] = {"type": "array", "items": {"$ref": f"#/$defs/{entry.__name__}"}}
    for definition in definitions.values():
        for name in _PREDICATES:
            if name in definition.get("properties", {}):
                definition["properties"][name]["description"] = _WHEN
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "counterpoint/library/1",
        "title": "A file of Counterpoint's library",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    """Return the schema as it is published."""
    return json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def modeline(path: Path) -> str:
    """Return the first line that names the schema to an editor, for the file at `path` below the packaged library."""
    up = "../" * (len(path.relative_to(PACKAGED).parts) - 1)
    return f"# yaml-language-server: $schema={up}schema.json\n"


def main() -> int:
    """Write the schema beside the library and name it in each file that does not; return the exit code."""
    FILE.write_text(text(), encoding="utf-8")
    for path in PACKAGED.rglob("*.yaml"):
        written = path.read_text(encoding="utf-8")
        if not written.startswith(modeline(path)):
            path.write_text(modeline(path) + written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
