"""The numbers that a profile's campaigns are not to call: their owners pressed an opt-out key, or somebody said so.

Why, since when and by whom stays known of those who were taken off, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final

from tui.store import lists
from tui.store.columns import moment
from tui.store.do_not_call_history import ON_LIST, note_added, note_asked_again, note_removed
from tui.store.errors import StoreError, StoreFailed
from tui.store.opt_out_pushes import forget_push, wait_for_push
from tui.store.repository import Repository
from tui.store.result_values import DoNotCallChange, DoNotCallEvent, DoNotCallReason, DoNotCallRow
from tui.store.searching import found_by
from tui.store.sql import sql

_PHONE: Final = sql("phone")
_ADD: Final = """
INSERT INTO do_not_call (profile, phone, added_at, why, reason, by_user) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (profile, phone) DO NOTHING
"""
_REMOVE: Final = "DELETE FROM do_not_call WHERE profile = ? AND phone = ?"
_PAGE: Final = """
SELECT * FROM do_not_call WHERE profile = :profile AND {condition}
ORDER BY added_at DESC, phone LIMIT :limit OFFSET :offset
"""
_COUNT: Final = "SELECT count(*) FROM do_not_call WHERE profile = :profile AND {condition}"
_HISTORY: Final = "SELECT * FROM do_not_call_history WHERE profile = ? AND phone = ? ORDER BY id DESC"


class DoNotCall(Repository):
    """Phones are as we send them."""

    def add(self, profile: str, phones: Iterable[str], why: DoNotCallReason = DoNotCallReason.BY_HAND, *,
            reason: str = "", by_user: str = "") -> int:
        """Put numbers on the list. How many are new.

        Those that are on it stay as they are; a `reason` that is given for them is in their history.

        Many of them a bit at a time: who is killed has put on the list what was put on it. StoreFailed with
        `store.in_part` where only some were.
        """
        new = 0
        for some in self._bits(phones):
            with self._bit(new), self._database.write():
                now, known = self._now(), self.among(profile, some)
                fresh = [phone for phone in some if phone not in known]
                self._database.run_many(_ADD, [(profile, phone, now, why, reason, by_user) for phone in fresh])
                note_added(self._database, profile, fresh)
                wait_for_push(self._database, profile, fresh)
                if reason:
                    note_asked_again(self._database, profile, known, at=now, reason=reason, by_user=by_user)
            new += len(fresh)
        return new

    def remove(self, profile: str, phones: Iterable[str], *, reason: str = "", by_user: str = "") -> int:
        """Take numbers off the list, as they are put on it; that stays in their history. How many were on it."""
        gone = 0
        for some in self._bits(phones):
            with self._bit(gone), self._database.write():
                known = self.among(profile, some)
                note_removed(self._database, profile, known, at=self._now(), reason=reason, by_user=by_user)
                self._database.run_many(_REMOVE, [(profile, phone) for phone in known])
                forget_push(self._database, profile, known)
            gone += len(known)
        return gone

    def history(self, profile: str, phone: str) -> list[DoNotCallChange]:
        """What was done with a number, the newest first; nothing where it was never on the list."""
        rows = self._database.all(_HISTORY, (profile, phone))
        with self._database.legible():
            return [DoNotCallChange(moment(row["at"]), DoNotCallEvent(row["event"]), DoNotCallReason(row["why"]),
                                    row["campaign_id"], row["reason"], row["by_user"]) for row in rows]

    @contextmanager
    def _bit(self, before: int) -> Iterator[None]:
        """One of several transactions: what fails in it changes nothing but what was changed in those before it."""
        try:
            yield
        except StoreError as failure:
            if not before:
                raise
            raise self._database.error(StoreFailed, "store.in_part", done=before) from failure

    def _bits(self, phones: Iterable[str]) -> Iterator[list[str]]:
        """Each once, some at a time; whoever waits for the right to write has it in between."""
        waiting = iter(dict.fromkeys(phones))
        begun = False
        while some := list(islice(waiting, lists.AT_ONCE)):
            if begun:
                self._database.give_way()
            begun = True
            yield some

    def all(self, profile: str, words: str = "", offset: int = 0, limit: int | None = None) -> list[DoNotCallRow]:
        """`limit` rows of the list from the `offset`-th on, the newest first; with those words in the number alone."""
        condition, values = found_by(words, _PHONE, ())
        rows = self._database.all(sql(_PAGE, condition=condition), {
            **values, "profile": profile, "limit": 2**62 if limit is None else limit, "offset": offset})
        with self._database.legible():
            return [DoNotCallRow(row["phone"], moment(row["added_at"]), row["campaign_id"], DoNotCallReason(row["why"]),
                                 row["reason"], row["by_user"]) for row in rows]

    def count(self, profile: str, words: str = "") -> int:
        """How many numbers are on the list; with those words in the number alone."""
        condition, values = found_by(words, _PHONE, ())
        return self._database.number(sql(_COUNT, condition=condition), {**values, "profile": profile})

    def among(self, profile: str, phones: Collection[str]) -> set[str]:
        """Which of these numbers are on the list."""
        return {row["phone"] for row in self._among(ON_LIST, phones, profile)}
