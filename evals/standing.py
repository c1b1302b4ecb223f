"""Trains the reader of whether a raised flag stands (``guardrails.standing``) and says how good it is.

``python -m evals.standing`` prints what readers that do not know a writer make of that writer's phrasings; ``--write``
trains on all of them first. The texts are those of ``evals.suspicion``; flags that escalate in no case are left out.
The limits are set by the same readers, which judge the whole text: of true flags one emergency and 5 urgent ones in a
hundred may head the answer instead of stopping it, and none of the textbook texts
(``textbook.jsonl``, three of each pattern). Parts that raise a flag by themselves are read as well in use, so fewer do.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from corpus.library import Library, read_library
from corpus.types import Action
from evals.fitting import fitted
from evals.metrics import wilson_interval
from evals.suspicion import Example, read_examples
from guardrails.standing.learned import FILE, UNCALMED, Reader, packaged_reader
from guardrails.standing.signs import is_calmed, signs

_PENALTY = 1.0
_LEAST_TEXTS = 10  # that have a sign
_LOWERED = {Action.EMERGENCY: 0.01, Action.URGENT_REFERRAL: 0.05}  # chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A training text as the reader sees it; `action` is None where it is ordinary, and `writer` where it is ours."""

    writer: str | None
    action: Action | None
    is_everyday: bool
    is_calmed: bool
    words: frozenset[str]
    shown: frozenset[str]


def rows_of(library: Library) -> tuple[Row, ...]:
    """Return the training texts as the reader sees them."""
    urgent = {f.id: f.action for f in library.red_flags if f.action.escalates}
    found = {e: words for e, words in read_examples(library).items() if e.pattern is None or e.pattern in urgent}
    return tuple(_row(e, words, library, urgent) for e, words in found.items())


def _row(example: Example, words: frozenset[str], library: Library, urgent: Mapping[str, Action]) -> Row:
    spelt = library.normaliser.expand(example.text)
    return Row(
        writer=example.writer,
        action=urgent[example.pattern] if example.pattern else None,
        is_everyday=example.is_ordinary,
        is_calmed=is_calmed(spelt),
        words=words,
        shown=signs(spelt),
    )


def train(rows: Sequence[Row], scored: Sequence[tuple[Row, float]]) -> Reader:
    """Return the reader trained on all of `rows`; its limits come from rows `scored` by readers that are strangers."""
    reader = _fitted(rows)
    limits = {
        action: _limit(
            [s for r, s in scored if r.action is action],
            share,
            [reader.scored(r.words, r.shown) for r in rows if r.action is action and r.writer is None],
        )
        for action, share in _LOWERED.items()
    }
    return replace(reader, emergency=limits[Action.EMERGENCY], urgent=limits[Action.URGENT_REFERRAL])


def _limit(scores: Sequence[float], share: float, textbook_scores: Sequence[float]) -> float:
    """Return what `share` of `scores` lie below, or the lowest of the textbook's where that is lower."""
    return round(min(sorted(scores)[int(share * len(scores))], *textbook_scores) - 0.005, 2)


def scores_by_strangers(rows: Sequence[Row]) -> Iterator[tuple[Row, float]]:
    """Yield each row that somebody wrote with its score by a reader that does not know its writer."""
    for writer in sorted({r.writer for r in rows if r.writer}):
        reader = _fitted([r for r in rows if r.writer != writer])
        for row in rows:
            if row.writer == writer:
                yield row, reader.scored(row.words, row.shown) + (0 if row.is_calmed else UNCALMED)


def _fitted(rows: Sequence[Row]) -> Reader:
    texts_with: dict[str, int] = {}
    for name in (name for r in rows for name in r.shown):
        texts_with[name] = texts_with.get(name, 0) + 1
    names = sorted(name for name, n in texts_with.items() if n >= _LEAST_TEXTS)
    columns = [[float(name in r.shown) for name in names] for r in rows]
    fit = fitted([r.words for r in rows], [r.action is not None for r in rows], _PENALTY, columns)
    shown = dict(zip(names, fit.columns, strict=True))
    return Reader(bias=fit.bias, words=fit.words, signs=shown, emergency=0.0, urgent=0.0)


def report(scored: Iterable[tuple[Row, float]], reader: Reader) -> Iterator[str]:
    """Yield for each writer how many texts of each kind a reader that does not know the writer finds ordinary."""
    calm: dict[tuple[str, str], list[bool]] = {}
    for row, score in scored:
        limit = reader.urgent if row.action is Action.URGENT_REFERRAL else reader.emergency
        kind = row.action.value if row.action else "everyday" if row.is_everyday else "cleared twin"
        for name in (str(row.writer), "all"):
            calm.setdefault((name, kind), []).append(score < limit)
    for (name, kind), found in sorted(calm.items()):
        limits = wilson_interval(sum(found), len(found))
        interval = f", {limits.low:.1%} to {limits.high:.1%}" if limits else ""
        share = f"{sum(found)} of {len(found)} ({sum(found) / len(found):.1%}{interval})"
        yield f"{name}, {kind}, read as ordinary: {share}"


def written(reader: Reader) -> str:
    """Return the reader as the text of its file, the same for the same reader."""
    return json.dumps(asdict(reader), ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def main() -> int:
    """Train and write where asked to, then print the figures by writer; what is ordinary by the emergencies' limit."""
    library = read_library()
    rows = rows_of(library)
    scored = tuple(scores_by_strangers(rows))
    if "--write" in sys.argv[1:]:
        FILE.write_text(written(train(rows, scored)), encoding="utf-8")
        packaged_reader.cache_clear()
    reader = packaged_reader()
    print(f"{len(reader.words)} words and pairs, {len(reader.signs)} signs; ordinary below", end=" ")
    print(f"{reader.emergency} (emergency), {reader.urgent} (urgent)")
    print(*(f"  {line}" for line in report(scored, reader)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
