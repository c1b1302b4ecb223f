"""The one error for what was given on the command line and does not fit."""

from __future__ import annotations


class UsageError(ValueError):
    """What was given on the command line does not fit."""
