"""What a question lays to a school that the school does not say, or the schools' names swapped.

"Barker says skip the quads, right?" is answered first by what his article does say. Only a claim is put right: who asks
what an author says is told by the sentences on that question.
"""

from __future__ import annotations

import re

from assistant.matching import is_met
from corpus.library import Library
from corpus.terms import plain
from corpus.types import Viewpoint
from guardrails.types import Case

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_OPEN = re.compile(r"^\W*(?:(?:so|and|but|ok|then)\W+)*(?:what|how|which|where|when|who|why|whats)\b")
_CLAIMS = (
    r"(?:says?|said|claims?|claimed|thinks?|argues?|argued|lets?|wants?|tells?|told|recommends?|reckons|writes|wrote|allows?|means|believes?|"
    r"would|is|=|prescribes?|bans?|forbids?|puts?|starts?|blames?|advises?|agrees?|insists?|never|always|only|just|does)"
)
_LINK = r"(?:s\b|\s|=|:|is|the|as|and|her|his|for|says|wants|pushes|argues|\(|-)*"
_SCHOOL_WORDS = {
    "calf-focused": r"calf|calves",
    "whole-chain": r"(?:whole|entire|kinetic|full)[ -]?(?:kinetic )?chain|chain",
}
_NOT_SWAPPED = r"(?![ -](?:raise|work is|pain|training is|is not|matters))"
_SWAPPED = "swapped"


def miscredited(case: Case, library: Library) -> str | None:
    """Return the address of the sentence that puts right what the question lays to a school, if it lays anything."""
    for sentence in _SENTENCE.split(plain(case.question)):
        if _is_swapped(sentence, library):
            return next((_address(v, _SWAPPED) for v in library.viewpoints if _has(v, _SWAPPED)), None)
    for sentence in _SENTENCE.split(plain(case.question)):
        for viewpoint in library.viewpoints:
            found = _misread(sentence, viewpoint, library)
            if found is not None:
                return _address(viewpoint, found)
    return None


def _misread(sentence: str, viewpoint: Viewpoint, library: Library) -> str | None:
    surname = re.escape(viewpoint.surname.lower())
    if _OPEN.match(sentence) or not re.search(
        rf"\b(?:{surname}\W{{1,3}}(?:\w+ )?{_CLAIMS}|according to {surname}|(?:does|did|is) {surname})\b", sentence
    ):
        return None
    return next((m.id for m in viewpoint.misread if is_met(m, sentence, library)), None)


def _is_swapped(sentence: str, library: Library) -> bool:
    """Return whether each of two schools is called by the other's name; one alone may only be misworded."""
    known = {v.id: v.surname.lower() for v in library.viewpoints if v.id in _SCHOOL_WORDS}
    wrong = [
        name
        for school, name in known.items()
        for other, words in _SCHOOL_WORDS.items()
        if other != school and re.search(rf"\b{re.escape(name)}{_LINK}(?:{words})\b{_NOT_SWAPPED}", sentence)
    ]
    return len(wrong) > 1


def _has(viewpoint: Viewpoint, name: str) -> bool:
    return any(m.id == name for m in viewpoint.misread)


def _address(viewpoint: Viewpoint, name: str) -> str:
    return f"viewpoint/{viewpoint.id}/misread/{name}"
