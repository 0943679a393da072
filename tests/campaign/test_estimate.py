"""How long a list takes: what is typed goes before what is assumed, and the windows that are left decide."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.campaign.dates import ISTANBUL
from tui.campaign.estimate import ASSUMPTIONS, Estimate, estimate
from tui.campaign.fields import IVR, QUEUE
from tui.campaign.parsed_draft import ParsedDraft

NOW = dt.datetime(2026, 9, 7, 10, 0, tzinfo=ISTANBUL)  # a Monday
HOURS = {"time_range_begin": "09:00", "time_range_end": "18:00"}
FULL = {"call_type": IVR, "ring_timeout": "30", "call_retries": "0", "max_thread_count": "20", **HOURS}
SURE = {"answered": 100, "talk": 60, "pause": 0}


def of(recipients: int, values: dict[str, str] | None = None, chosen: dict[str, int] | None = None) -> Estimate:
    found = estimate(ParsedDraft(FULL | (values or {})), recipients, NOW, SURE if chosen is None else chosen)
    assert found is not None
    return found


def test_each_number_keeps_a_channel_for_ring_and_talk() -> None:
    found = of(2000)  # 90 s each, on 20 channels
    assert found.needed == dt.timedelta(minutes=150)
    assert (found.channels, found.unfinished) == (20, 0)
    assert found.ends == dt.datetime(2026, 9, 7, 12, 30, tzinfo=ISTANBUL)


def test_what_cannot_be_done_until_the_end_is_counted() -> None:
    found = of(10_000)  # 12 h 30 min, of which 8 h are left
    assert found.ends is None
    assert found.unfinished == 3600
    assert found.closes == dt.datetime(2026, 9, 7, 18, tzinfo=ISTANBUL)
    assert of(10_000, {"date_range_end": "2026-09-08"}).ends == dt.datetime(2026, 9, 8, 13, 30, tzinfo=ISTANBUL)


@pytest.mark.parametrize(("answered", "tries", "seconds"), [
    (50, 1, 30 + 0.5 * 60),
    (50, 2, 1.5 * 30 + 0.75 * 60),
    (100, 5, 30 + 60),
    (1, 3, (1 + 0.99 + 0.99**2) * 30 + (1 - 0.99**3) * 60),
])
def test_a_number_is_tried_again_until_it_answers(answered: int, tries: int, seconds: float) -> None:
    found = of(20_000, {"call_retries": str(tries - 1)}, {**SURE, "answered": answered})
    assert found.needed.total_seconds() == pytest.approx(1000 * seconds)


def test_only_what_is_not_typed_is_assumed() -> None:
    assert list(of(10).assumed) == ["answered", "talk", "pause"]
    bare = estimate(ParsedDraft({"call_type": IVR, **HOURS}), 10, NOW, {})
    assert bare is not None
    assert bare.assumed == {name: ASSUMPTIONS[name].assumed
                            for name in ("answered", "talk", "ring", "pause", "tries", "channels")}


@pytest.mark.parametrize(("values", "chosen", "channels", "assumed"), [
    ({"thread_multiplier": "3", "max_thread_count": ""}, {"agents": 4}, 12, "agents"),
    ({"thread_multiplier": "3", "max_thread_count": "10"}, {"agents": 4}, 10, "agents"),
    ({"thread_multiplier": "", "max_thread_count": ""}, {"channels": 7}, 7, "channels"),
])
def test_a_queue_dials_for_its_agents(values: dict[str, str], chosen: dict[str, int], channels: int,
                                      assumed: str) -> None:
    found = of(5000, {"call_type": QUEUE, "queue_number": "200", **values}, {**SURE, **chosen})
    assert found.channels == channels
    assert found.assumed[assumed] == chosen[assumed]
    assert not {"agents", "channels"} - {assumed} & found.assumed.keys()


def test_few_numbers_do_not_use_every_channel() -> None:
    assert (of(1).needed, of(1).channels) == (dt.timedelta(seconds=90), 1)


@pytest.mark.parametrize("chosen", [{"talk": 0}, {"talk": 10**9}, {"answered": 0}, {"nothing": 1}])
def test_an_assumption_that_cannot_be_is_not_used(chosen: dict[str, int]) -> None:
    assert of(10, chosen=chosen).assumed["talk"] == ASSUMPTIONS["talk"].assumed
    assert of(10, chosen=chosen).assumed["answered"] == ASSUMPTIONS["answered"].assumed


@pytest.mark.parametrize(("recipients", "values"), [
    (0, {}), (5, {"time_range_end": "09:30"}), (5, {"time_range_end": "08:00"}), (5, {"date_range_end": "x"}),
    (5, {"date_range_begin": "2026-09-09", "date_range_end": "2026-09-08"}), (5, {"active_days": "2"}),
])
def test_without_people_or_hours_nothing_is_told(recipients: int, values: dict[str, str]) -> None:
    assert estimate(ParsedDraft(FULL | values), recipients, NOW, {}) is None


@settings(deadline=None)
@given(st.integers(1, 2_000_000), st.integers(0, 2**53), st.integers(25, 60), st.integers(1, 2**53),
       st.fixed_dictionaries({name: st.integers(known.minimum, known.maximum) for name, known in ASSUMPTIONS.items()}))
def test_whatever_is_typed_there_is_an_estimate(recipients: int, retries: int, ring: int, channels: int,
                                                chosen: dict[str, int]) -> None:
    found = of(recipients, {"call_retries": str(min(retries, 2**53 - 1)), "ring_timeout": str(ring),
                        "max_thread_count": str(min(channels, 2**53 - 1))}, chosen)
    assert found.needed > dt.timedelta(0)
    assert (found.ends is None) == (found.unfinished > 0)
    assert found.unfinished <= recipients
