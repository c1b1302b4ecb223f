"""The sentences of a crux: cited, carried, credited, worded, reachable, and in equal voice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.facts import FACT_KINDS
from corpus.grading import is_second_hand
from corpus.library import Library
from corpus.lint.problems import Breaking
from corpus.lint.reach import unreachable
from corpus.numbers import numbers_of
from corpus.predicates import PredicateError, facts_named
from corpus.sentences import variant_lists
from corpus.types import Crux, SeenLevel, Text, View
from corpus.wording import is_too_sure, pronounces_a_diagnosis

_SLOT = re.compile(r"\{([a-z_.]+)\}")
_ABSOLUTE = re.compile(r"\b(always|never|guarantee[ds]?|proves|undoubtedly|certainly)\b", re.IGNORECASE)
_SHORTER_OF_LONGER = 0.75  # DESIGN: equal voice
_SHORT_VOICE_WORDS = 12  # below this a word or two decides the ratio; decision 9
_SCHOOLS_OWN = ("says", "because", "concedes", "first_step")


def check_texts(library: Library, crux: Crux) -> Iterator[str]:
    """Yield what is wrong with a sentence of `crux`, each with its place."""
    for place, texts in variant_lists(crux):
        if texts and texts[-1].when and not place.endswith("reach"):
            yield Breaking(f"{place}: the last variant must have no 'when'")
        for text in texts:
            for message in _text(library, text, place):
                yield type(message)(f"{place}: {message}")
        yield from (f"{place}: {message}" for message in unreachable(texts))
    sentences = Counter(t.text for _, texts in variant_lists(crux) for t in {x.text: x for x in texts}.values())
    for sentence, times in sentences.items():
        if times > 1:
            yield f"the same sentence stands in {times} places: {sentence[:60]!r}"


def _text(library: Library, text: Text, place: str) -> Iterator[str]:
    try:
        facts_named(text.when)
    except PredicateError as error:
        yield Breaking(f"predicate {text.when!r}: {error}")
    yield from _slots(text)
    if not text.cites:
        yield Breaking(f"no citation: {text.text[:60]!r}")
    unknown = [c for c in text.cites if c not in library.passages]
    yield from (Breaking(f"cites unknown passage {c!r}") for c in unknown)
    if not text.text.rstrip().endswith((".", "?")):
        yield f"expected a full stop: {text.text[-40:]!r}"
    if _ABSOLUTE.search(text.text) and not _is_credited(place):
        yield f"an absolute in our own voice: {text.text[:80]!r}"
    if is_too_sure(text.text) or pronounces_a_diagnosis(text.text):
        yield f"would be held back, as too sure or as a diagnosis: {text.text[:80]!r}"
    if not unknown:
        yield from numbers_printed(library, text.text, text.cites)
        yield from _credited(library, text)
    if not unknown and place.startswith(("lead.answer", "lead.reason", "points.")):
        yield from _carried(library, text)


def _is_credited(place: str) -> bool:
    """Return whether what stands at `place` is a school's word, credited to it, and not ours."""
    return place.startswith("views.") and place.rsplit(".", maxsplit=1)[-1] in _SCHOOLS_OWN


def _slots(text: Text) -> Iterator[str]:
    for slot in _SLOT.findall(text.text):
        if slot not in FACT_KINDS:
            yield Breaking(f"unknown slot {{{slot}}}")
            continue
        try:
            ensured = {n.split(".")[0] for n in facts_named(text.when)}
        except PredicateError:
            continue
        if slot.split(".")[0] not in ensured:
            yield Breaking(f"slot {{{slot}}} needs a 'when' that ensures it")


def numbers_printed(library: Library, text: str, cites: tuple[str, ...]) -> Iterator[str]:
    """Yield the numbers of `text` that nothing it cites prints."""
    printed = set()
    for cite in cites:
        passage = library.passages[cite]
        printed |= set(numbers_of(" ".join((passage.text, *passage.figures.values()))))
    missing = [n for n in numbers_of(_SLOT.sub("", text)) if n not in printed]
    if missing:
        yield f"numbers {missing} are not printed by what it cites {list(cites)}: {text[:70]!r}"


def _credited(library: Library, text: Text) -> Iterator[str]:
    schools = {library.viewpoint_of(c) for c in text.cites}
    for viewpoint in library.viewpoints:
        if re.search(rf"\b{viewpoint.surname}\b", text.text) and viewpoint.id not in schools:
            yield Breaking(f"names {viewpoint.surname} and cites no passage of {viewpoint.id}: {text.text[:60]!r}")


def _carried(library: Library, text: Text) -> Iterator[str]:
    weak = [
        is_second_hand(library.source_of(c), library.passages[c]) or library.source_of(c).seen.level is SeenLevel.NONE
        for c in text.cites
    ]
    if weak and all(weak):
        yield f"rests only on sources seen second-hand or not at all: {text.text[:60]!r}"


def check_voices(library: Library, crux: Crux) -> Iterator[str]:
    """Yield where a school speaks through another's passages, not at all, or at unequal length."""
    for viewpoint, view in crux.views.items():
        for name in ("says", "because", "first_step", "concedes", "reach"):
            for text in getattr(view, name):
                yield from (
                    f"views.{viewpoint}.{name} cites {c!r}, which is not its own"
                    for c in text.cites
                    if c in library.passages and library.viewpoint_of(c) != viewpoint
                )
        if not view.says:
            yield Breaking(f"views.{viewpoint}.says is empty")
    speaking = [v for v in crux.views.values() if not v.silent and v.says]
    for one in speaking:
        for other in speaking:
            yield from _lopsided(one, other)


def _lopsided(one: View, other: View) -> Iterator[str]:
    for name in ("says", "because"):
        for mine in getattr(one, name):
            for theirs in getattr(other, name):
                short, long = len(mine.text.split()), len(theirs.text.split())
                if short < long and long > _SHORT_VOICE_WORDS and short < _SHORTER_OF_LONGER * long:
                    yield f"unequal voice in {name}: {short} words against {long}: {mine.text[:50]!r}"
