"""An OpenAI-compatible server on loopback that answers by script, and misbehaves by script: the one fake for a model.

    with ScriptedModel(Say("{}"), Status(429, after=1)) as server:
        Settings(model="openai:scripted", model_base_url=server.url, model_api_key="k")

Each request takes the next act; the last one goes on for ever. What was asked is kept in `requests`.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

Request = Mapping[str, Any]
Act = Callable[["Handler", Request], None]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the next act."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            self.server.script.next_act({"path": self.path, "headers": dict(self.headers), **body})(self, body)
        except (BrokenPipeError, ConnectionResetError):
            self.server.script.hung_up.append(time.monotonic())
            self.close_connection = True

    def send(self, status, body, *, content_type="application/json", headers=None):
        """Send a whole response."""
        self.begin(status, len(body), content_type=content_type, headers=headers)
        self.wfile.write(body)

    def begin(self, status, length, *, content_type="application/json", headers=None):
        """Send the head of a response whose body has `length` bytes."""
        self.send_response(status)
        for name, value in {"Content-Type": content_type, "Content-Length": str(length), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format, *args):  # noqa: A002 - the name that http.server has
        """Say nothing."""


class ScriptedModel:
    """The server, while inside its `with`."""

    def __init__(self, *acts: Act) -> None:
        self._acts, self._lock = list(acts), Lock()
        self.requests: list[Request] = []
        self.hung_up: list[float] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.script = self  # type: ignore[attr-defined]
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self):
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def next_act(self, request: Request) -> Act:
        """Keep what was asked, and return what to do."""
        with self._lock:
            self.requests.append(request)
            return self._acts.pop(0) if len(self._acts) > 1 else self._acts[0]


def completion(message: Mapping[str, Any], finish: str = "stop", tokens: tuple[int, int] = (6_000, 500)) -> bytes:
    """Return the body of a chat completion."""
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "scripted",
            "choices": [{"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}],
            "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)},
        }
    ).encode()


@dataclass(frozen=True)
class Say:
    """Answer with a text, or with what a function makes of the request, as JSON; `tokens` are those told as used."""

    text: Any
    finish: str = "stop"
    refusal: str | None = None

    def body(self, request: Request) -> bytes:
        """Return the completion."""
        said = self.text(request) if callable(self.text) else self.text
        content = said if isinstance(said, str) or said is None else json.dumps(said, ensure_ascii=False)
        message = {"content": content, "refusal": self.refusal}
        if request.get("tools") and isinstance(content, str) and content.startswith("{"):
            name = request["tools"][0]["function"]["name"]
            call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": content}}
            message = {"content": None, "tool_calls": [call]}
        return completion(message, self.finish)

    def __call__(self, handler: Handler, request: Request) -> None:
        handler.send(200, self.body(request))


@dataclass(frozen=True)
class Status:
    """Fail with a status; `after` is told in Retry-After."""

    code: int
    message: str = "failed"
    after: float | None = None
    error: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, handler: Handler, _: Request) -> None:
        body = json.dumps({"error": {"message": self.message, "type": "error", **self.error}}).encode()
        handler.send(self.code, body, headers={} if self.after is None else {"Retry-After": str(self.after)})


@dataclass(frozen=True)
class Unless:
    """Refuse a request that holds a key with a value that does not please; else act."""

    key: str
    pleases: Callable[[Any], bool]
    message: str
    then: Act

    def __call__(self, handler: Handler, request: Request) -> None:
        act = self.then if self.key not in request or self.pleases(request[self.key]) else Status(400, self.message)
        act(handler, request)


@dataclass(frozen=True)
class Raw:
    """Answer 200 with any bytes."""

    data: bytes
    content_type: str = "application/json"

    def __call__(self, handler: Handler, _: Request) -> None:
        handler.send(200, self.data, content_type=self.content_type)


@dataclass(frozen=True)
class Slow:
    """Wait before acting."""

    seconds: float
    then: Act

    def __call__(self, handler: Handler, request: Request) -> None:
        time.sleep(self.seconds)
        self.then(handler, request)


@dataclass(frozen=True)
class Drip:
    """Answer well, but one byte at a time, so that no wait between two of them is long."""

    pause_seconds: float
    say: Say

    def __call__(self, handler: Handler, request: Request) -> None:
        body = self.say.body(request)
        handler.begin(200, len(body))
        for byte in body:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(self.pause_seconds)


@dataclass(frozen=True)
class Cut:
    """Break the connection in the middle of a good body, by a close or by a reset."""

    say: Say
    is_reset: bool = False

    def __call__(self, handler: Handler, request: Request) -> None:
        body = self.say.body(request)
        handler.begin(200, len(body))
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
        if self.is_reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True


# --- drafts made from what a request shows


def prompt_of(request: Request) -> str:
    """Return the task as it was sent."""
    return request["messages"][1]["content"]


def evidence_in(request: Request) -> list[dict[str, Any]]:
    """Return the passages that the request shows, in order."""
    found = re.search(r"<<evidence \w+>>\n(.*?)\n<<end evidence", prompt_of(request), re.DOTALL)
    return [json.loads(line) for line in found.group(1).splitlines()] if found else []


def own_words_in(request: Request) -> dict[str, list[str]]:
    """Return the keys behind what each school itself says first, as the guidance has it."""
    found = re.search(r"<<guidance \w+>>\n(.*?)\n<<end guidance", prompt_of(request), re.DOTALL)
    own: dict[str, list[str]] = {}
    for line in map(json.loads, found.group(1).splitlines() if found else []):
        if line.get("school") and line["keys"]:
            own.setdefault(line["school"], line["keys"])
    return own


def schema_in(request: Request) -> dict[str, Any]:
    """Return the schema that the request shows."""
    return json.loads(prompt_of(request).partition("has this schema:\n")[2].partition("\n")[0])


def quoted(request: Request) -> dict[str, Any]:
    """Return a draft that quotes: each sentence is a passage word for word, and both schools speak evenly."""
    shown = evidence_in(request)
    own = own_words_in(request)
    schools = _even([p for p in shown if p.get("school") and p["key"] in own.get(p["school"], [p["key"]])])
    studies = sorted((p for p in shown if not p.get("school") and "seen" not in p), key=lambda p: len(p["says"]))
    speaking = schema_in(request)["properties"]["views"]["required"]
    views = {part[0]["school"]: [claim(p) for p in part] for part in schools if part[0]["school"] in speaking}
    return {
        "short_answer": [claim(studies[0])],
        "next_steps": [claim(studies[1])],
        "views": views,
        "evidence": [claim(studies[2])],
        "agreement": [],
    }


def claim(passage: Mapping[str, Any], text: str | None = None) -> dict[str, Any]:
    """Return a sentence that cites `passage`: its own text, unless another is given."""
    return {"text": text or passage["says"], "cites": [passage["key"]]}


def _even(passages: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return one or two passages of each school, a core one among them, as near to each other in length as they come."""
    schools = list(dict.fromkeys(p["school"] for p in passages))
    choices = [_choices([p for p in passages if p["school"] == s]) for s in schools]
    pairs = [(a, b) for a in choices[0] for b in choices[1]] if len(choices) == 2 else [(c,) for c in choices[0]]
    return list(min(pairs, key=lambda pair: (_unevenness(pair), sum(map(_words, pair)))))


def _choices(own: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    core = [p for p in own if p.get("core")] or own
    return [[p] for p in core] + [[p, q] for p in core for q in own if p is not q]


def _unevenness(parts: Sequence[list[dict[str, Any]]]) -> float:
    lengths = [_words(part) for part in parts]
    return round(1 - min(lengths) / max(lengths), 1)


def _words(part: list[dict[str, Any]]) -> int:
    return sum(len(p["says"].split()) for p in part)
