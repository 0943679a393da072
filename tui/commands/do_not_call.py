"""`santral dnc list|add|remove|fetch`: the numbers that the profile's campaigns are not to call."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from tui.campaign.phone import readable_phone
from tui.commands.document import Json, moment_json
from tui.commands.output import document, document_with, interactive, line, problem, progress
from tui.commands.running import run
from tui.commands.specs import Numbers, OnlyJson
from tui.commands.status import Status, read_status
from tui.i18n.words import say
from tui.operations.blocked import BlockedProgress, fetch_blocked
from tui.operations.services import Services
from tui.store import DoNotCallReason, DoNotCallRow
from tui.text.formats import moment_text

_PAGE: Final = 1_000


def list_numbers(services: Services, arguments: OnlyJson) -> Status:
    """The numbers on the list, the newest first."""
    return read_status(written=(_list_json if arguments.json else _list)(services))


def add(services: Services, arguments: Numbers) -> Status:
    """Put numbers on the list. StoreError."""
    phones = set(arguments.numbers)
    added = services.store.do_not_call.add(services.profile.name, phones)
    sentence = say("command.dnc.added", count=added, already=len(phones) - added)
    return _changed(added, phones, sentence, arguments)


def remove(services: Services, arguments: Numbers) -> Status:
    """Take numbers off the list. StoreError."""
    phones = set(arguments.numbers)
    removed = services.store.do_not_call.remove(services.profile.name, phones)
    sentence = say("command.dnc.removed", count=removed, missing=len(phones) - removed)
    return _changed(removed, phones, sentence, arguments)


def fetch(services: Services, arguments: OnlyJson) -> Status:
    """The provider's blocked numbers, however long that takes. ProviderError, StoreError."""
    state = run(services, fetch_blocked(services, _show_progress if interactive() else lambda _: None))
    if interactive():
        progress("")
    if arguments.json:
        written = document({"blocked": state.count, "blocked_without_direction": state.untold, "odd": state.odd,
                            "fetched_at": moment_json(state.fetched_at)})
    else:
        written = line(say("command.dnc.fetched", count=state.count))
        if state.untold:
            written = line(say("screens.blocked.untold", count=state.untold)) and written
    if state.odd:
        problem(say("operations.blocked.odd", count=state.odd))
    return read_status(written=written)


def _show_progress(at: BlockedProgress) -> None:
    progress(say("screens.blocked.so_far", count=at.numbers))


def _list(services: Services) -> bool:
    now = services.now()
    empty = True
    for row in _all(services):
        empty = False
        if not line(f"{readable_phone(row.phone):<18} {moment_text(row.added_at, now):<18} {_why(services, row)}"):
            return False
    return line(say("command.dnc.empty")) if empty else True


def _list_json(services: Services) -> bool:
    return document_with({"profile": services.profile.name}, "numbers", map(_row, _all(services)))


def _all(services: Services) -> Iterator[DoNotCallRow]:
    offset = 0
    while page := services.store.do_not_call.all(services.profile.name, offset=offset, limit=_PAGE):
        yield from page
        offset += len(page)


def _row(row: DoNotCallRow) -> Json:
    return {"phone": row.phone, "added_at": moment_json(row.added_at), "why": row.why.value, "campaign": row.campaign}


def _why(services: Services, row: DoNotCallRow) -> str:
    if row.why is DoNotCallReason.BY_HAND:
        return say("command.dnc.by_hand")
    if row.campaign is None:
        return say("command.dnc.refused")
    return say("command.dnc.pressed", ref=services.store.campaigns.get(row.campaign).ref)


def _changed(changed: int, phones: Collection[str], sentence: str, arguments: Numbers) -> Status:
    written = document({"changed": changed, "given": len(phones)}) if arguments.json else line(sentence)
    return read_status(written=written)
