"""Signals that come when the terminal was given back already, as the last of several may."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tui.app.terminal.signals import EndSignals

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in ENDINGS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", ENDINGS)
def test_what_a_signal_ends_no_later_one_ends_otherwise(number: signal.Signals) -> None:
    asked: list[str] = []
    with EndSignals(lambda: asked.append("leave"), lambda: asked.append("last resort")) as end_signals:
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
    for late in ENDINGS:
        assert signal.getsignal(late) is signal.SIG_IGN
        os.kill(os.getpid(), late)
    assert (end_signals.status, asked) == (128 + number, ["leave"])


def test_without_a_signal_all_is_as_it_was() -> None:
    before = [signal.getsignal(number) for number in ENDINGS]
    with EndSignals(lambda: None, lambda: None):
        assert [signal.getsignal(number) for number in ENDINGS] != before
    assert [signal.getsignal(number) for number in ENDINGS] == before
