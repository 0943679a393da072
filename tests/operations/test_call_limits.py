"""A limit per person: who would be called too often or too soon is left out of a launch, and of two at once."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.operations.test_launch import KEY, Desk
from tui.bootstrap import sort_text
from tui.campaign.call_limit import CallLimit
from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import AskedBy, Created, NotSent, State, Unconfirmed
from tui.campaign.phone_list import Number
from tui.campaign.reach import CountedAs
from tui.campaign.results import CallRecord
from tui.campaign.rules import Weight
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n.words import folded
from tui.operations.launch import Upload, launch
from tui.operations.launch_request import Ready, prepare
from tui.operations.left_out import Overrides
from tui.operations.phone_list import validated
from tui.operations.services import NotPossible, Services
from tui.operations.trial_call import launch_test, plan_test, trial_draft
from tui.provider.client import Provider
from tui.store import Store, StoreThread
from tui.store.errors import LaunchedMeanwhile

NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)
DRAFT = {"call_type": "queue", "name": "Anket", "queue_number": "201", "thread_multiplier": "1", "call_retries": "0",
         "active_days": "1,2,3,4,5,6,7", "cli": "902129630131"}
ONE, TWO, THREE = "905321234567", "905321234568", "905321234569"


class Clocked(Desk):
    """A desk whose clock a test turns."""

    now = NOW

    def draft(self, *phones: str, **more: str) -> int:
        made = self.store.drafts.create("acme", {**DRAFT, **more})
        self.store.numbers.add(made, validated(Number(phone) for phone in phones))
        return made

    async def called(self, *phones: str, **more: str) -> int:
        """A campaign that is launched with these numbers now."""
        made = self.draft(*phones, **more)
        everybody = Overrides(over_limit=True)
        assert isinstance(await launch(self.services, await prepare(self.services, made, overrides=everybody)), Created)
        return made

    def sent(self) -> list[list[str]]:
        """The numbers of each request."""
        return [[row["phone"] for row in json.loads(request)[PHONE_LIST]] for request in self.requests]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Clocked]:
    tokens, ids = itertools.count(1), itertools.count(20_000)
    store = Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text, now=lambda: made.now)
    made = Clocked(store, answer=lambda _: httpx.Response(200, text=str(next(ids))))

    def connect(profile: Profile) -> Provider:
        assert profile.api_key is not None
        return Provider(profile.base_url, profile.api_key, transport=httpx.MockTransport(made.answered))

    profile = Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1", most_calls=CallLimit(2, 7))
    made.services = Services(store, StoreThread(), profile, connect, AskedBy.APP, now=lambda: made.now,
                             new_token=lambda: f"token-of-launch-number-{next(tokens)}")
    yield made
    made.services.thread.close()
    store.close()


def limited(desk: Desk, **settings: Any) -> None:  # noqa: ANN401 - of any setting
    desk.services.profile = replace(desk.services.profile, **settings)


def found(ready: Ready) -> list[tuple[str, Weight]]:
    return [(problem.code, problem.weight) for problem in ready.problems if problem.code.startswith("campaign.problem.")
            and ("left_out" in problem.code or "called_all" in problem.code or "most_calls" in problem.code)]


async def test_who_would_be_called_too_often_is_left_out_counted_and_dropped_with_the_reason(desk: Clocked) -> None:
    await desk.called(ONE, TWO)
    await desk.called(ONE, name="Öteki")
    made = desk.draft(ONE, TWO, THREE)
    ready = await prepare(desk.services, made)
    assert found(ready) == [("campaign.problem.left_out", Weight.WARNING)]
    assert (ready.left_out.refusals[CountedAs.LIMIT], ready.recipients) == (1, 2)
    upload = Upload()
    assert isinstance(await launch(desk.services, ready, upload), Created)
    assert desk.sent()[-1] == [TWO, THREE]
    assert upload.left_out[CountedAs.LIMIT] == 1
    assert [(row.phone, row.why) for row in desk.store.numbers.each_dropped(made)] == [
        (ONE, Reason("store.suppressed.too_often", {"calls": 2, "count": 7}))]


async def test_retries_count_as_if_each_were_made(desk: Clocked) -> None:
    await desk.called(ONE, call_retries="1")
    assert (await prepare(desk.services, desk.draft(ONE, TWO))).left_out.refusals[CountedAs.LIMIT] == 1
    more = await prepare(desk.services, desk.draft(TWO, THREE, call_retries="2"))
    assert found(more) == [("campaign.problem.all_left_out", Weight.ERROR),
                           ("campaign.problem.more_than_most_calls", Weight.ERROR)]


async def test_another_campaign_calls_nobody_for_some_days(desk: Clocked) -> None:
    limited(desk, most_calls=None, quiet_days=2)
    await desk.called(ONE)
    desk.now = NOW + dt.timedelta(days=1)
    ready = await prepare(desk.services, desk.draft(ONE, TWO))
    assert ready.left_out.refusals[CountedAs.LIMIT] == 1
    desk.now = NOW + dt.timedelta(days=4)
    assert (await prepare(desk.services, desk.draft(ONE, TWO))).left_out.refusals.recipients == 0


async def test_a_person_may_have_them_called_all_the_same_and_nobody_who_said_no(desk: Clocked) -> None:
    limited(desk, most_calls=CallLimit(1, 7))
    await desk.called(ONE)
    desk.store.do_not_call.add("acme", [TWO])
    made = desk.draft(ONE, TWO, THREE)
    ready = await prepare(desk.services, made, overrides=Overrides(over_limit=True))
    assert found(ready) == [("campaign.problem.left_out", Weight.WARNING),
                            ("campaign.problem.called_all_the_same", Weight.WARNING)]
    assert isinstance(await launch(desk.services, ready), Created)
    assert desk.sent()[-1] == [ONE, THREE]


async def test_who_is_called_though_they_said_no_is_not_called_too_often(desk: Clocked) -> None:
    limited(desk, most_calls=CallLimit(1, 7))
    await desk.called(ONE)
    desk.store.do_not_call.add("acme", [ONE, TWO])
    ready = await prepare(desk.services, desk.draft(ONE, TWO, THREE), overrides=Overrides(with_do_not_call=True))
    assert isinstance(await launch(desk.services, ready), Created)
    assert desk.sent()[-1] == [TWO, THREE]


async def test_a_launch_in_between_is_seen_by_the_ledger_and_looked_up_once_more(
        desk: Clocked, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(desk, most_calls=CallLimit(1, 7))
    made, other = desk.draft(ONE, TWO), desk.draft(ONE, THREE, name="Öteki")
    ready, theirs = await prepare(desk.services, made), await prepare(desk.services, other)
    assert (ready.recipients, theirs.recipients) == (2, 2)
    begin, refused = desk.store.ledger.begin, list[str]()

    def after_another(campaign: int, **asked: Any) -> int:  # noqa: ANN401 - as it is asked
        """Another operator's launch begins while ours is looking who may be called."""
        if campaign == made and not refused:
            refused.append("")
            begin(other, revision=theirs.campaign.revision, token="another", body_hash="another", numbers=2,
                  asked_by=AskedBy.APP, newest=theirs.left_out.newest)
            with pytest.raises(LaunchedMeanwhile) as failure:
                begin(campaign, **asked)
            raise failure.value
        return begin(campaign, **asked)

    monkeypatch.setattr(desk.store.ledger, "begin", after_another)
    upload = Upload()
    assert isinstance(await launch(desk.services, ready, upload), Created)
    assert desk.sent() == [[TWO]]
    assert upload.left_out[CountedAs.LIMIT] == 1


def _added_by_its_id(desk: Clocked, _: int) -> None:
    made = desk.store.campaigns.track_foreign("acme", 777, "Elle", State.ON)
    desk.store.records.merge(made, [CallRecord(ONE, "Meşgul", NOW, NOW, 0, "uuid-1")])


def _lost_answer(desk: Clocked, launch: int) -> None:
    desk.store.ledger.resolve(launch, Created(778))


@pytest.mark.parametrize("found_meanwhile", [_added_by_its_id, _lost_answer])
async def test_a_campaign_that_is_found_in_between_is_seen_by_the_ledger_and_looked_up_once_more(
        desk: Clocked, monkeypatch: pytest.MonkeyPatch, found_meanwhile: Callable[[Clocked, int], None]) -> None:
    limited(desk, most_calls=CallLimit(1, 7))
    lost = desk.draft(ONE, name="Kayıp")
    launch_of_lost = desk.store.ledger.begin(lost, revision=desk.store.campaigns.get(lost).revision, token="lost",
                                             body_hash="lost", numbers=1, asked_by=AskedBy.APP)
    desk.store.ledger.resolve(launch_of_lost, Unconfirmed(Reason("provider.unconfirmed.timeout", {})))
    desk.store.ledger.not_created(lost)
    made = desk.draft(ONE, TWO)
    ready = await prepare(desk.services, made)
    assert ready.recipients == 2
    begin, refused = desk.store.ledger.begin, list[str]()

    def after_it_is_found(campaign: int, **asked: Any) -> int:  # noqa: ANN401 - as it is asked
        if not refused:
            refused.append("")
            found_meanwhile(desk, launch_of_lost)
            with pytest.raises(LaunchedMeanwhile) as failure:
                begin(campaign, **asked)
            raise failure.value
        return begin(campaign, **asked)

    monkeypatch.setattr(desk.store.ledger, "begin", after_it_is_found)
    upload = Upload()
    assert isinstance(await launch(desk.services, ready, upload), Created)
    assert desk.sent() == [[TWO]]
    assert upload.left_out[CountedAs.LIMIT] == 1


async def test_of_two_launches_at_once_one_alone_calls_whom_both_have(desk: Clocked) -> None:
    limited(desk, most_calls=CallLimit(1, 7))
    drafts = desk.draft(ONE, TWO), desk.draft(ONE, THREE, name="Öteki")
    looked = [await prepare(desk.services, draft) for draft in drafts]
    outcomes = await asyncio.gather(*(launch(desk.services, ready) for ready in looked))
    assert all(isinstance(outcome, Created) for outcome in outcomes)
    assert sorted(itertools.chain.from_iterable(desk.sent())) == [ONE, TWO, THREE]


async def test_where_a_launch_in_between_leaves_nobody_nothing_is_sent(desk: Clocked) -> None:
    limited(desk, most_calls=CallLimit(1, 7))
    made = desk.draft(ONE)
    ready = await prepare(desk.services, made)
    await desk.called(ONE, name="Öteki")
    with pytest.raises(NotPossible):
        await launch(desk.services, ready)
    assert (len(desk.requests), desk.store.campaigns.get(made).state) == (1, State.DRAFT)


async def test_a_launch_that_is_given_up_in_between_is_not_sent(desk: Clocked, monkeypatch: pytest.MonkeyPatch) -> None:
    made = desk.draft(ONE)
    ready = await prepare(desk.services, made)
    begin = desk.store.ledger.begin
    held = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(*campaign: int, **asked: Any) -> int:  # noqa: ANN401 - as it is asked
        loop.call_soon_threadsafe(held.set)
        return begin(*campaign, **asked)

    monkeypatch.setattr(desk.store.ledger, "begin", slow)
    launching = asyncio.ensure_future(launch(desk.services, ready))
    await held.wait()
    launching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await launching
    assert desk.requests == []
    assert desk.store.campaigns.get(made).state is State.DRAFT
    assert isinstance(desk.store.ledger.became(1), NotSent)


async def test_test_calls_to_ones_own_number_count_for_nothing(desk: Clocked) -> None:
    limited(desk, most_calls=CallLimit(1, 7), test_number=ONE)
    made = desk.draft(ONE, TWO)
    for _ in range(2):
        planned = await plan_test(desk.services, made)
        assert isinstance(await launch_test(desk.services, await trial_draft(desk.services, planned, ONE)), Created)
    assert (await prepare(desk.services, desk.draft(ONE, TWO))).left_out.refusals.recipients == 0
