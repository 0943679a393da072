"""What is said before campaigns are switched on: how many are left to call, and whether phones ring at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from tui.campaign.dates import ISTANBUL
from tui.i18n.words import date_text, say, weekday_text
from tui.store import Campaign
from tui.text.formats import short


class Ahead(Struct, frozen=True):
    """What is ahead of a campaign that is switched on."""

    campaign: Campaign
    left: int | None  # numbers of its list without a final result; None: its list isn't known
    begins: dt.datetime | None  # when it calls from: now, or at its next hours; None: not known
    beside: bool = False  # another was launched in its place, or may have been

    def at_once(self, now: dt.datetime) -> bool:
        """Whether phones ring at once, or may."""
        return self.begins is None or self.begins <= now


def ahead_lines(ahead: Ahead, now: dt.datetime) -> list[str]:
    """Of one campaign."""
    campaign = ahead.campaign
    named = {"name": short(campaign.name), "id": campaign.provider_id or "—"}
    left = (say("text.switch_on.left_unknown", **named) if ahead.left is None
            else say("text.switch_on.left", count=ahead.left, **named))
    if ahead.beside:
        return [say("text.switch_on.beside"), left, _when(ahead.begins, now)]
    replaced = [say("text.switch_on.replaced")] if campaign.replaced_by is not None else []
    return [left, _when(ahead.begins, now), *replaced]


def all_ahead_lines(ahead: Sequence[Ahead], now: dt.datetime) -> list[str]:
    """Of several: whom they call together, and which of them at once."""
    known = [one.left for one in ahead if one.left is not None]
    lines = [say("text.switch_on.all_left", count=sum(known))] if known else []
    if unknown := len(ahead) - len(known):
        lines.append(say("text.switch_on.all_left_unknown", count=unknown))
    if at_once := sum(one.at_once(now) for one in ahead):
        lines.append(say("text.switch_on.all_at_once", count=at_once, moment=now.astimezone(ISTANBUL)))
    later = [one.begins for one in ahead if one.begins is not None and one.begins > now]
    if later:
        lines.append(say("text.switch_on.all_later", count=len(later), begins=_moment(min(later), now)))
    return lines


def _when(begins: dt.datetime | None, now: dt.datetime) -> str:
    moment = now.astimezone(ISTANBUL)
    if begins is None:
        return say("text.switch_on.hours_unknown", moment=moment)
    if begins <= now:
        return say("text.switch_on.at_once", moment=moment)
    return say("text.switch_on.later", moment=moment, begins=_moment(begins, now))


def _moment(moment: dt.datetime, now: dt.datetime) -> str:
    """today 17:20 · Thu 26 Nov 10:05."""
    local, today = moment.astimezone(ISTANBUL), now.astimezone(ISTANBUL).date()
    if local.date() == today:
        return f"{say('text.today')} {local:%H:%M}"
    day = date_text(local.date(), with_year=local.year != today.year)
    return f"{weekday_text(local.isoweekday())} {day} {local:%H:%M}"
