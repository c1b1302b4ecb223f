"""What every paper takes from an answer's JSON (CONTRACT: counterpoint/answer/1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assistant.figuring import figures_line
from corpus.facts import Facts, FactValue
from corpus.sentences import DESIGN_WORDS
from corpus.types import Design
from ui.casefacts import worded

_SPACES = re.compile(r"\s+")
_NOTE = re.compile(r"\s*\([^)]*\)")
_AND_MORE = re.compile(r",?\s*(?:\bet al\.?|\band others)\s*$")
_INITIALS = re.compile(r"\s[A-Z]{1,4}$")
_LONGEST_TITLE = 60
# "3/12" is not 13 weeks to the day, warfarin is more than "anticoagulant", and a condition is whose word it is.
_AS_TYPED = {"duration.weeks": "duration", "surgery.weeks": "since surgery", "medicine": "medicine", "condition": ""}
_WORKED_OUT = (".low", ".high", ".gap")


def in_force(document: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the facts of the case that were not replaced or taken back."""
    return tuple(f for f in document["case"]["facts"] if f["replaced_by"] is None)


def told_fact(fact: Mapping[str, Any]) -> str:
    """Return a fact as it is jotted down, in the words typed where ours would say more or less than they do."""
    label = _AS_TYPED.get(fact["name"])
    if label is None:
        return one_line(worded(fact))
    return f"{label}: {one_line(fact['said'])}" if label else one_line(fact["said"])


def told_facts(document: Mapping[str, Any]) -> list[str]:
    """Return the facts in force as they are jotted down, without those that are only worked out from others."""
    facts = in_force(document)
    is_paired = {f["name"].rpartition(".")[0] for f in facts if f["name"].endswith((".left", ".right"))}
    return [
        told_fact(f)
        for f in facts
        if not (f["name"].endswith(_WORKED_OUT) and f["name"].rpartition(".")[0] in is_paired)
    ]


def facts_of(document: Mapping[str, Any]) -> Facts:
    """Return the facts in force as predicates take them."""
    return {f["name"]: _value(f["value"]) for f in in_force(document)}


def measured_lines(document: Mapping[str, Any]) -> list[str]:
    """Return what a clinician worked out beside the answer, a line each without a full stop."""
    return [f"{one['name']}: {one['said'].rstrip('.')}" for one in document.get("measured") or ()]


def _value(value: object) -> FactValue:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, list):
        return frozenset(map(str, value))
    return float(value)  # type: ignore[arg-type] # the schema leaves only numbers


def sections_of(document: Mapping[str, Any], *kinds: str) -> Iterator[Mapping[str, Any]]:
    """Yield the sections of these kinds, in the answer's order."""
    yield from (s for s in document["sections"] if s["kind"] in kinds)


def claims_of(document: Mapping[str, Any], *kinds: str) -> Iterator[Mapping[str, Any]]:
    """Yield the claims of the sections of these kinds, in the answer's order."""
    yield from (c for s in sections_of(document, *kinds) for c in s["claims"])


def markers(claim: Mapping[str, Any]) -> str:
    """Return the [n] markers of a claim, "" where it cites nothing."""
    return "".join(f"[{n}]" for n in claim["citations"])


def with_markers(claim: Mapping[str, Any]) -> str:
    """Return a claim with its [n] markers."""
    return f"{claim['text']} {markers(claim)}".strip()


def cited_in(document: Mapping[str, Any], claims: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the citations that `claims` lean on, by number."""
    numbers = {n for c in claims for n in c["citations"]}
    return [c for c in document["citations"] if c["number"] in numbers]


def short_reference(citation: Mapping[str, Any]) -> str:
    """Return a reference in a few words: "[4] Hébert-Losier 2017, cross-sectional study (thin)"."""
    weight = citation.get("strength")
    what = design_words(citation["design"])
    if citation["design"] == Design.CLINICAL_JUDGEMENT:
        return f"[{citation['number']}] {what}"
    told = what if weight in (None, "opinion") else f"{what} ({weight})"
    return f"[{citation['number']}] {byline(citation)}, {told}"


def design_words(design: str) -> str:
    """Return a design in clinic words; one that is not known stands as it is."""
    return DESIGN_WORDS.get(design, design.replace("-", " "))


def byline(citation: Mapping[str, Any]) -> str:
    """Return who and when, as one says it: surnames and the year; the title where no author is shown.

    >>> byline({"authors": "Hamner SR, Seth A, Delp SL", "year": 2010, "viewpoint": None, "title": ""})
    'Hamner et al. 2010'
    """
    stated = _NOTE.sub("", citation["authors"] or "").strip()
    is_more = bool(_AND_MORE.search(stated))
    names = [n.strip() for n in _AND_MORE.sub("", stated).split(",") if n.strip()]
    surnames = [_surname(n, is_person=citation["viewpoint"] is not None) for n in names]
    who = f"{surnames[0]} et al." if surnames and (is_more or len(names) > 2) else " and ".join(surnames)
    return " ".join(x for x in (who or _cut(citation["title"]), str(citation["year"] or "")) if x)


def _surname(name: str, *, is_person: bool) -> str:
    """Return "Hamner" for "Hamner SR", and for somebody who speaks for a school "Barker" for "Andy Barker"."""
    without = _INITIALS.sub("", name)
    return without.split()[-1] if is_person and without == name else without


def _cut(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rpartition(" ")[0] + "…"


def full_reference(citation: Mapping[str, Any]) -> str:
    """Return one line of a reference list without its number, from the answer alone.

    The passage may be gone from the library. A digested article's paragraph is what to look up; of anything else it
    is told how far it was seen.
    """
    trail = f"doi:{citation['doi']}" if citation["doi"] else f"PMID {citation['pmid']}" if citation["pmid"] else ""
    title = citation["title"] if citation["title"].endswith(("?", "!")) else f"{citation['title']}."
    is_article = citation["design"] == Design.EXPERT_OPINION
    weight = "" if citation.get("strength") in (None, "opinion") else f", {citation['strength']}"
    what = "opinion article" if is_article else f"{design_words(citation['design'])}{weight}"
    seen = citation["locator"] if citation["locator"].startswith("paragraph") else f"seen: {citation['locator']}"
    who = ", ".join(str(x) for x in (citation["authors"], citation["year"]) if x)
    tail = "; ".join(x for x in (what, seen, trail) if x)
    tail = ". ".join(x for x in (tail, figures_line(citation.get("figures"))) if x)
    return f"{who + ': ' if who else ''}{title} {tail[:1].upper()}{tail[1:]}."


def one_line(text: object) -> str:
    r"""Return `text` on one line, without control characters and invisible marks of direction.

    >>> one_line("34F\n\tAKP \u202e6/12")
    '34F AKP 6/12'
    """
    kept = "".join(c for c in str(text) if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    return _SPACES.sub(" ", kept).strip()


def lines_of(text: object) -> Sequence[str]:
    """Return the lines of `text` that hold something, each as ``one_line`` has it."""
    return [line for raw in str(text).splitlines() if (line := one_line(raw))]
