"""What is let in, and with which headers everything goes out; one ASGI layer around the whole app.

The server listens on loopback, but any web page open on the same machine can post to loopback, and a name that
an attacker controls can be pointed at it (DNS rebinding). So: Host must be a loopback name, a request that a
browser marks as coming from another site is refused, only the routes in use are open, and bodies are small.
"""

from __future__ import annotations

import ipaddress
import re
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api import problem

API_BODY_BYTES = 64_000
CHAT_BODY_BYTES = 160_000  # the page sends 20,001 characters at most, up to six bytes each as JSON
_HOST = re.compile(r"(?P<name>\[[0-9a-f:]+\]|[\w.-]+)(:\d{1,5})?", re.IGNORECASE)

# Gradio brings some eighty routes, among them uploads, a file server, a proxy and its own API. These are in use.
_OPEN = re.compile(
    r"/|/healthz|/api/v1/(answers(/a-[0-9a-f]{1,64})?|openapi\.json)|/counterpoint/(vendor/)?[\w.-]+|/screens/[\w./:-]+|/config/?|/theme\.css|/favicon\.ico|/manifest\.json|/robots\.txt"
    r"|/(assets|static)/.+"
    r"|/gradio_api/(info|app_id|startup-events|queue/(join|data)|cancel|reset|heartbeat/\w+|theme\.css)/?"
)
_SAFE_METHODS = frozenset({"GET", "HEAD"})
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
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
            await self._pass(scope, receive, _with_headers(send))
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = refused(scope["method"], scope["path"], Headers(scope=scope))
        if refusal is None and scope["method"] not in _SAFE_METHODS:
            limit = API_BODY_BYTES if scope["path"].startswith("/api/") else CHAT_BODY_BYTES
            body = await _read(receive, Headers(scope=scope), limit)
            if body is None:
                too_long = f"a request may have at most {limit // 1000} kB; shorten the text"
                refusal = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_long
            else:
                receive = _replaying(body, receive)
        if refusal is not None:
            await problem(*refusal)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def refused(method: str, path: str, headers: Headers) -> tuple[HTTPStatus, str] | None:
    """Return status and reason where a request is refused, None where it may pass."""
    host = headers.get("host", "")
    parts = _HOST.fullmatch(host)
    if parts is None or not is_loopback(parts["name"].strip("[]")):
        return HTTPStatus.MISDIRECTED_REQUEST, "Counterpoint answers on this machine's own address only: 127.0.0.1"
    if _is_from_elsewhere(method, headers, host):
        return HTTPStatus.FORBIDDEN, "a page of another site may not use Counterpoint; open its own address"
    if not _OPEN.fullmatch(path):
        return HTTPStatus.NOT_FOUND, "nothing is here; the chat is at / and the API at /api/v1/answers"
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


async def _read(receive: Receive, headers: Headers, limit: int) -> bytes | None:
    """Return the whole body, or None as soon as it is known to be longer than `limit` bytes."""
    declared = headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > limit:
        return None
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


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Content-Security-Policy", _POLICY_WITHOUT_PAGE)
        await send(message)

    return send_with_headers
