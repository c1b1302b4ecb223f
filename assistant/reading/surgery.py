"""Readers of an operation, how long ago it was, and how long the complaint has lasted."""

from __future__ import annotations

from assistant.readers import COUNT, UNIT, Reader, constant, fraction_weeks, reader, weeks

# "new knee pain" is no replacement
_NEW_SYMPTOM = (
    r"[ -](?:pains?|painful|aches?|injur\w+|problems?|issues?|symptoms?|swelling|effusion|complaints?|conditions?|trouble|stiffness|"
    r"flares?|sprain|osteoarthritis|arthritis|patients?|referrals?|cases?|diagnosis|assessment|braces?|sleeves?|supports?|"
    r"x-rays?|scans?|mri|exercises?|programmes?|clinic|guidelines?|stud(?:y|ies)|class)\b"
)
_SURGERIES = {
    "aclr": r"anterior cruciate ligament reconstruction|aclr|acl recon\w*|acl (?:surgery|graft|repair|done|fixed|reconstructed)|"
    r"(?:hamstring|bptb|btb|bone-patellar tendon-bone|patellar tendon|quadriceps tendon|quad tendon|qt) (?:auto)?graft",
    "meniscal-repair": r"(?:mm|lm|med(?:ial)?|lat(?:eral)?) ?(?:menisc\w+ )?repair|menisc(?:al|us) (?:root )?repair|root repair|bucket[ -]handle (?:tear )?(?:repair|suture)|menisc\w+ (?:suture|stitch)\w*|repaired menisc\w+|(?:medial|lateral) menisc(?:al|us) repair",
    "meniscectomy": r"(?:partial )?meniscectomy|apm\b|arthroscop(?:y|ic) (?:trim|debridement)",
    "tka": rf"total knee (?:replacement|arthroplasty)|knee replacement|tkr|tka|new knee(?!{_NEW_SYMPTOM})",
    "osteotomy": r"(?:high tibial )?osteotomy|hto",
    "patellar-stabilisation": r"(?:mpfl|medial patellofemoral ligament) (?:reconstruction|recon|repair)|patellar stabili[sz]ation|tibial tubercle transfer",
    "other": r"(?:pcl|posterior cruciate(?: ligament)?) (?:recon\w*|surgery|graft|repair)",
    "tendon-repair": r"(?:achilles|patellar tendon|quadriceps tendon|patella tendon) (?:tendon )?repair",
}
_AWAITABLE = ("aclr", "meniscal-repair", "meniscectomy", "tka", "osteotomy")
_ANY_SURGERY = "|".join(_SURGERIES.values())
# An operation of long ago, told beside a fresh one: "Achilles repair 2/52, same leg as old ACLR".
_OLD = r"\b(?:old|previous|prior|past|earlier|historic|remote)(?: left| right)? "
_POST = r"(?:post|after|since|following|from|out from|post-operative|post-op)"
_ITS = r" (?:an? |her |his |their |the |left |right |l |r |any |new |arthroscopic |elective |primary )*"
_AWAITED = (
    r"(?:await(?:s|ing)|wait(?:s|ed|ing)?(?: list)? (?:for|on)|(?:on )?(?:the )?(?:waiting )?list(?:ed)? for|"
    r"(?:is |are )?due(?: for)?|booked (?:in )?for|scheduled for|before|prior to|ahead of|planned|"
    r"having|going (?:in )?for|will have|pre-?op(?:erative)?(?: for)?)"
)
_PLANNED = (
    rf"\b(?:{_AWAITED}|considering|offered|declined|refused|wants|to avoid|avoid|delay|candidate for|referred for|"
    r"need(?:s|ing)?|(?<!since )(?<!after )get(?:s|ting)?)" + _ITS
)
_TO_COME = (
    r"\W{1,3}(?:(?:is|being) (?:planned|scheduled|booked)|(?:planned|scheduled|booked) (?:for|in|next|on)|to come|"
    r"wait(?:ing)? ?list)\b|"
    r" (?:in|within) (?:the next )?(?:a few |\w+ ?)-?(?:days?|weeks?|wks?|months?|mths?|years?)\b(?! (?:post|after|ago))"
)
_NOT_PAST = r"(?![^.;?!]{0,30}\b(?:ago|post|since)\b)"
_UNPAINED = r"(?:(?!\b(?:pain\w*|ache\w*|sore\w*|symptoms|swelling|swollen|history)\b)[^.;?!])"
_AGO = {"yesterday": 0.1, "today": 0.0, "this week": 0.5, "last week": 1.0, "last month": 4.3}
_WHEN = (
    reader(
        rf"\b{COUNT} ?-?{UNIT}\W{{0,3}}(?:\w+ )?{_POST}\W{{0,3}}(?:\w+\W){{0,4}}?(?:{_ANY_SURGERY}|surgery|op\b|operation|reconstruction)",
        lambda m: {"surgery.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    reader(
        rf"(?:{_ANY_SURGERY}|surgery|\bop|operation|reconstruction)\b(?!{_TO_COME}){_UNPAINED}{{0,30}}?\W{COUNT} ?-?{UNIT}\b"
        r"(?! (?:history|old|of|to go|away|from now)\b)",
        lambda m: {"surgery.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
        unless=_PLANNED,
    ),
    reader(
        rf"\b(?:{_ANY_SURGERY}|surgery|op|operation|reconstruction)\W{{1,2}}(?:(?:was|is|done|had|only|just|about) )*(yesterday|today|last week|last month|this week)\b",
        lambda m: {"surgery.weeks": _AGO[m.group(1)]},
        deniable=False,
    ),
    reader(
        rf"(?:{_ANY_SURGERY})\b{_UNPAINED}{{0,30}}?\W{COUNT} ?-?{UNIT} ago\b",
        lambda m: {"surgery.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    reader(
        rf"(?:{_ANY_SURGERY})\b{_UNPAINED}{{0,25}}?\b(\d{{1,3}})/(7|52|12)\b",
        lambda m: {"surgery.weeks": fraction_weeks(m)},
        deniable=False,
    ),
    reader(
        rf"(?:{_ANY_SURGERY})\b{_UNPAINED}{{0,15}}?\b(?:post-operative )?(?:week|wk) ?(\d{{1,3}})\b",
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
    reader(
        rf"\b(?:now|currently|already|still|jog\w*|run(?:s|ning)?|hopp\w+|jump\w*|train\w*|cleared) at {COUNT} ?-?{UNIT}\b",
        lambda m: {"surgery.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
        given=rf"(?s)\b(?:{_ANY_SURGERY})",
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
_BENT = r"(?:flexion|flex|flexing|bend|bending|knee bend|range|rom)"
_BENDS = tuple(
    reader(pattern, lambda m: {"bend_limit": float(m.group(1))}, deniable=False)
    for pattern in (
        rf"\b(?:no|not|avoid|dont|do not|cannot|without|nothing)\b(?: \w+){{0,3}}? ?{_BENT}?(?: \w+){{0,2}}? (?:past|beyond|over|above|further than|more than) (\d{{2,3}})\b(?! ?(?:%|percent|kg|reps|years|weeks|metres|minutes))(?= ?(?:degrees?|deg|\u00b0|[.,;?!)]|$|for\b|until\b|yet\b))",
        rf"\b{_BENT}(?: \w+){{0,2}}? (?:limited|restricted|limit|allowed|capped|blocked|only|max(?:imum)?|not)(?: (?:only|up|of|past|beyond|over|is))? ?(?:to|at|past|beyond|over|of)? ?(?:0 ?(?:-|to) ?)?(\d{{2,3}})\b(?! ?(?:%|percent))",
        r"\b(?:brace|locked|hinged|orthosis)(?: \w+){0,3}? 0 ?(?:-|\u2013|to) ?(\d{2,3})\b",
    )
)
SURGERY: tuple[Reader, ...] = (
    *(
        constant(rf"\b(?:{p})\b(?!{_TO_COME})", "surgery.kind", k, unless=f"{_PLANNED}|{_OLD}")
        for k, p in _SURGERIES.items()
    ),
    *(constant(rf"\b(?:{p})\b(?!{_TO_COME})", "surgery.kind", k, unless=_PLANNED) for k, p in _SURGERIES.items()),
    *(constant(rf"\b(?:{p})\b(?=[^,.;?!]{{0,20}}\bago\b)", "surgery.kind", k) for k, p in _SURGERIES.items()),
    *(
        constant(pattern, "surgery.planned", kind)
        for kind in _AWAITABLE
        for pattern in (
            rf"\b{_AWAITED}{_ITS}(?:{_SURGERIES[kind]})\b{_NOT_PAST}",
            rf"\b(?:{_SURGERIES[kind]})\b(?:{_TO_COME})",
        )
    ),
    *_WHEN,
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
    *_BENDS,
)
