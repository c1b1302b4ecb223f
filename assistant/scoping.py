"""Whether a question is one for Counterpoint: something asked, in English, about a knee patient, by a clinician."""

from __future__ import annotations

from collections.abc import Callable

from assistant.language import NOT_ENGLISH, is_english, is_strange, is_word_salad
from assistant.planning import Plan
from corpus.encoder import encoder_fingerprint
from corpus.generation import collection_of
from corpus.snapshot import Snapshot
from guardrails.scope import NEXT_TURN, NOT_OF_A_KNEE, NOTHING_ASKED, outside, without_patient
from guardrails.types import Case


def out_of_scope(case: Case, made: Plan, snapshot: Snapshot) -> str | None:
    """Return why `case` is outside what Counterpoint answers, or None.

    The vector of the question counts where it comes from the encoder that the scope model was trained with; with
    another encoder the model that needs none decides.
    """
    library = snapshot.library
    if not case.question:
        return NOTHING_ASKED
    if not is_english(case.question, library):
        return NOT_ENGLISH
    if made.crux is None and is_word_salad(case.question, library):
        return NOT_OF_A_KNEE
    is_known_encoder = snapshot.pointer.encoder == encoder_fingerprint()
    return outside(
        case.asked,
        NEXT_TURN.join(library.normaliser.expand(t) for t in case.turns),
        tuple(v.surname.lower() for v in library.viewpoints),
        is_strange=is_strange(case.turns, library),
        encode=numbers_of(snapshot) if is_known_encoder else None,
    )


def numbers_of(snapshot: Snapshot) -> Callable[[str], tuple[float, ...]]:
    """Return what gives the numbers of a normalised text that the scope model reads.

    They are its vector, the vector of what is left without the words for a knee patient, and for each of the two the
    cosine of the library's nearest phrasing and of its nearest passage.
    """
    collections = [collection_of(v) for v in (None, *(v.id for v in snapshot.library.viewpoints))]

    def numbers(text: str) -> tuple[float, ...]:
        vectors = snapshot.encoder.encode([text, without_patient(text)])
        passages = snapshot.store.nearness(collections, vectors)
        return tuple(float(v) for v in (*vectors[0], *vectors[1], *snapshot.asks.nearness(vectors), *passages))

    return numbers
