"""The verdict on one free sentence: every check, then what they come to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeAlias

from corpus.inference import Entailment
from corpus.library import Library
from guardrails.freetext.arms import crossed
from guardrails.freetext.benefit import promised
from guardrails.freetext.comparison import swapped
from guardrails.freetext.conditions import in_others
from guardrails.freetext.copied import slipped
from guardrails.freetext.coverage import own_ideas, terms_missing, uncovered
from guardrails.freetext.direction import turned_round
from guardrails.freetext.doubts import doubts_dropped
from guardrails.freetext.figures import with_digits
from guardrails.freetext.hedges import overstated
from guardrails.freetext.idioms import put_plainly
from guardrails.freetext.labels import without_label
from guardrails.freetext.moments import counted_otherwise
from guardrails.freetext.negation import denied_otherwise
from guardrails.freetext.numbers import misquoted
from guardrails.freetext.population import widened
from guardrails.freetext.reading import Reading, read, sentences
from guardrails.freetext.reversals import reversed_by_form
from guardrails.freetext.silence import after_silence
from guardrails.freetext.timing import outlasted
from guardrails.freetext.types import Fault, Ground, Inference, Judgement, Outcome, Rule
from guardrails.freetext.undone import undone

_DECIDABLE = frozenset({Rule.TERMS, Rule.MERGED})  # what an inference model may overrule
_NUMERIC = re.compile(r"[_:]")


def judged(
    text: str,
    cited: Sequence[str],
    library: Library,
    *,
    case_words: str = "",
    before: str = "",
    inference: Inference | None = None,
) -> Judgement:
    """Return what the cited passages make of a free claim, each of its sentences by itself.

    Args:
        text: the claim as it would be shown.
        cited: ids of passages of the library; unknown ones carry nothing.
        library: whose passages and words count.
        case_words: what the asker typed; its terms and numbers need no passage.
        before: what stands before it in the same section and cites the same: whom that names need not be named again.
        inference: a language-inference model, where one is configured. It may carry a claim of which only the terms are
            undecided, and may speak against any claim; it never overrules another check.
    """
    grounds = [ground(library, p) for p in cited if p in library.passages]
    if not grounds:
        return Judgement(outcome=Outcome.NOT_ENOUGH, faults=())
    faults, rest = _shelf(library).remembered(
        (text, tuple(cited), case_words, before),
        lambda: _found(text, cited, grounds, spelt(library, case_words), before, library),
    )
    return _settled(faults, rest, grounds, library, inference)


def _found(
    text: str, cited: Sequence[str], grounds: Sequence[Ground], case: Reading, before: str, library: Library
) -> tuple[tuple[Fault, ...], str]:
    """Return what is wrong with a claim, and what of it passages can carry."""
    text, broken = past_silence(text, library)
    text, mislabelled = without_label(text, cited, library)
    whole = spelt(library, text)
    parts = [spelt(library, s) for s in sentences(text)] or [whole]
    found = [
        *widened(whole, grounds, case, spelt(library, before).text),
        *in_others(whole, grounds),
        *(f for part in parts for f in _faults(part, grounds, case, library)),
    ]
    return (*broken, *mislabelled, *dict.fromkeys(found)), text


def past_silence(text: str, library: Library) -> tuple[str, tuple[Fault, ...]]:
    """Return what is left of a claim after "X does not discuss Y", and a fault where X does (``silence``)."""
    shelf = _shelf(library)
    own = library.viewpoint_of
    return after_silence(
        text,
        library,
        lambda words: spelt(library, words),
        lambda school: [shelf.ground(p).said for p in library.passages if own(p) == school],
    )


def _faults(claim: Reading, grounds: Sequence[Ground], case: Reading, library: Library) -> Iterator[Fault]:
    yield from misquoted(claim, grounds, case)
    yield from slipped(claim, grounds)
    yield from denied_otherwise(claim, grounds)
    yield from undone(claim, grounds)
    yield from reversed_by_form(claim, grounds)
    yield from outlasted(claim, grounds)
    yield from turned_round(claim, grounds)
    yield from swapped(claim, grounds)
    yield from crossed(claim, grounds)
    yield from counted_otherwise(claim, grounds)
    yield from overstated(claim, grounds, case)
    yield from doubts_dropped(claim.text, grounds)
    yield from promised(claim, grounds, _shelf(library).names)
    yield from uncovered(
        claim, grounds, own_ideas(claim, grounds, case) | _shelf(library).names, lambda: _shelf(library).known
    )


def _settled(
    faults: tuple[Fault, ...], text: str, grounds: Sequence[Ground], library: Library, inference: Inference | None
) -> Judgement:
    if inference is not None and not any(f.outcome is Outcome.CONTRADICTED for f in faults):
        premise = " ".join(library.passages[g.passage_id].text for g in grounds)
        entailment = inference.infer(premise, text)
        if entailment is Entailment.CONTRADICTED:
            against = Fault(
                rule=Rule.TERMS,
                outcome=Outcome.CONTRADICTED,
                why="the inference model reads what is cited as speaking against this",
            )
            return Judgement(outcome=Outcome.CONTRADICTED, faults=(*faults, against))
        if entailment is Entailment.ENTAILED and all(f.rule in _DECIDABLE for f in faults):
            return Judgement(outcome=Outcome.SUPPORTED)
    return Judgement(outcome=_outcome(faults), faults=faults)


def _outcome(faults: Iterable[Fault]) -> Outcome:
    outcomes = {f.outcome for f in faults}
    if Outcome.CONTRADICTED in outcomes:
        return Outcome.CONTRADICTED
    return Outcome.NOT_ENOUGH if outcomes else Outcome.SUPPORTED


_FACT_WORDS = (
    "age sex side sport level duration pain site score irritable irritability aggravator worse condition surgery weeks graft weight bearing medicine heel rise wall symmetry "
    "strength hop step effusion deficit relief tried pregnant stated given missing known told typed result test tests measure measured count side sides history finding findings "
    "diagnosis examination notes detail details information facts library passage passages"
)


def unsaid(text: str, typed: str, library: Library) -> list[str]:
    """Return the words of a text that cites nothing which neither the case nor the names of its facts hold."""
    allowed = spelt(library, f"{typed} ; {_FACT_WORDS}").all_ideas | _shelf(library).names
    tokens = terms_missing(spelt(library, text).tokens, (), allowed)
    return list(dict.fromkeys(t.word.replace("_", " ") for t in tokens))[:4]


def spelt(library: Library, text: str, *, is_figures: bool = False) -> Reading:
    """Return the reading of a text with its shorthand spelt out and its number words as digits."""
    return read(with_digits(put_plainly(library.normaliser.expand(text))), is_figures=is_figures)


def ground(library: Library, passage_id: str) -> Ground:
    """Return a passage of the library as the checks see it."""
    return _shelf(library).ground(passage_id)


def known_ideas(library: Library) -> frozenset[str]:
    """Return every idea of the library's passages and terms."""
    return _shelf(library).known


_Key: TypeAlias = tuple[str, tuple[str, ...], str, str]
_Found: TypeAlias = tuple[tuple[Fault, ...], str]
_MOST_FOUND = 4096  # claims; some 2 MB


class _Shelf:
    """What is worked out once for a library: its passages as grounds, its schools' names, its words."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._grounds: dict[str, Ground] = {}
        self._found: dict[_Key, _Found] = {}

    def remembered(self, key: _Key, find: Callable[[], _Found]) -> _Found:
        """Return what was found of a claim before: a revised draft has most of its sentences from the one before."""
        if key not in self._found:
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            self._found[key] = find()
        return self._found[key]

    def ground(self, passage_id: str) -> Ground:
        if passage_id not in self._grounds:
            self._grounds[passage_id] = _as_ground(self._library, passage_id)
        return self._grounds[passage_id]

    @cached_property
    def names(self) -> frozenset[str]:
        """The ideas in the names of the schools."""
        names = (n for v in self._library.viewpoints for n in (v.proponent, v.surname, v.surname + "s"))
        return spelt(self._library, " ; ".join(names)).all_ideas

    @cached_property
    def known(self) -> frozenset[str]:
        """Every idea of the library's passages and terms."""
        texts = [p.text for p in self._library.passages.values()] + [t.name for t in self._library.terms]
        return frozenset(idea for text in texts for idea in spelt(self._library, text).all_ideas)


_SHELVES: dict[str, _Shelf] = {}
_MOST_SHELVES = 4  # the packaged library, a clinic's over it, and their next versions


def _shelf(library: Library) -> _Shelf:
    shelf = _SHELVES.get(library.fingerprint)
    if shelf is None:
        if len(_SHELVES) >= _MOST_SHELVES:
            _SHELVES.clear()
        shelf = _SHELVES.setdefault(library.fingerprint, _Shelf(library))
    return shelf


def _as_ground(library: Library, passage_id: str) -> Ground:
    passage, source = library.passages[passage_id], library.source_of(passage_id)
    figures = " ; ".join(f"{_NUMERIC.sub(' ', key)} {value}" for key, value in passage.figures.items())
    named = " ; ".join(str(part) for part in (source.title, source.authors, source.year, source.id) if part)
    return Ground(
        passage_id=passage_id,
        said=spelt(library, passage.text),
        figures=spelt(library, figures, is_figures=True),
        population=spelt(library, passage.population or ""),
        design=source.design,
        kind=passage.kind,
        viewpoint=source.viewpoint,
        named=spelt(library, named),
    )
