"""Every screen in each of its states under axe-core: no violation of WCAG 2.2 AA in what is ours."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from assistant.desk import Desk
from assistant.presenting import to_dict, to_trace
from assistant.records.review_types import CitationVerdict, ReviewForm
from assistant.records.store import Records
from evals.keeping import keep, kept_runs
from tests.browsing import BROWSER, CASE, Visits, ask
from tests.looking import Eye
from tests.made_documents import BATHS, RISES, STAIRS, write_html
from tests.serving import serving
from tests.test_evals_html import nasty_report
from tests.test_evals_keeping import wide_report

pytestmark = BROWSER
MINUTES_MS = 300_000
# Swagger UI draws the description of the API, and this is its own: greys and the colours of methods that are too weak, a
# link within the button of each operation, and that link's height. In what Gradio draws axe finds nothing.
SWAGGER = [(rule, ".swagger-ui *") for rule in ("color-contrast", "nested-interactive", "target-size")]
HOT = "Knee hot, red and very swollen since yesterday, fever 39. Which calf exercises?"


@pytest.fixture(scope="module")
def clinic(assistant, tmp_path_factory):
    """Yield the address of a clinic with records of its own, and a desk for each of its people."""
    for minute, report in enumerate((wide_report(), wide_report(), nasty_report())):
        keep(report, assistant.settings.index.home, datetime(2026, 11, 30, 9, minute, tzinfo=UTC))
    with Records(tmp_path_factory.mktemp("looked-at")) as records, serving(assistant, records) as address:
        nobody = Desk(records, None, knowledge=assistant)
        people = {"Ben": "physio", "Ana": "mentor", "Dora": "mentor"}
        yield address, {n: Desk(records, nobody.add_profile(n, r), knowledge=assistant) for n, r in people.items()}


@pytest.fixture
def sits(browser, clinic):
    """Yield what opens the app as somebody; at the end nothing may have gone wrong or left the machine."""
    address, desks = clinic
    visits = Visits(browser, address)
    visits.expected = "the server responded with a status of 4"

    def sit(name=None):
        page = visits()
        if name:
            page.context.add_cookies(
                [{"name": "counterpoint-profile", "value": desks[name].profile.id, "url": address}]
            )
            page.reload()
            page.wait_for_selector(".cp-example")
        return page

    yield sit
    visits.end()


def sent(ben, assistant):
    """Ask as Ben, send the answer to the mentors, and return its number there."""
    case = f"c-{time.monotonic_ns():032x}"
    answer = assistant.ask(CASE, conversation=case)
    document = to_dict(answer, assistant.snapshot.library, assistant.originals)
    ben.keep(document, to_trace(answer, document), conversation=case)
    return ben.send_to_mentor(answer.id, "Would you have tested the hip first?").id


def go(page, route):
    """Show a screen without loading the page again."""
    page.evaluate(
        "route => { document.querySelector('#cp-screen').replaceChildren(); location.hash === route ? window.counterpointScreens.show() : location.hash = route }",
        route,
    )
    page.wait_for_selector("#cp-screen h1")
    page.wait_for_function("!document.querySelector('.htmx-request')")


def press(turn, name):
    turn.get_by_role("button", name=name, exact=True).click()
    turn.page.wait_for_function("!document.querySelector('.htmx-request')")


def test_the_ask_screen_in_every_state(sits):
    page = sits("Ben")
    eye = Eye(page)
    eye.looks("empty")
    turn = ask(page, CASE)
    turn.locator(".cp-acts").wait_for()
    turn.locator(".cp-view .cp-cite").first.click()
    eye.looks("a passage", "#cp-panel")
    page.keyboard.press("Escape")
    for summary in turn.locator("summary").all():
        summary.click()
    turn.locator(".cp-rests svg a[data-passage]").first.wait_for(state="attached")
    turn.locator(".cp-measure").first.wait_for()
    eye.looks("an answer, everything unfolded")
    form = turn.locator(".cp-measure").first
    form.locator("input[name=left]").fill("26")
    form.locator("input[name=right]").fill("11")
    press(form, "Work it out")
    eye.looks("a measure worked out", ".cp-measure")
    for name in ("34 years", "female"):
        turn.get_by_role("button", name=name).click()
        turn.locator(".cp-fact").wait_for()
        eye.looks(f"the chip {name}", ".cp-opened:not(:empty)")
    for name in ("Helpful", "Report a problem", "Send to my mentor", "Clinical note"):
        press(turn, name)
        eye.looks(name, ".cp-under")
    page.keyboard.press("Escape")
    press(turn, "Send to my mentor")
    press(turn, "Send")
    press(turn, "In full")
    turn.locator(".cp-queued").wait_for()
    eye.looks("in full, and sent", ".cp-turn")
    eye.closes()


def test_other_answers_and_the_cases_down_the_side(sits):
    page = sits("Ben")
    eye = Eye(page)
    ask(page, "What is the best diet for gout?")
    page.locator("#cp-commit-first input").check()
    page.fill("#cp-box textarea", CASE)
    page.press("#cp-box textarea", "Enter")
    page.wait_for_selector(".cp-commit textarea")
    eye.looks("out of scope, one's own answer first")
    page.fill(".cp-commit textarea", "Load her calf.")
    page.locator(".cp-commit .cp-primary").click()
    page.wait_for_selector(".cp-own")
    eye.looks("beside one's own", ".cp-turn:last-child")
    ask(page, HOT)
    eye.looks("a red flag", ".cp-turn:last-child")
    page.fill("#cp-box textarea", "???")
    page.press("#cp-box textarea", "Enter")
    page.wait_for_selector(".cp-notice:not([hidden])")
    eye.looks("not answered", "#cp-composer")
    line = page.locator(".cp-case").first
    line.hover()
    line.get_by_label("Rename").click()
    page.wait_for_selector(".cp-case.is-form input")
    eye.looks("renaming", "#cp-side")
    line.get_by_text("Cancel").click()
    page.wait_for_selector(".cp-case.is-form", state="detached")
    page.locator(".cp-case").first.hover()
    page.locator(".cp-case").first.get_by_label("Delete").click()
    page.wait_for_selector(".cp-case.is-form")
    eye.looks("deleting", "#cp-side")
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("#cp-cases-button")
    eye.looks("the drawer")
    page.evaluate("location.hash = '#/case/c-0000'")
    page.wait_for_selector("#cp-log .cp-alert")
    eye.looks("no such case")
    go(page, "#/profiles")
    eye.looks("profiles")
    eye.closes()


def test_a_review_from_the_queue_to_the_reveal(sits, clinic, assistant):
    _, desks = clinic
    page = sits("Ana")
    eye = Eye(page)
    go(page, "#/review")
    eye.looks("an empty queue")
    item = sent(desks["Ben"], assistant)
    go(page, "#/review?state=all")
    eye.looks("the queue")
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("[data-filters-open]")
    page.click("[data-keys-open]")
    eye.looks("the keys, and filters")
    page.keyboard.press("Escape")
    go(page, f"#/review/{item}")
    page.click("[data-show-all]")
    page.click("label:has(input[value=corrections])")
    page.fill("#cp-corrected", page.input_value("#cp-corrected").replace("calf", "hip", 1))
    page.wait_for_selector("#cp-changes ins")
    page.click("#cp-finish")
    page.wait_for_selector("#cp-lacking li")
    eye.looks("the whole form, corrected, not yet to be finished", "#cp-screen")
    for row in page.locator(".cp-card-passage, .cp-school-row").all():
        row.locator("label").first.click()
    page.check("input[name=wants_second]")
    page.click("#cp-finish")
    page.wait_for_selector(".cp-given")
    desks["Dora"].reserve(item)
    form = ReviewForm(citations={1: CitationVerdict.PARTLY}, verdict="reject", comment="No.")
    desks["Dora"].save_review(item, form, finish=True)
    desks["Dora"].comment(item, "Look at stride as well.")
    go(page, f"#/review/{item}")
    page.wait_for_selector(".cp-settle")
    eye.looks("two reviews beside each other", "#cp-screen")
    go(page, "#/review/figures")
    eye.looks("figures", "#cp-screen")
    other = sits("Ben")
    theirs = Eye(other)
    go(other, "#/review")
    theirs.looks("one's own answers", "#cp-screen")
    go(other, f"#/review/{item}")
    theirs.looks("what the mentors said", "#cp-screen")
    eye.closes()
    theirs.closes()


def test_the_library_and_the_evals(sits, assistant, tmp_path):
    page = sits("Ana")
    eye = Eye(page)
    before, after = (run.id for run in kept_runs(assistant.settings.index.home)[-2:])  # other tests may keep more
    for route in (
        "#/library?q=calf+raises", "#/library?q=zzzqqq", "#/library/subjects",
        "#/library/passages/leppanen-2024:1", "#/library/sources/barker-calf-rehab", "#/library/schools/calf-focused",
        "#/library/subjects/calf-cause", "#/library/measures", "#/library/measures/heel-rise", "#/library/red-flags",
        "#/library/red-flags/dvt", "#/library/add", "#/evals", f"#/evals/compare?before={before}&after={after}",
    ):  # fmt: skip
        go(page, route)
        page.evaluate("document.querySelectorAll('#cp-screen details').forEach(d => d.open = true)")
        eye.looks(route, "#cp-screen")
    go(page, "#/evals")
    page.locator(".cp-run-list a").first.click()
    page.locator("h1", has_text="Run of").wait_for()
    page.evaluate("document.querySelectorAll('#cp-screen details').forEach(d => d.open = true)")
    eye.looks("a run", "#cp-screen")
    go(page, "#/library/add")
    page.set_input_files("#cp-file", write_html(tmp_path / "pool.html", [RISES, BATHS + " Book now.", STAIRS]))
    page.click("text=Read it")
    page.locator("h1", has_text="What would count").wait_for(timeout=MINUTES_MS)
    eye.looks("a document looked at", "#cp-screen")
    page.click("text=Discard")
    page.locator(".cp-note-line").wait_for()
    page.evaluate("location.hash = '#/library/nowhere'")
    page.wait_for_selector("#cp-screen .cp-alert")
    eye.looks("no such page", "#cp-screen")
    eye.closes()


def test_pages_of_their_own(sits, clinic, assistant):
    address, desks = clinic
    page = sits("Ben")
    item = desks["Ana"].queue_item(sent(desks["Ben"], assistant))
    page.goto(f"{address}/screens/ask/answers/{item.answer_id}/card")
    card = Eye(page)
    card.looks("the card for the couch")
    card.closes()
    page.goto(f"{address}/api/v1/docs")
    page.wait_for_selector(".opblock")
    page.evaluate("document.querySelectorAll('.swagger-ui .models, .opblock ~ .opblock').forEach(e => e.remove())")
    docs = Eye(page, SWAGGER)
    docs.looks("the description of the API")
    docs.closes()
