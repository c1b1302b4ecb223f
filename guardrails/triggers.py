"""Trigger words of the context algorithm: what opens a scope, what closes it, and what only looks like a denial.

The classes are those of ConText (Harkema et al. 2009) and NegEx (Chapman et al. 2001); the words are those of
clinic notes and of what patients say.
"""

from __future__ import annotations

import re

SENTENCE = re.compile(r"([.;!?]+(?=\s|$)|\n+)")
CONTRAST = re.compile(
    r"\s+(?:but|however|although|though|except|whereas|yet)\s+|\s+[-\u2013\u2014]\s+(?!(?:clean|clear|normal|negative|nad)\b)"
)
# A sentence that asks for knowledge and points at nobody.
KNOWLEDGE = re.compile(
    r"^\W*(?:and |so |also |quick question )?(?:why\b|what (?:are|is|does|do|makes|causes|distinguishes|tells|"
    r"suggests|raises|signs|"
    r"symptoms|features|findings|red ?flags)\b|(?:which|what) (?:\w+ ){0,2}(?:signs|symptoms|features|findings|"
    r"red ?flags|tests?|"
    r"criteria|rules?|score|items?)\b|when (?:should|do|does|would|is|to|must)\b|"
    r"how (?:(?:do|does|would|should|can) (?:i|you|we|one|physios|physiotherapists|clinicians|staff)|to|"
    r"common|likely|"
    r"often|reliabl[ey]|long (?:after|before|does|do|is|are|until|can)|"
    r"accurate|sensitive|soon|"
    r"fast|quickly|well|dangerous|serious|urgent(?:ly)?)\b|how (?:do|does|is|are|can|"
    r"would) .{0,60}\b(?:differ|compare|"
    r"defined)|(?:whats |what is )?(?:the )?differences? between\b|define\b|explain\b|describe\b|"
    r"what(?:s| does) .{0,50}\bmean\b|what (?:would|should|might|could) (?:make|raise|alert|prompt|lead)\b|is [\w -]{1,40} (?:just|only|the same as|another (?:name|word) for|what (?:we|they|people)|how)\b)|"
    r"\bcut[ -]?off\b|\b(?:wells|ottawa|pittsburgh|kocher|caprini)\b.*\bpoints?\b|"
    r"\bhow (?:is it |are they )?(?:drawn|measured|scored|defined|calculated)\b"
)
# Said for a lesson, a leaflet or an exam: then a question of knowledge may name "a patient".
TEACHING = re.compile(
    r"\b(?:cpd|osce|quiz|revis(?:ing|ion)|essay|for (?:my |an? |the )?exam|exam (?:revision|question|scenario|"
    r"tomorrow)|"
    r"for teaching|teaching (?:juniors|students|session|staff|a group|tomorrow|the ward|my|notes)|"
    r"training (?:day|session)|(?:updat|writ|draft|revis|review)ing (?:\w+ ){0,3}(?:policy|protocol|pathway|procedure|"
    r"form|handbook|pack)|(?:for|in) (?:\w+ ){0,3}(?:policy|protocol|pathway document|handbook)\b|policy question|"
    r"staff (?:training|meeting)|(?:for|in) (?:our|the|my) (?:clinic form|leaflet|poster|team meeting|induction)|"
    r"(?:info(?:rmation)?|patient|making an?|writing an?) (?:leaflet|poster|policy|handout)|making a poster|"
    r"writing .{0,20}"
    r"slides|out of curiosity|just (?:asking|curious|practising)|student asking|in[- ]service)\b"
)
TAUGHT = re.compile(
    r"^\W*(?:and |so |also |quick question |policy question ?\W? ?)?"
    r"(?:what|which|when|how|why|who|where|is|are|can|could|do|does|would|"
    r"should|at (?:which|what)|define|explain|describe|list)\b(?!.*\b(?:he|she|his|her|hes|shes|him|today|"
    r"my (?:\w+ )?(?:patient|pt|client))\b)"
)
IMAGINED = re.compile(
    r"^\W*(?:so |ok |okay |right |now |and )?(?:suppose|supposing|imagine|hypothetically|pretend|lets (?:say|suppose|"
    r"imagine|pretend)|say (?:a|somebody|someone)\b|if (?:a|any|some) (?:patient|pt|client|person|child|runner|"
    r"player)\b|"
    r"if (?:somebody|someone|anybody|anyone)\b)|\b(?:exam|mock|osce) (?:scenario|case|practice)\b|"
    r"\b(?:journal club|made[- ]up|fictional|fictitious|invented) (?:case|patient|scenario)\b|"
    r"\b(?:case|patient|scenario|vignette)\b.{0,30}\b(?:made up|fictional|invented|journal club|viva)\b|"
    r"^\W*hypothetical\b|(?<!not )\b(?:an? )(?:hypothetical|imaginary|theoretical|made[- ]up) (?:[\w-]+ ){0,3}?"
    r"(?:patient|pt|client|case|runner|player|jumper|person)\b|"
    r"\bno real patient\b|\bin my osce\b|\brole ?play\b"
)
# Another patient, seen and dealt with: "different patient earlier had a hot calf, I've sent him up".
OTHER_PATIENT = re.compile(
    r"^\W*(?:(?:a|my|the|our) )?(?:different|another|other|previous|last|earlier) (?:patient|pt|client|lady|"
    r"man|woman|one)\b"
    r"(?!.*\b(?:now|today|currently|is|has)\b).*\b(?:earlier|yesterday|last week|sent|referred|already|admitted)\b"
)
# "Night pain? No." denies what it asks; "Can he run? No fever" and "Give exercises? Not keen" do not.
SHORT_QUESTION_WORDS = 6
ASKED_ITEM_WORDS = 3
ASKS_FOR_SIGNS = re.compile(
    r"^\W*(?:and |so )?(?:any|is there|are there|has (?:he|she)|have they|did (?:he|she)|history of)\b"
)
ANSWERS_NO = re.compile(
    r"^\W*(?:(?:no|nope|nah|never|none|nil|not (?:at all|once|ever|really))(?:\W*$|\s*,|\s+(?:but|and|not|never|"
    r"just|it|he|"
    r"she|that|theyre|hes|shes)\b)|never (?:had|been|did|has|in)\b|(?:negative|normal|denied|denies|"
    r"excluded)\W*(?:$|,))"
)
ASKS_WHETHER_TO = re.compile(
    r"^\W*(?:can|could|should|shall|do|does|did|would|will|what|which|how|when|why|who|where|ok|okay|safe|"
    r"continue|start)\b|"
    r"\b(?:straight leg raise|raises?|pulses?|push off|weight bear\w*|walk\w*|able|lift|bend|blanch\w*|straighten\w*|"
    r"pee\w*|reflex\w*)\b"
)
SOMEBODY = re.compile(
    r"\b(?:he|she|his|her|hers|him|hes|shes|my|mine|this|these|that knee|pt|patient|client|lady|gentleman|today|"
    r"yesterday|now|tonight|ago|"
    r"since|yo|\d+ ?[mf]|[mf] ?\d+|\d+/(?:7|52|12)|\d+ (?:days?|weeks?))\b"
)
CARE = re.compile(
    r"\b(?:exercis\w*|treat\w*|rehab\w*|strength\w*|stretch\w*|massage|load\w*|plan|progress\w*|help\w*|programme|"
    r"do (?:for|with|about)|"
    r"raises?|physiotherapy)\b"
)
TERMINATOR = re.compile(r"\b(?:but|however|except|apart from|now has|now with|then|today has|presents? with)\b")
ENDS_DENIAL = re.compile(
    r"\b(?:woke|came|started|began|begins|since|because|which|now|present(?:s|ed|ing)?|develop(?:s|ed|ing)?|"
    r"reports?|complain\w*|today|after|following|"
    r"yesterday|tonight|last night|this (?:morning|evening|week)|so (?:he|she|they|i|now)|"
    r"(?:he|she|they|it|i) (?:will|is|has|was|had|cannot|says?|feels?)|"
    r"and (?:now|has|is|are|feels?|looks?|cannot|wont|getting|he|she|they|the|it|then|an?|his|her|their|my|with))\b"
)
DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|allergic to|allergy to|neg(?:ative)? for|no (?:history|hx|sign|signs|evidence|complaints?|symptoms?) of|"
    r"nil of)\b"
)
NOT = re.compile(
    r"\b(?:no|not|nil|non|without|never|neither|nor|absent|isnt|wasnt|arent|werent|hasnt|havent|doesnt|didnt|"
    r"free of|"
    r"excluded|excludes|ruled out|rules out|(?:scan|duplex|doppler|ultrasound|mri|ct|x-ray|bloods|gp) r/o|"
    r"rather than|unlikely|zero)\b"
)
# Words that hold a "no" and deny nothing that follows.
DENIES_NOTHING = re.compile(
    r"\b(?:non(?=[ -](?:stop|weight|blanching|compliant|union|drug|verbal|operative))|(?:not|never|cannot|"
    r"havent|hasnt|isnt|wasnt|yet|to|be|been) (?:yet |been |be |fully )*(?:exclude[ds]?|"
    r"ruled? out|r/o|cleared)|"
    r"no (?:change|better|improvement|relief|idea|worse|doubt|joy|luck|further|longer than)|"
    r"no (?:known )?reason(?! to)|no (?:reason|point|will) (?:to|in) (?:live|living|carry|go|going|be)\b|"
    r"not (?:only|just|sure|certain|clear|improv\w+|better|getting|settl\w+|help\w+|respond\w+|resolv\w+|"
    r"reliev\w+|touched|touching|"
    r"eas\w+|seen|checked|tested|examined|yet|tolerat\w+|sleeping|coping|able|managing)|never (?:seen|"
    r"had anything|felt)|"
    r"(?:doesnt|dont) see(?: the| any| a)?(?! \w*(?:swell|bruis|red))|didnt (?:notice|realise|know|feel when)|doesnt (?:know|remember|recall|help|"
    r"touch|settle|ease|like)|nothing (?:helps|touches|eases|relieves))\b"
)
# What is missing when something is wrong: "no periods, tibial pain" and "not kicking the leg, fever" deny nothing more.
MISSED = re.compile(
    r"^\W*(?:(?:any|more|active|palpable|foot|ankle|knee|straight[- ]leg|morning|real|quadriceps|calf|single|"
    r"further) ){0,3}"
    r"(?:periods?|bleed|cycles?|menses|erections?|libido|pulses?|reflex(?:es)?|jerks?|straight|raise|"
    r"extension|flexion|"
    r"movement|motion|power|strength|control|feeling|sensation|sleep|relief|improvement|push|hop|heel|grip|"
    r"appetite|"
    r"urine|stairs|weight|blanching|power|contraction|lift|water|food|follow|scan|doppler|x-ray|antibiotics|"
    r"way|idea|one)\b|"
    r"^\W*\w+ing\b"
)
# "calf raise nil", "infection ruled out": said after what it denies, it denies nothing that follows.
POSTPOSED = re.compile(
    r"[a-z]{3,} (?<!has )(?<!had )(?<!with )(?<!and )(?<!now )(?<!was )(?<!are )(?<!still )(?<!there )(?<!but )"
    r"(?:zero|nil|absent|excluded|ruled out|unlikely)\b(?! (?:for|of))"
)
STATES = (
    r"(?:is|are|has|have|was|feels?|looks?|went|gone|now|hot|red|warm|swollen|tense|tight|locked|stuck|cold|pale|"
    r"white|numb|weak|hard|"
    r"deformed|ballooned|swelled|blew|hurts|leaking|oozing|burning)"
)
BODY = (
    r"(?:knees?|legs?|calf|foot|feet|toes?|joint|hip|ankle|shin|thigh|wound|scar|patella|achilles|tendon|"
    r"chest|back)"
)
NEW_STATEMENT = re.compile(rf"^\W*(?:(?:the|her|his|their|left|right|l|r|whole) )*{BODY}\W+(?:\w+ly )?{STATES}\b")
TRAUMA = re.compile(
    r"^\W*(?:\w+ ){0,2}?(?:injury|trauma|falls?|fell|knock|blow|mechanism|reason|cause|accident|twist|surgery|"
    r"incident|bite|warning)\b"
)
LISTED = re.compile(
    r"\b(?:redness|heat|warmth|swelling|loss|pain|sweats|fevers?|chills|rigors|numbness|tingling|bruising|"
    r"weakness|tenderness|effusion|locking|lump|rash|discharge|cough|haemoptysis|incontinence|symptoms|"
    r"changes?|pitting|oedema|deformity|gap|lag)$"
)
AFTER_NOT = re.compile(
    r"\b(?:ruled out|r/o|excluded|negative|neg|cleared|absent|denied|nad|unremarkable|not (?:seen|present|"
    r"found|there)|"
    r"nil|resolved|is not|are not|screened|none|sterile|no growth|grew nothing|cleared (?:by|at|for))\b"
)
FINE = re.compile(r"\b(?:normal|intact|fine|unaffected|unremarkable)\b")
# Words that deny a finding as its predicate ("pulses normal"), not before a noun ("with normal pulses").
AFTER_FINE = re.compile(
    r"\b(?:(?<!than )(?<!bladder )(?<!bladder is )(?:normal|clear|intact|fine|ok|okay|equal|settled|gone|"
    r"never|painless|full|unaffected|healed|cured)"
    r"(?=$|\W*$|\W+(?:now|today|since|by|on|at|in|after|and|or|throughout|this|both|long)\b)|^free\b)"
)
ASKS_LEAVE = re.compile(r"\W*\b(?:ok|okay|fine|safe|alright)\W*$")
STILL_OPEN = re.compile(
    r"\b(?:not|never|hasnt|havent|isnt|wasnt|cannot|yet to) (?:yet |been |be |fully )*(?:clear\w*|settled|"
    r"resolved|normal|excluded|ruled|r/o|healed|screened|gone|fine|right|denied)"
)
# "I asked about night pain, weight loss and sweats and all were no" denies the list that comes before it.
ALL_NO = re.compile(
    r"\b(?:all|each|every one)(?: of (?:them|these|those|which))?(?: (?:were|was|came back|answered|are))? "
    r"(?:no|nil|negative|denied|absent)\b"
)
AFTER_END = re.compile(r",|\b(?:with|while|because|then|so|despite|when)\b")
PAST_BEFORE = re.compile(
    r"\b(?:(?:back )?in (?:19|20)\d\d|last year|years ago|previous(?:ly)?|prior|"
    r"(?<!cm )(?<!get )(?<!line )(?<!half )(?<!push )past(?! (?:it|him|her|that|this|the|his|\d+)\b)|"
    r"past medical history|last months?|finished (?:antibiotics|treatment) for|treated (?:as|for)|"
    r"(?<!year )(?<!year-)(?<!years )(?<!yr )(?<!yrs )(?<!month )(?<!months )"
    r"(?<!week )(?<!weeks )(?<!day )(?<!days )(?<!mo )(?<!y )old(?! (?:bruis\w*|burns?|marks|fella|fellow|man|lady|"
    r"woman|boy|girl|"
    r"dear|chap|gentleman|person|patient|people|lad|guy))|"
    r"as a (?:child|kid|baby|toddler|teen\w*)|childhood|in (?:his|her|their) (?:teens|twenties|thirties|youth)|once had|"
    r"used to|pinned for)\b[^,]*$"
)
SPAN = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|some|many)"
PAST_AFTER = re.compile(
    rf"^[^,]{{0,40}}?\b(?:{SPAN} (?:years?|yrs?) (?:ago|back|previously)|{SPAN} (?:months?|mths?) (?:ago|back)|"
    rf"(?<!since )last (?:year|season|autumn|winter|spring|summer)|years ago|months ago|(?:back )?in (?:19|20)\d\d|"
    r"(?:19|20)\d\d|as a (?:child|kid|baby|toddler|teen\w*)|in childhood|previously|"
    r"in (?:his|her|their|my) (?:teens|twenties|thirties|forties|fifties)|"
    r"at (?:age |the age of )\d+|at \d+ and (?:discharged|pinned|recovered|fully|was|never|had)|pinned|"
    r"(?<!not )(?<!isnt )(?<!never )healed|cured|washed out|"
    r"fully recovered|(?<!when )(?<!since )(?<!after )(?<!until )(?<!not )(?<!medically )discharged)\b"
)
# A finding that an operation was for: it is what was mended, unless the operation is still to come.
MENDED = re.compile(
    r"\b(?:reconstruct\w+|repair(?:ed|s)?|orif|fixation|operat(?:ion|ed)|surgery|surgical|fixed|plated|nailed|"
    r"washout)\b"
    r"(?: (?:after|following|for|post|because of|due to|of|from)| on after)"
    r"(?: (?:a|an|the|his|her|left|right|l|r|bad|nasty|traumatic|acute|closed|open|previous))* (?:\w+ )?$"
)
STILL_TO_COME = re.compile(
    r"\b(?:await\w*|waiting|needs?|needing|list(?:ed)?|booked|planned|before|offered|refused|declin\w+|consider\w*|"
    r"no|not|without|missed|failed|wants?|urgent|tomorrow|today|yesterday)\b"
)
LONG_AGO = re.compile(rf"\b(?:\d+ ?/12|(?:{SPAN} |\d+ ?)(?:months?|mths?|mo|years?|yrs?|y)|last year|(?:19|20)\d\d)\b")
# A spell with an end, some time ago, and nothing of it left: "for two days last month, scan clear".
OVER = re.compile(
    rf"^[^,]{{0,20}}?\bfor (?:about |around |only |just )?(?:{SPAN}|a few|a couple(?: of)?) "
    rf"(?:hours?|days?|nights?|weeks?|wks?) (?:(?:back )?(?:last|in|over|during) (?:month|year|summer|autumn|"
    rf"winter|"
    rf"spring|term|season)|(?:{SPAN}|a few|a couple of) (?:weeks?|wks?|months?|mths?|years?) (?:ago|back))\b"
    r".*\b(?<!not )(?:clear(?:ed)?|normal(?:ly)?|fine|resolved|settled|fully recovered|nothing since)\b"
)
# An episode that the same sentence ends: "treated by the GP, completely cleared", "settled, cleared by ortho to rehab".
RESOLVED = re.compile(
    r"\b(?:(?:completely|fully|all|now) (?:cleared|resolved|settled|recovered|healed|gone)|recovered fully|"
    r"attack over|"
    r"back to normal (?:since|by|within|after|the next)|given the all clear|symptom free (?:since|now)|"
    r"(?<!not )normal (?:again )?(?:by|inside|within) (?:the|an?|\w+ (?:minutes?|hours?|days?|weeks?))|"
    r"no (?:\w+ )?symptoms since|(?:no|nil|never any) (?:further |more )?(?:issues?|problems?|trouble|bother|recurrence)? ?"
    rf"(?:since|(?:in|for) (?:over )?{SPAN} (?:years?|yrs))|"
    r"(?:gone|settled|resolved|negative|drained)\b.*\bcleared (?:for|to|by|at)\b)"
)
# "Numb on top of the foot that evening, gone by morning"; what should be there and is gone is another matter.
GONE_SOON = re.compile(
    r"^[^,]{0,50},(?:[^,]{0,20},)?\W*(?:and |then |all |was )?(?:gone (?:again )?(?:by|within|inside|the (?:next|same)) \w+|"
    r"(?:pinked|warmed) up\b|(?:back|right|fine|normal) (?:again )?(?:in|within|after) (?:\w+ ){1,2}(?:second|minute|min)s?\b)"
)
FUNCTION = re.compile(r"\b(?:pulses?|power|strength|feeling|sensation|reflex\w*|jerks?|movement|control|voice|sight)\b")
NOT_RESOLVED = re.compile(
    r"\b(?:not|never|still|but|again|worse|returned|back again|new|now|yet|until|before|once|if)\b"
)
ENDS_PAST = re.compile(r"\b(?:and|but|so) (?:this|now|has|is|the|today|he|she)\b|\b(?:now|since then|today)\b")
GOES_ON = re.compile(r"\b(?:now|still)\b")
RECENT_TOO = re.compile(r"month|mth|discharged")
ONSET = re.compile(r"\b(?:start\w*|began|onset|since|notic\w+|first|came on|appeared|develop\w+|for)\b")
PRESENT = re.compile(
    r"\b(?:now|again|currently|today|still|ongoing|persist\w*|this (?:morning|week)|since (?:then|yesterday)|"
    r"tonight|new(?:ly)?)\b"
)
RELATIVE = (
    r"(?:mother|father|mum|mom|dad|brother|sister|cousin|aunt|uncle|grand\w+|parent|wife|husband|son|daughter|"
    r"friend|(?:team|class|flat|house|work|club|room)[ -]?mate|neighbour|colleague|nephew|niece|"
    r"(?:brother|sister|mother|father)[ -]in[ -]law)"
)
FAMILY = re.compile(
    rf"(?:(?<!my )\b{RELATIVE}s?(?: also| nearly| once| just| recently)? (?:had|has|have|with|died|got|was|"
    rf"is (?:being treated|in an? (?:boot|cast|brace|splint)|on)|suffered|needed|carrie[sd]|developed|gets|keeps getting|"
    rf"broke|tore|ruptured|fractured|lost)\b"
    r"(?! (?:noticed|seen|said|brought|reported|found|been|told|tried|given|described|worried|to carry|to help|"
    r"to lift|thrown|hit|locked|taken|moved|threatened|attacked|pushed|fresh|new|her|his|him|them|just|shaken|"
    r"beaten))|"
    rf"\b{RELATIVE}s {BODY}\b|"
    r"\b(?:family history|fhx?|fh of|runs in the family|familial)\b)"
)
# "My patient is the husband": then what is told of the wife is not the patient's.
MY_PATIENT = re.compile(
    rf"\bmy (?:patient|pt|client) is (?:the |her |his )?({RELATIVE})\b|"
    rf"\b({RELATIVE}) is (?:mine|my (?:patient|pt|client))\b"
)
ABOUT_RELATIVE = re.compile(rf"^\W*(?:(?:the|his|her|their|pts) )?({RELATIVE})\b")
CARED_FOR = re.compile(
    rf"^\W*(?:the|his|her|their|pts) {RELATIVE} (?!says|said|reports|told|rang|noticed|found|brought).*\b(?:(?:he|she|and) is "
    r"(?:being (?:looked after|treated|cared for)|under the|on the ward|in hospital))\b"
)
# A relative who tells it: then the one told of is the patient.
REPORTER = re.compile(
    r"\b(?:daughter|son|husband|wife|carer|grand(?:son|daughter|ad|ma)|mum|dad|family|niece|nephew|partner)"
    r" (?:says?|said|reports?|reported|tells?|told|rang|phoned|thinks|noticed)\b"
)
HIMSELF = re.compile(r"\b(?:he|she|they|himself|herself|pt|patient|i)\b")
SUPPOSED = re.compile(
    r"(?:(?<!worse )(?<!screams )(?<!hurts )(?<!cries )(?<!yelps )(?<!painful )\bif (?!i\b|we\b|you\b)|"
    r"\b(?:in case|when (?:should|would|do)|how (?:do|would|should) (?:i|you|we) "
    r"(?:screen|exclude|rule|spot|tell|recogni[sz]e|check)|signs of|criteria|rules? for|what if|should (?:he|she|"
    r"they) "
    r"(?:develop|get)|red ?flags? (?:for|of)|watch (?:for|out)|look out|risk of|prevent(?:ing|ion)?|worr(?:y|ied) "
    r"(?:about|that)(?! (?:his|her|the|my|how|this|their|why)\b)|scared of|fears? (?:of|that)|afraid (?:of|that)|frightened of|terrified of|nervous (?:of|about)|anxious about|in general|safety ?-?net\w*)\b)"
)
ENDS_SUPPOSING = re.compile(
    r"\b(?:because|as (?:her|his|the|she|he|they)|since|given|while|so (?:he|she|hes|shes|they)|and (?:has|is|"
    r"now)|(?:he|she|they) will)\b|"
    r"(?<=[a-z]) if [^,]*,"
)
NOT_WINDOW_WORDS = 6
LIST_ITEM_WORDS = 5
