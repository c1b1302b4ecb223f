"""Turns of phrase whose words are not meant as they stand: "bear in mind" bears nothing, and a scale that runs does not run.

They are put plainly before anything is compared, in claims and passages alike. None of them says what was found.
"""

from __future__ import annotations

import re

_PLAIN = (
    (r"\b(?:bear|bears|bearing|keep|keeping|have|has|having)((?: [\w-]+){0,5}?) in mind\b", r"consider\1"),
    (r",? on the (?:one|other) hand\b", ""),
    (r"\bin (?:his|her|its|their|your) own right\b", ""),
    (r"\babove all\b", "especially"),
    (r"\b(?:stand|stands|stood) in\b", "be used"),
    (r"\b(?:stand|stands|stood|sit|sits|sat|lie|lies|lay)(?= (?:at|below|above|between|under|near|in the|around|just|within)\b)", "is"),
    (r"\b(which|that|it|scale|table|range|tend to) (?:ran|runs?)(?= (?:from|between|ahead)\b)", r"\1 goes"),
    (r"\b(protocol|page|plan|clinic|table|sheet|study) (?:ran|runs)\b", r"\1 uses"),
    (r"\brest(?:s|ed)?(?= (?:on|upon)\b)", "is based"),
    (r"\bbehind(?= (?:it|them|this|that|these|those|such|weak|the (?:idea|claim|view|pain))\b)", "for"),
    (r"\b(?:do|does|did|doing) (?:its|their|his|her) (?:job|work|share)\b", "work"),
    (r"\bspeak(?:s|ing)?(?= (?:of|about)\b)", "mentions"),
    (r"\blast(?:s|ed)?(?= (?:for|at most|up to|about|less|more|under|over|a median|\d))", "is"),
    (r"\b(?:entire|whole) chain\b", "kinetic chain"),
    (r"\b(?:take|takes|took|taking)((?: \w+)?) (load|stress|strain|pressure) off\b", r"reduces\1 \2 on"),
    (r"\bcomes? first\b", "is first"),
)  # fmt: skip
_IDIOMS = tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _PLAIN)


def put_plainly(text: str) -> str:
    """Return `text` with its turns of phrase put in plain words.

    >>> put_plainly("Bearing in mind that the mean lay at 12, rest on both.")
    'consider that the mean is at 12, is based on both.'
    """
    for pattern, plain in _IDIOMS:
        text = pattern.sub(plain, text)
    return text
