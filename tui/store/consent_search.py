"""Who in a list has not agreed to commercial calls, by the İYS file that was imported last."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final

from tui.campaign.consent import ConsentNeeded, ConsentStatus
from tui.campaign.reach import Cause
from tui.store.cause_search import ROW, STRETCH, FoundRow, SearchedList
from tui.store.consents import STANDING, Consents
from tui.store.repository import Context, Repository
from tui.store.sql import sql

# Rank of the cause by what the file says; a number that it does not have has not agreed.
_FOUND_IN_STRETCH: Final = sql("""
SELECT position, called, phrased, CASE WHEN standing IS NULL THEN {unknown} ELSE {refused} END AS rank
FROM (SELECT {row}, {standing} AS standing FROM numbers WHERE {stretch}) AS judged
WHERE coalesce(standing, 0) <> 1 ORDER BY position
""", row=ROW, standing=STANDING, stretch=STRETCH, unknown=Cause.NO_CONSENT.rank, refused=Cause.CONSENT_REFUSED.rank)


class ConsentSearch(Repository):
    """Those without consent where `needed` is needed. Without an imported file it is everybody."""

    def __init__(self, context: Context, consents: Consents, needed: ConsentNeeded) -> None:
        super().__init__(context)
        self._consents = consents
        self._needed = needed

    def in_list(self, searched: SearchedList) -> Iterator[FoundRow]:
        # One file for the whole of the list: where another is imported meanwhile, whoever is left has not agreed.
        current = self._consents.current(searched.profile)
        values = {"import": 0 if current is None else current.id, "brand": self._needed.brand,
                  "recipient_type": self._needed.recipient_type}
        return map(FoundRow._make, chain.from_iterable(
            self._database.all(_FOUND_IN_STRETCH, {**each, **values}) for each in searched.stretches()))

    def among(self, profile: str, phones: Collection[str]) -> Iterator[tuple[str, Cause]]:
        standings = self._consents.standings(profile, self._needed, phones)
        for phone in phones:
            standing = standings.get(phone)
            if standing is not ConsentStatus.GIVEN:
                yield phone, Cause.NO_CONSENT if standing is None else Cause.CONSENT_REFUSED
