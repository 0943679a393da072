"""What time it is comes from one place, and in tests from nowhere unless they say so."""

from __future__ import annotations

import ast
import datetime as dt
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.started import sitecustomize
from tui.campaign.dates import ISTANBUL
from tui.core.clock import utc_now

ROOT = Path(__file__).parents[2]
# What asks this machine, called or handed on; and what does so where it is called with fewer arguments.
ASKING = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.time_ns"}
ASKING_WITHOUT = {"time.localtime": 1, "time.gmtime": 1, "time.ctime": 1, "time.asctime": 1, "time.strftime": 2,
                  "formatdate": 1, "utils.formatdate": 1, "utils.localtime": 1}
ALLOWED = {
    "tui/core/clock.py", "tests/started/sitecustomize.py", "tests/moment.py",
    "benchmarks/load.py",  # a number that no other run has had
}


def asking(source: str) -> Iterator[str]:
    """What in a program asks the machine what time it is."""
    words = set(re.findall(r"\w+", source))
    if not any(words.issuperset(name.split(".")) for name in (*ASKING, *ASKING_WITHOUT)):
        return  # most files, which need not be parsed
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (f"from time import {name.name}" for name in node.names if f"time.{name.name}" in ASKING)
        if isinstance(node, ast.Attribute) and _named(node) in ASKING:
            yield ast.unparse(node)
        if isinstance(node, ast.Call) and len(node.args) < ASKING_WITHOUT.get(_named(node.func), 0):
            yield ast.unparse(node)


def _named(node: ast.expr) -> str:
    """The last two names: `datetime.now` of `dt.datetime.now`; the last alone where nothing stands before it."""
    last, before = _last(node), _last(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{before}.{last}" if before else last


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize(("source", "asks"), [
    ("dt.datetime.now(dt.UTC)", True), ("datetime.now(UTC)", True), ("dt.date.today()", True), ("time.time()", True),
    ("field(default_factory=time.time)", True), ("from time import time_ns", True), ("time.gmtime()", True),
    ("formatdate(usegmt=True)", True), ("time.strftime('%H')", True), ("datetime.datetime.utcnow()", True),
    ("services.now()", False), ("time.monotonic()", False), ("time.gmtime(record.created)", False),
    ("formatdate(moment, usegmt=True)", False), ("moment.strftime('%H')", False), ("window.time()", False),
    ("dt.time(9)", False),
])
def test_what_asks_the_machine_is_found(source: str, asks: bool) -> None:
    assert bool(list(asking(source))) is asks


def test_the_machine_is_asked_in_one_place() -> None:
    found = {f"{path.relative_to(ROOT)}: {call}" for folder in ("tui", "tests", "benchmarks", "docs")
             for path in (ROOT / folder).rglob("*.py") if str(path.relative_to(ROOT)) not in ALLOWED
             for call in asking(path.read_text(encoding="utf-8"))}
    assert not found


def test_who_asks_in_a_test_is_refused() -> None:
    with pytest.raises(AssertionError, match="moment"):
        utc_now()
    sitecustomize.asked.clear()  # or this test would fail at its end


def told_by_a_process() -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", "from tui.core.clock import utc_now; print(utc_now().isoformat())"],
                          capture_output=True, text=True, check=False)


def test_a_process_that_asks_in_a_test_is_refused() -> None:
    assert "moment" in told_by_a_process().stderr


def test_a_test_and_its_processes_agree(moment: dt.datetime) -> None:
    before = utc_now()
    told = dt.datetime.fromisoformat(told_by_a_process().stdout.strip())
    assert moment <= before <= told <= utc_now()


def test_nothing_is_of_the_machines_own() -> None:
    assert not Path.home().exists()
    with pytest.raises(OSError, match="home"):
        Path.home().mkdir(parents=True)
    assert os.environ["LANG"] == "C.UTF-8"
    assert not {"LC_ALL", "LANGUAGE", "COLUMNS", "NO_COLOR", "DISPLAY", "TMUX", "http_proxy"} & set(os.environ)
    noon = dt.datetime(2026, 11, 25, 12, tzinfo=ISTANBUL)
    assert noon.astimezone().utcoffset() == dt.timedelta(hours=-9)  # neither UTC's nor Istanbul's


def test_no_example_fails_by_being_slow() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check


def test_no_signal_is_ignored() -> None:
    """As they would be under `nohup`, and whatever is started would inherit it."""
    ignored = {number for number in signal.valid_signals() if signal.getsignal(number) is signal.SIG_IGN}
    assert ignored <= {signal.SIGPIPE, signal.SIGXFSZ}  # Python's own
