"""Who may do what: the one table of rules, and the one question that is asked of it.

Without accounts a profile is chosen, not proved. What accounts would add is how a profile is come by; nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from assistant.records.errors import RecordsError
from assistant.records.review_types import Profile, Role


class NotAllowedError(RecordsError):
    """The profile at hand may not do this; the message says who may."""


class Action(StrEnum):
    """Everything that asks for leave."""

    ADD_PROFILE = "add-profile"
    RETIRE_PROFILE = "retire-profile"
    READ_CASE = "read-case"
    ASK_IN_CASE = "ask-in-case"
    CHANGE_CASE = "change-case"
    GIVE_FEEDBACK = "give-feedback"
    COMMIT = "commit"
    KEEP_RESULT = "keep-result"
    """Keep what was worked out beside an answer with it."""
    SEND_TO_MENTOR = "send-to-mentor"
    READ_QUEUE = "read-queue"
    READ_ITEM = "read-item"
    REVIEW = "review"
    COMMENT = "comment"
    READ_APPROVALS = "read-approvals"
    READ_DIGEST = "read-digest"
    READ_STATISTICS = "read-statistics"
    TAKE_OUT = "take-out"
    """Export reviews, make reference cases."""
    CHANGE_LIBRARY = "change-library"
    """Put the clinic's own documents on the shelf and take them off."""


class Standing(StrEnum):
    """Who asks."""

    NOBODY = "nobody"
    PHYSIO = "physio"
    MENTOR = "mentor"


class Whose(StrEnum):
    """To whom the thing belongs, as seen by who asks."""

    NOBODYS = "nobodys"
    OWN = "own"
    ANOTHERS = "anothers"
    QUEUED = "queued"
    """Another's, but it stands in the mentors' queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What an action is about: to whom it belongs, and whether it was put before the mentors."""

    owner_id: str | None = None
    is_queued: bool = False


NOTHING = Thing()
"""What an action is about that concerns no thing in particular."""

_N, _P, _M = Standing.NOBODY, Standing.PHYSIO, Standing.MENTOR
_ALL = frozenset(Whose)
_OPEN = frozenset({Whose.NOBODYS})
_MINE = frozenset({Whose.NOBODYS, Whose.OWN})
_SENT = frozenset({Whose.NOBODYS, Whose.OWN, Whose.QUEUED})
_ONLY_OWN = frozenset({Whose.OWN})
_NOT_OWN = frozenset({Whose.NOBODYS, Whose.ANOTHERS, Whose.QUEUED})

RULES: Mapping[Action, Mapping[Standing, frozenset[Whose]]] = MappingProxyType(
    {
        Action.ADD_PROFILE: {_N: _ALL, _P: _ALL, _M: _ALL},
        Action.RETIRE_PROFILE: {_P: _ONLY_OWN, _M: _ALL},
        Action.READ_CASE: {_N: _OPEN, _P: _MINE, _M: _SENT},
        Action.ASK_IN_CASE: {_N: _OPEN, _P: _MINE, _M: _MINE},
        Action.CHANGE_CASE: {_N: _OPEN, _P: _MINE, _M: _MINE},
        Action.GIVE_FEEDBACK: {_N: _OPEN, _P: _MINE, _M: _SENT},
        Action.COMMIT: {_N: _OPEN, _P: _MINE, _M: _MINE},
        Action.KEEP_RESULT: {_N: _OPEN, _P: _MINE, _M: _MINE},
        Action.SEND_TO_MENTOR: {_P: _MINE, _M: _MINE},
        Action.READ_QUEUE: {_M: _ALL},
        Action.READ_ITEM: {_P: _MINE, _M: _ALL},
        Action.REVIEW: {_M: _NOT_OWN},
        Action.COMMENT: {_P: _MINE, _M: _ALL},
        Action.READ_APPROVALS: {_N: _ALL, _P: _ALL, _M: _ALL},
        Action.READ_DIGEST: {_P: _ALL, _M: _ALL},
        Action.READ_STATISTICS: {_M: _ALL},
        Action.TAKE_OUT: {_M: _ALL},
        Action.CHANGE_LIBRARY: {_M: _ALL},
    }
)

_REFUSALS: Mapping[Action, str] = MappingProxyType(
    {
        Action.RETIRE_PROFILE: "only the profile's own person or a mentor can retire it; choose that profile",
        Action.READ_CASE: "this case belongs to another profile; choose that profile to open it",
        Action.ASK_IN_CASE: "this case belongs to another profile; choose that profile, or begin a new case",
        Action.CHANGE_CASE: "this case belongs to another profile; choose that profile to rename or delete it",
        Action.GIVE_FEEDBACK: "this answer belongs to another profile's case; choose that profile to judge it",
        Action.COMMIT: "this answer belongs to another profile's case; choose that profile to answer it",
        Action.KEEP_RESULT: "this answer belongs to another profile's case; choose that profile to add to it",
        Action.SEND_TO_MENTOR: "this answer belongs to another profile's case; choose that profile to send it",
        Action.READ_QUEUE: "the queue is for mentors; choose a mentor's profile",
        Action.READ_ITEM: "this review belongs to another physio's answer; choose that profile or a mentor's",
        Action.REVIEW: "a physio cannot review; choose a mentor's profile",
        Action.COMMENT: "only the one who asked and mentors can comment; choose that profile or a mentor's",
        Action.READ_DIGEST: "choose a profile first: the digest is the team's",
        Action.READ_STATISTICS: "these figures are for mentors; choose a mentor's profile",
        Action.TAKE_OUT: "only a mentor can take reviews out; choose a mentor's profile",
        Action.CHANGE_LIBRARY: "only a mentor can change the library; choose a mentor's profile",
    }
)
_NO_PROFILE: Mapping[Action, str] = MappingProxyType(
    {
        Action.SEND_TO_MENTOR: "choose a profile first, so that your mentor knows who asks",
        Action.REVIEW: "choose a mentor's profile first: a review says whose it is",
        Action.COMMENT: "choose a profile first: a comment says whose it is",
    }
)
_OWN_ANSWER = "this is your own answer, and nobody reviews their own; leave it to another mentor"


def may(profile: Profile | None, action: Action, thing: Thing = NOTHING) -> bool:
    """Return whether `profile` may do `action` to `thing`; one that is retired counts as none.

    >>> may(None, Action.READ_CASE, Thing(owner_id="p-ana"))
    False
    """
    return whose(profile, thing) in RULES[action].get(standing(profile), frozenset())


def require(profile: Profile | None, action: Action, thing: Thing = NOTHING) -> None:
    """Let pass what is allowed.

    Raises:
        NotAllowedError: it is not; the message says what to do instead.
    """
    if may(profile, action, thing):
        return
    who = standing(profile)
    if who == Standing.NOBODY and action in _NO_PROFILE:
        raise NotAllowedError(_NO_PROFILE[action])
    if action == Action.REVIEW and who == Standing.MENTOR:
        raise NotAllowedError(_OWN_ANSWER)
    raise NotAllowedError(_REFUSALS[action])


def standing(profile: Profile | None) -> Standing:
    """Return as whom `profile` asks."""
    if profile is None or profile.retired_at is not None:
        return Standing.NOBODY
    return Standing.MENTOR if profile.role == Role.MENTOR else Standing.PHYSIO


def whose(profile: Profile | None, thing: Thing) -> Whose:
    """Return to whom `thing` belongs in the eyes of `profile`."""
    if thing.owner_id is None:
        return Whose.NOBODYS
    if standing(profile) != Standing.NOBODY and profile is not None and thing.owner_id == profile.id:
        return Whose.OWN
    return Whose.QUEUED if thing.is_queued else Whose.ANOTHERS
