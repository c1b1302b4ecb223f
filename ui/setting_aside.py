"""Red flags set aside, in each door's own terms: how it is typed, and how the person is told that it can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus.library import Library
from guardrails.dismissing import DismissalError, to_dismissal
from guardrails.types import Answer, Dismissal, DismissalReason
from ui.usage import UsageError

REASONS = tuple(r.value for r in DismissalReason)
_FORM = "pattern=reason, with a note after a colon where wanted, such as dvt=scanned-clear or dvt=scanned-clear:duplex"
_KEYS = frozenset({"pattern", "reason", "note", "turn"})


def from_option(text: str, library: Library, *, turn: int) -> Dismissal:
    """Return the dismissal that ``--dismiss dvt=scanned-clear:duplex yesterday`` names.

    Raises:
        UsageError: it has another form.
        DismissalError: an unknown pattern or reason.
    """
    pattern, equals, rest = text.partition("=")
    if not equals:
        raise UsageError(f"--dismiss: expected {_FORM}; got {text[:60]!r}")
    reason, _, note = rest.partition(":")
    return to_dismissal(pattern, reason, turn=turn, note=note, library=library)


def from_words(text: str, library: Library, *, turn: int) -> Dismissal:
    """Return the dismissal that ``dvt scanned-clear duplex yesterday`` names.

    Raises:
        DismissalError: a word is missing, or pattern or reason are unknown.
    """
    words = text.split(maxsplit=2)
    if len(words) < 2:
        raise DismissalError(f"expected /dismiss PATTERN REASON, reasons {', '.join(REASONS)}; got {text[:60]!r}")
    return to_dismissal(words[0], words[1], turn=turn, note=words[2] if len(words) > 2 else "", library=library)


def from_objects(given: Any, library: Library, *, now: int) -> tuple[Dismissal, ...]:
    """Return the dismissals of a JSON list; one without a `turn` holds up to the question at hand, number `now`.

    Raises:
        DismissalError: something else than a list of objects with pattern and reason, or unknown names.
    """
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        raise DismissalError('dismissals: expected a list such as [{"pattern": "dvt", "reason": "scanned-clear"}]')
    return tuple(_from_object(one, library, now) for one in given)


def _from_object(one: Mapping[str, Any], library: Library, now: int) -> Dismissal:
    if strange := sorted(set(map(str, one)) - _KEYS):
        raise DismissalError(f"dismissals: expected pattern, reason, note, turn; got {', '.join(strange)[:60]!r}")
    turn = now if one.get("turn") is None else one["turn"]
    return to_dismissal(
        one.get("pattern"), one.get("reason"), turn=turn, note=one.get("note") or "", library=library
    )  # fmt: skip


def fresh(answer: Answer) -> tuple[Dismissal, ...]:
    """Return what was set aside with this question: what is still to be kept."""
    return tuple(d for d in answer.dismissals if d.turn == answer.case.turn)


def in_terminal(document: Mapping[str, Any]) -> str | None:
    """Return how `counterpoint ask` sets aside what stops this answer, None where nothing does."""
    patterns = _patterns(document)
    if not patterns:
        return None
    kept = f"--conversation {document['conversation']} " if document.get("conversation") else ""
    options = " ".join(f"--dismiss {p}={REASONS[0]}" for p in patterns)
    return f'Excluded? counterpoint ask {kept}{options} "the question again" (reasons: {", ".join(REASONS)})'


def in_chat(document: Mapping[str, Any]) -> str | None:
    """Return how `counterpoint chat` sets aside what stops this answer, None where nothing does."""
    patterns = _patterns(document)
    typed = ", ".join(f"/dismiss {p} {REASONS[0]}" for p in patterns)
    return f"Excluded? {typed} and a note if you like (reasons: {', '.join(REASONS)})" if patterns else None


def flag_lines(flags: Iterable[Mapping[str, Any]], library: Library) -> list[str]:
    """Return the red flags of an answer's JSON as lines: which stand, which were set aside and why."""
    names = {f.id: f.name for f in library.red_flags}
    return [
        f"{f['pattern']}: {names.get(f['pattern'], f['pattern'])}; {_state(f)}; set off by "
        f"{', '.join(repr(t) for t in f['triggers']) or 'what is known of the case'}"
        for f in flags
    ]


def _state(flag: Mapping[str, Any]) -> str:
    return f"set aside ({flag['dismissed']})" if flag["dismissed"] else f"stands ({flag['action']})"


def _patterns(document: Mapping[str, Any]) -> Sequence[str]:
    return (document.get("dismissing") or {}).get("patterns", ())
