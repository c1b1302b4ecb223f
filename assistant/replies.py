"""Reads what a language model answered: one JSON object, or the fault in it."""

from __future__ import annotations

import json
from typing import Any

from assistant.faults import Fault, ModelError

LONGEST_REPLY_CHARS = 24_000  # chosen: eight times the longest answer with its keys; nothing longer is read
_BROKEN_OFF = frozenset({"length", "max_tokens", "max_output_tokens"})
_WITHHELD = frozenset({"content_filter", "refusal", "safety", "recitation", "prohibited_content"})
_REASONS = ("finish_reason", "stop_reason", "done_reason")


def content_of(message: Any) -> dict[str, Any]:
    """Return the JSON object that `message` (an AIMessage) holds, in a tool call or in its text.

    Raises:
        ModelError: refused, out of tokens, empty, too long, or no JSON object.
    """
    reason = _reason(message)
    if reason in _WITHHELD or message.additional_kwargs.get("refusal") or _is_refusal(message.content):
        raise ModelError(Fault.REFUSED)
    if reason in _BROKEN_OFF:
        raise ModelError(Fault.RAN_OUT)
    if message.tool_calls:
        return _checked(message.tool_calls[0].get("args"))
    if message.invalid_tool_calls:
        raise ModelError(Fault.BAD_JSON)
    return _parsed(text_of(message.content))


def text_of(content: Any) -> str:
    """Return the text of a message's content, which some providers give in blocks."""
    if isinstance(content, str):
        return content
    blocks = content if isinstance(content, list) else []
    parts = [b if isinstance(b, str) else b.get("text") for b in blocks if isinstance(b, str | dict)]
    return "".join(p for p in parts if isinstance(p, str))


def _reason(message: Any) -> str:
    told = message.response_metadata or {}
    return next((str(told[name]).lower() for name in _REASONS if told.get(name)), "")


def _is_refusal(content: Any) -> bool:
    blocks = content if isinstance(content, list) else []
    return any(isinstance(b, dict) and (b.get("type") == "refusal" or b.get("refusal")) for b in blocks)


def _parsed(text: str) -> dict[str, Any]:
    if not text.strip():
        raise ModelError(Fault.EMPTY)
    if len(text) > LONGEST_REPLY_CHARS:
        raise ModelError(Fault.TOO_LONG)
    begin, end = text.find("{"), text.rfind("}")  # some put words or a fence around it
    if begin < 0 or end < begin:
        raise ModelError(Fault.BAD_JSON)
    try:
        return _checked(json.loads(text[begin : end + 1]))
    except (ValueError, RecursionError):
        raise ModelError(Fault.BAD_JSON) from None


def _checked(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ModelError(Fault.BAD_JSON)
    if len(str(value)) > LONGEST_REPLY_CHARS:
        raise ModelError(Fault.TOO_LONG)
    return value
