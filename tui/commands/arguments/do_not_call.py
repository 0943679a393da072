"""What can be typed after commands about who must not be called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.commands.arguments.common import OnlyJson, yes_option
from tui.commands.spec import Arguments, argument, arguments, merged, option
from tui.commands.values import BRAND_CODE, CONSENT_COLUMN, FILE, PHONE, REASON, brand_codes, consent_columns

if TYPE_CHECKING:  # its import would load what reads lists for every command
    from tui.numbers.consent_columns import ConsentColumn


class Numbers(OnlyJson):
    numbers = arguments(PHONE, "command.help.dnc_numbers", "command.metavar.number")


class ChangedNumbers(Numbers):
    reason = option("--reason", REASON, "command.help.dnc_reason", "command.metavar.text", default="")


class OneNumber(OnlyJson):
    number = argument(PHONE, "command.help.dnc_numbers", "command.metavar.number")


class ImportNumbers(OnlyJson):
    file = argument(FILE, "command.help.dnc_file", "command.metavar.list")
    reason = option("--reason", REASON, "command.help.dnc_file_reason", "command.metavar.text", default="")


class ExportNumbers(Arguments):
    path = argument(FILE, "command.help.dnc_path", "command.metavar.path")


class PushOptOuts(OnlyJson):
    yes = yes_option()


class ImportConsents(OnlyJson):
    file = argument(FILE, "command.help.iys_file", "command.metavar.list")
    column: Mapping[ConsentColumn, str] = merged(
        "--column", CONSENT_COLUMN, "command.help.iys_column", "command.metavar.column", default={},
        merge=consent_columns)
    brand: Mapping[str, str] = merged("--brand", BRAND_CODE, "command.help.iys_brand", "command.metavar.brand",
                                      default={}, merge=brand_codes)
