"""What is known of one number, over all campaigns and profiles of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tui.campaign.account import Account
from tui.campaign.phone import BadPhone, wire_phone
from tui.operations.services import NotPossible, Services
from tui.store import Store
from tui.store.person_values import Person


@dataclass(frozen=True, slots=True)
class PersonReport:
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


def _look_up(store: Store, phone: str, at: dt.datetime) -> PersonReport:
    person = store.persons.of(phone)
    profiles = {each.campaign.profile for each in person.campaigns}
    return PersonReport(person, {profile: store.account.known(profile) for profile in profiles}, at)
