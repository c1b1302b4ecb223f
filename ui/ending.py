"""The edge of the terminal's door: every error is one line on stderr and an exit code of the contract."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

DONE, FAILED, USAGE, MISSING = 0, 1, 2, 3
STOPPED = 130
"""What a shell reports for Ctrl-C."""
_GIVEN_WRONG = frozenset(
    {
        "ClickException",
        "DismissalError",
        "HostRefusedError",
        "DocumentError",
        "LibraryError",
        "OutOfRangeError",
        "QuestionError",
        "ShelfError",
        "TOMLDecodeError",
        "UsageError",
        "ValidationError",
    }
)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """End the process with one line on stderr and an exit code of the contract, whatever is raised within."""
    try:
        yield
    except (KeyboardInterrupt, typer.Abort):
        _stop("stopped", STOPPED)
    except BrokenPipeError:  # the reader of a pipe has gone, as `head` does: nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except Exception as error:  # noqa: BLE001 - the edge: a person gets a sentence, never a traceback
        _stop(_message_of(error), _code_of(error))


def _code_of(error: Exception) -> int:
    """Return the exit code for `error`: 2 for what was given, 3 for what is missing or unreachable."""
    names = _names_of(error)
    if "EvalError" in names:
        return getattr(error, "exit_code", USAGE)
    return USAGE if names & _GIVEN_WRONG else MISSING


def _message_of(error: Exception) -> str:
    """Return what to tell a person: typer's and pydantic's own errors are put in our words."""
    names = _names_of(error)
    if "ClickException" in names:
        path = getattr(getattr(error, "ctx", None), "command_path", "counterpoint")
        said = error.format_message().rstrip(".") or "expected a command, got none"  # type: ignore[attr-defined]
        return f"{said}; see `{path} --help`"
    if "ValidationError" in names and getattr(error, "title", "") == "Settings":
        from ui.doctor import setting_problems

        return "; ".join(setting_problems(error))
    if "TOMLDecodeError" in names:
        return f"counterpoint.toml: expected TOML: {error}"
    return str(error) or type(error).__name__


def _names_of(error: Exception) -> set[str]:
    return {c.__name__ for c in type(error).__mro__}


def _stop(message: str, code: int) -> None:
    line = " ".join(message.split())
    print(f"counterpoint: {line}", file=sys.stderr)
    sys.exit(code)
