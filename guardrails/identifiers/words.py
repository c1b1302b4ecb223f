"""The words of a text, and what is known of a word: ordinary, a given name, a place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_LETTER = r"[^\W\d_][\u0300-\u036f]*"  # with the accents that follow it, where they are typed apart
_WORD = re.compile(rf"\[[^\[\]\n]{{1,20}}\]|(?<!\w)(?:{_LETTER})+(?:['\u2019\u2018`-](?:{_LETTER})+)*(?!\w)")
_POSSESSIVE = re.compile(r"['\u2019\u2018`][sS]$")
# Letters that Unicode does not take apart into a plain one and an accent.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands; `text` and `end` are without a possessive ending."""

    text: str
    key: str
    start: int
    end: int
    gap: str
    """What stands between this word and the one before, its possessive ending included."""

    @property
    def is_placeholder(self) -> bool:
        """Whether it stands for an identifier that was taken out."""
        return self.text.startswith("[")

    @property
    def is_capital(self) -> bool:
        """Whether it is written as a name is: Smith, O'Brien, SMITH, J."""
        said = self.text
        if said[0].isupper() or len(said) < 4:
            return said[0].isupper()
        rest = said[2:] if said[1] in "'\u2019" else said[1:]
        return said[0] in "dlmnht" and rest[0].isupper() and rest[1:].islower()

    @property
    def is_initial(self) -> bool:
        """Whether it is one capital letter."""
        return len(self.key) == 1 and self.is_capital

    @property
    def is_shouted(self) -> bool:
        """Whether it is two letters or more, all of them capitals."""
        return len(self.key) > 1 and self.text.isupper()

    @property
    def is_plain(self) -> bool:
        """Whether it is in the dictionary; a word with an accent is not ("H\u00f9ng", "Zo\u00eb")."""
        return self.text.isascii() and is_ordinary(self.key)

    @property
    def opens_sentence(self) -> bool:
        """Whether a capital says nothing here: the text, a line or a sentence begins."""
        return self.start == 0 or bool(re.search(r"[.?!:\n(\"\u201c]\W*$", self.gap))


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order; words glued to a digit ("34M") are none."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        said = match.group()
        ending = _POSSESSIVE.search(said)
        bare = said[: ending.start()] if ending else said
        found.append(Word(bare, folded(bare), match.start(), match.start() + len(bare), text[end : match.start()]))
        end = found[-1].end
    return tuple(found)


def folded(text: str) -> str:
    r"""Return `text` in lower case without accents, so that a list holds a name once.

    >>> folded("W\u0142odarczyk"), folded("\u00d3\u2019Ceallaigh")
    ('wlodarczyk', "o'ceallaigh")
    """
    lower = text.lower()
    if lower.isascii():
        return lower
    plain = unicodedata.normalize("NFKD", lower.translate(_PLAIN))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub("[\u2019\u2018`]", "'", kept)


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(text.split())


@lru_cache(maxsize=8)
def listed(name: str) -> frozenset[str]:
    """Return the folded words of one of the lists in ``data/``; SOURCES.md there says what they are."""
    path = files("guardrails.identifiers").joinpath("data", f"{name}.txt")
    return frozenset(path.read_text(encoding="utf-8").split())


def is_ordinary(key: str) -> bool:
    """Return whether a folded word is in the dictionary, as a whole or in each of its hyphenated parts."""
    known = listed("words")
    return key in known or (
        any(c in key for c in "-'") and all(len(p) < 3 or p in known for p in re.split(r"[-']", key))
    )


def is_given(key: str) -> bool:
    """Return whether a folded word is a given name and no word: Eilidh, Mary-Ann."""
    names = listed("given")
    parts = key.split("-")
    return key in names or (len(parts) > 1 and parts[0] in names)


def is_ambiguous(key: str) -> bool:
    """Return whether a folded word is a given name and a word as well: Grace, Will, Austin."""
    return key in listed("ambiguous")


def is_place(key: str) -> bool:
    """Return whether a folded word is a place, a people or a brand."""
    return key in listed("proper")


def is_surname_too(key: str) -> bool:
    """Return whether an ordinary word is a surname as well: Hill, Brown."""
    return key in listed("surnames")
