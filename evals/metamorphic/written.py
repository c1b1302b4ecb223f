"""Questions put in other words by people: paraphrases, shorthand and prose.

Written blind, by somebody who had the questions before them and had seen neither the answers nor the code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from corpus.library import Library
from evals.cases import EvalCase
from evals.errors import CaseFileError
from evals.metamorphic.types import Change, asked_as

PACKAGED = Path(str(files("evals"))) / "metamorphic" / "paraphrases.jsonl"
WAYS = {"paraphrase": "paraphrase", "shorthand": "as shorthand", "prose": "as prose"}
"""The ways in which a question is put again, and what a report calls each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One case's last question in other words."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    case: Annotated[str, Field(min_length=1)]
    kind: Literal["paraphrase", "shorthand", "prose"]
    text: Annotated[str, Field(min_length=1)]


_WRITTEN: TypeAdapter[Written] = TypeAdapter(Written)


def written_for(way: str, case: EvalCase, _: Random, __: Library) -> Change | None:
    """Return the case's question as written that way; None where nobody wrote it."""
    text = read_written().get((case.id, way))
    return None if text is None else Change(after=asked_as(case, text))


@cache
def read_written(path: Path = PACKAGED) -> Mapping[tuple[str, str], str]:
    """Return the texts of a file by case and way.

    Raises:
        CaseFileError: a line does not fit, or says a thing twice; the message names file and line.
    """
    found: dict[tuple[str, str], str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        written = _parsed(line, path, number)
        if (written.case, written.kind) in found:
            raise CaseFileError(f"{written.case} already has a {written.kind}", file=path, line=number)
        found[written.case, written.kind] = written.text
    return found


def _parsed(line: str, path: Path, number: int) -> Written:
    try:
        return _WRITTEN.validate_python(json.loads(line))
    except (json.JSONDecodeError, ValidationError) as error:
        problem = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        expected = "expected one object a line with case, kind and text"
        raise CaseFileError(f"{expected}: {problem}", file=path, line=number) from error
