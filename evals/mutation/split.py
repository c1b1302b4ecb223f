"""Two halves by source passage, so that no passage that a check was tuned on is in the half that judges it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal, Protocol, TypeAlias, TypeVar

Half: TypeAlias = Literal["dev", "held"]


class Grouped(Protocol):
    """What is split: it names the passage, or question, it came from."""

    @property
    def group(self) -> str:
        """The passage or question."""
        ...


T = TypeVar("T", bound=Grouped)


def half_of(group: str) -> Half:
    """Return the half that a passage id, or a question, falls in.

    >>> half_of("nascimento-2018:1") == half_of("nascimento-2018:1")
    True
    """
    return "held" if hashlib.sha256(group.encode()).digest()[0] % 2 else "dev"


def only(half: Half, items: Iterable[T]) -> tuple[T, ...]:
    """Return the items of one half, in order."""
    return tuple(i for i in items if half_of(i.group) == half)
