"""What a mentor filled in: read from the form, and what it still lacks before it can be finished."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from fastapi import Request
from starlette.datastructures import UploadFile

from assistant.records.errors import BadRecordError
from assistant.records.review_types import AnswerVerdict, CitationVerdict, ReviewForm, ViewpointVerdict
from ui.screens.reviewing_answer import Reading
from ui.screens.reviewing_path import Path
from ui.screens.reviewing_words import counted

T = TypeVar("T", bound=StrEnum)
_CITATION = re.compile(r"c-(\d{1,3})")
_VIEWPOINT = re.compile(r"v-([a-z0-9][a-z0-9-]{0,59})")
_OTHERS = frozenset({"verdict", "corrected", "comment", "wants_second", "told"})


async def fields_of(request: Request) -> dict[str, str]:
    """Return the fields of a form, the last of each name.

    Raises:
        BadRecordError: a file came instead of text.
    """
    async with request.form() as form:
        if any(isinstance(value, UploadFile) for value in form.values()):
            raise BadRecordError("a review is text; a file cannot be sent with it")
        return {name: str(value) for name, value in form.items()}


def form_of(fields: Mapping[str, str], reading: Reading, sampled: Sequence[str]) -> ReviewForm:
    """Return the form as the desk takes it; a text that was not touched is no correction.

    Raises:
        BadRecordError: a field or a verdict that does not exist.
    """
    citations: dict[int, CitationVerdict] = {}
    viewpoints: dict[str, ViewpointVerdict] = {}
    for name, value in fields.items():
        if found := _CITATION.fullmatch(name):
            citations[int(found[1])] = _one(CitationVerdict, value)
        elif found := _VIEWPOINT.fullmatch(name):
            viewpoints[found[1]] = _one(ViewpointVerdict, value)
        elif name not in _OTHERS:
            raise BadRecordError(f"a review has no field {name[:40]!r}; reload the page")
    if strange := set(viewpoints) - {school.id for school in reading.schools}:
        raise BadRecordError(f"this answer is not about a school {min(strange)[:40]!r}; reload the page")
    verdict = fields.get("verdict")
    return ReviewForm(
        citations=citations,
        viewpoints=viewpoints,
        verdict=_one(AnswerVerdict, verdict) if verdict else None,
        corrected=_corrected(fields.get("corrected", ""), reading.body),
        comment=fields.get("comment", ""),
        sampled=tuple(sampled),
        wants_second="wants_second" in fields,
    )


def lacking(form: ReviewForm, reading: Reading, path: Path) -> tuple[str, ...]:
    """Return what is missing before a review can be finished, each as a thing to do; empty where nothing is."""
    open_ = sorted(path.numbers - set(form.citations))
    silent = [school.name for school in reading.schools if school.id not in form.viewpoints]
    wanted = []
    if open_:
        numbers = ", ".join(f"[{n}]" for n in open_)
        wanted.append(f"judge {counted(len(open_), 'passage')} more: {numbers}")
    if silent:
        wanted.append(f"say whether the view is fair: {' and '.join(silent)}")
    if form.verdict is None:
        wanted.append("accept, accept with corrections, or reject the answer")
    if form.verdict == AnswerVerdict.CORRECTIONS and not form.corrected:
        wanted.append("change the text where it needs it, or choose another verdict")
    if form.verdict == AnswerVerdict.REJECT and not form.comment.strip():
        wanted.append("tell who asked, in the comment, why it is rejected")
    return tuple(wanted)


def judged(form: ReviewForm, path: Path) -> int:
    """Return how many of the passages asked about have a verdict."""
    return len(path.numbers & set(form.citations))


def _one(kind: type[T], value: str) -> T:
    try:
        return kind(value)
    except ValueError:
        raise BadRecordError(f"a verdict: expected one of {', '.join(kind)}, got {value[:40]!r}") from None


def _corrected(typed: str, before: str) -> str | None:
    """Return the text as corrected, None where it says what it said; a browser sends its line ends as CR LF."""
    after = typed.replace("\r\n", "\n").strip()
    return after if after and after != before.strip() else None
