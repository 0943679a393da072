"""A number that is called once for each phrase: what is asked for, sent, counted and told of it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.campaign.sentences import said
from tests.screens.conftest import on_the_wire
from tui.bootstrap import sort_text
from tui.campaign.fields import KEEP_REPEATS
from tui.campaign.lifecycle import AskedBy, Created, State
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import Number
from tui.campaign.rules import Problem, Weight, multiplies
from tui.config import Profile
from tui.core.secret import Secret
from tui.i18n import words
from tui.i18n.words import folded
from tui.operations import launch_request
from tui.operations.launch import launch
from tui.operations.launch_request import Ready, prepare, whole
from tui.operations.left_out import Overrides
from tui.operations.phone_list import validated
from tui.operations.services import NotPossible, Services
from tui.operations.switching_on import ahead_of, finished_among
from tui.provider.client import Provider
from tui.screens.results_headline import outlook
from tui.store import Changed, Store, StoreThread
from tui.store.recipients import NO_REPEATED_CALLS, RepeatedCalls
from tui.text.campaign import review_lines
from tui.text.schedule import estimate_lines

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
FIELDS = {"call_type": "ivr", "name": "Tahsilat", "cli": "902129630131", "welcome_announcement_id": "128",
          "digit_target_1": "announcement/421", "time_range_begin": "00:00", "time_range_end": "23:59",
          "call_retries": "0"}
ANN, BOB = "905321234567", "905321234568"
ROWS = (Number(ANN, "#1"), Number(BOB), Number(ANN, " #1 ", "tr-TR"), Number(ANN, "#2"), Number(BOB, "#2"),
        Number(ANN, "#1", "en-US"))
SENT = [{"phone": ANN, "phrase": "#1"}, {"phone": BOB}, {"phone": ANN, "phrase": "#2"}, {"phone": BOB, "phrase": "#2"},
        {"phone": ANN, "phrase": "#1", "lang": "en-US"}]


@dataclass
class Desk:
    store: Store
    services: Services = field(init=False)
    bodies: list[bytes] = field(default_factory=list)

    def answered(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(request.content)
        return on_the_wire(httpx.Response(200, text=str(20_211 + len(self.bodies))))

    def draft(self, *, keeps: bool = True, rows: tuple[Number, ...] = ROWS) -> int:
        made = self.store.drafts.create("acme", FIELDS | ({KEEP_REPEATS: "true"} if keeps else {}))
        self.store.numbers.add(made, validated(rows))
        return made

    async def ready(self, draft: int) -> Ready:
        return await prepare(self.services, draft)


@pytest.fixture(params=[1, 2, 1_000])
def desk(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Whose list is read so many rows at a time."""
    monkeypatch.setattr(launch_request, "_ROWS_AT_ONCE", request.param)
    words.use("en")
    made, tokens = Desk(Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text, now=lambda: NOW)), \
        itertools.count(1)

    def connect(profile: Profile) -> Provider:
        assert profile.api_key is not None
        return Provider(profile.base_url, profile.api_key, transport=httpx.MockTransport(made.answered))

    made.services = Services(made.store, StoreThread(), Profile("acme", Secret("K9-key"), base_url="http://127.0.0.1:1"),
                             connect, AskedBy.APP, now=lambda: NOW, new_token=lambda: f"token-of-launch-{next(tokens)}")
    yield made
    made.services.thread.close()
    made.store.close()


def told(problems: list[Problem]) -> dict[str, dict[str, object]]:
    return {problem.code.rpartition(".")[2]: dict(problem.reason.params) for problem in problems
            if problem.weight is Weight.WARNING}


async def test_a_launch_sends_each_row_that_says_something_else(desk: Desk) -> None:
    draft = desk.draft()
    ready = await desk.ready(draft)
    assert (ready.recipients, ready.rows, ready.again) == (2, 5, RepeatedCalls(rows=3, numbers=2, phrased=3))
    assert (ready.duplicates, ready.with_phrase) == (1, 4)
    assert ready.request is not None
    assert (ready.request.recipients, ready.request.rows) == (2, 5)
    assert (await whole(desk.services, ready))["phone_list"] == SENT
    assert await launch(desk.services, ready) == Created(20_212)
    (body,) = desk.bodies
    assert json.loads(body)["phone_list"] == SENT
    assert KEEP_REPEATS not in body.decode()
    campaign = desk.store.campaigns.get(draft)
    assert (campaign.called_again, campaign.callable_numbers) == (3, 2)
    (launched,) = [entry.numbers for entry in desk.store.history(draft) if entry.numbers is not None]
    assert launched == 2


async def test_it_is_told_and_asked_for_by_typing(desk: Desk) -> None:
    ready = await desk.ready(desk.draft())
    warned = told(ready.problems)
    assert warned["called_again"] == {"count": 2, "calls": 3}
    assert warned["said_before"] == {"count": 1}
    assert "duplicates" not in warned
    assert multiplies(problem.code for problem in ready.problems)
    lines = review_lines(ready.draft, ready.recipients, ready.duplicates, NOW, with_phrase=ready.with_phrase,
                         again=ready.again.rows)
    assert "2 numbers will be called" in lines[0]
    assert any("3 more calls" in line for line in lines)
    assert any("the phrase in their row, or" in line for line in lines)


async def test_without_the_choice_nothing_of_it_is_told_or_sent(desk: Desk) -> None:
    ready = await desk.ready(desk.draft(keeps=False))
    assert (ready.recipients, ready.rows, ready.again, ready.duplicates) == (2, 2, NO_REPEATED_CALLS, 4)
    assert told(ready.problems)["duplicates"] == {"count": 4}
    assert not multiplies(problem.code for problem in ready.problems)


async def test_exact_repetitions_are_no_reason_to_type(desk: Desk) -> None:
    ready = await desk.ready(desk.draft(rows=(Number(ANN, "#1"), Number(ANN, "#1"), Number(BOB))))
    assert (ready.recipients, ready.rows, ready.duplicates) == (2, 2, 1)
    assert not multiplies(problem.code for problem in ready.problems)


@pytest.mark.parametrize(("refused", "recipients", "again", "duplicates"), [
    (ANN, 1, RepeatedCalls(1, 1, 1), 0), (BOB, 1, RepeatedCalls(2, 1, 2), 1),
])
async def test_every_row_of_a_refused_number_is_left_out(
        desk: Desk, refused: str, recipients: int, again: RepeatedCalls, duplicates: int) -> None:
    desk.store.do_not_call.add("acme", [refused])
    draft = desk.draft()
    ready = await desk.ready(draft)
    assert (ready.recipients, ready.again, ready.duplicates) == (recipients, again, duplicates)
    assert ready.left_out.refusals.recipients == 1
    await launch(desk.services, ready)
    assert json.loads(desk.bodies[0])["phone_list"] == [row for row in SENT if row["phone"] != refused]
    assert desk.store.campaigns.get(draft).called_again == again.rows
    everybody = await prepare(desk.services, desk.draft(), overrides=Overrides(with_do_not_call=True))
    assert (everybody.recipients, everybody.rows) == (2, 5)


async def test_more_calls_than_were_confirmed_are_not_made_though_the_numbers_are_no_more(desk: Desk) -> None:
    """Whoever has one row came on the do-not-call list, and whoever has three off it."""
    desk.store.do_not_call.add("acme", [ANN])
    ready = await desk.ready(desk.draft())
    desk.store.do_not_call.remove("acme", [ANN])
    desk.store.do_not_call.add("acme", [BOB])
    with pytest.raises(NotPossible) as refused:
        await launch(desk.services, ready)
    assert refused.value.reason.code == "operations.launch.more_calls"
    assert dict(refused.value.reason.params) == {"count": 3, "before": 2}
    assert all("3" in sentence for sentence in said(refused.value.reason).values())
    assert desk.bodies == []


async def test_a_choice_that_is_taken_back_after_the_look_is_a_changed_draft(desk: Desk) -> None:
    draft = desk.draft()
    ready = await desk.ready(draft)
    desk.store.drafts.change(draft, {KEEP_REPEATS: ""})
    with pytest.raises(Changed):
        await launch(desk.services, ready)
    assert desk.bodies == []


async def test_with_and_without_they_are_two_requests(desk: Desk) -> None:
    kept, once = await desk.ready(desk.draft()), await desk.ready(desk.draft(keeps=False))
    assert kept.request is not None
    assert once.request is not None
    assert kept.request.hash != once.request.hash
    await launch(desk.services, once)
    assert (await desk.ready(kept.campaign.id)).earlier is None
    await launch(desk.services, kept)
    twin = (await desk.ready(desk.store.drafts.copy(kept.campaign.id, numbers=True))).earlier
    assert twin is not None
    assert twin.campaign.id == kept.campaign.id


async def test_an_estimate_goes_by_rows(desk: Desk) -> None:
    ready = await desk.ready(desk.draft())
    (line, _assumed) = estimate_lines(ready.draft, ready.recipients, NOW, {}, again=ready.again.rows)
    assert line.startswith("5 rows of the list:")
    (alone, _assumed) = estimate_lines(ParsedDraft(FIELDS), 5, NOW, {})
    assert alone.removeprefix("5 numbers") == line.removeprefix("5 rows of the list")


async def test_a_premium_number_is_counted_once(desk: Desk) -> None:
    rows = (Number("09001234567", "#1"), Number("09001234567", "#2"))
    ready = await desk.ready(desk.draft(rows=rows))
    assert told(ready.problems)["premium"] == {"count": 1}


async def test_one_that_is_on_is_never_finished_by_its_results(desk: Desk) -> None:
    draft = desk.draft()
    await launch(desk.services, await desk.ready(draft))
    campaign = desk.store.campaigns.get(draft)
    assert campaign.state is State.ON
    assert finished_among(desk.store, [campaign], NOW) == frozenset()
    (ahead,) = ahead_of(desk.store, [campaign], NOW)
    assert ahead.left == 2
    over = NOW + dt.timedelta(days=2)
    assert "isn't known" in outlook(campaign, desk.store.results.totals(draft), over)
