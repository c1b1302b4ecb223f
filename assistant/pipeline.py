"""The whole way from a question to an answer, one stage a line. Read this first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from assistant.breaking_off import ending
from assistant.continuing import considered, detail_of
from assistant.courtesies import without_courtesies
from assistant.drafting import Drafted, Model, drafted, note_on
from assistant.extractive import compose
from assistant.framing import frame
from assistant.generative import task_of
from assistant.outcomes import abstention, declination, escalation, headed, noted, nothing_before, unverified
from assistant.planning import Plan, gather
from assistant.prompt import FINGERPRINT as PROMPT
from assistant.respelling import respelt
from assistant.scoping import out_of_scope
from assistant.screening import screen
from assistant.separating import Separated, separated
from assistant.settings import Settings
from assistant.untrusted import citable, notes_on, read_turns, readable
from corpus.errors import CorpusError
from corpus.inference import inference_for
from corpus.library import Library
from corpus.snapshot import Snapshot
from guardrails.dismissing import check_dismissals, in_force
from guardrails.identifiers import redact_all
from guardrails.limits import in_force as limits_in_force
from guardrails.limits import limit_note
from guardrails.policy import judge
from guardrails.types import (
    Answer,
    Attempt,
    Case,
    Detail,
    Dismissal,
    Draft,
    Evidence,
    EvidenceItem,
    Flagged,
    Provenance,
    Status,
    Verdict,
)

MAX_QUESTION_CHARS = 8_000
MAX_SCREENED = 200
"""How many turns are looked through for red flags; of the latest twenty the rest is read too."""

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
    given: tuple[str, ...] | None = None
    """Passages retrieved elsewhere: the only ones a model's draft may cite then."""
    evidence_reversed: bool = False
    """Whether the evidence comes last first: for tests of whether an answer hangs on its order, which it must not."""


@dataclass(slots=True, kw_only=True)
class Watch:
    """Times the stages by a clock that is passed in, and tells a listener which has begun."""

    clock: Callable[[], float]
    listener: Stage
    stages_ms: dict[str, float] = field(default_factory=dict)
    running: str = ""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside; a stage that comes again adds to its time."""
        self.running = name
        self.listener(name)
        began = self.clock()
        try:
            yield
        finally:
            took = 1000 * (self.clock() - began)
            self.stages_ms[name] = round(self.stages_ms.get(name, 0.0) + took, 2)


def answer(asked: Asked, snapshot: Snapshot, settings: Settings, watch: Watch, model: Model | None = None) -> Answer:
    """Return the answer to `asked` from one snapshot; it has passed the verdict or is one of the other outcomes.

    With a `model` the draft is the model's, if it passes; else it is composed from the library and says so.
    A stage that crashes ends it: with the red flag if an urgent one is seen, else with an abstention that says so.

    Raises:
        QuestionError: empty, too long, or not text.
        DismissalError: a red flag is set aside that the library does not hold, or for words not yet typed.
        CorpusError: the index is missing or cannot be read.
    """
    turns = tuple(_checked_turns(asked))
    check_dismissals(asked.dismissals, snapshot.library, now=len(asked.history) + 1)
    try:
        return _answered(asked, turns, snapshot, settings, watch, model)
    except CorpusError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, the asker gets one of the four outcomes
        return _broken_off(asked, turns, error, snapshot, settings, watch)


def _answered(
    asked: Asked,
    turns: Sequence[str],
    snapshot: Snapshot,
    settings: Settings,
    watch: Watch,
    model: Model | None,
) -> Answer:
    library = snapshot.library
    with watch.stage("identifiers"):
        typed = read_turns(turns, asked.asked_at.date(), library)
    with watch.stage("case"):
        talk = separated(typed.kept, library, first_turn=len(asked.history) + 2 - len(turns))
        read = tuple(respelt(without_courtesies(t), library) for t in talk.turns)
        case = frame(read, library, first_turn=talk.first_turn, notes=talk.notes)
        detail, told = detail_of(case, library, asked.detail)
        asked, case = replace(asked, detail=detail), replace(case, notes=(*case.notes, *told))
    with watch.stage("screening"):
        dismissals = _without_identifiers(asked, turns, library)
        found = screen(typed, talk, case, library, dismissals)
        flags, case = found.flags, replace(case, notes=(*case.notes, *found.texts))
    with watch.stage("evidence"):
        case, retrieved, made, left_out = considered(
            case, snapshot, asked.detail, evidence_reversed=asked.evidence_reversed
        )
        notices = (*typed.notices, *left_out)
        made = replace(made, notes=notes_on(notices))
        evidence = citable(gather(retrieved, made, flags, library, asked.given or (), case.known), library)
        evidence = evidence.reversed() if asked.evidence_reversed else evidence
    with watch.stage("draft"):
        status, draft = _draft(case, made, flags, snapshot)
        heads = _heads(status, talk, case, library)
        draft = headed(noted(draft, case.notes), heads)
    # An escalation repeats what set it off, in turns too old to be read as well.
    said = (*talk.screened, *(t for f in flags for t in f.triggers), case.question)
    judged = replace(case, turns=said) if status is Status.ESCALATED else case
    check = partial(
        judge, status=status, case=judged, evidence=evidence, library=library, flags=flags,
        inference=inference_for(settings.nli_model),
    )  # fmt: skip
    by_model = Drafted()
    if model is not None and status is Status.ANSWERED and made.crux is not None:
        task = partial(
            task_of, case, made, flags, evidence, draft, library, asked.given, evidence_reversed=asked.evidence_reversed
        )
        by_model = drafted(task, model, check, watch.stage)
        draft = by_model.draft or compose(case, made, flags, library, note_on(by_model.attempts))
    with watch.stage("verdict"):
        verdict = by_model.verdict or check(draft)
        before = draft
        status, draft = _settled(status, draft, verdict, made)
        whole = None if draft is before else before
        draft = headed(noted(draft, case.notes), heads)
    held = () if whole is None else (Attempt(composer=whole.composer, draft=whole, findings=verdict.findings),)
    fingerprint = settings.fingerprint(asked.detail, model.name if model else None)
    provenance = _provenance(draft, by_model, library.fingerprint, fingerprint, watch)
    return Answer(
        id=_answer_id(asked, typed.whole, provenance, dismissals),
        conversation=asked.conversation,
        asked_at=asked.asked_at,
        question=typed.whole[-1],
        status=status,
        detail=asked.detail,
        case=case,
        red_flags=flags,
        draft=draft,
        evidence=evidence,
        verdict=verdict,
        provenance=provenance,
        attempts=(*by_model.attempts, *held),
        notices=notices,
        typed=typed.whole,
        removed=typed.removed,
        dismissals=in_force(dismissals, flags),
    )


def _broken_off(
    asked: Asked, turns: Sequence[str], error: Exception, snapshot: Snapshot, settings: Settings, watch: Watch
) -> Answer:
    found = ending(turns, asked.asked_at.date(), snapshot.library, asked.detail, watch.running, error)
    cited = {c.passage_id for claim in found.draft.claims for c in claim.citations}
    viewpoint_of = snapshot.library.viewpoint_of
    fingerprint = settings.fingerprint(asked.detail)
    provenance = _provenance(found.draft, Drafted(), snapshot.library.fingerprint, fingerprint, watch)
    return Answer(
        id=_answer_id(asked, found.typed.whole, provenance),
        conversation=asked.conversation,
        asked_at=asked.asked_at,
        question=found.typed.whole[-1],
        status=found.status,
        detail=asked.detail,
        case=found.case,
        red_flags=found.flags,
        draft=found.draft,
        evidence=Evidence(
            items=tuple(
                EvidenceItem(passage_id=p, viewpoint=viewpoint_of(p), route="red-flag", score=0.0)
                for p in sorted(cited)
            )
        ),
        verdict=found.verdict,
        provenance=provenance,
        notices=found.typed.notices,
        typed=found.typed.whole,
        removed=found.typed.removed,
    )


def _checked_turns(asked: Asked) -> Iterator[str]:
    for turn in (*asked.history[-(MAX_SCREENED - 1) :], asked.question):
        checked(turn)
        yield turn


def _without_identifiers(asked: Asked, turns: Sequence[str], library: Library) -> tuple[Dismissal, ...]:
    """Return the dismissals with their notes as they may be kept; a name that a turn tells is one in a note, too."""
    noted = [d for d in asked.dismissals if d.note]
    if not noted:
        return asked.dismissals
    texts = [readable(text) for text in (*turns, *(d.note for d in noted))]
    cleaned = redact_all(texts, today=asked.asked_at.date(), authors=library.proponents)[len(turns) :]
    by_note = {d.note: bare.text for d, bare in zip(noted, cleaned, strict=True)}
    return tuple(replace(d, note=by_note.get(d.note, "")) for d in asked.dismissals)


def checked(text: str) -> str:
    """Return `text` as it may be read: no control characters or lone surrogates, no white space around it.

    Raises:
        QuestionError: nothing is left, or it is longer than a question may be.
    """
    if len(text) > MAX_QUESTION_CHARS:
        raise QuestionError(
            f"expected a question of at most {MAX_QUESTION_CHARS:,} characters, got {len(text):,}; shorten it"
        )
    kept = readable(text)
    if not any(c.isalnum() for c in kept):
        raise QuestionError("expected a question in words, got none; for example: 'Does a weak calf cause knee pain?'")
    return kept


def _draft(case: Case, made: Plan, flags: Sequence[Flagged], snapshot: Snapshot) -> tuple[Status, Draft]:
    """Escalated before declined before abstained before answered."""
    if any(f.escalates for f in flags):
        return Status.ESCALATED, escalation(flags, made, snapshot.library)
    if made.goes_on_from_nothing and case.question:
        return Status.ABSTAINED, nothing_before(case, made)
    reason = out_of_scope(case, made, snapshot)
    if reason is not None:
        return Status.DECLINED, declination(reason, made, snapshot.library, case.question)
    if made.crux is None and not made.quoted:
        return Status.ABSTAINED, abstention(made)
    return Status.ANSWERED, compose(case, made, flags, snapshot.library)


def _settled(status: Status, draft: Draft, verdict: Verdict, made: Plan) -> tuple[Status, Draft]:
    """Return the draft if it passed, else an abstention that says which checks it failed.

    An escalation stands whatever the checks say: what to do now must not be lost to a slip in its citations.
    """
    if verdict.passed or status is Status.ESCALATED:
        return status, draft
    return Status.ABSTAINED, unverified(verdict, made)


def _heads(status: Status, talk: Separated, case: Case, library: Library) -> tuple[str | None, ...]:
    """Return the notes that an answer is read in the light of; an escalation is whole without them."""
    if status is Status.ESCALATED:
        return ()
    return (talk.head, *map(limit_note, limits_in_force(case.known, library)))


def _provenance(draft: Draft, by_model: Drafted, corpus: str, settings: str, watch: Watch) -> Provenance:
    return Provenance(
        corpus=corpus,
        settings=settings,
        composer=draft.composer,
        revisions=by_model.revisions,
        elapsed_ms=round(sum(watch.stages_ms.values()), 2),
        stages_ms=dict(watch.stages_ms),
        prompt=PROMPT if by_model.usage else None,
        usage=by_model.usage,
    )


def _answer_id(asked: Asked, turns: Sequence[str], provenance: Provenance, dismissals: Sequence[Dismissal] = ()) -> str:
    """Return an id that is the same for the same question, case, time, library and settings."""
    aside = (f"{d.pattern}={d.reason}@{d.turn}:{d.note}" for d in dismissals)
    parts = (
        *turns,
        *aside,
        asked.asked_at.isoformat(),
        str(asked.conversation),
        provenance.corpus,
        provenance.settings,
    )
    return "a-" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:20]
