"""Two campaigns that turn out to be the same one of the provider's: what is known of one's numbers goes to the other.

Few numbers at once; more of them bit by bit, number by number: at each moment the figures of the other are those of
what has come to it. The one that goes up in it is nobody's from the first, and is gone at the end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from tui.campaign.lifecycle import State
from tui.campaign.menu import refusals
from tui.campaign.results import ANSWERED, described
from tui.store import lists
from tui.store.aggregates import SET_TIMES, Aggregates, CampaignRules
from tui.store.columns import moment, stamp
from tui.store.counting import FigureChange
from tui.store.database import Row
from tui.store.repository import Context, Repository
from tui.store.sql import names, sql

AT_ONCE: Final = 500  # numbers of one transaction
# What both campaigns know of a number, each by itself, is kept once.
_REMOVE_KNOWN: Final = """
DELETE FROM {table} WHERE campaign_id = ? AND position = ? AND EXISTS (
    SELECT 1 FROM {table} AS theirs WHERE theirs.campaign_id = ? AND theirs.{id} = {table}.{id})
"""
_CARRIED: Final = "SELECT {table}.* FROM asked CROSS JOIN {table} WHERE campaign_id = ? AND position = asked.value"
_CARRY: Final = "UPDATE {table} SET campaign_id = ?, position = ? WHERE campaign_id = ? AND position = ?"
_IDS: Final = {"notifications": "notification_id", "records": "record_id"}
_COUNT_UP_TO: Final = "SELECT count(*) FROM (SELECT 1 FROM results WHERE campaign_id = ? LIMIT ?) AS first_ones"
_REMOVE_RESULT: Final = "DELETE FROM results WHERE campaign_id = ? AND position = ?"
_REMOVE_ALL: Final = "DELETE FROM {table} WHERE campaign_id = ?"
_BEGIN: Final = "UPDATE campaigns SET profile = '', state = ?, provider_id = NULL, same_as = ? WHERE id = ?"
# As the index has these few: for IS NOT NULL, in the order of id, SQLite reads all campaigns.
_TO_BE_MOVED: Final = "SELECT id FROM campaigns WHERE same_as > 0 ORDER BY same_as, id"
_OTHERS: Final = {"unreadable": names("id"), "do_not_call": names("profile", "phone"),
                  "do_not_call_history": names("id")}
_REFER: Final = """
UPDATE {table} SET campaign_id = ? WHERE ({key}) IN (SELECT {key} FROM {table} WHERE campaign_id = ? LIMIT ?)
"""


class Merging(Repository):
    """`begin` and `go_on`: whoever is killed between two bits leaves the rest for the next `go_on`, by whomever."""

    def __init__(self, context: Context, aggregates: Aggregates) -> None:
        super().__init__(context)
        self._aggregates = aggregates

    def begin(self, source: int, target: int) -> None:
        """Have `source` go up in `target`; called within a write transaction, in which few numbers are moved, too."""
        self._database.run(_BEGIN, (State.DELETED, target, source))
        for table in ("result_totals", "result_counts", "result_minutes", "records_cursor"):
            self._database.run(sql(_REMOVE_ALL, table=names(table)), (source,))
        if self._database.number(_COUNT_UP_TO, (source, AT_ONCE + 1)) <= AT_ONCE:
            while self._move_some(source):
                pass

    def go_on(self, bits: int | None = None) -> None:
        """Move what is still to be moved, in so many bits at most; the rest is moved another time."""
        for row in self._database.all(_TO_BE_MOVED):
            while bits is None or bits > 0:
                with self._database.write():
                    more = self._move_some(row["id"])
                if not more:
                    break
                bits = None if bits is None else bits - 1
                if bits != 0:
                    self._database.give_way()

    def _move_some(self, source: int) -> bool:
        """Move what is known of some numbers, or end it; whether there may be more."""
        row = self._database.one("SELECT same_as FROM campaigns WHERE id = ?", (source,))
        if row is None or row["same_as"] is None:
            return False
        target = int(row["same_as"])
        phones = next(self._aggregates.phones(source, AT_ONCE), None)
        if phones is None:
            return self._end(source, target)
        rules = self._aggregates.rules(target)
        listed = self._aggregates.listed(target, phones.values())  # a campaign without a list doesn't know them
        phones = {position: listed.get(phone, phone) for position, phone in phones.items()}
        places = self._aggregates.positions(target, phones.values())
        before = self._aggregates.attempts(target, places.values())
        carried = self._carry(source, target, phones, places)
        change = FigureChange(target, rules.retries)
        change.sums["notifications"], change.sums["records"] = len(carried["notifications"]), len(carried["records"])
        change.recount({places[phone]: phone for phone in phones.values()}, before,
                       self._aggregates.attempts(target, places.values()))
        change.write(self._database)
        self._note(rules, carried["notifications"], listed)
        self._database.run_many(_REMOVE_RESULT, [(source, position) for position in phones])
        return True

    def _carry(self, source: int, target: int, phones: Mapping[int, str],
               places: Mapping[str, int]) -> dict[str, list[Row]]:
        """Notifications and records of numbers, as they stand now with the other campaign; by table."""
        carried: dict[str, list[Row]] = {}
        for name, id_ in _IDS.items():
            table = names(name)
            self._database.run_many(sql(_REMOVE_KNOWN, table=table, id=names(id_)),
                                    [(source, position, target) for position in phones])
            carried[name] = list(self._among(sql(_CARRIED, table=table), phones, source))
            self._database.run_many(sql(_CARRY, table=table), [
                (target, places[phone], source, position) for position, phone in phones.items()])
        return carried

    def _note(self, rules: CampaignRules, notifications: Sequence[Row], listed: Mapping[str, str]) -> None:
        if not notifications:
            return
        with self._database.legible():
            came: list[dt.datetime] = [moment(row["received_at"]) for row in notifications]
            happened = max(moment(row["happened_at"]) for row in notifications)
        self._database.run(SET_TIMES, {"campaign": rules.campaign, "first": stamp(min(came)),
                                       "last": stamp(max(came)), "happened": stamp(happened)})
        pressed = [row["phone"] for row in notifications if rules.opt_out
                   and row["digit"] in refusals(rules.opt_out) and described(row["status"]) in ANSWERED]
        self._aggregates.refuse(rules, [listed.get(phone, phone) for phone in pressed])

    def _end(self, source: int, target: int) -> bool:
        """What hangs on the campaign itself; whether there may be more of it."""
        for table, key in _OTHERS.items():
            statement = sql(_REFER, table=names(table), key=key)
            if self._database.run(statement, (target, source, lists.AT_ONCE)).rowcount:
                return True
        for table in ("results", "result_totals", "result_counts", "result_minutes"):
            self._database.run(sql(_REMOVE_ALL, table=names(table)), (source,))
        self._database.run("DELETE FROM campaigns WHERE id = ?", (source,))
        return False
