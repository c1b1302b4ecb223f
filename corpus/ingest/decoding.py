"""Bytes become text, and text becomes one tidy line: what every reader needs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import DocumentError

_SPACE = re.compile(r"\s+")
_HYPHENATED = re.compile(r"(?P<word>\b[A-Za-z]*[a-z])-[ \t]*\n\s*(?=[a-z])")
_COMPOUNDS = frozenset(
    "bent calf closed cross double eccentric end evidence foot follow full half hand heel high home injury knee load long "
    "low mid multi non on one open pain physio post pre range return self short side single slow straight sub three toe "
    "two weight well whole".split()
)  # chosen: first parts of this field's hyphenated words, as in "single-leg" and "weight-bearing"
_UNSEEN = re.compile(  # controls, surrogates, zero-width and bidirectional marks, and Unicode's invisible "tag" letters
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_MOST_CHARACTERS = 3_000_000  # chosen: a book of 1,000 pages
_ENDS = ".!?:;"


def tidy(text: str) -> str:
    r"""Return `text` on one line, words that were broken at a line's end whole again, invisible characters gone.

    >>> tidy("A pro-\ngramme of single-\nleg heel rises")
    'A programme of single-leg heel rises'
    """
    return _SPACE.sub(" ", _UNSEEN.sub("", _HYPHENATED.sub(_rejoined, text))).strip()


def _rejoined(match: re.Match[str]) -> str:
    word = match["word"]
    return f"{word}-" if word.lower() in _COMPOUNDS else word


def goes_on(before: str, after: str) -> bool:
    """Return whether `after` goes on in the sentence that `before` leaves open."""
    return after[0].islower() and before[-1] not in _ENDS


def joined(before: str, after: str) -> str:
    """Return the two halves of a broken sentence as one, a word broken between them whole again."""
    return tidy(f"{before}\n{after}")


def decoded(path: Path) -> str:
    """Return the text of a file: by its byte order mark, as UTF-8, as it says itself, else as a guess.

    Raises:
        DocumentError: it is no text in any encoding.
    """
    raw = path.read_bytes()
    for codec in _codecs(raw):
        try:
            text = raw.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError(path, "is not text in any known encoding; save it as UTF-8")


def refuse_endless(path: Path, length_chars: int) -> None:
    """Raise a `DocumentError` where a text is longer than any document that is read."""
    if length_chars > _MOST_CHARACTERS:
        expected = f"expected at most {_MOST_CHARACTERS / 10**6:.0f} million characters"
        raise DocumentError(path, f"{expected}, got {length_chars / 10**6:.0f} million; split it")


def _codecs(raw: bytes) -> Iterator[str]:
    """Yield the encodings to try, likeliest first."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
        return
    yield "utf-8-sig"
    declared = _DECLARED.search(raw[:_DECLARED_WITHIN])
    if declared:
        yield declared[1].decode("ascii", "replace")
    yield "cp1252"  # what English text that is not UTF-8 nearly always is
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    if best is not None:
        yield best.encoding
