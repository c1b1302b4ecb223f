"""Red flags of the patient at hand: those that stand, those set aside, and what to tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from assistant.following import Kind, following
from assistant.framing import frame
from assistant.separating import Separated, separated
from assistant.untrusted import Typed
from corpus.facts import Facts
from corpus.library import Library
from corpus.types import Action
from guardrails.dismissing import Screened, screened
from guardrails.red_flags import seen
from guardrails.settling import is_seen_to
from guardrails.standing import readings, reads_as_ordinary, sentences
from guardrails.suspicion import with_suspicion
from guardrails.types import Case, Dismissal, Flagged

_CLOT, _CLOT_EXCLUDED = "dvt", "clot-excluded"


def screen(
    typed: Typed, talk: Separated, case: Case, library: Library, dismissals: Sequence[Dismissal] = ()
) -> Screened:
    """Return the red flags of the case, seen with or without what was set apart as an order.

    An order can neither hide a flag nor deny it, nor make another patient of it: a flag that stands in one reading
    stands.

    Args:
        typed: the turns, whole and without orders.
        talk: those without orders that are about this patient.
        case: framed from them.
        library: whose patterns count.
        dismissals: what was set aside so far.
    """
    kept = _screened(talk, case.known, library, dismissals)
    if typed.whole == typed.kept:
        return kept
    first_turn = case.turn - len(typed.whole) + 1
    other = separated(typed.whole, library, first_turn=first_turn)
    whole = _screened(other, frame(other.turns, library).known, library, dismissals)
    return _together(whole, kept)


def _screened(talk: Separated, facts: Facts, library: Library, dismissals: Sequence[Dismissal]) -> Screened:
    """Return the red flags of the talk; where a message tells of several patients, those of each of them.

    What only their signs together raise is told as something to rule out: who is one and who another may be misread.
    """
    look = partial(_look, facts=facts, library=library)
    whole = screened(library, talk.screened, look, dismissals, first_turn=talk.first_screened)
    if not talk.parts:
        return whole
    found = [screened(library, talk.alone, look, dismissals, first_turn=talk.first_screened)]
    for turn, part in talk.parts:
        look = partial(_look, facts=frame((part,), library).known, library=library)
        found.append(screened(library, (part,), look, dismissals, first_turn=turn))
    raised = {f.pattern for one in found for f in one.flags}
    mixed = (f if f.pattern in raised else replace(f, is_possible=True) for f in whole.flags)
    return _together(*found, replace(whole, flags=tuple(mixed)))


def _together(*found: Screened) -> Screened:
    """Return the flags that stand in any of `found`; what is told of a flag holds where it stands in none."""
    flags = _worst(flag for one in found for flag in one.flags)
    standing = {f.pattern for f in flags if f.dismissed is None}
    notes = {p: n for one in found for p, n in one.notes if p not in standing}
    return Screened(flags=flags, notes=tuple(notes.items()))


def _look(turns: Sequence[str], *, facts: Facts, library: Library) -> tuple[Flagged, ...]:
    """Return the flags seen; what the latest turn says was cleared, or reads as ordinary, heads the answer.

    What was looked into is not always what the cue is about, and the reader can err: so it is told what to rule out,
    and not left at that.
    """
    flags, heard = seen(library, turns, facts), _heard(turns, library)
    age = facts.get("age")
    years = age if isinstance(age, float) else None
    flags = with_suspicion(flags, heard, library, years) if heard else flags
    latest = turns[-1] if turns else ""
    cleared = [f for f in flags if f.escalates and is_seen_to(latest, f.triggers)]
    urgent = [f for f in flags if f.escalates and f not in cleared]
    standing = () if _are_ordinary(urgent, turns, facts, library) else urgent
    left = [replace(f, is_possible=True) if f.escalates and f not in standing else f for f in flags]
    return tuple(replace(f, is_cleared=_is_cleared(f, cleared, facts)) if f.is_possible else f for f in left)


def _is_cleared(flag: Flagged, cleared: Sequence[Flagged], facts: Facts) -> bool:
    """Return whether what is told settles `flag`: of a clot a test that excludes one, for a D-dimer alone may not."""
    if flag.pattern == _CLOT:
        found = facts.get("result")
        return isinstance(found, frozenset) and _CLOT_EXCLUDED in found
    return any(f.pattern == flag.pattern for f in cleared)


def _are_ordinary(flags: Sequence[Flagged], turns: Sequence[str], facts: Facts, library: Library) -> bool:
    """Return whether the conversation reads as ordinary, and so does each part that raises a flag by itself.

    Later words must not talk an earlier turn down: that takes a clearance of the very sign, or a dismissal.
    """
    if not flags:
        return True
    whole = "\n".join(turns)
    raising = partial(_raising, facts=facts, library=library)
    texts = [whole, *raising({*turns, *readings(whole)} - {whole})]
    alone = raising(sentences(whole))
    expand = library.normaliser.expand
    return reads_as_ordinary(map(expand, texts), [f.action for f in flags], alone=map(expand, alone))


def _raising(texts: Iterable[str], facts: Facts, library: Library) -> list[str]:
    """Return those of `texts` that raise a flag that escalates by themselves."""
    return [t for t in sorted(texts) if any(f.escalates for f in seen(library, [t], facts))]


def _heard(turns: Sequence[str], library: Library) -> list[str]:
    """Return the turns that the net of words may judge, which was trained on whole cases.

    "And if she were 15?" has too few words to tell anything by; what a short turn tells is read with the turn before.
    """
    heard: list[str] = []
    for turn in turns:
        step = following(library.normaliser.expand(turn), library)
        if step.kind is Kind.OWN or (step.is_told and not heard):
            heard.append(turn)
        elif step.is_told or not step.is_whole:
            heard[-1:] = ["\n".join([*heard[-1:], turn])]
    return heard


def _worst(found: Iterable[Flagged]) -> tuple[Flagged, ...]:
    """Return each pattern once, as what is most urgent of it."""
    urgency = list(Action)
    worst: dict[str, Flagged] = {}
    for flag in sorted(found, key=lambda f: (not f.escalates, f.dismissed is not None, urgency.index(f.action))):
        worst.setdefault(flag.pattern, flag)
    return tuple(worst.values())
