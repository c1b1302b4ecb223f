"""What Counterpoint does not answer, and how it says so: sure rules first, then a model for what they leave open.

The rules meet normalised text: lower case, no apostrophes, shorthand spelt out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from guardrails.scope.laypeople import asks_for_themselves
from guardrails.scope.learned import LAY, MEDICINE, OTHER, REGION, Encode, kind_of_outside
from guardrails.scope.medicines import chooses_a_medicine, names_a_medicine, times_exercise
from guardrails.scope.regions import NEXT_TURN, is_of_another_region
from guardrails.scope.subjects import is_of_another_subject, is_of_food

NOT_OF_A_KNEE = "The question does not seem to be about a knee patient."
NOTHING_ASKED = "Besides what reads as an order to a computer, nothing is asked here."
OF_FOOD = "What to eat or drink is for a dietitian or a doctor."
OWN_KNEE = (
    "It supports clinicians and cannot advise a patient about their own knee; please ask a physiotherapist or doctor."
)
REASONS = {
    LAY: OWN_KNEE,
    MEDICINE: "Choosing, dosing, starting or stopping a medicine is for the prescriber or a pharmacist.",
    REGION: "The question is about another part of the body; the library covers the knee.",
    OTHER: NOT_OF_A_KNEE,
}
"""What is said of each kind of question that is not answered."""


def in_scope(schools: Sequence[str]) -> str:
    """Return what Counterpoint answers, in one sentence; `schools` are the names of those that disagree."""
    named = ", ".join(schools[:-1]) + f" and {schools[-1]}" if len(schools) > 1 else "".join(schools)
    return (
        f"Counterpoint answers physiotherapists' questions about knee patients: what each school argues ({named}), "
        "what studies and guidelines weigh, and which test would decide it."
    )


def outside(
    asked: str,
    whole: str,
    named: Sequence[str] = (),
    *,
    is_strange: bool = False,
    encode: Encode | None = None,
) -> str | None:
    """Return why `asked` is outside what Counterpoint answers, or None.

    Args:
        asked: the sentences that ask, normalised.
        whole: all that was typed in this conversation, normalised, a line of its own between turns.
        named: the names under which schools speak; who asks of one asks of the knee.
        is_strange: whether most of its words stand nowhere in the library.
        encode: gives the vector of a text, for the better of the two models; the other does without.
    """
    names_school = any(re.search(rf"\b{re.escape(n)}", whole) for n in named)
    kind = _by_rule(asked, whole, names_school=names_school)
    if kind is None and not names_school and not times_exercise(asked):
        kind = _by_model(whole, is_strange=is_strange, encode=encode)
    if kind is not None and _is_of_food(kind, asked):
        return OF_FOOD
    return None if kind is None else REASONS[kind]


def _is_of_food(kind: str, asked: str) -> bool:
    """Return whether what is declined as `kind` asks what to eat: the model knows no such kind and takes the nearest."""
    return kind in (MEDICINE, OTHER) and is_of_food(asked) and not names_a_medicine(asked)


def _by_rule(asked: str, whole: str, *, names_school: bool) -> str | None:
    if asks_for_themselves(asked, whole):
        return LAY
    if chooses_a_medicine(asked, whole):
        return MEDICINE
    if is_of_another_region(whole, names_school=names_school):
        return REGION
    return OTHER if is_of_another_subject(asked, whole) else None


def _by_model(whole: str, *, is_strange: bool, encode: Encode | None) -> str | None:
    """Return the kind of outside that the last turn is, both alone and in its conversation."""
    last = whole.rpartition(NEXT_TURN)[2]
    kinds = [kind_of_outside(text, is_strange=is_strange, encode=encode) for text in dict.fromkeys((last, whole))]
    return None if None in kinds else kinds[0]
