"""Single calls, by the `call_uuid` that notifications and call records give: how one went, and its recording."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from tui.campaign.results import is_call_uuid
from tui.core.secret import Secret
from tui.provider import lookups
from tui.provider.answer import Answer
from tui.provider.call import ApiCall
from tui.provider.download import Downloads, Sink
from tui.provider.errors import ProviderError
from tui.provider.limits import Limit
from tui.provider.lookups import CallFlow

RECORDING_URL: Final = "/recording_url/"

Ask = Callable[[ApiCall], Awaitable[Answer | ProviderError]]


class Calls:
    """What the provider tells of one call. Its limits are waited for; look-ups change nothing, and may be repeated."""

    def __init__(self, ask: Ask, redact: Callable[[str], str], recordings: Limit, downloads: Downloads) -> None:
        self._ask = ask
        self._redact = redact
        self._recordings = recordings
        self._downloads = downloads

    async def flow(self, call_uuid: str) -> CallFlow:
        """How a call went. ProviderError; ValueError where it is no `call_uuid` (`is_call_uuid`)."""
        _check(call_uuid)
        found = await self._flow(call_uuid)
        if isinstance(found, ProviderError):
            raise found
        return found

    async def _flow(self, call_uuid: str) -> CallFlow | ProviderError:
        result = await self._ask(ApiCall("GET", f"/cdrs/{call_uuid}"))
        if isinstance(result, ProviderError):
            return result
        return lookups.read_json(bytes(result.body), "/cdrs", lookups.read_call_flow, self._redact)

    async def recording(self, call_uuid: str, sink: Sink) -> None:
        """Fetch the recording of a call into `sink` (docs/provider.md, "Recordings"): where it lies is told to nobody.

        ProviderError, of the address or of the download: what came into `sink` is no whole file then. ValueError as by
        `flow`; what `sink` raises.
        """
        _check(call_uuid)
        address = await self._address(call_uuid)
        failure = address if isinstance(address, ProviderError) else await self._downloads.fetch(address, sink)
        if failure is not None:
            raise failure

    async def _address(self, call_uuid: str) -> Secret | ProviderError:
        result = await self._ask(ApiCall("POST", RECORDING_URL, form=(("call_uuid", call_uuid),)))
        if isinstance(result, ProviderError):
            return result
        return self._downloads.usable(result.body.decode("utf-8-sig", errors="replace"))

    def seconds_until_recording(self) -> float:
        """How long `recording` would wait for its turn now."""
        return self._recordings.seconds_until_room(1)


def _check(call_uuid: str) -> None:
    if not is_call_uuid(call_uuid):
        raise ValueError(call_uuid)
