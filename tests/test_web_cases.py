"""Cases down the side in a real browser: opened again, searched, renamed, deleted; whose they are; on a phone too."""

from __future__ import annotations

import re

import pytest

from assistant.desk import Desk
from tests.browsing import BROWSER, CONTRAST, ask

pytestmark = BROWSER
QUIET = "!document.querySelector('#cp-side :is(.htmx-request, .htmx-swapping, .htmx-settling)')"
KNEE = "Does an underworking calf cause knee pain?"


def title(page, words):
    return page.locator(".cp-case-title", has_text=words)


def bare(words):
    """Return an answer's words without the row under it, which comes when it is seen."""
    return words.split("Clinical note")[0].strip()


def begin(page, question):
    """Ask `question` as a case of its own and return the address at which it lies."""
    turn = ask(page, question)
    page.wait_for_function("location.hash.startsWith('#/case/c-')")
    turn.locator(".cp-acts").wait_for()
    return page.evaluate("location.hash")


def as_profile(page, records, name, role="physio"):
    """Sit `name` down at the browser of `page`."""
    desk = Desk(records, None)
    profile = next((p for p in desk.profiles() if p.name == name), None) or desk.add_profile(name, role)
    page.context.add_cookies([{"name": "counterpoint-profile", "value": profile.id, "url": page.url.split("#")[0]}])
    return Desk(records, profile)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (820, "dark"), (390, "light"), (390, "dark")])
def test_a_case_is_opened_again_after_a_reload_and_from_the_list(opened, shots, width, scheme):
    page = opened(width, scheme)
    address = begin(page, KNEE)
    ask(page, "And the dose?")
    before = page.locator(".cp-turn .cp-answer").all_inner_texts()
    page.reload()
    page.wait_for_function("document.querySelectorAll('.cp-turn .cp-acts').length === 2")
    after = page.locator(".cp-turn .cp-answer").all_inner_texts()
    assert [bare(words) for words in after] == [bare(words) for words in before]
    if width < 1100:
        page.click("#cp-cases-button")
        page.wait_for_function("document.activeElement.type === 'search'")
    page.wait_for_selector(f"#cp-cases a[href='{address}'][aria-current=page]")
    page.screenshot(path=shots / f"cases-{width}-{scheme}.png")
    assert page.evaluate(CONTRAST, "#cp-side") == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("#cp-side .cp-begin").click()
    page.wait_for_selector(".cp-example")
    assert page.evaluate("location.hash") == "#/"
    assert page.locator(".cp-turn").count() == 0
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.cp-turn').length === 2")


def test_what_is_asked_after_a_reload_goes_on_in_the_same_case(opened):
    page = opened()
    begin(page, "34F runner, R AKP 6/12: are weak calves causing her knee pain?")
    page.reload()
    page.wait_for_selector(".cp-turn")
    assert "facts from before" in ask(page, "And the dose?").inner_text()
    assert page.locator(".cp-turn").count() == 2


def test_the_list_is_searched_as_one_types_the_latest_first(opened):
    page = opened()
    begin(page, "Is a zebra crossing bad for the patellar tendon of a runner?")
    page.locator("#cp-side .cp-begin").click()
    page.wait_for_selector(".cp-example")
    begin(page, "What are the Ottawa knee rules for a unicyclist?")
    assert "unicyclist" in page.locator(".cp-case-title").first.inner_text()
    page.fill("#cp-side input[type=search]", "zebra")
    page.wait_for_function("document.querySelectorAll('.cp-case').length === 1")
    assert "zebra" in page.inner_text(".cp-case-title")
    page.fill("#cp-side input[type=search]", "no such words")
    page.wait_for_selector(".cp-none")


def test_a_case_is_renamed_in_place_by_keyboard_alone_and_its_name_is_text(opened):
    page = opened()
    begin(page, "Does a bassoonist's calf cause knee pain?")
    with page.expect_response(lambda reply: "bassoonist" in reply.url):  # one case alone is listed before it comes, too
        page.fill("#cp-side input[type=search]", "bassoonist")
    page.wait_for_function(QUIET)
    page.wait_for_function("document.querySelectorAll('.cp-case').length === 1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "Rename" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cp-case.is-form input")
    page.wait_for_function(QUIET)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("<b>bassoon</b> runner")
    page.keyboard.press("Enter")
    title(page, "<b>bassoon</b> runner").wait_for()
    page.wait_for_function("document.activeElement.matches('.cp-case a')")


def test_escape_leaves_a_case_as_it_was(opened):
    page = opened()
    begin(page, "Does an oboist's calf cause knee pain?")
    line = page.locator(".cp-case", has_text="oboist")
    line.hover()
    line.get_by_label("Rename").click()
    page.wait_for_selector(".cp-case.is-form input:focus")
    page.wait_for_function(QUIET)  # htmx gives the focus a moment before the form's buttons are wired
    page.keyboard.press("Escape")
    title(page, "oboist").wait_for()
    page.wait_for_function("document.activeElement.matches('.cp-case a')")


def test_deleting_asks_first_and_tells_what_goes_with_it(opened, shots, records):
    page = opened()
    ben = as_profile(page, records, "Ben Delete")
    page.reload()
    page.wait_for_selector(".cp-example")
    address = begin(page, "Does a cellist's calf cause knee pain?")
    case = address.removeprefix("#/case/")
    item = ben.send_to_mentor(ben.case(case).answers[0].id, "Fair?")
    line = page.locator(".cp-case", has_text="cellist")
    line.hover()
    line.get_by_label("Delete").click()
    page.wait_for_selector(".cp-case.is-form")
    assert "1 answer and 1 request to a mentor will go with it" in page.inner_text(".cp-case.is-form")
    page.screenshot(path=shots / "cases-delete-1440.png")
    page.locator(".cp-case.is-form").get_by_text("Keep").click()
    title(page, "cellist").wait_for()
    line.hover()
    line.get_by_label("Delete").click()
    page.locator(".cp-grave").click()
    page.wait_for_selector(".cp-example")
    assert page.evaluate("location.hash") == "#/"
    assert title(page, "cellist").count() == 0
    assert records.conversation(case) is None
    assert ben.queue_item_of(item.answer_id) is None if records.answer(item.answer_id) else True


def test_a_case_belongs_to_the_profile_that_began_it(opened, records):
    page = opened()
    as_profile(page, records, "Ana Owner")
    page.reload()
    page.wait_for_selector(".cp-example")
    address = begin(page, "Does a harpist's calf cause knee pain?")
    other = opened()
    as_profile(other, records, "Cem Other")
    opened.expected = "403"
    other.goto(other.url.split("#")[0] + address)
    other.reload()
    other.wait_for_selector("#cp-log .cp-alert")
    assert "belongs to another profile" in other.inner_text("#cp-log .cp-alert")
    assert title(other, "harpist").count() == 0
    page.evaluate("location.hash = '#/profiles'")
    page.click(".cp-person:has-text('Cem Other')")
    page.wait_for_selector(".cp-example", state="attached")
    page.click("#cp-header nav a[data-chat]")
    assert page.locator(".cp-turn").count() == 0


def test_a_case_that_is_gone_says_so_in_words(opened):
    page = opened()
    opened.expected = "404"
    page.evaluate("location.hash = '#/case/c-0000'")
    page.wait_for_selector("#cp-log .cp-alert")
    assert "may have been deleted" in page.inner_text("#cp-log .cp-alert")
    page.locator("#cp-side .cp-begin").click()
    page.wait_for_selector(".cp-example")


def test_the_drawer_on_a_phone_opens_and_closes_by_keyboard_and_keeps_the_focus(opened):
    page = opened(390)
    page.focus("#cp-cases-button")
    page.keyboard.press("Enter")
    assert page.get_attribute("#cp-cases-button", "aria-expanded") == "true"
    assert page.evaluate("document.querySelector('#cp-main').inert")
    page.keyboard.press("Escape")
    assert page.get_attribute("#cp-cases-button", "aria-expanded") == "false"
    assert page.evaluate("document.activeElement.id") == "cp-cases-button"
    page.locator("#cp-side").wait_for(state="hidden")


def test_older_cases_come_at_the_end_of_the_list(opened, records, assistant):
    from ui.conversations import Conversations

    page = opened()
    desk = as_profile(page, records, "Dora Many")
    conversations = Conversations(assistant, records)
    for number in range(32):
        conversations.reply(KNEE, conversation=f"c-many-{number}", desk=desk)
    page.reload()
    further = page.locator(".cp-further button")
    further.wait_for()
    before = page.locator(".cp-case").count()
    assert before == 30
    left = int(re.search(r"\d+", further.inner_text()).group())
    further.click()
    page.wait_for_function("n => document.querySelectorAll('.cp-case').length > n", arg=before)
    assert page.locator(".cp-case").count() == before + min(left, 30)
