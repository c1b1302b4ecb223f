"""Is a question in English? The library is, and a question in another language would find nothing or the wrong thing.

Deterministic and without a model: the script of the letters, the small words that give a language away, and, where
neither speaks, how many of the words the library itself uses. Where it is in doubt a text counts as English, because
shorthand ("R AKP 6/12, SLHR 11 R v 26 L") has hardly a small word in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from corpus.library import Library
from corpus.terms import plain

NOT_ENGLISH = "The library is in English; please ask in English."
_WORD = re.compile(r"[^\W\d_]+")
# Chosen: more than half of the letters, so that a name or a symbol in an English question does not count.
_FOREIGN_SCRIPT = 0.5
_FEWEST_LETTERS = 2
_FEWEST_FOREIGN = 2
_FEWEST_WORDS = 4  # below it a text without a small word is too short to judge
_FEWEST_KNOWN = 0.25
_STRANGE = 0.5  # chosen: of questions without a word about the knee the strangest inside has 0.43 (dev, eval cases)
_FEWEST_SENSIBLE = 0.5  # chosen: shorthand of the eval cases has more than half of its words known
_SHORTEST_WORD = 3


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = _words(
    "the and of with for is are was does do did should would could can will has have had her his she he him they "
    "this that these what which why how when where who it its to from after before not no or but if than then any "
    "there about into on in at by be been i you we my your me all only just more most some left right knee knees "
    "pain calf calves runner running old year years weeks week months days ago post side test raise raises please ok "
)
_EVERYDAY = _words(
    "would like want need get got really going think say says tell told ask asks know thing things good best help also"
)
# Words in which a conversation goes on or is put right, and parts of the body that are no knee.
_CONVERSED = _words(
    "actually scrap mistake wrong notes forget ignore meant instead correction again other shorter longer explain camp "
    "school elbow shoulder wrist spine finger thumb"
)
_SMALL = ENGLISH - _words("knee knees pain calf calves runner running old left right test raise raises post side")
# Small words, and the words for a sore knee; those that are also English words or shorthand are left out.
_FOREIGN = _words(
    # Spanish, Portuguese, Italian, French
    "el los las una un uno del por para con que qué como cómo cuál cuáles cuántas cuántos es está tiene dolor "
    "rodilla pantorrilla debo debería hacer su sus se más pero sin ejercicio ejercicios gemelo gemelos corredor años "
    "uma da das não é dor joelho panturrilha devo qual quais quantas seu sua corredora exercícios ao na no il lo gli "
    "della delle dei degli di che è nel nella alla dolore ginocchio polpaccio perché non sono quanto quali quale mio "
    "dopo corridore esercizi le la les des une du et est qui quel quelle quels pour avec dans sur genou douleur "
    "mollet faut dois je elle au aux ce cette sans pas ne combien pourquoi après coureur exercices de en "
    # German, Dutch, Swedish, Danish, Norwegian
    "der das und ist ein eine einen einem einer mit für bei beim nicht wie warum soll sollte ich knie knien "
    "schmerzen knieschmerzen wade waden dem zu von nach läufer oder auch sind wird gegen welche welcher wieviel "
    "vorderen het een van voor naar niet waarom hoe moet pijn kuit wordt zijn bij welke kniepijn hardloper knieën "
    "mijn ik och är att det för på inte knä knäsmärta smärta vad jag ska ett vilken hur og ikke hvordan jeg skal kne "
    "knæ smerter vaden leggen hvilken hvorfor som "
    # Polish, Czech, Turkish, Romanian
    "czy jest nie się jak ból kolana łydki przy dla dlaczego ćwiczenia jaki proszę je bolest kolene proč jaký "
    "cvičení bir için ile diz ağrısı nasıl neden mı baldır și este pentru genunchi durere cum "  # noqa: RUF001 - Turkish
)


def is_english(text: str, library: Library) -> bool:
    """Return whether `text` may be taken as English; where in doubt, yes.

    Args:
        text: what was typed.
        library: whose words count as English.
    """
    folded = plain(text)
    if _is_foreign_script(folded):
        return False
    words = _WORD.findall(folded)
    english, foreign = _count(words, ENGLISH), _count(words, _FOREIGN)
    if foreign >= _FEWEST_FOREIGN and foreign > english:
        return False
    long = [w for w in words if len(w) >= _SHORTEST_WORD]
    if english or len(long) < _FEWEST_WORDS:
        return True
    return _count(long, _vocabulary(library)) >= _FEWEST_KNOWN * len(set(long))


def is_word_salad(text: str, library: Library) -> bool:
    """Return whether `text` is words in a row that make no question: no small word, no number, few words we know."""
    folded = plain(text)
    words = _WORD.findall(folded)
    if len(words) <= _FEWEST_WORDS or any(c.isdigit() or c == "?" for c in folded) or _count(words, _SMALL):
        return False
    return _count(words, _vocabulary(library)) < _FEWEST_SENSIBLE * len(set(words))


def is_strange(texts: Sequence[str], library: Library) -> bool:
    """Return whether at least half of the words that carry the meaning of `texts` stand nowhere in the library."""
    spelt = library.normaliser.expand(" ".join(texts))
    words = {w for w in _WORD.findall(spelt) if len(w) >= _SHORTEST_WORD} - ENGLISH - _EVERYDAY
    return len(words - _vocabulary(library)) >= _STRANGE * len(words) if words else False


SPOKEN = ENGLISH | _EVERYDAY | _CONVERSED
"""Words that any question, about whatever, is made of."""


def known_words(library: Library) -> frozenset[str]:
    """Return every word that the library uses, or that an English question is made of."""
    return _all_known(_vocabulary(library))


@lru_cache(maxsize=2)
def _all_known(vocabulary: frozenset[str]) -> frozenset[str]:
    return vocabulary | SPOKEN


def _count(words: list[str], among: frozenset[str]) -> int:
    return len(set(words) & among)


def _is_foreign_script(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    foreign = sum(not unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return len(letters) >= _FEWEST_LETTERS and foreign > _FOREIGN_SCRIPT * len(letters)


@lru_cache(maxsize=2)
def _words_of(fingerprint: str, texts: tuple[str, ...]) -> frozenset[str]:
    del fingerprint
    return frozenset(w for text in texts for w in _WORD.findall(plain(text)))


def library_words(library: Library) -> frozenset[str]:
    """Return every word that the library uses."""
    return _vocabulary(library)


def _vocabulary(library: Library) -> frozenset[str]:
    texts = [p.text for p in library.passages.values()]
    texts += [ask for c in library.cruxes for ask in (c.question, *c.asks)]
    texts += [word for t in library.terms for word in (t.name, *t.synonyms)]
    return _words_of(library.fingerprint, tuple(texts))
