"""What was measured: ours beside the baseline's, and how it is told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_HEADINGS: Final = ("", "ours", "baseline", "ratio", "limit")


class NotMeasured(Exception):
    """Why something has no figures, in a sentence."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One statistic of both, in `unit`. `limit` is the ratio that ours may reach; None where none is set."""

    name: str
    unit: str
    ours: float
    baseline: float
    limit: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline

    @property
    def exceeded(self) -> bool:
        return self.limit is not None and self.ratio > self.limit

    def as_json(self) -> dict[str, str | float | None]:
        return {"name": self.name, "unit": self.unit, "ours": self.ours, "baseline": self.baseline,
                "ratio": self.ratio, "limit": self.limit}


def percentile(values: Sequence[float], percent: float) -> float:
    """The least of `values` that `percent` of them don't exceed (nearest rank). ValueError where there are none."""
    if not values or not 0 < percent <= 100:
        raise ValueError(f"the {percent:g}th percentile of {len(values)} values")
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def table(figures: Sequence[Figure]) -> str:
    """One line a figure, in columns; what exceeds its limit is marked."""
    rows = [_HEADINGS, *map(_cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = []
    for name, *numbers in rows:
        shown = (number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
        lines.append("  ".join((name.ljust(widths[0]), *shown)).rstrip())
    return "\n".join(lines)


def _cells(figure: Figure) -> tuple[str, ...]:
    limit = "" if figure.limit is None else f"≤ {figure.limit:.2f}{' ✗' if figure.exceeded else ' ✓'}"
    return (figure.name, f"{figure.ours:.1f} {figure.unit}", f"{figure.baseline:.1f} {figure.unit}",
            f"{figure.ratio:.2f}", limit)
