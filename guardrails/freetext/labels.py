"""The bracket after a finding, with its design and its weight: it is that of a cited passage, or it is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.grading import is_second_hand
from corpus.library import Library
from corpus.sentences import DESIGN_WORDS
from corpus.types import Strength
from guardrails.freetext.types import Fault, Rule, contradicted

_DESIGNS = sorted(DESIGN_WORDS.values(), key=len, reverse=True)
_BRACKET = re.compile(
    rf" ?\((?P<design>{'|'.join(map(re.escape, _DESIGNS))})(?:, (?P<weight>{'|'.join(Strength)}))?"
    r"(?:, (?P<seen>seen second-hand))?(?:, [^()]*)?\)",
    re.IGNORECASE,
)


def without_label(text: str, cited: Sequence[str], library: Library) -> tuple[str, tuple[Fault, ...]]:
    """Return a claim without the bracket that names design and weight, and a fault where no cited passage has these.

    Args:
        text: the claim, such as "Taping eased pain (trial, thin)."
        cited: ids of passages; unknown ones have no label.
        library: whose designs and weights count.
    """
    found = _BRACKET.search(text)
    if found is None:
        return text, ()
    said = tuple((found[part] or "").lower() for part in ("design", "weight", "seen"))
    labels = [_label(p, library) for p in cited if p in library.passages]
    rest = text[: found.start()] + text[found.end() :]
    if any(all(not s or s == o for s, o in zip(said, own, strict=True)) for own in labels):
        return rest, ()
    right = "; ".join(sorted({", ".join(filter(None, own)) for own in labels}))
    shown = ", ".join(filter(None, said))
    return rest, (contradicted(Rule.STUDY, f"calls it “{shown}”, which is “{right}”"),)


def _label(passage_id: str, library: Library) -> tuple[str, str, str]:
    passage, source = library.passages[passage_id], library.source_of(passage_id)
    seen = "seen second-hand" if is_second_hand(source, passage) else ""
    return DESIGN_WORDS[source.design], str(library.strength_of(passage_id)), seen
