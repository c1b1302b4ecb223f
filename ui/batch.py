"""Many questions from a file, one answer a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.door import Assistant
from assistant.pipeline import QuestionError
from guardrails.types import Detail
from ui.setting_aside import from_objects


def run_batch(helper: Assistant, source: Path, target: Path, detail: Detail | None) -> tuple[int, int]:
    """Answer each line of `source` into `target`; return how many were answered and how many were bad.

    The target appears whole or not at all: lines go to a file beside it that takes its name at the end.
    """
    unfinished = target.with_name(target.name + ".part")
    done = failed = 0
    try:
        with source.open("rb") as lines, unfinished.open("wb") as out:
            for document in answers(helper, lines, detail):
                out.write(_written(document))
                failed += "error" in document
                done += "error" not in document
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return done, failed


def _written(document: dict[str, Any]) -> bytes:
    try:
        return (json.dumps(document, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:  # a lone surrogate in an id can only be kept escaped
        return (json.dumps(document) + "\n").encode()


def answers(helper: Assistant, lines: Iterable[bytes], detail: Detail | None) -> Iterator[dict[str, Any]]:
    """Yield an answer, or an error with its line, for each line that is not blank."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer(helper, number, line, detail)


def _answer(helper: Assistant, number: int, line: bytes, detail: Detail | None) -> dict[str, Any]:
    identifier: Any = None
    try:
        asked = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
        identifier = asked.get("id") if isinstance(asked, dict) else None
        question, history = _fields(asked)
        more: dict[str, Any] = {}
        if given := asked.get("dismissals"):
            more["dismissals"] = from_objects(given, helper.snapshot.library, now=len(history) + 1)
        document = helper.ask_json(question, history=history, detail=detail, **more)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        return {"id": identifier, "line": number, "error": f"expected a JSON object in UTF-8: {error}"}
    except (QuestionError, ValueError) as error:
        return {"id": identifier, "line": number, "error": str(error)}
    return {**document, "id": identifier, "answer_id": document["id"]}


def _refuse(constant: str) -> None:
    raise ValueError(f"expected a JSON object: {constant} is no JSON number")


def _fields(asked: Any) -> tuple[str, list[str]]:
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        message = 'expected {"id": …, "question": "…"} with the question as text'
        raise ValueError(message)  # noqa: TRY004 - it is what was given that does not fit
    history = asked.get("history") or []
    if not isinstance(history, list) or not all(isinstance(h, str) for h in history):
        raise ValueError("history: expected a list of earlier questions as texts")
    return asked["question"], history
