"""The list of a campaign: who is called, which rows can't be, and taking back what was done to it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any, Final

from tui.campaign.numbering import NumberKind
from tui.store.columns import reason_columns
from tui.store.dropping import CONDITIONS, INDEXES, Dropping
from tui.store.errors import NoSuchNumber
from tui.store.list_building import Builder, odd_rows
from tui.store.list_values import Hits, ListStepKind, NumberRow, RowFilter, StoredNumber, Summary
from tui.store.lists import LIST, REFERENCE, STRETCH, number_of
from tui.store.searching import found_by
from tui.store.sql import names, sql

_BATCH: Final = 2_000
_STRETCH: Final = 50_000  # rows that a search looks through at once
_TEXTS: Final = (names("typed"), names("phrase"))
_PHONE: Final = names("phone")
_SEARCH: Final = """
SELECT position FROM numbers WHERE list_id = {list} {stretch} {filter} AND {found} ORDER BY position
"""
_AT: Final = sql("""
SELECT numbers.* FROM asked CROSS JOIN numbers
WHERE list_id = (SELECT list FROM campaigns WHERE id = ?) AND position = asked.value
""")
_REPLACE: Final = """
UPDATE numbers SET typed = ?, phone = ?, phrase = ?, lang = ?, problem = ?, problem_params = ?, kind = ?, valid = ?,
    line = ?, reference = ?, duplicate_of = NULL WHERE list_id = ? AND position = ?
"""
_SUMMARY: Final = "SELECT numbers, bad_numbers, duplicate_numbers, callable_with_phrase FROM campaigns WHERE id = ?"
_COUNTS: Final = sql("""
SELECT problem, kind, valid, sum(many) AS many FROM number_counts
WHERE list_id = {list} GROUP BY problem, kind, valid HAVING sum(many) > 0
""", list=LIST)
_NEXT_CALLED: Final = sql("""
SELECT * FROM numbers WHERE list_id = {list} AND position > :position AND problem IS NULL AND duplicate_of IS NULL
ORDER BY position LIMIT :limit
""", list=LIST)
_PAGE: Final = """
SELECT * FROM numbers {index} WHERE list_id = {list} {filter} ORDER BY position {order} LIMIT :limit OFFSET :offset
"""


class Numbers(Dropping):
    """All changes are for editable campaigns alone: WrongState, NoSuchCampaign. Each is one more revision."""

    def add(self, campaign: int, rows: Iterable[NumberRow]) -> Summary:
        """Append rows, however many; all of them or, where anything fails (also in `rows` itself), none.

        A row without a problem whose phone an earlier one has is marked as its duplicate. Changed where the list is
        changed while a long one is read.
        """
        waiting = iter(rows)
        found: list[Summary] = []
        with closing(self.building(campaign)) as builder:
            while batch := list(islice(waiting, _BATCH)):
                builder.put((), odd_rows(batch, builder.next_position))
            builder.finish(lambda: found.append(self._summary(campaign)))
        return found[0]

    def building(self, campaign: int, on_move: Callable[[], None] = lambda: None) -> Builder:
        """What takes rows in one after another, as `add` does. `on_move`: as of `Builder`."""
        return Builder(self._context, campaign, on_move)

    def page(self, campaign: int, offset: int, limit: int, *, which: RowFilter = RowFilter.ALL) -> list[StoredNumber]:
        """`limit` rows from the `offset`-th on, of those that a filter names."""
        with self._database.read():
            return self._page(campaign, offset, limit, which)

    def search(self, campaign: int, words: str, *, which: RowFilter = RowFilter.ALL, after: int = 0) -> Hits:
        """Look for rows in which each word is in the phone, as sent or typed, the reference, or the phrase; a stretch
        at a time.

        What is to be looked through next begins after `Hits.to`.
        """
        end = self._database.number("SELECT next_position - 1 FROM campaigns WHERE id = ?", (campaign,))
        to = min(after + _STRETCH, end)
        values: dict[str, Any] = {"campaign": campaign, "after": after, "to": to}
        condition, sought = found_by(words, _PHONE, _TEXTS, (REFERENCE,))
        statement = sql(_SEARCH, list=LIST, stretch=STRETCH, filter=CONDITIONS[which], found=condition)
        rows = self._database.all(statement, values | sought)
        return Hits(array("q", [row[0] for row in rows]), to if to < end else None)

    def at(self, campaign: int, positions: Iterable[int]) -> list[StoredNumber]:
        """The rows at some positions, in the order in which they are asked for; those that there are."""
        asked = list(positions)
        found = {int(row["position"]): row for row in self._among(_AT, asked, campaign)}
        with self._database.legible():
            return [number_of(found[position]) for position in asked if position in found]

    def replace(self, campaign: int, position: int, row: NumberRow) -> StoredNumber:
        """Put another row in the place of one. NoSuchNumber where it has gone."""
        with self._database.write():
            list_ = self._editable_list(campaign)
            before = self._row(campaign, position)
            step = self._step(campaign, ListStepKind.EDIT, 1)
            self._remember(step, list_, position)
            with self._recounted(list_, {before.phone, row.phone}, [position]):
                self._database.run(_REPLACE, (
                    row.typed, row.phone, row.phrase, row.lang, *reason_columns(row.problem), row.kind or "",
                    int(row.valid), row.line, row.reference, list_, position))
            self._edited(campaign)
            return self._row(campaign, position)

    def summary(self, campaign: int) -> Summary:
        """The list in figures. NoSuchCampaign."""
        with self._database.read():
            return self._summary(campaign)

    def _summary(self, campaign: int) -> Summary:
        row = self._database.one(_SUMMARY, (campaign,))
        if row is None:
            raise self._refusal(campaign)
        alike = self._database.all(_COUNTS, {"campaign": campaign})
        steps = self._steps(campaign, 1)
        problems: Counter[str] = Counter()
        kinds: Counter[NumberKind] = Counter()
        with self._database.legible():
            for each in alike:
                if each["problem"]:
                    problems[each["problem"]] += each["many"]
                elif each["kind"]:
                    kinds[NumberKind(each["kind"])] += each["many"]
        return Summary(
            total=row["numbers"], bad=row["bad_numbers"], duplicates=row["duplicate_numbers"],
            callable=row["numbers"] - row["bad_numbers"] - row["duplicate_numbers"],
            with_phrase=row["callable_with_phrase"],
            problems=dict(sorted(problems.items(), key=lambda each: (-each[1], each[0]))),
            invalid=sum(each["many"] for each in alike if not each["problem"] and not each["valid"]),
            kinds=dict(kinds), undo=steps[0] if steps else None,
        )

    def each(self, campaign: int) -> Iterator[StoredNumber]:
        """The rows that are called, in order, a batch at a time.

        No transaction is held meanwhile: the ledger's revision says whether the list is still the same.
        """
        position = 0
        while True:
            rows = self._database.all(_NEXT_CALLED, {"campaign": campaign, "position": position, "limit": _BATCH})
            if not rows:
                return
            with self._database.legible():
                batch = [number_of(row) for row in rows]
            yield from batch
            position = batch[-1].position

    def _page(self, campaign: int, offset: int, limit: int, which: RowFilter) -> list[StoredNumber]:
        count = self._count(campaign, which)
        limit = max(0, min(limit, count - offset))
        # From the nearer end: what comes before has to be passed over row by row.
        backwards = offset > count // 2
        statement = sql(_PAGE, index=INDEXES[which], list=LIST, filter=CONDITIONS[which],
                        order=sql("DESC") if backwards else sql("ASC"))
        rows = self._database.all(statement, {
            "campaign": campaign, "limit": limit, "offset": count - offset - limit if backwards else offset})
        with self._database.legible():
            return [number_of(row) for row in (reversed(rows) if backwards else rows)]

    def _row(self, campaign: int, position: int) -> StoredNumber:
        found = self.at(campaign, [position])
        if not found:
            raise NoSuchNumber(position)
        return found[0]
