"""Reviews in a real browser: every flow by mouse or by keyboard, at three widths, light and dark.

Each picture goes to the folder that COUNTERPOINT_SHOTS names, to be looked at.
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from assistant.desk import Desk
from assistant.desk.sampling import is_drawn_for_second
from assistant.presenting import to_dict, to_trace
from assistant.records.store import Records
from tests.browsing import BROWSER, CONTRAST, SIZES

QUESTION = "34M runner, ant knee pain 3/12, SLHR 14 L v 27 R. Calf rehab?"

pytestmark = BROWSER


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    with Records(tmp_path_factory.mktemp("reviews")) as records:
        yield records


@pytest.fixture(scope="module")
def address(assistant, kept):
    import uvicorn

    from ui.server import make_app

    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(make_app(assistant, kept), log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@dataclass
class Team:
    """The people of one test, and the windows they have open; at the end nothing may have gone wrong in one."""

    browser: object
    address: str
    assistant: object
    records: Records
    desks: dict[str, Desk] = field(default_factory=dict)
    contexts: list = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def desk(self, name: str) -> Desk:
        if name not in self.desks:
            role = "physio" if name.startswith(("Ben", "Cem")) else "mentor"
            unique = f"{name} {time.monotonic_ns() % 10**9}"
            nobody = Desk(self.records, None, knowledge=self.assistant)
            made = nobody.add_profile(unique, role)
            self.desks[name] = Desk(self.records, made, knowledge=self.assistant)
        return self.desks[name]

    def sent(self, note: str = "", question: str = QUESTION) -> int:
        """Ask as Ben until an answer is not of the tenth that is reviewed twice, send it, and return its number."""
        while True:
            case = f"c-{time.monotonic_ns():032x}"
            answer = self.assistant.ask(question, conversation=case)
            if not is_drawn_for_second(answer.id):
                break
        document = to_dict(answer, self.assistant.snapshot.library, self.assistant.originals)
        self.desk("Ben").keep(document, to_trace(answer, document), conversation=case)
        return self.desk("Ben").send_to_mentor(answer.id, note).id

    def opens(self, name: str, route: str, width: int = 1440, scheme: str = "light"):
        context = self.browser.new_context(
            viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme, reduced_motion="reduce"
        )
        self.contexts.append(context)
        cookie = {"name": "counterpoint-profile", "value": self.desk(name).profile.id, "url": self.address}
        context.add_cookies([cookie])
        page = context.new_page()
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.goto(f"{self.address}/{route}")
        page.wait_for_selector("#cp-screen h1")
        page.wait_for_load_state("networkidle")
        return page

    def end(self):
        for context in self.contexts:
            context.close()
        assert not [url for url in self.requests if not url.startswith((self.address, "data:"))]
        assert not [c for c in self.complaints if not any(known in c for known in self.expected)]


@pytest.fixture
def team(browser, address, assistant, kept):
    found = Team(browser, address, assistant, kept)
    yield found
    found.end()


def saved(page):
    page.wait_for_function("document.getElementById('cp-saved')?.textContent.includes('Saved 2') || "
                           "/Saved \\d\\d:/.test(document.getElementById('cp-saved')?.textContent)")  # fmt: skip


def judge_all(page, digit="1"):
    """Judge what the short path asks about, and the schools, by clicks."""
    for card in page.locator(".cp-card-passage:not([data-more])").all():
        card.locator(f"label:nth-of-type({digit})").click()
    for row in page.locator(".cp-school-row").all():
        row.locator("label").first.click()


def judge_all_by_keys(page):
    """Judge what the short path asks about, and the schools, without a pointer."""
    for _ in range(page.locator(".cp-claim:visible").count()):
        page.keyboard.press("j")
        for _ in range(page.locator(".cp-card-passage.is-carrying:visible").count()):
            page.keyboard.press("1")
    for _ in range(page.locator(".cp-school-row").count()):
        page.keyboard.press("v")
        page.keyboard.press("Space")


def finish(page, verdict="accept"):
    page.click(f"label:has(input[value={verdict}])")
    page.click("#cp-finish")
    page.wait_for_selector(".cp-given")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_queue_and_review_can_be_read_at_every_width(team, shots, width, scheme):
    item = team.sent("Would you have tested the hip first?")
    page = team.opens("Ana", "#/review", width, scheme)
    page.screenshot(path=shots / f"review-1-queue-{width}-{scheme}.png")
    assert page.evaluate(CONTRAST, "#cp-screen") == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.goto(f"{team.address}/#/review/{item}")
    page.wait_for_selector("#cp-review")
    page.locator(".cp-claim:visible .cp-mark").first.click()
    page.screenshot(path=shots / f"review-2-item-{width}-{scheme}.png")
    assert page.evaluate(CONTRAST, "#cp-screen") == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    small = page.eval_on_selector_all(
        "#cp-screen :is(button, a, label:has(input))",
        "all => all.filter(e => e.checkVisibility() && e.closest('.cp-skips') === null)"
        ".filter(e => e.getBoundingClientRect().height < 24).map(e => e.textContent.trim())",
    )
    assert small == []
    page.locator("label:has(input[value=corrections])").click()
    page.set_viewport_size({"width": width, "height": 3000})
    page.screenshot(path=shots / f"review-3-whole-{width}-{scheme}.png")
    assert page.evaluate(CONTRAST, "#cp-screen") == []


def test_filters_stand_in_the_address_and_survive_the_way_back(team):
    item = team.sent("A word of its own: zanzibar")
    page = team.opens("Ana", "#/review?state=all")
    page.fill("#cp-filters input[name=search]", "zanzibar")
    page.click(".cp-filters button")
    page.wait_for_function("document.querySelectorAll('.cp-line-question').length === 1")
    assert "search=zanzibar" in page.url
    page.click(".cp-line-question")
    page.wait_for_selector(f"#cp-review[data-id='{item}']")
    page.go_back()
    page.wait_for_selector("#cp-queue")
    assert page.input_value("#cp-filters input[name=search]") == "zanzibar"
    assert page.locator(".cp-line").count() == 1


def test_a_sentence_in_focus_brings_its_passages_and_the_other_way_round(team):
    page = team.opens("Ana", f"#/review/{team.sent()}")
    page.keyboard.press("o")
    last = page.locator(".cp-claim:has(.cp-mark)").last
    last.click()
    numbers = last.get_attribute("data-numbers").split()
    assert page.eval_on_selector_all(".cp-card-passage.is-carrying", "all => all.map(e => e.dataset.n)") == sorted(
        numbers, key=int
    )
    card = page.locator(f"#cp-passage-{numbers[0]}")
    pane = page.locator("#cp-right").bounding_box()
    assert pane["y"] <= card.bounding_box()["y"] + 1 <= pane["y"] + pane["height"]
    page.locator("#cp-passage-1 label").first.click()
    carried = page.eval_on_selector_all(".cp-claim.is-current", "all => all.map(e => e.dataset.numbers.split(' '))")
    assert carried
    assert all("1" in found for found in carried)
    assert page.locator(".cp-claim.is-current").first.bounding_box()["y"] >= 0


def test_on_a_phone_a_switch_stays_in_sight_and_leads_from_sentence_to_passage_and_back(team):
    page = team.opens("Ana", f"#/review/{team.sent()}", 390)
    page.locator(".cp-claim:visible .cp-mark").first.click()
    number = page.locator(".cp-card-passage.is-here").get_attribute("data-n")
    card = page.locator(f"#cp-passage-{number}").bounding_box()
    switch = page.locator(".cp-switch").bounding_box()
    assert switch["y"] == 0
    assert switch["height"] <= card["y"] + 1 < 400
    page.click(".cp-switch button:has-text('Verdict')")
    assert page.locator("#cp-verdict").bounding_box()["y"] < 120
    page.click(".cp-switch button:has-text('Answer')")
    assert page.locator("#cp-left").bounding_box()["y"] < 120


def test_what_is_filled_in_saves_itself_and_survives_a_reload_in_the_middle_of_a_word(team):
    page = team.opens("Ana", f"#/review/{team.sent()}")
    page.locator(".cp-card-passage:not([data-more]) label:nth-of-type(2)").first.click()
    saved(page)
    assert page.inner_text("#cp-progress").startswith("1 of")
    page.fill("#cp-comment", "Half a sen")
    page.reload()
    page.wait_for_selector("#cp-review")
    page.wait_for_function("document.querySelector('#cp-comment')")
    if page.input_value("#cp-comment") == "":  # the reload overtook what was sent on leaving: it is there by now
        page.reload()
        page.wait_for_selector("#cp-comment")
    assert page.input_value("#cp-comment") == "Half a sen"
    assert page.locator(".cp-card-passage:not([data-more]) input[value=partly]").first.is_checked()
    assert "Half" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


def test_leaving_for_another_screen_saves_what_was_typed(team):
    item = team.sent()
    page = team.opens("Ana", f"#/review/{item}")
    page.fill("#cp-comment", "Left in a hurry")
    page.click("#cp-header nav a:has-text('Review')")
    page.wait_for_selector("#cp-queue")
    page.goto(f"{team.address}/#/review/{item}")
    page.wait_for_selector("#cp-comment")
    assert page.input_value("#cp-comment") == "Left in a hurry"


def test_a_server_that_cannot_be_reached_is_told_and_the_review_is_sent_again(team):
    page = team.opens("Ana", f"#/review/{team.sent()}")
    team.expected = ("ERR_FAILED", "htmx:afterRequest", "htmx:sendError")
    page.route("**/saved", lambda route: route.abort())
    page.locator(".cp-card-passage:not([data-more]) label").first.click()
    page.wait_for_function("document.getElementById('cp-saved').textContent.includes('cannot be reached')")
    assert page.locator(".cp-card-passage:not([data-more]) input").first.is_checked()
    page.unroute("**/saved")
    saved(page)


def test_a_whole_review_by_keyboard_alone(team, shots):
    first = team.sent("keyboard one")
    page = team.opens("Ana", "#/review?search=keyboard+one")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#cp-review[data-id='{first}']")
    page.keyboard.press("?")
    assert page.locator("#cp-keys").is_visible()
    page.screenshot(path=shots / "review-4-keys.png")
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    assert not page.locator("#cp-keys").is_visible()
    assert page.locator(".cp-card-passage input:checked").count() == 0
    judge_all_by_keys(page)
    page.keyboard.press("a")
    assert page.locator("input[name=verdict][value=accept]").is_checked()
    page.focus("#cp-comment")
    page.keyboard.type("far: fan jab 123?")
    assert page.input_value("#cp-comment") == "far: fan jab 123?"
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    page.wait_for_selector(".cp-given")
    assert "Accepted by Ana" in page.inner_text(".cp-outcome")
    assert page.evaluate("document.activeElement.id") == "cp-review-title"
    following = team.sent("keyboard two")
    page.reload()
    page.wait_for_selector("#cp-review")
    page.keyboard.press("n")
    page.wait_for_function(f"document.getElementById('cp-review').dataset.id !== '{first}'")
    assert following


def test_single_keys_can_be_turned_off(team):
    page = team.opens("Ana", f"#/review/{team.sent()}")
    page.keyboard.press("?")
    page.locator("#cp-keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.locator("input[name=verdict]:checked").count() == 0
    page.click("[data-keys-open]")
    page.locator("#cp-keys-on").check()
    page.click("[data-keys-close]")
    page.keyboard.press("a")
    assert page.locator("input[name=verdict][value=accept]").is_checked()


def test_a_skip_link_comes_first_and_leads_to_the_verdict(team):
    page = team.opens("Ana", f"#/review/{team.sent()}")
    page.focus("#cp-review-title")
    page.keyboard.press("Shift+Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent") == "Skip to the verdict":
            break
        page.keyboard.press("Shift+Tab")
    assert page.locator(":focus").bounding_box()["height"] >= 24
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "cp-verdict"


def test_finishing_too_early_says_what_is_missing(team, shots):
    team.expected = ("422", "htmx:responseError")
    page = team.opens("Ana", f"#/review/{team.sent()}")
    page.click("#cp-finish")
    page.wait_for_selector("#cp-lacking li")
    said = page.inner_text("#cp-lacking")
    assert "passages more" in said
    assert "accept, accept with corrections, or reject" in said
    page.screenshot(path=shots / "review-5-lacking.png")
    assert page.evaluate(CONTRAST, "#cp-screen") == []
    page.click("label:has(input[value=accept])")
    page.wait_for_function("!document.querySelector('#cp-lacking').textContent.includes('reject')")
    assert "passages more" in page.inner_text("#cp-lacking")


def test_the_short_path_opens_into_everything_and_back(team):
    page = team.opens("Ana", f"#/review/{team.sent()}")
    cards = page.locator(".cp-card-passage")
    short = page.locator(".cp-card-passage:visible").count()
    assert 0 < short < cards.count()
    page.click("[data-show-all]")
    assert page.locator(".cp-card-passage:visible").count() == cards.count()
    page.click("[data-show-all]")
    assert page.locator(".cp-card-passage:visible").count() == short


def test_corrections_show_what_changes_as_they_are_typed(team, shots):
    page = team.opens("Ana", f"#/review/{team.sent()}")
    page.click("label:has(input[value=corrections])")
    text = page.input_value("#cp-corrected")
    assert "**Short answer**" in text
    assert "**References**" not in text
    page.fill("#cp-corrected", text.replace("Every knee patient, no;", "Not every knee patient;", 1))
    page.wait_for_selector("#cp-changes ins")
    judge_all(page)
    finish(page, "corrections")
    assert page.locator(".cp-given ins").count() >= 1
    physio = team.opens("Ben", page.url.partition(team.address + "/")[2])
    assert "Accepted with corrections" in physio.inner_text(".cp-given")
    assert physio.locator(".cp-given ins").first.is_visible()
    physio.screenshot(path=shots / "review-6-physio.png")


def test_a_second_mentor_is_told_who_has_it(team, shots):
    item = team.sent()
    team.opens("Ana", f"#/review/{item}")
    other = team.opens("Dora", f"#/review/{item}")
    assert "is reviewing this until" in other.inner_text(".cp-note-line.is-warn")
    assert other.locator("#cp-review-form input").count() == 0
    other.screenshot(path=shots / "review-7-held.png")


def test_blind_second_review_then_reveal_then_one_verdict(team, shots):
    item = team.sent()
    ana = team.opens("Ana", f"#/review/{item}")
    judge_all(ana)
    ana.check("input[name=wants_second]")
    ana.fill("#cp-comment", "The hip is missing here.")
    finish(ana, "reject")
    assert "without seeing that review" in ana.inner_text(".cp-outcome")
    dora = team.opens("Dora", f"#/review/{item}")
    assert "The hip is missing" not in dora.content()
    assert "Second, blind review" in dora.inner_text("#cp-review")
    judge_all(dora)
    finish(dora)
    assert "The two mentors differ so far." in dora.inner_text(".cp-outcome")
    dora.screenshot(path=shots / "review-8-reveal.png")
    assert dora.evaluate(CONTRAST, "#cp-screen") == []
    ana.reload()
    ana.wait_for_selector(".cp-settle")
    ana.select_option(".cp-settle select", "accept")
    ana.click("text=Agree on this")
    ana.wait_for_function("document.querySelector('.cp-outcome').textContent.startsWith('Accepted by Ana')")


def test_dissent_is_reached_and_kept_with_its_reason_by_keyboard_alone(team, shots):
    item = team.sent("dissent by keys")
    for name, key in (("Ana", "r"), ("Dora", "a")):
        page = team.opens(name, "#/review?state=all&search=dissent+by+keys")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#cp-review[data-id='{item}']")
        judge_all_by_keys(page)
        page.keyboard.press(key)
        page.keyboard.press("Tab")
        page.keyboard.type("Because.")
        if name == "Ana":
            page.keyboard.press("Tab")
            page.keyboard.press("Space")
            assert page.is_checked("input[name=wants_second]")
        page.keyboard.press("Escape")
        page.keyboard.press("f")
        page.wait_for_selector(".cp-given")
    assert page.input_value(".cp-settle select") == "accept"
    page.keyboard.press("d")
    page.keyboard.type("The trial is in runners, and so is she.")
    assert page.locator(".cp-settle").evaluate("e => e.getBoundingClientRect().bottom <= window.innerHeight + 1")
    page.screenshot(path=shots / "review-10-dissent.png")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Record dissent"
    page.keyboard.press("Enter")
    page.wait_for_selector(".cp-given .cp-said")
    assert "the reasons are kept" in page.inner_text(".cp-outcome")
    assert "and so is she" in page.inner_text(".cp-given")
    assert page.evaluate("document.activeElement.id") == "cp-review-title"
    ana = team.opens("Ana", f"#/review/{item}")
    ana.keyboard.press("s")
    ana.keyboard.type("Accepted")
    for mentor, says in ((ana, "would settle on “accepted”"), (page, "Accepted by Ana")):
        mentor.keyboard.press("Tab")
        mentor.keyboard.press("Tab")
        mentor.keyboard.press("Enter")
        mentor.locator(".cp-outcome", has_text=says).wait_for()
        page.reload()
        page.wait_for_selector("#cp-review")
        page.keyboard.press("s")


def test_the_physio_sees_a_number_reads_and_answers(team):
    item = team.sent()
    mentor = team.opens("Ana", f"#/review/{item}")
    mentor.fill("#cp-thread-box", "Which side is weaker?")
    mentor.click(".cp-thread button")
    mentor.wait_for_selector(".cp-thread li")
    mentor.wait_for_function("document.activeElement.id === 'cp-thread-box'")
    physio = team.opens("Ben", "#/review")
    assert physio.inner_text(".cp-unread-count").endswith("1")
    assert "needs a mentor's profile" in physio.inner_text("#cp-screen")
    physio.click(f"a[href='#/review/{item}']")
    physio.wait_for_selector(".cp-thread li")
    physio.wait_for_function("document.querySelector('.cp-unread-count') === null")
    physio.fill("#cp-thread-box", "The left.")
    physio.click(".cp-thread button")
    physio.wait_for_function("document.querySelectorAll('.cp-thread li').length === 2")


def test_an_answer_that_is_deleted_meanwhile_is_told_and_not_saved(team):
    team.expected = ("404", "htmx:responseError")
    item = team.sent()
    page = team.opens("Ana", f"#/review/{item}")
    team.desk("Ben").delete_case(team.desk("Ana").queue_item(item).conversation_id)
    page.locator(".cp-card-passage:not([data-more]) label").first.click()
    page.wait_for_selector("#cp-saved .cp-unsaved")
    assert "may have been deleted meanwhile" in page.inner_text("#cp-saved")


def test_an_accepted_answer_is_taken_away_as_a_reference_case_and_all_reviews_as_files(team, shots):
    page = team.opens("Ana", f"#/review/{team.sent()}")
    judge_all(page)
    finish(page)
    page.click("text=Make it a reference case")
    page.wait_for_selector("#cp-reference a:focus")
    with page.expect_download() as found:
        page.click("#cp-reference a")
    assert "counterpoint/eval-case/1" in Path(found.value.path()).read_text(encoding="utf-8")
    page.goto(f"{team.address}/#/review/figures")
    page.wait_for_selector(".cp-agreement")
    page.set_viewport_size({"width": 1440, "height": 1400})
    page.screenshot(path=shots / "review-9-figures.png")
    assert page.evaluate(CONTRAST, "#cp-screen") == []
    for kind in ("CSV", "JSON"):
        with page.expect_download() as found:
            page.click(f"a.cp-button:text-is('{kind}')")
        text = Path(found.value.path()).read_text(encoding="utf-8")
        assert QUESTION in text
    assert datetime.now(UTC).strftime("%Y-%m-%d") in text
