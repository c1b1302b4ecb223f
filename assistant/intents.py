"""The form of a question: which sentences ask, and what kind of answer they want."""

from __future__ import annotations

import re

from corpus.library import Library
from guardrails.types import Intent

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_OPENERS = (
    "is|are|was|were|does|do|did|can|could|should|would|will|has|have|am|isnt|arent|doesnt|dont|shouldnt|any|surely|"
    "what|whats|which|why|how|when|where|who|whose|confirm|explain|tell|give|list|compare|advise|summari[sz]e|argue|"
    "only|just|please|ok to|safe to|worth|so|and"
)
_ASKS = re.compile(rf"^(?:(?:{_OPENERS})\b|[^?]*\?$)")
_VIEW = re.compile(
    r"\b(?:say|says|argue|argues|think|thinks|claim|claims|want|wants|suggest|suggests|view|position|believe|believes|make of|answer|respond|object|stance|take|camp|mind|reply|prescribe|prescribes|recommend|recommends|do with|start with|start|do|treat|treats|manage|approach|handle)\b"
)
_RULES: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        Intent.STRENGTH,
        re.compile(
            r"\bhow (?:strong|good|solid|robust|convincing|weak)\b.{0,30}\b(?:evidence|research|case|data|support)|\b(?:quality|strength|level|weight) of (?:the )?evidence|\bwhat(?:s| is| does)? (?:the )?evidence|\b(?:any|is there|there an?y?) (?:an? )?(?:good |real |actual )?(?:evidence|trials?|study|studies|research|literature|rct)|\bwhere does the evidence|\bevidence[- ]?(?:base|for)\b|\bproof\b"
        ),
    ),
    (
        Intent.DOSE,
        re.compile(
            r"\bhow (?:many(?! (?:months|weeks|years))|much|often|heavy|hard|long should|far)\b|\b(?:sets?|reps?|repetitions|dos(?:e|es|age|ing)|frequency|times a week|parameters|tempo|what load)\b"
        ),
    ),
    (
        Intent.TEST,
        re.compile(
            r"\b(?:which|what|best|any|a|single) (?:\w+ ){0,2}(?:tests?|measures?|assessments?|finding)\b|\bhow (?:do|can|should|would|could|to|might|best) ?(?:i|you|we|one)? ?(?:\w+ )?(?:test|assess|measure|check|tell|know|examine|find out|screen|decide|diagnose)|\b(?:who needs|worth testing|what should i (?:test|measure|look|check)|what would (?:decide|settle|tip|change))\b"
        ),
    ),
    (
        Intent.WHY,
        re.compile(
            r"^(?:so |and |but |ok )?why\b|\bhow come\b|\bwhat explains\b|\bwhat(?:s| is| are|) (?:the )?(?:\w+ )?(?:reason|mechanism|rationale)|\bwhy (?:does|do|is|would|are|did|might)\b|\bhow (?:does|would|could|can) (?:the |a |an )?(?:\w+ ){1,3}(?:make|cause|lead|affect|overload|hurt)"
        ),
    ),
    (
        Intent.CHOICE,
        re.compile(
            r"\b(?!or not\b|yes\b)\w+,? or (?!not\b|so\b|is\b|are\b|does\b|do\b|should\b|am\b|later\b|more\b|less\b|two\b|worse\b)\w+|\b(?:vs|versus)\b|\bwhich (?:is |one |would be |of )?(?:better|best|first|comes)|\brather than\b|\binstead of\b|\bbetter than\b|\bprefer\b"
        ),
    ),
    (
        Intent.PLAN,
        re.compile(
            r"\b(?:what next\b|next steps?\b|priorit(?:y|ies)\b|(?:rx|treatment|rehab) focus\b|what else (?:can|could|should|would)\b|what (?:would|should|do|can|else) (?:you|i|we)\b(?: \w+)? ?(?:do|start|give|try|suggest|prioriti[sz]e|focus|next|treat)?|where (?:do|should|would) (?:i|you|we) start|plan|thoughts|how (?:should|would|do|to) (?:i |you |we )?(?:treat|manage|approach|progress|rehab|start|handle|go about)|next step|rx|management|treatment focus|ideas|programme)\b"
        ),
    ),
    (
        Intent.LOOKUP,
        re.compile(
            r"\b(?:what (?:are|is|counts|s)|whats|criteria|norms?|normal|cut-?off|define|definition|list|when (?:can|is|should|do)|how long|at what|which (?:patients|people|criteria)|remind me|minimal important|mcid|rules?)\b"
        ),
    ),
)
_POLAR = re.compile(
    r"(?:^|[:,;\u2013-] )(?:(?:so|and|but|ok|then|please|or|well|also) )*(?:is|are|was|does|do|did|can|could|should|would|will|has|have|am|isnt|arent|doesnt|dont|shouldnt|wouldnt|any (?:reason|point|harm|need)|surely|ok to|safe to|worth|confirm|agree|ready)\b|\b(?:right|correct|yes or no|needed|agree|okay|ok|yes no|yes/no|true)\s*\?"
)
_SHORT_WORDS = 8


def asked_of(text: str) -> str:
    """Return the sentences of `text` that ask; all of it when none does."""
    sentences = [s.strip() for s in _SENTENCE.split(text) if s.strip()]
    asking = [s for s in sentences if "?" in s or _ASKS.match(s)]
    return " ".join(asking or sentences)


def is_question(asked: str) -> bool:
    """Return whether any sentence of `asked` asks; a bare case asks nothing and wants a plan.

    >>> is_question("34f runner, 12 l v 20 r heel rises"), is_question("34f runner. calf rehab?")
    (False, True)
    """
    return "?" in asked or any(_ASKS.match(s.strip()) for s in _SENTENCE.split(asked))


def intent_of(asked: str, library: Library) -> Intent:
    """Return the form of answer that `asked` wants; a case with no question wants a plan."""
    if not is_question(asked):
        return _unasked(asked)
    questions = [s.strip() for s in _SENTENCE.split(asked) if s.strip()]
    last = questions[-1]
    if _asks_a_school(asked, library):
        return Intent.VIEWPOINT
    for text in (last, asked):
        for intent, pattern in _RULES[:4]:
            if pattern.search(text):
                return intent
    return _by_form(last)


def _by_form(last: str) -> Intent:
    for intent, pattern in _RULES[4:]:
        if intent in (Intent.LOOKUP, Intent.PLAN) and _POLAR.search(last):
            break
        if pattern.search(last):
            return intent
    is_short_question = last.endswith("?") and len(last.split()) <= _SHORT_WORDS
    return Intent.POLAR if is_short_question or _POLAR.search(last) else Intent.PLAN


def _unasked(text: str) -> Intent:
    for intent, pattern in _RULES:
        if (
            intent in (Intent.LOOKUP, Intent.DOSE, Intent.TEST, Intent.STRENGTH)
            and pattern.search(text)
            and len(text.split()) < 12
        ):
            return intent
    return Intent.PLAN


def _asks_a_school(asked: str, library: Library) -> bool:
    names = "|".join(re.escape(a) for v in library.viewpoints for a in library.spoken_aliases(v))
    found = re.search(rf"\b(?:what|how|would|does|do|did|why)\b[^.?!]{{0,40}}\b(?:{names})\b", asked)
    return bool(found and _VIEW.search(asked) and not re.search(r"\bhow many\b", asked))
