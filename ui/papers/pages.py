"""The templates of papers: Jinja with everything from outside escaped where the paper is HTML."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

_MARKS = re.compile(r"([\\`*_\[\]<>|])")
_FOLDER = Path(str(files("ui"))) / "papers" / "templates"


@cache
def page(name: str) -> Template:
    """Return a template of ``ui/papers/templates``; a name that it misses is an error, and not a gap in the paper."""
    return _environment(is_markdown=name.endswith(".md.jinja")).get_template(name)


def markdown_text(text: object) -> str:
    r"""Return `text` as it may stand in Markdown: shown as it was typed, and read as neither Markdown nor HTML.

    What is marked as safe stands as it is.

    >>> print(markdown_text("no *lag*, <b>SLR</b> ok"))
    no \*lag\*, \<b\>SLR\</b\> ok
    """
    return text if isinstance(text, Markup) else _MARKS.sub(r"\\\1", str(text))


@cache
def _environment(*, is_markdown: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=not is_markdown,  # noqa: S701 - Markdown is escaped by what finalizes each value
        finalize=markdown_text if is_markdown else None,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
