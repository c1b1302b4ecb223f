"""The public door: ask from Python what the terminal, the web chat and the HTTP API ask.

    from counterpoint import Assistant

    answer = Assistant().ask("Does an underworking calf cause knee pain?")

Importing this module is cheap; a name is looked up where it lives when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.door import Assistant
    from assistant.gating import GateResult
    from assistant.integrations import BalancedRetriever, ContractGate
    from assistant.middleware import CounterpointMiddleware
    from assistant.pipeline import QuestionError
    from assistant.settings import Settings
    from corpus.errors import CorpusError, EncoderError, IndexUnavailableError, LibraryError
    from guardrails.types import Answer, Basis, Case, Citation, Claim, Detail, Fact, Status, Verdict

    __version__: str

__all__ = [
    "Answer",
    "Assistant",
    "BalancedRetriever",
    "Basis",
    "Case",
    "Citation",
    "Claim",
    "ContractGate",
    "CorpusError",
    "CounterpointMiddleware",
    "Detail",
    "EncoderError",
    "Fact",
    "GateResult",
    "IndexUnavailableError",
    "LibraryError",
    "QuestionError",
    "Settings",
    "Status",
    "Verdict",
    "__version__",
]

_DISTRIBUTION = "counterpoint-knee"
_HOMES = {
    "assistant.door": ("Assistant",),
    "assistant.gating": ("GateResult",),
    "assistant.integrations": ("BalancedRetriever", "ContractGate"),
    "assistant.middleware": ("CounterpointMiddleware",),
    "assistant.pipeline": ("QuestionError",),
    "assistant.settings": ("Settings",),
    "corpus.errors": ("CorpusError", "EncoderError", "IndexUnavailableError", "LibraryError"),
    "guardrails.types": ("Answer", "Basis", "Case", "Citation", "Claim", "Detail", "Fact", "Status", "Verdict"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Return a public name from the module it lives in.

    Raises:
        AttributeError: no such public name.
    """
    if name == "__version__":
        return _version()
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names, looked up or not."""
    return sorted({*globals(), *__all__})


def _version() -> str:
    """Return the installed version; a checkout that is on the path but not installed has none."""
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return "0+not.installed"
