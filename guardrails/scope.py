"""What Counterpoint does not answer, and how it says so.

The words that are looked for are those of normalised text: lower case, no apostrophes, shorthand spelt out.
"""

from __future__ import annotations

import re

_KNEE = re.compile(
    r"\b(?:knee\w*|patell\w*|calf|calves|gastroc\w*|soleus|quadriceps|quads?|hamstring\w*|acl\w*|anterior cruciate\w*|mcl|pcl|"
    r"menisc\w*|tibi\w*|femor\w*|heel[- ]r(?:aise|ise)s?|heel drops?|calf raises?|kinetic chain|whole[- ]chain|barker\w*|"
    r"bento\w*|iliotibial\w*|poplit\w*|osgood\w*|achilles|squats?|step[- ]downs?|return to (?:sport|running)|arthroplasty|"
    r"knee-to-wall|plantar ?flex\w*|runners?|isolated|isolation|emg|electromyograph\w*|donkey|lower leg|leg press|"
    r"limb symmetry index|hop tests?|hops?|lunge\w*|pes anserin\w*|bursitis|plica\w*|bipartite|chondr\w+|cartilage|hoffa\w*|"
    r"fat pad|prp|shockwave|genu|q[- ]angle|posterolateral corner|weight[- ]bearing|reconstruct\w+|osteoarthritis|"
    r"tendinopath\w+|tendons?|crutch\w*|physio\w*|isometric\w*|ottawa|pittsburgh|wells|deep vein thrombosis|foot drills?|"
    r"rehab\w*|strengthen\w*)\b"
)
# Words of training that are the knee's only where nothing else is the subject.
_TRAINING = re.compile(r"\b(?:load\w*|exercis\w*|strength|brac(?:e|es|ing)|pain\w*|taping|repetitions|sets)\b")
_STRICT_KNEE = re.compile(
    r"\b(?:knee\w*|patell\w*|calf|calves|gastroc\w*|soleus|quadriceps|quads?|anterior cruciate\w*|acl\w*|menisc\w*|heel[- ]rises?|"
    r"barker\w*|bento\w*|osgood\w*|iliotibial|hamstring\w*)\b"
)
_OTHER_REGION = re.compile(
    r"\b(?:shoulders?|rotator cuff|elbows?|wrists?|(?<!other )(?<!one )(?<!second )(?<!by )hand(?! ?-?held|s?-on)|(?<!of )thumb|"
    r"fingers?|(?<!femoral )neck(?! of)|cervical|whiplash|low(?:er)? back|lumbar|thoracic|jaw|tmj|headaches?|migraines?|"
    r"plantar fasci\w+|heel spur|bunions?|hallux|carpal tunnel|hip (?:replacement|labr\w+|impingement|osteoarthritis)|"
    r"gluteal tendinopathy|ankle sprains?|ribs?|vertigo|pelvic floor|vestibular|spine|sciatica)\b"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:python|javascript|typescript|java|sql|csv|html|css|regex|docker|spreadsheet|dataframe|source code|web ?site|"
    r"recipes?|cook|bake|baking|casserole|lasagne|weather|forecast|bitcoin|stock market|shares|mortgage|tax return|"
    r"capital of|president|prime minister|holiday|hotel|flights?|movie|netflix|horoscope|lottery|password|weight loss|"
    r"lose weight|abs|biceps|bench press|skin care|hair loss|dog|cat|horse)\b"
)
_VERSE = re.compile(r"\b(?:poem|haiku|limerick|joke|song|lyrics|rap|sonnet|bedtime story)\b")
_OWN = r"(?:own |left |right |bad |poor |sore |dodgy |other |painful |injured |swollen |operated )*"
_PART = r"(?:knees?|kneecap|calf|calves|legs?|acl|anterior cruciate ligament|meniscus|patella|tendon|quads?|quadriceps)"
_OTHERS = r"(?:patients?|pts?|clients?|caseload|clinic|class|group|lecture|students?|athletes?|colleagues?)"
_SELF = re.compile(
    rf"\b(?:my {_OWN}{_PART}\b(?! (?:\w+ )?{_OTHERS}\b)|"
    r"my (?:doctor|gp|surgeon|physio|physiotherapist|therapist|consultant) (?:said|says|told|wants|thinks|gave|reckons|has)|"
    rf"(?:i have|ive|i had|i got|ive got|i have got|i get|i feel) (?:\w+ ){{0,3}}?(?<!patient with )(?<!client with )(?:{_PART} )?pain in my|"
    r"(?:i have|ive had|ive got|i have got|i have had|i had|i got|i get) (?:(?:a|an|some|really|very|terrible|bad|sore|chronic|awful|severe|"
    r"anterior|left|right|constant|had) )*(?:knee\w*|calf|patell\w+|runners knee|jumpers knee|osteoarthritis|swelling)(?: pain)?\b"
    rf"(?! (?:\w+ )?{_OTHERS})|"
    rf"i (?:have |just )?(?:tore|torn|twisted|injured|hurt|sprained|ruptured|dislocated) my|should i see (?:a|my)|i am in pain|im in pain|"
    r"when can i (?:run|play|walk|drive|ski|train) (?:again|after)|i am (?:a )?\d\d\b.{0,20}\b(?:and|with) my)"
)
_CLINICIAN = re.compile(
    rf"\b(?:my (?:\w+ )?{_OTHERS}|(?:a|the|this) (?:patient|pt|client)|as a (?:physio\w*|clinician|therapist|student physio\w*)|"
    r"physios?\b.{0,20}\bhere|(?:i am|im) (?:a|an|the) (?:\w+ ){0,2}(?:physio\w*|clinician|therapist|band \d))\b"
)
_MEDICINE = (
    r"(?:ibuprofen|naproxen|diclofenac|paracetamol|acetaminophen|codeine|tramadol|opioids?|morphine|nsaids?|"
    r"anti-?inflammator(?:y|ies)|painkillers?|pain ?killers?|analges\w+|antibiotics?|steroids?|corticosteroids?|prednisolone|"
    r"amitriptyline|pregabalin|gabapentin|duloxetine|celecoxib|etoricoxib|apixaban|rivaroxaban|warfarin|anticoagulants?|"
    r"blood thinners?|aspirin|colchicine|methotrexate|medications?|medicines?|drugs?|tablets?|statins?|co-?codamol|enoxaparin|"
    r"heparin|fluoroquinolones?|ciprofloxacin|glucosamine)"
)
# A medicine that the case merely holds: "on apixaban 5 mg", "takes ibuprofen", "three months after a steroid injection".
_AS_FACT = re.compile(
    r"(?:(?<!be )(?<!put )(?<!him )(?<!her )(?<!them )(?<!go )(?<!start )\bon|\b(?:takes|took|takes only|uses|using|used|had|has had|given|"
    r"having|after|following|with|despite|since|post|finished|stopped|started|because of|due to|is taking|was taking|been taking))"
    rf" (?:(?!be\b)\w+ ){{0,3}}?{_MEDICINE}\b(?: injections?)?(?: \d+ ?mg)?"
    rf"|\b{_MEDICINE} injections? (?:\w+ ){{1,3}}?ago\b"
)
_DECIDED = r"(?:prescribe|recommend|suggest|advise|switch|swap|increase|reduce|stop(?:ping)?|start(?:ing)?|come off|wean off|take|give|add|try|use|have|go on|be on)"
_CHOOSING = re.compile(
    rf"\b(?:which|what|best)(?: (?:is|are|the|best|kind|type|sort|of|other|oral|topical|pain|about))*? {_MEDICINE}\b"
    rf"|\b(?:dose|dosage|doses|mg|much|many|milligrams?) (?:of )?{_MEDICINE}\b"
    rf"|\b{_DECIDED}(?: (?:to |from |him |her |them |the |a |an |her |his |their |my |some |more |oral |topical |patients? |on |off |onto )*|[^.?!]{{0,12}} ){_MEDICINE}\b"
    rf"|\bput (?:him|her|them|this patient|the patient) on (?:\w+ )?{_MEDICINE}\b"
    rf"|\b{_MEDICINE}\b[^.?!]{{0,30}}\b(?:dose|dosage|how much|twice a day|bd|tds|be (?:stopped|started|increased|reduced|prescribed))\b"
    rf"|\b{_MEDICINE} (?:or|vs|versus) {_MEDICINE}\b|\b(?:can|should|may|is|are)\b[^.?!]{{0,30}}\b\d+ ?mg\b"
)
IN_SCOPE = (
    "Counterpoint answers physiotherapists' questions about knee patients: what the calf-focused and the whole-chain "
    "school each argue, what studies and guidelines weigh, and which test would decide it."
)


def outside(asked: str, whole: str, *, is_supported: bool) -> str | None:
    """Return why `asked` is outside what Counterpoint answers, or None.

    Args:
        asked: the sentences that ask, normalised.
        whole: all that was typed in this conversation, normalised.
        is_supported: whether the library has an answer, which settles what knee words alone cannot.
    """
    if _SELF.search(f"{asked} {whole}") and not _CLINICIAN.search(whole):
        return (
            "It supports clinicians and cannot advise a patient about their own knee; "
            "please ask a physiotherapist or doctor."
        )
    if _CHOOSING.search(_AS_FACT.sub(" ", asked)):
        return "Choosing, dosing, starting or stopping a medicine is for the prescriber or a pharmacist."
    is_knee = _STRICT_KNEE.search(whole) is not None
    if _OTHER_REGION.search(whole) and not is_knee:
        return "The question is about another part of the body; the library covers the knee."
    if _VERSE.search(asked) or (_OTHER_SUBJECT.search(asked) and not is_knee) or not _is_near(whole, is_supported):
        return "The question does not seem to be about a knee patient."
    return None


def _is_near(whole: str, is_supported: bool) -> bool:  # noqa: FBT001 - placeholder
    return is_supported or _KNEE.search(whole) is not None or _TRAINING.search(whole) is not None
