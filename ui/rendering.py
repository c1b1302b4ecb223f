"""An answer's JSON as our own HTML. Every string that is not ours goes through ``text``: nothing else may.

A question or a passage can hold anything, so it is escaped, once, and never read as Markdown or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from assistant.figuring import figures_line
from assistant.noting import is_note
from assistant.presenting import INTENDED_USE, removal
from corpus.library import Library
from ui.casefacts import chips
from ui.citing import marker, references, since_then
from ui.conversations import Reply
from ui.escaping import text
from ui.folding import debate_fold, foot, held, measures_fold, own_answer
from ui.passages import panel, school_of, strength_chip
from ui.reasons import dismissing

STAGES = {
    "identifiers": "Removing identifiers",
    "case": "Reading the case",
    "screening": "Screening for red flags",
    "evidence": "Gathering evidence",
    "draft": "Drafting",
    "verdict": "Checking every citation",
}
REVISION = {"revision": "Revising the draft"}  # a language model's only, and only where checks found something
_STRENGTH = re.compile(r"\(([^()]{3,60}), (strong|moderate|thin|opinion)\)\.?")
_OFFERED = re.compile(r"^(It can answer:) (.+)$")
_LEAD_IN = re.compile(r"^([A-Z][^:.?]{3,58}):\s")
_LONG_CHARS = 170  # looked at: more than this in the size of a short answer is a wall on a phone
_PROSE = frozenset({"safety", "short_answer", "viewpoint", "note"})
_SIDE_BY_SIDE = frozenset({("deciding", "questions"), ("evidence", "agreement"), ("agreement", "missing")})
_TEST_FIRST = frozenset({"deciding", "viewpoint"})
_WORKED_OUT_AFTER = frozenset({"short_answer", "safety"})
REPLACED = "Put right below: these facts no longer hold"


def working(question: str, stage: str | None) -> str:
    """Return a turn whose answer is being made; `stage` is the one that runs now."""
    stages = {**STAGES, **REVISION} if stage in REVISION else STAGES
    names = list(stages)
    reached = names.index(stage) if stage in stages else -1
    items = "".join(f'<li class="{_progress(place, reached)}">{stages[name]}</li>' for place, name in enumerate(names))
    return f'{_question(question)}<ol class="cp-stages" aria-label="Stages">{items}</ol>'


def _progress(place: int, reached: int) -> str:
    if place == reached:
        return "is-running"
    return "is-done" if place < reached else "is-waiting"


def answered(reply: Reply, *, is_held: bool = False, is_replaced: bool = False, own: str | None = None) -> str:
    """Return a whole turn: the question, what was read from it, the answer in its order, and what it rests on.

    Args:
        reply: the answer with its library.
        is_held: whether the answer waits until the asker has put down their own; red flags are told all the same.
        is_replaced: whether a later turn put its facts right.
        own: what the asker put down before seeing it.
    """
    document, library = reply.document, reply.library
    question = _question(document["question"])
    facts = chips(document["case"]["facts"], reply.turn, _id(reply), is_open=_is_note(document["question"]))
    if is_held and reply.unkept is None and document["status"] == "answered":
        cited = {c["number"]: c for c in document["citations"]}
        warned = [s for s in document["sections"] if s["kind"] == "safety"]
        flags = "".join(_section(s, cited, library) for s in warned)
        numbers = {n for s in warned for c in s["claims"] for n in c["citations"]}
        return f"{question}{facts}{held(document, flags)}{_panels(reply, numbers)}"
    whole = f"{facts}{_answer(reply, own)}{_panels(reply)}"
    if is_replaced:
        whole = f'<details class="cp-replaced"><summary>{REPLACED}</summary>{whole}</details>'
    corrects = '<span class="cp-corrects" hidden></span>' if is_correction(document["question"]) else ""
    return f"{question}{corrects}{whole}"


def _answer(reply: Reply, own: str | None) -> str:
    document, library = reply.document, reply.library
    cited = {c["number"]: c for c in document["citations"]}
    parts = [
        f'<div class="cp-answer" data-status="{text(document["status"])}">',
        _unkept(reply.unkept),
        since_then(document["citations"], library),
        *_sections(document, cited, library, own),
        dismissing(document, library),
        debate_fold(document) if _id(reply) else "",
        _verdict(document),
        references(document["citations"], library),
        _removed(document.get("removed") or ()),
        f'<p class="cp-intended">{text(INTENDED_USE)}</p>',
        foot(document) if _id(reply) else "",
        "</div>",
    ]
    return "".join(parts)


def _id(reply: Reply) -> str | None:
    """Return the id under which more can be asked about the answer, None where it was not kept."""
    return reply.document["id"] if reply.unkept is None and reply.is_kept else None


def _panels(reply: Reply, numbers: Collection[int] | None = None) -> str:
    """Return the panels of all citations, or of some."""
    shown = [c for c in reply.document["citations"] if numbers is None or c["number"] in numbers]
    return "".join(panel(c, reply.library, reply.attached) for c in shown)


def _is_note(question: str) -> bool:
    return is_note(question.lower())


def is_correction(question: str) -> bool:
    """Return whether a turn puts right the facts of the one before."""
    return _is_note(question) and question.startswith("Correction")


def notice(message: str) -> str:
    """Return why there is no answer, for the person who asked."""
    sentence = f"{message[:1].upper()}{message[1:].rstrip('.')}."
    return f"<strong>Not answered.</strong> {text(sentence)} <span>What you typed is still in the box.</span>"


def _question(question: str) -> str:
    eyebrow, words = "You asked", question
    if _is_note(question):
        opening, _, words = question.partition(". ")
        eyebrow = "You put right" if opening == "Correction" else "You found"
    return f'<h2 class="cp-question"><span class="cp-eyebrow">{eyebrow}</span>{text(words)}</h2>'


def _removed(kinds: Sequence[str]) -> str:
    return f'<p class="cp-removed">{text(removal(kinds))}</p>' if kinds else ""


def _unkept(reason: str | None) -> str:
    if reason is None:
        return ""
    return f'<p class="cp-unkept" role="status">This answer could not be kept in the records. {text(reason)}</p>'


def _sections(
    document: Mapping[str, Any], cited: Mapping[int, Mapping[str, Any]], library: Library, own: str | None
) -> Iterable[str]:
    for is_view, run in groupby(document["sections"], key=lambda s: s["kind"] == "viewpoint"):
        if is_view:
            yield _views(list(run), cited, library)
        else:
            parts = [(s["kind"], _section(s, cited, library)) for s in run]
            yield from _rows([(k, own_answer(own, html) if own and k == "short_answer" else html) for k, html in parts])
            if any(kind in _WORKED_OUT_AFTER for kind, _ in parts):
                yield measures_fold(document)


def _rows(sections: Sequence[tuple[str, str]]) -> Iterable[str]:
    """Yield the sections, those that are read together in one row where there is room."""
    waiting = list(sections)
    while waiting:
        kind, html = waiting.pop(0)
        if waiting and (kind, waiting[0][0]) in _SIDE_BY_SIDE:
            html += waiting.pop(0)[1]
        yield f'<div class="cp-row">{html}</div>'


def _views(views: Sequence[Mapping[str, Any]], cited: Mapping[int, Mapping[str, Any]], library: Library) -> str:
    inner = f'<div class="cp-views">{"".join(_view(v, cited, library) for v in views)}</div>'
    if not all(v["silent"] for v in views):
        return inner
    said = "The schools do not discuss this; what comes nearest"
    return f'<details class="cp-silent"><summary>{said}</summary>{inner}</details>'


def _view(view: Mapping[str, Any], cited: Mapping[int, Mapping[str, Any]], library: Library) -> str:
    name, _, weight = view["title"].partition(": ")
    school = school_of(view["viewpoint"], library)
    numbers = sorted({n for claim in view["claims"] for n in claim["citations"]})
    return (
        f'<section class="cp-section cp-view" data-school="{school}"><h3>{text(name)}'
        f'<span class="cp-weight">{text(weight)}</span></h3>'
        f"{_claims(view, cited, library)}{_behind(numbers, cited)}</section>"
    )


def _behind(numbers: Sequence[int], cited: Mapping[int, Mapping[str, Any]]) -> str:
    """Return the passages of a view, opened at a tap."""
    if not numbers:
        return ""
    lines = "".join(f"<li>{text(cited[n]['quote'])} {_locator(cited[n])}{_figures(cited[n])}</li>" for n in numbers)
    passages = "passage" if len(numbers) == 1 else "passages"
    return (
        f'<details class="cp-behind"><summary>{len(numbers)} {passages} behind this</summary><ul>{lines}</ul></details>'
    )


def _figures(citation: Mapping[str, Any]) -> str:
    line = figures_line(citation.get("figures"))
    return f' <span class="cp-locator">{text(line)}</span>' if line else ""


def _locator(citation: Mapping[str, Any]) -> str:
    return f'<span class="cp-locator">{text(citation["locator"])}</span>'


def _section(section: Mapping[str, Any], cited: Mapping[int, Mapping[str, Any]], library: Library) -> str:
    kind = section["kind"]
    role = ' role="alert"' if kind == "safety" else ""
    return (
        f'<section class="cp-section cp-{text(kind).replace("_", "-")}"{role}><h3>{text(section["title"])}</h3>'
        f"{_claims(section, cited, library)}</section>"
    )


def _claims(section: Mapping[str, Any], cited: Mapping[int, Mapping[str, Any]], library: Library) -> str:
    tag = "p" if section["kind"] in _PROSE else "li"
    lines = "".join(
        f"<{tag}{_long(c['text'])}>{_claim(c, section['kind'], cited, library)}</{tag}>" for c in section["claims"]
    )
    return lines if tag == "p" else f"<ul>{lines}</ul>"


def _long(words: str) -> str:
    return ' class="is-long"' if len(words) > _LONG_CHARS else ""


def _claim(claim: Mapping[str, Any], kind: str, cited: Mapping[int, Mapping[str, Any]], library: Library) -> str:
    words = text(claim["text"])
    if kind == "evidence":
        words = _STRENGTH.sub(lambda m: strength_chip(m.group(2), f"{m.group(1)}, {m.group(2)}"), words)
    if kind == "missing":  # a question that it can answer is asked at a tap
        words = _OFFERED.sub(r'\1 <button type="button" class="cp-offered" data-send="\2">\2</button>', words)
    if kind in _TEST_FIRST:
        words = _LEAD_IN.sub(r'<strong class="cp-lead-in">\1:</strong> ', words, count=1)
    markers = "".join(marker(cited[n], library) for n in claim["citations"])
    return f'{words} <span class="cp-cites">{markers}</span>' if markers else words


def _verdict(document: Mapping[str, Any]) -> str:
    checks = document["verdict"]["checks"]
    passed = sum(c["passed"] for c in checks)
    state = "is-passed" if document["verdict"]["passed"] else "is-failed"
    lines = "".join(_check(c) for c in checks)
    return (
        f'<details class="cp-verdict {state}"><summary>{passed} of {len(checks)} checks passed</summary>'
        f"<ul>{lines}</ul><p>{_made(document)}</p></details>"
    )


def _check(check: Mapping[str, Any]) -> str:
    name = text(check["name"]).replace("_", " ")
    state = "is-passed" if check["passed"] else "is-failed"
    return f'<li class="{state}"><strong>{name}</strong> <span>{text(check["detail"])}</span></li>'


def _made(document: Mapping[str, Any]) -> str:
    made = document["provenance"]
    how = "Composed from the library's own sentences; no language model wrote any of it"
    if made["composer"] != "extractive":
        how = f"Drafted by {text(made['composer'])}, then checked"
    elif models := [a["composer"] for a in document.get("attempts", ()) if a["composer"] != "extractive"]:
        held_back = text(models[-1])
        how = f"Composed from the library's own sentences; what {held_back} gave was held back"
    return f"{how}. Took {made['elapsed_ms'] / 1000:.2f} s. Answer {text(document['id'])}."
