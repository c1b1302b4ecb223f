"""Predicates over typed facts: parsed by Python's own parser, checked, never run as code.

A fact that is not known makes every comparison with it false; ``not`` turns that round, so
``not surgery.kind`` reads "no surgery known".
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from corpus.facts import FACT_KINDS, Facts, FactType, FactValue

_LENGTH_LIMIT = 300
_ORDER: dict[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Lt: operator.lt,  # type: ignore[dict-item]
    ast.LtE: operator.le,  # type: ignore[dict-item]
    ast.Gt: operator.gt,  # type: ignore[dict-item]
    ast.GtE: operator.ge,  # type: ignore[dict-item]
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}

Test: TypeAlias = Callable[[Facts], bool]


class PredicateError(ValueError):
    """A predicate does not parse, names an unknown fact or compares unlike things."""


def holds(predicate: str | None, facts: Facts) -> bool:
    """Return whether `predicate` holds for `facts`; no predicate always holds.

    Raises:
        PredicateError: the predicate is not well formed.
    """
    return predicate is None or compile_predicate(predicate)(facts)


@lru_cache(maxsize=4096)
def compile_predicate(predicate: str) -> Test:
    """Return a test for `predicate`, checked against the fact vocabulary.

    Raises:
        PredicateError: with what was expected and what came.
    """
    if len(predicate) > _LENGTH_LIMIT:
        raise PredicateError(f"expected at most {_LENGTH_LIMIT} characters, got {len(predicate)}")
    try:
        tree = ast.parse(predicate.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise PredicateError(f"expected a predicate such as 'age < 18', got {predicate!r}") from error
    return _test(tree.body)


@lru_cache(maxsize=4096)
def facts_named(predicate: str | None) -> frozenset[str]:
    """Return the names of the facts that `predicate` looks at."""
    if predicate is None:
        return frozenset()
    compile_predicate(predicate)
    nodes = ast.walk(ast.parse(predicate.strip(), mode="eval"))
    names = {_dotted(n) for n in nodes if isinstance(n, ast.Name | ast.Attribute)}
    return frozenset(n for n in names if n in FACT_KINDS)


@lru_cache(maxsize=4096)
def constants_of(predicate: str | None) -> frozenset[tuple[str, float | str | bool]]:
    """Return each fact that `predicate` compares, with what it is compared with."""
    if predicate is None:
        return frozenset()
    compile_predicate(predicate)
    compared = (n for n in ast.walk(ast.parse(predicate.strip(), mode="eval")) if isinstance(n, ast.Compare))
    sides = ((n.left, n.comparators[0], isinstance(n.ops[0], ast.In)) for n in compared)
    pairs = [(right, left) if is_in else (left, right) for left, right, is_in in sides]
    return frozenset((name, _constant(value, name)) for fact, value in pairs for name in (_fact(fact),))


def _test(node: ast.expr) -> Test:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            parts = [_test(v) for v in values]
            return lambda facts: all(p(facts) for p in parts)
        case ast.BoolOp(op=ast.Or(), values=values):
            parts = [_test(v) for v in values]
            return lambda facts: any(p(facts) for p in parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _test(operand)
            return lambda facts: not inner(facts)
        case ast.Name() | ast.Attribute():
            name = _fact(node)
            return lambda facts: _is_given(facts.get(name))
        case ast.Compare(left=left, ops=[ast.In()], comparators=[right]):
            return _membership(left, right)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _comparison(left, op, right)
        case _:
            raise PredicateError(f"expected names, comparisons, and/or/not; got {ast.unparse(node)!r}")


def _is_given(value: FactValue | None) -> bool:
    """Return whether a fact, named bare, is known and not denied; a known 0 is."""
    return value is not None and value is not False and value != frozenset()


def _membership(left: ast.expr, right: ast.expr) -> Test:
    name = _fact(right)
    kind = FACT_KINDS[name]
    if kind.type is not FactType.SET:
        raise PredicateError(f"expected a set after 'in', got {name} ({kind.type})")
    value = _constant(left, name)
    return lambda facts: value in facts.get(name, frozenset())  # type: ignore[operator]


def _comparison(left: ast.expr, op: ast.cmpop, right: ast.expr) -> Test:
    name = _fact(left)
    kind = FACT_KINDS[name]
    value = _constant(right, name)
    if type(op) not in _ORDER:
        raise PredicateError(f"expected == != < <= > >= or in, got {type(op).__name__} on {name}")
    if kind.type in (FactType.SET, FactType.FLAG) and not isinstance(value, bool):
        raise PredicateError(f"{name} is a {kind.type}: use it bare, or '\"x\" in {name}'")
    if kind.type in (FactType.CHOICE, FactType.FLAG) and not isinstance(op, ast.Eq | ast.NotEq):
        raise PredicateError(f"{name} is a {kind.type}: compare it with == or !=")
    compare = _ORDER[type(op)]

    def test(facts: Facts) -> bool:
        known = facts.get(name)
        return known is not None and compare(known, value)

    return test


def _constant(node: ast.expr, name: str) -> float | str | bool:
    value = node.value if isinstance(node, ast.Constant) else None
    kind = FACT_KINDS[name]
    if kind.type is FactType.FLAG and isinstance(value, bool):
        return value
    if kind.type is FactType.NUMBER:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        raise PredicateError(f"expected a number to compare {name} with, got {ast.unparse(node)!r}")
    if not isinstance(value, str):
        raise PredicateError(f"expected a quoted word to compare {name} with, got {ast.unparse(node)!r}")
    if kind.choices and value not in kind.choices:
        raise PredicateError(f"expected one of {sorted(kind.choices)} for {name}, got {value!r}")
    return value


def _fact(node: ast.expr) -> str:
    name = _dotted(node)
    if name not in FACT_KINDS:
        raise PredicateError(f"expected a known fact, got {ast.unparse(node)!r}")
    return name


def _dotted(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{_dotted(value)}.{attr}"
        case _:
            return "?"
