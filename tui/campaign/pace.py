"""How fast a campaign gets on, and when it would be done at that pace, counting only the hours in which it calls."""

from __future__ import annotations

import datetime as dt

from tui.campaign.schedule import Window


def open_time(window: Window, since: dt.datetime, until: dt.datetime) -> dt.timedelta:
    """How much of the time from `since` to `until` lies within the window."""
    parts = (min(end, until) - max(begin, since) for begin, end in window.spans(since, until))
    return sum((part for part in parts if part > dt.timedelta(0)), dt.timedelta(0))


def expected_end(window: Window, left: int, done: int, since: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """When `left` numbers will be done, at the pace at which `done` were since `since`.

    None where no pace can be told yet. A moment at or past the window's end means that time will not do: see
    `left_at_end`. Moments are aware.
    """
    passed = open_time(window, since, now)
    if done <= 0 or passed <= dt.timedelta(0):
        return None
    needed = passed / done * left
    end = now
    for begin, closes in window.spans(now):
        if closes <= now:
            continue
        end = max(begin, now) + needed
        if end <= closes:
            return end
        needed -= closes - max(begin, now)
        end = closes
    return end + needed


def left_at_end(window: Window, left: int, done: int, since: dt.datetime, now: dt.datetime) -> int:
    """How many of the `left` numbers won't be done when the window ends, at the pace so far; 0 where none is told."""
    end, ends = expected_end(window, left, done, since, now), window.ends_at()
    if end is None or ends is None or end <= ends:
        return 0
    will_be_done = int(done * (open_time(window, now, ends) / open_time(window, since, now)))
    return max(0, left - will_be_done)
