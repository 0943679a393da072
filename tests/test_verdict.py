"""What a review comes to: it is never ready where nobody would be called, at whatever hour and for whatever reason."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.screens.conftest import NOW, READY
from tui.campaign.dates import ISTANBUL
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import PhoneList
from tui.campaign.rules import check
from tui.i18n.words import Words, use
from tui.text.campaign import conclusion_text, review_lines

EN, TR = Words("en").say, Words("tr").say
TODAY = dt.date(2028, 2, 29)
MINUTE = dt.timedelta(minutes=1)
LAST_MINUTE = dt.time(23, 59)
TIMES = st.one_of(st.none(), st.times().map(lambda time: time.replace(second=0, microsecond=0)))
DATES = st.one_of(st.none(), st.integers(-9, 9).map(lambda days: TODAY + dt.timedelta(days)))
DAYS = st.sets(st.integers(1, 7))


def has_a_minute_to_come(begin: dt.date, end: dt.date, opens: dt.time, closes: dt.time, days: set[int],
                         now: dt.datetime) -> bool:
    """Minute by minute: is there one after `now` in which it calls? 23:59 means until midnight: it is one itself."""
    minute = now.replace(second=0, microsecond=0)
    if minute.time() < LAST_MINUTE or closes < LAST_MINUTE:
        minute += MINUTE
    while minute.date() <= end:
        if minute.date() >= begin and minute.isoweekday() in days and opens <= minute.time() <= closes:
            return opens < closes
        # On to the next day where nothing of this one is left.
        past = minute.time() > closes or minute.date() < begin or minute.isoweekday() not in days
        minute = dt.datetime.combine(minute.date() + dt.timedelta(1), dt.time(), ISTANBUL) if past else minute + MINUTE
    return False


def verdict(draft: ParsedDraft, recipients: int, now: dt.datetime) -> str:
    return conclusion_text(check(draft, PhoneList(total=max(recipients, 1), bad=1 - min(recipients, 1)), now), draft,
                           recipients, now)


@pytest.mark.parametrize("language", ["tr", "en"])
@given(st.times(), DATES, DATES, TIMES, TIMES, DAYS, st.integers(0, 2))
@example(time=dt.time(23, 59), first=None, last=None, opens=None, closes=None, days=set(), recipients=1)
def test_where_no_minute_is_to_come_it_is_not_ready_and_says_that_nobody_is_called(
    language: str, time: dt.time, first: dt.date | None, last: dt.date | None, opens: dt.time | None,
    closes: dt.time | None, days: set[int], recipients: int,
) -> None:
    now = dt.datetime.combine(TODAY, time, ISTANBUL)
    given = {"date_range_begin": first, "date_range_end": last, "active_days": ",".join(map(str, sorted(days)))}
    hours = {"time_range_begin": opens, "time_range_end": closes}
    draft = ParsedDraft(READY | {name: str(value) for name, value in given.items() if value}
                  | {name: f"{value:%H:%M}" for name, value in hours.items() if value})
    begin = first or TODAY
    if (opens or dt.time()) >= (closes or dt.time(23, 59)):
        return  # what such hours mean isn't documented: they are warned about
    days = days or set(range(1, 8)) if draft["active_days"] == READY["active_days"] else days
    to_come = has_a_minute_to_come(begin, last or begin, opens or dt.time(), closes or dt.time(23, 59), days, now)
    use(language)
    try:
        told, first_line = verdict(draft, recipients, now), review_lines(draft, recipients, 0, now)[0]
    finally:
        use("en")
    nobody = {"tr": "Kimse aranmaz", "en": "Nobody will be called"}[language]
    if not to_come or recipients == 0:
        assert told.startswith(nobody)
        assert first_line.startswith(nobody)
    if nobody not in told:
        assert to_come
    if told == {"tr": TR, "en": EN}[language]("text.review.ready"):
        assert to_come
        assert recipients


@pytest.mark.parametrize(("more", "recipients", "ready"), [
    ({}, 1, True),
    ({"time_range_end": "12:01"}, 1, True),  # it is noon
    ({"time_range_end": "12:00"}, 1, False),  # the last minute of it runs already
    ({"time_range_begin": "09:00", "time_range_end": "11:59"}, 1, False),
    ({"date_range_end": "2026-11-26", "time_range_end": "11:00"}, 1, True),
    ({"date_range_begin": "2026-11-20"}, 1, False),
    ({"active_days": "1", "date_range_end": "2026-11-29"}, 1, False),  # no Monday from Wednesday to Sunday
    ({"active_days": "1", "date_range_end": "2026-11-30"}, 1, True),
    ({"date_range_begin": "2026-11-26", "date_range_end": "2026-11-25"}, 1, False),
    ({"time_range_begin": "18:00", "time_range_end": "13:00"}, 1, True),  # nobody knows: it is warned about
    ({}, 0, False),
])
def test_every_way_to_call_nobody(more: dict[str, str], recipients: int, ready: bool) -> None:
    draft = ParsedDraft(READY | more)
    told = verdict(draft, recipients, NOW)
    assert (told == EN("text.review.ready")) is ready
    assert told.startswith("Nobody will be called") is not ready
    assert review_lines(draft, recipients, 0, NOW)[0].startswith("Nobody will be called") is not ready


def test_at_the_end_of_the_day_the_last_minute_counts() -> None:
    """23:59 means until midnight."""
    now = dt.datetime(2026, 11, 25, 23, 59, 30, tzinfo=ISTANBUL)
    assert verdict(ParsedDraft(READY), 1, now) == EN("text.review.ready")


def test_other_problems_are_counted_beside_it() -> None:
    draft = ParsedDraft(READY | {"time_range_end": "9:00", "name": ""})
    assert verdict(draft, 1, NOW) == EN("text.review.nobody_problems", count=1)
