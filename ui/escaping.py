"""Text as it may stand in HTML; nothing that is not ours gets there another way."""

from __future__ import annotations

from html import escape


def text(value: object) -> str:
    """Return `value` as it may stand in HTML, in an element or between double quotes."""
    return escape(str(value), quote=True)
