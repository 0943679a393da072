"""How numbers are found that must not be called: those of a whole list, and those among some."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from heapq import merge
from itertools import chain, groupby
from operator import attrgetter
from typing import Final, NamedTuple, Protocol

from msgspec import Struct

from tui.campaign.reach import Cause, cause_of
from tui.store.database import Row
from tui.store.lists import LIST
from tui.store.repository import Repository
from tui.store.sql import cases, literals, sql

AT_ONCE: Final = 20_000  # rows of a list that one statement looks through
# On so many numbers each is looked for in the list; of more, each row of the list is looked for among them.
FEW: Final = 20_000
_POSITION: Final = attrgetter("position")
_RANK: Final = attrgetter("rank")
# The words of `do_not_call.why` and of `suppressed.source`.
OF_OWN_LIST: Final = (Cause.PRESSED, Cause.BY_HAND)
OF_OTHERS: Final = (Cause.FILE, Cause.BLOCKED, Cause.UNTOLD)

_OWN_CASES: Final = cases({cause: cause.rank for cause in OF_OWN_LIST})
_OWN: Final = sql("CASE why {cases} END AS cause", cases=_OWN_CASES)
_OTHERS: Final = sql("CASE source {cases} END AS cause", cases=cases({cause: cause.rank for cause in OF_OTHERS}))
_ANY: Final = sql("""
SELECT phone, {own} FROM do_not_call WHERE profile = :profile
UNION ALL SELECT phone, {others} FROM suppressed WHERE profile = :profile
""", own=_OWN, others=_OTHERS)
# Each phone once, with the first cause.
_REFUSED: Final = sql("SELECT phone, min(cause) AS cause FROM ({any}) AS any_of GROUP BY phone", any=_ANY)
_COUNT_UP_TO: Final = "SELECT count(*) FROM (SELECT 1 FROM ({any}) AS any_of LIMIT {limit}) AS first_of"
_AMONG: Final = (
    sql("SELECT phone, {own} FROM asked CROSS JOIN do_not_call WHERE profile = ? AND phone = asked.value", own=_OWN),
    sql("""
    SELECT phone, {others} FROM asked CROSS JOIN suppressed
    WHERE profile = ? AND source IN ({sources}) AND phone = asked.value
    """, others=_OTHERS, sources=literals(OF_OTHERS)),
)
# The columns of a `FoundRow`, but for the last.
ROW: Final = sql("""numbers.position AS position,
    CASE WHEN numbers.duplicate_of IS NULL THEN 1 ELSE 0 END AS called,
    CASE WHEN numbers.phrase <> '' THEN 1 ELSE 0 END AS phrased""")
_FOUND: Final = sql("""
SELECT {row}, refused.cause AS rank FROM ({refused}) AS refused CROSS JOIN numbers
WHERE numbers.list_id = {list} AND numbers.phone = refused.phone AND numbers.problem IS NULL ORDER BY numbers.position
""", row=ROW, refused=_REFUSED, list=LIST)
# The rows of a stretch of a list that may be called but for their numbers.
STRETCH: Final = sql("""numbers.list_id = {list} AND numbers.position > :after AND numbers.position <= :to
    AND numbers.problem IS NULL""", list=LIST)
_FOUND_IN_STRETCH: Final = sql("""
SELECT {row}, CASE WHEN own.why IS NOT NULL THEN CASE own.why {own} END
    WHEN file.phone IS NOT NULL THEN {file} WHEN blocked.phone IS NOT NULL THEN {blocked} ELSE {untold} END AS rank
FROM numbers
LEFT JOIN do_not_call AS own ON own.profile = :profile AND own.phone = numbers.phone
LEFT JOIN suppressed AS file ON file.profile = :profile AND file.source = 'file' AND file.phone = numbers.phone
LEFT JOIN suppressed AS blocked
    ON blocked.profile = :profile AND blocked.source = 'blocked' AND blocked.phone = numbers.phone
LEFT JOIN suppressed AS untold
    ON untold.profile = :profile AND untold.source = 'untold' AND untold.phone = numbers.phone
WHERE {stretch} AND coalesce(own.phone, file.phone, blocked.phone, untold.phone) IS NOT NULL ORDER BY numbers.position
""", row=ROW, stretch=STRETCH, own=_OWN_CASES, file=Cause.FILE.rank, blocked=Cause.BLOCKED.rank,
    untold=Cause.UNTOLD.rank)


class FoundRow(NamedTuple):
    """A row of a list that is not called. `rank`: of the cause."""

    position: int
    called: int  # 1 where it is no duplicate
    phrased: int  # 1 where it has a phrase
    rank: int


class SearchedList(Struct, frozen=True):
    """The list of a campaign that is looked through. `stopped` ends the search, whatever it has found."""

    campaign: int
    profile: str
    end: int  # its last position
    stopped: Callable[[], bool]

    def stretches(self) -> Iterator[Mapping[str, str | int]]:
        """The values of statements with STRETCH, one stretch after another."""
        for after in range(0, self.end, AT_ONCE):
            if self.stopped():
                return
            yield {"campaign": self.campaign, "profile": self.profile, "after": after, "to": after + AT_ONCE}


class ListSearch(Protocol):
    """Finds the numbers of one cause or several in a list."""

    def in_list(self, searched: SearchedList) -> Iterator[FoundRow]:
        """The rows of a list without a problem that are not called, by position."""


class CauseSearch(ListSearch, Protocol):
    """Finds them among numbers in no list, too."""

    def among(self, profile: str, phones: Collection[str]) -> Iterator[tuple[str, Cause]]:
        """Those of some phones, which are as they are sent, that are not called; one may come several times."""


class ListedSearch(Repository):
    """Those on the profile's do-not-call list, and on the lists of others that are kept of it."""

    def in_list(self, searched: SearchedList) -> Iterator[FoundRow]:
        return map(FoundRow._make, self._rows(searched))

    def among(self, profile: str, phones: Collection[str]) -> Iterator[tuple[str, Cause]]:
        return ((row["phone"], cause_of(row["cause"])) for statement in _AMONG
                for row in self._among(statement, phones, profile))

    def _rows(self, searched: SearchedList) -> Iterator[Row]:
        values = {"campaign": searched.campaign, "profile": searched.profile}
        if self._database.number(sql(_COUNT_UP_TO, any=_ANY, limit=FEW + 1), values) <= FEW:
            return iter(self._database.all(_FOUND, values))
        return chain.from_iterable(self._database.all(_FOUND_IN_STRETCH, each) for each in searched.stretches())


def rows_found(searches: Collection[ListSearch], searched: SearchedList) -> Iterator[FoundRow]:
    """What all searches find in a list, by position, each row once, with its first cause."""
    found = merge(*(search.in_list(searched) for search in searches), key=_POSITION)
    return (min(rows, key=_RANK) for _, rows in groupby(found, _POSITION))
