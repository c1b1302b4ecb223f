"""Wordings that no text of ours may hold, answers and library alike: too sure, or a diagnosis pronounced."""

from __future__ import annotations

import re

_CERTAIN = re.compile(
    r"\b(?:proves that|proven to|(?:is|are|has been|have been) proven|guarantee[ds]?|undoubtedly|definitely|certainly|"
    r"(?:no|without (?:any |a )?) ?doubt|(?:always|never) (?:works?|fails?|helps?)|(?:will|is sure to) fix|cures?|"
    r"100 ?% (?:effective|safe|certain))\b",
    re.IGNORECASE,
)
_DIAGNOSED = re.compile(
    r"\b(?:the diagnosis is|this is (?:definitely|clearly)|"
    r"(?:(?:he|she|(?:the|this|your) patient) has|they have) (?:a |an )?(?:torn|ruptured|[\w-]+ (?:tear|rupture)|"
    r"patellofemoral pain|osteoarthritis|[\w-]+ tendinopathy|deep vein thrombosis|dvt|fracture|cancer|infection))\b",
    re.IGNORECASE,
)


def is_too_sure(text: str) -> bool:
    """Return whether `text` is surer than any evidence here."""
    return _CERTAIN.search(text) is not None


def pronounces_a_diagnosis(text: str) -> bool:
    """Return whether `text` says what the patient has."""
    return _DIAGNOSED.search(text) is not None
