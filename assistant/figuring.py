"""The figures of a passage's record that an answer uses, so that a reader can check a number beside the quote."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.library import Library
from corpus.numbers import numbers_of
from guardrails.types import Answer


def figures_used(answer: Answer, library: Library) -> dict[str, dict[str, str]]:
    """Return by passage the figures of its record that a claim states and no cited sentence prints, by name.

    What the asker typed is no figure of a passage.
    """
    used: dict[str, dict[str, str]] = {}
    typed = {n for turn in answer.case.turns for n in numbers_of(turn)}
    for claim in answer.draft.claims:
        cited = [library.passages[c.passage_id] for c in claim.citations if c.passage_id in library.passages]
        printed = {n for passage in cited for n in numbers_of(passage.text)}
        beyond = set(numbers_of(claim.text)) - printed - typed
        for passage in cited:
            found = {name: value for name, value in passage.figures.items() if beyond & set(numbers_of(value))}
            used.setdefault(passage.id, {}).update(found)
    return used


def figures_in_words(figures: Mapping[str, str]) -> str:
    """Return figures with their names.

    >>> figures_in_words({"pain_immediate": "12 points/100; 95% CI 10 to 15"})
    'pain immediate 12 points/100; 95% CI 10 to 15'
    """
    return "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())


def figures_line(figures: Mapping[str, str] | None) -> str:
    """Return figures as they stand beside a quote or at the end of a reference, empty where there are none."""
    return f"Figures in its record: {figures_in_words(figures)}" if figures else ""
