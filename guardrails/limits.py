"""The limits of a case, and which sentences of the library they rule out.

The library's sentences are terse and were read by its authors: one that names what is forbidden is out unless it puts
it off or does it in another way. A language model's are judged word by word (``precautions``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import holds
from corpus.stemming import stems
from corpus.types import Restriction
from guardrails.freetext.reading import sentences

_WORD = re.compile(r"[a-z0-9]+")
_OTHER_FORM = re.compile(r"[~|]")  # of alternatives and words in any order, which are for a model's sentences
# What puts an exercise off, or speaks against it, in the library's own sentences.
_LATER = (
    "until",
    "once",
    "later",
    "not yet",
    "wait",
    "delay",
    "avoid",
    "postpone",
    "hold off",
    "before any",
    "ahead of any",
    "from week",
    "from 4 weeks",
    "from 12 weeks",
    "after week",
    "in time",
    "earlier than",
    "usual delay",
    "usually",
    "surgeon",
    "agree",
    "allow",
    "when allowed",
    "when criteria",
    "when weight",
    "when full weight",
    "after weight",
    "as weight",
    "no hop",
    "no running",
    "no jump",
    "no impact",
    "no standing",
    "no deep",
    "no stretch",
    "no stretching",
    "no pivot",
)


def in_force(facts: Facts, library: Library) -> tuple[Restriction, ...]:
    """Return the restrictions that hold of a case with `facts`, whatever red flags stand."""
    return tuple(r for r in library.restrictions if not r.flags and holds(r.when, facts))


def of_flags(facts: Facts, library: Library) -> tuple[Restriction, ...]:
    """Return the restrictions that hold of a case with `facts` while one of their red flags stands."""
    return tuple(r for r in library.restrictions if r.flags and holds(r.when, facts))


def limit_note(limit: Restriction) -> str:
    """Return the line that tells of a limit of the case's own, which no passage carries."""
    return f"As told, {limit.why}: whatever is said here that asks more of it waits until that limit is lifted."


def ruled_out(
    text: str, limits: Sequence[Restriction], library: Library, *, is_asked: bool = False
) -> Restriction | None:
    """Return the limit that `text` advises against, if any.

    A sentence that names what is forbidden beside a word for later, or for another way to do it, is all right; where
    `text` is what was asked for, naming it is enough.
    """
    for sentence in sentences(text):
        said = _stemmed(library.normaliser.expand(sentence))
        is_put_off = not is_asked and any(_has(said, later) for later in _LATER)
        for limit in limits:
            if not is_put_off and _names(limit, said) and (is_asked or not any(_has(said, u) for u in limit.unless)):
                return limit
    return None


def _names(limit: Restriction, said: str) -> bool:
    return any(_has(said, f) for f in limit.forbidden if not _OTHER_FORM.search(f))


def _stemmed(text: str) -> str:
    return f" {' '.join(stems(_WORD.findall(text)))} "


def _has(said: str, phrase: str) -> bool:
    return f" {' '.join(stems(_WORD.findall(phrase)))} " in said
