"""Reading YAML with line numbers, so that an error can say where it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.reader import ReaderError

from corpus.errors import LibraryError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SIZE_LIMIT_BYTES = 20_000_000
_DEPTH_LIMIT = 100  # chosen; our own files nest 8 deep


class YamlFile:
    """One parsed file: its `data`, and the line of each place in it."""

    def __init__(self, path: Path) -> None:
        """Read and parse `path`.

        Raises:
            LibraryError: unreadable, not UTF-8, too large, not YAML, or a key given twice.
        """
        self.path = path
        text = self._text()
        self._root: Any = None
        loader = _Loader(text)
        try:
            self._refuse_depth(text)
            self._root = loader.get_single_node()
            self._refuse_repeated_keys()
            self.data: Any = loader.construct_document(self._root) if self._root else {}
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise self._yaml_error(error, text) from error
        finally:
            loader.dispose()

    def line(self, place: tuple[str | int, ...]) -> int | None:
        """Return the line, from 1, of the deepest part of `place` that exists; of a field, its name's."""
        where = node = self._root
        for step in place:
            child = _child(node, step)
            if child is None:
                break
            where, node = child
        return where.start_mark.line + 1 if where is not None else None

    def error(self, message: str, place: tuple[str | int, ...] = ()) -> LibraryError:
        """Return an error that names this file and the line of `place`."""
        return LibraryError(message, file=self.path, line=self.line(place))

    def _text(self) -> str:
        try:
            if self.path.stat().st_size > _SIZE_LIMIT_BYTES:
                raise LibraryError("expected a file under 20 MB", file=self.path)
            return self.path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise LibraryError("expected UTF-8 text", file=self.path, line=line) from error
        except OSError as error:
            raise LibraryError(f"cannot be read: {error.strerror}", file=self.path) from error

    def _yaml_error(self, error: Exception, text: str) -> LibraryError:
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        return LibraryError(f"expected valid YAML: {problem}", file=self.path, line=self._line_of(error, text))

    def _line_of(self, error: Exception, text: str) -> int | None:
        """Return the line of a mark, of a character that YAML forbids, or of a value such as a 13th month."""
        if mark := getattr(error, "problem_mark", None):
            return mark.line + 1
        if isinstance(error, ReaderError):
            return text.encode()[: error.position].count(b"\n") + 1
        bad = (n for n in _nodes(self._root) if isinstance(n, yaml.ScalarNode) and not _has_value(n))
        return next((n.start_mark.line + 1 for n in bad), None)

    def _refuse_depth(self, text: str) -> None:
        """Refuse what is nested so deep that composing it, which recurses in C, would end the process."""
        depth = 0
        event: Any
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEPTH_LIMIT:
                line = event.start_mark.line + 1
                message = f"expected lists and mappings at most {_DEPTH_LIMIT} deep"
                raise LibraryError(message, file=self.path, line=line)

    def _refuse_repeated_keys(self) -> None:
        for node in _nodes(self._root):
            if isinstance(node, yaml.MappingNode):
                self._check_keys(node)

    def _check_keys(self, node: yaml.MappingNode) -> None:
        seen: set[str] = set()
        for key in (k for k, _ in node.value if isinstance(k, yaml.ScalarNode)):
            if key.value in seen:
                line = key.start_mark.line + 1
                raise LibraryError(f"key {key.value!r} is given twice", file=self.path, line=line)
            seen.add(key.value)


def to_yaml(data: Any) -> str:
    """Return `data` as YAML that reads well: keys in their order, letters as they are."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)


def _nodes(root: Any) -> Iterator[Any]:
    """Yield each node below `root` once, however often an alias repeats it."""
    stack, seen = [root], {id(None)}
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            stack.extend(chain.from_iterable(node.value))
        elif isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)


def _has_value(node: yaml.ScalarNode) -> bool:
    try:
        SafeConstructor().construct_object(node)
    except (ValueError, yaml.YAMLError):
        return False
    return True


def _child(node: Any, step: str | int) -> tuple[Any, Any] | None:
    """Return the node that says where `step` stands, and the node that it leads to."""
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None
