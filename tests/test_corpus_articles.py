"""Fidelity to the two articles: every block counted and accounted for, and none of their wording copied."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import corpus
from corpus.encoder import Encoder
from corpus.types import Source
from tests.test_corpus_small import packaged_library

SEEDS = Path(corpus.__file__).parents[2] / "shared" / "seeds"
ARTICLES = {"barker-calf-rehab": 57, "bento-kinetic-chain": 16}
RUN_WORDS = 8
# How a source is cited, so not copying.
TITLES = (
    "knee pain why you should be doing calf rehab with every patient",
    "is calf training really a knee solution",
)

with_the_articles = pytest.mark.skipif(
    not SEEDS.is_dir(), reason=f"the articles' own text is not published with the project: no {SEEDS}"
)
each_article = pytest.mark.parametrize("article", ARTICLES)


def source(article: str) -> Source:
    return packaged_library().source_by_id[article]


def blocks(article: str) -> list[str]:
    """Return the blank-line-separated blocks of the seed file, each on one line and in lower case."""
    text = (SEEDS / f"{article}.txt").read_text(encoding="utf-8")
    return [" ".join(b.split()).lower() for b in re.split(r"\n\s*\n", text) if b.strip()]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("\u2019", "'").replace("'", ""))


def runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[i : i + RUN_WORDS]) for i in range(len(said) - RUN_WORDS + 1)}


@with_the_articles
@each_article
def test_each_block_has_its_number_its_words_and_its_fingerprint(article: str):
    expected = [(n, len(b.split()), hashlib.sha256(b.encode()).hexdigest()) for n, b in enumerate(blocks(article), 1)]
    assert [(p.number, p.words, p.sha256) for p in source(article).paragraphs] == expected


@each_article
def test_every_block_is_counted_once_and_says_why_it_was_kept_or_left_out(article: str):
    paragraphs = source(article).paragraphs
    assert [p.number for p in paragraphs] == list(range(1, ARTICLES[article] + 1))
    assert all(len(p.why.split()) >= 1 for p in paragraphs)
    assert all(re.fullmatch("[0-9a-f]{64}", p.sha256) for p in paragraphs)


def covered(one: Source) -> set[int]:
    """Return the blocks that a passage stands for: its own, and those whose reason names it."""
    own = {int(p.locator.removeprefix("paragraph ")) for p in one.passages}
    joined = {p.number for p in one.paragraphs if re.search(r"joined into passage (\d+)", p.why)}
    named = {int(n) for p in one.paragraphs for n in re.findall(r"joined into passage (\d+)", p.why)}
    assert named <= own
    return own | joined


@each_article
def test_every_block_that_was_kept_is_covered_by_a_passage_and_no_other_is(article: str):
    one = source(article)
    assert covered(one) == {p.number for p in one.paragraphs if p.kept}


LEFT_OUT = re.compile(r"heading|byline|promotion|sign-off|title|navigation|biography")


@each_article
def test_what_was_left_out_is_no_substance(article: str):
    reasons = {p.number: p.why for p in source(article).paragraphs if not p.kept}
    assert {n: why for n, why in reasons.items() if not LEFT_OUT.search(why)} == {}


@each_article
def test_each_passage_is_named_for_its_block(article: str):
    for passage in source(article).passages:
        number = passage.locator.removeprefix("paragraph ")
        assert re.fullmatch(rf"{article}:{number}[a-z]?", passage.id), passage.id


@each_article
def test_both_articles_are_opinion_by_one_author_with_an_interest_and_seen_in_full(article: str):
    one = source(article)
    assert (one.design, one.seen.level) == ("expert-opinion", "full-text")
    assert one.interests
    assert "," not in (one.authors or ",")
    assert packaged_library().viewpoint_by_id[one.viewpoint or ""].source == article


@with_the_articles
def test_no_passage_copies_a_run_of_eight_words_from_an_article():
    titles = set().union(*(runs(t) for t in TITLES))
    known = set().union(*(runs((SEEDS / f"{a}.txt").read_text(encoding="utf-8")) for a in ARTICLES)) - titles
    library = packaged_library()
    texts = {
        p.id: f"{p.text} | {p.implication} | {p.note} | {p.population}" for s in library.sources for p in s.passages
    }
    assert {i: sorted(runs(t) & known) for i, t in texts.items() if runs(t) & known} == {}


LEAST_AT_HOME = 0.95


@with_the_articles
def test_each_digest_is_closest_in_meaning_to_its_own_paragraph_or_a_neighbour(assistant):
    """In 95 % of cases; a paragraph is as close as its closest sentence, and blocks without substance do not count."""
    at_home = [_is_at_home(own, closeness) for own, closeness in _located(assistant.snapshot.encoder)]
    assert len(at_home) == sum(len(source(a).passages) for a in ARTICLES)
    assert sum(at_home) >= LEAST_AT_HOME * len(at_home)


def _is_at_home(own: int, closeness: list[float]) -> bool:
    return abs(max(range(len(closeness)), key=closeness.__getitem__) - own) <= 1


def _located(encoder: Encoder):
    """Yield for each passage the place of its paragraph among those kept, and how close each of these is."""
    for article in ARTICLES:
        one, text = source(article), (SEEDS / f"{article}.txt").read_text(encoding="utf-8")
        block = dict(enumerate((" ".join(b.split()) for b in re.split(r"\n\s*\n", text) if b.strip()), start=1))
        kept = [p.number for p in one.paragraphs if p.kept]
        views = [encoder.encode([block[n], *re.split(r"(?<=[.?!]) ", block[n])]) for n in kept]
        for passage, vector in zip(one.passages, encoder.encode([p.text for p in one.passages]), strict=True):
            own = kept.index(int(passage.locator.removeprefix("paragraph ")))
            yield own, [float((view @ vector).max()) for view in views]


@with_the_articles
@each_article
def test_a_copied_run_would_be_seen(article: str):
    longest = max(blocks(article), key=len)
    assert runs(f"The author says: {longest}") & runs((SEEDS / f"{article}.txt").read_text(encoding="utf-8"))
