"""Readers of a muscle said to fall short: "hip abd 20% weaker", "quads 15% down", "weak glutes", "quads equal"."""

from __future__ import annotations

import re

from assistant.readers import Reader, constant, reader
from corpus.facts import FactValue

_SHORT = r"(?:weak(?:er|ness)?|down|less|lower|deficit|short|behind|reduced)"
_LEVEL = r"(?:equal|symmetrical|level|normal|strong|full|nad|not weak|intact|even|fine|ok(?:ay)?|good)"
_BETWEEN = r"(?:(?!\b(?:no|not|without|right|left|lt|rt)\b)[^.;?!,\d]){0,25}?"
_MOST_PERCENT = 95  # above it "weaker" is hardly a shortfall, and a misread symmetry more likely


def deficit_readers(name: str, what: str, flag: str) -> tuple[Reader, ...]:
    """Return the readers of how far `what` falls short: a percentage as a symmetry, a word as a flag.

    Args:
        name: the test whose symmetry it is: ``hip`` for ``hip.lsi``.
        what: a pattern of the muscle's names.
        flag: the fact that it falls short, true or false.
    """
    linking = r"(?:\W{1,3}(?:is|are|was|were|tests?|looks?|clearly|very))*"
    tested = rf"\b{what}\b(?: strength| handheld dynamometry)?{linking}"

    def short_by(match: re.Match[str]) -> dict[str, FactValue]:
        percent = float(match.group(1))
        return {f"{name}.lsi": 100 - percent} if 0 < percent <= _MOST_PERCENT else {}

    return (
        reader(rf"\b{what}\b{_BETWEEN}\b(?:{_SHORT}\W{{1,3}}(?:by |of )?)?(\d{{1,2}})\s*%\s*{_SHORT}\b", short_by),
        reader(rf"\b{what}\b{_BETWEEN}\b{_SHORT}\W{{1,3}}(?:by |of |about )*(\d{{1,2}})\s*%", short_by),
        reader(rf"(?<!\d)(\d{{1,2}})\s*%\s*(?:{_SHORT}|loss)\s(?:of |in |on )?(?:the )?{what}\b", short_by),
        constant(rf"\b(?:weak|poor|reduced|underworking|lazy) (?:[\w-]+ )?{what}\b", flag, value=True, askable=False),
        constant(
            rf"{tested}\W{{1,3}}(?:weak\w*|poor|wasted|atroph\w+|deficient)\b",
            flag,
            value=True,
            askable=False,
        ),
        constant(
            rf"{tested}\W{{1,3}}{_LEVEL}\b|\bno {what} (?:deficit|weakness)\b",
            flag,
            value=False,
            deniable=False,
            askable=False,
        ),
    )
