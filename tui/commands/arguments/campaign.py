"""What can be typed after `santral campaign …`."""

from __future__ import annotations

from collections.abc import Mapping

from tui.commands.arguments.common import OneCampaign, OnlyJson, yes_option
from tui.commands.arguments.lists import (
    columns_option,
    hidden_option,
    keep_repeats_option,
    phones_option,
    phrase_option,
    sheet_option,
    written_option,
)
from tui.commands.spec import argument, arguments, merged, option, options, switch
from tui.commands.values import CAMPAIGN, CAMPAIGN_ID, FILE, LAUNCH_KEY, NAME, PHONE, SETTING, WORDS, settings


def with_do_not_call_option() -> bool:
    return switch("--with-do-not-call", "command.help.with_do_not_call")


def without_iys_option() -> bool:
    return switch("--without-iys", "command.help.without_iys")


def over_limit_option() -> bool:
    return switch("--over-limit", "command.help.over_limit")


def drop_bad_option() -> bool:
    return switch("--drop-bad", "command.help.drop_bad")


def launch_key_option() -> str | None:
    return option("--key", LAUNCH_KEY, "command.help.launch_key", "command.metavar.text", default=None)


def dry_run_option() -> bool:
    return switch("--dry-run", "command.help.dry_run", group="sending")


def wait_option() -> bool:
    return switch("--wait", "command.help.wait", group="sending")


def again_option() -> bool:
    return switch("--again", "command.help.again")


class CheckCampaign(OnlyJson):
    file = argument(FILE, "command.help.file", "command.metavar.file")
    phones = phones_option()
    sheet = sheet_option()
    hidden = hidden_option()
    column = columns_option()
    phrase = phrase_option()
    written = written_option()
    keep_repeats = keep_repeats_option()
    drop_bad = drop_bad_option()
    with_do_not_call = with_do_not_call_option()
    without_iys = without_iys_option()
    over_limit = over_limit_option()
    key = launch_key_option()


class CreateCampaign(CheckCampaign):
    again = again_option()
    dry_run = dry_run_option()
    wait = wait_option()
    yes = yes_option()


class ListCampaigns(OnlyJson):
    filter = options("--filter", WORDS, "command.help.list_filter", "command.metavar.condition")
    deleted = switch("--deleted", "command.help.deleted")


class Campaigns(OnlyJson):
    refs = arguments(CAMPAIGN, "command.help.refs", "REF")


class AgreedCampaigns(Campaigns):
    yes = yes_option()


class SwitchOn(AgreedCampaigns):
    beside_successor = switch("--beside-successor", "command.help.beside_successor")


class LaunchDraft(OneCampaign):
    drop_bad = drop_bad_option()
    with_do_not_call = with_do_not_call_option()
    without_iys = without_iys_option()
    over_limit = over_limit_option()
    key = launch_key_option()
    again = again_option()
    dry_run = dry_run_option()
    wait = wait_option()
    yes = yes_option()


class ReplaceCampaign(OneCampaign):
    set: Mapping[str, str] = merged("--set", SETTING, "command.help.set", "command.metavar.setting", default={},
                                    merge=settings)
    records = switch("--records", "command.help.records")
    call_unknown = switch("--call-unknown", "command.help.call_unknown")
    give_up = switch("--give-up", "command.help.give_up")
    with_do_not_call = with_do_not_call_option()
    without_iys = without_iys_option()
    wait = wait_option()
    yes = yes_option()


class CampaignAgain(OneCampaign):
    phones = phones_option()
    sheet = sheet_option()
    hidden = hidden_option()
    column = columns_option()
    phrase = phrase_option()
    written = written_option()


class TrialCall(OneCampaign):
    to = option("--to", PHONE, "command.help.to", "command.metavar.number", default=None)
    yes = yes_option()


class AdoptCampaign(OnlyJson):
    id = argument(CAMPAIGN_ID, "command.help.id", "ID")
    unconfirmed = option("--as", CAMPAIGN, "command.help.as", "REF", default=None, group="which")
    name = option("--name", NAME, "command.help.name", "command.metavar.name", default=None, group="which")
    off = switch("--off", "command.help.off")
