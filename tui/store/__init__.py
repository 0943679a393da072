"""What is remembered: campaigns, their numbers, what was asked of the provider and what became of it.

`Store.open(path, fold=…, sort_key=…)`, then `store.drafts`, `.campaigns`, `.numbers`, `.ledger`, `.switches`,
`.test_calls`, `.menus`, `.account`; of results `.deliveries`, `.results`, `.records`, `.follow_ups`, `.do_not_call`,
`.receivers`; and `store.history(campaign)`. Its calls block: a screen makes them through a `StoreThread`.
"""

from tui.store.account import UsedTarget
from tui.store.errors import (
    AlreadyKnown,
    AlreadySwitching,
    Changed,
    NoSuchCampaign,
    NoSuchNumber,
    NotCopied,
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
from tui.store.list_values import DroppedNumber, Hits, Marks, Step, StepKind, Which
from tui.store.menus import NamedMenu
from tui.store.result_values import (
    Beat,
    Bucket,
    Counts,
    Delivery,
    DoNotCallRow,
    FollowUp,
    Health,
    Lineage,
    Merged,
    ResultFilter,
    ResultRow,
    Taken,
    Totals,
    UnreadableBody,
    WhyNot,
)
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
    "AlreadyKnown", "AlreadySwitching", "Beat", "Bucket", "Campaign", "Changed", "Counts", "Delivery", "DoNotCallRow",
    "DroppedNumber", "Event", "FollowUp", "Health", "HistoryEntry", "Hits", "Lineage", "ListFilter", "Marks",
    "Merged", "NamedMenu", "NoSuchCampaign", "NoSuchNumber", "NotCopied", "NumberRow", "Refused", "ResultFilter",
    "ResultRow", "Sort", "SortColumn", "Step", "StepKind", "Store", "StoreBusy", "StoreDamaged", "StoreError",
    "StoreFailed", "StoreForeign", "StoreFull", "StoreReadOnly", "StoreThread", "StoreTooNew", "StoredNumber",
    "Summary", "Taken", "Totals", "UnreadableBody", "UsedTarget", "Which", "WhyNot", "WrongState",
]
