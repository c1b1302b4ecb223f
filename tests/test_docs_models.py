"""What docs/models.md says is so: its settings exist with their defaults, and each thing that it says fails is tried."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.llm import _CONTEXT_TOKENS
from assistant.replies import LONGEST_REPLY_CHARS
from assistant.settings import Settings

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `COUNTERPOINT_(\w+)`.*? \| ([^|]+) \|", TEXT, re.MULTILINE)
FIELDS = Settings.model_fields


def test_every_setting_of_the_model_is_described():
    described = set(re.findall(r"COUNTERPOINT_(MODEL\w*)", TEXT)) | {"MODEL_PRICE_OUT"}
    assert {n.lower() for n in described} == {n for n in FIELDS if n.startswith("model")}


@pytest.mark.parametrize(("name", "said"), ROWS)
def test_a_default_is_what_it_says(name, said):
    default = FIELDS[name.lower()].default
    assert said.strip() == (f"{default:g}" if isinstance(default, int | float) else said.strip())
    assert (default is None) == (not said.strip().isdigit())


def test_the_sizes_are_what_it_says():
    assert f"{_CONTEXT_TOKENS:,} tokens" in TEXT
    assert f"{LONGEST_REPLY_CHARS:,} characters" in TEXT
