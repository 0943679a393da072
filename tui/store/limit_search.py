"""Numbers that a launch would call too often or too soon, by what other campaigns have called and may call.

The same as `tui.campaign.call_limit.why_not` finds of each number by itself, in a few statements for a whole list. What
is kept of each number of another campaign is read (`results`, kept up as calls come in); calls by themselves only where
a number was called more than once and some of that may be too long ago.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from tui.campaign.call_limit import LaunchLimits
from tui.campaign.reach import Cause
from tui.store.aggregates import Aggregates
from tui.store.cause_search import ROW, STRETCH, CauseSearch, FoundRow, SearchedList
from tui.store.columns import stamp
from tui.store.database import Row
from tui.store.lists import LIST, make_table
from tui.store.number_places import ENDINGS, places_of
from tui.store.other_campaigns import OtherCampaign, OtherCampaigns
from tui.store.repository import Context, Repository
from tui.store.result_values import FIRST_UNLISTED
from tui.store.sql import NOTHING, Sql, named_marks, names, sql

_NEVER: Final = "9999"  # later than any moment
# Rows of results that are read in their order in the time in which a number is looked up over all lists: for those that
# are found, and of the numbers that have its ending.
_ROWS_A_LOOK_UP: Final = 20
_ROWS_OF_ENDING: Final = 30  # looked through in the time of one
_ROWS_A_LIST: Final = 5  # and in the time in which it is looked for in a long list

# `may`: how often a row may be called; `counted`, `quiet`: whether that is soon enough to count for either rule.
# `whole`: all its calls are so late that they count. `former`: the campaign that is asked about takes its place.
# `lent`: the list is another's, and results of its numbers are as of numbers in no list.
_REACH: Final = sql("""campaign INTEGER PRIMARY KEY, list BIGINT, lent INTEGER NOT NULL, again INTEGER NOT NULL,
    test INTEGER NOT NULL, may BIGINT NOT NULL, counted INTEGER NOT NULL, quiet INTEGER NOT NULL,
    whole INTEGER NOT NULL, former INTEGER NOT NULL""")
_REACH_COLUMNS: Final = ("campaign", "list", "lent", "again", "test", "may", "counted", "quiet", "whole", "former")
# As a number is sent, and as the provider may name it: without the 00 of one abroad.
_MINE: Final = sql("phone TEXT NOT NULL, reported TEXT NOT NULL")
# Where some numbers are: rows of lists, whatever they are, and results of numbers that are in no list.
_HELD: Final = sql("phone TEXT NOT NULL, list BIGINT NOT NULL, place BIGINT NOT NULL")
_HEARD: Final = sql("phone TEXT NOT NULL, whose BIGINT NOT NULL, place BIGINT NOT NULL")
# The results of both.
_MET: Final = sql("""campaign_id BIGINT, position BIGINT, phone TEXT, attempts BIGINT NOT NULL, final BIGINT NOT NULL,
    last_at TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (campaign_id, position, phone)""")
_MEET: Final = """
INSERT INTO met SELECT results.campaign_id, results.position, known.phone, results.attempts, results.final,
    results.last_at, results.source
FROM {known} CROSS JOIN results WHERE {place} AND results.position = known.place
"""
_MEET_ALL: Final = (
    sql(_MEET, known=sql("held AS known CROSS JOIN reach"),
        place=sql("reach.list = known.list AND reach.lent = 0 AND results.campaign_id = reach.campaign")),
    sql(_MEET, known=sql("heard AS known"), place=sql("results.campaign_id = known.whose")),
)
# The campaigns that have to do with them.
_HOLDERS: Final = sql("campaign BIGINT PRIMARY KEY")
_LOOK_UP: Final[Mapping[str, str]] = {
    "held": sql("""
    INSERT INTO held SELECT phone, list_id, position FROM ({places}) AS places
    """, places=places_of(sql("(SELECT phone FROM mine WHERE phone = reported) AS sent"), sql("sent.phone"))),
    "heard": sql("""
    INSERT INTO heard SELECT mine.phone, results.campaign_id, results.position
    FROM mine CROSS JOIN results INDEXED BY results_of_strangers_by_phone
    WHERE results.phone = mine.reported AND results.position >= {unlisted}
    """, unlisted=FIRST_UNLISTED),
    "holders": """
    INSERT INTO holders SELECT whose FROM heard
    UNION SELECT campaigns.id FROM held CROSS JOIN campaigns INDEXED BY campaigns_of_list
    WHERE campaigns.list = held.list
    UNION SELECT lent.id FROM held CROSS JOIN campaigns INDEXED BY campaigns_of_list
        CROSS JOIN campaigns AS lent INDEXED BY campaigns_copied
    WHERE campaigns.list = held.list AND lent.copied_from = campaigns.id AND lent.list IS NULL
    """,
}
_REACHED: Final = sql("phone TEXT NOT NULL, calls BIGINT NOT NULL, quiet INTEGER NOT NULL")
_KNOWN: Final = sql("phone TEXT PRIMARY KEY, calls BIGINT NOT NULL, quiet INTEGER NOT NULL")
_NOT_OWN: Final = "AND (test = 0 OR {phone} NOT IN ({own}))"

# How many calls a number of another campaign may get in all: one that calls each phrase has it in several rows.
_IN_ALL: Final = sql("""may * CASE WHEN again = 0 OR (results.position >= {unlisted} AND lent = 0) THEN 1 ELSE (
    SELECT count(*) FROM numbers AS alike WHERE alike.list_id = reach.list AND alike.phone = results.phone
        AND alike.problem IS NULL) END""", unlisted=FIRST_UNLISTED)
_LEFT: Final = sql("CASE WHEN (final = 1 AND again = 0) OR {in_all} <= attempts THEN 0 ELSE {in_all} - attempts END",
                   in_all=_IN_ALL)
# Of calls that both a notification and a record tell of, each may be one call or two: these are counted one by one.
_MADE: Final = """CASE WHEN last_at <= :since THEN 0 WHEN attempts = 1 OR whole = 1 THEN attempts
    WHEN source = 'webhook' THEN (SELECT count(*) FROM notifications AS made WHERE made.campaign_id = campaign
        AND made.position = results.position AND made.happened_at > :since)
    WHEN source = 'records' THEN (SELECT count(*) FROM records AS made WHERE made.campaign_id = campaign
        AND made.position = results.position AND coalesce(made.ended_at, made.started_at) > :since)
    ELSE 0 END"""
_ONE_BY_ONE: Final = sql("source = 'both' AND attempts > 1 AND whole = 0 AND last_at > :since")
_QUIET: Final = """CASE WHEN former = 0 AND (last_at > :quiet_since OR (quiet = 1 AND {left} > 0))
    THEN 1 ELSE 0 END"""
# What is read of results: all that campaigns have, or what was met of some numbers, by the same names.
_ALL_RESULTS: Final = names("results")
_RESULTS_MET: Final = sql("met AS results")
_PHONE: Final = sql("results.phone")
_PHONE_UNCALLED: Final = sql("numbers.{column}", column=names("phone"))
_FILL: Final = """
INSERT INTO reached SELECT phone, calls, quiet FROM (
    SELECT results.phone AS phone, {made} + CASE WHEN counted = 1 THEN {left} ELSE 0 END AS calls, {is_quiet} AS quiet
    FROM reach CROSS JOIN {results} WHERE results.campaign_id = campaign {not_own}) AS found
WHERE calls > 0 OR quiet = 1
"""
_MIXED: Final = """
SELECT campaign, results.position AS position, results.phone AS phone FROM reach CROSS JOIN {results}
WHERE results.campaign_id = campaign AND {one_by_one} {not_own}
"""
# Those of other lists that nobody has called yet. A row that repeats another is called where the campaign has it so.
_UNCALLED: Final = """
INSERT INTO reached SELECT numbers.phone, CASE WHEN counted = 1 THEN may ELSE 0 END, quiet
FROM {numbers} LEFT JOIN {results} ON results.campaign_id = campaign
    AND results.position = coalesce(numbers.duplicate_of, numbers.position)
WHERE {of_them} may > 0 AND (counted = 1 OR quiet = 1) AND numbers.problem IS NULL
    AND (numbers.duplicate_of IS NULL OR again = 1) AND results.position IS NULL AND (lent = 0 OR NOT EXISTS (
        SELECT 1 FROM results AS theirs WHERE theirs.campaign_id = campaign AND theirs.phone = numbers.phone
            AND theirs.position >= {unlisted})) {not_own}
"""
_UNCALLED_OF_ALL: Final = (sql("reach CROSS JOIN numbers"), sql("numbers.list_id = reach.list AND"))
# A row of a list is read where no result has its place.
_UNCALLED_OF_SOME: Final = (
    sql("""held CROSS JOIN reach
    LEFT JOIN met AS mine ON mine.campaign_id = campaign AND mine.position = held.place CROSS JOIN numbers"""),
    sql("""reach.list = held.list AND mine.position IS NULL AND numbers.list_id = held.list
    AND numbers.position = held.place AND"""))
_ABROAD: Final = sql("""
INSERT INTO reached SELECT '00' || phone, calls, quiet FROM reached WHERE phone NOT LIKE '00%' AND phone NOT LIKE '90%'
""")
_SUM_UP: Final = sql("""
INSERT INTO known SELECT phone, sum(calls), max(quiet) FROM reached GROUP BY phone
""")
# Where a number is called once for each phrase, that many rows of it count.
_ROWS: Final = sql("""(SELECT count(*) FROM (SELECT DISTINCT alike.phrase, alike.lang FROM numbers AS alike
    WHERE alike.list_id = {list} AND alike.phone = numbers.phone AND alike.problem IS NULL) AS phrases)""", list=LIST)
_JUDGED: Final = """
SELECT position, called, phrased, CASE WHEN total > :most THEN {often} ELSE {soon} END AS rank FROM (
    SELECT {row}, coalesce(calls, 0) + :own * {rows} AS total, coalesce(known.quiet, 0) AS quiet
    FROM numbers LEFT JOIN known ON known.phone = numbers.phone WHERE {stretch}) AS judged
WHERE total > :most OR quiet = 1 ORDER BY position
"""
_PARTS: Final[Mapping[str, Sql | int]] = {
    "row": ROW, "stretch": STRETCH, "often": Cause.TOO_OFTEN.rank, "soon": Cause.TOO_SOON.rank}
_FOUND: Final = sql("""
SELECT {row}, CASE WHEN calls + :own > :most THEN {often} ELSE {soon} END AS rank FROM numbers CROSS JOIN known
WHERE {stretch} AND known.phone = numbers.phone AND (calls + :own > :most OR known.quiet = 1)
ORDER BY numbers.position
""", **_PARTS)
_FOUND_OF_ALL: Final = sql(_JUDGED, rows=1, **_PARTS)  # those too of whom nothing is known
_FOUND_SEVERAL: Final = sql(_JUDGED, rows=_ROWS, **_PARTS)
_KNOWN_NUMBERS: Final = "SELECT phone, calls, quiet FROM known"
_BY_LIST: Final = "CREATE INDEX reach_by_list ON reach (list)"
_ALL_SHORT: Final = """
SELECT coalesce(sum(many), 0) FROM number_counts WHERE list_id NOT IN (SELECT id FROM lists WHERE long = 1)
"""
_LONG_LISTS: Final = "SELECT count(*) FROM lists WHERE long = 1"
_ALL_CALLED: Final = "SELECT coalesce(sum(called), 0) FROM result_totals"
_SIZE: Final = sql("SELECT coalesce(sum(many), 0) FROM number_counts WHERE list_id = {list}", list=LIST)
_CHOOSE_LIST: Final = sql("""
INSERT INTO mine SELECT phone, phone FROM numbers
WHERE list_id = {list} AND problem IS NULL AND duplicate_of IS NULL
""", list=LIST)
_CHOOSE_REPORTED: Final = "INSERT INTO mine SELECT phone, substr(phone, 3) FROM mine WHERE phone LIKE '00%'"
_MAX: Final = 1 << 40  # calls: more than are ever made
_FEW_ROWS: Final = 20_000  # that are read as fast as anything is looked up


class LimitSearch(Repository, CauseSearch):
    """By tables beside the database, which are made when something is asked, and are this connection's own."""

    def __init__(self, context: Context, aggregates: Aggregates, limits: LaunchLimits) -> None:
        super().__init__(context)
        self._aggregates = aggregates
        self._limits = limits
        self._own = {f"own_{place}": phone for place, phone in enumerate(sorted(limits.rules.own_numbers))}
        most = limits.most
        self._most = _MAX if most is None else most
        self._since = _NEVER if most is None else stamp(limits.counted()[0])
        self._quiet_since = stamp(limits.quiet()[0]) if limits.rules.quiet_days else _NEVER

    def in_list(self, searched: SearchedList) -> Iterator[FoundRow]:
        size = self._database.number(_SIZE, {"campaign": searched.campaign})
        some = self._is_quicker(size)
        if some:
            make_table(self._database, "mine", _MINE)
            self._database.run(_CHOOSE_LIST, {"campaign": searched.campaign})
            self._look_up()
        self._fill(self._others(searched.profile, searched.campaign, some=some), some=some)
        if not self._of_all and not self._database.number("SELECT count(*) FROM known"):
            return iter(())
        return map(FoundRow._make, chain.from_iterable(self._rows(searched)))

    @property
    def _of_all(self) -> bool:
        """Whether a number may be found of which nothing is known."""
        return self._limits.several or not self._limits.allows_itself

    def _rows(self, searched: SearchedList) -> Iterator[list[Row]]:
        statement = _FOUND_SEVERAL if self._limits.several else _FOUND_OF_ALL if self._of_all else _FOUND
        values = {"own": self._limits.calls, "most": self._most, "campaign": searched.campaign}
        for each in searched.stretches():
            yield self._database.all(statement, {**values, "after": each["after"], "to": each["to"]})

    def among(self, profile: str, phones: Collection[str]) -> Iterator[tuple[str, Cause]]:
        rows = Counter(phones)
        some = self._is_quicker(len(rows))
        if some:
            make_table(self._database, "mine", _MINE)
            self._database.load("mine", ("phone", "reported"), ((phone, phone) for phone in rows))
            self._look_up()
        self._fill(self._others(profile, 0, some=some), some=some)
        known = {row["phone"]: (int(row["calls"]), bool(row["quiet"])) for row in self._database.all(_KNOWN_NUMBERS)
                 if row["phone"] in rows}
        for phone, count in rows.items():
            calls, quiet = known.get(phone, (0, False))
            if calls + count * self._limits.calls > self._most:
                yield phone, Cause.TOO_OFTEN
            elif quiet:
                yield phone, Cause.TOO_SOON

    def _others(self, profile: str, campaign: int, *, some: bool) -> list[OtherCampaign]:
        """Those that have to do with numbers that were chosen, or all. `campaign`: 0 where it is of none yet."""
        return OtherCampaigns(self._context, min(self._since, self._quiet_since), self._since).of(
            profile, campaign, holders=some)

    def _is_quicker(self, count: int) -> bool:
        """Whether each of so many numbers is looked up over all lists, rather than all read that the campaigns have."""
        each = (_ROWS_A_LOOK_UP + self._database.number(_ALL_SHORT) // ENDINGS // _ROWS_OF_ENDING
                + self._database.number(_LONG_LISTS) * _ROWS_A_LIST)
        return count * each < self._database.number(_ALL_CALLED) + _FEW_ROWS

    def _look_up(self) -> None:
        """Where the chosen numbers are."""
        self._database.run(_CHOOSE_REPORTED)
        for name, columns in (("held", _HELD), ("heard", _HEARD), ("holders", _HOLDERS)):
            make_table(self._database, name, columns)
        for table, statement in _LOOK_UP.items():
            self._database.run(statement)
            self._database.analyze(table)

    def _fill(self, others: Sequence[OtherCampaign], *, some: bool) -> None:
        """What others have to do with each number: of all numbers, or of those that were chosen."""
        make_table(self._database, "reach", _REACH)
        self._database.run(_BY_LIST)
        self._database.load("reach", _REACH_COLUMNS, self._reach(others))
        make_table(self._database, "reached", _REACHED)
        results = _ALL_RESULTS
        if some:
            make_table(self._database, "met", _MET)
            for statement in _MEET_ALL:
                self._database.run(statement)
            results = _RESULTS_MET
        not_own, not_own_number = (sql(_NOT_OWN, phone=of, own=named_marks(self._own)) if self._own else NOTHING
                                   for of in (_PHONE, _PHONE_UNCALLED))
        values = {"since": self._since, "quiet_since": self._quiet_since, **self._own}
        self._database.run(sql(_FILL, results=results, made=sql(_MADE), left=_LEFT, is_quiet=sql(_QUIET, left=_LEFT),
                               not_own=not_own), values)
        self._count_one_by_one(sql(_MIXED, results=results, one_by_one=_ONE_BY_ONE, not_own=not_own))
        numbers, of_them = _UNCALLED_OF_SOME if some else _UNCALLED_OF_ALL
        self._database.run(sql(_UNCALLED, numbers=numbers, results=results, of_them=of_them, unlisted=FIRST_UNLISTED,
                               not_own=not_own_number), self._own)
        if not some:
            self._database.run(_ABROAD)
        make_table(self._database, "known", _KNOWN)
        self._database.run(_SUM_UP)

    def _reach(self, others: Iterable[OtherCampaign]) -> Iterator[tuple[int | None, ...]]:
        counted_around, quiet_around = self._limits.counted(), self._limits.quiet()
        counts, quietens = self._limits.most is not None, self._limits.rules.quiet_days > 0
        for other in others:
            counted = counts and _touches(other, *counted_around)
            quiet = quietens and _touches(other, *quiet_around)
            yield (other.id, other.list, int(other.lent), int(other.again), int(other.test), other.may,
                   int(counted), int(quiet), int(other.whole), int(other.former))

    def _count_one_by_one(self, statement: Sql) -> None:
        """Add the calls of numbers of which both notifications and call records tell."""
        places: dict[int, dict[int, str]] = {}
        for row in self._database.all(statement, {"since": self._since, **self._own}):
            places.setdefault(int(row["campaign"]), {})[int(row["position"])] = row["phone"]
        for campaign, phones in places.items():
            made = self._aggregates.attempts(campaign, phones)
            self._database.load("reached", ("phone", "calls", "quiet"), (
                (phones[position], sum(stamp(call.at) > self._since for call in calls), 0)
                for position, calls in made.items()))


def _touches(other: OtherCampaign, since: dt.datetime, until: dt.datetime | None) -> bool:
    return other.span is not None and other.span.touches(since, until)
