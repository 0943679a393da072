"""The command as a process of its own: signals, closed ends of pipes, what it loads, what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands.conftest import changes, everything_under
from tests.conftest import KEY, write_config
from tui.core.secret import Secret
from tui.sandbox.events import FaultBefell, SandboxEvent
from tui.sandbox.faults import parse_fault
from tui.sandbox.server import Sandbox, SandboxOptions

SANTRAL = (sys.executable, "-m", "tui")
PATIENCE = 30.0


class Stalling:
    """A sandbox that stalls, and says when."""

    def __init__(self, fault: str) -> None:
        self.stalled = threading.Event()
        self.sandbox = Sandbox(SandboxOptions(key=Secret(KEY), faults=(parse_fault(fault),)), on_event=self._tell)

    def _tell(self, event: SandboxEvent) -> None:
        if isinstance(event, FaultBefell):
            self.stalled.set()


@pytest.fixture
def stalling(home: Path) -> Iterator[Callable[[str], Stalling]]:
    running: list[Stalling] = []

    def begin(fault: str) -> Stalling:
        made = Stalling(fault)
        made.sandbox.start_in_thread()
        running.append(made)
        write_config(home, made.sandbox.address)
        return made

    yield begin
    for made in running:
        made.sandbox.stop()


def run(*arguments: object, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*SANTRAL, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=stdout,
                          stderr=subprocess.PIPE, text=True, encoding="utf-8", timeout=PATIENCE, check=False)


def begin(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen([*SANTRAL, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, encoding="utf-8")


def states() -> list[str]:
    return [campaign["state"] for campaign in json.loads(run("campaign", "list", "--json").stdout)["campaigns"]]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_create_that_is_stopped_after_it_was_sent_is_unconfirmed(
    stalling: Callable[[str], Stalling], campaign_file: Path, ending: signal.Signals
) -> None:
    provider = stalling("stall")
    process = begin("campaign", "create", campaign_file, "--yes")
    assert provider.stalled.wait(PATIENCE)
    process.send_signal(ending)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, len(err.splitlines())) == (3, "", 1)
    assert "santral campaign not-created d1" in err
    assert states() == ["unconfirmed"]
    assert len(changes(provider.sandbox)) == 1


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_waiting_that_is_stopped_leaves_the_campaign_on_and_says_so(
    config_file: Path, sandbox: Sandbox, campaign_file: Path, ending: signal.Signals
) -> None:
    process = begin("campaign", "create", campaign_file, "--yes", "--wait")
    assert process.stdout is not None
    assert process.stdout.readline() == "20212\n"
    process.send_signal(ending)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (128 + ending, "")
    assert "santral campaign off 20212" in err.splitlines()[-1]
    assert states() == ["on"]
    assert len(changes(sandbox)) == 1


def test_a_create_that_is_killed_is_found_unconfirmed_and_not_sent_again(
    stalling: Callable[[str], Stalling], campaign_file: Path
) -> None:
    provider = stalling("stall")
    process = begin("campaign", "create", campaign_file, "--yes")
    assert provider.stalled.wait(PATIENCE)
    process.kill()
    process.communicate(timeout=PATIENCE)
    assert states() == ["unconfirmed"]
    assert len(changes(provider.sandbox)) == 1


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_switch_that_is_stopped_is_unconfirmed(
    stalling: Callable[[str], Stalling], campaign_file: Path, ending: signal.Signals
) -> None:
    provider = stalling("switch:stall")
    assert run("campaign", "create", campaign_file, "--yes").stdout == "20212\n"
    process = begin("campaign", "off", "20212")
    assert provider.stalled.wait(PATIENCE)
    process.send_signal(ending)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, len(err.splitlines())) == (3, "", 1)
    assert states() == ["on"]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopped_with_nothing_in_flight_it_says_by_which_signal(
    stalling: Callable[[str], Stalling], ending: signal.Signals
) -> None:
    provider = stalling("lookup:stall")
    process = begin("doctor")
    assert provider.stalled.wait(PATIENCE)
    process.send_signal(ending)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, len(err.splitlines())) == (128 + ending, "", 1)


def test_no_key_in_the_process_list_nor_in_what_is_written(
    stalling: Callable[[str], Stalling], campaign_file: Path, home: Path
) -> None:
    provider = stalling("stall")
    process = begin("campaign", "create", campaign_file, "--yes")
    assert provider.stalled.wait(PATIENCE)
    seen = Path(f"/proc/{process.pid}/cmdline").read_bytes()
    process.kill()
    out, err = process.communicate(timeout=PATIENCE)
    for text in (seen, out.encode(), err.encode(), everything_under(home / "data"), everything_under(home / "state")):
        assert KEY.encode() not in text


def test_a_reader_that_has_gone_is_no_mistake(home: Path) -> None:
    write_config(home, "http://127.0.0.1:9")
    reading, writing = os.pipe()
    os.close(reading)
    ran = run("campaign", "list", stdout=writing)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, "")


def test_a_list_that_is_not_written_whole_has_failed(home: Path) -> None:
    write_config(home, "http://127.0.0.1:9")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = run("campaign", "list", "--json", stdout=full.fileno())
    assert (ran.returncode, len(ran.stderr.splitlines())) == (1, 1)
    assert "the disk is full" in ran.stderr


def test_a_campaign_that_is_on_has_not_failed_because_its_id_could_not_be_written(
    sandbox: Sandbox, config_file: Path, campaign_file: Path
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = run("campaign", "create", campaign_file, "--yes", stdout=full.fileno())
    assert ran.returncode == 0
    assert "20212" in ran.stderr
    assert states() == ["on"]


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-9", "utf-8"])
def test_a_terminal_that_lacks_letters_gets_their_codes(
    home: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    ran = subprocess.run([*SANTRAL, "--help"], capture_output=True, timeout=PATIENCE, check=False)
    assert ran.returncode == 0
    assert b"Traceback" not in ran.stderr
    ran.stdout.decode(encoding)


LOADED = """
import sys
from tui.__main__ import main
status = main(sys.argv[1:])
found = {"textual", "rich", "httpx", "starlette", "uvicorn", "filelock", "tomli_w"} & sys.modules.keys()
if found:
    print(f"loaded: {sorted(found)}", file=sys.stderr)
sys.exit(status)
"""


LOOKS = [("campaign", "create", "CAMPAIGN", "--dry-run"), ("campaign", "check", "CAMPAIGN")]


def run_and_look(campaign_file: Path, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    named = [str(campaign_file) if argument == "CAMPAIGN" else argument for argument in arguments]
    return subprocess.run([sys.executable, "-c", LOADED, *named], capture_output=True, text=True, timeout=PATIENCE,
                          check=False)


@pytest.mark.parametrize("arguments", [
    ("--help",), ("--version",), ("campaign", "list"), ("campaign", "list", "--json"), ("campaign", "show", "d1"),
    ("config", "path"),
], ids=" ".join)
def test_only_what_a_command_needs_is_loaded(home: Path, campaign_file: Path, arguments: tuple[str, ...]) -> None:
    write_config(home, "http://127.0.0.1:9")
    ran = run_and_look(campaign_file, arguments)
    assert "loaded" not in ran.stderr
    assert ran.returncode == (1 if "show" in arguments else 0)


@pytest.mark.parametrize("arguments", LOOKS, ids=" ".join)
def test_who_is_blocked_is_asked_with_the_http_library_and_no_more(
    sandbox: Sandbox, config_file: Path, campaign_file: Path, arguments: tuple[str, ...]
) -> None:
    ran = run_and_look(campaign_file, arguments)
    assert (ran.returncode, ran.stderr) == (0, "loaded: ['httpx', 'rich']\n")  # httpx loads rich where it is there
    assert sandbox.requests
    assert changes(sandbox) == []


@pytest.mark.parametrize("arguments", LOOKS, ids=" ".join)
def test_a_file_is_looked_at_without_the_http_library_where_nobody_can_be_asked(
    home: Path, campaign_file: Path, arguments: tuple[str, ...]
) -> None:
    path = write_config(home, "http://127.0.0.1:9")
    path.write_text(path.read_text(encoding="utf-8").replace(f'api_key = "{KEY}"\n', ""), encoding="utf-8")
    ran = run_and_look(campaign_file, arguments)
    assert (ran.returncode, "loaded" in ran.stderr) == (0, False)


def test_a_list_of_which_the_beginning_is_read_alone_is_counted_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("".join(f"0532{place:07}\n" for place in range(50_000)) + "yok\n", encoding="utf-8")
    process = begin("phones", "check", path)
    assert process.stdin is not None
    process.stdin.close()
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    assert told.startswith("Rows: 50,001. To call: 50,000; can't be called: 1;")
    assert process.wait(PATIENCE) == 1
    process.stderr.close()
