"""What a person can do at the desk, in one list; each line is done in the module that its subject names.

Every method raises `NotAllowedError`, `NotFoundError`, `ConflictError` or `BadRecordError`, each a `RecordsError` with
a sentence for the person, and changes nothing then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from assistant.desk import (
    agreeing,
    approving,
    cases,
    digesting,
    liking,
    people,
    queueing,
    referencing,
    responding,
    reviewing,
    sampling,
    shelving,
    talking,
    working_out,
)
from assistant.desk.access import NOTHING, Action, Thing
from assistant.desk.sitting import Knowledge, Sitting
from assistant.records.queueing import QueueFilter
from assistant.records.review_types import (
    AnswerVerdict,
    Comment,
    Commitment,
    Feedback,
    ItemState,
    KeptResult,
    Profile,
    QueueItem,
    QueuePage,
    Review,
    ReviewForm,
    Role,
    Thumb,
)
from assistant.records.store import Records
from assistant.records.types import Conversation, ConversationPage, KeptAnswer
from guardrails.types import Dismissal

_now = partial(datetime.now, UTC)


class Desk:
    """One person's access to what is kept; make one for each request, it costs nothing."""

    def __init__(
        self,
        records: Records,
        profile: Profile | None,
        now: Callable[[], datetime] = _now,
        *,
        knowledge: Knowledge | None = None,
        draws_second: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Sit `profile` down, or nobody.

        Args:
            records: what is kept.
            profile: who sits down.
            now: returns an aware moment.
            knowledge: knows the library in force, as the `Assistant` does; approvals are held against it.
            draws_second: whether the answer of that id is reviewed twice though nobody asks for it.
        """
        self.profile = profile
        self._sitting = Sitting(
            records=records, profile=profile, now=now, knowledge=knowledge, draws_second=draws_second
        )

    @classmethod
    def of(
        cls,
        records: Records,
        profile_id: str | None,
        now: Callable[[], datetime] = _now,
        *,
        knowledge: Knowledge | None = None,
    ) -> Desk:
        """Return the desk of the profile that a request names, of nobody where it names none that is in use.

        Of the answers reviewed there a random tenth is reviewed twice.
        """
        profile = people.find(records, profile_id)
        return cls(records, profile, now, knowledge=knowledge, draws_second=sampling.is_drawn_for_second)

    def may(self, action: Action, thing: Thing = NOTHING) -> bool:
        """Return whether the profile may do this, so that a screen offers only what will be done."""
        return self._sitting.may(action, thing)

    def profiles(self) -> tuple[Profile, ...]:
        """Return the profiles that can be chosen, by name."""
        return people.profiles(self._sitting)

    def add_profile(self, name: str, role: Role | str, school: str | None = None) -> Profile:
        """Make a profile; `school` is a viewpoint's id."""
        return people.add(self._sitting, name, role, school)

    def retire_profile(self, profile_id: str) -> None:
        """Take a profile off the list; its cases and reviews stay."""
        people.retire(self._sitting, profile_id)

    def cases(self, search: str | None = None, *, limit: int = 50, offset: int = 0) -> ConversationPage:
        """Return one's own cases and nobody's, the latest first, that hold every word of `search`."""
        return cases.cases(self._sitting, search, limit, offset)

    def case(self, case_id: str) -> Conversation:
        """Return a case with its answers; a mentor may read one of which an answer stands in the queue."""
        return cases.case(self._sitting, case_id)

    def rename_case(self, case_id: str, title: str) -> None:
        """Give a case another title, cut to one line."""
        cases.rename(self._sitting, case_id, title)

    def delete_case(self, case_id: str) -> None:
        """Delete a case with everything that came of it."""
        cases.delete(self._sitting, case_id)

    def check_asking(self, case_id: str | None) -> None:
        """Let pass a question in a case that is one's own, nobody's, or not there yet."""
        cases.check_asking(self._sitting, case_id)

    def keep(
        self,
        document: Mapping[str, Any],
        trace: Mapping[str, Any],
        *,
        conversation: str | None,
        dismissals: Sequence[Dismissal] = (),
    ) -> None:
        """Keep an answer; a case that begins with it belongs to who sits here."""
        cases.keep(self._sitting, document, trace, conversation=conversation, dismissals=dismissals)

    def answer(self, answer_id: str) -> KeptAnswer:
        """Return an answer."""
        return cases.answer(self._sitting, answer_id)

    # --- the shelf

    def answers_by_source(self) -> Mapping[str, int]:
        """Return how many kept answers, of anybody, cite each source."""
        return shelving.answers_by_source(self._sitting)

    def check_changing_library(self) -> None:
        """Let pass who may put documents on the shelf and take them off."""
        self._sitting.require(Action.CHANGE_LIBRARY)

    def forget_source(self, source_id: str) -> int:
        """Delete every answer that cites a document taken off the shelf; return how many there were."""
        return shelving.forget_source(self._sitting, source_id)

    # --- what the asker makes of an answer

    def give_feedback(
        self, answer_id: str, thumb: Thumb | str, reasons: Iterable[str] = (), note: str = ""
    ) -> Feedback:
        """Keep a thumb; one that is down, or a problem, lands in the mentors' queue."""
        return responding.give_feedback(self._sitting, answer_id, thumb, reasons, note)

    def feedback(self, answer_id: str) -> tuple[Feedback, ...]:
        """Return the thumbs given to an answer, in order; the last one of a person counts."""
        return responding.feedback(self._sitting, answer_id)

    def commit(self, answer_id: str, text: str) -> Commitment:
        """Keep the asker's own answer, put down before ours is seen; the first one stands."""
        return responding.commit(self._sitting, answer_id, text)

    def skip_commitment(self, answer_id: str) -> None:
        """Let an answer be seen without one's own: it is held back no longer."""
        responding.skip(self._sitting, answer_id)

    def is_held(self, answer: KeptAnswer) -> bool:
        """Return whether an answer waits to be seen until the asker has put down their own."""
        return responding.is_held(self._sitting, answer)

    def commitment(self, answer_id: str) -> Commitment | None:
        """Return what who sits here put down before seeing an answer, None where they did not."""
        return responding.commitment(self._sitting, answer_id)

    def send_to_mentor(self, answer_id: str, note: str = "") -> QueueItem:
        """Put an answer in the mentors' queue; on one that stands there, a further note becomes a comment."""
        return queueing.item(self._sitting, responding.send_to_mentor(self._sitting, answer_id, note))

    # --- what is worked out beside an answer

    def keep_result(self, answer_id: str, measure: str, *, name: str, given: Mapping[str, str], said: str) -> None:
        """Keep what came out of a measure with an answer, in the place of what came out of it before."""
        working_out.keep(self._sitting, answer_id, measure, name, given, said)

    def remove_result(self, answer_id: str, measure: str) -> None:
        """Take the result of a measure away again."""
        working_out.remove(self._sitting, answer_id, measure)

    def may_keep_result(self, answer_id: str) -> bool:
        """Return whether what is worked out beside an answer is kept with it."""
        return working_out.may_keep(self._sitting, answer_id)

    def results(self, answer_id: str) -> tuple[KeptResult, ...]:
        """Return what was worked out beside an answer."""
        return working_out.results(self._sitting, answer_id)

    def with_results(self, *answers: KeptAnswer) -> list[dict[str, Any]]:
        """Return the documents of answers, each with what was worked out beside it as ``measured``, for its papers."""
        return working_out.with_results(self._sitting, answers)

    # --- the queue

    def queue(  # noqa: PLR0913 - the filters of one list, all by name
        self,
        state: ItemState | str | None = None,
        *,
        viewpoint: str | None = None,
        school: str | None = None,
        status: str | None = None,
        physio: str | None = None,
        crux: str | None = None,
        thumbs_down: bool = False,
        search: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> QueuePage:
        """Return a part of the queue: what waits before what is done, problems first, then who waited longest."""
        wanted = QueueFilter(
            state=queueing.to_state(state),
            viewpoint=viewpoint,
            school=school,
            status=status,
            physio=physio,
            crux=crux,
            thumbs_down=thumbs_down,
            search=search,
        )
        return queueing.queue(self._sitting, wanted, limit, offset)

    def sent(self, *, limit: int = 50, offset: int = 0) -> QueuePage:
        """Return one's own answers that stand before the mentors, in the order of the queue."""
        return queueing.sent(self._sitting, limit, offset)

    def queue_choices(self) -> queueing.QueueChoices:
        """Return what the queue can be narrowed to: schools, cruxes, people, and how many items each state has."""
        return queueing.choices(self._sitting)

    def queue_item(self, item_id: int) -> QueueItem:
        """Return an item with its answer and what of its reviews may be seen."""
        return queueing.item(self._sitting, item_id)

    def queue_item_of(self, answer_id: str) -> QueueItem | None:
        """Return the item of an answer, None where it was not sent or is not for who sits here."""
        return queueing.item_of(self._sitting, answer_id)

    def reserve(self, item_id: int) -> QueueItem:
        """Take an item in hand for half an hour; `ConflictError` where a colleague has it."""
        return queueing.reserve(self._sitting, item_id)

    def release(self, item_id: int) -> None:
        """Put an item back; a draft of its review stays."""
        queueing.release(self._sitting, item_id)

    # --- reviews and comments

    def save_review(self, item_id: int, form: ReviewForm, *, finish: bool = False) -> Review:
        """Keep a review as a draft, which renews the reservation, or finish it.

        Where a colleague has the item or has done it, the form is kept as a draft before `ConflictError` says so.
        """
        return reviewing.save(self._sitting, item_id, form, finish=finish)

    def reopen(self, item_id: int) -> QueueItem:
        """Take one's own finished review up again; the old one is kept, what it approved is withdrawn."""
        return reviewing.reopen(self._sitting, item_id)

    def agree(self, item_id: int, verdict: AnswerVerdict | str, note: str = "") -> QueueItem:
        """Take over a verdict after both reviews are finished; where both then hold the same, it stands."""
        return reviewing.agree(self._sitting, item_id, verdict, note)

    def dissent(self, item_id: int, note: str) -> QueueItem:
        """Keep that one holds to one's own verdict, and why; then none stands, and nothing is approved."""
        return reviewing.dissent(self._sitting, item_id, note)

    def two_minutes(self, item_id: int) -> sampling.TwoMinutes:
        """Return which claims a mentor in haste looks at, with a random sample of the rest."""
        return sampling.two_minutes(self._sitting, item_id)

    def comment(self, item_id: int, text: str) -> Comment:
        """Keep a comment on an item; the physio who asked sees it."""
        return talking.comment(self._sitting, item_id, text)

    def comments(self, item_id: int) -> tuple[Comment, ...]:
        """Return the comments on an item that may be seen, in order."""
        return talking.comments(self._sitting, item_id)

    def unread(self) -> int:
        """Return on how many items that concern who sits here another has said something since they looked."""
        return len(talking.unread(self._sitting))

    def unread_items(self) -> tuple[int, ...]:
        """Return the numbers of those items."""
        return talking.unread(self._sitting)

    def mark_read(self, item_id: int) -> None:
        """Keep that who sits here has seen what there is on an item."""
        talking.mark_read(self._sitting, item_id)

    # --- what was approved

    def approved(self, answer_id: str) -> approving.Approval | None:
        """Return the approval of an answer, with the reasons if it has expired; None where there is none."""
        return approving.approved(self._sitting, answer_id)

    def approvals(self) -> tuple[approving.Approval, ...]:
        """Return every approval, the latest first."""
        return approving.all_approved(self._sitting)

    def reference_case(self, item_id: int) -> tuple[str, str]:
        """Return an approved answer as a file of the eval format, name and text; it is written to the data folder."""
        return referencing.reference_case(self._sitting, item_id)

    def like(self, question: str, facts: liking.FactsGiven, *, about: str = "", intent: str = "") -> liking.Like | None:
        """Return an approved answer to a like question, the differing facts marked; never where numbers differ."""
        return liking.like(self._sitting, question, facts, about=about, intent=intent)

    def like_answer(self, answer_id: str) -> liking.Like | None:
        """Return the same for the question of a kept answer."""
        return liking.like_answer(self._sitting, self.answer(answer_id))

    # --- what the reviews come to

    def agreement(self) -> agreeing.Agreement:
        """Return how far mentors agree who reviewed blind, with n and intervals."""
        return agreeing.agreement(self._sitting)

    def digest(self, week: date) -> digesting.Digest:
        """Return the three points most often corrected in the week of a day."""
        return digesting.digest(self._sitting, week)

    def median_minutes(self) -> float | None:
        """Return the median of the minutes that a review took, time away left out."""
        return digesting.median_minutes(self._sitting)

    def export_reviews(self) -> tuple[dict[str, Any], ...]:
        """Return every finished review as a row of plain values."""
        return digesting.export_reviews(self._sitting)
