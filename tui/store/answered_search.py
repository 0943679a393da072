"""Who in a draft's list has answered a campaign that it was made of, since it was made: nobody knew of that then.

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
{kin} SELECT count(*) AS campaigns, coalesce(sum(notifications + records), 0) AS heard
FROM known LEFT JOIN result_totals ON result_totals.campaign_id = known.id WHERE known.id <> :campaign
""", kin=_KIN)
# Of those of which something may have come in since.
_SOURCES: Final = sql("""
{kin} SELECT known.id AS id, draft.created_at AS since, result_totals.records AS records,
    CASE WHEN result_totals.last_received_at > draft.created_at THEN 1 ELSE 0 END AS notified
FROM known CROSS JOIN campaigns AS draft CROSS JOIN result_totals
WHERE draft.id = :campaign AND known.id <> :campaign AND result_totals.campaign_id = known.id
    AND result_totals.answered > 0 AND (result_totals.records > 0 OR result_totals.last_received_at > draft.created_at)
ORDER BY known.id
""", kin=_KIN)
# When a record was fetched is not kept: the call itself has to be later.
_FOUND: Final = """
SELECT {row}, calls.status AS status FROM results INDEXED BY results_by_answer CROSS JOIN {calls} AS calls
    CROSS JOIN numbers INDEXED BY numbers_by_phone
WHERE results.campaign_id = :source AND results.answered = 1
    AND calls.campaign_id = results.campaign_id AND calls.position = results.position AND {late}
    AND numbers.list_id = {list} AND numbers.phone = results.phone AND numbers.problem IS NULL
"""
_BY_NOTIFICATION: Final = sql(_FOUND, row=ROW, list=LIST, calls=sql("notifications"),
                              late=sql("calls.received_at > :since"))
_BY_RECORD: Final = sql(_FOUND, row=ROW, list=LIST, calls=sql("records"),
                        late=sql("coalesce(calls.ended_at, calls.started_at) > :since"))


class AnsweredSearch(Repository):
    """Nobody says otherwise: whoever has answered is not called again by a draft that knew nothing of it."""

    def in_list(self, searched: SearchedList) -> Iterator[FoundRow]:
        found = {row["position"]: FoundRow(row["position"], row["called"], row["phrased"], Cause.ANSWERED_SINCE.rank)
                 for row in _answers(self._database, searched)}
        return iter([found[position] for position in sorted(found)])


def _answers(database: Database, searched: SearchedList) -> Iterator[Row]:
    from tui.campaign.results import ANSWERED, described  # a launch needs it, the list of campaigns doesn't

    for source in database.all(_SOURCES, {"campaign": searched.campaign}):
        if searched.stopped():
            return
        values = {"campaign": searched.campaign, "source": source["id"], "since": source["since"]}
        for statement, needed in ((_BY_NOTIFICATION, source["notified"]), (_BY_RECORD, source["records"])):
            if needed:
                yield from (row for row in database.all(statement, values) if described(row["status"]) in ANSWERED)


def heard(database: Database, campaign: int) -> int | None:
    """How much is known of the campaigns that one was made of: it grows with each notification and call record. None
    where it was made of none."""
    row = database.one(_HEARD, {"campaign": campaign})
    return int(row["heard"]) if row is not None and row["campaigns"] else None


def has_answered_since(database: Database, campaign: int) -> bool:
    """Whether somebody who is in the list has."""
    return next(_answers(database, SearchedList(campaign, "", 0, lambda: False)), None) is not None
