"""What a limit of this leg rules out of the library's own advice: a sentence that holds for most is not for this one.

The library's sentences speak of patients in general, and each has its own conditions; a limit cuts across all of them:
no weight on the leg, no impact yet after an operation. The same restrictions hold for a model's draft
(`guardrails.precautions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.facts import Facts
from corpus.library import Library
from corpus.sentences import Sentence, render, variant, variants
from corpus.types import Crux, Restriction, Text
from guardrails.limits import in_force, ruled_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The restrictions that hold of one case."""

    held: tuple[Restriction, ...]
    library: Library

    def rule_out(self, text: str) -> bool:
        """Return whether a limit rules out what `text` advises."""
        return bool(self.held) and ruled_out(text, self.held, self.library) is not None

    def variant(self, crux: Crux, place: str, texts: tuple[Text, ...], facts: Facts) -> Sentence | None:
        """Return the first sentence of `texts` that fits `facts` and that no limit rules out, if there is one."""
        if not self.held:
            return variant(crux, place, texts, facts)
        return next((s for s in variants(crux, place, texts, facts) if not self.rule_out(s.text)), None)

    def on_asked(self, texts: Sequence[str]) -> list[Sentence]:
        """Return what passages say of the limits on anything that `texts` name, in whatever words they ask for it."""
        return self.sourced(texts, is_asked=True)

    def sourced(self, texts: Sequence[str], *, is_asked: bool = False) -> list[Sentence]:
        """Return what passages say of the limits that rule out any of `texts`, each once."""
        found = (ruled_out(t, self.held, self.library, is_asked=is_asked) for t in texts)
        named = dict.fromkeys(limit.id for limit in found if limit is not None and limit.cites)
        return [render(self.library, f"restriction/{i}/why", {}) for i in named]


def limits_on(facts: Facts, library: Library) -> Limits:
    """Return the limits that hold of a case with `facts`."""
    return Limits(held=in_force(facts, library), library=library)
