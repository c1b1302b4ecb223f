"""Harmless rewordings: the same meaning in other words. A check that stops one of them is too strict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.library import Library
from evals.mutation.editing import by_rewriting, capitalised, lowered, spread, swaps
from evals.mutation.planting import planted
from evals.mutation.types import Change, Operator, Rewrite
from evals.mutation.written import reworded
from guardrails.types import Answer, Status

MOST_PER_ANSWER = 3  # so that no operator outweighs the rest. Chosen.
_DIGITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_SYNONYMS = (
    (r"eased pain", "relieved pain"), (r"cut pain", "reduced pain"), (r"kneecap", "patella"),
    (r"argues that", "contends that"),
    (r"holds that", "maintains that"), (r"says that", "states that"), (r"usually", "typically"),
    (r"often", "frequently"), (r"against(?= usual care| \d)", "versus"), (r"by itself", "alone"),
    (r"at once", "immediately"), (r"about(?= \d)", "roughly"), (r"strengthening", "strength training"),
    (r"people with", "individuals with"), (r"trials support", "trials back"), (r"entire", "whole"),
    (r"heel rises", "heel raises"), (r"nobody", "no one"), (r"doubts that", "is doubtful that"),
    (r"measure(?= both| quad)", "assess"), (r"needs to", "has to"), (r"meant to", "intended to"),
    (r"advises", "recommends"), (r"seldom", "rarely"), (r"would favour", "would speak for"),
    (r"began", "started"), (r"wants", "would like"), (r"beside", "alongside"),
)  # fmt: skip
_ABBREVIATIONS = (
    (r"patellofemoral pain", "PFP"), (r"knee osteoarthritis", "knee OA"), (r"ACL reconstruction", "ACLR"),
    (r"osteoarthritis", "OA"), (r"EMG", "electromyography"), (r"MRI", "magnetic resonance imaging"),
    (r"AKPS", "Anterior Knee Pain Scale"), (r"odds ratio", "OR"), (r"hazard ratio", "HR"),
    (r"(\d+)% 1RM", r"\1% of one-repetition maximum"), (r"medial collateral", "MCL"), (r"(\d+) weeks", r"\1 wk"),
    (r"X-ray", "radiograph"), (r"gastrocnemius", "gastroc"), (r"quadriceps", "quads"),
)  # fmt: skip
_SPELLINGS = (
    (r"programme(s?)", r"program\1"), (r"randomised", "randomized"), (r"favour(s?)", r"favor\1"),
    (r"(\d[\d.]*)%", r"\1 per cent"), (r"physiotherapy", "physiotherapeutic treatment"), (r"modelled", "modeled"),
    (r"generalised", "generalized"), (r"behaviour", "behavior"),
    (r"judgement", "judgment"), (r"organised", "organized"), (r"oedema", "edema"), (r"labelled", "labeled"),
    (r"colour", "color"), (r"grey", "gray"), (r"mobilisation", "mobilization"), (r"stabilisation", "stabilization"),
)  # fmt: skip
_HYPHENS = (
    (r"single-leg", "single leg"), (r"straight-knee", "straight knee"), (r"whole-chain", "whole chain"),
    (r"whole-leg", "whole leg"), (r"hip-and-knee", "hip and knee"), (r"heel-rise", "heel rise"),
    (r"plantar-flexor", "plantarflexor"), (r"side-to-side", "side to side"), (r"step-down", "step down"),
    (r"long-standing", "longstanding"), (r"step-rate", "step rate"), (r"lower-leg", "lower leg"),
    (r"real-life", "real life"), (r"weight-bearing", "weight bearing"), (r"multi-joint", "multijoint"),
    (r"foot-driven", "foot driven"), (r"quadriceps-focused", "quadriceps focused"), (r"cut-off", "cutoff"),
)  # fmt: skip
_TENSES = (
    (r"argues", "argued"), (r"holds", "held"), (r"says", "said"), (r"describes", "described"),
    (r"advises", "advised"), (r"recommends", "recommended"), (r"concludes", "concluded"), (r"grants", "granted"),
    (r"wants", "wanted"), (r"finds that", "found that"), (r"calls", "called"), (r"doubts", "doubted"),
    (r"sees", "saw"), (r"reports", "reported"), (r"beat", "has beaten"), (r"eased", "has eased"),
    (r"improved", "has improved"), (r"reduced", "has reduced"), (r"were weaker", "have been weaker"),
    (r"did as well as", "has done as well as"), (r"made no", "has made no"), (r"grew", "has grown"),
    (r"helps", "helped"), (r"is strongest", "was strongest"), (r"asks", "asked"),
)  # fmt: skip
_SHORTER = (
    (r"did not", "didn't"), (r"does not", "doesn't"), (r"do not", "don't"), (r"cannot", "can't"),
    (r"is not", "isn't"), (r"was not", "wasn't"), (r"are not", "aren't"), (r"were not", "weren't"),
    (r"has not", "hasn't"), (r"would not", "wouldn't"), (r"should not", "shouldn't"),
)  # fmt: skip
_TIMES = (
    (r"twice weekly", "two times a week"), (r"twice a week", "two times per week"),
    (r"three times weekly|3 times weekly|thrice weekly", "three times a week"),
    (r"three times a week|3 times a week", "three times per week"), (r"two points of ten", "2 out of 10 points"),
    (r"(\d)/10", r"\1 out of 10"), (r"nine months", "9 months"), (r"past 30 days", "last 30 days"),
    (r"half a year", "six months"), (r"(\d+) to (\d+)(?= \w)", r"\1-\2"), (r"at (\d+) months", r"after \1 months"),
)  # fmt: skip


def _by(rules: Iterable[tuple[str, str]]) -> Rewrite:
    fixed = tuple(rules)
    return lambda text: swaps(text, fixed)


def words_to_digits(text: str) -> Iterator[str]:
    """Yield the text with one written number as a digit; not "one", which is often no number."""
    yield from swaps(text, [(w, str(n + 1)) for n, w in enumerate(_DIGITS) if n])


def digits_to_words(text: str) -> Iterator[str]:
    """Yield the text with one small whole number written out."""
    follows = r"(?= (?:weeks|months|trials|studies|sessions|exercises|times|sets|points|years|days|volunteers))"
    yield from swaps(text, [(rf"(?<![\d.] to ){n + 1}{follows}", w) for n, w in enumerate(_DIGITS)])


def place_last(text: str) -> Iterator[str]:
    """Yield the text with the opening phrase of place or time at its end."""
    found = re.fullmatch(r"((?:In|Across|After|Over|Among) [^,;:()]+), ([^,;:()]+)\.", text)
    if found:
        yield f"{capitalised(found[2])} {lowered(found[1])}."


def two_sentences(text: str) -> Iterator[str]:
    """Yield the text with its semicolon as a full stop."""
    head, mark, tail = text.partition("; ")
    if mark and len(tail.split()) > 3 and not re.match(r"otherwise|if|nearest|then|so|from", tail):
        yield f"{head}. {capitalised(tail)}"


_CLAUSE = re.compile(
    r"([^,;:()]+?) (reduced|lowered|raised|improved|eased|enlarged|predicted|preceded|changed|cut|beat) "
    r"([^,;:()]+?)( (?:in|over|at|after|for|by|through|during|on) [^,;:()]+)?( \([^()]*\))?\."
)


_MORE_THAN_A_CLAUSE = re.compile(r"\b(?:did|does|not|and|that|who|to|when|more|yet)\b")
_NOT_DISCUSSED = re.compile(r"(Barker|Bento|Powers|Kooiker) does not discuss ([^;,]+)(; .+)")


def passive(text: str) -> Iterator[str]:
    """Yield the text in the passive, where it is one clause with one verb, or says what an author does not discuss."""
    silent = _NOT_DISCUSSED.fullmatch(text)
    if silent:
        yield f"{capitalised(silent[2])} {_be(silent[2])} not discussed by {silent[1]}{silent[3]}"
    found = _CLAUSE.fullmatch(text)
    if found is None or _MORE_THAN_A_CLAUSE.search(f"{found[1]} {found[3]}{found[4]}") or re.search(r"\d", found[3]):
        return
    verb = {"beat": "beaten"}.get(found[2], found[2]).replace("cut", "reduced")
    past = "were" if _be(found[3]) == "are" else "was"
    yield f"{capitalised(found[3])} {past} {verb} by {lowered(found[1])}{found[4] or ''}{found[5] or ''}."


def _be(subject: str) -> str:
    plural = re.search(r"[^sui]s$", subject) or re.search(r"\b(?:and|or) \w+s$", subject)
    return "are" if plural else "is"


def in_his_view(text: str) -> Iterator[str]:
    """Yield what an author argues with "in his or her view" in front."""
    found = re.match(r"(Barker|Bento|Powers|Kooiker) (?:argues|holds|says) that (.+)", text)
    if found and not re.search(r"\band (?:that|\w+s)\b", found[2]):
        yield f"In {found[1]}'s view, {found[2]}"


def led_in(text: str) -> Iterator[str]:
    """Yield a finding with the source named as one in front."""
    if re.search(r"\((?:trial|cohort|systematic review|cross-sectional study|laboratory study)", text):
        yield f"The source reports the following: {lowered(text)}"


REWORDINGS: tuple[Operator, ...] = tuple(
    Operator(name=f"reworded: {name}", edits=by_rewriting(rewrite))
    for name, rewrite in (
        ("synonym", _by(_SYNONYMS)),
        ("abbreviation", _by(_ABBREVIATIONS)),
        ("spelling", _by(_SPELLINGS)),
        ("hyphen", _by(_HYPHENS)),
        ("tense", _by(_TENSES)),
        ("contraction", _by(_SHORTER)),
        ("times and ranges", _by(_TIMES)),
        ("number word to digit", words_to_digits),
        ("digit to number word", digits_to_words),
        ("word order", place_last),
        ("two sentences", two_sentences),
        ("passive", passive),
        ("in the author's view", in_his_view),
        ("lead-in", led_in),
    )
)


BY_HAND = "reworded: by hand"


def rewordings(answers: Iterable[Answer], library: Library) -> Iterator[Change]:
    """Yield harmless changes of the answers that passed, then the rewordings by hand, each in place of a claim."""
    passing = passed(answers)
    yield from reworded_by(REWORDINGS, passing, library)
    yield from planted(passing, library, reworded(), BY_HAND)


def passed(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the answers, no escalations, that passed."""
    return tuple(a for a in answers if a.verdict.passed and a.status is Status.ANSWERED)


def reworded_by(operators: Iterable[Operator], passing: Iterable[Answer], library: Library) -> Iterator[Change]:
    """Yield the rewordings that the operators make, each once; what one makes does not hang on the others."""
    asked = tuple(operators)
    seen: set[tuple[str, str]] = set()
    for answer in passing:
        for operator in asked:
            yield from _fresh(operator(answer, library), seen)


def _fresh(made: Iterator[Change], seen: set[tuple[str, str]]) -> Iterator[Change]:
    for change in spread([c for c in made if (c.operator, c.note) not in seen], MOST_PER_ANSWER):
        seen.add((change.operator, change.note))
        yield change
