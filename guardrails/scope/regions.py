"""The question is about another part of the body than the knee.

The patterns meet normalised text: lower case, no apostrophes, shorthand spelt out.
"""

from __future__ import annotations

import re

KNEE_WORDS = (
    r"knee\w*|\w*patell\w*|calf|calves|gastroc\w*|soleus|quadriceps|quads?|anterior cruciate\w*|acl\w*|menisc\w*|"
    r"heel[- ]rises?|osgood\w*|iliotibial|hamstring\w*"
)
KNEE = re.compile(rf"\b(?:{KNEE_WORDS})\b")
# What is left of the knee once it has been examined and found fine, as it may be said.
CLEARED = re.compile(
    r"\b(?:no|without(?: any)?|denies(?: any)?) knee (?:complaints?|complaint|pain|problems?|symptoms?|issues?|trouble|involvement)(?: ever)?\b|"
    r"\bknees? (?:(?:is|are|s|was|were|itself|exam\w*|joint|both|all|entirely|otherwise|completely|screens?|tests?|now|obj\w*) )*"
    r"(?:fine|normal|clear(?:ed)?|unremarkable|ok|okay|nad|asymptomatic|healthy|untouched|no (?:bother|issues?|problems?)|not (?:painful|involved|the problem))\b(?: on exam\w*)?|"
    r"\b(?:knees? (?:has been |have been |was |were )?(?:excluded|ruled out))\b"
)
# Where somebody works, or what the assistant is praised for.
BESIDE = re.compile(
    r"\bknee (?:sessions?|clinics?|class(?:es)?|lists?|sheets?|courses?|outcomes? (?:sheets?|spreadsheets?|data\w*)|notes?|"
    r"team|posters?|blogs?|website|app)\b|"
    r"\b(?:good|great|helpful|useful|brilliant|usual) (?:on|with|for|about) (?:the )?knees?\b"
)
_LONG_AGO = re.compile(
    r"\b(?:had|has had|old|previous) (?:a |an )?(?:\w+ )?knee \w+ (?:\w+ ){0,2}(?:years?|decades?) ago\b"
)
# Parts near the knee that are its patient's too, unless the knee is said to be fine; calf and Achilles stay.
_NEAR_REGION = re.compile(r"\b(?:ankles?|foot|feet|hips?|groin)\b")
NEXT_TURN = " \n "  # between the turns of `whole`
_GOES_ON = re.compile(
    r"^\s*(?:and|so|but|also|then|plus|what (?:if|about)|how about|with|same)\b|"
    r"\b(?:she|he|they|her|his|their|him|them|it|its|this|that|these|those)\b"
)
_JOINT = re.compile(r"\b(?:knee\w*|patell\w*|acl\w*|anterior cruciate\w*|menisc\w*|osgood\w*|iliotibial)\b")
OTHER_REGION_WORDS = (
    r"shoulders?|rotator cuff|subacromial|painful arc|acromio\w*|clavic\w*|scapul\w*|elbows?|forearms?|wrists?|colles|"
    r"scaphoid|(?<!other )(?<!one )(?<!second )(?<!by )(?<!which )hand(?! ?-?held|s?-on)|dupuytren\w*|"
    r"(?<!of )thumb|fingers?|(?<!femoral )neck(?! of)|cervic\w+|whiplash|low(?:er)? back|back pain|lumbar|thoracic|"
    r"spine|sciatica|disc (?:prolapse|bulge|herniation)|prolapsed disc|sacroiliac|jaw|tmj|headaches?|migraines?|concussion|"
    r"plantar (?:fasci\w+|heel)|heel (?:spur|pain)|severs?|bunions?|hallux|metatars\w*|mortons? neuroma|carpal tunnel|"
    r"hip (?:replacement|arthroplasty|labr\w+|impingement|osteoarthritis|fracture)|lateral hip pain|gluteal tendinopathy|trochanter\w*|"
    r"groin (?:strain|pain)|adductor (?:strain|tear)|ankle sprains?|ribs?|vertigo|dizziness|breast|abdom\w*|"
    r"pelvic floor|incontinence|vestibular|copd|asthma|cardiac rehab\w*|facial palsy|bells palsy|upper limb"
)
_OTHER_REGION = re.compile(rf"\b(?:{OTHER_REGION_WORDS})\b")


def is_of_another_region(whole: str, *, names_school: bool) -> bool:
    """Return whether another part of the body is asked about: the knee is not named, or named as being fine.

    In a conversation about a knee a new turn may turn to another part; one that speaks of "her" or "it" goes on.
    """
    if names_school:
        return False
    left = BESIDE.sub(" ", _LONG_AGO.sub(" ", CLEARED.sub(" ", whole)))
    if CLEARED.search(whole):
        return not _JOINT.search(left) and bool(_OTHER_REGION.search(left) or _NEAR_REGION.search(left))
    earlier, _, last = left.rpartition(NEXT_TURN)
    is_new = bool(earlier) and not _GOES_ON.search(last)
    return bool(_OTHER_REGION.search(last if is_new else left)) and not KNEE.search(last if is_new else left)
