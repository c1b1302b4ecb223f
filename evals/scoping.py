"""Trains the model of the scope (``guardrails.scope.learned``) and says how good it is.

``python -m evals.scoping`` prints what the model makes of texts it was not trained on, by five-fold cross-validation;
``--write`` trains it on all of them first. Training texts: ``scope-training.jsonl``, the older parts of
``scope.jsonl``, the training questions of ``evals.placing``, cases of the dev part, and the library's own phrasings.
The cross-validation sets the threshold too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from assistant.door import Assistant
from assistant.language import is_strange
from assistant.scoping import numbers_of
from corpus.library import Library
from evals.cases import Split, read_cases
from evals.fitting import Fitted, fitted
from evals.phrasing import share_in_words
from evals.screening import read_phrasings
from guardrails.scope.learned import FILE, LAY, MEDICINE, OTHER, REGION, Encode, Models, Net, Scoping, packaged_models
from guardrails.scope.signs import signs
from guardrails.suspicion import features
from guardrails.types import Status

# How much words, signs and places of the vector count; chosen by leaving out writers, as is the weight of the latest.
_PENALTY = 1.0
_SIGN, _PLACE = 0.35, 2.0
_LATEST, _LATEST_WEIGHT = ("train-2", "train-3"), 3.0
_LIBRARY = "library"
_FOLDS = 5
_ASKS = 5
_TAKEN = 0.975  # share of questions inside that stay so in cross-validation
_KINDS = (LAY, MEDICINE, REGION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A training text as the model sees it; `kind` is None inside, and where nobody told it."""

    is_outside: bool
    kind: str | None
    is_counted: bool
    words: frozenset[str]
    shown: frozenset[str]
    vector: tuple[float, ...]
    writer: str


def training(library: Library) -> Iterator[tuple[str, bool, str | None, str]]:
    """Yield each text, whether it is outside, its kind where known, and its writer; figures leave out the library's."""
    for part in ("train", "train-2", "train-3"):
        for phrasing in read_phrasings("scope-training", part):
            kind = phrasing["kind"] if phrasing["kind"] in _KINDS else OTHER
            yield phrasing["text"], not phrasing["inside"], None if phrasing["inside"] else kind, part
    for part in ("dev", "held", "fresh"):
        yield from ((p["text"], not p["inside"], None, f"scope {part}") for p in read_phrasings("scope", part))
    for name in ("questions", "unanswerable"):
        yield from ((p["text"], False, None, name) for p in read_phrasings(name, "train"))
    for case in read_cases():
        if case.split is Split.DEV and case.expect.status is not Status.ESCALATED:
            text = "\n".join([*case.history, case.question])
            yield text, case.expect.status is Status.DECLINED, None, "cases"
    for crux in library.cruxes:
        yield from ((ask, False, None, _LIBRARY) for ask in crux.asks[:_ASKS])


def rows_of(library: Library, encode: Encode) -> tuple[Row, ...]:
    """Return the training texts as the model sees them."""
    rows: list[Row] = []
    for text, is_outside, kind, writer in training(library):
        spelt = library.normaliser.expand(text)
        shown = signs(spelt, is_strange=is_strange([text], library))
        vector = tuple(float(v) for v in encode(spelt))
        rows.append(
            Row(
                is_outside=is_outside,
                kind=kind,
                writer=writer,
                is_counted=writer != _LIBRARY,
                words=features(spelt),
                shown=shown,
                vector=vector,
            )
        )
    return tuple(rows)


def train(rows: Sequence[Row], *, by_vector: bool) -> Scoping:
    """Return the model trained on all of `rows`, its thresholds from the cross-validation."""
    scores = sorted(s for s, r in zip(crossed(rows, by_vector=by_vector), rows, strict=True) if _is_taken(r))
    threshold = round(scores[int(_TAKEN * len(scores))], 2)
    known = [r for r in rows if r.kind is not None]
    kinds = {k: _net(known, [r.kind == k for r in known], by_vector=by_vector, by_word=False) for k in (*_KINDS, OTHER)}
    outside = _net(rows, [r.is_outside for r in rows], by_vector=by_vector)
    return Scoping(outside=outside, kinds=kinds, threshold=threshold)


def _is_taken(row: Row) -> bool:
    return row.is_counted and not row.is_outside


def crossed(rows: Sequence[Row], *, by_vector: bool) -> tuple[float, ...]:
    """Return each row's score by a net that was trained without the fifth it is in."""
    scores = [0.0] * len(rows)
    for fold in range(_FOLDS):
        kept = [r for n, r in enumerate(rows) if n % _FOLDS != fold]
        net = _net(kept, [r.is_outside for r in kept], by_vector=by_vector)
        for n in range(fold, len(rows), _FOLDS):
            scores[n] = net.score(rows[n].words, rows[n].shown, rows[n].vector)
    return tuple(scores)


def _net(rows: Sequence[Row], is_one: Sequence[bool], *, by_vector: bool, by_word: bool = True) -> Net:
    names = sorted(set().union(*(r.shown for r in rows)))
    columns = [
        [*(_SIGN * (name in r.shown) for name in names), *(_PLACE * v for v in (r.vector if by_vector else ()))]
        for r in rows
    ]
    weights = [_LATEST_WEIGHT if r.writer in _LATEST else 1.0 for r in rows]
    fit = fitted([r.words if by_word else frozenset() for r in rows], is_one, _PENALTY, columns, weights)
    return _as_net(fit, names)


def _as_net(fit: Fitted, names: Sequence[str]) -> Net:
    shown = {name: round(_SIGN * w, 2) for name, w in zip(names, fit.columns, strict=False)}
    places = tuple(round(_PLACE * w, 2) for w in fit.columns[len(names) :])
    return Net(bias=fit.bias, words=fit.words, signs=shown, vector=places)


def report(rows: Sequence[Row], model: Scoping, *, by_vector: bool) -> Iterator[str]:
    """Yield how many of each side come out right without having been trained on."""
    scores = crossed(rows, by_vector=by_vector)
    for writer in ("all", *dict.fromkeys(r.writer for r in rows if r.is_counted)):
        own = [
            (s, r.is_outside) for s, r in zip(scores, rows, strict=True) if r.is_counted and writer in ("all", r.writer)
        ]
        taken = [s < model.threshold for s, is_outside in own if not is_outside]
        declined = [s >= model.threshold for s, is_outside in own if is_outside]
        yield (
            f"{writer}: inside taken {share_in_words(sum(taken), len(taken))}; "
            f"outside declined {share_in_words(sum(declined), len(declined))}"
        )


def written(models: Models) -> str:
    """Return the models as the text of their file, the same for the same models."""
    return json.dumps(asdict(models), ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def main() -> int:
    """Train and write where asked to, then print the figures of the cross-validation."""
    snapshot = Assistant().snapshot
    rows = rows_of(snapshot.library, numbers_of(snapshot))
    if "--write" in sys.argv[1:]:
        models = Models(with_vector=train(rows, by_vector=True), without=train(rows, by_vector=False))
        FILE.write_text(written(models), encoding="utf-8")
        packaged_models.cache_clear()
    models = packaged_models()
    for name, model, by_vector in (("by vector", models.with_vector, True), ("without", models.without, False)):
        print(
            f"{name}, outside from {model.threshold} on:",
            *(f"  {line}" for line in report(rows, model, by_vector=by_vector)),
            sep="\n",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
