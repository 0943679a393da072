"""A campaign that was made elsewhere is taken in by its ID; an unconfirmed one is resolved from the list."""

from __future__ import annotations

import pytest

from tests.screens.conftest import READY, World
from tests.screens.waiting import until
from tui.campaign.lifecycle import AskedBy, State, Unconfirmed
from tui.core.reason import Reason
from tui.i18n.words import say


@pytest.mark.parametrize(("keys", "name", "state"), [
    ((*"20999", "enter", *"Ekim [/x]", "tab", "right", "tab", "tab", "enter"), "Ekim [/x]", State.OFF),
    ((*"20999", "tab", "tab", "tab", "tab", "enter"), "Campaign 20999", State.ON),
])
async def test_by_its_id_a_campaign_is_in_the_list_and_nothing_is_sent(
    world: World, keys: tuple[str, ...], name: str, state: State,
) -> None:
    world.draft()
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("i")
        await until(pilot, world, say("screens.adopt.title"))
        await pilot.press(*keys)
        await until(pilot, world, say("screens.adopt.title"), gone=True)
        await until(pilot, world, name)
        await until(pilot, world, say("campaign.state.unknown"))  # until it is set here
    made = world.store.campaigns.get(2)
    assert (made.provider_id, made.name, made.state, world.requests) == (20999, name, state, [])


@pytest.mark.parametrize(("typed", "told"), [
    ("abc", say("operations.refused.bad_id", value="abc")),
    ("", say("operations.refused.bad_id", value="")),
    ("20212", "Memnuniyet anketi"),  # whose ID it is already
])
async def test_what_is_no_new_id_is_told_in_the_dialog_and_stays_typed(world: World, typed: str, told: str) -> None:
    world.launched()
    async with world.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("i")
        await until(pilot, world, say("screens.adopt.title"))
        await pilot.press(*typed, "tab", *"Ekim")
        await pilot.click("#yes")
        await pilot.pause()
        await until(pilot, world, told)
        assert say("screens.adopt.title") in world.screen_text
        assert "Ekim" in world.screen_text
        assert world.app.focused is not None
        assert world.app.focused.id == "id"
    assert world.store.campaigns.count("acme") == 1


@pytest.mark.parametrize("created", [True, False])
async def test_an_unconfirmed_one_is_resolved_from_the_list(world: World, created: bool) -> None:
    made = world.draft(READY)
    entry = world.store.ledger.begin(made, revision=world.store.campaigns.get(made).revision, token="t", body_hash="h",
                                     numbers=1, asked_by=AskedBy.APP)
    world.store.ledger.resolve(entry, Unconfirmed(Reason("provider.unconfirmed.cut")))
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "unconfirmed")
        await pilot.press("enter")
        await until(pilot, world, say("key.campaign.resolve"))
        await pilot.press("o")
        await until(pilot, world, say("screens.resolve.title"))
        if created:
            await pilot.press(*"0", "enter", "enter")
            await until(pilot, world, say("operations.refused.bad_id", value="0"))
            await pilot.press("backspace", *"20212", "enter", "enter")
        else:
            await pilot.click("#not-created")
        await until(pilot, world, say("screens.resolve.title"), gone=True)
    campaign = world.store.campaigns.get(made)
    assert (campaign.state, campaign.provider_id) == ((State.ON, 20212) if created else (State.DRAFT, None))
    assert world.requests == []
