"""Who in a draft's list has answered a campaign that it was made of, and nobody knew of that when it was made, whenever
the call was.

Campaigns that it was made of, at whatever remove; other lives of these; and what a plan made of the same beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tui.campaign.reach import Cause
from tui.store.cause_search import ROW, FoundRow, SearchedList
from tui.store.database import Database, Row
from tui.store.lists import LIST
from tui.store.repository import Repository
from tui.store.sql import sql

_KIN: Final = sql("""
WITH RECURSIVE above (id) AS (
    SELECT follows FROM campaigns WHERE id = :campaign AND follows IS NOT NULL
    UNION
    SELECT campaigns.follows FROM above JOIN campaigns ON campaigns.id = above.id WHERE campaigns.follows IS NOT NULL),
kin (id) AS (
    SELECT id FROM above
    UNION
    SELECT beside.id FROM campaigns AS mine JOIN campaigns AS beside ON beside.follows = mine.follows
    WHERE mine.id = :campaign AND mine.follows_plan IS NOT NULL AND beside.follows_plan IS NOT NULL),
known (id) AS (
    SELECT id FROM kin
    UNION
    SELECT theirs.campaign_id FROM kin JOIN lives ON lives.campaign_id = kin.id
        JOIN lives AS theirs ON theirs.first_id = lives.first_id)
""")
_HEARD: Final = sql("""
{kin} SELECT count(*) AS campaigns, coalesce(max(answered_in), 0) AS heard
FROM known LEFT JOIN result_totals ON result_totals.campaign_id = known.id WHERE known.id <> :campaign
""", kin=_KIN)
_SOURCES: Final = sql("""
{kin} SELECT known.id AS id, coalesce(draft.knows, 0) AS knows
FROM known CROSS JOIN campaigns AS draft CROSS JOIN result_totals
WHERE draft.id = :campaign AND known.id <> :campaign AND result_totals.campaign_id = known.id
    AND result_totals.answered_in > coalesce(draft.knows, 0)
ORDER BY known.id
""", kin=_KIN)
_FOUND: Final = sql("""
SELECT {row} FROM results INDEXED BY results_by_answer CROSS JOIN numbers INDEXED BY numbers_by_phone
WHERE results.campaign_id = :source AND results.answered = 1 AND results.answered_in > :knows
    AND numbers.list_id = {list} AND numbers.phone = results.phone AND numbers.problem IS NULL
""", row=ROW, list=LIST)


class AnsweredSearch(Repository):
    """Nobody says otherwise: whoever has answered is not called again by a draft that knew nothing of it."""

    def in_list(self, searched: SearchedList) -> Iterator[FoundRow]:
        found = {row["position"]: FoundRow(row["position"], row["called"], row["phrased"], Cause.ANSWERED_SINCE.rank)
                 for row in _answers(self._database, searched)}
        return iter([found[position] for position in sorted(found)])


def _answers(database: Database, searched: SearchedList) -> Iterator[Row]:
    for source in database.all(_SOURCES, {"campaign": searched.campaign}):
        if searched.stopped():
            return
        yield from database.all(_FOUND, {
            "campaign": searched.campaign, "source": source["id"], "knows": source["knows"]})


def heard(database: Database, campaign: int) -> int | None:
    """When somebody was last found to have answered a campaign that one was made of, in the order of arrivals. None
    where it was made of none."""
    row = database.one(_HEARD, {"campaign": campaign})
    return int(row["heard"]) if row is not None and row["campaigns"] else None


def has_answered_since(database: Database, campaign: int) -> bool:
    """Whether somebody who is in the list has."""
    return next(_answers(database, SearchedList(campaign, "", 0, lambda: False)), None) is not None
