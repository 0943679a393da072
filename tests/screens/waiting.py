"""Waiting for what the screen shows, as an operator does."""

from __future__ import annotations

import asyncio

from textual.pilot import Pilot

from tests.screens.conftest import World


async def until(pilot: Pilot[str], world: World, text: str, *, gone: bool = False) -> None:
    """Wait for the screen to show `text`, or to show it no more."""
    for _ in range(400):
        await pilot.pause()
        if (text in world.screen_text) is not gone:
            return
        await asyncio.sleep(0.02)  # work of other threads has to come in
    raise AssertionError(f"{text!r} {'still there' if gone else 'not there'}:\n{world.screen_text}")
