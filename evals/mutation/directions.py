"""Sentences turned round: more for less, yes for no, one arm for the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.mutation.editing import capitalised, lowered, swaps

_THINGS = r"pain|strength|load|force|stress|risk|function|injur(?:y|ies)|reinjury|range|activity|energy|symptoms"
_NOT_LIMB = r"(?! (?:limb|leg|body|legs|limbs|back|quarter|load))(?!-)"

# One direction a row; each row is read both ways.
_OPPOSITES = (
    (r"increase", "decrease"), (r"increases", "decreases"), (r"increased", "decreased"),
    (r"more often", "less often"), (r"more than", "less than"), (r"higher", "lower"), (r"stronger", "weaker"),
    (r"better than", "worse than"), (r"improved", "worsened"), (r"improves", "worsens"), (r"rose", "fell"),
    (r"raised", "lowered"), (r"eased", "aggravated"), (r"beat", "lost to"), (r"beats", "loses to"),
    (r"below", "above"), (r"at least", "at most"), (r"or more", "or less"), (r"shorter", "longer"),
    (r"faster", "slower"), (r"helped", "harmed"), (r"helps", "harms"), (r"sooner", "later"), (r"larger", "smaller"),
    (r"within", "beyond"), (r"heavier", "lighter"), (r"wider", "narrower"), (r"grew", "shrank"),
    (r"gained", "lost"), (r"relieves", "provokes"), (r"reduces", "increases"), (r"reduced", "increased"),
    (r"favours", "disfavours"), (r"advises against", "advises in favour of"), (r"argues against", "argues for"),
    (r"up to", "no less than"), (r"fewer", "more"), (r"underworking", "overworking"),
)  # fmt: skip
_ONE_WAY = (
    (rf"lower(?= (?:{_THINGS}|\w+ (?:{_THINGS})))", "higher"),
    (rf"more(?= (?:\w+ )?(?:{_THINGS}))", "less"),
    (rf"less(?= (?:\w+ )?(?:{_THINGS}))", "more"),
    (rf"cut(?= (?:\w+ )?(?:{_THINGS}|new anterior knee pain))", "raised"),
    (r"loads(?= the front)", "spares"),
    (rf"lower{_NOT_LIMB}", "higher"),
    (r"keep(?= (?:hip|the|quadriceps))", "drop"),
    (r"add(?= )", "take out"),
    (r"first(?=[.;,])", "last"),
    (r"better", "worse"),
    (r"weak", "strong"),
    (r"short(?= (?:heel|on|quad))", "long"),
    (r"worse", "better"),
    (r"under(?= \d)", "over"),
    (r"over(?= \d)", "under"),
    (r"raises(?= (?:load|the|pain|strength))", "lowers"),
)


def _both_ways() -> Iterator[tuple[str, str]]:
    for left, right in _OPPOSITES:
        yield left, right
        yield right, left


_DIRECTIONS = (*_both_ways(), *_ONE_WAY)


def reversed_direction(text: str) -> Iterator[str]:
    """Yield the text with one direction turned round."""
    yield from swaps(text, _DIRECTIONS, at_most=2)


_AUXILIARY = r"is|are|was|were|do|does|did|has|have|had|should|would|could|may|might|will|need|be"
_DENIALS = (
    (rf"({_AUXILIARY}) not", r"\1"),
    (r"cannot", "can"),
    (r"no (significant |substantial |clear |clinical |meaningful |real )?(difference|benefit|gain|change|effect)",
     r"a \1\2"),
    (r"neither (\w[\w -]*?) nor", r"both \1 and"),
    (r"nor", "and"),
    (r"without(?= \w)", "with"),
    (r"none of", "all of"),
    (r"none", "several"),
    (r"no(?=,|:)", "yes"),
    (r"not clearly", "clearly"),
    (r"not(?=[;,])", "yes"),
    (r"nothing", "something"),
    (r"neither author (\w+)s", r"each author \1s"),
    (r"neither(?! author)", "each of them"),
    (r"nobody", "everybody"),
    (r"no dose", "a dose"),
    (r"no(?= \w+ (?:is|was|has|gives|sets|found))", "one"),
    (r"no(?= reason| literature| evidence| single| source| study| trial| case)", "some"),
    (r"did as well as", "did not do as well as"),
    (r"unlikely", "likely"),
    (r"doubts that", "is sure that"),
    (r"untested", "well tested"),
    (r"unchanged", "changed"),
    (r"fails? to", "manages to"),
)  # fmt: skip


def negation_dropped(text: str) -> Iterator[str]:
    """Yield the text with what it denies affirmed."""
    for changed in swaps(text, _DENIALS):
        yield re.sub(r"^yes\b", "Yes", re.sub(r"\b(a|A) (?=[aeio]\w)", r"\1n ", changed))


_PAST = {
    "improved": "improve", "reduced": "reduce", "eased": "ease", "raised": "raise", "lowered": "lower",
    "predicted": "predict", "beat": "beat", "grew": "grow", "helped": "help", "gained": "gain", "found": "find",
    "showed": "show", "rose": "rise", "fell": "fall", "went with": "go with", "came before": "come before",
    "changed": "change", "matched": "match", "enlarged": "enlarge", "lasted": "last", "followed": "follow",
    "used": "use", "had": "have", "differed": "differ", "recovered": "recover", "left": "leave", "kept": "keep",
    "averaged": "average", "halved": "halve", "strengthened": "strengthen", "described": "describe",
}  # fmt: skip
_PRESENT = {
    "argues": "argue", "holds": "hold", "says": "say", "advises": "advise", "recommends": "recommend",
    "wants": "want", "helps": "help", "improves": "improve", "reduces": "reduce", "supports": "support",
    "grants": "grant", "counts": "count", "describes": "describe", "reports": "report", "calls": "call",
    "rests": "rest", "speaks": "speak", "gives": "give", "sees": "see", "finds": "find", "starts": "start",
    "allows": "allow", "makes": "make", "favours": "favour", "puts": "put", "loads": "load", "beats": "beat",
}  # fmt: skip
ORDERS = (
    "Keep", "Count", "Measure", "Load", "Add", "Compare", "Watch", "Use", "Start", "Check", "Test", "Refer", "Ask",
    "Choose", "Train", "Treat", "Agree", "Recount", "Let", "Raise", "Build", "Shorten", "Write", "Exclude", "Give",
    "Find", "Strengthen", "Feel", "Retest", "Try", "Examine", "Plan", "Name", "Teach", "Match", "Grade",
)  # fmt: skip


def _denying() -> Iterator[tuple[str, str]]:
    yield r"(is|are|was|were|should|would|could|may|might|will)(?! not)", r"\1 not"
    yield r"can(?! not)", "cannot"
    yield from ((past, f"did not {base}") for past, base in _PAST.items())
    yield from ((verb, f"does not {base}") for verb, base in _PRESENT.items())


_ADDING = tuple(_denying())


def negation_added(text: str) -> Iterator[str]:
    """Yield the text with what it says denied; not where it denies something already."""
    order = re.match(rf"(?:{'|'.join(ORDERS)})\b", text)
    if order:
        yield f"Do not {lowered(text)}"
    elif not re.search(r"\b(?:not|no|nor|neither|without|cannot|never|none)\b", text, re.IGNORECASE):
        yield from swaps(text, _ADDING)


_ARMS = (
    ("hip", "knee"), ("hip", "quadriceps"), ("raises", "drills"), ("gastrocnemius", "soleus"), ("men", "women"),
    ("straight", "bent"), ("standing", "seated"), ("open", "closed"), ("single-joint", "multi-joint"),
    ("heavy", "light"), ("isolated", "whole-leg"), ("surgery", "physiotherapy"), ("surgery", "rehabilitation"),
    ("low-dose", "high-dose"), ("quadriceps", "calf"), ("moderate", "heavy"), ("free weights", "machines"),
    ("dominant", "non-dominant"), ("stretching", "strengthening"), ("diet", "exercise"), ("running", "walking"),
    ("quadriceps", "hamstrings"), ("isometric", "isotonic"), ("moderate", "mild"), ("hip", "ankle"),
    ("barefoot", "shod"), ("patients", "controls"), ("extension", "flexion"), ("supervised", "home"),
    ("thicker", "thinner"), ("leg press", "knee extension"), ("treadmill", "overground"), ("calf", "chain"),
)  # fmt: skip
_LEVEL = re.compile(
    r"\b(?:both|alike|same|equal\w*|similar\w*|equivalent|level|matched|did not differ|no difference|neither|and|"
    r"with|either|as well as|tie|tied)\b",
    re.IGNORECASE,
)


def _exchanged(text: str, one: str, other: str) -> str | None:
    pattern = rf"(?<![\w])(?:{one}|{other})(?![\w])"
    found = [m[0].lower() for m in re.finditer(pattern, text, re.IGNORECASE)]
    if one not in found or other not in found:
        return None

    def exchange(match: re.Match[str]) -> str:
        new = other if match[0].lower() == one else one
        return capitalised(new) if match[0][0].isupper() else new

    return re.sub(pattern, exchange, text, flags=re.IGNORECASE)


def _between(text: str, one: str, other: str) -> str:
    """Return what stands between the first of one arm and the first of the other."""
    found = re.search(rf"\b(?:{one}|{other})\b(.*?)\b(?:{one}|{other})\b", text, re.IGNORECASE)
    return found[1] if found else ""


def arms_swapped(text: str) -> Iterator[str]:
    """Yield the text with what was compared changed over, where that makes another finding."""
    pair = re.search(r"\b(-?\d[\d.]*%?) (against|versus|v|vs) (-?\d[\d.]*%?)(?!\w)", text)
    if pair and pair[1] != pair[3]:
        yield text[: pair.start()] + f"{pair[3]} {pair[2]} {pair[1]}" + text[pair.end() :]
        return
    for one, other in _ARMS:
        changed = _exchanged(text, one, other)
        if changed and _compared(text, one, other) and not _says_level(text):
            yield changed
            return


def _compared(text: str, one: str, other: str) -> bool:
    between = _between(text, one, other)
    return between.strip() not in {"", ","} and not _LEVEL.search(between)


def _says_level(text: str) -> bool:
    return bool(re.search(r"\b(?:alike|the same|equivalent|did not differ|no difference|level)\b", text))
