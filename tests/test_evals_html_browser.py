"""The page of the evals in a real browser: narrow and wide, light and dark, nothing fetched, nothing cut off.

Each picture goes to the folder that COUNTERPOINT_SHOTS names, to be looked at.
"""

from __future__ import annotations

import pytest

from evals.html import to_html
from tests.browsing import CHROMIUM, CONTRAST, SIZES
from tests.test_evals_html import nasty_report

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "evals.html"
    file.write_text(to_html(nasty_report()), encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_fits_its_window_reads_well_and_asks_for_nothing(browser, address, shots, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme)
    page, asked, complaints = context.new_page(), [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: complaints.append(m.text))
    page.on("dialog", lambda d: complaints.append(d.message))
    page.goto(address)
    page.screenshot(path=shots / f"evals-{width}-{scheme}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(CONTRAST, "body") == []
    assert [url for url in asked if not url.startswith("data:")] == [address]
    assert complaints == []
    context.close()
