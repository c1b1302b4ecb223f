"""Paragraphs of originals that a clinic has attached, looked up when an answer is shown; nothing heavy is imported."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Passage

FOLDER = "attached"
_LOCATOR = re.compile(r"paragraph (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class InPlace:
    """A paragraph of an original, with what stands right before and after it there, each None where it is not held."""

    before: str | None
    paragraph: str
    after: str | None


class AttachedOriginals:
    """Looks up the verbatim paragraph of a passage; reads a file again when it has changed."""

    def __init__(self, home: Path) -> None:
        """Take the data folder; an original may be attached or detached at any time."""
        self._folder = home / FOLDER
        self._read: dict[str, tuple[int, dict[str, str]]] = {}

    def paragraph(self, passage: Passage) -> str | None:
        """Return the paragraph that `passage` digests, or None where its original is not attached."""
        located = _LOCATOR.fullmatch(passage.locator)
        return self._paragraphs(passage.source_id).get(located.group(1)) if located else None

    def in_place(self, passage: Passage) -> InPlace | None:
        """Return that paragraph with its neighbours, or None where its original is not attached."""
        if (paragraph := self.paragraph(passage)) is None:
            return None
        held, number = self._paragraphs(passage.source_id), int(passage.locator.rpartition(" ")[2])
        return InPlace(before=held.get(str(number - 1)), paragraph=paragraph, after=held.get(str(number + 1)))

    def _paragraphs(self, source_id: str) -> dict[str, str]:
        path = self._folder / f"{source_id}.json"
        try:
            changed = path.stat().st_mtime_ns
            if source_id not in self._read or self._read[source_id][0] != changed:
                held = json.loads(path.read_text(encoding="utf-8"))
                self._read[source_id] = (changed, held if isinstance(held, dict) else {})
        except (OSError, ValueError):
            return {}
        return self._read[source_id][1]
