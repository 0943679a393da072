"""The demo's drafts: at whatever hour it begins, a launch of them calls, and its sandbox knows of the same hours."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tui.campaign.calling_hours import calls_nobody, remaining
from tui.campaign.dates import ISTANBUL
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import PhoneList
from tui.campaign.request import wire_fields
from tui.campaign.rules import check, errors
from tui.commands import demo
from tui.commands.demo import _IVR, _QUEUE, example_window
from tui.core import processes
from tui.operations.services import NotPossible
from tui.sandbox.checks import read_plan

MOMENTS = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2034, 1, 1), timezones=st.just(ISTANBUL))  # noqa: DTZ001 - with a zone
PHONES = [{"phone": "905321234567"}]


@given(MOMENTS, st.sampled_from([_IVR, _QUEUE]))
def test_a_launch_calls_at_once_and_for_hours(now: dt.datetime, values: dict[str, str]) -> None:
    draft = ParsedDraft({**values, **example_window(now)})
    assert not errors(check(draft, PhoneList(total=1), now))
    assert calls_nobody(draft.window(now), 1, now) is None
    window = draft.window(now)
    assert window is not None
    assert window.opened_at(now) is not None
    assert remaining(window, now).time >= dt.timedelta(hours=2)
    soon = now + dt.timedelta(minutes=10)  # midnight may have passed: looking round takes time
    assert calls_nobody(draft.window(soon), 1, soon) is None
    assert window.opened_at(soon) is not None


@given(MOMENTS, st.sampled_from([_IVR, _QUEUE]))
def test_the_sandbox_calls_at_once_too(now: dt.datetime, values: dict[str, str]) -> None:
    draft = ParsedDraft({**values, **example_window(now)})
    plan = read_plan({**wire_fields(draft), "phone_list": PHONES}, now.date())
    assert plan.window.is_open(now)
    assert plan.window.is_open(now + dt.timedelta(minutes=10))


@pytest.mark.parametrize(("now", "hours"), [
    ("2026-11-25T09:00", "09:00–18:00"), ("2026-11-25T15:00", "09:00–18:00"), ("2026-11-28T12:00", "09:00–18:00"),
    ("2026-11-25T18:30", "18:00–23:59"), ("2026-11-25T07:59", "07:00–23:59"), ("2026-11-25T00:30", "00:00–23:59"),
    ("2026-11-25T23:59", "00:00–23:59"), ("2028-02-29T16:10", "16:00–23:59"), ("2026-12-31T22:00", "00:00–23:59"),
])
def test_the_hours_are_those_of_a_working_day_where_that_goes(now: str, hours: str) -> None:
    given = example_window(dt.datetime.fromisoformat(now).replace(tzinfo=ISTANBUL))
    assert f"{given['time_range_begin']}–{given['time_range_end']}" == hours


def test_what_does_not_begin_to_listen_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "command_line", lambda *_: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(NotPossible) as refused, demo._process(("sandbox",), "command.demo.no_sandbox"):
        pass
    assert refused.value.reason.code == "command.demo.no_sandbox"
    assert all(said(refused.value.reason).values())


def test_what_does_not_end_by_itself_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    lasting = "import sys, time; print('http://127.0.0.1:1', flush=True); time.sleep(600)"
    monkeypatch.setattr(processes, "command_line", lambda *_: [sys.executable, "-c", lasting])
    monkeypatch.setattr(demo, "_END_SECONDS", 0.05)
    begun: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen

    def noted(*arguments: Any, **named: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401 - handed on
        begun.append(begin(*arguments, **named))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    with demo._process(("sandbox",), "command.demo.no_sandbox") as address:
        assert address == "http://127.0.0.1:1"
    assert [process.returncode for process in begun] == [-signal.SIGKILL]
