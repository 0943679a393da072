"""`santral doctor`: the whole report, and what must never be in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tests.commands.doctor.conftest import WORDS, found
from tests.conftest import KEY, write_config
from tui.commands.status import Status
from tui.i18n.words import Words


@pytest.mark.usefixtures("config_file")
def test_where_all_is_well(santral: Santral) -> None:
    assert santral("campaign", "list").status == Status.DONE  # makes the database
    ran = santral("doctor", "--json")
    assert (ran.status, ran.document["ok"]) == (Status.DONE, True)
    assert found(ran, "key")[1] is True
    assert found(ran, "clock") == (WORDS.say("command.doctor.clock_right"), True)
    assert found(ran, "integrity") == ("ok", True)
    assert found(ran, "config")[0].endswith(": 0600")


@pytest.mark.usefixtures("config_file")
@pytest.mark.parametrize("language", ["en", "tr"])
def test_for_the_eye(santral: Santral, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("LANG", f"{language}.UTF-8")
    ran = santral("doctor")
    assert ran.status == Status.DONE
    assert Words(language).say("command.doctor.well") in ran.out
    assert Words(language).say("command.doctor.part.provider") in ran.out


def test_no_part_of_the_key_and_no_name_of_a_home(santral: Santral, home: Path, config_file: Path) -> None:
    ran = santral("doctor")
    for part in KEY.split("-"):
        assert part not in ran.out
    assert str(home) not in ran.out
    assert "~/config/santral/config.toml" in ran.out


def test_before_the_first_run_nothing_is_wrong(santral: Santral, home: Path) -> None:
    ran = santral("doctor", "--json")
    assert ran.status == Status.DONE
    assert found(ran, "profile") == (WORDS.say("command.doctor.no_profile"), None)
    assert not (home / "data").exists()  # looking makes nothing


@pytest.mark.usefixtures("impatient")
def test_offline_nobody_is_asked(santral: Santral, home: Path) -> None:
    write_config(home, "http://127.0.0.1:9")
    ran = santral("doctor", "--offline", "--json")
    assert ran.status == Status.DONE
    assert not [finding for finding in ran.document["findings"] if finding["part"] == "provider"]


def test_each_mistake_of_the_configuration(santral: Santral, home: Path) -> None:
    write_config(home, "http://127.0.0.1:9", more='langage = "tr"\nthem = "x"')
    ran = santral("doctor", "--json")
    problems = [finding["value"] for finding in ran.document["findings"] if finding["name"] == "problem"]
    assert ran.status == Status.FAILED
    assert len(problems) == 2
    assert "langage" in problems[0]


def test_the_document_has_each_finding_with_its_part(santral: Santral, home: Path) -> None:
    ran = santral("doctor", "--json", "--offline")
    assert ran.document.keys() == {"ok", "findings"}
    assert all(finding.keys() == {"part", "name", "value", "ok"} for finding in ran.document["findings"])
    parts = list(dict.fromkeys(finding["part"] for finding in ran.document["findings"]))
    assert parts == ["versions", "terminal", "folders", "configuration"]


def test_what_is_wrong_is_marked_and_counted(santral: Santral, config_file: Path) -> None:
    config_file.chmod(0o644)
    ran = santral("doctor", "--offline")
    assert ran.status == Status.FAILED
    file, warning = [line for line in ran.out.splitlines() if line.startswith("  ✗")]
    assert "0644" in file
    assert "chmod 600" in warning
    assert ran.out.splitlines()[-1] == WORDS.say("command.doctor.wrong", count=2)


def test_a_profile_that_is_not_there_is_a_finding(santral: Santral, config_file: Path) -> None:
    ran = santral("--profile", "other", "doctor", "--offline", "--json")
    assert (ran.status, found(ran, "profile")[1]) == (Status.FAILED, False)
    assert "other" in found(ran, "profile")[0]


def test_a_theme_that_is_none_is_a_finding_of_the_configuration(santral: Santral, home: Path) -> None:
    write_config(home, "http://127.0.0.1:9", more='theme = "nothing-of-the-kind"')
    ran = santral("doctor", "--offline", "--json")
    assert ran.status == Status.FAILED
    assert "nothing-of-the-kind" in found(ran, "problem")[0]
