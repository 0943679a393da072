"""The records of the command line: each leads to a function that takes what it says."""

from __future__ import annotations

import inspect
from typing import get_type_hints

import pytest

from tui.commands.invocation import Invocation
from tui.commands.spec import CommandSpec, Parameter, function_of
from tui.commands.specs import APP, COMMANDS, GROUPS, command_line
from tui.commands.status import Status
from tui.i18n.words import CATALOGS, LATER, read_texts
from tui.operations.services import Services


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_is_run_by_a_function_that_takes_its_arguments(command: CommandSpec) -> None:
    function = function_of(command.run)
    hints = get_type_hints(function)
    what, arguments = inspect.signature(function).parameters
    assert hints[what] is (Services if command.with_services else Invocation)
    assert issubclass(command.arguments, hints[arguments])
    assert hints["return"] is Status


def test_the_app_is_run_with_nothing_but_the_invocation() -> None:
    assert get_type_hints(function_of(APP.run))["invocation"] is Invocation


def test_no_two_have_one_name_and_each_group_has_commands() -> None:
    names = [command.path for command in COMMANDS]
    assert len(names) == len(set(names))
    assert GROUPS.keys() == {path[0] for path in names if len(path) > 1}


@pytest.mark.parametrize("language", ["tr", "en"])
def test_each_has_its_texts_in_either_language(language: str) -> None:
    texts = read_texts(language, (*CATALOGS, *LATER))
    for node in command_line().walk():
        assert node.help in texts
        for parameter in (*node.options, *node.places):
            assert parameter.help in texts
            assert not parameter.metavar.startswith("command.") or parameter.metavar in texts


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_no_flag_and_no_name_is_given_twice(command: CommandSpec) -> None:
    (node,) = (node for node in command_line().walk() if node.command is command)
    parameters: list[Parameter] = [*node.common, *node.own]
    for given in ([flag for parameter in parameters for flag in parameter.flags],
                  [parameter.name for parameter in parameters]):
        assert len(given) == len(set(given))
