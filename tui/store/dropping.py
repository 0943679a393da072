"""Rows that are taken out of a list and brought back: few of them where they are, many with a list made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from typing import Final

from tui.campaign.numbering import NumberKind
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.store import list_changes
from tui.store.columns import moment, reason_columns, reason_of
from tui.store.database import Row
from tui.store.list_changes import BY_HAND, CHOSEN, FROM_FIRST, REMOVE_CHOSEN, Exchange, ListChanges
from tui.store.list_values import DroppedNumber, ListStepKind, MarkedRows, RowFilter
from tui.store.lists import BY_ENDING, COLUMNS, LIST, count, make_table, mark_new, stretches
from tui.store.repository import EDITABLE
from tui.store.sql import NOTHING, Sql, literals, names, numbers, sql

_BATCH: Final = 2_000
KINDS: Final = {RowFilter(kind): kind for kind in NumberKind}
CONDITIONS: Final = {
    RowFilter.ALL: NOTHING,
    RowFilter.PROBLEMS: sql("AND problem IS NOT NULL"),
    RowFilter.NOT_VALID: sql("AND valid = 0 AND problem IS NULL"),
    RowFilter.DUPLICATES: sql("AND duplicate_of IS NOT NULL"),
    # Each by the index that it has.
    **{which: sql("AND kind = {kind} AND kind <> 'mobile' AND problem IS NULL", kind=literals([kind]))
       for which, kind in KINDS.items()},
    RowFilter.MOBILE: sql("AND kind = 'mobile' AND problem IS NULL"),
}
_COUNTED: Final = {
    RowFilter.ALL: NOTHING,
    RowFilter.PROBLEMS: sql("AND problem <> ''"),
    RowFilter.NOT_VALID: sql("AND valid = 0 AND problem = ''"),
    RowFilter.DUPLICATES: sql("AND duplicate = 1"),
    **{which: sql("AND kind = {kind} AND problem = ''", kind=literals([kind])) for which, kind in KINDS.items()},
}
INDEXES: Final = {
    RowFilter.ALL: NOTHING,
    RowFilter.PROBLEMS: sql("INDEXED BY numbers_bad"),
    RowFilter.NOT_VALID: sql("INDEXED BY numbers_not_valid"),
    RowFilter.DUPLICATES: sql("INDEXED BY numbers_duplicate"),
    **dict.fromkeys(KINDS, sql("INDEXED BY numbers_by_kind")),
    RowFilter.MOBILE: NOTHING,
}
_WHY_DROPPED: Final = TextKeys("store.dropped.{}", [which for which in RowFilter if which is not RowFilter.ALL])
_COUNT: Final = "SELECT coalesce(sum(many), 0) FROM number_counts WHERE list_id = {list} {filter}"
_NEXT_POSITION: Final = "SELECT next_position FROM campaigns WHERE id = ?"

_FORGET_GONE: Final = """
DELETE FROM chosen
WHERE place NOT IN (SELECT position FROM chosen CROSS JOIN numbers WHERE list_id = ? AND position = place)
"""
_CHOOSE: Final = """
INSERT INTO chosen SELECT position, CAST(:why AS TEXT), CAST(:params AS TEXT) FROM numbers {index}
WHERE list_id = :list {filter}
"""
_CHOSEN_PHONES: Final = """
SELECT phone FROM numbers WHERE list_id = {list} AND position IN (SELECT place FROM chosen)
"""
_IN_CHOSEN: Final = sql("AND position IN (SELECT place FROM chosen)")
_NOT_IN_CHOSEN: Final = sql("AND position NOT IN (SELECT place FROM chosen)")

# Rows that were taken out and are not back. Steps that don't count have done neither.
_OPEN_STEPS: Final = "SELECT id FROM list_steps WHERE campaign_id = ? AND (holder IS NOT NULL OR gone = 'undone')"
_DROPPED: Final = sql("campaign_id = ? AND why IS NOT NULL AND back_step_id IS NULL")
_DROPPED_BUT_FOR: Final = """
campaign_id = ? AND why IS NOT NULL AND (step_id IS NULL OR step_id NOT IN ({steps}))
AND (back_step_id IS NULL OR back_step_id IN ({steps}))"""
_COUNT_DROPPED: Final = "SELECT count(*) FROM dropped_numbers WHERE {dropped}"
_COUNT_LEFT_OUT: Final = "SELECT count(*) FROM dropped_numbers WHERE {dropped} AND why LIKE 'store.suppressed.%'"
_PAGE_OF_DROPPED: Final = "SELECT * FROM dropped_numbers WHERE {dropped} ORDER BY id DESC LIMIT ? OFFSET ?"
_NEXT_DROPPED: Final = "SELECT * FROM dropped_numbers WHERE {dropped} AND id > ? ORDER BY id LIMIT ?"

_COMING: Final = sql("place INTEGER PRIMARY KEY, id BIGINT NOT NULL")
_COMING_PLACES: Final = sql("SELECT place AS position FROM coming WHERE place > :after")
_CHOOSE_COMING: Final = """
INSERT INTO coming SELECT row_number() OVER (ORDER BY id), id FROM dropped_numbers WHERE {condition}
"""
_PUT_BACK: Final = sql("""
INSERT INTO numbers (list_id, by_ending, position, {columns})
SELECT :new, {by_ending}, :before + coming.place, {columns}
FROM coming CROSS JOIN dropped_numbers
WHERE dropped_numbers.id = coming.id AND coming.place > :after AND coming.place <= :to ORDER BY coming.place
""", by_ending=BY_ENDING, columns=names(*(name for name in COLUMNS if name not in ("position", "duplicate_of"))))
_NOTE_BACK: Final = """
UPDATE dropped_numbers SET back_step_id = :step
WHERE id IN (SELECT id FROM coming WHERE place > :after AND place <= :to)
"""

Choose = Callable[[int], None]  # fills the table `chosen` with rows of a list


class Dropping(ListChanges):
    """All changes are for editable campaigns alone: WrongState, NoSuchCampaign; Changed where many rows are concerned
    and the list is changed meanwhile. Each is one more revision."""

    def drop(self, campaign: int, positions: Iterable[int]) -> int:
        """Take rows out by hand; those that have gone already are passed over. How many went."""
        places, why = sorted(set(positions)), reason_columns(Reason(BY_HAND))

        def choose(list_: int) -> None:
            self._database.load("chosen", ("place", "why", "why_params"), ((place, *why) for place in places),
                                analyze=False)
            self._database.run(_FORGET_GONE, (list_,))

        return self._drop(campaign, len(places), choose, by_hand=True)

    def drop_which(self, campaign: int, which: RowFilter) -> int:
        """Take out all rows that a filter names, which is not ALL; each is remembered with the reason. How many went.

        Of duplicates the first of each stays. By the other filters the rows of a phone go together, or it has no mark:
        the marks of the rest stay right.
        """
        if which is RowFilter.ALL:
            raise ValueError(which)
        code, params = reason_columns(Reason(_WHY_DROPPED[which]))

        def choose(list_: int) -> None:
            self._database.run(sql(_CHOOSE, index=INDEXES[which], filter=CONDITIONS[which]),
                               {"why": code, "params": params, "list": list_})

        return self._drop(campaign, self._count(campaign, which), choose)

    def drop_marked(self, campaign: int, marks: MarkedRows) -> int:
        """Take out rows that were looked up; each is remembered with what was found. How many went.

        Changed where the list was changed since.
        """
        reasons = {cause: reason_columns(reason) for cause, reason in marks.reasons.items()}

        def choose(_list: int) -> None:
            self._database.load("chosen", ("place", "why", "why_params"), (
                (position, *reasons[cause]) for position, cause in zip(marks.positions, marks.causes, strict=True)))

        return self._drop(campaign, len(marks), choose, last_step=marks.step)

    def clear(self, campaign: int) -> int:
        """Take out all rows; what is added next is counted from 1 again. How many went."""
        with self._database.write():
            self._editable_list(campaign)
            rows = self._count(campaign, RowFilter.ALL)
            if rows:
                self._step(campaign, ListStepKind.CLEAR, rows, exchanged=True)
                self._set(campaign, EDITABLE, {"list": None, "next_position": 1})
                self._edited(campaign)
            return rows

    def dropped_count(self, campaign: int) -> int:
        """How many rows were taken out and are not back."""
        return self._database.number(sql(_COUNT_DROPPED, dropped=self._dropped(campaign)), (campaign,))

    def left_out_count(self, campaign: int) -> int:
        """How many of them were taken out as they must not be called."""
        return self._database.number(sql(_COUNT_LEFT_OUT, dropped=self._dropped(campaign)), (campaign,))

    def dropped(self, campaign: int, offset: int, limit: int) -> list[DroppedNumber]:
        """`limit` of the rows that were taken out and are not back, from the `offset`-th on; the newest first."""
        statement = sql(_PAGE_OF_DROPPED, dropped=self._dropped(campaign))
        rows = self._database.all(statement, (campaign, limit, offset))
        with self._database.legible():
            return [dropped_of(row) for row in rows]

    def each_dropped(self, campaign: int) -> Iterator[DroppedNumber]:
        """All of them in the order in which they were taken out, a batch at a time."""
        last, statement = 0, sql(_NEXT_DROPPED, dropped=self._dropped(campaign))
        while rows := self._database.all(statement, (campaign, last, _BATCH)):
            with self._database.legible():
                yield from [dropped_of(row) for row in rows]
            last = rows[-1]["id"]

    def bring_back(self, campaign: int) -> int:
        """Put all rows that were taken out at the list's end. How many came back."""
        if self.dropped_count(campaign) > list_changes.FEW:
            return self._bring_back_many(campaign)
        with self._database.write():
            list_ = self._editable_list(campaign)
            rows = self._choose_dropped(campaign)
            if rows:
                first = self._next_position(campaign)
                values = {"new": list_, "before": first - 1, "after": 0, "to": rows,
                          "step": self._step(campaign, ListStepKind.BRING_BACK, rows)}
                self._database.run(_PUT_BACK, values)
                self._database.run(_NOTE_BACK, values)
                mark_new(self._database, list_, first)
                count(self._database, list_, 1, FROM_FIRST, first=first)
                self._set(campaign, EDITABLE, {"next_position": first + rows})
                self._edited(campaign)
            return rows

    def _bring_back_many(self, campaign: int) -> int:
        base, last, first = self._as_it_is(campaign)
        rows = self._choose_dropped(campaign)
        if not rows:
            return 0
        with closing(Exchange(self._context, campaign, base, last)) as exchange:
            exchange.begin(ListStepKind.BRING_BACK, rows)
            for stretch in exchange.stretches(first):
                with self._database.write():
                    exchange.copy(stretch)
            self._database.give_way()
            for after, to in stretches(self._database, _COMING_PLACES, {}):
                values = {"new": exchange.list, "before": first - 1, "after": after, "to": to, "step": exchange.step}
                with self._database.write():
                    self._database.run(_PUT_BACK, values)
                    self._database.run(_NOTE_BACK, values)
                    exchange.count((first - 1 + after, first - 1 + to))
            exchange.finish(first + rows)
        return rows

    def _drop(self, campaign: int, max_rows: int, choose: Choose, *, by_hand: bool = False,
              last_step: int | None = None) -> int:
        """Take out the rows that are chosen, of which there are as many at most."""
        if max_rows > list_changes.FEW:
            return self._drop_many(campaign, choose, last_step)
        with self._database.write():
            list_ = self._editable_list(campaign)
            if last_step is not None:
                self._must_be_as(campaign, last_step)
            rows = self._choose(list_, choose)
            if rows:
                step = self._step(campaign, ListStepKind.DROP, rows)
                if by_hand:
                    self._touch(sql(_CHOSEN_PHONES, list=list_))
                else:
                    count(self._database, list_, -1, _IN_CHOSEN)
                with self._recounted_touched(list_) if by_hand else nullcontext():
                    self._remember_chosen(step, list_)
                    self._database.run(REMOVE_CHOSEN, (list_,))
                self._edited(campaign)
            return rows

    def _drop_many(self, campaign: int, choose: Choose, last_step: int | None) -> int:
        base, last, next_position = self._as_it_is(campaign)
        if last_step is not None:
            self._must_be_as(campaign, last_step)
        rows = self._choose(base, choose)
        if not rows:
            return 0
        with closing(Exchange(self._context, campaign, base, last)) as exchange:
            exchange.begin(ListStepKind.DROP, rows)
            for after, to in exchange.stretches(next_position):
                with self._database.write():
                    exchange.copy((after, to), _NOT_IN_CHOSEN)
                    self._remember_chosen(exchange.step, base, (after, to))
            exchange.finish(next_position)
        return rows

    def _choose(self, list_: int, choose: Choose) -> int:
        """How many rows are chosen. Needs no transaction: the table is beside the database."""
        make_table(self._database, "chosen", CHOSEN)
        choose(list_)
        return self._database.number("SELECT count(*) FROM chosen")

    def _choose_dropped(self, campaign: int) -> int:
        """Number those that come back, from 1 on; how many. Needs no transaction: the table is beside the database."""
        make_table(self._database, "coming", _COMING)
        statement = sql(_CHOOSE_COMING, condition=self._dropped(campaign))
        return self._database.run(statement, (campaign,)).rowcount

    def _as_it_is(self, campaign: int) -> tuple[int, int, int]:
        """A campaign's list, its last step and the next position. WrongState, NoSuchCampaign."""
        with self._database.read():
            self._require(campaign, EDITABLE)
            base = self._database.number("SELECT coalesce(list, 0) FROM campaigns WHERE id = ?", (campaign,))
            return base, self._last_step(campaign), self._next_position(campaign)

    def _next_position(self, campaign: int) -> int:
        return self._database.number(_NEXT_POSITION, (campaign,))

    def _count(self, campaign: int, which: RowFilter) -> int:
        """How many rows a filter names, as it is kept up."""
        return self._database.number(sql(_COUNT, list=LIST, filter=_COUNTED[which]), {"campaign": campaign})

    def _dropped(self, campaign: int) -> Sql:
        """The condition of rows that were taken out and are not back."""
        steps = [int(row["id"]) for row in self._database.all(_OPEN_STEPS, (campaign,))]
        return sql(_DROPPED_BUT_FOR, steps=numbers(steps)) if steps else _DROPPED


def dropped_of(row: Row) -> DroppedNumber:
    """ValueError or TypeError where a column holds what was never written."""
    why = reason_of(row["why"], row["why_params"])
    if why is None:
        raise ValueError(row["id"])
    return DroppedNumber(
        id=row["id"], at=moment(row["at"]), why=why, typed=row["typed"], phone=row["phone"], phrase=row["phrase"],
        lang=row["lang"], problem=reason_of(row["problem"], row["problem_params"]), line=row["line"],
        reference=row["reference"])
