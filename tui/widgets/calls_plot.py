"""Calls over time, those that were answered within them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from textual.color import Color
from textual_plotext import PlotextPlot

from tui.campaign.schedule import ISTANBUL
from tui.words import grouped, say

_HOUR: Final = 3600


class CallsPlot(PlotextPlot):
    """It is shown what `draw` was given last."""

    def draw(self, points: Sequence[tuple[dt.datetime, int, int]], seconds: int) -> None:
        """A point for each stretch of `seconds` in which there was a call: when, calls, answered."""
        plt = self.plt
        plt.clear_figure()
        plt.title(say("screens.results.calls"))
        if points:
            points = _with_gaps(points, seconds)
            times = [at.timestamp() for at, _, _ in points]
            # The calls are a line and those answered an area: filling costs the most of a picture.
            for place, tone, filled in ((2, "success", True), (1, "primary", False)):
                plt.plot(times, [point[place] for point in points], marker="hd", fillx=filled, color=self._colour(tone))
            marks = sorted({times[0], times[len(times) // 2], times[-1]})
            stamp = "%H:%M" if seconds < _HOUR else "%d.%m %H:%M"
            plt.xticks(marks, [dt.datetime.fromtimestamp(mark, ISTANBUL).strftime(stamp) for mark in marks])
            most = max(calls for _, calls, _ in points)
            heights = sorted({0, most // 2, most})
            plt.yticks(list(map(float, heights)), [grouped(height) for height in heights])
            plt.ylim(0, most)
        self.refresh()

    def _colour(self, tone: str) -> tuple[int, int, int]:
        return Color.parse(self.app.theme_variables[tone]).rgb


def _with_gaps(points: Sequence[tuple[dt.datetime, int, int]], seconds: int) -> list[tuple[dt.datetime, int, int]]:
    """With a zero at both ends of a stretch in which nothing came: a line across it would tell of calls."""
    step, filled = dt.timedelta(seconds=seconds), list(points[:1])
    for point in points[1:]:
        before = filled[-1][0]
        if point[0] - before > step:
            filled += [(before + step, 0, 0), (point[0] - step, 0, 0)]
        filled.append(point)
    return filled
