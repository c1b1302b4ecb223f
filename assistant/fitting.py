"""Whether a finding's population may speak for this patient, when nobody has laid the finding beside the question.

A passage of the library may stand in an answer because it is near to the question. Near words do not make a near
patient: what was found in teenagers, after an operation or in another condition speaks only for those, or where the
question itself names them.
"""

from __future__ import annotations

import re

from corpus.predicates import holds
from corpus.types import Passage
from guardrails.types import Case

# What a population or a text says of whom it is about, and the case or the words of the question that fit it.
_BOUNDS: tuple[tuple[re.Pattern[str], str, re.Pattern[str]], ...] = tuple(
    (re.compile(said, re.IGNORECASE), when, re.compile(asked, re.IGNORECASE))
    for said, when, asked in (
        (
            r"\badolescen|\bchild|\byouth|\bschool|\bpaediatric|\bteen",
            "age < 18",
            r"adolescen|child|teen|\bkids?\b|youth",
        ),
        (
            r"\breconstruct|\baclr\b|\bpost-?operative|\bafter (?:knee )?surgery|\bgraft",
            "surgery.kind",
            r"reconstruct|\bacl|surg|operat|graft|post-?op",
        ),
        (r"\barthroplast|\breplacement", 'surgery.kind == "tka"', r"arthroplast|replace|\btk[ar]\b"),
        (r"\bosteoarthri", '"oa" in condition', r"osteoarthri|arthriti|\boa\b"),
        (r"\bachilles", '"achilles-tendinopathy" in condition', r"achilles"),
        (r"\bquadriceps tendon grafts?", 'surgery.graft == "quadriceps"', r"quad\w*(?: tendon)? grafts?"),
        (r"\bpatellar tendon grafts?", 'surgery.graft == "patellar"', r"patellar(?: tendon)? grafts?|\bb?p?tb\b"),
        (r"\bhamstring(?: tendon)? grafts?", 'surgery.graft == "hamstring"', r"hamstring(?: tendon)? grafts?|\bhs\b"),
        (r"\bstroke\b|\bcerebral palsy|\bprosthes|\bamput", "age < 0", r"stroke|palsy|amput"),
    )
)


def may_speak_for(case: Case, passage: Passage) -> bool:
    """Return whether `passage` is about people like this patient, as far as its population and the question tell.

    >>> from corpus.types import PassageKind
    >>> young = Passage(id="x:1", locator="abstract", kind=PassageKind.FINDING, text="It helped.", topics=(),
    ...                 population="121 adolescents")
    >>> from guardrails.types import Intent
    >>> may_speak_for(Case(turns=("Does it help?",), asked="does it help", intent=Intent.POLAR, facts=()), young)
    False
    """
    about = f"{passage.population or ''} {passage.text}"
    asked = f"{case.asked} {case.question}"
    return all(
        holds(when, case.known) or named.search(asked) is not None
        for said, when, named in _BOUNDS
        if said.search(about)
    )
