"""What two readers said of claims and their passages, counted."""

from __future__ import annotations

import pytest

from evals.support import LABELS, kappa, read_labels, report


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([("full", "full")], None),
        ([("full", "full"), ("no", "no")], 1.0),
        ([("full", "no"), ("no", "full")], -1.0),
        ([("full", "full"), ("full", "no"), ("no", "no"), ("no", "no")], 0.5),
    ],
)
def test_agreement_beyond_chance(pairs, expected):
    assert kappa(pairs) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("kind", ["labels", "strict"])
def test_every_claim_has_a_label_of_each_reader(kind):
    pairs = read_labels(kind)
    assert len(pairs) == 200
    assert {label for pair in pairs for label in pair} <= set(LABELS)
    lines = list(report(pairs))
    assert lines[0].startswith("full to both: ")
    assert "kappa" in lines[-1]
