"""The library as one frozen value: read from YAML, laid over, or from its compiled form."""

from __future__ import annotations

import hashlib
import reprlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError

from corpus.errors import LibraryError
from corpus.grading import strength_of
from corpus.terms import Normaliser
from corpus.types import (
    Crux,
    Debate,
    LedgerEntry,
    LedgerLink,
    Measure,
    Passage,
    RedFlag,
    Restriction,
    SchoolClaim,
    Source,
    Strength,
    Term,
    Viewpoint,
)
from corpus.yamlfile import YamlFile

PACKAGED = Path(str(files("corpus"))) / "library"
KINDS: Mapping[str, type] = {
    "sources": Source,
    "viewpoints": Viewpoint,
    "debates": Debate,
    "ledger": LedgerEntry,
    "cruxes": Crux,
    "measures": Measure,
    "red_flags": RedFlag,
    "restrictions": Restriction,
    "terms": Term,
}
_KEY = {"terms": "name", "ledger": "claim"}
T = TypeVar("T")
Places: TypeAlias = dict[tuple[str, str], tuple[Path, int]]


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything that may be cited, and the sentences answers are made of, sorted by id.

    `own` are the ids of the sources that were laid over the first folder: a clinic's own.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    sources: tuple[Source, ...] = ()
    viewpoints: tuple[Viewpoint, ...] = ()
    debates: tuple[Debate, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    cruxes: tuple[Crux, ...] = ()
    measures: tuple[Measure, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    terms: tuple[Term, ...] = field(default=())
    own: tuple[str, ...] = ()

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """Passages by id, sources that were retracted left out."""
        return {p.id: p for s in self.sources if not s.retracted for p in s.passages}

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {s.id: s for s in self.sources}

    @cached_property
    def viewpoint_by_id(self) -> Mapping[str, Viewpoint]:
        """Viewpoints by id."""
        return {v.id: v for v in self.viewpoints}

    @cached_property
    def debate_by_id(self) -> Mapping[str, Debate]:
        """Debates by id."""
        return {d.id: d for d in self.debates}

    @cached_property
    def crux_by_id(self) -> Mapping[str, Crux]:
        """Cruxes and briefs by id."""
        return {c.id: c for c in self.cruxes}

    @cached_property
    def claim_by_id(self) -> Mapping[str, SchoolClaim]:
        """The schools' claims by id, such as ``calf-focused:b``."""
        return {c.id: c for v in self.viewpoints for c in v.claims}

    @cached_property
    def proponents(self) -> Mapping[str, str]:
        """First names of those who speak for a school, by their surnames."""
        return {v.surname: v.proponent.split()[0] for v in self.viewpoints}

    @cached_property
    def ledger_by_claim(self) -> Mapping[str, LedgerEntry]:
        """What was found for and against each claim, by the claim's id."""
        return {e.claim: e for e in self.ledger}

    @cached_property
    def ledger_links(self) -> Mapping[tuple[str, str], LedgerLink]:
        """What a finding does to a claim, by the claim's and the passage's id."""
        return {(e.claim, link.passage): link for e in self.ledger for link in e.links}

    @cached_property
    def normaliser(self) -> Normaliser:
        """What spells out this library's shorthand."""
        return Normaliser(self.terms)

    @cached_property
    def fingerprint(self) -> str:
        """Fingerprint of the content, the same whatever the order of files and entries."""
        return "sha256:" + hashlib.sha256(to_json(self)).hexdigest()

    @cached_property
    def asks_key(self) -> str:
        """Fingerprint of what the phrasings' index is made from: the cruxes, and the terms that spell words out."""
        made_from = _CRUXES.dump_json(self.cruxes) + _TERMS.dump_json(self.terms)
        return "sha256:" + hashlib.sha256(made_from).hexdigest()

    def spoken_aliases(self, viewpoint: Viewpoint) -> tuple[str, ...]:
        """Return the names of a school as they stand in a text whose shorthand is spelt out."""
        return self._spoken_aliases[viewpoint.id]

    @cached_property
    def _spoken_aliases(self) -> Mapping[str, tuple[str, ...]]:
        expand = self.normaliser.expand
        own = {v.id: (v.surname, f"{v.surname}s", *v.aliases) for v in self.viewpoints}
        return {i: tuple(dict.fromkeys(expand(name).strip() for name in names)) for i, names in own.items()}

    def passage_fingerprint(self, passage_id: str) -> str:
        """Return a fingerprint of what a passage says: its text, figures and grade."""
        passage = self.passages[passage_id]
        said = "|".join((passage.text, repr(sorted(passage.figures.items())), passage.grade or ""))
        return "sha256:" + hashlib.sha256(said.encode()).hexdigest()

    def source_of(self, passage_id: str) -> Source:
        """Return the source of a passage that exists."""
        return self._sources_of_passages[passage_id]

    @cached_property
    def _sources_of_passages(self) -> Mapping[str, Source]:
        return {p.id: s for s in self.sources for p in s.passages}

    def viewpoint_of(self, passage_id: str) -> str | None:
        """Return the school whose own document the passage is from, if any."""
        return self._sources_of_passages[passage_id].viewpoint

    def strength_of(self, passage_id: str) -> Strength:
        """Return the weight of a passage in the screen's four words."""
        return strength_of(self.source_of(passage_id), self.passages[passage_id])


_LIBRARY: TypeAdapter[Library] = TypeAdapter(Library)
_CRUXES: TypeAdapter[tuple[Crux, ...]] = TypeAdapter(tuple[Crux, ...])
_TERMS: TypeAdapter[tuple[Term, ...]] = TypeAdapter(tuple[Term, ...])


def to_json(library: Library) -> bytes:
    """Return the compiled form of `library`."""
    return _LIBRARY.dump_json(library)


def from_json(compiled: bytes) -> Library:
    """Return the library of a compiled form.

    Raises:
        ValidationError: the bytes are not a compiled library of this version.
    """
    return _LIBRARY.validate_json(compiled)


def raw_key(folders: Iterable[Path]) -> str:
    """Return a fingerprint of the files as they lie there, cheap enough for each question."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in _yaml_files(folder):
            digest.update(str(path.relative_to(folder)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return "sha256:" + digest.hexdigest()


def read_library(folders: Iterable[Path] = (PACKAGED,)) -> Library:
    """Return the library of `folders`, each laid over the one before it by id.

    Raises:
        LibraryError: a file does not fit; the message names file, line and what was expected.
    """
    return read_with_places(folders)[0]


def read_with_places(folders: Iterable[Path]) -> tuple[Library, Places]:
    """Return the library of `folders`, and for each (kind, id) the file and line it stands at.

    Raises:
        LibraryError: a file does not fit.
    """
    merged: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    places: Places = {}
    own: set[str] = set()
    for number, folder in enumerate(folders):
        read = _read_folder(folder, places)
        own |= set(read["sources"]) if number else set()
        for kind, entries in read.items():
            merged[kind] |= entries
    ordered = {kind: tuple(merged[kind][i] for i in sorted(merged[kind])) for kind in KINDS}
    return Library(**ordered, own=tuple(sorted(own))), places


def _read_folder(folder: Path, places: Places) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for path in _yaml_files(folder):
        for entry in _entries(path):
            if entry.key in found[entry.kind]:
                message = f"id {entry.key!r} is already taken by another of {entry.kind}"
                raise LibraryError(message, file=path, line=entry.line)
            found[entry.kind][entry.key] = entry.value
            places[entry.kind, entry.key] = (path, entry.line)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One entry of a file, and its line."""

    kind: str
    key: str
    value: Any
    line: int


# The entries of each file by its content: parsing all takes over a second, and adding ten documents reads all 20 times.
_read: dict[bytes, tuple[_Entry, ...]] = {}
_MOST_READ = 2_000  # chosen: ten times the files of the packaged library


def _entries(path: Path) -> tuple[_Entry, ...]:
    try:
        content = hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return tuple(_parsed(path))  # raises what says so
    found = _read.get(content)
    if found is None:
        found = tuple(_parsed(path))
        if len(_read) >= _MOST_READ:
            _read.clear()
        _read[content] = found
    return found


def _parsed(path: Path) -> Iterator[_Entry]:
    file = YamlFile(path)
    if not isinstance(file.data, dict):
        raise file.error(f"expected a mapping with keys among {sorted(KINDS)}")
    for kind, entries in file.data.items():
        if kind not in KINDS:
            raise file.error(f"expected a key among {sorted(KINDS)}, got {kind!r}", (kind,))
        if not isinstance(entries, list):
            raise file.error(f"expected a list under {kind!r}", (kind,))
        for position, raw in enumerate(entries):
            value = _validated(file, kind, position, raw)
            key = getattr(value, _KEY.get(kind, "id"))
            yield _Entry(kind=kind, key=key, value=value, line=file.line((kind, position)) or 1)


def _validated(file: YamlFile, kind: str, position: int, raw: Any) -> Any:
    try:
        return _adapter(KINDS[kind]).validate_python(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = (kind, position, *first["loc"])
        field_name = ".".join(str(p) for p in first["loc"]) or kind
        given = "" if first["type"] == "missing" else f", got {_shown(first['input'])}"
        raise file.error(f"{field_name}: {first['msg']}{given}", place) from error


def _shown(value: Any) -> str:
    """Return the start of what was given; of a list only its first items, for aliases can make one endless."""
    return repr(value[:60]) if isinstance(value, str) else reprlib.repr(value)


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    return TypeAdapter(kind)


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())
