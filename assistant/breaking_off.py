"""What is shown when a stage crashes: never an exception, never advice, and a red flag all the same.

A guard that crashes fails closed. What can still be done safely is done again here, each step by itself: identifiers,
case, screening. An urgent red flag that is seen is told; anything else ends as an abstention that says what broke off.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from assistant.framing import frame
from assistant.outcomes import broken_off, escalation
from assistant.planning import nothing_planned
from assistant.screening import screen
from assistant.separating import separated
from assistant.untrusted import Typed, notes_on, read_turns
from corpus.library import Library
from guardrails.red_flags import seen
from guardrails.types import Case, Check, Detail, Draft, Finding, Flagged, Intent, Status, Verdict

WITHHELD = "[not kept: identifiers could not be removed]"
_LOG = logging.getLogger(__name__)
_ENDED = "The answer broke off for a fault of this program."
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What an answer that broke off is made of."""

    typed: Typed
    case: Case
    flags: tuple[Flagged, ...]
    status: Status
    draft: Draft
    verdict: Verdict


def ending(turns: Sequence[str], today: date, library: Library, detail: Detail, stage: str, error: Exception) -> Ending:
    """Return how a question ends whose `stage` raised `error`.

    Args:
        turns: as typed, checked, oldest first.
        today: for ages and intervals.
        library: whose patterns count.
        detail: brief or full.
        stage: the name of the stage.
        error: what it raised; neither its words nor the question's are logged, for they may hold what was typed.
    """
    where = _where(error)
    _LOG.error("the stage %s broke off: %s", stage, where)
    typed = _tried(lambda: read_turns(turns, today, library))
    hidden = typed is None
    typed = typed or Typed(whole=(WITHHELD,), kept=(WITHHELD,))
    case = _tried(lambda: frame(typed.kept, library)) or _unread(typed.kept)
    flags = None if hidden else _tried(lambda: screen(typed, separated(typed.kept, library), case, library).flags)
    if flags is None:  # the cues alone, over all that was typed
        flags = _tried(lambda: seen(library, turns, {}))
    if hidden and flags:  # the words that set a flag off were not cleaned of identifiers
        flags = tuple(replace(f, triggers=()) for f in flags)
    status, draft = _outcome(flags, stage, typed, detail, library)
    finding = Finding(rule="stage_completed", claim_id=None, message=f"{stage} could not be run ({where})")
    check = Check(name="stage_completed", passed=False, detail=finding.message)
    verdict = Verdict(checks=(check,), findings=(finding,))
    return Ending(typed=typed, case=case, flags=flags or (), status=status, draft=draft, verdict=verdict)


def _outcome(
    flags: tuple[Flagged, ...] | None, stage: str, typed: Typed, detail: Detail, library: Library
) -> tuple[Status, Draft]:
    made = nothing_planned(library, detail, (*notes_on(typed.notices), _ENDED))
    if flags and any(f.escalates for f in flags):
        told = _tried(lambda: escalation(flags, made, library))
        if told is not None:
            return Status.ESCALATED, told
    seen_flags = None if flags is None or stage == "screening" else bool(flags)
    made = replace(made, notes=notes_on(typed.notices))
    return Status.ABSTAINED, broken_off(stage, made, has_flags=seen_flags)


def _tried(step: Callable[[], T]) -> T | None:
    try:
        return step()
    except Exception as error:  # noqa: BLE001 - whatever it was, the next step is tried without it
        _LOG.error("and so did what was tried instead: %s", _where(error))
        return None


def _where(error: Exception) -> str:
    """Return the kind of `error` and the line of ours it came from, without its words."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _unread(turns: tuple[str, ...]) -> Case:
    return Case(turns=turns, asked=turns[-1], intent=Intent.PLAN, facts=())
