"""Readers of the complaint: where it hurts, how much, and what brings it on."""

from __future__ import annotations

import re

from assistant.readers import SIDED, SIDES, Reader, Values, aggravator_readers, constant, member, reader

_AGGRAVATORS = {
    "running": r"run(?:s|ning)?",
    "stairs": r"stairs?|steps(?! up)",
    "squat": r"(?:[a-z-]+ )?squat(?:s|ting)?",
    "sitting": r"(?:prolonged |long )?sitting|theatre sign|movie sign|desk",
    "jumping": r"jump(?:s|ing)|landing|hop(?:s|ping)",
    "kneeling": r"kneel(?:s|ing)?",
    "walking": r"walk(?:s|ing)",
    "hills": r"hills?|downhill|uphill",
}
_TRAINING_LOAD = {
    "mileage": r"mileage|(?:ups?|increas\w+|more|adds?|steps? up) (?:his |her |their |the )?(?:miles|distance|km|volume)|longer runs|\b(?:hits?|reach(?:es)?|past|beyond|over|above|after|gets? to|from|at) \d+ ?(?:mpw|miles?|km|k)\b",
    "speed": r"(?:faster|quicker) (?:runs?|running|pace)|speed ?work|intervals|ups? (?:the )?pace|runs? faster",
}
_PART = (
    r"(?:knee|anterior knee pain|patellofemoral|patellar|leg|patella|osteoarthritis|anterior cruciate|acl\w*|"
    r"menisc\w+|mm|lm|lat|med|medial|lateral|iliotibial|total knee|achilles|quad\w*|hamstring|tibial|osgood\w*|pfp|itb|oa)"
)
_NOT_SIDE = r"(?:(?!(?:for|test|tests|dose|exercise|time|way|call|choice|thing|drill|answer|question|load|one|to|the|a|knees|handed|footed|hand|arm|shoulder)\b)[\w-]+ )"
# "R>L knee pain", "knee pain, right worse than left": both knees hurt, and which more is no side of a test.
_WORSE = rf"{SIDED} ?(?:>|worse than|more than) ?(?:the )?{SIDED}"
_ACHES = r"(?:knees?|pain|osteoarthritis|joint line)"
PLACE: tuple[Reader, ...] = (
    constant(rf"{_WORSE} {_NOT_SIDE}{{0,2}}?{_ACHES}\b|\b{_ACHES},?(?: on the)? {_WORSE}", "side", "both"),
    constant(
        r"\bboth knees?\b|\bbilateral(?:ly)? (?:[\w-]+ ){0,2}(?:knees?|pain|osteoarthritis)|\b(?:pain|knees?|osteoarthritis),? bilateral",
        "side",
        "both",
    ),
    reader(rf"{SIDED}[ -]{_NOT_SIDE}{{0,2}}?{_PART}\b", lambda m: {"side": SIDES[m.group(1)]}),
    reader(
        rf"\b(?:knee|pain|tendinopathy|osteoarthritis|disease|syndrome|acl|meniscus|tear),?(?: on the)? (?!right (?:now|then|away|after|before|at|there|through))"
        rf"{SIDED}(?=\W|$)(?!\W{{0,3}}\d)",
        lambda m: {"side": SIDES[m.group(1)]},
    ),
    constant(
        r"\b(?:anterior knee|front of (?:the |her |his )?knee|peripatellar|retropatellar|a?round (?:the |his |her )?(?:kneecap|patella)|"
        r"anterior pain|front knee|patellar tendon|patellofemoral|at the front)",
        "pain.site",
        "anterior",
    ),
    constant(
        r"\b(?:back of (?:the |her |his )?knee|posterior knee|behind (?:the |her |his )?knee)\b",
        "pain.site",
        "posterior",
    ),
    constant(
        r"\b(?:medial|inner|inside) (?:joint line|knee)|\b(?:inside|inner side) of (?:the |her |his )?knee|\bmed knee",
        "pain.site",
        "medial",
    ),
    constant(
        r"\b(?:lateral|outer|outside) (?:joint line|knee)|\b(?:outside|outer side) of (?:the |her |his )?knee|\blat knee",
        "pain.site",
        "lateral",
    ),
)
_RISING = r"getting (?:up|out|in and out|off)(?: (?:of|from|the|a|low|her|his|deep)){0,3}(?: (?:car|chairs?|sofa|seat|bed|bath|toilet))?"
_ITEM = rf"(?:stairs?|steps|(?:deep )?squat(?:s|ting)?|kneel(?:s|ing)?|(?:prolonged )?sitting|running|jumping|landing|hills?|{_RISING})"
_ONLY_COMPLAINED_OF = re.compile(r"stairs?|steps|kneel|sitting|hill|getting")  # the others may as well be exercises


def _listed(match: re.Match[str]) -> Values:
    """Return what a list of nothing but aggravators names: "stairs + squat"."""
    if not _ONLY_COMPLAINED_OF.search(match.group()):
        return {}
    return {"aggravator": frozenset(n for n, p in _AGGRAVATORS.items() if re.search(rf"\b(?:{p})\b", match.group()))}


PAIN: tuple[Reader, ...] = (
    reader(rf"(?:^|[,(] ?){_ITEM}(?: ?(?:\+|&|\band\b) ?{_ITEM})+(?=\W*(?:$|[,)]))", _listed),
    member(
        r"\b(?:pain|sore|soreness|aches?|hurts?)\b[^.;?!]{0,50}? (?:deep in|at the bottom of|coming out of) (?:the |a |his |her )?squat",
        "aggravator",
        "squat",
    ),
    reader(
        r"(?<![\d/])\d{1,2}/10\b[^.;?!\d]{0,30}?\b(?:now|today|currently)\W{0,2}(?:(?:is|at|down to|up to) )?(10|\d)/10\b",
        lambda m: {"pain.score": float(m.group(1))},
        deniable=False,
    ),
    reader(
        r"(?<![\d/])(\d{1,2})\s*(?:/|out of)\s*(?:10|ten)\b",
        lambda m: {"pain.score": float(m.group(1))} if float(m.group(1)) <= 10 else {},
        deniable=False,
    ),
    reader(
        r"\b(?:numeric pain rating scale|visual analogue scale|pain score)(?: of| is| at)?\W{0,3}(\d|10)\b(?!\s*(?:weeks?|days?|months?|points?|[-/]))",
        lambda m: {"pain.score": float(m.group(1))},
        deniable=False,
    ),
    constant(
        r"\b(?:highly irritable|very irritable|irritable|high irritability|flares? (?:easily|for days)|sev\w* irritab\w*)\b",
        "irritability",
        "high",
    ),
    constant(
        r"\b(?:low irritability|not irritable|settles (?:quickly|within minutes|in minutes))\b",
        "irritability",
        "low",
        deniable=False,
    ),
    *(r for name, what in _AGGRAVATORS.items() for r in aggravator_readers(name, what)),
    *(member(rf"\b(?:{what})", "aggravator", name) for name, what in _TRAINING_LOAD.items()),
)
