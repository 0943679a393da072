"""Changes of a campaign's list, each of which can be undone: steps, and the rows that they took away.

Few rows are changed where they are; of many a list is made anew, an `Exchange`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from tui.store.columns import moment
from tui.store.errors import Changed, StoreError
from tui.store.list_values import ListStep, ListStepKind
from tui.store.lists import (
    BY_ENDING,
    COLUMNS,
    STRETCH,
    Leftovers,
    count,
    find_duplicates,
    make_table,
    mark_duplicates,
    mark_phones,
    mark_touched,
    new_list,
    own_list,
    stretches,
    sum_up,
)
from tui.store.repository import EDITABLE, EDITED, Context, Repository
from tui.store.sql import NOTHING, Sql, names, sql

BY_HAND: Final = "store.dropped.by_hand"
_MAX_STEPS: Final = 20
FEW: Final = 10_000  # rows that are changed where they are, in one go; more become a list of their own
_WITH_ROWS: Final = frozenset({ListStepKind.DROP, ListStepKind.BRING_BACK})
_END: Final = 1 << 40  # past every position
_NAMES: Final = names(*COLUMNS)

_STEPS: Final = """
SELECT id, what, at, many FROM list_steps WHERE campaign_id = ? AND holder IS NULL AND gone IS NULL
ORDER BY id DESC LIMIT ? OFFSET ?
"""
_LAST_STEP: Final = """
SELECT coalesce(max(id), 0) FROM list_steps WHERE campaign_id = ? AND holder IS NULL AND gone IS NULL
"""
_ADD_STEP: Final = """
INSERT INTO list_steps (campaign_id, what, at, many, list, next_position, holder)
SELECT id, ?, ?, ?, CASE WHEN ? = 1 THEN list END, next_position, CAST(? AS TEXT) FROM campaigns
WHERE id = ? RETURNING id
"""
# A step that can't be undone any more; what it dropped stays dropped.
_FORGET: Final = (
    "DELETE FROM dropped_numbers WHERE step_id = ? AND why IS NULL",
    "DELETE FROM dropped_numbers WHERE back_step_id = ?",
    "UPDATE dropped_numbers SET step_id = NULL WHERE step_id = ?",
    "DELETE FROM list_steps WHERE id = ?",
)
# Rows as they are, before they are changed or go. The reason of each stands in `chosen`, or is given.
_REMEMBER: Final = """
INSERT INTO dropped_numbers (campaign_id, step_id, at, why, why_params, {columns})
SELECT list_steps.campaign_id, list_steps.id, list_steps.at, {why}, {columns}
FROM list_steps CROSS JOIN {numbers} WHERE list_steps.id = :step AND list_id = :list {condition} ORDER BY position
"""
_REMEMBER_POSITION: Final = sql(
    _REMEMBER, columns=_NAMES, why=sql("CAST(:why AS TEXT), CAST(:params AS TEXT)"), numbers=names("numbers"),
    condition=sql("AND position = :position"))
_REMEMBER_CHOSEN: Final = sql(
    _REMEMBER, columns=_NAMES, why=sql("chosen.why, chosen.why_params"), numbers=sql("chosen CROSS JOIN numbers"),
    condition=sql("AND position = chosen.place AND place > :after AND place <= :to"))
_PUT_BACK: Final = sql("""
INSERT INTO numbers (list_id, {columns}) SELECT :list, {columns} FROM dropped_numbers
WHERE step_id = :step ORDER BY position
""", columns=_NAMES)

CHOSEN: Final = sql("place INTEGER PRIMARY KEY, why TEXT, why_params TEXT")
_CHOOSE_BY_HAND: Final = """
INSERT INTO chosen (place) SELECT position FROM dropped_numbers WHERE step_id = :step AND (why IS NULL OR why = :why)
"""
REMOVE_CHOSEN: Final = "DELETE FROM numbers WHERE list_id = ? AND position IN (SELECT place FROM chosen)"
# Made of what is found, its texts compare as those do.
_TOUCH: Final = "CREATE TEMP TABLE touched AS SELECT DISTINCT phone FROM ({phones}) AS found WHERE phone IS NOT NULL"
_PHONES_OF_STEP: Final = """
SELECT phone FROM dropped_numbers WHERE step_id = {step} UNION ALL
SELECT phone FROM numbers WHERE list_id = {list} AND position IN (SELECT place FROM chosen)
"""
_TOUCHED: Final = sql("AND phone IN (SELECT phone FROM touched)")
_BY_PHONE: Final = sql("INDEXED BY numbers_by_phone")
_CHOSEN_WITHOUT_PHONE: Final = sql("AND phone IS NULL AND position IN (SELECT place FROM chosen)")
_OF_PHONE: Final = sql("AND phone = :phone")
_WITHOUT_PHONE: Final = sql("AND position = :position AND phone IS NULL")
_OF_STEP: Final = sql("AND position IN (SELECT position FROM dropped_numbers WHERE step_id = :step)")
FROM_FIRST: Final = sql("AND position >= :first")

_COPY: Final = """
INSERT INTO numbers (list_id, by_ending, {columns}) SELECT :new, {by_ending}, {unmarked} FROM numbers
WHERE list_id = :old {stretch} {condition} ORDER BY position
"""
_UNMARKED: Final = sql("{before}, NULL, {after}", before=names(*COLUMNS[:COLUMNS.index("duplicate_of")]),
                       after=names(*COLUMNS[COLUMNS.index("duplicate_of") + 1:]))
_BASE: Final = sql("SELECT position FROM numbers WHERE list_id = :list AND position > :after AND position < :end")


class ListChanges(Repository):
    """The methods that begin with `_` are called within a write transaction, but for those that only read."""

    def steps(self, campaign: int) -> list[ListStep]:
        """What was done to a list and can be undone, the last first."""
        return self._steps(campaign, _MAX_STEPS)

    def undo(self, campaign: int) -> ListStep | None:
        """Undo what was done to a list last: that step, or None where there is none. WrongState, NoSuchCampaign.

        It is as it was before then, with its positions.
        """
        with self._database.write():
            self._require(campaign, EDITABLE)
            found = self._steps(campaign, 1)
            if not found:
                return None
            step = found[0]
            row = self._database.one("SELECT list, next_position FROM list_steps WHERE id = ?", (step.id,))
            before = {"list": row["list"], "next_position": row["next_position"]} if row is not None else {}
            exchanged = before.get("list") is not None
            match step.what:
                case ListStepKind.IMPORT | ListStepKind.CLEAR:
                    self._set(campaign, EDITABLE, before)
                case ListStepKind.DROP | ListStepKind.BRING_BACK if exchanged:
                    self._set(campaign, EDITABLE, before)
                case ListStepKind.EDIT:
                    self._undo_rows(campaign, step.id, replaced=True)
                case ListStepKind.DROP:
                    self._undo_rows(campaign, step.id, replaced=False)
                case ListStepKind.ADD | ListStepKind.BRING_BACK:
                    self._cut_off(own_list(self._database, campaign), before["next_position"])
                    self._database.run("UPDATE dropped_numbers SET back_step_id = NULL WHERE back_step_id = ?",
                                       (step.id,))
                    self._set(campaign, EDITABLE, {"next_position": before["next_position"]})
            self._end_step(step, exchanged=exchanged)
            self._edited(campaign)
        if exchanged:
            Leftovers(self._context).clear_away()
        return step

    def _end_step(self, step: ListStep, *, exchanged: bool) -> None:
        """Have a step count no more. What a long one has dropped or brought back is seen to bit by bit."""
        if exchanged and step.what in _WITH_ROWS:
            self._database.run("UPDATE list_steps SET gone = 'undone', list = NULL WHERE id = ?", (step.id,))
            return
        self._database.run("DELETE FROM dropped_numbers WHERE step_id = ?", (step.id,))
        self._database.run("DELETE FROM list_steps WHERE id = ?", (step.id,))

    def _steps(self, campaign: int, limit: int) -> list[ListStep]:
        rows = self._database.all(_STEPS, (campaign, limit, 0))
        with self._database.legible():
            return [ListStep(row["id"], ListStepKind(row["what"]), moment(row["at"]), row["many"]) for row in rows]

    def _last_step(self, campaign: int) -> int:
        """By which it is known whether a list is still the same; 0 where nothing was done to it yet."""
        return self._database.number(_LAST_STEP, (campaign,))

    def _must_be_as(self, campaign: int, step: int) -> None:
        """WrongState, NoSuchCampaign; Changed where another step than that was the last."""
        self._require(campaign, EDITABLE)
        if self._last_step(campaign) != step:
            raise Changed(self._naming("store.list_changed", campaign))

    def _editable_list(self, campaign: int) -> int:
        self._require(campaign, EDITABLE)
        return own_list(self._database, campaign)

    def _step(self, campaign: int, what: ListStepKind, rows: int, *, exchanged: bool = False,
              holder: str | None = None) -> int:
        """Note a step before it is done. `exchanged`: the campaign points to another list then.

        `holder`: who is at one that takes long; it counts when that is taken away.
        """
        step = self._database.number(_ADD_STEP, (what, self._now(), rows, int(exchanged), holder, campaign))
        if holder is None:
            self._forget_old(campaign)
        return step

    def _forget_old(self, campaign: int) -> None:
        for row in self._database.all(_STEPS, (campaign, _MAX_STEPS, _MAX_STEPS)):
            if row["what"] in _WITH_ROWS and row["many"] > FEW:
                self._database.run("UPDATE list_steps SET gone = 'forgotten', list = NULL WHERE id = ?", (row["id"],))
            else:
                for statement in _FORGET:
                    self._database.run(statement, (row["id"],))

    def _remember(self, step: int, list_: int, position: int) -> None:
        """Keep a row as it is, before it is changed."""
        self._database.run(_REMEMBER_POSITION, {"step": step, "list": list_, "why": None, "params": None,
                                                "position": position})

    def _remember_chosen(self, step: int, list_: int, stretch: tuple[int, int] = (0, _END)) -> None:
        """Keep the rows of a stretch that the table `chosen` names, each with its reason, before they go."""
        self._database.run(_REMEMBER_CHOSEN, {"step": step, "list": list_, "after": stretch[0], "to": stretch[1]})

    @contextmanager
    def _recounted_touched(self, list_: int) -> Iterator[None]:
        """Mark and count anew the rows of the phones in `touched`, and those without one that `chosen` names."""
        for sign in (-1, 1):
            count(self._database, list_, sign, _TOUCHED, _BY_PHONE)
            count(self._database, list_, sign, _CHOSEN_WITHOUT_PHONE)
            if sign < 0:
                yield
                mark_touched(self._database, list_)

    def _touch(self, phones: Sql) -> None:
        """Make `touched` of phones that a statement finds, some more than once."""
        self._database.run("DROP TABLE IF EXISTS touched")
        self._database.run(sql(_TOUCH, phones=phones))

    @contextmanager
    def _recounted(self, list_: int, phones: Iterable[str | None], positions: Iterable[int]) -> Iterator[None]:
        """Mark anew and count anew the rows of some phones, and those without one at some positions."""
        named = {phone for phone in phones if phone is not None}
        places = list(positions)
        for sign in (-1, 1):
            for phone in named:
                count(self._database, list_, sign, _OF_PHONE, _BY_PHONE, phone=phone)
            for position in places:
                count(self._database, list_, sign, _WITHOUT_PHONE, position=position)
            if sign < 0:
                yield
                mark_phones(self._database, list_, named)

    def _undo_rows(self, campaign: int, step: int, *, replaced: bool) -> None:
        list_ = own_list(self._database, campaign)
        make_table(self._database, "chosen", CHOSEN)
        if not self._database.run(_CHOOSE_BY_HAND, {"step": step, "why": BY_HAND}).rowcount:
            # Whole groups of a phone: the marks that they had are right.
            self._put_back(list_, step)
            count(self._database, list_, 1, _OF_STEP, step=step)
            return
        self._touch(sql(_PHONES_OF_STEP, step=step, list=list_))
        with self._recounted_touched(list_):
            if replaced:
                self._database.run(REMOVE_CHOSEN, (list_,))
            self._put_back(list_, step)

    def _put_back(self, list_: int, step: int) -> None:
        self._database.run(_PUT_BACK, {"list": list_, "step": step})

    def _cut_off(self, list_: int, first: int) -> None:
        """Take away what was added from a position on: no row before it is a duplicate of one of these."""
        count(self._database, list_, -1, FROM_FIRST, first=first)
        self._database.run("DELETE FROM numbers WHERE list_id = ? AND position >= ?", (list_, first))

    def _edited(self, campaign: int) -> None:
        revision = self._database.number("SELECT revision FROM campaigns WHERE id = ?", (campaign,))
        self._set(campaign, EDITABLE, {**EDITED, "revision": revision + 1})
        sum_up(self._database, campaign)


class Exchange(ListChanges):
    """A long change of a list: one is made anew beside it, bit by bit, and put in its place at the end.

    Till then nobody points to the new one, and the step doesn't count: whoever is killed leaves nothing but what
    `Leftovers` takes away. The list from before is kept as long as the step can be undone.

    `copy` stretches, whatever else belongs to the step, `finish`; and `close` whatever happens.

    `last_step`: Changed at the end where that isn't the campaign's last any more. Raises WrongState, NoSuchCampaign.
    """

    def __init__(self, context: Context, campaign: int, base: int, last_step: int) -> None:
        super().__init__(context)
        self._campaign, self._base, self._last = campaign, base, last_step
        self.list = 0
        self.step = 0

    def begin(self, what: ListStepKind, rows: int) -> None:
        """Make the new list, and the step, which doesn't count yet. WrongState, NoSuchCampaign, Changed."""
        holder = self._context.lease.name()
        with self._database.write():
            self._must_be_as(self._campaign, self._last)
            self.list = new_list(self._database, holder, long=True)
            self.step = self._step(self._campaign, what, rows, exchanged=True, holder=holder)

    def stretches(self, end: int) -> Iterator[tuple[int, int]]:
        """Of the list as it is, before a position: where more comes meanwhile, it is refused in the end."""
        return stretches(self._database, _BASE, {"list": self._base, "end": end})

    def copy(self, stretch: tuple[int, int], condition: Sql = NOTHING) -> None:
        """Take over rows of a stretch, without their marks. Called within a write transaction."""
        after, to = stretch
        statement = sql(_COPY, by_ending=BY_ENDING, columns=_NAMES, unmarked=_UNMARKED, stretch=STRETCH,
                        condition=condition)
        self._database.run(statement, {"new": self.list, "old": self._base, "after": after, "to": to})
        self.count(stretch)

    def count(self, stretch: tuple[int, int]) -> None:
        """Count the new list's rows of a stretch. Called within a write transaction."""
        count(self._database, self.list, 1, STRETCH, after=stretch[0], to=stretch[1])

    def finish(self, next_position: int) -> None:
        """Have the campaign point to the new list."""
        find_duplicates(self._database, self.list)
        mark_duplicates(self._database, self.list, 1)
        self._database.make_lasting()
        with self._database.write():
            self._must_be_as(self._campaign, self._last)
            self._database.run("UPDATE lists SET holder = NULL WHERE id = ?", (self.list,))
            self._database.run("UPDATE list_steps SET holder = NULL WHERE id = ?", (self.step,))
            self._set(self._campaign, EDITABLE, {"list": self.list, "next_position": next_position})
            self._forget_old(self._campaign)
            self._edited(self._campaign)
        self.list = self.step = 0
        Leftovers(self._context).clear_away()

    def close(self) -> None:
        """Take away what was not finished."""
        leftovers = Leftovers(self._context)
        with suppress(StoreError):  # what went wrong before is what is raised; `clear_away` finds the rest
            if self.step:
                leftovers.remove_step(self.step)
            if self.list:
                leftovers.remove_list(self.list)
        self.list = self.step = 0
