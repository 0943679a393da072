"""The recording of a call: fetched when somebody asks for it, into a file of theirs.

Where the provider keeps it is known to `tui/provider/` alone, for as long as a download takes.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from msgspec import Struct

from tui.campaign.dates import ISTANBUL
from tui.campaign.results import Attempt, has_recording, is_call_uuid
from tui.core.letters import composed, folded
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.operations.export import refusing
from tui.operations.rate_limit import when_there_is_room
from tui.operations.recording_file import RecordingFile, saved_before
from tui.operations.services import NotPossible, Services
from tui.store import Campaign
from tui.store.call_details import CallDetail

log = logging.getLogger("santral.recording")

# Ours: nobody says how long a recording takes to be there after its call.
_READY_AFTER: Final = dt.timedelta(minutes=15)
_LONGEST_NAME: Final = 60
_NONE: Final = TextKeys("operations.recording.{}", ("none", "not_yet"))
_SAID_NO: Final = ("provider.refused", "provider.refused.silent")  # and not by a page of something before the provider
_NONE_SILENT: Final = TextKeys("operations.recording.{}.silent", ("none", "not_yet"))


class RecordedCall(Struct, frozen=True):
    """A call of a campaign to a number, which is as it is sent. `detail`: how it went, where that was asked.

    `reference`: that of the row of the list.
    """

    campaign: Campaign
    phone: str
    call: Attempt
    detail: CallDetail | None = None
    reference: str = ""

    @property
    def recorded(self) -> bool:
        """Whether it has a recording, as far as is known."""
        return has_recording(self.call, records=self.campaign.draft.records,
                             said=None if self.detail is None else self.detail.recorded)

    @property
    def stem(self) -> str:
        """What a file of its recording is called, without the ending: campaign, number and Turkish time."""
        name = re.sub(r"[^a-z0-9]+", "-", folded(composed(self.campaign.name))).strip("-")[:_LONGEST_NAME].rstrip("-")
        phone = re.sub(r"[^0-9]", "", self.phone)
        at = self.call.at.astimezone(ISTANBUL)
        return "-".join(filter(None, (name or self.campaign.ref, phone, f"{at:%Y-%m-%d-%H%M%S}")))


class SavedRecording(Struct, frozen=True):
    """`before`: it lay there already, and was not fetched. `size` in bytes."""

    path: Path
    size: int
    before: bool = False


def why_no_recording(recorded: RecordedCall) -> Reason | None:
    """Why a call has no recording that could be fetched; None where it may have one."""
    if recorded.recorded:
        return None
    if not is_call_uuid(recorded.call.call_uuid):
        return Reason("operations.recording.no_uuid")
    if recorded.detail is not None and recorded.detail.recorded is False:
        return Reason("operations.recording.none.silent")
    if not recorded.call.answered:
        return Reason("operations.recording.unanswered")
    return Reason("operations.recording.off", {"name": recorded.campaign.name})


async def save_recording(services: Services, recorded: RecordedCall, folder: Path, *, replace: bool = False,
                         on_wait: Callable[[float], None] = lambda _: None,
                         sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> SavedRecording:
    """Fetch a recording into a folder; one that lies there is left as it is, unless it is to be replaced.

    It waits for the provider's limit; `on_wait` gets the seconds of each wait. Cancelled or failed it leaves no file.
    NotPossible where there is no recording, or no file can be written; ProviderError.
    """
    reason = why_no_recording(recorded)
    if reason is not None:
        raise NotPossible(reason)
    services.must_be_ours(recorded.campaign)
    provider = services.provider
    if not replace and (there := await asyncio.to_thread(_found, folder, recorded.stem)) is not None:
        return there
    with refusing(folder / recorded.stem):
        file = await asyncio.to_thread(RecordingFile, folder, recorded.stem)
        try:
            seconds = provider.calls.seconds_until_recording()
            if seconds > 0:
                on_wait(seconds)
            await when_there_is_room(lambda: _fetch(services, recorded, file), on_wait, sleep)
            path = await file.put(replace=replace)
        except FileExistsError as there_now:
            raise NotPossible(Reason("operations.recording.there", {"path": str(there_now.filename)})) from None
        finally:
            file.drop()
    log.info("the recording of a call of campaign %s was saved: %d bytes", recorded.campaign.id, file.size)
    return SavedRecording(path, file.size)


async def recording_to_play(services: Services, recorded: RecordedCall, *,
                            on_wait: Callable[[float], None] = lambda _: None) -> Path:
    """A recording in a file that is gone when the program ends; one that was played before is not fetched again.

    NotPlayed where nothing here plays it, before anything is asked for; else as `save_recording`.
    """
    services.player.check()
    folder = await asyncio.to_thread(lambda: services.player.folder)
    return (await save_recording(services, recorded, folder, on_wait=on_wait)).path


async def _fetch(services: Services, recorded: RecordedCall, file: RecordingFile) -> None:
    from tui.provider.errors import RequestRefused

    try:
        await services.provider.calls.recording(recorded.call.call_uuid, file)
    except RequestRefused as refused:
        reason = _why_refused(refused, services.now() - recorded.call.at)
        if reason is None:
            raise
    else:
        return
    raise NotPossible(reason)


def _why_refused(refused: Exception, since: dt.timedelta) -> Reason | None:
    """What it means that the provider names no address for a recording; None where it refused for another reason."""
    reason = getattr(refused, "reason", None)
    if not isinstance(reason, Reason) or reason.code not in _SAID_NO:
        return None
    words = reason.params.get("words", "")
    code = "not_yet" if since < _READY_AFTER else "none"
    return Reason(_NONE[code], {"words": words}) if words else Reason(_NONE_SILENT[code])


def _found(folder: Path, stem: str) -> SavedRecording | None:
    path = saved_before(folder, stem)
    return None if path is None else SavedRecording(path, path.lstat().st_size, before=True)
