"""Somebody else's free text, heard as a draft: sentences with citation keys become claims of the parts of an answer.

Nothing is mended and nothing is judged here. A sentence without a key stays one that cites nothing, an unknown key
stays unknown, and the verdict finds both. A heading says which part follows; without one a sentence goes where its
words and citations put it: under the one school that it names or leans on, else to the short answer, then to the
evidence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.faults import Fault, ModelError
from assistant.replies import LONGEST_REPLY_CHARS
from corpus.library import Library
from guardrails.freetext.reading import sentences

_SHORT_SENTENCES = 3
_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s*(?P<hash>.+?)|\*\*(?P<bold>[^*]+?)\*\*:?|(?P<plain>[A-Z][^.!?\[]{0,60}):)\s*#*$"
)
_LABEL = re.compile(r"^\s*(?:\*\*)?(?P<label>[A-Z][\w' -]{1,40}?)\s*:(?:\*\*)?\s+(?=\S)")
_BULLET = re.compile(r"^\s*(?:[-*\u2022]|\d{1,2}[.)])\s+")
_MARKS = r"(?:[\[(][^\[\]()]*\bcp-[^\[\]()]*[\])]\s*)+"
_MARKS_AFTER = re.compile(rf"(?P<end>[.!?]['\"\u201d]?)\s*(?P<marks>{_MARKS})")
_MARK = re.compile(r"\s*[\[(](?P<keys>[^\[\]()]*\bcp-[^\[\]()]*)[\])]")
_KEY = re.compile(r"[^\s,;]+")
_REFERENCE = re.compile(r"^\s*(?:[-*]\s*)?[\[(]cp-\w+[\])]")
_PARTS = (
    ("references", re.compile(r"\b(?:references|sources|bibliography|citations)\b")),
    ("agreement", re.compile(r"\b(?:agree\w*|common ground|both schools|consensus)\b")),
    ("evidence", re.compile(r"\b(?:evidence|stud(?:y|ies)|research|trials?|findings|literature)\b")),
    ("next_steps", re.compile(r"\b(?:next|test|plan|steps?|measure|decid\w*|do now|actions?)\b")),
    ("short_answer", re.compile(r"\b(?:short|answer|summary|bottom line|conclusion|tl;dr|overview)\b")),
)


@dataclass(slots=True)
class _Heard:
    """The parts as they fill."""

    short_answer: list[dict[str, Any]] = field(default_factory=list)
    next_steps: list[dict[str, Any]] = field(default_factory=list)
    views: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    agreement: list[dict[str, Any]] = field(default_factory=list)

    def as_reply(self) -> dict[str, Any]:
        """Return it in the form in which a model replies; without a short answer its first other sentence opens it."""
        for others in (self.evidence, self.agreement, self.next_steps):
            if not self.short_answer and others:
                self.short_answer.append(others.pop(0))
        return {
            "short_answer": self.short_answer,
            "next_steps": self.next_steps,
            "views": self.views,
            "evidence": self.evidence,
            "agreement": self.agreement,
        }


def heard(text: str, library: Library, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return `text` as a reply in the form of `assistant.generative`.

    Args:
        text: free text with keys in brackets behind what they carry, or a JSON object that is such a reply.
        library: whose schools are known.
        keys: passage ids by key.

    Raises:
        ModelError: empty, or longer than anything that is read.
    """
    if not text.strip():
        raise ModelError(Fault.EMPTY)
    if len(text) > LONGEST_REPLY_CHARS:
        raise ModelError(Fault.TOO_LONG)
    structured = _structured(text)
    if structured is not None:
        return structured
    found, schools = _Heard(), _Schools(library, keys)
    for part, sentence in _sentences(text, schools, library, keys):
        claim = _claim(sentence)
        school = part.removeprefix("view:") if part.startswith("view:") else None if part else schools.one(claim)
        if school is not None:
            found.views.setdefault(school, []).append(claim)
        elif part:
            getattr(found, part).append(claim)
        else:
            is_first = len(found.short_answer) < _SHORT_SENTENCES
            (found.short_answer if is_first else found.evidence).append(claim)
    return found.as_reply()


def _structured(text: str) -> dict[str, Any] | None:
    bare = re.sub(r"^\s*```(?:json)?\s*|\s*```\s*$", "", text).strip()
    if not (bare.startswith("{") and bare.endswith("}")):
        return None
    try:
        found = json.loads(bare)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


class _Schools:
    """Which school a heading or a sentence belongs to."""

    def __init__(self, library: Library, keys: Mapping[str, str]) -> None:
        self._library, self._keys = library, keys
        self._names = {
            v.id: re.compile(
                rf"(?<!\w)(?:{'|'.join(map(re.escape, (v.surname, v.name, *v.aliases)))})(?:'s)?(?!\w)", re.IGNORECASE
            )
            for v in library.viewpoints
        }

    def named(self, text: str) -> list[str]:
        """Return the schools that `text` names."""
        return [school for school, names in self._names.items() if names.search(text)]

    def one(self, claim: Mapping[str, Any]) -> str | None:
        """Return the one school that a sentence names or, naming none, leans on; None where it is none or several."""
        named = self.named(claim["text"])
        if not named:
            passages = [self._keys[k] for k in claim["cites"] if k in self._keys]
            named = list({self._library.viewpoint_of(p) or "" for p in passages})
        return named[0] if len(named) == 1 and named[0] else None


def _sentences(text: str, schools: _Schools, library: Library, keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each sentence with the part that its heading gives it; an empty part where there is no heading."""
    part = ""
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading:
            part = _part(next(filter(None, heading.groups())), schools) or ""
            continue
        label = _LABEL.match(_BULLET.sub("", line))
        here = (_part(label["label"], schools) if label else None) or part
        said = _BULLET.sub("", line)
        said = said[label.end() :] if label and here != part else said
        if not said.strip() or (here == "references" and _REFERENCE.match(line)):
            continue
        for sentence in _split(said, library, keys):
            yield "" if here == "references" else here, sentence


def _part(heading: str, schools: _Schools) -> str | None:
    named = schools.named(heading)
    if len(named) == 1:
        return f"view:{named[0]}"
    words = heading.lower()
    return next((part for part, pattern in _PARTS if pattern.search(words)), "agreement" if len(named) > 1 else None)


def _split(line: str, library: Library, keys: Mapping[str, str]) -> list[str]:
    """Return the sentences of a line, each with the keys that stand behind it; a whole passage stays one."""
    inside = _MARKS_AFTER.sub(lambda m: f" {m['marks'].strip()}{m['end']} ", line).replace("**", "")
    claim = _claim(line.replace("**", ""))
    ids = [keys[k] for k in claim["cites"] if k in keys]
    if ids and all(library.passages[i].text == claim["text"] for i in ids):
        return [line]
    return sentences(inside)


def _claim(sentence: str) -> dict[str, Any]:
    cites = [k for mark in _MARK.finditer(sentence) for k in _KEY.findall(mark["keys"]) if "cp-" in k]
    words = " ".join(_MARK.sub("", sentence).split())
    return {"text": re.sub(r"\s+([.,;!?])", r"\1", words), "cites": list(dict.fromkeys(cites))}
