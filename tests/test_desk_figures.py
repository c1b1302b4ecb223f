"""What the reviews come to: agreement with its interval, the week's digest, the time they take, and all as rows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from assistant.desk import NotAllowedError
from assistant.desk.agreeing import Alpha, alpha
from assistant.desk.sampling import chosen
from assistant.records.review_types import AnswerVerdict, CitationVerdict, ViewpointVerdict
from assistant.records.store import Records
from tests.desks import Clinic, a_form, an_answer

ACCEPT, CORRECT, REJECT = AnswerVerdict
SUPPORTS, PARTLY, *_ = CitationVerdict


@pytest.fixture
def clinic(tmp_path: Path):
    with Records(tmp_path) as records:
        yield Clinic(records)


# --- agreement


def test_nothing_to_compare_is_no_agreement():
    assert alpha([], CitationVerdict, "nominal") == Alpha(value=None, low=None, high=None, same=None, units=0, items=0)
    assert alpha([[], []], CitationVerdict, "nominal").units == 0


def test_one_verdict_throughout_has_no_alpha_but_is_the_same():
    found = alpha([[(SUPPORTS, SUPPORTS)]] * 9, CitationVerdict, "nominal")
    assert (found.value, found.low, found.high, found.same, found.units) == (None, None, None, 1.0, 9)


def test_alpha_is_what_its_formula_gives_by_hand():
    """For two coders and two values: 1 - (n - 1) o01 / (n0 n1), here with n = 20 judgements, 14 and 6, 4 units apart."""
    first, second = "0100000000", "1110010100"
    pairs = [
        [(CORRECT if a == "1" else ACCEPT, CORRECT if b == "1" else ACCEPT)] for a, b in zip(first, second, strict=True)
    ]
    found = alpha(pairs, AnswerVerdict, "nominal")
    assert found.value == pytest.approx(1 - 19 * 4 / (14 * 6))
    assert found.same == pytest.approx(0.6)
    assert (found.units, found.items) == (10, 10)


def test_the_order_of_verdicts_counts_for_answers():
    near, far = (
        [[(ACCEPT, ACCEPT)]] * 5 + [[(CORRECT, REJECT)]] * 5,
        [[(ACCEPT, ACCEPT)]] * 5 + [[(ACCEPT, REJECT)]] * 5,
    )
    assert alpha(near, AnswerVerdict, "ordinal").value > alpha(far, AnswerVerdict, "ordinal").value


def test_the_interval_counts_an_answers_citations_as_one_observation():
    """The same units in 5 items of 10 and in 50 items of one: clustered, the interval is wider."""
    rng = np.random.default_rng(7)
    items = [
        [(SUPPORTS, SUPPORTS)] * 5 + [(PARTLY, PARTLY)] * 5
        if n < 3
        else [(SUPPORTS, PARTLY)] * 5 + [(PARTLY, SUPPORTS)] * 5
        for n in range(5)
    ]
    alone = [[pair] for item in items for pair in item]
    rng.shuffle(alone)
    clustered, single = alpha(items, CitationVerdict, "nominal"), alpha(alone, CitationVerdict, "nominal")
    assert clustered.value == pytest.approx(single.value)
    assert clustered.high - clustered.low > 1.5 * (single.high - single.low)
    assert clustered.low <= clustered.value <= clustered.high


def test_one_item_has_no_interval():
    found = alpha([[(SUPPORTS, SUPPORTS), (PARTLY, PARTLY), (PARTLY, SUPPORTS)]], CitationVerdict, "nominal")
    assert found.value is not None
    assert (found.low, found.high) == (None, None)


def test_the_same_reviews_give_the_same_interval():
    pairs = [[(ACCEPT, ACCEPT)], [(ACCEPT, REJECT)], [(REJECT, REJECT)], [(CORRECT, CORRECT)]]
    assert alpha(pairs, AnswerVerdict, "ordinal") == alpha(pairs, AnswerVerdict, "ordinal")


def twice_reviewed(clinic: Clinic, number: int, first: str, second: str) -> int:
    item = clinic.sent(number)
    clinic.reviewed(item, clinic.ana, first, wants_second=True)
    clinic.reviewed(item, clinic.dora, second, citations={1: PARTLY, 3: SUPPORTS})
    return item


def test_agreement_is_over_what_two_judged_blind(clinic: Clinic):
    twice_reviewed(clinic, 1, "accept", "accept")
    twice_reviewed(clinic, 2, "accept", "reject")
    clinic.reviewed(clinic.sent(3), clinic.ana)  # by one only
    found = clinic.eva.agreement()
    assert (found.answers.units, found.answers.same) == (2, 0.5)
    assert (found.citations.units, found.citations.same, found.citations.items) == (
        2,
        0.0,
        2,
    )  # citation 1 only is in both
    assert (found.viewpoints.units, found.viewpoints.same) == (4, 1.0)
    with pytest.raises(NotAllowedError):
        clinic.ben.agreement()


def test_a_verdict_that_was_changed_after_the_reveal_counts_as_it_was(clinic: Clinic):
    item = twice_reviewed(clinic, 1, "accept", "reject")
    clinic.ana.reopen(item)
    clinic.ana.save_review(item, a_form("reject"), finish=True)
    assert clinic.eva.agreement().answers.same == 0.0


# --- the digest


def test_the_digest_tells_the_three_points_that_most_reviews_corrected(clinic: Clinic):
    fair = {"calf-focused": ViewpointVerdict.FAIR}
    for number in (1, 2, 3):
        clinic.reviewed(
            clinic.sent(number), clinic.ana, "accept", citations={2: CitationVerdict.OVERSTATED}, viewpoints=fair
        )
    doses = clinic.sent(4, cruxes=["doses"], by=clinic.cem)
    clinic.reviewed(doses, clinic.dora, "reject", citations={}, viewpoints={"whole-chain": ViewpointVerdict.CARICATURE})
    again = clinic.sent(5, cruxes=["doses"])
    clinic.reviewed(again, clinic.dora, "reject", citations={1: SUPPORTS}, viewpoints=fair)
    clinic.reviewed(clinic.sent(6), clinic.ana, "accept", citations={}, viewpoints={})
    found = clinic.ana.digest(date(2026, 11, 29))
    assert (found.week, found.reviews, found.corrected) == (date(2026, 11, 23), 6, 5)
    assert [(p.topic, p.what, p.where, p.reviews) for p in found.points] == [
        ("calf-for-everyone", "overstated", "barker-calf-rehab:31a", 3),
        ("doses", "reject", "answer", 2),
        ("doses", "caricature", "whole-chain", 1),
    ]
    assert found.points[1].items == (doses, again)
    assert clinic.cem.digest(date(2026, 11, 23)).points[1].items == (doses,)  # a physio opens their own only
    assert clinic.ana.digest(date(2026, 11, 30)).reviews == clinic.ana.digest(date(2026, 11, 22)).reviews == 0
    with pytest.raises(NotAllowedError):
        clinic.nobody.digest(date(2026, 11, 23))


def test_the_digest_tells_nothing_of_an_item_that_waits_for_a_blind_second(clinic: Clinic):
    clinic.reviewed(clinic.sent(1), clinic.ana, "reject", wants_second=True)
    assert clinic.dora.digest(date(2026, 11, 23)).reviews == 0


# --- time and rows


def test_the_median_of_minutes_is_of_finished_reviews(clinic: Clinic):
    assert clinic.ana.median_minutes() is None
    for number, minutes in ((1, 2), (2, 3), (3, 10)):
        item = clinic.sent(number)
        clinic.ana.reserve(item)
        clinic.clock.forward(minutes)
        clinic.ana.save_review(item, a_form(), finish=True)
    clinic.ana.reserve(clinic.sent(4))
    assert clinic.ana.median_minutes() == 3.0
    with pytest.raises(NotAllowedError):
        clinic.ben.median_minutes()


def test_reviews_come_out_as_rows_that_json_takes_and_hide_what_is_blind(clinic: Clinic):
    item = clinic.sent(1)
    clinic.reviewed(item, clinic.ana, "reject", wants_second=True)
    assert clinic.dora.export_reviews() == ()
    assert len(clinic.ana.export_reviews()) == 1
    clinic.reviewed(item, clinic.dora, "corrections")
    rows = clinic.eva.export_reviews()
    assert json.loads(json.dumps(rows)) == list(rows)
    assert [(r["reviewer"], r["ordinal"], r["verdict"], r["settled"], r["minutes"]) for r in rows] == [
        ("Ana", 1, "reject", None, 5.0),
        ("Dora", 2, "corrections", None, 5.0),
    ]
    assert rows[0]["passages"] == {"leppanen-2024:1": "supports", "barker-calf-rehab:31a": "partly"}
    assert (rows[1]["corrected"], rows[1]["asker"]) == ("Load the calf first.", "Ben")
    with pytest.raises(NotAllowedError):
        clinic.ben.export_reviews()


# --- the two-minute path


def a_long_answer() -> dict:
    def claim(number: int, **more: object) -> dict:
        return {"id": f"c{number}", "text": "x", "basis": "synthesis", "origin": "a/b", "citations": [1]} | more

    return an_answer(
        sections=[
            {"kind": "safety", "viewpoint": None, "claims": [claim(1)]},
            {"kind": "short_answer", "viewpoint": None, "claims": [claim(2), claim(3)]},
            {"kind": "deciding", "viewpoint": None, "claims": [claim(4, basis="computed"), claim(5)]},
            {"kind": "viewpoint", "viewpoint": "calf-focused", "claims": [claim(6), claim(7)]},
            {"kind": "viewpoint", "viewpoint": "whole-chain", "claims": [claim(8), claim(9, origin=None)]},
            {"kind": "evidence", "viewpoint": None, "claims": [claim(n) for n in range(10, 20)]},
            {"kind": "missing", "viewpoint": None, "claims": [claim(20)]},
        ]
    )


def test_two_minutes_show_the_short_answer_each_school_once_what_is_in_doubt_and_a_sample():
    path = chosen(a_long_answer(), None, seed="1")
    assert path.shown == ("c1", "c2", "c3", "c6", "c8")
    assert path.flagged == ("c4", "c9")
    assert len(path.sampled) == 2
    assert set(path.sampled) <= {"c5", "c7", *(f"c{n}" for n in range(10, 20))}


def test_the_sample_is_the_same_for_both_reviewers_and_another_for_another_item():
    drawn = [chosen(a_long_answer(), None, seed=str(n)).sampled for n in range(40)]
    assert drawn == [chosen(a_long_answer(), None, seed=str(n)).sampled for n in range(40)]
    assert len(set(drawn)) > 20


def test_what_rests_on_a_source_nobody_saw_is_in_doubt(library):
    second_hand = next(s for s in library.sources if s.seen.level == "secondary" and s.passages)
    document = a_long_answer() | {"citations": [{"number": 1, "source_id": second_hand.id}]}
    assert {"c5", "c7", "c10"} <= set(chosen(document, library, seed="1").flagged)
    gone = a_long_answer() | {"citations": [{"number": 1, "source_id": "no-such-source"}]}
    assert "c5" in chosen(gone, library, seed="1").flagged


def test_the_desk_draws_for_an_item(clinic: Clinic):
    item = clinic.sent(1)
    assert clinic.ana.two_minutes(item) == clinic.dora.two_minutes(item)
    clinic.knowledge = SimpleNamespace()
    with pytest.raises(NotAllowedError):
        clinic.cem.two_minutes(item)
