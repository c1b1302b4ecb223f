"""Which code a run was made with."""

from __future__ import annotations

import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DISTRIBUTION = "counterpoint-knee"
_HERE = Path(__file__).resolve()


def code_version(file: Path = _HERE) -> str:
    """Return the commit of the checkout that `file` belongs to, with ``-dirty`` where it was changed since.

    Outside a checkout, or where there is no git: the version installed.
    """
    if _git(file, "ls-files", "--error-unmatch", file.name) is not None:
        commit = _git(file, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
        if commit:
            return f"commit {commit}"
    try:
        return f"version {version(DISTRIBUTION)}"
    except PackageNotFoundError:
        return "unknown"


def _git(file: Path, *arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run(  # noqa: S603 - a fixed command, no shell
        [git, "-C", str(file.parent), *arguments], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else None
