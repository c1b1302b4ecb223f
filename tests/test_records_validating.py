"""What is kept is checked and cleaned first; the refusals are tested where they are met, in the store."""

from __future__ import annotations

import pytest

from assistant.records.validating import to_title


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("", "Untitled"),
        (" \x07\n ", "Untitled"),
        ("two\n lines", "two lines"),
        ("w" * 200, "w" * 79 + "…"),
        ("calf " * 40, "calf " * 15 + "calf…"),
        ("x" * 80, "x" * 80),
    ],
)
def test_a_title_is_one_line(question: str, title: str):
    assert to_title(question) == title
    assert len(title) <= 80
