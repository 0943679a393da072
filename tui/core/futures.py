"""Futures that nobody waits for any more."""

from __future__ import annotations

import asyncio
from typing import Any


def retrieve(done: asyncio.Future[Any]) -> None:
    """Look at how a future has ended: asyncio logs a failure that nobody has looked at. For `add_done_callback`."""
    if not done.cancelled():
        done.exception()
