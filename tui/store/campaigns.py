"""The list of campaigns: one by one, by the page, counted; its filters and orders as SQL that its indexes serve."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from tui.campaign.lifecycle import Action, State
from tui.campaign.menu import KEYS
from tui.store.columns import moment, object_of
from tui.store.errors import NoSuchCampaign
from tui.store.repository import ASKED_CAMPAIGNS, CAMPAIGN_BY_ID, CAMPAIGNS, Repository, campaign_of, end_of
from tui.store.sql import NOTHING, Sql, all_of, any_of, cases, literally, literals, marks, sql
from tui.store.values import Campaign, ListFilter, Sort, SortColumn

_ID: Final = re.compile(r"[1-9][0-9]{0,17}")
_CALLED: Final = sql("campaigns.numbers - campaigns.bad_numbers - campaigns.duplicate_numbers")
_SHOWN_NUMBERS: Final = sql("{called} + campaigns.earlier_numbers", called=_CALLED)
# `Totals.complete` and `Window.is_over` in SQL.
_COMPLETE: Final = sql("""EXISTS (SELECT 1 FROM result_totals WHERE result_totals.campaign_id = campaigns.id
    AND campaigns.called_again = 0 AND {called} > 0
    AND result_totals.final - result_totals.final_strangers >= {called})""", called=_CALLED)
_OVER: Final = sql("(campaigns.ends_at > '' AND campaigns.ends_at <= ? OR {complete})", complete=_COMPLETE)
# `Campaign.standing` in SQL.
_MISSING: Final = sql("campaigns.missing = 1")
_UNSET: Final = sql("(campaigns.adopted = 1 AND campaigns.last_set_at IS NULL)")
_STANDING: Final = {State.MISSING: _MISSING, State.UNKNOWN: sql("campaigns.missing = 0 AND {unset}", unset=_UNSET)}
_SET: Final = sql("campaigns.missing = 0 AND NOT {unset}", unset=_UNSET)
_STATE: Final = sql("campaigns.state")
_SWITCHED: Final = frozenset({State.ON, State.OFF})
_IS_SWITCHED: Final = sql("campaigns.state IN ('on', 'off')")
_AT_PROVIDER: Final = _SWITCHED | {State.FINISHED, *_STANDING}
_SHOWN: Final = sql("""CASE WHEN campaigns.state NOT IN ('on', 'off') THEN campaigns.state
    WHEN {missing} THEN 'missing' WHEN {unset} THEN 'unknown' WHEN {over} THEN 'finished'
    ELSE campaigns.state END""", missing=_MISSING, unset=_UNSET, over=_OVER)
_IN_FLIGHT: Final = sql("campaigns.id IN (SELECT campaign_id FROM switches WHERE outcome IS NULL)")
_NOT_IN_FLIGHT: Final = sql("NOT {in_flight}", in_flight=_IN_FLIGHT)
_NOT_OVER: Final = sql("NOT {over}", over=_OVER)
_NOT_DELETED: Final = sql("campaigns.state <> 'deleted'")
_NAMED: Final = sql("campaigns.name_folded LIKE ? ESCAPE '!'")
_NOT_NAMED: Final = sql("campaigns.name_folded NOT LIKE ? ESCAPE '!'")
_NAMED_OR_ID: Final = sql("({named} OR campaigns.provider_id = ?)", named=_NAMED)
_NEVER: Final = sql("1 = 0")
_ORDERS: Final = {False: sql("ASC"), True: sql("DESC")}

_STATE_PLACE: Final = sql("CASE {shown} {places} END", shown=_SHOWN, places=cases(
    {state: place for place, state in enumerate(State)}))
_SHARE: Final = 1_000_000
# Nothing is called yet: before all of which something is known.
_SHARE_CALLED: Final = sql("""
coalesce(coalesce(life_totals.called, result_totals.called) * {share}
    / nullif({numbers} + coalesce(life_totals.strangers, result_totals.strangers), 0), -1)
""", share=_SHARE, numbers=_SHOWN_NUMBERS)
_SHARE_ANSWERED: Final = sql("""
coalesce(coalesce(life_totals.answered, result_totals.answered) * {share}
    / nullif(coalesce(life_totals.called, result_totals.called), 0), -1)
""", share=_SHARE)
_PRESSED: Final = sql("""
CASE WHEN life_totals.first_id IS NULL THEN
    (SELECT coalesce(sum(many), -1) FROM result_counts WHERE result_counts.campaign_id = campaigns.id
        AND kind = 'digit' AND value IN ({keys}))
ELSE (SELECT coalesce(sum(many), -1) FROM life_counts WHERE life_counts.first_id = life_totals.first_id
    AND kind = 'digit' AND value IN ({keys})) END""", keys=literals(sorted(KEYS)))
_SORTED_BY: Final = {
    SortColumn.NAME: sql("campaigns.name_sort"),
    SortColumn.PROFILE: sql("campaigns.profile"),
    SortColumn.TYPE: sql("campaigns.call_type"),
    SortColumn.STATE: _STATE_PLACE,
    SortColumn.WINDOW: sql("campaigns.window_sort"),
    SortColumn.NUMBERS: _SHOWN_NUMBERS,
    SortColumn.CALLED: _SHARE_CALLED,
    SortColumn.ANSWERED: _SHARE_ANSWERED,
    SortColumn.KEYS: _PRESSED,
    SortColumn.ID: sql("coalesce(campaigns.provider_id, 0)"),
    SortColumn.UPDATED: sql("campaigns.updated_at"),
}
_OF_TOTALS: Final = frozenset({SortColumn.CALLED, SortColumn.ANSWERED, SortColumn.KEYS})
# The last life of a campaign shows the figures of all.
_TOTALS: Final = sql(""" LEFT JOIN result_totals ON result_totals.campaign_id = campaigns.id
LEFT JOIN life_totals ON life_totals.last_id = campaigns.id""")
_COUNT: Final = "SELECT count(*) FROM campaigns WHERE {conditions}"
_IDS: Final = """
SELECT campaigns.id AS id FROM campaigns{totals} WHERE {conditions}
ORDER BY {column} {direction}, campaigns.id {direction} LIMIT ? OFFSET ?
"""
_COUNT_BY_STATE: Final = """
SELECT state, count(*) AS many FROM (
    SELECT {shown} AS state FROM campaigns WHERE campaigns.profile IN ({profiles})) AS shown GROUP BY state
"""
# By the switches: those on their way are few.
_COUNT_PENDING: Final = """
SELECT count(*) FROM switches CROSS JOIN campaigns
WHERE switches.outcome IS NULL AND campaigns.id = switches.campaign_id AND campaigns.profile IN ({profiles})
"""
_FIND: Final = sql("{campaigns} WHERE campaigns.profile = ? AND campaigns.provider_id = ?", campaigns=CAMPAIGNS)
_IS_OVER: Final = sql("CASE WHEN campaigns.ends_at > '' AND campaigns.ends_at <= :now THEN 1 ELSE 0 END")
_PERHAPS_ON: Final = sql("""
{campaigns} WHERE campaigns.profile = :profile AND campaigns.state IN ('on', 'off')
AND (campaigns.state = 'on' OR campaigns.unsure = 1 OR switches.action = :on OR {unset})
AND ({is_over} = 0 OR campaigns.missing = 0 OR campaigns.unsure = 1)
ORDER BY {is_over}, campaigns.state DESC, campaigns.id
""", campaigns=CAMPAIGNS, unset=_UNSET, is_over=_IS_OVER)
_REPORTING: Final = sql("""
SELECT campaigns.id AS id FROM campaigns LEFT JOIN result_totals ON result_totals.campaign_id = campaigns.id
WHERE campaigns.profile = :profile AND campaigns.state = 'on' AND campaigns.missing = 0 AND campaigns.adopted = 0
    AND {is_over} = 0 AND (:receiving = 1 OR result_totals.last_received_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM launches WHERE launches.campaign_id = campaigns.id AND pinged_at IS NOT NULL))
ORDER BY campaigns.id
""", is_over=_IS_OVER)
_WITHOUT_END: Final = sql("""
SELECT campaigns.id AS id, fields, adopted, max(asked_at) AS launched_at FROM campaigns
LEFT JOIN launches ON launches.campaign_id = campaigns.id
WHERE ends_at IS NULL AND state IN ('launching', 'unconfirmed', 'on', 'off') GROUP BY campaigns.id, fields, adopted
""")
_ANY_WITHOUT_END: Final = sql("{without_end} LIMIT 1", without_end=_WITHOUT_END)

_EVERYTHING: Final = ListFilter()
_NEWEST_FIRST: Final = Sort()
_ALL: Final = 1 << 62  # more than there can be

Values = tuple[str | int, ...]
Clause = tuple[Sql, Values]


class CampaignQuery:
    """The campaigns of a profile, or of those that the filter names. `now` is a stamp: what is over by then is."""

    def __init__(self, profile: str, chosen: ListFilter, now: str, fold: Callable[[str], str]) -> None:
        self._now = now
        self._where: list[Sql] = []
        self._values: list[str | int] = []
        self._take(_among(_SORTED_BY[SortColumn.PROFILE], chosen.profiles or {profile}))
        self._states(chosen)
        if chosen.call_types is not None:
            self._take(_among(_SORTED_BY[SortColumn.TYPE], chosen.call_types))
        for word in (*fold(chosen.words).split(), *map(fold, chosen.exact)):
            self._word(word)
        for word in map(fold, chosen.without):
            self._take((_NOT_NAMED, (f"%{literally(word)}%",)))

    def count(self) -> tuple[Sql, Values]:
        """A statement for how many there are."""
        return sql(_COUNT, conditions=all_of(self._where)), tuple(self._values)

    def ids(self, sort: Sort, offset: int, limit: int) -> tuple[Sql, Values]:
        """A statement for the IDs of some of them, in order; equal ones in the order in which they were made."""
        column = _SORTED_BY[sort.column]
        dated = (self._now,) * column.count("?")
        statement = sql(_IDS, totals=_TOTALS if sort.column in _OF_TOTALS else NOTHING, conditions=all_of(self._where),
                        column=column, direction=_ORDERS[sort.descending])
        return statement, (*self._values, *dated, limit, offset)

    def _take(self, condition: Clause) -> None:
        text, values = condition
        self._where.append(text)
        self._values += values

    def _states(self, chosen: ListFilter) -> None:
        conditions = [] if chosen.states is None else [self._in_states(chosen.states)]
        if chosen.pending:
            conditions.append((_IN_FLIGHT, ()))
        if conditions:
            self._take(_either(conditions))
        if chosen.pending is False:
            self._take((_NOT_IN_FLIGHT, ()))
        if not (chosen.deleted or State.DELETED in (chosen.states or ())):
            self._take((_NOT_DELETED, ()))

    def _in_states(self, states: frozenset[State]) -> Clause:
        """What the provider has is on or off as long as it isn't over, and how it stands is known."""
        if states >= _AT_PROVIDER:
            return _among(_STATE, states - _AT_PROVIDER | _SWITCHED)
        conditions = [_among(_STATE, states - _AT_PROVIDER)]
        if live := states & _SWITCHED:
            text, values = _among(_STATE, live)
            conditions.append((all_of((text, _SET, _NOT_OVER)), (*values, self._now)))
        if State.FINISHED in states:
            conditions.append((all_of((_IS_SWITCHED, _SET, _OVER)), (self._now,)))
        conditions += [(all_of((_IS_SWITCHED, text)), ()) for state, text in _STANDING.items() if state in states]
        return _either([(sql("({text})", text=text), values) for text, values in conditions])

    def _word(self, word: str) -> None:
        named = f"%{literally(word)}%"
        if _ID.fullmatch(word):
            self._take((_NAMED_OR_ID, (named, int(word))))
        else:
            self._take((_NAMED, (named,)))


def _either(conditions: Sequence[Clause]) -> Clause:
    return any_of(text for text, _ in conditions), tuple(value for _, values in conditions for value in values)


def _among(column: Sql, values: Iterable[str]) -> Clause:
    listed = tuple(sorted(values))
    return (_in(column, len(listed)), listed) if listed else (_NEVER, ())


@lru_cache(maxsize=64)
def _in(column: Sql, count: int) -> Sql:
    return sql("{column} IN ({marks})", column=column, marks=marks(count))


class Campaigns(Repository):
    """Campaigns as they are now. `profile` is a name of the configuration, `campaign` the store's own ID."""

    def get(self, campaign: int) -> Campaign:
        """NoSuchCampaign."""
        row = self._database.one(CAMPAIGN_BY_ID, (campaign,))
        if row is None:
            raise NoSuchCampaign(campaign)
        with self._database.legible():
            return campaign_of(row)

    def find(self, profile: str, provider_id: int) -> Campaign | None:
        """The campaign that the provider knows by this ID; a deleted one too."""
        row = self._database.one(_FIND, (profile, provider_id))
        with self._database.legible():
            return None if row is None else campaign_of(row)

    def page(self, profile: str, *, filter: ListFilter = _EVERYTHING,  # noqa: A002 - what it is called on the screen
             sort: Sort = _NEWEST_FIRST, offset: int = 0, limit: int) -> list[Campaign]:
        """`limit` campaigns from the `offset`-th on, in order; equal ones in the order in which they were made."""
        # Those that are passed over are read in an index alone.
        with self._database.read():
            return self._some(self._ids(profile, filter, sort, offset, limit))

    def ids(self, profile: str, filter: ListFilter = _EVERYTHING, sort: Sort = _NEWEST_FIRST,  # noqa: A002 - as in `page`
            *, offset: int = 0, limit: int = _ALL) -> list[int]:
        """Those of a page; of all that a filter names, where there is no limit."""
        return self._ids(profile, filter, sort, offset, limit)

    def some(self, campaigns: Iterable[int]) -> list[Campaign]:
        """These campaigns as they are now, in the order given; those that don't exist are left out."""
        with self._database.read():
            return self._some(list(campaigns))

    def count(self, profile: str, filter: ListFilter = _EVERYTHING) -> int:  # noqa: A002 - as in `page`
        """How many campaigns a filter names."""
        statement, values = self._query(profile, filter).count()
        return self._database.number(statement, values)

    def counts(self, *profiles: str) -> dict[State, int]:
        """How many there are in each state as it is shown, deleted ones included; states without any are left out."""
        statement = sql(_COUNT_BY_STATE, shown=_SHOWN, profiles=marks(len(profiles)))
        rows = self._database.all(statement, (self._now(), *profiles))
        with self._database.legible():
            return {State(row["state"]): int(row["many"]) for row in rows}

    def pending(self, *profiles: str) -> int:
        """How many have a switch on its way."""
        statement = sql(_COUNT_PENDING, profiles=marks(len(profiles)))
        return self._database.number(statement, profiles)

    def perhaps_on(self, profile: str) -> list[Campaign]:
        """What is on, or may be as nobody can say how it was last set: those whose hours are over last.

        Whatever its results and this machine's clock say: that nobody is left to be called, or that it is too late, is
        worked out, and nobody's word.
        """
        rows = self._database.all(_PERHAPS_ON, {"profile": profile, "now": self._now(), "on": Action.ON})
        with self._database.legible():
            return [campaign_of(row) for row in rows]

    def reporting(self, profile: str, *, receiving: bool) -> list[int]:
        """What is on, within its days, and made here, and has had its webhook tried or a result; all that is on where
        this program is `receiving` for all.
        """
        rows = self._database.all(_REPORTING, {"profile": profile, "now": self._now(), "receiving": int(receiving)})
        return [int(row["id"]) for row in rows]

    def work_out_ends(self) -> None:
        """When the hours of those are over that were launched before that was kept."""
        if self._database.one(_ANY_WITHOUT_END) is None:
            return
        with self._database.write(), self._database.legible():
            for row in self._database.all(_WITHOUT_END):
                known = not row["adopted"] and row["launched_at"] is not None
                end = end_of(object_of(row["fields"]), moment(row["launched_at"])) if known else ""
                self._database.run("UPDATE campaigns SET ends_at = ? WHERE id = ?", (end, row["id"]))

    def track_foreign(self, profile: str, provider_id: int, name: str, state: State) -> int:
        """Take in a campaign that was made elsewhere, as on or off. AlreadyKnown where this profile has that ID."""
        if state not in (State.ON, State.OFF):
            raise ValueError(state)
        with self._database.write():
            known = self._known(profile, provider_id)
            if known is not None:
                raise self._already_known(known["id"], provider_id)
            return self._insert(profile, {"name": name}, state, provider_id=provider_id, adopted=1)

    def _query(self, profile: str, chosen: ListFilter) -> CampaignQuery:
        return CampaignQuery(profile, chosen, self._now(), self._context.fold)

    def _ids(self, profile: str, chosen: ListFilter, sort: Sort, offset: int, limit: int) -> list[int]:
        statement, values = self._query(profile, chosen).ids(sort, offset, limit)
        return [int(row["id"]) for row in self._database.all(statement, values)]

    def _some(self, campaigns: Sequence[int]) -> list[Campaign]:
        with self._database.legible():
            found = {row["id"]: campaign_of(row) for row in self._among(ASKED_CAMPAIGNS, campaigns)}
        return [found[campaign] for campaign in campaigns if campaign in found]
