"""The vocabulary of typed facts that predicates may name and framing may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

FactValue: TypeAlias = bool | float | str | frozenset[str]
Facts: TypeAlias = Mapping[str, FactValue]


class FactType(StrEnum):
    """What values a fact takes."""

    NUMBER = "number"
    CHOICE = "choice"
    SET = "set"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """The type of one fact, with its unit or its choices, and its name on the screen."""

    type: FactType
    label: str
    unit: str | None = None
    choices: frozenset[str] = frozenset()


def _number(label: str, unit: str) -> FactKind:
    return FactKind(type=FactType.NUMBER, label=label, unit=unit)


def _choice(label: str, *choices: str) -> FactKind:
    return FactKind(type=FactType.CHOICE, label=label, choices=frozenset(choices))


def _set(label: str, *choices: str) -> FactKind:
    return FactKind(type=FactType.SET, label=label, choices=frozenset(choices))


def _flag(label: str) -> FactKind:
    return FactKind(type=FactType.FLAG, label=label)


FACT_KINDS: Mapping[str, FactKind] = {
    "age": _number("age", "year"),
    "sex": _choice("sex", "female", "male"),
    "side": _choice("side", "left", "right", "both"),
    "sport": _choice(
        "sport",
        "running",
        "football",
        "basketball",
        "volleyball",
        "tennis",
        "cycling",
        "skiing",
        "dance",
        "gym",
        "netball",
        "rugby",
        "hockey",
        "swimming",
        "other",
    ),
    "level": _choice("level", "novice", "recreational", "competitive"),
    "duration.weeks": _number("duration", "week"),
    "pain.site": _choice("pain site", "anterior", "posterior", "medial", "lateral", "diffuse"),
    "pain.score": _number("pain", "of 10"),
    "irritability": _choice("irritability", "high", "low"),
    "aggravator": _set(
        "worse with",
        "running",
        "mileage",
        "speed",
        "stairs",
        "squat",
        "sitting",
        "jumping",
        "kneeling",
        "walking",
        "hills",
        "loading",
    ),
    "condition": _set(
        "named condition",
        "pfp",
        "patellar-tendinopathy",
        "quadriceps-tendinopathy",
        "itb",
        "fat-pad",
        "oa",
        "acl-injury",
        "meniscus-tear",
        "mcl",
        "pcl",
        "patellar-dislocation",
        "osgood-schlatter",
        "achilles-tendinopathy",
        "calf-strain",
        "baker-cyst",
        "anterior-knee-pain",
        "sinding-larsen",
        "bipartite-patella",
        "pes-anserine",
        "popliteus",
        "hamstring-tendinopathy",
        "hypermobility",
        "extension-loss",
    ),
    "surgery.kind": _choice(
        "surgery",
        "aclr",
        "meniscal-repair",
        "meniscectomy",
        "tka",
        "osteotomy",
        "tendon-repair",
        "patellar-stabilisation",
        "other",
    ),
    "surgery.planned": _choice("surgery planned", "aclr", "meniscal-repair", "meniscectomy", "tka", "osteotomy"),
    "surgery.weeks": _number("since surgery", "week"),
    "surgery.graft": _choice("graft", "hamstring", "patellar", "quadriceps", "allograft"),
    "weight_bearing": _choice("weight bearing", "none", "partial", "full"),
    "bend_limit": _number("bend allowed to", "degree"),
    "medicine": _set(
        "medicine",
        "anticoagulant",
        "fluoroquinolone",
        "corticosteroid",
        "nsaid",
        "opioid",
        "statin",
        "contraceptive",
        "other",
    ),
    "heel_rise.left": _number("heel rises left", "repetition"),
    "heel_rise.right": _number("heel rises right", "repetition"),
    "heel_rise.low": _number("heel rises, lower side", "repetition"),
    "heel_rise.high": _number("heel rises, higher side", "repetition"),
    "heel_rise.gap": _number("heel-rise gap", "repetition"),
    "heel_rise.lsi": _number("heel-rise symmetry", "%"),
    "knee_to_wall.left": _number("knee-to-wall left", "cm"),
    "knee_to_wall.right": _number("knee-to-wall right", "cm"),
    "knee_to_wall.low": _number("knee-to-wall, lower side", "cm"),
    "knee_to_wall.high": _number("knee-to-wall, higher side", "cm"),
    "knee_to_wall.gap": _number("knee-to-wall gap", "cm"),
    "quads.lsi": _number("quadriceps symmetry", "%"),
    "hamstrings.lsi": _number("hamstring symmetry", "%"),
    "hip.lsi": _number("hip strength symmetry", "%"),
    "hop.lsi": _number("hop symmetry", "%"),
    "step_down": _choice("step-down", "poor", "good"),
    "snap_back": _flag("knee snaps back"),
    "effusion": _flag("effusion"),
    "calf_deficit": _flag("calf deficit"),
    "hip_deficit": _flag("hip deficit"),
    "quads_deficit": _flag("quadriceps deficit"),
    "instant_relief": _flag("instant relief"),
    "tried": _set(
        "tried",
        "rest",
        "quads",
        "hip",
        "calf-raises",
        "stretching",
        "taping",
        "orthoses",
        "injection",
        "load-education",
    ),
    "pregnant": _flag("pregnant"),
    "result": _set(
        "result",
        "clot-excluded",
        "d-dimer-negative",
        "xray-clear",
        "mri-clear",
        "squeeze-normal",
        "squeeze-abnormal",
    ),
    "history": _set("history", "clot", "unstable-blood-pressure", "vascular-disease", "sickle-cell", "pacemaker"),
}
