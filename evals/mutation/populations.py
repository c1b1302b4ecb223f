"""Findings told of other people than those who were studied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.mutation.editing import swaps

_WIDER = (
    (r"women with patellofemoral pain", "people with knee pain"),
    (r"men with patellofemoral pain", "people with knee pain"),
    (r"runners with patellofemoral pain", "people with knee pain"),
    (r"adolescents with patellofemoral pain", "anybody with knee pain"),
    (r"(?:in|of) patellofemoral pain", "in all knee pain"),
    (r"patellofemoral pain", "knee pain"),
    (r"anterior knee pain", "knee pain"),
    (r"(medial )?knee osteoarthritis", "knee pain"),
    (r"after ACL reconstruction", "after any knee injury"),
    (r"patellar tendinopathy", "tendon pain"),
    (r"in (?:untrained |young |active )*healthy (?:adults|people|men|women|runners)", "in patients with knee pain"),
    (r"healthy (adults|people|men|women|runners|athletes)", r"injured \1"),
    (r"in (?:army |military )?recruits", "in patients"),
    (r"(?:novice|recreational|distance|women|female|young) runners", "patients"),
    (r"in runners", "in all patients"),
    (r"in soldiers", "in patients"),
    (r"in (?:female|young|jumping|male|professional) (?:athletes|players|footballers)", "in everybody"),
    (r"older women", "adults"),
    (r"in women", "in everybody"),
    (r"in men", "in everybody"),
    (r"adolescents|teenagers|children", "patients"),
    (r"in (?:the|one|his) client(?: he describes)?", "in his clients"),
    (r"one client", "his clients"),
    (r"his client", "his clients"),
    (r"people in therapy", "everybody"),
    (r"a healthy person without apparent deficits", "any patient"),
    (r"healthy people without (?:apparent )?deficits", "all people"),
    (r"in people with knee pain", "in everybody"),
    (r"older adults", "adults of any age"),
)
_WHO = (
    r"people|adults|women|men|runners|adolescents|patients|athletes|recruits|volunteers|players|soldiers|children|"
    r"beginners|cadets|footballers"
)
_DROPPED = (
    (
        rf",? (?:in|for|among|of) (?:(?:\d+|the|healthy|untrained|young|older|novice|female|male|women|active|"
        rf"physically|army|military|recreational|sedentary|\w+een|ten|six|twelve|eleven) )*(?:{_WHO})"
        r"(?: (?:with|after|of|without|who) [^,;.(]+)?(?=[,;.( ])"
    ),
    (
        r",? in (?:long-standing |chronic )?(?:patellofemoral pain|anterior knee pain|knee osteoarthritis|arthritis|"
        r"patellar tendinopathy)(?=[,;.( ])"
    ),
    r",? after (?:ACL reconstruction|knee replacement|meniscal repair)(?=[,;.( ])",
    r", a population like this patient's",
    r"; they were untrained and healthy, not patients",
)
_OTHERS = (
    (r"women", "men"), (r"men", "women"), (r"adolescents|teenagers", "older adults"), (r"older adults", "teenagers"),
    (r"runners", "swimmers"), (r"patellofemoral pain", "patellar tendinopathy"),
    (r"knee osteoarthritis", "patellofemoral pain"), (r"patellar tendinopathy", "knee osteoarthritis"),
    (r"ACL reconstruction", "meniscal repair"), (r"meniscal repair", "ACL reconstruction"),
    (r"recruits|soldiers|cadets", "office workers"), (r"healthy", "arthritic"), (r"untrained", "well-trained"),
    (r"(?:volleyball |basketball |football )?(?:athletes|footballers|players)", "office workers"),
    (r"beginners", "elite athletes"),
    (r"knee replacement", "hip replacement"), (r"degenerative", "traumatic"), (r"children", "adults"),
    (r"Achilles tendinopathy", "patellofemoral pain"), (r"anterior knee pain", "low back pain"),
)  # fmt: skip


def population_widened(text: str) -> Iterator[str]:
    """Yield the text told of all where it was found in some."""
    yield from swaps(text, _WIDER)


def population_dropped(text: str) -> Iterator[str]:
    """Yield the text without the people it was found in."""
    for pattern in _DROPPED:
        changed = re.sub(pattern, "", text, count=1)
        if changed != text and len(changed.split()) >= 6:
            yield changed[:1].upper() + changed[1:]
            return


def population_exchanged(text: str) -> Iterator[str]:
    """Yield the text told of other people."""
    yield from swaps(text, _OTHERS)


_TERMS = (
    (r"gastrocnemius", "soleus"), (r"soleus", "gastrocnemius"), (r"eccentric", "concentric"),
    (r"dorsiflexion", "plantarflexion"), (r"hip abductors?", "hip adductor"), (r"hip abduction", "hip adduction"),
    (r"plantar-flexors?", "dorsiflexor"), (r"quadriceps", "hamstrings"), (r"hamstrings", "quadriceps"),
    (r"knee extensors?", "knee flexors"), (r"external rotation", "internal rotation"), (r"medial", "lateral"),
    (r"lateral", "medial"), (r"isometric", "isotonic"), (r"calf", "tibialis anterior"), (r"hip", "trunk"),
    (r"forefoot", "rearfoot"), (r"walking", "cycling"), (r"straight-knee", "bent-knee"), (r"strength", "flexibility"),
    (r"heel-rise|heel rises?", "toe-raise"), (r"stretching", "strengthening"), (r"pain", "swelling"),
    (r"function", "quality of life"), (r"squat", "lunge"), (r"taping", "bracing"), (r"foot", "hand"),
    (r"ankle", "hip"), (r"tendon", "meniscus"), (r"MRI", "ultrasound"), (r"injury", "pain"),
)  # fmt: skip


def term_exchanged(text: str) -> Iterator[str]:
    """Yield the text with one muscle, movement or outcome made its neighbour."""
    yield from swaps(text, _TERMS)
