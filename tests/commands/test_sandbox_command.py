"""`santral sandbox`: the provider imitated, as a process of its own."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx
import pytest

from tui.sandbox.server import DEFAULT_KEY

PATIENCE = 30.0


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-m", "tui", "sandbox", "--port", "0", *arguments], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    out: IO[str] | None = process.stdout
    assert out is not None
    return out.readline().strip()


def address_in(text: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:[0-9]+", text)
    assert found is not None, text
    return found[0]


def caller_ids(address: str, key: str) -> int:
    return httpx.get(f"{address}/caller_ids", params={"key": key}, trust_env=False, timeout=PATIENCE).status_code


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_tells_its_address_serves_and_ends_quietly(home: Path, ending: signal.Signals) -> None:
    with started("--fault", "lookup:500:1", "--seed", "2", "--speed", "2.5", "--always-open") as process:
        address = address_in(first_line(process))
        assert DEFAULT_KEY in first_line(process)  # made up: whoever tries the sandbox needs it, once
        assert caller_ids(address, DEFAULT_KEY) == 500
        assert caller_ids(address, DEFAULT_KEY) == 200
        process.send_signal(ending)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    assert DEFAULT_KEY not in out


def test_another_key_is_asked_for_and_never_told(home: Path) -> None:
    key = "my-own-made-up-key"
    with started("--key", key) as process:
        address = address_in(first_line(process))
        assert caller_ids(address, key) == 200
        assert caller_ids(address, DEFAULT_KEY) in (400, 401)
        process.terminate()
        out, err = process.communicate(timeout=PATIENCE)
    assert key not in out + err


def test_for_another_program_it_tells_the_address_alone_and_ends_with_it(home: Path) -> None:
    with started("--until-eof") as process:
        address = first_line(process)
        assert caller_ids(address, DEFAULT_KEY) == 200
        out, err = process.communicate(timeout=PATIENCE)  # which closes its input
    assert (process.returncode, out, err) == (0, "", "")


@pytest.mark.parametrize("language", ["tr_TR.UTF-8", "C.UTF-8"])
def test_a_port_that_is_taken_is_one_line(home: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("LANG", language)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ran = subprocess.run([sys.executable, "-m", "tui", "sandbox", "--port", port], capture_output=True, text=True,
                             encoding="utf-8", timeout=PATIENCE, check=False)
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (1, "", 1)
    assert port in ran.stderr
