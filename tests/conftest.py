"""What tests of the whole program share: a home of its own, a sandbox in a thread, a configuration that leads there."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.sandbox.server import Sandbox, SandboxOptions
from tui.secret import Secret

pytest_plugins = ["tests.postgresql"]

KEY = "K98765432-1234-5678-4321-210987654321"
# Whoever runs the tests may have an account, a language and taste of their own.
_THEIR_OWN = ("NO_COLOR", "FORCE_COLOR", "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "COLUMNS", "LINES")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")

# In the background of a shell these are ignored, and the commands that tests start and stop would inherit that.
for _number, _handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGQUIT, signal.SIG_DFL)):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _handler)


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Where a command writes the log ends with its test. Levels stay: that libraries are silent is set once."""
    loggers = [logging.getLogger(name) for name in ("santral", "httpx", "httpcore", "asyncio")]
    before = [(logger, logger.handlers[:], logger.propagate) for logger in loggers]
    yield
    for logger, handlers, propagate in before:
        for handler in [handler for handler in logger.handlers if handler not in handlers]:
            handler.close()
        logger.handlers[:], logger.propagate = handlers, propagate


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which nothing of the machine's own user is found; the terminal's language is English."""
    for name in tuple(os.environ):
        if name.startswith("SANTRAL_") or name in _THEIR_OWN or name.lower() in _PROXIES:
            monkeypatch.delenv(name)
    made = tmp_path / "home"
    made.mkdir()
    monkeypatch.setenv("HOME", str(made))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(made / name.lower()))
    return made


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SandboxOptions(key=Secret(KEY))) as running:
        yield running


def write_config(home: Path, address: str, *, more: str = "", profile_more: str = "") -> Path:
    """A configuration in its usual place: one profile, `acme`, which leads to `address`."""
    path = home / "config" / "santral" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{more}\n[profiles.acme]\napi_key = "{KEY}"\nbase_url = "{address}"\n'
                    f'polite_hours = "off"\n{profile_more}\n',
                    encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def config_file(home: Path, sandbox: Sandbox) -> Path:
    return write_config(home, sandbox.address)
