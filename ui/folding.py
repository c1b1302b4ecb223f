"""What hangs on an answer and is fetched when it is opened: measures, the debate map, what to do with the answer.

The addresses are those of ``ui/screens``; htmx fetches them, so that an answer itself stays short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ui.escaping import text
from ui.measure_forms import NAMES_OF, named_in

SCREENS = "/screens/ask/answers"


def foot(document: Mapping[str, Any]) -> str:
    """Return the place for what can be done with the answer."""
    address = f"{SCREENS}/{text(document['id'])}/foot?detail={text(document['detail'])}"
    return f'<div class="cp-foot" hx-get="{address}" hx-trigger="load, cp-profile from:body"></div>'


def measures_fold(document: Mapping[str, Any]) -> str:
    """Return the fold that holds the measures an answer speaks of, nothing where it speaks of none."""
    named = named_in(document)
    if not named:
        return ""
    names = ", ".join(NAMES_OF[measure] for measure in named)
    return _fold("cp-measures", f"Work it out: {names}", f"{SCREENS}/{text(document['id'])}/measures")


def debate_fold(document: Mapping[str, Any]) -> str:
    """Return the fold that holds the map of what each side rests on."""
    if document["status"] != "answered" or not document["cruxes"] or not document["debates"]:
        return ""
    return _fold("cp-rests", "What each side rests on", f"{SCREENS}/{text(document['id'])}/map")


def held(document: Mapping[str, Any], flags: str) -> str:
    """Return the form in which the asker puts down their own answer first; `flags` are shown above it."""
    answer_id = text(document["id"])
    return (
        f'<div class="cp-answer cp-is-held">{flags}'
        f'<form class="cp-section cp-commit" hx-post="{SCREENS}/{answer_id}/commitment" hx-target="closest .cp-turn">'
        f'<h3><label for="own-{answer_id}">What would you do yourself?</label></h3>'
        "<p>The answer is ready and waits. What you put down is kept beside it.</p>"
        f'<textarea id="own-{answer_id}" name="own" rows="4" maxlength="4000" required></textarea>'
        '<div class="cp-buttons"><button class="cp-primary">Show the answer</button>'
        '<button type="submit" name="skip" value="yes" formnovalidate>Skip</button></div></form></div>'
    )


def own_answer(own: str, ours: str) -> str:
    """Return the asker's own answer beside ours."""
    yours = f'<section class="cp-section cp-own"><h3>Your own answer, put down first</h3><p>{text(own)}</p></section>'
    return f'<div class="cp-beside">{yours}{ours}</div>'


def _fold(kind: str, summary: str, address: str) -> str:
    return (
        f'<details class="cp-fold {kind}" hx-get="{address}" hx-trigger="toggle once" hx-target="find .cp-fold-body">'
        f'<summary>{text(summary)}</summary><div class="cp-fold-body" aria-live="polite"></div></details>'
    )
