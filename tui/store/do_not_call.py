"""The numbers that a profile's campaigns are not to call: their owners pressed an opt-out key, or somebody said so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from tui.store import lists
from tui.store.errors import StoreError, StoreFailed
from tui.store.repository import Part
from tui.store.result_values import DoNotCallRow, WhyNot
from tui.store.rows import legible, moment
from tui.store.searching import found_by


class DoNotCall(Part):
    """Phones are as we send them."""

    def add(self, profile: str, phones: Iterable[str], why: WhyNot = WhyNot.BY_HAND) -> int:
        """Put numbers on the list; those that are on it stay as they are. How many are new.

        Many of them a bit at a time: who is killed has put on the list what was put on it. StoreFailed with
        `store.in_part` where only some were.
        """
        new = 0
        for some in self._bits(phones):
            with self._bit(new), self._database.write():
                now, known = self._now(), len(self.among(profile, some))
                self._database.run_many(
                    "INSERT INTO do_not_call (profile, phone, added_at, why) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (profile, phone) DO NOTHING", [(profile, phone, now, why) for phone in some])
            new += len(some) - known
        return new

    def remove(self, profile: str, phones: Iterable[str]) -> int:
        """Take numbers off the list, as they are put on it. How many were on it."""
        gone = 0
        for some in self._bits(phones):
            with self._bit(gone), self._database.write():
                known = len(self.among(profile, some))
                self._database.run_many("DELETE FROM do_not_call WHERE profile = ? AND phone = ?",
                                        [(profile, phone) for phone in some])
            gone += known
        return gone

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
        where, values = _where(profile, words)
        rows = self._database.all(
            f"SELECT * FROM do_not_call WHERE {where} ORDER BY added_at DESC, phone LIMIT :limit OFFSET :offset",  # noqa: S608 - our texts
            {**values, "limit": 2**62 if limit is None else limit, "offset": offset})
        with legible(self._database):
            return [DoNotCallRow(row["phone"], moment(row["added_at"]), row["campaign_id"], WhyNot(row["why"]))
                    for row in rows]

    def count(self, profile: str, words: str = "") -> int:
        where, values = _where(profile, words)
        return self._database.number(f"SELECT count(*) FROM do_not_call WHERE {where}", values)  # noqa: S608 - as above

    def among(self, profile: str, phones: Collection[str]) -> set[str]:
        """Which of these numbers are on the list."""
        return {row["phone"] for row in self._among(
            "SELECT phone FROM asked CROSS JOIN do_not_call WHERE profile = ? AND phone = asked.value",
            phones, profile)}


def _where(profile: str, words: str) -> tuple[str, dict[str, Any]]:
    condition, values = found_by(words, "phone", ())
    return f"profile = :profile AND {condition}", {"profile": profile, **values}
