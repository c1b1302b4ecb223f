"""Denials taken out, put in twice, or insisted away: what a sentence shows of it by its own form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from guardrails.freetext import signs
from guardrails.freetext.negation import ELLIPTIC, denies, is_bare, key_of
from guardrails.freetext.reading import Reading, Token
from guardrails.freetext.types import Fault, Ground, Rule, contradicted, not_enough

_SHARE = (
    0.5  # of what else a clause speaks of, how much must stand beside its verb; chosen on the dev half, decision 18
)


def undone(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for what reads as if a denial were lost, or undoes one that is there, where no passage does so."""
    yield from _insisted(claim, grounds)
    yield from _doubled(claim, grounds)


_NO_VERB = frozenset(
    "so too enough nothing everything well it this that these those the a an better worse as in on at to for of with by more less much little good best badly".split()
) | frozenset(
    "and or but only just his her their its all both each some most then when than during after before".split()
)
_DO = frozenset({"do", "does", "did"})


def _insisted(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for what reads as if a denial had been taken out: "did track", "is yet possible", "with and with".

    One says "did track" only against somebody who denies it; so a passage must have it, in one clause, undenied.
    """
    for do, verb in pairwise(claim.tokens):
        is_insisting = do.word in _DO and not do.is_denied and do.clause == verb.clause and not denies(verb)
        if is_insisting and verb.word not in _NO_VERB and not _is_affirmed(claim, verb, grounds):
            yield contradicted(Rule.NEGATION, f"insists (“{do.word} {verb.word}”) on what nothing cited affirms")
            return
        if do.word in ELLIPTIC and verb.word == "yet" and not do.is_denied:
            yield not_enough(Rule.NEGATION, f"reads as if a denial were lost (“{do.word} yet”)")
            return
    for one, link, other in zip(claim.tokens, claim.tokens[1:], claim.tokens[2:], strict=False):
        if one.word == other.word == "with" and link.word == "and":
            yield not_enough(Rule.NEGATION, "reads as if a denial were lost (“with and with”)")
            return


_NEAR = 2  # words between which two denials undo each other


def _doubled(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for a denial of a denial ("does not advise against"), where no passage has one."""
    pair = _two_denials(claim)
    if pair and not any(_two_denials(g.said) for g in grounds):
        yield contradicted(Rule.NEGATION, f"denies a denial (“{pair}”), which nothing cited does")
    is_contrast = any(denies(t) for t in claim.tokens)
    if (
        any(map(_leaves_out, claim.clauses[1:]))
        and not is_contrast
        and not any(_leaves_out(c) for g in grounds for c in g.said.clauses)
    ):
        yield not_enough(Rule.NEGATION, "leaves unsaid what was done (“did”)")


def _leaves_out(clause: Sequence[Token]) -> bool:
    """Return whether a clause says "did" of its subject and no more, beside no comparison that it would belong to."""
    return is_bare(clause) and clause[-1].word in _DO and not {t.word for t in clause} & _COMPARING


_COMPARING = frozenset("than as before after when while like".split())


def _two_denials(reading: Reading) -> str:
    """Return two denials that stand next to each other in a clause, as words; "" where none do."""
    for n, one in enumerate(reading.tokens):
        if one.word not in signs.NEGATORS or one.word in signs.CONTRASTS or one.word in ("neither", "nor"):
            continue
        for other in reading.tokens[n + 1 : n + 1 + _NEAR]:
            if other.clause == one.clause and other.word in signs.NEGATORS - signs.CONTRASTS - {"nor", "neither"}:
                return f"{one.word} {other.word}".replace("_", " ")
    return ""


def _is_affirmed(claim: Reading, verb: Token, grounds: Sequence[Ground]) -> bool:
    """Return whether a clause of a passage has the verb, and half of what else the claim's clause speaks of, undenied."""
    others = {key_of(t) for t in claim.tokens if t.clause == verb.clause and not t.is_generic} - {key_of(verb)}
    for clause in (c for g in grounds for c in g.said.clauses):
        plain = {key_of(t) for t in clause if not t.is_denied}
        if key_of(verb) in plain and len(others & plain) >= _SHARE * len(others):
            return True
    return False
