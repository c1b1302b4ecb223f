"""A medicine is to be chosen, dosed, started or stopped; as a fact of the case it is in scope."""

from __future__ import annotations

import re

# Names, and the stems by which the World Health Organization's list of generic names (INN) makes others.
MEDICINE_WORDS = (
    r"(?:paracetamol|acetaminophen|codeine|\w{2,}codone|tramadol|opioids?|morphine|opiates?|nsaids?|\w{3,}profen|naproxen|diclofenac|"
    r"anti-?inflammator(?:y|ies)|pain ?killers?|pain relief|analges\w+|antibiotics?|steroids?|corticosteroids?|\w{2,}(?:solone|sonide)|"
    r"\w{3,}(?:tript[yi]line|gabalin|gabapentin|faxine|oxetine)|gabapentin|\w{3,}(?:coxib|oxicam)|\w{3,}xaban|warfarin|\w{2,}parin|"
    r"anticoagulants?|blood thinners?|aspirin|colchicine|allopurinol|methotrexate|medications?|medicines?|drugs?|tablets?|"
    r"\w*statins?|\w{3,}pril|\w{3,}sartan|\w{3,}olol|\w{3,}prazole|ppis?|metformin|insulin|\w{3,}(?:gliptin|gliflozin|glutide)|"
    r"glp-?1s?|bisphosphonates?|\w{3,}(?:dronate|dronic acid)|denosumab|hrt|antidepressants?|"
    r"co-?codamol|(?:fluoro)?quinolones?|\w{3,}(?:floxacin|cillin|mycin|cycline)|glucosamine|chondroitin|cortisone|"
    r"hyaluronic acid|hyaluron\w*)"
)
# What the case merely holds: "on apixaban", "takes ibuprofen 400 mg"; and steroid injections, which the library weighs.
AS_FACT = re.compile(
    r"(?:(?<!be )(?<!put )(?<!him )(?<!her )(?<!them )(?<!go )(?<!patients )\bon|"
    r"\b(?:takes|took|taken|uses|used|had|given|after|following|with|despite|since|post|finished|stopped|started|"
    r"because of|due to|(?:is|was|been|still|already|currently) (?:taking|using)|who take))"
    rf" (?:\w+ ){{0,3}}?{MEDICINE_WORDS}\b(?: \d+ ?mg)?|\b{MEDICINE_WORDS} injections? (?:\w+ ){{1,3}}ago\b|"
    rf"\b{MEDICINE_WORDS}\b(?= (?:\w+ ){{0,3}}(?:linked|associated|known|related|harm|weaken|affect|cause|(?:raise|increase) the)\b)|"
    rf"(?<!stop )(?<!start )(?<!keep )(?<!from )(?<!avoid )\btaking (?:\w+ ){{0,2}}?{MEDICINE_WORDS}\b(?: \d+ ?mg)?|"
    r"\b(?:cortico)?steroid injections?\b"
)
_DECIDED = (
    r"(?:prescribe|pick|choose|recommend|suggest|advise|switch|swap|increase|reduce|stop|stopping|start|starting|come off|wean off|"
    r"take|give|add|try|go on|be on)"
)
_CHOOSING = re.compile(
    rf"\b(?:which|what|best)(?: (?:is|are|the|best|kind|type|sort|of|other|oral|topical|pain|about))* {MEDICINE_WORDS}\b|"
    rf"\b(?:dose|doses|dosage|mg|milligrams?|much|many) (?:of )?(?:\w+ )?{MEDICINE_WORDS}\b|"
    rf"\b{_DECIDED}\b(?: \w+){{0,3}} {MEDICINE_WORDS}\b|\bput (?:\w+ ){{1,2}}on (?:\w+ )?{MEDICINE_WORDS}\b|"
    rf"\b{MEDICINE_WORDS}\b[^.?!]{{0,30}}\b(?:dose|dosage|twice a day|bd|tds|"
    r"be (?:stopped|started|increased|reduced|prescribed))\b|"
    rf"\b{MEDICINE_WORDS}(?: \w+){{0,2}} (?:or|vs|versus) (?:\w+ ){{0,2}}{MEDICINE_WORDS}\b|"
    rf"\b(?:topical|oral|weekly|daily|intravenous|iv) {MEDICINE_WORDS}\b[^.?!]{{0,20}}\b(?:or|vs|versus)\b|"
    rf"\b{MEDICINE_WORDS} (?:\w+ ){{0,3}}(?:or|vs|versus) (?:topical|oral|weekly|daily|yearly|monthly|iv|intravenous|the)\b|"
    rf"\b(?:is|are|would) {MEDICINE_WORDS} (?:\w+ ){{0,2}}(?:better|best|safer|preferred|indicated)\b|\b(?:can|should|may|is|many|much)\b[^.?!]{{0,30}}\bmg\b"
)
# When to exercise around a dose that somebody else has set is a question about exercise.
_EXERCISE = (
    r"(?:exercis\w+|physio\w*|sessions?|rehab|train(?:s|ing)?|walk(?:s|ing)?|treatment session|load(?:s|ing)?|raises)"
)
_DOSE_TIME = rf"(?:(?:her|his|their|the|a|each|last|next) )*(?:\w+ )?(?:doses?|{MEDICINE_WORDS})"
_TIMED = re.compile(
    rf"\b(?:when|how long|before|after|timing|timed?)\b[^.?!]{{0,40}}\b(?:relation to|relative to|around|before|after) {_DOSE_TIME}\b[^.?!]{{0,40}}\b{_EXERCISE}\b|"
    rf"\b{_EXERCISE}\b[^.?!]{{0,40}}\b(?:in relation to|relative to|around|before or after|timed? (?:with|to|around)) {_DOSE_TIME}\b"
)
# With a medicine in the case: what to give instead, though the question names none.
_ANY = re.compile(rf"\b{MEDICINE_WORDS}\b")
_SWITCHING = re.compile(
    r"\b(?:what|which)\b[^.?!]{0,30}\b(?:switched|changed|swapped|moved|put|started) (?:\w+ )?(?:to|on|onto)\b|"
    r"\b(?:what|which) (?:else |other )?(?:could|can|should|might) (?:she|he|they|the patient|i) (?:take|have|try|give \w+) instead\b|"
    r"\b(?:stronger|gentler|safer|better) (?:one|alternative|option)s? (?:to|than) (?:it|that|this)\b"
)


def times_exercise(asked: str) -> bool:
    """Return whether `asked` wants to know when to exercise around a dose that is taken anyway."""
    return _TIMED.search(asked) is not None


def chooses_a_medicine(asked: str, whole: str) -> bool:
    """Return whether `asked` wants a medicine decided; `whole` is the conversation, which may have named it.

    When to exercise around a dose decides no medicine.
    """
    if times_exercise(asked):
        return False
    if _CHOOSING.search(AS_FACT.sub(" ", asked)):
        return True
    return _SWITCHING.search(asked) is not None and _ANY.search(whole) is not None


def names_a_medicine(asked: str) -> bool:
    """Return whether `asked` names a medicine, decided on or not."""
    return _ANY.search(asked) is not None
