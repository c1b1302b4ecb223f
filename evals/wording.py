"""Whether a text says something: matching by words, blind to case, quotes, dashes and line breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_SAME = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014\u2212", "''\"\"------")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_NEGATION = re.compile(
    r"\b(?:no (?:\w+ )?(?:evidence|stud(?:y|ies)|trials?|proof|data|source|research|literature|reason)"
    r"|not (?:been )?(?:shown|proven|proved|established|supported|known|clear|tested|that|because|mean|say)"
    r"|(?:does|do|did|is|are|was|were|has|have|can|could|would|should) not|cannot|never|nothing|neither|nor"
    r"|without|unproven|untested|\w+n't)\b"
)
_TURN = re.compile(  # what is denied before it is not after it; a colon turns too, unless a bare denial stands before
    r";|\b(?:but|yet|although|whereas|while)\b"
    r"|(?<!shown)(?<!prove[dn])(?<!tested)(?<!established)(?<!supported)(?<!known)(?<!evidence)(?<!this)(?<!that)(?<!it):"
)


def normalised(text: str) -> str:
    """Return `text` in lower case with one kind of quote, dash and space; line breaks stay."""
    lines = text.lower().translate(_SAME).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, normalised.

    >>> sentences("Test first. Then load.")
    ['test first.', 'then load.']
    """
    return [s for s in _SENTENCE_END.split(normalised(text)) if s.strip(" .!?")]


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    wanted = normalised(phrase)
    before = r"(?<![a-z0-9])(?<!\d[.,])" if wanted[:1].isalnum() else ""
    whole = phrase[-1:].isspace() or wanted[-1:].isdigit()
    after = r"(?![a-z0-9]|[.,]\d)" if whole else ""
    return re.compile(before + re.escape(wanted.strip()) + after)


def is_said(phrase: str, text: str) -> bool:
    """Return whether `text` has `phrase`, from the start of a word on.

    A phrase that ends in a space or a digit must end there too.

    >>> is_said("symmetr", "It is symmetrical."), is_said("18 ", "180 reps"), is_said("18 ", "by 18.")
    (True, False, True)
    """
    return _pattern(phrase).search(normalised(text)) is not None


def is_within(wanted: str, text: str) -> bool:
    """Return whether `text` holds `wanted` anywhere, within a word too, blind to case and white space.

    >>> is_within("J. Smith", "seen with j.  smith's coach")
    True
    """
    return " ".join(normalised(wanted).split()) in " ".join(normalised(text).split())


def said_of(phrases: Sequence[str], text: str) -> str | None:
    """Return the first of `phrases` that `text` has, or None."""
    return next((p for p in phrases if is_said(p, text)), None)


def asserted(phrase: str, text: str) -> str | None:
    """Return the first sentence that has `phrase` and does not deny it, or None.

    >>> asserted("calf weakness is causing", "No study shows that calf weakness is causing this.")
    >>> asserted("calf weakness is causing", "Her calf weakness is causing this.")
    'her calf weakness is causing this.'
    """
    pattern = _pattern(phrase)
    for sentence in sentences(text):
        if any(not _is_denied(sentence[: m.start()]) for m in pattern.finditer(sentence)):
            return sentence
    return None


def _is_denied(before: str) -> bool:
    return _NEGATION.search(_TURN.split(before)[-1]) is not None


def repeated_sentence(text: str) -> str | None:
    """Return the first sentence that stands twice in `text`, or None."""
    seen: set[str] = set()
    for sentence in sentences(text):
        bare = sentence.strip(" .!?")
        if bare in seen:
            return sentence
        seen.add(bare)
    return None
