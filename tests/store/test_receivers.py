"""Receivers say that they are there."""

from __future__ import annotations

import datetime as dt

from tests.store.support import Location, open_store
from tui.store import Heartbeat

NOON = dt.datetime(2026, 9, 12, 9, 0, tzinfo=dt.UTC)


class Hands:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> dt.datetime:
        return self.at


def test_who_was_there_lately(place: Location) -> None:
    clock = Hands()
    store = open_store(place, clock)
    assert store.receivers.seen_since(NOON) == []
    store.receivers.beat("one", address="127.0.0.1:8080", started_at=NOON, received_last_minute=0)
    clock.at += dt.timedelta(seconds=10)
    store.receivers.beat("two", address="10.0.0.2:80", started_at=NOON, received_last_minute=7)
    clock.at += dt.timedelta(seconds=10)
    store.receivers.beat("one", address="127.0.0.1:8081", started_at=NOON, received_last_minute=60)
    one = Heartbeat("one", "127.0.0.1:8081", NOON, NOON + dt.timedelta(seconds=20), 60)
    two = Heartbeat("two", "10.0.0.2:80", NOON, NOON + dt.timedelta(seconds=10), 7)
    assert store.receivers.seen_since(NOON) == [one, two]
    assert store.receivers.seen_since(one.beat_at) == [one]
    store.receivers.gone("one")
    store.receivers.gone("one")
    assert store.receivers.seen_since(NOON) == [two]
    store.close()


def test_one_that_started_anew_under_its_name_says_when(place: Location) -> None:
    clock = Hands()
    store = open_store(place, clock)
    store.receivers.beat("one", address="127.0.0.1:8080", started_at=NOON, received_last_minute=9)
    clock.at += dt.timedelta(hours=1)
    store.receivers.beat("one", address="127.0.0.1:8080", started_at=clock.at, received_last_minute=0)
    assert [beat.started_at for beat in store.receivers.seen_since(NOON)] == [clock.at]
    store.close()


def test_the_dead_are_forgotten_after_a_week(place: Location) -> None:
    clock = Hands()
    store = open_store(place, clock)
    store.receivers.beat("one", address="", started_at=NOON, received_last_minute=0)
    clock.at += dt.timedelta(days=8)
    store.receivers.beat("two", address="", started_at=clock.at, received_last_minute=0)
    assert [beat.name for beat in store.receivers.seen_since(NOON)] == ["two"]
    store.close()
