"""Opt-outs on their way to the provider's blocked numbers: each once, whatever befalls the requests."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.operations.resulting import at_work
from tests.store.results import phone
from tests.store.support import open_store
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.operations.opt_out_push import (
    OptOutPusher,
    PushResult,
    confirm_push,
    push_opt_outs,
    still_blocked,
    unconfirmed,
)
from tui.operations.services import NotPossible, Services
from tui.provider.client import Provider
from tui.provider.transport import Timeouts
from tui.sandbox.faults import parse_fault
from tui.sandbox.server import Sandbox, SandboxOptions
from tui.store.opt_out_pushes import PushQueue, PushState

pytestmark = pytest.mark.usefixtures("moment")
KEY = "K12345678-1234-5678-4321-123456789012"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with at_work(tmp_path / "santral.db") as made:
        yield made


@contextmanager
def provider_of(services: Services, *faults: str) -> Iterator[Sandbox]:
    """The provider, imitated; with faults."""
    with Sandbox(SandboxOptions(key=Secret(KEY), faults=tuple(map(parse_fault, faults)))) as sandbox:
        timeouts = Timeouts(connect=2, write=2, read=0.5, pool=2, answer=2)

        class Clock:
            now = 0.0

            def monotonic(self) -> float:
                return self.now

            async def sleep(self, seconds: float) -> None:
                self.now += seconds

        services.connect = lambda _profile: Provider(sandbox.address, Secret(KEY), timeouts=timeouts, clock=Clock())
        services.profile = replace(services.profile, api_key=Secret(KEY), push_opt_outs=True)
        services.store.opt_out_pushes.confirm("acme")
        yield sandbox


async def pushed(services: Services, slept: list[float] | None = None) -> PushResult:
    async def sleep(seconds: float) -> None:
        if slept is not None:
            slept.append(seconds)
        await asyncio.sleep(0)

    try:
        return await push_opt_outs(services, sleep=sleep, jitter=lambda: 1.0)
    finally:
        await services.disconnect()


def requested(sandbox: Sandbox) -> list[str]:
    """The numbers that the provider was asked to block, in order."""
    return [json.loads(request.body)["number"] for request in sandbox.requests
            if (request.method, request.path) == ("POST", "/blocked_numbers")]


def looked(sandbox: Sandbox) -> int:
    return sum((request.method, request.path) == ("GET", "/blocked_numbers") for request in sandbox.requests)


def states(services: Services, *numbers: int) -> list[str]:
    found = services.store.opt_out_pushes.states("acme", [phone(number) for number in numbers])
    return [found[phone(number)].value for number in numbers]


async def test_whoever_waits_is_blocked_at_the_provider(services: Services) -> None:
    services.store.do_not_call.add("acme", [phone(1), phone(2), "00491511234567"])
    with provider_of(services) as sandbox:
        result = await pushed(services)
        assert (result.pushed, result.stopped, result.queue) == (3, None, PushQueue())
        assert requested(sandbox) == ["00491511234567", phone(1), phone(2)]
        assert (await pushed(services)).pushed == 0
        assert len(requested(sandbox)) == 3


# What the provider has done all the same is found in its list: nobody is asked for twice.
@pytest.mark.parametrize(("fault", "posts"), [
    ("lost-answer", 1), ("cut", 1), ("500-after", 1), ("html", 1), ("empty", 1),
    ("stall", 2), ("500", 2), ("not-ok", 2), ("429", 2)])
async def test_an_answer_that_is_not_known_is_looked_up_before_it_is_asked_for_again(
        services: Services, fault: str, posts: int) -> None:
    services.store.do_not_call.add("acme", [phone(1)])
    slept: list[float] = []
    with provider_of(services, f"block:{fault}:1") as sandbox:
        result = await pushed(services, slept)
        assert (result.pushed, result.stopped, states(services, 1)) == (1, None, ["pushed"])
        assert requested(sandbox) == [phone(1)] * posts
        assert looked(sandbox) == (0 if fault == "429" else 1)
    assert slept == [1.0]


@pytest.mark.parametrize("fault", ["lost-answer", "stall", "500", "429"])
async def test_what_fails_on_and_on_stops_and_goes_on_in_the_next_run(services: Services, fault: str) -> None:
    services.store.do_not_call.add("acme", [phone(1), phone(2)])
    slept: list[float] = []
    looks = () if fault == "429" else ("lookup:500",)
    with provider_of(services, f"block:{fault}:9", *looks) as sandbox:
        result = await pushed(services, slept)
        assert (result.pushed, result.final, result.queue.open) == (0, False, 2)
        assert result.stopped is not None
        assert result.queue.stopped == result.stopped
        assert slept == [1.0, 2.0, 4.0, 8.0]
        assert len(requested(sandbox)) == (5 if fault == "429" else 1)
    assert states(services, 1) == ["waiting" if fault == "429" else "unsure"]
    with provider_of(services):
        assert (await pushed(services)).queue == PushQueue()


async def test_retry_after_is_waited_for(services: Services) -> None:
    class Limited:
        asked = 0

        def seconds_until_block(self) -> float:
            return 0.0

        async def block_number(self, _phone: str, **_how: object) -> object:
            from tui.provider.blocking import Blocked, NotYet

            self.asked += 1
            return NotYet(Reason("provider.limit_reached"), 7.0) if self.asked == 1 else Blocked()

        async def aclose(self) -> None: ...

    services.store.do_not_call.add("acme", [phone(1)])
    services.profile = replace(services.profile, api_key=Secret(KEY), push_opt_outs=True)
    services.store.opt_out_pushes.confirm("acme")
    services._provider = Limited()  # type: ignore[assignment]
    slept: list[float] = []
    assert ((await pushed(services, slept)).pushed, slept) == (1, [7.0])


@pytest.mark.parametrize("fault", ["403", "404", "404-page"])
async def test_without_the_right_it_stops_at_once_with_a_sentence(services: Services, fault: str) -> None:
    services.store.do_not_call.add("acme", [phone(1), phone(2)])
    with provider_of(services, f"block:{fault}") as sandbox:
        result = await pushed(services)
        assert (result.final, len(requested(sandbox)), states(services, 1, 2)) == (True, 1, ["waiting", "waiting"])
        assert result.stopped is not None


async def test_who_is_blocked_already_is_done_and_who_is_refused_is_told(services: Services) -> None:
    with provider_of(services) as sandbox:
        services.store.do_not_call.add("acme", ["905550000001", "gizli numara"])
        result = await pushed(services)
        assert (result.pushed, requested(sandbox), looked(sandbox)) == (1, ["905550000001"], 1)
        assert result.queue == PushQueue(refused=1)
        found = services.store.opt_out_pushes.states("acme", ["gizli numara"])
        assert found == {"gizli numara": PushState.REFUSED}


async def test_one_that_is_taken_off_before_is_not_asked_for(services: Services) -> None:
    services.store.do_not_call.add("acme", [phone(1), phone(2)])
    services.store.do_not_call.remove("acme", [phone(1)])
    with provider_of(services) as sandbox:
        await pushed(services)
        assert requested(sandbox) == [phone(2)]
        assert await still_blocked(services, [phone(1), phone(2)]) == [phone(2)]


async def test_a_killed_run_is_gone_on_with_and_nothing_is_asked_for_twice(services: Services) -> None:
    services.store.do_not_call.add("acme", [phone(1), phone(2)])
    with provider_of(services, "block:lost-answer:1") as sandbox:
        reached = asyncio.Event()

        async def sleep(_seconds: float) -> None:
            reached.set()
            await asyncio.Event().wait()

        run = asyncio.create_task(push_opt_outs(services, sleep=sleep))
        await reached.wait()
        assert states(services, 1) == ["unsure"]
        run.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await run
        await services.disconnect()
        assert (await pushed(services)).queue == PushQueue()
        assert requested(sandbox) == [phone(1), phone(2)]


async def test_two_processes_do_not_push_at_once(services: Services, tmp_path: Path) -> None:
    services.store.do_not_call.add("acme", [phone(1)])
    other = open_store(tmp_path / "santral.db")
    assert other.opt_out_pushes.take("acme")
    with provider_of(services) as sandbox:
        with pytest.raises(NotPossible) as refused:
            await pushed(services)
        assert refused.value.reason.code == "operations.push.elsewhere"
        other.close()
        assert (await pushed(services)).pushed == 1
        assert len(requested(sandbox)) == 1


@pytest.mark.parametrize(("change", "code"), [
    ({"push_opt_outs": False}, "operations.push.off"), ({"read_only": True}, "operations.refused.read_only"),
    ({"api_key": None}, "operations.refused.no_key")])
async def test_a_profile_that_does_not_want_it_asks_for_nothing(
        services: Services, change: dict[str, bool | None], code: str) -> None:
    services.store.do_not_call.add("acme", [phone(1)])
    with provider_of(services) as sandbox:
        services.profile = replace(services.profile, **change)  # type: ignore[arg-type]
        with pytest.raises(NotPossible) as refused:
            await pushed(services)
        assert (refused.value.reason.code, sandbox.requests) == (code, [])


@pytest.mark.parametrize("fault", ["lost-answer", "cut", "500", "403", "429", "html"])
async def test_no_key_is_written_anywhere(services: Services, tmp_path: Path, caplog: pytest.LogCaptureFixture,
                                          fault: str) -> None:
    caplog.set_level(logging.DEBUG)
    services.store.do_not_call.add("acme", [phone(1)])
    with provider_of(services, f"block:{fault}:9"):
        await pushed(services)
    assert KEY not in caplog.text
    assert KEY not in repr(services.store.opt_out_pushes.queue("acme"))
    assert not any(KEY.encode() in content for content in contents(tmp_path))


def contents(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.iterdir() if file.is_file()]


# Beside the app

async def looks(pusher: OptOutPusher, times: int) -> list[float]:
    return [await pusher._look() for _ in range(times)]


async def test_beside_the_app_what_waits_is_pushed_and_a_lack_of_rights_told_once(services: Services) -> None:
    told: list[Reason] = []

    async def sleep(_seconds: float) -> None:
        await asyncio.sleep(0)

    pusher = OptOutPusher(lambda: services, told.append, sleep)
    with provider_of(services, "block:403:1") as sandbox:
        assert await looks(pusher, 1) == [3.0]
        assert sandbox.requests == []
        services.store.do_not_call.add("acme", [phone(1)])
        await looks(pusher, 3)
        assert (len(told), len(requested(sandbox))) == (1, 1)
        services.profile = replace(services.profile, colour="red")  # another one: it may have the right
        await looks(pusher, 1)
        assert (requested(sandbox), states(services, 1)) == ([phone(1)] * 2, ["pushed"])
    services.profile = replace(services.profile, push_opt_outs=False)
    services.store.do_not_call.add("acme", [phone(2)])
    assert await looks(pusher, 1) == [3.0]
    assert states(services, 2) == ["waiting"]
    assert await looks(OptOutPusher(lambda: None, told.append, sleep), 1) == [3.0]


async def test_nobody_is_pushed_before_a_person_has_confirmed_it(services: Services) -> None:
    told: list[Reason] = []
    pusher = OptOutPusher(lambda: services, told.append, asyncio.sleep)
    services.store.do_not_call.add("acme", [phone(1), phone(2)])
    with provider_of(services) as sandbox:
        services.store.opt_out_pushes.withdraw("acme")
        await looks(pusher, 3)
        assert told == [Reason("operations.push.unconfirmed", {"count": 2})]
        with pytest.raises(NotPossible) as refused:
            await pushed(services)
        assert refused.value.reason == told[0]
        assert (sandbox.requests, await unconfirmed(services)) == ([], 2)
        await confirm_push(services)
        pusher.again()
        await looks(pusher, 2)
        assert requested(sandbox) == [phone(1), phone(2)]
        assert await unconfirmed(services) == 0
        services.store.do_not_call.add("acme", [phone(3)])  # whoever comes later goes with it
        await looks(pusher, 1)
        assert states(services, 3) == ["pushed"]


async def test_what_was_turned_off_is_to_be_confirmed_anew(services: Services) -> None:
    told: list[Reason] = []
    pusher = OptOutPusher(lambda: services, told.append, asyncio.sleep)
    with provider_of(services) as sandbox:
        on = services.profile
        services.profile = replace(on, push_opt_outs=False)
        await looks(pusher, 2)
        services.store.do_not_call.add("acme", [phone(1)])
        services.profile = on
        await looks(pusher, 2)
        assert (told, sandbox.requests) == ([Reason("operations.push.unconfirmed", {"count": 1})], [])


async def test_where_nobody_waits_there_is_nothing_to_confirm(services: Services) -> None:
    with provider_of(services) as sandbox:
        services.store.opt_out_pushes.withdraw("acme")
        pusher = OptOutPusher(lambda: services, lambda _reason: None, asyncio.sleep)
        await looks(pusher, 1)
        services.store.do_not_call.add("acme", [phone(1)])
        await looks(pusher, 1)
        assert requested(sandbox) == [phone(1)]


@pytest.mark.parametrize(("change", "code"), [
    ({"push_opt_outs": False}, "operations.push.off"), ({"read_only": True}, "operations.refused.read_only")])
async def test_a_profile_that_does_not_want_it_is_not_confirmed(
        services: Services, change: dict[str, bool], code: str) -> None:
    with provider_of(services):
        services.store.opt_out_pushes.withdraw("acme")
        services.profile = replace(services.profile, **change)  # type: ignore[arg-type]
        with pytest.raises(NotPossible) as refused:
            await confirm_push(services)
        assert refused.value.reason.code == code
        assert not services.store.opt_out_pushes.confirmed("acme")
