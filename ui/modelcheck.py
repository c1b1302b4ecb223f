"""What `doctor` says of the language model: which one drafts, what leaves the machine, and what is missing."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from importlib.util import find_spec

from assistant.destinations import Destination, destination_of
from assistant.settings import Settings

_PATIENCE_SECONDS = 3.0


def drafting_checks(settings: Settings) -> Iterator[tuple[bool, str]]:
    """Yield what is in order and what to mend about drafting; only a server on this machine is called on."""
    found = destination_of(settings)
    if found is None:
        yield True, "drafting: from the library, no language model; nothing leaves this machine"
        return
    yield True, f"drafting: {settings.model}, {settings.model_seconds:g} s at most, then from the library"
    yield True, _leaving(found)
    yield from _package(found)
    yield from _key(settings, found)
    yield from _listening(found)


def _leaving(found: Destination) -> str:
    if found.is_local:
        return f"the model is on this machine ({found.host}): nothing leaves it, unless that server sends it on"
    where = found.host or f"wherever {found.provider} listens"
    return (
        f"TEXT LEAVES THIS MACHINE: for each answer the case as typed, identifiers removed, goes to {where} with the "
        "passages found; whoever runs that server can read it"
    )


def _package(found: Destination) -> Iterator[tuple[bool, str]]:
    if found.package is not None:
        good = find_spec(found.package) is not None
        advice = f"is missing: run `pip install -c constraints.txt '.[{found.provider}]'`"
        yield good, f"{found.package} {'installed' if good else advice}"


def _key(settings: Settings, found: Destination) -> Iterator[tuple[bool, str]]:
    if settings.model_api_key is not None:
        yield True, "model key: COUNTERPOINT_MODEL_API_KEY (hidden)"
    elif found.key_variable is not None:
        good = bool(os.environ.get(found.key_variable))
        yield (
            good,
            f"model key: {found.key_variable} {'(hidden)' if good else 'is not set, nor COUNTERPOINT_MODEL_API_KEY'}",
        )


def _listening(found: Destination) -> Iterator[tuple[bool, str]]:
    if not found.is_local or found.host is None or found.port is None:
        return
    try:
        socket.create_connection((found.host, found.port), timeout=_PATIENCE_SECONDS).close()
    except OSError:
        yield False, f"nothing listens at {found.host}:{found.port}: start the model's server, or mend the base URL"
    else:
        yield True, f"something listens at {found.host}:{found.port}"
