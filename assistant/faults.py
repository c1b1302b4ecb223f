"""What can go wrong with a language model, in words a person understands.

ModelError      one kind for each fault; nothing of the case, the reply or the key stands in its text

Each provider raises errors of its own kind. They are told apart by the names of their classes and by the status of the
response they carry, so that no provider's package has to be imported, or be there at all, to understand another's.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """Why a model gave no draft."""

    TIMEOUT = "timeout"
    RATE_LIMITED = "rate-limited"
    QUOTA = "quota"
    UNREACHABLE = "unreachable"
    PROVIDER_FAILED = "provider-failed"
    BAD_KEY = "bad-key"
    NO_SUCH_MODEL = "no-such-model"
    REJECTED = "rejected"
    TOO_LONG = "too-long"
    CUT_OFF = "cut-off"
    RAN_OUT = "ran-out"
    REFUSED = "refused"
    EMPTY = "empty"
    BAD_JSON = "bad-json"
    NOT_INSTALLED = "not-installed"
    MISCONFIGURED = "misconfigured"
    FAILED = "failed"

    @property
    def words(self) -> str:
        """What happened, as it reads after "the model gave no draft:"; without digits, as a note must be."""
        return _WORDS[self][0]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return _WORDS[self][1]

    @property
    def is_transient(self) -> bool:
        """Whether the same request may succeed a moment later."""
        return self in _TRANSIENT

    @property
    def is_of_form(self) -> bool:
        """Whether the reply came and could not be used, so that the model may be told so and asked once more."""
        return self in _OF_FORM


_TRANSIENT = frozenset({Fault.RATE_LIMITED, Fault.UNREACHABLE, Fault.PROVIDER_FAILED, Fault.CUT_OFF})
_OF_FORM = frozenset({Fault.BAD_JSON, Fault.EMPTY, Fault.TOO_LONG, Fault.RAN_OUT})
_WORDS: dict[Fault, tuple[str, str]] = {
    Fault.TIMEOUT: ("it took longer than it may", "raise COUNTERPOINT_MODEL_SECONDS or choose a quicker model"),
    Fault.RATE_LIMITED: ("its provider limits how often it is asked", "ask again later, or raise the limit there"),
    Fault.QUOTA: ("its provider's quota is used up", "look at the account with the provider"),
    Fault.UNREACHABLE: ("it could not be reached", "see that the server runs and COUNTERPOINT_MODEL_BASE_URL is right"),
    Fault.PROVIDER_FAILED: ("its provider failed", "ask again later"),
    Fault.BAD_KEY: ("its provider did not accept the key", "set COUNTERPOINT_MODEL_API_KEY"),
    Fault.NO_SUCH_MODEL: ("its provider has no such model or address", "see the name after the colon and the base URL"),
    Fault.REJECTED: ("its provider did not accept the request", "choose a model that takes JSON schemas or plain chat"),
    Fault.TOO_LONG: ("the request or the reply was too long", "choose a model with a larger context"),
    Fault.CUT_OFF: ("the connection broke in the middle of its reply", "ask again later"),
    Fault.RAN_OUT: ("its reply ran into the limit of tokens", "raise COUNTERPOINT_MODEL_MAX_TOKENS"),
    Fault.REFUSED: ("it refused", "ask in other words, or choose another model"),
    Fault.EMPTY: ("its reply was empty", "choose another model if this happens often"),
    Fault.BAD_JSON: ("its reply was not in the form asked for", "choose another model if this happens often"),
    Fault.NOT_INSTALLED: ("the package for its provider is not installed", "run `counterpoint doctor`"),
    Fault.MISCONFIGURED: ("it could not be set up", "run `counterpoint doctor`"),
    Fault.FAILED: ("it failed in an unforeseen way", "please report this"),
}


class ModelError(Exception):
    """A language model gave nothing that could be used; `fault` says why.

    Attributes:
        fault: the kind.
        wait_seconds: how long the provider asked to wait, where it said.
        is_about_temperature: the provider refused the temperature, so that it may be left out.
    """

    def __init__(
        self, fault: Fault, *, where: str = "", wait_seconds: float | None = None, is_about_temperature: bool = False
    ) -> None:
        """Name the fault; `where` is a class's name or a field's place, never text that came from outside."""
        said = f" ({where})" if where else ""
        super().__init__(f"{fault}: {fault.words}{said}; {fault.advice}")
        self.fault = fault
        self.wait_seconds = wait_seconds
        self.is_about_temperature = is_about_temperature


_BY_STATUS = {
    400: Fault.REJECTED,
    401: Fault.BAD_KEY,
    402: Fault.QUOTA,
    403: Fault.BAD_KEY,
    404: Fault.NO_SUCH_MODEL,
    408: Fault.PROVIDER_FAILED,
    409: Fault.PROVIDER_FAILED,
    413: Fault.TOO_LONG,
    422: Fault.REJECTED,
    429: Fault.RATE_LIMITED,
}
# Names of classes, of any provider's package; the first row with one of them in an error's family, or in that of an
# error it came from, decides.
_BY_NAME: tuple[tuple[Fault, frozenset[str]], ...] = (
    (Fault.NOT_INSTALLED, frozenset({"ImportError"})),
    (Fault.TOO_LONG, frozenset({"ContextOverflowError"})),
    (Fault.CUT_OFF, frozenset({"RemoteProtocolError", "IncompleteRead", "ReadError"})),
    (Fault.RAN_OUT, frozenset({"LengthFinishReasonError"})),
    (Fault.REFUSED, frozenset({"ContentFilterFinishReasonError", "OpenAIRefusalError", "ModelRefusalError"})),
    (Fault.RATE_LIMITED, frozenset({"ModelRateLimitError", "RateLimitError"})),
    (Fault.PROVIDER_FAILED, frozenset({"ModelAPIError", "InternalServerError"})),
    (Fault.BAD_KEY, frozenset({"ModelAuthenticationError", "ModelPermissionDeniedError"})),
    (Fault.NO_SUCH_MODEL, frozenset({"ModelNotFoundError"})),
    (Fault.REJECTED, frozenset({"ModelInvalidRequestError", "NotImplementedError"})),
    (Fault.TIMEOUT, frozenset({"TimeoutException", "APITimeoutError", "ModelTimeoutError", "TimeoutError"})),
    (Fault.UNREACHABLE, frozenset({"APIConnectionError", "ModelConnectionError", "ConnectError", "ConnectionError"})),
    (Fault.BAD_JSON, frozenset({"JSONDecodeError", "OutputParserException", "APIResponseValidationError"})),
)
_USED_UP = ("insufficient_quota", "billing", "credit balance")
_REJECTED_FOR = (
    (Fault.TOO_LONG, ("context length", "context_length", "context window")),
    (Fault.REFUSED, ("content_filter", "content management policy")),
)
_SERVER_FAILED = 500
_LONGEST_CHAIN = 8


def fault_in(error: BaseException) -> ModelError:
    """Return what `error`, of any provider's package, means.

    >>> fault_in(ConnectionRefusedError()).fault
    <Fault.UNREACHABLE: 'unreachable'>
    """
    if isinstance(error, ModelError):
        return error
    family = list(_family(error))
    status = next((s for e in family if (s := _status(e)) is not None), None)
    fault = (_by_status(status) if status else None) or _by_name(family) or Fault.FAILED
    said = " ".join(f"{e} {getattr(e, 'code', '')} {getattr(e, 'body', '')}" for e in family).lower()
    if fault is Fault.RATE_LIMITED and any(words in said for words in _USED_UP):
        fault = Fault.QUOTA
    if fault is Fault.REJECTED:
        fault = next((f for f, words in _REJECTED_FOR if any(w in said for w in words)), fault)
    is_about_temperature = fault is Fault.REJECTED and "temperature" in said
    where = str(status) if status else type(error).__name__ if fault is Fault.FAILED else ""
    return ModelError(fault, where=where, wait_seconds=_wait_seconds(family), is_about_temperature=is_about_temperature)


def _family(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and what it came from, nearest first."""
    current: BaseException | None = error
    for _ in range(_LONGEST_CHAIN):
        if current is None:
            return
        yield current
        current = current.__cause__ or current.__context__


def _status(error: BaseException) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int) and status >= 400:
            return status
    return None


def _by_status(status: int) -> Fault:
    return _BY_STATUS.get(status, Fault.PROVIDER_FAILED if status >= _SERVER_FAILED else Fault.REJECTED)


def _by_name(family: list[BaseException]) -> Fault | None:
    names = {c.__name__ for e in family for c in type(e).__mro__}
    return next((fault for fault, known in _BY_NAME if names & known), None)


def _wait_seconds(family: list[BaseException]) -> float | None:
    """Return the seconds of a Retry-After header; a date there is not read, and backoff holds instead."""
    for error in family:
        headers: Any = getattr(getattr(error, "response", None), "headers", None)
        try:
            seconds = float(headers["retry-after"])
        except (KeyError, TypeError, ValueError):
            continue
        if seconds >= 0:
            return seconds
    return None
