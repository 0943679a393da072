"""Moments and durations as the provider writes them, and as it slips."""

from __future__ import annotations

import datetime as dt

import pytest

from tui.campaign.dates import ISTANBUL, read_duration, read_moment


@pytest.mark.parametrize(("text", "utc"), [
    ("2017-08-03 12:30:32 +0300", "2017-08-03T09:30:32"), ("2017-08-03 12:30:32 +03:00", "2017-08-03T09:30:32"),
    ("2017-08-03 12:30:32 +03", "2017-08-03T09:30:32"), ("2017-08-03 12:30:32 +030", "2017-08-03T09:30:32"),
    ("2017-08-03 12:30:32+03", "2017-08-03T09:30:32"), ("2017-08-03 12:30:32 TRT", "2017-08-03T09:30:32"),
    ("017-08-03 12:30:32 +0300", "2017-08-03T09:30:32"), ("2017-08-03T12:30:32+03:00", "2017-08-03T09:30:32"),
    ("2017-08-03T12:30:32.123Z", "2017-08-03T12:30:32"), ("2017-08-03 12:30:32 UTC", "2017-08-03T12:30:32"),
    ("2017-08-03 12:30:32 GMT", "2017-08-03T12:30:32"), ("2017-08-03 12:30:60 UTC", "2017-08-03T12:31:00"),
    ("2016-12-31 23:59:60 UTC", "2017-01-01T00:00:00"), ("2017-08-03 12:30:32 -0130", "2017-08-03T14:00:32"),
    ("2017-8-3 9:5:7 UTC", "2017-08-03T09:05:07"), ("2017-08-03 12:30 UTC", "2017-08-03T12:30:00"),
    ("2017-08-03 12:30:32", "2017-08-03T09:30:32"), ("  2017-08-03  12:30:32  utc ", "2017-08-03T12:30:32"),
])
def test_a_moment_is_read_leniently(text: str, utc: str) -> None:
    assert read_moment(text, default_zone=ISTANBUL) == dt.datetime.fromisoformat(f"{utc}+00:00")


@pytest.mark.parametrize("text", [
    "", "2017-08-03", "12:30:32", "soon", "2017-13-03 12:30:32 UTC", "2017-02-30 12:30:32 UTC",
    "2017-08-03 24:30:32 UTC",
    "2017-08-03 12:60:32 UTC", "2017-08-03 12:30:61 UTC", "2017-08-03 12:30:32 +99", "2017-08-03 12:30:32 EST",
    "17-08-03 12:30:32 UTC", "٢017-08-03 12:30:32 UTC", "9999-12-31 23:59:60 UTC", "2017-08-03 12:30:32 +03000",
])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text, or the part of it that is wrong
        read_moment(text, default_zone=dt.UTC)


@pytest.mark.parametrize(("text", "seconds"), [
    ("00:01:05", 65), ("00:0:35", 35), ("0:1:5", 65), ("1:05", 65), ("35", 35), ("100:00:00", 360_000),
    (" 00:00:01 ", 1),
])
def test_a_duration_is_read_leniently(text: str, seconds: int) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "x", "1:2:3:4", "-1", "1:", ":1", "1.5", "٣"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text
        read_duration(text)
