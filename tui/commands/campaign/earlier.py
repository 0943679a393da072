"""A launch that was made before: its sentence, and its look-up by commands that launch nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tui.campaign.request import Request
from tui.commands.arguments.campaign import CheckCampaign
from tui.commands.document import Json
from tui.commands.invocation import Invocation
from tui.commands.output import full_sentence, problem
from tui.commands.running import open_services, run
from tui.config import ConfigError
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.launch_key import Claim, find_earlier, launched_text
from tui.store import EarlierLaunch, LaunchMatch, StoreError

_HOW: Final = (*map(str, LaunchMatch), "missing")
_EARLIER: Final = TextKeys("command.earlier.{}", _HOW)
_FORETOLD: Final = TextKeys("command.foretold.{}", _HOW)


def earlier_reason(earlier: EarlierLaunch) -> Reason:
    """Why nothing was sent. Params: name, ref, launched."""
    return _reason(_EARLIER, earlier)


def find_earlier_launch(invocation: Invocation, arguments: CheckCampaign, request: Request,
               sent: Request | None) -> EarlierLaunch | None:
    """The launch that `create` would repeat, with a sentence about it on stderr. No database is made for that.

    `sent` is what of the request would be sent; None where nothing would.
    """
    earlier = _found_earlier(invocation, Claim(request, arguments.key, sent=sent))
    if earlier is not None:
        problem(full_sentence(_reason(_FORETOLD, earlier)))
    return earlier


def earlier_json(earlier: EarlierLaunch) -> Json:
    campaign = earlier.campaign
    return {"met": earlier.match.value, "id": campaign.provider_id, "ref": campaign.ref,
            "message": full_sentence(_reason(_FORETOLD, earlier))}


def _reason(family: TextKeys[str], earlier: EarlierLaunch) -> Reason:
    campaign = earlier.campaign
    how = "missing" if earlier.match is LaunchMatch.CREATED and campaign.missing else earlier.match
    return Reason(family[how], {
        "name": campaign.name, "ref": campaign.ref, "launched": launched_text(campaign)})


def _found_earlier(invocation: Invocation, claim: Claim) -> EarlierLaunch | None:
    try:
        config = invocation.sources.config()
        place = config.database.location
        if not config.profiles or (isinstance(place, Path) and not place.exists()):
            return None
        with open_services(invocation) as services:
            return run(services, find_earlier(services, claim))
    except ConfigError:  # a file can be checked without any; commands that need one report its mistakes
        return None
    except StoreError as failure:
        problem(say("command.foretold.not_looked", why=full_sentence(failure.reason)))
        return None
