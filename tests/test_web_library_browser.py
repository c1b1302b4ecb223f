"""The library in a real browser: searched, read, a document added and taken off, by mouse and by keyboard.

Each picture goes to the folder that COUNTERPOINT_SHOTS names, to be looked at.
"""

from __future__ import annotations

import pytest

from assistant.door import Assistant
from assistant.records.store import Records
from assistant.settings import Settings
from tests.browsing import BROWSER, CONTRAST, SIZES, Visits
from tests.homes import built_home, copy_home
from tests.made_documents import BATHS, RISES, STAIRS, write_html
from tests.serving import serving

pytestmark = BROWSER
MINUTES_MS = 300_000


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("shelf")
    copy_home(built_home(tmp_path_factory) / "index", made / "index")
    return made


@pytest.fixture(scope="module")
def address(home):
    with Records(home) as records, serving(Assistant(Settings(home=home)), records) as found:
        yield found


@pytest.fixture
def opened(browser, address):
    visits = Visits(browser, address)
    yield visits
    visits.end()


def go(page, address, route, heading):
    page.goto(f"{address}/{route}")
    page.locator("#cp-screen h1", has_text=heading).wait_for()


def choose_mentor(page, address):
    go(page, address, "#/profiles", "Who is at the keyboard")
    known = page.locator("button.cp-person", has_text="Ana")
    if known.count():
        known.click()
    else:
        page.fill("#cp-screen input[name=name]", "Ana")
        page.check("input[value=mentor]")
        page.click("text=Add and choose")
    page.locator(".cp-person.is-chosen").wait_for()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_everything_on_the_shelf_fits_and_reads_well(opened, address, shots, width, scheme):
    page = opened(width, scheme)
    for name, route, heading in [
        ("search", "#/library?q=calf+raises", "“calf raises” in the library"),
        ("source", "#/library/sources/barker-calf-rehab", ""),
        ("subjects", "#/library/subjects", "Questions the library answers"),
        ("subject", "#/library/subjects/calf-cause", "Does an underworking calf cause knee pain?"),
        ("measures", "#/library/measures", "Measures"),
        ("measure", "#/library/measures/wells-dvt", ""),
        ("flags", "#/library/red-flags", "Red flags"),
        ("flag", "#/library/red-flags/dvt", "Deep vein thrombosis"),
    ]:
        go(page, address, route, heading)
        page.screenshot(path=shots / f"library-{name}-{width}-{scheme}.png")
        assert fits(page), name
        assert page.evaluate(CONTRAST, "#cp-screen") == [], name
        assert page.evaluate("document.activeElement.tagName") == "H1"
        assert page.locator(".cp-map-svg:visible").count() == (name == "subject"), name


def test_a_search_is_narrowed_and_its_address_survives_a_reload(opened, address):
    page = opened()
    go(page, address, "#/library", "Library")
    page.fill("#cp-q", "heel rise")
    page.press("#cp-q", "Enter")
    page.locator("h1", has_text="heel rise").wait_for()
    page.click("summary:has-text('Filter and sort')")
    page.select_option("select[name=design]", "rct")
    page.click(".cp-filter-grid button")
    page.locator(".cp-set-filters", has_text="Design: trial").wait_for()
    assert all(words.startswith("Trial") for words in page.locator(".cp-source .cp-eyebrow").all_inner_texts())
    page.reload()
    page.locator(".cp-set-filters", has_text="Design: trial").wait_for()
    page.go_back()
    page.wait_for_function("!document.querySelector('.cp-set-filters')")
    assert page.input_value("#cp-q") == "heel rise"


def test_a_passage_is_jumped_to_within_its_source_and_links_leave_no_trace(opened, address):
    page = opened(820)
    go(page, address, "#/library/passages/barker-calf-rehab:31a", "")
    sought = page.locator(".is-sought")
    page.wait_for_function("document.activeElement.classList.contains('is-sought')")
    box = sought.bounding_box()
    assert 0 <= box["y"] < SIZES[820]
    assert "barker-calf-rehab:31a" in sought.inner_text()
    sought.get_by_text("what was found on it").first.click()
    page.locator(".cp-claim[open] > summary:focus").wait_for()
    go(page, address, "#/library/subjects/calf-cause", "Does an underworking calf")
    page.locator(".cp-contents button", has_text="Whole-chain claims").press("Enter")
    assert "What Whole-chain claims" in page.locator(":focus").inner_text()
    assert 0 <= page.locator(":focus").bounding_box()["y"] < SIZES[820]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".cp-claim[open] .cp-side").first.wait_for()
    go(page, address, "#/library/sources/leppanen-2024", "Hip and core")
    links = page.locator(".cp-cite-links a")
    assert links.count() == 2
    assert {(a.get_attribute("target"), a.get_attribute("rel")) for a in links.all()} == {("_blank", "noreferrer")}


def test_a_measure_is_worked_out_by_keyboard_alone(opened, address, shots):
    page = opened(390)
    go(page, address, "#/library/measures/heel-rise", "Single-leg heel-rise")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name === 'age'"):
            break
    page.keyboard.type("34")
    page.keyboard.press("Tab")
    page.keyboard.type("male")
    page.keyboard.press("Tab")
    page.keyboard.type("14")
    page.keyboard.press("Tab")
    page.keyboard.type("27")
    page.keyboard.press("Enter")
    page.locator(".cp-said", has_text="left 14 is 56% short").wait_for()
    page.screenshot(path=shots / "library-worked-out-390.png", full_page=True)
    assert page.evaluate(CONTRAST, "#cp-screen") == []


def test_a_file_that_cannot_be_added_is_told_before_it_is_sent(opened, address, tmp_path, shots):
    page = opened(390)
    choose_mentor(page, address)
    go(page, address, "#/library/add", "Add a document")
    sent = []
    page.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    long = tmp_path / "long.pdf"
    with long.open("wb") as file:
        file.truncate(21_000_000)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "tool.exe").write_bytes(b"MZ")
    for name, says in [
        ("long.pdf", "20 MB is the most"),
        ("empty.txt", "is empty"),
        ("tool.exe", "of a kind that is not read"),
    ]:
        page.set_input_files("#cp-file", tmp_path / name)
        page.locator(".cp-upload-problem", has_text=says).wait_for()
        page.click("text=Read it")
    page.screenshot(path=shots / "library-refused-390.png")
    assert sent == []


@pytest.mark.slow
def test_a_document_is_dropped_looked_at_added_found_and_taken_off(opened, address, tmp_path, shots):
    page = opened()
    choose_mentor(page, address)
    go(page, address, "#/library/add", "Add a document")
    texts = [
        RISES,
        f"{BATHS} Book now for our online course.",
        STAIRS,
        "<img src=x onerror=alert(1)> stands here as text.",
    ]
    document = write_html(tmp_path / "pool.html", texts, around="<script>alert(1)</script>")
    page.screenshot(path=shots / "library-add-1440.png")
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.items.add(new File([html], "pool.html", { type: "text/html" }));
            document.querySelector(".cp-drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        document.read_text(encoding="utf-8"),
    )
    assert "pool.html" in page.locator(".cp-chosen").inner_text()
    page.click("text=Read it")
    page.locator("h1", has_text="What would count").wait_for(timeout=MINUTES_MS)
    assert page.locator(".cp-pieces img").count() == 0
    assert page.locator(".cp-pieces .is-left", has_text="left out: promotion").count() == 1
    assert "#/library/documents/u-" in page.url
    page.screenshot(path=shots / "library-look-1440.png")
    assert page.evaluate(CONTRAST, "#cp-screen") == []
    page.reload()
    page.locator("h1", has_text="What would count").wait_for()
    page.fill("input[name=title]", "Our pool protocol")
    page.click("text=Add to the library")
    page.locator(".cp-working, .cp-done").first.wait_for(timeout=MINUTES_MS)
    page.screenshot(path=shots / "library-adding-1440.png")
    page.locator(".cp-done", has_text="“Our pool protocol” is in the library").wait_for(timeout=MINUTES_MS)
    page.click("text=Open it")
    page.locator("h1", has_text="Our pool protocol").wait_for()
    page.screenshot(path=shots / "library-own-1440.png")
    page.click("text=Take it off the shelf")
    page.locator("h1", has_text="off the shelf?").wait_for()
    page.screenshot(path=shots / "library-removal-1440.png")
    page.locator("#cp-screen button", has_text="Take it off").click()
    page.locator(".cp-done", has_text="with their vectors").wait_for(timeout=MINUTES_MS)
    opened.expected = "404"
    go(page, address, "#/library/sources/clinic-our-pool-protocol", "Not in the library")


def test_what_was_looked_at_and_discarded_is_gone(opened, address, home, tmp_path, shots):
    page = opened(390, "dark")
    choose_mentor(page, address)
    go(page, address, "#/library/add", "Add a document")
    page.set_input_files("#cp-file", write_html(tmp_path / "stairs.html", [STAIRS, RISES]))
    page.click("text=Read it")
    page.locator("h1", has_text="What would count").wait_for(timeout=MINUTES_MS)
    page.screenshot(path=shots / "library-look-390-dark.png", full_page=True)
    page.click("text=Discard")
    page.locator(".cp-note-line", has_text="Nothing of it was kept").wait_for()
    assert page.url.endswith("#/library/add")
    assert list((home / "incoming").glob("*")) == []
