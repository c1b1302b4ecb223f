"""What in a text calms and what alarms, as signs for the model that reads whether a raised flag stands.

A sign says in one word what many wordings share, so that the model knows "arterial duplex patent" as a test that found
nothing from a class, and needs no training text that has it. The patterns meet normalised text. No sign decides by
itself; but a text without one that calms is hardly ever read as ordinary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guardrails import triggers

_TEST = (
    r"(?:x-?rays?|xr|films?|radiographs?|scans?|ct|ctpa|mri|dexa|duplex|doppler|ultrasound|uss?|abpi|abi|ankle brachial index|"
    r"angio\w*|bloods?|crp|esr|wcc|fbc|ck|urate|uric acid|d-?dimer|troponin|ecg|culture\w*|aspirat\w*|gram stain|swabs?|biopsy|"
    r"bladder scan|electrophoresis|nerve conduction\w*|calcium|haemoglobin|ultrasound scan|imaging|gram)"
)
_NOTHING = (
    r"(?:clear\w*|normal\w*|neg\w*|nad|fine|ok|okay|clean|unremarkable|patent|united|healed|in place|sterile|no growth|grew nothing|empty|"
    r"excluded|ruled out|identical|unchanged|nothing|no (?:\w+ ){0,2}(?:fracture|break|clot|deep vein thrombosis|dvt|pulmonary embolism|"
    r"infection|organisms|compression|stress reaction|bony injury|growth|loosening|lesion|crystals|oedema|bleed)|<ing? ?\d+|<\s?\d+|"
    r"just osteoarthritis|osteoarthritis only|within (?:normal )?(?:limits|range))"
)
_WHO = (
    r"(?:gp|doctor|doc|dr|consultant|surgeon|surgical team|orthopaedics?|ortho\w*|rheumatolog\w*|rheum|oncolog\w*|vascular|haematolog\w*|"
    r"haemophilia (?:centre|nurse|team)|paediatric\w*|paeds|fracture clinic|a&e|ed|emergency department|medics?|registrar|reg|radiolog\w*|nurse|"
    r"psych\w*|crisis team|mental health \w+|pelvic health|spinal team|neuro\w*|podiatrist|dermatolog\w*|district nurse|111|pharmacist|"
    r"cardiolog\w*|clinic|ward|hospital|sports (?:doctor|doc|med)|team|social (?:worker|services)|school nurse|midwife|health visitor)"
)
_CONTENT = (
    r"(?:happy|content|cleared|discharged|signed (?:\w+ )?off|reviewed|agreed|agrees|reassured|not (?:concerned|worried|bothered)|unconcerned|"
    r"looked at it|shut the book|no concerns?|saw (?:him|her|it)|checked|has seen|all clear|given the all clear|pleased|satisfied|fine with|"
    r"said (?:no|it was|its|fine|ok|normal|just)|calls? it|put it down to|on the case|under|ruled|excluded|told (?:to|her|him))"
)
_TIME_AGO = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|some|many|couple of|few) ?"
    r"(?:years?|yrs?|y|months?|mths?)"
)
_GOOD = r"(?:normal|intact|fine|full|fully|strong|equal|brisk|good|present|symmetrical|same|bounding|firm|easily|ok|okay|5 ?/ ?5|5/5|unaffected|preserved|even|matching|matche?s|crisp)"

CALMING: dict[str, str] = {
    "test found nothing": rf"\b{_TEST}\b[^.;?!\n]{{0,45}}\b{_NOTHING}|\b{_NOTHING}(?: \w+){{0,4}} (?:on|by|at) (?:\w+ ){{0,2}}{_TEST}\b",
    "looked after": rf"\b{_WHO}\b[^.;?!\n]{{0,45}}\b{_CONTENT}|\b(?:{_CONTENT}) (?:by|from|with|per) (?:\w+ ){{0,2}}{_WHO}\b|\bper {_WHO}\b",
    "treated and finished": r"\b(?:finished|completed|course (?:of \w+ )?(?:done|finished|completed)|treated (?:with|for|by)|after treatment|antibiotics (?:done|finished|stopped)|factor given|stopped (?:it|them|within)|remission|recovered|repaired|fixed|reduced and)\b",
    "function kept": rf"\b(?:pulses?|sensation|feeling|power|strength|reflex\w*|jerks?|refill|capillary refill|colou?r|warmth|toes?|ankle|foot|feet|great toe|big toe|dorsiflexion|plantarflexion|saddle|bladder|bowels?|extension|flexion|straight leg raise|heel raises?|rotation|hips?|gait|grip|squeeze|movement|rom|range|girth|quads?|tendon)\b[^.;?!\n]{{0,30}}\b{_GOOD}\b|\b{_GOOD} (?:\w+ ){{0,2}}(?:pulses?|sensation|power|strength|reflex\w*|refill|extension|flexion|rotation|range|movement|straight leg raise|calf girth|girth|lock)\b",
    "does things": r"\b(?:(?:walk|run|jump|hop|danc|cycl|swim|train|play|jog|climb|skip|cartwheel|strid|bounc|sprint|golf)(?:s|ing|ning|ping|ed|es)?|full weight[- ]?bear\w*|fwb|weight[- ]?bear\w*|straightens?|straightened|lifts?|hops?|hopped|sleeps?|slept|passed|wees?|eating|eats|bends|pushes off|push off|did|managed|knocked out|does|can)\b(?: \w+){0,4} (?:fine|well|ok|okay|normally|fully|freely|happily|comfortably|soundly|strongly|easily|again|through|all the way|right down|painlessly|painfree|without (?:pain|trouble|help|a limp|any))\b",
    "well": r"\b(?:afebrile|apyrexial|no temp\w*|well in (?:him|her|them)sel\w+|systemically well|feels? (?:fine|well|great|good)|is well|obs (?:normal|fine|stable|ok|all)|ews ?0|news ?2? ?(?:0|of 0|zero)|chatty|cheerful|happy|bright|playing|thriving|growth|sharp as|eating|sats (?:9[5-9]|100)|(?:temp\w*|t) ?(?:of |is |was )?3[67](?:\.[0-7])?\b)",
    "painless": r"\b(?:pain ?less|painfree|pain[- ]free|no pain|without pain|not (?:painful|sore|tender|hot|warm|red)|non[- ]?tender|no tenderness|comfy|comfortable|soft|cool|dry|asymptomatic|symptom[- ]free|symptomless)\b",
    "eases": r"\b(?:eas(?:es|ed|ing)|settl(?:es|ed|ing)|goes(?: down)?|going down|went down|resolv(?:es|ed)|gone|passes|passed off|fad(?:es|ed|ing)|clear(?:s|ed) (?:up|within|in|once|by|when)|improv\w+|better|less|falling|shrinking|smaller|drying|quiet\w*|calm\w*|disappear\w*|wore off|worn off|lifted|off by|back to normal|warms? up|pinks? up|pinked up|yellow\w*|green\w*)\b",
    "short": r"\b(?:(?:in|within|inside|after|for|under) (?:about |ten |five |two |a (?:few |couple of )?|an )?(?:\d+ )?(?:seconds?|secs?|minutes?|mins?)|at once|straight away|overnight|by (?:the )?(?:next )?(?:morning|breakfast|lunch|evening|night|teatime|bedtime|\d+))\b",
    "long past": rf"\b(?:{_TIME_AGO} (?:ago|back|previously|earlier)|\d+ ?(?:y|yrs?|years?) ago|in (?:19|20)\d\d|(?:19|20)[012]\d|years ago|months ago|as a (?:child|kid|baby|boy|girl|teen\w*)|childhood|last (?:year|month|spring|summer|autumn|winter|season|march|april|may|june|july)|in (?:spring|summer|autumn|winter|january|february|march|april|june|july|august|september|october)|previous\w*|old|historic\w*|since (?:19|20)\d\d|at (?:age )?\d{{1,2}}\b|used to|back in)",
    "unchanged": rf"\b(?:for (?:many |\d+ |{_TIME_AGO}|years|ever)|for years|always|every winter|long[- ]?stand\w+|lifelong|baseline|same (?:as|for|since|story|both|on|the)|unchanged|no change|not changed|stable|static|chronic|known|identical|steady|as before|as usual|usual)\b",
    "nothing since": r"\b(?:nothing (?:since|new|else|more|at rest|at night|in)|none (?:since|now|today)|not? (?:\w+ ){0,2}since|no (?:recurrence|further|more|repeat|other)|never (?:since|again)|clear since|fine since|well since|symptom[- ]free since|no symptoms)\b",
    "denied": r"\b(?:no|nil|not|never|without|denies|denied|none|neither|nor|nothing|nobody|isnt|wasnt|hasnt|doesnt|didnt|non)\b",
    "denied list": r"\b(?:no|nil|denies|without|never)\b[^.;?!\n]{0,80}(?:,|\bor\b|\bnor\b|/)",
    "answered no": r"\?\s*(?:no|nope|none|nil|never|not|neither|all no)\b|[:-]\s*(?:no|none|nil|nope|neg\w*)\b",
    "mild": r"\b(?:mild\w*|trace|slight\w*|small|minor|little|bit of|only|just|low|tiny|faint|[0-3] ?/ ?10|1\+|twinge|niggl\w*|occasional\w*|sometimes)\b",
    "mechanical": r"\b(?:only (?:on|when|with|if|after)|when (?:he|she) (?:kneels|squats|rolls|lies on|presses|sneezes|dangles|sits|stands|climbs)|after (?:sport|training|pe|football|netball|long|running|a (?:day|long|walk|run|shift))|on stairs|stairs only|worse (?:with|on|after) (?:stairs|load\w*|activity|kneel\w*|squat\w*|running)|first few steps|nothing at rest|settles? (?:with|overnight|after))\b",
    "everyday cause": r"\b(?:bump\w*|knock\w*|graze|bruised?|football bruis\w*|playground|laundry|washing powder|detergent|plaster\w*|dressing|allerg\w*|sunburn|insect|mosquito|midge|bite|gnat|hayfever|(?:a|the|head) cold|virus|viral|chicken ?pox|sore throat|sneez\w*|deconditioned|unfit|inactive|flare|sock|stocking|brace|strap|tape|shav\w*|wax\w*|varicose|heartburn|period cramps|hangover|tired from)\b",
    "somebody else": rf"\b(?:his|her|their|the|a|my|our|pts|mum|mums|dads?) ?(?:{triggers.RELATIVE}|gran|nan|nana|grandma|grandad|twin|aunty|flatmate|partner|boss|coach|dog|teammate|mate)s?\b",
    "other patient": r"\b(?:different|another|other|previous|last|earlier|next) (?:patient|pt|client|lady|man|one|chap|knee)\b|\b(?:nobody|no one|none|no kid|nothing) (?:\w+ )?(?:on my|i see|of mine|in (?:my|our) (?:clinic|class|caseload))\b",
    "lesson": r"\b(?:essay|revis\w+|exam|osce|cpd|teach\w*|leaflet|journal club|talk|poster|student (?:q|question|asks?|wonders)|slides?|in-?service|policy|protocol|audit|hypothetical\w*|what if|in general|generally|curious|read (?:that|about|an)|podcast|forum|heard|worried (?:about|that|it)|worries|asked (?:about|if|whether)|wondering|wants to know|googled?|reading)\b",
    "knowledge asked": r"^\W*(?:\w+ ){0,3}(?:what|which|how|why|when|is|are|does|do|can|whats)\b[^.\n]*\?",
    "opposite": r"\b(?:other (?:side|leg|knee|calf|foot)|both (?:sides|legs|feet|calves|knees|ways)|bilateral\w*|equal\w*|symmetrical|level|as (?:the )?(?:other|left|right)|like (?:the )?(?:other|left|right))\b",
    "counted": r"\b(?:heel raises?|single[- ]leg|straight leg raises?|raises?|reps?|hops?|squats?) ?(?:x|of|:|l|r)? ?\d+|\b\d{2} (?:single )?(?:heel|calf|raises|reps|squats|hops)\b",
    "planned": r"\b(?:follow[- ]up (?:booked|next|in)|appointment (?:is )?(?:next|booked|on)|clinic (?:in|next|on)|review (?:in|next|on|booked)|as planned|expected|as expected|protocol|per protocol|routine)\b",
}
ALARMING: dict[str, str] = {
    "cannot": r"\b(?:cannot|cant|unable|wont|could ?nt|refus\w+|not able|no longer (?:can|able)|loss of|lost|failed|fails|impossible|zero power|0/5|[012]/5)\b",
    "worse": r"\b(?:worse\w*|worsening|increasing\w*|progress(?:ing|ive\w*)|getting (?:bigger|hotter|redder|tighter|weaker|stiffer|more)|spread\w*|deteriorat\w*|escalat\w*|climbing|doubled|more and more|each day|day by day)\b",
    "sudden": r"\b(?:sudden\w*|abrupt\w*|all at once|out of (?:the blue|nowhere)|overnight|woke|immediately|within (?:an|one|two|a few|1|2|3|\d) ?(?:hours?|hrs?|h)\b|acute\w*|instant\w*|popped|pop|snap\w*|crack|burst|went)\b",
    "now": r"\b(?:now|today|tonight|this (?:morning|evening|week|am|afternoon)|yesterday|last night|since (?:yesterday|last|the|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)|new\w*|recent\w*|\d+ ?(?:/7|days?|hrs?|hours?) (?:ago|now)?|just (?:now|started))\b",
    "but": r"\b(?:but|however|though|although|yet|except|despite|only problem|still|again|returned|back again)\b",
    "not looked at": r"\b(?:no|not|never|nobody|without|missed|awaiting|waiting|pending|hasnt|havent|yet|refused|cancelled|declined|negative but|didnt)\b[^.;?!\n]{0,30}\b(?:scan\w*|seen|x-?ray\w*|imag\w*|film\w*|mri|review\w*|bloods|check\w*|examined|blood test|doctor|gp|hospital|a&e|report\w*|told anyone|appointment|clinic)\b",
    "severe": r"\b(?:sever\w*|agony|excruciat\w*|worst|unbearable|intense|terrible|huge|massive\w*|screams?|screaming|crying|inconsolable|(?:8|9|10) ?/ ?10|rigors?|rigid|tense|rock hard|woody|out of proportion|unremitting|constant|relentless|opioid|morphine|oramorph)\b|\+\+|\+\+\+",
    "at rest or night": r"\b(?:night pain|at night|rest pain|at rest|wakes|waking|nightly|even lying|lying down|in bed|non[- ]?stop|all the time|round the clock|every night)\b",
    "hot": r"\b(?:fever\w*|febrile|pyrexi\w*|rigor\w*|shiver\w*|sweat\w*|hot|red|redness|pus|oozing|discharg(?:e|ing)|smell\w*|temp\w* (?:of |is |was )?(?:38|39|40)(?:\.\d)?|(?:38|39|40)\.\d|chills|unwell|poorly|clammy|drowsy|confused|vomit\w*|crp (?:of )?\d{2,3})\b",
    "numb": r"\b(?:numb\w*|paraesthe\w*|tingl\w*|pins and needles|dead leg|weak\w*|foot[- ]?drop|drop[- ]?foot|floppy|saddle|incontinen\w*|retention|leak\w*|erection\w*|unsteady|trip\w*|slap\w*|drag\w*)\b",
    "vessels": r"\b(?:pale|white|blue|mottled|dusky|cold|pulseless|no pulses?|absent|cap(?:illary)? refill|pulsat\w*|claudic\w*|grey|cyanos\w*)\b",
    "bigger": r"\b(?:swollen|swelling|swells?|swelled|bigger|larger|\d+ ?cm|fatter|thicker|pitting|oedema|tight|balloon\w*|filled|haemarthrosis|lump|mass)\b",
    "breath": r"\b(?:breathless\w*|short of breath|sob|breath\w*|pleuritic|chest|cough\w*|haemoptysis|faint\w*|collaps\w*|palpitat\w*|tachycard\w*|sats (?:8\d|9[0-4])|hr (?:1[0-9]\d))\b",
    "weight": r"\b(?:weight loss|lost (?:\w+ )?(?:weight|stone|kg|\d+)|losing weight|off (?:his|her) food|appetite|fatigue|exhausted|night sweats|tired|pale|gums|bruises|petechiae|purpur\w*|lymph\w*|nosebleed\w*)\b",
    "cancer": r"\b(?:cancer\w*|tumou?r\w*|metast\w*|myeloma|lymphoma|leukaemia|sarcoma|osteosarcoma|chemo\w*|radiotherap\w*|oncolog\w*|ca|breast ca|prostate)\b",
    "death": r"\b(?:suicid\w*|die|dying|dead|kill\w*|end it|self[- ]harm\w*|cut(?:ting)? (?:him|her)self|not (?:want|wanting) to (?:live|be here|wake)|better off|no point|hang|jump|bridge|pills|overdose|stockpil\w*|hopeless|disappear|goodbye)\b",
    "harm": r"\b(?:hit|hits|hitting|beat\w*|slap\w*|threaten\w*|afraid|scared of|controls?|locked|bruises|strangl\w*|chok\w*|weapon|knife|unsafe|neglect\w*|flinch\w*|boyfriend|partner|home|belt|passport|money)\b",
    "told it is": r"\b(?:confirmed|diagnos\w+|shows?|showed|shown|reported|reports|positive|\+ve|raised|high|mri:|suspect\w*|score (?:of )?\d|points?)\b",
    "injury": r"\b(?:fell|fall|fallen|trip\w*|slipp\w*|tackl\w*|collision|crash\w*|rta|dashboard|landed|landing|twist\w*|kicked|hit by|blow|accident|ladder|horse|ski\w*|trampoline)\b",
    "thinner": r"\b(?:warfarin|apixaban|rivaroxaban|edoxaban|dabigatran|anticoag\w*|heparin|clexane|thinners?|haemophil\w*|willebrand\w*|doac|noac)\b",
}
_CALMS = {name: re.compile(pattern) for name, pattern in CALMING.items()}
_ALARMS = {name: re.compile(pattern) for name, pattern in ALARMING.items()}
_SENTENCE = re.compile(r"(?<=[.;?!\n])\s+|\n+")
_CLAUSE = re.compile(r"[.;?!\n]|\bbut\b")
_DENIAL = re.compile(CALMING["denied"])
_DENIES = re.compile(r"\b(?:no|nil|not|never|without|denies|denied|neither|nor|non|isnt|wasnt|hasnt|doesnt|didnt)\b")
_REACH = 60  # characters before an alarming word in which a denial reaches it
_EVERYWHERE = frozenset({"mild", "counted", "planned"})  # calm nothing by themselves
_COMMON = _EVERYWHERE | {
    "denied",
    "denied list",
    "knowledge asked",
    "opposite",
    "somebody else",
    "everyday cause",
}
_FAINT = frozenset({"denied", "mild"})
_SETTLING = frozenset(
    {
        "test found nothing",
        "looked after",
        "long past",
        "eases",
        "nothing since",
        "function kept",
        "somebody else",
        "unchanged",
        "treated and finished",
    }
)
_MOST = 6  # more of a kind tell no more
_LENGTHS = (8, 15, 25, 40, 60)  # words


def is_calmed(text: str) -> bool:
    """Return whether normalised `text` says anything that calms."""
    return bool(_calming(text) - _EVERYWHERE)


def may_settle(sentence: str) -> bool:
    """Return whether a sentence says what may settle the one beside it: a test, who looked, how long ago, whose it is."""
    return bool(_calming(sentence.lower()) & _SETTLING)


def signs(text: str) -> frozenset[str]:
    """Return the signs of normalised `text`: what calms, what alarms, how much of each, and which in one sentence."""
    return frozenset((*_of_whole(text), *_of_sentences(text)))


def _of_whole(text: str) -> Iterator[str]:
    calms, alarms = _calming(text), _alarming(text)
    yield from (f"+{name}" for name in calms)
    yield from (f"-{name}" for name in alarms)
    yield from _counted("calm", len(calms - _COMMON))
    yield from _counted("alarm", len(alarms))
    yield from _counted("denials", len(_DENIAL.findall(text)))
    words = len(text.split())
    yield from (f"words {n}" for n in _LENGTHS if words >= n)


def _of_sentences(text: str) -> Iterator[str]:
    sentences = [s for s in _SENTENCE.split(text) if s.strip()]
    for n, sentence in enumerate(sentences):
        calms, alarms = _calming(sentence) - _FAINT, _alarming(sentence)
        if alarms:
            yield "calmed sentence" if calms else "alarming sentence"
            yield from (f"-{alarm} +{calm}" for alarm in alarms for calm in calms & _SETTLING)
        if alarms and not calms and n == len(sentences) - 1:
            yield "ends alarming"


def _counted(name: str, count: int) -> Iterator[str]:
    yield from (f"{name} {n}" for n in range(1, min(count, _MOST) + 1))


def _calming(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _CALMS.items() if pattern.search(text))


def _alarming(text: str) -> frozenset[str]:
    """Return what alarms in `text` and is not denied just before."""
    return frozenset(n for n, p in _ALARMS.items() if any(not _is_denied(text, m.start()) for m in p.finditer(text)))


def _is_denied(text: str, start: int) -> bool:
    before = _CLAUSE.split(text[max(0, start - _REACH) : start])[-1]
    return bool(_DENIES.search(before))
