"""Whatever was asked, answered and told: all that is shown of a campaign is one story, and the provider's last word."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest

from tests.operations.resulting import nobody
from tests.provider.doubles import FakeClock
from tests.screens.conftest import on_the_wire
from tests.store.results import calling, delivered, phone, told
from tests.store.support import open_store
from tui.campaign.results import HOPELESS, STATUSES
from tui.campaign.states import Action, AskedBy, State
from tui.commands.document import campaign_json, shown_json
from tui.config import Profile
from tui.operations.overview import read_overview
from tui.operations.services import NotPossible, Services
from tui.operations.silence import silent_since
from tui.operations.switch import Unclear, switch
from tui.provider.client import Provider
from tui.provider.errors import ProviderError
from tui.screens.campaign_rows import Rows
from tui.screens.results_headline import headline
from tui.screens.side_pane import pane_lines
from tui.secret import Secret
from tui.store import Campaign, ListFilter, Sort, StoreThread
from tui.telling import campaign_lines
from tui.wording import state_now, state_shown
from tui.words import say

KEY = "K98765432-1234-5678-4321-123456789012"
NOW = dt.datetime(2026, 9, 12, 12, 0, tzinfo=dt.UTC)
FIELDS = {"call_type": "ivr", "digit_target_1": "queue/201", "date_range_begin": "2026-09-12",
          "date_range_end": "2026-09-14"}
ANSWERED = ("Cevaplandı", "Başarılı", "NORMAL_CLEARING")


@dataclass
class World:
    """A provider that is sometimes odd, and what it last told of each campaign: "on", "off", "gone"; None: nothing."""

    services: Services
    dice: random.Random
    clock: list[dt.datetime]
    told: dict[str, str | None] = field(default_factory=dict)
    certain: dict[str, bool] = field(default_factory=dict)

    def answer(self, request: httpx.Request) -> httpx.Response:
        campaign = request.url.path.rpartition("/")[2].removesuffix(".json")
        asked = "gone" if request.method == "DELETE" else "on" if b"status=on" in request.content else "off"
        match self.dice.choice(("ok", "ok", "ok", "words", "empty", "page", "lost", "no", "403", "404", "unknown")):
            case "ok":
                self.told[campaign], self.certain[campaign] = asked, True
                return on_the_wire(httpx.Response(200, text=self.dice.choice(("OK", "ok\n", " Ok"))))
            case "words" | "empty" | "page" as odd:
                self.certain[campaign] = False
                text = {"words": "queued", "empty": "", "page": "<html><title>Bakım</title>"}[odd]
                return on_the_wire(httpx.Response(200, text=text))
            case "lost":
                self.certain[campaign] = False
                raise httpx.ReadError("cut")
            case "no":
                return on_the_wire(httpx.Response(400, text="no"))
            case "403":
                return on_the_wire(httpx.Response(403, text="modül yok"))
            case "404":
                return on_the_wire(httpx.Response(404, text="<html><title>404</title>"))
        self.told[campaign], self.certain[campaign] = "unknown", True
        return on_the_wire(httpx.Response(400, text=f"Cannot find ivr_campaign with ID {campaign}"))


@pytest.fixture
async def world(tmp_path: Path, dice: random.Random) -> AsyncIterator[World]:
    clock = [NOW]
    store = open_store(tmp_path / "santral.db", lambda: clock[0])
    profile = Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1")
    made = World(Services(store, StoreThread(), profile, nobody, AskedBy.APP, now=lambda: clock[0]), dice, clock)
    made.services.connect = lambda profile: Provider(
        profile.base_url, Secret(KEY), transport=httpx.MockTransport(made.answer), clock=FakeClock(),
        jitter=lambda: 0.0)
    yield made
    made.services.thread.close()
    store.close()


def surely_final(campaign: Campaign, statuses: list[str]) -> bool:
    """Whether a number can't be called any more, by all that was told of it; counted anew."""
    retries = int(campaign.fields.get("call_retries", "0"))
    return any(status in ANSWERED for status in statuses) or len(statuses) > retries or (
        bool(statuses) and statuses[-1] in HOPELESS)


def one_story(world: World, made: int, heard: dict[int, list[str]], numbers: int) -> None:
    store, now = world.services.store, world.clock[0]
    campaign, totals = store.campaigns.get(made), store.results.totals(made)
    state, shown = state_now(campaign, now, complete=totals.complete), state_shown(campaign, now,
                                                                                    complete=totals.complete)
    # The list, its counts and its filters
    seen = read_overview(store, "acme", ListFilter(deleted=True), Sort(), 0, 10)
    assert seen.counts == {state: 1}
    row = Rows().row(campaign, seen.page.totals.get(made, totals), now, (), ())
    assert row["state"].text == str(shown)
    for each in State:
        found = store.campaigns.ids("acme", ListFilter(states=frozenset({each})))
        assert found == ([made] if each is state else [])
    # The pane, the campaign's page, both commands
    words = str(shown)
    assert any(words in line.text for line in pane_lines(store, campaign, now))
    assert any(words in line for line in campaign_lines(campaign, now, complete=totals.complete))
    document = shown_json(campaign, store.history(made), now, complete=totals.complete, left_out=0)
    assert document["state"] == campaign_json(campaign, now, complete=totals.complete)["state"] == state.value
    # Results
    final = {phone(number): surely_final(campaign, statuses) for number, statuses in heard.items()}
    assert totals.complete is (sum(final.values()) == numbers and not campaign.adopted)
    rows = list(store.results.each(made))
    assert {row.phone: row.final for row in rows if row.attempts} == final
    assert [sum(bool(getattr(row, name)) for row in rows) for name in ("attempts", "answered", "final")] == [
        totals.called, totals.answered, totals.final]
    assert sum(len(row.calls) for row in rows) == totals.calls
    assert (say("screens.results.complete") in headline(campaign, totals, now)[1]) is totals.complete
    # The provider's last word
    provider_id = str(campaign.provider_id)
    last = world.told.get(provider_id)
    if not campaign.unsure and last is not None:
        assert world.certain[provider_id]
        expected = {"on": State.ON, "off": State.OFF, "gone": State.DELETED, "unknown": State.MISSING}[last]
        assert campaign.standing is expected
        assert state is expected or (state is State.FINISHED and totals.complete)
    if not world.certain.get(provider_id, True):
        assert campaign.unsure
    # What may be on is stopped, and only what is on can be silent
    may_be_on = campaign.state is not State.DELETED and (campaign.state is State.ON or campaign.unsure)
    assert bool(store.campaigns.perhaps_on("acme")) is (may_be_on or campaign.standing is State.UNKNOWN)
    if silent_since(campaign, totals, now, 1, receiving=True) is not None:
        assert campaign.standing is State.ON
        assert not totals.complete


@pytest.mark.parametrize("walk", range(4))
async def test_all_that_is_shown_of_a_campaign_is_one_story(world: World, dice: random.Random, walk: int) -> None:
    numbers, store = dice.randint(1, 4), world.services.store
    adopted = walk == 0
    made = store.campaigns.adopt_foreign("acme", 20_212, "Panelden", State.ON) if adopted else calling(
        store, numbers, fields=FIELDS | {"call_retries": str(dice.randint(0, 3))})
    heard: dict[int, list[str]] = {}
    one_story(world, made, heard, numbers)
    for step in range(40):
        world.clock[0] += dt.timedelta(seconds=dice.choice((1, 30, 180)))  # longer than a lost switch may be abroad
        if dice.random() < 0.5 and not adopted:
            number, status = dice.randint(1, numbers), dice.choice((*STATUSES, *ANSWERED, "USER_BUSY", "?"))
            heard.setdefault(number, []).append("Meşgul" if status == "USER_BUSY" else status)
            store.deliveries.ingest([replace(delivered(told(number, status, minute=step)), received_at=world.clock[0])])
        elif store.campaigns.get(made).state is not State.DELETED:
            action = dice.choices(list(Action), (5, 5, 1))[0]
            with contextlib.suppress(ProviderError, NotPossible, Unclear):
                await switch(world.services, made, action)
        one_story(world, made, heard, numbers)
