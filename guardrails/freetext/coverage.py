"""What a claim speaks of stands in what it cites: every term, and every clause in one passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from corpus.stemming import stem
from guardrails.freetext import signs, vocabulary
from guardrails.freetext.binding import context, fit
from guardrails.freetext.everyday import EVERYDAY
from guardrails.freetext.figures import quantities
from guardrails.freetext.reading import Reading, Token, idea_of
from guardrails.freetext.types import Fault, Ground, Rule, contradicted, not_enough

_ALONE = (
    0.84  # of a clause's terms, how many one passage must hold where two are cited; chosen on the dev half, decision 18
)
_ROOMY = (3, 6, 10)  # content words from which one, two, three words of little weight may be added; chosen, decision 18
_LIGHT = re.compile(r"(?:ly|able|ible)$")
_SHOWN = 4
_STRICT_WORDS = frozenset("alone only solely".split())


def uncovered(
    claim: Reading, grounds: Sequence[Ground], own: AbstractSet[str], known: Callable[[], AbstractSet[str]]
) -> Iterator[Fault]:
    """Yield a fault for terms that nothing cited holds, and for a clause put together from two passages.

    Args:
        claim: one sentence.
        grounds: what it cites.
        own: ideas that need no passage: the case's, the names of its schools and of the sources cited.
        known: gives the ideas of the whole library; asked only where a word is missing.
    """
    missing = terms_missing(claim.tokens, grounds, own)
    unsaid = list(dict.fromkeys(t.word.replace("_", " ") for t in strange(missing, claim.tokens, known)))
    if unsaid:
        yield not_enough(Rule.TERMS, f"nothing cited speaks of: {', '.join(unsaid[:_SHOWN])}")
    yield from _swapped_opposites(missing, grounds)
    yield from _misplaced(claim, grounds)
    if len(grounds) > 1 and not unsaid and not _are_of_schools(grounds):
        yield from _merged(claim, grounds, own)


def _are_of_schools(grounds: Sequence[Ground]) -> bool:
    """Return whether several schools are cited and nothing else: each is held to its own passages (``crediting``)."""
    return None not in {g.viewpoint for g in grounds} and len({g.viewpoint for g in grounds}) > 1


def own_ideas(claim: Reading, grounds: Sequence[Ground], case: Reading) -> frozenset[str]:
    """Return the ideas that need no passage as the case holds them.

    Who the patient is needs none. Which muscle is trained or what is done needs one, though it was asked about, unless
    the sentence tells of the patient by a number of the case.
    """
    held = {q.value for g in grounds for r in (g.said, g.figures, g.population) for q in quantities(r)}
    limits = _LIMITS if case.all_ideas & _LIMITING else frozenset[str]()
    told = ({q.value for q in quantities(claim)} & {q.value for q in quantities(case)}) - held
    return (case.all_ideas if told else case.all_ideas - _ASKED_ABOUT) | limits


_LIMITING = frozenset(map(idea_of, "surgeon weight_bearing restriction limit".split()))
_LIMITS = frozenset(map(idea_of, "limit limits restriction".split()))  # of a case in which somebody set some
_ASKED_ABOUT = frozenset(
    """
    calf gastrocnemius soleus hip thigh hamstring glute trunk ankle foot tape orthosis bloodflow exercise squat lunge jump
    stretch massage injection brace brac shoe shoes cadence eccentric isometric raise calf_raise step_down balanc
    """.split()
)


def terms_missing(tokens: Sequence[Token], grounds: Sequence[Ground], own: AbstractSet[str]) -> list[Token]:
    """Return the tokens that speak of something which none of `grounds` speaks of."""
    held = frozenset(idea for g in grounds for idea in _ideas(g)) | own
    held |= {wider for wider, narrower in _WIDER if held.intersection(narrower)}
    held |= _DEFICIT if any(g.said.words & _SHORT for g in grounds) else frozenset()
    tokens = tokens[1:] if tokens and tokens[0].word == "yes" else tokens  # an answer's first word says it of the rest
    return [t for t in tokens if _must_be_held(t) and t.idea not in held and not _is_compound(t, held)]


_SHORT = frozenset("weak weaker weakness weaknesses short shorter".split())
_DEFICIT = frozenset({idea_of("deficit")})  # the word for what is weak or short


# What names a kind or a place of what is there: a heel rise is the calf's, gastrocnemius is a muscle, the knee a joint.
_WIDER = tuple(
    (idea_of(wider), frozenset(map(idea_of, narrower.split())))
    for wider, narrower in (
        ("calf", "heel_rise plantar_flexor"),
        ("muscle", "gastrocnemius soleus calf quadriceps hamstrings glute adductor popliteus semimembranosus"),
        ("joint", "knee hip ankle patellofemoral"),
        ("leg", "knee limb thigh calf shin"),
        ("tendon", "tendinopathy achilles"),
        ("combined", "plus added adding addition alongside"),
        ("stride", "runner"),
        ("surgery", "reconstruction replacement meniscectomy repair arthroscopic graft"),
    )
)


def _ideas(ground: Ground) -> frozenset[str]:
    return ground.said.all_ideas | ground.figures.all_ideas | ground.population.all_ideas | ground.named.all_ideas


def _must_be_held(token: Token) -> bool:
    return not token.is_generic and token.sign is None and token.word not in _KINDS_OF_STUDY


_KINDS_OF_STUDY = frozenset(
    "randomised randomized cohort observational prospective controlled crossover systematic bilateral pooled series registry".split()
)


def _is_compound(token: Token, held: AbstractSet[str]) -> bool:
    if token.word.startswith("re") and idea_of(token.word[2:]) in held:
        return True  # what is measured is remeasured
    return len(token.word) > 5 and any(token.word.startswith(idea) for idea in held if len(idea) > 4)


def strange(missing: Sequence[Token], whole: Sequence[Token], known: Callable[[], AbstractSet[str]]) -> list[Token]:
    """Return the tokens of `missing` that a sentence of `whole` may not add: all but one to three of little weight."""
    light = list(dict.fromkeys(t.word for t in missing if is_light(t, known)))
    content = sum(_must_be_held(t) for t in whole)
    excused = light[: sum(content >= n for n in _ROOMY)]
    return [t for t in missing if t.word not in excused]


def is_light(token: Token, known: Callable[[], AbstractSet[str]]) -> bool:
    """Return whether a word is an everyday one, or one of manner, that names nothing which needs a passage."""
    if stem(token.word) in EVERYDAY:
        return token.idea not in _OPPOSITES and token.idea not in _OUTCOMES
    return bool(_LIGHT.search(token.word)) and token.idea not in known()


_OUTCOMES = frozenset(f"{signs.WELCOME} {signs.UNWELCOME}".split())


def _pairs() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for line in vocabulary.OPPOSITES.splitlines():
        one, _, other = line.partition("/")
        left, right = one.split(), other.split()
        table |= {w: frozenset(right) for w in left} | {w: frozenset(left) for w in right}
    return table


_OPPOSITES = _pairs()


def _swapped_opposites(missing: Sequence[Token], grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault where a passage has the opposite of a word that it lacks."""
    said = frozenset(idea for g in grounds for idea in _ideas(g))
    for token in missing:
        opposite = _OPPOSITES.get(token.idea, frozenset()) & said
        if opposite:
            yield contradicted(
                Rule.TERMS, f"says “{token.word}” where what is cited says “{min(opposite).replace('_', ' ')}”"
            )
            return


_SIZES = {
    "large": "small",
    "small": "large",
    "early": "late",
    "late": "early",
    "high": "low",
    "low": "high",
    "first": "second",
    "with": "without",
    "without": "with",
}
_FAR = 1.4  # how much better the opposite's place must fit; chosen on the dev half, decision 18
_LEAST_FIT = 0.35


def _misplaced(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for a word that stands where its passage has the opposite, though the passage has both."""
    for n, token in enumerate(claim.tokens):
        opposites = _OPPOSITES.get(token.idea, frozenset()) | {_SIZES.get(token.word, "")}
        if not opposites - {""}:
            continue
        here = context(claim, n)
        own, other, instead = 0.0, 0.0, ""
        for ground in grounds:
            for m, said in enumerate(ground.said.tokens):
                is_own = said.word == token.word or said.idea == token.idea
                if is_own or said.idea in opposites or said.word in opposites:
                    fits = fit(here, context(ground.said, m))
                    own = max(own, fits) if is_own else own
                    other, instead = (fits, said.word) if not is_own and fits > other else (other, instead)
        if own > 0 and other > _LEAST_FIT and other > own * _FAR:
            yield contradicted(
                Rule.TERMS, f"says “{token.word}” where what is cited says “{instead.replace('_', ' ')}”"
            )
            return


@dataclass(frozen=True, slots=True)
class Held:
    """How many terms a clause has, and the largest share of them that one passage holds."""

    of: int
    share: float


def share_held(clause: Sequence[Token], grounds: Sequence[Ground], own: AbstractSet[str] = frozenset()) -> Held | None:
    """Return how far one passage by itself carries a clause; None where it has no terms, or there is no passage."""
    terms = {t.idea for t in clause if _must_be_held(t)} - own
    if not terms or not grounds:
        return None
    return Held(len(terms), max(len(terms & _ideas(g)) / len(terms) for g in grounds))


def _merged(claim: Reading, grounds: Sequence[Ground], own: AbstractSet[str]) -> Iterator[Fault]:
    """Yield a fault for a clause that no passage carries by itself."""
    numbers = quantities(claim)
    for clause in claim.clauses:
        terms = {t.idea for t in clause if _must_be_held(t)} - own
        if len(terms) < 3:
            continue
        shares = [(len(terms & _ideas(g)) / len(terms), g) for g in grounds]
        best = max(share for share, _ in shares)
        places = {n for n, t in enumerate(claim.tokens) if t in clause}
        counted = [q for q in numbers if q.at in places]
        if best < _ALONE and not _is_joined(clause, grounds, own):
            yield not_enough(Rule.MERGED, "puts together in one statement what the passages say apart")
            return
        holders = [g for share, g in shares if share >= _ALONE]
        stray = [
            q.shown
            for q in counted
            if not any(_has_value(g, q.value) for g in holders) and any(_has_value(g, q.value) for g in grounds)
        ]
        if stray:
            yield contradicted(
                Rule.MERGED, f"the number {stray[0]} belongs to another of the passages than what it is said of"
            )
            return


def _is_joined(clause: Sequence[Token], grounds: Sequence[Ground], own: AbstractSet[str]) -> bool:
    """Return whether a clause joins by "and" what one passage of a school says and what another of its passages says."""
    if {g.viewpoint for g in grounds} & {None} or len({g.viewpoint for g in grounds}) > 1:
        return False
    for n in (n for n, t in enumerate(clause) if t.word == "and"):
        halves = [share_held(half, grounds, own) for half in (clause[:n], clause[n + 1 :])]
        if all(half is not None and half.share >= _ALONE for half in halves):
            return True
    return False


def _has_value(ground: Ground, value: float) -> bool:
    return any(q.value == value for r in (ground.said, ground.figures, ground.population) for q in quantities(r))
