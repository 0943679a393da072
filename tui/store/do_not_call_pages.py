"""Everybody whom a profile's campaigns do not call, whichever list says so, as pages of one table.

First the profile's own list, the newest first; then its file's and the provider's, by number. Who was taken off the own
list is listed apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct

from tui.store.columns import object_of, when
from tui.store.database import Row
from tui.store.number_places import ENDINGS, bounds, places_of, places_within, within
from tui.store.repository import Repository
from tui.store.result_values import DoNotCallReason
from tui.store.searching import found_by
from tui.store.sql import Sql, sql

_OF_A_STRETCH: Final = 50  # endings that are looked through while others wait
_BOUNDS: Final = ["", *(f"{ending:03}" for ending in range(_OF_A_STRETCH, ENDINGS, _OF_A_STRETCH)), ""]
STRETCHES: Final = tuple(pairwise(_BOUNDS))  # of numbers by their endings: from one up to another; "" is the last's end


class DoNotCallSource(StrEnum):
    """Whose list a number stands on."""

    OWN = "own"
    FILE = "file"
    BLOCKED = "blocked"  # at the provider
    UNTOLD = "untold"  # there too, without saying in which direction
    REMOVED = "removed"  # no list any more: it was taken off the own one


class DoNotCallFilter(StrEnum):
    """Which of them are listed."""

    ALL = "all"
    OWN = "own"
    PRESSED = "pressed"
    BY_HAND = "by_hand"
    FILE = "file"
    BLOCKED = "blocked"
    REMOVED = "removed"


class ListedNumber(Struct, frozen=True):
    """A number that is not to be called, or was not to be. `phone` is as it is sent.

    `at`: since when it is on the own list, or when it was taken off; None of others' lists, which do not say. `reason`
    and `by_user` are of that. `campaign`: in which its owner pressed the key, with its name.
    """

    phone: str
    source: DoNotCallSource
    at: dt.datetime | None = None
    why: DoNotCallReason | None = None
    campaign: int | None = None
    campaign_name: str = ""
    reason: str = ""
    by_user: str = ""


class DoNotCallPage(Struct, frozen=True):
    """Some of the numbers that a filter and words name: `count` of all, and those from row `start` on."""

    count: int
    start: int
    rows: tuple[ListedNumber, ...]


class _Section(Struct, frozen=True):
    """The numbers of one source: which table they are in, by what they are chosen and sorted, and what is searched."""

    source: DoNotCallSource
    table: Sql
    condition: Sql
    order: Sql
    texts: tuple[Sql, ...] = ()


_PHONE: Final = sql("phone")
_REASON: Final = (sql("reason"),)
_LISTED: Final = sql("do_not_call")
_NEWEST: Final = sql("added_at DESC, phone")
_FILTERED: Final[Mapping[DoNotCallFilter, Sql]] = {
    DoNotCallFilter.ALL: sql("1 = 1"), DoNotCallFilter.OWN: sql("1 = 1"),
    DoNotCallFilter.PRESSED: sql("why = 'pressed'"), DoNotCallFilter.BY_HAND: sql("why = 'by_hand'")}
_OTHERS: Final[Mapping[DoNotCallFilter, tuple[DoNotCallSource, ...]]] = {
    DoNotCallFilter.ALL: (DoNotCallSource.FILE, DoNotCallSource.BLOCKED, DoNotCallSource.UNTOLD),
    DoNotCallFilter.FILE: (DoNotCallSource.FILE,),
    DoNotCallFilter.BLOCKED: (DoNotCallSource.BLOCKED, DoNotCallSource.UNTOLD)}
_OF_OTHERS: Final = {
    DoNotCallSource.FILE: sql("source = 'file'"), DoNotCallSource.BLOCKED: sql("source = 'blocked'"),
    DoNotCallSource.UNTOLD: sql("source = 'untold'")}
_TAKEN_OFF: Final = sql("""event = 'removed' AND NOT EXISTS (
    SELECT 1 FROM do_not_call_history AS later WHERE later.profile = do_not_call_history.profile
        AND later.phone = do_not_call_history.phone AND later.id > do_not_call_history.id)""")
_COUNT: Final = "SELECT count(*) FROM {table} WHERE profile = :profile AND {condition} AND {found}"
# The campaigns of a page alone are looked up, not those of all rows before it.
_PAGE: Final = """
SELECT page.*, campaigns.fields AS fields FROM (
    SELECT * FROM {table} WHERE profile = :profile AND {condition} AND {found} ORDER BY {order}
    LIMIT :limit OFFSET :offset) AS page
LEFT JOIN campaigns ON campaigns.id = page.campaign_id ORDER BY {order_of_page}
"""
_PAGE_OF_OTHERS: Final = """
SELECT * FROM {table} WHERE profile = :profile AND {condition} AND {found} ORDER BY {order}
LIMIT :limit OFFSET :offset
"""
# Of a number in several lists that of the latest, and there of its first row.
_IN_ORDER: Final = sql("""
campaigns.list = held.list_id AND numbers.list_id = held.list_id AND numbers.position = held.position
    AND numbers.reference <> '' ORDER BY campaigns.id, numbers.position DESC
""")
_REFERENCES: Final = sql("""
SELECT held.phone AS phone, numbers.reference AS reference
FROM ({held}) AS held CROSS JOIN campaigns INDEXED BY campaigns_of_list CROSS JOIN numbers
WHERE campaigns.profile = ? AND {in_order}
""", held=places_of(sql("asked"), sql("asked.value")), in_order=_IN_ORDER)
# Those who are not to be called are put together once: to ask three lists of each row of `numbers` takes far longer.
_ALL_REFERENCES: Final = """
WITH refused (phone) AS (
    SELECT phone FROM do_not_call WHERE profile = :profile AND {within}
    UNION SELECT phone FROM suppressed WHERE profile = :profile AND {within}
    UNION SELECT phone FROM do_not_call_history WHERE profile = :profile AND {within})
SELECT held.phone AS phone, numbers.reference AS reference
FROM ({held}) AS held CROSS JOIN campaigns INDEXED BY campaigns_of_list CROSS JOIN numbers
WHERE campaigns.profile = :profile AND {in_order}
"""
_ORDER_OF_PAGE: Final = {
    DoNotCallSource.OWN: sql("page.added_at DESC, page.phone"), DoNotCallSource.REMOVED: sql("page.id DESC")}


class DoNotCallPages(Repository):
    """Reads; nothing is changed here."""

    def read(self, profile: str, chosen: DoNotCallFilter, words: str, start: int, limit: int) -> DoNotCallPage:
        """`limit` of the numbers that a filter names, from the row `start` on; with those words in number or reason."""
        rows: list[ListedNumber] = []
        count = 0
        with self._database.read():
            for section in _sections(chosen):
                found, values = found_by(words, _PHONE, (), section.texts)
                values = {**values, "profile": profile}
                of_section = self._database.number(
                    sql(_COUNT, table=section.table, condition=section.condition, found=found), values)
                offset = max(0, start + len(rows) - count)
                if len(rows) < limit and offset < of_section:
                    rows += self._page(section, found, {**values, "limit": limit - len(rows), "offset": offset})
                count += of_section
        return DoNotCallPage(count, start, tuple(rows))

    def references(self, profile: str, phones: Collection[str]) -> dict[str, str]:
        """By which reference the profile's lists know numbers; nothing of those that have none.

        For some of them: each is looked for among all that have its ending.
        """
        return {row["phone"]: row["reference"] for row in self._among(_REFERENCES, phones, profile)}

    def all_references(self, profile: str, stretch: tuple[str, str]) -> dict[str, str]:
        """As `references`, of everybody who is not to be called or was taken off; those of one of the `STRETCHES`."""
        statement = sql(_ALL_REFERENCES, held=places_within(sql("refused"), stretch), within=within(stretch, _PHONE),
                        in_order=_IN_ORDER)
        values = {"profile": profile, **bounds(stretch)}
        return {row["phone"]: row["reference"] for row in self._database.all(statement, values)}

    def _page(self, section: _Section, found: Sql, values: dict[str, Any]) -> list[ListedNumber]:
        parts = {"table": section.table, "condition": section.condition, "found": found, "order": section.order}
        statement = sql(_PAGE_OF_OTHERS, **parts) if section.source in _OF_OTHERS else sql(
            _PAGE, **parts, order_of_page=_ORDER_OF_PAGE[section.source])
        with self._database.legible():
            return [_number(row, section.source) for row in self._database.all(statement, values)]


def _sections(chosen: DoNotCallFilter) -> list[_Section]:
    sections = []
    if chosen in _FILTERED:
        sections.append(_Section(DoNotCallSource.OWN, _LISTED, _FILTERED[chosen], _NEWEST, _REASON))
    sections += [_Section(source, sql("suppressed"), _OF_OTHERS[source], _PHONE)
                 for source in _OTHERS.get(chosen, ())]
    if chosen is DoNotCallFilter.REMOVED:
        sections.append(_Section(DoNotCallSource.REMOVED, sql("do_not_call_history"), _TAKEN_OFF, sql("id DESC"),
                                 _REASON))
    return sections


def _number(row: Row, source: DoNotCallSource) -> ListedNumber:
    if source in _OF_OTHERS:
        return ListedNumber(row["phone"], source)
    at = row["added_at"] if source is DoNotCallSource.OWN else row["at"]
    name = object_of(row["fields"]).get("name", "") if row["fields"] is not None else ""
    return ListedNumber(row["phone"], source, when(at), DoNotCallReason(row["why"]), row["campaign_id"], name,
                        row["reason"], row["by_user"])
