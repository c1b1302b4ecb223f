"""What is said to come of something: an outcome needs a passage that has it, also where it is in the case's own words.

Words of the case may name the patient and the situation (``coverage.own_ideas``); "she will be back to running" is no
fact of hers for her having said that she runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guardrails.freetext import signs
from guardrails.freetext.direction import events
from guardrails.freetext.reading import Reading, Token, idea_of
from guardrails.freetext.types import Fault, Ground, Rule, not_enough

_DONE = """
run walk jump squat stairs climb kneel sport football basketball volleyball tennis rugby ski skiing hike play sleep
cycle swim dance land sprint hop lunge race marathon match task return drive garden pivot
""".split()  # what a patient wants to do again
_OUTCOMES = frozenset(idea_of(w) for w in _DONE) | frozenset(f"{signs.WELCOME} {signs.UNWELCOME}".split())
_CURED = re.compile(
    r"\b(?:clears? up|clearing up|goes? away|going away|stays? away|staying away|(?:be|is|are) gone|vanish\w*|disappear\w*|cur(?:e|es|ed|ing)|for good|"
    r"never (?:comes?|return)\w*|(?:good|right) as (?:new|rain)|back to normal|fix(?:es|ed|ing)? (?:it|the|her|his|this)|sort(?:s|ed)? (?:it |this )?out)\b"
)
_RESOLVED = re.compile(
    r"\b(?:resol|clear|disappear|vanish|gone|went|cure|pain.free|no pain|free of|recover|settle|remission|return)"
)
_MAY = frozenset("should would can could may might".split())
_WILL = frozenset({"will", "ll", "going_to", "wont"})
_NO_PROMISE = frozenset(
    "need needs want have tell show depend vary decide ask require take remain not also often help_you".split()
)
_GIVES = frozenset(
    """get gets getting bring brings bringing put puts putting see sees return returns returning restore restores restoring
    allow allows allowing let lets letting enable enables enabling help helps helping free frees fit ready""".split()
)
_EASIER = frozenset("easier painless painlessly".split())
_AGAIN = re.compile(r"\b(?:back|again|able|freely|fully|without)\b")
_IF = frozenset("if before until once when whether unless wants hopes aims after while wanting hoping where".split())
_STOPS = frozenset("in for with among by during than at over within from as because since against after before".split())
_REACH = 6  # words after a verb of benefit in which its outcome stands
_BACK = 4  # words before "will" in which what will change stands


def promised(claim: Reading, grounds: Sequence[Ground], own: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Yield a fault for an outcome that is promised or said to be brought about, of which no passage speaks.

    Args:
        claim: one sentence.
        grounds: what it cites.
        own: ideas that need no passage: the names of its schools.
    """
    held = frozenset(i for g in grounds for r in (g.said, g.figures, g.population) for i in r.all_ideas) | own
    titles = frozenset(i for g in grounds for i in g.named.all_ideas)
    strange = [t for t in _promises(claim) if t.idea not in held]
    strange += [t for t in _effects(claim) if t.idea not in held | titles and t not in strange]
    if strange:
        words = ", ".join(dict.fromkeys(t.word.replace("_", " ") for t in strange))
        yield not_enough(Rule.TERMS, f"promises what nothing cited speaks of: {words}")
    cured = _CURED.search(claim.text)
    if cured and not any(_RESOLVED.search(g.said.text) for g in grounds):
        yield not_enough(Rule.TERMS, f"promises a cure (“{cured.group()}”) of which nothing cited speaks")


def _promises(claim: Reading) -> Iterator[Token]:
    """Yield the outcomes that a sentence says will come."""
    tokens = claim.tokens
    for n, token in enumerate(tokens):
        if token.word in _WILL and not (n + 1 < len(tokens) and tokens[n + 1].word in _NO_PROMISE):
            yield from (t for t in _near(tokens, n, before=_BACK) if t.idea in _OUTCOMES)
        elif token.word in _EASIER:
            yield from (t for t in tokens[max(0, n - _BACK) : n + _BACK] if t.idea in _OUTCOMES)
        elif token.word in _GIVES | _MAY and _brings_back(claim, n):
            yield from (t for t in _near(tokens, n) if t.idea in _OUTCOMES)


def _effects(claim: Reading) -> Iterator[Token]:
    """Yield the outcomes that a sentence says came, or come, of something."""
    for event in events(claim):
        if event.worth == "good" and not event.is_denied and not _is_conditional(claim.tokens, event.at):
            yield from (t for t in _object(claim.tokens, event.at) if t.idea in _OUTCOMES)


def _brings_back(claim: Reading, at: int) -> bool:
    words = " ".join(t.word for t in claim.tokens[at + 1 : at + 1 + _REACH])
    return _AGAIN.search(words) is not None and not _is_conditional(claim.tokens, at)


def _is_conditional(tokens: Sequence[Token], at: int) -> bool:
    return any(t.word in _IF and t.clause == tokens[at].clause for t in tokens[max(0, at - _REACH) : at])


def _near(tokens: Sequence[Token], at: int, *, before: int = 0) -> Iterator[Token]:
    for n in range(max(0, at - before), min(len(tokens), at + 2 * _REACH)):
        if tokens[n].clause == tokens[at].clause:
            yield tokens[n]


def _object(tokens: Sequence[Token], at: int) -> Iterator[Token]:
    """Yield what stands after a verb of benefit, up to whom or when it is for."""
    for token in tokens[at + 1 : at + 1 + _REACH]:
        if token.clause != tokens[at].clause or token.word in _STOPS:
            return
        yield token
