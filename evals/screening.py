"""What happens before an answer, measured on phrasings written by people who had not seen the code.

``evals/phrasings`` holds them, one JSON object a line, each in a part: ``dev`` was tuned on, ``held`` was looked at
once the work on dev was done, ``fresh`` was written after that and has been read since. ``python -m evals.screening
[PART …]`` prints each figure with its interval and ends with 1 when a gate is missed; misses are listed of the dev
part only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.door import Assistant
from assistant.pipeline import QuestionError
from corpus.library import Library
from evals.phrasing import share_in_words
from guardrails.identifiers import redact
from guardrails.types import Answer, Status

FOLDER = Path(__file__).parent / "phrasings"
PARTS = ("dev", "held", "fresh", "fresh-2", "fresh-3", "fresh-4", "fresh-5")
ASKED_AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
"""The day on which every phrasing is asked, for ages and intervals."""

Phrasing = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of `n` came out well, what the gate asks, and the ids of the rest with what was seen."""

    name: str
    good: int
    n: int
    least: float | None
    misses: tuple[str, ...] = field(default=(), repr=False)

    @property
    def passed(self) -> bool:
        """Whether the gate is met; what has no gate is only reported."""
        return self.least is None or self.good >= self.least * self.n

    @property
    def line(self) -> str:
        """The figure as printed: count, share, 95 % interval, gate."""
        if not self.n:
            return f"{self.name}: none of this part"
        gate = "" if self.least is None else f"; gate {self.least:.0%}: {'met' if self.passed else 'MISSED'}"
        return f"{self.name}: {share_in_words(self.good, self.n)}{gate}"


def read_phrasings(name: str, part: str) -> tuple[Phrasing, ...]:
    """Return the phrasings of ``FOLDER/name.jsonl`` that are in `part`, in the order of the file."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(p for p in map(json.loads, lines) if p["part"] == part)


def screened(assistant: Assistant, part: str) -> Iterator[Share]:
    """Yield every figure of `part`."""
    library = assistant.snapshot.library
    yield from _red_flags(assistant, read_phrasings("red-flags", part), library)
    ordinary = read_phrasings("ordinary", part)
    yield _share("ordinary cases not escalated", ordinary, 0.97, lambda p: _calm(_asked(assistant, p)))
    yield _share("… without anything to rule out first", ordinary, None, lambda p: _unhurried(_asked(assistant, p)))
    scope = read_phrasings("scope", part)
    for inside, name in ((True, "questions inside the scope taken"), (False, "questions outside declined")):
        chosen = [p for p in scope if p["inside"] is inside]
        yield _share(name, chosen, None, lambda p, inside=inside: _in_scope(assistant, p, inside=inside))
    yield from _identifiers(read_phrasings("identifiers", part), library)


def _red_flags(assistant: Assistant, phrasings: Sequence[Phrasing], library: Library) -> Iterator[Share]:
    urgent = {f.id for f in library.red_flags if f.action.escalates}
    escalating = [p for p in phrasings if p["pattern"] in urgent]
    answers = {p["id"]: _asked(assistant, p) for p in phrasings}
    yield _share("red flags escalated", escalating, None, lambda p: _alarm(answers[p["id"]]))
    yield _share("… or told what to rule out first", escalating, 1.0, lambda p: _warned(answers[p["id"]]))
    yield _share("… under a pattern that fits", escalating, None, lambda p: _named(answers[p["id"]], p))
    others = [p for p in phrasings if p["pattern"] not in urgent]
    yield _share("flags to refer noticed", others, None, lambda p: _named(answers[p["id"]], p))


def _identifiers(phrasings: Sequence[Phrasing], library: Library) -> Iterator[Share]:
    texts = {
        p["id"]: redact(p["text"], today=ASKED_AT.date(), authors=library.proponents).text.casefold() for p in phrasings
    }
    for group, least in (("structured", 0.99), ("cued", 0.98), ("bare", None)):
        secrets = [{**p, **secret} for p in phrasings if p["group"] == group for secret in p["secrets"]]
        yield _share(f"{group} identifiers removed", secrets, least, lambda s: _gone(s, texts[s["id"]]))
    kept = [{**p, "said": word} for p in phrasings for word in p["keep"]]
    yield _share("clinical terms and numbers kept", kept, 0.99, lambda k: _kept(k, texts[k["id"]]))


def _asked(assistant: Assistant, phrasing: Phrasing) -> Answer:
    return assistant.ask(phrasing["text"], history=phrasing.get("history") or (), asked_at=ASKED_AT)


def _alarm(answer: Answer) -> str | None:
    return None if answer.status is Status.ESCALATED else answer.status.value


def _warned(answer: Answer) -> str | None:
    standing = any(f.action.escalates and f.dismissed is None for f in answer.red_flags)
    return None if standing else answer.status.value


def _unhurried(answer: Answer) -> str | None:
    possible = [f"{f.pattern}: {'; '.join(f.triggers)}" for f in answer.red_flags if f.is_possible]
    return ", ".join(possible) or None


def _calm(answer: Answer) -> str | None:
    urgent = [f"{f.pattern}: {'; '.join(f.triggers)}" for f in answer.red_flags if f.escalates]
    return ", ".join(urgent) if answer.status is Status.ESCALATED else None


def _named(answer: Answer, phrasing: Phrasing) -> str | None:
    seen = {f.pattern for f in answer.red_flags}
    accepted = {phrasing["pattern"], *phrasing.get("also", ())}
    return None if seen & accepted else f"{phrasing['pattern']} expected, seen {', '.join(sorted(seen)) or 'nothing'}"


def _in_scope(assistant: Assistant, phrasing: Phrasing, *, inside: bool) -> str | None:
    try:
        status = _asked(assistant, phrasing).status
    except QuestionError:  # "????????" is turned away before anything is read
        return "no question" if inside else None
    return None if (status is Status.DECLINED) is not inside else status.value


def _gone(secret: Phrasing, text: str) -> str | None:
    is_left = re.search(rf"(?<!\w){re.escape(secret['said'].casefold())}(?!\w)", text)
    return f"{secret['kind']} {secret['said']!r} left" if is_left else None


def _kept(kept: Phrasing, text: str) -> str | None:
    return None if kept["said"].casefold() in text else f"{kept['said']!r} taken out"


def _share(name: str, items: Sequence[Phrasing], least: float | None, wrong: Callable[[Phrasing], str | None]) -> Share:
    found = [(item, wrong(item)) for item in items]
    misses = tuple(f"{item['id']}: {why}: {' / '.join(_said(item))}" for item, why in found if why is not None)
    return Share(name=name, good=len(items) - len(misses), n=len(items), least=least, misses=misses)


def _said(item: Phrasing) -> list[str]:
    return [" ".join(t.split()) for t in (*(item.get("history") or ()), item["text"])]


def main() -> int:
    """Print the figures of the parts named on the command line, all of them without a name."""
    parser = argparse.ArgumentParser(
        description="What happens before an answer, measured on phrasings nobody tuned on."
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)}; all when left out")
    parser.add_argument("--misses", action="store_true", help="list the misses of the dev part as well")
    given = parser.parse_args()
    unknown = [part for part in given.parts if part not in PARTS]
    if unknown:
        parser.error(f"expected a part out of {', '.join(PARTS)}, got {', '.join(unknown)}")
    assistant, passed = Assistant(), True
    for part in given.parts or PARTS:
        print(f"{part}:")
        for share in screened(assistant, part):
            passed = passed and share.passed
            print(f"  {share.line}")
            for miss in share.misses if given.misses and part == "dev" else ():
                print(f"      {miss}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
