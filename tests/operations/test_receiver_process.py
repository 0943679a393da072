"""The receiver beside the app: started where none is, started again where it died, ended with the app."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from tests.operations.resulting import nobody
from tests.store.support import open_store
from tui.campaign.lifecycle import AskedBy
from tui.config import Profile, ReceiverSettings
from tui.core.clock import utc_now
from tui.core.reason import Reason
from tui.core.retry import RetryPolicy
from tui.operations import receiver_process
from tui.operations.receiver_process import ReceiverProcess
from tui.operations.services import Services
from tui.operations.webhook_check import WebhookAnswer, check_webhook
from tui.store import Heartbeat, StoreBusy, StoreThread

PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Desk:
    """A configuration, and services on its store."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.config = folder / "config.toml"
        self.config.write_text(f'language = "en"\n[receiver]\nlisten = "127.0.0.1:{port}"\n'
                               f'public_url = "http://127.0.0.1:{port}/santral"\n'
                               f'[database]\nurl = "sqlite:///{folder / "santral.db"}"\n', encoding="utf-8")
        self.config.chmod(0o600)
        self.services = Services(open_store(folder / "santral.db", utc_now), StoreThread(),
                                 Profile("acme", base_url="http://127.0.0.1:1"), nobody, AskedBy.APP)
        self.told: list[str] = []
        self.task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        watched = ReceiverProcess(self.services, self.config, os.environ, self.told.append)
        self.task = asyncio.create_task(watched.watch())

    async def end(self) -> None:
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

    def beats(self) -> list[Heartbeat]:
        return self.services.store.receivers.seen_since(utc_now() - dt.timedelta(minutes=1))

    def answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/health", trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False


async def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not await asyncio.to_thread(holds):
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def children() -> list[int]:
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    return [int(child) for child in listed
            if b"listen" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")]


@pytest.fixture
async def desk(home: Path, tmp_path: Path, moment: dt.datetime,
               monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setattr(receiver_process, "_POLICY", RetryPolicy(first=0.05, ceiling=60.0))
    monkeypatch.setattr(receiver_process, "_LOOK_SECONDS", 0.05)
    made = Desk(tmp_path, free_port())
    yield made
    await made.end()
    await made.services.close()


async def test_one_is_started_gives_signs_of_life_and_ends_with_the_app(desk: Desk) -> None:
    desk.begin()
    await until(desk.answers)
    assert [beat.address for beat in desk.beats()] == [f"http://127.0.0.1:{desk.port}"]
    await desk.end()
    assert (children(), desk.beats(), desk.told) == ([], [], [])
    assert not desk.answers()


async def test_the_check_of_the_webhook_finds_it(desk: Desk) -> None:
    desk.begin()
    await until(desk.answers)
    result = await check_webhook(desk.services, ReceiverSettings(public_url=f"http://127.0.0.1:{desk.port}/santral"))
    assert result.found is WebhookAnswer.REACHED


async def test_one_that_was_killed_is_started_again(desk: Desk) -> None:
    desk.begin()
    await until(desk.answers)
    killed, = children()
    os.kill(killed, signal.SIGKILL)
    await until(lambda: children() not in ([], [killed]) and desk.answers())


async def test_one_that_was_killed_is_started_again_though_the_store_cannot_be_asked(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot_be_asked(_since: dt.datetime) -> list[Heartbeat]:
        raise StoreBusy(Reason("store.busy", {"path": "santral.db"}))

    desk.begin()
    await until(desk.answers)
    monkeypatch.setattr(desk.services.store.receivers, "seen_since", cannot_be_asked)
    killed, = children()
    os.kill(killed, signal.SIGKILL)
    await until(lambda: children() not in ([], [killed]) and desk.answers())


async def test_where_one_is_at_work_none_is_started_until_it_is_gone(desk: Desk) -> None:
    receivers = desk.services.store.receivers
    receivers.beat("server:8787", address="http://10.0.0.1:8787", started_at=utc_now(),
                   received_last_minute=3)
    looked: list[dt.datetime] = []
    whole = receivers.seen_since

    def noted(since: dt.datetime) -> list[Heartbeat]:
        looked.append(since)
        return whole(since)

    receivers.seen_since = noted  # type: ignore[method-assign]
    desk.begin()
    await until(lambda: len(looked) > 3)
    assert children() == []
    receivers.gone("server:8787")
    await until(desk.answers)


async def test_why_it_does_not_start_is_told_once_and_it_is_tried_again(desk: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", desk.port))
        taken.listen()
        desk.begin()
        await until(lambda: desk.told)
    await until(desk.answers)
    assert len(desk.told) == 1
    assert str(desk.port) in desk.told[0]
