"""Who asks: the profile that a request names, and the desk they sit at.

Nobody proves who they are; an id that names nobody is refused all the same, so that a mistyped one does not quietly
become nobody's question.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import Cookie, Depends, Header

from assistant.desk import Desk
from ui.api.backing import BackingHere
from ui.api.problems import ProblemError
from ui.screens.visitors import COOKIE

_LONGEST = 200
_CHALLENGE = {"WWW-Authenticate": 'Counterpoint-Profile realm="counterpoint"'}
Named = Annotated[
    str | None,
    Header(alias="Counterpoint-Profile", max_length=_LONGEST, description="the id of a profile; without: nobody's"),
]
Remembered = Annotated[str | None, Cookie(alias=COOKIE, max_length=_LONGEST, include_in_schema=False)]


def asking_desk_of(backing: BackingHere, named: Named = None, remembered: Remembered = None) -> Desk | None:
    """Return the desk of who asks, None where nothing is kept.

    Raises:
        ProblemError: no profile in use has the id that was sent, 401.
        RecordsError: the records cannot be read.
    """
    if backing.records is None:
        return None
    profile_id = named or remembered
    desk = Desk.of(backing.records, profile_id, now=backing.now, knowledge=backing.assistant)
    if profile_id and desk.profile is None:
        sentence = "no profile in use has the id that was sent; GET /api/v1/profiles lists them"
        raise ProblemError(HTTPStatus.UNAUTHORIZED, sentence, _CHALLENGE)
    return desk


AskingDesk = Annotated[Desk | None, Depends(asking_desk_of)]


def desk_of(desk: AskingDesk) -> Desk:
    """Return the desk of who asks.

    Raises:
        ProblemError: nothing is kept here, 503.
    """
    if desk is None:
        sentence = "nothing is kept here, so there are no cases, profiles or reviews"
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, sentence)
    return desk


DeskHere = Annotated[Desk, Depends(desk_of)]
