"""What a question about a knee may turn on beside the knee: operations, illnesses, treatments, devices, tests.

A word class says what many words share, so that a question that turns on "trochleoplasty" is known to turn on an
operation though no labelled question names it. Which of them the library holds is not said here: ``assistant.holding``
looks that up in what the subject speaks of. A "burden" is an illness that
many patients have beside the knee. The patterns meet normalised text.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS: dict[str, str] = {
    "operation": (
        r"\w*osteotom\w*|hto|dfo|wedge|(?!arthroplasty)\w*plasty|mosaicplast\w*|oats|microfracture\w*|"
        r"microdrilling|nanofracture|m?aci|chondrocytes?|"
        r"allografts?|transplant\w*|scaffolds?|implant\w*|lateral release|mpfl|tubercle transfer|tto|fulkerson|"
        r"elmslie\w*|hauser|maquet|"
        r"manipulat\w+ under|mua|arthrodes\w+|fus(?:ed|ion)|amputat\w*|stump|endoprosthe\w+|prosthe\w+|"
        r"rotationplasty|distract\w+|"
        r"lengthen\w+|ilizarov|taylor spatial|fixator|nail(?:ed|ing|s)?|plat(?:es?|ed|ing)|k[- ]?wires?|wir(?:es?|"
        r"ed|ing)|tension band|orif|fixation|"
        r"screws?|metalwork|hardware|epiphysiodes\w+|guided growth|tenodes\w+|lemaire|anterolateral ligament|"
        r"internal brac\w+|"
        r"synovectom\w*|patellectom\w*|debrid\w+|notchplasty|emboli[sz]ation|ablation|radiofrequency|"
        r"wash(?:ed)? ?outs?|lavage|revision|"
        r"misha|shock absorber|gastrectomy|bariatric|gastric|bypass|excis\w+|resect\w+|decompress\w+|fasciotom\w*|"
        r"tendon repair|repair(?:ed)? through|sutur\w+|stitched|reattach\w+|drill\w+|pinn(?:ed|ing)|pins|grafted|"
        r"all[- ]epiphyseal|physeal[- ]sparing|z[- ]lengthen\w*|denervation|cementoplasty|subchondroplasty|"
        r"loose bod\w+|removal"
    ),
    "illness": (
        r"hypophosphat\w*|rickets|osteomalaci\w*|paget\w*|haemochromato\w*|hemochromato\w*|wilsons|gout\w*|urate|"
        r"cppd|pseudogout|crystals?|"
        r"chondrocalcin\w*|rheumatoid|inflammatory arthritis|juvenile|jia|psoria\w*|lupus|spondylo\w*|"
        r"reactive arthritis|enthesitis|"
        r"enthesopath\w*|septic|sepsis|tubercul\w*|tb|lyme|osteomyel\w*|\w*sarcoma\w*|tumou?rs?|lymphoma|myeloma|"
        r"metasta\w*|exostos\w*|"
        r"osteochondroma\w*|dysplasia|necrosis|osteonecro\w*|infarct\w*|sickle|haemophili\w*|hemophili\w*|"
        r"thalassaem\w*|willebrand|charcot\w*|"
        r"multiple sclerosis|ms|edss|parkinson\w*|stroke|cva|hemipleg\w*|hemipar\w*|cerebral palsy|"
        r"dipleg\w*|gmfcs|spina bifida|"
        r"polio\w*|guillain\w*|myositis|dystroph\w*|duchenne|becker|myasthen\w*|motor neurone|spinal cord|"
        r"parapleg\w*|tetrapleg\w*|spastic\w*|"
        r"down syndrome|downs|trisomy|osteogenesis|achondroplas\w*|dwarfism|marfan\w*|arthrogryp\w*|"
        r"nail[- ]patella|turner\w*|syndrome|"
        r"blounts?|knock[- ]knees?|bow(?:ed|ing)?(?:[- ]legs?)?|growing pains?|discoid|osteochondritis|ocd|"
        r"heterotopic|ossific\w*|calcif\w+|"
        r"pellegrini\w*|chondromatosis|pvns|pigmented|tenosynovial|lipoma\w*|haemangioma|parameniscal|ganglion|"
        r"bursitis|plica\w*|"
        r"lymphoedema|lipoedema|lipedema|varicose|compartment\w*|entrapment|claudic\w*|ischaem\w*|fibromyalgi\w*|"
        r"crps|allodynia|chronic fatigue|"
        r"pots|orthostatic|covid|pregnan\w*|postnatal|post[- ]partum|menstru\w*|"
        r"anorexi\w*|"
        r"relative energy|cancer|chemo\w*|radiotherap\w*|hiv|dementia|alzheimer\w*|"
        r"autis\w*|adhd|"
        r"learning disab\w*|functional neuro\w*|fnd|denervat\w*|reinnervat\w*|nerve (?:palsy|injury|lesion|gone)|"
        r"foot drop|neuropath\w*|neuroma|"
        r"shingles|psychosis|burns?|scleroderma|acromegal\w*|sarcoid\w*|melorheostosis|leprosy|"
        r"cramps?|restless|infection|"
        r"cellulitis|"
        r"mucoid|synovitis|torticollis|scoliosis|dwarf|hemimelia|limb deficiency|congenital|plexus|post[- ]polio"
    ),
    "burden": (
        r"diabet\w*|menopaus\w*|osteopor\w*|osteopen\w*|obes\w*|dialysis|ckd|renal|blind|deaf|hypothyroid\w*|"
        r"epileps\w*|epilept\w*|asthma|copd|heart failure|angina|pacemaker|anaemi\w*|hypertens\w*|stents?"
    ),
    "break": (
        r"fractur\w*|broken|stress (?:fracture|reaction)|plateau|avuls\w*|supracondylar|condyl\w*|sleeve|"
        r"hoffa fracture|segond|"
        r"tubercle pulled|physeal|salter\w*|periprosthetic|non[- ]?union|malunion|dislocated knee|knee dislocation|"
        r"multi[- ]?ligament\w*|"
        r"tibiofibular|tib[- ]fib|proximal tibi\w*|distal femur|femoral shaft|tendon rupture|ruptured (?:quad\w*|"
        r"patell\w*)"
    ),
    "treatment": (
        r"therapeutic ultrasound|ultrasound (?:therapy|machine|\d)|mhz|laser|photobiomod\w*|pemf|magnet\w*|"
        r"shock ?waves?|eswt|interferential|diatherm\w*|dry needl\w*|"
        r"needling|acupunctur\w*|acupressure|moxibust\w*|cupping|graston|scraping|iastm|instrument[- ]assisted|"
        r"massage guns?|percussi\w+|massage|"
        r"myofascial|trigger points?|mud|spa|balneo\w*|thermal|hydrotherap\w*|aquatic|pool|swimming|vibration|"
        r"flywheel|inerti\w*|retro[- ]?walk\w*|"
        r"backwards? walk\w*|anti[- ]gravity|alterg|body[- ]?weight[- ]support\w*|motor imagery|mirror|laterality|"
        r"virtual reality|vr|exergam\w*|biofeedback|"
        r"hypnos\w*|cbt|mindful\w*|motivational|yoga|tai chi|pilates|qi ?gong|feldenkrais|alexander|dance|cryo\w*|"
        r"ice (?:bath|machine|pack)|icing|"
        r"contrast bath\w*|sauna|hot tub|heat (?:pack|lamp)|compression|copper|turmeric|glucosamine|chondroitin|"
        r"collagen|vitamins?|omega|"
        r"cbd|ketogenic|fasting|ozempic|semaglutide|tirzepatide|glp\w*|botox|toxin|prp|platelet\w*|"
        r"stem cells?|prolotherap\w*|hyaluron\w*|"
        r"viscosuppl\w*|ozone|leech\w*|mulligan|maitland|mobilisations? with|osteopath\w*|chiropract\w*|fes|"
        r"russian|tens|serial cast\w*|"
        r"casting|night splints?|prone|cpm|desensiti\w*|scar|cues|gait training|action observation|"
        r"cross[- ]education|"
        r"nutrition|protein|creatine|hormone\w*|testosterone|genicular|nerve block|embol\w*|telehealth|"
        r"video (?:call|clinic|consult\w*)|"
        r"weight loss surgery|sleep hygiene|cold water|float\w*|traction|tilt table|standing frame|horse riding|"
        r"hippotherapy|(?:relation|relative) to (?:her|his|their|the) (?:\w+ )?(?:doses?|tablets?)|"
        r"before or after (?:her|his|their|the) (?:\w+ )?(?:doses?|tablets?)"
    ),
    "device": (
        r"unloader|off ?loader|kafo|afo|orthos\w*|orthotic\w*|crutch\w*|walking stick|cane|walking frame|zimmer|"
        r"rollator|wheelchair|scooter|"
        r"wraps?|knee sleeves?|pads?|biodex|isokinetic|cybex|imu|sensors?|wearable\w*|smart ?watch\w*|app|"
        r"kt[- ]?1000|arthromet\w*|"
        r"exoskeleton\w*|stirrups?|cleats?|pedals?|saddle|crank|bike fit|ski (?:boots?|binding)|binding|din|"
        r"snowboard|rucksack|rucking|backpack|ladders?|"
        r"socket|liner|stump|raised (?:toilet|chair)|shoe raise|leg length|heel lift|kneeling|kneelers?|cars?|"
        r"(?:can|may|to|when|he|she|they) drive|driving|fly|flight|"
        r"dynamomet\w*|goniomet\w*|force plates?|camera|phone|treadmill|elliptical|rower|erg|rowing|strap-?on|"
        r"stairlift|work ?boots?|steel|bed (?:transfers?|mobility)|(?:chair|toilet|bath|car) transfers?|"
        r"(?:in|out|in and out) of bed|hoist\w*"
    ),
    "test": (
        r"dial test|y[- ]balance|star excursion|fms|functional movement screen|koos[- ]child|pedi[- ]ikdc|ikdc|"
        r"promis|eq[- ]?5d|lysholm|tegner|kujala|"
        r"questionnaire|translated|urdu|version|reversed pivot|thermograph\w*|infrared|t2 mapping|bone scan|dexa|"
        r"blood tests?|crp|esr|"
        r"pressures?|emg|nerve conduction|ncs|beighton|foot posture|q[- ]angle|tt[- ]tg|caton\w*|insall\w*|"
        r"merchant|skyline|epos|long leg|"
        r"gravity correction|calibrat\w*|anthropomet\w*|bioimpedance|vo2|lactate|gps|acute:chronic|acwr"
    ),
    "activity": (
        r"breaststroke|whip kick|swimmers?|jockey|ride|rides|rider|horse|climber|climb\w*|heel hook|powerlift\w*|"
        r"scrummag\w*|ballet|pointe|skat\w*|ski\w*|"
        r"surf\w*|diver?|diving|martial|judo|karate|taekwondo|wrestl\w*|boxing|fenc\w*|golf\w*|cricket\w*|bowl\w*|"
        r"darts|gymnast\w*|trampolin\w*|"
        r"cheerlead\w*|cyclist|cycling|triathl\w*|rowing|rower|canoe\w*|kayak\w*|sail\w*|motocross|motorbike|tiler|"
        r"carpet|floor layer|"
        r"roofer|farmer|soldier|recruit|cadet|army|military|police|firefight\w*|nurse|chef|driver|pregnancy|pray\w*"
    ),
}
_CLAUSE = re.compile(r"[.,;:!?\n]+")
# What is denied, was excluded or is a relative's is told of a case, and is not what its question turns on.
_TOLD_ASIDE = re.compile(
    r"\b(?:no|not|nil|never|without|denies|denied|excluded|ruled out|negative|cleared?|cousins?|mums?|mothers?|"
    r"dads?|fathers?|sisters?|brothers?|aunts?|uncles?|grans?|nans?|grand\w+|family history|relatives?)\b"
)
CLASSES = {name: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") for name, words in _WORDS.items()}


@lru_cache(maxsize=64)
def topics(text: str) -> tuple[tuple[str, str], ...]:
    """Return the classes and words of what normalised `text` names, each once, in the order of classes.

    What is denied or a relative's is left out; what is asked has to be looked through by itself.

    >>> topics("mud packs after an osteotomy?")
    (('operation', 'osteotomy'), ('treatment', 'mud'))
    """
    left = " . ".join(clause for clause in _CLAUSE.split(text) if not _TOLD_ASIDE.search(clause))
    return named(left)


@lru_cache(maxsize=64)
def named(text: str) -> tuple[tuple[str, str], ...]:
    """Return the classes and words of all that normalised `text` names, each once, in the order of classes."""
    found = ((name, match.group()) for name, pattern in CLASSES.items() for match in pattern.finditer(text))
    return tuple(dict.fromkeys(found))
