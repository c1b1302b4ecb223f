"""Where a case goes when a language model drafts; worked out from the settings and the environment, without asking."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from assistant.settings import Settings

# The package of each provider that this project names an extra for, the variable its key is in, where it listens, and
# the variable by which its own package is sent elsewhere.
_KNOWN: Mapping[str, tuple[str, str | None, str, str | None]] = {
    "openai": ("langchain_openai", "OPENAI_API_KEY", "https://api.openai.com", "OPENAI_BASE_URL"),
    "anthropic": ("langchain_anthropic", "ANTHROPIC_API_KEY", "https://api.anthropic.com", "ANTHROPIC_BASE_URL"),
    "ollama": ("langchain_ollama", None, "http://127.0.0.1:11434", "OLLAMA_HOST"),
}
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where the configured model listens; `host` is None where only the provider's package knows."""

    provider: str
    package: str | None
    key_variable: str | None
    host: str | None
    port: int | None
    is_local: bool


def destination_of(settings: Settings) -> Destination | None:
    """Return where a case would go, or None where no model drafts.

    >>> found = destination_of(Settings(model="openai:x", model_base_url="http://127.0.0.1:8000/v1"))
    >>> found.host, found.port, found.is_local
    ('127.0.0.1', 8000, True)
    """
    if settings.provider is None:
        return None
    package, key_variable, usual, elsewhere = _KNOWN.get(settings.provider, (None, None, "", None))
    address = settings.model_base_url or os.environ.get(elsewhere or "") or usual
    parts = urlsplit(address if "//" in address else f"http://{address}") if address else None
    host = parts.hostname if parts else None
    return Destination(
        provider=settings.provider,
        package=package,
        key_variable=None if settings.model_base_url else key_variable,
        host=host,
        port=(parts.port or _PORTS.get(parts.scheme)) if parts else None,
        is_local=host is not None and _is_this_machine(host),
    )


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
