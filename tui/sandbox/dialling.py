"""Moves the dialer on with the clock."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

from tui.sandbox.clock import SandboxClock
from tui.sandbox.dialer import Call, Dialer

_CALLS_AT_ONCE: Final = 200


async def dial(dialer: Dialer, clock: SandboxClock, changed: asyncio.Event, on_call: Callable[[Call], None]) -> None:
    """Never returns. `changed` is set by others where something new may be due; `on_call` gets each call that ended."""
    while True:
        changed.clear()
        for place, call in enumerate(dialer.advance(clock.now()), start=1):
            on_call(call)
            if place % _CALLS_AT_ONCE == 0:
                await asyncio.sleep(0)  # requests are answered even while a fast clock is caught up with
        due = dialer.due()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(changed.wait(), None if due is None else clock.seconds_until(due))
