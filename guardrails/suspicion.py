"""A second net under the red-flag cues: words that, together, are more often typed of a flagged patient than not.

Cues are exact and miss what nobody thought of; this net is a linear model over words, neighbours and near pairs, what
is denied marked as such, trained on phrasings by people who had not seen the cues (``python -m evals.suspicion`` writes
``suspicion.json``). It escalates only where it is all but sure; where it is less sure it has the answer open with what
to rule out first. It never clears anything that a cue has seen.

Source: Wang S, Manning C. Baselines and bigrams: simple, good sentiment and topic classification. ACL 2012:90-94
(weights scaled by log-count ratios), with inverse document frequencies; denials marked as Pang B, Lee L,
Vaithyanathan S. Thumbs up? EMNLP 2002:79-86.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

from corpus.library import Library
from guardrails.types import Flagged

FILE = Path(__file__).with_name("suspicion.json")
_SENTENCE = re.compile(r"[.;!?\n]+")
_WORD = re.compile(r"[a-z0-9]+|,")
_DENIES = frozenset(
    "no not nil never without denies denied denying isnt wasnt hasnt havent doesnt didnt arent neither nor non".split()
)
_AFFIRMS = frozenset(", but now then however yet although though except today since so".split())
_DENIED, _APART = "~", "_"  # mark a word that is denied, and a pair with one or two words between
_NEAR = 2
_ADULT_YEARS = 20.0  # chosen: growth plates are closed
_OF_THE_YOUNG = frozenset(
    {"child-septic-joint", "child-bone-pain", "leukaemia-child", "scfe", "perthes", "tubercle-avulsion"}
)
_LEAST_FEATURES = 24  # of six words or so: what is shorter has not told enough to be sure by
_SHOWN = 3
_FILLERS = frozenset(
    "a about after again all also an and any are as at be been but by can cannot did do does down for from get got had "
    "has have he her hers hes him his how i if in into is it its just like me more my no not now of off on or our out "
    "over please says she shes should since so some than that the their them then there they this to too up very was "
    "we were what when where which who why will with would you your himself herself itself being told "
    "seen said came went w hed shed theyd ive id sat really still see thinks "
    "thought wants going two three".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """The trained model.

    `weights` and `bias` tell flagged from unflagged texts; `patterns` maps a red flag's id to its words' log odds
    among flagged texts. From `possible` on a text is suspicious, from `sure` on it is taken as flagged.
    """

    weights: Mapping[str, float]
    bias: float
    patterns: Mapping[str, Mapping[str, float]]
    possible: float
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """What the net makes of a text: its score, the pattern it resembles most, and the words that weighed most."""

    score: float
    pattern: str
    words: tuple[str, ...]
    is_sure: bool


def features(text: str) -> frozenset[str]:
    """Return the words of normalised `text` and its pairs of neighbours and of near words within a sentence.

    >>> sorted(features("calf red. not hot"))
    ['calf', 'calf red', 'not', 'not ~hot', 'red', '~hot']
    """
    found: set[str] = set()
    for sentence in _SENTENCE.split(text):
        words = list(_marked(_WORD.findall(sentence)))
        found.update(words)
        found.update(f"{a} {b}" for a, b in pairwise(words))
        found.update(f"{a} {_APART} {b}" for n, a in enumerate(words) for b in words[n + 2 : n + 2 + _NEAR])
    return frozenset(found)


def _marked(words: Iterable[str]) -> Iterator[str]:
    """Yield the words, those that a denial reaches with a mark: it ends at a comma or a word such as "but"."""
    is_denied = False
    for word in words:
        is_denied = is_denied and word not in _AFFIRMS
        if word != ",":
            yield f"{_DENIED}{word}" if is_denied else word
        is_denied = is_denied or word in _DENIES


@lru_cache(maxsize=1)
def packaged_net() -> Net:
    """Return the net that comes with the package.

    Raises:
        OSError, ValueError: its file is missing or damaged; the caller fails closed.
    """
    return Net(**json.loads(FILE.read_text(encoding="utf-8")))


def score(net: Net, found: frozenset[str]) -> float:
    """Return the log odds that a text with the features `found` carries a red flag; 0 features score the bias."""
    return net.bias + sum(net.weights.get(f, 0.0) for f in found) / scale(found)


def scale(found: Collection[str]) -> float:
    """Return what the weights of a text are divided by: a long text has more words that speak for a flag by chance."""
    return sqrt(max(len(found), _LEAST_FEATURES))


def suspected(
    turns: Sequence[str],
    expand: Callable[[str], str],
    patterns: Iterable[str],
    net: Net | None = None,
) -> Suspicion | None:
    """Return what the net suspects in a conversation, or None where it suspects nothing.

    Args:
        turns: the user's words, identifiers removed, oldest first; each counts on its own and all of them together.
        expand: spells out shorthand and lowers case.
        patterns: the ids of the red flags that may be named.
        net: the packaged one when left out.
    """
    net = net or packaged_net()
    texts = {*turns[-1:], "\n".join(turns)}
    best = max((features(expand(t)) for t in sorted(texts)), key=lambda found: score(net, found))
    value = score(net, best)
    pattern = _most_like(net, best, patterns) if value >= net.possible else None
    if pattern is None:
        return None
    words = _weightiest(net, best, pattern)
    return Suspicion(score=round(value, 2), pattern=pattern, words=words, is_sure=value >= net.sure)


def with_suspicion(
    flags: Sequence[Flagged], turns: Sequence[str], library: Library, age: float | None = None
) -> tuple[Flagged, ...]:
    """Return `flags`, and where none of them stops the answer, the one that the net suspects beside them.

    What the net suspects of somebody of 20 years or more is named by a pattern that adults have.
    """
    if any(f.escalates for f in flags):
        return tuple(flags)
    is_adult = age is not None and age >= _ADULT_YEARS
    urgent = {
        f.id: f.action for f in library.red_flags if f.action.escalates and not (is_adult and f.id in _OF_THE_YOUNG)
    }
    found = suspected(turns, library.normaliser.expand, urgent)
    if found is None or any(f.pattern == found.pattern for f in flags):
        return tuple(flags)
    flag = Flagged(
        pattern=found.pattern, triggers=found.words, action=urgent[found.pattern], is_possible=not found.is_sure
    )
    return (flag, *flags)


def net_words(pattern: str) -> frozenset[str]:
    """Return the words that the net knows of `pattern`; none where its file is missing or damaged."""
    try:
        return frozenset(w.lstrip(_DENIED) for f in packaged_net().patterns.get(pattern, ()) for w in f.split())
    except (OSError, ValueError):
        return frozenset()


def _most_like(net: Net, found: frozenset[str], patterns: Iterable[str]) -> str | None:
    scores = {p: sum(net.patterns[p].get(f, 0.0) for f in found) for p in sorted(patterns) if p in net.patterns}
    return max(scores, key=lambda p: (scores[p], p)) if scores else None


def _weightiest(net: Net, found: frozenset[str], pattern: str) -> tuple[str, ...]:
    """Return the longest-reaching words first: those that speak for a flag and for this pattern."""
    own = net.patterns[pattern]
    plain = (f for f in found if _DENIED not in f and _APART not in f)
    telling = (f for f in plain if net.weights.get(f, 0.0) > 0 and not _FILLERS.issuperset(f.split()))
    for_it = {f: net.weights[f] + own.get(f, 0.0) for f in telling}
    ordered = sorted(for_it, key=lambda f: (-for_it[f], f))
    kept: list[str] = []
    for feature in ordered:
        if not any(set(feature.split()) & set(k.split()) for k in kept):
            kept.append(feature)
    return tuple(kept[:_SHOWN])
