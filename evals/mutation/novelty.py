"""Which findings are new: said of the broken draft, and not of the one it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guardrails.types import Draft, Finding

_WORD = re.compile(r"[^\W_]+")


def new_findings(found: Iterable[Finding], base: Iterable[Finding], drafts: Sequence[Draft]) -> tuple[Finding, ...]:
    """Return the findings that no finding of `base` says already.

    A message ends with the text of its claim, which an operator may have changed in something else than what is found
    wrong. So messages are compared without it, and a finding that says less than one of the same rule about the same
    claim ("speaks of: cuffs" after "speaks of: cuffs, tape") is none.

    Args:
        found: on the broken draft.
        base: on the unbroken draft.
        drafts: both, for the texts of their claims.
    """
    texts = sorted({c.text for d in drafts for c in d.claims}, key=len, reverse=True)
    known = [(f.rule, f.claim_id, _words(f, texts)) for f in base]
    return tuple(f for f in found if not any(_says(k, f, texts) for k in known))


def _says(known: tuple[str, str | None, frozenset[str]], finding: Finding, texts: Sequence[str]) -> bool:
    rule, claim_id, words = known
    return (rule, claim_id) == (finding.rule, finding.claim_id) and _words(finding, texts) <= words


def _words(finding: Finding, texts: Sequence[str]) -> frozenset[str]:
    why = next((finding.message.removesuffix(t) for t in texts if finding.message.endswith(t)), finding.message)
    return frozenset(_WORD.findall(why.lower()))
