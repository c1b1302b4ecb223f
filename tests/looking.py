"""axe-core in a real browser: what of a page breaks WCAG 2.2 A and AA, at a phone's and a desktop's width, light and dark."""

from __future__ import annotations

from importlib.resources import files

import axe_playwright_python

from tests.browsing import CONTRAST

AXE = files(axe_playwright_python).joinpath("axe.min.js").read_text(encoding="utf-8")
# axe, whose rules on colours take most of its time, looks once at each width and once in each scheme; at what is left of
# the four, which only a colour can break, our own script looks, a hundred times as fast.
SIGHTS = ((390, "dark", "light"), (1440, "light", "dark"))
HEIGHT = (
    12_000  # at least, and as high as the page: what lies under the composer, or out of the window, axe cannot judge
)
RUN = """async ([within, known]) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const found = await axe.run(within ?? document, { runOnly: tags, resultTypes: ["violations"] });
    const isKnown = (rule, target) => known.findIndex(
        ([id, selector]) => id === rule && document.querySelector(target)?.matches(selector));
    return found.violations.flatMap(({ id, nodes }) => nodes.map(
        ({ target, html }) => [`${id}: ${target.join(" ")}: ${html.slice(0, 160)}`, isKnown(id, target[0])]));
}"""


class Eye:
    """Looks at a page in one state after another, and remembers what it found.

    `known` lists, by rule and selector, what is not ours to mend; one that is not met with is to go.
    """

    def __init__(self, page, known=()):
        self._page, self._known, self._met, self._found = page, [list(one) for one in known], set(), []

    def looks(self, state, within=None):
        """Run axe over the page, or over what `within` selects, as it is now; the width is as before afterwards."""
        page, before = self._page, self._page.viewport_size
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        for width, scheme, other in sorted(SIGHTS, key=lambda sight: sight[0] != before["width"]):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if (whole := page.evaluate("document.documentElement.scrollHeight")) > HEIGHT:
                page.set_viewport_size({"width": width, "height": whole})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for told, known in page.evaluate(RUN, [within, self._known]):
                if known >= 0:
                    self._met.add(known)
                else:
                    self._found.append(f"{state}, {width} px, {scheme}: {told}")
            page.emulate_media(color_scheme=other)
            poor = [] if self._known else page.evaluate(CONTRAST, within or "body")
            self._found += [f"{state}, {width} px, {other}: contrast: {one}" for one in poor]
        page.set_viewport_size(before)

    def closes(self):
        """Hold the page to having broken nothing, and the list of what is known to being needed."""
        assert not self._found, "\n".join(self._found)
        assert self._met == set(range(len(self._known))), f"no longer needed: all of {self._known} but {self._met}"
