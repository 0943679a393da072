"""What is remembered: campaigns, their numbers, what was asked of the provider and what became of it.

`Store.open(path, fold=…, sort_key=…)`, then `store.drafts`, `.campaigns`, `.numbers`, `.ledger`, `.switches`,
`.test_calls`, `.menus`, `.account`, and `store.history(campaign)`. Its calls block: a screen makes them through a
`StoreThread`.
"""

from tui.store.account import UsedTarget
from tui.store.errors import (
    AlreadyKnown,
    AlreadySwitching,
    Changed,
    NoSuchCampaign,
    NoSuchNumber,
    Refused,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFailed,
    StoreForeign,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
    WrongState,
)
from tui.store.menus import NamedMenu
from tui.store.store import Store
from tui.store.thread import StoreThread
from tui.store.values import (
    Campaign,
    Event,
    HistoryEntry,
    ListFilter,
    NumberRow,
    Sort,
    SortColumn,
    StoredNumber,
    Summary,
)

__all__ = [
    "AlreadyKnown", "AlreadySwitching", "Campaign", "Changed", "Event", "HistoryEntry", "ListFilter", "NamedMenu",
    "NoSuchCampaign", "NoSuchNumber", "NumberRow", "Refused", "Sort", "SortColumn", "Store", "StoreBusy",
    "StoreDamaged", "StoreError", "StoreFailed", "StoreForeign", "StoreFull", "StoreReadOnly", "StoreThread",
    "StoreTooNew", "StoredNumber", "Summary", "UsedTarget", "WrongState",
]
