"""The installed command in a real pseudo-terminal, on a sandbox of its own, in a home of its own."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from tests.started.sitecustomize import AHEAD
from tests.terminal import Terminal
from tui.core.secret import Secret
from tui.sandbox.server import Sandbox, SandboxOptions

KEY = "K98765432-1234-5678-4321-123456789012"
SANTRAL = [sys.executable, "-m", "tui"]


class Start(Protocol):
    def __call__(self, *arguments: str, language: str = "en", size: tuple[int, int] = (80, 24)) -> Terminal: ...


@pytest.fixture
def sandbox(moment: dt.datetime) -> Iterator[Sandbox]:
    with Sandbox(SandboxOptions(key=Secret(KEY))) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, moment: dt.datetime) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def environ(home: Path) -> dict[str, str]:
    """An environment in which nothing of the machine's own user is found."""
    needed = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", AHEAD)
    kept = {name: value for name, value in os.environ.items() if name in needed}
    folders = {f"XDG_{kind.upper()}_HOME": str(home / kind) for kind in ("config", "data", "state")}
    return kept | folders | {"HOME": str(home), "LANG": "C.UTF-8"}


def write_config(home: Path, address: str, language: str, *, confirm_above: int = 100) -> Path:
    """A configuration with one profile on the sandbox."""
    path = home / "config" / "santral" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'language = "{language}"\n[profiles.acme]\napi_key = "{KEY}"\nbase_url = "{address}"\n'
                    f'confirm_above = {confirm_above}\ntest_number = "905321234567"\n', encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def start(home: Path, environ: dict[str, str], sandbox: Sandbox) -> Iterator[Start]:
    """Starts `santral` with arguments; what still runs at the end of the test is ended."""
    running: list[Terminal] = []

    def begin(*arguments: str, language: str = "en", size: tuple[int, int] = (80, 24)) -> Terminal:
        write_config(home, sandbox.address, language)
        command: Sequence[str] = [*SANTRAL, *arguments]
        running.append(Terminal(command, environ, size))
        return running[-1]

    yield begin
    for terminal in running:
        if terminal.process.poll() is None:
            terminal.close()
