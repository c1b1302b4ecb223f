"""The card for the couch: each test of the answer, how it is done, its cut-off, its error, and boxes to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.presenting import INTENDED_USE, to_dict
from corpus.predicates import holds
from ui.papers.card import couch_tests, measure_of, to_html, to_markdown

RUNNER = "34M runner, AKP 3/12, returns with mileage, SLHR 14 L v 27 R. Calf rehab?"
LONG = RUNNER + " No fever, no calf swelling, no night pain, settles with rest and comes back with the mileage." * 3
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def answered(assistant):
    return to_dict(assistant.ask(RUNNER), assistant.snapshot.library)


def of_crux(crux, position=0):
    """Return the least of an answer whose deciding section names one test of `crux`."""
    first = {"text": crux.next[-1].text, "origin": f"{crux.id}/next/0", "citations": []}
    claim = {"text": "t", "origin": f"{crux.id}/decides/{position}", "citations": []}
    return {
        "id": "a-1", "status": "answered", "question": LONG, "asked_at": "2026-11-30T10:00:00Z",
        "case": {"facts": [], "missing": []}, "cruxes": [crux.id], "sections": [{"kind": "deciding", "claims": [first, claim]}],
    }  # fmt: skip


def all_deciders(library):
    return [(c, n, d) for c in library.cruxes for n, d in enumerate(c.decides)]


def test_each_test_that_the_answer_names_is_on_the_card_and_no_other(answered, library):
    named = [c["origin"] for s in answered["sections"] if s["kind"] == "deciding" for c in s["claims"]]
    expected = [library.crux_by_id[o.split("/")[0]].decides[int(o[-1])].measure for o in named if "/decides/" in o]
    assert expected
    assert [t.name for t in couch_tests(answered, library)] == expected


def test_a_heel_rise_has_protocol_cut_off_both_branches_error_and_two_boxes(answered, library):
    test = couch_tests(answered, library)[0]
    assert 1 <= len(test.protocol) <= 3
    assert "60 beats a minute" in test.protocol[0]
    assert test.cut_off == "90% of the better side"
    assert test.is_ours
    assert [when for when, _ in test.branches] == ["Below", "Otherwise"]
    assert "about 6 repetitions" in test.error
    assert test.boxes == ("Left", "Right")
    assert test.known == "left 14, right 27"
    assert any("Losier" in s for s in test.sources)


def test_no_word_of_a_protocol_is_lost_in_its_three_lines(library):
    for crux, position, decider in all_deciders(library):
        measure = measure_of(decider, library)
        for test in couch_tests(of_crux(crux, position), library):
            words = re.findall(r"\w+", measure.protocol.lower()) if measure else []
            assert re.findall(r"\w+", " ".join(test.protocol).lower()) == words
            assert len(test.protocol) <= 3


def test_each_test_of_the_library_makes_a_card_with_what_each_result_favours(library):
    for crux, position, decider in all_deciders(library):
        for test in couch_tests(of_crux(crux, position), library):
            assert {then for _, then in test.branches} == {decider.if_above, decider.if_below}
            assert test.boxes in (("Left", "Right"), ("Before", "After"), ("Result",))


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("Single-leg heel rise, both sides", "heel-rise"),
        ("Effusion on the stroke test", "stroke-test"),
        ("Two-level Wells score", "wells-dvt"),
        ("Weight-bearing dorsiflexion", "knee-to-wall"),
        ("Knee-extension strength, dynamometer strapped", "quadriceps-isometric"),
        ("AKPS in patellofemoral pain", "akps"),
        ("Training log", None),
        ("Next-morning knee against usual", None),
    ],
)
def test_a_test_takes_the_protocol_of_its_own_measure(library, name, measure):
    found = {getattr(measure_of(d, library), "id", None) for _, _, d in all_deciders(library) if d.measure == name}
    assert found == {measure}


def test_what_is_asked_and_not_tested_is_on_no_card(library):
    crux = library.crux_by_id["return-to-sport-acl"]
    position = next(n for n, d in enumerate(crux.decides) if d.fact == "surgery.weeks")
    assert [d.fact for d in crux.decides][position] == "surgery.weeks"
    assert all(t.name != "Time since surgery" for t in couch_tests(of_crux(crux, position), library))


def test_where_a_model_wrote_the_answer_the_tests_of_its_question_are_taken(library):
    crux = library.crux_by_id["calf-cause"]
    free = of_crux(crux)
    free["sections"][0]["claims"][1]["origin"] = None
    assert [t.name for t in couch_tests(free, library)] == [d.measure for d in crux.decides if holds(d.when, {})][:3]


def test_a_stopped_answer_has_no_test(assistant, library):
    stopped = to_dict(assistant.ask("58F, calf swollen and hot since a flight. Calf raises?"), library)
    assert stopped["status"] == "escalated"
    assert couch_tests(stopped, library) == ()
    assert "names no test" in to_html(stopped, library)
    assert "names no test" in to_markdown(stopped, library)


def test_both_forms_state_the_intended_use_and_that_no_school_is_proved_right(answered, library):
    for text in (to_html(answered, library).replace("&#39;", "'"), to_markdown(answered, library)):
        assert INTENDED_USE in text
        assert "proves no school right" in text


def test_a_question_is_shown_and_never_read_as_html_or_markdown(answered, library):
    odd = {**answered, "question": 'AKP <img src=x onerror="alert(1)"> **bold** [link](http://x)'}
    assert "<img" not in to_html(odd, library)
    assert r"\<img" in to_markdown(odd, library)
    assert r"\*\*bold\*\* \[link\]" in to_markdown(odd, library)


def test_the_card_loads_nothing(answered, library):
    html = to_html(answered, library)
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert not re.search(r"(?:src|href)=\"(?!data:)", html)


def test_the_same_answer_gives_the_same_card(answered, library):
    assert to_html(answered, library) == to_html(answered, library)


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium")
@pytest.mark.parametrize(("tests", "width_mm"), [(2, 148), (3, 210)])
def test_a_card_prints_on_one_page_small_for_two_tests_at_most(library, tmp_path, tests, width_mm):
    from pdfminer.high_level import extract_pages
    from playwright.sync_api import sync_playwright

    cruxes = [c for c in library.cruxes if len(couch_tests(every_test_of(c), library)) >= tests]
    documents = [every_test_of(c, tests) for c in cruxes]
    documents.sort(key=lambda d: -len(to_markdown(d, library)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for document in documents[:6]:
            page.set_content(to_html(document, library))
            page.pdf(path=tmp_path / "card.pdf", prefer_css_page_size=True)
            pages = list(extract_pages(tmp_path / "card.pdf"))
            assert len(pages) == 1, document["cruxes"]
            assert abs(pages[0].width / 72 * 25.4 - width_mm) < 1
        browser.close()


def every_test_of(crux, most=9):
    document = of_crux(crux)
    claims = [{"text": "t", "origin": f"{crux.id}/decides/{n}", "citations": []} for n in range(len(crux.decides))]
    document["sections"][0]["claims"][1:] = claims[:most]
    return document
