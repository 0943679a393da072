from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sampling import examples
from tests.sandbox.conftest import ALL_DAYS, NOON, plan
from tui.campaign.dates import ISTANBUL
from tui.sandbox.callees import CALLED_NO_MORE, Callees
from tui.sandbox.dialer import CALLED_AGAIN_AFTER, Call, Dialer
from tui.sandbox.plan import AcceptedCampaign, CallHours

LATER = dt.timedelta(days=30)
MINUTE = dt.timedelta(minutes=1)


def dialled(of: AcceptedCampaign, *, seed: int = 1, step: dt.timedelta = LATER,
            always_open: bool = False) -> list[Call]:
    dialer = Dialer(Callees(seed), always_open=always_open)
    dialer.add(20212, of, NOON)
    calls: list[Call] = []
    now = NOON
    while now < NOON + LATER:
        now += step
        calls += dialer.advance(now)
    return calls


def most_at_once(calls: list[Call]) -> int:
    # A call that ends in the very moment another begins has freed its channel.
    steps = sorted([(call.began, 1) for call in calls] + [(call.ended, -1) for call in calls])
    at_once = most = 0
    for _, change in steps:
        at_once += change
        most = max(most, at_once)
    return most


@settings(deadline=None)
@given(seed=st.integers(), channels=st.integers(1, 8), retries=st.integers(0, 3))
def test_never_more_calls_at_once_than_channels(seed: int, channels: int, retries: int) -> None:
    calls = dialled(plan(25, channels=channels, retries=retries), seed=seed)

    assert most_at_once(calls) == channels


@settings(deadline=None)
@given(seed=st.integers(), retries=st.integers(0, 3))
def test_every_number_gets_a_final_result_after_at_most_its_retries(seed: int, retries: int) -> None:
    of_number: dict[str, list[Call]] = defaultdict(list)
    for call in dialled(plan(25, retries=retries), seed=seed):
        of_number[call.phone].append(call)

    assert len(of_number) == 25
    for calls in of_number.values():
        *tries, final = calls
        assert [call.attempt for call in calls] == list(range(1, len(calls) + 1))
        assert len({call.lead_id for call in calls}) == 1
        assert all(call.fate.status not in CALLED_NO_MORE for call in tries)
        assert final.fate.status in CALLED_NO_MORE or final.attempt == retries + 1


def test_a_number_is_called_again_only_after_a_while() -> None:
    of_number: dict[str, list[Call]] = defaultdict(list)
    for call in dialled(plan(50, retries=3)):
        of_number[call.phone].append(call)
    pairs = [pair for calls in of_number.values() for pair in pairwise(calls)]

    assert pairs
    assert all(after.began >= before.ended + CALLED_AGAIN_AFTER for before, after in pairs)


@settings(deadline=None, max_examples=examples(20))
@given(seed=st.integers(), step=st.integers(1, 600))
def test_small_steps_and_one_leap_give_the_same_calls(seed: int, step: int) -> None:
    def calls(size: dt.timedelta) -> list[Call]:
        dialer = Dialer(Callees(seed))
        dialer.add(20212, plan(8, channels=3, retries=1), NOON)
        made, now = [], NOON
        while now < NOON + dt.timedelta(hours=1):
            now += size
            made += [call for call in dialer.advance(now) if call.ended <= NOON + dt.timedelta(hours=1)]
        return made

    assert calls(dt.timedelta(seconds=step)) == calls(dt.timedelta(hours=1))


def test_the_same_seed_gives_the_same_calls_and_another_does_not() -> None:
    assert dialled(plan(30, retries=2), seed=7) == dialled(plan(30, retries=2), seed=7)
    assert dialled(plan(30, retries=2), seed=7) != dialled(plan(30, retries=2), seed=8)


def test_calls_begin_in_the_window_alone() -> None:
    window = CallHours(dt.date(2022, 9, 12), dt.date(2022, 9, 20), dt.time(13, 0), dt.time(13, 20), frozenset({1, 3}))
    calls = dialled(plan(100, channels=1, retries=2, window=window))

    began = [call.began.astimezone(ISTANBUL) for call in calls]
    assert {moment.date().day for moment in began} == {12, 14, 19}
    assert min(moment.time() for moment in began) == dt.time(13, 0)
    assert max(moment.time() for moment in began) < dt.time(13, 20)


def test_a_window_that_is_over_is_never_dialled_in() -> None:
    past = CallHours(dt.date(2022, 9, 1), dt.date(2022, 9, 11), dt.time(0, 0), dt.time(23, 59), ALL_DAYS)
    dialer = Dialer(Callees(1))
    dialer.add(20212, plan(window=past), NOON)

    assert list(dialer.advance(NOON + LATER)) == []
    assert dialer.due() is None


def test_always_open_dials_whatever_the_window() -> None:
    past = CallHours(dt.date(2022, 9, 1), dt.date(2022, 9, 11), dt.time(0, 0), dt.time(23, 59), ALL_DAYS)

    assert len(dialled(plan(5, window=past), always_open=True)) == 5


def test_what_is_due_tells_when_a_closed_window_opens() -> None:
    tomorrow = CallHours(dt.date(2022, 9, 13), dt.date(2022, 9, 13), dt.time(9, 0), dt.time(18, 0), ALL_DAYS)
    dialer = Dialer(Callees(1))
    dialer.add(20212, plan(window=tomorrow), NOON)
    list(dialer.advance(NOON))

    assert dialer.due() == dt.datetime(2022, 9, 13, 9, 0, tzinfo=ISTANBUL)


def test_off_lets_calls_under_way_end_and_begins_no_other() -> None:
    dialer = Dialer(Callees(1))
    dialer.add(20212, plan(20, channels=4, retries=2), NOON)
    list(dialer.advance(NOON))

    assert dialer.switch(20212, NOON, on=False)
    calls = list(dialer.advance(NOON + LATER))

    assert len(calls) == 4
    assert {call.began for call in calls} == {NOON}


def test_on_goes_on_with_whoever_is_left() -> None:
    dialer = Dialer(Callees(1))
    dialer.add(20212, plan(20, channels=4, retries=2), NOON)
    list(dialer.advance(NOON))
    dialer.switch(20212, NOON, on=False)
    first = list(dialer.advance(NOON + dt.timedelta(hours=1)))

    dialer.switch(20212, NOON + dt.timedelta(hours=1), on=True)
    rest = list(dialer.advance(NOON + LATER))

    assert all(call.began >= NOON + dt.timedelta(hours=1) for call in rest)
    assert {call.phone for call in first + rest} == {callee.phone for callee in plan(20).callees}
    assert max(Counter(call.phone for call in first + rest).values()) <= 3


def test_switching_on_what_is_on_calls_nobody_twice() -> None:
    dialer = Dialer(Callees(1))
    dialer.add(20212, plan(20, channels=4), NOON)
    calls: list[Call] = []
    for minute in range(60):
        now = NOON + minute * MINUTE
        calls += dialer.advance(now)
        assert dialer.switch(20212, now, on=True)
    calls += dialer.advance(NOON + LATER)

    assert len(calls) == 20
    assert most_at_once(calls) == 4


def test_delete_ends_it_and_forgets_it() -> None:
    dialer = Dialer(Callees(1))
    dialer.add(20212, plan(20, channels=4, retries=2), NOON)
    list(dialer.advance(NOON))

    assert dialer.delete(20212)
    assert not dialer.delete(20212)
    assert not dialer.switch(20212, NOON, on=True)
    assert len(list(dialer.advance(NOON + LATER))) == 4


def test_campaigns_do_not_share_channels_or_leads() -> None:
    dialer = Dialer(Callees(1))
    dialer.add(1, plan(10, channels=1), NOON)
    dialer.add(2, plan(10, channels=2), NOON)
    calls = list(dialer.advance(NOON + LATER))

    assert [most_at_once([call for call in calls if call.campaign_id == number]) for number in (1, 2)] == [1, 2]
    assert len({call.lead_id for call in calls}) == 20


@pytest.mark.parametrize("change", ["switch", "delete"])
def test_an_unknown_campaign_is_told(change: str) -> None:
    dialer = Dialer(Callees(1))

    assert not (dialer.delete(112) if change == "delete" else dialer.switch(112, NOON, on=False))
