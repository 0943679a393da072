"""The list of a campaign: who is called, and which rows can't be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count, islice
from typing import Any, Final

from tui.store.errors import NoSuchNumber, StoreError
from tui.store.part import EDITABLE, EDITED, Context, Part
from tui.store.rows import legible, number_of, reason_columns
from tui.store.values import NumberRow, StoredNumber, Summary

_BATCH: Final = 2_000

# Rows arrive here first, beside the database, as slowly as their file is read: the database is held only while they are
# moved into it, all or none.
_INCOMING: Final = """
CREATE TEMP TABLE IF NOT EXISTS incoming (
    import_id INTEGER NOT NULL, place INTEGER NOT NULL, typed TEXT NOT NULL, phone TEXT, phrase TEXT NOT NULL,
    lang TEXT NOT NULL, problem TEXT, problem_params TEXT, PRIMARY KEY (import_id, place)
)
"""
_MOVE: Final = """
INSERT INTO numbers (campaign_id, position, typed, phone, phrase, lang, problem, problem_params)
SELECT :campaign, campaigns.next_position + place, typed, phone, phrase, lang, problem, problem_params
FROM incoming JOIN campaigns ON campaigns.id = :campaign WHERE import_id = :import ORDER BY place
"""
_FIRST: Final = """
SELECT min(first.position) FROM numbers AS first
WHERE first.campaign_id = numbers.campaign_id AND first.phone = numbers.phone AND first.problem IS NULL
"""
_MARK_NEW: Final = f"""
UPDATE numbers SET duplicate_of = ({_FIRST})
WHERE campaign_id = ? AND position >= ? AND problem IS NULL AND ({_FIRST}) < position
"""  # noqa: S608 - our own texts
_MARK_PHONE: Final = f"""
UPDATE numbers SET duplicate_of = nullif(({_FIRST}), position) WHERE campaign_id = ? AND phone = ? AND problem IS NULL
"""  # noqa: S608 - our own texts
RECOUNT: Final = """
UPDATE campaigns SET (numbers, bad_numbers, duplicate_numbers, callable_with_phrase) = (
    SELECT count(*), count(problem), count(duplicate_of),
           count(CASE WHEN problem IS NULL AND duplicate_of IS NULL AND phrase <> '' THEN 1 END)
    FROM numbers WHERE campaign_id = campaigns.id)
WHERE id = ?
"""
_OF_CAMPAIGN: Final = "SELECT * FROM numbers WHERE campaign_id = ?"


class Numbers(Part):
    """All changes are for editable campaigns alone: WrongState, NoSuchCampaign. Each is one more revision."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._imports = count(1)

    def add(self, campaign: int, rows: Iterable[NumberRow]) -> Summary:
        """Append rows, however many; all of them or, where anything fails (also in `rows` itself), none.

        A row without a problem whose phone an earlier one has is marked as its duplicate.
        """
        import_id = next(self._imports)
        self._database.run(_INCOMING)
        try:
            many = self._receive(import_id, rows)
            with self._database.write():
                self._require(campaign, EDITABLE)
                if many:
                    self._move(campaign, import_id, many)
        finally:
            with suppress(StoreError):  # what went wrong before is what is told; the table goes with its connection
                self._database.run("DELETE FROM incoming WHERE import_id = ?", (import_id,))
        return self.summary(campaign)

    def page(self, campaign: int, offset: int, limit: int, *, only_bad: bool = False) -> list[StoredNumber]:
        """`limit` rows from the `offset`-th on; of those with a problem alone where asked."""
        bad = "AND problem IS NOT NULL" if only_bad else ""
        rows = self._database.all(f"{_OF_CAMPAIGN} {bad} ORDER BY position LIMIT ? OFFSET ?", (campaign, limit, offset))
        with legible(self._database):
            return [number_of(row) for row in rows]

    def replace(self, campaign: int, position: int, row: NumberRow) -> StoredNumber:
        """Put another row in the place of one. NoSuchNumber where it has gone."""
        with self._database.write():
            self._require(campaign, EDITABLE)
            before = self._row(campaign, position)
            self._database.run(
                "UPDATE numbers SET typed = ?, phone = ?, phrase = ?, lang = ?, problem = ?, problem_params = ?, "
                "duplicate_of = NULL WHERE campaign_id = ? AND position = ?", (*_columns(row), campaign, position))
            self._mark(campaign, {before.phone, row.phone})
            self._edited(campaign)
            return self._row(campaign, position)

    def drop(self, campaign: int, positions: Iterable[int]) -> int:
        """Take rows out; those that have gone already are passed over. How many went."""
        with self._database.write():
            self._require(campaign, EDITABLE)
            phones: set[str | None] = set()
            dropped = 0
            for position in set(positions):
                row = self._database.one(f"{_OF_CAMPAIGN} AND position = ?", (campaign, position))
                if row is not None:
                    phones.add(row["phone"])
                    dropped += self._delete(campaign, "AND position = ?", position)
            self._mark(campaign, phones)
            if dropped:
                self._edited(campaign)
            return dropped

    def drop_bad(self, campaign: int) -> int:
        """Take out all rows with a problem. How many went."""
        return self._drop_where(campaign, "AND problem IS NOT NULL")

    def drop_duplicates(self, campaign: int) -> int:
        """Take out all duplicates; the first of each stays. How many went."""
        return self._drop_where(campaign, "AND duplicate_of IS NOT NULL")

    def clear(self, campaign: int) -> int:
        """Take out all rows; what is added next is counted from 1 again. How many went."""
        with self._database.write():
            self._require(campaign, EDITABLE)
            dropped = self._delete(campaign, "")
            if dropped:
                self._edited(campaign)
                self._set(campaign, EDITABLE, {"next_position": 1})
            return dropped

    def summary(self, campaign: int) -> Summary:
        """The list in figures. NoSuchCampaign."""
        with self._database.read():
            row = self._database.one("SELECT numbers, bad_numbers, duplicate_numbers, callable_with_phrase "
                                     "FROM campaigns WHERE id = ?", (campaign,))
            if row is None:
                raise self._refusal(campaign)
            problems = self._database.all(
                "SELECT problem, count(*) AS many FROM numbers WHERE campaign_id = ? AND problem IS NOT NULL "
                "GROUP BY problem ORDER BY many DESC, problem", (campaign,))
            bad = self.page(campaign, 0, 1, only_bad=True)
        return Summary(
            total=row["numbers"], bad=row["bad_numbers"], duplicates=row["duplicate_numbers"],
            callable=row["numbers"] - row["bad_numbers"] - row["duplicate_numbers"],
            with_phrase=row["callable_with_phrase"], first_bad=bad[0] if bad else None,
            problems={problem["problem"]: problem["many"] for problem in problems},
        )

    def each(self, campaign: int) -> Iterator[StoredNumber]:
        """The rows that are called, in order, a batch at a time.

        No transaction is held meanwhile: that the list is still the same is what the ledger's revision tells.
        """
        position = 0
        while True:
            rows = self._database.all(f"{_OF_CAMPAIGN} AND position > ? AND problem IS NULL AND duplicate_of IS NULL "
                                      "ORDER BY position LIMIT ?", (campaign, position, _BATCH))
            if not rows:
                return
            with legible(self._database):
                batch = [number_of(row) for row in rows]
            yield from batch
            position = batch[-1].position

    def _receive(self, import_id: int, rows: Iterable[NumberRow]) -> int:
        """Set rows down beside the database; how many there were."""
        waiting = iter(rows)
        many = 0
        while batch := list(islice(waiting, _BATCH)):
            self._database.load(
                "incoming", ("import_id", "place", "typed", "phone", "phrase", "lang", "problem", "problem_params"),
                ((import_id, place, *_columns(row)) for place, row in enumerate(batch, start=many)))
            many += len(batch)
        return many

    def _move(self, campaign: int, import_id: int, many: int) -> None:
        start = self._database.number("SELECT next_position FROM campaigns WHERE id = ?", (campaign,))
        self._database.run(_MOVE, {"campaign": campaign, "import": import_id})
        self._database.run(_MARK_NEW, (campaign, start))
        self._edited(campaign)
        self._set(campaign, EDITABLE, {"next_position": start + many})

    def _drop_where(self, campaign: int, condition: str) -> int:
        """Take out rows that no other row is a duplicate of: the marks of the rest stay right."""
        with self._database.write():
            self._require(campaign, EDITABLE)
            dropped = self._delete(campaign, condition)
            if dropped:
                self._edited(campaign)
            return dropped

    def _delete(self, campaign: int, condition: str, *values: int) -> int:
        return self._database.run(f"DELETE FROM numbers WHERE campaign_id = ? {condition}",  # noqa: S608 - our own texts
                                  (campaign, *values)).rowcount

    def _mark(self, campaign: int, phones: set[str | None]) -> None:
        """Find anew which rows of these phones are duplicates."""
        for phone in phones - {None}:
            self._database.run(_MARK_PHONE, (campaign, phone))

    def _edited(self, campaign: int) -> None:
        revision = self._database.number("SELECT revision FROM campaigns WHERE id = ?", (campaign,))
        self._set(campaign, EDITABLE, {**EDITED, "revision": revision + 1})
        self._database.run(RECOUNT, (campaign,))

    def _row(self, campaign: int, position: int) -> StoredNumber:
        row = self._database.one(f"{_OF_CAMPAIGN} AND position = ?", (campaign, position))
        if row is None:
            raise NoSuchNumber(position)
        with legible(self._database):
            return number_of(row)


def _columns(row: NumberRow) -> tuple[Any, ...]:
    return row.typed, row.phone, row.phrase, row.lang, *reason_columns(row.problem)
