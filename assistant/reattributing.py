"""What a later turn says was told of somebody else: "the calf and the flight was her sister".

What was told of a relative is no fact of the patient and no red flag of theirs. It is cut out of the earlier turns
where it was told: the sentence that holds all that is named, or only its clause where that opens the case too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.library import Library
from corpus.terms import plain

ANOTHERS = (
    "What you said was somebody else's was left out of this patient's case. If that person has the signs, they need to be "
    "seen in their own right, the same day where a sign is urgent."
)
_RELATIVE = (
    r"(?:mother|father|mum|mom|dad|brother|sister|twin|cousin|aunt|uncle|grand\w+|parent|wife|husband|son|daughter|partner|friend|"
    r"team ?mate|neighbour|colleague|flatmate|boyfriend|girlfriend|(?:other|another|different|next|last|previous) (?:pts?|patients?|clients?|lady|man|woman|chap)s?)"
)
_WAS = r"(?:was|were|is|are|belongs? to|belonged to|happened to|wasnt (?:him|her|hers|his) (?:but|it was)|s)"
_OF_ANOTHER = re.compile(
    rf"(?P<what>[^.;?!\n]{{2,80}}?)[, ]+(?:(?:that|which|it|those|they|all) )?{_WAS} (?:(?:actually|really|about|all|from|for) )*(?:in |to )?"
    rf"(?:his|her|their|the|my|a|an|pts|patients)? ?(?:\w+ )?{_RELATIVE}s?\b(?! (?:who|that|says?|said|told|thinks|wants|in law who))(?P<thing> (?:calf|leg|knee|clot|dvt|flight|acl\w*|op|operation|surgery|history|scan|fever|swelling|pain)\b)?"
)
_CORRECTING = re.compile(
    r"\b(?:sorry|actually|correction|hang on|hold on|wait|scrap|oops|apologies|mistake|mixed up|my bad|wrong|ignore|no,|not (?:his|hers|him|her|my pts?|the patients?)|"
    r"(?:that|it|which|those) (?:was|were) (?:his|her|their|the))\b"
)
_SMALL = frozenset(
    [
        "the",
        "that",
        "this",
        "those",
        "it",
        "its",
        "was",
        "were",
        "and",
        "his",
        "her",
        "their",
        "him",
        "she",
        "he",
        "hang",
        "sorry",
        "actually",
        "correction",
        "wait",
        "hold",
        "scrap",
        "no",
        "not",
        "oops",
        "apologies",
        "mistake",
        "mixed",
        "all",
        "about",
        "bit",
        "part",
        "thing",
        "story",
        "told",
        "said",
        "one",
        "with",
        "for",
        "from",
        "hey",
        "also",
        "but",
    ]
)
_WORD = re.compile(r"[a-z][a-z0-9+-]+")
_SENTENCE = re.compile(r"[^.;?!\n]*(?:[.;?!\n]+\s*|$)")
_CLAUSE = re.compile(r"[^,]*(?:,\s*|$)")
_OPENS = re.compile(r"\b\d{1,2} ?-?(?:yo|y/o|f|m|year)|\b(?:pt|patient|man|woman|lady|boy|girl|male|female)\b")


def reattributed(turns: Sequence[str], library: Library) -> tuple[list[str], frozenset[int]]:
    """Return the turns without what a later one says was somebody else's, and the places of those that say so."""
    kept = list(turns)
    saying: set[int] = set()
    for place in range(1, len(kept)):
        said = plain(turns[place])
        if not _CORRECTING.search(said):
            continue
        for match in _OF_ANOTHER.finditer(said):
            named = _named(f"{match['what']} {match['thing'] or ''}", library)
            for earlier in range(place if named else 0):
                shorter = _without(kept[earlier], named, library)
                if shorter != kept[earlier]:
                    kept[earlier] = shorter
                    saying.add(place)
        if place in saying:
            kept[place] = _without_saying(turns[place]) or turns[place]
    return kept, frozenset(saying)


def _without_saying(turn: str) -> str:
    """Return `turn` without the sentence that says whose it was: what it names is no part of this case."""
    return "".join(s for s in _SENTENCE.findall(turn) if not _OF_ANOTHER.search(plain(s))).strip()


def _named(what: str, library: Library) -> frozenset[str]:
    words = _WORD.findall(library.normaliser.expand(what))
    return frozenset(w for w in words if w not in _SMALL)


def _without(turn: str, named: frozenset[str], library: Library) -> str:
    """Return `turn` without the sentence, or the clause of the one that opens the case, that holds all of `named`."""
    kept: list[str] = []
    for sentence in _SENTENCE.findall(turn):
        if not _holds(sentence, named, library):
            kept.append(sentence)
        elif _OPENS.search(plain(sentence)):
            kept.append("".join(c for c in _CLAUSE.findall(sentence) if not _holds(c, named, library)))
    return "".join(kept)


def _holds(part: str, named: frozenset[str], library: Library) -> bool:
    said = _WORD.findall(library.normaliser.expand(part))
    return all(any(w.startswith(n) or n.startswith(w) for w in said) for n in named)
