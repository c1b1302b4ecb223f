"""What the screen of one answer shows to whom: to review, to read, to compare, or to the one who asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.desk import Action, Desk
from assistant.desk.access import Thing
from assistant.desk.approving import Approval
from assistant.records.errors import ConflictError, RecordsError
from assistant.records.review_types import (
    AnswerVerdict,
    CitationVerdict,
    Feedback,
    ItemState,
    QueueItem,
    Review,
    ReviewForm,
    Settlement,
    Settling,
    Thumb,
)
from corpus.library import Library
from ui.screens.reviewing_answer import Reading, reading_of
from ui.screens.reviewing_case import CaseRead, case_of
from ui.screens.reviewing_differences import Compared, Piece, compared, difference
from ui.screens.reviewing_form import judged
from ui.screens.reviewing_path import Path, path_of
from ui.screens.reviewing_queue import Line, line_of, next_of
from ui.screens.reviewing_words import CITATION_VERDICTS, OUTCOME_OF, VIEWPOINT_VERDICTS, clock, moment, now_utc, told

_THUMBS = {Thumb.UP: "Thumbs up", Thumb.DOWN: "Thumbs down", Thumb.PROBLEM: "Problem reported"}


class Mode(StrEnum):
    """What one may do on the screen of an answer."""

    REVIEW = "review"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A word of somebody, with name and time."""

    who: str
    role: str
    at: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A finished review in words."""

    who: str
    at: str
    is_mine: bool
    verdict: str
    comment: str
    viewpoints: tuple[tuple[str, str], ...]
    citations: Mapping[int, str]
    changes: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Everything the template of one answer needs."""

    item: QueueItem
    line: Line
    mode: Mode
    trouble: str
    """Why it cannot be reviewed by who looks, empty where it can."""
    reading: Reading
    case: CaseRead
    path: Path
    form: ReviewForm
    text: str
    """What the editor starts with."""
    changes: tuple[tuple[Piece, ...], ...]
    has_draft: bool
    is_open: bool
    """Whether everything is shown rather than the short path."""
    judged: int
    held_until: str
    seconds: int
    given: tuple[Given, ...]
    table: tuple[Compared, ...]
    settlements: tuple[Said, ...]
    thumbs: tuple[Said, ...]
    comments: tuple[Said, ...]
    next_id: int | None
    outcome: str
    may_settle: bool
    proposed: str
    """The verdict that the form for settling starts with."""
    may_reopen: bool
    is_asker: bool
    may_comment: bool
    approval: Approval | None
    approved_at: str
    may_take_out: bool


def opened(desk: Desk, item_id: int, library: Library) -> Screen:
    """Return the screen of an item; a mentor whose review it waits for has it in hand from now on."""
    item, trouble = _in_hand(desk, desk.queue_item(item_id))
    if desk.profile is not None:
        desk.mark_read(item_id)
    return screen(desk, item, library, trouble)


def _in_hand(desk: Desk, item: QueueItem) -> tuple[QueueItem, str]:
    """Return the item, reserved where it waits for this person, and else why it is for reading only."""
    if not desk.may(Action.REVIEW, Thing(owner_id=item.asker_id, is_queued=True)):
        if not desk.may(Action.READ_QUEUE):
            return item, ""
        return item, "This is your own answer, and nobody reviews their own. Another mentor will."
    if item.state == ItemState.DONE or _own(desk, item) is not None:
        return item, ""
    try:
        return desk.reserve(item.id), ""
    except ConflictError as error:
        again = desk.queue_item(item.id)
        if again.held_until is None:
            return again, told(error)
        until = clock(again.held_until)
        return again, f"{again.held_by_name} is reviewing this until {until}. You can read it meanwhile."


def screen(desk: Desk, item: QueueItem, library: Library, trouble: str = "") -> Screen:
    """Return what the screen of an item shows to who sits at the desk."""
    mine = desk.profile.id if desk.profile else None
    path = path_at(desk, item)
    reading = reading_of(item.document, library, path)
    finished = tuple(review for review in item.reviews if review.finished_at is not None)
    draft = next((r for r in item.reviews if r.finished_at is None and r.reviewer_id == mine), None)
    form = draft.form if draft else ReviewForm()
    now = now_utc()
    mode = Mode.REVIEW if mine is not None and item.held_by_id == mine else Mode.READ
    text = form.corrected or reading.body
    approval = desk.approved(item.answer_id)
    own = any(review.reviewer_id == mine for review in finished)
    return Screen(
        item=item,
        line=line_of(item, desk, now, is_unread=False),
        mode=mode,
        trouble=trouble,
        reading=reading,
        case=case_of(desk, item),
        path=path,
        form=form,
        text=text,
        changes=difference(reading.body, text),
        has_draft=draft is not None,
        is_open=mode == Mode.READ or bool(set(form.citations) - path.numbers),
        judged=judged(form, path),
        held_until=clock(item.held_until) if item.held_until else "",
        seconds=draft.active_seconds if draft else 0,
        given=tuple(_given(review, reading, mine, now) for review in finished),
        table=compared(finished[0], finished[1], reading) if len(finished) > 1 else (),
        settlements=tuple(_settlement(one, now) for one in item.settlements),
        thumbs=tuple(_thumb(one, item, now) for one in item.feedback),
        comments=comments_of(desk, item.id),
        next_id=next_of(desk, item.id),
        outcome=_outcome(item, finished),
        proposed=_proposed(item.settlements, finished, mine),
        may_settle=own and len(finished) > 1,
        may_reopen=own and item.held_by_id in (None, mine),
        is_asker=mine is not None and item.asker_id == mine,
        may_comment=desk.may(Action.COMMENT, Thing(owner_id=item.asker_id, is_queued=True)),
        approval=approval,
        approved_at=moment(approval.at, now) if approval else "",
        may_take_out=desk.may(Action.TAKE_OUT),
    )


def path_at(desk: Desk, item: QueueItem) -> Path:
    """Return the two-minute path through an item's answer, the same for whoever reviews it."""
    try:
        findings: Sequence[Mapping[str, object]] = desk.answer(item.answer_id).trace.get("findings") or ()
    except RecordsError:  # a physio may read the item of a case that is no longer open to them
        findings = ()
    return path_of(item.document, desk.two_minutes(item.id), findings, item.feedback)


def comments_of(desk: Desk, item_id: int) -> tuple[Said, ...]:
    """Return what was said about an item."""
    now = now_utc()
    return tuple(
        Said(who=c.author_name, role=c.author_role.value, at=moment(c.at, now), text=c.text)
        for c in desk.comments(item_id)
    )


def _own(desk: Desk, item: QueueItem) -> Review | None:
    mine = desk.profile.id if desk.profile else None
    return next((r for r in item.reviews if r.finished_at is not None and r.reviewer_id == mine), None)


def _given(review: Review, reading: Reading, mine: str | None, now: datetime) -> Given:
    form = review.form
    return Given(
        who=review.reviewer_name,
        at=moment(review.finished_at or review.saved_at, now),
        is_mine=review.reviewer_id == mine,
        verdict="" if form.verdict is None else OUTCOME_OF[form.verdict],
        comment=form.comment,
        viewpoints=tuple(
            (school.name, VIEWPOINT_VERDICTS[form.viewpoints[school.id]])
            for school in reading.schools
            if school.id in form.viewpoints
        ),
        citations={n: CITATION_VERDICTS[CitationVerdict(v)] for n, v in form.citations.items()},
        changes=difference(reading.body, form.corrected) if form.corrected else (),
    )


def _settlement(said: Settlement, now: datetime) -> Said:
    words = "dissents" if said.kind == Settling.DISSENT else "agrees"
    if said.verdict is not None:
        words += f": {OUTCOME_OF[said.verdict].lower()}"
    return Said(who=said.name, role="", at=moment(said.at, now), text=said.note, kind=words)


def _thumb(given: Feedback, item: QueueItem, now: datetime) -> Said:
    who = item.asker_name if given.profile_id == item.asker_id and item.asker_name else "A reader"
    text = ". ".join(part for part in (", ".join(given.reasons).replace("-", " "), given.note) if part)
    return Said(who=who, role="", at=moment(given.at, now), text=text, kind=_THUMBS[given.thumb])


def _proposed(settlements: Sequence[Settlement], finished: Sequence[Review], mine: str | None) -> str:
    """Return what the other mentor would settle on, else one's own verdict; empty where there is neither."""
    offered = [said.verdict for said in settlements if said.verdict is not None and said.profile_id != mine]
    own = [review.form.verdict for review in finished if review.reviewer_id == mine]
    return next((verdict.value for verdict in (*reversed(offered), *own) if verdict is not None), "")


def _outcome(item: QueueItem, finished: Sequence[Review]) -> str:
    """Return in a sentence where the reviews have come to; empty while none can be seen."""
    if item.settled is not None:
        by = " and ".join(review.reviewer_name for review in finished)
        return f"{OUTCOME_OF[item.settled]} by {by}."
    if len(finished) > 1:
        return _differing(item.settlements)
    if finished and item.state != ItemState.DONE:
        return f"{finished[0].reviewer_name} has reviewed it; a second mentor is to follow, without seeing that review."
    return ""


def _differing(settlements: Sequence[Settlement]) -> str:
    """Return how far two mentors who differ have come: to a dissent, to a verdict that one offers, nowhere yet."""
    latest = {said.profile_id: said for said in settlements}
    last = [said for said in settlements if latest[said.profile_id] is said]
    is_dissent = any(said.kind == Settling.DISSENT for said in last)
    so_far = "The two mentors differ, and the reasons are kept." if is_dissent else "The two mentors differ so far."
    offered = next((said for said in reversed(last) if said.verdict is not None), None)
    if offered is None or offered.verdict is None:
        return so_far
    words = OUTCOME_OF[offered.verdict].lower()
    return f"{so_far} {offered.name} would settle on “{words}”: it stands once the other agrees."


def verdicts() -> tuple[tuple[str, str], ...]:
    """Return the verdicts on an answer that two mentors can come to, with their words."""
    return tuple((verdict.value, OUTCOME_OF[verdict]) for verdict in AnswerVerdict)
