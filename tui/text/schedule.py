"""When a campaign would call, in words: its windows, the holidays among them, whether its list can be finished."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from typing import Final

from tui.campaign.calling_hours import CallingPolicy, Stretch, Window, remaining
from tui.campaign.dates import ALL_DAYS, ISTANBUL
from tui.campaign.estimate import ASSUMPTIONS, Estimate, estimate
from tui.campaign.holidays import LOOKED_AHEAD
from tui.campaign.parsed_draft import ParsedDraft
from tui.core.text_keys import TextKeys
from tui.i18n.words import date_text, range_text, say, weekday_text
from tui.text.formats import days_text
from tui.text.holidays import MAX_NAMED, holidays_text

_ASSUMED: Final = TextKeys("text.schedule.assumed.{}", ASSUMPTIONS)

MAX_HOLIDAYS = 8  # of a campaign that lasts for years


def schedule_lines(draft: ParsedDraft, recipients: int, now: dt.datetime, policy: CallingPolicy,
                   chosen: Mapping[str, int], key: str = "", again: int = 0) -> list[str]:
    """When it will call from now on, which days are left out, whether its list can be finished, and more holidays.

    [] where its hours are not in order, or over. `chosen` are the operator's assumptions, `key` is what changes them.
    `again`: how many rows call one of the recipients once more.
    """
    window = draft.window(now)
    if window is None or not window.callable_after(now):
        return []
    return [*_windows(window, now), *estimate_lines(draft, recipients, now, chosen, key, again),
            *_holidays(window, now, policy)]


def _windows(window: Window, now: dt.datetime) -> Iterator[str]:
    left, today = remaining(window, now), now.astimezone(ISTANBUL).date()
    if not left.stretches:
        yield say("text.schedule.nothing_left")
        return
    windows = " · ".join(_stretch_text(stretch, today) for stretch in left.stretches)
    yield say("text.schedule.windows", windows=windows, count=left.days, time=duration_text(left.time))
    if left.passed:
        yield say("text.schedule.passed", count=left.passed)
    if left.skipped:
        yield say("text.schedule.skipped", days=days_text(left.skipped), count=left.skipped_days)


def _holidays(window: Window, now: dt.datetime, policy: CallingPolicy) -> Iterator[str]:
    holidays = policy.holidays_in(window, now)
    if len(holidays.days) > MAX_NAMED:  # as many are named by the warning
        yield say("text.schedule.holidays", holidays=holidays_text(holidays, MAX_HOLIDAYS))
    looked_until = max(window.begin, holidays.today) + LOOKED_AHEAD
    if window.end > looked_until:
        yield say("text.schedule.looked_ahead", until=date_text(looked_until, with_year=True))


def _stretch_text(stretch: Stretch, today: dt.date) -> str:
    """Wed 25 Nov 09:00–18:00 · 1–5 Oct Mon–Fri 09:00–18:00."""
    hours = f"{stretch.begin:%H:%M}–{stretch.end:%H:%M}"
    if stretch.first == stretch.last == today:
        return f"{say('text.today')} {hours}"
    dates = range_text(stretch.first, stretch.last, with_year=stretch.last.year != today.year)
    if stretch.first == stretch.last:
        return f"{weekday_text(stretch.days[0])} {dates} {hours}"
    if stretch.in_a_row and len(stretch.days) < len(ALL_DAYS):
        return f"{dates} {weekday_text(stretch.days[0])}–{weekday_text(stretch.days[-1])} {hours}"
    return f"{dates} {hours}" if stretch.in_a_row else f"{dates} {days_text(stretch.days)} {hours}"


def estimate_lines(draft: ParsedDraft, recipients: int, now: dt.datetime, chosen: Mapping[str, int], key: str = "",
                   again: int = 0) -> list[str]:
    """How long the list will take and what that rests on, with the key that changes it; [] without an estimate."""
    found = estimate(draft, recipients + again, now, chosen)
    return [] if found is None else [estimate_text(found, recipients, now, again), _assumed(found, key)]


def estimate_text(found: Estimate, recipients: int, now: dt.datetime, again: int = 0) -> str:
    """How long the list will take, and whether the hours that are left will do."""
    parts = {"people": say("text.schedule.rows" if again else "text.schedule.numbers", count=recipients + again),
            "time": duration_text(found.needed, rounded=True),
            "channels": say("text.schedule.on_channels", count=found.channels)}
    if found.ends is not None:
        return say("text.schedule.estimate", ends=_moment(_whole_minute(found.ends), now), **parts)
    late = "text.schedule.rows_too_long" if again else "text.schedule.too_long"
    return "! " + say(late, count=found.unfinished, ends=_moment(found.closes, now), **parts)


def _assumed(found: Estimate, key: str) -> str:
    assumed = ", ".join(say(_ASSUMED[name], value=value) for name, value in found.assumed.items())
    if not key:
        return say("text.schedule.assumed_plain", assumed=assumed)
    return say("text.schedule.assumed", assumed=assumed, key=key)


def duration_text(time: dt.timedelta, *, rounded: bool = False) -> str:
    """5 h 20 min. `rounded`, as an estimate is shown: to five minutes from an hour on, to hours from ten on."""
    minutes = math.ceil(time / dt.timedelta(minutes=1))
    if rounded and minutes >= 60:
        step = 60 if minutes >= 600 else 5
        minutes = round(minutes / step) * step
    hours, rest = divmod(minutes, 60)
    if not hours:
        return say("text.schedule.minutes", minutes=rest)
    if not rest:
        return say("text.schedule.hours", hours=hours)
    return say("text.schedule.hours_minutes", hours=hours, minutes=rest)


def _whole_minute(moment: dt.datetime) -> dt.datetime:
    """The full minute that begins then or next: as the time that is needed, an end is shown no shorter than it is."""
    begun = dt.timedelta(seconds=moment.second, microseconds=moment.microsecond)
    return moment + (dt.timedelta(minutes=1) - begun) if begun else moment


def _moment(moment: dt.datetime, now: dt.datetime) -> str:
    """today 17:20 · Thu 26 Nov 10:05. The end of a day is shown as that day's."""
    local, today = moment.astimezone(ISTANBUL), now.astimezone(ISTANBUL).date()
    if local.time() == dt.time(0):
        day, clock = local.date() - dt.timedelta(days=1), "24:00"
    else:
        day, clock = local.date(), f"{local:%H:%M}"
    if day == today:
        return f"{say('text.today')} {clock}"
    return f"{weekday_text(day.isoweekday())} {date_text(day, with_year=day.year != today.year)} {clock}"
