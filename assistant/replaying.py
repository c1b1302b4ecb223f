"""Asks a kept question again, as it was asked, and says whether the answer is the same, or what changed in it.

Older records hold less: what they lack is named, and not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assistant.door import Assistant
from assistant.presenting import to_dict, to_trace
from assistant.records.sealing import is_intact
from assistant.records.types import KeptAnswer
from assistant.records.validating import to_json
from guardrails.types import Detail, Dismissal, DismissalReason

Items: TypeAlias = dict[str, Any]
SCORE_APART = 0.005
"""Scores nearer to each other than this are the same: other processors round in other ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing of a part of the answer that was not there, is not there any more, or is another."""

    part: str
    what: str
    item: str
    was: Any = None
    now: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What came of asking again.

    Attributes:
        id: of the kept answer.
        is_intact: whether the kept text is what was sealed; None where it has no seal.
        made_with: library, settings, prompt and composer that are others than then.
        changes: what changed in the answer.
        not_compared: the parts that the record lacks.
    """

    id: str
    is_intact: bool | None
    made_with: tuple[Change, ...]
    changes: tuple[Change, ...]
    not_compared: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the same answer came, and the kept one is as it was kept."""
        return not self.changes and self.is_intact is not False


def replayed(kept: KeptAnswer, helper: Assistant) -> Replay:
    """Return what asking `kept` again gives, with its own turns, detail, dismissals and time of asking.

    Raises:
        QuestionError: what was kept cannot be asked.
        CorpusError: the index is missing or cannot be read.
    """
    turns = [str(t) for t in kept.trace.get("turns") or [kept.question]]
    answer = helper.ask(
        turns[-1],
        history=turns[:-1],
        detail=Detail(kept.detail) if kept.detail in set(Detail) else None,
        asked_at=kept.asked_at,
        conversation=kept.conversation_id or kept.document.get("conversation"),
        dismissals=dismissed(kept.trace),
    )
    document, trace = to_dict(answer, helper.snapshot.library, helper.originals), to_trace(answer)
    was = Record(document=kept.document, trace=kept.trace)
    now = Record(document=to_json(document, at="document"), trace=to_json(trace, at="trace"))
    changes: list[Change] = []
    lacking: list[str] = []
    for part, read in _PARTS.items():
        before = _read(read, was)
        if before is None:
            lacking.append(part)
        else:
            changes += _changes(part, before, _read(read, now) or {})
    return Replay(
        id=kept.id,
        is_intact=is_intact(kept),
        made_with=tuple(_changes("made with", _read(_made_with, was) or {}, _read(_made_with, now) or {})),
        changes=tuple(changes),
        not_compared=tuple(lacking),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An answer as JSON and its trace."""

    document: Mapping[str, Any]
    trace: Mapping[str, Any]


def dismissed(trace: Mapping[str, Any]) -> tuple[Dismissal, ...]:
    """Return the red flags that were set aside when a kept answer was given."""
    return tuple(
        Dismissal(
            pattern=d["pattern"], reason=DismissalReason(d["reason"]), turn=int(d["turn"]), note=d.get("note") or ""
        )
        for d in trace.get("dismissals") or ()
    )


def _read(read: Callable[[Record], Items], record: Record) -> Items | None:
    """Return what `read` finds; None where the record is of a time that did not keep it."""
    try:
        return read(record)
    except (KeyError, TypeError, AttributeError, IndexError):
        return None


def _changes(part: str, was: Items, now: Items) -> Iterator[Change]:
    for item in dict.fromkeys((*was, *now)):
        if item not in now:
            yield Change(part=part, what="lost", item=item, was=was[item])
        elif item not in was:
            yield Change(part=part, what="gained", item=item, now=now[item])
        elif not _alike(was[item], now[item]):
            yield Change(part=part, what="changed", item=item, was=was[item], now=now[item])


def _alike(was: Any, now: Any) -> bool:
    """Return whether two values are the same, in what an older record has of them."""
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        return all(_alike(value, now[key]) for key, value in was.items() if key in now)
    if isinstance(was, float) and isinstance(now, float | int):
        return abs(was - now) < SCORE_APART
    return bool(was == now)


def _made_with(record: Record) -> Items:
    made = record.document["provenance"]
    names = {"library": "corpus", "settings": "settings", "prompt": "prompt", "composer": "composer"}
    found = {name: made[key] for name, key in names.items() if key in made}
    return found | {"model": record.trace["made_with"]["model"]} if "made_with" in record.trace else found


def _outcome(record: Record) -> Items:
    names = ("status", "intent", "detail", "debates", "cruxes")
    return {n: record.document[n] for n in names} | {"missing": record.document["case"]["missing"]}


def _facts(record: Record) -> Items:
    facts = record.document["case"]["facts"]
    return _numbered((f"{f['name']} (turn {f['turn']})", {k: v for k, v in f.items() if k != "id"}) for f in facts)


def _flags(record: Record) -> Items:
    return {f["pattern"]: dict(f) for f in record.document["red_flags"]}


def _evidence(record: Record) -> Items:
    return {
        e["passage_id"]: {"route": e["route"], "score": e["score"], "used": e["used"]} for e in record.trace["evidence"]
    }


def _quotes(record: Record) -> Items:
    return {c["passage_id"]: c["quote"] for c in record.document["citations"]}


def _claims(record: Record) -> Items:
    """Return each claim by its section and its address in the library, or by its words where it has none."""
    passage_of = {c["number"]: c["passage_id"] for c in record.document["citations"]}
    return _numbered(
        (
            f"{_place(section)}: {claim['origin'] or claim['text']}",
            {"text": claim["text"], "basis": claim["basis"], "cites": [passage_of[n] for n in claim["citations"]]},
        )
        for section in record.document["sections"]
        for claim in section["claims"]
    )


def _place(section: Mapping[str, Any]) -> str:
    return section["viewpoint"] or section["kind"]


def _headings(record: Record) -> Items:
    return _numbered((_place(s), s["title"]) for s in record.document["sections"])


def _checks(record: Record) -> Items:
    return {c["name"]: c["passed"] for c in record.document["verdict"]["checks"]}


def _findings(record: Record) -> Items:
    return _numbered((f["rule"], f["message"]) for f in record.trace["findings"])


def _attempts(record: Record) -> Items:
    return _numbered((a["composer"], {"error": a["error"], "rules": a["rules"]}) for a in record.document["attempts"])


def _notices(record: Record) -> Items:
    return _numbered((n["place"], {"signs": n["signs"], "passages": n["passages"]}) for n in record.document["notices"])


def _numbered(pairs: Iterator[tuple[str, Any]] | Any) -> Items:
    """Return the pairs as items; a name that comes again gets a number."""
    found: Items = {}
    for name, value in pairs:
        number, free = 1, name
        while free in found:
            number += 1
            free = f"{name} #{number}"
        found[free] = value
    return found


_PARTS: dict[str, Callable[[Record], Items]] = {
    "outcome": _outcome,
    "facts": _facts,
    "red flags": _flags,
    "evidence": _evidence,
    "passages quoted": _quotes,
    "headings": _headings,
    "claims": _claims,
    "checks": _checks,
    "findings": _findings,
    "drafts not shown": _attempts,
    "notices": _notices,
}
