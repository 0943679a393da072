"""Who in a list is not to be called, or was called lately.

The first are on the profile's do-not-call list, among the provider's blocked numbers, or in a file.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tui.campaign.reason import Reason
from tui.store import lists
from tui.store.database import Row
from tui.store.list_changes import ListChanges
from tui.store.list_values import Marks
from tui.store.lists import LIST
from tui.store.rows import legible, moment, object_of, stamp

_AT_ONCE: Final = 20_000
# All that is on any list, each phone once: of what the operator's own list says rather than of others'.
_REFUSED: Final = """
SELECT phone, min(cause) AS cause FROM (
    SELECT phone, CASE WHEN why = 'pressed' THEN 1 ELSE 2 END AS cause FROM do_not_call WHERE profile = :profile
    UNION ALL
    SELECT phone, CASE WHEN source = 'file' THEN 3 ELSE 4 END AS cause FROM suppressed WHERE profile = :profile
) AS refused GROUP BY phone
"""
_CAUSES: Final = {1: Reason("store.suppressed.pressed"), 2: Reason("store.suppressed.by_hand"),
                  3: Reason("store.suppressed.file"), 4: Reason("store.suppressed.blocked")}
_FOUND: Final = f"""
SELECT numbers.position AS position, refused.cause AS cause FROM ({_REFUSED}) AS refused CROSS JOIN numbers
WHERE numbers.list_id = {LIST} AND numbers.phone = refused.phone AND numbers.problem IS NULL ORDER BY numbers.position
"""  # noqa: S608 - our own texts
# What was launched since then and may have called: the last of them that calls a number.
_EARLIER: Final = """
SELECT campaigns.id AS id, campaigns.fields AS fields, campaigns.list AS list, max(launches.asked_at) AS at
FROM launches JOIN campaigns ON campaigns.id = launches.campaign_id
WHERE campaigns.profile = :profile AND campaigns.id <> :campaign AND launches.asked_at >= :since
    AND (launches.outcome IS NULL OR launches.outcome IN ('created', 'unconfirmed'))
    AND campaigns.state NOT IN ('draft', 'rejected') AND campaigns.list IS NOT NULL
GROUP BY campaigns.id, campaigns.fields, campaigns.list ORDER BY at, campaigns.id
"""
_IN_BOTH: Final = f"""
SELECT mine.position AS position FROM numbers AS mine
WHERE mine.list_id = {LIST} AND mine.position > :after AND mine.position <= :to AND mine.problem IS NULL
    AND EXISTS (SELECT 1 FROM numbers AS theirs WHERE theirs.list_id = :theirs AND theirs.phone = mine.phone
        AND theirs.problem IS NULL)
ORDER BY mine.position
"""  # noqa: S608 - our own texts


class Source(StrEnum):
    """Whose list it is that a number stands on, beside the profile's own."""

    BLOCKED = "blocked"  # at the provider
    FILE = "file"


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is kept of a list of others: how many, since when, and by what it is known to be still the same.

    `unread`: how many of its rows hold no number, so that whoever stands there is not found.
    """

    count: int
    fetched_at: dt.datetime
    stamp: str
    unread: int = 0


class Suppression(ListChanges):
    """Phones are as we send them."""

    def keep(self, profile: str, source: Source, phones: Iterable[str], stamp: str = "", unread: int = 0) -> int:
        """Put a list of others in the place of what was kept of it. How many numbers it has."""
        # New ones first: whoever is killed has kept rather more numbers from being called, and reads the list again.
        kept = {row["phone"] for row in self._database.all(
            "SELECT phone FROM suppressed WHERE profile = ? AND source = ?", (profile, source))}
        wanted = dict.fromkeys(phones)
        self._bit_by_bit("INSERT INTO suppressed (profile, source, phone) VALUES (?, ?, ?) "
                         "ON CONFLICT (profile, source, phone) DO NOTHING",
                         [(profile, source, phone) for phone in wanted if phone not in kept])
        self._bit_by_bit("DELETE FROM suppressed WHERE profile = ? AND source = ? AND phone = ?",
                         [(profile, source, phone) for phone in kept if phone not in wanted])
        with self._database.write():
            self._database.run(
                "INSERT INTO suppressed_sources (profile, source, fetched_at, stamp, unread) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (profile, source) DO UPDATE SET fetched_at = excluded.fetched_at, "
                "stamp = excluded.stamp, unread = excluded.unread",
                (profile, source, self._now(), stamp, unread))
            return self._count(profile, source)

    def forget(self, profile: str, source: Source) -> None:
        """Keep nothing of a list of others any more."""
        phones = self._database.all("SELECT phone FROM suppressed WHERE profile = ? AND source = ?", (profile, source))
        with self._database.write():  # where it is killed half-way, the list is read again rather than relied on
            self._database.run("UPDATE suppressed_sources SET stamp = '' WHERE profile = ? AND source = ?",
                               (profile, source))
        self._bit_by_bit("DELETE FROM suppressed WHERE profile = ? AND source = ? AND phone = ?",
                         [(profile, source, row["phone"]) for row in phones])
        with self._database.write():
            self._database.run("DELETE FROM suppressed_sources WHERE profile = ? AND source = ?", (profile, source))

    def _bit_by_bit(self, sql: str, rows: list[tuple[str, Source, str]]) -> None:
        for first in range(0, len(rows), lists.AT_ONCE):
            if first:
                self._database.give_way()
            with self._database.write():
                self._database.run_many(sql, rows[first:first + lists.AT_ONCE])

    def state(self, profile: str, source: Source) -> SourceState | None:
        """What is kept of a list of others; None where it was never kept."""
        with self._database.read():
            row = self._database.one(
                "SELECT fetched_at, stamp, unread FROM suppressed_sources WHERE profile = ? AND source = ?",
                (profile, source))
            if row is None:
                return None
            with legible(self._database):
                return SourceState(self._count(profile, source), moment(row["fetched_at"]), row["stamp"],
                                   row["unread"])

    def find(self, campaign: int) -> Marks:
        """The rows of a list that are suppressed, and why. NoSuchCampaign."""
        with self._database.read():
            step = self._last_step(campaign)
            rows = self._database.all(_FOUND, {"campaign": campaign, "profile": self._profile(campaign)})
        return Marks(array("q", [row["position"] for row in rows]), array("q", [row["cause"] for row in rows]),
                     _CAUSES, step)

    def count(self, campaign: int) -> int:
        """How many numbers that would be called are suppressed. NoSuchCampaign."""
        return self._database.number(
            f"SELECT count(*) FROM ({_REFUSED}) AS refused CROSS JOIN numbers WHERE numbers.list_id = {LIST} "  # noqa: S608 - our own texts
            "AND numbers.phone = refused.phone AND numbers.problem IS NULL AND numbers.duplicate_of IS NULL",
            {"campaign": campaign, "profile": self._profile(campaign)})

    def refused(self, profile: str) -> frozenset[str]:
        """All phones that are suppressed: for numbers that are in no list of ours yet."""
        with self._database.read():
            return frozenset(row["phone"] for row in self._database.all(_REFUSED, {"profile": profile}))

    def called_since(self, campaign: int, since: dt.datetime) -> CalledBefore:
        """A search, a stretch at a time, for rows that another campaign launched since then calls. NoSuchCampaign."""
        with self._database.read():
            step = self._last_step(campaign)
            end = self._database.number("SELECT next_position - 1 FROM campaigns WHERE id = ?", (campaign,))
            earlier = self._database.all(_EARLIER, {"campaign": campaign, "profile": self._profile(campaign),
                                                    "since": stamp(since)})
        return CalledBefore(self, campaign, end, step, earlier)

    def in_both(self, campaign: int, theirs: int, after: int, to: int) -> list[int]:
        """The positions of a stretch whose phones are in another list too."""
        return [row["position"] for row in self._database.all(
            _IN_BOTH, {"campaign": campaign, "theirs": theirs, "after": after, "to": to})]

    def reason_of_campaign(self, row: Row) -> Reason:
        with legible(self._database):
            return Reason("store.called_before", {"name": object_of(row["fields"]).get("name", ""),
                                                  "campaign": row["id"], "day": moment(row["at"]).date().isoformat()})

    def _count(self, profile: str, source: Source) -> int:
        return self._database.number("SELECT count(*) FROM suppressed WHERE profile = ? AND source = ?",
                                     (profile, source))

    def _profile(self, campaign: int) -> str:
        row = self._database.one("SELECT profile FROM campaigns WHERE id = ?", (campaign,))
        if row is None:
            raise self._refusal(campaign)
        return str(row["profile"])


class CalledBefore:
    """One search. `go_on` until it says that it has ended; then `marks`."""

    def __init__(self, store: Suppression, campaign: int, end: int, step: int, earlier: list[Row]) -> None:
        self._store = store
        self._campaign = campaign
        self._end = end
        self._step = step
        self._earlier = earlier
        self._looked = 0
        self._found: dict[int, int] = {}

    @property
    def share(self) -> float:
        """How much has been looked through, 0 to 1."""
        return self._looked / self._end if self._end and self._earlier else 1.0

    def go_on(self) -> bool:
        """Look through one more stretch; whether there is more."""
        to = min(self._looked + _AT_ONCE, self._end)
        if self._earlier and to > self._looked:
            for row in self._earlier:  # the latest comes last, and is what is told
                self._found.update(dict.fromkeys(
                    self._store.in_both(self._campaign, row["list"], self._looked, to), row["id"]))
            self._looked = to
        return bool(self._earlier) and self._looked < self._end

    def marks(self) -> Marks:
        positions = sorted(self._found)
        return Marks(array("q", positions), array("q", [self._found[position] for position in positions]),
                     {row["id"]: self._store.reason_of_campaign(row) for row in self._earlier}, self._step)
