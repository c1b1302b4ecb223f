"""Where a claim repeats a passage nearly word for word, the word that it changed, put in or left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from guardrails.freetext import signs
from guardrails.freetext.reading import Reading, Token
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_AROUND = 2  # words that must be the same on each side, fewer at an end; chosen on the dev half, decision 18
_LIKE = signs.LIKE
_OPPOSITE_SIGNS = frozenset({("up", "down"), ("down", "up"), ("good", "bad"), ("bad", "good")})
_PAIRS = (
    "before after|with without|early late|earlier later|first second|large small|larger smaller|short long|high low|left right|inner outer|inward outward|upper lower|"
    "open closed|straight bent|standing seated|medial lateral|anterior posterior|internal external|proximal distal|all none|every no|most few|many few|always never|"
    "can cannot|men women|male female|boys girls|young old|younger older|acute chronic|safe unsafe|supports refutes|for against|both neither|either neither|above below|over under"
)
_OPPOSED = frozenset(
    pair for one, other in (p.split() for p in _PAIRS.split("|")) for pair in ((one, other), (other, one))
)
_TIME = frozenset(
    {
        (
            "before",
            "prior preceded baseline beforehand until preoperative pre ahead first earlier came_before follow follows then",
        )
    }
)

_ADVISES = frozenset(
    """add agree ask begin check choose compare confirm consider count examine film find grade hold keep let look measure note
    plan record remeasure repeat retest review score screen start strengthen test use wait watch weigh""".split()
)  # an order of steps that is advised is no order of what was found


def slipped(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for a number, denial or direction that was changed in words otherwise copied from a passage."""
    for ground in grounds:
        yield from _changes(claim.tokens, ground.said.tokens)
    held = frozenset(t.word for g in grounds for r in (g.said, g.figures, g.population, g.named) for t in r.tokens)
    for word, others in () if claim.tokens and claim.tokens[0].word in _ADVISES else _TIME:
        if word in claim.words and not held & {word, *others.split()}:
            yield contradicted(Rule.DIRECTION, f"says “{word}”, which nothing cited says")


def _changes(mine: Sequence[Token], theirs: Sequence[Token]) -> Iterator[Fault]:
    words, said = [t.word for t in mine], [t.word for t in theirs]
    blocks = SequenceMatcher(None, said, words, autojunk=False).get_opcodes()
    for n, (tag, i1, i2, j1, j2) in enumerate(blocks):
        if tag == "equal" or not _is_framed(blocks, n):
            continue
        fault = _slip(said[i1:i2], words[j1:j2])
        if fault:
            yield fault
            return


def _is_framed(blocks: Sequence[tuple[str, int, int, int, int]], n: int) -> bool:
    """Return whether the words on both sides of a change are the same, or one side is an end and the other long."""
    before = blocks[n - 1][2] - blocks[n - 1][1] if n else 0
    after = blocks[n + 1][2] - blocks[n + 1][1] if n + 1 < len(blocks) else 0
    is_at_end = n == 0 or n + 1 == len(blocks)
    return before + after >= 2 * _AROUND if is_at_end else min(before, after) >= _AROUND or before + after > 3 * _AROUND


def _slip(said: Sequence[str], words: Sequence[str]) -> Fault | None:
    left_out, put_in = _denials(said), _denials(words)
    if len(said) <= 2 and not words and left_out:
        return contradicted(Rule.NEGATION, f"leaves out “{left_out[0]}”, which what is cited has here")
    if len(words) <= 2 and not said and put_in:
        return contradicted(Rule.NEGATION, f"puts in “{put_in[0]}”, which what is cited has not here")
    if len(said) == 1 and said[0] in _LIKE and 0 < len(words) <= 4 and not any(_is_like(w) for w in words):
        return contradicted(Rule.NEGATION, f"leaves out “{said[0].replace('_', ' ')}”, which what is cited has here")
    return _exchanged(said[0], words[0]) if len(said) == len(words) == 1 else None


def _exchanged(old: str, new: str) -> Fault | None:
    if old[0].isdigit() and new[0].isdigit() and old != new:
        return contradicted(Rule.NUMBERS, f"says {new} where what is cited says {old}")
    turned = (signs.SIGN_OF.get(old, ""), signs.SIGN_OF.get(new, "")) in _OPPOSITE_SIGNS
    if turned or (old, new) in _OPPOSED:
        shown = old.replace("_", " "), new.replace("_", " ")
        return contradicted(Rule.DIRECTION, f"says “{shown[1]}” where what is cited says “{shown[0]}”")
    return None


def _is_like(word: str) -> bool:
    return word in _LIKE or word in signs.NEGATORS or signs.SIGN_OF.get(word) == "same"


def _denials(words: Sequence[str]) -> list[str]:
    return [w.replace("_", " ") for w in words if w in signs.NEGATORS and w not in signs.CONTRASTS]
