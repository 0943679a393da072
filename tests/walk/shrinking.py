"""The shortest walk that comes to the same finding."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tests.walk.hands import Event
from tests.walk.situations import Start
from tests.walk.walker import Walked, take

# How slow the disk is at which moment changes with every event that is left out: other seeds are tried too.
_SEEDS: Final = 3


def kind_of(finding: str) -> str:
    """A finding without what differs from walk to walk."""
    return re.sub(r"\d+", "0", re.sub(r"'[^']*'", "''", finding))


def shrink(found: Walked, end: float) -> Walked:
    """As short as it gets before `end`, on the monotonic clock."""
    wanted = kind_of(found.finding)

    def again(start: Start, events: Sequence[Event]) -> Walked | None:
        for more in range(_SEEDS):
            walked = take(replace(start, seed=start.seed + more), events)
            if kind_of(walked.finding) == wanted:
                return walked
        return None

    best = again(found.start, found.events)
    if best is None:
        return found  # it does not come again: told as it was
    part = max(1, len(best.events) // 2)
    while time.monotonic() < end:
        shorter = _without_a_part(best, part, again, end)
        if shorter is not None:
            best = shorter
            part = min(part, max(1, len(best.events) // 2))
        elif part == 1:
            break
        else:
            part = max(1, part // 2)
    return best


def _without_a_part(best: Walked, part: int, again: Callable[[Start, Sequence[Event]], Walked | None],
                    end: float) -> Walked | None:
    """All parts of that length that can be left out, one after another; None where none can."""
    events, start, shorter = list(best.events), best.start, None
    place = max(0, len(events) - part)
    while True:
        if time.monotonic() > end:
            return shorter
        left = events[:place] + events[place + part:]
        walked = again(start, left)
        if walked is not None:
            events, start, shorter = left, walked.start, walked
            shorter.events = left
        if place == 0:
            return shorter
        place = max(0, min(place, len(events)) - part)


def written(walked: Walked) -> str:
    """The walk as a test may have it."""
    lines, line = [], "   "
    for event in walked.events:
        if len(line) + len(repr(event)) > 112:
            lines.append(line)
            line = "   "
        line += f" {event!r},"
    return f"take({walked.start!r}, [\n" + "\n".join([*lines, line]) + "\n])"
