"""Files that a command writes at its end: seen to be writable before it starts."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from ui.usage import UsageError

_PROBE_BYTES = 1_000_000  # as long as the longest report may get that goes into a pull request


def checked(files: Mapping[str, Path | None]) -> dict[str, Path]:
    """Return the files that were asked for, by the name of their option.

    Raises:
        UsageError: one of them cannot be written, or two are the same.
    """
    wanted = {option: path for option, path in files.items() if path is not None}
    seen: dict[Path, str] = {}
    for option, path in wanted.items():
        if (other := seen.setdefault(path.resolve(), option)) != option:
            raise UsageError(f"--{option}: expected another file than that of --{other}, got {path}")
        check(path, f"--{option}")
    return wanted


def check(path: Path, what: str) -> None:
    """See that `path` can be written, and that its disk has room.

    Raises:
        UsageError: it cannot; the message says why.
    """
    try:
        _probe(path)
    except OSError as error:
        raise UsageError(f"{what}: expected a file that can be written, got {path}: {error.strerror}") from None


def _probe(path: Path) -> None:
    if _is_special(path):
        with path.open("ab"):
            return
    if path.exists():
        with path.open("ab"):
            pass
    with tempfile.TemporaryFile(dir=path.resolve().parent) as probe:
        probe.write(bytes(_PROBE_BYTES))
        probe.flush()


def write(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Write `content`, or its parts one after another, to `path`: whole or not at all; to a device or pipe as it is.

    Text goes out as UTF-8.
    """
    parts = (content,) if isinstance(content, str | bytes) else content
    if _is_special(path):
        with path.open("wb") as file:
            file.writelines(map(_encoded, parts))
        return
    target = path.resolve()
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(map(_encoded, parts))
        fresh.chmod(_mode(target))
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _encoded(part: str | bytes) -> bytes:
    return part.encode("utf-8") if isinstance(part, str) else part


def _mode(target: Path) -> int:
    """Return who may read and write `target`: as before where it stands, else as the process's mask has it."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()
