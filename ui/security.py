"""What is let in, and with which headers everything goes out; one ASGI layer around the whole app.

The server listens on loopback, but any web page open on the same machine can post to loopback, and a name that
an attacker controls can be pointed at it (DNS rebinding). So: Host must be a loopback name, a request that a
browser marks as coming from another site is refused, only the routes and methods in use are open, and bodies are
small. What is too long is refused by its declared length, before a byte of it is read; what declares none is counted
as it comes. Only documents may be long: they are streamed on, piece by piece, to a temporary file.
"""

from __future__ import annotations

import ipaddress
import logging
import re
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api import refusal
from ui.limits import DOCUMENTS, longest_body, said

_LONGEST_LENGTH = 12  # digits; no body here has a length with more
_HOST = re.compile(r"(?P<name>\[[0-9a-f:]+\]|[\w.-]+)(:\d{1,5})?", re.IGNORECASE)

# Gradio brings some eighty routes, among them uploads, a file server, a proxy and its own API. These are in use.
_OPEN = re.compile(
    r"/|/healthz|/readyz|/config/?|/theme\.css|/favicon\.ico|/manifest\.json|/robots\.txt"
    r"|/api/v1/[\w.:/-]+"  # ours to the last: what leads nowhere there is told so by ``ui.api.elsewhere``
    r"|/screens(/[\w.:-]+){1,6}"
    r"|/counterpoint(/[\w.-]+){1,3}"
    r"|/(assets|static)/.+"
    r"|/gradio_api/(info|app_id|startup-events|queue/(join|data)|cancel|reset|heartbeat/\w+|theme\.css)/?"
)
_CLIMBING = re.compile(r"(?:^|/)\.{1,2}(?:/|$)|//|\\")  # no address of ours has such a part
_SAFE_METHODS = frozenset({"GET", "HEAD"})
_SCREEN_METHODS = ("GET", "HEAD", "POST")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_OF_OURS = re.compile(r"[^\w./:-]")  # what is logged of an address: no line of it is made up by who sends it
_log = logging.getLogger(__name__)
_POLICY_WITHOUT_PAGE = "default-src 'none'; frame-ancestors 'none'"


class Guard:
    """Refuses what has no business here, caps bodies, and puts the security headers on every response."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with a problem."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            exchange = _Exchange(scope, receive, send)
            try:
                await self._pass(scope, exchange.receive, exchange.send)
            except Exception:  # noqa: BLE001 - the edge: also what Gradio raises at a call it does not expect
                _log.exception("a request to %s failed", _OF_OURS.sub("?", scope["path"]))
                if not exchange.has_begun:
                    sentence = "Counterpoint failed on this request; the terminal it runs in shows why"
                    failed = refusal(scope["path"], HTTPStatus.INTERNAL_SERVER_ERROR, sentence)
                    await failed(scope, exchange.receive, exchange.send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path, headers = scope["method"], scope["path"], Headers(scope=scope)
        refusal_of = refused(method, path, headers)
        limit = longest_body(path)
        if refusal_of is None and not _is_short(headers, limit):
            refusal_of = _too_long(limit)
        if refusal_of is None and not (method in _SAFE_METHODS or path in DOCUMENTS):
            body = await _read(receive, limit)
            refusal_of = _too_long(limit) if body is None else None
            receive = _replaying(body or b"", receive)
        if refusal_of is None:
            within = RequestBodyLimitMiddleware(self._app, limit) if path in DOCUMENTS else self._app
            await within(scope, receive, send)
            return
        status, sentence = refusal_of
        allowed = {"Allow": ", ".join(_SCREEN_METHODS)} if status is HTTPStatus.METHOD_NOT_ALLOWED else {}
        await refusal(path, status, sentence, allowed)(scope, receive, send)


class _Exchange:
    """One request and its response: what was read of the one, whether the other has begun, and our headers on it.

    Where a response begins before the whole request was read, the connection goes with it: what is still on its way
    is not waited for, however long it is.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        headers = Headers(scope=scope)
        self._is_read = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
        self.has_begun = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._is_read = self._is_read or not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Content-Security-Policy", _POLICY_WITHOUT_PAGE)
            if not self._is_read:
                headers["Connection"] = "close"
        await self._send(message)


def _too_long(limit: int) -> tuple[HTTPStatus, str]:
    sentence = f"a request may have at most {said(limit)} here; shorten the text or split the document"
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence


def refused(method: str, path: str, headers: Headers) -> tuple[HTTPStatus, str] | None:
    """Return status and reason where a request is refused, None where it may pass."""
    host = headers.get("host", "")
    parts = _HOST.fullmatch(host)
    if parts is None or not is_loopback(parts["name"].strip("[]")):
        return HTTPStatus.MISDIRECTED_REQUEST, "Counterpoint answers on this machine's own address only: 127.0.0.1"
    if _is_from_elsewhere(method, headers, host):
        return HTTPStatus.FORBIDDEN, "a page of another site may not use Counterpoint; open its own address"
    if _CLIMBING.search(path) or not _OPEN.fullmatch(path):
        return HTTPStatus.NOT_FOUND, "nothing is here; the chat is at / and the API at /api/v1/answers"
    if method not in _SCREEN_METHODS and not path.startswith("/api/"):
        return HTTPStatus.METHOD_NOT_ALLOWED, "this address takes GET, HEAD and POST only"
    return None


def is_loopback(name: str) -> bool:
    """Whether `name` can only be this machine; other names are not looked up, they may change.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("evil.example")
    (True, True, False)
    """
    if name.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_from_elsewhere(method: str, headers: Headers, host: str) -> bool:
    """Whether a browser says that another site sent this; a link that a person follows is fine."""
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        return True
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return False
    return method not in _SAFE_METHODS or headers.get("sec-fetch-mode") != "navigate"


def _is_short(headers: Headers, limit: int) -> bool:
    """Whether the declared length, if there is one, is a number of at most `limit` bytes."""
    declared = headers.get("content-length", "0")
    return declared.isdecimal() and len(declared) < _LONGEST_LENGTH and int(declared) <= limit


async def _read(receive: Receive, limit: int) -> bytes | None:
    """Return the whole body, or None as soon as it is known to be longer than `limit` bytes."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > limit:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)


def _replaying(body: bytes, receive: Receive) -> Receive:
    """Return a receive that gives `body` once, then whatever comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
