"""Citations as they stand in an answer: the [n] that opens a passage, and the list of references.

An answer that was kept may cite what has left the library since: then it is shown as the answer itself kept it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.presenting import reference
from corpus.grading import is_second_hand
from corpus.library import Library
from ui.escaping import text
from ui.passages import is_gone, school_of, was_changed

Citation = Mapping[str, Any]


def marker(citation: Citation, library: Library) -> str:
    """Return the button that opens the passage; a second-hand source is marked here already."""
    number, is_second = citation["number"], _is_second_hand(citation, library)
    who = (citation["authors"] or citation["title"]).split(",")[0]
    year = f" {citation['year']}" if citation["year"] else ""
    school = school_of(citation["viewpoint"], library)
    label = f"Citation {number}: {who}{year}, {citation['strength']}{', second-hand' if is_second else ''}"
    return (
        f'<button type="button" class="cp-cite" data-n="{number}" data-school="{school}"'
        f' aria-haspopup="dialog" aria-label="{text(label)}. Show the passage" title="{text(label)}">'
        f"{number}{'<sup>2nd</sup>' if is_second else ''}</button>"
    )


def references(citations: Sequence[Citation], library: Library) -> str:
    """Return the list of references, folded."""
    if not citations:
        return ""
    lines = "".join(f"<li>{marker(c, library)} <span>{text(_reference(c, library))}</span></li>" for c in citations)
    return f'<details class="cp-references"><summary>References ({len(citations)})</summary><ol>{lines}</ol></details>'


def since_then(citations: Sequence[Citation], library: Library) -> str:
    """Return the line that tells which cited passages left the library, or changed in it, since then."""
    gone = [c for c in citations if is_gone(c, library)]
    changed = [c for c in citations if was_changed(c, library)]
    told = [*_told(gone, "left the library"), *_told(changed, "changed in the library")]
    if not told:
        return ""
    line = f"Since this answer was given, {' and '.join(told)}. What is shown is what the answer was made from."
    return f'<p class="cp-since" role="note">{text(line)}</p>'


def _told(citations: Sequence[Citation], what: str) -> Iterable[str]:
    if citations:
        numbers = ", ".join(f"[{c['number']}]" for c in citations)
        yield f"{numbers} {'has' if len(citations) == 1 else 'have'} {what}"


def _is_second_hand(citation: Citation, library: Library) -> bool:
    if is_gone(citation, library):
        return "reported by another" in citation["locator"]
    return is_second_hand(library.source_of(citation["passage_id"]), library.passages[citation["passage_id"]])


def _reference(citation: Citation, library: Library) -> str:
    if not is_gone(citation, library):
        return reference(citation["passage_id"], citation["number"], library).partition("] ")[2]
    who = ", ".join(str(x) for x in (citation["authors"], citation["year"]) if x)
    return f"{who + ': ' if who else ''}{citation['title']}; {citation['locator']}; no longer in the library."
