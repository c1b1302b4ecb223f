"""Reading YAML with line numbers, so that an error can say where it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from corpus.errors import LibraryError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SIZE_LIMIT_BYTES = 20_000_000


class YamlFile:
    """One parsed file: its `data`, and the line of each place in it."""

    def __init__(self, path: Path) -> None:
        """Read and parse `path`.

        Raises:
            LibraryError: unreadable, not UTF-8, too large, not YAML, or a key given twice.
        """
        self.path = path
        loader = _Loader(self._text())
        try:
            self._root = loader.get_single_node()
            self.data: Any = loader.construct_document(self._root) if self._root else {}
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise self._yaml_error(error) from error
        finally:
            loader.dispose()
        self._refuse_repeated_keys(self._root)

    def line(self, place: tuple[str | int, ...]) -> int | None:
        """Return the line, from 1, of the deepest part of `place` that exists."""
        node = self._root
        for step in place:
            child = _child(node, step)
            if child is None:
                break
            node = child
        return node.start_mark.line + 1 if node is not None else None

    def error(self, message: str, place: tuple[str | int, ...] = ()) -> LibraryError:
        """Return an error that names this file and the line of `place`."""
        return LibraryError(message, file=self.path, line=self.line(place))

    def _text(self) -> str:
        try:
            if self.path.stat().st_size > _SIZE_LIMIT_BYTES:
                raise LibraryError("expected a file under 20 MB", file=self.path)
            return self.path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise LibraryError("expected UTF-8 text", file=self.path) from error
        except OSError as error:
            raise LibraryError(f"cannot be read: {error.strerror}", file=self.path) from error

    def _yaml_error(self, error: Exception) -> LibraryError:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else None
        return LibraryError(f"expected valid YAML: {problem}", file=self.path, line=line)

    def _refuse_repeated_keys(self, node: Any) -> None:
        stack = [node]
        while stack:
            current = stack.pop()
            if isinstance(current, yaml.MappingNode):
                self._check_keys(current)
                stack.extend(value for _, value in current.value)
            elif isinstance(current, yaml.SequenceNode):
                stack.extend(current.value)

    def _check_keys(self, node: yaml.MappingNode) -> None:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise LibraryError(f"key {key.value!r} is given twice", file=self.path, line=line)
            seen.add(key.value)


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((v for k, v in node.value if k.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None
