"""How a list of numbers is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.spec import Arguments, argument, merged, option, switch
from tui.commands.values import COLUMN, FILE, TEMPLATE, TEXT, WRITING, columns, writings

if TYPE_CHECKING:  # its import would load what reads lists for every command
    from tui.numbers.columns import Role
    from tui.numbers.writing import Writing


def phones_option() -> Path | None:
    return option("--phones", FILE, "command.help.phones", "command.metavar.list", default=None)


def sheet_option() -> str | None:
    return option("--sheet", TEXT, "command.help.sheet", "command.metavar.name", default=None)


def hidden_option() -> bool:
    return switch("--hidden", "command.help.hidden")


def columns_option() -> Mapping[Role, str]:
    return merged("--column", COLUMN, "command.help.column", "command.metavar.column", default={}, merge=columns)


def phrase_option() -> str | None:
    return option("--phrase", TEMPLATE, "command.help.phrase", "command.metavar.text", default=None)


def written_option() -> Mapping[str, Writing]:
    return merged("--written", WRITING, "command.help.written", "command.metavar.written", default={}, merge=writings)


def keep_repeats_option() -> bool:
    return switch("--keep-repeats", "command.help.keep_repeats")


class CheckPhones(Arguments):
    list = argument(FILE, "command.help.list", "command.metavar.list")
    sheet = sheet_option()
    hidden = hidden_option()
    column = columns_option()
    phrase = phrase_option()
    written = written_option()
    keep_repeats = keep_repeats_option()
    json = switch("--json", "command.help.json_lines")
