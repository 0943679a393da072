"""The rows of a list as a launch sends them: read by their key, a batch at a time, and no more of each than is sent."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from msgspec import Struct, field

from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import Sayings
from tui.store.columns import object_of
from tui.store.database import Row
from tui.store.repository import Repository
from tui.store.sql import NOTHING, sql

_ROWS: Final = """
SELECT position, phone, phrase, lang, duplicate_of FROM numbers
WHERE list_id = ? AND position > ? AND problem IS NULL {only} ORDER BY position LIMIT ?
"""
# By the phone: by itself SQLite reads the whole list for each of them.
_OF_PHONES: Final = sql("""
SELECT position, phone, phrase, lang FROM asked CROSS JOIN numbers INDEXED BY numbers_by_phone
WHERE list_id = ? AND phone = asked.value AND problem IS NULL AND position <= ?
""")
_FIRST_OF_PHONES: Final = sql(_ROWS, only=sql("AND duplicate_of IS NULL"))
_ALL: Final = sql(_ROWS, only=NOTHING)
_DUPLICATES: Final = sql(_ROWS, only=sql("AND duplicate_of IS NOT NULL"))
_DUPLICATES_AT: Final = sql("""
SELECT position, phone FROM asked CROSS JOIN numbers
WHERE list_id = ? AND position = asked.value AND duplicate_of IS NOT NULL
""")


class Recipient(NamedTuple):
    """A row that is called. `phone` is as it is sent; phrase and lang are as they were typed.

    `turn`: how many rows before it are called for the same number.
    """

    position: int
    phone: str
    phrase: str
    lang: str
    turn: int = 0


class RepeatedCalls(Struct, frozen=True):
    """How many rows call a number that an earlier one calls: `numbers` of them, `phrased` with a phrase."""

    rows: int = 0
    numbers: int = 0
    phrased: int = 0


NO_REPEATED_CALLS: Final = RepeatedCalls()


class Repeats(Struct, frozen=True):
    """The rows of a list that repeat a number and say something else, in order: each its position, turn, and whether it
    has a phrase."""

    positions: array[int] = field(default_factory=lambda: array("q"))
    turns: array[int] = field(default_factory=lambda: array("q"))
    phrased: array[int] = field(default_factory=lambda: array("b"))

    def count(self, without: Sequence[int] = ()) -> RepeatedCalls:
        """How many they are but for those at some positions."""
        out = set(without)
        kept = [place for place, position in enumerate(self.positions) if position not in out]
        return RepeatedCalls(len(kept), sum(self.turns[place] == 1 for place in kept),
                     sum(self.phrased[place] for place in kept))


class Recipients(Repository):
    """No transaction is held from batch to batch: the ledger's revision says whether the list is still the same."""

    def batch(self, campaign: int, after: int, limit: int) -> list[Recipient]:
        """The next `limit` rows that are called, in order, behind the position `after`; fewer where that is all.

        The campaign's own fields say whether rows are that repeat a number and say something else.
        """
        row = self._database.one("SELECT list, fields FROM campaigns WHERE id = ?", (campaign,))
        if row is None or row["list"] is None:
            return []
        with self._database.legible():
            keeps = ParsedDraft(object_of(row["fields"])).keeps_repeats
        if keeps:
            return self._with_repeats(row["list"], after, limit)
        rows = self._database.all(_FIRST_OF_PHONES, (row["list"], after, limit))
        return [Recipient(each["position"], each["phone"], each["phrase"], each["lang"]) for each in rows]

    def _with_repeats(self, list_: int, after: int, limit: int) -> list[Recipient]:
        found: list[Recipient] = []
        while len(found) < limit:
            rows = self._database.all(_ALL, (list_, after, limit))
            turns = self._turns(list_, [row for row in rows if row["duplicate_of"] is not None])
            called = (row for row in rows if row["duplicate_of"] is None or row["position"] in turns)
            found += [Recipient(row["position"], row["phone"], row["phrase"], row["lang"],
                                turns.get(row["position"], 0)) for row in called]
            if len(rows) < limit:
                break
            after = rows[-1]["position"]
        return found[:limit]

    def add_repeats(self, found: Repeats, campaign: int, after: int, limit: int) -> int | None:
        """The rows that repeat a number and say something else, whether they are called or not, of the next `limit`
        duplicates behind a position. The position behind which it goes on; None where that is all."""
        list_ = self._list(campaign)
        rows = self._database.all(_DUPLICATES, (list_, after, limit))
        turns = self._turns(list_, rows)
        for row in rows:
            if row["position"] in turns:
                found.positions.append(row["position"])
                found.turns.append(turns[row["position"]])
                found.phrased.append(bool(row["phrase"].strip()))
        return rows[-1]["position"] if len(rows) == limit else None

    def turns(self, campaign: int, positions: Iterable[int]) -> dict[int, int]:
        """Of the rows at some positions those that repeat a number and say something else: position → turn."""
        list_ = self._list(campaign)
        rows = list(self._among(_DUPLICATES_AT, positions, list_))
        return self._turns(list_, rows)

    def _list(self, campaign: int) -> int:
        return self._database.number("SELECT coalesce(max(list), 0) FROM campaigns WHERE id = ?", (campaign,))

    def _turns(self, list_: int, rows: Sequence[Row]) -> dict[int, int]:
        """Of rows that are duplicates, those that say something else than all before them: position → turn."""
        if not rows:
            return {}
        asked = {row["position"] for row in rows}
        of_phone: dict[str, list[Row]] = {}
        for row in self._among(_OF_PHONES, {row["phone"] for row in rows}, list_, max(asked)):
            of_phone.setdefault(row["phone"], []).append(row)
        found = {}
        for several in of_phone.values():
            first, *others = sorted(several, key=lambda row: int(row["position"]))
            sayings = Sayings(first["phrase"], first["lang"])
            for row in others:
                turn = sayings.turn(row["phrase"], row["lang"])
                if turn is not None and row["position"] in asked:
                    found[int(row["position"])] = turn
        return found
