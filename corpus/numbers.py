"""The numbers in a text, as lint, ingest and guardrails all read them."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers_of(text: str) -> list[str]:
    """Return the numbers of `text` in order, as printed.

    >>> numbers_of("5 sets of 10 at 70%, n=1,204, HR 0.66")
    ['5', '10', '70', '1,204', '0.66']
    """
    return _NUMBER.findall(text)
