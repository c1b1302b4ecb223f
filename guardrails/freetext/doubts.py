"""Doubts of a passage that a claim has dropped: how certain the evidence is, in whom it was seen, what only went together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.types import Design
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_LOW = re.compile(
    r"\b(?:very )?low[- ](?:to[- ](?:very[- ])?(?:low|moderate)[- ])?(?:certainty|quality|evidence)\b|\bnot significant\b"
)
_OF_ALL = re.compile(r"\bcertainty was (?:very )?low\b|\blow or very low certainty\b|\brests on very low evidence\b")
_STATEMENT = re.compile(r"(?<=[.;])\s+")
_LONG = re.compile(r"\w{4,}")
_DOUBTS = re.compile(
    r"\b(?:low\w*|certain\w*|uncertain\w*|quality|may|might|could|perhaps|possibl\w+|suggest\w*|appear\w*|seem\w*|hint\w*|limited|weak evidence|thin|tentativ\w*|pilot|"
    r"significan\w+|unsure|not sure|doubt\w*|poor evidence|bias|shaky|little evidence|cautio\w*|provisional\w*|modest evidence|however|likely|probabl\w+|inconsistent|odds|"
    r"no (?:clear|sure|firm)|not (?:proven|settled|firm))\b"
)
_CLIENT = re.compile(
    r"\b(?:this|that|his|her|one|a|the) (?:\w+ )?(?:client|patient|case)\b|\b(?:barker|bento)(?: s|s)? client\b|\bclients? s\b"
)
_ONE = re.compile(
    r"\b(?:client|case|patient|runner|man|him|his own|one person|somebody|someone|he describes|session)(?: s)?\b"
)
_MANY = re.compile(r"\b(?:clients|patients|knees|people|runners|everyone|everybody|anyone|athletes)\b")
_TOLD = re.compile(r"\b(?:speaks of|tells of|describes|mentions|pictures)\b")
_OPINION = frozenset({Design.EXPERT_OPINION, Design.CLINICAL_JUDGEMENT})
_OBSERVED = frozenset({Design.COHORT, Design.CROSS_SECTIONAL})
_TOGETHER = re.compile(
    r"\b(?:associat\w*|linked|correlat\w*|went with|goes? with|go with|tied|tracked|related to|relat\w+ to|differed|had (?:less|more|lower|weaker)|were weaker|was weaker)\b"
)
_DOES = re.compile(
    r"(?<!heel )(?<!calf )(?<!leg )(?<!standing )(?<!seated )(?<!toe )(?<!\d )\b(?:cuts?|reduces?|lowers|raises|increases?|improves?|worsens?|boosts?|eases?|relieves?|lessens?|"
    r"protects?|prevents?|harms?|damages?|weakens)\b"
)
_DID = re.compile(
    r"\b(?:cut|reduc\w+|lower(?:s|ed)|rais\w+|increas\w+|improv\w+|worsen\w*|boost\w*|eas(?:es|ed)|reliev\w+|lessen\w*|help\w*|brought|brings?|g[ai]ves?|made|makes?|slow\w*|protect\w*|prevent\w*|harm\w*)\b"
)


def doubts_dropped(claim: str, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault where a claim says surely, generally or as an effect what its passages say with a doubt."""
    low = [_doubt_of(claim, g) for g in grounds]
    if all(low) and not _DOUBTS.search(claim):
        yield contradicted(Rule.STRENGTH, f"leaves out how certain it is (“{low[0]}”)")
    is_general = not _ONE.search(claim) and (_MANY.search(claim) or not _TOLD.search(claim))
    if is_general and all(g.design in _OPINION and _CLIENT.search(g.said.text) for g in grounds):
        yield contradicted(Rule.STRENGTH, "says in general what is told of one client")
    does = _DOES.search(claim)
    if does and all(_is_association(g) for g in grounds):
        yield contradicted(Rule.STRENGTH, f"makes an effect (“{does.group()}”) of what is cited as going together")


def _doubt_of(claim: str, ground: Ground) -> str | None:
    """Return how a passage doubts the evidence for what a claim says: in the statement that it takes, or of all of it."""
    of_all = _OF_ALL.search(ground.said.text)
    if of_all:
        return of_all.group()
    words = frozenset(_LONG.findall(claim))
    nearest = max(_STATEMENT.split(ground.said.text), key=lambda s: len(words & frozenset(_LONG.findall(s))))
    found = _LOW.search(nearest)
    return found.group() if found else None


def _is_association(ground: Ground) -> bool:
    said = ground.said.text
    return ground.design in _OBSERVED and bool(_TOGETHER.search(said)) and not _DID.search(said)
