"""`santral` without a command, and `santral demo`: the way into the app and out of it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

import tui.app.app
from tests.commands.conftest import Santral
from tests.conftest import KEY, write_config
from tests.terminal import PATIENCE, Terminal
from tui.app.routes import Routes
from tui.bootstrap import Session
from tui.commands import demo
from tui.core.reason import Reason
from tui.operations.launch import NotKept
from tui.operations.outcome_writer import _Unwritten
from tui.store import StoreFull


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: True)


@pytest.mark.parametrize("command", [(), ("demo",)])
def test_without_a_terminal_there_is_no_app(santral: Santral, command: tuple[str, ...]) -> None:
    ran = santral(*command)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert "--help" in ran.err


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize("configured", [True, False])
def test_the_app_gets_the_profile_or_none_at_all(
    santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch, configured: bool
) -> None:
    seen: list[str | None] = []

    def app(session: Session, _routes: Routes) -> str:
        seen.append(session.services.profile.name if session.services else None)
        return ""

    monkeypatch.setattr(tui.app.app, "run_app", app)
    if configured:
        write_config(home, "http://127.0.0.1:9")
    assert santral().status == 0
    assert seen == ["acme" if configured else None]


@pytest.mark.usefixtures("at_a_terminal")
def test_a_broken_configuration_does_not_start_the_app(
    santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(tui.app.app, "run_app")
    write_config(home, "http://127.0.0.1:9", more='langage = "tr"')
    ran = santral()
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "langage" in ran.err


@pytest.mark.usefixtures("at_a_terminal")
def test_the_last_sentence_of_an_app_that_failed_is_told(
    santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def app(_session: Session, _routes: Routes) -> str:
        raise SystemExit("The log says more.")

    monkeypatch.setattr(tui.app.app, "run_app", app)
    ran = santral()
    assert (ran.status, ran.said) == (1, ["The log says more."])


@pytest.mark.usefixtures("at_a_terminal")
def test_the_first_run_leads_to_the_demo_where_that_is_asked_for(
    santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speeds: list[float] = []

    def run_demo(speed: float) -> int:
        speeds.append(speed)
        return 0

    monkeypatch.setattr(tui.app.app, "run_app", lambda _session, _routes: "demo")
    monkeypatch.setattr(demo, "run_demo", run_demo)
    assert santral().status == 0
    assert speeds == [demo.DEMO_SPEED]


@pytest.fixture
def demo_environ(home: Path, tmp_path: Path) -> dict[str, str]:
    """A machine on which the real account's key is in the environment."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    return {**os.environ, "TMPDIR": str(temporary), "SANTRAL_API_KEY": KEY, "SANTRAL_PROFILE": "real"}


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def wait_until_gone(pid: int) -> None:
    """Until a process has ended; whoever has to collect it may not have done so yet."""
    end = time.monotonic() + PATIENCE
    while _is_running(pid):
        assert time.monotonic() < end, f"process {pid} goes on"
        time.sleep(0.02)


def _is_running(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(") ")[2][0] != "Z"


@pytest.mark.long
@pytest.mark.terminal
def test_the_demo_uses_no_real_key_and_leaves_nothing_behind(
    demo_environ: dict[str, str], home: Path, tmp_path: Path
) -> None:
    # Somewhere else a folder of the same name must not be taken for the program.
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "tui").mkdir(parents=True)
    with Terminal([sys.executable, "-m", "tui", "demo"], demo_environ) as terminal:
        terminal.wait("demo")
        terminal.wait("Istanbul")
        beside = children_of(terminal.process.pid)
        assert len(beside) == 2  # the sandbox and the receiver
        for process in beside:
            assert b"SANTRAL_" not in Path(f"/proc/{process}/environ").read_bytes()
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert KEY.encode() not in terminal.written
    for process in beside:
        wait_until_gone(process)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert [path for path in home.rglob("*") if path.is_file()] == []


@pytest.mark.terminal
def test_what_a_demo_that_was_killed_runs_on_ends_by_itself(demo_environ: dict[str, str]) -> None:
    with Terminal([sys.executable, "-m", "tui", "demo"], demo_environ) as terminal:
        terminal.wait("Istanbul")
        beside = children_of(terminal.process.pid)
        terminal.kill()
    assert beside
    for process in beside:
        wait_until_gone(process)


@pytest.mark.long
@pytest.mark.terminal
def test_in_the_demo_results_come_in_while_one_watches(demo_environ: dict[str, str]) -> None:
    with Terminal([sys.executable, "-m", "tui", "demo", "--speed", "60"], demo_environ, (120, 36)) as terminal:
        terminal.wait("● receiver")
        terminal.wait("Randevu hatırlatma")
        terminal.press("r")
        terminal.wait("300 of 300 called")
        terminal.press("ctrl+q")
        assert terminal.end() == 0


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize("ends", ["left", "fails"])
def test_an_id_that_was_never_written_down_is_said_on_the_terminal_after_the_app(
    santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    def full() -> None:
        raise StoreFull(Reason("store.full", {"path": "santral.db"}))

    def app(session: Session, _routes: Routes) -> str:
        assert session.services is not None
        session.services.outcome_writer._unwritten.append(_Unwritten(full, NotKept.reason_of(20212)))
        if ends == "fails":
            raise SystemExit("Santral crashed")
        return ""

    monkeypatch.setattr(tui.app.app, "run_app", app)
    write_config(home, "http://127.0.0.1:9")
    ran = santral()
    assert ran.status == (1 if ends == "fails" else 0)
    assert "20212" in ran.said[0]
    assert "no room left on the disk" in ran.said[1]
