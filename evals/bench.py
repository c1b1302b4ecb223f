"""The figures of speed and preference, printed with n and spread; nothing here passes or fails.

Run as ``make bench``. Times are ratios of two things measured in turn in one run, because machines are noisy.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.door import Assistant
from assistant.settings import Settings
from corpus.asks import ask_texts
from corpus.encoder import SentenceTransformerEncoder
from corpus.generation import passage_text
from corpus.index import build
from corpus.library import read_library
from corpus.types import Design
from evals import retrieval
from evals.cases import read_cases
from evals.metrics import wilson_interval
from evals.retrieval_reports import to_lines
from guardrails.policy import judge
from guardrails.types import Basis, Draft, Status

_QUESTIONS = 100
_COLD_RUNS = 5
_REBUILDS = 3
_PREFERENCES = Path(__file__).parent / "judged" / "blind-comparison.json"
_ASK = (
    "from ui.cli import main; import sys; "
    "sys.argv = ['counterpoint', 'ask', 'Does a weak calf cause knee pain?']; main()"
)
_IMPORT = "import sentence_transformers"
_NO_PAPER = (Design.CLINICAL_JUDGEMENT, Design.CLINIC_DOCUMENT)
_INDEX = (
    "from assistant.settings import Settings; from corpus.index import build; build(Settings().index, lambda *a: None)"
)


def main() -> int:
    """Measure and print each figure."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _print_builds(home)
        _print_warm(home)
        _print_checks(home)
        _print_cold(home)
        _print_encoding(home)
        _print_retrieval(home)
    _print_lint()
    _print_identifiers()
    _print_preference()
    return 0


def _print_builds(home: Path) -> None:
    first = _seconds(_INDEX, home)
    again = [_seconds(_INDEX, home) for _ in range(_COLD_RUNS)]
    _print_ratio("index again, nothing changed / first", [s / first for s in again], 0.1)
    print(f"    first {first:.1f} s, again {statistics.median(again):.2f} s at the median")


def _print_warm(home: Path) -> None:
    """Time whole answers against one stock encode of the same question, by turns, each question once."""
    questions = [c.question for c in read_cases()][:_QUESTIONS]
    ours = Assistant(Settings(home=home))
    stock = SentenceTransformerEncoder().model
    stock.encode("warm up")
    ours.ask("Is this warm?")
    pairs = [(_timed(lambda q=q: ours.ask(q)), _timed(lambda q=q: stock.encode(q))) for q in questions]
    answers, encodes = [p[0] for p in pairs], [p[1] for p in pairs]
    _print_ratio("whole answer, warm / one stock encode", [a / e for a, e in pairs], 1.2)
    answer, encode = statistics.median(answers), statistics.median(encodes)
    print(
        f"    answer {1000 * answer:.1f} ms, encode {1000 * encode:.1f} ms at the median; ratio {answer / encode:.2f}"
    )


def _print_checks(home: Path) -> None:
    """Time all checks of an answer together, authored and as a language model's free sentences."""
    ours = Assistant(Settings(home=home))
    library = ours.snapshot.library
    asked = [ours.ask(c.question) for c in read_cases()[:_QUESTIONS]]
    answered = [a for a in asked if a.status is Status.ANSWERED]
    for name, aim, drafts in (
        ("authored", ", aim 3 ms", [a.draft for a in answered]),
        ("as free sentences", "", [_as_free(a.draft) for a in answered]),
    ):
        pairs = list(zip(answered, drafts, strict=True))
        checks = [lambda a=a, d=d: judge(d, a.status, a.case, a.evidence, library, a.red_flags) for a, d in pairs]
        for check in checks:  # once before it counts: passages are read at their first use
            check()
        times = [1000 * _timed(check) for check in checks]
        low, middle, high = statistics.quantiles(times, n=4)
        print(
            f"all checks of an answer, {name}: {middle:.2f} ms at the median "
            f"(quartiles {low:.2f} to {high:.2f}, n = {len(times)}){aim}"
        )


def _as_free(draft: Draft) -> Draft:
    """Return a draft as if a language model had written its sentences."""
    sections = tuple(
        replace(s, claims=tuple(replace(c, origin=None, basis=Basis.SYNTHESIS) for c in s.claims))
        for s in draft.sections
    )
    return replace(draft, sections=sections, composer="bench:none")


def _print_cold(home: Path) -> None:
    pairs = [(_seconds(_ASK, home), _seconds(_IMPORT, home)) for _ in range(_COLD_RUNS)]
    _print_ratio("ask, cold, index built / import sentence_transformers", [a / b for a, b in pairs], 0.5)
    ask, plain = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"    ask {ask:.2f} s, import {plain:.2f} s at the median")


def _print_encoding(home: Path) -> None:
    """Time an index from nothing, without imports and export, against one batch of the stock encoder."""
    settings = Settings(home=home).index
    stock = SentenceTransformerEncoder(settings.encoder)
    library = Assistant(Settings(home=home)).snapshot.library
    passages = [passage_text(library.source_of(i), p) for i, p in library.passages.items()]

    def rebuild() -> object:
        return build(settings, _silent, rebuild=True)

    texts = sorted({*passages, *(t for c in library.cruxes for t in ask_texts(c).values())})
    pairs = [(_timed(rebuild), _timed(lambda: stock.encode(texts))) for _ in range(_REBUILDS)]
    _print_ratio(
        "index from nothing, without export / encode of the same texts in one batch", [a / b for a, b in pairs], 1.3
    )
    print(f"    {len(texts)} texts, {pairs[0][0]:.1f} s against {pairs[0][1]:.1f} s")


def _print_retrieval(home: Path) -> None:
    snapshot = Assistant(Settings(home=home)).snapshot
    for name in ("knee", "two-sides", "clinic-notes"):
        for split in ("dev", "test"):
            folder = retrieval.PACKAGED / name
            report = retrieval.evaluate(folder, snapshot, _silent, split=split, of_own=name == "knee")
            print("\n".join(to_lines(report)))
    print(f"    {retrieval.agreement(retrieval.PACKAGED / 'knee', snapshot.library.passages)}")


def _print_lint() -> None:
    seconds = [_seconds("from corpus.lint.__main__ import main; main()", Path.home()) for _ in range(_COLD_RUNS)]
    middle = statistics.median(seconds)
    print(f"library lint, whole process: {middle:.2f} s at the median (n = {len(seconds)}), aim under 2")


def _print_identifiers() -> None:
    """Print how many sources can be looked up by number; web pages, registrations and NICE's own pages count too."""
    sources = [s for s in read_library().sources if not s.paragraphs and s.design not in _NO_PAPER]
    named = sum(bool(s.doi or s.pmid) for s in sources)
    limits = wilson_interval(named, len(sources))
    spread = f" ({100 * limits.low:.0f} to {100 * limits.high:.0f} %)" if limits else ""
    share = 100 * named / len(sources)
    print(f"sources with a doi or pmid: {named} of {len(sources)}, {share:.0f} %{spread}, aim 85 % of journal papers")


def _silent(*_: object) -> None:
    """Tell nobody."""


def _print_preference() -> None:
    """Print the blind comparison with answers written by hand, as it was judged and kept."""
    if not _PREFERENCES.is_file():
        print("blind comparison with answers by hand: not judged yet")
        return
    judged = json.loads(_PREFERENCES.read_text(encoding="utf-8"))
    for each in judged["rounds"]:
        made = each["judgements"]
        good = sum(j["preferred"] in ("product", "tie") for j in made)
        limits = wilson_interval(good, len(made))
        spread = f", {100 * limits.low:.0f} to {100 * limits.high:.0f}" if limits else ""
        asked = len({j["question"] for j in made})
        print(
            f"product preferred or tied, blind, {each['round']} round ({each['note']}): {good} of {len(made)} "
            f"judgements on {asked} questions ({100 * good / len(made):.0f} %{spread}), aim 40 %"
        )


def _print_ratio(name: str, ratios: Sequence[float], aim: float) -> None:
    low, *_, high = sorted(ratios)
    middle = statistics.median(ratios)
    quartiles = statistics.quantiles(ratios, n=4) if len(ratios) > 3 else [low, middle, high]
    print(
        f"{name}: {middle:.2f} (quartiles {quartiles[0]:.2f} to {quartiles[2]:.2f}, {low:.2f} to {high:.2f}, "
        f"n = {len(ratios)}), aim {aim} or less"
    )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _seconds(code: str, home: Path) -> float:
    environment = {**os.environ, "COUNTERPOINT_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    return _timed(
        lambda: subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)
    )


if __name__ == "__main__":
    sys.exit(main())
