"""What is told each minute, and how much came within the last one."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import asdict

from tests.campaign.sentences import words
from tests.receiver.support import form, running
from tests.store.results import NOON, told
from tui.campaign.results import Ping, Unreadable
from tui.core.reason import Reason
from tui.i18n.words import LANGUAGES
from tui.receiver import server
from tui.receiver.counts import LastMinute, RequestCounts
from tui.store import IngestResult, Store


def test_everything_that_was_acknowledged_is_counted_as_what_it_is() -> None:
    counts, unreadable = RequestCounts(), Unreadable(b"x", Reason("receiver.unreadable.no_form"))
    for what, taken in ((told(), IngestResult.STORED), (told(), IngestResult.REPEATED), (told(), IngestResult.STORED),
                        (Ping(), IngestResult.STORED), (unreadable, IngestResult.STORED)):
        counts.add(what, taken)
    assert counts == RequestCounts(stored=2, repeated=1, unreadable=1, pings=1)
    assert counts.acknowledged == 5
    before = counts.copy()
    counts.add(Ping(), IngestResult.STORED)
    assert counts.since(before) == RequestCounts(pings=1)


def test_the_last_minute_forgets_what_is_older() -> None:
    last = LastMinute()
    assert [last.at(second, in_all) for second, in_all in ((0, 0), (10, 5), (50, 8), (60, 9), (70, 9), (111, 20))] == [
        0, 5, 8, 9, 4, 12]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 12345])
def test_a_minute_is_a_sentence(language: str, count: int) -> None:
    text = words(language).say("receiver.minute", moment=NOON, count=count, **asdict(RequestCounts(stored=count)))
    assert text.startswith("09:00  ")
    assert words(language).say("receiver.minute", moment=NOON, count=2,
                               **asdict(RequestCounts(failed=7))).count("7") == 1


def test_each_minute_is_told(monkeypatch: pytest.MonkeyPatch, store: Store, campaign: int) -> None:
    monkeypatch.setattr(server, "_MINUTE", 0.05)
    with running(store) as receiver:
        assert [receiver.post(form(number)) for number in (1, 2)] == [200, 200]
        end = time.monotonic() + 10
        while sum(minute.stored for minute in receiver.minutes) < 2:
            assert time.monotonic() < end
            time.sleep(0.01)
        many = len(receiver.minutes)
        while len(receiver.minutes) == many:
            assert time.monotonic() < end
            time.sleep(0.01)
        assert receiver.minutes[-1] == RequestCounts()
