"""A seal on what is kept: a hash of an answer and its trace, so that a later change of either is seen.

It shows a change by mistake, by another program or by hand. It is no signature: who can write to the records and knows
this file can seal anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from assistant.records.types import KeptAnswer
from assistant.records.validating import to_json

_SEAL = "seal"


def sealed(document: Mapping[str, Any], trace: Mapping[str, Any]) -> dict[str, Any]:
    """Return `trace` with the seal of both.

    Raises:
        BadRecordError: a value that JSON does not have.
    """
    return {**trace, _SEAL: _seal(document, trace)}


def is_intact(kept: KeptAnswer) -> bool | None:
    """Return whether the kept text is what was sealed; None where it was kept before there were seals."""
    seal = kept.trace.get(_SEAL)
    return None if seal is None else seal == _seal(kept.document, kept.trace)


def _seal(document: Mapping[str, Any], trace: Mapping[str, Any]) -> str:
    both = {"document": document, "trace": {k: v for k, v in trace.items() if k != _SEAL}}
    # cleaned as it is when it is kept, so that the seal is of what will be read
    text = json.dumps(to_json(both, at="record"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
