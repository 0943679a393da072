"""When a campaign would call, and whether its list can be finished, in words of both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from tui.campaign.calling_hours import CallingPolicy
from tui.campaign.dates import ISTANBUL
from tui.campaign.holidays import Holiday, Holidays, Name
from tui.campaign.parsed_draft import ParsedDraft
from tui.i18n import words
from tui.text.holidays import holidays_text
from tui.text.schedule import duration_text, estimate_lines, schedule_lines

NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)  # noon in Istanbul, a Wednesday
NINE = {"time_range_begin": "09:00", "time_range_end": "18:00"}
ANY_TIME = CallingPolicy(None)


@pytest.fixture(autouse=True)
def language_again() -> Iterator[None]:
    yield
    words.use("en")


def told(values: dict[str, str], language: str = "en", recipients: int = 0,
         policy: CallingPolicy = ANY_TIME) -> list[str]:
    words.use(language)
    return schedule_lines(ParsedDraft({"call_type": "ivr"} | values), recipients, NOW, policy, {})


@pytest.mark.parametrize(("values", "tr", "en"), [
    ({**NINE}, "bugün 12:00–18:00 · 6 sa", "today 12:00–18:00 · 6 h"),
    ({"date_range_begin": "2026-11-26", **NINE}, "Per 26 Kas 09:00–18:00 · 9 sa", "Thu 26 Nov 09:00–18:00 · 9 h"),
    ({"date_range_end": "2026-11-27", **NINE}, "bugün 12:00–18:00 · 26–27 Kas Per–Cum 09:00–18:00 · 3 günde 24 sa",
     "today 12:00–18:00 · 26–27 Nov Thu–Fri 09:00–18:00 · 24 h on 3 days"),
    ({"date_range_begin": "2026-12-01", "date_range_end": "2027-01-15", "active_days": "1,2,3,4,5", **NINE},
     "1 Ara 2026 – 15 Oca 2027 Pzt–Cum 09:00–18:00 · 34 günde 306 sa",
     "1 Dec 2026 – 15 Jan 2027 Mon–Fri 09:00–18:00 · 306 h on 34 days"),
    ({"date_range_begin": "2026-12-01", "date_range_end": "2026-12-31"}, "1–31 Ara 00:00–23:59 · 31 günde 744 sa",
     "1–31 Dec 00:00–23:59 · 744 h on 31 days"),
])
def test_windows(values: dict[str, str], tr: str, en: str) -> None:
    assert told(values, "tr")[0] == f"Aramalar (Türkiye saati): {tr}"
    assert told(values, "en")[0] == f"Calls (Turkish time): {en}"


def test_days_that_passed_and_days_that_are_left_out() -> None:
    values = {"date_range_begin": "2026-11-23", "date_range_end": "2026-11-30", "active_days": "1,2,3,4,5", **NINE}
    assert told(values)[1:] == ["2 calling days have passed.", "No calls on Sat, Sun (2 days, not selected)."]
    assert told(values, "tr")[1:] == ["2 arama günü geçti.", "Cmt, Paz aranmaz (2 gün, seçili değil)."]


@pytest.mark.parametrize("values", [
    {"date_range_begin": "x"}, {"time_range_begin": "18:00", "time_range_end": "09:00"}, {"time_range_end": "11:00"},
    {"date_range_end": "2026-11-01"}, {"active_days": "1"},
])
def test_of_windows_that_cannot_be_nothing_is_told(values: dict[str, str]) -> None:
    assert told(values, recipients=5) == []


def test_in_the_last_minute_nothing_is_left() -> None:
    last = dt.datetime(2026, 11, 25, 18, 0, 30, tzinfo=ISTANBUL)
    words.use("en")
    assert schedule_lines(ParsedDraft(NINE), 0, last, ANY_TIME, {}) == ["No calling hours are left."]


def test_holidays_that_the_warning_does_not_name_are_listed() -> None:
    days = tuple(Holiday(Name.LABOUR, dt.date(2026, 12, day), dt.date(2026, 12, day)) for day in range(1, 12))
    values = {"date_range_end": "2026-12-31", **NINE}
    assert not any("holiday" in line for line in told(values, policy=CallingPolicy(None, lambda *_: days[:2])))
    lines = told(values, policy=CallingPolicy(None, lambda *_: days))
    assert lines[-1].startswith("Public holidays: 1 Dec Labour and Solidarity Day, 2 Dec")
    assert lines[-1].endswith("8 Dec Labour and Solidarity Day and 3 more holidays.")


def test_how_far_ahead_holidays_were_looked_for() -> None:
    assert told({"date_range_end": "2036-11-25", **NINE})[-1] == "Public holidays are checked up to 24 Nov 2028."
    assert told({"date_range_end": "2027-11-25", **NINE}, "tr")[-1].startswith("Aramalar (Türkiye saati)")


@pytest.mark.parametrize(("holiday", "tr", "en"), [
    (Holiday(Name.REPUBLIC, dt.date(2026, 10, 28), dt.date(2026, 10, 29), half=True),
     "28–29 Eki Cumhuriyet Bayramı (ilk gün 13:00'ten sonra)", "28–29 Oct Republic Day (the first day from 13:00)"),
    (Holiday(Name.REPUBLIC, dt.date(2026, 10, 28), dt.date(2026, 10, 28), half=True),
     "28 Eki 13:00'ten sonra Cumhuriyet Bayramı", "28 Oct from 13:00 Republic Day"),
    (Holiday(Name.RAMADAN, dt.date(2033, 1, 31), dt.date(2033, 2, 2), estimated=True),
     "31 Oca – 2 Şub 2033 Ramazan Bayramı (tahmini)", "31 Jan – 2 Feb 2033 Ramadan Feast (estimated)"),
    (Holiday("Yeni Bayram", dt.date(2026, 6, 1), dt.date(2026, 6, 1)), "1 Haz Yeni Bayram", "1 Jun Yeni Bayram"),
])
def test_a_holiday_in_words(holiday: Holiday, tr: str, en: str) -> None:
    for language, text in (("tr", tr), ("en", en)):
        words.use(language)
        assert holidays_text(Holidays((holiday,), NOW.date())) == text


def test_whether_the_list_can_be_finished() -> None:
    draft = ParsedDraft({"call_type": "ivr", "max_thread_count": "20", "call_retries": "0", "ring_timeout": "30",
                         **NINE})
    sure = {"answered": 100, "talk": 60, "pause": 0}
    lines = {}
    for language in ("tr", "en"):
        words.use(language)
        lines[language] = [line for recipients in (2000, 4801, 5000)
                           for line in estimate_lines(draft, recipients, NOW, sure, "a")]
    assert lines["en"][::2] == [
        "2,000 numbers: about 2 h 30 min on 20 channels; done today 14:30.",
        "! 4,801 numbers: about 6 h on 20 channels; 1 number won't be finished by the end (today 18:00).",
        "! 5,000 numbers: about 6 h 15 min on 20 channels; 200 numbers won't be finished by the end (today 18:00).",
    ]
    assert lines["tr"][::2] == [
        "2.000 numara, 20 kanalda yaklaşık 2 sa 30 dk sürer; bitiş bugün 14:30.",
        "! 4.801 numara, 20 kanalda yaklaşık 6 sa sürer; 1 numara bitişe (bugün 18:00) yetişmez.",
        "! 5.000 numara, 20 kanalda yaklaşık 6 sa 15 dk sürer; 200 numara bitişe (bugün 18:00) yetişmez.",
    ]
    assert lines["en"][1] == "Assumed: 100 % of calls answered, 60 s talk, 0 s between calls (a changes it)."
    assert lines["tr"][1] == (
        "Varsayım: çağrıların %100 kadarı cevaplanır, konuşma 60 sn, çağrı arası 0 sn (a değiştirir).")


def test_an_end_is_told_no_sooner_than_the_time_that_is_needed_allows() -> None:
    draft = ParsedDraft({"call_type": "ivr", "max_thread_count": "1", "call_retries": "0", "ring_timeout": "30",
                         **NINE})
    words.use("en")
    (line, _assumed) = estimate_lines(draft, 1, NOW, {"answered": 100, "talk": 60, "pause": 0})  # 90 seconds
    assert line == "1 number: about 2 min on 1 channel; done today 12:02."


@pytest.mark.parametrize(("minutes", "exact", "about"), [
    (0.5, "1 min", "1 min"), (59, "59 min", "59 min"), (60, "1 h", "1 h"), (322, "5 h 22 min", "5 h 20 min"),
    (58, "58 min", "58 min"), (629, "10 h 29 min", "10 h"), (90_000, "1,500 h", "1,500 h"),
])
def test_a_length_of_time(minutes: float, exact: str, about: str) -> None:
    words.use("en")
    time = dt.timedelta(minutes=minutes)
    assert (duration_text(time), duration_text(time, rounded=True)) == (exact, about)


def test_the_end_of_a_day_is_told_as_that_days() -> None:
    draft = ParsedDraft({"call_type": "ivr", "max_thread_count": "1", "call_retries": "0", "ring_timeout": "30",
                   "time_range_begin": "23:00", "date_range_end": "2026-11-26"})
    words.use("en")
    (line, _assumed) = estimate_lines(draft, 40, NOW, {"answered": 100, "talk": 60, "pause": 0})
    assert line.endswith("done today 24:00.")
