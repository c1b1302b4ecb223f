"""A real browser at the app: what opens pages, and what asks in them.

Each picture goes to the folder that COUNTERPOINT_SHOTS names, to be looked at. The fixtures are in conftest.
"""

from __future__ import annotations

from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
CASE = "34F runner, R AKP 6/12, SLHR 11 R v 26 L: are weak calves causing her knee pain?"
SIZES = {390: 844, 820: 1180, 1440: 900}
CONTRAST = (Path(__file__).parent / "fixtures" / "contrast.js").read_text(encoding="utf-8")

BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


class Visits:
    """Opens the chat, and remembers what was asked of the network and what went wrong."""

    def __init__(self, browser, address):
        self._browser, self._address = browser, address
        self._contexts, self._requests, self._complaints = [], [], []
        self.expected = "\0"

    def __call__(self, width=1440, scheme="light"):
        context = self._browser.new_context(viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme)
        self._contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: self._requests.append(r.url))
        page.on("console", lambda m: self._complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self._complaints.append(str(e)))
        page.goto(self._address)
        page.wait_for_selector(".cp-example")
        return page

    def end(self):
        for context in self._contexts:
            context.close()
        left = [url for url in self._requests if not url.startswith((self._address, "data:"))]
        assert not left, f"asked of another place: {left}"
        complaints = [c for c in self._complaints if self.expected not in c]
        assert not complaints, f"complained of: {complaints}"


def ask(page, question, key="Enter"):
    known = page.locator(".cp-answer").count()
    page.fill("#cp-box textarea", question)
    page.press("#cp-box textarea", key)
    page.wait_for_function("n => document.querySelectorAll('.cp-answer').length > n", arg=known)
    settled(page)
    return page.locator(".cp-turn").last


def settled(page):
    """Wait for what is fetched under each answer: a reload would break it off, and htmx complains of that."""
    page.wait_for_function("!document.querySelector('.cp-foot:empty, .htmx-request')")
