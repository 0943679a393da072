"""`santral dnc list|add|remove|fetch`: the numbers that the profile's campaigns are not to call."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Final

from tui.campaign.phone import readable_phone
from tui.commands.document import Json, moment_json
from tui.commands.output import document, document_with, interactive, line, problem, progress
from tui.commands.status import Status
from tui.commands.work import at_work, run
from tui.i18n.words import say
from tui.operations.blocked import BlockedProgress, fetch_blocked
from tui.operations.services import Services
from tui.store import DoNotCallRow, WhyNot
from tui.text.formats import moment_text

_PAGE: Final = 1_000


def run_do_not_call(arguments: Namespace) -> Status:
    with at_work(arguments) as services:
        if arguments.action == "list":
            written = (_list_json if arguments.json else _list)(services)
            return Status.DONE if written else Status.FAILED
        if arguments.action == "fetch":
            return _fetched(services, as_json=arguments.json)
        return _changed(services, arguments)


def _fetched(services: Services, *, as_json: bool) -> Status:
    """The provider's blocked numbers, however long that takes. ProviderError."""
    state = run(services, fetch_blocked(services, _tell_progress if interactive() else lambda _: None))
    if interactive():
        progress("")
    if as_json:
        written = document({"blocked": state.count, "blocked_without_direction": state.untold, "odd": state.odd,
                            "fetched_at": moment_json(state.fetched_at)})
    else:
        written = line(say("command.dnc.fetched", count=state.count))
        if state.untold:
            written = line(say("screens.blocked.untold", count=state.untold)) and written
    if state.odd:
        problem(say("operations.blocked.odd", count=state.odd))
    return Status.DONE if written else Status.FAILED


def _tell_progress(at: BlockedProgress) -> None:
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
    if row.why is WhyNot.BY_HAND:
        return say("command.dnc.by_hand")
    if row.campaign is None:
        return say("command.dnc.refused")
    return say("command.dnc.pressed", ref=services.store.campaigns.get(row.campaign).ref)


def _changed(services: Services, arguments: Namespace) -> Status:
    phones = set(arguments.numbers)
    if arguments.action == "add":
        changed = services.store.do_not_call.add(services.profile.name, phones)
        told = say("command.dnc.added", count=changed, already=len(phones) - changed)
    else:
        changed = services.store.do_not_call.remove(services.profile.name, phones)
        told = say("command.dnc.removed", count=changed, missing=len(phones) - changed)
    written = document({"changed": changed, "given": len(phones)}) if arguments.json else line(told)
    return Status.DONE if written else Status.FAILED
