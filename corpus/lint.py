"""What must hold of a library beyond its fields; each problem names file and line.

Run as ``counterpoint library lint`` or ``python -m corpus.lint``.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from corpus.errors import LibraryError
from corpus.facts import FACT_KINDS
from corpus.grading import is_second_hand
from corpus.library import PACKAGED, Library, read_with_places
from corpus.numbers import numbers_of
from corpus.predicates import PredicateError, compile_predicate, facts_named
from corpus.types import Crux, SeenLevel, Text, View

INTENTS = (
    "polar",
    "choice",
    "why",
    "test",
    "dose",
    "lookup",
    "viewpoint",
    "strength",
    "plan",
    "default",
)
_SLOT = re.compile(r"\{([a-z_.]+)\}")
_ABSOLUTE = re.compile(r"\b(always|never|guarantee[ds]?|proves|undoubtedly|certainly)\b", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMID = re.compile(r"\d{1,8}")
_SHORTER_OF_LONGER = 0.75  # DESIGN: equal voice
_SHORT_VOICE_WORDS = 12  # below this a word or two decides the ratio; decision 9
_GIST_WORDS = 18
_SCHOOLS_OWN = ("says", "because", "concedes", "first_step")
_FEWEST_ASKS = 8
_OPENING_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that does not hold of one entry."""

    kind: str
    id: str
    message: str

    @property
    def breaks(self) -> bool:
        """Whether an answer made from the entry could fail, so that it must not be indexed."""
        return isinstance(self.message, Breaking)


class Breaking(str):
    """A message about something that no answer can be made from."""

    __slots__ = ()


def breaking_problems(library: Library) -> list[Problem]:
    """Return the problems of `library` that keep it from being indexed."""
    return [p for p in lint(library) if p.breaks]


def lint(library: Library) -> list[Problem]:
    """Return every problem of `library`; none means it may be shipped."""
    checks = chain(
        _sources(library),
        _passages(library),
        _viewpoints(library),
        _cruxes(library),
        _openings(library),
        _safety(library),
    )
    return sorted(checks, key=lambda p: (p.kind, p.id, p.message))


def _sources(library: Library) -> Iterator[Problem]:
    for source in library.sources:
        if source.viewpoint and source.viewpoint not in library.viewpoint_by_id:
            yield Problem(kind="sources", id=source.id, message=Breaking(f"unknown viewpoint {source.viewpoint!r}"))
        if source.doi and not _DOI.fullmatch(source.doi):
            yield Problem(kind="sources", id=source.id, message=f"expected a doi like 10.1234/x, got {source.doi!r}")
        if source.pmid and not _PMID.fullmatch(source.pmid):
            yield Problem(kind="sources", id=source.id, message=f"expected a pmid of digits, got {source.pmid!r}")
        blocks = {p.number for p in source.paragraphs}
        for passage in source.passages:
            if passage.source_id != source.id:
                wrong = Breaking(f"passage {passage.id!r} does not start with the source's id")
                yield Problem(kind="sources", id=source.id, message=wrong)
            block = re.fullmatch(r"paragraph (\d+)", passage.locator)
            if blocks and (not block or int(block.group(1)) not in blocks):
                yield Problem(kind="sources", id=source.id, message=f"{passage.id}: no such {passage.locator!r}")


def _passages(library: Library) -> Iterator[Problem]:
    seen = Counter(p.id for s in library.sources for p in s.passages)
    for identifier, times in seen.items():
        if times > 1:
            yield Problem(
                kind="sources",
                id=identifier.rsplit(":", 1)[0],
                message=Breaking(f"passage id {identifier!r} is given {times} times"),
            )
    for passage in library.passages.values():
        printed = set(numbers_of(" ".join(passage.figures.values())))
        missing = [n for n in numbers_of(passage.text) if n not in printed]
        if missing:
            yield Problem(
                kind="sources",
                id=passage.source_id,
                message=f"{passage.id}: numbers {missing} of the text are not in its figures",
            )
        for other in passage.conflicts_with:
            if other not in library.passages:
                yield Problem(
                    kind="sources", id=passage.source_id, message=f"{passage.id}: conflicts with unknown {other!r}"
                )


def _viewpoints(library: Library) -> Iterator[Problem]:
    for viewpoint in library.viewpoints:
        cited = [viewpoint.nearest, *(p for c in viewpoint.claims for p in c.passages)]
        for passage in cited:
            if passage not in library.passages:
                yield Problem(
                    kind="viewpoints", id=viewpoint.id, message=Breaking(f"cites unknown passage {passage!r}")
                )
            elif library.viewpoint_of(passage) != viewpoint.id:
                yield Problem(kind="viewpoints", id=viewpoint.id, message=f"cites {passage!r}, which is not its own")
    for debate in library.debates:
        for viewpoint_id in debate.viewpoints:
            if viewpoint_id not in library.viewpoint_by_id:
                yield Problem(kind="debates", id=debate.id, message=Breaking(f"unknown viewpoint {viewpoint_id!r}"))


def _safety(library: Library) -> Iterator[Problem]:
    entries = [("red_flags", f.id, f.cites) for f in library.red_flags]
    entries += [("measures", m.id, m.cites) for m in library.measures]
    for kind, identifier, cites in entries:
        for passage in cites:
            if passage not in library.passages:
                yield Problem(kind=kind, id=identifier, message=Breaking(f"cites unknown passage {passage!r}"))
    for flag in library.red_flags:
        for combination in flag.combinations:
            for name in combination:
                if name not in flag.weak:
                    yield Problem(
                        kind="red_flags", id=flag.id, message=Breaking(f"combination names unknown weak cue {name!r}")
                    )


def _openings(library: Library) -> Iterator[Problem]:
    opened: dict[tuple[str, ...], str] = {}
    for crux in library.cruxes:
        for text in chain.from_iterable(crux.lead.answer.values()):
            opening = tuple(re.findall(r"\w+", text.text.lower())[:_OPENING_WORDS])
            other = opened.setdefault(opening, crux.id)
            if other != crux.id:
                yield Problem(
                    kind="cruxes", id=crux.id, message=f"short answer opens like one of {other}: {' '.join(opening)!r}"
                )


def _cruxes(library: Library) -> Iterator[Problem]:
    for crux in library.cruxes:
        for message in chain(
            _shape(library, crux),
            _texts(library, crux),
            _voices(library, crux),
            _links(library, crux),
        ):
            yield Problem(kind="cruxes", id=crux.id, message=message)


def _shape(library: Library, crux: Crux) -> Iterator[str]:
    debate = library.debate_by_id.get(crux.debate)
    if debate is None:
        yield Breaking(f"unknown debate {crux.debate!r}")
        return
    if set(crux.views) != set(debate.viewpoints):
        yield Breaking(f"expected views of {sorted(debate.viewpoints)}, got {sorted(crux.views)}")
    if len(crux.asks) < _FEWEST_ASKS:
        yield f"expected {_FEWEST_ASKS} or more asks, got {len(crux.asks)}"
    if "default" not in crux.lead.answer:
        yield Breaking("lead.answer needs 'default'")
    strange = [intent for intent in crux.lead.answer if intent not in INTENTS]
    yield from (f"lead.answer: expected an intent among {list(INTENTS)}, got {intent!r}" for intent in strange)
    unknown = [need.fact for need in crux.needs if need.fact not in FACT_KINDS]
    yield from (Breaking(f"needs: unknown fact {fact!r}") for fact in unknown)
    yield from (f"points.{n}: says is empty" for n, point in enumerate(crux.points) if not point.says)
    yield from _predicate_problems(
        [crux.fits, crux.outside, *(d.when for d in crux.decides), *(e.fits for e in crux.evidence)]
    )


def _predicate_problems(predicates: Iterable[str | None]) -> Iterator[str]:
    for predicate in filter(None, predicates):
        try:
            compile_predicate(predicate)
        except PredicateError as error:
            yield Breaking(f"predicate {predicate!r}: {error}")


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


def _texts(library: Library, crux: Crux) -> Iterator[str]:
    for place, texts in variant_lists(crux):
        if texts and texts[-1].when and not place.endswith("reach"):
            yield Breaking(f"{place}: the last variant must have no 'when'")
        for text in texts:
            for message in _text(library, text, place):
                yield type(message)(f"{place}: {message}")
    sentences = Counter(t.text for _, texts in variant_lists(crux) for t in {x.text: x for x in texts}.values())
    for sentence, times in sentences.items():
        if times > 1:
            yield f"the same sentence stands in {times} places: {sentence[:60]!r}"


def _text(library: Library, text: Text, place: str) -> Iterator[str]:
    yield from _predicate_problems([text.when])
    yield from _slots(text)
    if not text.cites:
        yield Breaking(f"no citation: {text.text[:60]!r}")
    unknown = [c for c in text.cites if c not in library.passages]
    yield from (Breaking(f"cites unknown passage {c!r}") for c in unknown)
    if not text.text.rstrip().endswith((".", "?")):
        yield f"expected a full stop: {text.text[-40:]!r}"
    if _ABSOLUTE.search(text.text) and not _is_credited(place):
        yield f"an absolute in our own voice: {text.text[:80]!r}"
    if not unknown:
        yield from _numbers_printed(library, text.text, text.cites)
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


def _numbers_printed(library: Library, text: str, cites: tuple[str, ...]) -> Iterator[str]:
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


def _voices(library: Library, crux: Crux) -> Iterator[str]:
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


def _links(library: Library, crux: Crux) -> Iterator[str]:
    yield from _evidence_links(library, crux)
    yield from _deciders(library, crux)
    cited = [(premise.id, c) for premise in crux.premises for c in premise.cites]
    yield from (
        Breaking(f"premise {name} cites unknown passage {c!r}") for name, c in cited if c not in library.passages
    )


def _evidence_links(library: Library, crux: Crux) -> Iterator[str]:
    for link in crux.evidence:
        if link.passage not in library.passages:
            yield Breaking(f"evidence cites unknown passage {link.passage!r}")
            continue
        if link.of and link.of not in library.claim_by_id:
            yield f"evidence {link.passage}: unknown claim {link.of!r}"
        if len(link.gist.split()) > _GIST_WORDS:
            yield f"evidence {link.passage}: gist has {len(link.gist.split())} words, expected {_GIST_WORDS} at most"
        yield from (f"evidence {m}" for m in _numbers_printed(library, link.gist, (link.passage,)))


def _deciders(library: Library, crux: Crux) -> Iterator[str]:
    for decider in crux.decides:
        yield from (
            Breaking(f"decides cites unknown passage {c!r}") for c in decider.cites if c not in library.passages
        )
        if (decider.fact is None) != (decider.threshold is None):
            yield Breaking(f"decides {decider.measure!r}: give fact and threshold together or neither")
        if decider.fact and decider.fact not in FACT_KINDS:
            yield Breaking(f"decides {decider.measure!r}: unknown fact {decider.fact!r}")


def report(folders: Iterable[Path]) -> list[str]:
    """Return one line a problem, each with its file and line, for the library of `folders`.

    Raises:
        LibraryError: a file does not fit its format.
    """
    library, places = read_with_places(folders)
    lines = []
    for problem in lint(library):
        path, line = places.get((problem.kind, problem.id), (Path("?"), 1))
        lines.append(f"{path}:{line}: {problem.id}: {problem.message}")
    return lines


def main() -> int:
    """Lint the packaged library; print each problem; return the exit code."""
    try:
        lines = report([PACKAGED])
    except LibraryError as error:
        lines = [str(error)]
    print("\n".join(lines) or "library: no problem found")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
