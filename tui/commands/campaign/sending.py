"""A launch on its way to the provider, and what became of it: for all commands that launch."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected, Unconfirmed
from tui.commands.campaign.earlier import earlier_reason
from tui.commands.campaign.left_out import left_out_line
from tui.commands.document import Json, left_out_json, reason_json
from tui.commands.output import document, full_sentence, interactive, line, problem, progress
from tui.commands.status import Status
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.launch import NotKept, Upload, launch
from tui.operations.launch_key import Claim, what_becomes
from tui.operations.launch_request import Ready
from tui.operations.services import Services
from tui.store import Campaign, EarlierLaunch, LaunchMatch

log = logging.getLogger("santral.create")

_PROGRESS_EVERY: Final = 0.3  # seconds
_LAST_TRIES: Final = 8.0  # seconds in which it is still tried to store an ID
_OTHER_LAUNCH: Final = 120.0  # seconds to wait for another process that launches the same
_MET: Final[Mapping[type, LaunchMatch]] = {Created: LaunchMatch.CREATED, Unconfirmed: LaunchMatch.UNCONFIRMED}
_NOTHING: Final[Mapping[str, Any]] = {}


class Report(Struct, frozen=True):
    """What a launch came to: `document` is written where JSON is asked for, else `texts`, a line each.

    `created` is the campaign that the provider has made of it, now or `before`. Sentences for a person have been
    written: of one that was created before, how it is called.
    """

    status: Status
    document: Json
    texts: tuple[str, ...] = ()
    created: Campaign | None = None
    before: bool = False

    def tell_id(self) -> None:
        """The ID of a new campaign on stderr, where it isn't written on stdout."""
        if self.created is not None and not self.before:
            problem(say("command.create.created", id=self.created.provider_id))

    def write(self, *, as_json: bool) -> Status:
        """On stdout. The ID is written on stderr where it can't be written there."""
        written = document(self.document) if as_json else all(map(line, self.texts))
        if not written:
            self.tell_id()
        return self.status


async def send(services: Services, ready: Ready, claim: Claim, *, as_json: bool,
               more: Mapping[str, Any] = _NOTHING, texts: tuple[str, ...] = ()) -> Report:
    """Launch a draft, and say what became of it. `more` of the document and `texts` are what is said besides.

    AlreadyLaunched where another process was quicker; NotPossible, StoreError where nothing was noted or sent.
    """
    upload = Upload()
    try:
        async with _progress_shown(upload):
            await launch(services, ready, upload, claim)
    except NotKept as failure:
        return await report_not_kept(services, ready.campaign, failure, as_json=as_json)
    except asyncio.CancelledError:
        if upload.outcome is None:
            raise
    except Exception:
        if upload.outcome is None:  # it was refused before the ledger noted anything
            raise
        log.exception("after the launch of campaign %s", ready.campaign.id)
    assert upload.outcome is not None  # noqa: S101 - a launch that ended has one
    counted = (left_out_line(upload.left_out),) if upload.left_out.recipients else ()
    more = {**left_out_json(upload.left_out), **more}
    return outcome_report(ready.campaign, upload.outcome, more, (*counted, *texts))


@contextlib.asynccontextmanager
async def _progress_shown(upload: Upload) -> AsyncIterator[None]:
    """Show on a terminal how much of a request has been sent, while it lasts."""
    if not interactive():
        yield
        return
    shown = asyncio.create_task(_show_progress(upload))
    try:
        yield
    finally:
        shown.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await shown


async def _show_progress(upload: Upload) -> None:
    written = False
    try:
        while True:
            await asyncio.sleep(_PROGRESS_EVERY)
            written = True
            if upload.complete:
                progress(say("command.create.sent", total=upload.total))
            elif upload.total:
                percent = upload.sent * 100 // upload.total
                progress(say("command.create.sending", sent=upload.sent, total=upload.total, percent=percent))
    finally:
        if written:
            progress("")


async def report_earlier(services: Services, earlier: EarlierLaunch) -> Report:
    """Nothing is sent, as the same was launched before: the outcome is that of the earlier launch."""
    if earlier.match is LaunchMatch.UNDER_WAY and earlier.launch is not None:
        problem(say("command.earlier.waiting", ref=earlier.campaign.ref))
        outcome = await what_becomes(services, earlier.launch, _OTHER_LAUNCH)
        campaign = await services.thread(services.store.campaigns.get, earlier.campaign.id)
        if isinstance(outcome, Rejected | NotSent):
            return outcome_report(campaign, outcome)
        earlier = replace(earlier, campaign=campaign, match=_MET.get(type(outcome), LaunchMatch.UNDER_WAY))
    return report_before(earlier, earlier_reason(earlier))


def report_before(earlier: EarlierLaunch, reason: Reason) -> Report:
    """What was launched before, and `reason`, why nothing is sent."""
    campaign = earlier.campaign
    text = full_sentence(reason)
    problem(text)
    if earlier.match is LaunchMatch.OTHER_BODY:
        return Report(Status.USAGE, {"error": {"code": reason.code, "message": text}})
    created = earlier.match is LaunchMatch.CREATED
    described = {"outcome": "created" if created else "unconfirmed", "id": campaign.provider_id, "ref": campaign.ref,
                 "reason": reason_json(reason)}
    if not created:
        return Report(Status.UNCONFIRMED, described)
    return Report(Status.DONE, described, (campaign.ref,), campaign, before=True)


def outcome_report(campaign: Campaign, outcome: Outcome, more: Mapping[str, Any] = _NOTHING,
                   texts: tuple[str, ...] = ()) -> Report:
    """The outcome of a launch: of its own request, whatever was done with the campaign since."""
    described = {**outcome_json(outcome, campaign), **more}
    match outcome:
        case Created():
            made = replace(campaign, provider_id=outcome.provider_id)
            return Report(Status.DONE, described, (str(outcome.provider_id), *texts), made)
        case Unconfirmed():  # the sentence says how it is found out
            status, key = Status.UNCONFIRMED, "command.create.unconfirmed"
        case Rejected():
            status, key = Status.FAILED, "command.create.rejected"
        case NotSent():
            status, key = Status.FAILED, "command.create.not_sent"
    problem(say(key, why=full_sentence(outcome.reason), ref=f"d{campaign.id}"))
    return Report(status, described)


async def report_not_kept(services: Services, campaign: Campaign, failure: NotKept, *, as_json: bool) -> Report:
    """The ID at once, as this is the only copy of it; then whether it was stored after all."""
    why = " ".join(map(full_sentence, failure.reasons))
    problem(say("command.create.not_kept", why=why, ref=f"d{campaign.id}", id=failure.provider_id))
    if not as_json:
        line(str(failure.provider_id))
    kept = False
    with contextlib.suppress(asyncio.CancelledError):
        kept = await services.outcome_writer.all_written(_LAST_TRIES)
    if kept:
        problem(say("command.create.kept", id=failure.provider_id))
    described = {"outcome": "created" if kept else "unconfirmed", "id": failure.provider_id,
                 "ref": str(failure.provider_id) if kept else f"d{campaign.id}",
                 "reason": None if kept else reason_json(failure.reason)}
    made = replace(campaign, provider_id=failure.provider_id) if kept else None
    return Report(Status.DONE if kept else Status.UNCONFIRMED, described, created=made)


def outcome_json(outcome: Outcome, campaign: Campaign) -> Json:
    """The document of a create request's outcome."""
    if isinstance(outcome, Created):
        return {"outcome": "created", "id": outcome.provider_id, "ref": str(outcome.provider_id), "reason": None}
    word = {Rejected: "rejected", NotSent: "not_sent", Unconfirmed: "unconfirmed"}[type(outcome)]
    return {"outcome": word, "id": None, "ref": f"d{campaign.id}", "reason": reason_json(outcome.reason)}
