"""A launch that repeats another is known to, whoever was left out of either as they must not be called."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sampling import examples
from tests.screens.conftest import on_the_wire
from tui.bootstrap import sort_text
from tui.campaign.lifecycle import Action, AskedBy, State
from tui.campaign.phone_list import Number
from tui.config import Profile
from tui.core.secret import Secret
from tui.i18n.words import folded
from tui.operations.launch import launch
from tui.operations.launch_request import prepare
from tui.operations.phone_list import validated
from tui.operations.services import Services
from tui.provider.client import Provider
from tui.store import AlreadyLaunched, Store, StoreThread

KEY = Secret("K98765432-1234-5678-4321-123456789012")
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
FIELDS = {"call_type": "queue", "name": "Tahsilat", "queue_number": "201", "cli": "902129630131"}
ANN, BOB, CEM = "905321234567", "905321234568", "905321234569"


@dataclass
class Desk:
    store: Store
    services: Services = field(init=False)
    posts: int = 0

    def answered(self, _request: httpx.Request) -> httpx.Response:
        self.posts += 1
        return on_the_wire(httpx.Response(200, text=str(20_211 + self.posts)))

    def draft(self, *phones: str) -> int:
        made = self.store.drafts.create("acme", FIELDS)
        self.store.numbers.add(made, validated(map(Number, phones)))
        return made

    def refuse(self, phones: Collection[str]) -> None:
        """So many and no others must not be called from now on."""
        self.store.do_not_call.remove("acme", [ANN, BOB, CEM])
        self.store.do_not_call.add("acme", list(phones))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made, tokens = Desk(Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text, now=lambda: NOW)), \
        itertools.count(1)

    def connect(profile: Profile) -> Provider:
        assert profile.api_key is not None
        return Provider(profile.base_url, profile.api_key, transport=httpx.MockTransport(made.answered))

    made.services = Services(made.store, StoreThread(), Profile("acme", KEY, base_url="http://127.0.0.1:1"), connect,
                             AskedBy.APP, now=lambda: NOW, new_token=lambda: f"token-of-launch-number-{next(tokens)}")
    yield made
    made.services.thread.close()
    made.store.close()


async def repeats(desk: Desk, second: int, first: int) -> bool:
    """Whether the second draft is known for a twin of the first: by the look at it, and by the launch that follows."""
    ready = await prepare(desk.services, second)
    posts = desk.posts
    if ready.earlier is None:
        await launch(desk.services, ready)
        assert desk.posts == posts + 1
        return False
    assert ready.earlier.campaign.id == first
    assert "campaign.problem.twin_created" in [problem.code for problem in ready.problems]
    with pytest.raises(AlreadyLaunched):
        await launch(desk.services, ready)
    assert desk.posts == posts
    assert desk.store.campaigns.get(second).state is State.DRAFT
    return True


@pytest.mark.parametrize(("before", "since"), [
    ((), (ANN,)), ((ANN,), ()), ((ANN,), (ANN,)), ((ANN,), (BOB,)), ((ANN,), (ANN, BOB)), ((ANN, BOB), (BOB,)),
])
async def test_the_same_list_is_a_twin_whoever_is_left_out_of_it(
        desk: Desk, before: tuple[str, ...], since: tuple[str, ...]) -> None:
    first, second = desk.draft(ANN, BOB, CEM), desk.draft(ANN, BOB, CEM)
    desk.refuse(before)
    await launch(desk.services, await prepare(desk.services, first))
    desk.refuse(since)
    assert await repeats(desk, second, first)


@pytest.mark.parametrize("since", [(), (BOB,)])
async def test_a_copy_of_what_was_sent_is_a_twin(desk: Desk, since: tuple[str, ...]) -> None:
    """Its list has lost those who were left out."""
    first = desk.draft(ANN, BOB, CEM)
    desk.refuse([ANN])
    await launch(desk.services, await prepare(desk.services, first))
    desk.refuse([ANN, *since])
    assert await repeats(desk, desk.store.drafts.copy(first, numbers=True), first)


async def test_who_sends_to_all_that_another_asked_for_repeats_it(desk: Desk) -> None:
    first, second = desk.draft(BOB, CEM), desk.draft(ANN, BOB, CEM)
    await launch(desk.services, await prepare(desk.services, first))
    desk.refuse([ANN])
    assert await repeats(desk, second, first)


async def test_another_list_is_no_twin(desk: Desk) -> None:
    first, second = desk.draft(ANN, BOB), desk.draft(BOB, CEM)
    desk.refuse([ANN])
    await launch(desk.services, await prepare(desk.services, first))
    assert not await repeats(desk, second, first)


PEOPLE = st.sampled_from([(ANN, BOB, CEM), (ANN, BOB), (BOB, CEM)])
REFUSED = st.sets(st.sampled_from([ANN, CEM]))


@pytest.mark.long
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=PEOPLE, other=PEOPLE, before=REFUSED, since=REFUSED)
async def test_what_asks_for_or_sends_the_same_is_the_same(
        desk: Desk, one: tuple[str, ...], other: tuple[str, ...], before: set[str], since: set[str]) -> None:
    sent = [tuple(phone for phone in recipients if phone not in refused)
            for recipients, refused in ((one, before), (other, since))]
    first, second = desk.draft(*one), desk.draft(*other)
    desk.refuse(before)
    await launch(desk.services, await prepare(desk.services, first))
    desk.refuse(since)
    same = one == other or sent[0] in (other, sent[1]) or sent[1] == one
    assert await repeats(desk, second, first) is same
    for campaign in (first, second):
        if desk.store.campaigns.get(campaign).state is State.ON:
            desk.store.switches.done(desk.store.switches.begin(campaign, Action.DELETE, AskedBy.APP))
