"""Who answered a call, and after what wait: asked of the provider for one call at a time, and remembered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from tui.campaign.phone import possible_phones
from tui.campaign.results import ANSWERED, LONGEST_TEXT, described, is_call_uuid
from tui.core.reason import Reason
from tui.operations.rate_limit import when_there_is_room
from tui.operations.recording import RecordedCall
from tui.operations.services import NotPossible, Services
from tui.store.call_details import CallDetail, CallPart

if TYPE_CHECKING:  # their import would load the HTTP library
    from tui.provider.lookups import CallFlow, CallLeg

log = logging.getLogger("santral.records")

_SAID_NO: Final = ("provider.refused", "provider.refused.silent")
_SILENT: Final = "operations.call.unknown.silent"


def why_not_asked(recorded: RecordedCall) -> Reason | None:
    """Why the provider can't be asked of a call; None where it can."""
    return None if is_call_uuid(recorded.call.call_uuid) else Reason("operations.call.no_uuid")


async def fetch_call_detail(services: Services, recorded: RecordedCall, *,
                            on_wait: Callable[[float], None] = lambda _: None,
                            sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> CallDetail:
    """Ask how a call went, and keep it. It waits for the limit of the call list; `on_wait` gets the seconds of a wait.

    NotPossible for a call without a `call_uuid`, of another profile, or that the provider doesn't know; ProviderError,
    StoreError.
    """
    reason = why_not_asked(recorded)
    if reason is not None:
        raise NotPossible(reason)
    services.must_be_ours(recorded.campaign)
    provider, uuid = services.provider, recorded.call.call_uuid
    if (seconds := provider.seconds_until_cdrs()) > 0:
        on_wait(seconds)
    flow = await when_there_is_room(lambda: _ask(services, uuid), on_wait, sleep)
    detail = _detail(services, recorded, flow)
    await services.thread(services.store.call_details.keep, recorded.campaign.profile, detail)
    log.info("how a call of campaign %s went was asked", recorded.campaign.id)
    return detail


async def _ask(services: Services, uuid: str) -> CallFlow:
    from tui.provider.errors import RequestRefused

    try:
        return await services.provider.calls.flow(uuid)
    except RequestRefused as refused:
        if refused.reason.code not in _SAID_NO:
            raise
        words = refused.reason.params.get("words", "")
    raise NotPossible(Reason("operations.call.unknown", {"words": words}) if words else Reason(_SILENT))


def _detail(services: Services, recorded: RecordedCall, flow: CallFlow) -> CallDetail:
    talked = [leg for leg in flow.legs if _was_answered(leg) and recorded.phone not in possible_phones(leg.number)]
    # The one who was put through last is the one who talked to the end.
    last = max(talked, key=lambda leg: (leg.answered is not None, leg.answered or services.now()), default=None)
    return CallDetail(
        recorded.call.call_uuid, "" if last is None else _kept(last.number), "" if last is None else _kept(last.name),
        _kept(flow.queue), flow.queue_wait, flow.recorded, _kept(flow.hung_up_by), tuple(map(_part, flow.legs)),
        services.now())


def _was_answered(leg: CallLeg) -> bool:
    return leg.answered is not None or described(leg.result) in ANSWERED


def _part(leg: CallLeg) -> CallPart:
    return CallPart(_kept(leg.number), _kept(leg.name), leg.began, leg.answered, leg.ended, _kept(leg.result))


def _kept(text: str) -> str:
    """As much of a text of the provider's as can be kept: no database takes a zero."""
    return text.replace("\0", "")[:LONGEST_TEXT]
