"""A campaign in the place of one that runs: each step, and what is in its way."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from tests.operations.resulting import nobody, noting_thread
from tests.provider.doubles import FakeClock
from tests.screens.conftest import on_the_wire
from tests.store.results import begun, delivered, phone, told
from tests.store.support import good, open_store
from tui.campaign.call_limit import CallLimit
from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent, State
from tui.campaign.reach import CountedAs
from tui.campaign.results import Ping, Unreadable
from tui.campaign.rules import Weight
from tui.campaign.succession import KnownFrom, Step
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.operations.launch import launch
from tui.operations.launch_request import prepare
from tui.operations.services import NotPossible, Services
from tui.operations.succession import (
    begin_succession,
    delete_former,
    give_up,
    know,
    know_from_records,
    look,
    make_successor,
    switch_former_off,
    take_for_known,
)
from tui.operations.switch import SwitchResult, switch
from tui.provider.client import Provider
from tui.provider.errors import ProviderError
from tui.store import (
    Changed,
    HasSuccessor,
    NoSuccession,
    Store,
    StoreThread,
    SuccessorUnfit,
    WrongState,
)
from tui.store.dropping import Dropping
from tui.store.successions import Successions

KEY = "K98765432-1234-5678-4321-123456789012"
NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)  # noon in Istanbul
FIELDS = {"call_type": "ivr", "name": "Anket", "cli": "902129630131", "call_retries": "2",
          "welcome_announcement_id": "128", "digit_target_1": "announcement/421", "ring_timeout": "30",
          "active_days": "1,2,3,4,5,6,7", "time_range_begin": "09:00", "time_range_end": "18:00"}
FORMER_ID, QUIET = 20_212, dt.timedelta(seconds=30 + 180)


@dataclass
class Desk:
    """A campaign of five numbers that is on, with its results coming in, and a provider that does what it is asked."""

    services: Services
    clock: list[dt.datetime]
    former: int = 0
    asked: list[str] = field(default_factory=list)
    at_provider: dict[int, bool] = field(default_factory=lambda: {FORMER_ID: True})
    answers: list[httpx.Response | Exception] = field(default_factory=list)  # before which it does nothing
    records: list[dict[str, str]] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return self.services.store

    def answer(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        self.asked.append(f"{request.method} {request.url.path}")
        if self.answers:
            found = self.answers.pop(0)
            if isinstance(found, Exception):
                raise found
            return on_the_wire(found)
        if request.url.path == "/cdrs":
            return on_the_wire(httpx.Response(200, json={"cdrs": self.records, "pagination": {
                "page": 1, "total_count": len(self.records), "total_pages": 1, "limit": 100}}))
        if request.method == "POST":
            made = max(self.at_provider, default=FORMER_ID) + 1
            self.at_provider[made] = True
            return on_the_wire(httpx.Response(200, text=str(made)))
        campaign = int(request.url.path.rpartition("/")[2])
        if request.method == "DELETE":
            del self.at_provider[campaign]
        else:
            self.at_provider[campaign] = b"status=on" in body
        return on_the_wire(httpx.Response(200, text="OK"))

    def passes(self, time: dt.timedelta) -> None:
        self.clock[0] += time

    def beats(self, since: dt.datetime = NOW - dt.timedelta(days=1), waiting: int = 0) -> None:
        self.store.receivers.beat("r", address="here", started_at=since, received_last_minute=0, waiting=waiting)

    def hears(self, number: int | str, status: str = "Cevaplandı", digit: str = "") -> None:
        what = told(number, status, digit, minute=0)
        self.store.deliveries.ingest([delivered(what)])

    def hears_what_it_cannot_read(self) -> None:
        self.store.deliveries.ingest([delivered(Unreadable(b"?", Reason("receiver.no_id")))])

    async def comes_to_know(self) -> None:
        """Begun, switched off, waited for; what is known of it is found out next."""
        await begin_succession(self.services, self.former)
        await switch_former_off(self.services, self.former)
        self.passes(QUIET)
        self.beats()
        assert (await look(self.services, self.former)).step is Step.KNOW

    async def draft(self) -> int:
        await self.comes_to_know()
        await know(self.services, self.former)
        return (await make_successor(self.services, self.former, {"max_thread_count": "5"})).id

    def phones(self, campaign: int) -> list[str | None]:
        return [row.phone for row in self.store.numbers.page(campaign, 0, 100)]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    clock = [NOW - dt.timedelta(hours=6)]
    store = open_store(tmp_path / "santral.db", lambda: clock[0])
    services = Services(store, StoreThread(), Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1"),
                        nobody, AskedBy.APP, now=lambda: clock[0], public_url="https://hook.example.com/santral")
    made = Desk(services, clock)
    services.connect = lambda profile: Provider(
        profile.base_url, Secret(KEY), transport=httpx.MockTransport(made.answer), clock=FakeClock(),
        jitter=lambda: 0.0)
    made.former = store.drafts.create("acme", FIELDS)
    store.numbers.add(made.former, [good(phone(number), f"#456 kişi{number}") for number in range(1, 6)])
    store.ledger.resolve(begun(store, made.former), Created(FORMER_ID))
    store.deliveries.ingest([delivered(Ping())])
    clock[0] = NOW
    made.beats()
    # 1 answered, 2 was called three times in vain, 3 once, 4 is no number, 5 was never called
    for number, status in ((1, "Cevaplandı"), (2, "Meşgul"), (2, "Meşgul"), (2, "Cevapsız"), (3, "Meşgul"),
                           (4, "Hatalı Numara")):
        made.hears(number, status)
    yield made
    await services.disconnect()
    services.thread.close()
    store.close()


async def test_from_the_first_step_to_the_last(desk: Desk) -> None:
    services, former = desk.services, desk.former
    assert (await look(services, former)).step is Step.SWITCH_OFF
    assert (await begin_succession(services, former)).step is Step.SWITCH_OFF
    off = await switch_former_off(services, former)
    assert (off.step, off.quiet_at) == (Step.WAIT, NOW + QUIET)
    with pytest.raises(SuccessorUnfit):
        await make_successor(services, former)
    desk.passes(QUIET - dt.timedelta(seconds=1))
    assert (await look(services, former)).step is Step.WAIT
    desk.passes(dt.timedelta(seconds=1))
    desk.beats()
    assert (await look(services, former)).step is Step.KNOW
    assert (await know(services, former)).step is Step.MAKE_DRAFT
    draft = await make_successor(services, former, {"max_thread_count": "5"})
    assert (desk.phones(draft.id), draft.replaces) == ([phone(3), phone(5)], former)
    assert draft.fields == {**FIELDS, "max_thread_count": "5"}
    assert [row.phrase for row in desk.store.numbers.page(draft.id, 0, 9)] == ["#456 kişi3", "#456 kişi5"]
    assert (await look(services, former)).step is Step.LAUNCH
    assert await launch(services, await prepare(services, draft.id)) == Created(FORMER_ID + 1)
    assert (await look(services, former)).step is Step.DELETE
    assert await delete_former(services, draft.id) is SwitchResult.DELETE
    assert (await look(services, former)).step is Step.DONE
    assert desk.at_provider == {FORMER_ID + 1: True}
    assert [each for each in desk.asked if "ivr" in each] == [
        f"PATCH /ivr_campaigns/{FORMER_ID}", "POST /ivr_campaigns.json", f"DELETE /ivr_campaigns/{FORMER_ID}"]


async def test_what_reads_or_fills_a_whole_list_keeps_nothing_waiting_at_the_store(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: dict[str, str] = {}
    for home, name in ((Successions, "make_draft"), (Successions, "reached"), (Dropping, "drop_marked")):
        monkeypatch.setattr(home, name, noting_thread(threads, name, getattr(home, name)))
    successor = await desk.draft()
    desk.hears(3)
    await prepare(desk.services, successor)
    assert desk.phones(successor) == [phone(5)]
    assert threads.keys() == {"make_draft", "reached", "drop_marked"}
    assert not [thread for thread in threads.values() if thread.startswith("store")]


async def test_between_both_lives_nothing_has_to_be_quiet_and_calls_of_both_count(desk: Desk) -> None:
    """Of the former one's retries nothing counts: it calls nobody any more. 3 was called once, 5 never."""
    desk.services.profile = dataclasses.replace(desk.services.profile, quiet_days=365, most_calls=CallLimit(3, 365))
    successor = await desk.draft()
    ready = await prepare(desk.services, successor)
    assert [row.phone for row in desk.store.numbers.each(successor)] == [phone(3), phone(5)]
    assert (ready.recipients, ready.left_out.refusals[CountedAs.LIMIT]) == (1, 1)


async def test_what_is_remembered_as_off_is_switched_off_once_more(desk: Desk) -> None:
    """It may have been switched on in the provider's web panel."""
    await switch(desk.services, desk.former, Action.OFF)
    desk.passes(dt.timedelta(hours=1))
    desk.at_provider[FORMER_ID] = True
    assert (await begin_succession(desk.services, desk.former)).step is Step.SWITCH_OFF
    await switch_former_off(desk.services, desk.former)
    assert desk.at_provider == {FORMER_ID: False}


async def test_an_unknown_outcome_of_the_switch_stays_there(desk: Desk) -> None:
    await begin_succession(desk.services, desk.former)
    desk.answers = [httpx.ReadError("cut")] * 9
    with pytest.raises(ProviderError):
        await switch_former_off(desk.services, desk.former)
    desk.answers = []
    desk.passes(dt.timedelta(hours=1))
    assert (await look(desk.services, desk.former)).step is Step.SWITCH_OFF
    await switch_former_off(desk.services, desk.former)
    assert (await look(desk.services, desk.former)).step is Step.WAIT


async def test_a_late_result_keeps_it_waiting(desk: Desk) -> None:
    await begin_succession(desk.services, desk.former)
    await switch_former_off(desk.services, desk.former)
    desk.passes(QUIET)
    desk.store.deliveries.ingest([replace(delivered(told(3)), received_at=desk.clock[0])])
    found = await look(desk.services, desk.former)
    assert (found.step, found.quiet_at) == (Step.WAIT, desk.clock[0] + dt.timedelta(minutes=1))


UNKNOWN: dict[str, tuple[Callable[[Desk], None], str]] = {
    "no receiver": (lambda desk: desk.passes(dt.timedelta(minutes=5)), "operations.succession.no_receiver"),
    "a receiver that came later": (lambda desk: desk.beats(NOW), "operations.succession.gap"),
    "results that wait": (lambda desk: desk.beats(waiting=3), "operations.succession.waiting"),
    "a number that is not in the list": (lambda desk: desk.hears(77), "operations.succession.unlisted"),
    "a body that can't be read": (lambda desk: desk.hears_what_it_cannot_read(), "operations.succession.unreadable"),
}


@pytest.mark.parametrize("why", UNKNOWN)
async def test_where_results_may_be_missing_nobody_is_called_until_a_person_says_so(desk: Desk, why: str) -> None:
    await desk.comes_to_know()
    happens, code = UNKNOWN[why]
    happens(desk)
    with pytest.raises(NotPossible) as refused:
        await know(desk.services, desk.former)
    assert refused.value.reason.code == code
    with pytest.raises(SuccessorUnfit):
        await make_successor(desk.services, desk.former)
    assert (await look(desk.services, desk.former)).step is Step.KNOW
    assert (await take_for_known(desk.services, desk.former)).step is Step.MAKE_DRAFT
    made = await make_successor(desk.services, desk.former)
    assert desk.phones(made.id) == [phone(3), phone(5)]


async def test_a_webhook_of_its_own_brings_nothing_here(desk: Desk) -> None:
    other = desk.store.drafts.create("acme", {**FIELDS, "webhook_url": "https://elsewhere.example.com/x"})
    desk.store.numbers.add(other, [good(phone(1))])
    desk.store.ledger.resolve(begun(desk.store, other, "other"), Created(FORMER_ID + 5))
    desk.at_provider[FORMER_ID + 5] = True
    await begin_succession(desk.services, other)
    await switch_former_off(desk.services, other)
    desk.passes(QUIET)
    desk.beats()
    with pytest.raises(NotPossible, match="elsewhere"):
        await know(desk.services, other)


def record(number: int, result: str = "Cevapsız", minute: int = 0) -> dict[str, str]:
    at = NOW + dt.timedelta(minutes=minute)
    return {"start_stamp": f"{at:%Y-%m-%d %H:%M:%S +0000}", "direction": "Giden (IVR)",
            "caller_id_number": "902129630131", "destination_number": phone(number), "duration": "00:00:30",
            "talk_duration": "00:00:10", "queue": "", "result": result, "call_uuid": f"u{number}-{minute}"}


async def no_time(_seconds: float) -> None:
    """The limit has room again."""


async def test_the_call_records_say_whom_it_has_reached(desk: Desk) -> None:
    other = desk.store.drafts.create("acme", FIELDS)
    desk.store.numbers.add(other, [good(phone(number)) for number in (11, 12, 13)])
    desk.store.ledger.resolve(begun(desk.store, other, "other"), Created(FORMER_ID + 5))
    desk.at_provider[FORMER_ID + 5] = True
    await begin_succession(desk.services, other)
    await switch_former_off(desk.services, other)
    desk.passes(QUIET)
    desk.beats()
    with pytest.raises(NotPossible):
        await know(desk.services, other)
    with pytest.raises(NotPossible) as refused:
        await know_from_records(desk.services, other, lambda _: None, sleep=no_time)
    assert refused.value.reason.code == "operations.succession.records_empty"
    desk.records = [record(11, "Cevaplandı"), record(12, minute=1)]
    found = await know_from_records(desk.services, other, lambda _: None, sleep=no_time)
    assert (found.step, found.succession and found.succession.known_from) == (Step.MAKE_DRAFT, KnownFrom.RECORDS)
    assert desk.phones((await make_successor(desk.services, other)).id) == [phone(12), phone(13)]


async def test_records_that_lack_a_call_of_which_a_result_came_say_nothing(desk: Desk) -> None:
    await desk.comes_to_know()
    desk.passes(dt.timedelta(minutes=5))
    desk.records = [record(5, "Cevaplandı")]
    with pytest.raises(NotPossible) as refused:
        await know_from_records(desk.services, desk.former, lambda _: None, sleep=no_time)
    assert refused.value.reason.code == "operations.succession.records_short"
    assert (await look(desk.services, desk.former)).step is Step.KNOW


async def test_who_is_reached_after_the_draft_was_made_is_left_out_with_the_reason(desk: Desk) -> None:
    draft = await desk.draft()
    desk.hears(5)
    ready = await prepare(desk.services, draft)
    assert desk.phones(draft) == [phone(3)]
    assert [(problem.code, problem.weight) for problem in ready.problems if "succession" in problem.code] == [
        ("operations.succession.left_out", Weight.WARNING), ("operations.succession.tried", Weight.HINT)]
    assert [(row.phone, row.why.code) for row in desk.store.numbers.dropped(draft, 0, 9)] == [
        (phone(5), "store.succession.reached")]


async def test_he_is_left_out_again_where_he_is_brought_back_or_added(desk: Desk) -> None:
    draft = await desk.draft()
    desk.hears(5)
    await prepare(desk.services, draft)
    desk.store.numbers.bring_back(draft)
    desk.store.numbers.add(draft, [good(phone(1)), good(phone(2)), good(phone(9))])
    ready = await prepare(desk.services, draft)
    assert desk.phones(draft) == [phone(3), phone(9)]
    assert ready.recipients == 2


async def test_a_result_that_comes_after_review_stops_the_launch(desk: Desk) -> None:
    ready = await prepare(desk.services, await desk.draft())
    desk.hears(5)
    ledger = desk.store.ledger
    with pytest.raises(SuccessorUnfit, match="late"):
        ledger.begin(ready.campaign.id, revision=ready.campaign.revision, token="t", body_hash="b", numbers=2,
                     asked_by=AskedBy.APP)
    assert await launch(desk.services, ready) == Created(FORMER_ID + 1)  # without whom it has reached
    assert desk.store.campaigns.get(ready.campaign.id).callable_numbers == 1


async def test_a_result_that_comes_while_the_request_is_on_its_way_stops_it(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = await prepare(desk.services, await desk.draft())
    begin = desk.store.ledger.begin

    def begun_and_heard(*args: object, **kwargs: object) -> int:
        entry = begin(*args, **kwargs)  # type: ignore[arg-type]
        desk.hears(5)
        return entry

    monkeypatch.setattr(desk.store.ledger, "begin", begun_and_heard)
    outcome = await launch(desk.services, ready)
    assert isinstance(outcome, NotSent)
    assert outcome.reason.code == "store.succession.late"
    assert "POST /ivr_campaigns.json" not in desk.asked
    monkeypatch.undo()
    assert await launch(desk.services, await prepare(desk.services, ready.campaign.id)) == Created(FORMER_ID + 1)


async def test_it_is_not_launched_while_the_former_one_is_on_again(desk: Desk) -> None:
    draft = await desk.draft()
    ready = await prepare(desk.services, draft)
    await switch(desk.services, desk.former, Action.ON)
    assert (await look(desk.services, desk.former)).step is Step.SWITCH_OFF
    with pytest.raises(NotPossible):
        await launch(desk.services, ready)
    assert [problem.code for problem in (await prepare(desk.services, draft)).problems
            if problem.weight is Weight.ERROR] == ["store.succession.former_on"]
    await switch_former_off(desk.services, desk.former)
    assert [problem.code for problem in (await prepare(desk.services, draft)).problems
            if problem.weight is Weight.ERROR] == ["store.succession.not_known"]
    desk.passes(QUIET)
    desk.beats()
    await know(desk.services, desk.former)
    assert (await make_successor(desk.services, desk.former)).id == draft
    assert await launch(desk.services, await prepare(desk.services, draft)) == Created(FORMER_ID + 1)


async def test_once_it_is_launched_the_former_one_is_switched_on_by_a_word_alone(desk: Desk) -> None:
    draft = await desk.draft()
    await launch(desk.services, await prepare(desk.services, draft))
    with pytest.raises(HasSuccessor) as refused:
        await switch(desk.services, desk.former, Action.ON)
    assert (refused.value.successor, refused.value.reason.params["ref"]) == (draft, str(FORMER_ID + 1))
    assert not desk.at_provider[FORMER_ID]
    await switch(desk.services, desk.former, Action.ON, beside_successor=True)
    assert desk.at_provider[FORMER_ID]


async def test_given_up_it_is_off_and_may_be_switched_on_again(desk: Desk) -> None:
    draft = await desk.draft()
    assert (await give_up(desk.services, desk.former)).step is Step.GIVEN_UP
    assert desk.store.campaigns.get(draft).state is State.DELETED
    assert not desk.at_provider[FORMER_ID]
    await switch(desk.services, desk.former, Action.ON)
    again = await begin_succession(desk.services, desk.former)
    assert (again.step, again.successor) == (Step.SWITCH_OFF, None)
    desk.store.drafts.bring_back(draft)
    await switch_former_off(desk.services, desk.former)
    desk.passes(QUIET)
    desk.beats()
    await know(desk.services, desk.former)
    other = await make_successor(desk.services, desk.former)
    assert await launch(desk.services, await prepare(desk.services, other.id)) == Created(FORMER_ID + 1)
    ready = await prepare(desk.services, draft)  # of the one that was given up, and brought back
    assert "store.succession.not_known" in [problem.code for problem in ready.problems]
    with pytest.raises(NotPossible):
        await launch(desk.services, ready)


async def test_what_is_launched_is_not_given_up(desk: Desk) -> None:
    await launch(desk.services, await prepare(desk.services, await desk.draft()))
    with pytest.raises(WrongState):
        await give_up(desk.services, desk.former)


async def test_a_draft_that_was_put_away_is_brought_back(desk: Desk) -> None:
    draft = await desk.draft()
    desk.store.drafts.remove(draft)
    assert (await look(desk.services, desk.former)).step is Step.MAKE_DRAFT
    assert (await make_successor(desk.services, desk.former)).id == draft
    assert (await look(desk.services, desk.former)).step is Step.LAUNCH


async def test_of_two_operators_the_second_goes_on_with_the_firsts(desk: Desk) -> None:
    first = await begin_succession(desk.services, desk.former)
    second = await begin_succession(desk.services, desk.former)
    assert first.succession == second.succession
    await switch_former_off(desk.services, desk.former)
    desk.passes(QUIET)
    desk.beats()
    await know(desk.services, desk.former)
    drafts = {(await make_successor(desk.services, desk.former)).id for _ in range(2)}
    assert len(drafts) == 1


async def test_the_former_one_is_not_deleted_before_the_other_is_created(desk: Desk) -> None:
    draft = await desk.draft()
    assert await delete_former(desk.services, draft) is None
    desk.answers = [httpx.ReadError("cut")]
    desk.services.profile = Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1")
    await launch(desk.services, await prepare(desk.services, draft))
    assert (await look(desk.services, desk.former)).step is Step.UNCONFIRMED
    assert await delete_former(desk.services, draft) is None
    desk.store.ledger.assign_id(draft, FORMER_ID + 9)
    desk.at_provider[FORMER_ID + 9] = True
    assert await delete_former(desk.services, draft) is SwitchResult.DELETE


async def test_nobody_is_left_nothing_is_begun(desk: Desk) -> None:
    desk.hears(3)
    desk.hears(5)
    with pytest.raises(NotPossible) as refused:
        await begin_succession(desk.services, desk.former)
    assert refused.value.reason.code == "operations.succession.nobody"
    assert desk.asked == []


async def test_what_is_not_known_enough_is_not_replaced(desk: Desk) -> None:
    foreign = desk.store.campaigns.track_foreign("acme", 7, "Anket", State.ON)
    with pytest.raises((NoSuccession, NotPossible)):
        await begin_succession(desk.services, foreign)
    draft = desk.store.drafts.create("acme", FIELDS)
    with pytest.raises(WrongState):
        await begin_succession(desk.services, draft)


async def test_known_is_not_noted_where_it_is_on_meanwhile(desk: Desk) -> None:
    await desk.comes_to_know()
    found = await look(desk.services, desk.former)
    await switch(desk.services, desk.former, Action.ON)
    assert found.succession is not None
    assert found.off_since is not None
    with pytest.raises(Changed):
        desk.store.successions.note_known(found.succession.id, KnownFrom.PERSON, found.off_since)


async def test_a_successor_is_replaced_in_turn_and_whom_the_first_reached_late_is_called_by_none(desk: Desk) -> None:
    draft = await desk.draft()
    await launch(desk.services, await prepare(desk.services, draft))
    await delete_former(desk.services, draft)
    desk.passes(dt.timedelta(minutes=1))
    await begin_succession(desk.services, draft)
    await switch_former_off(desk.services, draft)
    desk.passes(QUIET)
    await take_for_known(desk.services, draft)
    third = (await make_successor(desk.services, draft)).id
    assert desk.phones(third) == [phone(3), phone(5)]
    desk.hears(3)
    await prepare(desk.services, third)
    assert desk.phones(third) == [phone(5)]


async def test_the_same_request_as_the_former_ones_is_no_repetition(desk: Desk) -> None:
    """Nobody was called, and nothing is changed: it is meant to take that one's place."""
    former = desk.store.drafts.create("acme", FIELDS)
    desk.store.numbers.add(former, [good(phone(21)), good(phone(22))])
    await launch(desk.services, await prepare(desk.services, former))
    await begin_succession(desk.services, former)
    await switch_former_off(desk.services, former)
    desk.passes(QUIET)
    await take_for_known(desk.services, former)
    draft = await make_successor(desk.services, former)
    ready = await prepare(desk.services, draft.id)
    assert ready.earlier is None
    assert isinstance(await launch(desk.services, ready), Created)
