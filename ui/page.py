"""The page that Gradio serves, made ours: our style and script from the first byte, a policy, no outside address.

Gradio writes a few scripts into its page. Each is allowed by its hash, so that no other inline script runs.
'unsafe-eval' stays: Gradio compiles the template of an HTML component with ``Function``. Ours has no user text in
it, and values are handed over as arguments, so that nothing typed is ever compiled.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ADVERTISING = re.compile(r"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>\s*", re.IGNORECASE)
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_HTMX = {  # every answer is put in place, an error too: it is a sentence for the person
    "allowEval": False,
    "includeIndicatorStyles": False,
    "historyEnabled": False,
    "selfRequestsOnly": True,
    "responseHandling": [{"code": "204", "swap": False}, {"code": "...", "swap": True}],
}
_OURS = """
		<meta name="color-scheme" content="light dark" />
		<meta name="theme-color" content="#f6f7f6" media="(prefers-color-scheme: light)" />
		<meta name="theme-color" content="#14191b" media="(prefers-color-scheme: dark)" />
		<link rel="icon" type="image/svg+xml" href="/counterpoint/mark.svg" />
		<link rel="stylesheet" href="/counterpoint/page.css" />
		<link rel="stylesheet" href="/counterpoint/answer.css" />
		<link rel="stylesheet" href="/counterpoint/side.css" />
		<link rel="stylesheet" href="/counterpoint/acts.css" />
		<link rel="stylesheet" href="/counterpoint/map.css" />
		<link rel="stylesheet" href="/counterpoint/screens.css" />
		<link rel="stylesheet" href="/counterpoint/review.css" />
		<link rel="stylesheet" href="/counterpoint/library.css" />
		<meta name="htmx-config" content='{htmx}' />
		<script src="/counterpoint/vendor/htmx.min.js"></script>
		<script src="/counterpoint/screens.js"></script>
		<script src="/counterpoint/review.js"></script>
		<script src="/counterpoint/library.js"></script>
		<script src="/counterpoint/chat.js"></script>
		<script src="/counterpoint/heads.js"></script>
		<script src="/counterpoint/panel.js"></script>
		<script src="/counterpoint/side.js"></script>
		<script src="/counterpoint/acts.js"></script>"""
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
)


class Dressing:
    """Rewrites the one page; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`, which serves Gradio's page at ``/``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the page back until it is whole, dress it, and send it with its policy."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        held = _Held(send)
        await self._app({**scope, "headers": plain}, receive, held.send)


class _Held:
    """Collects a response; sends it when it is complete."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message = {}
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._finish()

    async def _finish(self) -> None:
        body = bytes(self._body)
        if "text/html" in Headers(scope=self._start).get("content-type", ""):
            page = dressed(body.decode("utf-8"))
            body = page.encode("utf-8")
            headers = MutableHeaders(scope=self._start)
            headers["Content-Length"] = str(len(body))
            headers["Content-Security-Policy"] = policy_of(page)
            headers["Cache-Control"] = "no-store"
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def policy_of_documents(page: str) -> str:
    """Return the policy of a page of ours that compiles nothing: as `policy_of`, and without `eval`."""
    return policy_of(page).replace(" 'unsafe-eval'", "")


def dressed(page: str) -> str:
    """Return Gradio's page with our style and script first in its head, and without its advertising."""
    return _ADVERTISING.sub("", page).replace("<head>", f"<head>{_OURS.format(htmx=json.dumps(_HTMX))}", 1)


def policy_of(page: str) -> str:
    """Return the content security policy of `page`: its own inline scripts and no other, nothing from outside."""
    hashes = (hashlib.sha256(script.encode("utf-8")).digest() for script in _INLINE_SCRIPT.findall(page))
    return _POLICY.format(hashes=" ".join(f"'sha256-{base64.b64encode(h).decode()}'" for h in hashes))
