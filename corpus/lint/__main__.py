"""``python -m corpus.lint``: lint the packaged library, print each problem, exit 1 if there is any."""

from __future__ import annotations

import sys

from corpus.errors import LibraryError
from corpus.library import PACKAGED
from corpus.lint import report


def main() -> int:
    """Lint the packaged library; print each problem; return the exit code."""
    try:
        lines = report([PACKAGED])
    except LibraryError as error:
        lines = [str(error)]
    sys.stdout.write(("\n".join(lines) or "library: no problem found") + "\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
