"""Whose a path is: told from memory, looked up once, and a flood of made-up ones costs little."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.receiver.support import TOKEN
from tests.store.results import calling
from tests.store.support import open_store
from tui.core.reason import Reason
from tui.receiver import tokens
from tui.receiver.receiver_store import ReceiverStore
from tui.receiver.tokens import Tokens
from tui.store import Store, StoreBusy, StoreThread


class Desk:
    def __init__(self, path: Path) -> None:
        self.store: Store = open_store(path)
        self.thread = StoreThread()
        self.now = 0.0
        self.tokens = Tokens(ReceiverStore.of(self.store), self.thread, lambda: self.now)
        self.asked: list[str] = []
        self.failing = False
        knows = self.store.deliveries.knows

        def noted(token: str) -> bool:
            self.asked.append(token)
            if self.failing:
                raise StoreBusy(Reason("store.busy", {"path": "x"}))
            return knows(token)

        self.store.deliveries.knows = noted  # type: ignore[method-assign]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path / "santral.db")
    yield made
    made.thread.close()
    made.store.close()


async def test_what_is_known_at_the_start_is_never_looked_up(desk: Desk) -> None:
    calling(desk.store, token=TOKEN)
    await desk.tokens.load()
    assert await desk.tokens.knows(TOKEN)
    assert desk.asked == []


async def test_what_was_made_since_is_looked_up_once(desk: Desk) -> None:
    await desk.tokens.load()
    calling(desk.store, token=TOKEN)
    assert await asyncio.gather(*(desk.tokens.knows(TOKEN) for _ in range(20))) == [True] * 20
    assert await desk.tokens.knows(TOKEN)
    assert desk.asked == [TOKEN]


@pytest.mark.parametrize("token", ["", "short", "a" * 65, "with blank in the middle", "çok-uzun-bir-belirteç",
                                   "../../etc/passwd-x"])
async def test_what_looks_like_no_token_is_never_looked_up(desk: Desk, token: str) -> None:
    assert not await desk.tokens.knows(token)
    assert desk.asked == []


async def test_a_made_up_one_is_looked_up_once_a_minute_and_they_are_forgotten_in_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "_MAX_UNKNOWN", 10)
    made_up = "a" * 32
    for _ in range(5):
        assert not await desk.tokens.knows(made_up)
    assert desk.asked == [made_up]
    desk.now = 61.0
    assert not await desk.tokens.knows(made_up)
    assert desk.asked == [made_up] * 2
    await asyncio.gather(*(desk.tokens.knows(f"{number:032}") for number in range(100)))
    assert len(desk.tokens._unknown) == 10


async def test_a_store_that_fails_is_told_and_asked_again(desk: Desk) -> None:
    calling(desk.store, token=TOKEN)
    desk.failing = True
    with pytest.raises(StoreBusy):
        await desk.tokens.knows(TOKEN)
    desk.failing = False
    assert await desk.tokens.knows(TOKEN)
