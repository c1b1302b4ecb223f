"""What Counterpoint does not answer, and how it says so."""

from __future__ import annotations

import re

_KNEE = re.compile(
    r"\b(?:knee\w*|patell\w*|calf|calves|gastroc\w*|soleus|quadriceps|quads?|hamstring\w*|acl\w*|anterior cruciate\w*|mcl|pcl|"
    r"menisc\w*|tibi\w*|femor\w*|heel[- ]r(?:aise|ise)s?|calf raises?|kinetic chain|whole[- ]chain|barker\w*|bento\w*|"
    r"iliotibial|popliteal|osgood\w*|achilles|squats?|step[- ]downs?|return to (?:sport|running)|arthroplasty|"
    r"knee-to-wall|plantar ?flex\w*|runner|isolat\w+|emg|donkey|lower leg|leg press|limb symmetry index|hop tests?|hop|lunge\w*|"
    r"pes anserin\w*|bursitis|plica\w*|popliteus|bipartite|chondr\w+|cartilage|hoffa\w*|fat pad|prp|shockwave|genu|q[- ]angle|"
    r"posterolateral corner|weight[- ]bearing|reconstruct\\w+|osteoarthritis|iliotibial\w*|tendinopath\w+|crutch\w*|brace\w*|physio\w*|isometric\w*|"
    r"ottawa|pittsburgh|wells|deep vein thrombosis|heel drops?|foot drills?|load\w*|exercis\w*|rehab\w*|strength\w*)\b"
)
_STRICT_KNEE = re.compile(
    r"\b(?:knee\w*|patell\w*|calf|calves|gastroc\w*|soleus|quadriceps|quads?|anterior cruciate\w*|acl\w*|menisc\w*|heel[- ]rises?|"
    r"barker\w*|bento\w*|osgood\w*|iliotibial|hamstring\w*)\b"
)
_OTHER_REGION = re.compile(
    r"\b(?:shoulder|rotator cuff|elbow|tennis elbow|golfers elbow|wrist|hand|thumb|finger|neck|cervical|whiplash|"
    r"low(?:er)? back|lumbar|thoracic|jaw|tmj|headache|migraine|plantar fasci\w+|heel spur|bunion|hallux|"
    r"carpal tunnel|frozen shoulder|hip (?:replacement|labr\w+|impingement|osteoarthritis)|gluteal tendinopathy|ankle sprain|"
    r"ribs?|vertigo|pelvic floor|vestibular)\b"
)
_SELF = re.compile(
    r"\b(?:my (?:own )?(?:left |right |bad |poor |sore |dodgy )?(?:knees?|kneecap|calf|calves|leg|acl|meniscus|patella|tendon)|"
    r"i (?:have|ve|had|got|tore|twisted|injured|hurt|suffer)\b.{0,30}\b(?:knees?|knee pain|calf|acl|meniscus|pain)|"
    r"my (?:doctor|gp|surgeon|physio|physiotherapist|therapist|consultant) (?:said|says|told|wants|thinks|gave|reckons)|"
    r"i am (?:a )?\d\d.{0,20}\b(?:and|with) my|should i see (?:a|my)|when can i (?:run|play|walk|drive)|i am in pain)\b"
)
_CLINICIAN = re.compile(
    r"\b(?:my (?:patient|client|caseload|clinic|mentor|student|pt|athlete|player|runner)s?|(?:he|she|they|pt|patient|client) |"
    r"as a (?:physio|clinician|therapist)|physios?\b.{0,20}\bhere|i(?: am|m) (?:a|an|the) (?:\w+ )?(?:physio\w*|clinician|pt|student|band \d))"
)
_MEDICINE = (
    r"(?:ibuprofen|naproxen|diclofenac|paracetamol|acetaminophen|codeine|tramadol|opioids?|morphine|nsaids?|"
    r"anti-?inflammator(?:y|ies)|painkillers?|analges\w+|antibiotics?|steroids?|corticosteroids?|prednisolone|amitriptyline|"
    r"pregabalin|gabapentin|duloxetine|celecoxib|etoricoxib|apixaban|rivaroxaban|warfarin|anticoagulants?|aspirin|"
    r"colchicine|methotrexate|medication|medicines?|drugs?|tablets?|statins?|co-?codamol|enoxaparin|heparin|fluoroquinolone|glucosamine)"
)
_CHOOSING = re.compile(
    rf"\b(?:which|what|best|how much|how many|how often|what dose of|dose of|dosage|recommend|prescribe|start(?:ing)?|stop(?:ping)?|"
    rf"switch|swap|increase|reduce|come off|give (?:him|her|them)|take|taking|put (?:him|her|them) on|add|advise|suggest)\b[^.?!]{{0,40}}\b{_MEDICINE}\b"
    rf"|\b{_MEDICINE}\b[^.?!]{{0,40}}\b(?:dose|dosage|mg|milligrams?|how much|twice a day|bd|tds|or (?:{_MEDICINE})|better|instead|"
    rf"be stopped|be started|be increased)\b|\b{_MEDICINE} (?:or|vs|versus) {_MEDICINE}\b|\b\d+ ?mg\b"
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
    if _SELF.search(asked + " " + whole) and not _CLINICIAN.search(whole):
        return "It supports clinicians and cannot advise a patient about their own knee; please ask a physiotherapist or doctor."
    if _CHOOSING.search(asked):
        return "Choosing, dosing, starting or stopping a medicine is for the prescriber or a pharmacist."
    if _OTHER_REGION.search(whole) and not _STRICT_KNEE.search(whole):
        return "The question is about another part of the body; the library covers the knee."
    if not is_supported and not _KNEE.search(whole):
        return "The question does not seem to be about a knee patient."
    return None
