"""Keep an answer as one file, without a database: what a default `counterpoint ask` can afford.

The files lie in ``<home>/spool`` until `Records.open` takes them in. Standard library only.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.records.errors import BadRecordError, to_file_error
from assistant.records.types import KeptAnswer
from assistant.records.validating import to_kept_answer

SCHEMA = "counterpoint/spool/1"
FOLDER = "spool"
BROKEN = "broken"


def spool(home: Path, document: Mapping[str, Any], trace: Mapping[str, Any]) -> Path:
    """Return the file in which the answer now lies safely, even if the machine loses power.

    The conversation is the one that `document` names. The same answer twice is one file.

    Args:
        home: the data folder; made where it is missing.
        document: the answer as CONTRACT.md's JSON, identifiers removed.
        trace: what it was made from.

    Raises:
        BadRecordError: the answer has not the form that can be kept.
        FullDiskError, UnwritableRecordsError: the file could not be written; nothing is left of it.
    """
    answer = to_kept_answer(document, trace, conversation=document.get("conversation"))
    folder = home / FOLDER
    text = json.dumps({"schema": SCHEMA, "document": answer.document, "trace": answer.trace}, allow_nan=False)
    target = folder / f"{sha256(answer.id.encode()).hexdigest()[:32]}.json"  # an id may hold any character
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(target, text)
    except OSError as error:
        raise to_file_error(error, str(folder)) from error
    return target


def is_empty(home: Path) -> bool:
    """Return whether nothing waits to be taken in."""
    return next((home / FOLDER).glob("*.json"), None) is None


def spooled(home: Path, warn: Callable[[str], None]) -> tuple[Path, ...]:
    """Return the files that wait, by the moment of their question, then by id.

    A file that holds no answer is moved to ``spool/broken``, one that cannot be read is left: both are told to `warn`.
    """
    found: list[tuple[datetime, str, Path]] = []
    for path in (home / FOLDER).glob("*.json"):
        try:
            answer = read_spooled(path)
        except BadRecordError as error:
            _set_aside(path, str(error), warn)
        except OSError as error:
            warn(f"The spooled answer {path} cannot be read and was left where it is: {error.strerror}.")
        else:
            found.append((answer.asked_at, answer.id, path))
    return tuple(path for _, _, path in sorted(found))


def read_spooled(path: Path) -> KeptAnswer:
    """Return the answer in the file `path`.

    Raises:
        BadRecordError: the file holds no answer.
        OSError: the file cannot be read.
    """
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        message = f"expected JSON, got: {error}"
        raise BadRecordError(message) from error
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        message = f"expected an object whose schema is {SCHEMA}"
        raise BadRecordError(message)
    document = content.get("document")
    conversation = document.get("conversation") if isinstance(document, dict) else None
    return to_kept_answer(document, content.get("trace"), conversation=conversation)


def forget_broken(home: Path, source_id: str) -> None:
    """Remove the files set aside that name a document which was taken off the shelf: they may hold its words.

    Raises:
        OSError: one cannot be read or removed.
    """
    names = (f'"{source_id}"'.encode(), f'"{source_id}:'.encode())  # the source itself, or a passage of it
    for path in (home / FOLDER / BROKEN).glob("*.json"):
        content = path.read_bytes()
        if any(name in content for name in names):
            path.unlink(missing_ok=True)


def _set_aside(path: Path, why: str, warn: Callable[[str], None]) -> None:
    target = path.parent / BROKEN / path.name
    try:
        target.parent.mkdir(exist_ok=True)
        path.replace(target)
    except OSError as error:
        warn(f"The spooled answer {path} is broken ({why}) and could not be moved aside: {error.strerror}.")
    else:
        warn(f"The spooled answer {path.name} is broken ({why}); it was moved to {target}.")


def write_whole(target: Path, text: str) -> None:
    """Write all of `text` or nothing: a file beside it, synced, then put in its place."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)  # noqa: PTH105 - `name` is mkstemp's text
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the new name itself survive a loss of power; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
