"""The command line: one record for each command, and what can be typed after it.

Order is the order of the help. `docs/santral.1` is made of it: `python -m tui.commands.manual > docs/santral.1`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tui.commands.spec import (
    Arguments,
    CommandSpec,
    Node,
    Parameter,
    argument,
    arguments,
    merged,
    option,
    options,
    switch,
)
from tui.commands.values import (
    CALL,
    CAMPAIGN,
    CAMPAIGN_ID,
    COLUMN,
    CONDITION,
    CONSENT_COLUMN,
    FILE,
    LAUNCH_KEY,
    NAME,
    PHONE,
    PLAN,
    PORT,
    PROFILE,
    REASON,
    SEED,
    SETTING,
    SHELL,
    SPEED,
    TEMPLATE,
    TEXT,
    WORDS,
    WRITING,
    columns,
    conditions,
    consent_columns,
    settings,
    writings,
)

if TYPE_CHECKING:  # its import would load what reads lists for every command
    from tui.numbers.columns import Role
    from tui.numbers.consent_columns import ConsentColumn
    from tui.numbers.writing import Writing

DEFAULT_SANDBOX_PORT: Final = 8099

# Those that may stand before a command, and after most.
HELP: Final = Parameter("command.help.help", ("-h", "--help"), name="help")
CONFIG: Final = Parameter("command.help.config", ("--config",), FILE, "command.metavar.path", name="config")
PROFILE_OPTION: Final = Parameter("command.help.profile", ("--profile",), PROFILE, "command.metavar.name",
                                  name="profile")
VERSION: Final = Parameter("command.help.version", ("--version",), name="version",
                           ends="tui.commands.about:print_version")
SPEC: Final = Parameter("command.help.spec", ("--spec",), name="spec", ends="tui.commands.about:print_spec")


def _json() -> bool:
    return switch("--json", "command.help.json")


def _yes() -> bool:
    return switch("--yes", "command.help.yes")


def _keep_repeats() -> bool:
    return switch("--keep-repeats", "command.help.keep_repeats")


def _sheet() -> str | None:
    return option("--sheet", TEXT, "command.help.sheet", "command.metavar.name", default=None)


def _hidden() -> bool:
    return switch("--hidden", "command.help.hidden")


def _columns() -> Mapping[Role, str]:
    return merged("--column", COLUMN, "command.help.column", "command.metavar.column", default={}, merge=columns)


def _phrase() -> str | None:
    return option("--phrase", TEMPLATE, "command.help.phrase", "command.metavar.text", default=None)


def _with_do_not_call() -> bool:
    return switch("--with-do-not-call", "command.help.with_do_not_call")


def _without_iys() -> bool:
    return switch("--without-iys", "command.help.without_iys")


def _over_limit() -> bool:
    return switch("--over-limit", "command.help.over_limit")


def _launch_key() -> str | None:
    return option("--key", LAUNCH_KEY, "command.help.launch_key", "command.metavar.text", default=None)


def _dry_run() -> bool:
    return switch("--dry-run", "command.help.dry_run", group="sending")


def _wait() -> bool:
    return switch("--wait", "command.help.wait", group="sending")


def _written() -> Mapping[str, Writing]:
    return merged("--written", WRITING, "command.help.written", "command.metavar.written", default={}, merge=writings)


class OnlyJson(Arguments):
    json = _json()


class CheckCampaign(OnlyJson):
    file = argument(FILE, "command.help.file", "command.metavar.file")
    phones = option("--phones", FILE, "command.help.phones", "command.metavar.list", default=None)
    sheet = _sheet()
    hidden = _hidden()
    column = _columns()
    phrase = _phrase()
    written = _written()
    keep_repeats = _keep_repeats()
    drop_bad = switch("--drop-bad", "command.help.drop_bad")
    with_do_not_call = _with_do_not_call()
    without_iys = _without_iys()
    over_limit = _over_limit()
    key = _launch_key()


class CreateCampaign(CheckCampaign):
    again = switch("--again", "command.help.again")
    dry_run = _dry_run()
    wait = _wait()
    yes = _yes()


class ListCampaigns(OnlyJson):
    filter = options("--filter", WORDS, "command.help.list_filter", "command.metavar.condition")
    deleted = switch("--deleted", "command.help.deleted")


class OneCampaign(OnlyJson):
    ref = argument(CAMPAIGN, "command.help.ref", "REF")


class Campaigns(OnlyJson):
    refs = arguments(CAMPAIGN, "command.help.refs", "REF")


class AgreedCampaigns(Campaigns):
    yes = _yes()


class SwitchOn(AgreedCampaigns):
    beside_successor = switch("--beside-successor", "command.help.beside_successor")


class LaunchDraft(OneCampaign):
    with_do_not_call = _with_do_not_call()
    without_iys = _without_iys()
    over_limit = _over_limit()
    key = _launch_key()
    again = switch("--again", "command.help.again")
    dry_run = _dry_run()
    wait = _wait()
    yes = _yes()


class ReplaceCampaign(OneCampaign):
    set: Mapping[str, str] = merged("--set", SETTING, "command.help.set", "command.metavar.setting", default={},
                                    merge=settings)
    records = switch("--records", "command.help.records")
    call_unknown = switch("--call-unknown", "command.help.call_unknown")
    give_up = switch("--give-up", "command.help.give_up")
    with_do_not_call = _with_do_not_call()
    without_iys = _without_iys()
    wait = _wait()
    yes = _yes()


class CampaignAgain(OneCampaign):
    phones = option("--phones", FILE, "command.help.phones", "command.metavar.list", default=None)
    sheet = _sheet()
    hidden = _hidden()
    column = _columns()
    phrase = _phrase()
    written = _written()


class TrialCall(OneCampaign):
    to = option("--to", PHONE, "command.help.to", "command.metavar.number", default=None)
    yes = _yes()


class AdoptCampaign(OnlyJson):
    id = argument(CAMPAIGN_ID, "command.help.id", "ID")
    unconfirmed = option("--as", CAMPAIGN, "command.help.as", "REF", default=None, group="which")
    name = option("--name", NAME, "command.help.name", "command.metavar.name", default=None, group="which")
    off = switch("--off", "command.help.off")


class Results(Arguments):
    ref = argument(CAMPAIGN, "command.help.ref", "REF")
    json = switch("--json", "command.help.results_json", group="form")
    csv = option("--csv", FILE, "command.help.results_csv", "command.metavar.path", default=None, group="form")
    xlsx = option("--xlsx", FILE, "command.help.results_xlsx", "command.metavar.path", default=None, group="form")
    filter: Mapping[str, Any] = merged("--filter", CONDITION, "command.help.results_filter",
                                       "command.metavar.condition", default={}, merge=conditions)


class FollowUp(OnlyJson):
    ref = argument(CAMPAIGN, "command.help.ref", "REF")
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


class ImportConsents(OnlyJson):
    file = argument(FILE, "command.help.iys_file", "command.metavar.list")
    column: Mapping[ConsentColumn, str] = merged(
        "--column", CONSENT_COLUMN, "command.help.iys_column", "command.metavar.column", default={},
        merge=consent_columns)


class CheckPhones(Arguments):
    list = argument(FILE, "command.help.list", "command.metavar.list")
    sheet = _sheet()
    hidden = _hidden()
    column = _columns()
    phrase = _phrase()
    written = _written()
    keep_repeats = _keep_repeats()
    json = switch("--json", "command.help.json_lines")


class CopyStore(OnlyJson):
    source = argument(TEXT, "command.help.store_source", "command.metavar.source")
    target = argument(TEXT, "command.help.store_target", "command.metavar.target")


class Listen(Arguments):
    json = switch("--json", "command.help.listen_json")
    until_eof = switch("--until-eof", "")  # as the sandbox's
    # For the demo, which leaves nothing behind.
    log_folder = option("--log-folder", FILE, "", "", default=None)


class RunSandbox(Arguments):
    port = option("--port", PORT, "command.help.port", "N", default=DEFAULT_SANDBOX_PORT)
    speed = option("--speed", SPEED, "command.help.speed", "N", default=1.0)
    seed = option("--seed", SEED, "command.help.seed", "N", default=1)
    fault = options("--fault", TEXT, "command.help.fault", "command.metavar.fault")
    always_open = switch("--always-open", "command.help.always_open")
    key = option("--key", TEXT, "command.help.key", "command.metavar.key", default=None)
    # For the demo: the sandbox ends when the program that started it does, however that ends.
    until_eof = switch("--until-eof", "")


class Doctor(OnlyJson):
    offline = switch("--offline", "command.help.offline")


class Completion(Arguments):
    shell = argument(SHELL, "command.help.shell", "command.metavar.shell")


class Demo(Arguments):
    speed = option("--speed", SPEED, "command.help.speed", "N", default=1.0)


APP: Final = CommandSpec("", "command.help.santral", "tui.commands.app:run_app")
COMMANDS: Final = (
    CommandSpec("campaign create", "command.help.campaign_create", "tui.commands.campaign.create:create",
                CreateCampaign),
    CommandSpec("campaign check", "command.help.campaign_check", "tui.commands.campaign.create:check", CheckCampaign),
    CommandSpec("campaign launch", "command.help.campaign_launch", "tui.commands.campaign.launch_draft:launch_draft",
                LaunchDraft),
    CommandSpec("campaign list", "command.help.campaign_list", "tui.commands.campaign.listing:list_campaigns",
                ListCampaigns, with_services=True),
    CommandSpec("campaign show", "command.help.campaign_show", "tui.commands.campaign.listing:show", OneCampaign,
                with_services=True),
    CommandSpec("campaign on", "command.help.campaign_on", "tui.commands.campaign.switch:switch_on", SwitchOn,
                with_services=True),
    CommandSpec("campaign off", "command.help.campaign_off", "tui.commands.campaign.switch:switch_off", Campaigns,
                with_services=True),
    CommandSpec("campaign again", "command.help.campaign_again", "tui.commands.campaign.again:again", CampaignAgain),
    CommandSpec("campaign replace", "command.help.campaign_replace",
                "tui.commands.campaign.replacing:replace_campaign", ReplaceCampaign),
    CommandSpec("campaign delete", "command.help.campaign_delete", "tui.commands.campaign.switch:delete",
                AgreedCampaigns,
                with_services=True),
    CommandSpec("campaign not-created", "command.help.campaign_not_created", "tui.commands.campaign.adopt:not_created",
                OneCampaign, with_services=True),
    CommandSpec("campaign test", "command.help.campaign_test", "tui.commands.campaign.trial_call:make_test_call",
                TrialCall,
                with_services=True),
    CommandSpec("campaign adopt", "command.help.campaign_adopt", "tui.commands.campaign.adopt:adopt", AdoptCampaign,
                with_services=True),
    CommandSpec("results", "command.help.results", "tui.commands.results:results", Results, with_services=True),
    CommandSpec("follow-up", "command.help.follow_up", "tui.commands.follow_up:follow_up", FollowUp,
                with_services=True),
    CommandSpec("plan list", "command.help.plan_list", "tui.commands.follow_up:list_plans", OnlyJson,
                with_services=True),
    CommandSpec("plan show", "command.help.plan_show", "tui.commands.follow_up:show_plan", NamedPlanArgument,
                with_services=True),
    CommandSpec("plan save", "command.help.plan_save", "tui.commands.follow_up:save", SavePlan, with_services=True),
    CommandSpec("plan delete", "command.help.plan_delete", "tui.commands.follow_up:delete", NamedPlanArgument,
                with_services=True),
    CommandSpec("person", "command.help.person", "tui.commands.person:person", OnePerson),
    CommandSpec("recording", "command.help.recording", "tui.commands.recording:recording", Recordings,
                with_services=True),
    CommandSpec("dnc list", "command.help.dnc_list", "tui.commands.do_not_call:list_numbers", OnlyJson,
                with_services=True),
    CommandSpec("dnc add", "command.help.dnc_add", "tui.commands.do_not_call:add", ChangedNumbers,
                with_services=True),
    CommandSpec("dnc remove", "command.help.dnc_remove", "tui.commands.do_not_call:remove", ChangedNumbers,
                with_services=True),
    CommandSpec("dnc history", "command.help.dnc_history", "tui.commands.do_not_call:history", OneNumber,
                with_services=True),
    CommandSpec("dnc import", "command.help.dnc_import", "tui.commands.do_not_call:import_list", ImportNumbers,
                with_services=True),
    CommandSpec("dnc export", "command.help.dnc_export", "tui.commands.do_not_call:export_list", ExportNumbers,
                with_services=True),
    CommandSpec("dnc fetch", "command.help.dnc_fetch", "tui.commands.do_not_call:fetch", OnlyJson, with_services=True),
    CommandSpec("dnc push", "command.help.dnc_push", "tui.commands.do_not_call:push", OnlyJson, with_services=True),
    CommandSpec("iys", "command.help.iys", "tui.commands.iys:show", OnlyJson, with_services=True),
    CommandSpec("iys import", "command.help.iys_import", "tui.commands.iys:import_file", ImportConsents,
                with_services=True),
    CommandSpec("phones check", "command.help.phones_check", "tui.commands.phones:check_list", CheckPhones),
    CommandSpec("config path", "command.help.config_path", "tui.commands.config:path", needs_time_zone=False),
    CommandSpec("config show", "command.help.config_show", "tui.commands.config:show", needs_time_zone=False),
    CommandSpec("config check", "command.help.config_check", "tui.commands.config:check", needs_time_zone=False),
    CommandSpec("config keys", "command.help.config_keys", "tui.commands.config:keys", OnlyJson, needs_time_zone=False),
    CommandSpec("store copy", "command.help.store_copy", "tui.commands.store:copy", CopyStore, takes_config=False),
    CommandSpec("listen", "command.help.listen", "tui.commands.listen:listen", Listen),
    CommandSpec("sandbox", "command.help.sandbox", "tui.commands.sandbox:run_sandbox", RunSandbox, takes_config=False),
    # It says itself what is wrong with the time zone.
    CommandSpec("doctor", "command.help.doctor", "tui.commands.doctor.command:run_doctor", Doctor,
                needs_time_zone=False),
    CommandSpec("completion", "command.help.completion", "tui.commands.completion:complete", Completion,
                needs_time_zone=False, for_shells=True),
    CommandSpec("demo", "command.help.demo", "tui.commands.demo:demo", Demo, takes_config=False),
)
GROUPS: Final = {
    "campaign": "command.help.campaign", "plan": "command.help.plan", "dnc": "command.help.dnc",
    "phones": "command.help.phones_room",
    "config": "command.help.config_file", "store": "command.help.store", "iys": "command.help.iys",
}


def command_line() -> Node:
    """All that can be typed, as a tree."""
    groups: dict[str, list[Node]] = {}
    for command in COMMANDS:
        groups.setdefault(command.path[0], []).append(_node(command))
    nodes = [_group(word, below) if word in GROUPS else below[0] for word, below in groups.items()]
    return Node((), APP.help, APP, (HELP, CONFIG, PROFILE_OPTION, VERSION, SPEC), tuple(nodes))


def _node(command: CommandSpec) -> Node:
    return Node(command.path, command.help, command, _common(takes_config=command.takes_config))


def _group(word: str, nodes: list[Node]) -> Node:
    """What commands have in common. A command of that word alone is what it does where nothing follows."""
    below = tuple(node for node in nodes if len(node.path) > 1)
    own = next((node.command for node in nodes if len(node.path) == 1), None)
    return Node((word,), GROUPS[word], own, _common(takes_config=any(CONFIG in node.common for node in nodes)), below)


def _common(*, takes_config: bool) -> tuple[Parameter, ...]:
    return (HELP, CONFIG, PROFILE_OPTION) if takes_config else (HELP,)
