"""Whether a campaign calls at this moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.store.results import calling
from tests.store.support import open_store
from tui.campaign.dates import ISTANBUL
from tui.campaign.lifecycle import Action, State
from tui.operations.calling_now import CallingNow, calling_now
from tui.store import Campaign

LAUNCHED = dt.datetime(2026, 9, 12, 14, 0, tzinfo=ISTANBUL)  # a Saturday
FIELDS = {"call_type": "ivr", "active_days": "1,2,3,4,5,6", "date_range_begin": "2026-09-12",
          "date_range_end": "2026-09-14", "time_range_begin": "09:00", "time_range_end": "18:00"}
UNTIL = dt.datetime(2026, 9, 12, 18, 1, tzinfo=ISTANBUL)
MONDAY = dt.datetime(2026, 9, 14, 9, 0, tzinfo=ISTANBUL)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    path: Path = tmp_path_factory.mktemp("store") / "santral.db"
    store = open_store(path, lambda: LAUNCHED)
    yield store.campaigns.get(calling(store, 5, fields=FIELDS))
    store.close()


@pytest.mark.parametrize(("at", "expected"), [
    (LAUNCHED, CallingNow(now=True, until=UNTIL)),
    (UNTIL - dt.timedelta(seconds=1), CallingNow(now=True, until=UNTIL)),
    (UNTIL, CallingNow(now=False, next=MONDAY)),
    (dt.datetime(2026, 9, 13, 12, 0, tzinfo=ISTANBUL), CallingNow(now=False, next=MONDAY)),
    (MONDAY, CallingNow(now=True, until=dt.datetime(2026, 9, 14, 18, 1, tzinfo=ISTANBUL))),
    (dt.datetime(2026, 9, 14, 18, 1, tzinfo=ISTANBUL), CallingNow(now=False)),
], ids=str)
def test_one_that_is_on_calls_within_its_hours(campaign: Campaign, at: dt.datetime, expected: CallingNow) -> None:
    assert calling_now(campaign, at.astimezone(dt.UTC), complete=False) == expected


def test_when_every_number_is_final_nobody_is_called(campaign: Campaign) -> None:
    assert calling_now(campaign, LAUNCHED, complete=True) == CallingNow(now=False)


@pytest.mark.parametrize(("state", "known"), [
    (State.DRAFT, False), (State.REJECTED, False), (State.OFF, False), (State.DELETED, False),
    (State.LAUNCHING, None), (State.UNCONFIRMED, None),
])
def test_other_states_call_nobody_or_nobody_knows(campaign: Campaign, state: State, known: bool | None) -> None:
    assert calling_now(replace(campaign, state=state), LAUNCHED, complete=False) == CallingNow(now=known)
    assert calling_now(replace(campaign, state=state), UNTIL, complete=False) == CallingNow(now=False)


@pytest.mark.parametrize("state", [State.ON, State.OFF])
@pytest.mark.parametrize("doubt", [
    {"unsure": True}, {"pending": Action.OFF}, {"pending": Action.ON}, {"missing": True}], ids=str)
def test_in_its_hours_a_doubt_is_no_answer(campaign: Campaign, state: State, doubt: dict[str, object]) -> None:
    doubtful = replace(campaign, state=state, **doubt)  # type: ignore[arg-type] # names and values of its fields
    assert calling_now(doubtful, LAUNCHED, complete=False) == CallingNow(now=None)
    assert calling_now(doubtful, UNTIL, complete=False) == CallingNow(now=False)


def test_hours_that_nobody_understands_are_no_answer_until_they_are_over(campaign: Campaign) -> None:
    odd = replace(campaign, fields={**FIELDS, "time_range_begin": "20:00", "time_range_end": "08:00"})
    assert calling_now(odd, LAUNCHED, complete=False) == CallingNow(now=None)
    assert calling_now(odd, dt.datetime(2026, 9, 16, tzinfo=ISTANBUL), complete=False) == CallingNow(now=False)


def test_of_one_that_was_made_elsewhere_the_hours_are_unknown(campaign: Campaign) -> None:
    elsewhere = replace(campaign, adopted=True)
    assert calling_now(elsewhere, LAUNCHED, complete=False) == CallingNow(now=None)
    assert calling_now(replace(elsewhere, state=State.OFF), LAUNCHED, complete=False) == CallingNow(now=False)


@given(st.sampled_from(State), st.booleans(), st.booleans(), st.booleans(), st.sampled_from([None, *Action]),
       st.booleans(), st.integers(-48 * 60, 96 * 60))
def test_no_answer_contradicts_another(
    campaign: Campaign, state: State, unsure: bool, missing: bool, adopted: bool, pending: Action | None,
    complete: bool, minutes: int,
) -> None:
    at = LAUNCHED + dt.timedelta(minutes=minutes)
    stored = State.ON if state in (State.FINISHED, State.UNKNOWN, State.MISSING) else state
    changed = replace(campaign, state=stored, unsure=unsure, missing=missing, adopted=adopted, pending=pending)
    found = calling_now(changed, at, complete=complete)
    assert (found.until is not None) == (found.now is True)
    assert found.until is None or at < found.until
    assert found.next is None or (found.now is False and at < found.next)
