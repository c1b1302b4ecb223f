"""The marks of a debate map: a shape for each design, a size for each weight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import cos, pi, sin

from corpus.types import Design, Strength

RADIUS: Mapping[Strength, float] = {
    Strength.STRONG: 16.5,
    Strength.MODERATE: 13.5,
    Strength.THIN: 10.5,
    Strength.OPINION: 9.5,
}


def path_of(design: str, radius: float) -> str:
    """Return the outline of a design around the origin; one that is not known is a circle."""
    return _SHAPES.get(design, _circle)(round(radius, 1))


def _polygon(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _regular(sides: int, radius: float, *, stretch: float = 1) -> str:
    angles = (2 * pi * n / sides - pi / 2 for n in range(sides))
    return _polygon([(radius * stretch * cos(a), radius * stretch * sin(a)) for a in angles])


def _circle(radius: float) -> str:
    return f"M{-radius} 0a{radius} {radius} 0 1 1 {2 * radius} 0a{radius} {radius} 0 1 1 {-2 * radius} 0Z"


def _hexagon(radius: float) -> str:
    return _regular(6, radius, stretch=1.05)


def _rings(radius: float) -> str:
    """Return two circles that meet: several minds on one thing."""
    r, apart = round(radius * 0.66, 1), round(radius * 0.4, 1)
    one = f"M{-apart - r:.1f} 0a{r} {r} 0 1 1 {2 * r:.1f} 0a{r} {r} 0 1 1 {-2 * r:.1f} 0Z"
    return one + f"M{apart - r:.1f} 0a{r} {r} 0 1 0 {2 * r:.1f} 0a{r} {r} 0 1 0 {-2 * r:.1f} 0Z"


def _square(radius: float) -> str:
    side, corner = radius * 1.72, radius * 0.32
    edge, half = side - 2 * corner, side / 2
    return (
        f"M{-half + corner:.1f} {-half:.1f}h{edge:.1f}q{corner:.1f} 0 {corner:.1f} {corner:.1f}v{edge:.1f}"
        f"q0 {corner:.1f} {-corner:.1f} {corner:.1f}h{-edge:.1f}q{-corner:.1f} 0 {-corner:.1f} {-corner:.1f}"
        f"v{-edge:.1f}q0 {-corner:.1f} {corner:.1f} {-corner:.1f}Z"
    )


def _triangle(radius: float) -> str:
    """Return a triangle that points to the right, as time goes."""
    return _polygon([(-radius * 0.78, -radius * 0.95), (radius * 1.05, 0), (-radius * 0.78, radius * 0.95)])


def _diamond(radius: float) -> str:
    return _regular(4, radius, stretch=1.1)


def _pentagon(radius: float) -> str:
    return _regular(5, radius, stretch=1.05)


def _target(radius: float) -> str:
    """Return a ring with its middle."""
    inner = round(radius * 0.42, 1)
    ring = f"M{-inner} 0a{inner} {inner} 0 1 0 {2 * inner} 0a{inner} {inner} 0 1 0 {-2 * inner} 0Z"
    return f"{_circle(radius)}{ring}"


def _bubble(radius: float) -> str:
    """Return a speech bubble: somebody says so."""
    w, h, c = radius * 1.05, radius * 0.78, radius * 0.42
    return (
        f"M{-w + c:.1f} {-h:.1f}H{w - c:.1f}Q{w:.1f} {-h:.1f} {w:.1f} {-h + c:.1f}V{h - c - 1:.1f}"
        f"Q{w:.1f} {h - 1:.1f} {w - c:.1f} {h - 1:.1f}H{-w * 0.1:.1f}L{-w * 0.55:.1f} {h + radius * 0.42:.1f}"
        f"V{h - 1:.1f}H{-w + c:.1f}Q{-w:.1f} {h - 1:.1f} {-w:.1f} {h - c - 1:.1f}V{-h + c:.1f}"
        f"Q{-w:.1f} {-h:.1f} {-w + c:.1f} {-h:.1f}Z"
    )


def _sheet(radius: float) -> str:
    """Return a page with its corner folded."""
    w, h, fold = radius * 0.75, radius, radius * 0.5
    return _polygon([(-w, -h), (w - fold, -h), (w, -h + fold), (w, h), (-w, h)])


_SHAPES: Mapping[str, Callable[[float], str]] = {
    Design.GUIDELINE: _hexagon,
    Design.CONSENSUS: _rings,
    Design.SYSTEMATIC_REVIEW: _circle,
    Design.RCT: _square,
    Design.COHORT: _triangle,
    Design.CROSS_SECTIONAL: _diamond,
    Design.BIOMECHANICS: _pentagon,
    Design.DIAGNOSTIC_ACCURACY: _target,
    Design.NARRATIVE_REVIEW: _bubble,
    Design.EXPERT_OPINION: _bubble,
    Design.CLINICAL_JUDGEMENT: _bubble,
    Design.CLINIC_DOCUMENT: _sheet,
}
