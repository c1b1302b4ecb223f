"""The evals' screens: what is shown of the runs kept, two side by side, and a run started and cancelled."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from assistant.door import Assistant
from assistant.records.store import Records
from assistant.settings import Settings
from evals.keeping import keep, kept_runs
from tests.browsing import CHROMIUM, CONTRAST, SIZES, Visits
from tests.homes import built_home, copy_home
from tests.serving import serving
from tests.test_evals_html import nasty_report
from tests.test_evals_keeping import wide_report

START = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("evals")
    copy_home(built_home(tmp_path_factory) / "index", made / "index")
    return made


@pytest.fixture(scope="module")
def address(home):
    with Records(home) as records, serving(Assistant(Settings(home=home)), records) as found:
        yield found


@pytest.fixture(scope="module")
def client(address):
    with httpx.Client(base_url=address, timeout=120) as made:
        yield made


@pytest.fixture
def runs(home):
    """Return the ids of three runs, oldest first: two whole ones and one of a suite."""
    if not kept_runs(home):
        for number, report in enumerate((wide_report(), wide_report(), nasty_report())):
            keep(report, home, START + timedelta(minutes=number))
    return [r.id for r in reversed(kept_runs(home))][:3]


def text_of(answered):
    return " ".join(re.sub(r"<[^>]+>", " ", answered.text).split())


def settled(client, seconds=300):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answered = client.get("/screens/evals/progress")
        if "every 1s" not in answered.text:
            return text_of(answered)
        time.sleep(0.2)
    raise AssertionError("the run did not end")


def test_before_any_run_the_screen_says_what_a_run_does(client, home):
    assert kept_runs(home) == ()
    answered = client.get("/screens/evals")
    assert answered.status_code == 200
    assert "No run is kept here yet" in answered.text
    assert client.get("/screens/evals/compare").status_code == 404


def test_a_run_can_be_cancelled_and_nothing_of_it_is_kept(client, home):
    started = client.post("/screens/evals/started", data={"suite": "debate"})
    assert "every 1s" in started.text
    assert "every 1s" in client.post("/screens/evals/started", data={"suite": "tendon"}).text, "one at a time"
    client.post("/screens/evals/stopped")
    assert "cancelled; nothing of it is kept" in settled(client)
    assert kept_runs(home) == ()


def test_a_suite_that_is_none_is_refused(client):
    answered = client.post("/screens/evals/started", data={"suite": "--case x"})
    assert (answered.status_code, "expected one of debate" in text_of(answered)) == (422, True)


def test_the_verdict_of_the_latest_whole_run_comes_first(client, runs):
    answered = client.get("/screens/evals")
    first = answered.text.index("cp-verdict-line is-failed")
    assert first < answered.text.index("Run it now") < answered.text.index("From run to run")
    assert f"#/evals/runs/{runs[1]}" in answered.text
    assert answered.text.count('class="cp-dot"') == 2 * answered.text.count('class="cp-trend"') > 0


def test_a_failing_case_opens_with_its_answer_citations_and_findings_as_text(client, runs):
    answered = client.get(f"/screens/evals/runs/{runs[0]}")
    assert "debate-01" in answered.text
    assert "counterpoint eval run --case debate-01" in answered.text
    assert "<script" not in answered.text
    assert "of the hidden part only totals are shown" in text_of(answered)
    assert not re.search(r'href="#(?!/)', answered.text), "an address within the page would leave the screen"


def test_two_runs_stand_side_by_side(client, runs):
    answered = client.get("/screens/evals/compare", params={"before": runs[0], "after": runs[1]})
    assert "nothing lost" in text_of(answered)
    apart = client.get("/screens/evals/compare", params={"before": "baseline", "after": runs[1]})
    assert (apart.status_code, "share cases" in text_of(apart)) == (422, True)


@pytest.mark.parametrize("path", ["/runs/run-20261130T090000000000X", "/compare?after=run-20261130T090000000000X"])
def test_a_run_that_is_not_kept_is_not_found_and_the_nearest_are_named(client, runs, path):
    answered = client.get(f"/screens/evals{path}")
    assert answered.status_code == 404
    assert f"#/evals/runs/{runs[0]}" in answered.text


@pytest.mark.slow
@pytest.mark.usefixtures("runs")
def test_a_run_made_now_is_kept_and_shown(client, home):
    client.post("/screens/evals/started", data={"suite": "privacy"})
    assert "The run is done" in settled(client, 500)
    assert kept_runs(home)[0].suites == ("privacy",)
    assert "privacy" in client.get("/screens/evals").text


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_the_runs_fit_and_read_well_and_cases_open(browser, address, runs, shots, width, scheme):
    visits = Visits(browser, address)
    page = visits(width, scheme)
    for name, route in [
        ("runs", "#/evals"),
        ("run", f"#/evals/runs/{runs[0]}"),
        ("compare", f"#/evals/compare?before={runs[0]}&after={runs[1]}"),
    ]:
        page.goto(f"{address}/{route}")
        page.locator(".cp-verdict-line").wait_for()
        if name == "run":
            page.locator(".cp-crumb", has_text="run").wait_for()
            page.locator(".cp-eval-case summary").first.click()
            assert page.locator(".cp-eval-case[open] .cp-findings").first.is_visible()
        page.screenshot(path=shots / f"evals-{name}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        assert page.evaluate(CONTRAST, "#cp-screen") == [], name
    visits.end()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium")
@pytest.mark.usefixtures("runs")
def test_a_run_is_started_watched_and_cancelled_by_keyboard(browser, address):
    visits = Visits(browser, address)
    page = visits(820)
    page.goto(f"{address}/#/evals")
    page.focus("select[name=suite]")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#cp-run progress").wait_for()
    page.focus("#cp-run button")
    page.keyboard.press("Enter")
    page.locator("#cp-run", has_text="cancelled").wait_for(timeout=60_000)
    visits.end()
