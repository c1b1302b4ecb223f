"""What Counterpoint does not answer, and how it says so.

The patterns meet normalised text: lower case, no apostrophes, shorthand spelt out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_STRICT_KNEE_WORDS = (
    r"knee\w*|patell\w*|calf|calves|gastroc\w*|soleus|quadriceps|quads?|anterior cruciate\w*|acl\w*|menisc\w*|"
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
    r"load\w*|exercis\w*|rehab\w*|strength\w*|pain|painful|taping)\b"
)
_OTHER_REGION = re.compile(
    r"\b(?:shoulders?|rotator cuff|elbows?|wrists?|(?<!other )(?<!one )(?<!second )(?<!by )hand(?! ?-?held|s?-on)|"
    r"(?<!of )thumb|fingers?|(?<!femoral )neck(?! of)|cervical|whiplash|low(?:er)? back|lumbar|thoracic|"
    r"spine|sciatica|jaw|tmj|headaches?|migraines?|plantar fasci\w+|heel spur|bunions?|hallux|carpal tunnel|"
    r"hip (?:replacement|labr\w+|impingement|osteoarthritis)|gluteal tendinopathy|ankle sprains?|ribs?|vertigo|"
    r"pelvic floor|vestibular)\b"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:"
    r"python|javascript|java|sql|csv|html|css|regex|docker|spreadsheet|dataframe|source code|website|recipes?|"
    r"cook|bake|baking|casserole|lasagne|weather|forecast|bitcoin|stock market|mortgage|tax return|capital of|"
    r"president|prime minister|holiday|hotel|flights?|movie|horoscope|lottery|password|weight loss|lose weight|"
    r"biceps|bench press)\b"
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
_SELF = re.compile(
    rf"\b(?:my {_OWN}{_PART}\b(?! (?:\w+ )?{_OTHERS}\b| raises?\b)|"
    r"my (?:doctor|gp|surgeon|physio\w*|therapist|consultant) "
    r"(?:said|says|told|wants|thinks|gave|reckons|has)|"
    rf"(?:i have|ive|i had|i got|i get|i feel) {_SUCH}{_TROUBLE}\b(?! (?:\w+ )?{_OTHERS}\b)|"
    r"i (?:have |just )?(?:tore|torn|twisted|injured|hurt|sprained|ruptured|dislocated) my|"
    r"should i see (?:a|my)|(?:i am|im) in pain|when can i (?:run|play|walk|drive|ski) (?:again|after)|"
    r"(?:i am|im) (?:a )?\d\d\b.{0,20}\b(?:and|with) my)"
)
_CLINICIAN = re.compile(
    rf"\b(?:my (?:\w+ )?{_OTHERS}|(?:a|the|this) (?:patient|pt|client)|"
    r"as a (?:\w+ )?(?:physio\w*|clinician|therapist)|physio\w*\b.{0,20}\bhere|"
    r"(?:i am|im) (?:a|an|the) (?:\w+ ){0,2}(?:physio\w*|clinician|therapist|band \d))\b"
)

# --- somebody wants a medicine chosen
_MEDICINE = (
    r"(?:ibuprofen|naproxen|diclofenac|paracetamol|acetaminophen|codeine|tramadol|opioids?|morphine|nsaids?|"
    r"anti-?inflammator(?:y|ies)|pain ?killers?|analges\w+|antibiotics?|steroids?|corticosteroids?|prednisolone|"
    r"amitriptyline|pregabalin|gabapentin|duloxetine|celecoxib|etoricoxib|apixaban|rivaroxaban|warfarin|"
    r"anticoagulants?|blood thinners?|aspirin|colchicine|methotrexate|medications?|medicines?|drugs?|tablets?|statins?|"
    r"co-?codamol|enoxaparin|heparin|fluoroquinolones?|ciprofloxacin|glucosamine|cortisone|"
    r"hyaluronic acid)"
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
    r"(?:prescribe|recommend|suggest|advise|switch|swap|increase|reduce|stop|stopping|start|starting|come off|wean off|"
    r"take|give|add|try|go on|be on)"
)
_CHOOSING = re.compile(
    rf"\b(?:which|what|best)(?: (?:is|are|the|best|kind|type|sort|of|other|oral|topical|pain|about))* {_MEDICINE}\b|"
    rf"\b(?:dose|doses|dosage|mg|milligrams?|much|many) (?:of )?(?:\w+ )?{_MEDICINE}\b|"
    rf"\b{_DECIDED}\b(?: \w+){{0,3}} {_MEDICINE}\b|\bput (?:\w+ ){{1,2}}on (?:\w+ )?{_MEDICINE}\b|"
    rf"\b{_MEDICINE}\b[^.?!]{{0,30}}\b(?:dose|dosage|twice a day|bd|tds|"
    r"be (?:stopped|started|increased|reduced|prescribed))\b|"
    rf"\b{_MEDICINE} (?:or|vs|versus) (?:\w+ )?{_MEDICINE}\b|\b(?:can|should|may|is|many|much)\b[^.?!]{{0,30}}\bmg\b"
)

NOTHING_ASKED = "Besides what reads as an order to a computer, nothing is asked here."


def in_scope(schools: Sequence[str]) -> str:
    """Return what Counterpoint answers, in one sentence; `schools` are the names of those that disagree."""
    named = ", ".join(schools[:-1]) + f" and {schools[-1]}" if len(schools) > 1 else "".join(schools)
    return (
        f"Counterpoint answers physiotherapists' questions about knee patients: what each school argues ({named}), "
        "what studies and guidelines weigh, and which test would decide it."
    )


def outside(asked: str, whole: str, named: Sequence[str] = (), *, is_supported: bool) -> str | None:
    """Return why `asked` is outside what Counterpoint answers, or None.

    Args:
        asked: the sentences that ask, normalised.
        whole: all that was typed in this conversation, normalised.
        named: the names under which schools speak; who asks of one asks of the knee.
        is_supported: whether the library has an answer, which settles what knee words alone cannot.
    """
    if _SELF.search(f"{asked} {whole}") and not _CLINICIAN.search(whole):
        return (
            "It supports clinicians and cannot advise a patient about their own knee; "
            "please ask a physiotherapist or doctor."
        )
    if _CHOOSING.search(_AS_FACT.sub(" ", asked)):
        return "Choosing, dosing, starting or stopping a medicine is for the prescriber or a pharmacist."
    names_school = any(re.search(rf"\b{re.escape(n)}", whole) for n in named)
    is_of_knee = names_school or _STRICT_KNEE.search(whole) is not None
    if _OTHER_REGION.search(whole) and not is_of_knee:
        return "The question is about another part of the body; the library covers the knee."
    is_elsewhere = _VERSE.search(asked) or (_OTHER_SUBJECT.search(whole) and not is_of_knee)
    if is_elsewhere or not (is_supported or names_school or _KNEE.search(whole)):
        return "The question does not seem to be about a knee patient."
    return None
