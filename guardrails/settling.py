"""Findings that the same sentence shows to be on their way out, or a test to have found nothing.

After surgery an effusion that is down by breakfast, a bruise that turns yellow and a foot that is dusky only while it
hangs are the normal course. Each rule reads one sign and takes it alone: what stands beside it still counts.
"""

from __future__ import annotations

import re

_SWELLING = re.compile(r"\b(?:swell\w*|swollen|effusion|puff\w*|warm\w*)\b")
_ELSEWHERE = re.compile(r"\b(?:calf|calves|leg|legs|foot|thigh)\b")  # where a clot or a bleed shows, not the joint
_GOES_DOWN = re.compile(
    r"^[^,]{0,30}?(?:, ?)?\b(?:goes|going|gone|went|settles|settled|is|was|comes|came|has gone|down|flat|cool)"
    r"(?: (?:down|away|again|flat|cool))* (?:overnight|by (?:the )?(?:next )?(?:\w+)|next (?:day|morning)|"
    r"the (?:next day|day after)|in (?:two|a few|a couple of|a|\d) days?|with (?:ice|rest)|itself)\b"
)
_BRUISE = re.compile(r"\b(?:bruis\w*|purple|ecchymos\w+)\b")
_FADES = re.compile(
    r"^[^,]{0,60}?(?:,[^,]{0,40}?)?\b(?:fad(?:ing|ed|es)|(?:going|turning|turned|already|gone|now) (?:yellow|green)\w*|"
    r"yellowing|(?:less|fainter) (?:each|every) day)\b"
)
_HANGS = re.compile(r"\b(?:dangl\w+|hang\w*|hung|dependen\w+|sat on|sitting on|lowered)\b")
_COLOUR_BACK = re.compile(
    r"^[^,]{0,90},[^,]{0,10}?\b(?:pink(?:s|ed)?(?: \w+)? up|goes pink|colou?r (?:is )?(?:back|returns)|"
    r"normal colou?r|fade[sd]|gone|clears)\b[^,]*?\b(?:rais\w+|elevat\w+|lift\w*|lying|bed|at once|straight away)\b"
)
_WORSENS = re.compile(
    r"\b(?:not|never|hasnt|isnt|doesnt|without|no longer) (?:\w+ )?"
    r"(?:down|fad\w+|going|gone|settl\w+|pink\w*|colou?r)\b|"
    r"\b(?:worse|bigger each|back again|returned|redder|hotter|until|(?<!at )once|if)\b"
)
_TESTED = re.compile(r"\b(?:mri|scan|x-ray|x ray|ct|duplex|doppler|ultrasound|bloods|imaging|film|films)\b")
_FOUND_NOTHING = re.compile(
    r"^[^,]{0,40}?(?:[,-] ?)?\b(?:(?:all|both|it|which) )?(?:came back|come back|reported|returned|was|were|is|both)?"
    r" ?(?:as )?(?:normal|negative|clear|clean|nad)\b(?! (?:until|except|for))"
)
_CLEARED_AFTER = re.compile(
    r"\b(?:signed (?:\w+ )?off|cleared|discharged|nad|normal|negative|clean)\b(?: \w+){0,4} after $"
)


def settles(before: str, phrase: str, after: str) -> bool:
    """Return whether `phrase` is a sign that the words around it show to be going, and not to come back.

    Args:
        before: what stands before it in its clause.
        phrase: the words looked for.
        after: what stands after it in its clause.
    """
    if _WORSENS.search(after):
        return False
    is_in_joint = _SWELLING.search(phrase) and not _ELSEWHERE.search(before[-20:] + phrase)
    if (is_in_joint and _GOES_DOWN.search(after)) or (_BRUISE.search(phrase) and _FADES.search(after)):
        return True
    return bool(_HANGS.search(phrase + after[:90]) or _HANGS.search(before)) and bool(_COLOUR_BACK.search(after))


def is_excluded(before: str, phrase: str, after: str) -> bool:
    """Return whether a test that was done because of `phrase` found nothing: "MRI as query stress injury, normal"."""
    is_asked = "query" in phrase or "suspected" in phrase or "possible" in phrase
    told = bool(_TESTED.search(before + phrase)) and bool(_FOUND_NOTHING.search(after))
    return is_asked and (told or bool(_CLEARED_AFTER.search(before)))
