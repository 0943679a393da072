"""`santral dnc list|add|remove|history|import|export|fetch|push`: whom the profile's campaigns are not to call."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, starmap
from typing import Final

from tui.campaign.phone import readable_phone
from tui.commands.arguments.common import OnlyJson
from tui.commands.arguments.do_not_call import ChangedNumbers, ExportNumbers, ImportNumbers, OneNumber, PushOptOuts
from tui.commands.document import Json, change_json, moment_json, reason_json
from tui.commands.list_input import file_given
from tui.commands.output import (
    agreed,
    document,
    document_with,
    full_sentence,
    interactive,
    is_stdout,
    line,
    lines,
    problem,
    progress,
    through_stdout,
)
from tui.commands.running import run
from tui.commands.status import Status, read_status
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.blocked import BlockedProgress, fetch_blocked
from tui.operations.do_not_call import (
    FEW,
    all_references,
    history_of,
    import_file,
    put_on_list,
    references_of,
    take_off_list,
)
from tui.operations.opt_out_push import confirm_push, push_opt_outs, still_blocked, unconfirmed
from tui.operations.services import NotPossible, Services
from tui.store import DoNotCallReason, DoNotCallRow
from tui.store.do_not_call_pages import DoNotCallFilter
from tui.store.opt_out_pushes import PushQueue
from tui.text.do_not_call import change_text
from tui.text.formats import moment_text

_PAGE: Final = 1_000


def list_numbers(services: Services, arguments: OnlyJson) -> Status:
    """The numbers on the list, the newest first."""
    return read_status(written=(_list_json if arguments.json else _list)(services))


def add(services: Services, arguments: ChangedNumbers) -> Status:
    """Put numbers on the list. NotPossible, StoreError."""
    phones = set(arguments.numbers)
    added = run(services, put_on_list(services, phones, arguments.reason))
    _say_what_waits(services)
    sentence = say("command.dnc.added", count=added.new, already=added.known)
    return _changed(added.new, phones, sentence, arguments)


def remove(services: Services, arguments: ChangedNumbers) -> Status:
    """Take numbers off the list. NotPossible, StoreError."""
    phones = set(arguments.numbers)
    blocked = run(services, still_blocked(services, sorted(phones)))
    removed = run(services, take_off_list(services, phones, arguments.reason))
    for phone in blocked:
        problem(say("operations.push.stays", phone=readable_phone(phone)))
    sentence = say("command.dnc.removed", count=removed, missing=len(phones) - removed)
    return _changed(removed, phones, sentence, arguments, **({"still_blocked": blocked} if blocked else {}))


def history(services: Services, arguments: OneNumber) -> Status:
    """What was done with a number, the newest first. StoreError."""
    phone = arguments.number
    changes = run(services, history_of(services, phone))
    on_list = bool(services.store.do_not_call.among(services.profile.name, [phone]))
    if arguments.json:
        return read_status(written=document({
            "profile": services.profile.name, "phone": phone, "on_list": on_list,
            "history": [change_json(change) for change, _ in changes]}))
    now = services.now()
    rows = [f"{moment_text(change.at, now):<18} {change_text(change, campaign)}" for change, campaign in changes]
    return read_status(written=lines(rows or [say("command.dnc.never", phone=readable_phone(phone))]))


def import_list(services: Services, arguments: ImportNumbers) -> Status:
    """Put every number of a file on the list. BadList, NotPossible, StoreError."""
    def show_progress(done: int, of: int) -> None:
        if interactive():
            progress(say("command.dnc.importing", count=of, done=done))

    try:
        with file_given(arguments.file) as (path, _):
            found = run(services, import_file(services, path, arguments.reason, show_progress))
    finally:
        if interactive():
            progress("")
    if found.unread:
        problem(say("operations.dnc.unread", count=found.unread, places=found.places))
    _say_what_waits(services)
    if arguments.json:
        return read_status(written=document({"new": found.new, "known": found.known, "unread": found.unread,
                                             "lines": found.places}))
    return read_status(written=line(say("command.dnc.added", count=found.new, already=found.known)))


def export_list(services: Services, arguments: ExportNumbers) -> Status:
    """Write the list to a CSV file, or on stdout. NotPossible, StoreError."""
    from tui.operations.export_csv import do_not_call_table, export_do_not_call

    if is_stdout(arguments.path):
        table = run(services, do_not_call_table(services, DoNotCallFilter.OWN))
        return read_status(written=through_stdout(lambda out: out.write(table.csv())))
    count = run(services, export_do_not_call(services, arguments.path, DoNotCallFilter.OWN))
    return read_status(written=line(say("command.results.exported", count=count, path=str(arguments.path))))


def fetch(services: Services, arguments: OnlyJson) -> Status:
    """The provider's blocked numbers, however long that takes. ProviderError, StoreError."""
    state = run(services, fetch_blocked(services, _show_progress if interactive() else lambda _: None))
    if interactive():
        progress("")
    if arguments.json:
        written = document({"blocked": state.count, "blocked_without_direction": state.untold, "odd": state.odd,
                            "fetched_at": moment_json(state.fetched_at), "overtaken": state.overtaken})
    else:
        written = line(say("command.dnc.fetched", count=state.count))
        if state.untold:
            written = line(say("screens.blocked.untold", count=state.untold)) and written
    if state.odd:
        problem(say("operations.blocked.odd", count=state.odd))
    if state.overtaken:
        problem(say("operations.blocked.overtaken"))
    return read_status(written=written)


def push(services: Services, arguments: PushOptOuts) -> Status:
    """Block at the provider whoever waits for it, those too whom it refused before. NotPossible, StoreError."""
    if services.profile.push_opt_outs:
        services.must_be_writable()
        _agree_to_push(services, sure=arguments.yes)
    run(services, confirm_push(services))
    try:
        result = run(services, push_opt_outs(services, progress=_show_pushed if interactive() else lambda _: None))
    finally:
        if interactive():
            progress("")
    queue = result.queue
    if result.stopped is not None:
        problem(full_sentence(result.stopped))
    if arguments.json:
        written = document({"pushed": result.pushed, **_queue(queue)})
    else:
        written = line(say("command.dnc.pushed_on", count=result.pushed, waiting=queue.open, refused=queue.refused))
    done = result.stopped is None and not queue.refused
    return read_status(written=written) if done else Status.FAILED


def _agree_to_push(services: Services, *, sure: bool) -> None:
    """NotPossible where it was never confirmed, and is not now."""
    count = run(services, unconfirmed(services))
    if not count or sure:
        return
    if not interactive():
        raise NotPossible(Reason("command.dnc.push_needs_yes", {"count": count}))
    if not agreed(say("command.dnc.push_sure", count=count, profile=services.profile.name)):
        raise NotPossible(Reason("command.dnc.push_not_agreed"))


def _say_what_waits(services: Services) -> None:
    """That whoever was put on the list is blocked at the provider too."""
    name = services.profile.name
    if services.profile.push_opt_outs and (count := services.store.opt_out_pushes.queue(name).open):
        problem(say("command.dnc.will_be_pushed", count=count))


def _show_pushed(done: int) -> None:
    progress(say("command.dnc.pushing", count=done))


def _queue(queue: PushQueue) -> Json:
    return {"waiting": queue.waiting, "unsure": queue.unsure, "refused": queue.refused,
            "stopped": reason_json(queue.stopped)}


def _show_progress(at: BlockedProgress) -> None:
    progress(say("screens.blocked.so_far", count=at.numbers))


def _list(services: Services) -> bool:
    now = services.now()
    rows = (f"{readable_phone(row.phone):<18} {moment_text(row.added_at, now):<18} {_why(services, row)}"
            f"{f' ({reference})' if reference else ''}" for row, reference in _all(services))
    first = next(rows, None)
    return lines([say("command.dnc.empty")] if first is None else chain([first], rows))


def _list_json(services: Services) -> bool:
    name = services.profile.name
    pushes = services.store.opt_out_pushes
    push = None
    if services.profile.push_opt_outs:
        push = {**_queue(pushes.queue(name)), "confirmed": pushes.confirmed(name)}
    return document_with({"profile": name, "push": push}, "numbers", starmap(_row, _all(services)))


def _all(services: Services) -> Iterator[tuple[DoNotCallRow, str]]:
    """Each number, and by which reference the profile's lists know it: the first before all of these are read."""
    name, every = services.profile.name, services.store.do_not_call.all
    first = every(name, offset=0, limit=FEW)
    known = run(services, references_of(services, [row.phone for row in first]))
    yield from ((row, known.get(row.phone, "")) for row in first)
    offset = len(first)
    if offset < FEW or not (page := every(name, offset=offset, limit=_PAGE)):
        return
    known = run(services, all_references(services))
    while page:
        yield from ((row, known.get(row.phone, "")) for row in page)
        offset += len(page)
        page = every(name, offset=offset, limit=_PAGE)


def _row(row: DoNotCallRow, reference: str) -> Json:
    return {"phone": row.phone, "reference": reference, "added_at": moment_json(row.added_at), "why": row.why.value,
            "campaign": row.campaign, "reason": row.reason or None, "by": row.by_user or None}


def _why(services: Services, row: DoNotCallRow) -> str:
    if row.why is DoNotCallReason.BY_HAND:
        return f"{say('command.dnc.by_hand')}: {row.reason}" if row.reason else say("command.dnc.by_hand")
    if row.campaign is None:
        return say("command.dnc.refused")
    return say("command.dnc.pressed", ref=services.store.campaigns.get(row.campaign).ref)


def _changed(changed: int, phones: Collection[str], sentence: str, arguments: ChangedNumbers,
             **more: list[str]) -> Status:
    written = document({"changed": changed, "given": len(phones), **more}) if arguments.json else line(sentence)
    return read_status(written=written)
