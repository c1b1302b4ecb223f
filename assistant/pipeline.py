"""The whole way from a question to an answer, one stage a line. Read this first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from assistant.extractive import compose
from assistant.framing import frame
from assistant.language import NOT_ENGLISH, is_english
from assistant.outcomes import abstention, declination, escalation, unverified
from assistant.planning import Plan, gather, plan
from assistant.relevance import relevant
from assistant.settings import Settings
from corpus.library import Library
from corpus.retriever import Retriever
from corpus.snapshot import Snapshot
from guardrails.identifiers import redact_all
from guardrails.policy import judge
from guardrails.red_flags import seen
from guardrails.scope import outside
from guardrails.suspicion import with_suspicion
from guardrails.types import (
    Answer,
    Case,
    Detail,
    Dismissal,
    Draft,
    Flagged,
    Provenance,
    Status,
    Verdict,
)

MAX_QUESTION_CHARS = 8_000
MAX_TURNS = 20
_FEW_WORDS = 4
_NEARLY_ALL = 0.75
Stage = Callable[[str], None]


class QuestionError(ValueError):
    """The question cannot be taken as it is; the message says what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question with all that an answer may depend on; time is passed in."""

    question: str
    history: tuple[str, ...] = ()
    detail: Detail
    asked_at: datetime
    conversation: str | None = None
    dismissals: tuple[Dismissal, ...] = ()


@dataclass(slots=True, kw_only=True)
class Watch:
    """Times the stages by a clock that is passed in, and tells a listener which has begun."""

    clock: Callable[[], float]
    listener: Stage
    stages_ms: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        self.listener(name)
        began = self.clock()
        yield
        self.stages_ms[name] = round(1000 * (self.clock() - began), 2)


def answer(asked: Asked, snapshot: Snapshot, settings: Settings, watch: Watch) -> Answer:
    """Return the answer to `asked` from one snapshot; it has passed the verdict or is one of the other outcomes.

    Raises:
        QuestionError: empty, too long, or not text.
    """
    library = snapshot.library
    with watch.stage("identifiers"):
        turns, removed = _without_identifiers(asked, library)
    with watch.stage("case"):
        case = frame(turns, library)
    with watch.stage("screening"):
        flags = with_suspicion(seen(library, turns, case.known), turns, library)
    with watch.stage("evidence"):
        retrieved = Retriever(snapshot).retrieve(_queries(case, library))
        made = plan(case, retrieved, library, asked.detail)
        evidence = gather(retrieved, made, flags, library)
    with watch.stage("draft"):
        status, draft = _draft(case, made, flags, snapshot)
    with watch.stage("verdict"):
        verdict = judge(draft, status, case, evidence, library, flags)
        status, draft = _settled(status, draft, verdict, made)
    provenance = _provenance(asked, draft, snapshot, settings, watch)
    return Answer(
        id=_answer_id(asked, turns, provenance),
        conversation=asked.conversation,
        asked_at=asked.asked_at,
        question=turns[-1],
        status=status,
        detail=asked.detail,
        case=case,
        red_flags=flags,
        draft=draft,
        evidence=evidence,
        verdict=verdict,
        provenance=provenance,
        removed=removed,
    )


def _without_identifiers(asked: Asked, library: Library) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the turns without identifiers, and which kinds were taken out of any of them."""
    turns = [checked(t) for t in (*asked.history[-(MAX_TURNS - 1) :], asked.question)]
    bare = redact_all(turns, today=asked.asked_at.date(), authors=library.proponents)
    return tuple(r.text for r in bare), tuple(dict.fromkeys(k for r in bare for k in r.kinds))


def checked(text: str) -> str:
    """Return `text` as it may be read: no control characters or lone surrogates, no white space around it.

    Raises:
        QuestionError: nothing is left, or it is longer than a question may be.
    """
    if len(text) > MAX_QUESTION_CHARS:
        raise QuestionError(
            f"expected a question of at most {MAX_QUESTION_CHARS:,} characters, got {len(text):,}; shorten it"
        )
    readable = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = "".join(c if c.isprintable() or c == "\n" else " " for c in readable).strip()
    if not any(c.isalnum() for c in kept):
        raise QuestionError("expected a question in words, got none; for example: 'Does a weak calf cause knee pain?'")
    return kept


def _out_of_scope(case: Case, made: Plan, snapshot: Snapshot) -> str | None:
    if not is_english(case.question, snapshot.library):
        return NOT_ENGLISH
    expand = snapshot.library.normaliser.expand
    whole = " \n ".join(expand(t) for t in case.turns)
    named = tuple(v.surname.lower() for v in snapshot.library.viewpoints)
    return outside(case.asked, whole, named, is_supported=made.crux is not None)


def _queries(case: Case, library: Library) -> tuple[str, ...]:
    """Return the wordings to search by: what is asked, and what the last turn tells of the case."""
    whole = relevant(case, library)
    asked_words, whole_words = len(case.asked.split()), len(whole.split())
    if asked_words < _FEW_WORDS and len(case.turns) > 1:
        return (f"{case.turns[-2]} {whole}", whole)
    return (whole,) if asked_words >= _NEARLY_ALL * whole_words else (case.asked, whole)


def _draft(case: Case, made: Plan, flags: Sequence[Flagged], snapshot: Snapshot) -> tuple[Status, Draft]:
    """Escalated before declined before abstained before answered."""
    if any(f.escalates for f in flags):
        return Status.ESCALATED, escalation(flags, made, snapshot.library)
    reason = _out_of_scope(case, made, snapshot)
    if reason is not None:
        return Status.DECLINED, declination(reason, made, snapshot.library)
    if made.crux is None and not made.quoted:
        return Status.ABSTAINED, abstention(case, made)
    return Status.ANSWERED, compose(case, made, flags, snapshot.library)


def _settled(status: Status, draft: Draft, verdict: Verdict, made: Plan) -> tuple[Status, Draft]:
    """Return the draft if it passed, else an abstention that says which checks it failed.

    An escalation stands whatever the checks say: what to do now must not be lost to a slip in its citations.
    """
    if verdict.passed or status is Status.ESCALATED:
        return status, draft
    return Status.ABSTAINED, unverified(verdict, made)


def _provenance(asked: Asked, draft: Draft, snapshot: Snapshot, settings: Settings, watch: Watch) -> Provenance:
    return Provenance(
        corpus=snapshot.library.fingerprint,
        settings=settings.fingerprint(asked.detail),
        composer=draft.composer,
        revisions=0,
        elapsed_ms=round(sum(watch.stages_ms.values()), 2),
        stages_ms=dict(watch.stages_ms),
    )


def _answer_id(asked: Asked, turns: Sequence[str], provenance: Provenance) -> str:
    """Return an id that is the same for the same question, case, time, library and settings."""
    parts = (*turns, asked.asked_at.isoformat(), str(asked.conversation), provenance.corpus, provenance.settings)
    return "a-" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:20]
