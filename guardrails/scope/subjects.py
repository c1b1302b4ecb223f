"""Questions that are not a physiotherapist's about a patient: office, study, verse, animals, other subjects."""

from __future__ import annotations

import re

from guardrails.scope.regions import BESIDE, KNEE

_OTHER_SUBJECT = re.compile(
    r"\b(?:"
    r"python|javascript|java|sql|csv|html|css|regex|docker|spreadsheet|dataframe|source code|website|recipes?|"
    r"cook|bake|baking|casserole|lasagne|weather|forecast|bitcoin|stock market|mortgage|tax return|capital of|"
    r"president|prime minister|holiday|hotel|flights?|movie|horoscope|lottery|password|(?:for|about) weight loss|bench press)\b"
)
# Office, law, money, shopping and study: asked for, they are so whatever joint is named beside them.
_OFFICE = re.compile(
    r"\b(?:billing|invoice|(?:cpt|icd|procedure|insurance) codes?|private insurers?|excel|vlookup|spreadsheet formula|"
    r"(?:be |get |being )?sued|lawsuit|solicitor|(?:uk|us|eu|employment|criminal) law|liable|liability|indemnity|"
    r"essay|dissertation|homework|complaint letter|cover letter|resignation|landlord|study leave|annual leave|"
    r"pay (?:rise|scale|band)|pay[- ]wise|salar(?:y|ies)|job interview|general election|cheapest|discount code|"
    r"under [£$€]\s?\d+|[£$€]\s?\d+ or less|kitchen assessment)"
)
# An animal is the patient where it is what limps or was operated on.
_ANIMAL = re.compile(
    r"\b(?:my|our|a|the|clients?) (?:\w+ )?(?:dog|cat|horse|puppy|pony|mare|labrador|rabbit)s? "
    r"(?:is|has|was|had|keeps|tore|ruptured|cant|cannot|wont|needs|limps)\b|\b(?:canine|equine|veterinary|stifle)\b"
)
# What a patient should eat: not decided here, but said of what is declined anyway.
_FOOD = re.compile(
    r"\b(?:diets?|dietary|meals?|foods?|nutrition\w*|calories?|kcal|keto\w*|vegan|vegetarian|protein|"
    r"(?:what|which|how much|how many)\b[^.?!]{0,40}\b(?:eat|eating|drink|drinking))\b"
)
_VERSE = re.compile(r"\b(?:poem|haiku|limerick|joke|song|lyrics|sonnet|bedtime story)\b")


def is_of_another_subject(asked: str, whole: str) -> bool:
    """Return whether `asked` wants office work, verse or help with an animal, or `whole` is about no knee at all."""
    if _VERSE.search(asked) or _OFFICE.search(asked) or _ANIMAL.search(whole):
        return True
    return _OTHER_SUBJECT.search(whole) is not None and KNEE.search(BESIDE.sub(" ", whole)) is None


def is_of_food(asked: str) -> bool:
    """Return whether `asked` speaks of what somebody eats or drinks.

    >>> is_of_food("best diet for gout"), is_of_food("what dose of colchicine for gout")
    (True, False)
    """
    return _FOOD.search(asked) is not None
