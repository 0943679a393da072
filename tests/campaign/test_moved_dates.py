"""Today's days for an earlier campaign: as many of them, on the same weekdays, within the same hours."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.campaign.dates import ISTANBUL
from tui.campaign.moved_dates import moved_dates
from tui.campaign.parsed_draft import ParsedDraft

LAUNCHED = dt.datetime(2026, 9, 1, 9, 0, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)  # of a Wednesday in Istanbul


@pytest.mark.parametrize(("fields", "moved"), [
    ({}, {}),
    ({"date_range_begin": "2026-09-01"}, {"date_range_begin": "2026-11-25"}),
    ({"date_range_begin": "2026-09-01", "date_range_end": "2026-09-03"},
     {"date_range_begin": "2026-11-25", "date_range_end": "2026-11-27"}),
    ({"date_range_begin": "01.09.2026", "date_range_end": "03.09.2026"},
     {"date_range_begin": "2026-11-25", "date_range_end": "2026-11-27"}),
    ({"date_range_end": "2026-09-03"}, {"date_range_end": "2026-11-27"}),  # from the day of the launch on
    ({"date_range_begin": "2026-09-01", "active_days": "4,5"}, {"date_range_begin": "2026-11-26"}),
    ({"date_range_end": "2026-09-02", "active_days": "1"},
     {"date_range_begin": "2026-11-30", "date_range_end": "2026-12-01"}),
    ({"date_range_begin": "2026-09-01", "time_range_begin": "09:00", "time_range_end": "11:00"},
     {"date_range_begin": "2026-11-26"}),
    ({"date_range_begin": "2026-09-01", "time_range_begin": "09:00", "time_range_end": "18:00"},
     {"date_range_begin": "2026-11-25"}),
    ({"date_range_begin": "2026-09-03", "date_range_end": "2026-09-01"}, {}),  # it is a problem of the draft still
    ({"date_range_begin": "soon"}, {}),
])
def test_the_days_are_moved(fields: dict[str, str], moved: dict[str, str]) -> None:
    draft = ParsedDraft({"active_days": "1,2,3,4,5,6,7"} | fields)
    assert moved_dates(draft, LAUNCHED, NOON) == moved


@given(begin=st.dates(dt.date(2024, 1, 1), dt.date(2026, 11, 1)), length=st.integers(0, 40),
       days=st.sets(st.integers(1, 7), min_size=1), minutes=st.integers(0, 60 * 24 * 30))
def test_it_begins_on_the_next_of_its_weekdays_and_lasts_as_long(
        begin: dt.date, length: int, days: set[int], minutes: int) -> None:
    now = NOON + dt.timedelta(minutes=minutes)
    draft = ParsedDraft({"date_range_begin": begin.isoformat(),
                         "date_range_end": (begin + dt.timedelta(days=length)).isoformat(),
                         "active_days": ",".join(map(str, sorted(days))), "time_range_end": "18:00"})
    moved = draft.changed(moved_dates(draft, LAUNCHED, now)).window(now)
    assert moved is not None
    assert (moved.end - moved.begin).days == length
    assert moved.begin.isoweekday() in days
    local = now.astimezone(ISTANBUL)
    assert 0 <= (moved.begin - local.date()).days <= 7
    assert moved.callable_after(now)
