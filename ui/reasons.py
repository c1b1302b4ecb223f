"""The four reasons under an escalation: a tap sets the red flag aside and asks the question again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.library import Library
from guardrails.types import DismissalReason
from ui.escaping import text


def dismissing(document: Mapping[str, Any], library: Library) -> str:
    """Return the reasons for each red flag that stops the answer, nothing where none does.

    The buttons carry pattern and reason, the group the question; ``static/chat.js`` sends them.
    """
    stopping = document.get("dismissing")
    if not stopping:
        return ""
    names: dict[str, str] = {flag.id: flag.name for flag in library.red_flags}
    groups = "".join(_group(str(pattern), names.get(str(pattern), str(pattern))) for pattern in stopping["patterns"])
    return f'<div class="cp-dismissing" data-question="{text(document["question"])}">{groups}</div>'


def _group(pattern: str, name: str) -> str:
    buttons = "".join(
        f'<button type="button" class="cp-set-aside" data-pattern="{text(pattern)}" data-reason="{reason.value}">'
        f"{reason.words.capitalize()}</button>"
        for reason in DismissalReason
    )
    return f"<fieldset><legend>{text(name)} excluded? Set it aside and ask again:</legend>{buttons}</fieldset>"
