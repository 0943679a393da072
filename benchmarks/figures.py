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
    """One statistic in `unit`, of ours and of the baseline; None where there is nothing that it could be held against.

    `limit` is the ratio that ours may reach, `most` what it may be itself; None where none is set.
    """

    name: str
    unit: str
    ours: float
    baseline: float | None = None
    limit: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        return None if self.baseline is None else self.ours / self.baseline

    @property
    def exceeded(self) -> bool:
        return (self.limit is not None and self.ratio is not None and self.ratio > self.limit) or (
            self.most is not None and self.ours > self.most)

    def as_json(self) -> dict[str, str | float | None]:
        return {"name": self.name, "unit": self.unit, "ours": self.ours, "baseline": self.baseline,
                "ratio": self.ratio, "limit": self.limit, "most": self.most}


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
    limits = [] if figure.limit is None else [f"≤ {figure.limit:.2f}"]
    limits += [] if figure.most is None else [f"≤ {figure.most:g} {figure.unit}"]
    limit = f"{', '.join(limits)}{' ✗' if figure.exceeded else ' ✓'}" if limits else ""
    return (figure.name, f"{figure.ours:.1f} {figure.unit}",
            "" if figure.baseline is None else f"{figure.baseline:.1f} {figure.unit}",
            "" if figure.ratio is None else f"{figure.ratio:.2f}", limit)
