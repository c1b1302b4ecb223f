"""How much may be sent, by where it goes; bytes."""

from __future__ import annotations

API_BODY = 64_000
CHAT_BODY = 160_000  # the page sends 20,001 characters at most, up to six bytes each as JSON
FORM_BODY = 160_000  # the same for the other screens: a note or a corrected answer, percent-encoded
DOCUMENT_BODY = 20_000_000  # chosen: a protocol or a paper; larger ones go by `counterpoint library add`
DOCUMENTS = frozenset({"/screens/library/documents", "/api/v1/library/documents"})
"""Where documents are sent: these bodies are streamed to a file, never held in memory."""


def longest_body(path: str) -> int:
    """Return how many bytes a request to `path` may have.

    >>> longest_body("/api/v1/answers"), longest_body("/api/v1/library/documents")
    (64000, 20000000)
    """
    if path in DOCUMENTS:
        return DOCUMENT_BODY
    if path.startswith("/api/"):
        return API_BODY
    return FORM_BODY if path.startswith("/screens/") else CHAT_BODY


def said(limit: int) -> str:
    """Return `limit` as a person says it.

    >>> said(64_000), said(20_000_000)
    ('64 kB', '20 MB')
    """
    return f"{limit // 10**6} MB" if limit >= 10**6 else f"{limit // 1000} kB"
