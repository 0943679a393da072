"""What is remembered: campaigns, their numbers, what was asked of the provider and what became of it.

`Store.open(path, fold=…, sort_key=…)`, then `store.drafts`, `.campaigns`, `.numbers`, `.ledger`, `.switches`,
`.trial_calls`, `.menus`, `.account`; of results `.deliveries`, `.results`, `.records`, `.follow_ups`, `.do_not_call`,
`.do_not_call_pages`, `.persons`, `.person_notes`, `.call_details`, `.receivers`; `.successions`; and
`store.history(campaign)`. Its calls block: a screen makes them through a `StoreThread`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from tui.store.errors import (
    AlreadyKnown,
    AlreadyLaunched,
    AlreadySwitching,
    Changed,
    ChangeRefused,
    HasSuccessor,
    NoSuccession,
    NoSuchCampaign,
    NoSuchNumber,
    NotCopied,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFailed,
    StoreForeign,
    StoreFull,
    StoreGone,
    StoreManyNames,
    StoreNoLocks,
    StoreReadOnly,
    StoreTooNew,
    StoreTooOld,
    StoreUnsure,
    SuccessorUnfit,
    WrongState,
)
from tui.store.store import Store
from tui.store.thread import StoreThread
from tui.store.values import (
    Campaign,
    EarlierLaunch,
    Event,
    Health,
    Heartbeat,
    HistoryEntry,
    LaunchKey,
    LaunchMatch,
    ListFilter,
    ResultFilter,
    Sort,
    SortColumn,
    Totals,
)

if TYPE_CHECKING:
    from tui.store.list_values import (
        DroppedNumber,
        Hits,
        ListStep,
        ListStepKind,
        MarkedRows,
        NumberRow,
        RowFilter,
        StoredNumber,
        Summary,
    )
    from tui.store.menus import NamedMenu
    from tui.store.result_values import (
        Bucket,
        Counts,
        Delivery,
        DoNotCallChange,
        DoNotCallEvent,
        DoNotCallReason,
        DoNotCallRow,
        FollowUp,
        IngestResult,
        Lineage,
        MergeResult,
        ResultRow,
        UnreadableBody,
    )

# What the first screen needs nothing of: loaded when it is named first.
_LATER: Final = {
    "list_values": "DroppedNumber Hits MarkedRows NumberRow ListStep ListStepKind StoredNumber Summary RowFilter",
    "menus": "NamedMenu",
    "result_values":
        "Bucket Counts Delivery DoNotCallChange DoNotCallEvent DoNotCallReason DoNotCallRow FollowUp IngestResult "
        "Lineage MergeResult ResultRow UnreadableBody",
}
_HOMES: Final = {name: module for module, names in _LATER.items() for name in names.split()}

__all__ = [
    "AlreadyKnown", "AlreadyLaunched", "AlreadySwitching", "Bucket", "Campaign", "ChangeRefused", "Changed", "Counts",
    "Delivery", "DoNotCallChange", "DoNotCallEvent", "DoNotCallReason", "DoNotCallRow", "DroppedNumber",
    "EarlierLaunch", "Event", "FollowUp", "HasSuccessor", "Health", "Heartbeat", "HistoryEntry", "Hits", "IngestResult",
    "LaunchKey", "LaunchMatch", "Lineage", "ListFilter", "ListStep", "ListStepKind", "MarkedRows", "MergeResult",
    "NamedMenu", "NoSuccession", "NoSuchCampaign", "NoSuchNumber", "NotCopied", "NumberRow", "ResultFilter",
    "ResultRow", "RowFilter", "Sort", "SortColumn", "Store", "StoreBusy", "StoreDamaged", "StoreError", "StoreFailed",
    "StoreForeign", "StoreFull",
    "StoreGone", "StoreManyNames", "StoreNoLocks", "StoreReadOnly", "StoreThread", "StoreTooNew", "StoreTooOld",
    "StoreUnsure", "StoredNumber", "SuccessorUnfit", "Summary", "Totals", "UnreadableBody", "WrongState",
]


if not TYPE_CHECKING:  # the checker knows each of them from above, and nothing else

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
