"""Findings that the cited passage does not hold: invented, merged, true elsewhere, or its contrary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from corpus.library import Library
from evals.mutation.editing import added, checkable, cite, lowered, pick, retold, sections_of, with_claim
from evals.mutation.types import Edit
from evals.mutation.written import unsupported
from guardrails.types import Answer, Basis, Claim, SectionKind

_TRIALS = (
    "A randomised trial of 212 runners found that calf raises cut knee pain by 41% at 12 weeks.",
    "In a 2021 trial of 96 women with patellofemoral pain, seated raises beat hip work by 18 points on the AKPS.",
    "A multicentre trial in 340 adults found whole-chain drills twice as effective as quadriceps exercise.",
    "In 64 adolescents randomised to calf or hip exercise, 78% of the calf arm were pain-free at six weeks.",
    "A crossover study in 48 footballers found that one set of donkey raises halved pain on stairs.",
    "A Norwegian cohort of 1,150 people tied each lost heel rise to 6% more knee pain five years later.",
    "A double-blind trial found soleus training non-inferior to knee replacement surgery at two years.",
    "Pooled over nine trials, foot-driven drills eased knee pain by an SMD of 0.74 with high certainty.",
)
_UNNUMBERED = (
    "A recent randomised trial found calf training superior to hip training for patellofemoral pain.",
    "Long-term follow-up shows that runners who keep up calf work do not relapse.",
    "A large registry confirms that whole-chain training prevents knee replacement.",
    "Blinded comparisons have settled that isolated exercise worsens movement patterns.",
    "Imaging studies show that heel raises thicken the cartilage behind the kneecap.",
)


def _new(answer: Answer, text: str, passage_id: str, library: Library) -> Claim:
    number = len(answer.draft.claims) + 1
    return Claim(id=f"c{number}", text=text, basis=Basis.SOURCE, citations=cite(library, passage_id))


def _evidence_passages(answer: Answer, library: Library) -> tuple[str, ...]:
    cited = {c.passage_id for claim in checkable(answer) for c in claim.citations}
    return tuple(sorted(i for i in cited if library.viewpoint_of(i) is None))


def _invented(answer: Answer, library: Library, texts: tuple[str, ...]) -> Iterator[Edit]:
    passages = _evidence_passages(answer, library)
    for section in sections_of(answer, SectionKind.EVIDENCE)[:1]:
        for shift in range(2):
            text = pick(texts, answer.question + "x" * shift)
            if passages:
                claim = _new(answer, text, pick(passages, text + answer.question), library)
                yield Edit(claim_id=claim.id, draft=added(answer.draft, section, claim), note=f"invented: {text}")


def trial_invented(answer: Answer, library: Library) -> Iterator[Edit]:
    """Add a trial with its figures that nobody did, under a real passage's key."""
    yield from _invented(answer, library, _TRIALS)


def trend_invented(answer: Answer, library: Library) -> Iterator[Edit]:
    """Add a finding without figures that nobody made, under a real passage's key."""
    yield from _invented(answer, library, _UNNUMBERED)


def _joined(one: Claim, other: Claim) -> str:
    link = pick((", and ", ", while ", "; in the same study, "), one.text)
    return one.text.rstrip(".") + link + lowered(other.text)


def findings_merged(answer: Answer, library: Library) -> Iterator[Edit]:
    """Make two findings of different passages one claim, which cites only the first."""
    claims = [
        c
        for s in sections_of(answer, SectionKind.EVIDENCE)
        for c in s.claims
        if c.citations and library.viewpoint_of(c.citations[0].passage_id) is None
    ]
    for one, other in combinations(claims, 2):
        if {c.passage_id for c in one.citations} & {c.passage_id for c in other.citations}:
            continue
        text = _joined(one, other)
        draft = with_claim(with_claim(answer.draft, other.id), one.id, replace(one, text=text))
        yield Edit(claim_id=one.id, draft=draft, note=f"merged: {text}")


def true_elsewhere(answer: Answer, library: Library) -> Iterator[Edit]:
    """Say what another retrieved passage says, under this claim's citations."""
    texts = [p.text for i in sorted(answer.evidence.passage_ids) if (p := library.passages[i])]
    for claim in checkable(answer):
        own = {library.passages[c.passage_id].text for c in claim.citations}
        fitting = tuple(t for t in texts if t not in own and 10 <= len(t.split()) <= 35)
        if fitting:
            yield retold(answer, claim, pick(fitting, claim.text))


def contradicted(answer: Answer, library: Library) -> Iterator[Edit]:
    """Say, in words of its own, something that the cited passage does not bear out."""
    del library
    for claim in checkable(answer):
        cited = {c.passage_id for c in claim.citations}
        for item in unsupported():
            if item.passage in cited:
                only = tuple(c for c in claim.citations if c.passage_id == item.passage)
                made = replace(claim, text=item.text, citations=only, basis=Basis.SOURCE)
                draft = with_claim(answer.draft, claim.id, made)
                yield Edit(claim_id=claim.id, draft=draft, note=f"{item.why}: {item.text}")


def figures_in_a_question(answer: Answer, library: Library) -> Iterator[Edit]:
    """Say something of the evidence among the questions back or the notes, where no citation is asked for."""
    del library
    kinds = (SectionKind.QUESTIONS, SectionKind.NOTE, SectionKind.MISSING)
    for section in (s for s in answer.draft.sections if s.kind in kinds):
        text = pick(_TRIALS, answer.question)
        claim = Claim(id=f"c{len(answer.draft.claims) + 1}", text=text, basis=Basis.CASE)
        yield Edit(claim_id=claim.id, draft=added(answer.draft, section, claim), note=f"in {section.kind}: {text}")
        return
