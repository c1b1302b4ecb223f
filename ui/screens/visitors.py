"""Whose profile a request comes with, and the desk they sit at.

Nobody proves who they are: the server listens on one machine that a team trusts. The cookie holds a profile's id and
nothing else, so that accounts can come later without another form of every screen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response

from assistant.desk import Desk
from assistant.desk.sitting import Knowledge
from assistant.records.review_types import Profile
from assistant.records.store import Records

COOKIE = "counterpoint-profile"
HEADER = "counterpoint-profile"
_YEAR_SECONDS = 365 * 24 * 3600


def _now() -> datetime:
    return datetime.now(UTC)


class Visitors:
    """Finds the desk of whoever sends a request."""

    def __init__(
        self, records: Records | None, now: Callable[[], datetime] = _now, *, knowledge: Knowledge | None = None
    ) -> None:
        """Look in `records`; without them there are neither profiles nor desks.

        `knowledge` is what approvals are held against: whoever has the library in force, as the assistant does.
        """
        self._records = records
        self._now = now
        self._knowledge = knowledge

    @property
    def are_kept(self) -> bool:
        """Whether there are records here, and so cases, profiles and reviews."""
        return self._records is not None

    def desk(self, request: HTTPConnection) -> Desk:
        """Return the desk of the profile that `request` names, or of nobody in particular.

        Raises:
            HTTPException: nothing is kept here (503).
            RecordsError: the records cannot be read.
        """
        if self._records is None:
            raise HTTPException(503, "nothing is kept here, so there are no cases and no reviews")
        named = request.headers.get(HEADER) or request.cookies.get(COOKIE)
        return Desk.of(self._records, named, now=self._now, knowledge=self._knowledge)


def remember(response: Response, profile: Profile | None) -> None:
    """Have the browser send `profile` from now on, or nobody."""
    if profile is None:
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    else:
        response.set_cookie(COOKIE, profile.id, max_age=_YEAR_SECONDS, path="/", httponly=True, samesite="strict")
