"""Trains the net under the red-flag cues (``guardrails.suspicion``) and says how good it is.

``python -m evals.suspicion`` prints the figures of the net in the package on the parts of ``evals/phrasings``;
``--write`` trains it anew first. Training texts: ``training.jsonl`` with its cleared twins, the development cases that
are to be answered, and the library's own phrasings of questions. Both thresholds are set on the ``dev`` part.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import Any

from corpus.library import Library, read_library
from evals.cases import Split, read_cases
from evals.metrics import wilson_interval
from evals.screening import PARTS, Phrasing, read_phrasings
from guardrails.suspicion import FILE, Net, features, packaged_net, score, suspected
from guardrails.types import Status

_PENALTY = 3.0
_LEAST_WEIGHT = 0.02  # of the largest; what weighs less is left out
_PATTERN_WORDS = 150
_ASKS = 10
_FALSE_POSSIBLE = 0.06  # share of ordinary dev cases that may be told what to rule out first
_ABOVE_ALL = 0.1  # what stops an answer scores higher than every ordinary dev case, by this much


def texts(phrasing: Phrasing) -> str:
    """Return the conversation of a phrasing as one text."""
    return "\n".join([*(phrasing.get("history") or ()), phrasing["text"]])


def training(library: Library) -> Iterator[tuple[str, str | None]]:
    """Yield each training text with the pattern it carries, None where it carries none."""
    for phrasing in read_phrasings("training", "train"):
        yield phrasing["text"], phrasing["pattern"] if phrasing["flag"] else None
    for case in read_cases():
        if case.split is Split.DEV and case.expect.status is Status.ANSWERED:
            yield "\n".join([*case.history, case.question]), None
    for crux in library.cruxes:
        yield from ((ask, None) for ask in crux.asks[:_ASKS])


def train(library: Library) -> Net:
    """Return the net trained on all of ``training``; its thresholds come from the dev part."""
    expand = library.normaliser.expand
    rows = [(features(expand(text)), pattern) for text, pattern in training(library)]
    weights, bias = _linear([found for found, _ in rows], [pattern is not None for _, pattern in rows])
    patterns = _log_odds([(found, pattern) for found, pattern in rows if pattern])
    net = Net(weights=weights, bias=bias, patterns=patterns, possible=0.0, sure=0.0)
    calm = sorted((score(net, features(expand(texts(p)))) for p in read_phrasings("ordinary", "dev")), reverse=True)
    possible = round(calm[int(_FALSE_POSSIBLE * len(calm))] + 0.01, 2)
    return Net(weights=weights, bias=bias, patterns=patterns, possible=possible, sure=round(calm[0] + _ABOVE_ALL, 2))


def _linear(found: Sequence[frozenset[str]], flagged: Sequence[bool]) -> tuple[dict[str, float], float]:
    """Return the weights of a logistic regression over features scaled by frequency and log-count ratio."""
    import numpy as np
    from scipy.sparse import csr_matrix, diags
    from sklearn.linear_model import LogisticRegression

    names = sorted(set().union(*found))
    place = {name: n for n, name in enumerate(names)}
    pairs = [(row, place[name]) for row, names_of in enumerate(found) for name in sorted(names_of)]
    rows, columns = zip(*pairs, strict=True)
    matrix: Any = csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(found), len(names)))
    is_flagged = np.array(flagged)
    inverse = np.log((1 + len(found)) / (1 + np.asarray(matrix.sum(0)).ravel())) + 1
    with_flag, without = (1 + np.asarray(matrix[part].sum(0)).ravel() for part in (is_flagged, ~is_flagged))
    scale = inverse * np.abs(np.log((with_flag / with_flag.sum()) / (without / without.sum())))
    lengths = 1 / np.sqrt([max(len(names_of), 1) for names_of in found])
    model: Any = LogisticRegression(C=_PENALTY, max_iter=5000, class_weight="balanced")
    model.fit(diags(lengths) @ matrix @ diags(scale), is_flagged)
    weights = model.coef_[0] * scale
    least = _LEAST_WEIGHT * np.abs(weights).max()
    kept = {name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= least}
    return kept, round(float(model.intercept_[0]), 2)


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
            if count > 1
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


def _line(name: str, k: int, n: int) -> str:
    limits = wilson_interval(k, n)
    return f"{name}: {k} of {n}" + (f" ({k / n:.1%}, {limits.low:.1%} to {limits.high:.1%})" if limits else "")


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
    for part in named:
        print(f"{part}:", *(f"  {line}" for line in report(net, part, library)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
