"""What runs is changed by a campaign in its place: each step of it, taken up wherever it was left
(`tui/campaign/succession.py`)."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from msgspec import Struct

from tui.campaign.dates import ISTANBUL
from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import Action, State
from tui.campaign.rules import Problem, Weight
from tui.campaign.succession import KnownFrom, Standing, Step, quiet_at, step_of
from tui.core.reason import Reason
from tui.operations.apart import apart
from tui.operations.follow_up import fields_from_today
from tui.operations.incoming import ReceiverHealth, read_health
from tui.operations.records import Fetched, RecordsProgress, fetch_records
from tui.operations.services import NotPossible, Services
from tui.operations.switch import SwitchResult, switch
from tui.store import Campaign, Store, Totals
from tui.store.successions import Carried, Succession

log = logging.getLogger("santral.succession")

# By which the clocks of this machine and the provider may differ.
_SKEW: Final = dt.timedelta(minutes=5)


class Progress(Struct, frozen=True):
    """How far a succession is. `succession` is None where none was begun.

    `unknown`: why it can't be told from the results whom the former one has reached; None where it can.
    """

    former: Campaign
    successor: Campaign | None
    succession: Succession | None
    step: Step
    off_since: dt.datetime | None
    quiet_at: dt.datetime | None  # from when on no call of the former one is under way
    unknown: Reason | None
    carried: Carried

    @property
    def open(self) -> bool:
        """Whether there is something to be gone on with."""
        return self.succession is not None and self.step not in (Step.DONE, Step.GIVEN_UP)


def read_progress(store: Store, former_id: int, now: dt.datetime) -> Progress:
    """It asks the store, which blocks. NoSuchCampaign."""
    former = store.campaigns.get(former_id)
    succession = store.successions.of_former(former_id)
    successor = None
    if succession is not None and succession.successor is not None:
        successor = store.campaigns.get(succession.successor)
    totals = store.results.totals(former_id)
    off_since = _off_since(former, succession)
    quiet = None if off_since is None else quiet_at(former.draft, off_since, totals.last_received_at)
    standing = Standing(
        off_since, quiet, known=_is_known(succession, totals), successor=_standing_of(successor),
        deleted=former.state is State.DELETED, given_up=succession is not None and succession.given_up_at is not None)
    unknown = None if off_since is None else why_unknown(store, former, totals, off_since, now)
    return Progress(former, successor, succession, step_of(standing, now), off_since, quiet, unknown,
                    store.successions.carried(former_id))


def progress_of(store: Store, campaign_id: int, now: dt.datetime) -> Progress | None:
    """The succession that a campaign is a part of, as the former one or the successor; None where of none."""
    by = store.successions.of_successor(campaign_id)
    if by is not None and store.successions.of_former(campaign_id) is None:
        return read_progress(store, by.former, now)
    return None if store.successions.of_former(campaign_id) is None else read_progress(store, campaign_id, now)


def _standing_of(successor: Campaign | None) -> State | None:
    """A draft that was put away is brought back by the next step."""
    if successor is None or (successor.state is State.DELETED and successor.provider_id is None):
        return None
    return successor.state


def _off_since(former: Campaign, succession: Succession | None) -> dt.datetime | None:
    """Since when it is off as this succession asked for. One that was remembered as off may have been set otherwise
    in the provider's web panel."""
    sure = former.state in (State.OFF, State.DELETED) and not former.unsure and former.pending is None
    if not sure or succession is None or former.state_at < succession.begun_at:
        return None
    return former.state_at


def _is_known(succession: Succession | None, totals: Totals) -> bool:
    if succession is None or succession.known_from is None:
        return False
    return succession.known_from is KnownFrom.PERSON or not totals.unlisted


def why_unknown(store: Store, former: Campaign, totals: Totals, off_since: dt.datetime,
                now: dt.datetime) -> Reason | None:
    """Why its results don't say whom a campaign has reached until it was switched off; None where they do.

    They say it where they led here, where a receiver was there from the first moment on at which it may have called,
    and nothing of what came is still to be read. It asks the store, which blocks.
    """
    launched_at = former.launched_at or former.created_at
    window = former.draft.window(launched_at)
    first_call = (None if window is None else window.calls_from(launched_at)) or launched_at
    if not totals.calls and off_since + _SKEW < first_call:
        return None
    health = read_health(store, former.profile, now)
    return (_why_not_here(former, totals) or _why_not_there(health, first_call)
            or _why_not_whole(health, store.successions.unreadable(former.id), totals))


def _why_not_here(former: Campaign, totals: Totals) -> Reason | None:
    """Why results may be sent elsewhere."""
    if former.draft["webhook_url"]:
        return Reason("operations.succession.elsewhere")
    if former.pinged_at is None and totals.last_received_at is None:
        return Reason("operations.succession.never_came")
    return None


def _why_not_there(health: ReceiverHealth, first_call: dt.datetime) -> Reason | None:
    """Why results may have come and found nobody."""
    if not health.receivers:
        return Reason("operations.succession.no_receiver")
    since = min(receiver.started_at for receiver in health.receivers)
    if since <= first_call:
        return None
    return Reason("operations.succession.gap", {"since": f"{since.astimezone(ISTANBUL):%Y-%m-%d %H:%M}",
                                                "from": f"{first_call.astimezone(ISTANBUL):%Y-%m-%d %H:%M}"})


def _why_not_whole(health: ReceiverHealth, unreadable: int, totals: Totals) -> Reason | None:
    """Why what came may be about somebody else than it seems."""
    if health.waiting:
        return Reason("operations.succession.waiting", {"count": health.waiting})
    if unreadable:
        return Reason("operations.succession.unreadable", {"count": unreadable})
    return Reason("operations.succession.unlisted", {"count": totals.unlisted}) if totals.unlisted else None


async def look(services: Services, former_id: int) -> Progress:
    """How far it is. NoSuchCampaign, StoreError."""
    return await services.thread(read_progress, services.store, former_id, services.now())


async def begin_succession(services: Services, former_id: int) -> Progress:
    """Begin, or go on with what was begun, here or elsewhere. Nothing is sent by that.

    NotPossible where nobody is left to be called; NoSuccession where its list isn't known here or numbers are called
    once for each phrase; WrongState where the provider doesn't have it; NoSuchCampaign.
    """
    services.must_be_writable()
    found = await look(services, former_id)
    services.must_be_ours(found.former)
    if not found.open and found.former.state in (State.ON, State.OFF) and not found.carried.numbers:
        raise NotPossible(Reason("operations.succession.nobody", {"name": found.former.name}))
    await services.thread(services.store.successions.begin, former_id, services.asked_by, services.user_name())
    return await look(services, former_id)


async def switch_former_off(services: Services, former_id: int) -> Progress:
    """Switch it off at the provider, also where it is off as far as is remembered. What `switch` raises."""
    await switch(services, former_id, Action.OFF)
    return await look(services, former_id)


async def know(services: Services, former_id: int) -> Progress:
    """Take its results for all there is to know. NotPossible where they aren't, with the reason; Changed."""
    found = await look(services, former_id)
    if found.step is Step.KNOW:
        if found.unknown is not None:
            raise NotPossible(found.unknown)
        await _note_known(services, found, KnownFrom.RESULTS)
    return await look(services, former_id)


async def know_from_records(services: Services, former_id: int, progress: Callable[[RecordsProgress], None], *,
                            sleep: Callable[[float], Awaitable[None]] | None = None) -> Progress:
    """Fetch the provider's call list from the launch on, and take it for all there is to know.

    NotPossible where it leaves open whom it is about; what `fetch_records` raises.
    """
    found = await look(services, former_id)
    if found.step is not Step.KNOW:
        return found
    waits = {} if sleep is None else {"sleep": sleep}
    fetched = await fetch_records(services, former_id, progress, anew=True, **waits)
    totals = await services.thread(services.store.results.totals, former_id)
    why = _why_records_leave_open(fetched, totals)
    if why is not None:
        raise NotPossible(why)
    await _note_known(services, found, KnownFrom.RECORDS)
    return await look(services, former_id)


def _why_records_leave_open(fetched: Fetched, totals: Totals) -> Reason | None:
    doubtful = fetched.ambiguous + len(fetched.left_out)
    if doubtful:
        return Reason("operations.succession.records_doubtful", {"count": doubtful})
    if not fetched.matched:  # the list may hold its calls in a way that isn't known as its
        return Reason("operations.succession.records_empty")
    if totals.records < totals.calls:
        return Reason("operations.succession.records_short", {"count": totals.calls - totals.records})
    return Reason("operations.succession.unlisted", {"count": totals.unlisted}) if totals.unlisted else None


async def take_for_known(services: Services, former_id: int) -> Progress:
    """A person says that whoever is not known to be reached may be called."""
    found = await look(services, former_id)
    if found.step is Step.KNOW:
        await _note_known(services, found, KnownFrom.PERSON)
    return await look(services, former_id)


async def _note_known(services: Services, found: Progress, how: KnownFrom) -> None:
    assert found.succession is not None  # noqa: S101 - it was begun
    assert found.off_since is not None  # noqa: S101 - it is off
    await services.thread(services.store.successions.note_known, found.succession.id, how, found.off_since)


async def make_successor(services: Services, former_id: int, changes: Mapping[str, str] | None = None) -> Campaign:
    """The draft of the successor: made, or the one that there is, with `changes` to its fields; "" empties one.

    Ours: a day that is over is left out, and means the day of the launch then. NotPossible where nobody would be in
    it; SuccessorUnfit where the former one is on, or it isn't known whom it has reached.
    """
    found = await look(services, former_id)
    store = services.store
    assert found.succession is not None  # noqa: S101 - it was begun
    if found.successor is None:
        if not found.carried.numbers:
            raise NotPossible(Reason("operations.succession.nobody", {"name": found.former.name}))
        fields = fields_from_today(found.former.fields, services.now())
        succession = found.succession.id
        async with apart(services) as work:
            made = await work(lambda store, _stopped: store.successions.make_draft(succession, fields))
    else:
        made = found.successor.id
        if found.successor.state is State.DELETED:
            await services.thread(store.drafts.bring_back, made)
    if changes:
        await services.thread(store.drafts.change, made, dict(changes))
    return await services.thread(store.campaigns.get, made)


async def leave_out_reached(services: Services, campaign_id: int) -> int:
    """Take out of a successor's draft whom a former one has reached since it was made, each with the reason; how many.

    Nothing is done for any other campaign, nor for one that can't be changed any more.
    """
    store = services.store
    campaign = await services.thread(store.campaigns.get, campaign_id)
    if campaign.follows is None or not campaign.state.editable:
        return 0
    if await services.thread(store.successions.of_successor, campaign_id) is None:
        return 0
    async with apart(services) as work:
        marks = await work(lambda store, _stopped: store.successions.reached(campaign_id))
        if len(marks):
            log.info("%s rows of campaign %s were reached by the one that it replaces", len(marks), campaign_id)
            await work(lambda store, _stopped: store.numbers.drop_marked(campaign_id, marks))
    return len(marks)


async def succession_problems(services: Services, campaign: Campaign) -> list[Problem]:
    """What is in the way of a draft that takes another's place, and who was left out of it."""
    store, now = services.store, services.now()
    by = await services.thread(store.successions.of_successor, campaign.id)
    if by is None:
        return []
    found = await services.thread(read_progress, store, by.former, now)
    problems = []
    named: dict[str, str | int] = {"campaign": campaign.id, "name": found.former.name}
    unfit = await services.thread(store.successions.unfit, campaign.id)
    if unfit is not None:
        problems.append(Problem(PHONE_LIST, Reason(unfit, named), Weight.ERROR))
    if (count := await services.thread(store.successions.left_out, campaign.id)) > 0:
        problems.append(Problem(PHONE_LIST, Reason("operations.succession.left_out", {"count": count}), Weight.WARNING))
    if found.carried.tried and unfit is None:
        tried = Reason("operations.succession.tried", {"count": found.carried.tried})
        problems.append(Problem(PHONE_LIST, tried, Weight.HINT))
    return problems


async def give_up(services: Services, former_id: int) -> Progress:
    """Leave it as it is: the former one stays off until it is switched on again, a draft is put away.

    WrongState where the successor was launched; NotPossible where nothing was begun.
    """
    services.must_be_writable()
    found = await look(services, former_id)
    if found.succession is None:
        raise NotPossible(Reason("operations.succession.none", {"name": found.former.name}))
    await services.thread(services.store.successions.give_up, found.succession.id)
    return await look(services, former_id)


async def delete_former(services: Services, successor_id: int) -> SwitchResult | None:
    """Delete at the provider the campaign whose place another has taken, once that is created; None where it takes
    nobody's, or there is nothing to delete. What `switch` raises."""
    by = await services.thread(services.store.successions.of_successor, successor_id)
    if by is None or (await look(services, by.former)).step is not Step.DELETE:
        return None
    return await switch(services, by.former, Action.DELETE)
