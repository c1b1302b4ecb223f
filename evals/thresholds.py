"""What a run must reach: hard floors, and bands; written in YAML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from evals.cases import Place, parsed
from evals.errors import ThresholdFileError
from evals.figures import METRICS

PACKAGED_THRESHOLDS = Path(str(files("evals"))) / "thresholds.yaml"
_STRICT = {"extra": "forbid"}
_Share = Annotated[float, Field(ge=0, le=1)]
_Reason = Annotated[str, Field(min_length=1)]
_METRIC = {m.name: m for m in METRICS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A metric of which no case may fall short, and why."""

    __pydantic_config__: ClassVar = _STRICT
    metric: str
    reason: _Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A metric that has a bound, and that may not get worse against the baseline by more than chance explains.

    A loss no larger than `tolerance` is let pass. Where the bound `is_aim`, falling short of it is told and fails
    nothing; a loss fails all the same.
    """

    __pydantic_config__: ClassVar = _STRICT
    metric: str
    minimum: _Share | None = None
    maximum: _Share | None = None
    is_aim: bool = False
    tolerance: _Share = 0.0
    reason: _Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdFile:
    """What the file of thresholds holds."""

    __pydantic_config__: ClassVar = _STRICT
    schema: Literal["counterpoint/eval-thresholds/2"]
    floors: tuple[Floor, ...] = ()
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A floor or a band: the least or the most that a metric may be."""

    metric: str
    minimum: float | None = None
    maximum: float | None = None
    is_floor: bool = False
    is_aim: bool = False
    tolerance: float = 0.0
    reason: str

    def is_met_by(self, value: float) -> bool:
        """Return whether `value` lies within."""
        low = 0.0 if self.minimum is None else self.minimum
        high = 1.0 if self.maximum is None else self.maximum
        return low <= value <= high

    @property
    def bound(self) -> str:
        """What meeting it is, such as ``≥ 95 %``, or ``aim ≥ 80 %``."""
        bound = f"≥ {_percent(self.minimum)}" if self.minimum is not None else f"≤ {_percent(self.maximum)}"
        return f"aim {bound}" if self.is_aim else bound

    @property
    def miss(self) -> str:
        """What missing it is, such as ``below 95 %``."""
        return f"below {_percent(self.minimum)}" if self.minimum is not None else f"above {_percent(self.maximum)}"


def _percent(share: float | None) -> str:
    return f"{100 * (share or 0.0):g} %"


def floor(metric: str, reason: str) -> Threshold:
    """Return the threshold of a metric of which no case may fall short: all of a good thing, none of a bad one."""
    if _METRIC[metric].lower_is_better:
        return Threshold(metric=metric, maximum=0.0, is_floor=True, reason=reason)
    return Threshold(metric=metric, minimum=1.0, is_floor=True, reason=reason)


_FILE: TypeAdapter[ThresholdFile] = TypeAdapter(ThresholdFile)


def read_thresholds(path: Path = PACKAGED_THRESHOLDS) -> tuple[Threshold, ...]:
    """Return the thresholds of a file, floors first.

    Raises:
        ThresholdFileError: the file does not fit; the message names file, line and what was expected.
    """
    content, file = parsed(_FILE, path, ThresholdFileError)
    for place, problem in _problems(content):
        raise ThresholdFileError(problem, file=path, line=file.line(place))
    floors = (floor(f.metric, f.reason) for f in content.floors)
    bands = (
        Threshold(
            metric=b.metric,
            minimum=b.minimum,
            maximum=b.maximum,
            is_aim=b.is_aim,
            tolerance=b.tolerance,
            reason=b.reason,
        )
        for b in content.bands
    )
    return (*floors, *bands)


def _problems(content: ThresholdFile) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for place, entry in _placed("floors", content.floors) + _placed("bands", content.bands):
        if problem := _problem(entry, seen):
            yield place, problem
        seen.add(entry.metric)


def _placed(name: str, entries: Sequence[Floor | Band]) -> list[tuple[Place, Floor | Band]]:
    return [((name, position), entry) for position, entry in enumerate(entries)]


def _problem(entry: Floor | Band, seen: set[str]) -> str | None:
    metric = _METRIC.get(entry.metric)
    if metric is None:
        return f"expected a metric among {', '.join(_METRIC)}; got {entry.metric!r}"
    if entry.metric in seen:
        return f"metric {entry.metric!r} already has a threshold"
    if isinstance(entry, Floor):
        return None if metric.is_share else f"{entry.metric}: expected a band, as it is no share of cases"
    if metric.lower_is_better and (entry.maximum is None or entry.minimum is not None):
        return f"{entry.metric}: expected a maximum and no minimum, as less of it is better"
    if not metric.lower_is_better and (entry.minimum is None or entry.maximum is not None):
        return f"{entry.metric}: expected a minimum and no maximum, as more of it is better"
    return None
