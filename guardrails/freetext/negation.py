"""What a passage denies a claim may not affirm, and what it affirms a claim may not deny."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guardrails.freetext import signs
from guardrails.freetext.reading import Reading, Token
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_SHARED = 0.6  # of what a denial covers, how much a claim must speak of to be held to it; chosen on the dev half, decision 18
_LIKE = frozenset({"no_difference", "not_better", "non_inferior"})


def denied_otherwise(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for a denial that no passage has, and for one of a passage that the claim has lost."""
    yield from _invented(claim, grounds)
    yield from _dropped(claim, grounds)


def _denials(reading: Reading) -> list[tuple[str, frozenset[str]]]:
    """Return each denial of a reading with the ideas it covers."""
    found: list[tuple[str, frozenset[str]]] = []
    for n, token in enumerate(reading.tokens):
        if token.word in signs.NEGATORS and token.word not in signs.SOFT_NEGATORS:
            found.append((token.word, _covered(reading.tokens, n)))
    return found


def _covered(tokens: Sequence[Token], at: int) -> frozenset[str]:
    if tokens[at].word in signs.NEGATED_WORDS:
        return frozenset({tokens[at].idea})
    reached = []
    for token in tokens[at + 1 :]:
        if token.clause != tokens[at].clause:
            break
        if token.is_denied and not token.is_generic:
            reached.append(token.idea)
    return frozenset(reached)


def _around(reading: Reading, word: str, covered: frozenset[str]) -> frozenset[str]:
    """Return the ideas of the clauses in which a reading denies."""
    return covered | frozenset(
        t.idea for clause in reading.clauses if any(c.word == word for c in clause) for t in clause if not t.is_generic
    )


def _invented(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    theirs: frozenset[str] = frozenset()
    likeness = False
    for ground in grounds:
        for word, covered in _denials(ground.said):
            theirs |= _around(ground.said, word, covered)
        likeness = likeness or any(t.word in _LIKE or t.sign == "same" for t in ground.said.tokens)
        theirs |= frozenset(t.idea for c in ground.said.clauses if any(x.word in _LIKE for x in c) for t in c)
        theirs |= frozenset(t.idea for c in ground.said.clauses if any(x.word in signs.SOFT_NEGATORS or x.word in _SCANT for x in c) for t in c)
    for word, covered in _denials(claim):
        around = _around(claim, word, covered)
        if not theirs & (covered or around):
            shown = word.replace("_", " ")
            what = _first(claim, covered)
            yield contradicted(Rule.NEGATION, f"denies (“{shown}{what}”) what nothing cited denies")
            return


_SCANT = frozenset("only limited few scant little alone unlike insufficient poor inadequate against doubts doubt objects stop unclear uncertain".split())


def _first(claim: Reading, covered: frozenset[str]) -> str:
    words = [t.word.replace("_", " ") for t in claim.tokens if t.idea in covered and t.is_denied]
    return f" … {' '.join(words[:3])}" if words else ""


def _dropped(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    denies = bool(_denials(claim)) or any(t.word in _LIKE or t.word in _SCANT or t.word in signs.SOFT_NEGATORS or t.sign == "same" for t in claim.tokens)
    affirmed = frozenset(t.idea for t in claim.tokens if not t.is_generic and not t.is_denied)
    for ground in grounds:
        for word, covered in _denials(ground.said):
            shared = covered & affirmed
            is_held = len(covered) > 0 and len(shared) >= max(1, _SHARED * len(covered))
            if is_held and not _said_plainly(shared, grounds) and not (denies and _is_near(claim, covered)):
                yield contradicted(Rule.NEGATION, f"leaves out a denial: what is cited says “{word.replace('_', ' ')}” of this")
                return


def _said_plainly(shared: frozenset[str], grounds: Sequence[Ground]) -> bool:
    """Return whether a passage also says the same things, in one clause, without denying them."""
    for ground in grounds:
        for clause in ground.said.clauses:
            if shared <= {t.idea for t in clause if not t.is_denied}:
                return True
    return False


def _is_near(claim: Reading, covered: frozenset[str]) -> bool:
    """Return whether the claim denies somewhere in a clause that speaks of what the passage denies."""
    for clause in claim.clauses:
        says_no = any(t.word in signs.NEGATORS or t.word in _LIKE or t.word in _SCANT or t.sign == "same" for t in clause)
        if says_no and covered & {t.idea for t in clause}:
            return True
    return False
