"""What a lint check yields: a message about one entry, breaking when no answer can be made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that does not hold of one entry."""

    kind: str
    id: str
    message: str

    @property
    def breaks(self) -> bool:
        """Whether an answer made from the entry could fail, so that it must not be indexed."""
        return isinstance(self.message, Breaking)


class Breaking(str):
    """A message about something that no answer can be made from."""

    __slots__ = ()
