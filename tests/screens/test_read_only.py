"""A profile that may only look: whatever would change something at the provider is refused before anything is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screens.conftest import World
from tests.screens.waiting import until
from tui.app.dialog import Dialog
from tui.campaign.lifecycle import AskedBy, State, Unconfirmed
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.services import NotPossible
from tui.operations.track import confirm_created, confirm_not_created, track

REFUSED = "operations.refused.read_only"


@pytest.fixture
def looking(world: World) -> World:
    world.app.services.profile = replace(world.app.services.profile, read_only=True)
    return world


def unconfirmed(world: World) -> int:
    made = world.draft()
    entry = world.store.ledger.begin(made, revision=world.store.campaigns.get(made).revision, token="t", body_hash="h",
                                     numbers=1, asked_by=AskedBy.APP)
    world.store.ledger.resolve(entry, Unconfirmed(Reason("provider.unconfirmed.cut")))
    return made


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
@pytest.mark.parametrize("keys", [("space",), ("d",), ("i",), ("t",), ("enter", "space"), ("enter", "d"),
                                  ("enter", "t")], ids=" ".join)
async def test_of_a_launched_campaign(looking: World, keys: tuple[str, ...]) -> None:
    looking.launched()
    async with looking.app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, looking, "Memnuniyet")
        await until(pilot, looking, say("widgets.profiles.read_only"))
        for key in keys[:-1]:
            await pilot.press(key)
            await until(pilot, looking, say("screens.campaign.history"))
        assert say("widgets.profiles.read_only") in looking.screen_text.splitlines()[0]
        await pilot.press(keys[-1])
        await until(pilot, looking, say(REFUSED, profile="acme")[:40])
        assert not isinstance(looking.app.screen, Dialog)
    assert looking.requests == []
    assert looking.store.campaigns.get(1).state is State.ON


async def test_of_an_unconfirmed_one(looking: World) -> None:
    made = unconfirmed(looking)
    async with looking.app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, looking, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, looking, say("key.campaign.resolve"))
        await pilot.press("o")
        await until(pilot, looking, say(REFUSED, profile="acme")[:40])
        assert not isinstance(looking.app.screen, Dialog)
    assert looking.store.campaigns.get(made).state is State.UNCONFIRMED


async def test_of_a_draft_that_can_still_be_written(looking: World) -> None:
    made = looking.draft()
    async with looking.app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, looking, "Memnuniyet")
        await pilot.press("enter", "tab", "end", "!", "f9")
        await until(pilot, looking, say("text.review.ready"))
        for key in ("l", "t"):
            await pilot.press(key)
            await until(pilot, looking, say(REFUSED, profile="acme")[:40])
            assert not isinstance(looking.app.screen, Dialog)
            looking.app.clear_notifications()
            await until(pilot, looking, say(REFUSED, profile="acme")[:40], gone=True)
    assert looking.requests == []
    assert looking.store.campaigns.get(made).fields["name"].endswith("!")


async def test_operations_refuse_whoever_asks(looking: World) -> None:
    services, made = looking.app.services, unconfirmed(looking)
    for job in (track(services, 5, "x", State.ON), confirm_created(services, made, 7),
                confirm_not_created(services, made)):
        with pytest.raises(NotPossible) as refused:
            await job
        assert refused.value.reason.code == REFUSED
    assert looking.store.campaigns.get(made).state is State.UNCONFIRMED
