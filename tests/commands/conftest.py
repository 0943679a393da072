"""The command line, run in this process."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import KEY, write_config
from tui import bootstrap
from tui.__main__ import main
from tui.campaign.holidays import no_calendar
from tui.commands.campaign import plan
from tui.config import Profile
from tui.core.secret import Secret
from tui.sandbox.faults import parse_fault
from tui.sandbox.gate import ReceivedRequest
from tui.sandbox.server import Sandbox, SandboxOptions

CAMPAIGN = """\
name = "Memnuniyet anketi"
call_type = "queue"
queue_number = 201
cli = "02129630131"
time_range_begin = "00:00"
time_range_end = "23:59"

[[phone_list]]
phone = "05321234567"

[[phone_list]]
phone = "05321234568"
"""


@dataclass(frozen=True)
class Ran:
    """What a run of the command came to."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.out)

    @property
    def said(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()


Santral = Callable[..., Ran]
Started = Callable[..., Sandbox]


@pytest.fixture
def santral(capsys: pytest.CaptureFixture[str], home: Path) -> Santral:
    """Runs `santral` with arguments. No line of it, ever, has the key in it or looks like a traceback."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        ran = Ran(status, *capsys.readouterr())
        for text in (ran.out, ran.err):
            assert KEY not in text
            assert "Traceback" not in text
        return ran

    return run


@pytest.fixture
def start(home: Path) -> Iterator[Started]:
    """Starts a sandbox with faults, and points the configuration at it."""
    running: list[Sandbox] = []

    def begin(*faults: str, config: str = "", profile: str = "") -> Sandbox:
        sandbox = Sandbox(SandboxOptions(key=Secret(KEY), faults=tuple(map(parse_fault, faults))))
        sandbox.start_in_thread()
        running.append(sandbox)
        write_config(home, sandbox.address, more=config, profile_more=profile)
        return sandbox

    yield begin
    for sandbox in running:
        sandbox.stop()


@pytest.fixture(autouse=True)
def any_day_at_any_hour(moment: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands go by the clock: campaigns that call all day, on a holiday as well, are warned about."""
    monkeypatch.setattr(plan, "turkish", no_calendar)
    monkeypatch.setattr(plan, "DEFAULT_POLITE_HOURS", None)


@pytest.fixture
def campaign_file(tmp_path: Path) -> Path:
    path = tmp_path / "campaign.toml"
    path.write_text(CAMPAIGN, encoding="utf-8")
    return path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients that wait for an answer no longer than a test may take, and not at all before they try again."""
    from tui.provider.client import Provider
    from tui.provider.transport import Timeouts

    class Clock:
        def __init__(self) -> None:
            self.now = 0.0

        def monotonic(self) -> float:
            return self.now

        async def sleep(self, seconds: float) -> None:
            self.now += seconds

    def connect(profile: Profile, on_wait: Any = None) -> Provider:  # noqa: ANN401 - passed on
        assert profile.api_key is not None
        timeouts = Timeouts(connect=1, write=1, read=0.3, pool=1, answer=1)
        return Provider(profile.base_url, profile.api_key, timeouts=timeouts, clock=Clock(), on_wait=on_wait)

    monkeypatch.setattr(bootstrap, "connect", connect)


def requests_of(sandbox: Sandbox, method: str) -> list[str]:
    """The paths that were asked for with `method`."""
    return [request.path for request in sandbox.requests if request.method == method]


def changes(sandbox: Sandbox) -> list[ReceivedRequest]:
    """What was asked for but look-ups, which change nothing."""
    return [request for request in sandbox.requests if request.method != "GET"]


def everything_under(folder: Path) -> bytes:
    """The bytes of every file, whatever it is."""
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
