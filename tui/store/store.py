"""The store: one object that the rooms above hold.

INTERFACE (the methods come in drafts.py, campaigns.py, numbers.py, ledger.py, switches.py):

drafts.create(profile: str, fields: Mapping[str, str], *, copied_from: int | None = None) -> int
drafts.change(campaign: int, changes: Mapping[str, str | None]) -> int            # new revision; WrongState
drafts.remove(campaign: int) -> None ; drafts.bring_back(campaign: int) -> None   # WrongState
drafts.copy(campaign: int, *, numbers: bool) -> int
campaigns.get(campaign: int) -> Campaign                                          # NoSuchCampaign
campaigns.find(profile: str, provider_id: int) -> Campaign | None
campaigns.page(profile: str, *, filter: ListFilter = ListFilter(), sort: Sort = Sort(), offset: int = 0, limit: int) -> list[Campaign]
campaigns.count(profile: str, filter: ListFilter = ListFilter()) -> int
campaigns.counts(profile: str) -> dict[State, int]                                # deleted ones included
campaigns.adopt_foreign(profile: str, provider_id: int, name: str, state: State) -> int   # AlreadyKnown(.campaign)
numbers.add(campaign: int, rows: Iterable[NumberRow]) -> Summary                  # all or nothing
numbers.page(campaign: int, offset: int, limit: int, *, only_bad: bool = False) -> list[StoredNumber]
numbers.replace(campaign: int, position: int, row: NumberRow) -> StoredNumber     # NoSuchNumber
numbers.drop(campaign: int, positions: Iterable[int]) -> int ; drop_bad(campaign) -> int ; drop_duplicates(campaign) -> int ; clear(campaign) -> int
numbers.summary(campaign: int) -> Summary ; numbers.each(campaign: int) -> Iterator[StoredNumber]
ledger.begin(campaign: int, *, revision: int, token: str, body_hash: str, numbers: int, asked_by: AskedBy) -> int   # WrongState, Changed
ledger.settle(launch: int, outcome: Outcome) -> bool
ledger.recover() -> list[int]
ledger.adopt(campaign: int, provider_id: int) -> None                             # WrongState, AlreadyKnown
ledger.not_created(campaign: int) -> None                                         # WrongState
ledger.unconfirmed_twin(profile: str, body_hash: str) -> Campaign | None
switches.begin(campaign: int, action: Action, asked_by: AskedBy) -> int           # WrongState, AlreadySwitching
switches.done(switch: int) -> bool ; failed(switch: int, reason: Reason) -> bool ; unknown(switch: int, reason: Reason) -> bool
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from tui.store.values import HistoryEntry


class Store:
    @classmethod
    def open(cls, path: Path, *, fold: Callable[[str], str], sort_key: Callable[[str], str],
             now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)) -> Store:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def history(self, campaign: int) -> list[HistoryEntry]:
        raise NotImplementedError

    def data_version(self) -> int:
        raise NotImplementedError
