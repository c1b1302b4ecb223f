"""A saved web page: trafilatura decides what is its article, and what is not becomes a list of what was dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError
from corpus.ingest.decoding import decoded, tidy
from corpus.ingest.types import Block, Document, Dropped, FileKind, WhyDropped

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOUNDARIES = frozenset(
    "html body p div section article main header footer nav aside form ul ol li dl dt dd table thead tbody tfoot tr "
    "caption blockquote pre figure figcaption address fieldset details summary hr center h1 h2 h3 h4 h5 h6".split()
)  # elements that begin on a line of their own
_JOINTS = {"br": "\n", "td": "; ", "th": "; "}
_SPACE = re.compile(r"\s+")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_AROUND = frozenset(("nav", "header", "footer", "aside", "form", "button"))
_LEAST_ARTICLE = 0.2  # chosen: of a page's text; below it trafilatura has missed the article of a short page
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|%)?\s*(?:;|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|"
    r"(?:left|top|text-indent)\s*:\s*-\d{3,}|(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b)",
    re.IGNORECASE,
)
_SKIPPED = frozenset(("script", "style", "noscript", "template", "svg", "head", "iframe", "select", "textarea"))


def read_page(path: Path) -> Document:
    """Return the article of the page at `path`; its menus, banners and hidden text are told as dropped.

    Raises:
        DocumentError: no page can be made of it.
    """
    import trafilatura
    from lxml import html
    from lxml.etree import ParserError

    parser = html.HTMLParser(encoding="utf-8")
    try:
        root: Any = html.document_fromstring(decoded(path).encode(), parser=parser)
    except (ParserError, ValueError) as error:
        raise DocumentError(path, f"no web page can be made of it ({error})") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise DocumentError(path, "is nested too deeply to be read")
    hidden = [Dropped(block=Block(text=t), why=WhyDropped.HIDDEN) for t in _take_hidden(root)]
    found: Any = trafilatura.bare_extraction(
        html.tostring(root, encoding="unicode"), include_comments=False, include_tables=True, with_metadata=True
    )
    kept, dropped = _parted(list(_blocks(root)), _key(found.text or "") if found else "")
    return Document(
        kind=FileKind.HTML,
        title=(found.title if found else None) or _title(root),
        authors=found.author if found else None,
        blocks=tuple(kept),
        dropped=(*hidden, *(Dropped(block=b, why=WhyDropped.NAVIGATION) for b in dropped)),
    )


def _parted(blocks: Sequence[tuple[Block, bool]], article: str) -> tuple[list[Block], list[Block]]:
    """Return the blocks of the article and the others; a page too short for trafilatura loses only its surroundings."""
    whole = sum(len(_key(b.text)) for b, _ in blocks)
    is_found = len(article) >= _LEAST_ARTICLE * whole
    is_kept = [_key(b.text) in article if is_found else not is_around for b, is_around in blocks]
    parted = [[b for (b, _), k in zip(blocks, is_kept, strict=True) if k is wanted] for wanted in (True, False)]
    return parted[0], parted[1]


def _take_hidden(root: Any) -> Iterator[str]:
    """Take out what a reader of the page would not see, and yield its text."""
    for element in [e for e in root.iter() if isinstance(e.tag, str)]:
        is_unseen = element.get("hidden") is not None or element.get("aria-hidden") == "true"
        is_unseen = is_unseen or _UNSEEN.search(element.get("style") or "") is not None
        if is_unseen and element.getparent() is not None and element.tag not in ("html", "body"):
            text = tidy(element.text_content())
            element.drop_tree()
            if text:
                yield text


def _blocks(root: Any) -> Iterator[tuple[Block, bool]]:
    """Yield every run of text between the page's boundaries, and whether it stands around the article, as menus do."""
    from lxml.etree import iterwalk

    said: list[str] = []
    inside: Counter[str] = Counter()
    for event, element in iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BOUNDARIES:
            yield from _block(said, inside)
        if event == "start":
            inside[_sort(tag)] += 1
            said += _flat(element.text, inside)
            continue
        if event == "end":
            inside[_sort(tag)] -= 1
            said += [_JOINTS.get(tag, "")]
        said += _flat(element.tail, inside)
    yield from _block(said, inside)


def _flat(text: str | None, inside: Counter[str]) -> list[str]:
    """Return `text` with its line ends made spaces, as a browser does; nothing where no text is shown."""
    return [_SPACE.sub(" ", text)] if text and not inside["skipped"] else []


def _block(said: list[str], inside: Counter[str]) -> Iterator[tuple[Block, bool]]:
    for part in _BLANK.split("".join(said)):
        if text := tidy(part).strip("; "):
            yield Block(text=text, is_heading=inside["heading"] > 0), inside["around"] > 0
    said.clear()


def _sort(tag: str) -> str:
    """Return what being inside an element of that name means for its text."""
    sorts = {"skipped": _SKIPPED, "heading": _HEADINGS, "around": _AROUND}
    return next((sort for sort, tags in sorts.items() if tag in tags), "other")


def _title(root: Any) -> str | None:
    found = root.findtext(".//title")
    return tidy(found) or None if found else None


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
