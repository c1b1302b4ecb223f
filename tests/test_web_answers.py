"""What is done with an answer, in a real browser: facts put right, measures, one's own answer first, the row under it."""

from __future__ import annotations

import json

import pytest

from assistant.desk import Desk
from assistant.records.review_types import ReviewForm
from tests.browsing import BROWSER, CASE, CONTRAST, ask, settled
from tests.test_web_cases import as_profile

pytestmark = BROWSER
RICH = (
    "34F runner, R AKP 6/12, BMI 24, SLHR 11 R v 26 L, KTW 9 R v 12 L cm, pain 6/10 on stairs and hills, hip abduction"
    " 20% down R, no swelling, no locking, no night pain, on ibuprofen. Are weak calves causing her knee pain?"
)


def footed(turn):
    """Return `turn` once the row under its answer is there."""
    turn.locator(".cp-acts").wait_for()
    return turn


def whole(turn, width):
    """Open what a phone keeps folded."""
    if width < 720:
        turn.locator(".cp-more-button").click()
    return turn


def answers(page, number):
    page.wait_for_function("n => document.querySelectorAll('.cp-answer').length === n", arg=number)
    settled(page)
    return page.locator(".cp-turn").last


@pytest.mark.parametrize(
    ("question", "chip", "field", "value", "says"),
    [
        (CASE, "34 years", "input[name=value]", "54", "54 years"),
        (CASE, "heel rises right: 11", "input[name=value]", "24", "heel rises right: 24"),
        (CASE, "female", "select[name=value]", "male", "male"),
        ("8/52 post ACLR: when does calf work start?", "since surgery: 8", "input[name=value]", "20", "20 weeks"),
    ],
)
def test_a_fact_put_right_is_answered_anew_and_the_turn_before_is_marked(opened, question, chip, field, value, says):
    page = opened()
    turn = ask(page, question)
    page.fill("#cp-box textarea", "half a question")
    turn.get_by_role("button", name=chip).first.click()
    entry = turn.locator(f".cp-fact {field}")
    entry.wait_for()
    assert entry.evaluate("e => e === document.activeElement")
    if field.startswith("select"):
        entry.select_option(value)
    else:
        entry.fill(value)
    turn.get_by_role("button", name="Answer anew").click()
    anew = answers(page, 2)
    assert "You put right" in anew.locator(".cp-question").inner_text()
    assert says in anew.locator(".cp-facts").inner_text()
    assert page.locator(".cp-turn").first.locator("> .cp-replaced").count() == 1
    assert page.input_value("#cp-box textarea") == "half a question"
    page.reload()
    page.wait_for_function("document.querySelectorAll('.cp-turn').length === 2")
    assert page.locator(".cp-turn").first.locator("> .cp-replaced").count() == 1


def test_a_phone_shows_two_rows_of_facts_and_all_of_them_at_a_key(opened):
    page = opened(390)
    turn = ask(page, RICH)
    rows = "all => new Set(all.filter(e => e.checkVisibility()).map(e => e.offsetTop)).size"
    more, chips = turn.locator(".cp-more-facts button"), turn.locator(".cp-facts li")
    assert chips.evaluate_all(rows) == 2
    hidden = int(more.inner_text().split()[0])
    assert hidden == chips.count() - turn.locator(".cp-facts li:visible").count() > 0
    assert more.get_attribute("aria-expanded") == "false"
    more.press("Enter")
    assert more.get_attribute("aria-expanded") == "true"
    assert turn.locator(".cp-facts li:visible").count() == chips.count()
    reached = [page.locator(":focus").inner_text()]
    for _ in range(hidden):
        page.keyboard.press("Tab")
        reached.append(page.locator(":focus").inner_text().strip())
    assert "heel rises left: 26" in reached
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    turn.locator(".cp-more-question").press("Enter")
    assert turn.locator(".cp-question").evaluate("e => e.scrollHeight <= e.clientHeight + 2")


def test_a_fact_is_taken_back_and_a_wrong_value_is_told_in_the_form(opened):
    page = opened(390)
    opened.expected = "422"
    turn = ask(page, CASE)
    turn.get_by_role("button", name="34 years").click()
    turn.locator(".cp-fact").wait_for()
    turn.locator(".cp-fact").evaluate(
        "f => { f.noValidate = true; f.elements.value.type = 'text'; f.elements.value.value = 'old' }"
    )
    turn.get_by_role("button", name="Answer anew").click()
    turn.locator(".cp-wrong .cp-alert").wait_for()
    assert "expected a number" in turn.locator(".cp-wrong").inner_text()
    turn.get_by_role("button", name="Not known after all").click()
    anew = answers(page, 2)
    assert "34 years" not in anew.locator(".cp-facts").inner_text()


def test_a_chip_is_opened_and_closed_by_keyboard_and_the_focus_comes_back(opened):
    page = opened()
    turn = ask(page, CASE)
    chip = turn.get_by_role("button", name="34 years")
    chip.focus()
    page.keyboard.press("Enter")
    turn.locator(".cp-fact input").wait_for()
    page.keyboard.press("Escape")
    assert turn.locator(".cp-fact").count() == 0
    assert chip.evaluate("e => e === document.activeElement")


def test_a_measure_is_worked_out_in_place_and_used_in_the_case(opened, shots):
    page = opened(390)
    turn = ask(page, "34F runner, R AKP 6/12: are weak calves causing her knee pain?")
    turn.locator(".cp-measures > summary").click()
    form = turn.locator(".cp-measure").first
    form.wait_for()
    assert form.locator("input[name=age]").input_value() == "34"
    assert form.locator("select[name=sex]").input_value() == "female"
    form.locator("input[name=left]").fill("26")
    form.locator("input[name=right]").fill("11")
    form.get_by_role("button", name="Work it out").click()
    form.locator(".cp-result").wait_for()
    said = form.locator(".cp-result").inner_text()
    assert "right 11 is 59% short" in said
    assert "up to about 6 repetitions" in said
    page.screenshot(path=shots / "measure-390.png", full_page=True)
    form.get_by_role("button", name="Use in this case").click()
    anew = answers(page, 2)
    assert "You found" in anew.locator(".cp-question").inner_text()
    assert "heel rises right: 11" in anew.locator(".cp-facts").inner_text()
    assert page.locator(".cp-replaced").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_with_commit_first_the_answer_waits_and_then_stands_beside_ones_own(opened, shots, width, scheme, records):
    page = opened(width, scheme)
    page.locator("#cp-commit-first input").check()
    page.fill("#cp-box textarea", CASE)
    page.press("#cp-box textarea", "Enter")
    page.wait_for_selector(".cp-commit")
    turn = page.locator(".cp-turn")
    assert turn.locator(".cp-safety").is_visible()
    assert turn.locator(".cp-short-answer, .cp-view, .cp-references").count() == 0
    assert page.evaluate("document.activeElement.name") == "own"
    page.screenshot(path=shots / f"held-{width}-{scheme}.png")
    page.reload()
    page.wait_for_selector(".cp-commit")
    assert page.locator(".cp-short-answer").count() == 0
    page.focus(".cp-commit textarea")
    page.keyboard.type("Load her calf & <b>hips</b>.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    turn.locator(".cp-beside .cp-short-answer").wait_for()
    assert "Load her calf & <b>hips</b>." in turn.locator(".cp-own").inner_text()
    assert page.evaluate(CONTRAST) == []
    footed(turn)
    page.screenshot(path=shots / f"beside-{width}-{scheme}.png")
    case = records.conversation(page.evaluate("location.hash").removeprefix("#/case/"))
    assert Desk(records, None).commitment(case.answers[0].id).text == "Load her calf & <b>hips</b>."
    page.reload()
    page.wait_for_selector(".cp-own")


def test_commit_first_can_be_skipped_and_hides_no_red_flag(opened):
    page = opened()
    page.locator("#cp-commit-first input").check()
    page.fill("#cp-box textarea", CASE)
    page.press("#cp-box textarea", "Enter")
    page.wait_for_selector(".cp-commit")
    page.get_by_role("button", name="Skip", exact=True).click()
    page.wait_for_selector(".cp-short-answer")
    assert page.locator(".cp-own").count() == 0
    page.fill("#cp-box textarea", "Now the knee is hot, red and very swollen, fever 39. Which calf exercises?")
    page.press("#cp-box textarea", "Enter")
    page.wait_for_selector(".cp-answer[data-status=escalated]")
    assert page.locator(".cp-turn").last.locator(".cp-safety").is_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_thumb_takes_a_reason_and_words_and_stays_pressed(opened, shots, width):
    page = opened(width)
    turn = footed(ask(page, CASE))
    down = turn.get_by_role("button", name="Not helpful")
    down.click()
    turn.get_by_label("too long").wait_for()
    turn.get_by_label("too long").check(force=True)
    page.screenshot(path=shots / f"thumb-{width}.png")
    turn.locator(".cp-small textarea").fill("Three lines would do.")
    turn.get_by_role("button", name="Save").click()
    turn.locator(".cp-told").wait_for()
    assert "the mentors' queue" in turn.locator(".cp-told").inner_text()
    turn.locator("[data-close]").click()
    assert down.get_attribute("aria-pressed") == "true"
    assert down.evaluate("e => e === document.activeElement")


def test_sending_to_a_mentor_needs_a_profile_and_says_where_it_stands(opened, records):
    page = opened()
    turn = footed(ask(page, CASE))
    turn.get_by_role("button", name="Send to my mentor").click()
    turn.get_by_role("link", name="Choose a profile").wait_for()
    ben = as_profile(page, records, "Ben Sends")
    page.reload()
    turn = footed(page.locator(".cp-turn"))
    turn.get_by_role("button", name="Send to my mentor").click()
    turn.locator(".cp-small textarea").fill("Is this fair to both?")
    turn.get_by_role("button", name="Send", exact=True).click()
    turn.locator(".cp-told").wait_for()
    assert "waits for a mentor" in turn.locator(".cp-told").inner_text()
    case = page.evaluate("location.hash").removeprefix("#/case/")
    assert ben.queue_item_of(ben.case(case).answers[0].id).note == "Is this fair to both?"


def test_what_the_mentor_said_is_marked_in_the_list_and_shown_under_the_answer(opened, records, shots):
    page = opened()
    ben = as_profile(page, records, "Ben Reads")
    page.reload()
    page.wait_for_selector(".cp-example")
    footed(ask(page, "Does a trombonist's calf cause knee pain?"))
    case = page.evaluate("location.hash").removeprefix("#/case/")
    item = ben.send_to_mentor(ben.case(case).answers[0].id, "")
    ana = Desk(records, None).add_profile("Ana Mentor", "mentor")
    ana_desk = Desk(records, ana)
    ana_desk.reserve(item.id)
    ana_desk.save_review(
        item.id, ReviewForm(verdict="corrections", corrected="Test the hip too.\nThen load."), finish=True
    )
    ana_desk.comment(item.id, "Look at <em>stride</em> as well.")
    page.evaluate("location.hash = '#/'")
    page.reload()
    line = page.locator(".cp-case", has_text="trombonist")
    line.locator(".cp-unread").wait_for()
    line.locator("a").click()
    turn = footed(page.locator(".cp-turn"))
    page.wait_for_function("""() => {
        const { top, bottom } = document.querySelector(".cp-mentor").getBoundingClientRect();
        return top > 0 && bottom < innerHeight;
    }""")
    said = turn.locator(".cp-foot").inner_text()
    assert "Accepted with corrections by Ana Mentor" in said
    assert "Test the hip too." in said
    assert "Look at <em>stride</em> as well." in said
    line.locator(".cp-unread").wait_for(state="detached")
    turn.get_by_label("Reply to your mentor").fill("Stride was fine. And the hip?")
    turn.get_by_role("button", name="Send", exact=True).click()
    turn.locator(".cp-reply [role=status]").wait_for()
    assert "Stride was fine. And the hip?" in turn.locator(".cp-foot").inner_text()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"
    assert ana_desk.unread_items() == (item.id,)
    page.screenshot(path=shots / "mentor-1440.png", full_page=True)


def test_an_approved_answer_to_a_like_question_is_offered_second_with_what_differs(opened, records, assistant, shots):
    page = opened()
    ben = as_profile(page, records, "Ben Likes")
    page.reload()
    page.wait_for_selector(".cp-example")
    question = "34{} runner, anterior knee pain, kneecap taped: does a weak calf cause it?"
    footed(ask(page, question.format("F")))
    case = page.evaluate("location.hash").removeprefix("#/case/")
    item = ben.send_to_mentor(ben.case(case).answers[0].id, "")
    ana = Desk(records, Desk(records, None).add_profile("Ana Likes", "mentor"), knowledge=assistant)
    ana.reserve(item.id)
    ana.save_review(item.id, ReviewForm(verdict="corrections", corrected="Load the calf, then retest."), finish=True)
    page.locator("#cp-side .cp-begin").click()
    page.wait_for_selector(".cp-example")
    turn = footed(ask(page, question.format("M")))
    offered = turn.locator(".cp-like")
    assert "Ana Likes" in offered.locator("h3").inner_text()
    assert offered.locator("mark").all_inner_texts() == ["male"]
    offered.locator("summary").click()
    assert "Load the calf, then retest." in offered.inner_text()
    offered.scroll_into_view_if_needed()
    page.screenshot(path=shots / "like-1440.png")
    page.locator("#cp-side .cp-begin").click()
    page.wait_for_selector(".cp-example")
    other = footed(ask(page, question.format("M").replace("34", "61")))
    assert "Ana Likes" not in other.inner_text()


def test_the_clinical_note_is_shown_first_and_copied(opened, shots):
    page = opened(390)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = footed(ask(page, CASE))
    turn.get_by_role("button", name="Clinical note").click()
    page.wait_for_selector("dialog[open] pre")
    shown = page.inner_text("dialog pre")
    assert "34F runner" in shown
    page.screenshot(path=shots / "note-390.png")
    page.locator("dialog").get_by_role("button", name="Copy").click()
    page.wait_for_function("document.querySelector('[data-copy]').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()").strip() == shown.strip()
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.textContent === 'Clinical note'")


def test_each_form_under_an_answer_is_reached_left_and_given_the_focus_back_by_keyboard(opened):
    page = opened()
    turn = footed(ask(page, CASE))
    turn.locator("summary").last.focus()
    for name in ("Helpful", "Not helpful", "Clinical note", "Send to my mentor", "Report a problem"):
        button = turn.get_by_role("button", name=name, exact=True)
        for _ in range(12):
            page.keyboard.press("Tab")
            if button.evaluate("e => e === document.activeElement"):
                break
        assert button.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        page.wait_for_function("document.querySelector('.cp-under').contains(document.activeElement)")
        page.keyboard.press("Escape")
        page.wait_for_function("!document.querySelector('.cp-under').hasChildNodes()")
        assert button.evaluate("e => e === document.activeElement"), name


def test_the_card_opens_as_a_page_of_its_own_and_loads_nothing(opened, shots):
    page = opened()
    turn = footed(ask(page, CASE))
    with page.context.expect_page() as opening:
        turn.get_by_role("link", name="Couch card").click()
    card = opening.value
    card.wait_for_load_state()
    assert "What to test next" in card.inner_text("h1")
    card.screenshot(path=shots / "card.png")


@pytest.mark.parametrize(("kind", "begins"), [("Markdown", b"#"), ("PDF", b"%PDF"), ("JSON", b"{")])
def test_an_answer_is_exported(opened, kind, begins):
    page = opened()
    turn = footed(ask(page, CASE))
    with page.expect_download() as coming:
        turn.get_by_role("link", name=kind).click()
    content = coming.value.path().read_bytes()
    assert content.startswith(begins)
    if kind == "JSON":
        assert json.loads(content)["question"] == CASE


def test_an_answer_is_shown_in_full_and_in_brief_without_another_question(opened):
    page = opened()
    turn = footed(ask(page, CASE))
    brief = len(turn.locator(".cp-answer").inner_text())
    turn.get_by_role("button", name="In full").click()
    turn.get_by_role("button", name="In brief").wait_for()
    assert len(turn.locator(".cp-answer").inner_text()) > brief
    assert page.locator(".cp-turn").count() == 1
    page.wait_for_function("document.activeElement.matches('.cp-question')")


def test_the_debate_map_opens_a_passage_and_gives_the_focus_back(opened, shots, assistant):
    page = opened()
    turn = ask(page, CASE)
    turn.locator(".cp-rests > summary").click()
    node = turn.locator(".cp-rests svg.is-wide a[data-passage]").first
    node.wait_for()
    page.screenshot(path=shots / "map-1440.png", full_page=True)
    node.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#cp-panel[open] blockquote")
    assert page.inner_text("#cp-panel blockquote") in {p.text for p in assistant.snapshot.library.passages.values()}
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.dataset.passage !== undefined")
