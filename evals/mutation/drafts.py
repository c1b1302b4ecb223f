"""Sections drafted by hand as a language model might draft them, by people who had seen no check.

``python -m evals.mutation.drafts [--misses] [--part PART] [FILE]`` puts each section into the answer to its question,
in place of the library's own, and judges the whole as a model's draft. Half of the sections are sound. The others have
one breach each, in one sentence. Ends with 1 when a breach of a gated kind survives, with 2 when the file does not fit.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.door import Assistant
from assistant.lines import section_title
from corpus.library import Library
from corpus.weighing import weighed
from evals.errors import EvalError, EvalFileError
from evals.misfits import misfit
from evals.mutation.asking import ASKED_AT
from evals.mutation.editing import cite, put
from evals.mutation.freeing import COMPOSER
from evals.mutation.novelty import new_findings
from evals.mutation.planting import holding
from evals.phrasing import share_in_words
from guardrails.policy import NOT_RUN, judge
from guardrails.types import Answer, Basis, Claim, Draft, Finding, Section, SectionKind, Status

GATED = frozenset({"number", "unit", "negation", "wrong-school", "both-argue", "loading"})
"""Of these kinds of breach nothing may get through."""
SOUND = "sound"
_SHOWN_PART = "dev"  # the other part judges what was mended on this one: only its counts are shown
_OF_THE_WHOLE = "straw-man"  # what makes a caricature may be what the section leaves out, and no sentence of it
_OF_SCHOOLS = frozenset({"attribution", "viewpoint_balance"})
_OF_LENGTH = ("claims of each school", "words of each school")  # comes of the exchange, be the section sound or not
_Words = Annotated[str, Field(min_length=1)]


class Sentence(BaseModel):
    """One sentence of a drafted section, and the passages that it cites."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: _Words
    cites: tuple[str, ...] = Field(min_length=1)


class Drafted(BaseModel):
    """One section as it was drafted.

    `section` is a kind of section, and of a school's own "viewpoint:" with the school. `at` is which claim has the
    `breach`, from 0; `breach` is None where the section is sound. `part` is the part of the collection it belongs to.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    question: _Words
    section: _Words
    claims: tuple[Sentence, ...] = Field(min_length=1)
    breach: str | None = None
    at: int | None = None
    why: str | None = None
    part: str | None = None

    @field_validator("section")
    @classmethod
    def _is_a_kind(cls, section: str) -> str:
        SectionKind(section.partition(":")[0])
        return section

    @model_validator(mode="after")
    def _has_it(self) -> Self:
        if self.at is not None and not 0 <= self.at < len(self.claims):
            raise ValueError(f"expected “at” to be one of the claims, got {self.at} of {len(self.claims)}")
        return self

    @property
    def kind(self) -> str:
        """The kind of breach, or `SOUND`."""
        return self.breach or SOUND

    @property
    def school(self) -> str | None:
        """The school whose own section it is."""
        return self.section.partition(":")[2] or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A drafted section and the findings that count for it; `clean` of its sound `sentences` had none."""

    drafted: Drafted
    findings: tuple[Finding, ...]
    clean: int
    sentences: int

    @property
    def is_right(self) -> bool:
        """Whether a breach was found, or nothing was in a sound section; a check that crashed is neither."""
        crashed = any(f.message.startswith(NOT_RUN) for f in self.findings)
        return not crashed and bool(self.findings) == (self.drafted.breach is not None)

    @property
    def fails(self) -> bool:
        """Whether the run fails by it."""
        return self.drafted.kind in GATED and not self.is_right


def read_drafts(source: Traversable | Path) -> tuple[Drafted, ...]:
    """Return the drafted sections of a file of JSON lines.

    Raises:
        EvalFileError: a line is no drafted section; the message says which line and why.
    """
    found: list[Drafted] = []
    for number, line in enumerate(source.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                found.append(Drafted.model_validate_json(line))
            except ValidationError as error:
                raise EvalFileError(misfit(error)[1], file=str(source), line=number) from None
    return tuple(found)


def judged(assistant: Assistant, drafts: Iterable[Drafted]) -> Iterator[Trial]:
    """Yield how each section fares in the answer to its question.

    Raises:
        EvalError: a section fits no answer: its question gets none, or it cites what the library has not.
    """
    library = assistant.snapshot.library
    asked: dict[str, tuple[Answer, tuple[Finding, ...]]] = {}
    for drafted in drafts:
        if drafted.question not in asked:
            answer = assistant.ask(drafted.question, asked_at=ASKED_AT)
            asked[drafted.question] = answer, _findings(answer, as_model(answer.draft), library)
        yield _trial(drafted, *asked[drafted.question], library)


def _trial(drafted: Drafted, answer: Answer, base: Sequence[Finding], library: Library) -> Trial:
    if answer.status is not Status.ANSWERED:
        raise EvalError(f"expected a question that is answered, got one that is {answer.status}: {drafted.question}")
    if drafted.school is not None and drafted.school not in library.viewpoint_by_id:
        raise EvalError(f"expected a school of the library, got {drafted.school!r}: {drafted.question}")
    held = holding(answer, library, _cited(drafted, library))
    section = section_of(drafted, held, library)
    draft = with_section(as_model(held.draft), section)
    new = new_findings(_findings(held, draft, library), base, (as_model(answer.draft), draft))
    found = {f.claim_id for f in new}
    sound = [c.id not in found for n, c in enumerate(section.claims) if _is_sound(drafted, n)]
    return Trial(
        drafted=drafted,
        findings=tuple(f for f in new if _counts(f, drafted, section)),
        clean=sum(sound),
        sentences=len(sound),
    )


def _is_sound(drafted: Drafted, number: int) -> bool:
    """Return whether one claim is sound: every one of a sound section, and those beside the one with the breach."""
    return drafted.breach is None or (drafted.at not in (None, number) and drafted.breach != _OF_THE_WHOLE)


def _cited(drafted: Drafted, library: Library) -> list[str]:
    cited = list(dict.fromkeys(p for claim in drafted.claims for p in claim.cites))
    unknown = [p for p in cited if p not in library.passages]
    if unknown:
        raise EvalError(f"expected ids of the library's passages, got {', '.join(unknown)}: {drafted.question}")
    return cited


def _findings(answer: Answer, draft: Draft, library: Library) -> tuple[Finding, ...]:
    return judge(draft, answer.status, answer.case, answer.evidence, library, answer.red_flags).findings


def _counts(finding: Finding, drafted: Drafted, section: Section) -> bool:
    """Return whether a finding is about what the section is judged by.

    That is the claim with the breach, and of a sound section each of its claims. A caricature may be found in any of
    them, or in the draft as a whole.
    """
    if finding.message.startswith(NOT_RUN):
        return True
    if drafted.breach == _OF_THE_WHOLE and finding.claim_id is None:
        return finding.rule in _OF_SCHOOLS and not finding.message.startswith(_OF_LENGTH)
    is_any = drafted.at is None or drafted.breach in (None, _OF_THE_WHOLE)
    return finding.claim_id in {c.id for n, c in enumerate(section.claims) if is_any or n == drafted.at}


def as_model(draft: Draft) -> Draft:
    """Return a draft as a model's; the claims that have an origin stay the library's own."""
    return replace(draft, composer=COMPOSER)


def section_of(drafted: Drafted, answer: Answer, library: Library) -> Section:
    """Return a drafted section as one of the answer's, its claims without origin, each passage quoted in full."""
    kind, school = SectionKind(drafted.section.partition(":")[0]), drafted.school
    crux = library.crux_by_id.get(next(iter(answer.draft.cruxes), ""))
    return Section(
        kind=kind,
        title=section_title(kind, school, library, weighed(crux, library)),
        viewpoint=school,
        claims=tuple(_claim(sentence, n, library) for n, sentence in enumerate(drafted.claims, start=1)),
    )


def _claim(sentence: Sentence, number: int, library: Library) -> Claim:
    """Return a sentence as a claim of a model's; a passage's own text, word for word, is a quotation of it."""
    citations = cite(library, *dict.fromkeys(sentence.cites))
    basis = Basis.SOURCE if {c.quote for c in citations} == {sentence.text} else Basis.SYNTHESIS
    return Claim(id=f"drafted-{number}", text=sentence.text, basis=basis, citations=citations)


def with_section(draft: Draft, section: Section) -> Draft:
    """Return `draft` with `section` in place of its like, or where such a one would stand."""
    old = next((s for s in draft.sections if (s.kind, s.viewpoint) == (section.kind, section.viewpoint)), None)
    if old is not None:
        return put(draft, old, section)
    order = list(SectionKind)
    return replace(draft, sections=tuple(sorted((*draft.sections, section), key=lambda s: order.index(s.kind))))


def lines(trials: Sequence[Trial], *, shows_misses: bool = False) -> Iterator[str]:
    """Yield how many were caught by kind and how many sound ones passed, and where asked what went wrong."""
    by_kind: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_kind[trial.drafted.kind].append(trial)
    for kind in sorted(by_kind, key=lambda k: (k == SOUND, k)):
        right = sum(t.is_right for t in by_kind[kind])
        word = "passed" if kind == SOUND else "caught"
        yield f"{kind}{' *' if kind in GATED else ''}: {word} {share_in_words(right, len(by_kind[kind]))}"
    broken = [t for t in trials if t.drafted.breach is not None]
    yield f"of all breaches: caught {share_in_words(sum(t.is_right for t in broken), len(broken))}; * must be caught"
    clean, sentences = sum(t.clean for t in trials), sum(t.sentences for t in trials)
    yield f"sound sentences by themselves: passed {share_in_words(clean, sentences)}"
    for trial in trials if shows_misses else ():
        if not trial.is_right and trial.drafted.part in (None, _SHOWN_PART):
            yield from _miss(trial)


def _miss(trial: Trial) -> Iterator[str]:
    drafted = trial.drafted
    yield f"\n{drafted.kind}: {drafted.section} of “{drafted.question}”{f': {drafted.why}' if drafted.why else ''}"
    for n, claim in enumerate(drafted.claims):
        yield f"  {'>' if n == drafted.at else ' '} {claim.text} [{', '.join(claim.cites)}]"
    yield from (f"  - {f.rule}: {f.message}" for f in trial.findings)


def main(arguments: Sequence[str] | None = None, assistant: Assistant | None = None) -> int:
    """Print the figures and return what the command ends with."""
    parser = argparse.ArgumentParser(prog="python -m evals.mutation.drafts", description="Judge drafted sections.")
    parser.add_argument("file", nargs="?", type=Path, help="JSON lines (the packaged ones without it)")
    parser.add_argument("--part", help="only the sections of this part")
    parser.add_argument("--misses", action="store_true", help="show what went wrong; of the dev part only")
    asked = parser.parse_args(arguments)
    try:
        drafts = read_drafts(asked.file or files("evals.mutation") / "drafts.jsonl")
        chosen = [d for d in drafts if asked.part in (None, d.part)]
        trials = tuple(judged(assistant or Assistant(), chosen))
    except EvalError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.writelines(f"{line}\n" for line in lines(trials, shows_misses=asked.misses))
    return 1 if any(t.fails for t in trials) else 0


if __name__ == "__main__":
    sys.exit(main())
