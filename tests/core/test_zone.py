"""Turkish time on machines that have other rules for it, or none."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import zoneinfo
from pathlib import Path

import pytest

from tui.core.zone import NAME, doubtful, istanbul, unusable

PATIENCE = 60.0
WITHOUT_DATA = """
import sys
sys.modules["tzdata"] = None
from tui.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
TODAY = dt.date(2026, 11, 29)


def test_the_zone_as_it_is_is_right() -> None:
    assert unusable(istanbul()) is None
    assert doubtful(istanbul(), TODAY) is None


def test_a_stand_in_is_refused() -> None:
    reason = unusable(dt.timezone(dt.timedelta(hours=3)))
    assert reason is not None
    assert reason.code == "command.zone.missing"


@pytest.mark.parametrize(("name", "day", "found", "right"), [
    ("Europe/London", "2014-01-15", "+0", "+2"), ("Europe/Athens", "2017-01-15", "+2", "+3"),
    ("Asia/Kolkata", "2014-01-15", "+5.5", "+2"), ("Asia/Riyadh", "2014-01-15", "+3", "+2"),
])
def test_rules_that_contradict_the_past_are_refused(name: str, day: str, found: str, right: str) -> None:
    reason = unusable(zoneinfo.ZoneInfo(name))
    assert reason is not None
    assert (reason.code, dict(reason.params)) == (
        "command.zone.wrong", {"zone": NAME, "day": day, "found": found, "right": right})


def test_a_day_that_is_not_as_today_is_doubted_and_not_refused() -> None:
    reason = doubtful(istanbul(), dt.date(2015, 1, 15))
    assert reason is not None
    assert reason.params["found"] == "+2"


def run(home: Path, *arguments: str, code: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    begin = ["-c", code] if code else ["-m", "tui"]
    return subprocess.run([sys.executable, *begin, *arguments], env={**os.environ, **variables}, capture_output=True,
                          encoding="utf-8", timeout=PATIENCE, check=False)


def test_the_programs_own_data_serve_where_the_machine_has_none(home: Path) -> None:
    ran = run(home, "phones", "check", os.devnull, PYTHONTZPATH="")
    assert "Traceback" not in ran.stderr
    assert NAME not in ran.stderr


@pytest.mark.parametrize("command", ["campaign list", "dnc list", "listen", "sandbox", "demo", ""])
def test_without_any_data_it_is_told_in_one_sentence(home: Path, command: str) -> None:
    ran = run(home, *command.split(), code=WITHOUT_DATA, PYTHONTZPATH="")
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (1, "", 1)
    assert NAME in ran.stderr


@pytest.mark.parametrize("data", [None, b"", b"no zone", b"TZif", b"TZif2" + bytes(39)], ids=str)
@pytest.mark.usefixtures("moment")
def test_the_doctor_tells_of_rules_that_can_not_be_used(home: Path, tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "zones" / NAME
    file.parent.mkdir(parents=True)
    if data is None:
        file.mkdir()
    else:
        file.write_bytes(data)
    ran = run(home, "doctor", "--offline", "--json", code=WITHOUT_DATA, PYTHONTZPATH=str(tmp_path / "zones"))
    (found,) = [found for found in json.loads(ran.stdout)["findings"] if found["name"] == "zone"]
    assert (ran.returncode, found["ok"]) == (1, False)
    assert NAME in found["value"]
    assert run(home, "--version", code=WITHOUT_DATA, PYTHONTZPATH=str(tmp_path / "zones")).returncode == 0
