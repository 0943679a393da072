"""Calls over time, those that were answered within them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, cast

from rich.style import Style
from rich.text import Span, Text
from textual.color import Color
from textual_plotext import PlotextPlot

from tui.campaign.dates import ISTANBUL
from tui.i18n.words import grouped, say

_HOUR: Final = 3600
# Plotext knows no colours but red, green and blue: each tone goes through it as one that stands for it.
_CALLS, _ANSWERED = (0, 0, 1), (0, 0, 2)
_TONES: Final = {_CALLS: "primary", _ANSWERED: "success"}


class CallsPlot(PlotextPlot):
    """It is shown what `draw` was given last, in the colours of the theme, whichever it is by then."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.set_reactive(PlotextPlot.theme, "clear")  # its texts are the widget's, and so is its ground

    def render(self) -> Text:
        drawn = cast("Text", super().render())
        variables = self.app.theme_variables
        styles = {standing: Style(color=Color.parse(variables[tone]).rich_color) for standing, tone in _TONES.items()}
        for place, span in enumerate(drawn.spans):
            colour = span.style.color if isinstance(span.style, Style) else None
            style = styles.get(colour.triplet) if colour is not None and colour.triplet is not None else None
            drawn.spans[place] = Span(span.start, span.end, style or Style())
        return drawn

    def draw(self, points: Sequence[tuple[dt.datetime, int, int]], seconds: int) -> None:
        """A point for each stretch of `seconds` in which there was a call: when, calls, answered."""
        plt = self.plt
        plt.clear_figure()
        plt.title(say("widgets.results.calls"))
        if points:
            points = _with_gaps(points, seconds)
            times = [at.timestamp() for at, _, _ in points]
            # The calls are a line and those answered an area: filling costs the most of a picture.
            for place, standing, filled in ((2, _ANSWERED, True), (1, _CALLS, False)):
                plt.plot(times, [point[place] for point in points], marker="hd", fillx=filled, color=standing)
            marks = sorted({times[0], times[len(times) // 2], times[-1]})
            stamp = "%H:%M" if seconds < _HOUR else "%d.%m %H:%M"
            plt.xticks(marks, [dt.datetime.fromtimestamp(mark, ISTANBUL).strftime(stamp) for mark in marks])
            highest = max(calls for _, calls, _ in points)
            heights = sorted({0, highest // 2, highest})
            plt.yticks(list(map(float, heights)), [grouped(height) for height in heights])
            plt.ylim(0, highest)
        self.refresh()


def _with_gaps(points: Sequence[tuple[dt.datetime, int, int]], seconds: int) -> list[tuple[dt.datetime, int, int]]:
    """With a zero at both ends of a stretch in which nothing came: a line across it would show calls."""
    step, filled = dt.timedelta(seconds=seconds), list(points[:1])
    for point in points[1:]:
        before = filled[-1][0]
        if point[0] - before > step:
            filled += [(before + step, 0, 0), (point[0] - step, 0, 0)]
        filled.append(point)
    return filled
