"""What is installed, configured, reachable and indexed; each line ok or what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.settings import Settings
from corpus.encoder import DEFAULT_MODEL, is_exported, model_folder
from corpus.errors import CorpusError
from corpus.index import is_current, read_pointer
from corpus.library import read_library
from corpus.lint import lint
from ui.about import DISTRIBUTION
from ui.modelcheck import drafting_checks

_OWN = ("assistant", "corpus", "evals", "guardrails", "ui")
_SECRET = ("key", "token", "secret", "password", "url")
_OPEN = frozenset({"model_max_tokens"})  # a number of tokens is none


def examine() -> tuple[list[str], bool]:
    """Return the lines to print, and whether everything needed is in order."""
    checks = [*_python(), *_names(), *_packages()]
    try:
        settings = Settings()
    except ValidationError as error:
        checks += [(False, problem) for problem in setting_problems(error)]
        return _lines(checks), False
    checks += [
        *_home(settings),
        *_library(settings),
        *_encoder(settings),
        *_index(settings),
        *drafting_checks(settings),
    ]
    return [*_lines(checks), *_values(settings)], all(good for good, _ in checks)


def _lines(checks: Iterable[tuple[bool, str]]) -> list[str]:
    return [("ok    " if good else "MEND  ") + text for good, text in checks]


def setting_problems(error: Any) -> list[str]:
    """Return a sentence for each setting that a ValidationError names: what was expected, what came."""
    problems = []
    for found in error.errors():
        name = "_".join(str(part) for part in found["loc"])
        said = found["msg"].removeprefix("Input should be ").removeprefix("Value error, ").removeprefix("expected ")
        given = "" if ", got " in said else f", got {'(hidden)' if _is_secret(name) else repr(found['input'])}"
        problems.append(
            f"COUNTERPOINT_{name.upper()}: expected {said}{given}; "
            "mend it in the environment, in .env or in counterpoint.toml"
        )
    return problems


def _python() -> Iterator[tuple[bool, str]]:
    found = ".".join(str(n) for n in sys.version_info[:3])
    yield sys.version_info >= (3, 11), f"Python {found} (3.11 or newer is needed)"


def _names() -> Iterator[tuple[bool, str]]:
    """Yield whether another distribution uses one of the packages' plain names."""
    owners = packages_distributions()
    for name in _OWN:
        others = sorted(set(owners.get(name, [])) - {DISTRIBUTION})
        yield not others, f"package name {name}" + (f" is also used by {others}: uninstall one" if others else "")


def _packages() -> Iterator[tuple[bool, str]]:
    for name in (
        "chromadb",
        "bm25s",
        "onnxruntime",
        "tokenizers",
        "sentence_transformers",
        "gradio",
        "langchain",
        "sqlalchemy",
    ):
        good = find_spec(name) is not None
        yield good, f"{name} installed" if good else f"{name} is missing: run `pip install -c constraints.txt .`"


def _home(settings: Settings) -> Iterator[tuple[bool, str]]:
    home = settings.index.home
    existing = next((p for p in (home, *home.parents) if p.exists()), Path("/"))
    good = existing.is_dir() and os.access(existing, os.W_OK)
    yield (
        good,
        f"data folder {home}" + ("" if good else " cannot be written: set COUNTERPOINT_HOME to a folder you can write"),
    )


def _library(settings: Settings) -> Iterator[tuple[bool, str]]:
    try:
        library = read_library(settings.index.folders)
    except CorpusError as error:
        yield False, str(error)
        return
    problems = lint(library)
    yield (
        not problems,
        f"library of {len(library.passages)} passages"
        + (f" has {len(problems)} problems: run `counterpoint library lint`" if problems else ""),
    )


def _encoder(settings: Settings) -> Iterator[tuple[bool, str]]:
    try:
        folder = model_folder(settings.encoder)
    except CorpusError as error:
        yield False, str(error)
        return
    if isinstance(folder, str) and folder.startswith(("/", ".", "~")):
        yield False, f"encoder {folder} is no folder: set COUNTERPOINT_ENCODER to one that exists, or to a model's name"
        return
    yield True, f"encoder {settings.encoder}" + (f" in {folder}" if settings.encoder != DEFAULT_MODEL else "")
    exported = is_exported(settings.index.export, settings.encoder)
    yield (
        True,
        "encoder exported: questions run without torch"
        if exported
        else ("encoder not exported yet: `counterpoint index` does it (a model that cannot be exported runs slower)"),
    )


def _index(settings: Settings) -> Iterator[tuple[bool, str]]:
    pointer = read_pointer(settings.index)
    try:
        current = is_current(settings.index, pointer)
    except OSError as error:
        yield False, f"index cannot be read: {error}"
        return
    yield (
        current,
        f"index of {pointer.passages} passages is current"
        if pointer and current
        else ("index is missing or out of date: run `counterpoint index` (the next question does it by itself)"),
    )


def _values(settings: Settings) -> Iterator[str]:
    """Yield each setting, its value and where it came from; secrets are hidden."""
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        hidden = value is not None and _is_secret(name)
        yield f"      {name} = {'(hidden)' if hidden else value}  [{_origin(name)}]"


def _is_secret(name: str) -> bool:
    return name not in _OPEN and any(s in name for s in _SECRET)


def _origin(name: str) -> str:
    variable = f"COUNTERPOINT_{name.upper()}"
    if variable in os.environ or variable.lower() in os.environ:
        return f"environment {variable}"
    env = Path(".env")
    if env.is_file() and f"{variable}=" in env.read_text(errors="replace").upper():
        return ".env"
    toml = Path("counterpoint.toml")
    if toml.is_file() and any(
        line.split("=")[0].strip() == name for line in toml.read_text(errors="replace").splitlines()
    ):
        return "counterpoint.toml"
    return "default"
