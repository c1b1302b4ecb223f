"""What answers a turn within its conversation: the question before it, that question changed, or one of its own.

A follow-up without a subject is answered from the crux that answered before, so that "why?" can never land elsewhere.
One that changes something stays on that crux unless it names another subject. The plans of earlier turns are made
again from their words: nothing but the turns decides, whichever door they came through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.accumulating import WITHDRAWN
from assistant.crediting import miscredited
from assistant.following import Following, Kind, following, is_not_known, root_of
from assistant.framing import framed_at
from assistant.matching import ranked_cruxes, subjects_named, vocabulary
from assistant.planning import SUPPORTED_SCORE, Plan, plan
from assistant.relevance import content_of, is_spoken_of, queries
from assistant.separating import NEW_CASE
from assistant.untrusted import usable
from corpus.facts import FACT_KINDS
from corpus.library import Library
from corpus.predicates import facts_named, holds
from corpus.retriever import Retrieved, Retriever
from corpus.snapshot import Snapshot
from corpus.types import Crux
from guardrails.types import Case, Detail, Intent, Notice

# Chosen on the development conversations: how much nearer another crux must be than the one before to replace it, and
# the least nearness at which a follow-up that names something new leaves the crux before.
_NEARER = 0.1
_NEW_SUBJECT_SCORE = 0.42
_NO_OTHER_LENGTH = {
    Detail.BRIEF: "This is the brief form; for less, read its short answer alone.",
    Detail.FULL: "This is the full form; there is no longer one.",
}
_SUBJECT_FACTS = frozenset({"condition", "surgery.kind"})
_SHORT_WORDS = 12
_MOST_MARK_WORDS = 6
_ASKED_AT_ONCE = 2
_ASKED_IN_VAIN = 2


def detail_of(case: Case, library: Library, usual: Detail) -> tuple[Detail, tuple[str, ...]]:
    """Return how long the answer shall be, and what to tell where it can be no shorter or longer than it was."""
    wanted = following(library.normaliser.expand(case.question), library).detail
    if wanted is None or len(case.turns) == 1:
        return usual, ()
    return wanted, (_NO_OTHER_LENGTH[wanted],) if wanted is usual else ()


def considered(
    case: Case, snapshot: Snapshot, detail: Detail, *, evidence_reversed: bool = False
) -> tuple[Case, Retrieved, Plan, tuple[Notice, ...]]:
    """Return the case as it is answered, what was found for it, the plan, and the notices of what was left out.

    Args:
        case: framed; its last turn is answered.
        snapshot: what is searched.
        detail: how long the answer shall be.
        evidence_reversed: whether what is found comes last first.
    """
    talk = _Talk(case, snapshot, detail, evidence_reversed=evidence_reversed)
    last = len(case.turns) - 1
    retrieved, made = talk.planned(last)
    if talk.is_lost(last) or (made.crux is None and is_bare_mark(case)):
        return case, retrieved, replace(made, crux=None, goes_on_from_nothing=True), talk.left_out(retrieved)
    made = replace(made, misread=None if made.premise else miscredited(case, snapshot.library))
    if talk.step(last).wants_other:
        case = replace(case, named_first=talk.first_shown(last, made.debate.viewpoints))
    if made.crux is not None and any(n.fact not in case.known for n in made.crux.needs):
        case = replace(case, unasked=case.unasked | talk.unasked(last, made.crux))
    return case, retrieved, made, talk.left_out(retrieved)


def is_bare_mark(case: Case) -> bool:
    """Return whether the turn only says that another patient comes."""
    is_short = len(case.question.split()) <= _MOST_MARK_WORDS
    return NEW_CASE in case.notes and len(case.turns) == 1 and is_short and "?" not in case.question


class _Talk:
    """One case's turns, with the plan of each made at most once."""

    def __init__(self, case: Case, snapshot: Snapshot, detail: Detail, *, evidence_reversed: bool) -> None:
        self._case, self._detail, self._library = case, detail, snapshot.library
        self._is_reversed = evidence_reversed
        self._retriever = Retriever(snapshot)
        self._plans: dict[int, tuple[Retrieved, Plan]] = {}
        self._left_out: list[tuple[Retrieved, tuple[Notice, ...]]] = []
        self.expanded = [self._library.normaliser.expand(t) for t in case.turns]

    def left_out(self, retrieved: Retrieved) -> tuple[Notice, ...]:
        """Return the notices of passages that order a machine about and were left out of `retrieved`."""
        return next((notices for found, notices in self._left_out if found is retrieved), ())

    def _found(self, wordings: Sequence[str]) -> Retrieved:
        found = self._retriever.retrieve(wordings)
        retrieved, notices = usable(found.reversed() if self._is_reversed else found, self._library)
        self._left_out.append((retrieved, notices))
        return retrieved

    def step(self, place: int) -> Following:
        """Return how the turn at `place` stands to the one before; the first stands to none."""
        return following(self.expanded[place], self._library) if place else Following(kind=Kind.OWN)

    def planned(self, place: int) -> tuple[Retrieved, Plan]:
        """Return what was found for the turn at `place` and what answers it, with the facts in force now."""
        if place not in self._plans:
            ways = {Kind.OWN: self._own, Kind.SAME: self._same, Kind.CHANGED: self._changed}
            self._plans[place] = ways[self.step(place).kind](place)
        return self._plans[place]

    def is_lost(self, place: int) -> bool:
        """Return whether the turn at `place` goes on from an answer, and there is none before it."""
        first = following(self.expanded[0], self._library)
        names_school = first.intent is Intent.VIEWPOINT and not first.wants_other
        needs_another = first.kind is Kind.SAME and first.is_whole and not first.is_told and not names_school
        return needs_another and root_of(self.expanded, place, self._library) == 0

    def first_shown(self, place: int, schools: Sequence[str]) -> str:
        """Return which of `schools` comes first at `place`: the one named, the other one where it is asked for."""
        if place < 0:
            return schools[0]
        if self.step(place).wants_other:
            return schools[(schools.index(self.first_shown(place - 1, schools)) + 1) % len(schools)]
        named = framed_at(self._case, place, self._library).named_first
        if named is not None and named in schools:
            return named
        return self.first_shown(place - 1, schools) if self.step(place).kind is Kind.SAME else schools[0]

    def unasked(self, place: int, crux: Crux) -> frozenset[str]:
        """Return the facts not to ask for: said not to be known, or asked for in the last two answers in vain."""
        unknown: set[str] = set()
        for later in range(1, place + 1):
            if is_not_known(self.expanded[later]):
                unknown |= self._said_unknown(later)
        asked = [self._asked_back(p, unknown) for p in range(max(place - _ASKED_IN_VAIN, 0), place)]
        in_vain = frozenset.intersection(*asked) if len(asked) == _ASKED_IN_VAIN else frozenset()
        wanted = frozenset(n.fact for n in crux.needs)
        return frozenset(unknown) | (in_vain & wanted)

    def _said_unknown(self, place: int) -> set[str]:
        """Return what the turn at `place` says is not known: what it names of what was asked, else all of that."""
        asked = self._asked_back(place - 1, set())
        named = {f for f in asked if set(_label(f).split()) & set(self.expanded[place].replace("-", " ").split())}
        return named or set(asked)

    def _asked_back(self, place: int, unknown: set[str]) -> frozenset[str]:
        """Return the facts that the answer to the turn at `place` asked for."""
        crux = self.planned(place)[1].crux
        number = self._case.first_turn + place
        known = {f.name for f in self._case.facts if f.turn <= number and f.replaced_by != WITHDRAWN}
        needs = [n.fact for n in crux.needs if n.fact not in known | unknown] if crux else []
        return frozenset(needs[:_ASKED_AT_ONCE])

    def _own(self, place: int) -> tuple[Retrieved, Plan]:
        here = framed_at(self._case, place, self._library)
        retrieved = self._found(queries(here, self._library))
        made = plan(here, retrieved, self._library, self._detail)
        if made.crux is None and self._goes_on(place, made):
            return self._same(place)
        return retrieved, made

    def _goes_on(self, place: int, made: Plan) -> bool:
        """Return whether a turn that nothing answers by itself may be about what was asked before."""
        text = self.expanded[place]
        is_short = place > 0 and len(text.split()) <= _SHORT_WORDS
        return is_short and not made.unheld and not made.quoted and is_spoken_of(text, self._library)

    def _same(self, place: int) -> tuple[Retrieved, Plan]:
        """Return the plan before, without what only fits the form in which that was asked."""
        retrieved, made = self.planned(place - 1)
        intent = self.step(place).intent
        if made.crux is None and self.step(place).is_told:
            return self._alone(place)
        if intent is None:
            return retrieved, made
        keeps_point = intent is Intent.WHY
        return retrieved, replace(
            made, premise=None, secondary=None, elsewhere=None, point=made.point if keeps_point else None
        )

    def _alone(self, place: int) -> tuple[Retrieved, Plan]:
        """Return what answers a turn that tells something, where the one before could not be answered."""
        here = replace(framed_at(self._case, place, self._library), intent=Intent.PLAN)
        retrieved = self._found((f"{self._case.turns[place - 1]} {self._case.turns[place]}",))
        return retrieved, plan(here, retrieved, self._library, self._detail)

    def _changed(self, place: int) -> tuple[Retrieved, Plan]:
        """Return the plan before with what is changed, or another where the change names another subject."""
        before = self.planned(place - 1)[1].crux
        here = framed_at(self._case, place, self._library)
        if before is None or subjects_named(self.expanded[place], self._library):
            return self._own(place)
        crux = self._on_changed_fact(place, before) or self._named_anew(place, here, before)
        if crux is None:
            return self._own(place)
        if crux is before and not self._subject_of(place):
            return self.planned(place - 1)
        root = root_of(self.expanded, place - 1, self._library)
        fuller = (f"{self._case.turns[root]} {self._case.turns[place]}",)
        retrieved = self._found(fuller if crux is before else (self._case.turns[place], *fuller))
        return retrieved, plan(here, retrieved, self._library, self._detail, settled=crux)

    def _on_changed_fact(self, place: int, before: Crux) -> Crux | None:
        """Return the crux of the same debate on the condition or the operation that this turn brings in."""
        number = self._case.first_turn + place
        brought = {f.name for f in self._case.facts if f.turn == number and f.replaced_by is None} & _SUBJECT_FACTS
        known = self._case.known
        if not brought or (before.fits is not None and facts_named(before.fits) & brought):
            return None
        fitting = [
            c
            for c in self._library.cruxes
            if c.debate == before.debate and c.kind == before.kind and c.fits is not None
            and facts_named(c.fits) & brought and holds(c.fits, known)
        ]  # fmt: skip
        return fitting[0] if fitting else None

    def _subject_of(self, place: int) -> frozenset[str]:
        """Return the words of the turn at `place` that name a subject: neither small words nor facts of the patient."""
        number = self._case.first_turn + place
        said = {w for f in self._case.facts if f.turn == number for w in f.said.lower().split()}
        return content_of(self.expanded[place]) - {w.strip("?!.,") for w in said}

    def _named_anew(self, place: int, here: Case, before: Crux) -> Crux | None:
        """Return the crux that the words of this turn name: the one before, another, or None where it must be found."""
        words = self._subject_of(place)
        is_outside = before.outside is not None and holds(before.outside, self._case.known)
        if not words:
            return None if is_outside else before
        elsewhere = {w for d in self._library.debates if d.id != before.debate for w in d.about}
        own = self._library.debate_by_id[before.debate].about
        if words & elsewhere and not words & set(own):
            return None
        ranking = ranked_cruxes(here, self._found((self._case.turns[place],)), self._library)
        best, score = ranking[0]
        held = next((s for c, s in ranking if c is before), 0.0)
        is_new = any(w not in vocabulary(before, self._library) for w in words)
        is_nearer = score >= SUPPORTED_SCORE and score - held >= _NEARER
        if is_nearer or (is_new and score >= _NEW_SUBJECT_SCORE):
            return best
        return None if is_outside else before


def _label(fact: str) -> str:
    return FACT_KINDS[fact].label.lower().replace("-", " ")
