"""`santral recording REF|UUID … --to FOLDER`: recordings of calls, saved as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from tui.campaign.phone import readable_phone
from tui.commands.arguments.results import Recordings
from tui.commands.document import Json, moment_json, reason_json
from tui.commands.output import document, full_sentence, interactive, line, problem, progress
from tui.commands.running import campaign_of, run
from tui.commands.status import Status
from tui.commands.values import is_ref
from tui.core import folders
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.recording import RecordedCall, SavedRecording, save_recording, why_no_recording
from tui.operations.services import NotPossible, Services
from tui.store import Campaign, ResultFilter
from tui.text.formats import moment_text


class _Done(Struct, frozen=True):
    """What became of one: a file, or why there is none."""

    recorded: RecordedCall
    saved: SavedRecording | None
    reason: Reason | None


def recording(services: Services, arguments: Recordings) -> Status:
    """Each of them is tried; those that lie in the folder already are left alone. NotPossible, ProviderError."""
    folder = folders.here() if arguments.to is None else arguments.to
    if not folders.is_folder(folder):
        raise NotPossible(Reason("operations.export.no_folder", {"folder": str(folder)}))
    wanted = list({each.call.call_uuid: each for text in arguments.calls for each in _calls(services, text, arguments)}
                  .values())
    done = run(services, _save(services, wanted, folder, quiet=arguments.json))
    failed = any(each.saved is None for each in done)
    written = not arguments.json or document({"recordings": [_json(each) for each in done]})
    return Status.FAILED if failed or not written else Status.DONE


def _calls(services: Services, text: str, arguments: Recordings) -> Iterator[RecordedCall]:
    """The calls that an argument means, in the order of their numbers. NotPossible where it means none."""
    if not is_ref(text):
        yield _call(services, text)
        return
    campaign = campaign_of(services, text)
    found = list(_recorded(services, campaign, arguments.number))
    if not found:
        if arguments.number is None:
            raise NotPossible(Reason("command.recording.none", {"name": campaign.name}))
        raise NotPossible(Reason("command.recording.none_of", {
            "name": campaign.name, "phone": readable_phone(arguments.number)}))
    yield from found


def _call(services: Services, call_uuid: str) -> RecordedCall:
    found = services.store.results.call(services.profile.name, call_uuid)
    if found is None:
        raise NotPossible(Reason("command.recording.no_call", {
            "uuid": call_uuid, "profile": services.profile.name}))
    row, campaign, call = found
    detail = services.store.call_details.among(services.profile.name, [call_uuid]).get(call_uuid)
    return RecordedCall(services.store.campaigns.get(campaign), row.phone, call, detail, row.reference)


def _recorded(services: Services, campaign: Campaign, phone: str | None) -> Iterator[RecordedCall]:
    chosen = ResultFilter(answered=True, words=phone or "")
    details = services.store.call_details.all(campaign.profile)
    for row in services.store.results.each(campaign.id, chosen):
        if phone is not None and row.phone != phone:
            continue
        for call in row.calls:
            recorded = RecordedCall(campaign, row.phone, call, details.get(call.call_uuid), row.reference)
            if why_no_recording(recorded) is None:
                yield recorded


async def _save(services: Services, wanted: list[RecordedCall], folder: Path, *, quiet: bool) -> list[_Done]:
    """One after another, by one connection to the provider: so its limit is kept."""
    from tui.provider.errors import KeyRefused, LimitReached, NotReached, ProviderError

    done = []
    for place, recorded in enumerate(wanted):
        if interactive() and len(wanted) > 1:
            progress(say("command.recording.progress", done=place, count=len(wanted)))
        saved, reason = None, None
        try:
            saved = await save_recording(services, recorded, folder, on_wait=_show_wait)
        except (KeyRefused, LimitReached, NotReached):  # nor will the next be had
            raise
        except (NotPossible, ProviderError) as failure:
            reason = failure.reason
        finally:
            if interactive():
                progress("")
        done.append(_Done(recorded, saved, reason))
        _tell(services, done[-1], quiet=quiet)
    return done


def _show_wait(seconds: float) -> None:
    if interactive():
        progress(say("command.recording.waiting", count=max(1, round(seconds))))


def _tell(services: Services, done: _Done, *, quiet: bool) -> None:
    saved, recorded = done.saved, done.recorded
    if saved is None:
        why = "" if done.reason is None else full_sentence(done.reason)
        problem(say("command.recording.failed", phone=readable_phone(recorded.phone),
                    moment=moment_text(recorded.call.at, services.now()), why=why))
    elif not quiet:
        line(say("command.recording.before", path=str(saved.path)) if saved.before
             else say("command.recording.saved", path=str(saved.path), size=saved.size))


def _json(done: _Done) -> Json:
    recorded, saved = done.recorded, done.saved
    return {"call_uuid": recorded.call.call_uuid, "campaign": recorded.campaign.ref, "phone": recorded.phone,
            "reference": recorded.reference, "at": moment_json(recorded.call.at),
            "path": None if saved is None else str(saved.path),
            "size": None if saved is None else saved.size, "saved_before": saved is not None and saved.before,
            "problem": reason_json(done.reason)}
