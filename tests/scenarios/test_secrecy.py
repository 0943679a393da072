"""A day with everything switched on that writes down what a program does: neither key nor webhook token is in it."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.scenarios.conftest import SANTRAL
from tests.terminal import Terminal
from tui.core.secret import Secret
from tui.i18n.words import Words
from tui.sandbox.server import Sandbox, SandboxOptions

EN = Words("en").say
KEY = "s3cret-key+of/another=shape"  # nothing recognises it for one
FILE = """
call_type = "ivr"
name = "Morning"
active_days = [1, 2, 3, 4, 5, 6, 7]
cli = "902129630131"
welcome_announcement_id = 128
digit_target_1 = "announcement/421"
[[phone_list]]
phone = "05321234567"
"""
WRITERS = {
    "SANTRAL_API_KEY": KEY, "TEXTUAL": "debug,devtools", "TEXTUAL_DEBUG": "1", "TEXTUAL_SCREENSHOT": "1",
    "PYTHONDEVMODE": "1", "PYTHONASYNCIODEBUG": "1", "PYTHONFAULTHANDLER": "1", "HTTPX_LOG_LEVEL": "trace",
    "PYTHONWARNINGS": "default", "DISPLAY": ":0",
}
pytestmark = pytest.mark.terminal


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SandboxOptions(key=Secret(KEY), always_open=True)) as running:
        yield running


@pytest.fixture
def working(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "morning.toml").write_text(FILE, encoding="utf-8")
    return folder


@pytest.fixture
def environ(environ: dict[str, str], tmp_path: Path) -> dict[str, str]:
    tool = tmp_path / "bin" / "xclip"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\n/usr/bin/env > {tmp_path}/environ\n/bin/cat > {tmp_path}/copied\n", encoding="utf-8")
    tool.chmod(0o755)
    search = f"{tool.parent}{os.pathsep}{environ['PATH']}"
    root = str(Path(__file__).parents[2])
    return {**environ, **WRITERS, "PATH": search, "PYTHONPATH": root, "TEXTUAL_LOG": str(tmp_path / "textual.log"),
            "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path), "SSLKEYLOGFILE": str(tmp_path / "tls")}


def a_free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port


def below(pid: int) -> Iterator[int]:
    """The processes that one has started, and theirs."""
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text(encoding="ascii").split():
            yield int(child)
            yield from below(int(child))


def token_of(home: Path) -> str:
    connection = sqlite3.connect(home / "data" / "santral" / "santral.db")
    try:
        token: str = connection.execute("SELECT token FROM launches").fetchone()[0]
        return token
    finally:
        connection.close()


def configure(home: Path, port: int, provider: str) -> None:
    path = home / "config" / "santral" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f"""language = "en"
[receiver]
listen = "127.0.0.1:{port}"
public_url = "http://127.0.0.1:{port}/hooks"
[profiles.acme]
base_url = "{provider}"
""", encoding="utf-8")


def listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def send(port: int, token: str) -> None:
    """Results, and what looks like some: each with the token in another place."""
    with httpx.Client(trust_env=False) as client:
        for path in (f"/hooks/{token}", f"/hooks/{token}/x", f"/other/{token}", f"/hooks/{token}?{token}"):
            client.post(f"http://127.0.0.1:{port}{path}", content=b"{")
            client.get(f"http://127.0.0.1:{port}{path}")


def test_neither_key_nor_token_is_written_anywhere(home: Path, environ: dict[str, str], sandbox: Sandbox,
                                                   working: Path, tmp_path: Path) -> None:
    port = a_free_port()
    configure(home, port, sandbox.address)
    said: dict[str, bytes] = {}

    def command(*arguments: str) -> None:
        ran = subprocess.run([*SANTRAL, *arguments], env=environ, cwd=working, capture_output=True, check=False)
        said[" ".join(arguments)] = ran.stdout + ran.stderr

    with Terminal(["/bin/sh", "-c", f'cd "{working}" && exec "$0" "$@"', *SANTRAL], environ, (120, 36)) as terminal:
        terminal.wait_until(lambda: listens(port), "the receiver is started")
        command("campaign", "create", "morning.toml", "--yes")
        token = token_of(home)
        terminal.wait("● on")  # a draft has no ID that could be copied
        said["children"] = b"".join(Path(f"/proc/{pid}/{what}").read_bytes() for pid in below(terminal.process.pid)
                                    for what in ("environ", "cmdline"))
        said["process"] = Path(f"/proc/{terminal.process.pid}/cmdline").read_bytes()
        terminal.press("y")
        terminal.wait_until((tmp_path / "copied").exists, "the number is copied")
        send(port, token)
        for keys in (("enter",), ("r",), ("escape",), ("escape",), (",",), ("escape",), ("ctrl+q",)):
            terminal.press(*keys)
            terminal.drain(0.3)
        terminal.end()
        said["terminal"] = bytes(terminal.written)
    for line in ("doctor", "config show", "campaign list", "campaign show d1", "campaign show d1 --json", "results d1",
                 "results d1 --csv out.csv", "campaign off d1", "campaign check morning.toml", "campaign check none"):
        command(*line.split())

    assert b"SANTRAL" not in said["children"]
    assert b"listen" in said["children"]
    assert all(b"Morning" in said[name] for name in ("terminal", "campaign list"))
    secrets = {KEY.encode(), token.encode()}
    assert not {name for name, text in said.items() for secret in secrets if secret in text}
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert not [path for path, data in files.items() if KEY.encode() in data]
    assert {path.name.partition("-")[0] for path, data in files.items() if token.encode() in data} == {"santral.db"}
    names = {path.name for path in files}
    assert {"environ", "out.csv", "santral.log"} <= names
    assert not {name for name in names if name in ("textual.log", "keys.log", "tls") or name.endswith(".svg")}
