"""The rules on what an answer says: the points, what must not be said, length, repeats, silence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.library import Library
from evals import metrics
from evals.answers import Answer, carried_claims, is_answered, strings, text_of
from evals.cases import EvalCase, Point
from evals.judging import Judgement, judged, unscored
from evals.wording import asserted, is_within, repeated_sentence, said_of
from guardrails.types import Detail, SectionKind

_SILENCE = re.compile(  # at the head of a claim: a school that speaks may well leave out one thing
    r"(?:[\w'-]+ ){1,4}(?:does|do|did) not (?:discuss|address|mention|cover|consider|speak)\b"
    r"|neither (?:article|author|school) (?:discusses|addresses|mentions|covers)\b"
)


def points(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether every point is made by a claim that stands, on one of its passages."""
    wanted = case.expect.points
    made = [_is_made(p, answer) for p in wanted]
    problems = (f"not made: {p.point}" for p, is_made in zip(wanted, made, strict=True) if not is_made)
    return judged(problems, {"point_recall": metrics.point_recall(made)})


def _is_made(point: Point, answer: Answer) -> bool:
    on_the_point = (text for text, passages in carried_claims(answer) if not passages.isdisjoint(point.cites_any))
    return any(not point.says_any or any(asserted(p, text) for p in point.says_any) for text in on_the_point)


def says_any(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether of each group of phrases one is said."""
    text = text_of(answer)
    groups = case.expect.says_any
    made = [said_of(phrases, text) is not None for phrases in groups]
    problems = (f"does not say {' / '.join(p)}" for p, is_made in zip(groups, made, strict=True) if not is_made)
    return judged(problems)


def says_none(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether no forbidden phrase is said, unless its sentence denies it."""
    text = text_of(answer)
    found = ((phrase, asserted(phrase, text)) for phrase in case.expect.says_none)
    return judged(f"says {phrase!r}: {sentence}" for phrase, sentence in found if sentence)


def absent(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether what may stand nowhere does: in no text of the answer's JSON, the question as kept included."""
    written = list(strings(answer))
    found = (n for n, text in enumerate(case.expect.absent, start=1) if any(is_within(text, w) for w in written))
    return judged(f"string {n} of `absent` stands in the answer" for n in found)


def words(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether the claims are no longer than the answer's detail allows."""
    limit = Detail(answer.get("detail", Detail.BRIEF)).words
    count = len(text_of(answer).split())
    return judged([f"{count} words, at most {limit}"] if count > limit else [], {"words": float(count)})


def no_repeats(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether no sentence stands twice."""
    repeated = repeated_sentence(text_of(answer))
    return judged([f"twice: {repeated}"] if repeated else [])


def schools_speak(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether no school is shown as not addressing the question."""
    if not is_answered(answer):
        return unscored(f"the question {answer['status']}")
    silent = [s for s in answer["sections"] if _is_silent(s)]
    return judged(f"{s['viewpoint'] or s['kind']}: {' '.join(c['text'] for c in s['claims'])}" for s in silent)


def _is_silent(section: Mapping[str, Any]) -> bool:
    if section["kind"] not in (SectionKind.VIEWPOINT, SectionKind.NOTE):
        return False
    said = [claim["text"].lower() for claim in section["claims"]]
    return bool(section.get("silent")) or any(_SILENCE.match(text) for text in said)
