"""A campaign of several lives on the screens: one row, one set of results, each life alone by a key."""

from __future__ import annotations

from tests.screens.conftest import READY, World
from tests.screens.waiting import until
from tests.store.results import begun
from tests.store.test_lives import drafted
from tui.campaign.lifecycle import Created
from tui.i18n.words import say

PHONES = tuple(f"0532123450{place}" for place in range(6))


def replaced(world: World) -> tuple[int, int]:
    """The first life reached 0 and called 1 in vain; the second one reached 1."""
    store = world.store
    first = world.launched(phones=PHONES, values=READY | {"call_retries": "2"})
    world.heard(first, ("905321234500", "Cevaplandı", "1"), ("905321234501", "Meşgul", ""))
    second = drafted(store, first)
    store.ledger.resolve(begun(store, second, "second"), Created(20_300))
    return first, second


async def test_results_are_of_all_lives_and_of_each_alone_by_a_key(world: World) -> None:
    first, second = replaced(world)
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "‹2 lives› Memnuniyet")
        await until(pilot, world, "‹life 1› Memnuniyet")
        await pilot.press("r")
        await until(pilot, world, "2 of 6 called")
        assert f"Life 1 ({world.store.campaigns.get(first).ref}): 2 called, 1 answered" in world.screen_text
        assert f"Life 2 ({world.store.campaigns.get(second).ref}): 0 called, 0 answered" in world.screen_text
        await pilot.press("F")
        await until(pilot, world, "shows a single one, then this can be done")
        await pilot.press("L")
        await until(pilot, world, "▸ Life 1")
        await pilot.press("L")
        await until(pilot, world, "▸ Life 2")
        await until(pilot, world, "0 of 5 called")
        await pilot.press("L")
        await until(pilot, world, "2 of 6 called")


async def test_one_that_is_alone_has_no_other_life(world: World) -> None:
    world.launched(phones=PHONES)
    async with world.app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("r")
        await until(pilot, world, say("screens.results.statuses"))
        await pilot.press("L")
        await until(pilot, world, "has only one life")
