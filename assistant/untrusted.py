"""What comes from outside, before it is worked with: turns without orders to a machine, passages that may be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.disguises import without_unseen
from corpus.library import Library
from corpus.retriever import Retrieved
from guardrails.identifiers import Redacted, redact, redact_all
from guardrails.instructions import barred, passage_notices, sifted, typed_notices
from guardrails.notes import ON_NOTICE
from guardrails.types import Evidence, Notice

_OF_NO_PERSON = frozenset({"date", "link", "age"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The turns without identifiers, oldest first: `whole`, and what of each may frame the question."""

    whole: tuple[str, ...]
    kept: tuple[str, ...]
    notices: tuple[Notice, ...] = ()
    removed: tuple[str, ...] = ()
    """Kinds of identifiers that were taken out."""


def read_turns(turns: Sequence[str], today: date, library: Library) -> Typed:
    """Return `turns`, as typed and already checked, without identifiers and with orders to a machine set apart."""
    last = len(turns) - 1
    sorted_out = [sifted(t, is_question=n == last) for n, t in enumerate(turns)]

    def bare(texts: Sequence[str]) -> Sequence[Redacted]:
        return redact_all([readable(t) for t in texts], today=today, authors=library.proponents)

    cleaned = bare([t.whole for t in sorted_out])
    whole = tuple(r.text for r in cleaned)
    kept = tuple(w if not t.signs else bare([t.kept])[0].text for t, w in zip(sorted_out, whole, strict=True))
    removed = tuple(dict.fromkeys(kind for r in cleaned for kind in r.kinds))
    return Typed(whole=whole, kept=kept, notices=typed_notices(sorted_out), removed=removed)


def readable(text: str) -> str:
    """Return `text` without control characters, lone surrogates and what is not seen, and no white space around it."""
    plain = without_unseen(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return "".join(c if c.isprintable() or c == "\n" else " " for c in plain).strip()


def bare_title(title: str, today: date) -> str:
    """Return the title of a document without what tells who a patient is; dates alone, as of a version, stay.

    >>> bare_title("Letter re Mrs Okafor, knee", date(2026, 7, 13)), bare_title("Protocol 12.3.2024", date(2026, 7, 13))
    ('Letter re [name], knee', 'Protocol 12.3.2024')
    """
    found = redact(title, today=today)
    return title if _OF_NO_PERSON.issuperset(found.kinds) else found.text


def usable(retrieved: Retrieved, library: Library) -> tuple[Retrieved, tuple[Notice, ...]]:
    """Return what was found without passages that order a machine about, and the notices of those."""
    left_out = barred((h.passage_id for h in retrieved.hits), library)
    if not left_out:
        return retrieved, ()
    hits = tuple(h for h in retrieved.hits if h.passage_id not in left_out)
    return replace(retrieved, hits=hits), passage_notices(left_out, library)


def citable(evidence: Evidence, library: Library) -> Evidence:
    """Return `evidence` without passages that order a machine about, whatever leans on them."""
    left_out = barred(evidence.passage_ids, library)
    return Evidence(items=tuple(i for i in evidence.items if i.passage_id not in left_out)) if left_out else evidence


def notes_on(notices: Sequence[Notice]) -> tuple[str, ...]:
    """Return what is said of `notices` in an answer: the place, and none of the words."""
    return tuple(ON_NOTICE[n.place] for n in notices)
