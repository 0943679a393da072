"""`santral campaign adopt|not-created`: campaigns whose ID a person brings, and what became of unconfirmed ones."""

from __future__ import annotations

from tui.campaign.lifecycle import State
from tui.commands.arguments.campaign import AdoptCampaign
from tui.commands.arguments.common import OneCampaign
from tui.commands.campaign.report import report_done
from tui.commands.running import campaign_of, run
from tui.commands.status import Status
from tui.i18n.words import say
from tui.operations.services import Services
from tui.operations.track import confirm_created, confirm_not_created
from tui.operations.track import track as track_foreign


def adopt(services: Services, arguments: AdoptCampaign) -> Status:
    """NotPossible, AlreadyKnown, WrongState."""
    if arguments.unconfirmed is None:
        name = arguments.name or say("screens.adopt.unnamed", id=arguments.id)
        state = State.OFF if arguments.off else State.ON
        number = run(services, track_foreign(services, arguments.id, name, state))
    else:
        number = campaign_of(services, arguments.unconfirmed).id
        run(services, confirm_created(services, number, arguments.id))
    return report_done(services, services.store.campaigns.get(number), "command.adopt.done", as_json=arguments.json)


def not_created(services: Services, arguments: OneCampaign) -> Status:
    """NotPossible, WrongState."""
    campaign = campaign_of(services, arguments.ref)
    run(services, confirm_not_created(services, campaign.id))
    return report_done(services, campaign, "command.not_created.done", as_json=arguments.json)
