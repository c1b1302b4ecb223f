"""The chat in a real browser: asked, read, its citations opened, at three widths, light and dark."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tests.browsing import BROWSER, CASE, CONTRAST, SIZES, ask
from ui.welcome import EXAMPLES

pytestmark = BROWSER


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_a_physio_asks_and_opens_a_citation(opened, assistant, shots, width, scheme):
    page = opened(width, scheme)
    page.screenshot(path=shots / f"1-first-{width}-{scheme}.png")
    turn = ask(page, CASE)
    page.screenshot(path=shots / f"2-answer-{width}-{scheme}.png")
    assert turn.locator(".cp-short-answer").is_visible()
    left, right = (view.bounding_box() for view in turn.locator(".cp-view").all())
    if width == 390:
        assert right["y"] >= left["y"] + left["height"]
    else:
        assert right["y"] == left["y"]
        assert right["x"] >= left["x"] + left["width"]
    assert abs(left["width"] - right["width"]) <= 1

    citation = turn.locator(".cp-view .cp-cite").first
    citation.click()
    panel = page.locator("#cp-panel")
    passages = {p.text for p in assistant.snapshot.library.passages.values()}
    assert panel.locator("blockquote").inner_text() in passages
    assert "paragraph" in panel.locator("dl").inner_text()
    page.screenshot(path=shots / f"3-passage-{width}-{scheme}.png")
    assert page.evaluate(CONTRAST) == []
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert citation.evaluate("e => e === document.activeElement")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size({"width": width, "height": 2600})
    page.screenshot(path=shots / f"4-whole-{width}-{scheme}.png")


def test_the_keyboard_alone_is_enough(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.locator(".cp-skip:focus").bounding_box()["height"] >= 24
    page.keyboard.press("Enter")
    assert page.locator("#cp-box textarea:focus").count() == 1
    page.keyboard.type("Does an underworking calf")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("cause knee pain?")
    assert page.input_value("#cp-box textarea") == "Does an underworking calf\ncause knee pain?"
    page.keyboard.press("Enter")
    page.wait_for_selector(".cp-answer")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.cp-cite')"):
            break
    number = page.evaluate("document.activeElement.dataset.n")
    page.keyboard.press("Enter")
    assert page.inner_text("#cp-panel h2").startswith(f"[{number}]")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.n") == number


def test_an_example_asks_itself_and_a_new_case_starts_afresh(opened):
    page = opened()
    page.locator(".cp-example").first.click()
    page.wait_for_selector(".cp-answer")
    assert EXAMPLES[0][1] in page.inner_text(".cp-question")
    assert page.input_value("#cp-box textarea") == ""
    page.click("#cp-new")
    page.wait_for_selector(".cp-example")
    assert page.locator(".cp-turn").count() == 0


def test_a_follow_up_knows_the_case(opened, shots):
    page = opened(390)
    ask(page, CASE)
    turn = ask(page, "What dose of calf work, then?")
    assert "facts from before" in turn.inner_text()
    page.screenshot(path=shots / "5-follow-up-390.png")


def test_brief_and_full_differ(opened):
    page = opened()
    brief = ask(page, CASE).inner_text()
    page.get_by_text("Full", exact=True).click()
    assert len(ask(page, CASE).inner_text()) > len(brief)


def test_a_red_flag_comes_first(opened, shots):
    page = opened(390)
    turn = ask(page, "Knee hot, red and very swollen since yesterday, fever 39. Which calf exercises?")
    page.screenshot(path=shots / "6-red-flag-390.png")
    first = turn.locator(".cp-section").first
    assert "cp-safety" in first.get_attribute("class")
    assert turn.locator(".cp-view").count() == 0


@pytest.mark.parametrize(("question", "says"), [("???", "a question in words"), ("x" * 100_000, "at most 8,000")])
def test_nothing_typed_is_lost_when_it_cannot_be_answered(opened, shots, question, says):
    page = opened(390)
    page.fill("#cp-box textarea", question)
    page.click("#cp-send")
    page.wait_for_selector(".cp-notice:not([hidden])")
    assert says in page.inner_text(".cp-notice")
    assert page.input_value("#cp-box textarea") == question
    page.screenshot(path=shots / f"7-notice-{len(question)}.png")
    ask(page, "Does an underworking calf cause knee pain?")
    assert not page.locator(".cp-notice").is_visible()


def test_a_full_queue_is_told_in_words_and_nothing_typed_is_lost(opened):
    page = opened()
    opened.expected = "503"
    page.route("**/queue/join*", lambda route: route.fulfill(status=503, json={"detail": "Queue is full."}))
    page.fill("#cp-box textarea", CASE)
    page.press("#cp-box textarea", "Enter")
    page.wait_for_selector(".cp-notice:not([hidden])")
    assert "still in the box" in page.inner_text(".cp-notice")
    assert page.input_value("#cp-box textarea") == CASE


def test_a_draft_survives_a_reload_and_nothing_else_stays_in_the_browser(opened):
    page = opened()
    ask(page, CASE)
    page.fill("#cp-box textarea", "half a question")
    page.reload()
    page.wait_for_function("document.querySelector('#cp-box textarea')?.value === 'half a question'")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_an_image_in_a_question_is_text_and_loads_nothing(opened):
    hits = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Listener) as listener:
        Thread(target=listener.serve_forever, daemon=True).start()
        at = f"http://127.0.0.1:{listener.server_port}"
        page = opened()
        turn = ask(
            page,
            f"Does a weak calf cause knee pain? <img src={at}/a> ![x]({at}/b) <video src={at}/c></video>"
            f" <link rel=stylesheet href={at}/d> ${{alert(1)}} {{{{props}}}} <svg onload=alert(1)>",
        )
        assert "<img src=[link]>" in turn.locator(".cp-question").inner_text()
        assert turn.locator("img, video, link, svg, iframe").count() == 0
        time.sleep(0.5)
        listener.shutdown()
    assert hits == []


def test_the_policy_stops_what_would_load_from_outside(browser, served):
    page = browser.new_page()
    page.goto(served)
    page.wait_for_selector(".cp-example")
    blocked = page.evaluate(
        """() => new Promise(done => {
            document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective));
            const image = new Image(); image.src = 'http://127.0.0.1:9/x.png'; document.body.append(image);
        })"""
    )
    assert blocked == "img-src"
    page.close()


CLOT = "Nine days after ACLR, calf 4 cm bigger, pitting oedema, tender along the deep veins. Can heel raises start?"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_tap_on_a_reason_sets_a_red_flag_aside_and_keeps_the_box(opened, shots, scheme):
    page = opened(390, scheme)
    turn = ask(page, CLOT)
    reasons = turn.locator(".cp-set-aside")
    assert reasons.all_inner_texts() == ["Scanned clear", "Reviewed by medics", "Cue misread", "Old episode"]
    assert all(
        box["height"] >= 44 and box["x"] + box["width"] <= 390 for box in (r.bounding_box() for r in reasons.all())
    )
    assert page.evaluate(CONTRAST) == []
    page.screenshot(path=shots / f"8-reasons-390-{scheme}.png", full_page=True)
    page.fill("#cp-box textarea", "half a question")
    reasons.first.click()
    page.wait_for_function("document.querySelectorAll('.cp-answer').length === 2")
    answered = page.locator(".cp-turn").last
    assert CLOT in answered.locator(".cp-question").inner_text()
    assert "Set aside by you: Deep vein thrombosis (scanned clear)" in answered.inner_text()
    assert answered.locator(".cp-set-aside").count() == 0
    assert page.input_value("#cp-box textarea") == "half a question"
    page.screenshot(path=shots / f"9-set-aside-390-{scheme}.png", full_page=True)
    later = ask(page, "now the calf is swollen and hot, pitting oedema. Carry on?")
    assert later.locator(".cp-set-aside").count() == 4


def test_a_reason_can_be_chosen_by_keyboard_alone(opened):
    page = opened()
    ask(page, CLOT)
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.dataset.reason === 'reviewed-by-medics'"):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.cp-answer').length === 2")
    assert "(reviewed by medics)" in page.locator(".cp-turn").last.inner_text()
    page.wait_for_function("document.activeElement === document.querySelector('.cp-turn:last-child .cp-question')")


def test_the_apis_own_page_shows_its_examples_and_asks_nobody_else(opened, served, shots):
    page = opened()
    page.goto(f"{served}/api/v1/docs")
    asking = page.locator("#operations-answers-answer, .opblock-post").filter(has_text="Answer a question").first
    asking.locator(".opblock-summary-control").click()
    asking.locator(".highlight-code").first.wait_for()
    said = asking.inner_text()
    assert "SLHR 14 L v 27 R" in said
    assert '"schema": "counterpoint/answer/1"' in said
    assert page.locator(".opblock").count() > 50
    page.screenshot(path=shots / "docs-1440.png")
