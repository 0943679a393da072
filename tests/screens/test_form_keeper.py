"""How a form's draft is written and read, with no screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest

from tests.screens.test_form_model import NOW, READY, Heard
from tui.bootstrap import sort_text
from tui.campaign.fields import TYPED_NUMBERS
from tui.campaign.lifecycle import AskedBy
from tui.config import Profile
from tui.core.reason import Reason
from tui.i18n.words import folded
from tui.operations.services import Services
from tui.provider.client import Provider
from tui.screens.form_keeper import FormKeeper
from tui.store import Campaign, Store, StoreError, StoreThread
from tui.store.drafts import Drafts


class Desk:
    """A form without a screen: its work is run until it ends, or fails."""

    def __init__(self, store: Store, draft: Campaign | Mapping[str, str]) -> None:
        def connect(_profile: Profile) -> Provider:
            raise AssertionError("nobody is asked")

        self.store = store
        self.services = Services(store, StoreThread(), Profile("acme", None), connect, AskedBy.APP, now=lambda: NOW)
        self.heard = Heard(draft)
        self.model = self.heard.model
        self.ahead: set[str] = set()
        self.keeper = FormKeeper(self.model, self, lambda: self.ahead)
        self._works: list[asyncio.Task[None]] = []

    def work(self, job: Callable[[], Coroutine[Any, Any, None]], *, group: str) -> None:
        assert group == "keep"
        self._works.append(asyncio.ensure_future(job()))

    async def rest(self) -> list[BaseException]:
        """Wait until nothing is under way; what failed."""
        ended = await asyncio.gather(*self._works, return_exceptions=True)
        self._works.clear()
        return [failure for failure in ended if failure is not None]

    @property
    def stored(self) -> Mapping[str, str]:
        assert self.model.campaign is not None
        return self.store.campaigns.get(self.model.campaign.id).fields


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text, now=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
async def desk(store: Store) -> AsyncIterator[Desk]:
    made = Desk(store, store.campaigns.get(store.drafts.create("acme", READY)))
    yield made
    made.services.thread.close()


async def test_a_new_draft_is_made_once_with_its_first_change(store: Store) -> None:
    desk = Desk(store, READY)
    desk.keeper.change({"name": "a"})
    desk.keeper.change({"name": "ab"})
    first, second = await asyncio.gather(desk.keeper.made(), desk.keeper.made())
    assert await desk.rest() == []
    desk.services.thread.close()
    assert first.id == second.id
    assert desk.stored["name"] == "ab"
    assert desk.model.unsaved == {}


async def test_one_that_was_made_and_not_read_is_not_made_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, get = Desk(store, READY), store.campaigns.get
    failures = [StoreError(Reason("store.busy", {"path": "x"}))]

    def reluctant(campaign: int) -> Campaign:
        if failures:
            raise failures.pop()
        return get(campaign)

    monkeypatch.setattr(store.campaigns, "get", reluctant)
    with pytest.raises(StoreError):
        await desk.keeper.made()
    campaign = await desk.keeper.made()
    desk.services.thread.close()
    assert campaign.id == store.campaigns.get(1).id
    assert store.campaigns.count("acme") == 1


async def test_what_is_typed_while_it_is_written_is_written_after_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    may, change, written = Semaphore(0), Drafts.change, list[str]()

    def slow(drafts: Drafts, campaign: int, changes: Mapping[str, str | None]) -> int:
        assert may.acquire(timeout=20)
        written.append(str(changes["name"]))
        return change(drafts, campaign, changes)

    monkeypatch.setattr(Drafts, "change", slow)
    for text in "abc":
        desk.keeper.change({"name": text})
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    may.release(3)
    assert await desk.rest() == []
    assert written == ["a", "c"]  # what was the last when the first had been written
    assert desk.stored["name"] == "c"
    assert desk.model.unsaved == {}


async def test_a_store_that_takes_nothing_is_told_of_once_until_it_takes_something(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_drafts: Drafts, _campaign: int, _changes: Mapping[str, str | None]) -> int:
        raise StoreError(Reason("store.busy", {"path": "x"}))

    with monkeypatch.context() as patched:
        patched.setattr(Drafts, "change", busy)
        desk.keeper.change({"name": "a"})
        desk.keeper.change({"name": "ab"})
        assert [type(failure) for failure in await desk.rest()] == [StoreError]
        assert desk.heard.is_stuck()
    desk.keeper.change({"cli": "902129630132"})
    assert await desk.rest() == []
    assert not desk.heard.is_stuck()
    assert (desk.stored["name"], desk.stored["cli"]) == ("ab", "902129630132")


async def test_fields_and_the_line_for_numbers_are_written_together(desk: Desk) -> None:
    desk.keeper.change({"name": "a"})
    desk.keeper.change_line("0532")
    desk.keeper.change_line("0532")
    assert await desk.rest() == []
    assert desk.stored == READY | {"name": "a", TYPED_NUMBERS: "0532"}


async def test_nothing_changed_writes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Drafts, "change", lambda *_: pytest.fail("written"))
    desk.keeper.change({})
    await desk.keeper.write()
    assert await desk.rest() == []
    assert desk.heard.changed == []


async def test_a_look_takes_over_what_others_changed_once(desk: Desk, tmp_path: Path) -> None:
    assert not await desk.keeper.look()  # nothing has changed since it was opened
    other = Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text, now=lambda: NOW)
    other.drafts.change(desk.model.campaign.id, {"digit_target_2": "fax"})  # type: ignore[union-attr]  # it is kept
    other.close()
    assert await desk.keeper.look()
    assert desk.heard.replaced == [{"digit_target_2": "fax"}]
    assert not await desk.keeper.look()
    assert desk.heard.replaced == [{"digit_target_2": "fax"}]


async def test_nothing_is_taken_over_while_it_is_launched(desk: Desk) -> None:
    desk.model.launching = True
    assert not await desk.keeper.look()
    assert desk.heard.changed == []
    desk.model.launching = False
    await desk.keeper.look()
    assert len(desk.heard.changed) == 1


async def test_a_reading_that_is_cut_off_is_made_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(_campaign: int) -> Campaign:
        raise StoreError(Reason("store.busy", {"path": "x"}))

    with monkeypatch.context() as patched:
        patched.setattr(desk.store.campaigns, "get", cut)
        with pytest.raises(StoreError):
            await desk.keeper.look()
    await desk.keeper.look()
    assert len(desk.heard.changed) == 1


async def test_a_line_that_hands_numbers_on_keeps_its_text(desk: Desk) -> None:
    campaign = await desk.keeper.made()
    desk.store.drafts.keep_typed(campaign.id, "0532")
    desk.ahead = {TYPED_NUMBERS}
    await desk.keeper.read_again()
    assert desk.heard.replaced == []
    desk.ahead = set()
    await desk.keeper.read_again()
    assert desk.heard.replaced == [{TYPED_NUMBERS: "0532"}]
