"""Denials without a "not": what is cited set aside by "rather than", and a sign that must be gone said to be there still."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guardrails.freetext import signs
from guardrails.freetext.reading import Reading, Token
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_ASIDE = frozenset({"rather_than", "instead_of"})
_GONE = frozenset("gone absent settled resolved healed cleared away vanished disappeared lost quiet".split())
_STILL = frozenset(
    "still remains remain remaining persists persist persisting persistent ongoing continues continuing unhealed unresolved present".split()
)
_BESIDE = 2  # words between a sign and what says of it that it is gone or there still
_NAMED = 2  # words that name what is set aside


def reversed_by_form(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for what is set aside though cited, and for what is there still though it must be gone."""
    aside = _set_aside(claim)
    if aside and all(_is_held_plainly(aside, g.said) for g in grounds):
        yield contradicted(
            Rule.NEGATION, f"sets aside (“{' '.join(sorted(t.word for t in aside))}”) what is cited as so"
        )
    bare = _SOME & _bare_after_than(claim)
    if bare and not any(bare & g.said.words for g in grounds):
        yield contradicted(Rule.NEGATION, f"sets it against “{min(bare)}”, as nothing cited does")
    for token in _beside(claim, _STILL):
        if any(token.idea in {t.idea for t in _beside(g.said, _GONE)} for g in grounds):
            yield contradicted(Rule.NEGATION, f"says “{token.word}” is there still, where what is cited has it gone")
            return


_SOME = frozenset("several some many few most all any".split())


def _bare_after_than(reading: Reading) -> frozenset[str]:
    """Return the words right behind "than" that end their clause: "than several"; where one was, none may be meant."""
    tokens = reading.tokens
    ends = [
        n
        for n, t in enumerate(tokens)
        if n + 1 == len(tokens) or tokens[n + 1].clause != t.clause or tokens[n + 1].word in _AFTER
    ]
    return frozenset(tokens[n].word for n in ends if n and tokens[n - 1].word == "than")


_AFTER = frozenset("over in at for after by with".split())


def _set_aside(claim: Reading) -> list[Token]:
    """Return the first words behind "rather than"."""
    at = next((n for n, t in enumerate(claim.tokens) if t.word in _ASIDE), None)
    if at is None:
        return []
    return [t for t in claim.tokens[at + 1 :] if t.clause == claim.tokens[at].clause and not t.is_generic][:_NAMED]


def _is_held_plainly(aside: Sequence[Token], said: Reading) -> bool:
    """Return whether a passage says of each that it is or may be so, and sets nothing against anything."""
    plain = {t.idea for t in said.tokens if not t.is_denied}
    return {t.idea for t in aside} <= plain and not said.words & (signs.NEGATORS | _COMPARING)


_COMPARING = frozenset("than against versus whereas while but unlike alike before after instead then".split())


def _beside(reading: Reading, words: frozenset[str]) -> list[Token]:
    """Return the content words next to one of `words`, none of them denied."""
    places = [n for n, t in enumerate(reading.tokens) if t.word in words and not t.is_denied]
    return [
        t
        for n in places
        for t in reading.tokens[max(0, n - _BESIDE) : n + _BESIDE + 1]
        if t.clause == reading.tokens[n].clause and not t.is_generic and t.word not in words and not t.is_denied
    ]
