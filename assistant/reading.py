"""Readers: each finds one kind of fact in plain text, prose or shorthand.

A reader is a pattern and a function from its match to named values. Text comes in lower case, shorthand
spelt out by the library's terms, so a reader sees one way of saying a thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from corpus.facts import FactValue

Values: TypeAlias = Mapping[str, FactValue]
_SIDE = {"l": "left", "lt": "left", "left": "left", "r": "right", "rt": "right", "right": "right"}
_WEEKS_IN = {"day": 1 / 7, "week": 1.0, "month": 52 / 12, "year": 52.0}
_NUMBER_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "a": 1,
    "an": 1,
    "fifteen": 15,
    "twenty": 20,
}
_COUNT = r"(\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?)"
_UNIT = r"(days?|weeks?|wks?|w|months?|mths?|mo|years?|yrs?|y)"
_SIDED = r"\b(left|right|l|r|lt|rt)\b"
_SMALL = r"(\d{1,3}(?:\.\d+)?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A pattern, what its match says, and whether a denial before it turns it off."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Values]
    deniable: bool = True


def _reader(pattern: str, read: Callable[[re.Match[str]], Values], *, deniable: bool = True) -> Reader:
    return Reader(pattern=re.compile(pattern), read=read, deniable=deniable)


def _constant(pattern: str, name: str, value: FactValue, *, deniable: bool = True) -> Reader:
    return _reader(pattern, lambda _: {name: value}, deniable=deniable)


def _member(pattern: str, name: str, value: str) -> Reader:
    return _constant(pattern, name, frozenset({value}))


def weeks(count: str, unit: str) -> float:
    """Return a span in weeks, a day counted as a seventh, rounded to a tenth."""
    number = float(_NUMBER_WORDS[count]) if count in _NUMBER_WORDS else float(count)
    key = {"d": "day", "w": "week", "m": "month", "y": "year"}[unit[0]]
    return round(number * _WEEKS_IN[key], 1)


def _fraction_weeks(match: re.Match[str]) -> float:
    per = {"7": "day", "52": "week", "12": "month"}[match.group(2)]
    return weeks(match.group(1), per)


def _age(match: re.Match[str]) -> Values:
    age = float(match.group(1))
    return {"age": age} if 4 <= age <= 105 else {}


def _age_sex(match: re.Match[str]) -> Values:
    return {**_age(match), "sex": "female" if match.group(2) in ("f", "female", "woman", "girl", "lady") else "male"}


def _sex_age(match: re.Match[str]) -> Values:
    return {**{"sex": "female" if match.group(1).startswith("f") else "male"}, "age": float(match.group(2))}


def paired(name: str, first: str, first_value: str, second: str, second_value: str) -> Values:
    """Return the two sides of a test by `name`, when the words name two different sides."""
    sides = {_SIDE[first]: float(first_value), _SIDE[second]: float(second_value)}
    if len(sides) != 2:
        return {}
    return {f"{name}.{side}": value for side, value in sides.items()}


def _unsided(name: str) -> Callable[[re.Match[str]], Values]:
    def read(match: re.Match[str]) -> Values:
        one, other = float(match.group(1)), float(match.group(2))
        return {f"{name}.low": min(one, other), f"{name}.high": max(one, other)}

    return read


def _single_side(name: str) -> Callable[[re.Match[str]], Values]:
    return lambda m: {f"{name}.{_SIDE[m.group(1)]}": float(m.group(2))}


_HEEL = r"(?:single-leg heel-rises?|heel[ -]rises?|heel[ -]raises?|calf raises?|single[ -]leg (?:heel|calf) r(?:aise|ise)s?|heel-rise test)"
_BETWEEN = r"[^.;?!]{0,30}?"
_PAIR_SIDE_FIRST = rf"{_SIDED}\W{{0,3}}(?:side |leg |calf |heel )?\W{{0,2}}{_SMALL}(?:\s*(?:reps?|cm|x))?\W{{1,6}}(?:(?:v|vs|versus|and|against|to|with|compared with|,|/)\W{{1,3}})?(?:the )?{_SIDED}\W{{0,3}}(?:side |leg )?{_SMALL}"
_PAIR_VALUE_FIRST = rf"{_SMALL}(?:\s*(?:reps?|cm|rises))?(?: on| for)?(?: the)? {_SIDED}(?: side| leg)?\W{{0,4}}(?:(?:v|vs|versus|and|against|to|with|compared with|compared to)\b)?(?: only| just)?\W{{0,3}}{_SMALL}(?:\s*(?:reps?|cm|rises))?(?: on| for)?(?: the)? {_SIDED}"


def _pair_readers(name: str, test: str) -> tuple[Reader, ...]:
    return (
        _reader(rf"{test}{_BETWEEN}{_PAIR_SIDE_FIRST}", lambda m: paired(name, *m.groups()[-4:]), deniable=False),
        _reader(
            rf"{test}{_BETWEEN}{_PAIR_VALUE_FIRST}",
            lambda m: paired(name, m.groups()[-3], m.groups()[-4], m.groups()[-1], m.groups()[-2]),
            deniable=False,
        ),
        _reader(
            rf"{test}{_BETWEEN}{_SMALL}\s*(?:reps?|cm)?(?: on)?(?: the)? (?:operated|affected|involved|injured|painful|bad|sore|symptomatic)(?: side| leg| calf)?\W{{1,6}}(?:(?:v|vs|versus|and|against|to)\b\W{{1,3}})?{_SMALL}\b",
            _unsided(name),
            deniable=False,
        ),
        _reader(
            rf"{test}{_BETWEEN}{_SMALL}\s*(?:cm|reps?)?\s*(?:v|vs|versus|/|and|to|against|compared (?:with|to))\s*{_SMALL}\b(?!\s*(?:52|12|7|weeks?|reps)\b)",
            _unsided(name),
            deniable=False,
        ),
        _reader(rf"{test}{_BETWEEN}{_SIDED}\W{{0,3}}{_SMALL}\b(?!\s*/)", _single_side(name), deniable=False),
    )


def _lsi(name: str, what: str) -> tuple[Reader, ...]:
    return (
        _reader(
            rf"\b{what}\b[^.;?!,]{{0,40}}?(?:limb symmetry index|symmetry|lsi)\D{{0,12}}(\d{{2,3}})\s*%?",
            lambda m: {f"{name}.lsi": float(m.group(1))},
            deniable=False,
        ),
        _reader(
            rf"\b{what}\b[^.;?!,]{{0,25}}?(\d{{2,3}})\s*%(?: of)?",
            lambda m: {f"{name}.lsi": float(m.group(1))},
            deniable=False,
        ),
    )


_SURGERIES = {
    "aclr": r"anterior cruciate ligament reconstruction|aclr|acl recon\w*|acl (?:surgery|graft|repair)|hamstring graft",
    "meniscal-repair": r"(?:mm|lm|med(?:ial)?|lat(?:eral)?) ?(?:menisc\w+ )?repair|menisc(?:al|us) (?:root )?repair|repaired meniscus|(?:medial|lateral) menisc(?:al|us) repair",
    "meniscectomy": r"(?:partial )?meniscectomy|apm\b|arthroscop(?:y|ic) (?:trim|debridement)",
    "tka": r"total knee (?:replacement|arthroplasty)|knee replacement|tkr|tka",
    "osteotomy": r"(?:high tibial )?osteotomy|hto",
    "patellar-stabilisation": r"mpfl (?:reconstruction|recon|repair)|patellar stabili[sz]ation|tibial tubercle transfer",
    "tendon-repair": r"(?:achilles|patellar tendon|quadriceps tendon|patella tendon) (?:tendon )?repair",
}
_ANY_SURGERY = "|".join(_SURGERIES.values())
_POST = r"(?:post|after|since|following|from|out from|s/p|status post|postop|post-op|post op)"
_SURGERY_WHEN = (
    _reader(
        rf"\b{_COUNT} ?-?{_UNIT}\W{{0,3}}(?:\w+ )?{_POST}\W{{0,3}}(?:\w+\W){{0,4}}?(?:{_ANY_SURGERY}|surgery|op\b|operation|reconstruction)",
        lambda m: {"surgery.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    _reader(
        rf"(?:{_ANY_SURGERY}|surgery|operation|reconstruction)\b(?:\W+\w+){{0,4}}?\W+{_COUNT} ?-?{_UNIT}\b(?: ago| back|\W+{_POST})?(?!\W*(?:history|old))",
        lambda m: {"surgery.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    _reader(
        rf"(?:{_ANY_SURGERY})\b[^.;?!]{{0,25}}?\b(\d{{1,3}})/(7|52|12)\b",
        lambda m: {"surgery.weeks": _fraction_weeks(m)},
        deniable=False,
    ),
    _reader(
        rf"\b(\d{{1,3}})/(7|52|12)\b\W{{0,3}}(?:\w+\W){{0,2}}?{_POST}?\W{{0,3}}(?:\w+\W){{0,3}}?(?:{_ANY_SURGERY})",
        lambda m: {"surgery.weeks": _fraction_weeks(m)},
        deniable=False,
    ),
    _reader(
        rf"\b(?:day|d) ?(\d{{1,3}}) (?:after|post|following)\b[^.;?!]{{0,25}}(?:{_ANY_SURGERY}|surgery|op\b)",
        lambda m: {"surgery.weeks": weeks(m.group(1), "day")},
        deniable=False,
    ),
    _reader(
        rf"\bweek ?(\d{{1,3}}) (?:after|post|following|of)\b[^.;?!]{{0,25}}(?:{_ANY_SURGERY}|surgery|op\b)",
        lambda m: {"surgery.weeks": float(m.group(1))},
        deniable=False,
    ),
)

_DURATION = (
    _reader(
        rf"\b{_COUNT}[ -]?{_UNIT}[ -](?:long |on[ -](?:and[ -])?off |intermittent )?(?:history|hx|h/o|of (?:\w+ ){{0,3}}(?:pain|ache|trouble|symptoms)|(?:\w+ ){{0,3}}(?:knee pain|pain))",
        lambda m: {"duration.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    _reader(
        rf"\b(?:pain|ache|symptoms|trouble|hurting|sore|history|tendinopathy|hx)\b[^.;?!,]{{0,30}}?\b(?:for|x|over|since)? ?(?:the (?:last|past) )?{_COUNT}[ -]?{_UNIT}\b(?! (?:post|after|old))",
        lambda m: {"duration.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    _reader(
        rf"\b(?:for|over|x) (?:the (?:last|past) |about |nearly |around )?{_COUNT}[ -]?{_UNIT}\b(?! (?:post|after))",
        lambda m: {"duration.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    _reader(r"\b(\d{1,3})/(7|52|12)\b", lambda m: {"duration.weeks": _fraction_weeks(m)}, deniable=False),
)

_SPORTS = {
    "running": r"runners?|running|jogg\w+|marathon\w*|parkrun|5 ?k|10 ?k|ultra ?runner|cross[- ]country|sprint(?:er|ing)",
    "football": r"football\w*|soccer|futsal|5-a-side|gaa|gaelic",
    "basketball": r"basketball\w*",
    "volleyball": r"volleyball\w*|vball",
    "tennis": r"tennis(?! elbow)|squash player|badminton|padel",
    "cycling": r"cyclists?|cycling|triathl\w+",
    "skiing": r"skiers?|skiing",
    "dance": r"dancers?|ballet",
    "gym": r"gym-goer|crossfit\w*|powerlift\w*|weightlift\w*",
    "netball": r"netball\w*",
    "rugby": r"rugby",
    "hockey": r"hockey",
    "swimming": r"swimm(?:er|ers|ing)",
}
_CONDITIONS = {
    "pfp": r"patellofemoral pain|anterior knee pain syndrome|patellofemoral",
    "anterior-knee-pain": r"anterior knee pain|front of (?:the |her |his )?knee|pain at the front of|peripatellar|round the kneecap|around the kneecap|front knee pain",
    "patellar-tendinopathy": r"patellar tendinopathy|patellar tendon pain|inferior pole",
    "quadriceps-tendinopathy": r"quadriceps tendinopathy",
    "itb": r"iliotibial band(?: syndrome)?",
    "fat-pad": r"(?:infrapatellar )?fat pad",
    "oa": r"(?:knee |patellofemoral )?osteoarthritis|arthritic|arthritis",
    "acl-injury": r"(?:torn|ruptured|deficient) (?:acl|anterior cruciate)|(?:acl|anterior cruciate ligament) (?:tear|rupture|deficient|injury)|acl-deficient",
    "meniscus-tear": r"menisc(?:al|us) tear|torn (?:\w+ )?menisc\w+|degenerative menisc\w+|flap tear",
    "mcl": r"mcl|medial collateral",
    "pcl": r"pcl|posterior cruciate",
    "patellar-dislocation": r"(?:patellar|patella|kneecap) dislocation|dislocat\w+ (?:patella|kneecap)",
    "osgood-schlatter": r"osgood[\w -]*schlatter\w*(?: disease)?|osgood\w*",
    "achilles-tendinopathy": r"achilles tendinopathy",
    "calf-strain": r"calf (?:strain|tear)|gastrocnemius (?:strain|tear)|soleus (?:strain|tear)",
    "baker-cyst": r"popliteal cyst|bakers cyst",
}
_AGGRAVATORS = {
    "running": r"(?:worse|agg\w*|painful|hurts?|sore|pain)\b[^.;?!,]{0,25}\brun(?:s|ning)?\b|pain (?:when|while|on) running",
    "mileage": r"mileage|(?:ups?|increas\w+|more|adds?|steps? up) (?:his |her |their |the )?(?:miles|distance|km|volume)|longer runs",
    "speed": r"(?:faster|quicker) (?:runs?|running|pace)|speed ?work|intervals|ups? (?:the )?pace|runs? faster",
    "stairs": r"stairs?|steps\b(?! up)",
    "squat": r"squat\w*",
    "sitting": r"(?:prolonged |long )?sitting|theatre sign|movie sign|desk",
    "jumping": r"jump\w*|landing|hopping",
    "kneeling": r"kneel\w*",
    "walking": r"walking|gait",
    "hills": r"hills?|downhill|uphill",
}
_TRIED = {
    "rest": r"(?:tried|failed) [^.;?!]{0,30}\brest\b|rest(?:ed|s|ing)?\b(?! of| pain)",
    "quads": r"(?:tried|failed|did|done|prev\w*|previous) [^.;?!]{0,30}\bquad\w*|quad\w* (?:work|strengthening|prog\w*|exercises?|sets|rehab)|strengthened (?:his|her) quad\w*|leg extensions?",
    "hip": r"(?:hip|glute\w*) (?:work|strengthening|exercises?|prog\w*)",
    "calf-raises": r"(?:did|done|doing|tried|been doing) [^.;?!]{0,25}calf raises",
    "stretching": r"(?:tried|did|done|been) [^.;?!]{0,20}stretch\w*",
    "taping": r"\btap(?:ed|ing)\b",
    "orthoses": r"orthos[ei]s|orthotics?|insoles?",
    "injection": r"injections?|injected|1x inj|\binj\b",
    "load-education": r"load (?:advice|education|management)",
}
_MEDICINES = {
    "anticoagulant": r"anticoagul\w+|apixaban|warfarin|rivaroxaban|edoxaban|dabigatran|doac|blood thinners?",
    "fluoroquinolone": r"fluoroquinolones?|quinolones?|ciprofloxacin|levofloxacin|cipro\b",
    "corticosteroid": r"corticosteroids?|prednisolone|prednisone|oral steroids?",
    "nsaid": r"nsaids?|ibuprofen|naproxen|diclofenac",
    "opioid": r"opioids?|codeine|tramadol|morphine|oxycodone",
    "statin": r"\w*statins?",
    "contraceptive": r"contracepti\w+|the pill|ocp|cocp",
}

READERS: tuple[Reader, ...] = (
    _reader(
        r"\b(\d{1,3})[ -]?(?:y(?:ea)?r?s?[ -]?old|year[ -]old|yo|y/o|yrs?|y)?[ -]?(f|m|female|male|woman|man|girl|boy|lady|gent|gentleman)\b",
        _age_sex,
        deniable=False,
    ),
    _reader(r"\b(f|m|female|male)[ /,-]?(\d{2})\b(?!\s*(?:cm|reps?|%|mm|/|v\b))", _sex_age, deniable=False),
    _reader(r"\b(\d{1,3})[ -]?(?:y(?:ea)?rs?[ -]?olds?|year[ -]olds?|yo\b|y/o|yr old)", _age, deniable=False),
    _reader(r"\baged? (\d{1,3})\b", _age, deniable=False),
    _reader(
        r"\b(?:she|he|pt|patient) is (?:actually )?(\d{2})\b(?!\s*(?:%|weeks?|days?|months?|cm))", _age, deniable=False
    ),
    _constant(r"\b(?:she|her|woman|female|lady|girl|mum)\b", "sex", "female", deniable=False),
    _constant(r"\b(?:he|him|his|man|male|boy|lad|gentleman|bloke|guy)\b", "sex", "male", deniable=False),
    *(_constant(rf"\b(?:{p})\b", "sport", s) for s, p in _SPORTS.items()),
    _constant(r"\b(?:novice|beginner|new to running|couch to 5k|start-to-run)\b", "level", "novice"),
    _constant(
        r"\b(?:recreational|rec|keen|club|hobby|park) (?:\w+ )?(?:runner|athlete|footballer|player)",
        "level",
        "recreational",
    ),
    _constant(r"\b(?:elite|professional|pro|competitive|semi-pro|academy)\b", "level", "competitive"),
    _constant(r"\b(?:bilateral|both) knees?\b|\bbilateral(?:ly)?\b", "side", "both"),
    _reader(
        rf"{_SIDED}[ -](?:\w+ ){{0,2}}?(?:knee|anterior knee pain|patellofemoral|patellar|leg|patella|kneecap|osteoarthritis|anterior cruciate|acl\w*|mcl|pcl|menisc\w+|mm|lm|lat|med|iliotibial|total knee|achilles|quad\w*|hamstring|tibial|osgood\w*|pfp)\b",
        lambda m: {"side": _SIDE[m.group(1)]},
    ),
    _reader(rf"\bknee(?: pain)?,?(?: on the)? {_SIDED}(?=\W|$)(?!\W{{0,3}}\d)", lambda m: {"side": _SIDE[m.group(1)]}),
    _constant(
        r"\b(?:anterior knee|front of (?:the |her |his )?knee|peripatellar|retropatellar|around the kneecap|round the kneecap|anterior pain|front knee|patellar tendon|patellofemoral)",
        "pain.site",
        "anterior",
    ),
    _constant(
        r"\b(?:back of (?:the |her |his )?knee|posterior knee|behind (?:the |her |his )?knee)\b",
        "pain.site",
        "posterior",
    ),
    _constant(
        r"\b(?:medial|inner|inside) (?:joint line |side of (?:the )?)?knee|\bmedial (?:joint line|knee)|\bmed knee",
        "pain.site",
        "medial",
    ),
    _constant(r"\b(?:lateral|lat|outer|outside) (?:of (?:the )?)?knee|\blateral joint line", "pain.site", "lateral"),
    _reader(
        r"\b(?:nprs|nrs|vas|pain)\D{0,12}(\d{1,2})(?:\s*/\s*10)",
        lambda m: {"pain.score": float(m.group(1))},
        deniable=False,
    ),
    _reader(
        r"(?<![\d/])(\d{1,2})\s*/\s*10\b",
        lambda m: {"pain.score": float(m.group(1))} if float(m.group(1)) <= 10 else {},
        deniable=False,
    ),
    _constant(
        r"\b(?:highly irritable|very irritable|irritable|high irritability|flares? (?:easily|for days)|sev\w* irritab\w*)\b",
        "irritability",
        "high",
    ),
    _constant(
        r"\b(?:low irritability|not irritable|settles (?:quickly|within minutes|in minutes))\b",
        "irritability",
        "low",
        deniable=False,
    ),
    *(_member(rf"\b(?:{p})", "aggravator", a) for a, p in _AGGRAVATORS.items()),
    *(_member(rf"\b(?:{p})\b", "condition", c) for c, p in _CONDITIONS.items()),
    *(_constant(rf"\b(?:{p})\b", "surgery.kind", k) for k, p in _SURGERIES.items()),
    *_SURGERY_WHEN,
    *_DURATION,
    _constant(
        r"\bhamstring (?:tendon )?(?:graft|autograft)|\b(?:graft|acl\w*|reconstruction)\W{1,3}(?:hs|ham|hamstring)\b|\bhamstring (?:aclr|acl|anterior cruciate)|\bstg\b|\b\(?hs graft",
        "surgery.graft",
        "hamstring",
    ),
    _constant(r"\b(?:bptb|btb|patellar (?:tendon )?(?:graft|autograft))\b", "surgery.graft", "patellar"),
    _constant(r"\b(?:quad(?:riceps)?(?: tendon)? (?:graft|autograft)|qt graft)\b", "surgery.graft", "quadriceps"),
    _constant(r"\ballograft\b", "surgery.graft", "allograft"),
    _constant(r"\b(?:nwb|non[ -]weight[ -]bearing|non-weightbearing)\b", "weight_bearing", "none", deniable=False),
    _constant(
        r"\b(?:pwb|partial(?:ly)? weight[ -]bearing|touch weight[ -]bearing|ttwb)\b",
        "weight_bearing",
        "partial",
        deniable=False,
    ),
    _constant(r"\b(?:fwb|full(?:y)? weight[ -]bearing)\b", "weight_bearing", "full"),
    *(_member(rf"\b(?:{p})", "medicine", m) for m, p in _MEDICINES.items()),
    *_pair_readers("heel_rise", _HEEL),
    *_pair_readers("knee_to_wall", r"(?:knee[ -]to[ -]wall|weight[ -]bearing lunge(?: test)?|ktw|wblt)"),
    *_lsi("quads", r"(?:quadriceps|quads?|knee extension|knee extensors?)"),
    *_lsi("hamstrings", r"(?:hamstrings?|knee flexors?|knee flexion)"),
    *_lsi("hip", r"(?:hip(?: abd\w*)?|gluteus medius|glute med|hip abductors?)"),
    *_lsi("hop", r"(?:single[ -]leg hop|triple hop|hop tests?|hops?)"),
    _constant(
        r"\bstep[ -]downs?\W{1,3}(?:\w+\W){0,2}?(?:poor|bad|valgus|wobbly|uncontrolled)|\bpoor (?:\w+ )?step[ -]down",
        "step_down",
        "poor",
    ),
    _constant(
        r"\bstep[ -]downs?\W{1,3}(?:\w+\W){0,2}?(?:good|clean|fine|controlled|nad|normal)|\bgood step[ -]down",
        "step_down",
        "good",
    ),
    _constant(
        r"\b(?:snap(?:s|ping|ped)? (?:back|into extension|backwards?)|knees? (?:\w+ )?snaps?|hyperexten\w+|recurvatum|locks? (?:out )?back(?:wards?)?)\b",
        "snap_back",
        True,
    ),  # noqa: FBT003 - a value
    _constant(
        r"\b(?:effus\w+|eff\b|swollen knee|knee (?:is |was )?(?:swollen|puffy)|sweep test (?:positive|\+)|trace eff\w*)",
        "effusion",
        True,
    ),  # noqa: FBT003
    _constant(
        r"\b(?:(?:weak|short|underworking|poor|reduced) (?:\w+ )?(?:calf|calves|gastrocnemius|plantar ?flexors?)|calf (?:is |was |looks )?(?:deficit|weak\w*|underworking|atrophy|wasting|shortfall)|calf deficit)",
        "calf_deficit",
        True,
    ),  # noqa: FBT003
    _constant(
        r"\b(?:no calf (?:deficit|weakness)|calf strength (?:is )?(?:normal|equal|symmetrical)|calves (?:are )?(?:equal|symmetrical|normal|strong)|calf (?:nad|normal|symmetrical|equal))\b",
        "calf_deficit",
        False,
        deniable=False,
    ),  # noqa: FBT003
    _constant(
        r"\b(?:pain (?:\w+ ){0,3}(?:gone|went|vanished|disappeared|eased) (?:straight ?away|instantly|at once|immediately|on the spot)|(?:instant|immediate)(?:ly)? (?:\w+ )?(?:relief|pain[ -]free|better|improvement))",
        "instant_relief",
        True,
    ),  # noqa: FBT003
    *(_member(p if p.startswith(r"\b") else rf"\b(?:{p})", "tried", t) for t, p in _TRIED.items()),
    _constant(r"\b(?:pregnan\w+|post-?partum|puerper\w+|\d+/40\b)", "pregnant", True),  # noqa: FBT003
)
