"""What long changes leave behind, and what somebody died of: taken away a bit at a time, as no writer is to wait."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from tui.store import lists
from tui.store.errors import StoreError
from tui.store.repository import Part

log = logging.getLogger("santral.store")


class Leftovers(Part):
    """Needs no transaction: each bit is one, and being killed between two leaves the rest for the next time."""

    def clear_away(self) -> None:
        """Take away lists that nobody points to any more, steps that don't count, and what the dead were at.

        Where that fails it is left for the next time: what is done before it is done.
        """
        try:
            self._clear_away()
        except StoreError:
            log.warning("what a long change has left behind is cleared away by the next one", exc_info=True)

    def _clear_away(self) -> None:
        for row in self._database.all("SELECT id, holder FROM list_steps WHERE holder IS NOT NULL OR gone IS NOT NULL "
                                      "ORDER BY id"):
            if row["holder"] is None:
                self._clear_step(row["id"])
                continue
            with self._context.holder.claimed(row["holder"]) as dead:
                if dead:
                    self.remove_step(row["id"])
        for row in self._database.all(
                "SELECT id, holder FROM lists WHERE NOT EXISTS (SELECT 1 FROM campaigns WHERE list = lists.id) "
                "AND NOT EXISTS (SELECT 1 FROM list_steps WHERE list = lists.id) ORDER BY id"):
            if row["holder"] is None:
                self.remove_list(row["id"])
                continue
            with self._context.holder.claimed(row["holder"]) as dead:
                if dead:
                    self.remove_list(row["id"])

    def remove_list(self, list_: int) -> None:
        """Take away a list that nobody points to."""
        self._bit_by_bit(
            "DELETE FROM numbers WHERE list_id = ? AND position <= (SELECT max(position) FROM "
            "(SELECT position FROM numbers WHERE list_id = ? ORDER BY position LIMIT ?) AS next_ones)", (list_, list_))
        with self._database.write():
            self._database.run("DELETE FROM number_counts WHERE list_id = ?", (list_,))
            self._database.run("DELETE FROM lists WHERE id = ?", (list_,))

    def remove_step(self, step: int) -> None:
        """Have a step that doesn't count be as if it had never been."""
        with self._database.write():
            self._database.run("UPDATE list_steps SET gone = 'undone', holder = NULL, list = NULL WHERE id = ?",
                               (step,))
        self._clear_step(step)

    def _clear_step(self, step: int) -> None:
        row = self._database.one("SELECT gone FROM list_steps WHERE id = ?", (step,))
        if row is None or row["gone"] is None:
            return
        some = "(SELECT id FROM dropped_numbers WHERE {} LIMIT ?)"
        if row["gone"] == "undone":
            self._bit_by_bit(f"DELETE FROM dropped_numbers WHERE id IN {some.format('step_id = ?')}", (step,))  # noqa: S608 - our own texts
            self._bit_by_bit(
                f"UPDATE dropped_numbers SET back_step_id = NULL WHERE id IN {some.format('back_step_id = ?')}",  # noqa: S608 - as above
                (step,))
        else:
            own = some.format("step_id = ? AND why IS NULL")
            self._bit_by_bit(f"DELETE FROM dropped_numbers WHERE id IN {own}", (step,))  # noqa: S608 - as above
            self._bit_by_bit(f"DELETE FROM dropped_numbers WHERE id IN {some.format('back_step_id = ?')}", (step,))  # noqa: S608 - as above
            self._bit_by_bit(f"UPDATE dropped_numbers SET step_id = NULL WHERE id IN {some.format('step_id = ?')}",  # noqa: S608 - as above
                             (step,))
        with self._database.write():
            self._database.run("DELETE FROM list_steps WHERE id = ?", (step,))

    def _bit_by_bit(self, sql: str, values: Sequence[int]) -> None:
        """Run a statement until it changes nothing; its last value is how many rows it may change."""
        while True:
            with self._database.write():
                if self._database.run(sql, (*values, lists.AT_ONCE)).rowcount < lists.AT_ONCE:
                    return
            self._database.give_way()
