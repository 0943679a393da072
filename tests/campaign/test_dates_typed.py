"""Days and times of day as people type them: what is understood, and what is refused and why."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tui.campaign.dates import (
    NotUnderstood,
    day_problem,
    kept_day,
    kept_time,
    parse_date,
    parse_time,
    read_day,
    read_time,
    time_problem,
)
from tui.i18n.words import weekday_text

TODAY = dt.date(2026, 11, 25)  # a Wednesday
TODAYS = st.dates(dt.date(2000, 1, 1), dt.date(2900, 12, 31))
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2999, 12, 31))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))
NAMES = (("pazartesi", "Monday"), ("SALI", "tuesday"), ("çarşamba", "WEDNESDAY"), ("Perşembe", "thursday"),
         ("cuma", "friday"), ("CUMARTESİ", "saturday"), ("pazar", "Sunday"))


@pytest.mark.parametrize(("text", "day"), [
    ("2026-11-25", "2026-11-25"), ("2026-1-5", "2026-01-05"), ("25.11.2026", "2026-11-25"),
    ("25/11/2026", "2026-11-25"), ("5/1/2027", "2027-01-05"), (" 25.11 ", "2026-11-25"), ("25.11.", "2026-11-25"),
    ("26.11", "2026-11-26"), ("24.11", "2027-11-24"), ("24/11", "2027-11-24"), ("29.2", "2028-02-29"),
    ("1.1", "2027-01-01"), ("3/4", "2027-04-03"),
    ("bugün", "2026-11-25"), ("BUGUN", "2026-11-25"), ("today", "2026-11-25"), ("yarın", "2026-11-26"),
    ("YARIN", "2026-11-26"), ("yarin", "2026-11-26"), ("Tomorrow", "2026-11-26"),
    ("+0", "2026-11-25"), ("+3", "2026-11-28"), ("+ 3", "2026-11-28"), ("+40", "2027-01-04"),
    ("perşembe", "2026-11-26"), ("salı", "2026-12-01"), ("çarşamba", "2026-12-02"), ("wed", "2026-12-02"),
    ("c\u0327ars\u0327amba", "2026-12-02"), ("PERS\u0327EMBE\u00a0", "2026-11-26"), ("yar\u0131n\u202f", "2026-11-26"),
    ("CUMARTESI\u0307", "2026-11-28"), ("+\u00a03", "2026-11-28"), ("bugu\u0308n", "2026-11-25"),
    ("Pzt", "2026-11-30"), ("paz", "2026-11-29"), ("sun", "2026-11-29"), ("CUMA", "2026-11-27"), ("cmt", "2026-11-28"),
])
def test_a_day_is_understood_as_it_is_typed(text: str, day: str) -> None:
    assert read_day(text, TODAY).isoformat() == kept_day(text, TODAY) == day


@pytest.mark.parametrize(("text", "code"), [
    ("31.02", "day"), ("31.02.2026", "day"), ("29.02.2026", "day"), ("30.2", "day"), ("0.1", "day"),
    ("32.1.2026", "day"), ("2026-02-30", "day"), ("11/25/2026", "month"), ("11/25", "month"),
    ("25.0", "month"), ("2026-13-01", "month"),
    ("25.11.26", "year"), ("25.11.2", "year"), ("25.11.20260", "year"), ("25.11.1999", "year"), ("3000-01-01", "year"),
    ("0000-01-01", "year"), ("", "date"), ("25", "date"), ("25.11/2026", "date"), ("25-11-2026", "date"),
    ("20261125", "date"), ("dün", "date"), ("-1", "date"), ("+", "date"), ("+12345", "date"), ("pazartesii", "date"),
    ("2026-11-25T09:00", "date"), ("25.11.2026 yarın", "date"), ("[/x]", "date"), ("²5.11", "date"),
])
def test_what_is_no_day_is_refused_in_one_sentence(text: str, code: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_day(text, TODAY)
    assert refused.value.reason == day_problem(text)
    assert refused.value.reason.code == f"campaign.problem.{code}"
    assert all(len(sentence.splitlines()) == 1 for sentence in said(refused.value.reason).values())
    assert kept_day(text, TODAY) == text


@pytest.mark.parametrize(("text", "time"), [
    ("9", "09:00"), ("09", "09:00"), ("0", "00:00"), ("23", "23:00"), ("9:30", "09:30"), ("9.30", "09:30"),
    ("09.30", "09:30"), ("0930", "09:30"), ("930", "09:30"), ("1730", "17:30"), (" 17:00 ", "17:00"), ("0:00", "00:00"),
    ("23:59", "23:59"), ("0000", "00:00"),
])
def test_a_time_is_understood_as_it_is_typed(text: str, time: str) -> None:
    assert read_time(text).strftime("%H:%M") == kept_time(text) == time


@pytest.mark.parametrize(("text", "code"), [
    ("25:00", "hour"), ("25", "hour"), ("9:60", "hour"), ("0960", "hour"), ("99", "hour"), ("24:01", "hour"),
    ("24:00", "midnight"), ("24", "midnight"), ("2400", "midnight"),
    ("", "time"), ("9:5", "time"), ("9:", "time"), ("9,30", "time"), ("09:00:00", "time"), ("-1:00", "time"),
    ("12345", "time"), ("nine", "time"), ("9 am", "time"), ("[/x]", "time"), ("9 30", "time"),
])
def test_what_is_no_time_is_refused_in_one_sentence(text: str, code: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_time(text)
    assert refused.value.reason == time_problem(text)
    assert refused.value.reason.code == f"campaign.problem.{code}"
    assert all(len(sentence.splitlines()) == 1 for sentence in said(refused.value.reason).values())
    assert kept_time(text) == text


@given(DAYS, TODAYS)
def test_every_writing_of_a_whole_date_is_that_day_on_every_day(day: dt.date, today: dt.date) -> None:
    for text in (day.isoformat(), f"{day.year}-{day.month}-{day.day}", f"{day.day}.{day.month}.{day.year}",
                 f"{day.day:02}.{day.month:02}.{day.year}", f"{day.day:02}/{day.month:02}/{day.year}",
                 f"{day.day}/{day.month}/{day.year}"):
        assert read_day(text, today) == day
        assert kept_day(text, today) == day.isoformat()


@given(DAYS, TODAYS)
@example(dt.date(2000, 2, 29), dt.date(2896, 3, 1))  # 2900 has no 29 February
def test_without_a_year_it_is_the_first_such_day_from_today_on(day: dt.date, today: dt.date) -> None:
    for text in (f"{day.day}.{day.month}", f"{day.day:02}/{day.month:02}", f"{day.day}.{day.month}."):
        found = read_day(text, today)
        assert (found.day, found.month) == (day.day, day.month)
        assert found >= today
        between = (dt.date(year, day.month, day.day) for year in range(today.year, found.year)
                   if (day.day, day.month) != (29, 2) or calendar.isleap(year))
        assert all(earlier < today for earlier in between)


@given(TODAYS, st.integers(0, 9999))
def test_days_on_from_today(today: dt.date, count: int) -> None:
    assert read_day(f"+{count}", today) == today + dt.timedelta(days=count)


@pytest.mark.parametrize("name", [name for names in NAMES for name in names])
@given(today=TODAYS)
def test_a_weekday_is_the_next_one_and_never_today(name: str, today: dt.date) -> None:
    wanted = next(day for day, names in enumerate(NAMES, start=1) if name in names)
    found = read_day(name, today)
    assert found.isoweekday() == wanted
    assert 1 <= (found - today).days <= 7
    for language in ("tr", "en"):  # as the program itself writes them
        assert read_day(weekday_text(wanted, language), today) == found


@given(TIMES)
def test_every_writing_of_a_time_is_that_time(time: dt.time) -> None:
    texts = [f"{time.hour}:{time.minute:02}", f"{time:%H:%M}", f"{time:%H.%M}", f"{time.hour}.{time.minute:02}",
             f"{time:%H%M}", f"{time.hour}{time.minute:02}"]
    texts += [str(time.hour), f"{time:%H}"] if time.minute == 0 else []
    for text in texts:
        assert read_time(text) == time
        assert kept_time(text) == f"{time:%H:%M}"


TYPED = st.text(max_size=14) | st.from_regex(r"\+?[0-9]{0,4}[./:-]?[0-9]{0,4}[./-]?[0-9]{0,5}", fullmatch=True)


@given(TYPED, TODAYS)
def test_what_is_kept_is_right_or_as_it_was_typed(text: str, today: dt.date) -> None:
    """And what is in the kept form means the same on every day: nothing is understood anew when it is read again."""
    day = kept_day(text, today)
    if day != text:
        assert parse_date(day).isoformat() == day
    assert kept_day(day, today) == day
    time = kept_time(text)
    if time != text:
        assert parse_time(time).strftime("%H:%M") == time
    assert kept_time(time) == time
