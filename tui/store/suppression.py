"""Who in a list is not to be called, or was called lately.

The first are on the profile's do-not-call list, among the provider's blocked numbers, or in a file.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from operator import attrgetter
from typing import Final

from msgspec import Struct, field

from tui.campaign.call_limit import LaunchLimits
from tui.campaign.consent import ConsentNeeded
from tui.campaign.dates import ISTANBUL
from tui.campaign.reach import Cause, CauseCounts, cause_of
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.store import lists
from tui.store.aggregates import Aggregates
from tui.store.answered_search import AnsweredSearch
from tui.store.cause_search import AT_ONCE, CauseSearch, FoundRow, ListedSearch, SearchedList, rows_found
from tui.store.columns import moment, object_of, stamp
from tui.store.consents import Consents
from tui.store.database import Row
from tui.store.list_changes import ListChanges
from tui.store.list_values import MarkedRows
from tui.store.lists import LIST
from tui.store.meanwhile import read_newest
from tui.store.repository import Context
from tui.store.sql import NOTHING, Sql, sql
from tui.store.values import NOTHING_YET, Newest

_RANK: Final = attrgetter("rank")
_REASONS: Final = TextKeys("store.suppressed.{}", Cause)
# What was launched since then and may have called: the last of them that calls a number.
_EARLIER: Final = """
SELECT campaigns.id AS id, campaigns.fields AS fields, campaigns.list AS list, max(launches.asked_at) AS at
FROM launches JOIN campaigns ON campaigns.id = launches.campaign_id
WHERE campaigns.profile = :profile AND campaigns.id <> :campaign AND launches.asked_at >= :since
    AND (launches.outcome IS NULL OR launches.outcome IN ('created', 'unconfirmed'))
    AND campaigns.state NOT IN ('draft', 'rejected') AND campaigns.list IS NOT NULL
GROUP BY campaigns.id, campaigns.fields, campaigns.list ORDER BY at, campaigns.id
"""
_IN_BOTH: Final = sql("""
SELECT mine.position AS position FROM numbers AS mine
WHERE mine.list_id = {list} AND mine.position > :after AND mine.position <= :to AND mine.problem IS NULL
    AND EXISTS (SELECT 1 FROM numbers AS theirs WHERE theirs.list_id = :theirs AND theirs.phone = mine.phone
        AND theirs.problem IS NULL)
ORDER BY mine.position
""", list=LIST)
_END: Final = "SELECT next_position - 1 FROM campaigns WHERE id = ?"
# Made of what it is compared with, its texts compare as those do.
_MAKE_WANTED: Final = "CREATE TEMP TABLE wanted AS SELECT length(phone) AS place, phone FROM suppressed WHERE 1 = 0"
_WANTED_PLACES: Final = sql("SELECT place AS position FROM wanted WHERE place > :after")
_NOT_WANTED: Final = sql("AND phone NOT IN (SELECT phone FROM wanted)")
# `added` is the last claim of anybody: whoever has begun since did not see it come.
_KEEP: Final = """
INSERT INTO suppressed (profile, source, phone, added) SELECT :profile, :source, phone,
    (SELECT claim FROM suppressed_claims WHERE profile = :profile AND source = :source) FROM wanted
WHERE place > :after AND place <= :to ON CONFLICT (profile, source, phone) DO {known}
"""
_AS_IT_IS: Final = sql("NOTHING")
_SEEN_AGAIN: Final = sql("UPDATE SET added = excluded.added")
_CLAIM: Final = """
INSERT INTO suppressed_claims (profile, source, claim) VALUES (?, ?, 1)
ON CONFLICT (profile, source) DO UPDATE SET claim = suppressed_claims.claim + 1 RETURNING claim
"""
_LAST_CLAIM: Final = "SELECT claim FROM suppressed_claims WHERE profile = ? AND source = ?"
_KEEP_SOURCE: Final = """
INSERT INTO suppressed_sources (profile, source, fetched_at, stamp, unread, places) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (profile, source) DO UPDATE SET fetched_at = excluded.fetched_at, stamp = excluded.stamp,
    unread = excluded.unread, places = excluded.places
"""
_SOURCE: Final = "SELECT fetched_at, stamp, unread, places FROM suppressed_sources WHERE profile = ? AND source = ?"
_FORGET_STAMP: Final = "UPDATE suppressed_sources SET stamp = '' WHERE profile = ? AND source = ?"
_FORGET_SOURCE: Final = "DELETE FROM suppressed_sources WHERE profile = ? AND source = ?"
_NEXT: Final = """
SELECT phone FROM suppressed WHERE profile = ? AND source = ? AND phone > ? {condition} ORDER BY phone LIMIT ?
"""
_REMOVE: Final = "DELETE FROM suppressed WHERE profile = ? AND source = ? AND phone = ? AND added <= ?"
_COUNT: Final = "SELECT count(*) FROM suppressed WHERE profile = ? AND source = ?"


class SuppressionSource(StrEnum):
    """Whose list it is that a number stands on, beside the profile's own."""

    BLOCKED = "blocked"  # at the provider, which doesn't call them
    UNTOLD = "untold"  # at the provider, which didn't say whether it doesn't call them or they may not call in
    FILE = "file"


class SourceState(Struct, frozen=True):
    """What is kept of a list of others: how many, since when, and by what it is known to be still the same.

    `unread`: how many of its rows hold no number, so that whoever stands there is not found; `places`: of the first.
    """

    count: int
    fetched_at: dt.datetime
    stamp: str
    unread: int = 0
    places: str = ""


class KeptSource(Struct, frozen=True):
    """How many numbers are kept of a list of others. `overtaken`: somebody has begun to read it anew meanwhile, so that
    what is not in it was not taken away."""

    count: int
    overtaken: bool = False


class SuppressedRows(Struct, frozen=True):
    """The rows of a list that must not be called; `duplicates` and `phrased` of them as the list counts its own.

    `newest`: what there was when they were looked for.
    """

    marks: MarkedRows
    refusals: CauseCounts
    duplicates: int
    phrased: int
    called: array[int] = field(default_factory=lambda: array("b"))  # of each row: 1 where it is no duplicate
    newest: Newest = NOTHING_YET

    def without(self, others: SuppressedRows) -> CauseCounts:
        """How many recipients are among these and not among others."""
        left_out, numbers = set(others.marks.positions), Counter[Cause]()
        for position, rank, called in zip(self.marks.positions, self.marks.causes, self.called, strict=True):
            if called and position not in left_out:
                numbers[cause_of(rank)] += 1
        return CauseCounts.of(numbers)


class Suppression(ListChanges):
    """Phones are as we send them."""

    def __init__(self, context: Context, consents: Consents, aggregates: Aggregates) -> None:
        super().__init__(context)
        self._consents = consents
        self._aggregates = aggregates

    def claim(self, profile: str, source: SuppressionSource) -> int:
        """Note that a list of others is about to be read: whoever did so before takes nothing away any more."""
        with self._database.write():
            return self._database.number(_CLAIM, (profile, source))

    def keep(self, profile: str, source: SuppressionSource, phones: Iterable[str], stamp: str = "",
             unread: int = 0, places: str = "", claim: int | None = None) -> KeptSource:
        """Put a list of others in the place of what was kept of it.

        `claim`: of before it was read. Where another was made since, its numbers are added, and nothing is taken away.
        """
        claim = self.claim(profile, source) if claim is None else claim
        # Beside the database, however many there are.
        self._database.run("DROP TABLE IF EXISTS wanted")
        self._database.run(_MAKE_WANTED)
        self._database.load("wanted", ("place", "phone"), enumerate(phones, start=1))
        self._database.run("CREATE INDEX wanted_by_place ON wanted (place)")
        self._database.run("CREATE INDEX wanted_by_phone ON wanted (phone)")
        # New ones first: whoever is killed has kept rather more numbers from being called, and reads the list again.
        self._add_wanted(profile, source, _AS_IT_IS)
        if self._take_away(profile, source, _NOT_WANTED, claim):
            with self._database.write():
                if self._is_last(profile, source, claim):
                    self._database.run(_KEEP_SOURCE, (profile, source, self._now(), stamp, unread, places))
                    return KeptSource(self._count(profile, source))
        # The other may have looked before a number that is here came onto the list.
        self._add_wanted(profile, source, _SEEN_AGAIN)
        return KeptSource(self._count(profile, source), overtaken=True)

    def forget(self, profile: str, source: SuppressionSource) -> None:
        """Keep nothing of a list of others any more, unless somebody begins to read it meanwhile."""
        claim = self.claim(profile, source)
        with self._database.write():  # where it is killed half-way, the list is read again rather than relied on
            self._database.run(_FORGET_STAMP, (profile, source))
        if self._take_away(profile, source, NOTHING, claim):
            with self._database.write():
                if self._is_last(profile, source, claim):
                    self._database.run(_FORGET_SOURCE, (profile, source))

    def _add_wanted(self, profile: str, source: SuppressionSource, known: Sql) -> None:
        """`known`: what becomes of numbers that are there already."""
        statement = sql(_KEEP, known=known)
        for after, to in lists.stretches(self._database, _WANTED_PLACES, {}):
            with self._database.write():
                self._database.run(statement, {"profile": profile, "source": source, "after": after, "to": to})

    def _take_away(self, profile: str, source: SuppressionSource, condition: Sql, claim: int) -> bool:
        """Numbers of a list of others, bit by bit, as long as nobody else has begun to read it: whether nobody has."""
        last, statement = "", sql(_NEXT, condition=condition)
        while rows := self._database.all(statement, (profile, source, last, lists.AT_ONCE)):
            if last:
                self._database.give_way()
            with self._database.write():
                if not self._is_last(profile, source, claim):
                    return False
                # Whoever began earlier may have added some since: those were not there to be seen.
                self._database.run_many(_REMOVE, [(profile, source, row["phone"], claim - 1) for row in rows])
            last = rows[-1]["phone"]
        return True

    def _is_last(self, profile: str, source: SuppressionSource, claim: int) -> bool:
        return self._database.number(_LAST_CLAIM, (profile, source)) == claim

    def state(self, profile: str, source: SuppressionSource) -> SourceState | None:
        """What is kept of a list of others; None where it was never kept."""
        with self._database.read():
            row = self._database.one(_SOURCE, (profile, source))
            if row is None:
                return None
            with self._database.legible():
                return SourceState(self._count(profile, source), moment(row["fetched_at"]), row["stamp"],
                                   row["unread"], row["places"])

    def find(self, campaign: int, stopped: Callable[[], bool] = lambda: False, *, listed: bool = True,
             consent: ConsentNeeded | None = None, limits: LaunchLimits | None = None) -> SuppressedRows:
        """The rows of a list that must not be called, and why. `stopped` ends it, whatever it has found.

        Whoever has answered a campaign that a draft was made of, since it was made, is one of them in any case.
        `listed`: whether do-not-call lists count. `consent`: what everybody who is called has to have agreed to.
        `limits`: of a launch of it. NoSuchCampaign.
        """
        with self._database.read():
            step = self._last_step(campaign)
            end = self._database.number(_END, (campaign,))
            # Before anything is looked up.
            newest = read_newest(self._database, self._profile(campaign), campaign)
            searched = SearchedList(campaign, self._profile(campaign), end, stopped)
        finding = _Finding()
        searches = [AnsweredSearch(self._context), *self._searches(consent, limits, listed=listed)]
        for row in rows_found(searches, searched):
            finding.take(row)
        return finding.done(step, newest, limits)

    def among(self, profile: str, phones: Collection[str], *, listed: bool = True,
              consent: ConsentNeeded | None = None, limits: LaunchLimits | None = None) -> dict[str, Cause]:
        """Which of these numbers must not be called, each with its first cause; as `find` has it of a list.

        For `limits` a number counts as often as it is named.
        """
        found: dict[str, Cause] = {}
        for search in self._searches(consent, limits, listed=listed):
            for phone, cause in search.among(profile, phones):
                found[phone] = min(cause, found.get(phone, cause), key=_RANK)
        return found

    def _searches(self, consent: ConsentNeeded | None, limits: LaunchLimits | None, *,
                  listed: bool) -> list[CauseSearch]:
        """Each finds the numbers of other causes."""
        searches: list[CauseSearch] = [ListedSearch(self._context)] if listed else []
        if consent is not None:
            from tui.store.consent_search import ConsentSearch

            searches.append(ConsentSearch(self._context, self._consents, consent))
        if limits is not None and limits.rules:
            from tui.store.limit_search import LimitSearch

            searches.append(LimitSearch(self._context, self._aggregates, limits))
        return searches

    def called_since(self, campaign: int, since: dt.datetime) -> CalledBefore:
        """A search, a stretch at a time, for rows that another campaign launched since then calls. NoSuchCampaign."""
        with self._database.read():
            step = self._last_step(campaign)
            end = self._database.number(_END, (campaign,))
            earlier = self._database.all(_EARLIER, {"campaign": campaign, "profile": self._profile(campaign),
                                                    "since": stamp(since)})
        return CalledBefore(self, campaign, end, step, earlier)

    def in_both(self, campaign: int, theirs: int, after: int, to: int) -> list[int]:
        """The positions of a stretch whose phones are in another list too."""
        return [row["position"] for row in self._database.all(
            _IN_BOTH, {"campaign": campaign, "theirs": theirs, "after": after, "to": to})]

    def reason_of_campaign(self, row: Row) -> Reason:
        """Why a number is marked that an earlier campaign has called; `row` is one of `_EARLIER`."""
        with self._database.legible():
            day = moment(row["at"]).astimezone(ISTANBUL).date()
            return Reason("store.called_before", {"name": object_of(row["fields"]).get("name", ""),
                                                  "campaign": row["id"], "day": day.isoformat()})

    def _count(self, profile: str, source: SuppressionSource) -> int:
        return self._database.number(_COUNT, (profile, source))

    def _profile(self, campaign: int) -> str:
        row = self._database.one("SELECT profile FROM campaigns WHERE id = ?", (campaign,))
        if row is None:
            raise self._refusal(campaign)
        return str(row["profile"])


class _Finding:
    """What is found of a list, a row at a time."""

    def __init__(self) -> None:
        self._positions, self._causes, self._called = array("q"), array("q"), array("b")
        self._recipients: Counter[Cause] = Counter()
        self._duplicates = self._phrased = 0

    def take(self, row: FoundRow) -> None:
        self._positions.append(row.position)
        self._causes.append(row.rank)
        self._called.append(row.called)
        if row.called:
            self._recipients[cause_of(row.rank)] += 1
            self._phrased += row.phrased
        else:
            self._duplicates += 1

    def done(self, step: int, newest: Newest, limits: LaunchLimits | None) -> SuppressedRows:
        marks = MarkedRows(self._positions, self._causes, _reasons(limits), step)
        return SuppressedRows(marks, CauseCounts.of(self._recipients), self._duplicates, self._phrased,
                              self._called, newest)


def _reasons(limits: LaunchLimits | None) -> dict[int, Reason]:
    """Why a row was left out, by the rank of the cause."""
    params: dict[Cause, dict[str, str | int]] = {}
    if limits is not None and limits.rules.most_calls is not None:
        params[Cause.TOO_OFTEN] = {"calls": limits.rules.most_calls.calls, "count": limits.rules.most_calls.days}
    if limits is not None:
        params[Cause.TOO_SOON] = {"count": limits.rules.quiet_days}
    return {cause.rank: Reason(_REASONS[cause], params.get(cause, {})) for cause in Cause}


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
        to = min(self._looked + AT_ONCE, self._end)
        if self._earlier and to > self._looked:
            for row in self._earlier:  # the latest comes last, and is the one that is named
                self._found.update(dict.fromkeys(
                    self._store.in_both(self._campaign, row["list"], self._looked, to), row["id"]))
            self._looked = to
        return bool(self._earlier) and self._looked < self._end

    def marks(self) -> MarkedRows:
        """What was found so far, in the order of the list."""
        positions = sorted(self._found)
        return MarkedRows(array("q", positions), array("q", [self._found[position] for position in positions]),
                     {row["id"]: self._store.reason_of_campaign(row) for row in self._earlier}, self._step)
