"""The page: verdict first, everything escaped, nothing fetched, plots that say what they show, equal bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from evals.baseline import baseline_of
from evals.cases import Split
from evals.charts import changes_chart, guardrails_chart, latency_chart, suites_chart
from evals.html import to_html
from evals.reports import build_report
from evals.runner import run
from evals.thresholds import read_thresholds
from tests.test_evals_answers import eval_case, good_answer, small_library
from tests.test_evals_reports import CASES, HIDDEN, SCHOOLS, one_sided, reported

NASTY = '<script>alert(1)</script> "quoted" & <img src=https://example.org/x.png onerror=alert(1)>\x1b[31m'
VOID = {"meta", "link", "rect", "line", "circle"}


class Page(HTMLParser):
    """Keeps every tag with its attributes, and sees that tags are closed in the order in which they were opened."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.words = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def of(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def answering(question, _):
    """Answer with markup in each text that comes from outside, in a time of its own, after a draft held back."""
    answer = one_sided(question, _)
    answer["sections"][0]["claims"][0]["text"] = NASTY
    answer["citations"][0] |= {"quote": NASTY, "title": NASTY}
    answer["provenance"] = {"elapsed_ms": 30.0 + len(question)}
    answer["red_flags"] = [{"pattern": "dvt", "dismissed": None}, {"pattern": "fracture", "dismissed": "seen"}]
    answer["removed"] = ["name"]
    answer["trace"] = {"findings": [], "attempts": [{"findings": [{"rule": "no_number"}], "draft": None}]}
    return answer


def nasty_report(**more):
    first = replace(eval_case("debate-01", viewpoints=SCHOOLS, question=NASTY), history=(NASTY,))
    cases = (first, *CASES[1:])
    made = run(cases, answering, small_library(), **more)
    return build_report(made, read_thresholds(), baseline_of(run(cases, lambda *_: good_answer(), small_library())))


@pytest.fixture(scope="module")
def text():
    return to_html(nasty_report())


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_the_verdict_is_the_first_that_is_read(text, page):
    assert re.search(r"<body>\s*<header>\s*<h1 class=\"fail\">FAIL: both schools 1 of 3 ", text)
    assert "<title>FAIL: evals of Counterpoint</title>" in text
    assert '<h1 class="pass">PASS: 1 case, ' in to_html(reported(CASES[3:]))
    assert page.open == []


def test_words_from_outside_are_shown_as_text_and_never_as_markup(text, page):
    shown = "".join(page.words)
    assert shown.count("<script>alert(1)</script>") >= 4  # question, the turn before, claim, quote, title
    assert not page.of("script")
    assert not page.of("img")
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert "\x1b" not in text


def test_nothing_is_asked_for_from_outside(text, page):
    for tag, attrs in page.tags:
        for name in ("src", "href", "srcset", "data", "action", "poster", "xlink:href"):
            assert attrs.get(name, "#").startswith(("#", "data:")), tag
    style = text[text.index("<style>") : text.index("</style>")]
    assert not re.search(r"@import|url\(|https?:", style)
    policy = next(m["content"] for m in page.of("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "script" not in policy


def test_the_page_reads_by_day_and_by_night_and_on_a_telephone(text, page):
    assert "@media (prefers-color-scheme: dark)" in text
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.of("meta")
    assert page.of("html") == [{"lang": "en"}]


def contrast(one, other):
    """Return the contrast of two colours by WCAG 2.2, from 1 to 21."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_words_stand_out_from_what_is_behind_them_in_both_schemes(text):
    schemes = [
        dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    ]
    assert len(schemes) == 2
    for colours in schemes:
        for ink in ("ink", "soft", "accent", "fail", "pass"):
            assert contrast(colours[ink], colours["paper"]) >= 4.5
            assert contrast(colours[ink], colours["panel"]) >= 4.5
        assert contrast(colours["fail"], colours["missed"]) >= 4.5


def test_headings_go_down_by_one_and_tables_and_drawings_are_named(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert len(page.of("caption")) == len(page.of("table")) == 2
    assert all(th["scope"] in ("col", "row") for th in page.of("th"))
    named = {t["id"] for t in page.of("title") if "id" in t}
    drawings = page.of("svg")
    assert len(drawings) > 10
    assert all(d["role"] == "img" and d["aria-labelledby"] in named for d in drawings)


def test_ids_are_unique_and_links_lead_to_one(page):
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.of("a")} <= set(ids)


def test_a_failing_dev_case_is_open_with_answer_citations_findings_and_rerun_line(text, page):
    cases = page.of("details")
    assert [c["id"] for c in cases] == [f"case-{r.case.id}" for r in nasty_report().worst]
    assert all("open" in c for c in cases)
    case, crashed = (text.partition(f'id="case-{c}"')[2].partition("</details>")[0] for c in ("debate-01", "debate-02"))
    for part in ("whole-chain is not cited", "<h4>Answer</h4>", "<blockquote>", "expected <b>answered</b>", "[3]</a>"):
        assert part in case
    assert "<code>counterpoint eval run --case debate-01</code>" in case
    assert "out of rope" in crashed
    assert "<h4>Answer</h4>" not in crashed


def test_of_the_test_part_only_totals_are_shown(text):
    assert HIDDEN not in text
    assert "debate-03" not in text


def test_equal_runs_give_equal_bytes_but_for_the_latency(text):
    slow = iter([0.0, 100.0])
    assert to_html(nasty_report(), is_timed=False) == to_html(nasty_report(clock=lambda: next(slow)), is_timed=False)
    timing = re.compile(r"<!-- timing.*end of timing -->\n", re.DOTALL)
    assert timing.search(text)
    assert timing.sub("", text) == to_html(nasty_report(), is_timed=False)


def test_scores_by_suite_have_an_interval():
    chart = suites_chart(reported().run)
    assert [(line.label, line.told) for line in chart.lines] == [("debate", "1 of 4 (25.0 %, 4.6 to 69.9)")]
    assert chart.lines[0].dot == 0.25
    assert chart.lines[0].interval.low < 0.25 < chart.lines[0].interval.high


def test_before_and_after_shows_what_moved_and_nothing_without_a_baseline():
    assert changes_chart(reported()) is None
    lines = {line.label: line for line in changes_chart(nasty_report()).lines}
    assert lines["both schools"].told == "100.0 % → 33.3 % (−66.7; 0 better, 2 worse of 3)"
    assert (lines["both schools"].ring, round(lines["both schools"].dot, 3)) == (1.0, 0.333)
    assert "claims cited" not in lines
    same = run(CASES, one_sided, small_library())
    assert changes_chart(build_report(same, read_thresholds(), baseline_of(same))).lines == ()


def test_the_guardrails_say_in_how_many_answers_each_acted():
    told = {line.label: line.told for line in guardrails_chart(nasty_report().run).lines}
    assert told["red flags"] == told["identifier removed: name"] == told["rule: no_number"] == "3 (100.0 %)"
    assert told["check: viewpoint_balance"] == "0 (0.0 %)"


def test_the_latency_counts_each_answer_once_and_is_left_out_where_none_is_told():
    assert latency_chart(reported().run) is None
    lines = latency_chart(nasty_report().run).lines
    assert sum(int(line.told.split()[0]) for line in lines) == 3
    assert "50 to 100 ms" in {line.label for line in lines}


@pytest.mark.parametrize("answer", [{"status": "answered"}, {"status": "answered", "sections": []}])
def test_an_odd_answer_leaves_a_page_all_the_same(answer):
    page = to_html(reported(CASES[:1], lambda *_: answer))
    assert 'id="case-debate-01"' in page
    assert "<h4>Answer</h4>" not in page


def test_a_run_that_was_stopped_at_once_leaves_a_page():
    def stopped(*_):
        raise KeyboardInterrupt

    page = to_html(reported(CASES, stopped))
    assert '<h1 class="fail">FAIL: partial, 0 of 4 cases run</h1>' in page


def test_a_page_of_a_thousand_failing_cases_is_written_and_stays_under_20_mb():
    cases = [eval_case(f"debate-{n}", viewpoints=SCHOOLS, question=f"Question {n}?") for n in range(1000)]
    cases += [eval_case("debate-last", viewpoints=SCHOOLS, split=Split.TEST)]
    page = to_html(reported(cases))
    assert page.count("<details") == 1000
    assert len(page.encode()) < 20_000_000
