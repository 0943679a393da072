"""The command line: one record for each command. What can be typed after it is in `arguments`.

Order is the order of the help. `docs/santral.1` is made of it: `python -m tui.commands.manual > docs/santral.1`.
"""

from __future__ import annotations

from typing import Final

from tui.commands.arguments.campaign import (
    AdoptCampaign,
    AgreedCampaigns,
    CampaignAgain,
    Campaigns,
    CheckCampaign,
    CreateCampaign,
    LaunchDraft,
    ListCampaigns,
    ReplaceCampaign,
    SwitchOn,
    TrialCall,
)
from tui.commands.arguments.common import OneCampaign, OnlyJson
from tui.commands.arguments.do_not_call import (
    ChangedNumbers,
    ExportNumbers,
    ImportConsents,
    ImportNumbers,
    OneNumber,
    PushOptOuts,
)
from tui.commands.arguments.lists import CheckPhones
from tui.commands.arguments.program import Completion, CopyStore, Demo, Doctor, Listen, RunSandbox
from tui.commands.arguments.results import FollowUp, NamedPlanArgument, OnePerson, Recordings, Results, SavePlan
from tui.commands.spec import CommandSpec, Node, Parameter
from tui.commands.values import FILE, PROFILE

# Those that may stand before a command, and after most.
HELP: Final = Parameter("command.help.help", ("-h", "--help"), name="help")
CONFIG: Final = Parameter("command.help.config", ("--config",), FILE, "command.metavar.path", name="config")
PROFILE_OPTION: Final = Parameter("command.help.profile", ("--profile",), PROFILE, "command.metavar.name",
                                  name="profile")
VERSION: Final = Parameter("command.help.version", ("--version",), name="version",
                           ends="tui.commands.about:print_version")
SPEC: Final = Parameter("command.help.spec", ("--spec",), name="spec", ends="tui.commands.about:print_spec")
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
    CommandSpec("dnc push", "command.help.dnc_push", "tui.commands.do_not_call:push", PushOptOuts, with_services=True),
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
