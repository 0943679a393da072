"""One campaign in the place of another: the steps of it, worked out from how both stand.

The provider changes no campaign that it has (docs/provider.md, "Switch and delete"). What is to be changed of one that
runs is a campaign of its own, its *successor*; the *former* one is switched off before and deleted afterwards:

    switch off ─▶ wait ─▶ know ─▶ make draft ─▶ launch ─▶ delete ─▶ done
        ▲            │       │                    │
        └────────────┴───────┴────────────────────┘  the former one is on again, or nobody can say how it is

- *switch off*: asked of the provider, even where it is off as far as is remembered. An unknown outcome stays here.
- *wait*: calls that were being made when it was switched off go on (`quiet_time`).
- *know*: whom it has reached is known from its results, where they came in all the while; else from the call records;
  else nobody is called again until a person says so.
- *make draft*: whoever has no final result there. Who must not be called is left out by the launch, as always.
- *launch*: by a person, as any other. Who turns out to be reached meanwhile is left out until the last byte has left.
- *delete*: of the former one, once the provider has created the successor; never of one that is unconfirmed.

Nothing of this is a state that is kept: whoever is killed at any point goes on from where both campaigns are.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Final

from msgspec import Struct

from tui.campaign.fields import QUEUE
from tui.campaign.lifecycle import State
from tui.campaign.menu import FIELD_OF_PLACE
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.target import TargetKind

# Ours: nothing of this is documented. A ring time that is left to the provider is taken to be its longest.
_LONGEST_RING: Final = 60
_LONGEST_MENU: Final = 180  # seconds that somebody listens and presses keys
_LONGEST_TALK: Final = 900  # seconds that somebody talks to whom the call was connected to
_LATE_RESULT: Final = dt.timedelta(seconds=60)  # in which a result is on its way
_ENDS_ITSELF: Final = frozenset({TargetKind.RESTART, TargetKind.ANNOUNCEMENT, TargetKind.HANGUP, TargetKind.BUSY,
                                 TargetKind.TTS})


class KnownFrom(StrEnum):
    """What says whom a campaign has reached before it was switched off."""

    RESULTS = "results"  # they came in all the while
    RECORDS = "records"  # the provider's call list was fetched
    PERSON = "person"  # a person takes it for known


class Step(StrEnum):
    """What is to be done next."""

    SWITCH_OFF = "switch_off"
    WAIT = "wait"
    KNOW = "know"
    MAKE_DRAFT = "make_draft"
    LAUNCH = "launch"
    LAUNCHING = "launching"  # the request is on its way
    UNCONFIRMED = "unconfirmed"  # a person has to find out whether the successor was created
    DELETE = "delete"
    DONE = "done"
    GIVEN_UP = "given_up"


class Standing(Struct, frozen=True):
    """How a succession stands. Moments are aware.

    `off_since`: since when the former one is off beyond doubt, asked for by this succession; None where it isn't.
    `successor`: None where there is no draft. `deleted`: the former one is no more at the provider.
    """

    off_since: dt.datetime | None
    quiet_at: dt.datetime | None  # from when on no call of it is under way; None where it isn't off
    known: bool
    successor: State | None
    deleted: bool
    given_up: bool = False


def step_of(standing: Standing, now: dt.datetime) -> Step:
    """What is to be done next."""
    at_provider = standing.successor in (State.ON, State.OFF, State.DELETED)
    if at_provider:
        return Step.DONE if standing.deleted else Step.DELETE
    if standing.successor is State.LAUNCHING:
        return Step.LAUNCHING
    if standing.successor is State.UNCONFIRMED:
        return Step.UNCONFIRMED
    if standing.given_up:
        return Step.GIVEN_UP
    if standing.off_since is None:
        return Step.SWITCH_OFF
    if standing.quiet_at is None or now < standing.quiet_at:
        return Step.WAIT
    if not standing.known:
        return Step.KNOW
    return Step.MAKE_DRAFT if standing.successor is None else Step.LAUNCH


def quiet_time(draft: ParsedDraft) -> dt.timedelta:
    """For how long calls may go on after a campaign was switched off: they ring, and then somebody listens or talks.

    Ours: three minutes, where every key leads to what ends by itself; a quarter of an hour where a call is connected.
    """
    ring = draft.count("ring_timeout")
    talk = _LONGEST_TALK if draft.call_type == QUEUE or _connects(draft) else _LONGEST_MENU
    return dt.timedelta(seconds=(_LONGEST_RING if ring is None else ring) + talk)


def quiet_at(draft: ParsedDraft, off_since: dt.datetime, last_result: dt.datetime | None) -> dt.datetime:
    """From when on no call is under way, and no result on its way; `last_result`: when the last one came in."""
    over = off_since + quiet_time(draft)
    return over if last_result is None else max(over, last_result + _LATE_RESULT)


def _connects(draft: ParsedDraft) -> bool:
    """Whether a key leads to somebody, or to what may last as long."""
    targets = (draft.target(name) for name in FIELD_OF_PLACE.values() if draft[name])
    return any(target is None or target.kind not in _ENDS_ITSELF for target in targets)
