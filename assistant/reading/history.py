"""Readers of what is known: named conditions, operations, medicines and what was tried."""

from __future__ import annotations

from assistant.readers import Reader, member, tried_readers

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
_TENDON_COMPLAINT = (
    r"\b(?:sore|painful|tender|irritable|grumbly|grumbling|reactive|pain)(?: (?:at|over|on|in|along|of))?(?: the| his| her)?(?: (?:left|right|l|r|both))? (?:patellar|patella|kneecap) tendons?\b"
    r"(?! (?:graft|auto\w*|harvest\w*|insertion|rupture|tear|repair))|"
    r"\b(?:both|bilateral) (?:patellar|patella|kneecap) tendons?\b(?! (?:graft|auto\w*|harvest\w*|rupture|tear|repair))|"
    r"\b(?:patellar|patella|kneecap) tendons?,? (?:is |was |still |really )*(?:sore|painful|tender|hurts|aches|trouble|reload\w*|loading|rehab\w*)\b"
)
# The tendon named by itself is the complaint where the case is about loading it and nothing was cut or torn.
_TENDON_ALONE = r"(?:^|[.,] ?)(?:(?:left|right|l|r) )?patellar tendon(?=,|$)"
_UNCUT = r"(?s)^(?!.*\b(?:acl\w*|anterior cruciate|graft|harvest|reconstruct\w*|ruptur\w*|torn|tear|repair\w*)\b)"
_LOADED = _UNCUT + r".*\b(?:decline|eccentric\w*|isometric\w*|heavy slow|load\w*|jump\w*|squats?|landing)\b"
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
_CLOT = r"(?:dvts?|deep vein thrombos[ie]s|deep venous thrombos[ie]s|pulmonary embol\w+|thromboembol\w+|venous thrombos[ie]s|blood clots?|clots?(?! of)|thrombos[ie]s|clotting (?:disorder|history)|thrombophilia|factor v leiden)"
_HAD = r"(?:after|since|following|had|has had|previous|prior|past|old|known|recent|history of|hx of|h/o|pmh|for|with|confirmed|treated|provoked|unprovoked|an?)"
_HISTORY = {
    "clot": rf"\b{_HAD} (?:an? |his |her |the |recent |previous |left |right |calf |leg |popliteal |proximal ){{0,3}}{_CLOT}\b(?! (?:risk|screen|scan|ruled|excluded|signs|symptoms))|"
    rf"\b{_CLOT},? (?:\w+ ){{0,4}}?(?:\d+ (?:days?|weeks?|wks?|months?|years?) ago|last (?:week|month|year|summer|winter)|in (?:19|20)\d\d|confirmed|diagnosed|history|hx|on (?:apixaban|warfarin|rivaroxaban|edoxaban|anticoagul\w+))|"
    r"\b(?:clotting disorder|thrombophilia|factor v leiden)\b",
    "unstable-blood-pressure": r"\b(?:uncontrolled|unstable|untreated|poorly[ -]controlled|severe|resistant|labile|high unmedicated) (?:essential )?(?:hypertension|htn|blood pressure|bp)\b|"
    r"\b(?:hypertension|htn|blood pressure|bp)(?: is| still|,)* (?:uncontrolled|unstable|untreated|poorly controlled|all over the place|not (?:yet |well )?(?:controlled|under control))|"
    r"\b(?:bp|blood pressure)\W{1,3}(?:(?:of|is|was|at|today|still|running)\W{1,2}){0,3}(?:1[89]\d|2[0-4]\d) ?(?:/|over)",
    "vascular-disease": r"\b(?:peripheral (?:arterial|vascular|artery) disease|pvd|claudica\w+|unstable angina|heart failure|varicose vein stripping|vascular disease)\b",
    "sickle-cell": r"\bsickle[ -]cell\b",
    "pacemaker": r"\b(?:pacemakers?|pacing device|ppm|icd|implant\w* (?:cardioverter )?defibrillator)\b",
}
# A test that was done, and what it showed: an answer goes on from there and does not ask for it again.
_NOTHING = r"(?:neg\w*|-ve\b|clear\b|normal\b|nad\b|unremarkable|no (?:dvt|clot|deep vein|thromb\w+|fracture|tear|meniscal tear|bony injury))"
_BETWEEN = r"(?:(?!\b(?:not|pending|awaited|awaiting|booked|repeat|if|was it|positive|isnt|wasnt|shows?|showed|showing)\b)[^.;?!,]){0,25}?"
_OF_THIS = r"(?! (?:on|of|in|for) (?:the |his |her )?(?:other|opposite|good|sound|unaffected|contralateral)\b)"
_OF_CLOT = r"(?s)^(?!.*\b(?:not back|pending|awaited|awaiting|to follow|repeat scan)\b).*\b(?:dvts?|clots?|deep vein|wells|calf|d-?dimer)\b"
_LOW_WELLS = r"(?s)^(?!.*\bwells\D{0,14}[2-9])(?!.*\bpregnan)"
_RESULTS: tuple[tuple[str, str, str | None], ...] = (
    ("d-dimer-negative", rf"\bd[- ]?dimers?\b{_BETWEEN}{_NOTHING}|\bnegative d[- ]?dimer\b", None),
    ("clot-excluded", rf"\bd[- ]?dimers?\b{_BETWEEN}{_NOTHING}|\bnegative d[- ]?dimer\b", _LOW_WELLS),
    (
        "clot-excluded",
        rf"\b(?:duplex|doppler|(?:leg|vein|venous|calf|proximal|dvt) (?:scan|ultrasound|uss)|ultrasound|uss|scan(?:ned)?)\b{_BETWEEN}{_NOTHING}{_OF_THIS}",
        _OF_CLOT,
    ),
    (
        "clot-excluded",
        r"\b(?:dvts?|clots?|deep vein thrombosis)\b(?: was| is| has been)? (?:ruled out|excluded|scanned negative)|\b(?:ruled out|excluded) (?:a )?(?:dvt|clot|deep vein thrombosis)",
        None,
    ),
    ("xray-clear", rf"\b(?:x-?rays?|xrs?|films?|plain film|radiographs?)\b{_BETWEEN}{_NOTHING}", None),
    ("mri-clear", rf"\bmri\b{_BETWEEN}{_NOTHING}", None),
    (
        "squeeze-normal",
        r"\b(?:calf |thompsons? |simmonds? )?(?:squeeze|thompsons?|simmonds?)(?: test)?\W{0,3}(?:is |was )?(?:neg\w*|-ve|normal|nad|ok|fine|foot moves)",
        None,
    ),
    (
        "squeeze-abnormal",
        r"\b(?:calf |thompsons? |simmonds? )?(?:squeeze|thompsons?|simmonds?)(?: test)?\W{0,3}(?:is |was )?(?:pos\w*|\+ve|abnormal|no movement|foot does not move)",
        None,
    ),
)
HISTORY: tuple[Reader, ...] = (
    member(_TENDON_COMPLAINT, "condition", "patellar-tendinopathy", given=_UNCUT),
    member(_TENDON_ALONE, "condition", "patellar-tendinopathy", given=_LOADED),
    *(member(rf"\b(?:{p})\b", "condition", c) for c, p in _CONDITIONS.items()),
    *(
        member(
            rf"\b(?:{p})",
            "medicine",
            m,
            unless=r"\b(?:stopped|off|came off|finished|no longer (?:on|takes)) (?:the |her |his )?",
        )
        for m, p in _MEDICINES.items()
    ),
    *(member(p, "result", value, deniable=False, askable=False, given=given) for value, p, given in _RESULTS),
    *(member(p, "history", h) for h, p in _HISTORY.items()),
    *(r for name, (bare, whole) in _TRIED.items() for r in tried_readers(name, bare, whole)),
)
