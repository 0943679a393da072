"""Numbers that a launch would call too often or too soon, by what other campaigns have called and may call.

The same as `tui.campaign.call_limit.why_not` finds of each number by itself, in a few statements for a whole list. What
is kept of each number of another campaign is read (`results`, kept up as calls come in); calls by themselves only where
a number was called more than once and some of that may be too long ago.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from tui.campaign.call_limit import LATE_RESULTS, LaunchLimits, Span, calls_of
from tui.campaign.lifecycle import State
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.reach import Cause
from tui.store.aggregates import Aggregates
from tui.store.cause_search import ROW, STRETCH, CauseSearch, FoundRow, SearchedList
from tui.store.columns import moment, object_of, stamp, when
from tui.store.database import Row
from tui.store.lists import LIST, make_table
from tui.store.repository import Context, Repository
from tui.store.result_values import FIRST_UNLISTED
from tui.store.sql import NOTHING, Sql, named_marks, names, sql
from tui.store.successor_guard import formers_of

_NEVER: Final = "9999"  # later than any moment
_LIVE: Final = frozenset({State.LAUNCHING, State.UNCONFIRMED, State.ON, State.OFF})
_CALLED: Final = frozenset({*_LIVE, State.DELETED})
# Rows of results that are read in their order in the time in which a number is looked up in another campaign.
_ROWS_A_LOOK_UP: Final = 20

# All others that may have called since then, or may call: with what their span follows from. What a launch has made
# beside its campaign has no list of its own, and calls the one of that.
_OTHERS: Final = """
SELECT campaigns.id AS id, coalesce(campaigns.list, copied.list) AS list,
    CASE WHEN campaigns.list IS NULL AND copied.list IS NOT NULL THEN 1 ELSE 0 END AS lent,
    campaigns.state AS state, campaigns.state_at AS state_at,
    campaigns.ends_at AS ends_at, campaigns.missing AS missing, campaigns.adopted AS adopted,
    campaigns.fields AS fields, campaigns.test_of AS test_of, campaigns.called_again AS called_again,
    campaigns.created_at AS created_at, coalesce(result_totals.called, 0) AS called,
    (SELECT max(asked_at) FROM launches WHERE launches.campaign_id = campaigns.id) AS launched_at
FROM campaigns LEFT JOIN result_totals ON result_totals.campaign_id = campaigns.id
LEFT JOIN campaigns AS copied ON copied.id = campaigns.copied_from AND campaigns.adopted = 1
WHERE campaigns.profile = :profile AND campaigns.id <> :campaign AND campaigns.state NOT IN ('draft', 'rejected')
    AND (coalesce(campaigns.ends_at, '') = '' OR campaigns.ends_at > :since OR result_totals.last_happened_at > :since)
UNION ALL
SELECT campaigns.id, campaigns.list, 0, campaigns.state, campaigns.state_at, '', 0, 0, '{{}}', campaigns.test_of, 0,
    campaigns.created_at, result_totals.called, NULL
FROM campaigns CROSS JOIN result_totals
WHERE campaigns.profile = :profile AND campaigns.id <> :campaign AND campaigns.state IN ('draft', 'rejected')
    AND result_totals.campaign_id = campaigns.id AND result_totals.called > 0
"""
# `may`: how often a row may be called; `counted`, `quiet`: whether that is soon enough to count for either rule.
# `whole`: all its calls are so late that they count. `former`: the campaign that is asked about takes its place.
# `lent`: the list is another's, and results of its numbers are as of numbers in no list.
_REACH: Final = sql("""campaign INTEGER PRIMARY KEY, list BIGINT, lent INTEGER NOT NULL, again INTEGER NOT NULL,
    test INTEGER NOT NULL, may BIGINT NOT NULL, counted INTEGER NOT NULL, quiet INTEGER NOT NULL,
    whole INTEGER NOT NULL, former INTEGER NOT NULL""")
_REACH_COLUMNS: Final = ("campaign", "list", "lent", "again", "test", "may", "counted", "quiet", "whole", "former")
# As a number is sent, and as the provider may name it: without the 00 of one abroad.
_MINE: Final = sql("phone TEXT NOT NULL, reported TEXT NOT NULL")
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
# Whose results are read: all that a campaign has, or those of some numbers.
_OF_ALL: Final = (sql("reach CROSS JOIN results WHERE results.campaign_id = campaign"),)
_OF_SOME: Final = (
    sql("""mine CROSS JOIN reach CROSS JOIN numbers AS listed CROSS JOIN results
    WHERE mine.phone = mine.reported AND listed.list_id = reach.list AND listed.phone = mine.phone
        AND listed.problem IS NULL AND listed.duplicate_of IS NULL
        AND results.campaign_id = campaign AND results.position = listed.position"""),
    sql("""mine CROSS JOIN reach CROSS JOIN results
    WHERE results.campaign_id = campaign AND results.phone = mine.reported AND results.position >= {unlisted}""",
        unlisted=FIRST_UNLISTED))
_PHONE_OF_ALL: Final = sql("results.phone")
_PHONE_OF_SOME: Final = sql("mine.phone")
_PHONE_UNCALLED: Final = sql("{uncalled}.phone", uncalled=names("numbers"))
_FILL: Final = """
INSERT INTO reached SELECT phone, calls, quiet FROM (
    SELECT {phone} AS phone, {made} + CASE WHEN counted = 1 THEN {left} ELSE 0 END AS calls, {is_quiet} AS quiet
    FROM {results} {not_own}) AS found
WHERE calls > 0 OR quiet = 1
"""
_MIXED: Final = """
SELECT campaign, results.position AS position, {phone} AS phone FROM {results} AND {one_by_one} {not_own}
"""
# Those of other lists that nobody has called yet. A row that repeats another is called where the campaign has it so.
_UNCALLED: Final = """
INSERT INTO reached SELECT numbers.phone, CASE WHEN counted = 1 THEN may ELSE 0 END, quiet
FROM {numbers} LEFT JOIN results ON results.campaign_id = campaign
    AND results.position = coalesce(numbers.duplicate_of, numbers.position)
WHERE {of_them} may > 0 AND (counted = 1 OR quiet = 1) AND numbers.problem IS NULL
    AND (numbers.duplicate_of IS NULL OR again = 1) AND results.position IS NULL AND (lent = 0 OR NOT EXISTS (
        SELECT 1 FROM results AS theirs WHERE theirs.campaign_id = campaign AND theirs.phone = numbers.phone
            AND theirs.position >= {unlisted})) {not_own}
"""
_UNCALLED_OF_ALL: Final = (sql("reach CROSS JOIN numbers"), sql("numbers.list_id = reach.list AND"))
_UNCALLED_OF_SOME: Final = (sql("mine CROSS JOIN reach CROSS JOIN numbers"), sql(
    "mine.phone = mine.reported AND numbers.list_id = reach.list AND numbers.phone = mine.phone AND"))
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
_SIZE: Final = sql("SELECT coalesce(sum(many), 0) FROM number_counts WHERE list_id = {list}", list=LIST)
_CHOOSE_LIST: Final = sql("""
INSERT INTO mine SELECT phone, phone FROM numbers
WHERE list_id = {list} AND problem IS NULL AND duplicate_of IS NULL
""", list=LIST)
_CHOOSE_REPORTED: Final = "INSERT INTO mine SELECT phone, substr(phone, 3) FROM mine WHERE phone LIKE '00%'"
_MAX: Final = 1 << 40  # calls: more than are ever made
_FEW_ROWS: Final = 20_000  # that are read as fast as anything is looked up
_LATE: Final = dt.timedelta(days=1)  # by which a call may have ended after its campaign's hours


@dataclass(frozen=True, slots=True)
class _Other:
    """Another campaign of the profile, as it counts."""

    id: int
    list: int | None
    lent: bool
    again: bool
    test: bool
    may: int
    span: Span | None
    called: int
    whole: bool
    former: bool


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
        others = self._others(searched.profile, searched.campaign)
        some = self._is_quicker(size, others)
        if some:
            self._choose_list(searched)
        self._fill(others, some=some)
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
        others = self._others(profile, 0)
        some = self._is_quicker(len(rows), others)
        if some:
            self._choose(rows)
        self._fill(others, some=some)
        known = {row["phone"]: (int(row["calls"]), bool(row["quiet"])) for row in self._database.all(_KNOWN_NUMBERS)
                 if row["phone"] in rows}
        for phone, count in rows.items():
            calls, quiet = known.get(phone, (0, False))
            if calls + count * self._limits.calls > self._most:
                yield phone, Cause.TOO_OFTEN
            elif quiet:
                yield phone, Cause.TOO_SOON

    def _others(self, profile: str, campaign: int) -> list[_Other]:
        """The other campaigns that count. Who is asked about a number that no campaign has yet names none: 0."""
        now = self._context.now()
        since = min(self._since, self._quiet_since)
        formers = frozenset(former for former, _ in formers_of(self._database, campaign))
        rows = self._database.all(_OTHERS, {
            "profile": profile, "campaign": campaign, "since": stamp(moment(since) - _LATE)})
        with self._database.legible():
            return [self._other(row, now, former=row["id"] in formers) for row in rows]

    def _other(self, row: Row, now: dt.datetime, *, former: bool) -> _Other:
        draft = ParsedDraft(object_of(row["fields"]))
        launched = when(row["launched_at"])
        state = State(row["state"])
        span = self._span(row, state, draft, now)
        calls = state in _CALLED and span is not None and not former
        return _Other(row["id"], row["list"], bool(row["lent"]), bool(row["called_again"]), row["test_of"] is not None,
                      calls_of(draft) if calls else 0, span if calls else None, row["called"],
                      launched is not None and stamp(launched) > self._since, former)

    def _span(self, row: Row, state: State, draft: ParsedDraft, now: dt.datetime) -> Span | None:
        """When it may call; or may have called, where it is over and nothing has come of it. None where it can't."""
        launched = when(row["launched_at"]) or moment(row["created_at"])
        live = state in _LIVE or (state is State.DELETED and row["missing"])
        span = Span(now, None) if row["adopted"] else Span.of(draft, launched, now if live else launched)
        if live and (span.ends is None or span.ends > now):
            return span
        if state not in _CALLED or row["adopted"]:
            return None
        span = Span.of(draft, launched, launched)
        ended = min(filter(None, [span.ends, None if live else moment(row["state_at"])]), default=now)
        if row["called"] and now - ended > LATE_RESULTS:
            return None
        return Span(span.begins, ended) if ended > span.begins else None

    def _is_quicker(self, count: int, others: Sequence[_Other]) -> bool:
        """Whether each of so many numbers is looked up in each campaign, rather than all that those have read."""
        return count * len(others) * _ROWS_A_LOOK_UP < sum(other.called for other in others) + _FEW_ROWS

    def _choose_list(self, searched: SearchedList) -> None:
        make_table(self._database, "mine", _MINE)
        self._database.run(_CHOOSE_LIST, {"campaign": searched.campaign})
        self._choose_reported()

    def _choose(self, phones: Iterable[str]) -> None:
        make_table(self._database, "mine", _MINE)
        self._database.load("mine", ("phone", "reported"), ((phone, phone) for phone in phones))
        self._choose_reported()

    def _choose_reported(self) -> None:
        self._database.run(_CHOOSE_REPORTED)

    def _fill(self, others: Sequence[_Other], *, some: bool) -> None:
        """What others have to do with each number: of all numbers, or of those that were chosen."""
        make_table(self._database, "reach", _REACH)
        self._database.load("reach", _REACH_COLUMNS, (self._reach(other) for other in others))
        make_table(self._database, "reached", _REACHED)
        phone = _PHONE_OF_SOME if some else _PHONE_OF_ALL
        own = named_marks(self._own)
        not_own, not_own_number = (sql(_NOT_OWN, phone=of, own=own) if self._own else NOTHING
                                   for of in (phone, _PHONE_UNCALLED))
        values = {"since": self._since, "quiet_since": self._quiet_since, **self._own}
        parts = {"phone": phone, "made": sql(_MADE), "left": _LEFT, "is_quiet": sql(_QUIET, left=_LEFT),
                 "not_own": not_own}
        for results in _OF_SOME if some else _OF_ALL:
            self._database.run(sql(_FILL, results=results, **parts), values)
            self._count_one_by_one(sql(_MIXED, results=results, phone=phone, one_by_one=_ONE_BY_ONE, not_own=not_own))
        numbers, of_them = _UNCALLED_OF_SOME if some else _UNCALLED_OF_ALL
        self._database.run(sql(_UNCALLED, numbers=numbers, of_them=of_them, unlisted=FIRST_UNLISTED,
                               not_own=not_own_number), self._own)
        if not some:
            self._database.run(_ABROAD)
        make_table(self._database, "known", _KNOWN)
        self._database.run(_SUM_UP)

    def _reach(self, other: _Other) -> tuple[int | None, ...]:
        counted = self._limits.most is not None and _touches(other, *self._limits.counted())
        quiet = self._limits.rules.quiet_days > 0 and _touches(other, *self._limits.quiet())
        return (other.id, other.list, int(other.lent), int(other.again), int(other.test), other.may,
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


def _touches(other: _Other, since: dt.datetime, until: dt.datetime | None) -> bool:
    return other.span is not None and other.span.touches(since, until)
