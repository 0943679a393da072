"""Calls that the provider's limits keep out, made again when the account may have room."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from tui.core.retry import RetryPolicy

T = TypeVar("T")

# Ours. The account's limits are counted by the minute, and others use them too: sooner than that there is no room.
BY_THE_MINUTE: Final = RetryPolicy(first=60.0, factor=1.0, ceiling=60.0, tries=5, min_asked=60.0)


async def when_there_is_room(call: Callable[[], Awaitable[T]], on_wait: Callable[[float], None],
                             sleep: Callable[[float], Awaitable[None]]) -> T:
    """What `call` brings, which is made up to five times, as long as the provider answers 429.

    `on_wait` gets the seconds of each wait as it begins. LimitReached of the last; whatever else `call` raises.
    """
    from tui.provider.errors import LimitReached

    failures = 0
    while True:
        try:
            return await call()
        except LimitReached as limited:
            failures += 1
            seconds = BY_THE_MINUTE.wait(failures, asked=limited.retry_after)
            if seconds is None:
                raise
        on_wait(seconds)
        await sleep(seconds)
