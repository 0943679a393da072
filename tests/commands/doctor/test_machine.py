"""`santral doctor` on the machine: versions, the terminal, the files and folders."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tests.commands.doctor.conftest import WORDS, found
from tui.commands.doctor import machine
from tui.commands.status import Status


class Stream(io.StringIO):
    """What is written to; `there`: it is a terminal, of which no more is known."""

    encoding = "utf-8"

    def __init__(self, there: bool) -> None:
        super().__init__()
        self._there = there

    def isatty(self) -> bool:
        return self._there

    def fileno(self) -> int:
        return 2


@pytest.mark.usefixtures("impatient")
def test_files_that_others_can_read(santral: Santral, config_file: Path) -> None:
    config_file.chmod(0o644)
    ran = santral("doctor", "--offline", "--json")
    told, well = found(ran, "config")
    assert (ran.status, well) == (Status.FAILED, False)
    assert "0644" in told
    assert WORDS.say("command.doctor.readable_by_others") in told


def test_a_package_that_nobody_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_PACKAGES", ("santral-of-another-world",))
    first, *_ = machine.versions()
    assert (first.name, first.text, first.well) == ("santral-of-another-world", "?", None)


def test_turkish_time_is_looked_at_on_the_day_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.zone(dt.date(2026, 11, 25)).well is True
    monkeypatch.setattr(machine, "ISTANBUL", dt.UTC)
    wrong = machine.zone(dt.date(2026, 11, 25))
    assert wrong.well is False
    assert "Europe/Istanbul" in wrong.text


@pytest.mark.parametrize(("environ", "there", "well"), [
    ({"TERM": "xterm"}, True, True), ({"TERM": "dumb"}, True, False), ({"TERM": "dumb"}, False, None),
])
def test_a_terminal_is_judged_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], there: bool, well: bool | None
) -> None:
    monkeypatch.setattr("sys.stderr", Stream(there))
    findings = {finding.name: finding for finding in machine.terminal(environ)}
    assert findings["term"].well is well
    assert ("size" in findings) is there


@pytest.mark.parametrize(("size", "well"), [((80, 24), True), ((79, 24), False), ((80, 10), False)])
def test_a_terminal_that_is_too_small(monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], well: bool) -> None:
    monkeypatch.setattr("sys.stderr", Stream(there=True))
    monkeypatch.setattr(os, "get_terminal_size", lambda _number: os.terminal_size(size))
    (shown,) = [finding for finding in machine.terminal({"TERM": "xterm"}) if finding.name == "size"]
    assert (shown.text, shown.well) == (f"{size[0]}×{size[1]}", well)


def test_a_terminal_that_does_not_say_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_number: int) -> os.terminal_size:
        raise OSError

    monkeypatch.setattr("sys.stderr", Stream(there=True))
    monkeypatch.setattr(os, "get_terminal_size", unknown)
    (shown,) = [finding for finding in machine.terminal({"TERM": "xterm"}) if finding.name == "size"]
    assert (shown.text, shown.well) == ("?", None)


def test_a_file_that_is_not_there_yet_is_well_where_it_can_be_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "santral.db"
    (found_,) = [finding for finding in machine.folders(None, path, None) if finding.name == "database_file"]
    assert (found_.text, found_.well) == (f"{path}: {WORDS.say('command.doctor.absent')}", True)


def test_a_file_that_cant_be_written_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "santral.log"
    path.touch(0o600)
    monkeypatch.setattr(os, "access", lambda *_: False)  # who runs the tests may write anywhere
    (found_,) = [finding for finding in machine.folders(None, None, path) if finding.name == "log"]
    assert (found_.well, WORDS.say("command.doctor.not_writable") in found_.text) == (False, True)
    (absent,) = [finding for finding in machine.folders(None, None, tmp_path / "x") if finding.name == "log"]
    assert absent.well is False


def test_where_own_themes_would_be(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    (themes,) = [finding for finding in machine.folders(config, None, None) if finding.name == "themes"]
    assert WORDS.say("command.doctor.absent") in themes.text
    (tmp_path / "themes").mkdir()
    (themes,) = [finding for finding in machine.folders(config, None, None) if finding.name == "themes"]
    assert themes.text == str(tmp_path / "themes")
