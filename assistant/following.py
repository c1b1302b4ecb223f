"""Follow-ups: what a short turn goes on from, and what it changes of it.

"Why?", "shorter", "what would the other camp say?" have no subject of their own: they ask the question before them in
another form. "And after surgery?", "what about the hip?" keep that question and change something of it. Anything else
is a question by itself. No model: the ways to say so are few, and where it is none of them a turn is taken as it stands.

Patterns meet normalised text: lower case, no apostrophes, shorthand spelt out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.correcting import is_correction
from assistant.intents import asked_of
from assistant.noting import is_note
from corpus.library import Library
from guardrails.types import Detail, Intent


class Kind(StrEnum):
    """How a turn stands to the one before."""

    OWN = "own"
    SAME = "same"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What a turn goes on from; `intent` and `detail` are None where it asks for no other."""

    kind: Kind
    intent: Intent | None = None
    detail: Detail | None = None
    wants_other: bool = False
    """Whether the school is asked for that was not named, or not shown first, before."""
    is_told: bool = False
    """Whether it only tells something: the question before it is answered anew."""
    is_whole: bool = True
    """Whether the turn is nothing but that; else it tells something besides."""


_OWN = Following(kind=Kind.OWN)
_LEAD_IN = re.compile(
    r"^(?:(?:ok|okay|and|so|right|great|thanks|thank you|cheers|sure|hmm+|um|but|please|then|also|well|yes|yeah|no|"
    r"good|fine|got it|i see|now|perfect|lovely|noted|oh|can you|could you|would you|can i have|can i get|could i have|"
    r"i want|id like|give me|make (?:it|that)|in that case|just)\b[\s,.:;!-]*)+"
)
_TAIL = re.compile(
    r"(?:[\s,]*\b(?:please|pls|then|though|again|thanks|now|for me|if (?:you can|possible))\b)*[\s?!.]*$"
)
_THAT = r"(?:that|this|it|those|these|the (?:above|answer|advice|claim|last (?:one|answer|bit)))"
_ON = rf"(?:(?: (?:for|of|on|behind|to|about|in|with) )?{_THAT}(?: (?:one|claim|answer|advice|bit|point|view))?)?"


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(patterns)})$")


_SHORTER = _whole(
    rf"(?:(?:even|a bit|much) )?short(?:er)?(?: (?:version|answer|one|form))?{_ON}", r"(?:the |a )?short (?:answer|version)",
    r"brief(?:er|ly)?(?: (?:version|answer))?", r"one[ -]lin(?:e|er)|bullet points?", r"tl ?;?dr", r"in (?:short|brief|a nutshell|a word|one (?:line|sentence|word))",
    rf"sum (?:it|that|this) up|summar(?:y|ise|ize)(?: {_THAT})?|a summary", r"less(?: detail| words)?", rf"(?:{_THAT} is |thats |its )?too long",
    rf"cut {_THAT} down|condense(?: {_THAT})?|shorten(?: {_THAT})?", r"(?:only |the )*(?:gist|headline|bottom line|essentials)", r"simpler",
)  # fmt: skip
_FULLER = _whole(
    rf"(?:(?:some|a bit|a little|much) )?more(?: (?:detail|details|info|information|depth|on {_THAT}))?", r"(?:in )?(?:more |full |further )?details?",
    r"longer(?: (?:version|answer))?|(?:the )?(?:long|full|whole|complete) (?:version|answer|story|thing|detail|picture)", r"in full|full(?:er)?|in (?:more )?depth",
    rf"expand(?: (?:on )?{_THAT})?|elaborate(?: on {_THAT})?", r"tell me more|say more|go on|go deeper|everything|all of it",
    rf"explain (?:{_THAT} )?(?:more|further|in full|fully|in (?:more )?detail)",
)  # fmt: skip
_AGAIN = _whole(
    rf"(?:again|once more|repeat(?: {_THAT})?|say {_THAT}(?: again)?|come again|what was {_THAT}(?: again)?|remind me)"
)
_TESTS = _whole(
    r"(?:(?:show|tell|list|repeat|remind|what|which) ?(?:me )?(?:of |were |are |was )?)?(?:the |those |these |your )?(?:tests?|measures?|measurements?|assessments?|cut-?offs?|thresholds?)(?: (?:again|once more|list|were (?:they|those)|are (?:they|those)|do i need|should i do|to do|first))*",
    rf"what (?:would|will|could|might) (?:tip|decide|settle|change|swing|sway) {_ON.strip() or _THAT}(?:your mind|the (?:decision|plan|answer))?",
    r"(?:what|which) (?:tests?|findings?|measures?) (?:would|will|could|should|do|can) (?:i |we |you )?(?:decide|settle|tip|change|do|use|run)(?: (?:it|this|that))?(?: (?:for|in|with) (?:her|him|them|this (?:patient|one|case)))?",
    r"what (?:would|will|could|might) (?:tip|decide|settle|change|swing|sway) (?:it|that|this|your mind|the (?:decision|plan|answer|balance))",
    r"(?:what|which)(?: one)? (?:should|do|would|can) (?:i|we|you) (?:test|measure|check|assess)(?: for)?(?: (?:first|next|that|this))*",
    r"how (?:do|would|should|can) (?:i|we|you) (?:test|measure|check|assess|tell|know)(?: (?:that|this|it))*",
)  # fmt: skip
_STRENGTH = _whole(
    rf"how (?:strong|good|solid|robust|convincing|weak|sure|certain|reliable|confident)(?: (?:is|are|am))?(?: (?:you|we))?(?: (?:the|that|this|any of|all))*(?: ?(?:evidence|research|data|support|case|stuff))?{_ON}",
    rf"(?:what(?:s| is) )?(?:the |any |is there |are there )*(?:any |actual |real |good |hard |actually )*(?:evidence|trials?|stud(?:y|ies)|research|rcts?|proof|data|literature)(?: base)?{_ON}",
    rf"(?:whats |what is )?{_THAT} based on(?: what)?|based on what|on what basis|says who|according to (?:who|whom|what)",
    rf"(?:sources?|references?|citations?)|where does {_THAT} come from|who says(?: so)?|how do (?:you|we) know(?: {_THAT})?|what does {_THAT} rest on|is {_THAT} (?:proven|proved|evidence[- ]based|opinion)",
)  # fmt: skip
_WHY = _whole(
    rf"why(?: (?:is|not|so|would|does|do|did|should))?(?: {_THAT})?(?: (?:be|so|help|work|matter|happen|the case|important))?", r"how come|how so|why on earth",
    rf"explain(?: (?:why|{_THAT}|how))?|whats? (?:is )?(?:the |your )?(?:reason(?:ing)?|rationale|logic|mechanism|thinking|argument)s?{_ON}|because (?:of )?(?:what|why)",
)  # fmt: skip
_DOSE = _whole(
    r"how (?:many|much|often|heavy|hard)(?: (?:sets?|reps?|repetitions?|times?|of (?:each|it|that|them)|a (?:day|week)|per (?:day|week)|(?:and|or) (?:how often|reps|sets)|should (?:i|he|she|they) (?:do|start|give)))*",
    r"(?:what |which )?(?:dose|dosage|dosing|sets and rep(?:etition)?s|sets|rep(?:etition)?s|load|frequency|parameters)(?: (?:then|exactly))?",
    r"what (?:dose|load|sets|frequency)(?: (?:would|should|do) (?:i|you|we) (?:use|give|start with|suggest))?",
)  # fmt: skip
_FIRST = _whole(
    r"(?:which|what)(?: (?:exercise|exercises|one|drill|thing|bit|of (?:these|those|them)))?(?: (?:would|should|do) (?:you|i|we|he|she) (?:do|start|give|try|choose|pick))?(?: (?:with|comes|goes|is))? ?first",
    r"(?:so )?where (?:do|would|should|could) (?:i|you|we|she|he) (?:start|begin)|(?:start|begin) where|start with what|what (?:next|now)|next steps?",
    r"(?:so )?what (?:do|should|would|could|shall) (?:i|we|you) (?:do|start|give|try|suggest)(?: (?:with|first|next|now|today|then))*|(?:whats )?(?:the )?plan(?: then)?",
)  # fmt: skip
_HOW_LONG = _whole(
    r"(?:for )?how long(?: (?:for|until|does (?:it|that) take))?|when|how soon|until when|by when|from when"
)
_OTHER = re.compile(
    r"\b(?:the )?(?:other|opposing|opposite|rival|second|contrary) (?:camp|side|school|view(?:point)?|author|article|lot|team|approach|guy|opinion|argument|position|party|people)s?\b"
    r"|\bcounter-?(?:argument|view|point|case)s?\b|\bdevils advocate\b|\bwho (?:disagrees|would disagree|argues against)\b|\bother (?:one|ones|two)$"
    r"|\bargue (?:against|the opposite)\b|\bopponents?\b|\bthe case against\b"
)
_VIEW_WORDS = frozenset(
    "what whats would does do did how about say says to that this it and the answer answers reply respond response think "
    "thinks of take view views agree agrees disagree disagrees argue argues make makes with those these numbers her him "
    "his here in case for patient on position be is s want wants start begin first treat by then so or ok if them they "
    "about approach side camp opinion same thing one start prescribe suggest recommend advise go ask asked according "
    "idea see handle manage now still all any as well too a".split()
)
_CHANGE = re.compile(
    r"^(?:(?:and|but|so|ok|or) )*(?:what about|how about|what if|same (?:but|again|question|thing|answer|for|with|in)|(?:and |but |so |ok |or )*(?:if|after|for|with|in|when|before|without|during|post)\b|"
    r"(?:and|but|or) (?:the |a |an |his |her )?\w+(?: \w+){0,3}\W*$|suppose|supposing|imagine|lets say|say (?:he|she|they|its)|"
    r"(?:would|does|will) (?:that|this|it) matter (?:that|if|when)\b|"
    r"(?:and |but |or )*at (?:age )?\d{2}\W*$|(?:would|does|do|will|is|are) (?:that|this|it|the (?:answer|advice|plan)) (?:\w+ )?(?:change|alter|affect|differ|still|apply|hold|the same|different|true)|"
    r"(?:any|what) (?:different|differences?|changes?)\b)"
)
_SUPPOSED = re.compile(
    r"^(?:(?:and|but|so|ok|then|or|hmm)\W+)*(?:(?:what )?if\b|suppose|supposing|imagine|lets say|say (?:he|she|they)|"
    r"same (?:but|again|question|thing|answer|for|with|in)\b|"
    r"(?:what about |how about |and |or |for |in )+(?:a|an|another) (?:\w+ )?(?:\d+|runner|foot\w+|netball\w*|danc\w+|cycl\w+|swim\w+|adult|adolescent|teen\w*|child|older|younger|man|woman|male|female|athlete|patient|non)|"
    r"(?:(?:what about|how about|and|or) )*(?:(?:after|post|following)\b|at (?:age )?\d{2}\W*$)|"
    r"(?:would|does|will|is) (?:that|this|it|the (?:answer|advice|plan)) .*\bif\b)"
)
_AT_AGE = re.compile(r"^(?:(?:and|but|or|what about|how about) )*at (?:age )?(\d{2})\W*$")
_STATED = re.compile(
    r"\b(?:(?:what|and|but|so) )*if (he|she|they|it|the patient|patient) (?:was|were|is|are|had been|had|has)\b"
)
_DONT_KNOW = re.compile(
    r"\b(?:dont know|do not know|not sure|no idea|unsure|unknown|not (?:been )?(?:tested|measured|assessed|recorded|asked|done|checked|available)|(?:havent|hasnt|didnt|couldnt|cannot|cant|not) (?:been )?(?:test|measure|ask|check|say|assess|do|done|know|tested|measured|asked|checked)\w*|n/a|no data|dunno|untested|idk)\b"
)
_MOST_WORDS = 12
_MOST_TOLD_WORDS = 18
_MOST_SAME_WORDS = 9


def following(text: str, library: Library) -> Following:
    """Return how a turn, normalised, stands to the one before it.

    >>> from corpus.library import read_library
    >>> library = read_library()
    >>> following("why?", library).intent
    <Intent.WHY: 'why'>
    >>> following("what about the hip?", library).kind
    <Kind.CHANGED: 'changed'>
    """
    return Following(kind=Kind.SAME, is_told=True) if is_note(text) else _read(text, library)


def _read(text: str, library: Library) -> Following:
    asked = asked_of(text)
    told = len(text.split()) - len(asked.split())
    if 0 < told <= _MOST_TOLD_WORDS and (step := following(asked, library)).kind is not Kind.OWN:
        return replace(step, is_whole=False)  # the rest only tells something
    bare = _bare(text)
    words = len(bare.split())
    if words <= _MOST_SAME_WORDS and (same := _same(bare)):
        return same
    if words <= _MOST_WORDS and (view := _view(text, bare, library)):
        return view
    if _only_tells(text):
        return Following(kind=Kind.SAME, is_told=True)
    plain = text.strip()
    if words <= _MOST_WORDS and (_CHANGE.match(plain) or _SUPPOSED.match(plain)):
        return Following(kind=Kind.CHANGED)
    return _OWN


def is_supposed(text: str) -> bool:
    """Return whether normalised `text` only supposes what it says of the patient: it holds for one answer."""
    return len(text.split()) <= _MOST_WORDS and bool(_SUPPOSED.match(text.strip()))


def stated(text: str) -> str:
    """Return supposing words as a statement, so that the readers of facts meet what they know.

    >>> stated("and if she were 15?")
    'patient is 15?'
    """
    return _AT_AGE.sub(r"age \1", _STATED.sub("patient is", text)).strip()


def is_not_known(text: str) -> bool:
    """Return whether normalised `text` says that something asked for is not known."""
    return len(text.split()) <= _MOST_TOLD_WORDS and _DONT_KNOW.search(text) is not None


def root_of(turns: Sequence[str], position: int, library: Library) -> int:
    """Return the place of the turn whose question the turn at `position` asks, itself where it has one of its own.

    Args:
        turns: normalised, oldest first.
        position: of the turn looked at, from 0.
        library: whose schools may be named.
    """
    while position > 0 and following(turns[position], library).kind is Kind.SAME:
        position -= 1
    return position


def _bare(text: str) -> str:
    return _TAIL.sub("", _LEAD_IN.sub("", " ".join(text.split())))


def _same(bare: str) -> Following | None:
    if _SHORTER.match(bare):
        return Following(kind=Kind.SAME, detail=Detail.BRIEF)
    if _FULLER.match(bare):
        return Following(kind=Kind.SAME, detail=Detail.FULL)
    if not bare or _AGAIN.match(bare):
        return Following(kind=Kind.SAME)
    forms = (
        (_TESTS, Intent.TEST), (_STRENGTH, Intent.STRENGTH), (_WHY, Intent.WHY), (_DOSE, Intent.DOSE),
        (_FIRST, Intent.PLAN), (_HOW_LONG, Intent.LOOKUP),
    )  # fmt: skip
    return next((Following(kind=Kind.SAME, intent=intent) for form, intent in forms if form.match(bare)), None)


def _view(text: str, bare: str, library: Library) -> Following | None:
    """Return that a school is asked about the question before, when nothing else is said."""
    if _OTHER.search(bare) and set(_words(_OTHER.sub(" ", bare))) <= _VIEW_WORDS:
        return Following(kind=Kind.SAME, intent=Intent.VIEWPOINT, wants_other=True)
    aliases = sorted((a for v in library.viewpoints for a in library.spoken_aliases(v)), key=len, reverse=True)
    without, named = re.subn(rf"\b(?:{'|'.join(map(re.escape, aliases))})\b", " ", text)
    if named and set(_words(without)) <= _VIEW_WORDS:
        return Following(kind=Kind.SAME, intent=Intent.VIEWPOINT)
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text)


def _only_tells(text: str) -> bool:
    """Return whether a short turn asks nothing and corrects or adds a fact, or says that one is not known."""
    if "?" in text or len(text.split()) > _MOST_TOLD_WORDS:
        return False
    asking = asked_of(text)
    is_asking = asking != " ".join(_sentences(text))
    if is_asking and not (is_correction(text) or is_not_known(text)):
        return False
    return is_correction(text) or is_not_known(text) or _TELLS.search(text) is not None


def _sentences(text: str) -> list[str]:
    return [s.strip() for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip()]


# A turn that is all findings: numbers, or a plain statement of the patient.
_TELLS = re.compile(
    r"^(?:(?:his|her|their|the) (?:[\w-]+ ){0,3}?(?:is|was|are|were) .*\d|(?:also|plus|forgot to \w+)\b|(?:he|she|they|pt|patient|its|it)s? (?:is |was |has |had |does |doesnt |did |didnt |isnt |hasnt |not )|hes |shes |no\b|nil\b|yes\b|not\b|never\b|only\b|about \d|\d)|\d+ ?(?:v|vs|/) ?\d+|"
    r"\b(?:left|right|l|r) \d+|\d+ (?:left|right|l|r)\b|\d+ ?(?:weeks?|months?|years?|days?)\b|\d+/(?:52|12|7)\b"
)
