"""The next campaign, made of the results of one: a draft with the numbers that a filter names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Final

from msgspec import Struct

from tui.campaign.dates import ISTANBUL, parse_date
from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import Action, State
from tui.campaign.results import NOT_AGAIN
from tui.campaign.rules import Problem, Weight
from tui.campaign.succession import quiet_at
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.apart import apart
from tui.operations.services import NotPossible, Services
from tui.operations.suppression import look_at_file
from tui.store import Campaign, FollowUp, ResultFilter, Store, Totals
from tui.store.result_values import Round
from tui.store.values import NO_TOTALS
from tui.text.campaign import Kin
from tui.text.formats import moment_text, state_now, window_of_campaign

_DATES: Final = ("date_range_begin", "date_range_end")
_MAX_ROUNDS: Final = 99
_MINUTE: Final = dt.timedelta(minutes=1)


class StillCalling(Struct, frozen=True):
    """A campaign that may reach somebody yet: it is on, or may be; or it was switched off or its hours ended just now.

    `off_since`, `until`: of the latter, since when it calls nobody anew, and until when calls that were under way may
    go on.
    """

    campaign: Campaign
    off_since: dt.datetime | None = None
    until: dt.datetime | None = None

    @property
    def named(self) -> dict[str, str | int]:
        """What a sentence says of one that calls nobody anew."""
        assert self.off_since is not None  # noqa: S101 - it has stopped
        assert self.until is not None  # noqa: S101 - as above
        return {"name": self.campaign.name, "since": _minute(self.off_since),
                "until": _minute(self.until + _MINUTE - dt.timedelta(microseconds=1))}


async def preview_follow_up(services: Services, campaign_id: int, chosen: ResultFilter, *,
                            with_answered: bool = False, with_refused: bool = False, again: Collection[str] = (),
                            with_open: bool = False) -> FollowUp:
    """Who would be in a follow-up and who left out; nothing is made, its `draft` is 0. NoSuchCampaign."""
    await look_at_file(services)  # where it can't be read, a launch says so
    source = await services.thread(services.store.campaigns.get, campaign_id)
    must_be_last_life(source)
    calls = await services.thread(read_still_calling, services.store, source, services.now())
    async with apart(services) as work:
        return await work(lambda store, _stopped: store.follow_ups.preview(
            campaign_id, chosen, with_answered=with_answered, with_refused=with_refused, without=_without(again),
            with_open=with_open or calls is None))


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
    source = await services.thread(services.store.campaigns.get, campaign_id)
    calls = await services.thread(read_still_calling, services.store, source, services.now())
    if not planned.numbers:
        raise NotPossible(_nobody(planned, calls))
    fields = follow_up_fields(source.fields, services.now())
    async with apart(services) as work:
        return await work(lambda store, _stopped: store.follow_ups.make(
            campaign_id, chosen, fields, with_answered=with_answered, with_refused=with_refused,
            without=_without(again), with_open=with_open or calls is None))


def must_be_last_life(source: Campaign) -> None:
    """NotPossible where another was created in its place: whom it has not reached that one calls, or has called."""
    if source.life < source.lives:
        raise NotPossible(Reason("operations.follow_up.replaced", {"name": source.name, "ref": source.ref}))


def _without(again: Collection[str]) -> list[str]:
    return [status for status in NOT_AGAIN if status not in again]


def still_calls(campaign: Campaign, now: dt.datetime, totals: Totals = NO_TOTALS) -> StillCalling | None:
    """Whether a campaign may reach somebody yet: it is on, or may be, and neither its time nor its list is over; or it
    was switched off or its hours have ended, and a call of it may be under way, or a result on its way."""
    if campaign.standing in (State.ON, State.OFF) and (
            state_now(campaign, now, complete=totals.complete) is State.FINISHED):
        return _under_way(campaign, _ended(campaign, now), now, totals)
    if campaign.state in (State.ON, State.LAUNCHING, State.UNCONFIRMED) or (
            campaign.state is State.OFF and (campaign.unsure or campaign.pending is Action.ON)):
        return StillCalling(campaign)
    switched_off = campaign.state is State.OFF and campaign.standing is not State.UNKNOWN
    if switched_off or (campaign.state is State.DELETED and campaign.provider_id is not None):
        return _under_way(campaign, campaign.state_at, now, totals)
    return None


def _ended(campaign: Campaign, now: dt.datetime) -> dt.datetime | None:
    """Since when one that is finished calls nobody anew; None where it never did."""
    window = window_of_campaign(campaign, now)
    ended = None if window is None else window.ends_at()
    return ended if ended is None or campaign.standing is State.ON else min(ended, campaign.state_at)


def _under_way(campaign: Campaign, since: dt.datetime | None, now: dt.datetime, totals: Totals) -> StillCalling | None:
    if since is None or totals.complete:
        return None
    until = quiet_at(campaign.draft, since, totals.last_received_at)
    return StillCalling(campaign, since, until) if now < until else None


def read_still_calling(store: Store, campaign: Campaign, now: dt.datetime) -> StillCalling | None:
    """The same, as its results have it. It asks the store, which blocks."""
    return still_calls(campaign, now, store.figures.totals_of([campaign.id]).get(campaign.id, NO_TOTALS))


async def still_called_problems(services: Services, campaign: Campaign) -> list[Problem]:
    """That a campaign of whose results a draft was made, at whatever remove, may still call the same people."""
    found = []
    draft = campaign
    while campaign.follows is not None:
        campaign = await services.thread(services.store.campaigns.get, campaign.follows)
        calls = await services.thread(read_still_calling, services.store, campaign, services.now())
        if calls is not None:
            why = (Reason("operations.follow_up.still_on", {"name": campaign.name}) if calls.until is None
                   else Reason("operations.follow_up.quiet", calls.named))
            found.append(Problem(PHONE_LIST, why, Weight.WARNING))
    if draft.follows is not None:
        found += await services.thread(_of_the_family, services.store, draft, services.now())
    return found


def _of_the_family(store: Store, draft: Campaign, now: dt.datetime) -> list[Problem]:
    """That it would call before its plan does, or that numbers of it are in another of the same family, too."""
    found = []
    origin, window = draft.follows_plan, draft.draft.window(now)
    begins = None if window is None else window.calls_from(now)
    if origin is not None and begins is not None and begins < origin.not_before:
        found.append(Problem("date_range_begin", Reason("operations.plan.too_early", {
            "moment": moment_text(origin.not_before, now)}), Weight.WARNING))
    found += [Problem(PHONE_LIST, Reason("operations.plan.shared", {
        "count": count, "name": other.name, "ref": other.ref}), Weight.WARNING)
        for other, count in store.planned_follow_ups.shared(draft.id)]
    return found


def follow_up_fields(fields: Mapping[str, str], now: dt.datetime) -> dict[str, str]:
    """The fields of a campaign's follow-up: the same but for the name, and without the days that are over."""
    kept = fields_from_today(fields, now)
    if "name" in kept:
        kept["name"] = _next_name(kept["name"])
    return kept


def fields_from_today(fields: Mapping[str, str], now: dt.datetime) -> dict[str, str]:
    """The fields of a campaign without the days that are over."""
    today = now.astimezone(ISTANBUL).date()
    return {name: text for name, text in fields.items() if name not in _DATES or not _is_over(text, today)}


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


def _nobody(planned: FollowUp, calls: StillCalling | None) -> Reason:
    hopeless = sum(planned.hopeless.values())
    if not planned.refused + planned.answered + planned.not_callable + hopeless + planned.open:
        return Reason("operations.follow_up.empty")
    counts: dict[str, str | int] = {
        "answered": planned.answered, "refused": planned.refused, "hopeless": hopeless, "open": planned.open,
        "not_callable": planned.not_callable}
    if planned.open and calls is not None and calls.until is not None:
        return Reason("operations.follow_up.nobody_yet", {**counts, **calls.named})
    return Reason("operations.follow_up.nobody", counts)


def _minute(moment: dt.datetime) -> str:
    return f"{moment.astimezone(ISTANBUL):%H:%M}"


def kin_of(store: Store, campaign: Campaign) -> Kin:
    """Where a campaign's numbers came from, and what was made of its results. It asks the store, which blocks."""
    chosen = campaign.follows_filter
    source = store.campaigns.get(campaign.follows) if campaign.follows is not None and chosen is not None else None
    return Kin(source, chosen, store.follow_ups.of(campaign.id), campaign, rounds_of(store, campaign.id),
               store.lives.together(campaign.id))


def rounds_of(store: Store, campaign: int) -> list[Round]:
    """The rounds of a campaign's family, without drafts that were deleted; none where it is alone.

    Lives of one are in one round, and the last of them has the figures of all.
    It asks the store, which blocks. NoSuchCampaign.
    """
    family = [member for member in store.planned_follow_ups.family(campaign)
              if member.state is not State.DELETED or member.launched_at is not None or member.adopted]
    if len(family) < 2:
        return []
    totals = store.figures.totals_of([member.id for member in family])
    totals |= store.lives.totals_of_last([member.id for member in family if member.is_last_of_several])
    depths: dict[int, int] = {}
    rounds: dict[int, list[tuple[Campaign, Totals]]] = {}
    for member in family:  # what was made of another was made after it
        depths[member.id] = depths.get(member.follows or 0, 0) + (member.replaces is None)
        counted = member.life == member.lives and (member.replaces is None or member.lives > 1)
        rounds.setdefault(depths[member.id], []).append((member, totals[member.id] if counted else NO_TOTALS))
    return [Round(number, rounds[number]) for number in sorted(rounds)] if len(rounds) > 1 else []
