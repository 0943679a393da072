"""Waiting for what the screen shows, as an operator does."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

from textual.events import Key
from textual.pilot import Pilot

from tests.screens.conftest import World

HELD_SECONDS: Final = 0.2  # a store that is not done by then is held back by the test itself


async def idle(pilot: Pilot[str], world: World) -> None:
    """Wait until the store has done what it was asked for, and no message is left of that."""
    with contextlib.suppress(RuntimeError):  # the app has ended, and closed it
        await asyncio.wait({asyncio.ensure_future(world.thread(lambda: None))}, timeout=HELD_SECONDS)
    await pilot.pause()


async def until(pilot: Pilot[str], world: World, text: str, *, gone: bool = False) -> None:
    """Wait for the screen to show `text`, or to show it no more."""
    for _ in range(400):
        await idle(pilot, world)
        if (text in world.screen_text) is not gone:
            return
        await asyncio.sleep(0.02)  # a provider, a timer or another process has to come in
    raise AssertionError(f"{text!r} {'still there' if gone else 'not there'}:\n{world.screen_text}")


def at_once(world: World, *keys: str) -> None:
    """Keys as a slow line brings them: all there before the first is heard."""
    for key in keys:
        world.app.post_message(Key(key, key if len(key) == 1 else None))


async def handled(world: World) -> None:
    """Wait until the app has done what was asked of it, as by a key."""
    arrived = asyncio.Event()
    world.app.call_later(arrived.set)
    await arrived.wait()


def at_work(world: World) -> bool:
    """Whether any work beside the screens is under way; a question that is open is part of the work that asks it."""
    return any(not worker.is_finished for worker in world.app.workers)


async def at_rest(pilot: Pilot[str], world: World) -> None:
    """Wait until nothing more comes in: what the screen shows stays as it is."""
    same = 0
    while same < 8:
        before = world.screen_text
        await idle(pilot, world)
        await asyncio.sleep(0.02)  # work of other threads has to come in
        same = same + 1 if world.screen_text == before else 0
