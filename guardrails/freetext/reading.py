"""A sentence read for comparison: its words as ideas, its clauses, what is denied in it, and which way it says things went."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from corpus.stemming import stem
from guardrails.freetext import signs, synonyms, vocabulary

_REMEMBERED = 4096
_SENTENCE = re.compile(r"(?<=[.!?])[\"\u201d)]*\s+(?=[\"\u201c(]?[A-Z0-9])|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)*|\d+(?:[.,]\d+)*|[;:,.?!()%\u2013\u2014]")
_BREAKS = frozenset(";:.?!()\u2013\u2014")
_TURNS = frozenset("but while whilst whereas although though yet however because unless since".split())
_AFTER_COMMA = frozenset("and so as or which who with then they it he she but not nor".split())
_SCOPE = 9  # content words that one denial reaches; chosen on the dev half, decision 18
_SCOPES = {**dict.fromkeys(signs.CONTRASTS, 2), "without": 2}  # words that deny only what stands next to them
_BACKWARD = frozenset(
    {"absent", "lacking", "unlikely", "uncommon", "excluded", "unproven", "untested", "contraindicated"}
)
_BACKWARD_ONLY = frozenset({"absent", "excluded", "contraindicated"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a reading: the idea it stands for, its clause, whether it is denied, and its sign if it has one."""

    word: str
    idea: str
    clause: int
    is_generic: bool
    is_denied: bool = False
    sign: str | None = None


@dataclass(frozen=True, eq=False)
class Reading:
    """A text as the checks see it."""

    text: str
    spoken: str
    tokens: tuple[Token, ...]
    is_figures: bool = False

    @cached_property
    def ideas(self) -> frozenset[str]:
        """What it speaks of, generic words left out."""
        return frozenset(t.idea for t in self.tokens if not t.is_generic)

    @cached_property
    def all_ideas(self) -> frozenset[str]:
        """What it speaks of, generic words too."""
        return frozenset(t.idea for t in self.tokens)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words as they stand, lower case."""
        return frozenset(t.word for t in self.tokens)

    @cached_property
    def clauses(self) -> tuple[tuple[Token, ...], ...]:
        """Its tokens clause by clause."""
        return tuple(tuple(t for t in self.tokens if t.clause == n) for n in sorted({t.clause for t in self.tokens}))

    @cached_property
    def signs(self) -> tuple[int, ...]:
        """The places of the tokens that say which way something went."""
        return tuple(n for n, t in enumerate(self.tokens) if t.sign)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`.

    >>> sentences("Pain fell by 1.5 points. Function did not. [2]")
    ['Pain fell by 1.5 points.', 'Function did not. [2]']
    """
    return [s.strip() for s in _SENTENCE.split(text) if re.search(r"\w", s)]


def _entries(table: str) -> dict[str, str]:
    named: dict[str, str] = {}
    for line in table.splitlines():
        name, *words = line.split()
        for word in (name, *words):
            key = word if "_" in word else stem(word)
            named.setdefault(key, name)
    return named


_IDEAS = _entries(synonyms.GROUPS)


def _phrase_table() -> dict[str, str]:
    table = {w.replace("_", " "): w for w in _IDEAS if "_" in w}
    table |= {w.replace("_", " "): w for w in signs.SIGN_OF if "_" in w}
    table |= {w.replace("_", " "): w for w in signs.NEGATORS if "_" in w}
    for name, phrases in signs.PHRASES.items():
        table |= {" ".join(p.split()): name for p in phrases.split("|") if p.strip()}
    return table


_PHRASES = _phrase_table()
_PHRASE = re.compile(
    r"(?<![\w])(?:"
    + "|".join(sorted((re.escape(p).replace(r"\ ", r"[\s-]+") for p in _PHRASES), key=len, reverse=True))
    + r")(?![\w])"
)
_GAP = re.compile(r"[\s-]+")
_AUXILIARY = re.compile(
    r"\b(?:do not|does not|did not|dont|doesnt|didnt)\b"
)  # the library's terms spell these in one way or another
_LEFT_OUT = re.compile(r", (?=(?:[^\W\d]+[ -]){1,4}(?:did|was|were)(?: not)?(?:[,.;]|$))")  # "A grew, B did not"


@lru_cache(maxsize=_REMEMBERED)
def read(spoken: str, *, is_figures: bool = False) -> Reading:
    """Return the reading of a text whose shorthand is spelt out and which is in lower case.

    >>> reading = read("exercise did not reduce pain")
    >>> [(t.idea, t.is_denied) for t in reading.tokens if not t.is_generic]
    [('exercise', False), ('reduc', True), ('pain', True)]
    """
    spoken = _LEFT_OUT.sub("; ", _AUXILIARY.sub("did not", spoken))
    joined = _PHRASE.sub(lambda m: _PHRASES[_GAP.sub(" ", m.group())], spoken)
    tokens: list[Token] = []
    clause, last, after_comma = 0, 0, False
    outer: list[int] = []  # clauses that a bracket stands in
    for word in _WORD.findall(joined):
        if word in _BREAKS or word in (",", "%"):
            after_comma = word == ","
            if word in _BREAKS:
                last = max(last, clause)
                outer += [clause] if word == "(" else []
                clause = outer.pop() if word == ")" and outer else last + 1
            continue
        is_new_that = word == "that" and tokens and tokens[-1].word == "and"
        if word in _TURNS or is_new_that or (after_comma and word in _AFTER_COMMA):
            last = max(last, clause)
            clause = last + bool(tokens)
        after_comma = False
        tokens.append(_token(word, clause))
    return Reading(text=spoken, spoken=joined, tokens=_with_denials(tokens), is_figures=is_figures)


def _token(word: str, clause: int) -> Token:
    idea = idea_of(word)
    plain = word in vocabulary.GENERIC or word[0].isdigit() or word in signs.PHRASES or word in signs.NEGATORS
    is_sign = word in signs.SIGN_OF
    return Token(
        word=word,
        idea=idea,
        clause=clause,
        is_generic=plain and word not in _KEPT,
        sign=signs.SIGN_OF[word] if is_sign else None,
    )


_KEPT = frozenset(signs.NEGATED_WORDS)


@lru_cache(maxsize=_REMEMBERED)
def idea_of(word: str) -> str:
    """Return the idea that a word stands for: the name of its group, else its stem."""
    word = signs.NEGATED_WORDS.get(word, word)
    if word in _IDEAS:
        return _IDEAS[word]
    return _IDEAS.get(stem(word), stem(word))


def _with_denials(tokens: list[Token]) -> tuple[Token, ...]:
    denied = [False] * len(tokens)
    for n, token in enumerate(tokens):
        if token.word in signs.NEGATORS:
            for place in _reach(tokens, n):
                denied[place] = not denied[place] if tokens[place].word in signs.NEGATORS else True
    return tuple(
        t if not is_denied else replace(t, is_denied=True) for t, is_denied in zip(tokens, denied, strict=True)
    )


def _reach(tokens: list[Token], at: int) -> list[int]:
    """Return the places that the denial at `at` covers: the rest of its clause, so far as it reaches."""
    reached: list[int] = []
    content = 0
    is_with_no = tokens[at].word == "no" and at > 0 and tokens[at - 1].word == "with"
    scope = _SCOPES["without"] if is_with_no else _SCOPES.get(tokens[at].word, _SCOPE)
    for n in range(at + 1, len(tokens)):
        if content >= scope:
            break
        if tokens[n].clause != tokens[at].clause:
            continue  # a bracket, after which the clause goes on
        reached.append(n)
        content += not tokens[n].is_generic
    if tokens[at].word in signs.NEGATED_WORDS:
        reached = [at]
    if tokens[at].word in _BACKWARD_ONLY:
        reached = []
    if tokens[at].word in _BACKWARD:
        reached += [n for n in range(max(0, at - 4), at) if tokens[n].clause == tokens[at].clause]
    return reached
