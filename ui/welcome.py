"""What the chat shows before the first question: who it is for, and questions to start with."""

from __future__ import annotations

from html import escape

from assistant.presenting import INTENDED_USE
from corpus.library import Library

PLACEHOLDER = "A case or a question: 34M runner, AKP 3/12, SLHR 14 L v 27 R. Calf rehab?"
HEADER = (
    '<header class="cp-header">'
    '<button type="button" class="cp-skip">Skip the menu</button>'
    '<button type="button" id="cp-cases-button" aria-expanded="false" aria-controls="cp-side">Cases</button>'
    '<p class="cp-name"><img src="/counterpoint/mark.svg" alt="" width="28" height="28">'
    'Counterpoint</p><nav aria-label="Screens"><a href="#/" data-chat>Ask</a><a href="#/review">Review'
    '<span hx-get="/screens/review/unread" hx-trigger="load, cp-profile from:body, cp-read from:body, every 120s">'
    "</span></a>"
    '<a href="#/library">Library</a><a href="#/evals">Evals</a></nav>'
    '<div hx-get="/screens/profiles/badge" hx-trigger="load, cp-profile from:body"></div>'
    f'<p class="cp-use">{escape(INTENDED_USE)}</p></header>'
)
SIDE = (
    '<aside id="cp-side-panel" aria-labelledby="cp-side-title">'
    '<div class="cp-side-head"><h2 id="cp-side-title">Cases</h2>'
    '<button type="button" class="cp-begin">New case</button>'
    '<button type="button" class="cp-side-close" aria-label="Close the list of cases">✕</button></div>'
    '<input type="search" name="search" aria-label="Search cases" placeholder="Search" maxlength="200"'
    ' autocomplete="off" hx-get="/screens/ask/cases" hx-trigger="input changed delay:200ms, search"'
    ' hx-target="#cp-cases">'
    '<div id="cp-cases" hx-get="/screens/ask/cases" hx-include="#cp-side input"'
    ' hx-trigger="load, cp-profile from:body, cp-cases from:body"></div>'
    '<p class="cp-unseen" role="status" id="cp-side-status"></p></aside>'
)
EXAMPLES = (
    ("A case in shorthand", "34M runner, ant knee pain 3/12, returns with mileage, SLHR 14 L v 27 R. Calf rehab?"),
    ("Yes or no", "Does an underworking calf cause knee pain?"),
    ("This or that", "Plain calf raises or functional drills for a runner with knee pain?"),
    ("After surgery", "8/52 post ACLR with a hamstring graft: when does calf work start?"),
    ("A look-up", "What are the Ottawa knee rules?"),
    ("What does it prove", "Pain gone at once after a calf drill. What does that prove?"),
)


def _disputed(library: Library) -> str:
    """Return the schools of each debate, "calf-focused or whole-chain"."""
    debates = [[library.viewpoint_by_id[v].name.lower() for v in d.viewpoints] for d in library.debates]
    return escape("; ".join(" or ".join(names) for names in debates))


def welcome(library: Library) -> str:
    """Return the first screen: what is disputed in `library`, and examples that ask themselves at a click."""
    items = "".join(
        f'<li><button type="button" class="cp-example" data-question="{escape(question, quote=True)}">'
        f"<span>{escape(form)}</span> {escape(question)}</button></li>"
        for form, question in EXAMPLES
    )
    return (
        '<div class="cp-welcome"><h1>Describe the knee as you would to a colleague.</h1>'
        f"<p>Where schools disagree ({_disputed(library)}), each always answers, with citations you can open, what the"
        " studies weigh for each, and the test that would decide it in this patient.</p>"
        f'<h2 id="cp-try">Try one</h2><ul class="cp-examples" aria-labelledby="cp-try">{items}</ul></div>'
    )
