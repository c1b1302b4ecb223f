"""The web app and the HTTP API in one process, on this machine only.

AddressError
├── HostRefusedError   an address that other machines can reach
└── PortTakenError     something else listens there, or the port may not be used
"""

from __future__ import annotations

import gc
import os
import socket
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from threadpoolctl import threadpool_limits

from assistant.door import Assistant
from assistant.records.store import Records
from ui.api import add_api
from ui.conversations import Conversations
from ui.page import Dressing
from ui.screens import build_screens
from ui.screens.visitors import Visitors
from ui.security import Guard, is_loopback
from ui.web import mount_chat

STATIC = Path(__file__).parent / "static"
_HIGHEST_PORT = 65_535
_PATIENCE_SECONDS = 3  # chosen: an answer takes less, an open page would hold the server for ever


class AddressError(Exception):
    """The server cannot listen where it was told to."""


class HostRefusedError(AddressError):
    """The host is not this machine alone."""


class PortTakenError(AddressError):
    """The port cannot be had."""


def make_app(assistant: Assistant, records: Records | None = None) -> FastAPI:
    """Return the app: the API, the chat at the root, and the guard around both.

    Args:
        assistant: answers the questions.
        records: open, and left open; without them conversations are remembered while the process lives.
    """
    conversations = Conversations(assistant, records)
    app = FastAPI(title="Counterpoint", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    add_api(app, conversations, records)
    visitors = Visitors(records, knowledge=assistant)
    app.include_router(build_screens(conversations, visitors))
    app.mount("/counterpoint", StaticFiles(directory=STATIC))
    mount_chat(app, conversations, visitors)
    app.add_middleware(Dressing)
    app.add_middleware(Guard)
    return app


def run(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve until interrupted; prints the URL once the port is ours.

    Raises:
        HostRefusedError: `host` is not a loopback address.
        PortTakenError: the port is in use or not allowed.
        RecordsError: the records cannot be opened; the message says what to do.
    """
    import uvicorn

    listening = _listen(host, port)
    with listening, Records(assistant.settings.index.home, assistant.settings.database_url) as records:
        app = make_app(assistant, records)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False,
            timeout_graceful_shutdown=_PATIENCE_SECONDS,
        )  # fmt: skip
        _settle()
        print(f"Counterpoint: {url_of(host, port)}  (stop with Ctrl-C)", flush=True)
        uvicorn.Server(config).run(sockets=[listening])


def _settle() -> None:
    """Set the process up for many questions at once, measured with 50 people on 2 cores.

    BLAS splits each small product among threads that then wait for each other: half of all the work of an answer. And
    the library, once read, is no rubbish: it is left out of every later search for some.
    """
    threadpool_limits(limits=1, user_api="blas")
    gc.collect()
    gc.freeze()


def check_address(host: str, port: int) -> None:
    """Find out whether `run` could listen there, before anything slow is begun.

    Raises:
        HostRefusedError: `host` is not a loopback address.
        PortTakenError: the port is in use or not allowed.
    """
    _listen(host, port).close()


def url_of(host: str, port: int) -> str:
    """Return the address to open in a browser.

    >>> url_of("::1", 7860)
    'http://[::1]:7860'
    """
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listen(host: str, port: int) -> socket.socket:
    address = "127.0.0.1" if host == "localhost" else host
    if not is_loopback(address):
        raise HostRefusedError(
            f"--host: expected a loopback address such as 127.0.0.1, got {host}: Counterpoint has no accounts yet, so"
            " it serves one team on the machine it runs on and nobody else; from afar, forward a port by ssh"
        )
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=256)
    except OSError as error:
        another = port + 1 if port < _HIGHEST_PORT else _HIGHEST_PORT - 1
        raise PortTakenError(
            f"port {port} on {address} cannot be used ({os.strerror(error.errno or 0)}): another program listens there,"
            f" perhaps another Counterpoint; stop it or choose another port: counterpoint serve --port {another}"
        ) from error
