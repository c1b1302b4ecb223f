"""The table of readers: what is read from a case, by person, place, pain, history and tests."""

from __future__ import annotations

import re

from assistant.deficits import deficit_readers
from assistant.readers import (
    COUNT,
    HEEL_RISE,
    KNEE_TO_WALL,
    NUMBER_WORDS,
    SIDED,
    SIDES,
    UNIT,
    Reader,
    Values,
    aggravator_readers,
    constant,
    fraction_weeks,
    member,
    pair_readers,
    reader,
    symmetry_readers,
    tried_readers,
    weeks,
)

_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


def _age(match: re.Match[str]) -> Values:
    age = float(match.group(1))
    return {"age": age} if 4 <= age <= 105 else {}


def _age_in_words(match: re.Match[str]) -> Values:
    tens, units = match.groups()
    if tens in _TEENS:
        return {"age": 10.0 + _TEENS.index(tens)}
    return {"age": float(_TENS[tens] + (NUMBER_WORDS[units] if units else 0))}


def _sex_of(word: str) -> str:
    return "female" if word in ("f", "female", "woman", "girl", "lady") else "male"


def _age_sex(match: re.Match[str]) -> Values:
    return {**_age(match), "sex": _sex_of(match.group(2))}


def _sex_age(match: re.Match[str]) -> Values:
    return {"sex": _sex_of(match.group(1)), "age": float(match.group(2))}


# "new knee pain" is no replacement
_NEW_SYMPTOM = (
    r"[ -](?:pains?|painful|aches?|injur\w+|problems?|issues?|symptoms?|swelling|effusion|complaints?|conditions?|trouble|stiffness|"
    r"flares?|sprain|osteoarthritis|arthritis|patients?|referrals?|cases?|diagnosis|assessment|braces?|sleeves?|supports?|"
    r"x-rays?|scans?|mri|exercises?|programmes?|clinic|guidelines?|stud(?:y|ies)|class)\b"
)
_SURGERIES = {
    "aclr": r"anterior cruciate ligament reconstruction|aclr|acl recon\w*|acl (?:surgery|graft|repair|done|fixed|reconstructed)|"
    r"(?:hamstring|bptb|btb|bone-patellar tendon-bone|patellar tendon|quadriceps tendon|quad tendon|qt) (?:auto)?graft",
    "meniscal-repair": r"(?:mm|lm|med(?:ial)?|lat(?:eral)?) ?(?:menisc\w+ )?repair|menisc(?:al|us) (?:root )?repair|repaired meniscus|(?:medial|lateral) menisc(?:al|us) repair",
    "meniscectomy": r"(?:partial )?meniscectomy|apm\b|arthroscop(?:y|ic) (?:trim|debridement)",
    "tka": rf"total knee (?:replacement|arthroplasty)|knee replacement|tkr|tka|new knee(?!{_NEW_SYMPTOM})",
    "osteotomy": r"(?:high tibial )?osteotomy|hto",
    "patellar-stabilisation": r"(?:mpfl|medial patellofemoral ligament) (?:reconstruction|recon|repair)|patellar stabili[sz]ation|tibial tubercle transfer",
    "tendon-repair": r"(?:achilles|patellar tendon|quadriceps tendon|patella tendon) (?:tendon )?repair",
}
_ANY_SURGERY = "|".join(_SURGERIES.values())
_POST = r"(?:post|after|since|following|from|out from|post-operative|post-op)"
_PLANNED = (
    r"\b(?:considering|awaiting|waiting (?:list )?for|wait(?:ing)? list for|listed for|due|booked for|offered|declined|"
    r"refused|wants|to avoid|avoid|delay|before|prior to|planned|candidate for|referred for|need(?:s|ing)?|(?<!since )(?<!after )get(?:s|ting)?)"
    r" (?:an? |her |his |their |the |left |right |any )*"
)
_UNPAINED = r"(?:(?!\b(?:pain\w*|ache\w*|sore\w*|symptoms|swelling|swollen|history)\b)[^.;?!])"
_SURGERY_WHEN = (
    reader(
        rf"\b{COUNT} ?-?{UNIT}\W{{0,3}}(?:\w+ )?{_POST}\W{{0,3}}(?:\w+\W){{0,4}}?(?:{_ANY_SURGERY}|surgery|op\b|operation|reconstruction)",
        lambda m: {"surgery.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    reader(
        rf"(?:{_ANY_SURGERY}|surgery|operation|reconstruction)\b{_UNPAINED}{{0,30}}?\W{COUNT} ?-?{UNIT}\b(?! (?:history|old|of)\b)",
        lambda m: {"surgery.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    reader(
        rf"(?:{_ANY_SURGERY})\b{_UNPAINED}{{0,25}}?\b(\d{{1,3}})/(7|52|12)\b",
        lambda m: {"surgery.weeks": fraction_weeks(m)},
        deniable=False,
    ),
    reader(
        rf"(?:{_ANY_SURGERY})\b{_UNPAINED}{{0,15}}?\b(?:post-operative )?week ?(\d{{1,3}})\b",
        lambda m: {"surgery.weeks": float(m.group(1))},
        deniable=False,
    ),
    reader(
        rf"(?:{_ANY_SURGERY})\b{_UNPAINED}{{0,15}}?\b(?:post-operative )?month ?(\d{{1,2}})\b",
        lambda m: {"surgery.weeks": weeks(m.group(1), "month")},
        deniable=False,
    ),
    reader(
        rf"\b(\d{{1,3}})/(7|52|12)\b\W{{0,3}}(?:\w+\W){{0,2}}?{_POST}?\W{{0,3}}(?:\w+\W){{0,3}}?(?:{_ANY_SURGERY})",
        lambda m: {"surgery.weeks": fraction_weeks(m)},
        deniable=False,
    ),
    reader(
        rf"\b(?:day|d) ?(\d{{1,3}}) (?:after|post|following)\b[^.;?!]{{0,25}}(?:{_ANY_SURGERY}|surgery|op\b)",
        lambda m: {"surgery.weeks": weeks(m.group(1), "day")},
        deniable=False,
    ),
    reader(
        rf"\bweek ?(\d{{1,3}}) (?:after|post|following|of)\b[^.;?!]{{0,25}}(?:{_ANY_SURGERY}|surgery|op\b)",
        lambda m: {"surgery.weeks": float(m.group(1))},
        deniable=False,
    ),
)

_DURATION = (
    reader(
        rf"\b{COUNT}[ -]?{UNIT}[ -](?:long |on[ -](?:and[ -])?off |intermittent )?(?:history|hx|h/o|of (?:[\w-]+ ){{0,5}}(?:pain|ache|trouble|symptoms)|(?:\w+ ){{0,3}}(?:knee pain|pain))",
        lambda m: {"duration.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    reader(
        rf"\b(?:pain|ache|symptoms|trouble|hurting|sore|history|tendinopathy|hx)\b[^.;?!,]{{0,30}}?\b(?:for|x|over|since)? ?(?:the (?:last|past) )?{COUNT}[ -]?{UNIT}\b(?! (?:post|after|old))",
        lambda m: {"duration.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    reader(
        rf"\b(?:for|over|x) (?:the (?:last|past) |about |nearly |around )?{COUNT}[ -]?{UNIT}\b(?! (?:post|after))",
        lambda m: {"duration.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    reader(
        rf"\b(?:(?:tear|rupture),? {COUNT}[ -]?{UNIT} ago|(?:torn|ruptured) (?:\w+ ){{0,2}}?(?:acl|ligament|menisc\w+),? {COUNT}[ -]?{UNIT}(?! (?:post|after|old)))\b",
        lambda m: {"duration.weeks": weeks(m.group(1) or m.group(3), m.group(2) or m.group(4))},
        deniable=False,
    ),
    reader(r"\b(\d{1,3})/(7|52|12)\b", lambda m: {"duration.weeks": fraction_weeks(m)}, deniable=False),
)

_SPORTS = {
    "running": r"runners?|joggers?|marathon\w*|parkrun\w*|(?:5|10) ?k runner|cross[- ]country(?! ski)|sprinters?",
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
    "swimming": r"swimm(?:er|ers|ing)|swims",
}
_SPORTS_BY_ACTIVITY = {  # after the words for a person, so that a footballer whose knee hurts on running stays one
    "running": r"running|runs|ran|jogg\w+|5 ?k|10 ?k|sprinting",
}
_CONDITIONS = {
    "pfp": r"patellofemoral pain|anterior knee pain syndrome|patellofemoral(?! (?:ligament|osteoarthritis|arthritis|joint|replacement))",
    "anterior-knee-pain": r"anterior knee pain|front of (?:the |her |his )?knee|pain at the front of|peripatellar|(?:a?round|under|behind) (?:the |his |her )?(?:kneecap|patella)\b|front knee pain",
    "patellar-tendinopathy": r"patellar tendinopathy|patellar tendon pain|inferior pole",
    "quadriceps-tendinopathy": r"quadriceps tendinopathy|quadriceps tendon pain|(?:painful|sore) quadriceps tendon",
    "itb": r"iliotibial band(?: syndrome)?",
    "fat-pad": r"(?:infrapatellar )?fat pad",
    "oa": r"(?:knee |patellofemoral )?osteoarthritis|arthritic|arthritis|kl ?(?:grade )?[2-4]|kellgren[\w -]* [2-4]",
    "acl-injury": r"(?:torn|ruptured|deficient) (?:acl|anterior cruciate)|(?:acl|anterior cruciate ligament) (?:tear|rupture|deficient|injury)|acl-deficient",
    "meniscus-tear": r"menisc(?:al|us) tear|torn (?:\w+ )?menisc\w+|degenerative menisc\w+|flap tear",
    "mcl": r"mcl|medial collateral",
    "pcl": r"pcl|posterior cruciate",
    "patellar-dislocation": r"(?:patellar|patella|kneecap) dislocation|dislocat\w+ (?:patella|kneecap)|(?:kneecap|patella) (?:went|came|popped|slipped) out",
    "osgood-schlatter": r"osgood[\w -]*schlatter\w*(?: disease)?|osgood\w*",
    "achilles-tendinopathy": r"achilles tendinopathy",
    "calf-strain": r"calf (?:strain|tear)|gastrocnemius (?:strain|tear)|soleus (?:strain|tear)",
    "baker-cyst": r"popliteal cyst|bakers cyst",
    "sinding-larsen": r"sinding[- ]larsen[\w -]*johansson\w*|sinding[- ]larsen\w*",
    "bipartite-patella": r"bipartite patella",
    "pes-anserine": r"pes anserin\w+(?: bursitis| tendinopathy)?",
    "popliteus": r"popliteus(?: tendinopathy| tendinitis| strain)?",
    "hamstring-tendinopathy": r"(?:distal |biceps femoris |semimembranosus )?hamstrings? tendin\w+|semimembranosus tendin\w+|biceps femoris tendin\w+",
    "hypermobility": r"hypermobil\w+|ehlers[- ]danlos|beighton [4-9]",
    "extension-loss": r"cyclops(?: lesion)?|arthrofibrosis|(?:loss of|lacks?|lacking|lost|missing) (?:\w+ ){0,3}extension|extension (?:loss|deficit)|"
    r"short of (?:straight|full extension)|(?:cannot|wont|will not|does not|doesnt) (?:fully|quite) straighten|"
    r"(?:cannot|wont|will not|does not|doesnt) straighten (?:\w+ ){0,2}(?:fully|all the way)",
}
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


_TRIED = {
    "rest": (r"rest(?:ed|ing)?", r"(?:complete |relative )?rest\b(?! of|ing)"),
    "quads": (
        r"quad\w*",
        r"(?:quad\w* (?:work|strengthening|programme|exercises?|sets|rehab\w*|loading)|knee extensions?)",
    ),
    "hip": (r"(?:hip|glute\w*)", r"(?:hip|glute\w*) (?:\w+ )?(?:work|strengthening|exercises?|programme)"),
    "calf-raises": (r"(?:calf|heel)[ -]raises?", r"(?:calf|heel)[ -]raises?"),
    "stretching": (r"stretch\w*", r"stretching"),
    "taping": (r"tap(?:e|ed|ing)\b", r"taping"),
    "orthoses": (r"(?:foot )?orthos[ei]s|orthotics?|insoles?", r"(?:foot )?orthos[ei]s|orthotics?|insoles?"),
    "injection": (r"inject\w+|\binj\b", r"injections?|\binj\b"),
    "load-education": (r"load (?:advice|education|management)", r"load (?:advice|education|management)"),
}


_MEDICINES = {
    "anticoagulant": r"anticoagul\w+|apixaban|warfarin|rivaroxaban|edoxaban|dabigatran|doac|blood thinners?",
    "fluoroquinolone": r"fluoroquinolones?|quinolones?|ciprofloxacin|levofloxacin|cipro\b",
    "corticosteroid": r"corticosteroids?|prednisolone|prednisone|oral steroids?",
    "nsaid": r"nsaids?|ibuprofen|naproxen|diclofenac",
    "opioid": r"opioids?|codeine|tramadol|morphine|oxycodone",
    "statin": r"\w*statins?",
    "contraceptive": r"contracepti\w+|the pill\b|ocp\b|cocp\b",
}

_METRES = (
    r"\W{0,2}(?:sprints?|shuttles?|runs?|walk|swim|row|dash|hops?|repeats?|efforts?|intervals?|before|and back|track|hurdles|"
    r"distance|x|without)\b"
)
_MOVED = r"\b(?:walk(?:s|ed|ing)?|runs?|ran|swims?|sprints?|after|over|than|every|x|about|first|last) "
# "a 5-year-old injury" is no child
_NOT_INJURY = r"(?!(?:[1-9]|1[0-2])[ -](?:year|yr)s?[ -]old (?:\w+ )?(?:injur\w+|tear|repair|graft|scar|operation))"
_THRESHOLD = r"(?! (?:or|and) (?:over|more|above|older|up)|\+)"

_PERSON = (
    reader(
        rf"(?<![\d.])\b(\d{{2}})(?:[ -]?(?:yo|y/o|y))?[ -]?(f|m(?!{_METRES}))\b",
        _age_sex,
        deniable=False,
        unless=_MOVED,
    ),
    reader(
        r"\b(\d{1,3})[ -]?(?:y(?:ea)?r?s?[ -]?old|year[ -]old|yo|y/o|yrs?|y)?[ -]?(?:\w+ )?(female|male|woman|man|girl|boy|lady|gent|gentleman)\b",
        _age_sex,
        deniable=False,
    ),
    reader(
        r"\b(f|m|female|male)[ /,-]?(\d{2})\b(?!\s*(?:cm|reps?|repetitions?|%|mm|/|v\b|weeks?|km))",
        _sex_age,
        deniable=False,
    ),
    reader(
        rf"\b{_NOT_INJURY}(\d{{1,3}})[ -]?(?:y(?:ea)?rs?[ -]?olds?|year[ -]olds?|yo\b|y/o|yr old)", _age, deniable=False
    ),
    reader(
        rf"\b({'|'.join(_TEENS)}|{'|'.join(_TENS)})(?:[ -]({'|'.join(list(NUMBER_WORDS)[:9])}))?[ -](?:yea)?rs?[ -]old\b",
        _age_in_words,
        deniable=False,
    ),
    reader(rf"\bage[d:]?\W{{0,2}}(\d{{1,3}})\b{_THRESHOLD}", _age, deniable=False),
    reader(
        r"\b(?:shes|hes|(?:she|he|pt|patient|client) is) (?:actually |now |only |just )?(\d{2})\b(?!\s*(?:%|weeks?|days?|months?|cm|km|minutes?|kg|/))",
        _age,
        deniable=False,
    ),
    constant(r"\b(?:she|shes|her|hers|woman|female|lady|girl|new mum|mum of)\b", "sex", "female", deniable=False),
    constant(r"\b(?:he|hes|him|his|man|male|boy|lad|gentleman|bloke|guy)\b", "sex", "male", deniable=False),
    *(constant(rf"\b(?:{p})\b", "sport", s) for s, p in _SPORTS.items()),
    *(constant(rf"\b(?:{p})\b", "sport", s) for s, p in _SPORTS_BY_ACTIVITY.items()),
    constant(r"\b(?:novice|beginner|new to running|couch to 5k|start-to-run)\b", "level", "novice"),
    constant(
        r"\b(?:recreational|rec|keen|club|hobby|park) (?:\w+ )?(?:runner|athlete|footballer|player|cyclist|swimmer)",
        "level",
        "recreational",
    ),
    constant(r"\b(?:elite|professional|pro|competitive|semi-pro|academy)\b", "level", "competitive"),
    constant(r"\b(?:pregnan\w+|post-?partum|puerper\w+|\d+/40\b)", "pregnant", value=True),
)
_PART = (
    r"(?:knee|anterior knee pain|patellofemoral|patellar|leg|patella|osteoarthritis|anterior cruciate|acl\w*|"
    r"menisc\w+|mm|lm|lat|med|medial|lateral|iliotibial|total knee|achilles|quad\w*|hamstring|tibial|osgood\w*|pfp|itb|oa)"
)
_NOT_SIDE = r"(?:(?!(?:for|test|tests|dose|exercise|time|way|call|choice|thing|drill|answer|question|load|one|to|the|a|knees|handed|footed|hand|arm|shoulder)\b)[\w-]+ )"
_PLACE = (
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
_PAIN = (
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
_HISTORY = (
    *(member(rf"\b(?:{p})\b", "condition", c) for c, p in _CONDITIONS.items()),
    *(constant(rf"\b(?:{p})\b", "surgery.kind", k, unless=_PLANNED) for k, p in _SURGERIES.items()),
    *_SURGERY_WHEN,
    *_DURATION,
    constant(
        r"\bhamstring (?:tendon )?(?:graft|autograft)|\b(?:graft|acl\w*|reconstruction)\W{1,3}(?:hs|ham|hamstring)\b(?! graft)|\bhamstring (?:aclr|acl|anterior cruciate)|\bstg\b|\b\(?hs graft",
        "surgery.graft",
        "hamstring",
    ),
    constant(r"\b(?:bptb|btb|patellar (?:tendon )?(?:graft|autograft))\b", "surgery.graft", "patellar"),
    constant(r"\b(?:quad(?:riceps)?(?: tendon)? (?:graft|autograft)|qt graft)\b", "surgery.graft", "quadriceps"),
    constant(r"\ballograft\b", "surgery.graft", "allograft"),
    constant(r"\bnon[ -]weight[ -]?bearing\b", "weight_bearing", "none", deniable=False),
    constant(r"\b(?:partial(?:ly)?|touch) weight[ -]?bearing\b", "weight_bearing", "partial", deniable=False),
    constant(r"\bfull(?:y)? weight[ -]?bearing\b", "weight_bearing", "full"),
    *(
        member(
            rf"\b(?:{p})",
            "medicine",
            m,
            unless=r"\b(?:stopped|off|came off|finished|no longer (?:on|takes)) (?:the |her |his )?",
        )
        for m, p in _MEDICINES.items()
    ),
    *(r for name, (bare, whole) in _TRIED.items() for r in tried_readers(name, bare, whole)),
)
_QUADS = r"(?:quadriceps|quads?|knee extens\w+|vmo|vastus medialis(?: obliq\w+)?)"
_HIP = r"(?:hips?(?: (?:abd\w*|ext\w*))?(?: and (?:abd\w*|ext\w*))?|glut\w+(?: (?:medius|maximus|med|max))?|hip abductors?)"
_TESTED = (
    *pair_readers("heel_rise", HEEL_RISE),
    *symmetry_readers("heel_rise", HEEL_RISE, is_strength=False),
    *pair_readers("knee_to_wall", KNEE_TO_WALL),
    *symmetry_readers("quads", r"(?:quadriceps|quads?|knee extension|knee extensors?)"),
    *symmetry_readers("hamstrings", r"(?:hamstrings?|knee flexors?|knee flexion)"),
    *symmetry_readers("hip", r"(?:hip(?: abd\w*)?|gluteus medius|glute med|hip abductors?)"),
    *deficit_readers("quads", _QUADS, "quads_deficit"),
    *deficit_readers("hip", _HIP, "hip_deficit"),
    *symmetry_readers("hop", r"(?:single[ -]leg hop|triple hop|hop tests?|hops?)"),
    constant(
        r"\bstep[ -]downs?\W{1,3}(?:\w+\W){0,2}?(?:poor|bad|valgus|wobbly|uncontrolled)|\bpoor (?:\w+ )?step[ -]down|"
        r"\b(?:valgus|pelvic drop|knees? (?:caves?|caving|collaps\w+|drops?|dives?) in\w*) (?:on|in|with|during) (?:the |a |her |his )?"
        r"(?:single[ -]leg squat|sls|step[ -]down)|\b(?:single[ -]leg squat|sls)\W{1,3}(?:\w+\W){0,2}?(?:valgus|poor|pelvic drop)",
        "step_down",
        "poor",
    ),
    constant(
        r"\bstep[ -]downs?\W{1,3}(?:\w+\W){0,2}?(?:good|clean|fine|controlled|nad|normal)|\bgood step[ -]down",
        "step_down",
        "good",
    ),
    constant(
        r"\b(?:snap(?:s|ping|ped)? (?:back|into extension|backwards?)|knees? (?:(?!doesnt|not|never)\w+ )?snaps?|hyperexten\w+|recurvatum|locks? (?:out )?back(?:wards?)?)\b",
        "snap_back",
        value=True,
    ),
    constant(
        r"\b(?:effus\w+|eff\b|swollen knee|knee (?:is |was )?(?:swollen|puffy)|stroke test (?:positive|\+)|trace eff\w*)",
        "effusion",
        value=True,
    ),
    constant(r"\bstroke test negative\b", "effusion", value=False, deniable=False),
    constant(
        r"\b(?:weak|short|underworking|poor|reduced) (?:\w+ )?(?:calf|gastrocnemius|plantar ?flexors?)|\bcalf (?:deficit|atrophy|wasting|shortfall)",
        "calf_deficit",
        value=True,
        askable=False,
    ),
    constant(
        r"\bcalf (?:is |was |looks |tests )?(?:very |clearly )?(?:weak\w*|underworking)",
        "calf_deficit",
        value=True,
        askable=False,
    ),
    constant(
        r"\b(?:no calf (?:deficit|weakness)|calf (?:strength )?(?:is |are |was |looks )?(?:not weak|strong|normal|equal|symmetrical|nad))\b",
        "calf_deficit",
        value=False,
        deniable=False,
        askable=False,
    ),
    constant(
        r"\b(?:pain (?:\w+ ){0,3}(?:gone|went|vanished|disappeared|eased) (?:straight ?away|instantly|at once|immediately|on the spot)|"
        r"pain[ -]free (?:straight ?away|instantly|at once|immediately|on the spot)|"
        r"(?:instant|immediate)(?:ly)? (?:\w+ )?(?:relief|pain[ -]free|better|improvement))",
        "instant_relief",
        value=True,
    ),
)
READERS: tuple[Reader, ...] = (*_PERSON, *_PLACE, *_PAIN, *_HISTORY, *_TESTED)
