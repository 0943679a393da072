"""The list's first picture: what was read while the program was loaded is in it."""

from __future__ import annotations

import pytest

from tests.screens.conftest import World
from tests.screens.waiting import until
from tui.config.ui_state import UiState
from tui.core.reason import Reason
from tui.operations.store_reading import StoreReading
from tui.screens.list_watch import ListWatch
from tui.screens.listed_campaigns import ListedCampaigns
from tui.store import StoreFailed

SIZE = (120, 36)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[ListedCampaigns]:
    """The lists that were asked of the store anew."""
    asked: list[ListedCampaigns] = []
    reload = ListedCampaigns.reload

    async def noted(self: ListedCampaigns, *, anew: bool = False) -> None:
        asked.append(self)
        await reload(self, anew=anew)

    monkeypatch.setattr(ListedCampaigns, "reload", noted)
    monkeypatch.setattr(ListWatch, "look", lambda _self: None)
    return asked


def looked_ahead(world: World) -> None:
    world.app.session.look_ahead()
    assert world.app.session.first_look is not None
    world.app.session.first_look.exception(timeout=10)


async def test_what_was_read_ahead_is_shown_and_not_asked_for_again(
    world: World, reads: list[ListedCampaigns]
) -> None:
    world.draft()
    looked_ahead(world)
    async with world.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "Memnuniyet anketi" in world.screen_text
        assert not reads
        assert world.app.session.first_look is None
        await pilot.press("n")
        await pilot.press("escape")
        assert reads  # one that comes back to the list sees it as it is by then


async def test_a_look_at_the_store_reads_nothing_again_until_somebody_has_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, asked = [], []
    look, reload = StoreReading.look, ListedCampaigns.reload

    async def noted_look(self: StoreReading) -> bool:
        looks.append(self)
        return await look(self)

    async def noted(self: ListedCampaigns, *, anew: bool = False) -> None:
        asked.append(self)
        await reload(self, anew=anew)

    monkeypatch.setattr(StoreReading, "look", noted_look)
    monkeypatch.setattr(ListedCampaigns, "reload", noted)
    world.draft()
    looked_ahead(world)
    async with world.app.run_test(size=SIZE) as pilot:
        while len(looks) < 3:
            await pilot.pause(0.05)
        assert not asked
        world.draft({"name": "Borç"})
        await until(pilot, world, "Borç")
        assert asked


async def test_it_is_read_in_the_order_that_was_chosen(world: World, reads: list[ListedCampaigns]) -> None:
    for name in ("Borç", "Anket"):
        world.draft({"name": name})
    world.app.session.state = UiState(sorting={"campaigns": "name"})
    looked_ahead(world)
    async with world.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert not reads
        assert world.screen_text.index("Anket") < world.screen_text.index("Borç")


async def test_with_a_filter_nothing_is_read_ahead(world: World) -> None:
    world.draft()
    world.app.session.state = UiState(filters={"campaigns": "state:on"})
    world.app.session.look_ahead()
    assert world.app.session.first_look is None


async def test_what_could_not_be_read_ahead_is_asked_for_and_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.draft()

    def fails(*_arguments: object, **_named: object) -> None:
        raise StoreFailed(Reason("store.failed", {"path": "x", "detail": "y"}))

    with monkeypatch.context() as broken:
        broken.setattr("tui.store.campaigns.Campaigns.counts", fails)
        looked_ahead(world)
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
