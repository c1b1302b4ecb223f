"""Which of several forms a client takes, by its Accept header (RFC 9110)."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

import mimeparse
from fastapi import Request

from ui.api.problems import ProblemError


def chosen(request: Request, offered: Sequence[str]) -> str:
    """Return the form of those `offered`, the usual one first, that `request` takes best.

    Raises:
        ProblemError: it takes none of them, 406.
    """
    accepted = request.headers.get("accept") or "*/*"
    try:
        best = mimeparse.best_match(list(reversed(offered)), accepted)
    except ValueError:
        best = ""
    if not best:
        forms = ", ".join(offered)
        raise ProblemError(HTTPStatus.NOT_ACCEPTABLE, f"expected an Accept header that takes one of {forms}")
    return best
