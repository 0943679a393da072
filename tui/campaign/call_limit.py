"""A limit per person over all campaigns of a profile: how often a number is called, how soon by another campaign.

What counts is what was called and what may be called still; what can't be known counts as if it will be. Where every
launch keeps to it, nobody is called more often than `most_calls` allows, in any stretch of so many days: the launch
that was the last of those that call somebody in it has counted the calls of all others.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from tui.campaign.reach import Cause

if TYPE_CHECKING:  # its import would load what reads drafts with the configuration
    from tui.campaign.parsed_draft import ParsedDraft

MOST_CALLS: Final = 1000
MOST_DAYS: Final = 365
# Ours: within which a result comes in, where any of its campaign do. Who isn't heard of by then wasn't called.
LATE_RESULTS: Final = dt.timedelta(hours=1)
_WRITINGS: Final = (re.compile(r"(?P<calls>[0-9]{1,4}) +in +(?P<days>[0-9]{1,3}) +days?", re.IGNORECASE),
                    re.compile(r"(?P<days>[0-9]{1,3}) +günde +(?P<calls>[0-9]{1,4})", re.IGNORECASE))


class CallLimit(Struct, frozen=True):
    """At most so many calls in any so many days."""

    calls: int
    days: int

    def __str__(self) -> str:
        """As it is written in the configuration: `3 in 7 days`."""
        return f"{self.calls} in {self.days} {'day' if self.days == 1 else 'days'}"


def parse_limit(text: str) -> CallLimit:
    """`3 in 7 days` or `7 günde 3`: the word says which number is which. ValueError."""
    for writing in _WRITINGS:
        found = writing.fullmatch(text.strip())
        if found is not None:
            limit = CallLimit(int(found["calls"]), int(found["days"]))
            if 1 <= limit.calls <= MOST_CALLS and 1 <= limit.days <= MOST_DAYS:
                return limit
    raise ValueError(text)


class LimitRules(Struct, frozen=True):
    """What a profile allows. `quiet_days`: 0 where another campaign may call right after.

    `own_numbers`: the operator's own, as they are sent: test calls to them don't count.
    """

    most_calls: CallLimit | None = None
    quiet_days: int = 0
    own_numbers: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is limited."""
        return self.most_calls is not None or self.quiet_days > 0


class Span(Struct, frozen=True):
    """From when until when a campaign may call; aware moments, None where no end is known."""

    begins: dt.datetime
    ends: dt.datetime | None

    def touches(self, since: dt.datetime, until: dt.datetime | None) -> bool:
        """Whether it may call after `since` and before `until`."""
        return (self.ends is None or self.ends > since) and (until is None or self.begins < until)

    @classmethod
    def of(cls, draft: ParsedDraft, launched_at: dt.datetime, now: dt.datetime) -> Span:
        """From `now` on. Where hours can't be worked out, at once and without an end."""
        window = draft.window(launched_at)
        if window is None:
            return cls(now, None)
        first = next((begins for begins, ends in window.spans(since=now) if ends > now), now)
        return cls(max(now, first), window.ends_at() or now)


class LaunchLimits(Struct, frozen=True):
    """The rules, as they hold for one launch: it calls in a span, and each of its rows so often at most.

    `several`: rows that repeat a number and say something else are called too.
    """

    rules: LimitRules
    span: Span
    calls: int
    several: bool = False

    @classmethod
    def of(cls, rules: LimitRules, draft: ParsedDraft, now: dt.datetime) -> LaunchLimits:
        """Of a launch of a draft now."""
        return cls(rules, Span.of(draft, now, now), calls_of(draft), draft.keeps_repeats)

    @property
    def most(self) -> int | None:
        """How many calls a number may get; None where that is not limited."""
        return None if self.rules.most_calls is None else self.rules.most_calls.calls

    @property
    def allows_itself(self) -> bool:
        """Whether a number that nobody has called may be called by it: else nobody may."""
        return self.most is None or self.calls <= self.most

    def counted(self) -> tuple[dt.datetime, dt.datetime | None]:
        """After and before which moments calls count for `most_calls`: those in one such stretch with a call of it."""
        return self._around(0 if self.rules.most_calls is None else self.rules.most_calls.days)

    def quiet(self) -> tuple[dt.datetime, dt.datetime | None]:
        """After and before which moments calls of other campaigns count for `quiet_days`."""
        return self._around(self.rules.quiet_days)

    def _around(self, days: int) -> tuple[dt.datetime, dt.datetime | None]:
        around = dt.timedelta(days=days)
        return self.span.begins - around, None if self.span.ends is None else self.span.ends + around


def calls_of(draft: ParsedDraft) -> int:
    """How often a campaign calls a row at most.

    Ours: where retries were left to the provider, which does not say how many it makes (docs/provider.md, "Create"), as
    many as a draft may have without being warned about.
    """
    from tui.campaign.parsed_draft import CEILINGS

    retries = draft.count("call_retries")
    return 1 + (CEILINGS["call_retries"] if retries is None else retries)


class KnownCalls(Struct, frozen=True):
    """A number's calls by another campaign: when they were made, and how many it may still make in its span.

    `former`: the launch takes its place (`tui/campaign/succession.py`): it calls nobody any more, and both are one
    campaign, between which nothing has to be quiet.
    """

    made: tuple[dt.datetime, ...] = ()
    may_call: int = 0
    span: Span | None = None  # None: it calls nobody any more
    former: bool = False


class KnownNumber(Struct, frozen=True):
    """What is known of a number that a launch would call: in how many rows, and what others have to do with it.

    `refusals`: who says that it must not be called.
    """

    rows: int = 1
    calls: tuple[KnownCalls, ...] = ()
    refusals: frozenset[Cause] = field(default_factory=frozenset)


def why_not(number: KnownNumber, limits: LaunchLimits | None) -> Cause | None:
    """Why a number may not be called; None where it may. The one rule; the store's searches find the same."""
    causes = set(number.refusals)
    if limits is not None and _too_often(number, limits):
        causes.add(Cause.TOO_OFTEN)
    if limits is not None and limits.rules.quiet_days and any(
            not each.former and _calls_within(each, *limits.quiet()) for each in number.calls):
        causes.add(Cause.TOO_SOON)
    return min(causes, key=lambda cause: cause.rank, default=None)


def _too_often(number: KnownNumber, limits: LaunchLimits) -> bool:
    if limits.most is None:
        return False
    others = sum(_calls_within(each, *limits.counted()) for each in number.calls)
    return others + number.rows * limits.calls > limits.most


def _calls_within(known: KnownCalls, since: dt.datetime, until: dt.datetime | None) -> int:
    made = sum(at > since for at in known.made)
    calls_on = not known.former and known.span is not None and known.span.touches(since, until)
    return made + (known.may_call if calls_on else 0)
