"""The next campaign, made of the results of one: a draft with the numbers that a filter names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from functools import partial
from typing import Final

from tui.campaign.dates import ISTANBUL, parse_date
from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import Action, State
from tui.campaign.results import NOT_AGAIN
from tui.campaign.rules import Problem, Weight
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.services import NotPossible, Services
from tui.operations.suppression import look_at_file
from tui.store import Campaign, FollowUp, ResultFilter, Store
from tui.text.campaign import Kin
from tui.text.formats import state_now

_DATES: Final = ("date_range_begin", "date_range_end")
_MAX_ROUNDS: Final = 99


async def preview_follow_up(services: Services, campaign_id: int, chosen: ResultFilter, *,
                            with_answered: bool = False, with_refused: bool = False, again: Collection[str] = (),
                            with_open: bool = False) -> FollowUp:
    """Who would be in a follow-up and who left out; nothing is made, its `draft` is 0. NoSuchCampaign."""
    await look_at_file(services)  # where it can't be read, a launch says so
    source = await services.thread(services.store.campaigns.get, campaign_id)
    return await services.thread(partial(
        services.store.follow_ups.preview, campaign_id, chosen, with_answered=with_answered, with_refused=with_refused,
        without=_without(again), with_open=with_open or not still_calls(source, services.now())))


async def follow_up(services: Services, campaign_id: int, chosen: ResultFilter, *,
                    with_answered: bool = False, with_refused: bool = False, again: Collection[str] = (),
                    with_open: bool = False) -> FollowUp:
    """Make a draft of the numbers that a filter names, with phrase and language, and with the campaign's other fields.

    Those who answered are left out unless `with_answered`; those who pressed the opt-out key or must not be called
    unless `with_refused`, which only a person says; whose last status is one of NOT_AGAIN unless it is among `again`;
    whom the campaign may still call itself unless `with_open`. Ours: a day that is over is left out, and means the day
    of the launch then; hours and weekdays stay. NotPossible where nobody would be left; NoSuchCampaign.
    """
    planned = await preview_follow_up(services, campaign_id, chosen, with_answered=with_answered,
                                      with_refused=with_refused, again=again, with_open=with_open)
    if not planned.numbers:
        raise NotPossible(_nobody(planned))
    source = await services.thread(services.store.campaigns.get, campaign_id)
    fields = follow_up_fields(source.fields, services.now())
    return await services.thread(partial(
        services.store.follow_ups.make, campaign_id, chosen, fields, with_answered=with_answered,
        with_refused=with_refused, without=_without(again),
        with_open=with_open or not still_calls(source, services.now())))


def _without(again: Collection[str]) -> list[str]:
    return [status for status in NOT_AGAIN if status not in again]


def still_calls(campaign: Campaign, now: dt.datetime, *, complete: bool = False) -> bool:
    """Whether a campaign is on, or may be, and neither its time nor its list is over: it calls, and calls again.

    `complete`: each of its numbers has a final result.
    """
    may_be_on = campaign.state in (State.ON, State.LAUNCHING, State.UNCONFIRMED) or (
        campaign.state is State.OFF and (campaign.unsure or campaign.pending is Action.ON))
    return may_be_on and state_now(campaign, now, complete=complete) is not State.FINISHED


async def still_called_problems(services: Services, campaign: Campaign) -> list[Problem]:
    """That a campaign of whose results a draft was made, at whatever remove, may still call the same people."""
    found = []
    while campaign.follows is not None:
        campaign = await services.thread(services.store.campaigns.get, campaign.follows)
        complete = await services.thread(services.store.figures.complete, campaign.id)
        if still_calls(campaign, services.now(), complete=complete):
            found.append(Problem(PHONE_LIST, Reason("operations.follow_up.still_on", {"name": campaign.name}),
                                 Weight.WARNING))
    return found


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
    for round_ in range(1, _MAX_ROUNDS):
        mark = say("operations.follow_up.name", name="", count=round_)
        if name.endswith(mark):
            return say("operations.follow_up.name", name=name.removesuffix(mark), count=round_ + 1)
    return say("operations.follow_up.name", name=name, count=1)


def _nobody(planned: FollowUp) -> Reason:
    hopeless = sum(planned.hopeless.values())
    if not planned.refused + planned.answered + planned.not_callable + hopeless + planned.open:
        return Reason("operations.follow_up.empty")
    return Reason("operations.follow_up.nobody", {
        "answered": planned.answered, "refused": planned.refused, "hopeless": hopeless, "open": planned.open,
        "not_callable": planned.not_callable})


def kin_of(store: Store, campaign: Campaign) -> Kin:
    """Where a campaign's numbers came from, and what was made of its results. It asks the store, which blocks."""
    chosen = campaign.follows_filter
    source = store.campaigns.get(campaign.follows) if campaign.follows is not None and chosen is not None else None
    return Kin(source, chosen, store.follow_ups.of(campaign.id))
