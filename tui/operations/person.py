"""What is known of one number, over all campaigns and profiles of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from tui.campaign.account import Account
from tui.campaign.phone import BadPhone, wire_phone
from tui.core.reason import Reason
from tui.core.secret import Redactor
from tui.operations.recording import RecordedCall
from tui.operations.services import NotPossible, Services
from tui.store import Store
from tui.store.person_values import Person

MAX_NOTE: Final = 1_000


class PersonReport(Struct, frozen=True):
    """A number as it was looked up at a moment. `accounts`: what is remembered of each profile's account, for names."""

    person: Person
    accounts: Mapping[str, Account]
    at: dt.datetime


async def look_up_person(services: Services, typed: str) -> PersonReport:
    """All that is known of a number, in whatever way it is written. NotPossible where it is none; StoreError."""
    try:
        phone = wire_phone(typed)
    except BadPhone as bad:
        raise NotPossible(bad.reason) from None
    return await services.thread(_look_up, services.store, phone, services.now())


def calls_of(person: Person) -> list[RecordedCall]:
    """Its calls over all campaigns, the newest first."""
    calls = [RecordedCall(each.campaign, person.phone, call, person.detail(each, call))
             for each in person.campaigns for call in each.calls]
    return sorted(calls, key=lambda each: each.call.order, reverse=True)


async def write_note(services: Services, phone: str, typed: str) -> None:
    """Keep what somebody writes of a phone, which is as it is sent; nothing takes the note away.

    NotPossible where it is too long or holds what looks like an API key; StoreError.
    """
    text = note_given(typed)
    write, profile = services.store.person_notes.write, services.profile.name
    await services.thread(lambda: write(profile, phone, text, by_user=services.user_name()))


def note_given(typed: str) -> str:
    """A note as it is kept: its lines, without what does not print. NotPossible."""
    lines = ("".join(sign for sign in " ".join(line.split()) if sign.isprintable()) for line in typed.splitlines())
    text = "\n".join(lines).strip()
    if len(text) > MAX_NOTE:
        raise NotPossible(Reason("operations.note.long", {"count": len(text), "most": MAX_NOTE}))
    if Redactor()(text) != text:  # it would be kept where anybody may read it
        raise NotPossible(Reason("operations.note.key"))
    return text


def _look_up(store: Store, phone: str, at: dt.datetime) -> PersonReport:
    person = store.persons.of(phone)
    profiles = {each.campaign.profile for each in person.campaigns}
    return PersonReport(person, {profile: store.account.known(profile) for profile in profiles}, at)
