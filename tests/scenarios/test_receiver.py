"""The app and the receiver that it starts, killed at any moment while results come in: no acknowledged one is lost."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.receiver.senders import Senders
from tests.receiver.support import TOKEN
from tests.receiver.test_kill import NUMBERS, bodies, free_port, told
from tests.scenarios.conftest import KEY, Start
from tests.store.results import assert_as_recounted, calling
from tests.store.support import open_store
from tests.terminal import PATIENCE, Terminal
from tui.sandbox.server import Sandbox

pytestmark = [pytest.mark.terminal, pytest.mark.kill]


def config_with_receiver(home: Path, sandbox: Sandbox, port: int) -> str:
    """A configuration file of its own: `start` writes the usual one anew each time."""
    path = home / "with-receiver.toml"
    path.write_text(f'language = "en"\n[profiles.acme]\napi_key = "{KEY}"\nbase_url = "{sandbox.address}"\n'
                    f'[receiver]\nlisten = "127.0.0.1:{port}"\npublic_url = "http://127.0.0.1:{port}"\n',
                    encoding="utf-8")
    path.chmod(0o600)
    return str(path)


def receiver_of(terminal: Terminal) -> int | None:
    """The process ID of the receiver that an app has started; None where it has none just now."""
    app = terminal.process.pid
    for thread in Path(f"/proc/{app}/task").iterdir():
        for child in (thread / "children").read_text(encoding="ascii").split():
            if b"listen" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
                return int(child)
    return None


def wait_for_receiver(terminal: Terminal) -> int:
    end = time.monotonic() + PATIENCE
    while (found := receiver_of(terminal)) is None:
        assert time.monotonic() < end, terminal.text
        terminal.drain(0.05)
    return found


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_app_and_receiver_are_killed_under_load_and_every_acknowledged_result_is_there(
    start: Start, home: Path, sandbox: Sandbox, seed: int
) -> None:
    chosen = random.Random(seed)  # noqa: S311 - moments, not secrets
    port = free_port()
    config = config_with_receiver(home, sandbox, port)
    store = open_store(home / "data" / "santral" / "santral.db")
    campaign = calling(store, numbers=NUMBERS, token=TOKEN)
    senders = Senders(port, f"/{TOKEN}", bodies(800, seed), seed=seed, threads=4)
    try:
        for _round in range(3):
            with start("--config", config) as terminal:
                terminal.wait("Anket")
                terminal.press("r")
                os.kill(wait_for_receiver(terminal), signal.SIGKILL)
                terminal.drain(0.5 + chosen.random())  # another one is started meanwhile, and works
                terminal.kill()
        with start("--config", config) as terminal:
            terminal.wait("Anket")
            end = time.monotonic() + 3 * PATIENCE
            while not senders.done:
                assert time.monotonic() < end, terminal.text
                terminal.drain(0.05)
            terminal.press("r")
            terminal.wait(f"{NUMBERS} of {NUMBERS} called")
            terminal.press("ctrl+q")
            assert terminal.end() == 0
    finally:
        senders.stop()
    assert told(store, campaign) == senders.acknowledged == senders.sent
    assert senders.others == set()
    assert_as_recounted(store, campaign)
    store.close()


@pytest.mark.long
def test_the_receiver_ends_with_the_app_however_that_ends(start: Start, home: Path, sandbox: Sandbox) -> None:
    port = free_port()
    config = config_with_receiver(home, sandbox, port)
    for ending in ("leave", "kill", "hang up"):
        with start("--config", config) as terminal:
            if ending == "leave":
                terminal.wait(f"receiver {port}")
            receiver = wait_for_receiver(terminal)
            if ending == "kill":
                terminal.kill()
            elif ending == "leave":
                terminal.press("ctrl+q")
                assert terminal.end() == 0
            else:
                terminal.process.send_signal(signal.SIGHUP)
                terminal.end()
        end = time.monotonic() + PATIENCE
        while Path(f"/proc/{receiver}").exists():
            assert time.monotonic() < end
            time.sleep(0.02)
