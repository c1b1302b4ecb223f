"""The library's sentences by address, rendered for one case.

A composer takes a sentence by its origin; the support check renders the same origin again and compares.
So an authored sentence is verified by identity with the library plus the values in its slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.facts import FACT_KINDS, Facts
from corpus.grading import is_second_hand
from corpus.library import Library
from corpus.measures.answering import measured
from corpus.predicates import holds
from corpus.types import Crux, Decider, EvidenceLink, Text

_SLOT = re.compile(r"\{([a-z_.]+)\}")
_STARTS_WITH_NUMBER = re.compile(r"\d")
DESIGN_WORDS: Mapping[str, str] = {
    "rct": "trial",
    "systematic-review": "systematic review",
    "cross-sectional": "cross-sectional study",
    "cohort": "cohort",
    "guideline": "guideline",
    "biomechanics": "laboratory study",
    "diagnostic-accuracy": "test-accuracy study",
    "consensus": "consensus",
    "narrative-review": "review article",
    "expert-opinion": "opinion",
    "clinical-judgement": "clinical judgement, no source",
    "clinic-document": "clinic document",
}


class OriginError(LookupError):
    """An address that names no sentence of this library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A rendered sentence, where it stands in the library, and what it cites."""

    origin: str
    text: str
    cites: tuple[str, ...]


def fitting(texts: tuple[Text, ...], facts: Facts) -> Iterator[int]:
    """Yield the positions of the variants whose `when` holds and whose slots are known; the first is the one taken."""
    for position, text in enumerate(texts):
        if holds(text.when, facts) and all(s in facts for s in _SLOT.findall(text.text)):
            yield position


def variants(crux: Crux, place: str, texts: tuple[Text, ...], facts: Facts) -> Iterator[Sentence]:
    """Yield each sentence of `texts` that fits `facts`, addressed ``crux/place/position``."""
    for position in fitting(texts, facts):
        words = _labelled(place, fill(texts[position].text, facts))
        yield Sentence(origin=f"{crux.id}/{place}/{position}", text=words, cites=texts[position].cites)


def variant(crux: Crux, place: str, texts: tuple[Text, ...], facts: Facts) -> Sentence | None:
    """Return the sentence of `texts` that fits `facts`, addressed ``crux/place/position``."""
    return next(variants(crux, place, texts, facts), None)


def _labelled(place: str, text: str) -> str:
    """Say of what a school would do in this patient that the inference is ours."""
    return f"Applied here (our inference): {text}" if place.endswith(".applied") else text


def render(library: Library, origin: str, facts: Facts) -> Sentence:
    """Return the sentence that stands at `origin`, filled from `facts`.

    Raises:
        OriginError: no such place, its `when` does not hold, or a slot's fact is not known.
    """
    owner, _, rest = origin.partition("/")
    if owner == "viewpoint":
        return _nearest(library, origin, rest)
    if owner == "red-flag":
        return _flag(library, origin, rest)
    if owner == "restriction":
        return _limit(library, origin, rest)
    if owner == "measure":
        return _measured(library, origin, rest, facts)
    crux = library.crux_by_id.get(owner)
    place, _, key = rest.rpartition("/")
    if crux is None or not place:
        raise OriginError(f"no sentence at {origin!r}")
    return _of_crux(library, crux, origin, place, key, facts)


def _of_crux(library: Library, crux: Crux, origin: str, place: str, key: str, facts: Facts) -> Sentence:
    if place == "premises":
        found = next((p for p in crux.premises if p.id == key), None)
        if found is None:
            raise OriginError(f"no sentence at {origin!r}")
        return Sentence(origin=origin, text=found.text, cites=found.cites)
    if not (key.isascii() and key.isdigit()):
        raise OriginError(f"no sentence at {origin!r}")
    position = int(key)
    try:
        if place == "decides":
            decider = crux.decides[position]
            _require(decider.when, origin, facts)
            return Sentence(origin=origin, text=decider_text(decider, facts), cites=decider.cites)
        if place in ("needs", "missing"):
            return Sentence(origin=origin, text=need_text(crux, place, position), cites=())
        if place == "evidence":
            link = crux.evidence[position]
            return Sentence(origin=origin, text=evidence_text(library, link, facts), cites=(link.passage,))
        text = _texts(crux, place)[position]
    except (IndexError, KeyError, AttributeError, ValueError) as error:
        raise OriginError(f"no sentence at {origin!r}") from error
    _require(text.when, origin, facts)
    return Sentence(origin=origin, text=_labelled(place, fill(text.text, facts)), cites=text.cites)


def _require(when: str | None, origin: str, facts: Facts) -> None:
    if not holds(when, facts):
        raise OriginError(f"the sentence at {origin!r} does not hold for this case")


def _texts(crux: Crux, place: str) -> tuple[Text, ...]:
    match place.split("."):
        case ["lead", "answer", intent]:
            return crux.lead.answer[intent]
        case ["lead", ("reason" | "changes") as part]:
            return getattr(crux.lead, part)
        case ["views", viewpoint, ("says" | "because" | "first_step" | "applied" | "concedes" | "reach") as part]:
            return getattr(crux.views[viewpoint], part)
        case ["points", number, ("says" | "reason" | "next") as part] if number.isascii() and number.isdigit():
            return getattr(crux.points[int(number)], part)
        case [("next" | "dose" | "agree") as part]:
            return getattr(crux, part)
        case _:
            raise KeyError(place)


def need_text(crux: Crux, place: str, position: int) -> str:
    """Return the question that asks for a fact, or the line that says it is missing and why it matters."""
    need = crux.needs[position]
    if place == "needs":
        return need.ask
    return f"Not stated: {need.ask.rstrip('?')} ({need.changes.rstrip('.')})."


def fill(text: str, facts: Facts) -> str:
    """Return `text` with each ``{fact}`` replaced by its value.

    Raises:
        OriginError: a fact is not known.
    """

    def value(match: re.Match[str]) -> str:
        if match.group(1) not in facts:
            raise OriginError(f"{match.group(1)} is not known in this case")
        return shown(match.group(1), facts)

    return _SLOT.sub(value, text)


def shown(name: str, facts: Facts) -> str:
    """Return the value of a known fact as it reads in a sentence, without its unit."""
    value = facts[name]
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)).replace("-", " ")
    if isinstance(value, float):
        return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"
    return str(value).replace("-", " ")


def decider_text(decider: Decider, facts: Facts) -> str:
    """Return what a test would decide; where its value is known, what it does decide."""
    value = facts.get(decider.fact) if decider.fact else None
    threshold = f"{decider.threshold_text}{_ours(decider)}"
    if decider.fact and decider.threshold is not None and isinstance(value, int | float):
        is_below = value < decider.threshold
        side, branch = ("below", decider.if_below) if is_below else ("not below", decider.if_above)
        return f"{decider.measure}: {_measured_value(decider.fact, facts)}, {side} {threshold}: {branch}."
    if _STARTS_WITH_NUMBER.match(decider.threshold_text):
        return f"{decider.measure}: below {threshold}, {decider.if_below}; otherwise {decider.if_above}."
    return f"{decider.measure}: if {threshold}, {decider.if_above}; if not, {decider.if_below}."


def _ours(decider: Decider) -> str:
    """Say of a threshold that no source gives that it is ours, so that its citation does not seem to carry it."""
    if not decider.basis.startswith("our "):
        return ""
    return " (our cut-off)" if _STARTS_WITH_NUMBER.match(decider.threshold_text) else " (our rule)"


def _measured_value(name: str, facts: Facts) -> str:
    unit = FACT_KINDS[name].unit or ""
    value = shown(name, facts) + _unit(unit, facts[name])
    test = name.removesuffix(".lsi")
    if test != name and {f"{test}.low", f"{test}.high"} <= facts.keys():
        return f"{shown(f'{test}.low', facts)} against {shown(f'{test}.high', facts)} is {value}"
    return value


def _unit(unit: str, value: object) -> str:
    if unit == "%":
        return "%"
    is_counted = unit in ("year", "week", "repetition") and value != 1
    return f" {unit}s" if is_counted else f" {unit}"


def evidence_text(library: Library, link: EvidenceLink, facts: Facts) -> str:
    """Return the gist of a finding with its design, its weight, and whether it fits this patient."""
    source = library.source_of(link.passage)
    strength = library.strength_of(link.passage)
    weight = str(strength) if source.design.value != "expert-opinion" else ""
    second_hand = "seen second-hand" if is_second_hand(source, library.passages[link.passage]) else ""
    fit = "a population like this patient's" if link.fits and holds(link.fits, facts) else ""
    about = ", ".join(filter(None, (DESIGN_WORDS[source.design], weight, second_hand, fit)))
    return f"{link.gist} ({about})."


def _nearest(library: Library, origin: str, rest: str) -> Sentence:
    viewpoint_id, _, part = rest.partition("/")
    viewpoint = library.viewpoint_by_id.get(viewpoint_id)
    misread = next((m for m in viewpoint.misread if part == f"misread/{m.id}"), None) if viewpoint else None
    if misread is not None:
        return Sentence(origin=origin, text=misread.text, cites=misread.cites)
    if viewpoint is None or part != "nearest":
        raise OriginError(f"no sentence at {origin!r}")
    said = library.passages[viewpoint.nearest].text
    text = f"{viewpoint.surname} does not address this; nearest: {said}"
    return Sentence(origin=origin, text=text, cites=(viewpoint.nearest,))


def _flag(library: Library, origin: str, rest: str) -> Sentence:
    flag_id, _, part = rest.partition("/")
    flag = next((f for f in library.red_flags if f.id == flag_id), None)
    texts = flag and {
        "suspected": f"This reads like {flag.suspected}.",
        "do_now": flag.do_now,
        "cleared": f"As told, a test or a doctor did not find {flag.suspected}. Should the signs grow or others come: "
        f"{flag.do_now[:1].lower()}{flag.do_now[1:]}",
        "check": f"Rule out first: this can also go with {flag.suspected}. Where that is not excluded: "
        f"{flag.do_now[:1].lower()}{flag.do_now[1:]}",
    }
    if flag is None or not texts or part not in texts:
        raise OriginError(f"no sentence at {origin!r}")
    return Sentence(origin=origin, text=texts[part], cites=flag.cites)


def _limit(library: Library, origin: str, rest: str) -> Sentence:
    limit_id, _, part = rest.partition("/")
    limit = next((r for r in library.restrictions if r.id == limit_id), None)
    if limit is None or part != "why" or not limit.cites:
        raise OriginError(f"no sentence at {origin!r}")
    return Sentence(origin=origin, text=f"{limit.opens}: {limit.why}.", cites=limit.cites)


def _measured(library: Library, origin: str, rest: str, facts: Facts) -> Sentence:
    measure_id, _, part = rest.partition("/")
    measure = next((m for m in library.measures if m.id == measure_id), None)
    if measure is not None and measure.result is not None and part == "result":
        return Sentence(origin=origin, text=fill(measure.result, facts), cites=measure.cites)
    line = measured(rest, facts) if measure is not None else None
    if line is None or any(passage not in library.passages for passage in line.cites):
        raise OriginError(f"no sentence at {origin!r}")
    return Sentence(origin=origin, text=line.text, cites=line.cites)


def variant_lists(crux: Crux) -> Iterator[tuple[str, tuple[Text, ...]]]:
    """Yield each list of variants of `crux` with its place."""
    for intent, texts in crux.lead.answer.items():
        yield f"lead.answer.{intent}", texts
    yield from (("lead.reason", crux.lead.reason), ("lead.changes", crux.lead.changes))
    yield from (("next", crux.next), ("dose", crux.dose), ("agree", crux.agree))
    for number, point in enumerate(crux.points):
        for name in ("says", "reason", "next"):
            yield f"points.{number}.{name}", getattr(point, name)
    for viewpoint, view in crux.views.items():
        for name in ("says", "because", "first_step", "applied", "concedes", "reach"):
            yield f"views.{viewpoint}.{name}", getattr(view, name)


def cited_at(crux: Crux, place: str) -> tuple[str, ...]:
    """Return the passages that the sentences at one place of `crux` cite, each once."""
    return tuple(dict.fromkeys(c for text in _texts(crux, place) for c in text.cites))
