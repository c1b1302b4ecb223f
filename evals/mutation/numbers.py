"""Numbers and units that are not those of the passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.library import Library
from evals.mutation.editing import checkable, swaps, with_claim
from evals.mutation.types import Edit
from guardrails.types import Answer, Basis

# Not the 1 of 1RM, nor the digits of a name such as S1 or EWGSOP2, nor a year.
_NUMBER = re.compile(r"(?<![\w.,/-])-?\d+(?:,\d{3})*(?:\.\d+)?(?!\w|RM|-D|,\d)")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTED = (
    r"points?|weeks?|months?|years?|days?|sessions?|trials?|studies|people|men|women|minutes|exercises|sets|runners"
)

_UNITS = (
    (r"(\d[\d.,]*) weeks", r"\1 months"),
    (r"(\d[\d.,]*) months", r"\1 weeks"),
    (r"(\d[\d.,]*) days", r"\1 weeks"),
    (r"(\d[\d.,]*) years", r"\1 months"),
    (r"(\d[\d.,]*) hours", r"\1 minutes"),
    (r"(\d[\d.,]*) minutes", r"\1 hours"),
    (r"(\d[\d.,]*) seconds", r"\1 minutes"),
    (r"(\d[\d.,]*) cm", r"\1 mm"),
    (r"(\d[\d.,]*) mm", r"\1 cm"),
    (r"(\d[\d.,]*) Nm", r"\1 kg"),
    (r"(\d[\d.,]*) degrees", r"\1 centimetres"),
    (r"(\d[\d.,]*) (single-leg )?(raises|rises|repetitions)", r"\1 seconds of \2\3"),
    (r"(\d[\d.,]*) points", r"\1%"),
    (r"(\d[\d.,]*) (sets of \d+)", r"\1 minutes in \2"),
    (r"(\d[\d.,]*)(?:%| per cent| percent)(?!\w)(?: of maximum| 1RM)?", r"\1 kg"),
    (r"(one|two|three|four|five|six|seven|eight|nine|ten|twelve) weeks", r"\1 months"),
    (r"(one|two|three|four|five|six|seven|eight|nine|ten|twelve) months", r"\1 weeks"),
    (r"(one|two|three|four|five|six|eight|ten) years", r"\1 months"),
    (r"(?:a|one) year", "a month"),
    (r"(one|two|three|four) points", r"\1 per cent"),
    (r"twice (weekly|a week)", "twice daily"),
    (r"(three times|thrice) (?:weekly|a week)", r"\1 a day"),
    (r"(\d+) times weekly", r"\1 times daily"),
)


def _numbers(text: str) -> list[re.Match[str]]:
    found = (m for m in _NUMBER.finditer(text) if not _YEAR.fullmatch(m[0]))
    return [m for m in found if not (m[0] in {"10", "100"} and text[: m.start()].endswith((" of ", " in ")))]


def _put(text: str, match: re.Match[str], value: str) -> str:
    return text[: match.start()] + value + text[match.end() :]


def _nudged(said: str) -> str:
    """Return the number one step of its last digit away: 28 -> 29, 0.8 -> 0.9."""
    head, last = said[:-1], said[-1]
    return head + (str(int(last) + 1) if last != "9" else "7")


def _blown(said: str) -> str:
    """Return the number about three times as large, in the same form."""
    digits = len(said.partition(".")[2])
    value = float(said.replace(",", "")) * 3
    value = value if value <= 100 or float(said.replace(",", "")) > 100 else max(99 - value / 10, 1)
    return f"{value:,.{digits}f}"


def _turned(said: str) -> str | None:
    """Return the number with two digits changed over: 28 -> 82; none where that is no other number."""
    whole, dot, rest = said.partition(".")
    if len(whole) != 2 or whole[0] == whole[1] or whole[1] == "0" or whole.startswith("-"):
        return None
    return whole[::-1] + dot + rest


def small_change(text: str) -> Iterator[str]:
    """Yield the text with one number nudged by its last digit."""
    for match in _numbers(text)[:2]:
        yield _put(text, match, _nudged(match[0]))


def large_change(text: str) -> Iterator[str]:
    """Yield the text with its last number several times as large."""
    for match in _numbers(text)[-1:]:
        yield _put(text, match, _blown(match[0]))


def digits_turned(text: str) -> Iterator[str]:
    """Yield the text with the two digits of one number changed over."""
    for match in _numbers(text):
        turned = _turned(match[0])
        if turned is not None:
            yield _put(text, match, turned)
            return


def word_number(text: str) -> Iterator[str]:
    """Yield the text with a number that is written out made another."""
    rules = [(rf"{w}(?= (?:\w+ )?(?:{_COUNTED})(?!\w))", _WORDS[(i + 3) % 12]) for i, w in enumerate(_WORDS)]
    halves = [(r"half of", "a fifth of"), (r"a third of", "two thirds of"), (r"about half", "about a tenth")]
    yield from swaps(text, [*halves, *rules])


def other_unit(text: str) -> Iterator[str]:
    """Yield the text with one unit made another that reads as well."""
    yield from swaps(text, _UNITS)


def numbers_added(text: str) -> Iterator[str]:
    """Yield the text with a figure that no passage gives."""
    things = r"(?:knee |worst |daily )?pain|function|strength|injur(?:y|ies)|reinjury|symptoms|torque"
    rules = (
        (
            rf"(eased|cut|reduced|lowered|raised|improved|eases|cuts) ({things})(?! (?:slightly|by|further))",
            r"\1 \2 by 37%",
        ),
        (r"(strength|pain|function|torque) (rose|fell|improved)(?! (?:by|to|from|earlier|\d+)\b)", r"\1 \2 by 37%"),
        (r"usually", "in 73% of cases"),
        (r"(?<!equally )(?<!as )(?<!more )often(?! with)", "in 73% of cases"),
        (r"seldom", "in 4% of cases"),
        (r"many(?: of)?(?= (?:people|patients|runners|knees|tears|studies))", "73% of"),
        (r"(in|of) runners", r"\1 84 runners"),
        (r"(?<!\d )in women", "in 84 women"),
        (r"(?:three|four|several) weeks", "nine weeks"),
        (r"faster", "3.4 times faster"),
    )
    yield from swaps(text, rules)


def miscomputed(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Give a computed value, and the words that say it, another result than the formula's."""
    for claim in answer.draft.claims:
        if claim.computed is None or claim.basis is not Basis.COMPUTED:
            continue
        said = f"{claim.computed.value:g}"
        wrong = claim.computed.value + 7
        if said in claim.text:
            made = replace(
                claim,
                text=claim.text.replace(said, f"{wrong:g}", 1),
                computed=replace(claim.computed, value=wrong),
            )
            draft = with_claim(answer.draft, claim.id, made)
            yield Edit(claim_id=claim.id, draft=draft, note=f"{claim.text} -> {made.text}")


def misread_case(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Compute rightly from a value that the case does not hold, and say so."""
    for claim in answer.draft.claims:
        if claim.computed is None or not claim.computed.inputs:
            continue
        name, value = next(iter(claim.computed.inputs.items()))
        said, wrong = f"{value:g}", f"{value + 3:g}"
        if said in claim.text:
            computed = replace(claim.computed, inputs={**claim.computed.inputs, name: value + 3})
            made = replace(claim, text=claim.text.replace(said, wrong, 1), computed=computed)
            draft = with_claim(answer.draft, claim.id, made)
            yield Edit(claim_id=claim.id, draft=draft, note=f"{claim.text} -> {made.text}")


def others_number(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Give a claim a number that stands in another claim of the same answer."""
    claims = list(checkable(answer))
    for claim in claims:
        own = _numbers(claim.text)
        foreign = [m[0] for c in claims for m in _numbers(c.text) if m[0] not in claim.text]
        quotes = " ".join(c.quote for c in claim.citations)
        fitting = [n for n in foreign if own and n not in quotes and _alike(n, own[0][0])]
        if fitting:
            text = _put(claim.text, own[0], fitting[0])
            draft = with_claim(answer.draft, claim.id, replace(claim, text=text))
            yield Edit(claim_id=claim.id, draft=draft, note=f"{claim.text} -> {text}")


def _alike(one: str, other: str) -> bool:
    """Whether two numbers are of a size and a form, so that either reads well in the other's place."""
    left, right = (abs(float(n.replace(",", ""))) for n in (one, other))
    return ("." in one) == ("." in other) and right / 4 <= left <= right * 4
