"""Whatever was asked, answered and told: all that is shown of a campaign is one story, and the provider's last word."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from tests.operations.resulting import nobody
from tests.provider.doubles import FakeClock
from tests.screens.conftest import on_the_wire
from tests.store.results import PROVIDER_ID, begun, calling, delivered, phone, told
from tests.store.support import good, open_store
from tui.campaign.lifecycle import Action, AskedBy, State, Unconfirmed
from tui.campaign.results import HOPELESS, NOT_AGAIN, STATUSES
from tui.commands.document import campaign_json, shown_json
from tui.commands.results import _totals as results_figures
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n.words import say, whole_percent
from tui.operations.bulk import plan
from tui.operations.follow_up import follow_up, preview_follow_up, still_calls
from tui.operations.incoming import silent_since
from tui.operations.launch_request import prepare
from tui.operations.overview import read_overview
from tui.operations.services import NotPossible, Services
from tui.operations.switch import Unclear, switch
from tui.operations.switching_on import ahead_of, finished_among
from tui.operations.track import confirm_created, confirm_not_created
from tui.provider.client import Provider
from tui.provider.errors import ProviderError
from tui.screens.campaign_rows import CampaignRows
from tui.screens.list_reasons import why_not_switched
from tui.screens.results_headline import headline
from tui.screens.side_pane import read_lines
from tui.store import Campaign, ListFilter, ResultFilter, Sort, StoreThread
from tui.text.campaign import campaign_lines, review_lines
from tui.text.formats import state_now, state_shown
from tui.text.switch_on import ahead_lines

KEY = "K98765432-1234-5678-4321-123456789012"
NOW = dt.datetime(2026, 9, 12, 12, 0, tzinfo=dt.UTC)
FIELDS = {"call_type": "ivr", "digit_target_1": "queue/201", "date_range_begin": "2026-09-12",
          "date_range_end": "2026-09-14", "cli": "902129630131"}
OVER = dt.datetime(2026, 9, 14, 21, 0, tzinfo=dt.UTC)  # midnight in Istanbul
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
    retries = campaign.fields.get("call_retries", "")
    return any(status in ANSWERED for status in statuses) or (retries != "" and len(statuses) > int(retries)) or (
        bool(statuses) and statuses[-1] in HOPELESS)


def is_over(campaign: Campaign, now: dt.datetime) -> bool:
    return not campaign.adopted and now >= OVER


def one_story(world: World, made: int, heard: dict[int, list[str]], numbers: int) -> None:
    store, now = world.services.store, world.clock[0]
    campaign, totals = store.campaigns.get(made), store.results.totals(made)
    state, shown = state_now(campaign, now, complete=totals.complete), state_shown(campaign, now,
                                                                                    complete=totals.complete)
    # The list, its counts and its filters
    seen = read_overview(store, "acme", ListFilter(deleted=True), Sort(), 0, 10)
    assert seen.counts == {state: 1}
    row = CampaignRows().row(campaign, seen.page.totals.get(made, totals), now, (), ())
    assert row["state"].text == str(shown)
    if not campaign.adopted:  # whatever else stands in its list
        told_numbers = campaign_json(campaign, now, complete=totals.complete)["numbers"]["callable"]
        assert (row["numbers"].text, told_numbers, totals.numbers) == (str(numbers), numbers, numbers)
    for each in State:
        found = store.campaigns.ids("acme", ListFilter(states=frozenset({each})))
        assert found == ([made] if each is state else [])
    # The pane, the campaign's page, both commands
    words = str(shown)
    assert any(words in line.text for line in read_lines(store, campaign, now))
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
    if totals.called:  # of the same whole, wherever it is told
        shares = [whole_percent(totals.called / (totals.numbers + totals.unlisted)),
                  whole_percent(totals.answered / totals.called)]
        assert [row[name].text for name in ("called", "answered")] == [f"{share} %" for share in shares]
        for share in shares:
            assert f", {share} %" in headline(campaign, totals, now)[0]
        assert [line.endswith(f" {share} %") for line, share in zip(
            list(results_figures(totals, now))[1:3], shares, strict=True)] == [True, True]
    # The provider's last word
    provider_id = str(campaign.provider_id)
    last = world.told.get(provider_id)
    if not campaign.unsure and last is not None:
        assert world.certain[provider_id]
        expected = {"on": State.ON, "off": State.OFF, "gone": State.DELETED, "unknown": State.MISSING}[last]
        assert campaign.standing is expected
        assert state is expected or (state is State.FINISHED and (totals.complete or is_over(campaign, now)))
    if not world.certain.get(provider_id, True):
        assert campaign.unsure
    # What may be on is stopped, and only what is on can be silent
    may_be_on = campaign.state is not State.DELETED and (campaign.state is State.ON or campaign.unsure)
    nowhere = campaign.standing is State.MISSING and is_over(campaign, now) and not campaign.unsure
    assert bool(store.campaigns.perhaps_on("acme")) is (
        (may_be_on and not nowhere) or campaign.standing is State.UNKNOWN)
    if silent_since(campaign, totals, now, 1, receiving=True) is not None:
        assert state is State.ON
        assert campaign.fields.get("call_retries") or totals.to_call


async def one_story_in_questions(world: World, made: int) -> None:
    """What dialogs ask, before anything is done: of the same numbers, in the same state."""
    services, store, now = world.services, world.services.store, world.clock[0]
    campaign, totals = store.campaigns.get(made), store.results.totals(made)
    state, left = state_now(campaign, now, complete=totals.complete), totals.numbers - totals.final
    # Switched on: asked unless it is finished; as many are left as results say
    over = finished_among(store, [campaign], now)
    assert over == ({made} if state is State.FINISHED else set())
    (ahead,) = ahead_of(store, [campaign], now)
    assert ahead.left == (None if campaign.adopted else left)
    if state in (State.ON, State.OFF):
        assert ahead.left is None or say("screens.results.left", count=left) in headline(campaign, totals, now)[1]
        assert say("text.switch_on.left_unknown" if campaign.adopted else "text.switch_on.left", count=left,
                   name=campaign.name, id=campaign.provider_id) in ahead_lines(ahead, now)
    # One key, several at once, and everything
    on, off, delete = (plan(action, [campaign], "acme", over) for action in Action)
    there = campaign.state in (State.ON, State.OFF)
    assert bool(delete.able) is there is (why_not_switched("delete", campaign, services) is None)
    known = there and not campaign.unsure
    assert bool(off.able) is (there and not (known and campaign.standing is State.OFF))
    assert bool(on.able) is (there and state is not State.FINISHED and not (known and campaign.standing is State.ON))
    stopped = store.campaigns.perhaps_on("acme")
    assert plan(Action.OFF, stopped, "acme").unable == ()
    last = world.told.get(str(campaign.provider_id))
    if last == "on" or not world.certain.get(str(campaign.provider_id), True):
        assert [each.id for each in stopped] == ([made] if there else [])
    # Its follow-up
    planned = await preview_follow_up(services, made, ResultFilter())
    calls = still_calls(campaign, now, totals)
    assert planned.numbers + planned.refused + planned.answered + planned.not_callable + planned.open + sum(
        planned.hopeless.values()) == totals.numbers + totals.unlisted
    assert planned.answered == totals.answered
    assert calls or not planned.open
    assert planned.open <= left
    if state in (State.ON, State.UNCONFIRMED):
        assert calls is not None
        assert calls.until is None
    if state is State.FINISHED:
        assert calls is None or calls.until is not None
    if state is State.DELETED or (known and campaign.standing is State.OFF):
        assert calls is None or calls.until is not None


async def one_story_in_review(world: World, made: int) -> None:
    """The review of what follows it: whom it calls, and that both would call."""
    services, now = world.services, world.clock[0]
    totals = services.store.results.totals(made)
    for with_open in (False, True):
        planned = await preview_follow_up(services, made, ResultFilter(), with_answered=True, again=NOT_AGAIN,
                                          with_open=with_open)
        if not planned.numbers:
            continue
        draft = (await follow_up(services, made, ResultFilter(), with_answered=True, again=NOT_AGAIN,
                                 with_open=with_open)).draft
        ready = await prepare(services, draft)
        assert ready.recipients == planned.numbers == services.store.campaigns.get(draft).callable_numbers
        calls = still_calls(services.store.campaigns.get(made), now, totals)
        codes = {problem.code for problem in ready.problems}
        assert ("operations.follow_up.still_on" in codes) is (calls is not None and calls.until is None)
        assert ("operations.follow_up.quiet" in codes) is (calls is not None and calls.until is not None)
        words = review_lines(ready.draft, ready.recipients, ready.duplicates, now, with_phrase=ready.with_phrase)
        assert any(str(planned.numbers) in line for line in words[:1])
        assert ready.shown is not None
        assert len(ready.shown["phone_list"]) == planned.numbers


def lost_in_between(world: World, numbers: int, fields: dict[str, str]) -> int:
    """A launch of which nobody knows what became."""
    store = world.services.store
    made = store.drafts.create("acme", {"name": "Anket", **fields})
    store.numbers.add(made, [good(phone(number), f"#456 kişi{number}") for number in (*range(1, numbers + 1), 1)])
    store.ledger.resolve(begun(store, made), Unconfirmed(Reason("provider.unconfirmed.cut")))
    return made


@pytest.mark.parametrize("walk", range(3))
async def test_a_launch_whose_answer_was_lost_is_one_story_too(world: World, dice: random.Random, walk: int) -> None:
    services, store, numbers = world.services, world.services.store, dice.randint(1, 4)
    made = lost_in_between(world, numbers, FIELDS | {"call_retries": str(dice.randint(0, 3))})
    heard: dict[int, list[str]] = {}
    one_story(world, made, heard, numbers)
    await one_story_in_questions(world, made)
    assert store.campaigns.perhaps_on("acme") == []  # it has no ID to be switched off by, which is told apart
    match walk:
        case 0:
            await confirm_created(services, made, PROVIDER_ID)
        case 1:
            store.deliveries.ingest([replace(delivered(told(1, "Meşgul")), received_at=world.clock[0])])
            heard[1] = ["Meşgul"]
        case 2:
            await confirm_not_created(services, made)
            assert store.campaigns.get(made).state is State.DRAFT
            assert (await prepare(services, made)).recipients == numbers
            return
    assert store.campaigns.get(made).state is State.ON
    world.told[str(PROVIDER_ID)], world.certain[str(PROVIDER_ID)] = "on", True
    one_story(world, made, heard, numbers)
    await one_story_in_questions(world, made)
    await one_story_in_review(world, made)


@pytest.mark.parametrize("walk", range(4))
async def test_all_that_is_shown_of_a_campaign_is_one_story(world: World, dice: random.Random, walk: int) -> None:
    numbers, store = dice.randint(1, 4), world.services.store
    adopted = walk == 0
    made = store.campaigns.track_foreign("acme", 20_212, "Panelden", State.ON) if adopted else calling(
        store, numbers, fields=FIELDS | {"call_retries": dice.choice(("", "0", "1", "3"))})
    heard: dict[int, list[str]] = {}
    one_story(world, made, heard, numbers)
    await one_story_in_questions(world, made)
    for step in range(40):
        # Longer than a lost switch may be abroad; sometimes a day, so that its hours are over.
        world.clock[0] += dt.timedelta(seconds=dice.choices((1, 30, 180, 86_400), (10, 10, 10, 1))[0])
        if dice.random() < 0.5 and not adopted:
            number, status = dice.randint(1, numbers), dice.choice((*STATUSES, *ANSWERED, "USER_BUSY", "?"))
            heard.setdefault(number, []).append("Meşgul" if status == "USER_BUSY" else status)
            store.deliveries.ingest([replace(delivered(told(number, status, minute=step)), received_at=world.clock[0])])
        elif store.campaigns.get(made).state is not State.DELETED:
            action = dice.choices(list(Action), (5, 5, 1))[0]
            with contextlib.suppress(ProviderError, NotPossible, Unclear):
                await switch(world.services, made, action)
        one_story(world, made, heard, numbers)
        await one_story_in_questions(world, made)
    if not adopted:
        await one_story_in_review(world, made)
