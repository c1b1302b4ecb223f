"""Sifting: what is no statement is left out and listed; what a clinic would want to cite stays."""

from __future__ import annotations

import pytest

from corpus.ingest.reading import read_document
from corpus.ingest.sifting import reasons, sift
from corpus.ingest.types import Block, Document, FileKind, WhyDropped
from tests.made_documents import BATHS, RISES, STAIRS, write_html, write_pdf


def sifted(*texts, kind=FileKind.TEXT):
    return sift(Document(kind=kind, blocks=tuple(t if isinstance(t, Block) else Block(text=t) for t in texts)))


def heading(text):
    return Block(text=text, is_heading=True)


def kept(document):
    return [b.text for b in document.blocks]


def left_out(document):
    return [(d.block.text, d.why) for d in document.dropped]


@pytest.mark.parametrize(
    "text",
    [
        "Home", "Menu", "Search…", "Log in", "Skip to main content", "Back to top", "Share this post", "Read more »",
        "We use cookies to improve your visit.", "Accept all cookies", "Privacy policy", "© 2026 Riverside Physio",
        "Copyright 2026 Riverside Physio", "All rights reserved.", "Previous post: ankle pain", "Posted by: A. North",
        "Tags: knee, calf", "Related articles", "Leave a comment", "Contact us",
    ],
)  # fmt: skip
def test_navigation_is_left_out(text):
    document = sifted(RISES, text)
    assert (kept(document), left_out(document)) == ([RISES], [(text, WhyDropped.NAVIGATION)])


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for our webinar on knees.", "Enrol now and learn more.", "Use the code KNEE20 at the desk.",
        "Get a 20% discount this week.", "Save up to 30% off.", "You can get 50 % off the whole course.",
        "Subscribe to our newsletter.", "My new online course shows it all.", "Join our community of therapists.",
        "Book your free call now.", "Book an appointment with us.", "Limited places available.", "Click here.",
        "A free trial of the app starts today.", "Follow us on Instagram.", "Read what our testimonials say.",
        "You will learn how to assess gait on it.", "Find out more about our programme.", "Money-back guarantee!",
    ],
)  # fmt: skip
def test_promotion_is_left_out(text):
    document = sifted(RISES, text)
    assert (kept(document), left_out(document)) == ([RISES], [(text, WhyDropped.PROMOTION)])


@pytest.mark.parametrize(
    "text",
    [
        "Home exercise programme: three sets of heel rises.", "Search for a Baker's cyst behind the knee.",
        "We cannot discount the hip as a source.", "Reduce the load to 50% of body weight.", "Keep 20% off full extension.",
        "A pain-free trial of running comes first.", "After a symptom free trial of jogging, add hills.",
        "Patients join the programme at week six.", "Book a review at six weeks.", "Book an X-ray by the Ottawa rules.",
        "Limited time in stance shows on the treadmill.", "Our course of treatment lasts six weeks.",
        "Some authors subscribe to both views.", "Order the imaging now if it locks.", "Copyright law is no reason to rest.",
        "Share this plan with the patient and the coach.", "Next comes the step-down test.", "Contact the surgeon at once.",
        "In the course of rehabilitation the swelling falls.", "Stage 2.", "Rest!",
    ],
)  # fmt: skip
def test_what_only_sounds_like_navigation_or_promotion_is_kept(text):
    assert kept(sifted(RISES, text)) == [RISES, text]


def test_a_sentence_that_promotes_goes_by_itself():
    document = sifted(f"{RISES} Subscribe to our newsletter. {BATHS} {STAIRS}")
    assert kept(document) == [RISES, f"{BATHS} {STAIRS}"]
    assert left_out(document) == [("Subscribe to our newsletter.", WhyDropped.PROMOTION)]


def test_scraps_are_left_out_and_headings_stay():
    document = sifted(heading("Phase 1"), RISES, "Figure 3")
    assert kept(document) == ["Phase 1", RISES]
    assert left_out(document) == [("Figure 3", WhyDropped.TOO_SHORT)]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([heading("Phase 1"), "Quad sets", "Heel slides"], ["Phase 1: Quad sets; Heel slides"]),
        (["In week one do:", "Quad sets", "Heel slides", RISES], ["In week one do: Quad sets; Heel slides", RISES]),
        ([heading("Phase 1"), heading("Phase 2"), "Step-ups", "Lunges"], ["Phase 1", "Phase 2: Step-ups; Lunges"]),
        ([heading("Author"), "A. North", RISES], ["Author", RISES]),
        ([RISES, "Quad sets", "Heel slides"], [RISES]),
    ],
    ids=["under a heading", "after a colon", "under the nearer heading", "one is no list", "nothing introduces it"],
)
def test_a_list_of_short_items_stands_with_what_introduces_it(blocks, expected):
    assert kept(sifted(*blocks)) == expected


def test_a_list_of_references_is_left_out_until_the_next_heading():
    document = sifted(
        RISES, heading("References"), "North A. Cold water for sore knees. 2020.", heading("Appendix"), BATHS
    )
    assert kept(document) == [RISES, "Appendix", BATHS]
    assert {why for _, why in left_out(document)} == {WhyDropped.REFERENCES}


def test_headers_and_page_numbers_of_a_pdf_are_left_out(tmp_path):
    pages = [[RISES, "1 of 3"], [BATHS, "2 of 3"], [STAIRS, "3 of 3"]]
    document = sift(read_document(write_pdf(tmp_path / "a.pdf", pages, header="Riverside Clinic protocol, page")))
    assert kept(document) == [RISES, BATHS, STAIRS]
    assert {why for _, why in left_out(document)} == {WhyDropped.REPEATED}


def test_a_sentence_repeated_on_each_page_is_kept_once(tmp_path):
    pages = [
        [RISES, "Stop when pain is above 5."],
        [BATHS, "Stop when pain is above 5."],
        [STAIRS, "Stop when pain is above 5."],
    ]
    assert kept(sift(read_document(write_pdf(tmp_path / "a.pdf", pages)))) == [
        RISES,
        "Stop when pain is above 5.",
        BATHS,
        STAIRS,
    ]


def test_a_sentence_that_the_end_of_a_page_breaks_is_whole_and_stands_on_the_page_it_begins(tmp_path):
    pages = [[RISES, "The knee is loaded in single-"], ["leg work until it is steady."], [STAIRS]]
    document = sift(read_document(write_pdf(tmp_path / "a.pdf", pages, header="Riverside Clinic protocol, page")))
    assert [(b.page, b.text) for b in document.blocks] == [
        (1, RISES), (1, "The knee is loaded in single-leg work until it is steady."), (3, STAIRS),
    ]  # fmt: skip


def test_menus_and_footers_of_a_page_are_left_out_and_listed(tmp_path):
    around = (
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/shop'>Our shop for braces and tape</a></li></ul></nav>"
    )
    document = sift(read_document(write_html(tmp_path / "a.html", around=around)))
    assert kept(document) == ["Pool protocol", RISES, BATHS, STAIRS]
    assert ("Our shop for braces and tape", WhyDropped.NAVIGATION) in left_out(document)


def test_every_block_is_either_kept_or_listed():
    texts = [RISES, "Home", "Figure 3", "Subscribe now!", BATHS, "References", "North A. 2020."]
    document = sifted(*texts)
    assert sorted([*kept(document), *(t for t, _ in left_out(document))]) == sorted(texts)


def test_the_reasons_are_counted_the_most_frequent_first():
    document = sifted(RISES, "Home", "Menu", "Subscribe now!")
    assert reasons(document.dropped) == "2 navigation, 1 promotion"
    assert reasons(()) == ""
