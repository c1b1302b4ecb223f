"""Whom a finding is about: a claim may be as narrow as its passage, not wider, and not about somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.types import Design
from guardrails.freetext.reading import Reading, read
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

# A group of people (or of what stands in for them), and the words by which a text names it.
GROUPS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b")
    for name, words in {
        "women": r"wom[ae]n|females?|girls?|schoolgirls|sportswom[ae]n|\d\d?f|(?:both|either|each) sex(?:es)?",
        "men": r"m[ae]n|males?|boys?|schoolboys|sportsm[ae]n|\d\d?m|(?:both|either|each) sex(?:es)?",
        "children": r"child(?:ren)?|kids?|paediatric|pediatric|boys?|girls?|young people",
        "adolescents": r"adolescents?|adolescence|teen(?:ager)?s?|teenage|youths?|1\d\W{0,2}(?:to|-|\u2013)\W{0,2}1\d[\s-]years?|1[0-8][mf]|aged 1\d (?:to|and) 1\d|of 1\d to 1\d|high[\s-]school|school|junior|young knees",
        "older people": r"older|elderly|seniors?|aged \d\d and over|(?:5|6|7)\d (?:or|and) over|old age|americans|(?:6[5-9]|[7-9]\d)[mf]",
        "runners": r"runners?|marathon\w*|joggers?",
        "footballers": r"football\w*|soccer",
        "basketball players": r"basketball",
        "athletes": r"athletes?|sportspeople|players|footballers?|professional|runners?|elite|jumpers?|cadets|swimmers|cyclists|sportsmen|sportswomen|people in sport|marathon\w*",
        "military recruits": r"recruits?|military|soldiers?|army|cadets?|naval|service members?",
        "healthy people": r"health(?:y|ily)|uninjured|asymptomatic|symptom.free|pain.free|painless|painfree|without (?:knee )?(?:pain|symptoms?|achilles)|(?:with|have|has|had|having) no (?:knee )?pain|untrained",
        "cadavers": r"cadaver\w*",
        "simulations": r"simulat\w*|modell?\w*|computer",
    }.items()
}
_STRICT = (
    "women",
    "men",
    "children",
    "adolescents",
    "older people",
    "runners",
    "military recruits",
    "healthy people",
    "cadavers",
    "simulations",
    "athletes",
    "footballers",
    "basketball players",
)
_OPINION = frozenset({Design.EXPERT_OPINION, Design.CLINICAL_JUDGEMENT, Design.CLINIC_DOCUMENT})
# A narrower group stands for a wider one.
_WITHIN = {
    "athletes": ("runners", "footballers", "basketball players", "men", "women"),
    "children": ("adolescents", "men", "women"),
    "adolescents": ("children",),
    "healthy people": ("military recruits",),
    "cadavers": ("simulations",),
    "simulations": ("cadavers",),
    "footballers": ("athletes",),
    "basketball players": ("athletes",),
}
_NAMES_STUDY = re.compile(
    r"\b(?:(?:one|a|an|the|that|this|these|its|their|his|her|same|another|single|small|pilot|randomi[sz]ed|crossover|registered|feasibility|school|\d{4}) (?:[\w-]+ ){0,5}?(?:trial|study|cohort|survey|experiment|sample|review|meta.analysis|analysis|laboratory|lab|model|simulations?|report|series|pooling|comparison|participants)|in that (?:group|sample)|participants?|those (?:studied|tested|examined)|(?:the|its) authors|\d+ (?:people|patients|women|men|participants|adults))\b"
)
_HEDGED = re.compile(r"\b(?:may|might|could|suggests?|suggested|possibly|perhaps|appears?|seems?|in some)\b")
_WIDE = re.compile(
    r"\b(?:patients?|people|persons?|everyone|everybody|anyone|anybody|individuals|adults|clients?|knees?|the population|humans?|your patient|this patient|all)\b"
)
_WIDEST = re.compile(
    r"\b(?:everyone|everybody|anyone|anybody|the general population|people in general|all (?:patients|people|adults|knees|individuals|ages)|every (?:patient|person|knee|one)|any (?:patient|person|knee|age)|all of us|each patient|most people|whoever|regardless of (?:age|sex))\b"
)
_CONDITION = re.compile(
    r"\b(?:patellofemoral (?:pain|osteoarthritis)|knee osteoarthritis|osteoarthritis|tendinopathy|reconstruction|tear|rupture|dislocation|replacement|syndrome|instability|deficient|surgery|repair|meniscectomy|hypermobil\w*|osgood-schlatter|strain|fracture)\b"
)


_ONE_CLIENT = re.compile(r"\b(?:client|this patient|one patient|his patient|her patient)\b")
_ONE = re.compile(
    r"\b(?:client(?:'s)?|case|one|(?:this|that|the|a|his|her) (?:keen )?(?:man|woman|runner|patient|person|individual)|who|clients(?= \w+ (?:was|is|had|has)\b)|his knee|her knee|he|him)\b"
)


def widened(claim: Reading, grounds: Sequence[Ground], case: Reading, before: str = "") -> Iterator[Fault]:
    """Yield a fault where a claim speaks of more people, or of others, than what it cites.

    Args:
        claim: what is said.
        grounds: what it cites.
        case: what was typed; the patient may be named, though nobody like this was studied.
        before: what the same section said already of the same passages: whom it named there is named.
    """
    mine = groups_of(claim.text)
    theirs = {name for g in grounds for name in groups_of(f"{g.said.text} . {g.population.text}")}
    of_case = groups_of(case.text) - _told_of(claim.text, theirs)
    for name in sorted(mine - theirs - of_case):
        if not _stands_for(name, theirs):
            yield contradicted(Rule.POPULATION, f"speaks of {name}, of whom nothing cited speaks")
            return
    yield from _likened(claim, grounds, mine, groups_of(case.text))
    is_wide = _WIDE.search(claim.text) is not None
    yield from _dropped(claim, grounds, mine | groups_of(before) | (set() if is_wide else groups_of(case.text)))


_IN_WHOM = re.compile(
    r"\b(?:in|among) (?!this\b|that\b|a\b|an\b|the\b|his\b|her\b)((?:[\w-]+ ){0,3}?[\w-]+)(?= (?:with|who|and|after|of)\b|[,.;:]|$)"
)
_LIKE_HER = re.compile(
    r"\b(?:such as|like|similar to|same as|just as) (?:her|him|hers|yours?|this (?:patient|runner|woman|man|girl|boy|player|athlete))\b"
)


def _told_of(text: str, theirs: set[str]) -> set[str]:
    """Return the groups in whom a text says that something was found, where what is cited studied certain others."""
    told = {name for match in _IN_WHOM.finditer(text) for name in groups_of(match.group(1))}
    return told if theirs.intersection(_STRICT) else set()


def _likened(claim: Reading, grounds: Sequence[Ground], mine: set[str], of_case: set[str]) -> Iterator[Fault]:
    """Yield a fault where this patient is said to be like those studied, who were all of another sex or age."""
    likened = _LIKE_HER.search(claim.text)
    known = [groups_of(f"{g.said.text} . {g.population.text}") for g in grounds]
    if likened is None or not known:
        return
    others = {n for n in known[0].intersection(*known[1:]) if n in _WHO_ONE_IS} - mine - of_case
    if others and of_case & _WHO_ONE_IS and not of_case & _WHO_ONE_IS & known[0]:
        yield contradicted(
            Rule.POPULATION,
            f"“{likened.group()}” likens this patient to those studied, who were {', '.join(sorted(others))}",
        )


_WHO_ONE_IS = frozenset({"women", "men", "children", "adolescents", "older people"})


def groups_of(text: str) -> set[str]:
    """Return the groups that a lower-case text names.

    >>> sorted(groups_of("in novice runners, most of them women"))
    ['athletes', 'runners', 'women']
    """
    return {name for name, pattern in GROUPS.items() if pattern.search(text)}


def _stands_for(name: str, theirs: set[str]) -> bool:
    return any(other in theirs for other in _WITHIN.get(name, ()))


def _dropped(claim: Reading, grounds: Sequence[Ground], mine: set[str]) -> Iterator[Fault]:
    """Yield a fault when every passage speaks of a certain group and the claim of none of them."""
    if grounds and all(_ONE_CLIENT.search(g.said.text) for g in grounds) and not _ONE.search(claim.text):
        yield contradicted(Rule.POPULATION, "makes a rule of what is cited of one client")
        return
    if not grounds or any(g.design in _OPINION for g in grounds):
        return
    widest = _WIDEST.search(claim.text)
    stated = [groups_of(_drawn_on(claim, g)) for g in grounds]
    known = [groups_of(f"{g.said.text} . {g.population.text}") for g in grounds]
    certain = known[0].intersection(*known[1:])
    if widest and certain and not _WIDEST.search(" ".join(g.said.text for g in grounds)):
        yield contradicted(
            Rule.POPULATION, f"“{widest.group()}” is wider than those studied ({', '.join(sorted(certain))})"
        )
        return
    certainly = stated[0].intersection(*stated[1:])
    lost = {n for n in certainly if n in _STRICT} - mine
    lost -= _SEXES if certainly >= _SEXES else frozenset()  # men and women are everybody
    lost = {n for n in lost if not any(m in _WITHIN.get(n, ()) for m in mine) and not _is_elsewhere(n, mine, grounds)}
    if not lost or (lost <= _SEXES and _is_of_muscles(claim, grounds)):
        return
    wide = _WIDE.search(claim.text)
    is_swapped = wide is not None and not any(
        re.search(rf"\b{re.escape(wide.group())}\b", g.said.text) for g in grounds
    )
    is_named = _NAMES_STUDY.search(claim.text) is not None
    if not is_swapped and (is_named or _HEDGED.search(claim.text)):
        return
    if is_swapped and is_named and not (wide and _is_who(claim.text)):
        return
    yield contradicted(
        Rule.POPULATION,
        f"drops whom this was found in ({', '.join(sorted(lost))}), and so says it of more people than were studied",
    )


_SENTENCE = re.compile(r"(?<=[.!?]) +")
_DRAWN = 0.8  # of a claim's ideas, how many one sentence of a passage must hold to be all that it draws on; chosen


def _drawn_on(claim: Reading, ground: Ground) -> str:
    """Return the sentence of a passage that a claim repeats, which may name nobody; else all of the passage."""
    said = _SENTENCE.split(ground.said.text)
    if len(said) == 1 or not claim.ideas:
        return ground.said.text
    best = max(said, key=lambda s: len(read(s).all_ideas & claim.ideas))
    return best if len(read(best).all_ideas & claim.ideas) >= _DRAWN * len(claim.ideas) else ground.said.text


_SEXES = frozenset({"men", "women"})


def _is_of_muscles(claim: Reading, grounds: Sequence[Ground]) -> bool:
    """Return whether a laboratory's finding is told of muscles and joints, and of no people that it could widen."""
    return all(g.design is Design.BIOMECHANICS for g in grounds) and _WIDE.search(claim.text) is None


def _is_elsewhere(lost: str, mine: set[str], grounds: Sequence[Ground]) -> bool:
    """Return whether a passage names the lost group only in another clause than those that the claim does name."""
    for ground in grounds:
        parts = re.split(r"[;,.:]|\b(?:but|while|whereas|and in|against|than)\b", ground.said.text)
        if any(mine & groups_of(part) for part in parts) and not any(
            lost in groups_of(part) and mine & groups_of(part) for part in parts
        ):
            return True
    return False


def _is_who(text: str) -> bool:
    return (
        re.search(
            r"\b(?:in|for|among|of|to|helps?|gives?|lets?) (?:most |all |many |other |\d+ )?(?:patients?|people|everyone|adults|individuals|clients?|anyone)\b",
            text,
        )
        is not None
    )
