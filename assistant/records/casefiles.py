"""Reference cases in the data folder: files made of reviews, which go when their review goes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.records.failures import mapped
from assistant.records.spool import write_whole

FOLDER = "cases"


def name_of(item_id: int) -> str:
    """Return the name of the file that is made of an item of the queue."""
    return f"reviewed-{item_id}.yaml"


def write(home: Path, item_id: int, text: str) -> Path:
    """Write the file of an item, whole or not at all, over an earlier one, and return where it lies.

    Raises:
        FullDiskError, UnwritableRecordsError: it could not be written.
    """
    target = home / FOLDER / name_of(item_id)
    with mapped(str(target.parent)):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, text)
    return target


def forget(home: Path, item_ids: Iterable[int]) -> None:
    """Remove the files that were made of these items.

    Raises:
        UnwritableRecordsError: one cannot be removed.
    """
    with mapped(str(home / FOLDER)):
        for item_id in item_ids:
            (home / FOLDER / name_of(item_id)).unlink(missing_ok=True)
