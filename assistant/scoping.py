"""Whether a question is one for Counterpoint: something asked, in English, about a knee patient, by a clinician."""

from __future__ import annotations

from assistant.language import NOT_ENGLISH, is_english, is_strange, is_word_salad
from assistant.planning import Plan
from corpus.encoder import encoder_fingerprint
from corpus.snapshot import Snapshot
from guardrails.scope import NEXT_TURN, NOT_OF_A_KNEE, NOTHING_ASKED, outside
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
        encode=(lambda text: snapshot.encoder.encode([text])[0]) if is_known_encoder else None,
    )
