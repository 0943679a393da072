"""What can be typed after commands about results: follow-ups and their plans, persons and recordings too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.commands.arguments.common import OneCampaign, OnlyJson, ref_argument
from tui.commands.spec import Arguments, argument, arguments, merged, option, switch
from tui.commands.values import CALL, CONDITION, FILE, NAME, PHONE, PLAN, conditions


class Results(Arguments):
    ref = ref_argument()
    json = switch("--json", "command.help.results_json", group="form")
    csv = option("--csv", FILE, "command.help.results_csv", "command.metavar.path", default=None, group="form")
    xlsx = option("--xlsx", FILE, "command.help.results_xlsx", "command.metavar.path", default=None, group="form")
    filter: Mapping[str, Any] = merged("--filter", CONDITION, "command.help.results_filter",
                                       "command.metavar.condition", default={}, merge=conditions)
    alone = switch("--alone", "command.help.results_alone")


class FollowUp(OneCampaign):
    plan = option("--plan", NAME, "command.help.follow_up_plan", "command.metavar.name", default="default")
    dry_run = switch("--dry-run", "command.help.follow_up_dry_run")


class NamedPlanArgument(OnlyJson):
    name = argument(NAME, "command.help.plan_name", "command.metavar.name")


class SavePlan(NamedPlanArgument):
    rules = argument(PLAN, "command.help.plan_rules", "command.metavar.plan")


class OnePerson(Arguments):
    number = argument(PHONE, "command.help.person_number", "command.metavar.number")
    json = switch("--json", "command.help.json", group="form")
    csv = option("--csv", FILE, "command.help.person_csv", "command.metavar.path", default=None, group="form")
    html = option("--html", FILE, "command.help.person_html", "command.metavar.path", default=None, group="form")


class Recordings(OnlyJson):
    calls = arguments(CALL, "command.help.recording_calls", "REF|UUID")
    to = option("--to", FILE, "command.help.recording_to", "command.metavar.folder", default=None)
    number = option("--number", PHONE, "command.help.recording_number", "command.metavar.number", default=None)
