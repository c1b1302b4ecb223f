"""What a passage denies a claim may not affirm, and what it affirms a claim may not deny."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guardrails.freetext import signs, synonyms
from guardrails.freetext.reading import Reading, Token
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

# Shares of what a denial covers; chosen on the dev half, decision 18.
_HELD = 0.6  # from which a claim that affirms it is held to the denial
_FOUND = 0.5  # from which a denial of the passage answers for one of the claim
_BEFORE = 3  # content words before a denial of which it may speak
_ALIKE = 0.75  # from which two clauses say the same, so that they must deny as often
_LIKE = signs.LIKE | {"not_only"}
_SCANT = frozenset("limited few scant little insufficient poor inadequate uncertain unclear unlike".split())
ELLIPTIC = frozenset("did does do was were is are has had would could can".split())


@dataclass(frozen=True, slots=True)
class Denial:
    """One denial: its word, what it covers, what else its clause speaks of, and whether its verb was left out."""

    word: str
    covered: frozenset[str]
    beside: frozenset[str]
    clause: int
    is_elliptic: bool
    order: tuple[str, ...] = ()


def denied_otherwise(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for a denial that no passage has, and for one of a passage that the claim has lost."""
    faults = [*_invented(claim, grounds), *_dropped(claim, grounds), *_uneven(claim, grounds)]
    yield from faults[:1]


def denials(reading: Reading) -> list[Denial]:
    """Return the denials of a reading in order."""
    return [
        _denial(reading, n)
        for n, token in enumerate(reading.tokens)
        if token.word in signs.NEGATORS and token.word not in signs.SOFT_NEGATORS | signs.CONTRASTS
    ]


def _denial(reading: Reading, at: int) -> Denial:
    tokens = reading.tokens
    own = [t for t in tokens if t.clause == tokens[at].clause]
    if tokens[at].word in signs.NEGATED_WORDS:
        covered = frozenset({tokens[at].idea})
    else:
        after = [t for t in tokens[at + 1 :] if t.clause == tokens[at].clause]
        covered = frozenset(key_of(t) for t in after if t.is_denied and _counts(t))
    before = tokens[at - 1].word if at else ""
    is_last = at + 1 == len(tokens) or tokens[at + 1].clause != tokens[at].clause
    is_elliptic = (before in ELLIPTIC or tokens[at].word == "not") and (
        is_last or tokens[at + 1].word in ("and", "at", "in", "then")
    )
    is_did = tokens[at].word == "not" and before == "did"
    beside = frozenset(key_of(t) for t in own if not t.is_generic) - covered
    order = tuple(key_of(t) for t in tokens[at + 1 :] if key_of(t) in covered)
    return Denial(tokens[at].word, covered, beside, tokens[at].clause, is_elliptic or (is_did and is_last), order)


def key_of(token: Token) -> str:
    """Return what stands for a token here: the way things went for a plain sign, else its idea."""
    return f"+{token.sign}" if token.sign and token.idea not in synonyms.NAMES else token.idea


def _counts(token: Token) -> bool:
    return not token.is_generic or token.word[0].isdigit()


def _invented(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    for denial in denials(claim):
        words = frozenset(i for i in denial.covered if not i[0].isdigit())
        wanted = words or denial.covered
        if denial.is_elliptic:
            wanted = denial.beside or denial.covered
        if wanted and not any(_answers(denial, wanted, g.said) for g in grounds):
            yield contradicted(Rule.NEGATION, f"denies (“{_words(claim, denial)}”) what nothing cited denies")
            return


def _answers(denial: Denial, wanted: frozenset[str], said: Reading) -> bool:
    """Return whether a passage denies, or calls scant or alike, what the claim denies, of the same thing."""
    first = next((i for i in denial.order if i in wanted), None)
    return any(
        (_stands_in(wanted, first, zone) or _is_short_for(first, denial, zone))
        and not (beside and _is_of_another(denial, zone, said))
        for zone, beside in _zones(said, wanted)
    )


def _stands_in(wanted: frozenset[str], first: str | None, zone: frozenset[str]) -> bool:
    """Return whether enough of what a claim denies is denied there: half with what comes first, else nearly all."""
    least = _FOUND if first is None or first in zone else _ALIKE
    return len(wanted & zone) >= least * len(wanted)


def _is_short_for(first: str | None, denial: Denial, zone: frozenset[str]) -> bool:
    """Return whether a passage denies the claim's verb of the claim's subject, whatever stands in for the object."""
    return first in zone and bool(denial.beside) and len(denial.beside & zone) > _FOUND * len(denial.beside)


def _zones(said: Reading, wanted: frozenset[str]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return, for each place where a passage says no, the ideas of which it says so, and those beside them."""
    zones: list[tuple[frozenset[str], frozenset[str]]] = []
    for n, token in enumerate(said.tokens):
        if not _says_no(token) or (token.word in _SCANT and token.idea in wanted):
            continue
        own = [(m, t) for m, t in enumerate(said.tokens) if t.clause == token.clause and _counts(t)]
        if token.word in signs.NEGATORS:
            near = [key_of(t) for m, t in own if m < n][-_BEFORE:]
            denial = _denial(said, n)
            back = {key_of(t) for t in said.tokens[:n] if t.clause == token.clause - 1 and _counts(t)}
            whole = denial.covered | frozenset(near) | (frozenset(back) if denial.is_elliptic else frozenset[str]())
            zones.append((whole, denial.beside))
        else:
            affirmed = frozenset[str]() if wanted & _COMPARED else _affirmed_beside(token, own)
            zones.append((frozenset(key_of(t) for _, t in own) - affirmed, frozenset()))
    return zones


_COMPARED = frozenset({"+up", "+down", "+other"})  # "did not improve more" is answered by "improved alike"


def _affirmed_beside(token: Token, own: Sequence[tuple[int, Token]]) -> frozenset[str]:
    """Return which ways a clause that calls things alike says they went: "improved alike" denies no improvement."""
    if token.sign != "same":
        return frozenset()
    return frozenset(key_of(t) for _, t in own if t.sign in ("good", "bad") and not t.is_denied)


def _is_of_another(denial: Denial, zone: frozenset[str], said: Reading) -> bool:
    """Return whether what the claim denies it of stands in another clause of the passage, where nothing is denied."""
    subject = denial.beside
    if not subject or len(subject & zone) >= _FOUND * len(subject):
        return False
    return any(
        len(subject & {key_of(t) for t in other}) > max(_FOUND * len(subject), len(subject & zone))
        and not any(_says_no(t) for t in other)
        for other in said.clauses
    )


def _says_no(token: Token) -> bool:
    return token.word in signs.NEGATORS or token.word in _LIKE or token.word in _SCANT or token.sign == "same"


def _dropped(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    for ground in grounds:
        for denial in denials(ground.said):
            for clause in claim.clauses:
                is_affirmed = _affirms(clause, denial, ground.said)
                if is_affirmed and (is_bare(clause) or not _said_plainly(clause, denial, grounds)):
                    yield contradicted(
                        Rule.NEGATION, f"leaves out a denial: what is cited says “{_words(ground.said, denial)}”"
                    )
                    return


_NONE_OF = re.compile(r"(?:^|[,;:.(] ?|\b(?:and|but|while|though) )none of\b")  # before what it is denied of


def _affirms(clause: Sequence[Token], denial: Denial, said: Reading) -> bool:
    """Return whether a clause of the claim states what the passage denies."""
    if any(denies(t) for t in clause):
        return False
    ideas = {key_of(t) for t in clause if _counts(t)}
    if is_bare(clause) and denial.beside and len(ideas & denial.beside) >= _HELD * len(denial.beside):
        return len(ideas & denial.beside) >= _HELD * len(ideas)  # "seated raises did", where they did not
    if denial.is_elliptic:
        return _affirms_left_out(ideas, denial, said)
    is_of_subject = _NONE_OF.search(said.spoken) is not None and denial.word == "none"
    lacks_subject = is_of_subject and bool(denial.order) and denial.order[0] not in ideas
    lacks_number = _numbers(denial) and not _numbers(denial) & ideas and denial.covered <= _numbers(denial)
    return not lacks_subject and not lacks_number and _affirms_covered(ideas, denial)


def _affirms_left_out(ideas: set[str], denial: Denial, said: Reading) -> bool:
    """Return whether ideas are those of a denial whose verb stands in a clause before it."""
    subject = denial.beside
    if not subject:
        before = said.clauses[max(_place(said, denial) - 1, 0)]
        asked = {key_of(t) for t in before if not t.is_generic}
        return bool(_numbers(denial)) and _numbers(denial) <= ideas and len(ideas & asked) >= _HELD * len(asked)
    whole = {key_of(t) for c in said.clauses[: _place(said, denial) + 1] for t in c if not t.is_generic}
    rest = ideas & (whole - subject)
    return (
        len(ideas & subject) >= _HELD * len(subject)
        and bool(rest)
        and (not denial.covered or bool(denial.covered & ideas) or (denial.word == "not" and not _numbers(denial)))
    )


def _affirms_covered(ideas: set[str], denial: Denial) -> bool:
    """Return whether ideas hold enough of what a denial covers, of the same subject."""
    shared = denial.covered & ideas
    if len(shared) > 1 and ideas <= denial.covered | denial.beside:
        return True
    is_subject = not denial.beside or bool(denial.beside & ideas) or len(shared) == len(denial.covered)
    return bool(denial.covered) and len(shared) >= max(1, _HELD * len(denial.covered)) and is_subject


def is_bare(clause: Sequence[Token]) -> bool:
    """Return whether a clause leaves its verb to the one before: "seated raises did"."""
    return bool(clause) and clause[-1].word in ELLIPTIC


def denies(token: Token) -> bool:
    """Return whether a word denies, or says that nothing was found or that two were alike."""
    return (
        token.word in signs.NEGATORS
        or token.word in _LIKE
        or token.sign == "same"
        or token.word in ("little", "few", "scant")
    )


def _numbers(denial: Denial) -> frozenset[str]:
    return frozenset(i for i in denial.covered if i[0].isdigit())


def _place(said: Reading, denial: Denial) -> int:
    return next((n for n, c in enumerate(said.clauses) if c and c[0].clause == denial.clause), 0)


def _said_plainly(clause: Sequence[Token], denial: Denial, grounds: Sequence[Ground]) -> bool:
    """Return whether a passage also states the same things, in one clause, without denying them."""
    ideas = {key_of(t) for t in clause if _counts(t)}
    for ground in grounds:
        for other in ground.said.clauses:
            said = {key_of(t) for t in other if not t.is_denied}
            if ideas <= said and not (denial.is_elliptic and other and other[0].clause == denial.clause):
                return True
    return False


def _uneven(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault where two clauses say the same and one denies once more than the other."""
    for mine in claim.clauses:
        ideas = {t.idea for t in mine if not t.is_generic}
        for ground in grounds:
            for theirs in ground.said.clauses:
                said = {t.idea for t in theirs if not t.is_generic}
                is_alike = len(ideas) > 2 and len(ideas & said) >= _ALIKE * max(len(ideas), len(said))
                if is_alike and _odd(mine) != _odd(theirs) and any(map(_hard, mine)) and any(map(_hard, theirs)):
                    yield contradicted(Rule.NEGATION, "denies where what is cited affirms, or the other way round")
                    return


def _hard(token: Token) -> bool:
    return token.word in signs.NEGATORS and token.word not in signs.SOFT_NEGATORS


def _odd(clause: Sequence[Token]) -> bool:
    return sum(map(_hard, clause)) % 2 == 1


def _words(reading: Reading, denial: Denial) -> str:
    said = [
        t.word.replace("_", " ")
        for t in reading.tokens
        if t.clause == denial.clause and t.is_denied and key_of(t) in denial.covered
    ]
    shown = denial.word.replace("_", " ")
    return f"{shown} … {' '.join(said[:4])}" if said else shown
