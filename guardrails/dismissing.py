"""Red flags set aside by the clinician: which, for which reason, until which words.

A dismissal holds for what was typed up to its turn. Words typed later that raise the pattern by themselves make it
stand again: a clot that was excluded on Monday says nothing of a leg that swells on Friday.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from corpus.library import Library
from corpus.types import Action
from guardrails.types import Dismissal, DismissalReason, Flagged
from guardrails.withdrawing import without_denied

Look: TypeAlias = Callable[[Sequence[str]], tuple[Flagged, ...]]
LONGEST_NOTE = 300
"""Characters of a clinician's note on a dismissal; chosen: two lines in a record."""

_NEAR = 0.4  # chosen: "clot" finds no pattern, "dtv" finds dvt


class DismissalError(ValueError):
    """A dismissal cannot be taken as it is; the message says what was expected and what is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """The red flags of a conversation, those set aside marked, and what to tell of which."""

    flags: tuple[Flagged, ...]
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What to tell, without the patterns that it is of."""
        return tuple(text for _, text in self.notes)


def to_dismissal(pattern: object, reason: object, *, turn: object, note: object = "", library: Library) -> Dismissal:
    """Return a dismissal from what was given at a door.

    Args:
        pattern: a red flag's id; capitals and spaces for hyphens are fine.
        reason: one of the four reasons.
        turn: the turn of the conversation after which it holds, from 1.
        note: the clinician's own words; cut to 300 characters.
        library: whose patterns exist.

    Raises:
        DismissalError: an unknown pattern or reason, or no whole turn from 1.
    """
    if isinstance(turn, bool) or not isinstance(turn, int) or turn < 1:
        raise DismissalError(f"dismissal: expected a turn of 1 or more, got {str(turn)[:40]!r}")
    if not isinstance(note, str):
        raise DismissalError(f"dismissal: expected a note as text, got {str(note)[:40]!r}")
    known = _chosen(
        "a red flag", pattern, [f.id for f in library.red_flags], {f.name.lower(): f.id for f in library.red_flags}
    )
    why = _chosen("a reason", reason, [r.value for r in DismissalReason], {})
    words = " ".join(note.split())[:LONGEST_NOTE]
    return Dismissal(pattern=known, reason=DismissalReason(why), turn=turn, note=words)


def check_dismissals(dismissals: Iterable[Dismissal], library: Library, *, now: int) -> None:
    """Refuse a dismissal of a pattern that the library does not hold, or of words that are still to be typed.

    Args:
        dismissals: given with the question at hand or before.
        library: whose patterns exist.
        now: the number of the question at hand.

    Raises:
        DismissalError: with the nearest names.
    """
    for given in dismissals:
        to_dismissal(given.pattern, given.reason.value, turn=given.turn, note=given.note, library=library)
        if given.turn > now:
            raise DismissalError(f"dismissal: expected a turn of {now} at most, this question's own; got {given.turn}")


def screened(
    library: Library,
    turns: Sequence[str],
    look: Look,
    dismissals: Sequence[Dismissal] = (),
    *,
    first_turn: int = 1,
) -> Screened:
    """Return the red flags of `turns`, those taken back or set aside told apart.

    Args:
        library: whose patterns and terms count.
        turns: the user's words about one patient, identifiers removed, oldest first.
        look: finds the red flags in turns.
        dismissals: what was set aside so far; of one pattern the latest counts.
        first_turn: the number of ``turns[0]`` in the conversation, by which dismissals count.
    """
    names = {f.id: f.name for f in library.red_flags}
    raised = look(turns)
    denied = without_denied(library, turns, raised)
    still = raised if denied.turns == tuple(turns) else look(denied.turns)
    left = {f.pattern for f in still}
    back = [f for f in raised if f.pattern not in left and denied.covers(f)]
    kept = (f for f in raised if f.pattern not in left and f not in back)
    aside = _Aside(denied.turns, look, dismissals, first_turn)
    flags = _in_order(aside.marked([*still, *kept]))
    standing = {f.pattern for f in flags}
    notes = [(f.pattern, _taken_back(names[f.pattern])) for f in back] if denied.is_last else []
    notes += [(f.pattern, _set_aside(names[f.pattern], aside.latest[f.pattern])) for f in flags if f.dismissed]
    now = first_turn + len(turns) - 1
    strange = [p for p, d in aside.latest.items() if p not in standing and d.turn == now]
    notes += [(p, _not_seen(names[p])) for p in strange]
    return Screened(flags=flags, notes=tuple(notes))


class _Aside:
    """What was set aside, laid over what was raised."""

    def __init__(self, turns: Sequence[str], look: Look, dismissals: Iterable[Dismissal], first_turn: int) -> None:
        self.latest = {d.pattern: d for d in sorted(dismissals, key=lambda d: d.turn)}
        self._turns, self._look, self._first = tuple(turns), look, first_turn

    def marked(self, flags: Sequence[Flagged]) -> list[Flagged]:
        """Return `flags` with those set aside marked, and what later words raise beside or again."""
        found = [self._marked(f) for f in flags]
        turns = [d.turn for f in found if f.dismissed for d in (self.latest[f.pattern],)]
        known = {f.pattern for f in found}
        # A flag set aside must not hide one that the words typed since raise by themselves.
        return [*found, *(f for f in (self._later(max(turns)) if turns else ()) if f.pattern not in known)]

    def _marked(self, flag: Flagged) -> Flagged:
        dismissal = self.latest.get(flag.pattern)
        if dismissal is None:
            return flag
        # A fact alone (an age) raises nothing again: only words do.
        again = (f for f in self._later(dismissal.turn) if f.pattern == flag.pattern and any(f.triggers))
        words = f"{dismissal.reason.words}: {dismissal.note}" if dismissal.note else dismissal.reason.words
        return next(again, replace(flag, dismissed=words))

    def _later(self, turn: int) -> tuple[Flagged, ...]:
        """Return what the words typed after `turn` raise by themselves."""
        later = self._turns[max(turn - self._first + 1, 0) :]
        return self._look(later) if later else ()


def _in_order(flags: Iterable[Flagged]) -> tuple[Flagged, ...]:
    """Return `flags` as ``seen`` has them: the most urgent first."""
    urgency = list(Action)
    return tuple(sorted(flags, key=lambda f: (urgency.index(f.action), f.pattern)))


def in_force(dismissals: Iterable[Dismissal], flags: Iterable[Flagged]) -> tuple[Dismissal, ...]:
    """Return the dismissals that hold for `flags`: what is worth keeping."""
    aside = {f.pattern for f in flags if f.dismissed is not None}
    return tuple(d for d in dismissals if d.pattern in aside)


def _set_aside(name: str, dismissal: Dismissal) -> str:
    return f"Set aside by you: {name} ({dismissal.reason.words}). Signs typed after this make it stand again."


def _taken_back(name: str) -> str:
    return f"Taken back, as your correction denies it: {name}. Type the sign again if it is there after all."


def _not_seen(name: str) -> str:
    return f"Nothing was set aside for {name}: no such flag stands here."


def _chosen(what: str, given: object, known: Sequence[str], names: Mapping[str, str]) -> str:
    """Return the member of `known` that is meant."""
    said = str(given).strip().lower() if isinstance(given, str) else ""
    exact = names.get(said) or said.replace(" ", "-").replace("_", "-")
    if exact in known:
        return exact
    near = difflib.get_close_matches(exact, known, n=3, cutoff=_NEAR)
    near += [i for n, i in names.items() if said and said in n and i not in near][: 3 - len(near)]
    shown = ", ".join(near or (known if len(known) < 8 else ())) or "see `counterpoint chat`, /flags"
    raise DismissalError(f"dismissal: expected {what} such as {shown}; got {str(given)[:60]!r}")
