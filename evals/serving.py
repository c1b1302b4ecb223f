"""The whole app as a process of its own, as a clinic runs it: started, waited for, and ended or killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

_ROOT = Path(__file__).parents[1]
_PATIENCE_SECONDS = 180.0  # chosen: a cold start takes some 5 s, on a busy machine ten times that
_PAUSE_SECONDS = 0.1
_ENDING_SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that runs: its address and its process."""

    url: str
    process: subprocess.Popen[bytes]
    said: IO[bytes]
    """What it writes to the terminal."""

    @property
    def memory_bytes(self) -> int | None:
        """How much memory it holds now; None where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return None
        line = next((line for line in status.splitlines() if line.startswith("VmRSS:")), None)
        return 1024 * int(line.split()[1]) if line else None


class NotReadyError(Exception):
    """The server did not come up, or not in time; the message holds what it said."""


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """Start the app on the data folder `home`, and end it afterwards if it still runs.

    Raises:
        NotReadyError: it ended at once, or does not become ready.
    """
    port = _free_port()
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)]
    own = {"COUNTERPOINT_HOME": str(home), "PYTHONPATH": path}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=os.environ | own)
        server = Server(url=f"http://127.0.0.1:{port}", process=process, said=said)
        try:
            _wait(server)
            yield server
        finally:
            _end(process)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


def _wait(server: Server) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            server.said.seek(0)
            raise NotReadyError(f"the server ended at once: {server.said.read().decode(errors='replace')[-500:]}")
        try:
            if httpx.get(f"{server.url}/readyz", timeout=30, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(_PAUSE_SECONDS)
    raise NotReadyError(f"the server was not ready within {_PATIENCE_SECONDS:g} s")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
