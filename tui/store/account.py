"""An account's lists as the provider answered them last, and the targets that its campaigns have used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from tui.campaign.account import CALLER_ID, Account, Listing
from tui.campaign.fields import TARGET_FIELDS
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.target import LARGEST_NUMBER, Target, TargetKind
from tui.store.columns import moment, object_of
from tui.store.repository import Repository

_CAMPAIGNS_LOOKED_AT: Final = 500
_LARGEST_CALLER_ID: Final = 10**18 - 1
_AGE_STEP: Final = dt.timedelta(minutes=10)
_KEEP_ANSWER: Final = """
INSERT INTO account_answers (profile, kind, answered_at) VALUES (?, ?, ?)
ON CONFLICT (profile, kind) DO UPDATE SET answered_at = excluded.answered_at
"""
_KEEP_ITEM: Final = """
INSERT INTO account_items (profile, kind, number, name, seen_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (profile, kind, number) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at, gone_at = NULL
"""
_ITEMS: Final = "SELECT number, name, gone_at FROM account_items WHERE profile = ? AND kind = ? ORDER BY number"
_LAST_CHANGED: Final = """
SELECT fields FROM campaigns WHERE profile = ? ORDER BY updated_at DESC, id DESC LIMIT ?
"""


class AccountMemory(Repository):
    """What the provider answered last of each of an account's lists, by profile; what has gone is kept as gone."""

    def keep(self, profile: str, kind: str, items: Mapping[int, str]) -> None:
        """Remember an answer: names by number. What was known and isn't in it is gone from now on.

        `kind` is ANNOUNCEMENT, QUEUE, USER or CALLER_ID. An answer that says what is known already writes nothing but
        when it came, and that not more often than every ten minutes.
        """
        largest = _LARGEST_CALLER_ID if kind == CALLER_ID else LARGEST_NUMBER
        kept = {number: _writable(name) for number, name in items.items() if number <= largest}
        if not any(self._changes(profile, kind, kept)) and self._is_recent(self._answered_at(profile, kind)):
            return
        with self._database.write():
            now = self._now()
            self._database.run(_KEEP_ANSWER, (profile, kind, now))
            listed, gone = self._changes(profile, kind, kept)  # others may have written in between
            self._database.run_many(_KEEP_ITEM, [(profile, kind, number, kept[number], now) for number in listed])
            self._database.run_many(
                "UPDATE account_items SET gone_at = ? WHERE profile = ? AND kind = ? AND number = ?",
                [(now, profile, kind, number) for number in gone])

    def _answered_at(self, profile: str, kind: str) -> dt.datetime | None:
        row = self._database.one("SELECT answered_at FROM account_answers WHERE profile = ? AND kind = ?",
                                 (profile, kind))
        with self._database.legible():
            return moment(row["answered_at"]) if row is not None else None

    def _is_recent(self, at: dt.datetime | None) -> bool:
        return at is not None and dt.timedelta() <= moment(self._now()) - at < _AGE_STEP

    def _changes(self, profile: str, kind: str, kept: Mapping[int, str]) -> tuple[list[int], list[int]]:
        """The numbers that are new, renamed or there again, and those that have gone."""
        listing = self._listing(profile, kind)
        before = listing.items or {}
        return ([number for number, name in kept.items() if before.get(number) != name],
                [number for number in before if number not in kept])

    def known(self, profile: str) -> Account:
        """The account as it is remembered. A list of which nothing was ever kept has no items, not even none."""
        return Account(announcements=self._listing(profile, TargetKind.ANNOUNCEMENT),
                       queues=self._listing(profile, TargetKind.QUEUE), users=self._listing(profile, TargetKind.USER),
                       caller_ids=self._listing(profile, CALLER_ID))

    def used_targets(self, profile: str) -> list[Target]:
        """The targets of the last 500 campaigns that were changed, drafts and deleted ones too; the newest first.

        Texts that are no target are left out.
        """
        rows = self._database.all(_LAST_CHANGED, (profile, _CAMPAIGNS_LOOKED_AT))
        found: dict[Target, None] = {}
        with self._database.legible():
            for row in rows:
                draft = ParsedDraft(object_of(row["fields"]))
                found |= dict.fromkeys(filter(None, map(draft.target, TARGET_FIELDS)))
        return list(found)

    def _listing(self, profile: str, kind: str) -> Listing[str]:
        rows = self._database.all(_ITEMS, (profile, kind))
        at = self._answered_at(profile, kind)
        if not rows and at is None:
            return Listing()
        return Listing({row["number"]: row["name"] for row in rows if row["gone_at"] is None},
                       gone={row["number"]: row["name"] for row in rows if row["gone_at"] is not None}, answered_at=at)


def _writable(name: str) -> str:
    """JSON can bring half of a surrogate pair, of which no UTF-8 can be made."""
    return name.encode("utf-8", "replace").decode("utf-8")
