"""Somebody asks about their own knee, or a relative's."""

from __future__ import annotations

import re

from guardrails.scope.regions import BESIDE

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
QUOTED = re.compile('"[^"]{1,300}"|\u201c[^\u201d]{1,300}\u201d|\\bif (?:it|this|that) (?:was|were) (?:my|your) \\w+')
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
    r"(?:this|it) is (?:about|for) (?:me|myself)\b|asking for myself\b|(?:i am|im) the patient\b|"
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


def asks_for_themselves(asked: str, whole: str) -> bool:
    """Return whether a patient or a relative speaks, and nobody who treats one."""
    said = BESIDE.sub(" ", QUOTED.sub(" ", f"{asked} \n {whole}"))
    return _SELF.search(said) is not None and _CLINICIAN.search(QUOTED.sub(" ", whole)) is None
