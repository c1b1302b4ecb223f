"""A turn without its greeting and its thanks: what is said to be kind asks nothing, and must not move the answer."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words of which a greeting, an apology for asking, or thanks are made. "Thoughts", "advice" and "ideas" ask for a plan.
_KIND = _words(
    "hi hello hey hiya dear all both there team everyone folks good morning afternoon evening day hope you your "
    "are were is well have had having a an the nice lovely great week weekend this quick question questions "
    "please one just and thanks thank so much many very lot in advance cheers ta kind regards best wishes "
    "appreciate appreciated really would be grateful for time any that sorry to bother trouble disturb asking "
    "with again no rush hurry at when get chance i im it if possible help"
)
_OPENS = _words("hi hello hey hiya dear good sorry hope greetings thanks thank cheers apologies")
_THANKS = _words("thanks thank cheers ta regards appreciate appreciated grateful")
_BEFORE_THANKS = _words("many and with kind best so really")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_SENTENCE_END = re.compile(r"[.!?\n]+\s*")
_BARE_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening))"
    r"(?: (?:all|there|team|both|everyone|folks))?\s*[,!-]\s*",
    re.IGNORECASE,
)


def without_courtesies(turn: str) -> str:
    """Return `turn` without a greeting before what it says and thanks after it; all of it where it says nothing else.

    >>> without_courtesies("Hi all, hope you are well. Calf first for a runner? Many thanks in advance!")
    'Calf first for a runner?'
    >>> without_courtesies("sorry, left not right")
    'sorry, left not right'
    >>> without_courtesies("Thanks!")
    'Thanks!'
    """
    kept = _BARE_GREETING.sub("", turn[_opening(turn) :])
    kept = kept[: _closing(kept)].rstrip()
    return kept if _WORD.search(kept) else turn


def _opening(turn: str) -> int:
    """Return where the sentences end that only greet or say sorry for asking."""
    place = 0
    for end in _SENTENCE_END.finditer(turn):
        words = _found(turn[place : end.start()])
        if not words or words[0] not in _OPENS or not _KIND.issuperset(words):
            break
        place = end.end()
    return place


def _closing(turn: str) -> int:
    """Return where the words of thanks begin with which `turn` ends; its length where it ends otherwise."""
    words = list(_WORD.finditer(turn))
    start = len(words)
    while start and _key(words[start - 1]) in _KIND:
        start -= 1
    first = next((n for n in range(start, len(words)) if _key(words[n]) in _THANKS), None)
    if first is None:
        return len(turn)
    while first > start and _key(words[first - 1]) in _BEFORE_THANKS:
        first -= 1
    return words[first].start()


def _found(text: str) -> list[str]:
    return [_key(word) for word in _WORD.finditer(text)]


def _key(word: re.Match[str]) -> str:
    return re.sub("['\u2019]", "", word.group().lower())
