"""The debate map: everything of the crux is on it, each mark as its design and weight ask, and nothing overlaps."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest

from corpus.sentences import DESIGN_WORDS
from corpus.types import Design, Direction, Strength
from ui.papers.debate_map import debate_map, layouts, passages_of
from ui.papers.debate_overview import HALF_WIDTH, bands, overview
from ui.papers.map_content import of_crux, of_debate
from ui.papers.map_layout import lay_out
from ui.papers.map_pieces import Form
from ui.papers.map_shapes import RADIUS, path_of
from ui.papers.map_text import width_of, wrapped

CHROMIUM = Path("/usr/bin/chromium")
STATIC = Path(__file__).parents[1] / "ui/static"
NEAR = 0.01


@pytest.fixture(scope="module")
def pictures(library):
    """Return the picture of every crux, brief and debate of the library."""
    return [
        *(of_crux(c, library) for c in library.cruxes),
        *(of_debate(d, library) for d in library.debates),
    ]


def overlap(a, b):
    return min(a[2], b[2]) - max(a[0], b[0]) > NEAR and min(a[3], b[3]) - max(a[1], b[1]) > NEAR


def within(inner, outer):
    return all(
        (
            inner[0] >= outer[0] - NEAR,
            inner[1] >= outer[1] - NEAR,
            inner[2] <= outer[2] + NEAR,
            inner[3] <= outer[3] + NEAR,
        )
    )


class Nodes(HTMLParser):
    """Collects the links of a map."""

    def __init__(self, html):
        super().__init__()
        self.links = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs))


# ---- nothing overlaps -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(Form))
def test_no_words_lie_on_other_words_in_any_map_of_the_library(pictures, form):
    for picture in pictures:
        boxes = [w.box for w in lay_out(picture, form).texts()]
        clashes = [(a, b) for a, b in combinations(boxes, 2) if overlap(a, b)]
        assert not clashes, picture.title


@pytest.mark.parametrize("form", list(Form))
def test_no_mark_lies_on_words_or_on_another_mark(pictures, form):
    for picture in pictures:
        made = lay_out(picture, form)
        marks, texts = [b.box for b in made.beads], [w.box for w in made.texts()]
        assert not [1 for m in marks for t in texts if overlap(m, t)], picture.title
        assert not [1 for a, b in combinations(marks, 2) if overlap(a, b)], picture.title


@pytest.mark.parametrize("form", list(Form))
def test_cards_hold_their_words_and_lie_apart(pictures, form):
    for picture in pictures:
        made = lay_out(picture, form)
        assert all(within(w.box, c.box) for c in made.cards for w in c.words), picture.title
        assert not [1 for a, b in combinations([c.box for c in made.cards], 2) if overlap(a, b)], picture.title
        loose = [w.box for w in made.words] + [b.box for b in made.beads]
        assert not [1 for c in made.cards for x in loose if overlap(c.box, x)], picture.title


@pytest.mark.parametrize("form", list(Form))
def test_everything_lies_on_the_sheet(pictures, form):
    for picture in pictures:
        made = lay_out(picture, form)
        sheet = (0, 0, made.width, made.height + 4)
        boxes = [*(w.box for w in made.texts()), *(c.box for c in made.cards), *(b.box for b in made.beads)]
        assert all(within(b, sheet) for b in boxes), picture.title


def test_a_label_is_as_wide_as_its_place_and_no_wider(library):
    made = lay_out(of_crux(library.crux_by_id["chain-superior"], library), Form.NARROW)
    assert all(b.label.box[2] - b.label.box[0] <= 78 for b in made.beads)


# ---- everything is on it --------------------------------------------------------------------------------------------


def test_each_finding_of_a_crux_is_on_its_map_and_a_guideline_above_it(library):
    for crux in library.cruxes:
        picture = of_crux(crux, library)
        named = {e.passage for e in crux.evidence}
        guidelines = {p for p in named if library.source_of(p).design is Design.GUIDELINE}
        strung = sorted(f.passage for f in (*picture.context, *hung(picture)))
        assert set(strung) | {f.passage for f in picture.guidelines} >= named
        assert guidelines <= {f.passage for f in picture.guidelines}
        assert all(f.design == Design.GUIDELINE for f in picture.guidelines)
        for made in layouts(picture):
            assert sorted(b.finding.passage for b in made.beads) == strung


def hung(picture):
    return [f for s in picture.schools for stand in s.stands for f in stand.findings]


def test_a_finding_does_to_a_claim_what_the_ledger_says(library):
    ways = {Direction.SUPPORTS: "supports", Direction.LIMITS: "limits"}
    for crux in library.cruxes:
        for school in of_crux(crux, library).schools:
            for stand in school.stands:
                for finding in stand.findings:
                    link = library.ledger_links[stand.claim, finding.passage]
                    assert finding.way == ways.get(link.direction, "leaves open")
                    assert finding.is_direct == (link.directness == "direct")
                    assert finding.why == link.why


def test_both_schools_stand_on_every_map_with_what_they_rest_on(library):
    for crux in library.cruxes:
        schools = of_crux(crux, library).schools
        assert [s.id for s in schools] == list(library.debate_by_id[crux.debate].viewpoints)
        assert all(s.weight for s in schools)
        assert all(s.stands for s in schools if crux.kind == "crux"), crux.id


def test_a_school_that_says_nothing_on_a_question_is_there_and_says_so(library):
    html = debate_map("explaining-scan-findings", library)
    assert "It says nothing on this question." in html
    assert "Calf-focused (Andy Barker)" in html


def test_a_school_on_whose_claims_nothing_bears_says_so(library):
    html = debate_map("after-surgery", library)
    assert "No finding here bears on its claims" in html
    assert "No finding on this question bears on it; 34 beside this" in re.sub(r"</tspan><tspan[^>]*>", " ", html)


def test_a_guideline_stands_above_both_schools(library):
    picture = of_crux(library.crux_by_id["ankle-stiffness"], library)
    assert [f.passage for f in picture.guidelines] == ["willy-2019:5"]
    for made in layouts(picture):
        top = next(c for c in made.cards if c.css == "cp-map-guideline")
        assert all(top.box[3] <= c.box[1] for c in made.cards if c is not top)
        assert made.width == top.width


def test_a_guideline_that_a_sentence_cites_for_this_case_is_shown_where_no_finding_is_one(library):
    crux = next(c for c in library.cruxes if of_crux(c, library).guidelines and c.id != "ankle-stiffness")
    assert all(f.design == Design.GUIDELINE for f in of_crux(crux, library).guidelines)


def test_the_tests_stand_between_the_schools_where_there_is_room(library):
    wide, _, narrow = layouts(of_crux(library.crux_by_id["calf-cause"], library))
    claims, tests = ([c for c in wide.cards if c.css == f"cp-map-{kind}"] for kind in ("claim", "test"))
    assert max(c.box[0] for c in claims if c.hue == claims[0].hue) < min(t.box[0] for t in tests)
    assert max(t.box[2] for t in tests) < max(c.box[0] for c in claims)
    order = [c.css for c in sorted(narrow.cards, key=lambda c: c.y)]
    assert order.index("cp-map-test") > order.index("cp-map-claim")
    assert order[-1] == "cp-map-claim"


def test_the_facts_of_a_case_choose_its_tests_and_mark_what_fits(library):
    crux = library.crux_by_id["who-to-test"]
    pfp = of_crux(crux, library, {"condition": frozenset({"pfp"}), "weight_bearing": "none"})
    assert "Single-leg heel rise, both sides" not in [t.name for t in pfp.tests]
    assert {f.passage for f in pfp.findings if f.fits} == {
        e.passage for e in crux.evidence if e.fits == '"pfp" in condition'
    }
    assert not any(f.fits for f in of_crux(crux, library).findings)


def test_direct_findings_hang_nearer_than_indirect_ones_and_heavier_before_lighter(library):
    order = list(Strength)
    for debate in library.debates:
        for school in of_debate(debate, library).schools:
            for stand in school.stands:
                for _, found in stand.strings():
                    ranks = [(not f.is_direct, order.index(f.strength)) for f in found]
                    assert ranks == sorted(ranks)


def test_a_whole_debate_shows_all_that_the_ledger_holds(library):
    for debate in library.debates:
        shown = sorted(
            (s.claim, f.passage) for v in of_debate(debate, library).schools for s in v.stands for f in s.findings
        )
        held = [k for k in library.ledger_links if k[0].split(":")[0] in debate.viewpoints]
        assert shown == sorted(k for k in held if k[1] in library.passages)


def test_a_debate_of_three_schools_is_drawn_side_by_side(library):
    debate = library.debate_by_id["calf-versus-chain"]
    wider = replace(debate, viewpoints=(*debate.viewpoints, "hip-focused"))
    for form in Form:
        made = lay_out(of_debate(wider, library), form)
        assert len({c.x for c in made.cards}) == (1 if form is Form.NARROW else 3)
        assert not [1 for a, b in combinations([w.box for w in made.texts()], 2) if overlap(a, b)]


# ---- marks ----------------------------------------------------------------------------------------------------------


def test_each_design_has_a_shape_and_those_of_the_brief_differ():
    assert {Design(d) for d in DESIGN_WORDS} == set(Design)
    told_apart = ("guideline", "systematic-review", "rct", "cohort", "cross-sectional", "expert-opinion", "consensus")
    assert len({path_of(d, 10) for d in told_apart}) == len(told_apart)


def test_a_heavier_finding_is_larger_and_opinion_is_smallest():
    sizes = [RADIUS[s] for s in (Strength.STRONG, Strength.MODERATE, Strength.THIN, Strength.OPINION)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 4


def test_words_break_where_they_fit_and_lose_none():
    text = "When the calf and hamstrings do not do their job well, other structures take over"
    lines = wrapped(text, 180, 13)
    assert " ".join(lines) == text
    assert all(width_of(line, 13) <= 180 for line in lines)
    assert wrapped("Electroencephalographically", 60, 12)[0].endswith("…")
    assert width_of("Manojlović", 11) == width_of("Manojlovic", 11)


# ---- the figure -----------------------------------------------------------------------------------------------------


def test_each_node_is_a_link_with_a_passage_that_the_library_holds(library):
    links = Nodes(debate_map("calf-cause", library)).links
    assert links
    for link in links:
        assert link["href"] == "#"
        assert link["role"] == "button"
        assert link["data-passage"] in library.passages
    assert {x["data-passage"] for x in links} == set(passages_of("calf-cause", library))


def test_each_node_of_the_picture_says_in_words_what_it_is(library):
    html = debate_map("calf-cause", library)
    nodes = re.findall(r'<a class="cp-map-node[^>]*><title>(.*?)</title>', html)
    assert len(nodes) == html.count('<a class="cp-map-node')
    assert all(len(n) > 10 for n in nodes)
    assert any("Laboratory study" in n or "laboratory study" in n for n in nodes)


def test_the_same_stands_below_as_a_list(library):
    html = debate_map("chain-superior", library)
    said = html[html.index("The same as a list") :]
    for link in library.crux_by_id["chain-superior"].evidence:
        assert f'data-passage="{link.passage}"' in said


def test_what_is_not_ours_is_escaped(library):
    crux = library.crux_by_id["calf-cause"]
    odd = replace(crux, question='<img src=x onerror="alert(1)">')
    html = debate_map("calf-cause", replace(library, cruxes=(odd,)))
    assert "<img" not in html
    assert "&lt;img" in html


def test_the_map_is_the_same_each_time_and_loads_nothing(library):
    html = debate_map("calf-cause", library)
    assert html == debate_map("calf-cause", library)
    assert not re.findall(r'(?:src|href)="(?!#)', html)
    assert "http://www.w3.org/2000/svg" in html


def test_a_question_that_is_not_in_the_library_is_an_error(library):
    with pytest.raises(KeyError, match="no-such"):
        debate_map("no-such", library)


# ---- as a browser draws it ------------------------------------------------------------------------------------------

MEASURE = """() => [...document.querySelectorAll('svg.cp-map-svg')].filter(s => s.getBoundingClientRect().width).map(s => ({
  width: s.viewBox.baseVal.width,
  texts: [...s.querySelectorAll('text')].map(t => { const b = t.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height, t.textContent]; }),
  cards: [...s.querySelectorAll('a.cp-map-node rect')].map(r => { const b = r.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height,
    [...r.parentNode.querySelectorAll('text')].map(t => t.getBBox().x + t.getBBox().width)]; }),
}))"""


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def framed(html):
    style = "".join((STATIC / f"{name}.css").read_text(encoding="utf-8") for name in ("page", "answer", "map"))
    return (
        f'<!doctype html><html lang="en"><title>Map</title><style>{style} body{{margin:0;padding:16px}}</style>{html}'
    )


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium")
@pytest.mark.parametrize(("width", "drawn"), [(390, 350), (820, 760), (1440, 1080)])
def test_a_browser_shows_one_form_whose_words_fit(browser, library, width, drawn):
    page = browser.new_page(viewport={"width": width, "height": 900})
    for crux in library.cruxes:
        page.set_content(framed(debate_map(crux.id, library)))
        (form,) = page.evaluate(MEASURE)
        assert form["width"] == drawn
        for *_, right, _, words in form["cards"]:
            assert all(w <= right + 0.5 for w in words), crux.id
        shrunk = [(a, b + 2, c, d - 2) for a, b, c, d, _ in form["texts"]]  # glyph boxes hold air above and below
        assert not [1 for a, b in combinations(shrunk, 2) if overlap(a, b)], crux.id
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), crux.id
    page.close()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium")
def test_marks_can_be_reached_and_are_large_enough_to_touch(browser, library):
    for width in (390, 1440):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.set_content(framed(debate_map("calf-cause", library)))
        sizes = page.eval_on_selector_all(
            "svg.cp-map-svg a.cp-map-node",
            "e => e.map(n => n.getBoundingClientRect()).filter(b => b.width).map(b => [b.width, b.height])",
        )
        assert sizes
        assert all(w >= 24 and h >= 24 for w, h in sizes)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('class')").startswith("cp-map-node")
        page.close()


# --- a whole debate at a glance


@pytest.mark.parametrize("debate_id", ["calf-versus-chain", "hip-versus-quadriceps"])
def test_the_overview_holds_every_disputed_question_once_and_leads_to_its_own_map(debate_id, library):
    debate = library.debate_by_id[debate_id]
    html = overview(debate_id, library)
    wanted = sorted(c.id for c in library.cruxes if c.debate == debate_id and c.kind == "crux")
    assert sorted(re.findall(r'href="#/library/subjects/([^"]+)"', html)) == wanted
    assert set(re.findall(r'href="#/library/passages/([^"]+)"', html)) <= set(library.passages)
    assert [html.count(f'href="#/library/schools/{v}"') for v in debate.viewpoints] == [1, 1]


def test_in_the_overview_a_finding_hangs_on_its_schools_side_and_on_the_string_of_what_it_does(library):
    for _, rows in bands(library.debate_by_id["calf-versus-chain"], library):
        for row in rows:
            picture = of_crux(library.crux_by_id[row.id], library)
            for school, side in zip(picture.schools, (-1, 1), strict=True):
                for way in ("supports", "limits"):
                    expected = {f.passage for stand in school.stands for f in stand.findings if f.way == way}
                    marks = [m for s in row.strands if s.way == way and s.marks[0].x * side > 0 for m in s.marks]
                    assert {m.finding.passage for m in marks} == expected
                    assert len(marks) == len(expected)


def test_no_two_marks_of_the_overview_touch_and_none_leaves_its_row(library):
    for _, rows in bands(library.debate_by_id["calf-versus-chain"], library):
        for row in rows:
            places = [(m.x, s.y) for s in row.strands for m in s.marks]
            assert all(0 < y < row.height and abs(x) + 12 <= HALF_WIDTH for x, y in places)
            assert all(max(abs(a - c), abs(b - d)) >= 24 for n, (a, b) in enumerate(places) for c, d in places[n + 1 :])


def test_the_bands_of_the_overview_are_those_of_the_weighing(library):
    found = {row.id: title for title, rows in bands(library.debate_by_id["calf-versus-chain"], library) for row in rows}
    assert found["keep-the-quads"] == "The findings point one way"
    assert found["instant-relief"] == "The dispute itself is untested"
