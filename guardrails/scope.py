"""What Counterpoint does not answer, and how it says so.

The patterns meet normalised text: lower case, no apostrophes, shorthand spelt out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_STRICT_KNEE_WORDS = (
    r"knee\w*|\w*patell\w*|calf|calves|gastroc\w*|soleus|quadriceps|quads?|anterior cruciate\w*|acl\w*|menisc\w*|"
    r"heel[- ]rises?|osgood\w*|iliotibial|hamstring\w*"
)
_STRICT_KNEE = re.compile(rf"\b(?:{_STRICT_KNEE_WORDS})\b")
_KNEE = re.compile(
    rf"\b(?:{_STRICT_KNEE_WORDS}|"
    r"mcl|pcl|tibi\w*|femor\w*|heel[- ]raises?|heel drops?|calf raises?|kinetic chain|whole[- ]chain|poplit\w*|"
    r"achilles|squats?|step[- ]downs?|return to (?:sport|running)|arthroplasty|plantar ?flex\w*|runners?|"
    r"isolat\w+|emg|electromyograph\w*|donkey|lower leg|leg press|limb symmetry index|hop tests?|hop(?:s|ping)?|"
    r"lunge\w*|pes anserin\w*|bursitis|plica\w*|bipartite|chondr\w+|cartilage|hoffa\w*|fat pad|prp|shockwave|genu|"
    r"q[- ]angle|posterolateral corner|weight[- ]bearing|reconstruct\w+|osteoarthritis|tendinopath\w+|tendons?|"
    r"crutch\w*|brac(?:e|es|ing)|physio\w*|isometric\w*|ottawa|pittsburgh|wells|deep vein thrombosis|foot drills?|"
    r"load\w*|exercis\w*|rehab\w*|progress\w+|septic arthritis|gout\w*|strength\w*|pain|painful|taping)\b"
)
# What is left of the knee once it has been examined and found fine, or is only where somebody works.
_CLEARED = re.compile(
    r"\b(?:no|without(?: any)?|denies(?: any)?) knee (?:complaints?|pain|problems?|symptoms?|issues?|trouble|involvement)\b|"
    r"\bknees? (?:(?:is|are|s|was|were|itself|exam\w*|joint|both|all|entirely|otherwise|completely|screens?|tests?) )*"
    r"(?:fine|normal|clear(?:ed)?|unremarkable|ok|okay|nad|asymptomatic|healthy|not (?:painful|involved|the problem))\b(?: on exam\w*)?|"
    r"\b(?:knees? (?:has been |have been |was |were )?(?:excluded|ruled out))\b"
)
_LONG_AGO = re.compile(
    r"\b(?:had|has had|old|previous) (?:a |an )?(?:\w+ )?knee \w+ (?:\w+ ){0,2}(?:years?|decades?) ago\b"
)
_BESIDE = re.compile(
    r"\bknee (?:sessions?|clinics?|class(?:es)?|lists?|sheets?|courses?|outcomes? (?:sheets?|spreadsheets?|data\w*)|notes?|"
    r"team|posters?|blogs?|website|app)\b|"
    r"\b(?:good|great|helpful|useful|brilliant|usual) (?:on|with|for|about) (?:the )?knees?\b"
)
# Parts near the knee that are its patient's too, unless the knee is said to be fine; calf and Achilles stay.
_NEAR_REGION = re.compile(r"\b(?:ankles?|foot|feet|hips?|groin)\b")
_NEXT_TURN = " \n "  # between the turns of `whole`
_GOES_ON = re.compile(
    r"^\s*(?:and|so|but|also|then|plus|what (?:if|about)|how about|with|same)\b|"
    r"\b(?:she|he|they|her|his|their|him|them|it|its|this|that|these|those)\b"
)
_JOINT = re.compile(r"\b(?:knee\w*|patell\w*|acl\w*|anterior cruciate\w*|menisc\w*|osgood\w*|iliotibial)\b")
_OTHER_REGION = re.compile(
    r"\b(?:shoulders?|rotator cuff|subacromial|painful arc|acromio\w*|clavic\w*|scapul\w*|elbows?|forearms?|wrists?|colles|"
    r"scaphoid|(?<!other )(?<!one )(?<!second )(?<!by )hand(?! ?-?held|s?-on)|dupuytren\w*|"
    r"(?<!of )thumb|fingers?|(?<!femoral )neck(?! of)|cervic\w+|whiplash|low(?:er)? back|back pain|lumbar|thoracic|"
    r"spine|sciatica|disc (?:prolapse|bulge|herniation)|prolapsed disc|sacroiliac|jaw|tmj|headaches?|migraines?|concussion|"
    r"plantar (?:fasci\w+|heel)|heel (?:spur|pain)|severs?|bunions?|hallux|metatars\w*|mortons? neuroma|carpal tunnel|"
    r"hip (?:replacement|arthroplasty|labr\w+|impingement|osteoarthritis|fracture)|lateral hip pain|gluteal tendinopathy|trochanter\w*|"
    r"groin (?:strain|pain)|adductor (?:strain|tear)|ankle sprains?|ribs?|vertigo|dizziness|breast|abdom\w*|"
    r"pelvic floor|incontinence|vestibular|copd|asthma|cardiac rehab\w*|facial palsy|bells palsy|upper limb)\b"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:"
    r"python|javascript|java|sql|csv|html|css|regex|docker|spreadsheet|dataframe|source code|website|recipes?|"
    r"cook|bake|baking|casserole|lasagne|weather|forecast|bitcoin|stock market|mortgage|tax return|capital of|"
    r"president|prime minister|holiday|hotel|flights?|movie|horoscope|lottery|password|weight loss|lose weight|"
    r"biceps|bench press)\b"
)
# Office, law, money, shopping and study: asked for, they are so whatever joint is named beside them.
_OFFICE = re.compile(
    r"\b(?:billing|invoice|(?:cpt|icd|procedure|insurance) codes?|private insurers?|excel|vlookup|spreadsheet formula|"
    r"(?:be |get |being )?sued|lawsuit|solicitor|(?:uk|us|eu|employment|criminal) law|liable|liability|indemnity|"
    r"essay|dissertation|homework|complaint letter|cover letter|resignation|landlord|study leave|annual leave|"
    r"pay (?:rise|scale|band)|pay[- ]wise|salar(?:y|ies)|job interview|general election|cheapest|discount code|"
    r"under [£$€]\s?\d+|[£$€]\s?\d+ or less|kitchen assessment)"
)
# An animal is the patient where it is what limps or was operated on.
_ANIMAL = re.compile(
    r"\b(?:my|our|a|the|clients?) (?:\w+ )?(?:dog|cat|horse|puppy|pony|mare|labrador|rabbit)s? "
    r"(?:is|has|was|had|keeps|tore|ruptured|cant|cannot|wont|needs|limps)\b|\b(?:canine|equine|veterinary|stifle)\b"
)
_VERSE = re.compile(r"\b(?:poem|haiku|limerick|joke|song|lyrics|sonnet|bedtime story)\b")

# --- somebody asks about their own knee
_PART = r"(?:knees?|kneecap|calf|calves|legs?|acl|anterior cruciate ligament|meniscus|patella|tendon|quads?|quadriceps)"
_OTHERS = (
    r"(?:patients?|pts?|clients?|caseload|clinic|class|group|lecture|students?|athletes?|mentor|colleagues?|"
    r"lady|woman|man|gentleman|lad|girl|boy)"
)
_OWN = r"(?:(?:own|left|right|bad|poor|sore|dodgy|other|painful|injured|swollen|operated) )*"
_SUCH = (
    r"(?:(?:a|an|some|really|very|terrible|bad|sore|chronic|awful|severe|anterior|left|right|constant|torn|ruptured|"
    r"had|got) )*"
)
_TROUBLE = rf"(?:{_PART}|knee pain|pain|patellofemoral pain|runners knee|jumpers knee|osteoarthritis|swelling)"
_RELATIVE = (
    r"(?:daughter|son|mum|mom|mother|dad|father|wife|husband|partner|child|kid|nan|gran|grandma|grandad|grandmother|"
    r"grandfather|girlfriend|boyfriend|sister|brother|friend)"
)
# Somebody else's words, and a clinician's "if it were my knee".
_QUOTED = re.compile('"[^"]{1,300}"|\u201c[^\u201d]{1,300}\u201d|\\bif (?:it|this|that) (?:was|were) (?:my|your) \\w+')
_SELF = re.compile(
    rf"\b(?:my {_OWN}{_PART}\b(?! (?:\w+ )?{_OTHERS}\b| raises?\b)|"
    r"my (?:doctor|gp|surgeon|physio\w*|therapist|consultant) "
    r"(?:said|says|told|wants|thinks|gave|reckons|has)|"
    rf"(?:i have|ive|i had|i got|i get|i feel) {_SUCH}{_TROUBLE}\b(?! (?:\w+ )?{_OTHERS}\b)|"
    r"i (?:have |just )?(?:tore|torn|twisted|injured|hurt|sprained|ruptured|dislocated) my|"
    r"(?:i am|im) (?:scared|worried|terrified|frightened) (?:of|about) (?:the|my|having) (?:\w+ )?(?:op|operation|surgery|replacement|knee)|"
    r"(?:doctor|gp|surgeon|consultant|hospital|physio\w*) (?:says|said|told|thinks|wants|reckons)(?: that| me(?: that)?)? (?:i|my|me to|that i)\b|"
    r"i (?:need|am having|am getting|am waiting for|had|have had) (?:a )?(?:new|total|partial|replacement) knee|"
    r"should i (?:have|get|go for|agree to) (?:it|the (?:op|operation|surgery|replacement|injection)|surgery|an operation)(?: done)?\b|"
    r"(?:can|could|should|may|shall|when can) i (?:start |go |go back to |keep |keep on |carry on |get back to |return to |still )"
    r"(?:running|jogging|skiing|playing|kneeling|walking|squatting|cycling|swimming|football|work)\b"
    r"(?! (?:her|him|them|with|in|for|the|drills?|progress\w+|re-?training|re-?education|programmes?))|"
    r"i (?:did|tore|ruptured|hurt|had) my (?:acl|anterior cruciate\w*|meniscus|knee|mcl|pcl)\b|"
    rf"my (?:\w+ )?{_RELATIVE}\b[^.?!]{{0,60}}\b{_PART}|"
    r"should i see (?:a|my)|(?:i am|im) in pain|when can i (?:run|play|walk|drive|ski) (?:again|after)|"
    r"(?:i am|im) (?:a )?\d\d\b.{0,20}\b(?:and|with) my)"
)
_CLINICIAN = re.compile(
    rf"\b(?:my (?:\w+ )?{_OTHERS}|(?:a|the|this|another) (?:patient|pt|client)|"
    r"(?:patients?|pts?|clients?) (?:says?|said|reports?|asks?|asked|tells?|told|describes?|complains?|wants?)|"
    r"(?:get|let|start|load|treat|refer|send|progress) (?:her|him|them)|"
    r"as a (?:\w+ )?(?:physio\w*|clinician|therapist)|physio\w*\b.{0,20}\bhere|"
    r"(?:i am|im) (?:a|an|the) (?:\w+ ){0,2}(?:physio\w*|clinician|therapist|band \d))\b"
)

# --- somebody wants a medicine chosen
# Names, and the stems by which the World Health Organization's list of generic names (INN) makes others.
_MEDICINE = (
    r"(?:paracetamol|acetaminophen|codeine|tramadol|opioids?|morphine|opiates?|nsaids?|\w{3,}profen|naproxen|diclofenac|"
    r"anti-?inflammator(?:y|ies)|pain ?killers?|pain relief|analges\w+|antibiotics?|steroids?|corticosteroids?|\w{2,}(?:solone|sonide)|"
    r"\w{3,}(?:tript[yi]line|gabalin|gabapentin|faxine|oxetine)|gabapentin|\w{3,}(?:coxib|oxicam)|\w{3,}xaban|warfarin|\w{2,}parin|"
    r"anticoagulants?|blood thinners?|aspirin|colchicine|allopurinol|methotrexate|medications?|medicines?|drugs?|tablets?|"
    r"\w*statins?|\w{3,}pril|\w{3,}sartan|\w{3,}olol|\w{3,}prazole|ppis?|metformin|insulin|\w{3,}(?:gliptin|gliflozin|glutide)|"
    r"glp-?1s?|bisphosphonates?|\w{3,}(?:dronate|dronic acid)|denosumab|hrt|antidepressants?|"
    r"co-?codamol|(?:fluoro)?quinolones?|\w{3,}(?:floxacin|cillin|mycin|cycline)|glucosamine|chondroitin|cortisone|"
    r"hyaluronic acid|hyaluron\w*)"
)
# What the case merely holds: "on apixaban", "takes ibuprofen 400 mg"; and steroid injections, which the library weighs.
_AS_FACT = re.compile(
    r"(?:(?<!be )(?<!put )(?<!him )(?<!her )(?<!them )(?<!go )(?<!patients )\bon|"
    r"\b(?:takes|took|taken|uses|used|had|given|after|following|with|despite|since|post|finished|stopped|started|"
    r"because of|due to|(?:is|was|been|still|already|currently) (?:taking|using)|who take))"
    rf" (?:\w+ ){{0,3}}?{_MEDICINE}\b(?: \d+ ?mg)?|\b{_MEDICINE} injections? (?:\w+ ){{1,3}}ago\b|"
    r"\b(?:cortico)?steroid injections?\b"
)
_DECIDED = (
    r"(?:prescribe|pick|choose|recommend|suggest|advise|switch|swap|increase|reduce|stop|stopping|start|starting|come off|wean off|"
    r"take|give|add|try|go on|be on)"
)
_NOT_OF_EFFECT = r"(?! (?:\w+ ){0,3}(?:linked|associated|known|related|harm|weaken|affect|cause|raise|increase)\b)"
_CHOOSING = re.compile(
    rf"\b(?:which|what|best)(?: (?:is|are|the|best|kind|type|sort|of|other|oral|topical|pain|about))* {_MEDICINE}\b{_NOT_OF_EFFECT}|"
    rf"\b(?:dose|doses|dosage|mg|milligrams?|much|many) (?:of )?(?:\w+ )?{_MEDICINE}\b|"
    rf"\b{_DECIDED}\b(?: \w+){{0,3}} {_MEDICINE}\b|\bput (?:\w+ ){{1,2}}on (?:\w+ )?{_MEDICINE}\b|"
    rf"\b{_MEDICINE}\b[^.?!]{{0,30}}\b(?:dose|dosage|twice a day|bd|tds|"
    r"be (?:stopped|started|increased|reduced|prescribed))\b|"
    rf"\b{_MEDICINE}(?: \w+){{0,2}} (?:or|vs|versus) (?:\w+ ){{0,2}}{_MEDICINE}\b|"
    rf"\b(?:topical|oral|weekly|daily|intravenous|iv) {_MEDICINE}\b[^.?!]{{0,20}}\b(?:or|vs|versus)\b|"
    rf"\b{_MEDICINE} (?:\w+ ){{0,3}}(?:or|vs|versus) (?:topical|oral|weekly|daily|yearly|monthly|iv|intravenous|the)\b|"
    rf"\b(?:is|are|would) {_MEDICINE} (?:\w+ ){{0,2}}(?:better|best|safer|preferred|indicated)\b|\b(?:can|should|may|is|many|much)\b[^.?!]{{0,30}}\bmg\b"
)
# With a medicine in the case: what to give instead, though the question names none.
_ANY_MEDICINE = re.compile(rf"\b{_MEDICINE}\b")
_SWITCHING = re.compile(
    r"\b(?:what|which)\b[^.?!]{0,30}\b(?:switched|changed|swapped|moved|put|started) (?:\w+ )?(?:to|on|onto)\b|"
    r"\b(?:what|which) (?:else |other )?(?:could|can|should|might) (?:she|he|they|the patient|i) (?:take|have|try|give \w+) instead\b|"
    r"\b(?:stronger|gentler|safer|better) (?:one|alternative|option)s? (?:to|than) (?:it|that|this)\b"
)

NOT_OF_A_KNEE = "The question does not seem to be about a knee patient."
NOTHING_ASKED = "Besides what reads as an order to a computer, nothing is asked here."


def in_scope(schools: Sequence[str]) -> str:
    """Return what Counterpoint answers, in one sentence; `schools` are the names of those that disagree."""
    named = ", ".join(schools[:-1]) + f" and {schools[-1]}" if len(schools) > 1 else "".join(schools)
    return (
        f"Counterpoint answers physiotherapists' questions about knee patients: what each school argues ({named}), "
        "what studies and guidelines weigh, and which test would decide it."
    )


def outside(
    asked: str, whole: str, named: Sequence[str] = (), *, is_supported: bool, is_strange: bool = False
) -> str | None:
    """Return why `asked` is outside what Counterpoint answers, or None.

    Args:
        asked: the sentences that ask, normalised.
        whole: all that was typed in this conversation, normalised, a line of its own between turns.
        named: the names under which schools speak; who asks of one asks of the knee.
        is_supported: whether the library has an answer, which settles what knee words alone cannot.
        is_strange: whether most of its words stand nowhere in the library, so that near words settle nothing.
    """
    said = _BESIDE.sub(" ", _QUOTED.sub(" ", f"{asked} \n {whole}"))
    if _SELF.search(said) and not _CLINICIAN.search(_QUOTED.sub(" ", whole)):
        return (
            "It supports clinicians and cannot advise a patient about their own knee; "
            "please ask a physiotherapist or doctor."
        )
    if _chooses_a_medicine(asked, whole):
        return "Choosing, dosing, starting or stopping a medicine is for the prescriber or a pharmacist."
    names_school = any(re.search(rf"\b{re.escape(n)}", whole) for n in named)
    if _is_of_another_region(whole, names_school=names_school):
        return "The question is about another part of the body; the library covers the knee."
    is_of_knee = names_school or _STRICT_KNEE.search(_BESIDE.sub(" ", whole)) is not None
    if (
        _VERSE.search(asked)
        or _OFFICE.search(asked)
        or _ANIMAL.search(whole)
        or (_OTHER_SUBJECT.search(whole) and not is_of_knee)
    ):
        return NOT_OF_A_KNEE
    is_near = is_supported or names_school or _KNEE.search(whole)
    if not is_near or (is_strange and not is_of_knee):
        return NOT_OF_A_KNEE
    return None


def _chooses_a_medicine(asked: str, whole: str) -> bool:
    if _CHOOSING.search(_AS_FACT.sub(" ", asked)):
        return True
    return _SWITCHING.search(asked) is not None and _ANY_MEDICINE.search(whole) is not None


def _is_of_another_region(whole: str, *, names_school: bool) -> bool:
    """Return whether another part of the body is asked about: the knee is not named, or named as being fine.

    In a conversation about a knee a new turn may turn to another part; one that speaks of "her" or "it" goes on.
    """
    if names_school:
        return False
    left = _BESIDE.sub(" ", _LONG_AGO.sub(" ", _CLEARED.sub(" ", whole)))
    if _CLEARED.search(whole):
        return not _JOINT.search(left) and bool(_OTHER_REGION.search(left) or _NEAR_REGION.search(left))
    earlier, _, last = left.rpartition(_NEXT_TURN)
    is_new = bool(earlier) and not _GOES_ON.search(last)
    return bool(_OTHER_REGION.search(last if is_new else left)) and not _STRICT_KNEE.search(last if is_new else left)
