"""Language models, through LangChain: the only importer of its chat models.

A `LanguageModel` is what the settings name, or a chat model of the caller's own. An `Exchange` is one question's
dealings with it: whatever happens there, it ends before its deadline, with a JSON object or a `ModelError`.

LangChain and the provider's package are imported when the first draft is asked for, and not before.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import assistant.tracing  # noqa: F401 - first of all: it switches LangChain's tracing off
from assistant.faults import Fault, ModelError, fault_in
from assistant.replies import content_of
from assistant.running import in_thread, one_loop
from assistant.settings import Settings
from guardrails.types import Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Messages: TypeAlias = Sequence[tuple[str, str]]
_FORMS = ("json_schema", "function_calling", "plain")
_FIRST_PAUSE_SECONDS = 0.5  # chosen, as the providers' own clients have it: doubled at each retry
_LONGEST_PAUSE_SECONDS = 8.0
_CONTEXT_TOKENS = 16_384  # Ollama's default cuts a prompt silently; ours has some 7,000 (docs/models.md)
_PER = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long, how often and how much a model may be asked, and what a million tokens cost."""

    seconds: float
    retries: int
    price_in: float | None = None
    price_out: float | None = None

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Return the limits that `settings` give."""
        return cls(
            seconds=settings.model_seconds,
            retries=settings.model_retries,
            price_in=settings.model_price_in,
            price_out=settings.model_price_out,
        )

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """Return what the tokens cost in the prices' currency; None where no price is set."""
        if self.price_in is None and self.price_out is None:
            return None
        return round(((self.price_in or 0) * tokens_in + (self.price_out or 0) * tokens_out) / _PER, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a model is asked: in which form it gives JSON, and whether it takes a temperature."""

    form: int = 0
    is_cool: bool = True

    def after(self, error: ModelError) -> Manner | None:
        """Return the next manner to try when a provider rejects this one, or None when nothing is left."""
        if self.is_cool and error.is_about_temperature:
            return replace(self, is_cool=False)
        if self.form + 1 < len(_FORMS):
            return replace(self, form=self.form + 1)
        return replace(self, is_cool=False) if self.is_cool else None


class LanguageModel:
    """A chat model with a name and limits; safe to share between threads."""

    most_drafts = 2
    """The first draft, and one revision."""

    def __init__(
        self, name: str, build: Callable[[Manner], BaseChatModel], limits: Limits, *, is_ours: bool = True
    ) -> None:
        """Take a builder, called at the first draft; only a model of ours is asked in a way that can be called off.

        A model of the caller's own may keep connections that belong to another event loop, so it is asked in a thread.
        """
        self.name = name
        self.limits = limits
        self.manner = Manner()
        self._build = cache(build)
        self._is_ours = is_ours

    @classmethod
    def configured(cls, settings: Settings) -> LanguageModel | None:
        """Return the model that `settings` name, or None."""
        if settings.model is None:
            return None
        return cls(settings.model, lambda manner: _built(settings, manner), Limits.of(settings))

    @classmethod
    def given(cls, model: Any, settings: Settings) -> LanguageModel:
        """Return `model`, a BaseChatModel of the caller's own, under the limits of `settings`; it stays as it is."""
        named = getattr(model, "model_name", None) or getattr(model, "model", None) or type(model).__name__
        return cls(f"{model._llm_type}:{named}", lambda _: model, Limits.of(settings), is_ours=False)  # noqa: SLF001 - LangChain has no other name for it

    def exchange(self) -> Exchange:
        """Begin the dealings for one question: the clock starts now."""
        return Exchange(self)

    def sender(self, schema: dict[str, Any], manner: Manner) -> Callable[[Messages], Awaitable[Any]]:
        """Return what sends messages and gives the AIMessage that answers, or raises as the provider's package does.

        Raises:
            ModelError: the model cannot be set up, or has no such form.
        """
        model = self._build(manner)
        runnable = _in_form(model, schema, _FORMS[manner.form], self.name)
        config: Any = {"callbacks": []}
        if self._is_ours and _is_async(model):
            return lambda messages: runnable.ainvoke(list(messages), config)
        return lambda messages: in_thread(lambda: runnable.invoke(list(messages), config))


class Exchange:
    """One question's dealings with a model: one deadline for all of them, and one count of what they used."""

    def __init__(self, model: LanguageModel) -> None:
        """Start the clock."""
        self.model = model
        self.usage = Usage()
        self._deadline = time.monotonic() + model.limits.seconds

    @property
    def seconds_left(self) -> float:
        """How long it may still take."""
        return max(0.0, self._deadline - time.monotonic())

    def ask(self, messages: Messages, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the JSON object that the model answers.

        Args:
            messages: pairs of role (system, human, ai) and text.
            schema: the JSON schema of what is wanted; the model may not keep to it.

        Raises:
            ModelError: it gave none before the deadline.
        """
        if not self.seconds_left:
            raise ModelError(Fault.TIMEOUT)
        running = asyncio.run_coroutine_threadsafe(self._in_any_manner(messages, schema), one_loop())
        try:
            return running.result(self.seconds_left)
        except TimeoutError:
            raise ModelError(Fault.TIMEOUT) from None
        finally:
            running.cancel()

    async def _in_any_manner(self, messages: Messages, schema: dict[str, Any]) -> dict[str, Any]:
        manner = self.model.manner
        while True:
            try:
                found = await self._persistently(messages, schema, manner)
            except ModelError as error:
                other = manner.after(error) if error.fault is Fault.REJECTED else None
                if other is None:
                    raise
                manner = other
            else:
                self.model.manner = manner
                return found

    async def _persistently(self, messages: Messages, schema: dict[str, Any], manner: Manner) -> dict[str, Any]:
        from tenacity import AsyncRetrying, retry_if_exception

        retrying = AsyncRetrying(
            retry=retry_if_exception(lambda e: isinstance(e, ModelError) and e.fault.is_transient),
            stop=self._is_over,
            wait=_pause_seconds,
            reraise=True,
        )
        return await retrying(self._once, messages, schema, manner)

    def _is_over(self, state: Any) -> bool:
        return state.attempt_number > self.model.limits.retries or state.upcoming_sleep >= self.seconds_left

    async def _once(self, messages: Messages, schema: dict[str, Any], manner: Manner) -> dict[str, Any]:
        try:
            send = self.model.sender(schema, manner)
            self.usage = replace(self.usage, calls=self.usage.calls + 1)
            found = await send(messages)
        except Exception as error:  # noqa: BLE001 - each provider's package raises errors of its own
            raise fault_in(error) from None
        message = found["raw"] if isinstance(found, dict) else found
        self._count(getattr(message, "usage_metadata", None) or {})
        return content_of(message)

    def _count(self, used: dict[str, Any]) -> None:
        tokens_in = self.usage.input_tokens + int(used.get("input_tokens") or 0)
        tokens_out = self.usage.output_tokens + int(used.get("output_tokens") or 0)
        cost = self.model.limits.cost(tokens_in, tokens_out)
        self.usage = replace(self.usage, input_tokens=tokens_in, output_tokens=tokens_out, cost=cost)


def _built(settings: Settings, manner: Manner) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    try:
        return cast("BaseChatModel", init_chat_model(settings.model, **_arguments(settings, manner)))
    except ImportError:
        raise ModelError(Fault.NOT_INSTALLED) from None
    except Exception as error:  # noqa: BLE001 - no key, an unknown provider, an argument it does not know
        raise ModelError(Fault.MISCONFIGURED, where=type(error).__name__) from None


def _arguments(settings: Settings, manner: Manner) -> dict[str, Any]:
    """Return what a model is built with; a base URL is given our own key only, never the provider's variable."""
    key = settings.model_api_key.get_secret_value() if settings.model_api_key else None
    arguments: dict[str, Any] = {"temperature": 0} if manner.is_cool else {}
    if settings.model_base_url:
        arguments["base_url"] = settings.model_base_url
    if settings.provider == "ollama":
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        client = {"timeout": settings.model_seconds, "headers": headers}
        return arguments | {
            "num_predict": settings.model_max_tokens,
            "num_ctx": _CONTEXT_TOKENS,
            "client_kwargs": client,
        }
    if key or settings.model_base_url:
        arguments["api_key"] = key or "not-needed"
    return arguments | {
        "max_tokens": settings.model_max_tokens,
        "timeout": settings.model_seconds,
        "max_retries": 0,
    }


def _in_form(model: BaseChatModel, schema: dict[str, Any], form: str, name: str) -> Any:
    """Return what asks `model` for JSON in `form`.

    Raises:
        ModelError: its package has no such form.
    """
    if form == "plain":
        return model
    strictly = {"strict": True} if name.startswith("openai:") else {}
    try:
        structured: Any = model.with_structured_output(schema, method=form, include_raw=True, **strictly)
    except (NotImplementedError, TypeError, ValueError):
        raise ModelError(Fault.REJECTED) from None
    # The first step asks, the second parses. The reply is read here instead: LangChain's parser mends broken JSON in a
    # time that grows with the square of its length, minutes for 50,000 tokens of text.
    steps = getattr(getattr(structured, "first", None), "steps__", {})
    return steps.get("raw", structured)


def _is_async(model: BaseChatModel) -> bool:
    """Return whether a request of `model` can be called off; else LangChain would run it in a thread that must end."""
    from langchain_core.language_models import BaseChatModel

    return type(model)._agenerate is not BaseChatModel._agenerate  # noqa: SLF001 - the one way to know


def _pause_seconds(state: Any) -> float:
    error = state.outcome.exception()
    asked = error.wait_seconds if isinstance(error, ModelError) else None
    doubled = _FIRST_PAUSE_SECONDS * 2 ** (state.attempt_number - 1)
    return asked if asked is not None else min(doubled, _LONGEST_PAUSE_SECONDS)
