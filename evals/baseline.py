"""The baseline: what later runs are held against, case by case."""

from __future__ import annotations

from pathlib import Path

from evals.documents import PACKAGED_BASELINE, BaselineDocument, Recorded, read_recorded
from evals.recording import records_of
from evals.results import Run


def baseline_in_force(path: Path | None = None) -> Recorded | None:
    """Return the baseline in the file `path`, the packaged one when left out; None where nothing is packaged.

    Raises:
        RecordFileError: the file does not fit, or is not there.
    """
    if path is None and not PACKAGED_BASELINE.is_file():
        return None
    return read_recorded(path or PACKAGED_BASELINE)


def baseline_of(run: Run) -> BaselineDocument:
    """Return what is kept of `run` as a baseline.

    Raises:
        ValueError: the run is partial.
    """
    if not run.is_complete:
        raise ValueError(f"expected a whole run for a baseline, got {len(run.results)} of {run.expected} cases")
    return BaselineDocument(provenance=run.provenance, records=records_of(run))
