"""The next campaign, made of the results of one: a draft with the numbers that a filter names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from tui.campaign.reason import Reason
from tui.campaign.schedule import ISTANBUL, parse_date
from tui.operations.services import NotPossible, Services
from tui.store import FollowUp, ResultFilter
from tui.words import say

_DATES: Final = ("date_range_begin", "date_range_end")
_MOST_ROUNDS: Final = 99


async def preview_follow_up(services: Services, campaign_id: int, chosen: ResultFilter, *,
                            with_answered: bool = False, with_refused: bool = False) -> FollowUp:
    """Who would be in a follow-up and who left out; nothing is made, its `draft` is 0. NoSuchCampaign."""
    return await services.thread(services.store.follow_ups.preview, campaign_id, chosen,
                                 with_answered=with_answered, with_refused=with_refused)


async def follow_up(services: Services, campaign_id: int, chosen: ResultFilter, *,
                    with_answered: bool = False, with_refused: bool = False) -> FollowUp:
    """Make a draft of the numbers that a filter names, with phrase and language, and with the campaign's other fields.

    Those who answered are left out unless `with_answered`; those who pressed the opt-out key or are on the do-not-call
    list unless `with_refused`, which only a person says. Ours: a day that is over is left out, and means the day of the
    launch then; hours and weekdays stay. NotPossible where nobody would be left; NoSuchCampaign.
    """
    planned = await preview_follow_up(services, campaign_id, chosen,
                                      with_answered=with_answered, with_refused=with_refused)
    if not planned.numbers:
        raise NotPossible(_nobody(planned))
    source = await services.thread(services.store.campaigns.get, campaign_id)
    fields = follow_up_fields(source.fields, services.now())
    return await services.thread(services.store.follow_ups.make, campaign_id, chosen, fields,
                                 with_answered=with_answered, with_refused=with_refused)


def follow_up_fields(fields: Mapping[str, str], now: dt.datetime) -> dict[str, str]:
    """The fields of a campaign's follow-up: the same but for the name, and without the days that are over."""
    today = now.astimezone(ISTANBUL).date()
    kept = {name: text for name, text in fields.items() if name not in _DATES or not _is_over(text, today)}
    if "name" in kept:
        kept["name"] = _next_name(kept["name"])
    return kept


def _is_over(typed: str, today: dt.date) -> bool:
    try:
        return parse_date(typed) < today
    except ValueError:  # whatever it was meant to be is shown, and is a problem of the draft
        return False


def _next_name(name: str) -> str:
    """“Survey” → “Survey (follow-up)” → “Survey (follow-up 2)”."""
    for round_ in range(1, _MOST_ROUNDS):
        mark = say("operations.follow_up.name", name="", count=round_)
        if name.endswith(mark):
            return say("operations.follow_up.name", name=name.removesuffix(mark), count=round_ + 1)
    return say("operations.follow_up.name", name=name, count=1)


def _nobody(planned: FollowUp) -> Reason:
    if not planned.refused + planned.answered + planned.not_callable:
        return Reason("operations.follow_up.empty")
    return Reason("operations.follow_up.nobody", {"answered": planned.answered, "refused": planned.refused,
                                                  "not_callable": planned.not_callable})
