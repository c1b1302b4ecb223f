"""Long lists in pages: `limit` and `offset` in, `total` and Link headers (RFC 8288) out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

T = TypeVar("T")
LONGEST_PAGE = 200  # what the records take
LARGEST_OFFSET = 2**31 - 1  # what the records take
_DEFAULT_LIMIT = 50


class Page(BaseModel, Generic[T]):
    """A part of a list."""

    items: list[T] = Field(description="this part of the list, in order")
    total: int = Field(ge=0, description="how many there are in all")
    limit: int = Field(ge=1, le=LONGEST_PAGE, description="the most that this part may hold")
    offset: int = Field(ge=0, description="how many come before this part")


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is wanted, and how the other parts are told of."""

    limit: int
    offset: int
    request: Request
    response: Response

    def tell(self, total: int) -> None:
        """Put the addresses of the first, previous, next and last part into the Link header."""
        if links := ", ".join(_links(self, total)):
            self.response.headers["Link"] = links

    def cut(self, rows: Sequence[Any], shown: Callable[[Any], Any] = lambda row: row) -> dict[str, Any]:
        """Return the part of `rows` as JSON has it, each row as `shown` makes it; tells of the others."""
        self.tell(len(rows))
        items = [shown(row) for row in rows[self.offset : self.offset + self.limit]]
        return {"items": items, "total": len(rows), "limit": self.limit, "offset": self.offset}


async def window_of(
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE, description="how many at most")] = _DEFAULT_LIMIT,
    offset: Annotated[int, Query(ge=0, le=LARGEST_OFFSET, description="how many to pass over")] = 0,
) -> Window:
    """Return which part of a list `request` asks for."""
    return Window(limit, offset, request, response)


WindowHere = Annotated[Window, Depends(window_of)]


def _links(window: Window, total: int) -> Iterator[str]:
    """Yield each link that leads somewhere; addresses without a host, so that they hold behind a forwarded port."""
    last = max(total - 1, 0) // window.limit * window.limit
    if window.offset > 0:
        yield _link(window, 0, "first")
        yield _link(window, max(min(window.offset, total) - window.limit, 0), "prev")
    if window.offset + window.limit < total:
        yield _link(window, window.offset + window.limit, "next")
        yield _link(window, last, "last")


def _link(window: Window, offset: int, relation: str) -> str:
    url = window.request.url.include_query_params(limit=window.limit, offset=offset)
    return f'<{url.path}?{url.query}>; rel="{relation}"'
