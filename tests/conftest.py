"""What tests of the whole program share: a home of its own, a sandbox in a thread, a configuration that leads there."""

from __future__ import annotations

import datetime as dt
import gc
import logging
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests import stores, stylesheets
from tests.started import sitecustomize
from tui.config.keymap import first_key
from tui.core.secret import Secret
from tui.i18n import words
from tui.sandbox.server import Sandbox, SandboxOptions

pytest_plugins = ["tests.moment", "tests.postgresql", "tests.sampling"]

KEY = "K98765432-1234-5678-4321-210987654321"
# Whoever runs the tests may have an account, a language, a terminal and taste of their own. What is needed to run
# Python and pytest stays, and nothing else.
_MEASURED: Final = "TESTS_MEASURED"  # set by `dev.py coverage`
_NEEDED: Final = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "SYSTEMROOT",
                  "TMPDIR", "TEMP", "TMP", "VIRTUAL_ENV", "CI", "SANTRAL_TEST_POSTGRESQL", _MEASURED)
_NEEDED_TOO: Final = ("PYTEST_", "TEXTUAL_SNAPSHOT_", "COVERAGE_", "HYPOTHESIS_")
# No zone that a program would have by default; no home that could be read, or made.
_OURS: Final = {"HOME": "/dev/null/home", "LANG": "C.UTF-8", "TZ": "<-09>+9", "TERM": "xterm-256color",
                "COLORTERM": "truecolor"}


def _keep_from_the_machine() -> None:
    for name in tuple(os.environ):
        if name not in _NEEDED and not name.startswith(_NEEDED_TOO):
            del os.environ[name]
    os.environ.update(_OURS)
    started = Path(sitecustomize.__file__).parent
    search = [str(started), *filter(None, [os.environ.get("PYTHONPATH")])]
    if _MEASURED in os.environ and "PYTEST_XDIST_WORKER" in os.environ:
        search.insert(0, str(started / "measured"))
    os.environ["PYTHONPATH"] = os.pathsep.join(search)
    time.tzset()
    # In the background of a shell or under `nohup` some signals are ignored, or held back; the commands that tests
    # start and stop would inherit that. Python itself ignores two.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in signal.valid_signals() - {signal.SIGPIPE, signal.SIGXFSZ}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


_keep_from_the_machine()
stylesheets.keep()
stores.keep()
words.name_keys(first_key)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--faults", type=int, default=8,
                     help="how many faults, or commands where something is amiss, each test tries; 0: all")
    parser.addoption("--lists", type=int, default=0, metavar="N",
                     help="how many lists at random are made by each writer and read back, instead of a few")


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """Nothing that is made then is rubbish: to look for it takes as long as a third of the rest."""
    gc.disable()


def pytest_collection_finish() -> None:
    """The tests stay to the end: they aren't gone through again whenever rubbish is looked for, which is seldom."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """What is garbage by now says so; pytest looks five times more, and need not go through all that stays."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Falls in each test otherwise, and each time for the same `--seed` as it did."""
    return random.Random(f"{request.config.getoption('--seed')} {request.node.nodeid}")  # noqa: S311 - no secret


@pytest.fixture(autouse=True)
def nobody_asks_the_machine_what_time_it_is() -> Iterator[None]:
    """Whoever asked was refused; a program that lives on with that has asked all the same."""
    yield
    asked = sitecustomize.asked[:]
    sitecustomize.asked.clear()
    assert not asked


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


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    before = words.language()
    yield
    words.use(before)


@pytest.fixture
def home(tmp_path: Path, moment: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home, and a clock, for commands: nothing of the machine's own user is found, and the language is English."""
    made = tmp_path / "home"
    made.mkdir()
    monkeypatch.setenv("HOME", str(made))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(made / name.lower()))
    return made


@pytest.fixture
def sandbox(moment: dt.datetime) -> Iterator[Sandbox]:
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
