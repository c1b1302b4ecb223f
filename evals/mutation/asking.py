"""The answers that are broken: those that the assistant gives to a list of questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files

from assistant.door import Assistant
from guardrails.types import Answer, Detail

ASKED_AT = datetime(2025, 6, 2, 9, tzinfo=UTC)  # any day: the answers must not hang on the clock
_AT_LENGTH = "full: "


def questions() -> Iterator[tuple[str, Detail]]:
    """Yield the questions of questions.txt, each with how long its answer is."""
    for line in (files("evals.mutation") / "questions.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            detail = Detail.FULL if line.startswith(_AT_LENGTH) else Detail.BRIEF
            yield line.removeprefix(_AT_LENGTH).strip(), detail


def answers(assistant: Assistant) -> tuple[Answer, ...]:
    """Return the answers to all questions, in the order of the list."""
    return tuple(assistant.ask(q, detail=d, asked_at=ASKED_AT) for q, d in questions())
