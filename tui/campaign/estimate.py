"""Whether a list can be called in the hours that are left, by what is typed and, where nothing is, by assumption.

A number keeps a channel for the ring time and a pause at each try, and for the talk once it answers. It is tried again
until it answers or has had all its tries.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from msgspec import Struct

from tui.campaign.calling_hours import ends_after, remaining
from tui.campaign.fields import QUEUE
from tui.campaign.parsed_draft import ParsedDraft


class Assumption(NamedTuple):
    """What is assumed where nothing is known, and the bounds of what may be assumed instead."""

    assumed: int
    minimum: int
    maximum: int

    def of(self, chosen: int | None) -> int:
        """What was chosen, where that can be."""
        return chosen if chosen is not None and self.minimum <= chosen <= self.maximum else self.assumed


ASSUMPTIONS: Final[Mapping[str, Assumption]] = {
    "answered": Assumption(40, 1, 100),  # of a hundred calls
    "talk": Assumption(60, 1, 3600),  # seconds
    "ring": Assumption(30, 1, 120),  # seconds
    "pause": Assumption(5, 0, 600),  # seconds between two calls on one channel
    "tries": Assumption(1, 1, 20),
    "channels": Assumption(10, 1, 10_000),
    "agents": Assumption(5, 1, 10_000),
}


class Estimate(Struct, frozen=True):
    """`assumed` are the assumptions that it rests on, by name, in the order of ASSUMPTIONS."""

    needed: dt.timedelta
    channels: int
    ends: dt.datetime | None  # None where the time that is left won't do
    closes: dt.datetime  # when the window ends, as it was typed
    unfinished: int  # numbers that won't be done; 0 where it ends
    assumed: Mapping[str, int]


def estimate(draft: ParsedDraft, recipients: int, now: dt.datetime, chosen: Mapping[str, int]) -> Estimate | None:
    """How long `people` take. `chosen` are assumptions of the operator's own.

    None where nobody is to be called, or the windows are wrong or over.
    """
    window = draft.window(now)
    last = window.ends_at() if window is not None else None
    if recipients == 0 or window is None or last is None or not window.callable_after(now):
        return None
    given = _given(draft)
    used = {name: given.get(name, assumption.of(chosen.get(name))) for name, assumption in ASSUMPTIONS.items()}
    channels = min(_channels(draft, used), recipients)
    needed = dt.timedelta(seconds=recipients * _seconds(used) / channels)
    ends, left = ends_after(window, now, needed), remaining(window, now).time
    # Rounded first: a number too many would come of the last bit of a fraction.
    unfinished = 0 if ends is not None else max(1, math.ceil(round(recipients * (1 - left / needed), 6)))
    return Estimate(needed, channels, ends, last - dt.timedelta(minutes=1), unfinished,
                    {name: used[name] for name in ASSUMPTIONS if name not in given and name not in _unneeded(draft)})


def _given(draft: ParsedDraft) -> dict[str, int]:
    """What the draft itself says."""
    retries = draft.count("call_retries")
    found = {"ring": draft.count("ring_timeout"), "tries": None if retries is None else retries + 1,
             "channels": draft.count("max_thread_count")}
    return {name: number for name, number in found.items() if number is not None}


def by_agents(draft: ParsedDraft) -> bool:
    """Whether it dials as many at once as there are agents for."""
    return draft.call_type == QUEUE and draft.count("thread_multiplier") is not None


def _unneeded(draft: ParsedDraft) -> tuple[str, ...]:
    return ("channels",) if by_agents(draft) else ("agents",)


def _channels(draft: ParsedDraft, used: Mapping[str, int]) -> int:
    """How many calls there are at once."""
    if not by_agents(draft):
        return used["channels"]
    dialled = (draft.count("thread_multiplier") or 1) * used["agents"]
    maximum = draft.count("max_thread_count")
    return dialled if maximum is None else min(dialled, maximum)


def _seconds(used: Mapping[str, int]) -> float:
    """How long a number keeps a channel, on average."""
    answers = used["answered"] / 100
    ever = 1 - (1 - answers) ** used["tries"]
    return ever / answers * (used["ring"] + used["pause"]) + ever * used["talk"]
