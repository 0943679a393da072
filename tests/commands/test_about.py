"""`santral --spec`: the command line as one JSON document, from which a program can tell what may be typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Santral
from tui.commands.specs import COMMANDS


@pytest.fixture
def spec(santral: Santral) -> Any:  # noqa: ANN401 - JSON
    ran = santral("--spec")
    assert (ran.status, ran.err) == (0, "")
    return ran.document


def command(spec: Any, name: str) -> Any:  # noqa: ANN401 - JSON
    (found,) = [command for command in spec["commands"] if command["name"] == name]
    return found


def option(command: Any, flag: str) -> Any:  # noqa: ANN401 - JSON
    (found,) = [option for option in command["options"] if flag in option["flags"]]
    return found


def test_every_command_is_in_it_and_nothing_that_is_hidden(spec: Any) -> None:  # noqa: ANN401 - JSON
    assert [found["name"] for found in spec["commands"]] == [command.name for command in COMMANDS]
    assert "until-eof" not in json.dumps(spec)
    assert [flag for found in spec["options"] for flag in found["flags"]] == [
        "-h", "--help", "--config", "--profile", "--version", "--spec"]


def test_what_an_option_takes(spec: Any) -> None:  # noqa: ANN401 - JSON
    create = command(spec, "campaign create")
    assert option(create, "--phones") == {
        "name": "phones", "flags": ["--phones"], "required": False, "several": False, "excludes": [], "default": None,
        "help": "a list of numbers (.txt, .csv, .tsv, .xlsx; - for stdin) besides those of the file",
        "value": {"type": "file", "shown": "LIST", "choices": []}}
    assert option(create, "--yes")["value"] is None
    assert option(create, "--yes")["default"] is False
    assert option(command(spec, "sandbox"), "--port")["default"] == 8099
    assert option(command(spec, "results"), "--csv")["excludes"] == ["--json", "--xlsx"]
    assert option(command(spec, "results"), "--filter")["several"] is True
    assert option(command(spec, "campaign adopt"), "--as")["value"]["type"] == "campaign"


def test_what_stands_by_its_place(spec: Any) -> None:  # noqa: ANN401 - JSON
    (shell,) = command(spec, "completion")["arguments"]
    assert shell["value"] == {"type": "choice", "shown": "SHELL", "choices": ["bash", "zsh", "fish"]}
    assert (shell["flags"], shell["required"]) == ([], True)
    (refs,) = command(spec, "campaign on")["arguments"]
    assert (refs["name"], refs["several"]) == ("refs", True)
    assert command(spec, "campaign on")["usage"] == (
        "santral campaign on [--json] [--yes] [--beside-successor] REF [REF ...]")


def test_the_exit_statuses(spec: Any) -> None:  # noqa: ANN401 - JSON
    statuses = {found["status"]: found["help"] for found in spec["exit_statuses"]}
    assert list(statuses) == [0, 1, 2, 3, 4, 129, 130, 131, 143]
    assert statuses[2] == "wrong usage"
    assert statuses[130] == "ended by SIGINT"


def test_names_are_the_same_in_either_language(santral: Santral, spec: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401 - JSON
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")

    def names(found: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(found, dict):
            return {key: names(value) for key, value in found.items() if key not in ("help", "shown", "usage")}
        return [names(each) for each in found] if isinstance(found, list) else found

    turkish = santral("--spec").document
    assert turkish["help"] != spec["help"]
    assert names(turkish) == names(spec)


def test_it_needs_no_configuration_and_leaves_nothing_behind(santral: Santral, home: Path) -> None:
    santral("--spec")
    assert list(home.iterdir()) == []
