"""What the arguments of many commands have."""

from __future__ import annotations

from tui.commands.spec import Arguments, argument, switch
from tui.commands.values import CAMPAIGN


def ref_argument() -> str:
    return argument(CAMPAIGN, "command.help.ref", "REF")


def json_option() -> bool:
    return switch("--json", "command.help.json")


def yes_option() -> bool:
    return switch("--yes", "command.help.yes")


class OnlyJson(Arguments):
    json = json_option()


class OneCampaign(OnlyJson):
    ref = ref_argument()
