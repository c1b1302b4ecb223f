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
_ANY_SURGERY = "|".join(_SURGERIES.values())
# An operation of long ago, told beside a fresh one: "Achilles repair 2/52, same leg as old ACLR".
_OLD = r"\b(?:old|previous|prior|past|earlier|historic|remote)(?: left| right)? "
_POST = r"(?:post|after|since|following|from|out from|post-operative|post-op)"
_PLANNED = (
    r"\b(?:considering|awaiting|waiting (?:list )?for|wait(?:ing)? list for|listed for|due|booked for|offered|declined|"
    r"refused|wants|to avoid|avoid|delay|before|prior to|planned|candidate for|referred for|need(?:s|ing)?|(?<!since )(?<!after )get(?:s|ting)?)"
    r" (?:an? |her |his |their |the |left |right |any )*"
)
_UNPAINED = r"(?:(?!\b(?:pain\w*|ache\w*|sore\w*|symptoms|swelling|swollen|history)\b)[^.;?!])"
_AGO = {"yesterday": 0.1, "today": 0.0, "this week": 0.5, "last week": 1.0, "last month": 4.3}
_WHEN = (
    reader(
        rf"\b{COUNT} ?-?{UNIT}\W{{0,3}}(?:\w+ )?{_POST}\W{{0,3}}(?:\w+\W){{0,4}}?(?:{_ANY_SURGERY}|surgery|op\b|operation|reconstruction)",
        lambda m: {"surgery.weeks": weeks(m.group(1), m.group(2))},
        deniable=False,
    ),
    reader(
        rf"\b(?:{_ANY_SURGERY}|surgery|op|operation|reconstruction)\W{{1,2}}(?:(?:was|is|done|had|only|just|about) )*(yesterday|today|last week|last month|this week)\b",
        lambda m: {"surgery.weeks": _AGO[m.group(1)]},
        deniable=False,
    ),
    reader(
        rf"(?:{_ANY_SURGERY}|surgery|\bop|operation|reconstruction)\b{_UNPAINED}{{0,30}}?\W{COUNT} ?-?{UNIT}\b(?! (?:history|old|of)\b)",
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
SURGERY: tuple[Reader, ...] = (
    *(constant(rf"\b(?:{p})\b", "surgery.kind", k, unless=f"{_PLANNED}|{_OLD}") for k, p in _SURGERIES.items()),
    *(constant(rf"\b(?:{p})\b", "surgery.kind", k, unless=_PLANNED) for k, p in _SURGERIES.items()),
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
)
