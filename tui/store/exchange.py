"""A long change of a list: one is made anew beside it, bit by bit, and put in its place at the end.

Till then nobody points to the new one, and the step doesn't count: whoever is killed leaves nothing but what
`Leftovers` takes away. The list from before is kept as long as the step can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from tui.store.cleanup import Leftovers
from tui.store.errors import StoreError
from tui.store.list_changes import ListChanges
from tui.store.list_values import StepKind
from tui.store.lists import COLUMNS, STRETCH, count, find_twice, mark_twice, new_list, stretches
from tui.store.repository import EDITABLE, Context, Part

_NAMES: Final = ", ".join(COLUMNS)
_UNMARKED: Final = ", ".join("NULL" if name == "duplicate_of" else name for name in COLUMNS)
_COPY: Final = f"""
INSERT INTO numbers (list_id, {_NAMES}) SELECT :new, {_UNMARKED} FROM numbers
WHERE list_id = :old {STRETCH} {{condition}} ORDER BY position
"""  # noqa: S608 - our own names
_BASE: Final = "SELECT position FROM numbers WHERE list_id = :list AND position > :after AND position < :end"


class Growing(Part):
    """A list that is filled bit by bit: nobody points to it until it is handed over; `close` whatever happens."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        holder = context.holder.name()
        with self._database.write():
            self.list = new_list(self._database, holder)

    def hand_over(self, campaign: int) -> None:
        """Have a campaign point to it. Called within a write transaction, which is the last thing that may fail."""
        self._database.run("UPDATE lists SET holder = NULL WHERE id = ?", (self.list,))
        self._database.run("UPDATE campaigns SET list = ? WHERE id = ?", (self.list, campaign))

    def close(self) -> None:
        """Take it away where nobody points to it."""
        with suppress(StoreError):  # what went wrong before is what is told; `clear_away` finds the rest
            if not self._database.number("SELECT count(*) FROM campaigns WHERE list = ?", (self.list,)):
                Leftovers(self._context).remove_list(self.list)


class Exchange(ListChanges):
    """One of them: `copy` stretches, whatever else belongs to the step, `finish`; and `close` whatever happens.

    `last_step`: Changed at the end where that isn't the campaign's last any more. Raises WrongState, NoSuchCampaign.
    """

    def __init__(self, context: Context, campaign: int, base: int, last_step: int) -> None:
        super().__init__(context)
        self._campaign, self._base, self._last = campaign, base, last_step
        self.list = 0
        self.step = 0

    def begin(self, what: StepKind, many: int) -> None:
        holder = self._context.holder.name()
        with self._database.write():
            self._must_be_as(self._campaign, self._last)
            self.list = new_list(self._database, holder)
            self.step = self._step(self._campaign, what, many, exchanged=True, holder=holder)

    def stretches(self, end: int) -> Iterator[tuple[int, int]]:
        """Of the list as it is, before a position: where more comes meanwhile, it is refused in the end."""
        return stretches(self._database, _BASE, {"list": self._base, "end": end})

    def copy(self, stretch: tuple[int, int], condition: str = "") -> None:
        """Take over rows of a stretch, without their marks. Called within a write transaction."""
        after, to = stretch
        self._database.run(_COPY.format(condition=condition),
                           {"new": self.list, "old": self._base, "after": after, "to": to})
        self.count(stretch)

    def count(self, stretch: tuple[int, int]) -> None:
        """Count the new list's rows of a stretch. Called within a write transaction."""
        count(self._database, self.list, 1, STRETCH, after=stretch[0], to=stretch[1])

    def finish(self, next_position: int) -> None:
        """Have the campaign point to the new list."""
        find_twice(self._database, self.list)
        mark_twice(self._database, self.list, 1)
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
        with suppress(StoreError):  # what went wrong before is what is told; `clear_away` finds the rest
            if self.step:
                leftovers.remove_step(self.step)
            if self.list:
                leftovers.remove_list(self.list)
        self.list = self.step = 0
