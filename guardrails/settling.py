"""Findings that the same sentence shows to be on their way out, or a test to have found nothing.

After surgery an effusion that is down by breakfast, a bruise that turns yellow and a foot that is dusky only while it
hangs are the normal course. Each rule reads one sign and takes it alone: what stands beside it still counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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


# A look that settles more than a plain film does, and its result; or who looked, and what came of it.
_LOOKED = (
    r"(?:ct|ctpa|mri|duplex|doppler|scan|ultrasound|us|uss|d-?dimer|bloods|crp|aspirat\w*|culture|gram stain|biopsy|"
    r"consultant|surgeon|gp|ortho\w*|rheum\w*|spinal team|fracture clinic|a&e|ed|medics|doctor|doc|registrar|vascular)"
)
_FOUND_CLEAR = (
    r"(?:clear|cleared|neg|negative|normal|no (?:fracture|#|clot|dvt|deep vein thrombosis|pe|pulmonary embolism|"
    r"infection|organisms|compression|stress|growth|loosening)|nad|excluded|ruled out|discharged|signed (?:\w+ )?off)"
)
_CONFIRMED = r"\b(?:confirmed|shown) on (?:ultrasound|mri|ct) as\b"
_SEEN_TO = re.compile(rf"\b{_LOOKED}\b[^.;?!]{{0,50}}\b{_FOUND_CLEAR}\b|{_CONFIRMED}")
_OF_ANOTHER_LEG = re.compile(
    r" ?(?:on|of|in|for) (?:the |his |her |their )?(?:other|opposite|good|sound|unaffected|contralateral)\b"
)
_SINCE = re.compile(
    r"\b(?:but|however|though|worse\w*|worsening|again|new|today|tonight|yesterday|suddenly|increasing\w*)\b"
)


_WORDS = re.compile(r"[a-z0-9]+")
_SENTENCE = re.compile(r"[.?!\n]+(?:\s|$)")
_TELLING = 4  # letters; shorter words of a trigger tell no sentence


def is_seen_to(text: str, triggers: Sequence[str]) -> bool:
    """Return whether `text` says of the sign in `triggers` that a test or a doctor cleared it, and nothing since.

    The sign and what cleared it stand in one sentence. A plain film does not count: it excludes neither a clot nor a
    stress fracture nor an infection.

    >>> is_seen_to("Twisting fall, couldn't stand, CT no fracture, fracture clinic discharged her.", ["fall"])
    True
    >>> is_seen_to("Scan clear on Monday but the calf is worse", ["calf"])
    False
    >>> is_seen_to("Calf swollen, duplex normal on the other leg.", ["calf swollen"])
    False
    >>> is_seen_to("XR NAD, still limping", ["limping"])
    False
    >>> is_seen_to("Calf swollen and hot. MRI of the knee normal.", ["calf swollen"])
    False
    """
    words = {w for t in triggers for w in _WORDS.findall(t.lower()) if len(w) >= _TELLING}
    place = 0
    for sentence in _SENTENCE.split(text.lower()):
        end = place + len(sentence)
        found = _SEEN_TO.search(sentence)
        if found and words & set(_WORDS.findall(sentence)) and not _OF_ANOTHER_LEG.match(sentence, found.end()):
            return _SINCE.search(text.lower(), place + found.end()) is None
        place = end + 1
    return False
