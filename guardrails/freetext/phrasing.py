"""What no free sentence may sound like: a verdict on the patient, an advertisement, a machine talking of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FLAGS = re.IGNORECASE
_CERTAIN = re.compile(
    r"\b(?:undoubtedly|unquestionabl[ey]|indisputabl[ey]|undeniabl[ey]|without (?:a|any) (?:shadow of )?doubt|beyond (?:any )?doubt|there is no question|"
    r"(?:it|this) is (?:certain|proven|a fact|well established|settled|clear) that|the science is settled|guarantee[sd]?|(?:is|are) guaranteed|"
    r"(?:will|is going to|are going to) (?:definitely |certainly |surely )?(?:fix|cure|solve|resolve|heal|eliminate|abolish|get rid of|work|prevent)|100 ?%|always works?|never fails?|"
    r"miracle|game.?changer|the (?:only|best) (?:way|treatment|exercise|solution|answer|option)\b|definitive(?:ly)?|conclusive(?:ly)?|foolproof|perfectly safe|completely safe|no risk)\b",
    _FLAGS,
)
_NAMES = (
    r"(?:an? |the )?(?:[\w-]+ ){0,3}(?:tear|rupture|tendinopathy|tendinitis|tendonitis|tendinosis|osteoarthritis|arthritis|syndrome|fracture|infection|cancer|tumou?r|thrombosis|dvt|clot|"
    r"bursitis|patellofemoral pain|runner'?s knee|jumper'?s knee|dislocation|instability|disease|cyst|strain|sprain|impingement|chondromalacia|sepsis|neuropathy|radiculopathy|stress injury|claudication)"
)
_PATIENT = r"(?:this|the|your|our) (?:patient|client|runner|man|woman|lady|gentleman|boy|girl|athlete|player|person|knee|case|presentation|picture)|he|she|they"
_DIAGNOSED = re.compile(
    rf"\b(?:(?:{_PATIENT}) (?:clearly |definitely |obviously |certainly |almost certainly |undoubtedly |actually )?(?:has|have|is suffering from|suffers? from|is presenting with|presents with|is|shows|have got|has got|has developed|must have|is diagnosed with) {_NAMES}|"
    rf"(?:this|that|it|these (?:signs|findings|symptoms)) (?:is|are|must be|can only be) (?:clearly|definitely|obviously|certainly|undoubtedly|a classic|a clear|a textbook|a typical|the classic)? ?{_NAMES}|"
    rf"(?:the |her |his |their |your )?(?:diagnosis|problem|condition) (?:is|must be|can only be) |"
    rf"(?:confirms?|confirming|establish(?:es|ed)|proves?|clinches|makes) (?:a |an |the )?(?:diagnosis|{_NAMES})|diagnostic of {_NAMES}|is (?:clearly|obviously|plainly) (?:an?|due|caused)\b)",
    _FLAGS,
)  # fmt: skip
_PROMOTION = re.compile(
    r"\b(?:(?:online |video |certification |her |his |their |the author'?s |full |paid )course\b(?! of)|e-?book|webinar|masterclass|workshop|seminar|coupon|discount|promo(?:tion|tional)? code|voucher|sign(?:ing)? up|subscri\w+|enrol (?:in|on|at|now)|"
    r"(?:buy|order|purchase|download|join|book|register) (?:now|today|here|it|the|his|her|their|this|a|an|your|online)|click|link in|visit (?:the|his|her|their|our|my|www)|website|web site|follow (?:him|her|them|us|me|@)|"
    r"money.back|free (?:trial|guide|download|consultation)|limited offer|for sale|affiliate|sponsored|newsletter|podcast|youtube|instagram|facebook|tiktok|patreon|dvrt|ultimate sandbag|™|®)",
    _FLAGS,
)
_MARKUP = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|org|net|io|co\.uk|info)\b|<[a-zA-Z/!][^>]*>|!?\[[^\]]*\]\([^)]*\)|```|&[a-z]+;|javascript:|data:|\{\{|\}\}|^#{1,6} |\*\*|__",
    _FLAGS,
)
_LEFTOVER = re.compile(
    r"\b(?:as an ai|as a (?:large )?language model|i am an ai|i'?m an ai|language model|my (?:training|knowledge cutoff|instructions|guidelines)|i cannot (?:help|assist|provide|comply)|i can'?t (?:help|assist|provide)|"
    r"i (?:am|was|have been) (?:asked|instructed|told|unable|trained)|as (?:requested|instructed)|here (?:is|are) (?:the|your|my) (?:answer|draft|json|response|summary)|system prompt|"
    r"(?:ignore|disregard|forget) (?:all |any |the |your |previous |prior )+(?:instructions?|rules?|prompts?)|passage \d+|evidence set|citation key|the (?:provided|given|supplied) (?:passages?|context|evidence|sources?|text)|"
    r"in (?:this|the) (?:context|passages?) (?:provided|given)|based on (?:the|your) (?:context|passages?)|lorem ipsum|todo|tbd|insert (?:here|citation)|(?:<\|)|\[inst\]|assistant:|user:|system:|certainly[!,] |sure[!,] |i hope this helps|let me know|feel free|i (?:would|will|can|think|believe|recommend|suggest|understand|apologi[sz]e)\b|in my opinion|happy to)",
    _FLAGS,
)
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u03b1-\u03c9\u0394]")
_WORD = re.compile(r"[a-z']+")
_ENGLISH = frozenset(
    "the a an of in to and or is are was were with for than from on at by not no it its as that this these those be has had have may but who which after before more less only both while when if can did does says".split()
)
_FOREIGN = (
    frozenset(
        "der die das und ist nicht mit für ein eine auf bei den dem les des est une dans pour avec que qui pas sur aux el los las una con por para del es en que no il lo gli della con per che non "
        "è sono och att det som för med på är inte het een van niet met voor op zijn os um uma com não ao".split()
    )
    - _ENGLISH
)
_FEW = 4


def misphrased(text: str) -> Iterator[str]:
    """Yield why a free sentence may not stand as it is worded.

    >>> list(misphrased("She is suffering from a meniscal tear."))
    ['pronounces a diagnosis (“She is suffering from a meniscal tear”)']
    """
    for pattern, why in (
        (_CERTAIN, "is surer than any evidence here"),
        (_DIAGNOSED, "pronounces a diagnosis"),
        (_PROMOTION, "promotes something"),
        (_MARKUP, "holds a link or mark-up"),
        (_LEFTOVER, "is talk of the machine, not of the knee"),
    ):
        found = pattern.search(text)
        if found:
            yield f"{why} (“{_shown(found.group())}”)"
    if not _is_english(text):
        yield "is not in English"


def _shown(words: str) -> str:
    """Return words for a message, without what a screen could take for mark-up."""
    return re.sub(r"[\[\]{}<>_`]", " ", words).strip()[:60]


def _is_english(text: str) -> bool:
    """Return whether a text of more than a few words has Latin letters and English function words."""
    letters = _LETTER.findall(text)
    if letters and sum(bool(_LATIN.match(c)) for c in letters) < 0.9 * len(letters):
        return False
    words = _WORD.findall(text.lower())
    if len(words) < _FEW:
        return True
    foreign = sum(w in _FOREIGN for w in words)
    english = sum(w in _ENGLISH for w in words)
    return english >= foreign and (english > 0 or foreign == 0)
