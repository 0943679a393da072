"""What happens in a call, step by step, and how it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.whole_call import EndlessCall, play
from tui.campaign.call_simulation import CallEvent, SimulatedCall, Step
from tui.campaign.menu import KEYS, PLACES, Menu, endless

MESSAGE = Step(CallEvent.MESSAGE)
WAITING = Step(CallEvent.WAITING, count=4)
NO_KEY = Step(CallEvent.NO_KEY)
HUNG_UP = Step(CallEvent.HUNG_UP)
TO_THANKS = {"1": "announcement/421"}


def pressed(key: str) -> Step:
    return Step(CallEvent.PRESSED, key)


def wrong(key: str) -> Step:
    return Step(CallEvent.WRONG_KEY, key)


def again(left: int) -> Step:
    return Step(CallEvent.AGAIN, count=left)


def restarted(place: str) -> Step:
    return Step(CallEvent.RESTARTED, place)


def to(place: str, target: str) -> Step:
    return Step(CallEvent.TARGET, place, target)


def nothing(place: str) -> Step:
    return Step(CallEvent.NOTHING_SET, place)


def after(menu: Menu, keys: Sequence[str | None]) -> SimulatedCall:
    call = SimulatedCall.begin(menu)
    for key in keys:
        call = call.wait_out() if key is None else call.press(key)
    return call


def test_a_call_begins_with_the_message_and_then_waits() -> None:
    call = SimulatedCall.begin(Menu(TO_THANKS, retries=2, timeout=7))
    assert call.steps == (MESSAGE, Step(CallEvent.WAITING, count=7))
    assert (call.digit, call.repeats_left, call.ended) == ("", 2, False)


@pytest.mark.parametrize(("targets", "retries", "keys", "then", "digit"), [
    # A key that leads somewhere ends the call.
    (TO_THANKS, 0, ["1"], [pressed("1"), to("1", "announcement/421")], "1"),
    ({"*": "queue/201"}, 0, ["*"], [pressed("*"), to("*", "queue/201")], "*"),
    ({"#": "user/1000"}, 3, ["#"], [pressed("#"), to("#", "user/1000")], "#"),
    ({"1": "hangup/busy"}, 0, ["1"], [pressed("1"), to("1", "hangup/busy")], "1"),
    # One that leads nowhere is a wrong one.
    (TO_THANKS, 0, ["4"], [wrong("4"), nothing("!")], "!4"),
    (TO_THANKS | {"!": "queue/200"}, 0, ["#"], [wrong("#"), to("!", "queue/200")], "!#"),
    (TO_THANKS | {"-": "queue/200"}, 0, ["4"], [wrong("4"), nothing("!")], "!4"),
    # No key.
    (TO_THANKS, 0, [None], [NO_KEY, nothing("-")], "-"),
    (TO_THANKS | {"-": "voicemail/1000"}, 0, [None], [NO_KEY, to("-", "voicemail/1000")], "-"),
    (TO_THANKS | {"!": "queue/200"}, 0, [None], [NO_KEY, nothing("-")], "-"),
    # The menu is repeated; no key and a wrong one share the count.
    ({"-": "fax"}, 1, [None, None], [NO_KEY, again(0), MESSAGE, WAITING, NO_KEY, to("-", "fax")], "-"),
    ({"!": "fax"}, 1, ["4", "5"], [wrong("4"), again(0), MESSAGE, WAITING, wrong("5"), to("!", "fax")], "!5"),
    ({"-": "fax"}, 2, ["4", None, None],
     [wrong("4"), again(1), MESSAGE, WAITING, NO_KEY, again(0), MESSAGE, WAITING, NO_KEY, to("-", "fax")], "-"),
    ({"-": "fax"}, 1, [None, "4"], [NO_KEY, again(0), MESSAGE, WAITING, wrong("4"), nothing("!")], "!4"),
    (TO_THANKS, 1, ["4", "1"], [wrong("4"), again(0), MESSAGE, WAITING, pressed("1"), to("1", "announcement/421")],
     "1"),
    # `restart` plays it from the start, and the repeats are counted afresh.
    ({"3": "restart"}, 0, ["3", None], [pressed("3"), restarted("3"), MESSAGE, WAITING, NO_KEY, nothing("-")], "-"),
    ({"3": "restart", "-": "fax"}, 1, [None, "3", None, None],
     [NO_KEY, again(0), MESSAGE, WAITING, pressed("3"), restarted("3"), MESSAGE, WAITING,
      NO_KEY, again(0), MESSAGE, WAITING, NO_KEY, to("-", "fax")], "-"),
    ({"!": "restart"}, 0, ["4", "4", None],
     [wrong("4"), restarted("!"), MESSAGE, WAITING, wrong("4"), restarted("!"), MESSAGE, WAITING, NO_KEY, nothing("-")],
     "-"),
    ({"1": "fax", "-": "restart"}, 0, [None, "1"],
     [NO_KEY, restarted("-"), MESSAGE, WAITING, pressed("1"), to("1", "fax")], "1"),
])
def test_a_call_goes_its_way(
    targets: dict[str, str], retries: int, keys: list[str | None], then: list[Step], digit: str,
) -> None:
    call = after(Menu(targets, retries), keys)
    assert list(call.steps) == [MESSAGE, WAITING, *then]
    assert (call.digit, call.ended) == (digit, True)


@pytest.mark.parametrize(("keys", "digit", "left"), [
    ([None], "-", 1), (["4"], "!4", 1), (["#", "4"], "!4", 0), (["4", None], "-", 0), (["3"], "3", 2),
    (["4", "3"], "3", 2),
])
def test_meanwhile_the_digit_is_what_was_last_and_repeats_are_left(
    keys: list[str | None], digit: str, left: int,
) -> None:
    call = after(Menu({"3": "restart"}, retries=2), keys)
    assert (call.digit, call.repeats_left, call.ended) == (digit, left, False)


@pytest.mark.parametrize(("keys", "digit"), [([], "-"), ([None], "-"), (["4"], "!4"), (["3"], "3"), (["4", None], "-")])
def test_who_hangs_up_leaves_what_was_last_pressed(keys: list[str | None], digit: str) -> None:
    call = after(Menu({"3": "restart"}, retries=5), keys)
    gone = call.hang_up()
    assert gone.steps == (*call.steps, HUNG_UP)
    assert (gone.digit, gone.ended) == (digit, True)


@pytest.mark.parametrize("ended", [
    after(Menu(TO_THANKS), ["1"]), after(Menu(TO_THANKS), [None]), SimulatedCall.begin(Menu(TO_THANKS)).hang_up(),
])
def test_an_ended_call_stays_as_it_is(ended: SimulatedCall) -> None:
    assert ended.ended
    assert ended.press("1") is ended
    assert ended.wait_out() is ended
    assert ended.hang_up() is ended


@pytest.mark.parametrize("key", ["", "-", "!", "12", "A", "٣", " 1", "!4", "**"])
def test_what_is_no_key_of_a_phone_cannot_be_pressed(key: str) -> None:
    call = SimulatedCall.begin(Menu(dict.fromkeys(PLACES, "fax")))
    with pytest.raises(ValueError, match=re.escape(repr(key))):
        call.press(key)
    with pytest.raises(ValueError, match="no key of a phone"):
        play(call.menu, [key])


def test_what_happened_before_is_kept() -> None:
    first = SimulatedCall.begin(Menu(TO_THANKS, retries=1))
    one, other = first.press("1"), first.press("4")
    assert first.steps == (MESSAGE, WAITING)
    assert (one.digit, other.digit) == ("1", "!4")


# The whole call

def test_after_the_last_key_nothing_is_pressed() -> None:
    assert play(Menu(TO_THANKS | {"-": "fax"}, retries=1), ["4"]) == after(
        Menu(TO_THANKS | {"-": "fax"}, retries=1), ["4", None])


def test_nothing_is_pressed_after_the_end() -> None:
    def keys() -> list[str]:
        return ["1", "no key at all"]

    assert play(Menu(TO_THANKS), keys()) == after(Menu(TO_THANKS), ["1"])


def test_where_silence_begins_anew_for_ever_the_call_is_endless() -> None:
    menu = Menu({"-": "restart", "1": "fax"}, retries=1)
    assert play(menu, []) == EndlessCall(SimulatedCall.begin(menu))
    assert play(menu, [None, None, "4"]) == EndlessCall(after(menu, [None, None, "4"]))
    assert play(menu, [None, None, "1"]) == after(menu, [None, None, "1"])


def test_of_a_menu_that_is_repeated_for_years_the_last_repeats_are_told() -> None:
    menu = Menu({"-": "fax"}, retries=2**53 - 1)
    call = play(menu, ["4"])
    assert isinstance(call, SimulatedCall)
    assert call.steps[-2:] == (NO_KEY, to("-", "fax"))
    assert [step for step in call.steps if step.event is CallEvent.AGAIN] == [
        again(2**53 - 2), *(again(left) for left in range(99, -1, -1))]


TARGETS = st.sampled_from(["restart", "restart", "queue/201", "hangup/hangup", "tts/tr-TR/Merhaba"])
MENUS = st.builds(Menu, st.dictionaries(st.sampled_from(PLACES), TARGETS), st.integers(0, 6), st.integers(1, 10))
PRESSES = st.lists(st.sampled_from([*KEYS, None]), max_size=30)


@settings(deadline=None)
@given(MENUS, PRESSES)
def test_every_call_ends_or_is_endless(menu: Menu, keys: list[str | None]) -> None:
    played = play(menu, keys)
    if isinstance(played, EndlessCall):
        silent = played.call
        assert endless(menu)
        # Two rounds of silence are alike, so a third will be as well.
        for _round in range(2):
            for _wait in range(silent.repeats_left + 1):
                silent = silent.wait_out()
            assert silent.steps[-3:] == (restarted("-"), MESSAGE, Step(CallEvent.WAITING, count=menu.timeout))
            assert (silent.repeats_left, silent.ended) == (menu.retries, False)
    else:
        assert played.ended
        assert played.steps[-1].event in (CallEvent.TARGET, CallEvent.NOTHING_SET)
        assert played.hang_up() is played


@settings(deadline=None)
@given(MENUS, PRESSES)
def test_the_steps_tell_the_same_as_the_call(menu: Menu, keys: list[str | None]) -> None:
    call = after(menu, keys)
    whats = [step.event for step in call.steps]
    assert whats[:2] == [CallEvent.MESSAGE, CallEvent.WAITING]
    assert whats.count(CallEvent.MESSAGE) == whats.count(CallEvent.WAITING)
    assert whats.count(CallEvent.MESSAGE) == 1 + whats.count(CallEvent.AGAIN) + whats.count(CallEvent.RESTARTED)
    ends = {CallEvent.TARGET, CallEvent.NOTHING_SET}
    assert call.ended == (whats[-1] in ends)
    assert not ends & set(whats[:-1])
    last = next((step for step in reversed(call.steps)
                 if step.event in (CallEvent.PRESSED, CallEvent.NO_KEY, CallEvent.WRONG_KEY)), None)
    marks = {CallEvent.PRESSED: "", CallEvent.WRONG_KEY: "!", CallEvent.NO_KEY: "-"}
    assert call.digit == ("" if last is None else marks[last.event] + last.key)
    for step in call.steps:
        if step.event is CallEvent.TARGET:
            assert step.target == menu.targets[step.key] != "restart"


@settings(deadline=None)
@given(MENUS, PRESSES)
def test_never_more_repeats_in_a_row_than_the_menu_has(menu: Menu, keys: list[str | None]) -> None:
    row = 0
    for step in after(menu, keys).steps:
        if step.event is CallEvent.AGAIN:
            row += 1
            assert step.count == menu.retries - row >= 0
        elif step.event in (CallEvent.RESTARTED, CallEvent.TARGET, CallEvent.NOTHING_SET):
            row = 0
