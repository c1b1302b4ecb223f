"""What a text says once its disguises are taken off: hidden characters, look-alike letters, codes.

An order to a language model may be written so that a person does not see it, or so that a list of words does not
match it. Each function here undoes one way of doing so; none decides what is an order (``corpus.instructions``).
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote

_TAGS = range(0xE0020, 0xE007F)  # Unicode's tag characters repeat ASCII without being seen
_TAG_OFFSET = 0xE0000
_NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u180e"
_UNSEEN = re.compile(
    f"[{_NO_WIDTH}\u00ad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f\U000e0000-\U000e007f]"
)
# Four letters in a row with something of no width between them: no line breaker or typesetter does that.
_STUFFED = re.compile(rf"(?:(?:[^\W\d_]|[ ])[{_NO_WIDTH}]+){{4}}")
_TURNED = re.compile("\u202e([^\u202c\n]*)")  # shown from right to left
# Letters of Cyrillic and Greek that look like Latin ones (a part of Unicode's confusables.txt, by eye).
_LOOK_ALIKE = str.maketrans(
    "аеорсухіїјѕһԁԛԝкмтвнгпьАЕОРСУХІЈЅКМТВНαοερτυικνχηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxiijshdqwkmtbhrnbAEOPCYXIJSKMTBHaoeptuiknxnwABEZHIKMNOPTYX",
)
_LEET = str.maketrans("013457@$!|8z", "oieastasilbs")
_LEET_WORD = re.compile(r"(?<!\S)(?=\S*[A-Za-z])(?=\S*[0134578@$!|])[A-Za-z0134578@$!|']{3,}")
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*]{1,2}){4,}\w(?!\w)")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:(?:\\x|0x)?[0-9a-fA-F]{2}[ :,]?){8,}(?![0-9A-Za-z])")
_BINARY = re.compile(r"(?<!\d)(?:[01]{8}\s?){4,}(?!\d)")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|&#x?[0-9a-fA-F]{2,6};|%[0-9a-fA-F]{2}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 3
_MOSTLY = 0.8  # chosen: digits and stops take up to a fifth of a sentence
# A sentence with one of these is English as it stands, and needs no turning round to be read.
_PLAIN_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|is|in|for|with|she|he|on|at|was|are|do|what|how|if|or|not)\b", re.IGNORECASE
)


def seen(text: str) -> str:
    r"""Return `text` compatibility-normalised, without characters that are not seen; tag characters as their letters.

    >>> seen("kn\u200bee")
    'knee'
    """
    if text.isascii():
        return text
    spelt = "".join(chr(ord(c) - _TAG_OFFSET) if ord(c) in _TAGS else c for c in text)
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", spelt))


def without_unseen(text: str) -> str:
    """Return `text` without characters that take no room, and otherwise as it stands."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def is_hidden(text: str) -> bool:
    """Return whether `text` carries letters that a reader does not see."""
    if text.isascii():
        return False
    tagged = sum(ord(c) in _TAGS for c in text)
    # England, Scotland and Wales have flags that are spelt with five or six tag characters.
    return tagged > 6 * text.count("\U0001f3f4") or _STUFFED.search(text) is not None


def readings(text: str) -> Iterator[str]:
    """Yield `text` as seen, then each other way of reading it that may be meant."""
    plain = seen(text)
    yield plain
    if _TURNED.search(text):
        yield seen(_TURNED.sub(lambda m: m.group(1)[::-1], text))
    if not plain.isascii():
        folded = unicodedata.normalize("NFKD", plain.translate(_LOOK_ALIKE))
        yield "".join(c for c in folded if not unicodedata.combining(c))
    if _LEET_WORD.search(plain):
        yield _LEET_WORD.sub(lambda m: m.group().translate(_LEET), plain)
    if _SPACED.search(plain):
        yield _SPACED.sub(lambda m: re.sub(r"[ .\-_*]", "", m.group()), plain)
    if _ESCAPE.search(plain):
        yield unquote(unescape(re.sub(r"\\u([0-9a-fA-F]{4})", r"&#x\1;", plain)))
    if not _PLAIN_ENGLISH.search(plain) and len(_WORD.findall(plain)) >= _FEWEST_WORDS:
        yield codecs.encode(plain, "rot13")
        yield plain[::-1]


def decoded(text: str) -> tuple[str, ...]:
    """Return what codes in `text` (base64, hexadecimal, binary) hold, where that is writing."""
    return tuple(d for d in _decodings(text) if _is_writing(d))


def _decodings(text: str) -> Iterator[str]:
    for match in _BASE64.finditer(text):
        blob = match.group().rstrip("=").replace("-", "+").replace("_", "/")
        yield _as_text(lambda blob=blob: base64.b64decode(blob + "=" * (-len(blob) % 4), validate=True))
    for match in _HEX.finditer(text):
        digits = re.sub(r"\\x|0x|[ :,]", "", match.group())
        yield _as_text(lambda digits=digits: bytes.fromhex(digits))
    for match in _BINARY.finditer(text):
        bits = "".join(match.group().split())
        yield _as_text(lambda bits=bits: int(bits, 2).to_bytes(len(bits) // 8))


def _as_text(decode: Callable[[], bytes]) -> str:
    try:
        return decode().decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def _is_writing(text: str) -> bool:
    """Return whether `text` reads as words: chance never gives three of them and hardly anything else."""
    letters = sum(c.isalpha() or c.isspace() for c in text)
    return len(_WORD.findall(text)) >= _FEWEST_WORDS and letters >= _MOSTLY * len(text) and text.isprintable()
