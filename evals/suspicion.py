"""Trains the net under the red-flag cues (``guardrails.suspicion``) and says how good it is.

``python -m evals.suspicion`` prints the figures of the net in the package on the parts of ``evals/phrasings``;
``--write`` trains it anew first. Training texts: ``training.jsonl`` with its cleared twins, the parts published up to
fresh-4, the textbook texts, the development cases that are to be answered, and the library's own phrasings of
questions. Both thresholds are set where ordinary phrasings are judged by a net that has seen nothing by their writer;
``--writers`` prints what such nets make of each writer's phrasings, which is the estimate for a writer nobody has read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from corpus.library import Library, read_library
from evals.cases import Split, read_cases
from evals.fitting import fitted
from evals.phrasing import share_in_words
from evals.screening import PARTS, Phrasing, read_phrasings
from guardrails.suspicion import FILE, Net, features, packaged_net, score, suspected
from guardrails.types import Status

_PENALTY = 1.0
_LEAST_TEXTS = 3  # that hold a feature; what one writer typed once says nothing of another
_PATTERN_WORDS = 500
_ASKS = 10
# Shares of the ordinary phrasings that a net which does not know their writer may raise; chosen on the same phrasings.
_FALSE_POSSIBLE = 0.07
_FALSE_SURE = 0.0025


# Dev and held are halves of one writer's set.
_WRITERS = {
    "dev": "first",
    "held": "first",
    "fresh": "fresh",
    "fresh-2": "second",
    "fresh-3": "third",
    "fresh-4": "fourth",
}
_WRITER_LETTERS = 4  # of an id: "tr-k0275", "tp-a001r"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A training text: the pattern it carries, None where it carries none, and who wrote it, None if we did."""

    text: str
    pattern: str | None
    writer: str | None
    is_ordinary: bool = False
    """Whether it is an everyday case, not a flag's twin that was cleared."""


def texts(phrasing: Phrasing) -> str:
    """Return the conversation of a phrasing as one text."""
    return "\n".join([*(phrasing.get("history") or ()), phrasing["text"]])


def training(library: Library) -> Iterator[Example]:
    """Yield each training text; those with ids in tr-m and tr-n are by somebody who knew the cues."""
    for p in read_phrasings("training", "train"):
        writer, is_twin = p["id"][:_WRITER_LETTERS], p["pattern"] is not None
        pattern = p["pattern"] if p["flag"] else None
        yield Example(text=texts(p), pattern=pattern, writer=writer, is_ordinary=not is_twin)
    for part, writer in _WRITERS.items():
        for p in read_phrasings("red-flags", part):
            yield Example(text=texts(p), pattern=p["pattern"], writer=writer)
        for p in read_phrasings("ordinary", part):
            yield Example(text=texts(p), pattern=None, writer=writer, is_ordinary=True)
    yield from _our_own(library)


def _our_own(library: Library) -> Iterator[Example]:
    for p in read_phrasings("textbook", "textbook"):
        yield Example(text=p["text"], pattern=p["pattern"], writer=None)
    for case in read_cases():
        if case.split is Split.DEV and case.expect.status is Status.ANSWERED:
            yield Example(text="\n".join([*case.history, case.question]), pattern=None, writer=None)
    for crux in library.cruxes:
        yield from (Example(text=ask, pattern=None, writer=None) for ask in crux.asks[:_ASKS])


def train(library: Library) -> Net:
    """Return the net trained on all of ``training``; its thresholds come from nets that do not know the writer."""
    found = read_examples(library)
    patterns = _log_odds([(f, e.pattern) for e, f in found.items() if e.pattern])
    calm = sorted((s for e, s in scores_by_strangers(found) if e.is_ordinary), reverse=True)
    possible, sure = (round(calm[int(share * len(calm))] + 0.01, 2) for share in (_FALSE_POSSIBLE, _FALSE_SURE))
    return replace(_fitted(found), patterns=patterns, possible=possible, sure=sure)


def scores_by_strangers(found: Mapping[Example, frozenset[str]]) -> Iterator[tuple[Example, float]]:
    """Yield each example that somebody wrote for training, with the score of a net that does not know its writer."""
    for writer in sorted({e.writer for e in found if e.writer}):
        net = _fitted({e: f for e, f in found.items() if e.writer != writer})
        yield from ((e, score(net, f)) for e, f in found.items() if e.writer == writer)


def read_examples(library: Library) -> dict[Example, frozenset[str]]:
    """Return the features of each training text, without those that too few texts hold."""
    found = {e: features(library.normaliser.expand(e.text)) for e in training(library)}
    texts_with = Counter(name for names in found.values() for name in names)
    return {e: frozenset(n for n in names if texts_with[n] >= _LEAST_TEXTS) for e, names in found.items()}


def _fitted(found: Mapping[Example, frozenset[str]]) -> Net:
    fit = fitted(list(found.values()), [e.pattern is not None for e in found], _PENALTY)
    return Net(weights=fit.words, bias=fit.bias, patterns={}, possible=0.0, sure=0.0)


def _log_odds(rows: Sequence[tuple[frozenset[str], str]]) -> dict[str, dict[str, float]]:
    """Return for each pattern the log odds of its most telling features against all other patterns."""
    everywhere = Counter(name for found, _ in rows for name in found)
    telling: dict[str, dict[str, float]] = {}
    for pattern in sorted({p for _, p in rows}):
        own = Counter(name for found, p in rows if p == pattern for name in found)
        n = sum(p == pattern for _, p in rows)
        odds = {
            name: log((count + 0.5) / (n + 1)) - log((everywhere[name] - count + 0.5) / (len(rows) - n + 1))
            for name, count in own.items()
            if everywhere[name] > 1
        }
        best = sorted(odds, key=lambda name: (-odds[name] * own[name], name))[:_PATTERN_WORDS]
        telling[pattern] = {name: round(odds[name], 2) for name in sorted(best)}
    return telling


def report(net: Net, part: str, library: Library) -> Iterator[str]:
    """Yield the figures of the net alone, without the cues, on one part."""
    ids = [f.id for f in library.red_flags]
    expand = library.normaliser.expand
    flagged, calm = (list(read_phrasings(name, part)) for name in ("red-flags", "ordinary"))
    raised = {p["id"]: suspected([*(p.get("history") or ()), p["text"]], expand, ids, net) for p in [*flagged, *calm]}
    named = [raised[p["id"]] for p in flagged]
    yield _line("flagged, suspected or sure", sum(r is not None for r in named), len(flagged))
    yield _line("flagged, sure", sum(r is not None and r.is_sure for r in named), len(flagged))
    right = sum(
        r is not None and r.pattern in {p["pattern"], *p.get("also", ())} for r, p in zip(named, flagged, strict=True)
    )
    yield _line("… pattern right", right, sum(r is not None for r in named))
    others = [raised[p["id"]] for p in calm]
    yield _line("ordinary, suspected or sure", sum(r is not None for r in others), len(calm))
    yield _line("ordinary, sure", sum(r is not None and r.is_sure for r in others), len(calm))


def by_writer(library: Library) -> Iterator[str]:
    """Yield what nets that do not know a writer make of that writer's phrasings, at the packaged thresholds."""
    net = packaged_net()
    urgent = {f.id for f in library.red_flags if f.action.escalates}
    found = read_examples(library)
    scores: dict[tuple[str, str], list[float]] = {}
    for example, value in scores_by_strangers(found):
        if example.pattern is None or example.pattern in urgent:
            kind = "flagged" if example.pattern else "ordinary" if example.is_ordinary else "cleared twins"
            scores.setdefault((str(example.writer), kind), []).append(value)
    for (writer, kind), values in sorted(scores.items()):
        for name, least in (("suspected or sure", net.possible), ("sure", net.sure)):
            yield _line(f"{writer}, {kind}, {name}", sum(v >= least for v in values), len(values))


def _line(name: str, k: int, n: int) -> str:
    return f"{name}: {share_in_words(k, n)}"


def written(net: Net) -> str:
    """Return the net as the text of its file, the same for the same net."""
    content: Mapping[str, object] = {name: getattr(net, name) for name in Net.__dataclass_fields__}
    return json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def main() -> int:
    """Train and write where asked to, then print the figures of the parts named, dev alone without a name."""
    library = read_library()
    named = [a for a in sys.argv[1:] if a in PARTS] or ["dev"]
    if "--write" in sys.argv[1:]:
        FILE.write_text(written(train(library)), encoding="utf-8")
        packaged_net.cache_clear()
    net = packaged_net()
    print(f"{len(net.weights)} words and pairs, {len(net.patterns)} patterns; possible {net.possible}, sure {net.sure}")
    for line in by_writer(library) if "--writers" in sys.argv[1:] else ():
        print(f"  {line}")
    for part in named:
        print(f"{part}:", *(f"  {line}" for line in report(net, part, library)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
