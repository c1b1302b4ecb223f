"""What was said of a sign, for a note that tells what was screened: there, not there, or not spoken of.

The same cues and the same reading of context as for red flags; nothing here raises or clears one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.library import Library
from guardrails.context import Clause, Context, clauses, context_of, tells_of_patient
from guardrails.cues import Vocabulary, parse_cue, spans, words_of
from guardrails.red_flags import spaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A sign as it stands in what was typed: how it is meant, and the words that name it, shorthand spelt out.

    `place` is where it stands: the number of its clause, its first character there and the one after its last.
    `is_of_patient` says that it tells, denied or not, of this patient.
    """

    context: Context
    words: str
    place: tuple[int, int, int]
    is_of_patient: bool

    def is_within(self, other: Stated) -> bool:
        """Return whether `other` says more at the same place: "calf swelling" more than "swelling"."""
        (clause, start, end), (there, first, last) = self.place, other.place
        return clause == there and first <= start and end <= last and last - first > end - start


def stated(library: Library, turns: Sequence[str], cues: Iterable[str]) -> Mapping[str, tuple[Stated, ...]]:
    """Return each of `cues` that stands in `turns`, with every reading of it.

    Args:
        library: whose terms spell out shorthand.
        turns: the user's words about one patient, identifiers removed.
        cues: word sequences in the language of ``guardrails.cues``, their words in order.

    >>> from corpus.library import read_library
    >>> [s.context.value for s in stated(read_library(), ["No fever, calf not swollen"], ["fever"])["fever"]]
    ['negated']
    """
    vocabulary = _vocabulary(tuple(cues))
    text = vocabulary.spelling.corrected(spaced("\n".join(library.normaliser.expand(t) for t in turns)))
    parts = clauses(text)
    found = {cue: tuple(_readings(cue, parts)) for cue in sorted(vocabulary.possible(words_of(text)))}
    return {cue: readings for cue, readings in found.items() if readings}


@lru_cache(maxsize=8)
def _vocabulary(cues: tuple[str, ...]) -> Vocabulary:
    return Vocabulary(cues)


def _readings(cue: str, parts: Sequence[Clause]) -> Iterator[Stated]:
    own = parse_cue(cue).own
    for number, clause in enumerate(parts):
        for start, end in spans(cue, clause.text):
            yield Stated(
                context=context_of(clause, start, end, own=own),
                words=clause.text[start:end],
                place=(number, start, end),
                is_of_patient=tells_of_patient(clause, start, end),
            )
