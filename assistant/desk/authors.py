"""Which surnames in a text are those of authors it cites, so that they are not taken for a patient's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from corpus.library import Library
from corpus.types import Source
from guardrails.identifiers.words import folded, is_ambiguous, is_given

_INITIALS = re.compile(r"[A-Z]{1,4}(?:-[A-Z]{1,3})?")
_BESIDE = r"(?: [A-Z]{1,4})?(?:,? (?:et al\.?|and colleagues|(?:and|&) [\w'\u2019-]+(?: [A-Z]{1,4})?))?,? ?\(?"
_PATIENTS = r"(?i:\b(?:mrs?|ms|miss|mx|master|patients?|pts?|clients?)\b\.? )"


def cited_authors(text: str, library: Library, sources: Collection[str] = ()) -> dict[str, str]:
    """Return the surnames in `text` that are authors', each with what must stand before it, if anything must.

    An author is cited by surname and year of a source of the library, or by the surname alone where the answer at hand
    rests on the source. A surname that stands in the text as a patient's as well, behind a title or before another
    name, is nobody's to spare; nor is a bare given name.

    Args:
        text: as typed.
        library: whose sources may be cited.
        sources: the ids of those that the answer at hand cites.
    """
    found: dict[str, str] = {}
    plain = _unaccented(text)
    for source in library.sources:
        for surname in map(_unaccented, surnames(source)):
            if surname in plain and _is_cited(plain, surname, source, is_at_hand=source.id in sources):
                *before, last = surname.split()
                found[last] = next((part for part in before if part[0].isupper()), "")
    return found


def surnames(source: Source) -> Iterable[str]:
    """Yield the surnames of a source's authors who are named as "Surname AB"."""
    for author in (source.authors or "").removesuffix(" et al.").split(","):
        words = author.split()
        if len(words) > 1 and _INITIALS.fullmatch(words[-1]):
            yield " ".join(words[:-1])


def cited_sources(document: Mapping[str, object]) -> frozenset[str]:
    """Return the ids of the sources that an answer's JSON cites."""
    citations = document.get("citations")
    found = citations if isinstance(citations, list) else []
    return frozenset(str(cited["source_id"]) for cited in found if isinstance(cited, Mapping) and "source_id" in cited)


def _unaccented(text: str) -> str:
    """Return `text` without accents: a name is typed with them or without."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _is_cited(text: str, surname: str, source: Source, *, is_at_hand: bool) -> bool:
    name = rf"(?<![\w-]){re.escape(surname)}(?![\w-])"
    if re.search(rf"{_PATIENTS}{name}|{name} (?!Et\b)[A-Z][a-z]+", text):
        return False
    if source.year is not None and re.search(rf"{name}{_BESIDE}{source.year}\b", text):
        return True
    key = folded(surname)
    return is_at_hand and not (is_given(key) or is_ambiguous(key)) and re.search(name, text) is not None
