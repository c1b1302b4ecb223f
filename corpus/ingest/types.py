"""The vocabulary of ingest: what a document is before it becomes a source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """What a file holds, by its content."""

    PDF = "PDF"
    DOCX = "DOCX"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    TEXT = "text"


class WhyDropped(StrEnum):
    """Why a block does not become a passage."""

    NAVIGATION = "navigation"
    PROMOTION = "promotion"
    HIDDEN = "hidden on the page"
    REPEATED = "repeated on many pages"
    TOO_SHORT = "too short to say anything"
    REFERENCES = "list of references"
    INSTRUCTION = "reads like an order to a computer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading or list item in reading order; `page` counts from 1 where there are pages."""

    text: str
    page: int | None = None
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A block that was left out, and why."""

    block: Block
    why: WhyDropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a reader made of a file; `textless_pages` are pages without any text, scans most likely."""

    kind: FileKind
    title: str | None = None
    authors: str | None = None
    blocks: tuple[Block, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    pages: int | None = None
    textless_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A passage to be: one to three sentences and where they stand in the document's kept text."""

    text: str
    page: int | None
    start: int
    end: int

    @property
    def locator(self) -> str:
        """Return where to look it up."""
        span = f"characters {self.start} to {self.end}"
        return f"page {self.page}, {span}" if self.page else span


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something a person should look at before relying on the document; the document is added all the same."""

    about: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A piece of a document as it was read, and why it was left out; None where it was kept."""

    text: str
    page: int | None = None
    why: WhyDropped | None = None
    is_heading: bool = False
