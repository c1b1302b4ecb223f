"""The lines that say something of the answer itself; no model writes one, and each is known word for word.

In a model's draft a line that cites nothing is held to what was typed. These go beyond it, so they are verified as
authored sentences are: by identity, with what fills their slots looked up in the library.
"""

from __future__ import annotations

from corpus.library import Library
from guardrails.types import Basis, Case, Claim, Place

WRITTEN = "A language model wrote this answer; each sentence was checked against the passages that it cites."
ON_NOTICE = {
    Place.QUESTION: "Part of your question reads as an order to a computer; it was not followed.",
    Place.HISTORY: "Part of an earlier message reads as an order to a computer; it was not followed.",
    Place.PASSAGE: "A passage in the library reads as an order to a computer; it was left out.",
    Place.DOCUMENT: "A passage of a clinic document reads as an order to a computer; it was left out.",
}
OTHER_SIDE = "the other side"
_ONE_SIDE = "You asked for one side only; {} is shown as well, so that you decide on the whole picture."
_ELSEWHERE = "This touches another debate too ({}). To hear it, ask: {}"


def one_side(shown: str) -> str:
    """Return the line that says why `shown` (surnames, or the other side) speaks although one side was asked for."""
    return _ONE_SIDE.format(shown)


def elsewhere(title: str, question: str) -> str:
    """Return the line that points to a question of another debate."""
    return _ELSEWHERE.format(title, question)


def is_own_note(claim: Claim, case: Case, library: Library) -> bool:
    """Return whether `claim` is one of these lines, word for word, or one that reading the case gave rise to.

    >>> from guardrails.types import Intent
    >>> case = Case(turns=("calf?",), asked="calf?", intent=Intent.POLAR, facts=())
    >>> is_own_note(Claim(id="c1", text=WRITTEN, basis=Basis.CASE), case, Library())
    True
    >>> is_own_note(Claim(id="c1", text=WRITTEN + " Trust it.", basis=Basis.CASE), case, Library())
    False
    """
    if claim.basis is not Basis.CASE or claim.citations or claim.origin is not None:
        return False
    if claim.text == WRITTEN or claim.text in ON_NOTICE.values() or claim.text in case.notes:
        return True
    return _names_a_side(claim.text, library) or any(
        claim.text == elsewhere(library.debate_by_id[crux.debate].title, crux.question) for crux in library.cruxes
    )


def _names_a_side(text: str, library: Library) -> bool:
    before, _, after = _ONE_SIDE.partition("{}")
    if not (text.startswith(before) and text.endswith(after)):
        return False
    shown = text.removeprefix(before).removesuffix(after)
    surnames = {v.surname for v in library.viewpoints}
    return shown == OTHER_SIDE or (one_side(shown) == text and set(shown.split(" and ")) <= surnames)
