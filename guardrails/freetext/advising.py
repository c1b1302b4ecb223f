"""Whether a sentence advises a thing that it names, or denies it, puts it off, or names it of what is allowed.

Each word that could govern the thing is looked for on both sides, within the clause; the nearest one counts, and a denial
of a denial ("need not wait") undoes it. What is named without any such word is taken as advised: the guard errs on that side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.stemming import stem, stems

_TOKEN = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[;:.,?!()\u2013\u2014]")
_ENDS = frozenset(";:.?!()\u2013\u2014") | frozenset(
    "but while whilst whereas although though however because since so unless".split()
)
_ANY_ORDER = "~"  # as in a red flag's cues
_REACH = 9  # words within which a governing word stands. Chosen.
_MODIFIERS = 4  # words that may stand between a denial and what it denies. Chosen.
_BESIDE = 5  # words within which a qualification ("seated", "on the sound leg") belongs to what is named. Chosen.


def _stemmed(words: str) -> frozenset[str]:
    return frozenset(stems(words.split()))


_NOT = frozenset("no not never cannot without nor neither dont doesnt shouldnt mustnt none nobody".split())
_PUT_OFF = _stemmed(
    "avoid postpone delay defer withhold wait hold leave save omit skip stop ban forbid contraindicated exclude prohibit suspend discourage refrain"
)
_PUT_OFF_AFTER = _stemmed(
    "wait later contraindicated postponed delayed deferred avoided premature forbidden prohibited unsafe unwise unsuitable withheld off out early soon banned follow come"
)
_EARLY = frozenset({"early", "soon"})  # after "too" only
_STARTS = _stemmed(
    """start begin add use do perform progress load include introduce try give prescribe build resume return keep continue train advance move push
    allow let make go take carry commence reintroduce increase offer advise recommend suggest set encourage aim bring put work practise get"""
)
_RESULT = frozenset(
    "grew enlarged improved eased reduced lowered raised strengthened beat gained lost failed worsened differed".split()
)
_NOW = frozenset("now today already immediately fine safe ok okay reasonable straight tomorrow once_at".split())
# What is denied by these is harm or the like, and not the exercise beside it.
_VOID = _stemmed(
    "harm worse worsen alter change matter risk problem only just simply merely doubt hesitate objection more less fear fewer loosen damage hurt affect longer stretch"
) | frozenset({"danger", "bar", "obstacle"})
_SKIPPED = frozenset(
    "yet be being been to ever currently even attempt try him her them let should must need needs reason any have has you he she they it a the all until".split()
)
_FITTING = _stemmed(
    "yet start begin be allowed advised appropriate safe permitted recommended indicated suitable ready now option before part for right done used until belong place part wise"
)
_BE = frozenset({"is", "are", "was", "were"})
_JOINS = frozenset("and or then but plus nor".split())
_AWAITED = re.compile(
    r"\b(?:once|when|after|as soon as|if|provided|providing|only when|given)\b[^;:.]{0,70}?\b(?:clear\w*|allow\w*|permit\w*|lift\w*|sign\w*(?: \w+)? off|releas\w*|agree\w*|"
    r"approv\w*|go-ahead|green light|says? so|full weight|fully weight|exclud\w*|ruled out|negative|normal|intact|healed|unrestricted|fine)\b"
)
_PARTLY = re.compile(r"\b(?:partial\w*|touch|toe|not|no|never|isnt|hasnt)\b")
_ASKED = re.compile(
    r"\b(?:ask|agree|check|discuss|confirm|settle|clear)\b[^;:.]{0,60}?\b(?:surgeon|surgical|consultant|orthopaedic|operating|operated|medical|gp|doctor|team)\b"
)
_CHECKED = re.compile(
    r"\b(?:test|check|screen|exclude|rule out|examine|feel|squeeze|refer|scan|x-?ray|image|recheck|assess|look at|palpate)\b[^;.]{0,90}?\b(?:then|before|first|prior to)\b"
)
_ALL_THE_SAME = re.compile(
    r"\b(?:all the same|anyway|regardless|despite|even so|nonetheless|nevertheless|even if|even though|even with|in spite of|press on|without waiting)\b"
)
_AT_ONCE = re.compile(r"\b(?:now|today|at once|immediately|already|straight away|right away|this week|tomorrow)\b")
_FROM_WEEK = re.compile(
    r"\b(?:from|after|at|about|around|past|beyond|later than|by)\b(?: \w+){0,4}? (\d+)(?: (?:to|or) \d+)? (week|month)s?\b|\bweek (\d+)\b"
)
_WEEKS_IN_MONTH = 52 / 12
# Words that name no exercise, though one of an exercise's name is among them.
_IDIOM = re.compile(
    r"\bruns (?:from|to|over|between|through|out|heavy)\b|\bin the (?:long|short) run\b|\brun(?:s|ning)? (?:the|a) risk\b|"
    r"\b(?:\w+[ -]){0,2}(?:raise|rise|hop|jump|squat|step[ -]down)s?[ -](?:deficit|loss|shortfall|gap|norms?|symmetry)\b"
)


@dataclass(frozen=True)
class Named:
    """A sentence, in lower case and with its shorthand spelt out, and where in it a phrase stands."""

    said: Said
    first: int
    last: int

    @property
    def words(self) -> str:
        """The phrase as it stands."""
        return " ".join(self.said.tokens[self.first : self.last + 1])

    def is_of(self, qualifications: Sequence[str]) -> bool:
        """Return whether one of `qualifications` stands beside the phrase and belongs to it: seated raises."""
        before = self.said.beside(self.first, -1)
        after = self.said.beside(self.last, 1)
        within = self.said.stems[self.first : self.last + 1]
        return any(
            _run_at(phrase, side) is not None and not _is_set_against(phrase, side)
            for phrase in map(_parts, qualifications)
            for side in (before, after, within)
        )

    @property
    def is_advised(self) -> bool:
        """Whether the sentence advises it: no word denies it or puts it off."""
        left, left_at = self._left()
        right, right_at = self._right()
        if left is None and right is None:
            return not self._is_told()
        if left is None or right is None or left is right:
            return left is not False and right is not False
        is_far = self.said.parted(left_at, self.first), self.said.parted(self.last, right_at)
        if is_far[0] is is_far[1]:
            return False  # "start squats later", "do not start squats now"
        return right if is_far[0] else left

    def _is_told(self) -> bool:
        """Return whether the sentence only tells what came of it in a study: "standing raises enlarged the calf"."""
        return bool(_RESULT & {*self.said.tokens[self.last : self.last + _REACH]}) and not _STARTS & {*self.said.stems}

    def _left(self) -> tuple[bool | None, int]:
        """Return whether the nearest governing word before it starts it (True) or denies it (False), and where."""
        said = self.said
        for n in range(self.first - 1, max(-1, self.first - _REACH), -1):
            word = said.tokens[n]
            if word in _ENDS or word == "then":
                return None, n
            if said.stems[n] in _PUT_OFF or (word == "off" and said.tokens[n - 1 : n] == ["put"]):
                return said.is_denied(n), n
            if word in _NOT or (word in ("of", "than") and said.tokens[n - 1 : n] in (["instead"], ["rather"])):
                between = said.stems[n + 1 : self.first]
                is_over = (
                    "," in between and said.tokens[n - 1 : n] and said.tokens[n - 1] in _BE
                )  # "is not normal, load"
                if not is_over and not _VOID & set(between):
                    return (None, n) if len(between) > _MODIFIERS else (said.is_denied(n), n)
            elif said.is_too_early(n) or said.keeps_away(n):
                return said.is_denied(n), n
            elif said.stems[n] in _STARTS:
                return not said.is_denied(n), n
        return None, -1

    def _right(self) -> tuple[bool | None, int]:
        """Return the same for the nearest governing word after it."""
        said = self.said
        for n in range(self.last + 1, min(len(said.tokens), self.last + _REACH)):
            word = said.tokens[n]
            if word in _ENDS or word == "then" or (said.stems[n] in _PUT_OFF and word == said.stems[n] != "wait"):
                return None, n
            if word in _NOT:
                after = set(said.stems[n + 1 : n + 4])
                if after & _PUT_OFF or after & _PUT_OFF_AFTER - {stem("later")} - _stemmed(
                    "early soon off out follow come"
                ):
                    return True, n
                return (False if after & _FITTING and not after & _VOID else None), n
            if self._puts_off(n):
                return said.is_denied(n), n
            if word in _NOW:
                return True, n
        return None, len(said.tokens)

    def _puts_off(self, n: int) -> bool:
        word, before, after = self.said.tokens[n], self.said.tokens[n - 1], self.said.tokens[n + 1 : n + 2]
        if self.said.stems[n] not in _PUT_OFF_AFTER:
            return False
        if word in _EARLY:
            return before == "too"
        if word == "out":
            return after == ["of"]
        if word == "off":
            return after == ["limits"] or before in ("put", "held", "kept", "hold")
        if word.startswith(("follow", "come")):
            return after in (["later"], ["last"])
        return True


@dataclass(frozen=True)
class Said:
    """A sentence to be looked through."""

    text: str

    @cached_property
    def tokens(self) -> list[str]:
        """Its words and marks."""
        return _TOKEN.findall(_IDIOM.sub(" ", self.text.replace("'", "").replace("\u2019", "")))

    @cached_property
    def stems(self) -> list[str]:
        """The stem of each."""
        return stems(self.tokens)

    def named(self, phrase: str) -> Iterator[Named]:
        """Yield where `phrase` stands: words with their alternatives, side by side, or after ~ in any order in a clause."""
        parts = _parts(phrase)
        if phrase.startswith(_ANY_ORDER):
            yield from self._together(parts)
            return
        for n in range(len(self.stems) - len(parts) + 1):
            if all(self.stems[n + k] in part for k, part in enumerate(parts)):
                yield Named(self, n, n + len(parts) - 1)

    def _together(self, parts: Sequence[frozenset[str]]) -> Iterator[Named]:
        start = 0
        for end in [n for n, t in enumerate(self.tokens) if t in _ENDS] + [len(self.tokens)]:
            places = [next((n for n in range(start, end) if self.stems[n] in part), None) for part in parts]
            found = [p for p in places if p is not None]
            if len(found) == len(parts) and max(found) - min(found) < len(parts) + _BESIDE:
                yield Named(self, min(found), max(found))
            start = end + 1

    def beside(self, at: int, step: int) -> list[str]:
        """Return the stems next to a place on one side, up to a joining word or the end of the clause, in order."""
        found: list[str] = []
        for n in range(at + step, at + step * (_BESIDE + 1), step):
            if not 0 <= n < len(self.tokens) or self.tokens[n] in _JOINS or self.tokens[n] in ";:.?!()":
                break
            found.append(self.stems[n])
        return found if step > 0 else found[::-1]

    def is_denied(self, at: int) -> bool:
        """Return whether the word at a place is itself denied: "do not start", "need not wait", "no need to avoid"."""
        count = 0
        for n in range(at - 1, max(-1, at - 7), -1):
            word = self.tokens[n]
            if word in _NOT or (word in ("of", "than") and self.tokens[n - 1 : n] in (["instead"], ["rather"])):
                count += 1
            elif word not in _SKIPPED:
                break
        return count % 2 == 1

    def is_too_early(self, at: int) -> bool:
        """Return whether "too early", "too soon" or "premature" stands at a place."""
        return self.tokens[at] == "premature" or (
            self.tokens[at] == "too" and self.tokens[at + 1 : at + 2] in (["early"], ["soon"])
        )

    def keeps_away(self, at: int) -> bool:
        """Return whether "keep away from", "keep off" or "stay clear of" stands at a place."""
        return self.tokens[at] in ("keep", "stay", "steer") and self.tokens[at + 1 : at + 2] in (
            ["away"],
            ["off"],
            ["clear"],
        )

    def parted(self, one: int, other: int) -> bool:
        """Return whether a comma or a joining word stands between two places."""
        return any(t == "," or t in _JOINS for t in self.tokens[min(one, other) + 1 : max(one, other)])

    def awaits(self, week: float | None) -> bool:
        """Return whether it makes what it says wait: for a word of the surgeon's, for a test, or for a week.

        Args:
            week: from which week the limit is lifted, where it is one of time.
        """
        if _ALL_THE_SAME.search(self.text):
            return False
        if _ASKED.search(self.text):
            return True
        if _AT_ONCE.search(self.text):
            return False
        awaited = _AWAITED.search(self.text)
        is_lifted = awaited is not None and not _PARTLY.search(awaited.group())
        return is_lifted or bool(_CHECKED.search(self.text)) or (week is not None and self._is_from(week))

    def _is_from(self, week: float) -> bool:
        found = [
            float(m[1]) * (_WEEKS_IN_MONTH if m[2] == "month" else 1) if m[1] else float(m[3])
            for m in _FROM_WEEK.finditer(self.text)
        ]
        return bool(found) and min(found) >= week - 1  # nine months are 39 weeks; a week more or less


@lru_cache(maxsize=4096)
def _parts(phrase: str) -> tuple[frozenset[str], ...]:
    words = phrase.removeprefix(_ANY_ORDER).replace("-", " ").split()
    return tuple(frozenset(stems(w.split("|"))) for w in words)


def _run_at(parts: Sequence[frozenset[str]], said: Sequence[str]) -> int | None:
    return next(
        (n for n in range(len(said) - len(parts) + 1) if all(said[n + k] in part for k, part in enumerate(parts))),
        None,
    )


def _is_set_against(parts: Sequence[frozenset[str]], said: Sequence[str]) -> bool:
    """Return whether the qualification is itself denied: "standing, not seated"."""
    at = _run_at(parts, said)
    return bool(at) and (
        said[at - 1] in _NOT or list(said[max(0, at - 2) : at]) in (["rather", "than"], ["instead", "of"])
    )
