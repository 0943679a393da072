"""What a walk finds, and that it finds the same again."""

from __future__ import annotations

import asyncio
import json
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from textual.notifications import Notification
from textual.timer import Timer
from textual.widgets import Static

from tests.walk import walker
from tests.walk.hands import Event
from tests.walk.provider import ProviderDouble
from tests.walk.situations import Start
from tests.walk.timeless import TimelessLoop, timeless
from tests.walk.walker import take
from tests.walk.walking import _Hangs, _in_time
from tui.app.appearance import LocalizedNotification
from tui.campaign import holidays
from tui.campaign.lifecycle import Action
from tui.operations.left_out import LeftOut
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.do_not_call_commands import DoNotCallCommands
from tui.screens.form_model import FormModel
from tui.screens.launch import LaunchDialog
from tui.screens.switching import SwitchCommands
from tui.store import Campaign
from tui.store.consent_search import ConsentSearch

FORM: list[Event] = [("key", "n"), ("wait", 0.3)]


@pytest.mark.usefixtures("moment")
def test_a_screen_that_esc_does_not_leave_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CampaignFormScreen, "action_leave", lambda _screen: None)
    assert take(Start(), FORM).finding == "no way out of CampaignFormScreen by esc"


@pytest.mark.usefixtures("moment")
def test_many_screens_may_lie_one_over_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walker, "_ESCAPES", 3)
    over = [("key", "comma"), ("wait", 0.3), ("key", "question_mark"), ("wait", 0.3), ("key", "f2"), ("wait", 0.3)]
    assert not take(Start(), [*FORM, ("key", "f4"), ("wait", 0.3), *over]).finding


@pytest.mark.parametrize("kind", [Notification, LocalizedNotification])
def test_what_is_told_goes_by_the_time_of_the_walk(kind: type[Notification]) -> None:
    with timeless(random.Random(1)) as loop:
        told = kind("zub", timeout=5)
        assert not told.has_expired
        loop.now += 6
        assert told.has_expired


@pytest.mark.parametrize("make", [Static, lambda: Timer(Static(), 1.0)], ids=["widgets", "timers"])
def test_sets_have_the_same_order_in_every_walk(make: Callable[[], object]) -> None:
    orders = []
    for _ in range(2):
        with timeless(random.Random(1)):
            made = [make() for _ in range(30)]
            for thing in made:
                hash(thing)  # numbered as they are made
            orders.append([made.index(thing) for thing in {*made[::-1]}])
    assert orders[0] == orders[1]


def test_what_has_a_thread_for_itself_has_none_in_a_walk() -> None:
    async def ask() -> int:
        return await asyncio.wrap_future(ThreadPoolExecutor(max_workers=1).submit(threading.get_ident))

    with timeless(random.Random(1)) as loop:
        assert loop.run_until_complete(ask()) == threading.get_ident()
        assert not loop.strangers


@pytest.mark.usefixtures("moment")
def test_a_thread_that_speaks_to_the_loop_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def speak() -> None:
        threading.Thread(target=asyncio.get_running_loop().call_soon_threadsafe, args=(int,), name="zub").start()

    monkeypatch.setattr(FormModel, "recheck", lambda _model, _names=(): speak())
    assert take(Start(), FORM).finding == "spoken to by a thread: zub"


@pytest.mark.usefixtures("moment")
def test_a_walk_after_another_has_the_same_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    review: list[Event] = [*FORM, ("key", "f9"), ("wait", 3.0)]
    moments: list[list[float]] = []
    delay = TimelessLoop.delay

    def noted(loop: TimelessLoop) -> float:
        moments[-1].append(loop.now)
        return delay(loop)

    monkeypatch.setattr(TimelessLoop, "delay", noted)
    holidays._of_year.cache_clear()  # as in a process that has just begun
    for _ in range(2):
        moments.append([])
        assert not take(Start(seed=1), review).finding
    assert moments[0] == moments[1]


@pytest.mark.usefixtures("moment")
@pytest.mark.parametrize("seed", range(2))
def test_a_phone_that_rings_without_a_question_is_found(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    async def unasked(commands: SwitchCommands, campaign: Campaign) -> None:
        commands.begin(campaign, Action.ON)

    to_one_that_is_off: list[Event] = [("key", "slash"), *[("key", letter) for letter in "plon"], ("key", "enter"),
                                       ("wait", 1.0), ("key", "space"), ("wait", 5.0), ("key", "space"), ("wait", 5.0)]
    assert not take(Start(seed=seed), to_one_that_is_off).finding
    monkeypatch.setattr(SwitchCommands, "ask_switch_on", unasked)
    assert take(Start(seed=seed), to_one_that_is_off).finding.startswith("unasked: PATCH on /ivr_campaigns/")


def launch(*keys: str) -> list[Event]:
    """Launch the draft that such keys lead to from the list, as who means it."""
    return [*[("key", key) for key in keys], ("wait", 1.0), ("key", "enter"), ("wait", 3.0), ("key", "f9"),
            ("wait", 9.0), ("key", "l"), ("wait", 9.0), ("answer",), ("wait", 60.0)]


TWINS: list[Event] = [("wait", 2.0), *launch("end", "up"), *launch("end", "up")]


@pytest.mark.long
@pytest.mark.usefixtures("moment")
def test_whoever_said_no_and_is_called_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    some: list[Event] = [("wait", 2.0), *launch("end")]
    assert not take(Start(seed=1), some).finding
    monkeypatch.setattr(LeftOut, "positions", ())
    assert take(Start(seed=1), some).finding == (
        "called against a no: ['905321230001', '905321230002', '905321230004', '905321230007']")


COMMERCIAL: list[Event] = [("wait", 2.0), *launch("end", "up", "up", "up")]


@pytest.mark.long
@pytest.mark.usefixtures("moment")
def test_whoever_has_not_agreed_and_is_called_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not take(Start(seed=1), COMMERCIAL).finding
    monkeypatch.setattr(ConsentSearch, "in_list", lambda _search, _searched: iter(()))
    assert take(Start(seed=1), COMMERCIAL).finding.startswith("called without consent: ")


@pytest.mark.long
@pytest.mark.usefixtures("moment")
@pytest.mark.parametrize("kind", ["filled", "limited", "no consents"])
def test_a_commercial_campaign_is_launched_by_what_is_typed(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    launched: list[int] = []
    monkeypatch.setattr(ProviderDouble, "_account_for_consents",
                        lambda _double, _agreed, phones, _confirmed: launched.append(len(phones)))
    before = [("key", key) for key in ("end", "up", "up", "up", "enter")]
    typed: list[Event] = [("key", "o" if kind == "limited" else "d"), ("wait", 3.0), ("answer",), ("wait", 5.0)]
    walked = take(Start(kind, seed=1), [
        ("wait", 2.0), *before, ("wait", 3.0), ("key", "f9"), ("wait", 9.0), *([] if kind == "filled" else typed),
        ("key", "l"), ("wait", 9.0), ("answer",), ("wait", 60.0)])
    assert not walked.finding
    assert len(launched) == 1
    assert launched[0] == {"filled": 22, "limited": 22, "no consents": 31}[kind]


@pytest.mark.long
@pytest.mark.usefixtures("moment")
def test_who_said_no_may_be_called_where_that_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[int] = []
    account_for = ProviderDouble._account_for_calls

    def noted(double: ProviderDouble, profile: str, content: bytes) -> None:
        called.append(len(json.loads(content)["phone_list"]))
        account_for(double, profile, content)

    monkeypatch.setattr(ProviderDouble, "_account_for_calls", noted)
    typed: list[Event] = [("wait", 2.0), ("key", "end"), ("wait", 1.0), ("key", "enter"), ("wait", 3.0), ("key", "f9"),
                          ("wait", 9.0), ("key", "d"), ("wait", 3.0), ("answer",), ("wait", 9.0)]
    assert not take(Start(seed=1), [*typed, ("key", "l"), ("wait", 9.0), ("answer",), ("wait", 60.0)]).finding
    assert called == [30]
    # Taken back, they are left out again.
    back: list[Event] = [("key", "d"), ("wait", 9.0)]
    assert not take(Start(seed=1), [*typed, *back, ("key", "l"), ("wait", 9.0), ("answer",), ("wait", 60.0)]).finding
    assert called == [30, 26]


@pytest.mark.long
@pytest.mark.usefixtures("moment")
def test_a_twin_that_was_not_typed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not take(Start(seed=1), TWINS).finding
    begin = LaunchDialog.__init__

    def untyped(dialog: LaunchDialog, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - whatever it takes
        begin(dialog, *args, **{**kwargs, "twin": None})

    monkeypatch.setattr(LaunchDialog, "__init__", untyped)
    assert take(Start(seed=1), TWINS).finding == "made twice, and the second was not typed"


@pytest.mark.usefixtures("moment")
def test_a_hand_that_answers_lets_go_where_the_app_has_ended_meanwhile() -> None:
    leave: list[Event] = [("key", "i"), ("wait", 0.5), ("key", "5"), ("wait", 0.3), ("key", "ctrl+q"), ("wait", 0.5),
                          ("key", "tab"), ("key", "enter"), ("answer",)]
    walked = take(Start("filled", "en"), leave)
    assert not walked.finding, walked.detail
    assert ("key", "enter") not in walked.events[8:]  # it had ended before


def for_ever(do: Callable[[], object]) -> None:
    while True:
        do()


def test_a_walk_that_computes_or_waits_for_ever_hangs_and_one_that_has_to_wait_for_a_processor_does_not() -> None:
    with _in_time(0.2, 60.0):
        time.sleep(0.4)
    with pytest.raises(_Hangs), _in_time(0.2, 60.0):
        for_ever(int)
    with pytest.raises(_Hangs), _in_time(60.0, 0.2):
        for_ever(partial(time.sleep, 0.01))


@pytest.mark.usefixtures("moment")
def test_who_goes_from_the_do_not_call_list_without_a_reason_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    taking_off: list[Event] = [("key", "b"), ("wait", 1.0), ("key", "d"), ("wait", 1.0)]
    assert not take(Start(), [*taking_off, ("answer",), ("wait", 3.0)]).finding

    async def unasked(commands: DoNotCallCommands) -> None:
        number = commands._listed.current
        assert number is not None
        await commands._remove(number.phone, "zub")

    monkeypatch.setattr(DoNotCallCommands, "action_remove", unasked)
    assert take(Start(), taking_off).finding.startswith("taken off the do-not-call list without a reason")
