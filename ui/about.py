"""What Counterpoint is, for whom, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.presenting import INTENDED_USE
from corpus.library import Library

LAST_RUN = "last-eval-run.txt"
DISTRIBUTION = "counterpoint-knee"
LIMITS = (
    "It does not diagnose, choose medicines, or decide for the clinician.",
    "The weight of evidence is shown as strong, moderate, thin or opinion, by a written rule.",
    "Most studies were seen as abstracts; what was seen second-hand is marked.",
    "It reads English only, and knows the knee only.",
)


def installed_version() -> str:
    """Return the version installed, or that it runs from a checkout."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "not installed, running from a checkout"


def about_lines(library: Library, home: Path) -> Iterator[str]:
    """Yield what ``counterpoint about`` prints; the last eval run's figures are kept in `home`."""
    yield f"Counterpoint {installed_version()}"
    yield f"Intended use: {INTENDED_USE}"
    yield "Users: physiotherapists with knee patients, their mentors, and a clinic's continuous integration."
    yield from (f"Limit: {limit}" for limit in LIMITS)
    for debate in library.debates:
        schools = (library.viewpoint_by_id[v] for v in debate.viewpoints)
        yield f"Debate: {debate.title}: {'; '.join(f'{v.name} ({v.weight})' for v in schools)}"
    seen = sorted({s.seen.date for s in library.sources if s.seen.date})
    yield (
        f"Library: {len(library.sources)} sources, {len(library.passages)} passages, {len(library.cruxes)} cruxes and "
        f"briefs; sources seen {seen[0]} to {seen[-1]}"
        if seen
        else "Library: empty"
    )
    yield f"Library fingerprint: {library.fingerprint}"
    last = home / LAST_RUN
    yield f"Last eval run here: {last.read_text().strip()}" if last.is_file() else "Last eval run here: none yet"
