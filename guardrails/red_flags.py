"""Red flags of the library, seen in the framed case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import holds
from corpus.types import Action, RedFlag
from guardrails.context import Clause, Context, clauses, context_of, parted
from guardrails.cues import Cue, Vocabulary, parse_cue, places, spans, words_of
from guardrails.types import Flagged

_AND = " + "
_STRONG = ""  # stands for the strong cues of a pattern among the names of its weak ones
_TOGETHER_WORDS = 14  # how far apart the words of a cue may stand whose order does not matter
# Words that mean nothing clinical together: joined, no cue reads them.
_IDIOM = re.compile(
    r"\bred[ -]flags?\b|"
    r"\bdischarge (?:letter|advice|summary|sheet|note|notes|plan|papers|paperwork|planning|meds|date|home|from|"
    r"to|him|her|"
    r"them|criteria|info|information|leaflet|instructions|physio|exercises|appointment|clinic)\b|"
    r"\b(?:on|since|at|after|before|for|the|my|their) discharge(?= ?(?:$|[,.;!?]))|"
    r"\bkill(?:ed|ing)? (?:him|her|my|your)?(?:self|selves) (?:laughing|laughin|with laughter)|"
    r"\b(?:die|dies|died|dying|dead) (?:laughing|to know|to get|to play|to run|of boredom|of embarrassment|keen|"
    r"chuffed)\b|"
    r"\bkill me if (?:i|we) (?:am late|im late|get|forget|miss|spill|eat|buy|dont)\b|"
    r"\b(?:bor\w+|moved|laughed) (?:\w+ ){0,6}to tears\b|"
    r"\b(?:which|what|two|both|either|each|other|one|bento|sharman|kinetic|whole-chain|calf|same) schools?\b|"
    r"\bschools? of (?:thought|rehab)\b|"
    r"\b(?:hot|heat) (?:pack|packs|pad|tub|water|bath|shower|day|weather|spell|chocolate|desk|wheat)\b|"
    r"\bwarm(?:s|ed|ing)?[ -]ups?\b|"
    r"\b(?:cold|ice) (?:pack|packs|spell|weather|water|plunge|therapy|bath|machine)\b|\bburning question\b|"
    r"\bblack (?:run|runs|belt|cab|friday|pudding)\b|\b(?:blue|red) badge\b|"
    r"\b(?:night|day|long|late|early|double|work|busy) shifts?\b|"
    r"(?<!calf )(?<!leg )(?<!ankle )(?<!knee )(?<!shin )\bpuffed up\b|\bwhite (?:coat|"
    r"water)\b"
)
_OF_ELSEWHERE = re.compile(
    r"\b(?:scan\w*|duplex|doppler|ultrasound|mri|ct|x-ray|films?)\b(?: \w+){0,2} (?:of|for|on) (?:the |his |her |their )?"
    r"(?:other|opposite|good|sound|uninjured|shoulder|wrist|elbow|hand|neck)\b"
)
_URGENCY = {action: position for position, action in enumerate(Action)}


def seen(library: Library, turns: Sequence[str], facts: Facts) -> tuple[Flagged, ...]:
    """Return the red flags of `library` affirmed anywhere in `turns`, most urgent first.

    Args:
        library: whose patterns and terms count.
        turns: the user's words, identifiers removed, oldest first.
        facts: what was read from them; a cue may depend on age or surgery.
    """
    patterns = _patterns_of(_Same(library))
    typed = _Typed("\n".join(library.normaliser.expand(parted(t)) for t in turns), facts, patterns.vocabulary)
    found = (_flagged(flag, typed) for flag in patterns.possible(typed.possible))
    return tuple(sorted((f for f in found if f), key=lambda f: (_URGENCY[f.action], f.pattern)))


class _Typed:
    """What was typed, cut into clauses, with the cues whose words it has, the facts and what was found so far."""

    def __init__(self, text: str, facts: Facts, vocabulary: Vocabulary) -> None:
        plain = vocabulary.spelling.corrected(spaced(text))
        self.parts = clauses(plain)
        self.facts = facts
        self.possible = vocabulary.possible(words_of(plain))
        self._here = tuple(c for c in self.parts if not _OF_ELSEWHERE.search(c.text))
        self._found: dict[tuple[str, bool], tuple[str, ...]] = {}

    def affirmed(self, text: str, *, is_of_here: bool = False) -> tuple[str, ...]:
        """Return the stretches of what was typed that the cue `text` reads as so.

        Args:
            text: the cue.
            is_of_here: leave out what tells of a test of another part of the body: it clears nothing here.
        """
        if text not in self.possible:
            return ()
        key = text, is_of_here
        if key not in self._found:
            self._found[key] = tuple(self._matches(text, parse_cue(text), self._here if is_of_here else self.parts))
        return self._found[key]

    def _matches(self, text: str, cue: Cue, parts: Sequence[Clause]) -> Iterator[str]:
        if not holds(cue.condition, self.facts):
            return
        for clause in parts:
            if cue.is_ordered:
                yield from (clause.text[a:b] for a, b in spans(text, clause.text) if _counts(cue, clause, a, b))
            else:
                yield from _together(cue, clause, places(text))


class _Same:
    """A library as a key: the same only as itself, for comparing two costs more than reading them."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __hash__(self) -> int:
        return id(self.library)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.library is self.library


class _Patterns:
    """The red flags of a library, made ready to leave out at once those of which too few words were typed."""

    def __init__(self, flags: Sequence[RedFlag]) -> None:
        self.vocabulary = Vocabulary(dict.fromkeys(chain.from_iterable(_cues(flag) for flag in flags)))
        self._flags = flags
        self._used_by: dict[str, list[tuple[str, str]]] = {}
        for flag in flags:
            for name, cues in ((_STRONG, flag.strong), *flag.weak.items()):
                for cue in cues:
                    self._used_by.setdefault(cue, []).append((flag.id, name))
        self._by_fact = {
            flag.id: {name for name, cues in flag.weak.items() if any(c.startswith("@") for c in cues)}
            for flag in flags
        }

    def possible(self, cues: frozenset[str]) -> Iterator[RedFlag]:
        """Yield the red flags that could be seen in a text whose words allow `cues`."""
        near = {flag_id: set(names) for flag_id, names in self._by_fact.items()}
        for cue in cues:
            for flag_id, name in self._used_by.get(cue, ()):
                near[flag_id].add(name)
        for flag in self._flags:
            names = near[flag.id]
            if _STRONG in names or any(names.issuperset(c) for c in flag.combinations):
                yield flag


@lru_cache(maxsize=4)
def _patterns_of(same: _Same) -> _Patterns:
    return _Patterns(same.library.red_flags)


def cue_words(flag: RedFlag) -> frozenset[str]:
    """Return every word of the cues of `flag`, a star where any ending will do."""
    return frozenset(chain.from_iterable(parse_cue(cue).own for cue in _cues(flag)))


def _cues(flag: RedFlag) -> Iterator[str]:
    together = chain.from_iterable(cue.split(_AND) for cue in flag.unless)
    return chain(together, flag.strong, *flag.weak.values())


def _flagged(flag: RedFlag, typed: _Typed) -> Flagged | None:
    strong = [t for cue in flag.strong if cue in typed.possible for t in typed.affirmed(cue)]
    triggers = strong or _combined(flag, typed)
    if triggers is None:
        return None
    withdrawn = [cue for cue in flag.unless if all(typed.affirmed(part, is_of_here=True) for part in cue.split(_AND))]
    if any(_AND not in cue for cue in withdrawn) or (withdrawn and not strong):
        return None
    return _as_flagged(flag, triggers)


def _combined(flag: RedFlag, typed: _Typed) -> list[str] | None:
    """Return the triggers of the first combination of weak cues that is whole, or None."""
    weak: dict[str, str | None] = {}
    for combination in flag.combinations:
        triggers: list[str] = []
        for name in combination:
            if name not in weak:
                weak[name] = _first_weak(flag.weak[name], typed)
            trigger = weak[name]
            if trigger is None:
                break
            triggers.append(trigger)
        else:
            return [t for t in triggers if t]
    return None


def _as_flagged(flag: RedFlag, triggers: list[str]) -> Flagged:
    distinct = tuple(dict.fromkeys(triggers))[:3]
    return Flagged(pattern=flag.id, triggers=distinct, action=flag.action)


def _first_weak(cues: Sequence[str], typed: _Typed) -> str | None:
    """Return the first trigger of `cues`, empty where a fact of the case alone is one, or None."""
    for text in cues:
        if text in typed.possible:
            for trigger in typed.affirmed(text):
                return trigger
        elif text[0] == "@" and holds(text[1:], typed.facts):
            return ""
    return None


def _counts(cue: Cue, clause: Clause, start: int, end: int) -> bool:
    context = context_of(clause, start, end, own=cue.own)
    return context is Context.AFFIRMED or (context is Context.PAST and cue.counts_if_past)


def _together(cue: Cue, clause: Clause, words: Sequence[re.Pattern[str]]) -> Iterator[str]:
    """Yield the stretch of `clause` that holds each of `words`, in any order and near, each counting on its own."""
    places: list[list[tuple[int, int]]] = []
    for pattern in words:
        counted = [m.span() for m in pattern.finditer(clause.text) if _counts(cue, clause, *m.span())]
        if not counted:
            return
        places.append(counted)
    first, *others = places
    for start, end in first:
        near = [min(spots, key=lambda spot, here=start: abs(spot[0] - here)) for spots in others]
        stretch = clause.text[min([start, *(a for a, _ in near)]) : max([end, *(b for _, b in near)])]
        if len(stretch.split()) <= _TOGETHER_WORDS:
            yield stretch
            return


def spaced(text: str) -> str:
    """Return `text` with its clause marks, spaces for other punctuation, and idioms joined: a red flag is no redness."""
    text = _IDIOM.sub(lambda m: m.group().replace(" ", "").replace("-", ""), text)
    return re.sub(r"[^\w\s.;!?,%/\u2013\u2014-]", " ", text)
