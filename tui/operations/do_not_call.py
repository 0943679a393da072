"""The profile's do-not-call list: put on it, taken off, imported; each with the reason and who did it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Collection, Iterable
from itertools import islice
from pathlib import Path
from typing import Final

from msgspec import Struct

from tui.campaign.phone import BadPhone, wire_phone
from tui.core.reason import Reason
from tui.core.secret import Redactor
from tui.operations.services import NotPossible, Services
from tui.operations.suppression import phones_in
from tui.store import DoNotCallChange
from tui.store.do_not_call_pages import STRETCHES

MAX_REASON: Final = 200
_AT_ONCE: Final = 10_000  # numbers that are put on the list without letting others at the store
FEW: Final = 1_000  # numbers of which each is looked up; for more all that lists have is read sooner
_BETWEEN: Final = re.compile(r"[\r\n\t;|]+")


class Added(Struct, frozen=True):
    """What became of numbers that were to be put on the list."""

    new: int
    known: int


class ImportedFile(Struct, frozen=True):
    """What became of a file's numbers. `unread`: rows that hold none; `places`: the lines of the first of these."""

    new: int
    known: int
    unread: int
    places: str


class TypedNumbers(Struct, frozen=True):
    """Numbers as they were typed or pasted: `phones` as they are sent, each once; of the others `wrong` says why."""

    phones: tuple[str, ...]
    wrong: tuple[tuple[str, Reason], ...]


def typed_numbers(text: str) -> TypedNumbers:
    """The numbers of a text: a line for each, or one behind another with a comma or semicolon between.

    >>> typed_numbers("0532 123 45 67, 0532 123 45 68; 0532 123 45 67").phones
    ('905321234567', '905321234568')
    """
    phones: list[str] = []
    wrong: list[tuple[str, Reason]] = []
    for line in filter(None, (part.strip(", ") for part in _BETWEEN.split(text))):
        found, bad = _numbers(line)
        phones += found
        wrong += bad
    return TypedNumbers(tuple(dict.fromkeys(phones)), tuple(wrong))


def _numbers(line: str) -> tuple[list[str], list[tuple[str, Reason]]]:
    """A comma may be a part of what is no number: only where a number stands beside one does it separate."""
    try:
        return [wire_phone(line)], []
    except BadPhone as bad:
        whole = (line, bad.reason)
    found, wrong = [], []
    for part in filter(None, map(str.strip, line.split(","))):
        try:
            found.append(wire_phone(part))
        except BadPhone as bad:
            wrong.append((part, bad.reason))
    return (found, wrong) if found else ([], [whole])


def reason_given(typed: str) -> str:
    """A reason as it is kept. NotPossible where it is too long, or holds what looks like an API key."""
    reason = " ".join(typed.split())
    if len(reason) > MAX_REASON:
        raise NotPossible(Reason("operations.dnc.reason_long", {"count": len(reason), "most": MAX_REASON}))
    if Redactor()(reason) != reason:  # it would be kept where anybody may read it
        raise NotPossible(Reason("operations.dnc.reason_key"))
    return reason


async def put_on_list(services: Services, phones: Iterable[str], reason: str = "",
                      progress: Callable[[int], None] = lambda _: None) -> Added:
    """Put phones, as they are sent, on the list. `progress` is called with how many are done.

    NotPossible where the reason can't be kept, StoreError.
    """
    reason = reason_given(reason)
    new = done = 0
    waiting = iter(dict.fromkeys(phones))
    while some := list(islice(waiting, _AT_ONCE)):
        new += await services.thread(_add, services, some, reason)
        done += len(some)
        progress(done)
    return Added(new, done - new)


async def take_off_list(services: Services, phones: Iterable[str], reason: str = "") -> int:
    """Take phones off the list; how many were on it. NotPossible, StoreError."""
    reason = reason_given(reason)
    remove, profile = services.store.do_not_call.remove, services.profile.name
    return await services.thread(lambda: remove(profile, phones, reason=reason, by_user=services.user_name()))


async def history_of(services: Services, phone: str) -> list[tuple[DoNotCallChange, str]]:
    """What was done with a phone, the newest first; each with the name of the campaign in which the key was pressed.

    StoreError.
    """
    return await services.thread(_history, services, phone)


def _history(services: Services, phone: str) -> list[tuple[DoNotCallChange, str]]:
    store = services.store
    return [(change, store.campaigns.get(change.campaign).name if change.campaign is not None else "")
            for change in store.do_not_call.history(services.profile.name, phone)]


async def references_of(services: Services, phones: Collection[str]) -> dict[str, str]:
    """By which references the profile's lists know these of the numbers that are not to be called. StoreError.

    Where there are many, those of the other numbers are in it too.
    """
    if len(phones) > FEW:
        return await all_references(services)
    return await services.thread(services.store.do_not_call_pages.references, services.profile.name, phones)


async def all_references(services: Services) -> dict[str, str]:
    """By which references the profile's lists know whoever is not to be called; read bit by bit. StoreError."""
    found: dict[str, str] = {}
    for stretch in STRETCHES:
        found |= await services.thread(
            services.store.do_not_call_pages.all_references, services.profile.name, stretch)
    return found


async def import_file(services: Services, path: Path, reason: str = "",
                      progress: Callable[[int, int], None] = lambda _done, _of: None) -> ImportedFile:
    """Put every number of a file on the list, from all its sheets and columns, as of the profile's do-not-call file.

    Without a reason its name is the reason. `progress` is called with how many are done, and of how many. BadList,
    NotPossible where it holds no number, StoreError.
    """
    reason = reason_given(reason) or reason_given(path.name[:MAX_REASON])
    found = await asyncio.to_thread(phones_in, path)
    phones = list(dict.fromkeys(found.phones))
    if not phones:
        raise NotPossible(Reason("operations.dnc.no_numbers", {"path": str(path)}))
    added = await put_on_list(services, phones, reason, lambda done: progress(done, len(phones)))
    return ImportedFile(added.new, added.known, found.unread, found.places)


def _add(services: Services, phones: list[str], reason: str) -> int:
    return services.store.do_not_call.add(services.profile.name, phones, reason=reason, by_user=services.user_name())
