"""What becomes of a campaign once another was created in its place: for all commands that launch."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from tui.commands.campaign.sending import Report
from tui.commands.document import Json, moment_json
from tui.commands.output import full_sentence, problem
from tui.commands.status import Status
from tui.i18n.words import say
from tui.operations.services import NotPossible, Services
from tui.operations.succession import Progress, delete_former, read_progress
from tui.operations.switch import Unclear
from tui.store import Campaign, StoreError
from tui.text.formats import state_now


def former_json(found: Progress, now: dt.datetime) -> Json:
    """The campaign that is replaced, and how far that is."""
    by = found.succession
    return {"ref": found.former.ref, "number": found.former.id,
            "state": state_now(found.former, now, complete=False).value, "step": found.step.value,
            "off_since": moment_json(found.off_since), "quiet_at": moment_json(found.quiet_at),
            "known_from": None if by is None or by.known_from is None else by.known_from.value,
            "to_call": found.carried.numbers,
            "successor": None if found.successor is None else found.successor.ref}


async def deleted_former(services: Services, report: Report) -> Report:
    """A launch whose campaign was created: the one whose place it takes is deleted at the provider.

    Where that fails the campaign has been created all the same; the former one is off, and is deleted another time.
    """
    if report.created is None or report.before or report.created.replaces is None:
        return report
    from tui.provider.errors import ProviderError

    store, former = services.store, report.created.replaces
    campaign = await services.thread(store.campaigns.get, former)
    status = report.status
    try:
        if await delete_former(services, report.created.id) is not None:
            problem(say("command.replace.deleted", ref=campaign.ref, name=campaign.name))
    except (ProviderError, StoreError, NotPossible) as failure:
        reasons = failure.reasons if isinstance(failure, Unclear) else (failure.reason,)
        _not_deleted(campaign, " ".join(map(full_sentence, reasons)))
        status = max(status, Status.UNFINISHED)
    found = await services.thread(read_progress, store, former, services.now())
    return replace(report, status=status, document={**report.document, "replaces": former_json(found, services.now())})


def _not_deleted(campaign: Campaign, why: str) -> None:
    problem(say("command.replace.not_deleted", ref=campaign.ref, name=campaign.name, why=why))
