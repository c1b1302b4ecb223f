"""The figures of a passage's record beside its quote: those that an answer states and the quote does not print."""

from __future__ import annotations

from assistant.door import Assistant
from assistant.figuring import figures_line
from corpus.numbers import numbers_of
from ui.papers.reading import full_reference

QUESTION = "61F knee OA, does exercise really help?"


def test_a_number_of_an_answer_that_no_quote_prints_stands_in_the_figures_beside_it(assistant: Assistant) -> None:
    answer = assistant.ask_json(QUESTION)
    cited = {c["number"]: c for c in answer["citations"]}
    checked = 0
    for claim in (c for s in answer["sections"] for c in s["claims"] if c["basis"] in ("source", "synthesis")):
        mine = [cited[n] for n in claim["citations"]]
        beyond = set(numbers_of(claim["text"])) - {n for c in mine for n in numbers_of(c["quote"])}
        beyond -= set(numbers_of(QUESTION))
        checked += len(beyond)
        assert beyond <= {n for c in mine for value in c["figures"].values() for n in numbers_of(value)}
    assert checked  # else nothing was looked at


def test_the_reference_list_and_the_files_tell_the_figures(assistant: Assistant) -> None:
    answer = assistant.ask_json(QUESTION)
    told = [c for c in answer["citations"] if c["figures"]]
    assert told
    for citation in told:
        assert figures_line(citation["figures"]) in answer["markdown"]
        assert figures_line(citation["figures"]) in full_reference(citation)


def test_without_figures_nothing_is_told() -> None:
    assert figures_line(None) == figures_line({}) == ""
