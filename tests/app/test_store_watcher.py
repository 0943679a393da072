"""Watching the store: one look at a time, each to its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from textual.app import App

from tui.app.screen import AppScreen
from tui.app.screen_work import ScreenWork
from tui.app.store_watcher import StoreWatcher


class Watching(App[None]):
    """An app with a store of which nothing is known but its version."""

    def __init__(self) -> None:
        super().__init__()
        self.version = 1

        async def thread(call: Callable[[], int]) -> int:
            return call()

        self.services = SimpleNamespace(thread=thread, store=SimpleNamespace(data_version=lambda: self.version))

    def speak_waiting(self) -> None:
        pass

    def show_wait(self) -> None:
        pass


class NotingWork(ScreenWork):
    """Work whose failures are noted."""

    def __init__(self, screen: Watched) -> None:
        super().__init__(screen, screen.refresh_texts)
        self.failures: list[Exception] = []

    def notify_failure(self, error: Exception) -> None:
        self.failures.append(error)


class Watched(AppScreen[None]):
    """A screen that reads when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = asyncio.Event()
        self.let.set()
        self.fails = False
        self.reading = asyncio.Event()
        self.readings = 0
        self.screen_work = self.noted = NotingWork(self)
        self.watcher = StoreWatcher(self, self.reload)

    async def reload(self) -> None:
        self.readings += 1
        self.reading.set()
        await self.let.wait()
        if self.fails:
            raise OSError

    async def looked(self) -> None:
        """Look, to the end of it."""
        self.watcher.look()
        await self.workers.wait_for_complete([worker for worker in self.workers if not worker.is_cancelled])


@asynccontextmanager
async def watched() -> AsyncIterator[tuple[Any, Watched]]:
    app = Watching()
    async with app.run_test() as pilot:
        screen = Watched()
        await app.push_screen(screen)
        await pilot.pause()
        yield app, screen


async def test_it_reads_once_for_each_version() -> None:
    async with watched() as (app, screen):
        for version, readings in ((1, 1), (1, 1), (2, 2), (2, 2)):
            app.version = version
            await screen.looked()
            assert screen.readings == readings


async def test_one_look_ends_before_the_next_begins() -> None:
    async with watched() as (app, screen):
        screen.let.clear()
        screen.watcher.look()
        await screen.reading.wait()
        app.version = 2
        screen.watcher.look()
        screen.watcher.look()
        assert [worker.group for worker in screen.workers] == ["watch"]
        screen.let.set()
        await screen.workers.wait_for_complete()
        assert screen.readings == 1
        await screen.looked()
        assert screen.readings == 2


@pytest.mark.parametrize("begun", [True, False])
async def test_a_look_that_is_cut_off_is_made_again(begun: bool) -> None:
    async with watched() as (_app, screen):
        screen.let.clear()
        screen.watcher.look()
        if begun:
            await screen.reading.wait()
        screen.workers.cancel_group(screen, "watch")
        screen.let.set()
        await screen.looked()
        assert screen.readings == 1 + begun


async def test_a_look_that_fails_is_made_again() -> None:
    async with watched() as (_app, screen):
        screen.fails = True
        await screen.looked()
        screen.fails = False
        await screen.looked()
        await screen.looked()
        assert (screen.readings, len(screen.noted.failures)) == (2, 1)


async def test_what_is_forgotten_while_it_is_read_is_read_again() -> None:
    async with watched() as (_app, screen):
        screen.let.clear()
        screen.watcher.look()
        await screen.reading.wait()
        screen.watcher.forget()
        screen.let.set()
        await screen.workers.wait_for_complete()
        await screen.looked()
        await screen.looked()
        assert screen.readings == 2
