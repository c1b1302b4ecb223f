"""What a question is about, as signs for the scope's model: word classes, some of them together, and its length.

A class says in one sign what many words share, so that the model knows "de Quervain's" as another region from a
list, and needs no training text that names it. The patterns meet normalised text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guardrails.scope.laypeople import QUOTED
from guardrails.scope.medicines import AS_FACT
from guardrails.scope.neighbours import NEIGHBOURS
from guardrails.scope.regions import BESIDE, CLEARED

_WORDS: dict[str, str] = {
    "knee": (
        r"knee\w*|patell\w*|acl\w*|pcl|mcl|lcl|mpfl|anterior cruciate\w*|cruciate\w*|collateral ligament|menisc\w*|osgood\w*|sinding\w*|iliotibial|itb|bakers|"
        r"baker cyst|hoffa\w*|fat pad|plica\w*|pes anserin\w*|genu|poplite\w*|tibiofemoral|bucket[- ]handle|ramp lesion|root tear|cyclops|blounts?|lachman\w*|"
        r"mcmurrays?|thessaly|pivot[- ]shift|posterior sag|posterior drawer|anterior drawer|sweep test|patellar tap|obers?|apleys?|j[- ]sign|tt[- ]tg|"
        r"trochlea\w*|tibial tub\w*|kl grade|kellgren|ikdc|lysholm|koos\w*|visa[- ]p|womac|oxford knee|kujala|akps|tegner|vmo|vastus|quads?|quadriceps|"
        r"extensor lag|extension lag|quads lag|terminal extension|extension deficit|hyperextend\w*|decline (?:board|squats?)|single[- ]leg decline|"
        r"heavy slow resistance|hto|unicompartmental|manipulation under an\w+|arthrofibrosis|arthrogenic|joint line|jt line|inf(?:erior)? pole|fibular head|"
        r"fabella|snap(?:s|ping)? back|giving way|gives way|locked joint|j sign|prone hang|heel prop|dislocator|skyline view|"
        r"prepatellar|infrapatellar|valgus|varus|saphenous|lateral facet|prepat\w*|runners knee|jumpers knee|tka|tkas?|uka|ukr|aclr|hoffas|patellofemoral|hamstring graft|bptb|trochleoplasty|pcl|plc|posterolateral corner|meniscal|locked|lateral release|recurvatum|tib plateau|tibial plateau|popliteus|squinting|retropatellar|trick knee|notch"
    ),
    "leg": (
        r"calf|calves|gastroc\w*|soleus|achilles|hamstrings?|heel[- ]rises?|heel[- ]raises?|calf raises?|tibi\w*|femor\w*|shin\w*|leg|legs|lower limb\w*|"
        r"squats?|lunges?|hop|hops|hopping|jump\w*|land(?:s|ing)|stairs?|step[- ]downs?|step[- ]ups?|run|runs|runner\w*|running|jog\w*|couch to 5k|marathon|"
        r"walk:run|kneel\w*|gait|leg press|leg extension\w*|straight leg raise|nordic\w*|cycling|bike|sit to stand|5xsts|stance"
    ),
    "joint": (
        r"osteoarthriti\w*|arthroscop\w*|arthroplasty|replacement|joint|effusion\w*|swelling|swollen|swells|oedema|cartilage|chondr\w+|ligament\w*|rupture\w*|"
        r"instability|locking|lock|locks|locked|catch(?:es|ing)|crepitus|click\w*|tendon|tendons|tendinopath\w*|tendinitis|graft|reconstruct\w+|aspirat\w+|"
        r"flare\w*|block|"
        r"bursa\w*|bursitis|haemarthros\w*|hemarthros\w*|synovi\w*|lipohaem\w*|ballott\w*|stiff\w*|wound|scar|surger\w*|post[- ]op\w*|operat\w*|repair\w*|injur\w*|sprain\w*|strain\w*|tear|torn|fracture\w*|dislocat\w*|sublux\w*"
    ),
    "rehab": (
        r"load\w*|exercis\w*|rehab\w*|strength\w*|progress\w*|physio\w*|eccentric\w*|concentric\w*|isometric\w*|plyo\w*|tempo|reps?|sets|rpe|"
        r"blood flow restriction|range of m\w+|rom|flexion|extension|weight[- ]bearing|return to (?:sport|running|play)|limb symmetry index|dynamomet\w*|"
        r"goniomet\w*|psfs|mcid|outcome measures?|brac(?:e|es|ing)|tap(?:e|ing)|kinesio\w*|shockwave|stretch\w*|mobili[sz]\w*|hydro\w*|aquatic|land[- ]based|"
        r"home exercise\w*|caseload|group programme|adherence|rate of force|hep|nmes|tens|crutch\w*|stick|warm[- ]?up|deload|taper|mileage|cadence|baseline|"
        r"irritab\w*|"
        r"rest|flare|overload\w*|train\w*|gym|sport\w*|play\w*|physiotherap\w*|session\w*|programme|protocol|phase|prehab|balance|propriocept\w*|neuromuscular|activation|weak\w*|power|endurance|hypertroph\w*|1rm|rir|bodyweight|band(?:s|ed)?|sling|splint\w*"
    ),
    "evidence": (
        r"evidence|trials?|stud(?:y|ies)|rcts?|systematic|review\w*|guideline\w*|expert opinion|opinion|certainty|graded?|source|school\w*|camps?|approach\w*|"
        r"view|side|agree\w*|disagree\w*|reliab\w+|sensitiv\w+|specific\w+|valid\w*|predict\w*|test|tests|paper|data|meta-?analys\w+"
    ),
    "region": (
        r"shoulders?|rotator|cuff|rct|subacromial|painful arc|acromio\w*|acj|ac joint|ac jt|clavic\w*|collarbone|scapul\w*|sternoclav\w*|humer\w*|deltoid|slap|"
        r"bankart|hill[- ]sachs|glenohumeral|gh joint|supraspinatus|infraspinatus|subscap\w*|biceps|long head|triceps|pec(?:toral\w*|s)?|elbows?|epicondyl\w*|"
        r"lat epi|ucl|radial|ulnar?|cubital|forearms?|olecranon|wrists?|colles|scaphoid|tfcc|"
        r"(?<!other )(?<!one )(?<!second )(?<!by )(?<!which )hands?(?! ?-?held|s?-on)|grip|dupuytren\w*|de quervains?|(?<!of )thumbs?|fingers?|mallet|"
        r"trigger finger|pulley|carpal|metacarp\w*|cmc|(?<!femoral )(?<!fibular )neck(?! of)|cervic\w+|cervicogenic|whiplash|wad|torticollis|wry|ndi|"
        r"c[1-8](?:/\d)?|radiculopath\w*|radicular|nerve root|myelopath\w*|thoracic|kyphosis|t\d{1,2}|(?:low(?:er)?|mid|upper|bad) back|back (?:pain|ache)|lbp|"
        r"lumbar|lumbago|l[1-5](?:/[sl]?\d)?|s1|spin(?:e|al)|spondyl\w*|sciatica|scoliosis|cobb|slipped disc|disc|discs|discectomy|laminectomy|stenosis|pars|"
        r"facet|mckenzie|start back|sacroiliac|si joint|sij|sacr(?:al|um)|coccyx|tailbone|jaw|tmj|tmd|headaches?|migraines?|concussion|facial|bells palsy|skull|"
        r"plantar|heel (?:spur|pain|pad)|severs?|bunions?|hallux|metatars\w*|mortons?|sesamoid\w*|lisfranc|cuboid|navicular|tarsal|talar|talus|calcane\w*|"
        r"midfoot|forefoot|flat ?feet|pes planus|ankles?|atfl|cfl|syndesmo\w*|high ankle|peroneal tend\w*|tib(?:ialis)? post\w*|"
        r"hip (?:replacement|arthroplasty|labr\w+|impingement|osteoarthritis|fracture|flexor strain|pain|dysplasia|scope|arthroscopy|precautions|oa)|"
        r"total hip\w*|thr|oa hip|fai|fais|cam lesion|fadir|faber|lateral hip|gluteal tend\w*|gtps|trochanter\w*|coxa|snapping hip|deep gluteal|piriformis|"
        r"perthes|avn|labral|groin|adductor\w*|copenhagen|hernia|sports hernia|pubi\w*|proximal hamstring|sitting bone|ischi\w*|ribs?|costochond\w*|sternum|"
        r"intercostal|vertigo|bppv|epley|dix[- ]?hallpike|dizz\w*|vestibular|breast|mastectomy|cording|abdom\w*|diastasis|rect(?:i|us abdominis)|pelvic|"
        r"incontinen\w*|leaks?|bladder|urinary|bowel|prostat\w*|vulvo\w*|prolapse|copd|asthma|bronchi\w*|pneumonia|chest|lungs?|cardiac|heart failure|"
        r"facial palsy|upper limb\w*|arms?|dead arm|stinger|overhead|throw(?:er|ing)|pitcher|bowler|thoracic outlet|ultt\d?|frozen shoulder|hydrodilatation|"
        r"calcific|afo|foot drop|stroke|parkinsons?|ms|cerebral palsy|lymph\w*|tennis elbow|golfers elbow|fibromyalgia|polymyalgia|pmr|ankylosing|"
        r"backs|erbs|resp|auscult\w*|rc tear|rcr|rcrsp|tuck|tarsals?|big toe|ingrown|osteitis|cauda equina|myotomes?|dermatomes?|nerve glides?|hernias?|lats|rhomboid\w*|trapez\w*|scm|levator|shoulder blade|funny bone|knuckles?|nose|eyes?|ears?|teeth|tooth|hearing|tinnitus|throat|skin rash|eczema|kidney|liver|stomach|gut|reflux|pregnan\w* back|menopaus\w*|period pain|sinus\w*|stammer|swallow\w*|dysphag\w*|aphasia|neglect|hemipleg\w*|spasticity|tetrapleg\w*|parapleg\w*|guillain\w*|motor neurone|als|long covid|chronic fatigue|me/cfs|cystic fibrosis|bronchiect\w*|spirometry|incentive|suction|sputum|airway clearance|burns?|amput\w* arm|hand therapy|sternal|pericard\w*|angina|raynauds?|thalidomide|plagiocephaly|club ?foot|talipes|pigeon toe|in-?toeing|flat foot|heel lift|verruca|chilblains?|orthoses for feet"
    ),
    "hip_foot": (
        r"hips?|foot|feet|glute\w*|thighs?|heels?|trunk|pelvis|"
        r"achiles|arches|arch|insoles?|orthotic\w*|toes?"
    ),
    "medicine": (
        r"paracetamol|acetaminophen|codeine|tramadol|opioids?|morphine|opiates?|oxycodone|oramorph|nsaids?|\w{3,}profen|naproxen|diclofenac|anti-?inflam\w*|"
        r"pain ?killers?|pain relief|analges\w+|antibiotics?|steroids?|corticosteroids?|cortisone|\w{2,}(?:solone|sonide)|depo\w*|kenalog|"
        r"\w{3,}(?:tript[yi]line|gabalin|faxine|oxetine)|gabapentin|pregabalin|\w{3,}(?:coxib|oxicam)|\w{3,}xaban|dabigatran|doac|warfarin|inr|heparin|"
        r"\w{2,}parin|clexane|fragmin|anticoag\w*|blood thinners?|aspirin|clopidogrel|colchicine|allopurinol|febuxostat|methotrexate|biologics?|\w{3,}mab|"
        r"medications?|meds?|medicines?|drugs?|tablets?|pills?|\w*statins?|\w{3,}pril|\w{3,}sartan|\w{3,}olol|beta blockers?|\w{3,}prazole|ppis?|metformin|"
        r"insulin|\w{3,}(?:gliptin|gliflozin|glutide)|ozempic|wegovy|mounjaro|tirzepatide|glp-?1s?|bisphosphonates?|\w{3,}(?:dronate|dronic acid)|denosumab|hrt|"
        r"testosterone|antidepressants?|ssris?|co-?codamol|co-?dydramol|(?:fluoro)?quinolones?|\w{3,}(?:floxacin|cillin|mycin|cycline)|glucosamine|chondroitin|"
        r"turmeric|collagen|supplements?|vit(?:amin)?s?(?: [a-dk]\d?)?|creatine|magnesium|omega|fish oil|cbd|cannabis|hyaluron\w*|ha|synvisc|durolane|"
        r"viscosuppl\w*|gel injection|prp|platelet[- ]rich|prolotherapy|botox|baclofen|diazepam|muscle relaxants?|lidocaine|nerve block|capsaicin|gel|cream|"
        r"patch(?:es)?|injections?|inject(?:ed|ing)?|jabs?|vaccin\w*|amox\w*|fluclox\w*|"
        r"tranexamic|\w{3,}cept|\w{4,}zine|\w{3,}sporine|leflunomide|\w{3,}tinib|\w{3,}triptan|\w{3,}setron|\w{3,}azole|ketamine|nefopam|amitriptyline|oestrogen|estrogen|levothyroxine|thyroxine|steroid|pred|abx|antiplatelets?|tpa|iron|calcium|antihist\w*|\w{3,}pam|zopiclone|melatonin|laxatives?|inhalers?|salbutamol|nitrates?|gtn|diuretics?|furosemide|amlodipine|potassium|opiate|\w{3,}caine|side effects?|contraceptive|pill"
    ),
    "choosing": (
        r"dos(?:e|es|age|ing)|mg|mcg|milligrams?|how (?:much|many|often|long)|which|what (?:\w+ )?(?:is |are )?best|best|better|safest|strongest|stronger|"
        r"prescri\w*|pick|choose|recommend|suggest|advise|switch\w*|swap\w*|increase\w*|reduce\w*|taper\w*|wean\w*|double|stop\w*|start\w*|come off|coming off|"
        r"take|takes|taking|given?|give|add|interval|spacing|daily|twice a day|bd|tds|qds|prn|od|first[- ]line|alternatives?|instead|or|versus|vs|indicated|"
        r"contraindicat\w*|safe|interact\w*|skip|miss|omit|restart|reverse|bridge|max(?:imum)?|worth trying|right for|rank"
    ),
    "self": (
        r""
        r"(?<!in )my (?:own |left |right |bad |poor |sore |dodgy |other |painful |injured |swollen |operated |tight |first |new |torn |sprained )*(?:knees?|kneecaps?|calf|calves|legs?|acl|meniscus|patella|tendon|quads?|graft|scan|shin|thigh|skin|op|operation|surgery|arthritis|stitches|replacement|cartilage|doctor|gp|surgeon|consultant|coach|teacher|trainer|runners knee|mri|x-?ray)|"
        r"ive (?:got|had|been|hurt|torn|done|bought|twisted|injured)|"
        r"i (?:had|got|have|tore|heard|felt|feel|twisted|fell|slipped|woke|did|hurt|cant|cannot|could|work|play|dance|stopped|need|look after|get)|"
        r"for (?:me|myself)|(?:im|i am) (?:a |an )?(?:\d+|scared|worried|nervous|pregnant|training|keen|six|runner|in|having|getting|due|waiting|off)|meself|"
        r"me knees?|"
        r"(?:should|can|could|will|do|must|may|am) i (?:still |really |need|have|see|get|be|go|wear|kneel|run|ski|sleep|take|do|rest|walk|drive|ring|call|worry|carry|start|stop|play|use)|"
        r"when can i|is it (?:ok|okay|safe|normal|bad)(?: for me)?|is that (?:bad|normal|right|ok)|killing me|i could cry|hurts? (?:me|so)|told (?:me|to)|"
        r"at home|"
        r"(?:im|i am) only \d+|i havent|i should|i was|i am told|if i|me knee|my age"
    ),
    "relative": (
        r""
        r"(?:daughter|son|mum|mam|mom|mother|dad|father|wife|husband|hubby|partner|child|kid|boy|nan|nana|gran|granny|grandma|grandad|grandmother|grandfather|girlfriend|boyfriend|sister|brother|friend|aunt|auntie|uncle|nephew|niece|cousin|mate|neighbour|carer|old man|in law)s?"
    ),
    "my relative": (
        r"(?:my|our) (?:\w+ ){0,2}(?:daughter|son|mum|mam|mom|mother|dad|father|wife|husband|hubby|partner|child|kid|boy|girl|nan|nana|gran|granny|grandma|grandad|girlfriend|boyfriend|"
        r"sister|brother|friend|aunt|auntie|uncle|nephew|niece|cousin|mate|neighbour|old man|in law)s?"
    ),
    "clinician": (
        r"pts?|patients?|clients?|caseload|clinic|gym session|referral|referred|student|physio here|as a physio|"
        r"\d\d ?(?:f|m|yo|y/o|yr old|year old|yrs?)\b(?!\w)|[fm] ?\d\d|\d+/(?:7|52|12)|(?:wk|week|day) ?\d+|rx|hx|obj|subj|o/e|c/o|complaining of|nad|rom|"
        r"progress (?:her|him|them)|(?:her|him|them|she|he|shes|hes)|post[- ]op\w*|lad|lady|chap|bloke|gent|woman|man|footballer|netballer|rower|band \d|"
        r"assess\w*|examin\w*|differential|presentation|subjective|objective|palpa\w*|diagnos\w*"
    ),
    "tone": (
        r"lol|help!?|hubby|gyp|omg|dodgy|terrible|awful|agony|worried|scared|frightened|cry|killing|wobbly|puffy|thanks in advance|pls help|any tips|any ideas|"
        r"normal|bad|poorly|jelly"
    ),
    "office": (
        r"billing|bill|invoice|codes?|insurers?|insurance|excel|vlookup|spreadsheet\w*|sued?|lawsuit|solicitor|law|legal\w*|liab\w*|indemnity|essay|"
        r"dissertation|homework|letter|cv|resignation|landlord|study leave|annual leave|pay (?:rise|scale|band)|salar\w*|interview|election|cheapest|discount|"
        r"price|charge|fees?|vat|tax|rota|manager|hcpc|csp|cpd|portfolio|appraisal|marketing|instagram|caption|website|copy|flyer|advert|job ad|receptionist|"
        r"crm|gdpr|records?|business|self[- ]employed|contract|grievance|fit note|sick note|summary|draft|write|compose|proofread|rewrite|translate|"
        r"summari[sz]e|template|policy|google review|linkedin|powerpoint|slides|"
        r"regs|regulations?|h&s|health and safety|signs? it off|signed off|risk assessment|policy|audit|budget|funding|contract|staffing|recruit\w*|job|career|course fees?|masters|phd|exam|revision|assignment|reflective|logbook|mentor(?:ing)? scheme|email|presentation slides|poster|newsletter|blog|logo|domain|booking|diary|appointments system|software|app store|printer|parking|hoover|fridge"
    ),
    "ward": (
        r"cannula|catheter|transfus\w*|hb|crp|wcc|esr|u&es?|creat|ferritin|tsh|ana|rheumatoid factor|rf|dressing\w*|pressure sore|wound care|anaesthetic|"
        r"anaesthesia|spinal or|theatre|surgical technique|uncemented|cemented|robotic|component|resurfacing|staples|sutures?|glue|closure|tourniquet|"
        r"nerve block|adductor canal|listed for|indications?|surgeon use|which graft|implant|osteotomy or|sliding scale|ward|discharge (?:letter|summary)|"
        r"resite|ecg|sats|bloods?|blood results?|diagnosis\?|"
        r"surgeon|surgical (?:indication|technique|approach)|technique|anterior approach|posterior approach|rf negative|differential diagnosis of|blood test|biopsy|histology|ct|theatre|consent form|blood pressure|hypertension|diabetes control|hba1c|sepsis bundle|fluids?|nutrition|diet|dietitian|kcal|calories|meal plan"
    ),
    "everyday": (
        r"python|javascript|js|java|sql|csv|html|css|regex|docker\w*|dataframe|r code|matlab|git|source code|function|recipes?|cook\w*|bak(?:e|ing)|soup|bread|"
        r"pizza|curry|lasagne|weather|snow|rain|forecast|bitcoin|shares|stock market|mortgage|pension|capital of|president|prime minister|parliament|holiday|"
        r"hotel|flights?|trains?|movie|film|telly|horoscope|star sign|lottery|password|poem|haiku|limerick|joke|song|lyrics|sonnet|story|rhyme|speech|plot|quiz|"
        r"dogs?|cats?|kitten|puppy|horse|pony|rabbit|bearded dragon|canine|equine|stifle|vet|hello|hi|hiya|hey|yo|gm|good (?:morning|evening|afternoon|night)|"
        r"morning|thanks|thank you|cheers|ta|bye|merry|happy|christmas|birthday|bored|funny|love you|friends|who (?:are|is|was|won|made|painted)|what time|"
        r"how old are you|do you|are you|can you (?:sing|dream)|your (?:favourite|day|name)|football|cricket|league|f1|match|final|car|clutch|tyres?|oil|"
        r"printer|wifi|phone|laptop|carpet|roses|garden|bees?|swifts|planet|war|battle|king|queen|history|equation|solve|integrate|formula|x squared|german|"
        r"french|spanish|polish|translate|grammar|photosynthesis|virus|bacterium|climate|democracy|macbeth|"
        r"driving|shopping|station|interest|testing|latin|money|bank|loan|buy|sell|price|insurance quote|neighbour|council|school run|teacher|wedding|party|present|gift|music|band|guitar|piano|game|gaming|xbox|chess|crossword|book|novel|poet|paint|paris|london|lisbon|france|spain|italy|bus|airport|passport|visa|taxi|petrol|diesel|washing|dishwasher|boiler|plumb\w*|paint|diy|grass|lawn|plant|bird|fish|spider|moon|mars|space|physics|chemistry|maths|algebra|geometry|essay|shakespeare|dickens|ai|chatgpt|robot|human|machine|feel(?:ings)?|dream|sing|dance for me|entertain|rubbish|brilliant|great job|nice one|ages to answer|wine|beer|coffee|tea|dinner|lunch|breakfast|cake|cheese|pub|restaurant|cinema|theatre tickets|concert|netflix|tv|celebrity|politic\w*|government|vote|brexit|crypto|invest\w*|savings|kcal|shopping list"
    ),
}
_CLASSES = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in (_WORDS | NEIGHBOURS).items()}
_GOES_ON = re.compile(
    r"^\s*(?:and|so|but|go on|how sure|which one|what dose|what then|now what|say more|tell me more|continue|ok(?:ay)?|then|also|same|too|what (?:if|about|else)|how about|which of|why|when|does it|does that|is (?:that|it|there)|any|"
    r"without|with|in that|put (?:that|it)|give me|can you (?:explain|say|put|give)|compare|shorter|longer|simpler|again|summari[sz]e that|more)\b|"
    r"\b(?:those|previous answer|you said|you mean|did you mean|sounds like|as bullets|simpler|shorter|say it again|that advice|your answer|the other (?:leg|side|school|view|camp))\b"
)
_SAID = frozenset({"self", "my relative", "relative", "tone", "layman"})  # by the asker, not in a quotation
_FIRST_PERSON = re.compile(r"\b(?:i|im|ive|my|me)\b")
_WORD = re.compile(r"\w+")
_BODY = frozenset({"knee", "leg", "joint", "region", "hip_foot", "rehab", "medicine", "evidence", "clinician"})
_OURS = frozenset({"knee", "leg", "joint", "region", "hip_foot", "rehab", "evidence"})
# What says more together than apart: the first is there, with or without the second.
_PAIRS = (
    ("cleared", "knee"),
    ("region", "knee"),
    ("self", "clinician"),
    ("relative", "clinician"),
    ("my relative", "clinician"),
    ("my relative", "knee"),
    ("medicine", "knee"),
    ("medicine", "choosing"),
    ("everyday", "knee"),
    ("everyday", "clinician"),
    ("office", "knee"),
    ("ward", "knee"),
    ("hip_foot", "knee"),
    ("self", "medicine"),
    ("goes_on", "knee"),
    ("region", "leg"),
    ("leg", "knee"),
    ("joint", "knee"),
    ("rehab", "knee"),
    ("region", "in passing"),
    ("ailment", "in passing"),
    ("ailment", "rehab"),
    ("ailment", "knee"),
    ("colleague", "rehab"),
    ("desk", "knee"),
    ("desk", "rehab"),
    ("layman", "clinician"),
    ("third person", "ailment"),
    ("medicine", "in passing"),
    ("medicine", "rehab"),
)
_WORDS_IN_A_STEP, _STEPS = 5, 4


_PATIENT = re.compile(
    r"\b(?:knee\w*|\w*patell\w*|acl\w*|anterior cruciate\w*|menisc\w*|osteoarthritis|oa|pfp|tkr|tka|total|replacement|arthroplasty|"
    r"reconstruction|repair|list|class|clinic|caseload|group|patients?|lady|man|woman|chap|my|surgery|post op\w*|op|\d+[mf]|[mf]\d+)\b"
)


def without_patient(text: str) -> str:
    """Return normalised `text` without what makes it a knee patient's: what is left is what it asks.

    >>> without_patient("insulin sliding scale for my knee replacement lady, units?")
    'insulin sliding scale for , units?'
    """
    return " ".join(_PATIENT.sub(" ", text).split()) or text


def signs(text: str, *, is_strange: bool = False) -> frozenset[str]:
    """Return the signs of normalised `text`.

    Args:
        text: one turn, or a whole conversation.
        is_strange: whether most of its words stand nowhere in the library.

    >>> sorted(signs("tennis elbow, which splint?"))[:3]
    ['about 2', 'choosing', 'length 0']
    """
    left = BESIDE.sub(" ", CLEARED.sub(" ", text))
    said = QUOTED.sub(" ", left)
    found = {name for name, pattern in _CLASSES.items() if pattern.search(said if name in _SAID else left)}
    if "medicine" in found and not _CLASSES["medicine"].search(AS_FACT.sub(" ", left)):
        found = found - {"medicine"} | {"medicine as a fact"}
    if _GOES_ON.search(text):
        found.add("goes_on")
    if is_strange:
        found.add("strange")
    if CLEARED.search(text):
        found.add("cleared")
    return frozenset({*found - {"in passing"}, *_together(found), *_counted(text, found), *_of_the_asker(said, found)})


def _together(found: set[str]) -> Iterator[str]:
    for first, second in _PAIRS:
        if first in found:
            yield f"{first} with {second}" if second in found else f"{first} without {second}"


def _counted(text: str, found: set[str]) -> Iterator[str]:
    yield f"length {min(_STEPS, len(_WORD.findall(text)) // _WORDS_IN_A_STEP)}"
    yield f"about {min(_STEPS, len(found & _BODY))}"
    if not found & _OURS:
        yield "bare"
        if "goes_on" in found:
            yield "bare, goes on"


def _of_the_asker(said: str, found: set[str]) -> Iterator[str]:
    """Yield whether the asker speaks of themselves, and of a leg that may be theirs."""
    if _FIRST_PERSON.search(said):
        yield "first person"
        if "clinician" not in found and found & {"knee", "joint", "leg"}:
            yield "first person of a leg"
