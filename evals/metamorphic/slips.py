"""Slips of the fingers: two letters swapped, one left out, one struck twice, or the key beside it struck instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_WORDS_PER_SLIP = 12  # chosen: a hurried note has about one slip a line
_MOST_SLIPS = 3
_WORD = re.compile(r"(?<![\w'\u2019@./-])[A-Za-z][a-z]{4,}(?![\w'\u2019@/-])")
# A slip in these could make another question of it: a medicine, or a word that denies.
_SPARED = frozenset(
    re.findall(
        r"\w+",
        "never without denies denied denying nothing nobody neither cannot excluded excludes exclude ruled negative "
        "clear absent unlikely stopped apixaban warfarin rivaroxaban edoxaban dabigatran heparin aspirin clopidogrel "
        "ibuprofen "
        "naproxen diclofenac celecoxib paracetamol codeine tramadol morphine cortisone steroid steroids prednisolone "
        "statin statins atorvastatin ciprofloxacin levofloxacin quinolone fluoroquinolone antibiotic antibiotics "
        "methotrexate hyaluronic insulin metformin amitriptyline gabapentin contraceptive",
    )
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    letter: "".join(row[n] for n in (place - 1, place + 1) if 0 <= n < len(row))
    for row in _ROWS
    for place, letter in enumerate(row)
}


def mistyped(text: str, rng: Random) -> str | None:
    """Return `text` with a slip in one of about twelve words, three at most; None where no word is long enough.

    Only words of five letters and more, and never their first letter. Numbers, abbreviations, medicines and words that
    deny stay as they are: a reader could not tell what was meant either.
    """
    words = [m for m in _WORD.finditer(text) if m.group().lower() not in _SPARED]
    count = min(_MOST_SLIPS, max(1, len(text.split()) // _WORDS_PER_SLIP), len(words))
    for match in sorted(rng.sample(words, count), key=lambda m: -m.start()):
        text = text[: match.start()] + _slipped(match.group(), rng) + text[match.end() :]
    return text if words else None


def _slipped(word: str, rng: Random) -> str:
    """Return `word` with one slip that can be seen."""
    slip = rng.choice(_SLIPS)
    places = list(range(1, len(word) - 1))
    rng.shuffle(places)
    return next(changed for place in places if (changed := slip(word, place, rng)) != word)


def _swapped(word: str, place: int, _: Random) -> str:
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _dropped(word: str, place: int, _: Random) -> str:
    return word[:place] + word[place + 1 :]


def _doubled(word: str, place: int, _: Random) -> str:
    return word[:place] + word[place] + word[place:]


def _beside(word: str, place: int, rng: Random) -> str:
    return word[:place] + rng.choice(_BESIDE[word[place]]) + word[place + 1 :]


_SLIPS: tuple[Callable[[str, int, Random], str], ...] = (_swapped, _dropped, _doubled, _beside)
