"""Whether wording was copied from an article, told without holding the article: by fingerprints of its word runs.

``python -m corpus.copying ARTICLE.txt …`` writes the fingerprints of the articles given; what the library ships are
those of the two it digests. A fingerprint does not give its words away.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

RUN_WORDS = 8
_BYTES = 6
_WORD = re.compile(r"[a-z0-9]+")
_FILE = Path(__file__).parent / "library" / "articles" / "word-runs.txt"
_TITLES = (
    "Knee Pain: Why You Should Be Doing Calf Rehab With Every Patient",
    "Is Calf Training Really A Knee Solution?",
)


def copied(text: str) -> str | None:
    """Return the first run of eight words in `text` that stands in a digested article, titles aside, or None."""
    known = _fingerprints()
    return next((" ".join(run) for run in _runs(text) if _fingerprint(run) in known), None)


def fingerprints_of(text: str) -> frozenset[str]:
    """Return the fingerprints of the word runs of `text`, titles left out: those are how a source is cited."""
    titles = {run for title in _TITLES for run in _runs(title)}
    return frozenset(_fingerprint(run) for run in _runs(text) if run not in titles)


@cache
def _fingerprints() -> frozenset[str]:
    return frozenset(_FILE.read_text().split())


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.lower().replace("\u2019", "'").replace("'", ""))
    return (tuple(words[i : i + RUN_WORDS]) for i in range(len(words) - RUN_WORDS + 1))


def _fingerprint(run: tuple[str, ...]) -> str:
    return hashlib.blake2b(" ".join(run).encode(), digest_size=_BYTES).hexdigest()


def main(paths: list[str]) -> int:
    """Write the fingerprints of the articles at `paths`; return the exit code."""
    if not paths:
        sys.stderr.write("expected the articles' files; for example: python -m corpus.copying article.txt\n")
        return 2
    found = frozenset[str]().union(*(fingerprints_of(Path(p).read_text(errors="replace")) for p in paths))
    _FILE.write_text("\n".join(sorted(found)) + "\n")
    sys.stderr.write(f"{_FILE}: {len(found)} word runs\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
